"""Copies of a base kept beside it: made whole or not at all, looked into before one is trusted, thinned with age.

A copy is made with SQLite's own backup, which sees one state of the base, into a temporary file; that file is opened,
checked and counted before it takes its name.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Final, get_args

from assistmed_desktop.services.sauvegardes import COMPTES, Motif, Sauvegarde
from assistmed_desktop.storage.chiffrement import cle_de, connecter
from assistmed_desktop.storage.erreurs import erreurs_traduites, traduire
from assistmed_desktop.storage.journal import moment_lu
from assistmed_desktop.storage.verrou import poste

_NOM: Final = re.compile(r"(?P<le>\d{8}T\d{6}[+-]\d{4})-(?P<rang>\d{2})-(?P<motif>[a-z-]+)\.assistmed")
_MOMENT: Final = "%Y%m%dT%H%M%S%z"

TOUTES: Final = timedelta(days=2)
JOURS, SEMAINES, MOIS = 12, 10, 9
"""All copies of two days are kept, then the last of each of so many days, weeks and months."""
INTERRUPTION: Final = timedelta(days=100)
"""Without a copy for so long, either nobody was there or the clock was wrong; thinning leaves no such gap."""


def dossier_des_sauvegardes(base: Path) -> Path:
    """Give the folder of the copies of a base, beside it. It need not exist."""
    return base.with_name(f"{base.stem}-sauvegardes")


def sauvegarder(connexion: sqlite3.Connection, base: Path, le: datetime, motif: Motif) -> Sauvegarde:
    """Copy an open base into its folder of copies, and thin those that have grown old.

    Raises:
        ErreurBase: when the copy cannot be made or is not sound; the copies there were are still there.

    """
    dossier = dossier_des_sauvegardes(base)
    with erreurs_traduites(dossier):
        dossier.mkdir(mode=0o700, exist_ok=True)
    rang = 0
    while (fichier := dossier / f"{le.strftime(_MOMENT)}-{rang:02d}-{motif}.assistmed").exists():
        rang += 1
    for reste in dossier.glob(".*.assistmed.*"):  # of a copy that was killed: the base is held by this process alone
        with suppress(OSError):
            reste.unlink()
    copier(connexion, fichier)
    eclaircir(dossier, le)
    return Sauvegarde(fichier, le, motif, fichier.stat().st_size)


def copier(connexion: sqlite3.Connection, vers: Path) -> None:
    """Copy an open base to a file, which is the whole copy or is not touched; protected by the same key if it is.

    Raises:
        ErreurBase: when it cannot be written, or when what was written is not sound.

    """
    provisoire = vers.with_name(f".{vers.name}.{token_hex(4)}")
    try:
        with erreurs_traduites(vers):
            os.close(os.open(provisoire, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            with closing(connecter(provisoire, cle_de(connexion))) as copie:
                connexion.backup(copie)
                copie.execute("PRAGMA journal_mode = DELETE")
                verifier_tout(copie, vers)
                if compter(copie) != compter(connexion):
                    raise traduire(None, vers)
            synchroniser(provisoire)
            provisoire.replace(vers)
            synchroniser(vers.parent)
    finally:
        provisoire.unlink(missing_ok=True)


def second_dossier(base: Path, racine: Path) -> Path:
    """Give the folder of the second copies of a base on a key or a share, whose name no other base has."""
    marque = sha256(f"{poste()}\n{base.absolute()}".encode()).hexdigest()[:6]
    return racine / f"{base.stem}-sauvegardes-{marque}"


def recopier(copie: Sauvegarde, dossier: Path, maintenant: datetime) -> Sauvegarde:
    """Copy a copy into another folder, byte for byte, read again; thin those that have grown old there.

    Raises:
        ErreurBase: when it cannot be written, or what is read again is not the same.

    """
    vers = dossier / copie.fichier.name
    provisoire = dossier / f".{vers.name}.{token_hex(4)}"
    with erreurs_traduites(dossier):
        dossier.mkdir(mode=0o700, exist_ok=True)
        try:
            contenu = copie.fichier.read_bytes()
            with open(provisoire, "xb", opener=lambda nom, options: os.open(nom, options, 0o600)) as sortie:
                sortie.write(contenu)
                sortie.flush()
                os.fsync(sortie.fileno())
            if provisoire.read_bytes() != contenu:
                raise traduire(None, vers)
            provisoire.replace(vers)
            with suppress(OSError):  # a key or a share may not know how
                synchroniser(dossier)
        finally:
            provisoire.unlink(missing_ok=True)
    eclaircir(dossier, maintenant)
    return replace(copie, fichier=vers)


def lister(base: Path) -> tuple[Sauvegarde, ...]:
    """List the copies of a base, the newest first; other files of the folder are not theirs."""
    return lister_dossier(dossier_des_sauvegardes(base))


def eclaircir(dossier: Path, maintenant: datetime) -> None:
    """Delete the copies that their age no longer asks to keep; one that resists stays."""
    copies = lister_dossier(dossier)
    gardees = a_garder([copie.le for copie in copies], maintenant)
    for copie in copies:
        if copie.le not in gardees:
            with suppress(OSError):
                copie.fichier.unlink()


def a_garder(moments: Sequence[datetime], maintenant: datetime) -> set[datetime]:
    """Choose what to keep: all of the last two days, then the last of each day, week and month.

    Each run of copies without a long gap is thinned by itself, from its own last one: a clock that was years ahead or
    behind for a while puts its copies in a run of their own, and takes none away from the others. Those of days to
    come are all kept.
    """
    gardes: set[datetime] = set()
    suite: list[datetime] = []
    for le in sorted(moments, reverse=True):
        if suite and suite[-1] - le > INTERRUPTION:
            gardes |= _a_garder(suite, maintenant)
            suite = []
        suite.append(le)
    return gardes | _a_garder(suite, maintenant) if suite else gardes


def _a_garder(suite: Sequence[datetime], maintenant: datetime) -> set[datetime]:
    """Choose among a run of copies, the newest first."""
    limite = min(maintenant, suite[0]) - TOUTES
    anciens = [le for le in suite if le <= limite]
    gardes = {le for le in suite if le > limite}
    for nombre, cle in ((JOURS, "%Y-%j"), (SEMAINES, "%G-%V"), (MOIS, "%Y-%m")):
        derniers: dict[str, datetime] = {}
        for le in anciens:
            derniers.setdefault(le.strftime(cle), le)
        gardes.update(list(derniers.values())[:nombre])
    return gardes


def classer(copies: Iterable[Sauvegarde], maintenant: datetime) -> list[Sauvegarde]:
    """Put first the copy most likely to be the last one made: one that is dated in days to come is not."""
    return sorted(copies, key=lambda copie: (copie.le <= maintenant, copie.le, copie.fichier.name), reverse=True)


def lister_dossier(dossier: Path) -> tuple[Sauvegarde, ...]:
    """List the copies in a folder, the newest first."""
    if not dossier.is_dir():
        return ()
    copies = [copie for fichier in dossier.iterdir() if (copie := lue_de_son_nom(fichier)) is not None]
    return tuple(sorted(copies, key=lambda copie: (copie.le, copie.fichier.name), reverse=True))


def lue_de_son_nom(fichier: Path) -> Sauvegarde | None:
    """Tell a copy by its name; None when it is not ours."""
    lu = _NOM.fullmatch(fichier.name)
    if lu is None or lu["motif"] not in get_args(Motif):
        return None
    try:
        le = datetime.fromisoformat(lu["le"])
        octets = fichier.stat().st_size
    except (ValueError, OSError):
        return None
    return Sauvegarde(fichier, le, next(motif for motif in get_args(Motif) if motif == lu["motif"]), octets)


def verifier_tout(connexion: sqlite3.Connection, base: Path) -> None:
    """Check every page of a base and every reference within it.

    Raises:
        BaseEndommagee: when one is wrong.

    """
    if [ligne[0] for ligne in connexion.execute("PRAGMA integrity_check(5)")] != ["ok"]:
        raise traduire(None, base)
    if connexion.execute("PRAGMA foreign_key_check").fetchone():
        raise traduire(None, base)


def compter(connexion: sqlite3.Connection, tables: Iterable[str] = tuple(COMPTES)) -> dict[str, int]:
    """Count the live rows of what is told of a base; an older schema lacks some."""
    comptes = {}
    for table in tables:
        colonnes = {ligne[0] for ligne in connexion.execute("SELECT name FROM pragma_table_info(?)", (table,))}
        if colonnes:
            vivantes = " WHERE retire_le IS NULL" if "retire_le" in colonnes else ""
            comptes[table] = connexion.execute(f"SELECT count(*) FROM {table}{vivantes}").fetchone()[0]  # noqa: S608 - ours
    return comptes


def derniere_saisie(connexion: sqlite3.Connection) -> datetime | None:
    """Say when the last of what proves something was entered or withdrawn; None when there is nothing."""
    dates: list[datetime] = []
    for (table,) in connexion.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        colonnes = {ligne[0] for ligne in connexion.execute("SELECT name FROM pragma_table_info(?)", (table,))}
        if {"saisi_le", "retire_le"} <= colonnes:
            (plus,) = connexion.execute(f"SELECT max(max(saisi_le), max(retire_le)) FROM {table}")  # noqa: S608 - ours
            seul = connexion.execute(f"SELECT max(saisi_le) FROM {table}").fetchone()  # noqa: S608 - ours
            dates += [lu for (le,) in (plus, seul) if le and (lu := moment_lu(le)) is not None]
    return max(dates, default=None)


if sys.platform == "win32":  # pragma: no cover - Windows has no way to sync a folder, and syncs the file on its own

    def synchroniser(chemin: Path) -> None:
        """Leave it to the system."""
        del chemin

else:

    def synchroniser(chemin: Path) -> None:
        """Have the disk hold a file, or a folder's names, before going on."""
        descripteur = os.open(chemin, os.O_RDONLY)
        try:
            os.fsync(descripteur)
        finally:
            os.close(descripteur)
