"""The reports issued, in a real base."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistmed_desktop.services.rapports import CONTENU_GARDE, Rapport
from assistmed_desktop.storage.erreurs import BaseEndommagee, ErreurBase
from tests.services.outils import DEBUT, exemple
from tests.storage.outils import base_de, forcer, ouvrir, sql

RAPPORT = Rapport(
    "annuel", "c1", "Dr\u00a0Claire Lambert", date(2025, 1, 15), "2025-01-15 Bilan.pdf", "ab" * 32, "0.1.0", b"%PDF-1"
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return base_de(exemple(), tmp_path / "cabinet.assistmed")


def test_reports_are_kept_from_one_day_to_the_next_the_newest_first(base: Path) -> None:
    suivant = replace(RAPPORT, au=date(2026, 1, 15), contenu=b"%PDF-2")
    with ouvrir(base, creer=False) as depot:
        assert depot.rapports.emis() == ()
        premier = depot.rapports.consigner(RAPPORT, "enregistre")
        second = depot.rapports.consigner(suivant, "imprime")
        assert depot.rapports.emis() == (second, premier)
    with ouvrir(base, creer=False) as depot:
        assert depot.rapports.emis() == (second, premier)
        for emis, rapport in ((premier, RAPPORT), (second, suivant)):
            assert emis.rouvrir(depot.rapports.contenu(emis.cle)) == rapport
        assert depot.charger() == exemple()
    assert (premier.moyen, second.moyen) == ("enregistre", "imprime")
    assert premier.empreinte_fichier == RAPPORT.empreinte_fichier
    assert DEBUT <= premier.emis_le < second.emis_le < datetime.now(UTC) + timedelta(days=1)
    assert sql(base, "SELECT emis_le FROM rapport_emis WHERE cle = 1")[0][0].endswith("+00:00")


def test_a_report_issued_twice_is_kept_once(base: Path) -> None:
    with ouvrir(base, creer=False) as depot:
        for moyen in ("enregistre", "imprime"):
            depot.rapports.consigner(RAPPORT, moyen)
        assert [emis.garde for emis in depot.rapports.emis()] == [True, True]
        assert {depot.rapports.contenu(emis.cle) for emis in depot.rapports.emis()} == {RAPPORT.contenu}
    assert sql(base, "SELECT count(*), count(contenu) FROM rapport_emis") == [(2, 1)]


def test_a_report_too_large_is_noted_without_its_content(base: Path) -> None:
    with ouvrir(base, creer=False) as depot:
        emis = depot.rapports.consigner(replace(RAPPORT, contenu=bytes(CONTENU_GARDE + 1)), "enregistre")
        assert not emis.garde
        assert depot.rapports.emis() == (emis,)
        with pytest.raises(BaseEndommagee):
            depot.rapports.contenu(emis.cle)


@pytest.mark.parametrize("degat", ["UPDATE rapport_emis SET contenu = x'00'", "UPDATE rapport_emis SET contenu = NULL"])
def test_what_is_given_again_is_what_was_issued(base: Path, degat: str) -> None:
    with ouvrir(base, creer=False) as depot:
        depot.rapports.consigner(RAPPORT, "enregistre")
    sql(base, degat)
    with ouvrir(base, creer=False) as depot, pytest.raises(BaseEndommagee):
        depot.rapports.contenu(1)


def test_a_damaged_row_is_told(base: Path) -> None:
    with ouvrir(base, creer=False) as depot:
        depot.rapports.consigner(RAPPORT, "enregistre")
    forcer(base, "UPDATE rapport_emis SET emis_le = 'hier'")
    with ouvrir(base, creer=False) as depot, pytest.raises(BaseEndommagee):
        depot.rapports.emis()


def test_a_base_that_cannot_be_written_is_told(base: Path) -> None:
    depot = ouvrir(base, creer=False)
    depot.fermer()
    with pytest.raises(ErreurBase):
        depot.rapports.consigner(RAPPORT, "enregistre")
