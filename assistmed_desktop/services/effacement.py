"""What a store is asked to erase for good."""

from dataclasses import dataclass
from datetime import date
from typing import Final

NOM_ETAPE: Final = "Effacer ce qui n'a plus à être gardé"


@dataclass(frozen=True, slots=True)
class Effacement:
    """What the store is to erase for good, of what is no longer in the dossier.

    ``suivi`` gives, by doctor, the day before which; ``noms`` are replaced by ``pseudonyme`` in the texts kept; ``pdf``
    drops the PDF of every report issued, whose trace stays; ``sauvegardes`` drops the copies of the base.
    """

    contrats: tuple[str, ...] = ()
    assistants: tuple[str, ...] = ()
    suivi: tuple[tuple[str, date], ...] = ()
    rapports: tuple[int, ...] = ()
    retires_avant: date | None = None
    noms: tuple[str, ...] = ()
    pseudonyme: str = ""
    pdf: bool = False
    sauvegardes: bool = False
