"""What the columns of money have in common: amounts on the right, days in order, the unknown in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

from assistmed_desktop.formats import euros, jour_court
from assistmed_desktop.ui.widgets.table import Column

T = TypeVar("T")

SANS_OBJET: Final = "–"
INCONNU: Final = "inconnu"
_PLUS_BAS: Final = -(10**12)


def euros_signes(centimes: int) -> str:
    """Write an amount with its sign."""
    return f"+{euros(centimes)}" if centimes > 0 else euros(centimes)


def par_montant(centimes: int | None) -> int:
    """Sort amounts, the unknown ones first."""
    return _PLUS_BAS if centimes is None else centimes


def par_jour(jour: date | None) -> date:
    """Sort days, the unknown ones last."""
    return date.max if jour is None else jour


def amount(
    titre: str, montant: Callable[[T], int | None], complet: str, sinon: Callable[[T], str] | str = INCONNU
) -> Column[T]:
    """Make a column of amounts; ``sinon`` says what stands for one that is not known."""

    def texte(ligne: T) -> str:
        valeur = montant(ligne)
        if valeur is not None:
            return euros(valeur)
        return sinon if isinstance(sinon, str) else sinon(ligne)

    return Column(titre, texte, lambda ligne: par_montant(montant(ligne)), droite=True, complet=complet)


def variance(montant: Callable[[T], int | None], complet: str) -> Column[T]:
    """Make a column of what came less what was due."""

    def texte(ligne: T) -> str:
        valeur = montant(ligne)
        return SANS_OBJET if valeur is None else euros_signes(valeur)

    return Column("Écart", texte, lambda ligne: par_montant(montant(ligne)), droite=True, complet=complet)


def day(titre: str, jour: Callable[[T], date | None], complet: str = "") -> Column[T]:
    """Make a column of days."""

    def texte(ligne: T) -> str:
        valeur = jour(ligne)
        return SANS_OBJET if valeur is None else jour_court(valeur)

    return Column(titre, texte, lambda ligne: par_jour(jour(ligne)), complet=complet)
