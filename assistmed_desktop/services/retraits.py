"""Withdrawing a doctor, a contract or an assistant, with every fact that names them."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, Any, Literal

from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.domain.libelles import LISTES
from assistmed_desktop.formats import compte
from assistmed_desktop.services.workspace import Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistmed_desktop.domain.dossier import Dossier

Liste = Literal["medecins", "contrats", "assistants"]


def identifiant(prefixe: str) -> str:
    """Make an id that no other object has or had: a withdrawn one keeps its own."""
    return f"{prefixe}-{token_hex(4)}"


def retirer(liste: Liste, ident: str, nom: str) -> Operation:
    """Withdraw an object and what names it, as one step."""
    gestes: dict[Liste, Callable[[Dossier, str], Dossier]] = {
        "medecins": _sans_medecin,
        "contrats": _sans_contrat,
        "assistants": _sans_assistant,
    }
    return Operation(nom, lambda dossier: None if dossier is None else gestes[liste](dossier, ident))


def emportes(dossier: Dossier, liste: Liste, ident: str) -> tuple[str, ...]:
    """Count what goes with an object, in words: ``("2 contrats", "36 relevés")``."""
    apres = retirer(liste, ident, "").appliquer(dossier)
    pertes = {cle: len(getattr(dossier, cle)) - len(getattr(apres, cle)) for cle in LISTES if cle != liste}
    return tuple(compte(nombre, *LISTES[cle]) for cle, nombre in pertes.items() if nombre)


def _sans_medecin(dossier: Dossier, ident: str) -> Dossier:
    for contrat in dossier.contrats:
        if contrat.medecins == (ident,):
            dossier = _sans_contrat(dossier, contrat.id)
    return _sans(dossier, "medecin", ident, ("releves", "mouvements", "activite", "corrections")).model_copy(
        update={
            "medecins": tuple(m for m in dossier.medecins if m.id != ident),
            "contrats": tuple(_sans_adherent(contrat, ident) for contrat in dossier.contrats),
        }
    )


def _sans_adherent(contrat: Any, ident: str) -> Any:  # noqa: ANN401 - either kind of contract
    if not isinstance(contrat, ContratCollectif):
        return contrat
    changements: dict[str, object] = {"medecins": tuple(m for m in contrat.medecins if m != ident)}
    for cle in ("adhesions", "docteurs_juniors"):
        changements[cle] = tuple(v for v in getattr(contrat, cle) if v.medecin != ident)
    return contrat.model_copy(update=changements)


def _sans_contrat(dossier: Dossier, ident: str) -> Dossier:
    restes = _sans(dossier, "contrat", ident, ("versements", "notifications", "echeances_faites", "propositions"))
    assistants = tuple(
        a.model_copy(update={"affectations": tuple(f for f in a.affectations if f.contrat != ident)})
        for a in dossier.assistants
    )
    contrats = tuple(contrat for contrat in dossier.contrats if contrat.id != ident)
    return restes.model_copy(update={"contrats": contrats, "assistants": assistants})


def _sans_assistant(dossier: Dossier, ident: str) -> Dossier:
    restes = _sans(dossier, "assistant", ident, ("missions", "observations", "echeances_faites"))
    return restes.model_copy(update={"assistants": tuple(a for a in dossier.assistants if a.id != ident)})


def _sans(dossier: Dossier, cle: str, ident: str, listes: tuple[str, ...]) -> Dossier:
    """Drop from lists what names an object."""
    return dossier.model_copy(
        update={liste: tuple(v for v in getattr(dossier, liste) if getattr(v, cle) != ident) for liste in listes}
    )
