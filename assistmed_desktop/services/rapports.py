"""The reports: what one is made of, what is kept of one that was issued, and the fingerprint of what it says."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final, Literal

from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier

Moyen = Literal["enregistre", "imprime"]
"""How a report left the program: as a file, or on paper."""

CHIFFRES_EMPREINTE: Final = 12
"""How many digits of a fingerprint are printed and shown: enough to tell two apart."""

CONTENU_GARDE: Final = 5_000_000
"""The size, in bytes, up to which the practice keeps the report itself."""


@dataclass(frozen=True)
class Rapport:
    """A report ready to be read, saved or printed.

    Args:
        genre: which report it is.
        contrat: the contract that it is about.
        sujet: how that contract is called, for a reader to whom the contract may no longer be known.
        au: the day that it describes.
        nom: the file name proposed.
        empreinte: the fingerprint of the practice that it was made from.
        version: that of the program that made it.
        contenu: the PDF.

    """

    genre: str
    contrat: str
    sujet: str
    au: date
    nom: str
    empreinte: str
    version: str
    contenu: bytes

    @property
    def empreinte_fichier(self) -> str:
        """The fingerprint of the PDF."""
        return sha256(self.contenu).hexdigest()


@dataclass(frozen=True)
class RapportEmis:
    """A report that was issued, as Rapport without its content; ``garde`` says whether the practice has that too."""

    cle: int
    genre: str
    contrat: str
    sujet: str
    au: date
    emis_le: datetime
    moyen: Moyen
    nom: str
    empreinte: str
    empreinte_fichier: str
    version: str
    garde: bool

    def rouvrir(self, contenu: bytes) -> Rapport:
        """Give the report again, as it was."""
        return Rapport(self.genre, self.contrat, self.sujet, self.au, self.nom, self.empreinte, self.version, contenu)


def empreinte(dossier: Dossier) -> str:
    """Give the fingerprint of a dossier: SHA-256 of its canonical JSON, in hexadecimal."""
    return sha256(ecrire_dossier(dossier).encode()).hexdigest()
