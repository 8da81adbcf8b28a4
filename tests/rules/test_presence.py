"""The ETP at work against the ETP required: segments, gaps in words, working days, long absences, hours."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assistmed_desktop.domain.assistant import Absence, Assistant
from assistmed_desktop.domain.contrat import Avenant
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.exchange.analyse_json.presence import presence_json
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.presence import Presence, jours_ouvres, presence
from tests.rules.outils import (
    DEMI,
    PLEIN,
    TIERS,
    absence,
    affectation,
    assistant,
    cabinet,
    collectif,
    contrat,
    j,
    option,
    pratique,
    resiliation,
    suspension,
)
from tests.rules.outils_suivi import NBSP, embauche, sans_explication


def suivre(dossier: Dossier, au: str) -> Presence:
    """Follow the staffing of the first contract of a practice."""
    premier = evaluate(dossier, j(au), charger_baremes()).contrats[0]
    suivie = presence(dossier, premier, charger_baremes())
    assert sans_explication(presence_json(suivie), suivie.chiffres) == []
    return suivie


def seul(au: str, *absences: Absence, avenants: tuple[Avenant, ...] = (), etp: Fraction = DEMI) -> Presence:
    """Follow a half-time assistant hired and allocated since 1 January 2023."""
    present = assistant(affectation("2023-01-01"), absences=absences)
    return suivre(pratique(contrat(*avenants, option_etp=etp), assistants=[present]), au)


def lus(suivie: Presence) -> list[tuple[str, str, Fraction, Fraction, int]]:
    return [(s.du.isoformat(), s.au.isoformat(), s.etp_present, s.etp_requis, s.jours_ouvres) for s in suivie.segments]


def phrases(suivie: Presence) -> list[str]:
    return [manque.phrase.replace(NBSP, " ") for manque in suivie.manques]


def codes(suivie: Presence) -> list[str]:
    return [avertissement.code for avertissement in suivie.avertissements]


def test_an_assistant_always_there_leaves_no_gap() -> None:
    # 1 January 2023 is a Sunday: the 22 other days from Monday to Friday of the month are worked.
    suivie = seul("2023-01-31")

    assert lus(suivie) == [("2023-01-01", "2023-01-31", DEMI, DEMI, 22)]
    assert (suivie.jours_ouvres_requis, suivie.jours_ouvres_couverts, suivie.manques) == (22, 22, ())
    assert codes(suivie) == []


def test_a_gap_is_told_in_words_without_the_reason_of_the_absence() -> None:
    # 3 to 14 March 2025: two weeks from Monday to Friday.
    suivie = seul("2025-03-31", absence("2025-03-03", "2025-03-14"))

    assert phrases(suivie) == [
        "Du 3 au 14 mars 2025, 10 jours ouvrés : 1/2 ETP manquait, absence d'Inès Morel non remplacée"
    ]
    assert suivie.jours_ouvres_manquants == 10
    assert suivie.etp_jours_manquants == 5
    # 260 + 262 + 64 days from Monday to Friday, less 9, 10 and 1 holidays on such a day.
    (avertissement,) = suivie.avertissements
    assert avertissement.message.replace(NBSP, " ") == (
        "Sur 566 jours ouvrés depuis le début du contrat, hors suspension, 10 sans tout l'ETP financé."
    )


@pytest.mark.parametrize(
    ("du", "au", "phrase"),
    [
        ("2025-03-03", "2025-03-03", "Le 3 mars 2025, 1 jour ouvré : 1/2 ETP manquait"),
        ("2025-03-01", "2025-03-03", "Du 1er au 3 mars 2025, 1 jour ouvré : 1/2 ETP manquait"),
        ("2025-02-28", "2025-03-03", "Du 28 février au 3 mars 2025, 2 jours ouvrés : 1/2 ETP manquait"),
        # 31 December 2024 is a Tuesday, 1 January a holiday.
        ("2024-12-31", "2025-01-01", "Du 31 décembre 2024 au 1er janvier 2025, 1 jour ouvré : 1/2 ETP manquait"),
        ("2025-03-31", None, "Depuis le 31 mars 2025, 1 jour ouvré à ce jour : 1/2 ETP manque"),
    ],
)
def test_a_gap_says_no_month_or_year_twice(du: str, au: str | None, phrase: str) -> None:
    assert phrases(seul("2025-03-31", absence(du, au))) == [f"{phrase}, absence d'Inès Morel non remplacée"]


@pytest.mark.parametrize(
    ("du", "au", "jours"),
    [
        ("2025-03-08", "2025-03-09", []),  # a Saturday and a Sunday
        ("2025-03-07", "2025-03-09", [1]),  # from the Friday
        ("2025-03-08", "2025-03-10", [1]),  # to the Monday
        ("2025-04-21", "2025-04-21", []),  # Easter Monday
        ("2025-04-21", "2025-04-22", [1]),
        ("2025-05-01", "2025-05-01", []),  # 1 May, a Thursday
    ],
)
def test_week_ends_and_public_holidays_are_no_gap(du: str, au: str, jours: list[int]) -> None:
    suivie = seul("2025-05-31", absence(du, au))

    assert [manque.jours_ouvres for manque in suivie.manques] == jours
    assert suivie.jours_ouvres_manquants == sum(jours)
    assert codes(suivie) == (["presence_insuffisante"] if jours else [])


@pytest.mark.parametrize(
    ("departement", "jour", "ouvre"),
    [
        ("58", "2025-04-18", 1),  # Good Friday
        ("57", "2025-04-18", 0),
        ("67", "2025-04-18", 0),
        ("68", "2025-04-18", 0),
        ("68", "2025-04-17", 1),
        ("67", "2025-12-26", 0),
        ("58", "2025-12-26", 1),
        ("971", "2025-05-27", 0),  # abolition of slavery, day by day
        ("972", "2025-05-22", 0),
        ("973", "2025-06-10", 0),
        ("974", "2024-12-20", 0),
        ("976", "2026-04-27", 0),
        ("977", "2025-10-09", 0),
        ("978", "2025-05-28", 0),
        ("58", "2025-05-27", 1),
        ("986", "2025-07-29", 0),  # day of the Territory
        ("987", "2025-03-05", 0),  # arrival of the Gospel
        ("988", "2025-09-24", 0),  # day of citizenship
        ("975", "2025-07-14", 0),
        ("2A", "2025-07-14", 0),
        ("58", "2025-07-13", 0),  # a Sunday
    ],
)
def test_the_holidays_are_those_of_the_department(departement: str, jour: str, ouvre: int) -> None:
    assert jours_ouvres(departement, j(jour), j(jour)) == ouvre


def test_working_days_are_counted_over_years_as_day_by_day() -> None:
    # 2024 has 262 days from Monday to Friday; ten of its eleven holidays fall on one (14 July is a Sunday).
    assert jours_ouvres("58", j("2024-01-01"), j("2024-12-31")) == 252
    assert jours_ouvres("58", j("2024-07-15"), j("2024-07-14")) == 0


def test_the_zone_of_the_holidays_is_said() -> None:
    alsace = pratique(contrat(), cabinet=cabinet(departement="67", code_postal="67000"))

    assert suivre(alsace, "2023-02-01").jours_feries == "jours fériés du département 67"
    assert seul("2023-02-01").jours_feries == "jours fériés de métropole"


def test_a_replaced_absence_and_paid_leave_are_no_gap() -> None:
    conges = Absence(du=j("2025-03-03"), au=j("2025-03-14"), remplacement=False, conges=True)
    suivie = seul("2025-03-31", conges, absence("2025-02-03", "2025-02-04", remplacement=True))

    assert suivie.manques == ()
    assert [s.raisons for s in suivie.segments] == [
        (),
        ("absence d'Inès Morel remplacée",),
        (),
        ("congés payés d'Inès Morel, sans manque",),
        (),
    ]


def test_nothing_is_required_while_the_contract_sleeps() -> None:
    suivie = seul("2025-03-31", absence("2025-03-03", "2025-03-14"), avenants=(suspension("2025-03-03", "2025-03-07"),))

    assert lus(suivie)[1:] == [
        ("2025-03-03", "2025-03-07", Fraction(0), Fraction(0), 5),
        ("2025-03-08", "2025-03-14", Fraction(0), DEMI, 5),
        ("2025-03-15", "2025-03-31", DEMI, DEMI, 11),
    ]
    assert suivie.jours_ouvres_manquants == 5


def test_a_change_of_option_changes_what_is_required() -> None:
    suivie = seul("2025-03-31", avenants=(option("2025-03-24", PLEIN),))

    assert lus(suivie)[1:] == [("2025-03-24", "2025-03-31", DEMI, PLEIN, 6)]
    assert phrases(suivie) == [
        "Depuis le 24 mars 2025, 6 jours ouvrés à ce jour : 1/2 ETP manque, 1/2 ETP affecté pour 1 ETP financé"
    ]


def test_nobody_allocated_is_a_gap() -> None:
    assert phrases(suivre(pratique(contrat()), "2023-01-03")) == [
        "Depuis le 1er janvier 2023, 2 jours ouvrés à ce jour : 1/2 ETP manque, aucun assistant affecté"
    ]


def test_several_missing_etp_are_plural() -> None:
    deux = pratique(collectif())

    assert phrases(suivre(deux, "2026-03-02")) == [
        "Depuis le 1er mars 2026, 1 jour ouvré à ce jour : 2 ETP manquent, aucun assistant affecté"
    ]
    venu = assistant(affectation("2026-03-03", etp=Fraction(2)), embauches=(embauche("2026-03-03", None, 70),))
    assert phrases(suivre(pratique(collectif(), assistants=[venu]), "2026-03-31")) == [
        "Du 1er au 2 mars 2026, 1 jour ouvré : 2 ETP manquaient, aucun assistant affecté"
    ]


def partage(heures: float) -> Dossier:
    """Give a third-time assistant of three contracts, hired for some hours a week."""
    tiers = [affectation("2023-01-01", etp=TIERS, contrat=f"c{rang}") for rang in (1, 2, 3)]
    contrats = [contrat(id=f"c{rang}", option_etp=TIERS) for rang in (1, 2, 3)]
    return pratique(
        *contrats, assistants=[assistant(*tiers, embauches=(embauche("2023-01-01", None, heures, "temps_plein"),))]
    )


def test_a_full_time_shared_by_three_covers_each_third() -> None:
    assert lus(suivre(partage(35), "2023-01-31")) == [("2023-01-01", "2023-01-31", TIERS, TIERS, 22)]


def test_hours_too_few_for_three_thirds_are_capped_pro_rata_and_told() -> None:
    # 28 h is 4/5 of a full time: each contract has 4/15, and 1/15 is missing.
    suivie = suivre(partage(28), "2023-01-31")

    assert lus(suivie) == [("2023-01-01", "2023-01-31", Fraction(4, 15), TIERS, 22)]
    assert phrases(suivie) == [
        (
            "Depuis le 1er janvier 2023, 22 jours ouvrés à ce jour : 0,07 ETP manque, l'embauche d'Inès Morel est de "
            "28 h par semaine pour 35 h affectées, ramenées en proportion"
        )
    ]
    assert codes(suivie) == ["presence_insuffisante", "affectation_au_dela_de_l_embauche"]


def test_an_allocation_without_a_hiring_is_nobody_at_work() -> None:
    parti = assistant(affectation("2023-01-01"), embauches=(embauche("2023-01-01", "2023-01-15"),))
    suivie = suivre(pratique(contrat(), assistants=[parti]), "2023-01-31")

    assert lus(suivie)[1] == ("2023-01-16", "2023-01-31", Fraction(0), DEMI, 12)
    assert suivie.segments[1].causes == ("aucune embauche d'Inès Morel ne couvre ces jours",)


def test_a_contract_is_followed_from_its_first_day_to_its_last() -> None:
    assert suivre(pratique(contrat()), "2022-12-31").jusqu_au is None
    fini = suivre(pratique(contrat(resiliation("2023-02-01"))), "2024-01-01")
    assert fini.jusqu_au == j("2023-01-31")
    assert phrases(fini) == ["Du 1er au 31 janvier 2023, 22 jours ouvrés : 1/2 ETP manquait, aucun assistant affecté"]


def longue(au: str, *absences: Absence, avenants: tuple[Avenant, ...] = ()) -> list[tuple[str, str]]:
    return [(a.etat, a.phrase.replace(NBSP, " ")) for a in seul(au, *absences, avenants=avenants).absences_longues]


DEMANDE = (
    "Inès Morel : absence sans remplacement depuis le 05/05/2025 : demandez à la CPAM de suspendre le contrat par "
    "avenant, avec votre accord écrit ; l'absence {} 3 mois le 5 août 2025. {} un second avenant est nécessaire."
)


@pytest.mark.parametrize(
    ("au", "etat", "verbe"),
    [
        ("2025-07-15", "a_prevoir", "passera"),
        ("2025-08-04", "a_prevoir", "passera"),
        ("2025-08-05", "a_demander", "passe"),
        ("2025-09-30", "a_demander", "passe"),
    ],
)
def test_what_to_ask_the_cpam_of_a_long_absence_and_by_when(au: str, etat: str, verbe: str) -> None:
    assert longue(au, absence("2025-05-05", None)) == [(etat, DEMANDE.format(verbe, "À la reprise,"))]


def test_the_second_amendment_is_due_at_the_return() -> None:
    reprise = "À la reprise, le 1er octobre 2025,"

    assert longue("2025-08-10", absence("2025-05-05", "2025-09-30")) == [
        ("a_demander", DEMANDE.format("passe", reprise))
    ]
    assert longue("2025-10-15", absence("2025-05-05", "2025-09-30")) == [
        (
            "a_demander",
            (
                "Inès Morel : absence sans remplacement du 05/05/2025 au 30/09/2025, au-delà de 3 mois à partir du "
                "5 août 2025, sans suspension saisie sur toute la période : le contrat aurait dû être suspendu par un "
                "avenant, avec votre accord écrit ; voyez avec la CPAM ce qu'il en est."
            ),
        )
    ]


# The absence ends on 30 September: its last day is not yet past, then is.
@pytest.mark.parametrize(("au", "finie"), [("2025-09-30", False), ("2025-10-01", True)])
def test_there_is_no_second_amendment_where_there_was_no_first(au: str, finie: bool) -> None:
    ((_, dite),) = longue(au, absence("2025-05-05", "2025-09-30"))

    assert ("second avenant" not in dite) is finie
    assert ("aurait dû être suspendu" in dite) is finie


@pytest.mark.parametrize(("au", "verbe"), [("2025-09-30", "est"), ("2025-10-01", "était")])
def test_the_second_amendment_of_an_absence_covered_was_due_at_the_return(au: str, verbe: str) -> None:
    endormi = (suspension("2025-08-05", "2025-09-30"),)
    ((etat, dite),) = longue(au, absence("2025-05-05", "2025-09-30"), avenants=endormi)

    assert etat == "couverte"
    assert dite.endswith(f"À la reprise, le 1er octobre 2025, un second avenant {verbe} nécessaire.")


@pytest.mark.parametrize(("fin", "trouvees"), [("2025-08-04", 0), ("2025-08-05", 1)])
def test_an_absence_is_long_from_the_day_after_three_months(fin: str, trouvees: int) -> None:
    assert len(longue("2025-12-31", absence("2025-05-05", fin))) == trouvees


def test_absences_that_follow_each_other_make_one() -> None:
    suite = (absence("2025-05-05", "2025-06-30"), absence("2025-07-01", "2025-08-05"))

    assert [etat for etat, _ in longue("2025-12-31", *suite)] == ["a_demander"]
    assert longue("2025-12-31", suite[0], absence("2025-07-02", "2025-08-05")) == []
    assert [etat for etat, _ in longue("2025-12-31", absence("2024-01-02", "2024-06-30"), *suite)] == ["a_demander"] * 2


@pytest.mark.parametrize(
    ("du", "au", "etat"),
    [
        ("2025-05-05", None, "couverte"),
        ("2025-08-05", "2025-09-30", "couverte"),
        ("2025-08-06", "2025-09-30", "a_demander"),
        ("2025-08-05", "2025-09-29", "a_demander"),
    ],
)
def test_a_suspension_covers_a_long_absence_from_its_first_day_beyond_to_its_last(
    du: str, au: str | None, etat: str
) -> None:
    suspendu = (suspension(du, au),)
    lues = longue("2025-12-31", absence("2025-05-05", "2025-09-30"), avenants=suspendu)

    assert [lue for lue, _ in lues] == [etat]
    if etat == "couverte":
        assert lues[0][1].startswith(
            "Inès Morel : absence sans remplacement du 05/05/2025 au 30/09/2025, au-delà de 3 mois à partir du 5 août "
            "2025 : la suspension saisie la couvre."
        )


def test_two_suspensions_in_a_row_cover_as_one() -> None:
    deux = (suspension("2025-05-05", "2025-08-15"), suspension("2025-08-16", "2025-12-31"))

    assert [lue for lue, _ in longue("2025-09-01", absence("2025-05-05", None), avenants=deux)] == ["couverte"]
    assert [lue for lue, _ in longue("2026-01-01", absence("2025-05-05", None), avenants=deux)] == ["a_demander"]


def test_a_long_absence_matters_only_while_the_assistant_serves_the_contract() -> None:
    conges = Absence(du=j("2025-01-01"), au=j("2025-12-31"), remplacement=False, conges=True)
    assert longue("2025-12-31", conges) == []
    assert longue("2025-12-31", absence("2025-05-05", None, remplacement=True)) == []
    for depart, nombre in (("2025-08-04", 0), ("2025-08-05", 1)):
        parti = assistant(affectation("2023-01-01", depart), absences=(absence("2025-05-05", "2025-09-30"),))
        suivie = suivre(pratique(contrat(), assistants=[parti]), "2025-08-05")
        assert len(suivie.absences_longues) == nombre
        assert all("À la reprise, un second" in lue.phrase for lue in suivie.absences_longues)


def test_an_assistant_allocated_twice_is_asked_for_where_no_suspension_covers() -> None:
    deux_fois = assistant(
        affectation("2023-01-01", "2025-08-31"),
        affectation("2025-10-01", None),
        absences=(absence("2025-05-05", "2025-12-31"),),
    )
    endormi = contrat(suspension("2025-08-05", "2025-08-31"))
    (suivie,) = suivre(pratique(endormi, assistants=[deux_fois]), "2026-01-31").absences_longues

    assert (suivie.etat, suivie.passe_le) == ("a_demander", j("2025-08-05"))


def test_the_hours_of_a_hiring_are_set_against_those_of_its_role() -> None:
    a_part: list[Assistant] = [
        assistant(
            affectation("2023-01-01"),
            embauches=(
                embauche("2020-01-01", "2022-12-31"),
                embauche("2023-01-01", "2023-06-30"),
                embauche("2023-07-01", None, 20),
                embauche("2028-01-01", None).model_copy(update={"employeur": "scm"}),
            ),
        )
    ]
    suivie = suivre(pratique(contrat(), assistants=a_part), "2024-01-01")

    # The first ended before the contract, the last begins the day after its last day.
    assert [lue.phrase.replace(NBSP, " ") for lue in suivie.heures] == [
        (
            "Inès Morel, mi-temps du 01/01/2023 au 30/06/2023 : 17 h 30 par semaine, comme le prévoit ce rôle "
            "(temps plein de 35 h, à vérifier)."
        ),
        (
            "Inès Morel, mi-temps depuis le 01/07/2023 : 20 h par semaine, au lieu de 17 h 30 pour ce rôle "
            "(temps plein de 35 h, à vérifier)."
        ),
    ]
    assert suivie.heures[1].etp == Fraction(4, 7)


def test_the_json_holds_the_figures() -> None:
    # 110 days from Monday to Friday from January to May 2024, less 1 January, 1 April, 1, 8, 9 and 20 May.
    ecrit = presence_json(seul("2025-03-31", absence("2025-03-03", "2025-03-14"), absence("2024-01-01", "2024-05-31")))

    assert ecrit["totaux"]["jours_ouvres_manquants"] == 10 + 104
    assert ecrit["segments"][1] | {"raisons": []} == {
        "du": "2024-01-01",
        "au": "2024-05-31",
        "etp_present": "0",
        "etp_requis": "1/2",
        "couvert": False,
        "jours_ouvres": 104,
        "raisons": [],
    }
    assert [manque["etp"] for manque in ecrit["manques"]] == ["1/2", "1/2"]
    assert ecrit["absences_longues"][0]["passe_le"] == "2024-04-01"
    assert ecrit["heures"][0]["heures_du_role"] == 17.5
    assert ecrit["avertissements"][0]["code"] == "presence_insuffisante"
    assert presence_json(suivre(pratique(contrat()), "2022-12-31"))["jusqu_au"] is None


def test_hours_of_a_full_time_that_a_text_gives_need_no_checking() -> None:
    dossier = pratique(
        contrat(), assistants=[assistant(affectation("2023-01-01"), embauches=(embauche("2023-01-01"),))]
    )
    baremes = charger_baremes()
    surs = tuple(
        version.model_copy(update={"temps_plein": version.temps_plein.model_copy(update={"grade": "A"})})
        for version in baremes.textes.versions
    )
    baremes = replace(baremes, textes=replace(baremes.textes, versions=surs))
    (lue,) = presence(dossier, evaluate(dossier, j("2024-01-01"), baremes).contrats[0], baremes).heures

    assert lue.phrase.endswith("comme le prévoit ce rôle.")


@pytest.mark.parametrize(
    ("au", "mot", "niveau"), [("2024-02-29", "à partir du", "information"), ("2024-03-01", "depuis le", "attention")]
)
def test_a_long_absence_still_to_come_is_told_without_urging(au: str, mot: str, niveau: str) -> None:
    suivie = seul(au, absence("2024-03-01", "2024-09-30"))
    (dit,) = [a for a in suivie.avertissements if a.code == "avenant_de_suspension"]

    assert f"absence sans remplacement {mot} 01/03/2024 : demandez" in dit.message
    assert dit.niveau == niveau


def test_several_posts_agree_in_number() -> None:
    dossier = pratique(contrat(option_etp=Fraction(2)), assistants=[assistant(affectation("2023-01-01", etp=PLEIN))])
    (phrase,) = phrases(suivre(dossier, "2023-01-03"))
    assert phrase.endswith("1 ETP affecté pour 2 ETP financés")
