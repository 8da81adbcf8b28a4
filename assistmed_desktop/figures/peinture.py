"""A drawing painted on the page of a PDF.

The figures know few shapes, so this does in a small part of the time what ReportLab's renderer does for any drawing.
"""

from itertools import islice
from typing import TYPE_CHECKING, Any

from assistmed_desktop.figures.encre import Encre, composantes
from assistmed_desktop.figures.polices import largeur_texte

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing
    from reportlab.pdfgen.canvas import Canvas

_OPERATEURS = ("m", "l", "c", "h")
_POINTS = (1, 1, 3, 0)
"""What moves, lines, curves and closings are called, and the points that each takes."""
_PART_A_GAUCHE = {"start": 0.0, "middle": 0.5, "end": 1.0}


def peindre(dessin: "Drawing", toile: "Canvas", x: float, y: float) -> None:
    """Paint a drawing with its lower left corner at a place: the shapes in order, then the texts over them."""
    from reportlab.graphics.shapes import String

    encre = Encre(toile)
    encre.dessiner(f"1 0 0 1 {x:.2f} {y:.2f} cm")
    for forme in dessin.contents:
        if isinstance(forme, String):
            recul = largeur_texte(forme.text, forme.fontName, forme.fontSize) * _PART_A_GAUCHE[forme.textAnchor]
            couleur: Any = forme.fillColor
            encre.ecrire(forme.text, (forme.x - recul, forme.y), forme.fontName, forme.fontSize, couleur)
        else:
            encre.dessiner(_code(forme))
    encre.poser()


def _code(forme: Any) -> str:  # noqa: ANN401 - a shape of ReportLab
    from reportlab.graphics.shapes import Path, Polygon, PolyLine

    match forme:
        case Path():
            operateurs = list(map(int, forme.operators))
        case Polygon():
            operateurs = [0, *[1] * (len(forme.points) // 2 - 1), 3]
        case PolyLine():
            operateurs = [0, *[1] * (len(forme.points) // 2 - 1)]
        case _:
            raise TypeError(f"forme sans peinture : {type(forme).__name__}")
    points = (f"{x:.2f} {y:.2f}" for x, y in zip(forme.points[::2], forme.points[1::2], strict=True))
    gestes = [" ".join([*islice(points, _POINTS[o]), _OPERATEURS[o]]) for o in operateurs]
    fond = getattr(forme, "fillColor", None)
    if fond is not None:
        gestes.insert(0, f"{composantes(fond)} rg")
    if forme.strokeColor is not None:
        tirets = " ".join(f"{tiret:.2f}" for tiret in forme.strokeDashArray or ())
        bouts = f"{forme.strokeLineCap or 0} J {forme.strokeLineJoin or 0} j [{tirets}] 0 d"
        gestes.insert(0, f"{composantes(forme.strokeColor)} RG {forme.strokeWidth:.2f} w {bouts}")
    return " ".join([*gestes, _PEINDRE[fond is not None, forme.strokeColor is not None]])


_PEINDRE = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}
"""The operators that fill and stroke a path."""
