"""The evaluation of a practice as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

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
from assistmed_desktop.reports.terminal import ABSENT, console, phrase, plier, tableau
from assistmed_desktop.reports.texte_analyse import afficher_analyse
from assistmed_desktop.rules.aide import HYPOTHESE
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
    from collections.abc import Mapping
    from fractions import Fraction

    from rich.console import Console
    from rich.table import Table

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.rules.resultats import (
        AnneeAide,
        EtatEcheance,
        Evaluation,
        EvaluationContrat,
        EvaluationIndicateur,
    )

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


def afficher_evaluation(
    dossier: Dossier, evaluation: Evaluation, analyses: Mapping[str, Analyse], sortie: TextIO, *, complet: bool = False
) -> None:
    """Write the evaluation of every contract to a stream; ``complet`` with its analysis, given by id of contract."""
    flux = console(sortie)
    flux.print(Text(f"{dossier.cabinet.nom} · au {jour_long(evaluation.au)}", style="bold"))
    if not evaluation.contrats:
        flux.print("Ce dossier n'a pas encore de contrat.")
    for contrat in evaluation.contrats:
        flux.print()
        _contrat(flux, dossier, contrat, analyses[contrat.id], complet=complet)
    for ajoute in evaluation.baremes_ajoutes:
        flux.print()
        phrase(
            flux,
            f"Barème ajouté par vos soins{INSECABLE}: {ajoute.fichier} ({', '.join(ajoute.versions)}).",
            retrait="",
        )


def _contrat(flux: Console, dossier: Dossier, contrat: EvaluationContrat, analyse: Analyse, *, complet: bool) -> None:
    noms = [f"Dr {m.nom_complet}" for m in dossier.medecins if m.id in contrat.medecins]
    texte = TEXTES[contrat.contrat.texte]
    option = etp(contrat.contrat.option_au(contrat.au))
    flux.rule(Text(f"{contrat.id} · {enumeration(noms)} · {texte} · {option}"), align="left", characters="─")
    resultat = verdict(contrat)
    signe, style = _STYLES[contrat.statut_tenu]
    flux.print(Text(plier(f"{signe} {resultat.titre}", flux.width, suite="  "), style=style))
    for dite in (*resultat.phrases, _dates(contrat)):
        phrase(flux, dite)
    flux.print()
    for table in (_indicateurs(contrat), _aide(contrat), _effectif(contrat), _echeances(contrat)):
        flux.print(table)
    if complet:
        afficher_analyse(flux, analyse)
    _listes(flux, contrat, analyse)


def _dates(contrat: EvaluationContrat) -> str:
    suspension = ""
    if contrat.jours_suspendus:
        suspendus = compte(contrat.jours_suspendus, "jour suspendu", "jours suspendus")
        suspension = f", déplacée par {suspendus}"
    return (
        f"Du {jour_court(contrat.contrat.debut_le)} au {jour_court(contrat.fin_le)}{INSECABLE}; "
        f"évaluation le {jour_court(contrat.evaluation_le)}{suspension}."
    )


def _indicateurs(contrat: EvaluationContrat) -> Table:
    table = tableau("Indicateurs", ("", False), *((INDICATEURS[i.indicateur], True) for i in contrat.indicateurs))
    lignes = [_colonne(indicateur) for indicateur in contrat.indicateurs]
    for nom in lignes[0]:
        table.add_row(nom, *(ligne[nom] for ligne in lignes))
    return table


def _colonne(indicateur: EvaluationIndicateur) -> dict[str, Text]:
    signe, style = _STYLES[indicateur.statut_tenu]
    source = SOURCES[indicateur.source] if indicateur.source else ABSENT
    projection = indicateur.projection
    return {
        "Statut": Text(f"{signe} {LIBELLES_STATUT[indicateur.statut_tenu]}", style=style if indicateur.requis else ""),
        "Compte pour le contrat": Text("oui" if indicateur.requis else "non, pour cette spécialité"),
        "Référence": Text(nombre(indicateur.reference)),
        "Attendu": Text(_ou_tiret(indicateur.attendu, 2)),
        "Valeur": Text(_ou_tiret(indicateur.valeur), style="bold"),
        "Relevé du": Text(f"{jour_court(indicateur.date)}, {source}" if indicateur.date else ABSENT),
        "Objectif": Text(INCONNU if indicateur.objectif is None else nombre(indicateur.objectif)),
        "Taux d'atteinte": Text(ABSENT if indicateur.taux_atteinte is None else pourcent(indicateur.taux_atteinte, 1)),
        "Gain mensuel requis": Text(_ou_tiret(indicateur.gain_mensuel_requis, 1)),
        "Gain mensuel réalisé": Text(_ou_tiret(indicateur.gain_mensuel_realise, 1)),
        "Projection": Text(
            ABSENT
            if projection is None
            else f"{nombre(projection.valeur)} (de {nombre(projection.bas)} à {nombre(projection.haut)})"
        ),
    }


def _ou_tiret(valeur: int | Fraction | None, decimales: int = 0) -> str:
    return ABSENT if valeur is None else nombre(valeur, decimales)


def _aide(contrat: EvaluationContrat) -> Table:
    table = tableau("Aide annuelle", ("Année", True), ("À partir du", False), ("Montant", True), ("Source", False))
    for annee in contrat.aide:
        montant = NON_PUBLIE if annee.montant is None else euros(annee.montant)
        table.add_row(
            str(annee.annee), jour_court(annee.du), montant + (" au plus" if annee.au_plus else ""), _d_ou_vient(annee)
        )
    return table


def _d_ou_vient(annee: AnneeAide) -> str:
    if annee.apres_la_fin:
        return "après la fin du contrat"
    if annee.notifie_le is not None:
        return f"notifié par la CPAM le {jour_court(annee.notifie_le)}"
    hypothese = ""
    if annee.hypothese_lineaire is not None:
        hypothese = f"{INSECABLE}; {euros(annee.hypothese_lineaire)}, {HYPOTHESE}"
    return f"{_degre(annee.grade)}{hypothese}"


def _effectif(contrat: EvaluationContrat) -> Table:
    table = tableau("Effectif", ("Période", False), ("Affecté", True), ("Requis", True), ("", False))
    for segment in contrat.effectif:
        etat = Text("couvert") if segment.couvert else Text("à couvrir", style="bold red")
        affecte = etp(segment.etp_affecte) if segment.etp_affecte else "aucun"
        table.add_row(periode(segment.du, segment.au), affecte, etp(segment.etp_requis), etat)
    return table


def _echeances(contrat: EvaluationContrat) -> Table:
    table = tableau("Échéances", ("Date", False), ("Quoi", False), ("État", False), ("Source", False))
    for echeance in contrat.echeances:
        if echeance.etat in ("passee", "faite"):
            continue
        etat = Text(LIBELLES_ETAT[echeance.etat], style=_STYLES_ETAT.get(echeance.etat, ""))
        table.add_row(jour_court(echeance.le), echeance.libelle, etat, _degre(echeance.source.grade))
    return table


def _degre(grade: Grade) -> str:
    return f"degré {grade}, à vérifier" if grade in GRADES_A_VERIFIER else f"degré {grade}"


def _listes(flux: Console, contrat: EvaluationContrat, analyse: Analyse) -> None:
    titre = {True: "Éligible", False: "Non éligible d'après les règles connues", None: "Éligibilité à vérifier"}
    flux.print(Text(titre[contrat.eligibilite.eligible], style="bold"))
    for motif in contrat.eligibilite.motifs:
        verifier = f" ({_degre(motif.source.grade)})" if motif.source.a_verifier else ""
        phrase(flux, f"{motif.message}{verifier}", "• ")
    avertissements = (*contrat.avertissements, *(a for a in analyse.avertissements if a.niveau == "attention"))
    if avertissements:
        flux.print(Text("À vérifier", style="bold"))
        for avertissement in avertissements:
            phrase(flux, avertissement.message, "• ")
