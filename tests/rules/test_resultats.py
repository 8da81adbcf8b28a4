"""What an evaluation gives is a value: nobody changes it once given."""

from dataclasses import FrozenInstanceError, is_dataclass
from inspect import getmembers

import pytest

from assistmed_desktop.rules import bareme, echeances, indicateurs, releves, resultats, suspensions, tendance, verdict
from tests.rules.outils import juger, morvan

CLASSES = {
    nom: classe
    for module in (bareme, echeances, indicateurs, releves, resultats, suspensions, tendance, verdict)
    for nom, classe in getmembers(module, is_dataclass)
}


@pytest.mark.parametrize("classe", list(CLASSES.values()), ids=list(CLASSES))
def test_each_result_is_frozen_and_holds_nothing_but_its_fields(classe: type) -> None:
    assert classe.__slots__ == tuple(classe.__dataclass_fields__)  # type: ignore[attr-defined]
    assert classe.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_an_evaluation_is_not_changed() -> None:
    juge = juger(morvan(), "2025-01-15")

    with pytest.raises(FrozenInstanceError):
        juge.statut = "atteint"  # type: ignore[misc]
    assert hash(juge) == hash(juger(morvan(), "2025-01-15"))


def test_a_source_is_to_be_checked_when_its_grade_is_c_or_d() -> None:
    (source,) = juger(morvan(), "2025-01-15").aide[0].explication.sources

    for grade, a_verifier in {"A": False, "B": False, "C": True, "D": True}.items():
        vue = resultats.SourceLegale(source.texte, source.article, source.adresse, grade, source.verifie_le)  # type: ignore[arg-type]
        assert vue.a_verifier is a_verifier
