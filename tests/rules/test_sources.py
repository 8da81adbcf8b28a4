"""The readings side by side: what counts at each date and why, and the corrections asked of the CPAM."""

import json
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given

from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.domain.suivi import Correction, Releve, SourceReleve
from assistmed_desktop.exchange.analyse_json.sources import sources_json
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.releves import ecarts_entre_sources, points, retenu
from assistmed_desktop.rules.sources import CorrectionSuivie, RelevePese, Sources, SourcesIndicateur, sources
from tests.rules.outils import collectif, contrat, j, juger, nouvel_objectif, objectif, pratique, releve
from tests.rules.outils_lectures import JOURS, avec, correction, inexpliques, lent
from tests.strategies import dossiers

AU = "2024-07-02"
FAUTE_DE_MIEUX = "Le logiciel métier ne compte que faute de relevé de la CPAM ou d'amelipro"
CLES = {"medecins": "medecin", "groupes": "date", "corrections": "rang", "releves": "date"}


def vus(dossier: Dossier, au: str = AU) -> Sources:
    return sources(dossier, juger(dossier, au), charger_baremes())


def patientele(*releves: Releve, au: str = AU) -> SourcesIndicateur:
    siens = vus(pratique(contrat(), releves=releves), au).indicateurs[0]
    assert siens.indicateur == "patientele_mt"
    return siens


def peses(siens: SourcesIndicateur) -> list[RelevePese]:
    return [releve for groupe in siens.groupes for releve in groupe.releves]


def suivies(*corrections: Correction, releves: tuple[Releve, ...] = (), au: str = AU) -> tuple[CorrectionSuivie, ...]:
    return vus(avec(pratique(contrat(), releves=releves), corrections=corrections), au).corrections


def suivie(*corrections: Correction, releves: tuple[Releve, ...] = (), au: str = AU) -> CorrectionSuivie:
    (seule,) = suivies(*corrections, releves=releves, au=au)
    return seule


def averti(*corrections: Correction, releves: tuple[Releve, ...] = (), au: str = AU) -> list[tuple[str, str]]:
    resultat = vus(avec(pratique(contrat(), releves=releves), corrections=corrections), au)
    return [(avertissement.code, avertissement.niveau) for avertissement in resultat.avertissements]


def test_without_readings_nothing_counts_and_nothing_is_said() -> None:
    resultat = vus(pratique(contrat()))

    assert [(siens.indicateur, siens.compte, siens.groupes) for siens in resultat.indicateurs] == [
        ("patientele_mt", None, ()),
        ("file_active", None, ()),
    ]
    assert (resultat.corrections, resultat.avertissements) == ((), ())


def test_each_reading_says_why_it_counts_or_not() -> None:
    siens = patientele(
        releve("2024-03-31", 1070),
        releve("2024-05-31", 1080, source="cpam"),
        releve("2024-05-31", 1082, source="amelipro"),
        releve("2024-06-15", 1120, source="logiciel"),
        releve("2024-06-20", 1090, source="estimation"),
    )

    assert [(r.valeur, r.compte, r.motif) for r in peses(siens)] == [
        (1070, False, "Il est plus ancien que celui du 31/05/2024, qui compte."),
        (1080, False, "Un autre relevé de même date et de même rang, saisi après lui, le remplace."),
        (1082, True, "Il compte : c'est le dernier relevé de la CPAM ou d'amelipro."),
        (
            1120,
            False,
            f"{FAUTE_DE_MIEUX} ; celui du 31/05/2024 (amelipro) compte.",
        ),
        (1090, False, "Une estimation ne compte jamais."),
    ]


def test_failing_an_authoritative_one_the_latest_of_the_software_counts() -> None:
    siens = patientele(releve("2024-05-31", 1070, source="logiciel"), releve("2024-04-30", 1060, source="logiciel"))

    assert [(r.valeur, r.compte, r.motif) for r in peses(siens)] == [
        (1060, False, "Il est plus ancien que celui du 31/05/2024, qui compte."),
        (1070, True, "Il compte, faute de relevé de la CPAM ou d'amelipro depuis le début du contrat."),
    ]


def test_gaps_are_held_to_the_reading_of_the_group_in_patients_and_as_a_share() -> None:
    # 1 100 against 1 070: +30 patients, 30/1 070 = 2.8 %; the estimation 1 059: −11.
    siens = patientele(
        releve("2024-05-31", 1070),
        releve("2024-06-08", 1100, source="logiciel"),
        releve("2024-06-10", 1059, source="estimation"),
    )

    (groupe,) = siens.groupes
    assert groupe.date == j("2024-05-31")
    assert [(r.retenu, r.ecart, r.taux, r.notable) for r in groupe.releves] == [
        (True, None, None, False),
        (False, 30, Fraction(30, 1070), True),
        (False, -11, Fraction(-11, 1070), False),
    ]
    assert groupe.retenu == groupe.releves[0]
    assert siens.notables == 1


@pytest.mark.parametrize(("valeur", "notable"), [(1020, False), (1021, True), (980, False), (979, True)])
def test_a_gap_is_notable_above_two_percent(valeur: int, notable: bool) -> None:
    # 2 % of 1 000 is 20.
    siens = patientele(releve("2024-05-31", 1000), releve("2024-06-08", valeur, source="logiciel"))

    assert [r.notable for r in peses(siens)] == [False, notable]


@pytest.mark.parametrize(("jour", "groupes"), [("2024-06-30", 1), ("2024-07-01", 2)])
def test_the_software_is_held_to_a_reading_less_than_31_days_apart(jour: str, groupes: int) -> None:
    # From 31 May: 30 June is 30 days later, 1 July 31.
    siens = patientele(releve("2024-05-31", 1070), releve(jour, 1080, source="logiciel"))

    assert len(siens.groupes) == groupes
    assert [r.ecart for r in peses(siens)] == [None, 10 if groupes == 1 else None]


def test_of_two_authoritative_readings_the_nearest_holds_and_of_two_as_near_the_earlier() -> None:
    deux = (releve("2024-05-01", 1070), releve("2024-05-11", 1072))

    def ancre(jour: str) -> date:
        siens = patientele(*deux, releve(jour, 1075, source="logiciel"))
        return next(g.date for g in siens.groupes if any(r.source == "logiciel" for r in g.releves))

    assert ancre("2024-05-05") == j("2024-05-01")
    assert ancre("2024-05-06") == j("2024-05-01")
    assert ancre("2024-05-07") == j("2024-05-11")


def test_a_notable_gap_holds_to_the_reading_it_was_found_with() -> None:
    # 1 090 is 1.9 % over 1 070, the nearer one, and 2.8 % over 1 060: the gap that warns is the one shown.
    siens = patientele(
        releve("2024-05-01", 1060), releve("2024-05-20", 1070), releve("2024-05-25", 1090, source="logiciel")
    )

    assert [(g.date, [r.ecart for r in g.releves]) for g in siens.groupes] == [
        (j("2024-05-01"), [None, 30]),
        (j("2024-05-20"), [None]),
    ]
    assert siens.notables == 1


def test_estimations_gather_around_an_authoritative_reading_else_the_software_else_alone() -> None:
    def ancre(*autres: Releve) -> tuple[date, bool]:
        siens = patientele(*autres, releve("2024-06-20", 1075, source="estimation"))
        groupe = next(g for g in siens.groupes if any(r.source == "estimation" for r in g.releves))
        return groupe.date, groupe.retenu is None

    logiciel = releve("2024-06-19", 1070, source="logiciel")
    assert ancre(releve("2024-06-01", 1070), logiciel) == (j("2024-06-01"), False)
    assert ancre(logiciel) == (j("2024-06-19"), False)
    assert ancre() == (j("2024-06-20"), True)


def test_a_reading_of_the_software_replaced_the_same_day_has_no_notable_gap() -> None:
    siens = patientele(
        releve("2024-05-31", 1000),
        releve("2024-06-08", 1100, source="logiciel"),
        releve("2024-06-08", 1010, source="logiciel"),
    )

    assert [(r.valeur, r.notable) for r in peses(siens)] == [(1000, False), (1100, False), (1010, False)]


def test_a_gap_to_a_count_of_zero_is_a_whole_count() -> None:
    siens = patientele(releve("2024-05-31", 0), releve("2024-06-08", 3, source="logiciel"))

    assert [r.taux for r in peses(siens)] == [None, Fraction(3)]


def test_readings_outside_the_contract_are_counted_apart() -> None:
    siens = patientele(
        releve("2022-12-31", 1000), releve("2023-01-01", 1001), releve("2024-07-02", 1002), releve("2024-07-03", 1003)
    )

    assert (siens.avant_le_debut, siens.apres_le_jour) == (1, 1)
    assert [r.valeur for r in peses(siens)] == [1001, 1002]


def test_each_doctor_of_a_group_has_their_own_readings() -> None:
    resultat = vus(
        pratique(
            collectif(),
            releves=[releve("2026-04-30", 1000), releve("2026-05-31", 1100, medecin="m2")],
        ),
        "2026-06-30",
    )

    assert [(s.medecin, s.compte.valeur if s.compte else None) for s in resultat.indicateurs] == [
        ("m1", 1000),
        ("m1", None),
        ("m2", 1100),
        ("m2", None),
    ]


DU_31_MAI = correction("2024-05-31", 1070, 1085, "2024-06-12")


def test_a_correction_waits_from_the_demand_to_the_day() -> None:
    attente = suivie(DU_31_MAI)

    # From 12 June to 2 July: 18 + 2.
    assert (attente.etat, attente.jours, attente.repondue_le, attente.valeur_accordee) == ("en_attente", 20, None, None)
    assert attente.phrase == (
        "La correction de la patientèle médecin traitant au 31/05/2024, demandée à la CPAM le 12/06/2024 "
        f"(1{INSECABLE}070 contestés, 1{INSECABLE}085 demandés), est sans réponse depuis 20{INSECABLE}jours."
    )


def test_a_correction_not_yet_asked_is_not_followed() -> None:
    assert suivies(DU_31_MAI, au="2024-06-11") == ()
    assert len(suivies(DU_31_MAI, au="2024-06-12")) == 1


def test_an_answer_that_comes_later_is_not_known_yet() -> None:
    repondue = correction("2024-05-31", 1070, 1085, "2024-06-12", "2024-06-30", 1085)

    assert suivie(repondue, au="2024-06-29").etat == "en_attente"
    assert suivie(repondue, au="2024-06-29").valeur_accordee is None
    assert (suivie(repondue, au="2024-06-30").etat, suivie(repondue, au="2024-06-30").jours) == ("accordee", 18)


@pytest.mark.parametrize(
    ("accordee", "etat"),
    [(1085, "accordee"), (1080, "accordee_en_partie"), (1070, "refusee"), (None, "refusee")],
)
def test_the_state_comes_from_the_count_granted(accordee: int | None, etat: str) -> None:
    assert suivie(correction("2024-05-31", 1070, 1085, "2024-06-12", "2024-06-30", accordee)).etat == etat


def test_a_pending_correction_of_the_value_shows_what_it_would_give_and_changes_nothing() -> None:
    # On 31 May 2024, 516 days of 1 096 are done: 365 + 31 + 29 + 31 + 30 + 30. Expected 1 000 + 200 × 516 / 1 096.
    dossier = pratique(contrat(), releves=[releve("2024-05-31", 1070)])
    conteste = avec(dossier, corrections=[DU_31_MAI])
    attente = vus(conteste).corrections[0]

    assert attente.si_accordee is not None
    assert attente.si_accordee.valeur == 1085
    assert attente.si_accordee.ecart == 1085 - (1000 + Fraction(200 * 516, 1096))
    assert juger(conteste, AU) == juger(dossier, AU)
    assert attente.phrase.endswith(
        f"est sans réponse depuis 20{INSECABLE}jours. Accordée, elle porterait la valeur à 1{INSECABLE}085"
        f"{INSECABLE}patients, 9,2 de moins que l'attendu ; d'ici là, le statut s'en tient au relevé."
    )


def test_what_it_would_give_may_be_over_the_path_or_without_one() -> None:
    grand = correction("2024-05-31", 1070, 1095, "2024-06-12")
    au_dessus = suivie(grand, releves=(releve("2024-05-31", 1070),))
    assert f"1{INSECABLE}095{INSECABLE}patients, 0,8 de plus que l'attendu" in au_dessus.phrase

    sans = avec(
        pratique(contrat(objectif=None), releves=[releve("2024-05-31", 1070)]),
        corrections=[DU_31_MAI],
    )
    (seule,) = vus(sans).corrections
    assert seule.si_accordee is not None
    assert seule.si_accordee.ecart is None
    assert f"1{INSECABLE}085{INSECABLE}patients ; d'ici là" in seule.phrase
    assert [etape.libelle for etape in vus(sans).chiffres["corrections.1"].etapes][-1] == "Si elle est accordée"


@pytest.mark.parametrize(
    "autre",
    [
        releve("2024-06-30", 1072),
        releve("2024-05-31", 1071),
        releve("2024-05-31", 1070, source="logiciel"),
        releve("2024-05-31", None, 1070),
    ],
)
def test_a_correction_of_another_reading_shows_no_hypothesis(autre: Releve) -> None:
    attente = suivie(DU_31_MAI, releves=(autre,))

    assert (attente.sur_la_valeur, attente.si_accordee) == (False, None)


def test_an_answered_correction_of_the_value_shows_no_hypothesis() -> None:
    refusee = correction("2024-05-31", 1070, 1085, "2024-06-12", "2024-06-30", 1070)
    assert suivie(refusee, releves=(releve("2024-05-31", 1070),)).si_accordee is None


def test_in_a_group_the_hypothesis_is_on_the_total() -> None:
    conteste = correction("2026-05-31", 1100, 1120, "2026-06-10", medecin="m2")
    dossier = avec(
        pratique(collectif(), releves=[releve("2026-05-31", 1000), releve("2026-05-31", 1100, medecin="m2")]),
        corrections=[conteste],
    )
    (attente,) = vus(dossier, "2026-06-30").corrections

    assert attente.si_accordee is not None
    assert attente.si_accordee.valeur == 2120
    assert attente.phrase.startswith(f"Dr{INSECABLE}Claire Lambert : la correction de la patientèle")

    seul = avec(pratique(collectif(), releves=[releve("2026-05-31", 1100, medecin="m2")]), corrections=[conteste])
    (sans_total,) = vus(seul, "2026-06-30").corrections
    assert (sans_total.sur_la_valeur, sans_total.si_accordee) == (True, None)


def test_what_a_correction_warns_of() -> None:
    lu = (releve("2024-05-31", 1070),)
    accordee = correction("2024-05-31", 1070, 1085, "2024-06-12", "2024-06-30", 1080)
    refusee = correction("2024-05-31", 1070, 1085, "2024-06-12", "2024-06-30")

    assert averti(DU_31_MAI) == [("correction_sans_reponse", "information")]
    assert averti(DU_31_MAI, releves=lu) == [("correction_sans_reponse", "attention")]
    assert averti(refusee, releves=lu) == [("correction_refusee", "information")]
    assert averti(accordee, releves=lu) == [("correction_a_saisir", "attention")]
    assert averti(accordee, releves=(*lu, releve("2024-05-31", 1080, source="amelipro"))) == []


@pytest.mark.parametrize(
    ("saisi", "source", "jour"),
    [(1081, "cpam", "2024-05-31"), (1080, "logiciel", "2024-05-31"), (1080, "cpam", "2024-06-01")],
)
def test_the_corrected_reading_has_the_date_the_count_and_an_authoritative_source(
    saisi: int, source: SourceReleve, jour: str
) -> None:
    accordee = correction("2024-05-31", 1070, 1085, "2024-06-12", "2024-06-30", 1080)

    assert suivie(accordee, releves=(releve(jour, saisi, source=source),)).a_saisir
    assert not suivie(accordee, releves=(releve("2024-05-31", 1080, source="cpam"),)).a_saisir


def test_the_sentences_of_an_answer() -> None:
    debut = (
        "La correction de la patientèle médecin traitant au 31/05/2024, demandée à la CPAM le 12/06/2024 "
        f"(1{INSECABLE}070 contestés, 1{INSECABLE}085 demandés), a été "
    )
    refusee = suivie(correction("2024-05-31", 1070, 1085, "2024-06-12", "2024-06-30"))
    partielle = suivie(correction("2024-05-31", 1070, 1085, "2024-06-12", "2024-06-30", 1080))
    entiere = correction("2024-05-31", 1070, 1085, "2024-06-12", "2024-06-30", 1085)
    saisie = suivie(entiere, releves=(releve("2024-05-31", 1085),))

    assert refusee.phrase == (f"{debut}refusée le 30/06/2024 : le relevé garde 1{INSECABLE}070{INSECABLE}patients.")
    assert partielle.phrase == (
        f"{debut}accordée en partie le 30/06/2024 : 1{INSECABLE}080{INSECABLE}patients. Saisissez le relevé corrigé, "
        "daté du 31/05/2024 et de source CPAM."
    )
    assert saisie.phrase == (
        f"{debut}accordée le 30/06/2024 : 1{INSECABLE}085{INSECABLE}patients ; le relevé corrigé est saisi."
    )


def test_a_correction_granted_on_the_reference_leaves_the_contract_as_signed() -> None:
    # The reference is of 31 December 2022, the contract begins the next day.
    sur_la_reference = correction("2022-12-31", 1000, 990, "2023-02-01", "2023-03-01", 990)
    accordee = suivie(sur_la_reference)

    assert not accordee.a_saisir
    assert accordee.phrase.endswith(
        f"990{INSECABLE}patients. Ce relevé précède le début du contrat : la référence reste celle du contrat signé."
    )
    assert averti(sur_la_reference) == []
    assert suivies(correction("2022-12-30", 1000, 990, "2023-02-01")) == ()


def test_corrections_are_numbered_in_order_of_demand() -> None:
    deux = (
        correction("2024-05-31", 1070, 1085, "2024-06-12"),
        correction("2024-04-30", 2100, 2110, "2024-05-12", indicateur="file_active"),
    )

    assert [(s.rang, s.indicateur) for s in suivies(*deux)] == [(1, "file_active"), (2, "patientele_mt")]
    assert suivies(*deux) == suivies(*reversed(deux))


def test_a_correction_of_a_doctor_of_another_contract_is_not_followed() -> None:
    dossier = avec(pratique(contrat()), corrections=[correction("2024-05-31", 1070, 1085, "2024-06-12", medecin="m2")])

    assert vus(dossier).corrections == ()


def test_the_json_and_its_explanations() -> None:
    dossier = avec(
        pratique(
            contrat(nouvel_objectif("2024-02-01", objectif(1210, 2400))),
            releves=[
                releve("2024-05-31", 1070, 2100),
                releve("2024-06-08", 1100, 2101, source="logiciel"),
                releve("2024-06-09", 1080, source="estimation"),
            ],
        ),
        corrections=[
            correction("2024-05-31", 1070, 1085, "2024-06-12"),
            correction("2024-05-31", 2100, 2110, "2024-06-13", "2024-06-20", 2105, indicateur="file_active"),
        ],
    )
    resultat = vus(dossier)
    document = sources_json(resultat)

    json.dumps(document, allow_nan=False)
    (seul,) = document["medecins"]
    assert seul["medecin"] == "m1"
    assert seul["patientele_mt"]["groupes"][0]["releves"][1] == {
        "date": "2024-06-08",
        "valeur": 1100,
        "source": "logiciel",
        "compte": False,
        "retenu": False,
        "ecart": 30,
        "taux_ecart": 0.028,
        "notable": True,
        "motif": f"{FAUTE_DE_MIEUX} ; celui du 31/05/2024 (CPAM) compte.",
    }
    # 210 × 516 / 1 096 = 98.87: 1 085 is 13.87 short of 1 098.87.
    assert document["corrections"][0]["si_accordee"] == {"valeur": 1085, "ecart": -13.87}
    assert document["corrections"][1]["etat"] == "accordee_en_partie"
    assert inexpliques(document, resultat.chiffres, CLES) == []


def test_what_is_explained_of_a_group_of_readings_and_of_a_correction() -> None:
    dossier = avec(
        pratique(contrat(), releves=[releve("2024-05-31", 1070), releve("2024-06-08", 1100, source="logiciel")]),
        corrections=[DU_31_MAI],
    )
    chiffres = vus(dossier).chiffres

    groupe = chiffres["medecins.m1.patientele_mt.groupes.2024-05-31"]
    assert groupe.titre == "Patientèle médecin traitant : relevés autour du 31/05/2024"
    assert [(etape.libelle, etape.resultat) for etape in groupe.etapes] == [
        ("CPAM, 31/05/2024", f"1{INSECABLE}070{INSECABLE}patients"),
        ("logiciel métier, 08/06/2024", f"1{INSECABLE}100{INSECABLE}patients"),
    ]
    assert groupe.etapes[1].calcul.endswith(
        f"1{INSECABLE}100 − 1{INSECABLE}070 = +30, soit +2,8{INSECABLE}% du relevé de la CPAM du 31/05/2024 : plus de "
        f"2{INSECABLE}% d'écart."
    )
    demandee = chiffres["corrections.1"]
    assert [(etape.libelle, etape.resultat) for etape in demandee.etapes] == [
        ("Demandée", f"1{INSECABLE}085{INSECABLE}patients"),
        ("Attente", f"20{INSECABLE}jours"),
        ("Réponse", "aucune valeur"),
        ("Si elle est accordée", f"1{INSECABLE}085{INSECABLE}patients"),
        ("Écart qu'elle donnerait", "−9,16"),
    ]
    assert demandee.sources == juger(dossier, AU).patientele_mt.explication.sources
    assert demandee.etapes[1].calcul == "du 12/06/2024 au 02/07/2024"


@lent
@given(dossiers(), JOURS)
def test_every_dossier_is_reconciled_on_every_day(dossier: Dossier, au: date) -> None:
    baremes = charger_baremes()
    for juge in evaluate(dossier, au, baremes).contrats:
        resultat = sources(dossier, juge, baremes)
        document = sources_json(resultat)
        json.dumps(document, allow_nan=False)
        assert inexpliques(document, resultat.chiffres, CLES) == []
        assert all(suivie.phrase for suivie in resultat.corrections)
        for siens in resultat.indicateurs:
            lus = points(
                (r for r in dossier.releves if r.medecin == siens.medecin), siens.indicateur, juge.contrat.debut_le, au
            )
            attendu = retenu(lus)
            obtenu = siens.compte
            assert (None if obtenu is None else (obtenu.date, obtenu.valeur, obtenu.source)) == (
                None if attendu is None else (attendu.date, attendu.valeur, attendu.source)
            )
            assert sum(len(groupe.releves) for groupe in siens.groupes) == len(lus)
            assert siens.notables == len(ecarts_entre_sources(lus))


def test_the_demo_reads() -> None:
    dossier = lire_dossier(chemin("demo/dossier.json").read_text(encoding="utf-8"))
    baremes = charger_baremes()
    benassis = evaluate(dossier, j("2026-11-15"), baremes).contrats[0]
    resultat = sources(dossier, benassis, baremes)

    patientele = resultat.indicateurs[0]
    assert patientele.compte is not None
    assert (patientele.compte.date, patientele.compte.valeur) == (j("2026-10-31"), 1178)
    assert [avertissement.code for avertissement in resultat.avertissements] == [
        "correction_refusee",
        "correction_sans_reponse",
    ]
