"""What has changed in a contract between two evaluations of it: gains, expected ones, movements.

Both are evaluations of one dossier, so that the first is what was known then. A gain runs from the value that counted
then to the one that counts now; before the first reading, from the reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR
from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.formats import compte, jour_court, nombre
from assistmed_desktop.rules.indicateurs import JOURS_PAR_MOIS
from assistmed_desktop.rules.mouvements import lignes_de, totaliser
from assistmed_desktop.rules.resultats import Etape, Explication, PeriodeSuspendue
from assistmed_desktop.rules.suspensions import Parcours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistmed_desktop.domain.contrat import Indicateur
    from assistmed_desktop.domain.suivi import Mouvement, SourceReleve
    from assistmed_desktop.rules.mouvements import LigneMouvement, Pont
    from assistmed_desktop.rules.resultats import EvaluationContrat, EvaluationIndicateur

Jour = date
SANS_RELEVE_NOUVEAU = "aucun relevé nouveau ne compte depuis cette date"
SANS_VALEUR = "valeur inconnue"
GROUPE_CHANGE = "le groupe a changé : les deux valeurs ne se comparent pas"


@dataclass(frozen=True, slots=True)
class Valeur:
    """A count that counted on a day: of a reading, or the reference of the contract (no source)."""

    patients: int
    date: Jour
    source: SourceReleve | None

    @property
    def provenance(self) -> str:
        """Where it comes from, in words."""
        return f"{'référence' if self.source is None else SOURCES[self.source]}, {jour_court(self.date)}"


@dataclass(frozen=True, slots=True)
class EvolutionIndicateur:
    """One indicator from then to now. ``motif`` says why there is no gain where there is none.

    ``attendu`` is the gain expected over the same days, on the path of now; ``par_mois`` the gain in patients a month,
    suspended days left out.
    """

    indicateur: Indicateur
    requis: bool
    avant: Valeur
    apres: Valeur | None
    gain: int | None
    attendu: Fraction | None
    par_mois: Fraction | None
    motif: str | None
    explication: Explication

    @property
    def ecart(self) -> Fraction | None:
        """The gain less the one expected."""
        return None if self.gain is None or self.attendu is None else self.gain - self.attendu


@dataclass(frozen=True, slots=True)
class Evolution:
    """A contract from the day after ``depuis`` to ``au``. ``pont`` is None where no movement was entered."""

    depuis: Jour
    au: Jour
    indicateurs: tuple[EvolutionIndicateur, ...]
    pont: Pont | None
    lignes: tuple[LigneMouvement, ...]
    suspensions: tuple[PeriodeSuspendue, ...]


def evolution(alors: EvaluationContrat, contrat: EvaluationContrat, mouvements: Sequence[Mouvement]) -> Evolution:
    """Tell what has changed in a contract since it was evaluated before."""
    indicateurs = tuple(
        _indicateur(avant, apres, alors, contrat)
        for avant, apres in zip(alors.indicateurs, contrat.indicateurs, strict=True)
    )
    patientele = indicateurs[0]
    du, au = alors.au, contrat.au
    if patientele.apres is not None and patientele.gain is not None:
        du, au = patientele.avant.date, patientele.apres.date
    lignes = lignes_de([m for m in mouvements if m.medecin in contrat.adherents], du + UN_JOUR, au)
    return Evolution(
        depuis=alors.au,
        au=contrat.au,
        indicateurs=indicateurs,
        pont=_pont(patientele, du, lignes) if lignes else None,
        lignes=lignes,
        suspensions=tuple(s for s in contrat.suspensions if s.jours and s.au > alors.au and s.du <= contrat.au),
    )


def _pont(patientele: EvolutionIndicateur, du: date, lignes: Sequence[LigneMouvement]) -> Pont:
    """Set the movements against the gain; without a gain they stand alone."""
    if patientele.gain is None or patientele.apres is None:
        return totaliser(None, du, None, None, lignes)
    return totaliser(patientele.avant.patients, du, patientele.apres.patients, patientele.apres.date, lignes)


def _indicateur(
    avant: EvaluationIndicateur, apres: EvaluationIndicateur, alors: EvaluationContrat, contrat: EvaluationContrat
) -> EvolutionIndicateur:
    reference = Valeur(avant.reference, contrat.contrat.reference.date, None)
    depart, arrivee = _valeur(avant) or reference, _valeur(apres)
    motif = _motif(depart, arrivee, apres, alors, contrat)
    gain = attendu = par_mois = None
    etapes = [Etape("Valeur alors", depart.provenance, compte(depart.patients, "patient"))]
    if arrivee is not None and motif is None:
        gain = arrivee.patients - depart.patients
        parcours = Parcours(contrat.contrat.debut_le, contrat.evaluation_le, contrat.suspensions)
        etapes += [
            Etape("Valeur maintenant", arrivee.provenance, compte(arrivee.patients, "patient")),
            Etape("Gain", f"{nombre(arrivee.patients)} − {nombre(depart.patients)}", nombre(gain, signe=True)),
        ]
        if apres.attendu is not None and apres.objectif is not None:
            chemin = [parcours.attendu(apres.reference, apres.objectif, v.date) for v in (depart, arrivee)]
            attendu = chemin[1] - chemin[0]
            calcul = f"rythme attendu le {jour_court(arrivee.date)} − rythme attendu le {jour_court(depart.date)}"
            etapes.append(Etape("Gain attendu", calcul, nombre(attendu, 1, signe=True)))
        if jours := parcours.jours_nets(arrivee.date) - parcours.jours_nets(depart.date):
            par_mois = gain * JOURS_PAR_MOIS / jours
            calcul = f"{nombre(gain, signe=True)} en {compte(jours, 'jour')}, suspension non comptée"
            etapes.append(Etape("Gain par mois", calcul, nombre(par_mois, 1, signe=True)))
    return EvolutionIndicateur(
        indicateur=apres.indicateur,
        requis=apres.requis,
        avant=depart,
        apres=arrivee,
        gain=gain,
        attendu=attendu,
        par_mois=par_mois,
        motif=motif,
        explication=Explication(
            f"{INDICATEURS[apres.indicateur]} depuis le {jour_court(alors.au)}",
            tuple(etapes),
            apres.explication.sources,
        ),
    )


def _valeur(indicateur: EvaluationIndicateur) -> Valeur | None:
    if indicateur.valeur is None or indicateur.date is None or indicateur.source is None:
        return None
    return Valeur(indicateur.valeur, indicateur.date, indicateur.source)


def _motif(
    depart: Valeur,
    arrivee: Valeur | None,
    indicateur: EvaluationIndicateur,
    alors: EvaluationContrat,
    contrat: EvaluationContrat,
) -> str | None:
    """Say why two values give no gain; None when they do."""
    if arrivee is None:
        return SANS_VALEUR
    change = frozenset(alors.adherents) != frozenset(contrat.adherents)
    if depart.source is None and isinstance(contrat.contrat, ContratCollectif):
        change |= bool(contrat.contrat.adhesions) and indicateur.attendu is None  # it may not be that of these doctors
    return GROUPE_CHANGE if change else SANS_RELEVE_NOUVEAU if arrivee.date <= depart.date else None
