"""The documents that the tests of the domain start from, and how they change one place of them."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from assistmed_desktop.domain.dossier import lire_dossier
from assistmed_desktop.domain.fautes import DossierInvalide

EXEMPLE = Path(__file__).parent.parent / "exemples" / "morvan.json"

Place = tuple[str | int, ...]
Document = dict[str, Any]


def exemple() -> Document:
    """Give the worked example of dossier-v1, fresh."""
    document: Document = json.loads(EXEMPLE.read_text(encoding="utf-8"))
    return document


def complet() -> Document:
    """Give the worked example with every kind of object: two doctors, both contracts, the five amendments."""
    document = exemple()
    medecin, contrat, assistant = document["medecins"][0], document["contrats"][0], document["assistants"][0]
    document["medecins"].append({**medecin, "id": "m2", "nom": "Perrin", "rpps": "10003456794", "numero_am": ""})
    contrat["avenants"] += [
        {"type": "option", "du": "2024-01-01", "option_etp": "1", "motif": ""},
        {
            "type": "objectif",
            "du": "2024-02-01",
            "objectif": {"patientele_mt": 1250, "file_active": None, "evaluation_le": "2025-06-15"},
            "motif": "",
        },
        {
            "type": "adresse",
            "du": "2024-03-01",
            "adresse": "3 rue des Fossés",
            "code_postal": "20000",
            "commune": "Ajaccio",
            "departement": "2A",
            "zonage": "zac",
            "motif": "",
        },
        {"type": "resiliation", "du": "2026-12-31", "motif": "départ à la retraite"},
    ]
    document["contrats"].append(
        {
            "id": "c2",
            "medecins": ["m1", "m2"],
            "texte": "collectif_2026",
            "option_etp": "4",
            "signe_le": "2026-01-05",
            "debut_le": "2026-02-01",
            "duree_ans": 3,
            "tranche": None,
            "reference": {"date": "2025-12-31", "patientele_mt": 2200, "file_active": 3400},
            "objectif": None,
            "avenants": [],
        }
    )
    assistant["affectations"].append({"contrat": "c2", "du": "2026-02-01", "au": "2026-12-31", "etp": "1/3"})
    document["versements"].append({**document["versements"][0], "contrat": "c2", "recu_le": None, "montant_recu": None})
    return document


def place_de(chemin: str) -> Place:
    """Read ``contrats[0].signe_le`` as the keys and indices that lead there."""
    return tuple(int(partie) if partie.isdigit() else partie for partie in re.findall(r"\w+", chemin))


def lire(document: Document, place: Place) -> Any:  # noqa: ANN401 - any JSON value
    """Give what a document holds at a place."""
    for partie in place:
        document = document[partie]  # type: ignore[index] # an index into a list
    return document


def avec(document: Document, chemin: str | Place, valeur: object) -> Document:
    """Give a copy of a document with another value at a place."""
    place = place_de(chemin) if isinstance(chemin, str) else chemin
    copie = deepcopy(document)
    lire(copie, place[:-1])[place[-1]] = valeur
    return copie


def sans(document: Document, chemin: str | Place) -> Document:
    """Give a copy of a document without a place."""
    place = place_de(chemin) if isinstance(chemin, str) else chemin
    copie = deepcopy(document)
    del lire(copie, place[:-1])[place[-1]]
    return copie


def places(valeur: object, ici: Place = ()) -> Iterator[Place]:
    """Give every place of a document but the root, in the order of the file."""
    if isinstance(valeur, dict | list):
        for cle, enfant in valeur.items() if isinstance(valeur, dict) else enumerate(valeur):
            yield (*ici, cle)
            yield from places(enfant, (*ici, cle))


def fautes(document: object) -> list[str]:
    """Read a document and give its faults, one a line; none when it is a dossier."""
    texte = document if isinstance(document, str | bytes) else json.dumps(document, ensure_ascii=False)
    try:
        lire_dossier(texte)
    except DossierInvalide as refus:
        return [str(faute) for faute in refus.fautes]
    return []
