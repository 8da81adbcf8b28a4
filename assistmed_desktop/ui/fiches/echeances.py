"""The form that ticks a deadline off: on which day it was met, and a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop.domain.fautes import DossierInvalide, Faute
from assistmed_desktop.domain.suivi import EcheanceFaite
from assistmed_desktop.formats import INSECABLE, jour_court
from assistmed_desktop.services.places import ajouter, corriger, supprimer
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, Geste, Valeurs, depart
from assistmed_desktop.ui.fiches.genres import Jour, Note
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from datetime import date

    from assistmed_desktop.rules.resultats import Echeance

FAITES = ("echeances_faites",)
_FORMATION = f"La date se saisit aussi dans la formation de l’assistant{INSECABLE}: l’échéance est alors faite."
_AILLEURS = {"debut_formation": (_FORMATION,), "qualification": (_FORMATION,)}
"""Where the fact that a deadline waits for has a place of its own, by code."""


def fiche_faite(contrat: str, echeance: Echeance, au: date, faite: EcheanceFaite | None = None) -> Fiche:
    """Make the form of a deadline met; with ``faite``, of one already ticked off."""
    champs = (
        Champ("faite_le", "Fait le", Jour(), requis=True),
        Champ("note", "Note", Note(), aide="par exemple le numéro du recommandé, ou qui a été rencontré"),
    )
    libelle = soigner(echeance.libelle)
    court = f"{libelle}, {jour_court(echeance.le)}"

    def enregistrer(valeurs: Valeurs) -> Geste:
        if valeurs["faite_le"] > au:
            raise DossierInvalide([Faute("echeances_faites.faite_le", "ce jour est encore à venir")])
        nouvelle = EcheanceFaite.model_validate(
            {
                "contrat": contrat,
                "code": echeance.code,
                "le": echeance.le if faite is None else faite.le,
                "assistant": echeance.assistant if faite is None else faite.assistant,
                **valeurs,
            }
        )
        fait = f"Noté comme fait{INSECABLE}: {libelle}."
        if faite is None:
            return Geste(ajouter(FAITES, nouvelle, f"Noter comme fait{INSECABLE}: {court}"), fait)
        return Geste(corriger(FAITES, faite, nouvelle, f"Corriger ce qui est fait{INSECABLE}: {court}"), fait)

    valeurs: Valeurs = {"faite_le": au} if faite is None else faite.model_dump()
    return Fiche(
        f"C’est fait{INSECABLE}?" if faite is None else "Échéance faite",
        champs,
        enregistrer,
        depart=depart(champs, valeurs),
        introduction="\n".join((libelle, f"Échéance du {jour_court(echeance.le)}", *_AILLEURS.get(echeance.code, ()))),
        bouton="C’est fait" if faite is None else "Enregistrer",
        supprimer=None if faite is None else decocher(faite, court),
    )


def decocher(faite: EcheanceFaite, court: str) -> Geste:
    """Take the tick off a deadline."""
    nom = f"Ne plus noter comme fait{INSECABLE}: {court}"
    fait = f"L’échéance n’est plus notée comme faite{INSECABLE}: {court}."
    return Geste(supprimer(FAITES, faite, nom), fait, bouton="Décocher")
