"""The small shapes: marks of readings by source, and the shape of each status."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from assistmed_desktop.domain.suivi import SourceReleve
from assistmed_desktop.figures.palette import PAPIER, Palette
from assistmed_desktop.figures.polices import REGULIER, enregistrer_polices
from assistmed_desktop.rules.resultats import StatutContrat

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing, Path

_ARC = 0.5522847498
"""The handle of a quarter of a circle, for a radius of one."""


def feuille(largeur: float, hauteur: float) -> "Drawing":
    """Give an empty drawing whose text is never the unembedded Helvetica."""
    from reportlab.graphics.shapes import Drawing

    enregistrer_polices()
    return Drawing(largeur, hauteur, initialFontName=REGULIER)


def tracer_marque(chemin: "Path", source: SourceReleve, x: float, y: float, rayon: float) -> None:
    """Add to a path the mark of a source: disc, square, circle or lozenge."""
    if source == "cpam":
        cote = rayon * 0.9
        _polygone(chemin, ((x - cote, y - cote), (x + cote, y - cote), (x + cote, y + cote), (x - cote, y + cote)))
    elif source == "estimation":
        _polygone(chemin, ((x, y - rayon), (x + rayon, y), (x, y + rayon), (x - rayon, y)))
    else:
        _disque(chemin, x, y, rayon)


def _polygone(chemin: "Path", points: Iterable[tuple[float, float]]) -> None:
    depart, *suite = points
    chemin.moveTo(*depart)
    for point in suite:
        chemin.lineTo(*point)
    chemin.closePath()


def _disque(chemin: "Path", x: float, y: float, r: float) -> None:
    a = r * _ARC
    chemin.moveTo(x + r, y)
    chemin.curveTo(x + r, y + a, x + a, y + r, x, y + r)
    chemin.curveTo(x - a, y + r, x - r, y + a, x - r, y)
    chemin.curveTo(x - r, y - a, x - a, y - r, x, y - r)
    chemin.curveTo(x + a, y - r, x + r, y - a, x + r, y)
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
    marque.lineTo(0.5 * c, 0.092 * c)
    return marque
