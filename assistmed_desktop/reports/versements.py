"""The *relevé des versements*: what was due, what has come, the difference, where each amount comes from."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from assistmed_desktop.figures.aide_versee import barres, hauteur, texte_alternatif
from assistmed_desktop.figures.aide_versee import figure as dessiner
from assistmed_desktop.figures.palette import PAPIER
from assistmed_desktop.figures.peinture import peindre
from assistmed_desktop.figures.polices import GRAS, largeur_texte
from assistmed_desktop.formats import euros, jour_court
from assistmed_desktop.reports.aide import euros_ou_rien
from assistmed_desktop.reports.balises import figure
from assistmed_desktop.reports.blocs import AvecForme, CoteACote, Filet, Pile, Texte, Titre, Vide, ensemble, note
from assistmed_desktop.reports.citees import DEGRES, Citees
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.entete import entete
from assistmed_desktop.reports.mots import RIEN, Ligne, jour_ou_rien
from assistmed_desktop.reports.signatures import signatures
from assistmed_desktop.reports.style import CORPS, GOUTTIERE, LARGEUR, PAS, PETIT, VERDICT, Style
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau
from assistmed_desktop.reports.versements_annees import annees, signe
from assistmed_desktop.rules.resultats import StatutContrat
from assistmed_desktop.rules.versements import (
    LIBELLES_SENS,
    LigneVersement,
    Sens,
    Solde,
    lignes_des_versements,
    manques,
    solder,
)

_PHRASE: Final = (
    "D'après les versements saisis au cabinet. Le dû et le reçu sont ceux de ce jour ; ce qui n'est pas saisi n'est "
    "jamais compté pour rien."
)
_INCONNU: Final = "inconnu"
_CHIFFRE: Final = Style(21, 27, GRAS)
_LARGEUR_CHIFFRE: Final = (LARGEUR - 2 * GOUTTIERE) / 3
_FORMES: Final[dict[Sens, StatutContrat]] = {
    "manque": "en_retard",
    "solde": "atteint",
    "trop": "donnees_insuffisantes",
    "inconnu": "donnees_insuffisantes",
}
"""The shape and the colour of the conclusion."""


def versements(matiere: Matiere) -> list[Flowable]:
    """Give the story of the document."""
    argent, citees = matiere.analyse.argent, Citees()
    lignes = lignes_des_versements(matiere.versements, matiere.au)
    solde = solder(argent, lignes)
    return [
        *entete(matiere, "Ce qui est dû, ce qui est reçu", _PHRASE),
        *_conclusion(solde),
        *_figure(matiere),
        *annees(matiere, solde, citees),
        *_un_par_un(lignes, solde),
        *_manques(matiere, lignes, citees),
        *_calculs(matiere, citees),
        *signatures(matiere, _references(citees)),
    ]


def _conclusion(solde: Solde) -> list[Flowable]:
    le = jour_court(solde.au)
    ecart = _INCONNU if solde.ecart is None else euros(abs(solde.ecart))
    chiffres = (
        (f"dû au {le}", _ou_inconnu(solde.du), "versements échus ou reçus, saisis"),
        (f"reçu au {le}", _ou_inconnu(solde.recu), "versements saisis comme reçus"),
        ("écart", ecart, LIBELLES_SENS[solde.sens]),
    )
    forme: StatutContrat = "donnees_insuffisantes" if solde.sens == "solde" and solde.hors else _FORMES[solde.sens]
    style = replace(VERDICT, couleur=HexColor(PAPIER.statut(forme)))
    return [
        CoteACote(
            [
                Pile([Texte(francais(nom), PETIT), _chiffre(valeur), Texte(francais(sens), PETIT)])
                for nom, valeur, sens in chiffres
            ],
            [_LARGEUR_CHIFFRE] * len(chiffres),
        ),
        Filet(2 * PAS, 2 * PAS),
        AvecForme(forme, Texte(francais(solde.titre), style, equilibre=True)),
        Vide(PAS),
        *([Texte(francais(" ".join(solde.phrases)), CORPS)] if solde.phrases else []),
    ]


def _chiffre(texte: str) -> Texte:
    """Write a key figure, smaller where it would not hold on a line."""
    corps = _CHIFFRE.corps * min(1.0, _LARGEUR_CHIFFRE / largeur_texte(texte, GRAS, _CHIFFRE.corps))
    return Texte(texte, replace(_CHIFFRE, corps=corps))


def _ou_inconnu(centimes: int | None) -> str:
    return _INCONNU if centimes is None else euros(centimes)


class _Barres(Flowable):
    """The bars of the years."""

    def __init__(self, matiere: Matiere) -> None:
        super().__init__()
        self.valeurs = barres(matiere.analyse.argent)

    def wrap(self, largeur: float, _hauteur: float) -> tuple[float, float]:
        """Take the whole width."""
        self.width, self.height = largeur, hauteur(self.valeurs)
        return self.width, self.height

    def draw(self) -> None:
        """Draw them as a figure that says what it shows."""
        dessin = dessiner(self.valeurs, self.width, self.height).dessin
        with figure(self.canv, texte_alternatif(self.valeurs), (self.width, self.height), (0, 0)):
            peindre(dessin, self.canv, 0, 0)


def _figure(matiere: Matiere) -> list[Flowable]:
    trait = _Barres(matiere)
    return [Filet(2 * PAS, 2 * PAS), trait] if trait.valeurs else []


def _un_par_un(lignes: Sequence[LigneVersement], solde: Solde) -> list[Flowable]:
    titre = Titre("Versement par versement")
    if not lignes:
        return ensemble(titre, note("Aucun versement n'est saisi pour ce contrat."))
    rangees: list[Ligne] = [_rangee(ligne) for ligne in lignes]
    rangees.append(
        tuple(
            Cellule(texte, gras=True)
            for texte in (
                "Total",
                jour_court(solde.au),
                euros_ou_rien(solde.du),
                "",
                euros_ou_rien(solde.recu),
                signe(solde.ecart),
                "",
                "",
            )
        )
    )
    colonnes = [
        Colonne("année"),
        Colonne("échéance"),
        Colonne("dû", cote="droite"),
        Colonne("reçu le"),
        Colonne("reçu", cote="droite"),
        Colonne("écart", cote="droite"),
        Colonne("jours de retard", cote="droite"),
        Colonne("référence", 1),
    ]
    remarque = (
        "Écart : reçu moins dû. Retard : du jour de l'échéance à celui où le versement est reçu, ou à ce jour. "
        "Le total laisse de côté ce qui est à venir, et les années dont un montant dû n'est pas saisi."
    )
    return ensemble(titre, note(remarque), Tableau(colonnes, rangees, totaux=1))


def _rangee(ligne: LigneVersement) -> Ligne:
    recu_le: str | Cellule = jour_ou_rien(ligne.recu_le)
    if ligne.recu_le is None:
        recu_le = Cellule("non reçu", gras=True) if ligne.exigible else Cellule("à venir", discret=True)
    return (
        str(ligne.annee),
        jour_ou_rien(ligne.echeance_le),
        euros_ou_rien(ligne.montant_du),
        recu_le,
        euros_ou_rien(ligne.montant_recu),
        Cellule(signe(ligne.ecart), gras=bool(ligne.ecart)),
        Cellule(RIEN if ligne.retard is None else str(ligne.retard), gras=bool(ligne.retard)),
        ligne.reference,
    )


def _manques(matiere: Matiere, lignes: Sequence[LigneVersement], citees: Citees) -> list[Flowable]:
    titre = Titre("Ce qui manque, est en retard ou reste à confirmer")
    trouves = manques(matiere.analyse.argent, lignes)
    if not trouves:
        return ensemble(titre, note("Rien : aucun versement attendu ne manque, aucun n'est venu tard."))
    rangees: list[Ligne] = [
        (francais(manque.quoi), francais(manque.phrase), citees.renvoi(manque.sources)) for manque in trouves
    ]
    return ensemble(titre, Tableau([Colonne("état"), Colonne("versement", 1), Colonne("réf.")], rangees))


def _calculs(matiere: Matiere, citees: Citees) -> list[Flowable]:
    """Spell out how each amount is reached."""
    argent = matiere.analyse.argent
    if not argent.annees:
        return []
    rangees: list[Ligne] = []
    for explication in (*(annee.explication for annee in argent.annees), argent.chiffres["totaux"]):
        renvoi = citees.renvoi(explication.sources)
        rangees.append((Cellule(francais(f"{explication.titre} {renvoi}"), chapeau=True), "", ""))
        rangees += [
            (francais(etape.libelle), Cellule(francais(etape.calcul), discret=True), francais(etape.resultat))
            for etape in explication.etapes
        ]
    colonnes = [Colonne("étape", 5), Colonne("calcul", 8), Colonne("résultat", 4, "droite")]
    return ensemble(Titre("D’où vient chaque montant"), note(DEGRES), Tableau(colonnes, rangees, serre=True))


def _references(citees: Citees) -> list[Flowable]:
    textes = citees.textes()
    return [*ensemble(Titre("Références"), textes[0]), *textes[1:]] if textes else []
