"""The steps and references of a figure as JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistmed_desktop.rules.resultats import Explication


def explication_json(explication: Explication) -> dict[str, Any]:
    """Give an explanation: its title, its steps, the texts it rests on."""
    return {
        "titre": explication.titre,
        "etapes": [
            {"libelle": etape.libelle, "calcul": etape.calcul, "resultat": etape.resultat}
            for etape in explication.etapes
        ],
        "sources": [
            {
                "texte": source.texte,
                "article": source.article,
                "adresse": source.adresse,
                "grade": source.grade,
                "verifie_le": source.verifie_le.isoformat(),
            }
            for source in explication.sources
        ],
    }
