"""A practice into a base and out of it."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier, lire_dossier
from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.storage.correspondance import NOEUDS, assembler
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.ecriture import vivantes
from assistmed_desktop.storage.erreurs import BaseEndommagee, DisquePlein, ErreurBase
from tests.domain.outils import complet
from tests.services.outils import EXEMPLE, exemple
from tests.storage.outils import base_de, forcer, ouvrir, sql
from tests.strategies import dossiers, editions, vies

MORVAN = exemple()
PREMIER = MORVAN.releves[0]
SECOND = PREMIER.model_copy(update={"date": date(2025, 6, 30), "patientele_mt": 1140})

souvent = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / "cabinet.assistmed"


def _avec(**champs: object) -> Dossier:
    return MORVAN.model_copy(update=champs)


def _contenu(base: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Give the live rows of every table but the journal in their order, without their keys, positions and times.

    The rows that are part of another one have their order among those of the same.
    """
    parents = {noeud.nom: f"{noeud.parent}, " for noeud in NOEUDS if noeud.parent}
    contenu = {}
    tables = sql(base, "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'journal' ORDER BY name")
    for (table,) in tables:
        colonnes = [nom for _, nom, *_ in sql(base, f"PRAGMA table_info({table})")]
        gardees = ", ".join(nom for nom in colonnes if nom not in ("cle", "position", "saisi_le", "retire_le"))
        filtre = "WHERE retire_le IS NULL" if "retire_le" in colonnes else ""
        ordre = f"ORDER BY {parents.get(table, '')}position" if "position" in colonnes else ""
        contenu[table] = sql(base, f"SELECT {gardees} FROM {table} {filtre} {ordre}")  # noqa: S608 - our own names
    return contenu


@souvent
@given(dossier=dossiers())
def test_in_and_out_is_the_identity(tmp_path: Path, dossier: Dossier) -> None:
    base = tmp_path / "aller-retour.assistmed"
    base.unlink(missing_ok=True)
    base_de(dossier, base)
    with ouvrir(base, creer=False) as depot:
        assert depot.charger() == dossier
    assert sql(base, "PRAGMA foreign_key_check") == []


@souvent
@given(vie=vies())
def test_saving_every_edit_equals_saving_the_last(tmp_path: Path, vie: list[Dossier | None]) -> None:
    edits, direct = tmp_path / "edits.assistmed", tmp_path / "direct.assistmed"
    for base in (edits, direct):
        base.unlink(missing_ok=True)
    with ouvrir(edits) as depot:
        for avant, apres in pairwise([None, *vie]):
            depot.enregistrer(avant, apres)
            assert depot.charger() == apres
    base_de(vie[-1], direct)
    assert _contenu(edits) == _contenu(direct)
    assert sql(edits, "PRAGMA integrity_check") == [("ok",)]
    assert sql(edits, "PRAGMA foreign_key_check") == []


def _tenu(depot: DepotSqlite) -> Dossier | None:
    """Read what a base holds, unknown to the store."""
    brut = assembler({noeud.nom: list(vivantes(depot.connexion, noeud)) for noeud in NOEUDS})
    return None if brut is None else lire_dossier(json.dumps(brut))


@souvent
@given(vie=editions())
def test_writing_what_changed_alone_is_comparing_the_whole(tmp_path: Path, vie: list[Dossier | None]) -> None:
    touchees, entieres = tmp_path / "touchees.assistmed", tmp_path / "entieres.assistmed"
    for base in (touchees, entieres):
        base.unlink(missing_ok=True)
    with ouvrir(touchees) as depot, ouvrir(entieres) as temoin:
        for avant, apres in pairwise([None, *vie]):
            depot.enregistrer(avant, apres)
            assert _tenu(depot) == apres
            # Another object than the one saved last: what the base holds is not known.
            temoin.enregistrer(avant and avant.model_copy(), apres)
        assert [entree.details for entree in depot.journal.entrees()] == [
            entree.details for entree in temoin.journal.entrees()
        ]
    assert _contenu(touchees) == _contenu(entieres)
    assert sql(touchees, "PRAGMA integrity_check") == [("ok",)]
    assert sql(touchees, "PRAGMA foreign_key_check") == []


SUITE = [
    _avec(releves=(SECOND, PREMIER)),
    _avec(releves=(SECOND,)),
    _avec(releves=(SECOND, PREMIER, SECOND.model_copy(update={"note": "3"}))),
]


def _suivre(depot: DepotSqlite, avant: Dossier) -> None:
    """Save the same few changes; the base holds each."""
    for celui, apres in pairwise([avant, *SUITE]):
        depot.enregistrer(celui, apres)
        assert _tenu(depot) == apres


def test_a_change_from_another_practice_than_the_one_stored_brings_it_in_all_the_same(base: Path) -> None:
    with ouvrir(base) as depot:
        depot.enregistrer(None, _avec(releves=(PREMIER,)))
        _suivre(depot, _avec(releves=(SECOND,)))


def test_rows_that_another_hand_wrote_are_seen(base: Path) -> None:
    avant = _avec(releves=(PREMIER, SECOND))
    with ouvrir(base) as depot:
        depot.enregistrer(None, avant)
        depot.connexion.execute(
            "INSERT INTO releve SELECT 9, 0, 'm1', '2023-01-01', 1, 1, source, '', saisi_le, NULL "
            "FROM releve WHERE cle = 1"
        )
        autre = avant.model_copy(update={"versements": ()})
        depot.enregistrer(avant, autre)
        _suivre(depot, autre)


def test_what_was_rolled_back_is_not_taken_for_stored(base: Path) -> None:
    (versement,) = MORVAN.versements
    avant = _avec(releves=(PREMIER, SECOND))
    with ouvrir(base) as depot:
        depot.enregistrer(None, avant)
        depot.connexion.execute("CREATE UNIQUE INDEX essai ON versement (contrat)")
        with pytest.raises(ErreurBase):
            depot.enregistrer(avant, _avec(versements=(versement, versement)))
        assert _tenu(depot) == avant
        _suivre(depot, avant)


@souvent
@given(vie=vies())
def test_a_fact_entered_is_never_changed_nor_lost(tmp_path: Path, vie: list[Dossier | None]) -> None:
    base = tmp_path / "faits.assistmed"
    base.unlink(missing_ok=True)
    faits = [
        f"SELECT cle, {valeurs}, saisi_le FROM {table}"  # noqa: S608 - our own names
        for table, valeurs in (
            ("releve", "medecin, date, patientele_mt, file_active, source, note"),
            ("versement", "contrat, annee_contrat, echeance_le, montant_du, recu_le, montant_recu, reference"),
            (
                "correction",
                (
                    "medecin, indicateur, releve_le, valeur_cpam, valeur_demandee, demandee_le, repondue_le, "
                    "valeur_accordee, note"
                ),
            ),
            ("notification", "contrat, annee_contrat, montant, notifie_le, reference"),
            ("echeance_faite", "contrat, code, le, faite_le, note, assistant"),
        )
    ]
    with ouvrir(base) as depot:
        lire = depot._connexion.cursor()
        connus: set[Any] = set()
        for avant, apres in pairwise([None, *vie]):
            depot.enregistrer(avant, apres)
            maintenant = {(demande, ligne) for demande in faits for ligne in lire.execute(demande).fetchall()}
            assert connus <= maintenant
            connus = maintenant
        lire.close()


def test_a_correction_keeps_the_old_row_withdrawn(base: Path) -> None:
    corrige = PREMIER.model_copy(update={"patientele_mt": 1132})
    avant, apres = _avec(releves=(PREMIER, SECOND)), _avec(releves=(SECOND, corrige))
    with ouvrir(base) as depot:
        depot.enregistrer(None, avant)
        depot.enregistrer(avant, apres)
        assert depot.charger() == apres
    lignes = sql(base, "SELECT cle, date, patientele_mt, saisi_le, retire_le FROM releve ORDER BY cle")
    saisi, corrige_le = "2025-01-15T08:30:01+00:00", "2025-01-15T08:30:02+00:00"
    assert lignes == [
        (1, "2024-12-31", 1131, saisi, corrige_le),
        (2, "2025-06-30", 1140, saisi, None),
        (3, "2024-12-31", 1132, corrige_le, None),
    ]


def test_rows_untouched_keep_their_key_and_their_position(base: Path) -> None:
    troisieme = SECOND.model_copy(update={"note": "3"})
    avant, apres = _avec(releves=(PREMIER, SECOND, troisieme)), _avec(releves=(PREMIER, troisieme))
    with ouvrir(base) as depot:
        depot.enregistrer(None, avant)
        depot.enregistrer(avant, apres)
    assert sql(base, "SELECT cle, position FROM releve WHERE retire_le IS NULL") == [(1, 0), (3, 2)]
    with ouvrir(base) as depot:
        depot.enregistrer(apres, avant)
        depot.enregistrer(avant, _avec(releves=(troisieme, PREMIER, SECOND)))
    rangees = sql(base, "SELECT cle, position FROM releve WHERE retire_le IS NULL ORDER BY position")
    assert rangees == [(3, 2), (1, 3), (4, 4)]


def test_an_object_with_an_id_is_updated_in_place(base: Path) -> None:
    (medecin,) = MORVAN.medecins
    apres = _avec(medecins=(medecin.model_copy(update={"nom": "Durand-Lambert"}),))
    with ouvrir(base) as depot:
        depot.enregistrer(None, MORVAN)
        depot.enregistrer(MORVAN, apres)
        assert depot.charger() == apres
    assert sql(base, "SELECT rowid, id, nom, saisi_le FROM medecin") == [
        (1, "m1", "Durand-Lambert", "2025-01-15T08:30:01+00:00")
    ]


def test_what_facts_name_is_withdrawn_with_them_and_comes_back(base: Path) -> None:
    vide = _avec(
        medecins=(), contrats=(), assistants=(), missions=(), releves=(), mouvements=(), activite=(), versements=()
    )
    with ouvrir(base) as depot:
        depot.enregistrer(None, MORVAN)
        depot.enregistrer(MORVAN, vide)
        assert depot.charger() == vide
    for table in ("medecin", "contrat", "releve", "versement"):
        assert sql(base, f"SELECT retire_le FROM {table}") == [("2025-01-15T08:30:02+00:00",)]  # noqa: S608
    for table in ("assistant", "embauche", "absence", "affectation", "mission", "mouvement", "activite", "avenant"):
        assert sql(base, f"SELECT * FROM {table}") == []  # noqa: S608 - our own names
    with ouvrir(base) as depot:
        depot.enregistrer(vide, MORVAN)
        assert depot.charger() == MORVAN
    assert sql(base, "SELECT count(*), count(retire_le) FROM medecin") == [(1, 0)]
    assert sql(base, "SELECT count(*), count(retire_le) FROM releve") == [(2, 1)]


def test_values_are_stored_as_documented(base: Path) -> None:
    (versement,) = MORVAN.versements
    base_de(_avec(versements=(versement.model_copy(update={"montant_recu": 1_800_001}),)), base)
    assert sql(base, "SELECT montant_du, typeof(montant_du), montant_recu, recu_le FROM versement") == [
        (1_800_000, "integer", 1_800_001, "2022-05-02")
    ]
    assert sql(base, "SELECT option_etp, debut_le, objectif, objectif_patientele_mt FROM contrat") == [
        ("1/2", "2022-03-15", 1, 1192)
    ]
    assert sql(base, "SELECT exercice_regroupe FROM cabinet") == [(1,)]
    assert sql(base, "SELECT heures_hebdo, typeof(heures_hebdo) FROM embauche") == [(17.5, "real")]


def test_what_is_left_out_is_null_and_comes_back_left_out(base: Path) -> None:
    base_de(MORVAN, base)
    assert sql(base, "SELECT derogation, structure, gains_anterieurs FROM contrat") == [(None, None, None)]
    assert sql(base, "SELECT conges FROM absence") == [(None,)]
    assert sql(base, "SELECT cause, notifie_le FROM avenant") == [(None, None)]
    for table in ("adhesion", "docteur_junior", "cout", "correction", "notification", "echeance_faite"):
        assert sql(base, f"SELECT * FROM {table}") == []  # noqa: S608 - our own names
    with ouvrir(base) as depot:
        dossier = depot.charger()
    assert dossier is not None
    assert ecrire_dossier(dossier) == ecrire_dossier(MORVAN)
    assert json.loads(ecrire_dossier(dossier)) == json.loads(EXEMPLE.read_bytes())


def test_what_may_be_left_out_is_stored_as_documented(base: Path) -> None:
    dossier = lire_dossier(json.dumps(complet()))
    base_de(dossier, base)
    for demande, ligne in {
        "SELECT derogation, structure, gains_anterieurs FROM contrat WHERE id = 'c1'": ("moins_de_16_ans", None, None),
        "SELECT structure, gains_anterieurs, gains_anterieurs_patientele_mt, gains_anterieurs_file_active "
        "FROM contrat WHERE id = 'c2'": ("sisa", 1, 350, 0),
        "SELECT contrat, medecin, au, reference, reference_file_active FROM adhesion": (
            "c2",
            "m1",
            "2028-01-31",
            1,
            1700,
        ),
        "SELECT contrat, medecin, du FROM docteur_junior": ("c2", "m1", "2026-11-01"),
        "SELECT cause, notifie_le FROM avenant WHERE contrat = 'c2'": ("cpam", "2028-10-20"),
        "SELECT conges FROM absence": (1,),
        "SELECT brut_mensuel, typeof(brut_mensuel), charges_mensuelles FROM cout": (105_050, "integer", 0),
        "SELECT montant, typeof(montant), retire_le FROM notification": (987_654, "integer", None),
    }.items():
        assert sql(base, demande) == [ligne]
    assert sql(base, "SELECT code, assistant FROM echeance_faite ORDER BY position") == [
        ("point_etape", None),
        ("contrat_travail_cpam", "a1"),
    ]
    assert sql(base, "SELECT option_etp, reference, reference_date FROM proposition ORDER BY position") == [
        ("1", 1, "2026-09-30"),
        (None, None, None),
    ]
    with ouvrir(base) as depot:
        assert depot.charger() == dossier


def test_a_notified_amount_corrected_or_no_longer_said_keeps_its_old_row(base: Path) -> None:
    notifie = lire_dossier(json.dumps(complet()))
    (ancienne,) = notifie.notifications
    corrige = notifie.model_copy(update={"notifications": (ancienne.model_copy(update={"montant": 1}),)})
    sans_rien = notifie.model_copy(update={"notifications": ()})
    with ouvrir(base) as depot:
        depot.enregistrer(None, notifie)
        depot.enregistrer(notifie, corrige)
        depot.enregistrer(corrige, sans_rien)
        assert depot.charger() == sans_rien
    assert sql(base, "SELECT montant, saisi_le, retire_le FROM notification ORDER BY cle") == [
        (987_654, "2025-01-15T08:30:01+00:00", "2025-01-15T08:30:02+00:00"),
        (1, "2025-01-15T08:30:02+00:00", "2025-01-15T08:30:03+00:00"),
    ]


def test_a_deadline_met_outlives_the_assistant_who_is_deleted(base: Path) -> None:
    avant = lire_dossier(json.dumps(complet()))
    apres = avant.model_copy(
        update={"assistants": (), "missions": (), "observations": (), "echeances_faites": avant.echeances_faites[:1]}
    )
    with ouvrir(base) as depot:
        depot.enregistrer(None, avant)
        depot.enregistrer(avant, apres)
        assert depot.charger() == apres
    assert sql(base, "SELECT * FROM assistant") == []
    assert sql(base, "SELECT assistant FROM echeance_faite WHERE retire_le IS NOT NULL") == [("a1",)]
    with ouvrir(base) as depot:
        depot.enregistrer(apres, avant)
        assert depot.charger() == avant


def test_a_practice_with_faults_is_not_saved(base: Path) -> None:
    with ouvrir(base) as depot:
        depot.enregistrer(None, MORVAN)
        for champs in (
            {"medecins": ()},
            {"releves": (PREMIER.model_copy(update={"note": "x" * 3000}),)},
        ):
            with pytest.raises(DossierInvalide):
                depot.enregistrer(MORVAN, _avec(**champs))
        assert depot.charger() == MORVAN


def test_a_full_disk_saves_nothing_and_says_so(base: Path) -> None:
    longs = tuple(PREMIER.model_copy(update={"note": f"{rang} " + "é" * 1900}) for rang in range(100))
    with ouvrir(base) as depot:
        depot.enregistrer(None, MORVAN)
        pages = depot._connexion.execute("PRAGMA page_count").fetchone()[0]
        depot._connexion.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DisquePlein, match="plus de place"):
            depot.enregistrer(MORVAN, _avec(releves=longs))
        assert depot.charger() == MORVAN
        sans = _avec(releves=())
        depot.enregistrer(MORVAN, sans)
        assert depot.charger() == sans


def test_a_constraint_of_the_base_refuses_all(base: Path) -> None:
    with ouvrir(base) as depot:
        depot.enregistrer(None, MORVAN)
        depot._connexion.execute("CREATE UNIQUE INDEX essai ON releve (medecin)")
        with pytest.raises(ErreurBase, match="a refusé cet enregistrement") as refus:
            depot.enregistrer(MORVAN, _avec(releves=(PREMIER, SECOND), versements=()))
        assert type(refus.value) is ErreurBase
        assert depot.charger() == MORVAN


SECOND_CABINET = """
    INSERT INTO cabinet SELECT 1, 2, nom, adresse, code_postal, commune, departement, zonage, cpam,
    exercice_regroupe, exercice_coordonne FROM cabinet
"""
ENDOMMAGEE = "restaurez une sauvegarde"


@pytest.mark.parametrize(
    ("demande", "dit"),
    [
        ("UPDATE medecin SET rpps = '10003456787'", r"\nmedecins\[0\].rpps :"),
        ("UPDATE releve SET note = printf('%.*c', 3000, 'x')", r"\nreleves\[0\].note :"),
        ("UPDATE contrat SET option_etp = '2/4'", r"\ncontrats\[0\].option_etp :"),
        ("UPDATE contrat SET reference_patientele_mt = 5000", r"\ncontrats\[0\].objectif.patientele_mt :"),
        ("UPDATE avenant SET option_etp = '1'", r"\ncontrats\[0\].avenants\[0\].option_etp :"),
        (
            "INSERT INTO adhesion VALUES (0, 1, 'c1', 'm1', '2023-01-01', NULL, NULL, NULL, NULL, NULL)",
            r"\ncontrats\[0\].adhesions : cette clé n'existe pas",
        ),
        ("UPDATE contrat SET structure = 'scm'", r"\ncontrats\[0\].structure : cette clé n'existe pas"),
        ("UPDATE avenant SET cause = 'medecin'", r"\ncontrats\[0\].avenants\[0\].cause : cette clé n'existe pas"),
        ("UPDATE embauche SET heures_hebdo = 9e999", "Infinity n'est pas un nombre"),
        ("UPDATE medecin SET retire_le = 'x'", r"\nreleves\[0\].medecin :"),
        ("UPDATE contrat SET retire_le = 'x'", ENDOMMAGEE),
        ("DELETE FROM cabinet", ENDOMMAGEE),
        (SECOND_CABINET, ENDOMMAGEE),
        ("UPDATE releve SET note = CAST(x'ff' AS TEXT)", ENDOMMAGEE),
    ],
)
def test_rows_that_are_no_valid_practice_are_refused(base: Path, demande: str, dit: str) -> None:
    base_de(MORVAN, base)
    sql(base, demande)
    contenu = base.read_bytes()
    with ouvrir(base) as depot, pytest.raises(BaseEndommagee, match=dit):
        depot.charger()
    assert base.read_bytes() == contenu


@pytest.mark.parametrize(
    "demande",
    [
        "UPDATE avenant SET type = 'autre'",
        "UPDATE releve SET date = '2023-02-30'",
        "UPDATE releve SET date = '20230228'",
        "UPDATE medecin SET exercice_mixte = 2",
        "UPDATE versement SET montant_du = -1",
        "UPDATE embauche SET heures_hebdo = 0",
        "UPDATE contrat SET option_etp = '0.5'",
        "UPDATE cabinet SET zonage = 'lune'",
        "UPDATE contrat SET derogation = 'autre'",
        "UPDATE contrat SET gains_anterieurs_file_active = -1",
        "UPDATE avenant SET notifie_le = '2023-02-30'",
        "UPDATE absence SET conges = 2",
        "INSERT INTO cout VALUES (0, 1, 'a1', '2023-01-01', NULL, -1, 0)",
        "INSERT INTO notification VALUES (0, 1, 'c1', 1, -1, '2023-01-01', '', 'x', NULL)",
        "INSERT INTO echeance_faite VALUES (0, 1, 'c1', 'autre', '2023-01-01', '2023-01-01', '', NULL, 'x', NULL)",
    ],
)
def test_the_base_itself_refuses_what_makes_no_sense(base: Path, demande: str) -> None:
    base_de(MORVAN, base)
    with pytest.raises(sqlite3.IntegrityError):
        sql(base, demande)
    forcer(base, demande)
    with pytest.raises(BaseEndommagee):
        ouvrir(base)


def test_a_kind_that_the_program_does_not_know(base: Path) -> None:
    with ouvrir(base) as depot:
        depot.enregistrer(None, MORVAN)
        depot._connexion.execute("PRAGMA ignore_check_constraints = ON")
        depot._connexion.execute("UPDATE avenant SET type = 'autre'")
        with pytest.raises(BaseEndommagee):
            depot.charger()


def test_closing_twice_is_closing_once(base: Path) -> None:
    depot = ouvrir(base)
    depot.fermer()
    depot.fermer()
    assert list(base.parent.iterdir()) == [base]


def test_closing_where_the_lock_file_cannot_go(base: Path) -> None:
    depot = ouvrir(base)
    verrou = base.with_name("cabinet.assistmed.verrou")
    verrou.unlink()
    verrou.mkdir()
    depot.fermer()
    verrou.rmdir()
    ouvrir(base).fermer()


def test_a_base_opened_in_one_thread_serves_in_another(base: Path) -> None:
    ouverts: list[DepotSqlite] = []
    fil = threading.Thread(target=lambda: ouverts.append(ouvrir(base)))
    fil.start()
    fil.join()
    with ouverts[0] as depot:
        depot.enregistrer(None, MORVAN)
        assert depot.charger() == MORVAN


def test_the_settings_of_the_connection(base: Path) -> None:
    with ouvrir(base) as depot:
        lire = depot._connexion.cursor()

        def reglages() -> Iterator[object]:
            for nom in ("foreign_keys", "trusted_schema", "locking_mode", "journal_mode", "synchronous"):
                yield lire.execute(f"PRAGMA {nom}").fetchone()[0]

        assert list(reglages()) == [1, 0, "exclusive", "delete", 3]
        lire.close()
