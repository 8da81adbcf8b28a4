"""``assistmed simuler``: what it prints, what it refuses, and that it saves nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from assistmed_desktop.cli import ECHEC, FAIT, REFUS, USAGE, grammaire
from assistmed_desktop.domain import valeurs
from assistmed_desktop.services import scenarios
from tests.cli.outils import DEMO, MORVAN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def dit(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.replace("\u00a0", " ")


def test_it_sets_the_hypothesis_beside_the_own_pace(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert assistmed("simuler", MORVAN, "--gain-mensuel", "12", "--departs", "3", "--au", "2025-01-15") == FAIT
    sortie = dit(capsys)

    assert "Hypothèse : 12 nouveaux patients et 3 départs par mois." in sortie
    assert "Rien de ce qui suit n'est enregistré" in sortie
    assert "Au rythme actuel : en retard le 14 août 2025" in sortie
    (ligne,) = [ligne for ligne in sortie.splitlines() if ligne.startswith(" 14/08/2025") and "1 198" in ligne]
    assert ligne.split() == ["14/08/2025", "1", "162", "1", "198"]
    assert "8 642,31 € *" in sortie
    assert "* : hypothèse linéaire, non vérifiée." in sortie
    assert "n'est pas publiée" in sortie
    assert "\x1b[" not in sortie


def test_its_json_has_both_scenarios_month_by_month(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--gain-mensuel", "12", "--departs", "3", "--contrat", "c1", "--au", "2025-01-15", "--json")
    assert assistmed("simuler", MORVAN, *arguments) == FAIT
    document = json.loads(capsys.readouterr().out)

    assert (document["format"], document["version"], document["contrat"]) == ("assistmed-simulation", 1, "c1")
    patientele = document["simule"]["indicateurs"]["patientele_mt"]
    # 1 131 + 9 × 226 days / 30.4375 = 1 197.8
    assert (patientele["valeur"], patientele["ecart"], patientele["atteint_le"]) == (1198, 6, "2025-07-31")
    assert [point["date"] for point in patientele["points"]][:2] == ["2025-01-31", "2025-02-28"]
    assert document["actuel"]["indicateurs"]["patientele_mt"]["valeur"] == 1162


def test_a_suspension_an_option_and_decimals_may_be_supposed(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    gains = ("--gain-mensuel", "8,5", "--gain-file-active", "-2,25")
    suspensions = ("--suspension", "2025-02-01", "2025-03-31", "--suspension", "1/5/2025", "2/5/2025")
    option = ("--option", "1", "--option-du", "01/03/2025")
    assert assistmed("simuler", MORVAN, *gains, *suspensions, *option, "--json") == FAIT
    hypothese = json.loads(capsys.readouterr().out)["hypothese"]

    assert hypothese == {
        "gain_mensuel": 8.5,
        "departs": 0.0,
        "gain_mensuel_file_active": -2.25,
        "suspensions": [{"du": "2025-02-01", "au": "2025-03-31"}, {"du": "2025-05-01", "au": "2025-05-02"}],
        "option": {"du": "2025-03-01", "option_etp": "1"},
    }
    assert assistmed("simuler", MORVAN, "--option", "1,5", "--json") == FAIT
    assert json.loads(capsys.readouterr().out)["hypothese"]["option"] == {"du": "2025-01-15", "option_etp": "3/2"}


def test_amounts_that_nobody_has_published_are_said_to_be_unknown(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert assistmed("simuler", MORVAN, "--option", "2", "--suspension", "2025-02-01", "2025-02-28") == FAIT
    sortie = dit(capsys)

    assert "Inconnu : non publié – reportez le chiffre de votre contrat." in sortie
    assert "n'existe pas sous ce texte (avenant n° 7)." in " ".join(sortie.split())
    assert "la simulation suppose que la CPAM l'accepte" in " ".join(sortie.split())


@pytest.mark.parametrize(
    ("arguments", "attendu"),
    [
        ([], "Il n'y a rien à simuler"),
        (["--departs", "3"], "Il n'y a rien à simuler"),
        (["--gain-mensuel", "3", "--option-du", "2025-03-15"], "ajoutez --option"),
        (["--gain-file-active", "3", "--departs", "3"], "donnez aussi celui-ci"),
        (["--gain-mensuel", "-1"], "est négatif"),
        (["--gain-mensuel", "1", "--departs", "-0,5"], "est négatif"),
        (["--gain-mensuel", "beaucoup"], "n'est pas un nombre de patients par mois"),
        (["--gain-mensuel", "1e3"], "n'est pas un nombre de patients par mois"),
        (["--gain-mensuel", "1001"], "dépasse 1000 patients par mois"),
        (["--gain-mensuel", "1", "--departs", "-3"], "est négatif"),
        (["--gain-file-active", "-1001"], "dépasse 1000 patients par mois"),
        (["--gain-mensuel"], "attend une valeur"),
        (["--suspension", "2025-02-01"], "--suspension attend deux dates"),
        (["--suspension", "2025-02-01", "demain"], "n'est pas une date"),
        (["--suspension", "2025-03-01", "2025-02-01"], "finit avant de commencer"),
        (["--suspension", "2027-03-14", "2027-03-15"], "sort du contrat, qui va du 15/03/2022 au 14/03/2027"),
        (["--suspension", "2023-09-30", "2023-10-15"], "en croise une autre, du 02/05/2023 au 30/09/2023"),
        (["--option", "0"], "n'est pas une option"),
        (["--option", "1/0"], "n'est pas une option"),
        (["--option", "201"], "n'est pas une option"),
        (["--option", "1", "--option-du", "2030-01-01"], "sort du contrat"),
        (["--gain-mensuel", "1", "--contrat", "c9"], "n'est pas dans ce dossier, qui a : c1."),
        (["--gain-mensuel", "1", "--au", "2027-03-14"], "il n'y a plus rien à simuler"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage_told_in_french(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], arguments: list[str], attendu: str
) -> None:
    assert assistmed("simuler", MORVAN, *arguments) == USAGE
    sortie, erreur = capsys.readouterr()

    assert sortie == ""
    assert attendu in erreur.replace("\u00a0", " ")
    for anglais in ("argument --", "expected", "invalid", "Traceback"):
        assert anglais not in erreur


def test_a_dossier_without_a_contract_or_refused_has_nothing_to_simulate(
    assistmed: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    brut: Any = json.loads(MORVAN.read_text(encoding="utf-8"))
    brut["contrats"], brut["versements"], brut["assistants"][0]["affectations"] = [], [], []
    sans = tmp_path / "sans.json"
    sans.write_text(json.dumps(brut), encoding="utf-8")
    assert assistmed("simuler", sans, "--gain-mensuel", "1") == ECHEC
    assert "n'a pas de contrat" in capsys.readouterr().err
    sans.write_text("{}", encoding="utf-8")
    assert assistmed("simuler", sans, "--gain-mensuel", "1") == REFUS


def test_a_simulation_leaves_the_base_and_the_file_as_they_were(
    assistmed: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base, dossier = tmp_path / "cabinet.assistmed", tmp_path / "avant.json"
    assert assistmed("importer", DEMO, "--base", base) == FAIT
    assert assistmed("exporter", "--base", base, "--sortie", dossier) == FAIT
    avant = dossier.read_bytes()
    assert assistmed("simuler", "--base", base, "--gain-mensuel", "9", "--contrat", "c2", "--au", "2026-11-15") == FAIT
    assert "contrat c2" in dit(capsys)
    assert assistmed("exporter", "--base", base, "--sortie", dossier) == FAIT
    assert dossier.read_bytes() == avant


def test_every_contract_of_the_demonstration_can_be_simulated(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    for contrat in ("c1", "c2", "c3", "c4"):
        assert assistmed("simuler", DEMO, "--gain-mensuel", "9", "--contrat", contrat, "--au", "2026-11-15") == FAIT
        sortie = dit(capsys)
        assert all(len(ligne.rstrip()) <= 110 for ligne in sortie.splitlines())
        # A table holds at most twelve months, whatever is left of the contract.
        assert sum(ligne.startswith((" 05/", " 31/")) for ligne in sortie.splitlines()) <= 24


def test_the_bounds_of_the_grammar_are_those_of_the_rooms_below() -> None:
    assert (grammaire.GAIN_MAX, grammaire.ETP_MAX) == (scenarios.GAIN_MAX, valeurs.ETP_MAX)
