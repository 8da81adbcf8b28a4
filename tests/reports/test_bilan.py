import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary, Name, Pdf

from assistmed_desktop import __version__
from assistmed_desktop.cli.rapports import rediger
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.domain.libelles import SOURCES
from assistmed_desktop.formats import INSECABLE, euros, jour_court, nombre
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import (
    LIBELLES_ETAT,
    LIBELLES_STATUT,
    NON_PUBLIE,
    BaremeAjoute,
    Eligibilite,
    Etape,
    Explication,
    Motif,
)
from assistmed_desktop.services.extrait import extraire
from assistmed_desktop.services.rapports import Demande, empreinte
from tests.reports.outils import (
    AU,
    MOT_SANS_FIN,
    NOM_TRES_LONG,
    Brut,
    beaucoup_de_releves,
    composer_avec,
    dossier,
    evaluer,
    groupe,
    imprimer,
    pages,
    texte,
)
from tests.rules.test_baremes_ajoutes import ajoutes, changee
from tests.strategies import dossiers


def _nu(ecrit: str) -> str:
    return " ".join(ecrit.replace(INSECABLE, " ").replace("'", "’").split())


def _vide(brut: Brut) -> None:
    for liste in ("assistants", "missions", "releves", "mouvements", "activite", "versements"):
        brut[liste] = []
    brut["contrats"][0]["avenants"] = []


def _sans_objectif(brut: Brut) -> None:
    brut["contrats"][0]["objectif"] = None


# What it says


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
        "886 jours sur 886 (100 %) hors suspension ; suspension du 02/05/2023 au 30/09/2023 (152 jours)",
        "administratif 0 % · consultation 100 % · coordination 0 % (4 h sur 17 h 30 par semaine)",
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
        "Effectif",
        "Missions",
        "Formation",
        "Relevés",
        "Mouvements de la patientèle",
        "Activité",
        "Aide",
        "Échéances",
        "À vérifier",
        "Comment ces chiffres sont calculés",
        "Références",
        "Signatures",
    ):
        assert titre in tout
    for annee in contrat.aide:
        assert annee.montant_max is not None
        montant = _nu(euros(annee.montant_max))
        assert (f"maximum {montant}" if annee.annee >= 3 else montant) in tout
        assert f"{annee.annee} {jour_court(annee.du)} {jour_court(annee.au)}" in tout
    for echeance in contrat.echeances:
        ligne = f"{jour_court(echeance.le)} {_nu(echeance.libelle)} {LIBELLES_ETAT[echeance.etat]}"
        assert _nu(ligne) in tout
    for explication in (i.explication for i in contrat.indicateurs):
        for etape in explication.etapes:
            assert _nu(etape.resultat) in tout
    assert "Hypothèse linéaire, non vérifiée : année 3, 6 865,38 €" in tout
    assert "18 000 € 02/05/2022 18 000 €" in tout
    assert "01/01/2024 31/12/2024 96 14 22 5 +55" in tout
    assert "2024 1 402 18 22,3" in tout
    assert "Inès Morel 02/05/2023 30/09/2023 152 non" in tout
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
        assert _nu(ligne) in tout


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


# The file


def test_the_file_says_what_it_is() -> None:
    document = pypdfium2.PdfDocument(imprimer(dossier()))
    meta = document.get_metadata_dict()
    assert meta["Title"].replace(INSECABLE, " ") == "Bilan annuel au 15 janvier 2025 – Dr Claire Lambert"
    assert meta["Author"] == "Cabinet médical du Morvan"
    assert meta["Creator"] == f"AssistMed Desktop {__version__}"
    titres = [signet.get_title() for signet in document.get_toc()]
    assert titres[:2] == ["Contrat", "Effectif"]
    assert titres[-1] == "Signatures"
    assert all(signet.get_dest() is not None for signet in document.get_toc())
    document.close()


def test_language_and_title_are_for_assistive_tools() -> None:
    with Pdf.open(BytesIO(imprimer(dossier()))) as pdf:
        assert pdf.Root.Lang == "fr-FR"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_every_page_has_its_number_the_fingerprint_the_version_and_the_date_of_the_baremes() -> None:
    pratique = dossier(beaucoup_de_releves(240))
    lues = pages(imprimer(pratique))
    extrait = extraire(pratique, "c1", AU)
    verifies = jour_court(evaluer(pratique).baremes_verifies_le)
    for rang, page in enumerate(lues, 1):
        assert f"page {rang} sur {len(lues)}" in page
        assert f"empreinte {empreinte(extrait)[:12]} · AssistMed Desktop {__version__}" in page
        assert f"barèmes vérifiés le {verifies}" in page
    assert all("Bilan annuel · Dr Claire Lambert situation au 15/01/2025" in page for page in lues[1:])


def test_only_lato_is_used_and_it_is_embedded() -> None:
    with Pdf.open(BytesIO(imprimer(dossier(beaucoup_de_releves(20))))) as pdf:
        dictionnaires = [objet for objet in pdf.objects if isinstance(objet, Dictionary)]
        noms = {str(d.BaseFont) for d in dictionnaires if Name.BaseFont in d}
        assert noms == {"/AAAAAA+Lato-Regular", "/AAAAAA+Lato-Bold"}
        assert sum(Name.FontFile2 in d for d in dictionnaires) == 2


def test_the_same_input_gives_the_same_bytes() -> None:
    pratique = dossier(beaucoup_de_releves(30))
    assert imprimer(pratique) == imprimer(pratique)


# What must not break it


STATUTS: dict[str, tuple[Callable[[Brut], object], date]] = {
    "en_retard": (lambda _: None, AU),
    "en_bonne_voie": (lambda brut: brut["releves"][0].update(patientele_mt=1180, file_active=1870), AU),
    "atteint": (lambda brut: brut["releves"][0].update(patientele_mt=1192, file_active=1990), AU),
    "sous_la_reference": (lambda brut: brut["releves"][0].update(patientele_mt=900), AU),
    "donnees_insuffisantes": (lambda brut: brut.update(releves=[]), AU),
    "objectif_inconnu": (_sans_objectif, AU),
    "suspendu": (lambda _: None, date(2023, 7, 1)),
    "termine": (lambda _: None, date(2028, 1, 1)),
}


@pytest.mark.parametrize("statut", STATUTS)
def test_each_status_has_its_word_on_page_1(statut: str) -> None:
    retouche, au = STATUTS[statut]
    pratique = dossier(retouche)
    (contrat,) = evaluer(pratique, au).contrats
    assert contrat.statut == statut
    page = pages(imprimer(pratique, au))[0]
    mots = {LIBELLES_STATUT[i.statut] for i in contrat.indicateurs} | {LIBELLES_STATUT[contrat.statut].lower()}
    for mot in mots:
        assert mot.lower() in page.lower()
    if statut == "sous_la_reference":
        assert "110 sous la référence" in page
    if statut == "atteint":
        assert page.count("requis par mois 0 ") == 2


@pytest.mark.parametrize("au", [date(2022, 3, 15), date(2022, 3, 16), AU, date(2030, 1, 1)])
def test_an_empty_practice_makes_a_whole_report(au: date) -> None:
    lues = pages(imprimer(dossier(_vide, _sans_objectif), au))
    assert "valeur inconnue aucun relevé depuis le début du contrat" in lues[0]
    assert "Aucun assistant n’est affecté au contrat à cette date." in lues[0]
    assert "Aucune mission en cours n’est saisie." in lues[0]
    assert "inconnu" in lues[0]
    tout = " ".join(lues)
    for phrase in (
        "Aucun assistant n’a été affecté à ce contrat.",
        "Aucune mission n’est saisie pour les douze derniers mois.",
        "Aucun relevé depuis le début du contrat.",
    ):
        assert phrase in tout
    assert "Mouvements" not in tout
    assert "Activité" not in tout


def test_an_evaluation_that_says_little_makes_a_report_without_empty_tables() -> None:
    def a_venir(brut: Brut) -> None:
        brut["contrats"][0] |= {"texte": "convention_2024", "signe_le": "2025-01-02", "debut_le": "2025-02-01"}

    pratique = dossier(_vide, _sans_objectif, a_venir)
    evaluation = evaluer(pratique)
    (contrat,) = evaluation.contrats
    rien = Explication("Rien", (Etape("Étape", "calcul", "résultat"),), ())
    nu = replace(
        contrat,
        aide=(),
        effectif=(),
        echeances=(),
        avertissements=(),
        eligibilite=Eligibilite(None, ()),
        patientele_mt=replace(contrat.patientele_mt, explication=rien),
        file_active=replace(contrat.file_active, explication=rien),
    )
    tout = texte(composer_avec(pratique, replace(evaluation, contrats=(nu,))))
    assert "Rien à signaler." in tout
    assert "Le contrat signé prévaut sur tout ce qui est écrit ici." in tout
    for titre in ("Échéances", "Constats", "Aide, année par année", "Versements", "Références"):
        assert titre not in tout


def test_an_amount_nobody_has_published_is_said_to_be_so() -> None:
    def deux_etp(brut: Brut) -> None:
        brut["contrats"][0] |= {"texte": "convention_2024", "option_etp": "2", "signe_le": "2024-07-01"}
        brut["contrats"][0] |= {"debut_le": "2024-07-15", "avenants": []}
        brut["contrats"][0]["objectif"]["evaluation_le"] = None

    tout = texte(imprimer(dossier(_vide, deux_etp)))
    assert tout.count(_nu(NON_PUBLIE)) >= 5
    assert "Montant de l’aide, années 1, 2, 3, 4, 5 X non publié" in tout
    assert "(date par défaut, absente du dossier)" in tout


def test_a_collective_contract_names_its_doctors_and_their_readings() -> None:
    pratique = dossier(groupe(3), beaucoup_de_releves(40, 3))
    lues = pages(imprimer(pratique))
    assert "Dr Claire Lambert1, Dr Claire Lambert2 et Dr Claire Lambert3" in lues[0]
    assert "3 ETP" in lues[0]
    assert "Les assistants" in lues[0]
    tout = " ".join(lues)
    assert "médecin date source patientèle MT file active" in tout
    assert tout.count("Le médecin Dr Claire Lambert") == 3
    assert "médecin du au entrées" in tout
    assert "médecin année mois saisis" in tout


def test_a_long_practice_with_very_long_names_keeps_to_its_pages() -> None:
    def longs(brut: Brut) -> None:
        brut["cabinet"] |= {"nom": NOM_TRES_LONG[:200], "commune": MOT_SANS_FIN, "cpam": MOT_SANS_FIN}
        brut["missions"][0]["tache"] = MOT_SANS_FIN
        brut["versements"][0]["reference"] = MOT_SANS_FIN

    pratique = dossier(groupe(10, NOM_TRES_LONG[:190]), beaucoup_de_releves(240, 10), longs)
    pdf = imprimer(pratique)
    lues = pages(pdf)
    assert "À noter" in lues[0], "page 1 is still one page"
    assert "autres médecins" in lues[0]
    assert "autres assistants, voir « Effectif »" in lues[0]
    assert " ".join(lues).replace(" ", "").count(MOT_SANS_FIN) >= 4
    _rien_hors_des_marges(pdf)


def _rien_hors_des_marges(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        largeur, hauteur = page.get_size()
        lu = page.get_textpage()
        for rang in range(lu.count_chars()):
            gauche, bas, droite, haut = lu.get_charbox(rang)
            if droite > gauche and lu.get_text_range(rang, 1).strip():
                assert gauche >= 50
                assert droite <= largeur - 50
                assert bas >= 30
                assert haut <= hauteur - 30
    document.close()


@pytest.mark.parametrize(
    "retouches", [(), (beaucoup_de_releves(240),), (groupe(4), beaucoup_de_releves(90, 4)), (_vide, _sans_objectif)]
)
def test_no_letter_leaves_the_margins(retouches: tuple[Callable[[Brut], None], ...]) -> None:
    _rien_hors_des_marges(imprimer(dossier(*retouches)))


def test_every_contract_of_the_demonstration_has_its_report() -> None:
    demo = lire_dossier(chemin("demo", "dossier.json").read_bytes())
    evaluation = evaluer(demo, date(2026, 11, 15))
    for contrat in evaluation.contrats:
        lues = pages(imprimer(demo, evaluation.au, contrat=contrat.id))
        assert 5 <= len(lues) <= 10
        medecin = next(m for m in demo.medecins if m.id == contrat.medecins[0])
        assert f"Dr {medecin.prenom} {medecin.nom}" in lues[0]
        assert "Références" in lues[-1], "signatures do not stand alone on the last page"
        assert "Signatures" in lues[-1]
        assert not any(page.rstrip().endswith(("Aide", "Échéances", "Relevés", "Références")) for page in lues)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dossiers(), st.dates(date(1990, 1, 1), date(2062, 1, 1)))
def test_any_valid_practice_on_any_day_has_its_report(pratique: Dossier, au: date) -> None:
    evaluation = evaluer(pratique, au)
    for contrat in evaluation.contrats:
        pdf = imprimer(pratique, au, contrat=contrat.id)
        assert pdf.startswith(b"%PDF-")
        assert pages(pdf)


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
    assert "TERMINEE Inès Morel 15/03/2022 30/06/2024 45 min –" in tout
    assert "En gris, les missions terminées depuis moins d’un an, hors des totaux." in tout
    assert tout.index("Prise de constantes") < tout.index("TERMINEE")
    assert "En cours, 0 % des missions 0 min" in tout


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
    assert "Patientèle médecin traitant pour information" in page
    assert "ORL" in page


def test_a_value_that_is_missing_says_why() -> None:
    estimations = dossier(lambda brut: brut["releves"][0].update(source="estimation"))
    assert "valeur inconnue des estimations seulement" in pages(imprimer(estimations))[0]
    incomplet = dossier(groupe(2), lambda brut: brut.update(releves=[brut["releves"][0]]))
    assert "valeur inconnue il manque le relevé d’un médecin" in pages(imprimer(incomplet))[0]


# What is notified, ended, added


def _notification(annee: int, montant: int, le: str) -> dict[str, object]:
    return {"contrat": "c1", "annee_contrat": annee, "montant": montant, "notifie_le": le, "reference": "Courrier"}


def test_a_notified_amount_takes_the_place_of_the_maximum_and_of_the_hypothesis() -> None:
    def notifie(brut: Brut) -> None:
        brut["notifications"] = [_notification(3, 9300, "2025-01-10"), _notification(2, 13500, "2023-04-02")]

    (page, *reste) = pages(imprimer(dossier(notifie)))
    tout = " ".join(reste)
    assert "année 3 (depuis le 15/03/2024) : 9 300 €, notifiés le 10/01/2025 ; aucun versement saisi" in page
    assert "notifié 9 300 €" in tout
    assert "(année 2, le 02/04/2023 ; année 3, le 10/01/2025) prévaut sur celui du barème" in tout
    assert "Hypothèse linéaire, non vérifiée : année 4" in tout, "of year 3 nothing is left to suppose"
    assert "Montant notifié par la CPAM le 10/01/2025, Courrier 9 300 €" in tout


def test_the_year_notified_last_stays_on_page_1_beside_the_one_that_runs() -> None:
    page = pages(imprimer(dossier(lambda b: b.update(notifications=[_notification(2, 13500, "2023-04-02")]))))[0]
    assert "année 2 (depuis le 15/03/2023) : 13 500 €, notifiés le 02/04/2023 ; aucun versement saisi" in page
    assert "année 3 (depuis le 15/03/2024) : 10 500 € au plus ; aucun versement saisi" in page


def test_a_payment_entered_that_has_not_come_is_not_a_payment_nobody_entered() -> None:
    def attendu(brut: Brut) -> None:
        brut["versements"].append(
            {"contrat": "c1", "annee_contrat": 3, "echeance_le": "2024-12-15", "montant_du": 5250, "recu_le": None,
             "montant_recu": None, "reference": ""}
        )  # fmt: skip

    page = pages(imprimer(dossier(attendu)))[0]
    assert "année 3 (depuis le 15/03/2024) : 10 500 € au plus ; rien de reçu à ce jour" in page


def test_what_has_come_for_the_year_is_summed() -> None:
    page = pages(imprimer(dossier(), date(2022, 6, 1)))[0]
    assert "année 1 (depuis le 15/03/2022) : 18 000 € ; 18 000 € reçus" in page


def test_an_amount_nobody_has_published_is_said_on_page_1() -> None:
    def deux_etp(brut: Brut) -> None:
        brut["contrats"][0] |= {"texte": "convention_2024", "option_etp": "2", "signe_le": "2024-07-01"}
        brut["contrats"][0] |= {"debut_le": "2024-07-15", "avenants": []}

    page = pages(imprimer(dossier(_vide, _sans_objectif, deux_etp)))[0]
    assert f"année 1 (depuis le 15/07/2024) : {_nu(NON_PUBLIE)}" in page


def test_the_years_after_the_end_bring_no_aid() -> None:
    def resilie(brut: Brut) -> None:
        brut["contrats"][0]["avenants"].append({"type": "resiliation", "du": "2024-09-01", "motif": ""})

    page, *reste = pages(imprimer(dossier(resilie), date(2025, 4, 1)))
    assert "année 4 (depuis le 15/03/2025) : aucune, le contrat a pris fin le 31/08/2024" in page
    tout = " ".join(reste)
    assert tout.count("après la fin –") == 2, "years 4 and 5"
    assert "Une année qui commence après la fin du contrat, le 31/08/2024, n’apporte pas d’aide." in tout


def test_a_deadline_ticked_off_shows_its_day() -> None:
    def faite(brut: Brut) -> None:
        brut["echeances_faites"] = [
            {
                "contrat": "c1",
                "code": "point_etape",
                "le": "2024-09-15",
                "faite_le": "2024-09-17",
                "note": "",
                "assistant": None,
            }
        ]

    assert "15/09/2024 Point d’étape avec la CPAM faite 17/09/2024" in texte(imprimer(dossier(faite)))


def test_what_the_analysis_asks_to_check_is_on_page_1_and_in_the_list() -> None:
    def proposee(valeurs: Brut) -> None:
        valeurs["propositions"] = [
            {"contrat": "c1", "recue_le": "2025-01-10", "option_etp": None, "reference": None,
             "objectif": {"patientele_mt": 1300, "file_active": 2000, "evaluation_le": None}, "note": ""}
        ]  # fmt: skip

    page, *reste = pages(imprimer(dossier(proposee)))
    attendu = "Les deux niveaux ne se comparent pas"
    assert attendu in page
    assert attendu in " ".join(reste)
    sans_elle = texte(imprimer(dossier()))
    assert "Aucune proposition de la caisse" not in sans_elle, "what is only to know is left out"
    assert attendu not in sans_elle


def test_a_late_payment_is_told_once_on_page_1() -> None:
    def tardif(brut: Brut) -> None:
        brut["versements"] = [brut["versements"][0] | {"recu_le": None, "montant_recu": None}]

    page, *reste = pages(imprimer(dossier(tardif)))
    assert page.count("15/04/2022") == 1
    assert "Échéance dépassée le 15/04/2022 : versement de l’aide, année 1." in page
    assert "le versement attendu le 15/04/2022 (18 000 €) n’est pas noté comme reçu" in " ".join(reste)


def test_a_seasonal_dip_is_told_with_the_verdict() -> None:
    def ete(brut: Brut) -> None:
        modele = brut["releves"][0]
        mois = [f"2024-{m:02}-28" for m in range(1, 9)]
        comptes = [1180, 1182, 1184, 1186, 1188, 1190, 1192, 1100]
        brut["releves"] = [
            modele | {"date": jour, "patientele_mt": compte, "file_active": 1880}
            for jour, compte in zip(mois, comptes, strict=True)
        ]

    pratique = dossier(ete)
    au = date(2024, 9, 10)
    (contrat,) = evaluer(pratique, au).contrats
    assert contrat.patientele_mt.statut != contrat.patientele_mt.statut_tenu
    assert contrat.patientele_mt.creux is not None
    page, *reste = pages(imprimer(pratique, au))
    assert _nu(contrat.patientele_mt.creux) in page
    assert "creux saisonnier probable" in page
    assert "Statut tenu" in " ".join(reste)


def test_reasons_in_favour_are_not_told_as_reasons_against() -> None:
    source = evaluer(dossier()).contrats[0].echeances[0].source
    autre = replace(source, article="article qui dit autrement")
    pratique = dossier()
    evaluation = evaluer(pratique)
    motifs = (
        Motif("Une dérogation dispense du seuil.", exclut=False, source=source, autres_sources=(autre,)),
        Motif("À vous de vérifier.", exclut=None, source=source),
        Motif("Un secteur exclu.", exclut=True, source=source),
    )
    contrat = replace(evaluation.contrats[0], eligibilite=Eligibilite(eligible=False, motifs=motifs))
    tout = texte(composer_avec(pratique, replace(evaluation, contrats=(contrat,))))
    lignes = (
        "Un secteur exclu. s’y oppose",
        "À vous de vérifier. à vérifier",
        "Une dérogation dispense du seuil. le permet",
    )
    assert sorted(tout.index(ligne) for ligne in lignes) == [tout.index(ligne) for ligne in lignes]
    assert re.search(r"le permet \[\d\] C, \[\d\] C", tout)
    assert "article qui dit autrement" in tout


def test_every_bareme_file_of_the_user_is_named(tmp_path: Path) -> None:
    baremes = ajoutes(
        tmp_path,
        aide=changee("aide", "montants_2019", ("annee_1 = 18000", "annee_1 = 18500")),
        objectifs="versions = 3",
    )
    pratique = dossier()
    evaluation = evaluate(pratique, AU, baremes)
    page, *reste = pages(rediger(pratique, Demande("annuel", "c1", AU), baremes).contenu)
    tout = " ".join(reste)
    relu = jour_court(evaluation.baremes_ajoutes[0].verifie_le)
    assert f"barèmes vérifiés le {jour_court(evaluation.baremes_verifies_le)}, dont 1 ajouté" in page
    assert (
        "Barèmes ajoutés par vos soins fichier versions remplace du programme relu le "
        f"aide.toml montants_2019 montants_2019 {relu}" in tout
    )
    assert "Barèmes ajoutés qui ne s’appliquent pas" in tout
    assert _nu(evaluation.baremes_refuses[0]) in tout
    assert "18 500 €" in tout


def test_a_bareme_that_the_program_has_read_since_is_said_to_be_passed() -> None:
    pratique = dossier()
    vieux = BaremeAjoute("aide.toml", "aide", ("neuve",), (), ("neuve",), date(2024, 5, 2))
    tout = texte(composer_avec(pratique, replace(evaluer(pratique), baremes_ajoutes=(vieux,))))
    assert "aide.toml neuve rien 02/05/2024 (dépassé)" in tout


def _adhesions(brut: Brut) -> None:
    groupe(3)(brut)
    contrat = brut["contrats"][0]
    contrat["avenants"] = []
    contrat["adhesions"] = [
        {
            "medecin": "m2",
            "du": "2022-03-15",
            "au": "2024-03-14",
            "reference": {"date": "2021-12-31", "patientele_mt": 1010, "file_active": 1620},
        },
        {"medecin": "m3", "du": "2024-03-15", "au": None},
    ]


def test_a_group_is_that_of_the_day() -> None:
    pratique = dossier(_adhesions, beaucoup_de_releves(90, 3))
    page, *reste = pages(imprimer(pratique))
    assert "Dr Claire Lambert1 et Dr Claire Lambert3" in page
    assert "Lambert2" not in page.split("Les assistants")[0]
    tout = " ".join(reste)
    assert "adhérents ce jour Dr Claire Lambert1 et Dr Claire Lambert3" in tout
    assert (
        "adhésion Dr Claire Lambert2, du 15/03/2022 au 14/03/2024, référence de 1 010 (patientèle médecin traitant) "
        "et 1 620 (file active)" in tout
    )
    assert "adhésion Dr Claire Lambert3, depuis le 15/03/2024" in tout
    signatures = tout.rsplit("Signatures", 1)[1]
    assert "Lambert1" in signatures
    assert "Lambert2" not in signatures


def test_a_group_that_all_have_left_keeps_its_names() -> None:
    def vides(brut: Brut) -> None:
        groupe(2)(brut)
        brut["contrats"][0]["avenants"] = []
        brut["contrats"][0]["adhesions"] = [
            {"medecin": f"m{rang}", "du": "2022-03-15", "au": "2024-03-14"} for rang in (1, 2)
        ]

    page, *reste = pages(imprimer(dossier(vides)))
    assert "Dr Claire Lambert1 et Dr Claire Lambert2" in page
    assert "adhérents ce jour aucun" in " ".join(reste)


def test_more_notes_than_page_1_can_take_are_counted() -> None:
    page = pages(imprimer(dossier(_vide, _sans_objectif)))[0]
    assert re.search(r"\d autres points, voir « À vérifier »\.", page)


def test_a_practice_without_a_cpam_says_so() -> None:
    lues = pages(imprimer(dossier(lambda brut: brut["cabinet"].update(cpam=""))))
    assert "CPAM non renseignée" in lues[0]
