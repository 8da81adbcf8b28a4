"""Page 1: what the CPAM adviser asks, on one page."""

from dataclasses import dataclass, replace
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from assistmed_desktop.domain.libelles import ROLES, TEXTES, specialite
from assistmed_desktop.figures.palette import PAPIER
from assistmed_desktop.formats import compte, enumeration, etp, jour_court, jour_long, periode
from assistmed_desktop.reports.ajustement import TexteCourt
from assistmed_desktop.reports.blocs import AvecForme, CoteACote, Filet, Pile, Texte, Vide
from assistmed_desktop.reports.contenu import Matiere, nom_du_medecin
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.faits import DeQuoiDire, combien, faits_du_bilan, poser
from assistmed_desktop.reports.indicateur import BlocIndicateur, lecture_des_rythmes, precision
from assistmed_desktop.reports.mots import majuscule
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.style import (
    CORPS,
    HAUTEUR_PREMIERE,
    IDENTITE,
    LARGEUR,
    PAS,
    PETIT,
    REPERE,
    SURTITRE,
    TITRE,
    VERDICT,
)
from assistmed_desktop.rules.verdict import verdict
from assistmed_desktop.services.rapports import genre_de

_COURBE_AU_MOINS: Final = 22 * PAS
_COURBE_AU_PLUS: Final = 40 * PAS
_MEDECINS_AU_PLUS: Final = 6
_LIGNES_D_UN_NOM: Final = 5
_LIGNES_D_UN_LIEU: Final = 2
"""A text that takes more lines is cut; the signatures give the names whole."""
_LISTES_AU_PLUS: Final = ((640, 29 * PAS), (420, _COURBE_AU_MOINS), (210, _COURBE_AU_MOINS), (0, 0.0))
"""How long the lists of page 1 may be, in letters, and the height the charts then want: the first that fits."""
_OPTIONS: Final = {"1/3": ROLES["tiers_temps"], "1/2": ROLES["mi_temps"], "1": ROLES["temps_plein"]}


def premiere_page(
    matiere: Matiere, references: References | None = None, dire: DeQuoiDire = faits_du_bilan
) -> list[Flowable]:
    """Give the flowables of page 1; the charts take the height that the rest leaves.

    Where names are so long that the page would run over, its lists are cut shorter. ``dire`` gives what stands under
    the indicators.
    """
    connues = References(matiere.contrat) if references is None else references
    essais = ((_page(matiere, connues, dire, lettres), voulu) for lettres, voulu in _LISTES_AU_PLUS)
    page, voulu = next(essais)
    while page.reste < voulu:
        page, voulu = next(essais)
    hauteur = min(max(page.reste, _COURBE_AU_MOINS), _COURBE_AU_PLUS)
    blocs = [BlocIndicateur(matiere, connues, indicateur, hauteur) for indicateur in matiere.juge.indicateurs]
    return [*page.avant, CoteACote(blocs), *page.apres]


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands above and under the indicators, and the height left for the charts."""

    avant: list[Flowable]
    apres: list[Flowable]
    reste: float


def _page(matiere: Matiere, references: References, dire: DeQuoiDire, lettres: int) -> _Page:
    avant = [
        *_entete(matiere, lettres),
        Filet(2 * PAS, 2.5 * PAS),
        *_verdict(matiere),
        Filet(2.5 * PAS, 2 * PAS),
    ]
    rythme = f"{_quand(matiere)}Réalisé : de la référence à la valeur, hors suspension."
    apres = [
        lecture_des_rythmes(matiere.juge, rythme),
        Filet(2 * PAS, 0.5 * PAS),
        *poser(dire(matiere, references, lettres)),
    ]
    pris = sum(part.wrap(LARGEUR, HAUTEUR_PREMIERE)[1] for part in (*avant, *apres))
    return _Page(avant, apres, HAUTEUR_PREMIERE - pris - BlocIndicateur.CADRE - precision(matiere) - PAS)


def _entete(matiere: Matiere, lettres: int) -> list[Flowable]:
    contrat = matiere.contrat.contrat
    cabinet = matiere.dossier.cabinet
    lieu = ", ".join(partie for partie in (cabinet.nom, cabinet.commune) if partie)
    specialites = list(dict.fromkeys(specialite(m.specialite) for m in matiere.adherents))
    option = contrat.option_au(matiere.au)
    role = _OPTIONS.get(str(option), etp(option))
    duree = periode(contrat.debut_le, matiere.contrat.fin_le)
    gauche = [
        TexteCourt(_medecins(matiere, lettres), IDENTITE, _LIGNES_D_UN_NOM),
        TexteCourt(majuscule(enumeration(specialites)), PETIT, _LIGNES_D_UN_LIEU),
        TexteCourt(lieu, PETIT, _LIGNES_D_UN_LIEU),
    ]
    droite = [
        TexteCourt(cabinet.cpam or "CPAM non renseignée", IDENTITE, _LIGNES_D_UN_NOM),
        Texte(f"{majuscule(TEXTES[contrat.texte])} · {role}", PETIT),
        Texte(duree, PETIT),
        Texte(f"objectif évalué le {jour_court(matiere.contrat.evaluation_le)}", PETIT),
    ]
    return [
        CoteACote(
            [
                Texte(genre_de(matiere.genre).nom.upper(), SURTITRE),
                Texte(f"situation au {jour_long(matiere.au)}", REPERE),
            ]
        ),
        Texte("Contrat d’aide à l’emploi d’un assistant médical", TITRE, signet=0),
        Vide(2 * PAS),
        CoteACote([Pile(gauche), Pile(droite)]),
    ]


def _medecins(matiere: Matiere, lettres: int) -> str:
    noms = [nom_du_medecin(medecin) for medecin in matiere.adherents]
    autres = len(noms) - combien(noms, _MEDECINS_AU_PLUS, lettres)
    if autres:
        noms = [*noms[:-autres], compte(autres, "autre médecin", "autres médecins")]
    return enumeration(noms)


def _quand(matiere: Matiere) -> str:
    """Say that the indicators are those of the last day, where that is not the day of the review."""
    juge = matiere.juge
    return f"Valeurs du dernier jour du contrat, le {jour_court(juge.au)}. " if juge.au < matiere.au else ""


def _verdict(matiere: Matiere) -> list[Flowable]:
    prononce = verdict(matiere.contrat)
    style = replace(VERDICT, couleur=HexColor(PAPIER.statut(matiere.contrat.statut_tenu)))
    titre = Texte(francais(prononce.titre), style, equilibre=True)
    return [
        AvecForme(matiere.contrat.statut_tenu, titre),
        Vide(PAS),
        Texte(francais(prononce.texte), CORPS),
    ]
