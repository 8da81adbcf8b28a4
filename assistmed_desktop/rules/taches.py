"""The tasks entrusted, in minutes a week against the hours allocated, and the time they free for the doctor."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from assistmed_desktop.domain.assistant import Domaine
from assistmed_desktop.domain.calendrier import en_cours, se_croisent
from assistmed_desktop.domain.libelles import DOMAINES
from assistmed_desktop.formats import MOINS, compte, decimal_arrondi, heures, jour_court, nombre, periode, pourcent
from assistmed_desktop.rules.partage import assistants_du_contrat, decouper, etp_couvert, part
from assistmed_desktop.rules.resultats import Avertissement, Etape, Explication, SourceLegale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assistmed_desktop.domain.assistant import Assistant, Mission, Observation
    from assistmed_desktop.domain.calendrier import Periode
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import EvaluationContrat

Jour = date
Methode = Literal["declare", "observe"]
ZERO = Fraction(0)
CONFIANCE = Fraction(9, 10)
_UNE_MINUTE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Tache:
    """A task of the day: the minutes a week that fall to this contract, those it frees (None: not told)."""

    assistant: str
    nom: str
    domaine: Domaine
    tache: str
    minutes: Fraction
    minutes_liberees: Fraction | None
    part: Fraction


@dataclass(frozen=True, slots=True)
class PeriodeTaches:
    """Days, both included, over which the tasks and the hours allocated do not change. Minutes a week."""

    du: date
    au: date
    taches: tuple[Tache, ...]
    minutes_affectees: Fraction

    @property
    def minutes(self) -> Fraction:
        """The minutes of every task."""
        return sum((t.minutes for t in self.taches), ZERO)

    @property
    def ecart(self) -> Fraction:
        """The minutes of the tasks beyond (positive) or short of (negative) those allocated."""
        return self.minutes - self.minutes_affectees

    @property
    def par_domaine(self) -> dict[Domaine, Fraction]:
        """The minutes of each domain, the three of them."""
        return {domaine: sum((t.minutes for t in self.taches if t.domaine == domaine), ZERO) for domaine in DOMAINES}

    @property
    def parts(self) -> dict[Domaine, Fraction] | None:
        """The share of each domain; None when no task takes any time."""
        total = self.minutes
        return {domaine: minutes / total for domaine, minutes in self.par_domaine.items()} if total else None

    @property
    def secretariat_seul(self) -> bool:
        """Whether there are tasks and all are administrative."""
        return bool(self.taches) and all(t.domaine == "administratif" for t in self.taches)


@dataclass(frozen=True, slots=True)
class TempsDeclare:
    """The minutes a week freed for the doctor as declared task by task; tasks without a figure are not counted."""

    minutes: Fraction
    taches_chiffrees: int
    taches_sans_chiffre: int

    @property
    def partiel(self) -> bool:
        """Whether some tasks have no figure, so that the sum is only a minimum."""
        return self.taches_sans_chiffre > 0


@dataclass(frozen=True, slots=True)
class TempsObserve:
    """The minutes a week freed, from the days counted of one assistant; ``bas`` and ``haut`` None under five days."""

    assistant: str
    nom: str
    du: date
    au: date
    jours: int
    semaines: int
    jours_par_semaine: int
    mediane: Fraction
    bas: Fraction | None
    haut: Fraction | None
    confiance: Fraction | None

    @property
    def estimation(self) -> Fraction:
        """The minutes a week: the median day times the days of the fullest week."""
        return self.mediane * self.jours_par_semaine


@dataclass(frozen=True, slots=True)
class Secretariat:
    """Days, both included, on which every task was administrative."""

    du: date
    au: date
    phrase: str


@dataclass(frozen=True, slots=True)
class Taches:
    """The tasks of one contract: on the day (None when it does not run), over time, and the time freed."""

    au: Jour
    du_jour: PeriodeTaches | None
    periodes: tuple[PeriodeTaches, ...]
    declare: TempsDeclare | None
    observe: tuple[TempsObserve, ...]
    secretariat_seul: tuple[Secretariat, ...]
    avertissements: tuple[Avertissement, ...]
    source: SourceLegale

    @property
    def methode(self) -> Methode | None:
        """How the time freed is known: observed when days were counted, else declared; None when nothing tells."""
        if self.observe:
            return "observe"
        return "declare" if self.declare is not None and self.declare.taches_chiffrees else None

    @property
    def minutes_liberees(self) -> Fraction | None:
        """The minutes a week freed for the doctor, by ``methode``."""
        if self.observe:
            return sum((o.estimation for o in self.observe), ZERO)
        return self.declare.minutes if self.declare is not None and self.declare.taches_chiffrees else None

    @property
    def chiffres(self) -> dict[str, Explication]:
        """Every figure with how it was reached."""
        trouves: dict[str, Explication] = {}
        if self.du_jour is not None:
            trouves["du_jour"] = self._expliquer(f"Tâches du {jour_court(self.au)}", self.du_jour)
        for celle in self.periodes:
            trouves[f"periodes.{celle.du}"] = self._expliquer(f"Tâches {periode(celle.du, celle.au)}", celle)
        trouves["temps_libere"] = Explication("Temps libéré pour le médecin", tuple(self._etapes_du_temps()), ())
        return trouves

    def _expliquer(self, titre: str, celle: PeriodeTaches) -> Explication:
        etapes = [Etape(t.tache, DOMAINES[t.domaine] + _partage(t), _en_heures(t.minutes)) for t in celle.taches]
        parts = celle.parts or {}
        etapes += [
            Etape(
                DOMAINES[domaine],
                "somme des tâches du domaine",
                _en_heures(minutes) + (f", {pourcent(parts[domaine], 1)}" if domaine in parts else ""),
            )
            for domaine, minutes in celle.par_domaine.items()
        ]
        etapes += [
            Etape("Total des tâches", "somme des trois domaines", _en_heures(celle.minutes)),
            Etape("Heures affectées", "ETP affecté × temps plein", _en_heures(celle.minutes_affectees)),
            Etape("Écart", "tâches − heures affectées", _ecart_en_heures(celle.ecart)),
        ]
        return Explication(titre, tuple(etapes), (self.source,))

    def _etapes_du_temps(self) -> Iterator[Etape]:
        if self.declare is not None:
            connues = compte(self.declare.taches_chiffrees, "tâche chiffrée", "tâches chiffrées")
            sans = self.declare.taches_sans_chiffre
            reste = f", {compte(sans, 'tâche')} sans chiffre" if sans else ""
            total = _par_semaine(self.declare.minutes) if self.declare.taches_chiffrees else "inconnu"
            minimum = "au moins " if sans and self.declare.taches_chiffrees else ""
            yield Etape("Déclaré", f"somme de {connues}{reste}", minimum + total)
        for observe in self.observe:
            jours = compte(observe.jours, "jour compté", "jours comptés")
            yield Etape(
                f"Observé, {observe.nom}",
                f"{jours} en {compte(observe.semaines, 'semaine')} ; {compte(observe.jours_par_semaine, 'jour')} dans "
                f"la semaine la plus remplie × médiane de {_minutes(observe.mediane)} par jour",
                _par_semaine(observe.estimation),
            )
            if observe.bas is not None and observe.haut is not None and observe.confiance is not None:
                yield Etape(
                    "Incertitude",
                    f"test du signe sur les jours rangés, niveau {pourcent(observe.confiance, 2)}",
                    f"de {_minutes(observe.bas)} à {_par_semaine(observe.haut)}",
                )
            else:
                yield Etape("Incertitude", f"{jours}, il en faut au moins cinq", "inconnue")
        if self.methode is None:
            yield Etape("Temps libéré", "aucun jour compté, aucune tâche chiffrée", "inconnu")


def taches(dossier: Dossier, contrat: EvaluationContrat, baremes: Baremes) -> Taches:
    """Follow the tasks of the assistants of a contract, up to the day or to its last day if that came before."""
    signe = contrat.contrat
    textes = baremes.textes.version_ou_rien(signe, max(signe.signe_le, signe.debut_le))
    textes = textes or baremes.textes.version_du_texte(signe.texte)
    assistants = assistants_du_contrat(dossier, signe.id)
    debut, jusqu_au = signe.debut_le, min(contrat.au, contrat.fin_le)
    missions: dict[str, list[Mission]] = defaultdict(list)
    for mission in dossier.missions:
        if se_croisent(mission.du, mission.au, debut, jusqu_au):
            missions[mission.assistant].append(mission)
    observations: dict[str, list[Observation]] = defaultdict(list)
    for observation in dossier.observations:
        if debut <= observation.date <= jusqu_au:
            observations[observation.assistant].append(observation)
    temps_plein = textes.temps_plein.heures
    periodes = tuple(_periodes(contrat, assistants, missions, jusqu_au, temps_plein))
    du_jour = periodes[-1] if periodes and jusqu_au == contrat.au else None
    secretariat = tuple(_secretariat(periodes, contrat.au))
    observe = tuple(o for a in assistants if (o := _observer(a, signe.id, observations[a.id])))
    return Taches(
        au=contrat.au,
        du_jour=du_jour,
        periodes=periodes,
        declare=None if du_jour is None else _declarer(du_jour.taches),
        observe=observe,
        secretariat_seul=secretariat,
        avertissements=tuple(_avertissements(du_jour, secretariat, contrat.au)),
        source=textes.source(textes.temps_plein.grade),
    )


def _periodes(
    contrat: EvaluationContrat,
    assistants: Sequence[Assistant],
    missions: Mapping[str, Sequence[Mission]],
    jusqu_au: date,
    temps_plein: int,
) -> Iterator[PeriodeTaches]:
    bornes: list[Periode] = []
    for assistant in assistants:
        bornes += [*assistant.affectations, *assistant.embauches, *missions.get(assistant.id, ())]
    bruts = []
    rangs = {domaine: rang for rang, domaine in enumerate(DOMAINES)}
    for du, au in decouper(contrat.contrat.debut_le, jusqu_au, bornes):
        lignes = []
        affectees = ZERO
        for assistant in assistants:
            sienne = part(assistant, contrat.id, du)
            if sienne:
                affectees += etp_couvert(assistant, contrat.id, du, temps_plein)[1] * temps_plein * 60
                lignes += [_tache(assistant, m, sienne) for m in missions.get(assistant.id, ()) if en_cours(m, du)]
        # By domain, then by name: the order in which they were entered says nothing.
        lignes.sort(key=lambda t: (rangs[t.domaine], t.tache, t.nom, t.minutes, t.minutes_liberees is None))
        bruts.append(PeriodeTaches(du, au, tuple(lignes), affectees))
    for (lues, affectees), groupe in groupby(bruts, key=lambda p: (p.taches, p.minutes_affectees)):
        suite = list(groupe)
        yield PeriodeTaches(suite[0].du, suite[-1].au, lues, affectees)


def _tache(assistant: Assistant, mission: Mission, sienne: Fraction) -> Tache:
    liberees = mission.minutes_medecin_liberees
    return Tache(
        assistant.id,
        assistant.nom_complet,
        mission.domaine,
        mission.tache,
        mission.minutes_semaine * sienne,
        None if liberees is None else liberees * sienne,
        sienne,
    )


def _declarer(lues: Sequence[Tache]) -> TempsDeclare | None:
    connues = [t.minutes_liberees for t in lues if t.minutes_liberees is not None]
    return TempsDeclare(sum(connues, ZERO), len(connues), len(lues) - len(connues)) if lues else None


def _observer(assistant: Assistant, contrat: str, observations: Sequence[Observation]) -> TempsObserve | None:
    """Estimate the week of an assistant from the days counted; of two counts of a day, the one entered last."""
    if not observations:
        return None
    dates = [observation.date for observation in observations]
    jours: dict[date, Fraction] = {}
    for du, au in decouper(min(dates), max(dates), assistant.affectations):
        if sienne := part(assistant, contrat, du):
            jours |= {o.date: o.minutes_medecin_liberees * sienne for o in observations if du <= o.date <= au}
    if not jours:
        return None
    semaines = Counter(jour.isocalendar()[:2] for jour in jours)
    plein = max(semaines.values())
    ranges = sorted(jours.values())
    milieu = len(ranges) // 2
    mediane = ranges[milieu] if len(ranges) % 2 else (ranges[milieu - 1] + ranges[milieu]) / 2
    rang, confiance = rang_du_signe(len(ranges))
    return TempsObserve(
        assistant=assistant.id,
        nom=assistant.nom_complet,
        du=min(jours),
        au=max(jours),
        jours=len(jours),
        semaines=len(semaines),
        jours_par_semaine=plein,
        mediane=mediane,
        bas=ranges[rang - 1] * plein if rang else None,
        haut=ranges[-rang] * plein if rang else None,
        confiance=confiance if rang else None,
    )


def rang_du_signe(jours: int) -> tuple[int, Fraction]:
    """Give the greatest rank k such that the k-th lowest and the k-th highest day hold the median at 90 % at least.

    The level is exact: 1 − 2 P(B < k), B binomial of that many days and one half. Rank 0 when no rank is enough.
    """
    rang, niveau = 0, Fraction(0)
    queue, terme, total = 0, 1, 2**jours
    for k in range(1, jours // 2 + 1):
        queue += terme
        exact = 1 - Fraction(2 * queue, total)
        if exact < CONFIANCE:
            break
        rang, niveau = k, exact
        terme = terme * (jours - k + 1) // k
    return rang, niveau


def _secretariat(periodes: Sequence[PeriodeTaches], au: date) -> Iterator[Secretariat]:
    for seul, groupe in groupby(periodes, key=lambda p: p.secretariat_seul):
        if seul:
            suite = list(groupe)
            du, fin = suite[0].du, suite[-1].au
            quand = f"depuis le {jour_court(du)}" if fin == au else periode(du, fin)
            yield Secretariat(du, fin, f"{quand[0].upper()}{quand[1:]}, les missions sont toutes administratives.")


def _avertissements(
    du_jour: PeriodeTaches | None, secretariat: Sequence[Secretariat], au: date
) -> Iterator[Avertissement]:
    if du_jour is not None and du_jour.taches:
        if du_jour.ecart >= _UNE_MINUTE:
            yield Avertissement(
                "taches_au_dela_des_heures",
                f"Les tâches prennent {_par_semaine(du_jour.minutes)}, {_minutes(du_jour.ecart)} de plus que les "
                f"heures affectées au contrat ({_minutes(du_jour.minutes_affectees)}).",
                "attention",
            )
        elif du_jour.ecart <= -_UNE_MINUTE:
            yield Avertissement(
                "heures_sans_tache",
                f"Les tâches prennent {_par_semaine(du_jour.minutes)} : {_minutes(-du_jour.ecart)} affectées au "
                "contrat n'ont pas de tâche saisie.",
                "information",
            )
        if any(t.part != 1 for t in du_jour.taches):
            yield Avertissement(
                "taches_partagees",
                "Un assistant sert plusieurs contrats : ses minutes sont partagées en proportion de l'ETP affecté.",
                "information",
            )
    passees = [celle for celle in secretariat if celle.au < au]
    if passees:
        autres = f" (et {compte(len(passees) - 1, 'autre période', 'autres périodes')})" if len(passees) > 1 else ""
        yield Avertissement(
            "secretariat_seul_passe",
            f"{periode(passees[-1].du, passees[-1].au).capitalize()}{autres}, les missions saisies étaient toutes "
            "administratives : le secrétariat seul ne donne pas droit à l'aide.",
            "attention",
        )


def _partage(tache: Tache) -> str:
    return "" if tache.part == 1 else f", part du contrat {tache.part}"


def _minutes(minutes: Fraction, *, signe: bool = False) -> str:
    """Write minutes as hours and minutes, to the nearest minute."""
    entieres = int(decimal_arrondi(minutes, 0))
    absolues = abs(entieres)
    corps = heures(Fraction(absolues, 60)) if absolues >= 60 else f"{nombre(absolues)}\u00a0min"  # noqa: PLR2004 - an hour
    if entieres < 0:
        return f"{MOINS}{corps}"
    return f"+{corps}" if signe and entieres else corps


def _en_heures(minutes: Fraction) -> str:
    """Write the minutes of a week in a column, where all are hours: ``0 h 45 par semaine``."""
    return f"{heures(minutes / 60)} par semaine"


def _ecart_en_heures(minutes: Fraction) -> str:
    entieres = int(decimal_arrondi(minutes, 0))
    signe = "+" if entieres > 0 else MOINS if entieres else ""
    return f"{signe}{heures(Fraction(abs(entieres), 60))}"


def _par_semaine(minutes: Fraction) -> str:
    return f"{_minutes(minutes)} par semaine"
