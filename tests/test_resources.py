from pathlib import Path

import pytest

from assistmed_desktop import resources
from assistmed_desktop.resources import chemin


def test_a_packaged_file_is_found_in_the_checkout() -> None:
    assert chemin("fonts", "Lato-Regular.ttf").is_file()
    assert chemin("fonts").is_dir()


def test_the_copy_of_a_wheel_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    paquet, depot = tmp_path / "_resources", tmp_path / "resources"
    for racine in (paquet, depot):
        racine.mkdir()
        (racine / "aide.html").write_text(racine.name, encoding="utf-8")
    (depot / "autre.html").touch()
    monkeypatch.setattr(resources, "_RACINES", (paquet, depot))
    assert chemin("aide.html").parent == paquet
    assert chemin("autre.html").parent == depot


def test_a_file_that_is_missing_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"le fichier fonts/Absente\.ttf manque à l'installation"):
        chemin("fonts", "Absente.ttf")


def test_the_fonts_come_with_their_licence() -> None:
    licence = chemin("fonts", "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    assert "Łukasz Dziedzic" in licence or "Lukasz Dziedzic" in licence
