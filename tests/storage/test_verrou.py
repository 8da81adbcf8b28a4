"""The lock file."""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistmed_desktop.storage import verrou
from assistmed_desktop.storage.verrou import Verrou
from tests.storage.outils import sans_privilege


def _de(processus: int, poste: str) -> Verrou:
    return Verrou(utilisateur="claire", poste=poste, processus=processus, depuis=datetime(2025, 1, 15, tzinfo=UTC))


def test_a_process_that_lives_is_believed() -> None:
    assert not _de(os.getpid(), platform.node()).perime


@pytest.mark.skipif(os.name == "nt", reason="process 1")
def test_the_process_of_another_user_is_believed() -> None:
    with sans_privilege():
        assert not _de(1, platform.node()).perime


def test_a_process_that_has_ended_is_not() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as processus:
        processus.wait()
    assert _de(processus.pid, platform.node()).perime


def test_nothing_is_known_of_another_computer() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as processus:
        processus.wait()
    autre = _de(processus.pid, "ACCUEIL")
    assert autre.ailleurs
    assert not autre.perime


def test_written_and_read(tmp_path: Path) -> None:
    base = tmp_path / "cabinet.assistmed"
    assert verrou.lire(base) is None
    for jour in (15, 16):
        verrou.poser(base, datetime(2025, 1, jour, 8, 5, tzinfo=UTC))
        lu = verrou.lire(base)
        assert lu is not None
        assert str(lu).endswith(f"depuis le {jour}/01/2025 à 08:05 (processus {os.getpid()})")
    verrou.lever(base)
    verrou.lever(base)
    assert list(tmp_path.iterdir()) == []


def test_an_account_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for nom in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(nom, raising=False)
    if os.geteuid() != 0:
        pytest.skip("only root can become an account without a name")
    with sans_privilege():
        assert verrou.utilisateur() == "inconnu"
