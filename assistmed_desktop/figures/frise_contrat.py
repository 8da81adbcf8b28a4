"""The life of a contract as a timeline: its options, its suspensions, the days that its amendments begin."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import dernier_jour
from assistmed_desktop.domain.contrat import ChangementAdresse, ChangementOption, NouvelObjectif
from assistmed_desktop.figures.frise import Barre, Frise, Jalon, Ligne
from assistmed_desktop.formats import compte, etp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistmed_desktop.rules.resultats import EvaluationContrat

_UN_JOUR = timedelta(days=1)


def frise_du_contrat(evalue: EvaluationContrat) -> Frise:
    """Give the timeline of a contract, from its signature to the last of its days and of its evaluation."""
    contrat = evalue.contrat
    terme = dernier_jour(contrat.debut_le, contrat.duree_ans)
    lignes = [Ligne("Option", tuple(_options(evalue)))]
    suspensions = tuple(
        Barre(
            suspension.du,
            None if suspension.ouverte else suspension.au,
            f"suspendu, {compte(suspension.jours, 'jour')}",
            "suspension",
        )
        for suspension in evalue.suspensions
    )
    if suspensions:
        lignes.append(Ligne("Suspensions", suspensions))
    return Frise(
        debut=min(contrat.signe_le, contrat.debut_le),
        fin=max(terme, evalue.evaluation_le, evalue.fin_le),
        au=evalue.au,
        lignes=tuple(lignes),
        jalons=tuple(sorted(_jalons(evalue), key=lambda jalon: jalon.jour)),
    )


def _options(evalue: EvaluationContrat) -> Iterator[Barre]:
    contrat, fin = evalue.contrat, evalue.fin_le
    jours: set[date] = {a.du for a in contrat.avenants if isinstance(a, ChangementOption) and a.du <= fin}
    debuts = sorted({contrat.debut_le, *jours})
    for debut, suivant in zip(debuts, (*debuts[1:], fin + _UN_JOUR), strict=True):
        yield Barre(debut, suivant - _UN_JOUR, etp(contrat.option_au(debut)), "contrat")


def _jalons(evalue: EvaluationContrat) -> Iterator[Jalon]:
    contrat = evalue.contrat
    if contrat.signe_le != contrat.debut_le:
        yield Jalon(contrat.signe_le, "signature")
    for avenant in contrat.avenants:
        if isinstance(avenant, NouvelObjectif):
            yield Jalon(avenant.du, "nouvel objectif")
        elif isinstance(avenant, ChangementAdresse):
            yield Jalon(avenant.du, f"adresse{f' – {avenant.commune}' if avenant.commune else ''}")
    if contrat.resilie_le is not None:
        yield Jalon(contrat.resilie_le, "résiliation")
    yield Jalon(evalue.evaluation_le, "évaluation")
