"""The window paints before anything heavy is imported, and says when."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from assistmed_desktop import app
from assistmed_desktop.ui import chrono

LOURDS = ("sqlmodel", "sqlalchemy", "alembic", "reportlab", "pydantic")
ecrire = chrono.note

def note(etape):
    ecrire(etape)
    print(etape, *[module for module in LOURDS if module in sys.modules], flush=True)
    if etape == chrono.DONNEES:
        from PySide6.QtWidgets import QApplication
        QApplication.closeAllWindows()

chrono.note = note
horloge = app.HorlogeFixe(date(2026, 11, 15))
sys.exit(app.ouvrir_fenetre(Path(sys.argv[1]), horloge, reglages=Path(sys.argv[2])))
"""


def test_nothing_heavy_is_imported_before_the_first_paint(base: Path, tmp_path: Path) -> None:
    mesures = tmp_path / "chrono.txt"
    fini = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT, base, tmp_path / "fenetre.ini"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "ASSISTMED_CHRONO": str(mesures)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert fini.returncode == 0, fini.stderr
    premier, donnees = fini.stdout.splitlines()
    assert premier == "premier_dessin"
    assert donnees.startswith("donnees ")
    assert "reportlab" not in premier
    instants = dict(ligne.split("\t") for ligne in mesures.read_text(encoding="utf-8").splitlines())
    assert list(instants) == ["premier_dessin", "donnees"]
    assert float(instants["premier_dessin"]) < float(instants["donnees"])
