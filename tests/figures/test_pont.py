"""The bridge of the patientèle, drawn and told."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.shapes import Polygon

from assistmed_desktop.figures.palette import CLAIR, SOMBRE, Palette
from assistmed_desktop.figures.pont import figure, marches, texte_alternatif
from assistmed_desktop.figures.svg import svg
from assistmed_desktop.rules.mouvements import Pont
from tests.figures.outils import TAILLES, textes, verifier

PONT = Pont(
    reference=1068,
    reference_le=date(2023, 9, 30),
    valeur=1178,
    valeur_le=date(2026, 10, 31),
    entrees=270,
    deces=44,
    departs=85,
    autres_sorties=23,
    attendu=1186,
    attendu_min=1186,
    attendu_max=1186,
)


def pont(  # noqa: PLR0917 - its counts
    reference: int, entrees: int, deces: int, departs: int, autres: int, valeur: int | None
) -> Pont:
    attendu = reference + entrees - deces - departs - autres
    return replace(
        PONT,
        reference=reference,
        entrees=entrees,
        deces=deces,
        departs=departs,
        autres_sorties=autres,
        attendu=attendu,
        attendu_min=attendu,
        attendu_max=attendu,
        valeur=valeur,
        valeur_le=None if valeur is None else PONT.valeur_le,
    )


def test_the_steps_lead_from_the_reference_to_the_reading() -> None:
    pas = marches(PONT)
    assert [(marche.nom, marche.montant) for marche in pas] == [
        ("Référence 30/09/2023", "1\u00a0068"),
        ("Entrées", "+270"),
        ("Décès", "−44"),
        ("Départs", "−85"),
        ("Autres sorties", "−23"),
        ("Reste inexpliqué", "−8"),
        ("Relevé 31/10/2026", "1\u00a0178"),
    ]
    assert all(avant.apres == apres.avant for avant, apres in pairwise(pas[:-1]))


def test_without_a_reading_the_bridge_stops_at_what_is_expected() -> None:
    assert marches(pont(1000, 10, 1, 2, 0, None))[-1].nom == "Attendu, sans relevé"
    assert "Aucun relevé" in texte_alternatif(pont(1000, 10, 1, 2, 0, None))


def test_without_a_reference_there_is_no_bridge() -> None:
    inconnu = replace(PONT, reference=None, attendu=None)
    assert marches(inconnu) == ()
    assert not figure(inconnu, 400, 300).dessin.contents
    assert "n'est pas connue" in texte_alternatif(inconnu)


@pytest.mark.parametrize("palette", [CLAIR, SOMBRE])
@pytest.mark.parametrize(("largeur", "hauteur", "corps"), [*TAILLES, (180.0, 100.0, 7.0)])
def test_it_is_drawn_on_its_sheet_at_any_size(largeur: float, hauteur: float, corps: float, palette: Palette) -> None:
    faite = figure(PONT, largeur, hauteur, palette=palette, corps=corps)
    verifier(faite.dessin)
    assert svg(faite.dessin)
    assert {"Entrées", "+270", "Reste inexpliqué", "1 178"} <= set(textes(faite.dessin))


def test_every_step_is_a_place_that_says_it() -> None:
    faite = figure(PONT, 460, 300)
    assert [repere.texte for repere in faite.reperes][1:3] == [
        "Entrées : +270, soit 1\u00a0338\u00a0patients",
        "Décès : −44, soit 1\u00a0294\u00a0patients",
    ]
    hauteurs = [repere.y for repere in faite.reperes]
    assert hauteurs == sorted(hauteurs, reverse=True)
    assert all(0 <= repere.x <= 460 and 0 <= repere.y <= 300 for repere in faite.reperes)


def test_who_came_points_right_and_who_left_points_left() -> None:
    fleches = [f for f in figure(PONT, 460, 300).dessin.contents if isinstance(f, Polygon) and len(f.points) == 10]
    assert len(fleches) == 4
    entree, deces = fleches[:2]
    assert entree.points[4] == max(entree.points[::2])
    assert deces.points[4] == min(deces.points[::2])


def test_the_alternative_says_what_the_straddling_periods_leave_open() -> None:
    assert "à cheval" not in texte_alternatif(PONT)
    doute = replace(PONT, attendu_min=1180, attendu_max=1190)
    assert "entre 1\u00a0180 et 1\u00a0190" in texte_alternatif(doute)


petits = st.integers(0, 3000)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 100_000), petits, petits, petits, petits, st.none() | st.integers(0, 100_000))
def test_any_bridge_is_drawn(  # noqa: PLR0917 - its counts
    reference: int, entrees: int, deces: int, departs: int, autres: int, valeur: int | None
) -> None:
    for largeur, hauteur, corps in TAILLES:
        verifier(figure(pont(reference, entrees, deces, departs, autres, valeur), largeur, hauteur, corps=corps).dessin)
