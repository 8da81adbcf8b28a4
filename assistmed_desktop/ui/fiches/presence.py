"""The forms of what an assistant does over time: absences, allocations to contracts, costs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistmed_desktop.domain.assistant import Absence, Affectation, Cout
from assistmed_desktop.formats import INSECABLE, jour_court, lire_jour
from assistmed_desktop.ui.fiches.faits_assistant import (
    contrats_du_cabinet,
    d_un,
    ecriture,
    hors_embauche,
    liste_de,
    retrait,
)
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, Geste, Saisie, Valeurs, depart
from assistmed_desktop.ui.fiches.genres import Case, Choix, Etp, Euros
from assistmed_desktop.ui.fiches.periodes import AU, DU, a_l_envers

if TYPE_CHECKING:
    from assistmed_desktop.domain.assistant import Assistant
    from assistmed_desktop.domain.dossier import Dossier


# Absences


def fiche_absence(assistant: Assistant, absence: Absence | None = None) -> Fiche:
    """Make the form of an absence, which never asks why."""
    champs = (
        DU,
        replace(AU, aide="laissez vide si le retour n’est pas connu"),
        Champ("remplacement", "Remplacement pendant l’absence", Case()),
        Champ("conges", "Congés payés", Case(), aide="ils ne laissent pas de manque"),
    )

    def enregistrer(valeurs: Valeurs) -> Geste:
        lue = Absence(**valeurs)
        return ecriture(
            liste_de(assistant, "absences"), absence, lue, f"l’absence du {jour_court(lue.du)}", "L’absence"
        )

    def suite(dossier: Dossier) -> Fiche:
        return fiche_absence(next((a for a in dossier.assistants if a.id == assistant.id), assistant))

    return Fiche(
        f"{'Nouvelle absence' if absence is None else 'Absence'} {d_un(assistant)}",
        champs,
        enregistrer,
        {} if absence is None else depart(champs, absence.__dict__),
        introduction="Les deux jours sont compris. Le motif n’est jamais demandé ni enregistré.",
        prudences=lambda valeurs: [*a_l_envers(valeurs), *hors_embauche(assistant, valeurs)],
        supprimer=None if absence is None else supprimer_absence(assistant, absence),
        suite=suite if absence is None else None,
    )


def supprimer_absence(assistant: Assistant, absence: Absence) -> Geste:
    """Make the change that withdraws an absence."""
    nom = f"l’absence du {jour_court(absence.du)}"
    return retrait(liste_de(assistant, "absences"), absence, nom, "L’absence")


# Allocations


def fiche_affectation(
    dossier: Dossier, assistant: Assistant, affectation: Affectation | None = None, contrat: str | None = None
) -> Fiche:
    """Make the form of the share of an assistant that counts for a contract; proposes what the contract finances."""
    noms = contrats_du_cabinet(dossier)

    def finance(saisie: Saisie) -> str:
        signe = next((c for c in dossier.contrats if c.id == saisie.get("contrat")), None)
        if signe is None:
            return ""
        return Etp().ecrire(signe.option_au(lire_jour(saisie.get("du", "")) or signe.debut_le))

    champs = (
        Champ("contrat", "Contrat", Choix(noms), requis=True),
        Champ(
            "etp", "Part comptée pour ce contrat", Etp(), requis=True, propose=finance,
            aide="en équivalent temps plein, par exemple 1/2",
        ),
        DU,
        AU,
    )  # fmt: skip

    def enregistrer(valeurs: Valeurs) -> Geste:
        lue = Affectation(**valeurs)
        nom = f"l’affectation {d_un(assistant)} du {jour_court(lue.du)}"
        return ecriture(liste_de(assistant, "affectations"), affectation, lue, nom, "L’affectation")

    seul = next(iter(noms), "") if len(noms) == 1 else ""
    debut = {"contrat": contrat or seul}
    if assistant.embauche_le is not None and not assistant.affectations:
        debut["du"] = jour_court(assistant.embauche_le)
    return Fiche(
        f"{'Nouvelle affectation' if affectation is None else 'Affectation'} {d_un(assistant)}",
        champs,
        enregistrer,
        debut if affectation is None else depart(champs, affectation.__dict__),
        introduction=(
            f"Un assistant qui sert plusieurs médecins a une affectation par contrat{INSECABLE}: c’est cette part que "
            "la CPAM compare à l’option signée."
        ),
        prudences=lambda valeurs: [*a_l_envers(valeurs), *hors_embauche(assistant, valeurs)],
        supprimer=None if affectation is None else supprimer_affectation(assistant, affectation),
    )


def supprimer_affectation(assistant: Assistant, affectation: Affectation) -> Geste:
    """Make the change that withdraws an allocation."""
    nom = f"l’affectation {d_un(assistant)} du {jour_court(affectation.du)}"
    return retrait(liste_de(assistant, "affectations"), affectation, nom, "L’affectation")


# Costs


def fiche_cout(assistant: Assistant, cout: Cout | None = None) -> Fiche:
    """Make the form of what an assistant costs a month over a period."""
    champs = (
        DU,
        AU,
        Champ("brut_mensuel", "Salaire brut par mois", Euros(), requis=True),
        Champ("charges_mensuelles", "Charges de l’employeur par mois", Euros(), requis=True),
    )

    def enregistrer(valeurs: Valeurs) -> Geste:
        lu = Cout(**valeurs)
        return ecriture(liste_de(assistant, "couts"), cout, lu, f"le coût à partir du {jour_court(lu.du)}", "Le coût")

    debut = {} if assistant.couts or assistant.embauche_le is None else {"du": jour_court(assistant.embauche_le)}
    return Fiche(
        f"{'Nouveau coût' if cout is None else 'Coût'} {d_un(assistant)}",
        champs,
        enregistrer,
        debut if cout is None else depart(champs, cout.__dict__),
        introduction=(
            "Recopiez les totaux d’un bulletin ordinaire. Ils servent à dire ce que le poste vous coûte une fois "
            f"l’aide déduite{INSECABLE}; le programme ne fait aucune paie."
        ),
        prudences=a_l_envers,
        supprimer=None if cout is None else supprimer_cout(assistant, cout),
    )


def supprimer_cout(assistant: Assistant, cout: Cout) -> Geste:
    """Make the change that withdraws a cost."""
    return retrait(liste_de(assistant, "couts"), cout, f"le coût à partir du {jour_court(cout.du)}", "Le coût")
