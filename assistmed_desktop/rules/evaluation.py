"""Evaluate a dossier on a day: every contract, every figure with its reasons. Pure, deterministic and total."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import ajouter_mois, en_cours
from assistmed_desktop.domain.contrat import ContratIndividuel
from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.rules import avertissements as avertir
from assistmed_desktop.rules.adhesions import (
    adherents,
    avertir_des_adhesions,
    fin_du_contrat,
    jour_du_groupe,
    passages,
    totaux_du_groupe,
)
from assistmed_desktop.rules.aide import aide_annuelle
from assistmed_desktop.rules.echeances import ViedUnContrat, echeances, reprises
from assistmed_desktop.rules.effectif import couverture, segments
from assistmed_desktop.rules.eligibilite import Anterieur, Suivi, eligibilite
from assistmed_desktop.rules.fraicheur import avertissements_de_fraicheur
from assistmed_desktop.rules.indicateurs import Engagement, evaluer_indicateur, mesurer
from assistmed_desktop.rules.resultats import (
    Evaluation,
    EvaluationContrat,
    EvaluationIndicateur,
    PeriodeSuspendue,
    StatutContrat,
    StatutIndicateur,
)
from assistmed_desktop.rules.suspensions import Parcours, evaluation_deplacee, periodes_suspendues

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from assistmed_desktop.domain.assistant import Affectation, Assistant, Mission
    from assistmed_desktop.domain.cabinet import Cabinet, Medecin
    from assistmed_desktop.domain.contrat import ContratCollectif
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.suivi import EcheanceFaite, Notification, Releve, Versement
    from assistmed_desktop.rules.bareme import Baremes

PIRE_D_ABORD: tuple[StatutIndicateur, ...] = (
    "sous_la_reference", "en_retard", "donnees_insuffisantes", "objectif_inconnu", "en_bonne_voie", "atteint",
)  # fmt: skip


def evaluate(dossier: Dossier, au: date, baremes: Baremes) -> Evaluation:
    """Evaluate every contract of a valid dossier on a day."""
    fichier = _ranger(dossier)
    contrats = tuple(_evaluer_contrat(fichier, contrat, au, baremes) for contrat in dossier.contrats)
    return Evaluation(au, contrats, baremes.verifies_le, baremes.ajoutes, tuple(map(str, baremes.refus)))


@dataclass(frozen=True, slots=True)
class _Fichier:
    """A dossier filed by what a contract asks of it, so that many contracts do not each read all of it."""

    cabinet: Cabinet
    medecins: Mapping[str, Medecin]
    releves: Mapping[str, Sequence[Releve]]
    affectations: Mapping[str, Sequence[tuple[Assistant, Affectation]]]
    missions: Mapping[str, Sequence[Mission]]
    versements: Mapping[str, Sequence[Versement]]
    notifications: Mapping[str, Sequence[Notification]]
    echeances_faites: Mapping[str, Sequence[EcheanceFaite]]
    contrats: Mapping[str, Sequence[ContratIndividuel]]
    tous: Mapping[str, ContratIndividuel | ContratCollectif]


def _ranger(dossier: Dossier) -> _Fichier:
    releves: dict[str, list[Releve]] = defaultdict(list)
    affectations: dict[str, list[tuple[Assistant, Affectation]]] = defaultdict(list)
    missions: dict[str, list[Mission]] = defaultdict(list)
    versements: dict[str, list[Versement]] = defaultdict(list)
    notifications: dict[str, list[Notification]] = defaultdict(list)
    faites: dict[str, list[EcheanceFaite]] = defaultdict(list)
    individuels: dict[str, list[ContratIndividuel]] = defaultdict(list)
    for releve in dossier.releves:
        releves[releve.medecin].append(releve)
    for assistant in dossier.assistants:
        for affectation in assistant.affectations:
            affectations[affectation.contrat].append((assistant, affectation))
    for mission in dossier.missions:
        missions[mission.assistant].append(mission)
    for versement in dossier.versements:
        versements[versement.contrat].append(versement)
    for notification in dossier.notifications:
        notifications[notification.contrat].append(notification)
    for faite in dossier.echeances_faites:
        faites[faite.contrat].append(faite)
    for contrat in dossier.contrats:
        if isinstance(contrat, ContratIndividuel):
            individuels[contrat.medecin].append(contrat)
    medecins = {medecin.id: medecin for medecin in dossier.medecins}
    return _Fichier(
        dossier.cabinet,
        medecins,
        releves,
        affectations,
        missions,
        versements,
        notifications,
        faites,
        individuels,
        {contrat.id: contrat for contrat in dossier.contrats},
    )


def _evaluer_contrat(
    fichier: _Fichier, contrat: ContratIndividuel | ContratCollectif, au: date, baremes: Baremes
) -> EvaluationContrat:
    effet = max(contrat.signe_le, contrat.debut_le)
    textes = baremes.textes.version_ou_rien(contrat, effet)
    texte = textes or baremes.textes.version_du_texte(contrat.texte)
    objectif = contrat.objectif_au(au)
    evaluation_saisie = objectif.evaluation_le if objectif else None
    initiale = evaluation_saisie or ajouter_mois(contrat.debut_le, texte.evaluation_mois)
    suspensions = periodes_suspendues(contrat.suspensions, au)
    parcours = Parcours(contrat.debut_le, evaluation_deplacee(initiale, suspensions), suspensions)
    fin_le = fin_du_contrat(contrat)
    jour = jour_du_groupe(contrat, au)
    du_jour = adherents(contrat, jour)
    mouvements = passages(contrat, jour)

    medecins = [fichier.medecins[medecin] for medecin in contrat.medecins]
    deux = any(
        fichier.medecins[medecin].specialite in texte.deux_indicateurs.specialites
        for medecin in du_jour or contrat.medecins
    )
    totaux = totaux_du_groupe(contrat, objectif, mouvements, fichier.medecins, au)
    mesures = {cle: mesurer(contrat, fichier.releves, cle, au) for cle in INDICATEURS}
    patientele, file_active = indicateurs = [
        evaluer_indicateur(
            Engagement(
                cle,
                totaux[cle],
                requis=deux or cle == "file_active",
                source=texte.source("C"),
            ),
            mesures[cle],
            parcours,
            au,
        )
        for cle in INDICATEURS
    ]
    requis = [indicateur for indicateur in indicateurs if indicateur.requis]
    affectations = fichier.affectations.get(contrat.id, ())
    notifiees = [n for n in fichier.notifications.get(contrat.id, ()) if n.notifie_le <= au]
    aide = aide_annuelle(contrat, baremes.aide, _atteinte(requis), notifiees)
    effectif = segments(contrat, affectations, fin_le)
    vie = ViedUnContrat(
        contrat,
        fichier.cabinet,
        affectations,
        [
            connu
            for versement in fichier.versements.get(contrat.id, ())
            if (connu := versement.connu_le(au)) is not None
        ],
        fichier.echeances_faites.get(contrat.id, ()),
        parcours.evaluation_le,
        fin_le,
        reprises(contrat, affectations, fichier.tous, baremes.echeances),
    )
    version_objectifs = baremes.objectifs.version_ou_rien(contrat, effet)
    version_echeances = baremes.echeances.version_ou_rien(contrat, effet)
    version_eligibilite = baremes.eligibilite.version_ou_rien(contrat, effet)
    anterieurs = _anterieurs(fichier, contrat, au, baremes)
    regles = avertir.Regles(texte, version_echeances, version_eligibilite)
    siens = [releve for medecin in contrat.medecins for releve in fichier.releves.get(medecin, ())]
    avertissements = [
        *avertir.du_contrat(
            contrat,
            texte_connu=textes is not None,
            evaluation_par_defaut=evaluation_saisie is None,
            evaluation_le=initiale,
        ),
        *avertir_des_adhesions(contrat, mouvements, totaux.values(), fichier.medecins, fin_le),
        *(a for i in indicateurs for a in avertir.de_l_objectif(contrat, i, version_objectifs, jour)),
        *(a for i in indicateurs for a in avertir.des_releves(i, mesures[i.indicateur], au)),
        *avertir.releves_futurs(siens, au),
        *avertir.de_l_aide(aide),
        *avertir.des_annees_suspendues(aide, suspensions),
        *avertir.de_la_vie(vie, medecins, anterieurs, regles, au),
        *(avertir.sous_la_reference(contrat, indicateurs, texte) if au <= fin_le else ()),
        *avertir.des_assistants(contrat, affectations, suspensions, min(au, fin_le), texte.absence_longue),
        *avertir.de_l_effectif(effectif if au <= fin_le else (), suspensions, au),
        *avertir.des_missions(affectations, fichier.missions, au),
        *avertissements_de_fraicheur(baremes, contrat, au),
    ]
    return EvaluationContrat(
        contrat=contrat,
        medecins=contrat.medecins,
        adherents=du_jour,
        statut=_statut([indicateur.statut for indicateur in requis], suspensions, fin_le, au),
        statut_tenu=_statut([indicateur.statut_tenu for indicateur in requis], suspensions, fin_le, au),
        au=au,
        fin_le=fin_le,
        evaluation_initiale_le=initiale,
        evaluation_le=parcours.evaluation_le,
        evaluation_par_defaut=evaluation_saisie is None,
        jours_suspendus=sum(suspension.jours for suspension in suspensions),
        suspensions=suspensions,
        patientele_mt=patientele,
        file_active=file_active,
        aide=aide,
        effectif=effectif,
        couverture=couverture(contrat, affectations, suspensions, min(au, fin_le)),
        echeances=echeances(vie, version_echeances, texte.source("C"), au),
        avertissements=tuple(avertissements),
        eligibilite=eligibilite(
            contrat,
            fichier.cabinet,
            medecins,
            textes,
            version_eligibilite,
            anterieurs,
            Suivi(lambda jour: _objectifs_connus_le(fichier, contrat, jour, au, baremes), baremes.textes.versions),
        ),
    )


def _statut(
    statuts: Iterable[StatutIndicateur], suspensions: Sequence[PeriodeSuspendue], fin_le: date, au: date
) -> StatutContrat:
    if au > fin_le:
        return "termine"
    if any(en_cours(suspension, au) for suspension in suspensions):
        return "suspendu"
    return min(statuts, key=PIRE_D_ABORD.index)


def _anterieurs(
    fichier: _Fichier, contrat: ContratIndividuel | ContratCollectif, au: date, baremes: Baremes
) -> tuple[Anterieur, ...]:
    """Give the earlier individual contracts of the doctors, and whether their targets were met at the signature.

    Of a signature to come, it is whether they are met on the day.
    """
    jour = min(contrat.signe_le, au)
    return tuple(
        Anterieur(anterieur, fin_du_contrat(anterieur), _objectifs_tenus(fichier, anterieur, jour, baremes))
        for medecin in contrat.medecins
        for anterieur in fichier.contrats.get(medecin, ())
        if anterieur.id != contrat.id and anterieur.debut_le < contrat.debut_le
    )


def _objectifs_connus_le(
    fichier: _Fichier, contrat: ContratIndividuel | ContratCollectif, jour: date, au: date, baremes: Baremes
) -> bool | None:
    """Say whether the targets of a contract were met on a day; None for a day to come."""
    if jour > au or not isinstance(contrat, ContratIndividuel):
        return None
    return _objectifs_tenus(fichier, contrat, jour, baremes)


def _objectifs_tenus(fichier: _Fichier, contrat: ContratIndividuel, au: date, baremes: Baremes) -> bool | None:
    """Say whether the counts known on a day reach the targets a contract requires; None when one is unknown."""
    textes = baremes.textes.version_du_texte(contrat.texte)
    deux = fichier.medecins[contrat.medecin].specialite in textes.deux_indicateurs.specialites
    objectif = contrat.objectif_au(au)
    for cle in INDICATEURS:
        cible = getattr(objectif, cle, None)
        valeur = mesurer(contrat, fichier.releves, cle, au).valeur
        if not (deux or cle == "file_active"):
            continue
        if cible is None or valeur is None:
            return None
        if valeur.valeur < cible:
            return False
    return True


def _atteinte(requis: Sequence[EvaluationIndicateur]) -> Fraction | None:
    """Give the attainment of the least advanced of the required indicators, within 0 and 1; None when unknown."""
    taux = []
    for indicateur in requis:
        if indicateur.statut == "atteint":
            taux.append(Fraction(1))
        elif indicateur.taux_atteinte is None:
            return None
        else:
            taux.append(max(Fraction(0), indicateur.taux_atteinte))
    return min(taux)
