"""How doctors and contracts are called on screen."""

from datetime import date

from assistmed_desktop.domain.libelles import TEXTES
from assistmed_desktop.formats import etp, periode
from assistmed_desktop.services.noms import Contrat, medecins_du_contrat, nom_contrat, nom_medecin

__all__ = ["Contrat", "medecins_du_contrat", "nature_contrat", "nom_contrat", "nom_medecin"]


def nature_contrat(contrat: Contrat, au: date, fin_le: date) -> str:
    """Write ``Avenant n° 7 · 1/2 ETP · du 15/03/2022 au 14/03/2027``."""
    texte = TEXTES[contrat.texte]
    return " · ".join((texte[:1].upper() + texte[1:], etp(contrat.option_au(au)), periode(contrat.debut_le, fin_le)))
