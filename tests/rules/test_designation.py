"""How the analyses name a source and a doctor."""

import pytest

from assistmed_desktop.domain.suivi import SourceReleve
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.designation import de_la_source, noms, prefixes
from tests.rules.outils import collectif, contrat, medecin, pratique


@pytest.mark.parametrize(
    ("source", "ecrite"),
    [
        ("cpam", "de la CPAM"),
        ("amelipro", "d'amelipro"),
        ("logiciel", "du logiciel métier"),
        ("estimation", "d'estimation"),
    ],
)
def test_where_a_reading_comes_from(source: SourceReleve, ecrite: str) -> None:
    assert de_la_source(source) == ecrite


def test_a_doctor_is_named_only_among_several() -> None:
    medecins = (medecin(1), medecin(2, prenom="Paul", nom="Roy"))
    seul, groupe = contrat(), collectif()

    assert prefixes(pratique(seul, medecins=medecins), seul) == {"m1": ""}
    assert prefixes(pratique(groupe, medecins=medecins), groupe) == {
        "m1": f"Dr{INSECABLE}Claire Lambert : ",
        "m2": f"Dr{INSECABLE}Paul Roy : ",
    }
    assert noms(pratique(seul, medecins=medecins), seul) == {"m1": f"Dr{INSECABLE}Claire Lambert"}
