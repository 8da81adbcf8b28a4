"""The contract beside the published figures, where there is something to compare."""

from reportlab.platypus import Flowable

from assistmed_desktop.reports.blocs import Titre, ensemble, note
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.mots import Ligne
from assistmed_desktop.reports.tableau import Colonne, Tableau
from assistmed_desktop.rules.comparaison import PRUDENCE


def comparaison(matiere: Matiere) -> list[Flowable]:
    """Give the published figures that the contract can be set beside, each with its author, date and grade."""
    lignes: list[Ligne] = [
        (
            francais(ligne.repere.libelle),
            ligne.publie,
            ligne.du_cabinet,
            francais(f"{ligne.publication.auteur}, {ligne.publication.quand_en_lettres}"),
            ligne.publication.grade,
        )
        for ligne in matiere.analyse.comparaison.lignes
        if ligne.du_cabinet is not None
    ]
    if not lignes:
        return []
    colonnes = [
        Colonne("chiffre", 5),
        Colonne("publié", 2.2),
        Colonne("ce contrat", 2.2),
        Colonne("source", 4),
        Colonne("degré"),
    ]
    remarque = note(f"Chiffres de tout le pays, {PRUDENCE}.")
    return ensemble(Titre("À côté des chiffres publiés"), remarque, Tableau(colonnes, lignes))
