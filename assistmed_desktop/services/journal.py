"""The journal of a practice: who changed what and when. Each entry holds the fingerprint of the one before.

It holds no name and no note of its own: counts by table, and the dates, numbers and amounts of what proves something.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final, Literal

from assistmed_desktop.domain.libelles import ECHEANCES, INDICATEURS, SOURCES
from assistmed_desktop.formats import INSECABLE, compte, enumeration, euros, jour_court, nombre

ORIGINE: Final = "0" * 64
"""What the first entry names as the one before it."""

CHIFFRES: Final = 16
"""How many digits of a fingerprint are shown: few enough to be noted by hand, too many to be met by chance."""

ETAPE_SANS_NOM: Final = "Modifier le cabinet"

_EFFACE: Final = "Étape effacée"
_EFFACEE: Final = re.compile(rf"{_EFFACE} ([0-9a-f]{{64}})")

NOMS: Final[dict[str, tuple[str, str, str]]] = {
    "cabinet": ("cabinet", "cabinets", ""),
    "medecin": ("médecin", "médecins", ""),
    "contrat": ("contrat", "contrats", ""),
    "adherent": ("médecin adhérent", "médecins adhérents", ""),
    "adhesion": ("adhésion", "adhésions", "e"),
    "docteur_junior": ("docteur junior", "docteurs juniors", ""),
    "avenant": ("avenant", "avenants", ""),
    "assistant": ("assistant", "assistants", ""),
    "embauche": ("embauche", "embauches", "e"),
    "absence": ("absence", "absences", "e"),
    "affectation": ("affectation", "affectations", "e"),
    "cout": ("coût", "coûts", ""),
    "mission": ("mission", "missions", "e"),
    "releve": ("relevé", "relevés", ""),
    "mouvement": ("mouvement", "mouvements", ""),
    "activite": ("mois d'activité", "mois d'activité", ""),
    "versement": ("versement", "versements", ""),
    "correction": ("demande de correction", "demandes de correction", "e"),
    "notification": ("montant notifié", "montants notifiés", ""),
    "echeance_faite": ("échéance faite", "échéances faites", "e"),
    "observation": ("journée observée", "journées observées", "e"),
    "proposition": ("proposition", "propositions", "e"),
    "rapport_emis": ("rapport", "rapports", ""),
}
"""The French name of every table: one, several, and the ending of what agrees with it."""


def _jour(texte: str) -> str:
    return jour_court(date.fromisoformat(texte))


_Champ = tuple[str, Callable[[Any], str]]

_CHAMPS: Final[dict[str, dict[str, _Champ]]] = {
    "contrat": {
        "signe_le": ("signé le", _jour),
        "debut_le": ("début le", _jour),
        "option_etp": ("option", str),
        "duree_ans": ("durée en années", nombre),
        "reference_date": ("référence au", _jour),
        "reference_patientele_mt": ("référence de patientèle", nombre),
        "reference_file_active": ("référence de file active", nombre),
        "objectif_patientele_mt": ("objectif de patientèle", nombre),
        "objectif_file_active": ("objectif de file active", nombre),
        "objectif_evaluation_le": ("évaluation le", _jour),
    },
    "releve": {
        "date": ("au", _jour),
        "source": ("", lambda source: SOURCES[source]),
        "patientele_mt": ("patientèle", nombre),
        "file_active": ("file active", nombre),
    },
    "versement": {
        "annee_contrat": ("année", nombre),
        "echeance_le": ("échéance du", _jour),
        "montant_du": ("dû", euros),
        "recu_le": ("reçu le", _jour),
        "montant_recu": ("reçu", euros),
    },
    "notification": {
        "annee_contrat": ("année", nombre),
        "montant": ("montant", euros),
        "notifie_le": ("notifié le", _jour),
    },
    "correction": {
        "indicateur": ("", lambda cle: INDICATEURS[cle].lower()),
        "releve_le": ("au", _jour),
        "valeur_cpam": ("CPAM", nombre),
        "valeur_demandee": ("demandé", nombre),
        "valeur_accordee": ("accordé", nombre),
    },
    "echeance_faite": {
        "code": ("", lambda code: ECHEANCES[code].lower()),
        "le": ("prévue le", _jour),
        "faite_le": ("faite le", _jour),
    },
    "rapport_emis": {
        "au": ("situation au", _jour),
        "empreinte_fichier": ("empreinte", lambda empreinte: empreinte[:CHIFFRES]),
    },
}
"""The columns whose values the journal holds, by table: how each is called, and written."""

VALEURS: Final[dict[str, tuple[str, ...]]] = {table: tuple(champs) for table, champs in _CHAMPS.items()}
LIGNES_EN_VALEURS: Final = 3
"""Up to how many rows of a table are told by their values; more are only counted."""


@dataclass(frozen=True, slots=True)
class Entree:
    """An entry, with the texts that it was sealed with; ``details`` is JSON."""

    cle: int
    le: str
    utilisateur: str
    poste: str
    etape: str
    details: str
    precedent: str
    empreinte: str

    @property
    def moment(self) -> datetime | None:
        """When the change was made; None when that is not readable any more."""
        try:
            return datetime.fromisoformat(self.le)
        except ValueError:
            return None

    @property
    def quand(self) -> str:
        """Say when, in the time of the computer where the change was made."""
        moment = self.moment
        return self.le if moment is None else f"{jour_court(moment.date())} à {moment:%H:%M}"

    @property
    def nom(self) -> str:
        """The French name of the step."""
        return _EFFACE if _EFFACEE.fullmatch(self.etape) else self.etape

    @property
    def resume(self) -> str:
        """Say in French what changed."""
        try:
            tables: Mapping[str, Mapping[str, Any]] = json.loads(self.details)
            return "\u00a0; ".join(partie for table, faits in tables.items() for partie in _dire(table, faits))
        except (ValueError, KeyError, TypeError, AttributeError):  # whoever altered it may have written anything
            return "détail illisible"


Genre = Literal["modifiee", "manquante", "inseree"]


@dataclass(frozen=True, slots=True)
class Anomalie:
    """What is wrong with the chain at an entry; of ``manquante``, how many are missing before it."""

    genre: Genre
    entree: Entree
    nombre: int = 1

    def __str__(self) -> str:
        """Say it in French."""
        celle = f"l'entrée n°{INSECABLE}{self.entree.cle} du {self.entree.quand}"
        if self.genre == "modifiee":
            return f"{celle} a été modifiée"
        if self.genre == "inseree":
            return f"{celle} a été ajoutée après coup"
        manque = "il manque une entrée" if self.nombre == 1 else f"il manque {compte(self.nombre, 'entrée')}"
        return f"{manque} avant {celle}"


_DITES: Final = 3


@dataclass(frozen=True, slots=True)
class EtatJournal:
    """What the check of a chain found."""

    entrees: int
    premiere: Entree | None
    derniere: Entree | None
    anomalies: tuple[Anomalie, ...]

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.anomalies

    @property
    def empreinte(self) -> str:
        """The fingerprint of the last entry, which depends on all of them."""
        return ORIGINE if self.derniere is None else self.derniere.empreinte

    def __str__(self) -> str:
        """Say it in a sentence."""
        if self.premiere is None:
            return "Le journal est vide\u00a0: il commencera à la prochaine modification."
        if self.intact:
            return f"Le journal est intact depuis le {self.premiere.quand}\u00a0: {compte(self.entrees, 'entrée')}."
        dites = [str(anomalie) for anomalie in self.anomalies[:_DITES]]
        if (reste := len(self.anomalies) - _DITES) > 0:
            dites.append(compte(reste, "autre anomalie", "autres anomalies"))
        return f"Le journal a été altéré hors du programme\u00a0: {enumeration(dites)}."


def sceller(precedent: str, le: str, utilisateur: str, poste: str, etape: str, details: str) -> str:  # noqa: PLR0913, PLR0917 - all that an entry says
    """Give the fingerprint of an entry that follows the one of fingerprint ``precedent``.

    Of the step only the fingerprint counts, so that its words may be erased and the chain still hold.
    """
    effacee = _EFFACEE.fullmatch(etape)
    empreinte_etape = effacee[1] if effacee else sha256(etape.encode()).hexdigest()
    contenu = [precedent, le, utilisateur, poste, empreinte_etape, details]
    return sha256(json.dumps(contenu, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def effacer(etape: str) -> str:
    """Give what stands for the words of a step once they are erased; erased twice, it is the same."""
    return etape if _EFFACEE.fullmatch(etape) else f"{_EFFACE} {sha256(etape.encode()).hexdigest()}"


def verifier(entrees: Sequence[Entree]) -> EtatJournal:
    """Check the chain of all the entries, in order of their keys: what was altered, is missing or was put in."""
    anomalies: dict[tuple[Genre, int], Anomalie] = {}

    def noter(genre: Genre, entree: Entree, combien: int = 1) -> None:
        anomalies.setdefault((genre, entree.cle), Anomalie(genre, entree, combien))

    rangs = {ORIGINE: -1}
    cle, attendu = 0, ORIGINE
    for rang, entree in enumerate(entrees):
        if manquent := max(0, entree.cle - cle - 1):
            noter("manquante", entree, manquent)
        if entree.empreinte != _empreinte(entree):
            noter("modifiee", entree)
        elif entree.precedent != attendu and not manquent:
            # It was sealed after another than the one before it: these came in between, or that one was replaced.
            retour = rangs.get(entree.precedent)
            for intruse in entrees[retour + 1 : rang] if retour is not None else ():
                noter("inseree", intruse)
            if retour is None:
                noter("modifiee", entrees[max(0, rang - 1)])
        rangs[entree.empreinte] = rang
        cle, attendu = entree.cle, entree.empreinte
    premiere, derniere = (entrees[0], entrees[-1]) if entrees else (None, None)
    return EtatJournal(len(entrees), premiere, derniere, tuple(anomalies.values()))


def _empreinte(entree: Entree) -> str:
    return sceller(entree.precedent, entree.le, entree.utilisateur, entree.poste, entree.etape, entree.details)


def _dire(table: str, faits: Mapping[str, Any]) -> list[str]:
    un, plusieurs, accord = NOMS[table]
    if table == "cabinet" and faits.get("ajoutes") and faits.get("retires"):
        return [f"{un} modifié"]  # there is one: its row, which has no key of its own, is written anew
    parties = []
    for cle, participe in (
        ("ajoutes", "ajouté"),
        ("changes", "modifié"),
        ("retires", "retiré"),
        ("deplaces", "déplacé"),
    ):
        if total := faits.get(cle, 0):
            valeurs = [texte for ligne in faits.get(f"{cle}_valeurs", ()) if (texte := _en_valeurs(table, ligne))]
            entre = f" ({f'{INSECABLE}; '.join(valeurs)})" if valeurs else ""
            pluriel = "s" if total > 1 else ""
            parties.append(f"{compte(total, un, plusieurs)} {participe}{accord}{pluriel}{entre}")
    return parties


def _en_valeurs(table: str, ligne: Mapping[str, Any]) -> str:
    textes = []
    for colonne, valeur in ligne.items():
        nom, ecrire = _CHAMPS[table][colonne]
        avant, apres = valeur if isinstance(valeur, list) else (None, valeur)
        lu = "vide" if apres is None else ecrire(apres)
        if isinstance(valeur, list):
            lu = f"{'vide' if avant is None else ecrire(avant)} → {lu}"
        textes.append(f"{nom} {lu}".strip())
    return ", ".join(textes)
