"""What was acknowledged survives the death of the program, whatever it was doing, and nothing is there by half."""

import sys
from pathlib import Path

import pytest

from tests.storage.tueries import GRAINE, tuer
from tests.storage.victime import TRAVAUX

MORTS = 8 if sys.platform == "win32" else 50
"""For each work; a process is slow to start where it cannot be forked."""


@pytest.mark.parametrize("travail", TRAVAUX)
def test_killed_at_random_moments_it_loses_nothing_acknowledged(travail: str, tmp_path: Path) -> None:
    sys.stdout.write(f"seed {GRAINE}\n")
    bilan = tuer(travail, MORTS, tmp_path)
    assert bilan.morts == MORTS
    assert bilan.acquittes > MORTS // 4
