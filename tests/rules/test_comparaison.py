"""A practice beside the published figures: what is worked out, how, and why when it is not."""

from fractions import Fraction
from typing import Any

import pytest

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Activite
from assistmed_desktop.exchange.analyse_json.comparaison import comparaison_json
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.comparaison import PRUDENCE, Comparaison, LigneComparaison, comparaison
from assistmed_desktop.rules.evaluation import evaluate
from tests.rules.outils import (
    affectation,
    assistant,
    cabinet,
    collectif,
    contrat,
    j,
    medecin,
    objectif,
    pratique,
    reference,
    releve,
)
from tests.rules.outils_suivi import NBSP, activite, avec, les, sans_explication

AU = "2024-07-01"


def comparer(dossier: Dossier, au: str = AU) -> Comparaison:
    premier = evaluate(dossier, j(au), charger_baremes()).contrats[0]
    comparee = comparaison(dossier, premier, charger_baremes())
    assert sans_explication(comparaison_json(comparee), comparee.chiffres) == []
    return comparee


def ligne(cle: str, dossier: Dossier, au: str = AU) -> LigneComparaison:
    return next(ligne for ligne in comparer(dossier, au).lignes if ligne.repere.cle == cle)


def texte(lu: str | None) -> str | None:
    return None if lu is None else lu.replace(NBSP, " ")


def plain(*mois: Activite, **change: Any) -> Dossier:  # noqa: ANN401 - any field of the contract
    dossier = pratique(contrat(**change), releves=[releve("2024-06-30", 1105, 2000)])
    return avec(dossier, activite=mois)


def test_every_published_figure_has_its_line_with_its_source_and_date() -> None:
    lignes = comparer(plain()).lignes

    assert [ligne.repere.cle for ligne in lignes] == [repere.cle for _, repere in charger_baremes().reperes.tous]
    assert all(ligne.explication.sources[0].adresse for ligne in lignes)
    assert (
        lignes[3].explication.etapes[0].calcul == "Assurance maladie, état des contrats et de la patientèle, mai 2022"
    )
    dernier = "auteur non relevé, objectif de patientèle à trois ans, 2023 (un seul contrat)"
    assert lignes[-1].explication.etapes[0].calcul == dernier


def test_the_published_figures_are_written_as_published() -> None:
    publies = {ligne.repere.cle: texte(ligne.publie) for ligne in comparer(plain()).lignes}

    assert publies == {
        "contrats_2022": "3 112 contrats",
        "etp_2022": "1 724 ETP",
        "patients_2022": "511 930 patients",
        "gain_patientele_2022": "+22 %",
        "generalistes_2022": "78 %",
        "sous_dense_2022": "52 %",
        "secretaires_2022": "55 %",
        "hors_sante_2022": "1/3",
        "patients_ministere_2022": "+10 %",
        "jours_ministere_2022": "4 à 6 jours par an",
        "contrats_2024": "7 240 contrats",
        "gain_patientele_2024": "+19,5 %",
        "au_dela_de_l_objectif_2024": "+11 points",
        "actes_avec_2024": "+2 actes par jour",
        "actes_sans_2024": "+0,1 acte par jour",
        "hausse_cas_2023": "+260 patients",
    }


def test_a_figure_of_the_whole_country_has_no_other_beside_it() -> None:
    lue = ligne("contrats_2022", plain())

    assert les(lue.valeur.nombre, lue.du_cabinet) == (None, None)
    assert lue.valeur.comment == "chiffre de tout le pays, sans équivalent pour un cabinet"
    assert [etape.resultat for etape in lue.explication.etapes][1:] == ["non calculable"]


def test_the_gain_is_that_over_the_reference() -> None:
    # 1 105 of 1 000: 10.5 %; the target asks for 20 %.
    lue = ligne("gain_patientele_2024", plain())
    assert lue.valeur.nombre == Fraction(21, 2)
    assert texte(lue.du_cabinet) == "+10,5 %"
    assert texte(lue.valeur.comment) == (
        "(1 105 − 1 000) / 1 000, de la référence du 31/12/2022 au relevé du 30/06/2024"
    )
    # The figure of the practice comes last: it is the one shown where a list has room for one.
    assert [texte(etape.resultat) for etape in lue.explication.etapes] == ["+19,5 %", PRUDENCE, "+10,5 %"]

    au_dela = ligne("au_dela_de_l_objectif_2024", plain())
    assert texte(au_dela.du_cabinet) == "−9,5 points"
    assert texte(au_dela.valeur.comment) == "gain de +10,50 % − hausse demandée de +20,00 %"
    assert texte(ligne("hausse_cas_2023", plain()).du_cabinet) == "+200 patients"


@pytest.mark.parametrize(
    ("cle", "change", "au", "pourquoi"),
    [
        ("gain_patientele_2022", {}, "2024-06-29", "aucun relevé de patientèle retenu"),
        ("au_dela_de_l_objectif_2024", {}, "2024-06-29", "aucun relevé de patientèle retenu"),
        ("gain_patientele_2022", {"reference": reference(0, 2000)}, AU, "la référence du contrat est nulle"),
        (
            "au_dela_de_l_objectif_2024",
            {"objectif": objectif(None)},
            AU,
            "objectif de patientèle inconnu, non publié – reportez le chiffre de votre contrat",
        ),
        (
            "hausse_cas_2023",
            {"objectif": None},
            AU,
            "objectif de patientèle inconnu, non publié – reportez le chiffre de votre contrat",
        ),
    ],
)
def test_what_cannot_be_worked_out_says_why(cle: str, change: dict[str, Any], au: str, pourquoi: str) -> None:
    lue = ligne(cle, plain(**change), au)

    assert les(lue.valeur.nombre, lue.valeur.comment) == (None, pourquoi)


def test_acts_a_day_before_and_after_the_month_of_the_start() -> None:
    # 600 acts in 30 days: 20 a day before; 820 in 40 days: 20.5 a day after. The month of the start is left out,
    # and so are those after the day.
    mois = (
        activite("2022-11", 300, 10),
        activite("2022-12", 300, 20),
        activite("2023-01", 9000, 30),
        activite("2023-02", 420, 20),
        activite("2024-07", 400, 20),
        activite("2024-08", 9000, 20),
        activite("2024-06", 9000, 20, "m2"),
    )
    lue = ligne("actes_avec_2024", plain(*mois))

    assert lue.valeur.nombre == Fraction(1, 2)
    assert texte(lue.du_cabinet) == "+0,5 acte par jour"
    assert texte(lue.valeur.comment) == ("20,50 actes par jour sur 2 mois depuis le début − 20,00 sur 2 mois avant")


@pytest.mark.parametrize(
    "mois",
    [
        (),
        (activite("2022-12", 300, 10),),
        (activite("2023-02", 300, 10),),
        (activite("2022-12", 300, 0), activite("2023-02", 300, 10)),
        (activite("2022-12", 300, 10), activite("2023-02", 300, 0)),
    ],
)
def test_acts_a_day_need_days_worked_on_both_sides(mois: tuple[Activite, ...]) -> None:
    lue = ligne("actes_sans_2024", plain(*mois))

    assert lue.valeur.nombre is None
    assert lue.valeur.comment == "il faut des mois d'activité avant et après celui du début du contrat"


def annee(debut: int, jours: int, sauf: str = "", medecin: str = "m1") -> tuple[Activite, ...]:
    """Give the twelve months of a year, the days of each."""
    noms = [f"{debut}-{rang:02d}" for rang in range(1, 13)]
    return tuple(activite(nom, 0, jours, medecin) for nom in noms if nom != sauf)


def test_days_worked_in_the_year_before_and_in_the_last_whole_year() -> None:
    # The contract begins in January 2023: 12 x 18 days in 2022, then from February 2023 to January 2024
    # 11 x 17 + 19, and 3 months too few after that.
    mois = (*annee(2022, 18), *annee(2023, 17), activite("2024-01", 0, 19), activite("2024-06", 0, 1))
    lue = ligne("jours_ministere_2022", plain(*mois))

    assert lue.valeur.nombre == 216 - 206
    assert texte(lue.du_cabinet) == "10 jours par an"
    assert texte(lue.valeur.comment) == (
        "216,0 jours dans l'année avant le contrat − 206,0 dans la dernière année complète"
    )


@pytest.mark.parametrize(
    "mois",
    [
        (*annee(2022, 18, sauf="2022-05"), *annee(2023, 17), activite("2024-01", 0, 17)),
        (*annee(2022, 18), *annee(2023, 17)),  # eleven months after that of the start
        (*annee(2022, 18), *annee(2023, 17, sauf="2023-06"), activite("2024-01", 0, 17)),
    ],
)
def test_days_worked_need_both_whole_years(mois: tuple[Activite, ...]) -> None:
    lue = ligne("jours_ministere_2022", plain(*mois))

    assert lue.valeur.nombre is None
    assert lue.valeur.comment.startswith("il faut, pour un médecin, l'activité des douze mois")


def test_a_group_is_the_mean_of_its_doctors_who_have_both_years() -> None:
    # From March 2026: the year before is March 2025 to February 2026, the year after April 2026 to March 2027.
    def deux_ans(docteur: str, avant: int, apres: int) -> tuple[Activite, ...]:
        rangs = [(2025, 3), *[(2025 + (rang // 12), rang % 12 + 1) for rang in range(3, 14)]]
        ensuite = [(2026 + (rang // 12), rang % 12 + 1) for rang in range(3, 15)]
        return (
            *(activite(f"{an}-{m:02d}", 0, avant, docteur) for an, m in rangs),
            *(activite(f"{an}-{m:02d}", 0, apres, docteur) for an, m in ensuite),
        )

    mois = (*deux_ans("m1", 20, 19), *deux_ans("m2", 18, 18))
    lue = ligne("jours_ministere_2022", avec(pratique(collectif()), activite=mois), "2027-04-01")

    # 12 days fewer for one, none for the other: 6 on average.
    assert lue.valeur.nombre == 6
    assert texte(lue.valeur.comment) == (
        "228,0 jours dans l'année avant le contrat − 222,0 dans la dernière année complète, en moyenne sur 2 médecins"
    )


def test_the_contracts_of_general_practitioners_are_counted() -> None:
    pediatre = medecin(2, specialite="pediatrie")
    deux = pratique(contrat(), contrat(id="c2", medecin="m2"), medecins=(medecin(1), pediatre))
    assert texte(ligne("generalistes_2022", deux).du_cabinet) == "50 %"
    assert texte(ligne("generalistes_2022", deux).valeur.comment) == "1 sur 2 contrats du cabinet"

    groupe = ligne("generalistes_2022", pratique(collectif(), medecins=(medecin(1), pediatre)))
    assert groupe.valeur.nombre == 0
    assert groupe.valeur.comment.endswith("un contrat collectif compte si tous ses médecins le sont")


@pytest.mark.parametrize(
    ("zonage", "valeur", "comment"),
    [
        ("zip", "100 %", "le cabinet est en zone d'intervention prioritaire (ZIP)"),
        ("hors_zone", "0 %", "le cabinet est hors zone sous-dense"),
        (
            "zac",
            None,
            "le cabinet est en zone d'action complémentaire (ZAC) : à vérifier si la publication la compte",
        ),
    ],
)
def test_the_zone_of_the_practice(zonage: str, valeur: str | None, comment: str) -> None:
    lue = ligne("sous_dense_2022", pratique(contrat(), cabinet=cabinet(zonage=zonage)))

    assert les(texte(lue.du_cabinet), lue.valeur.comment) == (valeur, comment)


def test_the_profiles_of_the_assistants() -> None:
    equipe = [
        assistant(affectation("2023-01-01"), id=f"a{rang}", profil=profil)
        for rang, profil in enumerate(("secretaire_medicale", "hors_sante", "infirmier"))
    ]
    dossier = pratique(contrat(), assistants=equipe)

    assert texte(ligne("secretaires_2022", dossier).du_cabinet) == "33,3 %"
    assert ligne("hors_sante_2022", dossier).valeur.nombre == Fraction(1, 3)
    assert texte(ligne("hors_sante_2022", dossier).du_cabinet) == "33,3 %"
    assert texte(ligne("hors_sante_2022", dossier).valeur.comment) == "1 sur 3 assistants du cabinet"
    assert ligne("secretaires_2022", pratique(contrat())).valeur.comment == "aucun assistant saisi"


def test_prudence_is_asked_for_once() -> None:
    (avertissement,) = comparer(plain()).avertissements

    assert les(avertissement.code, avertissement.message, avertissement.niveau) == (
        "comparaison_prudente",
        "Chiffres nationaux à prendre avec prudence : population et durée différentes.",
        "information",
    )


def test_the_json_holds_both_figures() -> None:
    ecrit = comparaison_json(comparer(plain()))
    gain = next(ligne for ligne in ecrit["lignes"] if ligne["cle"] == "gain_patientele_2024")

    assert gain["publie"]["valeur"] == 19.5
    assert gain["publie"]["source"]["grade"] == "C"
    assert gain["cabinet"]["valeur"] == 10.5
    assert ecrit["prudence"] == PRUDENCE
    jours = next(ligne for ligne in ecrit["lignes"] if ligne["cle"] == "jours_ministere_2022")
    assert les(jours["publie"]["valeur_haute"], jours["cabinet"]["valeur"]) == (6.0, None)
