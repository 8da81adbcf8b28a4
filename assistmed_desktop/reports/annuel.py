"""The *bilan annuel*: the full review of one contract, for the adviser of the caisse."""

from reportlab.platypus import Flowable, PageBreak

from assistmed_desktop.reports.contenu import Matiere, References
from assistmed_desktop.reports.premiere_page import premiere_page
from assistmed_desktop.reports.sections import sections, textes_cites
from assistmed_desktop.reports.signatures import signatures


def annuel(matiere: Matiere) -> list[Flowable]:
    """Give the story of the review."""
    references = References(matiere.contrat)
    return [
        *premiere_page(matiere),
        PageBreak(),
        *sections(matiere, references),
        *signatures(matiere, textes_cites(references)),
    ]
