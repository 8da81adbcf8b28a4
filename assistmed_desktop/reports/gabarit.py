"""The pages of a report: margins, running head and foot, ``page x sur y``; then the file that is kept."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from assistmed_desktop.figures.polices import REGULIER, enregistrer_polices, largeur_texte
from assistmed_desktop.reports.archive import LANGUE, Fiche, PieceJointe, archiver
from assistmed_desktop.reports.balises import PIED, TETE, Balises, ToileBalisee, artefact
from assistmed_desktop.reports.ecriture import lisible, tronquer
from assistmed_desktop.reports.style import (
    BAS,
    CORPS_COURANT,
    EPAISSEUR_FILET,
    FILET,
    HAUTEUR_PAGE,
    HAUTEUR_PREMIERE,
    HAUTEUR_SUITE,
    LARGEUR,
    LARGEUR_PAGE,
    MARGE,
    PAS,
    SECONDAIRE,
)

_TOTAL = "total_des_pages"


@dataclass(frozen=True, slots=True)
class Courant:
    """What runs through the pages, and what the file says of itself."""

    titre: str
    auteur: str
    sujet: str
    programme: str
    tete_gauche: str
    tete_droite: str
    pied: str


class _Toile(ToileBalisee):
    """A canvas that writes the number of pages once, at the end, where every page refers to it."""

    def __init__(self, balises: Balises, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - ReportLab's
        super().__init__(*arguments, **options)
        self.balises = balises

    def save(self) -> None:
        pages = self.getPageNumber() - 1
        self.beginForm(_TOTAL, 0, -2, 40, 10)
        self.setFont(REGULIER, CORPS_COURANT)
        self.setFillColor(SECONDAIRE)
        self.drawString(0, 0, str(pages))
        self.endForm()
        super().save()


def imprimer(courant: Courant, histoire: list[Flowable], pieces: Sequence[PieceJointe] = ()) -> bytes:
    """Lay the flowables out and give the file to keep: PDF/A-3a and PDF/UA-1, the same bytes for the same story."""
    balises = Balises()
    brut = mettre_en_page(courant, histoire, balises)
    fiche = Fiche(lisible(courant.titre), lisible(courant.auteur), lisible(courant.sujet), courant.programme)
    return archiver(brut, balises, fiche, pieces)


def mettre_en_page(courant: Courant, histoire: list[Flowable], balises: Balises) -> bytes:
    """Lay the flowables out on pages, and note their structure."""
    enregistrer_polices()
    sortie = BytesIO()
    document = BaseDocTemplate(
        sortie,
        pagesize=A4,
        title=lisible(courant.titre),
        author=lisible(courant.auteur),
        subject=lisible(courant.sujet),
        creator=courant.programme,
        lang=LANGUE,
        invariant=1,
        pageCompression=1,
        initialFontName=REGULIER,
        allowSplitting=1,
    )

    def tete(toile: Canvas, _document: object) -> None:
        with artefact(toile, TETE):
            _tete(toile, courant)

    def pied(toile: Canvas, _document: object) -> None:
        with artefact(toile, PIED):
            _pied(toile, courant)

    marges = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    premiere = Frame(MARGE, BAS, LARGEUR, HAUTEUR_PREMIERE, id="premiere", **marges)
    suite = Frame(MARGE, BAS, LARGEUR, HAUTEUR_SUITE, id="suite", **marges)
    document.addPageTemplates(
        [
            PageTemplate("premiere", [premiere], onPageEnd=pied, autoNextPageTemplate="suite"),
            PageTemplate("suite", [suite], onPage=tete, onPageEnd=pied),
        ]
    )
    with _flux_binaires():
        document.build(histoire, canvasmaker=partial(_Toile, balises))
    return sortie.getvalue()


@contextmanager
def _flux_binaires() -> Iterator[None]:
    """Write streams as they are: ReportLab's detour by ASCII takes time and a quarter more room."""
    avant, rl_config.useA85 = rl_config.useA85, 0
    try:
        yield
    finally:
        rl_config.useA85 = avant


def _encrer(toile: Canvas) -> None:
    toile.setFont(REGULIER, CORPS_COURANT)
    toile.setFillColor(SECONDAIRE)
    toile.setStrokeColor(FILET)
    toile.setLineWidth(EPAISSEUR_FILET)


def _tete(toile: Canvas, courant: Courant) -> None:
    toile.saveState()
    _encrer(toile)
    droite, y = LARGEUR_PAGE - MARGE, HAUTEUR_PAGE - 6.5 * PAS
    place = LARGEUR - largeur_texte(courant.tete_droite, REGULIER, CORPS_COURANT) - 4 * PAS
    toile.drawString(MARGE, y, tronquer(lisible(courant.tete_gauche), REGULIER, CORPS_COURANT, place))
    toile.drawRightString(droite, y, courant.tete_droite)
    toile.line(MARGE, y - PAS, droite, y - PAS)
    toile.restoreState()


def _pied(toile: Canvas, courant: Courant) -> None:
    toile.saveState()
    _encrer(toile)
    droite, y = LARGEUR_PAGE - MARGE, BAS - 3 * PAS
    toile.line(MARGE, y + 1.6 * PAS, droite, y + 1.6 * PAS)
    page = f"page {toile.getPageNumber()} sur "
    toile.drawString(MARGE, y, page)
    toile.saveState()
    toile.translate(MARGE + largeur_texte(page, REGULIER, CORPS_COURANT), y)
    toile.doForm(_TOTAL)
    toile.restoreState()
    toile.drawRightString(droite, y, courant.pied)
    toile.restoreState()
