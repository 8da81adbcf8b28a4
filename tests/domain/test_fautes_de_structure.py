"""What each value must be, and the French sentence that says so."""

import pytest
from jsonschema import Draft202012Validator

from assistmed_desktop.domain.cabinet import cle_de_luhn_exacte
from assistmed_desktop.domain.dossier import schema_json
from tests.domain.outils import avec, complet, exemple, fautes, sans

DATE = 'une date entre guillemets est attendue, par exemple "2022-03-15"'
ENTIER = "un nombre entier est attendu, sans guillemets ni décimale"
BOOLEEN = "true ou false est attendu, sans guillemets"
OBJET = "un objet entre accolades est attendu"
LISTE = "une liste entre crochets est attendue"
TEXTE = "un texte entre guillemets est attendu"
EUROS = "un montant en euros est attendu, sans guillemets, par exemple 18000"
ETP = 'un ETP s\'écrit entre guillemets, par exemple "1/2"'
ID = "un identifiant s'écrit avec des lettres sans accent, des chiffres, _ . ou -"
NEGATIF = "ce nombre ne peut pas être plus petit que 0"
RPPS_FORME = "un numéro RPPS a onze chiffres"
CODE_POSTAL = "un code postal a cinq chiffres"
DEPARTEMENT = "un département s'écrit 58, 2A ou 974"
NUMERO_AM = "un numéro d'assurance maladie a huit ou neuf chiffres"
SPECIALITE = "une spécialité s'écrit en minuscules sans accent, par exemple medecine_generale"
VIDE = "ce texte ne peut pas être vide"
INVISIBLE = "ce texte contient un caractère invisible interdit"
MOIS = "un mois s'écrit 2024-11"
CLE_DU_RPPS = "la clé du numéro RPPS {} est fausse : relisez ses onze chiffres"

ETP_PLACE = "assistants[0].affectations[0].etp"
HEURES_PLACE = "assistants[0].embauches[0].heures_hebdo"
DU = "versements[0].montant_du"

SCHEMA = Draft202012Validator(schema_json(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _pas_une_date(valeur: str) -> str:
    return f"« {valeur} » n'est pas une date de la forme 2022-03-15"


def _pas_un_etp(valeur: str) -> str:
    return f"« {valeur} » n'est pas un ETP : écrivez une fraction comme 1/3, 1/2, 1 ou 3/2"


REFUS: list[tuple[str, object, str]] = [
    # the head of the file
    ("format", "dossier", "valeur inconnue ; attendu : assistmed-dossier"),
    ("version", 2, "valeur inconnue ; attendu : 1"),
    ("version", "1", ENTIER),
    ("version", True, ENTIER),
    ("version", 1.0, ENTIER),
    # objects and lists
    ("cabinet", None, OBJET),
    ("cabinet", [], OBJET),
    ("contrats[0]", "c1", OBJET),
    ("contrats[0]", None, OBJET),
    ("contrats[0].avenants[0]", 3, OBJET),
    ("contrats[0].objectif", [], OBJET),
    ("medecins", {}, LISTE),
    ("medecins", None, LISTE),
    ("contrats[0].avenants", "aucun", LISTE),
    ("contrats[1].medecins", "m1", LISTE),
    ("contrats[1].medecins", [], "un contrat collectif lie au moins un médecin"),
    # kinds of objects
    (
        "contrats[0].texte",
        "avenant_8",
        "valeur inconnue ; attendu : avenant_7, reglement_arbitral_2023, convention_2024 ou collectif_2026",
    ),
    (
        "contrats[0].texte",
        None,
        "valeur inconnue ; attendu : avenant_7, reglement_arbitral_2023, convention_2024 ou collectif_2026",
    ),
    (
        "contrats[0].avenants[0].type",
        {"de": "suspension"},
        "valeur inconnue ; attendu : suspension, option, objectif, adresse ou resiliation",
    ),
    # closed lists of words
    ("cabinet.zonage", "ZIP", "valeur inconnue ; attendu : zip, zac ou hors_zone"),
    (
        "cabinet.exercice_coordonne",
        "maison",
        "valeur inconnue ; attendu : msp, esp, ess, cpts, centre, engagement ou aucun",
    ),
    ("medecins[0].secteur", 1, "valeur inconnue ; attendu : 1, 2_optam, 2_optam_co, 2 ou 3"),
    ("contrats[0].tranche", "P95", "valeur inconnue ; attendu : P30-P50, P50-P70, P70-P90, P90-P95 ou P95+"),
    ("releves[0].source", "doctolib", "valeur inconnue ; attendu : cpam, amelipro, logiciel ou estimation"),
    ("assistants[0].formation.voie", "du", "valeur inconnue ; attendu : cqp ou fae"),
    (
        "assistants[0].embauches[0].role",
        "trois_quarts",
        "valeur inconnue ; attendu : tiers_temps, mi_temps ou temps_plein",
    ),
    # texts
    ("cabinet.nom", 3, TEXTE),
    ("cabinet.nom", "", VIDE),
    ("cabinet.nom", "\u00a0 ", VIDE),
    ("medecins[0].nom", "a" * 201, "ce texte dépasse 200 caractères"),
    ("cabinet.adresse", "a" * 201, "ce texte dépasse 200 caractères"),
    ("medecins[0].id", "a" * 65, "ce texte dépasse 64 caractères"),
    ("releves[0].note", "a" * 2001, "ce texte dépasse 2000 caractères"),
    ("releves[0].note", "a\x00b", INVISIBLE),
    ("missions[0].tache", "a\x1bb", INVISIBLE),
    ("cabinet.code_postal", "5812", CODE_POSTAL),
    ("cabinet.code_postal", "58120\n", CODE_POSTAL),
    ("cabinet.code_postal", "٥٨١٢٠", CODE_POSTAL),
    ("cabinet.departement", "2C", DEPARTEMENT),
    ("cabinet.departement", "5", DEPARTEMENT),
    ("medecins[0].numero_am", "58-1001234", NUMERO_AM),
    ("medecins[0].specialite", "Pédiatrie", SPECIALITE),
    ("medecins[0].specialite", "", SPECIALITE),
    ("medecins[0].specialite", "a" * 65, "ce texte dépasse 64 caractères"),
    ("medecins[0].id", "é", ID),
    ("medecins[0].id", "m 1", ID),
    ("medecins[0].id", "", VIDE),
    ("contrats[1].medecins[1]", "m/2", ID),
    # RPPS
    ("medecins[0].rpps", 10003456786, TEXTE),
    ("medecins[0].rpps", "1000345678", RPPS_FORME),
    ("medecins[0].rpps", "1000345678A", RPPS_FORME),
    ("medecins[0].rpps", "١٠٠٠٣٤٥٦٧٨٦", RPPS_FORME),
    ("medecins[0].rpps", "1000345678²", RPPS_FORME),
    ("medecins[0].rpps", "10003456787", CLE_DU_RPPS.format("10003456787")),
    ("medecins[0].rpps", "10003465786", CLE_DU_RPPS.format("10003465786")),
    # dates
    ("releves[0].date", 20241231, DATE),
    ("releves[0].date", "31/12/2024", _pas_une_date("31/12/2024")),
    ("releves[0].date", "2024-12-31T00:00", _pas_une_date("2024-12-31T00:00")),
    ("releves[0].date", "20241231", _pas_une_date("20241231")),
    ("releves[0].date", "2024-12-31\n", _pas_une_date("2024-12-31\N{REPLACEMENT CHARACTER}")),
    ("releves[0].date", "x" * 41, _pas_une_date("x" * 39 + "…")),
    ("releves[0].date", "x" * 40, _pas_une_date("x" * 40)),
    ("releves[0].date", "2023-02-29", "la date 2023-02-29 n'existe pas dans le calendrier"),
    ("releves[0].date", "0000-01-01", "la date 0000-01-01 n'existe pas dans le calendrier"),
    ("releves[0].date", "1949-12-31", "la date 1949-12-31 est hors des années 1950 à 2150 : vérifiez l'année"),
    ("releves[0].date", "2151-01-01", "la date 2151-01-01 est hors des années 1950 à 2150 : vérifiez l'année"),
    ("activite[0].mois", "2024-13", MOIS),
    ("activite[0].mois", "2024-00", MOIS),
    ("activite[0].mois", "11/2024", MOIS),
    ("activite[0].mois", "1949-12", MOIS),
    ("activite[0].mois", 202411, TEXTE),
    # ETP
    (ETP_PLACE, 0.5, ETP),
    (ETP_PLACE, 1, ETP),
    (ETP_PLACE, "0,5", _pas_un_etp("0,5")),
    (ETP_PLACE, "0.5", _pas_un_etp("0.5")),
    (ETP_PLACE, "0", _pas_un_etp("0")),
    (ETP_PLACE, "1/0", _pas_un_etp("1/0")),
    (ETP_PLACE, "-1/2", _pas_un_etp("-1/2")),
    (ETP_PLACE, " 1/2", _pas_un_etp(" 1/2")),
    (ETP_PLACE, "01/2", _pas_un_etp("01/2")),
    (ETP_PLACE, "2/4", "« 2/4 » se simplifie : écrivez 1/2"),
    (ETP_PLACE, "2/1", "« 2/1 » se simplifie : écrivez 2"),
    (ETP_PLACE, "201", "un ETP est plus grand que 0 et au plus 200"),
    ("contrats[0].option_etp", "2/3", "l'option d'un contrat individuel est 1/3, 1/2, 1, 3/2 ou 2"),
    ("contrats[0].option_etp", "1/4", "l'option d'un contrat individuel est 1/3, 1/2, 1, 3/2 ou 2"),
    ("contrats[0].option_etp", "2/4", "« 2/4 » se simplifie : écrivez 1/2"),
    # euros
    (DU, "18000", EUROS),
    (DU, True, EUROS),
    (DU, [], EUROS),
    (DU, 18000.005, "un montant en euros a au plus deux décimales"),
    (DU, 1e-10, "un montant en euros a au plus deux décimales"),
    (DU, -0.01, NEGATIF),
    (DU, 10_000_000.01, "ce montant dépasse ce qu'un contrat peut verser"),
    (DU, 10**40, "ce montant dépasse ce qu'un contrat peut verser"),
    # counts and hours
    ("releves[0].file_active", "1790", ENTIER),
    ("releves[0].file_active", 1790.5, ENTIER),
    ("releves[0].file_active", 1790.0, ENTIER),
    ("releves[0].file_active", True, ENTIER),
    ("releves[0].file_active", -1, NEGATIF),
    ("releves[0].file_active", 1_000_001, "ce nombre ne peut pas dépasser 1000000"),
    ("releves[0].file_active", 10**40, "ce nombre ne peut pas dépasser 1000000"),
    ("version", 10**40, "ce nombre est trop grand"),
    ("contrats[0].duree_ans", 0, "ce nombre ne peut pas être plus petit que 1"),
    ("contrats[0].duree_ans", 11, "ce nombre ne peut pas dépasser 10"),
    ("activite[0].jours_travailles", 32, "ce nombre ne peut pas dépasser 31"),
    ("missions[0].minutes_semaine", 10_081, "ce nombre ne peut pas dépasser 10080"),
    ("missions[0].minutes_medecin_liberees", 10_081, "ce nombre ne peut pas dépasser 10080"),
    ("missions[0].minutes_medecin_liberees", -1, NEGATIF),
    ("versements[0].annee_contrat", 0, "ce nombre ne peut pas être plus petit que 1"),
    ("versements[0].annee_contrat", 11, "ce nombre ne peut pas dépasser 10"),
    (HEURES_PLACE, "17.5", "un nombre est attendu, sans guillemets"),
    (HEURES_PLACE, 0, "ce nombre doit être plus grand que 0"),
    (HEURES_PLACE, 168.5, "ce nombre ne peut pas dépasser 168"),
    # what may be left out
    ("corrections", None, LISTE),
    ("contrats[1].adhesions", None, LISTE),
    ("contrats[1].gains_anterieurs", [], OBJET),
    ("contrats[1].gains_anterieurs.file_active", None, ENTIER),
    ("contrats[1].structure", "SISA", "valeur inconnue ; attendu : scp, scm, sisa ou sel"),
    ("contrats[0].derogation", "", "valeur inconnue ; attendu : rqth ou moins_de_16_ans"),
    (
        "contrats[1].avenants[0].cause",
        "retraite",
        "valeur inconnue ; attendu : medecin, cpam, demenagement, specialite, contrat_collectif ou autre",
    ),
    ("contrats[1].avenants[0].notifie_le", "octobre", _pas_une_date("octobre")),
    ("assistants[0].couts[0].brut_mensuel", "1050", EUROS),
    ("assistants[0].couts[0].charges_mensuelles", -1, NEGATIF),
    ("assistants[0].couts[0].charges_mensuelles", None, EUROS),
    ("corrections[0].indicateur", "pmt", "valeur inconnue ; attendu : patientele_mt ou file_active"),
    ("corrections[0].valeur_accordee", -1, NEGATIF),
    ("notifications[0].montant", None, EUROS),
    ("notifications[0].annee_contrat", 0, "ce nombre ne peut pas être plus petit que 1"),
    ("notifications[0].reference", "N°\n3", INVISIBLE),
    (
        "echeances_faites[0].code",
        "retraite",
        (
            "valeur inconnue ; attendu : contrat_travail_cpam, debut_formation, qualification, point_etape, "
            "evaluation, fin_contrat, preavis, exercice_coordonne, remplacement_secretaire, conservation ou versement"
        ),
    ),
    ("echeances_faites[1].assistant", "", VIDE),
    ("observations[0].minutes_medecin_liberees", 1441, "ce nombre ne peut pas dépasser 1440"),
    ("observations[0].minutes_medecin_liberees", None, ENTIER),
    ("propositions[0].option_etp", "0,5", _pas_un_etp("0,5")),
    ("propositions[0].objectif", None, OBJET),
    # true or false
    ("assistants[0].absences[0].conges", None, BOOLEEN),
    ("assistants[0].absences[0].conges", "oui", BOOLEEN),
    ("cabinet.exercice_regroupe", "true", BOOLEEN),
    ("cabinet.exercice_regroupe", 1, BOOLEEN),
    ("assistants[0].absences[0].remplacement", None, BOOLEEN),
]


@pytest.mark.parametrize(("chemin", "valeur", "message"), REFUS, ids=lambda valeur: repr(valeur)[:40])
def test_a_refused_value_has_its_path_and_its_sentence(chemin: str, valeur: object, message: str) -> None:
    assert fautes(avec(complet(), chemin, valeur)) == [f"{chemin} : {message}"]


ACCEPTEES: list[tuple[str, object]] = [
    ("cabinet.adresse", ""),
    ("cabinet.nom", "Cabinet « Saint-Romain » & Cie <Œuvre>"),
    ("releves[0].note", "deux\nlignes\tet une tabulation"),
    ("cabinet.adresse", "12 place Saint-Romain\nBâtiment B"),
    ("cabinet.departement", "2B"),
    ("cabinet.departement", "974"),
    ("medecins[0].numero_am", ""),
    ("medecins[0].numero_am", "58100123"),
    ("medecins[0].specialite", "chirurgie_orthopedique_2"),
    ("releves[0].date", "2024-02-29"),
    ("releves[0].date", "1950-01-01"),
    ("releves[0].date", "2150-12-31"),
    ("releves[0].file_active", 0),
    ("releves[0].file_active", 1_000_000),
    ("activite[0].mois", "1950-01"),
    ("activite[0].mois", "2150-12"),
    ("activite[0].jours_travailles", 0),
    (ETP_PLACE, "3/4"),
    (ETP_PLACE, "200"),
    ("contrats[1].option_etp", "7/3"),
    *(("contrats[0].option_etp", option) for option in ("1/3", "1/2", "1", "3/2", "2")),
    ("contrats[1].medecins", ["m1"]),
    ("cabinet.adresse", "é" * 200),
    ("cabinet.nom", "é" * 200),
    ("cabinet.nom", "é"),
    ("releves[0].note", "é" * 2000),
    ("medecins[0].specialite", "a" * 64),
    ("missions[0].minutes_semaine", 0),
    ("observations[0].minutes_medecin_liberees", 0),
    ("observations[0].minutes_medecin_liberees", 1440),
    ("propositions[0].option_etp", "9/2"),
    ("notifications[0].montant", 0),
    ("contrats[1].structure", "sel"),
    ("echeances_faites[0].code", "versement"),
    ("missions[0].minutes_semaine", 10_080),
    ("missions[0].minutes_medecin_liberees", 0),
    ("missions[0].minutes_medecin_liberees", 10_080),
    (HEURES_PLACE, 35),
    (HEURES_PLACE, 168),
    (HEURES_PLACE, 0.25),
    (DU, 0),
    (DU, 18000.5),
    (DU, 0.29),
    (DU, 10_000_000),
    (DU, 18000.0),
]


@pytest.mark.parametrize(("chemin", "valeur"), ACCEPTEES, ids=lambda valeur: repr(valeur)[:40])
def test_a_value_at_the_edge_of_what_is_allowed_is_accepted(chemin: str, valeur: object) -> None:
    document = avec(complet(), chemin, valeur)
    assert fautes(document) == []
    assert list(SCHEMA.iter_errors(document)) == []


def test_an_id_may_be_one_letter_or_sixty_four() -> None:
    for identifiant in ("A", "a" * 64, "01_B.c-d"):
        document = exemple()
        document["assistants"][0]["id"] = document["missions"][0]["assistant"] = identifiant
        assert fautes(document) == []


@pytest.mark.parametrize("rpps", ["18", "59", "91", "109", "0", "79927398713", "10003456786", "4539578763621486"])
def test_a_number_that_ends_with_its_luhn_key(rpps: str) -> None:
    assert cle_de_luhn_exacte(rpps)
    dernier = int(rpps[-1])
    assert not [cle for cle in range(10) if cle != dernier and cle_de_luhn_exacte(f"{rpps[:-1]}{cle}")]


def test_an_individual_contract_takes_one_doctor_and_a_collective_one_a_list() -> None:
    collectif = avec(exemple(), "contrats[0].texte", "collectif_2026")
    assert fautes(collectif) == [
        "contrats[0].medecin : cette clé n'existe pas dans le format : retirez-la ou corrigez son nom",
        "contrats[0].medecins : cette clé manque",
    ]


@pytest.mark.parametrize("etiquette", ["avenant_8", None])
def test_an_unknown_text_does_not_hide_the_other_faults_of_the_contract(etiquette: str | None) -> None:
    document = exemple()
    if etiquette is None:
        document = sans(document, "contrats[0].texte")
    else:
        document["contrats"][0]["texte"] = etiquette
    document["contrats"][0]["medecin"] = "m9"
    document["contrats"][0]["signe_le"] = "2022-02-30"
    document["contrats"][0]["avenants"][0] = {"type": "sommeil", "du": "2021-05-02", "au": "x", "motif": 3}
    chemins = [faute.split(" : ")[0] for faute in fautes(document)]
    assert sorted(chemins) == [
        "contrats[0].avenants[0].au",
        "contrats[0].avenants[0].du",
        "contrats[0].avenants[0].motif",
        "contrats[0].avenants[0].type",
        "contrats[0].medecin",
        "contrats[0].signe_le",
        "contrats[0].texte",
    ]


def test_an_amendment_of_no_known_kind_and_nothing_in_it() -> None:
    assert fautes(avec(exemple(), "contrats[0].avenants[0]", {})) == [
        "contrats[0].avenants[0].type : cette clé manque",
        "contrats[0].avenants[0].du : cette clé manque",
        "contrats[0].avenants[0].motif : cette clé manque",
    ]


@pytest.mark.parametrize(
    ("cle", "chemin"),
    [
        ("", '[""]'),
        ("a.b", '["a.b"]'),
        ("a\nb", r'["a\nb"]'),
        ("\u2028", r'["\u2028"]'),
        ("nom de l'élève", '["nom de l\'élève"]'),
        ("²", "²"),
        ("0", "0"),
        ("dossier", "dossier"),
    ],
)
def test_a_key_of_any_shape_has_a_path_of_one_line(cle: str, chemin: str) -> None:
    message = "cette clé n'existe pas dans le format : retirez-la ou corrigez son nom"
    assert fautes({**exemple(), cle: 1}) == [f"{chemin} : {message}"]
    prefixe = "cabinet" if chemin.startswith("[") else "cabinet."
    assert fautes(avec(exemple(), ("cabinet", cle), 1)) == [f"{prefixe}{chemin} : {message}"]
