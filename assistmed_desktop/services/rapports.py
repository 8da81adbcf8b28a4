"""The reports: what one is made of, what is kept of one that was issued, and the fingerprint of what it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from assistmed_desktop import __version__
from assistmed_desktop.formats import nom_de_fichier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
        "Ce qui a changé depuis le dernier échange, en deux pages.",
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
class Pieces:
    """What a report carries: which one it is, its data and their evaluation, the program that made it.

    Args:
        demande: what makes the same report again from that data.
        dossier: the data, as a JSON dossier.
        evaluation: the evaluation, as JSON values.
        programme: the name and the version of the program.
        empreinte: the fingerprint of the data.

    """

    demande: Demande
    dossier: bytes
    evaluation: dict[str, Any]
    programme: str
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
        from hashlib import sha256

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
    return _nom(dossier, demande, "")


def noms_des_rapports(dossier: Dossier, demandes: Sequence[Demande]) -> list[str]:
    """Give file names for reports that go into one folder: no two alike, were it for their capitals alone.

    Those of one name also have the day that their contract began, then a rank.
    """
    noms = [nom_du_rapport(dossier, demande) for demande in demandes]
    debuts = {contrat.id: contrat.debut_le for contrat in dossier.contrats}
    fois = Counter(nom.casefold() for nom in noms)
    pris: Counter[str] = Counter()
    for rang, demande in enumerate(demandes):
        if fois[noms[rang].casefold()] > 1:
            noms[rang] = _nom(dossier, demande, f", contrat du {debuts[demande.contrat].isoformat()}")
        pris[noms[rang].casefold()] += 1
        noms[rang] = nom_numerote(noms[rang], pris[noms[rang].casefold()])
    return noms


def nom_numerote(nom: str, rang: int) -> str:
    """Give the file name of the second of one name: ``… (2).pdf``."""
    return nom if rang == 1 else f"{nom.removesuffix('.pdf')} ({rang}).pdf"


def _nom(dossier: Dossier, demande: Demande, suite: str) -> str:
    medecins = next(contrat.medecins for contrat in dossier.contrats if contrat.id == demande.contrat)
    noms = [medecin.nom for medecin in dossier.medecins if medecin.id in medecins]
    sujet = nom_de_fichier(f"Dr {noms[0]}" if len(noms) == 1 else dossier.cabinet.nom) or "cabinet"
    return f"{demande.au.isoformat()} {genre_de(demande.genre).nom} – {sujet}{suite}.pdf"


def rapport_de(dossier: Dossier, demande: Demande, redige: Redige, nom: str = "") -> Rapport:
    """Give a report that was written, to be read, saved or printed; ``nom`` is its file name, else a sensible one."""
    from assistmed_desktop.services.noms import nom_contrat

    contrat = next(contrat for contrat in dossier.contrats if contrat.id == demande.contrat)
    return Rapport(
        genre=demande.genre,
        contrat=demande.contrat,
        sujet=nom_contrat(dossier, contrat),
        au=demande.au,
        nom=nom or nom_du_rapport(dossier, demande),
        empreinte=redige.empreinte,
        version=__version__,
        contenu=redige.contenu,
    )


def empreinte(dossier: Dossier) -> str:
    """Give the fingerprint of a dossier: SHA-256 of its canonical JSON, in hexadecimal."""
    from hashlib import sha256

    from assistmed_desktop.domain.dossier import ecrire_dossier  # the kinds of reports are known without either

    return sha256(ecrire_dossier(dossier).encode()).hexdigest()


def empreintes_du_jour(
    dossier: Dossier, rapports: Iterable[tuple[str, date]]
) -> dict[tuple[str, date], frozenset[str]]:
    """Give, for a contract and a day, the fingerprints by which a report says what it would say if made anew.

    That of its extract; that of the whole practice, which reports once carried; none when the contract is gone.
    """
    from assistmed_desktop.services.extrait import extraire

    presents, toutes = {contrat.id for contrat in dossier.contrats}, empreinte(dossier)
    return {
        (contrat, au): frozenset({toutes, empreinte(extraire(dossier, contrat, au))} if contrat in presents else ())
        for contrat, au in rapports
    }
