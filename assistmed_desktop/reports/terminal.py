"""Headings, wrapped sentences and aligned tables for a terminal, coloured only where colour is shown."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.resultats import GRADES_A_VERIFIER

if TYPE_CHECKING:
    from assistmed_desktop.rules.resultats import Grade

LARGEUR_SANS_TERMINAL = 110
ABSENT = "–"
A_VERIFIER = "(à vérifier)"


def console(sortie: TextIO) -> Console:
    """Give a stream to write to, as wide as its terminal."""
    largeur = None if sortie.isatty() else LARGEUR_SANS_TERMINAL
    return Console(file=sortie, width=largeur, highlight=False, markup=False, emoji=False, soft_wrap=False)


def titre(sortie: Console, texte: str) -> None:
    """Write a heading."""
    sortie.print(Text(plier(texte, sortie.width), style="bold"), soft_wrap=True)


def phrase(sortie: Console, texte: str, puce: str = "", retrait: str = "  ", suite: str | None = None) -> None:
    """Write a sentence, indented; ``suite`` begins its other lines."""
    sortie.print(
        plier(texte, sortie.width, retrait + puce, retrait + " " * len(puce) if suite is None else suite),
        soft_wrap=True,
    )


def degre(grade: Grade) -> str:
    """Write the grade of a rule, and whether it is to be checked."""
    return f"degré {grade}, à vérifier" if grade in GRADES_A_VERIFIER else f"degré {grade}"


def avec_degre(dite: str, grade: Grade) -> str:
    """Give a sentence with the grade of the rule it rests on, said to be checked once."""
    if A_VERIFIER in dite:
        return dite.replace(A_VERIFIER, f"({degre(grade)})", 1)
    connu = f"degré {grade}" if "à vérifier" in dite else degre(grade)
    return f"{dite.removesuffix('.')} ({connu})."


def plier(texte: str, largeur: int, debut: str = "", suite: str = "") -> str:
    """Break a text into lines, none of which begins with a mark that French sets apart.

    Rich would break a line at a no-break space, textwrap does not.
    """
    uni = re.sub(r" (?=[:;?»])|(?<=«) ", INSECABLE, texte)
    return textwrap.fill(
        uni, largeur, initial_indent=debut, subsequent_indent=suite, break_long_words=False, break_on_hyphens=False
    )


def tableau(nom: str, *colonnes: tuple[str, bool]) -> Table:
    """Begin a table; a column of figures is set right and never wraps."""
    table = Table(title=nom or None, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for colonne, chiffres in colonnes:
        table.add_column(colonne, justify="right" if chiffres else "left", no_wrap=chiffres)
    return table
