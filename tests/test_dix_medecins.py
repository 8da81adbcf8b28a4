"""The large practice is valid, whole, always the same, and has contracts in several situations."""

from assistmed_desktop.domain.dossier import ecrire_dossier, fautes_du_dossier, lire_dossier
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from tests.dix_medecins import AU, brut, dix_medecins


def test_it_is_valid_and_as_large_as_said() -> None:
    dossier = dix_medecins()
    assert fautes_du_dossier(dossier) == []
    assert (len(dossier.medecins), len(dossier.assistants), len(dossier.releves)) == (10, 30, 2400)
    premiers = [releve.date for releve in dossier.releves if releve.medecin == "m1"]
    assert (len(premiers), premiers[-1].year - premiers[0].year) == (240, 20)
    assert min(len(liste) for liste in (dossier.missions, dossier.mouvements, dossier.versements)) >= 100
    assert len(dossier.activite) == 2400


def test_it_is_always_the_same() -> None:
    assert brut() == brut()
    assert lire_dossier(ecrire_dossier(dix_medecins())) == dix_medecins()


def test_its_contracts_are_in_several_situations() -> None:
    statuts = {contrat.statut_tenu for contrat in evaluate(dix_medecins(), AU, charger_baremes()).contrats}
    assert {"termine", "en_retard", "en_bonne_voie", "atteint"} <= statuts
