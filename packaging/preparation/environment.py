"""The Python environment of the checkout: `.venv`, filled from the lock files and made again when it is not whole."""

import hashlib
import json
import os
import platform
import shutil
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from preparation.commands import Outcome, run_quietly
from preparation.console import Stop, say, show
from preparation.system import ensure_venv_module

# Sign in the output of pip or venv -> what to tell. The first sign found tells the cause.
_NETWORK = "Le dépôt de paquets Python ne répond pas : vérifiez la connexion à Internet, puis recommencez."
_CERTIFICATE = (
    "La connexion sécurisée au dépôt de paquets est refusée : voyez l’heure de l’ordinateur et le certificat du réseau."
)
_FULL = "Le disque est plein : libérez 2 Go, puis recommencez."
_RIGHTS = "Les droits manquent pour écrire dans .venv : relancez avec le compte auquel le dossier appartient."
_FINGERPRINT = (
    "Un paquet reçu n’a pas l’empreinte attendue et rien n’a été installé : "
    "recommencez sur un autre réseau, ou signalez-le."
)
_NOT_FOUND = (
    "Une bibliothèque est introuvable : vérifiez la connexion à Internet ; si elle marche, ce système n’est pas "
    "pris en charge (il faut Windows 10, macOS 13 ou un Linux à glibc 2.34, en 64 bits)."
)
_TOO_LITTLE_ROOM = 20_000_000
_SIGNS: Mapping[str, str] = {
    "DO NOT MATCH THE HASHES": _FINGERPRINT,
    "No space left on device": _FULL,
    "Errno 28": _FULL,
    "CERTIFICATE_VERIFY_FAILED": _CERTIFICATE,
    "SSLError": _CERTIFICATE,
    "NewConnectionError": _NETWORK,
    "ConnectionError": _NETWORK,
    "ReadTimeoutError": _NETWORK,
    "ConnectTimeoutError": _NETWORK,
    "NameResolutionError": _NETWORK,
    "ProtocolError": _NETWORK,
    "ProxyError": _NETWORK,
    "Max retries exceeded": _NETWORK,
    "Permission denied": _RIGHTS,
    "Errno 13": _RIGHTS,
    "Read-only file system": _RIGHTS,
    "No matching distribution found": _NOT_FOUND,
}


class Need(StrEnum):
    """What the environment must hold: enough to run the program, or to check it too."""

    RUN = "run"
    CHECK = "check"


class Stamp(NamedTuple):
    """What an environment was made for, and from what it was filled."""

    identity: str
    contents: str


def _digest(*parts: bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


class Environment:
    """`.venv` at the root of a checkout."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        windows = sys.platform == "win32"
        self.programs = self.folder / ("Scripts" if windows else "bin")
        self.suffix = ".exe" if windows else ""
        self._stamp_file = self.folder / "assistmed-stamp.json"

    def program(self, name: str) -> Path:
        """Locate a program of the environment."""
        return self.programs / (name + self.suffix)

    def lock(self, need: Need) -> Path:
        """Locate the lock file that covers a need."""
        name = {Need.RUN: "requirements.txt", Need.CHECK: "requirements-dev.txt"}[need]
        return self.root / "packaging" / name

    def stamp(self, need: Need) -> Stamp:
        """Tell what the environment must have been made from. A moved checkout wants another: scripts hold its path."""
        identity = [str(self.root), platform.machine(), platform.python_implementation()]
        identity += [str(number) for number in sys.version_info[:2]]
        sources = [self.root / "pyproject.toml", self.lock(Need.RUN)]
        if need is Need.CHECK:
            sources.append(self.lock(Need.CHECK))
        return Stamp(_digest(*(part.encode() for part in identity)), _digest(*(path.read_bytes() for path in sources)))

    def stamps(self) -> dict[Need, Stamp]:
        """Read what the environment says of itself; nothing when it was not finished."""
        if not self.program("python").exists():
            return {}
        try:
            noted = json.loads(self._stamp_file.read_text(encoding="utf-8"))
            return {Need(need): Stamp(**fields) for need, fields in noted.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def write_stamps(self, stamps: dict[Need, Stamp]) -> None:
        """Note what the environment now holds."""
        noted = {need.value: stamp._asdict() for need, stamp in stamps.items()}
        self._stamp_file.write_text(json.dumps(noted), encoding="utf-8")

    def ensure(self, need: Need) -> None:
        """Have the environment whole for a need; quick when it is."""
        wanted = self.stamp(need)
        noted = self.stamps()
        if noted.get(need) == wanted:
            return
        if all(stamp.identity != wanted.identity for stamp in noted.values()):
            self._make()
        self._stamp_file.unlink(missing_ok=True)  # from here to the end, not whole
        self._fill(need)
        satisfied = (Need.RUN, Need.CHECK) if need is Need.CHECK else (Need.RUN,)
        self.write_stamps({each: self.stamp(each) for each in satisfied})

    def _make(self) -> None:
        ensure_venv_module()
        say("Environnement Python (.venv)…")
        if self.folder.is_symlink() or self.folder.is_file():
            self.folder.unlink()
        elif self.folder.exists():
            shutil.rmtree(self.folder)
        # Started from inside an environment, Python must come from outside it.
        base = getattr(sys, "_base_executable", None) or sys.executable
        made = run_quietly([base, "-I", "-m", "venv", str(self.folder)])
        if not made.ok:
            show(made.last_lines())
            raise Stop(self._cause(made) or "L’environnement Python n’a pas pu être créé dans le dossier .venv.")

    def _fill(self, need: Need) -> None:
        purpose = "du programme et de ses vérifications" if need is Need.CHECK else "du programme"
        say(f"Bibliothèques Python {purpose} (une à deux minutes la première fois)…")
        self._pip("--require-hashes", "--only-binary=:all:", "-r", str(self.lock(need)))
        self._pip("--no-deps", "--no-build-isolation", "-e", str(self.root))

    def _pip(self, *arguments: str) -> None:
        """Install with the user's own pip settings, and nothing from outside the environment."""
        pip = [str(self.program("python")), "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
        done = run_quietly([*pip, "--no-user", "--progress-bar=off", *arguments])
        if not done.ok:
            errors = [line for line in done.output.splitlines() if line.startswith("ERROR")]
            show("\n".join(errors[:4]) or done.last_lines())
            raise Stop(self._cause(done) or "Les bibliothèques Python n’ont pas pu être installées.")

    def _cause(self, failed: Outcome) -> str | None:
        """Recognise why pip or venv failed. A venv that lacks room does not say so."""
        if shutil.disk_usage(self.root).free < _TOO_LITTLE_ROOM:
            return _FULL
        return next((sentence for sign, sentence in _SIGNS.items() if sign in failed.output), None)


def checkout() -> Path:
    """Locate the checkout that this file belongs to."""
    return Path(os.path.realpath(__file__)).parents[2]
