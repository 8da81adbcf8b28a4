import ast
import errno
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from preparation import checks, console, environment, system, verbs
from preparation.commands import Outcome, run_quietly
from preparation.console import Stop, plain, typography
from preparation.environment import Environment, Need, Stamp

ROOT = Path(__file__).parents[2]
BOOTSTRAP = ROOT / "packaging" / "bootstrap.py"
NO_BREAK = "\u00a0"

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="system packages are installed on Linux alone")


def bootstrap(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(BOOTSTRAP), *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environ},
        check=False,
    )


# An old Python


def test_an_old_python_can_read_the_first_file() -> None:
    ast.parse(BOOTSTRAP.read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize(("encoding", "word"), [("utf-8", "récent"), ("ascii", "recent")])
def test_an_old_python_gets_one_sentence(encoding: str, word: str) -> None:
    pretend = f"import runpy, sys; sys.version_info = (3, 8, 10); runpy.run_path({str(BOOTSTRAP)!r}, None, '__main__')"
    done = subprocess.run(
        [sys.executable, "-c", pretend],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"Python 3.11 ou plus {word}" in done.stderr
    assert "3.8" in done.stderr
    assert len(done.stderr.splitlines()) == 1


# What is typed


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["tset"], "La commande « tset » n’existe pas."),
        ([], "Il manque une commande."),
        (["test", "-k", "rien"], "La commande test ne prend pas d’option : « -k rien » est en trop."),
    ],
)
def test_wrong_usage_is_said_in_french(arguments: list[str], sentence: str) -> None:
    done = bootstrap(*arguments)
    assert done.returncode == verbs.WRONG_USAGE
    assert typography(sentence) in done.stderr
    assert done.stdout == ""


def test_help_tells_the_three_commands() -> None:
    done = bootstrap("--help")
    assert done.returncode == 0
    assert all(re.search(rf"^  {verb} ", done.stderr, re.MULTILINE) for verb in ("demo", "run", "test"))


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850"])
def test_a_terminal_that_knows_few_letters_is_no_obstacle(encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, str(BOOTSTRAP), "œuf\u202f✓"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=False,
    )
    assert done.returncode == verbs.WRONG_USAGE
    said = done.stderr.decode(encoding)
    assert "Traceback" not in said
    assert "La commande" in said
    assert "?" not in said


def test_letters_are_made_plain() -> None:
    assert plain(typography("« Où ? » – l’œuvre…")) == '"Ou ?" - l\'oeuvre...'


def test_french_spaces_do_not_break() -> None:
    assert typography("« a » : b ; c") == f"«{NO_BREAK}a{NO_BREAK}»{NO_BREAK}: b{NO_BREAK}; c"


# When the environment is whole


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "packaging").mkdir()
    for name in ("pyproject.toml", "packaging/requirements.txt", "packaging/requirements-dev.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    return tmp_path


class Tools:
    """Stands for venv and pip: writes down what was asked, and does the least."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.pip_says: Callable[[], Outcome] = lambda: Outcome(0, "")

    def __call__(self, command: Sequence[str]) -> Outcome:
        if "venv" in command:
            self.asked.append("venv")
            program = Environment(Path(command[-1]).parent).program("python")
            program.parent.mkdir(parents=True)
            program.touch()
            return Outcome(0, "")
        self.asked.append("pip -r " + Path(command[-1]).name if "-r" in command else "pip -e")
        return self.pip_says()


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Tools:
    fake = Tools()
    monkeypatch.setattr(environment, "run_quietly", fake)
    return fake


RUN_INSTALLS = ["pip -r requirements.txt", "pip -e"]
CHECK_INSTALLS = ["pip -r requirements-dev.txt", "pip -e"]


def test_made_once_then_left_alone(root: Path, tools: Tools) -> None:
    Environment(root).ensure(Need.RUN)
    Environment(root).ensure(Need.RUN)
    assert tools.asked == ["venv", *RUN_INSTALLS]


def test_the_tools_come_on_top_of_the_program_and_cover_it(root: Path, tools: Tools) -> None:
    for need in (Need.RUN, Need.CHECK, Need.RUN, Need.CHECK):
        Environment(root).ensure(need)
    assert tools.asked == ["venv", *RUN_INSTALLS, *CHECK_INSTALLS]


@pytest.mark.parametrize("changed", ["pyproject.toml", "packaging/requirements.txt"])
def test_a_changed_lock_is_installed_into_the_same_environment(root: Path, tools: Tools, changed: str) -> None:
    Environment(root).ensure(Need.RUN)
    (root / changed).write_text("another", encoding="utf-8")
    Environment(root).ensure(Need.RUN)
    assert tools.asked == ["venv", *RUN_INSTALLS, *RUN_INSTALLS]


def test_a_change_of_the_tools_does_not_concern_the_program(root: Path, tools: Tools) -> None:
    Environment(root).ensure(Need.CHECK)
    (root / "packaging/requirements-dev.txt").write_text("another", encoding="utf-8")
    Environment(root).ensure(Need.RUN)
    assert tools.asked == ["venv", *CHECK_INSTALLS]
    Environment(root).ensure(Need.CHECK)
    assert tools.asked == ["venv", *CHECK_INSTALLS, *CHECK_INSTALLS]


def test_a_half_made_environment_is_made_again(root: Path, tools: Tools) -> None:
    broken = Environment(root)
    broken.programs.mkdir(parents=True)
    (broken.programs / "left-behind").touch()
    Environment(root).ensure(Need.RUN)
    assert tools.asked == ["venv", *RUN_INSTALLS]
    assert not (broken.programs / "left-behind").exists()


def test_an_interrupted_installation_is_made_again(root: Path, tools: Tools) -> None:
    def interrupted() -> Outcome:
        raise KeyboardInterrupt

    tools.pip_says = interrupted
    with pytest.raises(KeyboardInterrupt):
        Environment(root).ensure(Need.RUN)
    tools.pip_says = lambda: Outcome(0, "")
    Environment(root).ensure(Need.RUN)
    assert tools.asked == ["venv", "pip -r requirements.txt", "venv", *RUN_INSTALLS]


def test_an_environment_whose_python_is_gone_is_made_again(root: Path, tools: Tools) -> None:
    Environment(root).ensure(Need.RUN)
    Environment(root).program("python").unlink()
    Environment(root).ensure(Need.RUN)
    assert tools.asked == ["venv", *RUN_INSTALLS] * 2


def test_a_moved_checkout_or_another_python_wants_another_environment(
    root: Path, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    Environment(root).ensure(Need.RUN)
    moved = root.rename(root.with_name(root.name + " déplacé"))
    Environment(moved).ensure(Need.RUN)
    assert tools.asked.count("venv") == 2
    monkeypatch.setattr(sys, "version_info", (3, 99, 0, "final", 0))
    Environment(moved).ensure(Need.RUN)
    assert tools.asked.count("venv") == 3


@pytest.mark.parametrize(
    "noted", ["", "[]", "{}", '{"run": {}}', '{"run": 1}', '{"else": {"identity": "", "contents": ""}}']
)
@pytest.mark.usefixtures("tools")
def test_an_unreadable_stamp_is_no_stamp(root: Path, noted: str) -> None:
    whole = Environment(root)
    whole.ensure(Need.RUN)
    (whole.folder / "assistmed-stamp.json").write_text(noted, encoding="utf-8")
    assert whole.stamps() == {}


@pytest.mark.usefixtures("tools")
def test_stamps_are_read_as_written(root: Path) -> None:
    whole = Environment(root)
    whole.ensure(Need.CHECK)
    assert whole.stamps() == {need: whole.stamp(need) for need in Need}
    assert all(isinstance(stamp, Stamp) for stamp in whole.stamps().values())


@pytest.mark.parametrize(
    ("pip_output", "said"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "empreinte"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disque est plein"),
        ("Could not fetch URL: SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED", "certificat"),
        (
            "WARNING: broken by 'NewConnectionError'\nERROR: No matching distribution found for alembic==1",
            "connexion à Internet",
        ),
        ("ERROR: Could not install: [Errno 13] Permission denied: '.venv'", "droits"),
        ("ERROR: No matching distribution found for pyside6-essentials==6", "Windows 10"),
        ("ERROR: something else", "n’ont pas pu être installées"),
    ],
)
def test_why_pip_failed_is_one_french_sentence(
    root: Path, tools: Tools, capsys: pytest.CaptureFixture[str], pip_output: str, said: str
) -> None:
    tools.pip_says = lambda: Outcome(1, pip_output)
    with pytest.raises(Stop, match=said):
        Environment(root).ensure(Need.RUN)
    assert Environment(root).stamps() == {}
    assert pip_output.splitlines()[-1] in capsys.readouterr().out


def test_a_full_disk_is_told_even_when_the_tool_does_not(
    root: Path, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10**9, 10**9, 0))
    tools.pip_says = lambda: Outcome(1, "ERROR: returned non-zero exit status 1")
    with pytest.raises(Stop, match="disque est plein"):
        Environment(root).ensure(Need.RUN)


def test_the_real_pip_refuses_a_wrong_hash(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheels = root / "wheels"
    wheels.mkdir()
    (wheels / "rien-1.0-py3-none-any.whl").write_bytes(b"not what was locked")
    lock = f"rien==1.0 --hash=sha256:{'0' * 64}\n"
    (root / "packaging/requirements.txt").write_text(lock, encoding="utf-8")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    here = Environment(root)
    monkeypatch.setattr(Environment, "program", lambda _self, name: Path(sys.executable) if name == "python" else None)
    with pytest.raises(Stop, match="empreinte"):
        here._pip("--require-hashes", "-r", str(here.lock(Need.RUN)))


# System packages


def fake_program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f'#!/bin/sh\necho "{name} $*" >> {folder}/asked\n{script}\n', encoding="utf-8")
    program.chmod(0o755)


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder of programs that stands for all that the computer has."""
    folder = tmp_path / "programs"
    folder.mkdir()
    (folder / "env").symlink_to("/usr/bin/env")
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(sys, "stdin", None)
    return folder


def asked(computer: Path) -> list[str]:
    written = computer / "asked"
    return written.read_text(encoding="utf-8").splitlines() if written.exists() else []


@linux_only
def test_root_installs_with_apt(computer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    fake_program(computer, "apt-get", '[ "$DEBIAN_FRONTEND" = noninteractive ]')
    system.install_packages(["libgl1", "libegl1"])
    update, install = asked(computer)
    assert update.endswith(" update")
    assert install.endswith(" install -y --no-install-recommends libgl1 libegl1")


@linux_only
def test_a_user_with_free_sudo_installs_through_it(computer: Path) -> None:
    fake_program(computer, "apt-get", '[ "$DEBIAN_FRONTEND" = noninteractive ]')
    fake_program(computer, "sudo", 'shift; if [ "$1" = true ]; then exit 0; fi; exec "$@"')
    system.install_packages(["libgl1"])
    assert [line.split()[0] for line in asked(computer)] == ["sudo", "sudo", "apt-get", "sudo", "apt-get"]


@linux_only
@pytest.mark.parametrize("sudo", [True, False])
def test_without_rights_the_command_to_type_is_told(computer: Path, *, sudo: bool) -> None:
    fake_program(computer, "apt-get", "exit 1")
    if sudo:
        fake_program(computer, "sudo", "exit 1")
    with pytest.raises(Stop, match=r"apt-get update && apt-get install --no-install-recommends libgl1 libegl1$"):
        system.install_packages(["libgl1", "libegl1"])
    assert not any(line.startswith("apt-get") for line in asked(computer))


@linux_only
def test_without_apt_the_libraries_are_named(computer: Path) -> None:
    with pytest.raises(Stop, match=r"gestionnaire de paquets.*: libgl1 libegl1\.$"):
        system.install_packages(["libgl1", "libegl1"])
    assert asked(computer) == []


@linux_only
def test_a_failing_apt_is_told(
    computer: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    fake_program(computer, "apt-get", "echo 'E: Unable to locate package'; exit 100")
    with pytest.raises(Stop, match="connexion à Internet"):
        system.install_packages(["libgl1"])
    assert "E: Unable to locate package" in capsys.readouterr().out


@linux_only
def test_a_library_is_looked_for_by_loading_it() -> None:
    assert system.missing_libraries(["libc.so.6", "libnothing-at-all.so.9"]) == ["libnothing-at-all.so.9"]


@linux_only
@pytest.mark.parametrize(
    ("start", "show", "environ", "able"),
    [
        ("libc.so.6", "libc.so.6", {}, True),
        ("libnothing.so.9", "libc.so.6", {}, False),
        ("libc.so.6", "libnothing.so.9", {}, False),
        ("libc.so.6", "libnothing.so.9", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("libc.so.6", "libnothing.so.9", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("libc.so.6", "libnothing.so.9", {"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "wayland-0"}, False),
        ("libnothing.so.9", "libc.so.6", {"WAYLAND_DISPLAY": "wayland-0"}, False),
    ],
)
@pytest.mark.usefixtures("computer")
def test_what_qt_can_do_with_the_libraries_there_are(
    monkeypatch: pytest.MonkeyPatch, start: str, show: str, environ: dict[str, str], *, able: bool
) -> None:
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(system, "TO_START", {start: "package-1"})
    monkeypatch.setattr(system, "TO_SHOW_A_WINDOW", {show: "package-2"})
    assert system.ensure_libraries(window=True) is able


# Starting the program


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand for the program: the arguments that it was started with."""
    received: list[str] = []

    def execv(_program: str, arguments: list[str]) -> None:
        received.extend(arguments[1:])
        raise SystemExit(0)

    monkeypatch.setattr(os, "execv", execv)
    monkeypatch.setattr(Environment, "ensure", lambda _self, _need: None)
    return received


@linux_only
@pytest.mark.parametrize(
    ("typed", "libraries", "received"),
    [
        (["demo"], True, ["demo"]),
        (["demo", "--sortie", "ici"], True, ["demo", "--sortie", "ici"]),
        (["demo"], False, ["demo", "--sans-fenetre"]),
        (["demo", "--sans-fenetre"], False, ["demo", "--sans-fenetre"]),
        (["run"], True, []),
        (["run", "evaluer", "d.json", "--json"], False, ["evaluer", "d.json", "--json"]),
        (["run", "demo"], False, ["demo", "--sans-fenetre"]),
    ],
)
def test_the_program_gets_the_options(
    started: list[str], monkeypatch: pytest.MonkeyPatch, typed: list[str], received: list[str], *, libraries: bool
) -> None:
    monkeypatch.setattr(verbs, "ensure_libraries", lambda *, window: libraries and window)
    with pytest.raises(SystemExit):
        verbs.main(typed)
    assert started == received


def test_no_window_without_its_libraries(
    started: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verbs, "ensure_libraries", lambda *, window: not window)
    assert verbs.main(["run"]) == verbs.FAILED
    assert "La fenêtre ne peut pas s’ouvrir" in capsys.readouterr().err
    assert started == []


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/x"), verbs.FAILED, "Le disque est plein (/x)"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), verbs.FAILED, "Les droits manquent"),
        (OSError(errno.EROFS, "Read-only file system"), verbs.FAILED, "Les droits manquent"),
        (OSError(errno.EIO, "Input/output error"), verbs.FAILED, "Input/output error"),
        (KeyboardInterrupt(), verbs.INTERRUPTED, "Interrompu."),
        (Stop("Le dépôt ne répond pas."), verbs.FAILED, "Le dépôt ne répond pas."),
    ],
)
def test_a_failure_ends_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException, code: int, said: str
) -> None:
    def fail(_self: Environment, _need: Need) -> None:
        raise error

    monkeypatch.setattr(Environment, "ensure", fail)
    assert verbs.main(["run"]) == code
    captured = capsys.readouterr()
    assert said in captured.err
    assert len(captured.err.splitlines()) == 1


# The checks


def test_every_check_is_run_and_those_that_fail_are_named(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def tiny(_environment: Environment) -> list[checks.Check]:
        return [
            checks.Check("premier", [sys.executable, "-c", "print('secret')"]),
            checks.Check("deuxième", [sys.executable, "-c", "print('because'); raise SystemExit(3)"]),
            checks.Check("troisième", [sys.executable, "-c", "print('heard')"], loud=True),
            checks.Check("quatrième", [sys.executable, "-c", "raise SystemExit(1)"], loud=True),
        ]

    monkeypatch.setattr(checks, "all_checks", tiny)
    assert checks.run_checks(Environment(ROOT)) == ["deuxième", "quatrième"]
    captured = capfd.readouterr()
    assert "secret" not in captured.out
    assert "because" in captured.out
    assert "heard" in captured.out
    assert captured.err.count("réussi") == 2
    assert captured.err.count("en échec") == 2


def test_the_failed_checks_are_summed_up(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(Environment, "ensure", lambda _self, _need: None)
    monkeypatch.setattr(verbs, "ensure_libraries", lambda *, window: not window)
    monkeypatch.setattr(checks, "run_checks", lambda _environment: ["Types (mypy)", "Tests (pytest)"])
    assert verbs.main(["test"]) == verbs.FAILED
    assert capsys.readouterr().err.endswith(typography("En échec : Types (mypy), Tests (pytest).\n"))
    monkeypatch.setattr(checks, "run_checks", lambda _environment: [])
    assert verbs.main(["test"]) == verbs.DONE


def test_only_the_rooms_there_are_must_be_covered(tmp_path: Path) -> None:
    def names() -> list[str]:
        return [check.name for check in checks.coverage_checks("python", tmp_path)]

    assert names() == []
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "aide.py").write_text("x = 1\n", encoding="utf-8")
    assert names() == ["Couverture de rules (100 %)"]
    (tmp_path / "formats.py").write_text("x = 1\n", encoding="utf-8")
    assert names() == ["Couverture de rules (100 %)", "Couverture du reste (90 %)"]


def test_the_checks_have_no_screen_and_no_foreign_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    given = checks.surroundings()
    assert given["QT_QPA_PLATFORM"] == "offscreen"
    assert "PYTHONPATH" not in given


def test_output_is_read_whatever_its_bytes() -> None:
    outcome = run_quietly(
        [sys.executable, "-c", r"import sys; sys.stdout.buffer.write(b'\xe9\n\nlast\n'); sys.exit(4)"]
    )
    assert (outcome.code, outcome.ok) == (4, False)
    assert outcome.last_lines(1) == "last"


def test_streams_that_cannot_be_changed_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    console.prepare_streams()


# The lock files


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


def normalized(requirement: str) -> str:
    name = re.match(r"[\w.-]+", requirement)
    assert name is not None
    return name.group().lower().replace("_", "-")


@pytest.mark.parametrize("need", Need)
def test_the_locks_hold_what_the_project_declares(need: Need) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = project["project"]["dependencies"] + project["dependency-groups"]["build"]
    if need is Need.CHECK:
        declared += project["dependency-groups"]["dev"]
    assert {normalized(requirement) for requirement in declared} <= pins(Environment(ROOT).lock(need)).keys()


def test_the_tools_are_locked_beside_the_very_program() -> None:
    program, tools = (pins(Environment(ROOT).lock(need)) for need in Need)
    assert program.items() <= tools.items()


@pytest.mark.parametrize("need", Need)
def test_the_locks_name_no_place_and_every_hash(need: Need) -> None:
    text = Environment(ROOT).lock(need).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
