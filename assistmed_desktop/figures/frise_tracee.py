"""A timeline drawn: its axis, its bars, its milestones, and the words by them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from assistmed_desktop.figures.echelle import EchelleJours
from assistmed_desktop.figures.figure import Figure, Repere
from assistmed_desktop.figures.frise import (
    AXE,
    ENTRE_LIGNES,
    ETAGE,
    ETAGE_JALONS,
    INTERLIGNE,
    LOSANGE,
    MARGE,
    bornes,
    contient_le_jour,
    dite,
    ecrit,
    en_mois,
    etager_lignes,
    haut_axe,
    haut_jalons,
    haut_ligne,
    hauteur_frise,
    jalons_etages,
    nom_en_lignes,
)
from assistmed_desktop.figures.marques import feuille
from assistmed_desktop.figures.placement import Cadre
from assistmed_desktop.figures.polices import GRAS, REGULIER
from assistmed_desktop.figures.traits import Crayon, coins, hachures
from assistmed_desktop.formats import INSECABLE, jour_court

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistmed_desktop.figures.frise import Barre, Frise, Ligne
    from assistmed_desktop.figures.palette import Palette

_BARRE: Final = 1.45
_ETIREMENT: Final = 1.3
_MOIS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def frise(valeurs: Frise, largeur: float, hauteur: float, palette: Palette, corps: float) -> Figure:
    """Draw a timeline within ``largeur`` by ``hauteur``, text at ``corps``, on a transparent background."""
    return _TraceFrise(valeurs, palette, corps, largeur, hauteur).dessiner()


class _TraceFrise:
    """One timeline in the making."""

    def __init__(self, valeurs: Frise, palette: Palette, corps: float, largeur: float, hauteur: float) -> None:
        crayon = Crayon(feuille(largeur, hauteur), corps)
        self.valeurs, self.palette, self.crayon, self.corps = valeurs, palette, crayon, corps
        self.largeur, self.hauteur = largeur, hauteur
        self.plans = etager_lignes(valeurs)
        self.reperes: list[Repere] = []
        noms = [mot for ligne in valeurs.lignes for mot in nom_en_lignes(ligne)]
        marge = max((crayon.large(nom) for nom in noms), default=0.0) + self.corps * 0.8
        self.jours = EchelleJours(valeurs.debut, valeurs.fin, marge, largeur - self.corps * 0.8)
        fixe = self.corps * (haut_jalons(valeurs) + haut_axe(valeurs))
        voulu = hauteur_frise(valeurs, self.corps) - fixe
        self.etirement = min(_ETIREMENT, max(0.1, hauteur - fixe) / voulu) if voulu else 1.0
        self.y1 = hauteur - self.corps * haut_jalons(valeurs)
        self.y0 = self.y1 - voulu * self.etirement

    def dessiner(self) -> Figure:
        """Draw it all, from the back to the front."""
        self._axe()
        self._suspensions()
        if contient_le_jour(self.valeurs):
            self._aujourd_hui()
        jalons = self._jalons()
        y = self.y1
        for ligne, plan in zip(self.valeurs.lignes, self.plans, strict=True):
            haut = haut_ligne(plan, ligne) * self.corps * self.etirement
            self._ligne(ligne, plan, y)
            y -= haut
        return Figure(self.crayon.dessin, (*self.reperes, *jalons))

    # The axis

    def _axe(self) -> None:
        x0, x1, y0 = self.jours.x0, self.jours.x1, self.y0
        self.crayon.lignes([[(x0, y0), (x1, y0)]], self.palette.secondaire)
        rangees = [self._mois(), self._annees()] if en_mois(self.valeurs) else [self._annees()]
        for rang, cases in enumerate(rangees):
            y = y0 - self.corps * AXE * (rang + 1)
            crans = [self.jours.x(jour) for jour, _, _ in cases if jour > self.valeurs.debut]
            pied = y0 - self.corps * (0.4 if rang == 0 and len(rangees) > 1 else AXE * (rang + 1))
            self.crayon.lignes([[(x, y0), (x, pied)] for x in crans], self.palette.filet)
            if rang == len(rangees) - 1:
                self.crayon.lignes([[(x, y0), (x, self.y1)] for x in crans], self.palette.filet, 0.4)
            self._centrer(cases, y + self.corps * 0.3)

    def _annees(self) -> list[tuple[date, date, str]]:
        annees = range(self.valeurs.debut.year, self.valeurs.fin.year + 1)
        return [(date(a, 1, 1), date(a, 12, 31), str(a)) for a in annees]

    def _mois(self) -> list[tuple[date, date, str]]:
        cases, jour = [], self.valeurs.debut.replace(day=1)
        while jour <= self.valeurs.fin:
            suivant = (jour + timedelta(days=31)).replace(day=1)
            cases.append((jour, suivant - timedelta(days=1), _MOIS[jour.month - 1]))
            jour = suivant
        return cases

    def _centrer(self, cases: Sequence[tuple[date, date, str]], y: float) -> None:
        """Write each name in the middle of its period, one in two or more where the room is short."""
        bords = [(self.jours.x(du), self.jours.x(au)) for du, au, _ in cases]
        place = max((b - a for a, b in bords), default=1.0)
        besoin = max((self.crayon.large(nom) for _, _, nom in cases), default=0.0) + self.corps * 0.4
        saut = next(n for n in (1, 2, 3, 6, 12, 1000) if n * place >= besoin or n == 1000)  # noqa: PLR2004 - the last
        fin = -1.0
        for rang, ((a, b), (_, _, nom)) in enumerate(zip(bords, cases, strict=True)):
            demi = self.crayon.large(nom) / 2
            milieu = min(max((a + b) / 2, demi), self.largeur - demi)
            if rang % saut == 0 and milieu - demi > fin and (saut > 1 or b - a >= 2 * demi):
                self.crayon.ecrire(nom, (milieu, y), self.palette.secondaire, "middle")
                fin = milieu + demi + self.corps * 0.2

    def _aujourd_hui(self) -> None:
        x = self.jours.x(self.valeurs.au)
        texte = f"aujourd’hui, {jour_court(self.valeurs.au)}"
        demi = self.crayon.large(texte) / 2
        y = self.hauteur - self.corps
        self.crayon.lignes([[(x, y - self.corps * 0.3), (x, self.y0)]], self.palette.accent, 0.9)
        milieu = min(max(x, demi), self.largeur - demi)
        self.crayon.ecrire(texte, (milieu, y), self.palette.accent, "middle")

    # The milestones

    def _jalons(self) -> list[Repere]:
        reperes = []
        prises: dict[int, float] = {}
        for jalon, etage in jalons_etages(self.valeurs):
            x, rayon = self.jours.x(jalon.jour), self.corps * LOSANGE
            rang = etage + contient_le_jour(self.valeurs)
            y = self.hauteur - self.corps * (ETAGE_JALONS * rang + 0.65)
            self.crayon.lignes([[(x, y - rayon), (x, self.y0)]], self.palette.secondaire, 0.5, (1.0, 2.0))
            losange = [(x, y - rayon), (x + rayon, y), (x, y + rayon), (x - rayon, y)]
            self.crayon.aplat(losange, self.palette.texte)
            large, ecart = self.crayon.large(jalon.texte), rayon + self.corps * 0.25
            debut = prises.get(rang, 0.0)
            depart = x + ecart if x + ecart + large <= self.largeur else x - ecart - large
            if depart >= debut:
                bas, haut = y - self.corps * 0.5, y + self.corps * 0.5
                self.crayon.aplat(_coins(Cadre(depart, bas, depart + large, haut)), self.palette.surface)
                self.crayon.ecrire(jalon.texte, (depart, y - self.corps * 0.35), self.palette.texte)
                prises[rang] = max(depart + large, x + rayon) + self.corps * 0.3
            reperes.append(Repere(x, y, f"{jalon.texte}, le {jour_court(jalon.jour)}"))
        return reperes

    # The lines

    def _suspensions(self) -> None:
        """Lay each suspension as a pale band over the whole height of its line."""
        y = self.y1
        for ligne, plan in zip(self.valeurs.lignes, self.plans, strict=True):
            haut = haut_ligne(plan, ligne) * self.corps * self.etirement
            for barre, _ in plan:
                if barre.genre == "suspension":
                    self.crayon.aplat(_coins(self._cadre(barre, y - haut, y)), self.palette.bande)
            y -= haut

    def _cadre(self, barre: Barre, y0: float, y1: float) -> Cadre:
        a, b = bornes(barre, self.jours)
        manque = max(0.0, self.corps * 0.3 - (b - a))
        b += manque
        trop = max(0.0, b - self.jours.x1)
        return Cadre(a - trop, y0, b - trop, y1)

    def _ligne(self, ligne: Ligne, plan: Sequence[tuple[Barre, int]], y: float) -> None:
        self.crayon.lignes([[(0, y), (self.jours.x1, y)]], self.palette.filet)
        pas = self.corps * self.etirement
        haut_barre = self.corps * _BARRE * min(1.0, self.etirement)
        premier = y - (ENTRE_LIGNES / 2 + ETAGE / 2) * pas
        for rang, mot in enumerate(nom_en_lignes(ligne)):
            ici = (0, premier - self.corps * 0.35 - rang * INTERLIGNE * self.corps)
            self.crayon.ecrire(mot, ici, self.palette.texte)
        cadres = []
        for barre, etage in plan:
            milieu = premier - etage * ETAGE * pas
            cadres.append(self._cadre(barre, milieu - haut_barre / 2, milieu + haut_barre / 2))
        poses = list(cadres)
        for (barre, _), cadre in zip(plan, cadres, strict=True):
            self._barre(barre, cadre)
            self._texte(barre, cadre, poses)
        for (barre, _), cadre in sorted(zip(plan, cadres, strict=True), key=lambda p: p[0][0].du):
            texte = f"{ligne.nom}{INSECABLE}: {dite(barre)}"
            self.reperes.append(Repere((cadre.x0 + cadre.x1) / 2, (cadre.y0 + cadre.y1) / 2, texte))

    def _barre(self, barre: Barre, cadre: Cadre) -> None:
        palette, contour = self.palette, _coins(cadre, pointe=barre.au is None)
        match barre.genre:
            case "presence":
                self.crayon.aplat(contour, palette.accent)
            case "contrat":
                self.crayon.aplat(contour, palette.halo, palette.accent)
            case "absence":
                self.crayon.aplat(contour, palette.surface, palette.secondaire, (2.0, 1.5))
            case "manque":
                self.crayon.aplat(_coins(cadre), palette.surface, palette.sous_la_reference)
                self.crayon.lignes(hachures(cadre, self.corps * 0.5), palette.sous_la_reference, 0.8)
            case "suspension":
                bords = [[(x, cadre.y0), (x, cadre.y1)] for x in (cadre.x0, cadre.x1)]
                self.crayon.lignes(bords, palette.secondaire, 0.8)

    def _texte(self, barre: Barre, cadre: Cadre, poses: list[Cadre]) -> None:
        """Write what a bar says in it or beside it; where there is no room at all, only its place says it."""
        texte, manque = ecrit(barre), barre.genre == "manque"
        police = GRAS if manque else REGULIER
        if not texte:
            return
        large, marge = self.crayon.large(texte, police), self.corps * MARGE
        y = (cadre.y0 + cadre.y1) / 2 - self.corps * 0.35
        encres = {"presence": self.palette.surface, "manque": self.palette.sous_la_reference}
        dedans = cadre.x1 - cadre.x0 >= large + 2 * marge
        if dedans:
            depart = cadre.x0 + marge
            if manque:
                haut, bas = cadre.y1 - self.corps * 0.1, cadre.y0 + self.corps * 0.1
                depart = (cadre.x0 + cadre.x1 - large) / 2
                fond = Cadre(depart - marge / 2, bas, depart + large + marge / 2, haut)
                self.crayon.aplat(_coins(fond), self.palette.surface)
            self.crayon.ecrire(texte, (depart, y), encres.get(barre.genre, self.palette.texte), police=police)
            return
        couleur = self.palette.sous_la_reference if manque else self.palette.texte
        for depart in (cadre.x1 + marge, cadre.x0 - marge - large):
            place = Cadre(depart, cadre.y0, depart + large, cadre.y1)
            libre = not any(place.touche(autre) for autre in poses)
            if libre and place.x0 >= self.jours.x0 and place.x1 <= self.largeur:
                self.crayon.aplat(_coins(Cadre(depart, y - marge / 2, depart + large, cadre.y1)), self.palette.surface)
                self.crayon.ecrire(texte, (depart, y), couleur, police=police)
                poses.append(place.elargi(self.corps * 0.1))
                return


def _coins(cadre: Cadre, *, pointe: bool = False) -> list[tuple[float, float]]:
    """Give the corners of a bar; one that goes on ends in a point."""
    if not pointe:
        return coins(cadre)
    milieu = (cadre.y0 + cadre.y1) / 2
    dos = max(cadre.x0, cadre.x1 - (cadre.y1 - cadre.y0) / 2)
    haut, bas = (dos, cadre.y1), (dos, cadre.y0)
    return [(cadre.x0, cadre.y0), bas, (cadre.x1, milieu), haut, (cadre.x0, cadre.y1)]
