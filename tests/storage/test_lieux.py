"""Places where a live base is at risk: synchronised folders, and network shares."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from assistmed_desktop.storage.lieux import (
    Lieu,
    dossier_synchronise,
    lieu_de,
    montages_linux,
    montages_mac,
    partage_monte,
    partage_windows,
)

MOUNTS = """\
/dev/sda2 / ext4 rw,relatime 0 0
//serveur/cabinet /mnt/Cabinet\\040du\\040Morvan cifs rw,vers=3.0 0 0
serveur:/export /mnt/nfs nfs4 rw 0 0
/dev/sdb1 /mnt/nfs/local ext4 rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
tronque
"""
MONTAGES_MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//claire@serveur/Cabinet on /Volumes/Cabinet (partage) (smbfs, nodev, nosuid, mounted by claire)
serveur:/export on /Volumes/nfs (nfs)
"""


@pytest.mark.parametrize(
    ("dossier", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Cabinet du Morvan", "OneDrive"),
        ("OneDrive-Personal", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Perso)", "Dropbox"),
        ("Google Drive", "Google Drive"),
        ("GoogleDrive-claire@exemple.fr", "Google Drive"),
        ("Mon Drive", "Google Drive"),
        ("iCloudDrive", "iCloud"),
        ("Mobile Documents", "iCloud"),
        ("Nextcloud", "Nextcloud"),
        ("Nextcloud2", "Nextcloud"),
        ("kDrive", "kDrive"),
        ("pCloudDrive", "pCloud"),
        ("SynologyDrive", "Synology Drive"),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(tmp_path: Path, dossier: str, service: str) -> None:
    base = tmp_path / dossier / "Cabinet" / "cabinet.assistmed"
    assert dossier_synchronise(base, {}) == Lieu(service)
    assert f"({service})\u00a0: la synchronisation" in Lieu(service).risque


@pytest.mark.parametrize("dossier", ["Documents", "Dropboxes", "Cabinet OneDrive", "Driver", "nextcloudy"])
def test_a_folder_that_only_looks_like_one_is_not(tmp_path: Path, dossier: str) -> None:
    assert dossier_synchronise(tmp_path / dossier / "cabinet.assistmed", {}) is None


@pytest.mark.parametrize(
    ("marque", "service"),
    [(".dropbox.cache", "Dropbox"), (".sync_1a2b.db", "Nextcloud"), (".stfolder", "Syncthing")],
)
def test_or_by_what_its_program_leaves_in_it(tmp_path: Path, marque: str, service: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / marque).touch()
    assert dossier_synchronise(tmp_path / "a" / "cabinet.assistmed", {}) == Lieu(service)


def test_or_by_what_windows_says_of_it(tmp_path: Path) -> None:
    environnement = {"OneDriveCommercial": str(tmp_path / "Travail"), "OneDrive": ""}
    assert dossier_synchronise(tmp_path / "Travail" / "c.assistmed", environnement) == Lieu("OneDrive")
    assert dossier_synchronise(tmp_path / "Autre" / "c.assistmed", environnement) is None


@pytest.mark.parametrize(
    ("chemin", "service"),
    [
        ("/home/claire/c.assistmed", None),
        ("/mnt/Cabinet du Morvan/c.assistmed", "SMB"),
        ("/mnt/nfs/c.assistmed", "NFS"),
        ("/mnt/nfs/local/c.assistmed", None),
        ("/run/user/1000/gvfs/smb-share/c.assistmed", "GVFS"),
    ],
)
def test_a_share_is_known_by_what_is_mounted(chemin: str, service: str | None) -> None:
    lieu = partage_monte(PurePosixPath(chemin), montages_linux(MOUNTS))
    assert lieu == (Lieu(service, partage=True) if service else None)
    if lieu is not None:
        assert "disque du réseau" in lieu.risque


def test_and_on_a_mac(tmp_path: Path) -> None:
    montages = montages_mac(MONTAGES_MAC)
    assert partage_monte(PurePosixPath("/Volumes/Cabinet (partage)/c.assistmed"), montages) == Lieu("SMB", partage=True)
    assert partage_monte(PurePosixPath("/Volumes/nfs/c.assistmed"), montages) == Lieu("NFS", partage=True)
    assert partage_monte(tmp_path, montages) is None


@pytest.mark.parametrize(
    ("chemin", "partage"),
    [
        (r"\\serveur\cabinet\c.assistmed", True),
        (r"\\?\UNC\serveur\cabinet\c.assistmed", True),
        (r"C:\Users\claire\c.assistmed", False),
        (r"\\?\C:\Users\claire\c.assistmed", False),
    ],
)
def test_a_path_that_names_its_server(chemin: str, *, partage: bool) -> None:
    assert (partage_windows(PureWindowsPath(chemin)) is not None) == partage


def test_where_a_base_really_is(tmp_path: Path) -> None:
    assert lieu_de(tmp_path / "cabinet.assistmed") is None
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "lien").symlink_to(tmp_path / "Dropbox")
    assert lieu_de(tmp_path / "lien" / "cabinet.assistmed") == Lieu("Dropbox")
