"""The whole practice as one value, read from and written to the JSON of dossier-v1."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from assistmed_desktop.domain.assistant import Assistant, Mission, Observation
from assistmed_desktop.domain.cabinet import Cabinet, Medecin
from assistmed_desktop.domain.changement import LISTES, Places, neufs
from assistmed_desktop.domain.coherence import change_coherent, fautes_de_coherence
from assistmed_desktop.domain.contrat import Contrat, Proposition
from assistmed_desktop.domain.fautes import RACINE, DossierInvalide, Faute, chemin, dans_l_ordre
from assistmed_desktop.domain.lecture import fautes_de_structure, lecture_partielle
from assistmed_desktop.domain.suivi import (
    Activite,
    Correction,
    EcheanceFaite,
    Mouvement,
    Notification,
    Releve,
    Versement,
)
from assistmed_desktop.domain.valeurs import Valeur, facultatif

FORMAT = "assistmed-dossier"
VERSION = 1
PROFONDEUR_MAX = 50
VALEURS_MAX = 250_000
"""How many values a document may hold, an object for eight: three times those of ten doctors over twenty years."""
POIDS_OBJET = 8
FAUTES_MAX = 2000
"""How many faults of form are told one by one."""


def _version_entiere(valeur: object) -> object:
    """Refuse ``true`` and ``1.0``, which Python takes for 1."""
    if type(valeur) is not int:
        raise PydanticCustomError("version_type", "un nombre entier est attendu, sans guillemets ni décimale")
    return valeur


class Dossier(Valeur):
    """A practice: everything the program knows of it, in the order it was entered.

    The last lists, which a dossier may leave out, are not written when they are empty.
    """

    model_config = ConfigDict(title="Dossier AssistMed, version 1")

    format: Literal["assistmed-dossier"]
    version: Annotated[Literal[1], BeforeValidator(_version_entiere)]
    cabinet: Cabinet
    medecins: tuple[Medecin, ...]
    contrats: tuple[Contrat, ...]
    assistants: tuple[Assistant, ...]
    missions: tuple[Mission, ...]
    releves: tuple[Releve, ...]
    mouvements: tuple[Mouvement, ...]
    activite: tuple[Activite, ...]
    versements: tuple[Versement, ...]
    corrections: tuple[Correction, ...] = facultatif(
        (), "les chiffres de la CPAM que le médecin conteste, et ce qu'elle en répond"
    )
    notifications: tuple[Notification, ...] = facultatif(
        (), "les montants annuels notifiés par la CPAM : ils l'emportent sur tout calcul"
    )
    echeances_faites: tuple[EcheanceFaite, ...] = facultatif((), "les échéances tenues, et le jour où elles l'ont été")
    observations: tuple[Observation, ...] = facultatif((), "le temps de médecin libéré, compté un jour donné")
    propositions: tuple[Proposition, ...] = facultatif((), "ce que la caisse propose pour le contrat suivant")


def fautes_du_dossier(dossier: Dossier) -> list[Faute]:
    """List what is wrong across the objects of a dossier whose objects are each well formed."""
    fautes = fautes_de_coherence(dossier)
    return dans_l_ordre(fautes, dossier.model_dump(mode="json")) if fautes else []


def lire_dossier(texte: str | bytes) -> Dossier:
    """Read a dossier from its JSON text.

    Raises:
        DossierInvalide: with every fault and its path, when the text is not a valid dossier.

    """
    brut = _json(texte)
    try:
        dossier = Dossier.model_validate_json(_octets(brut))
    except ValidationError as erreur:
        if erreur.error_count() > FAUTES_MAX:
            raise _illisible(
                f"plus de {FAUTES_MAX} fautes de forme : ce n'est pas un dossier AssistMed, ou il est très abîmé"
            ) from None
        fautes, devine = fautes_de_structure(Dossier, brut)
        fautes += fautes_de_coherence(lecture_partielle(Dossier, devine), partiel=True)
    else:
        fautes = fautes_de_coherence(dossier)
        if not fautes:
            return dossier
    raise DossierInvalide(dans_l_ordre(fautes, brut))


def verifier_changement(avant: Dossier | None, apres: Dossier) -> None:
    """Check a dossier that comes from a valid one: the values that both hold were read over already.

    Raises:
        DossierInvalide: with every fault and its path.

    """
    if avant is None:
        lire_dossier(ecrire_dossier(apres))
        return
    nouveaux = neufs(avant, apres)
    if not _bien_formes(apres, nouveaux):
        lire_dossier(ecrire_dossier(apres))
    elif not change_coherent(avant, apres, nouveaux):
        raise DossierInvalide(fautes_du_dossier(apres))


def _bien_formes(dossier: Dossier, nouveaux: Mapping[str, Places]) -> bool:
    """Say whether the objects that are new in a dossier are well formed, and what is in no list."""
    listes = {cle: tuple(objet for _, objet in nouveaux.get(cle, ())) for cle in LISTES}
    try:
        Dossier.model_validate_json(dossier.model_copy(update=listes).model_dump_json())
    except ValidationError:
        return False
    return True


def ecrire_dossier(dossier: Dossier) -> str:
    """Write a dossier as JSON text, keys in the order of dossier-v1, two-space indent, final newline."""
    return dossier.model_dump_json(indent=2) + "\n"


def schema_json() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of the dossier, from the very models that validate it."""
    schema = Dossier.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


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
        raise _illisible(_IMBRIQUE) from None
    except ValueError:
        raise _illisible("un nombre de ce fichier est trop long") from None
    if not isinstance(brut, dict):
        raise _illisible("un dossier est un objet JSON, entre accolades")
    _mesurer(brut)
    return brut


_IMBRIQUE = "ce JSON est trop imbriqué pour être un dossier"


def _mesurer(brut: object) -> None:
    """Refuse a document too deep or too large to be a practice: telling all its faults would take the whole memory."""
    etage, reste = [brut], VALEURS_MAX
    for _ in range(PROFONDEUR_MAX):
        reste -= len(etage) + (POIDS_OBJET - 1) * sum(isinstance(objet, dict) for objet in etage)
        if reste < 0:
            raise _illisible(
                "ce fichier contient bien plus de choses qu'un cabinet : ce n'est pas un dossier AssistMed"
            )
        etage = [
            enfant
            for objet in etage
            if isinstance(objet, dict | list)
            for enfant in (objet.values() if isinstance(objet, dict) else objet)
        ]
    if etage:
        raise _illisible(_IMBRIQUE)


def _illisible(message: str) -> DossierInvalide:
    return DossierInvalide([Faute(RACINE, message)])


def _sans_doublon(paires: list[tuple[str, object]]) -> dict[str, object]:
    objet = dict(paires)
    if len(objet) < len(paires):
        double = next(cle for cle, fois in Counter(cle for cle, _ in paires).items() if fois > 1)
        raise _illisible(f"la clé « {chemin(double)} » est écrite deux fois dans le même objet")
    return objet


def _refuser_constante(constante: str) -> object:
    raise _illisible(f"{constante} n'est pas un nombre de JSON")
