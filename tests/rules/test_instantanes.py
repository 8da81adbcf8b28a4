"""What the rules say of every case, compared with what they said when someone last read it."""

from difflib import unified_diff
from itertools import islice

import pytest

from tests.rules.instantanes import COMMANDE, REPERTOIRE, cas, instantane

MONTREES = 40


def ecart(fichier: str, garde: str, dit: str) -> str:
    """Say where what the rules say differs from what was kept; nothing when it does not."""
    lignes = unified_diff(garde.splitlines(), dit.splitlines(), f"{fichier}.txt gardé", "les règles", "", "", 1, "")
    debut = [*islice(lignes, MONTREES)]
    if not debut:
        return ""
    suite = f"\n(seules les {MONTREES} premières lignes sont montrées)" if len(debut) == MONTREES else ""
    return (
        f"Les règles ne disent plus la même chose des cas de « {fichier} » :\n"
        + "\n".join(debut)
        + suite
        + f"\nSi c'est voulu : {COMMANDE}, puis relisez la différence de chaque fichier avant de la garder."
        + f'\nPour voir ce que cache une empreinte : {COMMANDE} "titre du cas", avant et après.'
    )


@pytest.mark.parametrize("fichier", list(cas()))
def test_the_rules_say_of_every_case_what_was_read(fichier: str) -> None:
    garde = REPERTOIRE / f"{fichier}.txt"
    assert garde.exists(), f"{garde.name} manque : {COMMANDE} l'écrit"

    difference = ecart(fichier, garde.read_text(encoding="utf-8"), instantane(fichier) + "\n")

    assert not difference, difference


def test_no_text_is_kept_of_a_file_that_is_gone() -> None:
    assert {chemin.stem for chemin in REPERTOIRE.glob("*.txt")} == {*cas()}


def test_a_difference_is_shown_with_what_to_do_of_it() -> None:
    dit = ecart("argent", "a = 1\nb = 2\n", "a = 1\nb = 3\n")

    assert "« argent »" in dit
    assert "-b = 2\n+b = 3" in dit
    assert COMMANDE in dit
    assert "premières lignes" not in dit


def test_a_long_difference_is_cut() -> None:
    long = "\n".join(map(str, range(2 * MONTREES)))

    assert f"seules les {MONTREES} premières lignes" in ecart("argent", "", long)
    assert f"\n+{2 * MONTREES - 1}" not in ecart("argent", "", long)
