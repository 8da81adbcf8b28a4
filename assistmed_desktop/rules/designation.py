"""How the analyses name what they speak of: an indicator with its article, a source, a doctor of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel, Indicateur
from assistmed_desktop.domain.libelles import SOURCES
from assistmed_desktop.formats import INSECABLE

if TYPE_CHECKING:
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.suivi import SourceReleve

SUJETS: dict[Indicateur, str] = {"patientele_mt": "la patientèle médecin traitant", "file_active": "la file active"}
DU_SUJET: dict[Indicateur, str] = {
    "patientele_mt": "de la patientèle médecin traitant",
    "file_active": "de la file active",
}


def de_la_source(source: SourceReleve) -> str:
    """Write where a reading comes from: ``de la CPAM``, ``d'amelipro``, ``du logiciel métier``."""
    match source:
        case "cpam":
            return "de la CPAM"
        case "logiciel":
            return f"du {SOURCES[source]}"
        case _:
            return f"d'{SOURCES[source]}"


def noms(dossier: Dossier, contrat: ContratIndividuel | ContratCollectif) -> dict[str, str]:
    """Give the names of the doctors of a contract, ``Dr Claire Lambert``, by id."""
    connus = {medecin.id: medecin.nom_complet for medecin in dossier.medecins}
    return {medecin: f"Dr{INSECABLE}{connus[medecin]}" for medecin in contrat.medecins}


def prefixes(dossier: Dossier, contrat: ContratIndividuel | ContratCollectif) -> dict[str, str]:
    """Give what a sentence about one doctor begins with: nothing where the contract has only one."""
    if len(contrat.medecins) == 1:
        return dict.fromkeys(contrat.medecins, "")
    return {medecin: f"{nom} : " for medecin, nom in noms(dossier, contrat).items()}
