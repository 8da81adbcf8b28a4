"""A clock that is behind what the practice already holds is told in a sentence, and nothing else changes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistmed_desktop.services.journal import verifier
from assistmed_desktop.services.operations import corriger_releve
from assistmed_desktop.services.workspace import Workspace
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.horloge import TOLERANCE, recul
from assistmed_desktop.storage.sauvegardes import sauvegarder
from tests.services.outils import DEBUT, HorlogeReglee, exemple
from tests.storage.outils import base_de, ouvrir, sql

ANS = timedelta(days=365)


class HorlogeA(HorlogeReglee):
    """A clock set to a moment."""

    def __init__(self, moment: datetime) -> None:
        self._prochaine = moment


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return base_de(exemple(), tmp_path / "cabinet.assistmed")


def dit(base: Path, maintenant: datetime) -> str:
    with DepotSqlite.ouvrir(base, HorlogeA(maintenant), creer=False) as depot:
        return recul(depot.connexion, base, maintenant)


def copier(base: Path, *moments: datetime) -> None:
    with ouvrir(base, creer=False) as depot:
        for moment in moments:
            sauvegarder(depot.connexion, base, moment, "demande")


def test_a_clock_that_goes_on_says_nothing(base: Path) -> None:
    for plus in (timedelta(), timedelta(seconds=5), ANS, 30 * ANS, -TOLERANCE / 2):
        assert dit(base, DEBUT + plus) == ""


def test_a_clock_behind_the_last_entry_is_told(base: Path) -> None:
    phrase = dit(base, DEBUT - 5 * ANS)
    assert "elle dit que nous sommes le 17/01/2020 à" in phrase
    assert "la dernière modification de ce cabinet a été faite le 15/01/2025 à" in phrase
    assert phrase.endswith("il n'y a rien à faire.")


def test_a_clock_behind_facts_that_no_entry_tells_of_is_told(base: Path) -> None:
    sql(base, "UPDATE journal SET le = '2025-02-31T08:30:00+00:00'")
    assert "la dernière modification" in dit(base, DEBUT - ANS), "the entry cannot be read: the facts can"
    sql(base, "DELETE FROM journal")
    assert "la dernière modification" in dit(base, DEBUT - ANS)
    assert dit(base, DEBUT) == ""


def test_a_clock_behind_the_last_copy_is_told(base: Path) -> None:
    copier(base, DEBUT + 30 * TOLERANCE)
    assert "la dernière sauvegarde de ce cabinet a été faite le 16/01/2025" in dit(base, DEBUT + TOLERANCE / 2)
    assert dit(base, DEBUT + 30 * TOLERANCE) == ""


def test_copies_of_a_clock_that_was_ahead_are_not_told_for_ever(base: Path) -> None:
    copier(base, DEBUT + 30 * ANS)
    assert "la dernière sauvegarde" in dit(base, DEBUT + timedelta(minutes=5))
    copier(base, DEBUT + timedelta(minutes=6))
    assert dit(base, DEBUT + timedelta(minutes=7)) == ""


def test_what_is_done_with_a_clock_set_back_is_kept_and_its_journal_holds(base: Path) -> None:
    attendu = exemple()
    for rang in range(3):
        horloge = HorlogeA(DEBUT - (rang + 1) * ANS)
        with DepotSqlite.ouvrir(base, horloge, creer=False) as depot:
            assert recul(depot.connexion, base, horloge.maintenant())
            workspace = Workspace(depot, horloge)
            assert workspace.dossier == attendu
            releve = attendu.releves[0]
            workspace.appliquer(corriger_releve(0, releve.model_copy(update={"patientele_mt": 900 + rang})))
            assert workspace.dossier is not None
            attendu = workspace.dossier
            etat = verifier(depot.journal.entrees())
            assert etat.intact
            assert etat.entrees == rang + 2
            sauvegarder(depot.connexion, base, horloge.maintenant(), "fermeture")
    assert dit(base, DEBUT) == "", "the clock is right again"
    with ouvrir(base, creer=False) as depot:
        assert depot.charger() == attendu


def test_the_moment_is_told_in_the_time_of_the_computer(base: Path) -> None:
    sql(base, "UPDATE journal SET le = '2025-01-15T10:30:00+02:00'")  # the same moment, told elsewhere
    assert dit(base, datetime(2025, 1, 15, 8, 30, tzinfo=UTC)) == ""
