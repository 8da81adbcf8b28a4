"""The practice and its doctors."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from assistmed_desktop.domain.valeurs import Adresse, Identifiant, Jour, Texte, TexteRequis, Valeur

Zonage = Literal["zip", "zac", "hors_zone"]
ExerciceCoordonne = Literal["msp", "esp", "ess", "cpts", "centre", "engagement", "aucun"]
Secteur = Literal["1", "2_optam", "2_optam_co", "2", "3"]

CodePostal = Annotated[str, Field(pattern=r"^[0-9]{5}$")]
Departement = Annotated[str, Field(pattern=r"^([0-9]{2}|2[AB]|97[0-9]|98[0-9])$")]


class Cabinet(Valeur):
    """The practice: where it is, which CPAM it answers to, how its doctors work together."""

    nom: TexteRequis
    adresse: Adresse
    code_postal: CodePostal
    commune: Texte
    departement: Departement
    zonage: Zonage
    cpam: Texte
    exercice_regroupe: bool
    exercice_coordonne: ExerciceCoordonne


def cle_de_luhn_exacte(chiffres: str) -> bool:
    """Say whether a string of digits ends with its Luhn key (ISO/IEC 7812-1), as an RPPS number does."""
    total = 0
    for rang, chiffre in enumerate(reversed(chiffres)):
        valeur = int(chiffre) * (1 + rang % 2)
        total += valeur - 9 * (valeur > 9)  # noqa: PLR2004 - a doubled digit over nine sums its two digits
    return total % 10 == 0


def _rpps_valide(rpps: str) -> str:
    if len(rpps) != 11 or not (rpps.isascii() and rpps.isdigit()):  # noqa: PLR2004 - the length of an RPPS number
        raise PydanticCustomError("rpps_forme", "un numéro RPPS a onze chiffres")
    if not cle_de_luhn_exacte(rpps):
        raise PydanticCustomError(
            "rpps_cle", "la clé du numéro RPPS {rpps} est fausse : relisez ses onze chiffres", {"rpps": rpps}
        )
    return rpps


class Medecin(Valeur):
    """A doctor of the practice. ``specialite`` is a plain key such as ``medecine_generale`` or ``pediatrie``."""

    id: Identifiant
    nom: TexteRequis
    prenom: Texte
    rpps: Annotated[str, Field(json_schema_extra={"pattern": "^[0-9]{11}$"}), AfterValidator(_rpps_valide)]
    numero_am: Annotated[str, Field(pattern=r"^([0-9]{8,9})?$")]
    specialite: Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=64)]
    secteur: Secteur
    installe_le: Jour
    exercice_mixte: bool

    @property
    def nom_complet(self) -> str:
        """First name and name."""
        return f"{self.prenom} {self.nom}".strip()
