"""Where two lists of frozen values part: what one change touches, told without reading the rest over."""

from collections.abc import Sequence
from itertools import compress, count
from operator import is_not
from typing import NamedTuple


class Ecart(NamedTuple):
    """A part of the list before, and what stands in its place after; either may be empty."""

    avant: slice
    apres: slice


def ecarts(avant: Sequence[object], apres: Sequence[object]) -> list[Ecart]:
    """Give the parts in order. Between them, and on either side, both lists hold the very same objects."""
    debut = _memes(avant, apres)
    reste_avant, reste_apres = avant[debut:], apres[debut:]
    communs = _memes(reste_avant[::-1], reste_apres[::-1])
    fin_avant, fin_apres = len(avant) - communs, len(apres) - communs
    gardes: set[int] = set()
    trouves = []
    i = j = debut
    depuis = i, j
    while i < fin_avant and j < fin_apres:
        if avant[i] is apres[j]:
            trouves.append(Ecart(slice(depuis[0], i), slice(depuis[1], j)))
            pareils = _memes(avant[i:fin_avant], apres[j:fin_apres])
            i, j = depuis = i + pareils, j + pareils
            continue
        if i + 1 < fin_avant and avant[i + 1] is apres[j]:  # the most frequent: one object was taken away
            i += 1
            continue
        gardes = gardes or set(map(id, apres[debut:fin_apres]))
        if id(avant[i]) in gardes:
            j += 1
        else:
            i += 1
    if depuis != (fin_avant, fin_apres):
        trouves.append(Ecart(slice(depuis[0], fin_avant), slice(depuis[1], fin_apres)))
    return trouves


def _memes(une: Sequence[object], autre: Sequence[object]) -> int:
    """Count the objects that both lists begin with."""
    return next(compress(count(), map(is_not, une, autre)), min(len(une), len(autre)))
