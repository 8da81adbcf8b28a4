"""A drawing as the SVG that QtSvg shows right.

ReportLab's own writer clips the root, which QtSvg paints black, and loses the fonts. This one knows the few shapes
that the figures use.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

FAMILLE = "Lato"
"""One family: QtSvg takes a list for the name of a font. Where Lato is not loaded the reader's own font stands in."""
_COMMANDES = "MLCZ"
_COORDONNEES = (2, 2, 6, 0)
_ANCRES = {"start": "start", "middle": "middle", "end": "end"}


def svg(dessin: "Drawing", titre: str = "") -> bytes:
    """Write a drawing as SVG, with an optional title for assistive tools."""
    largeur, hauteur = _n(dessin.width), _n(dessin.height)
    corps = "".join(_formes(dessin.contents, float(dessin.height)))
    tete = f"<title>{escape(titre)}</title>" if titre else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{largeur}" height="{hauteur}" '
        f'viewBox="0 0 {largeur} {hauteur}">{tete}{corps}</svg>\n'
    ).encode()


def _formes(contenu: Sequence[Any], hauteur: float) -> Iterator[str]:
    from reportlab.graphics.shapes import Group, Path, Polygon, PolyLine, String

    for forme in contenu:
        match forme:
            case Group():
                yield f"<g>{''.join(_formes(forme.contents, hauteur))}</g>"
            case Polygon():
                yield f'<polygon points="{_paires(forme.points, hauteur)}"{_fond(forme)}{_trait(forme)}/>'
            case PolyLine():
                yield f'<polyline points="{_paires(forme.points, hauteur)}" fill="none"{_trait(forme)}/>'
            case Path():
                yield f'<path d="{_chemin(forme, hauteur)}"{_fond(forme)}{_trait(forme)}/>'
            case String():
                yield _texte(forme, hauteur)
            case _:
                raise TypeError(f"forme sans écriture SVG : {type(forme).__name__}")


def _texte(forme: Any, hauteur: float) -> str:  # noqa: ANN401 - a shape of ReportLab
    graisse = ' font-weight="bold"' if forme.fontName.endswith("Bold") else ""
    return (
        f'<text x="{_n(forme.x)}" y="{_n(hauteur - forme.y)}" font-family="{FAMILLE}" '
        f'font-size="{_n(forme.fontSize)}"{graisse} text-anchor="{_ANCRES[forme.textAnchor]}"{_fond(forme)}>'
        f"{escape(forme.text)}</text>"
    )


def _chemin(forme: Any, hauteur: float) -> str:  # noqa: ANN401 - a shape of ReportLab
    rang, parties = 0, []
    for operateur in forme.operators:
        nombre = _COORDONNEES[operateur]
        parties.append(_COMMANDES[operateur] + _paires(forme.points[rang : rang + nombre], hauteur))
        rang += nombre
    return "".join(parties)


def _paires(points: Sequence[float], hauteur: float) -> str:
    return " ".join(f"{_n(x)},{_n(hauteur - y)}" for x, y in zip(points[::2], points[1::2], strict=True))


def _fond(forme: Any) -> str:  # noqa: ANN401 - a shape of ReportLab
    return f' fill="{_couleur(forme.fillColor)}"'


def _trait(forme: Any) -> str:  # noqa: ANN401 - a shape of ReportLab
    if forme.strokeColor is None:
        return ' stroke="none"'
    tirets = ""
    if forme.strokeDashArray:
        tirets = f' stroke-dasharray="{",".join(map(_n, forme.strokeDashArray))}"'
    bouts = (' stroke-linecap="butt"', ' stroke-linecap="round"', ' stroke-linecap="square"')[forme.strokeLineCap]
    joints = ' stroke-linejoin="round"' if forme.strokeLineJoin == 1 else ""
    return f' stroke="{_couleur(forme.strokeColor)}" stroke-width="{_n(forme.strokeWidth)}"{tirets}{bouts}{joints}'


def _couleur(couleur: Any) -> str:  # noqa: ANN401 - a colour of ReportLab
    return "none" if couleur is None else f"#{couleur.hexval()[2:]}"


def _n(valeur: float) -> str:
    return f"{round(valeur, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
