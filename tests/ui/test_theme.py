"""The colours can be read by everyone; the scale follows the user's font."""

from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from assistmed_desktop.ui import theme
from assistmed_desktop.ui.theme import CLAIR, SOMBRE, Couleurs, contraste

THEMES = pytest.mark.parametrize("couleurs", [CLAIR, SOMBRE], ids=lambda couleurs: couleurs.nom)
STATUTS = ("atteint", "en_bonne_voie", "en_retard", "sous_la_reference", "suspendu")


def test_contrast_of_black_on_white_is_the_highest() -> None:
    assert contraste("#000000", "#FFFFFF") == pytest.approx(21)
    assert contraste("#FFFFFF", "#FFFFFF") == pytest.approx(1)


@THEMES
@pytest.mark.parametrize("fond", ["fond", "surface", "selection", "survol"])
@pytest.mark.parametrize("encre", ["texte", "secondaire", "accent"])
def test_text_can_be_read(couleurs: Couleurs, encre: str, fond: str) -> None:
    assert contraste(getattr(couleurs, encre), getattr(couleurs, fond)) >= 4.5


@THEMES
@pytest.mark.parametrize("fond", ["fond", "surface"])
@pytest.mark.parametrize("statut", STATUTS)
def test_status_words_can_be_read(couleurs: Couleurs, statut: str, fond: str) -> None:
    assert contraste(couleurs.statut(statut), getattr(couleurs, fond)) >= 4.5


@THEMES
def test_what_is_drawn_and_what_is_edited_can_be_seen(couleurs: Couleurs) -> None:
    for fond in (couleurs.fond, couleurs.surface):
        assert contraste(couleurs.bord, fond) >= 3
        assert contraste(couleurs.accent, fond) >= 3
    assert contraste(couleurs.sur_accent, couleurs.accent) >= 4.5


@THEMES
def test_a_track_still_shows_what_is_left_to_do(couleurs: Couleurs) -> None:
    for statut in STATUTS:
        assert contraste(couleurs.statut(statut), couleurs.filet) >= 3


@THEMES
def test_every_colour_is_written_in_full(couleurs: Couleurs) -> None:
    for champ in fields(couleurs):
        if champ.name != "nom":
            assert len(getattr(couleurs, champ.name)) == 7


def test_the_theme_of_the_system_is_followed(application: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    hints = application.styleHints()
    monkeypatch.setattr(type(hints), "colorScheme", lambda _hints: Qt.ColorScheme.Dark)
    assert theme.appliquer_theme(application, "systeme") is SOMBRE
    assert theme.couleurs_actuelles() is SOMBRE
    assert theme.appliquer_theme(application, "clair") is CLAIR
    assert theme.couleurs_actuelles() is CLAIR


def test_the_scale_follows_the_font_of_the_program(application: QApplication) -> None:
    fonte = application.font()
    fonte.setPointSizeF(20)
    application.setFont(fonte)
    assert theme.police(theme.CHIFFRE).pointSizeF() == pytest.approx(44)
    fonte.setPixelSize(10)
    application.setFont(fonte)
    assert theme.police(theme.TITRE_PAGE, gras=True).pixelSize() == 16
