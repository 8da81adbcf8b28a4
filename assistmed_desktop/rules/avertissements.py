"""What a careful manager would want to be told about a contract, beside its figures."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois, en_cours
from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES, TEXTES
from assistmed_desktop.formats import compte, enumeration, etp, jour_court, nombre, pourcent
from assistmed_desktop.rules.releves import ecarts_entre_sources
from assistmed_desktop.rules.resultats import NON_PUBLIE, Avertissement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from assistmed_desktop.domain.assistant import Affectation, Assistant, Mission
    from assistmed_desktop.domain.contrat import ContratIndividuel
    from assistmed_desktop.domain.suivi import Releve, SourceReleve
    from assistmed_desktop.rules.indicateurs import Mesure
    from assistmed_desktop.rules.resultats import (
        AnneeAide,
        EvaluationIndicateur,
        PeriodeSuspendue,
        SegmentEffectif,
    )
    from assistmed_desktop.rules.tables import AbsenceLongue, VersionObjectifs

JOURS_RELEVE_ANCIEN = 100


def du_contrat(
    contrat: ContratIndividuel | ContratCollectif,
    *,
    texte_connu: bool,
    evaluation_par_defaut: bool,
    evaluation_le: date,
) -> Iterator[Avertissement]:
    """Check the dates of the contract against each other and against its text."""
    if not texte_connu:
        yield Avertissement(
            "signature_hors_periode",
            f"Aucun contrat ne se signait le {jour_court(contrat.signe_le)} sous ce texte ({TEXTES[contrat.texte]}) : "
            "vérifiez le texte ou la date de signature.",
            "attention",
        )
    if contrat.debut_le < contrat.signe_le:
        yield Avertissement(
            "debut_avant_signature",
            f"Le contrat commence le {jour_court(contrat.debut_le)}, avant sa signature le "
            f"{jour_court(contrat.signe_le)} : vérifiez ces deux dates.",
            "attention",
        )
    if evaluation_par_defaut:
        yield Avertissement(
            "evaluation_par_defaut",
            f"La date d'évaluation n'est pas renseignée : {jour_court(evaluation_le)} est la date par défaut, "
            "à vérifier sur votre contrat.",
            "attention",
        )


def des_releves(indicateur: EvaluationIndicateur, mesure: Mesure, au: date) -> Iterator[Avertissement]:
    """Tell what is doubtful in the readings of one indicator."""
    nom = INDICATEURS[indicateur.indicateur]
    if indicateur.date is None:
        if indicateur.requis:
            yield Avertissement("releve_absent", f"{nom} : {_releve_manquant(mesure)}.", "attention")
    else:
        if indicateur.source == "logiciel":
            yield Avertissement(
                "source_logiciel",
                f"{nom} : faute de relevé de la CPAM ou d'amelipro, le chiffre du logiciel métier est retenu.",
                "attention",
            )
        if (au - indicateur.date).days > JOURS_RELEVE_ANCIEN:
            yield Avertissement(
                "releve_ancien",
                f"{nom} : le dernier relevé retenu date du {jour_court(indicateur.date)}.",
                "attention",
            )
    ecarts = [ecart for siens in mesure.par_medecin for ecart in ecarts_entre_sources(siens)]
    if ecarts:
        dernier = max(ecarts, key=lambda ecart: ecart.logiciel.date)
        autres = f" ({compte(len(ecarts) - 1, 'autre écart', 'autres écarts')} de ce genre)" if len(ecarts) > 1 else ""
        logiciel, authentifie = dernier.logiciel, dernier.authentifie
        yield Avertissement(
            "ecart_sources",
            f"{nom} : le logiciel métier ({nombre(logiciel.valeur)} le {jour_court(logiciel.date)}) s'écarte de "
            f"{pourcent(dernier.taux, 1, signe=True)} du chiffre {_de(authentifie.source)} "
            f"({nombre(authentifie.valeur)} le {jour_court(authentifie.date)}){autres}.",
            "attention",
        )


def _releve_manquant(mesure: Mesure) -> str:
    if not any(mesure.par_medecin):
        return "aucun relevé depuis le début du contrat"
    sources = "de la CPAM, d'amelipro ou du logiciel métier"
    if len(mesure.par_medecin) == 1:
        return f"aucun relevé {sources} depuis le début du contrat"
    return f"il manque un relevé {sources} pour au moins un médecin du groupe"


def _de(source: SourceReleve) -> str:
    return "de la CPAM" if source == "cpam" else f"d'{SOURCES[source]}"


def releves_futurs(releves: Sequence[Releve], au: date) -> Iterator[Avertissement]:
    """Tell of readings dated after the day, which do not count."""
    futurs = [releve.date for releve in releves if releve.date > au]
    if futurs:
        verbe = "il n'est pas compté" if len(futurs) == 1 else "ils ne sont pas comptés"
        yield Avertissement(
            "releve_futur",
            f"{compte(len(futurs), 'relevé')} après le {jour_court(au)}, le premier au {jour_court(min(futurs))} : "
            f"{verbe}.",
            "information",
        )


def de_l_objectif(
    contrat: ContratIndividuel | ContratCollectif, indicateur: EvaluationIndicateur, version: VersionObjectifs | None
) -> Iterator[Avertissement]:
    """Tell of a target that is missing, or that differs from the published table."""
    nom = INDICATEURS[indicateur.indicateur]
    if indicateur.objectif is None:
        if indicateur.requis:
            yield Avertissement("objectif_inconnu", f"{nom} : objectif inconnu, {NON_PUBLIE}.", "attention")
        return
    attendu = None if version is None else _objectif_du_bareme(contrat, indicateur, version)
    if attendu is not None and indicateur.requis and abs(indicateur.objectif - attendu) > 1:
        yield Avertissement(
            "objectif_hors_bareme",
            f"{nom} : l'objectif du contrat ({nombre(indicateur.objectif)}) diffère du barème publié "
            f"({nombre(attendu)}) ; c'est le contrat signé qui fait foi.",
            "information",
        )


def _objectif_du_bareme(
    contrat: ContratIndividuel | ContratCollectif, indicateur: EvaluationIndicateur, version: VersionObjectifs
) -> Fraction | None:
    reference = indicateur.reference
    if isinstance(contrat, ContratCollectif):
        par_etp = (ligne for ligne in version.hausses_par_etp if ligne.indicateur == indicateur.indicateur)
        return next((reference + ligne.patients * contrat.option_etp for ligne in par_etp), None)
    case = (contrat.tranche, contrat.option_etp)
    sienne = (ligne for ligne in version.hausses if (ligne.tranche, ligne.option) == case)
    return next((reference * (1 + ligne.taux / 100) for ligne in sienne), None)


def de_l_aide(annees: Sequence[AnneeAide]) -> Iterator[Avertissement]:
    """Tell of the contract years whose amount nobody has published nor notified, and of those shared by two options."""
    courues = [annee for annee in annees if not annee.apres_la_fin]
    inconnues = [str(annee.annee) for annee in courues if annee.montant is None]
    if inconnues:
        annees_inconnues = f"l'année {inconnues[0]}" if len(inconnues) == 1 else f"les années {enumeration(inconnues)}"
        yield Avertissement("aide_inconnue", f"Aide pour {annees_inconnues} : {NON_PUBLIE}.", "attention")
    for annee in courues:
        if annee.options_en_cours and annee.montant_notifie is None:
            changements = [f"{etp(option)} le {jour_court(jour)}" for jour, option in annee.options_en_cours]
            yield Avertissement(
                "option_en_cours_d_annee",
                f"Année {annee.annee} : l'option passe de {etp(annee.option)} à {enumeration(changements)}. Le montant "
                "montré est celui de l'option du premier jour ; le partage de l'année n'est pas publié.",
                "information",
            )


def des_assistants(
    contrat: ContratIndividuel | ContratCollectif,
    affectations: Sequence[tuple[Assistant, Affectation]],
    suspensions: Sequence[PeriodeSuspendue],
    jusqu_au: date,
    absence_longue: AbsenceLongue,
) -> Iterator[Avertissement]:
    """Tell of hirings before the contract, and of long absences while the contract ran, up to a day."""
    assistants = {assistant.id: assistant for assistant, _ in affectations}.values()
    for assistant in assistants:
        nom = assistant.nom_complet
        if assistant.embauche_le is not None and assistant.embauche_le < contrat.debut_le:
            yield Avertissement(
                "embauche_avant_contrat",
                f"{nom} : l'embauche du {jour_court(assistant.embauche_le)} précède le début du contrat, le "
                f"{jour_court(contrat.debut_le)}. Vérifiez ces dates.",
                "attention",
            )
        au_contrat = [affectation for celui, affectation in affectations if celui.id == assistant.id]
        for absence in assistant.absences:
            des_trois_mois = ajouter_mois(absence.du, absence_longue.mois)
            a_suspendre = any(
                not _suspendue(
                    max(des_trois_mois, contrat.debut_le, affectation.du),
                    min(fin for fin in (jusqu_au, absence.au, affectation.au) if fin is not None),
                    suspensions,
                )
                for affectation in au_contrat
            )
            if a_suspendre and not absence.remplacement:
                yield Avertissement(
                    "absence_longue",
                    f"{nom} : absence de plus de trois mois sans remplacement depuis le {jour_court(absence.du)}. "
                    "Le contrat doit être suspendu par un avenant, avec l'accord écrit du médecin.",
                    "attention",
                )


def _suspendue(du: date, au: date, suspensions: Sequence[PeriodeSuspendue]) -> bool:
    """Say whether the contract sleeps on every day of a period; so it does when there is no day in it."""
    for suspension in suspensions:
        if en_cours(suspension, du):
            du = suspension.au + UN_JOUR
    return du > au


def de_l_effectif(
    effectif: Sequence[SegmentEffectif], suspensions: Sequence[PeriodeSuspendue], au: date
) -> Iterator[Avertissement]:
    """Tell of a post not covered on the day."""
    suspendu = any(en_cours(s, au) for s in suspensions)
    for segment in effectif:
        if en_cours(segment, au) and not segment.couvert and not suspendu:
            yield Avertissement(
                "couverture_insuffisante",
                f"Depuis le {jour_court(segment.du)}, {_affecte(segment.etp_affecte)} pour "
                f"{etp(segment.etp_requis)} {_accord('financé', segment.etp_requis)}.",
                "attention",
            )


def _affecte(valeur: Fraction) -> str:
    return f"{etp(valeur)} {_accord('affecté', valeur)}" if valeur else "aucun assistant n'est affecté"


def _accord(participe: str, valeur: Fraction) -> str:
    return participe if valeur < 2 else f"{participe}s"  # noqa: PLR2004 - French agrees from two on


def des_missions(
    affectations: Sequence[tuple[Assistant, Affectation]], missions: Mapping[str, Sequence[Mission]], au: date
) -> Iterator[Avertissement]:
    """Tell when the tasks of the day, given by assistant, are secretarial alone, which does not qualify."""
    presents = {a.id for a, f in affectations if en_cours(f, au)}
    domaines = {
        mission.domaine for assistant in presents for mission in missions.get(assistant, ()) if en_cours(mission, au)
    }
    if presents and not domaines:
        yield Avertissement(
            "missions_absentes", "Aucune mission n'est saisie pour l'assistant en poste.", "information"
        )
    elif domaines == {"administratif"}:
        yield Avertissement(
            "secretariat_seul",
            "Les missions en cours sont toutes administratives : le secrétariat seul ne donne pas droit à l'aide.",
            "attention",
        )
