"""What the forms of a contract share: the fields of a reference and of an objective, and how they are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistmed_desktop.domain.contrat import Objectif, Reference
from assistmed_desktop.domain.fautes import DossierInvalide, Faute
from assistmed_desktop.domain.valeurs import OPTIONS_INDIVIDUELLES, texte_etp
from assistmed_desktop.formats import INSECABLE, etp, heures_de_l_etp
from assistmed_desktop.ui.fiches.fiche import Champ, Saisie, Valeurs
from assistmed_desktop.ui.fiches.genres import Choix, Entier, Jour

if TYPE_CHECKING:
    from collections.abc import Sequence

Si = Callable[[Saisie], bool]

OPTIONS = Choix(
    {texte_etp(option): f"{etp(option)} – {heures_de_l_etp(option)} par semaine" for option in OPTIONS_INDIVIDUELLES},
    {texte_etp(option): option for option in OPTIONS_INDIVIDUELLES},
)
COLLECTIF = "collectif_2026"
_INCOMPLETE = f"une référence porte sa date et ses deux chiffres{INSECABLE}: complétez-la, ou videz les trois"
_PAS_CONNU = "laissez vide ce que le contrat ne dit pas encore"


def champs_reference(*, requis: bool, aide: str = "", quoi: str = "de référence") -> tuple[Champ, ...]:
    """Give the fields of a reference; ``quoi`` follows the names of its counts."""
    return (
        Champ("reference_date", "Référence arrêtée au", Jour("dernier"), requis=requis, aide=aide),
        Champ("reference_patientele_mt", f"Patientèle {quoi}", Entier(exemple=1068), requis=requis),
        Champ("reference_file_active", f"File active {quoi}", Entier(exemple=1655), requis=requis),
    )


def champs_objectif(si: Si | None = None, aide: str = _PAS_CONNU) -> tuple[Champ, ...]:
    """Give the fields of an objective, any of which may be unknown."""
    return (
        Champ("patientele_mt", "Objectif de patientèle", Entier(exemple=1228), si=si, aide=aide),
        Champ("file_active", "Objectif de file active", Entier(exemple=1880), si=si),
        Champ(
            "evaluation_le", "Évaluation le", Jour(), si=si, aide="la date que le contrat fixe pour juger l’objectif"
        ),
    )


def lire_reference(valeurs: Valeurs) -> Reference | None:
    """Read a reference that may be left out.

    Raises:
        DossierInvalide: when a part of it is missing.

    """
    parties = {cle: valeurs[f"reference_{cle}"] for cle in ("date", "patientele_mt", "file_active")}
    manquantes = [f"reference_{cle}" for cle, valeur in parties.items() if valeur is None]
    if len(manquantes) == len(parties):
        return None
    if manquantes:
        raise DossierInvalide([Faute(manquantes[0], _INCOMPLETE)])
    return Reference(**parties)


def lire_objectif(valeurs: Valeurs) -> Objectif:
    """Read an objective."""
    return Objectif(**{cle: valeurs[cle] for cle in ("patientele_mt", "file_active", "evaluation_le")})


def sans_les_trois(objectif: Objectif) -> bool:
    """Say whether nothing is known of an objective."""
    return (objectif.patientele_mt, objectif.file_active, objectif.evaluation_le) == (None, None, None)


def valeurs_reference(reference: Reference | None) -> Valeurs:
    """Give what the fields of a reference start with."""
    return {} if reference is None else {f"reference_{cle}": valeur for cle, valeur in reference}


def valeurs_objectif(objectif: Objectif | None) -> Valeurs:
    """Give what the fields of an objective start with."""
    return {} if objectif is None else dict(objectif)


def nouvelles(avant: Sequence[str], apres: Sequence[str]) -> tuple[str, ...]:
    """Give the sentences that a change brings."""
    return tuple(phrase for phrase in apres if phrase not in avant)
