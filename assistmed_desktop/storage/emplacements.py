"""Where the practice and the barèmes that the user adds are kept when the user names no place."""

from pathlib import Path

import platformdirs


def base_par_defaut() -> Path:
    """Give the base in the user's data folder. Neither the file nor the folder need exist."""
    return Path(platformdirs.user_data_dir("AssistMed", appauthor=False)) / "cabinet.assistmed"


def dossier_des_baremes() -> Path:
    """Give the folder of the barèmes that the user adds, beside the base. It need not exist."""
    return base_par_defaut().with_name("baremes")


def preparer_dossier(base: Path) -> None:
    """Make the folder of a base, closed to other users; OSError when it cannot be made."""
    base.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def libre(chemin: Path) -> Path:
    """Give a path that no file has: this one, or one with a number."""
    rang, essai = 1, chemin
    while essai.exists():
        rang += 1
        essai = chemin.with_name(f"{chemin.stem}-{rang}{chemin.suffix}")
    return essai
