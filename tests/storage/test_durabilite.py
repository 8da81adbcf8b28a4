"""What was acknowledged survives the death of the program."""

import random
import time
from pathlib import Path

from tests.storage.outils import autre_processus, ouvrir, sql

MORTS = 20


def test_killed_while_writing_it_loses_nothing_acknowledged(tmp_path: Path) -> None:
    base = tmp_path / "cabinet.assistmed"
    hasard = random.Random(7)  # noqa: S311 - to be the same each time
    for _ in range(MORTS):
        with autre_processus(base) as processus:
            assert processus.stdout is not None
            lignes = [processus.stdout.readline() for _ in range(hasard.randint(1, 5))]
            time.sleep(hasard.random() / 50)
            processus.kill()
            lignes += processus.stdout.read().splitlines(keepends=True)
            processus.wait()
        accuse = max(int(ligne) for ligne in lignes if ligne.endswith("\n"))
        with ouvrir(base, creer=False) as depot:
            dossier = depot.charger()
        assert dossier is not None
        assert (dossier.releves[-1].patientele_mt or 0) >= accuse
        faits = [patientele for (patientele,) in sql(base, "SELECT patientele_mt FROM releve ORDER BY cle")]
        assert faits == list(range(faits[0], faits[0] + len(faits)))
        assert sql(base, "PRAGMA integrity_check") == [("ok",)]
