"""What Ctrl+K finds: the pages, the persons, the contracts, and what the menus do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistmed_desktop.ui.names import nom_contrat, nom_medecin
from assistmed_desktop.ui.page_index import ASSISTANTS, CABINET, CONTRATS, ENTRIES, MISSIONS, PATIENTELE, VERSEMENTS
from assistmed_desktop.ui.typography import sans_accents

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from assistmed_desktop.ui.desk import State

# What is often begun: its words, the page where it is done, the place there.
_GESTES = (
    ("Saisir un relevé", PATIENTELE, "releve"),
    ("Saisir des mouvements de patientèle", PATIENTELE, "mouvements"),
    ("Saisir l’activité d’un mois", PATIENTELE, "activite"),
    ("Ajouter un médecin", CABINET, "medecin"),
    ("Ajouter un contrat", CONTRATS, "nouveau"),
    ("Ajouter un assistant", ASSISTANTS, "nouveau"),
    ("Ajouter une tâche", MISSIONS, "nouvelle"),
    ("Ajouter un versement", VERSEMENTS, "versement"),
    ("Voir les échéances", VERSEMENTS, "echeances"),
)


@dataclass(frozen=True)
class Found:
    """Something that can be gone to: its words, its kind, how one goes there."""

    texte: str
    genre: str
    go: Callable[[], None]


@dataclass(frozen=True)
class Ways:
    """How the window goes to a page and a place of it, to a contract, to a doctor."""

    page: Callable[[str, str], None]
    contrat: Callable[[str], None]
    medecin: Callable[[str], None]


def everything(state: State | None, actions: Iterable[QAction], ways: Ways) -> list[Found]:
    """List what can be found; without a practice, only what the menus do."""
    found = [] if state is None else [*_pages(ways), *_people(state, ways)]
    for action in actions:
        if action.isEnabled() and action.text():
            texte = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")
            found.append(Found(texte, "commande", action.trigger))
    return found


def matching(found: Sequence[Found], texte: str) -> list[Found]:
    """Keep what holds every word typed; what begins with them comes first, else the order stays."""
    words = sans_accents(texte).split()
    kept = [(sans_accents(one.texte), one) for one in found]
    kept = [(bare, one) for bare, one in kept if all(word in f"{bare} {sans_accents(one.genre)}" for word in words)]
    if words:
        kept.sort(key=lambda pair: not pair[0].startswith(words[0]))
    return [one for _, one in kept]


def _pages(ways: Ways) -> list[Found]:
    pages = [Found(entry.nom, "page", partial(ways.page, entry.cle, "")) for entry in ENTRIES]
    return pages + [Found(texte, "à faire", partial(ways.page, cle, place)) for texte, cle, place in _GESTES]


def _people(state: State, ways: Ways) -> list[Found]:
    def contrat(ident: str) -> None:
        ways.contrat(ident)
        ways.page(CONTRATS, "")

    def medecin(ident: str) -> None:
        ways.medecin(ident)
        ways.page(PATIENTELE, "")

    dossier = state.dossier
    return [
        *(Found(nom_contrat(dossier, c), "contrat", partial(contrat, c.id)) for c in dossier.contrats),
        *(Found(nom_medecin(m), "médecin", partial(medecin, m.id)) for m in dossier.medecins),
        *(Found(a.nom_complet, "assistant", partial(ways.page, ASSISTANTS, a.id)) for a in dossier.assistants),
    ]
