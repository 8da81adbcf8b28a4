"""A figure: a drawing, and the places of it that say something when pointed at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing


@dataclass(frozen=True, slots=True)
class Repere:
    """A place of a drawing, from its bottom left corner, and what is said of it in French."""

    x: float
    y: float
    texte: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing and its places, in the order in which they are read."""

    dessin: Drawing
    reperes: tuple[Repere, ...] = ()
