"""How doctors and contracts are called."""

from assistmed_desktop.domain.cabinet import Medecin
from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.formats import enumeration, jour_court

Contrat = ContratIndividuel | ContratCollectif


def nom_medecin(medecin: Medecin) -> str:
    """Write ``Dr Claire Lambert``."""
    return "\u00a0".join(partie for partie in ("Dr", medecin.prenom, medecin.nom) if partie)


def medecins_du_contrat(dossier: Dossier, contrat: Contrat) -> str:
    """Write the doctors of a contract: ``Dr Claire Lambert et Dr Paul Roy``."""
    noms = {medecin.id: nom_medecin(medecin) for medecin in dossier.medecins}
    return enumeration([noms[ident] for ident in contrat.medecins if ident in noms])


def nom_contrat(dossier: Dossier, contrat: Contrat) -> str:
    """Write ``Dr Claire Lambert``, and where her contracts are several ``Dr Claire Lambert, depuis le 15/03/2022``."""
    qui = medecins_du_contrat(dossier, contrat)
    if isinstance(contrat, ContratCollectif):
        qui = f"Contrat collectif – {qui}"
    siens = [autre for autre in dossier.contrats if autre.medecins == contrat.medecins]
    return f"{qui}, depuis le {jour_court(contrat.debut_le)}" if len(siens) > 1 else qui
