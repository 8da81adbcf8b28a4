"""Icons drawn from the packaged SVG files, in the colours of the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from assistmed_desktop.resources import chemin


@cache
def app_icon() -> QIcon:
    """Give the program's icon."""
    icone = QIcon()
    for cote in (16, 24, 32, 48, 64, 128, 256):
        icone.addPixmap(_render(_source("assistmed"), cote, 1.0))
    return icone


def icon(nom: str, couleur: str, cote: int, ratio: float = 1.0) -> QIcon:
    """Draw an icon of ``cote`` pixels whose strokes take a colour."""
    return QIcon(_render(_source(nom).replace("currentColor", couleur), cote, ratio))


@cache
def _source(nom: str) -> str:
    return chemin("icons", f"{nom}.svg").read_text(encoding="utf-8")


def _render(svg: str, cote: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(cote, cote) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, pixmap.rect().toRectF())
    painter.end()
    return pixmap
