"""A change cut short, undone in a copy before SQLite undoes it in the base.

SQLite writes back what an unfinished journal holds, then deletes it, whether that mends the base or not: a base that it
does not mend must stay as it is, its journal beside it.
"""

from contextlib import closing, suppress
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Final

from assistmed_desktop.storage import verrou
from assistmed_desktop.storage.chiffrement import Cle, cle_refusee, connecter
from assistmed_desktop.storage.erreurs import BaseEndommagee, erreurs_sqlite, traduire
from assistmed_desktop.storage.provisoires import provisoire
from assistmed_desktop.storage.taille import limiter

ENTETE_JOURNAL: Final = 512
"""The journal of a base that was empty holds no page: only its header, which fills a sector."""


def journal_de(base: Path) -> Path:
    """Give the journal that SQLite keeps beside a base while it changes it."""
    return base.with_name(f"{base.name}-journal")


def inacheve(base: Path) -> bool:
    """Say whether the journal beside a base holds pages: a change is under way, or was cut short."""
    journal = journal_de(base)
    return journal.is_file() and journal.stat().st_size > ENTETE_JOURNAL


def essayer(base: Path, cle: Cle | None) -> None:
    """Refuse a base that its unfinished journal does not mend, before either of the two is touched.

    A change that another process is making is left to SQLite's lock; so is a folder where there is no room to try.

    Raises:
        BaseEndommagee: when it does not.
        OSError: when the base cannot be read.

    """
    if not inacheve(base):
        return
    saine = True
    with (
        suppress(OSError),
        TemporaryDirectory(prefix=f"{provisoire(base, 'reprise').name}-", dir=base.parent) as dossier,
    ):
        copie = Path(dossier) / base.name
        copyfile(base, copie)
        copyfile(journal_de(base), journal_de(copie))
        saine = _saine(copie, cle)
    if not saine and ((porteur := verrou.lire(base)) is None or porteur.perime):
        raise traduire(None, base)


def _saine(copie: Path, cle: Cle | None) -> bool:
    with closing(connecter(copie, cle)) as connexion:
        try:
            limiter(connexion)
            connexion.execute("PRAGMA trusted_schema = OFF")
            return [ligne[0] for ligne in connexion.execute("PRAGMA integrity_check(1)")] == ["ok"]
        except erreurs_sqlite() as erreur:
            return cle_refusee(connexion, erreur) or not isinstance(traduire(erreur, copie), BaseEndommagee)
        except UnicodeDecodeError:  # SQLite's own message quotes the damage
            return False
