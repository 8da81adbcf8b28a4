"""What is counted over time: readings of the two indicators, movements, activity, payments. Never a patient."""

from typing import Annotated, Literal

from pydantic import Field

from assistmed_desktop.domain.valeurs import Compte, Euros, Identifiant, Jour, Mois, Note, Texte, Valeur

SourceReleve = Literal["cpam", "amelipro", "logiciel", "estimation"]


class Releve(Valeur):
    """The counts of one doctor on one day, by one source. A count may be None, not both."""

    medecin: Identifiant
    date: Jour
    patientele_mt: Compte | None
    file_active: Compte | None
    source: SourceReleve
    note: Note


class Mouvement(Valeur):
    """Who came and who left a doctor's patientèle over a period, as counts."""

    medecin: Identifiant
    du: Jour
    au: Jour
    entrees: Compte
    deces: Compte
    departs: Compte
    autres_sorties: Compte


class Activite(Valeur):
    """A doctor's month: acts and days worked."""

    medecin: Identifiant
    mois: Mois
    actes: Compte
    jours_travailles: Annotated[int, Field(ge=0, le=31)]


class Versement(Valeur):
    """A payment of the aid: what is due (None while the CPAM has not said), what came."""

    contrat: Identifiant
    annee_contrat: Annotated[int, Field(ge=1, le=10)]
    echeance_le: Jour | None
    montant_du: Euros | None
    recu_le: Jour | None
    montant_recu: Euros | None
    reference: Texte
