import pytest
from reportlab.platypus import PageBreak

from assistmed_desktop.reports.gabarit import Courant, imprimer
from assistmed_desktop.reports.style import COLONNE, HAUTEUR_SUITE, LARGEUR
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau, TableauDouble
from tests.reports.outils import MOT_SANS_FIN, pages

COLONNES = [Colonne("rang"), Colonne("quoi", 1), Colonne("combien", cote="droite")]
COURANT = Courant("Titre", "Auteur", "Sujet", "Programme", "tête", "droite", "pied")


def _lignes(nombre: int) -> list[tuple[str, str, str]]:
    return [(f"r{rang}", f"ligne {rang}", str(rang * 7 + 100)) for rang in range(nombre)]


def _textes(*flux: object) -> list[str]:
    return pages(imprimer(COURANT, [*flux]))  # type: ignore[list-item]


def test_a_long_table_repeats_its_head_and_loses_no_row() -> None:
    lues = _textes(Tableau(COLONNES, _lignes(120)))
    assert len(lues) == 4
    assert all("rang quoi combien" in page for page in lues)
    toutes = " ".join(lues)
    assert [f"r{rang} ligne {rang} {rang * 7 + 100}" in toutes for rang in range(120)] == [True] * 120


def test_no_row_goes_to_the_next_page_alone() -> None:
    tableau = Tableau(COLONNES, _lignes(12))
    _, hauteur = tableau.wrap(LARGEUR, 0)
    avant, apres = tableau.split(LARGEUR, hauteur - 1)
    assert isinstance(avant, Tableau)
    assert isinstance(apres, Tableau)
    assert (avant.nombre_de_rangees, apres.nombre_de_rangees) == (10, 2)


def test_totals_stay_with_the_row_before_them() -> None:
    tableau = Tableau(COLONNES, _lignes(12), totaux=2)
    _, hauteur = tableau.wrap(LARGEUR, 0)
    _, apres = tableau.split(LARGEUR, hauteur - 1)
    assert isinstance(apres, Tableau)
    assert apres.nombre_de_rangees == 3


def test_the_head_of_some_rows_stays_with_them() -> None:
    lignes: list[tuple[str | Cellule, str, str]] = [*_lignes(12)]
    lignes[::4] = [(Cellule(f"groupe {rang}", chapeau=True), "", "") for rang in range(3)]
    tableau = Tableau(COLONNES, lignes)
    tableau.wrap(LARGEUR, 0)
    for rangs in range(3, 10):
        parts = tableau.split(LARGEUR, tableau.part(0, rangs).wrap(LARGEUR, 0)[1])
        if parts:
            assert isinstance(parts[0], Tableau)
            assert parts[0].nombre_de_rangees % 4 != 1


def test_a_table_does_not_begin_where_it_cannot_go_on() -> None:
    tableau = Tableau(COLONNES, _lignes(12))
    assert tableau.split(LARGEUR, tableau.amorce(LARGEUR) - 1) == []
    assert len(tableau.split(LARGEUR, tableau.amorce(LARGEUR))) == 2
    petit = Tableau(COLONNES, _lignes(3))
    assert petit.amorce(LARGEUR) == petit.wrap(LARGEUR, 0)[1]


def test_a_few_rows_that_no_page_can_take_are_cut_all_the_same() -> None:
    etroites = [Colonne("rang"), Colonne("quoi", 1), Colonne("vide", 12)]
    haut = Tableau(etroites, [(f"r{rang}", MOT_SANS_FIN[:180], "") for rang in range(3)], totaux=1)
    assert haut.wrap(LARGEUR, 0)[1] > HAUTEUR_SUITE
    lues = _textes(haut)
    assert len(lues) == 2
    assert all(f"r{rang}" in " ".join(lues) for rang in range(3))


def test_a_cell_wraps_and_the_row_grows() -> None:
    court = Tableau(COLONNES, [("1", "court", "1")])
    long = Tableau(COLONNES, [("1", MOT_SANS_FIN, "1")])
    assert long.wrap(LARGEUR, 0)[1] > court.wrap(LARGEUR, 0)[1]
    assert MOT_SANS_FIN in _textes(long)[0].replace(" ", "")


def test_a_table_without_titles_has_no_head() -> None:
    avec = Tableau([Colonne("a"), Colonne("b", 1)], [("1", "2")])
    sans = Tableau([Colonne(""), Colonne("", 1)], [("1", "2")])
    assert sans.wrap(LARGEUR, 0)[1] < avec.wrap(LARGEUR, 0)[1]


@pytest.mark.parametrize("nombre", [1, 2, 3, 4, 7, 60, 61, 99, 240])
def test_a_double_table_loses_no_row_and_reads_down_each_page(nombre: int) -> None:
    lues = _textes(TableauDouble(COLONNES, _lignes(nombre)))
    toutes = " ".join(lues)
    assert [f"r{rang} ligne {rang} {rang * 7 + 100}" in toutes for rang in range(nombre)] == [True] * nombre
    premier = [int(page.split(" ligne ")[1].split()[0]) for page in lues]
    assert premier == sorted(premier)


def test_a_double_table_is_half_as_high() -> None:
    seul, double = Tableau(COLONNES, _lignes(40), serre=True), TableauDouble(COLONNES, _lignes(40))
    assert double.wrap(LARGEUR, 0)[1] < seul.wrap(COLONNE, 0)[1] * 0.6
    assert double.amorce(LARGEUR) < HAUTEUR_SUITE / 8
    assert double.split(LARGEUR, double.amorce(LARGEUR) - 1) == []


def test_an_empty_form_is_not_left_in_the_way() -> None:
    assert len(_textes(Tableau(COLONNES, _lignes(2)), PageBreak(), Tableau(COLONNES, _lignes(2)))) == 2


@pytest.mark.parametrize("part", [0.0, 1.0])
def test_a_number_without_end_leaves_room_to_the_other_columns(part: float) -> None:
    colonnes = [Colonne("rang"), Colonne("combien", cote="droite"), Colonne("parce que", part)]
    (page,) = _textes(Tableau(colonnes, [("r1", "9" * 400, "aucun assistant n’est affecté"), ("r2", "7", "rien")]))
    assert page.count("9") >= 400
    assert "aucun assistant" in page
    assert "r2 7 rien" in page


def test_a_group_cut_by_a_page_says_its_name_again_on_each_page() -> None:
    lues = _textes(Tableau(COLONNES, [(Cellule("Groupe premier", chapeau=True), "", ""), *_lignes(120)]))
    assert len(lues) == 4
    assert "Groupe premier (suite)" not in lues[0]
    assert all("Groupe premier (suite) rang quoi combien" in page for page in lues[1:])
    tout = " ".join(lues)
    assert [f"r{rang} ligne {rang} {rang * 7 + 100}" in tout for rang in range(120)] == [True] * 120


def test_a_page_ends_before_a_group_rather_than_within_its_first_rows() -> None:
    lignes = _lignes(12)
    tableau = Tableau(COLONNES, [*lignes[:6], (Cellule("Groupe second", chapeau=True), "", ""), *lignes[6:]])
    _, hauteur = tableau.wrap(LARGEUR, 0)
    avant, apres = tableau.split(LARGEUR, hauteur - 1)
    assert isinstance(avant, Tableau)
    assert avant.nombre_de_rangees == 6
    assert apres.split(LARGEUR, HAUTEUR_SUITE / 2) == [], "what goes on does so on the next page"


def test_a_double_list_says_its_name_again_on_each_page() -> None:
    lues = _textes(TableauDouble(COLONNES, _lignes(400), "Dr Prudence Moreau"))
    assert len(lues) > 2
    assert [page.count("Dr Prudence Moreau (suite)") for page in lues] == [0, *[2] * (len(lues) - 1)]
    tout = " ".join(lues)
    assert [f"r{rang} ligne {rang} {rang * 7 + 100}" in tout for rang in range(400)] == [True] * 400
