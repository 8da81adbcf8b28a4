"""Choosing a file to read or to write, without blocking."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.ui.settings import Settings
from assistmed_desktop.ui.typography import soigner

DOSSIERS = "Dossiers AssistMed (*.json)"
DOSSIERS_ET_CABINETS = "Dossiers et cabinets AssistMed (*.json *.assistmed)"
CABINETS = "Cabinets AssistMed (*.assistmed)"
PDF = "Documents PDF (*.pdf)"
CALENDRIERS = "Calendriers (*.ics)"


def choose_to_read(
    parent: QWidget, settings: Settings, titre: str, filtre: str, then: Callable[[Path], None]
) -> QFileDialog:
    """Have an existing file chosen."""
    dialog = _dialog(parent, settings, titre, filtre, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def choose_to_write(  # noqa: PLR0913 - what a file dialog asks for
    parent: QWidget, settings: Settings, titre: str, filtre: str, then: Callable[[Path], None], *, propose: str
) -> QFileDialog:
    """Have the name of a file to write chosen; an existing one is confirmed by the dialog itself."""
    dialog = _dialog(parent, settings, titre, filtre, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(filtre.partition("*.")[2].rstrip(")"))
    dialog.selectFile(propose)
    dialog.open()
    return dialog


def choose_folder(parent: QWidget, settings: Settings, titre: str, then: Callable[[Path], None]) -> QFileDialog:
    """Have a folder chosen."""
    dialog = _dialog(parent, settings, titre, "", then)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Choisir")
    dialog.open()
    return dialog


def _dialog(parent: QWidget, settings: Settings, titre: str, filtre: str, then: Callable[[Path], None]) -> QFileDialog:
    dialog = QFileDialog(parent, titre, settings.folder or str(Path.home()), filtre)
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, "Dossier\u00a0:")
    dialog.setLabelText(QFileDialog.DialogLabel.FileName, "Nom du fichier\u00a0:")
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, "Type\u00a0:")

    def chosen(nom: str) -> None:
        settings.folder = nom if Path(nom).is_dir() else str(Path(nom).parent)
        then(Path(nom))

    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def open_folder(dossier: Path) -> None:
    """Show a folder in the system's own window of files."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(dossier)))


def why_not_written(error: OSError) -> str:
    """Say why a file could not be written, and what to do."""
    if error.errno is None:
        return soigner(str(error))
    return (
        f"Le fichier ne peut pas être écrit à cet endroit{INSECABLE}: vérifiez qu’il n’est pas ouvert dans un autre "
        "programme, que vous avez le droit d’y écrire et qu’il reste de la place, puis recommencez."
    )
