"""The analysis of a contract gathers its parts, and names their figures and warnings."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.rules.analyse import analyser
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from tests.rules.outils import collectif, contrat, j, morvan, pratique
from tests.strategies import dossiers


def test_an_individual_contract_has_every_part_but_the_group() -> None:
    baremes = charger_baremes()
    (seul,) = evaluate(morvan(), j("2025-01-15"), baremes).contrats

    analyse = analyser(morvan(), seul, baremes)

    assert analyse.groupe is None
    assert [nom for nom, _ in analyse.parties] == [
        "sources", "mouvements", "file_active", "rythme", "argent", "presence", "taches", "fin", "renouvellement",
        "comparaison",
    ]  # fmt: skip


def test_a_collective_contract_has_its_group_first() -> None:
    dossier, baremes = pratique(collectif()), charger_baremes()
    (seul,) = evaluate(dossier, j("2026-07-01"), baremes).contrats

    parties = dict(analyser(dossier, seul, baremes).parties)

    assert next(iter(parties)) == "groupe"


def test_figures_are_named_after_their_part_and_warnings_follow_the_parts() -> None:
    dossier, baremes = pratique(contrat()), charger_baremes()
    (seul,) = evaluate(dossier, j("2024-07-02"), baremes).contrats
    analyse = analyser(dossier, seul, baremes)

    assert analyse.chiffres["argent.totaux"] == analyse.argent.chiffres["totaux"]
    assert analyse.chiffres["fin.terme"] == analyse.fin.chiffres["terme"]
    assert list(analyse.avertissements) == [a for _, partie in analyse.parties for a in partie.avertissements]
    assert "mouvements_absents" in {a.code for a in analyse.avertissements}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dossiers(), st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_analysing_is_total_and_deterministic(dossier: Dossier, au: date) -> None:
    baremes = charger_baremes()
    for juge in evaluate(dossier, au, baremes).contrats:
        analyse = analyser(dossier, juge, baremes)

        assert analyse.chiffres.keys() >= {"argent.totaux", "fin.terme"}
        assert analyse == analyser(dossier, juge, baremes)


@pytest.mark.parametrize("au", ["2022-03-14", "2022-03-15", "2027-03-14", "2027-03-15"])
def test_the_edges_of_a_contract_can_be_analysed(au: str) -> None:
    baremes = charger_baremes()
    (seul,) = evaluate(morvan(), j(au), baremes).contrats

    assert analyser(morvan(), seul, baremes).fin.terminee is (au == "2027-03-15")
