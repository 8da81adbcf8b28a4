"""Bases protected by a passphrase: nothing legible in them or in what comes from them, and nothing lost."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.services.ports import ErreurPhrase
from assistmed_desktop.storage.archives import ArchivesSqlite
from assistmed_desktop.storage.chiffrement import (
    Cle,
    cle_pour,
    connecter,
    connecter_par_sqlcipher,
    est_chiffre,
    provisoire_de,
    sel_de,
)
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.erreurs import (
    BaseEndommagee,
    BaseEtrangere,
    BaseOccupee,
    PhraseFausse,
    PhraseRequise,
    erreurs_traduites,
)
from assistmed_desktop.storage.ouverture import ouvrir
from assistmed_desktop.storage.phrase import changer_phrase, proteger_copies
from assistmed_desktop.storage.restauration import examiner, restaurer
from assistmed_desktop.storage.sauvegardes import copier, lister, sauvegarder
from assistmed_desktop.storage.verrou import fichier_verrou
from tests.services.outils import EXEMPLE, HorlogeReglee
from tests.storage.outils import base_de

PHRASE, AUTRE = "un été à la campagne", "trois vélos rouges"
PROCESSUS = Path(__file__).with_name("processus_phrase.py")


@pytest.fixture(scope="module")
def exemple() -> Dossier:
    return lire_dossier(EXEMPLE.read_bytes())


@pytest.fixture
def clair(exemple: Dossier, tmp_path: Path) -> Path:
    return base_de(exemple, tmp_path / "cabinet.assistmed")


@pytest.fixture
def protegee(exemple: Dossier, tmp_path: Path) -> Path:
    base = tmp_path / "cabinet.assistmed"
    with DepotSqlite.ouvrir(base, HorlogeReglee(), creer=True, phrase=PHRASE) as depot:
        depot.enregistrer(None, exemple)
    return base


def lire(base: Path, phrase: str | Cle | None) -> Dossier | None:
    with DepotSqlite.ouvrir(base, HorlogeReglee(), creer=False, phrase=phrase) as depot:
        return depot.charger()


def rien_de_lisible(dossier: Path, exemple: Dossier, sauf: tuple[Path, ...] = ()) -> None:
    """Look in every byte of every file for what the practice holds, and for SQLite's own words."""
    for fichier in dossier.rglob("*"):
        if fichier.is_file() and fichier not in sauf:
            octets = fichier.read_bytes()
            for mot in (exemple.cabinet.nom, exemple.medecins[0].nom, "CREATE TABLE", "SQLite format"):
                assert mot.encode() not in octets, f"{mot} dans {fichier.name}"
            assert fichier.stat().st_mode & 0o077 == 0


def test_a_protected_base_is_read_by_its_phrase_alone(protegee: Path, exemple: Dossier) -> None:
    assert est_chiffre(protegee)
    assert lire(protegee, PHRASE) == exemple
    assert lire(protegee, cle_pour(protegee, PHRASE)) == exemple
    avant = protegee.read_bytes()
    with pytest.raises(PhraseRequise, match="donnez-la pour l'ouvrir"):
        lire(protegee, None)
    for fausse in (AUTRE, "", PHRASE.upper(), Cle.neuve(PHRASE), Cle(bytes(32), sel_de(protegee))):
        with pytest.raises(PhraseFausse, match="rien n'a été touché"):
            lire(protegee, fausse)
    assert protegee.read_bytes() == avant
    assert sorted(autre.name for autre in protegee.parent.iterdir()) == [protegee.name]
    assert issubclass(PhraseFausse, ErreurPhrase)
    assert issubclass(PhraseRequise, ErreurPhrase)


def test_the_same_accent_typed_in_two_ways_is_the_same_phrase(protegee: Path, exemple: Dossier) -> None:
    assert lire(protegee, PHRASE.replace("é", "e\u0301").replace("à", "a\u0300")) == exemple


def test_any_tool_of_sqlcipher_opens_it_with_the_phrase(protegee: Path, exemple: Dossier) -> None:
    connexion = connecter_par_sqlcipher(protegee, None)
    connexion.execute(f"PRAGMA key = '{PHRASE}'")
    assert connexion.execute("SELECT nom FROM cabinet").fetchone() == (exemple.cabinet.nom,)
    connexion.close()


def test_nothing_is_legible_in_the_base_its_journal_and_its_copies(protegee: Path, exemple: Dossier) -> None:
    with DepotSqlite.ouvrir(protegee, HorlogeReglee(), creer=False, phrase=PHRASE) as depot:
        sauvegarder(depot.connexion, protegee, HorlogeReglee().maintenant(), "demande")
        copier(depot.connexion, protegee.with_name("ailleurs.assistmed"))
        depot.connexion.execute("PRAGMA cache_size = 1")
        depot.connexion.execute("BEGIN IMMEDIATE")
        depot.connexion.execute("UPDATE cabinet SET nom = nom || ' bis'")
        journal = protegee.with_name(f"{protegee.name}-journal")
        assert journal.stat().st_size
        rien_de_lisible(protegee.parent, exemple, sauf=(fichier_verrou(protegee),))
        depot.connexion.execute("ROLLBACK")
    for copie in (lister(protegee)[0].fichier, protegee.with_name("ailleurs.assistmed")):
        assert lire(copie, PHRASE) == exemple
        assert sel_de(copie) == sel_de(protegee)


def test_a_phrase_is_of_no_use_to_a_base_that_has_none(clair: Path, exemple: Dossier) -> None:
    assert not est_chiffre(clair)
    assert lire(clair, PHRASE) == exemple


def test_sqlcipher_is_not_loaded_for_a_base_that_has_no_phrase(clair: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.storage.outils import ouvrir;"
        f"ouvrir(Path({str(clair)!r})).fermer(); sys.exit('sqlcipher3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0


@pytest.mark.parametrize(
    ("nom", "contenu", "chiffre"),
    [
        ("x.assistmed", os.urandom(8192), True),
        ("x.assistmed", os.urandom(8000), True),
        ("x.assistmed", os.urandom(4000), False),
        ("x.assistmed", bytes(8192), False),
        ("x.assistmed", b"du texte qui se lit. " * 1000, False),
        ("x.jpg", os.urandom(8192), True),
        ("x.jpg", os.urandom(8000), False),
    ],
)
def test_a_protected_base_is_known_by_its_bytes(tmp_path: Path, nom: str, contenu: bytes, chiffre: bool) -> None:
    (tmp_path / nom).write_bytes(contenu)
    assert est_chiffre(tmp_path / nom) is chiffre
    attendue = PhraseRequise if chiffre else BaseEtrangere if nom.endswith("jpg") else BaseEndommagee
    with pytest.raises(attendue):
        lire(tmp_path / nom, None)


def test_a_damaged_page_is_found(protegee: Path) -> None:
    octets = bytearray(protegee.read_bytes())
    octets[3 * 4096 + 100] ^= 1
    protegee.write_bytes(octets)
    with pytest.raises(BaseEndommagee):
        lire(protegee, PHRASE)
    with pytest.raises(BaseEndommagee):
        examiner(protegee, HorlogeReglee(), PHRASE)
    assert protegee.read_bytes() == octets


def test_what_sqlcipher_reports_is_told_in_french(protegee: Path) -> None:
    with DepotSqlite.ouvrir(protegee, HorlogeReglee(), creer=False, phrase=PHRASE) as depot:
        with pytest.raises(BaseEndommagee), erreurs_traduites(protegee):
            depot.connexion.execute("SELECT * FROM nulle_part")
        with pytest.raises(BaseOccupee):
            lire(protegee, PHRASE)


def test_a_key_is_kept_as_text_and_never_shown() -> None:
    cle = Cle.neuve(PHRASE)
    assert Cle.lue(cle.texte) == cle
    assert Cle.lue("pas une clé") is None
    assert Cle.lue("00ff") is None
    assert cle.octets.hex() not in repr(cle)
    assert str(cle.octets) not in repr(cle)
    assert cle.vient_de(PHRASE)
    assert not cle.vient_de(AUTRE)


# Change


def test_a_practice_is_protected_then_changes_its_phrase_then_takes_it_away(clair: Path, exemple: Dossier) -> None:
    mode = clair.stat().st_mode
    fait = changer_phrase(clair, HorlogeReglee(), None, PHRASE)
    assert fait.cle is not None
    assert lire(clair, fait.cle) == lire(clair, PHRASE) == exemple
    assert fait.en_clair == (fait.avant.fichier,)
    assert lire(fait.avant.fichier, None) == exemple
    rien_de_lisible(clair.parent, exemple, sauf=fait.en_clair)
    assert clair.stat().st_mode == mode

    assert proteger_copies(fait.en_clair, None, fait.cle) == 1
    rien_de_lisible(clair.parent, exemple)
    assert lire(fait.avant.fichier, PHRASE) == exemple

    suite = changer_phrase(clair, HorlogeReglee(), fait.cle, AUTRE)
    assert suite.cle is not None
    assert suite.cle.sel != fait.cle.sel
    assert lire(clair, AUTRE) == exemple
    with pytest.raises(PhraseFausse):
        lire(clair, PHRASE)
    assert suite.en_clair == ()
    assert set(suite.anciennes) == {fait.avant.fichier, suite.avant.fichier}
    assert proteger_copies(suite.anciennes, fait.cle, suite.cle) == 2
    assert lire(fait.avant.fichier, AUTRE) == exemple

    fin = changer_phrase(clair, HorlogeReglee(), AUTRE, None)
    assert fin.cle is None
    assert not est_chiffre(clair)
    assert lire(clair, None) == exemple
    assert len(fin.anciennes) == 3
    assert not provisoire_de(clair).exists()
    assert not fichier_verrou(clair).exists()


def test_the_schema_and_its_marks_are_the_same_after(clair: Path) -> None:
    def marques(connexion: sqlite3.Connection) -> list[object]:
        reglages = [connexion.execute(f"PRAGMA {nom}").fetchone() for nom in ("application_id", "user_version")]
        objets = connexion.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
        connexion.close()
        return [*reglages, *objets]

    avant = marques(ouvrir(clair, HorlogeReglee().maintenant(), creer=False))
    fichier_verrou(clair).unlink()
    changer_phrase(clair, HorlogeReglee(), None, PHRASE)
    assert marques(ouvrir(clair, HorlogeReglee().maintenant(), creer=False, phrase=PHRASE)) == avant


def test_a_wrong_phrase_changes_nothing(protegee: Path) -> None:
    avant = protegee.read_bytes()
    for vers in (AUTRE, None):
        with pytest.raises(PhraseFausse):
            changer_phrase(protegee, HorlogeReglee(), "une autre", vers)
        with pytest.raises(PhraseRequise):
            changer_phrase(protegee, HorlogeReglee(), None, vers)
    assert protegee.read_bytes() == avant
    assert [f.name for f in protegee.parent.iterdir()] == [protegee.name]


def test_taking_away_a_phrase_that_is_not_there_only_makes_a_copy(clair: Path) -> None:
    avant = clair.read_bytes()
    fait = changer_phrase(clair, HorlogeReglee(), None, None)
    assert fait.cle is None
    assert fait.avant.fichier.exists()
    assert clair.read_bytes() == avant


def test_a_base_in_use_is_not_changed(protegee: Path, exemple: Dossier) -> None:
    with DepotSqlite.ouvrir(protegee, HorlogeReglee(), creer=False, phrase=PHRASE), pytest.raises(BaseOccupee):
        changer_phrase(protegee, HorlogeReglee(), PHRASE, AUTRE)
    assert lire(protegee, PHRASE) == exemple


def test_who_waited_for_the_old_file_does_not_write_to_it(protegee: Path, exemple: Dossier) -> None:
    ancien = protegee.with_name("ancien.assistmed")
    os.link(protegee, ancien)
    connexion = connecter(ancien, cle_pour(ancien, PHRASE))
    connexion.execute("BEGIN EXCLUSIVE")
    code = (
        "import sys; from pathlib import Path; from tests.services.outils import EXEMPLE, HorlogeReglee;"
        "from assistmed_desktop.storage import ouverture; from assistmed_desktop.storage.erreurs import BaseOccupee\n"
        "def prendre(connexion, chemin):\n"
        "    print('ouvert', flush=True); sys.stdin.readline(); vrai(connexion, chemin)\n"
        "vrai, ouverture.prendre = ouverture.prendre, prendre\n"
        f"base = Path({str(protegee)!r})\n"
        f"try: ouverture.ouvrir(base, HorlogeReglee().maintenant(), creer=False, phrase={PHRASE!r})\n"
        "except BaseOccupee: sys.exit(7)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as processus:
        assert processus.stdout is not None
        assert processus.stdout.readline() == "ouvert\n"
        copie = protegee.with_name("neuf.assistmed")
        copie.write_bytes(protegee.read_bytes())
        copie.replace(protegee)
        connexion.close()
        processus.communicate("\n", timeout=30)
        assert processus.returncode == 7
    assert lire(protegee, PHRASE) == exemple


@pytest.mark.parametrize("apres", [AUTRE, None])
def test_a_kill_at_any_moment_of_a_change_leaves_one_whole_base(
    protegee: Path, exemple: Dossier, apres: str | None
) -> None:
    """The base opens by the former phrase or by the new one, holds all it held, and nothing legible is left of it."""
    phrases: tuple[str | None, ...] = (PHRASE, apres)
    vus = set()
    for numero in range(1, 65, 4):
        actuelle = next(phrase for phrase in phrases if _ouvre(protegee, phrase))
        vers = phrases[1 - phrases.index(actuelle)]
        with subprocess.Popen(
            [sys.executable, str(PROCESSUS), str(protegee), actuelle or "", vers or "", str(numero)],
            stdout=subprocess.PIPE,
            text=True,
        ) as processus:
            processus.wait(timeout=60)
        assert processus.returncode == -signal.SIGKILL
        (apres_coup,) = [phrase for phrase in phrases if _ouvre(protegee, phrase)]
        vus.add(apres_coup == actuelle)
        assert lire(protegee, apres_coup) == exemple
        if apres_coup is not None:
            assert not provisoire_de(protegee).exists()
    assert vus == {True, False}


def _ouvre(base: Path, phrase: str | None) -> bool:
    if est_chiffre(base) is (phrase is None):
        return False
    try:
        lire(base, phrase)
    except PhraseFausse:
        return False
    return True


def test_a_wrong_phrase_after_an_unclean_stop_costs_nothing(protegee: Path, exemple: Dossier) -> None:
    code = (
        "import os, signal; from pathlib import Path; from tests.services.outils import HorlogeReglee;"  # noqa: S608 - a program, not a query
        "from assistmed_desktop.storage.depot import DepotSqlite;"
        f"c = DepotSqlite.ouvrir(Path({str(protegee)!r}), HorlogeReglee(), creer=False, phrase={PHRASE!r}).connexion;"
        "c.execute('PRAGMA cache_size = 1'); c.execute('PRAGMA cache_spill = 1'); c.execute('BEGIN IMMEDIATE');"
        "c.execute('UPDATE cabinet SET nom = nom || 1'); c.execute('UPDATE releve SET patientele_mt = 7');"
        "c.execute('CREATE TABLE gros AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)"
        " SELECT i, hex(randomblob(400)) AS b FROM n');"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False)
    assert protegee.with_name(f"{protegee.name}-journal").stat().st_size
    for _ in range(2):
        with pytest.raises(PhraseFausse):
            lire(protegee, AUTRE)
    assert lire(protegee, PHRASE) == exemple


# Restoring


def test_a_copy_is_looked_into_and_put_back_with_its_phrase(protegee: Path, exemple: Dossier) -> None:
    with DepotSqlite.ouvrir(protegee, HorlogeReglee(), creer=False, phrase=PHRASE) as depot:
        copie = sauvegarder(depot.connexion, protegee, HorlogeReglee().maintenant(), "demande").fichier
        depot.enregistrer(exemple, None)
    assert examiner(copie, HorlogeReglee(), PHRASE).cabinet == exemple.cabinet.nom
    for phrase, refus in ((None, PhraseRequise), (AUTRE, PhraseFausse)):
        with pytest.raises(refus):
            examiner(copie, HorlogeReglee(), phrase)
        with pytest.raises(refus):
            restaurer(copie, protegee, HorlogeReglee(), phrase)
    assert lire(protegee, PHRASE) is None
    avant = restaurer(copie, protegee, HorlogeReglee(), PHRASE)
    assert avant is not None
    assert lire(protegee, PHRASE) == exemple
    rien_de_lisible(protegee.parent, exemple)


def test_a_base_keeps_its_protection_whatever_the_copy_has(clair: Path, exemple: Dossier) -> None:
    premiere = changer_phrase(clair, HorlogeReglee(), None, PHRASE)
    seconde = changer_phrase(clair, HorlogeReglee(), PHRASE, AUTRE)
    restaurer(premiere.avant.fichier, clair, HorlogeReglee(), AUTRE)
    assert lire(clair, AUTRE) == exemple
    with pytest.raises(PhraseFausse):
        restaurer(seconde.avant.fichier, clair, HorlogeReglee(), PHRASE)
    restaurer(seconde.avant.fichier, clair, HorlogeReglee(), PHRASE, AUTRE)
    assert lire(clair, AUTRE) == exemple
    changer_phrase(clair, HorlogeReglee(), AUTRE, None)
    restaurer(seconde.avant.fichier, clair, HorlogeReglee(), PHRASE)
    assert lire(clair, None) == exemple


def test_a_protected_base_that_is_damaged_is_set_aside(protegee: Path, exemple: Dossier) -> None:
    with DepotSqlite.ouvrir(protegee, HorlogeReglee(), creer=False, phrase=PHRASE) as depot:
        copie = sauvegarder(depot.connexion, protegee, HorlogeReglee().maintenant(), "demande").fichier
    for ou in (2000, 2 * 4096 + 7):
        octets = bytearray(protegee.read_bytes())
        octets[ou] ^= 1
        protegee.write_bytes(octets)
        assert restaurer(copie, protegee, HorlogeReglee(), PHRASE) is None
        assert lire(protegee, PHRASE) == exemple
        (ecartee,) = protegee.parent.glob("*-endommage-*")
        assert ecartee.read_bytes() == octets
        ecartee.unlink()


def test_a_protected_base_whose_first_bytes_are_damaged_is_set_aside_when_asked(
    protegee: Path, exemple: Dossier
) -> None:
    """Its salt is lost: nothing tells it from a base that has another phrase."""
    with DepotSqlite.ouvrir(protegee, HorlogeReglee(), creer=False, phrase=PHRASE) as depot:
        copie = sauvegarder(depot.connexion, protegee, HorlogeReglee().maintenant(), "demande").fichier
    octets = bytearray(protegee.read_bytes())
    octets[3] ^= 1
    protegee.write_bytes(octets)
    with pytest.raises(PhraseFausse, match="donnez d'abord un autre nom à ce fichier"):
        restaurer(copie, protegee, HorlogeReglee(), PHRASE)
    assert protegee.read_bytes() == octets
    assert ArchivesSqlite(protegee, HorlogeReglee(), PHRASE).restaurer(copie, ecarter=True) is None
    assert lire(protegee, PHRASE) == exemple
    (ecartee,) = protegee.parent.glob("*-endommage-*")
    assert ecartee.read_bytes() == octets


def test_a_plain_copy_takes_the_place_of_a_base_that_has_become_noise(clair: Path, exemple: Dossier) -> None:
    """All of it looks random: it seems to be protected, and no phrase opens it."""
    with DepotSqlite.ouvrir(clair, HorlogeReglee(), creer=False) as depot:
        copie = sauvegarder(depot.connexion, clair, HorlogeReglee().maintenant(), "demande").fichier
    bruit = os.urandom(8 * 4096)
    clair.write_bytes(bruit)
    with pytest.raises(PhraseRequise, match="donnez d'abord un autre nom"):
        restaurer(copie, clair, HorlogeReglee())
    archives = ArchivesSqlite(clair, HorlogeReglee(), AUTRE)
    trouvee = archives.meilleure(None)
    assert trouvee is not None
    archives.restaurer(trouvee[0].fichier, ecarter=True)
    assert lire(clair, None) == exemple
