"""The system's keyring, where the key of a protected base may be kept. It may be missing: nothing depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistmed_desktop.storage.chiffrement import Cle

if TYPE_CHECKING:
    from pathlib import Path

_SERVICE: Final = "AssistMed"
_RECOMMANDE: Final = 1
"""The least priority of a keyring of the system; those under it write the secret legibly, or nowhere."""


def disponible() -> bool:
    """Say whether this system has a keyring that answers."""
    try:
        import keyring

        return keyring.get_keyring().priority >= _RECOMMANDE
    except Exception:  # noqa: BLE001 - each system's keyring fails in its own way
        return False


def lire(base: Path) -> Cle | None:
    """Give the key kept for a base; None when there is none, or no keyring."""
    try:
        import keyring

        texte = keyring.get_password(_SERVICE, _nom(base))
    except Exception:  # noqa: BLE001 - the same
        return None
    return Cle.lue(texte or "")


def garder(base: Path, cle: Cle) -> bool:
    """Keep the key of a base; say whether it is kept."""
    if not disponible():
        return False
    try:
        import keyring

        keyring.set_password(_SERVICE, _nom(base), cle.texte)
    except Exception:  # noqa: BLE001 - the same
        return False
    return lire(base) == cle


def oublier(base: Path) -> None:
    """Take the key of a base out of the keyring, if it is there."""
    if lire(base) is None:
        return
    try:
        import keyring

        keyring.delete_password(_SERVICE, _nom(base))
    except Exception:  # noqa: BLE001, S110 - the same; what is kept there opens nothing but this very base
        pass


def _nom(base: Path) -> str:
    return str(base.absolute())
