"""What the rules would say of a contract as it is about to be entered: to be known, never a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop.domain.changement import LISTES
from assistmed_desktop.domain.dossier import fautes_du_dossier
from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.formats import jour_court
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.fin import fin
from assistmed_desktop.rules.groupe import groupe
from assistmed_desktop.rules.objectif_publie import objectif_publie

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import EvaluationContrat

_DU_CONTRAT = frozenset(
    {
        "contrat_de_maintien",
        "debut_avant_signature",
        "demenagement",
        "nouvel_installe",
        "objectif_hors_bareme",
        "preavis_non_respecte",
        "preavis_sans_date",
        "prorata_a_convenir",
        "signature_hors_periode",
    }
)
_DU_GROUPE = frozenset(
    {
        "contrat_individuel_a_clore",
        "etp_au_dessus_du_plafond",
        "moyenne_insuffisante_signature",
        "structure_exclue",
        "structure_inconnue",
    }
)
# What a contract is judged without: its own terms are looked at, not how it is going.
_SANS = tuple(liste for liste in LISTES if liste not in ("medecins", "contrats"))


def avis(
    dossier: Dossier, contrat: ContratIndividuel | ContratCollectif, au: date, baremes: Baremes
) -> tuple[str, ...]:
    """Say, in French sentences, where a contract differs from the rules known; nothing when it is not valid yet.

    The contract takes the place of the one of its id, or is added.
    """
    siens = set(contrat.medecins)
    autres = tuple(c for c in dossier.contrats if c.id != contrat.id and siens & set(c.medecins))
    essai = dossier.model_copy(update={"contrats": (*autres, contrat), **dict.fromkeys(_SANS, ())})
    if fautes_du_dossier(essai):
        return ()
    *avant, evalue = evaluate(essai, au, baremes).contrats
    return tuple(dict.fromkeys(_phrases(essai, evalue, avant, baremes)))


def _phrases(
    dossier: Dossier, evalue: EvaluationContrat, autres: list[EvaluationContrat], baremes: Baremes
) -> Iterator[str]:
    yield from (a.message for a in evalue.avertissements if a.code in _DU_CONTRAT)
    yield from _objectifs_a_reporter(evalue, baremes)
    du_groupe = groupe(dossier, evalue, baremes)
    if du_groupe is not None:
        yield from (a.message for a in du_groupe.avertissements if a.code in _DU_GROUPE)
    yield from (f"D'après les règles connues : {m.message}" for m in evalue.eligibilite.motifs if m.exclut)
    yield from (
        a.message for a in fin(dossier, evalue, baremes).avertissements if a.code == "contrats_qui_se_chevauchent"
    )
    for autre in autres:
        suivant = fin(dossier, autre, baremes).suivant
        if suivant is not None and suivant.contrat == evalue.id and suivant.jours_sans_contrat < 0:
            yield (
                f"Le contrat commencé le {jour_court(autre.contrat.debut_le)} court jusqu'au "
                f"{jour_court(autre.fin_le)} : il est à clore avant que celui-ci commence."
            )


def _objectifs_a_reporter(evalue: EvaluationContrat, baremes: Baremes) -> Iterator[str]:
    """Say what the published table gives where the target of the contract is not typed."""
    for indicateur in evalue.indicateurs:
        publie = objectif_publie(evalue, indicateur, baremes) if indicateur.objectif is None else None
        if publie is not None:
            yield (
                f"{INDICATEURS[indicateur.indicateur]} : le barème publié donnerait un objectif de "
                f"{publie.etapes[-1].resultat} (à vérifier) ; reportez le chiffre de votre contrat."
            )
