"""The activity before and after the assistant came, drawn and told."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.calendrier import ajouter_mois
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.domain.suivi import Activite
from assistmed_desktop.figures.activite import SuiviActivite, figure, phrase, suivi_activite, texte_alternatif
from assistmed_desktop.figures.palette import CLAIR, SOMBRE, Palette
from assistmed_desktop.figures.svg import svg
from assistmed_desktop.resources import chemin
from tests.figures.outils import TAILLES, textes, verifier

AU = date(2026, 11, 15)


@pytest.fixture(scope="module")
def demo() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


def mois(cle: str, actes: int, jours: int) -> Activite:
    return Activite(medecin="m1", mois=cle, actes=actes, jours_travailles=jours)


def de_la_demo(demo: Dossier, contrat: str | None = "c1", au: date = AU) -> SuiviActivite:
    return suivi_activite(demo, [a for a in demo.activite if a.medecin == "m1"], contrat, au)


def test_the_month_of_the_arrival_is_on_neither_side(demo: Dossier) -> None:
    suivi = de_la_demo(demo)
    assert suivi.arrivee == date(2023, 11, 6)
    assert suivi.avant is not None
    assert suivi.apres is not None
    assert (suivi.avant.du, suivi.avant.au, suivi.avant.mois) == (date(2022, 12, 1), date(2023, 10, 31), 11)
    assert suivi.apres.du == date(2023, 12, 1)
    assert phrase(suivi) == (
        "23,1\u00a0actes par jour depuis l'arrivée de l'assistant le 06/11/2023 (35\u00a0mois), contre 21,9 avant "
        "(11\u00a0mois) : +5\u00a0%."
    )


def test_an_arrival_on_the_first_of_a_month_keeps_it(demo: Dossier) -> None:
    suivi = suivi_activite(demo, [mois("2025-01", 300, 15), mois("2025-02", 330, 15)], "c1", AU)
    le_premier = SuiviActivite(suivi.mois, date(2025, 2, 1))
    assert le_premier.apres is not None
    assert le_premier.apres.par_jour == 22
    assert le_premier.ecart == Fraction(1, 10)


def test_what_cannot_be_compared_is_said(demo: Dossier) -> None:
    assert "Aucun assistant n'est encore arrivé" in phrase(de_la_demo(demo, None))
    assert "Jusqu'ici : " in phrase(de_la_demo(demo, None))
    assert phrase(suivi_activite(demo, [], None, AU)) == "Aucun assistant n'est encore arrivé sur ce contrat."
    avant = [a for a in demo.activite if a.medecin == "m1" and a.mois < "2023-11"]
    assert "Il faut un mois entier" in phrase(suivi_activite(demo, avant, "c1", AU))
    apres = [a for a in demo.activite if a.medecin == "m1" and a.mois > "2023-11"]
    assert phrase(suivi_activite(demo, apres, "c1", AU)).endswith(
        "Saisissez des mois d'avant cette date pour comparer."
    )
    sans_acte = [mois("2023-01", 0, 10), mois("2024-01", 200, 10)]
    assert suivi_activite(demo, sans_acte, "c1", AU).ecart is None
    assert phrase(suivi_activite(demo, sans_acte, "c1", AU)).endswith("contre 0,0 avant (1\u00a0mois).")


def test_a_month_to_come_or_not_over_is_not_averaged(demo: Dossier) -> None:
    suivi = suivi_activite(demo, [mois("2026-10", 200, 10), mois("2026-11", 900, 9), mois("2026-12", 1, 1)], "c1", AU)
    assert [m.premier.month for m in suivi.mois] == [10, 11]
    assert suivi.apres is not None
    assert suivi.apres.par_jour == 20
    assert suivi.mois[1].texte.endswith("(mois en cours)")
    verifier(figure(suivi, 400, 200).dessin)


def test_a_month_without_a_day_worked_is_left_out_of_the_curve(demo: Dossier) -> None:
    suivi = suivi_activite(demo, [mois("2026-08", 0, 0), mois("2026-09", 300, 15), mois("2026-07", 310, 15)], "c1", AU)
    assert len(figure(suivi, 400, 200).reperes) == 2
    assert suivi.mois[1].texte == "août\u00a02026 : aucun jour travaillé"
    vide = suivi_activite(demo, [mois("2026-08", 0, 0)], "c1", AU)
    assert not figure(vide, 400, 200).dessin.contents
    assert texte_alternatif(vide).startswith("Activité : aucun mois à montrer.")


@pytest.mark.parametrize("palette", [CLAIR, SOMBRE])
@pytest.mark.parametrize(("largeur", "hauteur", "corps"), TAILLES)
def test_it_is_drawn_and_told(demo: Dossier, largeur: float, hauteur: float, corps: float, palette: Palette) -> None:
    suivi = de_la_demo(demo)
    faite = figure(suivi, largeur, hauteur, palette=palette, corps=corps)
    verifier(faite.dessin)
    assert svg(faite.dessin)
    ecrits = textes(faite.dessin)
    assert "arrivée de l’assistant, 06/11/2023" in ecrits
    assert {"avant 21,9", "depuis 23,1"} <= set(ecrits)
    assert faite.reperes[0].texte.startswith("décembre\u00a02022 : 21,8\u00a0actes par jour, 17\u00a0jours")
    assert texte_alternatif(suivi).startswith("Actes par jour travaillé, 47\u00a0mois de décembre\u00a02022")


def test_an_arrival_before_the_months_entered_is_only_told(demo: Dossier) -> None:
    siens = [a for a in demo.activite if a.medecin == "m2"]
    suivi = suivi_activite(demo, siens, "c2", AU)
    faite = figure(suivi, 400, 200)
    assert "assistant arrivé le 05/12/2022, avant ces mois" in textes(faite.dessin)
    assert faite.reperes[0].x < 40


def test_without_an_assistant_there_is_one_mean(demo: Dossier) -> None:
    ecrits = textes(figure(de_la_demo(demo, None), 400, 200).dessin)
    assert any(texte.startswith("moyenne ") for texte in ecrits)
    assert not any("arrivée" in texte for texte in ecrits)


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.tuples(st.integers(0, 240), st.integers(0, 5000), st.integers(0, 31)), min_size=1, max_size=260,
             unique_by=lambda m: m[0]),
    st.none() | st.integers(0, 7000),
)  # fmt: skip
def test_any_activity_is_drawn(mesures: list[tuple[int, int, int]], arrivee: int | None) -> None:
    debut = date(2006, 1, 1)
    siens = [mois(f"{ajouter_mois(debut, rang):%Y-%m}", actes, jours) for rang, actes, jours in mesures]
    demo = lire_dossier(chemin("demo", "dossier.json").read_bytes())
    suivi = suivi_activite(demo, siens, None, AU)
    jour = None if arrivee is None else date.fromordinal(debut.toordinal() + arrivee)
    for largeur, hauteur, corps in TAILLES:
        verifier(figure(SuiviActivite(suivi.mois, jour), largeur, hauteur, corps=corps).dessin)
