"""An assistant's personal data: handed over, or kept without the name; what stays elsewhere is said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE, compte
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.room import fitted
from assistmed_desktop.ui.widgets.text import Text, set_style_property


class PersonalDataDialog(QDialog):
    """Data in, data out: ``export_asked``, or ``rename_asked`` with whether the PDF and the copies go too."""

    export_asked = Signal()
    rename_asked = Signal(bool, bool)

    def __init__(  # noqa: PLR0913, PLR0917 - all that it shows
        self, parent: QWidget, nom: str, pseudonyme: str, mentions: Sequence[str], rapports: int, copies: int
    ) -> None:
        super().__init__(parent)
        titre = f"Données personnelles de {nom}"
        self.setWindowTitle(titre)
        self.setAccessibleName(titre)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = QVBoxLayout(self)
        box.setContentsMargins(*(4 * [6 * theme.PAS]))
        box.setSpacing(3 * theme.PAS)
        box.addWidget(Text(titre, theme.TITRE_CARTE, gras=True))
        box.addWidget(
            Text(
                f"Remettre une copie{INSECABLE}: tout ce que le cabinet a saisi sur cette personne, dans un fichier à "
                "lire et un autre pour une machine. Rien ne change dans le cabinet."
            )
        )
        self.export = QPushButton("Exporter les données…")
        self.export.setAutoDefault(False)
        self.export.clicked.connect(self._export)
        box.addWidget(self.export, 0, Qt.AlignmentFlag.AlignLeft)
        box.addSpacing(2 * theme.PAS)
        textes = f" et dans {compte(len(mentions), 'texte')}, ci-dessous" if mentions else ""
        box.addWidget(
            Text(
                soigner(
                    f"Remplacer le nom : la personne devient « {pseudonyme} » dans la liste{textes} ; les étapes du "
                    "journal qui la nomment sont effacées. "
                    "Les heures, la présence et la formation restent : "
                    "le contrat se calcule comme avant."
                )
            )
        )
        self.mentions = QPlainTextEdit("\n".join(mentions))
        self.mentions.setReadOnly(True)
        self.mentions.setTabChangesFocus(True)
        self.mentions.setAccessibleName("Textes où le nom est remplacé")
        self.mentions.setVisible(bool(mentions))
        self.mentions.setMaximumHeight(7 * self.fontMetrics().height())
        box.addWidget(self.mentions)
        self.pdf = QCheckBox(
            f"Effacer aussi les PDF gardés de tous les rapports émis ({rapports}){INSECABLE}; leur trace reste"
        )
        nombre = f" ({compte(copies, 'copie')})" if copies else ""
        self.copies = QCheckBox(f"Effacer aussi les sauvegardes, où le nom est encore{nombre}")
        self.pdf.setVisible(bool(rapports))
        for tick in (self.pdf, self.copies):
            box.addWidget(tick)
        box.addWidget(
            Text(
                "Le nom reste dans ce qui est sorti du programme, papiers, PDF, exports et copies faites ailleurs. Un "
                "surnom, une faute de frappe ou un texte qui décrit la personne ne sont pas reconnus.",
                theme.LEGENDE,
                role="secondaire",
            )
        )
        box.addStretch(1)
        self.rename = QPushButton("Remplacer le nom")
        self.rename.setAutoDefault(False)
        self.rename.clicked.connect(self._rename)
        close = QPushButton("Fermer")
        set_style_property(close, "genre", "principal")
        close.setDefault(True)
        close.clicked.connect(self.close)
        buttons = QDialogButtonBox()
        buttons.addButton(self.rename, QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        box.addWidget(buttons)
        width = 84 * self.fontMetrics().averageCharWidth()
        self.resize(fitted(self, width, box.totalHeightForWidth(width)))

    def _export(self) -> None:
        self.close()
        self.export_asked.emit()

    def _rename(self) -> None:
        pdf, copies = self.pdf.isChecked(), self.copies.isChecked()
        self.close()
        self.rename_asked.emit(pdf, copies)
