"""How reports are made and compared. No dialog here, and nothing for the GUI thread: it takes a second or two."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistmed_desktop.services.depuis import depuis_propose
from assistmed_desktop.services.rapports import Demande, Rapport, RapportEmis, rapport_de

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.services.comparaison_rapports import Comparaison
    from assistmed_desktop.ui.ports import Backend, OpenPractice


def demander(dossier: Dossier, demande: Demande, typed: date | None, emis: Sequence[RapportEmis]) -> Demande:
    """Give a stage review the day that it begins at: the one typed, else the one proposed; leave others as they are."""
    if demande.genre != "etape":
        return demande
    return replace(demande, depuis=typed or depuis_propose(dossier, demande, emis))


def depart_dit(dossier: Dossier, demande: Demande, typed: date | None) -> tuple[date, str]:
    """Give the day that a stage review begins at, and a sentence that says where it comes from."""
    from assistmed_desktop.services.dernier_echange import depart

    trouve = depart(dossier, demande)
    if demande.depuis is not None and typed is None:
        return trouve.le, "Jour du dernier rapport émis pour ce contrat. Vous pouvez en donner un autre."
    return trouve.le, trouve.phrase


def prepare(backend: Backend, practice: OpenPractice, dossier: Dossier, demande: Demande) -> Rapport:
    """Make a report."""
    return rapport_de(dossier, demande, backend.rediger(dossier, demande, practice.baremes))


def older_first(emis: RapportEmis, other: RapportEmis | Demande) -> tuple[RapportEmis | Demande, RapportEmis | Demande]:
    """Put two reports in the order of the days that they describe; of one day, in that of their making."""
    if isinstance(other, Demande):
        return (emis, other) if emis.au <= other.au else (other, emis)
    return (emis, other) if (emis.au, emis.cle) < (other.au, other.cle) else (other, emis)


def compare(
    backend: Backend, practice: OpenPractice, dossier: Dossier, *reports: RapportEmis | Demande
) -> Comparaison | None:
    """Compare two reports, issued or asked for, the older first; None when one carries no data.

    Raises:
        ErreurDepot: when one cannot be read in the practice.
        OSError: with a French sentence, when one is not as the program wrote it.

    """
    from assistmed_desktop.services.comparaison_rapports import comparer

    before, after = (
        backend.pieces_jointes(
            backend.rediger(dossier, report, practice.baremes).contenu
            if isinstance(report, Demande)
            else practice.rapports.contenu(report.cle)
        )
        for report in reports
    )
    return None if before is None or after is None else comparer(before, after)
