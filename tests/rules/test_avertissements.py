"""Each warning, on and off, at the days where it changes; and what its sentence says."""

from fractions import Fraction
from typing import Any

import pytest

from assistmed_desktop.domain.assistant import Absence, Affectation, Assistant, Mission
from assistmed_desktop.domain.contrat import Avenant, CauseResiliation, ChangementAdresse, Gains, Resiliation
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Notification
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.avertissements import Regles, de_la_vie, des_annees_suspendues, sous_la_reference
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.echeances import vie_du_contrat
from assistmed_desktop.rules.eligibilite import Anterieur
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import Avertissement, EvaluationContrat
from tests.rules.outils import (
    DEMI,
    PLEIN,
    TIERS,
    absence,
    affectation,
    assistant,
    averti,
    codes,
    collectif,
    contrat,
    embauche,
    j,
    jours,
    juger,
    medecin,
    mission,
    morvan,
    nouvel_objectif,
    objectif,
    option,
    pratique,
    reference,
    releve,
    resiliation,
    suspension,
)

AU = "2024-07-02"


def message(evaluation: EvaluationContrat, code: str) -> str | None:
    avertissement = averti(evaluation, code)
    return None if avertissement is None else avertissement.message.replace(INSECABLE, " ")


def test_the_worked_example_has_nothing_to_be_told() -> None:
    assert codes(juger(morvan(), "2025-01-15")) == []


def test_a_signature_outside_its_text() -> None:
    juge = juger(pratique(contrat(signe_le=j("2023-05-01"))), AU)

    assert message(juge, "signature_hors_periode") == (
        "Aucun contrat ne se signait le 01/05/2023 sous ce texte (avenant n° 7) : vérifiez le texte ou la date de "
        "signature."
    )
    assert "signature_hors_periode" not in codes(juger(pratique(contrat(signe_le=j("2023-04-30"))), AU))


@pytest.mark.parametrize(("signature", "averti_"), [("2022-12-31", False), ("2023-01-01", False), ("2023-01-02", True)])
def test_a_contract_that_begins_before_its_signature(signature: str, averti_: bool) -> None:
    juge = juger(pratique(contrat(signe_le=j(signature))), AU)

    assert message(juge, "debut_avant_signature") == (
        "Le contrat commence le 01/01/2023, avant sa signature le 02/01/2023 : vérifiez ces deux dates."
        if averti_
        else None
    )


def test_no_reading_at_all() -> None:
    juge = juger(pratique(contrat()), AU)

    assert [a.message for a in juge.avertissements if a.code == "releve_absent"] == [
        "Patientèle médecin traitant : aucun relevé depuis le début du contrat.",
        "File active : aucun relevé depuis le début du contrat.",
    ]


def test_only_readings_that_do_not_count() -> None:
    juge = juger(pratique(contrat(), releves=[releve("2024-06-30", 1100, 2200, source="estimation")]), AU)

    assert [a.message for a in juge.avertissements if a.code == "releve_absent"] == [
        f"{nom} : aucun relevé de la CPAM, d'amelipro ou du logiciel métier depuis le début du contrat."
        for nom in ("Patientèle médecin traitant", "File active")
    ]


def test_a_reading_of_one_count_leaves_the_other_absent() -> None:
    juge = juger(pratique(contrat(), releves=[releve("2024-06-30", None, 2200)]), AU)

    assert message(juge, "releve_absent") == "Patientèle médecin traitant : aucun relevé depuis le début du contrat."


@pytest.mark.parametrize(("age", "ancien"), [(0, False), (99, False), (100, False), (101, True)])
def test_a_reading_grows_old_after_a_hundred_days(age: int, ancien: bool) -> None:
    juge = juger(pratique(contrat(), releves=[releve(j(AU) - jours(age), 1100, None)]), AU)

    assert message(juge, "releve_ancien") == (
        "Patientèle médecin traitant : le dernier relevé retenu date du 23/03/2024." if ancien else None
    )


def test_readings_after_the_day() -> None:
    def futurs(*dates: str) -> str | None:
        return message(
            juger(pratique(contrat(), releves=[releve(jour, 1100, 2200) for jour in dates]), AU), "releve_futur"
        )

    assert futurs("2024-07-02") is None
    assert futurs("2024-07-02", "2024-07-03") == (
        "1 relevé après le 02/07/2024, le premier au 03/07/2024 : il n'est pas compté."
    )
    assert futurs("2024-09-01", "2024-07-03", "2024-08-01") == (
        "3 relevés après le 02/07/2024, le premier au 03/07/2024 : ils ne sont pas comptés."
    )


def test_the_readings_of_another_doctor_are_not_of_this_contract() -> None:
    assert "releve_futur" not in codes(juger(pratique(contrat(), releves=[releve("2025-01-01", 1, medecin="m2")]), AU))


def test_an_unknown_target() -> None:
    juge = juger(pratique(contrat(objectif=objectif(None, 2400))), AU)

    assert message(juge, "objectif_inconnu") == (
        "Patientèle médecin traitant : objectif inconnu, non publié – reportez le chiffre de votre contrat."
    )
    assert "objectif_inconnu" not in codes(juger(pratique(contrat()), AU))


def hors_bareme(tranche: str | None, etp: Fraction, cible: int, **change: Any) -> bool:  # noqa: ANN401 - any field
    signe = contrat(
        **{"tranche": tranche, "option_etp": etp, "objectif": objectif(cible, None), "reference": reference(1000)}
        | change
    )
    return "objectif_hors_bareme" in codes(juger(pratique(signe), AU))


# From 1 000 patients: the rate of the band and option gives the target; one patient more or less is rounding.
@pytest.mark.parametrize(
    ("tranche", "etp", "cible"),
    [
        ("P30-P50", TIERS, 1200),
        ("P30-P50", DEMI, 1250),
        ("P30-P50", PLEIN, 1350),
        ("P50-P70", TIERS, 1150),
        ("P70-P90", TIERS, 1075),
        ("P70-P90", DEMI, 1125),
        ("P90-P95", TIERS, 1040),
        ("P90-P95", DEMI, 1060),
        ("P90-P95", PLEIN, 1125),
        ("P95+", TIERS, 1000),
        ("P95+", DEMI, 1000),
    ],
)
def test_a_target_that_differs_from_the_published_rise(tranche: str, etp: Fraction, cible: int) -> None:
    assert not hors_bareme(tranche, etp, cible)
    assert not hors_bareme(tranche, etp, cible + 1)
    assert hors_bareme(tranche, etp, cible + 2)
    if cible > 1000:
        assert not hors_bareme(tranche, etp, cible - 1)
        assert hors_bareme(tranche, etp, cible - 2)


@pytest.mark.parametrize(
    ("tranche", "etp"), [("P50-P70", DEMI), ("P50-P70", PLEIN), ("P70-P90", PLEIN), ("P95+", PLEIN), (None, DEMI)]
)
def test_nothing_is_said_of_a_rise_nobody_has_published(tranche: str | None, etp: Fraction) -> None:
    assert not hors_bareme(tranche, etp, 5000)


def test_the_later_texts_have_no_rise_to_compare_with() -> None:
    assert not hors_bareme("P30-P50", DEMI, 5000, texte="reglement_arbitral_2023", signe_le=j("2023-06-01"))


def test_a_rise_that_falls_between_two_patients() -> None:
    # 15 % of 1 010 is 151,5: 1 161,5 patients; 1 161 and 1 162 are both as near, 1 160 is not.
    def vu(cible: int) -> bool:
        return hors_bareme("P50-P70", TIERS, cible, reference=reference(1010))

    assert [vu(cible) for cible in (1160, 1161, 1162, 1163)] == [True, False, False, True]


def test_the_signed_target_prevails_and_the_difference_is_an_information() -> None:
    signe = contrat(tranche="P30-P50", objectif=objectif(1300, 2500))
    juge = juger(pratique(signe), AU)
    ecart = averti(juge, "objectif_hors_bareme")

    assert ecart is not None
    assert ecart.niveau == "information"
    assert ecart.message.replace(INSECABLE, " ") == (
        "Patientèle médecin traitant : l'objectif du contrat (1 300) diffère du barème publié (1 250) ; "
        "c'est le contrat signé qui fait foi."
    )


def test_what_a_speciality_does_not_need_is_not_compared() -> None:
    signe = contrat(tranche="P30-P50", objectif=objectif(5000, 2500))

    assert "objectif_hors_bareme" not in codes(juger(pratique(signe, medecins=[medecin(specialite="orl")]), AU))


def test_the_target_of_a_group_is_compared_by_etp() -> None:
    def vus(patientele: int, file_active: int) -> list[str]:
        signe = collectif(objectif=objectif(patientele, file_active, j("2028-02-29")))
        juge = juger(pratique(signe), "2026-07-01")
        return [a.message.partition(" :")[0] for a in juge.avertissements if a.code == "objectif_hors_bareme"]

    # 2 ETP: 2 000 + 2 x 260 and 4 000 + 2 x 110.
    assert vus(2520, 4220) == []
    assert vus(2521, 4219) == []
    assert vus(2522, 4220) == ["Patientèle médecin traitant"]
    assert vus(2520, 4218) == ["File active"]


def test_an_amended_target_is_compared_too() -> None:
    signe = contrat(
        nouvel_objectif("2024-01-01", objectif(1300, None)), tranche="P30-P50", objectif=objectif(1250, None)
    )

    assert "objectif_hors_bareme" not in codes(juger(pratique(signe), "2023-12-31"))
    assert "objectif_hors_bareme" in codes(juger(pratique(signe), "2024-01-01"))


def ines(*absences: Absence, **change: Any) -> Assistant:  # noqa: ANN401 - any field
    return assistant(affectation("2023-01-01"), absences=absences, **change)


@pytest.mark.parametrize(("jour", "avant"), [("2022-12-31", True), ("2023-01-01", False), ("2023-01-02", False)])
def test_a_hiring_before_the_contract(jour: str, avant: bool) -> None:
    juge = juger(pratique(contrat(), assistants=[ines(embauches=(embauche(jour),))]), AU)

    assert message(juge, "embauche_avant_contrat") == (
        "Inès Morel : l'embauche du 31/12/2022 précède le début du contrat, le 01/01/2023 ; ses délais se comptent de "
        "l'embauche."
        if avant
        else None
    )
    assert [a.niveau for a in juge.avertissements if a.code == "embauche_avant_contrat"] == ["information"] * avant


def test_an_earlier_post_or_an_earlier_contract_explains_a_hiring() -> None:
    ancien = contrat(resiliation("2023-01-01"), id="c0", signe_le=j("2022-06-01"), debut_le=j("2022-06-01"))
    embauchee = {"embauches": (embauche("2022-06-01"),)}

    def vu(*avant: Affectation, profil: str = "hors_sante") -> bool:
        suivie = assistant(*avant, affectation("2023-01-01"), profil=profil, **embauchee)
        evaluee = evaluate(pratique(contrat(), ancien, assistants=[suivie]), j(AU), charger_baremes())
        return "embauche_avant_contrat" in codes(evaluee.contrats[0])

    assert vu()
    assert not vu(profil="secretaire_medicale")
    assert not vu(affectation("2022-06-01", "2022-12-31", contrat="c0"))


def test_an_assistant_never_hired_or_allocated_twice_is_told_once() -> None:
    deux_fois = assistant(
        affectation("2023-01-01", "2023-06-30"), affectation("2023-07-01"), embauches=(embauche("2022-12-31"),)
    )

    assert message(juger(pratique(contrat(), assistants=[deux_fois]), AU), "embauche_avant_contrat") is not None
    assert codes(juger(pratique(contrat(), assistants=[ines(embauches=())]), AU)).count("embauche_avant_contrat") == 0


def longue(repos: Absence, au: str = AU, *avenants: Avenant) -> bool:
    return "absence_longue" in codes(juger(pratique(contrat(*avenants), assistants=[ines(repos)]), au))


# From 10 January, three months last to 9 April.
@pytest.mark.parametrize(("fin", "attendu"), [("2024-04-08", False), ("2024-04-09", False), ("2024-04-10", True)])
def test_an_absence_is_long_beyond_three_months(fin: str, attendu: bool) -> None:
    assert longue(absence("2024-01-10", fin)) is attendu
    # Seen on that day, the absence still going on or ending later.
    assert longue(absence("2024-01-10", None), fin) is attendu
    assert longue(absence("2024-01-10", "2024-12-31"), fin) is attendu


def test_an_absence_that_has_not_begun_is_not_long() -> None:
    assert not longue(absence("2024-08-01", "2025-08-01"))
    assert not longue(absence("2024-08-01", None))


def test_a_replacement_is_enough() -> None:
    assert not longue(absence("2024-01-10", None, remplacement=True))


def test_paid_leave_is_not_an_absence_to_suspend_the_contract_for() -> None:
    repos = absence("2024-01-10", None)

    assert longue(repos)
    assert not longue(repos.model_copy(update={"conges": True}))


@pytest.mark.parametrize(
    ("suspensions", "attendu"),
    [
        ([("2024-01-10", None)], False),
        ([("2024-01-10", "2024-06-10")], False),
        ([("2024-04-10", "2024-06-10")], False),
        ([("2024-04-10", "2024-05-09"), ("2024-05-10", "2024-06-10")], False),
        ([("2024-01-10", "2024-04-10"), ("2024-04-11", "2024-06-10")], False),
        ([("2024-04-11", "2024-06-10")], True),
        ([("2024-01-10", "2024-04-09")], True),
        ([("2024-01-10", "2024-06-09")], True),
        ([("2024-04-10", "2024-05-09"), ("2024-05-11", "2024-06-10")], True),
        ([], True),
    ],
)
def test_a_long_absence_asks_for_a_suspension_until_the_return(
    suspensions: list[tuple[str, str | None]], attendu: bool
) -> None:
    repos = absence("2024-01-10", "2024-06-10")

    assert longue(repos, AU, *(suspension(du, au) for du, au in suspensions)) is attendu


@pytest.mark.parametrize(
    ("du", "au", "attendu"),
    [
        ("2022-09-30", "2022-12-31", False),  # three months gone by the eve of the contract
        ("2022-09-30", "2023-01-01", True),
        ("2022-09-30", None, True),
        ("2027-09-30", None, True),  # three months on 30 December 2027, the contract's last day is the 31st
        ("2027-10-01", None, False),
    ],
)
def test_an_absence_counts_while_the_contract_runs(du: str, au: str | None, attendu: bool) -> None:
    assert longue(absence(du, au), "2028-06-30") is attendu


@pytest.mark.parametrize(
    ("affectations", "attendu"),
    [
        ([("2023-01-01", "2024-04-09")], False),
        ([("2023-01-01", "2024-04-10")], True),
        ([("2024-06-10", None)], True),
        ([("2024-06-11", None)], False),
        ([("2023-01-01", "2023-12-31"), ("2024-06-01", None)], True),
        ([("2023-01-01", "2023-12-31"), ("2024-07-01", None)], False),
    ],
)
def test_an_absence_counts_while_the_assistant_works_for_the_contract(
    affectations: list[tuple[str, str | None]], attendu: bool
) -> None:
    presente = assistant(
        *(affectation(du, au) for du, au in affectations), absences=(absence("2024-01-10", "2024-06-10"),)
    )
    juge = juger(pratique(contrat(), assistants=[presente]), AU)
    assert ("absence_longue" in codes(juge)) is attendu


def test_a_long_absence_is_told_with_its_remedy() -> None:
    juge = juger(pratique(contrat(), assistants=[ines(absence("2024-01-10", None))]), AU)

    assert message(juge, "absence_longue") == (
        "Inès Morel : absence de plus de 3 mois sans remplacement depuis le 10/01/2024. Le contrat doit être "
        "suspendu par un avenant, avec l'accord écrit du médecin."
    )


# Seen on 2 July 2024: on its last day an absence is not yet over.
@pytest.mark.parametrize(("fin", "finie"), [("2024-07-01", True), ("2024-07-02", False)])
def test_a_long_absence_that_is_over_is_told_with_what_should_have_been_done(fin: str, finie: bool) -> None:
    dit = message(juger(pratique(contrat(), assistants=[ines(absence("2024-01-10", fin))]), AU), "absence_longue")

    assert dit == (
        "Inès Morel : absence de plus de 3 mois sans remplacement "
        + (
            "du 10/01/2024 au 01/07/2024. Le contrat aurait dû être suspendu par un avenant, avec l'accord écrit du "
            "médecin : voyez avec la CPAM ce qu'il en est."
            if finie
            else "depuis le 10/01/2024. Le contrat doit être suspendu par un avenant, avec l'accord écrit du médecin."
        )
    )


def couverture(*assistants: Assistant, avenants: tuple[Avenant, ...] = (), au: str = AU) -> str | None:
    return message(juger(pratique(contrat(*avenants), assistants=assistants), au), "couverture_insuffisante")


def test_a_post_not_covered_on_the_day() -> None:
    assert couverture(ines()) is None
    assert couverture() == "Depuis le 01/01/2023, aucun assistant n'est affecté pour 1/2 ETP financé."
    assert couverture(assistant(affectation("2023-01-01", etp=TIERS))) == (
        "Depuis le 01/01/2023, 1/3 ETP affecté pour 1/2 ETP financé."
    )
    assert couverture(ines(), avenants=(option("2024-03-01", PLEIN),)) == (
        "Depuis le 01/03/2024, 1/2 ETP affecté pour 1 ETP financé."
    )
    equipe = assistant(affectation("2023-01-01", etp=Fraction(2)))
    assert couverture(equipe, avenants=(option("2024-03-01", Fraction(2)),)) is None
    assert couverture(avenants=(option("2024-03-01", Fraction(2)),)) == (
        "Depuis le 01/03/2024, aucun assistant n'est affecté pour 2 ETP financés."
    )


def test_only_the_day_itself_is_told() -> None:
    equipe = (
        assistant(affectation("2023-01-01", "2024-06-30"), id="a1"),
        assistant(affectation("2024-07-05"), id="a2"),
    )

    assert couverture(*equipe, au="2024-06-30") is None
    assert couverture(*equipe, au="2024-07-01") is not None
    assert couverture(*equipe, au="2024-07-04") is not None
    assert couverture(*equipe, au="2024-07-05") is None


def test_a_suspended_or_ended_contract_has_no_post_to_cover() -> None:
    assert couverture(avenants=(suspension("2024-07-02", "2024-07-02"),)) is None
    assert couverture(avenants=(suspension("2024-07-03", None),)) is not None
    assert couverture(avenants=(resiliation("2024-07-03"),)) is not None
    assert couverture(avenants=(resiliation("2024-07-02"),)) is None
    assert couverture(au="2027-12-31") is not None
    assert couverture(au="2028-01-01") is None
    assert couverture(au="2022-12-31") is None


def missions(*confiees: Mission, au: str = AU, fin: str | None = None) -> list[str]:
    equipe = [assistant(affectation("2023-01-01", fin))]
    juge = juger(pratique(contrat(), assistants=equipe, missions=confiees), au)
    return [code for code in codes(juge) if code in ("missions_absentes", "secretariat_seul")]


def test_an_assistant_without_any_task() -> None:
    assert missions() == ["missions_absentes"]
    assert missions(mission("2024-07-02")) == []
    assert missions(mission("2024-07-03")) == ["missions_absentes"]
    assert missions(mission("2023-01-01", "2024-07-02")) == []
    assert missions(mission("2023-01-01", "2024-07-01")) == ["missions_absentes"]


def test_tasks_that_are_secretarial_alone() -> None:
    accueil = mission("2023-01-01", domaine="administratif", tache="Accueil")

    assert missions(accueil) == ["secretariat_seul"]
    assert missions(accueil, mission("2024-07-02")) == []
    assert missions(accueil, mission("2024-07-03")) == ["secretariat_seul"]
    assert missions(accueil, mission("2023-01-01", domaine="coordination")) == []


def test_an_assistant_is_there_from_their_first_day() -> None:
    def vues(premier: str) -> list[str]:
        return codes(juger(pratique(contrat(), assistants=[assistant(affectation(premier))]), AU))

    assert "missions_absentes" in vues("2024-07-02")
    assert "missions_absentes" not in vues("2024-07-03")


def test_an_assistant_no_longer_there_has_no_task_to_tell() -> None:
    assert missions(fin="2024-07-01") == []
    assert missions(fin="2024-07-02") == ["missions_absentes"]
    assert missions(mission("2023-01-01", domaine="administratif"), fin="2024-07-01") == []


def test_the_tasks_of_an_assistant_of_another_contract_are_not_of_this_one() -> None:
    equipe = [ines(), assistant(id="a2")]
    dossier = pratique(contrat(), assistants=equipe, missions=[mission("2023-01-01", assistant="a2")])

    assert "missions_absentes" in codes(juger(dossier, AU))


def test_each_warning_is_a_sentence_with_its_level() -> None:
    dossier = pratique(
        contrat(signe_le=j("2023-05-01"), objectif=None, option_etp=Fraction(2)),
        releves=[releve("2023-02-01", 1000, 2000, source="logiciel"), releve("2025-01-01", 1, 1)],
        assistants=[ines(absence("2024-01-10", None), embauches=(embauche("2022-12-31"),))],
    )
    avertissements = juger(dossier, AU).avertissements

    assert [a.code for a in avertissements] == [
        "signature_hors_periode",
        "debut_avant_signature",
        "evaluation_par_defaut",
        "objectif_inconnu",
        "objectif_inconnu",
        "source_logiciel",
        "releve_ancien",
        "source_logiciel",
        "releve_ancien",
        "releve_futur",
        "aide_inconnue",
        "embauche_avant_contrat",
        "absence_longue",
        "couverture_insuffisante",
        "missions_absentes",
    ]
    assert {a.code for a in avertissements if a.niveau == "information"} == {
        "releve_futur",
        "embauche_avant_contrat",
        "missions_absentes",
    }
    assert all(a.message.endswith(".") and (a.message[0].isupper() or a.message[0].isdigit()) for a in avertissements)


def test_what_an_earlier_gain_already_gave_is_taken_off_the_target_of_a_group() -> None:
    gains = Gains(patientele_mt=100, file_active=20)

    def vus(patientele: int, file_active: int) -> int:
        cible = objectif(patientele, file_active, j("2028-02-29"))
        juge = juger(pratique(collectif(objectif=cible, gains_anterieurs=gains)), "2026-07-01")
        return codes(juge).count("objectif_hors_bareme")

    # 2 ETP: 2 000 + 2 x 260 - 100 and 4 000 + 2 x 110 - 20.
    assert vus(2420, 4200) == 0
    assert vus(2520, 4220) == 2


def test_a_target_less_earlier_gains_is_not_called_the_published_table() -> None:
    cible = objectif(2520, None, j("2028-02-29"))

    def dit(gains: Gains | None, patientele: int = 2520) -> str | None:
        signe = collectif(objectif=cible.model_copy(update={"patientele_mt": patientele}), gains_anterieurs=gains)
        return message(juger(pratique(signe), "2026-07-01"), "objectif_hors_bareme")

    assert dit(Gains(patientele_mt=100, file_active=0)) == (
        "Patientèle médecin traitant : l'objectif du contrat (2 520) diffère de l'objectif calculé, gains antérieurs "
        "déduits (2 420, à vérifier) ; c'est le contrat signé qui fait foi."
    )
    assert dit(None) is None
    assert "diffère du barème publié (2 520)" in str(dit(None, 2600))
    # More gained before than asked now: the reference is to be kept, no less.
    assert dit(Gains(patientele_mt=521, file_active=0), 2000) is None
    assert "(2 000, à vérifier)" in str(dit(Gains(patientele_mt=521, file_active=0), 2002))


def test_the_target_is_compared_with_the_option_of_the_day() -> None:
    # 2 000 + 260 x 2 = 2 520; with a third ETP from 1 May 2026, 2 780.
    def vu(patientele: int, au: str) -> bool:
        signe = collectif(option("2026-05-01", Fraction(3)), objectif=objectif(patientele, None, j("2028-02-29")))
        return "objectif_hors_bareme" in codes(juger(pratique(signe), au))

    assert [vu(2520, au) for au in ("2026-04-30", "2026-05-01")] == [False, True]
    assert [vu(2780, au) for au in ("2026-04-30", "2026-05-01")] == [True, False]


MAINTIEN = (
    "Patientèle médecin traitant : l'objectif est la référence (1 000). C'est un contrat de maintien : il s'agit de la "
    "garder."
)


@pytest.mark.parametrize(("cible", "maintien"), [(1000, True), (1001, False)])
def test_a_target_equal_to_the_reference_is_to_be_kept(cible: int, maintien: bool) -> None:
    juge = juger(pratique(contrat(objectif=objectif(cible, 2400))), AU)

    assert message(juge, "contrat_de_maintien") == (MAINTIEN if maintien else None)


def test_what_a_speciality_does_not_need_has_no_reference_to_keep() -> None:
    juge = juger(pratique(contrat(objectif=objectif(1000, 2400)), medecins=[medecin(specialite="orl")]), AU)

    assert "contrat_de_maintien" not in codes(juge)


@pytest.mark.parametrize(
    ("tranche", "etp", "maintien"),
    [
        ("P95+", DEMI, True),
        ("P95+", TIERS, True),
        ("P95+", PLEIN, False),
        ("P90-P95", DEMI, False),
        (None, DEMI, False),
    ],
)
def test_the_highest_band_is_to_be_kept_where_the_table_says_so(
    tranche: str | None, etp: Fraction, maintien: bool
) -> None:
    juge = juger(pratique(contrat(tranche=tranche, option_etp=etp, objectif=objectif(None, 2400))), AU)

    assert message(juge, "contrat_de_maintien") == (
        "Patientèle médecin traitant : pour la tranche P95+, le barème publié demande de garder la référence (1 000), "
        "à vérifier sur votre contrat."
        if maintien
        else None
    )


def dits(*avertissements: Avertissement) -> list[tuple[str, str, str]]:
    return [(a.code, a.niveau, a.message.replace(INSECABLE, " ")) for a in avertissements]


SUIVI = (
    "frequence_du_suivi_inconnue",
    "information",
    (
        "La fréquence des échanges de suivi avec la caisse n'est pas publiée pour ce texte (contrat collectif) : "
        "demandez-la à votre CPAM."
    ),
)


def vie(dossier: Dossier, au: str = AU, anterieurs: tuple[Anterieur, ...] = ()) -> list[tuple[str, str, str]]:
    """Give what the life of the first contract asks for."""
    baremes = charger_baremes()
    evalue = evaluate(dossier, j(au), baremes).contrats[0]
    signe = evalue.contrat
    regles = Regles(
        baremes.textes.version_du_texte(signe.texte),
        baremes.echeances.version_ou_rien(signe, signe.debut_le),
        baremes.eligibilite.version_ou_rien(signe, signe.debut_le),
    )
    siens = [m for m in dossier.medecins if m.id in signe.medecins]
    return dits(*de_la_vie(vie_du_contrat(dossier, evalue), siens, anterieurs, regles, j(au)))


def test_a_plain_life_asks_for_nothing() -> None:
    assert vie(pratique(contrat())) == []
    assert vie(pratique(collectif()), "2026-07-01") == [SUIVI]


def test_how_often_the_caisse_is_met_is_said_not_to_be_published_since_2023() -> None:
    def dite(texte: str, signature: str, au: str = "2025-01-01") -> bool:
        signe = contrat(texte=texte, signe_le=j(signature), debut_le=j("2024-07-01"), objectif=None)
        return "frequence_du_suivi_inconnue" in codes(juger(pratique(signe), au))

    assert not dite("avenant_7", "2023-04-30")  # every six months
    assert dite("reglement_arbitral_2023", "2023-05-01")
    assert dite("convention_2024", "2024-06-22")
    assert not dite("convention_2024", "2024-06-21")  # no text that day
    # The last day is 30 June 2029.
    assert [dite("convention_2024", "2024-06-22", au) for au in ("2029-06-30", "2029-07-01")] == [True, False]


def test_a_mixed_practice_is_to_be_declared_while_the_contract_runs() -> None:
    dossier = pratique(contrat(), medecins=[medecin(exercice_mixte=True)])
    attendu = [
        ("exercice_mixte", "information", "Dr Claire Lambert a un exercice mixte : pensez à le déclarer à la CPAM.")
    ]

    assert vie(dossier, "2027-12-31") == attendu
    assert vie(dossier, "2028-01-01") == []


def adresse(du: str, departement: str = "58", code_postal: str = "58200", commune: str = "Cosne") -> ChangementAdresse:
    return ChangementAdresse(
        type="adresse",
        du=j(du),
        adresse="",
        code_postal=code_postal,
        commune=commune,
        departement=departement,
        zonage="zip",
        motif="",
    )


SUITE_DU_DEMENAGEMENT = (
    " : si la caisse juge le nouveau cabinet trop éloigné, ce contrat prend fin et un nouveau se signe comme pour un "
    "nouvel installé."
)


def test_a_move_may_end_the_contract() -> None:
    dossier = pratique(contrat(adresse("2024-07-02")))

    assert vie(dossier, "2024-07-01") == [
        (
            "demenagement",
            "information",
            f"Le cabinet déménage le 02/07/2024 (58200 Cosne){SUITE_DU_DEMENAGEMENT}",
        )
    ]
    assert vie(dossier, "2024-07-02")[0][2].startswith("Le cabinet a déménagé le 02/07/2024")
    assert vie(dossier, "2027-12-31") != []
    assert vie(dossier, "2028-01-01") == []


def test_a_move_to_another_departement_is_more_pressing_than_one_back() -> None:
    partie = adresse("2024-03-01", "71", "71000", "")
    retour = adresse("2024-06-01", "71", "71100", "Chalon")

    assert vie(pratique(contrat(partie))) == [
        (
            "demenagement",
            "attention",
            f"Le cabinet a déménagé le 01/03/2024 (71000), dans un autre département{SUITE_DU_DEMENAGEMENT}",
        )
    ]
    # The last move alone, held to the address it leaves, whatever the order of entry.
    for avenants in ((partie, retour), (retour, partie)):
        assert [dit[1] for dit in vie(pratique(contrat(*avenants)))] == ["information"]


def test_a_move_after_the_end_is_not_of_this_contract() -> None:
    assert vie(pratique(contrat(adresse("2024-09-01"), resiliation("2024-09-01")))) == []
    assert [dit[0] for dit in vie(pratique(contrat(adresse("2024-08-31"), resiliation("2024-09-01"))))] == [
        "demenagement"
    ]


# Signed on 15 December 2022: avenant 7 publishes no P50 of adults.
@pytest.mark.parametrize(("installe_le", "recent"), [("2021-12-15", False), ("2021-12-16", True)])
def test_a_doctor_newly_installed_is_to_reach_the_median(installe_le: str, recent: bool) -> None:
    dossier = pratique(contrat(), medecins=[medecin(installe_le=j(installe_le))])

    assert vie(dossier) == (
        [
            (
                "nouvel_installe",
                "information",
                (
                    "Dr Claire Lambert est installé depuis moins de 12 mois à la signature : l'objectif est "
                    "d'atteindre P50 en 3 ans, dont la valeur est non publiée (à vérifier) ; c'est le contrat signé "
                    "qui fait foi."
                ),
            )
        ]
        if recent
        else []
    )


def test_the_median_is_given_where_it_is_published() -> None:
    signe = contrat(texte="convention_2024", signe_le=j("2024-07-01"), debut_le=j("2024-07-01"), objectif=None)

    def dit(specialite: str) -> str:
        recent = medecin(installe_le=j("2024-01-01"), specialite=specialite)
        return vie(pratique(signe, medecins=[recent]))[1][2]

    assert "P50 en 3 ans, soit 1 045 patients en patientèle médecin traitant et 1 514 patients en file active (à" in (
        dit("medecine_generale")
    )
    assert "P50 en 3 ans, dont la valeur est non publiée (à vérifier)" in dit("pediatrie")
    # Signed on a day no text was open: nothing is known of the percentiles.
    hors = contrat(texte="convention_2024", signe_le=j("2024-06-21"), debut_le=j("2024-06-21"), objectif=None)
    assert "non publiée" in vie(pratique(hors, medecins=[medecin(installe_le=j("2024-01-01"))]))[0][2]


def test_a_doctor_whose_contract_ended_by_a_move_is_treated_as_newly_installed() -> None:
    fin = Resiliation(type="resiliation", du=j("2022-12-15"), motif="", cause="demenagement")
    ancien = contrat(fin, id="c0", debut_le=j("2021-01-01"), signe_le=j("2021-01-01"))
    dossier = pratique(contrat())

    (dit,) = vie(dossier, anterieurs=(Anterieur(ancien, j("2022-12-14"), objectifs_tenus=None),))
    assert "Dr Claire Lambert est traité comme un nouvel installé à la signature" in dit[2]


def fin_le(du: str, cause: CauseResiliation | None, lettre: str | None = None) -> Dossier:
    avenant = Resiliation(
        type="resiliation", du=j(du), motif="", cause=cause, notifie_le=None if lettre is None else j(lettre)
    )
    return pratique(contrat(avenant))


# The last day is 31 May 2024, so the letter leaves by 31 March.
@pytest.mark.parametrize("cause", [None, "medecin", "contrat_collectif", "autre"])
@pytest.mark.parametrize(("lettre", "tardive"), [("2024-03-31", False), ("2024-04-01", True)])
def test_a_letter_after_the_last_day_of_notice(cause: CauseResiliation | None, lettre: str, tardive: bool) -> None:
    # For a group, off the anniversary, the settling is told too.
    assert [dit for dit in vie(fin_le("2024-06-01", cause, lettre)) if dit[0] != "prorata_a_convenir"] == (
        [
            (
                "preavis_non_respecte",
                "attention",
                (
                    "La lettre de résiliation, du 01/04/2024, vient après le dernier jour du préavis, le 31/03/2024, "
                    "pour une fin le 31/05/2024 (à vérifier) : voyez avec la CPAM quand le contrat prend fin."
                ),
            )
        ]
        if tardive
        else []
    )


def test_the_notice_of_the_caisse_is_not_the_doctors() -> None:
    for cause in ("cpam", "demenagement", "specialite"):
        assert vie(fin_le("2024-06-01", cause, "2024-05-31")) == []
        assert vie(fin_le("2024-06-01", cause)) == []


def test_a_termination_by_the_doctor_without_a_letter() -> None:
    dossier = fin_le("2024-06-01", "medecin")

    assert vie(dossier, "2024-03-31") == [
        (
            "preavis_sans_date",
            "attention",
            (
                "La date de la lettre de résiliation n'est pas saisie ; elle est à envoyer au plus tard le 31/03/2024 "
                "(à vérifier)."
            ),
        )
    ]
    assert vie(dossier, "2024-04-01")[0][1] == "information"
    assert vie(fin_le("2024-06-01", None)) == []


def test_a_contract_outside_every_text_has_no_notice_to_judge() -> None:
    avenant = Resiliation(type="resiliation", du=j("2024-06-01"), motif="", notifie_le=j("2024-05-31"))

    assert vie(pratique(contrat(avenant, signe_le=j("2023-05-01")))) == []


# Anniversaries on 1 January.
@pytest.mark.parametrize(
    ("du", "anniversaire"),
    [("2023-12-31", False), ("2024-01-01", True), ("2024-01-02", False), ("2027-01-01", True), ("2027-12-31", False)],
)
def test_leaving_for_a_group_off_the_anniversary_is_settled_with_the_caisse(du: str, anniversaire: bool) -> None:
    lettre = str(j(du) - jours(100))
    vus = vie(fin_le(du, "contrat_collectif", lettre))

    assert [dit[:2] for dit in vus] == ([] if anniversaire else [("prorata_a_convenir", "attention")])
    if du == "2024-01-02":
        assert vus[0][2] == (
            "Le contrat prend fin le 01/01/2024, en cours d'année de contrat, pour un contrat collectif : un "
            "remboursement ou un versement au prorata est à convenir avec la caisse."
        )
    assert "prorata_a_convenir" not in [dit[0] for dit in vie(fin_le(du, "medecin", lettre))]


def test_a_group_leaves_for_no_group() -> None:
    avenant = Resiliation(type="resiliation", du=j("2026-07-02"), motif="", cause="contrat_collectif")

    assert vie(pratique(collectif(avenant)), "2026-07-01") == [SUIVI]


def annees_suspendues(*avenants: Avenant, au: str = AU) -> list[str]:
    evalue = juger(pratique(contrat(*avenants)), au)
    return [a.message for a in des_annees_suspendues(evalue.aide, evalue.suspensions)]


@pytest.mark.parametrize(
    ("du", "au", "dite"),
    [
        ("2023-06-01", "2023-12-31", False),
        ("2023-06-01", "2024-01-01", True),
        ("2024-01-01", "2024-02-01", True),
        ("2024-01-02", "2024-02-01", False),
    ],
)
def test_a_year_that_begins_suspended(du: str, au: str, dite: bool) -> None:
    assert annees_suspendues(suspension(du, au)) == (
        [
            (
                "Le contrat est suspendu le 01/01/2024, premier jour de l'année 2 : l'effet sur le versement n'est pas "
                "publié, à demander à la CPAM."
            )
        ]
        if dite
        else []
    )


def test_a_suspension_without_an_end_is_known_up_to_the_day() -> None:
    assert [len(annees_suspendues(suspension("2023-06-01", None), au=au)) for au in ("2023-12-31", "2024-01-01")] == [
        0,
        1,
    ]
    assert annees_suspendues(suspension("2023-06-01", "2024-02-01"), resiliation("2024-01-01")) == []


def test_a_year_notified_has_no_effect_left_to_ask() -> None:
    dossier = pratique(contrat(suspension("2023-12-01", "2024-01-31")))
    notifiee = Notification(contrat="c1", annee_contrat=2, montant=1, notifie_le=j("2024-02-01"), reference="")
    evalue = juger(dossier.model_copy(update={"notifications": (notifiee,)}), AU)

    assert list(des_annees_suspendues(evalue.aide, evalue.suspensions)) == []


def sous(patientele: int, file_active: int, texte: str = "avenant_7") -> list[tuple[str, str, str]]:
    evalue = juger(pratique(contrat(), releves=[releve("2024-06-30", patientele, file_active)]), AU)
    version = charger_baremes().textes.version_du_texte(texte)  # type: ignore[arg-type]
    return dits(*sous_la_reference(evalue.contrat, evalue.indicateurs, version))


def test_under_the_reference_of_an_individual_contract_nobody_says_what_follows() -> None:
    assert sous(1000, 2000) == []
    assert sous(999, 2000) == [
        (
            "sous_la_reference",
            "information",
            (
                "Patientèle médecin traitant sous la référence : ce que la caisse en tire pour ce contrat "
                "(avenant n° 7) n'est pas publié."
            ),
        )
    ]
    assert sous(999, 1999)[0][2].startswith("Patientèle médecin traitant et file active sous la référence")
    # The text of a group says it.
    assert sous(999, 1999, "collectif_2026") == []


def test_what_is_not_required_is_not_under_its_reference() -> None:
    orl = pratique(contrat(), medecins=[medecin(specialite="orl")], releves=[releve("2024-06-30", 1, 2100)])
    evalue = juger(orl, AU)
    version = charger_baremes().textes.version_du_texte("avenant_7")

    assert list(sous_la_reference(evalue.contrat, evalue.indicateurs, version)) == []


@pytest.mark.parametrize(("au", "dit"), [("2027-12-31", True), ("2028-01-01", False)])
def test_what_is_missing_is_told_up_to_the_last_day(au: str, dit: bool) -> None:
    trouves = codes(juger(pratique(contrat(), releves=[releve("2027-06-30", 999, 2400)]), au))

    assert ("couverture_insuffisante" in trouves) is dit
    assert ("sous_la_reference" in trouves) is dit
