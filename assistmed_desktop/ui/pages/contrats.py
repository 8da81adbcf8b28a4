"""Contrats: all of them, or the one looked at, entered, corrected, withdrawn, each figure explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.domain.libelles import TEXTES
from assistmed_desktop.formats import INSECABLE, accord, etp, jour_court, nombre
from assistmed_desktop.rules.chiffres import chiffres_de_l_evaluation, qui_explique
from assistmed_desktop.rules.objectif_publie import objectif_publie
from assistmed_desktop.rules.resultats import LIBELLES_STATUT
from assistmed_desktop.services.retraits import identifiant
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.fiches.contrat import fiche_contrat, fiche_objectif, nouveau_contrat, suppression
from assistmed_desktop.ui.names import medecins_du_contrat, nom_contrat
from assistmed_desktop.ui.page_index import CABINET
from assistmed_desktop.ui.pages.contrat_detail import ContratDetail
from assistmed_desktop.ui.pages.contrat_facts import BAREME
from assistmed_desktop.ui.pages.page import Page, Tools
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.table import Column
from assistmed_desktop.ui.widgets.text import Text, set_style_property
from assistmed_desktop.ui.wording import PIRE_D_ABORD, explanation_html

if TYPE_CHECKING:
    from assistmed_desktop.rules.resultats import EvaluationContrat, Explication
    from assistmed_desktop.ui.desk import State

NOUVEAU = "nouveau"
OBJECTIF = "objectif"
AVENANTS = "avenants"
_SANS_CONTRAT = (
    "Aucun contrat n’est saisi. Prenez le contrat signé avec la CPAM : son texte, son option, ses dates, les chiffres "
    "de départ et l’objectif suffisent pour commencer."
)
_SANS_MEDECIN = "Un contrat lie un médecin du cabinet : ajoutez d’abord le médecin."


class ContratsPage(Page):
    """Shows one contract, or the list of all of them."""

    def __init__(self, tools: Tools, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(tools, nom, parent)
        self._state: State | None = None
        self._awaited = ""
        self.title = Text("", theme.TITRE_PAGE, gras=True)
        self.sentence = Text("", role="secondaire")
        self.new = QPushButton("Ajouter un contrat")
        self.change = QPushButton("Modifier le contrat")
        set_style_property(self.change, "genre", "principal")
        self.objective = QPushButton("Modifier l’objectif")
        self.remove = QPushButton("Supprimer")
        self.remove.setAccessibleName("Supprimer le contrat")
        self.all = QPushButton("Tous les contrats")
        self.gestures = FoldingRow(0, 2 * theme.PAS)
        self.gestures.replace_by([self.change, self.objective, self.new, self.remove, self.all])
        self.none = Card("Premier contrat")
        self.teaching = Text("")
        self.first = QPushButton("")
        set_style_property(self.first, "genre", "principal")
        first_row = FoldingRow(0)
        first_row.replace_by([self.first])
        self.none.body.addWidget(self.teaching)
        self.none.body.addWidget(first_row)
        self.list = self._listing()
        self.detail = ContratDetail(tools)
        head = QVBoxLayout()
        head.setSpacing(theme.PAS)
        head.addWidget(self.title)
        head.addWidget(self.sentence)
        self.body.addLayout(head)
        for widget in (self.gestures, self.none, self.list, self.detail):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.new.clicked.connect(self._enter_new)
        self.first.clicked.connect(self._begin)
        self.change.clicked.connect(self._edit)
        self.objective.clicked.connect(self._edit_objective)
        self.remove.clicked.connect(self._remove)
        self.all.clicked.connect(lambda: self.contrat_chosen.emit(""))
        self.detail.fiche_asked.connect(self.fiche_asked)
        self.detail.operation_asked.connect(self.operation_asked)
        self.detail.why_asked.connect(self._explain)

    def show_state(self, state: State) -> None:
        """Show the contract looked at, or all of them."""
        self._state = state
        contrats, contrat = state.evaluation.contrats, state.contrat
        several = contrat is None and bool(contrats)
        self.detail.setVisible(contrat is not None)
        self.list.setVisible(several)
        self.none.setVisible(not contrats)
        self.gestures.setVisible(contrat is not None)
        self.all.setVisible(len(contrats) > 1)
        if contrat is not None:
            nom = nom_contrat(state.dossier, contrat.contrat)
            self.title.setText(nom if nom.startswith("Contrat") else f"Contrat – {nom}")
            self.detail.show_state(state, contrat)
        else:
            self.title.setText("Contrats")
            quoi = accord(len(contrats), "contrat")
            self.sentence.setText(f"{nombre(len(contrats))}{INSECABLE}{quoi}. Ouvrez-en un pour le voir en entier.")
            self.list.set_rows(contrats)
        self.sentence.setVisible(several)
        sans_medecin = not state.dossier.medecins
        self.teaching.setText(_SANS_MEDECIN if sans_medecin else _SANS_CONTRAT)
        self.first.setText("Ajouter un médecin" if sans_medecin else "Ajouter un contrat")
        self._follow_new(state)

    def show_analyses(self, state: State) -> None:
        """Show what the analysis of the contract adds."""
        self._state = state
        if state.contrat is not None:
            self.detail.show_analyses(state, state.contrat)

    def enter(self, place: str) -> None:
        """Open the form of a new contract or of the objective, or go to the amendments."""
        contrat = self._state.contrat if self._state else None
        if place == NOUVEAU:
            self._begin()
        elif contrat is None:
            (self.list.table if self.list.isVisibleTo(self) else self.first).setFocus()
        elif place == OBJECTIF:
            self._edit_objective()
        elif place == AVENANTS:
            listing = self.detail.amendments
            self.ensureWidgetVisible(listing)
            (listing.table if listing.model.total else listing.add).setFocus()

    def _listing(self) -> Listing:
        colonnes: tuple[Column[EvaluationContrat], ...] = (
            Column("Contrat", self._nom, self._nom),
            Column("Texte", lambda c: _majuscule(TEXTES[c.contrat.texte]), lambda c: TEXTES[c.contrat.texte]),
            Column(
                "Option", lambda c: etp(c.contrat.option_au(c.au)), lambda c: c.contrat.option_au(c.au), droite=True
            ),
            Column("Premier jour", lambda c: jour_court(c.contrat.debut_le), lambda c: c.contrat.debut_le),
            Column("Dernier jour", lambda c: jour_court(c.fin_le), lambda c: c.fin_le),
            Column("Évaluation", lambda c: jour_court(c.evaluation_le), lambda c: c.evaluation_le),
            Column(
                "Situation",
                lambda c: LIBELLES_STATUT[c.statut_tenu],
                lambda c: PIRE_D_ABORD.index(c.statut_tenu),
            ),
        )
        listing = Listing(
            "Contrats du cabinet", colonnes, self.tools.settings, vide="", ajouter="Ajouter un contrat", lignes=30
        )
        listing.change.setText("Ouvrir")
        listing.table.setAccessibleDescription("Entrée ouvre un contrat, Suppr le supprime, Ctrl+C copie le tableau")
        listing.add_asked.connect(self._enter_new)
        listing.edit_asked.connect(lambda contrat: self.contrat_chosen.emit(contrat.id))
        listing.removal_asked.connect(self._ask_removal)
        return listing

    def _nom(self, contrat: EvaluationContrat) -> str:
        return medecins_du_contrat(self._state.dossier, contrat.contrat) if self._state else ""

    def _begin(self) -> None:
        """Enter a contract, or first the doctor that it binds."""
        if self._state is not None and not self._state.dossier.medecins:
            self.page_asked.emit(CABINET, "medecin")
        else:
            self._enter_new()

    def _enter_new(self) -> None:
        state = self._state
        if state is not None:
            self._awaited = identifiant("c")
            medecin = state.medecin_id if state.contrat is not None else None
            au, baremes = state.evaluation.au, self.detail.baremes
            self.fiche_asked.emit(nouveau_contrat(state.dossier, au, baremes, medecin, self._awaited))

    def _edit(self) -> None:
        state = self._state
        contrat = state.contrat if state else None
        if state is not None and contrat is not None:
            self.fiche_asked.emit(fiche_contrat(state.dossier, contrat.au, self.detail.baremes, contrat.contrat))

    def _edit_objective(self) -> None:
        state = self._state
        contrat = state.contrat if state else None
        if state is not None and contrat is not None:
            self.fiche_asked.emit(fiche_objectif(state.dossier, contrat.au, self.detail.baremes, contrat.contrat))

    def _remove(self) -> None:
        if self._state is not None and self._state.contrat is not None:
            self._ask_removal(self._state.contrat)

    def _ask_removal(self, contrat: EvaluationContrat) -> None:
        if self._state is not None:
            self.removal_asked.emit(suppression(self._state.dossier, contrat.contrat))

    def _follow_new(self, state: State) -> None:
        """Look at the contract that was just entered from here."""
        ident = self._awaited
        if any(contrat.id == ident for contrat in state.dossier.contrats):
            self._awaited = ""
            if state.contrat_id != ident:
                QTimer.singleShot(0, self, lambda: self.contrat_chosen.emit(ident))

    def _explain(self, chemin: str, nom: str) -> None:
        state = self._state
        contrat = state.contrat if state else None
        if state is None or contrat is None:
            return
        explication = self._explication(state, contrat, chemin)
        if explication is not None:
            html = explanation_html([explication], state.evaluation.baremes_ajoutes)
            self.panel_asked.emit(f"Pourquoi{INSECABLE}: {nom}", html)

    def _explication(self, state: State, contrat: EvaluationContrat, chemin: str) -> Explication | None:
        if chemin.startswith("analyse."):
            analyse = state.analyses.get(contrat.id)
            return None if analyse is None else qui_explique(analyse.chiffres, chemin.removeprefix("analyse."))
        baremes = self.detail.baremes
        for indicateur in contrat.indicateurs:
            if chemin == f"{indicateur.indicateur}.{BAREME}":
                return objectif_publie(contrat, indicateur, baremes)
        return qui_explique(chiffres_de_l_evaluation(contrat, baremes), chemin)


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]
