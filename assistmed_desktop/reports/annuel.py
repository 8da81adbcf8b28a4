"""The *bilan annuel*: the full review of one contract, for the adviser of the caisse."""

from reportlab.platypus import Flowable, PageBreak

from assistmed_desktop.reports.a_verifier import a_verifier
from assistmed_desktop.reports.aide import aide
from assistmed_desktop.reports.calculs import calculs, calculs_du_bilan
from assistmed_desktop.reports.ce_document import ce_document, textes_cites
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.contrat_signe import contrat_signe
from assistmed_desktop.reports.echeances import echeances
from assistmed_desktop.reports.equipe import equipe
from assistmed_desktop.reports.missions import missions
from assistmed_desktop.reports.patientele import activite, mouvements, releves
from assistmed_desktop.reports.premiere_page import premiere_page
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.signatures import signatures


def annuel(matiere: Matiere) -> list[Flowable]:
    """Give the story of the review."""
    references = References(matiere.contrat, calculs_du_bilan(matiere))
    return [
        *premiere_page(matiere, references),
        PageBreak(),
        *contrat_signe(matiere, references),
        *equipe(matiere, references),
        *missions(matiere, references),
        *releves(matiere),
        *mouvements(matiere, references),
        *activite(matiere),
        *aide(matiere, references),
        *echeances(matiere, references),
        *a_verifier(matiere, references),
        *calculs(references),
        *ce_document(matiere),
        *signatures(matiere, textes_cites(references)),
    ]
