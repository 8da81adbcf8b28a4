"""What the forms of an assistant share: the place of its facts, their words, and the contracts it may serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import en_cours
from assistmed_desktop.formats import de, jour_court
from assistmed_desktop.services.places import ajouter, corriger, supprimer
from assistmed_desktop.ui.fiches.fiche import Geste
from assistmed_desktop.ui.names import nom_contrat
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistmed_desktop.domain.assistant import Assistant
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.valeurs import Valeur
    from assistmed_desktop.services.places import Place
    from assistmed_desktop.ui.fiches.fiche import Valeurs


def d_un(assistant: Assistant) -> str:
    """Write the name of an assistant after "de": ``d’Inès Morel``."""
    return soigner(de(assistant.nom_complet))


def contrats_du_cabinet(dossier: Dossier) -> dict[str, str]:
    """Name the contracts, by id."""
    return {contrat.id: nom_contrat(dossier, contrat) for contrat in dossier.contrats}


def liste_de(assistant: Assistant, liste: str) -> Place:
    """Give the place of a list of an assistant."""
    return ("assistants", assistant.id, liste)


def ecriture(place: Place, ancienne: Valeur | None, nouvelle: Valeur, nom: str, sujet: str) -> Geste:
    """Make the change that enters or corrects a fact; ``sujet`` begins the sentence that tells it."""
    e = "" if sujet.startswith("Le ") else "e"
    if ancienne is None:
        return Geste(ajouter(place, nouvelle, f"Ajouter {nom}"), f"{sujet} est ajouté{e}.")
    return Geste(corriger(place, ancienne, nouvelle, f"Corriger {nom}"), f"{sujet} est corrigé{e}.")


def retrait(place: Place, valeur: Valeur, nom: str, sujet: str) -> Geste:
    """Make the change that withdraws a fact."""
    e = "" if sujet.startswith("Le ") else "e"
    return Geste(supprimer(place, valeur, f"Supprimer {nom}"), f"{sujet} est supprimé{e}.")


def hors_embauche(assistant: Assistant, valeurs: Valeurs) -> Sequence[str]:
    """Warn of a period that begins on a day when nobody employs the assistant."""
    du: date | None = valeurs.get("du")
    if du is None or any(en_cours(embauche, du) for embauche in assistant.embauches):
        return ()
    return (f"Aucune embauche {d_un(assistant)} ne couvre le {jour_court(du)}.",)
