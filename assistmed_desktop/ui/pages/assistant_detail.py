"""One assistant: who it is, the career in time, and the lists of hirings, shares, absences and costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.domain.libelles import EMPLOYEURS, PROFILS, ROLES
from assistmed_desktop.formats import INSECABLE, etp, euros, heures, jour_court
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.fiches.assistant import (
    corriger_assistant,
    fiche_embauche,
    fiche_formation,
    supprimer_embauche,
)
from assistmed_desktop.ui.fiches.presence import (
    fiche_absence,
    fiche_affectation,
    fiche_cout,
    supprimer_absence,
    supprimer_affectation,
    supprimer_cout,
)
from assistmed_desktop.ui.names import nom_contrat
from assistmed_desktop.ui.pages.career import career, majuscule, mot_absence, notes, today, training_facts
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.facts import FactCard
from assistmed_desktop.ui.widgets.fitted_chart import FittedChart
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.table import Column
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from assistmed_desktop.domain.assistant import Absence, Affectation, Assistant, Cout, Embauche
    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.fiches.fiche import Fiche, Geste
    from assistmed_desktop.ui.pages.page import Tools

_SANS_CONTRAT = "Saisissez d’abord un contrat : c’est à lui que l’assistant est affecté."


def _fin(au: date | None) -> str:
    return "en cours" if au is None else jour_court(au)


def _loin(au: date | None) -> str:
    return "9999" if au is None else au.isoformat()


_DU: Column[Any] = Column("Du", lambda v: jour_court(v.du), lambda v: v.du)
_AU: Column[Any] = Column("Au", lambda v: _fin(v.au), lambda v: _loin(v.au))
EMBAUCHES: tuple[Column[Embauche], ...] = (
    _DU,
    _AU,
    Column("Rôle", lambda e: ROLES[e.role], lambda e: e.role),
    Column("Par semaine", lambda e: heures(e.heures_hebdo), lambda e: e.heures_hebdo, droite=True),
    Column("Employeur", lambda e: soigner(EMPLOYEURS[e.employeur]), lambda e: e.employeur),
)
ABSENCES: tuple[Column[Absence], ...] = (
    _DU,
    Column("Au", lambda a: "retour non connu" if a.au is None else jour_court(a.au), lambda a: _loin(a.au)),
    Column("Présence", mot_absence, mot_absence),
)
COUTS: tuple[Column[Cout], ...] = (
    _DU,
    _AU,
    Column("Brut par mois", lambda c: euros(c.brut_mensuel), lambda c: c.brut_mensuel, droite=True),
    Column("Charges par mois", lambda c: euros(c.charges_mensuelles), lambda c: c.charges_mensuelles, droite=True),
    Column(
        "Coût par mois",
        lambda c: euros(c.brut_mensuel + c.charges_mensuelles),
        lambda c: c.brut_mensuel + c.charges_mensuelles,
        droite=True,
    ),
)


class AssistantDetail(QWidget):
    """Shows an assistant; asks for the forms and the withdrawals, which carry what a Page's own signals carry."""

    fiche_asked = Signal(object)
    removal_asked = Signal(object)
    told = Signal(str)
    why_asked = Signal(str)

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: State | None = None
        self._assistant: Assistant | None = None
        self._contrats: dict[str, str] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4 * theme.PAS)
        box.addWidget(self._identity(tools))
        self.training = FactCard("Formation")
        self.train = QPushButton("Saisir la formation")
        self.train.clicked.connect(self.ask_training)
        self.training.head.addWidget(self.train, 0, Qt.AlignmentFlag.AlignTop)
        self.untrained = Text(
            f"Aucune formation n’est saisie{INSECABLE}: la voie, l’inscription, le début et la qualification arrêtent "
            "le compte à rebours des échéances.",
            role="secondaire",
        )
        self.training.body.insertWidget(1, self.untrained)
        self._lists(tools)
        pair = FoldingRow(44)
        pair.add(self.training)
        pair.add(self.absences)
        for widget in (pair, self.hirings, self.shares, self.costs):
            box.addWidget(widget)
        self.absences.body.addStretch(1)
        self._connect()

    @property
    def assistant(self) -> Assistant | None:
        """The assistant shown."""
        return self._assistant

    def show_assistant(self, state: State, assistant: Assistant) -> None:
        """Show an assistant of a practice."""
        self._state, self._assistant = state, assistant
        self._contrats = {c.id: nom_contrat(state.dossier, c) for c in state.dossier.contrats}
        self.identity.set_title(assistant.nom_complet)
        self.setAccessibleName(assistant.nom_complet)
        profil = soigner(PROFILS[assistant.profil])
        self.where.setText(f"{majuscule(profil)} avant l’embauche. {today(state, assistant)}")
        valeurs = career(state, assistant)
        self.timeline.setVisible(valeurs is not None)
        if valeurs is not None:
            self.timeline.show_timeline(valeurs)
        self.show_notes(state)
        self.training.show_facts(training_facts(state, assistant))
        self.training.show()
        self.untrained.setVisible(assistant.formation is None)
        set_style_property(self.train, "genre", "principal" if assistant.formation is None else "")
        self.train.setText("Saisir la formation" if assistant.formation is None else "Modifier")
        self.train.setAccessibleName("Saisir la formation" if assistant.formation is None else "Modifier la formation")
        self.hirings.set_rows(_latest_first(assistant.embauches))
        self.shares.set_rows(_latest_first(assistant.affectations))
        self.absences.set_rows(_latest_first(assistant.absences))
        self.costs.set_rows(_latest_first(assistant.couts))

    def show_notes(self, state: State) -> None:
        """Show what the analysis has found, once it is there."""
        self._state = state
        phrases = notes(state, self._assistant) if self._assistant is not None else ()
        self.notes.setText("\n".join(phrases))
        self.notes.setVisible(bool(phrases))
        self.why.setVisible(bool(phrases))

    def ask_training(self) -> None:
        """Ask for the form of the training."""
        if self._assistant is not None:
            self.fiche_asked.emit(fiche_formation(self._assistant))

    def ask_hiring(self, embauche: Embauche | None = None) -> None:
        """Ask for the form of a hiring."""
        if self._assistant is not None:
            self.fiche_asked.emit(fiche_embauche(self._assistant, embauche))

    def ask_share(self, affectation: Affectation | None = None) -> None:
        """Ask for the form of an allocation; without any contract, say what comes first."""
        if self._assistant is None or self._state is None:
            return
        if not self._state.dossier.contrats:
            self.told.emit(soigner(_SANS_CONTRAT))
            return
        self.fiche_asked.emit(
            fiche_affectation(self._state.dossier, self._assistant, affectation, self._state.contrat_id)
        )

    def _identity(self, tools: Tools) -> Card:
        self.identity = Card(" ")
        self.correct = QPushButton("Modifier l’identité")
        self.personal = QPushButton("Données personnelles…")
        for button in (self.personal, self.correct):
            self.identity.head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.where = Text()
        self.timeline = FittedChart(tools.worker, "Parcours de l’assistant")
        self.notes = Text("", role="attention")
        self.why = QPushButton(f"Pourquoi{INSECABLE}?")
        self.why.setAccessibleName("Pourquoi ces remarques sur la présence")
        set_style_property(self.why, "genre", "lien")
        for widget in (self.where, self.timeline, self.notes):
            self.identity.body.addWidget(widget)
        self.identity.body.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)
        return self.identity

    def _lists(self, tools: Tools) -> None:
        self.hirings = Listing(
            "Embauches",
            EMBAUCHES,
            tools.settings,
            vide="Une embauche dit de quand à quand, pour quel rôle et combien d’heures, et par qui. Sans elle, le "
            "poste n’est pas pourvu.",
            ajouter="Ajouter une embauche",
            lignes=5,
        )
        shares: tuple[Column[Affectation], ...] = (
            _DU,
            _AU,
            Column("Contrat", lambda f: self._contrats.get(f.contrat, ""), lambda f: self._contrats.get(f.contrat, "")),
            Column("Part", lambda f: etp(f.etp), lambda f: f.etp, droite=True),
        )
        self.shares = Listing(
            "Affectations aux contrats",
            shares,
            tools.settings,
            vide="L’affectation dit quelle part de l’assistant compte pour quel contrat. C’est elle qui fait la "
            "présence que la CPAM attend.",
            ajouter="Ajouter une affectation",
            lignes=5,
        )
        self.absences = Listing(
            "Absences",
            ABSENCES,
            tools.settings,
            vide=f"Aucune absence n’est saisie. Le motif n’est jamais demandé{INSECABLE}: seulement les jours, et si "
            "quelqu’un remplaçait.",
            ajouter="Ajouter une absence",
            lignes=5,
        )
        self.costs = Listing(
            "Coût du poste",
            COUTS,
            tools.settings,
            vide="Salaire brut et charges par mois, période par période. Ils servent à dire ce que le poste vous coûte "
            "une fois l’aide déduite.",
            ajouter="Ajouter un coût",
            lignes=5,
        )

    def _connect(self) -> None:
        self.correct.clicked.connect(self._correct)
        self.why.clicked.connect(lambda: self.why_asked.emit(self._assistant.id if self._assistant else ""))
        self._follow(self.hirings, fiche_embauche, supprimer_embauche)
        self._follow(self.absences, fiche_absence, supprimer_absence)
        self._follow(self.costs, fiche_cout, supprimer_cout)
        self.shares.add_asked.connect(self.ask_share)
        self.shares.edit_asked.connect(self.ask_share)
        self.shares.removal_asked.connect(lambda f: self._withdraw(supprimer_affectation, f))

    def _follow(
        self,
        listing: Listing,
        fiche: Callable[[Assistant, Any], Fiche],
        retrait: Callable[[Assistant, Any], Geste],
    ) -> None:
        def ask(valeur: object) -> None:
            if self._assistant is not None:
                self.fiche_asked.emit(fiche(self._assistant, valeur))

        listing.add_asked.connect(lambda: ask(None))
        listing.edit_asked.connect(ask)
        listing.removal_asked.connect(lambda valeur: self._withdraw(retrait, valeur))

    def _withdraw(self, retrait: Callable[[Assistant, Any], Geste], valeur: object) -> None:
        if self._assistant is not None:
            self.removal_asked.emit(retrait(self._assistant, valeur))

    def _correct(self) -> None:
        if self._state is not None and self._assistant is not None:
            self.fiche_asked.emit(corriger_assistant(self._state.dossier, self._assistant))


def _latest_first(valeurs: tuple[Any, ...]) -> list[Any]:
    """Order what has a period, that still going on or begun last first."""
    return sorted(valeurs, key=lambda v: v.du, reverse=True)
