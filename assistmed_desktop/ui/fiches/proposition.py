"""The form of what the caisse proposes for the contract that is to follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop.domain.contrat import Proposition
from assistmed_desktop.formats import INSECABLE, jour_court
from assistmed_desktop.services.places import ajouter, corriger, supprimer
from assistmed_desktop.ui.fiches.cibles import (
    champs_objectif,
    champs_reference,
    lire_objectif,
    lire_reference,
    valeurs_objectif,
    valeurs_reference,
)
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, Geste, Valeurs, depart
from assistmed_desktop.ui.fiches.genres import Etp, Jour, Note
from assistmed_desktop.ui.names import Contrat

if TYPE_CHECKING:
    from datetime import date

PROPOSITIONS = ("propositions",)
_INTRODUCTION = (
    f"Ce que la caisse propose pour le contrat suivant. Rien n’est engagé{INSECABLE}: la proposition se compare au "
    "contrat en cours et à vos chiffres."
)


def fiche_proposition(contrat: Contrat, au: date, proposition: Proposition | None = None) -> Fiche:
    """Make the form of a proposal that is to follow a contract."""
    champs = (
        Champ("recue_le", "Reçue le", Jour(), requis=True),
        Champ("option_etp", "Option proposée", Etp(), aide="laissez vide si la caisse n’en dit rien"),
        *champs_reference(requis=False, aide="les chiffres de départ proposés", quoi="proposée"),
        *champs_objectif(aide="laissez vide ce que la caisse ne dit pas encore"),
        Champ("note", "Note", Note()),
    )

    def enregistrer(valeurs: Valeurs) -> Geste:
        nouvelle = Proposition(
            contrat=contrat.id,
            recue_le=valeurs["recue_le"],
            option_etp=valeurs["option_etp"],
            reference=lire_reference(valeurs),
            objectif=lire_objectif(valeurs),
            note=valeurs["note"],
        )
        quoi = f"la proposition du {jour_court(nouvelle.recue_le)}"
        fait = quoi[:1].upper() + quoi[1:]
        if proposition is None:
            return Geste(ajouter(PROPOSITIONS, nouvelle, f"Ajouter {quoi}"), f"{fait} est ajoutée.")
        return Geste(corriger(PROPOSITIONS, proposition, nouvelle, f"Corriger {quoi}"), f"{fait} est corrigée.")

    return Fiche(
        "Nouvelle proposition" if proposition is None else "Proposition de la caisse",
        champs,
        enregistrer,
        depart=depart(champs, {"recue_le": au} if proposition is None else _valeurs(proposition)),
        introduction=_INTRODUCTION,
        supprimer=None if proposition is None else suppression(proposition),
    )


def suppression(proposition: Proposition) -> Geste:
    """Withdraw a proposal."""
    quoi = f"la proposition du {jour_court(proposition.recue_le)}"
    return Geste(
        supprimer(PROPOSITIONS, proposition, f"Supprimer {quoi}"), f"{quoi[:1].upper()}{quoi[1:]} est supprimée."
    )


def _valeurs(proposition: Proposition) -> Valeurs:
    return {
        **dict(proposition),
        **valeurs_reference(proposition.reference),
        **valeurs_objectif(proposition.objectif),
    }
