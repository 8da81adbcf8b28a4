"""The reports: what one is made of, what is kept of one that was issued, and the fingerprint of what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal

from assistmed_desktop.formats import nom_de_fichier

if TYPE_CHECKING:
    from assistmed_desktop.domain.dossier import Dossier

CleGenre = Literal["etape", "annuel", "renouvellement", "versements"]
Moyen = Literal["enregistre", "imprime"]
"""How a report left the program: as a file, or on paper."""

CHIFFRES_EMPREINTE: Final = 12
"""How many digits of a fingerprint are printed and shown: enough to tell two apart."""

CONTENU_GARDE: Final = 5_000_000
"""The size, in bytes, up to which the practice keeps the report itself."""


@dataclass(frozen=True)
class Genre:
    """A kind of report: its key, its name, what one says of it (``Le bilan``), what it is for."""

    cle: CleGenre
    nom: str
    sujet: str
    aide: str


GENRES: Final = (
    Genre(
        "annuel",
        "Bilan annuel",
        "Le bilan",
        "Où en est le contrat, avec les chiffres, les calculs et les textes. Il est fait pour être remis à la CPAM.",
    ),
    Genre(
        "etape",
        "Bilan d’étape",
        "Le bilan d’étape",
        "Ce qui a changé depuis le dernier échange avec la CPAM, en deux pages.",
    ),
    Genre(
        "renouvellement",
        "Dossier de renouvellement",
        "Le dossier de renouvellement",
        "Toute la vie du contrat, année par année, pour demander le suivant ou répondre à ce que la caisse propose.",
    ),
    Genre(
        "versements",
        "Relevé des versements",
        "Le relevé des versements",
        "Ce qui était dû, ce qui est reçu, l’écart et les références, pour un rappel à la caisse ou pour le comptable.",
    ),
)


def genre_de(cle: str) -> Genre:
    """Give a kind of report; the first for one that a newer program has issued."""
    return next((genre for genre in GENRES if genre.cle == cle), GENRES[0])


@dataclass(frozen=True)
class Demande:
    """A report that is asked for: its kind, the contract, the day it describes.

    ``depuis`` is the day of the last exchange with the caisse, which a *bilan d'étape* begins at; None takes it from
    the practice.
    """

    genre: CleGenre
    contrat: str
    au: date
    depuis: date | None = None


@dataclass(frozen=True)
class Redige:
    """A report as it was written: the PDF, and the fingerprint of the data that it carries."""

    contenu: bytes
    empreinte: str


@dataclass(frozen=True)
class Rapport:
    """A report ready to be read, saved or printed.

    Args:
        genre: which report it is.
        contrat: the contract that it is about.
        sujet: how that contract is called, for a reader to whom the contract may no longer be known.
        au: the day that it describes.
        nom: the file name proposed.
        empreinte: the fingerprint of the data that it was made from and carries.
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


def nom_du_rapport(dossier: Dossier, demande: Demande) -> str:
    """Give a sensible file name for a report: ``2026-11-15 Bilan annuel – Dr Lambert.pdf``."""
    medecins = next(contrat.medecins for contrat in dossier.contrats if contrat.id == demande.contrat)
    noms = [medecin.nom for medecin in dossier.medecins if medecin.id in medecins]
    sujet = f"Dr {noms[0]}" if len(noms) == 1 else dossier.cabinet.nom
    return f"{demande.au.isoformat()} {genre_de(demande.genre).nom} – {nom_de_fichier(sujet)}.pdf"


def empreinte(dossier: Dossier) -> str:
    """Give the fingerprint of a dossier: SHA-256 of its canonical JSON, in hexadecimal."""
    from assistmed_desktop.domain.dossier import ecrire_dossier  # the kinds of reports are known without it

    return sha256(ecrire_dossier(dossier).encode()).hexdigest()
