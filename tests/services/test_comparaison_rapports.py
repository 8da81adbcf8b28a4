"""What has changed between two reports, from what they carry."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistmed_desktop.cli.rapports import rediger
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.reports.lecture import pieces_jointes
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.services.comparaison_rapports import INCONNU, Ecart, comparer
from assistmed_desktop.services.rapports import Demande, Pieces
from tests.services.outils import exemple

AU = date(2025, 1, 15)


def pieces(dossier: Dossier, au: date = AU) -> Pieces:
    lues = pieces_jointes(rediger(dossier, Demande("versements", "c1", au), charger_baremes()).contenu)
    assert lues is not None
    return lues


def avec(liste: str, *valeurs: Any, sans: Callable[[Any], bool] = lambda _valeur: False) -> Dossier:  # noqa: ANN401 - any fact
    dossier = exemple()
    gardees = tuple(valeur for valeur in getattr(dossier, liste) if not sans(valeur))
    return dossier.model_copy(update={liste: (*gardees, *valeurs)})


@pytest.fixture(scope="module")
def avant() -> Pieces:
    return pieces(exemple())


def test_of_the_same_data_nothing_has_changed(avant: Pieces) -> None:
    comparaison = comparer(avant, replace(avant))
    assert comparaison.chiffres == ()
    assert comparaison.faits == ()


def test_a_reading_more_is_told_with_the_figures_that_it_moves(avant: Pieces) -> None:
    dernier = max(exemple().releves, key=lambda releve: releve.date)
    nouveau = dernier.model_copy(update={"date": date(2025, 1, 14), "patientele_mt": 1_200, "file_active": None})
    comparaison = comparer(avant, pieces(avec("releves", nouveau)))
    ecarts = {ecart.quoi: ecart for ecart in comparaison.chiffres}
    assert ecarts["Patientèle médecin traitant"] == Ecart(
        "Patientèle médecin traitant", "1\u00a0131, amelipro au 31/12/2024", "1\u00a0200, amelipro au 14/01/2025"
    )
    assert "File active" not in ecarts
    assert comparaison.faits[0] == (
        "1\u00a0relevé de plus : amelipro au 14/01/2025, patientèle médecin traitant 1\u00a0200."
    )
    retour = comparer(pieces(avec("releves", nouveau)), avant)
    assert retour.faits[0].startswith("1\u00a0relevé de moins : ")
    dits = [fait.removeprefix("Signalé depuis : ") for fait in comparaison.faits if fait.startswith("Signalé")]
    assert dits == [fait.removeprefix("N'est plus signalé : ") for fait in retour.faits if fait.startswith("N'est")]


def test_a_payment_received_is_the_one_due_and_another(avant: Pieces) -> None:
    du = exemple().versements[-1]
    recu = du.model_copy(update={"recu_le": date(2025, 1, 10), "montant_recu": 123_456, "reference": "V9"})
    apres = pieces(avec("versements", recu, sans=lambda versement: versement == du))
    faits = comparer(avant, apres).faits
    assert any("1\u00a0versement de moins" in fait for fait in faits)
    assert any("de plus" in fait and "reçu le 10/01/2025, 1\u00a0234,56\u00a0€" in fait for fait in faits)


def test_many_facts_are_only_counted(avant: Pieces) -> None:
    dernier = max(exemple().releves, key=lambda releve: releve.date)
    sept = [dernier.model_copy(update={"date": date(2025, 1, jour), "source": "logiciel"}) for jour in range(2, 9)]
    assert "7\u00a0relevés de plus." in comparer(avant, pieces(avec("releves", *sept))).faits


def test_without_a_reading_the_figure_is_unknown(avant: Pieces) -> None:
    sans = pieces(avec("releves", sans=lambda _releve: True))
    assert next(e for e in comparer(avant, sans).chiffres if e.quoi == "File active").apres == INCONNU


def test_what_has_a_name_is_told_as_changed_not_as_another(avant: Pieces) -> None:
    contrat = exemple().contrats[0]
    sans = exemple().model_copy(update={"contrats": (contrat.model_copy(update={"objectif": None}),)})
    comparaison = comparer(avant, pieces(sans))
    assert "1\u00a0contrat où quelque chose a changé." in comparaison.faits
    ecart = next(e for e in comparaison.chiffres if e.quoi == "Patientèle médecin traitant, objectif")
    assert INCONNU in (ecart.avant, ecart.apres) or ecart.avant != ecart.apres


def test_two_days_of_one_practice_differ_by_the_day_at_least(avant: Pieces) -> None:
    chiffres = comparer(avant, pieces(exemple(), date(2025, 1, 16))).chiffres
    assert chiffres[0] == Ecart("Situation au", "15/01/2025", "16/01/2025")
