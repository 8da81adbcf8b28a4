"""What holds of every valid dossier, on every day from 1950 to 2150."""

import json
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.contrat import Suspension
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.exchange.evaluation_json import evaluation_json
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import Evaluation, EvaluationContrat, StatutContrat
from assistmed_desktop.rules.verdict import phrase
from tests.rules.outils import DEBUT, contrat, pratique, releve
from tests.strategies import dossiers, periodes

JOURS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
PIRE_D_ABORD: list[StatutContrat] = [
    "sous_la_reference",
    "en_retard",
    "donnees_insuffisantes",
    "objectif_inconnu",
    "en_bonne_voie",
    "atteint",
]
lent = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def juges(dossier: Dossier, au: date) -> Evaluation:
    return evaluate(dossier, au, charger_baremes())


@lent
@given(dossiers(), JOURS)
def test_evaluating_is_total_and_its_outputs_too(dossier: Dossier, au: date) -> None:
    evaluation = juges(dossier, au)

    assert [juge.id for juge in evaluation.contrats] == [signe.id for signe in dossier.contrats]
    json.dumps(evaluation_json(evaluation), allow_nan=False)
    for juge in evaluation.contrats:
        assert phrase(juge)


@lent
@given(dossiers(), JOURS)
def test_evaluating_is_deterministic(dossier: Dossier, au: date) -> None:
    assert juges(dossier, au) == juges(Dossier.model_validate_json(dossier.model_dump_json()), au)


@lent
@given(dossiers(), JOURS)
def test_what_is_unknown_is_never_a_number(dossier: Dossier, au: date) -> None:
    for juge in juges(dossier, au).contrats:
        for annee in juge.aide:
            assert (annee.montant_max is None) == (annee.grade == "X")
            assert annee.montant_max is None or annee.montant_max > 0
            assert annee.hypothese_lineaire is None or (
                annee.annee >= 3
                and annee.montant_max is not None
                and 0 <= annee.hypothese_lineaire <= annee.montant_max
            )
        for indicateur in juge.indicateurs:
            if indicateur.valeur is None:
                assert (indicateur.date, indicateur.source, indicateur.attendu) == (None, None, None)
            if indicateur.attendu is not None and indicateur.objectif is not None:
                assert indicateur.reference <= indicateur.attendu <= indicateur.objectif


@lent
@given(dossiers(), JOURS)
def test_the_parts_of_an_evaluation_hold_together(dossier: Dossier, au: date) -> None:
    for juge in juges(dossier, au).contrats:
        for avant, apres in zip(juge.effectif, juge.effectif[1:], strict=False):
            assert avant.au is not None
            assert apres.du == avant.au + timedelta(days=1)
            assert (avant.etp_affecte, avant.etp_requis) != (apres.etp_affecte, apres.etp_requis)
        assert 0 <= juge.couverture.jours_couverts <= juge.couverture.jours_requis
        assert [e.le for e in juge.echeances] == sorted(e.le for e in juge.echeances)
        assert all(e.fait_le is None or (e.etat == "faite" and e.fait_le <= au) for e in juge.echeances)
        assert juge.evaluation_le >= juge.evaluation_initiale_le
        assert juge.jours_suspendus == sum(periode.jours for periode in juge.suspensions)
        for indicateur in juge.indicateurs:
            jours = [jour for jour, _ in indicateur.trajectoire]
            attendus = [attendu for _, attendu in indicateur.trajectoire]
            assert jours == sorted(set(jours))
            assert attendus == sorted(attendus)


LUS = st.lists(
    st.builds(
        releve,
        st.dates(date(2022, 12, 1), date(2024, 12, 31)),
        st.none() | st.integers(900, 1300),
        st.integers(1900, 2500),
        st.sampled_from(["cpam", "amelipro", "logiciel", "estimation"]),
        st.sampled_from(["m1", "m2"]),
    ),
    max_size=12,
)


def avec(releves: list[Releve]) -> Dossier:
    return pratique(contrat(), releves=releves)


def sans_avertissement(juge: EvaluationContrat, code: str) -> EvaluationContrat:
    return replace(juge, avertissements=tuple(a for a in juge.avertissements if a.code != code))


@lent
@given(LUS, st.randoms(use_true_random=False), JOURS)
def test_the_order_of_entry_of_readings_on_different_dates_does_not_matter(
    releves: list[Releve], hasard: Random, au: date
) -> None:
    """Shuffle the days, and keep the order of entry within each."""
    jours = list({lu.date for lu in releves})
    hasard.shuffle(jours)
    melanges = [lu for jour in jours for lu in releves if lu.date == jour]

    assert juges(avec(melanges), au) == juges(avec(releves), au)


@lent
@given(LUS, LUS.filter(bool), st.dates(date(2022, 12, 1), date(2024, 12, 30)))
def test_a_reading_later_than_the_day_changes_no_figure(releves: list[Releve], plus: list[Releve], au: date) -> None:
    futurs = [lu for lu in plus if lu.date > au]
    (sans,) = juges(avec(releves), au).contrats
    (plus_tard,) = juges(avec([*futurs, *releves]), au).contrats

    assert sans_avertissement(plus_tard, "releve_futur") == sans_avertissement(sans, "releve_futur")


@lent
@given(LUS, LUS.filter(bool), st.dates(date(2022, 12, 1), date(2024, 12, 30)))
def test_an_estimation_changes_no_figure(releves: list[Releve], plus: list[Releve], au: date) -> None:
    estimes = [lu.model_copy(update={"source": "estimation"}) for lu in plus if lu.date <= au]
    (sans,) = juges(avec(releves), au).contrats
    (estime,) = juges(avec([*releves, *estimes]), au).contrats

    for avant, apres in zip(sans.indicateurs, estime.indicateurs, strict=True):
        # The points shown on the curve are all there is of it.
        assert replace(apres, points=()) == replace(avant, points=())


@lent
@given(LUS, periodes(DEBUT, date(2027, 12, 31)).filter(bool), st.dates(date(2022, 12, 1), date(2030, 12, 31)))
def test_another_suspension_never_makes_an_indicator_worse(
    releves: list[Releve], dates: list[tuple[date, date | None]], au: date
) -> None:
    """A suspension moves the evaluation by at least as many days as it takes from those elapsed.

    The status of the contract itself may become ``suspendu``, which dossier-v1 tries before those of the indicators.
    """
    toutes = [Suspension(type="suspension", du=du, au=fin, motif="") for du, fin in dates]
    (sans,) = juges(pratique(contrat(*toutes[1:]), releves=releves), au).contrats
    (suspendu,) = juges(pratique(contrat(*toutes), releves=releves), au).contrats

    assert suspendu.evaluation_le >= sans.evaluation_le
    for avant, apres in zip(sans.indicateurs, suspendu.indicateurs, strict=True):
        assert PIRE_D_ABORD.index(apres.statut) >= PIRE_D_ABORD.index(avant.statut)
        assert (apres.valeur, apres.taux_atteinte) == (avant.valeur, avant.taux_atteinte)
        if avant.gain_mensuel_requis is not None:
            assert apres.gain_mensuel_requis is not None
            assert apres.gain_mensuel_requis <= avant.gain_mensuel_requis
    if suspendu.statut in PIRE_D_ABORD:
        assert sans.statut in PIRE_D_ABORD
        assert PIRE_D_ABORD.index(suspendu.statut) >= PIRE_D_ABORD.index(sans.statut)
