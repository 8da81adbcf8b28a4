"""Missions: the tasks entrusted, their share by domain, their weight against the hours, the time that they free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from assistmed_desktop.domain.calendrier import en_cours
from assistmed_desktop.formats import INSECABLE, jour_court
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.fiches.missions import (
    fiche_fin,
    fiche_mission,
    fiche_observation,
    supprimer_mission,
    supprimer_observation,
)
from assistmed_desktop.ui.page_index import ASSISTANTS
from assistmed_desktop.ui.pages.page import Page, Tools
from assistmed_desktop.ui.pages.workload import (
    DOMAINES_COURTS,
    cautions,
    duree,
    etat,
    load_facts,
    secretary_only,
    shares,
    shown_missions,
    tasks_of,
)
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.card import FoldingRow
from assistmed_desktop.ui.widgets.facts import FactCard
from assistmed_desktop.ui.widgets.fitted_chart import FittedChart
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.status import StatusShape
from assistmed_desktop.ui.widgets.table import Column
from assistmed_desktop.ui.widgets.text import Text
from assistmed_desktop.ui.wording import explanation_html

if TYPE_CHECKING:
    from assistmed_desktop.domain.assistant import Mission, Observation
    from assistmed_desktop.ui.desk import State

_INCONNU = "non chiffré"


@dataclass(frozen=True)
class Row:
    """A task as the list says it."""

    mission: Mission
    nom: str
    etat: str


@dataclass(frozen=True)
class DayRow:
    """A day counted as the list says it."""

    observation: Observation
    nom: str


def _liberees(mission: Mission) -> str:
    return _INCONNU if mission.minutes_medecin_liberees is None else duree(mission.minutes_medecin_liberees)


def _tri_liberees(row: Row) -> int:
    return -1 if row.mission.minutes_medecin_liberees is None else row.mission.minutes_medecin_liberees


COLONNES: tuple[Column[Row], ...] = (
    Column("Tâche", lambda r: r.mission.tache, lambda r: r.mission.tache),
    Column("Domaine", lambda r: DOMAINES_COURTS[r.mission.domaine], lambda r: r.mission.domaine),
    Column("Assistant", lambda r: r.nom, lambda r: r.nom),
    Column(
        "Semaine",
        lambda r: duree(r.mission.minutes_semaine),
        lambda r: r.mission.minutes_semaine,
        droite=True,
        complet="Temps par semaine",
    ),
    Column("Libère", lambda r: _liberees(r.mission), _tri_liberees, droite=True, complet="Temps de médecin libéré"),
    Column("Du", lambda r: jour_court(r.mission.du), lambda r: r.mission.du),
    Column(
        "Au",
        lambda r: r.etat if r.mission.au is None else jour_court(r.mission.au),
        lambda r: "9999" if r.mission.au is None else r.mission.au.isoformat(),
    ),
)
JOURNEES: tuple[Column[DayRow], ...] = (
    Column("Jour", lambda r: jour_court(r.observation.date), lambda r: r.observation.date),
    Column("Assistant", lambda r: r.nom, lambda r: r.nom),
    Column(
        "Médecin libéré",
        lambda r: duree(r.observation.minutes_medecin_liberees),
        lambda r: r.observation.minutes_medecin_liberees,
        droite=True,
    ),
)


class MissionsPage(Page):
    """Shows the tasks of the assistants of the contract looked at, or of all of them."""

    def __init__(self, tools: Tools, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(tools, nom, parent)
        self._state: State | None = None
        self.title = Text(nom, theme.TITRE_PAGE, gras=True)
        self._build_load(tools)
        self._build_lists(tools)
        for widget in (self.title, self.alone, self.load, self.tasks, self.days):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.load.why_asked.connect(self._why)
        self.tasks.add_asked.connect(self._new)
        self.tasks.edit_asked.connect(lambda row: self._ask_task(row.mission))
        self.tasks.removal_asked.connect(lambda row: self.removal_asked.emit(supprimer_mission(row.mission)))
        self.tasks.table.selectionModel().selectionChanged.connect(self._follow_choice)
        self.tasks.model.modelReset.connect(self._follow_choice)
        self.end.clicked.connect(self._end)
        self.ended.toggled.connect(self._show_tasks)
        self.days.add_asked.connect(self._new_day)
        self.days.edit_asked.connect(lambda row: self._ask_day(row.observation))
        self.days.removal_asked.connect(lambda row: self.removal_asked.emit(supprimer_observation(row.observation)))

    def show_state(self, state: State) -> None:
        """Show the tasks and the days counted, and what they come to."""
        self._state = state
        self._show_load(state)
        self._show_tasks()
        noms = {a.id: a.nom_complet for a in state.dossier.assistants}
        jours = sorted(state.dossier.observations, key=lambda o: o.date, reverse=True)
        rows = [DayRow(o, noms[o.assistant]) for o in jours]
        if rows != list(self.days.model.rows):
            self.days.set_rows(rows)

    def show_analyses(self, state: State) -> None:
        """Show what the tasks come to, once it is known."""
        self._state = state
        self._show_load(state)

    def enter(self, place: str) -> None:
        """Begin a new task, or a day counted."""
        match place:
            case "nouvelle":
                self._new()
            case "journee":
                self._new_day()
            case _:
                self.tasks.table.setFocus()

    def _build_load(self, tools: Tools) -> None:
        self.alone = FoldingRow(0, 2 * theme.PAS)
        shape = StatusShape()
        shape.set_status("sous_la_reference")
        self.alone_text = Text("", gras=True, role="sous_la_reference")
        self.alone_text.setAccessibleName("Secrétariat seul")
        self.alone.add(shape, 0)
        self.alone.add(self.alone_text, 1)
        self.load = FactCard("Ce que font les assistants", part=1)
        self.chart = FittedChart(tools.worker, "Part de chaque domaine dans le temps des tâches")
        self.notes = Text("", role="attention")
        self.load.body.insertWidget(1, self.chart)
        self.load.body.insertWidget(3, self.notes)

    def _build_lists(self, tools: Tools) -> None:
        self.end = QPushButton("Terminer")
        self.end.setAccessibleName("Terminer la tâche")
        self.tasks = Listing(
            "Tâches confiées",
            COLONNES,
            tools.settings,
            vide="Une tâche dit ce que l’assistant fait, combien de minutes par semaine, et ce que cela vous libère. "
            f"Trois domaines comptent{INSECABLE}: administratif, consultation, coordination{INSECABLE}; le secrétariat "
            "seul ne donne pas droit à l’aide.",
            ajouter="Ajouter une tâche",
            lignes=10,
            gestes=(self.end,),
        )
        self.ended = QCheckBox("Montrer aussi les tâches terminées")
        self.tasks.body.addWidget(self.ended)
        self.days = Listing(
            "Journées comptées",
            JOURNEES,
            tools.settings,
            vide=f"Notez, quelques jours, les minutes de médecin libérées{INSECABLE}: cinq journées donnent une "
            "estimation avec sa marge, plus sûre que les minutes déclarées tâche par tâche.",
            ajouter="Ajouter une journée",
            lignes=6,
        )

    def _show_load(self, state: State) -> None:
        seul = secretary_only(state)
        self.alone_text.setText("\n".join(seul))
        self.alone.setVisible(bool(seul))
        valeurs = shares(state)
        self.chart.setVisible(valeurs is not None)
        if valeurs is not None:
            self.chart.show_shares(valeurs)
        vus = cautions(state)
        self.notes.setText("\n".join(soigner(a.message) for a in vus))
        self.notes.set_role("attention" if any(a.niveau == "attention" for a in vus) else "secondaire")
        self.notes.setVisible(bool(vus))
        self.load.show_facts(load_facts(state) if state.dossier.missions or state.dossier.observations else ())

    def _show_tasks(self) -> None:
        state = self._state
        if state is None:
            return
        missions = shown_missions(state)
        over = [m for m in missions if m.au is not None and m.au < state.evaluation.au]
        self.ended.setVisible(bool(over))
        self.ended.setText(f"Montrer aussi les tâches terminées ({len(over)})")
        if not self.ended.isChecked() and len(over) < len(missions):
            missions = [m for m in missions if m.au is None or m.au >= state.evaluation.au]
        noms = {a.id: a.nom_complet for a in state.dossier.assistants}
        rangs = {domaine: rang for rang, domaine in enumerate(DOMAINES_COURTS)}
        missions.sort(key=lambda m: (not en_cours(m, state.evaluation.au), rangs[m.domaine], -m.minutes_semaine))
        rows = [Row(m, noms[m.assistant], etat(m, state)) for m in missions]
        if rows != list(self.tasks.model.rows) or not rows:
            self.tasks.set_rows(rows)
        self._follow_choice()

    def _follow_choice(self) -> None:
        self.end.setVisible(self.tasks.model.rowCount() > 0)
        self.end.setEnabled(self.tasks.table.selectionModel().hasSelection())

    def _new(self) -> None:
        self._ask_task(None)

    def _ask_task(self, mission: Mission | None) -> None:
        state = self._state
        if state is not None and self._someone(state):
            self.fiche_asked.emit(fiche_mission(state.dossier, state.evaluation.au, mission))

    def _end(self) -> None:
        row = self.tasks.table.current
        if self._state is not None and row is not None:
            self.fiche_asked.emit(fiche_fin(row.mission, self._state.evaluation.au))

    def _new_day(self) -> None:
        self._ask_day(None)

    def _ask_day(self, observation: Observation | None) -> None:
        state = self._state
        if state is not None and self._someone(state):
            self.fiche_asked.emit(fiche_observation(state.dossier, state.evaluation.au, observation))

    def _someone(self, state: State) -> bool:
        """Whether there is an assistant; without one, go where it is entered."""
        if not state.dossier.assistants:
            self.page_asked.emit(ASSISTANTS, "nouveau")
            self.told.emit("Saisissez d’abord l’assistant à qui la tâche est confiée.")
        return bool(state.dossier.assistants)

    def _why(self, chemin: str, nom: str) -> None:
        state = self._state
        contrat_id, _, cle = chemin.partition(":")
        contrat = next((c for c in state.evaluation.contrats if c.id == contrat_id), None) if state else None
        taches = tasks_of(state, contrat) if state is not None and contrat is not None else None
        if state is not None and taches is not None and cle in taches.chiffres:
            html = explanation_html([taches.chiffres[cle]], state.evaluation.baremes_ajoutes)
            self.panel_asked.emit(f"Pourquoi{INSECABLE}: {nom}", html)
