"""What is counted over time: readings of the two indicators, movements, activity, payments. Never a patient."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from assistmed_desktop.domain.contrat import Indicateur
from assistmed_desktop.domain.valeurs import Compte, Euros, Identifiant, Jour, Mois, Note, Texte, Valeur, facultatif

SourceReleve = Literal["cpam", "amelipro", "logiciel", "estimation"]
CodeEcheance = Literal[
    "contrat_travail_cpam",
    "debut_formation",
    "qualification",
    "point_etape",
    "evaluation",
    "fin_contrat",
    "preavis",
    "exercice_coordonne",
    "remplacement_secretaire",
    "conservation",
    "versement",
]


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

    def connu_le(self, jour: date) -> "Versement | None":
        """Give what was known of it on a day: one not received yet is only what was due, None when nothing was said."""
        if self.recu_le is None or self.recu_le <= jour:
            return self
        if self.echeance_le is None:
            return None
        return self.model_copy(update={"recu_le": None, "montant_recu": None})


class Correction(Valeur):
    """A count of the CPAM that the doctor contests: read on ``releve_le``, asked, answered."""

    medecin: Identifiant
    indicateur: Indicateur
    releve_le: Jour
    valeur_cpam: Compte
    valeur_demandee: Compte
    demandee_le: Jour
    repondue_le: Jour | None
    valeur_accordee: Compte | None
    note: Note


class Notification(Valeur):
    """The amount of a contract year as the CPAM has notified it: it prevails over any computed one."""

    contrat: Identifiant
    annee_contrat: Annotated[int, Field(ge=1, le=10)]
    montant: Euros
    notifie_le: Jour
    reference: Texte


class EcheanceFaite(Valeur):
    """A deadline met: the one of that ``code`` due on ``le``, for that assistant when it is about one."""

    contrat: Identifiant
    code: CodeEcheance
    le: Jour
    faite_le: Jour
    note: Note
    assistant: Identifiant | None = facultatif(None, "l'assistant que l'échéance concerne, s'il y en a un")
