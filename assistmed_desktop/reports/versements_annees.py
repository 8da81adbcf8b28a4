"""The aid year by year, with its nature beside each amount."""

from collections.abc import Iterator

from reportlab.platypus import Flowable

from assistmed_desktop.domain.libelles import TEXTES
from assistmed_desktop.formats import etp, euros, jour_court
from assistmed_desktop.reports.aide import euros_ou_rien
from assistmed_desktop.reports.blocs import Titre, ensemble, note
from assistmed_desktop.reports.citees import Citees
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.mots import Ligne
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau
from assistmed_desktop.rules.aide import HYPOTHESE
from assistmed_desktop.rules.argent import QUEL_QUE_SOIT_L_AVANCEMENT, AnneeArgent
from assistmed_desktop.rules.resultats import NON_PUBLIE, AnneeAide
from assistmed_desktop.rules.versements import Solde


def annees(matiere: Matiere, solde: Solde, citees: Citees) -> list[Flowable]:
    """Give the section on the contract years."""
    titre = Titre("Année par année")
    if not matiere.contrat.aide:
        return ensemble(titre, note("Ce contrat n'ouvre droit à aucune année d'aide."))
    lignes: list[Ligne] = []
    for aide, comptee in zip(matiere.contrat.aide, matiere.analyse.argent.annees, strict=True):
        lignes.append(
            (
                str(aide.annee),
                francais("\n".join(_termes(aide))),
                euros_ou_rien(comptee.montant_base),
                francais("\n".join(_nature(matiere, aide, comptee))),
                euros_ou_rien(comptee.du_le_jour),
                euros_ou_rien(comptee.recu),
                Cellule(signe(comptee.ecart_du), gras=bool(comptee.ecart_du)),
                citees.renvoi(aide.explication.sources) or aide.grade,
            )
        )
    totaux = ("Total", "", "", "", euros_ou_rien(solde.du), euros_ou_rien(solde.recu), signe(solde.ecart), "")
    lignes.append(tuple(Cellule(texte, gras=True) for texte in totaux))
    colonnes = [
        Colonne("année"),
        Colonne("période, option et texte", 5),
        Colonne("montant", cote="droite"),
        Colonne("nature du montant", 5),
        Colonne("dû à ce jour", cote="droite"),
        Colonne("reçu", cote="droite"),
        Colonne("écart", cote="droite"),
        Colonne("réf."),
    ]
    return ensemble(titre, note(_remarque(matiere)), Tableau(colonnes, lignes, totaux=1))


def signe(centimes: int | None) -> str:
    """Write a difference with its sign."""
    return f"+{euros(centimes)}" if centimes is not None and centimes > 0 else euros_ou_rien(centimes)


def _termes(aide: AnneeAide) -> Iterator[str]:
    yield f"du {jour_court(aide.du)} au {jour_court(aide.au)}"
    texte = next((nom for cle, nom in TEXTES.items() if cle == aide.texte), aide.texte)
    yield f"{etp(aide.option)}, {texte}"
    for jour, option in aide.options_en_cours:
        yield f"{etp(option)} dès le {jour_court(jour)}"


def _nature(matiere: Matiere, aide: AnneeAide, comptee: AnneeArgent) -> Iterator[str]:
    """Say what the amount is: notified, of the barème, only the most it may be, or not known, and how sure."""
    if aide.apres_la_fin:
        yield "après la fin du contrat, aucune aide"
    elif aide.notifie_le is not None:
        reference = next(
            (
                notifiee.reference
                for notifiee in reversed(matiere.dossier.notifications)
                if (notifiee.annee_contrat, notifiee.notifie_le) == (aide.annee, aide.notifie_le)
            ),
            "",
        )
        yield f"notifié par la CPAM le {jour_court(aide.notifie_le)}" + (f", {reference}" if reference else "")
    elif aide.montant is None:
        yield NON_PUBLIE
    elif comptee.coupee:
        yield "le contrat finit dans cette année, part due non publiée"
        yield f"{euros(aide.montant)} pour l'année entière"
    elif aide.au_plus:
        yield "au plus, selon l'atteinte de l'objectif"
        if aide.hypothese_lineaire is not None:
            yield f"{euros(aide.hypothese_lineaire)} : {HYPOTHESE}"
    else:
        yield f"barème, montant de degré {aide.grade}"
        yield QUEL_QUE_SOIT_L_AVANCEMENT


def _remarque(matiere: Matiere) -> str:
    remarque = (
        "Dû à ce jour : versements saisis dont l'échéance est passée, ou qui sont reçus. Écart : reçu moins dû. "
        "Le montant notifié par la CPAM prévaut sur celui du barème ; le contrat signé, sur tout. La référence et son "
        "degré sont ceux du montant ; tout autre degré suit ce qu'il qualifie."
    )
    if any(aide.au_plus for aide in matiere.contrat.aide):
        remarque += " Au plus : la formule qui ferait dépendre le montant de l'objectif n'est pas publiée."
    return remarque
