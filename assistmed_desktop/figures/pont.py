"""The bridge of the patientèle, as a cascade: the reference, who came, who left, what nobody explains, the value.

Its counts are totals over the whole interval: small ones, deaths above all, are never drawn finer than they were given.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from assistmed_desktop.figures.echelle import bornes
from assistmed_desktop.figures.figure import Figure, Repere
from assistmed_desktop.figures.marques import feuille
from assistmed_desktop.figures.palette import PAPIER, Palette
from assistmed_desktop.figures.placement import Cadre
from assistmed_desktop.figures.polices import GRAS
from assistmed_desktop.figures.traits import Crayon, coins, hachures
from assistmed_desktop.formats import compte, jour_court, jour_long, nombre

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistmed_desktop.figures.placement import Position
    from assistmed_desktop.rules.mouvements import Pont

Genre = Literal["niveau", "entree", "sortie", "reste"]

CORPS_PAPIER: Final = 7.0
_EPAISSEUR: Final = 0.62
"""The share of its row that a bar takes."""
_TETE: Final = 1.7
_PIED: Final = 1.5
"""The heights of the title and of the axis, in sizes of text."""


@dataclass(frozen=True, slots=True)
class Marche:
    """A step: its name, the counts before and after it; a level starts from the axis."""

    nom: str
    avant: int
    apres: int
    genre: Genre

    @property
    def montant(self) -> str:
        """What the step is worth, with its sign unless it is a level."""
        if self.genre == "niveau":
            return nombre(self.apres)
        return nombre(self.apres - self.avant, signe=True)

    @property
    def texte(self) -> str:
        """The step in words."""
        if self.genre == "niveau":
            return f"{self.nom} : {compte(self.apres, 'patient')}"
        return f"{self.nom} : {self.montant}, soit {compte(self.apres, 'patient')}"


def marches(pont: Pont) -> tuple[Marche, ...]:
    """Give the steps of a bridge, from its reference to the reading; none where the reference is not known."""
    if pont.reference is None or pont.attendu is None:
        return ()
    pas: list[Marche] = [Marche(f"Référence {jour_court(pont.reference_le)}", 0, pont.reference, "niveau")]
    ici = pont.reference
    for nom, ecart, genre in _ecarts(pont):
        pas.append(Marche(nom, ici, ici + ecart, genre))
        ici += ecart
    if pont.valeur is not None and pont.valeur_le is not None:
        pas.append(Marche("Reste inexpliqué", ici, pont.valeur, "reste"))
        pas.append(Marche(f"Relevé {jour_court(pont.valeur_le)}", 0, pont.valeur, "niveau"))
    else:
        pas.append(Marche("Attendu, sans relevé", 0, pont.attendu, "niveau"))
    return tuple(pas)


def _ecarts(pont: Pont) -> Iterator[tuple[str, int, Genre]]:
    yield "Entrées", pont.entrees, "entree"
    yield "Décès", -pont.deces, "sortie"
    yield "Départs", -pont.departs, "sortie"
    yield "Autres sorties", -pont.autres_sorties, "sortie"


def texte_alternatif(pont: Pont) -> str:
    """Say the bridge in a French paragraph, for those who do not see it."""
    if pont.reference is None or pont.attendu is None:
        return "La référence de ce médecin n'est pas connue : ses mouvements ne se comparent à aucun relevé."
    phrases = [
        (
            f"Pont de la patientèle : référence de {compte(pont.reference, 'patient')} le "
            f"{jour_long(pont.reference_le)}, {compte(pont.entrees, 'entrée')}, "
            f"{compte(pont.deces, 'décès', 'décès')}, {compte(pont.departs, 'départ')}, "
            f"{compte(pont.autres_sorties, 'autre sortie', 'autres sorties')} : "
            f"{compte(pont.attendu, 'patient attendu', 'patients attendus')}."
        )
    ]
    if pont.valeur is None or pont.valeur_le is None or pont.reste is None:
        phrases.append("Aucun relevé ne permet de le vérifier.")
    else:
        phrases.append(
            f"Le relevé du {jour_long(pont.valeur_le)} en compte {nombre(pont.valeur)} ; reste inexpliqué : "
            f"{nombre(pont.reste, signe=True)}."
        )
    if pont.incertain and pont.attendu_min is not None and pont.attendu_max is not None:
        phrases.append(
            f"Les périodes à cheval laissent l'attendu entre {nombre(pont.attendu_min)} et {nombre(pont.attendu_max)}."
        )
    return " ".join(phrases)


def figure(
    pont: Pont, largeur: float, hauteur: float, *, palette: Palette = PAPIER, corps: float = CORPS_PAPIER
) -> Figure:
    """Draw a bridge within ``largeur`` by ``hauteur``, one row a step, with a place for each."""
    dessin = feuille(largeur, hauteur)
    pas = marches(pont)
    if not pas:
        return Figure(dessin)
    cascade = _Cascade(Crayon(dessin, corps), pas, largeur, hauteur, palette)
    cascade.dessiner()
    return Figure(dessin, tuple(cascade.reperes()))


class _Cascade:
    """One drawing in the making."""

    def __init__(
        self, crayon: Crayon, pas: tuple[Marche, ...], largeur: float, hauteur: float, palette: Palette
    ) -> None:
        self.crayon, self.pas, self.palette = crayon, pas, palette
        self.largeur, self.hauteur = largeur, hauteur
        corps = crayon.corps
        mini, maxi = min(marche.apres for marche in pas), max(marche.apres for marche in pas)
        self.bas, self.haut, self.cran = bornes(max(0.0, mini - (maxi - mini) * 0.15), float(maxi))
        self.x0 = max(crayon.large(marche.nom) for marche in pas) + corps
        self.x1 = largeur - max(crayon.large(marche.montant, GRAS) for marche in pas) - corps
        self.y0, self.y1 = corps * _PIED, hauteur - corps * _TETE
        self.rang = (self.y1 - self.y0) / len(pas)

    def dessiner(self) -> None:
        crayon, palette, corps = self.crayon, self.palette, self.crayon.corps
        echelle = f"patients, échelle de {nombre(self.bas)} à {nombre(self.haut)}"
        crayon.ecrire(echelle, (0, self.hauteur - corps), palette.secondaire)
        self._axe()
        relais = [
            [(self.x(avant.apres), self._bande(i).y0), (self.x(avant.apres), self._bande(i + 1).y1)]
            for i, (avant, _) in enumerate(pairwise(self.pas))
        ]
        crayon.lignes(relais, palette.secondaire, 0.6)
        for i, marche in enumerate(self.pas):
            bande = self._bande(i)
            base = (bande.y0 + bande.y1) / 2 - corps * 0.35
            crayon.ecrire(marche.nom, (0, base), palette.texte)
            crayon.ecrire(marche.montant, (self.largeur, base), palette.texte, "end", GRAS)
            self._barre(marche, bande)

    def reperes(self) -> Iterator[Repere]:
        for i, marche in enumerate(self.pas):
            bande = self._bande(i)
            yield Repere(self.x(marche.apres), (bande.y0 + bande.y1) / 2, marche.texte)

    def x(self, valeur: float) -> float:
        part = (min(max(valeur, self.bas), self.haut) - self.bas) / (self.haut - self.bas)
        return self.x0 + part * (self.x1 - self.x0)

    def _bande(self, rang: int) -> Cadre:
        """Give the room of a bar, from one side of the plot to the other."""
        haut = self.y1 - rang * self.rang
        marge = self.rang * (1 - _EPAISSEUR) / 2
        return Cadre(self.x0, haut - self.rang + marge, self.x1, haut - marge)

    def _axe(self) -> None:
        corps, palette = self.crayon.corps, self.palette
        valeurs = range(-(-self.bas // self.cran) * self.cran, self.haut + 1, self.cran)
        place = (self.x1 - self.x0) / max(1, len(valeurs) - 1)
        saut = max(1, int(-(-(self.crayon.large(nombre(self.haut)) + corps) // max(place, 1.0))))
        lus = valeurs[::saut]
        self.crayon.lignes([[(self.x(v), self.y0), (self.x(v), self.y1)] for v in lus], palette.filet, 0.6)
        for valeur in lus:
            self.crayon.ecrire(nombre(valeur), (self.x(valeur), corps * 0.35), palette.secondaire, "middle")

    def _barre(self, marche: Marche, bande: Cadre) -> None:
        palette = self.palette
        avant, apres = (self.bas if marche.genre == "niveau" else marche.avant), marche.apres
        cadre = Cadre(self.x(min(avant, apres)), bande.y0, self.x(max(avant, apres)), bande.y1)
        if avant == apres:
            self.crayon.lignes([[(cadre.x0, cadre.y0), (cadre.x0, cadre.y1)]], palette.texte, 1.4)
        elif marche.genre == "niveau":
            self.crayon.aplat(coins(cadre), palette.secondaire)
            if self.bas:
                self._coupure(cadre)
        elif marche.genre == "entree":
            self.crayon.aplat(_fleche(cadre, 1), palette.accent)
        elif marche.genre == "sortie":
            self.crayon.aplat(_fleche(cadre, -1), palette.surface, palette.accent)
        else:
            self.crayon.aplat(coins(cadre), palette.surface, palette.texte)
            self.crayon.lignes(hachures(cadre, self.crayon.corps * 0.45), palette.texte, 0.6)

    def _coupure(self, cadre: Cadre) -> None:
        """Cut a level near the axis, which does not start at zero."""
        corps, haut = self.crayon.corps, cadre.y1 - cadre.y0
        x = cadre.x0 + min(corps * 0.8, (cadre.x1 - cadre.x0) / 2)
        biais, ecart = min(corps * 0.3, haut / 3), corps * 0.35
        self.crayon.aplat(
            [(x, cadre.y0), (x + ecart, cadre.y0), (x + ecart + biais, cadre.y1), (x + biais, cadre.y1)],
            self.palette.surface,
        )


def _fleche(cadre: Cadre, sens: Literal[1, -1]) -> list[Position]:
    """Give the corners of a bar that points to the side where the count goes."""
    pointe = min((cadre.y1 - cadre.y0) / 2, cadre.x1 - cadre.x0)
    dos, bout = (cadre.x0, cadre.x1) if sens > 0 else (cadre.x1, cadre.x0)
    col, milieu = bout - sens * pointe, (cadre.y0 + cadre.y1) / 2
    return [(dos, cadre.y0), (col, cadre.y0), (bout, milieu), (col, cadre.y1), (dos, cadre.y1)]
