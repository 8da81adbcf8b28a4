"""A protected practice in the window: its phrase asked, put, changed; the lock when nobody is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QDialog

from assistmed_desktop.formats import INSECABLE, compte
from assistmed_desktop.ui.choice import Choice
from assistmed_desktop.ui.dialogs.message import ask, tell
from assistmed_desktop.ui.pages.unlock import UnlockPage
from assistmed_desktop.ui.shell import Shell
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QStackedWidget, QWidget

    from assistmed_desktop.ui.actions import Actions
    from assistmed_desktop.ui.dialogs.passphrase import PassphraseDialog
    from assistmed_desktop.ui.pages.message import MessagePage
    from assistmed_desktop.ui.ports import OpenPractice, PhraseChangee

_GESTES: Final = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    )
)
_MINUTE: Final = 60_000
_PATIENCE: Final = 1_000
"""How long to let a work under way end before locking, in milliseconds."""


class Vault(Shell, Protocol):
    """What the commands on passphrases need of the window."""

    @property
    def actions_(self) -> Actions:
        """The menus."""
        ...

    @property
    def message(self) -> MessagePage:
        """Says one thing in the place of the pages."""
        ...

    @property
    def stack(self) -> QStackedWidget:
        """Where the pages are."""
        ...

    def open_practice(
        self,
        chemin: Path,
        *,
        creer: bool = False,
        then: Callable[[], None] | None = None,
        phrase: str | None = None,
    ) -> None:
        """Open a practice, protected by this phrase or not."""
        ...

    def open_demonstration(self) -> None:
        """Open the demonstration."""
        ...

    def forget_practice(self) -> None:
        """Let go of the practice, and of every page that has shown it."""
        ...


class Protection(QObject):
    """What a window does with passphrases; its dialogs are those of ``parent``."""

    def __init__(self, window: Vault, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self._parent = parent
        self._page: UnlockPage | None = None
        self._then: Callable[[], None] | None = None
        self._chemin = window.base
        self._locked: set[Path] = set()
        self._watching = False
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.timeout.connect(self.lock)

    # An open practice

    def follow(self, practice: OpenPractice | None, *, demonstration: bool) -> None:
        """Watch over the practice now open; None when it is let go of."""
        protected = practice is not None and practice.phrase_juste is not None
        own = practice is not None and not practice.demonstration and not demonstration
        if practice is not None:
            self._locked.discard(practice.chemin.absolute())
        self._window.actions_.show_protection(own=own, protected=protected)
        self._watch(on=protected)

    def keyring(self, chemin: Path) -> bool:
        """Say whether the system's keyring may open a practice: not one that was locked."""
        return self._window.settings.phrase_kept(chemin) and chemin.absolute() not in self._locked

    def lock_after(self, minutes: int) -> None:
        """Lock after so many idle minutes; 0 is never."""
        self._window.settings.lock_after = minutes
        self._watch(on=self._watching)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to wait again at every gesture."""
        if event.type() in _GESTES and self.idle.isActive():
            self.idle.start()
        return super().eventFilter(watched, event)

    def _watch(self, *, on: bool) -> None:
        application = QApplication.instance()
        if on != self._watching and application is not None:
            (application.installEventFilter if on else application.removeEventFilter)(self)
        self._watching = on
        minutes = self._window.settings.lock_after
        if on and minutes:
            self.idle.start(minutes * _MINUTE)
        else:
            self.idle.stop()

    @Slot()
    def lock(self) -> None:
        """Close the practice and everything that shows it, and ask for its phrase."""
        window = self._window
        practice = window.desk.practice if window.desk else None
        if practice is None or practice.phrase_juste is None:
            return
        if window.worker.busy:
            self.idle.start(_PATIENCE)
            return
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.close()
        while (menu := QApplication.activePopupWidget()) is not None:
            menu.close()
        self._locked.add(practice.chemin.absolute())
        window.forget_practice()
        self._show(practice.chemin, "", None)

    # A closed one

    def ask(self, chemin: Path, error: Exception, then: Callable[[], None] | None) -> None:
        """Ask for the phrase of a practice that could not be opened without it."""
        self._window.forget_practice()
        self._show(chemin, soigner(str(error)) if getattr(error, "fausse", False) else "", then)

    def _show(self, chemin: Path, error: str, then: Callable[[], None] | None) -> None:
        window = self._window
        self._chemin, self._then = chemin, then
        if self._page is None:
            self._page = UnlockPage()
            self._page.submitted.connect(self._unlock)
            window.stack.addWidget(self._page)
        titre = "Ce cabinet est verrouillé" if chemin.absolute() in self._locked else "Ce cabinet est protégé"
        choices = (
            Choice("Ouvrir un autre cabinet…", window.actions_.open.trigger),
            Choice("Explorer la démonstration", window.open_demonstration),
        )
        window.stack.setCurrentWidget(self._page)
        self._page.ask(titre, chemin, error, choices)

    @Slot(str)
    def _unlock(self, phrase: str) -> None:
        self._window.open_practice(self._chemin, then=self._then, phrase=phrase)

    # The phrase itself

    @Slot()
    def change(self) -> None:
        """Have a phrase put on the practice, or changed; whether there is a keyring is asked off the GUI thread."""
        window = self._window
        window.worker.run(window.backend.trousseau_disponible, self._open_dialog, _raise)

    def _open_dialog(self, keyring: bool) -> None:  # noqa: FBT001 - the worker gives it by position
        from assistmed_desktop.ui.dialogs.passphrase import PassphraseDialog

        window = self._window
        if window.desk is None:
            return
        practice = window.desk.practice
        dialog = PassphraseDialog(
            self._parent,
            protected=practice.phrase_juste is not None,
            keyring=keyring,
            kept=window.settings.phrase_kept(practice.chemin),
        )
        dialog.submitted.connect(lambda avant, apres, keep: self._check(dialog, avant, apres, keep=keep))
        dialog.open()

    def _check(self, dialog: PassphraseDialog, avant: str, apres: str, *, keep: bool) -> None:
        """Let a wrong phrase cost nothing: it is compared before anything is closed."""
        window = self._window
        if window.desk is None:
            return
        right = window.desk.practice.phrase_juste

        def done(yes: bool) -> None:  # noqa: FBT001 - the worker gives it by position
            if yes:
                dialog.close()
                self._do(avant if right else None, apres or None, keep=keep)
            else:
                dialog.refuse("Ce n’est pas la phrase actuelle. Rien n’a été touché.", dialog.present)

        window.worker.run(lambda: right is None or right(avant), done, _raise)

    def _do(self, avant: str | None, apres: str | None, *, keep: bool) -> None:
        window = self._window
        backend, chemin = window.backend, window.base
        window.forget_practice()
        window.message.tell("Le cabinet est réécrit, puis vérifié…", working=True)
        window.stack.setCurrentWidget(window.message)

        def done(change: PhraseChangee) -> None:
            window.settings.set_phrase_kept(chemin, kept=change.gardee)
            window.open_practice(chemin, phrase=apres, then=lambda: self._tell(change, apres, keep=keep))

        def failed(error: Exception) -> None:
            texte = f"{soigner(str(error))}\n\nLe cabinet est comme il était."
            window.open_practice(
                chemin, phrase=avant, then=lambda: self._warn("La phrase de passe n’a pas changé", texte)
            )

        window.worker.run(lambda: backend.changer_phrase(chemin, avant, apres, garder=keep), done, failed)

    def _tell(self, change: PhraseChangee, apres: str | None, *, keep: bool) -> None:
        window = self._window
        if apres is None:
            reste = (
                f" {compte(len(change.anciennes), 'sauvegarde garde', 'sauvegardes gardent')} la phrase retirée"
                f"{INSECABLE}: ne l’oubliez pas."
                if change.anciennes
                else ""
            )
            window.notice.tell(f"La phrase est retirée{INSECABLE}: le cabinet se lit sans elle.{reste}")
            return
        sans = " Le trousseau du système ne l’a pas retenue." if keep and not change.gardee else ""
        window.notice.tell(f"Le cabinet est protégé par sa nouvelle phrase.{sans}")
        autres = [f for f in (*change.en_clair, *change.anciennes) if f.suffix == ".assistmed"]
        dossiers = [f for f in change.en_clair if f.suffix != ".assistmed"]
        if not autres and not dossiers:
            return
        lignes = []
        claires = len(autres) - len(change.anciennes)
        if claires == 1:
            lignes.append("La sauvegarde qui vient d’être faite se lit encore sans phrase.")
        elif claires:
            lignes.append(f"{claires} sauvegardes se lisent encore sans phrase, dont celle qui vient d’être faite.")
        if change.anciennes:
            nombre = compte(len(change.anciennes), "sauvegarde garde", "sauvegardes gardent")
            lignes.append(f"{nombre} l’ancienne phrase.")
        if dossiers:
            noms = ", ".join(dossier.name for dossier in dossiers)
            lignes.append(f"Des dossiers exportés restent lisibles à côté du cabinet, à effacer vous-même : {noms}.")
        lignes.append("Les copies faites ailleurs, sur une clé ou un autre disque, ne changent pas.")
        texte = " ".join(lignes).replace(" :", f"{INSECABLE}:")
        if autres:
            ask(self._parent, "Protéger aussi les sauvegardes", texte, "Protéger", lambda: self._protect_copies(change))
        else:
            tell(self._parent, "Des copies restent lisibles", texte)

    def _protect_copies(self, change: PhraseChangee) -> None:
        window, proteger = self._window, change.proteger
        if proteger is None:
            return
        window.worker.run(
            proteger,
            lambda faites: window.notice.tell(
                f"{compte(faites, 'sauvegarde suit', 'sauvegardes suivent')} maintenant la phrase du cabinet."
            ),
            lambda error: self._warn("Des sauvegardes n’ont pas pu être protégées", soigner(str(error))),
        )

    def _warn(self, titre: str, texte: str) -> None:
        tell(self._parent, titre, texte)


def _raise(error: Exception) -> None:
    raise error
