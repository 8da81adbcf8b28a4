"""Who belongs to a group on a day, and what its reference and target become when a doctor enters or leaves.

The contract states totals for the doctors of its first day. A doctor who enters later brings the reference typed with
the adhesion; one who leaves takes it away. The target in force was signed for the doctors of its own day, that of the
contract or of the amendment: it moves by as many patients since, so that what is to be gained stays what was signed.
Where a reference is missing, or where the totals would no longer hold together, the contract's own are shown, nothing
is judged by them, and a warning says what an amendment should state. Without adhesions nothing moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, anniversaire, dernier_jour
from assistmed_desktop.domain.contrat import ContratCollectif, NouvelObjectif
from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.formats import enumeration, jour_court, nombre
from assistmed_desktop.rules.resultats import Avertissement, Etape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from assistmed_desktop.domain.cabinet import Medecin
    from assistmed_desktop.domain.contrat import Adhesion, ContratIndividuel, Indicateur, Objectif


@dataclass(frozen=True, slots=True)
class Passage:
    """A doctor who enters the group, or leaves it, on ``le``; ``le`` is the first day without the one who leaves."""

    adhesion: Adhesion
    le: date
    entre: bool

    def patients(self, indicateur: Indicateur) -> int | None:
        """Give what the group's reference gains, or loses, in patients; None when the adhesion does not tell."""
        reference = self.adhesion.reference
        if reference is None:
            return None
        comptes: int = getattr(reference, indicateur)
        return comptes if self.entre else -comptes


@dataclass(frozen=True, slots=True)
class Totaux:
    """The reference and the target of the group for one indicator on a day, in patients, and the steps to them.

    ``tenus`` is False when the contract's own were kept though a doctor entered or left.
    """

    reference: int
    objectif: int | None
    etapes: tuple[Etape, ...]
    tenus: bool


def fin_du_contrat(contrat: ContratIndividuel | ContratCollectif) -> date:
    """Give the last day a contract runs: its term, or the eve of its termination."""
    terme = dernier_jour(contrat.debut_le, contrat.duree_ans)
    return terme if contrat.resilie_le is None else min(terme, contrat.resilie_le - UN_JOUR)


def jour_du_groupe(contrat: ContratIndividuel | ContratCollectif, au: date) -> date:
    """Give the day on which to say who belongs: the one asked, brought within the contract."""
    return max(contrat.debut_le, min(au, fin_du_contrat(contrat)))


def adherents(contrat: ContratIndividuel | ContratCollectif, jour: date) -> tuple[str, ...]:
    """Give the ids of the doctors whose readings count on a day of the contract."""
    return contrat.adherents_au(jour) if isinstance(contrat, ContratCollectif) else contrat.medecins


def passages(contrat: ContratIndividuel | ContratCollectif, jusqu_au: date) -> tuple[Passage, ...]:
    """Give who entered the group after its first day, and who left it, in order of date, up to a day."""
    if not isinstance(contrat, ContratCollectif):
        return ()
    trouves = []
    for adhesion in contrat.adhesions:
        if contrat.debut_le < adhesion.du <= jusqu_au:
            trouves.append(Passage(adhesion, adhesion.du, entre=True))
        if adhesion.au is not None and adhesion.au + UN_JOUR <= jusqu_au:
            trouves.append(Passage(adhesion, adhesion.au + UN_JOUR, entre=False))
    return tuple(sorted(trouves, key=lambda passage: (passage.le, passage.entre, passage.adhesion.medecin)))


def totaux_du_groupe(
    contrat: ContratIndividuel | ContratCollectif,
    objectif: Objectif | None,
    mouvements: Sequence[Passage],
    medecins: Mapping[str, Medecin],
    jour: date,
) -> dict[Indicateur, Totaux]:
    """Give the reference and the target in force on a day, as signed, moved by the doctors who moved since."""
    depuis = _objectif_pose_le(contrat, jour) if mouvements else jour
    return {
        cle: _totaux(getattr(contrat.reference, cle), getattr(objectif, cle, None), cle, mouvements, medecins, depuis)
        for cle in INDICATEURS
    }


def _totaux(  # noqa: PLR0913, PLR0917 - a reference, a target, and all that moves them
    reference: int,
    objectif: int | None,
    indicateur: Indicateur,
    mouvements: Sequence[Passage],
    medecins: Mapping[str, Medecin],
    depuis: date,
) -> Totaux:
    signes = Totaux(reference, objectif, (), tenus=not mouvements)
    etapes = []
    for passage in mouvements:
        patients = passage.patients(indicateur)
        if patients is None:
            return signes
        reference += patients
        if objectif is not None and passage.le > depuis:
            objectif += patients
        etapes.append(
            Etape(
                "Entrée dans le groupe" if passage.entre else "Sortie du groupe",
                f"{medecins[passage.adhesion.medecin].nom_complet}, le {jour_court(passage.le)}, référence de "
                "l'adhésion",
                nombre(patients, signe=True),
            )
        )
    if reference < 0 or (objectif is not None and objectif < reference):
        return signes
    return Totaux(reference, objectif, tuple(etapes), tenus=True)


def _objectif_pose_le(contrat: ContratIndividuel | ContratCollectif, jour: date) -> date:
    """Give the day for whose doctors the target in force was signed: an amendment's, else the contract's first."""
    nouveaux = [a.du for a in contrat.avenants if isinstance(a, NouvelObjectif) and a.du <= jour]
    return max(nouveaux, default=contrat.debut_le)


def avertir_des_adhesions(
    contrat: ContratIndividuel | ContratCollectif,
    mouvements: Sequence[Passage],
    totaux: Iterable[Totaux],
    medecins: Mapping[str, Medecin],
    fin: date,
) -> Iterator[Avertissement]:
    """Tell of a doctor who moves off an anniversary, and of a reference that the group lacks.

    ``mouvements`` are those up to the day, ``totaux`` what they give for each indicator; ``fin`` ends the contract.
    """
    anniversaires = {anniversaire(contrat.debut_le, rang) for rang in range(1, contrat.duree_ans + 1)}
    for passage in passages(contrat, fin):
        if passage.le not in anniversaires:
            verbe = "entre dans le groupe" if passage.entre else "sort du groupe"
            yield Avertissement(
                "adhesion_hors_anniversaire",
                f"{medecins[passage.adhesion.medecin].nom_complet} {verbe} le {jour_court(passage.le)}, qui n'est pas "
                f"un anniversaire du contrat (commencé le {jour_court(contrat.debut_le)}) : vérifiez cette date avec "
                "la caisse.",
                "attention",
            )
    if all(total.tenus for total in totaux):
        return
    sans = dict.fromkeys(
        medecins[passage.adhesion.medecin].nom_complet for passage in mouvements if passage.adhesion.reference is None
    )
    if sans:
        quoi = f"la référence que l'adhésion apporte ou retire n'est pas renseignée pour {enumeration(list(sans))}"
    else:
        quoi = "avec les références des adhésions, l'objectif en vigueur ne serait plus au-dessus de la référence"
    yield Avertissement(
        "reference_du_groupe",
        f"Le groupe a changé depuis le début du contrat, mais {quoi}. Ses relevés ne peuvent pas être comparés à "
        "l'objectif signé : saisissez cette référence, ou demandez à la caisse un avenant qui dise ceux du groupe "
        "actuel.",
        "attention",
    )
