"""What the rules would say of a contract about to be entered: information, and nothing of what is not valid yet."""

import json
from datetime import date
from fractions import Fraction

import pytest

from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.services.avis import avis
from tests.domain.outils import complet

AU = date(2026, 11, 15)
BAREMES = charger_baremes()


@pytest.fixture(scope="module")
def demo() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


def individuel(dossier: Dossier, **change: object) -> ContratIndividuel:
    contrat = dossier.contrats[2]
    assert isinstance(contrat, ContratIndividuel)
    return contrat.model_copy(update=change)


def dits(dossier: Dossier, contrat: ContratIndividuel | ContratCollectif) -> str:
    return "\n".join(avis(dossier, contrat, AU, BAREMES))


def test_a_contract_that_follows_the_table_has_nothing_said_of_it(demo: Dossier) -> None:
    assert avis(demo, individuel(demo), AU, BAREMES) == ()


def test_another_target_than_that_of_the_table(demo: Dossier) -> None:
    contrat = individuel(demo)
    assert contrat.objectif is not None
    autre = contrat.objectif.model_copy(update={"patientele_mt": 1300})
    assert "diffère du barème publié (1\u00a0210)" in dits(demo, individuel(demo, objectif=autre))
    assert "donnerait un objectif de 1\u00a0210" in dits(demo, individuel(demo, objectif=None))
    assert dits(demo, individuel(demo, objectif=None, tranche=None)) == ""


def test_what_is_not_valid_yet_is_left_to_the_domain(demo: Dossier) -> None:
    contrat = individuel(demo)
    assert contrat.objectif is not None
    sous = contrat.objectif.model_copy(update={"patientele_mt": 3})
    assert avis(demo, individuel(demo, objectif=sous), AU, BAREMES) == ()
    assert avis(demo, individuel(demo, medecin="m9"), AU, BAREMES) == ()


def test_what_the_rules_known_exclude(demo: Dossier) -> None:
    medecins = tuple(m.model_copy(update={"secteur": "3"}) for m in demo.medecins)
    assert "D'après les règles connues : Dr" in dits(demo.model_copy(update={"medecins": medecins}), individuel(demo))


def test_two_contracts_of_one_doctor_at_once(demo: Dossier) -> None:
    suivant = individuel(demo, id="nouveau", texte="convention_2024", signe_le=AU, debut_le=AU, objectif=None)
    assert "Le contrat commencé le 05/12/2022 court jusqu'au 04/12/2027" in dits(demo, suivant)
    apres = individuel(demo, id="nouveau", signe_le=date(2027, 12, 1), debut_le=date(2027, 12, 5), objectif=None)
    assert "court jusqu'au" not in dits(demo, apres)
    avant = individuel(demo, id="nouveau", signe_le=date(2019, 10, 1), debut_le=date(2019, 10, 1), objectif=None)
    assert "est à clore d'abord" in dits(demo, avant)


def test_a_group() -> None:
    dossier = lire_dossier(json.dumps(complet()))
    contrat = dossier.contrats[1]
    assert isinstance(contrat, ContratCollectif)
    assert "plafond" in dits(dossier, contrat.model_copy(update={"option_etp": Fraction(9)}))
    assert "structure" in dits(dossier, contrat.model_copy(update={"structure": "sel"}))
    ouvert = contrat.model_copy(update={"signe_le": date(2026, 3, 2), "debut_le": date(2026, 2, 1)})
    assert "donnerait un objectif" in dits(dossier, ouvert)
