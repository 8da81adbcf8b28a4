"""The structure of a report, as the objects of a PDF: a long table has tens of thousands of them.

They are written straight, as an update (ISO 32000-1, 7.5.6) of the file that has the pages: a library that knew each
would take twice the time of the layout.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5
from itertools import accumulate
from struct import pack
from typing import Final

from assistmed_desktop.reports.balises import Balises, Element

_PAR_FLUX: Final = 500
"""How many objects a stream holds: a reader unpacks the whole of it."""


@dataclass(frozen=True, slots=True)
class Numeros:
    """Object numbers of a file: its catalogue, its description, the root of its structure, its pages; the first free.

    ``marque`` is the identifier that it got when it was made.
    """

    catalogue: int
    description: int
    racine: int
    pages: Sequence[int]
    libre: int
    marque: bytes


def structurer(fichier: bytes, balises: Balises, numeros: Numeros) -> bytes:
    """Put a structure in the place that a file left for it."""
    elements = _parents(balises.document)
    rangs = {element: numeros.libre + rang for rang, element in enumerate(elements)}
    pages = numeros.pages
    marques = (*balises.pages, *[[]] * (len(pages) - len(balises.pages)))
    suite = numeros.libre + len(rangs)
    nombres = " ".join(f"{rang} {suite + rang} 0 R" for rang in range(len(pages)))
    objets = [
        *(
            f"<</Type/StructElem/S/{element.genre}/P {numeros.racine if parent is None else rangs[parent]} 0 R"
            f"{''.join(_attributs(element))}{_contenu(element, rangs, pages)}>>"
            for element, parent in elements.items()
        ),
        *(f"[{' '.join([f'{rangs[element]} 0 R' for element in siens])}]" for siens in marques),
    ]
    racine = (
        f"<</Type/StructTreeRoot/K {rangs[balises.document]} 0 R"
        f"/ParentTree<</Nums[{nombres}]>>/ParentTreeNextKey {len(pages)}>>"
    )
    return fichier + _mise_a_jour(fichier, racine, objets, numeros)


def _parents(document: Element) -> dict[Element, Element | None]:
    """Give the elements in the order of reading, each with the one that it stands in."""
    parents: dict[Element, Element | None] = {}
    restent: list[tuple[Element, Element | None]] = [(document, None)]
    while restent:
        element, parent = restent.pop()
        parents[element] = parent
        restent += [(enfant, element) for enfant in element.enfants[::-1]]
    return parents


def _contenu(element: Element, numeros: Mapping[Element, int], pages: Sequence[int]) -> str:
    """Write what an element holds: its children, or its contents, each on its page."""
    if element.enfants:
        return f"/K[{' '.join([f'{numeros[enfant]} 0 R' for enfant in element.enfants])}]"
    if not element.contenus:
        return ""
    premiere = element.contenus[0][0]
    contenus = [
        f"{marque}" if page == premiere else f"<</Type/MCR/Pg {pages[page]} 0 R/MCID {marque}>>"
        for page, marque in element.contenus
    ]
    return f"/Pg {pages[premiere]} 0 R/K[{' '.join(contenus)}]"


def _attributs(element: Element) -> Iterator[str]:
    if element.alternatif:
        yield f"/Alt{_chaine(element.alternatif)}"
    if element.dit:
        yield f"/ActualText{_chaine(element.dit)}"
    if element.boite is not None:
        yield f"/A<</O/Layout/Placement/Block/BBox[{' '.join(f'{cote:.2f}' for cote in element.boite)}]>>"
    if element.genre == "L":
        yield "/A<</O/List/ListNumbering/Decimal>>"
    if element.portee is not None or element.colonnes > 1:
        portee = f"/Scope/{element.portee}" if element.portee else ""
        colonnes = f"/ColSpan {element.colonnes}" if element.colonnes > 1 else ""
        yield f"/A<</O/Table{portee}{colonnes}>>"


def _chaine(texte: str) -> str:
    return f"<FEFF{texte.encode('utf-16-be').hex()}>"


def _mise_a_jour(fichier: bytes, racine: str, objets: Sequence[str], numeros: Numeros) -> bytes:
    """Write the root anew and the objects numbered from the first free on, as what follows a file."""
    ecrits = [f"{numeros.racine} 0 obj\n{racine}\nendobj\n".encode("ascii")]
    places = [pack(">BIH", 1, len(fichier), 0)]
    places_des_flux = []
    ici = len(fichier) + len(ecrits[0])
    premier, flux = numeros.libre, numeros.libre + len(objets)
    for debut in range(0, len(objets), _PAR_FLUX):
        siens = objets[debut : debut + _PAR_FLUX]
        ecrits.append(_flux(f"{flux} 0 obj", *_paquet(siens, premier + debut)))
        places += [pack(">BIH", 2, flux, rang) for rang in range(len(siens))]
        places_des_flux.append(pack(">BIH", 1, ici, 0))
        ici += len(ecrits[-1])
        flux += 1
    table = b"".join((*places, *places_des_flux, pack(">BIH", 1, ici, 0)))
    avant = fichier[fichier.rindex(b"startxref") :].split()[1].decode("ascii")
    entete = (
        f"/Type/XRef/W[1 4 2]/Index[{numeros.racine} 1 {premier} {flux + 1 - premier}]/Size {flux + 1}"
        f"/Root {numeros.catalogue} 0 R/Info {numeros.description} 0 R/Prev {avant}"
        f"/ID[<{numeros.marque.hex()}><{md5(b''.join(ecrits), usedforsecurity=False).hexdigest()}>]"
    )
    ecrits += [_flux(f"{flux} 0 obj", entete, table), f"startxref\n{ici}\n%%EOF\n".encode("ascii")]
    return b"".join(ecrits)


def _paquet(objets: Sequence[str], premier: int) -> tuple[str, bytes]:
    """Put objects in one stream: their numbers and places, then themselves."""
    places = accumulate((len(objet) + 1 for objet in objets[:-1]), initial=0)
    table = " ".join([f"{numero} {place}" for numero, place in enumerate(places, premier)])
    return f"/Type/ObjStm/N {len(objets)}/First {len(table) + 1}", "\n".join((table, *objets)).encode("ascii")


def _flux(titre: str, entete: str, contenu: bytes) -> bytes:
    serre = zlib.compress(contenu)
    return b"%s\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\r\nendstream\nendobj\n" % (
        titre.encode("ascii"),
        entete.encode("ascii"),
        len(serre),
        serre,
    )
