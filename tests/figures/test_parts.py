from fractions import Fraction

import pytest
from reportlab.graphics.shapes import Path, Polygon

from assistmed_desktop.figures.palette import CLAIR, SOMBRE, Palette
from assistmed_desktop.figures.parts import Part, Parts, Tout, hauteur_parts, parts, texte_alternatif
from tests.figures.outils import textes, verifier


def tout(nom: str, *minutes: int) -> Tout:
    noms = ("Administratif", "Consultation", "Coordination")
    lues = tuple(Part(nom, Fraction(m), f"{m} min") for nom, m in zip(noms, minutes, strict=True))
    return Tout(nom, f"{sum(minutes)} min par semaine", lues)


EXEMPLE = Parts((tout("Aujourd’hui", 300, 500, 200), tout("Du 01/01/2025 au 31/03/2025", 980, 10, 10)))


def _nu(texte: str) -> str:
    return texte.replace("\u00a0", " ")


@pytest.mark.parametrize(("largeur", "corps"), [(493, 7.0), (900, 13.0), (420, 13.0), (1500, 19.0)])
@pytest.mark.parametrize("palette", [CLAIR, SOMBRE], ids=["light", "dark"])
def test_each_part_names_itself(largeur: float, corps: float, palette: Palette) -> None:
    dessin = parts(EXEMPLE, largeur, hauteur_parts(EXEMPLE, corps), palette, corps).dessin
    verifier(dessin)
    assert {"Administratif 30 %", "Consultation 50 %", "Coordination 20 %", "Administratif 98 %"} <= set(textes(dessin))


def test_without_room_for_the_names_the_shares_remain() -> None:
    dessin = parts(EXEMPLE, 260, hauteur_parts(EXEMPLE, 16), CLAIR, 16).dessin
    verifier(dessin)
    ecrits = textes(dessin)
    assert {"30 %", "50 %", "20 %"} <= set(ecrits)
    assert ecrits.count("1000 min par semaine") == 1


def test_parts_differ_by_pattern_not_only_by_colour() -> None:
    dessin = parts(Parts(EXEMPLE.touts[:1]), 900, 60, CLAIR, 13).dessin
    aplats = [f for f in dessin.contents if isinstance(f, Polygon)]
    assert len(aplats) == 3
    assert any(isinstance(f, Path) and f.strokeLineCap == 1 for f in dessin.contents)  # dots
    assert any(isinstance(f, Path) and list(f.operators).count(0) > 10 for f in dessin.contents)  # hatching


def test_a_part_of_nothing_is_not_drawn_and_a_whole_of_nothing_is_outlined() -> None:
    vide = Parts((tout("Aujourd’hui", 0, 10, 0), Tout("Avant", "aucune tâche", ())))
    figure = parts(vide, 500, hauteur_parts(vide, 9), CLAIR, 9)
    verifier(figure.dessin)
    assert [_nu(r.texte) for r in figure.reperes] == ["Aujourd’hui : Consultation 100 % (10 min)"]
    assert not any(texte.startswith("Administratif") for texte in textes(figure.dessin))
    assert _nu(texte_alternatif(vide)).endswith("Avant : aucune tâche.")


def test_the_text_says_what_the_bars_say() -> None:
    assert _nu(texte_alternatif(Parts(EXEMPLE.touts[:1]))) == (
        "Aujourd’hui, 1000 min par semaine : Administratif 30 % (300 min), Consultation 50 % (500 min) et "
        "Coordination 20 % (200 min)."
    )
    sans = Tout("Aujourd’hui", "dix", (Part("Un", Fraction(1)), Part("Deux", Fraction(3))))
    assert _nu(texte_alternatif(Parts((sans,)))) == "Aujourd’hui, dix : Un 25 % et Deux 75 %."


def test_no_wholes_take_no_height() -> None:
    assert hauteur_parts(Parts(()), 9) == 0
