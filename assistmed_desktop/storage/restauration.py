"""Looking into a base or a copy without changing it, and putting a copy in the place of a base."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path
from shutil import copy2, rmtree
from tempfile import TemporaryDirectory

from assistmed_desktop.formats import compte
from assistmed_desktop.services.ports import Horloge
from assistmed_desktop.storage import schema
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.erreurs import BaseEndommagee, BaseIllisible, erreurs_traduites, traduire
from assistmed_desktop.storage.ouverture import ouvrir, verifier_entete
from assistmed_desktop.storage.sauvegardes import (
    COMPTES,
    Sauvegarde,
    compter,
    sauvegarder,
    synchroniser,
    verifier_tout,
)
from assistmed_desktop.storage.transaction import transaction
from assistmed_desktop.storage.verrou import lever


@dataclass(frozen=True, slots=True)
class Contenu:
    """What a base holds: the practice's name, None when it has none, what is counted, and the last thing entered."""

    cabinet: str | None
    comptes: Mapping[str, int]
    derniere_saisie: datetime | None
    version: int

    @property
    def en_lettres(self) -> str:
        """Say in French what it holds."""
        if self.cabinet is None:
            return "aucun cabinet"
        nombres = [compte(self.comptes[cle], *noms) for cle, noms in COMPTES.items() if self.comptes.get(cle)]
        return ", ".join([self.cabinet, *nombres])


def examiner(fichier: Path, horloge: Horloge) -> Contenu:
    """Look into a base or a copy without changing it: every page, every reference, every fact.

    Raises:
        ErreurBase: when it is missing, in use, damaged, newer than the program, or not a base.

    """
    if not fichier.is_file():
        raise BaseIllisible(f"Le fichier «\u00a0{fichier}\u00a0» n'existe pas.")
    with TemporaryDirectory(prefix="assistmed-") as provisoire:
        copie = Path(provisoire) / "copie.assistmed"
        version = _copier_fichier(fichier, copie)
        return _lire(copie, fichier, version, horloge)


def restaurer(sauvegarde: Path, base: Path, horloge: Horloge) -> Sauvegarde | None:
    """Put a copy in the place of a base; give the copy first made of what was there, if it could be read.

    A damaged base is set aside under another name, never written to.

    Raises:
        ErreurBase: when the copy is not sound, or the base is in use; the base is then as it was.

    """
    if not sauvegarde.is_file():
        raise BaseIllisible(f"Le fichier «\u00a0{sauvegarde}\u00a0» n'existe pas.")
    if base.exists() and sauvegarde.samefile(base):
        raise BaseIllisible(f"«\u00a0{base}\u00a0» est la base elle-même, pas l'une de ses sauvegardes.")
    with erreurs_traduites(base):
        base.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    prefixe = f".{base.name}-"
    with TemporaryDirectory(prefix=prefixe, dir=base.parent) as dossier:
        provisoire = Path(dossier) / base.name
        _lire(provisoire, sauvegarde, _copier_fichier(sauvegarde, provisoire), horloge)
        avant = _mettre_en_place(provisoire, base, horloge)
    for reste in base.parent.glob(f"{escape(prefixe)}*"):  # of a restore that was killed
        rmtree(reste, ignore_errors=True)
    return avant


def _copier_fichier(fichier: Path, vers: Path) -> int:
    """Copy a closed base, checked page by page; give the version of its schema. An unfinished journal is replayed."""
    with erreurs_traduites(fichier):
        with fichier.open("rb") as lu:
            verifier_entete(lu.read(100), fichier)
        mode = "rw" if fichier.with_name(f"{fichier.name}-journal").exists() else "ro"
        adresse = f"{fichier.absolute().as_uri()}?mode={mode}"
        with closing(sqlite3.connect(adresse, uri=True, isolation_level=None, timeout=1.0)) as connexion:
            connexion.execute("PRAGMA trusted_schema = OFF")
            verifier_tout(connexion, fichier)
            os.close(os.open(vers, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            with closing(sqlite3.connect(vers, isolation_level=None)) as copie:
                connexion.backup(copie)
            version: int = connexion.execute("PRAGMA user_version").fetchone()[0]
            return version


def _lire(copie: Path, original: Path, version: int, horloge: Horloge) -> Contenu:
    """Read a copy of ours through the very doors of the program: its schema brought up to date, its facts checked."""
    try:
        with DepotSqlite.ouvrir(copie, horloge, creer=False) as depot:
            _verifier_schema(depot.connexion, original)
            dossier = depot.charger()
            cabinet = None if dossier is None else dossier.cabinet.nom
            return Contenu(cabinet, compter(depot.connexion), _derniere_saisie(depot.connexion), version)
    except BaseEndommagee as erreur:
        raise BaseEndommagee(str(erreur).replace(str(copie), str(original))) from erreur


def _verifier_schema(connexion: sqlite3.Connection, base: Path) -> None:
    """Refuse a base whose tables and columns are not exactly those of the program."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as neuve:
        with transaction(neuve) as sql:
            schema.creer(sql)
        if _colonnes(connexion) != _colonnes(neuve):
            raise traduire(None, base)


def _colonnes(connexion: sqlite3.Connection) -> set[tuple[str, str, str | None]]:
    return set(
        connexion.execute(
            "SELECT m.type, m.name, c.name FROM sqlite_master AS m LEFT JOIN pragma_table_info(m.name) AS c "
            "WHERE m.name NOT LIKE 'sqlite%'"
        )
    )


def _derniere_saisie(connexion: sqlite3.Connection) -> datetime | None:
    dates: list[datetime] = []
    for (table,) in connexion.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        colonnes = {ligne[0] for ligne in connexion.execute("SELECT name FROM pragma_table_info(?)", (table,))}
        if {"saisi_le", "retire_le"} <= colonnes:
            (plus,) = connexion.execute(f"SELECT max(max(saisi_le), max(retire_le)) FROM {table}")  # noqa: S608 - ours
            seul = connexion.execute(f"SELECT max(saisi_le) FROM {table}").fetchone()  # noqa: S608 - ours
            dates += [datetime.fromisoformat(le) for (le,) in (plus, seul) if le]
    return max(dates, default=None)


def _mettre_en_place(provisoire: Path, base: Path, horloge: Horloge) -> Sauvegarde | None:
    """Put a sound copy in the place of a base, through the base's own journal when it is sound too."""
    maintenant = horloge.maintenant()
    try:
        connexion = ouvrir(base, maintenant, creer=False) if base.exists() else None
    except BaseEndommagee:
        connexion = None
    if connexion is None:
        with erreurs_traduites(base):
            moment = maintenant.strftime("%Y%m%dT%H%M%S")
            for suffixe in ("", "-journal"):  # copied: a death on the way leaves the damaged base where it was
                ecarte = base.with_name(base.name + suffixe)
                if ecarte.exists():
                    vers = base.with_name(f"{base.stem}-endommage-{moment}{base.suffix}{suffixe}")
                    copy2(ecarte, vers)
                    synchroniser(vers)
            base.with_name(f"{base.name}-journal").unlink(missing_ok=True)  # it is not that of the copy
            synchroniser(provisoire)
            provisoire.replace(base)
            synchroniser(base.parent)
        return None
    try:
        avant = sauvegarder(connexion, base, maintenant, "restauration")
        with erreurs_traduites(base), closing(sqlite3.connect(provisoire, isolation_level=None)) as copie:
            copie.backup(connexion)
    finally:
        connexion.close()
        lever(base)
    return avant
