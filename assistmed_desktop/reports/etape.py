"""The *bilan d'étape*: what has changed since the last exchange with the caisse, in two pages."""

from reportlab.platypus import Flowable, PageBreak

from assistmed_desktop.reports.contenu import Matiere, References
from assistmed_desktop.reports.premiere_page import premiere_page
from assistmed_desktop.reports.sections import a_verifier, textes_cites
from assistmed_desktop.reports.signatures import signatures


def etape(matiere: Matiere) -> list[Flowable]:
    """Give the story of the document."""
    references = References(matiere.contrat)
    return [
        *premiere_page(matiere),
        PageBreak(),
        *a_verifier(matiere, references),
        *signatures(matiere, textes_cites(references)),
    ]
