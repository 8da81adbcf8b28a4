"""How a report is made. No dialog here: the page shows what the commands then save and print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop import __version__
from assistmed_desktop.services.rapports import Demande, Genre, Rapport, nom_du_rapport
from assistmed_desktop.ui.names import Contrat, nom_contrat

if TYPE_CHECKING:
    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.ports import Backend, OpenPractice


def prepare(backend: Backend, practice: OpenPractice, genre: Genre, state: State, contrat: Contrat) -> Rapport:
    """Make a report. It takes a second or two: not on the GUI thread."""
    demande = Demande(genre.cle, contrat.id, state.evaluation.au)
    redige = backend.rediger(state.dossier, demande, practice.baremes)
    return Rapport(
        genre=genre.cle,
        contrat=contrat.id,
        sujet=nom_contrat(state.dossier, contrat),
        au=demande.au,
        nom=nom_du_rapport(state.dossier, demande),
        empreinte=redige.empreinte,
        version=__version__,
        contenu=redige.contenu,
    )
