"""Curves made by hand, and what a drawing shows read back from it."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import isfinite
from typing import Any

from reportlab.graphics.shapes import Drawing, Path, Polygon, PolyLine, String

from assistmed_desktop.domain.suivi import SourceReleve
from assistmed_desktop.figures.courbe import FAISANT_FOI, Courbe
from assistmed_desktop.figures.polices import largeur_texte
from assistmed_desktop.rules.resultats import PeriodeSuspendue, Point, Projection

DEBUT, FIN = date(2022, 3, 15), date(2027, 3, 14)
AU = date(2025, 1, 15)
INITIALE, EVALUATION = date(2025, 3, 15), date(2025, 8, 14)
SUSPENSION = PeriodeSuspendue(date(2023, 5, 2), date(2023, 9, 30), ouverte=False)
TAILLES = [(250.0, 150.0, 7.0), (520.0, 260.0, 11.0)]
Boite = tuple[float, float, float, float]


def point(jour: date, valeur: int, source: SourceReleve = "amelipro") -> Point:
    return Point(jour, valeur, source)


def releves(
    nombre: int, de: int = 1010, a: int = 1131, sources: tuple[SourceReleve, ...] = ("amelipro",)
) -> list[Point]:
    """Give readings spread from the start of the contract to the day."""
    pas = (AU - DEBUT).days / max(1, nombre)
    return [
        point(
            DEBUT + timedelta(days=int(rang * pas)),
            de + (a - de) * rang // max(1, nombre - 1),
            sources[rang % len(sources)],
        )
        for rang in range(nombre)
    ]


def projection(valeur: float = 1165.0, bas: float = 1150.0, haut: float = 1180.0, le: date = EVALUATION) -> Projection:
    return Projection(le, valeur, bas, haut, 0.11, 0.1, 0.12, DEBUT, releves=5, authentifiee=True)


def courbe(points: list[Point] | None = None, **change: Any) -> Courbe:  # noqa: ANN401 - any field
    """Give the curve of the worked example, with these readings."""
    lus = releves(5) if points is None else points
    foi = [p for p in lus if p.source in FAISANT_FOI] or [p for p in lus if p.source == "logiciel"]
    champs: dict[str, Any] = {
        "indicateur": "patientele_mt",
        "debut": DEBUT,
        "fin": FIN,
        "au": AU,
        "evaluation_initiale": INITIALE,
        "evaluation": EVALUATION,
        "reference": 1010,
        "objectif": 1192,
        "attendu": Fraction(1154),
        "retenu": foi[-1] if foi else None,
        "points": tuple(lus),
        "trajectoire": (
            (DEBUT, Fraction(1010)),
            (SUSPENSION.du, Fraction(1078)),
            (SUSPENSION.au, Fraction(1078)),
            (EVALUATION, Fraction(1192)),
        ),
        "suspensions": (SUSPENSION,),
        "projection": projection(),
    }
    return Courbe(**champs | change)


def textes(dessin: Drawing) -> list[str]:
    return [forme.text.replace("\u00a0", " ") for forme in dessin.contents if isinstance(forme, String)]


def boites(dessin: Drawing) -> Iterator[Boite]:
    """Give the bounds of every shape, text included."""
    for forme in dessin.contents:
        if isinstance(forme, String):
            largeur = largeur_texte(forme.text, forme.fontName, forme.fontSize)
            x0 = forme.x - largeur * {"start": 0.0, "middle": 0.5, "end": 1.0}[str(forme.textAnchor)]
            yield x0, forme.y - 0.2 * forme.fontSize, x0 + largeur, forme.y + 0.75 * forme.fontSize
        elif isinstance(forme, Path | Polygon | PolyLine):
            yield min(forme.points[::2]), min(forme.points[1::2]), max(forme.points[::2]), max(forme.points[1::2])
        else:
            raise TypeError(forme)


def verifier(dessin: Drawing) -> None:
    """Check that everything is finite and on the sheet, and that no two texts overlap."""
    largeur, hauteur, bord = float(dessin.width), float(dessin.height), 0.5
    cadres = list(boites(dessin))
    assert all(isfinite(c) for cadre in cadres for c in cadre)
    for x0, y0, x1, y1 in cadres:
        assert -bord <= x0 <= x1 <= largeur + bord
        assert -bord <= y0 <= y1 <= hauteur + bord
    ecrits = [cadre for cadre, forme in zip(cadres, dessin.contents, strict=True) if isinstance(forme, String)]
    for rang, (x0, y0, x1, y1) in enumerate(ecrits):
        for a0, b0, a1, b1 in ecrits[:rang]:
            serre = 0.12 * (y1 - y0)
            assert x1 <= a0 + serre or a1 <= x0 + serre or y1 <= b0 + serre or b1 <= y0 + serre, textes(dessin)
