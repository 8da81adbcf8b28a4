"""The program opens no connection, whatever is done in its window."""

import os
import subprocess
import sys
from pathlib import Path

RACINE = Path(__file__).parents[2]


def test_the_whole_window_runs_with_sockets_forbidden(tmp_path: Path) -> None:
    environnement = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    fini = subprocess.run(
        [sys.executable, "-m", "tests.ui.sans_reseau", str(tmp_path)],
        check=False, capture_output=True, text=True, cwd=RACINE, env=environnement, timeout=120,
    )  # fmt: skip
    assert fini.stdout.splitlines()[-1:] == ["fini"], fini.stdout + fini.stderr
    assert "Traceback" not in fini.stderr, fini.stderr
