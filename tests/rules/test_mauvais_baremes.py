"""A doubtful barème is refused: which file, which version, which key, and why, in French. One bad file for each."""

import re
from pathlib import Path

import pytest

from assistmed_desktop.rules.bareme import DOSSIER_DES_BAREMES, BaremeInvalide, HorsBareme, charger_baremes, lire_bareme
from assistmed_desktop.rules.lecture_bareme import FauteDeBareme, decoder, en_clair, lire_tables
from assistmed_desktop.rules.tables import (
    Version,
    VersionAide,
    VersionEcheances,
    VersionEligibilite,
    VersionObjectifs,
    VersionTextes,
)

MAUVAIS = Path(__file__).parent / "mauvais_baremes"
MODELES: dict[str, type[Version]] = {
    "aide": VersionAide,
    "echeances": VersionEcheances,
    "eligibilite": VersionEligibilite,
    "objectifs": VersionObjectifs,
    "textes": VersionTextes,
}

FORME = "cette valeur n'est pas de la forme attendue"
MANQUE = "cette clé manque"
INCONNUE = "cette clé est inconnue"
FINIT = "cette période finit avant de commencer"
SEUILS = "les seuils ne sont pas dans l'ordre croissant"
TRANCHES = "les tranches ne sont pas dans l'ordre croissant"
LONG = "c'est trop long : au plus 20"
INVISIBLE = "ce texte contient un caractère invisible interdit, comme un retour à la ligne"
IMBRIQUE = "ce fichier est trop imbriqué pour être un barème"
SUR_PLACE = "un délai qui se répète compte au moins un mois"

# The name of the file, then the version, the key and the message that its refusal gives.
REFUS = [
    ("aide_vide", "", "versions", "il faut au moins une version"),
    ("aide_versions_vides", "", "versions", "il faut au moins une version"),
    ("aide_versions_en_table", "", "versions", "il faut au moins une version"),
    ("aide_versions_en_nombres", "1", "", FORME),
    ("aide_pas_du_toml", "", "", "ce n'est pas du TOML : erreur à la ligne 3, colonne 12"),
    ("aide_inachevee", "", "", "ce n'est pas du TOML : le fichier s'arrête trop tôt"),
    ("aide_date_qui_n_existe_pas", "", "", "ce n'est pas du TOML : erreur à la ligne 4, colonne 12"),
    ("aide_cle_hors_versions", "", "auteur", INCONNUE),
    ("aide_cle_inconnue", "essai", "montant_bonus", INCONNUE),
    ("aide_cle_inconnue_en_profondeur", "essai", "montants.0.annee_4", INCONNUE),
    ("aide_sans_cle", "1", "cle", MANQUE),
    ("aide_cle_vide", "1", "cle", FORME),
    ("aide_sans_reference", "essai", "reference", MANQUE),
    ("aide_reference_sans_article", "essai", "reference.article", MANQUE),
    ("aide_reference_vide", "essai", "reference.texte", FORME),
    ("aide_sans_grade", "essai", "grade", MANQUE),
    ("aide_grade_x", "essai", "grade", FORME),
    ("aide_sans_verifie_le", "essai", "verifie_le", MANQUE),
    ("aide_sans_contrats", "essai", "contrats", FORME),
    ("aide_texte_inconnu", "essai", "contrats.0.texte", FORME),
    ("aide_date_en_texte", "essai", "effet_du", FORME),
    ("aide_date_avec_heure", "essai", "effet_du", FORME),
    ("aide_montant_en_texte", "essai", "montants.0.annee_1", FORME),
    ("aide_montant_a_virgule", "essai", "montants.0.annee_1", FORME),
    ("aide_montant_vrai", "essai", "montants.0.annee_1", FORME),
    ("aide_montant_nul", "essai", "montants.0.annee_1", FORME),
    ("aide_option_en_nombre", "essai", "montants.0.option", FORME),
    ("aide_option_en_lettres", "essai", "montants.0.option", FORME),
    ("aide_option_sur_zero", "essai", "montants.0.option", FORME),
    ("aide_option_nulle", "essai", "montants.0.option", FORME),
    ("aide_option_negative", "essai", "montants.0.option", FORME),
    ("aide_option_deux_fois", "essai", "montants", "deux lignes font double emploi (option)"),
    ("aide_effet_finit_avant", "essai", "effet_au", FINIT),
    ("aide_signature_finit_avant", "essai", "contrats.0.signes_au", FINIT),
    ("aide_deux_fois_le_nom", "essai", "cle", "deux versions portent ce nom"),
    ("aide_chevauchement_ouvert", "montants_2024", "effet_du", "cette version chevauche la version montants_2019"),
    ("aide_chevauchement_d_un_jour", "montants_2024", "effet_du", "cette version chevauche la version montants_2019"),
    (
        "aide_chevauchement_des_signatures",
        "montants_2023",
        "effet_du",
        "cette version chevauche la version montants_2019",
    ),
    ("aide_chevauchement_a_rebours", "montants_2019", "effet_du", "cette version chevauche la version montants_2024"),
    ("objectifs_tranches_en_desordre", "essai", "tranches", TRANCHES),
    ("objectifs_tranche_deux_fois", "essai", "tranches", TRANCHES),
    ("objectifs_tranche_inconnue", "essai", "tranches.0", FORME),
    (
        "objectifs_hausse_hors_tranche",
        "essai",
        "hausses",
        "une hausse porte sur une tranche que cette version n'a pas",
    ),
    ("objectifs_hausse_deux_fois", "essai", "hausses", "deux lignes font double emploi (tranche, option)"),
    ("objectifs_taux_negatif", "essai", "hausses.0.taux", FORME),
    ("objectifs_taux_a_virgule", "essai", "hausses.0.taux", FORME),
    ("objectifs_hausse_sans_grade", "essai", "hausses.0.grade", MANQUE),
    ("eligibilite_percentiles_en_desordre", "essai", "seuils", SEUILS),
    ("eligibilite_patients_en_desordre", "essai", "seuils", SEUILS),
    ("eligibilite_patients_egaux", "essai", "seuils", SEUILS),
    ("eligibilite_percentile_deux_fois", "essai", "seuils", SEUILS),
    ("eligibilite_percentile_100", "essai", "seuils.0.percentile", "ce nombre dépasse 99"),
    ("echeances_code_inconnu", "essai", "delais.0.code", FORME),
    ("echeances_repetee_sur_place", "essai", "delais.0.repete", SUR_PLACE),
    ("echeances_repetee_en_arriere", "essai", "delais.0.repete", SUR_PLACE),
    ("echeances_mois_demesures", "essai", "delais.0.mois", FORME),
    ("echeances_part_au_dela_de_cent", "essai", "versements.0.part", "ce nombre dépasse 100"),
    ("textes_option_deux_fois", "essai", "options", "deux lignes font double emploi (option)"),
    ("textes_condition_inconnue", "essai", "options.0.condition", FORME),
    ("textes_evaluation_au_debut", "essai", "evaluation_mois", FORME),
]
ANGLAIS = re.compile(r"\b(the|input|should|value|invalid|error|expected|line|literal|required|be|of)\b", re.IGNORECASE)


def refus(nom: str) -> BaremeInvalide:
    texte = (MAUVAIS / f"{nom}.toml").read_text(encoding="utf-8")
    with pytest.raises(BaremeInvalide) as refuse:
        lire_bareme(texte, f"{nom}.toml", MODELES[nom.partition("_")[0]])
    return refuse.value


@pytest.mark.parametrize(("nom", "version", "cle", "message"), REFUS, ids=[refuse[0] for refuse in REFUS])
def test_a_bad_file_is_refused_where_it_is_bad(nom: str, version: str, cle: str, message: str) -> None:
    faute = refus(nom)

    assert (faute.fichier, faute.version, faute.cle, faute.message) == (f"{nom}.toml", version, cle, message)


@pytest.mark.parametrize("nom", [refuse[0] for refuse in REFUS])
def test_a_refusal_is_one_line_of_french_that_names_its_place(nom: str) -> None:
    faute = refus(nom)
    ligne = str(faute)

    assert ligne.startswith(nom + ".toml")
    assert ligne.endswith(f" : {faute.message}")
    assert "\n" not in ligne
    assert not ANGLAIS.search(faute.message)
    for lieu in (f"version {faute.version}" if faute.version else "", f"clé {faute.cle}" if faute.cle else ""):
        assert lieu in ligne


def bonne(table: str, *changes: tuple[str, str]) -> bool:
    """Say whether the barème of the program is still accepted with some of its text changed."""
    texte = (DOSSIER_DES_BAREMES / f"{table}.toml").read_text(encoding="utf-8")
    for avant, apres in changes:
        assert avant in texte
        texte = texte.replace(avant, apres, 1)
    try:
        lire_bareme(texte, f"{table}.toml", MODELES[table])
    except BaremeInvalide:
        return False
    return True


@pytest.mark.parametrize(
    ("table", "avant", "apres", "acceptee"),
    [
        # The very edges of what is accepted.
        ("aide", "effet_au = 2024-06-21", "effet_au = 2019-09-01", True),
        ("aide", "effet_au = 2024-06-21", "effet_au = 2019-08-31", False),
        ("aide", "signes_au = 2023-04-30", "signes_au = 2019-09-01", True),
        ("aide", "annee_1 = 12000", "annee_1 = 9000", True),
        ("aide", "annee_1 = 12000", "annee_1 = 8999", False),
        ("aide", "annee_1 = 12000, annee_2 = 9000, ", "annee_1 = 7000, ", True),
        ("aide", "annee_1 = 12000, annee_2 = 9000, ", "annee_1 = 6999, ", False),
        ("aide", "annee_2 = 9000", "annee_2 = 7000", True),
        ("aide", "annee_2 = 9000", "annee_2 = 6999", False),
        ("aide", "annee_2 = 9000", "annee_2 = 0", False),
        ("aide", "annee_3 = 7000", "annee_3 = 1", True),
        ("aide", "annee_3 = 7000", "annee_3 = 0", False),
        ("aide", "p90_p95 = 8350", "p90_p95 = 7000", True),
        ("aide", "p90_p95 = 8350", "p90_p95 = 6999", False),
        ("aide", "p90_p95 = 8350, p95 = 12000", "p95 = 7000", True),
        ("aide", "p90_p95 = 8350, p95 = 12000", "p95 = 6999", False),
        ("aide", "p90_p95 = 8350", "p90_p95 = 0", False),
        ("aide", "p95 = 12000", "p95 = 8350", True),
        ("aide", "p95 = 12000", "p95 = 8349", False),
        ("aide", "p95 = 12000", "p95 = 0", False),
        ("aide", 'cle = "montants_2019"', 'cle = "m"', True),
        ("echeances", 'mois = 6, grade = "C", repete = true', 'mois = 1, grade = "C", repete = true', True),
        ("echeances", "mois = 24", "mois = 120", True),
        ("echeances", "mois = 24", "mois = 121", False),
        ("echeances", "mois = -2", "mois = -120", True),
        ("echeances", "jours = 15", "jours = 0", True),
        ("echeances", "jours = 15", "jours = -1", False),
        ("echeances", "jours = 15", "jours = 366", True),
        ("echeances", "jours = 15", "jours = 367", False),
        ("echeances", "part = 70", "part = 1", True),
        ("echeances", "part = 70", "part = 0", False),
        ("echeances", "annee = 1", "annee = 0", False),
        ("eligibilite", "percentile = 30", "percentile = 1", True),
        ("eligibilite", "percentile = 30", "percentile = 0", False),
        ("eligibilite", "percentile = 30", "percentile = 99", True),
        ("eligibilite", "patients = 640", "patients = 1", True),
        ("eligibilite", "patients = 640", "patients = 0", False),
        ("eligibilite", "part_actes_cliniques = 80", "part_actes_cliniques = 1", True),
        ("eligibilite", "part_actes_cliniques = 80", "part_actes_cliniques = 0", False),
        ("eligibilite", "part_actes_cliniques = 80", "part_actes_cliniques = 100", True),
        ("eligibilite", "part_actes_cliniques = 80", "part_actes_cliniques = 101", False),
        ("objectifs", "patients = 260", "patients = 1", True),
        ("objectifs", "patients = 260", "patients = 0", False),
        ("objectifs", 'taux = "7.5"', 'taux = "15/2"', True),
        ("textes", "duree_ans = 5", "duree_ans = 1", True),
        ("textes", "duree_ans = 5", "duree_ans = 0", False),
        ("textes", "evaluation_mois = 36", "evaluation_mois = 1", True),
        ("textes", "evaluation_mois = 36", "evaluation_mois = 120", True),
        ("textes", "evaluation_mois = 36", "evaluation_mois = 121", False),
        # A group may take any number of ETP, an individual contract one of five options.
        ("aide", 'par_etp = true\nmontants = [{ option = "1"', 'par_etp = true\nmontants = [{ option = "7/3"', True),
        ("aide", 'option = "1/3"', 'option = "2"', True),
        ("textes", 'option = "3/2"', 'option = "5/2"', False),
        ("textes", 'exceptions = ["1/3"]', 'exceptions = ["1/4"]', False),
        ("textes", 'annee = 3, option = "1"', 'annee = 3, option = "4"', False),
        ("objectifs", 'option = "1/3", taux = "20"', 'option = "3/2", taux = "20"', True),
        ("objectifs", 'option = "1/3", taux = "20"', 'option = "7/3", taux = "20"', False),
        # The first and the last day of a year that the program counts.
        ("aide", "effet_du = 2019-09-01", "effet_du = 1950-01-01", True),
        ("aide", "effet_du = 2019-09-01", "effet_du = 1949-12-31", False),
        ("aide", "verifie_le = 2026-11-21", "verifie_le = 2150-12-31", True),
        ("aide", "verifie_le = 2026-11-21", "verifie_le = 2151-01-01", False),
        ("aide", "signes_du = 2019-09-01", "signes_du = 1949-12-31", False),
        ("aide", "signes_au = 2023-04-30", "signes_au = 9999-12-31", False),
        ("aide", "effet_au = 2024-06-21", "effet_au = 2151-01-01", False),
        ("textes", "a_partir_du = 2026-11-01", "a_partir_du = 2151-01-01", False),
        ("aide", 'cle = "montants_2019"', f'cle = "{"m" * 64}"', True),
        ("aide", 'cle = "montants_2019"', f'cle = "{"m" * 65}"', False),
    ],
)
def test_what_is_just_good_enough_is_accepted(table: str, avant: str, apres: str, acceptee: bool) -> None:
    assert bonne(table)
    assert bonne(table, (avant, apres)) is acceptee


@pytest.mark.parametrize(
    ("table", "avant", "borne"),
    [
        ("aide", 'option = "1/2", annee_1 = 18000', 1_000_000),
        ("eligibilite", "patients = 640", 1_000_000),
        ("eligibilite", "age = 16", 150),
        ("eligibilite", "medecins_regroupes = 2", 100),
        ("eligibilite", "engagement_ans = 2", 10),
        ("eligibilite", "mois_actes_cliniques = 12", 120),
        ("objectifs", "patients = 260", 1_000_000),
        ("objectifs", 'taux = "7.5"', 100),
        ("echeances", "annee = 1", 10),
        ("echeances", "annee = 3", 10),
        ("echeances", "parts = 2", 12),
        ("textes", "duree_ans = 5", 10),
        ("textes", "heures = 35", 48),
        ("textes", "absence_longue = { mois = 3", 120),
        ("textes", "nouvel_installe = { mois = 12", 120),
        ("textes", "ans = 3", 10),
        ("textes", "age_minimal = 16", 150),
        ("textes", "nouvel_installe = { mois = 12, patientele_mt = 1045", 1_000_000),
        ("textes", "file_active = 1514", 1_000_000),
        ("textes", "moyenne_patientele_mt = 775", 1_000_000),
        ("textes", 'etp_par_adherent = "1"', 10),
        ("textes", 'etp = "1/2"', 10),
        ("textes", "attente_ans = 2", 10),
        ("textes", "extension = { annee = 3", 10),
    ],
)
def test_a_number_has_an_upper_bound_which_its_refusal_names(table: str, avant: str, borne: int) -> None:
    def avec(valeur: int) -> str:
        debut, egal, ecrite = avant.rpartition(" = ")
        return f'{debut}{egal}"{valeur}"' if ecrite.startswith('"') else f"{debut}{egal}{valeur}"

    texte = (DOSSIER_DES_BAREMES / f"{table}.toml").read_text(encoding="utf-8")
    assert bonne(table, (avant, avec(borne)))
    with pytest.raises(BaremeInvalide) as refuse:
        lire_bareme(texte.replace(avant, avec(borne + 1), 1), f"{table}.toml", MODELES[table])
    assert refuse.value.message.replace("\u00a0", " ") == f"ce nombre dépasse {borne:,}".replace(",", " ")


@pytest.mark.parametrize(
    ("avant", "apres", "cle", "message"),
    [
        (
            "annee_1 = 12000",
            "annee_1 = 8999",
            "montants.0",
            (
                "ces montants ne sont pas dans l'ordre : annee_1, annee_2 et annee_3 ne montent pas, p90_p95 vaut au "
                "moins annee_3, et p95 au moins p90_p95"
            ),
        ),
        (
            'option = "1/3"',
            'option = "7/3"',
            "montants",
            "l'option d'un contrat individuel est 1/3, 1/2, 1, 3/2 ou 2",
        ),
        ("effet_du = 2019-09-01", "effet_du = 0001-01-01", "effet_du", "cette date n'est pas entre 1950 et 2150"),
        ("contrats = [", "contrats = [" + '{ texte = "avenant_7", signes_du = 2018-01-01 },' * 19, "contrats", LONG),
        ('texte = "Avenant', 'texte = "\\u001b[31mAvenant', "reference.texte", INVISIBLE),
        ('texte = "Avenant', 'texte = "A\\nvenant', "reference.texte", INVISIBLE),
        ('texte = "Avenant', 'texte = "A\\u2028venant', "reference.texte", INVISIBLE),
        ('texte = "Avenant', f'texte = "{"A" * 500}', "reference.texte", "ce texte dépasse 500 caractères"),
        ("montants = [", "montants = [" + "1," * 98, "montants", "cette liste dépasse 100 éléments"),
        ("par_etp = false", "par_etp = [[[[[[1]]]]]]", "par_etp.0.0.0.0.0", IMBRIQUE),
        ("par_etp = false", "par_etp.a.a.a.a.a = 1", "par_etp.a.a.a.a.a", IMBRIQUE),
    ],
)
def test_a_value_made_to_trouble_its_reader_is_named(avant: str, apres: str, cle: str, message: str) -> None:
    texte = (DOSSIER_DES_BAREMES / "aide.toml").read_text(encoding="utf-8")
    assert avant in texte
    with pytest.raises(BaremeInvalide) as refuse:
        lire_bareme(texte.replace(avant, apres, 1), "aide.toml", VersionAide)

    faute = refuse.value
    assert (faute.version, faute.cle, faute.message) == ("montants_2019", cle, message)


@pytest.mark.parametrize("cle", ["Montants", "montants-2019", "montants 2019", "été", "../x", "a.b"])
def test_a_version_has_a_plain_name(cle: str) -> None:
    texte = (DOSSIER_DES_BAREMES / "aide.toml").read_text(encoding="utf-8").replace("montants_2019", cle, 1)
    with pytest.raises(BaremeInvalide) as refuse:
        lire_bareme(texte, "aide.toml", VersionAide)

    assert str(refuse.value) == (
        f"aide.toml (version {cle}, clé cle) : ce nom s'écrit en minuscules sans accent, chiffres et tirets bas, comme "
        "montants_2030"
    )


@pytest.mark.parametrize("cle", ["cle = 7", "cle = { a = 1 }", 'cle = ["a"]'])
def test_a_name_that_is_no_text_gives_way_to_the_place_of_the_version(cle: str) -> None:
    with pytest.raises(BaremeInvalide) as refuse:
        lire_bareme(f"[[versions]]\n{cle}", "aide.toml", VersionAide)

    assert (refuse.value.version, refuse.value.cle) == ("1", "cle")


def test_a_fault_is_one_line_whatever_names_the_file_holds() -> None:
    faute = FauteDeBareme("a\nb.toml", "v\x1b[31m", "c\u202ec" + "x" * 200, "m")

    assert str(faute) == f"a\ufffdb.toml (version v\ufffd[31m, clé c\ufffdc{'x' * 97}…) : m"
    assert en_clair("\udce9té.toml") == "\ufffdté.toml"
    assert en_clair("x" * 100) == "x" * 100


def test_more_versions_than_any_table_has_are_refused_before_they_are_compared() -> None:
    for combien, message in ((100, FORME), (101, "cette liste dépasse 100 éléments")):
        with pytest.raises(BaremeInvalide) as refuse:
            lire_bareme(f"versions = [{'1,' * combien}]", "aide.toml", VersionAide)
        assert refuse.value.message == message


def test_versions_that_follow_each_other_may_be_written_in_any_order() -> None:
    suivie = [
        ("effet_au = 2024-06-21\n", ""),
        ("effet_du = 2019-09-01", "effet_du = 2024-06-22\neffet_au = 2030-12-31"),
    ]
    premiere = ("effet_du = 2024-06-22\nverifie_le", "effet_du = 2019-09-01\neffet_au = 2024-06-21\nverifie_le")

    assert bonne("aide", *suivie, premiere)


def test_every_bad_file_has_its_test() -> None:
    assert {fichier.stem for fichier in MAUVAIS.iterdir()} == {refuse[0] for refuse in REFUS} | {"aide_en_latin_1"}


def test_the_place_is_written_in_brackets() -> None:
    assert str(BaremeInvalide("aide.toml", "v", "c", "m")) == "aide.toml (version v, clé c) : m"
    assert str(BaremeInvalide("aide.toml", "v", "", "m")) == "aide.toml (version v) : m"
    assert str(BaremeInvalide("aide.toml", "", "c", "m")) == "aide.toml (clé c) : m"
    assert str(BaremeInvalide("aide.toml", "", "", "m")) == "aide.toml : m"


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        ("versions = " + "[" * 10_000, IMBRIQUE),
        ("[[versions]]\n" + "a." * 33 + "b = 1", IMBRIQUE),
        ("[[versions]]\n" + "'x.y'." * 33 + "b = 1", IMBRIQUE),
        # Some time with the square of the dots of a key: read, this one would take half an hour.
        ("[[versions]]\n" + "a." * 500_000 + "b = 1", IMBRIQUE),
        ("versions = " + "1" * 10_000, "un nombre de ce fichier est trop long"),
    ],
)
def test_a_file_made_to_exhaust_its_reader_is_refused_at_once(texte: str, message: str) -> None:
    with pytest.raises(BaremeInvalide) as refuse:
        lire_bareme(texte, "aide.toml", VersionAide)

    assert str(refuse.value) == f"aide.toml : {message}"
    assert lire_tables(texte, "aide.toml", "versions", VersionAide) == (
        (),
        (FauteDeBareme("aide.toml", "", "", message),),
    )


TAILLE = 1024 * 1024


@pytest.mark.parametrize(
    ("contenu", "message"),
    [
        (b"#" * (TAILLE + 1), "ce fichier est trop grand pour être un barème"),
        (b"\xe9", "ce fichier n'est pas en UTF-8"),
    ],
)
def test_a_file_that_is_no_text_is_at_fault_as_a_whole(contenu: bytes, message: str) -> None:
    assert decoder(contenu, "aide.toml") == FauteDeBareme("aide.toml", "", "", message)


def test_a_file_of_the_largest_size_is_read_and_its_lines_end_as_everywhere() -> None:
    assert decoder(b"#" * TAILLE, "aide.toml") == "#" * TAILLE
    assert decoder(b"a = 1\r\nb = 2\n", "aide.toml") == "a = 1\nb = 2\n"


def test_dots_in_a_text_or_a_comment_nest_nothing() -> None:
    assert bonne("aide", ("par_etp", "# " + "a." * 40 + "\npar_etp"))
    assert bonne("aide", ('article = "montants', 'article = "' + "art. " * 40 + "montants"))


def copie_des_baremes(ou: Path) -> Path:
    for fichier in DOSSIER_DES_BAREMES.glob("*.toml"):
        (ou / fichier.name).write_bytes(fichier.read_bytes())
    return ou


def test_a_folder_of_the_user_is_read_as_that_of_the_program(tmp_path: Path) -> None:
    assert charger_baremes(copie_des_baremes(tmp_path)) == charger_baremes()


def test_the_mark_that_some_editors_put_at_the_start_of_a_file_is_no_fault(tmp_path: Path) -> None:
    aide = copie_des_baremes(tmp_path) / "aide.toml"
    aide.write_bytes(b"\xef\xbb\xbf" + aide.read_bytes().replace(b"\n", b"\r\n"))

    assert charger_baremes(tmp_path) == charger_baremes()


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    copie_des_baremes(tmp_path)
    (tmp_path / "aide.toml").write_bytes((MAUVAIS / "aide_en_latin_1.toml").read_bytes())

    with pytest.raises(BaremeInvalide) as refuse:
        charger_baremes(tmp_path)
    assert str(refuse.value) == "aide.toml : ce fichier n'est pas en UTF-8"


def test_a_bad_file_in_a_folder_is_named(tmp_path: Path) -> None:
    copie_des_baremes(tmp_path)
    (tmp_path / "objectifs.toml").write_bytes((MAUVAIS / "objectifs_tranches_en_desordre.toml").read_bytes())

    with pytest.raises(BaremeInvalide) as refuse:
        charger_baremes(tmp_path)
    assert str(refuse.value) == f"objectifs.toml (version essai, clé tranches) : {TRANCHES}"


def test_a_missing_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    (copie_des_baremes(tmp_path) / "aide.toml").unlink()

    with pytest.raises(FileNotFoundError):
        charger_baremes(tmp_path)


def test_the_four_texts_are_needed_since_a_contract_is_of_one_of_them(tmp_path: Path) -> None:
    textes = copie_des_baremes(tmp_path) / "textes.toml"
    avant_le_dernier = textes.read_text(encoding="utf-8").rpartition("[[versions]]")[0]
    textes.write_text(avant_le_dernier, encoding="utf-8")

    with pytest.raises(BaremeInvalide) as refuse:
        charger_baremes(tmp_path)
    assert str(refuse.value) == "textes.toml (clé versions) : il manque le texte collectif_2026"


def test_a_table_that_does_not_know_a_text_says_so() -> None:
    with pytest.raises(HorsBareme, match="aucune version pour un contrat « convention_2024 »"):
        charger_baremes().objectifs.version_du_texte("convention_2024")
