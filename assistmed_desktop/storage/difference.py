"""What changes in a table from the rows that it has to the rows that it must have."""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistmed_desktop.storage.correspondance import Ligne


@dataclass
class Difference:
    """``changees`` holds, with the stored row, the columns that change; every other stored row stays as it is.

    ``suite`` is the rows that will be there, in order; those added have no key yet.
    """

    ajoutees: list[Ligne] = field(default_factory=list)
    changees: list[tuple[Ligne, Ligne]] = field(default_factory=list)
    retirees: list[Ligne] = field(default_factory=list)
    suite: list[Ligne] = field(default_factory=list)


def identite(ligne: Ligne, colonnes: Sequence[str]) -> tuple[Any, ...]:
    """Give what a row is known by."""
    return tuple(ligne[nom] for nom in colonnes)


def reunir(differences: Iterable[Difference]) -> Difference:
    """Put together what changes in parts of a table."""
    ensemble = Difference()
    for une in differences:
        ensemble.ajoutees += une.ajoutees
        ensemble.changees += une.changees
        ensemble.retirees += une.retirees
        ensemble.suite += une.suite
    return ensemble


def difference(
    stockees: Sequence[Ligne], voulues: Sequence[Ligne], colonnes: Sequence[str], depuis: int = -1
) -> Difference:
    """Compare stored rows, which have a ``position``, to wanted ones, which have their place in the list.

    Rows with the same values in ``colonnes`` are the same. A stored row keeps its position as long as that is after
    the one before it; ``depuis`` is the position before the first.
    """
    resultat = Difference()
    libres: defaultdict[Hashable, deque[Ligne]] = defaultdict(deque)
    memes, position = _inchangees(stockees, voulues, depuis)
    resultat.suite += stockees[:memes]
    for stockee in stockees[memes:]:
        libres[identite(stockee, colonnes)].append(stockee)
    for voulue in voulues[memes:]:
        position += 1
        file = libres[identite(voulue, colonnes)]
        if not file:
            ajoutee = {**voulue, "position": position}
            resultat.ajoutees.append(ajoutee)
            resultat.suite.append(ajoutee)
            continue
        stockee = file.popleft()
        position = max(position, stockee["position"])
        changements = {nom: valeur for nom, valeur in voulue.items() if stockee[nom] != valeur}
        if stockee["position"] != position:
            changements["position"] = position
        if changements:
            resultat.changees.append((stockee, changements))
        resultat.suite.append({**stockee, **changements})
    resultat.retirees = [stockee for file in libres.values() for stockee in file]
    return resultat


def _inchangees(stockees: Sequence[Ligne], voulues: Sequence[Ligne], depuis: int) -> tuple[int, int]:
    """Count the first rows that stay as they are, most often nearly all, and give the position of the last one."""
    position = depuis
    for rang, (stockee, voulue) in enumerate(zip(stockees, voulues, strict=False)):
        if stockee["position"] <= position or not voulue.items() <= stockee.items():
            return rang, position
        position = stockee["position"]
    return min(len(stockees), len(voulues)), position
