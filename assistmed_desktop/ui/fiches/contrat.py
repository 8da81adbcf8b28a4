"""The form of a contract, individual or collective."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel, Gains
from assistmed_desktop.domain.fautes import DossierInvalide, Faute
from assistmed_desktop.domain.libelles import DEROGATIONS, STRUCTURES, TEXTES
from assistmed_desktop.formats import INSECABLE, compte, enumeration, jour_court, nombre
from assistmed_desktop.rules.eligibilite import texte_ouvert
from assistmed_desktop.services.avis import avis
from assistmed_desktop.services.places import ajouter, changer, corriger
from assistmed_desktop.services.retraits import emportes, identifiant, retirer
from assistmed_desktop.ui.fiches.cabinet import options
from assistmed_desktop.ui.fiches.cibles import (
    COLLECTIF,
    OPTIONS,
    champs_objectif,
    champs_reference,
    lire_objectif,
    lire_reference,
    sans_les_trois,
    valeurs_objectif,
    valeurs_reference,
)
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, Geste, Saisie, Valeurs, depart
from assistmed_desktop.ui.fiches.genres import Choix, Entier, Etp, Jour, Plusieurs
from assistmed_desktop.ui.names import Contrat, nom_medecin

if TYPE_CHECKING:
    from datetime import date

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.bareme import Baremes

CONTRATS = ("contrats",)
_TRANCHES: dict[str, str] = {
    "P30-P50": "P30 à P50",
    "P50-P70": "P50 à P70",
    "P70-P90": "P70 à P90",
    "P90-P95": "P90 à P95",
    "P95+": "au-dessus de P95",
}
_COMMUNS = ("texte", "option_etp", "signe_le", "debut_le", "duree_ans", "tranche", "reference", "objectif")
_INTRODUCTION = (
    f"Reportez ce que dit le contrat signé{INSECABLE}: c’est lui qui fait foi, même quand il diffère du barème."
)
_DU_GROUPE = ("adhesions", "docteurs_juniors")
_PLUS_DE_GROUPE = (
    "Passer à un contrat individuel retire les adhésions, les docteurs juniors et les gains antérieurs saisis."
)
_MEDECIN_RETIRE = "Retirer un médecin du groupe retire aussi ses adhésions et ses docteurs juniors."


def du_contrat(dossier: Dossier, contrat: Contrat) -> str:
    """Name a contract within a sentence: ``le contrat du Dr Claire Lambert``."""
    if isinstance(contrat, ContratCollectif):
        return f"le contrat collectif commencé le {jour_court(contrat.debut_le)}"
    medecin = next((m for m in dossier.medecins if m.id == contrat.medecin), None)
    qui = f"commencé le {jour_court(contrat.debut_le)}" if medecin is None else f"du {nom_medecin(medecin)}"
    return f"le contrat {qui}"


def nom_tranche(tranche: str) -> str:
    """Write a band as a sentence does: ``P50 à P70``."""
    return _TRANCHES[tranche]


def nouveau_contrat(dossier: Dossier, au: date, baremes: Baremes, medecin: str | None = None, ident: str = "") -> Fiche:
    """Make the form of a new contract, of a doctor, begun on the day; ``ident`` is the id that it will have."""
    fiche = _fiche(dossier, au, baremes, ident or identifiant("c"), None)
    return fiche.avec(titre="Nouveau contrat", depart=depart(fiche.champs, _neuf(dossier, au, baremes, medecin)))


def fiche_contrat(dossier: Dossier, au: date, baremes: Baremes, contrat: Contrat) -> Fiche:
    """Make the form of a contract."""
    fiche = _fiche(dossier, au, baremes, contrat.id, contrat)
    return fiche.avec(depart=depart(fiche.champs, _valeurs(contrat)), supprimer=suppression(dossier, contrat))


def _fiche(dossier: Dossier, au: date, baremes: Baremes, ident: str, contrat: Contrat | None) -> Fiche:

    def enregistrer(valeurs: Valeurs) -> Geste:
        nouveau = lire_contrat(valeurs, ident, contrat)
        quoi = du_contrat(dossier, nouveau)
        if contrat is None:
            return Geste(ajouter(CONTRATS, nouveau, f"Ajouter {quoi}"), f"{_majuscule(quoi)} est ajouté.")
        nom = f"Modifier {quoi}"
        if type(nouveau) is type(contrat):
            changements = {cle: getattr(nouveau, cle) for cle in (*_COMMUNS, *_propres(contrat, nouveau))}
            return Geste(changer((*CONTRATS, ident), changements, nom), f"{_majuscule(quoi)} est modifié.")
        return Geste(corriger(CONTRATS, contrat, nouveau, nom), f"{_majuscule(quoi)} est modifié.")

    def prudences(valeurs: Valeurs) -> Sequence[str]:
        try:
            nouveau = lire_contrat(valeurs, ident, contrat)
        except (ValidationError, DossierInvalide):
            return ()
        return (*_perdues(contrat, nouveau), *avis(dossier, nouveau, au, baremes))

    return Fiche("Contrat", _champs(dossier), enregistrer, introduction=_INTRODUCTION, prudences=prudences)


def fiche_objectif(dossier: Dossier, au: date, baremes: Baremes, contrat: Contrat) -> Fiche:
    """Make the form of a contract's own objective alone."""
    nom = f"Modifier l’objectif : {du_contrat(dossier, contrat).removeprefix('le ')}"

    def enregistrer(valeurs: Valeurs) -> Geste:
        operation = changer((*CONTRATS, contrat.id), {"objectif": lire_objectif(valeurs)}, nom)
        return Geste(operation, "L’objectif est enregistré.")

    def prudences(valeurs: Valeurs) -> Sequence[str]:
        return avis(dossier, contrat.model_copy(update={"objectif": lire_objectif(valeurs)}), au, baremes)

    reference = contrat.reference
    return Fiche(
        "Objectif du contrat",
        champs_objectif(),
        enregistrer,
        depart=depart(champs_objectif(), valeurs_objectif(contrat.objectif)),
        introduction=(
            f"L’objectif écrit au contrat, pour une référence de {nombre(reference.patientele_mt)} en patientèle et de "
            f"{nombre(reference.file_active)} en file active. Un objectif changé depuis se saisit comme un avenant."
        ),
        prudences=prudences,
    )


def suppression(dossier: Dossier, contrat: Contrat) -> Geste:
    """Withdraw a contract, once it is known what goes with it."""
    quoi = du_contrat(dossier, contrat)
    affectations = sum(f.contrat == contrat.id for a in dossier.assistants for f in a.affectations)
    partent = [
        *([compte(len(contrat.avenants), "avenant")] if contrat.avenants else []),
        *([compte(affectations, "affectation d'assistant", "affectations d'assistants")] if affectations else []),
        *emportes(dossier, "contrats", contrat.id),
    ]
    avec = f"Avec lui {'partent' if len(partent) > 1 else 'part'} {enumeration(partent)}. " if partent else ""
    return Geste(
        retirer("contrats", contrat.id, f"Supprimer {quoi}"),
        f"{_majuscule(quoi)} est supprimé.",
        f"Supprimer {quoi} ?\n{avec}Les médecins, les assistants et les relevés restent. Annuler le fait revenir.",
    )


def lire_contrat(valeurs: Valeurs, ident: str, ancien: Contrat | None) -> Contrat:
    """Make a contract of what was read; it keeps what the form does not ask.

    Raises:
        ValidationError: when the domain refuses it.
        DossierInvalide: when a part of it is missing.

    """
    objectif = lire_objectif(valeurs)
    inconnu = sans_les_trois(objectif) and (ancien is None or ancien.objectif is None)
    commun: dict[str, Any] = {
        "id": ident,
        "texte": valeurs["texte"],
        "reference": lire_reference(valeurs),
        "objectif": None if inconnu else objectif,
        "avenants": () if ancien is None else ancien.avenants,
        **{cle: valeurs[cle] for cle in ("signe_le", "debut_le", "duree_ans", "tranche")},
    }
    if valeurs["texte"] != COLLECTIF:
        return ContratIndividuel(
            medecin=valeurs["medecin"],
            option_etp=valeurs["option_etp"],
            derogation=valeurs["derogation"],
            **commun,
        )
    medecins = valeurs["medecins"]
    garde = ancien if isinstance(ancien, ContratCollectif) else None
    return ContratCollectif(
        medecins=medecins,
        option_etp=valeurs["etp_finances"],
        structure=valeurs["structure"],
        gains_anterieurs=_gains(valeurs),
        adhesions=() if garde is None else tuple(a for a in garde.adhesions if a.medecin in medecins),
        docteurs_juniors=() if garde is None else tuple(j for j in garde.docteurs_juniors if j.medecin in medecins),
        **commun,
    )


def _champs(dossier: Dossier) -> tuple[Champ, ...]:
    medecins = {medecin.id: nom_medecin(medecin) for medecin in dossier.medecins}
    return (
        Champ("texte", "Texte", Choix(options(TEXTES)), requis=True,
              aide="celui en vigueur à la signature"),
        Champ("medecin", "Médecin", Choix(medecins), requis=True, si=_individuel),
        Champ("medecins", "Médecins du groupe", Plusieurs(medecins), requis=True, si=_collectif,
              aide="tous ceux que le contrat lie un jour ; entrées et sorties se saisissent ensuite"),
        Champ("option_etp", "Option financée", OPTIONS, requis=True, si=_individuel),
        Champ("etp_finances", "ETP financés", Etp(), requis=True, si=_collectif),
        Champ("structure", "Structure du groupe", Choix(options(STRUCTURES), vide_dit="non renseignée"),
              si=_collectif),
        Champ("signe_le", "Signé le", Jour(), requis=True),
        Champ("debut_le", "Premier jour", Jour(), requis=True, a_cote=True),
        Champ("duree_ans", "Durée, en années", Entier(1, 10, 5), requis=True),
        Champ("tranche", "Tranche de patientèle", Choix(_TRANCHES, vide_dit="non connue"),
              aide="la place de la patientèle de départ parmi celles de la spécialité, en percentiles"),
        Champ("derogation", "Dérogation", Choix(options(DEROGATIONS), vide_dit="aucune"), si=_individuel,
              aide="ce qui dispense du niveau minimal de patientèle"),
        *champs_reference(requis=True, aide="les chiffres de départ, tels que le contrat les écrit"),
        *champs_objectif(),
        Champ("gains_patientele_mt", "Patientèle déjà gagnée", Entier(exemple=120), si=_collectif,
              aide="sous les contrats individuels précédents des médecins du groupe"),
        Champ("gains_file_active", "File active déjà gagnée", Entier(exemple=150), si=_collectif),
    )  # fmt: skip


def _neuf(dossier: Dossier, au: date, baremes: Baremes, medecin: str | None) -> Valeurs:
    ouvert = texte_ouvert(baremes.textes.versions, au, collectif=False)
    seul = dossier.medecins[0].id if len(dossier.medecins) == 1 else None
    return {
        "texte": None if ouvert is None else ouvert[0],
        "duree_ans": 5 if ouvert is None else ouvert[1].duree_ans,
        "medecin": medecin or seul,
        "signe_le": au,
        "debut_le": au,
    }


def _valeurs(contrat: Contrat) -> Valeurs:
    valeurs = {
        **{cle: getattr(contrat, cle) for cle in ("texte", "signe_le", "debut_le", "duree_ans", "tranche", "medecins")},
        **valeurs_reference(contrat.reference),
        **valeurs_objectif(contrat.objectif),
    }
    if isinstance(contrat, ContratIndividuel):
        return {**valeurs, **{cle: getattr(contrat, cle) for cle in ("medecin", "option_etp", "derogation")}}
    gains = dict(contrat.gains_anterieurs or ())
    return {
        **valeurs,
        "etp_finances": contrat.option_etp,
        "structure": contrat.structure,
        **{f"gains_{cle}": valeur for cle, valeur in gains.items()},
    }


def _propres(ancien: Contrat, nouveau: Contrat) -> tuple[str, ...]:
    """List the keys of one kind of contract that the form changes; those of the group, only with its doctors."""
    if not isinstance(nouveau, ContratCollectif):
        return ("medecin", "derogation")
    retire = any(getattr(ancien, cle) != getattr(nouveau, cle) for cle in _DU_GROUPE)
    return ("medecins", "structure", "gains_anterieurs", *(_DU_GROUPE if retire else ()))


def _perdues(ancien: Contrat | None, nouveau: Contrat) -> tuple[str, ...]:
    """Warn of what a change of kind, or of doctors, takes away."""
    if not isinstance(ancien, ContratCollectif):
        return ()
    if not isinstance(nouveau, ContratCollectif):
        return (_PLUS_DE_GROUPE,)
    return (_MEDECIN_RETIRE,) if any(getattr(ancien, c) != getattr(nouveau, c) for c in _DU_GROUPE) else ()


def _gains(valeurs: Valeurs) -> Gains | None:
    gains = {cle: valeurs[f"gains_{cle}"] for cle in ("patientele_mt", "file_active")}
    manquants = [f"gains_{cle}" for cle, valeur in gains.items() if valeur is None]
    if len(manquants) == len(gains):
        return None
    if manquants:
        raise DossierInvalide(
            [Faute(manquants[0], "les deux gains antérieurs vont ensemble : complétez, ou videz les deux")]
        )
    return Gains(**gains)


def _collectif(saisie: Saisie) -> bool:
    return saisie.get("texte") == COLLECTIF


def _individuel(saisie: Saisie) -> bool:
    return not _collectif(saisie)


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]
