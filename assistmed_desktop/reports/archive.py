"""What makes of ReportLab's file one to keep and to read aloud: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1).

ReportLab writes the pages; this adds their structure, the metadata, the colour space, and the files attached.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

from pikepdf import Array, AttachedFileSpec, Dictionary, Name, ObjectStreamMode, Pdf, Stream, String

from assistmed_desktop.reports.balises import Balises
from assistmed_desktop.reports.structure import Numeros, structurer
from assistmed_desktop.resources import chemin

LANGUE: Final = "fr-FR"


@dataclass(frozen=True, slots=True)
class PieceJointe:
    """A file attached to a report: data in JSON, and in a few words what it is."""

    nom: str
    description: str
    contenu: bytes


@dataclass(frozen=True, slots=True)
class Fiche:
    """What a document says of itself."""

    titre: str
    auteur: str
    sujet: str
    programme: str


def archiver(brut: bytes, balises: Balises, fiche: Fiche, pieces: Sequence[PieceJointe] = ()) -> bytes:
    """Make an archival, accessible document of one that ReportLab wrote; the same input gives the same bytes."""
    with Pdf.open(BytesIO(brut)) as pdf:
        _reprendre(pdf)
        _joindre(pdf, pieces)
        _decrire(pdf, fiche)
        sortie = BytesIO()
        pdf.save(
            sortie,
            deterministic_id=True,
            min_version="1.7",
            object_stream_mode=ObjectStreamMode.generate,
        )
    with Pdf.open(sortie) as pdf:
        numeros = Numeros(
            catalogue=pdf.Root.objgen[0],
            description=pdf.docinfo.objgen[0],
            racine=pdf.Root.StructTreeRoot.objgen[0],
            pages=[page.obj.objgen[0] for page in pdf.pages],
            libre=int(pdf.trailer.Size),
            marque=bytes(pdf.trailer.ID[0]),
        )
    return structurer(_sans_equivoque(sortie.getvalue()), balises, numeros)


# What ReportLab writes otherwise than the standards want


def _reprendre(pdf: Pdf) -> None:
    for rang, page in enumerate(pdf.pages):
        page.obj.StructParents = rang
        page.obj.Tabs = Name.S
        if Name.Trans in page.obj:
            del page.obj.Trans
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))  # the structure goes there
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    for police in pdf.pages[0].resources.Font.values():  # the pages share them
        police.ToUnicode = Stream(pdf, _sans_lettre_nulle(police.ToUnicode.read_bytes()))
    for jour in ("/CreationDate", "/ModDate"):  # of no day: the report of one practice is one file
        if jour in pdf.docinfo:
            del pdf.docinfo[jour]
    del pdf.trailer.ID  # made of that day; another is made of the content


_LETTRES: Final = re.compile(rb"\d+ beginbfchar\n(.*)\nendbfchar", re.DOTALL)
_LETTRES_PAR_BLOC: Final = 100


def _sans_lettre_nulle(table: bytes) -> bytes:
    """Leave out of a table of letters the places that no letter takes, and keep its blocks to their legal length."""

    def blocs(trouve: re.Match[bytes]) -> bytes:
        lettres = [ligne for ligne in trouve[1].split(b"\n") if not ligne.endswith(b"<0000>")]
        return b"\n".join(
            b"%d beginbfchar\n%s\nendbfchar" % (len(bloc), b"\n".join(bloc))
            for bloc in (lettres[i : i + _LETTRES_PAR_BLOC] for i in range(0, len(lettres), _LETTRES_PAR_BLOC))
        )

    return _LETTRES.sub(blocs, table)


# What pikepdf writes otherwise than they want


def _sans_equivoque(fichier: bytes) -> bytes:
    """Put a line end of its own after each stream that ends with CR: with the LF that follows, it would look like one.

    Each takes the place of a space before its stream, so that everything stays where the table says it is.
    """
    repris = bytearray(fichier)
    fin = fichier.find(b"\r\nendstream")
    while fin >= 0:
        debut = fichier.rindex(b" >>\nstream\n", 0, fin)
        repris[debut : fin + 2] = fichier[debut + 1 : fin + 1] + b"\r\n"
        fin = fichier.find(b"\r\nendstream", fin + 1)
    return bytes(repris)


# The files attached


def _joindre(pdf: Pdf, pieces: Sequence[PieceJointe]) -> None:
    jointes = Array()
    for piece in pieces:
        pdf.attachments[piece.nom] = AttachedFileSpec(
            pdf,
            piece.contenu,
            filename=piece.nom,
            description=piece.description,
            mime_type="application/json",
            creation_date="",
            mod_date="",
        )
        jointe = pdf.attachments[piece.nom].obj
        jointe.AFRelationship = Name.Data
        jointes.append(jointe)
    if pieces:
        pdf.Root.AF = jointes


# What the document says of itself


def _decrire(pdf: Pdf, fiche: Fiche) -> None:
    profil = Stream(pdf, _profil())
    profil.N = 3
    intention = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=profil,
    )
    pdf.Root.OutputIntents = Array([intention])
    pdf.Root.Lang = String(LANGUE)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    metadonnees = Stream(pdf, _xmp(fiche, str(pdf.docinfo.get("/Producer", ""))).encode())
    metadonnees.Type, metadonnees.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(metadonnees)


@cache
def _profil() -> bytes:
    return chemin("icc", "sRGB.icc").read_bytes()


def _xmp(fiche: Fiche, producteur: str) -> str:
    """Write the metadata, with the schema that declares the identifier of PDF/UA to PDF/A (ISO 19005-3, 6.6.2.3)."""
    return "".join(_lignes_xmp(fiche, producteur))


def _lignes_xmp(fiche: Fiche, producteur: str) -> Iterator[str]:
    titre, auteur, sujet, programme, ecrit = map(
        escape, (fiche.titre, fiche.auteur, fiche.sujet, fiche.programme, producteur)
    )
    yield '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    yield '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    yield '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    yield ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
    yield ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    yield "<dc:format>application/pdf</dc:format>"
    yield f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{titre}</rdf:li></rdf:Alt></dc:title>'
    yield f"<dc:creator><rdf:Seq><rdf:li>{auteur}</rdf:li></rdf:Seq></dc:creator>"
    yield f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{sujet}</rdf:li></rdf:Alt></dc:description>'
    yield f"<dc:language><rdf:Bag><rdf:li>{LANGUE}</rdf:li></rdf:Bag></dc:language>"
    yield f"<xmp:CreatorTool>{programme}</xmp:CreatorTool><pdf:Producer>{ecrit}</pdf:Producer>"
    yield "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>"
    yield "</rdf:Description>"
    yield '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    yield ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    yield ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    yield '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    yield "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    yield "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    yield "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    yield '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    yield "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    yield "<pdfaProperty:category>internal</pdfaProperty:category>"
    yield "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    yield "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
    yield '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
