"""The chain of the journal: whatever is done to it behind the program's back shows, and where."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from assistmed_desktop.services.journal import NOMS, ORIGINE, Entree, effacer, sceller, verifier

Entrees = tuple[Entree, ...]
LE = "2025-03-12T10:02:00+01:00"


def _chaine(nombre: int, depart: str = ORIGINE, cle: int = 1) -> Entrees:
    entrees: list[Entree] = []
    for rang in range(nombre):
        precedent = entrees[-1].empreinte if entrees else depart
        contenu = (LE, "claire", "accueil", f"Étape {rang}", '{"releve":{"ajoutes":1}}')
        entrees.append(Entree(cle + rang, *contenu, precedent, sceller(precedent, *contenu)))
    return tuple(entrees)


CINQ = _chaine(5)


def _scelle(entree: Entree) -> Entree:
    contenu = (entree.le, entree.utilisateur, entree.poste, entree.etape, entree.details)
    return replace(entree, empreinte=sceller(entree.precedent, *contenu))


def _avec(rang: int, entree: Entree) -> Entrees:
    return (*CINQ[:rang], entree, *CINQ[rang + 1 :])


def _inseree() -> Entrees:
    intruse = replace(_chaine(1, CINQ[2].empreinte, 4)[0], etape="Intruse")
    suite = tuple(replace(entree, cle=entree.cle + 1) for entree in CINQ[3:])
    return (*CINQ[:3], _scelle(intruse), *suite)


def test_an_untouched_chain_is_whole() -> None:
    etat = verifier(CINQ)
    assert etat.intact
    assert etat.empreinte == CINQ[-1].empreinte
    assert str(etat) == "Le journal est intact depuis le 12/03/2025 à 10:02\u00a0: 5\u00a0entrées."


def test_an_empty_one_says_so() -> None:
    etat = verifier(())
    assert (etat.intact, etat.empreinte) == (True, ORIGINE)
    assert "est vide" in str(etat)


@pytest.mark.parametrize(
    ("faire", "attendues"),
    [
        (lambda: _avec(2, replace(CINQ[2], etape="Autre")), [("modifiee", 3, 1)]),
        (lambda: _avec(2, replace(CINQ[2], le="2024-03-12T10:02:00+01:00")), [("modifiee", 3, 1)]),
        (lambda: _avec(2, replace(CINQ[2], utilisateur="paul")), [("modifiee", 3, 1)]),
        (lambda: _avec(2, replace(CINQ[2], poste="ailleurs")), [("modifiee", 3, 1)]),
        (lambda: _avec(2, replace(CINQ[2], details="{}")), [("modifiee", 3, 1)]),
        (lambda: _avec(2, replace(CINQ[2], precedent="a" * 64)), [("modifiee", 3, 1)]),
        (lambda: _avec(2, replace(CINQ[2], empreinte="a" * 64)), [("modifiee", 3, 1)]),
        (lambda: _avec(4, replace(CINQ[4], etape="Autre")), [("modifiee", 5, 1)]),
        # sealed again by who knows how, but the next one remembers
        (lambda: _avec(2, _scelle(replace(CINQ[2], etape="Autre"))), [("modifiee", 3, 1)]),
        (lambda: _avec(0, _scelle(replace(CINQ[0], precedent="a" * 64))), [("modifiee", 1, 1)]),
        (lambda: (*CINQ[:1], *CINQ[3:]), [("manquante", 4, 2)]),
        (lambda: CINQ[3:], [("manquante", 4, 3)]),
        (
            lambda: (*CINQ[:1], *(replace(entree, cle=entree.cle - 2) for entree in CINQ[3:])),
            [("modifiee", 1, 1)],
        ),
        (_inseree, [("inseree", 4, 1)]),
        (lambda: (_scelle(replace(CINQ[0], etape="Intruse", cle=0)), *CINQ), [("inseree", 0, 1)]),
    ],
)
def test_what_was_altered_is_named(faire: Callable[[], Entrees], attendues: list[tuple[str, int, int]]) -> None:
    etat = verifier(faire())
    assert not etat.intact
    assert [(a.genre, a.entree.cle, a.nombre) for a in etat.anomalies] == attendues
    assert str(etat).startswith("Le journal a été altéré hors du programme\u00a0: ")


def test_each_alteration_is_a_sentence() -> None:
    def dit(entrees: Entrees) -> str:
        return str(verifier(entrees)).replace("\u00a0", " ")

    assert dit(_avec(2, replace(CINQ[2], etape="Autre"))).endswith(
        ": l'entrée n° 3 du 12/03/2025 à 10:02 a été modifiée."
    )
    assert dit((*CINQ[:1], *CINQ[2:])).endswith(": il manque une entrée avant l'entrée n° 3 du 12/03/2025 à 10:02.")
    assert "il manque 2 entrées avant" in dit((*CINQ[:1], *CINQ[3:]))
    assert "n° 4 du 12/03/2025 à 10:02 a été ajoutée après coup" in dit(_inseree())
    assert "2 autres anomalies" in dit(tuple(replace(entree, etape="Autre") for entree in CINQ))
    assert "du hier a été modifiée" in dit(_avec(2, replace(CINQ[2], le="hier")))


def test_the_words_of_a_step_may_be_erased_and_the_chain_holds() -> None:
    effacee = replace(CINQ[2], etape=effacer(CINQ[2].etape))
    assert verifier(_avec(2, effacee)).intact
    assert (effacee.nom, CINQ[2].nom) == ("Étape effacée", "Étape 2")
    assert effacer(effacee.etape) == effacee.etape


@pytest.mark.parametrize(
    ("details", "dit"),
    [
        ({"releve": {"ajoutes": 1}}, "1 relevé ajouté"),
        (
            {
                "releve": {
                    "ajoutes": 1,
                    "retires": 1,
                    "ajoutes_valeurs": [{"date": "2024-12-31", "source": "amelipro", "patientele_mt": 1140}],
                    "retires_valeurs": [{"date": "2024-12-31", "source": "amelipro", "patientele_mt": 1131}],
                }
            },
            (
                "1 relevé ajouté (au 31/12/2024, amelipro, patientèle 1 140) ; "
                "1 relevé retiré (au 31/12/2024, amelipro, patientèle 1 131)"
            ),
        ),
        (
            {"contrat": {"changes": 1, "changes_valeurs": [{"objectif_patientele_mt": [None, 1192]}]}},
            "1 contrat modifié (objectif de patientèle vide → 1 192)",
        ),
        (
            {"contrat": {"changes": 1, "changes_valeurs": [{"objectif_patientele_mt": [1192, None]}]}},
            "1 contrat modifié (objectif de patientèle 1 192 → vide)",
        ),
        ({"contrat": {"changes": 2, "changes_valeurs": [{}, {}]}}, "2 contrats modifiés"),
        ({"absence": {"ajoutes": 2}}, "2 absences ajoutées"),
        ({"mission": {"deplaces": 3}}, "3 missions déplacées"),
        (
            {"versement": {"ajoutes": 1, "ajoutes_valeurs": [{"recu_le": "2025-02-01", "montant_recu": 525000}]}},
            "1 versement ajouté (reçu le 01/02/2025, reçu 5 250 €)",
        ),
        (
            {
                "correction": {
                    "ajoutes": 1,
                    "ajoutes_valeurs": [{"indicateur": "file_active", "valeur_demandee": 1900}],
                }
            },
            "1 demande de correction ajoutée (file active, demandé 1 900)",
        ),
        (
            {"echeance_faite": {"ajoutes": 1, "ajoutes_valeurs": [{"code": "preavis", "le": "2026-11-01"}]}},
            "1 échéance faite ajoutée (dernier jour du préavis, prévue le 01/11/2026)",
        ),
        (
            {"rapport_emis": {"ajoutes": 1, "ajoutes_valeurs": [{"empreinte_fichier": "ab" * 32}]}},
            "1 rapport ajouté (empreinte abababababababab)",
        ),
        ({"inconnue": {"ajoutes": 1}}, "détail illisible"),
        ({"releve": 3}, "détail illisible"),
    ],
)
def test_what_changed_is_told_in_french(details: dict[str, object], dit: str) -> None:
    assert replace(CINQ[0], details=json.dumps(details)).resume.replace("\u00a0", " ") == dit


def test_what_is_no_json_is_told() -> None:
    assert replace(CINQ[0], details="{").resume == "détail illisible"


def test_every_table_has_a_name() -> None:
    assert all(un and plusieurs for un, plusieurs, _ in NOMS.values())
