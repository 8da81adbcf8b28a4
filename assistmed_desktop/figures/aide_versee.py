"""The aid of each contract year as a bar: what the year brings, what of it was due on the day, what has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistmed_desktop.figures.figure import Figure, Repere
from assistmed_desktop.figures.marques import feuille
from assistmed_desktop.figures.palette import PAPIER, Palette
from assistmed_desktop.figures.placement import Cadre
from assistmed_desktop.figures.polices import GRAS
from assistmed_desktop.figures.traits import Crayon, coins, hachures
from assistmed_desktop.formats import euros

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistmed_desktop.rules.argent import Argent

CORPS_PAPIER: Final = 7.0
_RANG: Final = 2.1
_BARRE: Final = 1.15
_TETE: Final = 1.9
"""The heights of a row, of its bar and of the caption, in sizes of text."""


@dataclass(frozen=True, slots=True)
class BarreAide:
    """One contract year: its amount (``au_plus`` where it is only the most it may be), due on the day, received."""

    annee: int
    montant: int | None
    au_plus: bool
    du: int | None
    recu: int | None

    @property
    def nom(self) -> str:
        """What the bar is called."""
        return f"année {self.annee}"

    @property
    def texte(self) -> str:
        """The bar in words."""
        plus = " au plus" if self.au_plus else ""
        montant = "montant inconnu" if self.montant is None else f"{euros(self.montant)}{plus}"
        du = "dû inconnu" if self.du is None else f"{euros(self.du)} dus"
        recu = "aucun versement saisi" if self.recu is None else f"{euros(self.recu)} reçus"
        return f"{self.nom} : {recu}, {du}, {montant}"

    @property
    def mesure(self) -> str:
        """What is written at the end of the bar."""
        if self.recu is None:
            return "aucun versement saisi"
        return f"{euros(self.recu)} reçus" + ("" if self.du in (None, self.recu) else f" sur {euros(self.du or 0)} dus")

    @property
    def connus(self) -> list[int]:
        """The amounts that the axis must cover."""
        return [montant for montant in (self.montant, self.du, self.recu) if montant is not None]


def barres(argent: Argent) -> tuple[BarreAide, ...]:
    """Give a bar for each year that the contract brings an aid for; none where no amount at all is known."""
    annees = tuple(
        BarreAide(annee.annee, annee.montant_base, annee.base == "maximum", annee.du_le_jour, annee.recu)
        for annee in argent.annees
        if not annee.apres_la_fin
    )
    return annees if any(any(barre.connus) for barre in annees) else ()


def hauteur(valeurs: tuple[BarreAide, ...], corps: float = CORPS_PAPIER) -> float:
    """Give the height that the bars want, text at ``corps``."""
    return corps * (_TETE + _RANG * len(valeurs))


def texte_alternatif(valeurs: tuple[BarreAide, ...]) -> str:
    """Say in a French paragraph what the bars show, for those who do not see them."""
    return f"Aide par année de contrat. {' ; '.join(barre.texte for barre in valeurs)}."


def figure(
    valeurs: tuple[BarreAide, ...],
    largeur: float,
    hauteur: float,
    *,
    palette: Palette = PAPIER,
    corps: float = CORPS_PAPIER,
) -> Figure:
    """Draw a row for each year within ``largeur`` by ``hauteur``, with a place for each."""
    crayon = Crayon(feuille(largeur, hauteur), corps)
    if not valeurs:
        return Figure(crayon.dessin)
    x0 = max(crayon.large(barre.nom) for barre in valeurs) + corps
    x1 = largeur - max(crayon.large(barre.mesure, GRAS) for barre in valeurs) - corps
    echelle = (x1 - x0) / max(max(barre.connus, default=0) for barre in valeurs)
    legende = "plein : reçu · hachuré : dû, non reçu · contour : montant de l’année (en tirets : au plus)"
    crayon.ecrire(legende, (x0, hauteur - corps), palette.secondaire)
    reperes: list[Repere] = []
    for rang, barre in enumerate(valeurs):
        milieu = hauteur - corps * (_TETE + _RANG * (rang + 0.5))
        base = milieu - corps * 0.35
        crayon.ecrire(barre.nom, (0, base), palette.texte)
        crayon.ecrire(barre.mesure, (largeur, base), palette.texte, "end", GRAS)
        bande = Cadre(x0, milieu - corps * _BARRE / 2, x1, milieu + corps * _BARRE / 2)
        reperes += _barre(crayon, barre, bande, echelle, palette)
    return Figure(crayon.dessin, tuple(reperes))


def _barre(crayon: Crayon, barre: BarreAide, bande: Cadre, echelle: float, palette: Palette) -> Iterator[Repere]:
    def jusqu_a(montant: int | None, depuis: int | None = None) -> Cadre:
        return Cadre(bande.x0 + (depuis or 0) * echelle, bande.y0, bande.x0 + (montant or 0) * echelle, bande.y1)

    if barre.recu:
        crayon.aplat(coins(jusqu_a(barre.recu)), palette.accent)
    if barre.du is not None and barre.du > (barre.recu or 0):
        manque = jusqu_a(barre.du, barre.recu)
        crayon.aplat(coins(manque), palette.surface, palette.texte)
        crayon.lignes(hachures(manque, crayon.corps * 0.4), palette.texte, 0.6)
    if barre.montant:
        tirets = (2.0, 1.5) if barre.au_plus else ()
        crayon.aplat(coins(jusqu_a(barre.montant)), None, palette.secondaire, tirets)
    fin = bande.x0 + max(barre.connus, default=0) * echelle
    yield Repere((bande.x0 + fin) / 2, (bande.y0 + bande.y1) / 2, barre.texte)
