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
from assistmed_desktop.reports.terminal import ABSENT, avec_degre, console, degre, phrase, plier, tableau
from assistmed_desktop.reports.texte_analyse import afficher_analyse, deja_dits
from assistmed_desktop.rules.aide import HYPOTHESE
from assistmed_desktop.rules.argent import QUEL_QUE_SOIT_L_AVANCEMENT
from assistmed_desktop.rules.resultats import LIBELLES_ETAT, LIBELLES_STATUT, NON_PUBLIE, StatutContrat
from assistmed_desktop.rules.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from rich.console import Console
    from rich.table import Table

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.rules.argent import AnneeArgent, Argent
    from assistmed_desktop.rules.resultats import (
        AnneeAide,
        Avertissement,
        Echeance,
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
    entete = f"{contrat.id} · {enumeration(noms)} · {texte} · {option}"
    if len(entete) + len(" ─") <= flux.width:
        flux.rule(Text(entete), align="left", characters="─")
    else:
        flux.rule(characters="─")
        flux.print(plier(entete, flux.width), soft_wrap=True)
    resultat = verdict(contrat)
    signe, style = _STYLES[contrat.statut_tenu]
    flux.print(Text(plier(f"{signe} {resultat.titre}", flux.width, suite="  "), style=style))
    for dite in (*resultat.phrases, _dates(contrat)):
        phrase(flux, dite)
    flux.print()
    flux.print(_indicateurs(contrat))
    _aide(flux, contrat, analyse.argent)
    _effectif(flux, contrat, complet=complet)
    _echeances(flux, contrat)
    dites = afficher_analyse(flux, analyse) if complet else frozenset()
    _eligibilite(flux, contrat)
    _a_verifier(flux, contrat, analyse, dites)


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
        "Compte pour le contrat": Text(f"{'oui' if indicateur.requis else 'non'}{_degre_de(indicateur)}"),
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


def _degre_de(indicateur: EvaluationIndicateur) -> str:
    return "".join(f" ({degre(source.grade)})" for source in indicateur.explication.sources[:1])


def _ou_tiret(valeur: int | Fraction | None, decimales: int = 0) -> str:
    return ABSENT if valeur is None else nombre(valeur, decimales)


def _aide(flux: Console, contrat: EvaluationContrat, argent: Argent) -> None:
    table = tableau("Aide annuelle", ("Année", True), ("À partir du", False), ("Montant", True), ("Source", False))
    for annee, comptee in zip(contrat.aide, argent.annees, strict=True):
        table.add_row(str(annee.annee), jour_court(annee.du), *_montant_et_source(annee, comptee))
    flux.print(table)
    fixes = [str(comptee.annee) for comptee in argent.annees if comptee.base == "fixe"]
    if fixes:
        annees = f"l'année {fixes[0]}" if len(fixes) == 1 else f"chacune des années {enumeration(fixes)}"
        phrase(flux, f"Le montant de {annees} est {QUEL_QUE_SOIT_L_AVANCEMENT}.")
        flux.print()


def _montant_et_source(annee: AnneeAide, comptee: AnneeArgent) -> tuple[str, str]:
    montant = INCONNU if annee.montant is None else euros(annee.montant) + (" au plus" if annee.au_plus else "")
    if annee.notifie_le is not None:
        return montant, f"notifié par la CPAM le {jour_court(annee.notifie_le)}"
    if annee.apres_la_fin:
        return ABSENT, "après la fin du contrat"
    if comptee.coupee:
        entiere = "" if annee.montant is None else f" ({montant} pour l'année entière, {degre(annee.grade)})"
        return INCONNU, f"le contrat finit dans cette année, part due non publiée{entiere}"
    if annee.montant is None:
        return montant, NON_PUBLIE
    hypothese = ""
    if annee.hypothese_lineaire is not None:
        hypothese = f"{INSECABLE}; {euros(annee.hypothese_lineaire)}, {HYPOTHESE}"
    return montant, f"{degre(annee.grade)}{hypothese}"


def _effectif(flux: Console, contrat: EvaluationContrat, *, complet: bool) -> None:
    table = tableau("Effectif", ("Période", False), ("Affecté", True), ("Requis", True), ("", False))
    for segment in contrat.effectif:
        etat = Text("ETP affecté suffisant")
        if not segment.couvert:
            etat = Text("ETP affecté insuffisant", style="bold red")
        affecte = etp(segment.etp_affecte) if segment.etp_affecte else "aucun"
        table.add_row(periode(segment.du, segment.au), affecte, etp(segment.etp_requis), etat)
    flux.print(table)
    option = "" if complet else " (option --complet)"
    phrase(flux, f"Les absences sont comptées à part : « Présence des assistants »{option}.")
    flux.print()


def _echeances(flux: Console, contrat: EvaluationContrat) -> None:
    suivies = [echeance for echeance in contrat.echeances if echeance.etat not in ("passee", "faite")]
    if not suivies:
        flux.print(Text("Échéances", style="bold"))
        phrase(flux, "Aucune échéance à venir.")
        flux.print()
        return
    table = tableau("Échéances", ("Date", False), ("Quoi", False), ("État", False), ("Source", False))
    for echeance in suivies:
        etat = Text(LIBELLES_ETAT[echeance.etat], style=_STYLES_ETAT.get(echeance.etat, ""))
        table.add_row(jour_court(echeance.le), echeance.libelle, etat, _source(echeance, contrat))
    flux.print(table)


def _source(echeance: Echeance, contrat: EvaluationContrat) -> str:
    if echeance.code == "evaluation" and not contrat.evaluation_par_defaut:
        return "votre contrat"
    return degre(echeance.source.grade)


def _eligibilite(flux: Console, contrat: EvaluationContrat) -> None:
    titre = {True: "Éligible", False: "Non éligible d'après les règles connues", None: "Éligibilité à vérifier"}
    flux.print(Text(titre[contrat.eligibilite.eligible], style="bold"))
    for motif in contrat.eligibilite.motifs:
        dite = avec_degre(motif.message, motif.source.grade) if motif.source.a_verifier else motif.message
        phrase(flux, dite, "• ")


def _a_verifier(flux: Console, contrat: EvaluationContrat, analyse: Analyse, dites: frozenset[str]) -> None:
    """List what is to be checked, once each: neither what a section has just told, nor the same absence twice."""
    tous = (*contrat.avertissements, *(a for a in analyse.avertissements if a.niveau == "attention"))
    restants = [a for a in tous if not _redit(a, analyse) and not deja_dits(a, dites)]
    if restants:
        flux.print(Text("À vérifier", style="bold"))
        for message in dict.fromkeys(a.message for a in restants):
            phrase(flux, message, "• ")


def _redit(avertissement: Avertissement, analyse: Analyse) -> bool:
    """Say whether the analysis tells of the same long absence, with what to ask for."""
    longues = analyse.presence.absences_longues
    return avertissement.code == "absence_longue" and any(a.nom in avertissement.message for a in longues)
