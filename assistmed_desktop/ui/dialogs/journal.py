"""The journal of a practice: who changed what and when, and whether anything in it was altered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.services.journal import CHIFFRES, Entree, EtatJournal, verifier
from assistmed_desktop.services.ports import ErreurDepot
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.table import Column
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from assistmed_desktop.services.ports import Journal
    from assistmed_desktop.ui.settings import Settings
    from assistmed_desktop.ui.work import Task, Worker

_A_LIRE: Final = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
COLONNES: Final[tuple[Column[Entree], ...]] = (
    Column("Date", lambda e: e.quand.replace(" à ", "  "), lambda e: e.cle),
    Column("Qui", lambda e: e.utilisateur, lambda e: e.utilisateur),
    Column("Poste", lambda e: e.poste, lambda e: e.poste, complet="Ordinateur"),
    Column("Étape", lambda e: soigner(e.nom), lambda e: e.nom),
    Column("Empreinte", lambda e: e.empreinte[:CHIFFRES], lambda e: e.empreinte, complet="Empreinte de l’entrée"),
    Column("Ce qui a changé", lambda e: soigner(e.resume), lambda e: e.resume),
)


class JournalDialog(QDialog):
    """Shows the entries, the newest first, beside the window, which stays at work."""

    def __init__(self, parent: QWidget, journal: Journal, worker: Worker, settings: Settings) -> None:
        super().__init__(parent)
        self._journal, self._worker = journal, worker
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("journal")  # by which the window closes it with its practice
        self.setWindowTitle("Journal des modifications")
        self.setAccessibleName("Journal des modifications")
        box = QVBoxLayout(self)
        box.setContentsMargins(*(4 * [4 * theme.PAS]))
        box.setSpacing(3 * theme.PAS)
        self.verdict = Text("Lecture du journal…", gras=True)
        self.advice = Text("", theme.LEGENDE, role="secondaire")
        self.advice.setTextInteractionFlags(_A_LIRE)
        self.list = Listing(
            "Modifications", COLONNES, settings, vide="Aucune modification n’est encore consignée.", lignes=0
        )
        for widget in (self.verdict, self.advice):
            box.addWidget(widget)
        box.addWidget(self.list, 1)
        self.detail = Text("Choisissez une ligne pour lire en entier ce qui a changé.", role="secondaire")
        self.detail.setAccessibleName("Ce qui a changé")
        self.detail.setTextInteractionFlags(_A_LIRE)
        self.list.table.selectionModel().selectionChanged.connect(self._tell_row)
        box.addWidget(self.detail)
        buttons = QDialogButtonBox()
        self.refresh = QPushButton("Actualiser")
        self.copy = QPushButton("Copier l’empreinte")
        self.closing = QPushButton("Fermer")
        for button in (self.refresh, self.copy):
            button.setAutoDefault(False)
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        set_style_property(self.closing, "genre", "principal")
        buttons.addButton(self.closing, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addWidget(buttons)
        self.refresh.clicked.connect(self.read)
        self.copy.clicked.connect(self._copy)
        self.closing.clicked.connect(self.close)
        self._empreinte = ""
        self._task = self._read()
        em, line = self.fontMetrics().averageCharWidth(), self.fontMetrics().height()
        room = parent.window().size()
        self.resize(min(200 * em, room.width() - 8 * theme.PAS), min(40 * line, room.height() - 16 * theme.PAS))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin on what closes it."""
        super().showEvent(event)
        self.closing.setFocus()

    @Slot()
    def read(self) -> None:
        """Read the journal again: something was done."""
        self._task.cancel()
        self._task = self._read()

    def done(self, result: int) -> None:
        """Close; what is being read is dropped."""
        self._task.cancel()
        super().done(result)

    def _read(self) -> Task:
        def work() -> tuple[tuple[Entree, ...], EtatJournal]:
            entrees = self._journal.entrees()
            return entrees, verifier(entrees)

        def done(lu: tuple[tuple[Entree, ...], EtatJournal]) -> None:
            self._show(*lu)

        return self._worker.run(work, done, self._failed)

    def _show(self, entrees: tuple[Entree, ...], etat: EtatJournal) -> None:
        self.list.set_rows(entrees[::-1])
        self.verdict.setText(soigner(str(etat)))
        self.verdict.set_role("" if etat.intact else "faute")
        self._empreinte = etat.empreinte[:CHIFFRES] if etat.derniere is not None else ""
        self.copy.setEnabled(bool(self._empreinte))
        if not etat.intact:
            conseil = (
                "Une sauvegarde d’avant cette date porte le journal tel qu’il était alors"
                f"{INSECABLE}: gardez-la et comparez."
            )
        elif self._empreinte:
            conseil = (
                f"Empreinte{INSECABLE}: {self._empreinte}. Notez-la hors de cet ordinateur, par exemple sur un bilan "
                "imprimé. Tant que vous la retrouvez ici en filtrant la liste, rien de ce qui la précède n’a changé."
            )
        else:
            conseil = ""
        self.advice.setText(conseil)
        self.advice.setVisible(bool(conseil))

    def _failed(self, erreur: Exception) -> None:
        if not isinstance(erreur, ErreurDepot):
            raise erreur
        self.verdict.setText("Le journal n’a pas pu être lu.")
        self.advice.setText(soigner(str(erreur)))

    @Slot()
    def _tell_row(self) -> None:
        entree = self.list.table.current
        if isinstance(entree, Entree):
            self.detail.setText(soigner(f"{entree.nom}{INSECABLE}: {entree.resume}."))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._empreinte)
