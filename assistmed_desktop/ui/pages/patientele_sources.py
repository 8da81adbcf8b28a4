"""The readings of a doctor source by source, what counts and why, and the corrections asked of the CPAM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from assistmed_desktop.domain.contrat import Indicateur
from assistmed_desktop.domain.libelles import SOURCES
from assistmed_desktop.formats import INSECABLE, jour_court, nombre
from assistmed_desktop.services.operations import ajouter_releve
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.fiches.patientele import fiche_correction, releve_accorde, retirer_correction
from assistmed_desktop.ui.pages.patientele_tab import EN_COURS, Tab, contract_and_analysis, why_button
from assistmed_desktop.ui.patientele_wording import (
    FollowedCorrection,
    WeighedReading,
    followed_corrections,
    reconciliation,
    weighed_readings,
    weight,
)
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.table import Column
from assistmed_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from assistmed_desktop.rules.resultats import Explication
    from assistmed_desktop.rules.sources import Sources
    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.pages.page import Page


def _compte(valeur: int | None) -> str:
    return "" if valeur is None else nombre(valeur)


def _tri(valeur: int | None) -> int:
    return -1 if valeur is None else valeur


_EFFECTIFS: Final[dict[Indicateur, str]] = {"patientele_mt": "Patientèle", "file_active": "File active"}
RELEVES: tuple[Column[WeighedReading], ...] = (
    Column("Date", lambda r: jour_court(r.releve.date), lambda r: r.releve.date),
    Column("Source", lambda r: SOURCES[r.releve.source], lambda r: SOURCES[r.releve.source]),
    Column(
        "Patientèle", lambda r: _compte(r.releve.patientele_mt), lambda r: _tri(r.releve.patientele_mt), droite=True
    ),
    Column("Rapprochement", lambda r: weight(r, "patientele_mt"), lambda r: weight(r, "patientele_mt"),
           complet="Rapprochement de la patientèle"),
    Column("File active", lambda r: _compte(r.releve.file_active), lambda r: _tri(r.releve.file_active), droite=True),
    Column("Rapprochement", lambda r: weight(r, "file_active"), lambda r: weight(r, "file_active"),
           complet="Rapprochement de la file active"),
)  # fmt: skip
CORRECTIONS: tuple[Column[FollowedCorrection], ...] = (
    Column("Relevé du", lambda c: jour_court(c.correction.releve_le), lambda c: c.correction.releve_le),
    Column("Effectif", lambda c: _EFFECTIFS[c.correction.indicateur], lambda c: c.correction.indicateur),
    Column("CPAM", lambda c: nombre(c.correction.valeur_cpam), lambda c: c.correction.valeur_cpam, droite=True),
    Column(
        "Demandé", lambda c: nombre(c.correction.valeur_demandee), lambda c: c.correction.valeur_demandee, droite=True
    ),
    Column(
        "Accordé",
        lambda c: _compte(c.correction.valeur_accordee),
        lambda c: _tri(c.correction.valeur_accordee),
        droite=True,
    ),
    Column("Demandée le", lambda c: jour_court(c.correction.demandee_le), lambda c: c.correction.demandee_le),
    Column("État", lambda c: c.etat, lambda c: c.etat),
    Column("Note", lambda c: " ".join(c.correction.note.split()), lambda c: c.correction.note),
)


class SourcesTab(Tab):
    """Shows what each reading weighs, and follows the corrections asked."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, "Sources et corrections")
        self.readings = Listing(
            "Rapprochement des sources",
            RELEVES,
            page.tools.settings,
            vide=f"Dès qu’un relevé est saisi, vous lisez ici ce qu’il pèse{INSECABLE}: celui qui compte, ceux qui "
            "sont écartés, et l’écart entre vos sources.",
            lignes=0,
        )
        self.readings.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.readings.table.setAccessibleDescription("Entrée explique une ligne, Ctrl+C copie le tableau")
        self.summary = Text("", role="secondaire")
        self.readings.body.insertWidget(1, self.summary)
        self.why = why_button("Rapprochement des sources")
        self.readings.head.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        self.why.clicked.connect(self._explain_reading)
        self.readings.table.opened.connect(self._explain_reading)
        self.corrections = Listing(
            "Corrections demandées à la CPAM",
            CORRECTIONS,
            page.tools.settings,
            vide=f"Un relevé de la CPAM vous paraît faux, une déclaration y manque{INSECABLE}? Notez ici ce que vous "
            "avez demandé, et suivez la réponse.",
            ajouter="Ajouter une demande",
            lignes=3,
        )
        self.why_correction = why_button("Correction choisie")
        self.corrections.head.addWidget(self.why_correction, 0, Qt.AlignmentFlag.AlignTop)
        self.why_correction.clicked.connect(self._explain_correction)
        self.corrections.add_asked.connect(self._add)
        self.corrections.edit_asked.connect(self._edit)
        self.corrections.removal_asked.connect(self._remove)
        self._lay_out_granted()
        self.box.addWidget(self.readings, 1)
        self.box.addWidget(self.corrections)

    def show_state(self, state: State) -> None:
        """Show the readings and the corrections of the doctor looked at."""
        self.show_analyses(state)

    def show_analyses(self, state: State) -> None:
        """Show what each reading weighs, once it is known."""
        self.state = state
        contrat, analyse = contract_and_analysis(state)
        medecin = state.medecin_id or ""
        sources = None if analyse is None else analyse.sources
        if contrat is None or sources is None:
            self.readings.set_rows([])
            sans = "Ce médecin n’a pas de contrat : ses relevés ne sont pas rapprochés."
            self.summary.setText(soigner(sans) if contrat is None else EN_COURS)
        else:
            debut = contrat.contrat.debut_le
            lignes = weighed_readings(state.dossier.releves, sources, medecin, debut, contrat.au)
            self.readings.set_rows(lignes)
            self.summary.setText(reconciliation(sources, medecin))
        self.summary.setVisible(contrat is None or sources is None or bool(self.readings.model.total))
        self.why.setVisible(bool(self.readings.model.total))
        self.corrections.set_rows(followed_corrections(state.dossier.corrections, sources, medecin))
        self.corrections.setEnabled(state.medecin is not None)
        self.why_correction.setVisible(any(ligne.suivie for ligne in self.corrections.model.rows))
        self._show_granted()

    def enter(self) -> None:
        """Begin at the table of the readings, or at the button while there is none."""
        (self.readings.table if self.readings.model.total else self.corrections.add).setFocus()

    def _lay_out_granted(self) -> None:
        """Put under the corrections what is still waited for, and what is left to enter once one is granted."""
        self.waiting = Text("", role="secondaire")
        self.corrections.body.addWidget(self.waiting)
        self.granted = Text("", role="attention")
        self.enter_granted = QPushButton("Ajouter le relevé corrigé")
        self.enter_granted.clicked.connect(self._enter_granted)
        row = QHBoxLayout()
        row.setSpacing(3 * theme.PAS)
        row.addWidget(self.granted, 1)
        row.addWidget(self.enter_granted)
        self.corrections.body.addLayout(row)

    @property
    def _to_enter(self) -> FollowedCorrection | None:
        lignes = self.corrections.model.rows
        return next((ligne for ligne in lignes if ligne.suivie is not None and ligne.suivie.a_saisir), None)

    def _show_granted(self) -> None:
        ligne = self._to_enter
        suivie = None if ligne is None else ligne.suivie
        self.granted.setText("" if suivie is None else soigner(suivie.phrase))
        for widget in (self.granted, self.enter_granted):
            widget.setVisible(suivie is not None)
        lignes = [ligne.suivie for ligne in self.corrections.model.rows if ligne.suivie is not None]
        self.waiting.setText("\n".join(soigner(s.phrase) for s in lignes if s.etat == "en_attente"))
        self.waiting.setVisible(bool(self.waiting.text()))

    def _enter_granted(self) -> None:
        ligne = self._to_enter
        releve = None if ligne is None else releve_accorde(ligne.correction)
        if releve is not None:
            fait = f"Le relevé corrigé du {jour_court(releve.date)} est ajouté."
            self.page.operation_asked.emit(ajouter_releve(releve), fait)

    def _explain_reading(self) -> None:
        """Explain the chosen reading among those of its dates, or how the sources are reconciled."""
        sources = self._sources()
        if sources is None or self.state is None:
            return
        ligne = self.readings.table.current if self.readings.table.selectionModel().hasSelection() else None
        chiffres = sources.chiffres
        dites: list[Explication] = []
        for siens in sources.indicateurs:
            if siens.medecin != self.state.medecin_id:
                continue
            racine = f"medecins.{siens.medecin}.{siens.indicateur}"
            pese = None if ligne is None else ligne.pese(siens.indicateur)
            if ligne is None:
                dites.append(chiffres[racine])
            dites += [
                chiffres[f"{racine}.groupes.{groupe.date.isoformat()}"]
                for groupe in siens.groupes
                if pese is not None and pese in groupe.releves
            ]
        self.explain("Rapprochement des sources", dites)

    def _explain_correction(self) -> None:
        """Explain the chosen correction, or all of them."""
        sources = self._sources()
        if sources is None:
            return
        lignes = list(self.corrections.model.rows)
        if self.corrections.table.selectionModel().hasSelection():
            lignes = [self.corrections.table.current]
        chiffres = sources.chiffres
        dites = [chiffres[f"corrections.{ligne.suivie.rang}"] for ligne in lignes if ligne.suivie is not None]
        self.explain("Corrections demandées", dites)

    def _sources(self) -> Sources | None:
        _, analyse = (None, None) if self.state is None else contract_and_analysis(self.state)
        return None if analyse is None else analyse.sources

    def _add(self) -> None:
        state = self.state
        if state is not None and state.medecin_id is not None:
            self.page.fiche_asked.emit(fiche_correction(state.dossier, state.medecin_id, state.evaluation.au))

    def _edit(self, ligne: FollowedCorrection) -> None:
        state = self.state
        if state is not None:
            siens = (state.dossier, ligne.correction.medecin, state.evaluation.au)
            self.page.fiche_asked.emit(fiche_correction(*siens, ligne.correction))

    def _remove(self, ligne: FollowedCorrection) -> None:
        geste = retirer_correction(ligne.correction)
        self.page.operation_asked.emit(geste.operation, geste.fait)
