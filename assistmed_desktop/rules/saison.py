"""A verdict that a dip of one season does not turn over: the level of twelve months beside the last reading.

A list loses patients in August and at the clean-up of 31 December, then wins them back: judged on the last reading
alone, as dossier-v1 says, a practice close to its path changes status back and forth. So a status is *held* beside it,
on three witnesses: the last reading, the level of the last twelve months, and the status held so far. It changes only
when the reading and the level agree that it should.

- The **level** is the robust line of ``rules.tendance`` through the last reading of each month of those twelve, carried
  to the date of the value: as many readings lie above it as below. Only readings of the same rank as the value count
  (CPAM and amelipro, or the software). Under four of them the level is the value itself, and nothing is held.
- Between "en bonne voie" and "en retard", the status held changes when the reading and the level are on the same side
  of the path, and the level by at least its own noise: the spread of the readings about their line (1.4826 times their
  median distance to it, the robust standard deviation), one patient at least. Otherwise the status held so far stands,
  found by going back month by month, twelve months at most, to a reading that agreed so with the level of its own day;
  when there is none, the path is followed if half of the readings of the year are on it. All of them are judged against
  the path of today.
- A target reached by the last reading alone, the one before and the level being under it, is held as "en bonne voie":
  "atteint" is said of two readings, or of the level. It is never said of a value under the target.
- A value under the reference, when neither the reading before nor the level is, leaves the status held so far.

Each of these can only rise when the path is lowered, so a suspension, which lowers it, never hurts the status held.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import ajouter_mois
from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.formats import compte, decimal_arrondi, jour_long, nombre
from assistmed_desktop.rules.releves import AUTHENTIFIEES
from assistmed_desktop.rules.resultats import LIBELLES_STATUT
from assistmed_desktop.rules.tendance import RELEVES_MINIMAUX, porter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistmed_desktop.domain.contrat import Indicateur
    from assistmed_desktop.rules.resultats import Point, StatutIndicateur
    from assistmed_desktop.rules.suspensions import Parcours

MOIS_DU_NIVEAU = 12
BRUIT_MINIMAL = 1.0
ECART_TYPE = 1.4826
ETE = ((7, 1), (9, 30))
FIN_D_ANNEE = ((12, 15), (1, 31))


@dataclass(frozen=True, slots=True)
class Tenue:
    """The level of the last twelve months, in patients, the readings it rests on, and the status held.

    ``creux`` says in a sentence why the status held is not that of the last reading; None when it is.
    """

    niveau: float | None
    releves: int
    statut: StatutIndicateur
    creux: str | None


@dataclass(frozen=True, slots=True)
class Chemin:
    """What a reading is judged against: the reference, the target, and the path between them."""

    indicateur: Indicateur
    reference: int
    objectif: int | None
    parcours: Parcours

    def avance(self, objectif: int, valeur: float, jour: date) -> float:
        """Give the patients ahead of the count expected on a day, negative behind."""
        return valeur - float(self.parcours.attendu(self.reference, objectif, jour))


@dataclass(frozen=True, slots=True)
class _Niveau:
    """The level at a reading, its noise, both in patients, and the readings it rests on."""

    valeur: float
    bruit: float
    releves: int


def tenir(statut: StatutIndicateur, valeur: Point | None, serie: Sequence[Point], chemin: Chemin) -> Tenue:
    """Hold the status of an indicator against the dips of a season.

    ``serie`` has the readings in order of date, the value that counts among them.
    """
    if valeur is None:
        return Tenue(None, 0, statut, None)
    mois, avant = _mensuels(serie, valeur)
    du_jour = _niveau(mois, 0)
    niveau, releves, objectif = du_jour.valeur, du_jour.releves, chemin.objectif
    if objectif is None or releves < RELEVES_MINIMAUX:
        return Tenue(niveau, releves, statut, None)
    bon, suite = _tenu(mois, du_jour, objectif, chemin)
    tenu: StatutIndicateur = "en_bonne_voie" if bon else "en_retard"
    if statut == "atteint":
        seul = niveau < objectif and avant is not None and avant.valeur < objectif
        tenu = "en_bonne_voie" if seul else "atteint"
    elif statut == "sous_la_reference" and (
        niveau < chemin.reference or avant is None or avant.valeur < chemin.reference
    ):
        tenu = statut
    creux = None if tenu == statut else _dire(chemin.indicateur, statut, valeur, niveau, suite)
    return Tenue(niveau, releves, tenu, creux)


def _mensuels(serie: Sequence[Point], valeur: Point) -> tuple[list[Point], Point | None]:
    """Give the last reading of each month, newest first, and the reading before the value; all of its rank.

    One reading a month, so that a month read every week does not weigh four times; and no more months than are looked
    at, so that twenty years cost what two do.
    """
    rang = valeur.source in AUTHENTIFIEES
    plus_ancien = ajouter_mois(valeur.date, -2 * MOIS_DU_NIVEAU)
    mois: list[Point] = []
    avant: Point | None = None
    for point in reversed(serie):
        if point.date <= plus_ancien:
            break
        if (point.source in AUTHENTIFIEES) != rang or point.source == "estimation" or point.date > valeur.date:
            continue
        if avant is None and point.date < valeur.date:
            avant = point
        if not mois or (point.date.year, point.date.month) != (mois[-1].date.year, mois[-1].date.month):
            mois.append(point)
    return mois, avant


def _niveau(mois: Sequence[Point], rang: int) -> _Niveau:
    """Give the level at a monthly reading: the reading itself, without noise, when those of its year are too few."""
    dernier = mois[rang]
    depuis = ajouter_mois(dernier.date, -MOIS_DU_NIVEAU)
    siens = [point for point in reversed(mois[rang:]) if point.date > depuis]
    jours = [point.date.toordinal() for point in siens]
    porte = porter(jours, [point.valeur for point in siens], jours[-1])
    if porte is None:
        return _Niveau(float(dernier.valeur), 0.0, len(siens))
    return _Niveau(round(porte[0], 6), max(BRUIT_MINIMAL, ECART_TYPE * porte[1]), len(siens))


def _tenu(mois: Sequence[Point], du_jour: _Niveau, objectif: int, chemin: Chemin) -> tuple[bool, int]:
    """Say whether the path is held to be followed, and how many readings in a row decide of nothing.

    ``du_jour`` is the level of the newest reading. When none of the year decides, half of them are enough to follow.
    """
    depuis = ajouter_mois(mois[0].date, -MOIS_DU_NIVEAU)
    suivis: list[bool] = []
    for rang, point in enumerate(takewhile(lambda point: point.date > depuis, mois)):
        niveau = _niveau(mois, rang) if rang else du_jour
        avance = chemin.avance(objectif, niveau.valeur, point.date)
        suivi = chemin.avance(objectif, point.valeur, point.date) >= 0
        if abs(avance) >= niveau.bruit and suivi == (avance >= 0):
            return suivi, len(suivis)
        suivis.append(suivi)
    return 2 * sum(suivis) >= len(suivis), len(suivis)


def _dire(indicateur: Indicateur, statut: StatutIndicateur, valeur: Point, niveau: float, suite: int) -> str:
    dessous = valeur.valeur < niveau
    ecart = max(1, int(decimal_arrondi(abs(niveau - valeur.valeur), 0)))
    cote = "au-dessous" if dessous else "au-dessus"
    return (
        f"{INDICATEURS[indicateur]} : le relevé du {jour_long(valeur.date)} ({compte(valeur.valeur, 'patient')}) est "
        f"{compte(ecart, 'patient')} {cote} du niveau des douze derniers mois ({nombre(niveau)}), "
        f"{_raison(valeur.date, suite, dessous=dessous)}. Pris seul, il donnerait « {LIBELLES_STATUT[statut]} »."
    )


def _raison(jour: date, suite: int, *, dessous: bool) -> str:
    """Say what the gap may be: a season only where the date is one."""
    rang = (jour.month, jour.day)
    if dessous and ETE[0] <= rang <= ETE[1]:
        return "creux saisonnier probable : l'été, août surtout"
    if dessous and (rang >= FIN_D_ANNEE[0] or rang <= FIN_D_ANNEE[1]):
        return "creux saisonnier probable : mise à jour des listes au 31 décembre"
    if suite > 1:
        return f"comme {compte(suite, 'relevé')} mensuels de suite, pas assez encore pour changer ce niveau"
    return "un relevé isolé"
