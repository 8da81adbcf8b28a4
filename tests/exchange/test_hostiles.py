"""A dossier made to harm: refused in a sentence, in two seconds at most and 300 MB at most."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from assistmed_desktop.domain.dossier import lire_dossier
from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.exchange.dossier_json import TAILLE_MAX, FichierIllisible, ecrire_fichier, lire_fichier
from assistmed_desktop.exchange.fichiers import ecrire
from assistmed_desktop.resources import chemin
from tests.dix_medecins import brut

DEMO: Final[dict[str, Any]] = json.loads(chemin("demo", "dossier.json").read_bytes())
N: Final = TAILLE_MAX - 100_000
SECONDES, MEMOIRE = 2.0, 300.0

# The peak since the file is there: that of the parent would be inherited.
LIRE: Final = """
import sys, time
from pathlib import Path
from assistmed_desktop.exchange.dossier_json import lire_fichier
from assistmed_desktop.domain.fautes import DossierInvalide
debut = time.perf_counter()
try:
    lire_fichier(Path(sys.argv[1])); refus = ""
except (DossierInvalide, OSError) as erreur:
    refus = str(erreur).splitlines()[0]
duree = time.perf_counter() - debut
try:
    pic = next(int(l.split()[1]) / 1024 for l in open("/proc/self/status") if l.startswith("VmHWM"))
except OSError:
    pic = 0
print(duree, pic, refus, sep="\\n")
"""


def demo(**cles: object) -> bytes:
    return json.dumps({**DEMO, **cles}).encode()


HOSTILES: Final[dict[str, Callable[[], bytes]]] = {
    "cinquante mégaoctets": lambda: b" " * 50 * 1024 * 1024 + b"{}",
    "des objets vides": lambda: b'{"releves":[' + b",".join([b"{}"] * (N // 3)) + b"]}",
    "des listes vides": lambda: b'{"releves":[' + b",".join([b"[]"] * (N // 3)) + b"]}",
    "des nombres": lambda: b'{"releves":[' + b"0," * (N // 2) + b"0]}",
    "des listes profondes": lambda: b"[" * (N // 2) + b"]" * (N // 2),
    "des objets profonds": lambda: b'{"a":' * (N // 6) + b"0" + b"}" * (N // 6),
    "des clés inconnues": lambda: b"{" + b",".join(b'"k%d":0' % rang for rang in range(N // 14)) + b"}",
    "une clé double": lambda: b"{" + b",".join([b'"k":0'] * (N // 6)) + b"}",
    "un texte immense": lambda: demo(cabinet={**DEMO["cabinet"], "nom": "a" * (N - 80_000)}),
    "un nombre immense": lambda: b'{"version":' + b"9" * N + b"}",
    "un exposant immense": lambda: demo(version=0).replace(b'"version": 0', b'"version": 1e999999999'),
    "des moitiés de caractères": lambda: b'{"cabinet":"' + b"\\ud800" * (N // 6) + b'"}',
    "autant d'objets faux que permis": lambda: demo(versements=[{}] * 25_000),
    "autant de relevés faux que permis": lambda: demo(
        releves=[{**DEMO["releves"][0], "medecin": f"x{rang}"} for rang in range(12_000)]
    ),
    "le même médecin cinq mille fois": lambda: demo(
        medecins=[{**DEMO["medecins"][0], "id": f"m{rang}"} for rang in range(5000)]
    ),
    "le même mouvement dix mille fois": lambda: demo(mouvements=DEMO["mouvements"][:1] * 10_000),
    "le même contrat mille fois": lambda: demo(contrats=DEMO["contrats"][:1] * 1000),
    "mille assistants qui se chevauchent": lambda: demo(
        assistants=[
            {**DEMO["assistants"][0], "id": f"a{rang}", "absences": DEMO["assistants"][0]["absences"] * 20}
            for rang in range(500)
        ]
    ),
}


@pytest.mark.parametrize("nom", HOSTILES)
def test_a_dossier_made_to_harm_is_refused_in_a_sentence(nom: str, tmp_path: Path) -> None:
    fichier = tmp_path / "hostile.json"
    fichier.write_bytes(HOSTILES[nom]())
    fini = subprocess.run([sys.executable, "-c", LIRE, str(fichier)], check=True, capture_output=True, text=True)
    duree, memoire, refus, *reste = fini.stdout.splitlines()
    assert refus
    assert "Traceback" not in fini.stderr
    assert not reste
    assert float(duree) < SECONDES
    assert float(memoire) < MEMOIRE


def test_the_largest_practice_is_far_below_the_limits() -> None:
    document = brut()
    triple = {**document, "releves": [{**r, "note": str(n)} for n in range(2) for r in document["releves"]]}
    assert len(json.dumps(triple)) < TAILLE_MAX / 2
    lire_dossier(json.dumps(triple))


def test_too_many_faults_are_not_told_one_by_one() -> None:
    with pytest.raises(DossierInvalide, match="plus de 2000 fautes de forme"):
        lire_dossier(demo(versements=[{}] * 1000))


def test_a_practice_is_neither_read_nor_written_over_as_another_file(tmp_path: Path) -> None:
    base = tmp_path / "cabinet.assistmed"
    base.write_bytes(b"SQLite format 3\0")
    with pytest.raises(FichierIllisible, match="Ouvrir un cabinet"):
        lire_fichier(base)
    with pytest.raises(FichierIllisible, match="donnez un autre nom"):
        ecrire_fichier(lire_dossier(demo()), base)
    with pytest.raises(OSError, match="donnez un autre nom"):
        ecrire(base, b"%PDF", prive=False)
    assert base.read_bytes() == b"SQLite format 3\0"
