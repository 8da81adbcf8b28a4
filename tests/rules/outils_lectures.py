"""What the analyses of the readings are tested with: more facts, and the paths of their figures."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.contrat import Indicateur
from assistmed_desktop.domain.dossier import Dossier, fautes_du_dossier
from assistmed_desktop.domain.suivi import Activite, Correction, Mouvement
from tests.rules.outils import j

JOURS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
lent = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def avec(dossier: Dossier, **listes: Any) -> Dossier:  # noqa: ANN401 - any list
    """Give a practice more facts, and check that it stays a valid one."""
    complet = dossier.model_copy(update={cle: tuple(faits) for cle, faits in listes.items()})
    assert fautes_du_dossier(complet) == []
    return complet


def mouvement(
    du: str, au: str, entrees: int = 0, sorties: tuple[int, int, int] = (0, 0, 0), medecin: str = "m1"
) -> Mouvement:
    deces, departs, autres = sorties
    return Mouvement(
        medecin=medecin, du=j(du), au=j(au), entrees=entrees, deces=deces, departs=departs, autres_sorties=autres
    )


def activite(mois: str, actes: int, jours: int = 18, medecin: str = "m1") -> Activite:
    return Activite(medecin=medecin, mois=mois, actes=actes, jours_travailles=jours)


def correction(  # noqa: PLR0917 - a demand and its answer
    releve_le: str,
    de: int,
    a: int,
    demandee: str,
    repondue: str | None = None,
    accordee: int | None = None,
    indicateur: Indicateur = "patientele_mt",
    medecin: str = "m1",
) -> Correction:
    return Correction(
        medecin=medecin,
        indicateur=indicateur,
        releve_le=j(releve_le),
        valeur_cpam=de,
        valeur_demandee=a,
        demandee_le=j(demandee),
        repondue_le=None if repondue is None else j(repondue),
        valeur_accordee=accordee,
        note="",
    )


def nombres(valeur: object, cles: Mapping[str, str], chemin: str = "") -> Iterator[str]:
    """Give the path of each number of a JSON value; an item of the list ``l`` is named by its key ``cles[l]``."""
    if isinstance(valeur, dict):
        for cle, sous in valeur.items():
            yield from nombres(sous, cles, f"{chemin}.{cle}" if chemin else cle)
    elif isinstance(valeur, list):
        cle = cles.get(chemin.rsplit(".", 1)[-1], "")
        for element in valeur:
            nom = element[cle] if isinstance(element, dict) and cle in element else "?"
            yield from nombres(element, cles, f"{chemin}.{nom}")
    elif isinstance(valeur, int | float) and not isinstance(valeur, bool):
        yield chemin


def inexpliques(valeur: object, chiffres: Mapping[str, object], cles: Mapping[str, str]) -> list[str]:
    """Give the numbers of a JSON value that neither a path nor one of its ancestors explains."""
    return [
        chemin
        for chemin in nombres(valeur, cles)
        if not any(chemin == connu or chemin.startswith(f"{connu}.") for connu in chiffres)
    ]
