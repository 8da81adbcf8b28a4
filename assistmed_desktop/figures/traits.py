"""Pens for the figures made of bars: areas, lines, hatching and text added to a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from assistmed_desktop.figures.polices import REGULIER, largeur_texte

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportlab.graphics.shapes import Drawing

    from assistmed_desktop.figures.placement import Cadre, Position

Ancre = Literal["start", "middle", "end"]


class Crayon:
    """Draws on one drawing, text at ``corps``; the width of a stroke is given for a text of 7 points."""

    def __init__(self, dessin: Drawing, corps: float) -> None:
        self.dessin, self.corps = dessin, corps
        self._trait = corps / 7

    def large(self, texte: str, police: str = REGULIER) -> float:
        """Measure a text."""
        return largeur_texte(texte, police, self.corps)

    def ecrire(self, texte: str, ici: Position, couleur: str, ancre: Ancre = "start", police: str = REGULIER) -> None:
        """Write a text at a place of its baseline."""
        from reportlab.graphics.shapes import String
        from reportlab.lib.colors import HexColor

        encre = HexColor(couleur)
        self.dessin.add(String(*ici, texte, fontName=police, fontSize=self.corps, fillColor=encre, textAnchor=ancre))

    def aplat(
        self, points: Sequence[Position], fond: str | None, bord: str | None = None, tirets: Sequence[float] = ()
    ) -> None:
        """Fill an area, outline it, or both."""
        from reportlab.graphics.shapes import Polygon
        from reportlab.lib.colors import HexColor

        forme = Polygon(
            [c for point in points for c in point],
            fillColor=HexColor(fond) if fond else None,
            strokeColor=HexColor(bord) if bord else None,
            strokeWidth=0.8 * self._trait,
        )
        if tirets:
            forme.strokeDashArray = [t * self._trait for t in tirets]
        self.dessin.add(forme)

    def lignes(
        self,
        lignes: Iterable[Sequence[Position]],
        couleur: str,
        epaisseur: float = 0.6,
        tirets: Sequence[float] = (),
    ) -> None:
        """Draw lines of one pen as one shape."""
        from reportlab.graphics.shapes import Path
        from reportlab.lib.colors import HexColor

        trace = Path(fillColor=None, strokeColor=HexColor(couleur), strokeWidth=epaisseur * self._trait)
        if tirets:
            trace.strokeDashArray = [t * self._trait for t in tirets]
        for depart, *suite in lignes:
            trace.moveTo(*depart)
            for point in suite:
                trace.lineTo(*point)
        if trace.points:
            self.dessin.add(trace)

    def disques(self, places: Sequence[Position], rayon: float, couleur: str) -> None:
        """Draw a disc at each place."""
        from reportlab.lib.colors import HexColor

        from assistmed_desktop.figures.marques import disques

        if places:
            self.dessin.add(disques(places, rayon, HexColor(couleur)))


def coins(cadre: Cadre) -> list[Position]:
    """Give the corners of a rectangle."""
    return [(cadre.x0, cadre.y0), (cadre.x1, cadre.y0), (cadre.x1, cadre.y1), (cadre.x0, cadre.y1)]


def hachures(cadre: Cadre, pas: float, sens: Literal[1, -1] = 1) -> list[list[Position]]:
    """Give the strokes that hatch a rectangle at 45 degrees, rising (1) or falling (-1), so far apart."""
    haut = cadre.y1 - cadre.y0
    traits: list[list[Position]] = []
    depart = cadre.x0 - haut + pas / 2
    while depart < cadre.x1:
        x0, x1 = max(depart, cadre.x0), min(depart + haut, cadre.x1)
        if x1 > x0:
            y0, y1 = cadre.y0 + (x0 - depart), cadre.y0 + (x1 - depart)
            if sens < 0:
                y0, y1 = cadre.y0 + cadre.y1 - y0, cadre.y0 + cadre.y1 - y1
            traits.append([(x0, y0), (x1, y1)])
        depart += pas
    return traits


def pointille(cadre: Cadre, pas: float) -> list[Position]:
    """Give the places that dot a rectangle, in staggered rows, none touching its edges."""
    places: list[Position] = []
    rang, y = 0, cadre.y0 + pas / 2
    while y < cadre.y1 - pas / 4:
        x = cadre.x0 + pas * (0.5 if rang % 2 else 1)
        while x < cadre.x1 - pas / 4:
            places.append((x, y))
            x += pas
        rang, y = rang + 1, y + pas / 2
    return places
