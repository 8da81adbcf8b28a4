"""Pictures of the help: ``python -m tests.illustrations`` writes them into ``resources/aide/images``.

Each is a part of a page of the demonstration, in the light theme. Drawn offscreen.
"""

import os
import sys

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from assistmed_desktop.app import preparer_application
from assistmed_desktop.resources import chemin
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import (
    ASSISTANTS,
    CABINET,
    CONTRATS,
    MISSIONS,
    PATIENTELE,
    RAPPORTS,
    SIMULATION,
    TABLEAU,
    VERSEMENTS,
)
from assistmed_desktop.ui.widgets.card import Card
from tests.captures import Atelier, Format

# The picture, the page and the place in it, the card to show: its title, or the page whole when there is none.
IMAGES = (
    ("tableau-de-bord", TABLEAU, "", "Patientèle médecin traitant"),
    ("contrats", CONTRATS, "", "La vie du contrat"),
    ("assistants", ASSISTANTS, "", "Postes et présence"),
    ("missions", MISSIONS, "", "Ce que font les assistants"),
    ("patientele", PATIENTELE, "mouvements", "De la référence à aujourd’hui"),
    ("versements", VERSEMENTS, "echeances", "Calendrier"),
    ("simulation", SIMULATION, "", "Scénario A"),
    ("rapports", RAPPORTS, "", ""),
    ("cabinet", CABINET, "", ""),
)
TAILLE = Format("aide", QSize(800, 720), 1.0)
LARGE = {RAPPORTS: QSize(1280, 720)}
"""The pages whose parts are to be seen side by side."""


def main() -> int:
    """Write the pictures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sortie = chemin("aide") / "images"
    sortie.mkdir(exist_ok=True)
    atelier = Atelier(preparer_application(), sortie, TAILLE, "clair")
    with atelier.fenetre() as fenetre:
        atelier.au_repos(fenetre)
        fenetre.grab().save(str(sortie / "mise-en-route.png"))
        fenetre.open_demonstration()
        atelier.attendre(lambda: fenetre.desk is not None)
        atelier.contrat(fenetre, "c1")
        for nom, cle, place, titre in IMAGES:
            fenetre.resize(LARGE.get(cle, TAILLE.taille))
            fenetre.show_page(cle, place)
            if fenetre.edit is not None and fenetre.edit.isVisible():
                fenetre.edit.close_panel()
            atelier.au_repos(fenetre)
            _partie(fenetre, cle, titre).grab().save(str(sortie / f"{nom}.png"))
    return 0


def _partie(fenetre: MainWindow, cle: str, titre: str) -> QWidget:
    page = fenetre.page(cle)
    if not titre:
        return page
    return next(carte for carte in page.findChildren(Card) if carte.isVisible() and carte.accessibleName() == titre)


if __name__ == "__main__":
    sys.exit(main())
