"""What a process that was killed leaves beside a base is taken away; what is not ours, or is being written, is not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistmed_desktop.storage import provisoires
from assistmed_desktop.storage.provisoires import balayer, provisoire
from tests.services.outils import exemple
from tests.storage.outils import base_de, ouvrir

TUE = """
import os, signal, sys
from pathlib import Path
os.fsync = lambda _descripteur: os.kill(os.getpid(), signal.SIGKILL)
from assistmed_desktop.exchange.fichiers import ecrire
ecrire(Path(sys.argv[1]), b"{}", prive=True)
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return base_de(exemple(), tmp_path / "cabinet.assistmed")


@pytest.fixture
def mort() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as processus:
        processus.wait()
    return processus.pid


def presents(base: Path) -> set[str]:
    return {fichier.name for fichier in base.parent.iterdir()} - {base.name, f"{base.name}.verrou"}


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("nom", ["cabinet", "Cabinet médical des docteurs Lambert, Morvan et Petit"])
def test_the_copy_that_an_import_was_writing_is_taken_away(nom: str, tmp_path: Path) -> None:
    base = base_de(exemple(), tmp_path / f"{nom}.assistmed")
    copie = base.with_name(f"{nom}-avant-2026-11-15-14h02m00.json")
    fini = subprocess.run([sys.executable, "-c", TUE, str(copie)], check=False)
    assert fini.returncode == -9
    assert len(presents(base)) == 1
    ouvrir(base).fermer()
    assert presents(base) == set()


def test_what_was_begun_for_the_base_is_taken_away(base: Path, mort: int) -> None:
    marque = provisoire(base, "neuf").name.replace(str(os.getpid()), str(mort))
    (base.parent / marque).write_bytes(b"neuf")
    (base.parent / f"{marque}-journal").write_bytes(b"")
    retour = base.parent / marque.replace("neuf", "retour-abcd")
    retour.mkdir()
    (retour / base.name).write_bytes(b"une copie")
    base.with_name(f".{base.name}.phrase").write_bytes(b"lisible")
    ouvrir(base).fermer()
    assert presents(base) == set()


def test_what_somebody_writes_or_may_be_writing_or_is_not_ours_stays(
    base: Path, mort: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    vivant = provisoire(base, "neuf")
    noms = {
        vivant.name,
        vivant.name.replace(str(os.getpid()), "1"),
        f".autre{vivant.name}".replace(str(os.getpid()), str(mort)),
        f".cabinet-avant-2026.json-{os.getpid()}.tmp",
        f".dossier-{mort}.tmp",
        f"cabinet-avant-2026.json-{mort}.tmp",
        ".cabinet-avant-2026.json-.tmp",
        "cabinet-avant-2026-11-15-14h02m00.json",
    }
    with monkeypatch.context() as ailleurs:
        ailleurs.setattr(provisoires, "poste", lambda: "ACCUEIL")
        noms.add(provisoire(base, "neuf").name.replace(str(os.getpid()), str(mort)))
    for nom in noms:
        (base.parent / nom).write_bytes(b"")
    ouvrir(base).fermer()
    assert presents(base) == noms


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_link_is_taken_away_and_not_what_it_names(base: Path, mort: int, tmp_path: Path) -> None:
    ailleurs = tmp_path / "ailleurs"
    ailleurs.mkdir()
    (ailleurs / "photo.png").write_bytes(b"")
    lien = base.parent / provisoire(base, "retour").name.replace(str(os.getpid()), str(mort))
    lien.symlink_to(ailleurs)
    balayer(base)
    assert not lien.is_symlink()
    assert (ailleurs / "photo.png").exists()


def test_a_folder_that_is_gone_has_nothing_to_take_away(tmp_path: Path) -> None:
    balayer(tmp_path / "absent" / "cabinet.assistmed")
