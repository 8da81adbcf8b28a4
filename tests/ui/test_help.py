"""The help of each page: written for a doctor, illustrated, each picture as wide as the text."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument

from assistmed_desktop.resources import chemin
from assistmed_desktop.ui.page_index import TOUTES
from tests.ui.conftest import Ouvrir

IMAGE = re.compile(r"!\[([^]]+)]\((images/[a-z-]+\.png)\)")


@pytest.mark.parametrize("nom", [entry.aide for entry in TOUTES.values()])
def test_each_page_of_help_is_illustrated_and_long_enough_to_teach(nom: str) -> None:
    texte = chemin("aide", nom).read_text(encoding="utf-8")
    ((alternative, image),) = IMAGE.findall(texte)
    assert len(alternative) > 15
    assert chemin("aide", *image.split("/")).stat().st_size > 2_000
    assert len(texte.split()) > 150


def test_no_picture_is_left_over() -> None:
    presentes = {image.name for image in (chemin("aide") / "images").iterdir()}
    citees = {
        Path(image).name
        for page in chemin("aide").glob("*.md")
        for _, image in IMAGE.findall(page.read_text(encoding="utf-8"))
    }
    assert presentes == citees


def test_a_picture_is_as_wide_as_the_text(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    fenetre.show_page("missions")
    fenetre.commands.show_help()
    document = fenetre.panel.browser.document()
    image = document.resource(QTextDocument.ResourceType.ImageResource.value, QUrl("images/missions.png"))
    assert isinstance(image, QImage)
    assert 150 < image.width() / image.devicePixelRatio() < fenetre.panel.browser.viewport().width()
