"""What the pages say of an evaluation, in French: pure functions from results to texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Final

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.formats import (
    INSECABLE,
    accord,
    compte,
    enumeration,
    etp,
    euros,
    jour_court,
    nombre,
    periode,
    pourcent,
)
from assistmed_desktop.rules.resultats import (
    LIBELLES_ETAT,
    LIBELLES_STATUT,
    NON_PUBLIE,
    AnneeAide,
    Avertissement,
    BaremeAjoute,
    Echeance,
    EvaluationContrat,
    EvaluationIndicateur,
    Explication,
    StatutContrat,
)
from assistmed_desktop.ui.leads import DEADLINES, WARNINGS, Lead
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from assistmed_desktop.rules.analyse import Analyse

PIRE_D_ABORD: Final[tuple[StatutContrat, ...]] = (
    "sous_la_reference", "en_retard", "donnees_insuffisantes", "objectif_inconnu", "suspendu", "en_bonne_voie",
    "atteint", "termine",
)  # fmt: skip

_GRADES = {
    "A": "texte légal",
    "B": "page officielle",
    "C": "source secondaire, à vérifier",
    "D": "déduit par calcul, à vérifier",
    "X": "non publié",
}
_REMPLACER = (
    "Demandez un fichier corrigé à qui vous l'a remis, et mettez-le à la place de celui-ci. Pour vous en passer, "
    "retirez-le de ce dossier."
)
_EN_ATTENDANT = (
    "Rien n'est appliqué d'un fichier en faute : les barèmes du programme valent à sa place. La correction est prise "
    "en compte à la prochaine ouverture du cabinet."
)


@dataclass(frozen=True)
class IndicatorWords:
    """One indicator, ready to show."""

    titre: str
    statut: str
    mot: str
    chiffre: str
    unite: str
    origine: str
    done: float | None
    expected: float | None
    bar: tuple[str, str, str, str]
    sans_barre: str
    requis: str
    realise: str


def indicator_words(indicateur: EvaluationIndicateur) -> IndicatorWords:
    """Say where an indicator stands."""
    span = None if indicateur.objectif is None else indicateur.objectif - indicateur.reference
    bar = bool(span)
    return IndicatorWords(
        titre=INDICATEURS[indicateur.indicateur],
        statut=indicateur.statut_tenu,
        mot=LIBELLES_STATUT[indicateur.statut_tenu],
        chiffre="Aucun relevé" if indicateur.valeur is None else nombre(indicateur.valeur),
        unite="" if indicateur.valeur is None else accord(indicateur.valeur, "patient"),
        origine=_origine(indicateur),
        done=_part(indicateur, indicateur.valeur) if bar else None,
        expected=_part(indicateur, indicateur.attendu) if bar else None,
        bar=_bar(indicateur) if bar else ("", "", "", ""),
        sans_barre="" if bar else _sans_barre(indicateur),
        requis=_requis(indicateur),
        realise=_realise(indicateur),
    )


def _origine(indicateur: EvaluationIndicateur) -> str:
    if indicateur.date is None or indicateur.source is None:
        return "depuis le début du contrat"
    facultatif = "" if indicateur.requis else " – pour information, cet indicateur n’est pas exigé"
    return f"{SOURCES[indicateur.source]}, {jour_court(indicateur.date)}{facultatif}"


def _part(indicateur: EvaluationIndicateur, valeur: object) -> float | None:
    if valeur is None or indicateur.objectif is None:
        return None
    return float((valeur - indicateur.reference) / (indicateur.objectif - indicateur.reference))  # type: ignore[operator]


def _bar(indicateur: EvaluationIndicateur) -> tuple[str, str, str, str]:
    attendu = "" if indicateur.attendu is None else f"attendu{INSECABLE}{nombre(indicateur.attendu)}"
    taux = "" if indicateur.taux_atteinte is None else f"{pourcent(indicateur.taux_atteinte)} du gain prévu"
    objectif = "" if indicateur.objectif is None else f"objectif{INSECABLE}{nombre(indicateur.objectif)}"
    return f"référence{INSECABLE}{nombre(indicateur.reference)}", attendu, taux, objectif


def _sans_barre(indicateur: EvaluationIndicateur) -> str:
    reference = f"Référence{INSECABLE}: {compte(indicateur.reference, 'patient')}."
    if indicateur.objectif is None:
        return f"{reference} Objectif non connu{INSECABLE}: reportez le chiffre de votre contrat."
    return f"Objectif{INSECABLE}: se maintenir à {compte(indicateur.objectif, 'patient')}, le chiffre de référence."


def _requis(indicateur: EvaluationIndicateur) -> str:
    if indicateur.statut_tenu == "atteint":
        return ""
    if indicateur.gain_mensuel_requis is not None:
        return f"il faut {nombre(indicateur.gain_mensuel_requis, 1, signe=True)} par mois"
    passee = indicateur.objectif is not None and indicateur.valeur is not None
    return "date d’évaluation passée" if passee else ""


def _realise(indicateur: EvaluationIndicateur) -> str:
    if indicateur.gain_mensuel_realise is None:
        return ""
    return f"réalisé {nombre(indicateur.gain_mensuel_realise, 1, signe=True)} par mois"


@dataclass(frozen=True)
class TodoItem:
    """One thing to do or to check: its urgency, its state word, its role in the theme, what it is, where it leads."""

    urgence: tuple[int, date]
    etat: str
    role: str
    quand: str
    texte: str
    contrat: str
    lead: Lead | None = None


_ROLES_ETAT = {"depassee": "sous_la_reference", "urgente": "en_retard", "a_venir": "secondaire"}
_RANGS = {"depassee": 0, "urgente": 2, "a_venir": 4}
_A_VERIFIER, _DE_L_ANALYSE, _A_SAVOIR = 1, 3, 5
"""The ranks of warnings among those of the deadlines."""


def todo_items(contrat: EvaluationContrat, analyse: Analyse | None = None, *, qui: str = "") -> list[TodoItem]:
    """List what is left to do, the most pressing first; ``qui`` names the doctor among several.

    Of an analysis only what is to be checked is listed, and a late payment once, as the deadline that it missed.
    """
    prefixe = f"{qui}{INSECABLE}– " if qui else ""
    items = [_echeance_item(echeance, contrat.id, prefixe) for echeance in contrat.echeances if echeance.etat in _RANGS]
    items += [
        _avertissement_item(a, contrat, prefixe, _A_VERIFIER if a.niveau == "attention" else _A_SAVOIR)
        for a in contrat.avertissements
    ]
    late = any(echeance.code == "versement" and echeance.etat == "depassee" for echeance in contrat.echeances)
    items += [
        _avertissement_item(avertissement, contrat, prefixe, _DE_L_ANALYSE)
        for avertissement in (analyse.avertissements if analyse else ())
        if avertissement.niveau == "attention"
        and avertissement not in contrat.avertissements
        and not (late and avertissement.code == "versement_en_retard")
    ]
    return most_pressing_first(items)


def most_pressing_first(items: Sequence[TodoItem]) -> list[TodoItem]:
    """Order what is left to do."""
    return sorted(items, key=lambda item: item.urgence)


def _echeance_item(echeance: Echeance, contrat: str, prefixe: str) -> TodoItem:
    return TodoItem(
        (_RANGS[echeance.etat], echeance.le),
        LIBELLES_ETAT[echeance.etat],
        _ROLES_ETAT[echeance.etat],
        jour_court(echeance.le),
        prefixe + soigner(echeance.libelle),
        contrat,
        DEADLINES.get(echeance.code),
    )


def _avertissement_item(avertissement: Avertissement, contrat: EvaluationContrat, prefixe: str, rang: int) -> TodoItem:
    attention = avertissement.niveau == "attention"
    return TodoItem(
        (rang, contrat.au),
        "à vérifier" if attention else "à savoir",
        "en_retard" if attention else "secondaire",
        "",
        prefixe + soigner(avertissement.message),
        contrat.id,
        WARNINGS.get(avertissement.code),
    )


@dataclass(frozen=True)
class AidWords:
    """The aid of a contract year, ready to show."""

    titre: str
    montant: str
    lignes: tuple[str, ...]
    explication: Explication | None


def aid_words(dossier: Dossier, contrat: EvaluationContrat) -> AidWords:
    """Say what the current contract year brings, and what has come."""
    annee = contrat.annee_en_cours
    if annee is None:
        return AidWords("Aide de l’année", "Le contrat ne court pas à cette date.", (), None)
    titre = f"Aide de l’année{INSECABLE}{annee.annee}"
    fin = f"Le contrat a pris fin le {jour_court(contrat.fin_le)}."
    if annee.apres_la_fin:
        return AidWords(titre, "Aucune", (fin, periode(annee.du, annee.au).capitalize()), annee.explication)
    recus = [
        versement.montant_recu
        for versement in dossier.versements
        if versement.contrat == contrat.id
        and versement.annee_contrat == annee.annee
        and versement.montant_recu is not None
        and (versement.recu_le is None or versement.recu_le <= contrat.au)
    ]
    recu = f"Reçu à ce jour{INSECABLE}: {euros(sum(recus))}" if recus else "Aucun versement reçu n’est enregistré"
    return AidWords(
        titre,
        _montant(annee),
        (
            *_notifie(annee),
            recu,
            *_hypothese(annee),
            *_options(annee),
            *((fin,) if contrat.au > contrat.fin_le else ()),
            periode(annee.du, annee.au).capitalize(),
        ),
        annee.explication,
    )


def _montant(annee: AnneeAide) -> str:
    if annee.montant is None:
        return NON_PUBLIE[:1].upper() + NON_PUBLIE[1:]
    return euros(annee.montant) + (" au plus" if annee.au_plus else "")


def _notifie(annee: AnneeAide) -> tuple[str, ...]:
    return () if annee.notifie_le is None else (f"Notifié par la CPAM le {jour_court(annee.notifie_le)}",)


def _options(annee: AnneeAide) -> tuple[str, ...]:
    if annee.montant_notifie is not None:
        return ()
    return tuple(
        f"Option de {etp(option)} à partir du {jour_court(jour)}{INSECABLE}: partage de l’année non publié"
        for jour, option in annee.options_en_cours
    )


def _hypothese(annee: AnneeAide) -> tuple[str, ...]:
    if annee.hypothese_lineaire is None:
        return ()
    montant = euros(round(annee.hypothese_lineaire))
    return (f"À l’atteinte d’aujourd’hui{INSECABLE}: {montant} (hypothèse linéaire, non vérifiée)",)


_PLURIELS: Final[dict[str, str]] = {
    "atteint": "objectifs atteints",
    "objectif_inconnu": "objectifs inconnus",
    "suspendu": "suspendus",
    "termine": "terminés",
}
"""The statuses that agree with the number of contracts; the others are said alike of one and of several."""


def overview_sentence(contrats: Sequence[EvaluationContrat]) -> str:
    """Count the contracts by status, worst first."""
    comptes = Counter(contrat.statut_tenu for contrat in contrats)
    parties = [
        f"{compte(comptes[statut], (mot := LIBELLES_STATUT[statut].lower()), _PLURIELS.get(statut, mot))}"
        for statut in PIRE_D_ABORD
        if comptes[statut]
    ]
    return " · ".join(parties)


def worst_first(contrats: Sequence[EvaluationContrat]) -> list[EvaluationContrat]:
    """Order contracts by status, worst first, then as the dossier does."""
    return sorted(contrats, key=lambda contrat: PIRE_D_ABORD.index(contrat.statut_tenu))


def explanation_html(explications: Sequence[Explication], ajoutes: Sequence[BaremeAjoute] = ()) -> str:
    """Write reasonings as a document: the steps, the texts they rest on, then the barèmes the user has added."""
    lignes = "".join(
        f"<p>Barème ajouté{INSECABLE}: {_t(ajoute.fichier)}<br>"
        f'<span class="secondaire">{_t(", ".join(ajoute.versions))}{INSECABLE}; relu le '
        f"{jour_court(ajoute.verifie_le)}{_depassees(ajoute)}</span></p>"
        for ajoute in ajoutes
    )
    return "".join(_explication(explication) for explication in explications) + lignes


def _depassees(ajoute: BaremeAjoute) -> str:
    if not ajoute.depassees:
        return ""
    return f"{INSECABLE}; le programme a relu plus récemment que vous {_t(enumeration(ajoute.depassees))}"


def refusals_html(fautes: Sequence[str], dossier: str) -> str:
    """Write why barèmes of the user's do not apply, where they are, and how to mend it."""
    lignes = "".join(f"<p>{_t(faute)}</p>" for faute in fautes)
    return (
        f"<h4>Ce qui ne va pas</h4>{lignes}<h4>Où</h4><p>{escape(dossier, quote=False)}</p><h4>Que faire</h4>"
        f"<p>{_t(_REMPLACER)}</p><p>{_t(_EN_ATTENDANT)}</p>"
    )


def _explication(explication: Explication) -> str:
    etapes = "".join(
        f"<p><b>{_t(etape.libelle)}{INSECABLE}: {_t(etape.resultat)}</b><br>"
        f'<span class="secondaire">{_t(etape.calcul)}</span></p>'
        for etape in explication.etapes
    )
    sources = "".join(
        f"<p>{_t(source.texte)}<br>{_t(source.article)}<br>"
        f'<span class="secondaire">{_t(source.adresse)}<br>{_GRADES[source.grade]}'
        f"{INSECABLE}; relu le {jour_court(source.verifie_le)}</span></p>"
        for source in explication.sources
    )
    references = f"<h4>Références</h4>{sources}" if sources else ""
    return f"<h3>{_t(explication.titre)}</h3>{etapes}{references}"


def todo_html(items: Sequence[TodoItem]) -> str:
    """Write everything to do as a document."""
    lignes = (
        f"<p><b>{_t(' – '.join(partie for partie in (item.quand, item.etat) if partie))}</b><br>{_t(item.texte)}</p>"
        for item in items
    )
    return "".join(lignes) or "<p>Rien à faire.</p>"


def _t(texte: str) -> str:
    return escape(soigner(texte), quote=False)
