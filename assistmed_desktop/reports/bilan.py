"""The *bilan annuel*: the review of one contract, as the PDF a doctor hands to the CPAM."""

from datetime import date

from reportlab.platypus import Flowable, PageBreak

from assistmed_desktop import __version__
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.formats import compte, enumeration, jour_court, jour_long
from assistmed_desktop.reports.contenu import Matiere, References, nom_du_medecin, reunir
from assistmed_desktop.reports.gabarit import Courant, imprimer
from assistmed_desktop.reports.premiere_page import premiere_page
from assistmed_desktop.reports.sections import sections, textes_cites
from assistmed_desktop.reports.signatures import signatures
from assistmed_desktop.rules.bareme import Baremes, charger_baremes
from assistmed_desktop.rules.resultats import Evaluation
from assistmed_desktop.services.rapports import CHIFFRES_EMPREINTE, empreinte

PROGRAMME = f"AssistMed Desktop {__version__}"


def bilan(
    dossier: Dossier,
    evaluation: Evaluation,
    contrat_id: str,
    *,
    emis_le: date | None = None,
    baremes: Baremes | None = None,
) -> bytes:
    """Write the review of a contract as a PDF; the same input gives the same bytes.

    Args:
        dossier: the practice.
        evaluation: its evaluation, of the same dossier.
        contrat_id: the contract reviewed.
        emis_le: the day the review is issued, printed when it is given.
        baremes: those of the evaluation; None is the program's own, without what the user adds.

    Raises:
        ContratAbsent: when the evaluation holds no such contract.

    """
    matiere = reunir(dossier, evaluation, contrat_id, baremes or charger_baremes())
    references = References(matiere.contrat)
    histoire: list[Flowable] = [
        *premiere_page(matiere),
        PageBreak(),
        *sections(matiere, references),
        *signatures(matiere, emis_le, textes_cites(references)),
    ]
    return imprimer(_courant(matiere, emis_le), histoire)


def _courant(matiere: Matiere, emis_le: date | None) -> Courant:
    noms = enumeration([nom_du_medecin(medecin) for medecin in matiere.adherents])
    ajoutes = len(matiere.evaluation.baremes_ajoutes)
    dont_ajoutes = f", dont {compte(ajoutes, 'ajouté')}" if ajoutes else ""
    emission = f" · émis le {jour_court(emis_le)}" if emis_le else ""
    marque = empreinte(matiere.dossier)[:CHIFFRES_EMPREINTE]
    return Courant(
        titre=f"Bilan annuel au {jour_long(matiere.au)} – {noms}",
        auteur=matiere.dossier.cabinet.nom,
        sujet="Contrat d’aide à l’emploi d’un assistant médical",
        programme=PROGRAMME,
        tete_gauche=f"Bilan annuel · {noms}",
        tete_droite=f"situation au {jour_court(matiere.au)}",
        pied=(
            f"empreinte {marque} · {PROGRAMME} · barèmes vérifiés le "
            f"{jour_court(matiere.evaluation.baremes_verifies_le)}{dont_ajoutes}{emission}"
        ),
    )
