"""The form of the practice itself: where it is, which CPAM it answers to, how its doctors work together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from assistmed_desktop.domain.cabinet import Cabinet
from assistmed_desktop.domain.libelles import EXERCICES, ZONAGES
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.services.creation import creer_cabinet, departement_du_code_postal
from assistmed_desktop.services.places import changer
from assistmed_desktop.ui.fiches.departements import DEPARTEMENTS
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, Geste, Saisie, Valeurs, depart
from assistmed_desktop.ui.fiches.genres import Case, Choix, Ligne, Lu, Note
from assistmed_desktop.ui.typography import soigner

Cle = TypeVar("Cle", bound=str)

_MAX = 200
_CHIFFRES_DU_CODE_POSTAL: Final = 5


@dataclass(frozen=True, slots=True)
class CodePostal:
    """A postal code, five digits."""

    vide: str = ""

    def lire(self, texte: str) -> Lu:
        """Read ``58 120``."""
        chiffres = "".join(texte.split())
        if len(chiffres) != _CHIFFRES_DU_CODE_POSTAL or not (chiffres.isascii() and chiffres.isdigit()):
            return Lu(faute="Un code postal a cinq chiffres, par exemple 58120.")
        return Lu(chiffres)

    def ecrire(self, valeur: str) -> str:
        """Write the digits."""
        return valeur


@dataclass(frozen=True, slots=True)
class Departement:
    """A département by its number, whose name is told."""

    vide: str = ""

    def lire(self, texte: str) -> Lu:
        """Read ``58``, ``2a`` or ``974``; a name will do."""
        cle = texte.strip().upper()
        if cle.isdecimal():
            cle = cle.zfill(2)
        if cle not in DEPARTEMENTS:
            cle = next((numero for numero, nom in DEPARTEMENTS.items() if nom.upper() == cle), "")
        if not cle:
            return Lu(faute="Un département s’écrit 58, 2A ou 974.")
        return Lu(cle, echo=DEPARTEMENTS[cle])

    def ecrire(self, valeur: str) -> str:
        """Write its number."""
        return valeur


def options(mots: Mapping[Cle, str]) -> dict[str, str]:
    """Give the choices of a list, each beginning with a capital."""
    return {cle: soigner(mot[:1].upper() + mot[1:]) for cle, mot in mots.items()}


def _departement(saisie: Saisie) -> str:
    propose = departement_du_code_postal(saisie.get("code_postal", ""))
    return propose if propose in DEPARTEMENTS else ""


CHAMPS: Final = (
    Champ("nom", "Nom du cabinet", Ligne(_MAX), requis=True),
    Champ("adresse", "Adresse", Note(_MAX), aide="numéro et rue"),
    Champ("code_postal", "Code postal", CodePostal(), requis=True),
    Champ("commune", "Commune", Ligne(_MAX), a_cote=True),
    Champ(
        "departement",
        "Département",
        Departement(),
        requis=True,
        aide="celui du code postal, sauf si vous en écrivez un autre",
        propose=_departement,
    ),
    Champ(
        "zonage",
        "Zonage",
        Choix(options(ZONAGES)),
        requis=True,
        aide="celui de la commune pour les médecins, fixé par l’agence régionale de santé (ARS)",
    ),
    Champ("cpam", "CPAM", Ligne(_MAX), aide="celle qui a signé le contrat, par exemple CPAM de la Nièvre"),
    Champ("exercice_regroupe", "Exercice regroupé", Case(), aide="plusieurs médecins exercent dans les mêmes locaux"),
    Champ("exercice_coordonne", "Exercice coordonné", Choix(options(EXERCICES)), requis=True),
)


def cabinet_de(valeurs: Valeurs) -> Cabinet:
    """Make the practice of the values read."""
    return Cabinet(**{champ.cle: valeurs[champ.cle] for champ in CHAMPS})


def nouveau_cabinet() -> Fiche:
    """Make the form that begins a practice."""

    def enregistrer(valeurs: Valeurs) -> Geste:
        cabinet = cabinet_de(valeurs)
        return Geste(creer_cabinet(cabinet), f"«{INSECABLE}{cabinet.nom}{INSECABLE}» est créé.")

    return Fiche("Votre cabinet", CHAMPS, enregistrer)


def corriger_cabinet(cabinet: Cabinet) -> Fiche:
    """Make the form that corrects the practice."""

    def enregistrer(valeurs: Valeurs) -> Geste:
        operation = changer(("cabinet",), dict(cabinet_de(valeurs)), "Modifier le cabinet")
        return Geste(operation, "La description du cabinet est enregistrée.")

    return Fiche("Le cabinet", CHAMPS, enregistrer, depart(CHAMPS, dict(cabinet)))
