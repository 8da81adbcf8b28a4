"""The page of the assistants: who holds the posts, their gaps, each assistant, all of it entered and withdrawn."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.assistant import Assistant
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import ASSISTANTS
from assistmed_desktop.ui.pages.assistants import AssistantsPage
from assistmed_desktop.ui.pages.career import career, countdown, etat_formation, mot_absence, poste, today
from assistmed_desktop.ui.pages.staffing import cover_facts, gap_sentences, posts
from assistmed_desktop.ui.widgets.edit_panel import EditPanel
from tests.dix_medecins import dix_medecins
from tests.storage.outils import base_de
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, bouton, dialogue, etat

BaseDe = Callable[[Dossier], Path]


@pytest.fixture
def base_avec(tmp_path: Path) -> BaseDe:
    return lambda dossier: base_de(dossier, tmp_path / "autre.assistmed")


def page(fenetre: MainWindow, qtbot: QtBot, place: str = "", contrat: str | None = None) -> AssistantsPage:
    if contrat is not None and fenetre.desk is not None:
        fenetre.desk.look_at_contrat(contrat)
    fenetre.show_page(ASSISTANTS, place)
    au_repos(qtbot, fenetre)
    qtbot.waitUntil(lambda: bool(etat(fenetre).analyses))
    trouvee = fenetre.page(ASSISTANTS)
    assert isinstance(trouvee, AssistantsPage)
    return trouvee


def panneau(fenetre: MainWindow) -> EditPanel:
    assert fenetre.edit is not None
    return fenetre.edit


def assistant(fenetre: MainWindow, ident: str) -> Assistant:
    return next(a for a in etat(fenetre).dossier.assistants if a.id == ident)


def dit(fenetre: MainWindow) -> str:
    """Give what is written beside the page."""
    return fenetre.panel.browser.toPlainText()


def _nu(texte: str) -> str:
    return texte.replace("\u00a0", " ")


def test_the_gaps_are_drawn_and_told(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    vue = page(fenetre, qtbot, contrat="c1")
    assert _nu(vue.gaps.text()) == (
        "Du 16 au 27 mars 2026, 10 jours ouvrés : 1/2 ETP manquait, absence de Denise Baudu non remplacée."
    )
    qtbot.waitUntil(lambda: any("manque" in spot.texte for spot in vue.timeline.spots))
    lus = [_nu(spot.texte) for spot in vue.timeline.spots]
    assert "Dr Claire Benassis : manque 1/2 ETP du 16/03/2026 au 27/03/2026" in lus
    assert "Félicité Aubain : 1/2 ETP du 06/11/2023 au 31/08/2025" in lus
    assert any("suspendu" in lu for lu in lus)
    assert [_nu(f.valeur) for f in vue.posts.facts] == [
        "1/2 ETP présent pour 1/2 ETP financé",
        "671 jours ouvrés pourvus sur 681 (99 %)",
    ]
    vue.posts.why("c1:totaux").click()
    assert fenetre.panel.isVisible()
    assert "Jours ouvrés" in dit(fenetre)


def test_several_contracts_are_a_line_each(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    vue = page(ouvrir(base), qtbot)
    assert [fact.nom.replace("\u00a0", " ") for fact in vue.posts.facts] == [
        "Dr Claire Benassis", "Dr Étienne Bianchon", "Dr Pascale Rougon", "Dr Henri Desplein",
    ]  # fmt: skip
    assert "pourvu tous les jours" in vue.posts.facts[1].valeur
    assert _nu(vue.gaps.text()).startswith("Dr Claire Benassis : du 16 au 27 mars 2026")


def test_before_the_analysis_the_shares_tell(demo: Dossier, ouvrir: Ouvrir, base_avec: BaseDe, qtbot: QtBot) -> None:
    parti = demo.assistants[1].model_copy(update={"affectations": ()})
    sans = demo.model_copy(update={"assistants": (demo.assistants[0], parti, *demo.assistants[2:])})
    fenetre = ouvrir(base_avec(sans))
    page(fenetre, qtbot, contrat="c1")
    avant = etat(fenetre)
    sans_analyse = type(avant)(avant.dossier, avant.evaluation, "c1", "m1")
    frise = posts(sans_analyse)
    assert frise is not None
    assert any(b.genre == "manque" and b.du == date(2025, 9, 1) for ligne in frise.lignes for b in ligne.barres)
    assert "manque sur" in _nu(cover_facts(sans_analyse)[0].valeur)
    assert gap_sentences(sans_analyse) == []
    assert "aucun assistant affecté" in gap_sentences(avant)[0]
    assert cover_facts(avant)[0].alerte == "sous_la_reference"


def test_choosing_an_assistant_shows_the_detail(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    vue = page(ouvrir(base), qtbot)
    assert vue.title.text() == "Assistants"
    assert vue.detail.identity.title.text() == "Denise Baudu"
    vue.list.table.choose(lambda row: row.assistant.id == "a3")
    assert vue.detail.identity.title.text() == "Gervaise Coupeau"
    assert vue.detail.shares.model.rowCount() == 3
    assert vue.detail.absences.model.rowCount() == 2
    assert vue.detail.costs.model.rowCount() == 2
    alternative = _nu(vue.detail.timeline.accessibleDescription())
    assert "Embauche : temps plein, 35 h depuis le 05/12/2022" in alternative
    assert "FAE obtenue, le 01/12/2023" in alternative


def test_the_training_counts_down(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    vue = page(fenetre, qtbot)
    dits = {_nu(f.nom): (_nu(f.valeur), f.alerte) for f in vue.detail.training.facts}
    assert dits["CQP de Denise Baudu à obtenir"] == ("11/12/2026, dans 26 jours", "attention")
    assert dits["Qualification"] == ("pas encore", "")
    assert vue.detail.untrained.isHidden()
    vue.detail.train.click()
    panneau(fenetre).form.fill({"obtention_le": "10/11/2026"})
    panneau(fenetre).save.click()
    au_repos(qtbot, fenetre)
    assert vue.detail.training.facts[3].valeur == "10/11/2026"
    assert etat_formation(etat(fenetre), assistant(fenetre, "a2")) == "obtenue le 10/11/2026"


def test_a_newcomer_is_entered_by_keyboard_alone(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    vue = page(fenetre, qtbot, "nouveau")
    avant = etat(fenetre).dossier
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    QTest.keyClicks(focus, "Exemple")
    panneau(fenetre).form.fill({"profil": "infirmier", "du": "2/11/2026", "role": "mi_temps", "contrat": "c1"})
    QTest.keyClick(focus, Qt.Key.Key_Return)
    au_repos(qtbot, fenetre)
    nouveau = etat(fenetre).dossier.assistants[-1]
    assert nouveau.embauches[0].heures_hebdo == 17.5
    assert not panneau(fenetre).isVisible()
    assert vue.list.model.rowCount() == 4
    fenetre.undo()
    assert etat(fenetre).dossier == avant
    assert vue.list.model.rowCount() == 3


@pytest.mark.parametrize(
    ("place", "titre"),
    [
        ("formation", "Formation de Denise Baudu"),
        ("embauche", "Nouvelle embauche de Denise Baudu"),
        ("affectation", "Nouvelle affectation de Denise Baudu"),
    ],
)
def test_places_lead_to_their_forms(ouvrir: Ouvrir, base: Path, qtbot: QtBot, place: str, titre: str) -> None:
    fenetre = ouvrir(base)
    page(fenetre, qtbot, place)
    assert panneau(fenetre).title == titre


def test_a_person_found_is_chosen(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    vue = page(ouvrir(base), qtbot, "a1")
    assert vue.detail.assistant is not None
    assert vue.detail.assistant.id == "a1"


def test_an_absence_is_entered_and_withdrawn_from_its_list(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    vue = page(fenetre, qtbot)
    avant = etat(fenetre).dossier
    vue.detail.absences.add.click()
    panneau(fenetre).form.fill({"du": "02/11/2026", "au": "06/11/2026", "conges": "oui"})
    panneau(fenetre).save.click()
    assert fenetre.notice.text == "L’absence est ajoutée."
    au_repos(qtbot, fenetre)
    vue.detail.absences.table.selectRow(0)
    assert mot_absence(vue.detail.absences.table.current) == "congés payés"
    vue.detail.absences.change.click()
    assert panneau(fenetre).form.typed()["au"] == "06/11/2026"
    panneau(fenetre).close_panel()
    QTest.keyClick(vue.detail.absences.table, Qt.Key.Key_Delete)
    au_repos(qtbot, fenetre)
    assert etat(fenetre).dossier == avant


def test_hirings_shares_and_costs_open_from_their_lists(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    detail = page(fenetre, qtbot).detail
    for listing, titre in (
        (detail.hirings, "Embauche de Denise Baudu"),
        (detail.shares, "Affectation de Denise Baudu"),
        (detail.costs, "Coût de Denise Baudu"),
    ):
        listing.table.selectRow(0)
        listing.change.click()
        assert panneau(fenetre).title == titre
        avant = etat(fenetre).dossier
        listing.remove.click()
        assert etat(fenetre).dossier != avant
        fenetre.undo()
        assert etat(fenetre).dossier == avant
    detail.correct.click()
    assert panneau(fenetre).title == "Denise Baudu"


def test_withdrawing_an_assistant_asks_first(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    vue = page(fenetre, qtbot)
    vue.list.table.choose(lambda row: row.assistant.id == "a1")
    vue.list.remove.click()
    boite = dialogue(fenetre)
    assert any("Félicité Aubain" in label.text() for label in boite.findChildren(QLabel))
    bouton(boite, "Supprimer").click()
    au_repos(qtbot, fenetre)
    assert [a.id for a in etat(fenetre).dossier.assistants] == ["a2", "a3"]
    assert vue.list.model.rowCount() == 2
    fenetre.undo()
    assert len(etat(fenetre).dossier.assistants) == 3


def test_the_list_corrects_an_identity(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    vue = page(fenetre, qtbot)
    vue.list.table.setFocus()
    QTest.keyClick(vue.list.table, Qt.Key.Key_Return)
    panneau(fenetre).form.fill({"prenom": "Zoé"})
    panneau(fenetre).save.click()
    au_repos(qtbot, fenetre)
    assert vue.detail.identity.title.text() == "Zoé Baudu"


def test_a_practice_without_assistants_teaches(demo: Dossier, ouvrir: Ouvrir, base_avec: BaseDe, qtbot: QtBot) -> None:
    vide = demo.model_copy(update=dict.fromkeys(("assistants", "missions", "observations", "echeances_faites"), ()))
    fenetre = ouvrir(base_avec(vide))
    vue = page(fenetre, qtbot, "formation")
    assert panneau(fenetre).title == "Nouvel assistant"
    assert vue.list.empty.isVisible()
    assert vue.detail.isHidden()
    assert vue.list.add.isVisible()
    assert "manque" in vue.posts.facts[0].valeur


def test_without_contracts_an_allocation_leads_nowhere_and_says_why(
    demo: Dossier, ouvrir: Ouvrir, base_avec: BaseDe, qtbot: QtBot
) -> None:
    seuls = tuple(a.model_copy(update={"affectations": ()}) for a in demo.assistants)
    listes = ("contrats", "versements", "notifications", "echeances_faites", "propositions")
    sans = demo.model_copy(update={**dict.fromkeys(listes, ()), "assistants": seuls})
    fenetre = ouvrir(base_avec(sans))
    fenetre.show_page(ASSISTANTS, "affectation")
    au_repos(qtbot, fenetre)
    assert fenetre.notice.text.startswith("Saisissez d’abord un contrat")
    vue = fenetre.page(ASSISTANTS)
    assert isinstance(vue, AssistantsPage)
    assert vue.posts.isHidden()
    assert vue.list.model.rowCount() == 3


def test_many_gaps_are_all_told_beside_the_page(demo: Dossier, ouvrir: Ouvrir, base_avec: BaseDe, qtbot: QtBot) -> None:
    denise = demo.assistants[1]
    absences = tuple(
        denise.absences[0].model_copy(update={"du": date(2026, mois, 1), "au": date(2026, mois, 10)})
        for mois in range(1, 8)
    )
    plein = demo.model_copy(
        update={
            "assistants": tuple(
                a.model_copy(update={"absences": absences}) if a is denise else a for a in demo.assistants
            )
        }
    )
    fenetre = ouvrir(base_avec(plein))
    vue = page(fenetre, qtbot, contrat="c1")
    assert vue.all_gaps.text() == "Voir les 7 manques"
    assert len(vue.gaps.text().splitlines()) == 3
    vue.all_gaps.click()
    assert fenetre.panel.isVisible()
    qtbot.waitUntil(lambda: "manque du 01/01/2026" in " ".join(_nu(s.texte) for s in vue.timeline.spots))


def test_notes_of_the_analysis_explain_themselves(
    demo: Dossier, ouvrir: Ouvrir, base_avec: BaseDe, qtbot: QtBot
) -> None:
    denise = demo.assistants[1]
    longue = denise.absences[0].model_copy(update={"du": date(2026, 6, 1), "au": None})
    heures = denise.embauches[1].model_copy(update={"heures_hebdo": 20.0})
    autre = denise.model_copy(update={"absences": (longue,), "embauches": (denise.embauches[0], heures)})
    fenetre = ouvrir(base_avec(demo.model_copy(update={"assistants": (demo.assistants[0], autre, demo.assistants[2])})))
    vue = page(fenetre, qtbot)
    notes = _nu(vue.detail.notes.text())
    assert "demandez à la CPAM de suspendre le contrat" in notes
    assert "au lieu de 17 h 30" in notes
    assert "Absence depuis le 01/06/2026, retour non connu" in _nu(vue.detail.where.text())
    vue.detail.why.click()
    assert fenetre.panel.isVisible()
    assert "Heures du rôle" in dit(fenetre)


def test_words_of_a_post(demo: Dossier, ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    denise = demo.assistants[1]
    assert _nu(poste(denise, date(2026, 1, 1))) == "mi-temps, 17 h 30"
    assert poste(denise, date(2020, 1, 1)) == "embauche prévue le 11/12/2023"
    assert poste(demo.assistants[0], date(2026, 1, 1)) == "départ le 31/08/2025"
    assert poste(denise.model_copy(update={"embauches": ()}), date(2026, 1, 1)) == "aucune embauche saisie"
    assert [_nu(countdown(date(2026, 1, j), date(2026, 1, 2))) for j in (1, 2, 4)] == [
        "il y a 1 jour", "aujourd’hui", "dans 2 jours",
    ]  # fmt: skip
    fenetre = ouvrir(base)
    page(fenetre, qtbot)
    nue = denise.model_copy(update={"id": "a9", "embauches": (), "absences": (), "affectations": (), "formation": None})
    assert career(etat(fenetre), nue) is None
    assert etat_formation(etat(fenetre), nue) == "non renseignée"
    assert today(etat(fenetre), nue) == "Aucune embauche saisie."
    assert denise.formation is not None
    suivie = nue.model_copy(update={"formation": denise.formation})
    assert etat_formation(etat(fenetre), suivie) == "en cours"
    inscrite = denise.formation.model_copy(update={"debut_le": None})
    assert etat_formation(etat(fenetre), nue.model_copy(update={"formation": inscrite})) == "pas commencée"
    assert mot_absence(denise.absences[0]) == "absence sans remplacement"
    rempl = denise.absences[0].model_copy(update={"remplacement": True})
    assert mot_absence(rempl) == "absence remplacée"
    assert mot_absence(rempl.model_copy(update={"conges": True})) == "congés payés, remplacés"


def test_many_contracts_show_those_that_run_and_tell_those_with_a_gap(
    ouvrir: Ouvrir, base_avec: BaseDe, qtbot: QtBot
) -> None:
    fenetre = ouvrir(base_avec(dix_medecins()))
    vue = page(fenetre, qtbot)
    frise = posts(etat(fenetre))
    assert frise is not None
    assert len(frise.lignes) == 10
    assert all(fact.alerte for fact in vue.posts.facts[:-1])
    assert vue.posts.facts[-1].valeur == "pourvu tous les jours"
    assert vue.list.model.rowCount() == 30
    bouton(vue, "Voir la fiche").click()
    assert vue.verticalScrollBar().value() > 0
    assert QApplication.focusWidget() is vue.detail.correct
