"""Printing a PDF: each page is drawn and handed to the printer in the worker's thread, so that other work gets in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageSize, QPainter

from assistmed_desktop.ui import pdf

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from assistmed_desktop.ui.work import Worker

_FINESSE = (200, 300)
"""The least and the most dots to the inch that a page is drawn with."""


class PrinterRefused(Exception):  # noqa: N818 - it is the printer's answer
    """The printer takes nothing."""


class GivenUp(Exception):  # noqa: N818 - the user's choice is no error
    """The user has cancelled."""


def settle(printer: QPrinter, titre: str) -> None:
    """Propose whole A4 pages, named in the queue of the printer as the file would be."""
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setDocName(titre)


class Printing:
    """Prints the pages of a document that were asked for.

    ``progressed`` is told how many pages are printed, and of how many; ``ended`` why not all of them were, if so.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what is printed, where, and who is told
        self,
        worker: Worker,
        printer: QPrinter,
        contenu: bytes,
        total: int,
        progressed: Callable[[int, int], None],
        ended: Callable[[Exception | None], None],
    ) -> None:
        self._painter = QPainter()  # before the printer: it must go first
        self._printer = printer
        self._worker = worker
        self._contenu = contenu
        self._progressed = progressed
        self._ended = ended
        ranges = printer.pageRanges()
        wanted = [page for page in range(total) if ranges.isEmpty() or ranges.contains(page + 1)]
        self._pages = wanted or list(range(total))
        self._done = 0
        self._given_up = False

    def start(self) -> None:
        """Print the first page; the others follow."""
        self._progressed(0, len(self._pages))
        self._next()

    def cancel(self) -> None:
        """Stop after the page under way."""
        self._given_up = True

    def _next(self) -> None:
        if self._given_up or self._done == len(self._pages):
            self._worker.run(self._finish, lambda _rien: self._ended(None), self._failed)
        else:
            page, first = self._pages[self._done], self._done == 0
            self._worker.run(lambda: self._print(page, first=first), self._printed, self._failed)

    def _printed(self, _rien: None) -> None:
        self._done += 1
        self._progressed(self._done, len(self._pages))
        self._next()

    def _failed(self, error: Exception) -> None:
        self._worker.run(self._give_up, lambda _rien: self._ended(error), self._ended)

    # In the worker's thread

    def _print(self, page: int, *, first: bool) -> None:
        printer, painter = self._printer, self._painter
        if not (painter.begin(printer) if first else printer.newPage()):
            raise PrinterRefused
        least, most = _FINESSE
        image = pdf.render(self._contenu, page, min(most, max(least, printer.resolution())) / pdf.POINTS_PAR_POUCE)
        paper = printer.paperRect(printer.Unit.DevicePixel)
        size = QSizeF(image.size()).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(QPointF(), size)
        place.moveCenter(QRectF(QPointF(), paper.size()).center())
        painter.drawImage(place, image)

    def _finish(self) -> None:
        if self._given_up:
            raise GivenUp
        if not self._painter.end() or self._printer.printerState() == self._printer.PrinterState.Error:
            raise PrinterRefused

    def _give_up(self) -> None:
        self._printer.abort()
        if self._painter.isActive():
            self._painter.end()
