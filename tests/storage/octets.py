"""Open damaged bases, within the memory and the time that are allowed: ``python -m tests.storage.octets DOSSIER``.

A process of its own: the system ends it when it takes more than two seconds of work for one, and refuses it memory.
"""

import resource
import signal
import sys
from pathlib import Path
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.cibles import abimer, fichier

MEMOIRE: Final = 300_000_000
SECONDES: Final = 2
ESSAIS: Final = 150


def main() -> None:
    """Damage bases in every way, the last one left in the folder should the process not come back."""
    dossier = Path(sys.argv[1])
    vus = {"essais": 0}
    resource.setrlimit(resource.RLIMIT_DATA, (MEMOIRE, MEMOIRE))

    @given(st.binary(min_size=2, max_size=120))
    @settings(max_examples=ESSAIS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def ouvrir(octets: bytes) -> None:
        abimee = abimer(octets)
        (dossier.parent / "derniere.bin").write_bytes(abimee)
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDES * 2)  # it is opened twice
        fichier(abimee, dossier)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        vus["essais"] += 1

    ouvrir()
    sys.stdout.write(f"{vus['essais']}\n")


if __name__ == "__main__":
    main()
