import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistmed_desktop.figures.polices import GRAS, REGULIER, enregistrer_polices, largeur_texte
from assistmed_desktop.reports.ecriture import ABSENT, en_lignes, equilibrer, francais, lisible, tronquer

CORPS, LARGEUR = 9.5, 120.0


@pytest.mark.parametrize(
    "texte",
    [
        "M. <Durand>",
        "R&D",
        '<img src="/etc/passwd">',
        "a &amp; b",
        "</font>",
        "(\\)",
        "Œuvre d'Élisabeth",
        "½ ⅓ ≥ − → €",
    ],
)
def test_what_is_typed_is_kept(texte: str) -> None:
    assert lisible(texte) == texte


@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ("médecin 👩", f"médecin {ABSENT}"),
        ("漢字", ABSENT * 2),
        ("e\u0301", "é"),
        ("36\u202f000", "36\u00a0000"),
        ("un\tdeux", "un deux"),
        ("un\u200bdeux", "undeux"),
        ("un\u202edeux", "undeux"),
        ("fin\u00ad", "fin"),
        ("trait\u2011d’union", "trait-d’union"),
        ("▲▼✓✕", ABSENT * 4),
        ("ligne\nautre", "ligne\nautre"),
        ("\ue000", ABSENT),
    ],
)
def test_what_the_font_cannot_draw_is_shown(texte: str, lu: str) -> None:
    assert lisible(texte) == lu


@given(st.text(max_size=60))
def test_whatever_is_typed_can_be_drawn(texte: str) -> None:
    assert set(lisible(texte)) <= enregistrer_polices() | {"\n", "\u00a0"}
    assert lisible(lisible(texte)) == lisible(texte)


def test_sentences_of_the_program_get_french_spaces_and_apostrophes() -> None:
    assert francais("L'objectif : 12 % « atteint » ; avenant n° 7 le 15/03/2022") == (
        "L’objectif\u00a0: 12\u00a0% «\u00a0atteint\u00a0»\u00a0; avenant n°\u00a07 le\u00a015/03/2022"
    )
    assert francais("https://exemple.fr/a?b=c") == "https://exemple.fr/a?b=c"


@given(st.text(st.sampled_from("abé W.\u00a0\n" * 3 + "m"), max_size=300), st.sampled_from([REGULIER, GRAS]))
def test_lines_fit_and_lose_nothing(texte: str, police: str) -> None:
    lignes = en_lignes(texte, police, CORPS, LARGEUR)
    assert all(largeur_texte(ligne, police, CORPS) <= LARGEUR + 1e-6 for ligne in lignes)
    assert "".join("".join(lignes).split(" ")) == "".join(texte.replace("\n", "").split(" "))


def test_a_word_too_long_for_a_line_is_cut_and_an_amount_is_not() -> None:
    assert len(en_lignes("m" * 100, REGULIER, CORPS, LARGEUR)) > 5
    assert en_lignes("Montant de l’aide reçue 38\u00a0000\u00a0€", REGULIER, CORPS, LARGEUR)[-1] == "38\u00a0000\u00a0€"
    assert en_lignes("W", REGULIER, CORPS, 1.0) == ["W"], "one letter always goes on a line"


def test_a_headline_breaks_into_even_lines() -> None:
    texte = "En retard de 32 patients sur le rythme prévu pour la patientèle médecin traitant"
    large = largeur_texte(texte, GRAS, 15) * 0.95
    assert len(en_lignes(texte, GRAS, 15, large)) == 2
    haut, bas = equilibrer(texte, GRAS, 15, large)
    assert abs(largeur_texte(haut, GRAS, 15) - largeur_texte(bas, GRAS, 15)) < large / 4
    assert equilibrer("Objectif atteint", GRAS, 15, large) == ["Objectif atteint"]


def test_a_running_head_is_shortened_to_one_line() -> None:
    assert tronquer("court", REGULIER, CORPS, LARGEUR) == "court"
    long = tronquer("Bilan annuel · " + "très " * 40, REGULIER, CORPS, LARGEUR)
    assert long.endswith("…")
    assert largeur_texte(long, REGULIER, CORPS) <= LARGEUR
    assert tronquer("deux\nlignes", REGULIER, CORPS, LARGEUR) == "deux lignes"
