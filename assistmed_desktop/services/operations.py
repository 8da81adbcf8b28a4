"""The changes a person makes to a practice, as named pure functions.

An index is a position in ``dossier.releves``; one outside raises IndexError. The order of the readings is the order
of entry: of two readings of the same date and rank, the one entered last counts. A correction is therefore a new
entry at the end of the list, and the reading that it corrects leaves it.
"""

from collections.abc import Callable

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.fautes import RACINE, DossierInvalide, Faute
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.formats import jour_court
from assistmed_desktop.services.workspace import Operation

Releves = tuple[Releve, ...]


def ajouter_releve(releve: Releve) -> Operation:
    """Enter a reading."""
    return _sur_les_releves(f"Ajouter le relevé du {jour_court(releve.date)}", lambda releves: (*releves, releve))


def corriger_releve(ancien_index: int, releve: Releve) -> Operation:
    """Enter the corrected reading in the place of the old one; the same reading again changes nothing."""

    def appliquer(releves: Releves) -> Releves:
        if releves[_rang(releves, ancien_index)] == releve:
            return releves
        return (*_sans(releves, ancien_index), releve)

    return _sur_les_releves(f"Corriger le relevé du {jour_court(releve.date)}", appliquer)


def supprimer_releve(index: int) -> Operation:
    """Withdraw a reading."""
    return _sur_les_releves("Supprimer un relevé", lambda releves: _sans(releves, index))


def remplacer_dossier(dossier: Dossier, nom: str) -> Operation:
    """Put a whole practice in the place of the current one, as an import and the demo do."""
    return Operation(nom, lambda _ancien: dossier)


def _sur_les_releves(nom: str, appliquer: Callable[[Releves], Releves]) -> Operation:
    def sur_le_dossier(dossier: Dossier | None) -> Dossier:
        if dossier is None:
            raise DossierInvalide([Faute(RACINE, "créez d'abord le cabinet : ce dossier est vide")])
        return dossier.model_copy(update={"releves": appliquer(dossier.releves)})

    return Operation(nom, sur_le_dossier)


def _sans(releves: Releves, index: int) -> Releves:
    rang = _rang(releves, index)
    return releves[:rang] + releves[rang + 1 :]


def _rang(releves: Releves, index: int) -> int:
    if not 0 <= index < len(releves):
        raise IndexError(index)
    return index
