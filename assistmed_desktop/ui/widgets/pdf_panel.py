"""A PDF with what one does to read it: its pages, its size, a search in its text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE, nombre, pourcent
from assistmed_desktop.ui import pdf, theme
from assistmed_desktop.ui.pdf import Hit
from assistmed_desktop.ui.widgets.card import FoldingRow
from assistmed_desktop.ui.widgets.pdf_view import PdfView
from assistmed_desktop.ui.widgets.text import Text
from assistmed_desktop.ui.work import Task, Worker

_DELAI = 250
"""How long the typing of a search must pause, in milliseconds."""
_PLUS, _MOINS, _ZERO = ("+", "="), ("-", "−"), ("0", "à")
"""What the keys of the zoom type, on a French keyboard too."""
_TOUCHE_6 = (15, 7)
"""The key that types 6 or, on a French keyboard, −: as X11 and Wayland number it, and as Windows does."""


class PdfPanel(QWidget):
    """Shows a document. +, − and 0 change its size, with Ctrl or without, Ctrl+F searches it, F3 goes further."""

    def __init__(self, worker: Worker, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._contenu = b""
        self._hits: tuple[Hit, ...] = ()
        self._hit = 0
        self._looking: Task | None = None
        self._searched = ""
        self.view = PdfView(worker, nom)
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self.view.loaded.connect(self._look_again)
        self.view.page_changed.connect(self._tell)
        self.view.zoom_changed.connect(self._tell)
        self.field.textChanged.connect(lambda _texte: self._timer.start(_DELAI))
        self.field.returnPressed.connect(self.next_hit)
        for keys, action in ((QKeySequence.StandardKey.Find, self.start_search), ("F3", self.next_hit)):
            QShortcut(QKeySequence(keys), self, action)
        QShortcut(QKeySequence("Shift+F3"), self, self.previous_hit)
        self._tell()

    def show_document(self, contenu: bytes) -> None:
        """Show a document; empty is none."""
        self._contenu = contenu
        self.view.show_document(contenu)

    def start_search(self) -> None:
        """Put the cursor where one types what to look for."""
        self.search.show()
        self.field.setFocus()
        self.field.selectAll()

    def leave_search(self) -> None:
        """Forget what was looked for, and go back to the pages."""
        self.field.clear()
        self.search.hide()
        self.view.setFocus()

    def next_hit(self) -> None:
        """Go to the next place where the text was found; look for it first when it is new."""
        self._step(1)

    def previous_hit(self) -> None:
        """Go to the place before."""
        self._step(-1)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Where the text was found."""
        return self._hits

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the zoom from the menus; where 6 and − are one key, Ctrl with it goes to a page."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._zoom_of(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the size; Escape leaves the search."""
        zoom = self._zoom_of(event)
        if zoom is not None:
            zoom()
        elif event.key() == Qt.Key.Key_Escape and self.search.isVisible():
            self.leave_search()
        else:
            super().keyPressEvent(event)

    def _zoom_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        modifiers, key = event.modifiers(), event.key()
        if modifiers & Qt.KeyboardModifier.AltModifier:
            return None
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if control and key == Qt.Key.Key_Minus and event.nativeScanCode() in _TOUCHE_6:
            return None
        signe = chr(key).lower() if 0 < key < 0x110000 else ""  # noqa: PLR2004 - the end of Unicode
        for keys, action in ((_PLUS, self.view.zoom_in), (_MOINS, self.view.zoom_out), (_ZERO, self._fit)):
            if signe in keys:
                return action
        return None

    def _build(self) -> None:
        self.previous, self.next = _button("↑", "Page précédente"), _button("↓", "Page suivante")
        self.place = Text.on_one_line("")
        self.smaller, self.larger = _button("−", "Réduire", "−"), _button("+", "Agrandir", "+")
        self.scale = Text.on_one_line("")
        self.fit = _button("Largeur", "Toute la largeur", "0")
        self.look = _button("Chercher", "Chercher dans le rapport", "Ctrl+F")
        self.field = QLineEdit()
        self.field.setPlaceholderText("Mot, nom, montant…")
        self.field.setAccessibleName("Texte à chercher dans le rapport")
        self.field.setClearButtonEnabled(True)
        self.before = _button("←", "Occurrence précédente", "Maj+F3")
        self.after = _button("→", "Occurrence suivante", "F3")
        self.found = Text.on_one_line("", role="secondaire")
        self.leave = _button("Fermer", "Fermer la recherche", "Échap")
        self.bar = FoldingRow(0, 4 * theme.PAS)
        reading = _group(self.previous, self.place, self.next)
        sizing = _group(self.smaller, self.scale, self.larger, self.fit, self.look)
        self.bar.replace_by([reading, sizing])
        self.search = _group(self.field, self.found, self.before, self.after, self.leave)
        self.search.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2 * theme.PAS)
        for widget in (self.bar, self.search):
            box.addWidget(widget)
        box.addWidget(self.view, 1)
        self.previous.clicked.connect(lambda: self.view.go_to_page(self.view.page - 1))
        self.next.clicked.connect(lambda: self.view.go_to_page(self.view.page + 1))
        self.smaller.clicked.connect(self.view.zoom_out)
        self.larger.clicked.connect(self.view.zoom_in)
        self.fit.clicked.connect(self._fit)
        self.look.clicked.connect(self.start_search)
        self.leave.clicked.connect(self.leave_search)
        self.before.clicked.connect(self.previous_hit)
        self.after.clicked.connect(self.next_hit)

    def _fit(self) -> None:
        self.view.set_zoom(None)

    def _tell(self) -> None:
        total = len(self.view.sheets)
        page = self.view.page
        self.bar.setEnabled(total > 0)
        _say(self.place, f"Page{INSECABLE}{nombre(page + 1)} sur {nombre(total)}" if total else "Page")
        self.previous.setEnabled(page > 0)
        self.next.setEnabled(page + 1 < total)
        _say(self.scale, pourcent(round(self.view.zoom * 100) / 100))
        self.fit.setEnabled(not self.view.fits_width)
        several = bool(self._hits)
        for button in (self.before, self.after):
            button.setEnabled(several)
        if not self._searched:
            _say(self.found, "")
        elif several:
            _say(self.found, f"{nombre(self._hit + 1)} sur {nombre(len(self._hits))}")
        else:
            _say(self.found, "introuvable")

    def _look_again(self) -> None:
        """Search a document that has just come, without leaving its page."""
        self._tell()
        self._searched = ""
        if self.field.text().strip():
            self._look()

    def _look(self) -> None:
        self._timer.stop()
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        texte, contenu = self.field.text().strip(), self._contenu
        if not texte or not contenu:
            self._take((), "")
            return

        def done(hits: tuple[Hit, ...]) -> None:
            self._looking = None
            self._take(hits, texte)

        self._looking = self._worker.run(lambda: pdf.find(contenu, texte), done, _unexpected)

    def _take(self, hits: tuple[Hit, ...], texte: str) -> None:
        self._hits = hits
        self._searched = texte
        self._hit = next((rank for rank, hit in enumerate(hits) if hit.page >= self.view.page), 0)
        self.view.show_hits(hits)
        if hits:
            self.view.go_to_hit(self._hit)
        self._tell()

    def _step(self, step: int) -> None:
        if self.field.text().strip() != self._searched:
            self._look()
        elif self._hits:
            self._hit = (self._hit + step) % len(self._hits)
            self.view.go_to_hit(self._hit)
            self._tell()


def _button(texte: str, nom: str, touches: str = "") -> QPushButton:
    button = QPushButton(texte)
    button.setAccessibleName(nom)
    button.setToolTip(f"{nom} ({touches})" if touches else nom)
    return button


def _group(*widgets: QWidget) -> QWidget:
    group = QWidget()
    box = QHBoxLayout(group)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(2 * theme.PAS)
    for widget in widgets:
        widget.ensurePolished()  # its size is asked for before it is shown
        box.addWidget(widget)
    return group


def _say(label: Text, texte: str) -> None:
    """Show a text that keeps its width."""
    label.setText(texte)
    label.setMinimumWidth(label.sizeHint().width())


def _unexpected(error: Exception) -> None:
    raise error
