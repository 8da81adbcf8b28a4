"""What is told of a copy, and what going back to it would change."""

from datetime import UTC, datetime
from pathlib import Path

from assistmed_desktop.services.sauvegardes import Contenu, Sauvegarde, manque, moment, nombres, retour
from tests.services.outils import exemple

LE = datetime(2026, 11, 15, 14, 2, tzinfo=UTC)
D = exemple()


def test_a_copy_says_when_and_why() -> None:
    assert str(Sauvegarde(Path("c"), LE, "repos", 1)) == "15/11/2026 à 14:02, après dix minutes sans changement"
    ici = LE.astimezone()
    assert moment(LE) == f"le 15/11/2026 à {ici:%H:%M}"


def test_what_a_base_holds() -> None:
    assert Contenu(None, {}, None, 4).en_lettres == "aucun cabinet"
    contenu = Contenu(D, {"medecin": 1, "releve": 2, "contrat": 0}, LE, 4)
    assert contenu.en_lettres == f"{D.cabinet.nom}, 1\u00a0médecin, 2\u00a0relevés"
    assert nombres({"medecin": -1}) == []


def test_going_back_takes_away_brings_back_and_changes() -> None:
    plus = D.releves[0].model_copy(update={"patientele_mt": 7})
    medecin = D.medecins[0].model_copy(update={"nom": "Autre"})
    cabinet = D.cabinet.model_copy(update={"nom": "Autre"})
    actuel = D.model_copy(
        update={"releves": (*D.releves, plus, plus), "assistants": (), "medecins": (medecin,), "cabinet": cabinet}
    )
    assert retour(D, actuel) == (
        "La restaurer retirerait 2\u00a0relevés, ramènerait 1\u00a0assistant et remettrait comme avant la fiche du "
        "cabinet et 1\u00a0médecin."
    )


def test_going_back_to_the_same_to_nothing_from_nothing_or_to_another_order() -> None:
    assert retour(D, D) == "Elle contient exactement ce que le cabinet contient aujourd'hui."
    assert retour(D, None) == "Le cabinet d'aujourd'hui est vide."
    assert "tout ce que vous avez saisi manquerait" in retour(None, D)
    autre = D.releves[0].model_copy(update={"patientele_mt": 7})
    deux, inverses = ({"releves": (*liste,)} for liste in ((D.releves[0], autre), (autre, D.releves[0])))
    ordre = retour(D.model_copy(update=deux), D.model_copy(update=inverses))
    assert ordre == "Seul l'ordre des lignes diffère."
    assert retour(D, D.model_copy(update=deux)) == "La restaurer retirerait 1\u00a0relevé."


def test_what_a_damaged_base_still_has_that_its_copy_has_not() -> None:
    copie = Contenu(D, {"releve": 2, "versement": 3}, LE, 4)
    dit = manque(copie, {"releve": 4, "versement": 3}, LE)
    assert dit.startswith("La dernière saisie qu'elle contient a été faite le 15/11/2026")
    assert dit.endswith("Il contient encore 2\u00a0relevés de plus.")
    assert manque(copie, {"releve": 2}, LE).endswith("Il ne contient pas plus de lignes qu'elle.")
    seul = manque(Contenu(D, {}, None, 4), {}, LE)
    assert seul.startswith("Le fichier endommagé a été modifié pour la dernière fois le 15/11/2026")
    assert seul.endswith("Rien de lui ne peut plus être compté.")
