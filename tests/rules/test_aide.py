"""The annual aid: the amount in force on the day each contract year begins, by option, year and band."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistmed_desktop.domain.contrat import Avenant
from assistmed_desktop.domain.suivi import Notification, Releve
from assistmed_desktop.formats import INSECABLE, decimal_arrondi
from assistmed_desktop.rules.aide import taux_suffisant
from assistmed_desktop.rules.resultats import AnneeAide
from tests.rules.outils import (
    DEMI,
    PLEIN,
    TIERS,
    averti,
    codes,
    collectif,
    contrat,
    j,
    juger,
    medecin,
    morvan,
    objectif,
    option,
    pratique,
    releve,
    resiliation,
)

A7, RA, C24 = "avenant_7", "reglement_arbitral_2023", "convention_2024"
SIGNATURES = {A7: "2019-09-01", RA: "2023-05-01", C24: "2024-06-22"}
UN_ET_DEMI, DEUX = Fraction(3, 2), Fraction(2)


def annees(
    texte: str, etp: Fraction, debut: str, tranche: str | None, *avenants: Avenant, duree: int = 5
) -> tuple[AnneeAide, ...]:
    signe = contrat(
        *avenants,
        texte=texte,
        option_etp=etp,
        signe_le=j(SIGNATURES[texte]),
        debut_le=j(debut),
        tranche=tranche,
        duree_ans=duree,
        objectif=None,
    )
    return juger(pratique(signe), debut).aide


def montants(texte: str, etp: Fraction, debut: str, tranche: str | None = None, *avenants: Avenant) -> list[int | None]:
    """Give the amounts in euros."""
    return [
        None if annee.montant_max is None else annee.montant_max // 100
        for annee in annees(texte, etp, debut, tranche, *avenants)
    ]


def test_the_worked_example_of_the_law() -> None:
    aide = juger(morvan(), "2025-01-15").aide

    assert [annee.montant_max for annee in aide] == [18_000_00, 13_500_00, 10_500_00, 11_000_00, 11_000_00]
    assert [annee.texte for annee in aide] == [A7, A7, A7, C24, C24]
    assert [annee.grade for annee in aide] == ["B"] * 5
    assert [(annee.annee, annee.du, annee.au) for annee in aide] == [
        (1, j("2022-03-15"), j("2023-03-14")),
        (2, j("2023-03-15"), j("2024-03-14")),
        (3, j("2024-03-15"), j("2025-03-14")),
        (4, j("2025-03-15"), j("2026-03-14")),
        (5, j("2026-03-15"), j("2027-03-14")),
    ]


# The years that begin from 22 June 2024 on have the new amounts: from the second one where the first is of July 2023.
@pytest.mark.parametrize(
    ("texte", "etp", "debut", "attendus"),
    [
        (A7, TIERS, "2019-10-01", [12_000, 9_000, 7_000, 7_000, 7_000]),
        (A7, DEMI, "2019-10-01", [18_000, 13_500, 10_500, 10_500, 10_500]),
        (A7, PLEIN, "2019-10-01", [36_000, 27_000, 21_000, 21_000, 21_000]),
        (RA, DEMI, "2023-07-01", [18_000, 14_000, 11_000, 11_000, 11_000]),
        (RA, PLEIN, "2023-07-01", [36_000, 28_000, 22_000, 22_000, 22_000]),
        (RA, TIERS, "2023-07-01", [12_000, 9_450, 7_350, 7_350, 7_350]),
        (C24, DEMI, "2024-06-22", [19_000, 14_000, 11_000, 11_000, 11_000]),
        (C24, PLEIN, "2024-06-22", [38_000, 28_000, 22_000, 22_000, 22_000]),
        (C24, TIERS, "2024-06-22", [None, 9_450, 7_350, 7_350, 7_350]),
        (C24, UN_ET_DEMI, "2024-06-22", [None] * 5),
        (C24, DEUX, "2024-06-22", [None] * 5),
        (A7, UN_ET_DEMI, "2019-10-01", [None] * 5),
    ],
)
def test_the_amounts_by_option_and_year(texte: str, etp: Fraction, debut: str, attendus: list[int | None]) -> None:
    assert montants(texte, etp, debut) == attendus
    # The bands under P90 change nothing.
    for tranche in ("P30-P50", "P50-P70", "P70-P90"):
        assert montants(texte, etp, debut, tranche) == attendus


@pytest.mark.parametrize(
    ("texte", "etp", "debut", "p90", "p95"),
    [
        (A7, TIERS, "2019-10-01", [12_000, 9_000, 8_350, 8_350, 8_350], [12_000] * 5),
        (A7, DEMI, "2019-10-01", [18_000, 13_500, 12_500, 12_500, 12_500], [18_000] * 5),
        (A7, PLEIN, "2019-10-01", [36_000, 27_000, 25_000, 25_000, 25_000], [36_000] * 5),
        (A7, DEMI, "2022-03-15", [18_000, 13_500, 12_500, 13_000, 13_000], [18_000, 18_000, 18_000, 19_000, 19_000]),
        (C24, TIERS, "2024-06-22", [None, 9_450, 8_767, 8_767, 8_767], [None, 12_600, 12_600, 12_600, 12_600]),
        (C24, DEMI, "2024-06-22", [19_000, 14_000, 13_000, 13_000, 13_000], [19_000] * 5),
        (C24, PLEIN, "2024-06-22", [38_000, 28_000, 26_000, 26_000, 26_000], [38_000] * 5),
        (C24, DEUX, "2024-06-22", [None] * 5, [None] * 5),
    ],
)
def test_the_two_highest_bands(
    texte: str, etp: Fraction, debut: str, p90: list[int | None], p95: list[int | None]
) -> None:
    assert montants(texte, etp, debut, "P90-P95") == p90
    assert montants(texte, etp, debut, "P95+") == p95


@pytest.mark.parametrize(
    ("debut", "attendus"),
    [
        # The third year begins on the eve of the new amounts, on their first day, and the day after.
        ("2022-06-21", [18_000, 13_500, 10_500, 11_000, 11_000]),
        ("2022-06-22", [18_000, 13_500, 11_000, 11_000, 11_000]),
        ("2022-06-23", [18_000, 13_500, 11_000, 11_000, 11_000]),
        # The second year does.
        ("2023-06-21", [18_000, 13_500, 11_000, 11_000, 11_000]),
        ("2023-06-22", [18_000, 14_000, 11_000, 11_000, 11_000]),
    ],
)
def test_the_new_amounts_come_at_the_first_anniversary_on_or_after_22_june_2024(
    debut: str, attendus: list[int]
) -> None:
    assert montants(A7, DEMI, debut) == attendus


def test_a_third_time_signed_under_avenant_7_and_begun_after_the_new_amounts_has_no_first_year() -> None:
    assert montants(A7, TIERS, "2024-07-01") == [None, 9_450, 7_350, 7_350, 7_350]


def test_a_year_that_begins_before_the_text_is_unknown() -> None:
    premiere, *suite = annees(A7, DEMI, "2019-08-31", None)

    assert (premiere.montant_max, premiere.grade, premiere.texte) == (None, "X", A7)
    assert [annee.montant_max for annee in suite] == [13_500_00, 10_500_00, 10_500_00, 10_500_00]
    assert premiere.explication.sources == ()
    assert [etape.resultat for etape in premiere.explication.etapes][-1] == (
        "non publié – reportez le chiffre de votre contrat"
    )


def test_the_years_of_a_29_february_begin_on_a_28_in_common_years() -> None:
    aide = annees(A7, DEMI, "2020-02-29", None)

    assert [annee.du.isoformat() for annee in aide] == [
        "2020-02-29",
        "2021-02-28",
        "2022-02-28",
        "2023-02-28",
        "2024-02-29",
    ]
    assert aide[-1].au == j("2025-02-27")


def test_there_are_as_many_years_as_the_contract_lasts() -> None:
    assert len(annees(A7, DEMI, "2022-03-15", None, duree=1)) == 1
    assert [annee.montant_max for annee in annees(A7, DEMI, "2022-03-15", None, duree=10)][4:] == [11_000_00] * 6


def test_another_option_is_paid_from_the_next_contract_year() -> None:
    assert montants(A7, DEMI, "2019-10-01", None, option("2021-10-01", PLEIN)) == [18_000, 13_500, *[21_000] * 3]
    assert montants(A7, DEMI, "2019-10-01", None, option("2021-10-02", PLEIN)) == [
        18_000,
        13_500,
        10_500,
        21_000,
        21_000,
    ]
    assert [annee.option for annee in annees(A7, DEMI, "2019-10-01", None, option("2021-10-02", PLEIN))] == [
        DEMI,
        DEMI,
        DEMI,
        PLEIN,
        PLEIN,
    ]


def test_an_option_nobody_has_priced_is_unknown_from_the_year_it_begins() -> None:
    avenant = option("2026-06-22", UN_ET_DEMI)
    aide = annees(C24, PLEIN, "2024-06-22", None, avenant)

    assert [annee.montant_max for annee in aide] == [38_000_00, 28_000_00, None, None, None]
    assert [annee.grade for annee in aide] == ["B", "B", "X", "X", "X"]


def aide_du_groupe(etp: Fraction, tranche: str | None = None, *avenants: Avenant) -> list[int | None]:
    signe = collectif(*avenants, option_etp=etp, tranche=tranche)
    aide = juger(pratique(signe), "2026-07-01").aide
    assert {annee.grade for annee in aide if annee.montant_max is not None} <= {"C"}
    assert {annee.texte for annee in aide} == {"collectif_2026"}
    return [annee.montant_max for annee in aide]


def test_a_group_is_paid_by_etp() -> None:
    assert aide_du_groupe(Fraction(1)) == [38_000_00, 28_000_00, 22_000_00, 22_000_00, 22_000_00]
    assert aide_du_groupe(Fraction(4)) == [152_000_00, 112_000_00, 88_000_00, 88_000_00, 88_000_00]
    assert aide_du_groupe(Fraction(5, 2)) == [95_000_00, 70_000_00, 55_000_00, 55_000_00, 55_000_00]
    assert aide_du_groupe(Fraction(4), None, option("2027-01-01", Fraction(3)))[:2] == [152_000_00, 84_000_00]


def test_the_high_bands_of_a_group_are_unknown() -> None:
    assert aide_du_groupe(Fraction(1), "P90-P95") == [38_000_00, 28_000_00, None, None, None]
    assert aide_du_groupe(Fraction(1), "P95+") == [None] * 5


def test_unknown_amounts_are_warned_about() -> None:
    def message(etp: Fraction, debut: str = "2024-06-22") -> str | None:
        signe = contrat(texte=C24, option_etp=etp, signe_le=j("2024-06-22"), debut_le=j(debut), objectif=None)
        avertissement = averti(juger(pratique(signe), debut), "aide_inconnue")
        return None if avertissement is None else avertissement.message

    assert message(DEMI) is None
    assert message(TIERS) == "Aide pour l'année 1 : non publié – reportez le chiffre de votre contrat."
    assert message(DEUX) == (
        "Aide pour les années 1, 2, 3, 4 et 5 : non publié – reportez le chiffre de votre contrat."
    )


def hypotheses(*releves: Releve, specialite: str = "medecine_generale", **change: object) -> list[Fraction | None]:
    dossier = pratique(contrat(**change), medecins=[medecin(specialite=specialite)], releves=releves)
    return [annee.hypothese_lineaire for annee in juger(dossier, "2024-07-02").aide]


def test_the_linear_hypothesis_is_the_maximum_times_the_attainment_from_the_third_year() -> None:
    # 50 of 200 patients and 150 of 400: the least advanced is a quarter. The third year begins on 1 January 2025.
    assert hypotheses(releve("2024-07-01", 1050, 2150)) == [None, None, *[11_000_00 * Fraction(1, 4)] * 3]


def test_the_linear_hypothesis_follows_the_least_advanced_of_what_is_needed() -> None:
    assert hypotheses(releve("2024-07-01", 1150, 2040))[2] == 11_000_00 * Fraction(1, 10)
    assert hypotheses(releve("2024-07-01", 1020, 2300))[2] == 11_000_00 * Fraction(1, 10)
    assert hypotheses(releve("2024-07-01", 1020, 2300), specialite="cardiologie")[2] == 11_000_00 * Fraction(3, 4)


def test_the_linear_hypothesis_stays_between_nothing_and_the_maximum() -> None:
    assert hypotheses(releve("2024-07-01", 900, 2300))[2] == 0
    assert hypotheses(releve("2024-07-01", 1300, 2500))[2] == 11_000_00
    assert hypotheses(releve("2024-07-01", 1300, 2100))[2] == 11_000_00 * Fraction(1, 4)


def test_without_attainment_there_is_no_hypothesis() -> None:
    assert hypotheses() == [None] * 5
    assert hypotheses(releve("2024-07-01", 1100, None)) == [None] * 5
    assert hypotheses(releve("2024-07-01", 1100, 2100), objectif=None) == [None] * 5
    assert hypotheses(releve("2024-07-01", 1100, 2100), option_etp=DEUX) == [None] * 5


def test_maintenance_kept_is_the_whole_and_lost_is_unknown() -> None:
    maintien = objectif(1000, 2000)

    assert hypotheses(releve("2024-07-01", 1000, 2000), objectif=maintien)[2] == 11_000_00
    assert hypotheses(releve("2024-07-01", 999, 2000), objectif=maintien) == [None] * 5


def test_each_year_explains_itself_and_its_hypothesis_is_named_unverified() -> None:
    aide = juger(morvan(), "2025-01-15").aide
    etapes = [
        [tuple(t.replace(INSECABLE, " ") for t in (e.libelle, e.calcul, e.resultat)) for e in annee.explication.etapes]
        for annee in aide
    ]

    assert [annee.explication.titre for annee in aide] == [f"Aide de l'année {rang}" for rang in range(1, 6)]
    assert etapes[0] == [
        ("Début de l'année de contrat", "année 1, option 1/2 ETP", "15/03/2022"),
        ("Barème en vigueur ce jour-là", "Avenant n° 7 et règlement arbitral de 2023", "depuis le 01/09/2019"),
        ("Montant", "montants de l'aide avant la convention de 2024", "18 000 €"),
    ]
    # 170 of 260 is 65,4 %, less than 121 of 182; 11 000 × 170 / 260 = 7 192,31.
    assert etapes[3] == [
        ("Début de l'année de contrat", "année 4, option 1/2 ETP", "15/03/2025"),
        ("Barème en vigueur ce jour-là", "Convention médicale 2024-2029", "depuis le 22/06/2024"),
        ("Maximum", "art. 38, montants de l'aide", "11 000 €"),
        ("Hypothèse linéaire, non vérifiée", "11 000 € × 65,3846 %", "7 192,31 €"),
    ]
    assert [annee[2][0] for annee in etapes] == ["Montant", "Montant", "Maximum", "Maximum", "Maximum"]
    assert [source.texte for source in aide[3].explication.sources] == ["Convention médicale 2024-2029"]


def test_a_contract_outside_every_text_says_why_it_has_no_amount() -> None:
    juge = juger(pratique(contrat(signe_le=j("2023-05-01"))), "2024-07-02")
    etape = juge.aide[0].explication.etapes[-1]

    assert (etape.libelle, etape.calcul) == ("Barème", "aucun pour un contrat signé le 01/05/2023 sous ce texte")
    assert "aide_inconnue" in codes(juge)


def notification(annee: int, euros: int, jour: str, reference: str = "") -> Notification:
    return Notification(contrat="c1", annee_contrat=annee, montant=euros * 100, notifie_le=j(jour), reference=reference)


def notifiee(*notifications: Notification, au: str = "2025-07-01", **change: object) -> tuple[AnneeAide, ...]:
    """Give the aid of a contract whose readings are a quarter of the way, with the amounts notified."""
    dossier = pratique(contrat(**change), releves=[releve("2024-07-01", 1050, 2150)])
    return juger(dossier.model_copy(update={"notifications": notifications}), au).aide


def test_an_amount_notified_prevails_over_the_maximum_and_leaves_no_hypothesis() -> None:
    annees_ = notifiee(notification(3, 8_765, "2025-03-01", "LR 123"))
    quatrieme, troisieme = annees_[3], annees_[2]

    assert (troisieme.montant_max, troisieme.montant_notifie, troisieme.notifie_le) == (
        11_000_00,
        8_765_00,
        j("2025-03-01"),
    )
    assert (troisieme.montant, troisieme.au_plus, troisieme.plafonnee, troisieme.hypothese_lineaire) == (
        8_765_00,
        False,
        True,
        None,
    )
    assert [
        tuple(t.replace(INSECABLE, " ") for t in (e.libelle, e.calcul, e.resultat))
        for e in troisieme.explication.etapes
    ][-1] == (
        "Montant notifié par la CPAM",
        "le 01/03/2025, LR 123",
        "8 765 €",
    )
    assert (quatrieme.montant, quatrieme.au_plus, quatrieme.montant_notifie) == (11_000_00, True, None)
    assert quatrieme.hypothese_lineaire == 2_750_00
    assert [annee.au_plus for annee in annees_] == [False, False, False, True, True]


def test_a_notification_counts_from_its_day() -> None:
    seule = notification(3, 8_765, "2025-03-01")

    assert notifiee(seule, au="2025-02-28")[2].montant_notifie is None
    assert notifiee(seule, au="2025-03-01")[2].montant_notifie == 8_765_00
    assert notifiee(seule)[2].explication.etapes[-1].calcul == "le 01/03/2025"


def test_of_two_notifications_of_a_year_the_latest_counts_and_of_one_day_the_one_entered_last() -> None:
    ancienne, recente = notification(3, 8_000, "2025-03-01"), notification(3, 9_000, "2025-04-01")

    assert notifiee(ancienne, recente)[2].montant == 9_000_00
    assert notifiee(recente, ancienne)[2].montant == 9_000_00
    assert notifiee(recente, ancienne, au="2025-03-15")[2].montant == 8_000_00
    assert notifiee(ancienne, notification(3, 7_000, "2025-03-01"))[2].montant == 7_000_00


def test_what_nobody_has_published_is_known_once_notified() -> None:
    aide = notifiee(notification(1, 55_000, "2023-02-01"), option_etp=DEUX)

    assert (aide[0].montant_max, aide[0].montant, aide[0].au_plus, aide[0].grade) == (None, 55_000_00, False, "X")
    assert (aide[2].montant, aide[2].au_plus) == (None, False)
    signe = contrat(option_etp=DEUX)
    dossier = pratique(signe).model_copy(update={"notifications": (notification(1, 55_000, "2023-02-01"),)})
    inconnue = averti(juger(dossier, "2025-07-01"), "aide_inconnue")
    assert inconnue is not None
    assert inconnue.message.startswith("Aide pour les années 2, 3, 4 et 5 :")


# The years begin on 1 January.
@pytest.mark.parametrize(
    ("fin", "apres"),
    [("2024-12-31", [3, 4, 5]), ("2025-01-01", [3, 4, 5]), ("2025-01-02", [4, 5]), ("2027-12-31", [])],
)
def test_a_year_that_begins_after_the_end_stays_listed_without_a_hypothesis(fin: str, apres: list[int]) -> None:
    dossier = pratique(contrat(resiliation(fin)), releves=[releve("2024-07-01", 1050, 2150)])
    aide = juger(dossier, "2024-07-02").aide

    assert [annee.annee for annee in aide if annee.apres_la_fin] == apres
    assert [annee.annee for annee in aide if annee.hypothese_lineaire is not None] == [
        annee for annee in (3, 4, 5) if annee not in apres
    ]
    assert [annee.montant_max for annee in aide][2:] == [11_000_00] * 3
    derniere = [annee.explication.etapes[-1] for annee in aide if annee.annee in apres]
    assert {(e.libelle, e.calcul) for e in derniere} == (
        {("Année sans aide", f"le contrat ne court plus depuis le {j(fin):%d/%m/%Y}")} if apres else set()
    )


def test_an_unknown_amount_of_a_year_after_the_end_is_not_to_be_asked() -> None:
    def message(fin: str) -> str:
        vu = averti(juger(pratique(contrat(resiliation(fin), option_etp=DEUX)), "2024-07-02"), "aide_inconnue")
        assert vu is not None
        return vu.message.partition(" :")[0]

    assert message("2025-01-01") == "Aide pour les années 1 et 2"
    assert message("2025-01-02") == "Aide pour les années 1, 2 et 3"


def en_cours(*avenants: Avenant, notifiees: tuple[Notification, ...] = ()) -> list[str]:
    dossier = pratique(contrat(*avenants)).model_copy(update={"notifications": notifiees})
    juge = juger(dossier, "2027-07-02")
    return [a.message.replace(INSECABLE, " ") for a in juge.avertissements if a.code == "option_en_cours_d_annee"]


def test_an_option_that_changes_within_a_year_is_told() -> None:
    assert en_cours(option("2024-01-01", PLEIN)) == []
    assert en_cours(option("2023-12-31", PLEIN)) == [
        (
            "Année 1 : l'option passe de 1/2 ETP à 1 ETP le 31/12/2023. Le montant montré est celui de l'option du "
            "premier jour ; le partage de l'année n'est pas publié."
        )
    ]
    assert en_cours(option("2024-01-02", PLEIN))[0].startswith(
        "Année 2 : l'option passe de 1/2 ETP à 1 ETP le 02/01/2024."
    )
    # Twice within a year, whatever the order of entry; the last of one day counts.
    for avenants in (
        (option("2024-03-01", PLEIN), option("2024-09-01", DEMI)),
        (option("2024-09-01", DEMI), option("2024-03-01", PLEIN)),
    ):
        assert en_cours(*avenants)[0].startswith(
            "Année 2 : l'option passe de 1/2 ETP à 1 ETP le 01/03/2024 et 1/2 ETP le 01/09/2024."
        )
    assert en_cours(option("2024-03-01", TIERS), option("2024-03-01", PLEIN))[0].startswith(
        "Année 2 : l'option passe de 1/2 ETP à 1 ETP"
    )


def test_an_option_that_stays_or_comes_after_the_end_or_whose_year_is_notified_is_not_told() -> None:
    change = option("2024-03-01", PLEIN)

    assert en_cours(option("2024-03-01", DEMI)) == []
    assert en_cours(change, resiliation("2024-03-01")) == []
    assert len(en_cours(change, resiliation("2024-03-02"))) == 1
    assert en_cours(change, notifiees=(notification(2, 20_000, "2024-06-01"),)) == []
    assert len(en_cours(change, notifiees=(notification(1, 20_000, "2024-06-01"),))) == 1


def test_the_steps_of_a_year_tell_the_option_that_comes_within_it() -> None:
    annee = juger(pratique(contrat(option("2024-03-01", PLEIN))), "2024-07-02").aide[1]

    assert annee.options_en_cours == ((j("2024-03-01"), PLEIN),)
    etape = annee.explication.etapes[-1]
    assert (etape.libelle, etape.calcul, etape.resultat.replace(INSECABLE, " ")) == (
        "Changement d'option en cours d'année",
        "le 01/03/2024, partage de l'année non publié",
        "1 ETP",
    )


def test_an_amount_per_etp_is_rounded_to_the_nearest_centime() -> None:
    # 38 000 / 3 = 12 666,666…; 28 000 / 3 = 9 333,333…
    juge = juger(pratique(collectif(option_etp=TIERS, objectif=None)), "2026-07-01")

    assert [annee.montant_max for annee in juge.aide[:2]] == [12_666_67, 9_333_33]


@pytest.mark.parametrize(("au", "notifie"), [("2025-02-28", None), ("2025-03-01", 8_765_00)])
def test_an_amount_is_known_from_the_day_it_is_notified(au: str, notifie: int | None) -> None:
    assert notifiee(notification(3, 8_765, "2025-03-01"), au=au)[2].montant_notifie == notifie


@given(st.integers(1, 10_000_000), st.fractions(-2, 2, max_denominator=5000))
def test_a_share_is_found_again_from_the_rate_that_is_shown(montant: int, taux: Fraction) -> None:
    dit = taux_suffisant(montant, taux).replace(INSECABLE, "").replace("−", "-").replace(",", ".").removesuffix("%")
    assert decimal_arrondi(montant * Fraction(dit) / 100, 0) == decimal_arrondi(montant * taux, 0)


def test_a_rate_has_no_more_decimals_than_its_share_asks_for() -> None:
    dits = [taux_suffisant(1_100_000, taux) for taux in (Fraction(11, 16), Fraction(1, 2), Fraction(121, 182))]
    assert dits == [f"68,75{INSECABLE}%", f"50,0{INSECABLE}%", f"66,4835{INSECABLE}%"]
