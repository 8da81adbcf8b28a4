"""A form as data: its fields, what they start with, and the change that they make once read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assistmed_desktop.domain.fautes import DossierInvalide, Faute, fautes_de_pydantic
from assistmed_desktop.services.confidentialite import prudence_nir
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.services.workspace import Operation
    from assistmed_desktop.ui.fiches.genres import Genre

Saisie = Mapping[str, str]
"""What is typed, by key of field."""

Valeurs = Mapping[str, Any]
"""What was read, by key of field."""


@dataclass(frozen=True)
class Champ:
    """A field. ``si`` says from what is typed elsewhere whether it is asked; ``a_cote`` puts it beside the one before.

    ``aide`` is under it until what is typed is understood. ``propose`` gives, from what is typed elsewhere, what an
    empty field is taken for; the field shows it.
    """

    cle: str
    etiquette: str
    genre: Genre
    requis: bool = False
    aide: str = ""
    si: Callable[[Saisie], bool] | None = None
    a_cote: bool = False
    propose: Callable[[Saisie], str] | None = None


@dataclass(frozen=True)
class Geste:
    """A change, the sentence that tells it is done, and the question to ask before, where there is one."""

    operation: Operation
    fait: str
    question: str = ""
    bouton: str = "Supprimer"


@dataclass(frozen=True)
class Fiche:
    """A form: ``enregistrer`` makes a change of the values read, and may refuse them.

    ``prudences`` warns of values that are read and doubtful; ``suite`` gives the next form of a series, from the
    practice as it then is; ``supprimer`` withdraws what the form shows.

    Raises, from ``enregistrer``: ValidationError or DossierInvalide, with the faults.
    """

    titre: str
    champs: tuple[Champ, ...]
    enregistrer: Callable[[Valeurs], Geste]
    depart: Saisie = field(default_factory=dict)
    introduction: str = ""
    bouton: str = "Enregistrer"
    prudences: Callable[[Valeurs], Sequence[str]] | None = None
    supprimer: Geste | None = None
    suite: Callable[[Dossier], Fiche] | None = None

    def avec(self, **changements: Any) -> Fiche:  # noqa: ANN401 - its own fields
        """Give the same form with some fields changed."""
        return Fiche(**{**self.__dict__, **changements})


@dataclass(frozen=True)
class Lecture:
    """A form as read: its values or, by key of field, what is wrong; how each was understood; what is doubtful."""

    valeurs: Valeurs | None
    fautes: Mapping[str, str] = field(default_factory=dict)
    echos: Mapping[str, str] = field(default_factory=dict)
    prudences: tuple[str, ...] = ()


def depart(champs: Sequence[Champ], valeurs: Valeurs) -> dict[str, str]:
    """Write values into the fields that ask them."""
    return {champ.cle: champ.genre.ecrire(valeurs[champ.cle]) for champ in champs if champ.cle in valeurs}


def poses(fiche: Fiche, saisie: Saisie) -> list[Champ]:
    """List the fields that are asked, given what is typed."""
    return [champ for champ in fiche.champs if champ.si is None or champ.si(saisie)]


def lire(fiche: Fiche, saisie: Saisie) -> Lecture:
    """Read every field asked; those that are not get what they are worth when empty."""
    valeurs: dict[str, Any] = {champ.cle: champ.genre.vide for champ in fiche.champs}
    fautes: dict[str, str] = {}
    echos: dict[str, str] = {}
    for champ in poses(fiche, saisie):
        texte = saisie.get(champ.cle, "")
        if not texte.strip() and champ.propose is not None:
            texte = champ.propose(saisie)
        if not texte.strip():
            if champ.requis:
                fautes[champ.cle] = "À remplir."
            continue
        lu = champ.genre.lire(texte)
        if lu.faute:
            fautes[champ.cle] = lu.faute
        elif champ.requis and lu.valeur == champ.genre.vide:
            fautes[champ.cle] = "À remplir."
        valeurs[champ.cle] = lu.valeur
        echos[champ.cle] = lu.echo
    if fautes:
        return Lecture(None, fautes, echos)
    prudences = [*(fiche.prudences(valeurs) if fiche.prudences else ()), *_prudences_nir(fiche, saisie)]
    return Lecture(valeurs, {}, echos, tuple(map(soigner, prudences)))


def _prudences_nir(fiche: Fiche, saisie: Saisie) -> list[str]:
    """Warn of what looks like a number of social security, in any text of any form."""
    textes = [champ for champ in poses(fiche, saisie) if isinstance(champ.genre.vide, str)]
    phrases = (prudence_nir(champ.etiquette, saisie.get(champ.cle, "")) for champ in textes)
    return [phrase for phrase in phrases if phrase]


def refus(fiche: Fiche, fautes: Sequence[Faute]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Place faults under the fields that they name; give those that name none apart."""
    places: dict[str, str] = {}
    autres: list[str] = []
    cles = {champ.cle for champ in fiche.champs}
    for faute in fautes:
        message = soigner(faute.message)
        message = message[:1].upper() + message[1:] + ("" if message.endswith(".") else ".")
        cle = faute.chemin.rpartition(".")[2]
        if cle in cles and cle not in places:
            places[cle] = message
        elif message not in autres:
            autres.append(message)
    return places, tuple(autres)


def geste(fiche: Fiche, valeurs: Valeurs) -> Geste | tuple[Faute, ...]:
    """Make the change that a form asks for, or say why it cannot be."""
    try:
        return fiche.enregistrer(valeurs)
    except ValidationError as erreur:
        return tuple(fautes_de_pydantic(erreur.errors()))
    except DossierInvalide as erreur:
        return erreur.fautes
