"""The four documents there are, and how one is written: from an extract of the practice, which it carries."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from reportlab.platypus import Flowable

from assistmed_desktop import __version__
from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier
from assistmed_desktop.formats import compte, enumeration, jour_court, jour_long
from assistmed_desktop.reports.annuel import annuel
from assistmed_desktop.reports.archive import PieceJointe
from assistmed_desktop.reports.contenu import ContratAbsent, Matiere, nom_du_medecin, reunir
from assistmed_desktop.reports.etape import etape
from assistmed_desktop.reports.gabarit import Courant, imprimer
from assistmed_desktop.reports.lecture import DOSSIER_JOINT, EVALUATION_JOINTE, RAPPORT_JOINT, ecrire_demande
from assistmed_desktop.reports.renouvellement import renouvellement
from assistmed_desktop.reports.versements import versements
from assistmed_desktop.rules.analyse import Analyse
from assistmed_desktop.rules.bareme import Baremes
from assistmed_desktop.rules.resultats import Evaluation
from assistmed_desktop.services.extrait import evaluer_l_extrait, extraire
from assistmed_desktop.services.rapports import CHIFFRES_EMPREINTE, CleGenre, Demande, Redige, empreinte, genre_de

PROGRAMME: Final = f"AssistMed Desktop {__version__}"

_COMPOSITIONS: Final[Mapping[CleGenre, Callable[[Matiere], list[Flowable]]]] = {
    "annuel": annuel,
    "etape": etape,
    "renouvellement": renouvellement,
    "versements": versements,
}


def rediger(
    dossier: Dossier,
    demande: Demande,
    baremes: Baremes,
    evaluation_en_json: Callable[[Evaluation, Mapping[str, Analyse]], str],
) -> Redige:
    """Write a report on a contract of a practice; the same input gives the same bytes.

    The report is made from its extract of the practice alone: asked again of that extract, it is the same.

    Args:
        dossier: the practice, or the extract that a report carries.
        demande: which report.
        baremes: those that the evaluation applies.
        evaluation_en_json: what writes the evaluation that the report carries.

    Raises:
        ContratAbsent: when the dossier holds no such contract.

    """
    if all(contrat.id != demande.contrat for contrat in dossier.contrats):
        raise ContratAbsent(f"aucun contrat « {demande.contrat} » dans ce dossier")
    extrait = extraire(dossier, demande.contrat, demande.au)
    evaluation = evaluer_l_extrait(extrait, demande.contrat, demande.au, baremes)
    matiere, marque = reunir(extrait, evaluation, demande, baremes), empreinte(extrait)
    pieces = (
        PieceJointe(
            DOSSIER_JOINT, "Les données dont ce rapport est fait (assistmed-dossier)", ecrire_dossier(extrait).encode()
        ),
        PieceJointe(
            EVALUATION_JOINTE,
            "Ce que ces données donnent, calcul par calcul (assistmed-evaluation)",
            evaluation_en_json(evaluation, {demande.contrat: matiere.analyse}).encode(),
        ),
        PieceJointe(
            RAPPORT_JOINT,
            "De quoi refaire ce rapport (assistmed-rapport)",
            ecrire_demande(demande, PROGRAMME, marque).encode(),
        ),
    )
    return Redige(composer(matiere, pieces), marque)


def composer(matiere: Matiere, pieces: Sequence[PieceJointe] = ()) -> bytes:
    """Lay out what was gathered for a report, and attach files to it."""
    return imprimer(courant(matiere), _COMPOSITIONS[matiere.genre](matiere), pieces)


def courant(matiere: Matiere) -> Courant:
    """Say what runs through the pages."""
    nom = genre_de(matiere.genre).nom
    noms = enumeration([nom_du_medecin(medecin) for medecin in matiere.adherents])
    ajoutes = len(matiere.evaluation.baremes_ajoutes)
    dont_ajoutes = f", dont {compte(ajoutes, 'ajouté')}" if ajoutes else ""
    marque = empreinte(matiere.dossier)[:CHIFFRES_EMPREINTE]
    return Courant(
        titre=f"{nom} au {jour_long(matiere.au)} – {noms}",
        auteur=matiere.dossier.cabinet.nom,
        sujet="Contrat d’aide à l’emploi d’un assistant médical",
        programme=PROGRAMME,
        tete_gauche=f"{nom} · {noms}",
        tete_droite=f"situation au {jour_court(matiere.au)}",
        pied=(
            f"empreinte {marque} · {PROGRAMME} · barèmes vérifiés le "
            f"{jour_court(matiere.evaluation.baremes_verifies_le)}{dont_ajoutes}"
        ),
    )
