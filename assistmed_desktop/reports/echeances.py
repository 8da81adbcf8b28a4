"""The deadlines of the contract."""

from reportlab.platypus import Flowable

from assistmed_desktop.formats import jour_court
from assistmed_desktop.reports.blocs import Titre, ensemble
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.mots import LONGUE_LISTE, Ligne, jour_ou_rien
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau
from assistmed_desktop.rules.resultats import LIBELLES_ETAT


def echeances(matiere: Matiere, references: References) -> list[Flowable]:
    """Give the section on the deadlines."""
    if not matiere.contrat.echeances:
        return []
    lignes: list[Ligne] = []
    for echeance in matiere.contrat.echeances:
        presse = echeance.etat in ("urgente", "depassee")
        etat = LIBELLES_ETAT[echeance.etat]
        lignes.append(
            (
                jour_court(echeance.le),
                francais(echeance.libelle),
                Cellule(etat, gras=presse, discret=echeance.etat == "passee"),
                jour_ou_rien(echeance.fait_le),
                references.renvoi([echeance.source]),
            )
        )
    return ensemble(
        Titre("Échéances"),
        Tableau(
            [
                Colonne("date"),
                Colonne("échéance", 9),
                Colonne("état"),
                Colonne("faite le"),
                Colonne("réf."),
            ],
            lignes,
            serre=len(lignes) > LONGUE_LISTE,
        ),
    )
