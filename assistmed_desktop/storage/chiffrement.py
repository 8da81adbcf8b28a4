"""Protection of a base by a passphrase: SQLCipher, its key derived once, the files that it opens.

A protected base is a plain SQLCipher 4 file, which other tools open with the same phrase. sqlcipher3 is imported only
when a file is protected, or is to be: a practice that is not starts without it.
"""

from __future__ import annotations

import hmac
import os
import sqlite3
import zlib
from dataclasses import dataclass, field
from hashlib import pbkdf2_hmac
from pathlib import Path
from typing import Any, Final, cast

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.storage.erreurs import PhraseFausse, PhraseRequise, erreurs_sqlite

ENTETE_SQLITE: Final = b"SQLite format 3\x00"
TAILLE_PAGE: Final = 4096
TAILLE_SEL: Final = 16
TAILLE_CLE: Final = 32
ITERATIONS: Final = 256_000

_REGLAGES: Final = (
    f"cipher_page_size = {TAILLE_PAGE}",
    "cipher_use_hmac = ON",
    "cipher_plaintext_header_size = 0",
    "cipher_hmac_algorithm = HMAC_SHA512",
    "cipher_kdf_algorithm = PBKDF2_HMAC_SHA512",
    f"kdf_iter = {ITERATIONS}",
)
"""Those of SQLCipher 4, said so that a later version of the library reads the same files."""


@dataclass(frozen=True, slots=True)
class Cle:
    """The key of a base, and the salt in its first bytes that it was derived with."""

    octets: bytes = field(repr=False)
    sel: bytes = field(repr=False)

    @classmethod
    def derivee(cls, phrase: str, sel: bytes) -> Cle:
        """Derive the key from a phrase: a third of a second, on purpose."""
        from unicodedata import normalize

        return cls(pbkdf2_hmac("sha512", normalize("NFC", phrase).encode(), sel, ITERATIONS, TAILLE_CLE), sel)

    @classmethod
    def neuve(cls, phrase: str) -> Cle:
        """Derive a key for a base that is to be made."""
        return cls.derivee(phrase, os.urandom(TAILLE_SEL))

    @classmethod
    def lue(cls, texte: str) -> Cle | None:
        """Read a key written by ``texte``; None when it is not one."""
        try:
            octets = bytes.fromhex(texte)
        except ValueError:
            return None
        return cls(octets[:TAILLE_CLE], octets[TAILLE_CLE:]) if len(octets) == TAILLE_CLE + TAILLE_SEL else None

    @property
    def texte(self) -> str:
        """The key and its salt, in hexadecimal: what SQLCipher and the system's keyring are given."""
        return (self.octets + self.sel).hex()

    def vient_de(self, phrase: str) -> bool:
        """Say whether a phrase gives this key."""
        return hmac.compare_digest(Cle.derivee(phrase, self.sel).octets, self.octets)


Secret = str | Cle
"""What opens a protected base: its phrase, or the key already derived from it."""


def est_chiffre(fichier: Path) -> bool:
    """Say whether a file is a protected base, as far as one can tell without its phrase.

    All of it looks random, even its first bytes; another kind of file has a legible page, or no whole number of pages.

    Raises:
        OSError: when it cannot be read.

    """
    with fichier.open("rb") as lu:
        page = lu.read(TAILLE_PAGE)
        if len(page) < TAILLE_PAGE or page.startswith(ENTETE_SQLITE) or len(zlib.compress(page)) < TAILLE_PAGE:
            return False
        return fichier.suffix == ".assistmed" or lu.seek(0, os.SEEK_END) % TAILLE_PAGE == 0


def sel_de(fichier: Path) -> bytes:
    """Give the salt of a protected base.

    Raises:
        OSError: when it cannot be read.

    """
    with fichier.open("rb") as lu:
        return lu.read(TAILLE_SEL)


def cle_pour(fichier: Path, secret: Secret) -> Cle:
    """Give the key that a secret makes for a protected base.

    Raises:
        PhraseFausse: when it is the key of another base.
        OSError: when the file cannot be read.

    """
    sel = sel_de(fichier)
    if isinstance(secret, str):
        return Cle.derivee(secret, sel)
    if secret.sel != sel:
        raise phrase_fausse(fichier)
    return secret


def cle_si_chiffre(fichier: Path, secret: Secret | None) -> Cle | None:
    """Give the key that a base asks for; None when it is not protected.

    Raises:
        PhraseRequise: when it is, and there is no secret.
        PhraseFausse: when the secret is the key of another base.
        OSError: when the file cannot be read.

    """
    if not est_chiffre(fichier):
        return None
    if secret is None:
        raise PhraseRequise(
            f"«{INSECABLE}{fichier}{INSECABLE}» est protégé par une phrase de passe{INSECABLE}: donnez-la pour "
            "l'ouvrir."
        )
    return cle_pour(fichier, secret)


def verifier_cle(connexion: sqlite3.Connection, fichier: Path) -> None:
    """Refuse a connection whose key does not read its file.

    Raises:
        PhraseFausse: when it does not.
        sqlite3.Error: when the file cannot be read for another reason.

    """
    try:
        connexion.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except erreurs_sqlite() as erreur:
        if cle_refusee(connexion, erreur):
            raise phrase_fausse(fichier) from erreur
        raise


def cle_refusee(connexion: sqlite3.Connection, erreur: Exception) -> bool:
    """Say whether an error is that of a key that does not read its file."""
    return cle_de(connexion) is not None and getattr(erreur, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB


def connecter(adresse: Path | str, cle: Cle | None, **options: Any) -> sqlite3.Connection:  # noqa: ANN401 - sqlite3.connect's
    """Connect to a file by SQLite, or with a key by SQLCipher, of which the connection then remembers it."""
    if cle is None:
        connexion: sqlite3.Connection = sqlite3.connect(adresse, isolation_level=None, **options)
        return connexion
    return connecter_par_sqlcipher(adresse, cle, **options)


def connecter_par_sqlcipher(adresse: Path | str, cle: Cle | None, **options: Any) -> sqlite3.Connection:  # noqa: ANN401 - sqlite3.connect's
    """Connect by SQLCipher, which without a key reads a base that is not protected."""
    from sqlcipher3 import dbapi2

    connexion = dbapi2.connect(str(adresse), isolation_level=None, factory=_avec_cle(dbapi2), **options)
    connexion.cle = cle
    connexion.execute("PRAGMA cipher_log_level = NONE")  # else a wrong phrase is told on standard error
    if cle is not None:
        connexion.execute(f"PRAGMA key = \"x'{cle.texte}'\"")
        for reglage in _REGLAGES:
            connexion.execute(f"PRAGMA {reglage}")
    return cast("sqlite3.Connection", connexion)  # the same methods, by another library


def _avec_cle(dbapi2: Any) -> type[Any]:  # noqa: ANN401 - a module without types
    class Connexion(dbapi2.Connection):  # type: ignore[misc] # the same
        cle: Cle | None = None

    return Connexion


def attacher(connexion: sqlite3.Connection, fichier: Path, cle: Cle | None) -> None:
    """Attach an empty file to a connection of SQLCipher as ``frais``, protected by a key or not."""
    connexion.execute("ATTACH ? AS frais KEY ?", (str(fichier), "" if cle is None else f"x'{cle.texte}'"))
    if cle is not None:
        for reglage in _REGLAGES:
            connexion.execute(f"PRAGMA frais.{reglage}")


def cle_de(connexion: sqlite3.Connection) -> Cle | None:
    """Give the key of an open base; None when it is not protected."""
    return getattr(connexion, "cle", None)


def provisoire_de(base: Path) -> Path:
    """Give the file in which a base is made anew, beside it, before it takes its name."""
    return base.with_name(f".{base.name}.phrase")


def phrase_fausse(fichier: Path) -> PhraseFausse:
    """Make the refusal of a phrase that does not open a base."""
    return PhraseFausse(
        f"Cette phrase de passe n'ouvre pas «{INSECABLE}{fichier}{INSECABLE}»{INSECABLE}: rien n'a été touché. "
        "Vérifiez les majuscules, les accents et la disposition du clavier, puis recommencez. Si vous êtes sûr d'elle, "
        f"le fichier est peut-être endommagé{INSECABLE}: essayez une sauvegarde."
    )
