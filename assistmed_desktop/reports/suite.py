"""The end of the contract and what may follow it: what is proposed, what it would ask for, what to ask the caisse."""

from typing import Final

from reportlab.platypus import Flowable

from assistmed_desktop.domain.libelles import INDICATEURS, TEXTES
from assistmed_desktop.formats import compte, euros, jour_court, jour_long, nombre
from assistmed_desktop.reports.aide import euros_ou_rien
from assistmed_desktop.reports.blocs import Titre, ensemble, note, sous_titre
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.faits import Faits, combien, poste
from assistmed_desktop.reports.mots import RIEN, Ligne, compte_ou_rien
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau
from assistmed_desktop.rules.renouvellement import Cible, ComparaisonIndicateur
from assistmed_desktop.rules.resultats import NON_PUBLIE

_DEMANDES_AU_PLUS: Final = 3
_TENABLES: Final = {True: "oui", False: "non", None: "inconnu"}


def faits_de_la_suite(matiere: Matiere, references: References, lettres: int) -> Faits:
    """Give what page 1 tells of the end, of the proposal, and of what it asks for."""
    suivant, argent = matiere.analyse.renouvellement, matiere.analyse.argent
    propose = suivant.proposition is not None
    # What has been signed is no longer to be asked for.
    demandes = [] if suivant.suivant is not None else list(suivant.a_demander)
    if reste := len(demandes) - combien(demandes, _DEMANDES_AU_PLUS, lettres):
        demandes = [*demandes[:-reste], f"{compte(reste, 'autre demande', 'autres demandes')}, voir « La suite »."]
    seuils = [comparee.phrase for comparee in suivant.indicateurs if comparee.requis]
    recue = f"Reçue au {jour_court(matiere.au)} : {argent.recu_en_lettres}{references.calcul('argent', ' (', ')')}."
    return [
        ("Poste pourvu", [poste(matiere, references)]),
        *([("Aide", [recue])] if matiere.contrat.aide and lettres else []),
        ("Fin", [_fin(matiere, references), *(_preavis(matiere, references) if lettres else [])]),
        ("Proposition", [_proposition(matiere)]),
        ("Ensuite", [_nouveau(matiere, references), *(seuils if lettres and propose else [])]),
        *([("À demander", demandes)] if demandes and lettres else []),
    ]


def _fin(matiere: Matiere, references: References) -> str:
    fin = matiere.analyse.fin
    verbe = "s'est terminé" if fin.terminee else "se termine"
    cause = f", {fin.cause_libelle}" if fin.cause_libelle else ""
    quand = f"{jour_long(fin.fin_le)}{cause if fin.anticipee else ', à son terme'}"
    reste = "" if fin.terminee else f", dans {compte(fin.jours_restants, 'jour')}"
    return f"Le contrat {verbe} le {quand}{reste}{references.calcul('fin.fin_le', ' (', ')')}."


def _preavis(matiere: Matiere, references: References) -> list[str]:
    fin = matiere.analyse.fin
    if fin.preavis is None or fin.terminee:
        return []
    return [f"{fin.preavis.phrase.removesuffix('.')}, {references.renvoi([fin.preavis.source])}."]


def _proposition(matiere: Matiere) -> str:
    suivant = matiere.analyse.renouvellement
    if suivant.proposition is not None:
        return f"Reçue de la caisse le {jour_long(suivant.proposition.recue_le)}."
    if suivant.suivant is not None:
        return f"Aucune ; le contrat suivant est signé, depuis le {jour_long(suivant.suivant.debut_le)}."
    return "Aucune de la caisse à ce jour : l'objectif du nouveau contrat n'est pas connu."


def _nouveau(matiere: Matiere, references: References) -> str:
    suivant = matiere.analyse.renouvellement
    if suivant.aide_totale is None:
        aide = f"aide : {NON_PUBLIE}" if suivant.aide else "aide inconnue"
    else:
        aide = f"aide de {euros(suivant.aide_totale)} au plus{references.calcul('suite.aide_totale', ' (', ')')}"
    return f"Dès le {jour_long(suivant.debut_le)} au plus tôt, {aide}. {suivant.option.phrase}"


def suite(matiere: Matiere, references: References) -> list[Flowable]:
    """Give the section on the end, and on what may follow it."""
    suivant = matiere.analyse.renouvellement
    histoire = ensemble(Titre("La suite"), sous_titre("Fin du contrat"), _tableau_de_la_fin(matiere, references))
    tetes: list[Flowable] = [sous_titre("Ce que demande le contrat, ce que propose la caisse")]
    cibles = [c for comparee in suivant.indicateurs for c in (comparee.ancien, comparee.propose) if c is not None]
    if any(cible.par_defaut for cible in cibles):
        tetes.append(note("* Date par défaut : elle n'est pas dite, le délai du texte est compté."))
    histoire += ensemble(*tetes, _cibles(matiere, references))
    if suivant.aide:
        histoire += ensemble(sous_titre("Aide du nouveau contrat"), _aide(matiere, references))
    if suivant.a_demander and suivant.suivant is None:
        demandes: list[Ligne] = [(str(rang), francais(d)) for rang, d in enumerate(suivant.a_demander, 1)]
        histoire += ensemble(
            sous_titre("À demander à la caisse"), Tableau([Colonne(""), Colonne("", 1)], demandes, serre=True)
        )
    return histoire


def _tableau_de_la_fin(matiere: Matiere, references: References) -> Tableau:
    fin, suivant = matiere.analyse.fin, matiere.analyse.renouvellement
    faits = [("fin", _fin(matiere, references), "")]
    if fin.terme != fin.fin_le:
        faits.append(("terme", f"Le terme était le {jour_long(fin.terme)}.", references.numero("fin.terme")))
    if fin.preavis is not None:
        faits.append(("préavis", fin.preavis.phrase, references.renvoi([fin.preavis.source])))
    faits += [("ensuite", suivie.phrase, references.renvoi([suivie.source])) for suivie in fin.suites]
    if fin.suivant is not None:
        sans = fin.suivant.jours_sans_contrat
        ecart = f", {compte(sans, 'jour')} sans contrat entre les deux" if sans > 0 else ""
        phrase = (
            f"Contrat suivant au dossier : {TEXTES[fin.suivant.texte]}, depuis le {jour_long(fin.suivant.debut_le)}"
        )
        faits.append(("suivant", f"{phrase}{ecart}.", ""))
    if fin.conservation is not None:
        garder = (
            f"Pièces à garder jusqu'au {jour_long(fin.conservation.jusqu_au)}, d'après le dernier versement reçu le "
            f"{jour_court(fin.conservation.dernier_versement_le)}."
        )
        faits.append(("pièces", garder, references.renvoi([fin.conservation.source])))
    texte = "inconnu" if suivant.texte is None else TEXTES[suivant.texte]
    debut = f"Nouveau contrat au plus tôt le {jour_long(suivant.debut_le)}, texte : {texte}."
    faits.append(("nouveau", debut, references.calculs_de("suite.debut_le", "suite.texte")))
    sources = [] if suivant.option.source is None else [suivant.option.source]
    faits.append(("option", suivant.option.phrase, references.renvoi(sources)))
    lignes: list[Ligne] = [(Cellule(nom, discret=True), francais(dit), francais(renvoi)) for nom, dit, renvoi in faits]
    return Tableau([Colonne(""), Colonne("", 1), Colonne("")], lignes, serre=True)


def _cibles(matiere: Matiere, references: References) -> Tableau:
    lignes: list[Ligne] = []
    for comparee in matiere.analyse.renouvellement.indicateurs:
        renvoi = references.calcul(f"suite.indicateurs.{comparee.indicateur}", " (", ")")
        lignes.append(
            (Cellule(f"{INDICATEURS[comparee.indicateur]}{_niveau(comparee)}{renvoi}", chapeau=True), *[""] * 7)
        )
        lignes.append(_cible("contrat actuel", comparee.ancien))
        if comparee.propose is None:
            lignes.append(("contrat proposé", *["inconnu"] * 2, *[RIEN] * 5))
        else:
            lignes.append(_cible("contrat proposé", comparee.propose))
    return Tableau(
        [
            Colonne("", 3),
            Colonne("référence", 2, "droite"),
            Colonne("objectif", 2, "droite"),
            Colonne("jugé le"),
            Colonne("à gagner", 2, "droite"),
            Colonne("par mois", 2, "droite"),
            Colonne("à ce rythme, le"),
            Colonne("à temps"),
        ],
        lignes,
    )


def _niveau(comparee: ComparaisonIndicateur) -> str:
    niveau = comparee.niveau
    if niveau is None:
        return " : niveau actuel inconnu"
    rythme = "" if niveau.rythme is None else f", {nombre(niveau.rythme, 1, signe=True)} par mois depuis la référence"
    return f" : {compte(niveau.valeur, 'patient')} le {jour_court(niveau.date)}{rythme}"


def _cible(nom: str, cible: Cible) -> Ligne:
    return (
        nom,
        "inconnu" if cible.reference is None else nombre(cible.reference),
        "inconnu" if cible.objectif is None else nombre(cible.objectif),
        jour_court(cible.evaluation_le) + (" *" if cible.par_defaut else ""),
        compte_ou_rien(cible.gain),
        RIEN if cible.gain_mensuel is None else nombre(cible.gain_mensuel, 1),
        RIEN if cible.atteint_le is None else jour_court(cible.atteint_le),
        _TENABLES[cible.tenable],
    )


def _aide(matiere: Matiere, references: References) -> Tableau:
    suivant = matiere.analyse.renouvellement
    lignes: list[Ligne] = [
        (
            str(annee.annee),
            jour_court(annee.du),
            jour_court(annee.au),
            francais(NON_PUBLIE)
            if annee.montant_max is None
            else _au_plus(annee.montant_max, plafonnee=annee.plafonnee),
            references.renvoi(annee.explication.sources) or annee.grade,
            references.numero(f"suite.aide.{annee.annee}"),
        )
        for annee in suivant.aide
    ]
    total = Cellule(euros_ou_rien(suivant.aide_totale), gras=True)
    lignes.append((Cellule("Total", gras=True), "", "", total, "", references.numero("suite.aide_totale")))
    return Tableau(
        [
            Colonne("année", 2),
            Colonne("du", 2),
            Colonne("au", 2),
            Colonne("montant au plus", 5, "droite"),
            Colonne("réf.", 2),
            Colonne("calcul", 1, "droite"),
        ],
        lignes,
        totaux=1,
    )


def _au_plus(centimes: int, *, plafonnee: bool) -> str:
    return f"maximum {euros(centimes)}" if plafonnee else euros(centimes)
