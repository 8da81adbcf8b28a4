"""Where labels go: rectangles that avoid each other and the lines, the same way every time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import Final

Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Cadre:
    """A rectangle, y upwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    def elargi(self, marge: float) -> "Cadre":
        """Give the rectangle with a margin around it."""
        return Cadre(self.x0 - marge, self.y0 - marge, self.x1 + marge, self.y1 + marge)

    def touche(self, autre: "Cadre") -> bool:
        """Whether two rectangles overlap."""
        return self.x0 < autre.x1 and autre.x0 < self.x1 and self.y0 < autre.y1 and autre.y0 < self.y1

    def contient(self, autre: "Cadre") -> bool:
        """Whether another rectangle lies within this one."""
        return self.x0 <= autre.x0 and self.y0 <= autre.y0 and autre.x1 <= self.x1 and autre.y1 <= self.y1

    def coupe(self, a: Position, b: Position) -> bool:
        """Whether a segment crosses the rectangle (Liang and Barsky)."""
        if (a[0] < self.x0 and b[0] < self.x0) or (a[0] > self.x1 and b[0] > self.x1):
            return False
        if (a[1] < self.y0 and b[1] < self.y0) or (a[1] > self.y1 and b[1] > self.y1):
            return False
        dx, dy = b[0] - a[0], b[1] - a[1]
        debut, fin = 0.0, 1.0
        for pas, reste in (
            (-dx, a[0] - self.x0),
            (dx, self.x1 - a[0]),
            (-dy, a[1] - self.y0),
            (dy, self.y1 - a[1]),
        ):
            if pas == 0:
                continue  # parallel to this side, and within: those without are already out
            t = reste / pas
            if pas < 0:
                debut = max(debut, t)
            else:
                fin = min(fin, t)
            if debut > fin:
                return False
        return True


_POIDS_ETIQUETTE = 1000.0
SANS_GENE: Final = 1.0
SUR_DES_TRAITS: Final = _POIDS_ETIQUETTE
A_TOUT_PRIX: Final = inf
"""What a label may hide: nothing; lines, but no other label; anything."""


@dataclass(slots=True)
class Plan:
    """The labels laid so far within bounds, and the lines they should not hide."""

    limites: Cadre
    marge: float = 0.0
    etiquettes: list[Cadre] = field(default_factory=list)
    traits: list[tuple[Position, Position]] = field(default_factory=list)

    def gener(self, points: Sequence[Position]) -> None:
        """Add a line that labels should not cross."""
        self.traits.extend(pairwise(points))

    def poser(self, candidats: Iterable[Cadre], limite: float = SANS_GENE) -> Cadre | None:
        """Choose the first place that hides nothing; failing one, what hides least, as long as it is under a limit."""
        choisi: Cadre | None = None
        for cadre in candidats:
            if self.limites.contient(cadre) and (genes := self._genes(cadre, limite)) < limite:
                choisi, limite = cadre, genes
            if limite == 0:
                break
        if choisi is not None:
            self.etiquettes.append(choisi)
        return choisi

    def cache(self, cadre: Cadre) -> bool:
        """Whether a place hides a line."""
        return any(cadre.coupe(a, b) for a, b in self.traits)

    def _genes(self, cadre: Cadre, limite: float) -> float:
        """Count what a place would hide, a label as much as many lines; stop counting at a limit."""
        genes = _POIDS_ETIQUETTE * sum(cadre.touche(autre) for autre in self.etiquettes)
        large = cadre.elargi(self.marge)
        for a, b in self.traits:
            if genes >= limite:
                break
            genes += large.coupe(a, b)
        return genes


def autour(x: float, y: float, largeur: float, hauteur: float, ecart: float) -> list[Cadre]:
    """Give eight places of a label around a point, the most natural first."""
    places = []
    for h, v in ((0, 1), (1, 1), (1, 0), (0, -1), (1, -1), (-1, 1), (-1, 0), (-1, -1)):
        x0 = x - largeur / 2 if h == 0 else (x + ecart if h > 0 else x - ecart - largeur)
        y0 = y - hauteur / 2 if v == 0 else (y + ecart if v > 0 else y - ecart - hauteur)
        places.append(Cadre(x0, y0, x0 + largeur, y0 + hauteur))
    return places


def etaler(souhaits: Sequence[float], tailles: Sequence[float], bas: float, haut: float) -> list[float]:
    """Spread the middles of labels on a line so that none overlaps: as near their wishes as order and bounds allow."""
    ordre = sorted(range(len(souhaits)), key=lambda i: (souhaits[i], i))
    places: dict[int, float] = {}
    bord = bas
    for i in ordre:
        places[i] = max(souhaits[i], bord + tailles[i] / 2)
        bord = places[i] + tailles[i] / 2
    bord = haut
    for i in reversed(ordre):
        places[i] = min(places[i], bord - tailles[i] / 2)
        bord = places[i] - tailles[i] / 2
    return [places[i] for i in range(len(souhaits))]
