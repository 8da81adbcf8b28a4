"""A report as a screen reader hears it: what each page draws, under which mark, and the tree that puts it in order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf, parse_content_stream

PEINTURES = frozenset({"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "EI"})


@dataclass
class Contenu:
    """What is drawn under one mark: how many shapes, and the texts, each with whether it has a place of its own."""

    genre: str
    marque: int | None
    formes: int = 0
    textes: list[tuple[bool, str]] = field(default_factory=list)

    @property
    def texte(self) -> str:
        return "".join(texte for _, texte in self.textes)


@dataclass
class Noeud:
    """An element of the structure."""

    genre: str
    alternatif: str
    dit: str
    attributs: dict[str, Any]
    page: int | None
    enfants: "list[Noeud]"
    contenus: list[Contenu]
    parent: "Noeud | None" = None

    @property
    def texte(self) -> str:
        """What is read aloud of it."""
        if self.dit:
            return self.dit
        return "".join(contenu.texte for contenu in self.contenus) or " ".join(enfant.texte for enfant in self.enfants)

    def tous(self, *genres: str) -> "Iterator[Noeud]":
        """Give the elements of some kinds, of all when none is named, in the order of reading."""
        if not genres or self.genre in genres:
            yield self
        for enfant in self.enfants:
            yield from enfant.tous(*genres)


@dataclass
class Lu:
    """A report read back: its tree, and what each page draws."""

    document: Noeud
    pages: list[list[Contenu]]

    def artefacts(self, page: int) -> str:
        return " ".join(contenu.texte for contenu in self.pages[page] if contenu.marque is None)


def lire(contenu: bytes) -> Lu:
    """Read a report: whatever it draws must be under one mark, and each mark in one element, also by its number."""
    with Pdf.open(BytesIO(contenu)) as pdf:
        pages = [list(_contenus(page.obj)) for page in pdf.pages]
        objets = [page.obj.objgen for page in pdf.pages]
        racine = pdf.Root.StructTreeRoot
        nombres = _liste(racine.ParentTree.Nums)
        de_chaque_marque = {int(rang): _liste(siens) for rang, siens in zip(nombres[::2], nombres[1::2], strict=True)}
        vues: set[tuple[int, int]] = set()

        def element(objet: Object, parent: Object) -> Noeud:
            assert objet.P.objgen == parent.objgen
            enfants, contenus, page = [], [], None
            for partie in _liste(objet.get(Name.K, Array())):
                if isinstance(partie, Dictionary) and partie.get(Name.Type) != Name.MCR:
                    enfants.append(element(partie, objet))
                    continue
                ou, marque = (partie.Pg, partie.MCID) if isinstance(partie, Dictionary) else (objet.Pg, partie)
                rang = objets.index(ou.objgen)
                page = rang if page is None else page
                assert (rang, int(marque)) not in vues, "two elements have one content"
                vues.add((rang, int(marque)))
                assert de_chaque_marque[rang][int(marque)].objgen == objet.objgen
                contenus.append(next(c for c in pages[rang] if c.marque == int(marque)))
                assert contenus[-1].genre == str(objet.S)
            noeud = Noeud(
                genre=str(objet.S)[1:],
                alternatif=str(objet.get(Name.Alt, "")),
                dit=str(objet.get(Name.ActualText, "")),
                attributs={str(cle)[1:]: valeur for cle, valeur in objet.get(Name.A, Dictionary()).items()},
                page=page,
                enfants=enfants,
                contenus=contenus,
            )
            noeud.attributs = {cle: _simple(valeur) for cle, valeur in noeud.attributs.items()}
            for enfant in enfants:
                enfant.parent = noeud
            return noeud

        (document,) = _liste(racine.K)
        lu = Lu(element(document, racine), pages)
        for rang, page in enumerate(pdf.pages):
            assert int(page.obj.StructParents) == rang
        marques = {(rang, c.marque) for rang, siens in enumerate(pages) for c in siens if c.marque is not None}
        assert marques == vues, "a content is in no element"
    return lu


def _liste(objet: Object) -> list[Any]:
    return list(objet) if isinstance(objet, Array) else [objet]


def _simple(valeur: object) -> object:
    if isinstance(valeur, Array):
        return [float(cote) for cote in _liste(valeur)]
    return str(valeur) if isinstance(valeur, Name) else valeur


def _contenus(page: Object) -> Iterator[Contenu]:
    """Give what a page draws, mark after mark."""
    polices = {nom: _lettres(police) for nom, police in page.Resources.Font.items()}
    lettres: dict[int, str] = {}
    ouvert: Contenu | None = None
    place = False
    for operandes, operateur in _instructions(page):
        match str(operateur):
            case "BMC" | "BDC":
                assert ouvert is None, "a mark in another"
                genre = str(operandes[0])
                marque = int(operandes[1].MCID) if genre != "/Artifact" else None
                ouvert = Contenu(genre, marque)
            case "EMC":
                assert ouvert is not None
                yield ouvert
                ouvert = None
            case "Tf":
                lettres = polices[str(operandes[0])]
            case "Tm" | "Td" | "T*" | "TD" | "BT":
                place = True
            case "Tj" as peinture:
                assert ouvert is not None, "a text under no mark"
                ouvert.textes.append((place, "".join(lettres[code] for code in bytes(operandes[0]))))
                place = False
                assert peinture in PEINTURES
            case peinture if peinture in PEINTURES:
                assert ouvert is not None, f"« {peinture} » under no mark"
                ouvert.formes += 1
    assert ouvert is None


def _instructions(page: Object) -> Iterator[tuple[list[Any], Operator]]:
    for instruction in parse_content_stream(page):
        yield list(instruction.operands), instruction.operator


def _lettres(police: Object) -> dict[int, str]:
    """Read what letter each code of a font is."""
    table = police.ToUnicode.read_bytes().decode("ascii")
    codes = re.findall(r"^<([0-9A-F]{2})> <((?:[0-9A-F]{4})+)>$", table, re.MULTILINE)
    lettres = {int(code, 16): bytes.fromhex(lettre).decode("utf-16-be") for code, lettre in codes}
    assert "\0" not in lettres.values()
    return lettres
