"""A number of social security is found however it is typed; other numbers of the trade are left alone."""

import re
import time
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from assistmed_desktop.domain import assistant, cabinet, contrat, dossier, suivi
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.nir import Trouve, chercher
from assistmed_desktop.domain.valeurs import Valeur

# Numbers made up for these tests, their keys worked out by hand.
HOMME = "1850578006084"
CORSE = "255082A004123"


def cle(treize: str) -> str:
    return f"{97 - int(treize.upper().replace('2A', '19').replace('2B', '18')) % 97:02d}"


@pytest.mark.parametrize("treize", [HOMME, CORSE, CORSE.replace("2A", "2B"), "7992399123456", "2010197412001"])
@pytest.mark.parametrize("entre", ["", " ", ".", "\u00a0", "\u202f", "-"])
def test_a_number_is_found_with_its_key_and_without(treize: str, entre: str) -> None:
    groupes = [treize[0], treize[1:3], treize[3:5], treize[5:7], treize[7:10], treize[10:]]
    ecrit = entre.join(groupes)
    assert chercher(f"n° {ecrit}, à rappeler") == (Trouve(treize, certain=False),)
    juste = f"{treize}{cle(treize)}"
    assert chercher(f"({entre.join([*groupes, cle(treize)])})") == (Trouve(juste, certain=True),)


def test_a_known_key_is_right() -> None:
    # The specimen of the caisses.
    assert chercher("2 69 05 49 588 157 80") == (Trouve("269054958815780", certain=True),)


def test_a_wrong_key_is_less_sure_and_still_told() -> None:
    faux = f"{HOMME}{(int(cle(HOMME)) % 97) + 1:02d}"
    assert chercher(faux) == (Trouve(faux, certain=False),)


def test_small_letters_and_wide_digits_are_read() -> None:
    assert chercher(CORSE.lower()) == (Trouve(CORSE, certain=False),)
    assert chercher("".join(chr(ord(lettre) + 0xFEE0) for lettre in HOMME)) == (Trouve(HOMME, certain=False),)


def test_several_are_all_found() -> None:
    assert len(chercher(f"{HOMME} et {CORSE}\n{HOMME}")) == 3


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "10003456789",  # an RPPS number
        "06 12 34 56 78, puis 03 86 00 00 00",
        "732 829 320 00074",  # a SIRET
        "FR76 3000 6000 0112 3456 7890 189",  # an IBAN
        "1885078006084123",  # too long
        "1851378006084",  # no thirteenth month
        "1854578006084",
        "1850500006084",  # no département 00
        "1850596006084",
        "1850578000084",
        "1850578006000",
        "185052C006084",
        "5850578006084",
        "15/11/2026 au 14/03/2027",
        "1 131 patients, 18 000 €",
        "recommandé 1A 123 456 7890 1",
    ],
)
def test_other_numbers_are_left_alone(texte: str) -> None:
    assert chercher(texte) == ()


@given(st.text(max_size=2000))
def test_any_text_is_read(texte: str) -> None:
    assert isinstance(chercher(texte), tuple)


def test_a_long_row_of_digits_takes_no_time() -> None:
    debut = time.perf_counter()
    chercher("1 8 5 0 5 7 8 0 0 6 0 8 4 9 1 " * 130 + "- " * 1000)
    assert time.perf_counter() - debut < 1


# No patient by construction

TEXTES: dict[str, str] = {
    "Cabinet.nom": "du cabinet",
    "Cabinet.adresse": "du cabinet",
    "Cabinet.code_postal": "du cabinet, cinq chiffres",
    "Cabinet.commune": "du cabinet",
    "Cabinet.departement": "du cabinet, un code",
    "Cabinet.cpam": "de la caisse",
    "Medecin.id": "clé que donne le programme",
    "Medecin.nom": "du médecin",
    "Medecin.prenom": "du médecin",
    "Medecin.rpps": "du médecin, onze chiffres et leur clé",
    "Medecin.numero_am": "du médecin, neuf chiffres au plus",
    "Medecin.specialite": "du médecin, un mot sans espace",
    "Assistant.id": "clé que donne le programme",
    "Assistant.nom": "du salarié",
    "Assistant.prenom": "du salarié",
    "Affectation.contrat": "clé que donne le programme",
    "Mission.assistant": "clé que donne le programme",
    "Mission.tache": "de la tâche confiée, choisie dans une liste ou écrite : un NIR y est signalé",
    "Observation.assistant": "clé que donne le programme",
    "Suspension.motif": "de l'avenant : un NIR y est signalé",
    "ChangementOption.motif": "de l'avenant : un NIR y est signalé",
    "NouvelObjectif.motif": "de l'avenant : un NIR y est signalé",
    "ChangementAdresse.motif": "de l'avenant : un NIR y est signalé",
    "ChangementAdresse.adresse": "du cabinet",
    "ChangementAdresse.code_postal": "du cabinet, cinq chiffres",
    "ChangementAdresse.commune": "du cabinet",
    "ChangementAdresse.departement": "du cabinet, un code",
    "Resiliation.motif": "de l'avenant : un NIR y est signalé",
    "Adhesion.medecin": "clé que donne le programme",
    "DocteurJunior.medecin": "clé que donne le programme",
    "ContratIndividuel.id": "clé que donne le programme",
    "ContratIndividuel.medecin": "clé que donne le programme",
    "ContratCollectif.id": "clé que donne le programme",
    "ContratCollectif.medecins": "clés que donne le programme",
    "Proposition.contrat": "clé que donne le programme",
    "Proposition.note": "de la proposition de la caisse : un NIR y est signalé",
    "Releve.medecin": "clé que donne le programme",
    "Releve.note": "du relevé, des comptes : un NIR y est signalé",
    "Mouvement.medecin": "clé que donne le programme",
    "Activite.medecin": "clé que donne le programme",
    "Activite.mois": "un mois",
    "Versement.contrat": "clé que donne le programme",
    "Versement.reference": "du virement : un NIR y est signalé",
    "Correction.medecin": "clé que donne le programme",
    "Correction.note": "de la demande à la caisse : un NIR y est signalé",
    "Notification.contrat": "clé que donne le programme",
    "Notification.reference": "du courrier de la caisse : un NIR y est signalé",
    "EcheanceFaite.contrat": "clé que donne le programme",
    "EcheanceFaite.note": "de l'échéance : un NIR y est signalé",
    "EcheanceFaite.assistant": "clé que donne le programme",
}
"""Every field that may hold a text, and whom or what it is about. A field that is not here fails the test below."""

DU_PATIENT = re.compile(
    r"patient(?!ele)|malade|assure|nir\b|naissance|naiss|beneficiaire|diagnostic|pathologie|ald\b|ordonnance|"
    r"secu|matricule|\bins\b|sexe|telephone|mail|courriel"
)
PLUS_PETIT_NIR = 10**12


def modeles() -> list[type[BaseModel]]:
    """Give every noun of the domain."""
    trouves = [
        valeur
        for module in (assistant, cabinet, contrat, dossier, suivi)
        for valeur in vars(module).values()
        if isinstance(valeur, type) and issubclass(valeur, Valeur) and valeur.__module__ == module.__name__
    ]
    return [modele for modele in trouves if not modele.__name__.startswith("_")]


def feuilles(annotation: Any) -> set[Any]:  # noqa: ANN401 - any annotation
    """Give the types at the ends of an annotation; those of a Literal are none."""
    origine = get_origin(annotation)
    if origine is Literal:
        return set()
    if origine is Annotated:
        return feuilles(get_args(annotation)[0])
    if origine in (Union, UnionType, tuple):
        return {feuille for argument in get_args(annotation) for feuille in feuilles(argument)}
    return {annotation}


def test_every_room_of_the_domain_is_looked_into() -> None:
    fichiers = {f.stem for f in Path(assistant.__file__).parent.glob("*.py") if "(Valeur)" in f.read_text("utf-8")}
    assert fichiers == {"assistant", "cabinet", "contrat", "dossier", "suivi"}
    assert Dossier in modeles()


def test_every_text_of_the_domain_belongs_to_the_practice() -> None:
    textes = {
        f"{modele.__name__}.{nom}"
        for modele in modeles()
        for nom, champ in modele.model_fields.items()
        if str in feuilles(champ.annotation)
    }
    assert textes == set(TEXTES)


def test_no_other_field_can_hold_a_name_or_a_number() -> None:
    permis = {str, int, float, bool, date, Fraction, type(None), Ellipsis}
    for modele in modeles():
        schema = modele.model_json_schema().get("properties", {})
        for nom, champ in modele.model_fields.items():
            types = feuilles(champ.annotation)
            assert {t for t in types - permis if not (isinstance(t, type) and issubclass(t, Valeur))} == set()
            if int in types:
                bornes = re.findall(r"'(?:maximum|exclusiveMaximum)': (\d+)", str(schema[nom]))
                en_euros = "euros" in str(schema[nom])  # whose bound is checked when it is read
                assert en_euros or (bornes and max(map(int, bornes)) < PLUS_PETIT_NIR), f"{modele.__name__}.{nom}"


def test_no_field_asks_for_a_patient() -> None:
    for modele in modeles():
        for nom, champ in modele.model_fields.items():
            assert not DU_PATIENT.search(nom), f"{modele.__name__}.{nom}"
            libelle = (champ.description or "").lower()
            assert not re.search(r"\b(nom|prénom|identité|numéro) d(u|es|'un) patient", libelle), libelle


def test_the_test_itself_would_see_one() -> None:
    assert all(DU_PATIENT.search(nom) for nom in ("nom_patient", "date_naissance", "nir", "num_secu"))
    assert not DU_PATIENT.search("patientele_mt")
