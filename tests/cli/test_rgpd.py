"""``assistmed rgpd``: both papers are written where one asks."""

from pathlib import Path

import pytest

from assistmed_desktop.cli import ECHEC, FAIT, executer
from assistmed_desktop.domain.dossier import ecrire_dossier
from tests.cli.outils import Fenetre, HorlogeFixe
from tests.services.outils import exemple
from tests.storage.outils import base_de


def lancer(*arguments: object) -> int:
    return executer([str(argument) for argument in arguments], HorlogeFixe(), Fenetre())


def test_both_are_written_into_a_new_folder(tmp_path: Path) -> None:
    base = base_de(exemple(), tmp_path / "c.assistmed")
    sortie = tmp_path / "papiers" / "rgpd"
    assert lancer("rgpd", "--base", base, "--sortie", sortie) == FAIT
    assert sorted(fichier.suffix for fichier in sortie.iterdir()) == [".pdf", ".pdf"]
    assert all(fichier.read_bytes().startswith(b"%PDF") for fichier in sortie.iterdir())


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    base = base_de(exemple(), tmp_path / "c.assistmed")
    fichier = tmp_path / "deja.txt"
    fichier.write_text("là", encoding="utf-8")
    assert lancer("rgpd", "--base", base, "--sortie", fichier) == ECHEC
    assert fichier.read_text(encoding="utf-8") == "là"


def test_an_import_tells_of_a_number_of_social_security(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cabinet = exemple().cabinet.model_copy(update={"adresse": "2 69 05 49 588 157 80"})
    source = tmp_path / "d.json"
    source.write_text(ecrire_dossier(exemple().model_copy(update={"cabinet": cabinet})), encoding="utf-8")
    assert lancer("importer", source, "--base", tmp_path / "n.assistmed") == FAIT
    dit = capsys.readouterr().err
    assert "cabinet.adresse" in dit
    assert "549" not in dit
