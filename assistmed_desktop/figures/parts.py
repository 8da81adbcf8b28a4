"""Shares of a whole: bars one above the other, cut into parts that name themselves, each part with its own pattern.

The height depends on no font, so that asking for it loads none.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from assistmed_desktop.figures.figure import Figure, Repere
from assistmed_desktop.figures.placement import Cadre, etaler
from assistmed_desktop.figures.polices import GRAS
from assistmed_desktop.figures.traits import Crayon, coins, hachures, pointille
from assistmed_desktop.formats import INSECABLE, enumeration, pourcent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistmed_desktop.figures.palette import Palette


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole, and what it measures in words."""

    nom: str
    valeur: Fraction
    texte: str = ""


@dataclass(frozen=True, slots=True)
class Tout:
    """A whole: its name, its total in words, its parts, always in the same order."""

    nom: str
    total: str
    parts: tuple[Part, ...]

    @property
    def somme(self) -> Fraction:
        """The whole."""
        return sum((part.valeur for part in self.parts), Fraction(0))


@dataclass(frozen=True, slots=True)
class Parts:
    """Wholes to compare, each as wide as the others: it is the shares that compare."""

    touts: tuple[Tout, ...]


_TITRE: Final = 1.5
_BARRE: Final = 1.6
_ETIQUETTES: Final = 1.5
_ENTRE: Final = 0.9
_PAR_TOUT: Final = _TITRE + _BARRE + _ETIQUETTES + _ENTRE


def parts(valeurs: Parts, largeur: float, hauteur: float, palette: Palette, corps: float) -> Figure:
    """Draw the wholes within ``largeur`` by ``hauteur``, text at ``corps``, on a transparent background."""
    from assistmed_desktop.figures.marques import feuille

    crayon = Crayon(feuille(largeur, hauteur), corps)
    reperes: list[Repere] = []
    haut = hauteur
    for tout in valeurs.touts:
        reperes += _tout(tout, crayon, palette, largeur, haut)
        haut -= _PAR_TOUT * corps
    return Figure(crayon.dessin, tuple(reperes))


def hauteur_parts(valeurs: Parts, corps: float) -> float:
    """Give the height that the wholes want, text at ``corps``."""
    return corps * (_PAR_TOUT * len(valeurs.touts) - _ENTRE * bool(valeurs.touts))


def texte_alternatif(valeurs: Parts) -> str:
    """Say in a French paragraph what the bars show, for those who do not see them."""
    return " ".join(_phrase(tout) for tout in valeurs.touts)


def _phrase(tout: Tout) -> str:
    if not tout.somme:
        return f"{tout.nom}{INSECABLE}: {tout.total}."
    dites = enumeration([_dite(tout, part) for part in tout.parts])
    return f"{tout.nom}, {tout.total}{INSECABLE}: {dites}."


def _dite(tout: Tout, part: Part) -> str:
    mesure = f" ({part.texte})" if part.texte else ""
    return f"{part.nom} {pourcent(part.valeur / tout.somme)}{mesure}"


def _tout(tout: Tout, crayon: Crayon, palette: Palette, largeur: float, haut: float) -> Iterator[Repere]:
    corps = crayon.corps
    y1 = haut - _TITRE * corps
    y0 = y1 - _BARRE * corps
    crayon.ecrire(tout.nom, (0, haut - corps), palette.texte, police=GRAS)
    if crayon.large(tout.nom, GRAS) + corps + crayon.large(tout.total) <= largeur:
        crayon.ecrire(tout.total, (largeur, haut - corps), palette.secondaire, "end")
    if not tout.somme:
        crayon.aplat(coins(Cadre(0.5, y0, largeur - 0.5, y1)), None, palette.secondaire, (2.0, 1.5))
        return
    x, places = 0.0, []
    for rang, part in enumerate(tout.parts):
        large = float(part.valeur / tout.somme) * largeur
        if part.valeur:
            cadre = Cadre(x, y0, x + large, y1)
            _motif(cadre, rang, crayon, palette)
            places.append((cadre, part))
            yield Repere((cadre.x0 + cadre.x1) / 2, (y0 + y1) / 2, f"{tout.nom}{INSECABLE}: {_dite(tout, part)}")
        x += large
    _etiquettes(tout, places, crayon, palette, largeur)


def _etiquettes(tout: Tout, places: list[tuple[Cadre, Part]], crayon: Crayon, palette: Palette, largeur: float) -> None:
    """Write under each part its name and share, the share alone where the names have no room."""
    corps = crayon.corps
    marge = corps * 0.6
    textes = [f"{part.nom} {pourcent(part.valeur / tout.somme)}" for _, part in places]
    if sum(crayon.large(texte) + marge for texte in textes) > largeur:
        textes = [pourcent(part.valeur / tout.somme) for _, part in places]
    tailles = [crayon.large(texte) + marge for texte in textes]
    milieux = etaler([(cadre.x0 + cadre.x1) / 2 for cadre, _ in places], tailles, 0, largeur)
    for (cadre, _), texte, milieu in zip(places, textes, milieux, strict=True):
        y = cadre.y0 - _ETIQUETTES * corps + corps * 0.35
        crayon.lignes([[((cadre.x0 + cadre.x1) / 2, cadre.y0), (milieu, y + corps * 0.8)]], palette.secondaire, 0.5)
        crayon.ecrire(texte, (milieu, y), palette.texte, "middle")


def _motif(cadre: Cadre, rang: int, crayon: Crayon, palette: Palette) -> None:
    """Fill a part: plain, hatched, dotted, and again."""
    match rang % 3:
        case 0:
            crayon.aplat(coins(cadre), palette.accent, palette.surface)
        case 1:
            crayon.aplat(coins(cadre), palette.halo, palette.surface)
            crayon.lignes(hachures(cadre, crayon.corps * 0.55), palette.accent, 1.1)
        case _:
            crayon.aplat(coins(cadre), palette.bande, palette.surface)
            crayon.disques(pointille(cadre, crayon.corps * 0.6), crayon.corps * 0.09, palette.texte)
