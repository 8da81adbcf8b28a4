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
    heures,
    jour_court,
    jour_long,
    nombre,
    pourcent,
)
from assistmed_desktop.reports.terminal import ABSENT, avec_degre, degre, phrase, tableau, titre
from assistmed_desktop.reports.texte_groupe import CODES_DU_GROUPE, phrases_du_groupe
from assistmed_desktop.rules.argent import AUCUN_VERSEMENT, INCONNUE, LIBELLES_SCENARIO

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from assistmed_desktop.reports.texte_groupe import Dite
    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.rules.argent import AnneeArgent, Argent, Base, Borne, Scenario
    from assistmed_desktop.rules.comparaison import Comparaison
    from assistmed_desktop.rules.fin import FinDeContrat
    from assistmed_desktop.rules.presence import Presence
    from assistmed_desktop.rules.renouvellement import Renouvellement
    from assistmed_desktop.rules.resultats import Avertissement
    from assistmed_desktop.rules.rythme import Gain, Rythme, RythmeIndicateur
    from assistmed_desktop.rules.taches import Taches

MOIS_QUI_SORTENT = 3
_BORNES: dict[Borne, str] = {"exact": "", "au_moins": "au moins ", "au_plus": "au plus "}
_NATURES: dict[Base, str] = {"notifie": "notifié", "fixe": "fixe", "maximum": "au plus"}
# What follows an end when nobody tells: no rule, and so no grade.
_SUITES_SANS_REGLE = ("cause_inconnue", "non_publiee")
# The warnings whose fact a section tells in its own words.
_CODES_DES_SECTIONS = CODES_DU_GROUPE | {"presence_insuffisante"}


def afficher_analyse(sortie: Console, analyse: Analyse) -> frozenset[str]:
    """Write what the analysis has to say, part by part; a part with nothing to say is left out.

    Gives the sentences told, without their grades.
    """
    dites: set[str] = set()
    if analyse.groupe is not None:
        dites |= _phrases(sortie, "Groupe", phrases_du_groupe(analyse.groupe))
    _rythme(sortie, analyse.rythme)
    corrections = ((suivie.phrase, None) for suivie in analyse.sources.corrections)
    dites |= _phrases(sortie, "Corrections demandées à la CPAM", corrections)
    dites |= _phrases(sortie, "Mouvements de la patientèle", _mouvements(analyse))
    dites |= _phrases(sortie, "File active", ((dite, None) for dite in _file_active(analyse)))
    _argent(sortie, analyse.argent)
    dites |= _phrases(sortie, "Présence des assistants", _presence(analyse.presence))
    dites |= _phrases(sortie, "Missions", ((dite, None) for dite in _missions(analyse.taches)))
    dites |= _phrases(sortie, "Fin du contrat", _fin(analyse.fin))
    dites |= _phrases(sortie, "Renouvellement", ((d, None) for d in _renouvellement(analyse.renouvellement)))
    _comparaison(sortie, analyse.comparaison)
    return frozenset(dites)


def deja_dits(avertissement: Avertissement, dites: frozenset[str]) -> bool:
    """Say whether the sections, if any were written, have told what a warning tells."""
    return avertissement.message in dites or (bool(dites) and avertissement.code in _CODES_DES_SECTIONS)


def _phrases(sortie: Console, nom: str, phrases: Iterable[Dite]) -> set[str]:
    """Write the sentences of a section, each once and with its grade; give them without it."""
    dites = {dite: grade for dite, grade in phrases if dite}
    if dites:
        titre(sortie, nom)
        for dite, grade in dites.items():
            phrase(sortie, dite if grade is None else avec_degre(dite, grade), "• ")
        sortie.print()
    return set(dites)


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


def _mouvements(analyse: Analyse) -> Iterable[Dite]:
    """Tell where the patients came from and went; a doubt about it is told whole, so that it is told once."""
    ensemble = analyse.mouvements.ensemble
    if ensemble is not None and ensemble.phrase is not None:
        doutes = (a.message for a in analyse.mouvements.avertissements if ensemble.phrase in a.message)
        yield next(doutes, ensemble.phrase), None


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
        table.add_row(
            str(annee.annee),
            *_montant_et_nature(annee),
            _montant(annee.du_le_jour),
            _recu(annee),
            _montant(annee.ecart_du),
        )
    sortie.print(table)
    restes = {reste.cle: f"{_BORNES[reste.borne]}{euros(reste.montant)}" for reste in argent.restes_a_charge}
    scenarios = tableau("Sur toute la durée du contrat", ("", False), ("Aide", True), ("Reste à votre charge", True))
    for scenario in argent.scenarios:
        scenarios.add_row(LIBELLES_SCENARIO[scenario.cle], _total(scenario), restes.get(scenario.cle, ABSENT))
    sortie.print(scenarios)
    if argent.annees_sans_versement:
        phrase(sortie, f"Aide reçue{INSECABLE}: {argent.recu_en_lettres}.")
    if any(annee.nature == "hypothese" for scenario in argent.scenarios for annee in scenario.annees):
        phrase(sortie, "À partir de la troisième année, l'aide suit une hypothèse linéaire, non vérifiée.")
    if argent.cout is None:
        phrase(sortie, "Le coût de l'assistant n'est pas saisi : le reste à votre charge est inconnu.")
    else:
        recu = f"aide reçue : {AUCUN_VERSEMENT if argent.recu is None else euros(argent.recu)}"
        phrase(sortie, f"Coût de l'assistant à ce jour{INSECABLE}: {euros(argent.cout.a_ce_jour)} ; {recu}.")
    sortie.print()


def _montant_et_nature(annee: AnneeArgent) -> tuple[str, str]:
    if annee.montant_base is not None and annee.base is not None:
        return euros(annee.montant_base), _NATURES[annee.base]
    if annee.apres_la_fin:
        return ABSENT, "contrat fini"
    return INCONNU, "fin en cours d'année" if annee.coupee else ""


def _recu(annee: AnneeArgent) -> str:
    if annee.recu is not None:
        return euros(annee.recu)
    return "non saisi" if annee.commencee and not annee.apres_la_fin else ABSENT


def _total(scenario: Scenario) -> str:
    if scenario.total is None:
        return INCONNUE
    return f"{'au moins ' if scenario.inconnues else ''}{euros(scenario.total)}"


def _montant(centimes: int | None) -> str:
    return ABSENT if centimes is None else euros(centimes)


def _presence(presence: Presence) -> Iterable[Dite]:
    temps_plein, absence_longue = (source.grade for source in presence.sources)
    if presence.jours_ouvres_requis:
        couverts = compte(presence.jours_ouvres_couverts, "jour ouvré couvert", "jours ouvrés couverts")
        sur = f"{couverts} sur {nombre(presence.jours_ouvres_requis)}, hors suspension ({presence.jours_feries})"
        yield f"{sur}, les heures comptées sur le temps plein du texte.", temps_plein
    yield from ((f"{manque.phrase}.", None) for manque in presence.manques)
    yield from ((absence.phrase, absence_longue) for absence in presence.absences_longues)


def _missions(taches: Taches) -> Iterable[str]:
    if taches.du_jour is not None and taches.du_jour.parts is not None:
        parts = [f"{DOMAINES[domaine].lower()} {pourcent(part)}" for domaine, part in taches.du_jour.parts.items()]
        detail = enumeration(parts)
        yield f"{detail[0].upper()}{detail[1:]} des {heures(taches.du_jour.minutes / 60)} par semaine confiées."
    if taches.minutes_liberees is not None:
        methode = "d'après les jours comptés" if taches.observe else "d'après les tâches déclarées"
        bornes = [(o.bas, o.haut) for o in taches.observe]
        (bas, haut), *autres = bornes or [(None, None)]
        fourchette = "" if bas is None or haut is None or autres else f", de {heures(bas / 60)} à {heures(haut / 60)}"
        liberees = heures(taches.minutes_liberees / 60)
        yield f"Temps libéré pour le médecin : {liberees} par semaine {methode}{fourchette}."
    yield from (secretariat.phrase for secretariat in taches.secretariat_seul)


def _fin(fin: FinDeContrat) -> Iterable[Dite]:
    cause = f", {fin.cause_libelle}" if fin.cause_libelle else ""
    verbe = "s'est terminé" if fin.terminee else "se termine"
    yield f"Le contrat {verbe} le {jour_long(fin.fin_le)}{cause if fin.anticipee else ', à son terme'}.", None
    if fin.preavis is not None and not fin.terminee:
        yield fin.preavis.phrase, fin.preavis.source.grade
    yield from ((s.phrase, None if s.code in _SUITES_SANS_REGLE else s.source.grade) for s in fin.suites)


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
        publication = ligne.publication
        source = f"{publication.auteur}, {publication.quand_en_lettres} ({degre(publication.grade)})"
        table.add_row(ligne.repere.libelle, ligne.publie, ligne.du_cabinet, source)
    sortie.print(table)
