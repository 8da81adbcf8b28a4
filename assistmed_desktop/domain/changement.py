"""What a change touches: the objects that it made, and those that it may have left without what they name."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from assistmed_desktop.domain.ecarts import ecarts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assistmed_desktop.domain.valeurs import Valeur

Places = list[tuple[int, Any]]
"""Objects of a list, each with its place in it."""

LISTES = (
    "medecins",
    "contrats",
    "assistants",
    "missions",
    "releves",
    "mouvements",
    "activite",
    "versements",
    "corrections",
    "notifications",
    "echeances_faites",
    "observations",
    "propositions",
)

LISTES_NOMMEES = {"medecin": "medecins", "contrat": "contrats", "assistant": "assistants"}

REFERENCES = (
    ("missions", "assistant"),
    ("releves", "medecin"),
    ("mouvements", "medecin"),
    ("activite", "medecin"),
    ("versements", "contrat"),
    ("corrections", "medecin"),
    ("notifications", "contrat"),
    ("echeances_faites", "contrat"),
    ("echeances_faites", "assistant"),
    ("observations", "assistant"),
    ("propositions", "contrat"),
)
"""Each list, and the key by which its objects name another one."""

_DEPENDANTES = {
    nommee: {liste for liste, reference in REFERENCES if reference == cle} for cle, nommee in LISTES_NOMMEES.items()
}
_DEPENDANTES["medecins"].add("contrats")
_DEPENDANTES["contrats"].add("assistants")


def neufs(avant: Valeur, apres: Valeur) -> dict[str, Places]:
    """Give, of each list that changed, the objects that it did not hold before."""
    return {
        cle: [(i, liste[i]) for ecart in ecarts(ancienne, liste) for i in range(len(liste))[ecart.apres]]
        for cle in LISTES
        for ancienne, liste in [(getattr(avant, cle), getattr(apres, cle))]
        if ancienne is not liste
    }


def tous(dossier: Valeur) -> dict[str, Places]:
    """Give every object, of the lists that can be read."""
    return {cle: list(enumerate(getattr(dossier, cle, ()))) for cle in LISTES}


def touches(avant: Valeur, apres: Valeur, nouveaux: Mapping[str, Places]) -> dict[str, Places]:
    """Give the objects of each list that a change made, or may have left without what they name."""
    touches = {cle: nouveaux.get(cle, []) for cle in LISTES}
    for liste in _DEPENDANTES.keys() & nouveaux.keys():
        if not _nommes(getattr(avant, liste)) <= _nommes(getattr(apres, liste)):
            touches |= {cle: list(enumerate(getattr(apres, cle))) for cle in _DEPENDANTES[liste]}
    return touches


def _nommes(objets: Iterable[Any]) -> set[tuple[str, int | None]]:
    """Give what other lists know of some objects: their ids, and how long a contract lasts."""
    return {(objet.id, getattr(objet, "duree_ans", None)) for objet in objets}


def proches(dossier: Valeur, liste: str, a_voir: Mapping[str, Places], cle: str) -> Places:
    """Give the objects of a list that share the value of a key with one to check."""
    objets, vus = getattr(dossier, liste), a_voir[liste]
    if len(vus) == len(objets):
        return vus
    valeur = attrgetter(cle)
    cherchees = {valeur(objet) for _, objet in vus}
    return [(i, objets[i]) for i, lue in enumerate(map(valeur, objets)) if lue in cherchees]
