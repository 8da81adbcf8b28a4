"""The page of the reports, on real bases: read, save, print, find again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from assistmed_desktop import __version__
from assistmed_desktop.app import Services
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.services.extrait import extraire
from assistmed_desktop.services.operations import ajouter_releve
from assistmed_desktop.services.rapports import CONTENU_GARDE, GENRES, CleGenre, Demande, Redige, empreinte, genre_de
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import CONTRATS, RAPPORTS, TABLEAU
from assistmed_desktop.ui.pages.rapports import RapportsPage
from assistmed_desktop.ui.reports import Reports
from tests.storage.outils import base_de, forcer, sql
from tests.storage.outils import ouvrir as ouvrir_base
from tests.ui.conftest import Ouvrir
from tests.ui.outils import AU, au_repos, bouton, choisir_fichier, dialogue, dialogues, etat
from tests.ui.outils_rapports import (
    aller,
    colonne,
    commandes,
    enregistrer,
    pret,
    rapports,
    sql_de,
    un_releve_de_plus,
    vers_pdf,
)


def test_the_report_is_read_by_keyboard_before_it_goes_out(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    QTest.keyClick(fenetre, Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
    pret(qtbot, fenetre)
    page = rapports(fenetre)
    assert page.isVisible()
    assert page.caption.text() == "Bilan annuel – Dr\u00a0Claire\u00a0Benassis, au 15\u00a0novembre\u00a02026"
    assert "Benassis" in page.panel.view.accessibleDescription()
    assert not page.contract.isVisible()
    assert "Aucun rapport n’est encore sorti" in page.issued.empty.text()
    assert not page.reopen.isVisible()
    page.enter("")
    assert page.save.hasFocus()
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.panel.field, "objectif")
    QTest.keyClick(page.panel.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.panel.hits), timeout=20_000)


def test_what_is_saved_is_what_was_read_and_it_is_noted(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, seul: Dossier, tmp_path: Path
) -> None:
    fenetre = ouvrir(base_seul)
    page = aller(qtbot, fenetre)
    rapport = page.rapport
    assert rapport is not None
    assert rapport.empreinte == empreinte(extraire(seul, "c1", AU))
    page.save.click()
    (dialog,) = [d for d in fenetre.findChildren(QFileDialog) if d.isVisible()]
    assert dialog.selectedFiles()[0].endswith("/2026-11-15 Bilan annuel – Dr Benassis.pdf")
    dialog.close()
    assert page.issued.model.total == 0
    sortie = tmp_path / "bilan.pdf"
    enregistrer(qtbot, fenetre, sortie)
    assert sortie.read_bytes() == rapport.contenu
    assert fenetre.notice.text == f"Le bilan est enregistré\u00a0: {sortie}"
    assert colonne(page, "Contrat") == ["Dr\u00a0Claire\u00a0Benassis"]
    assert colonne(page, "Données") == ["inchangées"]
    assert colonne(page, "Sortie") == ["enregistré en PDF"]
    assert colonne(page, "Empreinte") == [rapport.empreinte[:12]]
    with pypdfium2.PdfDocument(sortie) as document:
        assert rapport.empreinte[:12] in document[0].get_textpage().get_text_range()
    fenetre.close()
    with ouvrir_base(base_seul, creer=False) as depot:
        (emis,) = depot.rapports.emis()
        assert (emis.genre, emis.contrat, emis.au, emis.version) == ("annuel", "c1", AU, __version__)
        assert depot.rapports.contenu(emis.cle) == rapport.contenu


def test_the_command_of_the_menu_is_noted_too(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path) -> None:
    fenetre = ouvrir(base_seul)
    choisir_fichier(qtbot, fenetre, fenetre.actions_.report.trigger, tmp_path / "bilan.pdf")
    au_repos(qtbot, fenetre)
    page = aller(qtbot, fenetre)
    assert colonne(page, "Données") == ["inchangées"]
    fenetre.show_page(TABLEAU)
    choisir_fichier(qtbot, fenetre, fenetre.actions_.report.trigger, tmp_path / "bilan.pdf")
    au_repos(qtbot, fenetre)
    aller(qtbot, fenetre)
    assert page.issued.model.total == 2


def test_a_long_list_of_reports_issued_leaves_the_page_whole(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    fenetre.resize(1280, 720)
    page = aller(qtbot, fenetre)
    page.choice.choose_kind("etape")
    pret(qtbot, fenetre)
    assert page.rapport is not None
    assert fenetre.desk is not None
    for _ in range(10):
        fenetre.desk.practice.rapports.consigner(page.rapport, "enregistre")
    fenetre.report_issued()
    page.issued.table.selectRow(0)
    au_repos(qtbot, fenetre)
    assert page.issued.filter.isVisible()
    assert page.about.isVisible()
    assert not page.issued.gestures.folded
    assert page.verticalScrollBar().maximum() == 0


def test_a_report_issued_is_found_again_as_it_was(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path
) -> None:
    fenetre = ouvrir(base_seul)
    page = aller(qtbot, fenetre)
    premier = tmp_path / "premier.pdf"
    enregistrer(qtbot, fenetre, premier)
    page.issued.table.selectRow(0)
    assert "n’ont pas changé depuis" in page.about.text()
    un_releve_de_plus(fenetre)
    pret(qtbot, fenetre)
    assert colonne(page, "Données") == ["changées"]
    assert page.issued.table.current == page.issued.model.rows[0]
    assert "Ses données ont changé depuis" in page.about.text()
    assert page.rapport is not None
    assert page.rapport.contenu != premier.read_bytes()

    page.issued.table.setFocus()
    QTest.keyClick(page.issued.table, Qt.Key.Key_Return)
    assert page.rapport.contenu == premier.read_bytes()
    assert fenetre.focusWidget() is page.panel.view
    assert page.since.text().startswith("Tel qu’émis le ")
    fenetre.undo()  # the report stays on screen, and what is said of it follows
    au_repos(qtbot, fenetre)
    assert "n’ont pas changé depuis" in page.since.text()
    fenetre.redo()
    au_repos(qtbot, fenetre)
    second = tmp_path / "second.pdf"
    enregistrer(qtbot, fenetre, second)
    assert second.read_bytes() == premier.read_bytes()
    assert colonne(page, "Données") == ["changées", "changées"]
    assert sql_de(fenetre, "SELECT count(*), count(contenu) FROM rapport_emis") == [(2, 1)]

    page.back.click()
    pret(qtbot, fenetre)
    assert page.rapport.contenu != premier.read_bytes()
    assert not page.back.isVisible()
    fenetre.undo()
    pret(qtbot, fenetre)
    assert page.rapport.contenu == premier.read_bytes()
    assert colonne(page, "Données") == ["inchangées", "inchangées"]


def test_what_is_kept_is_told_and_copied(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path) -> None:
    fenetre = ouvrir(base_seul)
    page = aller(qtbot, fenetre)
    enregistrer(qtbot, fenetre, tmp_path / "bilan.pdf")
    assert page.rapport is not None
    page.issued.copy.click()
    titres, ligne = QApplication.clipboard().text().splitlines()
    assert titres.split("\t")[:3] == ["Émis le", "Rapport", "Contrat"]
    assert page.rapport.empreinte[:12] in ligne.split("\t")
    page.issued.table.selectRow(0)
    page.detail.click()
    texte = fenetre.panel._browser.toPlainText()
    for attendu in (page.rapport.empreinte, page.rapport.empreinte_fichier, page.rapport.nom, __version__):
        assert attendu in texte
    page.reopen.click()
    assert page.back.isVisible()


def test_a_report_follows_the_contract_that_is_chosen(ouvrir: Ouvrir, qtbot: QtBot, base: Path, tmp_path: Path) -> None:
    fenetre = ouvrir(base)
    fenetre.show_page(RAPPORTS, "rapport")
    au_repos(qtbot, fenetre)
    page = rapports(fenetre)
    assert page.caption.text() == "Choisissez le contrat dont vous voulez le rapport."
    assert page.contract.hasFocus()
    assert page.contract.currentIndex() == -1
    assert not page.save.isEnabled()
    assert not page.panel.isVisible()
    page.save.setEnabled(True)
    page.save.click()
    assert not dialogues(fenetre)
    page.contract.setFocus()
    for _ in range(2):
        QTest.keyClick(page.contract, Qt.Key.Key_Down)
        page.contract.activated.emit(page.contract.currentIndex())
        pret(qtbot, fenetre)
        assert etat(fenetre).contrat_id == page.contract.currentData()
        assert page.rapport is not None
        assert page.rapport.contrat == etat(fenetre).contrat_id
    enregistrer(qtbot, fenetre, tmp_path / "bilan.pdf")
    page._reopen(page.issued.model.rows[0])
    assert fenetre.desk is not None
    fenetre.desk.look_at_contrat("c1")
    assert not page.back.isVisible()
    pret(qtbot, fenetre)
    assert page.rapport is not None
    assert page.rapport.contrat == "c1"
    fenetre.desk.look_at_contrat(None)
    assert not page.panel.isVisible()


def test_a_report_being_made_gives_way_to_the_one_wanted(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, tmp_path: Path
) -> None:
    fenetre = ouvrir(base)
    assert fenetre.desk is not None
    fenetre.desk.look_at_contrat("c1")
    page = aller(qtbot, fenetre)
    enregistrer(qtbot, fenetre, tmp_path / "bilan.pdf")
    premier = page.rapport
    for contrat in ("c2", "c3"):
        fenetre.desk.look_at_contrat(contrat)
        page._make()
        assert page.caption.text() == "Préparation de l’aperçu…"
        assert not page.save.isEnabled()
    pret(qtbot, fenetre)
    assert page.rapport is not None
    assert page.rapport.contrat == "c3"
    fenetre.desk.look_at_contrat("c2")
    page._make()
    page._reopen(page.issued.model.rows[0])
    au_repos(qtbot, fenetre)
    assert page.rapport == premier
    page.choice.choose_kind("annuel")
    pret(qtbot, fenetre)
    assert page.rapport.contrat == "c2"


@pytest.mark.parametrize("genre", [genre.cle for genre in GENRES])
def test_each_kind_is_chosen_read_searched_and_saved_by_keyboard(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path, genre: CleGenre
) -> None:
    fenetre = ouvrir(base_seul)
    page = aller(qtbot, fenetre)
    page.genre.setFocus()
    for _ in range([g.cle for g in GENRES].index(genre)):
        QTest.keyClick(page.genre, Qt.Key.Key_Down)
    page.genre.activated.emit(page.genre.currentIndex())
    pret(qtbot, fenetre)
    nom = genre_de(genre).nom
    assert page.rapport is not None
    assert page.rapport.genre == genre
    assert page.caption.text().startswith(f"{nom} – Dr")
    assert page.choice.purpose.text() == genre_de(genre).aide
    assert page.choice.since_block.isVisible() == (genre == "etape")
    QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.panel.field, "Benassis")
    QTest.keyClick(page.panel.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.panel.hits), timeout=20_000)
    avant = page.panel.view.zoom
    page.panel.view.setFocus()
    QTest.keyClick(page.panel.view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert page.panel.view.zoom > avant
    enregistrer(qtbot, fenetre, tmp_path / "rapport.pdf")
    assert fenetre.notice.text.startswith(f"{genre_de(genre).sujet} est enregistré")
    assert colonne(page, "Rapport") == [nom]
    commandes(fenetre).print_on(page.rapport, vers_pdf(tmp_path / "imprime.pdf"))
    qtbot.waitUntil(lambda: page.issued.model.total == 2, timeout=60_000)
    assert (tmp_path / "imprime.pdf").stat().st_size > 0


def depuis(page: RapportsPage, texte: str) -> None:
    page.choice.since.setFocus()
    page.choice.since.selectAll()
    QTest.keyClick(page.choice.since, Qt.Key.Key_Delete)
    QTest.keyClicks(page.choice.since, texte)
    QTest.keyClick(page.choice.since, Qt.Key.Key_Return)


def test_a_stage_review_begins_on_the_day_proposed_or_typed(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path
) -> None:
    fenetre = ouvrir(base_seul, au=date(2026, 11, 10))
    enregistrer_le_bilan(qtbot, fenetre, tmp_path / "annuel.pdf")
    fenetre.close()
    fenetre = ouvrir(base_seul)
    page = aller(qtbot, fenetre)
    page.choice.choose_kind("etape")
    pret(qtbot, fenetre)
    champ, aide = page.choice.since, page.choice.since_help
    assert champ.text() == "10/11/2026"
    assert aide.text().startswith("Jour du dernier rapport émis pour ce contrat")
    assert champ.accessibleDescription() == aide.text()
    propose = page.rapport
    for faux, dit in (("jamais", "n’est pas une date"), ("15/11/2026", "avant celui du rapport")):
        depuis(page, faux)
        assert dit in aide.text()
        assert page.rapport == propose
    depuis(page, "1er octobre 2026")
    pret(qtbot, fenetre)
    assert page.rapport != propose
    assert champ.text() == "01/10/2026"
    assert "jour donné pour le dernier échange" in aide.text()
    depuis(page, "")
    pret(qtbot, fenetre)
    assert page.rapport == propose
    assert champ.text() == "10/11/2026"
    page.choice.choose_kind("annuel")
    assert not page.choice.since_block.isVisible()


def enregistrer_le_bilan(qtbot: QtBot, fenetre: MainWindow, sortie: Path) -> None:
    choisir_fichier(qtbot, fenetre, fenetre.actions_.report.trigger, sortie)
    au_repos(qtbot, fenetre)


def test_a_fact_of_another_contract_leaves_a_report_as_it_is(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, tmp_path: Path
) -> None:
    fenetre = ouvrir(base)
    assert fenetre.desk is not None
    page = rapports(fenetre)
    for contrat in ("c1", "c2"):
        fenetre.desk.look_at_contrat(contrat)
        aller(qtbot, fenetre)
        enregistrer(qtbot, fenetre, tmp_path / f"{contrat}.pdf")
    sien = next(r for r in etat(fenetre).dossier.releves if r.medecin == "m1")
    assert fenetre.apply(ajouter_releve(sien.model_copy(update={"date": date(2026, 11, 2)})), "Ajouté.")
    pret(qtbot, fenetre)
    assert colonne(page, "Données") == ["inchangées", "changées"]


def test_a_practice_without_a_contract_is_shown_the_way(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, seul: Dossier, tmp_path: Path
) -> None:
    fenetre = ouvrir(base_seul)
    page = aller(qtbot, fenetre)
    enregistrer(qtbot, fenetre, tmp_path / "bilan.pdf")
    fenetre.close()
    sans = seul.model_copy(update={"contrats": (), "versements": ()})
    with ouvrir_base(base_seul, creer=False) as depot:
        depot.enregistrer(seul, sans)
    fenetre = ouvrir(base_seul)
    fenetre.show_page(RAPPORTS)
    au_repos(qtbot, fenetre)
    page = rapports(fenetre)
    assert page.nothing.isVisible()
    assert not page.choice.isVisible()
    assert colonne(page, "Contrat") == ["Dr\u00a0Claire\u00a0Benassis"]  # what was issued outlives its contract
    assert colonne(page, "Données") == ["contrat retiré"]
    page.issued.table.selectRow(0)
    assert "Son contrat a été retiré" in page.about.text()
    page.others.aboutToShow.emit()
    assert not page.others.actions()[0].isEnabled()
    page._reopen(page.issued.model.rows[0])
    pret(qtbot, fenetre)
    bouton(page, "Aller aux contrats").click()
    assert fenetre.shown == CONTRATS
    fenetre.close()
    fenetre = ouvrir(base_de(sans, tmp_path / "sans.assistmed"))
    fenetre.show_page(RAPPORTS)
    assert not rapports(fenetre).row.isVisible()


def test_a_report_too_large_is_noted_alone(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fenetre = ouvrir(base_seul)
    faire = Services.rediger

    def rediger_gros(services: Services, dossier: Dossier, demande: Demande, baremes: Path | None) -> Redige:
        redige = faire(services, dossier, demande, baremes)
        return replace(redige, contenu=redige.contenu + b"\n" * CONTENU_GARDE)

    monkeypatch.setattr(Services, "rediger", rediger_gros)
    page = aller(qtbot, fenetre)
    enregistrer(qtbot, fenetre, tmp_path / "bilan.pdf")
    page.issued.table.selectRow(0)
    assert not page.reopen.isEnabled()
    assert "Trop volumineux" in page.about.text()
    page.issued.table.setFocus()
    QTest.keyClick(page.issued.table, Qt.Key.Key_Return)
    assert fenetre.panel.isVisible()
    assert not page.back.isVisible()


@pytest.mark.parametrize(
    ("degat", "lire"),
    [
        ("UPDATE rapport_emis SET contenu = x'00'", lambda page: page.about.text()),
        ("UPDATE rapport_emis SET emis_le = 'hier'", lambda page: page.issued.empty.text()),
    ],
)
def test_what_is_damaged_is_told_where_it_is_wanted(  # noqa: PLR0917 - fixtures
    ouvrir: Ouvrir,
    qtbot: QtBot,
    base_seul: Path,
    tmp_path: Path,
    degat: str,
    lire: Callable[[RapportsPage], str],
) -> None:
    fenetre = ouvrir(base_seul)
    aller(qtbot, fenetre)
    enregistrer(qtbot, fenetre, tmp_path / "bilan.pdf")
    fenetre.close()
    forcer(base_seul, degat)
    fenetre = ouvrir(base_seul)
    page = aller(qtbot, fenetre)
    if page.issued.model.total:
        page.issued.table.selectRow(0)
        page.reopen.click()
    assert "est endommagée" in lire(page)
    assert page.rapport is not None


def test_a_report_is_printed_and_noted(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path) -> None:
    fenetre = ouvrir(base_seul)
    page = aller(qtbot, fenetre)
    assert page.rapport is not None
    sortie = tmp_path / "imprime.pdf"
    commandes(fenetre).print_on(page.rapport, vers_pdf(sortie))
    textes: set[str] = set()

    def fini() -> bool:
        textes.add(fenetre.notice.text)
        return page.issued.model.total == 1

    qtbot.waitUntil(fini, timeout=60_000)
    total = len(page.panel.view.sheets)
    assert any(texte.startswith("Impression\u00a0: ") and texte.endswith(f"sur {total}") for texte in textes)
    assert fenetre.notice.text == "Le bilan est envoyé à l’imprimante."
    assert colonne(page, "Sortie") == ["imprimé"]
    with pypdfium2.PdfDocument(sortie) as document:
        assert len(document) == total


def test_the_system_s_dialog_is_asked_first(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fenetre = ouvrir(base_seul)
    page = aller(qtbot, fenetre)
    imprimes: list[object] = []
    monkeypatch.setattr(Reports, "print_on", lambda _self, rapport, _printer: imprimes.append(rapport))
    for reponse in (QDialog.DialogCode.Rejected, QDialog.DialogCode.Accepted):
        page.print.click()
        dialog = dialogue(fenetre)
        assert isinstance(dialog, QPrintDialog)
        assert dialog.windowTitle() == "Imprimer le rapport"
        dialog.done(reponse)
        assert not dialogues(fenetre)
    assert imprimes == [page.rapport]


def test_printing_is_given_up_from_the_foot_of_the_window(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path
) -> None:
    fenetre = ouvrir(base_seul)
    page = aller(qtbot, fenetre)
    assert page.rapport is not None
    commandes(fenetre).print_on(page.rapport, vers_pdf(tmp_path / "imprime.pdf"))
    qtbot.waitUntil(lambda: fenetre.notice.text.startswith("Impression\u00a0:"), timeout=20_000)
    fenetre.notice.action.click()
    au_repos(qtbot, fenetre)
    assert fenetre.notice.text.startswith("L’impression est abandonnée")
    assert page.issued.model.total == 0


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_refuses_is_told(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path) -> None:
    fenetre = ouvrir(base_seul)
    page = aller(qtbot, fenetre)
    assert page.rapport is not None
    commandes(fenetre).print_on(page.rapport, vers_pdf(tmp_path / "absent" / "imprime.pdf"))
    qtbot.waitUntil(lambda: bool(dialogues(fenetre)), timeout=20_000)
    message = dialogue(fenetre)
    assert message.accessibleName() == "L’impression n’a pas abouti"
    assert page.issued.model.total == 0
    message.close()


def test_what_nobody_foresaw_reaches_the_report_of_errors(
    ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fenetre = ouvrir(base_seul)
    page = aller(qtbot, fenetre)
    rapport = page.rapport
    assert rapport is not None

    def casser(*_: object) -> None:
        raise RuntimeError("imprévu")

    commandes_faites: tuple[tuple[str, Callable[[], None]], ...] = (
        ("assistmed_desktop.ui.pdf.render", lambda: commandes(fenetre).print_on(rapport, vers_pdf(tmp_path / "i.pdf"))),
        ("assistmed_desktop.app.Services.rediger", lambda: un_releve_de_plus(fenetre)),
    )
    for chemin, commande in commandes_faites:
        with monkeypatch.context() as contexte, qtbot.captureExceptions() as exceptions:
            contexte.setattr(chemin, casser)
            commande()
            qtbot.waitUntil(lambda: bool(exceptions), timeout=20_000)
            au_repos(qtbot, fenetre)
            assert {str(erreur) for _, erreur, _ in exceptions} == {"imprévu"}
    assert page.caption.text() == "L’aperçu n’a pas pu être préparé."


def test_a_report_that_cannot_be_noted_is_told(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path, tmp_path: Path) -> None:
    fenetre = ouvrir(base_seul)
    page = aller(qtbot, fenetre)
    assert fenetre.desk is not None
    fenetre.desk.practice.fermer()  # as a disk that is gone
    sortie = tmp_path / "bilan.pdf"
    enregistrer(qtbot, fenetre, sortie)
    message = dialogue(fenetre)
    assert message.accessibleName() == "Ce rapport n’a pas pu être ajouté aux rapports émis"
    assert sortie.exists()
    message.close()
    assert page.issued.model.total == 0
    rapport = page.rapport
    fenetre.opening.close()
    assert rapport is not None
    commandes(fenetre).save_to(rapport, sortie)
    au_repos(qtbot, fenetre)
    assert not dialogues(fenetre)


def test_the_demonstration_keeps_its_reports_while_it_lasts(ouvrir: Ouvrir, qtbot: QtBot, tmp_path: Path) -> None:
    fenetre = ouvrir(tmp_path / "rien.assistmed")
    fenetre.open_demonstration()
    au_repos(qtbot, fenetre)
    assert fenetre.desk is not None
    fenetre.desk.look_at_contrat("c1")
    page = aller(qtbot, fenetre)
    enregistrer(qtbot, fenetre, tmp_path / "bilan.pdf")
    assert page.issued.model.total == 1
    fenetre.opening.leave_demonstration()
    assert not (tmp_path / "rien.assistmed").exists()


def test_a_base_of_the_program_before_keeps_its_reports_too(ouvrir: Ouvrir, qtbot: QtBot, tmp_path: Path) -> None:
    ancienne = Path(__file__).parent.parent / "storage" / "bases" / "v0002.assistmed"
    base = tmp_path / "cabinet.assistmed"
    base.write_bytes(ancienne.read_bytes())
    fenetre = ouvrir(base)
    assert fenetre.desk is not None
    fenetre.desk.look_at_contrat("c1")
    page = aller(qtbot, fenetre)
    enregistrer(qtbot, fenetre, tmp_path / "bilan.pdf")
    assert page.issued.model.total == 1
    fenetre.close()
    assert sql(base, "SELECT count(*) FROM rapport_emis") == [(1,)]
