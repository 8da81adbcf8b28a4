"""A document far larger than a practice is refused before its faults are told one by one."""

import pytest

from assistmed_desktop.domain.dossier import VALEURS_MAX, lire_dossier
from assistmed_desktop.domain.fautes import DossierInvalide


def test_a_document_of_more_values_than_a_practice_has_is_refused_in_one_sentence() -> None:
    texte = '{"releves": [' + "0," * VALEURS_MAX + "0]}"
    with pytest.raises(DossierInvalide, match="bien plus de choses qu'un cabinet") as refus:
        lire_dossier(texte)
    assert len(refus.value.fautes) == 1
