"""What the terminal says of the figures that are to be checked."""

import io
from collections.abc import Callable
from datetime import date

from assistmed_desktop.reports.texte import afficher_evaluation
from assistmed_desktop.rules.analyse import analyser
from assistmed_desktop.rules.bareme import charger_baremes
from tests.reports.outils import Brut, dossier, evaluer


def affiche(retouche: Callable[[Brut], object], au: date = date(2025, 1, 15), *, complet: bool = False) -> list[str]:
    """Print the worked example, changed, as to a file; give its lines, their spaces made plain."""
    pratique = dossier(retouche)
    evaluation = evaluer(pratique, au)
    analyses = {c.id: analyser(pratique, c, charger_baremes()) for c in evaluation.contrats}
    sortie = io.StringIO()
    afficher_evaluation(pratique, evaluation, analyses, sortie, complet=complet)
    return [" ".join(ligne.split()) for ligne in sortie.getvalue().splitlines()]


def sans_releve(valeurs: Brut) -> None:
    valeurs["releves"] = []


def collectif(valeurs: Brut) -> None:
    contrat = valeurs["contrats"][0]
    del contrat["medecin"]
    contrat |= {
        "medecins": ["m1"], "texte": "collectif_2026", "option_etp": "1", "signe_le": "2026-03-01",
        "debut_le": "2026-03-01", "objectif": None, "avenants": [],
    }  # fmt: skip


def test_from_the_third_year_the_amount_is_a_maximum_even_where_the_attainment_is_unknown() -> None:
    lignes = affiche(sans_releve)
    assert "2 15/03/2023 13 500 € degré B" in lignes
    assert "3 15/03/2024 10 500 € au plus degré B" in lignes


def test_an_unpublished_amount_is_no_maximum() -> None:
    def option(valeurs: Brut) -> None:
        valeurs["contrats"][0]["option_etp"] = "2"

    lignes = affiche(option)
    assert "3 15/03/2024 non publié – reportez le chiffre de votre contrat degré X" in lignes


def test_amounts_from_a_secondary_source_are_to_be_checked() -> None:
    lignes = affiche(collectif, date(2026, 4, 1))
    assert "1 01/03/2026 38 000 € degré C, à vérifier" in lignes
    assert "3 01/03/2028 22 000 € au plus degré C, à vérifier" in lignes


def test_reasons_from_a_secondary_source_are_to_be_checked() -> None:
    def petite(valeurs: Brut) -> None:
        contrat = valeurs["contrats"][0]
        contrat |= {"texte": "convention_2024", "signe_le": "2024-07-01", "debut_le": "2024-07-01"}
        contrat |= {"objectif": None, "avenants": []}
        contrat["reference"]["patientele_mt"] = 774

    dit = " ".join(affiche(petite))
    assert "Non éligible d'après les règles connues • La patientèle de référence (774)" in dit
    assert "au 31 décembre 2021. (degré C, à vérifier)" in dit


def test_reasons_from_an_official_page_are_not() -> None:
    def secteur(valeurs: Brut) -> None:
        valeurs["medecins"][0]["secteur"] = "3"

    dit = " ".join(affiche(secteur))
    assert "il faut le secteur 1, ou le secteur 2 avec Optam ou Optam-CO." in dit
    assert "Optam-CO. (degré" not in dit


def test_the_whole_analysis_is_told_on_demand_alone() -> None:
    def riche(valeurs: Brut) -> None:
        valeurs["assistants"][0]["couts"] = [
            {"du": "2022-03-15", "au": None, "brut_mensuel": 1000, "charges_mensuelles": 250.5}
        ]
        valeurs["releves"] += [
            {"medecin": "m1", "date": f"2024-{mois:02d}-28", "patientele_mt": 1100 + mois, "file_active": 1700 + mois,
             "source": "amelipro", "note": ""}
            for mois in range(1, 12)
        ]  # fmt: skip
        valeurs["corrections"] = [
            {"medecin": "m1", "indicateur": "patientele_mt", "releve_le": "2024-12-31", "valeur_cpam": 1131,
             "valeur_demandee": 1140, "demandee_le": "2025-01-06", "repondue_le": None, "valeur_accordee": None,
             "note": ""}
        ]  # fmt: skip
        valeurs["observations"] = [
            {"assistant": "a1", "date": f"2024-11-{jour:02d}", "minutes_medecin_liberees": 60 + jour}
            for jour in range(4, 9)
        ]
        valeurs["propositions"] = [
            {"contrat": "c1", "recue_le": "2025-01-10", "option_etp": "1/2", "reference": None,
             "objectif": {"patientele_mt": 1250, "file_active": 1950, "evaluation_le": None}, "note": ""}
        ]  # fmt: skip

    titres = [
        "Gains par mois",
        "Corrections demandées à la CPAM",
        "Mouvements de la patientèle",
        "File active",
        "Aide due et reçue",
        "Sur toute la durée du contrat",
        "Présence des assistants",
        "Missions",
        "Fin du contrat",
        "Renouvellement",
        "Chiffres publiés, à titre de comparaison",
    ]
    court, complet = (affiche(riche, complet=c) for c in (False, True))

    assert not set(titres) & set(court)
    assert [ligne for ligne in complet if ligne in titres] == titres
    # The median of 64 to 68 minutes a day, five days a week: 5 h 30; from 5 × 64 to 5 × 68 minutes.
    dit = " ".join(complet)
    assert "Temps libéré pour le médecin : 5 h 30 par semaine d'après les jours comptés, de 5 h 20 à 5 h 40." in dit
    assert "Proposition de la caisse reçue le 10 janvier 2025." in dit
    assert court[-1] == complet[-1]


def test_a_contract_without_facts_says_what_it_can() -> None:
    def nu(valeurs: Brut) -> None:
        valeurs |= {"releves": [], "assistants": [], "missions": [], "versements": [], "mouvements": [], "activite": []}
        valeurs["contrats"][0]["objectif"] = None

    lignes = affiche(nu, complet=True)

    assert "Gains par mois" not in lignes
    assert "Le coût de l'assistant n'est pas saisi : le reste à votre charge est inconnu." in lignes
