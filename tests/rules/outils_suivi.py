"""What the tests of money, staffing, tasks and comparison add to the plain practice."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from assistmed_desktop.domain.assistant import Cout, Embauche, Observation
from assistmed_desktop.domain.dossier import Dossier, fautes_du_dossier
from assistmed_desktop.domain.suivi import Activite, Notification, Versement
from assistmed_desktop.rules.resultats import Explication
from tests.rules.outils import j

NBSP = "\u00a0"


def avec(dossier: Dossier, **suites: Any) -> Dossier:  # noqa: ANN401 - any list of the dossier
    """Give the practice with more of its lists, still a valid one."""
    enrichi = dossier.model_copy(update=suites)
    assert fautes_du_dossier(enrichi) == []
    return enrichi


def les(*valeurs: object) -> tuple[object, ...]:
    """Give values of any types to compare at once, fractions with whole numbers among them."""
    return valeurs


def cout(du: str, au: str | None, brut: int, charges: int = 0) -> Cout:
    """Give a monthly cost, in euros."""
    fin = None if au is None else j(au)
    return Cout(du=j(du), au=fin, brut_mensuel=brut * 100, charges_mensuelles=charges * 100)


def embauche(du: str, au: str | None = None, heures: float = 17.5, role: str = "mi_temps") -> Embauche:
    fin = None if au is None else j(au)
    return Embauche.model_validate(
        {"du": j(du), "au": fin, "role": role, "heures_hebdo": heures, "employeur": "medecin"}
    )


def versement(
    annee: int,
    *,
    echeance: str | None = None,
    du: int | None = None,
    recu: tuple[str, int] | None = None,
    contrat: str = "c1",
) -> Versement:
    """Give a payment, in euros: due and received."""
    return Versement(
        contrat=contrat,
        annee_contrat=annee,
        echeance_le=None if echeance is None else j(echeance),
        montant_du=None if du is None else du * 100,
        recu_le=None if recu is None else j(recu[0]),
        montant_recu=None if recu is None else recu[1] * 100,
        reference="",
    )


def notification(annee: int, montant: int, le: str) -> Notification:
    return Notification(contrat="c1", annee_contrat=annee, montant=montant * 100, notifie_le=j(le), reference="")


def observation(le: str | date, minutes: int, assistant: str = "a1") -> Observation:
    jour = j(le) if isinstance(le, str) else le
    return Observation(assistant=assistant, date=jour, minutes_medecin_liberees=minutes)


def activite(mois: str, actes: int, jours: int, medecin: str = "m1") -> Activite:
    return Activite(medecin=medecin, mois=mois, actes=actes, jours_travailles=jours)


_CLES = {
    "annees": ("annee",),
    "echeancier": ("annee", "rang"),
    "segments": ("du",),
    "manques": ("du",),
    "absences_longues": ("assistant", "du"),
    "heures": ("assistant", "du"),
    "periodes": ("du",),
    "lignes": ("cle",),
}


def chemins_des_nombres(valeur: object, chemin: str = "") -> Iterator[str]:
    """Give the dotted path of every number of a JSON value, list items by their natural key."""
    if isinstance(valeur, dict):
        for cle, suite in valeur.items():
            yield from chemins_des_nombres(suite, f"{chemin}.{cle}" if chemin else cle)
    elif isinstance(valeur, list):
        cles = _CLES.get(chemin.rpartition(".")[2], ())
        for rang, element in enumerate(valeur):
            naturelle = [str(element[cle]) for cle in cles if isinstance(element, dict) and cle in element]
            yield from chemins_des_nombres(element, f"{chemin}.{'.'.join(naturelle) or rang}")
    elif isinstance(valeur, int | float) and not isinstance(valeur, bool):
        yield chemin


def sans_explication(json: object, chiffres: dict[str, Explication]) -> list[str]:
    """List the numbers that neither their path nor an ancestor of it explains."""
    return [
        chemin
        for chemin in chemins_des_nombres(json)
        if not any(chemin == explique or chemin.startswith(f"{explique}.") for explique in chiffres)
    ]
