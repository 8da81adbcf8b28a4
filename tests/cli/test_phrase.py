"""The commands on a protected practice: its phrase from a file, the environment, or the terminal; never an argument."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistmed_desktop.cli import BASE, ECHEC, FAIT
from assistmed_desktop.storage.chiffrement import est_chiffre
from tests.cli.outils import DEMO, MORVAN

PHRASE = "un été à la campagne"
Assistmed = Callable[..., int]


@pytest.fixture
def fichier(tmp_path: Path) -> Path:
    fichier = tmp_path / "phrase.txt"
    fichier.write_text(f"{PHRASE}\nle reste n'en est pas\n", encoding="utf-8")
    return fichier


@pytest.fixture
def base(assistmed: Assistmed, tmp_path: Path, fichier: Path) -> Path:
    base = tmp_path / "cabinet.assistmed"
    assert assistmed("importer", MORVAN, "--base", base, "--phrase-fichier", fichier) == FAIT
    assert est_chiffre(base)
    return base


def test_every_command_on_a_base_takes_its_phrase(
    assistmed: Assistmed, base: Path, fichier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    phrase = ("--phrase-fichier", fichier)
    assert assistmed("verifier", "--base", base, *phrase) == FAIT
    assert "Cabinet médical du Morvan" in capsys.readouterr().out
    assert assistmed("evaluer", "--base", base, *phrase) == FAIT
    copie, pdf, dossier = (tmp_path / nom for nom in ("copie.assistmed", "bilan.pdf", "dossier.json"))
    assert assistmed("bilan", "--base", base, "--sortie", pdf, *phrase) == FAIT
    assert assistmed("sauvegarder", "--base", base, "--sortie", copie, *phrase) == FAIT
    assert est_chiffre(copie)
    assert assistmed("restaurer", copie, "--base", base, *phrase) == FAIT
    capsys.readouterr()
    assert assistmed("exporter", "--base", base, "--sortie", dossier, *phrase) == FAIT
    assert "se lira sans la phrase de passe" in capsys.readouterr().err
    assert json.loads(dossier.read_text(encoding="utf-8"))["cabinet"]["nom"] == "Cabinet médical du Morvan"


def test_the_phrase_may_be_in_the_environment(
    assistmed: Assistmed, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTMED_PHRASE", PHRASE)
    assert assistmed("verifier", "--base", base) == FAIT


def test_without_a_phrase_or_with_a_wrong_one_the_base_refuses(
    assistmed: Assistmed, base: Path, fichier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    avant = base.read_bytes()
    assert assistmed("verifier", "--base", base) == BASE
    assert "--phrase-fichier F, ou la variable ASSISTMED_PHRASE" in capsys.readouterr().err
    for fausse in ("ce n'est pas elle", ""):
        fichier.write_text(fausse, encoding="utf-8")
        assert assistmed("evaluer", "--base", base, "--phrase-fichier", fichier) == BASE
        assert "rien n'a été touché" in capsys.readouterr().err
    assert base.read_bytes() == avant


def test_a_file_that_is_no_text_is_told(
    assistmed: Assistmed, base: Path, fichier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fichier.write_bytes(b"\xff\xfe\xff")
    assert assistmed("verifier", "--base", base, "--phrase-fichier", fichier) == ECHEC
    assert "n'est pas un texte en UTF-8" in capsys.readouterr().err
    fichier.unlink()
    assert assistmed("verifier", "--base", base, "--phrase-fichier", fichier) == ECHEC


@pytest.mark.parametrize(("essais", "code"), [([PHRASE], FAIT), (["non", PHRASE], FAIT), (["non"] * 3, BASE)])
def test_at_a_terminal_the_phrase_is_asked(
    assistmed: Assistmed, base: Path, monkeypatch: pytest.MonkeyPatch, essais: list[str], code: int
) -> None:
    demandes: list[str] = []

    def demander(invite: str) -> str:
        demandes.append(invite)
        return essais[len(demandes) - 1]

    monkeypatch.setattr("assistmed_desktop.cli.contexte.getpass", demander)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert assistmed("verifier", "--base", base) == code
    assert len(demandes) == len(essais)


def test_an_import_over_a_protected_practice_leaves_nothing_legible(
    assistmed: Assistmed, base: Path, fichier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert assistmed("importer", DEMO, "--base", base, "--phrase-fichier", fichier) == FAIT
    assert "est gardé dans" in capsys.readouterr().out
    for autre in base.parent.rglob("*"):
        assert not autre.is_file() or b"Morvan" not in autre.read_bytes()
    (copie,) = base.parent.rglob("*-import.assistmed")
    assert assistmed("verifier", "--base", copie, "--phrase-fichier", fichier) == FAIT
    assert "Morvan" in capsys.readouterr().out


def test_a_report_never_takes_the_place_of_a_protected_base(assistmed: Assistmed, base: Path) -> None:
    avant = base.read_bytes()
    assert assistmed("bilan", MORVAN, "--sortie", base) == ECHEC
    assert base.read_bytes() == avant
