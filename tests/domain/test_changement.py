"""A changed dossier is checked again for what is new in it, and as a whole for what holds between its objects."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistmed_desktop.domain.dossier import Dossier, lire_dossier, verifier_changement
from assistmed_desktop.domain.fautes import DossierInvalide

MORVAN = Path(__file__).parents[1] / "exemples" / "morvan.json"


@pytest.fixture(scope="module")
def morvan() -> Dossier:
    return lire_dossier(MORVAN.read_bytes())


def fautes(avant: Dossier | None, apres: Dossier) -> list[str]:
    with pytest.raises(DossierInvalide) as refus:
        verifier_changement(avant, apres)
    return [faute.chemin for faute in refus.value.fautes]


def test_a_sound_change_is_let_through(morvan: Dossier) -> None:
    releve = morvan.releves[0].model_copy(update={"patientele_mt": 1140})
    verifier_changement(morvan, morvan.model_copy(update={"releves": (*morvan.releves, releve)}))
    verifier_changement(None, morvan)
    verifier_changement(morvan, morvan)


@pytest.mark.parametrize("avec_avant", [True, False])
def test_a_value_that_was_never_checked_is_refused_at_its_place(morvan: Dossier, *, avec_avant: bool) -> None:
    releve = morvan.releves[0].model_copy(update={"patientele_mt": -5})
    apres = morvan.model_copy(update={"releves": (*morvan.releves, releve)})
    assert fautes(morvan if avec_avant else None, apres) == ["releves[1].patientele_mt"]
    cabinet = morvan.cabinet.model_copy(update={"code_postal": "Nevers"})
    assert fautes(morvan, morvan.model_copy(update={"cabinet": cabinet})) == ["cabinet.code_postal"]


def test_what_does_not_hold_between_objects_is_refused(morvan: Dossier) -> None:
    assert "contrats[0].medecin" in fautes(morvan, morvan.model_copy(update={"medecins": ()}))
