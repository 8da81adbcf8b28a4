import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.shapes import Path

from assistmed_desktop.figures.frise import (
    Barre,
    Frise,
    Genre,
    Jalon,
    Ligne,
    hauteur_frise,
    texte_alternatif,
)
from assistmed_desktop.figures.frise_tracee import frise
from assistmed_desktop.figures.palette import CLAIR, SOMBRE, Palette
from tests.figures.outils import AU, DEBUT, FIN, SUSPENSION, textes, verifier

CONTRAT = Barre(DEBUT, FIN, "avenant n° 7, 1/2 ETP", "contrat")
SUSPENDU = Barre(SUSPENSION.du, SUSPENSION.au, "suspendu du 02/05/2023 au 30/09/2023", "suspension")
POSTE = Barre(DEBUT, date(2024, 6, 30), "mi-temps, 17 h 30", "presence")
ABSENCE = Barre(SUSPENSION.du, SUSPENSION.au, "absence", "absence")
MANQUE = Barre(date(2024, 7, 1), date(2024, 8, 31), "aucun assistant", "manque")
SUITE = Barre(date(2024, 9, 1), None, "tiers-temps", "presence")
JALONS = (Jalon(date(2023, 11, 20), "CQP obtenu"), Jalon(date(2022, 10, 3), "début de formation"))


def exemple(**change: object) -> Frise:
    vue = Frise(
        DEBUT,
        FIN,
        AU,
        (
            Ligne("Dr Claire Lambert", (CONTRAT, SUSPENDU)),
            Ligne("Inès Morel", (POSTE, ABSENCE, MANQUE)),
            Ligne("Jean-Christophe de Saint-Exemple", (SUITE,)),
        ),
        JALONS,
    )
    return replace(vue, **change)  # type: ignore[arg-type]


def _nu(texte: str) -> str:
    return texte.replace("\u00a0", " ")


@pytest.mark.parametrize(("largeur", "corps"), [(493, 7.0), (900, 13.0), (560, 13.0), (1500, 19.0)])
@pytest.mark.parametrize("palette", [CLAIR, SOMBRE], ids=["light", "dark"])
def test_everything_is_said_whole_and_nothing_overlaps(largeur: float, corps: float, palette: Palette) -> None:
    vue = exemple()
    dessin = frise(vue, largeur, hauteur_frise(vue, corps), palette, corps).dessin
    verifier(dessin)
    ecrits = textes(dessin)
    for ligne in vue.lignes:
        assert all(_nu(barre.texte) in ecrits for barre in ligne.barres)
    assert {"CQP obtenu", "début de formation", "aujourd’hui, 15/01/2025", "2024"} <= set(ecrits)
    assert any("Saint-Exemple" in ecrit for ecrit in ecrits)


def test_a_gap_is_red_hatched_and_named() -> None:
    vue = exemple(lignes=(Ligne("Poste", (replace(MANQUE, texte=""),)),), jalons=())
    dessin = frise(vue, 900, hauteur_frise(vue, 13), CLAIR, 13).dessin
    assert "manque" in textes(dessin)
    rouges = [
        forme
        for forme in dessin.contents
        if isinstance(forme, Path)
        and forme.strokeColor
        and forme.strokeColor.hexval()[2:].upper() == CLAIR.sous_la_reference[1:]
    ]
    assert len(rouges) == 1
    assert list(rouges[0].operators).count(0) > 2  # strokes of the hatching


def test_a_place_for_each_bar_then_each_milestone() -> None:
    vue = exemple()
    reperes = [_nu(r.texte) for r in frise(vue, 900, hauteur_frise(vue, 13), CLAIR, 13).reperes]
    assert reperes == [
        "Dr Claire Lambert : avenant n° 7, 1/2 ETP du 15/03/2022 au 14/03/2027",
        "Dr Claire Lambert : suspendu du 02/05/2023 au 30/09/2023",
        "Inès Morel : mi-temps, 17 h 30 du 15/03/2022 au 30/06/2024",
        "Inès Morel : absence du 02/05/2023 au 30/09/2023",
        "Inès Morel : aucun assistant du 01/07/2024 au 31/08/2024",
        "Jean-Christophe de Saint-Exemple : tiers-temps depuis le 01/09/2024",
        "début de formation, le 03/10/2022",
        "CQP obtenu, le 20/11/2023",
    ]


def test_the_text_says_what_the_timeline_says() -> None:
    vue = exemple(lignes=(*exemple().lignes[1:2], Ligne("Personne", ())))
    assert _nu(texte_alternatif(vue)) == (
        "Frise du 15 mars 2022 au 14 mars 2027, vue le 15 janvier 2025. "
        "Inès Morel : mi-temps, 17 h 30 du 15/03/2022 au 30/06/2024 ; absence du 02/05/2023 au 30/09/2023 ; "
        "aucun assistant du 01/07/2024 au 31/08/2024. Personne : rien. "
        "Jalons : début de formation, le 03/10/2022 ; CQP obtenu, le 20/11/2023."
    )
    assert "Jalons" not in texte_alternatif(replace(vue, jalons=()))


def test_a_short_timeline_says_the_months() -> None:
    vue = exemple(debut=date(2024, 1, 1), fin=date(2025, 3, 31))
    dessin = frise(vue, 900, hauteur_frise(vue, 13), CLAIR, 13).dessin
    verifier(dessin)
    assert {"févr.", "août", "2024", "2025"} <= set(textes(dessin))
    etroit = frise(vue, 420, hauteur_frise(vue, 13), CLAIR, 13).dessin
    verifier(etroit)
    assert "févr." not in textes(etroit)


def test_what_lies_outside_is_left_out() -> None:
    vue = exemple(debut=date(2024, 10, 1), fin=date(2025, 12, 31), au=date(2026, 1, 15))
    figure = frise(vue, 900, hauteur_frise(vue, 13), CLAIR, 13)
    assert [_nu(r.texte)[:20] for r in figure.reperes] == ["Dr Claire Lambert : ", "Jean-Christophe de S"]
    assert not any("aujourd" in texte for texte in textes(figure.dessin))


def test_a_timeline_without_lines_or_of_one_day_is_drawn() -> None:
    vue = Frise(AU, AU, AU, ())
    verifier(frise(vue, 400, hauteur_frise(vue, 9), CLAIR, 9).dessin)
    seul = exemple(debut=AU, fin=AU)
    verifier(frise(seul, 400, hauteur_frise(seul, 9), CLAIR, 9).dessin)


def test_more_height_spreads_the_lines_and_less_squeezes_them() -> None:
    vue = exemple()
    juste = hauteur_frise(vue, 9)
    ecarts = []
    for hauteur in (juste * 0.8, juste, juste * 1.05, juste * 3):
        reperes = frise(vue, 800, hauteur, CLAIR, 9).reperes
        ecarts.append(reperes[0].y - reperes[2].y)
    assert ecarts[0] < ecarts[1] < ecarts[2] < ecarts[3] < 1.4 * ecarts[1]


def test_reportlab_is_not_needed_to_ask_how_high_it_is() -> None:
    code = (
        "import sys; from datetime import date\n"
        "from assistmed_desktop.figures.frise import *\n"
        "from assistmed_desktop.figures import frise as f\n"
        "v = f.Frise(date(2022, 1, 1), date(2025, 1, 1), date(2024, 1, 1), "
        "(f.Ligne('Inès', (f.Barre(date(2022, 1, 1), None, 'mi-temps', 'presence'),)),))\n"
        "f.hauteur_frise(v, 9); f.texte_alternatif(v); sys.exit('reportlab' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


_JOURS = st.integers(-400, 2200).map(lambda n: DEBUT + timedelta(days=n))
_GENRES: list[Genre] = ["presence", "absence", "manque", "suspension", "contrat"]


@st.composite
def _barres(draw: st.DrawFn) -> Barre:
    du = draw(_JOURS)
    au = draw(st.none() | st.integers(0, 900).map(lambda n: du + timedelta(days=n)))
    texte = draw(st.sampled_from(["", "absence", "mi-temps, 17 h 30, remplacée"]))
    return Barre(du, au, texte, draw(st.sampled_from(_GENRES)))


@st.composite
def _frises(draw: st.DrawFn) -> Frise:
    fin = DEBUT + timedelta(days=draw(st.integers(0, 8000)))
    lignes = st.builds(Ligne, st.sampled_from(["Inès", "Une assistante au nom fort long"]), st.tuples(_barres()))
    plusieurs = st.builds(Ligne, st.just("Poste"), st.lists(_barres(), max_size=6).map(tuple))
    jalons = st.lists(st.builds(Jalon, _JOURS, st.sampled_from(["CQP", "point d’étape prévu"])), max_size=6)
    return Frise(
        DEBUT,
        fin,
        draw(_JOURS),
        tuple(draw(st.lists(lignes | plusieurs, max_size=4))),
        tuple(draw(jalons)),
    )


@settings(max_examples=60, deadline=None)
@given(_frises(), st.sampled_from([(493.0, 7.0), (1000.0, 13.0), (400.0, 13.0)]))
def test_no_timeline_overlaps_or_leaves_the_sheet(vue: Frise, taille: tuple[float, float]) -> None:
    largeur, corps = taille
    verifier(frise(vue, largeur, hauteur_frise(vue, corps), CLAIR, corps).dessin)
