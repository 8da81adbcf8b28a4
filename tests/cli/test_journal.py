"""``assistmed journal``, and what ``assistmed verifier`` says of the chain."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from assistmed_desktop.cli import BASE, FAIT
from tests.cli.outils import DEMO, MORVAN
from tests.storage.outils import sql

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def base(assistmed: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Give a base into which two practices were imported, one over the other."""
    base = tmp_path / "cabinet.assistmed"
    for dossier in (MORVAN, DEMO):
        assert assistmed("importer", dossier, "--base", base) == FAIT
    capsys.readouterr()
    return base


def test_the_steps_and_the_fingerprint_are_printed(
    assistmed: Callable[..., int], base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert assistmed("journal", "--base", base) == FAIT
    lignes = capsys.readouterr().out.replace("\u00a0", " ").splitlines()
    assert lignes[0].startswith("15/01/2025 à 14:15  ")
    assert lignes[0].endswith(" : Importer morvan.json")
    assert "1 cabinet ajouté" in lignes[1]
    assert lignes[-2] == "Le journal est intact depuis le 15/01/2025 à 14:15 : 2 entrées."
    ((empreinte,),) = sql(base, "SELECT empreinte FROM journal WHERE cle = 2")
    assert lignes[-1].endswith(f": {empreinte[:16]}")


def test_only_from_a_day_on_and_as_json(
    assistmed: Callable[..., int], base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert assistmed("journal", "--base", base, "--json") == FAIT
    document = json.loads(capsys.readouterr().out)
    assert (document["format"], document["version"], document["intact"]) == ("assistmed-journal", 1, True)
    assert [entree["etape"] for entree in document["entrees"]] == ["Importer morvan.json", "Importer dossier.json"]
    assert document["entrees"][1]["precedent"] == document["entrees"][0]["empreinte"]
    assert document["empreinte"] == document["entrees"][1]["empreinte"]
    assert assistmed("journal", "--base", base, "--json", "--depuis", "16/01/2025") == FAIT
    assert json.loads(capsys.readouterr().out)["entrees"] == []


def test_what_was_altered_is_an_exit_code_and_a_sentence(
    assistmed: Callable[..., int], base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sql(base, "UPDATE journal SET utilisateur = 'personne' WHERE cle = 1")
    for commande in ("journal", "verifier"):
        assert assistmed(commande, "--base", base) == BASE
        dit = capsys.readouterr().err.replace("\u00a0", " ")
        assert "altéré hors du programme : l'entrée n° 1 du 15/01/2025 à 14:15 a été modifiée." in dit
    assert assistmed("journal", "--base", base, "--json") == BASE
    assert json.loads(capsys.readouterr().out)["anomalies"] == [{"genre": "modifiee", "entree": 1, "nombre": 1}]


def test_verifier_says_that_the_chain_holds(
    assistmed: Callable[..., int], base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert assistmed("verifier", "--base", base) == FAIT
    assert "Le journal est intact" in capsys.readouterr().out
