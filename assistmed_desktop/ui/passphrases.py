"""The phrase of a practice in the window: put, changed, taken away, and the copies that are to follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from assistmed_desktop.formats import INSECABLE, compte
from assistmed_desktop.ui.dialogs.message import ask, tell
from assistmed_desktop.ui.page_index import MISE_EN_ROUTE
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.unsaved import give_back, unsaved

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from assistmed_desktop.ui.dialogs.passphrase import PassphraseDialog
    from assistmed_desktop.ui.ports import PhraseChangee
    from assistmed_desktop.ui.protection import Vault


class Passphrases(QObject):
    """The commands of a window on the phrase of its practice; its dialogs are those of ``parent``."""

    def __init__(self, window: Vault, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self._parent = parent

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
        """Close the practice, have it written again, and open it where it was left."""
        window = self._window
        backend, chemin = window.backend, window.base
        second, kept = window.settings.second_folder(chemin), unsaved(window)
        empty = window.desk is not None and window.desk.state is None
        first_steps = window.stack.shown == MISE_EN_ROUTE
        window.forget_practice()
        window.message.tell("Le cabinet est réécrit, puis vérifié…", working=True)
        window.stack.show_message()

        def go_back() -> None:
            if kept is not None:
                give_back(window, self._parent, kept)
            elif first_steps:
                window.show_first_run()

        def done(change: PhraseChangee) -> None:
            def opened() -> None:
                go_back()
                self._tell(change, protected=apres is not None, keep=keep, empty=empty)

            window.settings.set_phrase_kept(chemin, kept=change.gardee)
            window.open_practice(chemin, phrase=apres, then=opened)

        def failed(error: Exception) -> None:
            def opened() -> None:
                go_back()
                texte = f"{soigner(str(error))}\n\nLe cabinet est comme il était."
                tell(self._parent, "La phrase de passe n’a pas changé", texte)

            window.open_practice(chemin, phrase=avant, then=opened)

        window.worker.run(lambda: backend.changer_phrase(chemin, avant, apres, second, garder=keep), done, failed)

    def _tell(self, change: PhraseChangee, *, protected: bool, keep: bool, empty: bool) -> None:
        window = self._window
        if not protected:
            reste = (
                f" {compte(len(change.anciennes), 'sauvegarde garde', 'sauvegardes gardent')} la phrase retirée"
                f"{INSECABLE}: ne l’oubliez pas."
                if change.anciennes
                else ""
            )
            window.notice.tell(
                f"La phrase est retirée{INSECABLE}: le cabinet se lit sans elle.{reste}{_absent(change)}"
            )
            return
        sans = " Le trousseau du système ne l’a pas retenue." if keep and not change.gardee else ""
        window.notice.tell(f"Le cabinet est protégé par sa phrase de passe.{sans}")
        if empty:  # there is nothing to ask about the copy of a practice that holds nothing yet
            self._protect_copies(change, told=False)
            return
        autres = [f for f in (*change.en_clair, *change.anciennes) if f.suffix == ".assistmed"]
        dossiers = [f for f in change.en_clair if f.suffix != ".assistmed"]
        if autres or dossiers or change.second_absent:
            texte = _left_as_they_were(change, autres, dossiers)
            if autres:
                titre = "Protéger aussi les sauvegardes"
                ask(self._parent, titre, texte, "Protéger", lambda: self._protect_copies(change, told=True))
            else:
                tell(self._parent, "Des copies restent lisibles", texte)

    def _protect_copies(self, change: PhraseChangee, *, told: bool) -> None:
        window, proteger = self._window, change.proteger
        if proteger is None:
            return

        def done(faites: int) -> None:
            if told:
                window.notice.tell(
                    f"{compte(faites, 'sauvegarde suit', 'sauvegardes suivent')} maintenant la phrase du cabinet."
                    f"{_absent(change)}"
                )

        def failed(error: Exception) -> None:
            tell(self._parent, "Des sauvegardes n’ont pas pu être protégées", soigner(str(error)))

        window.worker.run(proteger, done, failed)


def _left_as_they_were(change: PhraseChangee, autres: list[Path], dossiers: list[Path]) -> str:
    """Say which copies can still be read without the new phrase."""
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
    if change.second_absent:
        lignes.append(_absent(change).strip())
    lignes.append("Les copies que vous avez faites ailleurs ne changent pas.")
    return " ".join(lignes).replace(" :", f"{INSECABLE}:")


def _absent(change: PhraseChangee) -> str:
    """Say that the second folder, which was not there, was left as it is."""
    if change.second_absent is None:
        return ""
    return (
        f" Le second dossier, «{INSECABLE}{change.second_absent}{INSECABLE}», n’est pas branché{INSECABLE}: ses copies "
        "restent comme elles sont. Gardez leur phrase, ou effacez-les quand il sera là."
    )


def _raise(error: Exception) -> None:
    raise error
