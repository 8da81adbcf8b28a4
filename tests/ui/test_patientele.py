"""Readings: added, corrected, withdrawn by keyboard and mouse, and the dashboard follows at once."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import PATIENTELE, TABLEAU
from assistmed_desktop.ui.pages.patientele import PatientelePage
from tests.storage.outils import base_de
from tests.storage.outils import ouvrir as ouvrir_base
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, bouton, etat, patientele, tableau


def page_de(fenetre: MainWindow) -> PatientelePage:
    fenetre.show_page(PATIENTELE)
    return patientele(fenetre)


def taper(page: PatientelePage, **champs: str) -> None:
    for cle, texte in champs.items():
        champ = page.form.fields[cle]
        champ.setFocus()
        champ.selectAll()
        QTest.keyClicks(champ, texte)


def test_a_reading_is_added_by_keyboard_and_the_dashboard_follows(
    ouvrir: Ouvrir, base_seul: Path, seul: Dossier
) -> None:
    fenetre = ouvrir(base_seul)
    assert tableau(fenetre).indicators[0].figure.text() == "1\u00a0178"
    page = page_de(fenetre)
    assert page.form.fields["date"].text() == "30/11/2026"
    taper(page, date="14/11/26", patientele_mt="1 230", file_active="1881")
    QTest.keyClick(page.form.fields["file_active"], Qt.Key.Key_Return)
    assert etat(fenetre).dossier.releves[-1] == Releve(
        medecin="m1", date=date(2026, 11, 14), patientele_mt=1230, file_active=1881, source="amelipro", note=""
    )
    assert fenetre.notice.text == "Le relevé du 14/11/2026 est ajouté."
    assert page.form.fields["date"].text() == "30/11/2026"
    assert page.form.fields["patientele_mt"].text() == ""
    assert page.form.fields["patientele_mt"].hasFocus()
    fenetre.show_page(TABLEAU)
    assert tableau(fenetre).indicators[0].figure.text() == "1\u00a0230"
    assert tableau(fenetre).title.text() == "En bonne voie vers l’objectif", "one reading alone does not reach it"
    assert "Pris seul, il donnerait «\u00a0Objectif atteint\u00a0»." in tableau(fenetre).forecast.text()
    fenetre.close()
    with ouvrir_base(base_seul, creer=False) as depot:
        relu = depot.charger()
    assert relu is not None
    assert len(relu.releves) == len(seul.releves) + 1


def test_months_are_entered_one_after_the_other_by_keyboard_alone(ouvrir: Ouvrir, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    avant = len(etat(fenetre).dossier.releves)
    fenetre.show_page(PATIENTELE, "releve")
    page = patientele(fenetre)
    patientele_mt, file_active = page.form.fields["patientele_mt"], page.form.fields["file_active"]
    assert patientele_mt.hasFocus()
    fenetre.focusNextPrevChild(False)
    assert page.form.fields["date"].hasFocus()
    page.form.fields["date"].selectAll()
    QTest.keyClicks(page.form.fields["date"], "mars 2027")
    assert page.form.helps["date"].text() == "31\u00a0mars\u00a02027"
    for colle in ("1 131", "1\u00a0133\n", "1\u202f135"):
        while not patientele_mt.hasFocus():
            fenetre.focusNextPrevChild(True)
        QApplication.clipboard().setText(colle)
        QTest.keyClick(patientele_mt, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        fenetre.focusNextPrevChild(True)
        assert file_active.hasFocus()
        QTest.keyClicks(file_active, "1790")
        QTest.keyClick(file_active, Qt.Key.Key_Return)
    ajoutes = etat(fenetre).dossier.releves[avant:]
    assert [(r.date.isoformat(), r.patientele_mt, r.file_active) for r in ajoutes] == [
        ("2027-03-31", 1131, 1790),
        ("2027-04-30", 1133, 1790),
        ("2027-05-31", 1135, 1790),
    ]
    assert page.form.fields["date"].text() == "30/06/2027"
    assert patientele_mt.hasFocus()


def test_the_readings_are_filtered_and_the_pace_explained(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    page = page_de(fenetre)
    au_repos(qtbot, fenetre)
    page.releves.listing.filter.setText("CPAM")
    assert {row.releve.source for row in page.releves.listing.model.rows} == {"cpam"}
    courbe = page.releves.curves["patientele_mt"]
    assert courbe.pace.text().startswith("il faut +13,8 par mois")
    courbe.why.click()
    assert "Gain" in fenetre.panel.browser.toPlainText()


def test_ctrl_z_undoes_typing_then_the_last_step(ouvrir: Ouvrir, base_seul: Path, seul: Dossier) -> None:
    fenetre = ouvrir(base_seul)
    page = page_de(fenetre)
    champ = page.form.fields["patientele_mt"]
    taper(page, date="14/11/2026", patientele_mt="1200")
    QTest.keyClick(champ, Qt.Key.Key_Enter)
    assert len(etat(fenetre).dossier.releves) == len(seul.releves) + 1
    QTest.keyClicks(champ, "12")
    QTest.keyClick(champ, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert champ.text() == ""
    assert len(etat(fenetre).dossier.releves) == len(seul.releves) + 1
    QTest.keyClick(champ, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert etat(fenetre).dossier == seul
    QTest.keyClick(champ, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert len(etat(fenetre).dossier.releves) == len(seul.releves) + 1


def test_a_reading_is_corrected_from_the_table(ouvrir: Ouvrir, base_seul: Path, seul: Dossier) -> None:
    fenetre = ouvrir(base_seul)
    page = page_de(fenetre)
    assert not page.releves.listing.change.isEnabled()
    page.table.setFocus()
    page.table.selectRow(1)
    assert page.table.current.releve.patientele_mt == 1178
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.form.title.text() == "Corriger le relevé du 31/10/2026"
    assert page.form.fields["patientele_mt"].text() == "1\u00a0178"
    assert page.form.fields["patientele_mt"].hasFocus()
    taper(page, patientele_mt="1182")
    bouton(page, "Enregistrer la correction").click()
    assert len(etat(fenetre).dossier.releves) == len(seul.releves)
    assert fenetre.notice.text == "Le relevé du 31/10/2026 est corrigé."
    assert page.form.title.text() == "Ajouter un relevé"
    fenetre.show_page(TABLEAU)
    assert tableau(fenetre).indicators[0].figure.text() == "1\u00a0182"


def test_a_correction_can_be_left(ouvrir: Ouvrir, base_seul: Path, seul: Dossier) -> None:
    fenetre = ouvrir(base_seul)
    page = page_de(fenetre)
    page.table.selectRow(1)
    page.table.doubleClicked.emit(page.table.currentIndex())
    taper(page, patientele_mt="9")
    QTest.keyClick(page.form.fields["patientele_mt"], Qt.Key.Key_Escape)
    assert not page.form.correcting
    assert page.table.hasFocus()
    page.releves.listing.change.click()
    bouton(page, "Annuler la correction").click()
    page.releves.listing.change.click()
    page.form.submit.click()
    assert not page.form.correcting
    assert etat(fenetre).dossier == seul
    assert fenetre.desk is not None
    assert fenetre.desk.steps.annulable is None


def test_a_reading_is_withdrawn_and_comes_back(ouvrir: Ouvrir, base_seul: Path, seul: Dossier) -> None:
    fenetre = ouvrir(base_seul)
    page = page_de(fenetre)
    page.table.setFocus()
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert len(etat(fenetre).dossier.releves) == len(seul.releves) - 1
    assert fenetre.notice.text == "Le relevé du 09/11/2026 est supprimé."
    fenetre.notice.action.click()
    assert etat(fenetre).dossier == seul
    page.table.selectRow(0)
    page.releves.listing.remove.click()
    assert len(etat(fenetre).dossier.releves) == len(seul.releves) - 1


def test_the_chosen_reading_stays_chosen(ouvrir: Ouvrir, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    page = page_de(fenetre)
    page.table.selectRow(3)
    choisi = page.table.current.releve
    taper(page, date="14/11/2026", patientele_mt="1200")
    page.form.submit.click()
    assert page.table.current.releve == choisi


def test_faults_are_said_in_words_without_stealing_the_focus(ouvrir: Ouvrir, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    page = page_de(fenetre)
    form = page.form
    taper(page, date="31/02/2026")
    assert form.fields["date"].hasFocus()
    assert form.helps["date"].text() == "Cette date ne se lit pas\u00a0: jour/mois/année, ou un mois."
    assert form.helps["date"].property("role") == "secondaire"
    form.fields["file_active"].setFocus()
    assert form.helps["date"].property("role") == "faute"
    assert form.fields["date"].property("fautif") == "true"
    assert form.fields["date"].accessibleDescription() == form.helps["date"].text()
    form.submit.click()
    assert form.fields["date"].hasFocus()
    assert form.helps["patientele_mt"].text() == "Saisissez au moins un des deux effectifs."
    taper(page, date="31/12/2026")
    assert form.helps["date"].text() == "31\u00a0décembre\u00a02026"


def test_a_doubtful_reading_is_cautioned_and_taken(ouvrir: Ouvrir, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    page = page_de(fenetre)
    assert not page.form.cautions.isVisible()
    taper(page, date="31/12/2026", patientele_mt="1500")
    assert "à venir" in page.form.cautions.text()
    assert "+27\u00a0%" in page.form.cautions.text()
    page.form.submit.click()
    assert etat(fenetre).dossier.releves[-1].patientele_mt == 1500
    assert not page.form.cautions.isVisible()


def test_the_table_copies_as_a_spreadsheet_pastes(ouvrir: Ouvrir, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    page = page_de(fenetre)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lignes = QApplication.clipboard().text().splitlines()
    assert lignes[0] == "Date\tPatientèle\tFile active\tSource\tNote"
    assert lignes[2] == "31/10/2026\t1178\t1867\tamelipro\t"
    assert len(lignes) == page.releves.listing.model.rowCount() + 1
    page.releves.listing.copy.click()


def test_without_a_reading_the_page_teaches(ouvrir: Ouvrir, seul: Dossier, tmp_path: Path) -> None:
    vide = base_de(seul.model_copy(update={"releves": ()}), tmp_path / "vide.assistmed")
    fenetre = ouvrir(vide)
    page = page_de(fenetre)
    assert page.releves.listing.empty.isVisible()
    assert not page.table.isVisible()
    assert not page.releves.listing.copy.isVisible()
    assert page.form.fields["date"].text() == "31/10/2026"
    taper(page, file_active="1700")
    QTest.keyClick(page.form.note, Qt.Key.Key_Return)
    assert not page.releves.listing.empty.isVisible()
    assert page.releves.listing.model.data(page.releves.listing.model.index(0, 1)) == "non relevé"


def test_the_doctor_is_chosen_in_the_head_of_the_window(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    page = page_de(fenetre)
    assert page.chooser.isVisible()
    rang = page.chooser.findData("m3")
    page.chooser.setCurrentIndex(rang)
    page.chooser.activated.emit(rang)
    assert etat(fenetre).contrat_id is None
    assert page.title.text() == "Patientèle – Dr\u00a0Pascale\u00a0Rougon"
    assert {row.releve.medecin for row in page.releves.listing.model.rows} == {"m3"}
    fenetre.header.chooser.setCurrentIndex(1)
    fenetre.header.chooser.activated.emit(1)
    assert etat(fenetre).medecin_id == "m1"
    assert not page.chooser.isVisible()


def test_a_doctor_without_a_contract_keeps_readings(
    ouvrir: Ouvrir, seul: Dossier, demo: Dossier, tmp_path: Path
) -> None:
    deux = seul.model_copy(update={"medecins": demo.medecins[:2]})
    fenetre = ouvrir(base_de(deux, tmp_path / "deux.assistmed"))
    page = page_de(fenetre)
    assert page.chooser.isVisible()
    page.medecin_chosen.emit("m2")
    assert "n’a pas de contrat" in page.releves.caption.text()
    assert not page.releves.curves["patientele_mt"].chart.isVisible()
    taper(page, patientele_mt="900")
    page.form.submit.click()
    assert etat(fenetre).dossier.releves[-1].medecin == "m2"


def test_a_practice_without_a_doctor_takes_no_reading(ouvrir: Ouvrir, seul: Dossier, tmp_path: Path) -> None:
    rien = seul.model_copy(update={"medecins": (), "contrats": (), "releves": (), "versements": ()})
    fenetre = ouvrir(base_de(rien, tmp_path / "rien.assistmed"))
    page = page_de(fenetre)
    assert page.title.text() == "Patientèle"
    assert not page.tabs.isVisible()
    assert not page.form.isVisible()
    page.enter("")
    assert page.to_doctors.hasFocus()
    page.to_doctors.click()
    assert fenetre.edit is not None
    assert fenetre.edit.isVisible()
    fenetre.show_page(TABLEAU)
    assert tableau(fenetre).none.isVisible()


def test_the_charts_are_drawn_and_told_in_words(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    page = page_de(fenetre)
    charts = [curve.chart for curve in page.releves.curves.values()]
    qtbot.waitUntil(lambda: all(chart.drawn for chart in charts), timeout=20_000)
    assert "1\u00a0178\u00a0patients le\u00a031/10/2026" in charts[0].accessibleDescription()
    fenetre.resize(1500, 900)
    QCoreApplication.processEvents()
    fenetre.actions_.themes["sombre"].trigger()
    au_repos(qtbot, fenetre)
    fenetre.actions_.themes["clair"].trigger()
    au_repos(qtbot, fenetre)
    charts[0].show_drawing(None, "")
    qtbot.waitUntil(lambda: not charts[0].drawn)
