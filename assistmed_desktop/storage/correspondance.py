"""The one mapping between a dossier and the rows of the tables: the names are the same, so it is generic."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, get_args, get_type_hints

from assistmed_desktop.domain.assistant import Absence, Affectation, Assistant, Cout, Embauche, Mission, Observation
from assistmed_desktop.domain.cabinet import Cabinet, Medecin
from assistmed_desktop.domain.contrat import (
    Adhesion,
    ChangementAdresse,
    ChangementOption,
    ContratCollectif,
    ContratIndividuel,
    DocteurJunior,
    NouvelObjectif,
    Proposition,
    Resiliation,
    Suspension,
)
from assistmed_desktop.domain.dossier import FORMAT, VERSION, Dossier
from assistmed_desktop.domain.suivi import (
    Activite,
    Correction,
    EcheanceFaite,
    Mouvement,
    Notification,
    Releve,
    Versement,
)
from assistmed_desktop.domain.valeurs import Euros, Valeur

Ligne = dict[str, Any]
"""A row: the value of each column by its name, as the table holds it."""

Lignes = dict[str, list[Ligne]]
"""The rows of every table by its name, each in order of entry."""

Conversion = Callable[[Any], Any]


@dataclass(frozen=True)
class Noeud:
    """Where the rows of a table are in the dossier.

    ``modeles`` are the values that the table holds, told apart by ``etiquette`` where there are several; ``parent`` is
    the column that names the row that they are part of, ``seule`` the only column of rows that are plain texts in the
    dossier. A row of a table ``conservee`` is never deleted, only withdrawn.
    """

    nom: str
    modeles: tuple[type[Valeur], ...] = ()
    enfants: Mapping[str, "Noeud"] = field(default_factory=dict)
    parent: str | None = None
    seule: str | None = None
    etiquette: str | None = None
    conservee: bool = False

    @cached_property
    def cle(self) -> str:
        """The primary key."""
        return "id" if any("id" in modele.model_fields for modele in self.modeles) else "cle"

    @cached_property
    def champs(self) -> dict[str, Any]:
        """The fields of the values, of all variants together, with their annotations; children apart."""
        return {
            nom: annotations[nom]
            for modele in self.modeles
            for annotations in [get_type_hints(modele, include_extras=True)]
            for nom in modele.model_fields
            if nom not in self.enfants
        }

    @cached_property
    def composes(self) -> dict[str, type[Valeur]]:
        """The values inside the value: ``reference`` is the columns ``reference_date`` and so on."""
        return {nom: modele for nom, annotation in self.champs.items() if (modele := _modele(annotation))}

    @cached_property
    def simples(self) -> tuple[str, ...]:
        """The columns that hold a field of the value, or say with 0 or 1 whether a value inside it is there."""
        seule = (self.seule,) if self.seule else ()
        return (*seule, *(nom for nom in self.champs if not self._toujours_compose(nom)))

    def _toujours_compose(self, nom: str) -> bool:
        """Say whether every variant has this value inside it, and never None."""
        return self.champs[nom] == self.composes.get(nom) and all(nom in m.model_fields for m in self.modeles)

    @cached_property
    def colonnes(self) -> tuple[str, ...]:
        """The columns of the dossier."""
        parent = (self.parent,) if self.parent else ()
        internes = (f"{nom}_{interne}" for nom, modele in self.composes.items() for interne in modele.model_fields)
        return (*parent, *self.simples, *internes)

    @cached_property
    def identite(self) -> tuple[str, ...]:
        """The columns by which two rows are the same: the id, or all of them."""
        return ("id",) if self.cle == "id" else self.colonnes

    @cached_property
    def vivantes(self) -> str:
        """The condition of a live row, in SQL."""
        return "WHERE retire_le IS NULL" if self.conservee else ""

    @cached_property
    def ecrites(self) -> tuple[str, ...]:
        """The columns of a new row, but those that date it."""
        return (*self.colonnes, "position")

    @cached_property
    def ajout(self) -> str:
        """Adding a row, in SQL; one withdrawn that comes back under its id takes its place again."""
        noms = (*self.ecrites, *(("saisi_le", "retire_le") if self.conservee else ()))
        places = ", ".join("?" for _ in noms)
        demande = f"INSERT INTO {self.nom} ({', '.join(noms)}) VALUES ({places})"  # noqa: S608 - ours
        if self.cle == "cle":
            return demande
        return f"{demande} ON CONFLICT (id) DO UPDATE SET {', '.join(f'{nom} = excluded.{nom}' for nom in noms)}"

    @cached_property
    def conversions(self) -> dict[str, tuple[Conversion, Conversion]]:
        """How the values that SQLite has no type for are written and read, by column."""
        return {
            nom: (int, bool) if annotation is bool or nom in self.composes else _CENTIMES
            for nom, annotation in self.champs.items()
            if nom in self.simples and (annotation is bool or nom in self.composes or _de_l_argent(annotation))
        }

    @cached_property
    def variantes(self) -> dict[str | None, frozenset[str]]:
        """The keys that each variant must have, by the value of ``etiquette``, which is None where there is but one."""
        if self.etiquette is None:
            return {None: _exigees(*self.modeles)}
        return {
            valeur: _exigees(modele)
            for modele in self.modeles
            for valeur in get_args(modele.model_fields[self.etiquette].annotation)
        }

    @cached_property
    def toujours(self) -> frozenset[str]:
        """The keys that every variant must have."""
        return frozenset.intersection(*self.variantes.values())


def _exigees(*modeles: type[Valeur]) -> frozenset[str]:
    """Give the keys that a value may not leave out."""
    return frozenset(nom for modele in modeles for nom, champ in modele.model_fields.items() if champ.is_required())


# Euros have at most two decimals: steps of 0.01 are far wider apart than floats are, so they come back as they were.
_CENTIMES: tuple[Conversion, Conversion] = (lambda euros: round(euros * 100), lambda centimes: centimes / 100)


def _modele(annotation: Any) -> type[Valeur] | None:  # noqa: ANN401 - any annotation
    """Give the model that an annotation holds, alone or beside None."""
    for candidat in (annotation, *get_args(annotation)):
        if isinstance(candidat, type) and issubclass(candidat, Valeur):
            return candidat
    return None


def _de_l_argent(annotation: Any) -> bool:  # noqa: ANN401 - any annotation
    return annotation == Euros or Euros in get_args(annotation)


ARBRE: Mapping[str, Noeud] = {
    "cabinet": Noeud("cabinet", (Cabinet,)),
    "medecins": Noeud("medecin", (Medecin,), conservee=True),
    "contrats": Noeud(
        "contrat",
        (ContratIndividuel, ContratCollectif),
        enfants={
            "medecins": Noeud("adherent", parent="contrat", seule="medecin"),
            "adhesions": Noeud("adhesion", (Adhesion,), parent="contrat"),
            "docteurs_juniors": Noeud("docteur_junior", (DocteurJunior,), parent="contrat"),
            "avenants": Noeud(
                "avenant",
                (Suspension, ChangementOption, NouvelObjectif, ChangementAdresse, Resiliation),
                parent="contrat",
                etiquette="type",
            ),
        },
        etiquette="texte",
        conservee=True,
    ),
    "assistants": Noeud(
        "assistant",
        (Assistant,),
        enfants={
            "embauches": Noeud("embauche", (Embauche,), parent="assistant"),
            "absences": Noeud("absence", (Absence,), parent="assistant"),
            "affectations": Noeud("affectation", (Affectation,), parent="assistant"),
            "couts": Noeud("cout", (Cout,), parent="assistant"),
        },
    ),
    "missions": Noeud("mission", (Mission,)),
    "releves": Noeud("releve", (Releve,), conservee=True),
    "mouvements": Noeud("mouvement", (Mouvement,)),
    "activite": Noeud("activite", (Activite,)),
    "versements": Noeud("versement", (Versement,), conservee=True),
    "corrections": Noeud("correction", (Correction,), conservee=True),
    "notifications": Noeud("notification", (Notification,), conservee=True),
    "echeances_faites": Noeud("echeance_faite", (EcheanceFaite,), conservee=True),
    "observations": Noeud("observation", (Observation,)),
    "propositions": Noeud("proposition", (Proposition,)),
}

_LISTES_EXIGEES = _exigees(Dossier)

NOEUDS: tuple[Noeud, ...] = tuple(noeud for racine in ARBRE.values() for noeud in (racine, *racine.enfants.values()))
"""Every node of the tree."""


def aplatir(noeud: Noeud, valeurs: Iterable[Valeur]) -> Lignes:
    """Give the rows of some values of a list, and of what they are made of."""
    lignes: Lignes = {celui.nom: [] for celui in (noeud, *noeud.enfants.values())}
    for valeur in valeurs:
        _aplatir(noeud, valeur.model_dump(mode="json"), None, lignes)
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
    for nom, (ecrire, _) in noeud.conversions.items():
        if ligne[nom] is not None:
            ligne[nom] = ecrire(ligne[nom])
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
        if cle == "cabinet":
            if len(elements) != 1:
                raise ValueError(f"{len(elements)} rows of {noeud.nom}")
            brut[cle] = elements[0]
        elif elements or cle in _LISTES_EXIGEES:
            brut[cle] = elements
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
            if petits or cle in noeud.toujours:
                element[cle] = petits
    return [element[noeud.seule] if noeud.seule else element for element in elements]


def _valeur(noeud: Noeud, ligne: Ligne) -> dict[str, Any]:
    valeur: dict[str, Any] = {nom: ligne[nom] for nom in noeud.simples}
    for nom, (_, lire) in noeud.conversions.items():
        if valeur[nom] is not None:
            valeur[nom] = lire(valeur[nom])
    for nom, modele in noeud.composes.items():
        if valeur.get(nom, True):
            valeur[nom] = {interne: ligne[f"{nom}_{interne}"] for interne in modele.model_fields}
    genre = valeur[noeud.etiquette] if noeud.etiquette else None
    exigees = noeud.variantes.get(genre)
    if exigees is None:
        raise ValueError(genre)
    return {nom: interne for nom, interne in valeur.items() if interne is not None or nom in exigees}
