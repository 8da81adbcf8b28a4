"""What many forms share: the fields of a period, and the reading of a value's own keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistmed_desktop.formats import INSECABLE, periode
from assistmed_desktop.ui.fiches.fiche import Champ, Valeurs
from assistmed_desktop.ui.fiches.genres import Jour

DU = Champ("du", "Du", Jour("premier"), requis=True)
AU = Champ("au", "Au", Jour("dernier"), aide="laissez vide si c’est toujours le cas", a_cote=True)


def a_l_envers(valeurs: Valeurs) -> Sequence[str]:
    """Warn of a period that ends before it begins."""
    du, au = valeurs.get("du"), valeurs.get("au")
    if isinstance(du, date) and isinstance(au, date) and au < du:
        return (f"La fin précède le début{INSECABLE}: {periode(du, au)}.",)
    return ()
