"""Beginning a practice: the change that makes it out of nothing, and how far its first steps have come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.fautes import RACINE, DossierInvalide, Faute
from assistmed_desktop.services.workspace import Operation

if TYPE_CHECKING:
    from assistmed_desktop.domain.cabinet import Cabinet

Etape = Literal["cabinet", "medecin", "contrat", "assistant", "releves"]

ETAPES: Final[tuple[Etape, ...]] = ("cabinet", "medecin", "contrat", "assistant", "releves")
"""The first steps, in the order that they are proposed."""

_APRES: Final[dict[Etape, Etape]] = {
    "medecin": "cabinet",
    "contrat": "medecin",
    "assistant": "cabinet",
    "releves": "medecin",
}
"""The step without which another one cannot be taken."""


def creer_cabinet(cabinet: Cabinet) -> Operation:
    """Make a practice that holds nothing yet but who it is."""

    def appliquer(dossier: Dossier | None) -> Dossier:
        if dossier is not None:
            raise DossierInvalide([Faute(RACINE, "ce dossier contient déjà un cabinet")])
        return Dossier(
            format="assistmed-dossier",
            version=1,
            cabinet=cabinet,
            medecins=(),
            contrats=(),
            assistants=(),
            missions=(),
            releves=(),
            mouvements=(),
            activite=(),
            versements=(),
        )

    return Operation(f"Créer {cabinet.nom}", appliquer)


def faites(dossier: Dossier | None) -> frozenset[Etape]:
    """Give the first steps that are taken, by what the practice holds."""
    if dossier is None:
        return frozenset()
    tenues: dict[Etape, object] = {
        "cabinet": True,
        "medecin": dossier.medecins,
        "contrat": dossier.contrats,
        "assistant": dossier.assistants,
        "releves": dossier.releves,
    }
    return frozenset(etape for etape, tenu in tenues.items() if tenu)


def manquantes(dossier: Dossier | None) -> tuple[Etape, ...]:
    """Give the first steps still to be taken, in order."""
    tenues = faites(dossier)
    return tuple(etape for etape in ETAPES if etape not in tenues)


def possible(dossier: Dossier | None, etape: Etape) -> bool:
    """Say whether a step can be taken now: a contract needs a doctor, everything needs the practice."""
    avant = _APRES.get(etape)
    return avant is None or avant in faites(dossier)


def departement_du_code_postal(code_postal: str) -> str:
    """Give the département that a postal code begins with; empty where the code is not one.

    A few communes are served from the next département: this is a proposal.
    """
    chiffres = "".join(code_postal.split())
    if len(chiffres) != 5 or not (chiffres.isascii() and chiffres.isdigit()):  # noqa: PLR2004 - a postal code
        return ""
    if chiffres.startswith("20"):
        return "2A" if chiffres < "20200" else "2B"
    return chiffres[:3] if chiffres[:2] in ("97", "98") else chiffres[:2]
