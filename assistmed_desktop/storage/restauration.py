"""Looking into a base or a copy without changing it, and putting a copy in the place of a base."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from glob import escape
from pathlib import Path
from shutil import copy2, rmtree
from tempfile import TemporaryDirectory

from assistmed_desktop.services.ports import Horloge
from assistmed_desktop.services.sauvegardes import Contenu, Sauvegarde
from assistmed_desktop.storage import schema
from assistmed_desktop.storage.chiffrement import (
    Cle,
    Secret,
    cle_de,
    cle_si_chiffre,
    connecter,
    sel_de,
    verifier_cle,
)
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.erreurs import BaseEndommagee, BaseIllisible, PhraseFausse, erreurs_traduites
from assistmed_desktop.storage.ouverture import ouvrir, verifier_entete
from assistmed_desktop.storage.phrase import convertir
from assistmed_desktop.storage.place import refuser_si_ouverte
from assistmed_desktop.storage.sauvegardes import (
    compter,
    sauvegarder,
    synchroniser,
    verifier_tout,
)
from assistmed_desktop.storage.structure import verifier_structure
from assistmed_desktop.storage.verrou import lever


def examiner(fichier: Path, horloge: Horloge, phrase: Secret | None = None) -> Contenu:
    """Look into a base or a copy without changing it: every page, every reference, every fact.

    Raises:
        ErreurPhrase: when it is protected, and not by this phrase.
        ErreurBase: when it is missing, in use, damaged, newer than the program, or not a base.

    """
    if not fichier.is_file():
        raise BaseIllisible(f"Le fichier «\u00a0{fichier}\u00a0» n'existe pas.")
    with TemporaryDirectory(prefix="assistmed-") as provisoire:
        copie = Path(provisoire) / "copie.assistmed"
        version, cle = _copier_fichier(fichier, copie, phrase)
        return _lire(copie, fichier, version, horloge, cle)


def restaurer(
    sauvegarde: Path, base: Path, horloge: Horloge, phrase: Secret | None = None, phrase_base: Secret | None = None
) -> Sauvegarde | None:
    """Put a copy in the place of a base; give the copy first made of what was there, if it could be read.

    ``phrase`` opens the copy; ``phrase_base`` opens the base, when it is another. The base stays protected as it was:
    by its phrase, or by none. A damaged base is set aside under another name, never written to.

    Raises:
        ErreurPhrase: when one is protected, and not by its phrase.
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
        version, cle = _copier_fichier(sauvegarde, provisoire, phrase)
        _lire(provisoire, sauvegarde, version, horloge, cle)
        avant = _mettre_en_place(provisoire, cle, base, horloge, phrase if phrase_base is None else phrase_base)
    for reste in base.parent.glob(f"{escape(prefixe)}*"):  # of a restore that was killed
        rmtree(reste, ignore_errors=True)
    return avant


def _copier_fichier(fichier: Path, vers: Path, phrase: Secret | None) -> tuple[int, Cle | None]:
    """Copy a closed base, checked page by page; give the version of its schema, and its key, which the copy keeps.

    An unfinished journal is replayed.
    """
    with erreurs_traduites(fichier):
        refuser_si_ouverte(fichier)
        cle = cle_si_chiffre(fichier, phrase)
        if cle is None:
            with fichier.open("rb") as lu:
                verifier_entete(lu.read(100), fichier)
        mode = "rw" if fichier.with_name(f"{fichier.name}-journal").exists() else "ro"
        adresse = f"{fichier.absolute().as_uri()}?mode={mode}"
        with closing(connecter(adresse, cle, uri=True, timeout=1.0)) as connexion:
            connexion.execute("PRAGMA trusted_schema = OFF")
            verifier_cle(connexion, fichier)
            version: int = connexion.execute("PRAGMA user_version").fetchone()[0]
            if version <= schema.VERSION:  # a newer one is refused when it is read
                verifier_structure(connexion, version, fichier)
                verifier_tout(connexion, fichier)
            os.close(os.open(vers, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            with closing(connecter(vers, cle)) as copie:
                connexion.backup(copie)
            return version, cle


def _lire(copie: Path, original: Path, version: int, horloge: Horloge, cle: Cle | None) -> Contenu:
    """Read a copy of ours through the very doors of the program: its schema brought up to date, its facts checked."""
    try:
        with DepotSqlite.ouvrir(copie, horloge, creer=False, phrase=cle) as depot:
            dossier = depot.charger()
            return Contenu(dossier, compter(depot.connexion), _derniere_saisie(depot.connexion), version)
    except BaseEndommagee as erreur:
        raise BaseEndommagee(str(erreur).replace(str(copie), str(original))) from erreur


def _derniere_saisie(connexion: sqlite3.Connection) -> datetime | None:
    dates: list[datetime] = []
    for (table,) in connexion.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        colonnes = {ligne[0] for ligne in connexion.execute("SELECT name FROM pragma_table_info(?)", (table,))}
        if {"saisi_le", "retire_le"} <= colonnes:
            (plus,) = connexion.execute(f"SELECT max(max(saisi_le), max(retire_le)) FROM {table}")  # noqa: S608 - ours
            seul = connexion.execute(f"SELECT max(saisi_le) FROM {table}").fetchone()  # noqa: S608 - ours
            dates += [datetime.fromisoformat(le) for (le,) in (plus, seul) if le]
    return max(dates, default=None)


def _mettre_en_place(
    provisoire: Path, cle: Cle | None, base: Path, horloge: Horloge, phrase: Secret | None
) -> Sauvegarde | None:
    """Put a sound copy in the place of a base, through the base's own journal when it is sound too."""
    maintenant = horloge.maintenant()
    try:
        connexion = ouvrir(base, maintenant, creer=False, phrase=phrase) if base.exists() else None
    except BaseEndommagee:
        connexion = None
    except PhraseFausse:
        if cle is None or sel_de(base) != cle.sel:  # else the key is right, and the base damaged
            raise
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
        with erreurs_traduites(base):
            voulue = cle_de(connexion)
            if voulue != cle:
                convertir(provisoire, cle, provisoire, voulue)
            with closing(connecter(provisoire, voulue)) as copie:
                copie.backup(connexion)
    finally:
        connexion.close()
        lever(base)
    return avant
