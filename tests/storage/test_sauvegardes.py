"""Copies of a base: whole or not there, thinned with age, never in the way of one another."""

import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistmed_desktop.storage.erreurs import BaseEndommagee, BaseIllisible, ErreurBase
from assistmed_desktop.storage.sauvegardes import (
    INTERRUPTION,
    JOURS,
    MOIS,
    SEMAINES,
    TOUTES,
    a_garder,
    classer,
    copier,
    dossier_des_sauvegardes,
    lister,
    sauvegarder,
)
from tests.services.outils import exemple
from tests.storage.outils import base_de, ouvrir, sql

LE = datetime(2026, 11, 15, 14, 2, tzinfo=UTC)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return base_de(exemple(), tmp_path / "cabinet.assistmed")


def test_a_copy_holds_what_the_base_holds(base: Path) -> None:
    with ouvrir(base, creer=False) as depot:
        copie = sauvegarder(depot.connexion, base, LE, "demande")
    with ouvrir(copie.fichier, creer=False) as depot:
        assert depot.charger() == exemple()
    assert copie.octets == copie.fichier.stat().st_size
    assert str(copie) == "15/11/2026 à 14:02, à votre demande"
    assert stat.S_IMODE(copie.fichier.stat().st_mode) == 0o600
    assert stat.S_IMODE(copie.fichier.parent.stat().st_mode) == 0o700


def test_copies_of_one_second_are_two(base: Path) -> None:
    with ouvrir(base, creer=False) as depot:
        copies = {sauvegarder(depot.connexion, base, LE, "import").fichier for _ in range(2)}
    assert {copie.fichier for copie in lister(base)} == copies
    assert len(copies) == 2


def test_the_newest_copy_comes_first_and_strangers_are_not_copies(base: Path) -> None:
    with ouvrir(base, creer=False) as depot:
        for jours in (3, 1, 2):
            sauvegarder(depot.connexion, base, LE - timedelta(days=jours), "fermeture")
    dossier = dossier_des_sauvegardes(base)
    for nom in ("photo.png", "20261115T140200+0000-00-autre.assistmed", "99999999T999999+0000-00-import.assistmed"):
        (dossier / nom).write_bytes(b"autre")
    assert [copie.le for copie in lister(base)] == [LE - timedelta(days=jours) for jours in (1, 2, 3)]


def test_a_practice_without_copies_has_none(tmp_path: Path) -> None:
    assert lister(tmp_path / "cabinet.assistmed") == ()


def test_what_is_not_sound_is_not_kept(base: Path, tmp_path: Path) -> None:
    vers = tmp_path / "copie.assistmed"
    vers.write_bytes(b"une copie d'avant")
    with sqlite3.connect(base) as connexion:
        connexion.execute("PRAGMA foreign_keys = OFF")
        connexion.execute("UPDATE releve SET medecin = 'personne'")
        connexion.commit()
        with pytest.raises(BaseEndommagee):
            copier(connexion, vers)
    connexion.close()
    assert vers.read_bytes() == b"une copie d'avant"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cabinet.assistmed", "copie.assistmed"]


def test_a_place_that_cannot_be_written_is_told(base: Path, tmp_path: Path) -> None:
    with ouvrir(base, creer=False) as depot:
        with pytest.raises(BaseIllisible):
            copier(depot.connexion, tmp_path / "absent" / "copie.assistmed")
        assert depot.charger() == exemple()


def test_a_copy_is_made_before_the_schema_changes(tmp_path: Path) -> None:
    ancienne = Path(__file__).with_name("bases") / "v0001.assistmed"
    base = tmp_path / "cabinet.assistmed"
    base.write_bytes(ancienne.read_bytes())
    with ouvrir(base, creer=False) as depot:
        assert depot.charger() is not None
    (copie,) = lister(base)
    assert copie.motif == "mise-a-niveau"
    assert sql(copie.fichier, "PRAGMA user_version") == [(1,)]
    with ouvrir(base, creer=False):
        assert lister(base) == (copie,), "once"


def test_a_copy_that_cannot_be_made_leaves_the_older_base_as_it_was(tmp_path: Path) -> None:
    ancienne = (Path(__file__).with_name("bases") / "v0001.assistmed").read_bytes()
    base = tmp_path / "cabinet.assistmed"
    base.write_bytes(ancienne)
    dossier_des_sauvegardes(base).write_text("un fichier à la place du dossier", encoding="utf-8")
    with pytest.raises(ErreurBase):
        ouvrir(base, creer=False)
    assert base.read_bytes() == ancienne


def moments() -> st.SearchStrategy[list[datetime]]:
    ages = st.integers(min_value=0, max_value=3 * 365 * 24)
    return st.lists(ages.map(lambda heures: LE - timedelta(hours=heures)), max_size=120)


def suites(le: list[datetime]) -> list[list[datetime]]:
    """Cut the moments at the long gaps, the newest first."""
    coupes: list[list[datetime]] = []
    for moment in sorted(le, reverse=True):
        if not coupes or coupes[-1][-1] - moment > INTERRUPTION:
            coupes.append([])
        coupes[-1].append(moment)
    return coupes


@given(moments())
def test_what_is_recent_is_all_kept_and_the_rest_is_thinned(le: list[datetime]) -> None:
    gardes = a_garder(le, LE)
    assert gardes <= set(le)
    assert {m for m in le if m > LE - TOUTES} <= gardes
    for suite in suites(le):
        anciens = {m for m in gardes if m in suite and m <= suite[0] - TOUTES}
        assert len(anciens) <= JOURS + SEMAINES + MOIS
        assert {m for m in suite if m > suite[0] - TOUTES} <= gardes
    if le:
        assert max(le) in gardes


@given(moments())
def test_thinning_twice_is_thinning_once(le: list[datetime]) -> None:
    gardes = a_garder(le, LE)
    assert a_garder(sorted(gardes), LE) == gardes


@given(moments(), st.integers(-40, 40).filter(bool), st.integers(1, 30))
def test_a_clock_years_away_takes_no_copy_from_the_others(le: list[datetime], ans: int, nombre: int) -> None:
    folles = [LE + timedelta(days=365 * ans, hours=rang) for rang in range(nombre)]
    vrais = [moment for moment in le if moment > LE - timedelta(days=200)]
    avant = a_garder(vrais, LE)
    for rang in range(nombre):
        assert a_garder([*vrais, *folles[: rang + 1]], folles[rang]) >= avant | {folles[rang]}
    assert a_garder([*vrais, *folles], LE) >= avant


def test_the_copy_made_last_comes_before_those_of_a_clock_that_was_ahead(base: Path) -> None:
    with ouvrir(base, creer=False) as depot:
        for jours in (3000, -2, -1):
            sauvegarder(depot.connexion, base, LE + timedelta(days=jours), "demande")
    attendus = [LE + timedelta(days=jours) for jours in (-1, -2, 3000)]
    assert [copie.le for copie in classer(lister(base), LE)] == attendus


def test_the_last_of_each_day_week_and_month_is_kept() -> None:
    quotidiennes = [LE - timedelta(days=jours, hours=heures) for jours in range(400) for heures in (0, 5)]
    gardes = sorted(a_garder(quotidiennes, LE), reverse=True)
    jours = [LE - timedelta(days=rang) for rang in range(2, 2 + JOURS)]
    assert set(jours) <= set(gardes)
    assert len({m.strftime("%Y-%m") for m in gardes}) >= MOIS
    assert LE - timedelta(days=5, hours=5) not in gardes, "an earlier one of a day that has a later one"
