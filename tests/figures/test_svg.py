from io import BytesIO
from typing import Any, cast
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QFontDatabase, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from reportlab.graphics.shapes import Circle, Drawing, Group, PolyLine
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from assistmed_desktop.figures.graphique import graphique
from assistmed_desktop.figures.marques import feuille, pictogramme
from assistmed_desktop.figures.palette import CLAIR, SOMBRE, Palette
from assistmed_desktop.figures.peinture import peindre
from assistmed_desktop.figures.svg import svg
from assistmed_desktop.resources import chemin
from tests.figures.outils import courbe, releves, textes

SVG = "{http://www.w3.org/2000/svg}"


def test_the_svg_is_well_formed_and_holds_every_text() -> None:
    dessin = graphique(courbe(), 520, 260, corps=11)
    racine = ET.fromstring(svg(dessin, "File active & <patientèle>"))  # noqa: S314 - our own
    assert racine.get("viewBox") == "0 0 520 260"
    assert racine.findtext(f"{SVG}title") == "File active & <patientèle>"
    ecrits = [(element.text or "").replace("\u00a0", " ") for element in racine.iter(f"{SVG}text")]
    assert ecrits == textes(dessin)
    assert {element.get("font-family") for element in racine.iter(f"{SVG}text")} == {"Lato"}


def test_what_qt_paints_wrong_is_not_there() -> None:
    texte = svg(graphique(courbe(), 250, 150)).decode()
    assert "clip" not in texte
    assert "None" not in texte
    assert "<title>" not in texte
    assert "nan" not in texte


def _peinte(image: bytes, palette: Palette) -> QImage:
    rendu = QSvgRenderer(QByteArray(image))
    assert rendu.isValid()
    toile = QImage(520, 260, QImage.Format.Format_RGB32)
    toile.fill(QColor(palette.surface))
    peintre = QPainter(toile)
    rendu.render(peintre)
    peintre.end()
    return toile


def _part(toile: QImage, couleur: str) -> float:
    cherchee = QColor(couleur).rgb()
    points = [toile.pixel(x, y) for x in range(toile.width()) for y in range(toile.height())]
    return points.count(cherchee) / len(points)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("palette", [CLAIR, SOMBRE], ids=["light", "dark"])
def test_qt_shows_it_in_the_colours_of_the_theme(palette: Palette) -> None:
    for graisse in ("Regular", "Bold"):
        QFontDatabase.addApplicationFont(str(chemin("fonts", f"Lato-{graisse}.ttf")))
    sources = releves(20, sources=("amelipro", "logiciel", "cpam", "estimation"))
    toile = _peinte(svg(graphique(courbe(sources), 520, 260, palette=palette, corps=11)), palette)
    assert _part(toile, palette.surface) > 0.75, "the background stays that of the window"
    assert _part(toile, palette.bande) > 0.02, "the suspension"
    assert _part(toile, palette.halo) > 0.001, "the forecast"
    assert _part(toile, palette.accent) > 0.002, "the readings"


@pytest.mark.usefixtures("qapp")
def test_qt_draws_the_discs_and_the_dot_of_the_question_mark() -> None:
    toile = _peinte(svg(pictogramme("objectif_inconnu", 100)), CLAIR)
    assert toile.pixelColor(toile.width() // 2, int(toile.height() * 0.91)).name().upper() == CLAIR.secondaire


def test_groups_and_lines_are_written_too_and_an_unknown_shape_is_refused() -> None:
    dessin = feuille(10, 10)
    dessin.add(Group(PolyLine([0, 0, 10, 10], strokeColor=HexColor("#102030"), strokeWidth=0.5)))
    texte = svg(dessin).decode()
    assert '<g><polyline points="0,10 10,0" fill="none" stroke="#102030" stroke-width="0.5"' in texte
    dessin.add(Circle(5, 5, 2))
    with pytest.raises(TypeError, match="Circle"):
        svg(dessin)


def _page(dessin: Drawing) -> bytes:
    sortie = BytesIO()
    toile: Canvas = cast("Any", Canvas)(sortie, pageCompression=0, invariant=1, initialFontName="Lato")
    peindre(dessin, toile, 10, 10)
    toile.save()
    return sortie.getvalue()


def test_a_drawing_is_painted_on_a_page_with_lato_alone() -> None:
    page = _page(graphique(courbe(), 250, 150))
    assert b"Helvetica" not in page
    assert b"Lato-Regular" in page
    assert b"Lato-Bold" in page


def test_shapes_without_text_are_painted_and_an_unknown_one_is_refused() -> None:
    dessin = feuille(10, 10)
    dessin.add(PolyLine([0, 0, 10, 10], strokeColor=HexColor("#102030"), strokeWidth=0.5))
    assert b"0.00 0.00 m 10.00 10.00 l S" in _page(dessin)
    dessin.add(Circle(5, 5, 2))
    with pytest.raises(TypeError, match="Circle"):
        _page(dessin)
