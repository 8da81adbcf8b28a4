"""The pages of help, written into the panel: titles hardly larger than the text, pictures as wide as it."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QImage,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from assistmed_desktop.resources import chemin
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.side_panel import CARACTERES

_MARGES = 16 * theme.PAS
"""What the panel keeps on both sides of its text, with room for its scroll bar."""


def title_of(markdown: str) -> str:
    """Give the title of a page, its first line."""
    return markdown.partition("\n")[0].lstrip("# ")


def write_page(document: QTextDocument, markdown: str) -> None:
    """Write a page without its title, which the panel shows."""
    document.setMarkdown(markdown.partition("\n")[2])
    title = QTextCharFormat()
    title.setFont(theme.police(theme.CORPS * 1.1, gras=True))
    width = CARACTERES * QFontMetrics(document.defaultFont()).averageCharWidth() - _MARGES
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            cursor = QTextCursor(block)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.setCharFormat(title)
        else:
            _fit_pictures(block, width)
        block = block.next()


def _fit_pictures(block: QTextBlock, width: int) -> None:
    """Give the pictures of a block the width of the text, drawn smaller smoothly, which a document does not do."""
    document = block.document()
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    for place in range(block.position(), block.position() + block.length() - 1):
        cursor = QTextCursor(block)
        cursor.setPosition(place)
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        picture = cursor.charFormat().toImageFormat()
        if picture.isValid():
            image = QImage(str(chemin("aide", *picture.name().split("/"))))
            image = image.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
            image.setDevicePixelRatio(ratio)
            document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(picture.name()), image)
