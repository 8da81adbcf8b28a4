"""The *bilan d'étape*: what has changed since the last exchange with the caisse, in two pages, always."""

from dataclasses import replace
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, PageBreak

from assistmed_desktop.figures.courbe import courbe
from assistmed_desktop.figures.palette import PAPIER
from assistmed_desktop.formats import accord, compte, enumeration, jour_long, nombre, periode
from assistmed_desktop.reports.ajustement import TexteCourt, hauteur
from assistmed_desktop.reports.blocs import AvecForme, CoteACote, Filet, Texte, Vide
from assistmed_desktop.reports.citees import Citees
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.entete import entete
from assistmed_desktop.reports.etape_indicateur import Indicateur
from assistmed_desktop.reports.etape_suite import TitreSerre, premier_jour, suite
from assistmed_desktop.reports.indicateur import lecture_des_rythmes
from assistmed_desktop.reports.mots import jours_pourvus, minuscule
from assistmed_desktop.reports.style import (
    CORPS,
    ETIQUETTE,
    GOUTTIERE,
    HAUTEUR_PREMIERE,
    LARGEUR,
    PAS,
    PETIT,
    RETRAIT,
    VERDICT,
)
from assistmed_desktop.rules.evolution import Evolution, evolution
from assistmed_desktop.rules.mouvements import Pont
from assistmed_desktop.rules.presence import jours_pourvus as pourvus_entre
from assistmed_desktop.rules.verdict import verdict
from assistmed_desktop.rules.versements import lignes_des_versements, solder
from assistmed_desktop.services.mouvements_regroupes import trop_court

_NOM: Final = replace(ETIQUETTE, genre="H3")
_COURBE_AU_MOINS: Final = 16 * PAS
_COURBE_AU_PLUS: Final = 46 * PAS
_VERDICT_AU_PLUS: Final = 8
"""How many lines the sentences of the verdict may take."""


def etape(matiere: Matiere) -> list[Flowable]:
    """Give the story of the document."""
    depuis = evolution(matiere.alors, matiere.contrat, matiere.mouvements)
    return [*_premiere(matiere, depuis), PageBreak(), *suite(matiere)]


def _premiere(matiere: Matiere, depuis: Evolution) -> list[Flowable]:
    """Give page 1; the charts take the height that the rest leaves."""
    avant = [
        *entete(matiere, f"Ce qui a changé depuis le {jour_long(matiere.depart.le)}", matiere.depart.phrase),
        *_verdict(matiere),
        Filet(2 * PAS, 2 * PAS),
    ]
    rythmes = lecture_des_rythmes(matiere.contrat, "Gagné : d’alors à maintenant, hors suspension.")
    apres = [Vide(PAS / 2), rythmes, Filet(1.5 * PAS, 0), TitreSerre("Ce qui l’explique"), *_faits(matiere, depuis)]
    reste = HAUTEUR_PREMIERE - hauteur([*avant, *apres]) - Indicateur.CADRE - PAS
    haut = min(max(reste, _COURBE_AU_MOINS), _COURBE_AU_PLUS)
    citees = Citees()
    colonnes = CoteACote(
        [
            Indicateur(
                sien,
                getattr(matiere.contrat, sien.indicateur),
                courbe(matiere.contrat, sien.indicateur, matiere.depart.le),
                haut,
                citees.renvoi(sien.explication.sources),
            )
            for sien in depuis.indicateurs
        ]
    )
    return [*avant, colonnes, *apres]


def _verdict(matiere: Matiere) -> list[Flowable]:
    contrat, alors = matiere.contrat, matiere.alors
    prononce = verdict(contrat)
    style = replace(VERDICT, couleur=HexColor(PAPIER.statut(contrat.statut_tenu)))
    histoire: list[Flowable] = [
        AvecForme(contrat.statut_tenu, Texte(francais(prononce.titre), style, equilibre=True)),
        Vide(PAS),
        TexteCourt(francais(prononce.texte), CORPS, _VERDICT_AU_PLUS),
    ]
    if contrat.contrat.debut_le < alors.au < contrat.au:
        avant = minuscule(verdict(alors).titre)
        dit = TexteCourt(francais(f"Le {jour_long(alors.au)}, le contrat était : {avant}."), PETIT, 2)
        histoire += [Vide(PAS / 2), dit]
    return histoire


def _faits(matiere: Matiere, depuis: Evolution) -> list[Flowable]:
    mot = "Suspension" if len(depuis.suspensions) < 2 else "Suspensions"  # noqa: PLR2004 - where the plural begins
    lignes = [
        ("Mouvements", _mouvements(matiere, depuis)),
        ("Poste pourvu", _poste(matiere)),
        (mot, _suspensions(depuis)),
        *([("Aide", _aide(matiere))] if matiere.contrat.aide else []),
    ]
    largeurs = (RETRAIT - GOUTTIERE, LARGEUR - RETRAIT)
    faits: list[Flowable] = []
    for nom, texte in lignes:
        faits += [Vide(PAS), CoteACote([Texte(nom, _NOM), TexteCourt(francais(texte), CORPS, 4)], largeurs)]
    return faits


def _mouvements(matiere: Matiere, depuis: Evolution) -> str:
    """Set the movements of the patientèle against its gain."""
    patientele, pont = depuis.indicateurs[0], depuis.pont
    if pont is None:
        return "aucun mouvement de la patientèle n'est saisi sur cette période"
    a_cheval = [ligne for ligne in depuis.lignes if ligne.a_cheval]
    comptees = sum(ligne.comptee for ligne in a_cheval)
    if not any(ligne.comptee for ligne in depuis.lignes):
        seules = compte(len(a_cheval), "saisie couvre", "saisies couvrent")
        leurs = accord(len(a_cheval), "ses", "leurs")
        return f"{seules} cette période, mais moins de la moitié de {leurs} jours y tombent : rien n'est compté"
    texte = f"{_en_mots(pont)}, soit {_signe(_solde(pont))}"
    if patientele.apres is not None and patientele.gain is not None and pont.reste is not None:
        texte += (
            f", {periode(patientele.avant.date, patientele.apres.date)} ; la patientèle a varié de "
            f"{_signe(patientele.gain)}, reste inexpliqué {_signe(pont.reste)}."
        )
    else:
        texte += f", {periode(depuis.depuis, depuis.au)}, sans relevé pour le vérifier."
    if a_cheval:
        saisies = compte(len(a_cheval), "saisie déborde", "saisies débordent")
        texte += f" {saisies} de cette période, {nombre(comptees)} {accord(comptees, 'comptée')} en entier."
    if any(trop_court(mouvement) for mouvement in matiere.mouvements):
        texte += " Les décès d'une saisie de moins de trois mois sont parmi les autres sorties."
    return texte


def _signe(valeur: int) -> str:
    return nombre(valeur, signe=True) if valeur else "0"


def _en_mots(pont: Pont) -> str:
    return enumeration(
        [
            compte(pont.entrees, "entrée"),
            compte(pont.deces, "décès", "décès"),
            compte(pont.departs, "départ"),
            compte(pont.autres_sorties, "autre sortie", "autres sorties"),
        ]
    )


def _solde(pont: Pont) -> int:
    return pont.entrees - pont.deces - pont.departs - pont.autres_sorties


def _poste(matiere: Matiere) -> str:
    presence, departement = matiere.analyse.presence, matiere.dossier.cabinet.departement
    requis, pourvus = pourvus_entre(presence, departement, premier_jour(matiere), matiere.au)
    if not requis:
        return "aucun jour ouvré à pourvoir sur cette période"
    return f"{jours_pourvus(pourvus, requis)}, hors suspension"


def _suspensions(depuis: Evolution) -> str:
    if not depuis.suspensions:
        return "aucune sur cette période"
    periodes = enumeration([periode(s.du, None if s.ouverte else s.au) for s in depuis.suspensions])
    return f"{periodes} : l'évaluation est reportée d'autant"


def _aide(matiere: Matiere) -> str:
    solde = solder(matiere.analyse.argent, lignes_des_versements(matiere.versements, matiere.au))
    annees = enumeration([str(annee) for annee, _ in solde.hors])
    hors = f", hors {accord(len(solde.hors), 'année', 'années')} {annees}" if annees else ""
    return f"{minuscule(solde.titre)}{hors}, voir le relevé des versements"
