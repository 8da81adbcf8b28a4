"""The composition root: real files behind the window, French in front."""

import os
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from assistmed_desktop import app
from assistmed_desktop.cli import JOUR_DEMO
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.services.ports import ErreurDepot
from assistmed_desktop.services.rapports import Demande, nom_du_rapport
from assistmed_desktop.ui.main_window import MainWindow
from tests.rules.test_baremes_ajoutes import changee
from tests.services.outils import HorlogeReglee, exemple
from tests.storage.outils import base_de

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)

HORLOGE = app.HorlogeFixe(date(2025, 1, 15))


@pytest.fixture
def morvan() -> Dossier:
    return exemple()


def fermer_bientot() -> list[MainWindow]:
    """Close the window as soon as it is there, and give it."""
    vues: list[MainWindow] = []

    def fermer() -> None:
        for fenetre in QApplication.topLevelWidgets():
            if isinstance(fenetre, MainWindow) and fenetre.isVisible() and fenetre.started and not fenetre.worker.busy:
                vues.append(fenetre)
                fenetre.close()
        if not vues:
            QTimer.singleShot(20, fermer)

    QTimer.singleShot(0, fermer)
    return vues


@pytest.mark.parametrize("demonstration", [True, False])
def test_the_window_opens_on_a_practice_and_closes(
    qapp: QApplication, morvan: Dossier, tmp_path: Path, demonstration: bool
) -> None:
    del qapp
    base = base_de(morvan, tmp_path / "cabinet.assistmed")
    vues = fermer_bientot()
    code = app.ouvrir_fenetre(base, HORLOGE, demonstration=demonstration, reglages=tmp_path / "fenetre.ini")
    assert code == 0
    assert vues[0].windowTitle() == f"{morvan.cabinet.nom} – AssistMed"
    assert (tmp_path / "fenetre.ini").exists()


def test_without_a_file_named_the_user_s_own_is_used(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qapp
    monkeypatch.setattr(app, "base_par_defaut", lambda: tmp_path / "donnees" / "cabinet.assistmed")
    monkeypatch.setattr("platformdirs.user_config_dir", lambda *_, **__: str(tmp_path / "config"))
    vues = fermer_bientot()
    assert app.ouvrir_fenetre(None, HorlogeReglee()) == 0
    assert vues[0].base == tmp_path / "donnees" / "cabinet.assistmed"
    assert (tmp_path / "config" / "fenetre.ini").exists()


def test_the_practice_opened_last_is_opened_again_while_it_is_there(
    qapp: QApplication, morvan: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qapp
    monkeypatch.setattr(app, "base_par_defaut", lambda: tmp_path / "cabinet.assistmed")
    base = base_de(morvan, tmp_path / "ailleurs.assistmed")
    reglages = tmp_path / "fenetre.ini"
    for nommee in (base, None):
        vues = fermer_bientot()
        app.ouvrir_fenetre(nommee, HORLOGE, reglages=reglages)
        assert vues[0].base == base
    base.unlink()
    vues = fermer_bientot()
    app.ouvrir_fenetre(None, HORLOGE, reglages=reglages)
    assert vues[0].base == tmp_path / "cabinet.assistmed"


def test_qt_speaks_french(qapp: QApplication, qtbot: QtBot) -> None:
    assert app.preparer_application() is qapp
    boite = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(boite)
    assert boite.buttons()[0].text() == "Annuler"
    assert QLocale().language() == QLocale.Language.French
    assert not qapp.windowIcon().isNull()
    assert qapp.style().objectName().lower() == "fusion" or qapp.styleSheet()


def test_a_practice_is_begun_in_a_folder_that_did_not_exist(tmp_path: Path, morvan: Dossier) -> None:
    from assistmed_desktop.services.operations import remplacer_dossier

    services = app.Services(HORLOGE)
    base = tmp_path / "neuf" / "cabinet.assistmed"
    practice = services.ouvrir(base, creer=True)
    assert practice.evaluer() is None
    practice.workspace.appliquer(remplacer_dossier(morvan, "Importer"))
    evaluation = practice.evaluer()
    assert evaluation is not None
    assert evaluation.contrats[0].statut == "en_retard"
    practice.fermer()
    practice = services.ouvrir(base, creer=False)
    assert practice.workspace.dossier == morvan
    practice.fermer()


def test_a_practice_that_cannot_be_read_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistmed_desktop.storage.depot import DepotSqlite

    services = app.Services(HORLOGE)
    base = base_de(None, tmp_path / "cabinet.assistmed")

    def refuser(_depot: DepotSqlite) -> None:
        raise ErreurDepot("Illisible.")

    with monkeypatch.context() as contexte:
        contexte.setattr(DepotSqlite, "charger", refuser)
        with pytest.raises(ErreurDepot):
            services.ouvrir(base, creer=False)
    services.ouvrir(base, creer=False).fermer()


def test_the_demonstration_is_kept_apart_and_goes(tmp_path: Path) -> None:
    practice = app.Services(HorlogeReglee()).demonstration()
    assert practice.demonstration
    assert practice.horloge.aujourdhui() == JOUR_DEMO
    assert practice.horloge.maintenant().tzinfo is not None
    assert practice.workspace.nom_annulable is None
    assert practice.chemin.exists()
    assert tmp_path not in practice.chemin.parents
    practice.fermer()
    assert not practice.chemin.parent.exists()


def test_files_go_out_and_come_in(tmp_path: Path, morvan: Dossier) -> None:
    services = app.Services(HORLOGE)
    services.ecrire_dossier(morvan, tmp_path / "sortie.json")
    assert services.lire_dossier(tmp_path / "sortie.json") == morvan


def test_a_practice_is_evaluated_with_the_baremes_that_the_user_adds(tmp_path: Path, morvan: Dossier) -> None:
    (tmp_path / "aide.toml").write_text(
        changee("aide", "montants_2019", ("annee_1 = 18000", "annee_1 = 18500")), encoding="utf-8"
    )
    base = base_de(morvan, tmp_path / "cabinet.assistmed")
    for baremes, montant in ((None, 18_000_00), (tmp_path, 18_500_00)):
        practice = app.Services(HORLOGE, baremes).ouvrir(base, creer=False)
        evaluation = practice.evaluer()
        practice.fermer()
        assert evaluation is not None
        assert evaluation.contrats[0].aide[0].montant_max == montant


def test_the_report_is_a_pdf_with_a_sensible_name(tmp_path: Path, morvan: Dossier) -> None:
    services = app.Services(HORLOGE)
    practice = services.ouvrir(base_de(morvan, tmp_path / "cabinet.assistmed"), creer=False)
    demande = Demande("annuel", "c1", HORLOGE.jour)
    assert services.rediger(morvan, demande, None).contenu.startswith(b"%PDF-")
    (tmp_path / "aide.toml").write_text(changee("aide", "montants_2019"), encoding="utf-8")
    assert services.rediger(morvan, demande, tmp_path).contenu.startswith(b"%PDF-")
    assert nom_du_rapport(morvan, demande) == "2025-01-15 Bilan annuel – Dr Lambert.pdf"
    practice.fermer()
