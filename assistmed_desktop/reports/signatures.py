"""The place where doctor and caisse sign, kept together."""

from datetime import date

from reportlab.platypus import Flowable, KeepTogether, Paragraph

from assistmed_desktop.formats import jour_long
from assistmed_desktop.reports.contenu import Matiere, nom_du_medecin
from assistmed_desktop.reports.ecriture import balise
from assistmed_desktop.reports.premiere_page import CoteACote
from assistmed_desktop.reports.style import (
    COLONNE,
    CORPS,
    CORPS_SUIVI,
    EPAISSEUR_FILET,
    GOUTTIERE,
    PAS,
    PETIT,
    SECONDAIRE,
    SECTION,
)

_PLACE = 12 * PAS


class _Signataire(Flowable):
    """Who signs, and a line to sign on."""

    def __init__(self, qualite: str, nom: str) -> None:
        super().__init__()
        self._textes = (Paragraph(balise(qualite), PETIT), Paragraph(balise(nom), CORPS))

    def wrap(self, largeur: float, hauteur: float) -> tuple[float, float]:
        self._tailles = [texte.wrap(largeur, hauteur)[1] for texte in self._textes]
        self.width, self.height = largeur, sum(self._tailles) + _PLACE
        return self.width, self.height

    def draw(self) -> None:
        y = self.height
        for texte, haut in zip(self._textes, self._tailles, strict=True):
            y -= haut
            texte.drawOn(self.canv, 0, y)
        self.canv.setStrokeColor(SECONDAIRE)
        self.canv.setLineWidth(EPAISSEUR_FILET)
        self.canv.line(0, PAS, self.width, PAS)


def signatures(matiere: Matiere, emis_le: date | None) -> list[Flowable]:
    """Give the places to sign: every doctor of the contract, and the caisse."""
    places = [_Signataire("Le médecin", nom_du_medecin(medecin)) for medecin in matiere.medecins]
    places.append(_Signataire("Pour la caisse", matiere.dossier.cabinet.cpam or "CPAM"))
    rangs: list[Flowable] = [CoteACote(places[i : i + 2], (COLONNE, COLONNE)[: len(places[i : i + 2])]) for i in range(0, len(places), 2)]
    date_et_lieu = f"Fait le {jour_long(emis_le)}" if emis_le else "Fait à                              le"
    tete = [Paragraph(balise("Signatures"), SECTION), Paragraph(balise(date_et_lieu), CORPS_SUIVI)]
    return [KeepTogether([*tete, *rangs])]


__all__ = ["GOUTTIERE", "signatures"]
