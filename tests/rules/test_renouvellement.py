"""What may follow a contract: the old target, the proposal and the current level side by side, each figure by hand."""

from fractions import Fraction
from typing import Any

import pytest

from assistmed_desktop.domain.contrat import (
    ContratCollectif,
    ContratIndividuel,
    Objectif,
    Proposition,
    Reference,
)
from assistmed_desktop.domain.dossier import fautes_du_dossier
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.exchange.analyse_json.renouvellement import renouvellement_json
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.renouvellement import Renouvellement, renouvellement
from assistmed_desktop.rules.resultats import NON_PUBLIE
from tests.rules.outils import (
    DEMI,
    PLEIN,
    TIERS,
    cabinet,
    collectif,
    contrat,
    j,
    medecin,
    objectif,
    option,
    pratique,
    reference,
    releve,
    resiliation,
)

A7, RA, C24 = "avenant_7", "reglement_arbitral_2023", "convention_2024"
AU = "2025-07-01"
# 912 days after 1 January 2023 (365 + 366 + 181): 150 more than 1 000 and 100 more than 2 000.
LU = (releve("2025-07-01", 1150, 2100),)


def propose(
    patientele_mt: int | None = 1300,
    file_active: int | None = 2300,
    depart: Reference | None = None,
    *,
    le: str | None = "2030-01-01",
    recue: str = "2025-06-01",
    etp: Fraction | None = DEMI,
) -> Proposition:
    return Proposition(
        contrat="c1",
        recue_le=j(recue),
        option_etp=etp,
        reference=depart,
        objectif=Objectif(
            patientele_mt=patientele_mt, file_active=file_active, evaluation_le=None if le is None else j(le)
        ),
        note="",
    )


def vue(
    *propositions: Proposition,
    signe: ContratIndividuel | ContratCollectif | None = None,
    au: str = AU,
    releves: tuple[Releve, ...] = LU,
    suivants: tuple[ContratIndividuel, ...] = (),
    **ou: Any,  # noqa: ANN401 - any field of the practice
) -> Renouvellement:
    """Give what may follow the first contract, which runs from 1 January 2023 to 31 December 2027."""
    dossier = pratique(signe or contrat(), *suivants, releves=releves, **ou)
    dossier = dossier.model_copy(update={"propositions": propositions})
    assert fautes_du_dossier(dossier) == []
    baremes = charger_baremes()
    return renouvellement(dossier, evaluate(dossier, j(au), baremes).contrats[0], baremes)


def texte(phrase: str) -> str:
    return phrase.replace(INSECABLE, " ")


def codes(vu: Renouvellement) -> list[str]:
    return [avertissement.code for avertissement in vu.avertissements]


def test_a_new_contract_may_begin_the_day_after_the_last() -> None:
    assert (vue().fin_le, vue().debut_le, vue().texte) == (j("2027-12-31"), j("2028-01-01"), C24)
    tot = vue(signe=contrat(resiliation("2026-03-01")))
    assert (tot.fin_le, tot.debut_le) == (j("2026-02-28"), j("2026-03-01"))


# A contract of one year: the day after is the first of a text, or the last of the one before.
@pytest.mark.parametrize(
    ("debut", "attendu"),
    [
        ("2022-04-30", A7),
        ("2022-05-01", RA),
        ("2023-06-21", RA),
        ("2023-06-22", C24),
        ("2018-08-31", None),
        ("2018-09-01", A7),
    ],
)
def test_the_text_is_the_one_in_force_the_day_after(debut: str, attendu: str | None) -> None:
    signe = contrat(signe_le=j("2019-09-01"), debut_le=j(debut), duree_ans=1, objectif=None)

    assert vue(signe=signe).texte == attendu


def test_without_a_text_nothing_is_said_of_the_option_nor_of_the_aid() -> None:
    vu = vue(signe=contrat(signe_le=j("2018-01-01"), debut_le=j("2018-01-01"), duree_ans=1, objectif=None))

    assert (vu.option.ouverte, vu.option.phrase, vu.option.source) == (
        None,
        "Le texte du nouveau contrat n'est pas connu.",
        None,
    )
    assert (vu.aide, vu.aide_totale) == ((), None)
    assert vu.chiffres["texte"].etapes[0].resultat == "aucun texte connu"
    assert renouvellement_json(vu)["option"]["grade"] is None


def test_a_group_waits_before_another_contract_of_its_kind() -> None:
    # Ends on 28 February 2031; two years on.
    vu = vue(signe=collectif(), au="2026-07-01", releves=())

    assert (vu.fin_le, vu.debut_le, vu.texte) == (j("2031-02-28"), j("2033-03-01"), "collectif_2026")
    assert [e.resultat.replace(INSECABLE, " ") for e in vu.chiffres["debut_le"].etapes] == [
        "28/02/2031",
        "2 ans",
        "01/03/2033",
    ]
    assert vu.chiffres["debut_le"].sources[0].grade == "C"
    assert texte(vu.option.phrase) == ("2 ETP à financer par le groupe : plafond à vérifier au jour de la signature.")
    assert vu.option.ouverte is None
    # 2 ETP: 76 000, 56 000, then 44 000.
    assert [annee.montant_max for annee in vu.aide] == [76_000_00, 56_000_00, *[44_000_00] * 3]


def test_without_a_proposal_what_to_ask_is_listed() -> None:
    vu = vue()

    assert vu.proposition is None
    assert vu.a_demander == (
        "Demandez à la caisse une proposition écrite pour le nouveau contrat.",
        "Demandez à la caisse la référence de départ, avec sa date.",
        "Demandez à la caisse l'objectif de la patientèle médecin traitant.",
        "Demandez à la caisse l'objectif de la file active.",
        "Demandez à la caisse la date à laquelle l'objectif sera jugé.",
        "Demandez à la caisse l'option, en ETP financés.",
    )
    assert [(i.propose, i.gains) for i in vu.indicateurs] == [(None, None)] * 2
    assert codes(vu) == ["proposition_absente", "population_differente"]
    assert {a.niveau for a in vu.avertissements} == {"information"}
    assert texte(vu.indicateurs[0].phrase) == (
        "Patientèle médecin traitant : 1 150 patients le 01/07/2025 ; l'objectif du nouveau contrat n'est pas connu."
    )


def test_what_the_proposal_leaves_open_is_asked_for_what_the_speciality_needs() -> None:
    assert vue(propose(depart=reference())).a_demander == ()
    assert vue(propose(None, None, le=None, etp=None)).a_demander == (
        "Demandez à la caisse la référence de départ, avec sa date.",
        "Demandez à la caisse l'objectif de la patientèle médecin traitant.",
        "Demandez à la caisse l'objectif de la file active.",
        "Demandez à la caisse la date à laquelle l'objectif sera jugé.",
        "Demandez à la caisse l'option, en ETP financés.",
    )
    orl = vue(propose(None, None, reference()), medecins=[medecin(specialite="orl")])
    assert orl.a_demander == ("Demandez à la caisse l'objectif de la file active.",)


def test_the_latest_proposal_received_by_the_day_counts() -> None:
    ancienne, recente = propose(1300, recue="2025-06-01"), propose(1400, recue="2025-06-15")

    def objectifs(*propositions: Proposition, au: str = AU) -> int | None:
        cible = vue(*propositions, au=au, releves=()).indicateurs[0].propose
        return None if cible is None else cible.objectif

    assert objectifs(ancienne, recente) == objectifs(recente, ancienne) == 1400
    assert objectifs(ancienne, recente, au="2025-06-14") == 1300
    assert objectifs(ancienne, recente, au="2025-06-15") == 1400
    assert objectifs(ancienne, au="2025-05-31") is None
    assert objectifs(ancienne, propose(1250, recue="2025-06-01")) == 1250


def test_the_proposal_for_another_contract_is_not_of_this_one() -> None:
    autre = propose().model_copy(update={"contrat": "c2"})

    assert vue(autre, suivants=(contrat(id="c2", medecin="m2"),)).proposition is None


def test_the_old_target_from_the_current_level() -> None:
    ancien = vue().indicateurs[0].ancien

    # 1 200 - 1 150, in the 184 days to 1 January 2026.
    assert (ancien.reference, ancien.objectif, ancien.evaluation_le, ancien.par_defaut) == (
        1000,
        1200,
        j("2026-01-01"),
        False,
    )
    assert (ancien.gain, ancien.mois, ancien.gain_mensuel) == (
        50,
        Fraction(184 * 10_000, 304_375),
        50 * Fraction(304_375, 184 * 10_000),
    )
    # 150 patients in 912 days: 50 take 304 days, to 1 May 2026.
    assert ancien.mois_au_rythme == Fraction(304 * 10_000, 304_375)
    assert (ancien.atteint_le, ancien.tenable) == (j("2026-05-01"), False)


def test_the_proposed_target_from_the_current_level() -> None:
    propose_ = vue(propose(1300, 2300, reference(1150, 2150))).indicateurs[0].propose

    assert propose_ is not None
    # 1 300 - 1 150, from 1 January 2028 to 1 January 2030: 366 + 365 days.
    assert (propose_.reference, propose_.objectif, propose_.du) == (1150, 1300, j("2028-01-01"))
    assert (propose_.gain, propose_.mois) == (150, Fraction(731 * 10_000, 304_375))
    assert propose_.gain_mensuel == 150 * Fraction(304_375, 731 * 10_000)
    # At 150 in 912 days, another 912 days from 1 July 2025: 30 December 2027.
    assert (propose_.atteint_le, propose_.tenable, propose_.par_defaut) == (j("2027-12-30"), True, False)


@pytest.mark.parametrize(("le", "tenable"), [("2027-12-29", False), ("2027-12-30", True), ("2027-12-31", True)])
def test_the_pace_meets_the_target_by_the_evaluation_day(le: str, tenable: bool) -> None:
    propose_ = vue(propose(le=le)).indicateurs[0].propose

    assert propose_ is not None
    assert propose_.tenable is tenable
    # Judged before the new contract begins: no month is left to reach it.
    assert (propose_.mois, propose_.gain_mensuel) == (None, None)


def test_the_delay_runs_from_the_day_once_the_new_contract_has_begun() -> None:
    tard = vue(propose(), au="2029-07-01", releves=(releve("2027-12-01", 1150, 2100),)).indicateurs[0].propose

    assert tard is not None
    assert tard.mois == Fraction(184 * 10_000, 304_375)  # 1 July 2029 to 1 January 2030


def test_an_evaluation_left_open_takes_the_default_of_the_new_text() -> None:
    propose_ = vue(propose(le=None)).indicateurs[0].propose

    assert propose_ is not None
    assert (propose_.evaluation_le, propose_.par_defaut) == (j("2031-01-01"), True)
    sans_texte = vue(
        propose(le=None, recue="2018-06-01"),
        signe=contrat(signe_le=j("2018-01-01"), debut_le=j("2018-01-01"), duree_ans=1, objectif=None),
    )
    assert sans_texte.indicateurs[0].propose is not None
    assert sans_texte.indicateurs[0].propose.evaluation_le == j("2022-01-01")


@pytest.mark.parametrize(("cible", "gain"), [(1150, 0), (1151, 1), (1149, 0)])
def test_a_target_already_met_asks_for_nothing(cible: int, gain: int) -> None:
    vu = vue(propose(cible)).indicateurs[0]

    assert vu.propose is not None
    assert vu.propose.gain == gain
    if not gain:
        assert (vu.propose.mois_au_rythme, vu.propose.atteint_le, vu.propose.tenable) == (Fraction(0), None, True)
        assert f"l'objectif proposé ({cible:,})".replace(",", " ") + " est déjà atteint" in texte(vu.phrase)


@pytest.mark.parametrize(("patientele", "tenable"), [(1000, False), (999, False), (1001, False)])
def test_no_gain_never_meets_a_target(patientele: int, tenable: bool) -> None:
    vu = vue(propose(), releves=(releve("2025-07-01", patientele, 2100),)).indicateurs[0].propose

    assert vu is not None
    assert vu.tenable is tenable
    # One patient in 912 days: 299 more take 299 x 912 days, some 746 years, past what a dossier may hold.
    assert vu.atteint_le is None
    assert (vu.mois_au_rythme is None) is (patientele <= 1000)


def test_the_last_day_that_a_dossier_may_hold_bounds_the_day_a_target_would_be_met() -> None:
    # From 1 July 2025 to 31 December 2150 are 45 839 days; 912 days for one patient: 50 of them at most.
    def vu(cible: int) -> bool:
        propose_ = vue(propose(cible), releves=(releve("2025-07-01", 1001, 2100),)).indicateurs[0].propose
        assert propose_ is not None
        return propose_.atteint_le is not None

    assert [vu(1051), vu(1052)] == [True, False]


def test_a_first_day_has_no_pace_yet() -> None:
    vu = vue(propose(recue="2023-01-01"), au="2023-01-01", releves=(releve("2023-01-01", 1000, 2000),)).indicateurs[0]

    assert vu.niveau is not None
    assert vu.niveau.rythme is None
    assert vu.propose is not None
    assert (vu.propose.mois_au_rythme, vu.propose.atteint_le, vu.propose.tenable) == (None, None, None)
    assert vu.propose.gain == 300


def test_without_a_reading_nothing_is_compared() -> None:
    vu = vue(propose(depart=reference()), releves=()).indicateurs[0]

    assert (vu.niveau, vu.gains) == (None, None)
    assert (vu.ancien.gain, vu.ancien.gain_mensuel, vu.ancien.tenable) == (None, None, None)
    assert vu.propose is not None
    assert (vu.propose.reference, vu.propose.objectif, vu.propose.gain) == (1000, 1300, None)
    assert vu.phrase == "Patientèle médecin traitant : aucun relevé ne dit le niveau actuel."


def test_an_old_target_unknown_asks_for_nothing_known() -> None:
    vu = vue(signe=contrat(objectif=None)).indicateurs[0].ancien

    assert (vu.objectif, vu.gain, vu.tenable, vu.par_defaut) == (None, None, None, True)


# From 1 000 to 1 150 patients: 150 gained.
@pytest.mark.parametrize(
    ("depart", "acquis", "repris", "perdus"),
    [
        (999, 150, 151, 0),
        (1000, 150, 150, 0),
        (1001, 150, 149, 1),
        (1100, 150, 50, 100),
        (1149, 150, 1, 149),
        (1150, 150, 0, 150),
        (1151, 150, -1, 150),
    ],
)
def test_what_the_proposed_reference_makes_of_the_gains(depart: int, acquis: int, repris: int, perdus: int) -> None:
    vu = vue(propose(depart=reference(depart, 2000)))
    gains = vu.indicateurs[0].gains

    assert gains is not None
    assert (gains.acquis, gains.repris, gains.perdus) == (acquis, repris, perdus)
    assert ("gains_non_repris" in codes(vu)) is (perdus > 0)
    assert ("reference_au_dessus_du_niveau" in codes(vu)) is (repris < 0)


# Under the old reference nothing has been gained, so nothing is lost.
@pytest.mark.parametrize(("depart", "repris"), [(900, 50), (950, 0), (1000, -50)])
def test_nothing_gained_is_nothing_lost(depart: int, repris: int) -> None:
    vu = vue(propose(depart=reference(depart, 2000)), releves=(releve("2025-07-01", 950, 2100),)).indicateurs[0]

    assert vu.gains is not None
    assert (vu.gains.acquis, vu.gains.repris, vu.gains.perdus) == (-50, repris, 0)
    assert texte(vu.phrase).endswith("par mois.")


@pytest.mark.parametrize(
    ("depart", "suite"),
    [
        (1000, "Les 150 patients gagnés comptent encore."),
        (
            1100,
            (
                "Des 150 patients gagnés, la référence proposée en comprend déjà 100, qui ne comptent plus pour le "
                "nouvel objectif, et en laisse 50."
            ),
        ),
        (
            1150,
            (
                "La référence proposée comprend déjà tout le gain (150 patients gagnés), qui ne compte plus pour le "
                "nouvel objectif."
            ),
        ),
    ],
)
def test_the_sentence_says_what_is_asked_and_what_becomes_of_the_gains(depart: int, suite: str) -> None:
    # 150 patients in 731 days: 6,2 a month.
    assert texte(vue(propose(depart=reference(depart, 2000))).indicateurs[0].phrase) == (
        "Patientèle médecin traitant : 1 150 patients le 01/07/2025 ; l'objectif proposé (1 300) demande 150 patients "
        f"de plus d'ici au 01/01/2030, soit 6,2 par mois. {suite}"
    )


def test_the_warnings_of_the_gains_are_said_in_words() -> None:
    def messages(depart: int) -> list[str]:
        vu = vue(propose(depart=reference(depart, 2000)))
        return [texte(a.message) for a in vu.avertissements if a.code != "population_differente"]

    assert messages(1000) == []
    assert messages(1100) == [
        "Patientèle médecin traitant : avec la référence proposée, 100 des 150 patients gagnés ne comptent plus."
    ]
    assert messages(1151) == [
        (
            "Patientèle médecin traitant : la référence proposée dépasse le niveau actuel de 1 patient ; le nouveau "
            "contrat commencerait sous sa référence."
        ),
        "Patientèle médecin traitant : avec la référence proposée, aucun des 150 patients gagnés ne compte plus.",
    ]


def test_what_the_speciality_does_not_need_is_shown_without_a_warning() -> None:
    vu = vue(propose(depart=reference(1150, 2000)), medecins=[medecin(specialite="orl")])

    assert [i.requis for i in vu.indicateurs] == [False, True]
    assert codes(vu) == []
    assert vu.indicateurs[0].gains is not None


def test_the_patients_counted_are_not_the_same_since_2023() -> None:
    (population,) = [a for a in vue(propose()).avertissements if a.code == "population_differente"]
    assert population.niveau == "attention"

    assert (population.niveau, texte(population.message)) == (
        "attention",
        (
            "Patientèle médecin traitant : le contrat actuel compte les patients de 16 ans et plus, le nouveau les "
            "patients de tous âges (à vérifier). Les deux niveaux ne se comparent pas : demandez à la caisse le compte "
            "sur la nouvelle base."
        ),
    )
    recent = contrat(texte=RA, signe_le=j("2023-05-01"), debut_le=j("2023-05-01"), objectif=None)
    assert "population_differente" not in codes(vue(propose(), signe=recent))
    # Two texts of adults.
    adultes = contrat(signe_le=j("2019-09-01"), debut_le=j("2019-09-01"), duree_ans=1, objectif=None)
    assert "population_differente" not in codes(vue(propose(), signe=adultes))


@pytest.mark.parametrize(
    ("etp", "actuelle", "ouverte", "phrase"),
    [
        (DEMI, DEMI, True, "L'option 1/2 ETP est ouverte (convention médicale 2024-2029)."),
        (PLEIN, DEMI, True, "L'option 1 ETP est ouverte (convention médicale 2024-2029)."),
        (TIERS, TIERS, True, "L'option 1/3 ETP continue pour les contrats existants (convention médicale 2024-2029)."),
        (
            TIERS,
            DEMI,
            False,
            "L'option 1/3 ETP n'est plus ouverte aux nouveaux contrats (convention médicale 2024-2029).",
        ),
        (
            Fraction(2),
            PLEIN,
            None,
            "L'option 2 ETP a ses conditions (convention médicale 2024-2029) : à vérifier avec la caisse.",
        ),
        (Fraction(3), PLEIN, False, "L'option 3 ETP n'existe pas sous ce texte (convention médicale 2024-2029)."),
    ],
)
def test_whether_the_option_still_exists(etp: Fraction, actuelle: Fraction, ouverte: bool | None, phrase: str) -> None:
    vu = vue(propose(etp=etp), signe=contrat(option_etp=actuelle))

    assert (vu.option.etp, vu.option.proposee, vu.option.ouverte, texte(vu.option.phrase)) == (
        etp,
        True,
        ouverte,
        phrase,
    )
    assert ("option_proposee_fermee" in codes(vu)) is (ouverte is False)


def d_un_an(debut: str, etp: Fraction, propose_: Fraction, zonage: str = "zip") -> tuple[bool | None, str]:
    signe = contrat(signe_le=j("2019-09-01"), debut_le=j(debut), duree_ans=1, objectif=None, option_etp=etp)
    vu = vue(propose(etp=propose_, recue="2020-01-01"), signe=signe, cabinet=cabinet(zonage=zonage)).option
    return vu.ouverte, texte(vu.phrase)


def test_the_options_of_the_earlier_texts() -> None:
    assert d_un_an("2023-06-21", TIERS, TIERS) == (
        None,
        "L'option 1/3 ETP n'est pas ouverte à tous (règlement arbitral de 2023) : à vérifier avec la caisse.",
    )
    assert d_un_an("2023-06-21", DEMI, TIERS)[0] is False
    assert d_un_an("2021-01-01", DEMI, PLEIN) == (True, "L'option 1 ETP est ouverte en zone sous-dense (avenant n° 7).")
    assert d_un_an("2021-01-01", DEMI, PLEIN, "zac") == (
        None,
        "L'option 1 ETP n'est pas ouverte à tous (avenant n° 7) : à vérifier avec la caisse.",
    )


def test_without_an_option_proposed_the_current_one_stands_without_a_warning() -> None:
    vu = vue(propose(etp=None), signe=contrat(option("2027-12-31", TIERS)))

    assert (vu.option.etp, vu.option.proposee, vu.option.ouverte) == (TIERS, False, True)
    assert vue().option.etp == DEMI
    change = vue(signe=contrat(option_etp=Fraction(2)))
    assert change.option.proposee is False
    assert "option_proposee_fermee" not in codes(change)


def test_the_aid_is_that_of_the_text_in_force_for_the_option_and_the_band() -> None:
    def aide(etp: Fraction, **change: Any) -> list[int | None]:  # noqa: ANN401 - any field
        return [a.montant_max for a in vue(propose(etp=etp), signe=contrat(**change)).aide]

    assert aide(DEMI) == [19_000_00, 14_000_00, 11_000_00, 11_000_00, 11_000_00]
    assert aide(PLEIN) == [38_000_00, 28_000_00, 22_000_00, 22_000_00, 22_000_00]
    assert aide(DEMI, tranche="P95+") == [19_000_00] * 5
    assert aide(TIERS, option_etp=TIERS) == [None, 9_450_00, 7_350_00, 7_350_00, 7_350_00]
    vu = vue(propose())
    assert [a.du for a in vu.aide] == [j(f"{annee}-01-01") for annee in range(2028, 2033)]
    assert vu.aide_totale == 66_000_00
    assert vue(propose(etp=TIERS), signe=contrat(option_etp=TIERS)).aide_totale is None


def test_a_contract_that_already_follows_needs_no_proposal() -> None:
    suivant = contrat(id="c2", texte=C24, signe_le=j("2027-10-01"), debut_le=j("2028-01-01"), objectif=None)
    vu = vue(suivants=(suivant,))

    assert vu.suivant is not None
    assert vu.suivant.contrat == "c2"
    assert "proposition_absente" not in codes(vu)
    assert renouvellement_json(vu)["suivant"] == "c2"


def etapes(vu: Renouvellement, chemin: str) -> list[tuple[str, str, str]]:
    return [(e.libelle, texte(e.calcul), texte(e.resultat)) for e in vu.chiffres[chemin].etapes]


def test_each_figure_has_its_steps() -> None:
    vu = vue(propose(1300, 2300, reference(1100, 2000)), signe=contrat(tranche="P50-P70"))

    assert list(vu.chiffres) == [
        "debut_le",
        "texte",
        "option",
        *(
            f"indicateurs.{cle}{partie}"
            for cle in ("patientele_mt", "file_active")
            for partie in ("", ".ancien", ".propose", ".gains")
        ),
        *(f"aide.{annee}" for annee in range(1, 6)),
        "aide_totale",
    ]
    assert etapes(vu, "texte") == [
        ("Texte", "celui des contrats signés le 01/01/2028", "convention médicale 2024-2029")
    ]
    assert etapes(vu, "option") == [
        ("Option", "proposée", "L'option 1/2 ETP est ouverte (convention médicale 2024-2029).")
    ]
    assert etapes(vu, "indicateurs.patientele_mt") == [
        ("Niveau actuel", "CPAM, relevé du 01/07/2025", "1 150 patients")
    ]
    # 150 / 912 x 30,4375 = 5,0 a month; 731 days are 24,0 months.
    assert etapes(vu, "indicateurs.patientele_mt.propose") == [
        ("Référence", "proposition de la caisse", "1 100"),
        ("Objectif", "proposition de la caisse", "1 300"),
        ("Jugé le", "date connue", "01/01/2030"),
        ("À gagner", "1 300 − 1 150", "150 patients"),
        ("Par mois", "150 / 24,0 mois, jusqu'à l'évaluation", "+6,2 par mois"),
        ("Au rythme du contrat", "150 à +5,0 par mois", "30,0 mois, le 30/12/2027"),
    ]
    assert etapes(vu, "indicateurs.patientele_mt.gains") == [
        ("Gagnés jusqu'ici", "1 150 − 1 000", "+150"),
        ("Repris par la référence proposée", "1 150 − 1 100", "+50"),
        ("Qui ne comptent plus", "1 100 − 1 000, dans la limite des gagnés", "100"),
    ]
    assert etapes(vu, "aide.1")[0] == (
        "Hypothèse",
        "contrat signé et commencé le 01/01/2028, de la même tranche (P50-P70)",
        "1/2 ETP",
    )
    assert etapes(vu, "aide_totale") == [
        (
            "Maximum du nouveau contrat",
            "19 000 € + 14 000 € + 11 000 € + 11 000 € + 11 000 €",
            "66 000 €",
        )
    ]
    assert [source.grade for source in vu.chiffres["aide_totale"].sources] == ["B"]


def test_the_steps_tell_what_is_met_what_is_never_and_what_is_unknown() -> None:
    perdu = vue(propose(999), signe=contrat(objectif=None), releves=(releve("2025-07-01", 1000, 2000),))

    assert etapes(perdu, "indicateurs.patientele_mt.propose")[2:] == [
        ("Jugé le", "date connue", "01/01/2030"),
        ("À gagner", "999 − 1 000, déjà atteint", "0 patient"),
    ]
    assert etapes(perdu, "indicateurs.file_active.propose")[-1] == (
        "Au rythme du contrat",
        "300 à 0,0 par mois",
        "jamais",
    )
    assert etapes(perdu, "indicateurs.patientele_mt.ancien") == [
        ("Référence", "contrat actuel", "1 000"),
        ("Objectif", "contrat actuel", NON_PUBLIE),
        ("Jugé le", "date par défaut, à vérifier", "01/01/2026"),
    ]
    assert etapes(perdu, "indicateurs.patientele_mt.propose")[0][2] == NON_PUBLIE
    assert etapes(perdu, "aide.1")[0][1].endswith("de la même tranche (non saisie)")
    lointain = vue(propose(), releves=(releve("2025-07-01", 1001, 2100),))
    assert etapes(lointain, "indicateurs.patientele_mt.propose")[-1][2].endswith(" mois")
    vide = vue(releves=(), signe=contrat(option_etp=Fraction(2)))
    assert etapes(vide, "indicateurs.file_active") == [
        ("Niveau actuel", "aucun relevé depuis le début du contrat", "inconnu")
    ]
    assert etapes(vide, "option")[0][1] == "celle du contrat actuel"
    assert etapes(vide, "aide_totale") == [
        ("Maximum du nouveau contrat", "une année au moins n'est pas publiée", NON_PUBLIE)
    ]
    court = vue(propose(le="2027-12-31", depart=reference()))
    assert [libelle for libelle, *_ in etapes(court, "indicateurs.patientele_mt.propose")] == [
        "Référence",
        "Objectif",
        "Jugé le",
        "À gagner",
        "Au rythme du contrat",
    ]
    premier_jour = vue(propose(recue="2023-01-01"), au="2023-01-01", releves=(releve("2023-01-01", 1000, 2000),))
    assert [libelle for libelle, *_ in etapes(premier_jour, "indicateurs.patientele_mt.propose")][-1] == "Par mois"


def test_the_proposal_as_json() -> None:
    ecrit = renouvellement_json(vue(propose(1300, None, reference(1100, 2000), le=None)))

    assert {cle: ecrit[cle] for cle in ("fin_le", "debut_le", "texte", "suivant", "proposition", "aide_totale")} == {
        "fin_le": "2027-12-31",
        "debut_le": "2028-01-01",
        "texte": C24,
        "suivant": None,
        "proposition": {"recue_le": "2025-06-01", "note": ""},
        "aide_totale": 66_000,
    }
    assert ecrit["option"] == {
        "etp": "1/2",
        "proposee": True,
        "ouverte": True,
        "phrase": f"L'option 1/2{INSECABLE}ETP est ouverte (convention médicale 2024-2029).",
        "grade": "B",
    }
    assert ecrit["a_demander"] == [
        "Demandez à la caisse l'objectif de la file active.",
        "Demandez à la caisse la date à laquelle l'objectif sera jugé.",
    ]
    patientele, file_active = ecrit["indicateurs"]["patientele_mt"], ecrit["indicateurs"]["file_active"]
    # 150 patients in 912 days: 5,01 a month. From 1 January 2028 to 1 January 2031: 1 096 days, 36,01 months.
    assert patientele["niveau"] == {
        "valeur": 1150,
        "date": "2025-07-01",
        "source": "cpam",
        "gain_mensuel_realise": 5.01,
    }
    assert patientele["propose"] == {
        "reference": 1100,
        "objectif": 1300,
        "evaluation_le": "2031-01-01",
        "evaluation_par_defaut": True,
        "mois": 36.01,
        "gain": 150,
        "gain_mensuel": 4.17,
        "mois_au_rythme": 29.96,
        "atteint_le": "2027-12-30",
        "tenable": True,
    }
    assert patientele["gains"] == {"acquis": 150, "repris": 50, "perdus": 100}
    assert (file_active["propose"]["objectif"], file_active["propose"]["gain"]) == (None, None)
    assert ecrit["aide"][0] == {
        "annee": 1,
        "du": "2028-01-01",
        "montant_max": 19_000,
        "texte": C24,
        "grade": "B",
    }
    assert [a["code"] for a in ecrit["avertissements"]] == ["gains_non_repris", "population_differente"]


def test_nothing_known_as_json() -> None:
    ecrit = renouvellement_json(vue(releves=(), signe=contrat(option_etp=Fraction(2))))

    assert (ecrit["proposition"], ecrit["aide_totale"], ecrit["aide"][0]["montant_max"]) == (None, None, None)
    assert {cle: ecrit["indicateurs"]["patientele_mt"][cle] for cle in ("niveau", "propose", "gains")} == {
        "niveau": None,
        "propose": None,
        "gains": None,
    }


def test_the_objective_of_the_contract_is_the_one_of_the_day() -> None:
    assert vue(signe=contrat(objectif=objectif(1500, 2500))).indicateurs[0].ancien.objectif == 1500
