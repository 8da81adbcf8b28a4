"""The pages of a report: margins, running head and foot, ``page x sur y``."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from assistmed_desktop.figures.polices import REGULIER, enregistrer_polices, largeur_texte
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


class _Toile(Canvas):
    """A canvas that writes the number of pages once, at the end, where every page refers to it."""

    def save(self) -> None:
        pages = self.getPageNumber() - 1
        self.beginForm(_TOTAL, 0, -2, 40, 10)
        self.setFont(REGULIER, CORPS_COURANT)
        self.setFillColor(SECONDAIRE)
        self.drawString(0, 0, str(pages))
        self.endForm()
        super().save()


def imprimer(courant: Courant, histoire: list[Flowable]) -> bytes:
    """Lay the flowables out and give the PDF, the same bytes for the same story."""
    enregistrer_polices()
    sortie = BytesIO()
    document = BaseDocTemplate(
        sortie,
        pagesize=A4,
        title=lisible(courant.titre),
        author=lisible(courant.auteur),
        subject=lisible(courant.sujet),
        creator=courant.programme,
        lang="fr-FR",
        invariant=1,
        pageCompression=1,
        initialFontName=REGULIER,
        allowSplitting=1,
    )

    def tete(toile: Canvas, _document: object) -> None:
        _tete(toile, courant)

    def pied(toile: Canvas, _document: object) -> None:
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
        document.build(histoire, canvasmaker=_Toile)
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
    toile.setViewerPreference("DisplayDocTitle", "true")
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
