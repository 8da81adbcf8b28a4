"""Run other programs and keep what they say."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Outcome(NamedTuple):
    """How a command ended, and all it printed."""

    code: int
    output: str

    @property
    def ok(self) -> bool:
        """Say whether the command did its work."""
        return self.code == 0

    def last_lines(self, count: int = 12) -> str:
        """Give the end of the output, where a tool says what went wrong."""
        return "\n".join([line for line in self.output.splitlines() if line.strip()][-count:])


def run_quietly(command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Outcome:
    """Run a command with no input, in English where it has the choice, and keep its output."""
    surroundings = {**(os.environ if env is None else env), "LC_MESSAGES": "C"}
    done = subprocess.run(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=cwd,
        env=surroundings,
        check=False,
    )
    return Outcome(done.returncode, done.stdout.decode("utf-8", errors="replace"))
