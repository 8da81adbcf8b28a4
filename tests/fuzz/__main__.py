"""Fuzz a target for so many seconds, with atheris; what it finds is left in ``.fuzz/``."""

import resource
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

MEMOIRE: Final = 300_000_000
SECONDES: Final = 2
_ARGUMENTS: Final = 3


def main() -> None:
    """Run libFuzzer on a target named on the command line."""
    try:
        import atheris
    except ImportError:
        sys.exit("atheris n'est pas installé dans cet environnement : pip install atheris (Linux ou macOS).")
    with atheris.instrument_imports(include=["assistmed_desktop"]):
        from tests.fuzz.cibles import CIBLES, graines
    if len(sys.argv) < _ARGUMENTS or sys.argv[1] not in CIBLES:
        sys.exit(f"usage : python -m tests.fuzz CIBLE SECONDES [options de libFuzzer], CIBLE étant {', '.join(CIBLES)}")
    nom, secondes, *options = sys.argv[1:]
    trouvees = Path(".fuzz") / nom
    trouvees.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="fuzz-") as provisoire:
        semences, travail = Path(provisoire) / "semences", Path(provisoire) / "travail"
        semences.mkdir()
        travail.mkdir()
        for rang, graine in enumerate(graines(nom)):
            (semences / str(rang)).write_bytes(graine)

        def un(octets: bytes) -> None:
            signal.setitimer(signal.ITIMER_VIRTUAL, SECONDES)  # of the process: a busy machine is not the program's
            CIBLES[nom](octets, travail)
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

        resource.setrlimit(resource.RLIMIT_DATA, (2 * MEMOIRE, 2 * MEMOIRE))  # instrumented code takes its own
        drapeaux = [f"-max_total_time={secondes}", f"-artifact_prefix={trouvees}/", "-max_len=400000", "-timeout=60"]
        atheris.Setup([sys.argv[0], *drapeaux, *options, str(semences)], un)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
