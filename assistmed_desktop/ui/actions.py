"""The menus: every action of the window, its French name and its shortcut."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow

from assistmed_desktop.ui.theme import Choix
from assistmed_desktop.ui.widgets.recent_menu import RecentMenu

if TYPE_CHECKING:
    from assistmed_desktop.ui.desk import Steps

_THEMES: tuple[tuple[str, Choix], ...] = (
    ("Thème &clair", "clair"),
    ("Thème &sombre", "sombre"),
    ("Thème du s&ystème", "systeme"),
)


_PROTEGER = "&Protéger par une phrase de passe…"
_CHANGER = "Changer ou retirer la &phrase…"
_VERROUILLER = (
    (5, "Verrouiller après &5 minutes sans activité"),
    (15, "Verrouiller après &15 minutes sans activité"),
    (30, "Verrouiller après &30 minutes sans activité"),
    (0, "Ne jamais verrouiller &seul"),
)

_AZERTY = "&é\"'(-è_çà"
"""What the keys 1 to 0 type without Shift on a French keyboard."""


class Actions:
    """Builds the menus of a window; what each action does is connected by the window."""

    def __init__(self, window: QMainWindow, pages: tuple[str, ...]) -> None:
        self._window = window
        self._made: list[QAction] = []
        self.new = self._action("&Nouveau cabinet…", QKeySequence.StandardKey.New)
        self.open = self._action("&Ouvrir un cabinet…", QKeySequence.StandardKey.Open)
        self.import_ = self._action("&Importer un dossier…", "Ctrl+I")
        self.export = self._action("&Exporter le dossier…", "Ctrl+E")
        self.report = self._action("Enregistrer le &bilan en PDF…", "Ctrl+P")
        self.protect = self._action(_PROTEGER)
        self.lock = self._action("&Verrouiller maintenant", "Ctrl+L")
        self.lock_after = {minutes: self._action(nom) for minutes, nom in _VERROUILLER}
        self.copies = self._action("&Sauvegardes…")
        self.delete = self._action("Supprimer ce cabine&t…")
        self.quit = self._action("&Quitter", "Ctrl+Q")
        self.undo = self._action("&Annuler", QKeySequence.StandardKey.Undo)
        self.redo = self._action("&Rétablir", "Ctrl+Y")
        self.redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self.search = self._action("Re&chercher…", "Ctrl+K")
        self.journal = self._action("&Journal des modifications…")
        self.pages = [self._action(nom) for nom in pages]
        for rang, action in enumerate(self.pages):
            action.setShortcuts([QKeySequence(f"Ctrl+{rang + 1}"), QKeySequence(f"Ctrl+{_AZERTY[rang]}")])
        self.themes = {choix: self._action(nom) for nom, choix in _THEMES}
        self.help = self._action("&Aide de cette page", "F1")
        self.guide = self._action("&Guide d’AssistMed", "Shift+F1")
        self.first_run = self._action("Reprendre la &mise en route")
        self.about = self._action("À &propos d’AssistMed")
        self._delays = QActionGroup(window)
        for action in self.lock_after.values():
            action.setCheckable(True)
            self._delays.addAction(action)
        self._group = QActionGroup(window)
        for action in self.themes.values():
            action.setCheckable(True)
            self._group.addAction(action)
        self._build()

    def show_steps(self, steps: "Steps") -> None:
        """Name what can be undone and redone."""
        for action, mot, nom in (
            (self.undo, "&Annuler", steps.annulable),
            (self.redo, "&Rétablir", steps.retablissable),
        ):
            nom_sur = (nom or "").replace("&", "&&")
            action.setText(f"{mot} «\u00a0{nom_sur}\u00a0»" if nom else mot)
            action.setEnabled(nom is not None)

    def show_practice(self, *, present: bool) -> None:
        """Allow what needs a practice only when there is one."""
        for action in (self.export, self.report, self.delete, self.first_run, self.journal, *self.pages):
            action.setEnabled(present)

    def show_protection(self, *, own: bool, protected: bool) -> None:
        """Name what can be done with the phrase of a practice, which must be the user's own."""
        self.protect.setText(_CHANGER if protected else _PROTEGER)
        self.protect.setEnabled(own)
        for action in (self.lock, *self.lock_after.values(), self._lock_menu.menuAction()):
            action.setEnabled(protected)

    def everything(self) -> list[QAction]:
        """Give what the menus do, but the pages and the search, which are found otherwise."""
        return [action for action in self._made if action not in (*self.pages, self.search)]

    def on_theme(self, choose: Callable[[Choix], None]) -> None:
        """Call ``choose`` with the theme chosen."""
        for choix, action in self.themes.items():
            action.triggered.connect(lambda _checked=False, choix=choix: choose(choix))

    def on_lock_after(self, choose: Callable[[int], None], present: int) -> None:
        """Call ``choose`` with the delay chosen, in minutes."""
        for minutes, action in self.lock_after.items():
            action.triggered.connect(lambda _checked=False, minutes=minutes: choose(minutes))
            action.setChecked(minutes == present)

    def _action(self, texte: str, raccourci: QKeySequence.StandardKey | str | None = None) -> QAction:
        action = QAction(texte, self._window)
        self._made.append(action)
        if raccourci is not None:
            action.setShortcut(QKeySequence(raccourci))
        return action

    def _build(self) -> None:
        bar = self._window.menuBar()
        bar.setAccessibleName("Menus")
        fichier = bar.addMenu("&Fichier")
        fichier.addActions([self.new, self.open])
        self.recents = RecentMenu("Cabinets &récents", fichier)
        fichier.addMenu(self.recents)
        fichier.addSeparator()
        fichier.addActions([self.import_, self.export])
        fichier.addSeparator()
        fichier.addAction(self.report)
        fichier.addSeparator()
        fichier.addActions([self.protect, self.lock])
        self._lock_menu = fichier.addMenu("Verrouiller &après")
        self._lock_menu.addActions(list(self.lock_after.values()))
        fichier.addSeparator()
        fichier.addActions([self.copies, self.delete])
        fichier.addSeparator()
        fichier.addAction(self.quit)
        edition = bar.addMenu("&Édition")
        edition.addActions([self.undo, self.redo])
        edition.addSeparator()
        edition.addAction(self.search)
        edition.addSeparator()
        edition.addAction(self.journal)
        affichage = bar.addMenu("&Affichage")
        affichage.addActions(self.pages)
        affichage.addSeparator()
        affichage.addActions(list(self.themes.values()))
        bar.addMenu("Ai&de").addActions([self.help, self.guide, self.first_run, self.about])
