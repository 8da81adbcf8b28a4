"""The renewal file: the whole life of a contract, year by year, and what may follow it."""

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.domain.libelles import SOURCES
from assistmed_desktop.formats import euros, jour_court, nombre
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.resultats import NON_PUBLIE
from assistmed_desktop.services.extrait import extraire
from assistmed_desktop.services.rapports import empreinte
from tests.dix_medecins import AU as AU_DES_DIX
from tests.dix_medecins import dix_medecins
from tests.reports.outils import (
    AU,
    MOT_SANS_FIN,
    NOM_TRES_LONG,
    Brut,
    beaucoup_de_releves,
    dossier,
    groupe,
    imprimer,
    matiere,
    nu,
    pages,
    rien_hors_des_marges,
    sans_objectif,
    vide,
)
from tests.strategies import dossiers

FIN = date(2027, 3, 14)
APRES = date(2028, 1, 10)


def lues(pratique: Dossier, au: date = AU, contrat: str | None = None) -> list[str]:
    return pages(imprimer(pratique, au, "renouvellement", contrat))


def dite(pratique: Dossier, au: date = AU, contrat: str | None = None) -> str:
    return " ".join(lues(pratique, au, contrat))


def proposition(brut: Brut) -> None:
    brut["propositions"] = [
        {"contrat": "c1", "recue_le": "2025-01-10", "option_etp": "1/2", "note": "NOTE-SECRETE",
         "reference": {"date": "2024-12-31", "patientele_mt": 1131, "file_active": 1790},
         "objectif": {"patientele_mt": 1300, "file_active": 2000, "evaluation_le": None}}
    ]  # fmt: skip


def suite_des_mois(brut: Brut) -> None:
    """Give a movement a month in 2023, then one that belongs to two years."""
    modele = brut["mouvements"][0]
    brut["mouvements"] = [
        modele | {"du": f"2023-{mois:02}-01", "au": f"2023-{mois:02}-28", "entrees": 10, "deces": 1, "departs": 2,
                  "autres_sorties": 0}
        for mois in (1, 5)
    ]  # fmt: skip
    brut["mouvements"] += [
        modele | {"du": "2023-07-01", "au": "2023-12-31", "entrees": 30, "deces": 4, "departs": 6, "autres_sorties": 1},
        modele | {"du": "2024-01-01", "au": "2024-06-30", "entrees": 40, "deces": 5, "departs": 7, "autres_sorties": 2},
        modele | {"du": "2024-07-01", "au": "2024-11-30", "entrees": 20, "deces": 3, "departs": 1, "autres_sorties": 0},
        modele | {"du": "2024-12-01", "au": "2025-01-10", "entrees": 9, "deces": 2, "departs": 1, "autres_sorties": 0},
    ]


# Page 1


def test_page_1_says_where_the_contract_is_and_what_its_renewal_asks_for() -> None:
    page = lues(dossier())[0]
    for attendu in (
        "DOSSIER DE RENOUVELLEMENT",
        "Dr Claire Lambert",
        "CPAM de la Nièvre",
        "En retard de 23 patients",
        "Patientèle médecin traitant",
        "File active",
        "calculs 1, 2 et 3 · règle [1] C à vérifier",
        "Le contrat se termine le 14 mars 2027, à son terme, dans 788 jours",
        "Préavis, seulement si vous ne souhaitez pas poursuivre",
        "Aucune de la caisse à ce jour : l’objectif du nouveau contrat n’est pas connu.",
        "Dès le 15 mars 2027 au plus tôt, aide de 66 000 € au plus",
        "Demandez à la caisse une proposition écrite pour le nouveau contrat.",
        "4 autres demandes, voir « La suite ».",
    ):
        assert attendu in page, attendu


def test_a_proposal_is_told_with_what_it_asks_for_and_never_its_note() -> None:
    page, *reste = lues(dossier(proposition))
    tout = " ".join(reste)
    assert "Reçue de la caisse le 10 janvier 2025." in page
    assert "l’objectif proposé (1 300) demande 169 patients de plus d’ici au" in page
    assert "Demandez à la caisse la date à laquelle l’objectif sera jugé." in page
    assert "contrat proposé 1 131 1 300 15/03/2030 * 169" in tout
    assert "* Date par défaut" in tout
    assert "NOTE-SECRETE" not in page + tout


def test_an_ended_contract_is_shown_as_it_was_on_its_last_day() -> None:
    def apres(brut: Brut) -> None:
        modele = brut["releves"][0]
        brut["releves"] += [
            modele | {"date": "2027-02-28", "patientele_mt": 1188, "file_active": 1870},
            modele | {"date": "2027-12-31", "patientele_mt": 1250, "file_active": 1990},
        ]

    page, *reste = lues(dossier(apres), APRES)
    assert "Contrat terminé depuis le 14 mars 2027" in page
    assert "1 188 patients" in page
    assert "amelipro, 28/02/2027" in page
    assert "Le contrat s’est terminé le 14 mars 2027, à son terme" in page
    assert "1 250" not in page, "what was read since belongs to no contract"
    assert "Préavis" not in page
    tout = " ".join(reste)
    assert "5 14/03/2027 1 188 28/02/2027 amelipro" in tout
    assert "à ce jour :" not in tout
    assert "à venir." not in tout.split("Les deux indicateurs")[0]


def test_the_contract_that_follows_is_named_and_nothing_is_asked_for_it() -> None:
    page, *reste = lues(dix_medecins(), AU_DES_DIX, "c1")
    tout = " ".join(reste)
    assert "Aucune ; le contrat suivant est signé, depuis le 6 janvier 2025." in page
    assert "Contrat suivant au dossier : convention médicale 2024-2029, depuis le 6 janvier 2025." in tout
    assert "À demander" not in page + tout
    assert nu(NON_PUBLIE) in page


def test_days_without_a_contract_are_counted() -> None:
    def tardif(brut: Brut) -> None:
        premier = brut["contrats"][0]
        suivant = premier | {"id": "c2", "texte": "convention_2024", "signe_le": "2027-04-01", "debut_le": "2027-04-01"}
        suivant |= {"avenants": [], "objectif": None, "reference": premier["reference"] | {"date": "2027-03-31"}}
        brut["contrats"] = [premier, suivant]

    assert "depuis le 1er avril 2027, 17 jours sans contrat entre les deux." in dite(dossier(tardif), APRES, "c1")


def test_a_contract_terminated_early_says_its_cause_and_its_term() -> None:
    def resilie(brut: Brut) -> None:
        brut["contrats"][0]["avenants"].append(
            {"type": "resiliation", "du": "2024-09-01", "motif": "MOTIF-SECRET", "cause": "medecin"}
        )

    tout = dite(dossier(resilie), date(2025, 4, 1))
    assert "Le contrat s’est terminé le 31 août 2024" in tout
    assert "Le terme était le 14 mars 2027." in tout
    assert "3 31/08/2024" in tout
    assert "MOTIF-SECRET" not in tout


# Year by year


def test_a_contract_of_two_years_that_runs_is_told_to_the_day() -> None:
    def deux_ans(brut: Brut) -> None:
        brut["contrats"][0] |= {"duree_ans": 2, "debut_le": "2024-03-15", "signe_le": "2024-03-01", "avenants": []}

    page, *reste = lues(dossier(deux_ans))
    tout = " ".join(reste)
    assert "Le contrat se termine le 14 mars 2026, à son terme" in page
    assert "L’année 1 n’est pas finie : elle est dite à ce jour, le 15/01/2025. 1 année à venir." in tout
    assert "1, à ce jour 15/01/2025 1 131 31/12/2024 amelipro +121" in tout
    assert "1, à ce jour 15/03/2024" in tout
    assert "Contrat terminé" not in page


def test_each_year_has_its_counts_its_gain_its_post_and_its_aid() -> None:
    pratique = dossier(beaucoup_de_releves(60))
    m = matiere(extraire(pratique, "c1", AU), genre="renouvellement")
    assert len(m.annees) == 3
    tout = dite(pratique)
    for annee in m.annees:
        point = annee.indicateurs["patientele_mt"].point
        gain = annee.indicateurs["patientele_mt"].gain
        assert point is not None
        assert gain is not None
        debut = f"{annee.annee}{'' if annee.finie else ', à ce jour'}"
        lu = f"{nombre(point.valeur)} {jour_court(point.date)} {SOURCES[point.source]} {nombre(gain, signe=True)}"
        assert nu(f"{debut} {jour_court(annee.au)} {lu}") in tout
        assert nu(f"{nombre(annee.jours_pourvus)} sur {nombre(annee.jours_requis)}") in tout
    assert "Patientèle médecin traitant : référence 1 010, objectif 1 192" in tout
    assert nu(f"maximum {euros(1_050_000)}") in tout
    assert "2 15/03/2023 148 sur 148 152 13 500 €" in tout, "a year with a suspension"


def test_before_it_begins_a_contract_has_no_year_to_tell() -> None:
    tout = dite(dossier(), date(2021, 6, 1))
    assert "Le contrat n’a pas commencé : aucune année à dire." in tout


def test_movements_are_summed_by_year_and_no_month_tells_its_deaths() -> None:
    tout = dite(dossier(suite_des_mois))
    assert "Les mouvements d’une même année civile sont additionnés." in tout
    assert "01/01/2024 30/11/2024 60 8 8 2 +42" in tout
    assert "01/12/2024 10/01/2025 9 non dits 1 2 +6" in tout, "alone: it belongs to two years"
    assert "01/01/2023 31/12/2023 50 au moins 4 10 3 +33" in tout, "two months among them had theirs kept quiet"
    assert "Les décès d’une période plus courte que trois mois sont comptés avec les autres sorties." in tout


def test_the_tasks_are_told_period_by_period_with_the_time_they_free() -> None:
    tout = dite(dossier())
    assert "15/03/2022 15/01/2025 0 % 100 % 0 % 4 h 17 h 30" in tout
    assert "Temps libéré pour le médecin : 3 h 20 par semaine, d’après ce qui est déclaré tâche par tâche" in tout
    sans_chiffre = dossier(lambda b: b["missions"].append(b["missions"][0] | {"minutes_medecin_liberees": None}))
    assert "au moins 3 h 20 par semaine, d’après ce qui est déclaré tâche par tâche, 1 tâche sans chiffre" in dite(
        sans_chiffre
    )
    demo = lire_dossier(chemin("demo", "dossier.json").read_bytes())
    assert "par semaine, d’après les jours comptés" in dite(demo, date(2026, 11, 15), "c1")


def test_without_facts_what_is_unknown_is_said_to_be_so() -> None:
    tout = dite(dossier(vide, sans_objectif))
    for attendu in (
        "valeur inconnue",
        "référence 1 010, objectif inconnu",
        "1 14/03/2023 inconnu – – – – –",
        "niveau actuel inconnu",
        "contrat proposé inconnu inconnu",
        "Aucune mission n’est saisie pour ce contrat.",
        "Aide reçue au 15/01/2025 : aucun versement saisi.",
        "Aucun assistant n’a été affecté à ce contrat à ce jour.",
    ):
        assert attendu in tout, attendu
    assert "Mouvements de la patientèle" not in tout


def test_the_published_figures_are_named_with_their_author_and_their_grade() -> None:
    tout = dite(dossier())
    assert "Chiffres de tout le pays, à prendre avec prudence" in tout
    assert re.search(
        r"Gain moyen de patientèle médecin traitant.*?\+19,5 % \+12,0 % Assurance maladie, octobre 2024 C", tout
    )


# Its pages


@pytest.mark.parametrize("au", [date(2021, 6, 1), date(2022, 3, 15), AU, FIN, APRES])
def test_every_reference_leads_to_a_calculation_that_is_spelt_out(au: date) -> None:
    tout = dite(dossier(proposition), au)
    faits = {int(n) for n in re.findall(r"Calcul (\d+) ·", tout)}
    assert faits == set(range(1, max(faits) + 1))
    cites = {
        int(n) for suite in re.findall(r"calculs? ((?:\d+(?:, | et )?)+)", tout) for n in re.findall(r"\d+", suite)
    }
    assert cites <= faits
    assert cites


def test_the_document_says_what_it_carries_and_how_to_make_it_again() -> None:
    pratique = dossier()
    tout = dite(pratique)
    chiffres = empreinte(extraire(pratique, "c1", AU))
    assert chiffres in tout.replace(" ", "")
    assert "le refaire assistmed bilan rapport.pdf --sortie refait.pdf" in tout
    assert "dossier.json, les données dont ce document est fait" in tout


@pytest.mark.parametrize("ident", [contrat.id for contrat in dix_medecins().contrats])
def test_ten_doctors_and_twenty_years_make_clean_pages(ident: str) -> None:
    pdf = imprimer(dix_medecins(), AU_DES_DIX, "renouvellement", ident)
    vues = pages(pdf)
    assert 8 <= len(vues) <= 14
    assert "Signatures" in vues[-1]
    assert all(len(page) > 400 for page in vues), "no page is left nearly empty"
    rien_hors_des_marges(pdf)


def test_very_long_names_leave_page_1_whole() -> None:
    def longs(brut: Brut) -> None:
        groupe(10, NOM_TRES_LONG[:190])(brut)
        brut["cabinet"] |= {"nom": NOM_TRES_LONG[:200], "commune": MOT_SANS_FIN, "cpam": MOT_SANS_FIN}
        beaucoup_de_releves(300, 10)(brut)

    pdf = imprimer(dossier(longs), AU, "renouvellement")
    page, suivante, *_ = pages(pdf)
    assert "Ensuite" in page
    assert "Contrat texte" in suivante
    rien_hors_des_marges(pdf)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dossiers(), st.dates(date(1990, 1, 1), date(2062, 1, 1)))
def test_any_valid_practice_on_any_day_has_its_file(pratique: Dossier, au: date) -> None:
    for contrat in pratique.contrats:
        assert lues(pratique, au, contrat.id)
