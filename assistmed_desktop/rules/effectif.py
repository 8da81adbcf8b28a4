"""The ETP allocated to a contract against the ETP it finances, and the days the post was covered."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, en_cours
from assistmed_desktop.domain.contrat import ChangementOption
from assistmed_desktop.rules.resultats import Couverture, SegmentEffectif

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from assistmed_desktop.domain.assistant import Absence, Affectation, Assistant
    from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
    from assistmed_desktop.rules.resultats import PeriodeSuspendue


def segments(
    contrat: ContratIndividuel | ContratCollectif, affectations: Sequence[tuple[Assistant, Affectation]], fin: date
) -> tuple[SegmentEffectif, ...]:
    """Cut the life of a contract where the ETP allocated or required changes; None ends what has no end yet."""
    debut = contrat.debut_le
    bornes = {debut}
    for _, affectation in affectations:
        bornes.add(affectation.du)
        if affectation.au is not None:
            bornes.add(affectation.au + UN_JOUR)
    bornes |= {a.du for a in contrat.avenants if isinstance(a, ChangementOption)}
    jours = sorted(jour for jour in bornes if debut <= jour <= fin)
    if not jours:
        return ()
    bruts = [(du, _etp_affecte(affectations, du), contrat.option_au(du)) for du in jours]
    fusionnes = [brut for i, brut in enumerate(bruts) if i == 0 or brut[1:] != bruts[i - 1][1:]]
    dernier_au = _fin_du_dernier(affectations, jours[-1], fin)
    fins: list[date | None] = [suivant[0] - UN_JOUR for suivant in fusionnes[1:]]
    return tuple(
        SegmentEffectif(du, au, affecte, requis)
        for (du, affecte, requis), au in zip(fusionnes, [*fins, dernier_au], strict=True)
    )


def _etp_affecte(affectations: Iterable[tuple[Assistant, Affectation]], jour: date) -> Fraction:
    return sum((a.etp for _, a in affectations if en_cours(a, jour)), Fraction(0))


def _fin_du_dernier(affectations: Iterable[tuple[Assistant, Affectation]], du: date, fin: date) -> date | None:
    """Give the end of the last segment: the contract's own when every allocation then running has an end."""
    courantes = [a for _, a in affectations if en_cours(a, du)]
    return fin if courantes and all(a.au is not None for a in courantes) else None


def couverture(
    contrat: ContratIndividuel | ContratCollectif,
    affectations: Sequence[tuple[Assistant, Affectation]],
    suspensions: Sequence[PeriodeSuspendue],
    jusqu_au: date,
) -> Couverture:
    """Count the days so far, out of suspension, and those on which enough ETP was present or replaced, leave apart."""
    bornes = {contrat.debut_le, jusqu_au + UN_JOUR}
    periodes: list[tuple[date, date | None]] = [(s.du, s.au) for s in suspensions]
    for assistant, affectation in affectations:
        periodes.append((affectation.du, affectation.au))
        periodes += [(absence.du, absence.au) for absence in assistant.absences if _manque(absence)]
    for du, au in periodes:
        bornes.add(du)
        if au is not None:
            bornes.add(au + UN_JOUR)
    bornes |= {a.du for a in contrat.avenants if isinstance(a, ChangementOption)}
    jours = sorted(jour for jour in bornes if contrat.debut_le <= jour <= jusqu_au + UN_JOUR)
    requis = couverts = 0
    for du, suivant in pairwise(jours):
        if any(en_cours(s, du) for s in suspensions):
            continue
        duree = (suivant - du).days
        requis += duree
        presentes = [(a, f) for a, f in affectations if not _absent(a.absences, du)]
        couverts += duree * (_etp_affecte(presentes, du) >= contrat.option_au(du))
    return Couverture(requis, couverts)


def _absent(absences: Iterable[Absence], jour: date) -> bool:
    return any(en_cours(absence, jour) for absence in absences if _manque(absence))


def _manque(absence: Absence) -> bool:
    """Say whether an absence leaves the post empty; paid leave does not count as a gap."""
    return not (absence.remplacement or absence.conges)
