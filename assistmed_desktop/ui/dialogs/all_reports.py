"""Which reports of every contract are wanted, before the folder that they go into is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE, compte
from assistmed_desktop.services.rapports import GENRES
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from assistmed_desktop.services.rapports import CleGenre, Genre

_NOMS = (
    f"Le nom de chaque fichier dit sa date, son genre et le médecin{INSECABLE}; aucun fichier déjà présent n’est "
    "remplacé. Tous s’ajoutent aux rapports émis."
)


class AllReportsDialog(QDialog):
    """Data in, data out: ``chosen`` carries the kinds of reports ticked."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, contrats: int, genre: CleGenre) -> None:
        super().__init__(parent)
        self._contrats = contrats
        titre = "Les rapports de tous les contrats"
        self.setWindowTitle(titre)
        self.setAccessibleName(titre)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        box = QVBoxLayout(self)
        box.setContentsMargins(*(4 * [6 * theme.PAS]))
        box.setSpacing(2 * theme.PAS)
        box.addWidget(Text(titre, theme.TITRE_CARTE, gras=True))
        self.boxes: list[tuple[QCheckBox, Genre]] = []
        for offered in GENRES:
            tick = QCheckBox(offered.nom)
            tick.setChecked(offered.cle == genre)
            tick.setAccessibleDescription(offered.aide)
            tick.toggled.connect(self._tell)
            self.boxes.append((tick, offered))
            box.addWidget(tick)
            box.addWidget(Text(offered.aide, theme.LEGENDE, role="secondaire"))
        self.told = Text("", gras=True)
        box.addSpacing(2 * theme.PAS)
        box.addWidget(self.told)
        box.addWidget(Text(_NOMS, role="secondaire"))
        box.addStretch(1)
        self.choose = QPushButton("Choisir le dossier…")
        set_style_property(self.choose, "genre", "principal")
        self.choose.setDefault(True)
        self.choose.clicked.connect(self._choose)
        close = QPushButton("Annuler")
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        buttons = QDialogButtonBox()
        buttons.addButton(self.choose, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        box.addWidget(buttons)
        self._tell()
        self.boxes[0][0].setFocus()
        self.resize(84 * self.fontMetrics().averageCharWidth(), self.sizeHint().height())

    def ticked(self) -> list[CleGenre]:
        """Give the kinds ticked."""
        return [genre.cle for tick, genre in self.boxes if tick.isChecked()]

    def _tell(self) -> None:
        genres = len(self.ticked())
        self.choose.setEnabled(genres > 0)
        if not genres:
            self.told.setText("Cochez au moins un genre de rapport.")
            return
        contrats = compte(self._contrats, "contrat")
        self.told.setText(f"{contrats}, {compte(genres * self._contrats, 'document')}")

    def _choose(self) -> None:
        ticked = self.ticked()
        self.close()
        self.chosen.emit(ticked)
