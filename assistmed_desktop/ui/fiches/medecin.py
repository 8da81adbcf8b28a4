"""The form of a doctor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistmed_desktop.domain.cabinet import Medecin, cle_de_luhn_exacte
from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.domain.fautes import DossierInvalide, Faute
from assistmed_desktop.domain.libelles import SECTEURS, specialite
from assistmed_desktop.formats import INSECABLE, enumeration
from assistmed_desktop.services.places import ajouter, corriger
from assistmed_desktop.services.retraits import emportes, identifiant, retirer
from assistmed_desktop.ui.fiches.cabinet import options
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, Geste, Saisie, Valeurs, depart
from assistmed_desktop.ui.fiches.genres import Case, Choix, Jour, Ligne, Lu
from assistmed_desktop.ui.names import nom_medecin
from assistmed_desktop.ui.typography import sans_accents, soigner

if TYPE_CHECKING:
    from assistmed_desktop.domain.dossier import Dossier

_CHIFFRES_RPPS: Final = 11
_CHIFFRES_AM: Final = (8, 9)
_CLE_MAX: Final = 64
_AUTRE: Final = "autre"
_COURANTES: Final = (
    "medecine_generale",
    "pediatrie",
    "allergologie",
    "anesthesie_reanimation",
    "cardiologie",
    "chirurgie_generale",
    "dermatologie",
    "endocrinologie",
    "gastroenterologie",
    "geriatrie",
    "gynecologie_medicale",
    "gynecologie_obstetrique",
    "hematologie",
    "medecine_interne",
    "medecine_physique_et_de_readaptation",
    "nephrologie",
    "neurologie",
    "oncologie",
    "ophtalmologie",
    "orl",
    "pneumologie",
    "psychiatrie",
    "radiologie",
    "rhumatologie",
    "stomatologie",
    "urologie",
)
"""The specialities offered, those judged by both counts first; any other one is written out."""


@dataclass(frozen=True, slots=True)
class Rpps:
    """An RPPS number, whose last digit is a key that a slip of the finger breaks."""

    vide: str = ""

    def lire(self, texte: str) -> Lu:
        """Read ``1000 3456 786``; say what is wrong when its key is."""
        chiffres = _chiffres(texte)
        if len(chiffres) != _CHIFFRES_RPPS or not _numerique(chiffres):
            combien = f"{INSECABLE}; vous en avez tapé {len(chiffres)}" if _numerique(chiffres) else ""
            return Lu(faute=f"Un numéro RPPS a onze chiffres{combien}.")
        if not cle_de_luhn_exacte(chiffres):
            return Lu(
                faute=f"Une faute de frappe s’est glissée dans ce numéro{INSECABLE}: son dernier chiffre, "
                f"{chiffres[-1]}, est une clé calculée sur les dix autres, et elle ne tombe pas juste. Relisez-le sur "
                "votre carte CPS ou sur une feuille de soins."
            )
        return Lu(chiffres, echo="onze chiffres, clé exacte")

    def ecrire(self, valeur: str) -> str:
        """Write the digits."""
        return valeur


@dataclass(frozen=True, slots=True)
class NumeroAm:
    """The number by which the Assurance maladie knows the doctor."""

    vide: str = ""

    def lire(self, texte: str) -> Lu:
        """Read ``58 1 00123 4``."""
        chiffres = _chiffres(texte)
        if len(chiffres) not in _CHIFFRES_AM or not _numerique(chiffres):
            return Lu(faute="Un numéro d’assurance maladie a huit ou neuf chiffres.")
        return Lu(chiffres)

    def ecrire(self, valeur: str) -> str:
        """Write the digits."""
        return valeur


@dataclass(frozen=True, slots=True)
class Specialite:
    """A speciality written out, held by its key."""

    vide: str = ""

    def lire(self, texte: str) -> Lu:
        """Read ``Médecine du sport``."""
        cle = "_".join(re.findall(r"[a-z0-9]+", sans_accents(texte)))
        if not cle:
            return Lu(faute="Écrivez la spécialité en toutes lettres, par exemple médecine du sport.")
        if len(cle) > _CLE_MAX:
            return Lu(faute=f"Au plus {_CLE_MAX} caractères.")
        return Lu(cle)

    def ecrire(self, valeur: str) -> str:
        """Write its words, the known ones with their accents."""
        return specialite(valeur)


def nom_specialite(cle: str) -> str:
    """Write a speciality as a line begins."""
    mots = specialite(cle)
    return mots[:1].upper() + mots[1:]


def _autre(saisie: Saisie) -> bool:
    return saisie.get("specialite") == _AUTRE


CHAMPS: Final = (
    Champ("nom", "Nom", Ligne(), requis=True),
    Champ("prenom", "Prénom", Ligne(), a_cote=True),
    Champ(
        "specialite",
        "Spécialité",
        Choix({**{cle: nom_specialite(cle) for cle in _COURANTES}, _AUTRE: "Autre…"}),
        requis=True,
        aide="la médecine générale et la pédiatrie sont jugées sur la patientèle et la file active, les autres "
        "spécialités sur la file active",
    ),
    Champ("specialite_autre", "Laquelle", Specialite(), requis=True, aide="en toutes lettres", si=_autre),
    Champ("rpps", "Numéro RPPS", Rpps(), requis=True, aide="onze chiffres, le dernier est une clé de contrôle"),
    Champ(
        "numero_am",
        "Numéro d’assurance maladie",
        NumeroAm(),
        aide="huit ou neuf chiffres, celui de vos feuilles de soins",
    ),
    Champ("secteur", "Secteur conventionnel", Choix(options(SECTEURS)), requis=True),
    Champ("installe_le", "Installé le", Jour("premier"), requis=True, aide="premier jour d’installation en libéral"),
    Champ("exercice_mixte", "Exercice mixte", Case(), aide="une part salariée à côté de l’exercice libéral"),
)


def nouveau_medecin(dossier: Dossier) -> Fiche:
    """Make the form of a new doctor."""
    ident = identifiant("m")

    def enregistrer(valeurs: Valeurs) -> Geste:
        medecin = medecin_de(dossier, ident, valeurs)
        nom = nom_medecin(medecin)
        return Geste(ajouter(("medecins",), medecin, f"Ajouter le {nom}"), f"Le {nom} est ajouté.")

    return Fiche("Nouveau médecin", CHAMPS, enregistrer, suite=nouveau_medecin)


def corriger_medecin(dossier: Dossier, medecin: Medecin) -> Fiche:
    """Make the form that corrects or withdraws a doctor."""

    def enregistrer(valeurs: Valeurs) -> Geste:
        nouveau = medecin_de(dossier, medecin.id, valeurs)
        nom = nom_medecin(nouveau)
        operation = corriger(("medecins",), medecin, nouveau, f"Modifier le {nom}")
        return Geste(operation, f"La fiche du {nom} est enregistrée.")

    connue = medecin.specialite in _COURANTES
    lus = {
        **dict(medecin),
        "specialite": medecin.specialite if connue else _AUTRE,
        "specialite_autre": "" if connue else medecin.specialite,
    }
    retrait = retirer_medecin(dossier, medecin)
    return Fiche(nom_medecin(medecin), CHAMPS, enregistrer, depart(CHAMPS, lus), supprimer=retrait)


def retirer_medecin(dossier: Dossier, medecin: Medecin) -> Geste:
    """Make the change that withdraws a doctor, with the question of what goes with him."""
    nom = nom_medecin(medecin)
    operation = retirer("medecins", medecin.id, f"Supprimer le {nom}")
    return Geste(operation, f"Le {nom} est supprimé.", _question(dossier, medecin))


def medecin_de(dossier: Dossier, ident: str, valeurs: Valeurs) -> Medecin:
    """Make the doctor of the values read.

    Raises:
        DossierInvalide: when the RPPS number is that of another doctor.

    """
    homonyme = next((m for m in dossier.medecins if m.rpps == valeurs["rpps"] and m.id != ident), None)
    if homonyme is not None:
        raise DossierInvalide([Faute("medecins.rpps", f"ce numéro RPPS est déjà celui du {nom_medecin(homonyme)}")])
    lus = {champ.cle: valeurs[champ.cle] for champ in CHAMPS if champ.cle != "specialite_autre"}
    if lus["specialite"] == _AUTRE:
        lus["specialite"] = valeurs["specialite_autre"]
    return Medecin(id=ident, **lus)


def _question(dossier: Dossier, medecin: Medecin) -> str:
    """Say what goes with a doctor; empty when nothing does."""
    perdus = emportes(dossier, "medecins", medecin.id)
    groupe = any(
        isinstance(contrat, ContratCollectif) and medecin.id in contrat.medecins and len(contrat.medecins) > 1
        for contrat in dossier.contrats
    )
    phrases = []
    if perdus:
        phrases.append(f"Seront supprimés aussi : {enumeration(perdus)}.")
    if groupe:
        phrases.append("Il quitte aussi le contrat collectif, dont les totaux restent ceux que vous avez saisis.")
    if not phrases:
        return ""
    phrases.append("Vous pourrez annuler tant que le programme reste ouvert.")
    return soigner(f"Supprimer le {nom_medecin(medecin)} ?\n{' '.join(phrases)}")


def _chiffres(texte: str) -> str:
    return re.sub(r"[\s.\-]", "", texte)


def _numerique(texte: str) -> bool:
    return texte.isascii() and texte.isdigit()
