"""Days, months and contract years, counted as dossier-v1 counts them."""

import calendar
from datetime import date, timedelta
from typing import Protocol

UN_JOUR = timedelta(days=1)


class Periode(Protocol):
    """From ``du`` to ``au``, both included; None is no end yet."""

    @property
    def du(self) -> date:
        """The first day."""
        ...

    @property
    def au(self) -> date | None:
        """The last day, or None."""
        ...


def en_cours(periode: Periode, jour: date) -> bool:
    """Say whether a period holds a day."""
    return periode.du <= jour and (periode.au is None or jour <= periode.au)


def se_croisent(du: date, au: date | None, autre_du: date, autre_au: date | None) -> bool:
    """Say whether two periods have a day in common."""
    return (au is None or autre_du <= au) and (autre_au is None or du <= autre_au)


def ajouter_mois(jour: date, mois: int) -> date:
    """Move a day by whole months; a day that the month does not have becomes its last."""
    rang = jour.year * 12 + jour.month - 1 + mois
    annee, mois_zero = divmod(rang, 12)
    dernier = calendar.monthrange(annee, mois_zero + 1)[1]
    return date(annee, mois_zero + 1, min(jour.day, dernier))


def anniversaire(debut: date, annees: int) -> date:
    """Give the ``annees``-th anniversary; that of a 29 February is 28 February in a common year."""
    return ajouter_mois(debut, 12 * annees)


def dernier_jour(debut: date, duree_ans: int) -> date:
    """Give the last day of a contract: the eve of its last anniversary."""
    return anniversaire(debut, duree_ans) - UN_JOUR
