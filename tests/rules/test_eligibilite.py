"""Who may sign: each reason for, against, or left to the user; true, false, or unknown."""

from fractions import Fraction
from typing import Any

import pytest

from assistmed_desktop.domain.cabinet import Medecin, Zonage
from assistmed_desktop.domain.contrat import (
    Adhesion,
    Avenant,
    CauseResiliation,
    ChangementAdresse,
    ContratCollectif,
    ContratIndividuel,
    DocteurJunior,
    Resiliation,
)
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.eligibilite import Suivi, conditions_de_l_option, eligibilite, option_du_texte
from assistmed_desktop.rules.evaluation import evaluate
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
    objectif,
    option,
    pratique,
    reference,
    releve,
    resiliation,
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


def groupe_en(*avenants: Avenant, **change: Any) -> ContratCollectif:  # noqa: ANN401 - any field
    """Give a collective contract of a company that may sign one."""
    return collectif(*avenants, **{"structure": "scm"} | change)


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
    ("specialite", "nom"),
    [
        ("radiologie", "radiologie"),
        ("radiotherapie", "radiothérapie"),
        ("stomatologie", "stomatologie"),
        ("anesthesie", "anesthésie"),
        ("anatomo_cytopathologie", "anatomo cytopathologie"),
        ("medecine_nucleaire", "médecine nucléaire"),
    ],
)
@pytest.mark.parametrize("texte", [A7, RA, C24])
def test_the_excluded_specialities_may_not_sign(texte: str, specialite: str, nom: str) -> None:
    assert jugement(individuel(texte), medecin(specialite=specialite)) == (
        False,
        [
            (
                f"La spécialité du Dr Claire Lambert ({nom}) est exclue de l'aide.",
                True,
                "B",
            ),
            P30_DES_AUTRES,
        ],
    )


@pytest.mark.parametrize(
    "specialite",
    [
        "radiologie_et_imagerie_medicale",
        "radiodiagnostic_et_imagerie_medicale",
        "imagerie_medicale",
        "radiologue",
        "electroradiologie",
        "oncologie_radiotherapique",
        "radiotherapeute",
        "stomatologie_et_chirurgie_maxillo_faciale",
        "stomatologue",
        "anesthesie_reanimation",
        "anesthesie_reanimation_chirurgicale",
        "medecin_anesthesiste",
        "anatomie_et_cytologie_pathologiques",
        "anatomie_et_cytologie_pathologique",
        "anatomopathologie",
        "anapath",
        "cytopathologie",
        "medecin_nucleaire",
    ],
)
def test_the_words_of_an_excluded_speciality_are_known_however_it_is_written(specialite: str) -> None:
    vu, motifs = jugement(individuel(C24), medecin(specialite=specialite))

    assert vu is False
    assert next(message for message, exclut, _ in motifs if exclut).endswith("est exclue de l'aide.")
    assert not any("80 %" in message for message, _, _ in motifs)


@pytest.mark.parametrize("specialite", ["generaliste", "medecin_generaliste"])
def test_a_general_practitioner_is_one_under_any_of_the_usual_words(specialite: str) -> None:
    docteur = medecin(specialite=specialite)

    assert jugement(individuel(C24), docteur) == SANS_RESERVE
    assert jugement(individuel(C24, reference=reference(774)), docteur)[0] is False
    (seul,) = evaluate(pratique(contrat(), medecins=[docteur]), j("2023-02-01"), charger_baremes()).contrats
    assert [i.requis for i in seul.indicateurs] == [True, True]
    deux = individuel(C24, option_etp=DEUX)
    assert le_suivant(plein(), suivant=deux, releves=ATTEINTS, medecins=(docteur,)) == SANS_RESERVE


def test_a_paediatrician_is_judged_on_both_counts_under_either_word() -> None:
    for specialite in ("pediatrie", "pediatre"):
        dossier = pratique(contrat(), medecins=[medecin(specialite=specialite)])
        assert [i.requis for i in juger(dossier, "2023-02-01").indicateurs] == [True, True]


@pytest.mark.parametrize(
    "specialite", ["pediatrie", "cardiologie", "orlogie", "oncologie_medicale", "reanimation_medicale", "neurologie"]
)
def test_the_threshold_of_the_other_specialities_is_unknown(specialite: str) -> None:
    assert jugement(individuel(), medecin(specialite=specialite)) == (None, [P30_DES_AUTRES])


@pytest.mark.parametrize(
    "specialite",
    [
        "chirurgie_generale",
        "chirurgie",
        "chirurgien",
        "neurologie_chirurgicale",
        "neurochirurgie",
        "urologie",
        "urologue",
        "orl",
        "orl_et_chirurgie_cervico_faciale",
        "otorhinolaryngologie",
        "oto_rhino_laryngologie",
        "oto_rhino_laryngologie_et_chirurgie_cervico_faciale",
        "gynecologie",
        "gynecologie_medicale",
        "gynecologie_obstetrique",
    ],
)
def test_surgeons_ent_and_gynaecologists_must_check_their_clinical_fees(specialite: str) -> None:
    assert jugement(individuel(), medecin(specialite=specialite)) == (
        None,
        [
            (
                (
                    "Dr Claire Lambert doit avoir au moins 80 % d'honoraires cliniques sur les 12 derniers mois : "
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
                    "sauf médecin reconnu travailleur handicapé (RQTH) ou plus de 20 % de patients de moins de 16 "
                    "ans : à vérifier."
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


# The later texts have no exemption, yet they ask a newly installed doctor to reach P50: both rules are given.
@pytest.mark.parametrize("texte", [RA, C24])
def test_since_2023_one_newly_installed_under_the_threshold_is_left_to_the_cpam(texte: str) -> None:
    recent = medecin(installe_le=j(SIGNATURES[texte]))
    signe = individuel(texte, reference=reference(774))
    (motif,) = juger(pratique(signe, medecins=[recent]), signe.debut_le).eligibilite.motifs

    assert jugement(signe, recent) == (
        None,
        [
            (
                (
                    "La patientèle de référence (774) est sous le seuil P30, 775 patients de tous âges, "
                    "au 31 décembre 2021. Mais Dr Claire Lambert est un nouvel installé, à qui le contrat demande "
                    "d'atteindre P50 en 3 ans : à vérifier avec la CPAM."
                ),
                None,
                "C",
            )
        ],
    )
    assert [source.grade for source in motif.autres_sources] == ["C"]
    assert jugement(individuel(texte, reference=reference(775)), recent) == SANS_RESERVE


@pytest.mark.parametrize(("installe_le", "eligible"), [("2023-07-01", False), ("2023-07-02", None)])
def test_newly_installed_is_under_twelve_months_since_2023_too(installe_le: str, eligible: bool | None) -> None:
    # Signed on 1 July 2024.
    assert jugement(individuel(C24, reference=reference(100)), medecin(installe_le=j(installe_le)))[0] is eligible


SOUS_P30 = "La patientèle de référence (639) est sous le seuil P30, 640 patients de 16 ans et plus"


@pytest.mark.parametrize(
    ("derogation", "nom"),
    [
        ("rqth", "médecin reconnu travailleur handicapé (RQTH)"),
        ("moins_de_16_ans", "plus de 20 % de patients de moins de 16 ans"),
    ],
)
def test_an_exemption_typed_is_accepted_under_avenant_7_and_left_to_the_cpam_since(derogation: str, nom: str) -> None:
    assert jugement(individuel(A7, reference=reference(639), derogation=derogation)) == (
        True,
        [(f"{SOUS_P30} ; la dérogation saisie, {nom}, en dispense.", False, "C")],
    )
    assert jugement(individuel(A7, reference=reference(640), derogation=derogation)) == SANS_RESERVE
    suite = (
        "depuis, une page d'ameli.fr admet ces médecins, sous réserve d'un aménagement du contrat."
        if derogation == "rqth"
        else "aucune source ne dit si ce texte la garde."
    )
    for texte in (RA, C24):
        signe = individuel(texte, reference=reference(774), derogation=derogation)
        assert jugement(signe) == (
            None,
            [
                (
                    (
                        "La patientèle de référence (774) est sous le seuil P30, 775 patients de tous âges, au 31 "
                        f"décembre 2021. La dérogation saisie, {nom}, est celle de l'avenant n° 7 ; {suite} À vérifier "
                        "avec la CPAM."
                    ),
                    None,
                    "C",
                )
            ],
        )
        (motif,) = juger(pratique(signe), signe.debut_le).eligibilite.motifs
        assert [("ameli.fr" in s.adresse, s.grade) for s in motif.autres_sources] == (
            [(True, "B")] if derogation == "rqth" else []
        )
        assert jugement(individuel(texte, reference=reference(775), derogation=derogation)) == SANS_RESERVE


@pytest.mark.parametrize(("mixte", "eligible"), [(True, None), (False, False)])
def test_a_mixed_practice_under_the_threshold_is_left_to_the_cpam_since_2023(
    mixte: bool, eligible: bool | None
) -> None:
    vu, ((dit, _, _),) = jugement(individuel(C24, reference=reference(774)), medecin(exercice_mixte=mixte))

    assert vu is eligible
    assert ("Dr Claire Lambert a un exercice mixte : une page d'ameli.fr admet ces médecins" in dit) is mixte


def test_a_bareme_that_admits_nobody_under_the_threshold_leaves_the_exemption_typed_unknown() -> None:
    baremes = charger_baremes()
    signe = individuel(C24, reference=reference(774), derogation="rqth")
    textes = baremes.textes.version(signe, signe.debut_le)
    version = baremes.eligibilite.version(signe, signe.debut_le).model_copy(update={"admis_avec_amenagement": None})
    mixte = medecin(exercice_mixte=True)
    (motif,) = eligibilite(signe, cabinet(), [mixte], textes, version, (), Suivi(lambda _: None, ())).motifs

    assert motif.exclut is None
    assert motif.message.endswith("aucune source ne dit si ce texte la garde. À vérifier avec la CPAM.")


def le_suivant(
    *anterieurs: ContratIndividuel,
    suivant: ContratIndividuel | ContratCollectif,
    releves: tuple[Releve, ...] = (),
    medecins: tuple[Medecin, ...] = (),
    **ou: Any,  # noqa: ANN401 - any field of the practice
) -> Jugement:
    """Judge a contract that follows others of the practice."""
    dossier = pratique(
        *anterieurs,
        suivant,
        releves=releves,
        medecins=medecins or (medecin(1), medecin(2)),
        cabinet=cabinet(**ou),
    )
    contrats = evaluate(dossier, suivant.debut_le, charger_baremes()).contrats
    vue = next(vu.eligibilite for vu in contrats if vu.id == suivant.id)
    return vue.eligible, [_a_plat(motif) for motif in vue.motifs]


def termine(du: str, cause: CauseResiliation | None) -> ContratIndividuel:
    """Give a contract of 2021 that ends on a day."""
    fin = Resiliation(type="resiliation", du=j(du), motif="", cause=cause)
    return contrat(fin, id="c0", signe_le=j("2021-01-01"), debut_le=j("2021-01-01"), objectif=None)


@pytest.mark.parametrize(
    ("cause", "eligible"),
    [
        ("demenagement", True),
        ("specialite", True),
        ("medecin", None),
        ("cpam", None),
        ("contrat_collectif", None),
        ("autre", None),
        (None, None),
    ],
)
def test_a_doctor_who_moved_or_changed_speciality_is_exempted_as_one_newly_installed(
    cause: CauseResiliation | None, eligible: bool | None
) -> None:
    suivant = individuel(A7, reference=reference(639))
    vu, motifs = le_suivant(termine("2022-12-15", cause), suivant=suivant)

    assert vu is eligible
    if eligible:
        assert motifs == [
            (
                (
                    f"{SOUS_P30} ; le médecin, dont un contrat a pris fin par un déménagement ou un changement de "
                    "spécialité, est traité comme un nouvel installé, ce qui en dispense."
                ),
                False,
                "C",
            )
        ]


def test_a_move_that_ends_a_contract_later_exempts_nobody_yet() -> None:
    # The contract that follows begins on 15 December 2022.
    suivant = individuel(A7, reference=reference(639))

    assert le_suivant(termine("2022-12-16", "demenagement"), suivant=suivant)[0] is None
    assert le_suivant(termine("2022-12-15", "demenagement"), suivant=suivant)[0] is True


def test_the_move_of_another_doctor_exempts_nobody() -> None:
    autre = termine("2022-06-01", "demenagement").model_copy(update={"medecin": "m2"})

    assert le_suivant(autre, suivant=individuel(A7, reference=reference(639)))[0] is None


def test_since_2023_one_treated_as_newly_installed_is_left_to_the_cpam_with_both_grades() -> None:
    suivant = individuel(C24, reference=reference(774))
    dossier = pratique(termine("2024-06-30", "specialite"), suivant, medecins=[medecin()])
    motif = evaluate(dossier, suivant.debut_le, charger_baremes()).contrats[1].eligibilite.motifs[0]

    assert motif.exclut is None
    assert "Dr Claire Lambert est traité comme un nouvel installé" in motif.message
    assert (motif.source.grade, [source.grade for source in motif.autres_sources]) == ("C", ["B"])


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


@pytest.mark.parametrize(
    ("etp", "fin", "continue_"),
    [
        (TIERS, "2024-07-01", True),  # ends on the eve of the signature and of the start
        (TIERS, "2024-06-30", False),
        (TIERS, "2025-01-01", True),
        (DEMI, "2024-07-01", False),
    ],
)
def test_a_third_time_goes_on_after_one_of_the_dossier(etp: Fraction, fin: str, continue_: bool) -> None:
    # The contract of the convention is signed and begins on 1 July 2024.
    ancien = termine(fin, None).model_copy(update={"option_etp": etp})

    eligible, motifs = le_suivant(ancien, suivant=individuel(C24, option_etp=TIERS))
    assert (eligible, motifs == []) == (True if continue_ else None, continue_)


@pytest.mark.parametrize(("avant", "apres_", "continue_"), [(TIERS, DEMI, False), (DEMI, TIERS, True)])
def test_a_third_time_goes_on_after_what_the_contract_was_when_it_ended(
    avant: Fraction, apres_: Fraction, continue_: bool
) -> None:
    ancien = termine("2024-07-01", None)
    change = {"option_etp": avant, "avenants": (option("2023-06-01", apres_), *ancien.avenants)}

    _, motifs = le_suivant(ancien.model_copy(update=change), suivant=individuel(C24, option_etp=TIERS))
    assert (motifs == []) == continue_


UN_ET_DEMI, DEUX = Fraction(3, 2), Fraction(2)


@pytest.mark.parametrize(("etp", "nom"), [(UN_ET_DEMI, "1,5 ETP"), (DEUX, "2 ETP")])
def test_more_than_a_full_time_has_its_conditions_one_by_one(etp: Fraction, nom: str) -> None:
    premier = f"L'option {nom} demande un premier contrat à 1 ETP : il n'y en a pas dans ce dossier, à vérifier."

    assert options(C24, etp) == (None, [(premier, None, "B")])
    assert options(C24, etp, zonage="zac") == (
        False,
        [(f"L'option {nom} demande un cabinet en ZIP ; il est en ZAC.", True, "B"), (premier, None, "B")],
    )
    assert options(C24, etp, zonage="hors_zone")[1][0][0] == (
        f"L'option {nom} demande un cabinet en ZIP ; il est hors zone sous-dense."
    )
    eligible, motifs = options(C24, etp, medecin(specialite="pediatrie"))
    assert eligible is False
    assert motifs[1] == (
        f"L'option {nom} est réservée à la médecine générale ; Dr Claire Lambert exerce en pédiatrie.",
        True,
        "B",
    )
    for texte, nom_du_texte in ((A7, "avenant n° 7"), (RA, "règlement arbitral de 2023")):
        eligible, motifs = options(texte, etp)
        assert eligible is False
        assert [motif[:2] for motif in motifs] == [
            (f"L'option {nom} n'existe pas sous ce texte ({nom_du_texte}).", True)
        ]


def plein(debut: str = "2022-07-01", *avenants: Avenant, **change: Any) -> ContratIndividuel:  # noqa: ANN401
    """Give a first full-time contract; with its own targets, 1 200 and 2 400, to be judged three years later."""
    champs = {
        "id": "c0",
        "option_etp": PLEIN,
        "signe_le": j(debut),
        "debut_le": j(debut),
        "objectif": objectif(le=None),
    }
    return contrat(*avenants, **champs | change)


ATTEINTS = (releve("2024-06-30", 1200, 2400),)
DU_PREMIER = "L'option 2 ETP demande un premier contrat à 1 ETP"


def apres(premier: ContratIndividuel, *releves: Releve, **change: Any) -> Jugement:  # noqa: ANN401 - any field
    """Judge a contract for 2 ETP, signed and begun on 1 July 2024, after a first one."""
    return le_suivant(premier, suivant=individuel(C24, option_etp=DEUX, **change), releves=releves)


def test_more_than_a_full_time_follows_the_third_year_of_a_full_time_whose_targets_are_met() -> None:
    assert apres(plein("2022-07-01"), *ATTEINTS) == SANS_RESERVE
    assert apres(plein("2022-07-02"), *ATTEINTS) == (
        False,
        [
            (
                (
                    f"{DU_PREMIER} dont l'année 3 est commencée à la signature ; celle du contrat du 02/07/2022 "
                    "commence le 02/07/2024."
                ),
                True,
                "B",
            )
        ],
    )


def test_a_full_time_that_ended_before_its_third_year_is_not_enough() -> None:
    def clos(du: str) -> Jugement:
        return apres(plein("2022-01-01", resiliation(du)), *ATTEINTS)

    assert clos("2024-01-02") == SANS_RESERVE
    eligible, motifs = clos("2024-01-01")
    assert eligible is False
    assert motifs[0][0].endswith("celle du contrat du 01/01/2022 n'a pas eu lieu.")


@pytest.mark.parametrize(("vus", "tenus"), [(2400, True), (2399, False)])
def test_the_targets_of_another_speciality_are_those_of_the_file_active(vus: int, tenus: bool) -> None:
    _, motifs = le_suivant(
        plein("2022-07-01"),
        suivant=individuel(C24, option_etp=DEUX),
        releves=(releve("2024-06-30", None, vus),),
        medecins=(medecin(1, specialite="ophtalmologie"), medecin(2)),
    )

    assert any("objectifs sont atteints" in message for message, _, _ in motifs) is not tenus


def test_the_targets_of_the_full_time_are_judged_at_the_signature() -> None:
    manques = (
        f"{DU_PREMIER} dont les objectifs sont atteints ; ceux du contrat du 01/07/2022 ne le sont pas à la signature."
    )
    inconnus = (
        f"{DU_PREMIER} dont les objectifs sont atteints ; ceux du contrat du 01/07/2022 ne se jugent pas avec ce "
        "dossier : à vérifier."
    )

    assert apres(plein(), releve("2024-06-30", 1199, 2400)) == (False, [(manques, True, "B")])
    assert apres(plein(), releve("2024-06-30", 1200, 2399)) == (False, [(manques, True, "B")])
    assert apres(plein()) == (None, [(inconnus, None, "B")])
    assert apres(plein(objectif=None), *ATTEINTS) == (None, [(inconnus, None, "B")])
    # Read on the day after the signature: not known then.
    assert apres(plein(), releve("2024-07-02", 1200, 2400)) == (None, [(inconnus, None, "B")])


def test_the_full_time_may_have_been_an_option_taken_on_the_way_or_left() -> None:
    assert apres(plein("2022-07-01", option("2024-07-01", PLEIN), option_etp=DEMI), *ATTEINTS) == SANS_RESERVE
    absent = (f"{DU_PREMIER} : il n'y en a pas dans ce dossier, à vérifier.", None, "B")
    assert apres(plein("2022-07-01", option("2024-07-02", PLEIN), option_etp=DEMI), *ATTEINTS) == (None, [absent])
    assert apres(plein("2022-07-01", option("2023-07-01", DEMI)), *ATTEINTS) == (None, [absent])


def test_the_first_full_time_is_the_one_judged() -> None:
    anciens = [plein("2020-01-01", id="c8", objectif=None), plein("2024-06-30", id="c9")]
    for premiers in (anciens, anciens[::-1]):
        eligible, motifs = le_suivant(*premiers, suivant=individuel(C24, option_etp=DEUX))
        assert eligible is None
        assert "ceux du contrat du 01/01/2020 ne se jugent pas" in motifs[0][0]


def par_avenant(*avenants: Avenant, etp: Fraction = PLEIN, texte: str = C24, **ou: Any) -> Jugement:  # noqa: ANN401
    """Judge a contract of 1 July 2024 with amendments."""
    avec = individuel(texte, option_etp=etp).model_copy(update={"avenants": avenants})
    return jugement(avec, **ou)


A_VERIFIER = (
    "L'option 2 ETP, prise par avenant le {}, demande des objectifs atteints ce jour-là : à vérifier.",
    None,
    "B",
)


def a_verifier(jour: str) -> tuple[str, bool | None, str]:
    return (A_VERIFIER[0].format(jour), None, "B")


def test_an_amendment_goes_over_a_full_time_from_the_third_year() -> None:
    assert par_avenant(option("2026-07-01", DEUX)) == (None, [a_verifier("01/07/2026")])
    assert par_avenant(option("2026-06-30", DEUX)) == (
        False,
        [
            (
                (
                    "L'option 2 ETP, prise par avenant le 30/06/2026, ne s'ouvre qu'à l'année 3 du contrat, "
                    "le 01/07/2026."
                ),
                True,
                "B",
            ),
            a_verifier("30/06/2026"),
        ],
    )
    assert par_avenant(option("2026-07-01", DEUX), etp=DEMI) == (
        None,
        [
            (
                (
                    "L'option 2 ETP, prise par avenant le 01/07/2026, demande un premier contrat à 1 ETP ; celui-ci a "
                    "été signé à 1/2 ETP : à vérifier."
                ),
                None,
                "B",
            ),
            a_verifier("01/07/2026"),
        ],
    )


def test_an_earlier_full_time_opens_the_amendment_at_once() -> None:
    suivant = individuel(C24, option_etp=PLEIN).model_copy(update={"avenants": (option("2024-08-01", DEUX),)})

    assert le_suivant(plein("2020-01-01"), suivant=suivant) == (None, [a_verifier("01/08/2024")])
    assert le_suivant(plein("2020-01-01", option_etp=DEMI), suivant=suivant)[0] is False
    assert le_suivant(plein("2020-01-01", resiliation("2022-01-01")), suivant=suivant)[0] is False
    assert le_suivant(plein("2020-01-01", resiliation("2022-01-02")), suivant=suivant)[0] is None


def test_an_amendment_is_judged_where_the_practice_is_that_day() -> None:
    def vers(jour: str, zonage: Zonage) -> Avenant:
        return ChangementAdresse(
            type="adresse",
            du=j(jour),
            adresse="",
            code_postal="58000",
            commune="",
            departement="58",
            zonage=zonage,
            motif="",
        )

    plus = option("2026-07-01", DEUX)
    assert par_avenant(plus, vers("2026-07-01", "zip"), zonage="zac")[0] is None
    assert par_avenant(plus, vers("2026-07-02", "zip"), zonage="zac")[0] is False
    assert par_avenant(plus, vers("2026-06-01", "zip"), vers("2025-06-01", "zac"), zonage="zac")[0] is None
    assert par_avenant(plus, vers("2025-06-01", "zip"), vers("2026-06-01", "zac"), zonage="zip")[0] is False


def test_an_amendment_to_an_option_the_text_lacks_is_left_to_the_cpam() -> None:
    assert par_avenant(option("2024-06-21", DEUX), etp=DEMI, texte=A7) == (
        None,
        [
            (
                (
                    "L'option 2 ETP, prise par avenant le 21/06/2024, n'existe pas sous ce texte (avenant n° 7) : "
                    "à vérifier avec la CPAM."
                ),
                None,
                "C",
            )
        ],
    )


OUVRE = (
    "L'option 2 ETP, prise par avenant le {}, n'existe pas sous ce texte ({}). Le texte alors en vigueur (convention "
    "médicale 2024-2029) l'ouvre à partir de l'année 3 d'un premier contrat à 1 ETP, objectifs atteints, en médecine "
    "générale, pour un cabinet en ZIP{} ; aucune source ne dit si un contrat plus ancien y a droit : à vérifier avec "
    "la CPAM."
)
REMPLIES = " (conditions remplies dans ce dossier)"


def test_an_older_full_time_may_be_taken_over_by_the_text_then_in_force() -> None:
    # A full time from 1 June 2023: its third year begins on 1 June 2025.
    def vu(*releves: Releve, jour: str = "2025-06-01", **ou: Any) -> Jugement:  # noqa: ANN401 - any field
        signe = individuel(RA, option_etp=PLEIN, objectif=objectif(le=None))
        amende = signe.model_copy(update={"avenants": (option(jour, DEUX),)})
        dossier = pratique(amende, releves=releves, cabinet=cabinet(**ou))
        vue = juger(dossier, "2026-06-01").eligibilite
        return vue.eligible, [_a_plat(motif) for motif in vue.motifs]

    nom = "règlement arbitral de 2023"
    assert vu(releve("2025-05-31", 1200, 2400)) == (None, [(OUVRE.format("01/06/2025", nom, REMPLIES), None, "B")])
    ouvre = (OUVRE.format("01/06/2025", nom, ""), None, "B")
    manques = "L'option 2 ETP, prise par avenant le 01/06/2025, demande des objectifs atteints ; ils ne le sont pas ce"
    assert vu(releve("2025-05-31", 1199, 2400)) == (False, [ouvre, (f"{manques} jour-là.", True, "B")])
    assert vu() == (None, [ouvre, a_verifier("01/06/2025")])
    assert vu(releve("2025-05-31", 1200, 2400), zonage="zac")[0] is False
    # The day before, the third year has not begun.
    eligible, motifs = vu(releve("2025-05-30", 1200, 2400), jour="2025-05-31")
    assert eligible is False
    assert motifs[1][0].endswith("ne s'ouvre qu'à l'année 3 du contrat, le 01/06/2025.")


def test_an_older_half_time_is_asked_for_its_first_full_time() -> None:
    eligible, motifs = par_avenant(option("2025-07-01", DEUX), etp=DEMI, texte=A7)

    assert eligible is None
    assert motifs[0] == (OUVRE.format("01/07/2025", "avenant n° 7", ""), None, "B")
    assert "celui-ci a été signé à 1/2 ETP : à vérifier." in motifs[1][0]
    # The convention is open to signature from 22 June 2024.
    assert par_avenant(option("2024-06-22", DEUX), etp=DEMI, texte=A7)[1][0][0].startswith("L'option 2 ETP, prise par")
    assert len(par_avenant(option("2024-06-22", DEUX), etp=DEMI, texte=A7)[1]) == 3


def zone(jour: str, zonage: Zonage) -> Jugement:
    """Judge a third time of avenant 7 that takes a full time on a day."""
    return par_avenant(option(jour, PLEIN), etp=TIERS, texte=A7, zonage=zonage)


def test_a_full_time_taken_by_amendment_is_for_zones_that_lack_doctors_too() -> None:
    reservee = (
        "L'option 1 ETP, prise par avenant le {}, est réservée aux zones sous-denses sous ce texte (avenant n° 7)"
    )
    avant, depuis = reservee.format("30/04/2023"), reservee.format("01/05/2023")

    assert zone("2023-04-30", "zip") == SANS_RESERVE
    assert zone("2023-04-30", "zac") == (None, [(f"{avant} : à vérifier pour une ZAC.", None, "C")])
    assert zone("2023-04-30", "hors_zone") == (False, [(f"{avant}.", True, "C")])
    suite = "le texte alors en vigueur (règlement arbitral de 2023) l'ouvre partout : à vérifier avec la CPAM."
    for zonage in ("zac", "hors_zone"):
        assert zone("2023-05-01", zonage) == (None, [(f"{depuis} ; {suite}", None, "C")])


def test_a_third_time_taken_by_amendment_is_left_to_the_cpam() -> None:
    fin = "aucune source ne dit si un avenant peut la prendre : à vérifier avec la CPAM."
    tiers = "L'option 1/3 ETP, prise par avenant le 01/07/2025, est"

    assert par_avenant(option("2025-07-01", TIERS), etp=DEMI, texte=RA) == (
        None,
        [(f"{tiers} fermée aux nouveaux contrats (règlement arbitral de 2023) ; {fin}", None, "B")],
    )
    assert par_avenant(option("2025-07-01", TIERS), etp=DEMI, texte=C24) == (
        None,
        [(f"{tiers} gardée aux seuls contrats existants (convention médicale 2024-2029) ; {fin}", None, "B")],
    )
    # Back to what was signed for: judged once, at the signature.
    retour = (option("2025-07-01", PLEIN), option("2026-07-01", DEMI))
    assert par_avenant(*retour, etp=DEMI, texte=RA) == SANS_RESERVE
    # Ended the eve of the amendment, or on its day.
    fins = [resiliation("2025-07-01"), resiliation("2025-07-02")]
    vus = [par_avenant(option("2025-07-01", TIERS), fin, etp=DEMI, texte=C24)[0] for fin in fins]
    assert vus == [True, None]


def test_the_targets_are_those_known_on_the_day_of_the_amendment() -> None:
    # A full time from 1 July 2024, over a full time from 1 July 2026.
    def vu(*releves: Releve, au: str = "2027-01-01") -> bool | None:
        signe = individuel(C24, option_etp=PLEIN, objectif=objectif(le=None))
        amende = signe.model_copy(update={"avenants": (option("2026-07-01", DEUX),)})
        return juger(pratique(amende, releves=releves), au).eligibilite.eligible

    atteints, manques = releve("2026-07-01", 1200, 2400), releve("2026-07-01", 1199, 2400)
    assert [vu(atteints), vu(manques)] == [True, False]
    # Read the day after the amendment; or the amendment is still to come.
    assert vu(releve("2026-07-02", 1200, 2400)) is None
    assert [vu(manques, au=jour) for jour in ("2026-06-30", "2026-07-01")] == [None, False]


def test_the_targets_of_an_earlier_full_time_are_enough() -> None:
    suivant = individuel(C24, option_etp=PLEIN).model_copy(update={"avenants": (option("2024-08-01", DEUX),)})
    premier = plein("2020-01-01")

    assert le_suivant(premier, suivant=suivant, releves=ATTEINTS) == SANS_RESERVE
    eligible, motifs = le_suivant(premier, suivant=suivant, releves=(releve("2024-06-30", 1199, 2400),))
    assert eligible is False
    assert motifs[0][0].endswith("des objectifs atteints ; ils ne le sont pas ce jour-là.")


def test_the_conditions_of_an_option_are_named() -> None:
    baremes = charger_baremes()

    def conditions(texte: str, etp: Fraction) -> str | None:
        textes = baremes.textes.version_du_texte(texte)  # type: ignore[arg-type]
        ouverte = option_du_texte(textes, etp)
        assert ouverte is not None
        dites = conditions_de_l_option(textes, ouverte)
        return None if dites is None else dites.replace(INSECABLE, " ")

    assert conditions(A7, PLEIN) == "réservée aux zones sous-denses"
    assert conditions(RA, TIERS) == "fermée aux nouveaux contrats"
    assert conditions(C24, TIERS) == "gardée aux seuls contrats existants"
    assert conditions(C24, DEUX) == (
        "à partir de l'année 3 d'un premier contrat à 1 ETP, objectifs atteints, en médecine générale, pour un cabinet "
        "en ZIP"
    )
    assert conditions(C24, DEMI) is None


def test_a_group_that_finances_more_by_amendment_is_held_to_the_ceiling_of_that_day() -> None:
    # Two doctors: 2 ETP, and half an ETP for each junior doctor from 1 November 2026.
    def vu(jour: str, etp: str, *juniors: DocteurJunior) -> Jugement:
        return jugement(groupe_en(option(jour, Fraction(etp)), objectif=None, docteurs_juniors=juniors))

    assert vu("2026-10-31", "2") == SANS_RESERVE
    eligible, ((dit, exclut, grade),) = vu("2026-10-31", "5/2")
    assert (eligible, exclut, grade) == (False, True, "C")
    assert dit.startswith("Par avenant le 31/10/2026, le groupe finance 2,5 ETP pour 2 médecins ; au-delà de 1 ETP par")
    assert vu("2026-11-01", "5/2")[0] is None
    assert vu("2026-11-01", "5/2", junior("m1")) == SANS_RESERVE
    assert vu("2026-11-01", "3", junior("m1"))[0] is None
    assert vu("2026-11-01", "7/2", junior("m1"), junior("m2"))[0] is False


def test_an_amendment_that_changes_nothing_or_stays_within_a_full_time_is_not_judged() -> None:
    assert par_avenant(option("2025-07-01", PLEIN), option("2026-07-01", DEMI)) == SANS_RESERVE
    # Twice the same: once.
    assert par_avenant(option("2026-07-01", DEUX), option("2026-09-01", DEUX)) == (None, [a_verifier("01/07/2026")])


def test_a_text_without_the_rule_of_an_extension_or_of_a_group_says_nothing_of_them() -> None:
    baremes = charger_baremes()
    deux, groupe_ = individuel(C24, option_etp=DEUX), collectif(reference=reference(1, 1))
    for signe in (deux, groupe_):
        textes = baremes.textes.version(signe, signe.debut_le).model_copy(update={"extension": None, "groupe": None})
        version = baremes.eligibilite.version(signe, signe.debut_le)
        siens = [medecin(1), medecin(2)][: len(signe.medecins)]
        assert eligibilite(signe, cabinet(), siens, textes, version, (), Suivi(lambda _: None, ())).motifs == ()


def test_a_text_without_the_rule_of_an_extension_says_nothing_of_one_by_amendment() -> None:
    baremes = charger_baremes()
    signe = individuel(C24, option_etp=PLEIN).model_copy(update={"avenants": (option("2026-07-01", DEUX),)})
    textes = baremes.textes.version(signe, signe.debut_le).model_copy(update={"extension": None})
    version = baremes.eligibilite.version(signe, signe.debut_le)
    vue = eligibilite(signe, cabinet(), [medecin()], textes, version, (), Suivi(lambda _: None, (textes,)))

    assert vue.motifs == ()
    deux = option_du_texte(textes, DEUX)
    assert deux is not None
    assert conditions_de_l_option(textes, deux) is None


REGROUPE = "L'avenant n° 7 demande un exercice regroupé d'au moins 2 médecins, sauf en zone sous-dense"
COORDONNE = "L'avenant n° 7 demande un exercice coordonné, ou l'engagement d'en rejoindre un dans les 2 ans."


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
    return jugement(groupe_en(option_etp=Fraction(etp), reference=reference(patients, 4000), objectif=None), *medecins)


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


# Two doctors: 2 ETP, and 3 if each hosts a docteur junior, which nobody does before 1 November 2026.
@pytest.mark.parametrize(
    ("debut", "etp", "eligible", "nom"),
    [
        ("2026-10-31", "2", True, ""),
        ("2026-10-31", "5/2", False, "2,5 ETP"),
        ("2026-11-01", "2", True, ""),
        ("2026-11-01", "5/2", None, "2,5 ETP"),
        ("2026-11-01", "3", None, "3 ETP"),
        ("2026-11-01", "7/2", False, "3,5 ETP"),
        ("2026-11-01", "4", False, "4 ETP"),
    ],
)
def test_a_group_finances_an_etp_for_each_doctor_or_half_more(
    debut: str, etp: str, eligible: bool | None, nom: str
) -> None:
    vu, motifs = jugement(groupe_en(option_etp=Fraction(etp), debut_le=j(debut), objectif=None))

    assert vu is eligible
    suite = " : à vérifier." if eligible is None else "."
    assert motifs == (
        []
        if eligible
        else [
            (
                (
                    f"Le groupe finance {nom} pour 2 médecins ; au-delà de 1 ETP par médecin, il faut accueillir un "
                    f"docteur junior (PAMSU), 1/2 ETP par médecin accueillant, depuis novembre 2026{suite}"
                ),
                None if eligible is None else True,
                "C",
            )
        ]
    )


def junior(medecin_: str, du: str = "2026-11-01", au: str | None = None) -> DocteurJunior:
    return DocteurJunior(medecin=medecin_, du=j(du), au=None if au is None else j(au))


# Begun on 1 November 2026.
@pytest.mark.parametrize(
    ("juniors", "etp", "eligible"),
    [
        ([junior("m1")], "5/2", True),
        ([junior("m1")], "3", None),
        ([junior("m1"), junior("m2")], "3", True),
        ([junior("m1", au="2027-10-31"), junior("m1", "2027-11-01")], "5/2", True),
        ([junior("m1", "2026-11-02")], "5/2", None),
        ([junior("m1", "2026-10-01", "2026-10-31")], "5/2", None),
    ],
)
def test_the_junior_doctors_of_the_dossier_raise_the_ceiling(
    juniors: list[DocteurJunior], etp: str, eligible: bool | None
) -> None:
    signe = groupe_en(
        option_etp=Fraction(etp), debut_le=j("2026-11-01"), objectif=None, docteurs_juniors=tuple(juniors)
    )

    assert jugement(signe)[0] is eligible


@pytest.mark.parametrize("structure", ["scp", "scm", "sisa"])
def test_a_group_that_is_a_scp_scm_or_sisa_may_sign(structure: str) -> None:
    assert jugement(groupe_en(structure=structure)) == SANS_RESERVE


def test_a_group_whose_structure_is_not_known_is_to_check() -> None:
    assert jugement(groupe_en(structure=None)) == (
        None,
        [
            (
                (
                    "La structure du groupe n'est pas renseignée ; un contrat collectif est ouvert aux SCP, SCM et "
                    "SISA : à vérifier."
                ),
                None,
                "C",
            )
        ],
    )


def test_a_sel_may_not_sign() -> None:
    assert jugement(groupe_en(structure="sel")) == (
        False,
        [("Une SEL ne peut pas signer un contrat collectif ; formes possibles : SCP, SCM, SISA.", True, "C")],
    )


def test_the_mean_and_the_ceiling_count_the_doctors_there_on_the_first_day() -> None:
    # Begun on 1 March 2026: one doctor until the second comes, so 775 patients and 1 ETP.
    def vu(du: str, patients: int, etp: str) -> bool | None:
        adhesions = (Adhesion(medecin="m2", du=j(du), au=None),)
        return jugement(
            groupe_en(option_etp=Fraction(etp), reference=reference(patients, 1), objectif=None, adhesions=adhesions)
        )[0]

    assert [vu("2026-03-01", patients, "1") for patients in (1549, 1550)] == [False, True]
    assert [vu("2026-03-02", patients, "1") for patients in (774, 775)] == [False, True]
    assert [vu("2026-03-02", 1550, etp) for etp in ("1", "2")] == [True, False]


def test_an_individual_contract_is_closed_before_the_collective_one() -> None:
    # The collective contract begins on 1 March 2026; the individual one runs five years from 15 December 2022.
    ancien = individuel(A7, id="c0")
    clos = ancien.model_copy(update={"avenants": (resiliation("2026-03-01"),)})
    trop_tard = ancien.model_copy(update={"avenants": (resiliation("2026-03-02"),)})

    assert le_suivant(clos, suivant=groupe_en()) == SANS_RESERVE
    assert le_suivant(trop_tard, suivant=groupe_en()) == (
        None,
        [
            (
                (
                    "Dr Claire Lambert : le contrat individuel du 15/12/2022 court jusqu'au 01/03/2026 ; il est à "
                    "clore avant le contrat collectif, qui commence le 01/03/2026."
                ),
                None,
                "C",
            )
        ],
    )


def test_each_doctor_of_a_group_must_be_allowed_to_sign() -> None:
    eligible, motifs = groupe("2", 2000, medecin(1), medecin(2, nom="Perrin", secteur="3"))

    assert eligible is False
    assert [motif[0].partition(" exerce")[0] for motif in motifs] == ["Dr Claire Perrin"]


def test_the_individual_thresholds_and_options_are_not_those_of_a_group() -> None:
    assert groupe("2", 2000, medecin(1, specialite="pediatrie"), medecin(2)) == SANS_RESERVE
