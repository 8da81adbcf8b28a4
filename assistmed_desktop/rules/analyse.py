"""A contract in depth, on the day of its evaluation: what lies behind the figures that the evaluation gives."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Protocol

from assistmed_desktop.rules.argent import Argent, argent
from assistmed_desktop.rules.comparaison import Comparaison, comparaison
from assistmed_desktop.rules.file_active import FileActive, file_active
from assistmed_desktop.rules.fin import FinDeContrat, fin
from assistmed_desktop.rules.groupe import Groupe, groupe
from assistmed_desktop.rules.mouvements import Mouvements, mouvements
from assistmed_desktop.rules.presence import Presence, presence
from assistmed_desktop.rules.renouvellement import Renouvellement, renouvellement
from assistmed_desktop.rules.rythme import Rythme, rythme
from assistmed_desktop.rules.sources import Sources, sources
from assistmed_desktop.rules.taches import Taches, taches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import Avertissement, EvaluationContrat, Explication


class Partie(Protocol):
    """A part of the analysis: what it warns of, and its figures by their path within it."""

    @property
    def avertissements(self) -> tuple[Avertissement, ...]:
        """What to know or to check."""
        ...

    @property
    def chiffres(self) -> dict[str, Explication]:
        """Each figure that can be explained, by its path."""
        ...


@dataclass(frozen=True, slots=True)
class Analyse:
    """The parts, in the order in which they are read. ``groupe`` is None for an individual contract."""

    groupe: Groupe | None
    sources: Sources
    mouvements: Mouvements
    file_active: FileActive
    rythme: Rythme
    argent: Argent
    presence: Presence
    taches: Taches
    fin: FinDeContrat
    renouvellement: Renouvellement
    comparaison: Comparaison

    @property
    def parties(self) -> Iterator[tuple[str, Partie]]:
        """The parts there are, each with its name."""
        for champ in fields(self):
            partie = getattr(self, champ.name)
            if partie is not None:
                yield champ.name, partie

    @property
    def avertissements(self) -> tuple[Avertissement, ...]:
        """What every part warns of."""
        return tuple(avertissement for _, partie in self.parties for avertissement in partie.avertissements)

    @property
    def chiffres(self) -> dict[str, Explication]:
        """Every figure by its path, which begins with the name of its part."""
        return {
            f"{nom}.{chemin}": explication
            for nom, partie in self.parties
            for chemin, explication in partie.chiffres.items()
        }


def analyser(dossier: Dossier, contrat: EvaluationContrat, baremes: Baremes) -> Analyse:
    """Analyse a contract of a dossier, as it was evaluated on a day."""
    return Analyse(
        groupe=groupe(dossier, contrat, baremes),
        sources=sources(dossier, contrat, baremes),
        mouvements=mouvements(dossier, contrat, baremes),
        file_active=file_active(dossier, contrat, baremes),
        rythme=rythme(dossier, contrat, baremes),
        argent=argent(dossier, contrat, baremes),
        presence=presence(dossier, contrat, baremes),
        taches=taches(dossier, contrat, baremes),
        fin=fin(dossier, contrat, baremes),
        renouvellement=renouvellement(dossier, contrat, baremes),
        comparaison=comparaison(dossier, contrat, baremes),
    )
