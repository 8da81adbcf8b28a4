"""Where the practice is kept when the user names no file."""

from pathlib import Path

import platformdirs


def base_par_defaut() -> Path:
    """Give the base in the user's data folder. Neither the file nor the folder need exist."""
    return Path(platformdirs.user_data_dir("AssistMed", appauthor=False)) / "cabinet.assistmed"


def preparer_dossier(base: Path) -> None:
    """Make the folder of a base, closed to other users; OSError when it cannot be made."""
    base.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
