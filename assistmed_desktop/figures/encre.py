"""Text and lines, written straight into the content of a PDF page.

A report has a thousand short texts and as many points. ReportLab's text and path objects spend most of their time on
what does not change from one to the next; this says it once.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from reportlab.lib.colors import Color
    from reportlab.pdfgen.canvas import Canvas

Position = tuple[float, float]
Segment = tuple[float, float, float, float]

Codes = tuple[tuple[str, str], ...]
"""A text as codes of the subsets of its font, each under the name of its subset."""


@dataclass(slots=True)
class _Ecrits:
    """What a document has already written: texts, and the letters of the first subset of each font."""

    textes: dict[tuple[str, str], Codes] = field(default_factory=dict)
    lettres: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))


_ECRITS: "WeakKeyDictionary[Canvas, _Ecrits]" = WeakKeyDictionary()


class Encre:
    """What is to be drawn and written on a page, kept until ``poser``: the lines, then the texts over them."""

    def __init__(self, toile: "Canvas") -> None:
        self._toile = toile
        self._ecrits = _ECRITS.get(toile) or _ECRITS.setdefault(toile, _Ecrits())
        self._formes: list[str] = []
        self._texte: list[str] = []
        self._police: tuple[str, float] | None = None
        self._couleur: Color | None = None

    def dessiner(self, code: str) -> None:
        """Add drawing operators as they are."""
        self._formes.append(code)

    def tracer(self, segments: Sequence[Segment], epaisseur: float, couleur: "Color") -> None:
        """Draw lines of one pen."""
        trace = " ".join(f"{x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l" for x0, y0, x1, y1 in segments)
        self.dessiner(f"{epaisseur:.2f} w {composantes(couleur)} RG {trace} S")

    def ecrire(self, texte: str, ici: Position, police: str, corps: float, couleur: "Color") -> None:
        """Write a text from a place on."""
        if couleur is not self._couleur:
            self._couleur = couleur
            self._texte.append(f"{composantes(couleur)} rg")
        place = f"1 0 0 1 {ici[0]:.2f} {ici[1]:.2f} Tm "
        for nom, code in self._ecrits.textes.get((texte, police)) or self._coder(texte, police):
            if (nom, corps) != self._police:
                self._police = (nom, corps)
                self._texte.append(f"{nom} {corps:g} Tf")
            self._texte.append(f"{place}({code}) Tj")
            place = ""

    def marquer(self, code: str) -> None:
        """Begin or end, between two texts, what the structure of the document knows as one content."""
        self._texte.append(code)

    def _coder(self, texte: str, police: str) -> Codes:
        lettres = self._ecrits.lettres[police]
        try:
            codes: Codes = ((lettres[""], "".join([lettres[lettre] for lettre in texte])),)
        except KeyError:
            codes = self._decouper(texte, police, lettres)
        self._ecrits.textes[texte, police] = codes
        return codes

    def _decouper(self, texte: str, police: str, lettres: dict[str, str]) -> Codes:
        """Have ReportLab give their codes to new letters; what the first subset can write, it can write again."""
        from reportlab.lib.rl_accel import escapePDF
        from reportlab.pdfbase.pdfmetrics import getFont

        fonte: Any = getFont(police)
        document = cast("Any", self._toile)._doc  # noqa: SLF001 - the subsets of a font belong to the document
        parties = fonte.splitString(texte, document)
        codes = tuple([(fonte.getSubsetInternalName(rang, document), escapePDF(octets)) for rang, octets in parties])
        if len(parties) == 1 and parties[0][0] == 0:
            lettres[""] = codes[0][0]
            lettres.update(
                (lettre, escapePDF(bytes([octet])))
                for lettre, octet in zip(texte, parties[0][1], strict=True)
                if lettre not in lettres
            )
        return codes

    def poser(self, avant: str = "", apres: str = "") -> None:
        """Put everything on the page, the lines between two operators that say what they are."""
        self._toile.saveState()
        if self._formes:
            self._toile.addLiteral("\n".join([avant, *self._formes, apres]))
        if self._texte:
            self._toile.addLiteral("\n".join(["BT", *self._texte, "ET"]))
        self._toile.restoreState()


def composantes(couleur: "Color") -> str:
    """Write a colour as the operators want it."""
    return f"{couleur.red:.4g} {couleur.green:.4g} {couleur.blue:.4g}"
