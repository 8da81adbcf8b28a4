"""The file that is kept: PDF/A-3a and PDF/UA-1 as a validator judges it, and what no validator looks at."""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from xml.etree import ElementTree as ET

import page
import pypdfium2
import pytest
from pikepdf import Dictionary, Name, ObjectStreamMode, Pdf

from assistmed_desktop.domain.dossier import lire_dossier
from assistmed_desktop.exchange.evaluation_json import evaluation_json
from assistmed_desktop.reports.archive import PieceJointe
from assistmed_desktop.reports.contenu import reunir
from assistmed_desktop.reports.documents import composer
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.services.extrait import evaluer_l_extrait, extraire
from assistmed_desktop.services.rapports import CHIFFRES_EMPREINTE, Demande
from tests.reports.cas import DOCUMENTS, GENRES, PRATIQUES, RAPPORTS, document
from tests.reports.outils import matiere, pages

DOSSIER, EVALUATION = "dossier.json", "evaluation.json"
LIMITES = page.SafetyLimits(max_table_grid_rows=100_000, max_table_grid_cells=2_000_000)
"""A long table has more rows than the validator takes by default."""


def refus(contenu: bytes, *profils: str) -> set[str]:
    """Give the rules that a file breaks."""
    return {
        f"{profil} {faute.rule_id} {faute.message}"
        for profil in profils or ("3a", "ua1")
        for faute in page.validate_pdf_bytes(contenu, profile=profil, limits=LIMITES).failures
    }


# As a validator judges it


@pytest.mark.parametrize(("quoi", "cas"), DOCUMENTS)
def test_every_document_is_archival_and_accessible(quoi: str, cas: str) -> None:
    contenu = document(quoi, cas)
    assert refus(contenu) == set()
    for profil in ("3a", "ua1"):
        jugement = page.validate_pdf_bytes(contenu, profile=profil, limits=LIMITES)
        assert jugement.is_compliant
        assert jugement.rules.total > 100
        assert jugement.document.page_count == len(pages(contenu))


def _sans_alternative(pdf: Pdf) -> None:
    figures = [o for o in pdf.objects if isinstance(o, Dictionary) and o.get(Name.S) == Name.Figure]
    assert figures
    for figure in figures:
        del figure.Alt


def _sans_police(pdf: Pdf) -> None:
    del pdf.pages[0].Resources.Font["/F1+0"].FontDescriptor.FontFile2


def _sans_lettre(pdf: Pdf) -> None:
    del pdf.pages[0].Resources.Font["/F1+0"].ToUnicode


def _sans_portee(pdf: Pdf) -> None:
    for cellule in [o for o in pdf.objects if isinstance(o, Dictionary) and o.get(Name.S) == Name.TH]:
        del cellule.A


def _texte_hors_marque(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"BT /F1+0 9 Tf 60 60 Td (a) Tj ET")


def _titre_saute(pdf: Pdf) -> None:
    for titre in [o for o in pdf.objects if isinstance(o, Dictionary) and o.get(Name.S) == Name.H2]:
        titre.S = Name.H5


def _racine(*cles: str) -> Callable[[Pdf], None]:
    def oter(pdf: Pdf) -> None:
        for cle in cles:
            del pdf.Root[cle]

    return oter


def _sans_relation(pdf: Pdf) -> None:
    for piece in pdf.Root.AF:
        del piece.AFRelationship


def _en_clair(pdf: Pdf) -> None:
    metadonnees = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(metadonnees.replace(b"<pdfuaid:part>1</pdfuaid:part>", b""))


@pytest.mark.parametrize(
    ("abimer", "profil"),
    [
        (_sans_alternative, "ua1"),
        (_sans_police, "3a"),
        (_sans_lettre, "ua1"),
        (_sans_portee, "ua1"),
        (_texte_hors_marque, "ua1"),
        (_titre_saute, "ua1"),
        (_racine("/MarkInfo"), "3a"),
        (_racine("/Metadata"), "3a"),
        (_racine("/StructTreeRoot"), "ua1"),
        (_racine("/OutputIntents"), "3a"),
        (_racine("/Lang"), "ua1"),
        (_racine("/ViewerPreferences"), "ua1"),
        (_racine("/AF"), "3a"),
        (_sans_relation, "3a"),
        (_en_clair, "ua1"),
    ],
)
def test_the_validator_sees_what_is_missing(abimer: Callable[[Pdf], None], profil: str) -> None:
    with Pdf.open(BytesIO(document("annuel", "court"))) as pdf:
        entier, abime = BytesIO(), BytesIO()
        pdf.save(entier, object_stream_mode=ObjectStreamMode.generate, fix_metadata_version=False)
        abimer(pdf)
        pdf.save(abime, object_stream_mode=ObjectStreamMode.generate, fix_metadata_version=False)
    assert refus(abime.getvalue(), profil) - refus(entier.getvalue(), profil)


# What it carries


def _pieces(contenu: bytes) -> dict[str, bytes]:
    with Pdf.open(BytesIO(contenu)) as pdf:
        return {nom: piece.get_file().read_bytes() for nom, piece in pdf.attachments.items()}


@pytest.mark.parametrize(("quoi", "cas"), RAPPORTS)
def test_the_data_are_attached_and_their_fingerprint_is_printed(quoi: str, cas: str) -> None:
    contenu = document(quoi, cas)
    pieces = _pieces(contenu)
    empreinte = sha256(pieces[DOSSIER]).hexdigest()[:CHIFFRES_EMPREINTE]
    assert all(f"empreinte {empreinte}" in lue for lue in pages(contenu))

    pratique, au = PRATIQUES[cas][0](), PRATIQUES[cas][1]
    contrat = pratique.contrats[0].id
    extrait = lire_dossier(pieces[DOSSIER])
    assert extrait == extraire(pratique, contrat, au)
    evaluation = evaluer_l_extrait(extrait, contrat, au, charger_baremes())
    (genre,) = (genre for genre in GENRES if genre == quoi)
    analyse = reunir(extrait, evaluation, Demande(genre, contrat, au), charger_baremes()).analyse
    assert json.loads(pieces[EVALUATION]) == json.loads(json.dumps(evaluation_json(evaluation, {contrat: analyse})))


@pytest.mark.parametrize("quoi", GENRES)
def test_the_attachments_say_that_they_are_data(quoi: str) -> None:
    with Pdf.open(BytesIO(document(quoi, "court"))) as pdf:
        noms = list(pdf.Root.Names.EmbeddedFiles.Names)
        jointes = list(pdf.Root.AF)
        assert [str(nom) for nom in noms[::2]][:2] == [DOSSIER, EVALUATION]
        assert [str(nom) for nom in noms[::2]] == [str(piece.UF) for piece in jointes]
        assert [piece.objgen for piece in noms[1::2]] == [piece.objgen for piece in jointes]
        for piece in jointes:
            assert piece.AFRelationship == Name.Data
            assert str(piece.Desc)
            assert piece.EF.F.Subtype == Name("/application/json")


def test_a_document_without_attachment_has_none() -> None:
    with Pdf.open(BytesIO(document("notice", "court"))) as pdf:
        assert Name.AF not in pdf.Root
        assert not pdf.attachments


def test_an_attachment_is_kept_byte_for_byte() -> None:
    piece = PieceJointe("é.json", "Un « é »", bytes(range(256)))
    assert _pieces(composer(matiere(PRATIQUES["court"][0]()), [piece])) == {piece.nom: piece.contenu}


# What it says of itself


@pytest.mark.parametrize(("quoi", "cas"), DOCUMENTS)
def test_it_says_its_title_its_language_and_no_day_of_its_making(quoi: str, cas: str) -> None:
    contenu = document(quoi, cas)
    with Pdf.open(BytesIO(contenu)) as pdf:
        assert str(pdf.Root.Lang) == "fr-FR"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)
        with pdf.open_metadata() as meta:
            for cle, aussi in (("dc:title", "/Title"), ("xmp:CreatorTool", "/Creator"), ("pdf:Producer", "/Producer")):
                assert meta[cle] == str(pdf.docinfo[aussi])
            assert meta["dc:title"]
            assert meta["dc:creator"] == [str(pdf.docinfo["/Author"])]
            assert meta["dc:description"] == str(pdf.docinfo["/Subject"])
            assert not any("Date" in cle for cle in meta)
        assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys())
        dates = [o for o in pdf.objects if isinstance(o, Dictionary) and {"/CreationDate", "/ModDate"} & set(o.keys())]
        assert dates == []
        ET.fromstring(pdf.Root.Metadata.read_bytes())  # noqa: S314 - our own
    assert contenu.startswith(b"%PDF-1.7")


@pytest.mark.parametrize(("quoi", "cas"), DOCUMENTS)
def test_every_font_is_embedded_and_every_letter_has_its_code(quoi: str, cas: str) -> None:
    with Pdf.open(BytesIO(document(quoi, cas))) as pdf:
        polices = [o for o in pdf.objects if isinstance(o, Dictionary) and o.get(Name.Type) == Name.Font]
        assert polices
        for police in polices:
            assert str(police.BaseFont).endswith(("+Lato-Regular", "+Lato-Bold"))
            assert Name.FontFile2 in police.FontDescriptor
            table = police.ToUnicode.read_bytes()
            assert b"<0000>" not in table
            blocs = re.findall(rb"(\d+) beginbfchar\n(.*?)\nendbfchar", table, re.DOTALL)
            assert blocs
            assert all(int(combien) == lettres.count(b"\n") + 1 <= 100 for combien, lettres in blocs)


@pytest.mark.parametrize(("quoi", "cas"), RAPPORTS)
def test_the_outline_leads_to_the_sections(quoi: str, cas: str) -> None:
    lu = pypdfium2.PdfDocument(document(quoi, cas))
    try:
        rangs = [signet.get_dest().get_index() for signet in lu.get_toc()]
        titres = [signet.get_title() for signet in lu.get_toc()]
    finally:
        lu.close()
    textes = pages(document(quoi, cas))
    assert titres
    assert rangs == sorted(rangs)
    for titre, rang in zip(titres, rangs, strict=True):
        assert titre.replace("\u00a0", " ") in textes[rang]


@pytest.mark.parametrize(("quoi", "cas"), DOCUMENTS)
def test_no_stream_ends_where_its_line_end_may_begin(quoi: str, cas: str) -> None:
    contenu = document(quoi, cas)
    flux = [(int(trouve[1]), trouve.end()) for trouve in re.finditer(rb"/Length (\d+)[^\n]*>>\nstream\n", contenu)]
    assert len(flux) == contenu.count(b"\nendstream") > 10
    for longueur, debut in flux:
        fin = debut + longueur
        assert contenu[fin:].startswith((b"\nendstream\nendobj", b"\r\nendstream\nendobj"))
        assert contenu[fin - 1 : fin + 1] != b"\r\n"


@pytest.mark.parametrize(("quoi", "cas"), DOCUMENTS)
def test_the_file_is_sound(quoi: str, cas: str) -> None:
    with Pdf.open(BytesIO(document(quoi, cas))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert not pdf.is_encrypted
        for feuille in pdf.pages:
            assert Name.Trans not in feuille.obj
            assert feuille.obj.Tabs == Name.S
