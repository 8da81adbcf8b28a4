"""The whole practice as one value, read from and written to the JSON of dossier-v1."""

import json
import re
from typing import Any, Literal

from pydantic import ConfigDict, ValidationError

from assistmed_desktop.domain.assistant import Assistant, Mission
from assistmed_desktop.domain.cabinet import Cabinet, Medecin
from assistmed_desktop.domain.coherence import fautes_de_coherence
from assistmed_desktop.domain.contrat import Contrat
from assistmed_desktop.domain.fautes import RACINE, DossierInvalide, Faute, fautes_de_pydantic
from assistmed_desktop.domain.lecture import lecture_partielle
from assistmed_desktop.domain.suivi import Activite, Mouvement, Releve, Versement
from assistmed_desktop.domain.valeurs import Valeur

FORMAT = "assistmed-dossier"
VERSION = 1


class Dossier(Valeur):
    """A practice: everything the program knows of it, in the order it was entered."""

    model_config = ConfigDict(title="Dossier AssistMed, version 1")

    format: Literal["assistmed-dossier"]
    version: Literal[1]
    cabinet: Cabinet
    medecins: tuple[Medecin, ...]
    contrats: tuple[Contrat, ...]
    assistants: tuple[Assistant, ...]
    missions: tuple[Mission, ...]
    releves: tuple[Releve, ...]
    mouvements: tuple[Mouvement, ...]
    activite: tuple[Activite, ...]
    versements: tuple[Versement, ...]


def fautes_du_dossier(dossier: Dossier) -> list[Faute]:
    """List what is wrong across the objects of a dossier whose objects are each well formed."""
    return sorted(fautes_de_coherence(dossier), key=_place)


def lire_dossier(texte: str | bytes) -> Dossier:
    """Read a dossier from its JSON text.

    Raises:
        DossierInvalide: with every fault and its path, when the text is not a valid dossier.

    """
    brut = _json(texte)
    try:
        dossier = Dossier.model_validate_json(_octets(brut))
    except ValidationError as erreur:
        lisible = lecture_partielle(Dossier, brut)
        fautes = [*fautes_de_pydantic(erreur, brut), *fautes_de_coherence(lisible, partiel=True)]
        raise DossierInvalide(sorted(fautes, key=_place)) from None
    if fautes := fautes_du_dossier(dossier):
        raise DossierInvalide(fautes)
    return dossier


def ecrire_dossier(dossier: Dossier) -> str:
    """Write a dossier as JSON text, keys in the order of dossier-v1, two-space indent, final newline."""
    return json.dumps(dossier.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def schema_json() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of the dossier, from the very models that validate it."""
    schema = Dossier.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _place(faute: Faute) -> tuple[int, list[str | int]]:
    """Order faults as the file reads: by the list they are in, then by index and key."""
    parties = [
        f"{int(partie):09d}" if partie.isdigit() else partie for partie in re.findall(r"[^.\[\]]+", faute.chemin)
    ]
    cles = list(Dossier.model_fields)
    return (cles.index(parties[0]) if parties[0] in cles else len(cles), [*parties])


def _octets(brut: object) -> bytes:
    try:
        return json.dumps(brut, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise _illisible("un caractère de ce fichier est mal codé") from None


def _json(texte: str | bytes) -> dict[str, object]:
    if isinstance(texte, bytes):
        try:
            texte = texte.decode("utf-8-sig")
        except UnicodeDecodeError as erreur:
            raise _illisible(f"le fichier n'est pas en UTF-8 (octet {erreur.start})") from None
    try:
        brut = json.loads(texte, object_pairs_hook=_sans_doublon, parse_constant=_refuser_constante)
    except DossierInvalide:
        raise
    except json.JSONDecodeError as erreur:
        raise _illisible(f"ce n'est pas du JSON : erreur à la ligne {erreur.lineno}, colonne {erreur.colno}") from None
    except RecursionError:
        raise _illisible("ce JSON est trop imbriqué pour être un dossier") from None
    except ValueError:
        raise _illisible("un nombre de ce fichier est trop long") from None
    if not isinstance(brut, dict):
        raise _illisible("un dossier est un objet JSON, entre accolades")
    return brut


def _illisible(message: str) -> DossierInvalide:
    return DossierInvalide([Faute(RACINE, message)])


def _sans_doublon(paires: list[tuple[str, object]]) -> dict[str, object]:
    objet = dict(paires)
    if len(objet) < len(paires):
        cles = [cle for cle, _ in paires]
        double = next(cle for cle in cles if cles.count(cle) > 1)
        raise _illisible(f"la clé « {double} » est écrite deux fois dans le même objet")
    return objet


def _refuser_constante(constante: str) -> object:
    raise _illisible(f"{constante} n'est pas un nombre de JSON")
