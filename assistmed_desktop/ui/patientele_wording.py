"""What the Patientèle page says of the analyses: pure functions from results to rows and texts."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR
from assistmed_desktop.domain.suivi import Correction, Mouvement, Releve
from assistmed_desktop.formats import INSECABLE, Nombre, compte, jour_court, nombre, pourcent
from assistmed_desktop.rules.releves import ECART_NOTABLE
from assistmed_desktop.rules.sources import LIBELLES_CORRECTION
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from assistmed_desktop.domain.contrat import Indicateur
    from assistmed_desktop.rules.mouvements import Mouvements, MouvementsMedecin, Pont
    from assistmed_desktop.rules.resultats import Explication
    from assistmed_desktop.rules.rythme import Rythme, RythmeIndicateur
    from assistmed_desktop.rules.sources import CorrectionSuivie, RelevePese, Sources


# The pace


def pace(rythme: RythmeIndicateur) -> str:
    """Say the gain required beside those reached, in patients a month."""
    dits = []
    if rythme.gain_mensuel_requis:
        dits.append(f"il faut {_par_mois(rythme.gain_mensuel_requis)} par mois")
    if rythme.gains:
        recents = ", ".join(f"{_par_mois(gain.par_mois)} sur {gain.mois}{INSECABLE}mois" for gain in rythme.gains)
        dits.append(f"gagné {recents}")
    if rythme.meilleur is not None:
        dits.append(f"au mieux {_par_mois(rythme.meilleur.par_mois)}")
    return f"{INSECABLE}; ".join(dits)


def _par_mois(gain: Nombre) -> str:
    return nombre(gain, 1, signe=True)


def pace_explanations(rythme: Rythme, indicateur: Indicateur) -> list[Explication]:
    """Give what explains the pace of an indicator, its months apart."""
    racine = f"indicateurs.{indicateur}"
    return [
        explication
        for chemin, explication in rythme.chiffres.items()
        if chemin.startswith(racine) and not chemin.startswith(f"{racine}.mois.")
    ]


# The sources


@dataclass(frozen=True)
class WeighedReading:
    """A reading of a doctor, and what each of its counts weighs; None for one outside the contract, or absent."""

    releve: Releve
    patientele_mt: RelevePese | None
    file_active: RelevePese | None
    quand: str

    def pese(self, indicateur: Indicateur) -> RelevePese | None:
        """Give what a count weighs."""
        return self.patientele_mt if indicateur == "patientele_mt" else self.file_active


def weighed_readings(
    releves: Sequence[Releve], sources: Sources, medecin: str, debut: date, au: date
) -> list[WeighedReading]:
    """Join the readings of a doctor with what the reconciliation of the sources makes of them."""
    pesees: dict[tuple[str, date, str, int], deque[RelevePese]] = defaultdict(deque)
    for siens in sources.indicateurs:
        if siens.medecin == medecin:
            for groupe in siens.groupes:
                for pese in groupe.releves:
                    pesees[siens.indicateur, pese.date, pese.source, pese.valeur].append(pese)

    def prendre(releve: Releve, indicateur: Indicateur, valeur: int | None) -> RelevePese | None:
        rang = None if valeur is None else pesees.get((indicateur, releve.date, releve.source, valeur))
        return rang.popleft() if rang else None

    return [
        WeighedReading(
            releve,
            prendre(releve, "patientele_mt", releve.patientele_mt),
            prendre(releve, "file_active", releve.file_active),
            "avant le contrat" if releve.date < debut else "à venir" if releve.date > au else "",
        )
        for releve in releves
        if releve.medecin == medecin
    ]


def weight(ligne: WeighedReading, indicateur: Indicateur) -> str:
    """Say what a count weighs, and its gap to the one kept for its dates."""
    pese = ligne.pese(indicateur)
    if getattr(ligne.releve, indicateur) is None:
        return ""
    if pese is None:
        return ligne.quand
    if pese.compte:
        return "compte"
    if pese.retenu:
        return "retenu"
    role = "repère" if pese.source == "estimation" else "écarté"
    if not pese.ecart or pese.taux is None:
        return role
    alerte = ", à vérifier" if pese.notable else ""
    return f"{role}, {pourcent(pese.taux, 1, signe=True)} ({nombre(pese.ecart, signe=True)}){alerte}"


def reconciliation(sources: Sources, medecin: str) -> str:
    """Count the readings of the software that are far from those of the CPAM."""
    notables = sum(siens.notables for siens in sources.indicateurs if siens.medecin == medecin)
    plus = f"de plus de {pourcent(ECART_NOTABLE)}"
    if not notables:
        return f"Aucun écart {plus} entre le logiciel métier et la CPAM ou amelipro."
    ecarts = compte(notables, "écart")
    return f"{ecarts} {plus} à vérifier entre le logiciel métier et la CPAM ou amelipro."


@dataclass(frozen=True)
class FollowedCorrection:
    """A correction asked of the CPAM, and how it stands; None for one outside the contract."""

    correction: Correction
    suivie: CorrectionSuivie | None

    @property
    def etat(self) -> str:
        """Its state in words."""
        repondue = self.correction.repondue_le
        le = "" if repondue is None else f" le{INSECABLE}{jour_court(repondue)}"
        if self.suivie is None:
            return f"répondue{le}" if le else "sans réponse"
        suite = ", à saisir" if self.suivie.a_saisir else ""
        return f"{LIBELLES_CORRECTION[self.suivie.etat]}{'' if self.suivie.repondue_le is None else le}{suite}"


def followed_corrections(
    corrections: Sequence[Correction], sources: Sources | None, medecin: str
) -> list[FollowedCorrection]:
    """Join the corrections of a doctor with how each stands."""
    suivies = {} if sources is None else {_demande(suivie): suivie for suivie in sources.corrections}
    return [
        FollowedCorrection(correction, suivies.get(_demande(correction)))
        for correction in corrections
        if correction.medecin == medecin
    ]


def _demande(correction: Correction | CorrectionSuivie) -> tuple[str, str, date, int, int, date]:
    return (
        correction.medecin,
        correction.indicateur,
        correction.releve_le,
        correction.valeur_cpam,
        correction.valeur_demandee,
        correction.demandee_le,
    )


# The movements


@dataclass(frozen=True)
class CountedMovement:
    """Movements of a doctor, and whether the bridge counts them."""

    mouvement: Mouvement
    place: str

    @property
    def periode(self) -> str:
        """Their period, by its months or its year where it holds whole ones."""
        du, au = self.mouvement.du, self.mouvement.au
        if du.day != 1 or (au + UN_JOUR).day != 1:
            return f"{jour_court(du)} – {jour_court(au)}"
        if (du.month, au.month, du.year) == (1, 12, au.year):
            return str(du.year)
        debut, fin = f"{du:%m/%Y}", f"{au:%m/%Y}"
        return debut if debut == fin else f"{debut} – {fin}"

    @property
    def solde(self) -> int:
        """Who came less who left."""
        celui = self.mouvement
        return celui.entrees - celui.deces - celui.departs - celui.autres_sorties


def counted_movements(
    mouvements: Sequence[Mouvement], siens: MouvementsMedecin | None, medecin: str
) -> list[CountedMovement]:
    """Join the movements of a doctor with what the bridge makes of them."""
    places = {} if siens is None else {ligne.du: _place(ligne.comptee, ligne.a_cheval) for ligne in siens.lignes}
    sans = "" if siens is None else "hors de l’intervalle"
    return [
        CountedMovement(mouvement, places.get(mouvement.du, sans))
        for mouvement in mouvements
        if mouvement.medecin == medecin
    ]


def _place(comptee: bool, a_cheval: bool) -> str:  # noqa: FBT001 - two facts of one line
    if not a_cheval:
        return "comptée"
    return "à cheval, comptée" if comptee else "à cheval, laissée"


def bridge_of(mouvements: Mouvements, medecin: str) -> tuple[Pont | None, bool]:
    """Give the bridge to show for a doctor, and whether it is that of the whole contract, his own being unknown."""
    siens = next((m for m in mouvements.medecins if m.medecin == medecin), None)
    sien = None if siens is None else siens.pont
    if sien is not None and sien.reference is not None:
        return sien, False
    return mouvements.ensemble, True


def bridge_notes(mouvements: Mouvements) -> list[str]:
    """Say what limits the bridge; the gap itself is said by its sentence."""
    dits = ("mouvements_absents", "mouvements_ecart")
    return [soigner(a.message) for a in mouvements.avertissements if a.code not in dits]
