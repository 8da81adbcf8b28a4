"""Who came and who left, period by period, and the bridge that they make from the reference to today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from assistmed_desktop.figures.pont import texte_alternatif
from assistmed_desktop.formats import INSECABLE, nombre
from assistmed_desktop.ui.fiches.patientele import fiche_mouvement, retirer_mouvement
from assistmed_desktop.ui.pages.patientele_tab import EN_COURS, FigureCard, Tab, contract_and_analysis
from assistmed_desktop.ui.patientele_wording import CountedMovement, bridge_notes, bridge_of, counted_movements
from assistmed_desktop.ui.widgets.card import FoldingRow
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.table import Column

if TYPE_CHECKING:
    from assistmed_desktop.figures.figure import Figure
    from assistmed_desktop.figures.palette import Palette
    from assistmed_desktop.rules.mouvements import Mouvements
    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.pages.page import Page

COLONNES: tuple[Column[CountedMovement], ...] = (
    Column("Période", lambda m: m.periode, lambda m: m.mouvement.du),
    Column("Entrées", lambda m: nombre(m.mouvement.entrees), lambda m: m.mouvement.entrees, droite=True),
    Column("Décès", lambda m: nombre(m.mouvement.deces), lambda m: m.mouvement.deces, droite=True),
    Column("Départs", lambda m: nombre(m.mouvement.departs), lambda m: m.mouvement.departs, droite=True),
    Column(
        "Autres",
        lambda m: nombre(m.mouvement.autres_sorties),
        lambda m: m.mouvement.autres_sorties,
        droite=True,
        complet="Autres sorties",
    ),
    Column("Solde", lambda m: nombre(m.solde, signe=True), lambda m: m.solde, droite=True),
    Column("Dans le pont", lambda m: m.place, lambda m: m.place),
)


class MouvementsTab(Tab):
    """Shows the movements and their bridge."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, "Mouvements")
        self.listing = Listing(
            "Mouvements",
            COLONNES,
            page.tools.settings,
            vide=f"Les mouvements expliquent ce qui a changé{INSECABLE}: combien de patients vous ont déclaré, combien "
            "sont décédés ou partis. Des totaux par période, celle que vous voulez, jamais un nom.",
            ajouter="Ajouter une période",
            lignes=0,
        )
        self.listing.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.listing.add_asked.connect(self._add)
        self.listing.edit_asked.connect(self._edit)
        self.listing.removal_asked.connect(self._remove)
        self.bridge = FigureCard("De la référence à aujourd’hui", page, "Pont de la patientèle")
        self.bridge.why.clicked.connect(self._explain)
        row = FoldingRow(50)
        row.add(self.listing, 9)
        row.add(self.bridge, 5)
        self.box.addWidget(row, 1)

    def show_state(self, state: State) -> None:
        """Show the movements of the doctor looked at."""
        self.show_analyses(state)

    def show_analyses(self, state: State) -> None:
        """Show what the bridge makes of them, once it is known."""
        self.state = state
        medecin = state.medecin_id or ""
        contrat, analyse = contract_and_analysis(state)
        mouvements = None if analyse is None else analyse.mouvements
        siens = None if mouvements is None else next((m for m in mouvements.medecins if m.medecin == medecin), None)
        self.listing.set_rows(counted_movements(state.dossier.mouvements, siens, medecin))
        self.listing.setEnabled(state.medecin is not None)
        if contrat is None:
            self._tell_nothing("Ce médecin n’a pas de contrat : il n’y a pas de référence d’où partir.")
        elif mouvements is None:
            self._tell_nothing(EN_COURS)
        else:
            self._show_bridge(mouvements, medecin)

    def enter(self) -> None:
        """Begin at the button that enters a period."""
        self.listing.add.setFocus()

    def _show_bridge(self, mouvements: Mouvements, medecin: str) -> None:
        pont, du_groupe = bridge_of(mouvements, medecin)
        if pont is None or pont.phrase is None:
            self._tell_nothing(
                "Ajoutez les mouvements depuis la référence : le pont montrera s’ils expliquent le dernier relevé."
            )
            return
        prefixe = "Pour le groupe entier : " if du_groupe else ""

        def make(largeur: float, hauteur: float, palette: Palette, corps: float) -> Figure:
            from assistmed_desktop.figures.pont import figure

            return figure(pont, largeur, hauteur, palette=palette, corps=corps)

        self.bridge.why.show()
        self.bridge.tell(prefixe + pont.phrase, bridge_notes(mouvements))
        self.bridge.draw(pont, make, texte_alternatif(pont))

    def _tell_nothing(self, phrase: str) -> None:
        self.bridge.why.hide()
        self.bridge.leave_blank()
        self.bridge.tell(phrase)

    def _explain(self) -> None:
        _, analyse = (None, None) if self.state is None else contract_and_analysis(self.state)
        if analyse is None or self.state is None:
            return
        medecin = f"medecins.{self.state.medecin_id}"
        _, du_groupe = bridge_of(analyse.mouvements, self.state.medecin_id or "")
        chiffres = analyse.mouvements.chiffres
        cles = ("ensemble" if du_groupe else f"{medecin}.pont", medecin)
        self.explain("Le pont de la patientèle", [chiffres[cle] for cle in cles if cle in chiffres])

    def _add(self) -> None:
        state = self.state
        if state is not None and state.medecin_id is not None:
            self.page.fiche_asked.emit(fiche_mouvement(state.dossier, state.medecin_id, state.evaluation.au))

    def _edit(self, ligne: CountedMovement) -> None:
        state = self.state
        if state is not None:
            siens = (state.dossier, ligne.mouvement.medecin, state.evaluation.au)
            self.page.fiche_asked.emit(fiche_mouvement(*siens, ligne.mouvement))

    def _remove(self, ligne: CountedMovement) -> None:
        geste = retirer_mouvement(ligne.mouvement)
        self.page.operation_asked.emit(geste.operation, geste.fait)
