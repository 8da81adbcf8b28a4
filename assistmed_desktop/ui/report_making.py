"""How a report is made. No dialog here: the page shows what the commands then save and print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop.services.rapports import Demande, Rapport, rapport_de

if TYPE_CHECKING:
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.ui.ports import Backend, OpenPractice


def prepare(backend: Backend, practice: OpenPractice, dossier: Dossier, demande: Demande) -> Rapport:
    """Make a report. It takes a second or two: not on the GUI thread."""
    return rapport_de(dossier, demande, backend.rediger(dossier, demande, practice.baremes))
