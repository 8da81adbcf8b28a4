"""The forms of a collective contract's group: when a doctor belongs to it, when one hosts a junior doctor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop.domain.contrat import Adhesion, ContratCollectif, DocteurJunior
from assistmed_desktop.formats import INSECABLE, jour_court
from assistmed_desktop.services.places import ajouter, changer, corriger, plusieurs, supprimer
from assistmed_desktop.ui.fiches.cibles import champs_reference, lire_reference, valeurs_reference
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, Geste, Valeurs, depart
from assistmed_desktop.ui.fiches.genres import Choix
from assistmed_desktop.ui.fiches.periodes import AU, DU, a_l_envers
from assistmed_desktop.ui.names import nom_medecin

if TYPE_CHECKING:
    from assistmed_desktop.domain.dossier import Dossier

_ADHESION = (
    f"Un médecin sans adhésion saisie compte du premier au dernier jour du contrat. Saisissez celle d’un médecin qui "
    f"entre ou sort en cours de route{INSECABLE}: la référence et l’objectif du groupe suivent."
)
_JUNIOR = "Un docteur junior accueilli par un maître de stage du groupe (PAMSU) relève le plafond des ETP financés."


def fiche_adhesion(dossier: Dossier, contrat: ContratCollectif, adhesion: Adhesion | None = None) -> Fiche:
    """Make the form of a doctor's time in a group. A doctor of the practice who is not in the contract enters it."""
    place = ("contrats", contrat.id, "adhesions")
    champs = (
        Champ("medecin", "Médecin", Choix({m.id: nom_medecin(m) for m in dossier.medecins}), requis=True),
        DU,
        AU,
        *champs_reference(
            requis=False,
            aide="les chiffres que le médecin apporte au groupe en entrant, ou retire en sortant",
            quoi="apportée",
        ),
    )

    def enregistrer(valeurs: Valeurs) -> Geste:
        nouvelle = Adhesion(
            medecin=valeurs["medecin"], du=valeurs["du"], au=valeurs["au"], reference=lire_reference(valeurs)
        )
        quoi = f"l’adhésion du {_qui(dossier, nouvelle.medecin)}"
        if adhesion is not None:
            nom, operation = f"Corriger {quoi}", corriger(place, adhesion, nouvelle, "")
        else:
            nom, operation = f"Ajouter {quoi}", ajouter(place, nouvelle, "")
        if nouvelle.medecin not in contrat.medecins:
            entree = changer(("contrats", contrat.id), {"medecins": (*contrat.medecins, nouvelle.medecin)}, "")
            operation = plusieurs([entree, operation], nom)
        fait = "ajoutée" if adhesion is None else "corrigée"
        return Geste(plusieurs([operation], nom), f"{quoi[:1].upper()}{quoi[1:]} est {fait}.")

    return Fiche(
        "Nouvelle adhésion" if adhesion is None else "Adhésion",
        champs,
        enregistrer,
        depart={} if adhesion is None else depart(champs, {**dict(adhesion), **valeurs_reference(adhesion.reference)}),
        introduction=_ADHESION,
        prudences=a_l_envers,
        supprimer=None if adhesion is None else suppression_adhesion(dossier, contrat, adhesion),
        suite=None if adhesion is not None else lambda apres: fiche_adhesion(apres, _a_jour(apres, contrat)),
    )


def suppression_adhesion(dossier: Dossier, contrat: ContratCollectif, adhesion: Adhesion) -> Geste:
    """Withdraw the time of a doctor in a group; without any, the doctor belongs to it throughout."""
    qui = _qui(dossier, adhesion.medecin)
    derniere = sum(autre.medecin == adhesion.medecin for autre in contrat.adhesions) == 1
    suite = " Ce médecin compte désormais du premier au dernier jour du contrat." if derniere else ""
    return Geste(
        supprimer(("contrats", contrat.id, "adhesions"), adhesion, f"Supprimer l’adhésion du {qui}"),
        f"L’adhésion du {qui} est supprimée.{suite}",
    )


def fiche_junior(dossier: Dossier, contrat: ContratCollectif, junior: DocteurJunior | None = None) -> Fiche:
    """Make the form of a junior doctor hosted by a doctor of the group."""
    place = ("contrats", contrat.id, "docteurs_juniors")
    maitres = {m.id: nom_medecin(m) for m in dossier.medecins if m.id in contrat.medecins}
    champs = (Champ("medecin", "Maître de stage", Choix(maitres), requis=True), DU, AU)

    def enregistrer(valeurs: Valeurs) -> Geste:
        nouveau = DocteurJunior(**valeurs)
        quoi = f"le docteur junior accueilli le {jour_court(nouveau.du)}"
        fait = quoi[:1].upper() + quoi[1:]
        if junior is None:
            return Geste(ajouter(place, nouveau, f"Ajouter {quoi}"), f"{fait} est ajouté.")
        return Geste(corriger(place, junior, nouveau, f"Corriger {quoi}"), f"{fait} est corrigé.")

    return Fiche(
        "Nouveau docteur junior" if junior is None else "Docteur junior",
        champs,
        enregistrer,
        depart={} if junior is None else depart(champs, dict(junior)),
        introduction=_JUNIOR,
        prudences=a_l_envers,
        supprimer=None if junior is None else suppression_junior(contrat, junior),
        suite=None if junior is not None else lambda apres: fiche_junior(apres, _a_jour(apres, contrat)),
    )


def suppression_junior(contrat: ContratCollectif, junior: DocteurJunior) -> Geste:
    """Withdraw a junior doctor."""
    quoi = f"docteur junior accueilli le {jour_court(junior.du)}"
    return Geste(
        supprimer(("contrats", contrat.id, "docteurs_juniors"), junior, f"Supprimer le {quoi}"),
        f"Le {quoi} est supprimé.",
    )


def _qui(dossier: Dossier, ident: str) -> str:
    return next((nom_medecin(m) for m in dossier.medecins if m.id == ident), "médecin")


def _a_jour(dossier: Dossier, contrat: ContratCollectif) -> ContratCollectif:
    """Give a contract as it now is."""
    return next(
        (autre for autre in dossier.contrats if isinstance(autre, ContratCollectif) and autre.id == contrat.id), contrat
    )
