"""The cards above the lists of money: where a contract stands today, and what its assistant costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from assistmed_desktop.formats import INSECABLE, compte, enumeration, euros, jour_court, jour_long
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.pages.money_columns import INCONNU, euros_signes
from assistmed_desktop.ui.pages.money_rows import RIEN, ecart
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.status import StatusBadge
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.rules.argent import Argent

_CALCUL = "Calcul en cours…"
_LARGEUR = 11
"""The least width of a figure, in average characters."""


def why_button(nom: str) -> QPushButton:
    """Make the button that asks how figures were reached."""
    button = QPushButton(f"Pourquoi{INSECABLE}?")
    button.setAccessibleName(nom)
    set_style_property(button, "genre", "lien")
    return button


class Figures(FoldingRow):
    """Amounts side by side, each under its caption."""

    def __init__(self, captions: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(_LARGEUR, parent=parent)
        self.values: list[Text] = []
        for caption in captions:
            block = QWidget()
            box = QVBoxLayout(block)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
            value = Text("", theme.TITRE_CARTE, gras=True)
            value.setAccessibleName(caption)
            box.addWidget(Text(caption, theme.LEGENDE, role="secondaire"))
            box.addWidget(value)
            box.addStretch(1)
            self.values.append(value)
            self.add(block)

    def show_texts(self, textes: Sequence[str]) -> None:
        """Show amounts."""
        for value, texte in zip(self.values, textes, strict=True):
            value.setText(texte)


class _MoneyCard(Card):
    """Figures, what there is to say of them, and the way to their reasons."""

    why_asked = Signal()

    def __init__(self, titre: str, captions: Sequence[str], pourquoi: str) -> None:
        super().__init__(titre)
        self.why = why_button(pourquoi)
        self.why.clicked.connect(self.why_asked)
        self.head.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        self.figures = Figures(captions)
        self.waiting = Text(_CALCUL, role="secondaire")
        self.lines = Text("")
        for widget in (self.waiting, self.figures, self.lines):
            self.body.addWidget(widget)

    def _wait(self, *, waiting: bool) -> None:
        self.waiting.setVisible(waiting)
        self.why.setVisible(not waiting)
        for widget in (self.figures, self.lines):
            widget.setVisible(not waiting)


class TodayCard(_MoneyCard):
    """What was due and what came, by the day; what is late; until when to keep the papers."""

    def __init__(self) -> None:
        super().__init__("À ce jour", ("Dû", "Reçu", "Écart", "Reste à venir, au plus"), "Pourquoi ces montants")
        self.badge = StatusBadge()
        self.body.insertWidget(self.body.count() - 1, self.badge)
        self.body.addStretch(1)

    def show_analysis(self, analyse: Analyse | None) -> None:
        """Show where a contract stands."""
        self._wait(waiting=analyse is None)
        self.badge.setVisible(analyse is not None)
        if analyse is None:
            return
        argent = analyse.argent
        self.set_title(f"Au {jour_long(argent.au)}")
        difference = ecart(argent)
        self.figures.show_texts(
            (
                INCONNU if argent.du_le_jour is None else euros(argent.du_le_jour),
                RIEN if argent.recu is None else euros(argent.recu),
                INCONNU if difference is None else euros_signes(difference),
                INCONNU if argent.reste is None else euros(argent.reste),
            )
        )
        self.badge.set_status(*_verdict(argent))
        self.lines.setText("\n".join(_lines(analyse)))


def _verdict(argent: Argent) -> tuple[str, str]:
    codes = {avertissement.code for avertissement in argent.avertissements}
    if "versement_en_retard" in codes:
        return "sous_la_reference", "Un versement manque"
    if any(avertissement.niveau == "attention" for avertissement in argent.avertissements):
        return "en_retard", "À vérifier"
    if argent.recu is None:
        return "donnees_insuffisantes", "Aucun versement saisi"
    return "atteint", "Rien à réclamer parmi ce qui est saisi"


def _lines(analyse: Analyse) -> Sequence[str]:
    argent, conservation = analyse.argent, analyse.fin.conservation
    lignes = [soigner(avertissement.message) for avertissement in argent.avertissements]
    if argent.annees_inconnues:
        annees = enumeration([str(annee) for annee in argent.annees_inconnues])
        mot = "des années" if len(argent.annees_inconnues) > 1 else "de l’année"
        lignes.append(f"Le montant {mot} {annees} n’est pas publié{INSECABLE}: il ne compte pas dans le reste à venir.")
    if conservation is not None:
        lignes.append(
            f"Pièces à conserver jusqu’au {jour_court(conservation.jusqu_au)}, d’après le dernier versement reçu, le "
            f"{jour_court(conservation.dernier_versement_le)} (à vérifier)."
        )
    return [soigner(ligne) for ligne in lignes]


class CostCard(_MoneyCard):
    """What the assistant cost, and what remains for the doctor once the aid is deducted."""

    cost_asked = Signal()

    def __init__(self) -> None:
        super().__init__(
            "Coût de l’assistant",
            ("Coût à ce jour", "Reste à charge à ce jour"),
            "Pourquoi ce coût et ce reste à charge",
        )
        self.enter_cost = QPushButton("Saisir le coût de l’assistant")
        self.enter_cost.clicked.connect(self.cost_asked)
        self.body.addWidget(self.enter_cost, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def show_analysis(self, analyse: Analyse | None) -> None:
        """Show the cost of a contract, where it was typed."""
        argent = None if analyse is None else analyse.argent
        cout = None if argent is None else argent.cout
        self._wait(waiting=argent is None)
        self.enter_cost.setVisible(argent is not None and cout is None)
        if argent is None:
            return
        self.figures.setVisible(cout is not None)
        self.why.setVisible(cout is not None)
        if cout is None:
            self.lines.setText(
                f"Le coût de l’assistant n’est pas saisi{INSECABLE}: avec lui, vous verrez ici ce qui reste à votre "
                "charge une fois l’aide déduite."
            )
            return
        reste = argent.reste_a_charge_a_ce_jour
        self.figures.show_texts(
            (
                ("au moins " if cout.jours_sans_cout else "") + euros(cout.a_ce_jour),
                f"{INCONNU}, {RIEN}" if reste is None else _borne(argent) + euros(reste),
            )
        )
        self.lines.setText("\n".join(_cost_lines(argent)))


def _borne(argent: Argent) -> str:
    manque = argent.cout is not None and argent.cout.jours_sans_cout > 0
    if manque and argent.annees_sans_versement:
        return "environ "
    return "au moins " if manque else "au plus " if argent.annees_sans_versement else ""


def _cost_lines(argent: Argent) -> Sequence[str]:
    cout = argent.cout
    lignes = []
    if cout is not None and cout.mensuel is not None:
        lignes.append(f"Aujourd’hui {euros(cout.mensuel)} par mois pour ce contrat.")
    if cout is not None and cout.jours_sans_cout:
        lignes.append(f"{compte(cout.jours_sans_cout, 'jour')} sans coût saisi, qui ne comptent pas.")
    if cout is not None and cout.a_venir is None:
        lignes.append("Le coût à venir n’est pas connu.")
    return lignes
