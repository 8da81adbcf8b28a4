"""The small shapes: marks of readings by source, and the shape of each status."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from assistmed_desktop.figures.palette import PAPIER, Palette
from assistmed_desktop.figures.placement import Position
from assistmed_desktop.figures.polices import REGULIER, enregistrer_polices
from assistmed_desktop.rules.resultats import StatutContrat

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing, Path
    from reportlab.lib.colors import Color

_PRESQUE_RIEN = 0.01
"""The length of the stroke that makes a disc: Qt drops one of no length at all."""


def feuille(largeur: float, hauteur: float) -> "Drawing":
    """Give an empty drawing whose text is never the unembedded Helvetica."""
    from reportlab.graphics.shapes import Drawing

    enregistrer_polices()
    return Drawing(largeur, hauteur, initialFontName=REGULIER)


def disques(places: Iterable[Position], rayon: float, couleur: "Color") -> "Path":
    """Give a disc at each place: a stroke of no length with round ends, a tenth of the numbers of four curves."""
    from reportlab.graphics.shapes import Path

    points = Path(fillColor=None, strokeColor=couleur, strokeWidth=2 * rayon, strokeLineCap=1)
    for x, y in places:
        points.moveTo(x, y)
        points.lineTo(x + _PRESQUE_RIEN, y)
    return points


def carres(places: Iterable[Position], demi_cote: float, couleur: "Color") -> "Path":
    """Give a square at each place."""
    from reportlab.graphics.shapes import Path

    c = demi_cote
    forme = Path(fillColor=couleur, strokeColor=None)
    for x, y in places:
        _polygone(forme, ((x - c, y - c), (x + c, y - c), (x + c, y + c), (x - c, y + c)))
    return forme


def losanges(places: Iterable[Position], rayon: float, encre: "Color", fond: "Color", bord: float) -> "Path":
    """Give a hollow lozenge at each place."""
    from reportlab.graphics.shapes import Path

    forme = Path(fillColor=fond, strokeColor=encre, strokeWidth=bord)
    for x, y in places:
        _polygone(forme, ((x, y - rayon), (x + rayon, y), (x, y + rayon), (x - rayon, y)))
    return forme


def _polygone(chemin: "Path", points: Iterable[Position]) -> None:
    depart, *suite = points
    chemin.moveTo(*depart)
    for point in suite:
        chemin.lineTo(*point)
    chemin.closePath()


_FORMES: dict[StatutContrat, tuple[tuple[tuple[float, float], ...], ...]] = {
    "en_bonne_voie": (((0.08, 0.14), (0.92, 0.14), (0.5, 0.88)),),
    "en_retard": (((0.08, 0.86), (0.92, 0.86), (0.5, 0.12)),),
    "suspendu": (
        ((0.2, 0.1), (0.42, 0.1), (0.42, 0.9), (0.2, 0.9)),
        ((0.58, 0.1), (0.8, 0.1), (0.8, 0.9), (0.58, 0.9)),
    ),
    "termine": (((0.14, 0.14), (0.86, 0.14), (0.86, 0.86), (0.14, 0.86)),),
}
_TRAITS: dict[StatutContrat, tuple[tuple[tuple[float, float], ...], ...]] = {
    "atteint": (((0.12, 0.5), (0.4, 0.2), (0.88, 0.82)),),
    "sous_la_reference": (((0.16, 0.16), (0.84, 0.84)), ((0.16, 0.84), (0.84, 0.16))),
}


def pictogramme(statut: StatutContrat, cote: float, palette: Palette = PAPIER) -> "Drawing":
    """Draw the shape of a status in its colour: ✓ ▲ ▼ ✕, ‖ suspended, ■ ended, ? when nothing can be judged."""
    from reportlab.graphics.shapes import Path, PolyLine
    from reportlab.lib.colors import HexColor

    dessin = feuille(cote, cote)
    couleur = HexColor(palette.statut(statut))
    if statut in _FORMES:
        forme = Path(fillColor=couleur, strokeColor=None)
        for points in _FORMES[statut]:
            _polygone(forme, ((x * cote, y * cote) for x, y in points))
        dessin.add(forme)
    elif statut in _TRAITS:
        for points in _TRAITS[statut]:
            plat = [cote * c for point in points for c in point]
            trait = PolyLine(plat, strokeColor=couleur, strokeWidth=cote * 0.17)
            trait.strokeLineJoin = 1
            dessin.add(trait)
    else:
        dessin.add(_interrogation(cote, palette.statut(statut)))
    return dessin


def _interrogation(cote: float, couleur: str) -> "Path":
    """Draw a question mark in strokes, since a shape must not depend on a font."""
    from reportlab.graphics.shapes import Path
    from reportlab.lib.colors import HexColor

    marque = Path(fillColor=None, strokeColor=HexColor(couleur), strokeWidth=cote * 0.14, strokeLineCap=1)
    c = cote
    marque.moveTo(0.27 * c, 0.68 * c)
    marque.curveTo(0.27 * c, 0.98 * c, 0.76 * c, 0.98 * c, 0.76 * c, 0.68 * c)
    marque.curveTo(0.76 * c, 0.5 * c, 0.5 * c, 0.5 * c, 0.5 * c, 0.32 * c)
    marque.moveTo(0.5 * c, 0.09 * c)
    marque.lineTo(0.5 * c, 0.09 * c + _PRESQUE_RIEN)
    return marque
