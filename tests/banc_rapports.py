"""The measures of the reports: what their structure costs, long tables, many at once."""

from __future__ import annotations

import time
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistmed_desktop.reports.balises import Balises
    from assistmed_desktop.services.rapports import CleGenre, Demande

DEMO = Path(__file__).parents[1] / "resources" / "demo" / "dossier.json"
AU = date(2026, 11, 15)
PRATIQUES = 100
RANGEES_PAR_PAGE = 37
"""As many as a page of our table holds."""


def duree(faire: Callable[[], object], tours: int = 5) -> float:
    """Give the least processor seconds of some runs, the first left out."""
    faire()
    durees = []
    for _ in range(tours):
        debut = time.process_time()
        faire()
        durees.append(time.process_time() - debut)
    return min(durees)


def nombre_de_pages(contenu: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(contenu)
    pages = len(document)
    document.close()
    return pages


def _muettes() -> Balises:
    """Give a structure that notes nothing."""
    from assistmed_desktop.reports.balises import Balises, Element

    class Muettes(Balises):
        def ajouter(self, element: Element, parent: Element | None = None) -> Element:  # noqa: ARG002 - as Balises
            return element

        def marque(self, element: Element, page: int) -> str:  # noqa: ARG002 - as Balises
            return ""

    return Muettes()


def _demande(genre: CleGenre) -> Demande:
    from assistmed_desktop.services.rapports import Demande

    return Demande(genre, "c1", AU)


def balise(genre: CleGenre) -> dict[str, object]:
    """Lay out a report with its structure, metadata and attachments, beside the same story with none of them."""
    from assistmed_desktop.cli import rapports
    from assistmed_desktop.domain.dossier import ecrire_dossier, lire_dossier
    from assistmed_desktop.reports import documents, gabarit
    from assistmed_desktop.reports.archive import PieceJointe
    from assistmed_desktop.reports.contenu import reunir
    from assistmed_desktop.rules.bareme import charger_baremes
    from assistmed_desktop.services.extrait import evaluer_l_extrait, extraire

    demande, baremes = _demande(genre), charger_baremes()
    extrait = extraire(lire_dossier(DEMO.read_bytes()), demande.contrat, AU)
    evaluation = evaluer_l_extrait(extrait, demande.contrat, AU, baremes)
    matiere = reunir(extrait, evaluation, demande, baremes)
    ecrite = rapports._evaluation_en_json(evaluation, {demande.contrat: matiere.analyse})
    pieces = [
        PieceJointe("dossier.json", "Dossier", ecrire_dossier(extrait).encode()),
        PieceJointe("evaluation.json", "Évaluation", ecrite.encode()),
    ]
    composition = documents._COMPOSITIONS[demande.genre]

    def muet() -> bytes:
        return gabarit.mettre_en_page(documents.courant(matiere), composition(matiere), _muettes())

    def entier() -> bytes:
        return documents.composer(matiere, pieces)

    pages = nombre_de_pages(entier())
    return {
        "libelle": f"a tagged report of {pages} pages, {genre}; the same untagged",
        "secondes": duree(entier),
        "etalon": duree(muet),
        "but": 2.0,
    }


def _lignes(pages: int) -> list[tuple[str, ...]]:
    debut = date(1900, 1, 1)
    sources = ("amelipro", "logiciel métier", "estimation")
    return [
        (
            f"{debut + timedelta(days=rang):%d/%m/%Y}",
            str(1000 + rang % 977),
            str(1500 + rang % 1511),
            sources[rang % len(sources)],
            f"relevé n° {rang} de la série",
        )
        for rang in range(pages * RANGEES_PAR_PAGE)
    ]


def _tableau(pages: int) -> bytes:
    from assistmed_desktop.reports.gabarit import Courant, imprimer
    from assistmed_desktop.reports.tableau import Colonne, Tableau

    colonnes = [
        Colonne("date"),
        Colonne("patientèle", 1, "droite"),
        Colonne("file active", 1, "droite"),
        Colonne("source", 2),
        Colonne("note", 4),
    ]
    return imprimer(Courant("t", "a", "s", "p", "g", "d", "p"), [Tableau(colonnes, _lignes(pages))])


def _toile(pages: int) -> bytes:
    """Draw the same rows straight on a canvas of ReportLab."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    from assistmed_desktop.figures.polices import REGULIER, enregistrer_polices

    enregistrer_polices()
    sortie = BytesIO()
    toile = Canvas(sortie, pagesize=A4, invariant=1, pageCompression=1)
    for rang, ligne in enumerate(_lignes(pages)):
        if rang % RANGEES_PAR_PAGE == 0:
            if rang:
                toile.showPage()
            toile.setFont(REGULIER, 8.5)
        y = 780 - 19 * (rang % RANGEES_PAR_PAGE)
        for x, texte in zip((51, 120, 190, 260, 360), ligne, strict=True):
            toile.drawString(x, y, texte)
        toile.line(51, y - 3, 544, y - 3)
    toile.showPage()
    toile.save()
    return sortie.getvalue()


def long() -> dict[str, object]:
    """Write a table of 200 pages, beside its rows drawn straight on a canvas."""
    return {
        "libelle": f"a tagged table of {nombre_de_pages(_tableau(200))} pages; its rows drawn on a canvas",
        "secondes": duree(lambda: _tableau(200), 3),
        "etalon": duree(lambda: _toile(200), 3),
        "but": 4.5,
    }


def croissance() -> dict[str, object]:
    """Write a table of 200 pages, beside one of 50: four times as long when time grows as the rows do."""
    return {
        "libelle": "a tagged table of 200 pages; one of 50",
        "secondes": duree(lambda: _tableau(200), 3),
        "etalon": duree(lambda: _tableau(50), 3),
        "but": 5.0,
    }


def lot() -> dict[str, object]:
    """Write the reviews of a hundred practices on two cores, beside one core; in seconds of the clock."""
    from assistmed_desktop.cli.rapports import rediger_tous
    from assistmed_desktop.domain.dossier import lire_dossier

    modele = lire_dossier(DEMO.read_bytes())
    pratiques = [
        modele.model_copy(update={"cabinet": modele.cabinet.model_copy(update={"nom": f"Cabinet {rang}"})})
        for rang in range(PRATIQUES)
    ]
    travaux = [(pratique, _demande("annuel")) for pratique in pratiques]

    def secondes(coeurs: int) -> float:
        debut = time.perf_counter()
        faits = list(rediger_tous(travaux, None, coeurs))
        for fait in faits:
            if isinstance(fait, Exception):
                raise fait
        return time.perf_counter() - debut

    return {
        "libelle": f"{PRATIQUES} practices' reviews on two cores; on one",
        "secondes": secondes(2),
        "etalon": secondes(1),
        "but": 0.75,
    }
