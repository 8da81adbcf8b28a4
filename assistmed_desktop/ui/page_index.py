"""The pages of the window, in order: how each is called, its icon, its help, where its class is.

Standard library alone: the window paints before the pages are imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class PageEntry:
    """A page. ``cle`` names it in the program and is its icon; ``module`` and ``classe`` say where it is made."""

    cle: str
    nom: str
    aide: str
    module: str
    classe: str


TABLEAU: Final = "tableau"
CONTRATS: Final = "contrats"
ASSISTANTS: Final = "assistants"
MISSIONS: Final = "missions"
PATIENTELE: Final = "patientele"
VERSEMENTS: Final = "versements"
SIMULATION: Final = "simulation"
RAPPORTS: Final = "rapports"
CABINET: Final = "cabinet"
MISE_EN_ROUTE: Final = "mise_en_route"

ENTRIES: Final = (
    PageEntry(TABLEAU, "Tableau de bord", "tableau-de-bord.md", "dashboard", "DashboardPage"),
    PageEntry(CONTRATS, "Contrats", "contrats.md", "contrats", "ContratsPage"),
    PageEntry(ASSISTANTS, "Assistants", "assistants.md", "assistants", "AssistantsPage"),
    PageEntry(MISSIONS, "Missions", "missions.md", "missions", "MissionsPage"),
    PageEntry(PATIENTELE, "Patientèle", "patientele.md", "patientele", "PatientelePage"),
    PageEntry(VERSEMENTS, "Versements", "versements.md", "versements", "VersementsPage"),
    PageEntry(SIMULATION, "Simulation", "simulation.md", "simulation", "SimulationPage"),
    PageEntry(RAPPORTS, "Rapports", "rapports.md", "rapports", "RapportsPage"),
    PageEntry(CABINET, "Cabinet", "cabinet.md", "cabinet", "CabinetPage"),
)
PAGES: Final = {entry.cle: entry for entry in ENTRIES}

_PREMIERS_PAS: Final = PageEntry(MISE_EN_ROUTE, "Mise en route", "mise-en-route.md", "mise_en_route", "MiseEnRoutePage")
TOUTES: Final = {**PAGES, MISE_EN_ROUTE: _PREMIERS_PAS}
"""With the page of the first steps, which the navigation does not show: it is there while a practice begins."""
