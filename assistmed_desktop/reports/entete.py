"""The head of a short document: what it is, for whom, under which contract, in a few lines however long the names."""

from itertools import accumulate
from typing import Final

from reportlab.platypus import Flowable

from assistmed_desktop.domain.libelles import ROLES, TEXTES
from assistmed_desktop.formats import compte, enumeration, etp, jour_court, jour_long, periode
from assistmed_desktop.reports.ajustement import TexteCourt
from assistmed_desktop.reports.blocs import CoteACote, Filet, Pile, Texte, Vide
from assistmed_desktop.reports.contenu import Matiere, nom_du_medecin
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.style import IDENTITE, PAS, PETIT, REPERE, SURTITRE, TITRE
from assistmed_desktop.services.rapports import genre_de

_LETTRES_DES_NOMS: Final = 80
_OPTIONS: Final = {"1/3": ROLES["tiers_temps"], "1/2": ROLES["mi_temps"], "1": ROLES["temps_plein"]}


def entete(matiere: Matiere, titre: str, phrase: str = "") -> list[Flowable]:
    """Give the head: kind and day, title, a sentence under it, then the doctors and their contract side by side."""
    contrat, cabinet = matiere.contrat.contrat, matiere.dossier.cabinet
    option = contrat.option_au(matiere.au)
    texte = TEXTES[contrat.texte]
    termes = (
        f"{texte[:1].upper()}{texte[1:]}",
        _OPTIONS.get(str(option), etp(option)),
        periode(contrat.debut_le, matiere.contrat.fin_le),
    )
    gauche = [
        TexteCourt(_medecins(matiere), IDENTITE, 3),
        TexteCourt(", ".join(partie for partie in (cabinet.nom, cabinet.commune) if partie), PETIT, 2),
    ]
    droite = [
        TexteCourt(cabinet.cpam or "CPAM non renseignée", IDENTITE, 2),
        TexteCourt(francais(" · ".join(termes)), PETIT, 2),
        Texte(f"objectif évalué le {jour_court(matiere.contrat.evaluation_le)}", PETIT),
    ]
    return [
        CoteACote(
            [
                Texte(genre_de(matiere.genre).nom.upper(), SURTITRE),
                Texte(f"situation au {jour_long(matiere.au)}", REPERE),
            ]
        ),
        Texte(francais(titre), TITRE, signet=0),
        *([TexteCourt(francais(phrase), PETIT, 2)] if phrase else []),
        Vide(1.5 * PAS),
        CoteACote([Pile(gauche), Pile(droite)]),
        Filet(1.5 * PAS, 2 * PAS),
    ]


def _medecins(matiere: Matiere) -> str:
    """Name the doctors of the day: as many as have room, and how many others."""
    noms = [nom_du_medecin(medecin) for medecin in matiere.adherents]
    tiennent = max(1, sum(longueur <= _LETTRES_DES_NOMS for longueur in accumulate(map(len, noms))))
    if autres := len(noms[tiennent:]):
        noms = [*noms[:tiennent], compte(autres, "autre médecin", "autres médecins")]
    return enumeration(noms)
