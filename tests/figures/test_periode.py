"""The days set off in the chart of an indicator."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistmed_desktop.figures.courbe import texte_alternatif
from assistmed_desktop.figures.graphique import graphique
from assistmed_desktop.formats import INSECABLE
from tests.figures.outils import AU, DEBUT, FIN, TAILLES, courbe, textes, verifier


@pytest.mark.parametrize(("largeur", "hauteur", "corps"), TAILLES)
@pytest.mark.parametrize("depuis", [date(2024, 6, 12), DEBUT + timedelta(days=1), AU])
def test_the_day_from_which_they_count_is_named(largeur: float, hauteur: float, corps: float, depuis: date) -> None:
    dessin = graphique(courbe(depuis=depuis), largeur, hauteur, corps=corps)
    verifier(dessin)
    assert f"depuis le {depuis:%d/%m/%Y}" in textes(dessin)


@pytest.mark.parametrize("depuis", [None, DEBUT, DEBUT - timedelta(days=30), FIN + timedelta(days=400)])
def test_the_first_day_of_the_contract_or_one_outside_wants_no_name(depuis: date | None) -> None:
    dessin = graphique(courbe(depuis=depuis), 250, 150)
    verifier(dessin)
    assert not any(texte.startswith("depuis") for texte in textes(dessin))


def test_an_end_after_the_chart_stops_with_it() -> None:
    lue = courbe(depuis=date(2024, 6, 12))
    verifier(graphique(replace(lue, au=FIN + timedelta(days=900)), 250, 150))


def test_the_days_set_off_are_told_in_words() -> None:
    assert "Mis en valeur : du 12/06/2024 au 15/01/2025." in texte_alternatif(courbe(depuis=date(2024, 6, 12))).replace(
        INSECABLE, " "
    )
    assert "Mis en valeur" not in texte_alternatif(courbe())
