"""What the services ask of the outside: a store and a clock."""

from datetime import date, datetime
from typing import Protocol

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.services.journal import ETAPE_SANS_NOM, Entree
from assistmed_desktop.services.rapports import Moyen, Rapport, RapportEmis


class ErreurDepot(Exception):  # noqa: N818 - a French name, as the whole domain
    """The store cannot be read or written; the message is a French sentence for the user."""


class ErreurPhrase(ErreurDepot):
    """The store is protected by a passphrase, which was not given or is not that one. Nothing was touched."""


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


class Horloge(Protocol):
    """Tells the day and the time: nothing else in the program does."""

    def aujourdhui(self) -> date:
        """Give the day where the practice is."""
        ...

    def maintenant(self) -> datetime:
        """Give the time, with its offset from UTC."""
        ...
