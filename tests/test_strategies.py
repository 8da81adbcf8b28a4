"""The strategies give what they promise."""

from hypothesis import HealthCheck, given, settings

from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier, fautes_du_dossier, lire_dossier
from tests.strategies import dossiers


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(dossiers())
def test_every_dossier_is_valid(dossier: Dossier) -> None:
    assert fautes_du_dossier(dossier) == []
    assert lire_dossier(ecrire_dossier(dossier)) == dossier
