"""The rows of the payments: each as entered, beside what the text that governs the contract foresees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from assistmed_desktop.formats import INSECABLE, compte, euros, jour_court
from assistmed_desktop.ui.names import nom_contrat
from assistmed_desktop.ui.pages.money_columns import (
    INCONNU,
    amount,
    day,
    par_jour,
    par_montant,
    variance,
)
from assistmed_desktop.ui.widgets.table import Column

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

    from assistmed_desktop.domain.suivi import Versement
    from assistmed_desktop.rules.argent import LigneEcheancier
    from assistmed_desktop.rules.resultats import EtatEcheance, EvaluationContrat
    from assistmed_desktop.ui.desk import State


@dataclass(frozen=True)
class PaymentRow:
    """A payment: as entered, as the text has it, or both; ``nombre`` is how many the text has in the year.

    ``au_plus``: the amount that the text foresees is the most it may be.
    """

    contrat: str
    qui: str
    au: date
    annee: int
    versement: Versement | None
    ligne: LigneEcheancier | None
    nombre: int
    au_plus: bool

    @property
    def nom(self) -> str:
        """The year, and which of its payments it is."""
        nom = str(self.annee)
        if self.ligne is None or (self.nombre == 1 and self.ligne.part is not None):
            return nom
        return f"{nom} (autre)" if self.ligne.part is None else f"{nom} ({self.ligne.rang} sur {self.nombre})"

    @property
    def connu(self) -> Versement | None:
        """What is known of it on the day."""
        return None if self.versement is None else self.versement.connu_le(self.au)

    @property
    def attendu_le(self) -> date | None:
        """The day on which it is expected, as entered or else as the text has it."""
        saisie = None if self.versement is None else self.versement.echeance_le
        return saisie or (None if self.ligne is None else self.ligne.prevu_le)

    @property
    def recu_le(self) -> date | None:
        """The day on which it came, by now."""
        return None if self.connu is None else self.connu.recu_le

    @property
    def attendu(self) -> str:
        """The day on which it is expected, in words."""
        if self.attendu_le is not None:
            return jour_court(self.attendu_le)
        return "non publié" if self.versement is None else "non précisé"

    @property
    def montant_prevu(self) -> int | None:
        """The amount that the text foresees."""
        return None if self.ligne is None else self.ligne.montant_prevu

    @property
    def montant_du(self) -> int | None:
        """The amount due, as entered."""
        return None if self.versement is None else self.versement.montant_du

    @property
    def due(self) -> str:
        """The amount due, as entered, or while nothing is as the text foresees it."""
        if self.versement is None and self.montant_prevu is not None:
            return f"{euros(self.montant_prevu)}{INSECABLE}{'au plus' if self.au_plus else 'prévus'}"
        return INCONNU if self.montant_du is None else euros(self.montant_du)

    @property
    def montant_recu(self) -> int | None:
        """The amount that came, by now."""
        return None if self.connu is None else self.connu.montant_recu

    @property
    def ecart(self) -> int | None:
        """Received less due."""
        connus = self.montant_du is not None and self.montant_recu is not None
        return (self.montant_recu or 0) - (self.montant_du or 0) if connus else None

    @property
    def etat(self) -> EtatEcheance:
        """How it stands, as a deadline does."""
        if self.recu_le is not None:
            return "urgente" if (self.ecart or 0) < 0 else "faite"
        if self.attendu_le is None or self.attendu_le > self.au:
            return "a_venir"
        return "passee" if self.versement is None else "depassee"

    @property
    def situation(self) -> str:
        """How it stands, in words."""
        if self.recu_le is not None:
            return "reçu en partie" if (self.ecart or 0) < 0 else "reçu"
        if self.attendu_le is None:
            return "date non publiée" if self.versement is None else "date inconnue"
        jours = (self.attendu_le - self.au).days
        if jours > 0:
            return f"dans {compte(jours, 'jour')}"
        if self.versement is None:
            return "passé, rien de saisi"
        return f"en retard de {compte(-jours, 'jour')}" if jours else "attendu aujourd’hui"

    @property
    def reclamable(self) -> date | None:
        """The last day on which the caisse may claim it back."""
        return None if self.ligne is None else self.ligne.reclamable_jusqu_au

    @property
    def debut(self) -> Mapping[str, Any]:
        """What a new form already knows of it."""
        montant = None if self.au_plus else self.montant_prevu
        return {"annee_contrat": self.annee, "echeance_le": self.attendu_le, "montant_du": montant}

    @property
    def chemin(self) -> str:
        """The path of its explanation; empty when it has none yet."""
        return "" if self.ligne is None else f"echeancier.{self.ligne.annee}.{self.ligne.rang}"


def payment_rows(state: State) -> list[PaymentRow]:
    """List the payments of the contracts looked at, in the order in which they are expected."""
    rows = [row for contrat in looked_at(state) for row in _of_contract(state, contrat)]
    return sorted(rows, key=lambda row: (row.annee, par_jour(row.attendu_le or row.recu_le), row.qui))


def looked_at(state: State) -> Sequence[EvaluationContrat]:
    """Give the contract looked at, or all of them."""
    return state.evaluation.contrats if state.contrat is None else (state.contrat,)


def _of_contract(state: State, contrat: EvaluationContrat) -> Iterator[PaymentRow]:
    analyse = state.analyses.get(contrat.id)
    annees = {annee.annee: annee for annee in analyse.argent.annees} if analyse else {}
    restantes = list(analyse.argent.echeancier) if analyse else []
    parts = Counter(ligne.annee for ligne in restantes if ligne.part is not None)
    qui = nom_contrat(state.dossier, contrat.contrat)

    def row(annee: int, versement: Versement | None, ligne: LigneEcheancier | None) -> PaymentRow:
        au_plus = annee in annees and annees[annee].base == "maximum"
        return PaymentRow(contrat.id, qui, contrat.au, annee, versement, ligne, parts[annee], au_plus)

    for versement in state.dossier.versements:
        if versement.contrat == contrat.id:
            ligne = _ligne(versement, restantes, contrat.au)
            if ligne is not None:
                restantes.remove(ligne)
            yield row(versement.annee_contrat, versement, ligne)
    for ligne in restantes:
        if _rien_de_saisi(ligne):
            yield row(ligne.annee, None, ligne)


def _rien_de_saisi(ligne: LigneEcheancier) -> bool:
    """Say whether a line is of the text alone; one of a payment changed since waits for the next analysis."""
    return (ligne.echeance_le, ligne.montant_du, ligne.recu_le) == (None, None, None) and ligne.part is not None


def _ligne(versement: Versement, lignes: Sequence[LigneEcheancier], au: date) -> LigneEcheancier | None:
    """Find the line of the analysis that is of a payment, as it was known on the day."""
    connu = versement.connu_le(au)
    if connu is None:
        return None
    fait = (connu.annee_contrat, connu.echeance_le, connu.montant_du, connu.recu_le, connu.montant_recu)
    trouvees = (
        ligne
        for ligne in lignes
        if fait == (ligne.annee, ligne.echeance_le, ligne.montant_du, ligne.recu_le, ligne.montant_recu)
    )
    return next(trouvees, None)


def payment_columns(icone: Callable[[PaymentRow], QIcon]) -> tuple[Column[PaymentRow], ...]:
    """Give the columns of the payments; the first one names the contract."""
    return (
        Column("Contrat", lambda r: r.qui, lambda r: r.qui),
        Column("Année", lambda r: r.nom, lambda r: (r.annee, par_jour(r.attendu_le or r.recu_le))),
        Column("Attendu", lambda r: r.attendu, lambda r: par_jour(r.attendu_le)),
        Column("Situation", lambda r: r.situation, lambda r: r.situation, icone=icone),
        Column(
            "Dû",
            lambda r: r.due,
            lambda r: par_montant(r.montant_prevu if r.versement is None else r.montant_du),
            droite=True,
            complet="Montant dû, comme saisi ; tant que rien ne l’est, comme prévu par le texte ou notifié",
        ),
        amount("Reçu", lambda r: r.montant_recu, "Montant reçu", lambda r: "rien" if r.versement else "non saisi"),
        day("Reçu le", lambda r: r.recu_le),
        variance(lambda r: r.ecart, "Écart entre le reçu et le dû"),
        day(
            "Garder jusqu’au",
            lambda r: r.reclamable,
            "Pièces à garder jusqu’au dernier jour où la caisse peut réclamer un remboursement, à vérifier",
        ),
        Column("Référence", _reference, _reference),
    )


def _reference(row: PaymentRow) -> str:
    return "" if row.versement is None else row.versement.reference
