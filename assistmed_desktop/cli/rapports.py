"""The reports as the command line and the window have them made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import Evaluation
    from assistmed_desktop.services.rapports import Demande, Redige


def rediger(dossier: Dossier, demande: Demande, baremes: Baremes) -> Redige:
    """Write a report, with its data and their evaluation attached.

    Raises:
        ContratAbsent: when the dossier holds no such contract.

    """
    from assistmed_desktop.reports import documents

    return documents.rediger(dossier, demande, baremes, _evaluation_en_json)


def _evaluation_en_json(evaluation: Evaluation, analyses: Mapping[str, Analyse]) -> str:
    from assistmed_desktop.exchange.evaluation_json import evaluation_json

    return json.dumps(evaluation_json(evaluation, analyses), ensure_ascii=False, indent=2) + "\n"
