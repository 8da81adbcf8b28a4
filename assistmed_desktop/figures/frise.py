"""A timeline: lines of bars over the years, milestones above them, the years under them.

The heights come from estimated widths of text, so that asking how high a timeline is loads no font.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, Final, Literal

from assistmed_desktop.figures.echelle import EchelleJours
from assistmed_desktop.figures.figure import Figure, Repere
from assistmed_desktop.figures.placement import Cadre
from assistmed_desktop.formats import INSECABLE, jour_court, jour_long, periode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistmed_desktop.figures.palette import Palette
    from assistmed_desktop.figures.traits import Crayon

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
_ETAGE: Final = 1.9
_BARRE: Final = 1.45
_INTERLIGNE: Final = 1.25
_ENTRE_LIGNES: Final = 0.7
_ETAGE_JALONS: Final = 1.5
_MARGE: Final = 0.35
_LOSANGE: Final = 0.38
_AXE: Final = 1.5
_MOIS_SOUS: Final = 3 * 366
"""Under so many days, the axis says the months."""
_ETIREMENT: Final = 1.3
_MOIS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_RANGS: Final[dict[Genre, int]] = {"contrat": 0, "presence": 0, "suspension": 1, "absence": 2, "manque": 3}
_MOTS: Final[dict[Genre, str]] = {
    "presence": "présence",
    "absence": "absence",
    "manque": "manque",
    "suspension": "suspension",
    "contrat": "contrat",
}


def frise(valeurs: Frise, largeur: float, hauteur: float, palette: Palette, corps: float) -> Figure:
    """Draw a timeline within ``largeur`` by ``hauteur``, text at ``corps``, on a transparent background."""
    from assistmed_desktop.figures.marques import feuille
    from assistmed_desktop.figures.traits import Crayon

    crayon = Crayon(feuille(largeur, hauteur), corps)
    trace = _Trace(valeurs, palette, crayon, largeur, hauteur)
    trace.dessiner()
    return Figure(crayon.dessin, tuple(trace.reperes))


def hauteur_frise(valeurs: Frise, corps: float) -> float:
    """Give the height that a timeline wants, its text at ``corps``."""
    return corps * (_haut_jalons(valeurs) + sum(map(_haut_ligne, _plans(valeurs), valeurs.lignes)) + _bas(valeurs))


def texte_alternatif(valeurs: Frise) -> str:
    """Say in a French paragraph what the timeline shows, for those who do not see it."""
    phrases = [f"Frise du {jour_long(valeurs.debut)} au {jour_long(valeurs.fin)}, vue le {jour_long(valeurs.au)}."]
    for ligne in valeurs.lignes:
        dites = [_dite(barre) for barre in sorted(ligne.barres, key=_ordre)]
        phrases.append(f"{ligne.nom}{INSECABLE}: {f'{INSECABLE}; '.join(dites) or 'rien'}.")
    if valeurs.jalons:
        dits = [f"{j.texte}, le {jour_court(j.jour)}" for j in sorted(valeurs.jalons, key=_jour)]
        phrases.append(f"Jalons{INSECABLE}: {f'{INSECABLE}; '.join(dits)}.")
    return " ".join(phrases)


# Where things go, in sizes of text


def _mot(barre: Barre) -> str:
    return barre.texte or _MOTS[barre.genre]


def _ecrit(barre: Barre) -> str:
    """Give what is written by a bar: a gap is always named."""
    return _mot(barre) if barre.genre == "manque" else barre.texte


def _dite(barre: Barre) -> str:
    """Say a bar with its dates, once."""
    dates = periode(barre.du, barre.au)
    return barre.texte if dates in barre.texte else f"{_mot(barre)} {dates}"


def _ordre(barre: Barre) -> tuple[date, int]:
    return barre.du, _RANGS[barre.genre]


def _jour(jalon: Jalon) -> date:
    return jalon.jour


def _visible(barre: Barre, valeurs: Frise) -> bool:
    return barre.du <= valeurs.fin and (barre.au is None or barre.au >= valeurs.debut)


def _bornes(barre: Barre, jours: EchelleJours) -> tuple[float, float]:
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
    besoin = len(texte) * _LARGEUR_LETTRE + 2 * _MARGE if texte else 0.0
    if x1 - x0 >= besoin:
        return x0, x1
    return (x0, x1 + besoin) if x1 + besoin <= _LARGEUR_SURE else (x0 - besoin, x1)


def _sure(valeurs: Frise) -> EchelleJours:
    return EchelleJours(valeurs.debut, valeurs.fin, 0, _LARGEUR_SURE)


def _plans(valeurs: Frise) -> list[list[tuple[Barre, int]]]:
    """Give each line its bars, each with its floor."""
    jours = _sure(valeurs)
    plans = []
    for ligne in valeurs.lignes:
        barres = [barre for barre in ligne.barres if _visible(barre, valeurs)]
        barres.sort(key=lambda b: (_RANGS[b.genre], b.du))
        etages = _etager(_etendue(*_bornes(barre, jours), _ecrit(barre)) for barre in barres)
        plans.append(list(zip(barres, etages, strict=True)))
    return plans


def _nom(ligne: Ligne) -> list[str]:
    return wrap(ligne.nom, _LETTRES_DU_NOM, break_long_words=False) or [""]


def _haut_ligne(plan: Sequence[tuple[Barre, int]], ligne: Ligne) -> float:
    etages = 1 + max((etage for _, etage in plan), default=0)
    return max(etages * _ETAGE, len(_nom(ligne)) * _INTERLIGNE) + _ENTRE_LIGNES


def _jalons(valeurs: Frise) -> list[tuple[Jalon, int]]:
    """Give the milestones within the timeline, each with its floor, the first one for the day itself."""
    jours = _sure(valeurs)
    jalons = sorted((j for j in valeurs.jalons if jours.contient(j.jour)), key=_jour)
    etendues = []
    for jalon in jalons:
        x = jours.x(jalon.jour)
        etendues.append(_etendue(x - _LOSANGE, x + _LOSANGE, jalon.texte))
    return list(zip(jalons, _etager(etendues), strict=True))


def _haut_jalons(valeurs: Frise) -> float:
    etages = 1 + max((etage for _, etage in _jalons(valeurs)), default=-1)
    return (_contient_le_jour(valeurs) + etages) * _ETAGE_JALONS + _MARGE


def _contient_le_jour(valeurs: Frise) -> bool:
    return valeurs.debut <= valeurs.au <= valeurs.fin


def _en_mois(valeurs: Frise) -> bool:
    return (valeurs.fin - valeurs.debut).days < _MOIS_SOUS


def _bas(valeurs: Frise) -> float:
    return _AXE * (2 if _en_mois(valeurs) else 1) + _MARGE


class _Trace:
    """One timeline in the making."""

    def __init__(self, valeurs: Frise, palette: Palette, crayon: Crayon, largeur: float, hauteur: float) -> None:
        self.valeurs, self.palette, self.crayon, self.corps = valeurs, palette, crayon, crayon.corps
        self.largeur, self.hauteur = largeur, hauteur
        self.plans = _plans(valeurs)
        self.reperes: list[Repere] = []
        noms = [mot for ligne in valeurs.lignes for mot in _nom(ligne)]
        marge = max((crayon.large(nom) for nom in noms), default=0.0) + self.corps * 0.8
        self.jours = EchelleJours(valeurs.debut, valeurs.fin, marge, largeur - self.corps * 0.8)
        fixe = self.corps * (_haut_jalons(valeurs) + _bas(valeurs))
        voulu = hauteur_frise(valeurs, self.corps) - fixe
        self.etirement = min(_ETIREMENT, max(0.1, hauteur - fixe) / voulu) if voulu else 1.0
        self.y1 = hauteur - self.corps * _haut_jalons(valeurs)
        self.y0 = self.y1 - voulu * self.etirement

    def dessiner(self) -> None:
        self._axe()
        self._suspensions()
        if _contient_le_jour(self.valeurs):
            self._aujourd_hui()
        jalons = self._jalons()
        y = self.y1
        for ligne, plan in zip(self.valeurs.lignes, self.plans, strict=True):
            haut = _haut_ligne(plan, ligne) * self.corps * self.etirement
            self._ligne(ligne, plan, y)
            y -= haut
        self.reperes += jalons

    # The axis

    def _axe(self) -> None:
        x0, x1, y0 = self.jours.x0, self.jours.x1, self.y0
        self.crayon.lignes([[(x0, y0), (x1, y0)]], self.palette.secondaire)
        rangees = [self._mois(), self._annees()] if _en_mois(self.valeurs) else [self._annees()]
        for rang, cases in enumerate(rangees):
            y = y0 - self.corps * _AXE * (rang + 1)
            crans = [self.jours.x(jour) for jour, _, _ in cases if jour > self.valeurs.debut]
            pied = y0 - self.corps * (0.4 if rang == 0 and len(rangees) > 1 else _AXE * (rang + 1))
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
        for jalon, etage in _jalons(self.valeurs):
            x, rayon = self.jours.x(jalon.jour), self.corps * _LOSANGE
            rang = etage + _contient_le_jour(self.valeurs)
            y = self.hauteur - self.corps * (_ETAGE_JALONS * rang + 0.65)
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
            haut = _haut_ligne(plan, ligne) * self.corps * self.etirement
            for barre, _ in plan:
                if barre.genre == "suspension":
                    self.crayon.aplat(_coins(self._cadre(barre, y - haut, y)), self.palette.bande)
            y -= haut

    def _cadre(self, barre: Barre, y0: float, y1: float) -> Cadre:
        a, b = _bornes(barre, self.jours)
        manque = max(0.0, self.corps * 0.3 - (b - a))
        b += manque
        trop = max(0.0, b - self.jours.x1)
        return Cadre(a - trop, y0, b - trop, y1)

    def _ligne(self, ligne: Ligne, plan: Sequence[tuple[Barre, int]], y: float) -> None:
        self.crayon.lignes([[(0, y), (self.jours.x1, y)]], self.palette.filet)
        pas = self.corps * self.etirement
        haut_barre = self.corps * _BARRE * min(1.0, self.etirement)
        premier = y - (_ENTRE_LIGNES / 2 + _ETAGE / 2) * pas
        for rang, mot in enumerate(_nom(ligne)):
            ici = (0, premier - self.corps * 0.35 - rang * _INTERLIGNE * self.corps)
            self.crayon.ecrire(mot, ici, self.palette.texte)
        cadres = []
        for barre, etage in plan:
            milieu = premier - etage * _ETAGE * pas
            cadres.append(self._cadre(barre, milieu - haut_barre / 2, milieu + haut_barre / 2))
        poses = list(cadres)
        for (barre, _), cadre in zip(plan, cadres, strict=True):
            self._barre(barre, cadre)
            self._texte(barre, cadre, poses)
        for (barre, _), cadre in sorted(zip(plan, cadres, strict=True), key=lambda p: p[0][0].du):
            texte = f"{ligne.nom}{INSECABLE}: {_dite(barre)}"
            self.reperes.append(Repere((cadre.x0 + cadre.x1) / 2, (cadre.y0 + cadre.y1) / 2, texte))

    def _barre(self, barre: Barre, cadre: Cadre) -> None:
        from assistmed_desktop.figures.traits import hachures

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
        from assistmed_desktop.figures.polices import GRAS, REGULIER

        texte, manque = _ecrit(barre), barre.genre == "manque"
        police = GRAS if manque else REGULIER
        if not texte:
            return
        large, marge = self.crayon.large(texte, police), self.corps * _MARGE
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
        return [(cadre.x0, cadre.y0), (cadre.x1, cadre.y0), (cadre.x1, cadre.y1), (cadre.x0, cadre.y1)]
    milieu = (cadre.y0 + cadre.y1) / 2
    dos = max(cadre.x0, cadre.x1 - (cadre.y1 - cadre.y0) / 2)
    haut, bas = (dos, cadre.y1), (dos, cadre.y0)
    return [(cadre.x0, cadre.y0), bas, (cadre.x1, milieu), haut, (cadre.x0, cadre.y1)]
