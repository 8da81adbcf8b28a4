"""The window of the copies of a practice: what there is, what each holds, and how to go back to one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE, jour_court, nombre
from assistmed_desktop.services.ports import Archives, ErreurDepot
from assistmed_desktop.services.sauvegardes import LIBELLES_MOTIF, Contenu, Motif, Sauvegarde, moment, retour
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.dialogs.files import CABINETS, choose_to_read, open_folder
from assistmed_desktop.ui.dialogs.message import ask
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.card import FoldingRow
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.room import fitted
from assistmed_desktop.ui.widgets.table import Column
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from assistmed_desktop.ui.shell import Shell
    from assistmed_desktop.ui.work import Task

Restore = Callable[[Path, Archives, Path], None]

_ATTENTE: Final = 150
"""How long the choice rests before a copy is looked into, in milliseconds."""
_MEGA: Final = 1_000_000


def taille(octets: int) -> str:
    """Write a size: ``409,6 ko``."""
    if octets < _MEGA:
        return f"{nombre(octets / 1000)}{INSECABLE}ko"
    return f"{nombre(octets / _MEGA, 1)}{INSECABLE}Mo"


class BackupsDialog(QDialog):
    """Lists the copies; looks into the chosen one off the thread that draws; has it restored once that is agreed."""

    def __init__(
        self, parent: QWidget, window: Shell, archives: Archives, save: Callable[[Motif], bool], restore: Restore
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Sauvegardes")
        self.setAccessibleName("Sauvegardes")
        self._window, self._archives, self._save, self._restore = window, archives, save, restore
        self._base = window.base
        self._looking: Task | None = None
        self._seen: tuple[Path, Contenu] | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_ATTENTE)
        self._wait.timeout.connect(self._look)
        self.restore = QPushButton("Restaurer cette sauvegarde…")
        self.other = QPushButton("Restaurer un autre fichier…")
        self.folder = QPushButton("Ouvrir le dossier")
        self.list = Listing(
            "Sauvegardes",
            (
                Column[Sauvegarde]("Date", _date, lambda s: s.le),
                Column[Sauvegarde]("Faite", lambda s: soigner(LIBELLES_MOTIF[s.motif]), lambda s: s.motif),
                Column[Sauvegarde]("Taille", lambda s: taille(s.octets), lambda s: s.octets, droite=True),
                Column[Sauvegarde]("Où", self._where, self._where),
            ),
            window.settings,
            vide="Aucune sauvegarde pour l’instant. La première se fait toute seule, dix minutes après une saisie ou à "
            "la fermeture.",
            lignes=0,
            gestes=(self.restore, self.folder),
        )
        self.list.copy.setText("Copier le tableau")
        self.list.table.setAccessibleDescription("Entrée restaure la sauvegarde choisie, Ctrl+C copie le tableau")
        self.preview = Text("", role="secondaire")
        self.preview.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.preview.setAccessibleName("Contenu de la sauvegarde choisie")
        self.second = Text("")
        self.choose_second = QPushButton("Choisir un second dossier…")
        self.forget_second = QPushButton("Ne plus y copier")
        self.buttons = QDialogButtonBox()
        self.save = QPushButton("Sauvegarder maintenant")
        self.shut = QPushButton("Fermer")
        self._lay_out()
        self._connect()
        self.refresh()
        self.list.table.setFocus()

    @Slot()
    def refresh(self) -> None:
        """Show the copies that there are now, and where the second place stands."""
        second = self._window.settings.second_folder(self._base)
        self.list.set_rows(self._archives.lister(second))
        self.forget_second.setVisible(second is not None)
        self.choose_second.setText("Changer de second dossier…" if second else "Choisir un second dossier…")
        self.second.setText(self._about_second(second))
        if not self.list.table.selectionModel().hasSelection() and self.list.model.total:
            self.list.table.selectRow(0)
        self._follow()

    def _about_second(self, second: Path | None) -> str:
        if second is None:
            return (
                f"Un disque peut tomber en panne{INSECABLE}: choisissez un second dossier, sur une clé USB, un disque "
                "du réseau ou dans un dossier synchronisé. Chaque sauvegarde y sera copiée et vérifiée aussi."
            )
        last = self._window.settings.second_copy(self._base)
        told = f"Dernière copie{INSECABLE}: la sauvegarde faite {last}." if last else "Aucune copie n’y est encore."
        if not second.is_dir():
            return (
                f"La clé ou le disque de «{INSECABLE}{second}{INSECABLE}» n’est pas branché. {told} La suivante s’y "
                "fera quand il sera là."
            )
        return f"Second dossier{INSECABLE}: {self._archives.dossier_second(second)}. {told}"

    def _where(self, copie: Sauvegarde) -> str:
        here = copie.fichier.parent == self._archives.dossier
        second = self._window.settings.second_folder(self._base)
        there = second is not None and (self._archives.dossier_second(second) / copie.fichier.name).exists()
        if here and there:
            return "ici et second dossier"
        return "ici" if here else "second dossier"

    # The chosen copy

    @Slot()
    def _follow(self) -> None:
        """Look into the copy that is chosen, once the choice rests."""
        chosen = self._chosen()
        if chosen is None:
            self.preview.setText("")
        elif self._seen is None or self._seen[0] != chosen.fichier:
            self.preview.setText("Lecture de la sauvegarde…")
            self._wait.start()
        self.restore.setEnabled(self._seen is not None and chosen is not None and self._seen[0] == chosen.fichier)

    @Slot()
    def _look(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        if self._looking is not None:
            self._looking.cancel()
        archives, fichier = self._archives, chosen.fichier

        def done(contenu: Contenu) -> None:
            self._seen = (fichier, contenu)
            self.preview.setText(self._told(contenu))
            self._follow()

        def failed(error: Exception) -> None:
            if not isinstance(error, ErreurDepot | OSError):
                raise error
            self.preview.setText(f"Cette sauvegarde ne peut pas servir{INSECABLE}: {soigner(str(error))}")

        self._looking = self._window.worker.run(lambda: archives.examiner(fichier), done, failed)

    def _told(self, contenu: Contenu) -> str:
        derniere = contenu.derniere_saisie
        saisie = f" Dernière saisie {moment(derniere)}." if derniere else ""
        phrases = f"Elle est saine et contient{INSECABLE}: {contenu.en_lettres}.{saisie}"
        desk = self._window.desk
        ecart = f" {retour(contenu.dossier, desk.practice.workspace.dossier)}" if desk is not None else ""
        return soigner(f"{phrases}{ecart}")

    def _chosen(self) -> Sauvegarde | None:
        table = self.list.table
        if not table.selectionModel().hasSelection():
            return None
        copie = table.current
        return copie if isinstance(copie, Sauvegarde) else None

    @Slot()
    def _ask(self) -> None:
        chosen = self._chosen()
        if chosen is not None and self._seen is not None and self._seen[0] == chosen.fichier:
            self._ask_for(chosen.fichier, f"du {_date(chosen)}".replace("  ", " à "), self._seen[1])

    def _ask_for(self, fichier: Path, quelle: str, contenu: Contenu) -> None:
        present = "Le cabinet tel qu’il est maintenant est d’abord sauvegardé" + (
            f"{INSECABLE}: vous pourrez y revenir." if self._base.exists() else ", s’il peut encore l’être."
        )
        ask(
            self,
            f"Restaurer la sauvegarde {quelle}{INSECABLE}?",
            f"{self._told(contenu)}\n\n{present}",
            "Restaurer",
            lambda: self._restore(fichier, self._archives, self._base),
        )

    @Slot()
    def _ask_another(self) -> None:
        choose_to_read(self, self._window.settings, "Restaurer un autre fichier", CABINETS, self._look_at)

    def _look_at(self, fichier: Path) -> None:
        """Look into a copy that is elsewhere, then ask whether to restore it."""
        archives = self._archives
        quelle = f"«{INSECABLE}{fichier.name}{INSECABLE}»"

        def failed(error: Exception) -> None:
            if not isinstance(error, ErreurDepot | OSError):
                raise error
            self.preview.setText(f"Ce fichier ne peut pas servir{INSECABLE}: {soigner(str(error))}")

        self._window.worker.run(
            lambda: archives.examiner(fichier), lambda contenu: self._ask_for(fichier, quelle, contenu), failed
        )

    # The rest

    @Slot()
    def _save_now(self) -> None:
        if self._save("demande"):
            self.list.table.selectRow(0)
        else:
            self.preview.setText(self._window.notice.text)

    @Slot()
    def _open_folder(self) -> None:
        chosen = self._chosen()
        open_folder(chosen.fichier.parent if chosen else self._archives.dossier)

    @Slot()
    def _choose_second(self) -> None:
        second = self._window.settings.second_folder(self._base)
        dialog = QFileDialog(self, "Choisir un second dossier", str(second or Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda nom: self.use_second(Path(nom)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def use_second(self, second: Path) -> None:
        """Keep a second place, and have the newest copy there at once."""
        if second in {self._base.parent, self._archives.dossier}:
            self.second.setText(
                f"Ce dossier est celui du cabinet{INSECABLE}: s’il disparaît, les deux copies disparaissent. "
                "Choisissez-en un sur un autre disque."
            )
            return
        settings, archives, base = self._window.settings, self._archives, self._base
        settings.set_second_folder(base, second)
        self.second.setText("Copie dans le second dossier…")

        def done(copie: Sauvegarde | None) -> None:
            settings.set_second_copy(base, moment(copie.le) if copie else "")
            self.refresh()

        def failed(error: Exception) -> None:
            if not isinstance(error, ErreurDepot | OSError):
                raise error
            self.second.setText(f"La copie n’a pas pu y être faite{INSECABLE}: {soigner(str(error))}")

        self._window.worker.run(lambda: archives.recopier(second), done, failed)

    @Slot()
    def _forget_second(self) -> None:
        self._window.settings.set_second_folder(self._base, None)
        self.refresh()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(*(4 * [5 * theme.PAS]))
        box.setSpacing(4 * theme.PAS)
        box.addWidget(
            Text(
                f"Une sauvegarde est une copie complète et vérifiée de «{INSECABLE}{self._base.name}{INSECABLE}». Les "
                f"plus anciennes sont éclaircies{INSECABLE}: toutes sont gardées deux jours, puis une par jour, par "
                "semaine et par mois."
            )
        )
        seconds = FoldingRow(0, 2 * theme.PAS)
        seconds.replace_by([self.choose_second, self.forget_second])
        box.addWidget(self.list, 1)
        for widget in (self.preview, self.second, seconds):
            box.addWidget(widget)
        box.addWidget(self.buttons)
        set_style_property(self.save, "genre", "principal")
        self.buttons.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.other, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.shut, QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.restore, self.other, self.folder, self.choose_second, self.forget_second, self.save):
            button.setAutoDefault(False)
        self.save.setEnabled(self._window.desk is not None)
        metrics = self.fontMetrics()
        self.resize(fitted(self, 118 * metrics.averageCharWidth(), 40 * metrics.height()))

    def _connect(self) -> None:
        self.list.table.selectionModel().selectionChanged.connect(self._follow)
        self.list.table.opened.connect(lambda _copie: self._ask())
        self.restore.clicked.connect(self._ask)
        self.other.clicked.connect(self._ask_another)
        self.folder.clicked.connect(self._open_folder)
        self.choose_second.clicked.connect(self._choose_second)
        self.forget_second.clicked.connect(self._forget_second)
        self.save.clicked.connect(self._save_now)
        self.shut.clicked.connect(self.close)


def _date(copie: Sauvegarde) -> str:
    ici = copie.le.astimezone()
    return f"{jour_court(ici.date())}  {ici:%H:%M}"
