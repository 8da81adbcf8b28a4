"""A base of every older schema, as the program of its time wrote it, is opened without loss."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import OperationalError

from assistmed_desktop.domain.dossier import ecrire_dossier, lire_dossier
from assistmed_desktop.storage import schema
from assistmed_desktop.storage.erreurs import BaseEndommagee
from assistmed_desktop.storage.sauvegardes import lister
from assistmed_desktop.storage.tables import METADATA
from assistmed_desktop.storage.transaction import transaction
from tests.storage.outils import base_de, objets, ouvrir, sql

BASES = Path(__file__).with_name("bases")
"""``vNNNN.assistmed``, with withdrawn rows among its own, and ``vNNNN.json``, the dossier that it holds."""

ANCIENNES = sorted(BASES.glob("*.assistmed"))
V1, V2 = BASES / "v0001.assistmed", BASES / "v0002.assistmed"


def _copie(ancienne: Path, dossier: Path) -> Path:
    return Path(shutil.copy(ancienne, dossier / "cabinet.assistmed"))


def _rangees(base: Path) -> dict[str, list[dict[str, Any]]]:
    """Give every row of every table, withdrawn ones too, each by the names of its columns."""
    rangees = {}
    for (table,) in sql(base, "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'"):
        noms = [nom for _, nom, *_ in sql(base, f"PRAGMA table_info({table})")]
        valeurs = sql(base, f"SELECT {', '.join(noms)} FROM {table} ORDER BY rowid")  # noqa: S608 - our own names
        rangees[table] = [dict(zip(noms, ligne, strict=True)) for ligne in valeurs]
    return rangees


def test_there_is_a_base_of_every_older_schema() -> None:
    assert [base.name for base in ANCIENNES] == [f"v{rang:04}.assistmed" for rang in range(1, schema.VERSION)]
    for rang, base in enumerate(ANCIENNES, 1):
        assert sql(base, "PRAGMA user_version") == [(rang,)]


@pytest.mark.parametrize("ancienne", ANCIENNES, ids=lambda base: base.stem)
def test_the_dossier_of_an_older_base_is_the_same_to_the_last_value(ancienne: Path, tmp_path: Path) -> None:
    base = _copie(ancienne, tmp_path)
    attendu = ancienne.with_suffix(".json").read_text(encoding="utf-8")
    for _ in range(2):  # migrated, then opened as it is
        with ouvrir(base, creer=False) as depot:
            dossier = depot.charger()
            assert dossier is not None
            assert ecrire_dossier(dossier) == attendu


@pytest.mark.parametrize("ancienne", ANCIENNES, ids=lambda base: base.stem)
def test_no_row_of_an_older_base_is_lost_nor_changed(ancienne: Path, tmp_path: Path) -> None:
    base = _copie(ancienne, tmp_path)
    ouvrir(base, creer=False).fermer()
    avant, apres = _rangees(ancienne), _rangees(base)
    assert [ligne for ligne in avant["releve"] if ligne["retire_le"]]
    for table, lignes in avant.items():
        assert [{nom: ligne[nom] for nom in lignes[0]} for ligne in apres[table]] == lignes
        nouvelles = {nom for ligne in apres[table] for nom in ligne} - {nom for ligne in lignes for nom in ligne}
        assert {ligne[nom] for ligne in apres[table] for nom in nouvelles} <= {None}
    assert not [lignes for table, lignes in apres.items() if table not in avant and lignes]


@pytest.mark.parametrize("ancienne", ANCIENNES, ids=lambda base: base.stem)
def test_an_older_base_becomes_what_a_fresh_one_is(ancienne: Path, tmp_path: Path) -> None:
    base = _copie(ancienne, tmp_path)
    neuve = base_de(None, tmp_path / "neuve.assistmed")
    with ouvrir(base, creer=False) as depot, transaction(depot._connexion) as connexion:
        assert compare_metadata(MigrationContext.configure(connexion), METADATA) == []
    assert objets(base) == objets(neuve)
    assert objets(ancienne) != objets(neuve)
    for demande in ("PRAGMA user_version", "PRAGMA application_id", "SELECT version_num FROM alembic_version"):
        assert sql(base, demande) == sql(neuve, demande)
    assert sql(base, "PRAGMA integrity_check") == [("ok",)]
    assert sql(base, "PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("ancienne", ANCIENNES, ids=lambda base: base.stem)
def test_a_migrated_base_takes_what_the_dossier_may_hold_now(ancienne: Path, tmp_path: Path) -> None:
    document = json.loads(ancienne.with_suffix(".json").read_text(encoding="utf-8"))
    document["contrats"][0]["derogation"] = "rqth"
    document["assistants"][0]["absences"][0]["conges"] = True
    document["notifications"] = [
        {"contrat": "c1", "annee_contrat": 3, "montant": 9876.54, "notifie_le": "2025-04-02", "reference": "N° 3"}
    ]
    apres = lire_dossier(json.dumps(document))
    with ouvrir(_copie(ancienne, tmp_path), creer=False) as depot:
        depot.enregistrer(depot.charger(), apres)
        assert depot.charger() == apres


@pytest.mark.parametrize(
    ("ancienne", "obstacle"),
    [
        (V1, "CREATE TABLE proposition (autre)"),  # met after every column was added
        (V1, "ALTER TABLE contrat ADD COLUMN structure TEXT"),  # met after some were
        (V1, "CREATE TABLE rapport_emis (autre)"),  # met after a migration was done
        (V2, "CREATE TABLE rapport_emis (autre)"),
    ],
)
def test_a_migration_that_fails_on_the_way_leaves_nothing_of_it(ancienne: Path, obstacle: str, tmp_path: Path) -> None:
    base = _copie(ancienne, tmp_path)
    sql(base, obstacle)
    contenu = base.read_bytes()
    with (
        closing(sqlite3.connect(base, isolation_level=None)) as connexion,
        pytest.raises(OperationalError),
        transaction(connexion) as en_cours,
    ):
        schema.migrer(en_cours)
    assert base.read_bytes() == contenu
    with pytest.raises(BaseEndommagee, match="n'a pas été modifiée"):  # its structure is not ours
        ouvrir(base, creer=False)
    assert base.read_bytes() == contenu


@pytest.mark.parametrize(("ancienne", "obstacle"), [(V2, "UPDATE alembic_version SET version_num = '0000'")])
def test_a_migration_that_fails_leaves_the_older_base_as_it_was(ancienne: Path, obstacle: str, tmp_path: Path) -> None:
    base = _copie(ancienne, tmp_path)
    sql(base, obstacle)
    contenu = base.read_bytes()
    with pytest.raises(BaseEndommagee, match="n'a pas été modifiée"):
        ouvrir(base, creer=False)
    assert base.read_bytes() == contenu
    assert {fichier for fichier in tmp_path.iterdir() if fichier.is_file()} == {base}
    (copie,) = lister(base)
    assert copie.motif == "mise-a-niveau"
