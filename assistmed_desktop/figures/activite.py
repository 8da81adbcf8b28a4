"""The activity of a doctor, as acts a day worked, before and after the arrival of the assistant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois, se_croisent
from assistmed_desktop.figures.echelle import EchelleJours, EchelleValeurs, bornes
from assistmed_desktop.figures.figure import Figure, Repere
from assistmed_desktop.figures.marques import disques, feuille
from assistmed_desktop.figures.palette import PAPIER, Palette
from assistmed_desktop.figures.placement import SUR_DES_TRAITS, Cadre, Plan
from assistmed_desktop.figures.polices import GRAS
from assistmed_desktop.figures.traits import Crayon, coins
from assistmed_desktop.formats import accord, compte, jour_court, mois_long, nombre, pourcent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.suivi import Activite

CORPS_PAPIER: Final = 7.0
_MI_MOIS: Final = 15


@dataclass(frozen=True, slots=True)
class MoisMesure:
    """A month of activity; ``fini`` when it is over on the day."""

    premier: date
    actes: int
    jours: int
    fini: bool

    @property
    def par_jour(self) -> Fraction | None:
        """The acts a day worked; None in a month without any."""
        return Fraction(self.actes, self.jours) if self.jours else None

    @property
    def milieu(self) -> date:
        """Where the month stands on an axis of days."""
        return self.premier.replace(day=_MI_MOIS)

    @property
    def texte(self) -> str:
        """The month in words."""
        if self.par_jour is None:
            rythme = "aucun jour travaillé"
        else:
            rythme = f"{par_jour_en_mots(self.par_jour)}, {compte(self.jours, 'jour travaillé', 'jours travaillés')}"
        return f"{mois_long(self.premier)} : {rythme}{'' if self.fini else ' (mois en cours)'}"


@dataclass(frozen=True, slots=True)
class Moyenne:
    """The acts a day over some months: all their acts for all their days worked."""

    du: date
    au: date
    mois: int
    par_jour: Fraction


@dataclass(frozen=True, slots=True)
class SuiviActivite:
    """The months of a doctor in order, and the day the first assistant of his contract came, if one has."""

    mois: tuple[MoisMesure, ...]
    arrivee: date | None

    @property
    def avant(self) -> Moyenne | None:
        """The mean of the months that were over when the assistant came; of all of them while none has."""
        arrivee = self.arrivee
        return _moyenne(m for m in self.mois if arrivee is None or _fin(m.premier) < arrivee)

    @property
    def apres(self) -> Moyenne | None:
        """The mean of the months begun since the assistant came: that of the arrival is neither, unless on its 1st."""
        arrivee = self.arrivee
        return _moyenne(m for m in self.mois if arrivee is not None and arrivee <= m.premier)

    @property
    def ecart(self) -> Fraction | None:
        """What the acts a day have gained since, as a share of those before."""
        avant, apres = self.avant, self.apres
        if self.arrivee is None or avant is None or apres is None or not avant.par_jour:
            return None
        return apres.par_jour / avant.par_jour - 1


def _moyenne(mois: Iterable[MoisMesure]) -> Moyenne | None:
    comptes = [celui for celui in mois if celui.fini and celui.jours]
    if not comptes:
        return None
    par_jour = Fraction(sum(m.actes for m in comptes), sum(m.jours for m in comptes))
    return Moyenne(comptes[0].premier, _fin(comptes[-1].premier), len(comptes), par_jour)


def _fin(premier: date) -> date:
    return ajouter_mois(premier, 1) - UN_JOUR


def suivi_activite(dossier: Dossier, activite: Iterable[Activite], contrat: str | None, au: date) -> SuiviActivite:
    """Gather the months of a doctor up to a day, and the arrival of the first assistant of his contract."""
    mois = sorted(
        (
            MoisMesure(premier, celui.actes, celui.jours_travailles, _fin(premier) <= au)
            for celui in activite
            if (premier := date.fromisoformat(f"{celui.mois}-01")) <= au
        ),
        key=lambda celui: celui.premier,
    )
    arrivees = [
        max(affectation.du, embauche.du)
        for assistant in dossier.assistants
        for affectation in assistant.affectations
        if affectation.contrat == contrat
        for embauche in assistant.embauches
        if se_croisent(affectation.du, affectation.au, embauche.du, embauche.au)
    ]
    return SuiviActivite(tuple(mois), min((jour for jour in arrivees if jour <= au), default=None))


def par_jour_en_mots(par_jour: Fraction) -> str:
    """Write ``22,3 actes par jour``."""
    return f"{nombre(par_jour, 1)}\u00a0{accord(par_jour, 'acte')} par jour"


def phrase(suivi: SuiviActivite) -> str:
    """Say what changed with the arrival of the assistant, or why it cannot be told."""
    avant, apres, ecart = suivi.avant, suivi.apres, suivi.ecart
    if suivi.arrivee is None:
        moyenne = "" if avant is None else f" Jusqu'ici : {par_jour_en_mots(avant.par_jour)} en moyenne."
        return f"Aucun assistant n'est encore arrivé sur ce contrat.{moyenne}"
    if apres is None:
        return "Il faut un mois entier d'activité depuis l'arrivée de l'assistant pour comparer."
    depuis = (
        f"{par_jour_en_mots(apres.par_jour)} depuis l'arrivée de l'assistant le {jour_court(suivi.arrivee)} "
        f"({_mois(apres)})"
    )
    if avant is None:
        return f"{depuis}. Saisissez des mois d'avant cette date pour comparer."
    part = "" if ecart is None else f" : {pourcent(ecart, signe=True)}"
    return f"{depuis}, contre {nombre(avant.par_jour, 1)} avant ({_mois(avant)}){part}."


def _mois(moyenne: Moyenne) -> str:
    return compte(moyenne.mois, "mois", "mois")


def texte_alternatif(suivi: SuiviActivite) -> str:
    """Say in a French paragraph what the chart shows, for those who do not see it."""
    mesures = [mois for mois in suivi.mois if mois.par_jour is not None]
    if not mesures:
        return f"Activité : aucun mois à montrer. {phrase(suivi)}"
    debut, fin = mesures[0], mesures[-1]
    etendue = (
        f"Actes par jour travaillé, {compte(len(mesures), 'mois', 'mois')} de {mois_long(debut.premier)} à "
        f"{mois_long(fin.premier)}, entre {nombre(min(m.par_jour or 0 for m in mesures), 1)} et "
        f"{nombre(max(m.par_jour or 0 for m in mesures), 1)}."
    )
    return f"{etendue} {phrase(suivi)}"


def figure(
    suivi: SuiviActivite, largeur: float, hauteur: float, *, palette: Palette = PAPIER, corps: float = CORPS_PAPIER
) -> Figure:
    """Draw the acts a day, month by month, within ``largeur`` by ``hauteur``; a place for each month."""
    dessin = feuille(largeur, hauteur)
    if all(mois.par_jour is None for mois in suivi.mois):
        return Figure(dessin)
    trace = _Trace(Crayon(dessin, corps), suivi, palette)
    trace.dessiner()
    return Figure(dessin, tuple(trace.reperes()))


class _Trace:
    """One drawing in the making."""

    def __init__(self, crayon: Crayon, suivi: SuiviActivite, palette: Palette) -> None:
        self.crayon, self.suivi, self.palette = crayon, suivi, palette
        self.largeur, self.hauteur = float(crayon.dessin.width), float(crayon.dessin.height)
        mesures = [(m.milieu, float(m.par_jour), m) for m in suivi.mois if m.par_jour is not None]
        self.mesures = mesures
        corps = crayon.corps
        lus = [valeur for _, valeur, _ in mesures]
        marge = (max(lus) - min(lus)) * 0.15
        bas, haut, pas = bornes(max(0.0, min(lus) - marge), max(lus) + marge)
        debut, fin = mesures[0][2].premier, _fin(mesures[-1][2].premier)
        gauche = crayon.large(nombre(haut)) + corps * 0.7
        self.jours = EchelleJours(debut, max(fin, suivi.arrivee or fin), gauche, self.largeur - corps * 0.5)
        self.valeurs = EchelleValeurs(bas, haut, pas, corps * 1.7, self.hauteur - corps * 3.2)
        self.places = [(self.jours.x(jour), self.valeurs.y(valeur)) for jour, valeur, _ in mesures]

    def dessiner(self) -> None:
        self._axes()
        self._arrivee()
        self._mois()
        self._moyennes()

    def reperes(self) -> Iterator[Repere]:
        for place, (_, _, mois) in zip(self.places, self.mesures, strict=True):
            yield Repere(*place, mois.texte)

    def _axes(self) -> None:
        crayon, palette, corps = self.crayon, self.palette, self.crayon.corps
        jours, valeurs = self.jours, self.valeurs
        titre = f"actes par jour travaillé, échelle de {nombre(valeurs.bas)} à {nombre(valeurs.haut)}"
        crayon.ecrire(titre, (0, self.hauteur - corps), palette.secondaire)
        for valeur in valeurs.reperes:
            y = valeurs.y(valeur)
            crayon.ecrire(nombre(valeur), (jours.x0 - corps * 0.5, y - corps * 0.35), palette.secondaire, "end")
        crans = [[(jours.x0 - corps * 0.3, valeurs.y(v)), (jours.x0, valeurs.y(v))] for v in valeurs.reperes]
        crayon.lignes([*crans, [(jours.x0, valeurs.y1), (jours.x0, valeurs.y0), (jours.x1, valeurs.y0)]], palette.filet)
        annees = range(jours.debut.year, jours.fin.year + 1)
        bouts = [(jours.x(date(a, 1, 1)), jours.x(date(a, 12, 31))) for a in annees]
        crayon.lignes([[(x, corps * 0.2), (x, valeurs.y0)] for x, _ in bouts[1:]], palette.filet)
        demi, libre = crayon.large("2000") / 2, jours.x0
        for annee, (a, b) in zip(annees, bouts, strict=True):
            x = (a + b) / 2
            if x - demi >= libre and x + demi <= self.largeur:
                crayon.ecrire(str(annee), (x, corps * 0.35), palette.secondaire, "middle")
                libre = x + demi + corps * 0.6

    def _arrivee(self) -> None:
        """Mark the day the assistant came, named above the plot; a day before it is only told."""
        arrivee = self.suivi.arrivee
        if arrivee is None:
            return
        jour, corps = jour_court(arrivee), self.crayon.corps
        x, dedans = self.jours.x(arrivee), self.jours.contient(arrivee)
        texte = f"arrivée de l’assistant, {jour}" if dedans else f"assistant arrivé le {jour}, avant ces mois"
        if dedans:
            self.crayon.lignes([[(x, self.valeurs.y0), (x, self.valeurs.y1 + corps * 0.4)]], self.palette.texte, 0.9)
        demi = self.crayon.large(texte) / 2
        milieu = min(max(x, demi), self.largeur - demi)
        self.crayon.ecrire(texte, (milieu, self.valeurs.y1 + corps * 0.65), self.palette.texte, "middle")

    def _mois(self) -> None:
        """Join the months that follow each other; one that is not over is hollow."""
        from reportlab.lib.colors import HexColor

        suites: list[list[tuple[float, float]]] = []
        avant: date | None = None
        for place, (_, _, mois) in zip(self.places, self.mesures, strict=True):
            if avant is None or ajouter_mois(avant, 1) != mois.premier:
                suites.append([])
            suites[-1].append(place)
            avant = mois.premier
        self.crayon.lignes([suite for suite in suites if len(suite) > 1], self.palette.accent, 0.7)
        serre = (self.jours.x1 - self.jours.x0) / len(self.places) * 0.35
        rayon = max(0.7, min(2.0, serre)) * self.crayon.corps / 7
        finis = [place for place, (_, _, mois) in zip(self.places, self.mesures, strict=True) if mois.fini]
        en_cours = [place for place, (_, _, mois) in zip(self.places, self.mesures, strict=True) if not mois.fini]
        accent, surface = HexColor(self.palette.accent), HexColor(self.palette.surface)
        if finis:
            self.crayon.dessin.add(disques(finis, rayon, accent))
        if en_cours:
            self.crayon.dessin.add(disques(en_cours, rayon * 1.3, accent))
            self.crayon.dessin.add(disques(en_cours, rayon * 0.8, surface))

    def _moyennes(self) -> None:
        """Draw each mean as far as its months go, and name it where it hides least."""
        jours, corps = self.jours, self.crayon.corps
        plan = Plan(Cadre(jours.x0, self.valeurs.y0, jours.x1, self.valeurs.y1), corps * 0.2)
        plan.gener(self.places)
        if (arrivee := self.suivi.arrivee) is not None:
            x = jours.x(arrivee)
            plan.gener([(x, self.valeurs.y0), (x, self.valeurs.y1)])
        moyennes = [(nom, m) for nom, m in (("avant", self.suivi.avant), ("depuis", self.suivi.apres)) if m]
        for _, moyenne in moyennes:
            y = self.valeurs.y(float(moyenne.par_jour))
            ligne = [(jours.x(moyenne.du), y), (jours.x(moyenne.au), y)]
            self.crayon.lignes([ligne], self.palette.texte, 1.3, (4.0, 2.0))
            plan.gener(ligne)
        for nom, moyenne in moyennes:
            mot = nom if self.suivi.arrivee else "moyenne"
            self._nommer(f"{mot} {nombre(moyenne.par_jour, 1)}", moyenne, plan)

    def _nommer(self, texte: str, moyenne: Moyenne, plan: Plan) -> None:
        corps = self.crayon.corps
        large, y = self.crayon.large(texte, GRAS), self.valeurs.y(float(moyenne.par_jour))
        gauche, droite = self.jours.x(moyenne.du), self.jours.x(moyenne.au)
        debut = min(max(gauche, self.jours.x0), self.jours.x1 - large)
        departs = [debut + (max(droite - large, debut) - debut) * part for part in (0.0, 0.5, 1.0, 0.25, 0.75)]
        etages = [y + corps * e for e in (0.5, -1.5, 1.6, -2.6, 2.8, -3.8, 4.0)]
        cadre = plan.poser([Cadre(x, e, x + large, e + corps) for e in etages for x in departs], SUR_DES_TRAITS)
        if cadre is not None:
            if plan.cache(cadre):
                self.crayon.aplat(coins(cadre), self.palette.surface)
            self.crayon.ecrire(texte, (cadre.x0, cadre.y0 + corps * 0.2), self.palette.texte, "start", GRAS)
