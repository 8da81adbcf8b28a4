"""Cabinet: who the practice is, and its doctors."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from assistmed_desktop.domain.cabinet import Cabinet, Medecin
from assistmed_desktop.domain.libelles import EXERCICES, SECTEURS, ZONAGES
from assistmed_desktop.formats import INSECABLE, jour_court
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.desk import State
from assistmed_desktop.ui.fiches.cabinet import corriger_cabinet
from assistmed_desktop.ui.fiches.departements import DEPARTEMENTS
from assistmed_desktop.ui.fiches.medecin import corriger_medecin, nom_specialite, nouveau_medecin, retirer_medecin
from assistmed_desktop.ui.pages.page import Page, Tools
from assistmed_desktop.ui.typography import sans_accents, soigner
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.table import Column
from assistmed_desktop.ui.widgets.text import Text

_INCONNU = "non renseigné"

COLONNES: tuple[Column[Medecin], ...] = (
    Column("Nom", lambda m: m.nom, lambda m: sans_accents(m.nom)),
    Column("Prénom", lambda m: m.prenom, lambda m: sans_accents(m.prenom)),
    Column("Spécialité", lambda m: nom_specialite(m.specialite), lambda m: m.specialite),
    Column("Secteur", lambda m: SECTEURS[m.secteur], lambda m: m.secteur),
    Column("Installé le", lambda m: jour_court(m.installe_le), lambda m: m.installe_le),
    Column("RPPS", lambda m: m.rpps, lambda m: m.rpps, complet="Numéro RPPS"),
    Column("N° AM", lambda m: m.numero_am or _INCONNU, lambda m: m.numero_am, complet="Numéro d’assurance maladie"),
    Column("Mixte", lambda m: _oui(m.exercice_mixte), lambda m: m.exercice_mixte, complet="Exercice mixte"),
)


class CabinetPage(Page):
    """Shows the practice and its doctors; asks for the forms that change them."""

    def __init__(self, tools: Tools, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(tools, nom, parent)
        self._state: State | None = None
        self._shown: Cabinet | None = None
        self._medecins: tuple[Medecin, ...] = ()
        self.title = Text(nom, theme.TITRE_PAGE, gras=True)
        self.identity = Card("Le cabinet")
        self.change = QPushButton("Modifier")
        self.change.setAccessibleName("Modifier le cabinet")
        self.change.clicked.connect(self._edit_cabinet)
        self.identity.head.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6 * theme.PAS)
        self._grid.setVerticalSpacing(2 * theme.PAS)
        self._grid.setColumnStretch(1, 1)
        self.identity.body.addLayout(self._grid)
        self.medecins = Listing(
            "Les médecins",
            COLONNES,
            tools.settings,
            vide="Ajoutez ici les médecins du cabinet qui ont signé un contrat ou vont en signer un"
            "\u00a0: le contrat, les relevés et les versements se saisissent ensuite pour chacun.",
            ajouter="Ajouter un médecin",
            lignes=30,
        )
        self.medecins.add_asked.connect(self._add)
        self.medecins.edit_asked.connect(self._edit)
        self.medecins.removal_asked.connect(self._remove)
        for widget in (self.title, self.identity, self.medecins, self._privacy()):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def _privacy(self) -> Card:
        card = Card("Données personnelles")
        card.body.addWidget(
            Text(
                f"Aucun patient n’est nommé ici{INSECABLE}; les médecins et les assistants le sont. Le cabinet en "
                "tient la fiche au registre, en informe ses assistants, et efface ce qui n’a plus à être gardé.",
                role="secondaire",
            )
        )
        self.papers = QPushButton("Documents RGPD…")
        self.papers.setAccessibleDescription("La fiche du registre et la notice aux assistants, en PDF")
        self.purge = QPushButton("Effacer ce qui peut l’être…")
        row = FoldingRow(24)
        row.replace_by((self.papers, self.purge))
        card.body.addWidget(row)
        self.papers.clicked.connect(self._ask_papers)
        self.purge.clicked.connect(self._ask_purge)
        return card

    def _ask_papers(self) -> None:
        if self._state is not None:
            from assistmed_desktop.ui.pages.privacy import Privacy

            Privacy(self).papers(self._state)

    def _ask_purge(self) -> None:
        if self._state is not None:
            from assistmed_desktop.ui.pages.privacy import Privacy

            Privacy(self).purge(self._state)

    def show_state(self, state: State) -> None:
        """Show the practice and its doctors."""
        self._state = state
        self._show_identity(state.dossier.cabinet)
        if state.dossier.medecins != self._medecins:
            self._medecins = state.dossier.medecins
            self.medecins.set_rows(self._medecins)

    def enter(self, place: str) -> None:
        """Open the form of a new doctor (``medecin``) or that of the practice, or choose a doctor by id."""
        if place == "medecin":
            self._add()
        elif place == "cabinet":
            self._edit_cabinet()
        elif self._state is not None:
            medecin = next((m for m in self._state.dossier.medecins if m.id == place), None)
            if medecin is not None:
                self.medecins.choose(medecin)
                self.medecins.table.setFocus()

    def facts(self) -> dict[str, str]:
        """Give what is shown of the practice, by name."""
        return {self._text(rang, 0): self._text(rang, 1) for rang in range(self._grid.rowCount())}

    def _text(self, rang: int, colonne: int) -> str:
        item = self._grid.itemAtPosition(rang, colonne)
        widget = item.widget() if item is not None else None
        return widget.text() if isinstance(widget, Text) else ""

    def _show_identity(self, cabinet: Cabinet) -> None:
        if cabinet == self._shown:
            return
        self._shown = cabinet
        self.identity.set_title(cabinet.nom)
        for rang, (nom, valeur) in enumerate(_faits(cabinet)):
            for colonne, texte in enumerate((nom, valeur)):
                item = self._grid.itemAtPosition(rang, colonne)
                widget = item.widget() if item is not None else None
                if not isinstance(widget, Text):
                    widget = Text("") if colonne else Text.on_one_line("", role="secondaire")
                    self._grid.addWidget(widget, rang, colonne, Qt.AlignmentFlag.AlignTop)
                widget.setText(texte)

    def _edit_cabinet(self) -> None:
        if self._state is not None:
            self.fiche_asked.emit(corriger_cabinet(self._state.dossier.cabinet))

    def _add(self) -> None:
        if self._state is not None:
            self.fiche_asked.emit(nouveau_medecin(self._state.dossier))

    def _edit(self, medecin: Medecin) -> None:
        if self._state is not None:
            self.fiche_asked.emit(corriger_medecin(self._state.dossier, medecin))

    def _remove(self, medecin: Medecin) -> None:
        if self._state is not None:
            self.removal_asked.emit(retirer_medecin(self._state.dossier, medecin))


def _faits(cabinet: Cabinet) -> tuple[tuple[str, str], ...]:
    lieu = " ".join(filter(None, (cabinet.code_postal, cabinet.commune)))
    departement = " – ".join(filter(None, (cabinet.departement, DEPARTEMENTS.get(cabinet.departement, ""))))
    return (
        ("Adresse", "\n".join(filter(None, (cabinet.adresse, lieu)))),
        ("Département", departement),
        ("Zonage", soigner(ZONAGES[cabinet.zonage])),
        ("CPAM", cabinet.cpam or _INCONNU),
        ("Exercice regroupé", _oui(cabinet.exercice_regroupe)),
        ("Exercice coordonné", soigner(EXERCICES[cabinet.exercice_coordonne])),
    )


def _oui(valeur: bool) -> str:  # noqa: FBT001 - the value itself
    return "oui" if valeur else "non"
