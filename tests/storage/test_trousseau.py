"""The system's keyring: used when there is one, done without when there is none or when it fails."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as Absent
from keyring.errors import PasswordDeleteError, PasswordSetError

from assistmed_desktop.storage import trousseau
from assistmed_desktop.storage.chiffrement import Cle

CLE = Cle(bytes(range(32)), bytes(16))


class EnMemoire(KeyringBackend):
    """A keyring that holds what it is given."""

    priority: Any = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # keyring does not type it
        self.gardes: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.gardes.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.gardes[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.gardes[service, username]


class EnPanne(EnMemoire):
    """A keyring that the user does not unlock."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError(service, username, len(password))

    def delete_password(self, service: str, username: str) -> None:
        raise PasswordDeleteError(service, username)


@pytest.fixture(autouse=True)
def rendre() -> Iterator[None]:
    avant = keyring.get_keyring()
    yield
    keyring.set_keyring(avant)


def test_a_key_is_kept_given_back_and_forgotten(tmp_path: Path) -> None:
    service = EnMemoire()
    keyring.set_keyring(service)
    base = tmp_path / "cabinet.assistmed"
    assert trousseau.disponible()
    assert trousseau.lire(base) is None
    assert trousseau.garder(base, CLE)
    assert trousseau.lire(base) == CLE
    assert trousseau.lire(tmp_path / "autre.assistmed") is None
    trousseau.oublier(base)
    assert service.gardes == {}
    trousseau.oublier(base)


def test_without_a_keyring_nothing_is_kept(tmp_path: Path) -> None:
    keyring.set_keyring(Absent())  # type: ignore[no-untyped-call] # the same
    assert not trousseau.disponible()
    assert not trousseau.garder(tmp_path, CLE)
    assert trousseau.lire(tmp_path) is None
    trousseau.oublier(tmp_path)


def test_a_keyring_that_refuses_is_done_without(tmp_path: Path) -> None:
    service = EnPanne()
    keyring.set_keyring(service)
    assert trousseau.disponible()
    assert not trousseau.garder(tmp_path, CLE)
    service.gardes["AssistMed", str(tmp_path.absolute())] = CLE.texte
    trousseau.oublier(tmp_path)
    assert trousseau.lire(tmp_path) == CLE
