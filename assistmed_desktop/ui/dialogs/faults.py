"""Every fault of a refused file, with its path, to read or to copy."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.domain.fautes import Faute
from assistmed_desktop.formats import compte
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.table import Column, Table, TableModel
from assistmed_desktop.ui.widgets.text import Text, set_style_property


class FaultsDialog(QDialog):
    """Lists the faults of an import; nothing was imported."""

    def __init__(self, parent: QWidget | None, chemin: Path, fautes: Sequence[Faute]) -> None:
        super().__init__(parent)
        titre = f"Ce dossier n’est pas importé\u00a0: {compte(len(fautes), 'faute')}"
        self.setWindowTitle("AssistMed")
        self.setAccessibleName(titre)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = QVBoxLayout(self)
        box.setContentsMargins(*(4 * [6 * theme.PAS]))
        box.setSpacing(3 * theme.PAS)
        box.addWidget(Text(titre, theme.TITRE_CARTE, gras=True))
        box.addWidget(Text(f"Fichier\u00a0: {chemin}", role="secondaire"))
        box.addWidget(Text("Votre cabinet n’a pas changé. Corrigez le fichier, puis importez-le de nouveau."))
        self.model: TableModel[Faute] = TableModel(
            (
                Column("Où", lambda f: f.chemin, lambda f: f.chemin),
                Column("Ce qui ne va pas", lambda f: soigner(f.message), lambda f: f.message),
            )
        )
        self.table = Table(self.model, "Fautes du dossier")
        self.table.setWordWrap(True)
        self.model.set_rows(fautes)  # once the table is there, to give its columns their width
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        box.addWidget(self.table, 1)
        self.buttons = QDialogButtonBox()
        self.copy = QPushButton("Copier la liste")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.as_text()))
        self.copy.setAutoDefault(False)
        self.shut = QPushButton("Fermer")
        set_style_property(self.shut, "genre", "principal")
        self.shut.setDefault(True)
        self.shut.clicked.connect(self.close)
        self.buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.shut, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addWidget(self.buttons)
        em = self.fontMetrics().averageCharWidth()
        self.resize(120 * em, 60 * em)

    def as_text(self) -> str:
        """Write the faults one a line, path first."""
        return "".join(f"{faute}\n" for faute in self.model.rows)
