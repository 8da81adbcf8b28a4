"""How evaluation and analyses write a day, a number, a rate, an amount and a warning in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistmed_desktop.formats import decimal_arrondi

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from fractions import Fraction

    from assistmed_desktop.rules.resultats import Avertissement


def jour(valeur: date | None) -> str | None:
    """Write a day, or null."""
    return None if valeur is None else valeur.isoformat()


def deux_decimales(valeur: Fraction | float | None) -> float | None:
    """Write a number with two decimals, or null."""
    return None if valeur is None else float(decimal_arrondi(valeur, 2)) + 0.0  # no negative zero


def taux(valeur: Fraction | None) -> float | None:
    """Write a rate with four decimals, or null."""
    return None if valeur is None else float(decimal_arrondi(valeur, 4)) + 0.0


def euros(centimes: Fraction | int | None) -> int | float | None:
    """Write an amount in centimes as euros, whole when it is, or null."""
    if centimes is None:
        return None
    arrondi = int(decimal_arrondi(centimes, 0))
    return arrondi // 100 if arrondi % 100 == 0 else arrondi / 100


def avertissements(tous: Iterable[Avertissement]) -> list[dict[str, Any]]:
    """Write warnings as dossier-v1 does."""
    return [{"code": a.code, "message": a.message, "niveau": a.niveau} for a in tous]
