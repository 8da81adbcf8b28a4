"""The deadlines: each code of each text on its day, and its state on the days around."""

from fractions import Fraction
from typing import Any

import pytest

from assistmed_desktop.domain.assistant import Assistant, Embauche, Formation
from assistmed_desktop.domain.contrat import CauseResiliation, ContratCollectif, ContratIndividuel, Resiliation
from assistmed_desktop.domain.dossier import Dossier, fautes_du_dossier
from assistmed_desktop.domain.suivi import CodeEcheance, EcheanceFaite
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.echeances import versements_attendus, vie_du_contrat
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import Echeance
from tests.rules.outils import (
    TIERS,
    affectation,
    assistant,
    cabinet,
    collectif,
    contrat,
    embauche,
    j,
    jours,
    juger,
    morvan,
    pratique,
    resiliation,
    suspension,
    versement,
)

A7, RA, C24 = "avenant_7", "reglement_arbitral_2023", "convention_2024"


def ines(**change: Any) -> Assistant:  # noqa: ANN401 - any field
    return assistant(affectation("2023-01-01"), **change)


def formation(**change: Any) -> Formation:  # noqa: ANN401 - any field
    champs: dict[str, Any] = {"voie": "cqp", "inscription_le": None, "debut_le": None, "obtention_le": None}
    return Formation(**champs | change)


def signe_sous(texte: str, *assistants: Assistant, engagement: bool = False, **reste: Any) -> Dossier:  # noqa: ANN401
    """Give a contract of 2023, under avenant 7 or the text of the day, with its assistants."""
    contrats: dict[str, ContratIndividuel | ContratCollectif] = {
        A7: contrat(),
        RA: contrat(texte=RA, signe_le=j("2023-05-02"), debut_le=j("2023-06-01")),
        C24: contrat(texte=C24, signe_le=j("2024-06-24"), debut_le=j("2024-07-01"), objectif=None),
        "collectif_2026": collectif(),
    }
    ou = cabinet(exercice_coordonne="engagement" if engagement else "msp")
    return pratique(contrats[texte], cabinet=ou, assistants=assistants, **reste)


def toutes(dossier: Dossier, au: str = "2024-07-02") -> list[tuple[str, str]]:
    return [(echeance.le.isoformat(), echeance.code) for echeance in juger(dossier, au).echeances]


def une(dossier: Dossier, code: str, au: object = "2024-07-02") -> Echeance:
    (seule,) = [e for e in juger(dossier, str(au)).echeances if e.code == code]
    return seule


def dates(dossier: Dossier, code: str) -> list[str]:
    return [le for le, autre in toutes(dossier) if autre == code]


def test_avenant_7_has_its_deadlines_in_order_of_date() -> None:
    secretaire = ines(profil="secretaire_medicale")

    assert toutes(signe_sous(A7, secretaire, engagement=True)) == [
        ("2023-01-16", "versement"),
        ("2023-02-01", "contrat_travail_cpam"),
        ("2023-07-01", "point_etape"),
        ("2023-07-01", "remplacement_secretaire"),
        ("2024-01-01", "point_etape"),
        ("2024-07-01", "point_etape"),
        ("2024-12-15", "exercice_coordonne"),
        ("2025-01-01", "debut_formation"),
        ("2025-01-01", "point_etape"),
        ("2025-07-01", "point_etape"),
        ("2026-01-01", "evaluation"),
        ("2026-01-01", "point_etape"),
        ("2026-01-01", "qualification"),
        ("2026-07-01", "point_etape"),
        ("2027-01-01", "point_etape"),
        ("2027-07-01", "point_etape"),
        ("2027-10-31", "preavis"),
        ("2027-12-31", "fin_contrat"),
    ]


def test_the_reglement_arbitral_pays_otherwise_and_asks_for_no_meeting_nor_coordinated_practice() -> None:
    embauchee = ines(profil="secretaire_medicale", embauches=(embauche("2023-06-01"),))

    assert toutes(signe_sous(RA, embauchee, engagement=True)) == [
        ("2023-06-02", "versement"),
        ("2023-07-01", "contrat_travail_cpam"),
        ("2023-12-01", "remplacement_secretaire"),
        ("2024-06-01", "versement"),
        ("2025-06-01", "debut_formation"),
        ("2026-01-01", "evaluation"),
        ("2026-06-01", "qualification"),
        ("2028-03-31", "preavis"),
        ("2028-05-31", "fin_contrat"),
    ]


def test_the_convention_of_2024_wants_the_qualification_within_two_years() -> None:
    embauchee = ines(profil="secretaire_medicale", embauches=(embauche("2024-07-01"),))

    assert toutes(signe_sous(C24, embauchee, engagement=True)) == [
        ("2024-07-24", "versement"),
        ("2024-08-01", "contrat_travail_cpam"),
        ("2025-01-01", "remplacement_secretaire"),
        ("2025-07-01", "versement"),
        ("2026-07-01", "qualification"),
        ("2027-07-01", "evaluation"),
        ("2029-04-30", "preavis"),
        ("2029-06-30", "fin_contrat"),
    ]


def test_the_group_has_the_deadlines_of_the_convention() -> None:
    embauchee = assistant(affectation("2026-03-01"), embauches=(embauche("2026-03-01"),))

    assert toutes(signe_sous("collectif_2026", embauchee), "2026-07-01") == [
        ("2026-03-25", "versement"),
        ("2026-04-01", "contrat_travail_cpam"),
        ("2027-03-01", "versement"),
        ("2028-02-29", "evaluation"),
        ("2028-03-01", "qualification"),
        ("2030-12-28", "preavis"),
        ("2031-02-28", "fin_contrat"),
    ]


def test_the_grades_are_those_of_the_delays() -> None:
    grades = {e.code: e.source.grade for e in juger(signe_sous(A7, ines(), engagement=True), "2024-07-02").echeances}

    assert grades.pop("exercice_coordonne") == "A"
    # The signed contract says the day of its evaluation, and prevails.
    assert grades.pop("evaluation") == "A"
    assert set(grades.values()) == {"C"}
    assert une(signe_sous(A7), "evaluation").source.texte == "Contrat signé"
    assert une(signe_sous(C24), "evaluation").source.grade == "C"  # no day typed: that of the text


# The day of each deadline, whether the dossier would tell that it was met.
ETATS = [
    ("contrat_travail_cpam", "2023-02-01", False),
    ("versement", "2023-01-16", False),
    ("remplacement_secretaire", "2023-07-01", False),
    ("exercice_coordonne", "2024-12-15", True),
    ("debut_formation", "2025-01-01", True),
    ("qualification", "2026-01-01", True),
    ("evaluation", "2026-01-01", False),
    ("preavis", "2027-10-31", False),
    ("fin_contrat", "2027-12-31", False),
]


@pytest.mark.parametrize(("code", "le", "constatee"), ETATS, ids=[etat[0] for etat in ETATS])
def test_a_deadline_goes_from_coming_to_urgent_to_past(code: str, le: str, constatee: bool) -> None:
    dossier = signe_sous(A7, ines(profil="secretaire_medicale"), engagement=True)
    jour = j(le)

    assert une(dossier, code, jour).le == jour
    assert une(dossier, code, jour - jours(61)).etat == "a_venir"
    assert une(dossier, code, jour - jours(60)).etat == "urgente"
    assert une(dossier, code, jour - jours(1)).etat == "urgente"
    assert une(dossier, code, jour).etat == "urgente"
    assert une(dossier, code, jour + jours(1)).etat == ("depassee" if constatee else "passee")
    assert une(dossier, code, jour + jours(1)).fait_le is None


def test_meetings_and_records_go_the_same_way() -> None:
    dossier = signe_sous(A7, versements=[versement(1, None, "2023-01-20")])

    def etat(code: str, le: str, au: object) -> str:
        (seule,) = [e for e in juger(dossier, str(au)).echeances if (e.code, e.le) == (code, j(le))]
        return seule.etat

    for code, le in (("point_etape", "2024-07-01"), ("conservation", "2026-01-20")):
        assert [etat(code, le, j(le) + jours(n)) for n in (-61, -60, 0, 1)] == [
            "a_venir",
            "urgente",
            "urgente",
            "passee",
        ]


@pytest.mark.parametrize(
    ("code", "champ", "le"),
    [("debut_formation", "debut_le", "2025-01-01"), ("qualification", "obtention_le", "2026-01-01")],
)
def test_training_is_done_from_the_day_it_was_done(code: str, champ: str, le: str) -> None:
    fait = formation(**{champ: j("2024-05-15")})
    dossier = signe_sous(A7, ines(formation=fait))

    avant, ce_jour = une(dossier, code, "2024-05-14"), une(dossier, code, "2024-05-15")
    assert (avant.etat, avant.fait_le) == ("a_venir", None)
    assert (ce_jour.etat, ce_jour.fait_le) == ("faite", j("2024-05-15"))
    assert une(dossier, code, j(le) + jours(1)).etat == "faite"


def test_training_done_late_is_late_until_then() -> None:
    dossier = signe_sous(A7, ines(formation=formation(debut_le=j("2025-03-01"))))

    assert une(dossier, "debut_formation", "2025-02-28").etat == "depassee"
    assert une(dossier, "debut_formation", "2025-03-01").etat == "faite"


def test_a_training_not_yet_dated_is_not_done() -> None:
    assert une(signe_sous(A7, ines(formation=formation())), "qualification").etat == "a_venir"


def test_who_left_before_the_deadline_has_no_training_to_follow() -> None:
    def codes(fin: str, **change: Any) -> set[str]:  # noqa: ANN401 - any field
        parti = ines(embauches=(embauche("2023-01-01", fin),), **change)
        return {code for _, code in toutes(signe_sous(A7, parti))} & {"debut_formation", "qualification"}

    assert codes("2024-12-31") == set()
    assert codes("2025-01-01") == {"debut_formation"}
    assert codes("2025-12-31") == {"debut_formation"}
    assert codes("2026-01-01") == {"debut_formation", "qualification"}
    # What was done before leaving is still told.
    assert codes("2024-12-31", formation=formation(debut_le=j("2023-10-01"))) == {"debut_formation"}


def test_training_is_counted_from_the_first_hiring_and_the_work_contract_from_each() -> None:
    reprise = ines(embauches=(embauche("2024-03-15"), embauche("2023-01-01", "2023-12-31")))
    dossier = signe_sous(A7, reprise)

    assert dates(dossier, "contrat_travail_cpam") == ["2023-02-01", "2024-04-15"]
    assert dates(dossier, "debut_formation") == ["2025-01-01"]
    assert dates(dossier, "qualification") == ["2026-01-01"]


def test_each_assistant_of_the_contract_has_their_own_deadlines_once() -> None:
    ines_ = assistant(affectation("2023-01-01", "2023-06-30"), affectation("2024-01-01"), id="a1")
    paul = assistant(affectation("2023-07-01"), id="a2", prenom="Paul", embauches=(embauche("2023-07-01"),))
    dossier = signe_sous(A7, ines_, paul)

    assert dates(dossier, "contrat_travail_cpam") == ["2023-02-01", "2023-08-01"]
    assert dates(dossier, "qualification") == ["2026-01-01", "2026-07-01"]
    # The payment of the first year follows the first hiring.
    assert dates(dossier, "versement") == ["2023-01-16"]


def test_an_assistant_of_another_contract_or_never_hired_has_none() -> None:
    ailleurs = assistant(id="a1")
    pas_embauchee = assistant(affectation("2023-01-01"), id="a2", embauches=())

    liees = {"contrat_travail_cpam", "qualification", "debut_formation", "remplacement_secretaire", "versement"}
    assert not liees & {code for _, code in toutes(signe_sous(A7, ailleurs, pas_embauchee))}


@pytest.mark.parametrize(
    ("profil", "concernee"),
    [("secretaire_medicale", True), ("infirmier", False), ("aide_soignant", False), ("hors_sante", False)],
)
def test_a_former_secretary_alone_is_to_be_replaced(profil: str, concernee: bool) -> None:
    codes = [code for _, code in toutes(signe_sous(A7, ines(profil=profil)))]

    assert ("remplacement_secretaire" in codes) is concernee


@pytest.mark.parametrize("exercice", ["msp", "esp", "ess", "cpts", "centre", "aucun"])
def test_a_commitment_alone_has_a_date_to_be_kept(exercice: str) -> None:
    codes = [code for _, code in toutes(pratique(contrat(), cabinet=cabinet(exercice_coordonne=exercice)))]

    assert "exercice_coordonne" not in codes


def test_the_evaluation_is_the_moved_one() -> None:
    dossier = pratique(contrat(suspension("2023-03-01", "2023-03-10")))

    assert une(dossier, "evaluation").le == j("2026-01-11")


def test_a_terminated_contract_ends_and_gives_notice_earlier() -> None:
    dossier = pratique(contrat(resiliation("2024-06-01")))

    assert une(dossier, "fin_contrat").le == j("2024-05-31")
    assert une(dossier, "preavis").le == j("2024-03-31")
    assert dates(dossier, "point_etape") == ["2023-07-01", "2024-01-01"]


def test_a_meeting_on_the_last_day_is_the_last() -> None:
    assert dates(pratique(contrat(resiliation("2024-07-02"))), "point_etape")[-1] == "2024-07-01"
    assert dates(pratique(contrat(resiliation("2024-07-01"))), "point_etape")[-1] == "2024-01-01"


def test_a_day_the_month_lacks_is_its_last() -> None:
    def echeance(jour: str) -> str:
        return dates(signe_sous(A7, ines(embauches=(embauche(jour),))), "contrat_travail_cpam")[0]

    assert echeance("2023-01-31") == "2023-02-28"
    assert echeance("2024-01-31") == "2024-02-29"
    assert echeance("2023-08-31") == "2023-09-30"


def test_training_from_a_29_february() -> None:
    dossier = signe_sous(A7, ines(embauches=(embauche("2024-02-29"),)))

    assert dates(dossier, "debut_formation") == ["2026-02-28"]
    assert dates(dossier, "qualification") == ["2027-02-28"]


def test_the_payments_of_the_dossier_replace_those_the_text_dates() -> None:
    recus = [
        versement(1, "2023-06-15", "2023-06-20"),
        versement(3, "2025-06-15"),
        versement(3, "2025-12-15"),
        versement(4, None),
    ]
    dossier = signe_sous(RA, versements=recus)

    assert dates(dossier, "versement") == ["2023-06-15", "2024-06-01", "2025-06-15", "2025-12-15"]


@pytest.mark.parametrize(
    ("au", "etat", "fait_le"),
    [
        ("2023-04-15", "a_venir", None),
        ("2023-04-16", "urgente", None),
        ("2023-06-15", "urgente", None),
        ("2023-06-16", "depassee", None),
        ("2023-06-19", "depassee", None),
        ("2023-06-20", "faite", "2023-06-20"),
        ("2025-01-01", "faite", "2023-06-20"),
    ],
)
def test_a_payment_is_late_until_it_is_received(au: str, etat: str, fait_le: str | None) -> None:
    dossier = signe_sous(RA, versements=[versement(1, "2023-06-15", "2023-06-20")])
    vu = next(e for e in juger(dossier, au).echeances if e.code == "versement")

    assert (vu.etat, vu.fait_le) == (etat, None if fait_le is None else j(fait_le))


def test_the_share_of_a_payment_is_told_when_it_is_not_the_whole() -> None:
    vu = une(signe_sous(A7, ines()), "versement")

    assert vu.libelle == f"Versement de l'aide, année 1 (70{INSECABLE}% de l'année)"
    assert [e.libelle for e in juger(signe_sous(RA), "2024-07-02").echeances if e.code == "versement"] == [
        "Versement de l'aide, année 1",
        "Versement de l'aide, année 2",
    ]


def test_a_year_that_never_begins_is_not_paid() -> None:
    def versements(fin: str) -> list[str]:
        avenant = resiliation(fin)
        signe = contrat(avenant, texte=RA, signe_le=j("2023-05-02"), debut_le=j("2023-06-01"))
        return dates(pratique(signe), "versement")

    assert versements("2024-06-01") == ["2023-06-02"]
    assert versements("2024-06-02") == ["2023-06-02", "2024-06-01"]


def test_records_are_kept_three_years_after_the_last_payment() -> None:
    recus = [versement(2, None, "2024-02-29"), versement(1, None, "2023-01-20")]

    assert dates(signe_sous(A7, versements=recus), "conservation") == ["2027-02-28"]
    assert dates(signe_sous(A7, versements=[versement(1, "2023-01-20")]), "conservation") == []


def test_the_labels_name_who_they_are_about() -> None:
    dossier = signe_sous(
        A7, ines(profil="secretaire_medicale"), engagement=True, versements=[versement(1, None, "2023-01-20")]
    )
    libelles = {e.code: e.libelle for e in juger(dossier, "2024-07-02").echeances}

    assert libelles == {
        "contrat_travail_cpam": "Contrat de travail d'Inès Morel à transmettre à la CPAM",
        "debut_formation": "Formation d'Inès Morel à commencer",
        "qualification": "CQP d'Inès Morel à obtenir",
        "remplacement_secretaire": (
            "Remplacement au secrétariat, ou service téléphonique, si Inès Morel y travaillait dans ce cabinet"
        ),
        "exercice_coordonne": "Exercice coordonné à rejoindre",
        "point_etape": "Point d'étape avec la CPAM",
        "preavis": (
            "Si vous ne souhaitez pas poursuivre : dernier jour du préavis pour une fin le 31/12/2027 (lettre "
            "recommandée), à vérifier"
        ),
        "conservation": "Pièces à conserver jusqu'à cette date, après le dernier versement reçu",
        "evaluation": "Évaluation de l'objectif",
        "fin_contrat": "Dernier jour du contrat",
    }


@pytest.mark.parametrize(
    ("prenom", "nom", "libelle"),
    [
        ("Paul", "Morel", "Formation de Paul Morel à commencer"),
        ("", "Morel", "Formation de Morel à commencer"),
        ("", "Aubry", "Formation d'Aubry à commencer"),
        ("Élodie", "{qui}", "Formation d'Élodie {qui} à commencer"),
    ],
)
def test_the_names_are_elided_as_french_does(prenom: str, nom: str, libelle: str) -> None:
    assert une(signe_sous(A7, ines(prenom=prenom, nom=nom)), "debut_formation").libelle == libelle


@pytest.mark.parametrize(
    ("profil", "suivie", "voie"),
    [
        ("secretaire_medicale", None, "CQP"),
        ("autre_sante", None, "CQP"),
        ("hors_sante", None, "CQP"),
        ("infirmier", None, "FAE"),
        ("aide_soignant", None, "FAE"),
        ("auxiliaire_puericulture", None, "FAE"),
        ("infirmier", "cqp", "CQP"),
        ("hors_sante", "fae", "FAE"),
    ],
)
def test_the_qualification_is_the_track_followed_or_that_of_the_trade(
    profil: str, suivie: str | None, voie: str
) -> None:
    suivi = None if suivie is None else formation(voie=suivie)
    libelle = une(signe_sous(A7, ines(profil=profil, formation=suivi)), "qualification").libelle

    assert libelle == f"{voie} d'Inès Morel à obtenir"


def test_the_worked_example_has_its_first_deadline() -> None:
    vue = next(e for e in juger(morvan(), "2025-01-15").echeances if e.code == "contrat_travail_cpam")

    assert (vue.le, vue.etat, vue.source.grade) == (j("2022-04-15"), "passee", "C")


@pytest.mark.parametrize(("fin", "attendue"), [("2025-12-31", []), ("2026-01-01", []), ("2026-01-02", ["2026-01-01"])])
def test_a_contract_that_ended_before_its_evaluation_has_none_to_come(fin: str, attendue: list[str]) -> None:
    assert dates(pratique(contrat(resiliation(fin))), "evaluation") == attendue


def faite(code: CodeEcheance, le: str, faite_le: str, qui: str | None = None) -> EcheanceFaite:
    return EcheanceFaite(contrat="c1", code=code, le=j(le), faite_le=j(faite_le), note="", assistant=qui)


def avec(dossier: Dossier, *faites: EcheanceFaite) -> Dossier:
    pointe = dossier.model_copy(update={"echeances_faites": faites})
    assert fautes_du_dossier(pointe) == []
    return pointe


def vues(dossier: Dossier, code: str, au: str = "2024-07-02") -> list[tuple[str, str, str | None]]:
    return [
        (e.le.isoformat(), e.etat, None if e.fait_le is None else e.fait_le.isoformat())
        for e in juger(dossier, au).echeances
        if e.code == code
    ]


def test_a_deadline_ticked_off_is_done_from_the_day_it_was_met() -> None:
    dossier = avec(signe_sous(A7, ines()), faite("contrat_travail_cpam", "2023-02-01", "2023-01-20", "a1"))

    assert vues(dossier, "contrat_travail_cpam", "2023-01-19") == [("2023-02-01", "urgente", None)]
    assert vues(dossier, "contrat_travail_cpam", "2023-01-20") == [("2023-02-01", "faite", "2023-01-20")]
    assert vues(dossier, "contrat_travail_cpam") == [("2023-02-01", "faite", "2023-01-20")]
    assert [e.assistant for e in juger(dossier, "2024-07-02").echeances if e.code == "contrat_travail_cpam"] == ["a1"]


# Hired on 1 January 2023, so due on 1 February; ticked off when it was due on another day.
@pytest.mark.parametrize(
    ("le", "attendues"),
    [
        ("2022-12-31", [("2022-12-31", "faite", "2023-01-20"), ("2023-02-01", "passee", None)]),  # 32 days
        ("2023-01-01", [("2023-01-01", "faite", "2023-01-20")]),  # 31
        ("2023-03-04", [("2023-03-04", "faite", "2023-01-20")]),
        ("2023-03-05", [("2023-02-01", "passee", None), ("2023-03-05", "faite", "2023-01-20")]),
    ],
)
def test_a_deadline_that_moved_keeps_the_day_it_was_ticked_off_for(
    le: str, attendues: list[tuple[str, str, str | None]]
) -> None:
    dossier = avec(signe_sous(A7, ines()), faite("contrat_travail_cpam", le, "2023-01-20", "a1"))

    assert vues(dossier, "contrat_travail_cpam") == attendues


def test_the_same_day_goes_before_the_nearest_and_each_is_ticked_off_once() -> None:
    # Due on 1 February and 1 March 2023.
    equipe = ines(embauches=(embauche("2023-01-01", "2023-01-31"), embauche("2023-02-01")))
    deux = [
        faite("contrat_travail_cpam", "2023-02-15", "2023-02-20", "a1"),
        faite("contrat_travail_cpam", "2023-03-01", "2023-02-21", "a1"),
    ]

    for ordre in (deux, deux[::-1]):
        assert vues(avec(signe_sous(A7, equipe), *ordre), "contrat_travail_cpam") == [
            ("2023-02-15", "faite", "2023-02-20"),
            ("2023-03-01", "faite", "2023-02-21"),
        ]


def test_a_tick_is_for_its_assistant_or_for_whoever_it_fits() -> None:
    paul = assistant(affectation("2023-01-01"), id="a2", prenom="Paul")

    def fait(qui: str | None) -> list[tuple[str, str]]:
        dossier = avec(signe_sous(A7, ines(), paul), faite("contrat_travail_cpam", "2023-02-01", "2023-01-20", qui))
        vus = [e for e in juger(dossier, "2024-07-02").echeances if e.code == "contrat_travail_cpam"]
        return sorted((str(e.assistant), e.etat) for e in vus)

    assert fait("a1") == [("a1", "faite"), ("a2", "passee")]
    assert fait("a2") == [("a1", "passee"), ("a2", "faite")]
    assert fait(None) == [("a1", "faite"), ("a2", "passee")]


def test_the_day_of_the_diploma_prevails_over_that_of_the_tick() -> None:
    suivie = ines(formation=formation(obtention_le=j("2024-05-15")))
    dossier = avec(signe_sous(A7, suivie), faite("qualification", "2026-01-01", "2024-06-01", "a1"))

    assert vues(dossier, "qualification", "2024-05-31") == [("2026-01-01", "faite", "2024-05-15")]
    assert vues(dossier, "qualification") == [("2026-01-01", "faite", "2024-05-15")]


def test_a_tick_that_meets_no_deadline_is_listed_with_what_is_known_of_it() -> None:
    faites = [
        faite("point_etape", "2023-12-01", "2023-12-02"),
        faite("qualification", "2023-12-01", "2023-12-02", "a1"),
        faite("contrat_travail_cpam", "2023-12-01", "2023-12-02"),
        faite("versement", "2023-12-01", "2023-12-02"),
    ]
    dossier = avec(signe_sous(C24, assistant(affectation("2024-07-01"), embauches=())), *faites)
    vus = [e for e in juger(dossier, "2024-07-02").echeances if e.etat == "faite"]

    # The convention has a delay for the qualification and the work contract, none for meetings: its text then.
    assert [(e.libelle, e.source.texte[:10], e.source.grade, e.assistant) for e in vus] == [
        ("Contrat de travail de l'assistant à transmettre à la CPAM", "Convention", "C", None),
        ("Point d'étape avec la CPAM", "Convention", "C", None),
        ("CQP d'Inès Morel à obtenir", "Convention", "C", "a1"),
        ("Versement de l'aide", "Convention", "C", None),
    ]
    assert {(e.le, e.fait_le) for e in vus} == {(j("2023-12-01"), j("2023-12-02"))}


def test_a_tick_of_a_contract_outside_every_text_is_listed_too() -> None:
    dossier = avec(pratique(contrat(signe_le=j("2023-05-01"))), faite("preavis", "2027-10-31", "2024-01-01"))

    assert vues(dossier, "preavis") == [("2027-10-31", "faite", "2024-01-01")]


@pytest.mark.parametrize(
    ("code", "le"),
    [("point_etape", "2024-07-01"), ("evaluation", "2026-01-01"), ("fin_contrat", "2027-12-31")],
)
def test_what_the_contract_itself_dates_is_ticked_off(code: CodeEcheance, le: str) -> None:
    dossier = avec(signe_sous(A7), faite(code, le, "2024-06-20"))

    assert (le, "faite", "2024-06-20") in vues(dossier, code)
    assert len(vues(dossier, code)) == len(vues(signe_sous(A7), code))


def resilie(cause: CauseResiliation | None, notifie_le: str | None) -> Dossier:
    """End the contract on 1 June 2024: its last day is 31 May, notice was to be given by 31 March."""
    lettre = None if notifie_le is None else j(notifie_le)
    fin = Resiliation(type="resiliation", du=j("2024-06-01"), motif="", cause=cause, notifie_le=lettre)
    return pratique(contrat(fin))


def test_the_letter_of_notice_meets_its_deadline() -> None:
    assert vues(resilie("medecin", None), "preavis") == [("2024-03-31", "passee", None)]
    assert vues(resilie("medecin", "2024-03-10"), "preavis") == [("2024-03-31", "faite", "2024-03-10")]
    assert vues(resilie("medecin", "2024-03-10"), "preavis", "2024-03-09") == [("2024-03-31", "urgente", None)]
    assert vues(resilie(None, "2024-04-10"), "preavis") == [("2024-03-31", "faite", "2024-04-10")]


def test_the_doctor_gives_no_notice_of_an_end_the_caisse_decides() -> None:
    for cause in ("cpam", "demenagement", "specialite"):
        assert vues(resilie(cause, "2024-03-10"), "preavis") == []


def test_a_notice_is_named_by_what_is_decided_and_sent() -> None:
    def nom(lettre: str | None, au: str) -> str:
        return une(resilie("medecin", lettre), "preavis", au).libelle

    decide = "Dernier jour du préavis pour une fin le 31/05/2024 (lettre recommandée), à vérifier"
    assert [nom(None, "2024-03-10"), nom("2024-03-10", "2024-03-09")] == [decide, decide]
    assert nom("2024-03-10", "2024-03-10") == "Préavis donné pour une fin le 31/05/2024 (lettre recommandée)"


DE_LA_FORMATION = ("contrat_travail_cpam", "debut_formation", "qualification", "remplacement_secretaire")


def delais(dossier: Dossier, au: str = "2024-07-02", contrat_: str = "c1") -> dict[str, list[str]]:
    """Give the days of the deadlines that follow a hiring, for one contract."""
    evalues = evaluate(dossier, j(au), charger_baremes()).contrats
    vues_ = next(evalue.echeances for evalue in evalues if evalue.id == contrat_)
    jours_ = {code: [e.le.isoformat() for e in vues_ if e.code == code] for code in DE_LA_FORMATION}
    return {code: les for code, les in jours_.items() if les}


def secretaire(*embauches: Embauche, depuis: str = "2023-01-01") -> Assistant:
    return assistant(affectation(depuis), profil="secretaire_medicale", embauches=embauches)


def test_the_delays_of_a_promoted_secretary_are_counted_from_the_contract() -> None:
    # Hired in 2019 as a secretary; in the contract from its first day, 1 January 2023.
    promue = {
        "contrat_travail_cpam": ["2023-02-01"],
        "debut_formation": ["2025-01-01"],
        "qualification": ["2026-01-01"],
        "remplacement_secretaire": ["2023-07-01"],
    }
    assert delais(signe_sous(A7, secretaire(embauche("2019-01-01")))) == promue
    # Hired anew for the post: the hiring that has ended is not of this contract.
    anciennes = (embauche("2019-01-01", "2022-12-31"), embauche("2023-01-01"))
    assert delais(signe_sous(A7, secretaire(*anciennes))) == promue
    assert dates(signe_sous(A7, secretaire(embauche("2019-01-01"))), "versement") == ["2023-01-16"]


def test_the_delays_of_a_secretary_promoted_later_are_counted_from_that_day() -> None:
    plus_tard = secretaire(embauche("2019-01-01"), depuis="2023-03-15")

    assert delais(signe_sous(A7, plus_tard)) == {
        "contrat_travail_cpam": ["2023-04-15"],
        "debut_formation": ["2025-03-15"],
        "qualification": ["2026-03-15"],
        "remplacement_secretaire": ["2023-09-15"],
    }
    # Another profile is counted from the hiring, as the text says.
    assert delais(signe_sous(A7, ines(embauches=(embauche("2022-12-01"),)))) == {
        "contrat_travail_cpam": ["2023-01-01"],
        "debut_formation": ["2024-12-01"],
        "qualification": ["2025-12-01"],
    }


def reprise(*embauches: Embauche, fin: str = "2024-07-01", medecin_: str = "m1", profil: str = "hors_sante") -> Dossier:
    """Give a contract of avenant 7 from 1 January 2023, ended on a day, and one of the convention on 1 July 2024."""
    veille = (j(fin) - jours(1)).isoformat()
    reprise_ = assistant(
        affectation("2023-01-01", veille),
        affectation("2024-07-01", contrat="c2"),
        embauches=embauches or (embauche("2023-01-01"),),
        profil=profil,
    )
    suivant = contrat(
        id="c2",
        medecin=medecin_,
        texte=C24,
        signe_le=j("2024-06-24"),
        debut_le=j("2024-07-01"),
        objectif=None,
    )
    return pratique(contrat(resiliation(fin)), suivant, assistants=[reprise_])


def test_the_training_begun_under_an_earlier_contract_is_counted_there_and_told_where_it_runs_out() -> None:
    # Avenant 7: two and three years from the hiring, both after the first contract's end.
    assert delais(reprise(), contrat_="c1") == {"contrat_travail_cpam": ["2023-02-01"]}
    assert delais(reprise(), contrat_="c2") == {"debut_formation": ["2025-01-01"], "qualification": ["2026-01-01"]}
    suivant = evaluate(reprise(), j("2024-07-02"), charger_baremes()).contrats[1]
    dite = next(e for e in suivant.echeances if e.code == "qualification")
    assert dite.libelle == "CQP d'Inès Morel à obtenir, délai compté sous le contrat du 01/01/2023"
    assert dite.source.texte.startswith("Avenant n° 7")


def test_a_delay_that_ran_out_under_the_earlier_contract_is_not_told_again() -> None:
    ancien = contrat(resiliation("2024-07-01"), id="c0", debut_le=j("2021-01-01"), signe_le=j("2021-01-01"))
    tenue = assistant(
        affectation("2021-01-01", "2024-06-30", contrat="c0"),
        affectation("2024-07-01"),
        embauches=(embauche("2021-01-01"),),
    )
    suivant = contrat(texte=C24, signe_le=j("2024-06-24"), debut_le=j("2024-07-01"), objectif=None)
    dossier = pratique(suivant, ancien, assistants=[tenue])

    assert delais(dossier, contrat_="c1") == {}
    assert delais(dossier, contrat_="c0")["qualification"] == ["2024-01-01"]


def test_a_delay_that_runs_out_between_two_contracts_is_told_by_the_second() -> None:
    # The first contract ends on 30 June 2024; the assistant joins the second, begun on 1 July, on that day or later.
    dossier = reprise()
    tardive = dossier.assistants[0].model_copy(
        update={"affectations": (affectation("2023-01-01", "2024-06-30"), affectation("2025-02-01", contrat="c2"))}
    )

    assert delais(dossier.model_copy(update={"assistants": (tardive,)}), "2025-03-01", "c2") == {
        "debut_formation": ["2025-01-01"],
        "qualification": ["2026-01-01"],
    }


def test_a_hiring_is_told_anew_to_the_caisse_of_another_doctor_only() -> None:
    assert "contrat_travail_cpam" not in delais(reprise(), contrat_="c2")
    assert delais(reprise(medecin_="m2"), contrat_="c2")["contrat_travail_cpam"] == ["2024-08-01"]
    nouvelle = (embauche("2023-01-01", "2024-08-31"), embauche("2024-09-01"))
    assert delais(reprise(*nouvelle), contrat_="c2")["contrat_travail_cpam"] == ["2024-10-01"]
    # Not to the caisse of the contract that ended before.
    assert delais(reprise(*nouvelle), contrat_="c1")["contrat_travail_cpam"] == ["2023-02-01"]
    # A hiring that ended before the second contract is not of it.
    finie = (embauche("2023-01-01", "2023-12-31"), embauche("2024-07-01"))
    assert delais(reprise(*finie, medecin_="m2"), contrat_="c2")["contrat_travail_cpam"] == ["2024-08-01"]


def test_a_promoted_secretary_keeps_the_days_of_the_first_contract() -> None:
    promue = reprise(embauche("2019-01-01"), profil="secretaire_medicale")

    assert delais(promue, contrat_="c1") == {
        "contrat_travail_cpam": ["2023-02-01"],
        "remplacement_secretaire": ["2023-07-01"],
    }
    assert delais(promue, contrat_="c2") == {"debut_formation": ["2025-01-01"], "qualification": ["2026-01-01"]}


def test_a_first_contract_outside_every_text_is_counted_as_the_second() -> None:
    dossier = reprise()
    premier, suivant = dossier.contrats
    inconnu = premier.model_copy(update={"signe_le": j("2019-08-31")})
    hors = dossier.model_copy(update={"contrats": (inconnu, suivant)})

    # Of the convention: two years from the hiring, and no day to begin.
    assert delais(hors, contrat_="c2") == {"qualification": ["2025-01-01"]}
    embauchee = hors.assistants[0].model_copy(update={"embauches": ()})
    assert delais(hors.model_copy(update={"assistants": (embauchee,)}), contrat_="c2") == {}


def test_a_contract_begun_the_same_day_is_not_an_earlier_one() -> None:
    partagee = assistant(affectation("2023-01-01", etp=TIERS), affectation("2022-12-01", etp=TIERS, contrat="c2"))
    dossier = pratique(contrat(), contrat(id="c2", medecin="m2"), assistants=[partagee])

    assert delais(dossier, contrat_="c1") == delais(dossier, contrat_="c2")
    assert delais(dossier, contrat_="c1")["qualification"] == ["2026-01-01"]


# Hired on 1 January 2023 under avenant 7: training begun by 1 January 2025; the contract ends the eve of a day.
@pytest.mark.parametrize(("fin", "dite"), [("2025-01-01", False), ("2025-01-02", True)])
def test_a_contract_that_ends_has_no_training_to_wait_for_after_its_end(fin: str, dite: bool) -> None:
    dossier = pratique(contrat(resiliation(fin)), assistants=[ines()])

    assert ("debut_formation" in delais(dossier)) is dite
    assert "qualification" not in delais(dossier)
    # What was done by its last day is told all the same.
    suivie = ines(formation=formation(debut_le=j("2024-12-31")))
    assert "debut_formation" in delais(pratique(contrat(resiliation(fin)), assistants=[suivie]))
    apres = ines(formation=formation(debut_le=j("2025-01-02")))
    assert ("debut_formation" in delais(pratique(contrat(resiliation(fin)), assistants=[apres]))) is dite


def test_a_contract_that_goes_to_its_term_tells_what_comes_after_it_until_then() -> None:
    # Hired on 1 June 2025: qualification on 1 June 2028, after the term of 31 December 2027.
    tardive = assistant(affectation("2025-06-01"), embauches=(embauche("2025-06-01"),))
    dossier = pratique(contrat(), assistants=[tardive])

    assert "qualification" in delais(dossier, "2027-12-31")
    assert "qualification" not in delais(dossier, "2028-01-01")
    assert "debut_formation" in delais(dossier, "2028-01-01")


def attendus(dossier: Dossier) -> list[tuple[int, int, Fraction | None, str | None, str]]:
    (evalue,) = evaluate(dossier, j("2024-07-02"), charger_baremes()).contrats
    version = charger_baremes().echeances.version_ou_rien(evalue.contrat, evalue.contrat.debut_le)
    return [
        (v.annee, v.rang, v.part, None if v.le is None else v.le.isoformat(), v.libelle.replace(INSECABLE, " "))
        for v in versements_attendus(vie_du_contrat(dossier, evalue), version)
    ]


def test_avenant_7_pays_70_percent_after_the_hiring_and_says_nothing_of_the_rest() -> None:
    assert attendus(signe_sous(A7, ines())) == [
        (1, 1, Fraction(7, 10), "2023-01-16", "Année 1 (70 % de l'année)"),
        (1, 2, Fraction(3, 10), None, "Année 1, le reste (30 % de l'année), date non publiée"),
        *[(annee, 1, None, None, f"Année {annee}, parts et dates non publiées") for annee in (2, 3, 4, 5)],
    ]
    # Nobody hired: no day to count from.
    assert attendus(signe_sous(A7))[0][3] is None


def test_since_2023_two_years_are_paid_whole_then_in_two_halves_without_a_date() -> None:
    moitie = Fraction(1, 2)

    assert attendus(signe_sous(RA)) == [
        (1, 1, Fraction(1), "2023-06-02", "Année 1"),
        (2, 1, Fraction(1), "2024-06-01", "Année 2"),
        *[
            (annee, rang, moitie, None, f"Année {annee}, versement {rang} sur 2, date non publiée")
            for annee in (3, 4, 5)
            for rang in (1, 2)
        ],
    ]


def test_a_year_that_never_begins_has_no_payment_to_expect() -> None:
    def annees(fin: str) -> list[int]:
        signe = contrat(resiliation(fin), texte=RA, signe_le=j("2023-05-02"), debut_le=j("2023-06-01"))
        return [annee for annee, *_ in attendus(pratique(signe))]

    assert annees("2024-06-01") == [1]
    assert annees("2024-06-02") == [1, 2]


def test_a_contract_outside_every_text_has_no_payment_to_expect() -> None:
    assert attendus(pratique(contrat(signe_le=j("2023-05-01")))) == []


def test_what_the_payments_rest_on_is_gathered_for_this_contract_alone() -> None:
    autre = contrat(id="c2", medecin="m2")
    equipe = [ines(), assistant(affectation("2023-01-01", contrat="c2"), id="a2")]
    deux_contrats = pratique(contrat(), autre, assistants=equipe, versements=[versement(1, "2023-06-15")])
    dossier = avec(deux_contrats, faite("point_etape", "2023-07-01", "2023-07-01"))
    un, deux = (
        vie_du_contrat(dossier, evalue) for evalue in evaluate(dossier, j("2024-07-02"), charger_baremes()).contrats
    )

    assert ([a.id for a in un.assistants], len(un.versements), len(un.faites)) == (["a1"], 1, 1)
    assert ([a.id for a in deux.assistants], len(deux.versements), len(deux.faites)) == (["a2"], 0, 0)
    assert (un.evaluation_le, un.fin_le, un.cabinet) == (j("2026-01-01"), j("2027-12-31"), dossier.cabinet)
