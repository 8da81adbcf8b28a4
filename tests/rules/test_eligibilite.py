"""Who may sign: each reason for, against, or left to the user; true, false, or unknown."""

from fractions import Fraction
from typing import Any

import pytest

from assistmed_desktop.domain.cabinet import Medecin
from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.resultats import Motif
from tests.rules.outils import (
    DEMI,
    PLEIN,
    TIERS,
    cabinet,
    collectif,
    contrat,
    j,
    juger,
    medecin,
    morvan,
    pratique,
    reference,
)

A7, RA, C24 = "avenant_7", "reglement_arbitral_2023", "convention_2024"
SIGNATURES = {A7: "2022-12-15", RA: "2023-06-01", C24: "2024-07-01"}
Jugement = tuple[bool | None, list[tuple[str, bool | None, str]]]


def individuel(texte: str = A7, **change: Any) -> ContratIndividuel:  # noqa: ANN401 - any field
    signature = j(SIGNATURES[texte])
    return contrat(**{"texte": texte, "signe_le": signature, "debut_le": signature, "objectif": None} | change)


def jugement(
    signe: ContratIndividuel | ContratCollectif,
    *medecins: Medecin,
    **ou: Any,  # noqa: ANN401 - any field of the practice
) -> Jugement:
    """Give whether one may sign, and each reason: its message, whether it excludes, its grade."""
    dossier = pratique(signe, medecins=medecins or (medecin(1), medecin(2)), cabinet=cabinet(**ou))
    vue = juger(dossier, signe.debut_le).eligibilite
    return vue.eligible, [_a_plat(motif) for motif in vue.motifs]


def _a_plat(motif: Motif) -> tuple[str, bool | None, str]:
    return motif.message.replace(INSECABLE, " "), motif.exclut, motif.source.grade


SANS_RESERVE: Jugement = (True, [])


def test_the_worked_example_may_sign() -> None:
    vue = juger(morvan(), "2025-01-15").eligibilite

    assert (vue.eligible, vue.motifs) == (True, ())


@pytest.mark.parametrize("texte", [A7, RA, C24])
@pytest.mark.parametrize("secteur", ["1", "2_optam", "2_optam_co"])
def test_sector_1_and_the_two_optam_may_sign(texte: str, secteur: str) -> None:
    assert jugement(individuel(texte), medecin(secteur=secteur)) == SANS_RESERVE


@pytest.mark.parametrize(("secteur", "nom"), [("2", "secteur 2, sans Optam"), ("3", "secteur 3")])
def test_the_other_sectors_may_not(secteur: str, nom: str) -> None:
    assert jugement(individuel(), medecin(secteur=secteur)) == (
        False,
        [
            (
                f"Dr Claire Lambert exerce en {nom} ; il faut le secteur 1, ou le secteur 2 avec Optam ou Optam-CO.",
                True,
                "B",
            )
        ],
    )


P30_DES_AUTRES = (
    "Le seuil de file active (P30) de la spécialité du Dr Claire Lambert n'est pas publié : à vérifier avec la CPAM.",
    None,
    "C",
)


@pytest.mark.parametrize(
    "specialite",
    ["radiologie", "radiotherapie", "stomatologie", "anesthesie", "anatomo_cytopathologie", "medecine_nucleaire"],
)
@pytest.mark.parametrize("texte", [A7, RA, C24])
def test_the_excluded_specialities_may_not_sign(texte: str, specialite: str) -> None:
    assert jugement(individuel(texte), medecin(specialite=specialite)) == (
        False,
        [
            (
                f"La spécialité du Dr Claire Lambert ({specialite.replace('_', ' ')}) est exclue de l'aide.",
                True,
                "B",
            ),
            P30_DES_AUTRES,
        ],
    )


@pytest.mark.parametrize("specialite", ["pediatrie", "cardiologie", "dermatologie", "radiologie_du_sport"])
def test_the_threshold_of_the_other_specialities_is_unknown(specialite: str) -> None:
    assert jugement(individuel(), medecin(specialite=specialite)) == (None, [P30_DES_AUTRES])


@pytest.mark.parametrize(
    "specialite", ["chirurgie_generale", "chirurgie", "orl", "gynecologie_medicale", "gynecologie_obstetrique"]
)
def test_surgeons_ent_and_gynaecologists_must_check_their_clinical_fees(specialite: str) -> None:
    assert jugement(individuel(), medecin(specialite=specialite)) == (
        None,
        [
            (
                (
                    "Dr Claire Lambert doit avoir au moins 80 % d'honoraires cliniques sur les douze derniers mois : "
                    "à vérifier."
                ),
                None,
                "B",
            ),
            P30_DES_AUTRES,
        ],
    )


def test_a_doctor_without_a_first_name_is_named_all_the_same() -> None:
    (motif,) = jugement(individuel(), medecin(prenom="", secteur="3"))[1]

    assert motif[0].startswith("Dr Lambert exerce en secteur 3")


# P30: 640 patients of 16 and over under avenant 7, 775 of all ages since.
@pytest.mark.parametrize(
    ("texte", "patients", "assez"),
    [
        (A7, 639, False),
        (A7, 640, True),
        (A7, 641, True),
        (RA, 774, False),
        (RA, 775, True),
        (C24, 774, False),
        (C24, 775, True),
        (C24, 776, True),
    ],
)
def test_a_generalist_starts_from_the_thirtieth_percentile(texte: str, patients: int, assez: bool) -> None:
    eligible, motifs = jugement(individuel(texte, reference=reference(patients)))

    assert (motifs == []) is assez
    assert eligible is (True if assez else None if texte == A7 else False)


def test_since_2023_the_threshold_excludes() -> None:
    assert jugement(individuel(C24, reference=reference(774))) == (
        False,
        [
            (
                (
                    "La patientèle de référence (774) est sous le seuil P30, 775 patients de tous âges, "
                    "au 31 décembre 2021."
                ),
                True,
                "C",
            )
        ],
    )


def test_avenant_7_exempts_some_whom_only_the_user_knows() -> None:
    assert jugement(individuel(A7, reference=reference(639))) == (
        None,
        [
            (
                (
                    "La patientèle de référence (639) est sous le seuil P30, 640 patients de 16 ans et plus, "
                    "sauf médecin en situation de handicap (RQTH) ou plus de 20 % de patients de moins de 16 ans : "
                    "à vérifier."
                ),
                None,
                "C",
            )
        ],
    )


@pytest.mark.parametrize(
    ("installe_le", "exempte"),
    [("2021-12-14", False), ("2021-12-15", False), ("2021-12-16", True), ("2022-12-15", True)],
)
def test_avenant_7_exempts_who_is_installed_for_less_than_twelve_months_at_signature(
    installe_le: str, exempte: bool
) -> None:
    # Signed on 15 December 2022.
    vu = jugement(individuel(A7, reference=reference(100)), medecin(installe_le=j(installe_le)))

    assert (vu == SANS_RESERVE) is exempte


@pytest.mark.parametrize("texte", [RA, C24])
def test_the_later_texts_exempt_nobody(texte: str) -> None:
    recent = medecin(installe_le=j(SIGNATURES[texte]))

    assert jugement(individuel(texte, reference=reference(100)), recent)[0] is False


def options(texte: str, etp: Fraction, *medecins: Medecin, zonage: str = "zip") -> Jugement:
    return jugement(individuel(texte, option_etp=etp), *medecins, zonage=zonage)


@pytest.mark.parametrize(
    ("texte", "etp"), [(A7, TIERS), (A7, DEMI), (RA, DEMI), (RA, PLEIN), (C24, DEMI), (C24, PLEIN)]
)
@pytest.mark.parametrize("zonage", ["zip", "zac", "hors_zone"])
def test_the_open_options_are_open_in_every_zone(texte: str, etp: Fraction, zonage: str) -> None:
    assert options(texte, etp, zonage=zonage) == SANS_RESERVE


@pytest.mark.parametrize(
    ("zonage", "attendu"),
    [
        ("zip", SANS_RESERVE),
        (
            "zac",
            (
                None,
                [
                    (
                        (
                            "L'option 1 ETP est réservée aux zones sous-denses sous ce texte (avenant n° 7) : "
                            "à vérifier pour une ZAC."
                        ),
                        None,
                        "C",
                    )
                ],
            ),
        ),
        (
            "hors_zone",
            (False, [("L'option 1 ETP est réservée aux zones sous-denses sous ce texte (avenant n° 7).", True, "C")]),
        ),
    ],
)
def test_the_full_time_of_avenant_7_is_for_zones_that_lack_doctors(zonage: str, attendu: Jugement) -> None:
    assert options(A7, PLEIN, zonage=zonage) == attendu


def test_the_third_time_is_closed_then_kept_for_existing_contracts() -> None:
    assert options(RA, TIERS) == (
        False,
        [("L'option 1/3 ETP n'est plus ouverte aux nouveaux contrats (règlement arbitral de 2023).", True, "B")],
    )
    assert options(C24, TIERS) == (
        None,
        [
            (
                (
                    "L'option 1/3 ETP ne continue que pour les contrats existants (convention médicale 2024-2029) : "
                    "à vérifier."
                ),
                None,
                "B",
            )
        ],
    )


@pytest.mark.parametrize(("etp", "nom"), [(Fraction(3, 2), "1,5 ETP"), (Fraction(2), "2 ETP")])
def test_more_than_a_full_time_is_an_extension(etp: Fraction, nom: str) -> None:
    condition = (
        f"L'option {nom} demande un médecin généraliste en ZIP, la troisième année d'un premier contrat à temps plein "
        "et des objectifs atteints"
    )

    assert options(C24, etp) == (None, [(f"{condition} : à vérifier.", None, "B")])
    assert options(C24, etp, zonage="zac") == (False, [(f"{condition}.", True, "B")])
    assert options(C24, etp, medecin(specialite="pediatrie"))[0] is False
    for texte, nom_du_texte in ((A7, "avenant n° 7"), (RA, "règlement arbitral de 2023")):
        eligible, motifs = options(texte, etp)
        assert eligible is False
        assert [motif[:2] for motif in motifs] == [
            (f"L'option {nom} n'existe pas sous ce texte ({nom_du_texte}).", True)
        ]


REGROUPE = "L'avenant n° 7 demande un exercice regroupé d'au moins deux médecins, sauf en zone sous-dense"
COORDONNE = "L'avenant n° 7 demande un exercice coordonné, ou l'engagement d'en rejoindre un dans les deux ans."


@pytest.mark.parametrize(
    ("zonage", "attendu"),
    [
        ("zip", SANS_RESERVE),
        ("zac", (None, [(f"{REGROUPE} : à vérifier pour une ZAC.", None, "A")])),
        ("hors_zone", (False, [(f"{REGROUPE}.", True, "A")])),
    ],
)
def test_avenant_7_asks_for_a_group_practice_outside_zones_that_lack_doctors(zonage: str, attendu: Jugement) -> None:
    assert jugement(individuel(A7), zonage=zonage, exercice_regroupe=False) == attendu
    assert jugement(individuel(A7), zonage=zonage, exercice_regroupe=True) == SANS_RESERVE


@pytest.mark.parametrize("exercice", ["msp", "esp", "ess", "cpts", "centre", "engagement"])
def test_avenant_7_asks_for_a_coordinated_practice_or_a_commitment(exercice: str) -> None:
    assert jugement(individuel(A7), exercice_coordonne=exercice) == SANS_RESERVE
    assert jugement(individuel(A7), exercice_coordonne="aucun") == (False, [(COORDONNE, True, "A")])


@pytest.mark.parametrize("texte", [RA, C24])
def test_the_later_texts_ask_for_neither(texte: str) -> None:
    assert jugement(individuel(texte), exercice_coordonne="aucun", exercice_regroupe=False, zonage="hors_zone") == (
        SANS_RESERVE
    )


def test_every_reason_is_given_and_one_that_excludes_is_enough() -> None:
    eligible, motifs = jugement(
        individuel(A7, option_etp=PLEIN, reference=reference(100)),
        medecin(secteur="3"),
        zonage="zac",
        exercice_regroupe=False,
        exercice_coordonne="aucun",
    )

    assert eligible is False
    assert [exclut for _, exclut, _ in motifs] == [True, None, None, None, True]


def groupe(etp: str = "2", patients: int = 2000, *medecins: Medecin) -> Jugement:
    return jugement(collectif(option_etp=Fraction(etp), reference=reference(patients, 4000), objectif=None), *medecins)


def test_a_group_within_its_rules_may_sign() -> None:
    assert groupe() == SANS_RESERVE


# Two doctors: 775 on average is 1 550.
@pytest.mark.parametrize(("patients", "assez"), [(1549, False), (1550, True), (1551, True)])
def test_a_group_starts_from_the_thirtieth_percentile_on_average(patients: int, assez: bool) -> None:
    assert groupe("2", patients) == (
        SANS_RESERVE
        if assez
        else (
            False,
            [
                (
                    (
                        "La patientèle de référence du groupe (1 549) est sous 1 550, soit 775 patients par adhérent "
                        "en moyenne."
                    ),
                    True,
                    "C",
                )
            ],
        )
    )


# Two doctors: 2 ETP, 3 if each hosts a docteur junior.
@pytest.mark.parametrize(
    ("etp", "eligible", "nom"),
    [("2", True, ""), ("5/2", None, "2,5 ETP"), ("3", None, "3 ETP"), ("7/2", False, "3,5 ETP"), ("4", False, "4 ETP")],
)
def test_a_group_finances_an_etp_for_each_doctor_or_half_more(etp: str, eligible: bool | None, nom: str) -> None:
    vu, motifs = groupe(etp)

    assert vu is eligible
    suite = " : à vérifier." if eligible is None else "."
    assert motifs == (
        []
        if eligible
        else [
            (
                (
                    f"Le groupe finance {nom} pour 2 médecins ; au-delà d'un ETP par médecin, il faut accueillir un "
                    f"docteur junior (PAMSU), un demi-ETP chacun, depuis novembre 2026{suite}"
                ),
                None if eligible is None else True,
                "C",
            )
        ]
    )


def test_each_doctor_of_a_group_must_be_allowed_to_sign() -> None:
    eligible, motifs = groupe("2", 2000, medecin(1), medecin(2, nom="Perrin", secteur="3"))

    assert eligible is False
    assert [motif[0].partition(" exerce")[0] for motif in motifs] == ["Dr Claire Perrin"]


def test_the_individual_thresholds_and_options_are_not_those_of_a_group() -> None:
    assert groupe("2", 2000, medecin(1, specialite="pediatrie"), medecin(2)) == SANS_RESERVE
