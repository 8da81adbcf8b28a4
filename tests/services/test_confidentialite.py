"""A text that may hold a number of social security is warned of, wherever it is, without repeating the number."""

from assistmed_desktop.services.confidentialite import nir_du_dossier, prudence_nir
from tests.services.outils import exemple

AVEC_CLE = "2 69 05 49 588 157 80"
SANS_CLE = "2690549588157"


def test_a_text_without_one_is_not_warned_of() -> None:
    assert prudence_nir("Note", "extrait amelipro du 30/09") == ""
    assert nir_du_dossier(exemple()) == ()


def test_one_with_its_key_is_told_firmly() -> None:
    assert "« Note » contient un numéro de sécurité sociale" in prudence_nir("Note", f"voir {AVEC_CLE}")
    assert "« Motif » semble contenir un numéro" in prudence_nir("Motif", SANS_CLE)


def test_the_number_itself_is_never_repeated() -> None:
    assert SANS_CLE[:6] not in prudence_nir("Note", SANS_CLE)


def test_every_text_of_a_practice_is_looked_into() -> None:
    dossier = exemple()
    releves = (*dossier.releves, dossier.releves[0].model_copy(update={"note": AVEC_CLE}))
    cabinet = dossier.cabinet.model_copy(update={"commune": SANS_CLE})
    atteint = dossier.model_copy(update={"releves": releves, "cabinet": cabinet})
    assert nir_du_dossier(atteint) == ("cabinet.commune", f"releves[{len(dossier.releves)}].note")
