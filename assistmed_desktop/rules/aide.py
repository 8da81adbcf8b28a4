"""The annual aid of a contract, year by year (reglementation, section 3)."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, anniversaire
from assistmed_desktop.domain.contrat import ChangementOption
from assistmed_desktop.formats import decimal_arrondi, etp, euros, jour_court, pourcent
from assistmed_desktop.rules.resultats import NON_PUBLIE, PREMIERE_ANNEE_PLAFONNEE, AnneeAide, Etape, Explication

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
    from assistmed_desktop.domain.suivi import Notification
    from assistmed_desktop.rules.bareme import Bareme
    from assistmed_desktop.rules.tables import MontantsOption, VersionAide

HYPOTHESE = "hypothèse linéaire, non vérifiée"
_PAR_ETP = Fraction(1)
_DECIMALES = 8
"""Those of a rate that no amount of a barème asks for more of."""
_euros = lru_cache(maxsize=256)(euros)  # the amounts of a barème are few, the contracts many


@lru_cache(maxsize=256)
def taux_suffisant(montant: int, taux: Fraction) -> str:
    """Write a rate with the decimals from which its share of an amount is found again to the centime."""
    exact = decimal_arrondi(montant * taux, 0)
    precisions = ((rang, Fraction(decimal_arrondi(taux * 100, rang)) / 100) for rang in range(1, _DECIMALES))
    suffisantes = (rang for rang, ecrit in precisions if decimal_arrondi(montant * ecrit, 0) == exact)
    return pourcent(taux, next(suffisantes, _DECIMALES))


def aide_annuelle(
    contrat: ContratIndividuel | ContratCollectif,
    bareme: Bareme[VersionAide],
    taux: Fraction | None,
    notifications: Sequence[Notification],
) -> tuple[AnneeAide, ...]:
    """Give the aid of each contract year: the amount in force on the day the year begins, and the one notified.

    ``taux`` is the attainment of the contract, within 0 and 1, on which the linear hypothesis of years 3 and later
    rests; None when it is not known. ``notifications`` are those of the contract the day knows: of two of a year the
    latest counts, of two of one day the one entered last.
    """
    notifiees: dict[int, Notification] = {}
    for notification in notifications:
        avant = notifiees.get(notification.annee_contrat)
        if avant is None or avant.notifie_le <= notification.notifie_le:
            notifiees[notification.annee_contrat] = notification
    return tuple(_annee(contrat, bareme, rang, taux, notifiees.get(rang)) for rang in range(1, contrat.duree_ans + 1))


def _annee(
    contrat: ContratIndividuel | ContratCollectif,
    bareme: Bareme[VersionAide],
    rang: int,
    taux: Fraction | None,
    notifiee: Notification | None,
) -> AnneeAide:
    du = anniversaire(contrat.debut_le, rang - 1)
    au = anniversaire(contrat.debut_le, rang) - UN_JOUR
    option = contrat.option_au(du)
    version = bareme.version_ou_rien(contrat, du)
    montant = None if version is None else _montant(contrat, version, option, rang)
    fin = contrat.resilie_le
    apres_la_fin = fin is not None and du >= fin
    hypothese = None
    if montant is not None and rang >= PREMIERE_ANNEE_PLAFONNEE and notifiee is None and not apres_la_fin:
        hypothese = None if taux is None else montant * taux
    changements = _options_en_cours(contrat, option, du, au)
    etapes = [
        Etape("Début de l'année de contrat", f"année {rang}, option {etp(option)}", jour_court(du)),
        *_etapes_du_montant(contrat, version, rang, montant),
    ]
    if montant is not None and taux is not None and hypothese is not None:
        etapes.append(
            Etape(HYPOTHESE.capitalize(), f"{_euros(montant)} × {taux_suffisant(montant, taux)}", euros(hypothese))
        )
    etapes += [
        Etape(
            "Changement d'option en cours d'année", f"le {jour_court(jour)}, partage de l'année non publié", etp(neuve)
        )
        for jour, neuve in changements
    ]
    if notifiee is not None:
        etapes.append(_etape_notifiee(notifiee))
    if fin is not None and apres_la_fin:
        etapes.append(
            Etape("Année sans aide", f"le contrat ne court plus depuis le {jour_court(fin)}", "hors des totaux")
        )
    return AnneeAide(
        annee=rang,
        du=du,
        au=au,
        option=option,
        montant_max=montant,
        texte=contrat.texte if version is None or version.montants_de == "texte_du_contrat" else version.montants_de,
        grade="X" if version is None or montant is None else version.grade,
        hypothese_lineaire=hypothese,
        explication=Explication(
            f"Aide de l'année {rang}", tuple(etapes), () if version is None else (version.source(),)
        ),
        montant_notifie=None if notifiee is None else notifiee.montant,
        notifie_le=None if notifiee is None else notifiee.notifie_le,
        options_en_cours=changements,
        apres_la_fin=apres_la_fin,
    )


def _options_en_cours(
    contrat: ContratIndividuel | ContratCollectif, option: Fraction, du: date, au: date
) -> tuple[tuple[date, Fraction], ...]:
    """Give the options that begin within a year after its first day, and that change something."""
    fin = contrat.resilie_le
    jours = sorted({a.du for a in contrat.avenants if isinstance(a, ChangementOption) and du < a.du <= au})
    changements = []
    for jour in jours:
        if (fin is None or jour < fin) and (neuve := contrat.option_au(jour)) != option:
            changements.append((jour, neuve))
            option = neuve
    return tuple(changements)


def _etape_notifiee(notifiee: Notification) -> Etape:
    reference = f", {notifiee.reference}" if notifiee.reference else ""
    return Etape(
        "Montant notifié par la CPAM", f"le {jour_court(notifiee.notifie_le)}{reference}", euros(notifiee.montant)
    )


def _etapes_du_montant(
    contrat: ContratIndividuel | ContratCollectif, version: VersionAide | None, rang: int, montant: int | None
) -> list[Etape]:
    if version is None:
        signature = jour_court(contrat.signe_le)
        return [Etape("Barème", f"aucun pour un contrat signé le {signature} sous ce texte", NON_PUBLIE)]
    plafond = "Maximum" if rang >= PREMIERE_ANNEE_PLAFONNEE else "Montant"
    return [
        Etape("Barème en vigueur ce jour-là", version.reference.texte, f"depuis le {jour_court(version.effet_du)}"),
        Etape(plafond, version.reference.article, NON_PUBLIE if montant is None else _euros(montant)),
    ]


def _montant(
    contrat: ContratIndividuel | ContratCollectif, version: VersionAide, option: Fraction, rang: int
) -> int | None:
    """Give the amount in centimes, or None when it has not been published."""
    cherchee = _PAR_ETP if version.par_etp else option
    montants = next((m for m in version.montants if m.option == cherchee), None)
    valeur = None if montants is None else _case(montants, contrat.tranche, rang)
    if valeur is None:
        return None
    total = valeur * 100 * (option if version.par_etp else 1)
    return int(decimal_arrondi(total, 0))


def _case(montants: MontantsOption, tranche: str | None, rang: int) -> int | None:
    if tranche == "P95+":
        # The tiers-temps of the convention of 2024 has no first year at all, whatever the band.
        return None if rang == 1 and montants.annee_1 is None else montants.p95
    if rang == 1:
        return montants.annee_1
    if rang < PREMIERE_ANNEE_PLAFONNEE:
        return montants.annee_2
    return montants.p90_p95 if tranche == "P90-P95" else montants.annee_3
