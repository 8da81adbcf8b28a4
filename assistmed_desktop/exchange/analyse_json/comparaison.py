"""A practice beside the published figures, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistmed_desktop.formats import decimal_arrondi
from assistmed_desktop.rules.comparaison import PRUDENCE

if TYPE_CHECKING:
    from fractions import Fraction

    from assistmed_desktop.rules.comparaison import Comparaison, LigneComparaison


def comparaison_json(resultat: Comparaison) -> dict[str, Any]:
    """Give the comparison as JSON values; ``cabinet.valeur`` is null when it cannot be told, ``comment`` says why."""
    return {
        "prudence": PRUDENCE,
        "lignes": [_ligne(ligne) for ligne in resultat.lignes],
        "avertissements": [
            {"code": avertissement.code, "message": avertissement.message} for avertissement in resultat.avertissements
        ],
    }


def _ligne(ligne: LigneComparaison) -> dict[str, Any]:
    repere, publication = ligne.repere, ligne.publication
    return {
        "cle": repere.cle,
        "libelle": repere.libelle,
        "unite": repere.unite,
        "mesure": repere.mesure,
        "publie": {
            "valeur": _valeur(repere.valeur),
            "valeur_haute": None if repere.valeur_haute is None else _valeur(repere.valeur_haute),
            "texte": ligne.publie,
            "quand": publication.quand,
            "population": repere.population,
            "source": {
                "auteur": publication.auteur,
                "texte": publication.texte,
                "article": publication.article,
                "adresse": publication.adresse,
                "grade": publication.grade,
                "verifie_le": publication.verifie_le.isoformat(),
            },
        },
        "cabinet": {
            "valeur": None if ligne.valeur.nombre is None else _valeur(ligne.valeur.nombre),
            "texte": ligne.du_cabinet,
            "comment": ligne.valeur.comment,
        },
    }


def _valeur(valeur: Fraction) -> float:
    return float(decimal_arrondi(valeur, 4)) + 0.0  # no negative zero
