"""Everything that must hold before a change is accepted, each check under its own name."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from preparation.commands import run_quietly
from preparation.console import say, show
from preparation.environment import Environment

PACKAGE = "assistmed_desktop"
FULLY_COVERED = ("domain", "rules", "services")
COVERED_ELSEWHERE = 90
MOST_WORKERS = 4


class Check(NamedTuple):
    """One check: the name that the user reads, the command, and whether its output is always shown."""

    name: str
    command: list[str]
    loud: bool = False


def all_checks(environment: Environment) -> Iterator[Check]:
    """List the checks, cheapest first."""
    python = str(environment.program("python"))
    yield Check("Style (ruff check)", [python, "-m", "ruff", "check", "--quiet"])
    yield Check("Mise en forme (ruff format)", [python, "-m", "ruff", "format", "--check", "--quiet"])
    yield Check("Types (mypy)", [python, "-m", "mypy", PACKAGE, "tests", "packaging"])
    yield Check("Cloisons (import-linter)", [str(environment.program("lint-imports"))])
    workers = ["-n", "logical", "--maxprocesses", str(MOST_WORKERS)]
    yield Check(
        "Tests (pytest)", [python, "-m", "pytest", *workers, "--cov", "--cov-branch", "--cov-report="], loud=True
    )
    yield from coverage_checks(python, environment.root / PACKAGE)


def coverage_checks(python: str, package: Path) -> Iterator[Check]:
    """List the coverage that each part of the package must have; a room that is not there yet asks for none."""
    report = [python, "-m", "coverage", "report"]
    for room in FULLY_COVERED:
        if any((package / room).rglob("*.py")):
            selection = f"--include={PACKAGE}/{room}/*"
            yield Check(f"Couverture de {room} (100 %)", [*report, selection, "--fail-under=100"])
    others = (path.relative_to(package) for path in package.rglob("*.py"))
    if any(path.parts[0] not in FULLY_COVERED and (package / path).stat().st_size for path in others):
        selection = "--omit=" + ",".join(f"{PACKAGE}/{room}/*" for room in FULLY_COVERED)
        yield Check(
            f"Couverture du reste ({COVERED_ELSEWHERE} %)", [*report, selection, f"--fail-under={COVERED_ELSEWHERE}"]
        )


def surroundings() -> Mapping[str, str]:
    """Give the checks the same surroundings on every computer: no screen, and UTF-8 without a country."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    chosen = {"QT_QPA_PLATFORM": "offscreen"}
    if sys.platform == "linux":
        chosen["LC_ALL"] = "C.UTF-8"
    return {**kept, **chosen}


def run_checks(environment: Environment) -> list[str]:
    """Run every check, whatever the others gave, and name those that failed."""
    failed = []
    env = surroundings()
    for check in all_checks(environment):
        say(f"{check.name}…")
        start = time.monotonic()
        if check.loud:
            code = subprocess.run(check.command, cwd=environment.root, env=env, check=False).returncode
        else:
            outcome = run_quietly(check.command, cwd=environment.root, env=env)
            code = outcome.code
            if code:
                show(outcome.output)
        say(f"  {'✕ en échec' if code else '✓ réussi'} en {time.monotonic() - start:.0f} s")
        if code:
            failed.append(check.name)
    return failed
