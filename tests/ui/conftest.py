"""Windows that tests open on real files, and close."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistmed_desktop.app import HorlogeFixe, Services, preparer_application
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.resources import chemin
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.settings import Settings
from tests.storage.outils import base_de
from tests.ui.outils import AU

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

Ouvrir = Callable[..., MainWindow]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen screen say that it has no use for the size hints of a dialog."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True))


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    fonte = qapp.font()
    yield preparer_application()
    qapp.setFont(fonte)


@pytest.fixture(scope="session")
def demo() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


@pytest.fixture
def base(demo: Dossier, tmp_path: Path) -> Path:
    return base_de(demo, tmp_path / "cabinet.assistmed")


@pytest.fixture
def seul(demo: Dossier) -> Dossier:
    """Give the demonstration with its first doctor and contract only."""
    return demo.model_copy(
        update={
            "medecins": demo.medecins[:1],
            "contrats": demo.contrats[:1],
            "assistants": (),
            "missions": (),
            "releves": tuple(releve for releve in demo.releves if releve.medecin == "m1"),
            "mouvements": (),
            "activite": (),
            "versements": tuple(v for v in demo.versements if v.contrat == "c1"),
            "corrections": (),
            "notifications": (),
            "echeances_faites": (),
            "observations": (),
            "propositions": (),
        }
    )


@pytest.fixture
def base_seul(seul: Dossier, tmp_path: Path) -> Path:
    return base_de(seul, tmp_path / "seul.assistmed")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "config" / "fenetre.ini")


@pytest.fixture
def ouvrir(application: QApplication, qtbot: QtBot, settings: Settings) -> Iterator[Ouvrir]:
    """Open windows; each is shown, its practice is on screen, and it is closed at the end."""
    del application
    fenetres: list[MainWindow] = []

    def ouvrir(base: Path, *, demonstration: bool = False, au: date = AU, baremes: Path | None = None) -> MainWindow:
        fenetre = MainWindow(Services(HorlogeFixe(au), baremes), settings, base, demonstration=demonstration)
        qtbot.addWidget(fenetre)
        fenetres.append(fenetre)
        fenetre.resize(1280, 720)
        fenetre.show()
        fenetre.activateWindow()
        qtbot.waitUntil(
            lambda: fenetre.started and fenetre.isActiveWindow() and not fenetre.worker.busy, timeout=20_000
        )
        return fenetre

    yield ouvrir
    for fenetre in fenetres:
        fenetre.close()
