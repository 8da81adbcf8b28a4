"""What the page of the assistants says of the posts financed: their timeline, their gaps, their cover."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from assistmed_desktop.domain.contrat import ChangementOption
from assistmed_desktop.figures.frise import Barre, Frise, Ligne
from assistmed_desktop.formats import INSECABLE, compte, etp, nombre, pourcent
from assistmed_desktop.rules.partage import decouper
from assistmed_desktop.ui.names import nom_contrat
from assistmed_desktop.ui.pages.career import absences, presence_of
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistmed_desktop.domain.assistant import Assistant
    from assistmed_desktop.rules.resultats import EvaluationContrat
    from assistmed_desktop.ui.desk import State

_LISIBLE: Final = 12
PEU_DE_CONTRATS: Final = 4
"""Up to so many contracts, each has its line."""
_PEU: Final = 4
"""Up to so many gaps on a line, each says how much is missing."""


def shown_contracts(state: State) -> tuple[EvaluationContrat, ...]:
    """Give the contract looked at, or all of them."""
    return (state.contrat,) if state.contrat is not None else state.evaluation.contrats


def part(valeur: Fraction) -> str:
    """Write an ETP, in hundredths when its fraction would not be read."""
    return etp(valeur) if valeur.denominator <= _LISIBLE else f"{nombre(valeur, 2)}{INSECABLE}ETP"


# The posts, their gaps, and who holds them


def shown_posts(state: State) -> tuple[EvaluationContrat, ...]:
    """Give the contracts whose posts are shown: of several, those that run, if any does."""
    contrats = shown_contracts(state)
    if len(contrats) == 1:
        return contrats
    return tuple(c for c in contrats if c.contrat.debut_le <= c.au <= c.fin_le) or contrats


def posts(state: State) -> Frise | None:
    """Give the timeline of the contracts shown, and of the assistants of the only one."""
    contrats = shown_posts(state)
    if not contrats:
        return None
    lignes = [_ligne_contrat(state, contrat) for contrat in contrats]
    if len(contrats) == 1:
        ident = contrats[0].id
        siens = [a for a in state.dossier.assistants if any(f.contrat == ident for f in a.affectations)]
        lignes += [Ligne(a.nom_complet, (*_affectations(a, ident), *absences(a, ident))) for a in siens]
    return Frise(
        min(c.contrat.debut_le for c in contrats),
        max(c.fin_le for c in contrats),
        state.evaluation.au,
        tuple(lignes),
    )


def _ligne_contrat(state: State, contrat: EvaluationContrat) -> Ligne:
    signe = contrat.contrat
    options = [a.du for a in signe.avenants if isinstance(a, ChangementOption)]
    barres = [
        Barre(du, au, f"{etp(signe.option_au(du))} financé", "contrat")
        for du, au in decouper(signe.debut_le, contrat.fin_le, (), options)
    ]
    barres += [Barre(s.du, None if s.ouverte else s.au, "suspendu", "suspension") for s in contrat.suspensions]
    trous = list(gaps(state, contrat))
    for du, au, manque in trous:
        barres.append(Barre(du, au, f"manque {part(manque)}" if len(trous) <= _PEU else "manque", "manque"))
    return Ligne(nom_contrat(state.dossier, signe), tuple(barres))


def gaps(state: State, contrat: EvaluationContrat) -> Iterator[tuple[date, date, Fraction]]:
    """Give the days with some of the ETP financed missing; until they are analysed, those with too little allocated."""
    presence = presence_of(state, contrat)
    if presence is not None:
        yield from ((m.du, m.au, m.etp) for m in presence.manques)
        return
    for segment in contrat.effectif:
        fin = min(segment.au or contrat.au, contrat.au)
        if not segment.couvert and segment.du <= fin:
            yield segment.du, fin, segment.etp_requis - segment.etp_affecte


def _affectations(assistant: Assistant, contrat: str) -> list[Barre]:
    return [Barre(f.du, f.au, etp(f.etp), "presence") for f in assistant.affectations if f.contrat == contrat]


def cover_facts(state: State) -> list[Fact]:
    """Say how far the posts are held: in detail for one contract, in a line each for several.

    Of many contracts, those without a gap make one line.
    """
    contrats = shown_posts(state)
    if len(contrats) == 1:
        return _cover_of_one(state, contrats[0])
    troues = [c for c in contrats if any(True for _ in gaps(state, c))]
    montres = contrats if len(contrats) <= PEU_DE_CONTRATS else troues
    facts = [
        Fact(
            nom_contrat(state.dossier, contrat.contrat),
            _cover(state, contrat),
            chemin=f"{contrat.id}:totaux" if presence_of(state, contrat) else "",
            alerte="sous_la_reference" if contrat in troues else "",
        )
        for contrat in montres
    ]
    if reste := len(contrats) - len(montres):
        facts.append(Fact(compte(reste, "autre contrat", "autres contrats"), "pourvu tous les jours"))
    return facts


def _cover(state: State, contrat: EvaluationContrat) -> str:
    presence = presence_of(state, contrat)
    if presence is None:
        requis, couverts, unite = contrat.couverture.jours_requis, contrat.couverture.jours_couverts, ("jour", "jours")
    else:
        requis, couverts = presence.jours_ouvres_requis, presence.jours_ouvres_couverts
        unite = ("jour ouvré", "jours ouvrés")
    if not requis:
        return "aucun jour à pourvoir à ce jour"
    manquants = requis - couverts
    if not manquants:
        return f"pourvu tous les jours{INSECABLE}: {compte(requis, *unite)}"
    return f"{compte(manquants, *unite)} avec un manque sur {nombre(requis)}, hors suspension"


def _cover_of_one(state: State, contrat: EvaluationContrat) -> list[Fact]:
    presence = presence_of(state, contrat)
    if presence is None or not presence.segments:
        return [Fact("Présence", _cover(state, contrat))]
    facts = []
    dernier = presence.segments[-1]
    if dernier.au == contrat.au:
        mots = f"{part(dernier.etp_present)} présent pour {part(dernier.etp_requis)} financé"
        if not dernier.etp_requis:
            mots = "contrat suspendu, rien à pourvoir"
        role = "" if dernier.couvert else "sous_la_reference"
        if dernier.manque:
            mots += f"{INSECABLE}: manque {part(dernier.manque)}"
        chemin = f"{contrat.id}:segments.{dernier.du}"
        facts.append(Fact("Aujourd’hui", mots, soigner(", ".join(dernier.raisons)), chemin, alerte=role))
    manquants = presence.jours_ouvres_manquants
    taux = ""
    if presence.jours_ouvres_requis:
        taux = f" ({pourcent(Fraction(presence.jours_ouvres_couverts, presence.jours_ouvres_requis))})"
    facts.append(
        Fact(
            "Depuis le début",
            f"{compte(presence.jours_ouvres_couverts, 'jour ouvré pourvu', 'jours ouvrés pourvus')} sur "
            f"{nombre(presence.jours_ouvres_requis)}{taux}",
            f"{compte(manquants, 'jour')} avec un manque, hors suspension" if manquants else "hors suspension",
            f"{contrat.id}:totaux",
        )
    )
    return facts


def gap_sentences(state: State) -> list[str]:
    """Tell each gap of the contracts looked at, the latest first."""
    contrats = shown_posts(state)
    phrases: list[tuple[date, str]] = []
    for contrat in contrats:
        qui = f"{nom_contrat(state.dossier, contrat.contrat)}{INSECABLE}: " if len(contrats) > 1 else ""
        presence = presence_of(state, contrat)
        if presence is not None:
            dites = ((m.du, soigner(m.phrase)) for m in presence.manques)
            phrases += [(du, f"{qui}{dite[:1].lower() if qui else dite[:1]}{dite[1:]}.") for du, dite in dites]
    return [phrase for _, phrase in sorted(phrases, key=lambda p: p[0], reverse=True)]
