"""Read what can be read of a faulty dossier, so that all its faults are told in one go."""

import json
from contextlib import suppress
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin

from pydantic import ConfigDict, TypeAdapter, ValidationError

from assistmed_desktop.domain.valeurs import Valeur

M = TypeVar("M", bound=Valeur)

_ETIQUETTES = ("texte", "type")


def lecture_partielle(modele: type[M], brut: object) -> M:
    """Build the model from its readable values; a faulty one is left out and raises AttributeError when read."""
    with suppress(ValidationError):
        return modele.model_validate_json(json.dumps(brut))
    valeurs: dict[str, object] = {}
    if isinstance(brut, dict):
        for nom, champ in modele.model_fields.items():
            if nom in brut:
                try:
                    valeurs[nom] = _lire(modele, nom, champ.annotation, brut[nom])
                except ValidationError:
                    continue
    construire: Any = modele.model_construct
    return cast("M", construire(**valeurs))


def _lire(modele: type[Valeur], nom: str, annotation: Any, brut: object) -> object:  # noqa: ANN401 - any annotation
    if get_origin(annotation) is tuple and isinstance(brut, list):
        return tuple(_lire(modele, nom, get_args(annotation)[0], element) for element in brut)
    if modeles := _modeles(annotation):
        return None if brut is None else lecture_partielle(_choisi(modeles, brut), brut)
    return _lecteur(modele, nom).validate_json(json.dumps(brut))


def _modeles(annotation: Any) -> list[type[Valeur]]:  # noqa: ANN401 - any annotation
    """Give the models an annotation may hold: one, or the members of a union."""
    origine = get_origin(annotation)
    if origine in (Annotated, Union, UnionType):
        return [modele for argument in get_args(annotation) for modele in _modeles(argument)]
    return [annotation] if isinstance(annotation, type) and issubclass(annotation, Valeur) else []


def _choisi(modeles: list[type[Valeur]], brut: object) -> type[Valeur]:
    """Choose the member of a union by its tag; an unknown tag gives the empty model, which has nothing to check."""
    if len(modeles) == 1:
        return modeles[0]
    for modele in modeles:
        for cle in _ETIQUETTES:
            champ = modele.model_fields.get(cle)
            valeurs = get_args(champ.annotation) if champ and get_origin(champ.annotation) is Literal else ()
            if isinstance(brut, dict) and brut.get(cle) in valeurs:
                return modele
    return Valeur


@cache
def _lecteur(modele: type[Valeur], nom: str) -> TypeAdapter[Any]:
    champ = modele.model_fields[nom]
    return TypeAdapter(Annotated[champ.annotation, champ], config=ConfigDict(strict=True, allow_inf_nan=False))
