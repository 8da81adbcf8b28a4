"""The reports there are, and how one is made. No dialog here: the page shows what the commands then save and print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistmed_desktop import __version__
from assistmed_desktop.services.rapports import Rapport, empreinte
from assistmed_desktop.ui.names import Contrat, nom_contrat

if TYPE_CHECKING:
    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.ports import Backend, OpenPractice


@dataclass(frozen=True)
class Genre:
    """A kind of report: its key, its name, what one says of it (``Le bilan``), what it is for, and what makes it."""

    cle: str
    nom: str
    sujet: str
    aide: str
    faire: Callable[[Backend, OpenPractice, State, str], bytes]
    nommer: Callable[[Backend, State, str], str]


GENRES: Final = (
    Genre(
        "annuel",
        "Bilan annuel",
        "Le bilan",
        "Où en est le contrat, avec les chiffres, les calculs et les textes. Il est fait pour être remis à la CPAM.",
        lambda backend, practice, state, contrat: backend.bilan(
            state.dossier, state.evaluation, contrat, practice.baremes
        ),
        lambda backend, state, contrat: backend.nom_du_bilan(state.dossier, state.evaluation, contrat),
    ),
)


def genre_de(cle: str) -> Genre:
    """Give a kind of report; the first for one that a newer program has issued."""
    return next((genre for genre in GENRES if genre.cle == cle), GENRES[0])


def prepare(backend: Backend, practice: OpenPractice, genre: Genre, state: State, contrat: Contrat) -> Rapport:
    """Make a report. It takes a second or two: not on the GUI thread."""
    return Rapport(
        genre=genre.cle,
        contrat=contrat.id,
        sujet=nom_contrat(state.dossier, contrat),
        au=state.evaluation.au,
        nom=genre.nommer(backend, state, contrat.id),
        empreinte=empreinte(state.dossier),
        version=__version__,
        contenu=genre.faire(backend, practice, state, contrat.id),
    )
