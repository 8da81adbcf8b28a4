"""The extract of a practice for one contract: equal to it for the rules, silent on everything else."""

import json
import re
from datetime import date
from typing import Any

import pytest

from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier, lire_dossier
from assistmed_desktop.domain.suivi import Mouvement
from assistmed_desktop.domain.valeurs import COMPTE_MAX
from assistmed_desktop.exchange.evaluation_json import evaluation_json
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.bareme import Baremes, charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.services.extrait import analyser_l_extrait, evaluer_l_extrait, extraire
from assistmed_desktop.services.mouvements_regroupes import regrouper
from assistmed_desktop.services.rapports import empreinte
from tests.dix_medecins import dix_medecins
from tests.services.outils import exemple
from tests.services.outils_extrait import verifier

AU = date(2026, 11, 15)


@pytest.fixture(scope="module")
def baremes() -> Baremes:
    return charger_baremes()


def demo() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


@pytest.mark.parametrize("au", [date(2023, 1, 1), date(2024, 2, 29), date(2025, 9, 15), AU])
@pytest.mark.parametrize("contrat", ["c1", "c2", "c3", "c4"])
def test_the_demonstration_is_told_by_its_extracts(contrat: str, au: date, baremes: Baremes) -> None:
    verifier(demo(), contrat, au, baremes)


@pytest.mark.parametrize("au", [date(2022, 6, 1), date(2024, 12, 31), AU])
def test_the_worked_example_too(au: date, baremes: Baremes) -> None:
    for contrat in exemple().contrats:
        verifier(exemple(), contrat.id, au, baremes)


@pytest.mark.parametrize("au", [date(2021, 3, 10), AU])
def test_a_large_practice_too(au: date, baremes: Baremes) -> None:
    dossier = dix_medecins()
    for contrat in dossier.contrats:
        verifier(dossier, contrat.id, au, baremes)


def test_a_contract_that_is_not_there_is_said() -> None:
    with pytest.raises(KeyError, match="c9"):
        extraire(demo(), "c9", AU)


def test_the_fingerprint_of_an_extract_is_that_of_its_own_extract() -> None:
    extrait = extraire(demo(), "c1", AU)
    relu = lire_dossier(ecrire_dossier(extrait))
    assert empreinte(extraire(relu, "c1", AU)) == empreinte(extrait) != empreinte(demo())


# Nothing else is told

_LIBRES = ("motif", "note", "adresse", "reference", "tache", "nom", "prenom")
_MONTRES = re.compile(
    r"cabinet\.nom|(versements|notifications)\[\d+\]\.reference|missions\[\d+\]\.tache"
    r"|(medecins|assistants)\[\d+\]\.(nom|prenom)|contrats\[\d+\]\.avenants\[\d+\]\.commune|cabinet\.(commune|cpam)"
)
"""The free texts that a page shows, when they are about the contract."""


def marque(valeur: Any, chemin: str, marques: list[str]) -> Any:  # noqa: ANN401 - any JSON value
    """Put a text found nowhere else in every text that somebody types."""
    if isinstance(valeur, list):
        return [marque(enfant, f"{chemin}[{rang}]", marques) for rang, enfant in enumerate(valeur)]
    if isinstance(valeur, dict):
        return {cle: marque(enfant, f"{chemin}.{cle}".lstrip("."), marques) for cle, enfant in valeur.items()}
    if isinstance(valeur, str) and chemin.rpartition(".")[2] in (*_LIBRES, "commune", "cpam"):
        marques.append(chemin)
        return f"MARQUE{len(marques):04d}X"
    return valeur


def renomme(brut: str) -> str:
    """Give an id of its own, found nowhere else, to every object."""
    for liste, lettre in (("medecins", "m"), ("contrats", "c"), ("assistants", "a")):
        for objet in json.loads(brut)[liste]:
            brut = brut.replace(f'"{objet["id"]}"', f'"SECRET-{lettre}-{objet["id"]}"')
    return brut


def cabinet_marque(dossier: Dossier) -> tuple[Dossier, list[str]]:
    marques: list[str] = []
    brut = json.loads(renomme(ecrire_dossier(dossier)))
    for contrat in brut["contrats"]:
        contrat["avenants"] += [
            {"type": "adresse", "du": contrat["debut_le"], "adresse": "1 rue", "code_postal": "58120",
             "commune": "Dun", "departement": "58", "zonage": "zip", "motif": "loyer"},
            {"type": "objectif", "du": contrat["debut_le"], "objectif": contrat["objectif"], "motif": "santé"},
        ]  # fmt: skip
        brut.setdefault("propositions", []).append(
            {"contrat": contrat["id"], "recue_le": "2026-06-01", "option_etp": None, "reference": None,
             "objectif": {"patientele_mt": None, "file_active": None, "evaluation_le": None}, "note": "confidentiel"}
        )  # fmt: skip
    return lire_dossier(json.dumps(marque(brut, "", marques))), marques


@pytest.mark.parametrize("dossier", [demo(), dix_medecins()], ids=["demo", "dix"])
@pytest.mark.parametrize("rang", [0, 3])
def test_no_note_no_reason_and_nobody_else_is_in_an_extract(dossier: Dossier, rang: int, baremes: Baremes) -> None:
    dossier, marques = cabinet_marque(dossier)
    contrat = dossier.contrats[rang].id
    extrait = verifier(dossier, contrat, AU, baremes)
    evaluation = evaluer_l_extrait(extrait, contrat, AU, baremes)
    analyses = {c.id: analyser_l_extrait(extrait, c, baremes) for c in evaluation.contrats}
    joints = ecrire_dossier(extrait) + json.dumps(evaluation_json(evaluation, analyses))

    restes = {marques[int(rang) - 1] for rang in re.findall(r"MARQUE(\d{4})X", joints)}
    assert restes
    assert [reste for reste in restes if not _MONTRES.fullmatch(reste)] == []
    signe = dossier.contrats[rang]
    equipe = {a.id for a in dossier.assistants if any(f.contrat == contrat for f in a.affectations)}
    permis = {contrat, *signe.medecins, *equipe}
    assert set(re.findall(r"SECRET-[\w.-]+", joints)) <= permis
    for liste, cle, valeur in (
        ("versements", "contrat", {contrat}), ("notifications", "contrat", {contrat}), ("medecins", "id", permis),
        ("assistants", "id", permis), ("missions", "assistant", permis),
    ):  # fmt: skip
        for i, objet in enumerate(getattr(dossier, liste)):
            if getattr(objet, cle) not in valeur:
                assert not any(reste.startswith(f"{liste}[{i}].") for reste in restes), (liste, i)
    for medecin in dossier.medecins:
        assert medecin.rpps not in joints


def test_no_cost_and_no_professional_number_is_in_an_extract() -> None:
    extrait = extraire(demo(), "c2", AU)
    assert any(a.couts for a in demo().assistants)
    assert not any(a.couts for a in extrait.assistants)
    assert [(m.rpps, m.numero_am) for m in extrait.medecins] == [("00000000000", ""), ("00000000018", "")]
    assert [m.nom_complet for m in extrait.medecins][1:] == ["Autre médecin"]


def test_what_only_shares_an_assistant_is_a_shadow() -> None:
    extrait = extraire(demo(), "c2", AU)
    (signe, *ombres) = extrait.contrats
    assert [ombre.id for ombre in ombres] == ["autre-0001", "autre-0002"]
    assert {(ombre.debut_le, ombre.reference.patientele_mt) for ombre in ombres} == {(signe.debut_le, 0)}
    assert {f.contrat for a in extrait.assistants for f in a.affectations} == {"c2", "autre-0001", "autre-0002"}


def test_a_name_already_taken_is_left_to_the_contract(baremes: Baremes) -> None:
    brut = ecrire_dossier(demo()).replace('"c2"', '"autre-0001"').replace('"m2"', '"autre-0001"')
    extrait = verifier(lire_dossier(brut), "autre-0001", AU, baremes)
    assert [contrat.id for contrat in extrait.contrats] == ["autre-0001", "autre-0002", "autre-0003"]
    assert [medecin.id for medecin in extrait.medecins] == ["autre-0001", "autre-0002"]


def test_what_comes_after_the_day_is_not_in_the_extract() -> None:
    au = date(2024, 6, 30)
    extrait = extraire(demo(), "c1", au)
    assert max(r.date for r in extrait.releves) <= au
    assert max(m.du for m in extrait.mouvements) <= au
    assert max(a.mois for a in extrait.activite) <= "2024-06"
    assert not any(v.recu_le and v.recu_le > au for v in extrait.versements)
    assert any(v.echeance_le and v.echeance_le > au for v in extrait.versements)
    codes = {a.code for c in evaluate(extrait, au, charger_baremes()).contrats for a in c.avertissements}
    assert "releve_futur" not in codes


# Movements


def mois(premier: date, dernier: date, deces: int = 1, autres: int = 0) -> Mouvement:
    return Mouvement(medecin="m", du=premier, au=dernier, entrees=10, deces=deces, departs=2, autres_sorties=autres)


ANNEE = [
    mois(date(2025, rang, 1), date(2025, rang, jours))
    for rang, jours in enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1)
]
TOUJOURS = (date(2020, 1, 1), date(2030, 12, 31))


def vus(mouvements: tuple[Mouvement, ...]) -> list[tuple[str, str, int, int]]:
    return [(f"{m.du:%m-%d}", f"{m.au:%m-%d}", m.deces, m.autres_sorties) for m in mouvements]


def test_months_are_summed_by_calendar_quarter() -> None:
    assert vus(regrouper(reversed(ANNEE), *TOUJOURS)) == [
        ("01-01", "03-31", 3, 0),
        ("04-01", "06-30", 3, 0),
        ("07-01", "09-30", 3, 0),
        ("10-01", "12-31", 3, 0),
    ]


def test_what_is_left_of_a_quarter_goes_to_its_neighbour() -> None:
    assert vus(regrouper(ANNEE[1:7], *TOUJOURS)) == [("02-01", "07-31", 6, 0)]
    assert vus(regrouper(ANNEE[:7], *TOUJOURS)) == [("01-01", "03-31", 3, 0), ("04-01", "07-31", 4, 0)]


def test_a_short_period_alone_does_not_tell_its_deaths() -> None:
    trou = [*ANNEE[:3], ANNEE[4]]
    assert vus(regrouper(trou, *TOUJOURS)) == [("01-01", "03-31", 3, 0), ("05-01", "05-31", 0, 1)]


def test_nothing_is_summed_across_the_bounds_of_the_interval() -> None:
    assert vus(regrouper(ANNEE, date(2025, 1, 1), date(2025, 11, 15))) == [
        ("01-01", "03-31", 3, 0),
        ("04-01", "06-30", 3, 0),
        ("07-01", "10-31", 4, 0),
        ("11-01", "11-30", 0, 1),
        ("12-01", "12-31", 0, 1),
    ]


def test_a_sum_is_never_more_than_a_dossier_holds() -> None:
    beaucoup = [m.model_copy(update={"entrees": COMPTE_MAX, "deces": COMPTE_MAX}) for m in ANNEE[:2]]
    (somme,) = regrouper(beaucoup, *TOUJOURS)
    assert (somme.entrees, somme.deces, somme.autres_sorties) == (COMPTE_MAX, 0, COMPTE_MAX)


def test_a_long_period_stays_as_it_was_entered() -> None:
    longs = [mois(date(2024, 1, 1), date(2024, 12, 31), 40), mois(date(2025, 1, 1), date(2025, 6, 30), 20)]
    assert regrouper(longs, *TOUJOURS) == tuple(longs)
    assert regrouper([], *TOUJOURS) == ()
