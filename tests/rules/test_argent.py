"""The money of a contract: year by year, the schedule, what may be claimed back, the scenarios, the cost.

The plain contract is of avenant 7, half time, from 1 January 2023: 18 000 and 13 500 euros for its first two years,
11 000 at the most for the three others, which begin on or after 22 June 2024.
"""

from datetime import date
from fractions import Fraction

import pytest

from assistmed_desktop.domain.assistant import Assistant, Cout
from assistmed_desktop.domain.contrat import Avenant
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Notification, Releve, Versement
from assistmed_desktop.exchange.analyse_json.argent import argent_json
from assistmed_desktop.rules.argent import AnneeArgent, Argent, LigneEcheancier, Scenario, argent
from assistmed_desktop.rules.bareme import Baremes, charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from tests.rules.outils import (
    TIERS,
    affectation,
    assistant,
    collectif,
    contrat,
    j,
    objectif,
    option,
    pratique,
    releve,
    resiliation,
)
from tests.rules.outils_suivi import NBSP, avec, cout, notification, sans_explication, versement


def compter(dossier: Dossier, au: str, baremes: Baremes | None = None) -> Argent:
    """Gather the money of the first contract of a practice."""
    tables = baremes or charger_baremes()
    premier = evaluate(dossier, j(au), tables).contrats[0]
    compte = argent(dossier, premier, tables)
    assert sans_explication(argent_json(compte), compte.chiffres) == []
    return compte


def plain(
    au: str,
    *versements: Versement,
    notifications: tuple[Notification, ...] = (),
    releves: tuple[Releve, ...] = (),
    avenants: tuple[Avenant, ...] = (),
    assistants: tuple[Assistant, ...] = (),
) -> Argent:
    dossier = pratique(contrat(*avenants), releves=releves, assistants=assistants, versements=versements)
    return compter(avec(dossier, notifications=notifications), au)


def annee(compte: Argent, rang: int) -> AnneeArgent:
    return next(annee for annee in compte.annees if annee.annee == rang)


def lignes(compte: Argent, rang: int) -> list[LigneEcheancier]:
    return [ligne for ligne in compte.echeancier if ligne.annee == rang]


def phrases(compte: Argent, rang: int) -> list[str]:
    return [ligne.phrase.replace(NBSP, " ") for ligne in lignes(compte, rang)]


def scenario(compte: Argent, cle: str) -> Scenario:
    return next(scenario for scenario in compte.scenarios if scenario.cle == cle)


def messages(compte: Argent) -> list[tuple[str, str]]:
    return [(a.code, a.message.replace(NBSP, " ")) for a in compte.avertissements]


def test_a_year_is_measured_against_its_maximum_then_against_what_was_notified() -> None:
    recu = versement(3, echeance="2025-02-01", du=5500, recu=("2025-02-10", 5000))
    notifiee = notification(3, 9000, "2025-06-01")

    avant = annee(plain("2025-05-31", recu, notifications=(notifiee,)), 3)
    assert (avant.base, avant.montant_base, avant.montant_notifie) == ("maximum", 11_000_00, None)
    assert (avant.du_le_jour, avant.recu, avant.ecart_du) == (5500_00, 5000_00, -500_00)
    assert (avant.ecart_base, avant.reste) == (-6000_00, 6000_00)

    apres = annee(plain("2025-06-01", recu, notifications=(notifiee,)), 3)
    assert (apres.base, apres.montant_base, apres.notifie_le) == ("notifie", 9000_00, j("2025-06-01"))
    assert (apres.ecart_base, apres.reste) == (-4000_00, 4000_00)


def test_of_two_notifications_of_a_year_the_later_one_counts_whatever_the_order() -> None:
    deux = (notification(3, 9000, "2025-06-01"), notification(3, 8000, "2025-04-01"))

    assert annee(plain("2025-12-31", notifications=deux), 3).montant_notifie == 9000_00
    assert annee(plain("2025-12-31", notifications=deux[::-1]), 3).montant_notifie == 9000_00
    assert annee(plain("2025-05-31", notifications=deux), 3).montant_notifie == 8000_00


def test_what_is_due_is_told_by_the_day_and_unknown_when_an_amount_is_missing() -> None:
    deux = (versement(3, echeance="2025-02-01", du=5500), versement(3, echeance="2025-08-01", du=5500))

    assert annee(plain("2025-01-31", *deux), 3).du_le_jour is None
    assert annee(plain("2025-01-31", *deux), 3).a_echoir == 11_000_00
    assert annee(plain("2025-02-01", *deux), 3).du_le_jour == 5500_00
    assert annee(plain("2025-08-01", *deux), 3).du_le_jour == 11_000_00
    sans_montant = versement(3, echeance="2025-02-01", recu=("2025-03-01", 5500))
    assert annee(plain("2025-08-01", sans_montant), 3).du_le_jour is None
    # Received before its day, it is due all the same.
    assert (
        annee(plain("2025-01-15", versement(3, echeance="2025-02-01", du=10, recu=("2025-01-15", 10))), 3).ecart_du == 0
    )


def test_what_is_received_is_received_by_the_day() -> None:
    recu = versement(1, echeance="2023-02-01", du=18_000, recu=("2023-02-10", 18_000))

    veille, jour = plain("2023-02-09", recu), plain("2023-02-10", recu)
    assert (veille.recu, annee(veille, 1).reste) == (0, 18_000_00)
    assert (jour.recu, annee(jour, 1).reste, jour.du_le_jour) == (18_000_00, 0, 18_000_00)


def test_a_year_not_begun_has_no_variance_and_all_is_to_come() -> None:
    attendu = versement(2, echeance="2024-02-01", du=13_500)

    deuxieme = annee(plain("2023-12-31", attendu), 2)
    assert (deuxieme.ecart_base, deuxieme.reste) == (None, 13_500_00)
    assert annee(plain("2024-01-01", attendu), 2).ecart_base == -13_500_00


def test_a_year_of_which_nothing_was_entered_is_not_a_year_of_which_nothing_came() -> None:
    attendu = versement(2, echeance="2024-02-01", du=13_500)
    compte = plain("2025-06-01", attendu)

    assert [(a.annee, a.recu) for a in compte.annees] == [(1, None), (2, 0), (3, None), (4, None), (5, None)]
    premiere = annee(compte, 1)
    assert (premiere.ecart_du, premiere.ecart_base, premiere.reste) == (None, None, 18_000_00)
    assert ("Reçu", "aucun versement saisi") in [(e.libelle, e.resultat) for e in premiere.explication.etapes]
    assert premiere.explication.etapes[-1].calcul == "montant du barème, aucun versement saisi"
    assert annee(compte, 2).explication.etapes[-1].calcul == "montant du barème − reçu"
    # Years 4 and 5 have not begun: nothing is missing of them.
    assert (compte.recu, compte.annees_sans_versement) == (0, (1, 3))
    assert compte.recu_en_lettres.replace(NBSP, " ") == "0 €, aucun versement saisi pour les années 1 et 3"
    premieres = plain("2024-06-01", attendu)
    assert premieres.recu_en_lettres.replace(NBSP, " ") == "0 €, aucun versement saisi pour l'année 1"
    tous = plain("2024-06-01", attendu, versement(1, recu=("2023-02-01", 18_000)))
    assert tous.recu_en_lettres.replace(NBSP, " ") == "18 000 €"


def test_without_any_payment_entered_what_was_received_is_unknown() -> None:
    compte = plain("2025-06-01")

    assert (compte.recu, compte.du_le_jour, compte.recu_en_lettres) == (None, None, "aucun versement saisi")
    assert compte.reste == (18_000 + 13_500 + 33_000) * 100
    ecrit = argent_json(compte)
    assert ecrit["totaux"] == {
        "recu": None, "du": None, "reste": 64_500, "annees_inconnues": [], "annees_sans_versement": [1, 2, 3],
    }  # fmt: skip
    assert ecrit["annees"][0]["recu"] is None


def test_the_first_two_years_are_paid_whatever_the_progress_and_the_others_at_the_most() -> None:
    compte = plain("2025-06-01", notifications=(notification(4, 9000, "2025-05-01"),))

    assert [a.base for a in compte.annees] == ["fixe", "fixe", "maximum", "notifie", "maximum"]
    dites = [[e.resultat for e in a.explication.etapes if e.libelle == "Avancement"] for a in compte.annees]
    assert dites == [["versé quel que soit l'avancement (degré C, à vérifier)"]] * 2 + [[]] * 3


@pytest.mark.parametrize(("au", "dit"), [("2023-01-16", False), ("2023-01-17", True)])
def test_a_dated_payment_that_nobody_entered_is_asked_for_from_the_day_after(au: str, dit: bool) -> None:
    # Hired on 1 January 2023: the first payment of avenant 7 is due 15 days later.
    compte = plain(au, assistants=(assistant(affectation("2023-01-01")),))

    assert messages(compte) == [
        ("versement_non_saisi", "Le versement de l'année 1 attendu le 16/01/2023 n'est pas noté comme reçu.")
    ] * dit  # fmt: skip


def test_the_payments_that_nobody_entered_are_asked_for_once() -> None:
    # A month after the signature, then at the anniversary; years 3 and later have no date.
    signe = contrat(texte="reglement_arbitral_2023", signe_le=j("2024-01-15"), debut_le=j("2024-01-31"))

    assert messages(compter(pratique(signe), "2026-06-01")) == [
        (
            "versement_non_saisi",
            (
                "Le versement de l'année 1 attendu le 15/02/2024 et le versement de l'année 2 attendu le 31/01/2025 ne "
                "sont pas notés comme reçus."
            ),
        )
    ]
    saisi = versement(1, du=18_000)
    assert messages(compter(pratique(signe, versements=[saisi]), "2026-06-01")) == [
        ("versement_non_saisi", "Le versement de l'année 2 attendu le 31/01/2025 n'est pas noté comme reçu.")
    ]


def test_the_hypothesis_is_rounded_to_the_centime() -> None:
    # 1 001 patients of 1 000 to 1 200: 1/200 of 11 000 euros; seen patients all there.
    compte = plain("2025-01-01", releves=(releve("2024-12-31", 1001, 2400),))

    assert annee(compte, 3).hypothese_lineaire == 55_00
    assert annee(compte, 2).hypothese_lineaire is None


def test_the_totals_name_the_years_whose_amount_is_unknown() -> None:
    # 3/2 of a full time has no published amount.
    dossier = pratique(contrat(option("2025-01-01", Fraction(3, 2))))
    compte = compter(dossier, "2025-06-01")

    assert compte.annees_inconnues == (3, 4, 5)
    assert compte.reste == (18_000 + 13_500) * 100
    assert scenario(compte, "objectif_atteint").phrase.replace(NBSP, " ") == (
        "au moins 31 500 €, années 3, 4 et 5 non comptées"
    )
    assert [etape.resultat for etape in compte.chiffres["scenarios.rythme"].etapes if etape.libelle == "Année 3"] == [
        "inconnu"
    ]


def test_a_scenario_of_which_nothing_is_known_is_unknown_and_not_nothing() -> None:
    # Nobody signed avenant 7 before September 2019: no amount of any year is published for it.
    ancien = contrat(signe_le=j("2018-01-01"), debut_le=j("2018-02-01"), objectif=None)
    paye = assistant(affectation("2018-02-01"), couts=(cout("2018-02-01", None, 1000),))
    compte = compter(pratique(ancien, assistants=[paye]), "2018-06-01")

    assert (compte.recu, compte.du_le_jour, compte.reste, compte.annees_inconnues) == (
        None,
        None,
        None,
        (1, 2, 3, 4, 5),
    )
    assert [(lu.total, lu.phrase) for lu in compte.scenarios] == [(None, "inconnue")] * 3
    assert compte.restes_a_charge == ()
    ecrit = argent_json(compte)
    assert ecrit["totaux"]["reste"] is None
    assert [lu["total"] for lu in ecrit["scenarios"].values()] == [None] * 3
    assert [a["montant"] for a in ecrit["scenarios"]["rythme"]["annees"]] == [None] * 5


def test_a_contract_that_never_ran_has_nothing_to_add_up() -> None:
    compte = plain("2023-06-01", avenants=(resiliation("2023-01-01"),))

    assert [a.apres_la_fin for a in compte.annees] == [True] * 5
    assert (compte.annees_inconnues, compte.reste, compte.annees_sans_versement) == ((), 0, ())
    assert scenario(compte, "rythme").total == 0


def test_the_first_year_of_avenant_7_is_paid_70_percent_within_15_days_of_the_hiring_the_rest_undated() -> None:
    # The plain assistant is hired on 1 January 2023. 70 % of 18 000 is 12 600.
    compte = plain("2023-01-16", assistants=(assistant(affectation("2023-01-01")),))

    premier, reste = lignes(compte, 1)
    assert (premier.part, premier.montant_prevu, premier.prevu_le, premier.etat) == (
        Fraction(7, 10),
        12_600_00,
        j("2023-01-16"),
        "non_saisi",
    )
    assert (reste.montant_prevu, reste.prevu_le, reste.etat) == (5400_00, None, "sans_date")
    assert phrases(compte, 1) == [
        (
            "Année 1, part 1 sur 2 : 12 600 €, le 16/01/2023. Aucun versement saisi : l'avez-vous reçu ? Sinon, le "
            "délai pour le réclamer n'est pas publié, voyez avec votre CPAM."
        ),
        "Année 1, reste : 5 400 €, date non publiée.",
    ]
    assert phrases(compte, 2) == ["Année 2 : 13 500 €, nombre et dates des versements non publiés."]
    assert phrases(compte, 3) == ["Année 3 : au plus 11 000 €, nombre et dates des versements non publiés."]
    assert lignes(plain("2023-01-15", assistants=(assistant(affectation("2023-01-01")),)), 1)[0].etat == "a_venir"


def test_without_a_hiring_the_day_of_the_first_payment_is_unknown() -> None:
    assert lignes(plain("2023-01-16"), 1)[0].prevu_le is None
    sans = assistant(affectation("2023-01-01"), embauches=())
    assert lignes(plain("2023-01-16", assistants=(sans,)), 1)[0].prevu_le is None


def test_since_2023_two_dated_years_then_two_halves_without_a_date() -> None:
    # Signed on 15 January 2024, begun on 31 January: a month after the signature, then the anniversary.
    signe = contrat(texte="reglement_arbitral_2023", signe_le=j("2024-01-15"), debut_le=j("2024-01-31"))
    compte = compter(pratique(signe), "2024-02-01")

    assert [(ligne.annee, ligne.rang, ligne.montant_prevu, ligne.prevu_le) for ligne in compte.echeancier] == [
        (1, 1, 18_000_00, j("2024-02-15")),
        (2, 1, 14_000_00, j("2025-01-31")),
        (3, 1, 5500_00, None),
        (3, 2, 5500_00, None),
        (4, 1, 5500_00, None),
        (4, 2, 5500_00, None),
        (5, 1, 5500_00, None),
        (5, 2, 5500_00, None),
    ]
    assert phrases(compte, 1) == ["Année 1, en une fois : 18 000 €, le 15/02/2024."]
    assert phrases(compte, 3)[1] == "Année 3, part 2 sur 2 : au plus 5 500 €, date non publiée."


def test_the_halves_of_an_odd_amount_add_up_to_it() -> None:
    signe = contrat(texte="reglement_arbitral_2023", signe_le=j("2024-01-15"), debut_le=j("2024-01-31"))
    impair = Notification(contrat="c1", annee_contrat=3, montant=1_000_001, notifie_le=j("2026-03-01"), reference="")
    compte = compter(avec(pratique(signe), notifications=(impair,)), "2026-03-01")

    assert [ligne.montant_prevu for ligne in lignes(compte, 3)] == [500_001, 500_000]


def test_payments_entered_stand_beside_those_of_the_text_rank_by_rank() -> None:
    saisis = (
        versement(3, recu=("2025-09-01", 2500), du=3000),
        versement(3, echeance="2025-02-01", du=5500, recu=("2025-02-10", 5500)),
    )
    compte = plain("2025-12-31", *saisis)

    premier, second = lignes(compte, 3)
    assert (premier.part, premier.echeance_le, premier.montant_recu) == (Fraction(1), j("2025-02-01"), 5500_00)
    assert (second.part, second.montant_prevu, second.montant_recu) == (None, None, 2500_00)
    assert phrases(compte, 3)[1].startswith("Année 3, autre versement saisi. Saisi : 3 000 € dus. Reçu : 2 500 € le")
    assert messages(compte) == [
        ("versement_different", "Année 3 : 2 500 € reçus le 01/09/2025 pour 3 000 € dus."),
    ]


@pytest.mark.parametrize(("au", "verbe"), [("2026-02-10", "peut"), ("2026-02-11", "pouvait")])
def test_the_caisse_may_claim_back_for_three_years_after_a_payment(au: str, verbe: str) -> None:
    compte = plain(au, versement(1, echeance="2023-02-01", du=18_000, recu=("2023-02-10", 18_000)))

    ligne = lignes(compte, 1)[0]
    assert ligne.reclamable_jusqu_au == j("2026-02-10")
    assert f"La caisse {verbe} en réclamer le remboursement jusqu'au 10/02/2026" in ligne.phrase
    assert [source.grade for source in ligne.sources] == ["C"]


def test_a_late_payment_is_told_from_the_day_after() -> None:
    attendu = versement(3, echeance="2025-02-01", du=5500)
    sans_montant = versement(3, echeance="2025-02-01")

    assert messages(plain("2025-02-01", attendu)) == []
    assert messages(plain("2025-02-02", attendu)) == [
        ("versement_en_retard", "Année 3 : le versement attendu le 01/02/2025 (5 500 €) n'est pas noté comme reçu.")
    ]
    assert messages(plain("2025-02-02", sans_montant)) == [
        ("versement_en_retard", "Année 3 : le versement attendu le 01/02/2025 n'est pas noté comme reçu.")
    ]
    assert "montant dû inconnu" in lignes(plain("2025-02-02", sans_montant), 3)[0].phrase


def test_more_than_the_amount_of_the_year_is_told() -> None:
    de_trop = versement(2, echeance="2024-02-01", du=14_000, recu=("2024-02-10", 14_000))

    assert messages(plain("2024-03-01", de_trop)) == [
        (
            "recu_au_dela",
            "Année 2 : 14 000 € reçus, 500 € de plus que le montant du barème. Vérifiez les versements saisis.",
        )
    ]


def test_a_year_cut_by_the_end_of_the_contract_is_unknown_and_those_after_are_none() -> None:
    finit = (resiliation("2025-07-01"),)
    compte = plain("2025-06-01", avenants=finit)

    assert [(a.annee, a.coupee, a.apres_la_fin) for a in compte.annees] == [
        (1, False, False),
        (2, False, False),
        (3, True, False),
        (4, False, True),
        (5, False, True),
    ]
    assert (annee(compte, 3).base, annee(compte, 4).reste) == (None, None)
    assert lignes(compte, 4) == []
    assert phrases(compte, 3) == ["Année 3 : montant inconnu, nombre et dates des versements non publiés."]
    assert scenario(compte, "objectif_atteint").phrase.replace(NBSP, " ") == ("au moins 31 500 €, année 3 non comptée")
    assert messages(compte) == [
        (
            "annee_coupee",
            (
                "Année 3 : le contrat finit en cours d'année, la part de l'aide qui reste due n'est pas publiée. "
                "Convenez-en avec la caisse."
            ),
        )
    ]
    notifie = plain("2025-06-01", avenants=finit, notifications=(notification(3, 5000, "2025-05-01"),))
    assert scenario(notifie, "objectif_atteint").total == 36_500_00
    assert messages(notifie) == []


def test_ending_on_an_anniversary_cuts_no_year() -> None:
    compte = plain("2025-06-01", avenants=(resiliation("2025-01-01"),))

    assert [(a.coupee, a.apres_la_fin) for a in compte.annees] == [(False, False)] * 2 + [(False, True)] * 3
    assert [a.annee for a in scenario(compte, "rythme").annees] == [1, 2]


QUATRE = (
    # Ten patients more every 30 days; 2 400 seen patients, the target, all along.
    releve("2024-04-01", 1040, 2400),
    releve("2024-05-01", 1050, 2400),
    releve("2024-05-31", 1060, 2400),
    releve("2024-06-30", 1070, 2400),
)


def test_three_scenarios_with_the_past_years_the_same_in_all() -> None:
    # A patient every three days: from 1 070 on 30 June 2024, 365 + 185 days later, 1 253.33, beyond the 1 200 asked.
    compte = plain("2024-06-30", releves=QUATRE)

    assert [s.cle for s in compte.scenarios] == ["rythme", "objectif_atteint", "sans_croissance"]
    assert scenario(compte, "rythme").atteinte == 1
    assert scenario(compte, "sans_croissance").atteinte == Fraction(70, 200)
    assert [scenario(compte, cle).total for cle in ("rythme", "objectif_atteint", "sans_croissance")] == [
        (18_000 + 13_500 + 33_000) * 100,
        (18_000 + 13_500 + 33_000) * 100,
        (18_000 + 13_500) * 100 + 3 * 3850_00,  # 70 of 200 patients: 35 % of 11 000
    ]


def test_the_pace_is_the_projection_of_the_least_of_the_required_indicators() -> None:
    # Two seen patients gained every month out of 400 asked: far from there.
    lents = tuple(releve(f"2024-0{mois}-01", 1200, 2000 + 2 * rang) for rang, mois in enumerate((1, 2, 3, 4, 5, 6)))
    rythme = scenario(plain("2024-06-30", releves=lents), "rythme")

    projetee = (
        evaluate(pratique(contrat(), releves=lents), j("2024-06-30"), charger_baremes()).contrats[0].file_active
    ).projection
    assert projetee is not None
    attendue = Fraction(round(projetee.valeur * 100), 100)
    assert rythme.atteinte == (attendue - 2000) / 400
    assert rythme.annees[2].nature == "hypothese"
    assert rythme.hypothese == "tendance portée au 01/01/2026"


def test_under_four_readings_the_pace_is_unknown_and_said_so() -> None:
    rythme = scenario(plain("2024-06-30", releves=QUATRE[:3]), "rythme")

    assert (rythme.atteinte, rythme.total, rythme.inconnues) == (None, 31_500_00, (3, 4, 5))
    assert rythme.annees[2].calcul == "atteinte inconnue"
    sans = scenario(plain("2024-06-30"), "sans_croissance")
    assert (sans.atteinte, sans.inconnues) == (None, (3, 4, 5))


def test_once_the_evaluation_is_past_the_pace_is_the_level_of_the_day() -> None:
    rythme = scenario(plain("2026-01-01", releves=QUATRE), "rythme")

    assert rythme.atteinte == Fraction(70, 200)
    assert rythme.hypothese == "évaluation du 01/01/2026 passée, niveau d'aujourd'hui gardé"
    assert scenario(plain("2025-12-31", releves=QUATRE), "rythme").hypothese == "tendance portée au 01/01/2026"


@pytest.mark.parametrize(("releves", "atteinte"), [(QUATRE, 1), (QUATRE[::-1], 1)])
def test_a_maintenance_contract_is_kept_or_not(releves: tuple[Releve, ...], atteinte: int) -> None:
    maintien = contrat(objectif=objectif(1000, 2000))

    assert scenario(compter(pratique(maintien, releves=releves), "2024-06-30"), "rythme").atteinte == atteinte


def test_a_maintenance_contract_projected_below_its_reference_brings_nothing() -> None:
    maintien = contrat(objectif=objectif(1000, 2000))
    baisse = tuple(
        releve(jour, 1000 - 10 * rang, 2000)
        for rang, jour in enumerate(("2024-03-01", "2024-04-01", "2024-05-01", "2024-06-01"), 1)
    )
    compte = compter(pratique(maintien, releves=baisse), "2024-06-30")

    assert scenario(compte, "rythme").atteinte == 0
    assert scenario(compte, "rythme").total == 31_500_00
    assert scenario(compte, "rythme").inconnues == ()


def test_an_unknown_target_leaves_the_pace_unknown() -> None:
    sans = contrat(objectif=None)

    assert scenario(compter(pratique(sans, releves=QUATRE), "2024-06-30"), "rythme").atteinte is None


def passee(*versements: Versement, avenants: tuple[Avenant, ...] = ()) -> tuple[int | None, bool, str]:
    """Give the third year as the scenarios have it once it is over: amount, known, nature."""
    troisieme = scenario(plain("2026-01-01", *versements, avenants=avenants), "objectif_atteint").annees[2]
    return troisieme.montant, troisieme.connu, troisieme.nature


def test_a_capped_year_over_is_what_its_payments_say() -> None:
    moitie = versement(3, echeance="2025-02-01", du=5500, recu=("2025-02-10", 5500))
    due = versement(3, echeance="2025-08-01", du=5500)
    inconnue = versement(3, echeance="2025-08-01")

    assert passee() == (None, False, "inconnu")
    assert passee(inconnue) == (None, False, "inconnu")
    assert passee(versement(3, recu=("2025-02-10", 0))) == (None, False, "verse")  # nothing yet, others may follow
    assert passee(moitie) == (5500_00, False, "verse")  # nobody published how many payments there are
    assert passee(moitie, due) == (11_000_00, True, "verse")
    assert passee(moitie, inconnue) == (5500_00, False, "verse")
    # Still running on its last day.
    assert scenario(plain("2025-12-31", moitie), "objectif_atteint").annees[2].nature == "maximum"


def test_where_the_number_of_payments_is_published_all_of_them_make_a_year_whole() -> None:
    signe = contrat(texte="reglement_arbitral_2023", signe_le=j("2023-05-15"), debut_le=j("2023-06-01"))
    deux = [
        versement(3, echeance="2025-06-01", du=5500, recu=("2025-06-10", 4000)),
        versement(3, echeance="2025-12-01", du=5500, recu=("2025-12-10", 3000)),
    ]

    def troisieme(versements: list[Versement]) -> tuple[int | None, bool]:
        lue = scenario(compter(pratique(signe, versements=versements), "2026-06-01"), "rythme").annees[2]
        return lue.montant, lue.connu

    assert troisieme(deux[:1]) == (4000_00, False)
    assert troisieme(deux) == (7000_00, True)


def au_cout(*couts: Cout, au: str = "2023-12-31", **change: object) -> Argent:
    paye = assistant(affectation("2023-01-01"), couts=couts, **change)
    return plain(au, assistants=(paye,))


def test_without_a_cost_typed_nothing_is_told() -> None:
    compte = au_cout()

    assert (compte.cout, compte.reste_a_charge_a_ce_jour, compte.restes_a_charge) == (None, None, ())
    assert compte.chiffres["cout"].etapes[-1].resultat == "inconnu"
    assert argent_json(compte)["cout"] is None


def test_the_cost_so_far_and_to_the_end() -> None:
    # 1 500 + 500 euros a month: 12 months of 2023, then 48 to the end of 2027.
    compte = au_cout(cout("2023-01-01", None, 1500, 500))

    assert compte.cout is not None
    assert (compte.cout.a_ce_jour, compte.cout.mensuel, compte.cout.mois_a_venir) == (24_000_00, 2000_00, Fraction(48))
    assert (compte.cout.a_venir, compte.cout.total) == (96_000_00, 120_000_00)
    assert compte.reste_a_charge_a_ce_jour is None  # no payment was entered
    assert reste_a_ce_jour(compte) == ("aucun versement saisi", "inconnu")
    # 120 000 - 18 000 - 13 500 - 33 000
    restes = {reste.cle: (reste.montant, reste.borne) for reste in compte.restes_a_charge}
    assert restes["objectif_atteint"] == (55_500_00, "exact")
    assert restes["rythme"] == (88_500_00, "au_plus")  # no reading: three years unknown


def reste_a_ce_jour(compte: Argent) -> tuple[str, str]:
    """Give how what remains to pay so far is worked out, and what it gives."""
    etape = next(e for e in compte.chiffres["cout"].etapes if e.libelle == "Reste à charge à ce jour")
    return etape.calcul.replace(NBSP, " "), etape.resultat.replace(NBSP, " ")


def test_what_remains_so_far_is_the_cost_less_what_was_entered_as_received() -> None:
    paye = assistant(affectation("2023-01-01"), couts=(cout("2023-01-01", None, 1500, 500),))
    recu = versement(1, recu=("2023-02-01", 18_000))

    compte = plain("2023-12-31", recu, assistants=(paye,))
    assert compte.reste_a_charge_a_ce_jour == 6000_00  # 12 × 2 000 − 18 000
    assert reste_a_ce_jour(compte) == ("24 000 € − reçu : 18 000 €", "6 000 €")
    # A day more, 2 000 / 31 = 64.516..., in a second year of which nothing was entered.
    assert reste_a_ce_jour(plain("2024-01-01", recu, assistants=(paye,))) == (
        "24 064,52 € − reçu : 18 000 €, aucun versement saisi pour l'année 2",
        "au plus 6 064,52 €",
    )


def test_days_are_paid_pro_rata_and_each_line_is_rounded() -> None:
    # 1 000 euros x 15/31 = 483.870... of January, and 1 100 x 16/31 = 567.741...
    compte = au_cout(cout("2023-01-01", "2023-01-15", 1000), cout("2023-01-16", None, 1100), au="2023-01-31")

    assert compte.cout is not None
    assert [(ligne.montant, ligne.mois) for ligne in compte.cout.lignes] == [
        (483_87, Fraction(15, 31)),
        (567_74, Fraction(16, 31)),
    ]
    assert compte.cout.a_ce_jour == 1051_61
    assert compte.cout.mensuel == 1100_00


def test_days_without_a_cost_make_the_cost_a_minimum() -> None:
    compte = au_cout(cout("2023-02-01", None, 1000))

    assert compte.cout is not None
    assert (compte.cout.jours_sans_cout, compte.cout.a_ce_jour) == (31, 11_000_00)
    # The scenario of the target is whole: what remains is a minimum. The two others miss years too: nothing is told.
    assert [(reste.cle, reste.borne) for reste in compte.restes_a_charge] == [("objectif_atteint", "au_moins")]


@pytest.mark.parametrize(("au", "connu"), [("2023-06-30", True), ("2023-07-01", False)])
def test_without_a_cost_on_the_day_what_is_to_come_is_unknown(au: str, connu: bool) -> None:
    compte = au_cout(cout("2023-01-01", "2023-06-30", 1000), au=au)

    assert compte.cout is not None
    assert (compte.cout.a_venir is not None, compte.cout.total is not None) == (connu, connu)
    assert bool(compte.restes_a_charge) is connu


def test_one_assistant_of_two_without_a_cost_leaves_what_is_to_come_unknown() -> None:
    paye = assistant(affectation("2023-01-01", etp=TIERS), couts=(cout("2023-01-01", None, 1000),))
    autre = assistant(affectation("2023-01-01", etp=TIERS), id="a2")

    compte = plain("2023-12-31", assistants=(paye, autre))
    assert compte.cout is not None
    assert (compte.cout.a_ce_jour, compte.cout.jours_sans_cout, compte.cout.a_venir) == (12_000_00, 365, None)


def test_before_the_contract_its_whole_cost_is_to_come_and_after_it_none() -> None:
    avant = au_cout(cout("2022-01-01", None, 1000), au="2022-06-30")
    assert avant.cout is not None
    assert (avant.cout.a_ce_jour, avant.cout.a_venir, avant.cout.mois_a_venir) == (0, 60_000_00, Fraction(60))
    dernier = au_cout(cout("2022-01-01", None, 1000), au="2027-12-31")
    assert dernier.cout is not None
    assert (dernier.cout.a_ce_jour, dernier.cout.a_venir, dernier.cout.mensuel) == (60_000_00, 0, None)


def test_a_cost_counts_only_on_the_days_of_the_allocation() -> None:
    venu = assistant(affectation("2023-02-01", "2023-11-30"), couts=(cout("2022-01-01", None, 1000),))
    compte = plain("2023-12-31", assistants=(venu,))

    assert compte.cout is not None
    assert (compte.cout.a_ce_jour, compte.cout.jours_sans_cout, compte.cout.a_venir) == (10_000_00, 0, None)


def test_costs_that_overlap_count_the_latest_one() -> None:
    deux = (cout("2023-01-01", None, 1000), cout("2023-07-01", None, 1200))

    for couts in (deux, deux[::-1]):
        paye = assistant(affectation("2023-01-01")).model_copy(update={"couts": couts})
        dossier = pratique(contrat()).model_copy(update={"assistants": (paye,)})
        premier = evaluate(dossier, j("2023-12-31"), charger_baremes()).contrats[0]
        compte = argent(dossier, premier, charger_baremes())
        assert compte.cout is not None
        assert compte.cout.a_ce_jour == 6 * 1000_00 + 6 * 1200_00


def test_three_contracts_share_a_cost_to_the_centime() -> None:
    tiers = [affectation("2023-01-01", etp=TIERS, contrat=f"c{rang}") for rang in (1, 2, 3)]
    commun = assistant(*tiers, couts=(cout("2023-01-01", None, 2000),))
    dossier = pratique(*[contrat(id=f"c{rang}", option_etp=TIERS) for rang in (1, 2, 3)], assistants=(commun,))
    comptes = [
        argent(dossier, lu, charger_baremes()) for lu in evaluate(dossier, j("2023-01-31"), charger_baremes()).contrats
    ]

    # 200 000 centimes by three.
    assert [compte.cout.a_ce_jour for compte in comptes if compte.cout] == [66_667, 66_666, 66_667]
    assert [compte.cout.lignes[0].part for compte in comptes if compte.cout] == [TIERS] * 3


def test_payments_and_notifications_of_another_contract_do_not_count() -> None:
    autre = versement(1, recu=("2023-03-01", 18_000), contrat="c2")
    sienne = Notification(contrat="c2", annee_contrat=3, montant=1, notifie_le=j("2023-03-01"), reference="")
    dossier = pratique(contrat(), contrat(id="c2", medecin="m2"), versements=[autre])
    compte = compter(avec(dossier, notifications=(sienne,)), "2024-01-01")

    assert (compte.recu, annee(compte, 3).montant_notifie) == (None, None)


def test_a_target_known_without_a_reading_leaves_the_level_of_the_day_unknown() -> None:
    seule = (releve("2024-06-01", 1100, None),)  # no reading of the patients seen

    assert scenario(plain("2024-06-30", releves=seule), "sans_croissance").atteinte is None


def test_a_collective_contract_is_counted_by_its_financed_etp() -> None:
    compte = compter(pratique(collectif()), "2026-04-01")

    assert [annee.montant_max for annee in compte.annees] == [76_000_00, 56_000_00, 44_000_00, 44_000_00, 44_000_00]


def test_without_a_table_of_deadlines_the_schedule_is_one_undated_payment_a_year() -> None:
    # Nobody signed avenant 7 before September 2019: no version of the table governs it.
    ancien = contrat(signe_le=j("2018-01-01"), debut_le=j("2018-02-01"), objectif=None)
    recu = versement(1, recu=("2018-03-01", 1000))
    compte = compter(pratique(ancien, versements=[recu]), "2018-06-01")

    assert phrases(compte, 1) == [
        (
            "Année 1 : montant inconnu, nombre et dates des versements non publiés. Saisi : montant dû inconnu. "
            "Reçu : 1 000 € le 01/03/2018."
        )
    ]
    assert lignes(compte, 1)[0].reclamable_jusqu_au is None
    assert annee(compte, 1).ecart_base is None


def retouchees(avant: str, apres: str) -> Baremes:
    """Give the barèmes with one line of the deadlines changed."""
    from dataclasses import replace

    from assistmed_desktop.rules.bareme import DOSSIER_DES_BAREMES, lire_bareme
    from assistmed_desktop.rules.tables import VersionEcheances

    texte = (DOSSIER_DES_BAREMES / "echeances.toml").read_text(encoding="utf-8")
    assert avant in texte
    lu = lire_bareme(texte.replace(avant, apres), "echeances.toml", VersionEcheances)
    return replace(charger_baremes(), echeances=lu)


@pytest.mark.parametrize(
    ("apres", "dates"),
    [
        ('{ annee = 1, part = 100, depuis = "premiere_embauche", grade = "C" }', [j("2023-01-01")]),
        ('{ annee = 1, part = 100, depuis = "fin", grade = "C" }', [None]),
        # Parts beyond the whole are no schedule at all.
        (", ".join(f'{{ annee = 1, part = {part}, depuis = "debut", grade = "C" }}' for part in (70, 40)), [None]),
    ],
)
def test_a_schedule_of_another_table_is_read_too(apres: str, dates: list[date | None]) -> None:
    tables = retouchees('{ annee = 1, part = 70, depuis = "embauche", jours = 15, grade = "C" }', apres)
    dossier = pratique(contrat(), assistants=(assistant(affectation("2023-01-01")),))

    assert [ligne.prevu_le for ligne in lignes(compter(dossier, "2023-06-01", tables), 1)] == dates


def test_without_the_delay_of_the_table_nothing_is_said_of_claims() -> None:
    tables = retouchees('    { code = "conservation", depuis = "dernier_versement", mois = 36, grade = "C" },\n', "")
    dossier = pratique(contrat(), versements=[versement(1, recu=("2023-03-01", 1000))])

    assert lignes(compter(dossier, "2023-06-01", tables), 1)[0].reclamable_jusqu_au is None


def test_the_json_holds_the_figures() -> None:
    ecrit = argent_json(
        plain(
            "2025-06-01",
            versement(3, echeance="2025-02-01", du=5500, recu=("2025-02-10", 5500)),
            assistants=(assistant(affectation("2023-01-01"), couts=(cout("2023-01-01", None, 1500),)),),
        )
    )

    assert ecrit["annees"][2]["ecart_base"] == -5500
    assert ecrit["totaux"] == {
        "recu": 5500, "du": 5500, "reste": 59_000, "annees_inconnues": [], "annees_sans_versement": [1, 2],
    }  # fmt: skip
    assert ecrit["echeancier"][0]["part"] == 0.7
    assert ecrit["echeancier"][3]["reclamable_jusqu_au"] == "2028-02-10"
    assert ecrit["scenarios"]["rythme"]["annees_inconnues"] == [3, 4, 5]
    assert ecrit["cout"]["lignes"][0]["mensuel"] == 1500
    assert ecrit["cout"]["restes_a_charge"]["objectif_atteint"]["borne"] == "exact"
    assert [a["code"] for a in ecrit["avertissements"]] == ["versement_non_saisi"]
    assert ecrit["annees"][0]["option"] == "1/2"


def test_what_came_after_the_day_is_not_known_that_day() -> None:
    deja = versement(1, echeance="2023-01-15", du=18_000, recu=("2023-02-01", 18_000))
    plus_tard = [
        deja,
        versement(2, du=1_000, recu=("2024-08-01", 1_000)),
        versement(2, echeance="2024-01-01", du=13_500, recu=("2024-07-03", 13_500)),
    ]
    du = [deja, versement(2, echeance="2024-01-01", du=13_500)]
    avec_eux, sans_eux = (pratique(contrat(), versements=versements) for versements in (plus_tard, du))
    baremes = charger_baremes()
    (lu,), (jamais,) = (evaluate(dossier, j("2024-07-02"), baremes).contrats for dossier in (avec_eux, sans_eux))

    assert lu == jamais
    assert argent(avec_eux, lu, baremes) == argent(sans_eux, jamais, baremes)


def test_a_year_after_the_end_has_no_amount_even_notified() -> None:
    # Ended on 31 May 2024: years 3 to 5 never begin, though 11 000 were notified for the fifth.
    dossier = avec(
        pratique(contrat(resiliation("2024-06-01"))),
        notifications=[notification(5, 11_000, "2024-05-01")],
    )
    (juge,) = evaluate(dossier, j("2024-05-15"), charger_baremes()).contrats
    compte = argent(dossier, juge, charger_baremes())

    assert [annee.base for annee in compte.annees][2:] == [None] * 3
    assert [annee.reste for annee in compte.annees][2:] == [None] * 3
