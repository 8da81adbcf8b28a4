"""An error that nobody foresaw is noted without a word of the practice."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from assistmed_desktop.ui import crash
from tests.ui.conftest import Ouvrir
from tests.ui.outils import dialogue

LE = datetime(2026, 11, 15, 14, 2, tzinfo=UTC)


def attrape(message: str) -> BaseException:
    try:
        int(message)
    except ValueError as error:
        return error
    raise AssertionError


def test_the_report_says_where_and_not_what() -> None:
    error = attrape("Claire Lambert, 1 131 patients")
    texte = crash.report(type(error), error.__traceback__, LE)
    assert "ValueError" in texte
    assert "test_crash.py:" in texte
    assert "attrape" in texte
    assert "Lambert" not in texte
    assert "1 131" not in texte
    assert str(Path.home()) not in texte


def test_the_log_grows_and_loses_its_oldest(tmp_path: Path) -> None:
    journal = tmp_path / "config" / "erreurs.txt"
    assert crash.log(journal, "premier\n")
    if sys.platform != "win32":
        assert journal.stat().st_mode & 0o777 == 0o600
    assert crash.log(journal, "second\n")
    assert "premier" in journal.read_text(encoding="utf-8")
    assert crash.log(journal, "x" * 250_000)
    assert len(journal.read_text(encoding="utf-8")) <= 200_000
    assert "premier" not in journal.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_is_no_second_error(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("un fichier", encoding="utf-8")
    assert not crash.log(tmp_path / "config" / "erreurs.txt", "x")


def test_the_window_tells_it_and_says_where_it_is_noted(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    error = attrape("Claire Lambert")
    fenetre.report_exception(type(error), error, error.__traceback__)
    dialog = dialogue(fenetre)
    journal = fenetre.settings.crash_log
    assert journal.is_file()
    assert str(journal) in dialog.accessibleDescription()
    assert "Lambert" not in journal.read_text(encoding="utf-8")
