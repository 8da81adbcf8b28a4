from dataclasses import replace
from fractions import Fraction
from typing import get_args

import pytest
from reportlab.graphics.shapes import Path, Polygon, PolyLine

from assistmed_desktop.figures.jauge import jauge, part
from assistmed_desktop.figures.marques import pictogramme
from assistmed_desktop.figures.palette import CLAIR, SOMBRE, Palette
from assistmed_desktop.rules.resultats import EvaluationIndicateur, StatutContrat, StatutIndicateur
from tests.figures.outils import verifier
from tests.reports.outils import dossier, evaluer

STATUTS: list[StatutContrat] = [*get_args(StatutIndicateur), "suspendu", "termine"]


def _forme(statut: StatutContrat) -> list[float]:
    return [c for f in pictogramme(statut, 10).contents if isinstance(f, Path | PolyLine) for c in f.points]


@pytest.mark.parametrize("statut", STATUTS)
def test_each_status_has_a_shape_within_its_square(statut: StatutContrat) -> None:
    dessin = pictogramme(statut, 10)
    assert dessin.contents
    verifier(dessin)


def test_only_the_two_unknowns_share_a_shape() -> None:
    formes = {statut: tuple(_forme(statut)) for statut in STATUTS}
    assert formes["donnees_insuffisantes"] == formes["objectif_inconnu"]
    assert len(set(formes.values())) == len(STATUTS) - 1


def _luminance(couleur: str) -> float:
    rvb = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lineaires = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rvb]
    return sum(p * c for p, c in zip((0.2126, 0.7152, 0.0722), lineaires, strict=True))


@pytest.mark.parametrize("palette", [CLAIR, SOMBRE], ids=["light", "dark"])
def test_every_ink_is_legible_on_its_surface(palette: Palette) -> None:
    encres = [palette.texte, palette.secondaire, palette.accent, *(palette.statut(statut) for statut in STATUTS)]
    for encre in encres:
        clair, sombre = sorted((_luminance(encre), _luminance(palette.surface)), reverse=True)
        assert (clair + 0.05) / (sombre + 0.05) >= 4.5
        clair, sombre = sorted((_luminance(encre), _luminance(palette.halo)), reverse=True)
        assert (clair + 0.05) / (sombre + 0.05) >= 4.5


def _indicateur(**change: object) -> EvaluationIndicateur:
    (contrat,) = evaluer(dossier()).contrats
    return replace(contrat.patientele_mt, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("valeur", "attendue"),
    [(1010, 0.0), (1101, 0.5), (1192, 1.0), (900, 0.0), (5000, 1.0), (Fraction(2202, 2), 0.5), (None, None)],
)
def test_the_share_of_the_way_is_kept_within_the_bar(valeur: int | Fraction | None, attendue: float | None) -> None:
    assert part(_indicateur(), valeur) == attendue


def test_maintenance_holds_or_does_not() -> None:
    maintien = _indicateur(objectif=1010)
    assert part(maintien, 1010) == 1.0
    assert part(maintien, 1009) == 0.0
    assert part(_indicateur(objectif=None), 1010) is None


@pytest.mark.parametrize(
    ("change", "barres"),
    [
        ({}, 3),
        ({"valeur": 900}, 2),
        ({"objectif": None}, 1),
        ({"valeur": None, "attendu": None}, 1),
        ({"attendu": Fraction(9000)}, 3),
    ],
)
def test_the_bar_shows_what_is_known(change: dict[str, object], barres: int) -> None:
    dessin = jauge(_indicateur(**change), 100, 8)
    assert sum(isinstance(forme, Polygon) for forme in dessin.contents) == barres
    verifier(dessin)
