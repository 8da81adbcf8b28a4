"""Who may import whom: the contracts of pyproject.toml, and that they would tell."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJET = Path(__file__).parent.parent
LINTER = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"


def _lint(projet: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINTER], cwd=projet, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture
def copie(tmp_path: Path) -> Path:
    """Give a project of the same contracts that holds only the domain and the formats."""
    paquet = tmp_path / "assistmed_desktop"
    shutil.copy(PROJET / "pyproject.toml", tmp_path)
    shutil.copytree(PROJET / "assistmed_desktop" / "domain", paquet / "domain")
    for nom in ("__init__.py", "formats.py"):
        shutil.copy(PROJET / "assistmed_desktop" / nom, paquet)
    return tmp_path


def test_every_contract_is_kept() -> None:
    rendu = _lint(PROJET)
    assert rendu.returncode == 0, rendu.stdout + rendu.stderr


def test_the_contracts_are_kept_where_some_rooms_are_absent(copie: Path) -> None:
    rendu = _lint(copie)
    assert rendu.returncode == 0, rendu.stdout + rendu.stderr


@pytest.mark.parametrize(
    ("fichier", "ligne", "contrat"),
    [
        ("formats.py", "import assistmed_desktop.domain.cabinet", "Rooms, high to low"),
        ("cave.py", "", "Rooms, high to low"),
        (
            "domain/cabinet.py",
            "import assistmed_desktop.domain.dossier",
            "No two modules import each other in a circle",
        ),
        ("domain/cabinet.py", "import PySide6.QtCore", "Qt only in ui and app"),
        ("domain/cabinet.py", "import sqlite3", "The database only in storage"),
        ("domain/cabinet.py", "import sqlmodel", "The database only in storage"),
        (
            "domain/cabinet.py",
            "import reportlab.platypus",
            "ReportLab only in reports and figures, pikepdf only in reports",
        ),
        (
            "domain/cabinet.py",
            "import pikepdf",
            "ReportLab only in reports and figures, pikepdf only in reports",
        ),
    ],
)
def test_a_wrong_import_breaks_its_contract(copie: Path, fichier: str, ligne: str, contrat: str) -> None:
    with (copie / "assistmed_desktop" / fichier).open("a", encoding="utf-8") as module:
        module.write(f"\n{ligne}\n")
    rendu = _lint(copie)
    assert rendu.returncode == 1
    assert contrat in rendu.stdout
    assert f"{contrat} KEPT" not in rendu.stdout
