"""Putting a passphrase on a base, changing it, taking it away: always a fresh file, checked, which takes the place."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistmed_desktop.services.sauvegardes import Sauvegarde
from assistmed_desktop.storage.chiffrement import (
    Cle,
    Secret,
    attacher,
    cle_de,
    connecter,
    connecter_par_sqlcipher,
    est_chiffre,
    provisoire_de,
    sel_de,
)
from assistmed_desktop.storage.erreurs import erreurs_traduites, traduire
from assistmed_desktop.storage.ouverture import ouvrir, prendre
from assistmed_desktop.storage.sauvegardes import (
    lister,
    lister_dossier,
    sauvegarder,
    second_dossier,
    synchroniser,
    verifier_tout,
)
from assistmed_desktop.storage.verrou import lever

if TYPE_CHECKING:
    from assistmed_desktop.services.ports import Horloge


@dataclass(frozen=True, slots=True)
class Changement:
    """What a change of phrase has done: the copy made before it, the new key, and the copies left as they were.

    ``en_clair`` are read without a phrase, ``anciennes`` by the former key, ``ancienne``.
    """

    avant: Sauvegarde
    ancienne: Cle | None
    cle: Cle | None
    en_clair: tuple[Path, ...]
    anciennes: tuple[Path, ...]


def changer_phrase(
    base: Path, horloge: Horloge, avant: Secret | None, apres: str | None, second: Path | None = None
) -> Changement:
    """Protect a closed base by a phrase, change it, or take it away (``apres`` is None).

    ``second`` is the place of the second copies, which need not be there.

    Raises:
        ErreurBase: when it cannot be opened, copied or written, or when ``avant`` is wrong. The base is as it was.

    """
    maintenant = horloge.maintenant()
    connexion = ouvrir(base, maintenant, creer=False, phrase=avant)
    try:
        with closing(connexion):
            ancienne = cle_de(connexion)
            copie = sauvegarder(connexion, base, maintenant, "phrase")
        nouvelle = None if apres is None else Cle.neuve(apres)
        if (ancienne, nouvelle) != (None, None):
            with erreurs_traduites(base):
                _remplacer(base, ancienne, nouvelle)
    finally:
        lever(base)
    return Changement(copie, ancienne, nouvelle, *restees(base, ancienne, second))


def _remplacer(base: Path, ancienne: Cle | None, nouvelle: Cle | None) -> None:
    provisoire = provisoire_de(base)
    with closing(connecter_par_sqlcipher(base, ancienne)) as connexion:
        prendre(connexion, base)
        try:
            _refaire(connexion, provisoire, nouvelle)
            if base.with_name(f"{base.name}-journal").exists():  # it would be replayed into the new file
                raise traduire(None, base)
            if sys.platform == "win32":  # pragma: no cover - there a file that is open keeps its name
                connexion.close()
            provisoire.replace(base)  # still held elsewhere: who waits for the old file will see that it is no more
            synchroniser(base.parent)
        finally:
            provisoire.unlink(missing_ok=True)


def proteger_copies(fichiers: tuple[Path, ...], ancienne: Cle | None, nouvelle: Cle) -> int:
    """Protect by a key the copies that are read without one, or by the former one; give how many were.

    Raises:
        ErreurBase: when one cannot be read or written; it is as it was, and so are those after it.

    """
    faites = 0
    for fichier in fichiers:
        with erreurs_traduites(fichier):
            convertir(fichier, ancienne if est_chiffre(fichier) else None, fichier, nouvelle)
        faites += 1
    return faites


def convertir(source: Path, ancienne: Cle | None, vers: Path, nouvelle: Cle | None) -> None:
    """Write a closed base again under another key, to a file that is the whole of it or is not touched.

    Raises:
        sqlite3.Error, OSError, ErreurBase: when it cannot be read or written, or is not the same.

    """
    provisoire = provisoire_de(vers)
    try:
        with closing(connecter_par_sqlcipher(source, ancienne)) as connexion:
            _refaire(connexion, provisoire, nouvelle)
        provisoire.replace(vers)
        synchroniser(vers.parent)
    finally:
        provisoire.unlink(missing_ok=True)


def _refaire(connexion: sqlite3.Connection, vers: Path, cle: Cle | None) -> None:
    """Export a base to a fresh file, and compare the two, row by row."""
    vers.unlink(missing_ok=True)
    vers.with_name(f"{vers.name}-journal").unlink(missing_ok=True)
    os.close(os.open(vers, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    attacher(connexion, vers, cle)
    connexion.execute("SELECT sqlcipher_export('frais')")
    for reglage in ("application_id", "user_version"):
        (valeur,) = connexion.execute(f"PRAGMA main.{reglage}").fetchone()
        connexion.execute(f"PRAGMA frais.{reglage} = {valeur}")
    connexion.execute("DETACH frais")
    with closing(connecter(vers, cle)) as frais:
        verifier_tout(frais, vers)
        if _schema(frais) != _schema(connexion):
            raise traduire(None, vers)
        for (table,) in connexion.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            demande = f'SELECT * FROM "{table}"'  # noqa: S608 - a name from the schema
            for voulue, ecrite in zip(connexion.execute(demande), frais.execute(demande), strict=True):
                if voulue != ecrite:
                    raise traduire(None, vers)
    synchroniser(vers)


def _schema(connexion: sqlite3.Connection) -> set[tuple[str | int, ...]]:
    objets = set(connexion.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))
    return objets | {
        (reglage, *connexion.execute(f"PRAGMA {reglage}").fetchone()) for reglage in ("application_id", "user_version")
    }


def restees(base: Path, ancienne: Cle | None, second: Path | None) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Give the copies of a base that are read without a phrase, and those that the former key reads."""
    ailleurs = () if second is None else lister_dossier(second_dossier(base, second))
    fichiers = [copie.fichier for copie in (*lister(base), *ailleurs)]
    en_clair = [fichier for fichier in fichiers if not est_chiffre(fichier)]
    anciennes = [f for f in fichiers if f not in en_clair and ancienne is not None and sel_de(f) == ancienne.sel]
    dossiers = sorted(base.parent.glob(f"{base.stem}-avant-*.json"))
    return (*en_clair, *dossiers), tuple(anciennes)
