"""What is typed in each kind of field is read as its author meant it, and written back the same."""

from datetime import date
from fractions import Fraction

import pytest

from assistmed_desktop.ui.fiches.genres import (
    OUI,
    Case,
    Choix,
    Entier,
    Etp,
    Euros,
    Genre,
    Heures,
    Jour,
    Ligne,
    Mois,
    Note,
    Plusieurs,
)

CHOIX = Choix({"a": "Premier", "b": "Second"}, valeurs={"b": Fraction(1, 2)})


@pytest.mark.parametrize(
    ("genre", "texte", "valeur"),
    [
        (Jour(), "15/3/25", date(2025, 3, 15)),
        (Jour(), "15 mars 2025", date(2025, 3, 15)),
        (Jour("premier"), "mars 2025", date(2025, 3, 1)),
        (Jour("dernier"), "2/2024", date(2024, 2, 29)),
        (Mois(), "mars 2025", "2025-03"),
        (Mois(), "15/03/2025", "2025-03"),
        (Entier(), "1\u202f131", 1131),
        (Euros(), "18 000,50 €", 1_800_050),
        (Etp(), "mi-temps", Fraction(1, 2)),
        (Etp(), "1,5 ETP", Fraction(3, 2)),
        (Heures(), "17 h 30", 17.5),
        (Heures(), "17,5", 17.5),
        (Ligne(), "  Dupont   Martin ", "Dupont Martin"),
        (Note(), " une ligne\nune autre ", "une ligne\nune autre"),
        (CHOIX, "a", "a"),
        (CHOIX, "b", Fraction(1, 2)),
        (Plusieurs({"m1": "Un", "m2": "Deux"}), "m2\nm1", ("m1", "m2")),
        (Case(), OUI, True),
        (Case(), "", False),
    ],
)
def test_what_is_typed_is_read(genre: Genre, texte: str, valeur: object) -> None:
    lu = genre.lire(texte)
    assert lu.faute == ""
    assert lu.valeur == valeur
    relu = genre.lire(genre.ecrire(lu.valeur))
    assert relu.valeur == valeur


@pytest.mark.parametrize(
    ("genre", "texte", "mot"),
    [
        (Jour(), "bientôt", "ne se lit pas"),
        (Jour(), "mars 2025", "ne se lit pas"),
        (Jour("premier"), "3/10", "ne se lit pas"),
        (Jour(), "15/03/1812", "Vérifiez l’année"),
        (Mois(), "13/2025", "ne se lit pas"),
        (Mois(), "03/1812", "Vérifiez l’année"),
        (Entier(), "beaucoup", "Un nombre entier"),
        (Entier(1, 10), "11", "Entre 1 et 10"),
        (Euros(), "dix", "Un montant en euros"),
        (Euros(), "1,234", "Un montant en euros"),
        (Euros(), "99 999 999", "Au plus"),
        (Etp(), "moitié", "équivalent temps plein"),
        (Etp(), "0", "Plus de 0"),
        (Etp(), "0,3333", "équivalent temps plein"),
        (Etp(), "10,01", "équivalent temps plein"),
        (Heures(), "0,005", "heures par semaine"),
        (Heures(), "200", "Des heures par semaine"),
        (Ligne(maxi=5), "trop long", "Au plus 5"),
        (Note(maxi=5), "trop long", "Au plus 5"),
        (CHOIX, "z", "Choisissez"),
    ],
)
def test_what_cannot_be_read_is_said(genre: Genre, texte: str, mot: str) -> None:
    lu = genre.lire(texte)
    assert lu.valeur is None
    assert mot in lu.faute.replace("\u00a0", " ")


@pytest.mark.parametrize("genre", [Jour(), Mois(), Entier(), Euros(), Etp(), Heures(), Ligne(), Note(), CHOIX])
def test_nothing_is_written_as_nothing(genre: Genre) -> None:
    assert genre.ecrire(genre.vide) == ""
