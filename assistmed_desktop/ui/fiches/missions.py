"""The forms of the tasks entrusted, from a catalogue of the usual ones, and of the days counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from assistmed_desktop.domain.assistant import Domaine, Mission, Observation
from assistmed_desktop.domain.libelles import DOMAINES
from assistmed_desktop.formats import INSECABLE, heures, jour_court, lire_entier, lire_heures, nombre
from assistmed_desktop.services.places import ajouter, corriger, supprimer
from assistmed_desktop.ui.fiches.cabinet import options
from assistmed_desktop.ui.fiches.faits_assistant import hors_embauche
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, Geste, Saisie, Valeurs, depart
from assistmed_desktop.ui.fiches.genres import Choix, Jour, Ligne, Lu
from assistmed_desktop.ui.fiches.periodes import AU, DU, a_l_envers

if TYPE_CHECKING:
    from datetime import date

    from assistmed_desktop.domain.dossier import Dossier

MISSIONS: Final = ("missions",)
OBSERVATIONS: Final = ("observations",)
TACHES: Final[dict[Domaine, tuple[str, ...]]] = {
    "administratif": (
        "Accueil des patients",
        "Création et gestion du dossier informatique",
        "Recueil d’informations administratives et médicales",
        "Accompagnement de la télémédecine",
        "Facturation",
    ),
    "consultation": (
        "Aide à l’habillage et au déshabillage",
        "Prise de constantes (tension, poids, taille, température)",
        f"Mise à jour du dossier{INSECABLE}: dépistages, vaccinations, modes de vie",
        "Délivrance de tests et kits de dépistage",
        "Préparation et aide à la réalisation d’actes techniques",
    ),
    "coordination": (
        "Prise de rendez-vous avec un spécialiste",
        "Organisation des admissions à l’hôpital",
        "Pré-remplissage de documents",
        "Lien avec l’infirmier, le kinésithérapeute, la sage-femme",
    ),
}
"""The tasks that article 9-1 gives as examples, by domain: indicative, not limiting."""
AUTRE: Final = "autre"
_SEMAINE: Final = 7 * 24 * 60
_JOURNEE: Final = 24 * 60
_HEURE: Final = 60
_VIDES: Final = {"tache": "", "minutes_semaine": None, "minutes_medecin_liberees": None, "au": None}
"""What the next task of a series does not take from the one before."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """A length of time, held in minutes: ``240``, or ``4 h``."""

    maxi: int = _SEMAINE
    vide: None = None

    def lire(self, texte: str) -> Lu:
        """Read a number of minutes, or hours where an "h" says so."""
        propre = texte.lower().replace(INSECABLE, " ").strip().removesuffix("min").strip()
        minutes = lire_entier(propre)
        if minutes is None and "h" in propre and (lues := lire_heures(propre)) is not None:
            minutes = round(lues * _HEURE)
        if minutes is None:
            return Lu(faute="Des minutes, par exemple 240, ou des heures, 4 h.")
        if minutes > self.maxi:
            return Lu(faute=f"Au plus {nombre(self.maxi)} minutes.")
        return Lu(minutes, echo=heures(minutes / _HEURE) if minutes >= _HEURE else "")

    def ecrire(self, valeur: int | None) -> str:
        """Write the minutes."""
        return "" if valeur is None else nombre(valeur)


# Tasks


def catalogue(dossier: Dossier, domaine: Domaine) -> tuple[str, ...]:
    """List the usual tasks of a domain, then those that the practice has named itself."""
    usuelles = TACHES[domaine]
    connues = {_nue(tache) for tache in usuelles}
    siennes: dict[str, str] = {}
    for mission in dossier.missions:
        if mission.domaine == domaine and _nue(mission.tache) not in connues:
            siennes.setdefault(_nue(mission.tache), mission.tache)
    return (*usuelles, *siennes.values())


def _nue(tache: str) -> str:
    return tache.replace(INSECABLE, " ").replace("'", "’").casefold()


def fiche_mission(dossier: Dossier, au: date, mission: Mission | None = None, debut: Saisie | None = None) -> Fiche:
    """Make the form of a task; ``debut`` fills a new one with what a series keeps."""
    champs = _champs(dossier)

    def enregistrer(valeurs: Valeurs) -> Geste:
        lue = _mission(dossier, valeurs)
        if mission is None:
            return Geste(ajouter(MISSIONS, lue, f"Confier {_cite(lue)}"), "La tâche est ajoutée.")
        return Geste(corriger(MISSIONS, mission, lue, f"Corriger {_cite(lue)}"), "La tâche est corrigée.")

    def suite(apres: Dossier) -> Fiche:
        derniere = apres.missions[-1]
        return fiche_mission(apres, au, debut=depart(champs, {**derniere.__dict__, **_VIDES}))

    depart_ = {"assistant": _seul(dossier), "du": jour_court(au), **(debut or {})}
    if mission is not None:
        taches = catalogue(dossier, mission.domaine)
        rang = next((i for i, tache in enumerate(taches) if _nue(tache) == _nue(mission.tache)), None)
        depart_ = depart(champs, mission.__dict__)
        depart_[f"tache_{mission.domaine}"] = AUTRE if rang is None else str(rang)
    return Fiche(
        "Nouvelle tâche confiée" if mission is None else "Tâche confiée",
        champs,
        enregistrer,
        depart_,
        prudences=partial(_prudences, dossier),
        supprimer=None if mission is None else supprimer_mission(mission),
        suite=suite if mission is None else None,
    )


def supprimer_mission(mission: Mission) -> Geste:
    """Make the change that withdraws a task."""
    return Geste(supprimer(MISSIONS, mission, f"Supprimer {_cite(mission)}"), "La tâche est supprimée.")


def fiche_fin(mission: Mission, au: date) -> Fiche:
    """Make the form that ends a task: its days so far stay."""
    champs = (Champ("au", "Dernier jour", Jour("dernier"), requis=True),)

    def enregistrer(valeurs: Valeurs) -> Geste:
        finie = mission.model_copy(update=dict(valeurs))
        return Geste(corriger(MISSIONS, mission, finie, f"Terminer {_cite(mission)}"), "La tâche est terminée.")

    return Fiche(
        "Terminer la tâche",
        champs,
        enregistrer,
        depart(champs, {"au": mission.au or au}),
        introduction=f"{mission.tache}, depuis le {jour_court(mission.du)}. Elle reste dans l’histoire du poste.",
        bouton="Terminer",
    )


def _cite(mission: Mission) -> str:
    return f"«{INSECABLE}{mission.tache}{INSECABLE}»"


def _champs(dossier: Dossier) -> tuple[Champ, ...]:
    def dans(domaine: Domaine, saisie: Saisie) -> bool:
        return saisie.get("domaine") == domaine

    def libre(saisie: Saisie) -> bool:
        return saisie.get(f"tache_{saisie.get('domaine', '')}") == AUTRE

    taches = []
    for domaine in DOMAINES:
        offertes = {str(rang): tache for rang, tache in enumerate(catalogue(dossier, domaine))}
        choix = Choix({**offertes, AUTRE: "Une autre tâche…"})
        taches.append(Champ(f"tache_{domaine}", "Tâche", choix, requis=True, si=partial(dans, domaine)))
    return (
        Champ("assistant", "Assistant", Choix({a.id: a.nom_complet for a in dossier.assistants}), requis=True),
        Champ("domaine", "Domaine", Choix(options(DOMAINES)), requis=True),
        *taches,
        Champ("tache", "Laquelle", Ligne(), requis=True, aide="avec vos mots", si=libre),
        Champ("minutes_semaine", "Minutes par semaine", Minutes(), requis=True, aide="par exemple 240, ou 4 h"),
        Champ(
            "minutes_medecin_liberees",
            "Minutes de médecin libérées",
            Minutes(),
            aide="par semaine, le temps que vous n’y passez plus",
        ),
        DU,
        AU,
    )


def _mission(dossier: Dossier, valeurs: Valeurs) -> Mission:
    domaine = valeurs["domaine"]
    choisie = valeurs[f"tache_{domaine}"]
    return Mission(
        assistant=valeurs["assistant"],
        domaine=domaine,
        tache=valeurs["tache"] if choisie == AUTRE else catalogue(dossier, domaine)[int(choisie)],
        minutes_semaine=valeurs["minutes_semaine"],
        du=valeurs["du"],
        au=valeurs["au"],
        minutes_medecin_liberees=valeurs["minutes_medecin_liberees"],
    )


def _prudences(dossier: Dossier, valeurs: Valeurs) -> Sequence[str]:
    phrases = list(a_l_envers(valeurs))
    prises, liberees = valeurs["minutes_semaine"], valeurs["minutes_medecin_liberees"]
    if prises is not None and liberees is not None and liberees > prises:
        phrases.append("Cette tâche vous libère plus de temps qu’elle n’en prend : vérifiez les deux chiffres.")
    assistant = next((a for a in dossier.assistants if a.id == valeurs["assistant"]), None)
    return phrases if assistant is None else [*phrases, *hors_embauche(assistant, valeurs)]


def _seul(dossier: Dossier) -> str:
    """Give the id of the only assistant, or nothing."""
    return dossier.assistants[0].id if len(dossier.assistants) == 1 else ""


# Days counted


def fiche_observation(dossier: Dossier, au: date, observation: Observation | None = None, assistant: str = "") -> Fiche:
    """Make the form of a day of which the minutes freed were counted."""
    champs = (
        Champ("assistant", "Assistant", Choix({a.id: a.nom_complet for a in dossier.assistants}), requis=True),
        Champ("date", "Jour compté", Jour(), requis=True),
        Champ(
            "minutes_medecin_liberees", "Minutes de médecin libérées", Minutes(_JOURNEE), requis=True,
            aide="ce jour-là, montre en main",
        ),
    )  # fmt: skip

    def enregistrer(valeurs: Valeurs) -> Geste:
        lue = Observation(**valeurs)
        jour = f"la journée du {jour_court(lue.date)}"
        if observation is None:
            return Geste(ajouter(OBSERVATIONS, lue, f"Ajouter {jour}"), "La journée est ajoutée.")
        return Geste(corriger(OBSERVATIONS, observation, lue, f"Corriger {jour}"), "La journée est corrigée.")

    def suite(apres: Dossier) -> Fiche:
        derniere = apres.observations[-1].assistant if apres.observations else assistant
        return fiche_observation(apres, au, assistant=derniere)

    debut = {"assistant": assistant or _seul(dossier), "date": jour_court(au)}
    return Fiche(
        "Nouvelle journée comptée" if observation is None else "Journée comptée",
        champs,
        enregistrer,
        debut if observation is None else depart(champs, observation.__dict__),
        introduction=(
            f"Cinq journées suffisent pour une estimation{INSECABLE}; elle prévaut alors sur ce que les tâches "
            "déclarent."
        ),
        supprimer=None if observation is None else supprimer_observation(observation),
        suite=suite if observation is None else None,
    )


def supprimer_observation(observation: Observation) -> Geste:
    """Make the change that withdraws a day counted."""
    nom = f"Supprimer la journée du {jour_court(observation.date)}"
    return Geste(supprimer(OBSERVATIONS, observation, nom), "La journée est supprimée.")
