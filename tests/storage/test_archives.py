"""The copies of a practice and its file as a whole: second place, best copy, moved, set aside, put back."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistmed_desktop.services.operations import supprimer_releve
from assistmed_desktop.services.ports import ErreurPhrase
from assistmed_desktop.services.workspace import Workspace
from assistmed_desktop.storage import archives as module
from assistmed_desktop.storage.archives import ArchivesSqlite, CopiesSqlite
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.erreurs import BaseEndommagee, BaseIllisible, BaseOccupee, PhraseFausse
from assistmed_desktop.storage.phrase import changer_phrase
from assistmed_desktop.storage.sauvegardes import lister, recopier, sauvegarder, second_dossier
from tests.services.outils import HorlogeReglee, exemple
from tests.storage.outils import base_de, ouvrir
from tests.storage.test_horloge import HorlogeA

LE = datetime(2026, 11, 15, 14, 2, tzinfo=UTC)
MORVAN = exemple()


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "cabinet").mkdir()
    return base_de(MORVAN, tmp_path / "cabinet" / "cabinet.assistmed")


@pytest.fixture
def cle(tmp_path: Path) -> Path:
    (tmp_path / "cle").mkdir()
    return tmp_path / "cle"


@pytest.fixture
def donnees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    defaut = tmp_path / "donnees" / "cabinet.assistmed"
    monkeypatch.setattr(module, "base_par_defaut", lambda: defaut)
    return defaut


def _archives(base: Path) -> ArchivesSqlite:
    return ArchivesSqlite(base, HorlogeReglee())


def _copies(base: Path, *jours: int) -> None:
    with ouvrir(base, creer=False) as depot:
        for jour in jours:
            sauvegarder(depot.connexion, base, LE - timedelta(days=jour), "demande")


def _abimer(fichier: Path) -> None:
    fichier.write_bytes(fichier.read_bytes()[:-4096])


def test_a_practice_knows_whether_it_has_changed_since_it_was_copied(base: Path) -> None:
    with ouvrir(base, creer=False) as depot:
        copies = CopiesSqlite(depot.connexion, base, HorlogeReglee(), interrompu=False)
        avant = copies.a_change
        Workspace(depot, HorlogeReglee()).appliquer(supprimer_releve(0))
        apres = copies.a_change
        assert copies.sauvegarder("repos").motif == "repos"
        assert (avant, apres, copies.a_change) == (False, True, False)
        assert CopiesSqlite(depot.connexion, base, HorlogeReglee(), interrompu=True).a_change


def test_the_newest_copy_goes_to_the_second_place_too_byte_for_byte(base: Path, cle: Path) -> None:
    archives = _archives(base)
    assert archives.recopier(cle) is None
    _copies(base, 0, 1)
    ici = lister(base)[0]
    for _ in range(2):
        la = archives.recopier(cle)
        assert la is not None
        assert la.fichier.parent == archives.dossier_second(cle)
        assert la.fichier.read_bytes() == ici.fichier.read_bytes()
        assert stat.S_IMODE(la.fichier.stat().st_mode) == 0o600
    assert [copie.fichier.name for copie in archives.lister(cle)] == [copie.fichier.name for copie in lister(base)]
    ici.fichier.unlink()
    assert archives.lister(cle)[0].fichier == archives.dossier_second(cle) / ici.fichier.name
    assert second_dossier(base, cle) != second_dossier(base.parent / "ailleurs" / base.name, cle)


def test_a_second_place_that_is_not_there_is_said(base: Path, cle: Path) -> None:
    _copies(base, 0)
    cle.rmdir()
    with pytest.raises(BaseIllisible, match="n'est pas là"):
        _archives(base).recopier(cle)
    assert _archives(base).lister(cle) == lister(base)


def test_a_second_place_that_cannot_be_written_to_leaves_nothing(base: Path, cle: Path) -> None:
    _copies(base, 0)
    (cle / "fichier").write_bytes(b"")
    with pytest.raises(BaseIllisible):
        recopier(lister(base)[0], cle / "fichier", LE)
    assert list(cle.iterdir()) == [cle / "fichier"]


def test_the_best_copy_is_the_newest_that_is_sound(base: Path, cle: Path) -> None:
    archives = _archives(base)
    assert archives.meilleure(cle) is None
    _copies(base, 0, 1, 2)
    newest, second, third = lister(base)
    _abimer(newest.fichier)
    trouvee = archives.meilleure(None)
    assert trouvee is not None
    assert (trouvee[0], trouvee[1].dossier) == (second, MORVAN)
    _abimer(second.fichier)
    _abimer(third.fichier)
    assert archives.meilleure(None) is None


def test_a_protected_copy_asks_for_its_phrase(tmp_path: Path) -> None:
    base = tmp_path / "protege.assistmed"
    with DepotSqlite.ouvrir(base, HorlogeReglee(), creer=True, phrase="quatre mots sans lien") as depot:
        depot.enregistrer(None, MORVAN)
        sauvegarder(depot.connexion, base, LE, "demande")
    with pytest.raises(ErreurPhrase):
        _archives(base).meilleure(None)
    trouvee = ArchivesSqlite(base, HorlogeReglee(), "quatre mots sans lien").meilleure(None)
    assert trouvee is not None
    assert trouvee[1].dossier == MORVAN


def test_of_copies_with_several_phrases_the_newest_that_this_one_opens_is_best(tmp_path: Path) -> None:
    base = tmp_path / "protege.assistmed"
    ancienne, neuve = "quatre mots sans lien", "cinq autres mots sans lien"
    horloge = HorlogeReglee()
    base_de(MORVAN, base)
    _copies(base, 3)
    for jour, avant, apres in ((2, None, ancienne), (1, ancienne, neuve)):
        changer_phrase(base, horloge, avant, apres)
        for copie in lister(base):
            if copie.motif == "phrase":
                copie.fichier.unlink()
        with DepotSqlite.ouvrir(base, horloge, creer=False, phrase=apres) as depot:
            sauvegarder(depot.connexion, base, LE - timedelta(days=jour), "demande")
    for phrase, jour in ((neuve, 1), (ancienne, 2)):
        trouvee = ArchivesSqlite(base, HorlogeA(LE), phrase).meilleure(None)
        assert trouvee is not None
        assert trouvee[0].le == LE - timedelta(days=jour)
    with pytest.raises(PhraseFausse):
        ArchivesSqlite(base, HorlogeA(LE), "autre chose").meilleure(None)
    for copie in lister(base)[-1:]:
        copie.fichier.unlink()
    with pytest.raises(PhraseFausse):
        ArchivesSqlite(base, HorlogeA(LE), "autre chose").meilleure(None)


def test_a_damaged_base_is_counted_as_far_as_it_can_be(base: Path) -> None:
    archives = _archives(base)
    assert archives.comptes_lisibles()["releve"] == len(MORVAN.releves)
    contenu = base.read_bytes()
    base.write_bytes(contenu[: len(contenu) // 2])
    with pytest.raises(BaseEndommagee):
        ouvrir(base, creer=False)
    avant = base.read_bytes()
    assert set(archives.comptes_lisibles()) <= {
        "medecin",
        "contrat",
        "assistant",
        "releve",
        "versement",
        "rapport_emis",
    }
    assert base.read_bytes() == avant
    base.write_bytes(b"autre chose")
    assert archives.comptes_lisibles() == {}
    assert archives.modifie_le().tzinfo is not None


def test_moved_to_this_computer_with_its_copies(base: Path, donnees: Path) -> None:
    _copies(base, 0, 1)
    avant = lister(base)
    assert _archives(base).deplacer() == donnees
    with ouvrir(donnees, creer=False) as depot:
        assert depot.charger() == MORVAN
    assert not base.exists()
    assert base.with_name("cabinet-deplace.assistmed").exists()
    assert not base.with_name("cabinet.assistmed.verrou").exists()
    assert [copie.fichier.name for copie in lister(donnees)] == [copie.fichier.name for copie in avant]
    assert lister(base) == avant


def test_moved_beside_a_practice_that_is_there(base: Path, donnees: Path) -> None:
    donnees.parent.mkdir()
    base_de(None, donnees)
    base.with_name("cabinet-deplace.assistmed").write_bytes(b"un autre")
    assert _archives(base).deplacer() == donnees.with_name("cabinet-2.assistmed")
    assert base.with_name("cabinet-deplace-2.assistmed").exists()
    assert base.with_name("cabinet-deplace.assistmed").read_bytes() == b"un autre"


def test_not_moved_to_a_place_as_risky_nor_while_it_is_open(
    base: Path, donnees: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ouvrir(base, creer=False), pytest.raises(BaseOccupee):
        _archives(base).deplacer()
    assert not donnees.exists()
    monkeypatch.setattr(module, "base_par_defaut", lambda: tmp_path / "Dropbox" / "cabinet.assistmed")
    with pytest.raises(BaseIllisible, match="Dropbox"):
        _archives(base).deplacer()
    assert base.exists()


def test_set_aside_then_put_back(base: Path) -> None:
    archives = _archives(base)
    copie, ecarte = archives.retirer()
    assert not base.exists()
    assert copie.motif == "suppression"
    assert copie.fichier.exists()
    assert ecarte.name == "cabinet-supprime-20250115T083000.assistmed"
    archives.remettre(ecarte)
    with ouvrir(base, creer=False) as depot:
        assert depot.charger() == MORVAN
    _copie, encore = archives.retirer()
    base_de(None, base)
    with pytest.raises(BaseIllisible, match="Un autre fichier"):
        archives.remettre(encore)
    assert encore.exists()


def test_restored_from_any_copy(base: Path, cle: Path) -> None:
    archives = _archives(base)
    _copies(base, 0)
    copie = archives.recopier(cle)
    assert copie is not None
    with ouvrir(base, creer=False) as depot:
        depot.enregistrer(MORVAN, None)
    assert archives.examiner(copie.fichier).dossier == MORVAN
    avant = archives.restaurer(copie.fichier)
    assert avant is not None
    with ouvrir(base, creer=False) as depot:
        assert depot.charger() == MORVAN
    archives.restaurer(avant.fichier)
    with ouvrir(base, creer=False) as depot:
        assert depot.charger() is None
