"""Patientèle: what is counted for a doctor, in four tabs: readings, sources and corrections, movements, activity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.desk import State
from assistmed_desktop.ui.names import nom_medecin
from assistmed_desktop.ui.page_index import CABINET
from assistmed_desktop.ui.pages.page import Page, Tools
from assistmed_desktop.ui.pages.patientele_activite import ActiviteTab
from assistmed_desktop.ui.pages.patientele_mouvements import MouvementsTab
from assistmed_desktop.ui.pages.patientele_releves import RelevesTab
from assistmed_desktop.ui.pages.patientele_sources import SourcesTab
from assistmed_desktop.ui.widgets.card import Card
from assistmed_desktop.ui.widgets.tabs import Tabs
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from assistmed_desktop.ui.pages.patientele_tab import Tab

RELEVE: Final = "releve"
SOURCES: Final = "sources"
MOUVEMENTS: Final = "mouvements"
ACTIVITE: Final = "activite"
_ONGLET: Final = ".onglet"
_NOMS: Final = {
    RELEVE: "Relevés",
    SOURCES: "Sources et corrections",
    MOUVEMENTS: "Mouvements",
    ACTIVITE: "Activité",
}
_ONGLETS: Final[dict[str, Callable[[Page], Tab]]] = {
    SOURCES: SourcesTab,
    MOUVEMENTS: MouvementsTab,
    ACTIVITE: ActiviteTab,
}


def _named_by_the_header(state: State) -> bool:
    """Whether choosing among the contracts already chooses the doctor."""
    contrat = state.contrat
    return contrat is not None and len(state.evaluation.contrats) > 1 and len(contrat.medecins) == 1


class PatientelePage(Page):
    """Chooses the doctor and the tab; each tab but the first is made when first looked at."""

    def __init__(self, tools: Tools, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(tools, nom, parent)
        self._state: State | None = None
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("Médecin affiché")
        self.chooser.activated.connect(lambda rank: self.medecin_chosen.emit(self.chooser.itemData(rank)))
        self.title = Text("Patientèle", theme.TITRE_PAGE, gras=True)
        line = QHBoxLayout()
        line.setSpacing(4 * theme.PAS)
        line.addWidget(self.title, 1)
        line.addWidget(self.chooser)
        self.tabs = Tabs(_NOMS, "Parties de la page Patientèle")
        self.tabs.chosen.connect(self._show_tab)
        head = QVBoxLayout()
        head.setSpacing(theme.PAS)
        head.addLayout(line)
        head.addWidget(self.tabs)
        self.body.addLayout(head)
        self.releves = RelevesTab(self)
        self.form, self.table = self.releves.form, self.releves.table
        self._made: dict[str, Tab] = {RELEVE: self.releves}
        self.body.addWidget(self.releves, 1)
        self.nobody = Card("Pas encore de médecin")
        self.nobody.body.addWidget(
            Text(
                f"La patientèle est celle d’un médecin{INSECABLE}: ajoutez-le d’abord. Ses relevés, ses mouvements et "
                "son activité se saisissent ensuite ici."
            )
        )
        self.to_doctors = QPushButton("Ajouter un médecin")
        set_style_property(self.to_doctors, "genre", "principal")
        self.to_doctors.clicked.connect(lambda: self.page_asked.emit(CABINET, "medecin"))
        self.nobody.body.addWidget(self.to_doctors, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.nobody)
        self.body.addStretch(0)

    def show_state(self, state: State) -> None:
        """Show the doctor looked at, in the tab now open."""
        self._state = state
        entries = [(medecin.id, nom_medecin(medecin)) for medecin in state.dossier.medecins]
        if entries != [(self.chooser.itemData(i), self.chooser.itemText(i)) for i in range(self.chooser.count())]:
            self.chooser.clear()
            for ident, nom in entries:
                self.chooser.addItem(nom, ident)
        self.chooser.setCurrentIndex(self.chooser.findData(state.medecin_id))
        self.chooser.setVisible(len(entries) > 1 and not _named_by_the_header(state))
        medecin = state.medecin
        self.title.setText("Patientèle" if medecin is None else f"Patientèle – {nom_medecin(medecin)}")
        self.nobody.setVisible(medecin is None)
        self.tabs.setVisible(medecin is not None)
        tab = self.tab(self.tabs.cle)
        tab.setVisible(medecin is not None)
        tab.show_state(state)

    def show_analyses(self, state: State) -> None:
        """Show what the analyses add to the tab now open."""
        self._state = state
        self.tab(self.tabs.cle).show_analyses(state)

    def enter(self, place: str) -> None:
        """Open the tab of that name, the first for any other, and put the cursor where one begins."""
        cle = place if place in _NOMS else RELEVE
        self.tabs.choose(cle)
        if self._state is None or self._state.medecin is None:
            self.to_doctors.setFocus()
        else:
            self.tab(cle).enter()

    def typed(self) -> dict[str, str]:
        """Give what is typed in the tabs, and which one is open."""
        typed = {f"{cle}/{champ}": texte for cle, tab in self._made.items() for champ, texte in tab.typed().items()}
        return {_ONGLET: self.tabs.cle, **typed} if typed else {}

    def retype(self, saisie: Mapping[str, str]) -> None:
        """Open the same tab, and type in each what was."""
        par_onglet: dict[str, dict[str, str]] = {}
        for cle, texte in saisie.items():
            if cle != _ONGLET:
                onglet, _, champ = cle.partition("/")
                par_onglet.setdefault(onglet, {})[champ] = texte
        for onglet, typed in par_onglet.items():
            self.tabs.choose(onglet)
            self.tab(onglet).retype(typed)
        self.tabs.choose(saisie[_ONGLET])

    def tab(self, cle: str) -> Tab:
        """Give a tab, made when first needed."""
        if cle not in self._made:
            self._made[cle] = _ONGLETS[cle](self)
            self.body.addWidget(self._made[cle], 1)
        return self._made[cle]

    def _show_tab(self, cle: str) -> None:
        tab = self.tab(cle)
        for autre in self._made.values():
            autre.setVisible(autre is tab and self.nobody.isHidden())
        if self._state is not None and tab.state is not self._state:
            tab.show_state(self._state)
