"""What changes in a table from the rows that it has to the rows that it must have."""

from collections import defaultdict, deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from assistmed_desktop.storage.correspondance import Ligne


@dataclass
class Difference:
    """``changees`` holds, with the stored row, the columns that change; every other stored row stays as it is."""

    ajoutees: list[Ligne] = field(default_factory=list)
    changees: list[tuple[Ligne, Ligne]] = field(default_factory=list)
    retirees: list[Ligne] = field(default_factory=list)


def difference(stockees: Sequence[Ligne], voulues: Sequence[Ligne], identite: Sequence[str]) -> Difference:
    """Compare stored rows, which have a ``position``, to wanted ones, which have their place in the list.

    Rows with the same values in the columns of ``identite`` are the same. A stored row keeps its position as long as
    that is after the one before it.
    """

    def identifier(ligne: Ligne) -> Hashable:
        return tuple(ligne[nom] for nom in identite)

    resultat = Difference()
    libres: defaultdict[Hashable, deque[Ligne]] = defaultdict(deque)
    memes, position = _inchangees(stockees, voulues)
    for stockee in stockees[memes:]:
        libres[identifier(stockee)].append(stockee)
    for voulue in voulues[memes:]:
        position += 1
        file = libres[identifier(voulue)]
        if not file:
            resultat.ajoutees.append({**voulue, "position": position})
            continue
        stockee = file.popleft()
        position = max(position, stockee["position"])
        changements = {nom: valeur for nom, valeur in voulue.items() if stockee[nom] != valeur}
        if stockee["position"] != position:
            changements["position"] = position
        if changements:
            resultat.changees.append((stockee, changements))
    resultat.retirees = [stockee for file in libres.values() for stockee in file]
    return resultat


def _inchangees(stockees: Sequence[Ligne], voulues: Sequence[Ligne]) -> tuple[int, int]:
    """Count the first rows that stay as they are, most often nearly all, and give the position of the last one."""
    position = -1
    for rang, (stockee, voulue) in enumerate(zip(stockees, voulues, strict=False)):
        if stockee["position"] <= position or not voulue.items() <= stockee.items():
            return rang, position
        position = stockee["position"]
    return min(len(stockees), len(voulues)), position
