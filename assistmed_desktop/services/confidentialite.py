"""What has no place in a practice: a number that may be a patient's, wherever it was typed. It warns, never refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistmed_desktop.domain.nir import chercher

if TYPE_CHECKING:
    from assistmed_desktop.domain.dossier import Dossier


def prudence_nir(champ: str, texte: str) -> str:
    """Warn of a NIR in the field called ``champ``; an empty sentence is no warning. The number is never repeated."""
    trouves = chercher(texte)
    if not trouves:
        return ""
    nature = "contient un" if any(trouve.certain for trouve in trouves) else "semble contenir un"
    return (
        f"« {champ} » {nature} numéro de sécurité sociale : effacez-le. Aucune donnée de patient n'a sa place ici, et "
        "le numéro d'un salarié n'y sert à rien."
    )


def nir_du_dossier(dossier: Dossier) -> tuple[str, ...]:
    """Give the path of every text of a practice that seems to hold a NIR, as dossier-v1 names it."""
    return tuple(_chemins(dossier.model_dump(mode="json"), ""))


def _chemins(valeur: object, chemin: str) -> Iterator[str]:
    if isinstance(valeur, dict):
        for cle, enfant in valeur.items():
            yield from _chemins(enfant, f"{chemin}.{cle}" if chemin else cle)
    elif isinstance(valeur, list):
        for rang, enfant in enumerate(valeur):
            yield from _chemins(enfant, f"{chemin}[{rang}]")
    elif isinstance(valeur, str) and chercher(valeur):
        yield chemin
