"""A base is looked into without being changed; a copy takes its place whole, or not at all."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistmed_desktop.services.journal import verifier as verifier_journal
from assistmed_desktop.storage.erreurs import BaseEndommagee, BaseEtrangere, BaseIllisible, BaseOccupee
from assistmed_desktop.storage.restauration import examiner, restaurer
from assistmed_desktop.storage.sauvegardes import copier, lister, sauvegarder
from tests.services.outils import HorlogeReglee, exemple
from tests.storage.outils import autre_processus, base_de, forcer, ouvrir, sql

HORLOGE = HorlogeReglee()


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return base_de(exemple(), tmp_path / "cabinet.assistmed")


@pytest.fixture
def copie(base: Path, tmp_path: Path) -> Path:
    copie = tmp_path / "copie.assistmed"
    with ouvrir(base, creer=False) as depot:
        copier(depot.connexion, copie)
    return copie


def lu(base: Path) -> object:
    with ouvrir(base, creer=False) as depot:
        return depot.charger()


def test_what_a_base_holds_is_told_and_left_as_it_was(base: Path) -> None:
    avant = base.read_bytes()
    contenu = examiner(base, HORLOGE)
    assert contenu.cabinet == exemple().cabinet.nom
    assert contenu.comptes["releve"] == len(exemple().releves)
    assert contenu.derniere_saisie is not None
    assert contenu.en_lettres.startswith(exemple().cabinet.nom)
    assert base.read_bytes() == avant
    assert [p.name for p in base.parent.iterdir()] == [base.name]


def test_an_empty_base_holds_no_practice(tmp_path: Path) -> None:
    contenu = examiner(base_de(None, tmp_path / "vide.assistmed"), HORLOGE)
    assert contenu.en_lettres == "aucun cabinet"
    assert contenu.derniere_saisie is None


def test_an_older_base_is_looked_into_without_being_brought_up_to_date(tmp_path: Path) -> None:
    ancienne = Path(__file__).with_name("bases") / "v0001.assistmed"
    base = tmp_path / "ancienne.assistmed"
    base.write_bytes(ancienne.read_bytes())
    assert examiner(base, HORLOGE).version == 1
    assert base.read_bytes() == ancienne.read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == [base.name]


def test_a_copy_takes_the_place_of_a_base_and_what_was_there_is_kept(base: Path, copie: Path) -> None:
    autre = exemple().model_copy(update={"releves": ()})
    with ouvrir(base, creer=False) as depot:
        depot.enregistrer(depot.charger(), autre)
    avant = restaurer(copie, base, HORLOGE)
    assert lu(base) == exemple()
    assert avant is not None
    assert lister(base) == (avant,)
    assert restaurer(avant.fichier, base, HORLOGE) is not None, "a restore is undone by another one"
    assert lu(base) == autre


def test_a_copy_is_put_where_there_is_no_base(copie: Path, tmp_path: Path) -> None:
    neuve = tmp_path / "ailleurs" / "cabinet.assistmed"
    assert restaurer(copie, neuve, HORLOGE) is None
    assert lu(neuve) == exemple()


def test_a_damaged_base_is_set_aside(base: Path, copie: Path) -> None:
    abimee = base.read_bytes()[:4096] + b"\xff" * 8192
    base.write_bytes(abimee)
    base.with_name(f"{base.name}-journal").write_bytes(b"")
    with pytest.raises(BaseEndommagee):
        examiner(base, HORLOGE)
    assert restaurer(copie, base, HORLOGE) is None
    assert lu(base) == exemple()
    (ecartee,) = base.parent.glob("cabinet-endommage-*.assistmed")
    assert ecartee.read_bytes() == abimee


def test_a_damaged_copy_changes_nothing(base: Path, copie: Path) -> None:
    avant = base.read_bytes()
    octets = copie.read_bytes()
    copie.write_bytes(octets[: len(octets) // 2])
    with pytest.raises(BaseEndommagee, match="copie"):
        restaurer(copie, base, HORLOGE)
    assert base.read_bytes() == avant


@pytest.mark.parametrize(
    "ordre",
    [
        "CREATE TRIGGER t AFTER INSERT ON releve BEGIN DELETE FROM versement; END",
        "CREATE VIEW v AS SELECT * FROM releve",
        "CREATE TABLE intruse (x)",
        "ALTER TABLE releve ADD COLUMN intruse TEXT",
    ],
)
def test_a_schema_that_is_not_ours_is_refused(base: Path, copie: Path, ordre: str) -> None:
    forcer(copie, ordre)
    avant = base.read_bytes()
    with pytest.raises(BaseEndommagee):
        restaurer(copie, base, HORLOGE)
    assert base.read_bytes() == avant


def test_facts_that_are_not_valid_are_refused(base: Path, copie: Path) -> None:
    forcer(copie, "UPDATE medecin SET rpps = '123'")
    with pytest.raises(BaseEndommagee, match="RPPS"):
        restaurer(copie, base, HORLOGE)
    assert lu(base) == exemple()


def test_a_base_in_use_is_not_replaced(base: Path, copie: Path) -> None:
    with autre_processus(base) as processus:
        assert processus.stdout is not None
        processus.stdout.readline()
        with pytest.raises(BaseOccupee):
            restaurer(copie, base, HORLOGE)
        with pytest.raises(BaseOccupee):
            examiner(base, HORLOGE)


def test_what_is_not_a_copy_is_refused(base: Path, tmp_path: Path) -> None:
    for mauvais in (tmp_path / "absente.assistmed", tmp_path):
        with pytest.raises(BaseIllisible):
            restaurer(mauvais, base, HORLOGE)
        with pytest.raises(BaseIllisible):
            examiner(mauvais, HORLOGE)
    with pytest.raises(BaseIllisible, match="elle-même"):
        restaurer(base, base, HORLOGE)
    texte = tmp_path / "lettre.txt"
    texte.write_text("bonjour", encoding="utf-8")
    with pytest.raises(BaseEtrangere):
        restaurer(texte, base, HORLOGE)
    assert lu(base) == exemple()


def test_an_unfinished_journal_is_replayed_before_the_base_is_judged(base: Path, tmp_path: Path) -> None:
    travail = tmp_path / "travail.assistmed"
    travail.write_bytes(base.read_bytes())
    connexion = sqlite3.connect(travail, isolation_level=None)
    connexion.execute("PRAGMA cache_size = 1")
    connexion.execute("BEGIN IMMEDIATE")
    connexion.execute("DELETE FROM releve")
    connexion.execute("CREATE TABLE gros (x)")
    connexion.executemany("INSERT INTO gros VALUES (?)", [("x" * 900,)] * 200)
    arretee = tmp_path / "arretee.assistmed"
    arretee.write_bytes(travail.read_bytes())
    journal = tmp_path / "travail.assistmed-journal"
    arretee.with_name("arretee.assistmed-journal").write_bytes(journal.read_bytes())
    connexion.execute("ROLLBACK")
    connexion.close()
    assert examiner(arretee, HORLOGE).comptes["releve"] == len(exemple().releves)
    assert sql(arretee, "SELECT count(*) FROM releve") == [(len(exemple().releves),)]


def _etapes(base: Path) -> list[str]:
    with ouvrir(base, creer=False) as depot:
        entrees = depot.journal.entrees()
    assert verifier_journal(entrees).intact
    return [entree.etape for entree in entrees]


def test_the_journal_of_what_is_put_back_says_so_and_its_chain_holds(base: Path, tmp_path: Path) -> None:
    with ouvrir(base, creer=False) as depot:
        faite = sauvegarder(depot.connexion, base, datetime(2026, 11, 15, 14, 2, tzinfo=UTC), "demande")
        depot.enregistrer(depot.charger(), exemple().model_copy(update={"releves": ()}), "Vider les relevés")
    avant = restaurer(faite.fichier, base, HORLOGE)
    assert _etapes(base)[1:] == ["Restaurer la sauvegarde du 15/11/2026 à 14:02"]
    assert avant is not None
    restaurer(avant.fichier, base, HORLOGE)
    assert _etapes(base)[1:] == ["Vider les relevés", f"Restaurer la sauvegarde du {quand(avant.le)}"]
    autre = tmp_path / "autre.assistmed"
    autre.write_bytes(faite.fichier.read_bytes())
    le = datetime(2026, 11, 16, 9, 5, tzinfo=UTC)
    os.utime(autre, (le.timestamp(), le.timestamp()))
    restaurer(autre, tmp_path / "neuve.assistmed", HORLOGE)
    assert _etapes(tmp_path / "neuve.assistmed")[1:] == [f"Restaurer la sauvegarde du {quand(le.astimezone())}"]
    for copie in (faite.fichier, avant.fichier, autre):
        assert "Restaurer" not in "".join(_etapes(copie)), "a copy stays as it was"


def test_what_is_set_aside_writes_over_nothing(base: Path, copie: Path) -> None:
    abimee = base.read_bytes()[:4096] + b"\xff" * 8192
    for _ in range(3):
        base.write_bytes(abimee)
        base.with_name(f"{base.name}-journal").write_bytes(b"")
        restaurer(copie, base, HorlogeReglee())
    ecartees = list(base.parent.glob("cabinet-endommage-*.assistmed"))
    assert [ecartee.read_bytes() for ecartee in ecartees] == [abimee] * 3
    assert len(list(base.parent.glob("cabinet-endommage-*-journal"))) == 3


def quand(le: datetime) -> str:
    return f"{le:%d/%m/%Y} à {le:%H:%M}"


def test_a_text_that_is_not_utf8_is_damage(base: Path) -> None:
    forcer(base, "UPDATE releve SET saisi_le = CAST(x'323032352d30312d31355430383a33303a30322b30303a30ff' AS TEXT)")
    with pytest.raises(BaseEndommagee):
        examiner(base, HORLOGE)
    with ouvrir(base, creer=False) as depot, pytest.raises(BaseEndommagee):
        depot.charger()


@pytest.mark.parametrize("journal", [True, False])
def test_looking_into_a_base_with_a_write_ahead_log_leaves_nothing_beside_it(base: Path, *, journal: bool) -> None:
    sql(base, "PRAGMA journal_mode = WAL")
    avant = base.read_bytes()
    if journal:
        base.with_name(f"{base.name}-wal").write_bytes(b"")
    assert examiner(base, HORLOGE).cabinet == exemple().cabinet.nom
    assert base.read_bytes() == avant
    if not journal:
        assert [fichier.name for fichier in base.parent.iterdir()] == [base.name]


def test_a_folder_where_nothing_can_be_written_is_told_by_the_name_of_the_base(copie: Path, tmp_path: Path) -> None:
    dossier = tmp_path / "dossier"
    dossier.write_bytes(b"un fichier")
    with pytest.raises(BaseIllisible, match=r"cabinet\.assistmed\u00a0» ne peut pas être lue ou écrite"):
        restaurer(copie, dossier / "cabinet.assistmed", HORLOGE)
    longue = tmp_path / f"{'c' * 236}.assistmed"  # there is no room left in its name for what is made beside it
    with pytest.raises(BaseIllisible, match=r"ccc\.assistmed\u00a0» ne peut pas être lue ou écrite"):
        restaurer(copie, longue, HORLOGE)
    assert sorted(fichier.name for fichier in tmp_path.iterdir()) == ["cabinet.assistmed", "copie.assistmed", "dossier"]
