"""The page of payments and deadlines in a real window: entered, told, explained, ticked off, exported."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from pytestqt.exceptions import TimeoutError as NotInTime
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.contrat import Resiliation
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Versement
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import ASSISTANTS, CONTRATS, VERSEMENTS
from assistmed_desktop.ui.pages.versements import VersementsPage
from assistmed_desktop.ui.widgets.edit_panel import EditPanel
from assistmed_desktop.ui.widgets.listing import Listing
from assistmed_desktop.ui.widgets.table import Table
from tests.storage.outils import base_de
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, bouton, choisir_fichier, dialogue, etat
from tests.ui.test_accessibility import controles, coupes, etapes, sans_nom

VIDES: dict[str, tuple[()]] = dict.fromkeys(
    (
        "assistants", "missions", "mouvements", "activite", "versements", "corrections", "notifications",
        "echeances_faites", "observations", "propositions", "releves",
    ),
    (),
)  # fmt: skip


def aller(fenetre: MainWindow, qtbot: QtBot, contrat: str = "c1", place: str = "") -> VersementsPage:
    """Show the page, on a contract, once it is analysed."""
    fenetre.look_at_contrat(contrat)
    fenetre.show_page(VERSEMENTS, place)
    qtbot.waitUntil(lambda: len(etat(fenetre).analyses) == len(etat(fenetre).evaluation.contrats), timeout=20_000)
    au_repos(qtbot, fenetre)
    page = fenetre.page(VERSEMENTS)
    assert isinstance(page, VersementsPage)
    return page


def edit(fenetre: MainWindow) -> EditPanel:
    assert fenetre.edit is not None
    return fenetre.edit


def cellules(listing: Listing) -> list[list[str]]:
    """Give what a list shows, column by column."""
    model = listing.model
    return [
        [model.index(ligne, colonne).data() for colonne in range(model.columnCount())]
        for ligne in range(model.rowCount())
    ]


def choisir(table: Table, **cles: Any) -> Any:  # noqa: ANN401 - a row, whose kind the list knows
    """Choose the first row whose attributes are so."""
    table.choose(lambda row: all(_valeur(row, chemin) == valeur for chemin, valeur in cles.items()))
    assert table.selectionModel().hasSelection(), cles
    return table.current


def _valeur(row: Any, chemin: str) -> Any:  # noqa: ANN401 - the same
    for nom in chemin.split("__"):
        row = getattr(row, nom)
    return row


def versements(fenetre: MainWindow, contrat: str) -> Sequence[Versement]:
    return [v for v in etat(fenetre).dossier.versements if v.contrat == contrat]


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def lu(fenetre: MainWindow) -> str:
    """Give what the panel beside the page says."""
    return fenetre.panel.browser.toPlainText().replace("\u00a0", " ")


def test_due_against_received_is_told_in_words_and_shapes(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    page = aller(ouvrir(base), qtbot)
    payments = page.payments
    assert [value.text().replace("\u00a0", " ") for value in payments.today.figures.values] == [
        "48 500 €", "43 000 €", "−5 500 €", "22 000 €",
    ]  # fmt: skip
    assert payments.today.badge.word == "Un versement manque"
    assert "06/11/2026" in payments.today.lines.text()
    assert "conserver jusqu’au\u00a009/07/2029" in payments.today.lines.text()
    lignes = [[texte.replace("\u00a0", " ") for texte in ligne[1:]] for ligne in cellules(payments.payments)]
    assert lignes[0] == [
        "1",
        "16/11/2023",
        "reçu",
        "18 000 €",
        "18 000 €",
        "05/12/2023",
        "0 €",
        "05/12/2026",
        "Année 1",
    ]
    assert lignes[4][:6] == ["4 (1 sur 2)", "06/11/2026", "en retard de 9 jours", "5 500 €", "rien", "–"]
    assert lignes[5][:6] == ["4 (2 sur 2)", "non publié", "date non publiée", "5 500 € au plus", "non saisi", "–"]
    assert [row.etat for row in payments.payments.model.rows[3:6]] == ["faite", "depassee", "a_venir"]
    assert not payments.contracts.isVisible()
    assert payments.payments.table.isColumnHidden(0)


def test_less_than_was_due_is_not_called_received(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    page = aller(ouvrir(base), qtbot, "c3")
    row = choisir(page.payments.payments.table, ecart=-62_475)
    assert (row.situation, row.etat) == ("reçu en partie", "urgente")
    attendu = choisir(page.payments.payments.table, annee=5)
    assert (attendu.situation, attendu.due) == ("dans 20\u00a0jours", "inconnu")
    assert page.payments.today.badge.word == "À vérifier"


def test_all_the_contracts_are_shown_together(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    page = aller(fenetre, qtbot, "")
    payments = page.payments
    assert payments.contracts.isVisible()
    assert not payments.cards.isVisible()
    assert not payments.scenarios.isVisible()
    assert not payments.payments.table.isColumnHidden(0)
    assert len(payments.payments.model.rows) > 28
    table = payments.contracts.table
    assert choisir(table, contrat="c4").remarques == ""
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert etat(fenetre).contrat_id == "c4"
    au_repos(qtbot, fenetre)
    assert payments.cards.isVisible()


def test_the_payment_waited_for_is_the_one_that_opens(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, seul: Dossier, tmp_path: Path
) -> None:
    fenetre = ouvrir(base)
    aller(fenetre, qtbot, "c1")
    fenetre.show_page(VERSEMENTS, "versement")
    assert edit(fenetre).title == "Versement"
    assert edit(fenetre).form.typed()["echeance_le"] == "06/11/2026"
    aller(fenetre, qtbot, "c2", "versement")
    assert edit(fenetre).title == "Nouveau versement"
    assert edit(fenetre).form.typed()["echeance_le"] == ""
    vide = ouvrir(base_de(seul.model_copy(update=VIDES), tmp_path / "vide.assistmed"))
    aller(vide, qtbot, "c1")
    vide.show_page(VERSEMENTS, "versement")
    assert edit(vide).title == "Nouveau versement"
    assert edit(vide).form.typed()["echeance_le"] == "16/11/2023"


def test_a_payment_is_entered_by_keyboard_and_undone(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    page = aller(fenetre, qtbot)
    avant = versements(fenetre, "c1")
    page.payments.payments.add.setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Space)
    assert edit(fenetre).title == "Nouveau versement"
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    for texte in ("6/5/27", "5500"):
        fenetre.focusNextPrevChild(True)
        QTest.keyClicks(focus(), texte)
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    nouveau = versements(fenetre, "c1")[-1]
    assert (nouveau.annee_contrat, nouveau.echeance_le, nouveau.montant_du) == (4, date(2027, 5, 6), 550_000)
    assert not edit(fenetre).isVisible()
    assert choisir(page.payments.payments.table, versement=nouveau).situation.startswith("dans ")
    fenetre.undo()
    assert versements(fenetre, "c1") == avant


def test_what_is_foreseen_is_entered_from_its_row(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, seul: Dossier) -> None:
    del seul
    fenetre = ouvrir(base_seul)
    page = aller(fenetre, qtbot)
    listing = page.payments.payments
    assert listing.change.text() == "Modifier"
    choisir(listing.table, versement=None)
    assert listing.change.text() == "Saisir"
    assert not listing.remove.isEnabled()
    listing.table.setFocus()
    QTest.keyClick(listing.table, Qt.Key.Key_Delete)
    listing.change.click()
    assert edit(fenetre).title == "Nouveau versement"
    assert edit(fenetre).form.typed()["annee_contrat"] == "4"


def test_a_payment_is_corrected_then_withdrawn(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    page = aller(fenetre, qtbot)
    table = page.payments.payments.table
    ancien = choisir(table, etat="depassee").versement
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    edit(fenetre).form.fill({"recu_le": "14/11/2026"})
    edit(fenetre).save.click()
    assert edit(fenetre).isVisible()
    assert "à la fois sa date et son montant" in edit(fenetre).form.help_of("montant_recu")
    edit(fenetre).form.fill({"montant_recu": "5 500"})
    edit(fenetre).save.click()
    au_repos(qtbot, fenetre)
    recu = choisir(table, recu_le=date(2026, 11, 14))
    assert recu.situation == "reçu"
    assert page.payments.today.badge.word != "Un versement manque"
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert recu.versement not in versements(fenetre, "c1")
    fenetre.undo()
    fenetre.undo()
    assert ancien in versements(fenetre, "c1")


def test_an_amount_notified_prevails(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    page = aller(fenetre, qtbot)
    years = page.payments.years
    assert not page.payments.notify.isEnabled()
    assert choisir(years.table, annee__annee=4).montant.endswith("au\u00a0plus")
    page.payments.notify.click()
    assert edit(fenetre).form.typed()["annee_contrat"] == "4"
    edit(fenetre).form.fill({"montant": "10 450,50", "notifie_le": "10/11/2026"})
    edit(fenetre).save.click()
    au_repos(qtbot, fenetre)
    row = choisir(years.table, annee__annee=4)
    assert (row.montant, row.origine) == ("10\u00a0450,50\u00a0€", "notifié le\u00a010/11/2026")
    notified = page.payments.notified
    choisir(notified.table, notification__annee_contrat=4)
    notified.change.click()
    assert edit(fenetre).title == "Montant notifié"
    edit(fenetre).close_panel()
    notified.remove.click()
    au_repos(qtbot, fenetre)
    assert choisir(years.table, annee__annee=4).origine == "barème"
    fenetre.show_page(VERSEMENTS, "notification")
    assert edit(fenetre).title == "Nouveau montant notifié"


def test_every_amount_says_why(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    payments = aller(fenetre, qtbot).payments
    why_payment, why_year, _, why_scenario = payments._of_one
    payments.today.why.click()
    assert "Reste à venir, au plus : 22 000 €" in lu(fenetre)
    assert "Pièces" in lu(fenetre)
    payments.cost.why.click()
    assert "Reste à charge à ce jour : 6 392,38 €" in lu(fenetre)
    choisir(payments.payments.table, annee=2)
    why_payment.click()
    assert "Versement 1 de l’année 2" in lu(fenetre)
    assert "Reçu : 14 000 €" in lu(fenetre)
    choisir(payments.years.table, annee__annee=3)
    why_year.click()
    assert "11 000 €" in lu(fenetre)
    choisir(payments.scenarios.table, nom="Objectif atteint")
    why_scenario.click()
    assert "Total : 65 000 €" in lu(fenetre)
    payments.scenarios.table.opened.emit(payments.scenarios.table.current)
    assert fenetre.panel.isVisible()


def test_what_is_unknown_is_said(ouvrir: Ouvrir, qtbot: QtBot, seul: Dossier, tmp_path: Path) -> None:
    fenetre = ouvrir(base_de(seul.model_copy(update=VIDES), tmp_path / "vide.assistmed"))
    page = aller(fenetre, qtbot)
    assert [value.text() for value in page.payments.today.figures.values][:3] == ["inconnu", "rien de saisi", "inconnu"]
    assert page.payments.today.badge.word == "À vérifier"
    assert "n’est pas saisi" in page.payments.cost.lines.text()
    assert {row.reste for row in page.payments.scenarios.model.rows} == {"inconnu"}
    assert page.payments.notified.empty.isVisible()
    page.payments.cost.enter_cost.click()
    assert fenetre.shown == ASSISTANTS


def test_a_contract_broken_off_and_a_cost_known_in_part(
    ouvrir: Ouvrir, qtbot: QtBot, demo: Dossier, tmp_path: Path
) -> None:
    contrat = demo.contrats[0]
    fin = Resiliation(type="resiliation", du=date(2026, 5, 1), motif="")
    assistants = tuple(
        a.model_copy(update={"couts": tuple(c.model_copy(update={"au": date(2026, 1, 31)}) for c in a.couts[-1:])})
        for a in demo.assistants
    )
    clos = demo.model_copy(
        update={
            "contrats": (contrat.model_copy(update={"avenants": (*contrat.avenants, fin)}), *demo.contrats[1:]),
            "assistants": assistants,
            "notifications": (),
        }
    )
    fenetre = ouvrir(base_de(clos, tmp_path / "clos.assistmed"))
    payments = aller(fenetre, qtbot).payments
    assert [(row.montant, row.origine) for row in payments.years.model.rows[2:4]] == [
        ("non publié", "le contrat finit dans l’année"),
        ("aucun", "le contrat est fini"),
    ]
    assert "Le montant de l’année 3 n’est pas publié" in payments.today.lines.text()
    assert payments.cost.figures.values[0].text().startswith("au moins ")
    assert payments.cost.lines.text() == "89\u00a0jours sans coût saisi, qui ne comptent pas."


def test_a_practice_without_a_contract_is_led_to_one(
    ouvrir: Ouvrir, qtbot: QtBot, seul: Dossier, tmp_path: Path
) -> None:
    fenetre = ouvrir(base_de(seul.model_copy(update={**VIDES, "contrats": ()}), tmp_path / "vide.assistmed"))
    page = aller(fenetre, qtbot, "", "versement")
    assert page.empty.isVisible()
    assert not page.tabs.isVisible()
    assert QApplication.focusWidget() is page.to_contracts
    page.to_contracts.click()
    assert fenetre.shown == CONTRATS


def test_deadlines_are_filtered(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    deadlines = aller(fenetre, qtbot, "", "echeances").deadlines
    rows = deadlines.listing.model.rows
    assert {row.contrat for row in rows} == {"c1", "c2", "c3", "c4"}
    assert {row.echeance.etat for row in rows} == {"depassee", "urgente", "a_venir"}
    assert QApplication.focusWidget() is deadlines.listing.table
    deadlines.contrat.setCurrentIndex(deadlines.contrat.findData("c2"))
    assert {row.contrat for row in deadlines.listing.model.rows} == {"c2"}
    assert deadlines.listing.table.isColumnHidden(2)
    deadlines.etat.setCurrentIndex(deadlines.etat.findData("passees"))
    assert {row.situation for row in deadlines.listing.model.rows} == {"passée, à pointer"}
    deadlines.nature.setCurrentIndex(deadlines.nature.findData("preavis"))
    assert "changez ce qui est montré" in deadlines.listing.empty.text()
    assert deadlines.listing.empty.isVisible()
    assert not deadlines.export.isEnabled()
    fenetre.look_at_contrat("c1")
    assert deadlines.contrat.currentData() == "c1"
    deadlines.etat.setCurrentIndex(deadlines.etat.findData("toutes"))
    deadlines.nature.setCurrentIndex(0)
    assert len(deadlines.listing.model.rows) == len(etat(fenetre).evaluation.contrats[0].echeances)


def test_a_deadline_is_ticked_off_corrected_and_unticked(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    deadlines = aller(fenetre, qtbot, "c2", "echeances").deadlines
    table = deadlines.listing.table
    avant = etat(fenetre).dossier.echeances_faites
    choisir(table, echeance__code="point_etape", echeance__etat="urgente")
    assert deadlines.done.text() == "C’est fait"
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert edit(fenetre).save.text() == "C’est fait"
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert len(etat(fenetre).dossier.echeances_faites) == len(avant) + 1
    assert "Noté comme fait" in fenetre.notice.text
    deadlines.etat.setCurrentIndex(deadlines.etat.findData("faites"))
    choisir(table, echeance__code="point_etape", echeance__le=date(2026, 12, 5))
    assert deadlines.done.text() == "Corriger ou décocher"
    deadlines.done.click()
    assert edit(fenetre).remove.text() == "Décocher"
    edit(fenetre).remove.click()
    assert etat(fenetre).dossier.echeances_faites == avant
    fenetre.undo()
    choisir(table, echeance__code="point_etape", echeance__le=date(2026, 12, 5))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert etat(fenetre).dossier.echeances_faites == avant


def test_each_deadline_leads_where_it_is_told(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    deadlines = aller(fenetre, qtbot, "c1", "echeances").deadlines
    table = deadlines.listing.table
    choisir(table, echeance__code="versement", echeance__etat="depassee")
    assert deadlines.done.text() == "Modifier le versement"
    deadlines.done.click()
    assert edit(fenetre).title == "Versement"
    edit(fenetre).close_panel()
    deadlines.why.click()
    assert "Versement de l’aide, année 4" in lu(fenetre)
    deadlines.etat.setCurrentIndex(deadlines.etat.findData("faites"))
    choisir(table, echeance__code="qualification")
    assert deadlines.done.text() == "Voir l’assistant"
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert len(versements(fenetre, "c1")) == 5
    deadlines.done.click()
    assert fenetre.shown == ASSISTANTS


def test_a_payment_foreseen_and_not_entered_opens_its_form(
    ouvrir: Ouvrir, qtbot: QtBot, seul: Dossier, tmp_path: Path
) -> None:
    fenetre = ouvrir(base_de(seul.model_copy(update=VIDES), tmp_path / "vide.assistmed"))
    deadlines = aller(fenetre, qtbot, "c1", "echeances").deadlines
    assert not deadlines._contrat_block.isVisible()
    deadlines.etat.setCurrentIndex(deadlines.etat.findData("passees"))
    choisir(deadlines.listing.table, echeance__code="versement", echeance__le=date(2024, 11, 6))
    assert deadlines.done.text() == "Saisir le versement"
    deadlines.done.click()
    assert edit(fenetre).form.typed()["annee_contrat"] == "2"
    assert edit(fenetre).form.typed()["echeance_le"] == "06/11/2024"


def test_the_calendar_is_gone_through_by_keyboard(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    deadlines = aller(fenetre, qtbot, "c1", "echeances").deadlines
    calendar = deadlines.calendar
    calendar.look_at(date(2026, 11, 15))
    assert calendar.title.text() == "Novembre\u00a02026"
    for key, jour in (
        (Qt.Key.Key_Right, date(2026, 11, 16)),
        (Qt.Key.Key_Down, date(2026, 11, 23)),
        (Qt.Key.Key_Down, date(2026, 11, 30)),
        (Qt.Key.Key_Right, date(2026, 12, 1)),
        (Qt.Key.Key_End, date(2026, 12, 31)),
        (Qt.Key.Key_Up, date(2026, 12, 24)),
        (Qt.Key.Key_Left, date(2026, 12, 23)),
        (Qt.Key.Key_PageUp, date(2026, 11, 23)),
        (Qt.Key.Key_PageDown, date(2026, 12, 23)),
        (Qt.Key.Key_Home, date(2026, 12, 1)),
    ):
        QTest.keyClick(calendar.table, key)
        assert calendar.day == jour, key
    assert calendar.title.text() == "Décembre\u00a02026"
    assert deadlines.month.text() == "1\u00a0échéance ce mois-ci"
    calendar.look_at(date(2026, 12, 11))
    index = calendar.table.currentIndex()
    dit = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert dit.startswith("vendredi 11\u00a0décembre\u00a02026\u00a0: CQP de Denise Baudu à obtenir")
    assert "CQP de Denise Baudu" in deadlines.day.text()
    QTest.keyClick(calendar.table, Qt.Key.Key_Return)
    assert deadlines.listing.table.current.echeance.le == date(2026, 12, 11)
    assert QApplication.focusWidget() is deadlines.listing.table
    for button, titre in ((calendar.after, "Janvier"), (calendar.before, "Décembre"), (calendar.now, "Novembre")):
        button.click()
        assert calendar.title.text().startswith(titre)


def test_a_day_leads_to_what_the_list_does_not_show(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    deadlines = aller(fenetre, qtbot, "c1", "echeances").deadlines
    deadlines.calendar.opened.emit(date(2023, 12, 6))
    assert deadlines.listing.table.current.echeance.etat == "faite"
    assert deadlines.etat.currentData() == "toutes"
    avant = deadlines.listing.table.current
    deadlines.calendar.opened.emit(date(2020, 1, 1))
    assert deadlines.listing.table.current == avant


def test_the_list_brings_the_calendar_along(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    deadlines = aller(fenetre, qtbot, "c1", "echeances").deadlines
    deadlines.listing.table.setFocus()
    choisir(deadlines.listing.table, echeance__code="evaluation")
    assert deadlines.calendar.day == date(2027, 3, 5)


def test_days_of_other_months_are_left_out(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    calendar = aller(fenetre, qtbot, "c1", "echeances").deadlines.calendar
    calendar.look_at(date(2026, 12, 1))
    model = calendar.model
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEnabled
    assert model.flags(model.index(0, 1)) & Qt.ItemFlag.ItemIsEnabled
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Lu"
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole) == "lundi"
    calendar.look_at(date(2026, 11, 15))
    assert "aujourd’hui, aucune échéance" in calendar.table.currentIndex().data(Qt.ItemDataRole.ToolTipRole)


def test_what_is_shown_goes_to_ones_own_calendar(ouvrir: Ouvrir, qtbot: QtBot, base: Path, tmp_path: Path) -> None:
    fenetre = ouvrir(base)
    deadlines = aller(fenetre, qtbot, "c1", "echeances").deadlines
    fichier = tmp_path / "echeances.ics"
    choisir_fichier(qtbot, fenetre, deadlines.export.click, fichier)
    calendrier: Any = Calendar.from_ical(fichier.read_bytes())
    assert [event["DTSTART"].dt for event in calendrier.events] == [
        row.echeance.le for row in deadlines.listing.model.rows
    ]
    assert fenetre.notice.text.startswith("6\u00a0échéances exportées\u00a0: ")


def test_a_calendar_that_cannot_be_written_is_told(ouvrir: Ouvrir, qtbot: QtBot, base: Path, tmp_path: Path) -> None:
    fenetre = ouvrir(base)
    deadlines = aller(fenetre, qtbot, "c1", "echeances").deadlines
    deadlines.export_to(tmp_path / "absent" / "echeances.ics")
    au_repos(qtbot, fenetre)
    assert "n’ont pas pu être exportées" in dialogue(fenetre).accessibleName()
    bouton(dialogue(fenetre), "Fermer").click()


def test_the_tabs_are_chosen_by_keyboard(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    page = aller(fenetre, qtbot)
    page.tabs.setFocus()
    QTest.keyClick(page.tabs, Qt.Key.Key_Right)
    assert page.deadlines.isVisible()
    assert not page.payments.isVisible()
    QTest.keyClick(page.tabs, Qt.Key.Key_Left)
    assert page.payments.isVisible()


def test_what_has_not_changed_is_not_laid_out_again(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    page = aller(fenetre, qtbot, "c1", "echeances")
    page.enter("")
    listings = page.findChildren(Listing)
    assert len(listings) == 6
    refaits: list[bool] = []
    for listing in listings:
        listing.model.modelReset.connect(lambda: refaits.append(True))
    for place in ("echeances", ""):
        page.enter(place)
        page.show_state(etat(fenetre))
        page.show_analyses(etat(fenetre))
    assert not refaits


SITUATIONS = [("c1", ""), ("", ""), ("c3", "echeances"), ("", "echeances"), ("c1", "versement")]


def test_everything_is_named_and_reached_by_keyboard(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    for contrat, place in SITUATIONS:
        page = aller(fenetre, qtbot, contrat, place)
        assert sans_nom(fenetre) == [], place
        atteints = etapes(fenetre)
        assert page.tabs in atteints
        oublies = [
            repr(widget)
            for widget in controles(page)
            if widget.isEnabled() and widget not in atteints and not isinstance(widget, QTabBar)
        ]
        assert oublies == [], (contrat, place)


@pytest.mark.parametrize(
    ("echelle", "taille"), [(1.0, (1280, 720)), (1.0, (800, 600)), (1.5, (1920, 1080)), (2.0, (1280, 720))]
)
def test_no_text_is_cut(  # noqa: PLR0917 - fixtures
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, application: QApplication, echelle: float, taille: tuple[int, int]
) -> None:
    fonte = application.font()
    fonte.setPointSizeF(fonte.pointSizeF() * echelle)
    application.setFont(fonte)
    fenetre = ouvrir(base)
    fenetre.resize(*taille)
    for contrat, place in SITUATIONS:
        aller(fenetre, qtbot, contrat, place)
        with suppress(NotInTime):
            qtbot.waitUntil(lambda: not coupes(fenetre), timeout=1000)
        assert coupes(fenetre) == [], (contrat, place)
