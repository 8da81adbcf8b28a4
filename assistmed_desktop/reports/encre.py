"""Text and hairlines, written straight into the content of the page.

A report has a thousand short texts. ReportLab's text objects spend most of their time on what does not change from
one to the next; this says it once.
"""

from collections.abc import Sequence
from typing import Any, cast

from reportlab.lib.colors import Color
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

Position = tuple[float, float]
Segment = tuple[float, float, float, float]


class Encre:
    """What is to be written on a page, kept until ``poser``."""

    def __init__(self, toile: Canvas) -> None:
        self._toile = toile
        self._document = cast("Any", toile)._doc  # noqa: SLF001 - the subsets of a font belong to the document
        self._traits: list[str] = []
        self._texte: list[str] = []
        self._police: tuple[str, float, int] | None = None
        self._couleur: Color | None = None

    def tracer(self, segments: Sequence[Segment], epaisseur: float, couleur: Color) -> None:
        """Draw lines of one pen."""
        trace = " ".join(f"{x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l" for x0, y0, x1, y1 in segments)
        self._traits.append(f"{epaisseur:.2f} w {_composantes(couleur)} RG {trace} S")

    def ecrire(self, texte: str, ici: Position, police: str, corps: float, couleur: Color) -> None:
        """Write a text from a place on."""
        if couleur is not self._couleur:
            self._couleur = couleur
            self._texte.append(f"{_composantes(couleur)} rg")
        fonte: Any = getFont(police)
        place = f"1 0 0 1 {ici[0]:.2f} {ici[1]:.2f} Tm"
        for partie, octets in fonte.splitString(texte, self._document):
            if (police, corps, partie) != self._police:
                self._police = (police, corps, partie)
                self._texte.append(f"{fonte.getSubsetInternalName(partie, self._document)} {corps:g} Tf")
            self._texte.append(f"{place} ({escapePDF(octets)}) Tj")
            place = ""

    def poser(self) -> None:
        """Put everything on the page."""
        self._toile.saveState()
        self._toile.addLiteral("\n".join(self._traits))
        self._toile.addLiteral("BT\n" + "\n".join(self._texte) + "\nET")
        self._toile.restoreState()


def _composantes(couleur: Color) -> str:
    return f"{couleur.red:.4g} {couleur.green:.4g} {couleur.blue:.4g}"
