"""The review of what is out of the ordinary: notified, ended, added, in a group."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistmed_desktop.cli.rapports import rediger
from assistmed_desktop.formats import jour_court
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import (
    NON_PUBLIE,
    BaremeAjoute,
    Eligibilite,
    Motif,
)
from assistmed_desktop.services.rapports import Demande
from tests.reports.outils import (
    AU,
    Brut,
    beaucoup_de_releves,
    composer_avec,
    dossier,
    evaluer,
    groupe,
    imprimer,
    nu,
    pages,
    sans_objectif,
    texte,
    vide,
)
from tests.rules.test_baremes_ajoutes import ajoutes, changee


def _notification(annee: int, montant: int, le: str) -> dict[str, object]:
    return {"contrat": "c1", "annee_contrat": annee, "montant": montant, "notifie_le": le, "reference": "Courrier"}


def test_a_notified_amount_takes_the_place_of_the_maximum_and_of_the_hypothesis() -> None:
    def notifie(brut: Brut) -> None:
        brut["notifications"] = [_notification(3, 9300, "2025-01-10"), _notification(2, 13500, "2023-04-02")]

    (page, *reste) = pages(imprimer(dossier(notifie)))
    tout = " ".join(reste)
    assert (
        "année 3 (depuis le 15/03/2024) : 9 300 €, notifiés le 10/01/2025 (calcul 14) ; aucun versement saisi" in page
    )
    assert "notifié 9 300 €" in tout
    assert "(année 2, le 02/04/2023 ; année 3, le 10/01/2025) prévaut sur celui du barème" in tout
    assert tout.count("hypothèse linéaire, non vérifiée :") == 2, "of year 3 nothing is left to suppose"
    assert "Montant notifié par la CPAM le 10/01/2025, Courrier 9 300 €" in tout


def test_the_year_notified_last_stays_on_page_1_beside_the_one_that_runs() -> None:
    page = pages(imprimer(dossier(lambda b: b.update(notifications=[_notification(2, 13500, "2023-04-02")]))))[0]
    assert (
        "année 2 (depuis le 15/03/2023) : 13 500 €, notifiés le 02/04/2023 (calcul 13) ; aucun versement saisi" in page
    )
    assert "année 3 (depuis le 15/03/2024) : 10 500 € au plus ([2] B, calcul 14) ; aucun versement saisi" in page


def test_a_payment_entered_that_has_not_come_is_not_a_payment_nobody_entered() -> None:
    def attendu(brut: Brut) -> None:
        brut["versements"].append(
            {"contrat": "c1", "annee_contrat": 3, "echeance_le": "2024-12-15", "montant_du": 5250, "recu_le": None,
             "montant_recu": None, "reference": ""}
        )  # fmt: skip

    page = pages(imprimer(dossier(attendu)))[0]
    assert "année 3 (depuis le 15/03/2024) : 10 500 € au plus ([2] B, calcul 14) ; rien de reçu à ce jour" in page


def test_what_has_come_for_the_year_is_summed() -> None:
    page = pages(imprimer(dossier(), date(2022, 6, 1)))[0]
    assert "année 1 (depuis le 15/03/2022) : 18 000 € ([2] B, calcul 9) ; 18 000 € reçus" in page


def test_an_amount_nobody_has_published_is_said_on_page_1() -> None:
    def deux_etp(brut: Brut) -> None:
        brut["contrats"][0] |= {"texte": "convention_2024", "option_etp": "2", "signe_le": "2024-07-01"}
        brut["contrats"][0] |= {"debut_le": "2024-07-15", "avenants": []}

    page = pages(imprimer(dossier(vide, sans_objectif, deux_etp)))[0]
    assert f"année 1 (depuis le 15/07/2024) : {nu(NON_PUBLIE)}" in page


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
    assert nu(contrat.patientele_mt.creux) in page
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
    assert nu(evaluation.baremes_refuses[0]) in tout
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
    page = pages(imprimer(dossier(vide, sans_objectif)))[0]
    assert re.search(r"\d autres points, voir « À vérifier »\.", page)


def test_a_practice_without_a_cpam_says_so() -> None:
    lues = pages(imprimer(dossier(lambda brut: brut["cabinet"].update(cpam=""))))
    assert "CPAM non renseignée" in lues[0]
