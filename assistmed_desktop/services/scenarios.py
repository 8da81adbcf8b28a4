"""What may be supposed of a contract, and what comes of it: the values of a simulation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from assistmed_desktop.domain.contrat import Indicateur
from assistmed_desktop.domain.valeurs import COMPTE_MAX
from assistmed_desktop.formats import decimal_arrondi
from assistmed_desktop.rules.indicateurs import JOURS_PAR_MOIS

if TYPE_CHECKING:
    from assistmed_desktop.rules.resultats import (
        AnneeAide,
        Avertissement,
        EvaluationContrat,
        Explication,
        StatutContrat,
        StatutIndicateur,
    )
    from assistmed_desktop.rules.tendance import Tendance

GAIN_MAX = 1000
"""The largest monthly pace that may be supposed, in patients, either way."""

Jour = date
GenreRythme = Literal["suppose", "tendance", "moyenne", "stable"]


class HypotheseImpossible(ValueError):  # noqa: N818 - a French name, as the whole domain
    """The hypothesis makes no sense for this contract; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class PeriodeSupposee:
    """A suspension that is supposed, both days included."""

    du: date
    au: date


@dataclass(frozen=True, slots=True)
class OptionSupposee:
    """Another financed ETP, supposed from ``du`` on."""

    du: date
    option_etp: Fraction


@dataclass(frozen=True, slots=True)
class Hypothese:
    """What is supposed of one contract, in patients a month of 30.4375 days.

    ``gain_mensuel`` patients enter the patientèle each month and ``departs`` leave it; without a ``gain_mensuel`` it
    keeps its own pace. The file active gains ``gain_mensuel_file_active`` net, which may be negative; without it, it
    keeps its own pace. A pace goes on during a suspension: nothing is known of what one does to it.
    """

    contrat: str
    gain_mensuel: Fraction | None = None
    departs: Fraction = Fraction(0)
    gain_mensuel_file_active: Fraction | None = None
    suspensions: tuple[PeriodeSupposee, ...] = ()
    option: OptionSupposee | None = None

    def net(self, indicateur: Indicateur) -> Fraction | None:
        """Give the monthly pace supposed for an indicator; None for its own."""
        if indicateur == "file_active":
            return self.gain_mensuel_file_active
        return None if self.gain_mensuel is None else self.gain_mensuel - self.departs


@dataclass(frozen=True, slots=True)
class Rythme:
    """How an indicator goes on from the value that counts, ``depart``, on ``du``.

    ``tendance`` follows the line of the projection, ``moyenne`` the mean gain since the start of the contract (there
    are too few readings for a trend), ``stable`` does not move (there is nothing to go by).
    """

    genre: GenreRythme
    du: date
    depart: int
    par_mois: Fraction
    ligne: Tendance | None = None

    def valeur(self, jour: date) -> int:
        """Give the count on a day, in whole patients."""
        if self.ligne is not None:
            brut: float | Fraction = self.ligne.valeur(jour.toordinal())
        else:
            brut = self.depart + self.par_mois * (jour - self.du).days / JOURS_PAR_MOIS
        return min(COMPTE_MAX, max(0, int(decimal_arrondi(brut, 0))))


@dataclass(frozen=True, slots=True)
class PointSimule:
    """The count supposed on a day, and the one then expected (None without a target)."""

    date: Jour
    valeur: int
    attendu: Fraction | None

    @property
    def ecart(self) -> Fraction | None:
        """The patients ahead (positive) or behind (negative) of the expected path."""
        return None if self.attendu is None else self.valeur - self.attendu


@dataclass(frozen=True, slots=True)
class IndicateurSimule:
    """One indicator under a hypothesis, as judged at the end of the scenario.

    ``rythme`` is None when no reading counts. ``atteint_le`` is the day of the first count that reaches the target,
    by the last day of the contract, with the readings there are before the supposed ones; None when none does.
    """

    indicateur: Indicateur
    requis: bool
    reference: int
    objectif: int | None
    rythme: Rythme | None
    points: tuple[PointSimule, ...]
    valeur: int | None
    statut: StatutIndicateur
    atteint_le: date | None

    @property
    def ecart(self) -> int | None:
        """The patients above (positive) or under (negative) the target at the end of the scenario."""
        return None if self.valeur is None or self.objectif is None else self.valeur - self.objectif


@dataclass(frozen=True, slots=True)
class Scenario:
    """A contract under a hypothesis, judged on ``juge_le``.

    ``juge_le`` is the evaluation, as the suspensions move it, or the last day of the contract once it is past.
    ``aujourdhui`` is the evaluation of the contract without the supposed readings, on the day of the simulation.
    """

    hypothese: Hypothese
    au: date
    juge_le: date
    a_l_evaluation: bool
    statut: StatutContrat
    patientele_mt: IndicateurSimule
    file_active: IndicateurSimule
    aide: tuple[AnneeAide, ...]
    phrases: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]
    explication: Explication
    aujourdhui: EvaluationContrat
    evaluation: EvaluationContrat

    @property
    def indicateurs(self) -> tuple[IndicateurSimule, IndicateurSimule]:
        """Both indicators, the patientèle first."""
        return (self.patientele_mt, self.file_active)


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a contract becomes at its own pace, and what it would become under a hypothesis."""

    actuel: Scenario
    suppose: Scenario
