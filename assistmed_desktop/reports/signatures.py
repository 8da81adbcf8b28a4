"""The place where doctor and caisse sign, kept together."""

from reportlab.platypus import Flowable, KeepTogether

from assistmed_desktop.figures.encre import Encre
from assistmed_desktop.reports.balises import ARTEFACT, FIN
from assistmed_desktop.reports.blocs import CoteACote, Texte, Titre, Vide, ensemble
from assistmed_desktop.reports.contenu import Matiere, nom_du_medecin
from assistmed_desktop.reports.style import COLONNE, CORPS, EPAISSEUR_FILET, PAS, PETIT, SECONDAIRE

_PLACE = 13 * PAS
_PAR_RANG = 2
_COURTE = 4
"""The parts of a section, heading and all, that is not worth a break."""
_LIEU = "date et signature"


class _Signataire(Flowable):
    """Who signs, and a line to sign on."""

    def __init__(self, qualite: str, nom: str, lieu: str) -> None:
        super().__init__()
        textes = ((qualite, PETIT), (nom, CORPS), (lieu, PETIT))
        self._textes = [Texte(texte, style) for texte, style in textes]

    def wrap(self, largeur: float, hauteur: float) -> tuple[float, float]:
        self._tailles = [texte.wrap(largeur, hauteur)[1] for texte in self._textes]
        self.width, self.height = largeur, sum(self._tailles) + _PLACE
        return self.width, self.height

    def draw(self) -> None:
        y = self.height
        for texte, haut in zip(self._textes, self._tailles, strict=True):
            y -= haut
            texte.drawOn(self.canv, 0, y)
        encre = Encre(self.canv)
        encre.tracer([(0, 2 * PAS, self.width, 2 * PAS)], EPAISSEUR_FILET, SECONDAIRE)
        encre.poser(ARTEFACT, FIN)


def signatures(matiere: Matiere, avant: list[Flowable]) -> list[Flowable]:
    """Give the places to sign: the doctors bound by the contract on the day, then the caisse.

    ``avant`` is the section they follow: few signatures take its end along, and never stand alone on the last page.
    """
    places = [_Signataire("Le médecin", nom_du_medecin(medecin), _LIEU) for medecin in matiere.adherents]
    places.append(_Signataire("Pour la caisse", matiere.dossier.cabinet.cpam or "CPAM", _LIEU))
    rangs = [places[i : i + _PAR_RANG] for i in range(0, len(places), _PAR_RANG)]
    lignes = [CoteACote(rang, (COLONNE,) * len(rang)) for rang in rangs]
    # Few signatures stay on one page with their heading; a group's may run over, each row whole.
    tete = ensemble(Titre("Signatures"), Vide(0), lignes[0])
    if len(lignes) <= _PAR_RANG:
        reste = avant[:-1] if len(avant) > _COURTE else []
        return [*reste, KeepTogether([*(avant[-1:] if reste else avant[1:]), *tete[1:], *lignes[1:]])]
    return [*avant, *tete, *lignes[1:]]
