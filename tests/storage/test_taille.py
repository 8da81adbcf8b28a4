"""A sound base that holds far more than a practice is refused at once, without reading it."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from assistmed_desktop.services.journal import ORIGINE, verifier
from assistmed_desktop.services.rapports import CONTENU_GARDE
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.erreurs import BaseDemesuree, BaseEndommagee
from assistmed_desktop.storage.restauration import examiner, restaurer
from assistmed_desktop.storage.sauvegardes import sauvegarder
from assistmed_desktop.storage.taille import LIGNES_MAX, VIVANTES_MAX
from tests.services.outils import DEBUT, HorlogeReglee, exemple
from tests.storage.outils import base_de, ouvrir, sql
from tests.storage.test_structure import MEMOIRE, OUVRIR, SECONDES

_N: Final = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {combien}) "


def _lignes(base: Path, table: str, combien: int, **valeurs: str) -> None:
    """Write the first row of a table again so many times, each with a key and a place of its own."""
    with closing(sqlite3.connect(base)) as connexion, connexion:
        connexion.execute("PRAGMA foreign_keys = OFF")
        connexion.execute("PRAGMA synchronous = OFF")
        connexion.execute("PRAGMA journal_mode = OFF")
        noms = [nom for (nom,) in connexion.execute("SELECT name FROM pragma_table_info(?)", (table,))]
        places = {"cle": "1000 + i", "id": "'x' || i", "position": "1000 + i", **valeurs}
        demande = ", ".join(places.get(nom, f'une."{nom}"') for nom in noms)
        connexion.execute(
            f"{_N.format(combien=combien)} INSERT INTO {table} "  # noqa: S608 - ours
            f"SELECT {demande} FROM n, (SELECT * FROM {table} LIMIT 1) AS une"
        )


def _journal(base: Path, combien: int) -> None:
    with closing(sqlite3.connect(base)) as connexion, connexion:
        connexion.execute(
            f"{_N.format(combien=combien)} INSERT INTO journal "  # noqa: S608 - ours
            "SELECT 1000 + i, '2026-11-15T14:02:00+01:00', 'claire', 'ACCUEIL', 'Modifier', '{}', ?, "
            "printf('%064d', i) FROM n",
            (ORIGINE,),
        )


ENORMES: Final[dict[str, Callable[[Path], None]]] = {
    "deux millions de relevés": lambda base: _lignes(base, "releve", 2_000_000, note="''"),
    "deux millions de relevés retirés": lambda base: _lignes(
        base, "releve", 2_000_000, note="''", retire_le="'2026-11-15T14:02:00+01:00'"
    ),
    "cinq cent mille entrées du journal": lambda base: _journal(base, 500_000),
    "un relevé de trop": lambda base: _lignes(base, "releve", VIVANTES_MAX + 1, note="''"),
    "un texte de quatre cents mégaoctets": lambda base: _lignes(base, "releve", 1, note="hex(zeroblob(200000000))"),
    "trois cents textes d'un mégaoctet": lambda base: _lignes(
        base, "releve", 300, note="replace(hex(zeroblob(500000)), '0', 'a')"
    ),
    "trois cents textes retirés": lambda base: _lignes(
        base, "releve", 300, note="hex(zeroblob(500000))", retire_le="'2026-11-15T14:02:00+01:00'"
    ),
}


@pytest.mark.parametrize("nom", ENORMES)
def test_a_sound_base_far_too_large_is_refused_at_once(nom: str, tmp_path: Path) -> None:
    base = base_de(exemple(), tmp_path / "cabinet.assistmed")
    ENORMES[nom](base)
    avant = (base.stat().st_size, base.stat().st_mtime_ns)
    fini = subprocess.run([sys.executable, "-c", OUVRIR, str(base)], check=True, capture_output=True, text=True)
    *refus, duree, memoire = fini.stdout.split()
    assert set(refus) <= {"BaseDemesuree", "BaseEndommagee"}
    assert len(refus) == 2
    assert float(duree) < SECONDES
    assert float(memoire) < MEMOIRE
    assert (base.stat().st_size, base.stat().st_mtime_ns) == avant


def test_it_is_said_and_a_copy_may_take_its_place(tmp_path: Path) -> None:
    base = base_de(exemple(), tmp_path / "cabinet.assistmed")
    with ouvrir(base) as depot:
        copie = sauvegarder(depot.connexion, base, DEBUT, "demande")
    _lignes(base, "releve", VIVANTES_MAX + 1, note="''")
    for faire in (lambda: ouvrir(base), lambda: examiner(base, HorlogeReglee())):
        with pytest.raises(BaseDemesuree, match="bien plus de choses qu'un cabinet") as refus:
            faire()
        assert refus.value.endommage
    assert restaurer(copie.fichier, base, HorlogeReglee()) is None
    with ouvrir(base) as depot:
        assert depot.charger() == exemple()


def test_what_twenty_years_of_work_leave_is_read(tmp_path: Path) -> None:
    """A hundred thousand facts withdrawn, as many entries, and the largest report that is kept."""
    base = base_de(exemple(), tmp_path / "cabinet.assistmed")
    _lignes(base, "releve", LIGNES_MAX // 3, retire_le="'2026-11-15T14:02:00+01:00'")
    _journal(base, LIGNES_MAX // 3)
    sql(
        base,
        "INSERT INTO rapport_emis (genre, contrat, sujet, au, emis_le, moyen, nom, empreinte, empreinte_fichier, "
        "version, contenu) VALUES ('bilan', 'c1', 's', '2026-11-15', '2026-11-15T14:02:00+01:00', 'enregistre', 'n', "
        "?, ?, '1', zeroblob(?))",
        "0" * 64,
        "0" * 64,
        CONTENU_GARDE,
    )
    with ouvrir(base) as depot:
        assert depot.charger() == exemple()
        assert len(depot.rapports.emis()) == 1
        assert not verifier(depot.journal.entrees()).intact


def test_a_protected_base_is_bounded_too(tmp_path: Path) -> None:
    base = tmp_path / "cabinet.assistmed"
    with DepotSqlite.ouvrir(base, HorlogeReglee(), creer=True, phrase="un été à la campagne") as depot:
        depot.enregistrer(None, exemple())
        connexion = depot.connexion
        noms = [nom for (nom,) in connexion.execute("SELECT name FROM pragma_table_info('releve')")]
        demande = ", ".join({"cle": "1000 + i", "note": "''"}.get(nom, f'une."{nom}"') for nom in noms)
        connexion.execute(
            f"{_N.format(combien=VIVANTES_MAX + 1)} INSERT INTO releve "  # noqa: S608 - ours
            f"SELECT {demande} FROM n, (SELECT * FROM releve LIMIT 1) AS une"
        )
    with pytest.raises(BaseEndommagee, match="bien plus de choses"):
        DepotSqlite.ouvrir(base, HorlogeReglee(), creer=False, phrase="un été à la campagne")
