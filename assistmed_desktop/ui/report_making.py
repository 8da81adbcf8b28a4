"""How reports are made and compared. No dialog here, and nothing for the GUI thread: it takes a second or two."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistmed_desktop.services.rapports import Demande, Rapport, RapportEmis, depuis_propose, rapport_de

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


def compare(
    backend: Backend, practice: OpenPractice, dossier: Dossier, emis: RapportEmis, other: RapportEmis | Demande
) -> Comparaison | None:
    """Compare a report issued to another, or to the one that is asked for; None when one carries no data.

    Raises:
        ErreurDepot: when one cannot be read in the practice.
        OSError: with a French sentence, when one is not as the program wrote it.

    """
    from assistmed_desktop.services.comparaison_rapports import comparer

    if isinstance(other, Demande):
        contenu = backend.rediger(dossier, other, practice.baremes).contenu
    else:
        contenu = practice.rapports.contenu(other.cle)
    both = [backend.pieces_jointes(c) for c in (practice.rapports.contenu(emis.cle), contenu)]
    before, after = sorted((p for p in both if p is not None), key=lambda p: p.demande.au) if all(both) else both
    return None if before is None or after is None else comparer(before, after)
