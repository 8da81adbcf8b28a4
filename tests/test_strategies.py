"""The strategies give what they promise."""

from hypothesis import HealthCheck, Phase, find, given, settings

from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier, fautes_du_dossier, lire_dossier
from assistmed_desktop.domain.valeurs import Valeur
from tests.strategies import dossiers


def _dites(valeur: object) -> set[tuple[str, str]]:
    """Give the keys that may be left out and are not, each with the noun that holds it."""
    if isinstance(valeur, tuple):
        return {dite for element in valeur for dite in _dites(element)}
    if not isinstance(valeur, Valeur):
        return set()
    dites = {dite for nom in type(valeur).model_fields for dite in _dites(getattr(valeur, nom))}
    return dites | {
        (type(valeur).__name__, nom)
        for nom, champ in type(valeur).model_fields.items()
        if not champ.is_required() and getattr(valeur, nom) != champ.default
    }


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(dossiers())
def test_every_dossier_is_valid(dossier: Dossier) -> None:
    assert fautes_du_dossier(dossier) == []
    assert lire_dossier(ecrire_dossier(dossier)) == dossier


FACULTATIVES = {
    ("Dossier", "corrections"),
    ("Dossier", "notifications"),
    ("Dossier", "echeances_faites"),
    ("Dossier", "observations"),
    ("Dossier", "propositions"),
    ("ContratIndividuel", "derogation"),
    ("ContratCollectif", "structure"),
    ("ContratCollectif", "gains_anterieurs"),
    ("ContratCollectif", "adhesions"),
    ("ContratCollectif", "docteurs_juniors"),
    ("Adhesion", "reference"),
    ("Resiliation", "cause"),
    ("Resiliation", "notifie_le"),
    ("Assistant", "couts"),
    ("Absence", "conges"),
    ("EcheanceFaite", "assistant"),
}


def test_all_that_may_be_left_out_is_drawn_too() -> None:
    dites: set[tuple[str, str]] = set()

    def toutes_dites(dossier: Dossier) -> bool:
        dites.update(_dites(dossier))
        return dites >= FACULTATIVES

    sans_reduire = settings(
        max_examples=2000, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None
    )
    find(dossiers(), toutes_dites, settings=sans_reduire)
    assert dites == FACULTATIVES
