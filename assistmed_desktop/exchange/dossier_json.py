"""The dossier as a JSON file."""

from pathlib import Path

from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier, lire_dossier
from assistmed_desktop.exchange.fichiers import ecrire

TAILLE_MAX = 5 * 1024 * 1024
"""The largest file read, in bytes: six times ten doctors over twenty years, and little enough for any memory."""


class FichierIllisible(OSError):  # noqa: N818 - a French name, as the whole domain
    """A file cannot be read or written; the message is a French sentence for the user."""


def lire_fichier(chemin: Path) -> Dossier:
    """Read a dossier from a JSON file.

    Raises:
        FichierIllisible: when the file is missing, unreadable, not a file or larger than ``TAILLE_MAX``.
        DossierInvalide: with every fault, when its content is not a valid dossier.

    """
    if chemin.suffix == ".assistmed":  # were it open here, closing it would let go of it
        raise FichierIllisible(
            f"«\u00a0{chemin}\u00a0» est un cabinet, pas un dossier\u00a0: ouvrez-le par Fichier, Ouvrir un cabinet."
        )
    try:
        with chemin.open("rb") as fichier:
            contenu = fichier.read(TAILLE_MAX + 1)
    except FileNotFoundError:
        raise FichierIllisible(f"Le fichier «\u00a0{chemin}\u00a0» n'existe pas.") from None
    except PermissionError:
        raise FichierIllisible(f"Vous n'avez pas le droit de lire le fichier «\u00a0{chemin}\u00a0».") from None
    except IsADirectoryError:
        raise FichierIllisible(f"«\u00a0{chemin}\u00a0» est un répertoire, pas un fichier.") from None
    except (OSError, ValueError) as erreur:
        raise FichierIllisible(f"Le fichier «\u00a0{chemin}\u00a0» ne peut pas être lu.") from erreur
    if len(contenu) > TAILLE_MAX:
        raise FichierIllisible(
            f"Le fichier «\u00a0{chemin}\u00a0» dépasse {TAILLE_MAX // 1024 // 1024}\u00a0Mo\u00a0: "
            "ce n'est pas un dossier AssistMed."
        )
    return lire_dossier(contenu)


def ecrire_fichier(dossier: Dossier, chemin: Path) -> None:
    """Write a dossier as a JSON file, readable by its owner only: all of it, or the old file as it was.

    Raises:
        FichierIllisible: when it cannot be written.

    """
    try:
        ecrire(chemin, ecrire_dossier(dossier).encode(), prive=True)
    except OSError as erreur:
        if erreur.errno is None:
            raise FichierIllisible(str(erreur)) from erreur
        raise FichierIllisible(
            f"Le fichier «\u00a0{chemin}\u00a0» ne peut pas être écrit\u00a0: vérifiez son emplacement, vos droits "
            "et la place sur le disque."
        ) from erreur
