"""The command line of dossier-v1: ``executer`` runs it and gives its exit code.

``grammaire`` says what may be typed, ``commandes`` does it, ``erreurs`` tells what went wrong. Only the standard
library and ``formats`` are imported at the start, because the window opens through here too.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from typing import TYPE_CHECKING

from assistmed_desktop.cli.commandes import COMMANDES
from assistmed_desktop.cli.contexte import Contexte, ecran_invisible, ecran_present
from assistmed_desktop.cli.conventions import (
    BASE,
    DOSSIER_DEMO,
    ECHEC,
    FAIT,
    JOUR_DEMO,
    REFUS,
    USAGE,
    ErreurUsage,
    ErreurUtilisateur,
    OuvrirFenetre,
    dire,
)
from assistmed_desktop.cli.grammaire import ANNEE_MAX, ANNEE_MIN, analyseur

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistmed_desktop.services.ports import Horloge

__all__ = [
    "ANNEE_MAX",
    "ANNEE_MIN",
    "BASE",
    "DOSSIER_DEMO",
    "ECHEC",
    "FAIT",
    "JOUR_DEMO",
    "REFUS",
    "USAGE",
    "ErreurUsage",
    "ErreurUtilisateur",
    "OuvrirFenetre",
    "ecran_invisible",
    "ecran_present",
    "executer",
]


def executer(argv: Sequence[str], horloge: Horloge, ouvrir_fenetre: OuvrirFenetre) -> int:
    """Run the command line and give its exit code: 0 done, 2 usage, 3 data refused, 4 base, 1 anything else."""
    _sorties_lisibles()
    try:
        arguments = analyseur().parse_args(argv)
    except SystemExit as fin:
        return fin.code if isinstance(fin.code, int) else USAGE
    try:
        return COMMANDES[arguments.commande](Contexte(arguments, horloge, ouvrir_fenetre))
    except BrokenPipeError:
        # The reader of the output has gone: there is nobody to tell, and Python must not try at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ECHEC
    except KeyboardInterrupt:
        dire("Interrompu.")
        return ECHEC
    except Exception as erreur:  # noqa: BLE001 - whatever it is, it is told in a sentence
        if arguments.debug:
            traceback.print_exc()
        from assistmed_desktop.cli.erreurs import expliquer_erreur

        return expliquer_erreur(erreur)


def _sorties_lisibles() -> None:
    """Write UTF-8 to files and pipes; on a terminal, replace what it cannot show rather than fail."""
    for sortie in (sys.stdout, sys.stderr):
        if hasattr(sortie, "reconfigure"):
            with contextlib.suppress(ValueError, OSError):
                if sortie.isatty():
                    sortie.reconfigure(errors="replace")
                else:
                    sortie.reconfigure(encoding="utf-8", errors="backslashreplace")
