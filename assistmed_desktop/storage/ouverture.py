"""Opening a base: the file, SQLite's settings, the checks, the schema, the lock file.

SQLAlchemy is imported only when the schema has to be made or changed.
"""

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from assistmed_desktop.storage import schema, verrou
from assistmed_desktop.storage.erreurs import (
    BaseEtrangere,
    BaseIllisible,
    BaseOccupee,
    BaseTropRecente,
    erreurs_traduites,
    traduire,
)

_ATTENTE = 1.0
"""How long to wait for another process to let go, in seconds."""

_REGLAGES = ("trusted_schema = OFF", "locking_mode = EXCLUSIVE", "synchronous = EXTRA")
"""EXTRA is FULL, and the folder synced too once the journal is deleted: without it a power cut may undo a commit."""

_ENTETE = b"SQLite format 3\x00"
_TAILLE_ENTETE = 100
_APPLICATION_ID = slice(68, 72)


def ouvrir(chemin: Path, maintenant: datetime, *, creer: bool) -> sqlite3.Connection:
    """Open a base for this process alone, its schema that of this program.

    Raises:
        ErreurBase: one of its kinds. The file is as it was, and there is none that was not.

    """
    with erreurs_traduites(chemin):
        nouveau = _preparer_fichier(chemin, creer=creer)
        connexion = sqlite3.connect(chemin, timeout=_ATTENTE, isolation_level=None, check_same_thread=False)
        try:
            _prendre(connexion, chemin)
            _mettre_au_niveau(connexion, _version(connexion, chemin), chemin, maintenant)
            connexion.execute("PRAGMA foreign_keys = ON")  # not before: a migration may have to rebuild a table
            verrou.poser(chemin, maintenant)
        except BaseException:
            connexion.close()
            if nouveau:
                chemin.unlink(missing_ok=True)
            raise
    return connexion


def _preparer_fichier(chemin: Path, *, creer: bool) -> bool:
    """Look at the file before SQLite does; say whether it was made."""
    if not chemin.parent.is_dir():
        raise BaseIllisible(f"Le dossier «\u00a0{chemin.parent}\u00a0» n'existe pas.")
    if not chemin.exists():
        if not creer:
            raise BaseIllisible(f"La base «\u00a0{chemin}\u00a0» n'existe pas.")
        os.close(os.open(chemin, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        return True
    if not chemin.is_file():
        raise BaseIllisible(f"«\u00a0{chemin}\u00a0» n'est pas un fichier.")
    with chemin.open("rb") as fichier:
        entete = fichier.read(_TAILLE_ENTETE)
    if entete or not creer:
        verifier_entete(entete, chemin)
    return False


def verifier_entete(entete: bytes, chemin: Path) -> None:
    """Refuse a file whose first hundred bytes are not those of an AssistMed base.

    Raises:
        BaseEtrangere: when it is another kind of file.
        BaseEndommagee: when it should be a base and is not whole.

    """
    sqlite = entete.startswith(_ENTETE)
    if sqlite and len(entete) == _TAILLE_ENTETE:
        if int.from_bytes(entete[_APPLICATION_ID]) != schema.APPLICATION_ID:
            raise BaseEtrangere(f"«\u00a0{chemin}\u00a0» n'est pas une base AssistMed.")
    elif sqlite or chemin.suffix == ".assistmed":
        raise traduire(None, chemin)
    else:
        raise BaseEtrangere(f"«\u00a0{chemin}\u00a0» n'est pas une base AssistMed.")


def _prendre(connexion: sqlite3.Connection, chemin: Path) -> None:
    """Take SQLite's exclusive lock, kept until the connection is closed."""
    porteur = verrou.lire(chemin)
    try:
        for reglage in _REGLAGES:
            connexion.execute(f"PRAGMA {reglage}")
        connexion.execute("BEGIN EXCLUSIVE")
        connexion.execute("COMMIT")
    except sqlite3.OperationalError as erreur:
        occupee = traduire(erreur, chemin)
        if isinstance(occupee, BaseOccupee) and porteur and not porteur.perime:
            raise BaseOccupee(f"La base «\u00a0{chemin}\u00a0» est déjà ouverte {porteur}.") from erreur
        raise occupee from erreur
    if porteur and porteur.ailleurs:
        raise BaseOccupee(
            f"La base «\u00a0{chemin}\u00a0» est déjà ouverte {porteur}. Si ce n'est plus vrai, supprimez le fichier "
            f"«\u00a0{verrou.fichier_verrou(chemin).name}\u00a0», puis recommencez."
        )


def _version(connexion: sqlite3.Connection, chemin: Path) -> int | None:
    """Check the content of the base; give the version of its schema, None when it is empty."""
    objets = dict(connexion.execute("SELECT type, count(*) FROM sqlite_master GROUP BY type").fetchall())
    application = _entier(connexion, "application_id")
    version = _entier(connexion, "user_version")
    if not objets and not application:
        return None
    if version > schema.VERSION:
        raise BaseTropRecente(
            f"La base «\u00a0{chemin}\u00a0» a été enregistrée par une version plus récente d'AssistMed\u00a0: "
            "mettez ce programme à jour."
        )
    saine = connexion.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    if not saine or connexion.execute("PRAGMA foreign_key_check").fetchone() or {"trigger", "view"} & objets.keys():
        raise traduire(None, chemin)
    connexion.execute("PRAGMA journal_mode = DELETE")
    return version


def _entier(connexion: sqlite3.Connection, reglage: str) -> int:
    valeur: int = connexion.execute(f"PRAGMA {reglage}").fetchone()[0]
    return valeur


def _mettre_au_niveau(connexion: sqlite3.Connection, version: int | None, chemin: Path, maintenant: datetime) -> None:
    """Make the schema, or bring an older one to its head once the base is copied as it was."""
    if version == schema.VERSION:
        return
    if version is not None:
        from assistmed_desktop.storage.sauvegardes import sauvegarder

        sauvegarder(connexion, chemin, maintenant, "mise-a-niveau")
    from assistmed_desktop.storage.transaction import transaction

    with transaction(connexion) as sql:
        if version is None:
            schema.creer(sql)
        else:
            schema.migrer(sql)
