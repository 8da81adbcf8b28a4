"""The aid contract, individual or collective, and its amendments."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from assistmed_desktop.domain.cabinet import CodePostal, Departement, Zonage
from assistmed_desktop.domain.calendrier import en_cours
from assistmed_desktop.domain.valeurs import (
    Adresse,
    Compte,
    Etp,
    Identifiant,
    Jour,
    Note,
    OptionEtp,
    Texte,
    Valeur,
    facultatif,
)

TexteIndividuel = Literal["avenant_7", "reglement_arbitral_2023", "convention_2024"]
TexteConventionnel = Literal["avenant_7", "reglement_arbitral_2023", "convention_2024", "collectif_2026"]
Tranche = Literal["P30-P50", "P50-P70", "P70-P90", "P90-P95", "P95+"]
Indicateur = Literal["patientele_mt", "file_active"]
Derogation = Literal["rqth", "moins_de_16_ans"]
CauseResiliation = Literal["medecin", "cpam", "demenagement", "specialite", "contrat_collectif", "autre"]
Structure = Literal["scp", "scm", "sisa", "sel"]


class Reference(Valeur):
    """The counts the contract starts from, as the contract states them."""

    date: Jour
    patientele_mt: Compte
    file_active: Compte


class Objectif(Valeur):
    """The counts the contract commits to, and the day they are judged. None is "not known yet"."""

    patientele_mt: Compte | None
    file_active: Compte | None
    evaluation_le: Jour | None


class Suspension(Valeur):
    """The contract sleeps from ``du`` to ``au``, both included; without an end it still does."""

    type: Literal["suspension"]
    du: Jour
    au: Jour | None
    motif: Note


class ChangementOption(Valeur):
    """Another financed ETP from ``du`` on. A collective contract may take any number."""

    type: Literal["option"]
    du: Jour
    option_etp: Etp
    motif: Note


class NouvelObjectif(Valeur):
    """Another objective from ``du`` on."""

    type: Literal["objectif"]
    du: Jour
    objectif: Objectif
    motif: Note


class ChangementAdresse(Valeur):
    """The practice moves on ``du``."""

    type: Literal["adresse"]
    du: Jour
    adresse: Adresse
    code_postal: CodePostal
    commune: Texte
    departement: Departement
    zonage: Zonage
    motif: Note


class Resiliation(Valeur):
    """The contract no longer runs from ``du`` on. ``notifie_le`` is the day of the letter that gave notice."""

    type: Literal["resiliation"]
    du: Jour
    motif: Note
    cause: CauseResiliation | None = facultatif(None)
    notifie_le: Jour | None = facultatif(None, "jour de la lettre recommandée")


Avenant = Annotated[
    Suspension | ChangementOption | NouvelObjectif | ChangementAdresse | Resiliation,
    Field(discriminator="type"),
]


class _ContratCommun(Valeur):
    signe_le: Jour
    debut_le: Jour
    duree_ans: Annotated[int, Field(ge=1, le=10)]
    tranche: Tranche | None
    reference: Reference
    objectif: Objectif | None
    avenants: tuple[Avenant, ...]

    @property
    def suspensions(self) -> tuple[Suspension, ...]:
        """The suspensions in order of date."""
        return tuple(sorted((a for a in self.avenants if isinstance(a, Suspension)), key=lambda s: s.du))

    @property
    def resiliation(self) -> Resiliation | None:
        """The termination that ends the contract: the earliest."""
        return min((a for a in self.avenants if isinstance(a, Resiliation)), key=lambda a: a.du, default=None)

    @property
    def resilie_le(self) -> date | None:
        """The first day on which the contract no longer runs, or None."""
        return None if self.resiliation is None else self.resiliation.du

    def objectif_au(self, jour: date) -> Objectif | None:
        """Give the objective in force on a day: the newest amendment begun by then, else the contract's own.

        Of two amendments of one day, the one entered last counts.
        """
        nouveaux = [a for a in reversed(self.avenants) if isinstance(a, NouvelObjectif) and a.du <= jour]
        return max(nouveaux, key=lambda a: a.du).objectif if nouveaux else self.objectif


class Adhesion(Valeur):
    """A doctor's time in a collective contract. ``reference`` is what the doctor brings to the group, or takes away."""

    medecin: Identifiant
    du: Jour
    au: Jour | None
    reference: Reference | None = facultatif(
        None, "les chiffres que le médecin apporte aux totaux du groupe en y entrant, ou en retire en le quittant"
    )


class DocteurJunior(Valeur):
    """A junior doctor hosted by one of the group's doctors who trains them (PAMSU)."""

    medecin: Identifiant
    du: Jour
    au: Jour | None


class Gains(Valeur):
    """Patients gained, as counts."""

    patientele_mt: Compte
    file_active: Compte


class _TeteIndividuelle(Valeur):
    id: Identifiant
    medecin: Identifiant
    texte: TexteIndividuel
    option_etp: OptionEtp


def _non_vide(medecins: tuple[str, ...]) -> tuple[str, ...]:
    if not medecins:
        raise PydanticCustomError("medecins_vide", "un contrat collectif lie au moins un médecin")
    return medecins


class _TeteCollective(Valeur):
    id: Identifiant
    medecins: Annotated[tuple[Identifiant, ...], Field(json_schema_extra={"minItems": 1}), AfterValidator(_non_vide)]
    texte: Literal["collectif_2026"]
    option_etp: Etp


# The heads come last: Pydantic orders the keys of a model from its last base to its first.
class ContratIndividuel(_ContratCommun, _TeteIndividuelle):
    """One doctor's contract, under one of the three texts of individual contracts."""

    derogation: Derogation | None = facultatif(None, "ce qui dispense du niveau minimal de patientèle")

    @property
    def medecins(self) -> tuple[str, ...]:
        """The ids of the doctors bound by the contract."""
        return (self.medecin,)

    def option_au(self, jour: date) -> Fraction:
        """Give the financed ETP in force on a day."""
        return _option_au(self, self.option_etp, jour)


class ContratCollectif(_ContratCommun, _TeteCollective):
    """The contract of a group: its counts are totals, ``option_etp`` the number of financed ETP.

    A doctor without an adhesion belongs to the group from the first day to the last. ``gains_anterieurs`` is what the
    doctors had already gained under earlier individual contracts.
    """

    structure: Structure | None = facultatif(None)
    gains_anterieurs: Gains | None = facultatif(
        None, "patients déjà gagnés par les médecins sous des contrats individuels antérieurs"
    )
    adhesions: tuple[Adhesion, ...] = facultatif(
        (), "un médecin sans adhésion fait partie du groupe du premier au dernier jour du contrat"
    )
    docteurs_juniors: tuple[DocteurJunior, ...] = facultatif(
        (), "les docteurs juniors qu'accueille un médecin du groupe, maître de stage (PAMSU)"
    )

    def adherents_au(self, jour: date) -> tuple[str, ...]:
        """Give the ids of the doctors who belong to the group on a day, in the order of the contract."""
        dates = {adhesion.medecin for adhesion in self.adhesions}
        presents = {adhesion.medecin for adhesion in self.adhesions if en_cours(adhesion, jour)}
        return tuple(medecin for medecin in self.medecins if medecin not in dates or medecin in presents)

    def option_au(self, jour: date) -> Fraction:
        """Give the financed ETP in force on a day."""
        return _option_au(self, self.option_etp, jour)


def _option_au(contrat: _ContratCommun, initiale: Fraction, jour: date) -> Fraction:
    changements = [a for a in reversed(contrat.avenants) if isinstance(a, ChangementOption) and a.du <= jour]
    return max(changements, key=lambda a: a.du).option_etp if changements else initiale


Contrat = Annotated[ContratIndividuel | ContratCollectif, Field(discriminator="texte")]


class Proposition(Valeur):
    """What the caisse proposes for the contract that is to follow another one."""

    contrat: Identifiant
    recue_le: Jour
    option_etp: Etp | None
    reference: Reference | None
    objectif: Objectif
    note: Note
