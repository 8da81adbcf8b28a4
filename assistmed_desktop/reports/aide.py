"""The aid: that of each contract year, due and received, and the payments one by one."""

from reportlab.platypus import Flowable

from assistmed_desktop.domain.libelles import TEXTES
from assistmed_desktop.formats import etp, euros, jour_court
from assistmed_desktop.reports.blocs import Titre, ensemble, note, sous_titre
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.mots import RIEN, Ligne, jour_ou_rien
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau
from assistmed_desktop.rules.resultats import NON_PUBLIE, AnneeAide


def aide(matiere: Matiere, references: References) -> list[Flowable]:
    """Give the aid of each year, due and received, and the payments."""
    if not matiere.contrat.aide:
        return []
    argent = matiere.analyse.argent
    dus = {annee.annee: annee.du_le_jour for annee in argent.annees}
    lignes: list[Ligne] = [
        (
            str(annee.annee),
            jour_court(annee.du),
            etp(annee.option),
            _texte(annee),
            montant(annee),
            euros_ou_rien(dus.get(annee.annee)),
            euros_ou_rien(matiere.recu(annee)),
            references.renvoi(annee.explication.sources) or annee.grade,
            references.numero(f"aide.{annee.annee}"),
        )
        for annee in matiere.contrat.aide
    ]
    total = [Cellule(euros_ou_rien(somme), gras=True) for somme in (argent.du_le_jour, argent.recu)]
    nom = Cellule(f"Total au {jour_court(matiere.au)}", gras=True)
    lignes.append(("", "", "", nom, "", *total, "", references.numero("argent")))
    en_mots = any(annee.apres_la_fin or annee.montant is None for annee in matiere.contrat.aide)
    tableau = Tableau(
        [
            Colonne("année"),
            Colonne("depuis le"),
            Colonne("option"),
            Colonne("texte", 1),
            Colonne("montant", 1 if en_mots else 0, "droite"),
            Colonne("dû ce jour", cote="droite"),
            Colonne("reçu", cote="droite"),
            Colonne("réf."),
            Colonne("calcul", cote="droite"),
        ],
        lignes,
        totaux=1,
    )
    return [*ensemble(Titre("Aide"), note(" ".join(_remarques(matiere))), tableau), *_versements(matiere)]


def _remarques(matiere: Matiere) -> list[str]:
    argent = matiere.analyse.argent
    courues = [annee for annee in matiere.contrat.aide if not annee.apres_la_fin]
    notifies = [
        f"année {annee.annee}, le {jour_court(annee.notifie_le)}" for annee in courues if annee.notifie_le is not None
    ]
    remarques = [f"Aide reçue au {jour_court(matiere.au)} : {argent.recu_en_lettres}."]
    if argent.reste is not None:
        sans = [str(annee) for annee in argent.annees_inconnues]
        hors = f", sans {'les années' if len(sans) > 1 else 'l’année'} {', '.join(sans)}" if sans else ""
        remarques.append(f"Reste à venir : {euros(argent.reste)} au plus{hors}.")
    if any(annee.au_plus for annee in courues):
        remarques.append(
            "À partir de l'année 3 le montant est un maximum, qui dépend de l'atteinte de l'objectif ; la formule "
            "n'est pas publiée."
        )
    if notifies or any(annee.au_plus for annee in courues):
        dates = f" ({' ; '.join(notifies)})" if notifies else ""
        remarques.append(f"Le montant notifié par la CPAM{dates} prévaut sur celui du barème.")
    if len(courues) < len(matiere.contrat.aide):
        fin = jour_court(matiere.contrat.fin_le)
        remarques.append(f"Une année qui commence après la fin du contrat, le {fin}, n'apporte pas d'aide.")
    return remarques


def _texte(annee: AnneeAide) -> str:
    texte = next((nom for cle, nom in TEXTES.items() if cle == annee.texte), annee.texte)
    if annee.hypothese_lineaire is None:
        return texte
    return francais(f"{texte}\nhypothèse linéaire, non vérifiée : {euros(annee.hypothese_lineaire)}")


def montant(annee: AnneeAide) -> str:
    """Write the amount of a year, and how sure it is."""
    if annee.apres_la_fin:
        return "après la fin"
    if annee.montant is None:
        return francais(NON_PUBLIE)
    ecrit = euros(annee.montant)
    if annee.montant_notifie is not None:
        return f"notifié {ecrit}"
    return f"maximum {ecrit}" if annee.au_plus else ecrit


def euros_ou_rien(centimes: int | None) -> str:
    """Write an amount, or a dash."""
    return RIEN if centimes is None else euros(centimes)


def _versements(matiere: Matiere) -> list[Flowable]:
    lignes: list[Ligne] = []
    for versement in sorted(
        matiere.versements, key=lambda v: (v.annee_contrat, v.echeance_le or matiere.contrat.fin_le)
    ):
        recu = versement.recu_le is not None and versement.recu_le <= matiere.au
        lignes.append(
            (
                str(versement.annee_contrat),
                jour_ou_rien(versement.echeance_le),
                euros_ou_rien(versement.montant_du),
                jour_ou_rien(versement.recu_le) if recu else RIEN,
                euros(versement.montant_recu) if recu and versement.montant_recu is not None else RIEN,
                versement.reference,
            )
        )
    if not lignes:
        return []
    return ensemble(
        sous_titre("Versements"),
        Tableau(
            [
                Colonne("année", 1.2),
                Colonne("échéance", 2.2),
                Colonne("dû", 2, "droite"),
                Colonne("reçu le", 2.2),
                Colonne("reçu", 2, "droite"),
                Colonne("référence", 5),
            ],
            lignes,
        ),
    )
