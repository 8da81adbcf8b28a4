"""Kill the program at random moments of its work, and look at what it left: ``python -m tests.storage.tueries 300``.

Each death is a SIGKILL of a process that works on real files; the next one works on what the last one left.
"""

import json
import multiprocessing
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Final

from assistmed_desktop.domain.dossier import ecrire_dossier
from assistmed_desktop.services.journal import verifier as verifier_journal
from assistmed_desktop.storage import schema
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.erreurs import BaseEndommagee
from assistmed_desktop.storage.restauration import restaurer
from assistmed_desktop.storage.sauvegardes import dossier_des_sauvegardes, lister
from tests.services.outils import HorlogeReglee
from tests.storage.outils import base_de, sql
from tests.storage.victime import BASES, DEMO, MORVAN, ORDURE, TRAVAUX, lire_etat, travailler

GRAINE: Final = 20250115
FAITS: Final = frozenset({"pret", "fait", "copie", "migre", "cree"})
"""The announcements of what is done."""
TOURS: Final = {"modifier": 8, "importer": 2, "migrer": 2, "sauvegarder": 3, "restaurer": 2, "creer": 2}
"""Up to how much a process does before its last moment comes; that is drawn up to twice as long as it last took."""

Annonce = tuple[str, str]


@dataclass
class Bilan:
    """What one work came to: how many died, and how many changes were acknowledged before."""

    morts: int = 0
    acquittes: int = 0
    en_cours: int = 0


def tuer(travail: str, morts: int, dossier: Path, graine: int = GRAINE) -> Bilan:
    """Kill a work so many times; AssertionError when one death leaves what it should not."""
    hasard = random.Random(f"{travail} {graine}")  # noqa: S311 - to be the same each time
    base = base_de(DEMO, dossier / "cabinet.assistmed")
    base_de(DEMO, dossier / "source-demo.assistmed")
    base_de(MORVAN, dossier / "source-morvan.assistmed")
    bilan, temoin = Bilan(), _Temoin(base, restaure=travail == "restaurer")
    for _ in range(morts):
        annonces = list(_une_vie(travail, base, hasard))
        assert annonces, "a process ended before it was ready"
        bilan.morts += 1
        bilan.acquittes += sum(quoi in FAITS - {"pret"} for quoi, _ in annonces)
        bilan.en_cours += annonces[-1][0] in ("va", "abime", "migre", "cree")
        temoin.verifier(annonces)
    temoin.ranger()
    return bilan


def _une_vie(travail: str, base: Path, hasard: random.Random) -> Iterator[Annonce]:
    """Have a process work, kill it, and give what it announced."""
    if sys.platform == "win32":
        contexte = multiprocessing.get_context("spawn")
    else:  # a fork of a process that has everything imported, and nothing open
        contexte = multiprocessing.get_context("forkserver")
        contexte.set_forkserver_preload(["alembic.command", "assistmed_desktop.storage.tables", travailler.__module__])
    recu, sortie = contexte.Pipe(duplex=False)
    processus = contexte.Process(target=travailler, args=(travail, base, hasard.getrandbits(32), sortie), daemon=True)
    processus.start()
    sortie.close()
    with closing(recu):
        faits, tours, instant, duree = 0, hasard.randint(1, TOURS[travail]), time.monotonic(), 0.02
        while faits < tours and (recues := list(_recues(recu, 1, attente=60))):
            yield from recues
            if recues[0][0] in FAITS:
                duree, instant = time.monotonic() - instant if faits else duree, time.monotonic()
                faits += 1
        wait([processus.sentinel], timeout=hasard.random() * 2 * duree)
        processus.kill()
        processus.join()
        assert processus.exitcode == -9 or sys.platform == "win32", f"{travail} ended by itself: {processus.exitcode}"
        yield from _recues(recu)


def _recues(recu: Connection, combien: int = -1, attente: float = 0) -> Iterator[Annonce]:
    while combien and recu.poll(attente):
        try:
            annonce: Annonce = recu.recv()
        except EOFError:
            return
        yield annonce
        combien -= 1


class _Temoin:
    """Knows what a base must hold, and looks."""

    def __init__(self, base: Path, *, restaure: bool) -> None:
        self._base = base
        self._restaure = restaure
        self._faits = 0
        self._vues: set[str] = set()
        with DepotSqlite.ouvrir(base, HorlogeReglee(), creer=False) as depot:
            self._etat = lire_etat(depot)

    def verifier(self, annonces: list[Annonce]) -> None:
        """Look at what a death left, after what was announced before it."""
        permis, abime = {self._etat}, False
        for quoi, valeur in annonces:
            match quoi:
                case "va":
                    permis = {*permis, valeur}
                case "fait":
                    permis, abime = {valeur}, False
                case "abime":
                    abime = True
        self._etat = self._lire(permis, abime=abime)
        self._verifier_copies({v for quoi, v in annonces if quoi == "copie"})
        self._verifier_migrees({v for quoi, v in annonces if quoi == "migre"})
        self._verifier_creees({v for quoi, v in annonces if quoi == "cree"})

    def ranger(self) -> None:
        """Look at what a last restore leaves once it has gone through: nothing that was begun and never ended."""
        restaurer(self._base.with_name("source-demo.assistmed"), self._base, HorlogeReglee())
        assert not [p.name for p in self._base.parent.glob(".cabinet*")]
        assert not [p.name for p in dossier_des_sauvegardes(self._base).glob(".*")]

    def _lire(self, permis: set[str], *, abime: bool) -> str:
        assert self._base.is_file(), "a practice is never without its file"
        try:
            with DepotSqlite.ouvrir(self._base, HorlogeReglee(), creer=False) as depot:
                lu = lire_etat(depot)
                assert verifier_journal(depot.journal.entrees()).intact
        except BaseEndommagee:
            assert abime
            assert self._base.read_bytes()[4096:] == ORDURE
            restaurer(self._base.with_name("source-demo.assistmed"), self._base, HorlogeReglee())
            return self._lire(set(), abime=True)
        assert abime or lu in permis, "what was acknowledged is there, and nothing by half"
        _saine(self._base)
        (faits,) = sql(self._base, "SELECT count(*) FROM releve")[0]
        assert abime or self._restaure or faits >= self._faits, "a fact is withdrawn, never deleted"
        self._faits = faits
        return lu

    def _verifier_copies(self, faites: set[str]) -> None:
        copies = {copie.fichier.name: copie.fichier for copie in lister(self._base)}
        assert {nom for nom in self._vues if nom in copies} == self._vues
        for nom in copies.keys() - self._vues:
            _saine(copies[nom])
        for nom, voulu in (faite.split(" ", 1) for faite in faites):
            with DepotSqlite.ouvrir(copies[nom], HorlogeReglee(), creer=False) as depot:
                assert lire_etat(depot) == voulu
        self._vues |= copies.keys()

    def _verifier_migrees(self, faites: set[str]) -> None:
        for base in sorted(self._base.parent.glob("v[0-9]*.assistmed")):
            ancienne = BASES / f"{base.name[:5]}.assistmed"
            if base.name in faites:
                assert sql(base, "PRAGMA user_version") == [(schema.VERSION,)]
            for copie in lister(base):
                _saine(copie.fichier)
                assert sql(copie.fichier, "PRAGMA user_version") == sql(ancienne, "PRAGMA user_version")
            with DepotSqlite.ouvrir(base, HorlogeReglee(), creer=False) as depot:
                lu = depot.charger()
            assert lu is not None
            assert json.loads(ecrire_dossier(lu)) == json.loads(ancienne.with_suffix(".json").read_bytes())
            _saine(base)
            base.unlink()

    def _verifier_creees(self, faites: set[str]) -> None:
        for base in sorted(self._base.parent.glob("neuve-*.assistmed")):
            with DepotSqlite.ouvrir(base, HorlogeReglee(), creer=False) as depot:
                lu = depot.charger()
            assert lu in ((DEMO, MORVAN) if base.name in faites else (None, DEMO, MORVAN))
            _saine(base)
            base.unlink()
        for reste in sorted(self._base.parent.glob(".neuve-*")):  # cut short: begun again, it leaves nothing
            base = reste.with_name(reste.name[1:].split(".assistmed.")[0] + ".assistmed")
            with DepotSqlite.ouvrir(base, HorlogeReglee(), creer=True) as depot:
                assert depot.charger() is None
            base.unlink()
        assert not list(self._base.parent.glob(".neuve-*"))


def _saine(base: Path) -> None:
    with closing(sqlite3.connect(base)) as connexion:
        assert connexion.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connexion.execute("PRAGMA foreign_key_check").fetchall() == []


def main() -> None:
    """Kill each work its share of times, and say what it came to."""
    morts = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    graine = int(sys.argv[2]) if len(sys.argv) > 2 else GRAINE
    sys.stdout.write(f"seed {graine}\n")
    for rang, travail in enumerate(TRAVAUX):
        part = (morts + rang) // len(TRAVAUX)
        with tempfile.TemporaryDirectory(prefix=f"{travail}-") as nom:
            debut = time.monotonic()
            bilan = tuer(travail, part, Path(nom), graine)
            sys.stdout.write(f"{travail:<12}{bilan} in {time.monotonic() - debut:.1f} s\n")


if __name__ == "__main__":
    main()
