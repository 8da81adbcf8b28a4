"""What is erased is in no byte of the file any more; the rest, and the chain of the journal, are as they were."""

from datetime import date
from pathlib import Path

import pytest

from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.services.conservation import elements, purger
from assistmed_desktop.services.effacement import Effacement
from assistmed_desktop.services.journal import verifier
from assistmed_desktop.services.personnelles import noms, pseudonyme, pseudonymiser
from assistmed_desktop.services.ports import ErreurDepot
from assistmed_desktop.services.rapports import Rapport
from assistmed_desktop.services.retraits import retirer
from assistmed_desktop.services.workspace import Operation, Workspace
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.journal import lire
from assistmed_desktop.storage.sauvegardes import lister
from tests.services.outils import HorlogeReglee
from tests.storage.outils import sql

NOTE = "une note que personne ne doit relire"
REFERENCE = "VIREMENT-A-EFFACER"


@pytest.fixture
def dossier() -> Dossier:
    """Give the demonstration, whose facts of the first contract say what is to be looked for."""
    lu = lire_dossier(chemin("demo", "dossier.json").read_bytes())
    qui = lu.assistants[0].model_copy(update={"nom": "Quenelle", "prenom": "Zoé"})
    return lu.model_copy(
        update={
            "assistants": (qui, *lu.assistants[1:]),
            "releves": tuple(
                r.model_copy(update={"note": f"{NOTE} {rang}" if r.medecin == "m1" else "Zoé Quenelle a compté"})
                for rang, r in enumerate(lu.releves)
            ),
            "versements": tuple(
                v.model_copy(update={"reference": f"{REFERENCE} {rang}" if v.contrat == "c1" else "VIREMENT GARDE"})
                for rang, v in enumerate(lu.versements)
            ),
        }
    )


def rapport(contrat: str) -> Rapport:
    return Rapport("annuel", contrat, "Dr Benassis", date(2026, 11, 15), "b.pdf", "e", "1", b"%PDF-" + b"x" * 9000)


def octets(base: Path) -> bytes:
    """Give every byte of the base and of what SQLite leaves beside it, once closed."""
    return b"".join(f.read_bytes() for f in sorted(base.parent.glob(f"{base.name}*")))


def ouvert(base: Path, dossier: Dossier) -> tuple[DepotSqlite, Workspace]:
    depot = DepotSqlite.ouvrir(base, HorlogeReglee(), creer=True)
    workspace = Workspace(depot, HorlogeReglee())
    workspace.appliquer(Operation("Importer", lambda _avant: dossier))
    return depot, workspace


def test_what_is_withdrawn_stays_until_it_is_erased(dossier: Dossier, tmp_path: Path) -> None:
    base = tmp_path / "c.assistmed"
    depot, workspace = ouvert(base, dossier)
    with depot:
        workspace.appliquer(retirer("contrats", "c1", "Supprimer"))
    assert REFERENCE.encode() in octets(base)


def test_nothing_of_a_purge_is_left_in_the_bytes(dossier: Dossier, tmp_path: Path) -> None:
    base = tmp_path / "c.assistmed"
    depot, workspace = ouvert(base, dossier)
    au, baremes = date(2050, 1, 1), charger_baremes()
    with depot:
        depot.rapports.consigner(rapport("c1"), "enregistre")
        emis = depot.rapports.emis()
        trouves = elements(dossier, evaluate(dossier, au, baremes), baremes, emis)
        choisis = [e for e in trouves if e.effacable(au) and e.cle in {"c1", "m1"}]
        operation, effacement = purger(choisis, emis)
        workspace.appliquer(operation)
        depot.effaceur.effacer(effacement)
        assert depot.rapports.emis() == ()
        etat = verifier(lire(depot.connexion))
        assert etat.intact
        assert "effacer" in lire(depot.connexion)[-1].etape.casefold()
        assert "versement" in lire(depot.connexion)[-1].resume
        garde = workspace.dossier
        assert garde is not None
    lus = octets(base)
    for parti in (NOTE, REFERENCE, "xxxxxxxxxx"):
        assert parti.encode() not in lus
    assert b"VIREMENT GARDE" in lus
    with DepotSqlite.ouvrir(base, HorlogeReglee(), creer=False) as relu:
        assert relu.charger() == garde
    assert sql(base, "SELECT count(*) FROM contrat WHERE id = 'c1'") == [(0,)]
    assert sql(base, "PRAGMA integrity_check") == [("ok",)]


def test_a_purge_is_taken_back_while_the_program_is_open(dossier: Dossier, tmp_path: Path) -> None:
    base = tmp_path / "c.assistmed"
    depot, workspace = ouvert(base, dossier)
    with depot:
        workspace.appliquer(retirer("medecins", "m1", "Supprimer"))
        depot.effaceur.effacer(Effacement(contrats=("c1",), suivi=(("m1", date(2100, 1, 1)),)))
        assert depot.connexion.execute("SELECT count(*) FROM medecin WHERE id = 'm1'").fetchone() == (0,)
        workspace.annuler()
        assert depot.charger() == dossier


def test_what_is_still_in_the_dossier_is_never_erased(dossier: Dossier, tmp_path: Path) -> None:
    depot, _ = ouvert(tmp_path / "c.assistmed", dossier)
    with depot:
        tout = Effacement(
            contrats=("c1", "c2"),
            assistants=("a1",),
            suivi=(("m1", date(2100, 1, 1)),),
            retires_avant=date(2100, 1, 1),
        )
        depot.effaceur.effacer(tout)
        assert depot.charger() == dossier


def test_old_corrections_are_counted_and_go(dossier: Dossier, tmp_path: Path) -> None:
    base = tmp_path / "c.assistmed"
    depot, workspace = ouvert(base, dossier)
    with depot:
        sans = dossier.model_copy(update={"releves": dossier.releves[1:]})
        workspace.appliquer(Operation("Supprimer", lambda _avant: sans))
        gomme = depot.effaceur
        assert gomme.retires(date(2000, 1, 1)) == 0
        assert gomme.retires(date(2100, 1, 1)) == 1
        gomme.effacer(Effacement(retires_avant=date(2100, 1, 1)))
        assert gomme.retires(date(2100, 1, 1)) == 0
        assert depot.charger() == sans


def test_a_name_is_in_no_byte_once_replaced(dossier: Dossier, tmp_path: Path) -> None:
    base = tmp_path / "c.assistmed"
    depot, workspace = ouvert(base, dossier)
    with depot:
        qui = dossier.assistants[0]
        corrige = dossier.model_copy(update={"releves": dossier.releves[:-1]})
        workspace.appliquer(Operation("Corriger l'identité de Zoé Quenelle", lambda _avant: corrige))
        depot.rapports.consigner(rapport("c1"), "enregistre")
        gomme = depot.effaceur
        gomme.sauvegarder()
        workspace.appliquer(pseudonymiser(corrige, qui.id))
        gomme.effacer(Effacement(noms=noms(corrige, qui), pseudonyme=pseudonyme(corrige), pdf=True, sauvegardes=True))
        assert verifier(lire(depot.connexion)).intact
        (emis,) = depot.rapports.emis()
        assert not emis.garde
        attendu = workspace.dossier
    lus = octets(base)
    for copie in lister(base):
        lus += copie.fichier.read_bytes()
    assert [copie.motif for copie in lister(base)] == ["demande"]
    for mot in ("Quenelle", "Zoé", "xxxxxxxxxx"):
        assert mot.encode() not in lus
    with DepotSqlite.ouvrir(base, HorlogeReglee(), creer=False) as relu:
        assert relu.charger() == attendu


def test_a_copy_is_made_before(dossier: Dossier, tmp_path: Path) -> None:
    base = tmp_path / "c.assistmed"
    depot, _ = ouvert(base, dossier)
    with depot:
        gomme = depot.effaceur
        assert gomme.sauvegardes() == 0
        assert gomme.sauvegarder().exists()
        assert gomme.sauvegardes() == 1


def test_a_failure_leaves_all_as_it_was(dossier: Dossier, tmp_path: Path) -> None:
    base = tmp_path / "c.assistmed"
    depot, workspace = ouvert(base, dossier)
    with depot:
        workspace.appliquer(retirer("contrats", "c1", "Supprimer"))
        avant = depot.connexion.execute("SELECT count(*) FROM versement").fetchone()
        depot.connexion.execute("ALTER TABLE journal RENAME TO parti")
        with pytest.raises(Exception, match=r"c\.assistmed"):
            depot.effaceur.effacer(Effacement(contrats=("c1",)))
        depot.connexion.execute("ALTER TABLE parti RENAME TO journal")
        assert depot.connexion.execute("SELECT count(*) FROM versement").fetchone() == avant
        assert not depot.connexion.in_transaction


def test_a_protected_practice_is_erased_too(dossier: Dossier, tmp_path: Path) -> None:
    base = tmp_path / "c.assistmed"
    with DepotSqlite.ouvrir(base, HorlogeReglee(), creer=True, phrase="une phrase de passe") as depot:
        workspace = Workspace(depot, HorlogeReglee())
        workspace.appliquer(Operation("Importer", lambda _avant: dossier))
        workspace.appliquer(retirer("contrats", "c1", "Supprimer"))
        depot.effaceur.effacer(Effacement(contrats=("c1",), sauvegardes=True))
        assert depot.connexion.execute("SELECT count(*) FROM versement WHERE contrat = 'c1'").fetchone() == (0,)
        assert depot.charger() == workspace.dossier


def test_a_base_that_is_gone_is_not_written_to(dossier: Dossier, tmp_path: Path) -> None:
    base = tmp_path / "c.assistmed"
    depot, _ = ouvert(base, dossier)
    with depot:
        base.rename(tmp_path / "ailleurs.assistmed")
        with pytest.raises(ErreurDepot):
            depot.effaceur.effacer(Effacement())
