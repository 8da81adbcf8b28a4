"""Read what can be read of a faulty dossier, so that all its faults are told in one go."""

import json
from collections.abc import Set as AbstractSet
from contextlib import suppress
from copy import deepcopy
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from assistmed_desktop.domain.contrat import Avenant, Contrat
from assistmed_desktop.domain.fautes import Faute, fautes_de_pydantic, genre_inconnu, lieu
from assistmed_desktop.domain.valeurs import Valeur

M = TypeVar("M", bound=Valeur)

_GENRES: dict[str | int, Any] = {"texte": Contrat, "type": Avenant}


def fautes_de_structure(modele: type[Valeur], brut: object) -> tuple[list[Faute], object]:
    """List every fault of structure, and give the document in which to look for those across objects.

    An object of unknown kind would hide its other faults: in that document it is of the kind its keys suggest.
    """
    fautes: list[Faute] = []
    while True:
        try:
            modele.model_validate_json(json.dumps(brut))
        except ValidationError as erreur:
            details = erreur.errors(include_url=False)
        else:
            return fautes, brut
        sans_genre = [detail for detail in details if genre_inconnu(detail)]
        fautes += fautes_de_pydantic(sans_genre or details)
        if not sans_genre:
            return fautes, brut
        brut = deepcopy(brut)
        for detail in sans_genre:
            _donner_un_genre(brut, detail)


def _donner_un_genre(brut: Any, detail: ErrorDetails) -> None:  # noqa: ANN401 - any JSON value
    *parties, cle = lieu(detail)
    objet = brut
    for partie in parties:
        objet = objet[partie]
    proche = min(_modeles(_GENRES[cle]), key=lambda modele: _ecart(modele, objet.keys()))
    objet[cle] = _valeurs_du_genre(proche, str(cle))[0]


def _ecart(modele: type[Valeur], cles: AbstractSet[str]) -> int:
    """Count the keys that an object lacks and those that it has too many, to be of a model."""
    exigees = {nom for nom, champ in modele.model_fields.items() if champ.is_required()}
    return len(exigees - cles) + len(cles - modele.model_fields.keys())


def lecture_partielle(modele: type[M], brut: object) -> M:
    """Build the model from its readable values; a faulty one is left out and raises AttributeError when read.

    A key that may be absent, and is, has the value that this means.
    """
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
    lu = cast("M", construire(**valeurs))
    for nom in modele.model_fields.keys() - valeurs.keys():
        if not isinstance(brut, dict) or nom in brut:
            lu.__dict__.pop(nom, None)
    return lu


def _lire(modele: type[Valeur], nom: str, annotation: Any, brut: object) -> object:  # noqa: ANN401 - any annotation
    if get_origin(annotation) is tuple and isinstance(brut, list):
        annotation_d_un = get_args(annotation)[0]
        if _modeles(annotation_d_un):
            return tuple(_lire(modele, nom, annotation_d_un, element) for element in brut)
    elif modeles := _modeles(annotation):
        return None if brut is None else lecture_partielle(_choisi(modeles, brut), brut)
    return _lecteur(modele, nom).validate_json(json.dumps(brut))


def _modeles(annotation: Any) -> list[type[Valeur]]:  # noqa: ANN401 - any annotation
    """Give the models an annotation may hold: one, or the members of a union."""
    origine = get_origin(annotation)
    if origine in (Annotated, Union, UnionType):
        return [modele for argument in get_args(annotation) for modele in _modeles(argument)]
    return [annotation] if isinstance(annotation, type) and issubclass(annotation, Valeur) else []


def _choisi(modeles: list[type[Valeur]], brut: object) -> type[Valeur]:
    """Choose the member of a union by its tag; what is not an object gives the empty model: nothing to check."""
    if len(modeles) == 1:
        return modeles[0]
    for modele in modeles:
        for cle in ("texte", "type"):
            if isinstance(brut, dict) and brut.get(cle) in _valeurs_du_genre(modele, cle):
                return modele
    return Valeur


def _valeurs_du_genre(modele: type[Valeur], cle: str) -> tuple[Any, ...]:
    champ = modele.model_fields.get(cle)
    return get_args(champ.annotation) if champ and get_origin(champ.annotation) is Literal else ()


@cache
def _lecteur(modele: type[Valeur], nom: str) -> TypeAdapter[Any]:
    champ = modele.model_fields[nom]
    annotation: Any = Annotated[champ.annotation, champ]
    return TypeAdapter(annotation, config=ConfigDict(strict=True, allow_inf_nan=False))
