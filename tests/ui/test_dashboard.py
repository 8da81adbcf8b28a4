"""The dashboard: where one stands, why, and what is left to do."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.contrat import Adhesion, ContratCollectif
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.rules.resultats import LIBELLES_STATUT, EvaluationContrat, StatutContrat
from assistmed_desktop.services.operations import supprimer_releve
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.leads import Lead
from assistmed_desktop.ui.page_index import PATIENTELE, TABLEAU, VERSEMENTS
from assistmed_desktop.ui.pages.dashboard import DashboardPage
from assistmed_desktop.ui.widgets.status import StatusBadge, status_icon
from assistmed_desktop.ui.widgets.target_bar import TargetBar
from assistmed_desktop.ui.wording import todo_items
from tests.storage.outils import base_de
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, bouton, etat, patientele, tableau


def test_the_verdict_the_figures_and_their_origin(ouvrir: Ouvrir, base_seul: Path) -> None:
    page = tableau(ouvrir(base_seul))
    assert page.title.text().startswith("En retard")
    assert "serait manqué de 43\u00a0patients le\u00a05\u00a0mars\u00a02027" in page.forecast.text()
    patientele, file_active = page.indicators
    assert patientele.title.text() == "Patientèle médecin traitant"
    assert patientele.figure.text() == "1\u00a0178"
    assert patientele.origin.text() == "amelipro, 31/10/2026"
    assert patientele.badge.word == "En retard"
    assert patientele.required.text() == "il faut +13,8 par mois"
    assert patientele.achieved.text() == "réalisé +3,4 par mois"
    assert "référence\u00a01\u00a0068, attendu\u00a01\u00a0210" in patientele.bar.accessibleDescription()
    assert file_active.badge.word == "En bonne voie"


def test_why_opens_the_steps_and_the_texts(ouvrir: Ouvrir, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    tableau(fenetre).why.click()
    texte = fenetre.panel.browser.toPlainText()
    assert "Attendu ce jour-là : 1 209,75" in texte
    assert "(1 178 − 1 068) / (1 228 − 1 068)" in texte
    assert "source secondaire, à vérifier" in texte
    assert fenetre.panel.browser.verticalScrollBar().value() == 0
    fenetre.actions_.themes["sombre"].trigger()
    assert theme.SOMBRE.secondaire in fenetre.panel.browser.toHtml().upper()
    fenetre.actions_.themes["clair"].trigger()
    bouton(fenetre.panel, "Fermer").click()
    tableau(fenetre).aid.why_asked.emit()
    assert fenetre.panel.title == "Pourquoi ce montant"


def test_what_is_left_to_do_leads_to_the_readings(ouvrir: Ouvrir, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    textes = tableau(fenetre).todo.sentences()
    assert textes[:3] == ["Dépassée", "06/11/2026", "Versement de l’aide, année 4"]
    assert "À vérifier" in textes
    versement, *autres = tableau(fenetre).todo.buttons()
    versement.click()
    assert fenetre.shown == VERSEMENTS
    fenetre.show_page(TABLEAU)
    assert [bouton.text() for bouton in autres] == ["Comparer les sources", "Voir l’affectation"]
    tableau(fenetre).todo.lead_asked.emit(Lead("Saisir un relevé", PATIENTELE, "releve"), "c1")
    assert patientele(fenetre).form.fields["patientele_mt"].hasFocus()


def test_everything_to_do_is_one_click_away(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    tableau(fenetre).overview.todo.everything_asked.emit()
    assert fenetre.panel.title == "À faire et à suivre"
    assert "Dr Étienne Bianchon – Point d’étape" in fenetre.panel.browser.toPlainText()
    fenetre.look_at_contrat("c4")
    tableau(fenetre).todo.everything_asked.emit()
    assert "Bianchon" not in fenetre.panel.browser.toPlainText()


def test_the_aid_of_the_year(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    fenetre.look_at_contrat("c4")
    aide = tableau(fenetre).aid
    assert aide.title.text() == "Aide de l’année\u00a04"
    assert aide.amount.text() == "7\u00a0350\u00a0€ au plus"
    assert "Reçu à ce jour\u00a0: 7\u00a0350\u00a0€" in aide.lines.text()
    assert "hypothèse linéaire, non vérifiée" in aide.lines.text()


def test_the_aid_of_the_first_years_is_no_maximum(ouvrir: Ouvrir, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul, au=date(2024, 11, 5))
    assert tableau(fenetre).aid.title.text() == "Aide de l’année\u00a01"
    assert tableau(fenetre).aid.amount.text() == "18\u00a0000\u00a0€"
    assert "hypothèse" not in tableau(fenetre).aid.lines.text()


def test_all_the_contracts_worst_first_and_one_is_chosen_by_keyboard(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    page = tableau(fenetre)
    assert page.overview.isVisible()
    assert [c.id for c in page.overview._model.rows] == ["c1", "c3", "c4", "c2"]
    assert page.overview._sentence.text() == "2\u00a0en retard · 1\u00a0en bonne voie · 1\u00a0objectif atteint"
    page.overview.table.setFocus()
    QTest.keyClick(page.overview.table, Qt.Key.Key_Down)
    QTest.keyClick(page.overview.table, Qt.Key.Key_Return)
    assert etat(fenetre).contrat_id == "c3"
    assert page.detail.isVisible()
    assert fenetre.header.chooser.currentText() == "Dr\u00a0Pascale\u00a0Rougon"
    fenetre.header.chooser.setCurrentIndex(0)
    fenetre.header.chooser.activated.emit(0)
    assert page.overview.isVisible()
    page.overview.table.clicked.emit(page.overview._model.index(3, 0))
    assert etat(fenetre).contrat_id == "c2"
    assert page.title.text() == "Objectif atteint"


def test_a_button_of_the_overview_leads_to_its_doctor(ouvrir: Ouvrir, base: Path) -> None:
    fenetre = ouvrir(base)
    fenetre.look_at_medecin("m4")
    tableau(fenetre).overview.todo.buttons()[0].click()
    assert etat(fenetre).medecin_id == "m1"


def test_the_columns_of_the_overview_sort(ouvrir: Ouvrir, base: Path) -> None:
    model = tableau(ouvrir(base)).overview._model
    ordres = []
    for colonne in range(model.columnCount()):
        model.sort(colonne)
        ordres.append([contrat.id for contrat in model.rows])
    assert ordres[2] == ["c2", "c1", "c3", "c4"]
    assert ordres[3] == ["c1", "c3", "c4", "c2"]
    assert ordres[6][-1] == "c1"


def test_what_is_unknown_is_said_in_words(ouvrir: Ouvrir, seul: Dossier, tmp_path: Path) -> None:
    contrat = seul.contrats[0].model_copy(update={"objectif": None})
    inconnu = seul.model_copy(update={"contrats": (contrat,), "releves": (), "versements": ()})
    fenetre = ouvrir(base_de(inconnu, tmp_path / "inconnu.assistmed"))
    carte = tableau(fenetre).indicators[0]
    assert carte.figure.text() == "Aucun relevé"
    assert carte.badge.word == "Objectif inconnu"
    assert not carte.bar.isVisible()
    assert "reportez le chiffre de votre contrat" in carte.without_bar.text()
    assert not carte.required.isVisible()
    assert not carte.achieved.isVisible()
    assert "Aucun versement reçu n’est enregistré" in tableau(fenetre).aid.lines.text()


def test_unknown_values_of_several_contracts(ouvrir: Ouvrir, demo: Dossier, tmp_path: Path) -> None:
    sans = demo.contrats[0].model_copy(update={"objectif": None})
    inconnu = demo.model_copy(update={"contrats": (sans, *demo.contrats[1:]), "releves": ()})
    model = tableau(ouvrir(base_de(inconnu, tmp_path / "inconnu.assistmed"))).overview._model
    rang = next(i for i, contrat in enumerate(model.rows) if contrat.id == "c1")
    textes = [model.data(model.index(rang, colonne)) for colonne in range(6)]
    assert textes[2:6] == ["aucun\u00a0relevé\u00a0/\u00a0objectif\u00a0inconnu", "inconnu"] * 2


def test_a_contract_that_has_ended(ouvrir: Ouvrir, base_seul: Path) -> None:
    page = tableau(ouvrir(base_seul, au=date(2030, 1, 1)))
    assert page.title.text().startswith("Contrat terminé depuis le\u00a05\u00a0novembre\u00a02028")
    assert page.aid.amount.text() == "Le contrat ne court pas à cette date."
    page.aid.why_asked.emit()
    page._state = None
    page._why_verdict()
    page._why_aid()
    page._show_everything()
    assert page.overview.items() == []


def test_a_target_equal_to_the_reference_is_to_be_maintained(ouvrir: Ouvrir, seul: Dossier, tmp_path: Path) -> None:
    contrat = seul.contrats[0]
    assert contrat.objectif is not None
    objectif = contrat.objectif.model_copy(update={"patientele_mt": contrat.reference.patientele_mt})
    maintien = seul.model_copy(update={"contrats": (contrat.model_copy(update={"objectif": objectif}),)})
    carte = tableau(ouvrir(base_de(maintien, tmp_path / "maintien.assistmed"))).indicators[0]
    assert carte.without_bar.text().startswith("Objectif\u00a0: se maintenir à 1\u00a0068\u00a0patients")


def test_every_status_has_its_shape_its_word_and_is_drawn(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path) -> None:
    ouvrir(base_seul)
    images: dict[bytes, StatutContrat] = {}
    for statut, mot in LIBELLES_STATUT.items():
        badge = StatusBadge()
        qtbot.addWidget(badge)
        badge.set_status(statut, mot)
        assert badge.accessibleName() == mot
        badge.grab()
        un = "#444444"
        gris = replace(theme.CLAIR, atteint=un, en_bonne_voie=un, en_retard=un, sous_la_reference=un, secondaire=un)
        image = status_icon(statut, gris, 24).pixmap(24, 24).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        images[bytes(image.constBits())] = statut
    assert len(images) == len(LIBELLES_STATUT) - 1, "only the two kinds of unknown share their shape"


def test_a_bar_can_be_behind_its_start_and_beyond_its_end(qtbot: QtBot, ouvrir: Ouvrir, base_seul: Path) -> None:
    ouvrir(base_seul)
    bar = TargetBar()
    qtbot.addWidget(bar)
    for done, expected in ((-0.4, 0.2), (1.8, 1.0), (None, None)):
        bar.set_values("en_retard", done, expected, ("référence 10", "attendu 12", "20 % du gain prévu", "objectif 20"))
        for largeur in (120, 600):
            bar.resize(largeur, bar.sizeHint().height())
            assert not bar.grab().isNull()


def test_what_the_analysis_asks_comes_after_the_data(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    qtbot.waitUntil(lambda: set(etat(fenetre).analyses) == {"c1", "c2", "c3", "c4"}, timeout=20_000)
    page = tableau(fenetre)
    correction = "La correction de la patientèle"
    assert any(correction in texte for texte in page.overview.todo.sentences())
    fenetre.look_at_contrat("c1")
    page.todo.everything_asked.emit()
    assert correction in fenetre.panel.browser.toPlainText()


def test_the_analysis_follows_each_change(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouvrir(base)
    fenetre.look_at_contrat("c1")
    qtbot.waitUntil(lambda: bool(etat(fenetre).analyses), timeout=20_000)
    avant = etat(fenetre).analyses
    assert fenetre.desk is not None
    assert fenetre.desk.begin_analysis() is None, "one analysis of one evaluation"
    fenetre.apply(supprimer_releve(0), "Supprimé.")
    assert etat(fenetre).analyses is avant, "those of the evaluation before, until the new ones are there"
    fenetre.desk.take_analyses(evaluation=replace(etat(fenetre).evaluation), analyses={})
    assert etat(fenetre).analyses is avant, "those of another evaluation are dropped"
    qtbot.waitUntil(lambda: etat(fenetre).analyses is not avant, timeout=20_000)
    assert tableau(fenetre)._state is etat(fenetre)


def test_an_analysis_that_comes_once_the_practice_is_closed_is_dropped(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path
) -> None:
    fenetre = ouvrir(base)
    qtbot.waitUntil(lambda: bool(etat(fenetre).analyses), timeout=20_000)
    fenetre.apply(supprimer_releve(0), "Supprimé.")
    fenetre.opening.close()
    qtbot.waitUntil(lambda: not fenetre.worker.busy, timeout=20_000)
    assert fenetre.desk is None
    fenetre.showing.analyse()
    assert not fenetre.worker.busy


def test_the_focus_stays_on_what_is_left_to_do(ouvrir: Ouvrir, qtbot: QtBot, base_seul: Path) -> None:
    fenetre = ouvrir(base_seul)
    qtbot.waitUntil(lambda: bool(etat(fenetre).analyses), timeout=20_000)
    au_repos(qtbot, fenetre)
    todo = tableau(fenetre).todo
    voir = todo.buttons()[1]
    voir.setFocus()
    items = list(todo._items or ())
    todo.show_items(items)
    assert voir.hasFocus(), "nothing to show anew"
    todo.show_items(items[1:])
    autre = todo.buttons()[0]
    assert autre is not voir
    assert autre.hasFocus()


def test_long_points_leave_room_for_the_rest(ouvrir: Ouvrir, base_seul: Path) -> None:
    page = tableau(ouvrir(base_seul))
    modele = todo_items(etat_du(page))[0]
    page.todo.show_items([replace(modele, texte=lettre * 200) for lettre in "abcd"])
    assert [t for t in page.todo.sentences() if len(t) == 200] == ["a" * 200, "b" * 200], "two at least"
    page.todo.show_items([replace(modele, texte=lettre * 110) for lettre in "abcd"])
    assert len([t for t in page.todo.sentences() if len(t) == 110]) == 3, "three times 110 letters are 330"


def test_a_dip_is_told_and_why_the_status_is_held(ouvrir: Ouvrir, seul: Dossier, tmp_path: Path) -> None:
    contrat = seul.contrats[0]
    modele = seul.releves[0]
    # Far above the path of eleven months, then one August under it.
    mois = [date(2025, 9 + m, 28) for m in range(4)] + [date(2026, 1 + m, 28) for m in range(7)]
    releves = [
        modele.model_copy(update={"date": jour, "patientele_mt": 1220, "file_active": 1875, "source": "amelipro"})
        for jour in mois
    ]
    creux = modele.model_copy(
        update={"date": date(2026, 8, 28), "patientele_mt": 1100, "file_active": 1875, "source": "amelipro"}
    )
    dossier = seul.model_copy(update={"releves": (*releves, creux), "contrats": (contrat,), "notifications": ()})
    fenetre = ouvrir(base_de(dossier, tmp_path / "creux.assistmed"), au=date(2026, 9, 10))
    page = tableau(fenetre)
    assert page.title.text() == "En bonne voie vers l’objectif"
    assert "creux saisonnier probable" in page.forecast.text()
    page.why.click()
    texte = fenetre.panel.browser.toPlainText()
    assert "Niveau des douze derniers mois" in texte
    assert "Statut tenu : En bonne voie" in texte.replace("\u00a0", " ")
    assert "Pris seul, il donnerait" in texte


def test_a_button_of_a_group_leads_to_a_doctor_who_belongs_to_it(ouvrir: Ouvrir, demo: Dossier, tmp_path: Path) -> None:
    un = demo.contrats[0]
    parti = Adhesion(medecin="m1", du=date(2026, 4, 1), au=date(2026, 8, 31))
    collectif = ContratCollectif(
        id="g1", medecins=("m1", "m2"), texte="collectif_2026", option_etp=Fraction(2), signe_le=date(2026, 3, 2),
        debut_le=date(2026, 4, 1), duree_ans=5, tranche=None, reference=un.reference, objectif=None, avenants=(),
        adhesions=(parti,),
    )  # fmt: skip
    dossier = demo.model_copy(update={"contrats": (*demo.contrats, collectif)})
    fenetre = ouvrir(base_de(dossier, tmp_path / "groupe.assistmed"))
    tableau(fenetre).todo.lead_asked.emit(Lead("Saisir un relevé", PATIENTELE, "releve"), "g1")
    assert etat(fenetre).medecin_id == "m2"


def etat_du(page: DashboardPage) -> EvaluationContrat:
    assert page._state is not None
    assert page._state.contrat is not None
    return page._state.contrat
