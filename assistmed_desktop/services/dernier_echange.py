"""The day of the last exchange with the caisse, from which a *bilan d'étape* tells what has changed.

An exchange is a day on which the caisse saw where the contract stands, or said something of it: a review held
(*point d'étape*, *évaluation*), an amount it notified, a proposition it made, its answer to a correction. What it does
by itself is none (a payment); nor what has only the day on which it takes effect (an amendment), or on which patients
were counted (a reading); nor what was sent and not yet answered. An exchange of the day itself is the one that the
report is made for, and does not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Literal

from assistmed_desktop.domain.libelles import ECHEANCES, INDICATEURS
from assistmed_desktop.formats import jour_court, jour_long

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.services.rapports import Demande

Origine = Literal["demande", "echange", "debut"]

RENCONTRES: Final = frozenset({"point_etape", "evaluation"})
"""The deadlines that are met with the caisse."""


@dataclass(frozen=True, slots=True)
class Depart:
    """The day from which a *bilan d'étape* counts, and the sentence that says where it comes from."""

    le: date
    origine: Origine
    phrase: str


def depart(dossier: Dossier, demande: Demande) -> Depart:
    """Give the day asked for, else that of the last exchange, else the first of the contract; never after the day."""
    signe = next(contrat for contrat in dossier.contrats if contrat.id == demande.contrat)
    debut, au = signe.debut_le, demande.au
    if au <= debut:
        return Depart(au, "debut", f"Le contrat commence le {jour_long(debut)}.")
    if demande.depuis is not None:
        return _demande(demande.depuis, debut, au)
    echanges = [echange for echange in _echanges(dossier, signe) if debut < echange.le < au]
    if echanges:
        return max(echanges, key=attrgetter("le"))
    phrase = f"Aucun échange avec la caisse n'est noté depuis le début du contrat, le {jour_long(debut)}."
    return Depart(debut, "debut", phrase)


def _demande(depuis: date, debut: date, au: date) -> Depart:
    if depuis < debut:
        phrase = (
            f"Depuis le début du contrat, le {jour_long(debut)} : le jour demandé, {jour_long(depuis)}, le précède."
        )
        return Depart(debut, "demande", phrase)
    if depuis > au:
        phrase = f"Le jour demandé, {jour_long(depuis)}, vient après celui du bilan."
        return Depart(au, "demande", phrase)
    return Depart(depuis, "demande", f"Depuis le {jour_long(depuis)}, jour donné pour le dernier échange.")


def _echanges(dossier: Dossier, signe: ContratIndividuel | ContratCollectif) -> Iterator[Depart]:
    """Give the exchanges about a contract; of two of one day, the first says more."""
    for faite in dossier.echeances_faites:
        if faite.contrat == signe.id and faite.code in RENCONTRES:
            yield _echange(faite.faite_le, f"{_minuscule(ECHEANCES[faite.code])}, prévu le {jour_court(faite.le)}")
    for notifiee in dossier.notifications:
        if notifiee.contrat == signe.id:
            reference = f" ({notifiee.reference})" if notifiee.reference else ""
            quoi = f"notification du montant de l'année {notifiee.annee_contrat}{reference}"
            yield _echange(notifiee.notifie_le, quoi)
    for proposition in dossier.propositions:
        if proposition.contrat == signe.id:
            yield _echange(proposition.recue_le, "proposition de la caisse pour le contrat suivant")
    for correction in dossier.corrections:
        if correction.medecin in signe.medecins and correction.repondue_le is not None:
            nom = _minuscule(INDICATEURS[correction.indicateur])
            quoi = f"réponse à la correction demandée, {nom} au {jour_court(correction.releve_le)}"
            yield _echange(correction.repondue_le, quoi)


def _echange(le: date, quoi: str) -> Depart:
    return Depart(le, "echange", f"Dernier échange noté avec la caisse le {jour_long(le)} : {quoi}.")


def _minuscule(texte: str) -> str:
    return texte[:1].lower() + texte[1:]
