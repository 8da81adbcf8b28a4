"""The lists of facts of a contract: its amendments, its group, what the caisse proposes to follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop.formats import etp, jour_court, nombre
from assistmed_desktop.ui.fiches.avenants import TYPES, effet
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.table import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistmed_desktop.domain.contrat import Adhesion, Avenant, DocteurJunior, Objectif, Proposition, Reference
    from assistmed_desktop.ui.settings import Settings

    Nommer = Callable[[str], str]
    """Gives the name of a doctor by id."""

_SANS_FIN = "9999"


def amendments(settings: Settings) -> Listing:
    """Make the list of the amendments."""
    colonnes: tuple[Column[Avenant], ...] = (
        Column("À partir du", lambda a: jour_court(a.du), lambda a: a.du),
        Column("Avenant", lambda a: TYPES[a.type], lambda a: TYPES[a.type]),
        Column("Effet", effet, effet),
        Column("Motif", lambda a: _une_ligne(a.motif), lambda a: a.motif),
    )
    vide = (
        "Aucun avenant. Saisissez ici ce qui change en cours de contrat : une suspension, une autre option, un nouvel "
        "objectif, un déménagement, une résiliation. Les calculs suivent."
    )
    return Listing("Avenants", colonnes, settings, vide=vide, ajouter="Ajouter un avenant", lignes=6)


def memberships(settings: Settings, nommer: Nommer) -> Listing:
    """Make the list of the doctors' times in a group."""

    def apport(adhesion: Adhesion) -> str:
        return "non renseignée" if adhesion.reference is None else _comptes(adhesion.reference)

    colonnes: tuple[Column[Adhesion], ...] = (
        Column("Médecin", lambda a: nommer(a.medecin), lambda a: nommer(a.medecin)),
        Column("Du", lambda a: jour_court(a.du), lambda a: a.du),
        Column("Au", _au, _tri_au),
        Column("Référence apportée", apport, apport),
    )
    vide = (
        "Tous les médecins du groupe comptent du premier au dernier jour. Ajoutez l’adhésion d’un médecin qui entre "
        "ou sort en cours de contrat."
    )
    return Listing(
        "Entrées et sorties du groupe", colonnes, settings, vide=vide, ajouter="Ajouter une adhésion", lignes=6
    )


def juniors(settings: Settings, nommer: Nommer) -> Listing:
    """Make the list of the junior doctors hosted."""
    colonnes: tuple[Column[DocteurJunior], ...] = (
        Column("Maître de stage", lambda j: nommer(j.medecin), lambda j: nommer(j.medecin)),
        Column("Du", lambda j: jour_court(j.du), lambda j: j.du),
        Column("Au", _au, _tri_au),
    )
    vide = "Aucun docteur junior. Un médecin du groupe qui en accueille un (PAMSU) relève le plafond des ETP financés."
    return Listing("Docteurs juniors", colonnes, settings, vide=vide, ajouter="Ajouter un docteur junior", lignes=4)


def proposals(settings: Settings) -> Listing:
    """Make the list of what the caisse proposes."""

    def option(proposition: Proposition) -> str:
        return "non dite" if proposition.option_etp is None else etp(proposition.option_etp)

    def reference(proposition: Proposition) -> str:
        return "non dite" if proposition.reference is None else _comptes(proposition.reference)

    colonnes: tuple[Column[Proposition], ...] = (
        Column("Reçue le", lambda p: jour_court(p.recue_le), lambda p: p.recue_le),
        Column("Option", option, option),
        Column("Référence", reference, reference),
        Column("Objectif", lambda p: _cibles(p.objectif), lambda p: _cibles(p.objectif)),
        Column("Note", lambda p: _une_ligne(p.note), lambda p: p.note),
    )
    vide = (
        "Aucune proposition. Quand la caisse propose le contrat suivant, saisissez-la : elle se compare à l’objectif "
        "actuel et à votre rythme."
    )
    return Listing(
        "Propositions de la caisse", colonnes, settings, vide=vide, ajouter="Ajouter une proposition", lignes=4
    )


def _au(periode: Adhesion | DocteurJunior) -> str:
    return "toujours" if periode.au is None else jour_court(periode.au)


def _tri_au(periode: Adhesion | DocteurJunior) -> str:
    return _SANS_FIN if periode.au is None else periode.au.isoformat()


def _comptes(reference: Reference) -> str:
    return f"{nombre(reference.patientele_mt)} et {nombre(reference.file_active)}"


def _cibles(objectif: Objectif) -> str:
    comptes = ["inconnu" if v is None else nombre(v) for v in (objectif.patientele_mt, objectif.file_active)]
    juge = "" if objectif.evaluation_le is None else f", au {jour_court(objectif.evaluation_le)}"
    return f"{' et '.join(comptes)}{juge}"


def _une_ligne(texte: str) -> str:
    return " ".join(texte.split())
