"""The legal references that a short document cites, numbered in the order in which it does."""

from collections.abc import Iterable
from typing import Final

from assistmed_desktop.formats import jour_court
from assistmed_desktop.reports.blocs import Texte
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.style import PAS, SECONDAIRE, Style
from assistmed_desktop.rules.resultats import SAISIE, SourceLegale

_CITEE: Final = Style(7, 9.5, couleur=SECONDAIRE, apres=0.5 * PAS, retrait=2.5 * PAS)
DEGRES: Final = "Degrés : A texte légal, B page officielle, C source secondaire, D déduit par le calcul, X non publié."


def provenance(source: SourceLegale) -> str:
    """Say when a text was last read; of the signed contract, that it was entered."""
    return SAISIE if source.adresse == SAISIE else f"relu le {jour_court(source.verifie_le)}"


def lieu(source: SourceLegale) -> str:
    """Give where a text is to be read; nothing of the signed contract, which the doctor holds."""
    return "" if source.adresse == SAISIE else source.adresse


class Citees:
    """Gives a source its number the first time that it is cited."""

    def __init__(self, *dabord: Iterable[SourceLegale]) -> None:
        self._numeros: dict[SourceLegale, int] = {}
        for sources in dabord:
            self.renvoi(sources)

    def renvoi(self, sources: Iterable[SourceLegale]) -> str:
        """Write the numbers of sources, each with its grade: ``[2] B``."""
        return ", ".join(
            f"[{self._numeros.setdefault(source, len(self._numeros) + 1)}]\u00a0{source.grade}" for source in sources
        )

    def textes(self) -> list[Texte]:
        """Give the sources cited so far, each under its number."""
        return [Texte(_citer(source), _CITEE, marge=f"[{numero}]") for source, numero in self._numeros.items()]


def _citer(source: SourceLegale) -> str:
    dit = f"{source.grade}, {source.texte}, {source.article}, {provenance(source)}."
    return f"{francais(dit)} {lieu(source)}".rstrip()
