"""A dossier in and out of its JSON, and all its faults in one go, in the order of the file."""

import json
from datetime import date
from fractions import Fraction

import pytest

from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
from assistmed_desktop.domain.dossier import FORMAT, PROFONDEUR_MAX, VERSION, ecrire_dossier, lire_dossier
from assistmed_desktop.domain.fautes import DossierInvalide, Faute, chemin
from assistmed_desktop.domain.suivi import Versement
from tests.domain.outils import EXEMPLE, Document, avec, complet, exemple, fautes, lire, places, sans

# --- in and out


def test_the_worked_example_is_read() -> None:
    dossier = lire_dossier(EXEMPLE.read_bytes())
    (contrat,) = dossier.contrats
    assert isinstance(contrat, ContratIndividuel)
    assert (dossier.format, dossier.version) == (FORMAT, VERSION)
    assert contrat.debut_le == date(2022, 3, 15)
    assert contrat.option_etp == Fraction(1, 2)
    assert dossier.versements[0].montant_du == 1_800_000
    assert dossier.assistants[0].embauches[0].heures_hebdo == 17.5
    assert dossier.assistants[0].embauches[0].au is None


@pytest.mark.parametrize("document", [exemple(), complet()], ids=["exemple", "complet"])
def test_out_of_a_dossier_comes_the_json_that_went_in(document: Document) -> None:
    sorti = json.loads(ecrire_dossier(lire_dossier(json.dumps(document))))
    assert sorti == document
    assert json.dumps(sorti) == json.dumps(document)  # the same order of keys, 18000 and not 18000.0


def test_a_dossier_is_the_same_after_it_was_written() -> None:
    dossier = lire_dossier(json.dumps(complet()))
    relu = lire_dossier(ecrire_dossier(dossier))
    assert relu == dossier
    assert hash(relu) == hash(dossier)
    assert isinstance(relu.contrats[1], ContratCollectif)


def test_a_dossier_is_written_for_people_to_read() -> None:
    texte = ecrire_dossier(lire_dossier(EXEMPLE.read_bytes()))
    assert texte.startswith(
        '{\n  "format": "assistmed-dossier",\n  "version": 1,\n  "cabinet": {\n    "nom": "Cabinet méd'
    )
    assert texte.endswith("\n}\n")


@pytest.mark.parametrize("euros", [0, 0.01, 0.29, 1.1, 4.35, 18000.5, 9_999_999.99])
def test_an_amount_is_written_as_it_was_read(euros: float) -> None:
    dossier = lire_dossier(json.dumps(avec(exemple(), "versements[0].montant_du", euros)))
    montant = dossier.versements[0].montant_du
    assert montant == round(euros * 100)
    assert json.loads(ecrire_dossier(dossier))["versements"][0]["montant_du"] == euros


@pytest.mark.parametrize(("heures", "texte"), [(35, "35"), (35.0, "35"), (17.5, "17.5"), (11.67, "11.67")])
def test_hours_are_written_without_a_useless_decimal(heures: float, texte: str) -> None:
    dossier = lire_dossier(json.dumps(avec(exemple(), "assistants[0].embauches[0].heures_hebdo", heures)))
    assert f'"heures_hebdo": {texte},' in ecrire_dossier(dossier)


def test_an_empty_practice_is_a_dossier() -> None:
    document = {cle: [] if isinstance(valeur, list) else valeur for cle, valeur in exemple().items()}
    assert json.loads(ecrire_dossier(lire_dossier(json.dumps(document)))) == document


def test_bytes_with_a_byte_order_mark_are_read() -> None:
    assert lire_dossier(b"\xef\xbb\xbf" + EXEMPLE.read_bytes()) == lire_dossier(EXEMPLE.read_text(encoding="utf-8"))


# --- what is not a document

EN_TEXTE = json.dumps(exemple())


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        ("", "ce n'est pas du JSON : erreur à la ligne 1, colonne 1"),
        (b"", "ce n'est pas du JSON : erreur à la ligne 1, colonne 1"),
        ("{", "ce n'est pas du JSON : erreur à la ligne 1, colonne 2"),
        ('{\n"format":,', "ce n'est pas du JSON : erreur à la ligne 2, colonne 10"),
        (EN_TEXTE + "}", f"ce n'est pas du JSON : erreur à la ligne 1, colonne {len(EN_TEXTE) + 1}"),
        ('{"nom": "a\nb"}', "ce n'est pas du JSON : erreur à la ligne 1, colonne 11"),
        ("[]", "un dossier est un objet JSON, entre accolades"),
        ("null", "un dossier est un objet JSON, entre accolades"),
        ("1", "un dossier est un objet JSON, entre accolades"),
        ('{"a": NaN}', "NaN n'est pas un nombre de JSON"),
        ('{"a": [Infinity]}', "Infinity n'est pas un nombre de JSON"),
        ('{"a": -Infinity}', "-Infinity n'est pas un nombre de JSON"),
        ('{"a": ' + "9" * 5000 + "}", "un nombre de ce fichier est trop long"),
        ('{"a": 1, "b": 2, "a": 1}', "la clé « a » est écrite deux fois dans le même objet"),
        ('{"b": 2, "a": 1, "a": 1}', "la clé « a » est écrite deux fois dans le même objet"),
        ('{"a": [{"b": 1, "b": 2}]}', "la clé « b » est écrite deux fois dans le même objet"),
        (r'{"a": {"\n": 1, "\n": 2}}', r'la clé « ["\n"] » est écrite deux fois dans le même objet'),
        (r'{"a": "\ud800"}', "un caractère de ce fichier est mal codé"),
        (r'{"\udfff": 1}', "un caractère de ce fichier est mal codé"),
        ('{"a": "\udc80"}', "un caractère de ce fichier est mal codé"),
        ('{"nom": "Château"}'.encode("latin-1"), "le fichier n'est pas en UTF-8 (octet 11)"),
        (EN_TEXTE.encode("utf-16"), "le fichier n'est pas en UTF-8 (octet 0)"),
    ],
    ids=lambda valeur: repr(valeur)[:40],
)
def test_what_is_not_a_json_object_is_refused_as_a_whole(texte: str | bytes, message: str) -> None:
    assert fautes(texte) == [f"dossier : {message}"]


@pytest.mark.parametrize("profondeur", [PROFONDEUR_MAX, 150, 250, 990, 1000, 100_000])
@pytest.mark.parametrize(("ouvre", "ferme"), [("[", "]"), ('{"a":', "}")])
def test_a_document_too_deep_is_refused_as_a_whole(profondeur: int, ouvre: str, ferme: str) -> None:
    texte = f'{EN_TEXTE[:-1]}, "x": {ouvre * profondeur}1{ferme * profondeur}}}'
    assert fautes(texte) == ["dossier : ce JSON est trop imbriqué pour être un dossier"]


def test_a_document_as_deep_as_allowed_is_read() -> None:
    profondeur = PROFONDEUR_MAX - 2
    texte = f'{EN_TEXTE[:-1]}, "x": {"[" * profondeur}1{"]" * profondeur}}}'
    assert fautes(texte) == ["x : cette clé n'existe pas dans le format : retirez-la ou corrigez son nom"]


def test_a_number_out_of_the_range_of_floats_is_refused_where_it_is() -> None:
    assert fautes(EN_TEXTE.replace("17.5", "1e999")) == [
        "assistants[0].embauches[0].heures_hebdo : un nombre fini est attendu"
    ]
    assert fautes(EN_TEXTE.replace('"montant_du": 18000', '"montant_du": -1e999')) == [
        "versements[0].montant_du : ce montant dépasse ce qu'un contrat peut verser"
    ]


# --- all faults in one go


MAINTIEN = "un contrat de maintien a pour objectif sa référence"


def _dix_fautes() -> tuple[Document, list[str]]:
    document = complet()
    for ou, valeur in {
        "version": 2,
        "cabinet.code_postal": "581",
        "medecins[1].rpps": "10003456795",
        "contrats[0].medecin": "m9",
        "contrats[0].duree_ans": True,
        "contrats[0].objectif.patientele_mt": 1000,
        "assistants[0].absences[0].au": "2023-02-30",
        "versements[0].montant_du": 18000.005,
        "versements[0].recu_le": None,
    }.items():
        document = avec(document, ou, valeur)
    document = sans(document, "releves[0].source")
    return document, [
        "version : valeur inconnue ; attendu : 1",
        "cabinet.code_postal : un code postal a cinq chiffres",
        "medecins[1].rpps : la clé du numéro RPPS 10003456795 est fausse : relisez ses onze chiffres",
        "contrats[0].medecin : le médecin « m9 » n'est pas dans ce dossier",
        "contrats[0].duree_ans : un nombre entier est attendu, sans guillemets ni décimale",
        f"contrats[0].objectif.patientele_mt : l'objectif (1000) est sous la référence (1010) : {MAINTIEN}",
        "assistants[0].absences[0].au : la date 2023-02-30 n'existe pas dans le calendrier",
        "releves[0].source : cette clé manque",
        "versements[0].montant_du : un montant en euros a au plus deux décimales",
        "versements[0].recu_le : un versement reçu porte à la fois sa date et son montant",
    ]


def test_ten_faults_of_different_kinds_are_ten_lines_in_the_order_of_the_file() -> None:
    document, attendues = _dix_fautes()
    assert fautes(document) == attendues


def test_the_order_is_that_of_the_file_even_when_its_keys_are_not_in_ours() -> None:
    document, attendues = _dix_fautes()
    inverse = dict(reversed(document.items()))
    inverse["contrats"] = [dict(reversed(c.items())) for c in document["contrats"]]
    (version, code_postal, rpps, medecin, duree, objectif, absence, source, montant, recu) = attendues
    assert fautes(inverse) == [
        montant, recu, source, absence, objectif, duree, medecin, rpps, code_postal, version
    ]  # fmt: skip


def test_faults_across_objects_alone_are_in_the_order_of_the_file_too() -> None:
    document = complet()
    document["contrats"][0]["objectif"]["file_active"] = 1
    document["contrats"][0]["avenants"][3]["du"] = "2021-01-01"
    document["contrats"][0]["medecin"] = "m9"
    document["missions"] = [{**document["missions"][0], "assistant": f"x{i}"} for i in range(12)]
    document["releves"][0].update(medecin="m8", patientele_mt=None, file_active=None)
    assert [faute.split(" : ")[0] for faute in fautes(document)] == [
        "contrats[0].medecin",
        "contrats[0].objectif.file_active",
        "contrats[0].avenants[3].du",
        *(f"missions[{i}].assistant" for i in range(12)),
        "releves[0]",
        "releves[0].medecin",
    ]


def test_every_value_wrong_at_once_is_as_many_faults_each_at_its_place() -> None:
    document = complet()
    feuilles = [place for place in places(document) if not isinstance(lire(document, place), dict | list)]
    for place in feuilles:
        document = avec(document, place, [])
    assert [faute.split(" : ")[0] for faute in fautes(document)] == [chemin(*place) for place in feuilles]


def test_a_refusal_says_every_fault_one_a_line_path_first() -> None:
    document, attendues = _dix_fautes()
    with pytest.raises(DossierInvalide) as refus:
        lire_dossier(json.dumps(document))
    assert str(refus.value).splitlines() == attendues
    assert refus.value.fautes[0] == Faute("version", "valeur inconnue ; attendu : 1")
    assert refus.value.__suppress_context__ or refus.value.__context__ is None


@pytest.mark.parametrize(
    ("echeance", "recu", "jour", "attendu"),
    [
        ("2024-01-10", "2024-02-01", "2024-02-01", ("2024-01-10", "2024-02-01")),
        ("2024-01-10", "2024-02-01", "2024-01-31", ("2024-01-10", None)),
        (None, "2024-02-01", "2024-02-01", (None, "2024-02-01")),
        (None, "2024-02-01", "2024-01-31", None),
        (None, None, "2024-01-31", (None, None)),
    ],
)
def test_a_payment_is_known_by_what_was_said_of_it_by_a_day(
    echeance: str | None, recu: str | None, jour: str, attendu: tuple[str | None, str | None] | None
) -> None:
    def le(texte: str | None) -> date | None:
        return None if texte is None else date.fromisoformat(texte)

    versement = Versement(
        contrat="c1",
        annee_contrat=1,
        echeance_le=le(echeance),
        montant_du=18_000_00,
        recu_le=le(recu),
        montant_recu=None if recu is None else 18_000_00,
        reference="",
    )
    connu = versement.connu_le(date.fromisoformat(jour))

    assert (None if connu is None else (connu.echeance_le, connu.recu_le)) == (
        None if attendu is None else (le(attendu[0]), le(attendu[1]))
    )
    if connu is not None:
        assert (connu.recu_le is None) == (connu.montant_recu is None)
        assert connu.montant_du == 18_000_00
