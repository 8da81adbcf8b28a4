"""Scenarios side by side: worked out, then put into lines and sentences. Pure functions, run off the GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.formats import INCONNU, INSECABLE, euros, jour_court, nombre, periode
from assistmed_desktop.rules.resultats import LIBELLES_STATUT, NON_PUBLIE, AnneeAide, StatutContrat
from assistmed_desktop.services.recit_simulation import resume
from assistmed_desktop.services.scenarios import Hypothese, HypotheseImpossible, IndicateurSimule, Scenario
from assistmed_desktop.services.simulation import scenario
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from assistmed_desktop.rules.bareme import Baremes

ACTUEL: Final = "actuel"
A: Final = "a"
B: Final = "b"
NOMS: Final = {ACTUEL: "Rythme actuel", A: "Scénario A", B: "Scénario B"}
ABSENT: Final = "–"


@dataclass(frozen=True)
class Comparison:
    """The scenarios worked out, by key, and why the others could not be."""

    scenarios: Mapping[str, Scenario]
    refus: Mapping[str, str] = field(default_factory=dict)


def compare(  # noqa: PLR0913 - the practice, the contract, the day, the barèmes, and what is supposed
    dossier: Dossier,
    contrat: str,
    hypotheses: Mapping[str, Hypothese | None],
    *,
    au: date,
    baremes: Baremes,
    known: Sequence[Scenario] = (),
) -> Comparison:
    """Play the present pace of a contract and each hypothesis; ``known`` are those already played on this dossier."""
    played = {joue.hypothese: joue for joue in known}
    scenarios: dict[str, Scenario] = {}
    refus: dict[str, str] = {}
    for cle, hypothese in ((ACTUEL, Hypothese(contrat)), *hypotheses.items()):
        if hypothese is None:
            continue
        try:
            scenarios[cle] = played.get(hypothese) or scenario(dossier, hypothese, au, baremes)
        except HypotheseImpossible as refusal:
            refus[cle] = soigner(str(refusal))
    return Comparison(scenarios, refus)


@dataclass(frozen=True)
class Cell:
    """What a line says of one scenario; ``statut`` is a status to draw beside the word."""

    texte: str = ABSENT
    statut: StatutContrat | None = None


@dataclass(frozen=True)
class Line:
    """A line of the comparison: what is compared, and the cell of each scenario."""

    nom: str
    cells: Mapping[str, Cell]

    def cell(self, cle: str) -> Cell:
        """Give the cell of a scenario; that of one not played is a dash."""
        return self.cells.get(cle, Cell())


def lines(comparison: Comparison) -> list[Line]:
    """Compare the scenarios: the day of judgement, each indicator, the aid of the years to come."""
    joues = comparison.scenarios
    tous = [
        Line("Jugé le", {cle: Cell(jour_court(joue.juge_le)) for cle, joue in joues.items()}),
        Line("Situation du contrat ce jour-là", {cle: _statut(joue.statut) for cle, joue in joues.items()}),
    ]
    for rang, nom in enumerate(INDICATEURS.values()):
        indicateurs = {cle: joue.indicateurs[rang] for cle, joue in joues.items()}
        tous += _lignes_de_l_indicateur(nom, indicateurs)
    return tous + _lignes_de_l_aide(joues)


def _lignes_de_l_indicateur(nom: str, indicateurs: Mapping[str, IndicateurSimule]) -> list[Line]:
    requis = all(indicateur.requis for indicateur in indicateurs.values())
    titre = nom if requis else f"{nom} (pour information)"
    return [
        Line(titre, {cle: Cell(_compte(i.valeur)) for cle, i in indicateurs.items()}),
        Line(f"{nom}{INSECABLE}: écart à l’objectif", {cle: Cell(_ecart(i)) for cle, i in indicateurs.items()}),
        Line(f"{nom}{INSECABLE}: situation", {cle: _statut(i.statut) for cle, i in indicateurs.items()}),
        Line(f"{nom}{INSECABLE}: objectif atteint le", {cle: Cell(_atteint(i)) for cle, i in indicateurs.items()}),
    ]


def _lignes_de_l_aide(joues: Mapping[str, Scenario]) -> list[Line]:
    par_annee: dict[int, dict[str, AnneeAide]] = {}
    for cle, joue in joues.items():
        for annee in joue.aide:
            if annee.au >= joue.au and not annee.apres_la_fin:
                par_annee.setdefault(annee.annee, {})[cle] = annee
    return [
        Line(
            f"Aide estimée, année {rang} ({periode(*_bornes(annees)).removeprefix('du ')})",
            {cle: Cell(_aide(annee)) for cle, annee in annees.items()},
        )
        for rang, annees in sorted(par_annee.items())
    ]


def _bornes(annees: Mapping[str, AnneeAide]) -> tuple[date, date]:
    premiere = next(iter(annees.values()))
    return premiere.du, premiere.au


def _statut(statut: StatutContrat) -> Cell:
    return Cell(LIBELLES_STATUT[statut], statut)


def _compte(valeur: int | None) -> str:
    return "aucun relevé" if valeur is None else nombre(valeur)


def _ecart(indicateur: IndicateurSimule) -> str:
    if indicateur.valeur is None:
        return ABSENT
    return "objectif inconnu" if indicateur.ecart is None else nombre(indicateur.ecart, signe=True)


def _atteint(indicateur: IndicateurSimule) -> str:
    if indicateur.objectif is None or indicateur.valeur is None:
        return INCONNU
    return "pas avant la fin du contrat" if indicateur.atteint_le is None else jour_court(indicateur.atteint_le)


def _aide(annee: AnneeAide) -> str:
    if annee.montant_notifie is not None:
        return f"{euros(annee.montant_notifie)} (notifié)"
    if annee.montant_max is None:
        return "non publié"
    if annee.hypothese_lineaire is not None:
        return f"{euros(round(annee.hypothese_lineaire / 100) * 100)} (hypothèse linéaire)"
    return f"{euros(annee.montant_max)} au plus" if annee.au_plus else euros(annee.montant_max)


def unpublished(comparison: Comparison) -> str:
    """Say what an amount that nobody has published asks for; empty where there is none."""
    if any(cell.texte == "non publié" for line in lines(comparison) for cell in line.cells.values()):
        return f"Aide{INSECABLE}: {NON_PUBLIE}."
    return ""


def supposed(joue: Scenario) -> str:
    """Write the hypothesis of a scenario as a sentence."""
    dit = soigner(resume(joue.hypothese))
    return f"{dit[:1].upper()}{dit[1:]}."


def unknowns(comparison: Comparison) -> list[tuple[str, str]]:
    """List what nobody knows, or what the scenarios rest on, each once, with the scenarios that it is about."""
    par_message: dict[str, list[str]] = {}
    for cle, joue in comparison.scenarios.items():
        for avertissement in joue.avertissements:
            par_message.setdefault(soigner(avertissement.message), []).append(cle)
    tous = set(comparison.scenarios)
    return [
        ("" if set(cles) == tous else " et ".join(NOMS[cle] for cle in cles), message)
        for message, cles in par_message.items()
    ]
