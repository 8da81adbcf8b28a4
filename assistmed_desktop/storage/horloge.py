"""Whether the clock of the computer is behind what a practice already holds: set back, or its battery dead."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.services.sauvegardes import moment
from assistmed_desktop.storage.erreurs import erreurs_traduites
from assistmed_desktop.storage.journal import dernier_moment
from assistmed_desktop.storage.sauvegardes import derniere_saisie, lister

TOLERANCE: Final = timedelta(hours=1)
"""A computer that sets its clock right by the network goes back by less."""


def recul(connexion: sqlite3.Connection, base: Path, maintenant: datetime) -> str:
    """Say in French that the clock is behind the last thing done to an open base, or its last copy; else nothing.

    Raises:
        ErreurBase: when the base cannot be read.

    """
    with erreurs_traduites(base):
        fait = dernier_moment(connexion) or derniere_saisie(connexion)
    if fait is not None and fait > maintenant + TOLERANCE:
        return _phrase("la dernière modification de ce cabinet a été faite", fait, maintenant)
    copies = [copie.le for copie in lister(base)]
    sues = [le for le in copies if le <= maintenant + TOLERANCE]
    # Once a copy follows the last change, those of days to come are of a clock that was ahead, and is right by now.
    if copies and max(copies) > maintenant + TOLERANCE and (not sues or (fait is not None and max(sues) < fait)):
        return _phrase("la dernière sauvegarde de ce cabinet a été faite", max(copies), maintenant)
    return ""


def _phrase(quoi: str, fait: datetime, maintenant: datetime) -> str:
    return (
        f"L'horloge de cet ordinateur semble en retard{INSECABLE}: elle dit que nous sommes {moment(maintenant)}, "
        f"alors que {quoi} {moment(fait)}. Tout ce qui était enregistré est là. Mais les échéances se calculent au "
        f"jour de l'ordinateur, et ce que vous saisirez en portera la date{INSECABLE}: réglez la date et l'heure, puis "
        "rouvrez le cabinet. Si elles sont justes, c'est ce jour-là que l'horloge était en avance, et il n'y a rien à "
        "faire."
    )
