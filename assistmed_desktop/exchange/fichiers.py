"""Writing a file whole: all of it, or the old one as it was."""

import os
from itertools import count
from pathlib import Path


def ecrire(chemin: Path, contenu: bytes, *, prive: bool) -> None:
    """Write a file beside its place, sync it, and put it there; with ``prive``, its owner alone may read it.

    Raises:
        OSError: when it cannot be written, or is a practice; nothing is left of the attempt.

    """
    if chemin.suffix == ".assistmed" and chemin.exists():
        raise OSError(f"«\u00a0{chemin}\u00a0» est un cabinet\u00a0: donnez un autre nom au fichier à écrire.")
    provisoire = chemin.with_name(f".{chemin.name[:40]}-{os.getpid()}.tmp")

    def creer(nom: str, options: int) -> int:
        return os.open(nom, options, 0o600 if prive else 0o666)

    try:
        provisoire.unlink(missing_ok=True)
        with open(provisoire, "xb", opener=creer) as fichier:
            fichier.write(contenu)
            fichier.flush()
            os.fsync(fichier.fileno())
        provisoire.replace(chemin)
    except OSError as erreur:
        erreur.filename, erreur.filename2 = str(chemin), None  # the user named this file, not the one beside it
        raise
    finally:
        provisoire.unlink(missing_ok=True)


def ecrire_a_cote(chemin: Path, contenu: bytes) -> Path:
    """Write a file that takes the place of no other: ``… (2)`` beside it; one that says the same is left as it is.

    Raises:
        OSError: when it cannot be written.

    """
    noms = (chemin if n == 1 else chemin.with_name(f"{chemin.stem} ({n}){chemin.suffix}") for n in count(1))
    libre = next(nom for nom in noms if not nom.exists() or (nom.is_file() and nom.read_bytes() == contenu))
    if not libre.exists():
        ecrire(libre, contenu, prive=False)
    return libre
