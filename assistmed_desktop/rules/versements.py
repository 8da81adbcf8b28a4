"""The payments of a contract one by one, and what they come to on a day: due, received, the difference in words.

The sums are those of ``rules.argent``: what is due is what was entered as due. A year of which something is unknown is
left out of the difference, and named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from assistmed_desktop.formats import accord, compte, enumeration, euros, jour_court
from assistmed_desktop.rules.argent import AUCUN_VERSEMENT, LIBELLES_ETAT_VERSEMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from assistmed_desktop.domain.suivi import Versement
    from assistmed_desktop.rules.argent import Argent
    from assistmed_desktop.rules.resultats import SourceLegale

Jour = date
Sens = Literal["manque", "solde", "trop", "inconnu"]

LIBELLES_SENS: dict[Sens, str] = {
    "manque": "il manque",
    "solde": "rien ne manque",
    "trop": "reçu en plus",
    "inconnu": "inconnu",
}


_DOUTEUX = ("recu_au_dela", "annee_coupee")


@dataclass(frozen=True, slots=True)
class LigneVersement:
    """A payment as entered. ``retard``: days late, when received or on the day; None while it is not due or undated."""

    annee: int
    echeance_le: Jour | None
    montant_du: int | None
    recu_le: Jour | None
    montant_recu: int | None
    reference: str
    exigible: bool
    retard: int | None

    @property
    def ecart(self) -> int | None:
        """Received less due, of what was to be paid by the day; None when one of them is not known."""
        if not self.exigible or self.montant_du is None:
            return None
        if self.recu_le is None:
            return -self.montant_du
        return None if self.montant_recu is None else self.montant_recu - self.montant_du


@dataclass(frozen=True, slots=True)
class Solde:
    """What the payments come to. ``ecart`` sums the ``comptees`` years; ``hors`` are those left out, each with why."""

    au: Jour
    du: int | None
    recu: int | None
    ecart: int | None
    comptees: tuple[int, ...]
    hors: tuple[tuple[int, str], ...]
    en_retard: tuple[LigneVersement, ...]

    @property
    def sens(self) -> Sens:
        """Which way the difference goes."""
        if self.ecart is None:
            return "inconnu"
        return "manque" if self.ecart < 0 else "trop" if self.ecart > 0 else "solde"

    @property
    def titre(self) -> str:
        """The difference in one sentence."""
        le = jour_court(self.au)
        match self.sens:
            case "manque":
                return f"Il manque {euros(-(self.ecart or 0))} sur ce qui est noté comme dû au {le}"
            case "trop":
                return f"{euros(self.ecart or 0)} reçus de plus que ce qui est noté comme dû au {le}"
            case "solde":
                return f"Tout ce qui est noté comme dû au {le} est reçu"
            case _:
                return f"L'écart au {le} n'est pas connu"

    @property
    def phrases(self) -> tuple[str, ...]:
        """What the title rests on: the years counted, those left out, the payments that are late."""
        return tuple(self._phrases())

    def _phrases(self) -> Iterator[str]:
        if self.comptees:
            yield f"Compté d'après les versements saisis, {_les_annees(self.comptees)}."
        if self.hors:
            dits = enumeration([f"l'année {annee} ({pourquoi})" for annee, pourquoi in self.hors])
            yield f"Hors de ce compte : {dits}."
        if self.en_retard:
            jours = compte(max(ligne.retard or 0 for ligne in self.en_retard), "jour")
            if len(self.en_retard) == 1:
                yield f"Un versement attendu n'est pas noté comme reçu, {jours} après l'échéance."
            else:
                combien = compte(len(self.en_retard), "versement attendu", "versements attendus")
                yield f"{combien} ne sont pas notés comme reçus, le plus ancien {jours} après l'échéance."


@dataclass(frozen=True, slots=True)
class Manque:
    """Something of a year that has not come, came short or late, or that nobody entered: what, in a sentence."""

    annee: int | None
    quoi: str
    phrase: str
    sources: tuple[SourceLegale, ...]


def lignes_des_versements(versements: Iterable[Versement], au: date) -> tuple[LigneVersement, ...]:
    """Give the payments of a contract as known on a day, by year, in order of date."""
    connus = (connu for versement in versements if (connu := versement.connu_le(au)) is not None)
    lignes = [_ligne(versement, au) for versement in connus]
    return tuple(sorted(lignes, key=lambda ligne: (ligne.annee, ligne.echeance_le or ligne.recu_le or date.max)))


def _ligne(versement: Versement, au: date) -> LigneVersement:
    echeance, recu_le = versement.echeance_le, versement.recu_le
    retard = None
    if echeance is not None and (recu_le is not None or echeance < au):
        retard = max(0, ((recu_le or au) - echeance).days)
    return LigneVersement(
        annee=versement.annee_contrat,
        echeance_le=echeance,
        montant_du=versement.montant_du,
        recu_le=recu_le,
        montant_recu=versement.montant_recu if recu_le is not None else None,
        reference=versement.reference,
        exigible=recu_le is not None or (echeance is not None and echeance <= au),
        retard=retard,
    )


def solder(argent: Argent, lignes: Sequence[LigneVersement]) -> Solde:
    """Sum up the payments of a contract on the day of its money."""
    ecarts = {annee.annee: annee.ecart_du for annee in argent.annees if annee.ecart_du is not None}
    return Solde(
        au=argent.au,
        du=argent.du_le_jour,
        recu=argent.recu,
        ecart=sum(ecarts.values()) if ecarts else None,
        comptees=tuple(ecarts),
        hors=tuple(_hors(argent, lignes)),
        en_retard=tuple(ligne for ligne in lignes if ligne.recu_le is None and ligne.retard),
    )


def _hors(argent: Argent, lignes: Sequence[LigneVersement]) -> Iterator[tuple[int, str]]:
    for annee in argent.annees:
        if annee.annee in argent.annees_sans_versement:
            yield annee.annee, AUCUN_VERSEMENT
        elif any(ligne.annee == annee.annee and ligne.exigible and ligne.montant_du is None for ligne in lignes):
            yield annee.annee, "un montant dû n'est pas saisi"


def manques(argent: Argent, lignes: Sequence[LigneVersement]) -> tuple[Manque, ...]:
    """Name what is missing, by the text or by what was entered; then what came short, is doubtful, or came late.

    A payment without a date is named once its year has begun, while something of the year may still come.
    """
    ouvertes = {annee.annee for annee in argent.annees if annee.commencee and annee.reste != 0}
    manquants = [ligne for ligne in argent.echeancier if ligne.etat in ("attendu", "non_saisi")]
    manquants += [ligne for ligne in argent.echeancier if ligne.etat == "sans_date" and ligne.annee in ouvertes]
    attendus = (
        Manque(ligne.annee, LIBELLES_ETAT_VERSEMENT[ligne.etat], ligne.phrase, ligne.sources) for ligne in manquants
    )
    douteux = (
        Manque(None, "à vérifier", avertissement.message, ())
        for avertissement in argent.avertissements
        if avertissement.code in _DOUTEUX
    )
    return (*attendus, *_partiels(lignes), *douteux, *_tardifs(lignes))


def _partiels(lignes: Sequence[LigneVersement]) -> Iterator[Manque]:
    for ligne in lignes:
        if ligne.recu_le is not None and ligne.montant_du is not None and (ligne.ecart or 0) < 0:
            suite = f" pour {euros(ligne.montant_du)} dus, il manque {euros(-(ligne.ecart or 0))}."
            yield Manque(ligne.annee, "reçu en partie", _recu(ligne) + suite, ())


def _tardifs(lignes: Sequence[LigneVersement]) -> Iterator[Manque]:
    for ligne in lignes:
        if ligne.recu_le is not None and ligne.echeance_le is not None and ligne.retard:
            suite = f", {compte(ligne.retard, 'jour')} après l'échéance du {jour_court(ligne.echeance_le)}."
            yield Manque(ligne.annee, "reçu en retard", _recu(ligne) + suite, ())


def _recu(ligne: LigneVersement) -> str:
    montant = "montant inconnu, reçu" if ligne.montant_recu is None else f"{euros(ligne.montant_recu)} reçus"
    le = "" if ligne.recu_le is None else f" le {jour_court(ligne.recu_le)}"
    return f"Année {ligne.annee} : {montant}{le}"


def _les_annees(annees: Sequence[int]) -> str:
    return f"{accord(len(annees), 'année', 'années')} {enumeration([str(annee) for annee in annees])}"
