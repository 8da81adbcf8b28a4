"""The movements of the patientèle held to its readings: what is counted, what nothing covers, the rest."""

import json
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given

from assistmed_desktop.domain.contrat import Adhesion
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.domain.suivi import Mouvement, Releve
from assistmed_desktop.exchange.analyse_json.mouvements import mouvements_json
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.mouvements import Mouvements, MouvementsMedecin, Pont, mouvements
from tests.rules.outils import collectif, contrat, j, juger, pratique, reference, releve
from tests.rules.outils_lectures import JOURS, avec, inexpliques, lent, mouvement
from tests.strategies import dossiers

AU = "2024-07-02"
CLES = {"medecins": "medecin", "lignes": "du", "non_couvertes": "du", "etapes": "code"}
JUIN = releve("2024-06-30", 1080)
# 1 000 on 31 December 2022. 2023: 90 − 10 − 20 − 5 = +55; the first half of 2024: 45 − 4 − 11 − 2 = +28. So 1 083.
ANNEE_2023 = mouvement("2023-01-01", "2023-12-31", 90, (10, 20, 5))
DEBUT_2024 = mouvement("2024-01-01", "2024-06-30", 45, (4, 11, 2))


def vus(dossier: Dossier, au: str = AU) -> Mouvements:
    return mouvements(dossier, juger(dossier, au), charger_baremes())


def du_medecin(*saisis: Mouvement, releves: tuple[Releve, ...] = (JUIN,), au: str = AU) -> MouvementsMedecin:
    (seul,) = vus(avec(pratique(contrat(), releves=releves), mouvements=saisis), au).medecins
    return seul


def pont(*saisis: Mouvement, releves: tuple[Releve, ...] = (JUIN,), au: str = AU) -> Pont:
    siens = du_medecin(*saisis, releves=releves, au=au).pont
    assert siens is not None
    return siens


def codes(*saisis: Mouvement, releves: tuple[Releve, ...] = (JUIN,)) -> list[str]:
    resultat = vus(avec(pratique(contrat(), releves=releves), mouvements=saisis))
    return [avertissement.code for avertissement in resultat.avertissements]


def test_the_bridge_goes_from_the_reference_to_the_value() -> None:
    complet = pont(ANNEE_2023, DEBUT_2024)

    assert complet.etapes == (
        ("reference", 1000),
        ("entrees", 135),
        ("deces", -14),
        ("departs", -31),
        ("autres_sorties", -7),
        ("reste", -3),
    )
    assert sum(patients for _, patients in complet.etapes) == complet.valeur == 1080
    assert (complet.attendu, complet.attendu_min, complet.attendu_max) == (1083, 1083, 1083)
    assert complet.part == Fraction(-3, 1080)
    assert complet.phrase == (
        f"1{INSECABLE}000 à la référence du 31/12/2022, plus 135{INSECABLE}entrées, moins 14 décès, "
        f"31{INSECABLE}départs et 7{INSECABLE}autres sorties : 1{INSECABLE}083{INSECABLE}patients attendus le "
        f"30/06/2024, 1{INSECABLE}080 relevés. Reste inexpliqué : −3, soit −0,3{INSECABLE}% du relevé."
    )
    assert codes(ANNEE_2023, DEBUT_2024) == []


def test_movements_may_explain_all() -> None:
    exact = pont(ANNEE_2023, DEBUT_2024, releves=(releve("2024-06-30", 1083),))

    assert (exact.reste, exact.part, exact.notable) == (0, Fraction(0), False)
    assert exact.phrase is not None
    assert exact.phrase.endswith(f"1{INSECABLE}083 relevés. Les mouvements expliquent tout.")


def test_the_contract_has_the_bridge_of_its_only_doctor() -> None:
    resultat = vus(avec(pratique(contrat(), releves=[JUIN]), mouvements=[ANNEE_2023]))

    assert resultat.ensemble == resultat.medecins[0].pont


def test_without_movements_nothing_is_worked_out() -> None:
    resultat = vus(pratique(contrat(), releves=[JUIN]))

    assert (resultat.ensemble, resultat.medecins[0].pont) == (None, None)
    assert [(a.code, a.niveau) for a in resultat.avertissements] == [("mouvements_absents", "information")]
    assert resultat.avertissements[0].message == (
        "Patientèle médecin traitant : aucun mouvement n'est saisi entre la référence et le relevé. Saisissez les "
        "entrées, les décès et les départs de chaque période pour expliquer ce qui a changé."
    )


@pytest.mark.parametrize(
    ("du", "au"), [("2022-12-01", "2022-12-31"), ("2024-07-01", "2024-07-31"), ("2021-01-01", "2021-12-31")]
)
def test_movements_outside_the_interval_are_no_movements(du: str, au: str) -> None:
    assert du_medecin(mouvement(du, au, 10)).lignes == ()
    assert codes(mouvement(du, au, 10)) == ["mouvements_absents"]


def test_the_interval_goes_from_the_day_after_the_reference_to_the_value() -> None:
    premier = mouvement("2023-01-01", "2023-01-01", 1)
    dernier = mouvement("2024-06-30", "2024-06-30", 2)
    siens = du_medecin(premier, dernier)

    assert (siens.du, siens.au) == (j("2023-01-01"), j("2024-06-30"))
    assert [(ligne.jours, ligne.jours_dans, ligne.a_cheval) for ligne in siens.lignes] == [(1, 1, False)] * 2


def test_without_a_value_the_movements_lead_to_the_day_and_nothing_is_held_to_them() -> None:
    sans = pont(ANNEE_2023, releves=())

    assert (sans.attendu, sans.valeur, sans.reste, sans.part, sans.notable) == (1055, None, None, None, False)
    assert du_medecin(ANNEE_2023, releves=()).au == j(AU)
    assert sans.phrase is not None
    assert sans.phrase.endswith(f"1{INSECABLE}055{INSECABLE}patients attendus, sans relevé pour le vérifier.")
    assert sans.etapes[-1] == ("autres_sorties", -5)


def test_just_less_than_half_is_left_out_and_half_is_counted_whole() -> None:
    # From 22 December to 10 January: 10 of 20 days inside. From 21 December: 10 of 21.
    moitie = du_medecin(mouvement("2022-12-22", "2023-01-10", 8, (1, 2, 1)))
    moins = du_medecin(mouvement("2022-12-21", "2023-01-10", 8, (1, 2, 1)))

    assert moitie.lignes[0].motif == (
        f"Période à cheval : 10 de ses 20{INSECABLE}jours sont dans l'intervalle, la moitié au moins ; elle est "
        "comptée en entier."
    )
    assert moins.lignes[0].motif == (
        f"Période à cheval : 10 de ses 21{INSECABLE}jours sont dans l'intervalle, moins de la moitié ; elle est "
        "laissée de côté."
    )
    assert moitie.pont is not None
    assert moins.pont is not None
    assert (moitie.pont.attendu, moins.pont.attendu) == (1004, 1000)
    # Its 4 exits alone may be inside, or its 8 entries alone.
    assert (moitie.pont.attendu_min, moitie.pont.attendu_max) == (996, 1008)
    assert (moins.pont.attendu_min, moins.pont.attendu_max) == (996, 1008)
    assert moins.pont.entrees == 0


def test_one_day_inside_is_singular() -> None:
    ligne = du_medecin(mouvement("2022-12-01", "2023-01-01", 8)).lignes[0]

    assert ligne.motif.startswith(f"Période à cheval : 1 de ses 32{INSECABLE}jours est dans l'intervalle, moins")


def test_a_period_that_straddles_the_value_is_told() -> None:
    messages = [
        a.message
        for a in vus(
            avec(
                pratique(contrat(), releves=[JUIN]), mouvements=[ANNEE_2023, mouvement("2024-01-01", "2024-07-31", 40)]
            )
        ).avertissements
        if a.code == "mouvement_a_cheval"
    ]

    (message,) = messages
    # 182 days up to 30 June, 31 more.
    assert message == (
        "Mouvements du 01/01/2024 au 31/07/2024, pour l'intervalle du 01/01/2023 au 30/06/2024. Période à cheval : 182 "
        f"de ses 213{INSECABLE}jours sont dans l'intervalle, la moitié au moins ; elle est comptée en entier."
    )


def test_the_days_that_no_movement_covers() -> None:
    siens = du_medecin(
        mouvement("2023-02-01", "2023-12-31", 80), mouvement("2024-01-15", "2024-03-31", 10), releves=(JUIN,)
    )

    # 31 days of January 2023, 14 of January 2024, then 30 + 31 + 30.
    assert [(trou.du, trou.au, trou.jours, trou.longue) for trou in siens.non_couvertes] == [
        (j("2023-01-01"), j("2023-01-31"), 31, False),
        (j("2024-01-01"), j("2024-01-14"), 14, False),
        (j("2024-04-01"), j("2024-06-30"), 91, True),
    ]


def test_movements_left_out_cover_nothing() -> None:
    siens = du_medecin(mouvement("2022-11-01", "2023-01-10", 8), mouvement("2023-01-11", "2024-06-30", 8))

    assert [(trou.du, trou.au) for trou in siens.non_couvertes] == [(j("2023-01-01"), j("2023-01-10"))]


def test_movements_to_the_end_leave_nothing_uncovered() -> None:
    assert du_medecin(ANNEE_2023, DEBUT_2024).non_couvertes == ()
    assert du_medecin(ANNEE_2023, mouvement("2024-01-01", "2024-07-15", 5)).non_couvertes == ()
    veille = du_medecin(ANNEE_2023, mouvement("2024-01-01", "2024-06-29", 5)).non_couvertes
    assert [(trou.du, trou.au, trou.jours) for trou in veille] == [(j("2024-06-30"), j("2024-06-30"), 1)]


@pytest.mark.parametrize(("jusqu_au", "dit"), [("2024-05-31", False), ("2024-05-30", True)])
def test_more_than_a_month_uncovered_is_told(jusqu_au: str, dit: bool) -> None:
    # From 1 to 30 June 2024 is a month; from 31 May it is a day more.
    avertis = codes(ANNEE_2023, mouvement("2024-01-01", jusqu_au, 28))

    assert ("mouvements_non_couverts" in avertis) is dit


def test_what_is_not_covered_in_words() -> None:
    resultat = vus(
        avec(pratique(contrat(), releves=[JUIN]), mouvements=[mouvement("2023-03-01", "2024-04-30", 80, (0, 0, 0))])
    )

    (seul,) = resultat.avertissements
    assert seul.message == (
        f"Patientèle médecin traitant : aucun mouvement compté du 01/01/2023 au 28/02/2023 (59{INSECABLE}jours) et du "
        f"01/05/2024 au 30/06/2024 (61{INSECABLE}jours)."
    )


@pytest.mark.parametrize(("entrees", "notable"), [(20, False), (21, True), (-20, False), (-21, True)])
def test_a_rest_beyond_two_percent_of_the_value_is_told(entrees: int, notable: bool) -> None:
    # The value is still 1 000, as at the reference: 2 % of it is 20 patients, come or gone.
    tout = mouvement("2023-01-01", "2024-06-30", max(0, entrees), (max(0, -entrees), 0, 0))
    inchange = (releve("2024-06-30", 1000),)

    assert pont(tout, releves=inchange).notable is notable
    assert codes(tout, releves=inchange) == (["mouvements_ecart"] if notable else [])


def test_a_rest_beyond_two_percent_says_how_far_straddling_periods_move_it() -> None:
    # 50 patients are missing; the last period, 30 in and 10 out, may weigh from −10 to +30: 1 000 + 100 − 10, + 30.
    resultat = vus(
        avec(
            pratique(contrat(), releves=[JUIN]),
            mouvements=[
                mouvement("2023-01-01", "2024-05-31", 110),
                mouvement("2024-06-01", "2024-07-10", 30, (10, 0, 0)),
            ],
        )
    )

    assert resultat.avertissements[0].code == "mouvements_ecart"
    assert resultat.avertissements[0].niveau == "attention"
    assert resultat.avertissements[0].message.endswith(
        f"Reste inexpliqué : −50, soit −4,6{INSECABLE}% du relevé. Selon ce qui revient à l'intervalle dans les "
        "périodes à cheval, ce reste va de −60 à −20."
    )
    sans = vus(
        avec(pratique(contrat(), releves=[JUIN]), mouvements=[mouvement("2023-01-01", "2024-06-30", 130)])
    ).avertissements[0]
    assert sans.message.endswith("du relevé.")


def test_a_value_of_zero_has_no_share() -> None:
    vide = pont(ANNEE_2023, DEBUT_2024, releves=(releve("2024-06-30", 0),))

    assert (vide.reste, vide.part, vide.notable) == (-1083, None, True)
    assert vide.phrase is not None
    assert vide.phrase.endswith(f"Reste inexpliqué : −1{INSECABLE}083.")


def test_only_the_patientele_has_movements() -> None:
    dossier = pratique(contrat(), releves=[JUIN, releve("2024-07-01", None, 2100)])

    assert vus(avec(dossier, mouvements=[ANNEE_2023])).medecins[0].au == j("2024-06-30")


def groupe(*saisis: Mouvement, adhesions: tuple[Adhesion, ...] = (), au: str = "2027-03-02") -> Mouvements:
    """Give a group of 2 000 on 31 December 2022: two doctors, read on 28 February 2027 and 31 January 2027."""
    dossier = pratique(
        collectif(adhesions=adhesions),
        releves=[releve("2027-02-28", 1200), releve("2027-01-31", 1000, medecin="m2")],
    )
    return vus(avec(dossier, mouvements=saisis), au)


def test_a_group_holds_the_sum_of_its_movements_to_the_sum_of_its_values() -> None:
    resultat = groupe(
        mouvement("2023-01-01", "2027-02-28", 300, (20, 50, 10)),
        mouvement("2023-01-01", "2027-01-31", 100, (30, 60, 25), medecin="m2"),
    )

    # 2 000 + 400 − 50 − 110 − 35 = 2 205, against 1 200 + 1 000.
    assert resultat.ensemble is not None
    assert (resultat.ensemble.attendu, resultat.ensemble.valeur, resultat.ensemble.reste) == (2205, 2200, -5)
    assert resultat.ensemble.valeur_le == j("2027-01-31")
    premier = resultat.medecins[0].pont
    assert premier is not None
    assert (premier.entrees, premier.reference, premier.attendu, premier.reste) == (300, None, None, None)
    assert (premier.phrase, premier.etapes) == (None, ())
    assert resultat.avertissements == ()
    explique = resultat.chiffres["medecins.m1.pont"].etapes
    assert (explique[0].calcul, explique[0].resultat) == (
        "celle du groupe seule est connue, au 31/12/2022",
        "inconnue",
    )
    assert [etape.libelle for etape in explique[-2:]] == ["Autres sorties", "Valeur"]


def test_a_doctor_who_brings_a_reference_has_a_bridge() -> None:
    apportee = reference(900, 1000).model_copy(update={"date": j("2026-12-31")})
    adhesion = Adhesion(medecin="m2", du=j("2027-03-01"), au=None, reference=apportee)
    resultat = groupe(mouvement("2027-01-01", "2027-01-31", 30, medecin="m2"), adhesions=(adhesion,))

    second = resultat.medecins[1].pont
    assert second is not None
    assert (second.reference, second.reference_le, second.attendu, second.reste) == (900, j("2026-12-31"), 930, 70)
    # m1 has no movement: its whole interval is uncovered, and it has no bridge.
    assert resultat.medecins[0].pont is None
    assert [a.code for a in resultat.avertissements] == ["mouvements_ecart", "mouvements_non_couverts"]
    assert resultat.avertissements[1].message.startswith(f"Dr{INSECABLE}Claire Lambert : Patientèle")


def venue(du: str, au: str | None, patients: int | None, le: str, medecin: str = "m2") -> Adhesion:
    apportee = None if patients is None else reference(patients, 1000).model_copy(update={"date": j(le)})
    return Adhesion(medecin=medecin, du=j(du), au=None if au is None else j(au), reference=apportee)


@pytest.mark.parametrize(
    ("adhesions", "attendue"),
    [
        ([venue("2026-03-01", "2026-12-31", 800, "2026-02-28"), venue("2027-03-01", None, 900, "2026-12-31")], 900),
        ([venue("2026-03-01", "2027-03-31", 800, "2026-02-28"), venue("2027-04-01", None, 900, "2026-12-31")], 800),
        ([venue("2026-03-01", "2026-12-31", 800, "2026-02-28"), venue("2027-03-01", None, None, "2026-12-31")], 800),
        ([venue("2026-03-01", None, 800, "2026-02-28"), venue("2026-03-01", None, 700, "2026-12-31", "m1")], 800),
        ([venue("2026-03-01", None, None, "2026-02-28")], None),
    ],
)
def test_the_reference_of_a_doctor_is_the_latest_brought_by_the_day(
    adhesions: list[Adhesion], attendue: int | None
) -> None:
    saisi = mouvement("2027-01-01", "2027-01-31", 30, medecin="m2")
    second = groupe(saisi, adhesions=tuple(adhesions)).medecins[1].pont

    assert second is not None
    assert second.reference == attendue


def test_a_reference_after_the_value_leaves_no_interval() -> None:
    tardive = contrat(reference=reference().model_copy(update={"date": j("2024-06-30")}))
    resultat = vus(avec(pratique(tardive, releves=[JUIN]), mouvements=[ANNEE_2023, DEBUT_2024]))

    assert (resultat.medecins[0].lignes, resultat.medecins[0].non_couvertes, resultat.ensemble) == ((), (), None)
    assert resultat.chiffres["medecins.m1"].etapes[0].resultat == f"0{INSECABLE}jour"


def test_the_order_of_entry_does_not_matter() -> None:
    saisis = [ANNEE_2023, DEBUT_2024, mouvement("2022-01-01", "2022-12-31", 3)]

    assert du_medecin(*saisis) == du_medecin(*reversed(saisis)) == du_medecin(*saisis[1:], saisis[0])


def test_the_json_and_its_explanations() -> None:
    resultat = vus(avec(pratique(contrat(), releves=[JUIN]), mouvements=[ANNEE_2023, DEBUT_2024]))
    document = mouvements_json(resultat)

    json.dumps(document, allow_nan=False)
    assert document["medecins"][0]["lignes"][0] == {
        "du": "2023-01-01",
        "au": "2023-12-31",
        "entrees": 90,
        "deces": 10,
        "departs": 20,
        "autres_sorties": 5,
        "solde": 55,
        "jours": 365,
        "jours_dans": 365,
        "comptee": True,
        "motif": "Comptée : toute la période est dans l'intervalle.",
    }
    # 3 / 1 080 = 0.0028.
    assert {cle: document["ensemble"][cle] for cle in ("attendu", "valeur", "reste", "part")} == {
        "attendu": 1083,
        "valeur": 1080,
        "reste": -3,
        "part": -0.0028,
    }
    assert document["ensemble"]["etapes"][-1] == {"code": "reste", "patients": -3}
    assert inexpliques(document, resultat.chiffres, CLES) == []


def test_what_is_explained_of_a_bridge() -> None:
    resultat = vus(
        avec(
            pratique(contrat(), releves=[JUIN]),
            mouvements=[
                mouvement("2023-01-01", "2024-05-31", 110),
                mouvement("2024-06-01", "2024-07-10", 30, (10, 0, 0)),
            ],
        )
    )
    chiffres = resultat.chiffres

    # 1 000 + 140 − 10 = 1 130; without the last period 1 110, from 1 100 to 1 140.
    assert [(etape.libelle, etape.resultat) for etape in chiffres["ensemble"].etapes] == [
        ("Référence", f"1{INSECABLE}000{INSECABLE}patients"),
        ("Entrées", "+140"),
        ("Décès", "−10"),
        ("Départs", "0"),
        ("Autres sorties", "0"),
        ("Attendu", f"1{INSECABLE}130{INSECABLE}patients"),
        ("Ce que les périodes à cheval y changent", f"de 1{INSECABLE}100 à 1{INSECABLE}140"),
        ("Valeur", f"1{INSECABLE}080{INSECABLE}patients"),
        ("Reste inexpliqué", f"−50 (−4,6{INSECABLE}% du relevé)"),
    ]
    assert chiffres["ensemble"].sources == juger(pratique(contrat()), AU).patientele_mt.explication.sources
    assert [etape.resultat for etape in chiffres["medecins.m1.lignes.2024-06-01"].etapes] == ["comptée", "+20"]
    assert chiffres["medecins.m1"].etapes[0].resultat == f"547{INSECABLE}jours"


def test_a_bridge_without_a_value_is_explained_up_to_what_is_expected() -> None:
    chiffres = vus(avec(pratique(contrat()), mouvements=[ANNEE_2023])).chiffres

    assert [etape.libelle for etape in chiffres["ensemble"].etapes][-1] == "Attendu"


def test_a_movement_left_out_is_explained() -> None:
    chiffres = vus(
        avec(pratique(contrat(), releves=[JUIN]), mouvements=[mouvement("2022-11-01", "2023-01-10", 8)])
    ).chiffres

    assert chiffres["medecins.m1.lignes.2022-11-01"].etapes[0].resultat == "laissée de côté"
    assert chiffres["medecins.m1"].etapes[1].calcul == "du 01/01/2023 au 30/06/2024"


@lent
@given(dossiers(), JOURS)
def test_every_dossier_is_reconciled_on_every_day(dossier: Dossier, au: date) -> None:
    baremes = charger_baremes()
    for juge in evaluate(dossier, au, baremes).contrats:
        resultat = mouvements(dossier, juge, baremes)
        document = mouvements_json(resultat)
        json.dumps(document, allow_nan=False)
        assert inexpliques(document, resultat.chiffres, CLES) == []
        ponts = [siens.pont for siens in resultat.medecins if siens.pont is not None]
        assert (resultat.ensemble is None) == (not ponts)
        for un in [*ponts, *([] if resultat.ensemble is None else [resultat.ensemble])]:
            if un.attendu is not None and un.attendu_min is not None and un.attendu_max is not None:
                assert un.attendu_min <= un.attendu <= un.attendu_max
            if un.reste is not None:
                assert sum(patients for _, patients in un.etapes) == un.valeur
        for siens in resultat.medecins:
            jours = max(0, (siens.au - siens.du).days + 1)
            comptes = sum(ligne.jours_dans for ligne in siens.lignes if ligne.comptee)
            assert comptes + sum(trou.jours for trou in siens.non_couvertes) == jours


def test_the_demo_reads() -> None:
    dossier = lire_dossier(chemin("demo/dossier.json").read_text(encoding="utf-8"))
    baremes = charger_baremes()
    benassis = evaluate(dossier, j("2026-11-15"), baremes).contrats[0]
    ensemble = mouvements(dossier, benassis, baremes).ensemble

    assert ensemble is not None
    assert (ensemble.reference, ensemble.attendu, ensemble.valeur, ensemble.reste) == (1068, 1186, 1178, -8)
    # The second half of 2023 straddles the reference of 30 September: 32 came and 24 left, some of them before it.
    assert (ensemble.attendu_min, ensemble.attendu_max) == (1154, 1210)
