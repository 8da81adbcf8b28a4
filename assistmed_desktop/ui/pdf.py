"""Reading a PDF: its pages, their pictures, what is found in their text.

Each call opens the document and closes it again, which takes a few milliseconds: nothing of PDFium, which works in one
thread only, outlives a call. All of them belong in the worker's thread.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Sequence

POINTS_PAR_POUCE: Final = 72
_PIXELS_AU_PLUS = 24_000_000
_TROUVES_AU_PLUS = 999


@dataclass(frozen=True)
class Sheet:
    """A page: its size in points, its text as it is read."""

    width: float
    height: float
    text: str


@dataclass(frozen=True)
class Hit:
    """Where a text was found: the page, and the places of its lines in points from the top left corner."""

    page: int
    places: tuple[QRectF, ...]


def read(contenu: bytes) -> tuple[Sheet, ...]:
    """Give the pages of a document."""
    from pypdfium2 import PdfDocument

    with PdfDocument(contenu) as document:
        return tuple(Sheet(page.get_width(), page.get_height(), _text(page.get_textpage())) for page in document)


def render(contenu: bytes, page: int, scale: float) -> QImage:
    """Draw a page, ``scale`` pixels to the point, fewer where that would be too many."""
    from pypdfium2 import PdfDocument

    with PdfDocument(contenu) as document:
        sheet = document[page]
        width, height = sheet.get_size()
        bitmap = sheet.render(scale=min(scale, sqrt(_PIXELS_AU_PLUS / (width * height))), prefer_bgrx=True)
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        return image.copy()  # its own: the bitmap goes with the document


def find(contenu: bytes, texte: str) -> tuple[Hit, ...]:
    """Find a text, accents, capitals and line ends aside."""
    from pypdfium2 import PdfDocument

    wanted = "".join(lettre for lettre, _ in _folded(texte.strip()))
    hits: list[Hit] = []
    with PdfDocument(contenu) as document:
        for rank, page in enumerate(document):
            height = page.get_height()
            textpage = page.get_textpage()
            folded = list(_folded(_text(textpage)))
            searched = "".join(lettre for lettre, _ in folded)
            start = searched.find(wanted) if wanted else -1
            while start >= 0 and len(hits) < _TROUVES_AU_PLUS:
                first, last = folded[start][1], folded[start + len(wanted) - 1][1]
                hits.append(Hit(rank, _places(textpage, first, last, height)))
                start = searched.find(wanted, start + len(wanted))
    return tuple(hits)


def _text(textpage: Any) -> str:  # noqa: ANN401 - pypdfium2 ships no types
    """Give the text of a page, a character for each of PDFium's, so that ranks in it are PDFium's too."""
    from pypdfium2.raw import FPDFText_GetUnicode

    return "".join(chr(FPDFText_GetUnicode(textpage, rank)) for rank in range(textpage.count_chars()))


def _folded(texte: str) -> Iterator[tuple[str, int]]:
    """Give the letters that a search compares, each with its rank: one space for many, no accents."""
    spaced = True
    for rank, signe in enumerate(texte):
        if signe.isspace():
            if not spaced:
                yield " ", rank
            spaced = True
            continue
        for lettre in unicodedata.normalize("NFKD", signe).casefold().replace("’", "'"):
            if not unicodedata.combining(lettre):
                spaced = False
                yield lettre, rank


def _places(textpage: Any, first: int, last: int, height: float) -> tuple[QRectF, ...]:  # noqa: ANN401 - no types
    places: list[QRectF] = []
    for rank in range(textpage.count_rects(first, last - first + 1)):
        box: Sequence[float] = textpage.get_rect(rank)
        left, bottom, right, top = box
        places.append(QRectF(left, height - top, right - left, top - bottom))
    return tuple(places)
