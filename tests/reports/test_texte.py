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
    assert "3 15/03/2024 inconnu non publié – reportez le chiffre de votre contrat" in lignes


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
    assert "au 31 décembre 2021 (degré C, à vérifier)." in dit


def test_reasons_from_an_official_page_are_not() -> None:
    def secteur(valeurs: Brut) -> None:
        valeurs["medecins"][0]["secteur"] = "3"

    dit = " ".join(affiche(secteur))
    assert "il faut le secteur 1, ou le secteur 2 avec Optam ou Optam-CO." in dit
    assert "Optam-CO (degré" not in dit


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


def suite(lignes: list[str], titre: str) -> list[str]:
    """Give the lines of a section, from its heading to the next blank line."""
    debut = lignes.index(titre)
    return lignes[debut + 1 : lignes.index("", debut)]


def table(lignes: list[str], titre: str) -> list[str]:
    """Give the rows of a table, below its header and its rule."""
    debut = next(n for n in range(lignes.index(titre), len(lignes)) if lignes[n].startswith("──"))
    return lignes[debut + 1 : lignes.index("", debut)]


def sans_versement(valeurs: Brut) -> None:
    valeurs |= {"versements": [], "releves": []}
    valeurs["assistants"][0]["couts"] = [
        {"du": "2022-03-15", "au": None, "brut_mensuel": 1000, "charges_mensuelles": 0}
    ]


def test_without_a_payment_entered_nothing_is_said_to_have_come() -> None:
    lignes = affiche(sans_versement, complet=True)

    assert table(lignes, "Aide due et reçue") == [
        "1 18 000 € fixe – non saisi –",
        "2 13 500 € fixe – non saisi –",
        "3 10 500 € au plus – non saisi –",
        "4 11 000 € au plus – – –",
        "5 11 000 € au plus – – –",
    ]
    assert "Aide reçue : aucun versement saisi." in lignes
    # 34 months from 15 March 2022 to 14 January 2025, and one day of the 31 of January.
    assert "Coût de l'assistant à ce jour : 34 032,26 € ; aide reçue : aucun versement saisi." in lignes
    # Hired on 15 March 2022: 70 % of the first year within 15 days.
    attendu = "• Le versement de l'année 1 attendu le 30/03/2022 n'est pas noté comme reçu."
    assert attendu in lignes
    assert attendu in affiche(sans_versement)


def test_an_aid_of_which_nothing_is_known_is_unknown_and_never_at_least_nothing() -> None:
    def option(valeurs: Brut) -> None:
        sans_releve(valeurs)
        valeurs["contrats"][0]["option_etp"] = "2"

    lignes = affiche(option, complet=True)
    assert table(lignes, "Sur toute la durée du contrat") == [
        "À ce rythme inconnue –",
        "Objectif atteint inconnue –",
        "Sans plus aucun gain inconnue –",
    ]
    assert not [ligne for ligne in lignes if "au moins 0" in ligne or "hypothèse linéaire" in ligne]


def test_both_tables_of_the_aid_agree_on_the_years_of_a_contract_that_ended() -> None:
    def resilie(valeurs: Brut) -> None:
        sans_releve(valeurs)
        valeurs["contrats"][0]["avenants"] = [{"type": "resiliation", "du": "2024-06-01", "motif": ""}]

    lignes = affiche(resilie, complet=True)
    dit = " ".join(lignes)
    assert "3 15/03/2024 inconnu le contrat finit dans cette année, part due non publiée (10 500 € au plus pour" in dit
    assert "4 15/03/2025 – après la fin du contrat" in lignes
    assert table(lignes, "Aide due et reçue")[2:4] == [
        "3 inconnu fin en cours d'année – non saisi –",
        "4 – contrat fini – – –",
    ]


def test_the_first_two_years_are_paid_whatever_the_progress() -> None:
    dite = "Le montant de chacune des années 1 et 2 est versé quel que soit l'avancement (degré C, à vérifier)."

    assert dite in affiche(sans_releve)

    def courte(valeurs: Brut) -> None:
        valeurs["contrats"][0]["avenants"] = [{"type": "resiliation", "du": "2023-06-01", "motif": ""}]

    dite = "Le montant de l'année 1 est versé quel que soit l'avancement (degré C, à vérifier)."
    assert dite in affiche(courte)


def test_what_counts_for_the_contract_is_to_be_checked() -> None:
    assert "Compte pour le contrat oui (degré C, à vérifier) oui (degré C, à vérifier)" in affiche(sans_releve)


def test_the_staffing_table_tells_of_allocations_and_sends_to_the_days_present() -> None:
    def peu(valeurs: Brut) -> None:
        valeurs["assistants"][0]["affectations"][0]["etp"] = "1/3"

    assert "depuis le 15/03/2022 1/2 ETP 1/2 ETP ETP affecté suffisant" in affiche(sans_releve)
    lignes = affiche(peu)
    assert "depuis le 15/03/2022 1/3 ETP 1/2 ETP ETP affecté insuffisant" in lignes
    assert "Les absences sont comptées à part : « Présence des assistants » (option --complet)." in lignes
    assert "Les absences sont comptées à part : « Présence des assistants »." in affiche(peu, complet=True)


def test_a_contract_with_no_deadline_left_says_so_without_a_table() -> None:
    def resilie(valeurs: Brut) -> None:
        valeurs |= {"assistants": [], "missions": [], "versements": []}
        valeurs["contrats"][0]["avenants"] = [{"type": "resiliation", "du": "2022-06-01", "motif": ""}]
        valeurs["contrats"][0]["signe_le"] = "2018-01-01"

    lignes = affiche(resilie)
    assert suite(lignes, "Échéances") == ["Aucune échéance à venir."]
    assert not [ligne for ligne in lignes if ligne.startswith("Date Quoi")]


def test_an_evaluation_date_typed_from_the_contract_is_not_a_rule_to_be_checked() -> None:
    def par_defaut(valeurs: Brut) -> None:
        valeurs["contrats"][0]["objectif"]["evaluation_le"] = None

    def ligne(lignes: list[str]) -> str:
        return next(lue for lue in lignes if "Évaluation de l'objectif" in lue)

    assert ligne(affiche(lambda _: None)).endswith("votre contrat")
    assert ligne(affiche(par_defaut)).endswith("degré C, à vérifier")


def longue_absence(valeurs: Brut) -> None:
    valeurs["assistants"][0]["absences"] = [{"du": "2024-06-03", "au": None, "remplacement": False}]
    valeurs["contrats"][0]["avenants"] = []


def test_a_long_absence_is_told_once() -> None:
    for complet in (False, True):
        dit = " ".join(affiche(longue_absence, complet=complet))
        assert dit.count("absence sans remplacement depuis le 03/06/2024") == 1
        assert "absence de plus de 3 mois" not in dit
        # The days not covered: in the section where there is one, in the list where there is none.
        assert (dit.count("sans tout l'ETP financé"), "jours ouvrés couverts sur" in dit) == (not complet, complet)


def test_the_sentences_of_the_staffing_and_of_the_end_carry_the_grade_of_their_rule() -> None:
    lignes = affiche(longue_absence, complet=True)

    presence, fin = (" ".join(suite(lignes, titre)) for titre in ("Présence des assistants", "Fin du contrat"))
    assert "les heures comptées sur le temps plein du texte (degré C, à vérifier)." in presence
    assert "un second avenant est nécessaire (degré B)." in presence
    assert "Préavis, seulement si vous ne souhaitez pas poursuivre : lettre recommandée" in fin
    assert "au plus tard le 14/01/2027 (degré C, à vérifier)." in fin
    assert "à vérifier) (degré" not in " ".join(lignes)


def test_the_notice_is_told_as_it_stands() -> None:
    def part(lettre: str | None) -> Callable[[Brut], None]:
        def resilie(valeurs: Brut) -> None:
            fin = {"type": "resiliation", "du": "2025-06-01", "motif": "", "cause": "medecin", "notifie_le": lettre}
            valeurs["contrats"][0]["avenants"] = [fin]

        return resilie

    def dit(lettre: str | None) -> str:
        return " ".join(suite(affiche(part(lettre), complet=True), "Fin du contrat"))

    # It ends on 31 May 2025: the letter leaves by 31 March.
    assert "• Préavis : lettre recommandée au plus tard le 31/03/2025 (degré C, à vérifier)." in dit(None)
    envoyee = "lettre envoyée le 10/01/2025, dans le délai du préavis, le 31/03/2025 (degré C, à vérifier)."
    assert envoyee in dit("2025-01-10")
    tard = affiche(part("2025-04-10"), date(2025, 4, 15), complet=True)
    assert "10/04/2025, après le dernier jour du préavis" in " ".join(suite(tard, "Fin du contrat"))


def test_what_nobody_has_published_carries_no_grade() -> None:
    def resilie(valeurs: Brut) -> None:
        valeurs["contrats"][0]["avenants"] = [
            {"type": "resiliation", "du": "2025-06-01", "motif": "", "cause": "autre", "notifie_le": None}
        ]

    assert suite(affiche(resilie, complet=True), "Fin du contrat")[-1].endswith("n'est pas publié.")


def test_a_published_figure_tells_its_author_and_its_grade() -> None:
    dit = " ".join(affiche(lambda _: None, complet=True))

    assert "Assurance maladie, mai 2022 (degré" in dit
    assert "ministère de la santé, décembre 2022" in dit


def test_the_group_comes_first_in_the_whole_analysis() -> None:
    def groupe(valeurs: Brut) -> None:
        collectif(valeurs)
        valeurs["contrats"][0]["structure"] = "scm"
        valeurs["versements"] = []
        valeurs["releves"] = [
            {"medecin": "m1", "date": "2026-03-31", "patientele_mt": 770, "file_active": 1600, "source": "amelipro",
             "note": ""}
        ]  # fmt: skip

    lignes = affiche(groupe, date(2026, 4, 1), complet=True)
    titres = [lignes.index(titre) for titre in ("Échéances", "Groupe", "File active")]
    assert titres == sorted(titres)
    assert "Groupe" not in affiche(groupe, date(2026, 4, 1))
    nom = next(ligne for ligne in suite(lignes, "Groupe") if ligne.startswith("• Dr "))
    assert "patientèle médecin traitant 770 (amelipro, 31/03/2026)" in " ".join(suite(lignes, "Groupe")), nom
    # 770 is under 775: told by the section, and no more by the list of what is to be checked.
    assert " ".join(lignes).count("sous le minimum de 775 (degré C, à vérifier)") == 1
    assert "pour un minimum de 775." not in " ".join(lignes[lignes.index("À vérifier") :])
