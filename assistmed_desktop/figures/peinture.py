"""A drawing painted on the page of a PDF.

The figures know few shapes, so this does in a third of the time what ReportLab's own renderer does for any drawing.
"""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from assistmed_desktop.figures.polices import largeur_texte

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing
    from reportlab.pdfgen.canvas import Canvas

_COORDONNEES = (2, 2, 6, 0)
"""The numbers that each operator of a path takes."""
_PART_A_GAUCHE = {"start": 0.0, "middle": 0.5, "end": 1.0}


def peindre(dessin: "Drawing", toile: "Canvas", x: float, y: float) -> None:
    """Paint a drawing with its lower left corner at a place: the shapes in order, then the texts over them."""
    from reportlab.graphics.shapes import String

    toile.saveState()
    toile.translate(x, y)
    textes: list[Any] = []
    for forme in dessin.contents:
        if isinstance(forme, String):
            textes.append(forme)
        else:
            _forme(toile, forme)
    if textes:
        _textes(toile, textes)
    toile.restoreState()


def _forme(toile: "Canvas", forme: Any) -> None:  # noqa: ANN401 - a shape of ReportLab
    from reportlab.graphics.shapes import Path, Polygon, PolyLine

    chemin = toile.beginPath()
    gestes: tuple[Callable[..., None], ...] = (chemin.moveTo, chemin.lineTo, chemin.curveTo, chemin.close)
    match forme:
        case Path():
            nombres = iter(forme.points)
            for operateur in map(int, forme.operators):
                gestes[operateur](*islice(nombres, _COORDONNEES[operateur]))
        case Polygon() | PolyLine():
            paires = zip(forme.points[::2], forme.points[1::2], strict=True)
            chemin.moveTo(*next(paires))
            for paire in paires:
                chemin.lineTo(*paire)
            if isinstance(forme, Polygon):
                chemin.close()
        case _:
            raise TypeError(f"forme sans peinture : {type(forme).__name__}")
    fond = getattr(forme, "fillColor", None)
    if fond is not None:
        toile.setFillColor(fond)
    if forme.strokeColor is not None:
        toile.setStrokeColor(forme.strokeColor)
        toile.setLineWidth(forme.strokeWidth)
        toile.setLineCap(forme.strokeLineCap or 0)
        toile.setLineJoin(forme.strokeLineJoin or 0)
        toile.setDash(forme.strokeDashArray or [])
    toile.drawPath(chemin, stroke=int(forme.strokeColor is not None), fill=int(fond is not None))


def _textes(toile: "Canvas", textes: Sequence[Any]) -> None:
    objet = toile.beginText()
    etat: tuple[object, ...] = ()
    for forme in textes:
        nouveau = (forme.fontName, forme.fontSize, forme.fillColor)
        if nouveau != etat:
            etat = nouveau
            objet.setFont(forme.fontName, forme.fontSize)
            objet.setFillColor(forme.fillColor)
        recul = largeur_texte(forme.text, forme.fontName, forme.fontSize) * _PART_A_GAUCHE[forme.textAnchor]
        objet.setTextOrigin(forme.x - recul, forme.y)
        objet.textOut(forme.text)
    toile.drawText(objet)
