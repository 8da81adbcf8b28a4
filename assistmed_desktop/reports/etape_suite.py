"""Page 2 of the *bilan d'étape*: what has changed, the readings, the deadlines, what to speak of; where it is signed.

What the page has no room for is counted, with where to read it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from reportlab.platypus import Flowable

from assistmed_desktop.domain.calendrier import UN_JOUR
from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.figures.encre import Encre
from assistmed_desktop.formats import compte, enumeration, jour_court, jour_long
from assistmed_desktop.reports.ajustement import Liste, TexteCourt, hauteur, tenir
from assistmed_desktop.reports.balises import ARTEFACT, FIN
from assistmed_desktop.reports.blocs import CoteACote, Pile, Texte, Titre
from assistmed_desktop.reports.changements import COMPTES, NATURES, Fait, changements
from assistmed_desktop.reports.citees import DEGRES, Citees
from assistmed_desktop.reports.contenu import Matiere, nom_du_medecin
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.mots import Ligne, compte_ou_rien
from assistmed_desktop.reports.style import (
    CORPS_TABLE,
    EPAISSEUR_FILET,
    GOUTTIERE,
    HAUTEUR_SUITE,
    LARGEUR,
    PAS,
    PETIT,
    SECONDAIRE,
    SECTION,
    Style,
)
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau, TableauDouble
from assistmed_desktop.rules.resultats import LIBELLES_ETAT, Echeance

AILLEURS: Final = "au bilan annuel et dans les données jointes"
_NOTE: Final = Style(8, 11, couleur=SECONDAIRE, apres=0.5 * PAS)
_CORPS: Final = Style(CORPS_TABLE, 11.0)
_FAITS_AU_PLUS: Final = 14
_RELEVES_AU_PLUS: Final = 16
_ECHEANCES_AU_PLUS: Final = 6
_POINTS_AU_PLUS: Final = 7
_MEDECINS_AU_PLUS: Final = 3
_PLACE: Final = 10 * PAS
"""The room left to sign."""


class TitreSerre(Titre):
    """The heading of a section where room is scarce."""

    def __init__(self, texte: str) -> None:
        super().__init__(texte)
        self.style = replace(SECTION, corps=11, interligne=14, avant=2.5 * PAS, apres=0.5 * PAS)
        self.spaceBefore, self.spaceAfter = self.style.avant, self.style.apres


def suite(matiere: Matiere) -> list[Flowable]:
    """Give page 2."""
    echeances = _a_venir(matiere)
    gardees = min(len(echeances), _ECHEANCES_AU_PLUS)
    while True:  # a deadline that is left out may take with it a reference, and so make room for others
        page, montrees = _page(matiere, echeances, gardees)
        if montrees == gardees:
            return page
        gardees = montrees


def _page(matiere: Matiere, echeances: Sequence[Echeance], au_plus: int) -> tuple[list[Flowable], int]:
    """Give the page with so many deadlines at the most, and how many it has room for."""
    citees = Citees(
        *(indicateur.explication.sources for indicateur in matiere.contrat.indicateurs),
        *([echeance.source] for echeance in echeances[:au_plus]),
    )
    montrees = au_plus

    def dater(combien: int) -> list[Flowable]:
        nonlocal montrees
        montrees = combien
        return _echeances(echeances, combien, citees)

    pied = [*_references(citees), TitreSerre("Signatures"), _signatures(matiere)]
    depuis = premier_jour(matiere)
    faits = _ordonner(changements(matiere, depuis, matiere.au))
    releves = [releve for releve in matiere.releves if releve.date >= depuis]
    points = _points(matiere)
    page = tenir(
        [
            TitreSerre("Ce qui a changé"),
            Liste(min(len(faits), _FAITS_AU_PLUS), lambda n: _changements(faits, n)),
            TitreSerre(f"Relevés depuis le {jour_long(matiere.depart.le)}"),
            Liste(min(len(releves), _RELEVES_AU_PLUS), lambda n: _releves(matiere, releves, n), reserve=1.3),
            TitreSerre("Échéances à venir"),
            Liste(au_plus, dater),
            TitreSerre("Points à aborder"),
            Liste(min(len(points), _POINTS_AU_PLUS), lambda n: _listees(points, n), reserve=0.8),
        ],
        HAUTEUR_SUITE - hauteur(pied),
    )
    return [*page, *pied], montrees


def premier_jour(matiere: Matiere) -> date:
    """Give the first day that counts: that after the exchange, or the first of the contract."""
    le = matiere.depart.le
    return le if le == matiere.contrat.contrat.debut_le else le + UN_JOUR


# What has changed


def _ordonner(faits: Sequence[Fait]) -> list[Fait]:
    """Put the last fact of each kind first, then those before them: what a short page keeps."""
    rangs: Counter[str] = Counter()
    places = []
    for fait in reversed(faits):
        places.append((rangs[fait.nature], NATURES.index(fait.nature), fait))
        rangs[fait.nature] += 1
    return [fait for _, _, fait in sorted(places, key=lambda place: place[:2])]


def _changements(faits: Sequence[Fait], combien: int) -> list[Flowable]:
    gardes = sorted(faits[:combien], key=lambda fait: (NATURES.index(fait.nature), fait.le))
    lignes: list[Ligne] = []
    dite = ""
    for fait in gardes:
        nature = "" if fait.nature == dite else fait.nature
        lignes.append((Cellule(nature, discret=True), jour_court(fait.le), francais(fait.texte)))
        dite = fait.nature
    restants = Counter(fait.nature for fait in faits[combien:])
    sans = [nature.lower() for nature in NATURES if all(fait.nature != nature for fait in faits)]
    notes = []
    if restants:
        dits = enumeration([compte(restants[nature], *COMPTES[nature]) for nature in NATURES if restants[nature]])
        notes.append(f"Hors de cette page : {dits}, {AILLEURS}.")
    if sans:
        notes.append(f"Rien de noté sur cette période : {', '.join(sans)}.")
    tableau = [Tableau([Colonne(""), Colonne("le"), Colonne("ce qui a changé", 1)], lignes, serre=True)]
    return [*(tableau if lignes else []), *([Texte(francais(" ".join(notes)), _NOTE)] if notes else [])]


# Readings


def _releves(matiere: Matiere, releves: Sequence[Releve], combien: int) -> list[Flowable]:
    if not releves:
        return [Texte("Aucun relevé sur cette période.", _NOTE)]
    retenus = {id(matiere.releves[rang]) for rangs in matiere.releves_retenus.values() for rang in rangs}
    lignes: list[Ligne] = []
    for releve in releves[len(releves) - combien :]:
        discret, gras = releve.source == "estimation", id(releve) in retenus
        textes = [jour_court(releve.date), SOURCES[releve.source]]
        textes += [compte_ou_rien(getattr(releve, indicateur)) for indicateur in INDICATEURS]
        if matiere.collectif:
            textes.insert(0, matiere.nom_court_du_medecin(releve.medecin))
        lignes.append([Cellule(texte, gras=gras, discret=discret) for texte in textes])
    colonnes = [
        Colonne("date"),
        Colonne("source", 1),
        Colonne("patientèle MT", cote="droite"),
        Colonne("file active", cote="droite"),
    ]
    dite = f"{compte(len(releves), 'relevé')} sur cette période ; en gras, ceux qui font la valeur retenue."
    if reste := len(releves) - combien:
        dite += f" Hors de cette page : {compte(reste, 'plus ancien', 'plus anciens')}, {AILLEURS}."
    remarque = Texte(francais(dite), _NOTE)
    if not lignes:
        return [remarque]
    if matiere.collectif:
        return [Tableau([Colonne("médecin", 2), *colonnes], lignes, serre=True), remarque]
    return [TableauDouble(colonnes, lignes), remarque]


# Deadlines and points


def _a_venir(matiere: Matiere) -> list[Echeance]:
    """Give the deadlines that await, those missed first."""
    attendues = [e for e in matiere.contrat.echeances if e.etat in ("urgente", "a_venir") and e.le >= matiere.au]
    return [*matiere.depassees, *attendues]


def _echeances(echeances: Sequence[Echeance], combien: int, citees: Citees) -> list[Flowable]:
    if not echeances:
        return [Texte("Aucune échéance à venir.", _NOTE)]
    lignes: list[Ligne] = [
        (
            jour_court(echeance.le),
            francais(echeance.libelle),
            Cellule(LIBELLES_ETAT[echeance.etat], gras=echeance.etat != "a_venir"),
            citees.renvoi([echeance.source]),
        )
        for echeance in echeances[:combien]
    ]
    colonnes = [Colonne("date"), Colonne("échéance", 1), Colonne("état"), Colonne("réf.")]
    histoire: list[Flowable] = [Tableau(colonnes, lignes, serre=True)] if lignes else []
    if reste := len(echeances) - combien:
        histoire.append(Texte(francais(f"Hors de cette page : {compte(reste, 'échéance')}, {AILLEURS}."), _NOTE))
    return histoire


def _points(matiere: Matiere) -> list[str]:
    """Give what is to be checked with the caisse, what presses first; not the deadlines, which are said above."""
    avertissements = matiere.contrat.avertissements
    dites = {"versement_en_retard"} if any(e.code == "versement" for e in matiere.depassees) else set()
    points = [a.message for a in avertissements if a.niveau == "attention"]
    points += [a.message for a in matiere.a_verifier if a.code not in dites]
    points += [a.message for a in avertissements if a.niveau == "information"]
    return list(dict.fromkeys(points))


def _listees(points: Sequence[str], combien: int) -> list[Flowable]:
    if not points:
        return [Texte("Rien à signaler.", _NOTE)]
    lignes: list[Ligne] = [(str(rang), francais(point)) for rang, point in enumerate(points[:combien], 1)]
    histoire: list[Flowable] = []
    if lignes:
        histoire.append(Tableau([Colonne("", cote="droite"), Colonne("à vérifier ou à savoir", 1)], lignes, serre=True))
    if reste := len(points) - combien:
        dits = compte(reste, "autre point", "autres points")
        histoire.append(Texte(francais(f"Hors de cette page : {dits}, {AILLEURS}."), _NOTE))
    return histoire


# References and signatures


def _references(citees: Citees) -> list[Flowable]:
    textes = citees.textes()
    return [TitreSerre("Références citées"), *textes, Texte(francais(DEGRES), _NOTE)] if textes else []


class _Place(Flowable):
    """A line to sign on."""

    def wrap(self, largeur: float, _hauteur: float) -> tuple[float, float]:
        """Take the room to sign."""
        self.width, self.height = largeur, _PLACE
        return largeur, _PLACE

    def draw(self) -> None:
        """Draw the line."""
        encre = Encre(self.canv)
        encre.tracer([(0, PAS, self.width, PAS)], EPAISSEUR_FILET, SECONDAIRE)
        encre.poser(ARTEFACT, FIN)


def _signatures(matiere: Matiere) -> Flowable:
    """Give the places to sign in one row; the doctors of a large group have one for all."""
    signataires = [("Le médecin", nom_du_medecin(medecin)) for medecin in matiere.adherents]
    if len(signataires) > _MEDECINS_AU_PLUS:
        signataires = [("Pour les médecins du groupe", compte(len(signataires), "médecin"))]
    signataires.append(("Pour la caisse", matiere.dossier.cabinet.cpam or "CPAM"))
    largeur = (LARGEUR - GOUTTIERE * (len(signataires) - 1)) / len(signataires)
    return CoteACote(
        [
            Pile([Texte(qualite, PETIT), TexteCourt(nom, _CORPS, 2), Texte("date et signature", PETIT), _Place()])
            for qualite, nom in signataires
        ],
        [largeur] * len(signataires),
    )
