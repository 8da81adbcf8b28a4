"""The command line as the tests call it: no screen, and a data folder of their own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from assistmed_desktop.cli import executer
from tests.cli.outils import Fenetre, HorlogeFixe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def fenetre() -> Fenetre:
    return Fenetre()


@pytest.fixture
def donnees(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user's data folder, in which nothing is yet."""
    dossier = tmp_path_factory.mktemp("donnees")
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_noms, **_options: str(dossier))
    return dossier


@pytest.fixture
def assistmed(fenetre: Fenetre, donnees: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    assert list(donnees.iterdir()) == []
    for nom in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(nom, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")

    def appeler(*arguments: str | Path) -> int:
        return executer([str(argument) for argument in arguments], HorlogeFixe(), fenetre)

    return appeler
