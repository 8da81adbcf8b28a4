"""Where two lists of frozen values part: what one change touches, told without reading the rest over."""

from collections.abc import Sequence
from operator import is_
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
    gardes = set(map(id, apres[debut:fin_apres]))
    trouves = []
    i = j = debut
    depuis = i, j
    while i < fin_avant and j < fin_apres:
        if avant[i] is apres[j]:
            if depuis != (i, j):
                trouves.append(Ecart(slice(depuis[0], i), slice(depuis[1], j)))
            i, j = depuis = i + 1, j + 1
        elif id(avant[i]) in gardes:
            j += 1
        else:
            i += 1
    if depuis != (fin_avant, fin_apres):
        trouves.append(Ecart(slice(depuis[0], fin_avant), slice(depuis[1], fin_apres)))
    return trouves


def _memes(une: Sequence[object], autre: Sequence[object]) -> int:
    """Count the objects that both lists begin with."""
    memes = bytes(map(is_, une, autre))
    rang = memes.find(0)
    return len(memes) if rang < 0 else rang
