"""Lists that share the height of a page, and texts of a few lines at the most."""

import pytest
from reportlab.platypus import Flowable

from assistmed_desktop.figures.polices import enregistrer_polices, largeur_texte
from assistmed_desktop.reports.ajustement import Liste, TexteCourt, hauteur, tenir
from assistmed_desktop.reports.blocs import Texte, Vide
from assistmed_desktop.reports.style import CORPS, SECTION

enregistrer_polices()


def liste(nombre: int, haut: float, reserve: float = 1.0) -> Liste:
    """Give a list of items of one height."""
    return Liste(nombre, lambda n: [Vide(haut) for _ in range(n)], reserve)


def test_what_holds_is_left_whole() -> None:
    assert len(tenir([Vide(10), liste(4, 20)], 90)) == 5


def test_the_tallest_list_gives_up_its_items_first() -> None:
    gardes: dict[str, int] = {}

    def noter(nom: str, haut: float) -> Liste:
        def rendre(combien: int) -> list[Flowable]:
            gardes[nom] = combien
            return [Vide(haut) for _ in range(combien)]

        return Liste(10, rendre)

    assert hauteur(tenir([noter("haute", 20), noter("basse", 5)], 150)) <= 150
    assert gardes == {"haute": 5, "basse": 10}


def test_a_list_of_greater_reserve_gives_up_first() -> None:
    assert len(tenir([liste(10, 10), liste(10, 10, reserve=3)], 130)) == 13


def test_what_cannot_hold_is_given_with_its_lists_empty() -> None:
    assert len(tenir([Vide(500), liste(3, 10)], 100)) == 1


def test_of_two_spaces_that_meet_the_greater_stays() -> None:
    texte, titre = Texte("un", CORPS), Texte("deux", SECTION)
    seuls = CORPS.interligne + SECTION.interligne
    assert hauteur([texte, titre]) == pytest.approx(seuls + SECTION.avant + SECTION.apres)
    assert hauteur([titre, titre]) == pytest.approx(2 * (SECTION.interligne + SECTION.avant) + SECTION.apres)


@pytest.mark.parametrize("mot", ["Pneumonoultramicroscopicsilicovolcanoconiosis" * 9, "des mots qui se suivent " * 40])
@pytest.mark.parametrize("lignes", [1, 2, 5])
def test_a_long_text_keeps_to_its_lines_and_says_that_it_was_cut(mot: str, lignes: int) -> None:
    court = TexteCourt(mot, CORPS, lignes)
    assert court.wrap(200, 1000) == (200, lignes * CORPS.interligne)
    *_, derniere = court.ecrites
    assert derniere.endswith("…")
    assert all(largeur_texte(ligne.rstrip(), CORPS.police, CORPS.corps) <= 200 for ligne in court.ecrites)


def test_a_short_text_is_left_alone() -> None:
    court = TexteCourt("deux mots", CORPS, 2)
    assert court.wrap(200, 1000) == (200, CORPS.interligne)
    assert court.ecrites == ("deux mots",)
