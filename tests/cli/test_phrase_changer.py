"""``assistmed phrase``: put, changed, taken away; what it costs to lose it, what is refused, what stays legible."""

import sys
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest

from assistmed_desktop.cli import BASE, ECHEC, FAIT, USAGE
from assistmed_desktop.storage.chiffrement import Cle, est_chiffre
from assistmed_desktop.storage.sauvegardes import lister
from assistmed_desktop.storage.trousseau import garder, lire
from tests.cli.outils import MORVAN
from tests.storage.test_trousseau import EnMemoire

PHRASE, AUTRE = "un été à la campagne", "trois vélos rouges"
Assistmed = Callable[..., int]


@pytest.fixture(autouse=True)
def trousseau() -> object:
    """Have the keyring of a test, in memory."""
    avant, memoire = keyring.get_keyring(), EnMemoire()
    keyring.set_keyring(memoire)
    yield memoire
    keyring.set_keyring(avant)


@pytest.fixture
def base(assistmed: Assistmed, tmp_path: Path) -> Path:
    base = tmp_path / "cabinet.assistmed"
    assert assistmed("importer", MORVAN, "--base", base) == FAIT
    return base


@pytest.fixture
def fichiers(tmp_path: Path) -> tuple[Path, Path]:
    """Give two files, each with a phrase."""
    for nom, phrase in (("une.txt", PHRASE), ("autre.txt", AUTRE)):
        (tmp_path / nom).write_text(f"{phrase}\n", encoding="utf-8")
    return tmp_path / "une.txt", tmp_path / "autre.txt"


def lisible(assistmed: Assistmed, base: Path, fichier: Path) -> bool:
    return assistmed("verifier", "--base", base, "--phrase-fichier", fichier) == FAIT


def test_put_changed_and_taken_away_by_files(
    assistmed: Assistmed, base: Path, fichiers: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    une, autre = fichiers
    assert assistmed("phrase", base, "--nouvelle-phrase-fichier", une) == FAIT
    dit = capsys.readouterr()
    assert "est protégé par sa nouvelle phrase" in dit.out
    assert "ne peut retrouver une phrase perdue" in dit.err
    assert "1 sauvegarde se lit encore sans phrase" in dit.err.replace("\u00a0", " ")
    assert lisible(assistmed, base, une)
    assert assistmed("phrase", base, "--phrase-fichier", une, "--nouvelle-phrase-fichier", autre) == FAIT
    assert "l'ancienne phrase" in capsys.readouterr().err
    assert not lisible(assistmed, base, une)
    assert lisible(assistmed, base, autre)
    capsys.readouterr()
    assert assistmed("phrase", base, "--phrase-fichier", autre, "--retirer") == FAIT
    dit = capsys.readouterr()
    assert "se lit sans elle" in dit.out
    assert "ne peut retrouver une phrase perdue" not in dit.err
    assert not est_chiffre(base)
    assert assistmed("phrase", base, "--retirer") == ECHEC
    assert "n'a pas de phrase de passe" in capsys.readouterr().err


def test_the_copies_follow_when_asked(
    assistmed: Assistmed, base: Path, fichiers: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    une, autre = fichiers
    assert assistmed("phrase", base, "--nouvelle-phrase-fichier", une) == FAIT
    changer = ("phrase", base, "--phrase-fichier", une, "--nouvelle-phrase-fichier", autre, "--sauvegardes")
    assert assistmed(*changer) == FAIT
    assert "2 sauvegardes suivent" in capsys.readouterr().out.replace("\u00a0", " ")
    copies = lister(base)
    assert len(copies) == 2
    for copie in copies:
        assert lisible(assistmed, copie.fichier, autre)


def test_a_dossier_left_beside_it_is_named(
    assistmed: Assistmed, base: Path, fichiers: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    reste = base.with_name("cabinet-avant-2025-01-01-00h00m00.json")
    reste.write_text("{}", encoding="utf-8")
    assert assistmed("phrase", base, "--nouvelle-phrase-fichier", fichiers[0]) == FAIT
    assert reste.name in capsys.readouterr().err


@pytest.mark.parametrize(("phrase", "dit"), [("court", "Trop courte"), ("", "est vide"), ("a" * 40, "Trop courte")])
def test_a_phrase_that_is_guessed_at_once_is_refused(  # noqa: PLR0917 - fixtures
    assistmed: Assistmed,
    base: Path,
    fichiers: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    phrase: str,
    dit: str,
) -> None:
    avant = base.read_bytes()
    fichiers[0].write_text(phrase, encoding="utf-8")
    assert assistmed("phrase", base, "--nouvelle-phrase-fichier", fichiers[0]) == ECHEC
    err = capsys.readouterr().err
    assert dit in err
    assert "Rien n'a été touché" in err
    assert base.read_bytes() == avant


def test_a_wrong_phrase_costs_nothing(
    assistmed: Assistmed, base: Path, fichiers: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    une, autre = fichiers
    assert assistmed("phrase", base, "--nouvelle-phrase-fichier", une) == FAIT
    avant, nombre = base.read_bytes(), len(lister(base))
    for geste in (("--retirer",), ("--nouvelle-phrase-fichier", une)):
        assert assistmed("phrase", base, "--phrase-fichier", autre, *geste) == BASE
        assert assistmed("phrase", base, *geste) == BASE
    assert "rien n'a été touché" in capsys.readouterr().err
    assert (base.read_bytes(), len(lister(base))) == (avant, nombre)


@pytest.mark.parametrize(
    ("gestes", "dit"),
    [
        ((), "Il manque la nouvelle phrase"),
        (("--retirer", "--sauvegardes"), "donnez l'un ou l'autre"),
        (("--retirer", "--nouvelle-phrase-fichier", "f"), "donnez l'un ou l'autre"),
    ],
)
def test_what_makes_no_sense_is_a_wrong_usage(
    assistmed: Assistmed, base: Path, capsys: pytest.CaptureFixture[str], gestes: tuple[str, ...], dit: str
) -> None:
    assert assistmed("phrase", base, *gestes) == USAGE
    assert dit in capsys.readouterr().err


@pytest.mark.parametrize(
    ("tapees", "code", "dit"),
    [
        ([PHRASE, PHRASE], FAIT, "Bonne"),
        ([PHRASE, AUTRE], ECHEC, "diffèrent"),
        ([""], ECHEC, "est vide"),
    ],
)
def test_at_a_terminal_the_new_phrase_is_typed_twice(  # noqa: PLR0917 - fixtures
    assistmed: Assistmed,
    base: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tapees: list[str],
    code: int,
    dit: str,
) -> None:
    reste = iter(tapees)
    monkeypatch.setattr("assistmed_desktop.cli.phrase.getpass", lambda _invite: next(reste))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert assistmed("phrase", base) == code
    assert dit in capsys.readouterr().err
    assert est_chiffre(base) == (code == FAIT)
    assert list(reste) == []


def test_the_present_phrase_is_asked_once_before_the_new_one(
    assistmed: Assistmed, base: Path, fichiers: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert assistmed("phrase", base, "--nouvelle-phrase-fichier", fichiers[0]) == FAIT
    demandes: list[str] = []

    def dicter(phrase: str) -> Callable[[str], str]:
        def donner(_invite: str) -> str:
            demandes.append(phrase)
            return phrase

        return donner

    monkeypatch.setattr("assistmed_desktop.cli.contexte.getpass", dicter(PHRASE))
    monkeypatch.setattr("assistmed_desktop.cli.phrase.getpass", dicter(AUTRE))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert assistmed("phrase", base) == FAIT
    assert demandes == [PHRASE, AUTRE, AUTRE]
    assert lisible(assistmed, base, fichiers[1])


def test_the_key_that_the_system_kept_is_forgotten(
    assistmed: Assistmed, base: Path, fichiers: tuple[Path, Path]
) -> None:
    une, autre = fichiers
    assert assistmed("phrase", base, "--nouvelle-phrase-fichier", une) == FAIT
    assert garder(base, Cle.neuve(PHRASE))
    assert assistmed("phrase", base, "--phrase-fichier", une, "--nouvelle-phrase-fichier", autre) == FAIT
    assert lire(base) is None


def test_a_base_that_is_not_there_is_not_made(
    assistmed: Assistmed, tmp_path: Path, fichiers: tuple[Path, Path]
) -> None:
    absente = tmp_path / "absente.assistmed"
    assert assistmed("phrase", absente, "--nouvelle-phrase-fichier", fichiers[0]) != FAIT
    assert not absente.exists()


def test_a_copy_of_a_former_phrase_is_put_back_by_it(
    assistmed: Assistmed, base: Path, fichiers: tuple[Path, Path], tmp_path: Path
) -> None:
    une, autre = fichiers
    copie = tmp_path / "copie.assistmed"
    assert assistmed("phrase", base, "--nouvelle-phrase-fichier", une) == FAIT
    assert assistmed("sauvegarder", "--base", base, "--phrase-fichier", une, "--sortie", copie) == FAIT
    assert assistmed("phrase", base, "--phrase-fichier", une, "--nouvelle-phrase-fichier", autre) == FAIT
    remettre = ("restaurer", copie, "--base", base, "--phrase-fichier", autre)
    assert assistmed(*remettre) == BASE
    assert assistmed(*remettre, "--phrase-sauvegarde-fichier", une) == FAIT
    assert lisible(assistmed, base, autre)
    assert not lisible(assistmed, base, une)
    assert lisible(assistmed, copie, une)


def test_a_base_whose_phrase_is_lost_is_set_aside_when_asked(
    assistmed: Assistmed, base: Path, fichiers: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    une, autre = fichiers
    assert assistmed("phrase", base, "--nouvelle-phrase-fichier", une) == FAIT
    (claire,) = lister(base)
    protegee = base.read_bytes()
    for phrase in ((), ("--phrase-fichier", autre)):
        assert assistmed("restaurer", claire.fichier, "--base", base, *phrase) == BASE
        assert base.read_bytes() == protegee
    capsys.readouterr()
    assert assistmed("restaurer", claire.fichier, "--base", base, "--ecarter") == FAIT
    (ecartee,) = base.parent.glob("cabinet-endommage-*")
    assert f"mise de côté\u00a0: {ecartee}" in capsys.readouterr().out
    assert ecartee.read_bytes() == protegee
    assert assistmed("verifier", "--base", base) == FAIT
