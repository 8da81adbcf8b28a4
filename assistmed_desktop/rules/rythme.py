"""The pace of a contract, month by month: what was known and forecast then, and the gain required against the best.

A line of the table is what evaluating the dossier on that day gives: the readings dated by then, the target, the
suspensions and the group of then. The trend is that of ``rules.tendance``; its slopes are kept sorted from one month
to the next, each new reading adding only its own, so that ten years of readings are fitted at the cost of the last.

The best gain ever reached is the Theil–Sen slope of the best span of at least six months: the shortest run of readings
that covers six months and holds at least three of them, from each reading on. The median of the slopes of its pairs is
not moved by one reading out of line, as the difference of two readings would be. Only the readings of the contract
count: before it nobody was assisted, and what was counted may have been another population.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, takewhile
from math import ceil
from statistics import median
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois
from assistmed_desktop.domain.contrat import ContratCollectif, Indicateur
from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.domain.suivi import SourceReleve
from assistmed_desktop.domain.valeurs import ANNEE_MAX
from assistmed_desktop.formats import compte, jour_court, jour_long, nombre, periode
from assistmed_desktop.rules.adhesions import jour_du_groupe, passages, totaux_du_groupe
from assistmed_desktop.rules.designation import SUJETS
from assistmed_desktop.rules.indicateurs import JOURS_PAR_MOIS, mesurer, projeter
from assistmed_desktop.rules.releves import (
    ECART_JOURS,
    points,
    retenu,
    serie_de_tendance,
    total_du_groupe,
)
from assistmed_desktop.rules.resultats import Avertissement, Etape, Explication, Point, Projection, SourceLegale
from assistmed_desktop.rules.suspensions import Parcours, evaluation_deplacee, periodes_suspendues
from assistmed_desktop.rules.tendance import RELEVES_MINIMAUX, Tendance, tendance_des_pentes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.suivi import Releve
    from assistmed_desktop.rules.adhesions import Totaux
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import EvaluationContrat, EvaluationIndicateur

Jour = date
MOIS_DES_GAINS = (3, 6, 12)
MOIS_DU_MEILLEUR = 6
_RELEVES_DU_MEILLEUR = 3
_DERNIER_JOUR = date(ANNEE_MAX, 12, 31)
_PAR_MOIS = float(JOURS_PAR_MOIS)


@dataclass(frozen=True, slots=True)
class MoisRythme:
    """What an indicator was on a day of the contract, with what was known then. Gains in patients a month."""

    le: Jour
    valeur: int | None
    date: Jour | None
    source: SourceReleve | None
    objectif: int | None
    evaluation_le: Jour
    attendu: Fraction | None
    gain_mensuel_requis: Fraction | None
    projection: Projection | None

    @property
    def pente(self) -> float | None:
        """The slope of the trend, in patients a month."""
        return None if self.projection is None else self.projection.pente * _PAR_MOIS

    @property
    def intervalle(self) -> tuple[float, float] | None:
        """The 90 % interval of the slope, in patients a month."""
        if self.projection is None:
            return None
        return self.projection.pente_bas * _PAR_MOIS, self.projection.pente_haut * _PAR_MOIS


@dataclass(frozen=True, slots=True)
class Gain:
    """The patients won between two readings some ``mois`` apart."""

    mois: int
    avant: Point
    apres: Point

    @property
    def patients(self) -> int:
        """The difference of the two counts."""
        return self.apres.valeur - self.avant.valeur

    @property
    def jours(self) -> int:
        """The days between the two readings."""
        return (self.apres.date - self.avant.date).days

    @property
    def par_mois(self) -> Fraction:
        """The gain in patients a month."""
        return self.patients * JOURS_PAR_MOIS / self.jours


@dataclass(frozen=True, slots=True)
class MeilleurGain:
    """The best robust gain over at least six months of readings, in patients a month."""

    du: Jour
    au: Jour
    releves: int
    par_mois: float


@dataclass(frozen=True, slots=True)
class JourAtteint:
    """The day on which the trend reaches the target, and the earliest and latest of its 90 % interval.

    None is never: the slope does not rise. A target ``deja`` reached has no day.
    """

    deja: bool
    le: Jour | None
    au_plus_tot: Jour | None
    au_plus_tard: Jour | None


@dataclass(frozen=True, slots=True)
class RythmeIndicateur:
    """The pace of one indicator."""

    indicateur: Indicateur
    requis: bool
    objectif: int | None
    evaluation_le: Jour
    mois: tuple[MoisRythme, ...]
    gains: tuple[Gain, ...]
    gain_mensuel_requis: Fraction | None
    meilleur: MeilleurGain | None
    atteint: JourAtteint | None

    @property
    def inedit(self) -> bool:
        """Whether the gain required passes the best ever reached."""
        return (
            self.gain_mensuel_requis is not None
            and self.meilleur is not None
            and self.gain_mensuel_requis > max(0, self.meilleur.par_mois)
        )

    @property
    def phrase(self) -> str | None:
        """When the target would be reached at this pace; None without target or trend."""
        if self.atteint is None or self.objectif is None:
            return None
        cible = f"l'objectif de {compte(self.objectif, 'patient')} pour {SUJETS[self.indicateur]}"
        return _phrase_du_jour(cible, self.atteint, self.evaluation_le)


@dataclass(frozen=True, slots=True)
class Rythme:
    """The pace of a contract, from its start to the day."""

    au: Jour
    indicateurs: tuple[RythmeIndicateur, ...]
    avertissements: tuple[Avertissement, ...]
    sources_legales: tuple[SourceLegale, ...]

    @property
    def chiffres(self) -> dict[str, Explication]:
        """What explains each figure, by its path."""
        explications: dict[str, Explication] = {}
        for sien in self.indicateurs:
            racine = f"indicateurs.{sien.indicateur}"
            explications[racine] = _expliquer_indicateur(sien, self.sources_legales)
            for mois in sien.mois:
                chemin = f"{racine}.mois.{mois.le.isoformat()}"
                explications[chemin] = _expliquer_mois(sien.indicateur, mois, self.sources_legales)
            for gain in sien.gains:
                explications[f"{racine}.gains.{gain.mois}"] = _expliquer_gain(sien.indicateur, gain)
            if sien.meilleur is not None:
                explications[f"{racine}.meilleur_gain"] = _expliquer_meilleur(sien.indicateur, sien.meilleur)
            if sien.atteint is not None:
                explications[f"{racine}.objectif_atteint"] = _expliquer_jour(sien, sien.atteint, self.sources_legales)
        return explications


def rythme(dossier: Dossier, contrat: EvaluationContrat, baremes: Baremes) -> Rythme:
    """Follow the pace of a contract month by month, and hold the gain required to those reached."""
    releves: dict[str, list[Releve]] = {medecin: [] for medecin in contrat.medecins}
    for releve in dossier.releves:
        if releve.medecin in releves:
            releves[releve.medecin].append(releve)
    jours = _jours(contrat)
    reperes = _reperes(dossier, contrat, baremes, jours)
    indicateurs = tuple(_indicateur(contrat, indicateur, releves, reperes) for indicateur in contrat.indicateurs)
    return Rythme(
        contrat.au,
        indicateurs,
        tuple(_avertir(contrat, indicateurs)),
        contrat.patientele_mt.explication.sources,
    )


def _jours(contrat: EvaluationContrat) -> list[date]:
    """Give the last day of each month of the contract up to the day, then the day itself."""
    debut, au = contrat.contrat.debut_le, contrat.au
    if au < debut:
        return []
    fins = (ajouter_mois(debut, rang) - UN_JOUR for rang in range(1, 12 * contrat.contrat.duree_ans + 1))
    return [*takewhile(lambda fin: fin < au and fin <= contrat.fin_le, fins), au]


@dataclass(frozen=True, slots=True)
class _Repere:
    """What an evaluation on that day holds the readings to: the path, and the totals of each indicator."""

    le: date
    parcours: Parcours
    totaux: Mapping[Indicateur, Totaux]


def _reperes(dossier: Dossier, contrat: EvaluationContrat, baremes: Baremes, jours: Sequence[date]) -> list[_Repere]:
    signe = contrat.contrat
    effet = max(signe.signe_le, signe.debut_le)
    texte = baremes.textes.version_ou_rien(signe, effet) or baremes.textes.version_du_texte(signe.texte)
    par_defaut = ajouter_mois(signe.debut_le, texte.evaluation_mois)
    medecins = {medecin.id: medecin for medecin in dossier.medecins}
    reperes = []
    for jour in jours:
        objectif = signe.objectif_au(jour)
        initiale = (None if objectif is None else objectif.evaluation_le) or par_defaut
        suspensions = periodes_suspendues(signe.suspensions, jour)
        parcours = Parcours(signe.debut_le, evaluation_deplacee(initiale, suspensions), suspensions)
        mouvements = passages(signe, jour_du_groupe(signe, jour))
        totaux = totaux_du_groupe(signe, objectif, mouvements, medecins, jour)
        reperes.append(_Repere(jour, parcours, totaux))
    return reperes


def _indicateur(
    contrat: EvaluationContrat,
    evalue: EvaluationIndicateur,
    releves: Mapping[str, Sequence[Releve]],
    reperes: Sequence[_Repere],
) -> RythmeIndicateur:
    pentes = _Pentes()
    mois = []
    for repere, (serie, valeur) in zip(
        reperes, _series(contrat, evalue.indicateur, releves, [repere.le for repere in reperes]), strict=True
    ):
        pentes.suivre(serie)
        mois.append(_mois(repere, evalue.indicateur, valeur, pentes.projection(repere.parcours.evaluation_le)))
    suite = pentes.points
    return RythmeIndicateur(
        indicateur=evalue.indicateur,
        requis=evalue.requis,
        objectif=evalue.objectif,
        evaluation_le=contrat.evaluation_le,
        mois=tuple(mois),
        gains=tuple(gain for duree in MOIS_DES_GAINS if (gain := _gain(suite, duree)) is not None),
        gain_mensuel_requis=evalue.gain_mensuel_requis,
        meilleur=_meilleur(suite),
        atteint=_jour_atteint(evalue, pentes.tendance(), contrat.au),
    )


def _series(
    contrat: EvaluationContrat,
    indicateur: Indicateur,
    releves: Mapping[str, Sequence[Releve]],
    jours: Sequence[date],
) -> Iterator[tuple[list[Point], Point | None]]:
    """Give, for each day, the readings the trend rested on then and the value that counted."""
    signe = contrat.contrat
    if isinstance(signe, ContratCollectif) and signe.adhesions:
        for jour in jours:
            mesure = mesurer(signe, releves, indicateur, jour)
            yield serie_de_tendance(mesure.comparable), mesure.valeur
        return
    par_medecin = [points(releves[medecin], indicateur, signe.debut_le, contrat.au) for medecin in signe.medecins]
    if len(par_medecin) > 1:
        yield from _series_du_groupe(par_medecin, jours)
        return
    tous = par_medecin[0]
    dates = [point.date for point in tous]
    for jour in jours:
        connus = tous[: bisect_right(dates, jour)]
        yield serie_de_tendance(connus), retenu(connus)


def _series_du_groupe(
    par_medecin: Sequence[Sequence[Point]], jours: Sequence[date]
) -> Iterator[tuple[list[Point], Point | None]]:
    """Sum the readings of a group as ``releves.somme`` does, stopping at each day instead of starting anew."""
    lus = sorted(
        ((point.date, rang, point) for rang, siens in enumerate(par_medecin) for point in siens),
        key=lambda lu: lu[0],
    )
    par_date = [(le, list(ensemble)) for le, ensemble in groupby(lus, key=lambda lu: lu[0])]
    retenus: list[Point | None] = [None] * len(par_medecin)
    sommes: dict[date, Point] = {}
    total: Point | None = None
    place = 0
    for jour in jours:
        while place < len(par_date) and par_date[place][0] <= jour:
            for _, rang, point in par_date[place][1]:
                avant = retenus[rang]
                retenus[rang] = retenu([point] if avant is None else [avant, point])
            presents = [point for point in retenus if point is not None]
            if len(presents) == len(retenus):
                total = total_du_groupe(presents)
                sommes[total.date] = total
            place += 1
        yield serie_de_tendance([sommes[le] for le in sorted(sommes)]), total


def _mois(repere: _Repere, indicateur: Indicateur, point: Point | None, projection: Projection | None) -> MoisRythme:
    totaux, parcours = repere.totaux[indicateur], repere.parcours
    objectif = totaux.objectif
    attendu = requis = None
    if point is not None and objectif is not None and totaux.tenus:
        attendu = parcours.attendu(totaux.reference, objectif, point.date)
        restants = (parcours.evaluation_le - repere.le).days
        if point.valeur >= objectif:
            requis = Fraction(0)
        elif restants > 0:
            requis = (objectif - point.valeur) * JOURS_PAR_MOIS / restants
    return MoisRythme(
        le=repere.le,
        valeur=None if point is None else point.valeur,
        date=None if point is None else point.date,
        source=None if point is None else point.source,
        objectif=objectif,
        evaluation_le=parcours.evaluation_le,
        attendu=attendu,
        gain_mensuel_requis=requis,
        projection=projection,
    )


class _Pentes:
    """The slopes of all pairs of a series, kept sorted while readings come in: what ``rules.tendance`` works out anew.

    A group's last sums may still change as its other doctors are read: the readings that changed are taken out first.
    """

    def __init__(self) -> None:
        self.points: list[Point] = []
        self._jours: list[int] = []
        self._valeurs: list[int] = []
        self._triees: list[float] = []

    def suivre(self, serie: Sequence[Point]) -> None:
        """Hold these readings, in order of date, each date once."""
        communs = 0
        for point, autre in zip(self.points, serie, strict=False):
            if point != autre:
                break
            communs += 1
        if 2 * communs < len(self.points):
            communs = 0
            self.points.clear()
            self._jours.clear()
            self._valeurs.clear()
            self._triees.clear()
        while len(self.points) > communs:
            self._retirer()
        for point in serie[communs:]:
            self._ajouter(point)
        self._triees.sort()  # what was sorted is one run: it is merged, not sorted anew

    def _ajouter(self, point: Point) -> None:
        jour = point.date.toordinal()
        self._triees += self._pentes_vers(jour, point.valeur)
        self.points.append(point)
        self._jours.append(jour)
        self._valeurs.append(point.valeur)

    def _retirer(self) -> None:
        self.points.pop()
        for pente in self._pentes_vers(self._jours.pop(), self._valeurs.pop()):
            del self._triees[bisect_left(self._triees, pente)]

    def _pentes_vers(self, jour: int, valeur: int) -> list[float]:
        return [(valeur - y) / (jour - x) for x, y in zip(self._jours, self._valeurs, strict=True)]

    def tendance(self) -> Tendance | None:
        """Give the trend of the readings held; None under four."""
        if len(self.points) < RELEVES_MINIMAUX:
            return None
        return tendance_des_pentes(self._jours, self._valeurs, self._triees)

    def projection(self, le: date) -> Projection | None:
        """Carry the trend to a day."""
        ligne = self.tendance()
        return None if ligne is None else projeter(ligne, self.points, le)


def _gain(suite: Sequence[Point], duree: int) -> Gain | None:
    """Give the gain from the reading nearest to the day so many months before the last one; None when none is near."""
    if not suite:
        return None
    dernier = suite[-1]
    vise = ajouter_mois(dernier.date, -duree)
    avant = min(suite, key=lambda point: abs((point.date - vise).days))
    return None if abs((avant.date - vise).days) >= ECART_JOURS else Gain(duree, avant, dernier)


def _meilleur(suite: Sequence[Point]) -> MeilleurGain | None:
    """Give the best gain over at least six months; None while no span of three readings is that long."""
    dates = [point.date for point in suite]
    jours = [jour.toordinal() for jour in dates]
    meilleur: MeilleurGain | None = None
    for premier in range(len(suite) - _RELEVES_DU_MEILLEUR + 1):
        dernier = max(
            bisect_left(dates, ajouter_mois(dates[premier], MOIS_DU_MEILLEUR)), premier + _RELEVES_DU_MEILLEUR - 1
        )
        if dernier >= len(suite):
            break
        rangs = range(premier, dernier + 1)
        pente = median(
            (suite[j].valeur - suite[i].valeur) / (jours[j] - jours[i])
            for i in rangs
            for j in range(i + 1, dernier + 1)
        )
        par_mois = pente * _PAR_MOIS
        if meilleur is None or par_mois > meilleur.par_mois:
            meilleur = MeilleurGain(dates[premier], dates[dernier], len(rangs), par_mois)
    return meilleur


def _jour_atteint(evalue: EvaluationIndicateur, ligne: Tendance | None, au: date) -> JourAtteint | None:
    """Find when the trend, and the two slopes of its interval, reach the target."""
    if evalue.objectif is None:
        return None
    if evalue.statut == "atteint":
        return JourAtteint(deja=True, le=None, au_plus_tot=None, au_plus_tard=None)
    if ligne is None:
        return None
    le = _croise(ligne, ligne.pente, evalue.objectif, au)
    bornes = [_croise(ligne, pente, evalue.objectif, au) for pente in (ligne.pente_bas, ligne.pente_haut)]
    connus = [jour for jour in (le, *bornes) if jour is not None]
    jamais = len(connus) < len(bornes) + 1
    return JourAtteint(
        deja=False,
        le=le,
        au_plus_tot=min(connus, default=None),
        au_plus_tard=None if jamais else max(connus),
    )


def _croise(ligne: Tendance, pente: float, objectif: int, au: date) -> date | None:
    """Give the first day, from ``au`` on, on which a line of that slope is at the target; None when it never is."""
    origine = au.toordinal()
    niveau = median(y + pente * (origine - x) for x, y in zip(ligne.jours, ligne.valeurs, strict=True))
    if niveau >= objectif:
        return au
    if pente <= 0:
        return None
    jours = (objectif - niveau) / pente
    return None if jours > (_DERNIER_JOUR - au).days else au + timedelta(days=ceil(jours))


def _avertir(contrat: EvaluationContrat, indicateurs: Sequence[RythmeIndicateur]) -> Iterator[Avertissement]:
    for sien in indicateurs:
        requis, meilleur = sien.gain_mensuel_requis, sien.meilleur
        if sien.requis and sien.inedit and requis is not None and meilleur is not None and contrat.statut != "termine":
            yield Avertissement(
                "gain_requis_inedit",
                f"{INDICATEURS[sien.indicateur]} : pour atteindre l'objectif le {jour_long(sien.evaluation_le)}, il "
                f"faudrait gagner {nombre(requis, 1)} patients par mois. Le meilleur gain atteint sur six mois depuis "
                f"le début du contrat est de {nombre(meilleur.par_mois, 1)} par mois "
                f"({periode(meilleur.du, meilleur.au)}).",
                "attention",
            )


def _phrase_du_jour(cible: str, atteint: JourAtteint, evaluation_le: date) -> str:
    if atteint.deja:
        return f"{cible[0].upper()}{cible[1:]} est atteint."
    debut = f"À ce rythme, {cible}"
    tot, tard = atteint.au_plus_tot, atteint.au_plus_tard
    if tot is None:
        return f"{debut} ne serait jamais atteint."
    if atteint.le is None:
        return f"{debut} ne serait jamais atteint ; au mieux, il le serait le {jour_long(tot)}."
    apres = f", après l'évaluation du {jour_long(evaluation_le)}" if atteint.le > evaluation_le else ""
    dit = f"{debut} serait atteint le {jour_long(atteint.le)}{apres}"
    if tard is None:
        return f"{dit}, sans certitude : au plus tôt le {jour_long(tot)}, peut-être jamais."
    return f"{dit} ; entre le {jour_long(tot)} et le {jour_long(tard)} (intervalle à 90\u00a0%)."


def _expliquer_indicateur(sien: RythmeIndicateur, legales: tuple[SourceLegale, ...]) -> Explication:
    requis = "sans objet" if sien.gain_mensuel_requis is None else _par_mois(sien.gain_mensuel_requis)
    etapes = [Etape("Gain requis", f"d'ici au {jour_court(sien.evaluation_le)}", requis)]
    if sien.meilleur is not None:
        etapes.append(
            Etape(
                "Meilleur gain sur six mois",
                periode(sien.meilleur.du, sien.meilleur.au),
                _par_mois(sien.meilleur.par_mois),
            )
        )
    connus = {gain.mois for gain in sien.gains}
    etapes += [
        Etape(f"Gain sur {duree} mois", f"aucun relevé à moins de {ECART_JOURS} jours du début de ces mois", "inconnu")
        for duree in MOIS_DES_GAINS
        if duree not in connus
    ]
    return Explication(f"{INDICATEURS[sien.indicateur]} : le rythme", tuple(etapes), legales)


def _expliquer_mois(indicateur: Indicateur, mois: MoisRythme, legales: tuple[SourceLegale, ...]) -> Explication:
    etapes = []
    if mois.valeur is None or mois.date is None or mois.source is None:
        etapes.append(Etape("Valeur", "aucun relevé ne comptait encore", "inconnue"))
    else:
        lu = f"{SOURCES[mois.source]}, relevé du {jour_court(mois.date)}"
        etapes.append(Etape("Valeur", lu, compte(mois.valeur, "patient")))
    if mois.attendu is not None and mois.objectif is not None and mois.date is not None:
        etapes.append(
            Etape(
                "Attendu",
                f"au {jour_court(mois.date)}, sur le chemin de {nombre(mois.objectif)} patients le "
                f"{jour_court(mois.evaluation_le)}",
                nombre(mois.attendu, 2),
            )
        )
    if mois.gain_mensuel_requis is not None and mois.objectif is not None and mois.valeur is not None:
        etapes.append(
            Etape(
                "Gain requis",
                f"de {nombre(mois.valeur)} à {nombre(mois.objectif)} d'ici au {jour_court(mois.evaluation_le)}",
                _par_mois(mois.gain_mensuel_requis),
            )
        )
    if mois.projection is not None and mois.pente is not None and mois.intervalle is not None:
        bas, haut = mois.intervalle
        siens = compte(mois.projection.releves, "relevé")
        etapes += [
            Etape(
                "Tendance",
                f"pente médiane des paires de {siens} depuis le {jour_court(mois.projection.debut)}, à 90\u00a0% entre "
                f"{nombre(bas, 1, signe=True)} et {nombre(haut, 1, signe=True)}",
                _par_mois(mois.pente),
            ),
            Etape(
                "Projection",
                f"la tendance portée au {jour_court(mois.projection.date)}, entre {nombre(mois.projection.bas)} et "
                f"{nombre(mois.projection.haut)}",
                nombre(mois.projection.valeur, 2),
            ),
        ]
    return Explication(f"{INDICATEURS[indicateur]} : au {jour_court(mois.le)}", tuple(etapes), legales)


def _expliquer_gain(indicateur: Indicateur, gain: Gain) -> Explication:
    return Explication(
        f"{INDICATEURS[indicateur]} : gain sur {gain.mois} mois",
        (
            Etape(
                "Gain",
                f"{nombre(gain.apres.valeur)} le {jour_court(gain.apres.date)} − {nombre(gain.avant.valeur)} le "
                f"{jour_court(gain.avant.date)}",
                f"{nombre(gain.patients, signe=True)} en {compte(gain.jours, 'jour')}",
            ),
            Etape(
                "Par mois",
                f"{nombre(gain.patients, signe=True)} / {nombre(gain.jours)} × {nombre(JOURS_PAR_MOIS, 4)}",
                _par_mois(gain.par_mois),
            ),
        ),
        (),
    )


def _expliquer_meilleur(indicateur: Indicateur, meilleur: MeilleurGain) -> Explication:
    return Explication(
        f"{INDICATEURS[indicateur]} : le meilleur gain sur six mois",
        (
            Etape(
                "Méthode",
                "de chaque relevé du contrat, la plus courte suite d'au moins trois relevés qui couvre six mois",
                "pente médiane de ses paires de relevés",
            ),
            Etape(
                "Meilleure suite",
                f"{compte(meilleur.releves, 'relevé')} {periode(meilleur.du, meilleur.au)}",
                _par_mois(meilleur.par_mois),
            ),
        ),
        (),
    )


def _expliquer_jour(sien: RythmeIndicateur, atteint: JourAtteint, legales: tuple[SourceLegale, ...]) -> Explication:
    etapes = []
    if atteint.deja:
        etapes.append(Etape("Objectif", "la valeur qui compte y est déjà", "atteint"))
    else:
        etapes += [
            Etape("Tendance", "jour où la droite robuste des relevés croise l'objectif", _jour_ou_jamais(atteint.le)),
            Etape("Au plus tôt", "la pente haute de l'intervalle à 90\u00a0%", _jour_ou_jamais(atteint.au_plus_tot)),
            Etape("Au plus tard", "la pente basse de l'intervalle à 90\u00a0%", _jour_ou_jamais(atteint.au_plus_tard)),
        ]
    return Explication(f"{INDICATEURS[sien.indicateur]} : le jour de l'objectif", tuple(etapes), legales)


def _jour_ou_jamais(jour: date | None) -> str:
    return "jamais à ce rythme" if jour is None else jour_court(jour)


def _par_mois(valeur: Fraction | float) -> str:
    return f"{nombre(valeur, 1, signe=True)} par mois"
