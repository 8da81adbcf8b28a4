"""What a report carries, read back from its PDF: its data, their evaluation, and which report it is."""

from __future__ import annotations

import json
import zlib
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from assistmed_desktop.services.rapports import GENRES, Demande, Pieces

if TYPE_CHECKING:
    from pikepdf import Pdf

DOSSIER_JOINT: Final = "dossier.json"
EVALUATION_JOINTE: Final = "evaluation.json"
RAPPORT_JOINT: Final = "rapport.json"

FORMAT: Final = "assistmed-rapport"
VERSION: Final = 1
_PIECE_MAX: Final = 10 * 1024 * 1024
"""The largest attachment read, in bytes: twice the largest dossier."""


class RapportIllisible(OSError):  # noqa: N818 - a French name, as the whole domain
    """A PDF cannot be read, or what it carries is not what a report carries; a French sentence for the user."""


def ecrire_demande(demande: Demande, programme: str, empreinte: str) -> str:
    """Write which report a PDF is, as the JSON that it carries."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "genre": demande.genre,
        "contrat": demande.contrat,
        "au": demande.au.isoformat(),
        "depuis": None if demande.depuis is None else demande.depuis.isoformat(),
        "programme": programme,
        "empreinte": empreinte,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def pieces_jointes(contenu: bytes) -> Pieces | None:
    """Give what a report carries; None for a PDF that carries nothing of the kind.

    Raises:
        RapportIllisible: when it is not a PDF, or its attachments are not those that the program wrote.

    """
    from pikepdf import Pdf, PdfError

    try:
        with Pdf.open(BytesIO(contenu)) as pdf:
            if RAPPORT_JOINT not in pdf.attachments:
                return None
            dossier, evaluation, rapport = (
                _piece(pdf, nom) for nom in (DOSSIER_JOINT, EVALUATION_JOINTE, RAPPORT_JOINT)
            )
    except (PdfError, KeyError, zlib.error) as erreur:
        raise RapportIllisible("Ce fichier n'est pas un PDF que ce programme puisse lire.") from erreur
    try:
        demande, programme, empreinte = _lire_demande(json.loads(rapport))
        chiffres = json.loads(evaluation)
    except (ValueError, TypeError, KeyError, RecursionError) as erreur:
        raise RapportIllisible("Ce rapport a été fait par un autre programme, ou modifié depuis.") from erreur
    if sha256(dossier).hexdigest() != empreinte:
        raise RapportIllisible("Les données jointes à ce rapport ont été modifiées depuis qu'il est sorti.")
    return Pieces(demande, dossier, chiffres, programme, empreinte)


def _lire_demande(lu: dict[str, Any]) -> tuple[Demande, str, str]:
    genre = next((genre.cle for genre in GENRES if genre.cle == lu["genre"]), None)
    if genre is None or (lu["format"], lu["version"]) != (FORMAT, VERSION):
        raise ValueError(lu["format"])
    depuis = lu["depuis"]
    demande = Demande(
        genre,
        str(lu["contrat"]),
        date.fromisoformat(lu["au"]),
        None if depuis is None else date.fromisoformat(depuis),
    )
    return demande, str(lu["programme"]), str(lu["empreinte"])


def _piece(pdf: Pdf, nom: str) -> bytes:
    """Give an attachment, never more than its size allows: a few bytes may hold gigabytes."""
    flux = pdf.attachments[nom].get_file().obj
    brut = flux.read_raw_bytes()
    if flux.get("/Filter") is None:
        return _bornee(brut, brut[_PIECE_MAX:])
    decompresse = zlib.decompressobj()
    return _bornee(decompresse.decompress(brut, _PIECE_MAX), decompresse.unconsumed_tail)


def _bornee(contenu: bytes, reste: bytes) -> bytes:
    if reste:
        raise RapportIllisible("Une pièce jointe à ce PDF est trop grosse pour être celle d'un rapport.")
    return contenu
