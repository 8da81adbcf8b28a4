"""A table of plain text drawn straight on the page: head repeated, rows never split, hairlines, aligned numbers.

ReportLab's own table takes several times longer and needs markup in cells that wrap; this one has neither.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Literal

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from assistmed_desktop.figures.encre import Encre, Segment
from assistmed_desktop.figures.polices import GRAS, REGULIER, largeur_texte
from assistmed_desktop.reports.balises import ARTEFACT, FIN, Element, balises_de, texte_de
from assistmed_desktop.reports.ecriture import dit, en_lignes, lisible, tronquer
from assistmed_desktop.reports.style import (
    COLONNE,
    CORPS_TABLE,
    CORPS_TETE,
    EPAISSEUR_FILET,
    FILET,
    GOUTTIERE,
    HAUTEUR_SUITE,
    INTERLIGNE_TABLE,
    PAS,
    SECONDAIRE,
    TEXTE,
)

_AIR = 0.72 * PAS
_AIR_SERRE = 0.4 * PAS
"""Above and below the text of a row; less in a long list."""
_ENTRE = 2 * PAS
"""Between two columns."""
_INTERLIGNE_TETE = 8.6
_TETE: Final = (CORPS_TETE, _INTERLIGNE_TETE)
_RANGEE: Final = (CORPS_TABLE, INTERLIGNE_TABLE)
_JEU = 0.01
"""What keeps rounding from breaking a text in a column of its own width."""
_AUX_NATURELLES: Final = 0.85
"""The most of a table that the columns as wide as what they hold take, where others share the rest."""
_ENSEMBLE = 2
"""The rows that stay with the head of the table."""
_GROUPE = 6
"""The rows of a group, its head among them, that go to the next page with the others rather than alone before."""


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column: its head, its share of the room left (0: as wide as what it holds), the side its text keeps to.

    What keeps to the right is aligned on the decimal comma, its unit or its decimals to the right of it.
    """

    titre: str
    part: float = 0
    cote: Literal["gauche", "droite"] = "gauche"


@dataclass(frozen=True, slots=True)
class Cellule:
    """A cell that is not plain: bold, quieter, or the head of the rows that follow (alone in its row)."""

    texte: str
    gras: bool = False
    discret: bool = False
    chapeau: bool = False


@dataclass(frozen=True, slots=True)
class _Posee:
    lignes: tuple[str, ...]
    police: str
    couleur: Color
    chapeau: bool = False
    entier: float | None = None
    """How wide it is up to its decimal comma or unit: of one line, in a column that keeps to the right."""
    dit: str = ""

    @property
    def suite(self) -> float:
        """How wide what follows is."""
        if self.entier is None:
            return 0.0
        return largeur_texte(self.lignes[0], self.police, CORPS_TABLE) - self.entier


_Rangee = tuple[float, tuple[_Posee, ...]]


class Tableau(Flowable):
    """Rows of text under columns. ``totaux`` last rows stand under a stronger line; ``serre`` for long lists."""

    def __init__(
        self,
        colonnes: Sequence[Colonne],
        lignes: Sequence[Sequence[str | Cellule]],
        *,
        totaux: int = 0,
        serre: bool = False,
    ) -> None:
        super().__init__()
        self._air = _AIR_SERRE if serre else _AIR
        self._colonnes = tuple(colonnes)
        self._lignes = lignes
        self._rangees: list[_Rangee] = []
        self._hauts = [0.0]
        """How high the rows are up to each one, of the whole table that this may be a part of."""
        self._debut = 0
        self._tetes: list[_Posee] = []
        self._totaux = totaux
        self._prevue = 0.0
        self._suite = False
        """Whether it goes on with a table that began on the page before."""
        self._rappel = ""
        self._cle = object()
        """What the parts of the table have in common: they are one table to whoever hears it."""

    @property
    def nombre_de_rangees(self) -> int:
        """How many rows it has."""
        return len(self._lignes)

    # Geometry

    def _composer(self, largeur: float) -> None:
        if self._prevue == largeur:
            return
        self._prevue = largeur
        self._largeurs = self._partager(largeur)
        self._tetes = [
            _Posee(lignes, REGULIER, SECONDAIRE, dit=dit(colonne.titre, lignes))
            for colonne, place in zip(self._colonnes, self._largeurs, strict=True)
            for lignes in [tuple(en_lignes(colonne.titre, REGULIER, CORPS_TETE, place))]
        ]
        titree = any(colonne.titre for colonne in self._colonnes)
        self._haut_tete = max(len(tete.lignes) for tete in self._tetes) * _INTERLIGNE_TETE + _AIR if titree else 0.0
        self._rangees = [self._rangee(ligne) for ligne in self._lignes]
        self._hauts = list(accumulate((hauteur for hauteur, _ in self._rangees), initial=0.0))
        self._suites = [
            max((posees[rang].suite for _, posees in self._rangees), default=0.0) for rang in range(len(self._colonnes))
        ]

    def _partager(self, largeur: float) -> list[float]:
        """Give the columns without a share what they hold, and the others theirs of the rest."""
        utile = largeur - _ENTRE * (len(self._colonnes) - 1)
        naturelles = [0.0 if colonne.part else self._naturelle(rang) for rang, colonne in enumerate(self._colonnes)]
        total = sum(colonne.part for colonne in self._colonnes)
        naturelles = _plafonner(naturelles, utile * (_AUX_NATURELLES if total else 1))
        reste = utile - sum(naturelles)
        return [
            reste * colonne.part / total if colonne.part else naturelle
            for colonne, naturelle in zip(self._colonnes, naturelles, strict=True)
        ]

    def _naturelle(self, rang: int) -> float:
        titre = largeur_texte(self._colonnes[rang].titre, REGULIER, CORPS_TETE)
        droite = self._colonnes[rang].cote == "droite"
        entiers, suites = [0.0], [0.0]
        for ligne in self._lignes:
            cellule = ligne[rang]
            if isinstance(cellule, Cellule) and cellule.chapeau:
                continue
            texte, gras = (cellule, False) if isinstance(cellule, str) else (cellule.texte, cellule.gras)
            police = GRAS if gras else REGULIER
            lu = lisible(texte)
            large = largeur_texte(lu, police, CORPS_TABLE)
            entier = _entier(lu, police) if droite else None
            entiers.append(large if entier is None else entier)
            suites.append(large - entiers[-1])
        return max(titre, max(entiers) + max(suites)) + _JEU

    def _rangee(self, ligne: Sequence[str | Cellule]) -> _Rangee:
        posees = []
        for colonne, cellule, place in zip(self._colonnes, ligne, self._largeurs, strict=True):
            chapeau = False
            if isinstance(cellule, str):
                texte, police, couleur = cellule, REGULIER, TEXTE
            else:
                texte, chapeau = cellule.texte, cellule.chapeau
                police = GRAS if cellule.gras or chapeau else REGULIER
                couleur = SECONDAIRE if cellule.discret else TEXTE
            large = sum(self._largeurs) + _ENTRE * (len(self._largeurs) - 1) if chapeau else place
            lignes = tuple(en_lignes(lisible(texte), police, CORPS_TABLE, large))
            aligner = colonne.cote == "droite" and len(lignes) == 1
            entier = _entier(lignes[0], police) if aligner else None
            posees.append(_Posee(lignes, police, couleur, chapeau, entier, dit(texte, lignes)))
        return max(len(posee.lignes) for posee in posees) * INTERLIGNE_TABLE + 2 * self._air, tuple(posees)

    def wrap(self, largeur: float, _hauteur: float) -> tuple[float, float]:
        """Give the size at a width."""
        self._composer(largeur)
        self.width, self.height = largeur, self._haut_rappel + self._haut_tete + self._haut(len(self._rangees))
        return self.width, self.height

    @property
    def _haut_rappel(self) -> float:
        return INTERLIGNE_TABLE + PAS / 2 if self._rappel else 0.0

    def split(self, largeur: float, hauteur: float) -> list[Flowable]:
        """Cut between two rows, never after the head alone nor before a lone total."""
        self._composer(largeur)
        if self._suite and hauteur < HAUTEUR_SUITE - _JEU:
            return []  # it was cut where it must go on, on the next page
        rang = self.tiennent(hauteur)
        # Neither a total nor a last row goes to the next page alone.
        rang = min(rang, len(self._rangees) - max(2, self._totaux + 1))
        rang = self._avant_le_groupe(rang)
        while rang > 0 and self._est_chapeau(rang - 1):
            rang -= 1
        if rang < _ENSEMBLE:
            # What does not hold on a page of its own is cut where it must.
            rang = self.tiennent(hauteur) if hauteur >= HAUTEUR_SUITE - _JEU else 0
        if not rang:
            return []
        reste = self.part(rang, len(self._rangees), self._totaux)
        reste.continuer(self._groupe_de(rang))
        return [self.part(0, rang, rappel=self._rappel), reste]

    def continuer(self, nom: str) -> None:
        """Make it go on with a table of the page before, under what its first rows are about."""
        self._suite, self._rappel = True, f"{nom} (suite)" if nom else ""

    def _groupe_de(self, rang: int) -> str:
        """Name the group that a row is in the middle of."""
        if self._est_chapeau(rang):
            return ""
        tete = next((r for r in range(rang, -1, -1) if self._est_chapeau(r)), None)
        if tete is None:
            return self._rappel.removesuffix(" (suite)")
        return " ".join(self._rangees[tete][1][0].lignes)

    def _avant_le_groupe(self, rang: int) -> int:
        """Cut before the head of a group rather than within its first rows."""
        return next((r for r in range(rang, max(_ENSEMBLE, rang - _GROUPE) - 1, -1) if self._est_chapeau(r)), rang)

    def tiennent(self, hauteur: float) -> int:
        """Count the rows that a height can take under the head."""
        reste, rang = hauteur - self._haut_rappel - self._haut_tete, 0
        while rang < len(self._rangees) and self._rangees[rang][0] <= reste:
            reste -= self._rangees[rang][0]
            rang += 1
        return rang

    def _est_chapeau(self, rang: int) -> bool:
        premiere = self._lignes[rang][0]
        return isinstance(premiere, Cellule) and premiere.chapeau

    def amorce(self, largeur: float) -> float:
        """Give the least height that a page must have left for the table to begin on it."""
        self._composer(largeur)
        rangs = len(self._rangees)
        ensemble = _ENSEMBLE if rangs - max(2, self._totaux + 1) >= _ENSEMBLE else rangs
        return self._haut_tete + self._haut(ensemble)

    def _haut(self, rangs: int) -> float:
        """Say how high the first rows are."""
        return self._hauts[self._debut + rangs] - self._hauts[self._debut]

    def part(self, debut: int, fin: int, totaux: int = 0, rappel: str = "") -> "Tableau":
        """Give some of the rows as a table of its own, laid out already."""
        part = Tableau(self._colonnes, self._lignes[debut:fin], totaux=totaux)
        part._air = self._air
        part._cle, part._rappel = self._cle, rappel
        part._prevue, part._largeurs, part._suites = self._prevue, self._largeurs, self._suites
        part._tetes = self._tetes
        part._haut_tete, part._rangees = self._haut_tete, self._rangees[debut:fin]
        part._hauts, part._debut = self._hauts, self._debut + debut
        return part

    # Drawing

    def draw(self) -> None:
        """Draw head and rows from the top."""
        encre = Encre(self.canv)
        if self._rappel:
            encre.marquer(ARTEFACT)
            rappel = tronquer(self._rappel, GRAS, CORPS_TABLE, self.width)
            self._ecrire(encre, _Posee((rappel,), GRAS, TEXTE), (0, self.height), None, _RANGEE)
            encre.marquer(FIN)
        haut = self.height - self._haut_rappel
        tete, corps = balises_de(self.canv).table(self._cle, titree=self._haut_tete > 0)
        if tete is not None:
            self._ecrire_tete(encre, haut, balises_de(self.canv).ajouter(Element("TR"), tete))
        elif self._haut_tete:
            encre.marquer(ARTEFACT)
            self._ecrire_tete(encre, haut, None)
            encre.marquer(FIN)
        y = haut - self._haut_tete
        fins: list[Segment] = []
        forts: list[Segment] = []
        for rang, (hauteur, posees) in enumerate(self._rangees):
            fort = rang in (0, len(self._rangees) - self._totaux)
            (forts if fort else fins).append((0, y, self.width, y))
            self._ecrire_rangee(encre, posees, y - self._air, balises_de(self.canv).ajouter(Element("TR"), corps))
            y -= hauteur
        fins.append((0, y, self.width, y))
        encre.tracer(fins, EPAISSEUR_FILET, FILET)
        encre.tracer(forts, EPAISSEUR_FILET, SECONDAIRE)
        encre.poser(ARTEFACT, FIN)

    def _ecrire_tete(self, encre: Encre, haut: float, rangee: Element | None) -> None:
        """Write the heads of the columns, as cells of a row or as a repetition that says nothing new."""
        x = 0.0
        for colonne, place, posee in zip(self._colonnes, self._largeurs, self._tetes, strict=True):
            droite = x + place if colonne.cote == "droite" else None
            ici = (x, haut)
            if rangee is None:
                self._ecrire(encre, posee, ici, droite, _TETE)
            elif colonne.titre:
                cellule = balises_de(self.canv).ajouter(Element("TH", portee="Column", dit=posee.dit), rangee)
                with texte_de(encre, self.canv, cellule):
                    self._ecrire(encre, posee, ici, droite, _TETE)
            else:
                balises_de(self.canv).ajouter(Element("TD"), rangee)
            x += place + _ENTRE

    def _ecrire_rangee(self, encre: Encre, posees: Sequence[_Posee], y: float, rangee: Element) -> None:
        balises, page = balises_de(self.canv), self.canv.getPageNumber()
        x = 0.0
        for rang, (colonne, place, posee) in enumerate(zip(self._colonnes, self._largeurs, posees, strict=True)):
            ecrite = any(posee.lignes)
            cellule = Element("TH", portee="Row") if ecrite and (rang == 0 or posee.chapeau) else Element("TD")
            cellule.dit = posee.dit
            if posee.chapeau:
                cellule.colonnes = len(posees)
            balises.ajouter(cellule, rangee)
            if ecrite:
                droite = x + place if colonne.cote == "droite" else None
                suite = self._suites[rang]
                if droite is not None and posee.entier is not None and posee.entier + suite <= place + _JEU:
                    droite += posee.suite - suite
                encre.marquer(balises.marque(cellule, page))
                self._ecrire(encre, posee, (x, y), droite, _RANGEE)
                encre.marquer(FIN)
            if posee.chapeau:
                break
            x += place + _ENTRE

    @staticmethod
    def _ecrire(
        encre: Encre, posee: _Posee, ici: tuple[float, float], droite: float | None, taille: tuple[float, float]
    ) -> None:
        """Write the lines of a cell down from a place, or to the left of ``droite``, in a size and its leading."""
        corps, pas = taille
        haut = ici[1] + (pas - corps) * 0.5 + corps * 0.14
        for rang, ligne in enumerate(posee.lignes, 1):
            x = ici[0] if droite is None else droite - largeur_texte(ligne.rstrip(" "), posee.police, corps)
            encre.ecrire(ligne, (x, haut - rang * pas), posee.police, corps, posee.couleur)


def _plafonner(largeurs: list[float], place: float) -> list[float]:
    """Narrow the widest columns, where together they are wider than their place."""
    reste = place
    for rang, largeur in enumerate(sorted(largeurs)):
        plafond = reste / (len(largeurs) - rang)
        if largeur > plafond:
            return [min(large, plafond) for large in largeurs]
        reste -= largeur
    return largeurs


_ENTIER: Final = re.compile(r"(\D*\d(?:[\d\u00a0]*\d)?)(?:,\d+)?(?:\u00a0h\u00a0\d\d)?(?!\d|\u00a0min)[^\d/]*")
"""A text that holds one number, up to its decimal comma or its unit: an amount, a count, hours; no date, no share."""


def _entier(texte: str, police: str) -> float | None:
    """Give how wide a text is up to the comma or unit of its number; None when it is no number to align."""
    trouve = _ENTIER.fullmatch(texte)
    return None if trouve is None else largeur_texte(trouve[1], police, CORPS_TABLE)


class TableauDouble(Flowable):
    """A long list of short rows, set in two columns on each page: down the left, then down the right.

    ``nom`` is said again over what goes on to another page.
    """

    def __init__(self, colonnes: Sequence[Colonne], lignes: Sequence[Sequence[str | Cellule]], nom: str = "") -> None:
        super().__init__()
        self._nom = nom
        tout = Tableau(colonnes, lignes, serre=True)
        tout.wrap(COLONNE, 0)
        self._partager(tout)

    def _partager(self, tout: Tableau, *, suite: bool = False) -> None:
        self._tout, self._suite = tout, suite
        rangs = tout.nombre_de_rangees
        coupe = -(-rangs // 2)
        self._parts = [tout.part(0, coupe), tout.part(coupe, rangs)] if rangs > 1 else [tout]
        if suite:
            for part in (tout, *self._parts):
                part.continuer(self._nom)

    def wrap(self, largeur: float, hauteur: float) -> tuple[float, float]:
        """Take the height of the taller half."""
        self.width = largeur
        self.height = max(part.wrap(COLONNE, hauteur)[1] for part in self._parts)
        return largeur, self.height

    def split(self, _largeur: float, hauteur: float) -> list[Flowable]:
        """Fill both columns of what is left of the page; the rest goes to the next."""
        rangs = self._tout.nombre_de_rangees
        tiennent = self._tout.tiennent(hauteur)
        if tiennent < _ENSEMBLE or 2 * tiennent >= rangs:
            return []
        return [self._part(0, 2 * tiennent, suite=self._suite), self._part(2 * tiennent, rangs, suite=True)]

    def _part(self, debut: int, fin: int, *, suite: bool) -> "TableauDouble":
        part = TableauDouble((), (), self._nom)
        part._partager(self._tout.part(debut, fin), suite=suite)
        return part

    def amorce(self, _largeur: float) -> float:
        """Give the least height that a page must have left for the list to begin on it."""
        return max(part.amorce(COLONNE) for part in self._parts)

    def draw(self) -> None:
        """Draw both halves from the top."""
        for rang, part in enumerate(self._parts):
            part.drawOn(self.canv, rang * (COLONNE + GOUTTIERE), self.height - part.height)
