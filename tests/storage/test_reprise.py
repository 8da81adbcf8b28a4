"""A base that its unfinished journal does not mend is refused, and neither of the two is touched."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from assistmed_desktop.storage import verrou
from assistmed_desktop.storage.chiffrement import connecter
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.erreurs import BaseEndommagee, PhraseFausse
from assistmed_desktop.storage.reprise import essayer, journal_de
from assistmed_desktop.storage.restauration import examiner, restaurer
from tests.services.outils import HorlogeReglee, exemple
from tests.storage.outils import base_de, ouvrir

HORLOGE = HorlogeReglee()
PHRASE = "agrafe lampe cheval batterie"


def _coupee(base: Path, vers: Path, phrase: str | None = None) -> Path:
    """Copy a base and its journal in the middle of a change."""
    with DepotSqlite.ouvrir(base, HORLOGE, creer=False, phrase=phrase) as depot:
        cle = depot.cle
    connexion = connecter(base, cle)
    connexion.execute("PRAGMA cache_size = 1")
    connexion.execute("BEGIN IMMEDIATE")
    connexion.execute("DELETE FROM releve")
    connexion.execute("CREATE TABLE gros (x)")
    connexion.executemany("INSERT INTO gros VALUES (?)", [("x" * 900,)] * 400)
    vers.write_bytes(base.read_bytes())
    journal_de(vers).write_bytes(journal_de(base).read_bytes())
    connexion.execute("ROLLBACK")
    connexion.close()
    return vers


@pytest.fixture
def coupee(tmp_path: Path) -> Path:
    return _coupee(base_de(exemple(), tmp_path / "cabinet.assistmed"), tmp_path / "coupee.assistmed")


def _tronquer(octets: bytes) -> bytes:
    return octets[: len(octets) // 2]


def _brouiller(octets: bytes) -> bytes:
    return octets[:600] + b"\xa5" * 300 + octets[900:]


def _sans_entete(octets: bytes) -> bytes:
    return bytes(8) + octets[8:]


@pytest.mark.parametrize("abimer", [_tronquer, _brouiller, _sans_entete])
@pytest.mark.parametrize(
    "faire",
    [lambda base: ouvrir(base, creer=False), lambda base: examiner(base, HORLOGE)],
    ids=["ouvrir", "examiner"],
)
def test_a_journal_that_does_not_mend_its_base_is_left_with_it(
    coupee: Path, faire: Callable[[Path], object], abimer: Callable[[bytes], bytes]
) -> None:
    journal = journal_de(coupee)
    journal.write_bytes(abimer(journal.read_bytes()))
    avant = (coupee.read_bytes(), journal.read_bytes())
    noms = sorted(fichier.name for fichier in coupee.parent.iterdir())
    with pytest.raises(BaseEndommagee, match="n'a pas été modifiée"):
        faire(coupee)
    assert (coupee.read_bytes(), journal.read_bytes()) == avant
    assert sorted(fichier.name for fichier in coupee.parent.iterdir()) == noms


def test_a_journal_that_mends_its_base_is_replayed(coupee: Path) -> None:
    with ouvrir(coupee, creer=False) as depot:
        assert depot.charger() == exemple()
    assert not journal_de(coupee).exists()


def test_both_are_set_aside_by_a_restore(coupee: Path, tmp_path: Path) -> None:
    journal_de(coupee).write_bytes(_tronquer(journal_de(coupee).read_bytes()))
    avant = {coupee.read_bytes(), journal_de(coupee).read_bytes()}
    assert restaurer(tmp_path / "cabinet.assistmed", coupee, HORLOGE) is None
    assert {fichier.read_bytes() for fichier in tmp_path.glob("coupee-endommage-*")} == avant
    with ouvrir(coupee, creer=False) as depot:
        assert depot.charger() == exemple()


def test_a_change_that_another_process_is_making_is_left_to_the_lock_of_sqlite(coupee: Path) -> None:
    journal_de(coupee).write_bytes(_tronquer(journal_de(coupee).read_bytes()))
    verrou.poser(coupee, HORLOGE.maintenant())
    essayer(coupee, None)
    verrou.lever(coupee)
    with pytest.raises(BaseEndommagee):
        essayer(coupee, None)


def test_where_nothing_can_be_copied_sqlite_alone_judges(coupee: Path) -> None:
    longue = coupee.rename(coupee.with_name(f"{'c' * 236}.assistmed"))  # a longer name is refused by the disk
    journal_de(longue).write_bytes(_tronquer(journal_de(coupee).read_bytes()))
    essayer(longue, None)
    longue.rename(coupee)
    journal_de(longue).rename(journal_de(coupee))
    with pytest.raises(BaseEndommagee):
        essayer(coupee, None)


def test_a_protected_base_is_tried_with_its_key(tmp_path: Path) -> None:
    base = tmp_path / "protegee.assistmed"
    with DepotSqlite.ouvrir(base, HORLOGE, creer=True, phrase=PHRASE) as depot:
        depot.enregistrer(None, exemple())
    coupee = _coupee(base, tmp_path / "coupee.assistmed", PHRASE)
    journal = journal_de(coupee)
    entier = journal.read_bytes()
    journal.write_bytes(_brouiller(entier))
    avant = coupee.read_bytes()
    for phrase, refus in (("une tout autre phrase", PhraseFausse), (PHRASE, BaseEndommagee)):
        coupee.write_bytes(avant)
        journal.write_bytes(_brouiller(entier))
        with pytest.raises(refus):
            DepotSqlite.ouvrir(coupee, HORLOGE, creer=False, phrase=phrase)
    assert coupee.read_bytes() == avant
    assert journal.exists()
    journal.write_bytes(entier)
    with DepotSqlite.ouvrir(coupee, HORLOGE, creer=False, phrase=PHRASE) as depot:
        assert depot.charger() == exemple()


def test_a_schema_that_is_garbled_is_damage(tmp_path: Path) -> None:
    base = base_de(exemple(), tmp_path / "cabinet.assistmed")
    connexion = sqlite3.connect(base)
    connexion.execute("PRAGMA writable_schema = ON")
    connexion.execute("UPDATE sqlite_master SET name = CAST(x'fffe' AS TEXT), sql = 'CREATE' WHERE name = 'medecin'")
    connexion.commit()
    connexion.close()
    journal_de(base).write_bytes(bytes(5000))
    with pytest.raises(BaseEndommagee):
        essayer(base, None)
    assert journal_de(base).read_bytes() == bytes(5000)
