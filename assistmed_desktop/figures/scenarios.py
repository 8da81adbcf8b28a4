"""Scenarios over the chart of an indicator: the path of today, and what each hypothesis would make of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from assistmed_desktop.domain.contrat import Indicateur
from assistmed_desktop.figures.courbe import Courbe, courbe, texte_alternatif
from assistmed_desktop.figures.figure import Figure
from assistmed_desktop.figures.graphique import CORPS_PAPIER, Graphique
from assistmed_desktop.figures.marques import carres, disques
from assistmed_desktop.figures.palette import PAPIER, Palette
from assistmed_desktop.figures.placement import Cadre, etaler
from assistmed_desktop.figures.polices import GRAS
from assistmed_desktop.formats import compte, jour_court, jour_long, nombre, periode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistmed_desktop.figures.placement import Position
    from assistmed_desktop.services.scenarios import Scenario

Genre = Literal["actuel", "a", "b"]

NOMS: Final[dict[Genre, str]] = {"actuel": "rythme actuel", "a": "scénario A", "b": "scénario B"}
_COURTS: Final[dict[Genre, str]] = {"actuel": "actuel", "a": "A", "b": "B"}
_TIRETS: Final[dict[Genre, tuple[float, ...]]] = {"actuel": (1.0, 2.0), "a": (6.0, 2.5), "b": (7.0, 2.0, 1.2, 2.0)}
_INTERLIGNE = 1.3


@dataclass(frozen=True, slots=True)
class Trace:
    """The path of one scenario, from the value it goes on from to the day it is judged; its supposed suspensions."""

    genre: Genre
    points: tuple[tuple[date, int], ...]
    suspensions: tuple[tuple[date, date], ...] = ()

    @property
    def arrivee(self) -> tuple[date, int]:
        """The last day and its count."""
        return self.points[-1]


@dataclass(frozen=True, slots=True)
class Traces:
    """An indicator as it is, and the paths of the scenarios; one that has nothing to go on from has none."""

    courbe: Courbe
    traces: tuple[Trace, ...]


def traces(scenarios: Sequence[tuple[Genre, Scenario]], indicateur: Indicateur) -> Traces:
    """Gather what the chart shows of an indicator; the first scenario is that of today's pace."""
    _, actuel = scenarios[0]
    fond = replace(courbe(actuel.aujourdhui, indicateur), projection=None)
    chemins = []
    for genre, joue in scenarios:
        simule = joue.patientele_mt if indicateur == "patientele_mt" else joue.file_active
        if simule.rythme is None:
            continue
        depart = (simule.rythme.du, simule.rythme.valeur(simule.rythme.du))
        suite = ((point.date, point.valeur) for point in simule.points)
        supposees = tuple((s.du, s.au) for s in joue.hypothese.suspensions)
        chemins.append(Trace(genre, (depart, *suite), supposees))
    return Traces(fond, tuple(chemins))


def texte_alternatif_des_scenarios(traces: Traces) -> str:
    """Say in a French paragraph what the chart shows, for those who do not see it."""
    return " ".join([texte_alternatif(traces.courbe), *(_dit(traces.courbe, trace) for trace in traces.traces)])


def _dit(courbe: Courbe, trace: Trace) -> str:
    jour, valeur = trace.arrivee
    nom = NOMS[trace.genre]
    dit = f"{nom[0].upper()}{nom[1:]} : {compte(valeur, 'patient')} le {jour_long(jour)}"
    if courbe.objectif is not None:
        manque = courbe.objectif - valeur
        dit += f", {nombre(manque)} de moins que l'objectif" if manque > 0 else ", l'objectif est atteint"
    suspendu = "".join(f", suspension supposée {periode(du, au)}" for du, au in trace.suspensions)
    return f"{dit}{suspendu}."


def figure(
    traces: Traces,
    largeur: float,
    hauteur: float,
    *,
    palette: Palette = PAPIER,
    corps: float = CORPS_PAPIER,
) -> Figure:
    """Draw the scenarios within ``largeur`` by ``hauteur``, with a place for each reading and each supposed count."""
    graphique = _Scenarios(traces, largeur, hauteur, palette, corps)
    return Figure(graphique.dessiner(), tuple(graphique.reperes()))


class _Scenarios(Graphique):
    """The chart of the indicator, the paths in the place of its projection, each named where it ends."""

    def __init__(self, traces: Traces, largeur: float, hauteur: float, palette: Palette, corps: float) -> None:
        self.traces = traces.traces
        super().__init__(traces.courbe, largeur, hauteur, palette, corps)

    def _dits(self) -> list[tuple[date, float, str]]:
        supposes = [
            (jour, float(valeur), f"{jour_court(jour)}, {NOMS[trace.genre]} : {compte(valeur, 'patient')}")
            for trace in self.traces
            for jour, valeur in trace.points[1:]
        ]
        return [*super()._dits(), *supposes]

    def _connus(self) -> list[float]:
        return [*super()._connus(), *(float(valeur) for trace in self.traces for _, valeur in trace.points)]

    def _encre(self, genre: Genre) -> str:
        return self.palette.accent if genre == "actuel" else self.palette.texte

    def _projection(self) -> None:
        for trace in self.traces:
            places = [self._ici(jour, valeur) for jour, valeur in trace.points]
            self._ligne(places, self._encre(trace.genre), 1.1, _TIRETS[trace.genre])
            self.plan.gener(places)
            self._bout(trace.genre, places[-1])

    def _bout(self, genre: Genre, ici: Position) -> None:
        """Mark the end of a path: a disc for today's, a triangle for A, a square for B."""
        from reportlab.lib.colors import HexColor

        rayon, encre = 2.2 * self.trait, self._encre(genre)
        x, y = ici
        if genre == "actuel":
            self.dessin.add(disques([ici], rayon, HexColor(encre)))
        elif genre == "a":
            self._aplat([(x - rayon, y - rayon), (x - rayon, y + rayon), (x + rayon * 1.3, y)], encre)
        else:
            self.dessin.add(carres([ici], rayon * 0.9, HexColor(encre)))

    def _suspensions_supposees(self) -> None:
        """Draw each supposed suspension as a bracket above the axis, under its words."""
        periodes = [(_COURTS[trace.genre], du, au) for trace in self.traces for du, au in trace.suspensions]
        for rang, (nom, du, au) in enumerate(periodes):
            self._crochet(f"suspension, {nom}", du, au, self.valeurs.y0 + self.corps * (0.5 + 1.7 * rang))

    def _crochet(self, texte: str, du: date, au: date, y: float) -> None:
        x0, x1 = self.jours.x(du), self.jours.x(au)
        cran, encre = self.corps * 0.25, self.palette.texte
        large = self._large(texte)
        milieu = min(max((x0 + x1) / 2, self.jours.x0 + large / 2), self.jours.x1 - large / 2)
        cadre = Cadre(milieu - large / 2, y + cran, milieu + large / 2, y + cran + self.corps)
        self.plan.etiquettes.append(cadre)
        if self.plan.cache(cadre):
            self._effacer(cadre)
        bouts = [[(x, y - cran), (x, y + cran)] for x in (x0, x1)]
        self._lignes([*bouts, [(x0, y), (x1, y)]], encre, 0.8)
        self._ecrire(texte, (milieu, cadre.y0 + self.corps * 0.2), encre, ancre="middle")

    def _etiquettes(self) -> None:
        self._suspensions_supposees()
        self._noms_des_traces()
        super()._etiquettes()

    def _noms_des_traces(self) -> None:
        """Name the paths in a column after their ends, or before them where the room is short."""
        if not self.traces:
            return
        bouts = [self._ici(*trace.arrivee) for trace in self.traces]
        textes = [f"{_COURTS[trace.genre]} {nombre(trace.arrivee[1])}" for trace in self.traces]
        large = max(self._large(texte, GRAS) for texte in textes)
        droite = max(x for x, _ in bouts) + self.corps * 1.4
        if droite + large <= self.jours.x1:
            gauche, attache = droite, droite - self.corps * 0.3
        else:
            gauche = min(x for x, _ in bouts) - self.corps * 1.4 - large
            attache = gauche + large + self.corps * 0.3
        haut = self.corps * _INTERLIGNE
        milieux = etaler([y for _, y in bouts], [haut] * len(bouts), self.valeurs.y0, self.valeurs.y1)
        for trace, texte, bout, y in zip(self.traces, textes, bouts, milieux, strict=True):
            cadre = Cadre(gauche, y - haut / 2, gauche + self._large(texte, GRAS), y + haut / 2)
            self.plan.etiquettes.append(cadre)
            if self.plan.cache(cadre):
                self._effacer(cadre)
            self._ligne([bout, (attache, y)], self._encre(trace.genre), 0.4)
            self._ecrire(texte, (gauche, y - self.corps * 0.35), self._encre(trace.genre), police=GRAS)
