"""Opening a base: the file, SQLite's settings, the checks, the schema, the lock file.

SQLAlchemy is imported only when the schema has to be made or changed.
"""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from assistmed_desktop.storage import reprise, schema, verrou
from assistmed_desktop.storage.chiffrement import (
    ENTETE_SQLITE,
    Cle,
    Secret,
    cle_refusee,
    cle_si_chiffre,
    connecter,
    est_chiffre,
    phrase_fausse,
    provisoire_de,
)
from assistmed_desktop.storage.erreurs import (
    BaseEtrangere,
    BaseIllisible,
    BaseOccupee,
    BaseTropRecente,
    ErreurBase,
    erreurs_sqlite,
    erreurs_traduites,
    traduire,
)
from assistmed_desktop.storage.place import refuser_si_ouverte
from assistmed_desktop.storage.provisoires import balayer, provisoire
from assistmed_desktop.storage.structure import verifier_structure
from assistmed_desktop.storage.taille import limiter, verifier_taille

_ATTENTE = 1.0
"""How long to wait for another process to let go, in seconds."""

_REGLAGES = ("trusted_schema = OFF", "synchronous = EXTRA")
"""EXTRA is FULL, and the folder synced too once the journal is deleted: without it a power cut may undo a commit."""

_TAILLE_ENTETE = 100
_APPLICATION_ID = slice(68, 72)
_SCHEMA = slice(40, 44)
_CHANGEMENTS, _PAGES, _CHANGEMENTS_DES_PAGES = slice(24, 28), slice(28, 32), slice(92, 96)


def ouvrir(chemin: Path, maintenant: datetime, *, creer: bool, phrase: Secret | None = None) -> sqlite3.Connection:
    """Open a base for this process alone, its schema that of this program.

    ``phrase`` opens a protected base, and protects a new one; a base that is not protected does without.

    Raises:
        ErreurBase: one of its kinds. The file is as it was, and there is none that was not.

    """
    return ouvrir_et_dire(chemin, maintenant, creer=creer, phrase=phrase)[0]


def ouvrir_et_dire(
    chemin: Path, maintenant: datetime, *, creer: bool, phrase: Secret | None = None
) -> tuple[sqlite3.Connection, bool]:
    """Open a base as ``ouvrir`` does, and say whether the process that had it last ended without closing it.

    Every page is then checked, before anything is written.

    Raises:
        ErreurBase: one of its kinds. The file is as it was, and there is none that was not.

    """
    with erreurs_traduites(chemin):
        if not chemin.parent.is_dir():
            raise BaseIllisible(f"Le dossier «\u00a0{chemin.parent}\u00a0» n'existe pas.")
        nouveau, cle = _faire(chemin, phrase) if creer and not chemin.exists() else (False, None)
        if not nouveau:
            cle = _regarder(chemin, phrase)
            reprise.essayer(chemin, cle)
        fichier = chemin.stat()
        connexion = connecter(chemin, cle, timeout=_ATTENTE, check_same_thread=False)
        pris = interrompu = False
        try:
            limiter(connexion)
            prendre(connexion, chemin)
            _verifier_place(chemin, fichier)
            pris = True
            interrompu = verrou.fichier_verrou(chemin).exists()
            provisoire_de(chemin).unlink(missing_ok=True)  # of a change of phrase cut short: it may be legible
            balayer(chemin)
            verrou.poser(chemin, maintenant)
            version = _version(connexion, chemin, complet=interrompu)
            _mettre_au_niveau(connexion, version, chemin, maintenant)
            connexion.execute("PRAGMA foreign_keys = ON")  # not before: a migration may have to rebuild a table
        except BaseException as erreur:
            if pris:  # nobody else can have it
                _oublier(chemin, nouveau=nouveau, interrompu=interrompu)
                _lacher(connexion)
            connexion.close()
            if pris:
                _sans_journal_vide(chemin)
            if nouveau and not pris and not isinstance(erreur, BaseOccupee):  # nobody else could take it either
                chemin.unlink(missing_ok=True)
            raise
    return connexion, interrompu


def _faire(chemin: Path, phrase: Secret | None) -> tuple[bool, Cle | None]:
    """Make an empty base beside its place, whole, then name it unless another process has just named its own.

    Say whether it took the name, and give its key. Killed on the way, it leaves no base at all.
    """
    from assistmed_desktop.storage.sauvegardes import synchroniser
    from assistmed_desktop.storage.transaction import transaction

    refuser_ailleurs(chemin)
    cle = Cle.neuve(phrase) if isinstance(phrase, str) else phrase
    neuf = provisoire(chemin, "neuf")
    try:
        os.close(os.open(neuf, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(connecter(neuf, cle)) as connexion:
            for reglage in _REGLAGES:
                connexion.execute(f"PRAGMA {reglage}")
            with transaction(connexion) as sql:
                schema.creer(sql)
        nomme = _nommer(neuf, chemin)
    finally:
        neuf.unlink(missing_ok=True)
    synchroniser(chemin.parent)
    return nomme, cle


def _nommer(neuf: Path, chemin: Path) -> bool:
    """Give its name to a file, unless another has it."""
    try:
        os.link(neuf, chemin)
    except FileExistsError:
        return False
    except OSError:  # a disk without hard links
        if chemin.exists():
            return False
        neuf.rename(chemin)
    return True


def _regarder(chemin: Path, phrase: Secret | None) -> Cle | None:
    """Look at the file before SQLite does, and give the key that it asks for; None when it is not protected."""
    if not chemin.exists():
        raise BaseIllisible(f"La base «\u00a0{chemin}\u00a0» n'existe pas.")
    if not chemin.is_file():
        raise BaseIllisible(f"«\u00a0{chemin}\u00a0» n'est pas un fichier.")
    refuser_si_ouverte(chemin)
    if not inachevee(chemin):
        if not est_chiffre(chemin):
            with chemin.open("rb") as fichier:
                verifier_entete(fichier.read(_TAILLE_ENTETE), chemin)
    elif not chemin.stat().st_size:
        return Cle.neuve(phrase) if isinstance(phrase, str) else phrase
    return cle_si_chiffre(chemin, phrase)


def inachevee(chemin: Path) -> bool:
    """Say whether a file is a base whose making was cut short: nothing was ever in it.

    SQLite may have taken it, but its schema was never changed. One that has copies, or whose journal holds pages, is
    not new: it has lost what it had.

    Raises:
        OSError: when it cannot be read.

    """
    with chemin.open("rb") as fichier:
        entete = fichier.read(_TAILLE_ENTETE)
    if entete and not _vierge(entete):
        return False
    from assistmed_desktop.storage.sauvegardes import lister

    return not lister(chemin) and not reprise.inacheve(chemin)


def _vierge(entete: bytes) -> bool:
    neuf = not any(entete[_APPLICATION_ID]) and not any(entete[_SCHEMA])
    return entete.startswith(ENTETE_SQLITE) and len(entete) == _TAILLE_ENTETE and neuf


def verifier_entete(entete: bytes, chemin: Path) -> None:
    """Refuse a file whose first hundred bytes are not those of an AssistMed base.

    Raises:
        BaseEtrangere: when it is another kind of file.
        BaseEndommagee: when it should be a base and is not whole.

    """
    sqlite = entete.startswith(ENTETE_SQLITE)
    if sqlite and len(entete) == _TAILLE_ENTETE and not _vierge(entete):
        if int.from_bytes(entete[_APPLICATION_ID]) != schema.APPLICATION_ID:
            raise BaseEtrangere(f"«\u00a0{chemin}\u00a0» n'est pas une base AssistMed.")
        suivie = any(entete[_PAGES]) and entete[_CHANGEMENTS] == entete[_CHANGEMENTS_DES_PAGES]
        if not suivie and not chemin.with_name(f"{chemin.name}-journal").exists():
            raise traduire(None, chemin)  # SQLite would put the number of pages right as it takes the file
    elif sqlite or chemin.suffix == ".assistmed":
        raise traduire(None, chemin)
    else:
        raise BaseEtrangere(f"«\u00a0{chemin}\u00a0» n'est pas une base AssistMed.")


def prendre(connexion: sqlite3.Connection, chemin: Path) -> None:
    """Take SQLite's exclusive lock, kept until the connection is closed.

    Raises:
        PhraseFausse: when the key of the connection is not that of the base.
        ErreurBase: when it cannot be taken.

    """
    try:
        for reglage in _REGLAGES:
            connexion.execute(f"PRAGMA {reglage}")
        connexion.execute("BEGIN EXCLUSIVE")
        # Not before: those who wait for an exclusive lock would each keep a shared one, and nobody would get it.
        connexion.execute("PRAGMA locking_mode = EXCLUSIVE")
        connexion.execute("COMMIT")
    except erreurs_sqlite() as erreur:
        if cle_refusee(connexion, erreur):
            raise phrase_fausse(chemin) from erreur
        raise occupee_par(traduire(erreur, chemin), chemin) from erreur
    if not chemin.exists():  # another process has just given up making it
        raise traduire(FileNotFoundError(), chemin)
    refuser_ailleurs(chemin)


def occupee_par(erreur: ErreurBase, chemin: Path) -> ErreurBase:
    """Say who holds a base that another process has open, when its lock file tells; give any other error as it is."""
    if isinstance(erreur, BaseOccupee) and (porteur := verrou.attendre(chemin, _ATTENTE)):
        return BaseOccupee(f"La base «\u00a0{chemin}\u00a0» est déjà ouverte {porteur}.")
    return erreur


def refuser_ailleurs(chemin: Path) -> None:
    """Refuse a base that its lock file says is open on another computer.

    Raises:
        BaseOccupee: when it does.

    """
    porteur = verrou.lire(chemin)
    if porteur and porteur.ailleurs:
        raise BaseOccupee(
            f"La base «\u00a0{chemin}\u00a0» est déjà ouverte {porteur}. Si ce n'est plus vrai, supprimez le fichier "
            f"«\u00a0{verrou.fichier_verrou(chemin).name}\u00a0», puis recommencez."
        )


def _verifier_place(chemin: Path, fichier: os.stat_result) -> None:
    """Refuse a base whose file another process has just replaced: what was written to the old one would be lost."""
    if not os.path.samestat(fichier, chemin.stat()):
        raise traduire(None, chemin, BaseOccupee)


def _oublier(chemin: Path, *, nouveau: bool, interrompu: bool) -> None:
    """Take away what opening made; after an unclean stop the lock file stays, so that all is checked again."""
    with suppress(OSError):
        if nouveau:
            chemin.unlink(missing_ok=True)
        if not interrompu:
            verrou.lever(chemin)


def _lacher(connexion: sqlite3.Connection) -> None:
    """Undo what is under way and let go of the file: what an error still holds may keep the connection from closing."""
    with suppress(Exception):  # whatever a damaged file may raise
        if connexion.in_transaction:
            connexion.execute("ROLLBACK")
        connexion.execute("PRAGMA locking_mode = NORMAL")
        connexion.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _sans_journal_vide(chemin: Path) -> None:
    """Take away the write-ahead log that SQLite has made beside a file that asked for one, and that holds nothing."""
    log, index = (chemin.with_name(f"{chemin.name}-{suffixe}") for suffixe in ("wal", "shm"))
    with suppress(OSError):
        if not log.stat().st_size:
            log.unlink()
            index.unlink(missing_ok=True)


def _version(connexion: sqlite3.Connection, chemin: Path, *, complet: bool) -> int | None:
    """Check the content of the base; give the version of its schema, None when it is empty."""
    (objets,) = connexion.execute("SELECT count(*) FROM sqlite_master").fetchone()
    application = _entier(connexion, "application_id")
    version = _entier(connexion, "user_version")
    if not objets and not application:
        return None
    if version > schema.VERSION:
        raise BaseTropRecente(
            f"La base «\u00a0{chemin}\u00a0» a été enregistrée par une version plus récente d'AssistMed\u00a0: "
            "mettez ce programme à jour."
        )
    verifier_structure(connexion, version, chemin)
    verifier_taille(connexion, chemin)
    verification = "integrity_check" if complet else "quick_check"
    saine = connexion.execute(f"PRAGMA {verification}(1)").fetchone() == ("ok",)
    if not saine or connexion.execute("PRAGMA foreign_key_check").fetchone():
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
        from assistmed_desktop.storage.sauvegardes import sauvegarder, verifier_tout

        verifier_tout(connexion, chemin)  # else it is the copy that would be said to be damaged
        sauvegarder(connexion, chemin, maintenant, "mise-a-niveau")
    from assistmed_desktop.storage.transaction import transaction

    with transaction(connexion) as sql:
        if version is None:
            schema.creer(sql)
        else:
            schema.migrer(sql)
