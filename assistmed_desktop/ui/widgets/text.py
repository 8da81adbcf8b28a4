"""Labels whose size follows the program's font."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from assistmed_desktop.ui import theme


class Text(QLabel):
    """A label at a scale of the program's font, in the colour of a role. It wraps, and never reads markup."""

    def __init__(
        self,
        texte: str = "",
        echelle: float = theme.CORPS,
        *,
        gras: bool = False,
        role: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(texte, parent)
        self._echelle = echelle
        self._gras = gras
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(theme.police(echelle, gras=gras))
        self.setContentsMargins(0, 1, 0, 0)  # the accent of a capital rises above the line
        self.setProperty("role", role)

    @classmethod
    def on_one_line(
        cls, texte: str = "", echelle: float = theme.CORPS, *, gras: bool = False, role: str = ""
    ) -> "Text":
        """Make a label that keeps the width of its text."""
        label = cls(texte, echelle, gras=gras, role=role)
        label.setWordWrap(False)
        label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        return label

    def set_role(self, role: str) -> None:
        """Change the colour of the text."""
        set_style_property(self, "role", role)

    def follow_font(self) -> None:
        """Take the program's font again, once it has changed."""
        self.setFont(theme.police(self._echelle, gras=self._gras))


def literal(texte: str) -> str:
    """Write a text for a tooltip, which takes for markup what looks like it."""
    return f"<p>{escape(texte)}</p>" if "<" in texte or "&" in texte else texte


def set_style_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet selects on, and dress the widget again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is still to be dressed
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
