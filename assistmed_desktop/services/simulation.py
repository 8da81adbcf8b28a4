"""What a contract would become under a hypothesis: the practice with supposed facts added, then evaluated as any other.

There is no second set of formulas: a hypothesis makes another ``Dossier``, with a reading a month from the last value
to the evaluation, and ``evaluate`` judges it. Such a dossier is never to be saved; the readings that it supposes bear
the note ``NOTE_SIMULATION``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import ajouter_mois, se_croisent
from assistmed_desktop.domain.contrat import (
    ChangementOption,
    ContratCollectif,
    ContratIndividuel,
    NouvelObjectif,
    Suspension,
)
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.formats import jour_court, periode
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.indicateurs import JOURS_PAR_MOIS, mesurer
from assistmed_desktop.rules.releves import points, retenu, serie_de_tendance
from assistmed_desktop.rules.suspensions import Parcours
from assistmed_desktop.rules.tendance import tendance
from assistmed_desktop.services.recit_simulation import avertissements, explication, phrases
from assistmed_desktop.services.scenarios import (
    GAIN_MAX,
    Hypothese,
    HypotheseImpossible,
    IndicateurSimule,
    PointSimule,
    Rythme,
    Scenario,
    Simulation,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistmed_desktop.domain.contrat import Avenant, Indicateur
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import Evaluation, EvaluationContrat, EvaluationIndicateur, Point

NOTE_SIMULATION = "simulation"


def simulation(dossier: Dossier, hypothese: Hypothese, au: date, baremes: Baremes) -> Simulation:
    """Set a hypothesis beside the own pace of its contract.

    Raises:
        HypotheseImpossible: as ``scenario``.

    """
    return Simulation(
        scenario(dossier, Hypothese(hypothese.contrat), au, baremes), scenario(dossier, hypothese, au, baremes)
    )


def simuler(dossier: Dossier, hypothese: Hypothese, au: date, baremes: Baremes) -> Evaluation:
    """Evaluate a dossier on the day its contract would be judged under a hypothesis.

    Raises:
        HypotheseImpossible: as ``scenario``.

    """
    joue = _jouer(dossier, hypothese, au, baremes)
    return evaluate(joue.dossier, joue.juge_le, baremes)


def scenario(dossier: Dossier, hypothese: Hypothese, au: date, baremes: Baremes) -> Scenario:
    """Play a hypothesis from a day to the evaluation of its contract.

    Raises:
        HypotheseImpossible: the contract is not there or has ended, a pace is negative or beyond ``GAIN_MAX``, a
            suspension or the option lies outside the contract, or suspensions overlap.

    """
    joue = _jouer(_restreint(dossier, hypothese.contrat), hypothese, au, baremes)
    juge = _du_contrat(evaluate(joue.dossier, joue.juge_le, baremes), hypothese.contrat)
    parcours = Parcours(juge.contrat.debut_le, juge.evaluation_le, juge.suspensions)
    patientele, file_active = indicateurs = [
        _indicateur(indicateur, joue.rythmes[indicateur.indicateur], parcours, joue) for indicateur in juge.indicateurs
    ]
    contrat = joue.contrat
    textes = baremes.textes.version_ou_rien(contrat, max(contrat.signe_le, contrat.debut_le))
    return Scenario(
        hypothese=hypothese,
        au=au,
        juge_le=joue.juge_le,
        a_l_evaluation=joue.juge_le == juge.evaluation_le,
        statut=juge.statut,
        patientele_mt=patientele,
        file_active=file_active,
        aide=juge.aide,
        phrases=phrases(hypothese, indicateurs, joue.juge_le),
        avertissements=avertissements(hypothese, contrat, joue.aujourdhui, juge, textes),
        explication=explication(hypothese, indicateurs, juge),
        aujourdhui=joue.aujourdhui,
        evaluation=juge,
    )


@dataclass(frozen=True, slots=True)
class _Joue:
    """A hypothesis played: the contract as it is, the dossier that is made, and the day it is judged on."""

    contrat: ContratIndividuel | ContratCollectif
    dossier: Dossier
    juge_le: date
    rythmes: dict[Indicateur, Rythme | None]
    aujourdhui: EvaluationContrat


def _jouer(dossier: Dossier, hypothese: Hypothese, au: date, baremes: Baremes) -> _Joue:
    contrat = next((contrat for contrat in dossier.contrats if contrat.id == hypothese.contrat), None)
    if contrat is None:
        raise HypotheseImpossible(f"Le contrat « {hypothese.contrat} » n'est pas dans ce dossier.")
    _verifier_les_rythmes(hypothese)
    sans = _remplacer(dossier, _amende(contrat, (), au), au)
    aujourdhui = _du_contrat(evaluate(sans, au, baremes), contrat.id)
    if aujourdhui.fin_le <= au:
        raise HypotheseImpossible(
            f"Le contrat {contrat.id} finit le {jour_court(aujourdhui.fin_le)} : il n'y a plus rien à simuler au "
            f"{jour_court(au)}."
        )
    supposes = tuple(_avenants(contrat, hypothese, aujourdhui))
    if supposes:
        sans = _remplacer(dossier, _amende(contrat, supposes, au), au)
    dates = _sans_releves(sans, contrat.id, au, baremes) if supposes else aujourdhui
    rythmes = {
        indicateur.indicateur: _rythme(indicateur, hypothese.net(indicateur.indicateur), sans, aujourdhui)
        for indicateur in aujourdhui.indicateurs
    }
    juge_le = _jour_du_jugement(sans, dates, baremes)
    return _Joue(contrat, _avec_releves(sans, aujourdhui, rythmes, juge_le), juge_le, rythmes, aujourdhui)


def _restreint(dossier: Dossier, contrat: str) -> Dossier:
    """Keep the contracts that bind a doctor of this one: the others have no part in its evaluation."""
    lies = {medecin for c in dossier.contrats if c.id == contrat for medecin in c.medecins}
    gardes = tuple(c for c in dossier.contrats if lies.intersection(c.medecins))
    return dossier if len(gardes) == len(dossier.contrats) else dossier.model_copy(update={"contrats": gardes})


def _du_contrat(evaluation: Evaluation, contrat: str) -> EvaluationContrat:
    return next(c for c in evaluation.contrats if c.id == contrat)


def _verifier_les_rythmes(hypothese: Hypothese) -> None:
    for nom, valeur in (("Le gain mensuel", hypothese.gain_mensuel), ("Le nombre de départs", hypothese.departs)):
        if valeur is not None and not 0 <= valeur <= GAIN_MAX:
            raise HypotheseImpossible(f"{nom} se compte de 0 à {GAIN_MAX} patients par mois.")
    if hypothese.departs and hypothese.gain_mensuel is None:
        raise HypotheseImpossible("Les départs se retranchent d'un gain mensuel : donnez aussi celui-ci.")
    net = hypothese.gain_mensuel_file_active
    if net is not None and abs(net) > GAIN_MAX:
        raise HypotheseImpossible(f"Le gain de file active va de −{GAIN_MAX} à {GAIN_MAX} patients par mois.")


def _avenants(
    contrat: ContratIndividuel | ContratCollectif, hypothese: Hypothese, aujourdhui: EvaluationContrat
) -> Iterator[Avenant]:
    """Give the amendments that a hypothesis supposes, once checked against the contract."""
    vie = periode(contrat.debut_le, aujourdhui.fin_le)
    prises = [(s.du, s.au) for s in aujourdhui.suspensions]
    for supposee in hypothese.suspensions:
        dite = f"La suspension {periode(supposee.du, supposee.au)}"
        if supposee.au < supposee.du:
            raise HypotheseImpossible(f"{dite} finit avant de commencer.")
        if supposee.du < contrat.debut_le or supposee.au > aujourdhui.fin_le:
            raise HypotheseImpossible(f"{dite} sort du contrat, qui va {vie}.")
        for autre in prises:
            if se_croisent(supposee.du, supposee.au, *autre):
                raise HypotheseImpossible(f"{dite} en croise une autre, {periode(*autre)}.")
        prises.append((supposee.du, supposee.au))
        yield Suspension(type="suspension", du=supposee.du, au=supposee.au, motif=NOTE_SIMULATION)
    if (option := hypothese.option) is not None:
        if not contrat.debut_le <= option.du <= aujourdhui.fin_le:
            raise HypotheseImpossible(
                f"Le changement d'option du {jour_court(option.du)} sort du contrat, qui va {vie}."
            )
        yield ChangementOption(type="option", du=option.du, option_etp=option.option_etp, motif=NOTE_SIMULATION)


def _amende(
    contrat: ContratIndividuel | ContratCollectif, supposes: Sequence[Avenant], au: date
) -> ContratIndividuel | ContratCollectif:
    """Add amendments to a contract; a suspension without an end is supposed to end on the day.

    One that only begins after that day is left out: it would never end.
    """
    gardes = [
        avenant.model_copy(update={"au": au}) if isinstance(avenant, Suspension) and avenant.au is None else avenant
        for avenant in contrat.avenants
        if not (isinstance(avenant, Suspension) and avenant.au is None and avenant.du > au)
    ]
    return contrat.model_copy(update={"avenants": (*gardes, *supposes)})


def _remplacer(dossier: Dossier, contrat: ContratIndividuel | ContratCollectif, au: date) -> Dossier:
    """Put a contract in the place of the one of its id, and leave out what is known of it after the day."""
    return dossier.model_copy(
        update={
            "contrats": tuple(contrat if c.id == contrat.id else c for c in dossier.contrats),
            "releves": tuple(r for r in dossier.releves if r.date <= au or r.medecin not in contrat.medecins),
            "notifications": tuple(n for n in dossier.notifications if n.notifie_le <= au),
        }
    )


def _jour_du_jugement(dossier: Dossier, juge: EvaluationContrat, baremes: Baremes) -> date:
    """Give the day of the evaluation, an amendment of the objective that changes it before then included.

    Once it is past, or where the contract ends before it, it is the last day of the contract. ``juge`` is the contract
    of the dossier evaluated on the day of the simulation.
    """
    au = juge.au
    for _ in (avenant for avenant in juge.contrat.avenants if isinstance(avenant, NouvelObjectif)):
        if juge.evaluation_le <= juge.au:
            break
        juge = _sans_releves(dossier, juge.id, juge.evaluation_le, baremes)
    return juge.evaluation_le if au < juge.evaluation_le <= juge.fin_le else juge.fin_le


def _sans_releves(dossier: Dossier, contrat: str, au: date, baremes: Baremes) -> EvaluationContrat:
    """Evaluate the dates of a contract, for which no reading is needed."""
    return _du_contrat(evaluate(dossier.model_copy(update={"releves": ()}), au, baremes), contrat)


def _rythme(
    indicateur: EvaluationIndicateur, net: Fraction | None, dossier: Dossier, aujourdhui: EvaluationContrat
) -> Rythme | None:
    if indicateur.valeur is None or indicateur.date is None:
        return None
    du, depart = indicateur.date, indicateur.valeur
    if net is not None:
        return Rythme("suppose", du, depart, net)
    lus = {m: [r for r in dossier.releves if r.medecin == m] for m in aujourdhui.medecins}
    mesure = mesurer(aujourdhui.contrat, lus, indicateur.indicateur, aujourdhui.au)
    retenus = serie_de_tendance(mesure.comparable)
    ligne = tendance([point.date.toordinal() for point in retenus], [point.valeur for point in retenus])
    if ligne is not None:
        return Rythme("tendance", du, depart, Fraction(str(ligne.pente)) * JOURS_PAR_MOIS, ligne)
    if indicateur.gain_mensuel_realise is not None:
        return Rythme("moyenne", du, depart, indicateur.gain_mensuel_realise)
    return Rythme("stable", du, depart, Fraction(0))


def _jours(rythme: Rythme, fin: date) -> list[date]:
    """Give the days of the supposed readings: one a month from the last value, and the last day."""
    jours = []
    rang = 1
    while (jour := ajouter_mois(rythme.du, rang)) < fin:
        jours.append(jour)
        rang += 1
    return [*jours, fin] if rythme.du < fin else []


def _avec_releves(
    dossier: Dossier, aujourdhui: EvaluationContrat, rythmes: dict[Indicateur, Rythme | None], fin: date
) -> Dossier:
    """Add the supposed readings of the doctors of the day, each of the source of the value that it goes on from."""
    supposes: list[Releve] = []
    for cle, rythme in rythmes.items():
        if rythme is None:
            continue
        departs = _departs(dossier, aujourdhui, cle)
        for jour in _jours(rythme, fin):
            parts = _partager(rythme.valeur(jour), [point.valeur for _, point in departs])
            supposes += [
                _releve(medecin, jour, cle, part, point) for (medecin, point), part in zip(departs, parts, strict=True)
            ]
    return dossier.model_copy(update={"releves": (*dossier.releves, *supposes)})


def _departs(dossier: Dossier, aujourdhui: EvaluationContrat, cle: Indicateur) -> list[tuple[str, Point]]:
    """Give the value that counts for each doctor of the day; a supposed reading goes on from it."""
    siens = {m: [releve for releve in dossier.releves if releve.medecin == m] for m in aujourdhui.adherents}
    debut, au = aujourdhui.contrat.debut_le, aujourdhui.au
    return [
        (medecin, point)
        for medecin, releves in siens.items()
        if (point := retenu(points(releves, cle, debut, au))) is not None
    ]


def _partager(total: int, depuis: Sequence[int]) -> list[int]:
    """Share a group's total among its doctors, in proportion to what each has."""
    somme = sum(depuis)
    if not somme:
        return [total, *(0 for _ in depuis[1:])]
    parts = [total * valeur // somme for valeur in depuis]
    parts[0] += total - sum(parts)
    return parts


def _releve(medecin: str, jour: date, cle: Indicateur, valeur: int, depuis: Point) -> Releve:
    return Releve.model_construct(  # what it holds is right; its day may be past those that a user may enter
        medecin=medecin,
        date=jour,
        patientele_mt=valeur if cle == "patientele_mt" else None,
        file_active=valeur if cle == "file_active" else None,
        source=depuis.source,
        note=NOTE_SIMULATION,
    )


def _indicateur(juge: EvaluationIndicateur, rythme: Rythme | None, parcours: Parcours, joue: _Joue) -> IndicateurSimule:
    jours = [] if rythme is None else _jours(rythme, joue.juge_le)
    objectif = juge.objectif
    return IndicateurSimule(
        indicateur=juge.indicateur,
        requis=juge.requis,
        reference=juge.reference,
        objectif=objectif,
        rythme=rythme,
        points=tuple(
            PointSimule(
                jour,
                rythme.valeur(jour),
                None if objectif is None else parcours.attendu(juge.reference, objectif, jour),
            )
            for jour in jours
            if rythme is not None
        ),
        valeur=juge.valeur,
        statut=juge.statut,
        atteint_le=_atteint_le(juge, rythme, joue.aujourdhui.fin_le),
    )


def _atteint_le(juge: EvaluationIndicateur, rythme: Rythme | None, fin: date) -> date | None:
    """Give the first day on which the target is reached: that of the value that counts, or one supposed after it."""
    if rythme is None or juge.objectif is None:
        return None
    if rythme.depart >= juge.objectif:
        return rythme.du
    return next((jour for jour in _jours(rythme, fin) if rythme.valeur(jour) >= juge.objectif), None)
