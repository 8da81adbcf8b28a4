"""How strong a passphrase is said to be."""

import pytest

from assistmed_desktop.services.phrase import MINIMUM, force


@pytest.mark.parametrize(
    ("phrase", "suffisante", "debut"),
    [
        ("", False, ""),
        ("a" * (MINIMUM - 1), False, "Trop courte"),
        ("a" * 40, False, "Trop courte"),
        ("AaAaAaAaAaAa", False, "Trop courte"),
        ("campagne", True, "Courte"),
        ("été à la mer.", True, "Courte"),
        ("un été à Paris", True, "Bonne"),
        ("trois vélos rouges sous la pluie", True, "Solide"),
    ],
)
def test_length_makes_strength(phrase: str, suffisante: bool, debut: str) -> None:
    jugee = force(phrase)
    assert jugee.suffisante is suffisante
    assert jugee.en_lettres.startswith(debut)
    assert bool(jugee.en_lettres) is bool(phrase)
