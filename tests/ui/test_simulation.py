"""Simulation: what is supposed is read, worked out elsewhere, compared, explained, and never kept."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import EvaluationContrat
from assistmed_desktop.services.scenarios import GAIN_MAX, Hypothese, OptionSupposee, PeriodeSupposee
from assistmed_desktop.ui.comparison import A, B, Comparison, compare, lines, supposed, unknowns, unpublished
from assistmed_desktop.ui.hypothesis import (
    DEPARTS,
    ENTREES,
    FILE_ACTIVE,
    OPTION_DU,
    SUSPENSION_AU,
    SUSPENSION_DU,
    Typed,
    options,
    pace_words,
    read,
)
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import CONTRATS, PATIENTELE, SIMULATION
from assistmed_desktop.ui.pages.simulation import SimulationPage
from assistmed_desktop.ui.wording import worst_first
from tests.storage.outils import base_de
from tests.ui.conftest import Ouvrir
from tests.ui.outils import AU, au_repos, bouton, etat

BAREMES = charger_baremes()


def simulation(fenetre: MainWindow) -> SimulationPage:
    page = fenetre.page(SIMULATION)
    assert isinstance(page, SimulationPage)
    return page


def calculer(qtbot: QtBot, fenetre: MainWindow) -> SimulationPage:
    """Wait until what was supposed last is on screen."""
    page = simulation(fenetre)
    qtbot.waitUntil(lambda: not page._timer.isActive(), timeout=5000)
    au_repos(qtbot, fenetre)
    qtbot.waitUntil(lambda: all(chart.drawn for chart in page.view.charts.values()), timeout=20_000)
    return page


def ouverte(ouvrir: Ouvrir, qtbot: QtBot, base: Path, contrat: str = "c1", au: date = AU) -> MainWindow:
    fenetre = ouvrir(base, au=au)
    fenetre.look_at_contrat(contrat)
    fenetre.show_page(SIMULATION)
    au_repos(qtbot, fenetre)
    return fenetre


def juge(dossier: Dossier, contrat: str = "c1", au: date = AU) -> EvaluationContrat:
    return next(c for c in evaluate(dossier, au, BAREMES).contrats if c.id == contrat)


def nu(texte: str) -> str:
    return texte.replace(INSECABLE, " ")


def colonne(page: SimulationPage, rang: int) -> list[str]:
    modele = page.view.model
    return [nu(str(modele.data(modele.index(ligne, rang)))) for ligne in range(modele.rowCount())]


def collectif(demo: Dossier) -> Dossier:
    """Give the demonstration with a group in the place of its first contract."""
    premier = demo.contrats[0]
    groupe = ContratCollectif.model_validate(
        premier.model_dump(exclude={"medecin", "avenants"})
        | {
            "texte": "collectif_2026",
            "medecins": ("m1", "m2"),
            "tranche": None,
            "option_etp": Fraction(4),
            "signe_le": date(2026, 2, 1),
            "debut_le": date(2026, 3, 1),
            "avenants": (),
        }
    )
    lies = ("assistants", "missions", "versements", "notifications", "echeances_faites", "observations", "propositions")
    return demo.model_copy(update={"contrats": (groupe,), **dict.fromkeys(lies, ())})


# What is typed


def test_what_is_typed_is_read_tolerantly(demo: Dossier) -> None:
    contrat = juge(demo)
    lu = read(Typed(" 8,5 ", "2", "\N{MINUS SIGN}3", "mars 2027", "31/7/27", "3/2", "1er janvier 2027"), contrat)
    assert lu.fautes == {}
    assert lu.hypothese == Hypothese(
        "c1",
        Fraction(17, 2),
        Fraction(2),
        Fraction(-3),
        (PeriodeSupposee(date(2027, 3, 1), date(2027, 7, 31)),),
        OptionSupposee(date(2027, 1, 1), Fraction(3, 2)),
    )
    assert read(Typed(file_active="+4"), contrat).hypothese == Hypothese("c1", gain_mensuel_file_active=Fraction(4))
    assert read(Typed(option="1"), contrat).hypothese == Hypothese("c1", option=OptionSupposee(AU, Fraction(1)))


def test_a_blank_scenario_supposes_nothing(demo: Dossier) -> None:
    assert read(Typed(entrees="  ", option_du="01/01/2027"), juge(demo)).hypothese is None
    assert read(Typed(), juge(demo)).fautes == {}


def test_what_cannot_be_read_is_told_under_its_field(demo: Dossier) -> None:
    contrat = juge(demo)
    fautes = read(Typed("huit", str(GAIN_MAX + 1), "-x", "32/13/2026", "hier", "1", "un jour"), contrat).fautes
    assert set(fautes) == {ENTREES, DEPARTS, FILE_ACTIVE, SUSPENSION_DU, SUSPENSION_AU, OPTION_DU}
    assert "8 ou 8,5" in fautes[ENTREES]
    assert nu(fautes[DEPARTS]) == "Au plus 1 000 par mois."
    assert read(Typed(departs="2"), contrat).fautes[DEPARTS].endswith("donnez aussi ceux-ci.")
    assert "la fin" in read(Typed(suspension_du="mars 2027"), contrat).fautes[SUSPENSION_AU]
    assert "le début" in read(Typed(suspension_au="mars 2027"), contrat).fautes[SUSPENSION_DU]
    assert "-2" not in fautes[FILE_ACTIVE]
    assert read(Typed(entrees="-2"), contrat).fautes != {}


def test_the_options_are_the_others(demo: Dossier) -> None:
    assert options(juge(demo)) == {
        "1/3": f"1/3{INSECABLE}ETP", "1": f"1{INSECABLE}ETP", "3/2": f"1,5{INSECABLE}ETP", "2": f"2{INSECABLE}ETP",
    }  # fmt: skip
    assert list(options(juge(collectif(demo)))) == ["3", "7/2", "9/2", "5", "6"]


def test_a_slider_rests_at_the_present_pace(seul: Dossier) -> None:
    mots = pace_words(juge(seul).patientele_mt)
    assert (mots.repos, mots.maxi) == (3, 40)
    assert nu(mots.aide) == "rythme actuel : +2,8 ; il faut +13,8"
    deux = tuple(r for r in seul.releves if r.date.year == 2024)[:2]
    moyen = pace_words(juge(seul.model_copy(update={"releves": deux})).patientele_mt)
    assert "rythme actuel" in moyen.aide
    rien = pace_words(juge(seul.model_copy(update={"releves": ()})).patientele_mt)
    assert (rien.repos, rien.aide) == (0, "")


# What comes of it


def test_scenarios_are_compared_line_by_line(seul: Dossier) -> None:
    hypotheses = {A: Hypothese("c1", Fraction(16), Fraction(2)), B: None}
    joues = compare(seul, "c1", hypotheses, au=AU, baremes=BAREMES)
    assert set(joues.scenarios) == {"actuel", A}
    par_nom = {nu(line.nom): line for line in lines(joues)}
    ecart = par_nom["Patientèle médecin traitant : écart à l’objectif"]
    assert (nu(ecart.cell("actuel").texte), ecart.cell(A).texte, ecart.cell(B).texte) == ("−43", "+7", "–")
    situation = par_nom["Situation du contrat ce jour-là"]
    assert (situation.cell("actuel").statut, situation.cell(A).statut) == ("en_retard", "atteint")
    aides = [nu(line.cell("actuel").texte) for nom, line in par_nom.items() if nom.startswith("Aide estimée")]
    assert aides
    assert all(aide.endswith("(hypothèse linéaire)") for aide in aides)
    assert nu(supposed(joues.scenarios[A])) == "16 nouveaux patients et 2 départs par mois."
    assert supposed(joues.scenarios["actuel"]) == "Au rythme actuel."
    assert unpublished(joues) == ""
    rejoues = compare(seul, "c1", hypotheses, au=AU, baremes=BAREMES, known=tuple(joues.scenarios.values()))
    assert rejoues.scenarios[A] is joues.scenarios[A]


def test_what_is_not_known_is_written(seul: Dossier) -> None:
    option = Hypothese("c1", option=OptionSupposee(date(2026, 11, 1), Fraction(3, 2)))
    joues = compare(seul, "c1", {A: option}, au=AU, baremes=BAREMES)
    assert "non publié" in {line.cell(A).texte for line in lines(joues)}
    assert nu(unpublished(joues)) == "Aide : non publié – reportez le chiffre de votre contrat."
    dits = unknowns(joues)
    assert any(nom == "Scénario A" and "L’objectif qui irait avec cette option" in dit for nom, dit in dits)
    assert any(nom == "" and "hypothèse linéaire" in dit for nom, dit in dits)


def test_without_a_target_or_a_reading_nothing_is_made_up(seul: Dossier) -> None:
    contrat = seul.contrats[0]
    assert contrat.objectif is not None
    sans = contrat.model_copy(update={"objectif": contrat.objectif.model_copy(update={"patientele_mt": None})})
    dossier = seul.model_copy(
        update={
            "contrats": (sans,),
            "releves": tuple(r.model_copy(update={"file_active": None}) for r in seul.releves),
        }
    )
    textes = {
        nu(line.nom): line.cell("actuel").texte for line in lines(compare(dossier, "c1", {}, au=AU, baremes=BAREMES))
    }
    assert textes["Patientèle médecin traitant : écart à l’objectif"] == "objectif inconnu"
    assert textes["Patientèle médecin traitant : objectif atteint le"] == "inconnu"
    assert textes["File active"] == "aucun relevé"
    assert textes["File active : écart à l’objectif"] == "–"


def test_an_impossible_hypothesis_says_why(seul: Dossier) -> None:
    trop = Hypothese("c1", suspensions=(PeriodeSupposee(date(2027, 1, 1), date(2090, 1, 1)),))
    joues = compare(seul, "c1", {A: trop}, au=AU, baremes=BAREMES)
    assert set(joues.scenarios) == {"actuel"}
    assert "sort du contrat" in joues.refus[A]
    assert lines(Comparison({})) != []


# The page


def test_moving_a_slider_draws_and_tells(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouverte(ouvrir, qtbot, base)
    page = calculer(qtbot, fenetre)
    assert page.view.cards[A].isHidden()
    assert colonne(page, 2)[0] == "–"
    curseur = page.cards[A].paces[ENTREES].slider
    fenetre.show_page(SIMULATION, "curseur")
    assert curseur.hasFocus()
    avant = curseur.value()
    QTest.keyClick(curseur, Qt.Key.Key_Right)
    assert page.cards[A].paces[ENTREES].text() == str(avant + 1)
    QTest.keyClick(curseur, Qt.Key.Key_PageUp)
    assert page.cards[A].paces[ENTREES].text() == str(avant + 6)
    assert nu(curseur.accessibleDescription()) == f"{avant + 6} par mois"
    QTest.keyClick(curseur, Qt.Key.Key_End)
    assert page.cards[A].paces[ENTREES].text() == "40"
    page = calculer(qtbot, fenetre)
    assert nu(page.view.cards[A].story.text()).startswith("Avec 40 nouveaux patients par mois")
    assert page.view.cards[A].badge.word.startswith("Objectif atteint")
    assert "Scénario A : 1 342" in nu(page.view.charts["patientele_mt"].accessibleDescription())
    assert any("scénario A" in spot.texte for spot in page.view.charts["patientele_mt"].spots)
    assert not page.view.model.data(page.view.model.index(1, 2), Qt.ItemDataRole.DecorationRole).isNull()
    assert page.view.model.data(page.view.model.index(0, 2), Qt.ItemDataRole.DecorationRole).isNull()


def test_the_number_beside_moves_the_slider(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouverte(ouvrir, qtbot, base)
    rythme = simulation(fenetre).cards[B].paces[FILE_ACTIVE]
    QTest.keyClicks(rythme.number, "-4,6")
    assert rythme.slider.value() == -5
    QTest.keyClicks(rythme.number, "x")
    page = calculer(qtbot, fenetre)
    assert "8 ou 8,5" in rythme.help.text()
    assert page.view.cards[B].isHidden()
    rythme.number.clear()
    QTest.keyClicks(rythme.number, "5")
    page = calculer(qtbot, fenetre)
    assert rythme.help.text().startswith("rythme actuel")
    assert "+5 en file active par mois" in nu(page.view.cards[B].story.text())


def test_the_wheel_scrolls_the_page_not_the_slider(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    curseur = simulation(ouverte(ouvrir, qtbot, base)).cards[A].paces[ENTREES].slider
    avant = curseur.value()
    roue = QWheelEvent(
        QPointF(5, 5), QPointF(curseur.mapToGlobal(QPoint(5, 5))), QPoint(0, 0), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(curseur, roue)
    assert curseur.value() == avant


def test_a_suspension_and_another_option(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouverte(ouvrir, qtbot, base)
    page = simulation(fenetre)
    carte = page.cards[B]
    assert not carte.days[OPTION_DU].isEnabled()
    carte.option.setFocus()
    QTest.keyClick(carte.option, Qt.Key.Key_Down)
    assert carte.days[OPTION_DU].isEnabled()
    QTest.keyClicks(carte.days[OPTION_DU], "janvier 2027")
    QTest.keyClicks(carte.days[SUSPENSION_DU], "mars 2027")
    QTest.keyClicks(carte.days[SUSPENSION_AU], "juillet 2027")
    QTest.keyClick(carte.days[SUSPENSION_AU], Qt.Key.Key_Return)
    calculer(qtbot, fenetre)
    assert colonne(page, 3)[0] == "05/08/2027"
    assert "à partir du 01/01/2027" in nu(page.view.cards[B].supposed.text())
    assert "L’effet d’une suspension sur l’aide n’est pas publié" in nu(page.view.unknown.text())
    carte.days[SUSPENSION_AU].setText("01/01/2099")
    QTest.keyClick(carte.days[SUSPENSION_AU], Qt.Key.Key_Return)
    calculer(qtbot, fenetre)
    assert "sort du contrat" in nu(carte.fault.text())
    assert page.view.cards[B].isHidden()
    carte.erase.click()
    calculer(qtbot, fenetre)
    assert carte.typed() == Typed()
    assert carte.fault.text() == ""


def test_why_answers_for_each_scenario(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouverte(ouvrir, qtbot, base)
    page = simulation(fenetre)
    page.cards[A].paces[ENTREES].slider.setValue(16)
    calculer(qtbot, fenetre)
    page.view.cards[A].why.click()
    assert nu(fenetre.panel.title) == "Pourquoi ces chiffres : Scénario A"
    assert "16 nouveaux patients par mois" in nu(fenetre.panel.browser.toPlainText())
    for rang, nom in ((0, "Rythme actuel"), (2, "Scénario A"), (3, "Rythme actuel")):
        page.view.table.setCurrentIndex(page.view.model.index(2, rang))
        QTest.keyClick(page.view.table, Qt.Key.Key_Return)
        assert nu(fenetre.panel.title) == f"Pourquoi ces chiffres : {nom}"
    page.view.copy.click()
    assert "Scénario A" in QGuiApplication.clipboard().text()


def test_nothing_supposed_is_ever_saved(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouverte(ouvrir, qtbot, base)
    page = simulation(fenetre)
    avant = etat(fenetre).dossier
    assert "jamais enregistrées" in page.promise.text()
    page.cards[A].paces[ENTREES].slider.setValue(16)
    calculer(qtbot, fenetre)
    assert etat(fenetre).dossier is avant
    assert fenetre.desk is not None
    assert fenetre.desk.steps.annulable is None
    fenetre.look_at_contrat("c4")
    calculer(qtbot, fenetre)
    assert page.cards[A].typed() == Typed()
    fenetre.look_at_contrat("c1")
    calculer(qtbot, fenetre)
    assert page.cards[A].typed().entrees == "16"
    page.reset.click()
    calculer(qtbot, fenetre)
    assert page.cards[A].typed() == Typed()
    assert page.view.cards[A].isHidden()
    page.reset.click()
    assert not page._timer.isActive()


def test_only_the_last_asked_for_is_shown(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouverte(ouvrir, qtbot, base)
    page = calculer(qtbot, fenetre)
    for valeur in (10, 11, 12):
        page.cards[A].paces[ENTREES].slider.setValue(valeur)
        page._ask()
    calculer(qtbot, fenetre)
    assert nu(page.view.cards[A].supposed.text()).startswith("12 nouveaux patients")
    page.cards[A].paces[ENTREES].slider.setValue(20)
    page._ask()
    fenetre.look_at_contrat("")
    au_repos(qtbot, fenetre)
    assert not page.work.isVisible()
    page._ask()
    assert not fenetre.worker.busy


def test_several_contracts_ask_which(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    fenetre = ouverte(ouvrir, qtbot, base, "")
    page = simulation(fenetre)
    assert not page.work.isVisible()
    assert "Choisissez celui" in page.why_not.text()
    page.choice.setFocus()
    pires = worst_first(etat(fenetre).evaluation.contrats)
    assert [c.id for c in page.model.rows] == [c.id for c in pires]
    page.choice.choose(lambda contrat: bool(contrat.id == "c4"))
    QTest.keyClick(page.choice, Qt.Key.Key_Return)
    assert etat(fenetre).contrat_id == "c4"
    assert page.work.isVisible()
    fenetre.look_at_contrat("")
    place = page.choice.visualRect(page.model.index(0, 0)).center()
    QTest.mouseClick(page.choice.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert etat(fenetre).contrat_id == "c1"


@pytest.mark.parametrize(
    ("change", "au", "texte", "texte_du_bouton", "page"),
    [
        ({"contrats": ()}, AU, "n’a pas encore de contrat", "Aller aux contrats", CONTRATS),
        ({"releves": ()}, AU, "il n’y en a pas encore", "Saisir un relevé", PATIENTELE),
        ({"releves": ()}, date(2023, 11, 4), "Ce contrat commence le 6 novembre 2023", "Saisir un relevé", PATIENTELE),
        ({}, date(2029, 1, 1), "a pris fin le 5 novembre 2028", "", ""),
    ],
)
def test_what_keeps_from_simulating_is_said(  # noqa: PLR0917 - fixtures
    ouvrir: Ouvrir,
    qtbot: QtBot,
    seul: Dossier,
    tmp_path: Path,
    change: dict[str, object],
    au: date,
    texte: str,
    texte_du_bouton: str,
    page: str,
) -> None:
    dossier = seul.model_copy(update={**change, "versements": ()})
    fenetre = ouverte(ouvrir, qtbot, base_de(dossier, tmp_path / "p.assistmed"), au=au)
    assert texte in nu(simulation(fenetre).why_not.text())
    if texte_du_bouton:
        bouton(simulation(fenetre), texte_du_bouton).click()
        assert fenetre.shown == page
    else:
        assert not simulation(fenetre).way.isVisible()


def test_an_unknown_target_is_told_with_the_way_to_mend_it(
    ouvrir: Ouvrir, qtbot: QtBot, seul: Dossier, tmp_path: Path
) -> None:
    contrat = seul.contrats[0]
    dossier = seul.model_copy(update={"contrats": (contrat.model_copy(update={"objectif": None}),)})
    fenetre = ouverte(ouvrir, qtbot, base_de(dossier, tmp_path / "p.assistmed"))
    page = calculer(qtbot, fenetre)
    assert "L’objectif n’est pas connu" in page.remark.text()
    assert "l’objectif n’est pas connu" in page.view.cards["actuel"].story.text()
    page.mend.click()
    assert fenetre.shown == CONTRATS


def test_a_group_is_simulated_as_a_whole(ouvrir: Ouvrir, qtbot: QtBot, demo: Dossier, tmp_path: Path) -> None:
    fenetre = ouverte(ouvrir, qtbot, base_de(collectif(demo), tmp_path / "g.assistmed"))
    page = calculer(qtbot, fenetre)
    assert "groupe entier" in page.remark.text()
    page.cards[A].paces[ENTREES].slider.setValue(30)
    calculer(qtbot, fenetre)
    assert "Avec 30 nouveaux patients" in nu(page.view.cards[A].story.text())


def test_every_field_has_its_label_and_a_name(ouvrir: Ouvrir, qtbot: QtBot, base: Path) -> None:
    page = simulation(ouverte(ouvrir, qtbot, base))
    for carte in page.cards.values():
        champs = [*(pace.number for pace in carte.paces.values()), *carte.days.values(), carte.option]
        voisins = [label.buddy() for label in carte.findChildren(QLabel) if label.buddy() is not None]
        assert set(champs) == set(voisins)
        noms = [champ.accessibleName() for champ in champs]
        assert len(set(noms)) == len(noms)
        assert all(nom.startswith(carte.title.text()) for nom in noms)


def test_larger_text_keeps_every_line_of_the_table(
    ouvrir: Ouvrir, qtbot: QtBot, base: Path, application: QApplication
) -> None:
    fenetre = ouverte(ouvrir, qtbot, base)
    page = calculer(qtbot, fenetre)
    avant = page.view.table.height()
    fonte = application.font()
    fonte.setPointSizeF(fonte.pointSizeF() * 2)
    application.setFont(fonte)
    au_repos(qtbot, fenetre)
    qtbot.waitUntil(lambda: page.view.table.height() > avant, timeout=5000)
    assert page.view.table.verticalScrollBar().maximum() == 0
