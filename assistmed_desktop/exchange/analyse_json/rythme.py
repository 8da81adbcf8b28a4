"""The pace of a contract as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistmed_desktop.exchange.analyse_json.ecriture import avertissements, deux_decimales, jour

if TYPE_CHECKING:
    from assistmed_desktop.rules.resultats import Point
    from assistmed_desktop.rules.rythme import Gain, JourAtteint, MeilleurGain, MoisRythme, Rythme, RythmeIndicateur


def rythme_json(resultat: Rythme) -> dict[str, Any]:
    """Give the pace of each indicator month by month; gains and slopes are in patients a month."""
    return {
        "indicateurs": {sien.indicateur: _indicateur(sien) for sien in resultat.indicateurs},
        "avertissements": avertissements(resultat.avertissements),
    }


def _indicateur(sien: RythmeIndicateur) -> dict[str, Any]:
    return {
        "requis": sien.requis,
        "evaluation_le": jour(sien.evaluation_le),
        "gain_mensuel_requis": deux_decimales(sien.gain_mensuel_requis),
        "gains": {str(gain.mois): _gain(gain) for gain in sien.gains},
        "meilleur_gain": _meilleur(sien.meilleur),
        "gain_requis_inedit": sien.inedit,
        "objectif_atteint": _atteint(sien.atteint),
        "mois": [_mois(mois) for mois in sien.mois],
        "phrase": sien.phrase,
    }


def _mois(mois: MoisRythme) -> dict[str, Any]:
    bas, haut = mois.intervalle or (None, None)
    projection = mois.projection
    return {
        "le": jour(mois.le),
        "valeur": mois.valeur,
        "date": jour(mois.date),
        "source": mois.source,
        "objectif": mois.objectif,
        "evaluation_le": jour(mois.evaluation_le),
        "attendu": deux_decimales(mois.attendu),
        "gain_mensuel_requis": deux_decimales(mois.gain_mensuel_requis),
        "pente": deux_decimales(mois.pente),
        "pente_bas": deux_decimales(bas),
        "pente_haut": deux_decimales(haut),
        "projection": None
        if projection is None
        else {
            "date": jour(projection.date),
            "valeur": deux_decimales(projection.valeur),
            "bas": deux_decimales(projection.bas),
            "haut": deux_decimales(projection.haut),
        },
    }


def _gain(gain: Gain) -> dict[str, Any]:
    return {
        "avant": _point(gain.avant),
        "apres": _point(gain.apres),
        "patients": gain.patients,
        "jours": gain.jours,
        "par_mois": deux_decimales(gain.par_mois),
    }


def _point(point: Point) -> dict[str, Any]:
    return {"date": jour(point.date), "valeur": point.valeur, "source": point.source}


def _meilleur(meilleur: MeilleurGain | None) -> dict[str, Any] | None:
    if meilleur is None:
        return None
    return {
        "du": jour(meilleur.du),
        "au": jour(meilleur.au),
        "releves": meilleur.releves,
        "par_mois": deux_decimales(meilleur.par_mois),
    }


def _atteint(atteint: JourAtteint | None) -> dict[str, Any] | None:
    if atteint is None:
        return None
    return {
        "deja": atteint.deja,
        "le": jour(atteint.le),
        "au_plus_tot": jour(atteint.au_plus_tot),
        "au_plus_tard": jour(atteint.au_plus_tard),
    }
