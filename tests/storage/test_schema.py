"""The schema: made at once or by the migrations, it is the same; and what is slow is imported late."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from assistmed_desktop.storage import schema
from assistmed_desktop.storage.correspondance import NOEUDS
from assistmed_desktop.storage.emplacements import base_par_defaut, preparer_dossier
from assistmed_desktop.storage.erreurs import BaseEndommagee
from assistmed_desktop.storage.tables import METADATA
from assistmed_desktop.storage.transaction import transaction
from tests.services.outils import exemple
from tests.storage.outils import base_de, objets, ouvrir, sql

MORVAN = exemple()
MARQUE = f"PRAGMA application_id = {schema.APPLICATION_ID}"


def test_a_base_from_before_the_first_schema_is_migrated(tmp_path: Path) -> None:
    ancienne, neuve = tmp_path / "ancienne.assistmed", base_de(MORVAN, tmp_path / "neuve.assistmed")
    sql(ancienne, MARQUE)
    with ouvrir(ancienne, creer=False) as depot:
        assert depot.charger() is None
        depot.enregistrer(None, MORVAN)
        assert depot.charger() == MORVAN
    assert objets(ancienne) == objets(neuve)
    for demande in ("PRAGMA user_version", "PRAGMA application_id", "SELECT version_num FROM alembic_version"):
        assert sql(ancienne, demande) == sql(neuve, demande)


def test_alembic_finds_nothing_to_migrate(tmp_path: Path) -> None:
    with ouvrir(tmp_path / "neuve.assistmed") as depot, transaction(depot._connexion) as connexion:
        assert compare_metadata(MigrationContext.configure(connexion), METADATA) == []


def test_the_tables_hold_exactly_the_fields_of_the_dossier() -> None:
    for noeud in NOEUDS:
        techniques = {"cle", "position", "saisi_le", "retire_le"}
        table = METADATA.tables[noeud.nom]
        assert set(noeud.colonnes) == set(table.columns.keys()) - techniques
        assert noeud.conservee == ("retire_le" in table.columns)
        assert [colonne.name for colonne in table.primary_key] == [noeud.cle]
    assert {noeud.nom for noeud in NOEUDS} == set(METADATA.tables) - {"rapport_emis", "journal"}


def test_the_head_is_the_one_the_program_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [schema.TETE]
    assert len(list(scripts.walk_revisions())) == schema.VERSION


def test_a_migration_that_fails_leaves_the_base_as_it_was(tmp_path: Path) -> None:
    base = tmp_path / "ancienne.assistmed"
    sql(base, MARQUE)
    sql(base, "CREATE TABLE releve (autre)")
    contenu = base.read_bytes()
    with pytest.raises(BaseEndommagee):
        ouvrir(base, creer=False)
    assert base.read_bytes() == contenu
    assert {fichier.name for fichier in tmp_path.iterdir()} == {base.name}


def test_every_table_is_strict(tmp_path: Path) -> None:
    base = base_de(None, tmp_path / "neuve.assistmed")
    tables = sql(base, "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'")
    assert {nom for nom, stricte in tables if not stricte} == {"alembic_version"}
    assert len(tables) == 25


def test_what_is_slow_is_imported_late(tmp_path: Path) -> None:
    def importes(code: str) -> set[str]:
        sonde = f"{code}\nimport sys; print(*sys.modules)"
        return set(subprocess.check_output([sys.executable, "-c", sonde], text=True).split())

    lents = {"sqlmodel", "sqlalchemy", "alembic"}
    legers = "import assistmed_desktop.storage, assistmed_desktop.storage.emplacements, assistmed_desktop.exchange"
    assert not importes(legers) & lents
    assert not importes("import assistmed_desktop.storage.erreurs, assistmed_desktop.services.workspace") & lents
    creer = (
        "from datetime import UTC, datetime; from pathlib import Path\n"
        "from assistmed_desktop.storage.depot import DepotSqlite\n"
        "class H:\n"
        "    def aujourdhui(self): return datetime.now(UTC).date()\n"
        "    def maintenant(self): return datetime.now(UTC)\n"
        f"for creer in (True, False): DepotSqlite.ouvrir(Path({str(tmp_path / 'b')!r}), H(), creer=creer).fermer()"
    )
    assert importes(creer) & lents == {"sqlmodel", "sqlalchemy"}
    assert not importes(creer.replace("(True, False)", "(False,)")) & lents


def test_migrating_writes_nothing_on_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    base = tmp_path / "ancienne.assistmed"
    sql(base, MARQUE)
    ouvrir(base).fermer()
    assert capfd.readouterr() == ("", "")
    assert [trace for trace in caplog.records if trace.levelno > logging.INFO] == []


def test_the_default_base_is_in_the_folder_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for nom in ("XDG_DATA_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(nom, str(tmp_path / "données"))
    base = base_par_defaut()
    assert base.name == "cabinet.assistmed"
    assert base.parent.name == "AssistMed"
    assert not (tmp_path / "données").exists()
    for _ in range(2):
        preparer_dossier(base)
    ouvrir(base).fermer()
    assert base.is_file()
