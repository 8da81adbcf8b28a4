"""The *relevé des versements*: what was due, what has come, the difference, the references."""

from reportlab.platypus import Flowable, PageBreak

from assistmed_desktop.reports.aide import aide
from assistmed_desktop.reports.ce_document import textes_cites
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.premiere_page import premiere_page
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.signatures import signatures


def versements(matiere: Matiere) -> list[Flowable]:
    """Give the story of the document."""
    references = References(matiere.contrat)
    return [
        *premiere_page(matiere),
        PageBreak(),
        *aide(matiere, references),
        *signatures(matiere, textes_cites(references)),
    ]
