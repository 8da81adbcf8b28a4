"""The *dossier de renouvellement*: the whole life of a contract, year by year, and what may follow it."""

from reportlab.platypus import Flowable, PageBreak

from assistmed_desktop.reports.a_verifier import a_verifier
from assistmed_desktop.reports.aide import aide
from assistmed_desktop.reports.annees import annees
from assistmed_desktop.reports.calculs import calculs, calculs_du_renouvellement
from assistmed_desktop.reports.ce_document import ce_document, textes_cites
from assistmed_desktop.reports.comparaison import comparaison
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.contrat_signe import contrat_signe
from assistmed_desktop.reports.echeances import echeances
from assistmed_desktop.reports.equipe import equipe
from assistmed_desktop.reports.missions import missions_par_periode
from assistmed_desktop.reports.patientele import activite, mouvements_par_annee
from assistmed_desktop.reports.premiere_page import premiere_page
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.signatures import signatures
from assistmed_desktop.reports.suite import faits_de_la_suite, suite


def renouvellement(matiere: Matiere) -> list[Flowable]:
    """Give the story of the document."""
    references = References(matiere.contrat, calculs_du_renouvellement(matiere))
    return [
        *premiere_page(matiere, references, faits_de_la_suite),
        PageBreak(),
        *contrat_signe(matiere, references),
        *annees(matiere, references),
        *mouvements_par_annee(matiere, references),
        *activite(matiere),
        *equipe(matiere, references),
        *missions_par_periode(matiere, references),
        *aide(matiere, references),
        *comparaison(matiere),
        *suite(matiere, references),
        *echeances(matiere, references),
        *a_verifier(matiere, references),
        *calculs(references),
        *ce_document(matiere),
        *signatures(matiere, textes_cites(references)),
    ]
