"""Whether a base holds no more than a practice may, told before all of it is checked or read.

A sound file of millions of rows would take the whole memory, or minutes.
"""

import sqlite3
from pathlib import Path
from typing import Final

from assistmed_desktop.domain.dossier import POIDS_OBJET, VALEURS_MAX
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.services.rapports import CONTENU_GARDE
from assistmed_desktop.storage.erreurs import BaseDemesuree

LIGNES_MAX: Final = VALEURS_MAX
"""How many rows there may be in all, those withdrawn and the journal too: one a minute of twenty years of work."""
VIVANTES_MAX: Final = VALEURS_MAX // POIDS_OBJET
"""How many rows a dossier may have: as many as the objects of its JSON."""
TEXTES_MAX: Final = 16_000_000
"""How many characters a dossier may have: three times those of the largest file that is imported."""
RESTE_MAX: Final = 250_000_000
"""How many bytes the file may have beside the reports that it keeps."""
VALEUR_MAX: Final = 2 * CONTENU_GARDE
"""How many bytes a value may have."""

_HORS_DOSSIER: Final = frozenset({"alembic_version", "journal", "rapport_emis"})


def limiter(connexion: sqlite3.Connection) -> None:
    """Have SQLite refuse a value larger than any of ours, rather than give it memory; SQLCipher knows no such limit."""
    if isinstance(connexion, sqlite3.Connection):
        connexion.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALEUR_MAX)


def verifier_taille(connexion: sqlite3.Connection, base: Path) -> None:
    """Refuse a base whose structure is ours and that holds far more than a practice.

    Raises:
        BaseDemesuree: when it does.

    """
    lignes, vivantes, textes = LIGNES_MAX, VIVANTES_MAX, TEXTES_MAX
    tables = [nom for (nom,) in connexion.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        lignes -= _compter(connexion, f"FROM {table}", lignes)
        if lignes < 0:
            raise _demesuree(base)
    for table in (table for table in tables if table not in _HORS_DOSSIER):
        colonnes = dict(connexion.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall())
        celles = f"FROM {table}{' WHERE retire_le IS NULL' if 'retire_le' in colonnes else ''}"
        vivantes -= _compter(connexion, celles, vivantes)
        ecrites = [nom for nom, genre in colonnes.items() if genre == "TEXT"]
        if ecrites:
            somme = " + ".join(f"ifnull(length({nom}), 0)" for nom in ecrites)
            textes -= connexion.execute(f"SELECT ifnull(sum({somme}), 0) {celles}").fetchone()[0]
        if vivantes < 0 or textes < 0:
            raise _demesuree(base)
    if _octets(connexion, "rapport_emis" in tables) > RESTE_MAX:
        raise _demesuree(base)


def _compter(connexion: sqlite3.Connection, celles: str, reste: int) -> int:
    """Count rows, one more than those left at most."""
    nombre: int = connexion.execute(f"SELECT count(*) FROM (SELECT 1 {celles} LIMIT {reste + 1})").fetchone()[0]  # noqa: S608 - ours
    return nombre


def _octets(connexion: sqlite3.Connection, rapports: bool) -> int:  # noqa: FBT001 - whether there are any
    """Count the bytes in use beside the reports; the length of a blob is known without reading it."""
    pages, libres, page = (
        int(connexion.execute(f"PRAGMA {reglage}").fetchone()[0])  # SQLCipher gives the last as a text
        for reglage in ("page_count", "freelist_count", "page_size")
    )
    gardes = (
        connexion.execute("SELECT ifnull(sum(length(contenu)), 0) FROM rapport_emis").fetchone()[0] if rapports else 0
    )
    octets: int = (pages - libres) * page - gardes
    return octets


def _demesuree(base: Path) -> BaseDemesuree:
    return BaseDemesuree(
        f"La base «{INSECABLE}{base}{INSECABLE}» contient bien plus de choses qu'un cabinet{INSECABLE}: elle n'a pas "
        "été lue, ni modifiée. Ce n'est sans doute pas votre cabinet, ou un autre programme y a écrit"
        f"{INSECABLE}: restaurez une sauvegarde."
    )
