"""The logical structure of a report: what a screen reader hears, noted while the pages are drawn.

Whatever is drawn is either the content of an element (heading, paragraph, cell, figure) or an artifact: running heads,
rules, backgrounds, the repeated heads of tables. PDF/UA-1 (ISO 14289-1) leaves no third way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal, cast

from reportlab.pdfgen.canvas import Canvas

from assistmed_desktop.figures.encre import Encre

Genre = Literal[
    "Document", "H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Table", "THead", "TBody", "TR", "TH", "TD", "Figure"
]
Portee = Literal["Row", "Column"]
Boite = tuple[float, float, float, float]

ARTEFACT: Final = "/Artifact BMC"
TETE: Final = "/Artifact <</Type /Pagination /Subtype /Header>> BDC"
PIED: Final = "/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
FIN: Final = "EMC"


@dataclass(slots=True, eq=False)
class Element:
    """An element of the structure. It has either children, or contents: the page (from 0) and mark of each.

    ``portee`` is what a head of a table heads, ``colonnes`` how many columns a cell takes, ``alternatif`` what a
    figure shows and ``boite`` its place on the page, ``dit`` what to read in place of the letters that are drawn.
    """

    genre: Genre
    portee: Portee | None = None
    colonnes: int = 1
    alternatif: str = ""
    dit: str = ""
    boite: Boite | None = None
    enfants: "list[Element] | tuple[()]" = ()
    contenus: tuple[tuple[int, int], ...] = ()


class Balises:
    """The structure of one document, in the order in which it is drawn."""

    def __init__(self) -> None:
        self.document = Element("Document")
        self.pages: list[list[Element]] = []
        """For each page, the element that each of its marks belongs to."""
        self._tables: dict[object, Element] = {}

    def ajouter(self, element: Element, parent: Element | None = None) -> Element:
        """Put an element after what its parent has already, and give it."""
        dans = self.document if parent is None else parent
        if isinstance(dans.enfants, list):
            dans.enfants.append(element)
        else:
            dans.enfants = [element]
        return element

    def point(self) -> tuple[Element, Element]:
        """Give the label and the text of an item: of the list that comes just before, or of a new one."""
        enfants = self.document.enfants
        liste = enfants[-1] if enfants and enfants[-1].genre == "L" else self.ajouter(Element("L"))
        point = self.ajouter(Element("LI"), liste)
        return self.ajouter(Element("Lbl"), point), self.ajouter(Element("LBody"), point)

    def marque(self, element: Element, page: int) -> str:
        """Give the operator that begins a content of an element on a page, numbered from one."""
        while len(self.pages) < page:
            self.pages.append([])
        marques = self.pages[page - 1]
        rang = len(marques)
        marques.append(element)
        element.contenus += ((page - 1, rang),)
        return f"/{element.genre} <</MCID {rang}>> BDC"

    def table(self, cle: object, *, titree: bool) -> tuple[Element | None, Element]:
        """Give the head and the body of a table: no head for the parts that follow the first of the same key."""
        if cle in self._tables:
            return None, self._tables[cle]
        table = self.ajouter(Element("Table"))
        tete = self.ajouter(Element("THead"), table) if titree else None
        self._tables[cle] = self.ajouter(Element("TBody"), table)
        return tete, self._tables[cle]


class ToileBalisee(Canvas):
    """A canvas whose pages have a structure."""

    balises: Balises


def balises_de(toile: Canvas) -> Balises:
    """Give the structure of the document that a canvas belongs to."""
    return cast("ToileBalisee", toile).balises


@contextmanager
def artefact(toile: Canvas, genre: str = ARTEFACT) -> Iterator[None]:
    """Mark what is drawn meanwhile as no content."""
    toile.addLiteral(genre)
    yield
    toile.addLiteral(FIN)


@contextmanager
def contenu(toile: Canvas, genre: Genre = "P") -> Iterator[None]:
    """Mark what is drawn meanwhile as the content of a new element."""
    with marque(toile, balises_de(toile).ajouter(Element(genre))):
        yield


@contextmanager
def figure(toile: Canvas, alternatif: str, taille: tuple[float, float], ici: tuple[float, float]) -> Iterator[None]:
    """Mark what is drawn meanwhile as a figure, its lower left corner at a place; the text says what it shows."""
    x, y = toile.absolutePosition(*ici)
    boite = (x, y, x + taille[0], y + taille[1])
    with marque(toile, balises_de(toile).ajouter(Element("Figure", alternatif=alternatif, boite=boite))):
        yield


@contextmanager
def marque(toile: Canvas, element: Element) -> Iterator[None]:
    """Mark what is drawn meanwhile as content of an element."""
    toile.addLiteral(balises_de(toile).marque(element, toile.getPageNumber()))
    yield
    toile.addLiteral(FIN)


@contextmanager
def texte_de(encre: Encre, toile: Canvas, element: Element) -> Iterator[None]:
    """Mark the texts written meanwhile as content of an element."""
    encre.marquer(balises_de(toile).marque(element, toile.getPageNumber()))
    yield
    encre.marquer(FIN)
