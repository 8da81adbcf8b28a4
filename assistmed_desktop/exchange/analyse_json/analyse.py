"""The analysis of a contract as JSON: a key for each of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistmed_desktop.exchange.analyse_json.argent import argent_json
from assistmed_desktop.exchange.analyse_json.comparaison import comparaison_json
from assistmed_desktop.exchange.analyse_json.ecriture import avertissements
from assistmed_desktop.exchange.analyse_json.file_active import file_active_json
from assistmed_desktop.exchange.analyse_json.fin import fin_json
from assistmed_desktop.exchange.analyse_json.groupe import groupe_json
from assistmed_desktop.exchange.analyse_json.mouvements import mouvements_json
from assistmed_desktop.exchange.analyse_json.presence import presence_json
from assistmed_desktop.exchange.analyse_json.renouvellement import renouvellement_json
from assistmed_desktop.exchange.analyse_json.rythme import rythme_json
from assistmed_desktop.exchange.analyse_json.sources import sources_json
from assistmed_desktop.exchange.analyse_json.taches import taches_json

if TYPE_CHECKING:
    from assistmed_desktop.rules.analyse import Analyse


def analyse_json(analyse: Analyse) -> dict[str, Any]:
    """Give the analysis of a contract as JSON values; ``groupe`` is null for an individual contract."""
    return {
        "groupe": None if analyse.groupe is None else groupe_json(analyse.groupe),
        "sources": sources_json(analyse.sources),
        "mouvements": mouvements_json(analyse.mouvements),
        "file_active": file_active_json(analyse.file_active),
        "rythme": rythme_json(analyse.rythme),
        "argent": argent_json(analyse.argent),
        "presence": presence_json(analyse.presence),
        "taches": taches_json(analyse.taches),
        "fin": fin_json(analyse.fin),
        "renouvellement": renouvellement_json(analyse.renouvellement),
        "comparaison": comparaison_json(analyse.comparaison),
        "avertissements": avertissements(analyse.avertissements),
    }
