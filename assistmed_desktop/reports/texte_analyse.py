"""The analysis of a contract as text for a terminal: what lies behind the figures of its evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop.domain.libelles import DOMAINES, INDICATEURS, SOURCES
from assistmed_desktop.formats import (
    INCONNU,
    INSECABLE,
    compte,
    enumeration,
    euros,
    jour_court,
    jour_long,
    nombre,
    pourcent,
)
from assistmed_desktop.reports.terminal import ABSENT, phrase, tableau, titre
from assistmed_desktop.rules.argent import LIBELLES_BASE, LIBELLES_SCENARIO

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from rich.console import Console

    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.rules.argent import Argent, Borne
    from assistmed_desktop.rules.comparaison import Comparaison
    from assistmed_desktop.rules.fin import FinDeContrat
    from assistmed_desktop.rules.renouvellement import Renouvellement
    from assistmed_desktop.rules.rythme import Gain, Rythme, RythmeIndicateur
    from assistmed_desktop.rules.taches import Taches

MOIS_QUI_SORTENT = 3
_BORNES: dict[Borne, str] = {"exact": "", "au_moins": "au moins ", "au_plus": "au plus "}


def afficher_analyse(sortie: Console, analyse: Analyse) -> None:
    """Write what the analysis has to say, part by part; a part with nothing to say is left out."""
    _rythme(sortie, analyse.rythme)
    _phrases(sortie, "Corrections demandées à la CPAM", (suivie.phrase for suivie in analyse.sources.corrections))
    _phrases(sortie, "Mouvements de la patientèle", _mouvements(analyse))
    _phrases(sortie, "File active", _file_active(analyse))
    _argent(sortie, analyse.argent)
    _phrases(sortie, "Présence des assistants", _presence(analyse))
    _phrases(sortie, "Missions", _missions(analyse.taches))
    _phrases(sortie, "Fin du contrat", _fin(analyse.fin))
    _phrases(sortie, "Renouvellement", _renouvellement(analyse.renouvellement))
    _comparaison(sortie, analyse.comparaison)


def _phrases(sortie: Console, nom: str, phrases: Iterable[str]) -> None:
    dites = [dite for dite in phrases if dite]
    if not dites:
        return
    titre(sortie, nom)
    for dite in dites:
        phrase(sortie, dite, "• ")
    sortie.print()


def _rythme(sortie: Console, rythme: Rythme) -> None:
    suivis = [sien for sien in rythme.indicateurs if sien.gains or sien.meilleur is not None]
    if not suivis:
        return
    table = tableau("Gains par mois", ("", False), *((INDICATEURS[sien.indicateur], True) for sien in suivis))
    lignes = [_gains(sien) for sien in suivis]
    for nom in dict.fromkeys(nom for ligne in lignes for nom in ligne):
        table.add_row(nom, *(ligne.get(nom, ABSENT) for ligne in lignes))
    sortie.print(table)
    for sien in suivis:
        if sien.phrase is not None:
            phrase(sortie, sien.phrase)
    sortie.print()


def _gains(sien: RythmeIndicateur) -> dict[str, str]:
    requis = sien.gain_mensuel_requis
    meilleur = sien.meilleur
    return {
        **{f"sur {gain.mois} mois": _gain(gain) for gain in sien.gains},
        "meilleur sur six mois": ABSENT if meilleur is None else nombre(meilleur.par_mois, 1, signe=True),
        "requis": ABSENT if requis is None else nombre(requis, 1, signe=True),
    }


def _gain(gain: Gain) -> str:
    return f"{nombre(gain.par_mois, 1, signe=True)} ({SOURCES[gain.apres.source]}, {jour_court(gain.apres.date)})"


def _mouvements(analyse: Analyse) -> Iterable[str]:
    ensemble = analyse.mouvements.ensemble
    if ensemble is not None and ensemble.phrase is not None:
        yield ensemble.phrase


def _file_active(analyse: Analyse) -> Iterable[str]:
    for sienne in analyse.file_active.medecins:
        yield from sienne.phrases
    a_venir = [mois for mois in analyse.file_active.ensemble if not mois.sorti and mois.saisis]
    yield from (mois.phrase for mois in a_venir[:MOIS_QUI_SORTENT])


def _argent(sortie: Console, argent: Argent) -> None:
    table = tableau(
        "Aide due et reçue",
        ("Année", True),
        ("Montant", True),
        ("", False),
        ("Dû à ce jour", True),
        ("Reçu", True),
        ("Écart", True),
    )
    for annee in argent.annees:
        base = "contrat fini" if annee.apres_la_fin else LIBELLES_BASE[annee.base] if annee.base else ""
        table.add_row(
            str(annee.annee),
            INCONNU if annee.montant_base is None else euros(annee.montant_base),
            base,
            _montant(annee.du_le_jour),
            euros(annee.recu) if annee.commencee else ABSENT,
            _montant(annee.ecart_du),
        )
    sortie.print(table)
    restes = {reste.cle: f"{_BORNES[reste.borne]}{euros(reste.montant)}" for reste in argent.restes_a_charge}
    scenarios = tableau("Sur toute la durée du contrat", ("", False), ("Aide", True), ("Reste à votre charge", True))
    for scenario in argent.scenarios:
        aide = f"{'au moins ' if scenario.inconnues else ''}{euros(scenario.total)}"
        scenarios.add_row(LIBELLES_SCENARIO[scenario.cle], aide, restes.get(scenario.cle, ABSENT))
    sortie.print(scenarios)
    phrase(sortie, "À partir de la troisième année, l'aide suit une hypothèse linéaire, non vérifiée.")
    if argent.cout is None:
        phrase(sortie, "Le coût de l'assistant n'est pas saisi : le reste à votre charge est inconnu.")
    else:
        recu = euros(argent.recu)
        phrase(
            sortie,
            f"Coût de l'assistant à ce jour{INSECABLE}: {euros(argent.cout.a_ce_jour)}, pour {recu} d'aide reçue.",
        )
    sortie.print()


def _montant(centimes: int | None) -> str:
    return ABSENT if centimes is None else euros(centimes)


def _presence(analyse: Analyse) -> Iterable[str]:
    presence = analyse.presence
    if presence.jours_ouvres_requis:
        yield (
            f"{compte(presence.jours_ouvres_couverts, 'jour ouvré couvert', 'jours ouvrés couverts')} sur "
            f"{nombre(presence.jours_ouvres_requis)}, hors suspension ({presence.jours_feries})."
        )
    yield from (f"{manque.phrase}." for manque in presence.manques)
    yield from (absence.phrase for absence in presence.absences_longues)


def _missions(taches: Taches) -> Iterable[str]:
    if taches.du_jour is not None and taches.du_jour.parts is not None:
        parts = [f"{DOMAINES[domaine].lower()} {pourcent(part)}" for domaine, part in taches.du_jour.parts.items()]
        detail = enumeration(parts)
        yield f"{detail[0].upper()}{detail[1:]} des {_heures(taches.du_jour.minutes)} par semaine confiées."
    if taches.minutes_liberees is not None:
        methode = "d'après les jours comptés" if taches.observe else "d'après les tâches déclarées"
        bornes = [(o.bas, o.haut) for o in taches.observe]
        (bas, haut), *autres = bornes or [(None, None)]
        fourchette = "" if bas is None or haut is None or autres else f", de {_heures(bas)} à {_heures(haut)}"
        yield f"Temps libéré pour le médecin : {_heures(taches.minutes_liberees)} par semaine {methode}{fourchette}."
    yield from (secretariat.phrase for secretariat in taches.secretariat_seul)


def _fin(fin: FinDeContrat) -> Iterable[str]:
    cause = f", {fin.cause_libelle}" if fin.cause_libelle else ""
    verbe = "s'est terminé" if fin.terminee else "se termine"
    yield f"Le contrat {verbe} le {jour_long(fin.fin_le)}{cause if fin.anticipee else ', à son terme'}."
    if fin.preavis is not None and not fin.terminee:
        yield f"Préavis{INSECABLE}: lettre recommandée à envoyer le {jour_long(fin.preavis.dernier_jour)} au plus tard."
    yield from (suite.phrase for suite in fin.suites)


def _renouvellement(renouvellement: Renouvellement) -> Iterable[str]:
    if renouvellement.proposition is None:
        return
    yield f"Proposition de la caisse reçue le {jour_long(renouvellement.proposition.recue_le)}."
    yield renouvellement.option.phrase
    yield from (comparee.phrase for comparee in renouvellement.indicateurs if comparee.requis)
    if renouvellement.aide_totale is not None:
        yield f"Aide du nouveau contrat{INSECABLE}: {euros(renouvellement.aide_totale)} au plus, sur toute sa durée."
    yield from renouvellement.a_demander


def _comparaison(sortie: Console, comparaison: Comparaison) -> None:
    comparables = [ligne for ligne in comparaison.lignes if ligne.du_cabinet is not None]
    if not comparables:
        return
    table = tableau(
        "Chiffres publiés, à titre de comparaison",
        ("", False),
        ("Publié", True),
        ("Votre cabinet", True),
        ("Source", False),
    )
    for ligne in comparables:
        source = f"{ligne.publication.article}, {ligne.publication.quand_en_lettres}"
        table.add_row(ligne.repere.libelle, ligne.publie, ligne.du_cabinet, source)
    sortie.print(table)


def _heures(minutes: Fraction) -> str:
    entieres = round(minutes)
    reste = f"{INSECABLE}{entieres % 60:02d}" if entieres % 60 else ""
    return f"{nombre(entieres // 60)}{INSECABLE}h{reste}"
