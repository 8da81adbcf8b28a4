"""``assistmed expliquer``: the steps and references of a figure, or the figures there are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from assistmed_desktop.cli import FAIT, USAGE
from tests.cli.outils import DEMO, MORVAN

if TYPE_CHECKING:
    from collections.abc import Callable

AU = ("--au", "2025-01-15")


def lu(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.replace("\u00a0", " ")


def test_a_figure_is_printed_with_its_steps_and_its_reference(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert assistmed("expliquer", MORVAN, "--contrat", "c1", "--chiffre", "patientele_mt.attendu", *AU) == FAIT
    sortie = lu(capsys)

    assert "5. Attendu ce jour-là : 1 154,47\n     1 010 + (1 192 − 1 010) × 870 / 1 096\n" in sortie
    assert "3. Jours écoulés : 870 jours\n     du 15/03/2022 au 31/12/2024 : 1 022 jours, moins 152 jours" in sortie
    assert "→ Avenant n° 7 à la convention médicale de 2016" in sortie
    assert "degré C, à vérifier, relu le 21/11/2026" in " ".join(sortie.split())
    assert "Taux" not in sortie


def test_the_name_of_a_group_prints_all_beneath(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert assistmed("expliquer", MORVAN, "--chiffre", "indicateurs.patientele_mt", *AU) == FAIT
    sortie = lu(capsys)

    for figure in ("reference", "attendu", "taux_atteinte", "gain_mensuel_requis", "projection"):
        assert f"(patientele_mt.{figure})" in sortie
    assert "file_active" not in sortie


def test_a_figure_below_an_explained_one_is_explained_by_it(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--chiffre", "patientele_mt.projection.haut", "--au", "2026-11-15")
    assert assistmed("expliquer", DEMO, *arguments) == FAIT
    assert "Theil–Sen" in lu(capsys)


def test_an_unknown_figure_is_wrong_usage_and_the_known_ones_are_told(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert assistmed("expliquer", MORVAN, "--chiffre", "bonheur", *AU) == USAGE
    sortie, erreur = capsys.readouterr()

    assert sortie == ""
    lignes = erreur.replace("\u00a0", " ").splitlines()
    assert lignes[0] == "Ce contrat n'a pas de chiffre « bonheur ». Ceux qui existent :"
    assert any(ligne.startswith("  patientele_mt : reference, objectif, valeur, attendu") for ligne in lignes)
    assert "  eligibilite" in lignes
    assert all(len(ligne) <= 110 for ligne in lignes)
    assert assistmed("expliquer", MORVAN, "--chiffre", "", *AU) == USAGE


def test_without_a_figure_all_are_listed_with_their_titles_and_values(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert assistmed("expliquer", MORVAN, *AU) == FAIT
    sortie = lu(capsys)

    assert "\n  patientele_mt.taux_atteinte · Patientèle médecin traitant : taux d'atteinte : 66,5 %\n" in sortie
    assert "\n  aide.3 · Aide de l'année 3\n" in sortie
    assert all(len(ligne) <= 110 for ligne in sortie.splitlines())


def test_its_json_holds_the_steps_and_the_sources(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert assistmed("expliquer", MORVAN, "--chiffre", "aide.3.montant_max", "--json", *AU) == FAIT
    document = json.loads(capsys.readouterr().out)

    assert {cle: document[cle] for cle in ("format", "version", "au", "contrat")} == {
        "format": "assistmed-explication", "version": 1, "au": "2025-01-15", "contrat": "c1",
    }  # fmt: skip
    (chiffre,) = document["chiffres"].values()
    assert list(document["chiffres"]) == ["aide.3.montant_max"]
    assert chiffre["etapes"][-1] == {
        "libelle": "Maximum",
        "calcul": "montants de l'aide avant la convention de 2024",
        "resultat": "10\u00a0500\u00a0€",
    }
    assert chiffre["sources"][0]["grade"] == "B"
    assert chiffre["sources"][0]["verifie_le"] == "2026-11-21"
    assert assistmed("expliquer", MORVAN, "--json", *AU) == FAIT
    assert len(json.loads(capsys.readouterr().out)["chiffres"]) > 30


def test_an_unknown_contract_is_wrong_usage(assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert assistmed("expliquer", MORVAN, "--contrat", "c9") == USAGE
    assert "c9" in capsys.readouterr().err
