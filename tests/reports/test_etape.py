"""The *bilan d'étape*: two pages, on what has changed since the last exchange."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Pdf

from assistmed_desktop.cli.rapports import rediger
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.formats import jour_court, nombre
from assistmed_desktop.reports.changements import NATURES, changements
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evolution import evolution
from assistmed_desktop.rules.verdict import verdict
from assistmed_desktop.services.rapports import Demande
from tests.dix_medecins import AU as AU_DIX
from tests.dix_medecins import dix_medecins
from tests.reports.outils import (
    AU,
    MOT_SANS_FIN,
    NOM_TRES_LONG,
    Brut,
    beaucoup_de_releves,
    dossier,
    evaluer,
    groupe,
    imprimer,
    matiere,
    nu,
    pages,
    rien_hors_des_marges,
    sans_objectif,
    texte,
    vide,
)
from tests.strategies import dossiers

DEMO_AU = date(2026, 11, 15)


def etape(*retouches: Callable[[Brut], object], au: date = AU, depuis: date | None = None) -> list[str]:
    """Give the pages of a bilan d'étape on the worked example."""
    demande = Demande("etape", "c1", au, depuis)
    return pages(rediger(dossier(*retouches), demande, charger_baremes()).contenu)


def demonstration() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


# What it says


def test_page_1_says_from_when_it_counts_and_what_has_changed() -> None:
    premiere, _ = etape()
    for attendu in (
        "BILAN D’ÉTAPE",
        "Ce qui a changé depuis le 15 mars 2022",
        "Aucun échange avec la caisse n’est noté depuis le début du contrat, le 15 mars 2022.",
        "situation au 15 janvier 2025",
        "Dr Claire Lambert",
        "CPAM de la Nièvre",
        "En retard de 23 patients sur le rythme prévu",
        "de 1 010 à 1 131 patients",
        "de 1 620 à 1 790 patients",
        "alors : référence, 31/12/2021 maintenant : amelipro, 31/12/2024",
        "gain +121 gain attendu +144 écart −23 gagné par mois +4,2 requis désormais +8,8",
        "96 entrées, 14 décès, 22 départs et 5 autres sorties, soit +55, du 31/12/2021 au 31/12/2024",
        "la patientèle a varié de +121, reste inexpliqué +66",
        "du 02/05/2023 au 30/09/2023 : l’évaluation est reportée d’autant",
        "tout ce qui est noté comme dû au 15/01/2025 est reçu, hors années 2 et 3, voir le relevé des versements",
    ):
        assert attendu in premiere, attendu


def test_the_last_exchange_begins_the_period() -> None:
    def notifiee(brut: Brut) -> None:
        brut["notifications"] = [
            {"contrat": "c1", "annee_contrat": 3, "montant": 9000, "notifie_le": "2024-04-02", "reference": "N 12"}
        ]

    premiere, seconde = etape(notifiee)
    assert "Ce qui a changé depuis le 2 avril 2024" in premiere
    assert "Dernier échange noté avec la caisse le 2 avril 2024 : notification du montant de l’année 3 (N 12)." in (
        premiere
    )
    assert "Le 2 avril 2024, le contrat était : données insuffisantes" in premiere
    assert "9 000 € notifiés" not in seconde, "the exchange itself is not what has changed since"
    assert "Inès Morel : embauche" not in seconde
    assert "Rien de noté sur cette période : contrat, échanges, assistants, absences, missions, formation, aide." in (
        seconde
    )


def test_the_day_asked_for_prevails() -> None:
    premiere, seconde = etape(depuis=date(2023, 4, 30))
    assert "Depuis le 30 avril 2023, jour donné pour le dernier échange." in premiere
    assert "Contrat 02/05/2023 suspension jusqu’au 30/09/2023" in seconde
    assert "15/03/2022" not in seconde


def test_page_2_lists_what_has_changed_by_kind() -> None:
    _, seconde = etape()
    for attendu in (
        "Contrat 02/05/2023 suspension jusqu’au 30/09/2023",
        "30/09/2023 fin de la suspension commencée le 02/05/2023",
        "Assistants 15/03/2022 Inès Morel : embauche, mi-temps, 17 h 30 par semaine",
        "Absences 02/05/2023 Inès Morel : absence du 02/05/2023 au 30/09/2023, non remplacée",
        "Missions 15/03/2022 nouvelle : Prise de constantes (Inès Morel)",
        "Formation 01/09/2022 Inès Morel : inscription, CQP assistant médical",
        "20/11/2023 Inès Morel : obtention, CQP assistant médical",
        "Aide 02/05/2022 18 000 € reçus pour l’année 1",
        "Rien de noté sur cette période : échanges.",
        "31/12/2024 amelipro 1 131 1 790",
        "1 relevé sur cette période",
        "15/03/2025 Point d’étape avec la CPAM proche [2] C",
        "Reste inexpliqué : +66",
        "Références citées [1] C, Avenant n° 7",
        "Degrés : A texte légal",
        "Le médecin Dr Claire Lambert",
        "Pour la caisse CPAM de la Nièvre",
    ):
        assert attendu in seconde, attendu


def test_every_kind_of_fact_is_told_with_its_day() -> None:
    def vie(brut: Brut) -> None:
        brut["contrats"][0]["avenants"] += [
            {"type": "option", "du": "2024-02-01", "option_etp": "1", "motif": "SECRET"},
            {
                "type": "objectif",
                "du": "2024-02-02",
                "objectif": {"patientele_mt": 1200, "file_active": None, "evaluation_le": None},
                "motif": "SECRET",
            },
            {
                "type": "objectif",
                "du": "2024-02-03",
                "objectif": {"patientele_mt": None, "file_active": None, "evaluation_le": None},
                "motif": "SECRET",
            },
            {
                "type": "adresse",
                "du": "2024-02-04",
                "adresse": "SECRET",
                "code_postal": "58000",
                "commune": "Nevers",
                "departement": "58",
                "zonage": "zac",
                "motif": "SECRET",
            },
            {"type": "suspension", "du": "2024-11-01", "au": None, "motif": "SECRET"},
            {"type": "resiliation", "du": "2025-01-10", "motif": "SECRET"},
        ]
        assistant = brut["assistants"][0]
        assistant["embauches"][0]["au"] = "2024-06-30"
        assistant["embauches"].append(assistant["embauches"][0] | {"du": "2024-07-01", "au": None})
        assistant["affectations"][0]["au"] = "2024-08-31"
        assistant["affectations"].append({"contrat": "c1", "du": "2024-09-01", "au": None, "etp": "1/3"})
        assistant["absences"].append({"du": "2024-10-01", "au": None, "remplacement": True, "conges": True})
        brut["missions"][0]["au"] = "2024-03-31"
        brut["notifications"] = [
            {"contrat": "c1", "annee_contrat": 3, "montant": 9000, "notifie_le": "2024-04-02", "reference": "N 12"}
        ]
        brut["propositions"] = [
            {
                "contrat": "c1",
                "recue_le": "2024-04-03",
                "option_etp": None,
                "reference": None,
                "objectif": {"patientele_mt": None, "file_active": None, "evaluation_le": None},
                "note": "SECRET",
            }
        ]
        brut["corrections"] = [
            {
                "medecin": "m1",
                "indicateur": "patientele_mt",
                "releve_le": jour,
                "valeur_cpam": 1100,
                "valeur_demandee": 1110,
                "demandee_le": "2024-04-04",
                "repondue_le": repondue,
                "valeur_accordee": accordee,
                "note": "SECRET",
            }
            for jour, repondue, accordee in (
                ("2024-01-31", "2024-05-01", 1105),
                ("2024-02-29", "2024-05-02", None),
                ("2024-03-31", None, None),
            )
        ]
        brut["echeances_faites"] = [
            {"contrat": "c1", "code": "point_etape", "le": "2024-03-15", "faite_le": "2024-04-05", "note": "SECRET"},
            {
                "contrat": "c1",
                "code": "debut_formation",
                "le": "2024-03-15",
                "faite_le": "2024-04-06",
                "note": "SECRET",
                "assistant": "a1",
            },
        ]
        brut["versements"].append(
            {
                "contrat": "c1",
                "annee_contrat": 2,
                "echeance_le": "2024-04-15",
                "montant_du": 9450,
                "recu_le": "2024-05-02",
                "montant_recu": 9000,
                "reference": "V 2",
            }
        )

    pratique = dossier(vie)
    depuis = date(2024, 1, 1)
    faits = changements(matiere(pratique), depuis, AU)
    dits = {nu(f"{jour_court(fait.le)} {fait.texte}") for fait in faits}
    for attendu in (
        "01/02/2024 option de 1 ETP",
        "02/02/2024 nouvel objectif : patientèle médecin traitant 1 200",
        "03/02/2024 nouvel objectif : non renseigné",
        "04/02/2024 changement d'adresse du cabinet, zone d'action complémentaire (ZAC)",
        "01/11/2024 suspension, en cours",
        "10/01/2025 résiliation",
        "09/01/2025 dernier jour du contrat",
        "30/06/2024 Inès Morel : dernier jour de l'embauche (mi-temps, 17 h 30 par semaine)",
        "01/07/2024 Inès Morel : embauche, mi-temps, 17 h 30 par semaine",
        "31/08/2024 Inès Morel : 1/2 ETP, dernier jour de l'affectation au contrat",
        "01/09/2024 Inès Morel : 1/3 ETP affecté au contrat",
        "01/10/2024 Inès Morel : absence depuis le 01/10/2024, remplacée",
        "31/03/2024 terminée : Prise de constantes (Inès Morel)",
        "02/04/2024 9 000 € notifiés pour l'année 3, référence N 12",
        "03/04/2024 proposition de la caisse pour le contrat suivant",
        "04/04/2024 correction demandée, patientèle médecin traitant au 31/01/2024 : 1 110 au lieu de 1 100",
        "01/05/2024 réponse à la correction, patientèle médecin traitant au 31/01/2024 : 1 105 accordés",
        "02/05/2024 réponse à la correction, patientèle médecin traitant au 29/02/2024 : sans valeur accordée",
        "05/04/2024 fait : point d'étape avec la CPAM",
        "06/04/2024 fait : formation à commencer (Inès Morel)",
        "02/05/2024 9 000 € reçus pour l'année 2, 9 450 € dus, référence V 2",
    ):
        assert nu(attendu) in dits, attendu
    assert all(depuis <= fait.le <= AU for fait in faits)
    assert [NATURES.index(fait.nature) for fait in faits] == sorted(NATURES.index(fait.nature) for fait in faits)
    assert "SECRET" not in texte(imprimer(pratique, genre="etape"))


def test_who_enters_a_group_or_leaves_it_is_told() -> None:
    def adhesions(brut: Brut) -> None:
        brut["contrats"][0]["adhesions"] = [
            {"medecin": "m2", "du": "2022-03-15", "au": "2024-05-31"},
            {"medecin": "m3", "du": "2024-06-01", "au": None},
        ]

    _, seconde = etape(groupe(3), adhesions, depuis=date(2024, 1, 1))
    assert "31/05/2024 dernier jour de Dr Claire Lambert2 dans le groupe" in seconde
    assert "01/06/2024 Dr Claire Lambert3 entre dans le groupe" in seconde


def test_the_figures_are_those_of_the_rules() -> None:
    demo = demonstration()
    for contrat in evaluer(demo, DEMO_AU).contrats:
        reunie = matiere(demo, evaluer(demo, DEMO_AU), contrat=contrat.id, genre="etape")
        depuis = evolution(reunie.alors, reunie.contrat, reunie.mouvements)
        premiere = pages(imprimer(demo, DEMO_AU, "etape", contrat.id))[0]
        assert nu(verdict(contrat).titre) in nu(premiere)
        for sien in depuis.indicateurs:
            assert sien.apres is not None
            assert f"{nu(nombre(sien.apres.patients))} patients" in premiere
            assert f"gain {'–' if sien.gain is None else nu(nombre(sien.gain, signe=True))} " in premiere
            if sien.attendu:
                assert f"gain attendu {nu(nombre(sien.attendu, signe=True))} " in premiere


def test_movements_that_reach_out_of_the_period_are_said_so() -> None:
    def deux_releves(brut: Brut) -> None:
        modele = brut["releves"][0]
        brut["releves"].insert(0, modele | {"date": "2024-03-01", "patientele_mt": 1100, "source": "logiciel"})
        brut["releves"].insert(0, modele | {"date": "2024-09-01", "patientele_mt": 1120, "source": "cpam"})

    premiere, _ = etape(deux_releves, depuis=date(2024, 3, 2))
    assert "1 saisie déborde de cette période, 1 comptée en entier" in premiere
    premiere, _ = etape(deux_releves, depuis=date(2024, 9, 2))
    assert "1 saisie couvre cette période, mais moins de la moitié de ses jours y tombent" in premiere


def test_deaths_of_a_short_entry_are_said_to_be_elsewhere() -> None:
    def court(brut: Brut) -> None:
        brut["mouvements"][0] |= {"du": "2024-12-01", "au": "2024-12-31"}

    assert "Les décès d’une saisie de moins de trois mois sont parmi les autres sorties." in etape(court)[0]


def test_movements_without_a_reading_since_are_not_held_to_one() -> None:
    def sans_releve(brut: Brut) -> None:
        brut["releves"] = []

    premiere, seconde = etape(sans_releve)
    assert "sans relevé pour le vérifier" in premiere
    assert "valeur inconnue 1 010 patients : référence, 31/12/2021" in premiere
    assert "Aucun relevé sur cette période." in seconde


def test_an_exchange_of_late_leaves_little_to_say() -> None:
    premiere, seconde = etape(depuis=AU)
    assert "aucun relevé nouveau ne compte depuis cette date maintenant : amelipro, 31/12/2024" in premiere
    assert "aucun mouvement de la patientèle n’est saisi sur cette période" in premiere
    assert "aucun jour ouvré à pourvoir sur cette période" in premiere
    assert "le contrat était" not in premiere
    assert "Rien de noté sur cette période" in seconde


def test_a_reading_that_comes_after_the_end_is_said_to() -> None:
    def finie(brut: Brut) -> None:
        brut["contrats"][0]["avenants"].append({"type": "resiliation", "du": "2024-06-01", "motif": "X"})

    assert "maintenant : amelipro, 31/12/2024, après la fin du contrat" in etape(finie)[0]
    assert "après la fin du contrat" not in etape()[0]


def test_facts_of_another_contract_are_not_told() -> None:
    def autre(brut: Brut) -> None:
        signe = brut["contrats"][0]
        brut["contrats"].append(
            signe | {"id": "c2", "signe_le": "2027-03-01", "debut_le": "2027-03-15", "avenants": [], "objectif": None}
        )
        brut["assistants"][0]["affectations"].append({"contrat": "c2", "du": "2024-02-03", "au": None, "etp": "1/3"})
        brut["versements"].append(brut["versements"][0] | {"contrat": "c2", "recu_le": None, "montant_recu": None})

    faits = changements(matiere(dossier(autre)), date(2022, 3, 15), AU)
    assert not any(fait.le == date(2024, 2, 3) for fait in faits)
    assert sum(fait.nature == "Aide" for fait in faits) == 1


# What it leaves out


def test_what_has_no_room_is_counted_with_where_to_read_it() -> None:
    def missions(brut: Brut) -> None:
        brut["missions"] = [brut["missions"][0] | {"tache": f"Tâche {rang}"} for rang in range(40)]

    premiere, seconde = etape(missions, beaucoup_de_releves(300))
    assert "Relevés depuis le 15 mars 2022" in seconde
    assert "300 relevés sur cette période" in seconde
    assert " plus anciens, au bilan annuel et dans les données jointes." in seconde
    assert " changements de mission" in seconde
    montrees = sum(f"Tâche {rang} " in seconde for rang in range(40))
    assert 0 < montrees < 40
    assert f"{40 - montrees} changements de mission" in seconde
    dernier = dossier(beaucoup_de_releves(300)).releves[-1]
    assert f"{jour_court(dernier.date)} CPAM" in seconde, "the last readings are those that stay"
    assert premiere


def test_a_large_group_signs_at_one_place() -> None:
    premiere, seconde = etape(groupe(10))
    assert "Pour les médecins du groupe 10 médecins" in seconde
    assert "autres médecins" in premiere
    assert "Le médecin Dr Claire Lambert3" in etape(groupe(3))[1]


# Two pages, always


def _longs(brut: Brut) -> None:
    brut["cabinet"] |= {"nom": NOM_TRES_LONG[:200], "commune": MOT_SANS_FIN, "cpam": MOT_SANS_FIN}
    brut["missions"] = [brut["missions"][0] | {"tache": f"{rang} {MOT_SANS_FIN}"} for rang in range(30)]
    brut["versements"][0]["reference"] = MOT_SANS_FIN
    brut["medecins"][0] |= {"prenom": NOM_TRES_LONG[:140]}


@pytest.mark.parametrize(
    "retouches",
    [
        (),
        (vide, sans_objectif),
        (beaucoup_de_releves(300),),
        (_longs,),
        (groupe(3, NOM_TRES_LONG[:190]), _longs),
        (groupe(10, NOM_TRES_LONG[:190]), beaucoup_de_releves(240, 10), _longs),
    ],
)
@pytest.mark.parametrize("au", [date(2021, 1, 1), AU, date(2045, 1, 1)])
def test_it_has_two_pages_and_nothing_leaves_the_margins(
    retouches: tuple[Callable[[Brut], None], ...], au: date
) -> None:
    pdf = imprimer(dossier(*retouches), au, "etape")
    premiere, seconde = pages(pdf)
    assert "Ce qui l’explique" in premiere
    assert "Signatures" in seconde
    rien_hors_des_marges(pdf)


def test_ten_doctors_over_twenty_years_have_two_pages_each() -> None:
    dix = dix_medecins()
    for contrat in dix.contrats[::7]:
        assert len(pages(imprimer(dix, AU_DIX, "etape", contrat.id))) == 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dossiers(), st.dates(date(1990, 1, 1), date(2062, 1, 1)), st.none() | st.integers(-500, 9000))
def test_any_valid_practice_on_any_day_has_two_pages(pratique: Dossier, au: date, avant: int | None) -> None:
    depuis = None if avant is None else au - timedelta(days=avant)
    for contrat in pratique.contrats:
        demande = Demande("etape", contrat.id, au, depuis)
        pdf = rediger(pratique, demande, charger_baremes()).contenu
        assert len(pages(pdf)) == 2
        rien_hors_des_marges(pdf)


# The file


def test_asked_again_of_its_extract_it_is_the_same() -> None:
    demo = demonstration()
    for contrat in demo.contrats:
        demande = Demande("etape", contrat.id, DEMO_AU, date(2026, 2, 1))
        premier = rediger(demo, demande, charger_baremes()).contenu
        with Pdf.open(BytesIO(premier)) as pdf:
            joint = pdf.attachments["dossier.json"].get_file().read_bytes()
        assert rediger(lire_dossier(joint), demande, charger_baremes()).contenu == premier
        assert json.loads(joint)["contrats"][0]["id"] == contrat.id


def test_the_chart_says_which_days_it_sets_off() -> None:
    with Pdf.open(BytesIO(imprimer(dossier(), genre="etape"))) as pdf:
        alternatifs = [str(objet.Alt) for objet in pdf.objects if "/Alt" in getattr(objet, "keys", list)()]
    assert len(alternatifs) == 2
    assert all("Mis en valeur" in dit for dit in alternatifs)


def test_the_days_staffed_are_the_working_days_of_the_review() -> None:
    (premiere, _), (page, *_) = etape(), pages(imprimer(dossier(), AU))
    trouves = [re.search(r"Poste pourvu (\d+ jours ouvrés sur \d+ \(\d+ %)", lue) for lue in (premiere, page)]
    assert all(trouves)
    assert len({trouve[1] for trouve in trouves if trouve}) == 1


def test_the_pace_gained_is_told_from_that_of_the_forecast() -> None:
    premiere, _ = etape()
    assert "Gagné : d’alors à maintenant, hors suspension." in premiere
    assert "À ce rythme » et « prévu »" not in premiere, "four readings are wanted to foresee"
    suivi, _ = etape(beaucoup_de_releves(40))
    assert "« À ce rythme » et « prévu » : la tendance de tous les relevés, non le dernier seul." in suivi


def test_the_outline_leads_to_each_heading() -> None:
    document = pypdfium2.PdfDocument(imprimer(dossier(), AU, "etape"))
    titres = [(signet.level, nu(signet.get_title())) for signet in document.get_toc()]
    document.close()
    assert titres[:4] == [
        (0, "Ce qui a changé depuis le 15 mars 2022"),
        (1, "Patientèle médecin traitant"),
        (1, "File active"),
        (0, "Ce qui l’explique"),
    ]


def test_a_date_that_the_contract_bears_was_entered_not_read_again() -> None:
    _, seconde = etape()
    assert "A, Contrat signé, date inscrite au contrat, saisie dans le dossier. Degrés" in seconde
