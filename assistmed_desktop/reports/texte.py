"""The evaluation as text for a terminal: aligned tables, coloured only where colour is shown."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES, TEXTES
from assistmed_desktop.formats import (
    INCONNU,
    INSECABLE,
    compte,
    enumeration,
    etp,
    euros,
    jour_court,
    jour_long,
    nombre,
    periode,
    pourcent,
)
from assistmed_desktop.rules.resultats import (
    GRADES_A_VERIFIER,
    LIBELLES_ETAT,
    LIBELLES_STATUT,
    NON_PUBLIE,
    Grade,
    StatutContrat,
)
from assistmed_desktop.rules.verdict import verdict

if TYPE_CHECKING:
    from fractions import Fraction

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.resultats import EtatEcheance, Evaluation, EvaluationContrat, EvaluationIndicateur

LARGEUR_SANS_TERMINAL = 110
_ABSENT = "–"
_STYLES: dict[StatutContrat, tuple[str, str]] = {
    "atteint": ("✓", "bold green"),
    "en_bonne_voie": ("▲", "bold blue"),
    "en_retard": ("▼", "bold yellow"),
    "sous_la_reference": ("✕", "bold red"),
    "donnees_insuffisantes": ("?", "bold"),
    "objectif_inconnu": ("?", "bold"),
    "suspendu": ("‖", "bold"),
    "termine": ("■", "bold"),
}
_STYLES_ETAT: dict[EtatEcheance, str] = {"urgente": "bold yellow", "depassee": "bold red"}


def afficher_evaluation(dossier: Dossier, evaluation: Evaluation, sortie: TextIO) -> None:
    """Write the evaluation of every contract to a stream."""
    largeur = None if sortie.isatty() else LARGEUR_SANS_TERMINAL
    console = Console(file=sortie, width=largeur, highlight=False, markup=False, emoji=False, soft_wrap=False)
    console.print(Text(f"{dossier.cabinet.nom} · au {jour_long(evaluation.au)}", style="bold"))
    if not evaluation.contrats:
        console.print("Ce dossier n'a pas encore de contrat.")
    for contrat in evaluation.contrats:
        console.print()
        _contrat(console, dossier, contrat)


def _contrat(console: Console, dossier: Dossier, contrat: EvaluationContrat) -> None:
    noms = [f"Dr {m.nom_complet}" for m in dossier.medecins if m.id in contrat.medecins]
    texte = TEXTES[contrat.contrat.texte]
    option = etp(contrat.contrat.option_au(contrat.au))
    console.rule(Text(f"{contrat.id} · {enumeration(noms)} · {texte} · {option}"), align="left", characters="─")
    resultat = verdict(contrat)
    signe, style = _STYLES[contrat.statut]
    console.print(Text(textwrap.fill(f"{signe} {resultat.titre}", console.width, subsequent_indent="  "), style=style))
    for phrase in (*resultat.phrases, _dates(contrat)):
        _phrase(console, phrase)
    console.print()
    for table in (_indicateurs(contrat), _aide(contrat), _effectif(contrat), _echeances(contrat)):
        console.print(table)
    _listes(console, contrat)


def _phrase(console: Console, phrase: str, puce: str = "") -> None:
    """Write a sentence, indented. Rich would break a line at a no-break space, textwrap does not."""
    retrait = "  "
    suite = retrait + " " * len(puce)
    console.print(textwrap.fill(phrase, console.width, initial_indent=retrait + puce, subsequent_indent=suite))


def _dates(contrat: EvaluationContrat) -> str:
    suspension = ""
    if contrat.jours_suspendus:
        suspendus = compte(contrat.jours_suspendus, "jour suspendu", "jours suspendus")
        suspension = f", déplacée par {suspendus}"
    return (
        f"Du {jour_court(contrat.contrat.debut_le)} au {jour_court(contrat.fin_le)}{INSECABLE}; "
        f"évaluation le {jour_court(contrat.evaluation_le)}{suspension}."
    )


def _table(titre: str, *colonnes: tuple[str, bool]) -> Table:
    table = Table(title=titre, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for nom, chiffres in colonnes:
        table.add_column(nom, justify="right" if chiffres else "left", no_wrap=chiffres)
    return table


def _indicateurs(contrat: EvaluationContrat) -> Table:
    table = _table("Indicateurs", ("", False), *((INDICATEURS[i.indicateur], True) for i in contrat.indicateurs))
    lignes = [_colonne(indicateur) for indicateur in contrat.indicateurs]
    for nom in lignes[0]:
        table.add_row(nom, *(ligne[nom] for ligne in lignes))
    return table


def _colonne(indicateur: EvaluationIndicateur) -> dict[str, Text]:
    signe, style = _STYLES[indicateur.statut]
    source = SOURCES[indicateur.source] if indicateur.source else _ABSENT
    projection = indicateur.projection
    return {
        "Statut": Text(f"{signe} {LIBELLES_STATUT[indicateur.statut]}", style=style if indicateur.requis else ""),
        "Compte pour le contrat": Text("oui" if indicateur.requis else "non, pour cette spécialité"),
        "Référence": Text(nombre(indicateur.reference)),
        "Attendu": Text(_ou_tiret(indicateur.attendu, 2)),
        "Valeur": Text(_ou_tiret(indicateur.valeur), style="bold"),
        "Relevé du": Text(f"{jour_court(indicateur.date)}, {source}" if indicateur.date else _ABSENT),
        "Objectif": Text(INCONNU if indicateur.objectif is None else nombre(indicateur.objectif)),
        "Taux d'atteinte": Text(_ABSENT if indicateur.taux_atteinte is None else pourcent(indicateur.taux_atteinte, 1)),
        "Gain mensuel requis": Text(_ou_tiret(indicateur.gain_mensuel_requis, 1)),
        "Gain mensuel réalisé": Text(_ou_tiret(indicateur.gain_mensuel_realise, 1)),
        "Projection": Text(
            _ABSENT
            if projection is None
            else f"{nombre(projection.valeur)} (de {nombre(projection.bas)} à {nombre(projection.haut)})"
        ),
    }


def _ou_tiret(valeur: int | Fraction | None, decimales: int = 0) -> str:
    return _ABSENT if valeur is None else nombre(valeur, decimales)


def _aide(contrat: EvaluationContrat) -> Table:
    table = _table("Aide annuelle", ("Année", True), ("À partir du", False), ("Montant", True), ("Source", False))
    for annee in contrat.aide:
        montant = NON_PUBLIE if annee.montant_max is None else euros(annee.montant_max)
        au_plus = " au plus" if annee.montant_max is not None and annee.plafonnee else ""
        hypothese = ""
        if annee.hypothese_lineaire is not None:
            hypothese = f"{INSECABLE}; {euros(annee.hypothese_lineaire)}, hypothèse linéaire, non vérifiée"
        source = f"{_degre(annee.grade)}{hypothese}"
        table.add_row(str(annee.annee), jour_court(annee.du), montant + au_plus, source)
    return table


def _effectif(contrat: EvaluationContrat) -> Table:
    table = _table("Effectif", ("Période", False), ("Affecté", True), ("Requis", True), ("", False))
    for segment in contrat.effectif:
        etat = Text("couvert") if segment.couvert else Text("à couvrir", style="bold red")
        affecte = etp(segment.etp_affecte) if segment.etp_affecte else "aucun"
        table.add_row(periode(segment.du, segment.au), affecte, etp(segment.etp_requis), etat)
    return table


def _echeances(contrat: EvaluationContrat) -> Table:
    table = _table("Échéances", ("Date", False), ("Quoi", False), ("État", False), ("Source", False))
    for echeance in contrat.echeances:
        if echeance.etat in ("passee", "faite"):
            continue
        etat = Text(LIBELLES_ETAT[echeance.etat], style=_STYLES_ETAT.get(echeance.etat, ""))
        table.add_row(jour_court(echeance.le), echeance.libelle, etat, _degre(echeance.source.grade))
    return table


def _degre(grade: Grade) -> str:
    return f"degré {grade}, à vérifier" if grade in GRADES_A_VERIFIER else f"degré {grade}"


def _listes(console: Console, contrat: EvaluationContrat) -> None:
    titre = {True: "Éligible", False: "Non éligible d'après les règles connues", None: "Éligibilité à vérifier"}
    console.print(Text(titre[contrat.eligibilite.eligible], style="bold"))
    for motif in contrat.eligibilite.motifs:
        verifier = f" ({_degre(motif.source.grade)})" if motif.source.a_verifier else ""
        _phrase(console, f"{motif.message}{verifier}", "• ")
    if contrat.avertissements:
        console.print(Text("À vérifier", style="bold"))
        for avertissement in contrat.avertissements:
            _phrase(console, avertissement.message, "• ")
