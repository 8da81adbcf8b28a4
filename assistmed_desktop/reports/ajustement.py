"""Lists that share the height of a page: where it is short, the tallest gives up an item, and says how many it left."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from reportlab.platypus import Flowable

from assistmed_desktop.figures.polices import largeur_texte
from assistmed_desktop.reports.blocs import Texte
from assistmed_desktop.reports.ecriture import tronquer
from assistmed_desktop.reports.style import LARGEUR, Style

_INFINI: Final = 1e6
_Mesure = tuple[float, float, float]
"""The space before a flowable, its height, the space after it."""


@dataclass(frozen=True, slots=True)
class Liste:
    """A list of so many items, and what makes its flowables of the first of them; it says itself what it leaves out.

    Of two lists of one height, that of the greater ``reserve`` gives up an item first.
    """

    nombre: int
    rendre: Callable[[int], Sequence[Flowable]]
    reserve: float = 1.0


def tenir(parts: Sequence[Flowable | Liste], place: float) -> list[Flowable]:
    """Give the flowables of a page that must hold in a height, its lists cut as short as it takes."""
    listes = {rang: part for rang, part in enumerate(parts) if isinstance(part, Liste)}
    gardes = {rang: liste.nombre for rang, liste in listes.items()}
    rendus = [list(part.rendre(part.nombre)) if isinstance(part, Liste) else [part] for part in parts]
    mesures = [_mesurer(rendu, LARGEUR) for rendu in rendus]
    while _somme(chain(*mesures)) > place and any(gardes.values()):
        rang = max((r for r in gardes if gardes[r]), key=lambda r: _somme(mesures[r]) * listes[r].reserve)
        gardes[rang] -= 1
        rendus[rang] = list(listes[rang].rendre(gardes[rang]))
        mesures[rang] = _mesurer(rendus[rang], LARGEUR)
    return [flowable for rendu in rendus for flowable in rendu]


def hauteur(flowables: Sequence[Flowable], largeur: float = LARGEUR) -> float:
    """Give the height that flowables take, one under the other."""
    return _somme(_mesurer(flowables, largeur))


def _mesurer(flowables: Iterable[Flowable], largeur: float) -> list[_Mesure]:
    return [(f.getSpaceBefore(), f.wrap(largeur, _INFINI)[1], f.getSpaceAfter()) for f in flowables]


def _somme(mesures: Iterable[_Mesure]) -> float:
    """Add heights up as a frame does: of two spaces that meet the greater stays."""
    total = apres = 0.0
    for avant, haut, suit in mesures:
        total += max(avant, apres) + haut
        apres = suit
    return total + apres


class TexteCourt(Texte):
    """A text of a few lines at the most, cut with an ellipsis."""

    def __init__(self, texte: str, style: Style, au_plus: int) -> None:
        super().__init__(texte, style)
        self._au_plus = au_plus

    @property
    def ecrites(self) -> tuple[str, ...]:
        """The lines that are written, once it is wrapped."""
        return tuple(self._lignes)

    def wrap(self, largeur: float, hauteur: float) -> tuple[float, float]:
        """Break the lines, and leave those in excess."""
        super().wrap(largeur, hauteur)
        if len(self._lignes) > self._au_plus:
            *debut, derniere = self._lignes[: self._au_plus]
            style, place = self.style, largeur - self.style.retrait
            points = largeur_texte("…", style.police, style.corps)
            reste = derniere.rstrip()
            if largeur_texte(reste, style.police, style.corps) + points > place:
                reste = tronquer(reste, style.police, style.corps, place - points).removesuffix("…")
            self._lignes = [*debut, f"{reste}…"]
            self.height = self._au_plus * style.interligne
        return largeur, self.height
