"""What a base refuses when it is opened, and that what it refuses stays as it was."""

import os
import random
import re
import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from subprocess import PIPE

import pytest

from assistmed_desktop.storage import schema
from assistmed_desktop.storage.erreurs import (
    BaseEndommagee,
    BaseEtrangere,
    BaseIllisible,
    BaseOccupee,
    BaseTropRecente,
    ErreurBase,
)
from assistmed_desktop.storage.ouverture import _nommer
from assistmed_desktop.storage.provisoires import provisoire
from assistmed_desktop.storage.restauration import examiner, restaurer
from assistmed_desktop.storage.sauvegardes import sauvegarder
from tests.services.outils import DEBUT, HorlogeReglee, exemple
from tests.storage.outils import PROCESSUS, autre_processus, base_de, ouvrir, sans_privilege, sql

MORVAN = exemple()


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / "cabinet.assistmed"


@pytest.fixture
def ouvert_a_tous() -> Iterator[Path]:
    """Give a folder that every user can reach, unlike that of the tests."""
    with tempfile.TemporaryDirectory() as nom:
        Path(nom).chmod(0o755)
        yield Path(nom)


def _refuse(base: Path, classe: type[ErreurBase], dit: str, *, creer: bool = True) -> None:
    dossier = {fichier: fichier.read_bytes() for fichier in base.parent.iterdir() if fichier.is_file()}
    with pytest.raises(classe, match=dit) as refus:
        ouvrir(base, creer=creer)
    assert type(refus.value) is classe
    assert {fichier: fichier.read_bytes() for fichier in base.parent.iterdir() if fichier.is_file()} == dossier


def test_a_fresh_base_is_for_its_owner_alone(base: Path) -> None:
    with ouvrir(base) as depot:
        assert depot.charger() is None
        verrou = base.with_name("cabinet.assistmed.verrou")
        assert [stat.S_IMODE(fichier.stat().st_mode) for fichier in (base, verrou)] == [0o600, 0o600]
    assert list(base.parent.iterdir()) == [base]


def test_a_fresh_base_is_marked(base: Path) -> None:
    base_de(MORVAN, base)
    assert base.read_bytes()[68:72] == b"AsMd"
    assert sql(base, "PRAGMA user_version") == [(schema.VERSION,)]
    assert sql(base, "SELECT version_num FROM alembic_version") == [(schema.TETE,)]


def test_a_name_with_signs_in_it(tmp_path: Path) -> None:
    base = tmp_path / "Été 100 % ?#&'.assistmed"
    base_de(MORVAN, base)
    with ouvrir(base, creer=False) as depot:
        assert depot.charger() == MORVAN


def test_a_missing_base(base: Path) -> None:
    _refuse(base, BaseIllisible, r"^La base «\u00a0.*cabinet.assistmed\u00a0» n'existe pas\.$", creer=False)


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(BaseIllisible, match=r"^Le dossier «\u00a0.*absent\u00a0» n'existe pas\.$"):
        ouvrir(tmp_path / "absent" / "cabinet.assistmed")


def test_a_folder_in_its_place(base: Path) -> None:
    base.mkdir()
    _refuse(base, BaseIllisible, "n'est pas un fichier")


@pytest.mark.skipif(os.name == "nt", reason="modes of files")
def test_a_folder_that_cannot_be_written_to(ouvert_a_tous: Path) -> None:
    ouvert_a_tous.chmod(0o555)
    with sans_privilege():
        _refuse(ouvert_a_tous / "cabinet.assistmed", BaseIllisible, "vérifiez vos droits")
    ouvert_a_tous.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="modes of files")
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_base_that_cannot_be_read_or_written(ouvert_a_tous: Path, mode: int) -> None:
    base = base_de(MORVAN, ouvert_a_tous / "cabinet.assistmed")
    contenu = base.read_bytes()
    base.chmod(mode)
    ouvert_a_tous.chmod(0o555)
    with sans_privilege(), pytest.raises(BaseIllisible, match="vérifiez vos droits"):
        ouvrir(base)
    ouvert_a_tous.chmod(0o755)
    base.chmod(0o600)
    assert base.read_bytes() == contenu


@pytest.mark.parametrize("creer", [True, False])
def test_an_empty_file_is_a_base_whose_making_was_cut_short(base: Path, *, creer: bool) -> None:
    base.touch()
    base.with_name(f"{base.name}-journal").write_bytes(bytes(512))
    with ouvrir(base, creer=creer) as depot:
        assert depot.charger() is None
        depot.enregistrer(None, MORVAN)
    with ouvrir(base, creer=False) as depot:
        assert depot.charger() == MORVAN


@pytest.mark.parametrize("creer", [True, False])
@pytest.mark.parametrize("vierge", [True, False])
def test_an_empty_file_that_has_copies_has_lost_what_it_had(base: Path, *, creer: bool, vierge: bool) -> None:
    base_de(MORVAN, base)
    with ouvrir(base) as depot:
        sauvegarder(depot.connexion, base, DEBUT, "demande")
    base.unlink()
    base.touch()
    if vierge:
        with closing(sqlite3.connect(base, isolation_level=None)) as connexion:
            connexion.execute("BEGIN EXCLUSIVE")
            connexion.execute("COMMIT")
    _refuse(base, BaseEndommagee, "restaurez une sauvegarde", creer=creer)


def test_an_empty_file_whose_journal_has_pages_is_not_written_over(base: Path) -> None:
    base.touch()
    base.with_name(f"{base.name}-journal").write_bytes(bytes(5000))
    _refuse(base, BaseEndommagee, "restaurez une sauvegarde")


def test_an_unfinished_base_is_not_a_copy(base: Path, tmp_path: Path) -> None:
    vide = tmp_path / "vide.assistmed"
    vide.touch()
    base_de(MORVAN, base)
    for faire in (lambda: examiner(vide, HorlogeReglee()), lambda: restaurer(vide, base, HorlogeReglee())):
        with pytest.raises(BaseIllisible, match="sa création a été interrompue"):
            faire()
    with ouvrir(base) as depot:
        assert depot.charger() == MORVAN


@pytest.mark.skipif(os.name == "nt", reason="limits of a process")
@pytest.mark.parametrize("limite", range(0, 120_000, 9000))
def test_a_base_that_cannot_be_made_whole_is_not_there(base: Path, limite: int) -> None:
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from pathlib import Path\nfrom tests.storage.outils import *\n"
        "from assistmed_desktop.storage.erreurs import ErreurBase\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limite}, {limite}))\n"
        "try: ouvrir(Path(sys.argv[1]))\n"
        "except ErreurBase as refus: print('refus', refus)\n"
    )
    fini = subprocess.run([sys.executable, "-c", code, str(base)], check=True, capture_output=True, text=True)
    assert fini.stdout.startswith("refus")
    assert list(base.parent.iterdir()) == []


def test_a_fresh_base_that_cannot_be_locked_is_not_left(base: Path) -> None:
    journal = base.with_name(f"{base.name}-journal")
    journal.mkdir()  # SQLite can neither read nor make its journal
    _refuse(base, BaseIllisible, "ne peut pas être lue ou écrite")
    assert list(base.parent.iterdir()) == [journal]


@pytest.mark.skipif(os.name == "nt", reason="hard links")
def test_a_disk_without_hard_links(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def impossible(_de: Path, _vers: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", impossible)
    with ouvrir(base) as depot:
        assert depot.charger() is None
        assert [fichier.name for fichier in base.parent.iterdir() if fichier.name.startswith(".")] == []
    autre = provisoire(base, "neuf")
    autre.write_bytes(b"neuf")
    avant = base.read_bytes()
    assert not _nommer(autre, base)
    assert base.read_bytes() == avant


@pytest.mark.parametrize("contenu", [b"{}", b"PK\3\4" + bytes(4096)])
def test_a_file_of_another_kind(tmp_path: Path, contenu: bytes) -> None:
    for nom, classe in (("dossier.json", BaseEtrangere), ("cabinet.assistmed", BaseEndommagee)):
        fichier = tmp_path / nom
        fichier.write_bytes(contenu)
        _refuse(fichier, classe, "base")


def test_the_database_of_another_program(base: Path) -> None:
    sql(base, "CREATE TABLE t (a)")
    _refuse(base, BaseEtrangere, "n'est pas une base AssistMed")


@pytest.mark.parametrize("creer", [True, False])
def test_a_base_whose_making_was_cut_short_is_made(base: Path, *, creer: bool) -> None:
    with closing(sqlite3.connect(base, isolation_level=None)) as connexion:
        connexion.execute("BEGIN EXCLUSIVE")
        connexion.execute("COMMIT")
    assert base.stat().st_size
    with ouvrir(base, creer=creer) as depot:
        assert depot.charger() is None


def test_a_base_of_a_newer_program(base: Path) -> None:
    base_de(MORVAN, base)
    sql(base, f"PRAGMA user_version = {schema.VERSION + 1}")
    _refuse(base, BaseTropRecente, r"version plus récente d'AssistMed\u00a0: mettez")


@pytest.mark.parametrize(
    "demande",
    [
        "CREATE TRIGGER t AFTER INSERT ON releve BEGIN DELETE FROM releve; END",
        "CREATE VIEW v AS SELECT * FROM releve",
        "UPDATE mission SET assistant = 'personne'",
    ],
)
def test_a_base_with_what_the_program_does_not_put_there(base: Path, demande: str) -> None:
    base_de(MORVAN, base)
    sql(base, demande)
    _refuse(base, BaseEndommagee, "est endommagée")


@pytest.mark.parametrize("demande", ["DROP TABLE activite", "ALTER TABLE releve RENAME COLUMN note TO remarque"])
def test_a_base_without_one_of_its_tables_or_columns(base: Path, demande: str) -> None:
    base_de(MORVAN, base)
    sql(base, demande)
    _refuse(base, BaseEndommagee, "est endommagée")


def test_a_base_left_in_another_journal_mode(base: Path) -> None:
    base_de(MORVAN, base)
    sql(base, "PRAGMA journal_mode = WAL")
    with ouvrir(base, creer=False) as depot:
        assert depot.charger() == MORVAN
        assert not base.with_name(f"{base.name}-wal").exists()
    assert sql(base, "PRAGMA journal_mode") == [("delete",)]


@pytest.mark.parametrize("reste", [17, 99, 100, 4096, 5000, 40_000])
def test_a_truncated_copy_is_refused(base: Path, reste: int) -> None:
    base_de(MORVAN, base)
    os.truncate(base, reste)
    _refuse(base, BaseEndommagee, "est endommagée. Elle n'a pas été modifiée")


def test_a_garbled_copy_is_refused_or_read_but_never_changed(base: Path, tmp_path: Path) -> None:
    entier = base_de(MORVAN, base).read_bytes()
    hasard = random.Random(20250115)  # noqa: S311 - to be the same each time
    refus = 0
    for numero in range(150):
        copie = tmp_path / f"copie-{numero}.assistmed"
        contenu = bytearray(entier)
        longueur = hasard.choice([1, 16, 512, 4096])
        debut = hasard.randrange(100, len(contenu) - longueur)
        contenu[debut : debut + longueur] = hasard.randbytes(longueur)
        copie.write_bytes(contenu)
        try:
            with ouvrir(copie) as depot:
                depot.charger()
        except BaseEndommagee:
            refus += 1
        assert copie.read_bytes() == contenu
        copie.unlink()
    assert refus > 50
    assert list(tmp_path.iterdir()) == [base]


def test_another_process_has_it(base: Path) -> None:
    with autre_processus(base) as processus:
        assert processus.stdout is not None
        processus.stdout.readline()
        with pytest.raises(BaseOccupee) as refus:
            ouvrir(base)
        assert f"sur le poste {socket.gethostname()} depuis le 15/01/2025 à 08:30" in str(refus.value)
        assert f"(processus {processus.pid})" in str(refus.value)
        verrou = base.with_name("cabinet.assistmed.verrou")
        assert f'"processus": {processus.pid}' in verrou.read_text()
        processus.kill()
        processus.wait()
        with ouvrir(base) as depot:
            assert depot.charger() is not None
            assert f'"processus": {os.getpid()}' in verrou.read_text()
        assert not verrou.exists()


def test_four_processes_that_make_it_at_once_say_which_of_them_has_it(base: Path) -> None:
    for _tour in range(3):
        tous = [
            subprocess.Popen([sys.executable, str(PROCESSUS), str(base)], stdout=PIPE, stderr=PIPE, text=True)
            for _ in range(4)
        ]
        while [processus.poll() for processus in tous].count(None) > 1:
            pass
        (gagnant,) = [processus for processus in tous if processus.poll() is None]
        assert gagnant.stdout is not None
        assert gagnant.stdout.readline()
        gagnant.kill()
        for processus in tous:
            dit = processus.communicate()[1]
            assert processus is gagnant or re.search(rf"est déjà ouverte par .* \(processus {gagnant.pid}\)", dit)
        with ouvrir(base, creer=False) as depot:
            assert depot.interrompu
            assert depot.charger() is not None
        base.unlink()


def test_every_page_is_checked_after_an_unclean_stop_until_all_is_well(base: Path) -> None:
    base_de(MORVAN, base)
    verrou = base.with_name("cabinet.assistmed.verrou")
    verrou.write_text("")
    with ouvrir(base, creer=False) as depot:
        assert depot.interrompu
    with ouvrir(base, creer=False) as depot:
        assert not depot.interrompu
    ((page,),) = sql(base, "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_alembic_version_1'")
    contenu = bytearray(base.read_bytes())
    place = contenu.index(schema.TETE.encode(), 4096 * (page - 1), 4096 * page)
    contenu[place : place + 4] = b"0000"  # an index that lies: only the full check compares it to its table
    base.write_bytes(contenu)
    ouvrir(base, creer=False).fermer()
    verrou.write_text("")
    for _ in range(2):
        with pytest.raises(BaseEndommagee):
            ouvrir(base, creer=False)
    assert base.read_bytes() == contenu


def test_another_program_has_it_and_the_lock_file_is_stale(base: Path) -> None:
    base_de(MORVAN, base)
    with subprocess.Popen([sys.executable, "-c", ""]) as processus:
        processus.wait()
    verrou = base.with_name("cabinet.assistmed.verrou")
    verrou.write_text(
        f'{{"utilisateur": "claire", "poste": "{socket.gethostname()}", "processus": {processus.pid}, '
        '"depuis": "2025-01-14T18:00:00+01:00"}'
    )
    with closing(sqlite3.connect(base)) as connexion:
        connexion.execute("BEGIN EXCLUSIVE")
        _refuse(base, BaseOccupee, "est ouverte par un autre programme")
    ouvrir(base).fermer()
    assert not verrou.exists()


def test_another_computer_has_it(base: Path) -> None:
    base_de(MORVAN, base)
    verrou = base.with_name("cabinet.assistmed.verrou")
    verrou.write_text(
        '{"utilisateur": "claire", "poste": "ACCUEIL", "processus": 7, "depuis": "2025-01-14T18:00:00+01:00"}'
    )
    _refuse(
        base,
        BaseOccupee,
        r"déjà ouverte par claire sur le poste ACCUEIL depuis le 14/01/2025 à 18:00 \(processus 7\)\. "
        r"Si ce n'est plus vrai, supprimez le fichier «\u00a0cabinet\.assistmed\.verrou\u00a0»",
    )


@pytest.mark.parametrize("contenu", ["", "{}", '{"utilisateur": "x", "poste": "y", "processus": -1, "depuis": "z"}'])
def test_a_lock_file_that_says_nothing(base: Path, contenu: str) -> None:
    base_de(MORVAN, base)
    base.with_name("cabinet.assistmed.verrou").write_text(contenu)
    with ouvrir(base) as depot:
        assert depot.charger() == MORVAN


def test_no_lock_file_no_base(base: Path) -> None:
    base.with_name("cabinet.assistmed.verrou").mkdir()
    _refuse(base, BaseIllisible, "vérifiez vos droits")


def test_a_copy_is_a_base_of_its_own(base: Path, tmp_path: Path) -> None:
    base_de(MORVAN, base)
    shutil.copy(base, tmp_path / "copie.assistmed")
    with ouvrir(base), ouvrir(tmp_path / "copie.assistmed") as copie:
        assert copie.charger() == MORVAN


def test_a_base_whose_facts_are_refused_is_let_go_of_while_the_error_is_still_held(base: Path) -> None:
    base_de(MORVAN, base)
    sql(base, "UPDATE cabinet SET nom = CAST(x'4d6fff' AS TEXT)")
    with ouvrir(base) as depot:
        depot.connexion.execute("UPDATE cabinet SET position = position")
        with pytest.raises(BaseEndommagee) as refus:
            depot.charger()
    assert [fichier.name for fichier in base.parent.iterdir()] == [base.name]
    ouvrir(base).fermer()
    assert refus.value.endommage


def test_a_damaged_base_that_asks_for_a_write_ahead_log_leaves_none_beside_it(base: Path) -> None:
    base_de(MORVAN, base)
    sql(base, "PRAGMA journal_mode = WAL")
    os.truncate(base, base.stat().st_size - 4096)
    _refuse(base, BaseEndommagee, "est endommagée")
