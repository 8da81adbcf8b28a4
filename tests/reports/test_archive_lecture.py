"""A report as it is heard: its headings, tables, lists and figures, and no word glued to another or cut in two."""

import unicodedata
from collections import Counter
from itertools import pairwise

import pypdfium2
import pytest

from tests.reports.cas import DOCUMENTS, GENRES, document
from tests.reports.lecture import Lu, Noeud, lire
from tests.reports.outils import MOT_SANS_FIN

DANS = {
    "Document": {"H1", "H2", "H3", "P", "L", "Table", "Figure"},
    "L": {"LI"},
    "LI": {"Lbl", "LBody"},
    "Table": {"THead", "TBody"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
}
"""What an element may hold; the others hold text or a drawing."""

partout = pytest.mark.parametrize(("quoi", "cas"), DOCUMENTS)


def _lu(quoi: str, cas: str) -> Lu:
    return lire(document(quoi, cas))


@partout
def test_all_that_is_drawn_is_read_or_is_known_to_be_decoration(quoi: str, cas: str) -> None:
    """``lire`` has each text and shape under one mark, and each mark in one element; here no letter is lost."""
    lu = _lu(quoi, cas)
    pdf = pypdfium2.PdfDocument(document(quoi, cas))
    try:
        for rang, contenus in enumerate(lu.pages):
            vues = _lettres(pdf[rang].get_textpage().get_text_bounded())
            lues = _lettres("".join(contenu.texte for contenu in contenus))
            assert sorted((vues - lues).elements()) == sorted(str(len(lu.pages))), "drawn once for all the pages"
            assert not lues - vues
    finally:
        pdf.close()


_JOINTS = str.maketrans("\ufffe\x02", "--")


def _lettres(texte: str) -> Counter[str]:
    """Count the letters; to pdfium a ligature is two, and a hyphen at the end of a line is a joint."""
    return Counter("".join(unicodedata.normalize("NFKC", texte).translate(_JOINTS).split()))


@partout
def test_nothing_is_glued_nor_cut(quoi: str, cas: str) -> None:
    for element in _lu(quoi, cas).document.tous():
        morceaux = [morceau for contenu in element.contenus for morceau in contenu.textes]
        if element.genre == "Figure" or element.dit:
            continue
        for (_, avant), (ailleurs, apres) in pairwise(morceaux):
            assert not ailleurs or avant.endswith((" ", "\u00a0")), (avant, apres)


@partout
def test_elements_hold_what_they_may(quoi: str, cas: str) -> None:
    for element in _lu(quoi, cas).document.tous():
        assert {enfant.genre for enfant in element.enfants} <= DANS.get(element.genre, set())
        assert bool(element.enfants) == (element.genre in DANS)
        if element.genre not in {*DANS, "TD", "Figure"}:
            assert element.texte.strip(), f"an empty {element.genre}"
        if element.genre == "Figure":
            (contenu,) = element.contenus
            assert contenu.formes


@partout
def test_it_is_read_page_after_page(quoi: str, cas: str) -> None:
    rangs = [element.page for element in _lu(quoi, cas).document.tous() if element.page is not None]
    assert rangs == sorted(rangs)


@partout
def test_headings_go_down_one_step_at_a_time(quoi: str, cas: str) -> None:
    niveaux = [int(titre.genre[1]) for titre in _lu(quoi, cas).document.tous("H1", "H2", "H3")]
    assert niveaux[0] == 1
    assert niveaux.count(1) == 1
    assert 2 in niveaux
    assert all(apres <= avant + 1 for avant, apres in pairwise(niveaux))


@partout
def test_tables_have_one_head_scopes_and_whole_rows(quoi: str, cas: str) -> None:
    for table in _lu(quoi, cas).document.tous("Table"):
        parties = [partie.genre for partie in table.enfants]
        assert parties in (["THead", "TBody"], ["TBody"])
        rangees = [list(rangee.enfants) for rangee in table.tous("TR")]
        (colonnes,) = {sum(int(cellule.attributs.get("ColSpan", 1)) for cellule in rangee) for rangee in rangees}
        assert colonnes > 0
        for cellule in table.tous("TH"):
            dans_la_tete = cellule.parent is not None and cellule.parent in table.enfants[0].enfants
            assert cellule.attributs["Scope"] == ("/Column" if dans_la_tete and len(parties) > 1 else "/Row")
        assert any(cellule.genre == "TH" for rangee in rangees for cellule in rangee)
        if len(parties) > 1:
            assert len(table.enfants[0].enfants) == 1
            assert all(cellule.genre == "TH" or not cellule.texte for cellule in rangees[0])
            assert not any(cellule.dit for cellule in rangees[0]), "the head of a column is cut"


@pytest.mark.parametrize("quoi", GENRES)
def test_the_head_of_a_table_is_read_once_and_drawn_on_each_page(quoi: str) -> None:
    lu = _lu(quoi, "300 relevés")
    for table in lu.document.tous("Table"):
        pages = {cellule.page for cellule in table.tous("TH", "TD")} - {None}
        if len(pages) > 1 and table.enfants[0].genre == "THead":
            tete = [cellule.texte for cellule in table.enfants[0].tous("TH")]
            for page in sorted(rang for rang in pages if rang is not None)[1:]:
                assert all(titre in lu.artefacts(page) for titre in tete)


def test_a_long_list_is_one_table_over_its_pages() -> None:
    tables = list(_lu("annuel", "300 relevés").document.tous("Table"))
    (releves,) = (table for table in tables if sum(1 for _ in table.tous("TR")) == 301)
    assert len({cellule.page for cellule in releves.tous("TD")}) > 1


@partout
def test_figures_say_what_they_show_where_they_are(quoi: str, cas: str) -> None:
    for figure in _lu(quoi, cas).document.tous("Figure"):
        assert len(figure.alternatif) > 40
        assert any(lettre.isdigit() for lettre in figure.alternatif)
        assert figure.alternatif.endswith(".")
        gauche, bas, droite, haut = figure.attributs["BBox"]
        assert 0 <= gauche < droite <= 596
        assert 0 <= bas < haut <= 842


@pytest.mark.parametrize("quoi", ["annuel"])
def test_the_charts_of_a_review_are_figures(quoi: str) -> None:
    dits = [figure.alternatif for figure in _lu(quoi, "court").document.tous("Figure")]
    assert len(dits) >= 2
    assert any("1\u00a0192" in alternatif for alternatif in dits), "the target is said"


@pytest.mark.parametrize("quoi", ["annuel", "renouvellement", "versements"])
def test_a_word_too_long_for_a_line_is_said_whole(quoi: str) -> None:
    lu = _lu(quoi, "noms très longs")
    coupes = [element for element in lu.document.tous() if MOT_SANS_FIN in element.dit]
    assert coupes
    assert all(len(element.contenus[0].textes) > 1 for element in coupes)
    assert all(element.genre in {"P", "H1", "H2", "H3", "TH", "TD", "LBody"} for element in coupes)


@pytest.mark.parametrize(("quoi", "cas"), [(quoi, cas) for quoi, cas in DOCUMENTS if cas == "lettres"])
def test_a_letter_that_cannot_be_drawn_is_said(quoi: str, cas: str) -> None:
    dits = [element for element in _lu(quoi, cas).document.tous() if element.dit]
    assert any("Łukasz Đặng Thị œuvre ﬁn 1\u00a0000 👩\u200d⚕ 漢" in element.dit for element in dits)
    assert all("□" in "".join(c.texte for c in element.contenus) for element in dits)


def _feuilles(element: Noeud) -> list[str]:
    return [fils.texte for fils in element.tous() if not fils.enfants]


def test_references_are_a_list_with_their_numbers() -> None:
    (liste,) = _lu("annuel", "court").document.tous("L")
    assert liste.attributs["ListNumbering"] == "/Decimal"
    assert [point.genre for point in liste.enfants] == ["LI"] * len(liste.enfants)
    for rang, point in enumerate(liste.enfants, 1):
        numero, texte = _feuilles(point)
        assert numero == f"[{rang}] "
        assert "Degré" in texte
