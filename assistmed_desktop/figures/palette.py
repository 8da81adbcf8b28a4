"""The colours of paper and of the two themes, as ``#RRGGBB``.

The four status colours have nearly one luminance: each always goes with its shape and its word.
"""

from dataclasses import dataclass

from assistmed_desktop.rules.resultats import StatutContrat


@dataclass(frozen=True, slots=True)
class Palette:
    """What the figures are drawn with, on a transparent background over ``surface``."""

    surface: str
    texte: str
    secondaire: str
    accent: str
    filet: str
    bande: str
    halo: str
    atteint: str
    en_bonne_voie: str
    en_retard: str
    sous_la_reference: str

    def statut(self, statut: StatutContrat) -> str:
        """Give the colour of a status; those that judge nothing are neutral."""
        couleurs: dict[StatutContrat, str] = {
            "atteint": self.atteint,
            "en_bonne_voie": self.en_bonne_voie,
            "en_retard": self.en_retard,
            "sous_la_reference": self.sous_la_reference,
        }
        return couleurs.get(statut, self.secondaire)


CLAIR = Palette(
    surface="#FFFFFF",
    texte="#1B2430",
    secondaire="#52606D",
    accent="#0A5F75",
    filet="#D3D9E0",
    bande="#EBEEF2",
    halo="#D5E8EC",
    atteint="#1B6E3F",
    en_bonne_voie="#0B5FA5",
    en_retard="#8A4B00",
    sous_la_reference="#A8201A",
)
SOMBRE = Palette(
    surface="#1C2229",
    texte="#E8ECF1",
    secondaire="#A9B4C0",
    accent="#5CBACB",
    filet="#3A444F",
    bande="#29313A",
    halo="#20424B",
    atteint="#63CB8F",
    en_bonne_voie="#74B9F2",
    en_retard="#F0B35C",
    sous_la_reference="#FF938A",
)
PAPIER = CLAIR
