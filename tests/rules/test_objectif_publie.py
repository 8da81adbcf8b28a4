"""The target of the published table, step by step, beside the signed one."""

from fractions import Fraction

import pytest

from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel, Gains
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.objectif_publie import objectif_publie
from assistmed_desktop.rules.resultats import Explication
from tests.rules.outils import DEMI, TIERS, collectif, contrat, j, juger, medecin, objectif, pratique

BAREMES = charger_baremes()


def publie(signe: ContratIndividuel | ContratCollectif, specialite: str = "medecine_generale") -> Explication | None:
    medecins = (medecin(1, specialite=specialite), medecin(2))
    evalue = juger(pratique(signe, medecins=medecins), "2026-11-15")
    return objectif_publie(evalue, evalue.patientele_mt, BAREMES)


@pytest.mark.parametrize(
    ("tranche", "option", "taux", "cible", "grade"),
    [
        ("P30-P50", DEMI, "25\u00a0%", "1\u00a0250", "C"),
        ("P70-P90", TIERS, "7,5\u00a0%", "1\u00a0075", "A"),
        ("P95+", TIERS, "0\u00a0%", "1\u00a0000", "C"),
    ],
)
def test_a_rise_by_band_and_option(tranche: str, option: Fraction, taux: str, cible: str, grade: str) -> None:
    explication = publie(contrat(tranche=tranche, option_etp=option))
    assert explication is not None
    assert [etape.resultat for etape in explication.etapes] == ["1\u00a0000\u00a0patients", taux, cible]
    assert [source.grade for source in explication.sources] == [grade]


def test_what_no_table_gives() -> None:
    assert publie(contrat(tranche=None)) is None
    nouveau = {"texte": "convention_2024", "signe_le": j("2025-01-06"), "debut_le": j("2025-02-01")}
    assert publie(contrat(**nouveau, objectif=objectif(le=None), tranche="P30-P50")) is None
    assert publie(contrat(tranche="P30-P50"), "cardiologie") is None


def test_a_group_by_financed_etp() -> None:
    explication = publie(collectif())
    assert explication is not None
    assert [etape.resultat for etape in explication.etapes] == ["2\u00a0000\u00a0patients", "+520", "2\u00a0520"]
    explication = publie(collectif(gains_anterieurs=Gains(patientele_mt=20, file_active=0)))
    assert explication is not None
    assert explication.etapes[1].resultat == "+500"
    assert "gains antérieurs déduits" in explication.etapes[1].calcul
