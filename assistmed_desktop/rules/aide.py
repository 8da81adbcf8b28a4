"""The annual aid of a contract, year by year (reglementation, section 3)."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, anniversaire
from assistmed_desktop.formats import etp, euros, jour_court, pourcent
from assistmed_desktop.rules.resultats import NON_PUBLIE, PREMIERE_ANNEE_PLAFONNEE, AnneeAide, Etape, Explication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
    from assistmed_desktop.domain.suivi import Notification
    from assistmed_desktop.rules.bareme import Bareme
    from assistmed_desktop.rules.tables import MontantsOption, VersionAide

HYPOTHESE = "hypothèse linéaire, non vérifiée"
_PAR_ETP = Fraction(1)
_euros = lru_cache(maxsize=256)(euros)  # the amounts of a barème are few, the contracts many


def aide_annuelle(
    contrat: ContratIndividuel | ContratCollectif,
    bareme: Bareme[VersionAide],
    taux: Fraction | None,
    notifications: Sequence[Notification],
) -> tuple[AnneeAide, ...]:
    """Give the aid of each contract year: the amount in force on the day the year begins, and the one notified.

    ``taux`` is the attainment of the contract, within 0 and 1, on which the linear hypothesis of years 3 and later
    rests; None when it is not known.
    """
    return tuple(_annee(contrat, bareme, rang, taux) for rang in range(1, contrat.duree_ans + 1))


def _annee(
    contrat: ContratIndividuel | ContratCollectif, bareme: Bareme[VersionAide], rang: int, taux: Fraction | None
) -> AnneeAide:
    du = anniversaire(contrat.debut_le, rang - 1)
    option = contrat.option_au(du)
    version = bareme.version_ou_rien(contrat, du)
    montant = None if version is None else _montant(contrat, version, option, rang)
    hypothese = None
    if montant is not None and rang >= PREMIERE_ANNEE_PLAFONNEE and taux is not None:
        hypothese = montant * taux
    etapes = [
        Etape("Début de l'année de contrat", f"année {rang}, option {etp(option)}", jour_court(du)),
        *_etapes_du_montant(contrat, version, rang, montant),
    ]
    if montant is not None and taux is not None and hypothese is not None:
        etapes.append(Etape(HYPOTHESE.capitalize(), f"{_euros(montant)} × {pourcent(taux, 1)}", euros(hypothese)))
    return AnneeAide(
        annee=rang,
        du=du,
        au=anniversaire(contrat.debut_le, rang) - UN_JOUR,
        option=option,
        montant_max=montant,
        texte=contrat.texte if version is None or version.montants_de == "texte_du_contrat" else version.montants_de,
        grade="X" if version is None or montant is None else version.grade,
        hypothese_lineaire=hypothese,
        explication=Explication(
            f"Aide de l'année {rang}", tuple(etapes), () if version is None else (version.source(),)
        ),
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
    return int(total)


def _case(montants: MontantsOption, tranche: str | None, rang: int) -> int | None:
    if tranche == "P95+":
        # The tiers-temps of the convention of 2024 has no first year at all, whatever the band.
        return None if rang == 1 and montants.annee_1 is None else montants.p95
    if rang == 1:
        return montants.annee_1
    if rang < PREMIERE_ANNEE_PLAFONNEE:
        return montants.annee_2
    return montants.p90_p95 if tranche == "P90-P95" else montants.annee_3
