"""The workspace, on a real file."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.services.operations import ajouter_releve, remplacer_dossier, supprimer_releve
from assistmed_desktop.services.ports import ErreurDepot
from assistmed_desktop.services.workspace import Operation, Workspace
from assistmed_desktop.storage.depot import DepotSqlite
from tests.services.outils import DEBUT, HorlogeReglee, exemple

MORVAN = exemple()
RELEVE = MORVAN.releves[0].model_copy(update={"date": date(2025, 6, 30)})
OUVRIR_LE_MORVAN = remplacer_dossier(MORVAN, "Importer le Morvan")


@pytest.fixture
def depot(tmp_path: Path) -> Iterator[DepotSqlite]:
    with DepotSqlite.ouvrir(tmp_path / "cabinet.assistmed", HorlogeReglee(), creer=True) as depot:
        yield depot


@pytest.fixture
def workspace(depot: DepotSqlite) -> Workspace:
    return Workspace(depot, HorlogeReglee())


def _etat(workspace: Workspace) -> tuple[object, ...]:
    return (
        workspace.dossier,
        workspace.nom_annulable,
        workspace.nom_retablissable,
        workspace.enregistre_le,
    )


def test_a_fresh_practice_is_empty(workspace: Workspace) -> None:
    assert _etat(workspace) == (None, None, None, None)
    workspace.annuler()
    workspace.retablir()
    assert _etat(workspace) == (None, None, None, None)


def test_an_operation_is_saved_then_published(workspace: Workspace, depot: DepotSqlite) -> None:
    vus: list[tuple[Dossier | None, Dossier | None, str | None]] = []
    workspace.abonner(lambda dossier: vus.append((dossier, depot.charger(), workspace.nom_annulable)))
    workspace.appliquer(OUVRIR_LE_MORVAN)
    assert vus == [(MORVAN, MORVAN, "Importer le Morvan")]
    assert _etat(workspace) == (MORVAN, "Importer le Morvan", None, DEBUT)
    assert Workspace(depot, HorlogeReglee()).dossier == MORVAN


def test_undo_and_redo_are_saved_too(workspace: Workspace, depot: DepotSqlite) -> None:
    workspace.appliquer(OUVRIR_LE_MORVAN)
    workspace.appliquer(ajouter_releve(RELEVE))
    apres = workspace.dossier
    vus: list[Dossier | None] = []
    workspace.abonner(vus.append)

    workspace.annuler()
    assert _etat(workspace) == (
        MORVAN,
        "Importer le Morvan",
        "Ajouter le relevé du 30/06/2025",
        DEBUT + timedelta(seconds=2),
    )
    assert depot.charger() == MORVAN
    workspace.annuler()
    assert workspace.dossier is None
    assert depot.charger() is None
    workspace.retablir()
    workspace.retablir()
    assert workspace.dossier == depot.charger() == apres
    assert (workspace.nom_annulable, workspace.nom_retablissable) == ("Ajouter le relevé du 30/06/2025", None)
    assert vus == [MORVAN, None, MORVAN, apres]


def test_a_new_operation_forgets_what_was_undone(workspace: Workspace) -> None:
    workspace.appliquer(OUVRIR_LE_MORVAN)
    workspace.appliquer(ajouter_releve(RELEVE))
    workspace.annuler()
    workspace.appliquer(supprimer_releve(0))
    assert (workspace.nom_annulable, workspace.nom_retablissable) == ("Supprimer un relevé", None)


def test_what_changes_nothing_does_nothing(workspace: Workspace) -> None:
    workspace.appliquer(OUVRIR_LE_MORVAN)
    workspace.appliquer(ajouter_releve(RELEVE))
    workspace.annuler()
    avant = _etat(workspace)
    workspace.abonner(lambda _dossier: pytest.fail("published"))
    workspace.appliquer(OUVRIR_LE_MORVAN)
    assert _etat(workspace) == avant


def test_a_result_with_faults_is_refused(workspace: Workspace, depot: DepotSqlite) -> None:
    workspace.appliquer(OUVRIR_LE_MORVAN)
    avant = _etat(workspace)
    workspace.abonner(lambda _dossier: pytest.fail("published"))
    with pytest.raises(DossierInvalide) as refus:
        workspace.appliquer(ajouter_releve(RELEVE.model_copy(update={"medecin": "m9"})))
    assert [faute.chemin for faute in refus.value.fautes] == ["releves[1].medecin"]
    assert _etat(workspace) == avant
    assert depot.charger() == MORVAN


def test_a_malformed_value_is_refused_too(workspace: Workspace, depot: DepotSqlite) -> None:
    workspace.appliquer(OUVRIR_LE_MORVAN)
    avant = _etat(workspace)
    with pytest.raises(DossierInvalide):
        workspace.appliquer(ajouter_releve(RELEVE.model_copy(update={"patientele_mt": -5})))
    assert _etat(workspace) == avant
    assert depot.charger() == MORVAN


def test_when_saving_fails_nothing_changes(workspace: Workspace, depot: DepotSqlite) -> None:
    workspace.appliquer(OUVRIR_LE_MORVAN)
    workspace.appliquer(ajouter_releve(RELEVE))
    workspace.annuler()
    avant = _etat(workspace)
    workspace.abonner(lambda _dossier: pytest.fail("published"))
    pages = depot._connexion.execute("PRAGMA page_count").fetchone()[0]
    depot._connexion.execute(f"PRAGMA max_page_count = {pages}")
    long = tuple(RELEVE.model_copy(update={"note": f"{rang} " + "é" * 1900}) for rang in range(100))
    with pytest.raises(ErreurDepot):
        workspace.appliquer(Operation("Remplir", lambda _dossier: MORVAN.model_copy(update={"releves": long})))
    assert _etat(workspace) == avant
    depot._connexion.execute("PRAGMA query_only = ON")
    for deplacer in (workspace.annuler, workspace.retablir):
        with pytest.raises(ErreurDepot):
            deplacer()
        assert _etat(workspace) == avant
    depot._connexion.execute("PRAGMA query_only = OFF")
    assert depot.charger() == MORVAN


def test_unsubscribing_ends_the_calls(workspace: Workspace) -> None:
    vus: list[Dossier | None] = []
    autres: list[Dossier | None] = []
    desabonner = workspace.abonner(vus.append)
    workspace.abonner(autres.append)
    workspace.appliquer(OUVRIR_LE_MORVAN)
    desabonner()
    desabonner()
    workspace.annuler()
    assert vus == [MORVAN]
    assert autres == [MORVAN, None]
