"""How long ago each version of the barèmes was last read against its source, and the warning when that is long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import ajouter_mois
from assistmed_desktop.formats import compte, enumeration, jour_court
from assistmed_desktop.rules.resultats import Avertissement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.tables import Version

MOIS_DE_FRAICHEUR = 12


@dataclass(frozen=True, slots=True)
class VersionAncienne:
    """A version whose last reading against its source is too old on a day, or is said to be of a day too far ahead."""

    table: str
    version: Version


def est_ancienne(version: Version, au: date) -> bool:
    """Say whether a version was last read against its source more than a year before a day."""
    return ajouter_mois(version.verifie_le, MOIS_DE_FRAICHEUR) < au


def est_douteuse(version: Version, baremes: Baremes, au: date) -> bool:
    """Say whether a version says it was read after a day, and over a year after the program's own were.

    Only one that the user added can. A day may well be asked for that is before a reading: the rules have no clock.
    """
    return version.verifie_le > max(au, ajouter_mois(baremes.relus_le, MOIS_DE_FRAICHEUR))


def baremes_anciens(
    baremes: Baremes, au: date, contrat: ContratIndividuel | ContratCollectif | None = None
) -> tuple[VersionAncienne, ...]:
    """List the versions whose last reading is too old or doubtful on a day, those of a contract alone if one is given.

    A contract's are those that govern its text and its day of signature and had effect by ``au``.
    """
    if ajouter_mois(baremes.verifies_le, MOIS_DE_FRAICHEUR) >= au and not baremes.ajoutes:
        return ()
    return tuple(
        VersionAncienne(table, version)
        for table, versions in baremes.tables.items()
        for version in versions
        if (est_ancienne(version, au) or est_douteuse(version, baremes, au))
        and (contrat is None or _sert(version, contrat, au))
    )


def _sert(version: Version, contrat: ContratIndividuel | ContratCollectif, au: date) -> bool:
    return version.effet_du <= au and version.regit(
        contrat.texte, contrat.signe_le, max(version.effet_du, contrat.debut_le)
    )


def avertissements_de_fraicheur(
    baremes: Baremes, contrat: ContratIndividuel | ContratCollectif, au: date
) -> Iterator[Avertissement]:
    """Warn when a table that governs a contract was last read over a year before a day, or has a doubtful reading.

    The codes are ``bareme_ancien`` and ``bareme_relecture_douteuse``.
    """
    siennes = baremes_anciens(baremes, au, contrat)
    for douteuse in siennes:
        if est_douteuse(douteuse.version, baremes, au):
            yield Avertissement(
                "bareme_relecture_douteuse",
                f"La version {douteuse.version.cle} du barème {TABLES[douteuse.table]}, ajoutée par vous, se dit relue "
                f"le {jour_court(douteuse.version.verifie_le)}, un jour à venir : corrigez sa date de relecture "
                "(verifie_le) dans le fichier ajouté.",
                "attention",
            )
    anciennes = [sienne for sienne in siennes if est_ancienne(sienne.version, au)]
    if not anciennes:
        return
    tables = list(dict.fromkeys(TABLES[ancienne.table] for ancienne in anciennes))
    plus_ancien = min(ancienne.version.verifie_le for ancienne in anciennes)
    une = len(tables) == 1
    yield Avertissement(
        "bareme_ancien",
        f"{'Le barème' if une else 'Les barèmes'} {enumeration(tables)} {_n_ont_pas(une=une)} depuis le "
        f"{jour_court(plus_ancien)}, plus d'un an : vérifiez auprès de votre CPAM ce qui a changé, ou ajoutez "
        "un barème plus récent.",
        "attention",
    )


def _n_ont_pas(*, une: bool) -> str:
    return "n'a pas été relu" if une else "n'ont pas été relus"


TABLES = {
    "textes": "des textes",
    "aide": "de l'aide",
    "objectifs": "des objectifs",
    "echeances": "des échéances",
    "eligibilite": "de l'éligibilité",
}


def age_en_mots(verifie_le: date, au: date) -> str:
    """Say how long before a day a reading was made: ``aujourd'hui``, ``il y a 3 mois``, ``il y a 2 ans``."""
    jours = (au - verifie_le).days
    if jours < 0:
        return f"après le {jour_court(au)}"
    if not jours:
        return "ce jour-là"
    mois = _mois_entiers(verifie_le, au)
    if not mois:
        return f"il y a {compte(jours, 'jour')}"
    ans, reste = divmod(mois, 12)
    parties = [compte(ans, "an")] if ans else []
    if reste:
        parties.append(compte(reste, "mois", "mois"))
    return f"il y a {' et '.join(parties)}"


def _mois_entiers(du: date, au: date) -> int:
    mois = (au.year - du.year) * 12 + au.month - du.month
    return mois if ajouter_mois(du, mois) <= au else mois - 1
