"""What of a practice a report on one contract rests on: a dossier of its own, that says nothing more.

A report is always made from such an extract, which it carries: taken from an extract, the extract is the same. The
contract comes first in it, with its doctors, its assistants, and their facts known on the day. Of everything else the
rules look at, only what they read is kept (``autres_contrats``). No reason, note, address, professional number or cost
is kept.

Evaluated, the extract gives what the practice gives for this contract, but for what it does not hold: the readings
dated after the day, of which the practice warns; deadlines ticked off for an assistant who never served the contract.
Its analysis has moreover no cost, has its movements summed (``mouvements_regroupes``), names other contracts otherwise,
and counts fewer readings outside the contract; ``analyser_l_extrait`` has it say nothing of the whole practice.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from assistmed_desktop.domain.cabinet import cle_de_luhn_exacte
from assistmed_desktop.domain.contrat import ChangementAdresse
from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.rules.analyse import Analyse, analyser
from assistmed_desktop.rules.comparaison import Valeur
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.mouvements import intervalle
from assistmed_desktop.rules.releves import points, retenu
from assistmed_desktop.services.autres_contrats import Autres
from assistmed_desktop.services.mouvements_regroupes import regrouper
from assistmed_desktop.services.services_rendus import Services

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from assistmed_desktop.domain.assistant import Assistant
    from assistmed_desktop.domain.cabinet import Medecin
    from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.suivi import Correction, Mouvement, Releve
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import Evaluation, EvaluationContrat

SANS_CODE_POSTAL: Final = "00000"
HORS_DE_L_EXTRAIT: Final = "chiffre de tout le cabinet, alors que ces données ne portent que sur ce contrat"
_DE_TOUT_LE_CABINET: Final = frozenset({"part_generalistes", "part_secretaires", "part_hors_sante"})


def extraire(dossier: Dossier, contrat_id: str, au: date) -> Dossier:
    """Give the extract of a valid dossier for a report about one contract on a day.

    Raises:
        KeyError: when no contract has this id.

    """
    signe = {contrat.id: contrat for contrat in dossier.contrats}[contrat_id]
    siens = frozenset(signe.medecins)
    services = Services(signe, dossier, au)
    autres = Autres(signe, dossier.contrats, services, au)
    releves = tuple(_releves(dossier, signe, autres, au))
    medecins = (*(m for m in dossier.medecins if m.id in siens), *autres.medecins)
    return dossier.model_copy(
        update={
            "cabinet": dossier.cabinet.model_copy(update={"adresse": "", "code_postal": SANS_CODE_POSTAL}),
            "medecins": tuple(_sans_numero(medecin, rang) for rang, medecin in enumerate(medecins)),
            "contrats": (_sans_motif(signe), *autres.contrats),
            "assistants": tuple(_assistant(assistant, services, autres) for assistant in services.assistants),
            "missions": tuple(m for m in dossier.missions if services.mission(m)),
            "releves": releves,
            "mouvements": tuple(_mouvements(dossier, signe, releves, au)),
            "activite": tuple(a for a in dossier.activite if a.medecin in siens and a.mois <= f"{au:%Y-%m}"),
            "versements": tuple(
                connu for v in dossier.versements if v.contrat == signe.id and (connu := v.connu_le(au)) is not None
            ),
            "corrections": tuple(_corrections(dossier, signe, au)),
            "notifications": tuple(n for n in dossier.notifications if n.contrat == signe.id and n.notifie_le <= au),
            "echeances_faites": tuple(
                e.model_copy(update={"note": ""})
                for e in dossier.echeances_faites
                if e.contrat == signe.id and e.faite_le <= au and (e.assistant is None or services.connait(e.assistant))
            ),
            "observations": tuple(o for o in dossier.observations if services.observation(o)),
            "propositions": tuple(
                p.model_copy(update={"note": ""})
                for p in dossier.propositions
                if p.contrat == signe.id and p.recue_le <= au
            ),
        }
    )


def evaluer_l_extrait(extrait: Dossier, contrat_id: str, au: date, baremes: Baremes) -> Evaluation:
    """Evaluate the contract of an extract, and it alone: the others are there only for it."""
    evaluation = evaluate(extrait, au, baremes)
    return replace(evaluation, contrats=tuple(c for c in evaluation.contrats if c.id == contrat_id))


def analyser_l_extrait(extrait: Dossier, contrat: EvaluationContrat, baremes: Baremes) -> Analyse:
    """Analyse the contract of an extract; a figure of the whole practice cannot be told from it."""
    analyse = analyser(extrait, contrat, baremes)
    lignes = tuple(
        replace(ligne, valeur=Valeur(None, HORS_DE_L_EXTRAIT)) if ligne.repere.mesure in _DE_TOUT_LE_CABINET else ligne
        for ligne in analyse.comparaison.lignes
    )
    return replace(analyse, comparaison=replace(analyse.comparaison, lignes=lignes))


def _sans_numero(medecin: Medecin, rang: int) -> Medecin:
    """Put a number in the place of the professional ones that says only the rank in the extract."""
    rpps = next(rpps for cle in range(10) if cle_de_luhn_exacte(rpps := f"{rang:010d}{cle}"))
    return medecin.model_copy(update={"rpps": rpps, "numero_am": ""})


def _sans_motif(contrat: ContratIndividuel | ContratCollectif) -> ContratIndividuel | ContratCollectif:
    avenants = []
    for avenant in contrat.avenants:
        tus: dict[str, Any] = {"motif": ""}
        if isinstance(avenant, ChangementAdresse):
            tus["adresse"] = ""
        avenants.append(avenant.model_copy(update=tus))
    return contrat.model_copy(update={"avenants": tuple(avenants)})


def _assistant(assistant: Assistant, services: Services, autres: Autres) -> Assistant:
    return assistant.model_copy(
        update={
            "absences": services.absences(assistant),
            "affectations": tuple(autres.renommer(f) for f in services.affectations(assistant)),
            "couts": (),
        }
    )


def _depuis(signe: ContratIndividuel | ContratCollectif) -> date:
    return min(signe.reference.date, signe.debut_le)


def _releves(
    dossier: Dossier, signe: ContratIndividuel | ContratCollectif, autres: Autres, au: date
) -> Iterator[Releve]:
    """Give the readings from the reference to the day, and those by which earlier contracts are judged."""
    par_medecin = {m: [r for r in dossier.releves if r.medecin == m] for m in signe.medecins}
    juges = {
        id(releve)
        for contrat, jour in autres.juges
        for releve in _retenus(par_medecin[contrat.medecin], contrat.debut_le, jour)
    }
    for releve in dossier.releves:
        if releve.medecin in par_medecin and (_depuis(signe) <= releve.date <= au or id(releve) in juges):
            yield releve.model_copy(update={"note": ""})


def _retenus(releves: Sequence[Releve], du: date, au: date) -> Iterator[Releve]:
    """Give the readings that count for a doctor on a day, one for each indicator."""
    for cle in INDICATEURS:
        point = retenu(points(releves, cle, du, au))
        if point is not None:
            lu = (point.date, point.valeur, point.source)
            yield next(r for r in reversed(releves) if (r.date, getattr(r, cle), r.source) == lu)


def _mouvements(
    dossier: Dossier, signe: ContratIndividuel | ContratCollectif, releves: Sequence[Releve], au: date
) -> Iterator[Mouvement]:
    for medecin in signe.medecins:
        siens = points([r for r in releves if r.medecin == medecin], "patientele_mt", signe.debut_le, au)
        premier, dernier = intervalle(signe, medecin, retenu(siens), au)
        debut = min(premier, signe.debut_le)
        gardes = (m for m in dossier.mouvements if m.medecin == medecin and m.au >= debut and m.du <= au)
        yield from regrouper(gardes, premier, dernier)


def _corrections(dossier: Dossier, signe: ContratIndividuel | ContratCollectif, au: date) -> Iterator[Correction]:
    """Give the corrections asked by the day, without an answer that came later."""
    for correction in dossier.corrections:
        concerne = correction.medecin in signe.medecins and correction.releve_le >= _depuis(signe)
        if not concerne or correction.demandee_le > au:
            continue
        changements: dict[str, Any] = {"note": ""}
        if correction.repondue_le is not None and correction.repondue_le > au:
            changements |= {"repondue_le": None, "valeur_accordee": None}
        yield correction.model_copy(update=changements)
