"""The contract year by year: both indicators at the end of each year, then the post and its aid."""

from reportlab.platypus import Flowable

from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.formats import compte, jour_court, nombre
from assistmed_desktop.reports.aide import euros_ou_rien, montant
from assistmed_desktop.reports.blocs import Titre, ensemble, note, sous_titre
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.mots import RIEN, Ligne, compte_ou_rien
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau
from assistmed_desktop.rules.annees import AnneeDeContrat


def annees(matiere: Matiere, references: References) -> list[Flowable]:
    """Give what each year of the contract that has begun gave."""
    titre = Titre("Année par année")
    if not matiere.annees:
        return ensemble(titre, note("Le contrat n'a pas commencé : aucune année à dire."))
    return [
        *ensemble(titre, note(_remarque(matiere)), sous_titre("Les deux indicateurs"), _indicateurs(matiere)),
        *ensemble(sous_titre("Le poste et l'aide"), _poste_et_aide(matiere, references)),
    ]


def _remarque(matiere: Matiere) -> str:
    dits = [
        "Le compte est celui qui valait le dernier jour de l'année de contrat, avec la date de son relevé.",
        "Le gain est compté depuis la fin de l'année précédente, le premier depuis la référence.",
        "L'attendu est celui du jour du relevé.",
    ]
    derniere = matiere.annees[-1]
    if not derniere.finie:
        dits.append(
            f"L'année {derniere.annee} n'est pas finie : elle est dite à ce jour, le {jour_court(derniere.au)}."
        )
    reste = matiere.contrat.contrat.duree_ans - len(matiere.annees)
    if reste and matiere.au <= matiere.contrat.fin_le:
        dits.append(f"{compte(reste, 'année')} à venir.")
    return " ".join(dits)


def _nom(annee: AnneeDeContrat) -> str:
    return f"{annee.annee}" if annee.finie else f"{annee.annee}, à ce jour"


def _indicateurs(matiere: Matiere) -> Tableau:
    lignes: list[Ligne] = []
    for indicateur in matiere.contrat.indicateurs:
        cle = indicateur.indicateur
        objectif = "inconnu" if indicateur.objectif is None else nombre(indicateur.objectif)
        chapeau = f"{INDICATEURS[cle]} : référence {nombre(indicateur.reference)}, objectif {objectif}"
        lignes.append((Cellule(chapeau, chapeau=True), *[""] * 7))
        for annee in matiere.annees:
            fin = annee.indicateurs[cle]
            point = fin.point
            ecart = None if point is None or fin.attendu is None else point.valeur - fin.attendu
            lignes.append(
                (
                    _nom(annee),
                    jour_court(annee.au),
                    "inconnu" if point is None else nombre(point.valeur),
                    RIEN if point is None else jour_court(point.date),
                    RIEN if point is None else SOURCES[point.source],
                    compte_ou_rien(fin.gain, signe=True),
                    compte_ou_rien(fin.attendu),
                    compte_ou_rien(ecart, signe=True),
                )
            )
    return Tableau(
        [
            Colonne("année"),
            Colonne("au"),
            Colonne("patients", 2, "droite"),
            Colonne("relevé du"),
            Colonne("source", 3),
            Colonne("gain de l’année", 2.4, "droite"),
            Colonne("attendu", 2, "droite"),
            Colonne("écart", 1.6, "droite"),
        ],
        lignes,
    )


def _poste_et_aide(matiere: Matiere, references: References) -> Tableau:
    aides = {annee.annee: annee for annee in matiere.contrat.aide}
    lignes: list[Ligne] = []
    for annee in matiere.annees:
        aide = aides.get(annee.annee)
        lignes.append(
            (
                _nom(annee),
                jour_court(annee.du),
                f"{nombre(annee.jours_pourvus)} sur {nombre(annee.jours_requis)}" if annee.jours_requis else RIEN,
                nombre(annee.jours_suspendus) if annee.jours_suspendus else RIEN,
                RIEN if aide is None else montant(aide),
                RIEN if aide is None else euros_ou_rien(matiere.recu(aide)),
                "" if aide is None else references.renvoi(aide.explication.sources),
                references.numero(f"aide.{annee.annee}"),
            )
        )
    return Tableau(
        [
            Colonne("année"),
            Colonne("depuis le"),
            Colonne("jours ouvrés pourvus", 2.4),
            Colonne("jours suspendus", 2, "droite"),
            Colonne("aide prévue", 3, "droite"),
            Colonne("reçue", 2, "droite"),
            Colonne("réf."),
            Colonne("calcul", cote="droite"),
        ],
        lignes,
    )
