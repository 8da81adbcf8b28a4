"""Changes the phrase of a base, and is killed at a chosen step of it. Run as a process."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from assistmed_desktop.storage import phrase
from tests.services.outils import HorlogeReglee


def main() -> None:
    """Kill this process at the first line of the change once so many others have run, or at its end."""
    base, avant, apres, numero = sys.argv[1:]
    lignes: set[int] = set()

    def tracer(cadre: FrameType, evenement: str, _valeur: object) -> object:
        if cadre.f_code.co_filename != phrase.__file__:
            return None
        if evenement == "line":
            lignes.add(cadre.f_lineno)
            if len(lignes) > int(numero):
                os.kill(os.getpid(), signal.SIGKILL)
        return tracer

    sys.settrace(tracer)  # type: ignore[arg-type] # the stubs want a more precise result
    phrase.changer_phrase(Path(base), HorlogeReglee(), avant or None, apres or None)
    sys.settrace(None)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
