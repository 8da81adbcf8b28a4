"""The end of a contract: its day, its notice, whether it is renewed, what follows, and until when to keep records."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from assistmed_desktop.domain.contrat import CauseResiliation, ContratCollectif, ContratIndividuel, Resiliation
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.exchange.analyse_json.fin import fin_json
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.fin import FinDeContrat, Preavis, fin
from tests.rules.outils import (
    DEMI,
    PLEIN,
    TIERS,
    collectif,
    contrat,
    j,
    morvan,
    option,
    pratique,
    versement,
)

AU = "2024-07-02"
A7, RA, C24 = "avenant_7", "reglement_arbitral_2023", "convention_2024"


def vue(dossier: Dossier, au: str = AU) -> FinDeContrat:
    """Give the end of the first contract of a practice."""
    baremes = charger_baremes()
    return fin(dossier, evaluate(dossier, j(au), baremes).contrats[0], baremes)


def resilie(du: str, cause: CauseResiliation | None = None, lettre: str | None = None, **change: Any) -> Dossier:  # noqa: ANN401
    notifie_le = None if lettre is None else j(lettre)
    avenant = Resiliation(type="resiliation", du=j(du), motif="", cause=cause, notifie_le=notifie_le)
    return pratique(contrat(avenant, **change))


def suites(fin_: FinDeContrat) -> list[tuple[str, str, str]]:
    return [(s.code, s.phrase.replace(INSECABLE, " "), s.source.grade) for s in fin_.suites]


def test_a_contract_that_goes_to_its_term() -> None:
    # Begun on 1 January 2023 for five years.
    vu = vue(pratique(contrat()), "2027-12-30")

    assert (vu.terme, vu.fin_le, vu.anticipee, vu.cause, vu.cause_libelle, vu.a_l_anniversaire) == (
        j("2027-12-31"),
        j("2027-12-31"),
        False,
        None,
        None,
        True,
    )
    assert (vu.terminee, vu.jours_restants) == (False, 1)


@pytest.mark.parametrize(
    ("au", "terminee", "restants"),
    [("2027-12-31", False, 0), ("2028-01-01", True, 0), ("2026-12-31", False, 365), ("2150-12-31", True, 0)],
)
def test_a_contract_has_ended_from_the_day_after_its_last(au: str, terminee: bool, restants: int) -> None:
    vu = vue(pratique(contrat()), au)

    assert (vu.terminee, vu.jours_restants) == (terminee, restants)


def test_a_terminated_contract_ends_on_the_eve() -> None:
    vu = vue(resilie("2024-06-01", "medecin"))

    assert (vu.terme, vu.fin_le, vu.anticipee, vu.terminee) == (j("2027-12-31"), j("2024-05-31"), True, True)
    assert (vu.cause, vu.cause_libelle, vu.a_l_anniversaire) == ("medecin", "décision du médecin", False)
    assert vue(resilie("2024-01-01", "medecin")).a_l_anniversaire is True


# For an end on 31 May 2024 the letter leaves by 31 March.
@pytest.mark.parametrize(
    ("lettre", "au", "connue", "respecte"),
    [
        (None, AU, None, None),
        ("2024-03-31", AU, "2024-03-31", True),
        ("2024-04-01", AU, "2024-04-01", False),
        ("2024-03-31", "2024-03-30", None, None),
        ("2024-03-31", "2024-03-31", "2024-03-31", True),
    ],
)
def test_the_notice_is_kept_when_its_letter_left_in_time(
    lettre: str | None, au: str, connue: str | None, respecte: bool | None
) -> None:
    preavis = vue(resilie("2024-06-01", "medecin", lettre), au).preavis

    assert preavis is not None
    assert (preavis.dernier_jour, preavis.source.grade) == (j("2024-03-31"), "C")
    assert (preavis.notifie_le, preavis.respecte) == (None if connue is None else j(connue), respecte)


def test_a_contract_that_runs_has_a_last_day_of_notice_for_its_term() -> None:
    preavis = vue(pratique(contrat())).preavis

    assert preavis is not None
    assert (preavis.dernier_jour, preavis.respecte) == (j("2027-10-31"), None)


def test_no_notice_is_the_doctors_when_the_caisse_ends_it_nor_known_outside_every_text() -> None:
    for cause in ("cpam", "demenagement", "specialite"):
        assert vue(resilie("2024-06-01", cause, "2024-03-01")).preavis is None
    assert vue(pratique(contrat(signe_le=j("2023-05-01")))).preavis is None


def signe(texte: str, etp: Any = DEMI, *avenants: Any) -> ContratIndividuel:  # noqa: ANN401 - an option, amendments
    jour = {A7: "2022-12-15", RA: "2023-05-01", C24: "2024-06-22"}[texte]
    return contrat(*avenants, texte=texte, option_etp=etp, signe_le=j(jour), debut_le=j(jour), objectif=None)


@pytest.mark.parametrize(
    ("texte", "etp", "renouvelable", "grade"),
    [
        (A7, TIERS, True, "A"),
        (A7, DEMI, False, "A"),
        (A7, PLEIN, False, "A"),
        (RA, DEMI, True, "C"),
        (RA, TIERS, True, "C"),
        (C24, PLEIN, True, "C"),
    ],
)
def test_avenant_7_alone_is_not_renewed_as_such_the_third_time_excepted(
    texte: str,
    etp: Fraction,
    renouvelable: bool,
    grade: str,
) -> None:
    vu = vue(pratique(signe(texte, etp)))

    assert vu.renouvelable is renouvelable
    assert [(s.code, s.source.grade) for s in vu.suites] == [
        ("renouvelable" if renouvelable else "non_renouvelable", grade)
    ]


def test_the_option_of_the_last_day_is_the_one_that_is_renewed() -> None:
    # The last day is 14 December 2027.
    assert vue(pratique(signe(A7, DEMI, option("2027-12-14", TIERS)))).renouvelable is True
    assert vue(pratique(signe(A7, TIERS, option("2027-12-14", DEMI)))).renouvelable is False


def test_what_follows_a_term_is_said_in_words() -> None:
    assert suites(vue(pratique(signe(A7, DEMI)))) == [
        (
            "non_renouvelable",
            (
                "Un contrat à 1/2 ETP de ce texte (avenant n° 7) ne se renouvelle pas tel quel : un nouveau se signe "
                "sous le texte en vigueur."
            ),
            "A",
        )
    ]
    assert suites(vue(pratique(signe(A7, TIERS))))[0][1] == (
        "Un contrat à 1/3 ETP de ce texte est renouvelable à son terme."
    )
    assert suites(vue(pratique(signe(RA))))[0][1] == "Un contrat de ce texte est renouvelable à son terme (à vérifier)."


def test_a_group_waits_two_years() -> None:
    # Ends on 28 February 2031.
    vu = vue(pratique(collectif()), "2026-07-01")

    assert vu.renouvelable is None
    assert suites(vu) == [
        (
            "attente",
            (
                "Un délai de 2 ans suivrait la fin d'un contrat collectif : un nouveau ne se signerait pas avant le "
                "01/03/2033 (à vérifier) ; la source ne dit pas si ce délai vaut aussi après un contrat mené à son "
                "terme."
            ),
            "C",
        )
    ]


INCONNUE = ("cause_inconnue", "La cause de la résiliation n'est pas saisie : c'est elle qui dit ce qui suit.", "C")
INSTALLE = ("nouvel_installe", "Un nouveau contrat se signe, comme pour un nouvel installé.", "B")
NON_PUBLIEE = ("non_publiee", "Ce qui suit une fin de cette cause n'est pas publié.", "C")
COLLECTIF = ("contrat_collectif", "Un contrat collectif prend la suite de celui-ci (à vérifier).", "C")


@pytest.mark.parametrize(
    ("cause", "attendues"),
    [
        (None, [INCONNUE]),
        ("demenagement", [INSTALLE]),
        ("specialite", [INSTALLE]),
        ("medecin", [NON_PUBLIEE]),
        ("cpam", [NON_PUBLIEE]),
        ("autre", [NON_PUBLIEE]),
        ("contrat_collectif", [COLLECTIF]),
    ],
)
def test_what_follows_a_termination_depends_on_its_cause(
    cause: CauseResiliation | None, attendues: list[tuple[str, str, str]]
) -> None:
    # On an anniversary.
    vu = vue(resilie("2024-01-01", cause))

    assert suites(vu) == attendues
    assert vu.renouvelable is None


def test_leaving_for_a_group_off_the_anniversary_is_to_be_settled_without_a_figure() -> None:
    vues_ = suites(vue(resilie("2024-01-02", "contrat_collectif")))

    assert vues_ == [
        COLLECTIF,
        (
            "prorata",
            (
                "Le contrat finit hors de son anniversaire : un remboursement ou un versement au prorata est à "
                "convenir avec la caisse (à vérifier)."
            ),
            "C",
        ),
    ]


def test_a_terminated_group_waits_too() -> None:
    avenant = Resiliation(type="resiliation", du=j("2027-03-01"), motif="", cause="contrat_collectif")
    vu = vue(pratique(collectif(avenant)), "2026-07-01")

    assert [s[0] for s in suites(vu)] == ["non_publiee", "attente"]
    assert suites(vu)[1][1].endswith("avant le 01/03/2029 (à vérifier).")


def test_what_follows_a_move_comes_from_the_site_that_says_it() -> None:
    (suite,) = vue(resilie("2024-01-01", "demenagement")).suites

    assert (suite.source.adresse, suite.source.grade) == ("assistants-medicaux.org", "B")


def suivi(*suivants: ContratIndividuel | ContratCollectif, au: str = AU) -> FinDeContrat:
    return vue(pratique(contrat(), *suivants), au)


# The first contract ends on 31 December 2027.
@pytest.mark.parametrize(
    ("debut", "jours", "code"),
    [
        ("2027-12-31", -1, "contrats_qui_se_chevauchent"),
        ("2028-01-01", 0, None),
        ("2028-01-02", 1, "jours_sans_contrat"),
    ],
)
def test_the_contract_that_follows_begins_the_day_after(debut: str, jours: int, code: str | None) -> None:
    vu = suivi(contrat(id="c2", texte=C24, signe_le=j("2027-10-01"), debut_le=j(debut), objectif=None))

    assert vu.suivant is not None
    assert (vu.suivant.contrat, vu.suivant.texte, vu.suivant.debut_le) == ("c2", C24, j(debut))
    assert vu.suivant.jours_sans_contrat == jours
    assert [a.code for a in vu.avertissements] == ([] if code is None else [code])


def test_the_gap_and_the_overlap_are_said_in_words() -> None:
    tard = suivi(contrat(id="c2", texte=C24, signe_le=j("2027-10-01"), debut_le=j("2028-01-11"), objectif=None))
    tot = suivi(contrat(id="c2", texte=C24, signe_le=j("2027-10-01"), debut_le=j("2027-10-01"), objectif=None))

    assert [a.message.replace(INSECABLE, " ") for a in tard.avertissements] == [
        (
            "Ce contrat finit le 31/12/2027 et le contrat suivant (convention médicale 2024-2029) commence le "
            "11/01/2028 : 10 jours sans contrat."
        )
    ]
    assert [(a.niveau, a.message.replace(INSECABLE, " ")) for a in tot.avertissements] == [
        (
            "attention",
            (
                "Ce contrat court jusqu'au 31/12/2027 et le contrat suivant (convention médicale 2024-2029) commence "
                "le 01/10/2027 : il est à clore d'abord."
            ),
        )
    ]


def test_the_next_contract_is_the_first_of_one_of_the_doctors() -> None:
    def plus_tard(cle: str, debut: str, medecin: str = "m1") -> ContratIndividuel:
        return contrat(id=cle, medecin=medecin, texte=C24, signe_le=j("2027-10-01"), debut_le=j(debut), objectif=None)

    assert suivi().suivant is None
    assert suivi(plus_tard("c2", "2028-01-01", "m2")).suivant is None
    deux = (plus_tard("c3", "2029-01-01"), plus_tard("c2", "2028-01-01"))
    for ordre in (deux, deux[::-1]):
        suivant = suivi(*ordre).suivant
        assert suivant is not None
        assert suivant.contrat == "c2"
    du_groupe = suivi(collectif(id="c9", debut_le=j("2028-01-01"), objectif=None)).suivant
    assert du_groupe is not None
    assert (du_groupe.contrat, du_groupe.texte) == ("c9", "collectif_2026")
    # One begun the same day or before does not follow.
    assert suivi(contrat(id="c0", signe_le=j("2021-01-01"), debut_le=j("2021-01-01"))).suivant is None
    assert suivi(contrat(id="c0")).suivant is None


def test_records_are_kept_three_years_after_the_last_payment_received_by_the_day() -> None:
    recus = [versement(2, None, "2024-02-29"), versement(1, None, "2023-01-20"), versement(3, "2025-01-20")]
    dossier = pratique(contrat(), versements=recus)

    def jusqu(au: str) -> tuple[str, str, str] | None:
        garde = vue(dossier, au).conservation
        return None if garde is None else (str(garde.dernier_versement_le), str(garde.jusqu_au), garde.source.grade)

    assert jusqu("2023-01-19") is None
    assert jusqu("2023-01-20") == ("2023-01-20", "2026-01-20", "C")
    assert jusqu("2024-02-28") == ("2023-01-20", "2026-01-20", "C")
    assert jusqu("2024-02-29") == ("2024-02-29", "2027-02-28", "C")
    hors = pratique(contrat(signe_le=j("2023-05-01")), versements=recus)
    assert vue(hors).conservation is None
    autre = pratique(contrat(), contrat(id="c2", medecin="m2"), versements=recus)
    assert fin(autre, evaluate(autre, j(AU), charger_baremes()).contrats[1], charger_baremes()).conservation is None


def test_each_figure_has_its_explanation() -> None:
    dossier = resilie("2024-06-01", "contrat_collectif", "2024-03-01")
    dossier = dossier.model_copy(
        update={
            "versements": (versement(1, None, "2023-01-20"),),
            "contrats": (*dossier.contrats, contrat(id="c2", texte=C24, debut_le=j("2024-06-01"), objectif=None)),
        }
    )
    vu = vue(dossier)

    assert list(vu.chiffres) == [
        "terme",
        "fin_le",
        "jours_restants",
        "preavis",
        "suites.contrat_collectif",
        "suites.prorata",
        "suivant",
        "conservation",
    ]
    etapes = {
        cle: [(e.libelle, e.calcul.replace(INSECABLE, " "), e.resultat.replace(INSECABLE, " ")) for e in ex.etapes]
        for cle, ex in vu.chiffres.items()
    }
    assert etapes["terme"] == [("Terme", "5 ans à compter du 01/01/2023, moins un jour", "31/12/2027")]
    assert etapes["fin_le"] == [
        ("Terme", "au bout de sa durée", "31/12/2027"),
        ("Résiliation", "passage à un contrat collectif", "à compter du 01/06/2024"),
        ("Dernier jour", "le premier des deux", "31/05/2024"),
    ]
    assert etapes["preavis"][1] == ("Lettre de résiliation", "envoyée le 01/03/2024", "préavis respecté")
    assert etapes["suivant"] == [
        ("Jours sans contrat", "de la fin, le 31/05/2024, au début du suivant, le 01/06/2024", "0 jour")
    ]
    assert etapes["conservation"][1][2] == "jusqu'au 20/01/2026"
    assert vu.chiffres["preavis"].sources[0].grade == "C"


def test_the_steps_tell_a_late_letter_an_unknown_cause_and_an_overlap() -> None:
    tardive = vue(resilie("2024-06-01", None, "2024-04-01"))
    plein = vue(pratique(contrat(), contrat(id="c2", texte=C24, debut_le=j("2027-12-22"), objectif=None)))

    assert tardive.chiffres["preavis"].etapes[-1].resultat == "préavis non respecté"
    assert tardive.chiffres["fin_le"].etapes[1].calcul == "cause non saisie"
    assert plein.chiffres["fin_le"].etapes[-1].calcul == "le terme"
    assert plein.chiffres["suivant"].etapes[0].resultat.replace(INSECABLE, " ") == "10 jours en commun"


def test_the_end_as_json() -> None:
    assert fin_json(vue(morvan(), "2025-01-15")) == {
        "terme": "2027-03-14",
        "fin_le": "2027-03-14",
        "anticipee": False,
        "terminee": False,
        "jours_restants": 788,  # 350 to 31 December 2025, 365 of 2026, 73 of 2027
        "cause": None,
        "cause_libelle": None,
        "a_l_anniversaire": True,
        "preavis": {
            "dernier_jour": "2027-01-14",
            "notifie_le": None,
            "respecte": None,
            "grade": "C",
            "phrase": (
                "Préavis, seulement si vous ne souhaitez pas poursuivre : lettre recommandée au plus tard le "
                "14/01/2027 (à vérifier)."
            ),
        },
        "renouvelable": False,
        "suites": [
            {
                "code": "non_renouvelable",
                "phrase": (
                    f"Un contrat à 1/2{INSECABLE}ETP de ce texte (avenant n°{INSECABLE}7) ne se renouvelle pas tel "
                    "quel : un nouveau se signe sous le texte en vigueur."
                ),
                "grade": "A",
            }
        ],
        "suivant": None,
        "conservation": {"dernier_versement_le": "2022-05-02", "jusqu_au": "2025-05-02", "grade": "C"},
        "avertissements": [],
    }


def test_a_terminated_contract_as_json() -> None:
    dossier = resilie("2024-06-01", "cpam")
    dossier = dossier.model_copy(
        update={"contrats": (*dossier.contrats, contrat(id="c2", texte=C24, debut_le=j("2024-06-11"), objectif=None))}
    )
    ecrit = fin_json(vue(dossier))

    assert (ecrit["cause"], ecrit["cause_libelle"], ecrit["preavis"], ecrit["conservation"]) == (
        "cpam",
        "décision de la CPAM",
        None,
        None,
    )
    assert ecrit["suivant"] == {
        "contrat": "c2",
        "texte": C24,
        "debut_le": "2024-06-11",
        "jours_sans_contrat": 10,
    }
    assert [a["code"] for a in ecrit["avertissements"]] == ["jours_sans_contrat"]
    tardive = fin_json(vue(resilie("2024-06-01", None, "2024-04-01")))
    assert tardive["preavis"] == {
        "dernier_jour": "2024-03-31",
        "notifie_le": "2024-04-01",
        "respecte": False,
        "grade": "C",
        "phrase": (
            "Préavis : lettre envoyée le 01/04/2024, après le dernier jour du préavis, le 31/03/2024 (à vérifier)."
        ),
    }


def test_a_notice_is_said_by_what_is_decided_and_sent() -> None:
    def phrase(dossier: Dossier) -> str:
        preavis = vue(dossier).preavis
        assert preavis is not None
        return preavis.phrase

    assert phrase(resilie("2024-06-01", "medecin")) == (
        "Préavis : lettre recommandée au plus tard le 31/03/2024 (à vérifier)."
    )
    assert phrase(resilie("2024-06-01", "medecin", "2024-03-31")) == (
        "Préavis : lettre envoyée le 31/03/2024, dans le délai du préavis, le 31/03/2024 (à vérifier)."
    )
    sur = Preavis(j("2024-03-31"), None, replace(charger_baremes().textes.versions[0].source(), grade="A"), decide=True)
    assert sur.phrase == "Préavis : lettre recommandée au plus tard le 31/03/2024."
