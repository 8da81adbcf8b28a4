"""What a person types for a reading, read tolerantly: a reading, or what is missing; and what looks doubtful."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

from assistmed_desktop.domain.calendrier import ajouter_mois
from assistmed_desktop.domain.libelles import SOURCES
from assistmed_desktop.domain.suivi import Releve, SourceReleve
from assistmed_desktop.domain.valeurs import ANNEE_MAX, ANNEE_MIN, COMPTE_MAX
from assistmed_desktop.formats import (
    INSECABLE,
    jour_court,
    jour_long,
    lire_entier,
    lire_jour,
    lire_mois,
    nombre,
    pourcent,
)
from assistmed_desktop.services.confidentialite import prudence_nir
from assistmed_desktop.ui.typography import soigner

SAUT: Final = Fraction(1, 10)
"""The change from the previous reading of the same source above which the user is asked to check."""

CHAMPS: Final = ("date", "patientele_mt", "file_active")
_NOMS: Final = {"patientele_mt": "Patientèle", "file_active": "File active"}


@dataclass(frozen=True)
class Typed:
    """The fields of the form, as typed."""

    date: str = ""
    patientele_mt: str = ""
    file_active: str = ""
    source: SourceReleve = "amelipro"
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """The outcome: a reading or the faults by field, a help by field, and cautions that refuse nothing."""

    releve: Releve | None
    fautes: Mapping[str, str] = field(default_factory=dict)
    aides: Mapping[str, str] = field(default_factory=dict)
    cautions: tuple[str, ...] = ()


def read_entry(typed: Typed, medecin: str, autres: Sequence[Releve], au: date) -> Entry:
    """Read the form of a doctor whose other readings are ``autres``, on the day ``au``."""
    jour = _lire_date(typed.date)
    comptes = {cle: lire_entier(texte) for cle, texte in _textes(typed).items()}
    fautes = _fautes(typed, medecin, jour, comptes)
    precedents = {cle: _precedent(cle, typed.source, jour, autres) for cle in _NOMS}
    aides = {cle: _aide(cle, releve) for cle, releve in precedents.items()}
    exemple = f"par exemple 31/10/{au.year} ou octobre {au.year}"
    aides["date"] = jour_long(jour) if jour and "date" not in fautes else exemple
    if fautes or jour is None:
        return Entry(None, fautes, aides)
    releve = Releve(
        medecin=medecin,
        date=jour,
        patientele_mt=comptes["patientele_mt"],
        file_active=comptes["file_active"],
        source=typed.source,
        note=typed.note.strip(),
    )
    cautions = _cautions(releve, precedents, autres, au)
    if phrase := prudence_nir("Note", releve.note):
        cautions.append(soigner(phrase))
    return Entry(releve, {}, aides, tuple(cautions))


def typed_of(releve: Releve) -> Typed:
    """Write a reading into the fields, to correct it."""
    comptes = {
        cle: "" if valeur is None else nombre(valeur)
        for cle, valeur in (("patientele_mt", releve.patientele_mt), ("file_active", releve.file_active))
    }
    return Typed(jour_court(releve.date), source=releve.source, note=releve.note, **comptes)


def next_month_end(releves: Sequence[Releve], au: date) -> date:
    """Propose the month end that follows the last reading, or the last one passed when there is none."""
    if not releves:
        return _month_end(ajouter_mois(au.replace(day=1), -1))
    dernier = max(releve.date for releve in releves)
    fin = _month_end(dernier)
    return fin if dernier < fin else _month_end(ajouter_mois(dernier.replace(day=1), 1))


def _month_end(jour: date) -> date:
    return jour.replace(day=calendar.monthrange(jour.year, jour.month)[1])


def _lire_date(texte: str) -> date | None:
    """Read a day; a month is taken for its last, when its year is whole: ``3/10`` may be the third of October."""
    mois = lire_mois(texte, annee_entiere=True)
    return lire_jour(texte) if mois is None else _month_end(mois)


def _textes(typed: Typed) -> dict[str, str]:
    return {"patientele_mt": typed.patientele_mt, "file_active": typed.file_active}


def _fautes(typed: Typed, medecin: str, jour: date | None, comptes: Mapping[str, int | None]) -> dict[str, str]:
    fautes = {}
    if not typed.date.strip():
        fautes["date"] = "Saisissez la date du relevé."
    elif jour is None:
        fautes["date"] = f"Cette date ne se lit pas{INSECABLE}: jour/mois/année, ou un mois."
    elif not ANNEE_MIN <= jour.year <= ANNEE_MAX:
        fautes["date"] = "Vérifiez l’année."
    for cle, texte in _textes(typed).items():
        compte = comptes[cle]
        if texte.strip() and compte is None:
            fautes[cle] = f"Un nombre entier, par exemple {nombre(1131)}."
        elif compte is not None and compte > COMPTE_MAX:
            fautes[cle] = f"Au plus {nombre(COMPTE_MAX)}."
    if not medecin:
        fautes["date"] = "Choisissez d’abord un médecin."
    if not any(texte.strip() for texte in _textes(typed).values()):
        fautes["patientele_mt"] = "Saisissez au moins un des deux effectifs."
    return fautes


def _valeur(cle: str, releve: Releve) -> int | None:
    return releve.patientele_mt if cle == "patientele_mt" else releve.file_active


def _precedent(cle: str, source: str, jour: date | None, autres: Sequence[Releve]) -> Releve | None:
    """Find the reading of the same source just before a day that holds a count."""
    avant = [
        releve
        for releve in autres
        if releve.source == source and _valeur(cle, releve) is not None and (jour is None or releve.date < jour)
    ]
    return max(avant, key=lambda releve: releve.date, default=None)


def _aide(cle: str, precedent: Releve | None) -> str:
    valeur = None if precedent is None else _valeur(cle, precedent)
    if precedent is None or valeur is None:
        return "laissez vide si inconnu"
    return f"dernier{INSECABLE}: {nombre(valeur)} le {jour_court(precedent.date)}"


def _cautions(releve: Releve, precedents: Mapping[str, Releve | None], autres: Sequence[Releve], au: date) -> list[str]:
    cautions = []
    if releve.date > au:
        cautions.append(
            f"Cette date est à venir{INSECABLE}: le relevé ne comptera qu’à partir du {jour_court(releve.date)}."
        )
    for cle, precedent in precedents.items():
        avant = None if precedent is None else _valeur(cle, precedent)
        valeur = _valeur(cle, releve)
        if precedent is None or valeur is None or not avant:
            continue
        ecart = Fraction(valeur - avant, avant)
        if abs(ecart) > SAUT:
            cautions.append(
                f"{_NOMS[cle]}{INSECABLE}: {pourcent(ecart, signe=True)} depuis le relevé {SOURCES[releve.source]} du "
                f"{jour_court(precedent.date)} ({nombre(avant)}). Vérifiez ce chiffre."
            )
    if any(autre.date == releve.date and autre.source == releve.source for autre in autres):
        cautions.append(
            f"Un relevé {SOURCES[releve.source]} de cette date existe déjà{INSECABLE}: le dernier saisi comptera."
        )
    return cautions
