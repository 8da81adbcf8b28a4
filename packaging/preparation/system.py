"""What the operating system must have: the libraries that Qt loads, and the module that makes environments."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping

from preparation.commands import run_quietly
from preparation.console import Stop, say, show

# File that Qt loads -> Debian package that has it.
TO_START: Mapping[str, str] = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
TO_SHOW_A_WINDOW: Mapping[str, str] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def missing_libraries(wanted: Iterable[str]) -> list[str]:
    """Try to load each library, as Qt will."""
    missing = []
    for name in wanted:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def x11_is_the_only_way() -> bool:
    """Say whether the window can only come through X11 (and not Wayland or a platform that the user chose)."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    return platform.startswith("xcb") if platform else not os.environ.get("WAYLAND_DISPLAY")


def ensure_libraries(*, window: bool) -> bool:
    """Have Qt's libraries on Linux; say whether Qt can now start (and show a window, where one is asked for)."""
    if sys.platform != "linux":
        return True
    wanted = {**TO_START, **TO_SHOW_A_WINDOW} if window else dict(TO_START)
    missing = missing_libraries(wanted)
    if not missing:
        return True
    say("Bibliothèques système pour l’affichage : " + ", ".join(missing) + "…")
    try:
        install_packages([wanted[name] for name in missing])
    except Stop as refused:
        say(str(refused))
    still_missing = missing_libraries(missing)
    return not any(name in TO_START or x11_is_the_only_way() for name in still_missing)


def ensure_venv_module() -> None:
    """Have the module that makes environments, which Debian puts in a package of its own."""
    if all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    say(f"Module système {package}…")
    install_packages([package])


def _privileges() -> list[str] | None:
    """Find how to install a system package: the words to put before the command, or None."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    if run_quietly(["sudo", "-n", "true"]).ok:
        return ["sudo", "-n"]
    if sys.stdin is not None and sys.stdin.isatty():
        say("Votre mot de passe va être demandé : l’installation de paquets système en a besoin.")
        asked = subprocess.run(["sudo", "-v"], check=False)
        return ["sudo"] if asked.returncode == 0 else None
    return None


def install_packages(packages: list[str]) -> None:
    """Install Debian packages, or stop with the sentence that says how the user can."""
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        message = (
            "Ce système n’a pas apt-get : installez avec son propre gestionnaire de paquets "
            f"l’équivalent des paquets Debian suivants, puis recommencez : {names}."
        )
        raise Stop(message)
    privileges = _privileges()
    if privileges is None:
        message = (
            "Il manque des paquets système et les droits pour les installer. Tapez en administrateur : "
            f"apt-get update && apt-get install --no-install-recommends {names}"
        )
        raise Stop(message)
    apt = [*privileges, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    refreshed = run_quietly([*apt, "update"])
    installed = run_quietly([*apt, "install", "-y", "--no-install-recommends", *packages])
    if not installed.ok:
        show((refreshed if not refreshed.ok else installed).last_lines(4))
        message = (
            f"L’installation de paquets système a échoué ({names}) : vérifiez la connexion à Internet, "
            "puis recommencez."
        )
        raise Stop(message)
