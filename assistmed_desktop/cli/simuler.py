"""``assistmed simuler``: a contract under a hypothesis, beside its own pace."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from assistmed_desktop.cli.conventions import FAIT, ErreurUsage, ecrire_json
from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.formats import INCONNU, INSECABLE, euros, jour_court, jour_long, nombre
from assistmed_desktop.reports.terminal import ABSENT, console, phrase, tableau, titre
from assistmed_desktop.rules.aide import HYPOTHESE
from assistmed_desktop.rules.resultats import LIBELLES_STATUT, NON_PUBLIE
from assistmed_desktop.services.recit_simulation import resume
from assistmed_desktop.services.scenarios import Hypothese, HypotheseImpossible, OptionSupposee, PeriodeSupposee
from assistmed_desktop.services.simulation import simulation

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console

    from assistmed_desktop.cli.contexte import Contexte
    from assistmed_desktop.domain.contrat import Indicateur
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.resultats import AnneeAide
    from assistmed_desktop.services.scenarios import IndicateurSimule, Scenario, Simulation

LIGNES_PAR_TABLE = 12


def simuler(contexte: Contexte) -> int:
    """Print what a contract would become under a hypothesis."""
    arguments = contexte.arguments
    supposees = (arguments.gain_mensuel, arguments.gain_file_active, arguments.suspension, arguments.option)
    if all(supposee is None for supposee in supposees):
        raise ErreurUsage(
            "Il n'y a rien à simuler : donnez --gain-mensuel, --gain-file-active, --suspension ou --option."
        )
    if arguments.option_du is not None and arguments.option is None:
        raise ErreurUsage("--option-du donne le jour d'une autre option : ajoutez --option.")
    dossier, au = contexte.dossier(), contexte.jour()
    hypothese = Hypothese(
        contrat=contexte.contrat(dossier, "il n'y a rien à simuler").id,
        gain_mensuel=arguments.gain_mensuel,
        departs=arguments.departs,
        gain_mensuel_file_active=arguments.gain_file_active,
        suspensions=tuple(PeriodeSupposee(du, au) for du, au in arguments.suspension or ()),
        option=None if arguments.option is None else OptionSupposee(arguments.option_du or au, arguments.option),
    )
    try:
        resultat = simulation(dossier, hypothese, au, contexte.baremes())
    except HypotheseImpossible as erreur:
        raise ErreurUsage(str(erreur)) from erreur
    if arguments.json:
        from assistmed_desktop.exchange.analyse_json.simulation import simulation_json

        ecrire_json(simulation_json(resultat))
    else:
        _afficher(console(sys.stdout), dossier, resultat)
    return FAIT


def _afficher(sortie: Console, dossier: Dossier, resultat: Simulation) -> None:
    suppose = resultat.suppose
    titre(sortie, f"{dossier.cabinet.nom} · contrat {suppose.hypothese.contrat} · au {jour_long(suppose.au)}")
    phrase(sortie, f"Hypothèse{INSECABLE}: {resume(suppose.hypothese)}.")
    phrase(sortie, "Rien de ce qui suit n'est enregistré : ce sont des relevés supposés, évalués comme les autres.")
    for nom, scenario in (("Au rythme actuel", resultat.actuel), ("Avec l'hypothèse", suppose)):
        sortie.print()
        titre(sortie, f"{nom}{INSECABLE}: {LIBELLES_STATUT[scenario.statut].lower()} le {jour_long(scenario.juge_le)}")
        for dite in scenario.phrases:
            phrase(sortie, dite)
    sortie.print()
    for cle in INDICATEURS:
        _indicateur(sortie, cle, resultat)
    _aide(sortie, resultat)
    if suppose.avertissements:
        titre(sortie, "À savoir")
    for avertissement in suppose.avertissements:
        phrase(sortie, avertissement.message, "• ")


def _indicateur(sortie: Console, cle: Indicateur, resultat: Simulation) -> None:
    actuel, suppose = (_de(scenario, cle) for scenario in (resultat.actuel, resultat.suppose))
    nom = INDICATEURS[cle] + ("" if suppose.requis else ", qui ne compte pas pour cette spécialité")
    table = tableau(nom, ("", False), ("Au rythme actuel", True), ("Avec l'hypothèse", True))
    table.add_row("Objectif", *(INCONNU if i.objectif is None else nombre(i.objectif) for i in (actuel, suppose)))
    if suppose.rythme is not None and actuel.rythme is not None:
        table.add_row(
            "Par mois", *(nombre(rythme.par_mois, 1, signe=True) for rythme in (actuel.rythme, suppose.rythme))
        )
        depart = nombre(suppose.rythme.depart)
        table.add_row(f"{jour_court(suppose.rythme.du)}, dernier relevé", depart, depart)
    lignes = _points(actuel, suppose)
    for jour in _choisis(sorted(lignes)):
        avant, apres = lignes[jour]
        table.add_row(jour_court(jour), _ou_tiret(avant), _ou_tiret(apres))
    table.add_row("Écart à l'objectif", *(_ou_tiret(i.ecart, signe=True) for i in (actuel, suppose)))
    table.add_row(
        "Objectif atteint le",
        *(ABSENT if i.atteint_le is None else jour_court(i.atteint_le) for i in (actuel, suppose)),
    )
    sortie.print(table)


def _de(scenario: Scenario, cle: Indicateur) -> IndicateurSimule:
    return scenario.patientele_mt if cle == "patientele_mt" else scenario.file_active


def _points(actuel: IndicateurSimule, suppose: IndicateurSimule) -> dict[date, tuple[int | None, int | None]]:
    avant = {point.date: point.valeur for point in actuel.points}
    apres = {point.date: point.valeur for point in suppose.points}
    return {jour: (avant.get(jour), apres.get(jour)) for jour in avant | apres}


def _choisis(jours: list[date]) -> list[date]:
    """Keep at most a year's worth of lines, the last ones of each scenario among them."""
    pas = -(-len(jours) // LIGNES_PAR_TABLE)
    return [jour for rang, jour in enumerate(jours) if (len(jours) - 1 - rang) % pas == 0] if jours else []


def _aide(sortie: Console, resultat: Simulation) -> None:
    table = tableau(
        "Aide annuelle (maximum à partir de l'année 3)",
        ("Année", True),
        ("Du", True),
        ("Montant", True),
        ("Au rythme actuel", True),
        ("Avec l'hypothèse", True),
    )
    for avant, apres in zip(resultat.actuel.aide, resultat.suppose.aide, strict=True):
        maximum = _montant(apres.montant_max) if apres.montant_max is not None else INCONNU
        table.add_row(str(apres.annee), jour_court(apres.du), maximum, _reduit(avant), _reduit(apres))
    sortie.print(table)
    if any(annee.hypothese_lineaire is not None for annee in resultat.suppose.aide):
        phrase(sortie, f"*{INSECABLE}: {HYPOTHESE}.")
        sortie.print()
    if any(annee.montant_max is None for annee in resultat.suppose.aide):
        phrase(sortie, f"Inconnu{INSECABLE}: {NON_PUBLIE}.")
        sortie.print()


def _reduit(annee: AnneeAide) -> str:
    if annee.montant_notifie is not None:
        return f"{euros(annee.montant_notifie)} (notifié)"
    if annee.apres_la_fin:
        return "contrat fini"
    if annee.hypothese_lineaire is None:
        return _montant(annee.montant_max)
    return f"{euros(annee.hypothese_lineaire)} *"


def _montant(centimes: int | None) -> str:
    return ABSENT if centimes is None else euros(centimes)


def _ou_tiret(valeur: int | None, *, signe: bool = False) -> str:
    return ABSENT if valeur is None else nombre(valeur, signe=signe)
