"""Texts made to harm are shown as they are: no markup read, no formula copied, no path out of the folder chosen."""

import json
import re
import time
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.formats import nom_de_fichier
from assistmed_desktop.resources import chemin
from assistmed_desktop.ui.fiches.genres import (
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
from assistmed_desktop.ui.page_index import ENTRIES
from assistmed_desktop.ui.widgets.table import Column, Table, TableModel
from tests.storage.outils import base_de
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos

GENRES: Final[tuple[Genre, ...]] = (
    Jour(), Mois(), Entier(), Euros(), Etp(), Heures(), Ligne(), Note(),
    Choix({"a": "A", "b": "B"}), Plusieurs({"a": "A", "b": "B"}), Case(),
)  # fmt: skip
LONGS: Final = [
    signe * 10_000 for signe in ("9", " ", "a", "1 ", "1/", ",", "-", "\u200b", "\u202e", "é", "1h", "15/", "\n", "٣")
]
BALISE: Final = '<img src="file:///etc/passwd"><b>&amp;</b>'
FORMULES: Final = ('=HYPERLINK("http://a")', "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\u202e=1", "\u200b=1")
CIBLES: Final = ("nom", "prenom", "note", "reference", "tache", "adresse", "specialite", "ville", "motif", "objet")


@given(st.sampled_from(GENRES), st.text() | st.sampled_from(LONGS))
def test_no_field_stumbles_on_what_is_typed(genre: Genre, texte: str) -> None:
    debut = time.perf_counter()
    lu = genre.lire(texte)
    assert isinstance(lu.faute, str)
    if not lu.faute:
        assert genre.lire(genre.ecrire(lu.valeur) or "1").faute == "" or not genre.ecrire(lu.valeur)
    assert time.perf_counter() - debut < 2


@pytest.mark.parametrize("genre", GENRES, ids=lambda genre: type(genre).__name__)
@pytest.mark.parametrize("texte", LONGS, ids=lambda texte: ascii(texte[:2]))
def test_ten_thousand_signs_are_read_or_refused_at_once(genre: Genre, texte: str) -> None:
    debut = time.perf_counter()
    genre.lire(texte)
    assert time.perf_counter() - debut < 2


@given(st.text())
@example("../../etc/passwd")
@example("..\\..\\Windows")
@example("con")
@example("AUX.txt")
@example("é" * 300)
@example("\u202egnp.exe")
def test_a_name_proposed_for_a_file_stays_in_its_folder(texte: str) -> None:
    nom = f"{nom_de_fichier(texte) or 'dossier'}.json"
    assert Path(nom).name == nom
    assert not {"/", "\\", ":", "\0", "\u202e", "\u200b"} & set(nom)
    assert nom.isprintable()
    assert not nom.startswith(".")
    assert len(nom.encode()) < 255
    assert nom.partition(".")[0].upper() not in {"CON", "AUX", "NUL", "PRN", "COM1", "LPT1"}


@given(st.lists(st.text() | st.sampled_from(FORMULES), min_size=1, max_size=4))
def test_what_is_copied_to_a_spreadsheet_is_no_formula(textes: list[str]) -> None:
    modele = TableModel([Column("Nom", str, str), Column("Note", str, str)], textes)
    _, *lignes = modele.as_tsv(range(len(textes))).removesuffix("\n").split("\n")
    assert len(lignes) == len(textes)
    for ligne in lignes:
        cellules = ligne.split("\t")
        assert len(cellules) == 2
        assert not [cellule for cellule in cellules if cellule[:1] in ("=", "+", "-", "@")]


def test_a_tooltip_shows_markup_as_it_is() -> None:
    modele = TableModel([Column("Nom", str, str)], [BALISE, "Claire Lambert"])
    balise, nom = (modele.data(modele.index(rang, 0), Qt.ItemDataRole.ToolTipRole) for rang in (0, 1))
    assert "<img" not in balise
    assert nom == "Claire Lambert"


def hostile(demo: Dossier, texte: str) -> Dossier:
    """Give the demonstration with a text put wherever the format takes it."""
    document: Any = json.loads(chemin("demo", "dossier.json").read_bytes())

    def parcourir(valeur: Any) -> None:  # noqa: ANN401 - any JSON value
        for cle, enfant in list(valeur.items() if isinstance(valeur, dict) else enumerate(valeur)):
            if isinstance(enfant, dict | list):
                parcourir(enfant)
            elif isinstance(enfant, str) and cle in CIBLES:
                valeur[cle] = texte
                try:
                    lire_dossier(json.dumps(document))
                except DossierInvalide:
                    valeur[cle] = enfant

    parcourir(document)
    assert demo.cabinet.nom != texte
    return lire_dossier(json.dumps(document))


@pytest.mark.parametrize("texte", [BALISE, "\u202egnp.exe\u200b" + "W" * 180, "=1+1\u00a0<script>&lt;"])
def test_every_page_shows_a_hostile_text_as_it_is(
    texte: str, demo: Dossier, ouvrir: Ouvrir, tmp_path: Path, qtbot: QtBot
) -> None:
    fenetre = ouvrir(base_de(hostile(demo, texte), tmp_path / "hostile.assistmed"))
    for entree in ENTRIES:
        fenetre.show_page(entree.cle)
        au_repos(qtbot, fenetre)
        for label in fenetre.findChildren(QLabel):
            riche = label.textFormat() != Qt.TextFormat.PlainText and "<" in texte and texte in label.text()
            assert not riche, label.text()
        for table in fenetre.page(entree.cle).findChildren(Table):
            table.copy()
            cellules = QGuiApplication.clipboard().text().replace("\n", "\t").split("\t")
            assert not [c for c in cellules if c[:1] in ("=", "@", "+", "-") and not re.fullmatch(r"[+-][0-9,]+€?", c)]
        for panneau in fenetre.findChildren(QTextEdit):
            assert "<img" not in panneau.toHtml()
    QApplication.processEvents()
