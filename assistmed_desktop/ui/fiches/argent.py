"""The forms of the money: a payment, due and received, and the amount of a year as the CPAM has notified it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, anniversaire
from assistmed_desktop.domain.suivi import Notification, Versement
from assistmed_desktop.formats import INSECABLE, euros, jour_court, periode
from assistmed_desktop.services.places import ajouter, corriger, supprimer
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, Geste, Valeurs, depart
from assistmed_desktop.ui.fiches.genres import Choix, Euros, Jour, Ligne
from assistmed_desktop.ui.names import Contrat, nom_contrat

if TYPE_CHECKING:
    from datetime import date

    from assistmed_desktop.domain.dossier import Dossier

VERSEMENTS = ("versements",)
NOTIFICATIONS = ("notifications",)
_PREVAUT = (
    f"Le montant que la CPAM vous a écrit pour une année du contrat. Il l’emporte sur celui du barème{INSECABLE}: "
    "les écarts et ce qui reste à venir se comptent alors d’après lui."
)


def fiche_versement(
    dossier: Dossier,
    au: date,
    contrat: str | None,
    versement: Versement | None = None,
    debut: Valeurs | None = None,
) -> Fiche:
    """Make the form of a payment; without a ``contrat``, or to correct one, it asks which among several.

    ``debut`` fills a new one with what is already known of it.
    """
    demande = _demande(dossier, contrat, correction=versement is not None)
    champs = (
        *(demande if versement is None else ()),
        Champ("annee_contrat", "Année du contrat", _annees(dossier, None if demande else contrat), requis=True),
        Champ("echeance_le", "À recevoir le", Jour(), aide="laissez vide si la date n’est pas connue"),
        Champ("montant_du", "Montant dû", Euros(), aide="laissez vide si la CPAM ne l’a pas dit"),
        Champ("recu_le", "Reçu le", Jour(), aide="la date du virement"),
        Champ("montant_recu", "Montant reçu", Euros()),
        Champ("reference", "Référence", Ligne(), aide="ce qui aide à le retrouver sur votre relevé de compte"),
        *(() if versement is None else demande),
    )

    def enregistrer(valeurs: Valeurs) -> Geste:
        nouveau = Versement(**{"contrat": contrat, **valeurs})
        quoi = nom_versement(nouveau)
        if versement is None:
            return Geste(ajouter(VERSEMENTS, nouveau, f"Ajouter le {quoi}"), f"Le {quoi} est ajouté.")
        return Geste(corriger(VERSEMENTS, versement, nouveau, f"Corriger le {quoi}"), f"Le {quoi} est corrigé.")

    return Fiche(
        "Nouveau versement" if versement is None else "Versement",
        champs,
        enregistrer,
        depart=depart(champs, dict(debut or {}) if versement is None else versement.model_dump()),
        introduction="" if demande else _pour(dossier, contrat),
        prudences=lambda valeurs: tuple(_prudences(_contrat(dossier, valeurs.get("contrat", contrat)), valeurs, au)),
        supprimer=None if versement is None else suppression_versement(versement),
        suite=(lambda apres: fiche_versement(apres, au, contrat)) if versement is None else None,
    )


def suppression_versement(versement: Versement) -> Geste:
    """Withdraw a payment."""
    quoi = nom_versement(versement)
    return Geste(supprimer(VERSEMENTS, versement, f"Supprimer le {quoi}"), f"Le {quoi} est supprimé.")


def nom_versement(versement: Versement) -> str:
    """Name a payment after its year and its day."""
    nom = f"versement de l’année{INSECABLE}{versement.annee_contrat}"
    if versement.recu_le is not None:
        return f"{nom} reçu le{INSECABLE}{jour_court(versement.recu_le)}"
    return nom if versement.echeance_le is None else f"{nom} attendu le{INSECABLE}{jour_court(versement.echeance_le)}"


def fiche_notification(
    dossier: Dossier, contrat: str | None, notification: Notification | None = None, annee: int | None = None
) -> Fiche:
    """Make the form of the amount notified for a year; without a ``contrat``, or to correct one, it asks which."""
    demande = _demande(dossier, contrat, correction=notification is not None)
    champs = (
        *(demande if notification is None else ()),
        Champ("annee_contrat", "Année du contrat", _annees(dossier, None if demande else contrat), requis=True),
        Champ("montant", "Montant notifié", Euros(), requis=True),
        Champ("notifie_le", "Notifié le", Jour(), requis=True, aide="la date du courrier ou du message"),
        Champ("reference", "Référence", Ligne(), aide="ce qui aide à retrouver le courrier"),
        *(() if notification is None else demande),
    )

    def enregistrer(valeurs: Valeurs) -> Geste:
        nouvelle = Notification(**{"contrat": contrat, **valeurs})
        quoi = _nom_notification(nouvelle)
        if notification is None:
            return Geste(ajouter(NOTIFICATIONS, nouvelle, f"Ajouter le {quoi}"), f"Le {quoi} est ajouté.")
        operation = corriger(NOTIFICATIONS, notification, nouvelle, f"Corriger le {quoi}")
        return Geste(operation, f"Le {quoi} est corrigé.")

    valeurs: Valeurs = {"annee_contrat": annee} if notification is None else notification.model_dump()
    return Fiche(
        "Nouveau montant notifié" if notification is None else "Montant notifié",
        champs,
        enregistrer,
        depart=depart(champs, valeurs),
        introduction="\n".join(partie for partie in ("" if demande else _pour(dossier, contrat), _PREVAUT) if partie),
        supprimer=None if notification is None else suppression_notification(notification),
        suite=(lambda apres: fiche_notification(apres, contrat)) if notification is None else None,
    )


def suppression_notification(notification: Notification) -> Geste:
    """Withdraw an amount notified."""
    quoi = _nom_notification(notification)
    return Geste(supprimer(NOTIFICATIONS, notification, f"Supprimer le {quoi}"), f"Le {quoi} est supprimé.")


def _nom_notification(notification: Notification) -> str:
    return f"montant notifié pour l’année{INSECABLE}{notification.annee_contrat}"


def _contrat(dossier: Dossier, ident: str) -> Contrat:
    return next(contrat for contrat in dossier.contrats if contrat.id == ident)


def _pour(dossier: Dossier, contrat: str | None) -> str:
    return "" if contrat is None else nom_contrat(dossier, _contrat(dossier, contrat))


def _demande(dossier: Dossier, contrat: str | None, *, correction: bool) -> tuple[Champ, ...]:
    """Ask for the contract, where there are several and it is not settled."""
    if contrat is not None and not (correction and len(dossier.contrats) > 1):
        return ()
    noms = {autre.id: nom_contrat(dossier, autre) for autre in dossier.contrats}
    return (Champ("contrat", "Contrat", Choix(noms), requis=True),)


def _debut(contrat: Contrat, annee: int) -> date:
    return anniversaire(contrat.debut_le, annee - 1)


def _annees(dossier: Dossier, contrat: str | None) -> Choix:
    """Name the years, with their days where the contract is settled."""
    if contrat is None:
        duree = max(autre.duree_ans for autre in dossier.contrats)
        options = {str(annee): f"Année{INSECABLE}{annee}" for annee in range(1, duree + 1)}
    else:
        signe = _contrat(dossier, contrat)
        options = {
            str(annee): f"Année{INSECABLE}{annee}, " + periode(_debut(signe, annee), _debut(signe, annee + 1) - UN_JOUR)
            for annee in range(1, signe.duree_ans + 1)
        }
    return Choix(options, {cle: int(cle) for cle in options})


def _prudences(contrat: Contrat, valeurs: Valeurs, au: date) -> Sequence[str]:
    """Say what is doubtful in a payment."""
    phrases = []
    du, recu, le = valeurs["montant_du"], valeurs["montant_recu"], valeurs["recu_le"]
    if all(valeurs[cle] is None for cle in ("echeance_le", "montant_du", "recu_le", "montant_recu")):
        phrases.append("Ni date ni montant : ce versement ne compte dans aucun total.")
    if du is not None and recu is not None and du != recu:
        sens = "de moins que le" if recu < du else "de plus que le"
        phrases.append(f"Le montant reçu est de {euros(abs(recu - du))} {sens} montant dû.")
    if le is not None and le > au:
        phrases.append(f"Reçu à une date à venir : il ne compte comme reçu qu'à partir du {jour_court(le)}.")
    debut = _debut(contrat, valeurs["annee_contrat"])
    echeance = valeurs["echeance_le"]
    if echeance is not None and echeance < debut:
        phrases.append(f"Cette date précède l'année {valeurs['annee_contrat']}, qui commence le {jour_court(debut)}.")
    return phrases
