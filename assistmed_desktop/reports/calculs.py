"""How each figure is reached: the calculations that a document refers to, spelt out under their numbers."""

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.platypus import Flowable

from assistmed_desktop.reports.blocs import Titre, ensemble, note, sous_titre
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.mots import Ligne
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau
from assistmed_desktop.rules.resultats import Explication

Calculs = dict[str, Explication]

_GROUPES: Final = (
    ("Les indicateurs", ("patientele_mt", "file_active", "evaluation_le", "mouvements")),
    ("Le poste et les missions", ("presence", "taches", "temps_libere")),
    ("L’aide", ("aide", "argent")),
    ("La fin et la suite", ("fin", "suite")),
)
"""The headings under which calculations stand, by the first word of their keys."""


def calculs_du_bilan(matiere: Matiere) -> Calculs:
    """Give the calculations behind a review: indicators, post, tasks, aid."""
    return dict(_du_bilan(matiere))


def calculs_du_renouvellement(matiere: Matiere) -> Calculs:
    """Give those of a review, then those of the end and of what follows."""
    fin, suivant = matiere.analyse.fin.chiffres, matiere.analyse.renouvellement.chiffres
    return {
        **dict(_du_bilan(matiere)),
        **{f"fin.{cle}": explication for cle, explication in fin.items() if cle != "jours_restants"},
        **{f"suite.{cle}": explication for cle, explication in suivant.items() if not cle.endswith(".ancien")},
    }


def _du_bilan(matiere: Matiere) -> Iterator[tuple[str, Explication]]:
    contrat, analyse = matiere.contrat, matiere.analyse
    for indicateur in matiere.juge.indicateurs:
        cle = indicateur.indicateur
        yield cle, indicateur.explication
        if indicateur.gain_mensuel_realise is not None:
            yield f"{cle}.realise", matiere.chiffres[f"{cle}.gain_mensuel_realise"]
        if f"{cle}.projection" in matiere.chiffres:
            yield f"{cle}.projection", matiere.chiffres[f"{cle}.projection"]
    yield "evaluation_le", matiere.chiffres["evaluation_le"]
    if "ensemble" in analyse.mouvements.chiffres:
        yield "mouvements", analyse.mouvements.chiffres["ensemble"]
    if analyse.presence.jours_ouvres_requis:
        yield "presence", analyse.presence.chiffres["totaux"]
    taches = analyse.taches.chiffres
    if analyse.taches.du_jour is not None and analyse.taches.du_jour.taches:
        yield "taches", taches["du_jour"]
    if analyse.taches.minutes_liberees is not None:
        yield "temps_libere", taches["temps_libere"]
    for annee in contrat.aide:
        yield f"aide.{annee.annee}", annee.explication
    if contrat.aide:
        yield "argent", analyse.argent.chiffres["totaux"]


def calculs(references: References) -> list[Flowable]:
    """Give every calculation that the document refers to."""
    groupes: dict[str, list[str]] = {nom: [] for nom, _ in _GROUPES}
    for cle in references.calculs:
        nom = next(nom for nom, debuts in _GROUPES if cle.split(".", 1)[0] in debuts)
        groupes[nom].append(cle)
    histoire: list[Flowable] = []
    for nom, cles in groupes.items():
        if cles:
            tetes = [] if histoire else [Titre("Calculs"), note("Chaque chiffre y est refait, étape par étape.")]
            histoire += ensemble(*tetes, sous_titre(nom), _etapes(references, cles))
    return histoire


def _etapes(references: References, cles: Sequence[str]) -> Tableau:
    """Give the steps of calculations as one table, under the number and title of each."""
    lignes: list[Ligne] = []
    for cle in cles:
        explication = references.calculs[cle]
        titre = f"{references.calcul(cle)} · {explication.titre} {references.renvoi(explication.sources)}"
        lignes.append((Cellule(francais(titre[0].upper() + titre[1:]), chapeau=True), "", ""))
        lignes += [
            (francais(etape.libelle), Cellule(francais(etape.calcul), discret=True), francais(etape.resultat))
            for etape in explication.etapes
        ]
    return Tableau([Colonne("étape", 5), Colonne("calcul", 8), Colonne("résultat", 4, "droite")], lignes, serre=True)
