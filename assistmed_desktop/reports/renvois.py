"""What the pages refer to: the legal references and the calculations, each under its number."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from assistmed_desktop.rules.resultats import EvaluationContrat, Explication, SourceLegale

_AUCUN: Final[Mapping[str, Explication]] = MappingProxyType({})


class References:
    """The legal references and the calculations of a document, numbered from one, with what rests on each reference.

    ``calculs`` are the calculations that the document spells out, by the key that its pages refer to them with.
    """

    def __init__(self, contrat: EvaluationContrat, calculs: Mapping[str, Explication] = _AUCUN) -> None:
        self.calculs = calculs
        self._numeros = {cle: numero for numero, cle in enumerate(calculs, 1)}
        self._usages: dict[SourceLegale, list[str]] = {}
        for source, usage in _usages(contrat):
            usages = self._usages.setdefault(source, [])
            if usage not in usages:
                usages.append(usage)
        for cle, explication in calculs.items():
            for source in explication.sources:
                self._usages.setdefault(source, [self.calcul(cle)])

    def __iter__(self) -> Iterator[tuple[int, SourceLegale]]:
        return iter(enumerate(self._usages, 1))

    def usages(self, source: SourceLegale) -> list[str]:
        """Say what rests on a source."""
        return self._usages[source]

    def renvoi(self, sources: Iterable[SourceLegale]) -> str:
        """Write the numbers of sources, each with its grade: ``[2] B``."""
        numeros = {source: numero for numero, source in self}
        return ", ".join(f"[{numeros[source]}]\u00a0{source.grade}" for source in sources)

    def numero(self, cle: str) -> str:
        """Write the number of a calculation; nothing when the document does not spell it out."""
        return str(self._numeros[cle]) if cle in self._numeros else ""

    def calcul(self, cle: str, avant: str = "", apres: str = "") -> str:
        """Refer to a calculation, ``calcul 3``, between two texts; nothing when the document does not spell it out."""
        numero = self.numero(cle)
        return f"{avant}calcul\u00a0{numero}{apres}" if numero else ""

    def calculs_de(self, *cles: str) -> str:
        """Refer to those of several calculations that there are: ``calculs 1, 2 et 3``."""
        numeros = [numero for cle in cles if (numero := self.numero(cle))]
        if not numeros:
            return ""
        *debut, dernier = numeros
        return f"calculs\u00a0{', '.join(debut)} et {dernier}" if debut else f"calcul\u00a0{dernier}"


def _usages(contrat: EvaluationContrat) -> Iterator[tuple[SourceLegale, str]]:
    for indicateur in contrat.indicateurs:
        for source in indicateur.explication.sources:
            yield source, "indicateurs et date d’évaluation"
    for annee in contrat.aide:
        for source in annee.explication.sources:
            yield source, "montants de l’aide"
    for echeance in contrat.echeances:
        yield echeance.source, "échéances"
    for motif in contrat.eligibilite.motifs:
        for source in (motif.source, *motif.autres_sources):
            yield source, "éligibilité"
