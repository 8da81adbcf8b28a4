"""The one way to a packaged file: fonts, icons, help, demo."""

from pathlib import Path

_PAQUET = Path(__file__).resolve().parent
_RACINES = (_PAQUET / "_resources", _PAQUET.parent / "resources")
"""Where a wheel carries its own copy, then where a checkout keeps them."""


def chemin(*parties: str) -> Path:
    """Give the path of a packaged file or folder.

    Raises:
        FileNotFoundError: when no installation holds it.

    """
    for racine in _RACINES:
        candidat = racine.joinpath(*parties)
        if candidat.exists():
            return candidat
    raise FileNotFoundError(f"le fichier {'/'.join(parties)} manque à l'installation")
