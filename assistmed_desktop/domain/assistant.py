"""The medical assistant: hirings, training, absences, allocation to contracts; and the tasks entrusted."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from assistmed_desktop.domain.valeurs import (
    Etp,
    Euros,
    Heures,
    Identifiant,
    Jour,
    Texte,
    TexteRequis,
    Valeur,
    facultatif,
)

Profil = Literal[
    "secretaire_medicale",
    "infirmier",
    "aide_soignant",
    "auxiliaire_puericulture",
    "autre_sante",
    "hors_sante",
]
Role = Literal["tiers_temps", "mi_temps", "temps_plein"]
Employeur = Literal["medecin", "groupement_employeurs", "sisa", "scm", "scp"]
VoieFormation = Literal["cqp", "fae"]
Domaine = Literal["administratif", "consultation", "coordination"]


class Embauche(Valeur):
    """A hiring. ``heures_hebdo`` prevails over the hours of the role."""

    du: Jour
    au: Jour | None
    role: Role
    heures_hebdo: Heures
    employeur: Employeur


class Formation(Valeur):
    """The training track: the CQP, or the FAE for those already in a health trade. None is "not yet"."""

    voie: VoieFormation
    inscription_le: Jour | None
    debut_le: Jour | None
    obtention_le: Jour | None


class Absence(Valeur):
    """An absence, both days included. Its reason is never recorded, but that it is paid leave (``conges``)."""

    du: Jour
    au: Jour | None
    remplacement: bool
    conges: bool = facultatif(absent=False, description="true pour des congés payés")


class Affectation(Valeur):
    """The share of the assistant that counts for a contract."""

    contrat: Identifiant
    du: Jour
    au: Jour | None
    etp: Etp


class Cout(Valeur):
    """What the assistant costs a month over a period, as the user types it: gross pay and the employer's charges."""

    du: Jour
    au: Jour | None
    brut_mensuel: Euros
    charges_mensuelles: Euros


class Assistant(Valeur):
    """A medical assistant of the practice."""

    id: Identifiant
    nom: TexteRequis
    prenom: Texte
    profil: Profil
    embauches: tuple[Embauche, ...]
    formation: Formation | None
    absences: tuple[Absence, ...]
    affectations: tuple[Affectation, ...]
    couts: tuple[Cout, ...] = facultatif((), "coût mensuel par période ; jamais une paie")

    @property
    def nom_complet(self) -> str:
        """First name and name."""
        return f"{self.prenom} {self.nom}".strip()

    @property
    def embauche_le(self) -> date | None:
        """The day of the first hiring."""
        return min((e.du for e in self.embauches), default=None)


class Mission(Valeur):
    """A task entrusted to an assistant over a period, in minutes a week."""

    assistant: Identifiant
    domaine: Domaine
    tache: TexteRequis
    minutes_semaine: Annotated[int, Field(ge=0, le=10_080)]
    du: Jour
    au: Jour | None
    minutes_medecin_liberees: Annotated[int, Field(ge=0, le=10_080)] | None


class Observation(Valeur):
    """A day of which the minutes freed for the doctor were counted."""

    assistant: Identifiant
    date: Jour
    minutes_medecin_liberees: Annotated[int, Field(ge=0, le=1440)]
