"""What the review says, page 1 and its sections."""

import re

import pytest

from assistmed_desktop import __version__
from assistmed_desktop.domain.libelles import SOURCES
from assistmed_desktop.formats import INSECABLE, euros, jour_court, nombre
from assistmed_desktop.rules.resultats import (
    LIBELLES_ETAT,
)
from assistmed_desktop.services.extrait import extraire
from assistmed_desktop.services.rapports import empreinte
from tests.reports.outils import (
    AU,
    Brut,
    beaucoup_de_releves,
    dossier,
    evaluer,
    groupe,
    imprimer,
    nu,
    pages,
    texte,
)


def test_page_1_answers_the_adviser() -> None:
    (contrat,) = evaluer(dossier()).contrats
    page = pages(imprimer(dossier()))[0]
    for attendu in (
        "BILAN ANNUEL",
        "Contrat d’aide à l’emploi d’un assistant médical",
        "situation au 15 janvier 2025",
        "Dr Claire Lambert",
        "CPAM de la Nièvre",
        "Avenant n° 7 · mi-temps",
        "objectif évalué le 14/08/2025",
        "En retard",
        "1 131",
        "1 790",
        "amelipro, 31/12/2024",
        "66 % du gain prévu",
        "65 % du gain prévu",
        "référence 1 010 attendu 1 154 objectif 1 192 requis par mois +8,8 réalisé par mois +4,2",
        "référence 1 620 attendu 1 826 objectif 1 880 requis par mois +13,0 réalisé par mois +5,9",
        "Inès Morel, mi-temps (17 h 30) depuis le 15/03/2022, CQP obtenu le 20/11/2023",
        "611 jours ouvrés sur 611 (100 %, calcul 9), hors suspension du 02/05/2023 au 30/09/2023 (152 jours)",
        "calculs 1, 2 et 3 · règle [1] C à vérifier",
        "administratif 0 % · consultation 100 % · coordination 0 % (4 h sur 17 h 30 par semaine, calcul 10)",
        "Prochaine échéance le 15/03/2025 : point d’étape avec la CPAM.",
        "évaluation reportée au 14/08/2025",
    ):
        assert attendu in page, attendu
    for indicateur in contrat.indicateurs:
        assert indicateur.attendu is not None
        assert nombre(indicateur.attendu).replace(INSECABLE, " ") in page


def test_the_sections_hold_what_the_evaluation_holds() -> None:
    pratique = dossier()
    (contrat,) = evaluer(pratique).contrats
    tout = texte(imprimer(pratique))
    for titre in (
        "Contrat",
        "Équipe",
        "Missions",
        "Relevés",
        "Mouvements de la patientèle",
        "Activité",
        "Aide",
        "Échéances",
        "À vérifier",
        "Calculs",
        "Ce document",
        "Références",
        "Signatures",
    ):
        assert titre in tout
    for annee in contrat.aide:
        assert annee.montant_max is not None
        montant = nu(euros(annee.montant_max))
        assert (f"maximum {montant}" if annee.annee >= 3 else montant) in tout
        assert f"{annee.annee} {jour_court(annee.du)} 1/2 ETP" in tout
    for echeance in contrat.echeances:
        ligne = f"{jour_court(echeance.le)} {nu(echeance.libelle)} {LIBELLES_ETAT[echeance.etat]}"
        assert nu(ligne) in tout
    for explication in (i.explication for i in contrat.indicateurs):
        for etape in explication.etapes:
            assert nu(etape.resultat) in tout
    assert "avenant n° 7 hypothèse linéaire, non vérifiée : 6 865,38 € maximum 10 500 €" in tout
    assert "18 000 € 02/05/2022 18 000 €" in tout
    assert "01/01/2024 31/12/2024 96 14 22 5 +55" in tout
    assert "2024 1 402 18 22,3" in tout
    assert "Inès Morel 02/05/2023 30/09/2023 152 non remplacé" in tout
    assert "Inès Morel CQP assistant médical 01/09/2022 03/10/2022 20/11/2023" in tout
    assert "Prise de constantes Inès Morel 15/03/2022 – 4 h 3 h 20" in tout
    assert "Le médecin" in tout
    assert "Pour la caisse" in tout


def test_legal_references_are_numbered_with_their_grade() -> None:
    tout = texte(imprimer(dossier()))
    for numero in (1, 2, 3):
        assert re.search(
            rf"\[{numero}\] (Avenant|Convention|Règlement).*?Degré [ABCD], relu le \d\d/\d\d/\d{{4}}", tout
        )
    assert "Règles non confirmées par un texte officiel" in tout
    assert "C source secondaire" in tout
    assert "Part de l’aide versée à partir de l’année 3 X non publié" in tout


def test_every_reading_is_listed_with_source_and_date() -> None:
    pratique = dossier(beaucoup_de_releves(60))
    tout = texte(imprimer(pratique))
    for releve in pratique.releves:
        assert releve.patientele_mt is not None
        assert releve.file_active is not None
        chiffres = f"{nombre(releve.patientele_mt)} {nombre(releve.file_active)}"
        ligne = f"{jour_court(releve.date)} {SOURCES[releve.source]} {chiffres}"
        assert nu(ligne) in tout


def test_confidential_facts_stay_in_the_practice() -> None:
    def secret(brut: Brut) -> None:
        brut["contrats"][0]["avenants"][0]["motif"] = "MOTIF-SECRET"
        brut["releves"][0]["note"] = "NOTE-SECRETE"

    tout = texte(imprimer(dossier(secret)))
    assert "SECRET" not in tout
    assert "12 place Saint-Romain" not in tout


def test_every_amendment_is_told_without_its_reason() -> None:
    def avenants(brut: Brut) -> None:
        brut["contrats"][0]["avenants"] += [
            {"type": "option", "du": "2024-01-01", "option_etp": "1", "motif": "MOTIF"},
            {
                "type": "objectif",
                "du": "2024-02-01",
                "objectif": {"patientele_mt": 1200, "file_active": None, "evaluation_le": None},
                "motif": "MOTIF",
            },
            {
                "type": "objectif",
                "du": "2024-02-02",
                "objectif": {"patientele_mt": None, "file_active": None, "evaluation_le": None},
                "motif": "MOTIF",
            },
            {
                "type": "adresse",
                "du": "2024-03-01",
                "adresse": "RUE SECRETE",
                "code_postal": "58000",
                "commune": "Nevers",
                "departement": "58",
                "zonage": "zac",
                "motif": "MOTIF",
            },
            {"type": "suspension", "du": "2025-01-10", "au": None, "motif": "MOTIF"},
            {"type": "resiliation", "du": "2025-01-12", "motif": "MOTIF"},
            {"type": "option", "du": "2026-01-01", "option_etp": "2", "motif": "MOTIF"},
        ]

    tout = texte(imprimer(dossier(avenants)))
    for attendu in (
        "suspension du 2 mai 2023 au 30 septembre 2023",
        "option de 1 ETP à partir du 1er janvier 2024",
        "nouvel objectif à partir du 1er février 2024 : patientèle médecin traitant 1 200",
        "nouvel objectif à partir du 2 février 2024 : non renseigné",
        "changement d’adresse du cabinet le 1er mars 2024, zone d’action complémentaire (ZAC)",
        "suspension du 10 janvier 2025, en cours",
        "résiliation à partir du 12 janvier 2025",
    ):
        assert attendu in tout, attendu
    assert "MOTIF" not in tout
    assert "SECRETE" not in tout
    assert "option de 2 ETP" not in tout


@pytest.mark.parametrize(
    "nom", ["M. <Durand>", "R&D", "<img src=/etc/passwd>", "</para><b>gras", "(\\n) ]]>", "O'Brien & d'Été"]
)
def test_what_is_typed_comes_out_as_typed(nom: str) -> None:
    def partout(brut: Brut) -> None:
        brut["medecins"][0]["nom"] = nom
        brut["cabinet"] |= {"nom": nom, "cpam": nom}
        brut["assistants"][0]["nom"] = nom
        brut["missions"][0]["tache"] = nom
        brut["versements"][0]["reference"] = nom

    lues = pages(imprimer(dossier(partout)))
    assert lues[0].replace("’", "'").count(nom) >= 4
    assert " ".join(lues).replace("’", "'").count(nom) >= 10


def test_a_glyph_that_the_font_lacks_is_shown_to_be_missing() -> None:
    def partout(brut: Brut) -> None:
        brut["medecins"][0]["nom"] = "Nguyễn 👩 漢"

    assert "Dr Claire Nguyễn □ □" in pages(imprimer(dossier(partout)))[0]


def test_missions_of_the_year_alone_are_listed() -> None:
    def missions(brut: Brut) -> None:
        modele = brut["missions"][0]
        brut["missions"] += [
            modele | {"tache": "ANCIENNE", "au": "2023-06-30"},
            modele | {"tache": "TERMINEE", "au": "2024-06-30", "minutes_medecin_liberees": None, "minutes_semaine": 45},
            modele | {"tache": "COORDONNER", "domaine": "coordination", "au": "2024-07-30"},
        ]

    tout = texte(imprimer(dossier(missions)))
    assert "ANCIENNE" not in tout
    assert "1 mission plus ancienne hors de cette liste." in tout
    assert "TERMINEE Inès Morel 15/03/2022 30/06/2024 0 h 45 –" in tout
    assert "Les missions qui ont pris fin depuis moins d’un an sont hors des totaux." in tout
    assert tout.index("Prise de constantes") < tout.index("TERMINEE")
    assert "En cours, 0 % des missions 0 h" in tout


def test_training_is_told_as_far_as_it_has_come() -> None:
    def formations(brut: Brut) -> None:
        assistant = brut["assistants"][0]
        faite = assistant["formation"]
        brut["assistants"] = [
            assistant | {"id": "a1", "formation": None},
            assistant | {"id": "a2", "formation": faite | {"voie": "fae"}},
            assistant | {"id": "a3", "formation": faite | {"obtention_le": None}},
            assistant
            | {"id": "a4", "formation": faite | {"obtention_le": None, "debut_le": "2025-06-01"}, "embauches": []},
        ]

    page, *reste = pages(imprimer(dossier(formations)))
    assert "formation non renseignée" in page
    assert "FAE validée le 20/11/2023" in page
    assert "CQP en cours depuis le 03/10/2022" in page
    assert "Inès Morel, CQP à commencer" in page
    assert "Inès Morel non renseignée – – –" in " ".join(reste)
    assert "secrétaire médicale – – – – –" in " ".join(reste)


def test_a_payment_that_comes_after_the_day_is_still_awaited() -> None:
    def tardif(brut: Brut) -> None:
        brut["versements"] = [
            brut["versements"][0] | {"recu_le": "2025-02-01"},
            brut["versements"][0] | {"montant_du": None, "recu_le": None, "montant_recu": None, "echeance_le": None},
        ]

    tout = texte(imprimer(dossier(tardif)))
    assert "1 15/04/2022 18 000 € – –" in tout
    assert "1 – – – –" in tout


def test_another_speciality_needs_the_file_active_alone() -> None:
    page = pages(imprimer(dossier(lambda brut: brut["medecins"][0].update(specialite="orl"))))[0]
    assert "Patientèle médecin traitant pour information, sans compter pour ce contrat" in page
    assert "ORL" in page


def test_a_value_that_is_missing_says_why() -> None:
    estimations = dossier(lambda brut: brut["releves"][0].update(source="estimation"))
    assert "valeur inconnue des estimations seulement" in pages(imprimer(estimations))[0]
    incomplet = dossier(groupe(2), lambda brut: brut.update(releves=[brut["releves"][0]]))
    assert "valeur inconnue il manque le relevé d’un médecin" in pages(imprimer(incomplet))[0]


def test_every_figure_leads_to_a_calculation_that_is_spelt_out() -> None:
    page, *reste = pages(imprimer(dossier()))
    tout = " ".join(reste)
    titres = re.findall(r"Calcul (\d+) · ([^[]+?) (?=\[|étape|Date|Déclaré)", tout)
    assert [int(numero) for numero, _ in titres] == list(range(1, len(titres) + 1))
    noms = dict(titres)
    for numero in re.findall(r"calculs? (\d+)", page):
        assert numero in noms
    assert noms["1"] == "Patientèle médecin traitant"
    assert noms["2"] == "Patientèle médecin traitant : gain mensuel réalisé"
    annee = r"3 15/03/2024 1/2 ETP avenant n° 7 hypothèse linéaire, non vérifiée : 6 865,38 € "
    assert re.search(annee + r"maximum 10 500 € – – \[2\] B 14", tout)
    assert noms["14"] == "Aide de l’année 3"


def test_the_document_says_what_it_carries_and_how_to_make_it_again() -> None:
    tout = texte(imprimer(dossier()))
    chiffres = empreinte(extraire(dossier(), "c1", AU))
    assert chiffres in tout.replace(" ", "")
    assert f"programme AssistMed Desktop {__version__}" in tout
    assert "ceux du programme, relus le" in tout
    assert "dossier.json, les données dont ce document est fait ; evaluation.json" in tout
    assert "le refaire assistmed bilan rapport.pdf --sortie refait.pdf" in tout


def test_deaths_are_told_by_quarter_at_least() -> None:
    def mensuels(brut: Brut) -> None:
        modele = brut["mouvements"][0]
        brut["mouvements"] = [
            modele | {"du": f"2024-{mois:02}-01", "au": f"2024-{mois:02}-{jours}", "deces": mois}
            for mois, jours in ((1, 31), (2, 29), (3, 31), (7, 31))
        ]

    tout = texte(imprimer(dossier(mensuels)))
    assert "Les mouvements sont donnés par trimestre au moins." in tout
    assert "01/01/2024 31/03/2024 288 6 " in tout
    assert "01/07/2024 31/07/2024 96 non dits " in tout
