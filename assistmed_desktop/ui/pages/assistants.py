"""Assistants: who holds the posts financed, how far they were held, and each assistant in detail."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.fiches.assistant import corriger_assistant, nouvel_assistant, retirer_assistant
from assistmed_desktop.ui.pages.assistant_detail import AssistantDetail
from assistmed_desktop.ui.pages.career import (
    affectations_du_jour,
    etat_formation,
    majuscule,
    poste,
    presence_of,
    present,
)
from assistmed_desktop.ui.pages.page import Page, Tools
from assistmed_desktop.ui.pages.staffing import cover_facts, gap_sentences, posts
from assistmed_desktop.ui.widgets.facts import FactCard
from assistmed_desktop.ui.widgets.fitted_chart import FittedChart
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.table import Column
from assistmed_desktop.ui.widgets.text import Text, set_style_property
from assistmed_desktop.ui.wording import explanation_html

if TYPE_CHECKING:
    from assistmed_desktop.domain.assistant import Assistant
    from assistmed_desktop.rules.resultats import Explication
    from assistmed_desktop.ui.desk import State

_TROUS_MONTRES = 3


@dataclass(frozen=True)
class Row:
    """An assistant as the list says it."""

    assistant: Assistant
    poste: str
    contrats: str
    formation: str


COLONNES: tuple[Column[Row], ...] = (
    Column("Nom", lambda r: r.assistant.nom_complet, lambda r: (r.assistant.nom, r.assistant.prenom)),
    Column("Poste", lambda r: r.poste, lambda r: r.poste),
    Column("Contrats servis", lambda r: r.contrats or "aucun", lambda r: r.contrats),
    Column("Qualification", lambda r: r.formation, lambda r: r.formation),
)


class AssistantsPage(Page):
    """Shows the posts of the contracts looked at, every assistant, and the one chosen."""

    def __init__(self, tools: Tools, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(tools, nom, parent)
        self._state: State | None = None
        self._chosen: str | None = None
        self._showing = False
        self.title = Text(nom, theme.TITRE_PAGE, gras=True)
        self.posts = FactCard("Postes et présence", part=1)
        self.timeline = FittedChart(tools.worker, "Postes financés, présence et manques dans le temps")
        self.gaps = Text("", role="sous_la_reference")
        self.gaps.setAccessibleName("Manques")
        self.all_gaps = QPushButton()
        set_style_property(self.all_gaps, "genre", "lien")
        self.posts.body.insertWidget(1, self.timeline)
        self.posts.body.insertWidget(3, self.gaps)
        self.posts.body.insertWidget(4, self.all_gaps, 0, Qt.AlignmentFlag.AlignLeft)
        self.look = QPushButton("Voir la fiche")
        self.list = Listing(
            "Assistants du cabinet",
            COLONNES,
            tools.settings,
            vide="L’aide finance un poste d’assistant médical. Dites qui l’occupe, pour combien d’heures et pour quel "
            f"contrat{INSECABLE}: vous verrez les jours où le poste n’était pas pourvu, et les échéances de la "
            "formation.",
            ajouter="Ajouter un assistant",
            lignes=6,
            gestes=(self.look,),
        )
        self.detail = AssistantDetail(tools)
        for widget in (self.title, self.list, self.posts, self.detail):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.list.add_asked.connect(self._new)
        self.list.edit_asked.connect(self._correct)
        self.list.removal_asked.connect(self._remove)
        self.list.table.selectionModel().selectionChanged.connect(self._follow_choice)
        self.look.clicked.connect(self._look)
        self.posts.why_asked.connect(self._why)
        self.all_gaps.clicked.connect(self._show_gaps)
        self.detail.fiche_asked.connect(self.fiche_asked)
        self.detail.removal_asked.connect(self.removal_asked)
        self.detail.told.connect(self.told)
        self.detail.personal.clicked.connect(self._ask_personal)
        self.detail.why_asked.connect(self._why_assistant)

    def show_state(self, state: State) -> None:
        """Show the posts, the assistants, and the one chosen, failing which one who is there."""
        self._state = state
        assistants, au = state.dossier.assistants, state.evaluation.au
        ids = [a.id for a in assistants]
        if self._chosen not in ids:
            there = next((a.id for a in assistants if present(a, au)), None)
            self._chosen = there or next(iter(ids), None)
        rows = [
            Row(
                a,
                majuscule(poste(a, au)),
                affectations_du_jour(state.dossier, a, au),
                etat_formation(state, a),
            )
            for a in assistants
        ]
        self._showing = True
        if rows != list(self.list.model.rows) or not rows:
            self.list.set_rows(rows)
        self._choose(self._chosen)
        self._showing = False
        self._show_posts(state)
        self._show_detail()

    def show_analyses(self, state: State) -> None:
        """Show the gaps that the analysis has found, and what it says of the assistant."""
        self._state = state
        self._show_posts(state)
        self.detail.show_notes(state)

    def enter(self, place: str) -> None:
        """Begin a new assistant, or for the one chosen the training, a hiring, an allocation; or choose one by id."""
        match place:
            case "nouveau":
                self._new()
            case "formation" | "embauche" | "affectation" if self.detail.assistant is None:
                self._new()
            case "formation":
                self.detail.ask_training()
            case "embauche":
                self.detail.ask_hiring()
            case "affectation":
                self.detail.ask_share()
            case _:
                self._choose(place)
                self.list.table.setFocus()

    def _choose(self, ident: str | None) -> None:
        self.list.table.choose(lambda row: row.assistant.id == ident)

    def _follow_choice(self) -> None:
        if self._showing or not self.list.table.selectionModel().hasSelection():
            return
        self._chosen = self.list.table.current.assistant.id
        self._show_detail()

    def _show_detail(self) -> None:
        state = self._state
        chosen = next((a for a in state.dossier.assistants if a.id == self._chosen), None) if state else None
        self.detail.setVisible(chosen is not None)
        self.look.setVisible(chosen is not None)
        if state is not None and chosen is not None:
            self.detail.show_assistant(state, chosen)

    def _show_posts(self, state: State) -> None:
        valeurs = posts(state)
        self.timeline.setVisible(valeurs is not None)
        if valeurs is not None:
            self.timeline.show_timeline(valeurs)
        self.posts.show_facts(cover_facts(state) if valeurs is not None else ())
        phrases = gap_sentences(state)
        self.gaps.setText("\n".join(phrases[:_TROUS_MONTRES]))
        self.gaps.setVisible(bool(phrases))
        self.all_gaps.setText(f"Voir les {len(phrases)} manques")
        self.all_gaps.setVisible(len(phrases) > _TROUS_MONTRES)

    def _look(self) -> None:
        """Bring the assistant chosen to the top of what is seen."""
        self.verticalScrollBar().setValue(self.detail.y())
        self.detail.correct.setFocus()

    def _ask_personal(self) -> None:
        if self._state is not None and self.detail.assistant is not None:
            from assistmed_desktop.ui.pages.privacy import Privacy

            Privacy(self).personal_data(self._state, self.detail.assistant)

    def _new(self) -> None:
        if self._state is not None:
            self.fiche_asked.emit(nouvel_assistant(self._state.dossier))

    def _correct(self, row: Row) -> None:
        if self._state is not None:
            self.fiche_asked.emit(corriger_assistant(self._state.dossier, row.assistant))

    def _remove(self, row: Row) -> None:
        if self._state is not None:
            self.removal_asked.emit(retirer_assistant(self._state.dossier, row.assistant))

    def _show_gaps(self) -> None:
        if self._state is not None:
            lignes = "".join(f"<p>{escape(phrase, quote=False)}</p>" for phrase in gap_sentences(self._state))
            self.panel_asked.emit("Jours où le poste n’était pas pourvu", lignes)

    def _why(self, chemin: str, nom: str) -> None:
        """Explain a figure of a contract, and with the totals each gap they add up."""
        contrat_id, _, cle = chemin.partition(":")
        chiffres = self._chiffres(contrat_id)
        cles = [cle, *(c for c in chiffres if cle == "totaux" and c.startswith("manques."))]
        self._explain(f"Pourquoi{INSECABLE}: {nom}", [chiffres[c] for c in cles if c in chiffres])

    def _why_assistant(self, ident: str) -> None:
        trouves: list[Explication] = []
        for contrat in self._state.evaluation.contrats if self._state else ():
            for chemin, explication in self._chiffres(contrat.id).items():
                if chemin.startswith((f"heures.{ident}.", f"absences_longues.{ident}.")) and explication not in trouves:
                    trouves.append(explication)
        self._explain("Pourquoi ces remarques", trouves)

    def _chiffres(self, contrat_id: str) -> dict[str, Explication]:
        state = self._state
        contrat = next((c for c in state.evaluation.contrats if c.id == contrat_id), None) if state else None
        presence = presence_of(state, contrat) if state is not None and contrat is not None else None
        return {} if presence is None else presence.chiffres

    def _explain(self, titre: str, explications: list[Explication]) -> None:
        if self._state is not None and explications:
            self.panel_asked.emit(titre, explanation_html(explications, self._state.evaluation.baremes_ajoutes))
