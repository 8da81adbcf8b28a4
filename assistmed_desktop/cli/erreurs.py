"""What went wrong, as French sentences on standard error and an exit code, never as a traceback."""

from __future__ import annotations

from assistmed_desktop.cli.conventions import BASE, ECHEC, REFUS, USAGE, ErreurUsage, ErreurUtilisateur, dire
from assistmed_desktop.formats import INSECABLE


def expliquer_erreur(erreur: Exception) -> int:
    """Print what went wrong, every fault on a line, and give the exit code."""
    from assistmed_desktop.domain.fautes import DossierInvalide
    from assistmed_desktop.rules.bareme import BaremeInvalide
    from assistmed_desktop.services.ports import ErreurDepot, ErreurPhrase

    if isinstance(erreur, DossierInvalide):
        for faute in erreur.fautes:
            dire(str(faute))
        return REFUS
    if isinstance(erreur, ErreurDepot):
        from assistmed_desktop.storage.erreurs import BaseEndommagee, BaseEtrangere, BaseOccupee

        dire(str(erreur))
        return BASE if isinstance(erreur, BaseEndommagee | BaseEtrangere | BaseOccupee | ErreurPhrase) else ECHEC
    if isinstance(erreur, ErreurUtilisateur | BaremeInvalide):
        dire(str(erreur))
        return USAGE if isinstance(erreur, ErreurUsage) else ECHEC
    if isinstance(erreur, OSError):
        dire(str(erreur) if erreur.errno is None else _erreur_systeme(erreur))
    else:
        dire(
            f"Une erreur imprévue a arrêté la commande ({type(erreur).__name__}){INSECABLE}: relancez-la avec --debug "
            "pour en voir le détail."
        )
    return ECHEC


def _erreur_systeme(erreur: OSError) -> str:
    lieu = f"{INSECABLE}: «{INSECABLE}{erreur.filename}{INSECABLE}»" if erreur.filename else ""
    if isinstance(erreur, PermissionError):
        return f"Vous n'avez pas le droit d'écrire ou de lire ici{lieu}."
    if isinstance(erreur, FileNotFoundError):
        return f"Ce dossier ou ce fichier n'existe pas{lieu}."
    return f"Le disque refuse cette opération{lieu}{INSECABLE}: vérifiez l'emplacement, vos droits et la place libre."
