"""The values as the program makes them: frozen, strict, in its own types and not in those of JSON."""

import json
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from assistmed_desktop.domain.assistant import Affectation, Assistant, Embauche
from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier, lire_dossier
from assistmed_desktop.domain.suivi import Activite, Releve, Versement
from assistmed_desktop.domain.valeurs import Valeur, texte_etp
from tests.domain.outils import EXEMPLE, avec, complet, fautes, lire, place_de, sans

JOUR = date(2024, 12, 31)


def _dossier() -> Dossier:
    return lire_dossier(EXEMPLE.read_bytes())


def _releve(**cles: Any) -> Releve:  # noqa: ANN401 - wrong on purpose
    return Releve(
        **{
            "medecin": "m1",
            "date": JOUR,
            "patientele_mt": 1,
            "file_active": None,
            "source": "cpam",
            "note": "",
            **cles,
        }
    )


def _versement(**cles: Any) -> Versement:  # noqa: ANN401 - wrong on purpose
    return Versement(**{**_dossier().versements[0].model_dump(), **cles})


FACULTATIVES = {
    "Absence": {"conges"},
    "Assistant": {"couts"},
    "Resiliation": {"cause", "notifie_le"},
    "Adhesion": {"reference"},
    "ContratIndividuel": {"derogation"},
    "ContratCollectif": {"structure", "gains_anterieurs", "adhesions", "docteurs_juniors"},
    "EcheanceFaite": {"assistant"},
    "Dossier": {"corrections", "notifications", "echeances_faites", "observations", "propositions"},
}
"""Every other key of the format must be there: only what came later may be left out."""

ABSENTES = [
    ("assistants[0].absences[0].conges", False),
    ("assistants[0].couts", []),
    ("contrats[1].avenants[0].cause", None),
    ("contrats[1].avenants[0].notifie_le", None),
    ("contrats[1].adhesions[0].reference", None),
    ("contrats[0].derogation", None),
    ("contrats[1].structure", None),
    ("contrats[1].gains_anterieurs", None),
    ("contrats[1].adhesions", []),
    ("contrats[1].docteurs_juniors", []),
    ("echeances_faites[1].assistant", None),
    *((liste, []) for liste in sorted(FACULTATIVES["Dossier"])),
]


def _classes(classe: type[Valeur]) -> list[type[Valeur]]:
    filles = [fille for sous in classe.__subclasses__() for fille in _classes(sous)]
    return [c for c in (classe, *filles) if c.__module__.startswith("assistmed_desktop.domain.")]


@pytest.mark.parametrize("classe", _classes(Valeur), ids=lambda classe: classe.__name__)
def test_every_noun_is_frozen_strict_and_closed(classe: type[Valeur]) -> None:
    reglages = classe.model_config
    assert (reglages.get("frozen"), reglages.get("strict"), reglages.get("extra")) == (True, True, "forbid")
    facultatives = {nom for nom, champ in classe.model_fields.items() if not champ.is_required()}
    assert facultatives == FACULTATIVES.get(classe.__name__, set())


@pytest.mark.parametrize(("chemin", "absent"), ABSENTES)
def test_a_key_left_out_and_one_that_says_the_same_are_one_and_the_first_is_written(
    chemin: str, absent: object
) -> None:
    document = complet()
    assert lire(document, place_de(chemin)) not in (None, False, [])
    laissee, dite = (lire_dossier(json.dumps(d)) for d in (sans(document, chemin), avec(document, chemin, absent)))
    assert laissee == dite
    assert ecrire_dossier(laissee) == ecrire_dossier(dite)
    assert json.loads(ecrire_dossier(dite)) == sans(document, chemin)


def test_a_value_does_not_change() -> None:
    dossier = _dossier()
    with pytest.raises(ValidationError, match="frozen"):
        dossier.cabinet.nom = "Autre"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        del dossier.contrats
    assert isinstance(dossier.contrats, tuple)
    assert isinstance(dossier.contrats[0].avenants, tuple)


def test_values_are_equal_by_content() -> None:
    assert _releve() == _releve()
    assert len({_releve(), _releve(), _releve(patientele_mt=2)}) == 2


@pytest.mark.parametrize(
    "cles",
    [
        {"date": "2024-12-31"},
        {"date": datetime(2024, 12, 31, tzinfo=UTC)},
        {"date": date(1949, 12, 31)},
        {"patientele_mt": 1.0},
        {"patientele_mt": "1"},
        {"patientele_mt": True},
        {"patientele_mt": -1},
        {"note": None},
        {"note": "\ud800"},
        {"remarque": ""},
    ],
)
def test_a_value_of_the_program_is_checked_as_strictly_as_one_of_a_file(cles: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        _releve(**cles)


def test_an_amount_is_whole_centimes_in_the_program() -> None:
    assert _versement(montant_du=1_800_050).model_dump(mode="json")["montant_du"] == 18000.5
    assert _versement(montant_du=1_800_000).model_dump(mode="json")["montant_du"] == 18000
    assert _versement(montant_du=1_800_000).model_dump()["montant_du"] == 1_800_000
    for faux in (18000.5, -1, 1_000_000_001, True):
        with pytest.raises(ValidationError):
            _versement(montant_du=faux)


@pytest.mark.parametrize(
    ("valeur", "texte"),
    [
        (Fraction(1, 3), "1/3"),
        (Fraction(1, 2), "1/2"),
        (Fraction(1), "1"),
        (Fraction(3, 2), "3/2"),
        (Fraction(2), "2"),
        (Fraction(4), "4"),
    ],
)
def test_an_etp_is_a_fraction_in_the_program_and_a_text_in_the_file(valeur: Fraction, texte: str) -> None:
    affectation = Affectation(contrat="c1", du=JOUR, au=None, etp=valeur)
    assert affectation.etp == valeur
    assert affectation.model_dump(mode="json")["etp"] == texte_etp(valeur) == texte


@pytest.mark.parametrize("faux", ["1/2", 0.5, 1, Fraction(0), Fraction(-1, 2), Fraction(401, 2)])
def test_an_etp_is_a_fraction_above_0(faux: Any) -> None:  # noqa: ANN401 - wrong on purpose
    with pytest.raises(ValidationError):
        Affectation(contrat="c1", du=JOUR, au=None, etp=faux)


def test_a_month_is_checked_in_the_program_too() -> None:
    for mois in ("2024-13", "2024-1", "2024-11\n", "décembre"):
        with pytest.raises(ValidationError):
            Activite(medecin="m1", mois=mois, actes=0, jours_travailles=0)


def test_a_person_is_named_by_first_name_and_name() -> None:
    (medecin,), (assistant,) = _dossier().medecins, _dossier().assistants
    assert (medecin.nom_complet, assistant.nom_complet) == ("Claire Lambert", "Inès Morel")
    assert medecin.model_copy(update={"prenom": ""}).nom_complet == "Lambert"
    assert assistant.model_copy(update={"prenom": ""}).nom_complet == "Morel"


def test_the_first_hiring_is_the_oldest() -> None:
    assistant = _dossier().assistants[0]
    premiere = assistant.embauches[0]
    ancienne = Embauche(**{**premiere.model_dump(), "du": date(2019, 1, 7), "au": date(2020, 1, 6)})
    assert assistant.embauche_le == date(2022, 3, 15)
    assert _embauche(assistant, premiere, ancienne).embauche_le == date(2019, 1, 7)
    assert _embauche(assistant).embauche_le is None


def _embauche(assistant: Assistant, *embauches: Embauche) -> Assistant:
    return assistant.model_copy(update={"embauches": embauches})


@pytest.mark.parametrize(
    "chemin", ["cabinet.nom", "medecins[0].prenom", "missions[0].tache", "versements[0].reference"]
)
@pytest.mark.parametrize("saut", ["\n", "\t"])
def test_a_name_has_one_line(chemin: str, saut: str) -> None:
    assert fautes(avec(complet(), chemin, f"deux{saut}lignes")) == [
        f"{chemin} : ce texte contient un caractère invisible interdit"
    ]
