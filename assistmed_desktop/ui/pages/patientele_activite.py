"""The activity of a doctor, entered month after month, and what it was before and after the assistant came."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.domain.suivi import Activite
from assistmed_desktop.figures.activite import phrase, suivi_activite, texte_alternatif
from assistmed_desktop.formats import INSECABLE, nombre
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.fiches.patientele import fiche_activite, mois_en_mots, retirer_activite
from assistmed_desktop.ui.pages.patientele_tab import FigureCard, Tab, contract_and_analysis, why_button
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.form import FormView
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.table import Column
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from assistmed_desktop.figures.figure import Figure
    from assistmed_desktop.figures.palette import Palette
    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.fiches.fiche import Geste
    from assistmed_desktop.ui.pages.page import Page


def _par_jour(mois: Activite) -> str:
    return nombre(Fraction(mois.actes, mois.jours_travailles), 1) if mois.jours_travailles else ""


COLONNES: tuple[Column[Activite], ...] = (
    Column("Mois", lambda a: mois_en_mots(a.mois), lambda a: a.mois),
    Column("Actes", lambda a: nombre(a.actes), lambda a: a.actes, droite=True),
    Column(
        "Jours",
        lambda a: nombre(a.jours_travailles),
        lambda a: a.jours_travailles,
        droite=True,
        complet="Jours travaillés",
    ),
    Column(
        "Par jour",
        _par_jour,
        lambda a: Fraction(a.actes, a.jours_travailles) if a.jours_travailles else Fraction(-1),
        droite=True,
        complet="Actes par jour travaillé",
    ),
)


class ActiviteTab(Tab):
    """Shows the months of activity, their pace, and the twelve months that the file active counts."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, "Activité")
        self._asked: object = None
        self.form = FormView()
        self.form.submitted.connect(self._submit)
        self.submit = QPushButton("Ajouter")
        set_style_property(self.submit, "genre", "principal")
        self.submit.clicked.connect(self.form.submit)
        self.listing = Listing(
            "Activité mensuelle",
            COLONNES,
            page.tools.settings,
            vide="Les actes et les jours travaillés de chaque mois montrent si vous voyez plus de patients par jour "
            "depuis que l’assistant est là. Commencez avant son arrivée, pour pouvoir comparer.",
            ajouter="Ajouter",
            lignes=0,
        )
        self.listing.add.hide()  # the form above is where one adds
        self.listing.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.listing.edit_asked.connect(self._edit)
        self.listing.removal_asked.connect(self._remove)
        self.pace = FigureCard("Actes par jour travaillé", page, "Actes par jour travaillé, mois par mois")
        self.pace.why.hide()  # the sentence says how it is reckoned
        row = FoldingRow(44)
        row.add(self._left(), 10)
        row.add(self._right(), 12)
        self.box.addWidget(row, 1)

    def show_state(self, state: State) -> None:
        """Show the activity of the doctor looked at; ask the month that follows."""
        self.state = state
        medecin, au = state.medecin_id, state.evaluation.au
        siens = [activite for activite in state.dossier.activite if activite.medecin == medecin]
        self.listing.set_rows(siens)
        self._ask(state)
        contrat = state.contrat_du_medecin
        suivi = suivi_activite(state.dossier, siens, None if contrat is None else contrat.id, au)

        def make(largeur: float, hauteur: float, palette: Palette, corps: float) -> Figure:
            from assistmed_desktop.figures.activite import figure

            return figure(suivi, largeur, hauteur, palette=palette, corps=corps)

        self.pace.tell(phrase(suivi))
        if any(mois.jours for mois in suivi.mois):
            self.pace.draw(suivi, make, texte_alternatif(suivi))
        else:
            self.pace.leave_blank()
        self.show_analyses(state)

    def show_analyses(self, state: State) -> None:
        """Say which months the file active counts, and what leaves it."""
        self.state = state
        contrat, analyse = contract_and_analysis(state)
        sienne = None
        if analyse is not None:
            sienne = next((m for m in analyse.file_active.medecins if m.medecin == state.medecin_id), None)
        self.twelve.setVisible(contrat is not None)
        self.why.setVisible(sienne is not None)
        if sienne is None:
            self.phrases.setText("")
            return
        sorties = [mois.phrase for mois in sienne.mois if not mois.sorti][:1]
        self.phrases.setText("\n".join(soigner(texte) for texte in (*sienne.phrases[:2], *sorties)))

    def enter(self) -> None:
        """Put the cursor where the acts are typed."""
        self.form.focus_first()

    def typed(self) -> dict[str, str]:
        """Give what is typed for the month that is asked."""
        return self.form.typed() if self.form.changed else {}

    def retype(self, saisie: Mapping[str, str]) -> None:
        """Type it again."""
        self.form.fill(saisie)

    def _left(self) -> QWidget:
        column = QWidget()
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4 * theme.PAS)
        self.entry = Card("Ajouter un mois")
        self.entry.body.addWidget(self.form)
        self.entry.body.addWidget(self.submit, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.entry)
        box.addWidget(self.listing, 1)
        return column

    def _right(self) -> QWidget:
        column = QWidget()
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4 * theme.PAS)
        self.twelve = Card(f"File active{INSECABLE}: les douze mois qu’elle compte")
        self.why = why_button("File active")
        self.why.clicked.connect(self._explain)
        self.twelve.head.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        self.phrases = Text("")
        self.twelve.body.addWidget(self.phrases)
        box.addWidget(self.pace, 1)
        box.addWidget(self.twelve)
        return column

    def _ask(self, state: State) -> None:
        """Ask the next month, afresh only when the months entered have changed or the doctor has."""
        medecin, au = state.medecin_id, state.evaluation.au
        self.entry.setEnabled(medecin is not None)
        asked = (medecin, au, tuple(self.listing.model.rows))
        if asked == self._asked:
            return
        self._asked = asked
        focus = QApplication.focusWidget()
        inside = focus is not None and self.form.isAncestorOf(focus)
        self.form.show_fiche(fiche_activite(state.dossier, medecin or "", au))
        if inside:
            self.form.focus_first()

    def _submit(self, geste: Geste) -> None:
        self.page.operation_asked.emit(geste.operation, geste.fait)
        self.form.focus_first()

    def _explain(self) -> None:
        _, analyse = (None, None) if self.state is None else contract_and_analysis(self.state)
        if analyse is None or self.state is None:
            return
        racine = f"medecins.{self.state.medecin_id}"
        chiffres = analyse.file_active.chiffres
        self.explain("La file active", [chiffres[cle] for cle in chiffres if f"{cle}.".startswith(f"{racine}.")])

    def _edit(self, activite: Activite) -> None:
        state = self.state
        if state is not None:
            self.page.fiche_asked.emit(fiche_activite(state.dossier, activite.medecin, state.evaluation.au, activite))

    def _remove(self, activite: Activite) -> None:
        geste = retirer_activite(activite)
        self.page.operation_asked.emit(geste.operation, geste.fait)
