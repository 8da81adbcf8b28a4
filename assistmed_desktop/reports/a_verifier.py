"""What is not sure: findings, rules that no official text confirms, conditions, barèmes that the user added."""

from reportlab.platypus import Flowable

from assistmed_desktop.formats import jour_court
from assistmed_desktop.reports.blocs import Titre, ensemble, note, sous_titre
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.mots import Ligne
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau
from assistmed_desktop.rules.resultats import NON_PUBLIE

_GRADES = {
    "A": "texte légal",
    "B": "page d'ameli.fr ou organisme officiel",
    "C": "source secondaire",
    "D": "déduit par le calcul",
    "X": "non publié",
}


def a_verifier(matiere: Matiere, references: References) -> list[Flowable]:
    """Give what is not sure: findings, doubtful rules, conditions, barèmes that the user added."""
    contrat = matiere.contrat
    blocs: list[tuple[str, Tableau]] = []
    if avertissements := (*contrat.avertissements, *matiere.a_verifier):
        constats: list[Ligne] = [
            ("à vérifier" if a.niveau == "attention" else "à savoir", francais(a.message)) for a in avertissements
        ]
        blocs.append(("Constats", Tableau([Colonne(""), Colonne("constat", 1)], constats)))
    if douteux := _regles_douteuses(matiere, references):
        colonnes = [Colonne("réf."), Colonne("règle", 6.4), Colonne("degré", 3), Colonne("ce qui en dépend", 4)]
        blocs.append(("Règles non confirmées par un texte officiel", Tableau(colonnes, douteux)))
    motifs: list[Ligne] = [
        (
            francais(motif.message),
            Cellule(_PORTEES[motif.exclut], gras=motif.exclut is True),
            references.renvoi([motif.source, *motif.autres_sources]),
        )
        for motif in sorted(contrat.eligibilite.motifs, key=lambda motif: tuple(_PORTEES).index(motif.exclut))
    ]
    if motifs:
        tableau = Tableau([Colonne("condition", 1), Colonne("ce qu’elle donne"), Colonne("réf.")], motifs)
        blocs.append(("Conditions pour signer ce contrat, d’après les règles connues", tableau))
    blocs += _baremes_ajoutes(matiere)
    degres = ", ".join(f"{grade} {sens}" for grade, sens in _GRADES.items())
    remarque = note(f"Le contrat signé prévaut sur tout ce qui est écrit ici. Degrés : {degres}.")
    if not blocs:
        return ensemble(Titre("À vérifier"), remarque)
    histoire: list[Flowable] = []
    for nom, tableau in blocs:
        tetes = [] if histoire else [Titre("À vérifier"), remarque]
        histoire += ensemble(*tetes, sous_titre(nom), tableau)
    return histoire


_PORTEES = {True: "s’y oppose", None: "à vérifier", False: "le permet"}
"""What a condition gives, by whether it excludes: what is against first."""


def _baremes_ajoutes(matiere: Matiere) -> list[tuple[str, Tableau]]:
    """Name every barème file of the user's: those that apply, and those that do not, with their faults."""
    evaluation = matiere.evaluation
    blocs: list[tuple[str, Tableau]] = []
    if evaluation.baremes_ajoutes:
        lignes: list[Ligne] = [
            (
                ajoute.fichier,
                ", ".join(ajoute.versions),
                ", ".join(ajoute.remplacees) or "rien",
                Cellule(jour_court(ajoute.verifie_le) + (" (dépassé)" if ajoute.depassees else "")),
            )
            for ajoute in evaluation.baremes_ajoutes
        ]
        colonnes = [Colonne("fichier"), Colonne("versions", 1), Colonne("remplace du programme", 1), Colonne("relu le")]
        blocs.append(("Barèmes ajoutés par vos soins", Tableau(colonnes, lignes)))
    if evaluation.baremes_refuses:
        refus: list[Ligne] = [(francais(faute),) for faute in evaluation.baremes_refuses]
        titre = "Barèmes ajoutés qui ne s’appliquent pas : ceux du programme valent à leur place"
        blocs.append((francais(titre), Tableau([Colonne("ce qui ne va pas", 1)], refus)))
    return blocs


def _regles_douteuses(matiere: Matiere, references: References) -> list[Ligne]:
    lignes: list[Ligne] = [
        (
            f"[{numero}]",
            francais(f"{source.texte}, {source.article}"),
            f"{source.grade} {_GRADES[source.grade]}",
            ", ".join(references.usages(source)),
        )
        for numero, source in references
        if source.a_verifier
    ]
    inconnues = [str(a.annee) for a in matiere.contrat.aide if a.montant is None and not a.apres_la_fin]
    if inconnues:
        quoi = "Montant de l’aide, " + ("années " if len(inconnues) > 1 else "année ") + ", ".join(inconnues)
        lignes.append(("", quoi, f"X {_GRADES['X']}", francais(NON_PUBLIE)))
    if any(annee.au_plus and not annee.apres_la_fin for annee in matiere.contrat.aide):
        regle = "Part de l’aide versée à partir de l’année 3"
        lignes.append(("", regle, f"X {_GRADES['X']}", "le montant notifié par la CPAM prévaut"))
    return lignes
