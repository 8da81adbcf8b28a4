"""What the page of the assistants says of one of them: the career in time, the training, where it all stands."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from assistmed_desktop.domain.calendrier import UN_JOUR, en_cours, se_croisent
from assistmed_desktop.domain.libelles import EMPLOYEURS, ROLES, VOIES
from assistmed_desktop.figures.frise import Barre, Frise, Jalon, Ligne
from assistmed_desktop.formats import INSECABLE, compte, etp, heures, jour_court
from assistmed_desktop.rules.partage import ETP_DES_ROLES
from assistmed_desktop.rules.resultats import LIBELLES_ETAT
from assistmed_desktop.ui.names import nom_contrat
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistmed_desktop.domain.assistant import Absence, Affectation, Assistant, Embauche
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.presence import Presence
    from assistmed_desktop.rules.resultats import Echeance, EvaluationContrat
    from assistmed_desktop.ui.desk import State

_PEU: Final = 4
"""Of more absences than this, only the longest are named on the timeline."""
_APRES: Final = timedelta(days=90)
_DEVANT: Final = ("a_venir", "urgente", "depassee")
_ROLES_ETAT: Final = {"depassee": "sous_la_reference", "urgente": "attention"}
FORMATION: Final = ("debut_formation", "qualification")
"""The deadlines of the training track."""


def presence_of(state: State, contrat: EvaluationContrat) -> Presence | None:
    """Give the staffing of a contract, once it has been analysed."""
    analyse = state.analyses.get(contrat.id)
    return None if analyse is None else analyse.presence


def absences(assistant: Assistant, contrat: str | None = None) -> list[Barre]:
    """Give the absences, those of a contract while the assistant serves it; of many only the longest are named."""
    siennes = [
        absence
        for absence in assistant.absences
        if contrat is None or any(_pendant(f, absence) for f in assistant.affectations if f.contrat == contrat)
    ]
    longues = sorted(siennes, key=_duree, reverse=True)[:_PEU]
    return [Barre(a.du, a.au, mot_absence(a) if a in longues else "", "absence") for a in siennes]


def _pendant(affectation: Affectation, absence: Absence) -> bool:
    return se_croisent(affectation.du, affectation.au, absence.du, absence.au)


def _duree(absence: Absence) -> int:
    return (absence.au - absence.du).days if absence.au is not None else 10_000


def mot_absence(absence: Absence) -> str:
    """Say what an absence leaves: replaced, paid leave, or neither."""
    if absence.remplacement:
        return "congés payés, remplacés" if absence.conges else "absence remplacée"
    return "congés payés" if absence.conges else "absence sans remplacement"


def career(state: State, assistant: Assistant) -> Frise | None:
    """Give the timeline of an assistant: hirings, absences, share of each contract, training and its deadlines."""
    au = state.evaluation.au
    embauches = tuple(
        Barre(e.du, e.au, f"{ROLES[e.role]}, {heures(e.heures_hebdo)}", "presence") for e in assistant.embauches
    )
    lignes = [Ligne("Embauche", embauches)]
    if assistant.absences:
        lignes.append(Ligne("Absences", tuple(absences(assistant))))
    for contrat in state.dossier.contrats:
        siennes = [f for f in assistant.affectations if f.contrat == contrat.id]
        if siennes:
            barres = tuple(Barre(f.du, f.au, etp(f.etp), "contrat") for f in siennes)
            lignes.append(Ligne(nom_contrat(state.dossier, contrat), barres))
    jalons = _jalons(state, assistant)
    jours = [jour for ligne in lignes for barre in ligne.barres for jour in (barre.du, barre.au) if jour is not None]
    jours += [jalon.jour for jalon in jalons]
    if not jours:
        return None
    ouverte = any(barre.au is None for ligne in lignes for barre in ligne.barres)
    fin = max([*jours, au + _APRES] if ouverte else jours)
    return Frise(min(jours), max(fin, min(jours) + UN_JOUR), au, tuple(lignes), tuple(jalons))


def _jalons(state: State, assistant: Assistant) -> list[Jalon]:
    formation = assistant.formation
    jalons = []
    if formation is not None:
        voie = formation.voie.upper()
        dits = ((formation.inscription_le, "inscription"), (formation.debut_le, "formation"))
        jalons = [Jalon(jour, mot) for jour, mot in dits if jour is not None]
        if formation.obtention_le is not None:
            jalons.append(Jalon(formation.obtention_le, f"{voie} obtenu" if voie == "CQP" else f"{voie} obtenue"))
    mots = {"debut_formation": "formation à commencer", "qualification": "qualification à obtenir"}
    jalons += [
        Jalon(e.le, f"{mots[e.code]}, au plus tard")
        for e in deadlines(state, assistant)
        if e.code in mots and e.etat in _DEVANT
    ]
    return jalons


def deadlines(state: State, assistant: Assistant) -> list[Echeance]:
    """Give the deadlines about an assistant, each once, the earliest first."""
    siennes = {(e.code, e.le): e for c in state.evaluation.contrats for e in c.echeances if e.assistant == assistant.id}
    return sorted(siennes.values(), key=lambda e: (e.le, e.code))


def countdown(jour: date, au: date) -> str:
    """Say how far a day is: ``dans 290 jours``."""
    ecart = (jour - au).days
    if ecart == 0:
        return "aujourd’hui"
    return f"dans {compte(ecart, 'jour')}" if ecart > 0 else f"il y a {compte(-ecart, 'jour')}"


def training_facts(state: State, assistant: Assistant) -> list[Fact]:
    """Tell the training track: its steps, then what it must keep to, with the days left."""
    formation, au = assistant.formation, state.evaluation.au
    facts = []
    if formation is not None:
        facts.append(Fact("Voie", majuscule(VOIES[formation.voie])))
        etapes = (
            ("Inscription", formation.inscription_le),
            ("Début", formation.debut_le),
            ("Qualification", formation.obtention_le),
        )
        facts += [Fact(nom, "pas encore" if jour is None else jour_court(jour)) for nom, jour in etapes]
    for echeance in deadlines(state, assistant):
        if echeance.etat == "passee":
            continue
        etat = LIBELLES_ETAT[echeance.etat]
        reste = "" if echeance.etat == "faite" else f", {countdown(echeance.le, au)}"
        fait = "" if echeance.fait_le is None else f", le {jour_court(echeance.fait_le)}"
        facts.append(
            Fact(
                soigner(echeance.libelle),
                f"{jour_court(echeance.le)}{reste}",
                f"{majuscule(etat)}{fait}{_a_verifier(echeance)}",
                alerte=_ROLES_ETAT.get(echeance.etat, ""),
            )
        )
    return facts


def _a_verifier(echeance: Echeance) -> str:
    return " – délai à vérifier" if echeance.source.a_verifier and echeance.etat != "faite" else ""


def poste(assistant: Assistant, au: date) -> str:
    """Say what an assistant is hired for on a day: ``mi-temps, 17 h 30``, or since when no longer."""
    courantes = [e for e in assistant.embauches if en_cours(e, au)]
    if courantes:
        return " et ".join(f"{ROLES[e.role]}, {heures(e.heures_hebdo)}" for e in courantes)
    futures = [e.du for e in assistant.embauches if e.du > au]
    if futures:
        return f"embauche prévue le {jour_court(min(futures))}"
    passees = [e.au for e in assistant.embauches if e.au is not None]
    return f"départ le {jour_court(max(passees))}" if passees else "aucune embauche saisie"


def present(assistant: Assistant, au: date) -> bool:
    """Whether someone employs an assistant on a day."""
    return any(en_cours(e, au) for e in assistant.embauches)


def affectations_du_jour(dossier: Dossier, assistant: Assistant, au: date) -> str:
    """Say which contract an assistant serves on a day, or how many, and for how much."""
    courantes = [f for f in assistant.affectations if en_cours(f, au)]
    if not courantes:
        return ""
    total = etp(sum((f.etp for f in courantes), Fraction(0)))
    if len({f.contrat for f in courantes}) > 1:
        return f"{compte(len(courantes), 'contrat')}, {total} en tout"
    return f"{next(nom_contrat(dossier, c) for c in dossier.contrats if c.id == courantes[0].contrat)}, {total}"


def etat_formation(state: State, assistant: Assistant) -> str:
    """Say in a few words where the training stands."""
    formation = assistant.formation
    if formation is not None and formation.obtention_le is not None and formation.obtention_le <= state.evaluation.au:
        return f"obtenue le {jour_court(formation.obtention_le)}"
    attendues = [e for e in deadlines(state, assistant) if e.code in FORMATION and e.etat in _DEVANT]
    prochaine = next(iter(attendues), None)
    if prochaine is not None:
        quoi = "formation à commencer" if prochaine.code == "debut_formation" else "à obtenir"
        return f"{quoi}, {countdown(prochaine.le, state.evaluation.au)}"
    if formation is None:
        return "non renseignée"
    return "en cours" if formation.debut_le is not None else "pas commencée"


def today(state: State, assistant: Assistant) -> str:
    """Say where an assistant stands on the day, in a sentence."""
    au = state.evaluation.au
    absence = next((a for a in assistant.absences if en_cours(a, au)), None)
    courante: Embauche | None = next((e for e in assistant.embauches if en_cours(e, au)), None)
    employeur = "" if courante is None else f"{INSECABLE}; employeur{INSECABLE}: {EMPLOYEURS[courante.employeur]}"
    phrases = [f"{majuscule(poste(assistant, au))}{soigner(employeur)}."]
    if absence is not None:
        retour = "retour non connu" if absence.au is None else f"jusqu’au {jour_court(absence.au)}"
        phrases.append(f"Absence depuis le {jour_court(absence.du)}, {retour} ({mot_absence(absence)}).")
    return " ".join(phrases)


def notes(state: State, assistant: Assistant) -> Sequence[str]:
    """Tell what the analysis has found about an assistant: long absences, hours that are not those of the role."""
    phrases: dict[str, None] = {}
    for contrat in state.evaluation.contrats:
        presence = presence_of(state, contrat)
        if presence is not None:
            phrases |= {soigner(a.phrase): None for a in presence.absences_longues if a.assistant == assistant.id}
            phrases |= {
                soigner(h.phrase): None
                for h in presence.heures
                if h.assistant == assistant.id and h.etp != ETP_DES_ROLES[h.role]
            }
    return list(phrases)


def majuscule(texte: str) -> str:
    """Begin a text with a capital."""
    return texte[:1].upper() + texte[1:]
