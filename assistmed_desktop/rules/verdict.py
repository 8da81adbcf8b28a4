"""The verdict of a contract in sentences a doctor reads: where it stands, where it goes, what explains it.

It speaks of the status held (``rules.saison``), and tells openly of the reading that would say otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import en_cours
from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.formats import compte, decimal_arrondi, enumeration, jour_long, nombre
from assistmed_desktop.rules.designation import SUJETS
from assistmed_desktop.rules.releves import retenu
from assistmed_desktop.rules.resultats import LIBELLES_STATUT
from assistmed_desktop.rules.tendance import RELEVES_MINIMAUX

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from assistmed_desktop.rules.resultats import EvaluationContrat, EvaluationIndicateur

_EN_CHEMIN = ("en_bonne_voie", "en_retard", "sous_la_reference")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A title of a few words, and the sentences that follow it."""

    titre: str
    phrases: tuple[str, ...]

    @property
    def texte(self) -> str:
        """The sentences in one paragraph."""
        return " ".join(self.phrases)


def verdict(contrat: EvaluationContrat) -> Verdict:
    """Give the verdict of a contract on its day of evaluation."""
    requis = [indicateur for indicateur in contrat.indicateurs if indicateur.requis]
    if contrat.statut_tenu == "termine":
        return Verdict(_titre(contrat, requis), tuple(_au_dernier_jour(i, contrat.fin_le) for i in requis))
    phrases = [phrase for i in requis for phrase in (_situation(i), i.creux) if phrase is not None]
    phrases += [*previsions(contrat), *_sans_prevision(contrat, requis), *_evaluation_passee(contrat, requis)]
    return Verdict(_titre(contrat, requis), tuple(phrases))


def _au_dernier_jour(indicateur: EvaluationIndicateur, fin_le: date) -> str:
    """Tell where an ended contract was: by the reading that counted on its last day, not by those that came after."""
    point = retenu([point for point in indicateur.points if point.date <= fin_le])
    valeur, jour, source = (None, None, None) if point is None else (point.valeur, point.date, point.source)
    return _situation(replace(indicateur, valeur=valeur, date=jour, source=source))


def _evaluation_passee(contrat: EvaluationContrat, requis: list[EvaluationIndicateur]) -> list[str]:
    """Say that the evaluation has passed, and which reading is still to be entered."""
    if contrat.statut_tenu not in _EN_CHEMIN or contrat.au < contrat.evaluation_le:
        return []
    passee = f"L'évaluation était fixée au {jour_long(contrat.evaluation_le)}"
    if all(i.date is not None and i.date >= contrat.evaluation_le for i in requis):
        return [f"{passee}."]
    return [f"{passee} : saisissez le relevé qui a servi à juger."]


def phrase(contrat: EvaluationContrat) -> str:
    """Give the verdict as one paragraph: its title, then its sentences."""
    resultat = verdict(contrat)
    return f"{resultat.titre}. {resultat.texte}"


def _titre(contrat: EvaluationContrat, requis: list[EvaluationIndicateur]) -> str:
    mot = LIBELLES_STATUT[contrat.statut_tenu]
    if contrat.statut_tenu == "termine":
        return f"Contrat terminé depuis le {jour_long(contrat.fin_le)}"
    if contrat.statut_tenu == "suspendu":
        suspension = next(s for s in contrat.suspensions if en_cours(s, contrat.au))
        fin = "" if suspension.ouverte else f", jusqu'au {jour_long(suspension.au)}"
        return f"Contrat suspendu depuis le {jour_long(suspension.du)}{fin}"
    concernes = [indicateur for indicateur in requis if indicateur.statut_tenu == contrat.statut_tenu]
    sujets = enumeration([SUJETS[indicateur.indicateur] for indicateur in concernes])
    if contrat.statut_tenu == "en_retard":
        retards = [(_derriere(retard), SUJETS[i.indicateur]) for i in concernes if (retard := _retard(i)) is not None]
        (premier, sujet), *suite = retards
        autres = "".join(f" et de {nombre(retard)} pour {autre}" for retard, autre in suite)
        echu = all(i.attendu == i.objectif for i in concernes)
        sur = "sur\u00a0l'objectif" if echu else "sur\u00a0le\u00a0rythme\u00a0prévu"
        return f"{mot} de {compte(premier, 'patient')} {sur} pour {sujet}{autres}"
    if contrat.statut_tenu in ("sous_la_reference", "donnees_insuffisantes", "objectif_inconnu"):
        return f"{mot} pour {sujets}"
    if contrat.statut_tenu == "atteint":
        return mot
    return f"{mot} vers l'objectif" if contrat.au < contrat.evaluation_le else f"{mot}, mais l'évaluation est passée"


def _retard(indicateur: EvaluationIndicateur) -> Fraction | float | None:
    """Give the patients behind the expected path, negative: those of the reading, or of the level when it is ahead."""
    ecart = indicateur.ecart
    if ecart is None or ecart < 0 or indicateur.niveau is None or indicateur.attendu is None:
        return ecart
    return indicateur.niveau - float(indicateur.attendu)


def _derriere(ecart: Fraction | float) -> int:
    """Say how many patients behind; less than half a patient behind is still one."""
    return max(1, int(decimal_arrondi(-ecart, 0)))


def _situation(indicateur: EvaluationIndicateur) -> str:
    if indicateur.valeur is None or indicateur.date is None or indicateur.source is None:
        return f"{INDICATEURS[indicateur.indicateur]} : valeur inconnue, faute de relevé depuis le début du contrat."
    sujet = SUJETS[indicateur.indicateur].capitalize()
    constat = (
        f"{sujet} compte {compte(indicateur.valeur, 'patient')} le {jour_long(indicateur.date)} "
        f"({SOURCES[indicateur.source]})"
    )
    return f"{constat}{_ce_qui_manque(indicateur, indicateur.valeur - indicateur.reference)}."


def _ce_qui_manque(indicateur: EvaluationIndicateur, gain: int) -> str:
    """Set a count beside what the contract asks for."""
    if indicateur.objectif is None:
        return " ; l'objectif n'est pas connu"
    if indicateur.attendu is None:
        return " ; il ne se compare pas à l'objectif signé, le groupe ayant changé sans que sa référence suive"
    prevu = nombre(indicateur.objectif - indicateur.reference)
    if indicateur.statut == "atteint":
        return f", pour un objectif de {nombre(indicateur.objectif)}"
    if gain < 0:
        return f", soit {compte(-gain, 'patient')} de moins que la référence ({nombre(indicateur.reference)})"
    if gain == 0:
        return f", comme à la référence ; {prevu} restent à gagner"
    return f", soit un gain de {nombre(gain)} depuis la référence, sur les {prevu} à gagner"


def previsions(contrat: EvaluationContrat) -> tuple[str, ...]:
    """Say what the trends would give at the evaluation."""
    phrases: list[str] = []
    for indicateur in contrat.indicateurs:
        if indicateur.requis and (dite := prevision(indicateur, contrat.au, suite=bool(phrases))):
            phrases.append(dite)
    return tuple(phrases)


def _sans_prevision(contrat: EvaluationContrat, requis: list[EvaluationIndicateur]) -> list[str]:
    """Say why nothing is forecast, where something should be."""
    sans = [i for i in requis if i.statut in _EN_CHEMIN and i.projection is None]
    if not sans or contrat.au >= contrat.evaluation_le:
        return []
    quoi = "la suite" if len(sans) == len(requis) else SUJETS[sans[0].indicateur]
    return [f"Trop peu de relevés pour prévoir {quoi} : il en faut au moins {RELEVES_MINIMAUX}."]


def prevision(indicateur: EvaluationIndicateur, au: date, *, suite: bool = False) -> str | None:
    """Say what the trend would give at the evaluation; None where there is nothing to forecast.

    ``suite`` words it to follow the forecast of the other indicator.
    """
    projection, objectif = indicateur.projection, indicateur.objectif
    if projection is None or objectif is None or projection.date <= au or indicateur.statut == "atteint":
        return None
    sujet = SUJETS[indicateur.indicateur]
    jour = jour_long(projection.date)
    patients = compte(objectif, "patient")
    cible = (
        f"Pour {sujet}, l'objectif de {patients}" if suite else f"À ce rythme, l'objectif de {patients} pour {sujet}"
    )
    if projection.bas >= objectif:
        return f"{cible} serait atteint avant le {jour}."
    if projection.haut < objectif:
        manque = compte(_manque(objectif, projection.valeur), "patient")
        return f"{cible} serait manqué de {manque} le {jour}."
    fourchette = f"entre {nombre(max(0, projection.bas))} et {nombre(projection.haut)}"
    if projection.valeur >= objectif:
        return f"{cible} serait atteint le {jour}, sans certitude ({fourchette})."
    manque = compte(_manque(objectif, projection.valeur), "patient")
    return f"{cible} serait manqué de {manque} le {jour}, sans certitude ({fourchette})."


def _manque(objectif: int, valeur: float) -> int:
    return max(1, int(decimal_arrondi(objectif - valeur, 0)))
