"""Where a value stands in a dossier, and the changes that a form makes there: enter, correct, withdraw.

A place is a path of keys and ids: ``("versements",)``, ``("assistants", "a1", "embauches")``. Lists are found by key,
their members by id; a value without an id is found by what it is, so that a form opened before another change still
corrects the line that it shows, or says that it is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from assistmed_desktop.domain.fautes import RACINE, DossierInvalide, Faute
from assistmed_desktop.services.workspace import Operation

if TYPE_CHECKING:
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.valeurs import Valeur

Place = tuple[str, ...]

_VIDE = "créez d'abord le cabinet : ce dossier est vide"
_DISPARU = "ce que vous modifiez a changé depuis l'ouverture de la fiche : fermez-la, puis rouvrez-la"


def ajouter(place: Place, valeur: Valeur, nom: str) -> Operation:
    """Enter a value at the end of a list."""
    return _sur_la_liste(place, nom, lambda liste: (*liste, valeur))


def corriger(place: Place, ancienne: Valeur, nouvelle: Valeur, nom: str) -> Operation:
    """Put a value in the place of another one of a list."""

    def appliquer(liste: tuple[Any, ...]) -> tuple[Any, ...]:
        rang = _rang(liste, ancienne)
        return (*liste[:rang], nouvelle, *liste[rang + 1 :])

    return _sur_la_liste(place, nom, appliquer)


def supprimer(place: Place, valeur: Valeur, nom: str) -> Operation:
    """Withdraw a value from a list."""

    def appliquer(liste: tuple[Any, ...]) -> tuple[Any, ...]:
        rang = _rang(liste, valeur)
        return (*liste[:rang], *liste[rang + 1 :])

    return _sur_la_liste(place, nom, appliquer)


def changer(place: Place, changements: Mapping[str, object], nom: str) -> Operation:
    """Change some keys of an object and leave the others: ``("cabinet",)``, ``("contrats", "c1")``."""
    return Operation(nom, lambda dossier: _dans(_present(dossier), place, lambda objet: _copie(objet, changements)))


def plusieurs(operations: Iterable[Operation], nom: str) -> Operation:
    """Make several changes as one step."""
    suite = tuple(operations)

    def appliquer(dossier: Dossier | None) -> Dossier | None:
        for operation in suite:
            dossier = operation.appliquer(dossier)
        return dossier

    return Operation(nom, appliquer)


def _sur_la_liste(place: Place, nom: str, appliquer: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Operation:
    return Operation(nom, lambda dossier: _dans(_present(dossier), place, appliquer))


def _present(dossier: Dossier | None) -> Dossier:
    if dossier is None:
        raise DossierInvalide([Faute(RACINE, _VIDE)])
    return dossier


def _dans(objet: Any, place: Place, appliquer: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - any value of a dossier
    if not place:
        return appliquer(objet)
    tete, suite = place[0], place[1:]
    if not isinstance(objet, tuple):
        return _copie(objet, {tete: _dans(getattr(objet, tete), suite, appliquer)})
    rang = next((i for i, membre in enumerate(objet) if membre.id == tete), None)
    if rang is None:
        raise _disparu()
    return (*objet[:rang], _dans(objet[rang], suite, appliquer), *objet[rang + 1 :])


def _rang(liste: tuple[Any, ...], valeur: Valeur) -> int:
    """Find a value, the very one first: two lines may be equal."""
    for egal in (lambda autre: autre is valeur, lambda autre: autre == valeur):
        for rang, autre in enumerate(liste):
            if egal(autre):
                return rang
    raise _disparu()


def _copie(objet: Any, changements: Mapping[str, object]) -> Any:  # noqa: ANN401 - any value of a dossier
    return objet.model_copy(update=changements)


def _disparu() -> DossierInvalide:
    return DossierInvalide([Faute(RACINE, _DISPARU)])
