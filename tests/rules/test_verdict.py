"""The verdict in sentences: one title by status, where each indicator stands, and what the trend would give."""

import re
from dataclasses import replace
from itertools import product

import pytest

from assistmed_desktop.domain.contrat import Avenant
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.resultats import EvaluationContrat, Projection
from assistmed_desktop.rules.verdict import phrase, prevision, previsions, verdict
from tests.rules.outils import (
    contrat,
    j,
    juger,
    medecin,
    morvan,
    objectif,
    pratique,
    releve,
    resiliation,
    suspension,
)

MI_CHEMIN = "2024-07-02"  # 1 100 and 2 200 are expected


def lisible(texte: str) -> str:
    return texte.replace(INSECABLE, " ")


def juge(
    *releves: Releve, avenants: tuple[Avenant, ...] = (), au: str = MI_CHEMIN, specialite: str = "medecine_generale"
) -> EvaluationContrat:
    return juger(pratique(contrat(*avenants), medecins=[medecin(specialite=specialite)], releves=releves), au)


def titre(*releves: Releve, avenants: tuple[Avenant, ...] = (), au: str = MI_CHEMIN) -> str:
    return lisible(verdict(juge(*releves, avenants=avenants, au=au)).titre)


def vu(patientele: int | None, file_active: int | None) -> Releve:
    return releve(MI_CHEMIN, patientele, file_active)


def test_the_worked_example_says_where_it_stands() -> None:
    # 1 154,47 expected for 1 131 and 1 826,39 for 1 790: 23 and 36 behind.
    assert lisible(phrase(juger(morvan(), "2025-01-15"))) == (
        "En retard de 23 patients sur le rythme prévu pour la patientèle médecin traitant et de 36 pour la file "
        "active. La patientèle médecin traitant compte 1 131 patients le 31 décembre 2024 (amelipro), soit un gain de "
        "121 depuis la référence, sur les 182 à gagner. La file active compte 1 790 patients le 31 décembre 2024 "
        "(amelipro), soit un gain de 170 depuis la référence, sur les 260 à gagner. Trop peu de relevés pour prévoir "
        "la suite : il en faut au moins 4."
    )


@pytest.mark.parametrize(
    ("patientele", "file_active", "attendu"),
    [
        (1200, 2400, "Objectif atteint"),
        (1100, 2400, "En bonne voie vers l'objectif"),
        (1100, 2200, "En bonne voie vers l'objectif"),
        (1080, 2400, "En retard de 20 patients sur le rythme prévu pour la patientèle médecin traitant"),
        (1100, 2199, "En retard de 1 patient sur le rythme prévu pour la file active"),
        (999, 2400, "Sous la référence pour la patientèle médecin traitant"),
        (999, 1999, "Sous la référence pour la patientèle médecin traitant et la file active"),
        (None, 2400, "Données insuffisantes pour la patientèle médecin traitant"),
    ],
)
def test_the_title_is_the_status_and_whom_it_is_about(
    patientele: int | None, file_active: int | None, attendu: str
) -> None:
    assert titre(vu(patientele, file_active)) == attendu


def test_without_any_reading_both_are_named() -> None:
    assert titre() == "Données insuffisantes pour la patientèle médecin traitant et la file active"


def test_an_unknown_objective_is_named() -> None:
    sans = juger(pratique(contrat(objectif=objectif(1200, None)), releves=[vu(1200, 2500)]), MI_CHEMIN)

    assert lisible(phrase(sans)) == (
        "Objectif inconnu pour la file active. La patientèle médecin traitant compte 1 200 patients le 2 juillet 2024 "
        "(CPAM), pour un objectif de 1 200. La file active compte 2 500 patients le 2 juillet 2024 (CPAM) ; l'objectif "
        "n'est pas connu."
    )


def test_less_than_half_a_patient_behind_is_one() -> None:
    # The day after, 1 100,18 are expected.
    juste = juge(releve("2024-07-03", 1100, 2400), au="2024-07-03")

    assert lisible(verdict(juste).titre) == (
        "En retard de 1 patient sur le rythme prévu pour la patientèle médecin traitant"
    )


def test_patients_behind_are_rounded_to_the_nearest() -> None:
    # Ten days later, 558 of 1 096 days: 1 101,82 are expected.
    juste = juge(releve("2024-07-12", 1100, 2400), au="2024-07-12")

    assert lisible(verdict(juste).titre).startswith("En retard de 2 patients sur le rythme prévu")


def test_after_the_evaluation_it_is_the_target_that_one_is_behind() -> None:
    assert titre(releve("2026-02-01", 1190, 2400), au="2026-02-10") == (
        "En retard de 10 patients sur l'objectif pour la patientèle médecin traitant"
    )


def test_an_ended_contract_and_a_suspended_one() -> None:
    assert titre(au="2028-01-01") == "Contrat terminé depuis le 31 décembre 2027"
    assert titre(avenants=(resiliation("2024-06-01"),)) == "Contrat terminé depuis le 31 mai 2024"
    assert titre(avenants=(suspension("2024-06-01", None),)) == "Contrat suspendu depuis le 1er juin 2024"
    assert titre(avenants=(suspension("2023-03-01", "2023-04-01"), suspension("2024-06-01", "2024-08-31"))) == (
        "Contrat suspendu depuis le 1er juin 2024, jusqu'au 31 août 2024"
    )


@pytest.mark.parametrize("au", ["2024-06-01", "2024-06-10", "2024-06-20"])
def test_the_suspension_is_named_from_its_first_day_to_its_last(au: str) -> None:
    deux = (suspension("2024-06-21", "2024-06-30"), suspension("2024-06-01", "2024-06-20"))

    assert titre(avenants=deux, au=au) == "Contrat suspendu depuis le 1er juin 2024, jusqu'au 20 juin 2024"


def phrases(*releves: Releve, au: str = MI_CHEMIN) -> list[str]:
    return [lisible(texte) for texte in verdict(juge(*releves, au=au, specialite="cardiologie")).phrases]


def test_an_indicator_that_is_not_needed_is_not_spoken_of() -> None:
    texte, trop_peu = phrases(vu(900, 2300))

    assert texte == (
        "La file active compte 2 300 patients le 2 juillet 2024 (CPAM), soit un gain de 300 depuis la référence, "
        "sur les 400 à gagner."
    )
    assert trop_peu == "Trop peu de relevés pour prévoir la suite : il en faut au moins 4."


@pytest.mark.parametrize(
    ("file_active", "attendu"),
    [
        (1999, "2 juillet 2024 (CPAM), soit 1 patient de moins que la référence (2 000)."),
        (1990, "2 juillet 2024 (CPAM), soit 10 patients de moins que la référence (2 000)."),
        (2000, "2 juillet 2024 (CPAM), comme à la référence ; 400 restent à gagner."),
        (2400, "2 juillet 2024 (CPAM), pour un objectif de 2 400."),
        (2450, "2 juillet 2024 (CPAM), pour un objectif de 2 400."),
    ],
)
def test_the_sentence_says_what_was_won_or_lost(file_active: int, attendu: str) -> None:
    texte = phrases(vu(None, file_active))[0]

    assert texte.endswith(attendu)


def test_what_is_not_known_is_said() -> None:
    assert phrases() == ["File active : valeur inconnue, faute de relevé depuis le début du contrat."]


def test_the_paragraph_joins_the_sentences() -> None:
    resultat = verdict(juge(vu(1100, 2200)))

    assert resultat.texte == " ".join(resultat.phrases)
    assert phrase(juge(vu(1100, 2200))) == f"{resultat.titre}. {resultat.texte}"


def prevue(bas: float, valeur: float, haut: float, *, au: str = MI_CHEMIN, dernier: int = 1100) -> str | None:
    """Give the forecast of an indicator whose trend, carried to 1 January 2026, would be as given."""
    indicateur = juge(vu(dernier, 2200)).patientele_mt
    projection = Projection(
        date=j("2026-01-01"),
        valeur=valeur,
        bas=bas,
        haut=haut,
        pente=0.0,
        pente_bas=0.0,
        pente_haut=0.0,
        debut=j("2023-01-01"),
        releves=4,
        authentifiee=True,
    )
    dite = prevision(replace(indicateur, projection=projection), j(au))
    return None if dite is None else lisible(dite)


CIBLE = "À ce rythme, l'objectif de 1 200 patients pour la patientèle médecin traitant serait"


@pytest.mark.parametrize(
    ("bas", "valeur", "haut", "attendu"),
    [
        (1200.0, 1210.0, 1220.0, f"{CIBLE} atteint avant le 1er janvier 2026."),
        (1199.9, 1210.0, 1220.0, f"{CIBLE} atteint le 1er janvier 2026, sans certitude (entre 1 200 et 1 220)."),
        (1150.0, 1200.0, 1220.0, f"{CIBLE} atteint le 1er janvier 2026, sans certitude (entre 1 150 et 1 220)."),
        (
            1150.0,
            1199.7,
            1220.0,
            f"{CIBLE} manqué de 1 patient le 1er janvier 2026, sans certitude (entre 1 150 et 1 220).",
        ),
        (
            1150.0,
            1180.0,
            1200.0,
            f"{CIBLE} manqué de 20 patients le 1er janvier 2026, sans certitude (entre 1 150 et 1 200).",
        ),
        (
            -300.0,
            1180.0,
            1200.0,
            f"{CIBLE} manqué de 20 patients le 1er janvier 2026, sans certitude (entre 0 et 1 200).",
        ),
        (1150.0, 1180.0, 1199.9, f"{CIBLE} manqué de 20 patients le 1er janvier 2026."),
        (1150.0, 1180.4, 1199.9, f"{CIBLE} manqué de 20 patients le 1er janvier 2026."),
        (1150.0, 1180.6, 1199.9, f"{CIBLE} manqué de 19 patients le 1er janvier 2026."),
        (1199.0, 1199.8, 1199.9, f"{CIBLE} manqué de 1 patient le 1er janvier 2026."),
    ],
)
def test_the_forecast_says_how_sure_it_is(bas: float, valeur: float, haut: float, attendu: str) -> None:
    assert prevue(bas, valeur, haut) == attendu


def test_there_is_no_forecast_of_what_is_past_or_reached_or_unknown() -> None:
    assert prevue(1150.0, 1180.0, 1199.0, au="2025-12-31") is not None
    assert prevue(1150.0, 1180.0, 1199.0, au="2026-01-01") is None
    assert prevue(1150.0, 1180.0, 1199.0, dernier=1200) is None
    assert prevision(juge(vu(1100, 2200)).patientele_mt, j(MI_CHEMIN)) is None
    sans_cible = juger(
        pratique(contrat(objectif=None), releves=[releve(f"2024-0{mois}-01", 1000) for mois in range(1, 6)]), MI_CHEMIN
    ).patientele_mt
    assert sans_cible.projection is not None
    assert prevision(sans_cible, j(MI_CHEMIN)) is None


def test_the_forecast_follows_where_each_indicator_stands() -> None:
    # Ten patients a month, four months, in a straight line; the fourth reading is of 1 July 2024.
    ligne = [releve(f"2024-0{4 + rang}-01", 1060 + 10 * rang, None) for rang in range(4)]
    dites = [lisible(texte) for texte in verdict(juge(*ligne)).phrases]

    assert len(dites) == 3
    assert dites[1] == "File active : valeur inconnue, faute de relevé depuis le début du contrat."
    assert dites[2].startswith(CIBLE)


def test_the_second_forecast_follows_the_first_without_repeating_it() -> None:
    ligne = [releve(f"2024-0{4 + rang}-01", 1060 + 10 * rang, 2100 + 10 * rang) for rang in range(4)]
    premiere, seconde = (lisible(texte) for texte in previsions(juge(*ligne)))

    assert premiere.startswith(CIBLE)
    assert seconde.startswith("Pour la file active, l'objectif de 2 400 patients serait")


def test_an_indicator_with_too_few_readings_to_forecast_is_named() -> None:
    ligne = [releve(f"2024-0{4 + rang}-01", 1060 + 10 * rang, 2100 if rang else None) for rang in range(4)]
    dites = [lisible(texte) for texte in verdict(juge(*ligne)).phrases]

    assert dites[2].startswith(CIBLE)
    assert dites[3:] == ["Trop peu de relevés pour prévoir la file active : il en faut au moins 4."]


def test_after_the_evaluation_nothing_is_left_to_forecast() -> None:
    dites = verdict(juge(releve("2025-12-31", 1100, 2300), au="2026-01-01")).phrases

    assert not any("Trop peu" in texte for texte in dites)


AVENANTS: list[tuple[Avenant, ...]] = [(), (suspension("2024-06-01", None),), (resiliation("2024-06-01"),)]


@pytest.mark.parametrize(("patientele", "avenants"), list(product([None, 0, 999, 1050, 1150, 1234567 // 2], AVENANTS)))
def test_units_and_thousands_are_held_to_their_numbers(patientele: int | None, avenants: tuple[Avenant, ...]) -> None:
    releves = [releve("2024-01-15", patientele, 2100)]
    dit = phrase(juge(*releves, avenants=avenants))

    assert not re.search(r"\d [\d%€]|\d (patients?|jours?|ETP)\b", dit)
    assert not re.search(
        r"\d (janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)", dit
    )
    assert "  " not in dit
    assert dit.endswith(".")
    assert "None" not in dit


def test_an_ended_contract_is_told_by_the_reading_of_its_last_day_and_none_after() -> None:
    lus = [releve("2024-12-31", 1060, 2100), releve("2025-06-30", 700, 2500)]
    juge = juger(pratique(contrat(resiliation("2025-03-01")), releves=lus), "2025-07-01")
    jamais = juger(pratique(contrat(resiliation("2024-03-01")), releves=lus), "2025-07-01")

    assert verdict(juge).titre.replace(INSECABLE, " ") == "Contrat terminé depuis le 28 février 2025"
    assert [dite.replace(INSECABLE, " ")[:62] for dite in verdict(juge).phrases] == [
        "La patientèle médecin traitant compte 1 060 patients le 31 déc",
        "La file active compte 2 100 patients le 31 décembre 2024 (CPAM",
    ]
    assert all("valeur inconnue, faute de relevé" in dite for dite in verdict(jamais).phrases)


@pytest.mark.parametrize(
    ("au", "titre", "fin"),
    [
        ("2025-12-31", "En bonne voie vers l'objectif", None),
        ("2026-01-01", "En bonne voie, mais l'évaluation est passée", "saisissez le relevé qui a servi à juger."),
    ],
)
def test_once_the_evaluation_has_passed_it_is_said_and_its_reading_asked_for(au: str, titre: str, fin: str) -> None:
    # On 31 October 2025, 1 034 days of 1 096 are gone: 1 188,7 are expected, 1 190 is ahead.
    juge = juger(pratique(contrat(), releves=[releve("2025-10-31", 1190, 2399)]), au)

    assert verdict(juge).titre == titre
    assert (verdict(juge).phrases[-1].endswith(fin)) if fin else "évaluation" not in verdict(juge).phrases[-1]


def test_a_target_missed_after_the_evaluation_asks_for_no_other_reading() -> None:
    juge = juger(pratique(contrat(), releves=[releve("2026-01-02", 1150, 2350)]), "2026-02-01")

    assert verdict(juge).titre.startswith("En retard")
    assert verdict(juge).phrases[-1].replace(INSECABLE, " ") == "L'évaluation était fixée au 1er janvier 2026."
