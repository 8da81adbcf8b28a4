"""Qt for Python must not eat the references to None: an interpreter that runs out of them aborts.

PySide6 6.12.0 does on Python 3.11, one at nearly every call that returns None. From Python 3.12 on, None has no count.
"""

import sys

from PySide6.QtCore import QObject

APPELS = 5_000


def test_a_call_that_returns_none_keeps_its_references() -> None:
    objet = QObject()
    avant = sys.getrefcount(None)
    for _ in range(APPELS):
        objet.setObjectName("essai")
    assert abs(sys.getrefcount(None) - avant) < APPELS / 10
