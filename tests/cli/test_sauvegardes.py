"""What the command line copies before it replaces a practice, and what it says of a risky place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistmed_desktop.cli import BASE, FAIT, REFUS
from assistmed_desktop.storage.sauvegardes import lister
from tests.cli.outils import DEMO, MORVAN
from tests.services.outils import exemple
from tests.storage.outils import autre_processus, ouvrir, sql

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


def test_a_base_is_checked_without_a_file_made_beside_it(
    assistmed: Assistmed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = tmp_path / "cabinet.assistmed"
    assert assistmed("importer", MORVAN, "--base", base) == FAIT
    sql(base, "UPDATE journal SET le = '2026-11-15T14:02:00+01:00'")
    verrou = base.with_name(f"{base.name}.verrou")
    verrou.mkdir()  # no process can say that it holds it
    assert assistmed("exporter", "--base", base, "--sortie", tmp_path / "dossier.json") not in {FAIT, REFUS}
    capsys.readouterr()
    assert assistmed("verifier", "--base", base) == BASE  # the journal was altered
    dit = capsys.readouterr()
    assert "est saine" in dit.out
    assert "semble en retard" in dit.err
    assert verrou.is_dir()


def test_who_holds_a_base_is_said_by_a_check(
    assistmed: Assistmed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = tmp_path / "cabinet.assistmed"
    assert assistmed("importer", MORVAN, "--base", base) == FAIT
    capsys.readouterr()
    with autre_processus(base) as autre:
        assert autre.stdout is not None
        autre.stdout.readline()
        assert assistmed("verifier", "--base", base) == BASE
        assert f"(processus {autre.pid})" in capsys.readouterr().err


def test_a_newer_base_is_named_where_it_is(
    assistmed: Assistmed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = tmp_path / "cabinet.assistmed"
    assert assistmed("importer", MORVAN, "--base", base) == FAIT
    sql(base, "PRAGMA user_version = 99")
    capsys.readouterr()
    assert assistmed("verifier", "--base", base) not in {FAIT, REFUS}
    assert f"La base «\u00a0{base}\u00a0» a été enregistrée par une version plus récente" in capsys.readouterr().err
