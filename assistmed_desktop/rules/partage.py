"""What of an assistant goes to a contract on a day: hours hired, ETP allocated, share; and how a sum is split."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, en_cours
from assistmed_desktop.formats import decimal_arrondi

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistmed_desktop.domain.assistant import Affectation, Assistant, Embauche, Role
    from assistmed_desktop.domain.calendrier import Periode
    from assistmed_desktop.domain.dossier import Dossier

ETP_DES_ROLES: dict[Role, Fraction] = {
    "tiers_temps": Fraction(1, 3),
    "mi_temps": Fraction(1, 2),
    "temps_plein": Fraction(1),
}
_UNE_MINUTE = Fraction(1, 60)


def assistants_du_contrat(dossier: Dossier, contrat: str) -> list[Assistant]:
    """Give the assistants ever allocated to a contract, in the order of the dossier."""
    return [a for a in dossier.assistants if any(f.contrat == contrat for f in a.affectations)]


def decouper(du: date, au: date, periodes: Iterable[Periode], jours: Iterable[date] = ()) -> list[tuple[date, date]]:
    """Cut the days from ``du`` to ``au``, both included, where a period begins or has just ended, and at ``jours``."""
    bornes = {du, au + UN_JOUR}
    for periode in periodes:
        bornes.add(periode.du)
        if periode.au is not None:
            bornes.add(periode.au + UN_JOUR)
    bornes.update(jours)
    dedans = sorted(jour for jour in bornes if du <= jour <= au + UN_JOUR)
    return [(debut, suivant - UN_JOUR) for debut, suivant in pairwise(dedans)]


def affectations_au(assistant: Assistant, jour: date) -> list[Affectation]:
    """Give the allocations of an assistant that run on a day."""
    return [affectation for affectation in assistant.affectations if en_cours(affectation, jour)]


def part(assistant: Assistant, contrat: str, jour: date) -> Fraction:
    """Give the share of an assistant that a contract has on a day, within 0 and 1: its ETP over those of all."""
    courantes = affectations_au(assistant, jour)
    siens = sum((a.etp for a in courantes if a.contrat == contrat), Fraction(0))
    return siens / sum(a.etp for a in courantes) if siens else siens


def etp_de_l_embauche(embauche: Embauche, temps_plein: int) -> Fraction:
    """Give the ETP of a hiring: its weekly hours over full time, or the role's when they agree to the minute."""
    heures = Fraction(str(embauche.heures_hebdo))
    du_role = ETP_DES_ROLES[embauche.role]
    return du_role if abs(heures - du_role * temps_plein) < _UNE_MINUTE else heures / temps_plein


def etp_embauche(assistant: Assistant, jour: date, temps_plein: int) -> Fraction:
    """Give the ETP of the hirings of an assistant that run on a day."""
    return sum((etp_de_l_embauche(e, temps_plein) for e in assistant.embauches if en_cours(e, jour)), Fraction(0))


def etp_couvert(assistant: Assistant, contrat: str, jour: date, temps_plein: int) -> tuple[Fraction, Fraction]:
    """Give the ETP allocated to a contract on a day, then what of it the hirings cover, capped pro rata."""
    courantes = affectations_au(assistant, jour)
    demande = sum((a.etp for a in courantes if a.contrat == contrat), Fraction(0))
    if not demande:
        return demande, demande
    tout = sum(a.etp for a in courantes)
    embauche = etp_embauche(assistant, jour, temps_plein)
    return demande, demande if tout <= embauche else demande * embauche / tout


def mois_exacts(du: date, au: date) -> Fraction:
    """Count the months from ``du`` to ``au``, both included: whole ones, and days pro rata of their own month."""
    return _rang_du_mois(au + timedelta(days=1)) - _rang_du_mois(du)


def _rang_du_mois(jour: date) -> Fraction:
    return jour.year * 12 + jour.month + Fraction(jour.day - 1, calendar.monthrange(jour.year, jour.month)[1])


def centimes(montant: Fraction) -> int:
    """Round an amount to the centime, half a centime up."""
    return int(decimal_arrondi(montant, 0))


def repartir(total: int, parts: Sequence[Fraction]) -> tuple[int, ...]:
    """Split an amount in centimes by shares that make 1, so that the parts add up to it: each cut is rounded."""
    coupes = [0]
    cumul = Fraction(0)
    for celle in parts:
        cumul += celle
        coupes.append(centimes(total * cumul))
    return tuple(apres - avant for avant, apres in pairwise(coupes))
