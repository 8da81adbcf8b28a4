"""A PDF to read: its pages one under the other, drawn elsewhere and shown as they come."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from assistmed_desktop.formats import INSECABLE, nombre
from assistmed_desktop.ui import pdf, theme
from assistmed_desktop.ui.pdf import Hit, Sheet
from assistmed_desktop.ui.work import Task, Worker

_ECRAN = 96 / pdf.POINTS_PAR_POUCE
"""Pixels to the point at 100 %."""
_ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
_BORD = 3 * theme.PAS
"""Around the pages and between them."""
_SURLIGNE = QColor(255, 224, 102)
"""On paper, which is white in every theme."""
_TOLERANCE = 0.001


class PdfView(QAbstractScrollArea):
    """Shows a document; the arrows, Page up, Page down, Home and End go through it, Left and Right page by page.

    ``zoom`` is None while the pages are as wide as the view.
    """

    loaded = Signal()
    page_changed = Signal()
    zoom_changed = Signal()

    def __init__(self, worker: Worker, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._contenu = b""
        self._sheets: tuple[Sheet, ...] = ()
        self._tops: tuple[float, ...] = ()
        self._images: dict[int, tuple[float, QImage]] = {}
        self._tasks: dict[int, tuple[float, Task]] = {}
        self._reading: Task | None = None
        self._zoom: float | None = None
        self._page = 0
        self._hits: tuple[Hit, ...] = ()
        self._hit: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        self.setAccessibleName(nom)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    # What is shown

    def show_document(self, contenu: bytes) -> None:
        """Show a document, at the same place when it has as many pages as the one before; empty is none."""
        if contenu == self._contenu:
            return
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._contenu = contenu
        self.show_hits(())
        if contenu:
            self._reading = self._worker.run(lambda: pdf.read(contenu), self._take, _unexpected)
        else:
            self._take(())

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Mark what was found in the document; nothing of it is read yet."""
        self._hits = tuple(hits)
        self._hit = None
        self.viewport().update()

    def go_to_hit(self, rank: int) -> None:
        """Bring what was found into sight."""
        self._hit = rank
        hit = self._hits[rank]
        place = QRectF()
        for part in hit.places:
            place = place.united(part)
        top = self._tops[hit.page] + place.top() * self._scale
        bottom = self._tops[hit.page] + place.bottom() * self._scale
        bar, seen = self.verticalScrollBar(), self.viewport().height()
        if not bar.value() + _BORD <= top <= bottom <= bar.value() + seen - _BORD:
            bar.setValue(round(top - seen / 3))
        self.viewport().update()
        said = f"Trouvé page{INSECABLE}{hit.page + 1}, {rank + 1} sur {len(self._hits)}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The pages."""
        return self._sheets

    @property
    def page(self) -> int:
        """The page now read, from 0."""
        return self._page

    @property
    def zoom(self) -> float:
        """How large the pages are, 1 being their size on paper."""
        return self._scale / _ECRAN

    @property
    def fits_width(self) -> bool:
        """Whether the pages are as wide as the view."""
        return self._zoom is None

    @property
    def drawn(self) -> bool:
        """Whether every page in sight is, at its size."""
        wanted = self._wanted()
        return bool(self._sheets) and all(
            page in self._images and abs(self._images[page][0] - wanted) < _TOLERANCE for page in self._in_sight()
        )

    # Going through it

    def go_to_page(self, page: int) -> None:
        """Bring the top of a page into sight."""
        if self._sheets:
            page = min(max(page, 0), len(self._sheets) - 1)
            self.verticalScrollBar().setValue(round(self._tops[page] - _BORD))
            self._set_page(page)  # at the end of the document its top may stay below that of the view

    def set_zoom(self, zoom: float | None) -> None:
        """Make the pages of another size; None makes them as wide as the view."""
        self._zoom = None if zoom is None else min(max(zoom, _ZOOMS[0]), _ZOOMS[-1])
        self._lay_out()

    def zoom_in(self) -> None:
        """Make the pages one step larger."""
        self.set_zoom(next((zoom for zoom in _ZOOMS if zoom > self.zoom + _TOLERANCE), _ZOOMS[-1]))

    def zoom_out(self) -> None:
        """Make the pages one step smaller."""
        self.set_zoom(next((zoom for zoom in reversed(_ZOOMS) if zoom < self.zoom - _TOLERANCE), _ZOOMS[0]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next page, the one before, the ends; the rest scrolls."""
        sideways = self.horizontalScrollBar().maximum() > 0
        last = len(self._sheets) - 1
        targets = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if not sideways:
            targets |= {Qt.Key.Key_Right: self._page + 1, Qt.Key.Key_Left: self._page - 1}
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            targets |= {Qt.Key.Key_PageDown: self._page + 1, Qt.Key.Key_PageUp: self._page - 1}
        key = Qt.Key(event.key())
        if key in targets:
            self.go_to_page(targets[key])
        elif key == Qt.Key.Key_Space:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + bar.pageStep())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or with Ctrl zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y() > 0:
                self.zoom_in()
            elif event.angleDelta().y() < 0:
                self.zoom_out()
            event.accept()
        else:
            super().wheelEvent(event)

    def sizeHint(self) -> QSize:
        """Ask for half a page: the room that is left comes by itself."""
        em = self.fontMetrics().height()
        return QSize(36 * em, 24 * em)

    def minimumSizeHint(self) -> QSize:
        """Stay large enough to read in."""
        em = self.fontMetrics().height()
        return QSize(16 * em, 16 * em)

    # How it is painted

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pages in sight, white until they are drawn, and what was found on them."""
        couleurs = theme.couleurs_actuelles()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(couleurs.fond))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._in_sight():
            place = self._place(page)
            painter.fillRect(place, Qt.GlobalColor.white)
            if page in self._images:
                painter.drawImage(place, self._images[page][1])
            painter.setPen(QPen(QColor(couleurs.bord), 1))
            painter.drawRect(place)
            self._paint_hits(painter, page, place.topLeft())
        if self.hasFocus():
            painter.setPen(QPen(QColor(couleurs.accent), 2))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_hits(self, painter: QPainter, page: int, corner: QPointF) -> None:
        for rank, hit in enumerate(self._hits):
            if hit.page != page:
                continue
            for part in hit.places:
                scale = self._scale
                place = QRectF(part.x() * scale, part.y() * scale, part.width() * scale, part.height() * scale)
                place = place.translated(corner).adjusted(-1, -1, 1, 1)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
                painter.fillRect(place, _SURLIGNE)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
                if rank == self._hit:
                    painter.setPen(QPen(QColor(theme.CLAIR.accent), 2))
                    painter.drawRect(place.adjusted(-1, -1, 1, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the program's font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    @property
    def _scale(self) -> float:
        """Pixels to the point."""
        if self._zoom is not None or not self._sheets:
            return (self._zoom or 1.0) * _ECRAN
        widest = max(sheet.width for sheet in self._sheets)
        return min(max((self.viewport().width() - 2 * _BORD) / widest, _ZOOMS[0] * _ECRAN), _ZOOMS[-1] * _ECRAN)

    def _wanted(self) -> float:
        """How finely the pages must be drawn."""
        return self._scale * self.devicePixelRatioF()

    def _place(self, page: int) -> QRectF:
        sheet, scale = self._sheets[page], self._scale
        width, across = sheet.width * scale, self.viewport().width()
        left = (across - width) / 2 if width + 2 * _BORD <= across else _BORD - self.horizontalScrollBar().value()
        return QRectF(left, self._tops[page] - self.verticalScrollBar().value(), width, sheet.height * scale)

    def _in_sight(self) -> range:
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        return range(first, bisect_right(self._tops, top + self.viewport().height()))

    def _take(self, sheets: tuple[Sheet, ...]) -> None:
        self._reading = None
        same = len(sheets) == len(self._sheets)
        for _, task in self._tasks.values():
            task.cancel()
        self._tasks.clear()
        self._images.clear()
        self._sheets = sheets
        self._lay_out()
        if not same:
            self.verticalScrollBar().setValue(0)
        self._set_page(min(self._page, max(0, len(sheets) - 1)), again=True)
        self.loaded.emit()

    def _lay_out(self) -> None:
        """Place the pages; what was at the top of the view stays there."""
        vertical, horizontal, seen = self.verticalScrollBar(), self.horizontalScrollBar(), self.viewport().size()
        before = self._tops[-1] if self._tops else 0.0
        share = vertical.value() / before if before > 0 else 0.0
        scale = self._scale
        heights = [sheet.height * scale + _BORD for sheet in self._sheets]
        self._tops = tuple(accumulate(heights[:-1], initial=float(_BORD))) if heights else ()
        tallest = _BORD + sum(heights)
        widest = max((sheet.width for sheet in self._sheets), default=0) * scale + 2 * _BORD
        vertical.setRange(0, max(0, round(tallest) - seen.height()))
        vertical.setPageStep(max(1, seen.height() - 2 * self.fontMetrics().height()))
        vertical.setSingleStep(3 * self.fontMetrics().height())
        horizontal.setRange(0, max(0, round(widest) - seen.width()))
        horizontal.setPageStep(seen.width())
        horizontal.setSingleStep(3 * self.fontMetrics().height())
        if self._tops and before > 0:
            vertical.setValue(round(share * self._tops[-1]))
        self.viewport().update()
        self._timer.start(0)
        self._follow_page()
        self.zoom_changed.emit()

    def _scrolled(self) -> None:
        self.viewport().update()
        self._timer.start(0)
        self._follow_page()

    def _follow_page(self) -> None:
        """Read the page that takes up the middle of the view, the last one at the end."""
        bar, heights = self.verticalScrollBar(), [sheet.height * self._scale for sheet in self._sheets]
        middle = bar.value() + min([self.viewport().height(), *heights]) / 2
        at_the_end = 0 < bar.maximum() == bar.value()
        self._set_page(len(self._tops) - 1 if at_the_end else max(0, bisect_right(self._tops, middle) - 1))

    def _set_page(self, page: int, *, again: bool = False) -> None:
        if page == self._page and not again:
            return
        self._page = page
        self.setAccessibleDescription(self._told())
        self.page_changed.emit()
        if self.hasFocus() and self._sheets:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._where()))

    def _where(self) -> str:
        return f"Page{INSECABLE}{nombre(self._page + 1)} sur {nombre(len(self._sheets))}"

    def _told(self) -> str:
        return f"{self._where()}\n{self._sheets[self._page].text}" if self._sheets else ""

    # How it is drawn

    def _ask(self) -> None:
        """Have the pages in sight drawn, and the next one; forget those far away."""
        if not self.isVisible():
            return
        wanted, contenu = self._wanted(), self._contenu
        sight = self._in_sight()
        near = range(sight.start, min(sight.stop + 1, len(self._sheets)))
        for page, (scale, task) in list(self._tasks.items()):
            if page not in near or scale != wanted:
                task.cancel()
                del self._tasks[page]
        for page in [page for page in self._images if not near.start - 2 <= page < near.stop + 2]:
            del self._images[page]
        for page in near:
            ready = page in self._images and abs(self._images[page][0] - wanted) < _TOLERANCE
            if not ready and page not in self._tasks:
                self._tasks[page] = (wanted, self._draw(contenu, page, wanted))

    def _draw(self, contenu: bytes, page: int, scale: float) -> Task:
        def done(image: QImage) -> None:
            self._tasks.pop(page, None)
            self._images[page] = (scale, image)
            self.viewport().update()

        return self._worker.run(lambda: pdf.render(contenu, page, scale), done, _unexpected)

    def showEvent(self, event: QShowEvent) -> None:
        """Have the pages drawn when they first appear."""
        super().showEvent(event)
        self._timer.start(0)


def _unexpected(error: Exception) -> None:
    raise error
