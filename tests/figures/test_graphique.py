from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.shapes import Drawing, Path, Polygon
from reportlab.lib.colors import HexColor

from assistmed_desktop.figures.courbe import Courbe
from assistmed_desktop.figures.graphique import graphique
from assistmed_desktop.figures.palette import CLAIR, PAPIER, SOMBRE, Palette
from assistmed_desktop.rules.resultats import PeriodeSuspendue
from tests.figures.outils import (
    AU,
    DEBUT,
    EVALUATION,
    FIN,
    INITIALE,
    TAILLES,
    courbe,
    point,
    projection,
    releves,
    textes,
    verifier,
)

HIER = AU - timedelta(days=1)
DANS_TROIS_ANS = date(2028, 1, 14)
CAS: dict[str, Courbe] = {
    "ordinary": courbe(),
    "every source": courbe(releves(24, sources=("amelipro", "logiciel", "cpam", "estimation"))),
    "one reading": courbe(releves(1), projection=None),
    "no reading": courbe([], projection=None, attendu=None),
    "only estimates": courbe(releves(4, sources=("estimation",)), projection=None, attendu=None),
    "no target": courbe(objectif=None, trajectoire=(), attendu=None),
    "no target, no reading": courbe([], objectif=None, trajectoire=(), attendu=None, projection=None, suspensions=()),
    "target and reference are one": courbe(
        objectif=1010, trajectoire=((DEBUT, Fraction(1010)), (EVALUATION, Fraction(1010)))
    ),
    "target beside reference": courbe(
        objectif=1011, trajectoire=((DEBUT, Fraction(1010)), (EVALUATION, Fraction(1011)))
    ),
    "all zero": courbe(
        releves(3, 0, 0),
        reference=0,
        objectif=0,
        trajectoire=((DEBUT, Fraction(0)),),
        projection=projection(0.0, -9.0, 9.0),
    ),
    "far above": courbe(releves(5, 1010, 1_000_000), projection=projection(1e6, 9e5, 1.1e6)),
    "far below": courbe(releves(5, 900, 0)),
    "wild projection": courbe(projection=projection(5000.0, -90_000.0, 90_000.0)),
    "projection under the axis": courbe(projection=projection(-5000.0, -9000.0, -4000.0)),
    "60 readings": courbe(releves(60, sources=("logiciel", "amelipro"))),
    "240 readings": courbe(releves(240, sources=("logiciel", "logiciel", "amelipro"))),
    "begun yesterday": courbe(
        [],
        debut=HIER,
        fin=date(2030, 1, 13),
        evaluation_initiale=DANS_TROIS_ANS,
        evaluation=DANS_TROIS_ANS,
        trajectoire=((HIER, Fraction(1010)), (DANS_TROIS_ANS, Fraction(1192))),
        suspensions=(),
        projection=None,
        attendu=None,
    ),
    "judged today": courbe(au=EVALUATION, projection=None),
    "judged before the day": courbe(au=date(2026, 1, 1), projection=None),
    "judged after the end": courbe(evaluation=date(2028, 3, 1), projection=projection(le=date(2028, 3, 1))),
    "day after the end": courbe(au=date(2031, 1, 1), projection=None),
    "not begun": courbe([], au=date(2021, 1, 1), projection=None),
    "evaluation not moved": courbe(evaluation=INITIALE, suspensions=(), projection=None),
    "evaluation moved by a day": courbe(evaluation=INITIALE + timedelta(days=1), projection=None),
    "suspended today": courbe(suspensions=(PeriodeSuspendue(date(2024, 12, 1), AU, ouverte=True),)),
    "suspended from end to end": courbe(suspensions=(PeriodeSuspendue(DEBUT, FIN, ouverte=False),)),
    "many suspensions": courbe(
        suspensions=tuple(
            PeriodeSuspendue(jour, jour + timedelta(days=20), ouverte=False)
            for jour in (DEBUT + timedelta(days=90 * rang) for rang in range(10))
        )
    ),
    "one year": courbe(
        [point(date(2022, 8, 31), 1040)],
        fin=date(2023, 3, 14),
        au=date(2022, 9, 1),
        evaluation_initiale=date(2023, 3, 1),
        evaluation=date(2023, 3, 1),
        trajectoire=((DEBUT, Fraction(1010)), (date(2023, 3, 1), Fraction(1192))),
        suspensions=(),
        projection=None,
    ),
    "a single day": courbe(
        [], debut=AU, fin=AU, evaluation_initiale=AU, evaluation=AU, trajectoire=(), suspensions=(), projection=None
    ),
    "ten years": courbe(fin=date(2032, 3, 14)),
    "judged in a century": courbe(evaluation=date(2150, 12, 31), projection=None),
}


@pytest.mark.parametrize("palette", [PAPIER, CLAIR, SOMBRE], ids=["paper", "light", "dark"])
@pytest.mark.parametrize(("largeur", "hauteur", "corps"), TAILLES, ids=["paper size", "screen size"])
@pytest.mark.parametrize("cas", CAS)
def test_every_case_stays_on_the_sheet_with_texts_apart(
    cas: str, largeur: float, hauteur: float, corps: float, palette: Palette
) -> None:
    dessin = graphique(CAS[cas], largeur, hauteur, palette=palette, corps=corps)
    assert (dessin.width, dessin.height) == (largeur, hauteur)
    verifier(dessin)


@st.composite
def _courbes(draw: st.DrawFn) -> Courbe:
    jours = st.dates(DEBUT, date(2027, 12, 31))
    comptes = st.integers(0, 4000)
    points = sorted(
        draw(
            st.lists(
                st.builds(point, jours, comptes, st.sampled_from(["amelipro", "cpam", "logiciel", "estimation"])),
                max_size=12,
            )
        ),
        key=lambda p: p.date,
    )
    reference = draw(comptes)
    objectif = draw(st.none() | st.integers(reference, 5000))
    evaluation = draw(st.dates(date(2022, 6, 1), date(2029, 1, 1)))
    trajectoire = () if objectif is None else ((DEBUT, Fraction(reference)), (evaluation, Fraction(objectif)))
    centre = draw(st.floats(-1e4, 1e5))
    prevu = projection(centre, centre - draw(st.floats(0, 1e4)), centre + draw(st.floats(0, 1e4)), evaluation)
    return courbe(
        points,
        au=draw(jours),
        reference=reference,
        objectif=objectif,
        evaluation=evaluation,
        trajectoire=trajectoire,
        projection=draw(st.sampled_from([None, prevu])),
    )


@settings(max_examples=60, deadline=None)
@given(_courbes())
def test_any_curve_stays_on_the_sheet(dessinee: Courbe) -> None:
    verifier(graphique(dessinee, 250, 150))


def test_a_sheet_too_small_for_labels_goes_without() -> None:
    ecrits = textes(graphique(courbe(), 90, 50))
    assert "1 131" not in ecrits
    assert "objectif" in ecrits


def test_the_lines_the_days_and_the_values_are_named() -> None:
    ecrits = textes(graphique(courbe(), 250, 150))
    assert "patients, échelle de 1 000 à 1 225" in ecrits
    for attendu in ("référence", "1 010", "objectif", "1 192", "15/01/2025", "évaluation reportée au 14/08/2025"):
        assert attendu in ecrits
    for attendu in (
        "1 131",
        "prévu 1 165",
        "suspendu",
        "du 02/05/2023",
        "au 30/09/2023",
        "an 1",
        "an 5",
        "2023",
        "2026",
    ):
        assert attendu in ecrits


def test_the_scale_says_its_own_ends() -> None:
    ecrits = textes(graphique(courbe(releves(5, 3000, 4000), objectif=4200, reference=3000), 250, 150))
    (echelle,) = [texte for texte in ecrits if "échelle" in texte]
    bas, haut = (int("".join(c for c in partie if c.isdigit())) for partie in echelle.split(" à "))
    assert bas <= 3000
    assert haut >= 4200
    assert bas > 0


def test_each_source_is_named_where_there_is_room() -> None:
    ecrits = textes(graphique(CAS["every source"], 520, 260, corps=11))
    assert {"amelipro", "CPAM", "logiciel", "estimation"} <= set(ecrits)


def test_an_evaluation_that_has_not_moved_is_not_said_to_have() -> None:
    ecrits = textes(graphique(CAS["evaluation not moved"], 250, 150))
    assert "évaluation le 15/03/2025" in ecrits


def test_maintenance_has_one_line_for_both() -> None:
    ecrits = textes(graphique(CAS["target and reference are one"], 250, 150))
    assert [texte for texte in ecrits if texte in ("référence", "et objectif", "1 010")] == [
        "référence",
        "et objectif",
        "1 010",
    ]


def test_without_a_target_or_a_reading_nothing_is_invented() -> None:
    ecrits = textes(graphique(CAS["no target, no reading"], 250, 150))
    assert "aucune valeur" in ecrits
    assert "objectif" not in ecrits
    assert not any(texte.startswith("prévu") for texte in ecrits)
    assert "rythme attendu" not in ecrits


def test_an_open_suspension_is_said_to_go_on() -> None:
    assert "en cours" in textes(graphique(CAS["suspended today"], 520, 260, corps=11))


def test_marks_of_many_readings_of_the_software_leave_the_line_alone() -> None:
    peu, beaucoup = (
        graphique(courbe(releves(nombre, sources=("logiciel",)), projection=None), 250, 150) for nombre in (12, 240)
    )
    ronds = [sum(isinstance(f, Path) and f.strokeLineCap == 1 for f in dessin.contents) for dessin in (peu, beaucoup)]
    assert ronds == [2, 0]


def test_the_band_of_the_projection_ends_on_the_day_of_the_evaluation() -> None:
    avec, sans = (graphique(courbe(projection=p), 250, 150) for p in (projection(), None))

    def bandes(dessin: Drawing) -> list[Polygon]:
        aplats = [forme for forme in dessin.contents if isinstance(forme, Polygon)]
        return [aplat for aplat in aplats if aplat.fillColor == HexColor(PAPIER.halo)]

    assert bandes(sans) == []
    (bande,) = bandes(avec)
    droite = max(bande.points[::2])
    lignes = [f for f in avec.contents if isinstance(f, Path) and f.points[::2] == [droite, droite]]
    assert lignes


def test_the_same_curve_is_drawn_the_same() -> None:
    from assistmed_desktop.figures.svg import svg

    assert svg(graphique(courbe(), 250, 150)) == svg(graphique(courbe(), 250, 150))
