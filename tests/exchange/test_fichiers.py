"""Files are written whole, or not at all."""

import os
from pathlib import Path

import pytest

from assistmed_desktop.exchange.fichiers import ecrire


def test_a_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    fichier = tmp_path / "bilan.pdf"
    fichier.write_bytes(b"ancien")
    ecrire(fichier, b"nouveau", prive=False)
    assert fichier.read_bytes() == b"nouveau"
    assert list(tmp_path.iterdir()) == [fichier]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_a_private_file_is_closed_to_others(tmp_path: Path) -> None:
    masque = os.umask(0o022)
    try:
        for prive, mode in ((True, 0o600), (False, 0o644)):
            fichier = tmp_path / str(prive)
            ecrire(fichier, b"", prive=prive)
            assert fichier.stat().st_mode & 0o777 == mode
    finally:
        os.umask(masque)


def test_what_cannot_be_put_in_place_leaves_nothing(tmp_path: Path) -> None:
    occupe = tmp_path / "occupe"
    (occupe / "dedans").mkdir(parents=True)
    with pytest.raises(OSError, match="occupe") as refus:
        ecrire(occupe, b"nouveau", prive=False)
    assert (refus.value.filename, refus.value.filename2) == (str(occupe), None)
    with pytest.raises(FileNotFoundError) as absence:
        ecrire(tmp_path / "absent" / "fichier", b"nouveau", prive=False)
    assert absence.value.filename == str(tmp_path / "absent" / "fichier")
    assert list(tmp_path.iterdir()) == [occupe]


def test_what_an_interrupted_writing_left_is_no_hindrance(tmp_path: Path) -> None:
    fichier = tmp_path / "bilan.pdf"
    fichier.with_name(f".bilan.pdf-{os.getpid()}.tmp").write_bytes(b"moi")
    ecrire(fichier, b"entier", prive=False)
    assert fichier.read_bytes() == b"entier"
    assert list(tmp_path.iterdir()) == [fichier]
