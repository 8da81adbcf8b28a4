"""A file whose tables are not ours is refused before any of them is read, quickly, and is left as it was."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from assistmed_desktop.storage import schema
from assistmed_desktop.storage.erreurs import BaseEndommagee
from assistmed_desktop.storage.restauration import examiner
from assistmed_desktop.storage.structure import CONNUES, _objets, empreinte, verifier_structure
from assistmed_desktop.storage.transaction import transaction
from tests.services.outils import HorlogeReglee, exemple
from tests.storage.outils import base_de, forcer, ouvrir, sql

BASES: Final = Path(__file__).with_name("bases")
SECONDES, MEMOIRE = 2.0, 300.0
BOMBE: Final = "hex(zeroblob(400000000))"
HOSTILES: Final = {
    "une colonne calculée": f"ALTER TABLE releve ADD COLUMN mal TEXT AS ({BOMBE})",
    "une valeur par défaut": f"ALTER TABLE releve ADD COLUMN mal TEXT DEFAULT '{'x' * 300_000}'",
    "une table vérifiée": f"CREATE TABLE intruse (x CHECK (length({BOMBE}) > 0))",
    "un index calculé": "CREATE INDEX i ON releve (upper(note))",
    "un index partiel": "CREATE INDEX i ON releve (note) WHERE length(note) > 3",
    "un index de plus": "CREATE INDEX i ON releve (note)",
    "une table": "CREATE TABLE intruse (x)",
    "une table virtuelle": "CREATE VIRTUAL TABLE f USING fts5(a)",
    "un arbre": "CREATE VIRTUAL TABLE r USING rtree(id, a, b)",
    "une vue sans fin": (
        "CREATE VIEW v AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    ),
    "un déclencheur": "CREATE TRIGGER t AFTER INSERT ON releve BEGIN DELETE FROM versement; END",
    "une table en moins": "DROP TABLE activite",
    "une colonne renommée": "ALTER TABLE releve RENAME COLUMN note TO remarque",
}
OUVRIR: Final = """
import sys, time
from pathlib import Path
from assistmed_desktop.storage.erreurs import ErreurBase
from assistmed_desktop.storage.restauration import examiner
from tests.services.outils import HorlogeReglee
from tests.storage.outils import ouvrir
base = Path(sys.argv[1])
debut = time.process_time()
for faire in (lambda: ouvrir(base, creer=False), lambda: examiner(base, HorlogeReglee())):
    try:
        faire()
        sys.exit("taken")
    except ErreurBase as erreur:
        print(type(erreur).__name__)
print(time.process_time() - debut)
try:
    print(next(int(l.split()[1]) / 1024 for l in open("/proc/self/status") if l.startswith("VmHWM")))
except OSError:
    print(0)
"""


@pytest.mark.parametrize("nom", HOSTILES)
def test_a_file_made_to_harm_is_refused(nom: str, tmp_path: Path) -> None:
    base = base_de(exemple(), tmp_path / "cabinet.assistmed")
    forcer(base, HOSTILES[nom])
    avant = base.read_bytes()
    fini = subprocess.run([sys.executable, "-c", OUVRIR, str(base)], check=True, capture_output=True, text=True)
    *refus, duree, memoire = fini.stdout.split()
    assert refus == ["BaseEndommagee"] * 2
    assert float(duree) < SECONDES
    assert float(memoire) < MEMOIRE
    assert base.read_bytes() == avant


def test_a_schema_written_over_is_refused(tmp_path: Path) -> None:
    base = base_de(exemple(), tmp_path / "cabinet.assistmed")
    with closing(sqlite3.connect(base)) as connexion, connexion:
        connexion.execute("PRAGMA writable_schema = ON")
        connexion.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'CHECK', 'CHECK (1) CHECK') WHERE name = 'releve'"
        )
    with pytest.raises(BaseEndommagee):
        ouvrir(base, creer=False)
    with pytest.raises(BaseEndommagee):
        examiner(base, HorlogeReglee())


@pytest.mark.parametrize(
    "reglage",
    [
        "auto_vacuum = 2",
        "journal_mode = WAL",
        "journal_mode = PERSIST",
        "secure_delete = ON",
        "page_size = 512",
        "default_cache_size = 1",
        "encoding = 'UTF-16'",
        "legacy_file_format = 1",
    ],
)
def test_settings_of_the_file_change_nothing_of_it(reglage: str, tmp_path: Path) -> None:
    base = base_de(exemple(), tmp_path / "cabinet.assistmed")
    with closing(sqlite3.connect(base, isolation_level=None)) as connexion:
        connexion.execute(f"PRAGMA {reglage}")
        connexion.execute("VACUUM")
    with ouvrir(base, creer=False) as depot:
        assert depot.charger() == exemple()
    assert sql(base, "PRAGMA integrity_check") == [("ok",)]


def test_every_structure_that_the_program_made_is_known_at_once(tmp_path: Path) -> None:
    """Add what is missing to CONNUES: it is only slower to open."""
    trouvees = {}
    for debut in range(1, schema.VERSION + 1):
        for fin in range(debut, schema.VERSION + 1):
            base = tmp_path / f"{debut}-{fin}.assistmed"
            if debut < schema.VERSION:
                shutil.copy(BASES / f"v{debut:04}.assistmed", base)
            with closing(sqlite3.connect(base, isolation_level=None)) as connexion:
                with transaction(connexion) as en_cours:
                    if debut == schema.VERSION:
                        schema.creer(en_cours)
                    elif debut < fin:
                        schema.migrer(en_cours, fin)
                verifier_structure(connexion, fin, base)
                trouvees[empreinte(_objets(connexion))] = (debut, fin)
    assert trouvees.keys() - CONNUES == set(), trouvees


def test_an_unknown_structure_is_compared_at_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistmed_desktop.storage.structure.CONNUES", frozenset())
    for rang in range(1, schema.VERSION):
        base = Path(shutil.copy(BASES / f"v{rang:04}.assistmed", tmp_path / f"{rang}.assistmed"))
        with ouvrir(base, creer=False) as depot:
            assert depot.charger() is not None


@pytest.mark.parametrize(("place", "octets"), [(28, bytes(4)), (92, b"\0\0\0\1"), (24, b"\0\0\0\1")])
def test_a_header_that_sqlite_would_put_right_is_refused_and_left(place: int, octets: bytes, tmp_path: Path) -> None:
    base = base_de(exemple(), tmp_path / "cabinet.assistmed")
    contenu = bytearray(base.read_bytes())
    contenu[place : place + 4] = octets
    base.write_bytes(contenu)
    for faire in (lambda: ouvrir(base, creer=False), lambda: examiner(base, HorlogeReglee())):
        with pytest.raises(BaseEndommagee):
            faire()
    assert base.read_bytes() == contenu
