"""Where a base lies: on this computer, on a network share, or in a folder that a program keeps in step with others."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath
from typing import Final

from assistmed_desktop.formats import INSECABLE

_SYNCHRONISES: Final = {
    "OneDrive": re.compile(r"onedrive( ?[-–(].*)?", re.IGNORECASE),
    "Dropbox": re.compile(r"dropbox( ?[-(].*)?", re.IGNORECASE),
    "Google Drive": re.compile(r"(google ?drive( ?[-(].*)?|mon drive|my drive)", re.IGNORECASE),
    "iCloud": re.compile(r"(icloud ?drive( ?[-(].*)?|com~apple~clouddocs|mobile documents)", re.IGNORECASE),
    "Nextcloud": re.compile(r"(nextcloud|owncloud)( ?[-(\d].*)?", re.IGNORECASE),
    "kDrive": re.compile(r"kdrive( ?[-(\d].*)?", re.IGNORECASE),
    "pCloud": re.compile(r"pcloud ?(drive|sync)", re.IGNORECASE),
    "Synology Drive": re.compile(r"synology ?drive", re.IGNORECASE),
}
"""The name of each service, and how its folder is called unless the user has named it otherwise."""

_MARQUES: Final = {
    "Dropbox": (".dropbox", ".dropbox.cache"),
    "Nextcloud": (".sync_*.db", "._sync_*.db", ".nextcloudsync.log", ".owncloudsync.log"),
    "Google Drive": (".tmp.drivedownload", ".tmp.driveupload"),
    "Syncthing": (".stfolder",),
}
"""What each puts at the root of its folder, whatever its name."""

_VARIABLES: Final = {"OneDrive": ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")}
"""The environment variables that name the folder, on Windows."""

_RESEAUX: Final = {
    "SMB": ("cifs", "smb", "smb2", "smb3", "smbfs", "fuse.smbnetfs"),
    "NFS": ("nfs", "nfs3", "nfs4"),
    "AFP": ("afpfs",),
    "WebDAV": ("davfs", "webdav", "fuse.davfs2", "fuse.davfs"),
    "SSH": ("fuse.sshfs", "sshfs"),
    "rclone": ("fuse.rclone",),
    "GVFS": ("fuse.gvfsd-fuse",),
    "réparti": ("ceph", "fuse.ceph", "glusterfs", "fuse.glusterfs", "afs", "lustre"),
}
_LECTEUR_RESEAU: Final = 4
"""Windows' DRIVE_REMOTE."""


@dataclass(frozen=True, slots=True)
class Lieu:
    """A place where a live base is at risk: a ``service`` keeps it in step, or it is on a network share."""

    service: str
    partage: bool = False

    @property
    def risque(self) -> str:
        """Say in French where it is, and why it should not be."""
        if self.partage:
            return (
                f"Ce cabinet est sur un disque du réseau ({self.service}){INSECABLE}: deux postes pourraient l'écrire "
                "à la fois, et une coupure du réseau l'endommager. Gardez-le sur un seul PC, et ses sauvegardes sur "
                "le réseau."
            )
        return (
            f"Ce cabinet est dans un dossier synchronisé ({self.service}){INSECABLE}: la synchronisation peut en "
            "remplacer le contenu par une version plus ancienne ou incomplète. Gardez-le hors de ce dossier, et "
            "ses sauvegardes dedans."
        )


def lieu_de(base: Path) -> Lieu | None:
    """Say where a base lies when that puts it at risk; None when it does not."""
    chemins = {base.absolute(), base.resolve()}
    for chemin in chemins:
        lieu = dossier_synchronise(chemin, os.environ) or _reseau(chemin)
        if lieu is not None:
            return lieu
    return None


def dossier_synchronise(chemin: Path, environnement: Mapping[str, str]) -> Lieu | None:
    """Tell a synchronised folder by its name, by what its program leaves in it, or by what Windows says of it."""
    for service, variables in _VARIABLES.items():
        for racine in filter(None, map(environnement.get, variables)):
            if chemin.is_relative_to(racine):
                return Lieu(service)
    for dossier in chemin.parents:
        for service, motif in _SYNCHRONISES.items():
            if motif.fullmatch(dossier.name):
                return Lieu(service)
        for service, marques in _MARQUES.items():
            if any(_contient(dossier, marque) for marque in marques):
                return Lieu(service)
    return None


def _contient(dossier: Path, motif: str) -> bool:
    try:
        return any(True for _ in dossier.glob(motif)) if "*" in motif else (dossier / motif).exists()
    except OSError:  # a folder that may not be read says nothing
        return False


def partage_monte(chemin: PurePath, montages: Iterable[tuple[str, str]]) -> Lieu | None:
    """Find the share that a path is on, among the folders mounted and their file systems; the deepest one counts."""
    siens = [(len(PurePath(racine).parts), genre) for racine, genre in montages if chemin.is_relative_to(racine)]
    genre = max(siens, default=(0, ""))[1]
    return next((Lieu(nom, partage=True) for nom, genres in _RESEAUX.items() if genre in genres), None)


def montages_linux(texte: str) -> list[tuple[str, str]]:
    """Read ``/proc/mounts``: the folder and the file system of each line, its octal escapes undone."""
    champs = [ligne.split(" ") for ligne in texte.splitlines()]
    return [(_sans_echappement(ligne[1]), ligne[2]) for ligne in champs if len(ligne) > 2]  # noqa: PLR2004 - the third


def montages_mac(texte: str) -> list[tuple[str, str]]:
    """Read what ``mount`` prints on macOS: ``//claire@serveur/cabinet on /Volumes/cabinet (smbfs, nodev)``."""
    return re.findall(r"^.* on (/.*) \((\w+)[,)]", texte, re.MULTILINE)


def partage_windows(chemin: PureWindowsPath) -> Lieu | None:
    """Tell a path that names its server."""
    lecteur = chemin.drive
    local = lecteur.startswith(("\\\\?\\", "\\\\.\\")) and not lecteur.upper().startswith("\\\\?\\UNC")
    return Lieu("SMB", partage=True) if lecteur.startswith("\\\\") and not local else None


def _sans_echappement(texte: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), texte)


if sys.platform == "win32":  # pragma: no cover - Windows alone says of a letter what it is

    def _reseau(chemin: Path) -> Lieu | None:
        import ctypes

        nomme = partage_windows(PureWindowsPath(chemin))
        if nomme is None and ctypes.windll.kernel32.GetDriveTypeW(chemin.anchor) == _LECTEUR_RESEAU:
            return Lieu("SMB", partage=True)
        return nomme

elif sys.platform == "darwin":  # pragma: no cover - its mount command is its own

    def _reseau(chemin: Path) -> Lieu | None:
        import subprocess

        try:
            dit = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True).stdout
        except (OSError, subprocess.SubprocessError):
            return None
        return partage_monte(chemin, montages_mac(dit))

else:

    def _reseau(chemin: Path) -> Lieu | None:
        try:
            dit = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
        return partage_monte(chemin, montages_linux(dit))
