"""The *dossier de renouvellement*: the whole life of a contract, year by year, and what may follow it."""

from reportlab.platypus import Flowable, PageBreak

from assistmed_desktop.reports.contenu import Matiere, References
from assistmed_desktop.reports.premiere_page import premiere_page
from assistmed_desktop.reports.sections import sections, textes_cites
from assistmed_desktop.reports.signatures import signatures


def renouvellement(matiere: Matiere) -> list[Flowable]:
    """Give the story of the document."""
    references = References(matiere.contrat)
    return [
        *premiere_page(matiere),
        PageBreak(),
        *sections(matiere, references),
        *signatures(matiere, textes_cites(references)),
    ]
