"""The chart of an indicator over the whole life of its contract, drawn once for paper and screen."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from math import dist
from operator import itemgetter
from typing import TYPE_CHECKING, Final, Literal, assert_never

from assistmed_desktop.domain.calendrier import anniversaire
from assistmed_desktop.domain.libelles import SOURCES
from assistmed_desktop.figures.courbe import FAISANT_FOI, Courbe
from assistmed_desktop.figures.echelle import EchelleJours, EchelleValeurs, bornes
from assistmed_desktop.figures.figure import Figure, Repere
from assistmed_desktop.figures.marques import carres, disques, feuille, losanges
from assistmed_desktop.figures.palette import PAPIER, Palette
from assistmed_desktop.figures.placement import A_TOUT_PRIX, SANS_GENE, SUR_DES_TRAITS, Cadre, Plan, autour, etaler
from assistmed_desktop.figures.polices import GRAS, REGULIER, largeur_texte
from assistmed_desktop.formats import compte, jour_court, nombre

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportlab.graphics.shapes import Drawing
    from reportlab.lib.colors import Color

    from assistmed_desktop.domain.suivi import SourceReleve
    from assistmed_desktop.figures.placement import Position
    from assistmed_desktop.rules.resultats import PeriodeSuspendue, Point

Ancre = Literal["start", "middle", "end"]

CORPS_PAPIER: Final = 7.0

_INTERLIGNE = 1.25
_FIN = 0.5
_NOMS_DES_SOURCES: dict[SourceReleve, str] = {**SOURCES, "logiciel": "logiciel"}
_DU_FOND: tuple[SourceReleve, ...] = ("estimation", "logiciel", "cpam", "amelipro")
_POINTS_DETAILLES = 40
_MARQUE_LISIBLE = 1.2
_ETAGES = 10
_MARGE_ETIQUETTE = 0.25
_PEU_DE_SUSPENSIONS = 3
_AIR_EN_HAUT = 0.08
_AIR_EN_BAS = 0.03
"""Room above and under the values, for the labels."""


def graphique(
    courbe: Courbe,
    largeur: float,
    hauteur: float,
    *,
    palette: Palette = PAPIER,
    corps: float = CORPS_PAPIER,
) -> Drawing:
    """Draw a curve within ``largeur`` by ``hauteur``, text at ``corps``, on a transparent background."""
    return figure(courbe, largeur, hauteur, palette=palette, corps=corps).dessin


def figure(
    courbe: Courbe,
    largeur: float,
    hauteur: float,
    *,
    palette: Palette = PAPIER,
    corps: float = CORPS_PAPIER,
) -> Figure:
    """Draw a curve as ``graphique`` does, with a place for each reading, the expected point, and the forecast."""
    graphique = Graphique(courbe, largeur, hauteur, palette, corps)
    return Figure(graphique.dessiner(), tuple(graphique.reperes()))


class Graphique:
    """One drawing in the making: scales, pens and the plan of its labels. ``figures.scenarios`` draws over it."""

    def __init__(self, courbe: Courbe, largeur: float, hauteur: float, palette: Palette, corps: float) -> None:
        self.courbe, self.palette, self.corps = courbe, palette, corps
        self.largeur, self.hauteur = largeur, hauteur
        self.dessin = feuille(largeur, hauteur)
        self.trait = corps / 7
        bas, haut, pas = self._etendue()
        marge_gauche = self._large(max((nombre(bas), nombre(haut)), key=len)) + corps * 0.7
        marge_droite = max(self._large(nom, GRAS if i else REGULIER) for nom in self._bouts() for i in (0, 1)) + corps
        dernier = max([courbe.fin, courbe.evaluation, *(point.date for point in courbe.points)])
        self.jours = EchelleJours(courbe.debut, dernier, marge_gauche, largeur - marge_droite)
        self.valeurs = EchelleValeurs(
            bas, haut, pas, corps * _INTERLIGNE * 2.3, hauteur - corps * (_INTERLIGNE * 2 + 0.35)
        )
        cadre = Cadre(self.jours.x0, self.valeurs.y0, self.jours.x1, self.valeurs.y1)
        self.plan = Plan(cadre, corps * _MARGE_ETIQUETTE)

    def dessiner(self) -> Drawing:
        """Draw every layer."""
        self._suspensions()
        self._projection()
        self._axes()
        self._periode()
        self._lignes_de_repere()
        self._trajectoire()
        self._jalons()
        self._releves()
        self._etiquettes()
        return self.dessin

    def reperes(self) -> Iterator[Repere]:
        """Give the places that say something, in order of date."""
        for jour, valeur, texte in sorted(self._dits(), key=itemgetter(0)):
            yield Repere(*self._ici(jour, valeur), texte)

    def _dits(self) -> list[tuple[date, float, str]]:
        """Give what is said of the readings, the expected point and the forecast, each at its day and count."""
        courbe = self.courbe
        reperes = [
            (p.date, float(p.valeur), f"{jour_court(p.date)} : {compte(p.valeur, 'patient')} ({SOURCES[p.source]})")
            for p in courbe.points
        ]
        if courbe.attendu is not None:
            texte = f"{jour_court(courbe.au)} : attendu {compte(round(courbe.attendu), 'patient')}"
            reperes.append((courbe.au, float(courbe.attendu), texte))
        if courbe.projection is not None:
            prevu = courbe.projection
            texte = (
                f"{jour_court(prevu.date)} : la tendance mène à {compte(round(prevu.valeur), 'patient')}, "
                f"entre {nombre(prevu.bas)} et {nombre(prevu.haut)}"
            )
            reperes.append((prevu.date, prevu.valeur, texte))
        return reperes

    # Scales

    def _etendue(self) -> tuple[int, int, int]:
        """Cover every count; the projection may double the axis, its band widen it by half, not crush the rest."""
        courbe = self.courbe
        connus = self._connus()
        mini, maxi = min(connus), max(connus)
        if courbe.projection is not None:
            marge = max((maxi - mini) / 2, 4.0)
            prevu = courbe.projection
            larges = ((prevu.bas, marge), (prevu.valeur, 2 * marge), (prevu.haut, marge))
            places = [min(max(valeur, mini - large), maxi + large) for valeur, large in larges]
            mini, maxi = min(mini, *places), max(maxi, *places)
        etendue = maxi - mini
        return bornes(max(0.0, mini - etendue * _AIR_EN_BAS), maxi + etendue * _AIR_EN_HAUT)

    def _connus(self) -> list[float]:
        """Give the counts that the axis must cover."""
        courbe = self.courbe
        connus: list[float] = [courbe.reference, *(point.valeur for point in courbe.points)]
        connus += [float(valeur) for _, valeur in courbe.trajectoire]
        return connus if courbe.objectif is None else [*connus, courbe.objectif]

    def _bouts(self) -> list[str]:
        """Give the words that end the reference and target lines."""
        courbe = self.courbe
        mots = ["référence", nombre(courbe.reference)]
        if courbe.objectif == courbe.reference:
            return [*mots, "et objectif"]
        return mots if courbe.objectif is None else [*mots, "objectif", nombre(courbe.objectif)]

    def _ici(self, jour: date, valeur: float) -> Position:
        return self.jours.x(jour), self.valeurs.y(valeur)

    # Pens

    def _large(self, texte: str, police: str = REGULIER) -> float:
        return largeur_texte(texte, police, self.corps)

    def _ecrire(
        self, texte: str, ici: Position, couleur: str, *, ancre: Ancre = "start", police: str = REGULIER
    ) -> None:
        from reportlab.graphics.shapes import String

        self.dessin.add(
            String(
                *ici,
                texte,
                fontName=police,
                fontSize=self.corps,
                fillColor=_couleur(couleur),
                textAnchor=ancre,
            )
        )

    def _ligne(
        self, points: Sequence[Position], couleur: str, epaisseur: float, tirets: tuple[float, ...] = ()
    ) -> None:
        if len(points) > 1:
            self._lignes([points], couleur, epaisseur, tirets)

    def _lignes(
        self, lignes: Iterable[Sequence[Position]], couleur: str, epaisseur: float, tirets: tuple[float, ...] = ()
    ) -> None:
        """Draw lines of one pen as one shape."""
        from reportlab.graphics.shapes import Path

        trace = Path(
            fillColor=None, strokeColor=_couleur(couleur), strokeWidth=epaisseur * self.trait, strokeLineJoin=1
        )
        if tirets:
            trace.strokeDashArray = [t * self.trait for t in tirets]
        for depart, *suite in lignes:
            trace.moveTo(*depart)
            for point in suite:
                trace.lineTo(*point)
        if trace.points:
            self.dessin.add(trace)

    def _aplat(self, points: Sequence[Position], couleur: str) -> None:
        from reportlab.graphics.shapes import Polygon

        self.dessin.add(Polygon([c for point in points for c in point], fillColor=_couleur(couleur), strokeColor=None))

    # Layers, from the back to the front

    def _suspensions(self) -> None:
        for suspension in self.courbe.suspensions:
            x0, x1 = self.jours.x(suspension.du), self.jours.x(suspension.au + timedelta(days=1))
            x1 = max(x1, x0 + _FIN)
            y0, y1 = self.valeurs.y0, self.valeurs.y1
            self._aplat([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], self.palette.bande)

    def _depart_de_projection(self) -> date | None:
        """Give the day the trend leaves the readings it rests on; None when nothing lies ahead."""
        prevu = self.courbe.projection
        if prevu is None:
            return None
        jours = [p.date for p in self.courbe.points if p.source in FAISANT_FOI or not prevu.authentifiee]
        depart = max(jours, default=self.courbe.au)
        return depart if depart < prevu.date else None

    def _projection(self) -> None:
        prevu, depart = self.courbe.projection, self._depart_de_projection()
        if prevu is None or depart is None:
            return
        ancre = prevu.valeur - prevu.pente * (prevu.date - depart).days
        triangle = [
            (self.jours.x(depart), ancre),
            (self.jours.x(prevu.date), prevu.haut),
            (self.jours.x(prevu.date), prevu.bas),
        ]
        coupe = _couper(_couper(triangle, self.valeurs.bas, 1), self.valeurs.haut, -1)
        if len(coupe) > 2:  # noqa: PLR2004 - an area has three corners
            self._aplat([(x, self.valeurs.y(v)) for x, v in coupe], self.palette.halo)
        droite = [self._ici(depart, ancre), self._ici(prevu.date, prevu.valeur)]
        self._ligne(droite, self.palette.accent, 1.1, (1.0, 2.0))
        self.plan.gener(droite)

    def _axes(self) -> None:
        encre, filet = self.palette.secondaire, self.palette.filet
        x0, x1, y0 = self.jours.x0, self.jours.x1, self.valeurs.y0
        reperes = [(valeur, self.valeurs.y(valeur)) for valeur in self.valeurs.reperes]
        crans: list[list[Position]] = [[(x0 - self.corps * 0.3, y), (x0, y)] for _, y in reperes]
        self._lignes([*crans, [(x0, self.valeurs.y1), (x0, y0), (x1, y0)]], filet, 0.6)
        for valeur, y in reperes:
            self._ecrire(nombre(valeur), (x0 - self.corps * 0.5, y - self.corps * 0.35), encre, ancre="end")
        self._annees_du_contrat()
        self._annees_civiles()
        titre = f"patients, échelle de {nombre(self.valeurs.bas)} à {nombre(self.valeurs.haut)}"
        self._ecrire(titre, (0, self.hauteur - self.corps), encre)

    def _periode(self) -> None:
        """Set off the days from the one asked for to that of the dossier: a thick axis, and a line where they begin."""
        depuis = self.courbe.depuis
        if depuis is None or not self.jours.contient(depuis):
            return
        x0, x1 = self.jours.x(depuis), self.jours.x(min(self.courbe.au, self.jours.fin))
        y0, y1, encre = self.valeurs.y0, self.valeurs.y1, self.palette.accent
        self._ligne([(x0, y0), (max(x1, x0 + _FIN), y0)], encre, 2.6)
        if depuis > self.courbe.debut:
            self._ligne([(x0, y0), (x0, y1)], encre, 0.7, (1.5, 1.5))
            self.plan.gener([(x0, y0), (x0, y1)])

    def _annees_du_contrat(self) -> None:
        y0, encre = self.valeurs.y0, self.palette.secondaire
        bornes_annees, annee = [self.courbe.debut], 1
        while bornes_annees[-1] < self.jours.fin:
            bornes_annees.append(anniversaire(self.courbe.debut, annee))
            annee += 1
        crans = [self.jours.x(jour) for jour in bornes_annees if jour <= self.jours.fin + timedelta(days=1)]
        self._lignes([[(x, y0), (x, y0 - self.corps * 0.45)] for x in crans], encre, 0.6)
        intervalles = [(self.jours.x(a), self.jours.x(b)) for a, b in pairwise(bornes_annees)]
        self._centrer([f"an\u00a0{i}" for i in range(1, annee)], intervalles, y0 - self.corps * 1.25)

    def _annees_civiles(self) -> None:
        annees = range(self.jours.debut.year, self.jours.fin.year + 1)
        intervalles = [(self.jours.x(date(a, 1, 1)), self.jours.x(date(a, 12, 31))) for a in annees]
        bas, haut = self.corps * 0.15, self.corps * 1.05
        self._lignes([[(x, bas), (x, haut)] for x, _ in intervalles[1:]], self.palette.filet, 0.6)
        self._centrer([str(a) for a in annees], intervalles, y=self.corps * 0.35)

    def _centrer(self, textes: list[str], intervalles: list[tuple[float, float]], y: float) -> None:
        """Write each text in the middle of its interval, one in two or more when the room is short."""
        if not textes:
            return
        place = max(b - a for a, b in intervalles)
        besoin = max(self._large(texte) for texte in textes) + self.corps * 0.4
        saut = max(1, -(-besoin // max(place, 1.0)))
        for rang, (texte, (a, b)) in enumerate(zip(textes, intervalles, strict=True)):
            if rang % int(saut) == 0 and (b - a) * saut >= self._large(texte):
                self._ecrire(texte, ((a + b) / 2, y), self.palette.secondaire, ancre="middle")

    def _lignes_de_repere(self) -> None:
        courbe = self.courbe
        lignes: list[tuple[tuple[str, ...], int, str]] = [(("référence",), courbe.reference, self.palette.secondaire)]
        if courbe.objectif == courbe.reference:
            lignes = [(("référence", "et objectif"), courbe.reference, self.palette.texte)]
        elif courbe.objectif is not None:
            lignes.append((("objectif",), courbe.objectif, self.palette.texte))
        pas = self.corps * _INTERLIGNE
        hauteurs = [pas * (len(mots) + 1) for mots, _, _ in lignes]
        milieux = etaler(
            [self.valeurs.y(valeur) for _, valeur, _ in lignes],
            hauteurs,
            self.corps * 0.2,
            self.valeurs.y1 + self.corps * 0.35,
        )
        x0, x1 = self.jours.x0, self.jours.x1
        for (mots, valeur, couleur), milieu, hauteur in zip(lignes, milieux, hauteurs, strict=True):
            y = self.valeurs.y(valeur)
            self._ligne([(x0, y), (x1, y), (x1 + self.corps * 0.45, milieu)], couleur, 0.7)
            self.plan.gener([(x0, y), (x1, y)])
            x, haut = x1 + self.corps * 0.7, milieu + hauteur / 2 - self.corps
            for rang, mot in enumerate(mots):
                self._ecrire(mot, (x, haut - rang * pas), self.palette.secondaire)
            self._ecrire(nombre(valeur), (x, haut - len(mots) * pas), self.palette.texte, police=GRAS)

    def _trajectoire(self) -> None:
        points = [self._ici(jour, float(valeur)) for jour, valeur in self.courbe.trajectoire]
        self._ligne(points, self.palette.secondaire, 0.9, (3.0, 2.0))
        self.plan.gener(points)

    def _jalons(self) -> None:
        """Mark the day of the dossier and the day attainment is judged, named above the plot."""
        courbe, y0, y1 = self.courbe, self.valeurs.y0, self.valeurs.y1
        jalons = []
        if self.jours.contient(courbe.au):
            jalons.append((self.jours.x(courbe.au), jour_court(courbe.au), self.palette.accent))
        annonce = "évaluation reportée au" if courbe.evaluation_reportee else "évaluation le"
        texte = f"{annonce} {jour_court(courbe.evaluation)}"
        jalons.append((self.jours.x(courbe.evaluation), texte, self.palette.texte))
        if courbe.evaluation_reportee:
            self._fleche(self.jours.x(courbe.evaluation_initiale), self.jours.x(courbe.evaluation))
        largeurs = [self._large(texte) + self.corps * 0.8 for _, texte, _ in jalons]
        milieux = etaler([x for x, _, _ in jalons], largeurs, 0, self.largeur)
        if len(jalons) == 2 and abs(jalons[0][0] - jalons[1][0]) < sum(largeurs) / 2:  # noqa: PLR2004 - the two of them
            milieux = self._cote_a_cote([x for x, _, _ in jalons], largeurs)
        for (x, texte, couleur), milieu in zip(jalons, milieux, strict=True):
            self._ligne([(x, y0), (x, y1 + self.corps * 0.2)], couleur, 0.7)
            self._ecrire(texte, (milieu, y1 + self.corps * 0.5), couleur, ancre="middle")
            self.plan.gener([(x, y0), (x, y1)])

    def _fleche(self, depart: float, arrivee: float) -> None:
        """Show that the evaluation has moved: an arrow under the upper edge, from the first day to the new one."""
        y, pointe, encre = self.valeurs.y1 - self.corps * 0.3, self.corps * 0.4, self.palette.texte
        if abs(arrivee - depart) < 2 * pointe:
            return
        sens = 1 if arrivee > depart else -1
        self._ligne([(depart, y - pointe / 2), (depart, y + pointe / 2)], encre, 0.6)
        self._ligne([(depart, y), (arrivee - sens * pointe, y)], encre, 0.6)
        dos = arrivee - sens * pointe
        self._aplat([(arrivee, y), (dos, y + pointe / 2), (dos, y - pointe / 2)], encre)

    def _cote_a_cote(self, places: list[float], largeurs: list[float]) -> list[float]:
        """Put the labels of two near lines on their outer sides."""
        gauche = 0 if places[0] <= places[1] else 1
        souhaits = [0.0, 0.0]
        souhaits[gauche] = places[gauche] - largeurs[gauche] / 2 + self.corps * 0.6
        souhaits[1 - gauche] = places[1 - gauche] + largeurs[1 - gauche] / 2 - self.corps * 0.6
        return etaler(souhaits, largeurs, 0, self.largeur)

    def _releves(self) -> None:
        points = self.courbe.points
        if not points:
            return
        foi = [self._ici(p.date, p.valeur) for p in points if p.source in FAISANT_FOI]
        logiciel = [self._ici(p.date, p.valeur) for p in points if p.source == "logiciel"]
        self._ligne(logiciel, self.palette.accent, 0.7)
        self._ligne(foi, self.palette.accent, 1.4)
        for trace in (foi, logiciel):
            self.plan.gener(trace[:: max(1, len(trace) // _POINTS_DETAILLES)])
        serre = (self.jours.x1 - self.jours.x0) / len(points) * 0.4
        rayon = max(0.7, min(2.1, serre)) * self.trait
        for source in _DU_FOND:
            if source == "logiciel" and rayon < _MARQUE_LISIBLE * self.trait and len(logiciel) > 1:
                continue  # the line alone says it better than marks that overlap
            if siens := [p for p in points if p.source == source]:
                self._marques(siens, source, rayon)

    def _marques(self, points: list[Point], source: SourceReleve, rayon: float) -> None:
        places = [self._ici(point.date, point.valeur) for point in points]
        couleur = self.palette.secondaire if source == "estimation" else self.palette.accent
        encre, fond = _couleur(couleur), _couleur(self.palette.surface)
        bord = (0.5 if source == "estimation" else 0.8) * self.trait
        match source:
            case "amelipro":
                self.dessin.add(disques(places, rayon, encre))
            case "logiciel":
                self.dessin.add(disques(places, rayon + bord / 2, encre))
                self.dessin.add(disques(places, rayon - bord / 2, fond))
            case "cpam":
                self.dessin.add(carres(places, rayon * 0.9, encre))
            case "estimation":
                self.dessin.add(losanges(places, rayon, encre, fond, bord))
            case _:
                assert_never(source)

    # Labels within the plot, the most needed first

    def _etiquettes(self) -> None:
        self._etiquette_de_la_valeur()
        self._etiquette_de_la_projection()
        if not self.courbe.points:
            large, haut = self.jours.x1 - self.jours.x0, self.valeurs.y1 - self.valeurs.y0
            parts = ((h, v) for v in (0.5, 0.3, 0.75, 0.9) for h in (0.5, 0.25, 0.8))
            ancres = [((self.jours.x0 + h * large, self.valeurs.y0 + v * haut), 0.0) for h, v in parts]
            self._etiquette(["aucune valeur"], ancres, self.palette.secondaire, limite=SUR_DES_TRAITS)
        for suspension in self.courbe.suspensions:
            self._etiquette_de_suspension(suspension)
        self._etiquette_de_la_periode()
        self._etiquette_du_rythme()
        self._etiquettes_des_sources()

    def _etiquette_de_la_valeur(self) -> None:
        retenu = self.courbe.retenu
        if retenu is not None:
            place = self._ici(retenu.date, retenu.valeur)
            cadre = self._etiquette(
                [nombre(retenu.valeur)],
                [(place, self.corps * ecart) for ecart in (0.55, 1.2, 2.0)],
                self.palette.accent,
                police=GRAS,
                limite=A_TOUT_PRIX,
            )
            if cadre is not None:
                self._attache(place, cadre)

    def _attache(self, place: Position, cadre: Cadre) -> None:
        """Tie a label to its point when it had to stand away from it."""
        proche = (min(max(place[0], cadre.x0), cadre.x1), min(max(place[1], cadre.y0), cadre.y1))
        if dist(place, proche) > self.corps:
            self._ligne([place, proche], self.palette.accent, 0.5)

    def _etiquette_de_la_projection(self) -> None:
        prevu = self.courbe.projection
        if prevu is not None:
            place = self._ici(prevu.date, prevu.valeur)
            texte = f"prévu {nombre(prevu.valeur)}"
            avant = (self.jours.x(min(self.courbe.au, prevu.date)), place[1])
            ancres = [(ici, self.corps * ecart) for ici in (place, avant) for ecart in (0.5, 1.2, 2.4)]
            cadre = self._etiquette([texte], ancres, self.palette.accent, limite=SUR_DES_TRAITS)
            if cadre is not None and cadre.x1 < avant[0]:
                self._attache(place, cadre)

    def _etiquette_de_suspension(self, suspension: PeriodeSuspendue) -> None:
        """Date a suspension over its band, or beside it; one of many only where it hides nothing."""
        fin = "en cours" if suspension.ouverte else f"au {jour_court(suspension.au)}"
        debut = jour_court(suspension.du)
        gauche, droite = self.jours.x(suspension.du), self.jours.x(suspension.au)

        def etiqueter(lignes: list[str], limite: float = SANS_GENE) -> bool:
            demi = max(self._large(ligne) for ligne in lignes) / 2 + self.corps * 0.3
            marge = self.corps * (len(lignes) * 0.63 + 0.24)
            bas, haut = self.valeurs.y0 + marge, self.valeurs.y1 - marge - self.corps * 0.2
            etages = [bas, haut, *(bas + (haut - bas) * i / _ETAGES for i in range(1, _ETAGES))]
            ancres = [((x, y), 0.0) for x in ((gauche + droite) / 2, droite + demi, gauche - demi) for y in etages]
            return self._etiquette(lignes, ancres, self.palette.secondaire, limite=limite) is not None

        larges, etroites = [f"suspendu du {debut}", fin], ["suspendu", f"du {debut}", fin]
        if not etiqueter(larges) and not etiqueter(etroites) and len(self.courbe.suspensions) <= _PEU_DE_SUSPENSIONS:
            etiqueter(etroites, SUR_DES_TRAITS)

    def _etiquette_de_la_periode(self) -> None:
        depuis = self.courbe.depuis
        if depuis is None or depuis <= self.courbe.debut or not self.jours.contient(depuis):
            return
        texte = f"depuis le {jour_court(depuis)}"
        x, demi = self.jours.x(depuis), self._large(texte) / 2 + self.corps * 0.5
        bas, haut = self.valeurs.y0 + self.corps, self.valeurs.y1 - self.corps
        etages = [bas + (haut - bas) * i / _ETAGES for i in range(_ETAGES + 1)]
        ancres = [((cote, y), 0.0) for y in etages for cote in (x + demi, x - demi)]
        self._etiquette([texte], ancres, self.palette.accent, limite=SUR_DES_TRAITS)

    def _etiquette_du_rythme(self) -> None:
        points = [self._ici(jour, float(valeur)) for jour, valeur in self.courbe.trajectoire]
        if len(points) < 2 or points[0][1] == points[-1][1]:  # noqa: PLR2004 - a path has two ends
            return
        long = sorted(pairwise(points), key=lambda ab: ab[0][0] - ab[1][0])
        ancres = [
            ((a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part), self.corps * 0.4)
            for a, b in long[:2]
            for part in (0.35, 0.5, 0.65, 0.8)
        ]
        self._etiquette(["rythme attendu"], ancres, self.palette.secondaire)

    def _etiquettes_des_sources(self) -> None:
        for source, nom in _NOMS_DES_SOURCES.items():
            places = [self._ici(p.date, p.valeur) for p in self.courbe.points if p.source == source]
            pas = max(1, len(places) // 6)
            ancres = [(place, self.corps * 0.5) for place in places[::-pas]]
            self._etiquette([nom], ancres, self.palette.secondaire)

    def _etiquette(
        self,
        lignes: list[str],
        ancres: list[tuple[Position, float]],
        couleur: str,
        *,
        police: str = REGULIER,
        limite: float = SANS_GENE,
    ) -> Cadre | None:
        """Lay a label of one or more centred lines near one of its anchors, where it hides least, and say where."""
        largeur = max(self._large(ligne, police) for ligne in lignes)
        pas = self.corps * _INTERLIGNE
        hauteur = pas * (len(lignes) - 1) + self.corps
        candidats: list[Cadre] = []
        for (x, y), ecart in ancres:
            if ecart:
                candidats += autour(x, y, largeur, hauteur, ecart)
            else:
                gauche = min(max(x - largeur / 2, self.jours.x0 + self.corps * 0.4), self.jours.x1 - largeur)
                candidats.append(Cadre(gauche, y - hauteur / 2, gauche + largeur, y + hauteur / 2))
        cadre = self.plan.poser(candidats, limite)
        if cadre is None:
            return None
        if self.plan.cache(cadre):
            self._effacer(cadre)
        y = cadre.y1 - self.corps * 0.8
        for ligne in lignes:
            self._ecrire(ligne, ((cadre.x0 + cadre.x1) / 2, y), couleur, ancre="middle", police=police)
            y -= pas
        return cadre

    def _effacer(self, cadre: Cadre) -> None:
        """Clear the lines under a label that had to be there."""
        marge = self.corps * 0.12
        x0, x1, y0, y1 = cadre.x0 - marge, cadre.x1 + marge, cadre.y0, cadre.y1
        self._aplat([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], self.palette.surface)


def _couper(polygone: list[Position], seuil: float, sens: int) -> list[Position]:
    """Keep the part of a polygon above (``sens`` 1) or below (-1) a value (Sutherland and Hodgman)."""
    garde: list[Position] = []
    for avant, apres in zip(polygone, polygone[1:] + polygone[:1], strict=True):
        dedans_avant, dedans_apres = (avant[1] - seuil) * sens >= 0, (apres[1] - seuil) * sens >= 0
        if dedans_avant:
            garde.append(avant)
        if dedans_avant != dedans_apres:
            part = (seuil - avant[1]) / (apres[1] - avant[1])
            garde.append((avant[0] + part * (apres[0] - avant[0]), seuil))
    return garde


def _couleur(hexa: str) -> Color:
    from reportlab.lib.colors import HexColor

    return HexColor(hexa)
