"""What holds of the extract of every practice: valid, taken from itself the same, evaluated as the practice is."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.services.mouvements_regroupes import trop_court
from tests.services.outils_extrait import verifier
from tests.strategies import dossiers

lent = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
JOURS = st.dates(date(2018, 1, 1), date(2045, 12, 31))
GARDES = 1_000


def petits(dossier: Dossier) -> Dossier:
    """Bring the movements to counts whose sums a dossier holds."""
    comptes = ("entrees", "deces", "departs", "autres_sorties")
    return dossier.model_copy(
        update={
            "mouvements": tuple(
                m.model_copy(update={cle: getattr(m, cle) % GARDES for cle in comptes}) for m in dossier.mouvements
            )
        }
    )


@lent
@given(dossiers().filter(lambda d: d.contrats).map(petits), JOURS, st.data())
def test_the_extract_gives_what_the_practice_gives(dossier: Dossier, au: date, data: st.DataObject) -> None:
    contrat = data.draw(st.sampled_from([contrat.id for contrat in dossier.contrats]))
    extrait = verifier(dossier, contrat, au, charger_baremes())
    assert not any(m.deces for m in extrait.mouvements if trop_court(m))
