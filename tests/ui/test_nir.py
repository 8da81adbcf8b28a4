"""Whatever text is typed or imported, a number of social security is warned of, and nothing is refused."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier
from assistmed_desktop.ui.dialogs.message import MessageDialog
from assistmed_desktop.ui.entry import Typed, read_entry
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, lire
from assistmed_desktop.ui.fiches.genres import Choix, Ligne, Note
from tests.ui.conftest import Ouvrir
from tests.ui.outils import AU, au_repos, bouton, choisir_fichier, dialogue, dialogues, etat

NIR = "2 69 05 49 588 157 80"


@pytest.mark.parametrize("genre", [Ligne(), Note()])
def test_every_text_of_every_form_is_warned_of(genre: Ligne | Note) -> None:
    def refuse(_valeurs: object) -> None:
        raise AssertionError

    fiche = Fiche("Essai", (Champ("texte", "Motif", genre), Champ("choix", "Choix", Choix({"a": "A"}))), refuse)  # type: ignore[arg-type]
    (phrase,) = lire(fiche, {"texte": f"Mme X, {NIR}", "choix": "a"}).prudences
    assert phrase.startswith("«\u00a0Motif\u00a0» contient un numéro de sécurité sociale")
    assert lire(fiche, {"texte": "rien de tel"}).prudences == ()


def test_the_note_of_a_reading_is_warned_of() -> None:
    entry = read_entry(Typed("31/10/2026", "1100", note=NIR), "m1", (), AU)
    assert entry.releve is not None
    assert any("numéro de sécurité sociale" in phrase for phrase in entry.cautions)


def test_an_import_warns_and_is_done(ouvrir: Ouvrir, base: Path, demo: Dossier, qtbot: QtBot, tmp_path: Path) -> None:
    cabinet = demo.cabinet.model_copy(update={"nom": "Autre cabinet", "adresse": NIR})
    fichier = tmp_path / "autre.json"
    fichier.write_text(ecrire_dossier(demo.model_copy(update={"cabinet": cabinet})), encoding="utf-8")
    fenetre = ouvrir(base)
    choisir_fichier(qtbot, fenetre, fenetre.actions_.import_.trigger, fichier)
    bouton(dialogue(fenetre), "Remplacer").click()
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier.cabinet.nom == "Autre cabinet"
    restes: list[QDialog] = dialogues(fenetre)
    (dit,) = [d for d in restes if isinstance(d, MessageDialog)]
    assert "numéro de sécurité sociale" in dit.title.text()
    assert dit.details.toPlainText() == "cabinet.adresse"
