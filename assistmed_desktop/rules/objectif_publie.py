"""The target that the published table gives a contract, and how: beside the signed one, which prevails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.formats import compte, etp, nombre, pourcent
from assistmed_desktop.rules.adhesions import jour_du_groupe
from assistmed_desktop.rules.avertissements import objectif_du_bareme
from assistmed_desktop.rules.resultats import Etape, Explication

if TYPE_CHECKING:
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import EvaluationContrat, EvaluationIndicateur


def objectif_publie(
    evalue: EvaluationContrat, indicateur: EvaluationIndicateur, baremes: Baremes
) -> Explication | None:
    """Explain the target of the table for an indicator, which its last step gives; None when no table gives one."""
    contrat = evalue.contrat
    version = baremes.objectifs.version_ou_rien(contrat, max(contrat.signe_le, contrat.debut_le))
    if version is None or not indicateur.requis:
        return None
    jour = jour_du_groupe(contrat, evalue.au)
    publie = objectif_du_bareme(contrat, indicateur, version, jour)
    if publie is None:
        return None
    option, reference = contrat.option_au(jour), indicateur.reference
    if isinstance(contrat, ContratCollectif):
        deduits = "" if contrat.gains_anterieurs is None else ", gains antérieurs déduits"
        hausse = Etape("Hausse demandée", f"pour {etp(option)}{deduits}", nombre(publie - reference, signe=True))
        source = version.source()
    else:
        ligne = next(h for h in version.hausses if (h.tranche, h.option) == (contrat.tranche, option))
        taux = pourcent(ligne.taux / 100, 1 if ligne.taux.denominator > 1 else 0)
        hausse = Etape("Hausse demandée", f"tranche {contrat.tranche}, option de {etp(option)}", taux)
        source = version.source(ligne.grade)
    return Explication(
        f"{INDICATEURS[indicateur.indicateur]} : objectif du barème publié",
        (
            Etape("Référence", "de ce contrat", compte(reference, "patient")),
            hausse,
            Etape("Objectif du barème", "référence et hausse ; le contrat signé fait foi", nombre(publie)),
        ),
        (source,),
    )
