"""Where labels go: rectangles that avoid each other and the lines, the same way every time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

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
        dx, dy = b[0] - a[0], b[1] - a[1]
        debut, fin = 0.0, 1.0
        for pas, reste in (
            (-dx, a[0] - self.x0),
            (dx, self.x1 - a[0]),
            (-dy, a[1] - self.y0),
            (dy, self.y1 - a[1]),
        ):
            if pas == 0:
                if reste < 0:
                    return False
                continue
            t = reste / pas
            if pas < 0:
                debut = max(debut, t)
            else:
                fin = min(fin, t)
            if debut > fin:
                return False
        return True


_COUT_ETIQUETTE = 1000.0
_COUT_TRAIT = 10.0
_COUT_RANG = 0.1
COUT_ACCEPTABLE = 5.0
"""Above this a label that may be left out is left out."""


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

    def poser(self, candidats: Iterable[Cadre], *, obligatoire: bool = False) -> Cadre | None:
        """Choose the best place of a label, the first among equals; None when none will do."""
        meilleur: tuple[float, Cadre] | None = None
        for rang, cadre in enumerate(candidats):
            if not self.limites.contient(cadre):
                continue
            cout = _COUT_RANG * rang + _COUT_ETIQUETTE * sum(cadre.touche(autre) for autre in self.etiquettes)
            if cout < _COUT_ETIQUETTE or obligatoire:
                large = cadre.elargi(self.marge)
                cout += _COUT_TRAIT * sum(large.coupe(a, b) for a, b in self.traits)
            if meilleur is None or cout < meilleur[0]:
                meilleur = (cout, cadre)
        if meilleur is None or (meilleur[0] > COUT_ACCEPTABLE and not obligatoire):
            return None
        self.etiquettes.append(meilleur[1])
        return meilleur[1]


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
