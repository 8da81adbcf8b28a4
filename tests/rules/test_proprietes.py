"""What holds of every valid dossier, on every day from 1950 to 2150."""

import json
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.contrat import Adhesion, ContratCollectif, ContratIndividuel, Suspension
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.exchange.analyse_json.groupe import groupe_json
from assistmed_desktop.exchange.evaluation_json import evaluation_json
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.groupe import groupe
from assistmed_desktop.rules.resultats import Evaluation, EvaluationContrat, StatutContrat
from assistmed_desktop.rules.verdict import phrase
from tests.rules.outils import DEBUT, collectif, contrat, medecin, pratique, reference, releve
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
        en_groupe = groupe(dossier, juge, charger_baremes())
        assert (en_groupe is None) == isinstance(juge.contrat, ContratIndividuel)
        if en_groupe is not None:
            json.dumps(groupe_json(en_groupe), allow_nan=False)
            assert all(explication.etapes for explication in en_groupe.chiffres.values())


@lent
@given(dossiers(), JOURS)
def test_evaluating_is_deterministic(dossier: Dossier, au: date) -> None:
    relu = Dossier.model_validate_json(dossier.model_dump_json())
    evaluation, seconde = juges(dossier, au), juges(relu, au)

    assert evaluation == seconde
    for juge, autre in zip(evaluation.contrats, seconde.contrats, strict=True):
        assert groupe(dossier, juge, charger_baremes()) == groupe(relu, autre, charger_baremes())


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


@lent
@given(dossiers(), JOURS)
def test_what_is_held_differs_from_the_status_only_with_a_reason(dossier: Dossier, au: date) -> None:
    for juge in juges(dossier, au).contrats:
        assert set(juge.adherents) <= set(juge.medecins)
        for indicateur in juge.indicateurs:
            tenu = indicateur.statut_tenu
            assert (indicateur.creux is None) == (tenu == indicateur.statut)
            # A group that has changed without its reference has a value, which is held to nothing.
            change = isinstance(juge.contrat, ContratCollectif) and juge.contrat.adhesions
            if indicateur.valeur is None or not change:
                assert (indicateur.niveau is None) == (indicateur.valeur is None)
            if tenu != indicateur.statut:
                assert tenu in ("en_bonne_voie", "en_retard")


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


MENSUELS = st.lists(
    st.builds(
        lambda rang, jour, valeur, source: releve(date(2023 + rang // 12, rang % 12 + 1, jour), valeur, 2400, source),
        st.integers(0, 29),
        st.integers(1, 28),
        st.integers(980, 1220),
        st.sampled_from(["cpam", "amelipro", "amelipro", "logiciel"]),
    ),
    min_size=4,
    max_size=40,
)


@lent
@given(MENSUELS, periodes(DEBUT, date(2027, 12, 31)).filter(bool), st.dates(date(2023, 4, 1), date(2027, 12, 31)))
def test_another_suspension_never_makes_what_is_held_worse(
    releves: list[Releve], dates: list[tuple[date, date | None]], au: date
) -> None:
    toutes = [Suspension(type="suspension", du=du, au=fin, motif="") for du, fin in dates]
    (sans,) = juges(pratique(contrat(*toutes[1:]), releves=releves), au).contrats
    (suspendu,) = juges(pratique(contrat(*toutes), releves=releves), au).contrats

    for avant, apres in zip(sans.indicateurs, suspendu.indicateurs, strict=True):
        assert PIRE_D_ABORD.index(apres.statut_tenu) >= PIRE_D_ABORD.index(avant.statut_tenu)
        assert apres.niveau == avant.niveau
    if suspendu.statut_tenu in PIRE_D_ABORD:
        assert PIRE_D_ABORD.index(suspendu.statut_tenu) >= PIRE_D_ABORD.index(sans.statut_tenu)


@lent
@given(MENSUELS, st.randoms(use_true_random=False), st.dates(date(2023, 4, 1), date(2027, 12, 31)))
def test_what_is_held_depends_neither_on_the_order_of_entry_nor_on_what_comes_later(
    releves: list[Releve], hasard: Random, au: date
) -> None:
    uniques = list({lu.date: lu for lu in releves}.values())
    melanges = hasard.sample(uniques, len(uniques))
    (tout,) = juges(avec(uniques), au).contrats
    (connu,) = juges(avec([lu for lu in melanges if lu.date <= au]), au).contrats

    assert sans_avertissement(tout, "releve_futur") == connu


GROUPES = st.builds(
    lambda sortie, entree, apports: collectif(
        medecins=("m1", "m2", "m3"),
        adhesions=(
            Adhesion(medecin="m2", du=date(2026, 3, 1), au=sortie, reference=apports[0]),
            Adhesion(medecin="m3", du=entree, au=None, reference=apports[1]),
        ),
    ),
    st.none() | st.sampled_from([date(2027, 2, 28), date(2028, 2, 29), date(2027, 9, 10)]),
    st.sampled_from([date(2026, 3, 1), date(2027, 3, 1), date(2027, 9, 11), date(2028, 3, 1)]),
    st.tuples(*2 * [st.none() | st.builds(reference, st.integers(0, 1300), st.integers(0, 2500))]),
)
LUS_DU_GROUPE = st.lists(
    st.builds(
        releve,
        st.dates(date(2026, 3, 1), date(2029, 12, 31)),
        st.integers(600, 1300),
        st.integers(1200, 2500),
        st.sampled_from(["cpam", "amelipro", "logiciel"]),
        st.sampled_from(["m1", "m2", "m3"]),
    ),
    max_size=20,
    unique_by=lambda lu: (lu.medecin, lu.date),
)


@lent
@given(GROUPES, LUS_DU_GROUPE, st.randoms(use_true_random=False), st.dates(date(2026, 1, 1), date(2032, 12, 31)))
def test_the_order_in_which_adhesions_and_readings_are_entered_does_not_matter(
    signe: ContratCollectif, releves: list[Releve], hasard: Random, au: date
) -> None:
    docteurs = [medecin(rang) for rang in (1, 2, 3)]
    retourne = signe.model_copy(update={"adhesions": signe.adhesions[::-1]})
    (juge,) = juges(pratique(signe, medecins=docteurs, releves=releves), au).contrats
    melanges = hasard.sample(releves, len(releves))
    (autre,) = juges(pratique(retourne, medecins=docteurs, releves=melanges), au).contrats

    assert replace(autre, contrat=signe) == juge


@lent
@given(GROUPES, LUS_DU_GROUPE, st.dates(date(2026, 1, 1), date(2029, 12, 31)))
def test_the_parts_of_a_group_hold_together(signe: ContratCollectif, releves: list[Releve], au: date) -> None:
    docteurs = [medecin(rang) for rang in (1, 2, 3)]
    (juge,) = juges(pratique(signe, medecins=docteurs, releves=releves), au).contrats
    (connu,) = juges(pratique(signe, medecins=docteurs, releves=[lu for lu in releves if lu.date <= au]), au).contrats

    assert sans_avertissement(juge, "releve_futur") == connu
    assert juge.adherents == signe.adherents_au(max(au, signe.debut_le))
    for indicateur in juge.indicateurs:
        assert indicateur.reference >= 0
        assert indicateur.objectif is not None
        assert indicateur.objectif - indicateur.reference in (520, 220)  # what is to be gained is what was signed
        assert [point.date for point in indicateur.points] == sorted({point.date for point in indicateur.points})
        if indicateur.valeur is not None:
            assert indicateur.valeur in [point.valeur for point in indicateur.points if point.date == indicateur.date]
