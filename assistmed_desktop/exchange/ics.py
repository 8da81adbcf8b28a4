"""Deadlines as a calendar file (RFC 5545): all-day events that a calendar takes once, and follows when they move.

The uid of an event comes from the doctors, the contract, what is due and its rank, not from its day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from assistmed_desktop.domain.calendrier import UN_JOUR
from assistmed_desktop.domain.libelles import ECHEANCES
from assistmed_desktop.formats import enumeration, jour_court

if TYPE_CHECKING:
    from collections.abc import Iterable

    from icalendar import Alarm, Event

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.resultats import Echeance, EvaluationContrat

RAPPELS_JOURS: Final = (30, 7)
HEURE_DU_RAPPEL: Final = 9
_NOM: Final = "Échéances AssistMed"
_GRADE: Final = " (à vérifier)"
_PREVAUT: Final = "Le contrat signé avec la CPAM prévaut."


@dataclass(frozen=True, slots=True)
class Evenement:
    """A deadline as a calendar takes it: its uid, whose contract it is of, and itself."""

    uid: str
    medecins: str
    echeance: Echeance


def evenements(dossier: Dossier, contrats: Iterable[EvaluationContrat]) -> list[Evenement]:
    """List the deadlines of contracts, each with a uid that it keeps when its day moves."""
    medecins = {medecin.id: medecin for medecin in dossier.medecins}
    trouves: list[Evenement] = []
    for contrat in contrats:
        lies = [medecins[ident] for ident in contrat.medecins if ident in medecins]
        noms = enumeration([" ".join(mot for mot in ("Dr", m.prenom, m.nom) if mot) for m in lies])
        qui = "+".join(sorted(medecin.rpps for medecin in lies))
        rangs: dict[tuple[str, str | None], int] = defaultdict(int)
        for echeance in contrat.echeances:
            sorte = (echeance.code, echeance.assistant)
            rangs[sorte] += 1
            cle = "/".join((qui, contrat.id, echeance.code, echeance.assistant or "", str(rangs[sorte])))
            trouves.append(Evenement(f"{uuid5(NAMESPACE_URL, f'assistmed:{cle}')}@assistmed", noms, echeance))
    return trouves


def ecrire_calendrier(retenus: Iterable[Evenement], maintenant: datetime) -> bytes:
    """Write events as a calendar file, stamped with the moment given.

    ``SEQUENCE`` grows with that moment, so that a calendar that took the file before takes what has changed since.
    """
    from icalendar import Calendar, Event

    calendrier = Calendar()
    calendrier.add("prodid", "-//AssistMed//AssistMed Desktop//FR")
    calendrier.add("version", "2.0")
    calendrier.add("calscale", "GREGORIAN")
    calendrier.add("x-wr-calname", _NOM)
    estampille = maintenant.astimezone(UTC).replace(microsecond=0)
    for evenement in retenus:
        calendrier.add_component(_ecrire(Event(), evenement, estampille))
    contenu: bytes = calendrier.to_ical()
    return contenu


def _ecrire(event: Event, evenement: Evenement, estampille: datetime) -> Event:
    echeance = evenement.echeance
    fait = echeance.etat == "faite"
    titre = _plat(echeance.libelle)
    event.add("uid", evenement.uid)
    event.add("dtstamp", estampille)
    event.add("last-modified", estampille)
    event.add("sequence", int(estampille.timestamp()) // 60)
    event.add("dtstart", echeance.le)
    event.add("dtend", echeance.le + UN_JOUR)
    event.add("summary", f"Fait : {titre}" if fait else titre)
    event.add("description", _description(evenement))
    event.add("categories", [ECHEANCES.get(echeance.code, "Échéance")])  # type: ignore[call-overload] # a code of the rules
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if not fait and echeance.le > estampille.date():
        for jours in RAPPELS_JOURS:
            event.add_component(_rappel(titre, jours))
    return event


def _rappel(titre: str, jours: int) -> Alarm:
    from icalendar import Alarm

    rappel = Alarm()
    rappel.add("action", "DISPLAY")
    rappel.add("trigger", timedelta(days=-jours, hours=HEURE_DU_RAPPEL))
    rappel.add("description", f"Dans {jours} jours : {titre}")
    return rappel


def _description(evenement: Evenement) -> str:
    echeance = evenement.echeance
    lignes = [f"Contrat d'aide à l'emploi d'un assistant médical : {evenement.medecins}"]
    if echeance.fait_le is not None:
        lignes.append(f"Fait le {jour_court(echeance.fait_le)}")
    source = echeance.source
    grade = _GRADE if source.a_verifier else ""
    lignes += [f"Source{grade} : {source.texte}, {source.article}", _PREVAUT]
    return "\n".join(_plat(ligne) for ligne in lignes)


def _plat(texte: str) -> str:
    return texte.replace("'", "’")
