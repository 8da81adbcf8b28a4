"""Whatever the bytes of a base, it is read or refused: no crash, two seconds at most, 300 MB at most, nothing saved."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.cibles import abimer, bases, fichier
from tests.storage.octets import ESSAIS


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process")
def test_a_damaged_base_never_costs_more_than_a_refusal(tmp_path: Path) -> None:
    dossier = tmp_path / "dossier"
    dossier.mkdir()
    fini = subprocess.run(
        [sys.executable, "-m", "tests.storage.octets", str(dossier)], check=False, capture_output=True, text=True
    )
    assert fini.returncode == 0, f"{fini.stderr[-3000:]}\n{tmp_path / 'derniere.bin'}"
    assert int(fini.stdout.split()[0]) >= ESSAIS
    assert not list(dossier.iterdir())


def test_the_damage_is_what_the_bytes_say() -> None:
    entiere = bases()[0]
    assert abimer(b"\0") == entiere
    assert abimer(bytes([0, 2, 0, 16, 0])) == entiere[:4096]
    assert sum(a != b for a, b in zip(abimer(bytes([0, 1, 0, 32, 0, 3])), entiere, strict=True)) == 1
    echangees = abimer(bytes([0, 3, 1, 2]))
    assert (echangees[4096:8192], echangees[8192:12288]) == (entiere[8192:12288], entiere[4096:8192])
    assert abimer(bytes([0, 7, 0, 0, 0])).count(b"CREATE VIEW v") == 1


@pytest.mark.parametrize("rang", range(len(bases())))
def test_a_base_that_nothing_happened_to_is_read(rang: int, tmp_path: Path) -> None:
    fichier(bases()[rang], tmp_path)
    assert list(tmp_path.iterdir()) == []
