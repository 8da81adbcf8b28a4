"""Reading a PDF in the window, and printing it: real documents, no printer."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPageRanges, QWheelEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from assistmed_desktop.ui import pdf
from assistmed_desktop.ui.printing import GivenUp, PrinterRefused, Printing, settle
from assistmed_desktop.ui.widgets.pdf_panel import PdfPanel
from assistmed_desktop.ui.work import Worker

PAGES = 5


def document(dossier: Path, pages: int = PAGES, *, mot: str = "Évaluation") -> bytes:
    chemin = dossier / "document.pdf"
    canvas = Canvas(str(chemin), pagesize=A4)
    for page in range(1, pages + 1):
        canvas.drawString(72, 770, f"Page {page}")
        canvas.drawString(72, 740, f"{mot} de l'aide")
        canvas.drawString(72, 725, "versée au cabinet")
        canvas.showPage()
    canvas.save()
    return chemin.read_bytes()


@pytest.fixture
def contenu(tmp_path: Path) -> bytes:
    return document(tmp_path)


@pytest.fixture
def worker(application: QApplication) -> Iterator[Worker]:
    worker = Worker(application)
    yield worker
    worker.stop()


@pytest.fixture
def panneau(qtbot: QtBot, worker: Worker, contenu: bytes) -> PdfPanel:
    panneau = PdfPanel(worker, "Aperçu")
    qtbot.addWidget(panneau)
    panneau.resize(700, 600)
    panneau.show()
    panneau.activateWindow()
    panneau.show_document(contenu)
    qtbot.waitUntil(lambda: panneau.view.drawn and panneau.isActiveWindow(), timeout=20_000)
    return panneau


def chercher(qtbot: QtBot, panneau: PdfPanel, texte: str) -> None:
    panneau.start_search()
    panneau.field.setText(texte)
    QTest.keyClick(panneau.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not panneau._worker.busy, timeout=20_000)


def test_a_document_is_read_drawn_and_searched(contenu: bytes) -> None:
    feuilles = pdf.read(contenu)
    assert len(feuilles) == PAGES
    assert (round(feuilles[0].width), round(feuilles[0].height)) == (595, 842)
    assert "Page 3" in feuilles[2].text
    image = pdf.render(contenu, 0, 2)
    assert (image.width(), image.height()) == (1191, 1684)
    assert image.pixelColor(0, 0).name() == "#ffffff"
    assert image.width() * image.height() > pdf.render(contenu, 0, 1).width() * 842
    assert pdf.render(contenu, 0, 50).width() < 5_000
    trouves = pdf.find(contenu, "EVALUATION  de l’aide VERSEE")
    assert [trouve.page for trouve in trouves] == list(range(PAGES))
    assert len(trouves[0].places) == 2
    premiere = trouves[0].places[0]
    assert 71 < premiere.left() < 74
    assert 842 - 752 < premiere.top() < premiere.bottom() < 842 - 736
    assert pdf.find(contenu, "   ") == pdf.find(contenu, "absent") == ()


def test_the_pages_are_gone_through_by_keyboard(panneau: PdfPanel) -> None:
    vue = panneau.view
    vue.setFocus()
    assert panneau.place.text() == f"Page\u00a01 sur {PAGES}"
    assert vue.accessibleDescription().startswith(f"Page\u00a01 sur {PAGES}\nPage 1")
    assert not panneau.previous.isEnabled()
    for touche, attendue in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_End, PAGES - 1),
        (Qt.Key.Key_Right, PAGES - 1),
        (Qt.Key.Key_Left, PAGES - 2),
        (Qt.Key.Key_Home, 0),
    ):
        QTest.keyClick(vue, touche)
        assert vue.page == attendue
    QTest.keyClick(vue, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert vue.page == 1
    QTest.keyClick(vue, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert vue.page == 0
    barre = vue.verticalScrollBar()
    places = [barre.value()]
    for touche in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space):
        QTest.keyClick(vue, touche)
        places.append(barre.value())
    assert places == sorted(set(places))
    panneau.next.click()
    panneau.previous.click()
    panneau.view.go_to_page(99)
    assert vue.page == PAGES - 1
    assert not panneau.next.isEnabled()


def test_the_pages_are_made_larger_and_smaller(qtbot: QtBot, panneau: PdfPanel) -> None:
    vue = panneau.view
    largeur = vue.zoom
    assert vue.fits_width
    assert not panneau.fit.isEnabled()
    vue.setFocus()
    for touche in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        avant = vue.zoom
        QTest.keyClick(vue, touche, Qt.KeyboardModifier.ControlModifier)
        assert vue.zoom > avant
    panneau.larger.click()
    assert vue.horizontalScrollBar().maximum() > 0
    QTest.keyClick(vue, Qt.Key.Key_Right)
    assert vue.page == 0
    qtbot.waitUntil(lambda: vue.drawn)
    QTest.keyClick(vue, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    panneau.smaller.click()
    QTest.keyClick(vue, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert vue.zoom == pytest.approx(largeur)
    panneau.smaller.click()
    panneau.fit.click()
    assert vue.fits_width
    for _ in range(20):
        vue.zoom_out()
    assert panneau.scale.text() == "25\u00a0%"
    qtbot.waitUntil(lambda: vue.drawn)
    assert len(vue._in_sight()) > 1
    QTest.keyClick(vue, Qt.Key.Key_Right)
    assert vue.page == 1
    for _ in range(20):
        vue.zoom_in()
    assert panneau.scale.text() == "300\u00a0%"


def test_the_keys_of_the_zoom_need_no_ctrl_but_leave_typing_alone(panneau: PdfPanel) -> None:
    vue = panneau.view
    vue.setFocus()
    largeur = vue.zoom
    QTest.keyClick(vue, Qt.Key.Key_Plus)
    agrandi = vue.zoom
    assert agrandi > largeur
    QTest.keyClick(panneau.look, Qt.Key.Key_Minus)
    assert vue.zoom < agrandi
    panneau.start_search()
    QTest.keyClicks(panneau.field, "-0+=")
    assert panneau.field.text() == "-0+="
    assert not vue.fits_width
    QTest.keyClick(vue, Qt.Key.Key_0)
    assert vue.fits_width


@pytest.mark.parametrize(("touche", "reduit"), [(15, False), (7, False), (20, True)])
def test_the_key_of_six_and_minus_is_left_to_the_pages(panneau: PdfPanel, touche: int, *, reduit: bool) -> None:
    vue = panneau.view
    avant = vue.zoom
    control = Qt.KeyboardModifier.ControlModifier
    menus = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Minus, control, touche, 0, 0)
    menus.ignore()
    QApplication.sendEvent(vue, menus)
    assert menus.isAccepted() == reduit
    QApplication.sendEvent(vue, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Minus, control, touche, 0, 0))
    assert (vue.zoom < avant) == reduit


@pytest.mark.parametrize(("cran", "sens"), [(120, 1), (-120, -1), (0, 0)])
def test_the_wheel_zooms_with_ctrl(panneau: PdfPanel, cran: int, sens: int) -> None:
    def tourner(modificateur: Qt.KeyboardModifier) -> None:
        vue = panneau.view.viewport()
        QApplication.sendEvent(
            vue,
            QWheelEvent(
                QPointF(50, 50),
                QPointF(vue.mapToGlobal(QPoint(50, 50))),
                QPoint(),
                QPoint(0, cran),
                Qt.MouseButton.NoButton,
                modificateur,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )

    avant = panneau.view.zoom
    tourner(Qt.KeyboardModifier.NoModifier)
    assert panneau.view.zoom == avant
    tourner(Qt.KeyboardModifier.ControlModifier)
    assert (panneau.view.zoom > avant) - (panneau.view.zoom < avant) == sens


def test_a_text_is_found_marked_and_gone_through(qtbot: QtBot, panneau: PdfPanel) -> None:
    panneau.view.setFocus()
    QTest.keyClick(panneau, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert panneau.field.hasFocus()
    chercher(qtbot, panneau, "evaluation")
    assert panneau.found.text() == f"1 sur {PAGES}"
    assert len(panneau.hits) == PAGES
    avant = panneau.view.grab().toImage()
    QTest.keyClick(panneau.field, Qt.Key.Key_Return)
    assert panneau.view.page == 1
    assert panneau.view.grab().toImage() != avant
    QTest.keyClick(panneau, Qt.Key.Key_F3)
    assert panneau.found.text() == f"3 sur {PAGES}"
    QTest.keyClick(panneau, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    panneau.before.click()
    panneau.before.click()
    assert panneau.found.text() == f"{PAGES} sur {PAGES}"
    panneau.after.click()
    assert panneau.view.page == 0
    chercher(qtbot, panneau, "absent")
    assert panneau.found.text() == "introuvable"
    assert not panneau.after.isEnabled()
    panneau.after.setEnabled(True)
    panneau.after.click()
    assert panneau.view.page == 0
    QTest.keyClick(panneau.field, Qt.Key.Key_Escape)
    assert not panneau.search.isVisible()
    assert panneau.view.hasFocus()
    QTest.keyClick(panneau.view, Qt.Key.Key_Escape)
    panneau.look.click()
    panneau.field.setText("aide")  # found once typing pauses
    qtbot.waitUntil(lambda: len(panneau.hits) == PAGES, timeout=20_000)
    panneau.field.setText("aid")
    panneau.next_hit()
    panneau.field.setText("cabinet")
    panneau.next_hit()  # in place of the search under way
    qtbot.waitUntil(lambda: not panneau._worker.busy, timeout=20_000)
    assert panneau._searched == "cabinet"


def test_another_document_keeps_the_place_and_the_search(qtbot: QtBot, panneau: PdfPanel, tmp_path: Path) -> None:
    vue = panneau.view
    vue.go_to_page(3)
    chercher(qtbot, panneau, "calcul")
    autre = document(tmp_path, mot="Calcul")
    panneau.show_document(document(tmp_path, mot="Jamais"))
    panneau.show_document(autre)
    panneau.show_document(autre)
    qtbot.waitUntil(lambda: len(panneau.hits) == PAGES and vue.drawn, timeout=20_000)
    assert vue.page == 3
    panneau.show_document(document(tmp_path, 2))
    qtbot.waitUntil(lambda: len(vue.sheets) == 2 and vue.drawn, timeout=20_000)
    assert vue.page == 0
    panneau.show_document(b"")
    assert vue.sheets == ()
    assert not panneau.bar.isEnabled()
    vue.go_to_page(1)
    assert not vue.drawn
    qtbot.waitUntil(lambda: not panneau._worker.busy, timeout=20_000)


def test_pages_far_away_are_forgotten(qtbot: QtBot, panneau: PdfPanel, tmp_path: Path) -> None:
    panneau.show_document(document(tmp_path, 20))
    qtbot.waitUntil(lambda: len(panneau.view.sheets) == 20 and panneau.view.drawn, timeout=20_000)
    panneau.view.go_to_page(10)
    panneau.view.go_to_page(19)
    qtbot.waitUntil(lambda: panneau.view.drawn and not panneau._worker.busy, timeout=20_000)
    assert min(panneau.view._images) >= 14
    panneau.hide()
    panneau.view.go_to_page(0)
    panneau.view._ask()
    assert not panneau._worker.busy


def imprimante(sortie: Path, contenu: bytes) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(sortie))
    settle(printer, f"Document de {len(contenu)} octets")
    return printer


@pytest.mark.parametrize(("plages", "attendues"), [("", PAGES), ("2-3", 2), ("9", PAGES)])
def test_the_pages_asked_for_are_printed_whole(  # noqa: PLR0917 - fixtures
    qtbot: QtBot, worker: Worker, contenu: bytes, tmp_path: Path, plages: str, attendues: int
) -> None:
    printer = imprimante(tmp_path / "imprime.pdf", contenu)
    printer.setPageRanges(QPageRanges.fromString(plages))
    avances: list[tuple[int, int]] = []
    fins: list[Exception | None] = []
    Printing(worker, printer, contenu, PAGES, lambda fait, sur: avances.append((fait, sur)), fins.append).start()
    qtbot.waitUntil(lambda: bool(fins), timeout=30_000)
    assert fins == [None]
    assert avances == [(fait, attendues) for fait in range(attendues + 1)]
    with pypdfium2.PdfDocument(tmp_path / "imprime.pdf") as sorti:
        assert len(sorti) == attendues
        assert [round(cote) for cote in sorti[0].get_size()] == [595, 842]
        rang = 1 if plages == "2-3" else 0
        feuille, attendue = sorti[0].render(scale=0.5).buffer, None
        with pypdfium2.PdfDocument(contenu) as original:
            attendue = original[rang].render(scale=0.5).buffer
        ecarts = [abs(a - b) for a, b in zip(bytes(feuille), bytes(attendue), strict=True)]
        assert sum(ecarts) / len(ecarts) < 1


def test_printing_is_given_up_between_two_pages(qtbot: QtBot, worker: Worker, contenu: bytes, tmp_path: Path) -> None:
    printer = imprimante(tmp_path / "imprime.pdf", contenu)
    fins: list[Exception | None] = []
    avances: list[int] = []

    def avancer(fait: int, _sur: int) -> None:
        avances.append(fait)
        if fait == 2:
            impression.cancel()

    impression = Printing(worker, printer, contenu, PAGES, avancer, fins.append)
    impression.start()
    qtbot.waitUntil(lambda: bool(fins), timeout=30_000)
    assert isinstance(fins[0], GivenUp)
    assert avances == [0, 1, 2]


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_refuses_is_told(qtbot: QtBot, worker: Worker, contenu: bytes, tmp_path: Path) -> None:
    fins: list[Exception | None] = []
    printer = imprimante(tmp_path / "absent" / "imprime.pdf", contenu)
    Printing(worker, printer, contenu, PAGES, lambda *_: None, fins.append).start()
    qtbot.waitUntil(lambda: bool(fins), timeout=30_000)
    assert isinstance(fins[0], PrinterRefused)


def test_other_work_gets_in_between_two_pages(qtbot: QtBot, worker: Worker, contenu: bytes, tmp_path: Path) -> None:
    ordre: list[str] = []
    fil = threading.current_thread()
    impression = Printing(
        worker,
        imprimante(tmp_path / "imprime.pdf", contenu),
        contenu,
        PAGES,
        lambda fait, _sur: ordre.append(f"page {fait}"),
        lambda _erreur: ordre.append("fin"),
    )
    impression.start()
    worker.run(lambda: threading.current_thread() is fil, lambda meme: ordre.append(f"autre {meme}"), lambda _: None)
    qtbot.waitUntil(lambda: "fin" in ordre, timeout=30_000)
    assert ordre.index("autre False") < ordre.index("page 2")
