"""The building blocks of a page: rules, columns, headings that stay with what they head."""

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable

from assistmed_desktop.figures.encre import Encre
from assistmed_desktop.figures.marques import pictogramme
from assistmed_desktop.figures.peinture import peindre
from assistmed_desktop.figures.polices import largeur_texte
from assistmed_desktop.reports.balises import ARTEFACT, FIN, Element, artefact, balises_de, texte_de
from assistmed_desktop.reports.ecriture import dit, en_lignes, equilibrer, francais, lisible
from assistmed_desktop.reports.style import (
    COLONNE,
    EPAISSEUR_FILET,
    FILET,
    GOUTTIERE,
    LARGEUR,
    NOTE,
    SECTION,
    SOUS_TITRE,
    Style,
)
from assistmed_desktop.reports.tableau import Tableau, TableauDouble
from assistmed_desktop.rules.resultats import StatutContrat

_INFINI = 1e6


class Vide(Flowable):
    """White space that is kept at the top of a page too."""

    def __init__(self, hauteur: float) -> None:
        super().__init__()
        self._hauteur = hauteur

    def wrap(self, largeur: float, _hauteur: float) -> tuple[float, float]:
        """Take the height asked for."""
        return largeur, self._hauteur

    def draw(self) -> None:
        """Draw nothing."""


class Filet(Flowable):
    """A hairline with space around it."""

    def __init__(self, avant: float, apres: float) -> None:
        super().__init__()
        self._avant, self._apres = avant, apres

    def wrap(self, largeur: float, _hauteur: float) -> tuple[float, float]:
        """Take the whole width."""
        self.width = largeur
        return largeur, self._avant + self._apres

    def draw(self) -> None:
        """Draw the line."""
        encre = Encre(self.canv)
        encre.tracer([(0, self._apres, self.width, self._apres)], EPAISSEUR_FILET, FILET)
        encre.poser(ARTEFACT, FIN)


class Pile(Flowable):
    """Flowables on top of each other, as one that is never split."""

    def __init__(self, parts: Sequence[Flowable], entre: float = 0) -> None:
        super().__init__()
        self._parts, self._entre = parts, entre

    def wrap(self, largeur: float, _hauteur: float) -> tuple[float, float]:
        """Add the heights."""
        self._tailles = [part.wrap(largeur, _INFINI)[1] for part in self._parts]
        self.height = sum(self._tailles) + self._entre * (len(self._parts) - 1)
        return largeur, self.height

    def draw(self) -> None:
        """Draw from the top."""
        y = self.height
        for part, haut in zip(self._parts, self._tailles, strict=True):
            y -= haut
            part.drawOn(self.canv, 0, y)
            y -= self._entre


class CoteACote(Flowable):
    """Flowables side by side, tops aligned, never split."""

    def __init__(self, parts: Sequence[Flowable], largeurs: Sequence[float] = (COLONNE, COLONNE)) -> None:
        super().__init__()
        self._parts, self._largeurs = parts, largeurs

    def wrap(self, largeur: float, _hauteur: float) -> tuple[float, float]:
        """Take the height of the tallest."""
        self._tailles = [p.wrap(place, _INFINI)[1] for p, place in zip(self._parts, self._largeurs, strict=True)]
        self.height = max(self._tailles)
        return largeur, self.height

    def draw(self) -> None:
        """Draw each part from the top."""
        x = 0.0
        for part, largeur, haut in zip(self._parts, self._largeurs, self._tailles, strict=True):
            part.drawOn(self.canv, x, self.height - haut)
            x += largeur + GOUTTIERE


def signet(toile: Canvas, texte: str, niveau: int, haut: float) -> None:
    """Enter a heading into the outline of the file: it leads to the height at which it is drawn."""
    gauche, sommet = toile.absolutePosition(0, haut)
    cle = f"{toile.getPageNumber()}-{gauche:.0f}-{sommet:.0f}-{texte}"
    toile.bookmarkPage(cle, fit="XYZ", left=0, top=sommet, zoom=0)
    toile.addOutlineEntry(texte, cle, niveau)


class Texte(Flowable):
    """A text in a style, broken into lines where it must.

    ``marge`` is written in the indent of the first line; ``equilibre`` gives the lines nearly one length, as a
    headline wants; ``signet`` is its level in the outline of the file.
    """

    def __init__(
        self, texte: str, style: Style, *, marge: str = "", equilibre: bool = False, signet: int | None = None
    ) -> None:
        super().__init__()
        self.style, self._equilibre, self._signet = style, equilibre, signet
        self._tel_quel = texte
        self._texte, self._marge = lisible(texte), lisible(marge)
        self.spaceBefore, self.spaceAfter = style.avant, style.apres

    def wrap(self, largeur: float, _hauteur: float) -> tuple[float, float]:
        """Break the lines."""
        style = self.style
        couper = equilibrer if self._equilibre else en_lignes
        self._lignes = couper(self._texte, style.police, style.corps, largeur - style.retrait)
        self.width, self.height = largeur, len(self._lignes) * style.interligne
        return largeur, self.height

    def draw(self) -> None:
        """Draw the lines from the top."""
        style, encre = self.style, Encre(self.canv)
        if self._signet is not None:
            signet(self.canv, self._texte, self._signet, self.height)
        y = self.height - (style.interligne + style.corps) / 2 + style.corps * 0.14
        balises = balises_de(self.canv)
        if self._marge:
            etiquette, element = balises.point()
            with texte_de(encre, self.canv, etiquette):
                encre.ecrire(f"{self._marge} ", (0, y), style.police, style.corps, style.couleur)
        else:
            element = balises.ajouter(Element(style.genre))
        element.dit = dit(self._tel_quel, self._lignes)
        with texte_de(encre, self.canv, element):
            for rang, ligne in enumerate(self._lignes):
                x = style.retrait
                if style.cote == "droite":
                    x = self.width - largeur_texte(ligne.rstrip(" "), style.police, style.corps)
                encre.ecrire(ligne, (x, y - rang * style.interligne), style.police, style.corps, style.couleur)
        encre.poser()


class AvecForme(Flowable):
    """A text with the shape of a status before its first line."""

    def __init__(self, statut: StatutContrat, texte: Texte) -> None:
        super().__init__()
        self._texte = texte
        self._corps = texte.style.corps
        self._forme = pictogramme(statut, self._corps * 0.8)
        self._retrait = self._corps * 1.25

    def wrap(self, largeur: float, _hauteur: float) -> tuple[float, float]:
        """Leave room for the shape."""
        self.height = self._texte.wrap(largeur - self._retrait, _INFINI)[1]
        return largeur, self.height

    def draw(self) -> None:
        """Draw the shape, then the text."""
        interligne = self._texte.style.interligne
        with artefact(self.canv):  # the words say the status too
            peindre(self._forme, self.canv, 0, self.height - (interligne + self._corps) / 2 + self._corps * 0.16)
        self._texte.drawOn(self.canv, self._retrait, 0)


class Titre(Texte):
    """The heading of a section, also in the outline of the file."""

    def __init__(self, texte: str) -> None:
        super().__init__(francais(texte), SECTION, signet=0)


def sous_titre(texte: str) -> Texte:
    """Give the heading of a table, in the outline under its section."""
    return Texte(francais(texte), SOUS_TITRE, signet=1)


def note(texte: str) -> Texte:
    """Give a remark in small type."""
    return Texte(francais(texte), NOTE)


def ensemble(*parts: Flowable) -> list[Flowable]:
    """Keep headings with the beginning of what they head, the last of the parts."""
    *tetes, corps = parts
    besoin = sum(tete.getSpaceBefore() + tete.wrap(LARGEUR, _INFINI)[1] + tete.getSpaceAfter() for tete in tetes)
    besoin += corps.amorce(LARGEUR) if isinstance(corps, Tableau | TableauDouble) else corps.wrap(LARGEUR, _INFINI)[1]
    return [CondPageBreak(besoin), *parts]
