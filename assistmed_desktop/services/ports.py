"""What the services ask of the outside: a store and a clock."""

from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.services.effacement import Effacement
from assistmed_desktop.services.journal import ETAPE_SANS_NOM, Entree
from assistmed_desktop.services.rapports import Moyen, Rapport, RapportEmis
from assistmed_desktop.services.sauvegardes import Contenu, Motif, Sauvegarde


class ErreurDepot(Exception):  # noqa: N818 - a French name, as the whole domain
    """The store cannot be read or written; the message is a French sentence for the user."""

    endommage = False
    """Whether what is stored is damaged: one of its copies may take its place."""


class ErreurPhrase(ErreurDepot):
    """The store is protected by a passphrase, which was not given or is not that one. Nothing was touched."""

    fausse = False
    """Whether one was given."""


class Depot(Protocol):
    """Where the practice is kept."""

    def charger(self) -> Dossier | None:
        """Read the practice; None when nothing was saved yet.

        Raises:
            ErreurDepot: when what is stored cannot be read.

        """
        ...

    def enregistrer(self, avant: Dossier | None, apres: Dossier | None, etape: str = ETAPE_SANS_NOM) -> None:
        """Save the difference between what is stored (``avant``) and ``apres``, all of it or nothing.

        ``etape`` is the French name of the step, for the journal.

        Raises:
            DossierInvalide: when ``apres`` has faults; what was stored is as it was.
            ErreurDepot: when it cannot be written; what was stored is as it was.

        """
        ...

    def fermer(self) -> None:
        """Let go of the store. May be called twice."""
        ...


class RegistreRapports(Protocol):
    """The reports that a practice has issued. Nothing in it is ever changed or withdrawn."""

    def emis(self) -> tuple[RapportEmis, ...]:
        """Give the reports issued, the newest first.

        Raises:
            ErreurDepot: when they cannot be read.

        """
        ...

    def consigner(self, rapport: Rapport, moyen: Moyen) -> RapportEmis:
        """Note that a report was issued now.

        Raises:
            ErreurDepot: when it cannot be written.

        """
        ...

    def contenu(self, cle: int) -> bytes:
        """Give the PDF of a report issued, which says that it is kept.

        Raises:
            ErreurDepot: when it cannot be read, or is not what was issued.

        """
        ...


class Journal(Protocol):
    """What was done to a practice. It is only ever added to, by what saves a change."""

    def entrees(self) -> tuple[Entree, ...]:
        """Give every entry, the oldest first. May be called from another thread than the one that saves.

        Raises:
            ErreurDepot: when they cannot be read.

        """
        ...


class Copies(Protocol):
    """The copies that an open practice makes of itself."""

    @property
    def a_change(self) -> bool:
        """Whether anything was written since the practice was opened, or last copied."""
        ...

    def sauvegarder(self, motif: Motif) -> Sauvegarde:
        """Copy the practice as it is.

        Raises:
            ErreurDepot: when the copy cannot be made or is not sound.

        """
        ...


class Archives(Protocol):
    """The copies of a practice, and its file as a whole. What changes the file needs it closed."""

    @property
    def dossier(self) -> Path:
        """The folder of the copies beside the practice. It need not exist."""
        ...

    def dossier_second(self, second: Path) -> Path:
        """Give the folder of the copies of this practice in a second place."""
        ...

    def lister(self, second: Path | None) -> tuple[Sauvegarde, ...]:
        """List the copies, the newest first; one that is in both places is told once, as the one beside it."""
        ...

    def recopier(self, second: Path) -> Sauvegarde | None:
        """Have the newest copy in the second place too; None when there is none.

        Raises:
            ErreurDepot: when the place is not there, or cannot be written to.

        """
        ...

    def examiner(self, fichier: Path) -> Contenu:
        """Look into a copy.

        Raises:
            ErreurDepot: when it is not sound.

        """
        ...

    def meilleure(self, second: Path | None) -> tuple[Sauvegarde, Contenu] | None:
        """Find the newest copy that is sound; None when none is.

        Raises:
            ErreurPhrase: when one is protected, and not by the phrase that was given.

        """
        ...

    def comptes_lisibles(self) -> dict[str, int]:
        """Count what can still be counted of a damaged practice; nothing when nothing can."""
        ...

    def modifie_le(self) -> datetime:
        """Say when the practice was last written; OSError when it is not there."""
        ...

    def restaurer(self, fichier: Path, *, ecarter: bool = False) -> Sauvegarde | None:
        """Put a copy in the place of the practice; give the copy made of what was there, if it could be read.

        With ``ecarter``, a practice that the phrase does not open is set aside, as a damaged one is.

        Raises:
            ErreurDepot: when it is not sound; the practice is then as it was.

        """
        ...

    def deplacer(self) -> Path:
        """Copy the practice to this computer; the file that was there keeps another name.

        Raises:
            ErreurDepot: when it cannot be done; the practice is as it was.

        """
        ...

    def retirer(self) -> tuple[Sauvegarde, Path]:
        """Copy the practice, then set its file aside under another name; give both.

        Raises:
            ErreurDepot: when it cannot be done; the practice is as it was.

        """
        ...

    def remettre(self, ecarte: Path) -> None:
        """Give back its name to a file that was set aside.

        Raises:
            ErreurDepot: when it cannot be done.

        """
        ...


class Effaceur(Protocol):
    """Erases for good what a practice no longer holds, from the very bytes of its store."""

    def sauvegarder(self) -> Path:
        """Copy the practice as it is before anything is erased.

        Raises:
            ErreurDepot: when the copy cannot be made.

        """
        ...

    def sauvegardes(self) -> int:
        """Count the copies of the practice kept beside it."""
        ...

    def retires(self, avant: date) -> int:
        """Count what was corrected or withdrawn before a day, and is still stored.

        Raises:
            ErreurDepot: when it cannot be read.

        """
        ...

    def effacer(self, effacement: Effacement) -> None:
        """Erase what is asked for and no longer in the dossier; the journal notes how much, not what.

        Raises:
            ErreurDepot: when it cannot be written.

        """
        ...


class Horloge(Protocol):
    """Tells the day and the time: nothing else in the program does."""

    def aujourdhui(self) -> date:
        """Give the day where the practice is."""
        ...

    def maintenant(self) -> datetime:
        """Give the time, with its offset from UTC."""
        ...
