"""A timeline: lines of bars over the years, milestones above them, the years under them.

The heights come from estimated widths of text, so that asking how high a timeline is loads no font.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, Final, Literal

from assistmed_desktop.figures.echelle import EchelleJours
from assistmed_desktop.formats import INSECABLE, jour_court, jour_long, periode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


Genre = Literal["presence", "absence", "manque", "suspension", "contrat"]


@dataclass(frozen=True, slots=True)
class Barre:
    """A period on a line; without ``au`` it goes on beyond the timeline. Without ``texte`` nothing is written by it."""

    du: date
    au: date | None
    texte: str
    genre: Genre


@dataclass(frozen=True, slots=True)
class Ligne:
    """The bars of one person, one post or one contract."""

    nom: str
    barres: tuple[Barre, ...]


@dataclass(frozen=True, slots=True)
class Jalon:
    """A day that counts."""

    jour: date
    texte: str


@dataclass(frozen=True, slots=True)
class Frise:
    """What a timeline shows, from one day to another, seen on the day ``au``."""

    debut: date
    fin: date
    au: date
    lignes: tuple[Ligne, ...]
    jalons: tuple[Jalon, ...] = ()


_LARGEUR_SURE: Final = 36.0
"""The width of the plot, in sizes of text, from which every label has its place."""
_LARGEUR_LETTRE: Final = 0.58
_LETTRES_DU_NOM: Final = 22
ETAGE: Final = 1.9
INTERLIGNE: Final = 1.25
ENTRE_LIGNES: Final = 0.7
ETAGE_JALONS: Final = 1.5
MARGE: Final = 0.35
LOSANGE: Final = 0.38
AXE: Final = 1.5
_MOIS_SOUS: Final = 3 * 366
"""Under so many days, the axis says the months."""
_RANGS: Final[dict[Genre, int]] = {"contrat": 0, "presence": 0, "suspension": 1, "absence": 2, "manque": 3}
_MOTS: Final[dict[Genre, str]] = {
    "presence": "présence",
    "absence": "absence",
    "manque": "manque",
    "suspension": "suspension",
    "contrat": "contrat",
}


def hauteur_frise(valeurs: Frise, corps: float) -> float:
    """Give the height that a timeline wants, its text at ``corps``."""
    return corps * (
        haut_jalons(valeurs) + sum(map(haut_ligne, etager_lignes(valeurs), valeurs.lignes)) + haut_axe(valeurs)
    )


def texte_alternatif(valeurs: Frise) -> str:
    """Say in a French paragraph what the timeline shows, for those who do not see it."""
    phrases = [f"Frise du {jour_long(valeurs.debut)} au {jour_long(valeurs.fin)}, vue le {jour_long(valeurs.au)}."]
    for ligne in valeurs.lignes:
        dites = [dite(barre) for barre in sorted(ligne.barres, key=_ordre)]
        phrases.append(f"{ligne.nom}{INSECABLE}: {f'{INSECABLE}; '.join(dites) or 'rien'}.")
    if valeurs.jalons:
        dits = [f"{j.texte}, le {jour_court(j.jour)}" for j in sorted(valeurs.jalons, key=_jour)]
        phrases.append(f"Jalons{INSECABLE}: {f'{INSECABLE}; '.join(dits)}.")
    return " ".join(phrases)


# Where things go, in sizes of text


def _mot(barre: Barre) -> str:
    return barre.texte or _MOTS[barre.genre]


def ecrit(barre: Barre) -> str:
    """Give what is written by a bar: a gap is always named."""
    return _mot(barre) if barre.genre == "manque" else barre.texte


def dite(barre: Barre) -> str:
    """Say a bar with its dates, once."""
    dates = periode(barre.du, barre.au)
    return barre.texte if dates in barre.texte else f"{_mot(barre)} {dates}"


def _ordre(barre: Barre) -> tuple[date, int]:
    return barre.du, _RANGS[barre.genre]


def _jour(jalon: Jalon) -> date:
    return jalon.jour


def _visible(barre: Barre, valeurs: Frise) -> bool:
    return barre.du <= valeurs.fin and (barre.au is None or barre.au >= valeurs.debut)


def bornes(barre: Barre, jours: EchelleJours) -> tuple[float, float]:
    """Give the ends of a bar on an axis; one without an end goes to the last day."""
    fin = jours.fin if barre.au is None else barre.au + timedelta(days=1)
    x0 = jours.x(barre.du)
    return x0, max(jours.x(fin), x0)


def _etager(etendues: Iterable[tuple[float, float]]) -> list[int]:
    """Give each extent the first floor where it touches none of those before it."""
    etages: list[list[tuple[float, float]]] = []
    rangs = []
    for a, b in etendues:
        libre = (i for i, autres in enumerate(etages) if all(b <= c or d <= a for c, d in autres))
        rang = next(libre, len(etages))
        if rang == len(etages):
            etages.append([])
        etages[rang].append((a, b))
        rangs.append(rang)
    return rangs


def _etendue(x0: float, x1: float, texte: str) -> tuple[float, float]:
    """Give the room of a bar and its text: inside, else on its right, else on its left."""
    besoin = len(texte) * _LARGEUR_LETTRE + 2 * MARGE if texte else 0.0
    if x1 - x0 >= besoin:
        return x0, x1
    return (x0, x1 + besoin) if x1 + besoin <= _LARGEUR_SURE else (x0 - besoin, x1)


def _sure(valeurs: Frise) -> EchelleJours:
    return EchelleJours(valeurs.debut, valeurs.fin, 0, _LARGEUR_SURE)


def etager_lignes(valeurs: Frise) -> list[list[tuple[Barre, int]]]:
    """Give each line its bars, each with its floor."""
    jours = _sure(valeurs)
    plans = []
    for ligne in valeurs.lignes:
        barres = [barre for barre in ligne.barres if _visible(barre, valeurs)]
        barres.sort(key=lambda b: (_RANGS[b.genre], b.du))
        etages = _etager(_etendue(*bornes(barre, jours), ecrit(barre)) for barre in barres)
        plans.append(list(zip(barres, etages, strict=True)))
    return plans


def nom_en_lignes(ligne: Ligne) -> list[str]:
    """Fold the name of a line."""
    return wrap(ligne.nom, _LETTRES_DU_NOM, break_long_words=False) or [""]


def haut_ligne(plan: Sequence[tuple[Barre, int]], ligne: Ligne) -> float:
    """Give the height of a line."""
    etages = 1 + max((etage for _, etage in plan), default=0)
    return max(etages * ETAGE, len(nom_en_lignes(ligne)) * INTERLIGNE) + ENTRE_LIGNES


def jalons_etages(valeurs: Frise) -> list[tuple[Jalon, int]]:
    """Give the milestones within the timeline, each with its floor, the first one for the day itself."""
    jours = _sure(valeurs)
    jalons = sorted((j for j in valeurs.jalons if jours.contient(j.jour)), key=_jour)
    etendues = []
    for jalon in jalons:
        x = jours.x(jalon.jour)
        etendues.append(_etendue(x - LOSANGE, x + LOSANGE, jalon.texte))
    return list(zip(jalons, _etager(etendues), strict=True))


def haut_jalons(valeurs: Frise) -> float:
    """Give the height of what is above the lines: the day, the milestones."""
    etages = 1 + max((etage for _, etage in jalons_etages(valeurs)), default=-1)
    return (contient_le_jour(valeurs) + etages) * ETAGE_JALONS + MARGE


def contient_le_jour(valeurs: Frise) -> bool:
    """Whether the day lies within the timeline."""
    return valeurs.debut <= valeurs.au <= valeurs.fin


def en_mois(valeurs: Frise) -> bool:
    """Whether the axis says the months."""
    return (valeurs.fin - valeurs.debut).days < _MOIS_SOUS


def haut_axe(valeurs: Frise) -> float:
    """Give the height of the axis."""
    return AXE * (2 if en_mois(valeurs) else 1) + MARGE
