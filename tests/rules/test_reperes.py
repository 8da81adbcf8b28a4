"""The published figures: those of the reading of the project and no others, and a doubtful file refused."""

from fractions import Fraction

import pytest

from assistmed_desktop.rules.bareme import DOSSIER_DES_BAREMES, BaremeInvalide, charger_baremes, lire_reperes

BON = (DOSSIER_DES_BAREMES / "reperes.toml").read_text(encoding="utf-8")

# Typed from the reading, not from the file: key, value, unit, month or year.
PUBLIES = [
    ("contrats_2022", Fraction(3112), "contrats", "2022-05"),
    ("etp_2022", Fraction(1724), "etp", "2022-05"),
    ("patients_2022", Fraction(511_930), "patients", "2022-05"),
    ("gain_patientele_2022", Fraction(22), "pourcent", "2022-05"),
    ("generalistes_2022", Fraction(78), "pourcent", "2022-05"),
    ("sous_dense_2022", Fraction(52), "pourcent", "2022-05"),
    ("secretaires_2022", Fraction(55), "pourcent", "2022-05"),
    ("hors_sante_2022", Fraction(1, 3), "part", "2022-05"),
    ("patients_ministere_2022", Fraction(10), "pourcent", "2022-12"),
    ("jours_ministere_2022", Fraction(4), "jours_par_an", "2022-12"),
    ("contrats_2024", Fraction(7240), "contrats", "2024-10"),
    ("gain_patientele_2024", Fraction(39, 2), "pourcent", "2024-10"),
    ("au_dela_de_l_objectif_2024", Fraction(11), "points", "2024-10"),
    ("actes_avec_2024", Fraction(2), "actes_par_jour", "2024-10"),
    ("actes_sans_2024", Fraction(1, 10), "actes_par_jour", "2024-10"),
    ("hausse_cas_2023", Fraction(260), "patients", "2023"),
]


def test_the_figures_are_those_of_the_reading_each_graded_c() -> None:
    tous = charger_baremes().reperes.tous

    assert [(r.cle, r.valeur, r.unite, p.quand) for p, r in tous] == PUBLIES
    assert {p.source.grade for p, _ in tous} == {"C"}
    assert [r.valeur_haute for _, r in tous if r.valeur_haute is not None] == [6]


def test_a_publication_tells_its_month_or_its_year() -> None:
    lettres = [publication.quand_en_lettres for publication in charger_baremes().reperes.publications]

    assert lettres == ["mai 2022", "décembre 2022", "octobre 2024", "2023"]


def test_a_publication_tells_who_published_it_and_does_not_guess() -> None:
    auteurs = [publication.auteur for publication in charger_baremes().reperes.publications]

    assert auteurs == ["Assurance maladie", "ministère de la santé", "Assurance maladie", "auteur non relevé"]


MANQUE, INCONNUE, FORME = "cette clé manque", "cette clé est inconnue", "cette valeur n'est pas de la forme attendue"
REFUS = [
    ('texte = "Bilan', 'autre = "Bilan', "bilan_mai_2022", "texte", MANQUE),
    ('auteur = "Assurance maladie"\n', "", "bilan_mai_2022", "auteur", MANQUE),
    ('adresse = "jim.fr, 17 juin 2022"\n', "", "bilan_mai_2022", "adresse", MANQUE),
    ('adresse = "jim.fr, 17 juin 2022"', 'adresse = ""', "bilan_mai_2022", "adresse", FORME),
    ('grade = "C"\n', "", "bilan_mai_2022", "grade", MANQUE),
    ('quand = "2022-05"', 'quand = "2022-05"\ndate = "hier"', "bilan_mai_2022", "date", INCONNUE),
    ('quand = "2022-05"', 'quand = "2022-13"', "bilan_mai_2022", "quand", FORME),
    ('quand = "2022-05"', 'quand = "1899"', "bilan_mai_2022", "quand", FORME),
    ('valeur = "3112"', "valeur = 3112", "bilan_mai_2022", "reperes.0.valeur", FORME),
    ('valeur = "3112"', 'valeur = "0"', "bilan_mai_2022", "reperes.0.valeur", FORME),
    ('valeur = "3112"', 'valeur = "3112,5"', "bilan_mai_2022", "reperes.0.valeur", FORME),
    ('unite = "contrats"', 'unite = "euros"', "bilan_mai_2022", "reperes.0.unite", FORME),
    ('mesure = "jours_en_moins"', 'mesure = "jours"', "ministere_decembre_2022", "reperes.1.mesure", FORME),
    (
        'valeur_haute = "6"',
        'valeur_haute = "4"',
        "ministere_decembre_2022",
        "reperes.1.valeur_haute",
        "la valeur haute n'est pas au-dessus de la valeur",
    ),
    (
        'cle = "cas_2023"',
        'cle = "bilan_mai_2022"',
        "bilan_mai_2022",
        "cle",
        "deux publications portent ce nom",
    ),
    (
        'cle = "hausse_cas_2023"',
        'cle = "etp_2022"',
        "cas_2023",
        "reperes",
        "deux chiffres portent le nom etp_2022",
    ),
]


@pytest.mark.parametrize(("avant", "apres", "publication", "cle", "message"), REFUS)
def test_a_doubtful_file_is_refused_where_it_is(
    avant: str, apres: str, publication: str, cle: str, message: str
) -> None:
    assert avant in BON
    with pytest.raises(BaremeInvalide) as refuse:
        lire_reperes(BON.replace(avant, apres, 1), "reperes.toml")

    faute = refuse.value
    assert (faute.fichier, faute.version, faute.cle, faute.message) == ("reperes.toml", publication, cle, message)


@pytest.mark.parametrize(
    ("texte", "cle", "message"),
    [
        ("", "publications", "il faut au moins une publication"),
        ("auteur = 1", "auteur", "cette clé est inconnue"),
        ('[[publications]]\ncle = "p"\nreperes = []', "auteur", "cette clé manque"),
    ],
)
def test_a_file_without_figures_is_refused(texte: str, cle: str, message: str) -> None:
    with pytest.raises(BaremeInvalide) as refuse:
        lire_reperes(texte, "reperes.toml")

    assert (refuse.value.cle, refuse.value.message) == (cle, message)


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ('valeur_haute = "6"', 'valeur_haute = "4.01"'),
        ('quand = "2022-05"', 'quand = "2022-12"'),
        ('valeur = "3112"', 'valeur = "9999999"'),
    ],
)
def test_what_is_just_good_enough_is_accepted(avant: str, apres: str) -> None:
    assert avant in BON
    assert len(lire_reperes(BON.replace(avant, apres, 1), "reperes.toml").tous) == len(PUBLIES)
