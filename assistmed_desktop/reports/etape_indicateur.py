"""One indicator of a *bilan d'étape*: what it was, what it is, and the whole life of the contract around it."""

from contextlib import AbstractContextManager
from fractions import Fraction
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.figures.courbe import Courbe, texte_alternatif
from assistmed_desktop.figures.encre import Encre
from assistmed_desktop.figures.graphique import graphique
from assistmed_desktop.figures.marques import pictogramme
from assistmed_desktop.figures.palette import PAPIER
from assistmed_desktop.figures.peinture import peindre
from assistmed_desktop.figures.polices import GRAS, REGULIER, largeur_texte
from assistmed_desktop.formats import INSECABLE, accord, compte, nombre
from assistmed_desktop.reports.balises import ARTEFACT, FIN, Element, Genre, artefact, balises_de, figure, texte_de
from assistmed_desktop.reports.blocs import signet
from assistmed_desktop.reports.style import CHIFFRE_CLE, EPAISSEUR_FILET, FILET, PAS, SECONDAIRE, TEXTE
from assistmed_desktop.rules.evolution import SANS_VALEUR, EvolutionIndicateur
from assistmed_desktop.rules.resultats import LIBELLES_STATUT, EvaluationIndicateur

_NOM, _CLE, _SOURCE, _CHIFFRES = 13.0, 30.0, 24.0, 24.0
_PARTS: Final = (0.13, 0.2, 0.14, 0.26, 0.27)
_CORPS_AVANT: Final = 13.0


class Indicateur(Flowable):
    """Name and status, the counts then and now with their dates and sources, the chart, five figures of the period."""

    CADRE = _NOM + _CLE + _SOURCE + _CHIFFRES + 3 * PAS
    """Its height without the chart."""

    def __init__(
        self, sien: EvolutionIndicateur, evalue: EvaluationIndicateur, courbe: Courbe, hauteur: float, renvoi: str
    ) -> None:
        super().__init__()
        self._sien, self._evalue, self._courbe = sien, evalue, courbe
        self._hauteur_courbe, self._renvoi = hauteur, renvoi

    def wrap(self, largeur: float, _hauteur: float) -> tuple[float, float]:
        """Take the width given, and the height of the chart with what is around it."""
        self.width, self.height = largeur, self.CADRE + self._hauteur_courbe
        return largeur, self.height

    def draw(self) -> None:
        """Draw from the top, in the order in which it is read."""
        toile, y = self.canv, self.height - _NOM
        encre = Encre(toile)
        self._nom(encre, y)
        self._statut(encre, y)
        y -= _CLE
        self._valeurs(encre, y)
        self._provenances(encre, y)
        encre.poser()
        y -= _SOURCE + 2 * PAS + self._hauteur_courbe
        dessin = graphique(self._courbe, self.width, self._hauteur_courbe)
        with figure(toile, texte_alternatif(self._courbe), (self.width, self._hauteur_courbe), (0, y)):
            peindre(dessin, toile, 0, y)
        self._chiffres(y - PAS)

    def _balise(self, encre: Encre, genre: Genre = "P") -> AbstractContextManager[None]:
        return texte_de(encre, self.canv, balises_de(self.canv).ajouter(Element(genre)))

    def _nom(self, encre: Encre, y: float) -> None:
        nom = INDICATEURS[self._sien.indicateur]
        signet(self.canv, nom, 1, y + _NOM)
        with self._balise(encre, "H2"):
            encre.ecrire(nom, (0, y), GRAS, 9.5, TEXTE)
        precision = self._renvoi if self._sien.requis else f"{self._renvoi} pour information".strip()
        if precision:
            with self._balise(encre):
                encre.ecrire(precision, (largeur_texte(nom, GRAS, 9.5) + PAS, y), REGULIER, 7, SECONDAIRE)

    def _statut(self, encre: Encre, y: float) -> None:
        statut = self._evalue.statut_tenu
        mot = LIBELLES_STATUT[statut]
        x = self.width - largeur_texte(mot, GRAS, 8.5)
        with self._balise(encre):
            encre.ecrire(mot, (x, y), GRAS, 8.5, HexColor(PAPIER.statut(statut)))
        with artefact(self.canv):  # the word says it too
            peindre(pictogramme(statut, 7), self.canv, x - 10, y - 0.6)

    def _valeurs(self, encre: Encre, y: float) -> None:
        """Write both counts in a sentence: ``de 1 103 à 1 131 patients``, the one of now the largest."""
        sien, x = self._sien, 0.0
        if sien.apres is None:
            with self._balise(encre):
                encre.ecrire(SANS_VALEUR, (0, y + 4), GRAS, 15, TEXTE)
            return
        mots = [
            (f"{nombre(sien.apres.patients)} ", GRAS, CHIFFRE_CLE, TEXTE),
            (accord(sien.apres.patients, "patient"), REGULIER, 9.5, TEXTE),
        ]
        if sien.gain is not None:
            avant = (
                ("de ", REGULIER, 9.5, SECONDAIRE),
                (f"{nombre(sien.avant.patients)} ", GRAS, _CORPS_AVANT, SECONDAIRE),
                ("à ", REGULIER, 9.5, SECONDAIRE),
            )
            mots = [*avant, *mots]
        with self._balise(encre):
            for mot, police, corps, couleur in mots:
                encre.ecrire(mot, (x, y + 3), police, corps, couleur)
                x += largeur_texte(mot, police, corps)

    def _provenances(self, encre: Encre, y: float) -> None:
        """Say under the counts where each comes from, or why the one of then is not set against the one of now."""
        with self._balise(encre):
            for rang, ligne in enumerate(self._dites()):
                encre.ecrire(ligne, (0, y - 10 * (rang + 1)), REGULIER, 8, SECONDAIRE)

    def _dites(self) -> tuple[str, ...]:
        sien = self._sien
        if sien.apres is None:
            return (f"{compte(sien.avant.patients, 'patient')}{INSECABLE}: {sien.avant.provenance}",)
        avant = sien.motif if sien.motif is not None else f"alors{INSECABLE}: {sien.avant.provenance}"
        finie = ", après la fin du contrat" if sien.apres.date > self._courbe.fin else ""
        return (f"{avant} ", f"maintenant{INSECABLE}: {sien.apres.provenance}{finie}")

    def _chiffres(self, haut: float) -> None:
        sien, evalue = self._sien, self._evalue
        cases = (
            ("gain", _signe(sien.gain)),
            ("gain attendu", _signe(sien.attendu)),
            ("écart", _signe(sien.ecart)),
            ("gagné par mois", _signe(sien.par_mois, 1)),
            ("requis désormais", _signe(evalue.gain_mensuel_requis, 1)),
        )
        encre = Encre(self.canv)
        encre.tracer([(0, haut, self.width, haut)], EPAISSEUR_FILET, FILET)
        x = 0.0
        for (nom, valeur), part in zip(cases, _PARTS, strict=True):
            with self._balise(encre):
                encre.ecrire(f"{nom} ", (x, haut - 10), REGULIER, 7, SECONDAIRE)
                encre.ecrire(valeur, (x, haut - 21.5), GRAS, 9.5, TEXTE)
            x += self.width * part
        encre.poser(ARTEFACT, FIN)


def _signe(valeur: Fraction | int | None, decimales: int = 0) -> str:
    if valeur is None:
        return "–"
    return nombre(valeur, decimales, signe=True) if valeur else "0"
