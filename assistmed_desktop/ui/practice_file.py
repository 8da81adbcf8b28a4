"""What is done with the file of a practice as a whole: a copy put in its place, moved to this computer, set aside.

The practice is closed first; the worker does the rest, and it opens again, as it was when that could not be done.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.ui.choice import Choice
from assistmed_desktop.ui.dialogs.files import open_folder
from assistmed_desktop.ui.dialogs.message import ask, tell
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from assistmed_desktop.services.ports import Archives
    from assistmed_desktop.services.sauvegardes import Sauvegarde
    from assistmed_desktop.ui.shell import Shell

T = TypeVar("T")


class PracticeFile:
    """The commands on the file of a practice; ``leave`` ends what the window does with the one that is open."""

    def __init__(self, window: Shell, parent: QWidget, leave: Callable[[Path], None]) -> None:
        self._window = window
        self._parent = parent
        self._leave = leave

    def restore(
        self, fichier: Path, archives: Archives, base: Path, *, phrase: str | None = None, ecarter: bool = False
    ) -> None:
        """Put a copy in the place of the practice; what was there is copied first, and can come back.

        With ``ecarter`` it is set aside when it cannot be read. ``phrase`` opens what is put back.
        """
        window, present = self._window, base.exists()
        self._let_go("Restauration de la sauvegarde…", base)

        def done(avant: Sauvegarde | None) -> None:
            window.open_practice(base, then=lambda: restored(avant), phrase=phrase)

        def restored(avant: Sauvegarde | None) -> None:
            if not present:
                window.notice.tell("La sauvegarde est restaurée.")
            elif avant is None:
                window.notice.tell(
                    f"La sauvegarde est restaurée. Ce qui était là n’a pas pu être lu{INSECABLE}: le fichier est mis "
                    "de côté, dans le même dossier."
                )
            else:
                copie = avant.fichier
                window.notice.tell(
                    "La sauvegarde est restaurée. Ce qui était là est sauvegardé aussi.",
                    "Annuler la restauration",
                    lambda: self.restore(copie, archives, base),
                )

        self._do(
            lambda: archives.restaurer(fichier, ecarter=ecarter), done, "La sauvegarde n’a pas pu être restaurée", base
        )

    def offer_copy(self, chemin: Path, refus: str, phrase: str | None = None) -> None:
        """After a damaged practice was refused, look for its newest sound copy, and offer it.

        ``phrase`` opens the copies that are protected; it is asked for when they are.
        """
        window, archives = self._window, self._window.backend.archives(chemin, phrase)
        second = window.settings.second_folder(chemin)

        def done(outcome: tuple[Path | None, str]) -> None:
            fichier, told = outcome
            if fichier is None:
                self._show_refusal(chemin, f"{refus}\n\n{told}", None)
                return
            restore = Choice(
                "Restaurer cette sauvegarde",
                lambda: self.restore(fichier, archives, chemin, phrase=phrase, ecarter=True),
                principal=True,
            )
            self._show_refusal(chemin, f"{refus}\n\n{told}", restore)

        if window.desk is None:
            window.show_refusal(chemin, f"{refus}\n\nRecherche d’une sauvegarde saine…", working=True)
        window.worker.run(
            lambda: _newest(archives, second), done, lambda error: self._no_copy_read(chemin, refus, error)
        )

    def _no_copy_read(self, chemin: Path, refus: str, error: Exception) -> None:
        """Ask for the phrase of the copies that are protected; say what else kept them from being read."""
        from assistmed_desktop.services.ports import ErreurDepot, ErreurPhrase

        def ask_phrase(error: str) -> None:
            self._window.ask_phrase(chemin, error, lambda typed: self.offer_copy(chemin, refus, typed))

        if isinstance(error, ErreurPhrase) and error.fausse:
            ask_phrase("Cette phrase n’ouvre aucune de ses sauvegardes protégées. Rien n’a été touché.")
        elif isinstance(error, ErreurPhrase):
            texte = f"{refus}\n\nSa plus récente sauvegarde est protégée par une phrase de passe."
            self._show_refusal(
                chemin, texte, Choice("Donner la phrase de passe…", lambda: ask_phrase(""), principal=True)
            )
        elif isinstance(error, ErreurDepot | OSError):
            self._show_refusal(chemin, f"{refus}\n\n{soigner(str(error))}", None)
        else:
            raise error

    def _show_refusal(self, chemin: Path, texte: str, offer: Choice | None) -> None:
        window, titre = self._window, "Le cabinet n’a pas pu être ouvert"
        if window.desk is not None:
            texte = f"{texte}\n\nLe cabinet affiché reste ouvert."
            if offer is None:
                tell(self._parent, titre, texte)
            else:
                ask(self._parent, titre, texte, offer.texte, offer.action)
            return
        window.show_refusal(chemin, texte, [] if offer is None else [offer])

    # The file as a whole

    def move(self) -> None:
        """Ask, then move the practice to this computer."""
        practice = self._window.desk.practice if self._window.desk else None
        if practice is None or practice.archives is None:
            return
        base, archives, window = practice.chemin, practice.archives, self._window

        def moved(vers: Path) -> None:
            window.settings.forget_recent(base)
            window.open_practice(
                vers,
                then=lambda: window.notice.tell(
                    f"Le cabinet est maintenant sur ce PC{INSECABLE}: {vers}. L’ancien fichier n’est plus utilisé, et "
                    f"son nom finit par «{INSECABLE}-deplace{INSECABLE}».",
                    "Ouvrir le dossier",
                    lambda: open_folder(vers.parent),
                ),
            )

        def move() -> None:
            self._let_go("Copie du cabinet sur ce PC…", base)
            self._do(archives.deplacer, moved, "Le cabinet n’a pas pu être déplacé", base)

        ask(
            self._parent,
            f"Déplacer le cabinet sur ce PC{INSECABLE}?",
            "Le cabinet et ses sauvegardes sont copiés et vérifiés, puis ouverts sur ce PC. Le fichier d’origine reste "
            f"où il est, sous un nom qui finit par «{INSECABLE}-deplace{INSECABLE}», pour que personne ne l’ouvre plus "
            "par erreur. Fermez d’abord AssistMed sur les autres postes. Pour garder des copies à cet endroit, "
            "choisissez-le ensuite comme second dossier, dans Fichier, Sauvegardes.",
            "Déplacer",
            move,
        )

    def delete(self) -> None:
        """Ask twice, then copy the practice, set its file aside, and say where both are."""
        desk = self._window.desk
        if desk is None:
            return
        if desk.practice.archives is None:
            self._window.notice.tell("La démonstration disparaît quand vous la quittez.")
            return
        base, archives, window = desk.practice.chemin, desk.practice.archives, self._window
        nom = desk.state.dossier.cabinet.nom if desk.state else base.stem
        cite = f"«{INSECABLE}{nom}{INSECABLE}»"

        def deleted(outcome: tuple[Sauvegarde, Path]) -> None:
            ecarte = outcome[1]
            window.settings.forget_recent(base)
            window.show_nothing_yet()
            window.notice.tell(
                f"{cite} est supprimé. Son fichier est mis de côté{INSECABLE}: {ecarte}. Sa dernière sauvegarde est "
                f"dans {archives.dossier}.",
                "Remettre en place",
                lambda: self._put_back(archives, ecarte, base),
            )

        def delete() -> None:
            self._let_go("Suppression du cabinet…", base)
            self._do(archives.retirer, deleted, "Le cabinet n’a pas pu être supprimé", base)

        def sure() -> None:
            ask(
                self._parent,
                f"Vraiment supprimer {cite}{INSECABLE}?",
                f"Les données de ce cabinet décident d’aides déjà reçues{INSECABLE}: la CPAM peut en demander compte "
                "pendant des années. Gardez au moins la sauvegarde.",
                "Supprimer ce cabinet",
                delete,
            )

        ask(
            self._parent,
            f"Supprimer {cite}{INSECABLE}?",
            "AssistMed ne l’ouvrira plus. Une dernière sauvegarde est faite, puis le fichier est mis de côté sous un "
            f"autre nom, dans son dossier{INSECABLE}: {base.parent}. Rien n’est effacé du disque{INSECABLE}: pour "
            "cela, effacez ensuite vous-même ce fichier et le dossier des sauvegardes.",
            "Continuer",
            sure,
        )

    def _put_back(self, archives: Archives, ecarte: Path, base: Path) -> None:
        self._let_go("Remise en place du cabinet…", base)
        self._do(
            lambda: archives.remettre(ecarte),
            lambda _rien: self._window.open_practice(base),
            "Le cabinet n’a pas pu être remis en place",
            base,
        )

    def _let_go(self, pendant: str, base: Path) -> None:
        """Close the practice; the one that follows is about is copied by what follows."""
        self._leave(base)
        self._window.close_practice(pendant)

    def _do(self, work: Callable[[], T], done: Callable[[T], None], titre: str, base: Path) -> None:
        """Do something with the closed file; when it cannot be done, say so and open the practice as it was."""
        from assistmed_desktop.services.ports import ErreurDepot

        window = self._window

        def failed(error: Exception) -> None:
            if base.exists():
                window.open_practice(base)
            else:
                window.show_nothing_yet()
            if not isinstance(error, ErreurDepot | OSError):
                raise error
            tell(self._parent, titre, f"{soigner(str(error))}\n\nLe cabinet est comme il était.")

        window.worker.run(work, done, failed)


def _newest(archives: Archives, second: Path | None) -> tuple[Path | None, str]:
    """Find the newest sound copy of a damaged practice, and say what going back to it would cost."""
    from assistmed_desktop.services.sauvegardes import manque

    found = archives.meilleure(second)
    if found is None:
        branchez = second is not None and not second.is_dir()
        return None, "Aucune sauvegarde saine n’a été trouvée à côté de lui." + (
            f" Branchez le disque qui porte «{INSECABLE}{second}{INSECABLE}», puis réessayez." if branchez else ""
        )
    copie, contenu = found
    told = (
        f"La plus récente sauvegarde saine date du {copie}. Elle contient{INSECABLE}: {contenu.en_lettres}. "
        f"{manque(contenu, archives.comptes_lisibles(), archives.modifie_le())}"
    )
    suite = "Le fichier endommagé ne sera ni modifié ni effacé, mais mis de côté sous un autre nom."
    return copie.fichier, f"{soigner(told)} {suite}"
