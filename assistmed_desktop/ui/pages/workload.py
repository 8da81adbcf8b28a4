"""What the page of the missions says of the tasks: shares by domain, totals against hours, time freed, in words."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from assistmed_desktop.domain.calendrier import en_cours
from assistmed_desktop.figures.parts import Part, Parts, Tout
from assistmed_desktop.formats import INSECABLE, compte, decimal_arrondi, heures, nombre, periode
from assistmed_desktop.ui.names import nom_contrat
from assistmed_desktop.ui.pages.staffing import PEU_DE_CONTRATS, shown_contracts
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.facts import Fact

if TYPE_CHECKING:
    from assistmed_desktop.domain.assistant import Domaine, Mission
    from assistmed_desktop.rules.resultats import Avertissement, EvaluationContrat
    from assistmed_desktop.rules.taches import PeriodeTaches, Taches
    from assistmed_desktop.ui.desk import State

_PASSEES: Final = 3
"""How many earlier periods the picture shows."""
_HEURE: Final = 60
_DITS: Final = ("taches_au_dela_des_heures", "heures_sans_tache")
"""What the facts say already."""
DOMAINES_COURTS: Final[dict[Domaine, str]] = {
    "administratif": "Administratif",
    "consultation": "Consultation",
    "coordination": "Coordination",
}


def tasks_of(state: State, contrat: EvaluationContrat) -> Taches | None:
    """Give the tasks of a contract, once it has been analysed."""
    analyse = state.analyses.get(contrat.id)
    return None if analyse is None else analyse.taches


def duree(minutes: Fraction | int) -> str:
    """Write minutes as hours and minutes: ``4 h``, ``45 min``."""
    entieres = int(decimal_arrondi(Fraction(minutes), 0))
    return heures(Fraction(entieres, _HEURE)) if entieres >= _HEURE else f"{nombre(entieres)}{INSECABLE}min"


def shares(state: State) -> Parts | None:
    """Give the share of each domain: over time for one contract, side by side for several."""
    contrats = shown_contracts(state)
    touts = []
    if len(contrats) == 1:
        taches = tasks_of(state, contrats[0])
        if taches is not None:
            periodes = [p for p in reversed(taches.periodes) if p.parts is not None]
            courante = taches.du_jour
            touts = [
                _tout("Aujourd’hui" if courante is not None and p.au == courante.au else periode(p.du, p.au), p)
                for p in periodes[: _PASSEES + 1]
            ]
    else:
        for contrat in contrats:
            taches = tasks_of(state, contrat)
            if taches is not None and taches.du_jour is not None and taches.du_jour.parts is not None:
                touts.append(_tout(nom_contrat(state.dossier, contrat.contrat), taches.du_jour))
    return Parts(tuple(touts)) if touts else None


def _tout(nom: str, celle: PeriodeTaches) -> Tout:
    parts = tuple(
        Part(DOMAINES_COURTS[domaine], minutes, duree(minutes)) for domaine, minutes in celle.par_domaine.items()
    )
    return Tout(nom[:1].upper() + nom[1:], f"{duree(celle.minutes)} par semaine", parts)


def load_facts(state: State) -> list[Fact]:
    """Set the tasks against the hours, and tell the time freed: in detail for one contract, a line each for several.

    Of many contracts only those are told whose tasks do not agree with the hours.
    """
    contrats = shown_contracts(state)
    if len(contrats) != 1:
        lignes = [fact for contrat in contrats if (fact := _line(state, contrat)) is not None]
        return lignes if len(lignes) <= PEU_DE_CONTRATS else [fact for fact in lignes if fact.alerte]
    contrat = contrats[0]
    taches = tasks_of(state, contrat)
    if taches is None:
        return []
    facts = []
    celle = taches.du_jour
    if celle is not None and celle.taches:
        trop = celle.ecart >= 1
        facts.append(
            Fact(
                "Tâches du jour",
                f"{duree(celle.minutes)} par semaine",
                f"pour {duree(celle.minutes_affectees)} affectées à ce contrat{_ecart(celle)}",
                f"{contrat.id}:du_jour",
                alerte="attention" if trop else "",
            )
        )
    facts.append(Fact("Temps de médecin libéré", *_freed(taches), f"{contrat.id}:temps_libere"))
    return facts


def _ecart(celle: PeriodeTaches) -> str:
    if celle.ecart >= 1:
        return f"{INSECABLE}: {duree(celle.ecart)} de trop"
    return f"{INSECABLE}: {duree(-celle.ecart)} sans tâche saisie" if celle.ecart <= -1 else ""


def _freed(taches: Taches) -> tuple[str, str]:
    """Say the time freed, and how it is known."""
    liberees = taches.minutes_liberees
    if liberees is None:
        return "inconnu", "chiffrez les minutes libérées d’une tâche, ou comptez quelques journées"
    if taches.methode == "observe":
        jours = sum(o.jours for o in taches.observe)
        return f"{duree(liberees)} par semaine", f"observé sur {compte(jours, 'journée comptée', 'journées comptées')}"
    partiel = taches.declare is not None and taches.declare.partiel
    return (
        f"{'au moins ' if partiel else ''}{duree(liberees)} par semaine",
        "déclaré, tâche par tâche" + (f"{INSECABLE}; certaines n’ont pas de chiffre" if partiel else ""),
    )


def _line(state: State, contrat: EvaluationContrat) -> Fact | None:
    taches = tasks_of(state, contrat)
    if taches is None or taches.du_jour is None:
        return None
    celle = taches.du_jour
    nom = nom_contrat(state.dossier, contrat.contrat)
    if not celle.taches:
        affectees = f"{duree(celle.minutes_affectees)} affectées par semaine"
        return Fact(nom, "aucune tâche saisie", affectees, alerte="attention" if celle.minutes_affectees else "")
    libere, comment = _freed(taches)
    return Fact(
        nom,
        f"{duree(celle.minutes)} pour {duree(celle.minutes_affectees)} affectées",
        f"médecin libéré{INSECABLE}: {libere}, {comment}",
        f"{contrat.id}:du_jour",
        alerte="attention" if celle.ecart >= 1 else "",
    )


def secretary_only(state: State) -> list[str]:
    """Tell when every task was administrative, which alone gives no right to the aid."""
    contrats = shown_contracts(state)
    phrases = []
    for contrat in contrats:
        taches = tasks_of(state, contrat)
        courantes = [s for s in taches.secretariat_seul if s.au == contrat.au] if taches is not None else []
        qui = f"{nom_contrat(state.dossier, contrat.contrat)}{INSECABLE}: " if len(contrats) > 1 else ""
        phrases += [f"{qui}{soigner(s.phrase)} Le secrétariat seul ne donne pas droit à l’aide." for s in courantes]
    return phrases


def cautions(state: State) -> list[Avertissement]:
    """Give what else the analysis has noticed of the tasks of the only contract looked at."""
    contrats = shown_contracts(state)
    taches = tasks_of(state, contrats[0]) if len(contrats) == 1 else None
    return [a for a in taches.avertissements if a.code not in _DITS] if taches is not None else []


def shown_missions(state: State) -> list[Mission]:
    """Give the tasks of those who have served the contract looked at, or serve none; all of them without one."""
    if state.contrat is None:
        return list(state.dossier.missions)
    autres = {
        a.id
        for a in state.dossier.assistants
        if a.affectations and not any(f.contrat == state.contrat.id for f in a.affectations)
    }
    return [mission for mission in state.dossier.missions if mission.assistant not in autres]


def etat(mission: Mission, state: State) -> str:
    """Say whether a task runs on the day."""
    au = state.evaluation.au
    if en_cours(mission, au):
        return "en cours"
    return "à venir" if mission.du > au else "terminée"
