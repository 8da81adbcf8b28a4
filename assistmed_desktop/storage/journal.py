"""The journal of a practice, in its base. SQLite alone, so that each change is quick to note.

No trigger guards it, for a base with one is not opened: the program only ever adds to it, and the chain tells the rest.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any

from assistmed_desktop.services.journal import LIGNES_EN_VALEURS, ORIGINE, VALEURS, Entree, sceller
from assistmed_desktop.storage import verrou
from assistmed_desktop.storage.correspondance import Ligne
from assistmed_desktop.storage.difference import Difference
from assistmed_desktop.storage.erreurs import erreurs_traduites

_COLONNES = "cle, le, utilisateur, poste, etape, details, precedent, empreinte"
_LIRE = f"SELECT {_COLONNES} FROM journal ORDER BY cle"  # noqa: S608 - ours
_DERNIERE = "SELECT empreinte FROM journal ORDER BY cle DESC LIMIT 1"
_DERNIER_MOMENT = "SELECT le FROM journal ORDER BY cle DESC LIMIT 1"
_AJOUTER = """
    INSERT INTO journal (le, utilisateur, poste, etape, details, precedent, empreinte) VALUES (?, ?, ?, ?, ?, ?, ?)
"""


class JournalSqlite:
    """The journal on the connection of an open base (``services.ports.Journal``).

    ``acces`` is held by whoever uses the connection, for it is read in another thread than the one that writes.
    """

    def __init__(self, chemin: Path, connexion: sqlite3.Connection, acces: RLock) -> None:
        self._chemin = chemin
        self._connexion = connexion
        self._acces = acces

    def entrees(self) -> tuple[Entree, ...]:
        """Give every entry, the oldest first.

        Raises:
            ErreurBase: when they cannot be read.

        """
        with self._acces, erreurs_traduites(self._chemin):
            return lire(self._connexion)


def lire(connexion: sqlite3.Connection) -> tuple[Entree, ...]:
    """Read every entry of a base, the oldest first."""
    return tuple(Entree(*ligne) for ligne in connexion.execute(_LIRE))


def derniere_empreinte(connexion: sqlite3.Connection) -> str:
    """Read the fingerprint of the last entry."""
    ligne: tuple[str] | None = connexion.execute(_DERNIERE).fetchone()
    return ORIGINE if ligne is None else ligne[0]


def dernier_moment(connexion: sqlite3.Connection) -> datetime | None:
    """Read when the last entry was made; None when there is none, or that is not readable."""
    ligne: tuple[str] | None = connexion.execute(_DERNIER_MOMENT).fetchone()
    return None if ligne is None else moment_lu(ligne[0])


def moment_lu(texte: str) -> datetime | None:
    """Read a moment; None when it is not one, or lacks its offset from UTC."""
    try:
        moment = datetime.fromisoformat(texte)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def consigner(connexion: sqlite3.Connection, le: str, etape: str, details: Mapping[str, Any]) -> None:
    """Add an entry, within the transaction that makes the change itself."""
    precedent = derniere_empreinte(connexion)
    texte = json.dumps(details, ensure_ascii=False, separators=(",", ":"))
    contenu = (le, verrou.utilisateur(), verrou.poste(), etape, texte)
    connexion.execute(_AJOUTER, (*contenu, precedent, sceller(precedent, *contenu)))


def resumer(table: str, ecart: Difference) -> dict[str, Any]:
    """Tell what changes in a table: counts, and of a few rows the values that the journal holds.

    A row that only takes another place is told when nothing else changes.
    """
    changees = [(avant, apres) for avant, apres in ecart.changees if apres.keys() - {"position"}]
    noms = VALEURS.get(table, ())
    faits: dict[str, Any] = {}
    for cle, lignes in (
        ("ajoutes", [_valeurs(ligne, noms) for ligne in ecart.ajoutees]),
        ("changes", [{nom: [avant[nom], apres[nom]] for nom in noms if nom in apres} for avant, apres in changees]),
        ("retires", [_valeurs(ligne, noms) for ligne in ecart.retirees]),
    ):
        if lignes:
            faits[cle] = len(lignes)
            if len(lignes) <= LIGNES_EN_VALEURS and any(lignes):
                faits[f"{cle}_valeurs"] = lignes
    if ecart.changees and not faits:
        faits["deplaces"] = len(ecart.changees)
    return faits


def _valeurs(ligne: Ligne, noms: Sequence[str]) -> Ligne:
    return {nom: ligne[nom] for nom in noms if ligne[nom] is not None}
