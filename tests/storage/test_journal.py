"""The journal in a real base: written with the change itself, or not at all."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.services.journal import NOMS, VALEURS, verifier
from assistmed_desktop.services.operations import (
    ajouter_releve,
    corriger_releve,
    remplacer_dossier,
    supprimer_releve,
)
from assistmed_desktop.services.places import ajouter, changer
from assistmed_desktop.services.workspace import Operation, Workspace
from assistmed_desktop.storage import verrou
from assistmed_desktop.storage.correspondance import NOEUDS
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.erreurs import BaseEndommagee, ErreurBase
from assistmed_desktop.storage.sauvegardes import copier
from assistmed_desktop.storage.tables import METADATA
from tests.services.outils import HorlogeReglee, exemple
from tests.storage.outils import base_de, forcer, ouvrir, sql
from tests.storage.test_registre import RAPPORT

MORVAN = exemple()


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Give a base with the life of a reading: entered, corrected, withdrawn, the withdrawal undone and redone."""
    base = tmp_path / "cabinet.assistmed"
    with ouvrir(base) as depot:
        travail = Workspace(depot, HorlogeReglee())
        travail.appliquer(remplacer_dossier(MORVAN, "Importer morvan.json"))
        rang = len(MORVAN.releves)
        travail.appliquer(ajouter_releve(MORVAN.releves[-1].model_copy(update={"patientele_mt": 1140})))
        travail.appliquer(corriger_releve(rang, MORVAN.releves[-1].model_copy(update={"patientele_mt": 1141})))
        travail.appliquer(supprimer_releve(rang))
        travail.annuler()
        travail.retablir()
    return base


def _entrees(depot: DepotSqlite) -> list[tuple[str, str]]:
    return [(entree.nom, entree.resume.replace("\u00a0", " ")) for entree in depot.journal.entrees()]


def test_the_practice_renamed_is_changed_not_withdrawn(tmp_path: Path) -> None:
    with ouvrir(base_de(MORVAN, tmp_path / "cabinet.assistmed"), creer=False) as depot:
        travail = Workspace(depot, HorlogeReglee())
        travail.appliquer(changer(("cabinet",), {"nom": "Cabinet du Pont"}, "Renommer le cabinet"))
        assert _entrees(depot)[-1] == ("Renommer le cabinet", "cabinet modifié")


def test_each_step_is_noted_with_who_when_where_and_what(base: Path) -> None:
    with ouvrir(base, creer=False) as depot:
        entrees = depot.journal.entrees()
        dites = _entrees(depot)
    assert [nom.replace("\u00a0", " ") for nom, _ in dites] == [
        "Importer morvan.json",
        "Ajouter le relevé du 31/12/2024",
        "Corriger le relevé du 31/12/2024",
        "Supprimer un relevé",
        "Annuler : Supprimer un relevé",
        "Rétablir : Supprimer un relevé",
    ]
    assert "1 cabinet ajouté ; 1 médecin ajouté ; 1 contrat ajouté (" in dites[0][1]
    assert "patientèle 1 140" in dites[1][1]
    assert dites[2][1].startswith("1 relevé ajouté (au 31/12/2024, amelipro, patientèle 1 141")
    assert "1 relevé retiré (au 31/12/2024, amelipro, patientèle 1 140" in dites[2][1]
    assert {(e.utilisateur, e.poste) for e in entrees} == {(verrou.utilisateur(), verrou.poste())}
    assert all(e.le.endswith("+00:00") for e in entrees)
    assert verifier(entrees).intact


def test_a_reading_corrected_is_never_overwritten(base: Path) -> None:
    lignes = sql(base, "SELECT patientele_mt, retire_le IS NULL FROM releve ORDER BY cle")[len(MORVAN.releves) :]
    assert lignes == [(1140, 0), (1141, 0), (1141, 0)]


def test_a_payment_corrected_and_a_report_issued_are_never_overwritten(tmp_path: Path) -> None:
    base = base_de(MORVAN, tmp_path / "cabinet.assistmed")
    avant = sql(base, "SELECT cle, montant_recu, reference FROM versement ORDER BY cle")
    with ouvrir(base, creer=False) as depot:
        depot.rapports.consigner(RAPPORT, "enregistre")
        depot.rapports.consigner(replace(RAPPORT, contenu=b"%PDF-2"), "imprime")
        premier, *autres = MORVAN.versements
        corrige = premier.model_copy(update={"reference": "VIR 77"})
        depot.enregistrer(MORVAN, MORVAN.model_copy(update={"versements": (*autres, corrige)}), "Corriger")
        noms = [nom.replace("\u00a0", " ") for nom, _ in _entrees(depot)]
        assert "1 versement retiré" in _entrees(depot)[-1][1]
        assert "empreinte" in _entrees(depot)[1][1]
    assert noms[1:] == ["Enregistrer « 2025-01-15 Bilan.pdf »", "Imprimer « 2025-01-15 Bilan.pdf »", "Corriger"]
    apres = sql(base, "SELECT cle, montant_recu, reference FROM versement ORDER BY cle")
    assert apres[: len(avant)] == avant
    assert len(apres) == len(avant) + 1
    assert sql(base, "SELECT count(*), count(contenu) FROM rapport_emis") == [(2, 2)]


def test_nothing_saved_is_nothing_noted(base: Path) -> None:
    faux = MORVAN.model_copy(update={"medecins": ()})
    with ouvrir(base, creer=False) as depot:
        dossier = depot.charger()
        avant = depot.journal.entrees()
        depot.enregistrer(dossier, dossier)
        with pytest.raises(Exception, match="contrats"):
            depot.enregistrer(dossier, faux)
        assert dossier is not None
        depot.connexion.execute("PRAGMA max_page_count = 1")
        longs = tuple(releve.model_copy(update={"note": "x" * 900}) for releve in dossier.releves * 40)
        gros = dossier.model_copy(update={"releves": longs})
        with pytest.raises(ErreurBase):
            depot.enregistrer(dossier, gros, "Trop gros")
        assert depot.journal.entrees() == avant
        assert depot.charger() == dossier


def test_a_report_that_cannot_be_noted_is_not_issued(base: Path) -> None:
    with ouvrir(base, creer=False) as depot:
        avant = depot.journal.entrees()
        depot.connexion.execute("PRAGMA max_page_count = 1")
        with pytest.raises(ErreurBase):
            depot.rapports.consigner(replace(RAPPORT, contenu=bytes(2_000_000)), "enregistre")
        assert depot.rapports.emis() == ()
        assert depot.journal.entrees() == avant


def test_a_change_of_order_alone_is_noted(base: Path) -> None:
    with ouvrir(base, creer=False) as depot:
        travail = Workspace(depot, HorlogeReglee())
        mission = MORVAN.missions[0].model_copy(update={"tache": "Autre"})
        travail.appliquer(ajouter(("missions",), mission, "Confier"))

        def retourner(dossier: Dossier | None) -> Dossier | None:
            return dossier and dossier.model_copy(update={"missions": dossier.missions[::-1]})

        travail.appliquer(Operation("Retourner", retourner))
        assert "déplacé" in _entrees(depot)[-1][1]


@pytest.mark.parametrize(
    ("degat", "genre", "cle"),
    [
        ("UPDATE journal SET etape = 'Rien' WHERE cle = 3", "modifiee", 3),
        ("UPDATE journal SET details = '{}' WHERE cle = 3", "modifiee", 3),
        ("UPDATE journal SET le = '2020-01-01T00:00:00+00:00' WHERE cle = 3", "modifiee", 3),
        ("DELETE FROM journal WHERE cle = 3", "manquante", 4),
        ("DELETE FROM journal WHERE cle = 1", "manquante", 2),
    ],
)
def test_what_another_program_does_to_it_shows(base: Path, degat: str, genre: str, cle: int) -> None:
    sql(base, degat)
    with ouvrir(base, creer=False) as depot:
        (anomalie,) = verifier(depot.journal.entrees()).anomalies
        assert (anomalie.genre, anomalie.entree.cle) == (genre, cle)


def test_a_value_that_the_table_would_refuse_is_damage(base: Path) -> None:
    forcer(base, "UPDATE journal SET le = 'hier' WHERE cle = 3")
    with pytest.raises(BaseEndommagee):
        ouvrir(base, creer=False)


@pytest.mark.parametrize(
    "ecriture",
    [
        "UPDATE journal SET le = 'hier'",
        "UPDATE journal SET le = '2025-01-15T08:30:00'",
        "UPDATE journal SET le = '2025-99-15T08:30:00+00:00'",
        "UPDATE journal SET utilisateur = ''",
        "UPDATE journal SET poste = ''",
        "UPDATE journal SET etape = ''",
        "UPDATE journal SET details = 'non'",
        "UPDATE journal SET precedent = 'ab'",
        "UPDATE journal SET empreinte = upper(empreinte)",
        "UPDATE journal SET etape = NULL",
    ],
)
def test_the_table_itself_checks_its_values(base: Path, ecriture: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        sql(base, ecriture)


def test_a_copy_carries_the_chain(base: Path, tmp_path: Path) -> None:
    copie = tmp_path / "copie.assistmed"
    with ouvrir(base, creer=False) as depot:
        copier(depot.connexion, copie)
        entrees = depot.journal.entrees()
    with ouvrir(copie, creer=False) as depot:
        assert depot.journal.entrees() == entrees


def test_a_journal_that_cannot_be_read_is_told(base: Path) -> None:
    depot = ouvrir(base, creer=False)
    depot.fermer()
    with pytest.raises(ErreurBase):
        depot.journal.entrees()
    sql(base, "ALTER TABLE journal RENAME COLUMN poste TO ailleurs")
    with pytest.raises(BaseEndommagee):
        ouvrir(base, creer=False)


def test_it_holds_no_name_of_an_assistant_and_no_note(base: Path) -> None:
    textes = " ".join(texte for (texte,) in sql(base, "SELECT details FROM journal"))
    (assistant,) = MORVAN.assistants
    assert assistant.nom not in textes
    assert not {"note", "reference", "nom", "prenom"} & {colonne for noms in VALEURS.values() for colonne in noms}
    for (texte,) in sql(base, "SELECT details FROM journal"):
        assert set(json.loads(texte)) <= set(NOMS)


def test_every_table_and_every_value_told_exist() -> None:
    assert set(NOMS) == {noeud.nom for noeud in NOEUDS} | {"rapport_emis"}
    for table, colonnes in VALEURS.items():
        assert set(colonnes) <= set(METADATA.tables[table].columns.keys())
