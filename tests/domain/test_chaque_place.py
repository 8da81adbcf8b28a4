"""One value put wrong, at every place of a dossier in turn: one fault, there, and none elsewhere."""

import re

import pytest

from assistmed_desktop.domain.fautes import chemin
from tests.domain.outils import FACULTATIVES, Place, avec, complet, fautes, lire, places, sans

COMPLET = complet()
PLACES = list(places(COMPLET))
OBJETS: list[Place] = [(), *(place for place in PLACES if isinstance(lire(COMPLET, place), dict))]
CLES = [place for place in PLACES if isinstance(place[-1], str)]
DATES = [place for place in PLACES if re.fullmatch(r"\d{4}-\d\d-\d\d", str(lire(COMPLET, place)))]

PEUVENT_ETRE_NULS = re.compile(
    r"""
    contrats\[\d\]\.(tranche|objectif)
    | (.*\.)?objectif\.(patientele_mt|file_active|evaluation_le)
    | (.*\.)?(avenants|embauches|absences|affectations|couts|adhesions|docteurs_juniors|missions)\[\d\]\.au
    | assistants\[\d\]\.formation(\.\w+_le)?
    | missions\[\d\]\.minutes_medecin_liberees
    | releves\[\d\]\.(patientele_mt|file_active)
    | versements\[\d\]\.(echeance_le|montant_du)
    | corrections\[\d\]\.valeur_accordee
    | propositions\[\d\]\.(option_etp|reference)
    | contrats\[\d\]\.(derogation|structure|gains_anterieurs|adhesions\[\d\]\.reference)
    | contrats\[\d\]\.avenants\[\d\]\.(cause|notifie_le)
    | echeances_faites\[\d\]\.assistant
    """,
    re.VERBOSE,
)


def _nom(place: Place) -> str:
    return chemin(*place)


def test_the_document_that_these_tests_change_is_valid() -> None:
    assert fautes(COMPLET) == []
    assert len(DATES) > 50
    assert len(OBJETS) > 40


@pytest.mark.parametrize("place", CLES, ids=_nom)
def test_a_missing_key_is_the_one_fault_unless_it_may_be_left_out(place: Place) -> None:
    attendues = [] if FACULTATIVES.fullmatch(chemin(*place)) else [f"{chemin(*place)} : cette clé manque"]
    assert fautes(sans(COMPLET, place)) == attendues


@pytest.mark.parametrize("place", OBJETS, ids=_nom)
@pytest.mark.parametrize("cle", ["remarque", "suspension", "avenant_7"])
def test_an_unknown_key_is_the_one_fault(place: Place, cle: str) -> None:
    attendu = f"{chemin(*place, cle)} : cette clé n'existe pas dans le format : retirez-la ou corrigez son nom"
    assert fautes(avec(COMPLET, (*place, cle), {"du": "2023-02-30"})) == [attendu]


@pytest.mark.parametrize("place", PLACES, ids=_nom)
def test_a_wrong_type_is_the_one_fault(place: Place) -> None:
    faux: object = {} if isinstance(lire(COMPLET, place), list) else []
    (faute,) = fautes(avec(COMPLET, place, faux))
    assert faute.startswith(f"{chemin(*place)} : ")


@pytest.mark.parametrize("place", PLACES, ids=_nom)
def test_null_is_the_one_fault_unless_it_says_not_known(place: Place) -> None:
    trouvees = fautes(avec(COMPLET, place, None))
    if PEUVENT_ETRE_NULS.fullmatch(chemin(*place)):
        assert trouvees == []
    elif trouvees:
        (faute,) = trouvees
        assert faute.startswith(f"{chemin(*place)} : ")
    else:  # the second payment has not come: neither its date nor its amount
        assert place[:2] == ("versements", 1)


@pytest.mark.parametrize("place", DATES, ids=_nom)
def test_a_date_that_does_not_exist_is_the_one_fault(place: Place) -> None:
    attendu = f"{chemin(*place)} : la date 2023-02-30 n'existe pas dans le calendrier"
    assert fautes(avec(COMPLET, place, "2023-02-30")) == [attendu]
