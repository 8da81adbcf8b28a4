"""Fast imports leave Python as they found it."""

import builtins
import gc
from importlib import import_module

import pytest
from PySide6 import QtCore

from assistmed_desktop.ui.loading import fast_imports


def test_an_import_that_fails_leaves_python_as_it_was() -> None:
    replaced = builtins.__import__
    with pytest.raises(ModuleNotFoundError), fast_imports():
        import_module("assistmed_desktop.absent")
    assert builtins.__import__ is replaced
    assert gc.isenabled()


def test_python_imports_by_itself_meanwhile_and_collects_garbage_again_after() -> None:
    assert QtCore.qVersion()
    replaced = builtins.__import__
    with fast_imports():
        assert builtins.__import__ is builtins.__orig_import__  # type: ignore[attr-defined] # Qt for Python sets it
        assert not gc.isenabled()
    assert builtins.__import__ is replaced
    assert gc.isenabled()
