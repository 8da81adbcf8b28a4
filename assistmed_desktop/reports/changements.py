"""What has changed in a contract between two days, fact by fact, as the dossier tells it. No reason of any absence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, assert_never

from assistmed_desktop.domain.assistant import Assistant
from assistmed_desktop.domain.calendrier import se_croisent
from assistmed_desktop.domain.contrat import (
    Avenant,
    ChangementAdresse,
    ChangementOption,
    ContratCollectif,
    NouvelObjectif,
    Resiliation,
    Suspension,
)
from assistmed_desktop.domain.libelles import ECHEANCES, INDICATEURS, ROLES, VOIES, ZONAGES
from assistmed_desktop.formats import etp, euros, heures, jour_court, nombre, periode
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.mots import minuscule, objectif_en_mots

Nature = Literal["Contrat", "Échanges", "Assistants", "Absences", "Missions", "Formation", "Aide"]

NATURES: Final[tuple[Nature, ...]] = (
    "Contrat",
    "Échanges",
    "Assistants",
    "Absences",
    "Missions",
    "Formation",
    "Aide",
)
COMPTES: Final[dict[Nature, tuple[str, str]]] = {
    "Contrat": ("changement du contrat", "changements du contrat"),
    "Échanges": ("échange", "échanges"),
    "Assistants": ("changement d’assistant", "changements d’assistant"),
    "Absences": ("absence", "absences"),
    "Missions": ("changement de mission", "changements de mission"),
    "Formation": ("étape de formation", "étapes de formation"),
    "Aide": ("versement", "versements"),
}
"""How the facts of each kind are counted."""


@dataclass(frozen=True, slots=True)
class Fait:
    """A fact, and the day it came about."""

    nature: Nature
    le: date
    texte: str


def changements(matiere: Matiere, du: date, au: date) -> tuple[Fait, ...]:
    """Give what came about between two days, both included: kind by kind, each in order of date."""
    faits = (*_du_contrat(matiere), *_echanges(matiere), *_du_personnel(matiere, du, au), *_verses(matiere))
    retenus = (fait for fait in faits if du <= fait.le <= au)
    return tuple(sorted(retenus, key=lambda fait: (NATURES.index(fait.nature), fait.le)))


def _du_contrat(matiere: Matiere) -> Iterator[Fait]:
    contrat = matiere.contrat.contrat
    for avenant in contrat.avenants:
        yield Fait("Contrat", avenant.du, _avenant(avenant))
        if isinstance(avenant, Suspension) and avenant.au is not None:
            yield Fait("Contrat", avenant.au, f"fin de la suspension commencée le {jour_court(avenant.du)}")
    if isinstance(contrat, ContratCollectif):
        for adhesion in contrat.adhesions:
            nom = matiere.nom_du_medecin(adhesion.medecin)
            yield Fait("Contrat", adhesion.du, f"{nom} entre dans le groupe")
            if adhesion.au is not None:
                yield Fait("Contrat", adhesion.au, f"dernier jour de {nom} dans le groupe")
    yield Fait("Contrat", matiere.contrat.fin_le, "dernier jour du contrat")


def _avenant(avenant: Avenant) -> str:
    """Say what an amendment changes; its reason stays in the practice."""
    match avenant:
        case Suspension():
            return "suspension" + (f" jusqu'au {jour_court(avenant.au)}" if avenant.au else ", en cours")
        case ChangementOption():
            return f"option de {etp(avenant.option_etp)}"
        case NouvelObjectif():
            return f"nouvel objectif : {objectif_en_mots(avenant.objectif)}"
        case ChangementAdresse():
            return f"changement d'adresse du cabinet, {ZONAGES[avenant.zonage]}"
        case Resiliation():
            return "résiliation"
        case _:
            assert_never(avenant)


def _echanges(matiere: Matiere) -> Iterator[Fait]:
    dossier, signe = matiere.dossier, matiere.contrat.contrat
    for faite in dossier.echeances_faites:
        if faite.contrat == signe.id:
            qui = "" if faite.assistant is None else f" ({matiere.nom_de_l_assistant(faite.assistant)})"
            yield Fait("Échanges", faite.faite_le, f"fait : {minuscule(ECHEANCES[faite.code])}{qui}")
    for notifiee in dossier.notifications:
        if notifiee.contrat == signe.id:
            montant = f"{euros(notifiee.montant)} notifiés pour l'année {notifiee.annee_contrat}"
            yield Fait("Échanges", notifiee.notifie_le, _avec_reference(montant, notifiee.reference))
    for proposition in dossier.propositions:
        if proposition.contrat == signe.id:
            yield Fait("Échanges", proposition.recue_le, "proposition de la caisse pour le contrat suivant")
    for correction in dossier.corrections:
        if correction.medecin in signe.medecins:
            quoi = f"{minuscule(INDICATEURS[correction.indicateur])} au {jour_court(correction.releve_le)}"
            cherche = f"{nombre(correction.valeur_demandee)} au lieu de {nombre(correction.valeur_cpam)}"
            yield Fait("Échanges", correction.demandee_le, f"correction demandée, {quoi} : {cherche}")
            if correction.repondue_le is not None:
                accorde = correction.valeur_accordee
                dit = "sans valeur accordée" if accorde is None else f"{nombre(accorde)} accordés"
                yield Fait("Échanges", correction.repondue_le, f"réponse à la correction, {quoi} : {dit}")


def _du_personnel(matiere: Matiere, du: date, au: date) -> Iterator[Fait]:
    for assistant in matiere.assistants:
        nom = assistant.nom_complet
        for embauche in assistant.embauches:
            termes = f"{ROLES[embauche.role]}, {heures(embauche.heures_hebdo)} par semaine"
            yield Fait("Assistants", embauche.du, f"{nom} : embauche, {termes}")
            if embauche.au is not None:
                yield Fait("Assistants", embauche.au, f"{nom} : dernier jour de l'embauche ({termes})")
        yield from _affectations(matiere, assistant)
        for absence in assistant.absences:
            if se_croisent(absence.du, absence.au, du, au):
                remplacee = "remplacée" if absence.remplacement else "non remplacée"
                yield Fait(
                    "Absences", max(absence.du, du), f"{nom} : absence {periode(absence.du, absence.au)}, {remplacee}"
                )
        yield from _formation(assistant)
    for mission in matiere.missions:
        quoi = f"{mission.tache} ({matiere.nom_de_l_assistant(mission.assistant)})"
        yield Fait("Missions", mission.du, f"nouvelle : {quoi}")
        if mission.au is not None:
            yield Fait("Missions", mission.au, f"terminée : {quoi}")


def _formation(assistant: Assistant) -> Iterator[Fait]:
    suivie = assistant.formation
    if suivie is None:
        return
    jalons = (("inscription", suivie.inscription_le), ("début", suivie.debut_le), ("obtention", suivie.obtention_le))
    for etape, jour in jalons:
        if jour is not None:
            yield Fait("Formation", jour, f"{assistant.nom_complet} : {etape}, {VOIES[suivie.voie]}")


def _affectations(matiere: Matiere, assistant: Assistant) -> Iterator[Fait]:
    """Give the allocations to the contract that do not begin or end with a hiring, which says them already."""
    connus = {jour for embauche in assistant.embauches for jour in (embauche.du, embauche.au)}
    for affectation in assistant.affectations:
        if affectation.contrat != matiere.contrat.id:
            continue
        part = f"{assistant.nom_complet} : {etp(affectation.etp)}"
        if affectation.du not in connus:
            yield Fait("Assistants", affectation.du, f"{part} affecté au contrat")
        if affectation.au is not None and affectation.au not in connus:
            yield Fait("Assistants", affectation.au, f"{part}, dernier jour de l'affectation au contrat")


def _verses(matiere: Matiere) -> Iterator[Fait]:
    for versement in matiere.versements:
        if versement.recu_le is not None and versement.montant_recu is not None:
            recu = f"{euros(versement.montant_recu)} reçus pour l'année {versement.annee_contrat}"
            if versement.montant_du is not None and versement.montant_du != versement.montant_recu:
                recu += f", {euros(versement.montant_du)} dus"
            yield Fait("Aide", versement.recu_le, _avec_reference(recu, versement.reference))


def _avec_reference(texte: str, reference: str) -> str:
    return f"{texte}, référence {reference}" if reference else texte
