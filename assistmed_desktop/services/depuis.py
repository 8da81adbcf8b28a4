"""The day from which a *bilan d'étape* had better tell what has changed, the reports already issued being known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop.services.dernier_echange import depart

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.services.rapports import Demande, RapportEmis


def depuis_propose(dossier: Dossier, demande: Demande, emis: Iterable[RapportEmis]) -> date | None:
    """Give the day that a *bilan d'étape* had better begin at: the last report's, when it is newer than any exchange.

    None is the day that the practice tells by itself.
    """
    remis = dernier_remis(emis, demande.contrat, demande.au)
    return remis if remis is not None and remis > depart(dossier, demande).le else None


def dernier_remis(emis: Iterable[RapportEmis], contrat: str, au: date) -> date | None:
    """Give the day described by the newest report issued about a contract before a day."""
    return max((rapport.au for rapport in emis if rapport.contrat == contrat and rapport.au < au), default=None)
