"""The page of the contracts in a real window: entered, told whole, explained, amended, withdrawn, undone."""

import json
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from assistmed_desktop.domain.contrat import ContratCollectif, Suspension
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import CABINET, CONTRATS
from assistmed_desktop.ui.pages.contrats import ContratsPage
from assistmed_desktop.ui.widgets.edit_panel import EditPanel
from assistmed_desktop.ui.widgets.facts import FactCard
from tests.domain.outils import complet
from tests.storage.outils import base_de
from tests.ui.conftest import Ouvrir
from tests.ui.outils import au_repos, bouton, dialogue, etat

INS = "\u00a0"
SIGNE = {
    "texte": "avenant_7", "option_etp": "1/2", "signe_le": "1/3/22", "debut_le": "15/3/22", "tranche": "P30-P50",
    "reference_date": "12/2021", "reference_patientele_mt": "1000", "reference_file_active": "1500",
}  # fmt: skip


def aller(fenetre: MainWindow, qtbot: QtBot, contrat: str = "", place: str = "") -> ContratsPage:
    """Show the page, on a contract or on all of them, once it is analysed."""
    fenetre.look_at_contrat(contrat)
    fenetre.show_page(CONTRATS, place)
    au_repos(qtbot, fenetre)
    page = fenetre.page(CONTRATS)
    assert isinstance(page, ContratsPage)
    return page


def edit(fenetre: MainWindow) -> EditPanel:
    assert fenetre.edit is not None
    return fenetre.edit


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def dits(card: FactCard) -> dict[str, str]:
    return {fact.nom: fact.valeur for fact in card.facts}


@pytest.fixture
def groupe(tmp_path: Path) -> Path:
    """Give a practice with an individual contract and a collective one, every key of theirs filled in."""
    return base_de(lire_dossier(json.dumps(complet())), tmp_path / "groupe.assistmed")


def vider(demo: Dossier, tmp_path: Path, *garde: str) -> Path:
    listes = [cle for cle in Dossier.model_fields if isinstance(getattr(demo, cle), tuple) and cle not in garde]
    return base_de(demo.model_copy(update=dict.fromkeys(listes, ())), tmp_path / "vide.assistmed")


def test_all_contracts_then_one(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    page = aller(fenetre, qtbot)
    assert page.list.isVisible()
    assert not page.detail.isVisible()
    assert page.sentence.text() == f"4{INS}contrats. Ouvrez-en un pour le voir en entier."
    page.list.table.setFocus()
    page.list.table.selectRow(1)
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    assert etat(fenetre).contrat_id == "c2"
    assert page.title.text() == f"Contrat – Dr{INS}Étienne{INS}Bianchon"
    assert page.detail.isVisible()
    page.all.click()
    assert etat(fenetre).contrat_id is None
    assert page.list.isVisible()
    page.enter("")
    assert focus() is page.list.table


def test_a_contract_is_told_whole(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    detail = aller(fenetre, qtbot, "c1").detail
    termes = dits(detail.terms)
    assert termes["Texte"] == "Règlement arbitral de 2023"
    assert termes["Option"] == f"1/2{INS}ETP"
    assert termes["Évaluation"] == f"5{INS}mars{INS}2027"
    assert termes["Jours suspendus"] == f"119{INS}jours"
    assert termes["Tranche"] == "P50 à P70"
    patientele = dits(detail.indicators[0])
    assert (patientele["Référence"], patientele["Objectif"]) == (f"1{INS}068{INS}patients", f"1{INS}228{INS}patients")
    assert "oui" in dits(detail.eligibility)["Éligible"]
    assert dits(detail.aid)[f"Année{INS}1"] == f"18{INS}000{INS}€"
    assert dits(detail.end)["Reste"] == f"721{INS}jours"
    assert detail.next.isVisible()
    assert not detail.group.isVisible()
    assert not detail.memberships.isVisible()
    assert detail.amendments.model.rowCount() == 1
    qtbot.waitUntil(lambda: detail.timeline.drawn, timeout=20_000)
    assert "suspendu" in detail.timeline.accessibleDescription()
    assert any("évaluation" in spot.texte for spot in detail.timeline.spots)


def test_every_figure_says_why(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    for contrat in ("c1", "c4"):
        detail = aller(fenetre, qtbot, contrat).detail
        cartes = [carte for carte in detail.findChildren(FactCard) if carte.isVisible()]
        chemins = [(carte, fact) for carte in cartes for fact in carte.facts if fact.chemin]
        assert len(chemins) > 25
        for carte, fact in chemins:
            carte.why(fact.chemin).click()
            assert fenetre.panel.isVisible(), fact
            fenetre.panel.close_panel()


def test_the_reasons_of_a_figure_are_its_steps_and_its_text(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    detail = aller(fenetre, qtbot, "c4").detail
    demandes: list[tuple[str, str]] = []
    fenetre.page(CONTRATS).panel_asked.connect(lambda titre, html: demandes.append((titre, html)))
    detail.indicators[0].why("patientele_mt.bareme").click()
    detail.terms.why("evaluation_le").click()
    detail.end.why("analyse.fin.preavis").click()
    titres = [titre for titre, _ in demandes]
    assert titres == [f"Pourquoi{INS}: Barème publié", f"Pourquoi{INS}: Évaluation", f"Pourquoi{INS}: Préavis"]
    assert f"1{INS}490" in demandes[0][1]
    assert "Références" in demandes[0][1]
    detail.why_asked.emit("analyse.rien", "Rien")
    assert len(demandes) == 3


def test_what_differs_from_the_table_is_information(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    detail = aller(fenetre, qtbot, "c4").detail
    differe = next(fact for fact in detail.known.facts if "diffère du barème" in fact.valeur)
    assert (differe.nom, differe.role) == ("Information", "")


def test_a_first_contract_by_keyboard(ouvrir: Ouvrir, demo: Dossier, tmp_path: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(vider(demo, tmp_path, "medecins"))
    page = aller(fenetre, qtbot)
    assert "Prenez le contrat signé" in page.teaching.text()
    page.enter("")
    assert focus() is page.first
    QTest.keyClick(page.first, Qt.Key.Key_Space)
    form = edit(fenetre).form
    form.fill({**SIGNE, "medecin": "m2"})
    assert f"objectif de 1{INS}250" in form.cautions.text()
    QTest.keyClick(form.widget("reference_file_active"), Qt.Key.Key_Return)
    (contrat,) = etat(fenetre).dossier.contrats
    assert contrat.medecins == ("m2",)
    assert fenetre.notice.text == f"Le contrat du Dr{INS}Étienne{INS}Bianchon est ajouté."
    assert page.detail.isVisible()
    assert dits(page.detail.indicators[0])["Objectif"] == "non connu – reportez le chiffre de votre contrat"
    fenetre.undo()
    assert etat(fenetre).dossier.contrats == ()
    assert page.none.isVisible()


def test_without_a_doctor_the_doctor_comes_first(ouvrir: Ouvrir, demo: Dossier, tmp_path: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(vider(demo, tmp_path))
    page = aller(fenetre, qtbot)
    bouton(page, "Ajouter un médecin").click()
    assert fenetre.shown == CABINET


def test_the_new_contract_is_the_one_looked_at(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    aller(fenetre, qtbot, "c1", "nouveau")
    edit(fenetre).form.fill({**SIGNE, "texte": "convention_2024", "signe_le": "6/11/28", "debut_le": "6/11/28"})
    assert edit(fenetre).form.typed()["medecin"] == "m1"
    edit(fenetre).save.click()
    nouveau = etat(fenetre).dossier.contrats[-1]
    qtbot.waitUntil(lambda: etat(fenetre).contrat_id == nouveau.id)
    au_repos(qtbot, fenetre)


def test_a_contract_is_corrected(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    page = aller(fenetre, qtbot, "c1")
    page.change.click()
    edit(fenetre).form.fill({"duree_ans": "4"})
    edit(fenetre).save.click()
    assert dits(page.detail.terms)["Dernier jour"] == f"5{INS}novembre{INS}2027"
    page.objective.click()
    edit(fenetre).form.fill({"patientele_mt": "900"})
    edit(fenetre).save.click()
    assert edit(fenetre).isVisible()
    assert "sous la référence" in edit(fenetre).form.help_of("patientele_mt")
    edit(fenetre).form.fill({"patientele_mt": "1240"})
    edit(fenetre).save.click()
    assert dits(page.detail.indicators[0])["Objectif"] == f"1{INS}240{INS}patients"


def test_remarks_below_the_fields_are_announced(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    aller(fenetre, qtbot, "c1").change.click()
    panneau = edit(fenetre)
    panneau.form.fill({"debut_le": "1/10/2023"})
    qtbot.waitUntil(panneau.below.isVisible)
    assert panneau.below.text() == f"1{INS}remarque plus bas"
    panneau.below.click()
    qtbot.waitUntil(lambda: not panneau.below.isVisible())
    assert not panneau.form.cautions.visibleRegion().isEmpty()


def test_the_places_of_the_page(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    page = aller(fenetre, qtbot, "c1", "objectif")
    assert edit(fenetre).title == "Objectif du contrat"
    edit(fenetre).close_panel()
    page.enter("avenants")
    assert focus() is page.detail.amendments.table
    page = aller(fenetre, qtbot, "c2", "avenants")
    assert focus() is page.detail.amendments.add


def test_an_amendment_is_entered_corrected_and_withdrawn(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    liste = aller(fenetre, qtbot, "c2").detail.amendments
    assert liste.empty.isVisible()
    avant = etat(fenetre).dossier
    liste.add.click()
    edit(fenetre).form.fill({"type": "suspension", "du": "1/6/2025", "au": "6/2025"})
    edit(fenetre).save.click()
    (avenant,) = etat(fenetre).dossier.contrats[1].avenants
    assert isinstance(avenant, Suspension)
    assert fenetre.notice.text == "La suspension du 01/06/2025 est ajoutée."
    liste.table.setFocus()
    liste.table.selectRow(0)
    QTest.keyClick(liste.table, Qt.Key.Key_Return)
    edit(fenetre).form.fill({"motif": "congé"})
    edit(fenetre).save.click()
    liste.table.setFocus()
    liste.table.selectRow(0)
    QTest.keyClick(liste.table, Qt.Key.Key_Delete)
    assert etat(fenetre).dossier == avant
    for _ in range(3):
        fenetre.undo()
    assert etat(fenetre).dossier == avant


def test_a_proposal_is_set_beside_the_contract(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    detail = aller(fenetre, qtbot, "c1").detail
    assert "À demander" in dits(detail.next)
    detail.proposals.add.click()
    edit(fenetre).form.fill({"patientele_mt": "1300", "file_active": "1950"})
    edit(fenetre).save.click()
    au_repos(qtbot, fenetre)
    assert detail.proposals.model.rowCount() == 1
    assert f"1{INS}300" in dits(detail.next)["Patientèle médecin traitant"]
    detail.proposals.table.selectRow(0)
    detail.proposals.change.click()
    assert edit(fenetre).title == "Proposition de la caisse"
    edit(fenetre).remove.click()
    assert detail.proposals.model.rowCount() == 0


def test_a_group_is_told_and_corrected(ouvrir: Ouvrir, groupe: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(groupe)
    detail = aller(fenetre, qtbot, "c2").detail
    assert dits(detail.terms)["Structure"] == "SISA"
    assert detail.group.isVisible()
    assert "SISA" in dits(detail.group)["Structure"]
    assert "Nouveau contrat" in dits(detail.group)
    for fact in detail.group.facts:
        detail.group.why(fact.chemin).click()
        assert fenetre.panel.isVisible()
    fenetre.panel.close_panel()
    detail.memberships.add.click()
    edit(fenetre).form.fill({"medecin": "m2", "du": "1/6/26"})
    edit(fenetre).save.click()
    assert detail.memberships.model.rowCount() == 2
    detail.memberships.table.selectRow(1)
    detail.memberships.change.click()
    edit(fenetre).form.fill({"au": "12/2028"})
    edit(fenetre).save.click()
    detail.memberships.table.selectRow(1)
    detail.memberships.remove.click()
    detail.juniors.add.click()
    edit(fenetre).form.fill({"medecin": "m2", "du": "1/11/26"})
    edit(fenetre).save.click()
    detail.juniors.table.selectRow(1)
    assert detail.juniors.model.data(detail.juniors.model.index(1, 2)) == "toujours"
    detail.juniors.change.click()
    edit(fenetre).close_panel()
    detail.juniors.remove.click()
    au_repos(qtbot, fenetre)
    contrat = etat(fenetre).dossier.contrats[1]
    assert isinstance(contrat, ContratCollectif)
    assert (len(contrat.adhesions), len(contrat.docteurs_juniors)) == (1, 1)
    aller(fenetre, qtbot, "c1")
    assert not detail.memberships.isVisible()
    assert not detail.group.isVisible()
    with pytest.raises(TypeError, match="no group"):
        detail._collective()


def test_a_contract_is_withdrawn_once_it_is_asked(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    avant = etat(fenetre).dossier
    page = aller(fenetre, qtbot, "c1")
    page.remove.click()
    bouton(dialogue(fenetre), "Supprimer").click()
    assert [contrat.id for contrat in etat(fenetre).dossier.contrats] == ["c2", "c3", "c4"]
    assert page.list.isVisible()
    fenetre.undo()
    assert etat(fenetre).dossier == avant
    page.list.table.setFocus()
    page.list.table.selectRow(0)
    QTest.keyClick(page.list.table, Qt.Key.Key_Delete)
    bouton(dialogue(fenetre), "Supprimer").click()
    assert [contrat.id for contrat in etat(fenetre).dossier.contrats] == ["c2", "c3", "c4"]


def test_a_state_is_shown_at_once(ouvrir: Ouvrir, base: Path, qtbot: QtBot) -> None:
    fenetre = ouvrir(base)
    page = aller(fenetre, qtbot, "c1")
    state = etat(fenetre)
    debut = time.perf_counter()
    page.show_state(state)
    assert time.perf_counter() - debut < 0.1
    with pytest.raises(RuntimeError, match="no contract"):
        type(page.detail)(page.tools)._shown()
