"""The documents that the tests of the domain start from, and how they change one place of them."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from assistmed_desktop.domain.dossier import lire_dossier
from assistmed_desktop.domain.fautes import DossierInvalide, chemin

EXEMPLE = Path(__file__).parent.parent / "exemples" / "morvan.json"

FACULTATIVES = re.compile(
    r"""
    corrections|notifications|echeances_faites|observations|propositions
    | contrats\[\d+\]\.(derogation|structure|gains_anterieurs|adhesions|docteurs_juniors)
    | contrats\[\d+\]\.avenants\[\d+\]\.(cause|notifie_le)
    | contrats\[\d+\]\.adhesions\[\d+\]\.reference
    | assistants\[\d+\]\.(couts|absences\[\d+\]\.conges)
    | echeances_faites\[\d+\]\.assistant
    """,
    re.VERBOSE,
)
"""The paths that a dossier may leave out; what they mean then is never written."""

Place = tuple[str | int, ...]
Document = dict[str, Any]


def exemple() -> Document:
    """Give the worked example of dossier-v1, fresh."""
    document: Document = json.loads(EXEMPLE.read_text(encoding="utf-8"))
    return document


def complet() -> Document:
    """Give the worked example with every kind of object: two doctors, both contracts, the five amendments.

    Every key that may be left out is there at least once.
    """
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
    contrat["derogation"] = "moins_de_16_ans"
    document["contrats"][1].update(_facultatifs_du_groupe())
    assistant["absences"][0]["conges"] = True
    assistant["couts"] = [
        {"du": "2022-03-15", "au": "2023-12-31", "brut_mensuel": 1050.5, "charges_mensuelles": 0},
    ]
    assistant["affectations"].append({"contrat": "c2", "du": "2026-02-01", "au": "2026-12-31", "etp": "1/3"})
    document["versements"].append({**document["versements"][0], "contrat": "c2", "recu_le": None, "montant_recu": None})
    document.update(_facultatifs_du_suivi())
    return document


def _facultatifs_du_groupe() -> Document:
    return {
        "avenants": [
            {"type": "resiliation", "du": "2028-12-31", "motif": "", "cause": "cpam", "notifie_le": "2028-10-20"}
        ],
        "structure": "sisa",
        "gains_anterieurs": {"patientele_mt": 350, "file_active": 0},
        "adhesions": [
            {
                "medecin": "m1",
                "du": "2026-02-01",
                "au": "2028-01-31",
                "reference": {"date": "2025-12-31", "patientele_mt": 1150, "file_active": 1700},
            },
        ],
        "docteurs_juniors": [{"medecin": "m1", "du": "2026-11-01", "au": "2027-10-31"}],
    }


def _facultatifs_du_suivi() -> Document:
    faite = {"contrat": "c1", "code": "point_etape", "le": "2022-09-15", "faite_le": "2022-09-20", "note": ""}
    return {
        "corrections": [
            {
                "medecin": "m1",
                "indicateur": "file_active",
                "releve_le": "2024-12-31",
                "valeur_cpam": 1790,
                "valeur_demandee": 1812,
                "demandee_le": "2025-01-20",
                "repondue_le": "2025-03-03",
                "valeur_accordee": 1805,
                "note": "courrier du 20\u00a0janvier",
            }
        ],
        "notifications": [
            {"contrat": "c1", "annee_contrat": 3, "montant": 9876.54, "notifie_le": "2025-04-02", "reference": "N° 3"}
        ],
        "echeances_faites": [
            faite,
            {**faite, "code": "contrat_travail_cpam", "le": "2022-04-15", "faite_le": "2022-03-28", "assistant": "a1"},
        ],
        "observations": [{"assistant": "a1", "date": "2025-01-13", "minutes_medecin_liberees": 95}],
        "propositions": [
            {
                "contrat": "c1",
                "recue_le": "2026-12-01",
                "option_etp": "1",
                "reference": {"date": "2026-09-30", "patientele_mt": 1190, "file_active": 1860},
                "objectif": {"patientele_mt": 1190, "file_active": 1950, "evaluation_le": "2030-03-15"},
                "note": "",
            },
            {
                "contrat": "c1",
                "recue_le": "2027-01-10",
                "option_etp": None,
                "reference": None,
                "objectif": {"patientele_mt": None, "file_active": None, "evaluation_le": None},
                "note": "à discuter",
            },
        ],
    }


def place_de(texte: str) -> Place:
    """Read ``contrats[0].signe_le`` as the keys and indices that lead there."""
    return tuple(int(partie) if partie.isdigit() else partie for partie in re.findall(r"\w+", texte))


def lire(document: Document, place: Place) -> Any:  # noqa: ANN401 - any JSON value
    """Give what a document holds at a place."""
    for partie in place:
        document = document[partie]  # type: ignore[index] # an index into a list
    return document


def avec(document: Document, ici: str | Place, valeur: object) -> Document:
    """Give a copy of a document with another value at a place."""
    place = place_de(ici) if isinstance(ici, str) else ici
    copie = deepcopy(document)
    lire(copie, place[:-1])[place[-1]] = valeur
    return copie


def sans(document: Document, ici: str | Place) -> Document:
    """Give a copy of a document without a place."""
    place = place_de(ici) if isinstance(ici, str) else ici
    copie = deepcopy(document)
    del lire(copie, place[:-1])[place[-1]]
    return copie


def places(valeur: object, ici: Place = ()) -> Iterator[Place]:
    """Give every place of a document but the root, in the order of the file."""
    if isinstance(valeur, dict | list):
        for cle, enfant in valeur.items() if isinstance(valeur, dict) else enumerate(valeur):
            yield (*ici, cle)
            yield from places(enfant, (*ici, cle))


def ecrit(document: Document) -> Document:
    """Give a valid document as it is written: without the keys that only say what leaving them out says."""
    for place in reversed(list(places(document))):
        if FACULTATIVES.fullmatch(chemin(*place)) and lire(document, place) in (None, False, []):
            document = sans(document, place)
    return document


def fautes(document: object) -> list[str]:
    """Read a document and give its faults, one a line; none when it is a dossier."""
    texte = document if isinstance(document, str | bytes) else json.dumps(document, ensure_ascii=False)
    try:
        lire_dossier(texte)
    except DossierInvalide as refus:
        return [str(faute) for faute in refus.fautes]
    return []
