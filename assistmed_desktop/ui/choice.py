"""One of the things that one can do, as a button."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """A button: what it says, and what it does; the principal one is set apart."""

    texte: str
    action: Callable[[], None]
    principal: bool = False
