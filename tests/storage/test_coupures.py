"""Power cuts, full disks, files that go away, clocks that go back: a French sentence, and the data as it was."""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.services.operations import ajouter_releve, remplacer_dossier
from assistmed_desktop.services.rapports import Rapport
from assistmed_desktop.services.workspace import Workspace
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.erreurs import BaseDeplacee, BaseOccupee, DisquePlein, ErreurBase
from assistmed_desktop.storage.restauration import examiner, restaurer
from assistmed_desktop.storage.sauvegardes import dossier_des_sauvegardes, lister, sauvegarder
from tests.services.outils import DEBUT, HorlogeReglee, exemple
from tests.storage.outils import autre_processus, base_de, ouvrir, sql

MORVAN = exemple()
AUTRE = MORVAN.model_copy(
    update={"releves": tuple(r.model_copy(update={"note": f"{r.note} {'x' * 900}"}) for r in MORVAN.releves * 30)}
)
PAGE = 4096


def lu(base: Path) -> Dossier | None:
    with ouvrir(base, creer=False) as depot:
        return depot.charger()


@dataclass(frozen=True)
class Instant:
    """The base and its journal as they stand on the disk in the middle of a change."""

    base: bytes
    journal: bytes


@cache
def instants() -> tuple[bytes, tuple[Instant, ...]]:
    """Give a base, and what is on the disk at each statement of a change to it that does not fit in the cache."""
    vus: dict[Instant, None] = {}
    with tempfile.TemporaryDirectory() as nom:
        base = base_de(MORVAN, Path(nom) / "cabinet.assistmed")
        journal = base.with_name(f"{base.name}-journal")
        avant = base.read_bytes()
        with ouvrir(base, creer=False) as depot:
            depot.connexion.execute("PRAGMA cache_size = 1")

            def regarder(_ordre: str) -> None:
                if journal.exists():
                    vus[Instant(base.read_bytes(), journal.read_bytes())] = None

            depot.connexion.set_trace_callback(regarder)
            depot.enregistrer(MORVAN, AUTRE)
            depot.connexion.set_trace_callback(None)
    return avant, tuple(vus)


def _poser(dossier: str, base: bytes, journal: bytes) -> Path:
    fichier = Path(dossier) / "cabinet.assistmed"
    fichier.write_bytes(base)
    fichier.with_name(f"{fichier.name}-journal").write_bytes(journal)
    return fichier


def test_the_cuts_tried_are_in_the_middle_of_writing() -> None:
    avant, vus = instants()
    assert len([vu for vu in vus if vu.base != avant and vu.journal]) > 3


@given(st.data())
@settings(max_examples=60)
def test_a_cut_while_the_base_is_being_written_leaves_it_as_it_was(data: st.DataObject) -> None:
    """Of the pages being written, some got there, some did not, and one is torn: the journal has them all."""
    avant, vus = instants()
    vu = data.draw(st.sampled_from([vu for vu in vus if vu.base != avant]))
    hasard = data.draw(st.randoms(use_true_random=False))
    base = bytearray(vu.base)
    changees = [rang for rang in range(0, len(avant), PAGE) if avant[rang : rang + PAGE] != vu.base[rang : rang + PAGE]]
    for rang in changees:
        coupe = hasard.choice([0, 512, hasard.randrange(PAGE), PAGE])
        base[rang + coupe : rang + PAGE] = avant[rang + coupe : rang + PAGE]
    with tempfile.TemporaryDirectory() as dossier:
        assert lu(_poser(dossier, bytes(base), vu.journal)) == MORVAN


@given(st.data())
@settings(max_examples=60)
def test_a_cut_while_the_journal_is_being_written_leaves_the_base_as_it_was(data: st.DataObject) -> None:
    """The base is not touched before the journal is on the disk: whatever that is, the base is whole."""
    avant, vus = instants()
    vu = data.draw(st.sampled_from(vus))
    journal = bytearray(vu.journal)
    if vu.base != avant or data.draw(st.booleans()):  # once the base is written to, the journal is all on the disk
        coupe = data.draw(st.one_of(st.integers(0, len(journal)), st.sampled_from(range(0, len(journal), 512))))
        journal = journal[:coupe]
    else:
        debut = data.draw(st.integers(0, max(0, len(journal) - 1)))
        longueur = data.draw(st.sampled_from([1, 16, 512, PAGE]))
        journal[debut : debut + longueur] = data.draw(st.randoms(use_true_random=False)).randbytes(longueur)
    with tempfile.TemporaryDirectory() as dossier:
        base = _poser(dossier, avant, bytes(journal))
        assert lu(base) == MORVAN


@given(st.data())
@settings(max_examples=60)
def test_a_base_and_a_journal_both_damaged_are_refused_or_read_never_a_crash(data: st.DataObject) -> None:
    _, vus = instants()
    vu = data.draw(st.sampled_from(vus))
    hasard = data.draw(st.randoms(use_true_random=False))
    base, journal = bytearray(vu.base), bytearray(vu.journal)
    for octets in (base, journal):
        coupe = hasard.choice(
            [len(octets), hasard.randrange(len(octets) + 1) // PAGE * PAGE, hasard.randrange(100, PAGE)]
        )
        del octets[coupe:]
        if len(octets) > 200:
            debut = hasard.randrange(100, len(octets) - 50)
            octets[debut : debut + 50] = hasard.randbytes(50)
    with tempfile.TemporaryDirectory() as dossier:
        fichier = _poser(dossier, bytes(base), bytes(journal))
        with suppress(ErreurBase):
            lu(fichier)


# Full disks


@pytest.fixture
def petit(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of half a megabyte."""
    disque = tmp_path / "disque"
    disque.mkdir()
    monter = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disque)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(monter, check=False, capture_output=True).returncode:
        pytest.skip("a small disk can be mounted by root only")
    yield disque
    subprocess.run(["umount", "-l", str(disque)], check=True)  # noqa: S607 - the system's own


def test_a_full_disk_takes_nothing_and_loses_nothing(petit: Path) -> None:
    base = base_de(MORVAN, petit / "cabinet.assistmed")
    copie = petit / "copie.assistmed"
    with ouvrir(base, creer=False) as depot:
        (petit / "remplissage").write_bytes(bytes(_reste(petit) - 2 * PAGE))
        workspace = Workspace(depot, HorlogeReglee())
        for _ in range(2):
            with pytest.raises(DisquePlein, match="plus de place"):
                workspace.appliquer(remplacer_dossier(AUTRE, "Importer"))
            assert depot.charger() == workspace.dossier
        with pytest.raises(DisquePlein):
            sauvegarder(depot.connexion, base, DEBUT, "demande")
        with pytest.raises(DisquePlein):
            depot.rapports.consigner(_rapport(), "enregistre")
        assert depot.rapports.emis() == ()
        (petit / "remplissage").unlink()
        depot.enregistrer(workspace.dossier, AUTRE)
    assert lu(base) == AUTRE
    assert sql(base, "PRAGMA integrity_check") == [("ok",)]
    assert lister(base) == ()
    assert not copie.exists()


def test_a_base_cannot_be_made_nor_brought_up_to_date_on_a_full_disk(petit: Path) -> None:
    ancienne = (Path(__file__).with_name("bases") / "v0001.assistmed").read_bytes()
    base = petit / "ancienne.assistmed"
    base.write_bytes(ancienne)
    (petit / "remplissage").write_bytes(bytes(_reste(petit) - 3 * PAGE))
    for fichier in (base, petit / "neuve.assistmed"):
        with pytest.raises(DisquePlein, match="Libérez de la place"):
            ouvrir(fichier)
    assert base.read_bytes() == ancienne
    assert not (petit / "neuve.assistmed").exists()


def test_the_disk_that_a_restore_fills_is_that_of_the_base(petit: Path, tmp_path: Path) -> None:
    copie = base_de(MORVAN, tmp_path / "copie.assistmed")
    base = base_de(AUTRE, petit / "cabinet.assistmed")
    avant = base.read_bytes()
    (petit / "remplissage").write_bytes(bytes(_reste(petit) - 3 * PAGE))
    with pytest.raises(DisquePlein, match=r"disque de «\u00a0.*cabinet\.assistmed\u00a0»"):
        restaurer(copie, base, HorlogeReglee())
    assert base.read_bytes() == avant
    assert {fichier.name for fichier in petit.iterdir()} == {base.name, "remplissage"}


def test_the_disk_that_a_look_fills_is_that_of_the_temporary_folder(
    petit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = base_de(MORVAN, tmp_path / "cabinet.assistmed")
    monkeypatch.setattr(tempfile, "tempdir", str(petit))
    (petit / "remplissage").write_bytes(bytes(_reste(petit) - 3 * PAGE))
    with pytest.raises(DisquePlein, match=f"disque de «\u00a0{petit}/assistmed-"):
        examiner(base, HorlogeReglee())


def _reste(disque: Path) -> int:
    libre = os.statvfs(disque)
    return libre.f_bavail * libre.f_frsize


def _rapport() -> Rapport:
    contenu = random.Random(1).randbytes(300_000)  # noqa: S311 - to be the same each time
    return Rapport("bilan", "c1", "Dr Lambert", DEBUT.date(), "Bilan.pdf", "0" * 64, "1", contenu)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process")
def test_a_limit_on_the_size_of_files_is_a_disk_that_refuses(tmp_path: Path) -> None:
    base = base_de(MORVAN, tmp_path / "cabinet.assistmed")
    plus = base.stat().st_size + PAGE
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from pathlib import Path\nfrom tests.storage.test_coupures import *\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({plus}, {plus}))\n"
        "with ouvrir(Path(sys.argv[1])) as depot:\n"
        "    try: depot.enregistrer(depot.charger(), AUTRE)\n"
        "    except ErreurBase as refus: print(refus)\n"
        "    assert depot.charger() == MORVAN\n"
    )
    fini = subprocess.run([sys.executable, "-c", code, str(base)], check=True, capture_output=True, text=True)
    assert "rien n'a été" in fini.stdout or "ne peut pas être lue ou écrite" in fini.stdout
    assert lu(base) == MORVAN


# Files that go away


def _supprimer(base: Path) -> None:
    base.unlink()


def _deplacer(base: Path) -> None:
    base.rename(base.with_name("ailleurs.assistmed"))


def _remplacer(base: Path) -> None:
    base_de(None, base.with_name("autre.assistmed")).replace(base)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file where it is")
@pytest.mark.parametrize("faire", [_supprimer, _deplacer, _remplacer])
def test_a_base_that_goes_away_while_open_is_seen_at_the_next_change(faire, tmp_path: Path) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - one of the three above
    base = base_de(MORVAN, tmp_path / "cabinet.assistmed")
    with ouvrir(base, creer=False) as depot:
        workspace = Workspace(depot, HorlogeReglee())
        faire(base)
        reste = base.read_bytes() if base.exists() else None
        with pytest.raises(BaseDeplacee, match="supprimé, déplacé ou remplacé"):
            workspace.appliquer(ajouter_releve(AUTRE.releves[0]))
        with pytest.raises(BaseDeplacee, match="Exporter le dossier"):
            depot.rapports.consigner(_rapport(), "enregistre")
        assert workspace.dossier == MORVAN
    assert (base.read_bytes() if base.exists() else None) == reste


def test_looking_again_at_an_open_base_does_not_let_another_process_take_it(tmp_path: Path) -> None:
    base = base_de(MORVAN, tmp_path / "cabinet.assistmed")
    with ouvrir(base, creer=False):
        with pytest.raises(BaseOccupee, match="déjà ouverte dans ce programme"):
            ouvrir(base, creer=False)
        with autre_processus(base) as processus:
            assert processus.wait(60) != 0
    assert lu(base) == MORVAN


# Clocks that go back


class HorlogeQuiRecule(HorlogeReglee):
    """A clock that goes back by a year each time it is read."""

    def maintenant(self) -> datetime:
        self._prochaine -= timedelta(days=365)
        return self._prochaine


def test_a_clock_set_back_changes_neither_the_order_nor_what_is_kept(tmp_path: Path) -> None:
    base = base_de(MORVAN, tmp_path / "cabinet.assistmed")
    horloge = HorlogeQuiRecule()
    with DepotSqlite.ouvrir(base, horloge, creer=False) as depot:
        workspace = Workspace(depot, horloge)
        for rang in range(4):
            workspace.appliquer(ajouter_releve(MORVAN.releves[-1].model_copy(update={"patientele_mt": 900 + rang})))
        attendu = workspace.dossier
    assert attendu is not None
    assert [releve.patientele_mt for releve in attendu.releves[-4:]] == [900, 901, 902, 903]
    assert lu(base) == attendu


def test_a_clock_set_back_or_far_ahead_thins_no_copy_away(tmp_path: Path) -> None:
    base = base_de(MORVAN, tmp_path / "cabinet.assistmed")
    moments = [datetime(2026, 11, 15, 8, tzinfo=UTC) + timedelta(days=jours) for jours in (0, 1, -700, -699, 4000, 2)]
    with ouvrir(base, creer=False) as depot:
        for moment in moments:
            sauvegarder(depot.connexion, base, moment, "demande")
    assert sorted(copie.le for copie in lister(base)) == sorted(moments)
    assert dossier_des_sauvegardes(base).is_dir()
