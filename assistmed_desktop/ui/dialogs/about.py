"""Versions and licences."""

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from assistmed_desktop import __version__
from assistmed_desktop.ui import icons, theme
from assistmed_desktop.ui.widgets.text import Text, set_style_property

COMPOSANTS = (
    ("Qt et PySide6", "PySide6-Essentials", "LGPL 3"),
    ("Pydantic", "pydantic", "MIT"),
    ("SQLModel", "sqlmodel", "MIT"),
    ("SQLAlchemy", "sqlalchemy", "MIT"),
    ("Alembic", "alembic", "MIT"),
    ("ReportLab", "reportlab", "BSD"),
    ("pikepdf et qpdf", "pikepdf", "MPL 2.0 et Apache 2.0"),
    ("pypdfium2 et PDFium", "pypdfium2", "BSD et Apache 2.0"),
    ("holidays", "holidays", "MIT"),
    ("icalendar", "icalendar", "BSD"),
    ("tzdata", "tzdata", "Apache 2.0"),
    ("python-dateutil", "python-dateutil", "Apache 2.0 et BSD"),
    ("six", "six", "MIT"),
    ("platformdirs", "platformdirs", "MIT"),
    ("Rich", "rich", "MIT"),
    ("SQLCipher et sqlcipher3", "sqlcipher3", "BSD et zlib"),
    ("keyring", "keyring", "MIT"),
)


def versions() -> str:
    """Write the versions at work, one a line, as a report of a fault needs them."""
    lignes = [f"AssistMed Desktop {__version__}", f"Python {platform.python_version()}, Qt {qVersion()}"]
    lignes += [f"{nom} {_version(paquet)} ({licence})" for nom, paquet, licence in COMPOSANTS]
    return "\n".join([*lignes, "Police Lato (licence SIL Open Font 1.1)", platform.platform()])


def _version(paquet: str) -> str:
    try:
        return version(paquet)
    except PackageNotFoundError:
        return "(version inconnue)"


class AboutDialog(QDialog):
    """Says what the program is, and what it is made of."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("À propos d’AssistMed")
        self.setAccessibleName("À propos d’AssistMed")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = QVBoxLayout(self)
        box.setContentsMargins(*(4 * [6 * theme.PAS]))
        box.setSpacing(4 * theme.PAS)
        head = QHBoxLayout()
        head.setSpacing(4 * theme.PAS)
        logo = QLabel()
        logo.setPixmap(icons.app_icon().pixmap(48, 48))
        head.addWidget(logo, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.PAS)
        words.addWidget(Text("AssistMed Desktop", theme.TITRE_PAGE, gras=True))
        words.addWidget(Text(f"Version {__version__}", role="secondaire"))
        head.addLayout(words, 1)
        box.addLayout(head)
        box.addWidget(
            Text(
                "Suivi du contrat d’aide à l’emploi d’un assistant médical. Vos données restent sur cet ordinateur ; "
                "aucune donnée de patient n’y est enregistrée. Le contrat que vous avez signé prévaut toujours sur ce "
                "que le programme affiche.".replace(" ;", "\u00a0;")
            )
        )
        box.addWidget(Text("Logiciel libre, sous licence MIT. Il contient\u00a0:"))
        self.list = QTextBrowser()
        self.list.setProperty("champ", "true")
        self.list.setAccessibleName("Versions et licences")
        self.list.setPlainText(versions())
        self.list.setMinimumHeight(12 * self.fontMetrics().height())
        self.list.setTabChangesFocus(True)
        box.addWidget(self.list, 1)
        buttons = QDialogButtonBox()
        copier = QPushButton("Copier")
        copier.setAutoDefault(False)
        copier.clicked.connect(lambda: QGuiApplication.clipboard().setText(versions()))
        fermer = QPushButton("Fermer")
        set_style_property(fermer, "genre", "principal")
        fermer.setDefault(True)
        fermer.clicked.connect(self.close)
        buttons.addButton(copier, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(fermer, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addWidget(buttons)
        em = self.fontMetrics().averageCharWidth()
        self.resize(76 * em, max(68 * em, box.totalHeightForWidth(76 * em)))
