"""One indicator on page 1: its name and status, key figure, progress, chart, and the figures that judge it."""

from contextlib import AbstractContextManager
from fractions import Fraction

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.figures.courbe import courbe, texte_alternatif
from assistmed_desktop.figures.encre import Encre
from assistmed_desktop.figures.graphique import graphique
from assistmed_desktop.figures.jauge import jauge
from assistmed_desktop.figures.marques import pictogramme
from assistmed_desktop.figures.palette import PAPIER
from assistmed_desktop.figures.peinture import peindre
from assistmed_desktop.figures.polices import GRAS, REGULIER, largeur_texte
from assistmed_desktop.formats import jour_court, nombre, pourcent
from assistmed_desktop.reports.balises import ARTEFACT, FIN, Element, Genre, artefact, balises_de, figure, texte_de
from assistmed_desktop.reports.blocs import Texte, signet
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.style import (
    CHIFFRE_CLE,
    CORPS,
    CORPS_TABLE,
    CORPS_TETE,
    EPAISSEUR_FILET,
    FILET,
    MINUSCULE,
    PAS,
    PETIT,
    SECONDAIRE,
    TEXTE,
    VERDICT,
    Style,
)
from assistmed_desktop.rules.resultats import LIBELLES_STATUT, EvaluationContrat, EvaluationIndicateur

_PLURIEL = 2
_PRECISION = 11.0
_LECTURE = Style(MINUSCULE, 9.5, couleur=SECONDAIRE)


class BlocIndicateur(Flowable):
    """One indicator: its name and status, key figure, its date and source, progress, chart, five figures."""

    _NOM, _CLE, _SOURCE, _CHIFFRES = 13.0, 30.0, 12.0, 35.0
    CADRE = _NOM + _CLE + _SOURCE + _CHIFFRES + 3 * PAS
    """Its height without the chart."""

    def __init__(
        self, matiere: Matiere, references: References, indicateur: EvaluationIndicateur, hauteur_courbe: float
    ) -> None:
        super().__init__()
        self._renvoi = _renvoi(references, indicateur)
        self._indicateur = indicateur
        self._precision = precision(matiere)
        self._manque = _ce_qui_manque(matiere, indicateur)
        self._hauteur_courbe = hauteur_courbe
        self._courbe = courbe(matiere.juge, indicateur.indicateur)

    def wrap(self, largeur: float, _hauteur: float) -> tuple[float, float]:
        """Take the width, and the height that the chart was given."""
        self.width, self.height = largeur, self.CADRE + self._precision + self._hauteur_courbe
        return largeur, self.height

    def draw(self) -> None:
        """Draw from the top, in the order in which it is read."""
        toile, y = self.canv, self.height - self._NOM
        encre = Encre(toile)
        self._nom(encre, y)
        self._statut(encre, y)
        y -= self._CLE + self._precision
        self._chiffre_cle(encre, y)
        y -= self._SOURCE
        with self._balise(encre):
            encre.ecrire(self._provenance(), (0, y), REGULIER, PETIT.corps, SECONDAIRE)
        self._progression(encre, y)
        encre.poser()
        y -= 2 * PAS + self._hauteur_courbe
        dessin = graphique(self._courbe, self.width, self._hauteur_courbe)
        with figure(toile, texte_alternatif(self._courbe), (self.width, self._hauteur_courbe), (0, y)):
            peindre(dessin, toile, 0, y)
        self._chiffres(y - PAS)

    def _balise(self, encre: Encre, genre: Genre = "P") -> AbstractContextManager[None]:
        return texte_de(encre, self.canv, balises_de(self.canv).ajouter(Element(genre)))

    def _nom(self, encre: Encre, y: float) -> None:
        nom = INDICATEURS[self._indicateur.indicateur]
        signet(self.canv, nom, 1, y + self._NOM)
        with self._balise(encre, "H2"):
            encre.ecrire(nom, (0, y), GRAS, CORPS.corps, TEXTE)
        if not self._indicateur.requis:
            with self._balise(encre):
                dit = "pour information, sans compter pour ce contrat"
                encre.ecrire(dit, (0, y - _PRECISION), REGULIER, PETIT.corps, SECONDAIRE)

    def _statut(self, encre: Encre, y: float) -> None:
        statut = self._indicateur.statut_tenu
        mot = LIBELLES_STATUT[statut]
        x = self.width - largeur_texte(mot, GRAS, CORPS_TABLE)
        with self._balise(encre):
            encre.ecrire(mot, (x, y), GRAS, CORPS_TABLE, HexColor(PAPIER.statut(statut)))
        with artefact(self.canv):  # the word says it too
            peindre(pictogramme(statut, 7), self.canv, x - 10, y - 0.6)

    def _chiffre_cle(self, encre: Encre, y: float) -> None:
        valeur = self._indicateur.valeur
        with self._balise(encre):
            if valeur is None:
                encre.ecrire("valeur inconnue", (0, y + 4), GRAS, VERDICT.corps, TEXTE)
                return
            chiffre = f"{nombre(valeur)} "
            encre.ecrire(chiffre, (0, y + 3), GRAS, CHIFFRE_CLE, TEXTE)
            x = largeur_texte(chiffre, GRAS, CHIFFRE_CLE)
            encre.ecrire("patient" if valeur < _PLURIEL else "patients", (x, y + 3), REGULIER, CORPS.corps, TEXTE)

    def _provenance(self) -> str:
        indicateur = self._indicateur
        if indicateur.date is None or indicateur.source is None:
            return self._manque
        return f"{SOURCES[indicateur.source]}, {jour_court(indicateur.date)}"

    def _progression(self, encre: Encre, y: float) -> None:
        """Draw the bar from reference to target under the status, and say its share."""
        taux = self._indicateur.taux_atteinte
        if taux is None:
            return
        largeur = self.width * 0.4
        with artefact(self.canv):  # the share is said under it
            peindre(jauge(self._indicateur, largeur, 7), self.canv, self.width - largeur, y + 11.5)
        dessous = self._indicateur.reference - (self._indicateur.valeur or 0)
        dit = f"{pourcent(taux)} du gain prévu" if taux >= 0 else f"{nombre(dessous)} sous la référence"
        with self._balise(encre):
            encre.ecrire(
                dit, (self.width - largeur_texte(dit, REGULIER, PETIT.corps), y), REGULIER, PETIT.corps, SECONDAIRE
            )

    def _chiffres(self, haut: float) -> None:
        i = self._indicateur
        cases = (
            ("référence", nombre(i.reference)),
            ("attendu", "–" if i.attendu is None else nombre(i.attendu)),
            ("objectif", "inconnu" if i.objectif is None else nombre(i.objectif)),
            ("requis par mois", _gain(i.gain_mensuel_requis)),
            ("réalisé par mois", _gain(i.gain_mensuel_realise)),
        )
        encre = Encre(self.canv)
        encre.tracer([(0, haut, self.width, haut)], EPAISSEUR_FILET, FILET)
        x = 0.0
        for (nom, valeur), part in zip(cases, (0.17, 0.17, 0.18, 0.24, 0.24), strict=True):
            with self._balise(encre):
                encre.ecrire(f"{nom} ", (x, haut - 10), REGULIER, CORPS_TETE, SECONDAIRE)
                encre.ecrire(valeur, (x, haut - 21.5), GRAS, CORPS.corps, TEXTE)
            x += self.width * part
        if self._renvoi:
            with self._balise(encre):
                encre.ecrire(self._renvoi, (0, haut - 33), REGULIER, CORPS_TETE, SECONDAIRE)
        encre.poser(ARTEFACT, FIN)


def lecture_des_rythmes(contrat: EvaluationContrat, premier: str) -> Texte:
    """Tell the pace of the figures, as ``premier`` says it, from that of the forecast, where there is one."""
    prevu = any(indicateur.projection is not None for indicateur in contrat.indicateurs)
    second = "« À ce rythme » et « prévu » : la tendance de tous les relevés, non le dernier seul."
    return Texte(francais(f"{premier} {second}" if prevu else premier), _LECTURE)


def precision(matiere: Matiere) -> float:
    """Give the height of the line that says of an indicator that it does not count, when there is one."""
    return 0.0 if all(indicateur.requis for indicateur in matiere.juge.indicateurs) else _PRECISION


def _renvoi(references: References, indicateur: EvaluationIndicateur) -> str:
    """Say where the figures are worked out, and which rule they rest on, to be checked or not."""
    cle = indicateur.indicateur
    calculs = references.calculs_de(cle, f"{cle}.realise", f"{cle}.projection")
    sources = indicateur.explication.sources
    douteux = " à vérifier" if any(source.a_verifier for source in sources) else ""
    regle = f"règle {references.renvoi(sources)}{douteux}" if sources else ""
    return francais(" · ".join(partie for partie in (calculs, regle) if partie))


def _ce_qui_manque(matiere: Matiere, indicateur: EvaluationIndicateur) -> str:
    """Say why an indicator without a value has none."""
    if all(getattr(releve, indicateur.indicateur) is None for releve in matiere.releves):
        return "aucun relevé depuis le début du contrat"
    if matiere.collectif:
        return "il manque le relevé d’un médecin"
    return "des estimations seulement"


def _gain(gain: Fraction | None) -> str:
    if gain is None:
        return "–"
    return nombre(gain, 1, signe=True) if gain else "0"
