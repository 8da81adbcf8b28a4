"""The scenarios over the chart: what is gathered, drawn, said and read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from assistmed_desktop.figures.palette import CLAIR, SOMBRE, Palette
from assistmed_desktop.figures.scenarios import Genre, Trace, Traces, figure, texte_alternatif_des_scenarios, traces
from assistmed_desktop.figures.svg import svg
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.services.scenarios import Hypothese, PeriodeSupposee
from assistmed_desktop.services.simulation import scenario
from tests.figures.outils import AU, EVALUATION, TAILLES, courbe, textes, verifier
from tests.reports.outils import dossier

DERNIER = date(2024, 12, 31)
BAREMES = charger_baremes()


def tracees(*arrivees: int, tard: date = EVALUATION, **change: Any) -> Traces:  # noqa: ANN401 - any field of the curve
    """Give paths from the last reading, the first that of today, the last one suspended."""
    genres: tuple[Genre, ...] = ("actuel", "a", "b")
    chemins = [
        Trace(genre, ((DERNIER, 1131), (date(2025, 4, 30), (1131 + arrivee) // 2), (EVALUATION, arrivee)))
        for genre, arrivee in zip(genres, arrivees, strict=False)
    ]
    if len(chemins) == len(genres):
        periode = (date(2025, 2, 1), date(2025, 6, 30))
        chemins[-1] = replace(
            chemins[-1], points=(*chemins[-1].points[:2], (tard, arrivees[-1])), suspensions=(periode,)
        )
    return Traces(replace(courbe(**change), projection=None), tuple(chemins))


def nu(texte: str) -> str:
    return texte.replace("\u00a0", " ")


@pytest.mark.parametrize(("largeur", "hauteur", "corps"), TAILLES)
@pytest.mark.parametrize("palette", [CLAIR, SOMBRE])
@pytest.mark.parametrize(
    "arrivees", [(1150, 1240, 1190), (1180, 1181, 1182), (1192, 1192, 1192), (1000, 1192, 2400), (1150,), ()]
)
def test_paths_are_drawn_whole_and_named(
    largeur: float,
    hauteur: float,
    corps: float,
    palette: Palette,
    arrivees: tuple[int, ...],
) -> None:
    rendue = figure(tracees(*arrivees), largeur, hauteur, palette=palette, corps=corps)
    verifier(rendue.dessin)
    ecrits = textes(rendue.dessin)
    for nom, arrivee in zip(("actuel", "A", "B"), arrivees, strict=False):
        assert f"{nom} {arrivee:,}".replace(",", " ") in ecrits
    assert ("suspension, B" in ecrits) == (len(arrivees) == 3)
    assert svg(rendue.dessin).startswith(b"<svg")


def test_paths_that_end_with_the_contract_are_named_before_their_ends() -> None:
    fin = date(2027, 3, 14)
    rendue = figure(tracees(1150, 1240, 1300, tard=fin), 250.0, 150.0)
    verifier(rendue.dessin)
    assert "B 1 300" in textes(rendue.dessin)


def test_two_supposed_suspensions_stand_one_above_the_other() -> None:
    deux = tracees(1150, 1240, 1190)
    actuel, a, b = deux.traces
    a = replace(a, suspensions=((date(2025, 3, 1), date(2025, 5, 1)),))
    rendue = figure(Traces(deux.courbe, (actuel, a, b)), 520.0, 260.0, corps=11.0)
    verifier(rendue.dessin)
    assert {"suspension, A", "suspension, B"} <= set(textes(rendue.dessin))


def test_readings_then_supposed_counts_are_read_in_order_of_date() -> None:
    lus = [nu(repere.texte) for repere in figure(tracees(1150, 1240), 520.0, 260.0).reperes]
    assert lus[0] == "15/03/2022 : 1 010 patients (amelipro)"
    assert lus[-4:] == [
        "30/04/2025, rythme actuel : 1 140 patients",
        "30/04/2025, scénario A : 1 185 patients",
        "14/08/2025, rythme actuel : 1 150 patients",
        "14/08/2025, scénario A : 1 240 patients",
    ]


def test_the_text_says_what_each_path_comes_to() -> None:
    texte = nu(texte_alternatif_des_scenarios(tracees(1150, 1240, 1190)))
    assert "Rythme actuel : 1 150 patients le 14 août 2025, 42 de moins que l'objectif." in texte
    assert "Scénario A : 1 240 patients le 14 août 2025, l'objectif est atteint." in texte
    assert texte.endswith(
        "Scénario B : 1 190 patients le 14 août 2025, 2 de moins que l'objectif, suspension supposée du 01/02/2025 au "
        "30/06/2025."
    )
    sans = nu(texte_alternatif_des_scenarios(tracees(1150, objectif=None)))
    assert sans.endswith("Rythme actuel : 1 150 patients le 14 août 2025.")


def test_the_paths_of_the_worked_example() -> None:
    pratique = dossier()
    supposee = PeriodeSupposee(date(2025, 2, 1), date(2025, 3, 31))
    actuel = scenario(pratique, Hypothese("c1"), AU, BAREMES)
    a = scenario(pratique, Hypothese("c1", Fraction(8), suspensions=(supposee,)), AU, BAREMES)
    tracee = traces([("actuel", actuel), ("a", a)], "patientele_mt")
    assert [trace.genre for trace in tracee.traces] == ["actuel", "a"]
    assert tracee.traces[0].points[0] == (DERNIER, 1131)
    assert tracee.traces[0].arrivee[0] == EVALUATION
    assert tracee.traces[1].arrivee == (a.juge_le, a.patientele_mt.valeur)
    assert tracee.traces[1].suspensions == ((date(2025, 2, 1), date(2025, 3, 31)),)
    assert traces([("actuel", actuel)], "file_active").courbe.indicateur == "file_active"


def test_without_a_reading_there_is_no_path() -> None:
    pratique = dossier(lambda brut: brut.update(releves=[]))
    tracee = traces([("actuel", scenario(pratique, Hypothese("c1"), AU, BAREMES))], "patientele_mt")
    assert tracee.traces == ()
    verifier(figure(tracee, 250.0, 150.0).dessin)
