"""The structure as it is noted while the pages are drawn."""

from io import BytesIO

from assistmed_desktop.reports.balises import Balises, Element, ToileBalisee, artefact, balises_de, contenu
from assistmed_desktop.reports.structure import Numeros, structurer


def test_marks_are_numbered_on_each_page() -> None:
    balises = Balises()
    un, deux = balises.ajouter(Element("P")), balises.ajouter(Element("H2"))
    assert [balises.marque(un, 1), balises.marque(deux, 1), balises.marque(un, 3)] == [
        "/P <</MCID 0>> BDC",
        "/H2 <</MCID 1>> BDC",
        "/P <</MCID 0>> BDC",
    ]
    assert un.contenus == ((0, 0), (2, 0))
    assert balises.pages == [[un, deux], [], [un]]
    assert balises.document.enfants == [un, deux]


def test_the_parts_of_a_table_are_one_table() -> None:
    balises = Balises()
    tete, corps = balises.table("t", titree=True)
    assert tete is not None
    assert balises.table("t", titree=True) == (None, corps)
    assert balises.table("u", titree=False)[0] is None
    assert [[partie.genre for partie in table.enfants] for table in balises.document.enfants] == [
        ["THead", "TBody"],
        ["TBody"],
    ]


def test_items_that_follow_each_other_are_one_list() -> None:
    balises = Balises()
    for _ in range(2):
        etiquette, texte = balises.point()
        assert (etiquette.genre, texte.genre) == ("Lbl", "LBody")
    balises.ajouter(Element("P"))
    balises.point()
    assert [(e.genre, len(e.enfants)) for e in balises.document.enfants] == [("L", 2), ("P", 0), ("L", 1)]


def test_what_is_drawn_is_content_or_artifact() -> None:
    toile = ToileBalisee(BytesIO())
    toile.balises = Balises()
    with contenu(toile, "H1"):
        toile.line(0, 0, 1, 1)
    with artefact(toile):
        toile.line(0, 0, 2, 2)
    (titre,) = balises_de(toile).document.enfants
    assert titre.genre == "H1"
    assert [ligne for ligne in vars(toile)["_code"] if "BDC" in ligne or "BMC" in ligne or ligne == "EMC"] == [
        "/H1 <</MCID 0>> BDC",
        "EMC",
        "/Artifact BMC",
        "EMC",
    ]


def test_a_structure_of_many_elements_is_spread_over_streams() -> None:
    balises = Balises()
    for _ in range(1200):
        balises.marque(balises.ajouter(Element("P", dit="é")), 1)
    avant = b"%PDF-1.7\nstartxref\n9\n%%EOF\n"
    ecrit = structurer(avant, balises, Numeros(1, 2, 3, [4, 5], 6, b"marque"))
    assert ecrit.startswith(avant)
    assert ecrit == structurer(avant, balises, Numeros(1, 2, 3, [4, 5], 6, b"marque"))
    assert ecrit.count(b"/Type/ObjStm") == 3
    assert b"/Prev 9/" in ecrit
    assert int(ecrit.split()[-2]) == ecrit.rindex(b"1212 0 obj")
