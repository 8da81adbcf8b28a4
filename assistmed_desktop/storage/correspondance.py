"""The one mapping between a dossier and the rows of the tables: the names are the same, so it is generic."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, get_args

from sqlalchemy import Table
from sqlmodel import SQLModel

from assistmed_desktop.domain.contrat import (
    ChangementAdresse,
    ChangementOption,
    ContratCollectif,
    ContratIndividuel,
    NouvelObjectif,
    Resiliation,
    Suspension,
)
from assistmed_desktop.domain.dossier import FORMAT, VERSION
from assistmed_desktop.domain.valeurs import Valeur
from assistmed_desktop.storage import tables

Ligne = dict[str, Any]
"""A row: the value of each column by its name, as dossier-v1 writes it."""

Lignes = dict[str, list[Ligne]]
"""The rows of every table by its name, each in order of entry."""

TECHNIQUES = frozenset({"cle", "position", "saisi_le", "retire_le"})
"""The columns that are not of the dossier."""


_COMPOSES = frozenset({"reference", "objectif", "formation"})


@dataclass(frozen=True)
class Noeud:
    """Where the rows of a table are in the dossier.

    ``parent`` is the column that names the row that they are part of, ``seule`` the only column of rows that are
    plain texts in the dossier, and ``variantes`` the values that one table holds by the value of ``etiquette``.
    """

    table: type[tables.Rangee]
    enfants: Mapping[str, "Noeud"] = field(default_factory=dict)
    parent: str | None = None
    seule: str | None = None
    etiquette: str | None = None
    variantes: tuple[type[Valeur], ...] = ()

    @cached_property
    def sql(self) -> Table:
        """The SQL table."""
        return SQLModel.metadata.tables[self.table.__name__.lower()]

    @cached_property
    def nom(self) -> str:
        """The name of the table."""
        return self.sql.name

    @cached_property
    def conservee(self) -> bool:
        """Whether a row is never deleted, only withdrawn."""
        return "retire_le" in self.sql.columns

    @cached_property
    def colonnes(self) -> tuple[str, ...]:
        """The columns of the dossier, in the order of the table."""
        return tuple(nom for nom in self.sql.columns.keys() if nom not in TECHNIQUES)  # noqa: SIM118

    @cached_property
    def composes(self) -> dict[str, list[str]]:
        """The values inside the value, each with the names of its own: ``reference`` has ``reference_date``."""
        composes: dict[str, list[str]] = {}
        for nom in self.colonnes:
            debut, _, fin = nom.partition("_")
            if fin and debut in _COMPOSES:
                composes.setdefault(debut, []).append(fin)
        return composes

    @cached_property
    def simples(self) -> tuple[str, ...]:
        """The columns that hold a field of the value as it is, or say that a value inside it is there."""
        internes = {f"{nom}_{interne}" for nom, internes in self.composes.items() for interne in internes}
        return tuple(nom for nom in self.colonnes if nom not in internes and nom != self.parent)

    @cached_property
    def champs(self) -> dict[str, frozenset[str]]:
        """The fields of each variant, by the value of ``etiquette``."""
        return {
            valeur: frozenset(variante.model_fields)
            for variante in self.variantes
            for valeur in get_args(variante.model_fields[self.etiquette or ""].annotation)
        }


ARBRE: Mapping[str, Noeud] = {
    "cabinet": Noeud(tables.Cabinet),
    "medecins": Noeud(tables.Medecin),
    "contrats": Noeud(
        tables.Contrat,
        enfants={
            "medecins": Noeud(tables.Adherent, parent="contrat", seule="medecin"),
            "avenants": Noeud(
                tables.Avenant,
                parent="contrat",
                etiquette="type",
                variantes=(Suspension, ChangementOption, NouvelObjectif, ChangementAdresse, Resiliation),
            ),
        },
        etiquette="texte",
        variantes=(ContratIndividuel, ContratCollectif),
    ),
    "assistants": Noeud(
        tables.Assistant,
        enfants={
            "embauches": Noeud(tables.Embauche, parent="assistant"),
            "absences": Noeud(tables.Absence, parent="assistant"),
            "affectations": Noeud(tables.Affectation, parent="assistant"),
        },
    ),
    "missions": Noeud(tables.Mission),
    "releves": Noeud(tables.Releve),
    "mouvements": Noeud(tables.Mouvement),
    "activite": Noeud(tables.Activite),
    "versements": Noeud(tables.Versement),
}


NOEUDS: tuple[Noeud, ...] = tuple(noeud for racine in ARBRE.values() for noeud in (racine, *racine.enfants.values()))
"""Every node of the tree."""


def aplatir(brut: Mapping[str, Any] | None) -> Lignes:
    """Give the rows of a dossier in the form of dossier-v1; None has none."""
    lignes: Lignes = {noeud.nom: [] for noeud in NOEUDS}
    if brut is not None:
        for cle, noeud in ARBRE.items():
            for element in [brut[cle]] if cle == "cabinet" else brut[cle]:
                _aplatir(noeud, element, None, lignes)
    return lignes


def _aplatir(noeud: Noeud, element: Any, parent: str | None, lignes: Lignes) -> None:  # noqa: ANN401 - a plain value
    ligne: Ligne = dict.fromkeys(noeud.colonnes)
    if noeud.parent:
        ligne[noeud.parent] = parent
    for cle, valeur in ({noeud.seule: element} if noeud.seule else element).items():
        if cle in noeud.enfants:
            for enfant in valeur:
                _aplatir(noeud.enfants[cle], enfant, element["id"], lignes)
        elif isinstance(valeur, dict):
            ligne.update({f"{cle}_{nom}": interne for nom, interne in valeur.items()})
            if cle in ligne:
                ligne[cle] = True
        else:
            ligne[cle] = valeur
    lignes[noeud.nom].append(ligne)


def assembler(lignes: Lignes) -> dict[str, Any] | None:
    """Build a dossier in the form of dossier-v1 from its rows, not yet validated; None when there is no row at all.

    Raises:
        ValueError: when a row belongs to none, or its kind is unknown.

    """
    if not any(lignes.values()):
        return None
    brut: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    for cle, noeud in ARBRE.items():
        elements = _assembler(noeud, lignes[noeud.nom], lignes)
        if cle != "cabinet":
            brut[cle] = elements
        elif len(elements) == 1:
            brut[cle] = elements[0]
        else:
            raise ValueError(f"{len(elements)} rows of {noeud.nom}")
    return brut


def _assembler(noeud: Noeud, choisies: Iterable[Ligne], lignes: Lignes) -> list[Any]:
    elements = [_valeur(noeud, ligne) for ligne in choisies]
    for cle, enfant in noeud.enfants.items():
        familles: dict[str, list[Ligne]] = {element["id"]: [] for element in elements}
        for ligne in lignes[enfant.nom]:
            famille = familles.get(ligne[enfant.parent or ""])
            if famille is None:
                raise ValueError(f"{enfant.nom} without {enfant.parent}")
            famille.append(ligne)
        for element in elements:
            petits = _assembler(enfant, familles[element["id"]], lignes)
            if petits or not enfant.seule:
                element[cle] = petits
    return [element[noeud.seule] if noeud.seule else element for element in elements]


def _valeur(noeud: Noeud, ligne: Ligne) -> dict[str, Any]:
    valeur: dict[str, Any] = {nom: ligne[nom] for nom in noeud.simples}
    for nom, internes in noeud.composes.items():
        if ligne.get(nom, True):
            valeur[nom] = {interne: ligne[f"{nom}_{interne}"] for interne in internes}
    if noeud.etiquette is None:
        return valeur
    champs = noeud.champs.get(valeur[noeud.etiquette])
    if champs is None:
        raise ValueError(valeur[noeud.etiquette])
    return {nom: interne for nom, interne in valeur.items() if interne is not None or nom in champs}
