"""Writing a change to a base: of the tables, only the rows that it touches are read, compared and written."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, Final, NamedTuple

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.ecarts import Ecart, ecarts
from assistmed_desktop.domain.valeurs import Valeur
from assistmed_desktop.storage.correspondance import ARBRE, Ligne, Lignes, Noeud, aplatir
from assistmed_desktop.storage.difference import Difference, difference, identite, reunir
from assistmed_desktop.storage.journal import resumer

INCONNU: Final = object()
"""What a base holds when nobody has read it."""

Rang = tuple[str | int, int]
"""The key of a live row, and its position."""


class _Morceau(NamedTuple):
    """A part of a list: the rows in the place of which it stands, what changes among them, the rows wanted."""

    place: slice
    ecart: Difference
    voulues: Lignes


@contextmanager
def tout_ou_rien(connexion: sqlite3.Connection) -> Iterator[None]:
    """Begin a transaction; commit it at the end, or roll all of it back when something raises."""
    connexion.execute("BEGIN IMMEDIATE")
    try:
        yield
        connexion.execute("COMMIT")
    except BaseException:
        if connexion.in_transaction:  # a full disk may have ended it
            connexion.execute("ROLLBACK")
        raise


class Redacteur:
    """Brings the rows of a base from a dossier to another.

    It remembers the keys of the live rows of each table that it knows to hold the list of the dossier, in the same
    order; of any other it compares the whole. It knows none when the dossier to start from is not the one that it has
    seen last, or when anything else was written by the connection, be it rolled back.
    """

    def __init__(self, connexion: sqlite3.Connection, tenu: object = INCONNU, lues: Lignes | None = None) -> None:
        """Start from what was read of the base, ``tenu`` and its rows ``lues``; or from nothing."""
        self._connexion = connexion
        self._rangs = {noeud.nom: _rangs(noeud, lues[noeud.nom]) for noeud in ARBRE.values()} if lues else {}
        self.retenir(tenu)

    def retenir(self, tenu: object) -> None:
        """Take note of the dossier that the base holds, once it is read or committed."""
        self._tenu = tenu
        self._ecritures = self._connexion.total_changes

    def ecrire(self, avant: Dossier | None, apres: Dossier | None, le: str) -> dict[str, Any]:
        """Write the difference within a transaction, and tell what changed in each table.

        ``le`` dates what is entered and withdrawn.
        """
        if avant is not self._tenu or self._connexion.total_changes != self._ecritures:
            self._rangs.clear()
        self._connexion.execute("PRAGMA defer_foreign_keys = ON")
        details: dict[str, Any] = {}
        for cle, noeud in ARBRE.items():
            if getattr(avant, cle, None) is not getattr(apres, cle, None):
                for touche, ecart in self._ecrire_liste(noeud, _valeurs(avant, cle), _valeurs(apres, cle), le):
                    if faits := resumer(touche.nom, ecart):
                        details[touche.nom] = faits
        return details

    def _ecrire_liste(
        self, noeud: Noeud, anciens: Sequence[Valeur], nouveaux: Sequence[Valeur], le: str
    ) -> Iterator[tuple[Noeud, Difference]]:
        """Write a list and what its objects are made of."""
        connue = noeud.nom in self._rangs
        rangs = self._rangs.get(noeud.nom, [])
        tout = [Ecart(slice(0, len(rangs)), slice(0, len(nouveaux)))]
        morceaux = self._comparer(noeud, rangs, nouveaux, ecarts(anciens, nouveaux) if connue else tout)
        if not _independants(noeud, rangs, morceaux):
            morceaux = self._comparer(noeud, rangs, nouveaux, tout)
        ecart = reunir(morceau.ecart for morceau in morceaux)
        self._executer(noeud, ecart, le)
        for morceau in reversed(morceaux):
            rangs[morceau.place] = _rangs(noeud, morceau.ecart.suite)
        self._rangs[noeud.nom] = rangs
        yield noeud, ecart
        for enfant in noeud.enfants.values():
            ecart = self._comparer_familles(enfant, morceaux)
            self._executer(enfant, ecart, le)
            yield enfant, ecart

    def _comparer(
        self, noeud: Noeud, rangs: Sequence[Rang], nouveaux: Sequence[Valeur], parts: Iterable[Ecart]
    ) -> list[_Morceau]:
        morceaux = []
        for part in parts:
            cles, depuis = rangs[part.avant], rangs[part.avant.start - 1][1] if part.avant.start else -1
            if len(cles) == len(rangs):
                stockees = list(vivantes(self._connexion, noeud))
            else:
                demande = f"SELECT * FROM {noeud.nom} WHERE {noeud.cle} = ?"  # noqa: S608 - ours
                stockees = [ligne for cle, _ in cles for ligne in _lire(self._connexion, demande, cle)]
            voulues = aplatir(noeud, nouveaux[part.apres])
            ecart = difference(stockees, voulues[noeud.nom], noeud.identite, depuis)
            morceaux.append(_Morceau(part.avant, ecart, voulues))
        return morceaux

    def _comparer_familles(self, enfant: Noeud, morceaux: Iterable[_Morceau]) -> Difference:
        """Compare the rows that are part of those touched, each family apart: its order is its own."""
        parent = enfant.parent or ""
        stockees: defaultdict[str, list[Ligne]] = defaultdict(list)
        voulues: defaultdict[str, list[Ligne]] = defaultdict(list)
        familles: dict[str, None] = {}
        for morceau in morceaux:
            familles |= dict.fromkeys(ligne["id"] for ligne in (*morceau.ecart.suite, *morceau.ecart.retirees))
            for ligne in morceau.voulues[enfant.nom]:
                voulues[ligne[parent]].append(ligne)
        demande = f"SELECT * FROM {enfant.nom} WHERE {parent} IN (SELECT value FROM json_each(?)) ORDER BY position"  # noqa: S608 - ours
        for ligne in _lire(self._connexion, demande, json.dumps(list(familles))):
            stockees[ligne[parent]].append(ligne)
        return reunir(difference(stockees[famille], voulues[famille], enfant.identite) for famille in familles)

    def _executer(self, noeud: Noeud, ecart: Difference, le: str) -> None:
        """Write what changes in a table; the rows added are given the key that they get."""
        table, ou = noeud.nom, f"WHERE {noeud.cle} = ?"
        retrait = f"UPDATE {table} SET retire_le = ? {ou}" if noeud.conservee else f"DELETE FROM {table} {ou}"  # noqa: S608 - ours
        for ligne in ecart.retirees:
            cle = ligne[noeud.cle]
            self._connexion.execute(retrait, (le, cle) if noeud.conservee else (cle,))
        for ligne, changements in ecart.changees:
            poses = ", ".join(f"{nom} = ?" for nom in changements)
            self._connexion.execute(f"UPDATE {table} SET {poses} {ou}", (*changements.values(), ligne[noeud.cle]))  # noqa: S608 - ours
        ajout = noeud.ajout
        dates = (le, None) if noeud.conservee else ()
        for ligne in ecart.ajoutees:
            curseur = self._connexion.execute(ajout, (*(ligne[nom] for nom in noeud.ecrites), *dates))
            ligne.setdefault("cle", curseur.lastrowid)


def vivantes(connexion: sqlite3.Connection, noeud: Noeud) -> Iterator[Ligne]:
    """Read the live rows of a table, in order of entry."""
    return _lire(connexion, f"SELECT * FROM {noeud.nom} {noeud.vivantes} ORDER BY position")  # noqa: S608 - ours


def _lire(connexion: sqlite3.Connection, demande: str, *valeurs: object) -> Iterator[Ligne]:
    # Closed at once: one that an error still holds would keep the file from being let go of.
    with closing(connexion.execute(demande, valeurs)) as curseur:
        noms = [colonne[0] for colonne in curseur.description]
        yield from (dict(zip(noms, ligne, strict=True)) for ligne in curseur)


def _valeurs(dossier: Dossier | None, cle: str) -> Sequence[Valeur]:
    """Give the objects under a key of a dossier; the practice itself is but one."""
    valeurs: Any = getattr(dossier, cle, ())
    return valeurs if isinstance(valeurs, tuple) else (valeurs,)


def _rangs(noeud: Noeud, lignes: Iterable[Ligne]) -> list[Rang]:
    return [(ligne[noeud.cle], ligne["position"]) for ligne in lignes]


def _independants(noeud: Noeud, rangs: Sequence[Rang], morceaux: Sequence[_Morceau]) -> bool:
    """Say whether each part holds in its place, and no row goes from one to another."""
    for place, ecart, _ in morceaux:
        if ecart.suite and place.stop < len(rangs) and ecart.suite[-1]["position"] >= rangs[place.stop][1]:
            return False
    retirees = {identite(ligne, noeud.identite) for morceau in morceaux for ligne in morceau.ecart.retirees}
    ajoutees = (identite(ligne, noeud.identite) for morceau in morceaux for ligne in morceau.ecart.ajoutees)
    return retirees.isdisjoint(ajoutees)
