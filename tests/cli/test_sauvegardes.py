"""What the command line copies before it replaces a practice, and what it says of a risky place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistmed_desktop.cli import FAIT, REFUS
from assistmed_desktop.storage.sauvegardes import lister
from tests.cli.outils import DEMO, MORVAN
from tests.services.outils import exemple
from tests.storage.outils import ouvrir, sql

Assistmed = Callable[..., int]


def test_what_an_import_replaces_is_copied_first(assistmed: Assistmed, tmp_path: Path) -> None:
    base = tmp_path / "cabinet.assistmed"
    for _ in range(2):
        assert assistmed("importer", MORVAN, "--base", base) == FAIT
        assert lister(base) == ()
    assert assistmed("importer", DEMO, "--base", base) == FAIT
    (copie,) = lister(base)
    assert copie.motif == "import"
    assert len(list(tmp_path.glob("cabinet-avant-*.json"))) == 1
    assert assistmed("restaurer", copie.fichier, "--base", base) == FAIT
    with ouvrir(base, creer=False) as depot:
        assert depot.charger() == exemple()


def test_a_synchronised_folder_is_said_and_not_refused(
    assistmed: Assistmed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = tmp_path / "Dropbox" / "cabinet.assistmed"
    base.parent.mkdir()
    assert assistmed("importer", MORVAN, "--base", base) == FAIT
    assert capsys.readouterr().err.startswith(
        "Attention\u00a0: Ce cabinet est dans un dossier synchronisé (Dropbox)\u00a0:"
    )
    assert assistmed("importer", tmp_path / "absent.json", "--base", base) not in {FAIT, REFUS}
    assert assistmed("importer", MORVAN, "--base", tmp_path / "ici.assistmed") == FAIT
    assert "Attention" not in capsys.readouterr().err


def test_a_clock_behind_what_the_base_holds_is_said_and_nothing_is_refused(
    assistmed: Assistmed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = tmp_path / "cabinet.assistmed"
    assert assistmed("importer", MORVAN, "--base", base) == FAIT
    assert capsys.readouterr().err == ""
    sql(base, "UPDATE journal SET le = '2026-11-15T14:02:00+01:00'")
    assert assistmed("exporter", "--base", base, "--sortie", tmp_path / "dossier.json") == FAIT
    dit = capsys.readouterr().err
    assert dit.startswith("Attention\u00a0: L'horloge de cet ordinateur semble en retard\u00a0: elle dit que nous ")
    assert "15/01/2025" in dit
    assert "15/11/2026" in dit
