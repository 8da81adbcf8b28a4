"""Cards, rows that fold when the window is narrow or the text large."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.text import Text


class Card(QFrame):
    """A surface with a hairline, a title and what is put into ``body``."""

    def __init__(self, titre: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("carte", "true")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*(4 * [4 * theme.PAS]))
        self.body.setSpacing(2 * theme.PAS)
        self.title = Text(titre, theme.TITRE_CARTE, gras=True, parent=self)
        self.title.setVisible(bool(titre))
        self.head = QHBoxLayout()
        self.head.setSpacing(3 * theme.PAS)
        self.head.addWidget(self.title, 1)
        self.body.addLayout(self.head)
        self.setAccessibleName(titre)

    def set_title(self, titre: str) -> None:
        """Change the title."""
        self.title.setText(titre)
        self.title.setVisible(bool(titre))
        self.setAccessibleName(titre)


class FoldingRow(QWidget):
    """Widgets side by side, one above the other when there is less width than they can be read in.

    ``characters`` is the width that each needs, in average characters of the font, so that large text folds too.
    """

    def __init__(self, characters: int, spacing: int = 4 * theme.PAS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._characters = characters
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)

    def add(self, widget: QWidget, stretch: int = 1) -> None:
        """Add a widget at the end."""
        self._box.addWidget(widget, stretch)

    def replace_by(self, widgets: Sequence[QWidget]) -> None:
        """Show other widgets in the place of those there are, each as wide as it needs."""
        while (item := self._box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for widget in widgets:
            self._box.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
            widget.ensurePolished()
        self._box.addStretch(1)
        self._arrange()

    def widgets(self) -> list[QWidget]:
        """Give the widgets, in order."""
        items = (self._box.itemAt(rang) for rang in range(self._box.count()))
        return [widget for item in items if item is not None and (widget := item.widget()) is not None]

    @property
    def folded(self) -> bool:
        """Whether the widgets are one above the other."""
        return self._box.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Fold or unfold when a widget comes, goes or changes its text."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Fold or unfold for the new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Let the row become narrow enough to fold."""
        hint = super().minimumSizeHint()
        widths = [
            item.minimumSize().width() for i in range(self._box.count()) if (item := self._box.itemAt(i)) is not None
        ]
        return QSize(max(widths, default=0), hint.height())

    def _arrange(self) -> None:
        each = self._characters * self.fontMetrics().averageCharWidth()
        needs = [max(each, widget.minimumSizeHint().width()) for widget in self.widgets() if not _put_away(widget)]
        wanted = sum(needs) + self._box.spacing() * (len(needs) - 1)
        direction = QBoxLayout.Direction
        self._box.setDirection(direction.LeftToRight if self.width() >= wanted else direction.TopToBottom)


def _put_away(widget: QWidget) -> bool:
    """Whether a widget was hidden on purpose, not merely never shown yet."""
    return widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


class PageArea(QScrollArea):
    """A page that scrolls when the window is too small for it, never sideways."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        content.setProperty("page", "true")
        content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(*(4 * [6 * theme.PAS]))
        self.body.setSpacing(4 * theme.PAS)
        self.setWidget(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is shown as wide as it was when the bar comes: it stands in the margin."""
        super().resizeEvent(event)
        margins = self.body.contentsMargins()
        bar = self.width() - self.viewport().width()
        margins.setRight(max(0, margins.left() - bar))
        self.body.setContentsMargins(margins)
