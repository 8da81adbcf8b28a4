"""The rows of the list of deadlines: what each is, whose, how far off, and what one does with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from assistmed_desktop.domain.calendrier import anniversaire
from assistmed_desktop.domain.libelles import ECHEANCES
from assistmed_desktop.exchange.ics import Evenement, evenements
from assistmed_desktop.formats import INSECABLE, compte, jour_court
from assistmed_desktop.rules.resultats import LIBELLES_ETAT, Etape, Explication
from assistmed_desktop.ui.fiches.argent import fiche_versement
from assistmed_desktop.ui.fiches.echeances import fiche_faite
from assistmed_desktop.ui.names import nom_contrat
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.calendar_view import PIRE_D_ABORD

if TYPE_CHECKING:
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.suivi import EcheanceFaite, Versement
    from assistmed_desktop.rules.resultats import Echeance, EtatEcheance, Evaluation
    from assistmed_desktop.ui.fiches.fiche import Fiche
    from assistmed_desktop.ui.widgets.calendar_view import Day

Geste = Literal["pointer", "versement", "assistant", "contrat"]
A_FAIRE: Final = "a_faire"
ETATS: Final[Mapping[str, tuple[str, tuple[EtatEcheance, ...]]]] = {
    A_FAIRE: ("À faire", ("depassee", "urgente", "a_venir")),
    "passees": ("Passées, à pointer", ("passee",)),
    "faites": ("Faites", ("faite",)),
    "toutes": ("Toutes", PIRE_D_ABORD),
}
"""What can be asked of the states: its name, and the states it keeps."""

GESTES: Final[Mapping[Geste, str]] = {
    "pointer": "C’est fait",
    "versement": "Saisir le versement",
    "assistant": "Voir l’assistant",
    "contrat": "Voir le contrat",
}


@dataclass(frozen=True)
class DeadlineRow:
    """A deadline of a contract; ``faite`` ticks it off, ``versement`` is the payment that it waits for."""

    contrat: str
    qui: str
    au: date
    evenement: Evenement
    faite: EcheanceFaite | None
    versement: Versement | None

    @property
    def echeance(self) -> Echeance:
        """The deadline."""
        return self.evenement.echeance

    @property
    def libelle(self) -> str:
        """What is due."""
        return soigner(self.echeance.libelle)

    @property
    def situation(self) -> str:
        """How far off it is, or when it was met."""
        echeance = self.echeance
        if echeance.fait_le is not None:
            return f"faite le{INSECABLE}{jour_court(echeance.fait_le)}"
        jours = (echeance.le - self.au).days
        match echeance.etat:
            case "depassee":
                return f"en retard de {compte(-jours, 'jour')}"
            case "passee":
                return "passée, à pointer"
            case "urgente":
                return "aujourd’hui" if jours == 0 else f"proche, dans {compte(jours, 'jour')}"
            case etat:
                return LIBELLES_ETAT[etat]

    @property
    def geste(self) -> Geste:
        """What one does with it."""
        if self.faite is not None:
            return "pointer"
        if self.echeance.code == "versement":
            return "versement"
        if self.echeance.etat == "faite":
            return "contrat" if self.echeance.assistant is None else "assistant"
        return "pointer"

    @property
    def bouton(self) -> str:
        """The word of that gesture."""
        if self.faite is not None:
            return "Corriger ou décocher"
        return "Modifier le versement" if self.versement is not None else GESTES[self.geste]

    @property
    def parle(self) -> str:
        """The whole row, as a sentence."""
        return f"{self.libelle} ({self.qui}), {self.situation}"

    @property
    def explication(self) -> Explication:
        """Where its day comes from."""
        echeance = self.echeance
        etape = Etape("Date", echeance.source.article, jour_court(echeance.le))
        return Explication(echeance.libelle, (etape,), (echeance.source,))

    def fiche(self, dossier: Dossier) -> Fiche:
        """Make the form that ticks it off, or that enters its payment."""
        if self.geste == "pointer":
            return fiche_faite(self.contrat, self.echeance, self.au, self.faite)
        debut = {"annee_contrat": _annee(dossier, self.contrat, self.echeance.le), "echeance_le": self.echeance.le}
        return fiche_versement(dossier, self.au, self.contrat, self.versement, debut)


def deadline_rows(dossier: Dossier, evaluation: Evaluation) -> list[DeadlineRow]:
    """List the deadlines of every contract, by day."""
    rows: list[DeadlineRow] = []
    for contrat in evaluation.contrats:
        qui = nom_contrat(dossier, contrat.contrat)
        faites = [faite for faite in dossier.echeances_faites if faite.contrat == contrat.id]
        versements = [versement for versement in dossier.versements if versement.contrat == contrat.id]
        rows += [
            DeadlineRow(
                contrat.id,
                qui,
                evaluation.au,
                evenement,
                _faite(evenement.echeance, faites),
                _versement(evenement.echeance, versements),
            )
            for evenement in evenements(dossier, [contrat])
        ]
    return sorted(rows, key=lambda row: (row.echeance.le, row.qui))


def _faite(echeance: Echeance, faites: Sequence[EcheanceFaite]) -> EcheanceFaite | None:
    siennes = [
        faite
        for faite in faites
        if (faite.code, faite.le) == (echeance.code, echeance.le) and faite.assistant in (None, echeance.assistant)
    ]
    return max(siennes, key=lambda faite: faite.assistant == echeance.assistant, default=None)


def _versement(echeance: Echeance, versements: Sequence[Versement]) -> Versement | None:
    if echeance.code != "versement":
        return None
    siens = [v for v in versements if v.echeance_le == echeance.le]
    return max(siens, key=lambda v: v.recu_le == echeance.fait_le, default=None)


def _annee(dossier: Dossier, ident: str, le: date) -> int:
    """Give the contract year that holds a day; the first one before it, the last one after."""
    contrat = next(contrat for contrat in dossier.contrats if contrat.id == ident)
    annees = range(2, contrat.duree_ans + 1)
    return 1 + sum(anniversaire(contrat.debut_le, annee - 1) <= le for annee in annees)


def natures(rows: Sequence[DeadlineRow]) -> dict[str, str]:
    """Name the kinds of deadlines there are, by code."""
    presentes = {row.echeance.code for row in rows}
    return {code: soigner(nom) for code, nom in ECHEANCES.items() if code in presentes}


def days_of(rows: Sequence[DeadlineRow]) -> dict[date, Day]:
    """Gather the deadlines by day, the worst state of each."""
    par_jour: dict[date, list[DeadlineRow]] = defaultdict(list)
    for row in rows:
        par_jour[row.echeance.le].append(row)
    return {
        jour: (min((r.echeance.etat for r in siennes), key=PIRE_D_ABORD.index), tuple(r.parle for r in siennes))
        for jour, siennes in par_jour.items()
    }


def month_phrase(rows: Sequence[DeadlineRow], mois: date) -> str:
    """Count the deadlines of a month."""
    combien = sum((row.echeance.le.year, row.echeance.le.month) == (mois.year, mois.month) for row in rows)
    return compte(combien, "échéance") + " ce mois-ci" if combien else "Aucune échéance ce mois-ci"
