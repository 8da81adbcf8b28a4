"""The forms of what is counted for a doctor: corrections asked of the CPAM, movements, activity."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois
from assistmed_desktop.domain.fautes import DossierInvalide, Faute
from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.domain.suivi import Activite, Correction, Mouvement, Releve
from assistmed_desktop.formats import compte, de, jour_court, mois_long, nombre, periode
from assistmed_desktop.rules.releves import AUTHENTIFIEES
from assistmed_desktop.services.places import ajouter, corriger, supprimer
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, Geste, Saisie, Valeurs, depart
from assistmed_desktop.ui.fiches.genres import Choix, Entier, Jour, Mois, Note
from assistmed_desktop.ui.fiches.periodes import DU, a_l_envers
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from assistmed_desktop.domain.dossier import Dossier

CORRECTIONS: Final = ("corrections",)
MOUVEMENTS: Final = ("mouvements",)
ACTIVITE: Final = ("activite",)
_MOIS_PAR_AN: Final = 12
_DANS_L_ANNEE: Final = (1, 2, 3, 4, 6, 12)
"""The lengths of period, in months, that divide a year."""


def fiche_correction(dossier: Dossier, medecin: str, au: date, correction: Correction | None = None) -> Fiche:
    """Ask the CPAM to correct a count, or follow what was asked."""

    def enregistrer(valeurs: Valeurs) -> Geste:
        nouvelle = Correction(medecin=medecin, **valeurs)
        quoi = f"la correction du relevé du {jour_court(nouvelle.releve_le)}"
        if correction is None:
            return Geste(ajouter(CORRECTIONS, nouvelle, f"Ajouter {quoi}"), f"{quoi.capitalize()} est suivie.")
        return Geste(
            corriger(CORRECTIONS, correction, nouvelle, f"Modifier {quoi}"), f"{quoi.capitalize()} est modifiée."
        )

    def prudences(valeurs: Valeurs) -> Sequence[str]:
        return _prudences_de_la_correction(dossier, medecin, au, valeurs)

    return Fiche(
        "Correction demandée à la CPAM" if correction is None else "Suivre la correction",
        _CHAMPS_CORRECTION,
        enregistrer,
        depart=_depart_de_la_correction(dossier, medecin, au) if correction is None else _ecrire(correction),
        introduction=(
            "Une demande sans réponse ne change rien aux chiffres. Une fois accordée, le relevé corrigé se saisit avec "
            "les autres."
        ),
        prudences=prudences,
        supprimer=None if correction is None else retirer_correction(correction),
    )


def retirer_correction(correction: Correction) -> Geste:
    """Withdraw a correction."""
    quoi = f"la correction du relevé du {jour_court(correction.releve_le)}"
    return Geste(supprimer(CORRECTIONS, correction, f"Supprimer {quoi}"), f"{quoi.capitalize()} est supprimée.")


_CHAMPS_CORRECTION: Final = (
    Champ("indicateur", "Effectif contesté", Choix({str(cle): nom for cle, nom in INDICATEURS.items()}), requis=True),
    Champ("releve_le", "Date du relevé contesté", Jour("dernier"), requis=True),
    Champ("valeur_cpam", "Chiffre de la CPAM", Entier(), requis=True),
    Champ("valeur_demandee", "Chiffre que vous demandez", Entier(), requis=True, a_cote=True),
    Champ("demandee_le", "Demandée le", Jour(), requis=True),
    Champ("repondue_le", "Réponse reçue le", Jour(), aide="laissez vide tant que la CPAM n’a pas répondu"),
    Champ(
        "valeur_accordee",
        "Chiffre accordé",
        Entier(),
        aide="laissez vide si la demande est refusée",
        si=lambda saisie: bool(saisie.get("repondue_le", "").strip()),
    ),
    Champ("note", "Note", Note(), aide="ce qui manque au relevé, sans nommer de patient"),
)


def _ecrire(correction: Correction) -> Saisie:
    return depart(_CHAMPS_CORRECTION, correction.model_dump())


def _depart_de_la_correction(dossier: Dossier, medecin: str, au: date) -> Saisie:
    """Start from the last reading of the CPAM or amelipro, which is the one contested as a rule."""
    siens = [r for r in dossier.releves if r.medecin == medecin and r.source in AUTHENTIFIEES and r.date <= au]
    dernier = max(siens, key=lambda releve: releve.date, default=None)
    valeurs: dict[str, object] = {"indicateur": "patientele_mt", "demandee_le": au}
    if dernier is not None:
        valeurs |= {"releve_le": dernier.date, "valeur_cpam": dernier.patientele_mt}
    return depart(_CHAMPS_CORRECTION, valeurs)


def _prudences_de_la_correction(dossier: Dossier, medecin: str, au: date, valeurs: Valeurs) -> list[str]:
    dites = []
    releve_le, cpam = valeurs["releve_le"], valeurs["valeur_cpam"]
    memes = [r for r in dossier.releves if r.medecin == medecin and r.date == releve_le and r.source in AUTHENTIFIEES]
    if not any(getattr(releve, valeurs["indicateur"]) == cpam for releve in memes):
        dites.append(
            f"Aucun relevé {_sources()} du {jour_court(releve_le)} ne porte {compte(cpam, 'patient')} : vérifiez la "
            "date et le chiffre, ou saisissez ce relevé."
        )
    if valeurs["valeur_demandee"] == cpam:
        dites.append("Le chiffre demandé est celui de la CPAM : il n'y a rien à corriger.")
    dites += [
        f"Cette date est à venir : {jour_court(jour)}."
        for jour in (valeurs["demandee_le"], valeurs["repondue_le"])
        if jour is not None and jour > au
    ]
    return dites


def _sources() -> str:
    return " ou ".join(nom for source, nom in SOURCES.items() if source in AUTHENTIFIEES)


def releve_accorde(correction: Correction) -> Releve | None:
    """Give the reading that a correction granted makes; None while nothing is."""
    if correction.valeur_accordee is None:
        return None
    comptes = dict.fromkeys(INDICATEURS) | {correction.indicateur: correction.valeur_accordee}
    return Releve(
        medecin=correction.medecin,
        date=correction.releve_le,
        patientele_mt=comptes["patientele_mt"],
        file_active=comptes["file_active"],
        source="cpam",
        note="Corrigé à la demande du médecin",
    )


def fiche_mouvement(dossier: Dossier, medecin: str, au: date, mouvement: Mouvement | None = None) -> Fiche:
    """Count who came and who left over a period; saving and going on proposes the next one."""

    def enregistrer(valeurs: Valeurs) -> Geste:
        nouveau = Mouvement(medecin=medecin, **valeurs)
        quoi = f"les mouvements {periode(nouveau.du, nouveau.au)}"
        if mouvement is None:
            return Geste(ajouter(MOUVEMENTS, nouveau, f"Ajouter {quoi}"), f"{quoi.capitalize()} sont ajoutés.")
        return Geste(
            corriger(MOUVEMENTS, mouvement, nouveau, f"Modifier {quoi}"), f"{quoi.capitalize()} sont modifiés."
        )

    def prudences(valeurs: Valeurs) -> Sequence[str]:
        avenir = valeurs["au"] > au
        return (
            *a_l_envers(valeurs),
            *((f"Cette période finit après aujourd'hui, {jour_court(au)} : comptez-la une fois finie.",) * avenir),
        )

    return Fiche(
        "Nouveaux mouvements" if mouvement is None else "Modifier les mouvements",
        _CHAMPS_MOUVEMENT,
        enregistrer,
        depart=_depart_du_mouvement(dossier, medecin, au)
        if mouvement is None
        else depart(_CHAMPS_MOUVEMENT, mouvement.model_dump()),
        introduction=(
            "Des totaux, jamais de nom, sur la période que vous tenez : mois, trimestre, semestre ou année. S’il n’y a "
            "eu personne, écrivez 0."
        ),
        prudences=prudences,
        supprimer=None if mouvement is None else retirer_mouvement(mouvement),
        suite=(lambda suivant: fiche_mouvement(suivant, medecin, au)) if mouvement is None else None,
    )


def retirer_mouvement(mouvement: Mouvement) -> Geste:
    """Withdraw a period of movements."""
    quoi = f"les mouvements {periode(mouvement.du, mouvement.au)}"
    return Geste(supprimer(MOUVEMENTS, mouvement, f"Supprimer {quoi}"), f"{quoi.capitalize()} sont supprimés.")


_CHAMPS_MOUVEMENT: Final = (
    DU,
    Champ("au", "Au", Jour("dernier"), requis=True, a_cote=True),
    Champ("entrees", "Entrées", Entier(exemple=96), requis=True, aide="nouvelles déclarations de médecin traitant"),
    Champ("deces", "Décès", Entier(exemple=14), requis=True),
    Champ("departs", "Départs", Entier(exemple=22), requis=True, a_cote=True, aide="changement de médecin traitant"),
    Champ("autres_sorties", "Autres sorties", Entier(exemple=5), requis=True, aide="radiations, déménagements…"),
)


def _depart_du_mouvement(dossier: Dossier, medecin: str, au: date) -> Saisie:
    """Propose the period that follows the last one, as long as it; failing one, the year that has passed."""
    siens = [mouvement for mouvement in dossier.mouvements if mouvement.medecin == medecin]
    dernier = max(siens, key=lambda mouvement: mouvement.au, default=None)
    if dernier is None:
        annee = date(au.year - 1, 1, 1)
        return depart(_CHAMPS_MOUVEMENT, {"du": annee, "au": annee.replace(month=12, day=31)})
    du = dernier.au + UN_JOUR
    mois = _mois_entiers(dernier)
    valeurs = {"du": du} if mois is None else {"du": du, "au": ajouter_mois(du, mois) - UN_JOUR}
    return depart(_CHAMPS_MOUVEMENT, valeurs)


def _mois_entiers(mouvement: Mouvement) -> int | None:
    """Count the months of a period where it holds whole ones that divide a year, from the first of one."""
    lendemain = mouvement.au + UN_JOUR
    if mouvement.du.day != 1 or lendemain.day != 1:
        return None
    mois = (lendemain.year - mouvement.du.year) * _MOIS_PAR_AN + lendemain.month - mouvement.du.month
    return mois if mois in _DANS_L_ANNEE else None


def fiche_activite(dossier: Dossier, medecin: str, au: date, activite: Activite | None = None) -> Fiche:
    """Count a month of activity; a new one starts at the month that follows the last."""

    def enregistrer(valeurs: Valeurs) -> Geste:
        nouvelle = Activite(medecin=medecin, **valeurs)
        autres = [a for a in dossier.activite if a.medecin == medecin and a is not activite]
        mois = mois_en_mots(nouvelle.mois)
        if any(autre.mois == nouvelle.mois for autre in autres):
            raise DossierInvalide([Faute("mois", f"{mois} est déjà saisi : modifiez-le dans le tableau")])
        quoi = _activite_de(nouvelle.mois)
        if activite is None:
            return Geste(ajouter(ACTIVITE, nouvelle, f"Ajouter {quoi}"), f"{quoi.capitalize()} est ajoutée.")
        return Geste(corriger(ACTIVITE, activite, nouvelle, f"Modifier {quoi}"), f"{quoi.capitalize()} est modifiée.")

    def prudences(valeurs: Valeurs) -> Sequence[str]:
        return _prudences_du_mois(dossier, medecin, au, valeurs)

    if activite is None:
        ecrit = depart(_CHAMPS_ACTIVITE, {"mois": mois_suivant(dossier, medecin, au)})
    else:
        ecrit = depart(_CHAMPS_ACTIVITE, activite.model_dump())
    return Fiche(
        "Ajouter un mois d’activité" if activite is None else "Modifier un mois d’activité",
        _CHAMPS_ACTIVITE,
        enregistrer,
        depart=ecrit,
        bouton="Ajouter" if activite is None else "Enregistrer",
        prudences=prudences,
        supprimer=None if activite is None else retirer_activite(activite),
    )


def retirer_activite(activite: Activite) -> Geste:
    """Withdraw a month of activity."""
    quoi = _activite_de(activite.mois)
    return Geste(supprimer(ACTIVITE, activite, f"Supprimer {quoi}"), f"{quoi.capitalize()} est supprimée.")


_CHAMPS_ACTIVITE: Final = (
    Champ("mois", "Mois", Mois(), requis=True),
    Champ("actes", "Actes", Entier(exemple=402), requis=True, a_cote=True),
    Champ("jours_travailles", "Jours travaillés", Entier(maxi=31, exemple=18), requis=True, a_cote=True),
)


def mois_en_mots(mois: str) -> str:
    """Write ``mars 2025`` for ``2025-03``."""
    return mois_long(date.fromisoformat(f"{mois}-01"))


def _activite_de(mois: str) -> str:
    return soigner(f"l'activité {de(mois_en_mots(mois))}")


def mois_suivant(dossier: Dossier, medecin: str, au: date) -> str:
    """Give the month that follows the last one entered; failing one, the last that is over."""
    siens = [activite.mois for activite in dossier.activite if activite.medecin == medecin]
    if not siens:
        return f"{ajouter_mois(au.replace(day=1), -1):%Y-%m}"
    return f"{ajouter_mois(date.fromisoformat(f'{max(siens)}-01'), 1):%Y-%m}"


def _prudences_du_mois(dossier: Dossier, medecin: str, au: date, valeurs: Valeurs) -> list[str]:
    premier = date.fromisoformat(f"{valeurs['mois']}-01")
    longueur = calendar.monthrange(premier.year, premier.month)[1]
    actes, jours = valeurs["actes"], valeurs["jours_travailles"]
    dites = []
    if premier.replace(day=longueur) >= au:
        dites.append(f"Le mois {de(mois_long(premier))} n'est pas fini : comptez-le une fois passé.")
    if jours > longueur:
        dites.append(f"Ce mois n'a que {compte(longueur, 'jour')}.")
    if actes and not jours:
        dites.append("Des actes sans jour travaillé : vérifiez.")
    avant = [a for a in dossier.activite if a.medecin == medecin and a.mois < valeurs["mois"] and a.jours_travailles]
    dernier = max(avant, key=lambda activite: activite.mois, default=None)
    if dernier is not None and dernier.actes and jours and not _proche(actes, jours, dernier):
        dites.append(
            f"{nombre(actes / jours, 1)} actes par jour, contre "
            f"{nombre(dernier.actes / dernier.jours_travailles, 1)} en {mois_en_mots(dernier.mois)} : vérifiez."
        )
    return dites


def _proche(actes: int, jours: int, dernier: Activite) -> bool:
    """Whether the acts a day are within half and twice those of another month."""
    ici, avant = actes * dernier.jours_travailles, dernier.actes * jours
    return avant <= 2 * ici <= 4 * avant
