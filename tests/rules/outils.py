"""A plain practice whose figures are easy to work out by hand.

Its contract runs from 1 January 2023 and is judged on 1 January 2026, 365 + 366 + 365 = 1 096 days later: from 1 000
to 1 200 patients who declared the doctor, from 2 000 to 2 400 patients seen. Half of the way, 548 days, is done on
2 July 2024 (365 days of 2023, then 31 + 29 + 31 + 30 + 31 + 30 + 1 of 2024): 1 100 and 2 200 are then expected.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from assistmed_desktop.domain.assistant import Absence, Affectation, Assistant, Embauche, Mission
from assistmed_desktop.domain.cabinet import Cabinet, Medecin, cle_de_luhn_exacte
from assistmed_desktop.domain.contrat import (
    Avenant,
    ChangementOption,
    ContratCollectif,
    ContratIndividuel,
    NouvelObjectif,
    Objectif,
    Reference,
    Resiliation,
    Suspension,
)
from assistmed_desktop.domain.dossier import Dossier, fautes_du_dossier, lire_dossier
from assistmed_desktop.domain.suivi import Releve, SourceReleve, Versement
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import Avertissement, EvaluationContrat

j = date.fromisoformat
DEBUT = j("2023-01-01")
EVALUATION = j("2026-01-01")
MI_CHEMIN = j("2024-07-02")
JAMAIS = None
TIERS, DEMI, PLEIN = Fraction(1, 3), Fraction(1, 2), Fraction(1)


def jours(nombre: int) -> timedelta:
    return timedelta(days=nombre)


def morvan() -> Dossier:
    """Give the worked example of dossier-v1."""
    exemple = Path(__file__).parent.parent / "exemples" / "morvan.json"
    return lire_dossier(exemple.read_text(encoding="utf-8"))


def cabinet(**change: Any) -> Cabinet:  # noqa: ANN401 - any field
    champs: dict[str, Any] = {
        "nom": "Cabinet des Tilleuls",
        "adresse": "",
        "code_postal": "58120",
        "commune": "",
        "departement": "58",
        "zonage": "zip",
        "cpam": "",
        "exercice_regroupe": True,
        "exercice_coordonne": "msp",
    }
    return Cabinet(**champs | change)


def medecin(rang: int = 1, **change: Any) -> Medecin:  # noqa: ANN401 - any field
    racine = f"{1_000_000_000 + rang}"
    champs: dict[str, Any] = {
        "id": f"m{rang}",
        "nom": "Lambert",
        "prenom": "Claire",
        "rpps": next(racine + cle for cle in "0123456789" if cle_de_luhn_exacte(racine + cle)),
        "numero_am": "",
        "specialite": "medecine_generale",
        "secteur": "1",
        "installe_le": j("2009-09-01"),
        "exercice_mixte": False,
    }
    return Medecin(**champs | change)


def objectif(
    patientele_mt: int | None = 1200, file_active: int | None = 2400, le: date | None = EVALUATION
) -> Objectif:
    return Objectif(patientele_mt=patientele_mt, file_active=file_active, evaluation_le=le)


def reference(patientele_mt: int = 1000, file_active: int = 2000) -> Reference:
    return Reference(date=j("2022-12-31"), patientele_mt=patientele_mt, file_active=file_active)


def contrat(*avenants: Avenant, **change: Any) -> ContratIndividuel:  # noqa: ANN401 - any field
    champs: dict[str, Any] = {
        "id": "c1",
        "medecin": "m1",
        "texte": "avenant_7",
        "option_etp": DEMI,
        "signe_le": j("2022-12-15"),
        "debut_le": DEBUT,
        "duree_ans": 5,
        "tranche": None,
        "reference": reference(),
        "objectif": objectif(),
        "avenants": avenants,
    }
    return ContratIndividuel(**champs | change)


def collectif(*avenants: Avenant, **change: Any) -> ContratCollectif:  # noqa: ANN401 - any field
    """Give a contract of two doctors from 1 March 2026, judged 730 days later: 2 000 to 2 520, 4 000 to 4 220."""
    champs: dict[str, Any] = {
        "id": "c1",
        "medecins": ("m1", "m2"),
        "texte": "collectif_2026",
        "option_etp": Fraction(2),
        "signe_le": j("2026-02-25"),
        "debut_le": j("2026-03-01"),
        "duree_ans": 5,
        "tranche": None,
        "reference": reference(2000, 4000),
        "objectif": objectif(2520, 4220, j("2028-02-29")),
        "avenants": avenants,
    }
    return ContratCollectif(**champs | change)


def suspension(du: str, au: str | None) -> Suspension:
    return Suspension(type="suspension", du=j(du), au=None if au is None else j(au), motif="")


def option(du: str, etp: Fraction) -> ChangementOption:
    return ChangementOption(type="option", du=j(du), option_etp=etp, motif="")


def nouvel_objectif(du: str, nouveau: Objectif) -> NouvelObjectif:
    return NouvelObjectif(type="objectif", du=j(du), objectif=nouveau, motif="")


def resiliation(du: str) -> Resiliation:
    return Resiliation(type="resiliation", du=j(du), motif="")


def releve(
    jour: str | date,
    patientele_mt: int | None = None,
    file_active: int | None = None,
    source: SourceReleve = "cpam",
    medecin: str = "m1",
) -> Releve:
    return Releve(
        medecin=medecin,
        date=j(jour) if isinstance(jour, str) else jour,
        patientele_mt=patientele_mt,
        file_active=file_active,
        source=source,
        note="",
    )


def affectation(du: str, au: str | None = None, etp: Fraction = DEMI, contrat: str = "c1") -> Affectation:
    return Affectation(contrat=contrat, du=j(du), au=None if au is None else j(au), etp=etp)


def absence(du: str, au: str | None, *, remplacement: bool = False) -> Absence:
    return Absence(du=j(du), au=None if au is None else j(au), remplacement=remplacement)


def embauche(du: str, au: str | None = None) -> Embauche:
    fin = None if au is None else j(au)
    return Embauche(du=j(du), au=fin, role="mi_temps", heures_hebdo=17.5, employeur="medecin")


def assistant(*affectations: Affectation, **change: Any) -> Assistant:  # noqa: ANN401 - any field
    champs: dict[str, Any] = {
        "id": "a1",
        "nom": "Morel",
        "prenom": "Inès",
        "profil": "hors_sante",
        "embauches": (embauche("2023-01-01"),),
        "formation": None,
        "absences": (),
        "affectations": affectations,
    }
    return Assistant(**champs | change)


def mission(du: str, au: str | None = None, **change: Any) -> Mission:  # noqa: ANN401 - any field
    champs: dict[str, Any] = {
        "assistant": "a1",
        "domaine": "consultation",
        "tache": "Prise de constantes",
        "minutes_semaine": 240,
        "du": j(du),
        "au": None if au is None else j(au),
        "minutes_medecin_liberees": None,
    }
    return Mission(**champs | change)


def versement(annee: int, echeance: str | None, recu: str | None = None) -> Versement:
    return Versement(
        contrat="c1",
        annee_contrat=annee,
        echeance_le=None if echeance is None else j(echeance),
        montant_du=None,
        recu_le=None if recu is None else j(recu),
        montant_recu=None if recu is None else 1_000_00,
        reference="",
    )


def pratique(
    *contrats: ContratIndividuel | ContratCollectif,
    cabinet: Cabinet = cabinet(),  # noqa: B008 - a frozen value
    medecins: Iterable[Medecin] = (medecin(1), medecin(2)),
    releves: Iterable[Releve] = (),
    assistants: Iterable[Assistant] = (),
    missions: Iterable[Mission] = (),
    versements: Iterable[Versement] = (),
) -> Dossier:
    """Give a practice, and check that it is a valid one: what is refused at the door is not to be evaluated."""
    dossier = Dossier(
        format="assistmed-dossier",
        version=1,
        cabinet=cabinet,
        medecins=tuple(medecins),
        contrats=contrats,
        assistants=tuple(assistants),
        missions=tuple(missions),
        releves=tuple(releves),
        mouvements=(),
        activite=(),
        versements=tuple(versements),
    )
    assert fautes_du_dossier(dossier) == []
    return dossier


def juger(dossier: Dossier, au: str | date) -> EvaluationContrat:
    """Evaluate the only contract of a practice with the barèmes of the program."""
    (seul,) = evaluate(dossier, j(au) if isinstance(au, str) else au, charger_baremes()).contrats
    return seul


def codes(evaluation: EvaluationContrat) -> list[str]:
    return [avertissement.code for avertissement in evaluation.avertissements]


def averti(evaluation: EvaluationContrat, code: str) -> Avertissement | None:
    """Give the only warning of a code, or None."""
    trouves = [avertissement for avertissement in evaluation.avertissements if avertissement.code == code]
    assert len(trouves) < 2
    return trouves[0] if trouves else None
