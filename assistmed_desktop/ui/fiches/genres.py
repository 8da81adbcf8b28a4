"""The kinds of field: what a person types, read tolerantly into a value of the dossier, and written back."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Literal, Protocol

from assistmed_desktop.domain.valeurs import ANNEE_MAX, ANNEE_MIN, COMPTE_MAX, ETP_MAX, MONTANT_MAX_EUROS
from assistmed_desktop.formats import (
    INSECABLE,
    etp,
    euros,
    heures,
    jour_court,
    jour_long,
    lire_entier,
    lire_etp,
    lire_euros,
    lire_heures,
    lire_jour,
    lire_mois,
    mois_long,
    nombre,
)

SEPARATEUR = "\n"
"""Between the keys chosen in a field of several choices."""


@dataclass(frozen=True, slots=True)
class Lu:
    """One field as read: its value, or what is wrong with it; ``echo`` says how it was understood."""

    valeur: Any = None
    faute: str = ""
    echo: str = ""


class Genre(Protocol):
    """A kind of field. ``vide`` is its value when nothing is typed."""

    @property
    def vide(self) -> Any:  # noqa: ANN401 - a value of the dossier
        """The value of a field left empty."""
        ...

    def lire(self, texte: str) -> Lu:
        """Read what is typed, which is not empty."""
        ...

    def ecrire(self, valeur: Any) -> str:  # noqa: ANN401 - a value of the dossier
        """Write a value into the field."""
        ...


@dataclass(frozen=True, slots=True)
class Jour:
    """A day. A month alone is taken for its first or its last day, where ``mois`` says which."""

    mois: Literal["", "premier", "dernier"] = ""
    vide: date | None = None

    def lire(self, texte: str) -> Lu:
        """Read ``15/3/25``, ``15 mars 2025``, or a month where one will do."""
        jour = lire_jour(texte)
        if jour is None and self.mois and (premier := lire_mois(texte, annee_entiere=True)):
            dernier = calendar.monthrange(premier.year, premier.month)[1]
            jour = premier.replace(day=dernier) if self.mois == "dernier" else premier
        if jour is None:
            return Lu(faute=f"Cette date ne se lit pas{INSECABLE}: jour/mois/année, par exemple 15/03/2025.")
        if not ANNEE_MIN <= jour.year <= ANNEE_MAX:
            return Lu(faute=f"Vérifiez l’année{INSECABLE}: {jour.year}.")
        return Lu(jour, echo=jour_long(jour))

    def ecrire(self, valeur: date | None) -> str:
        """Write ``15/03/2025``."""
        return "" if valeur is None else jour_court(valeur)


@dataclass(frozen=True, slots=True)
class Mois:
    """A month, held as ``2025-03``."""

    vide: None = None

    def lire(self, texte: str) -> Lu:
        """Read ``mars 2025`` or ``3/25``; a day is taken for its month."""
        mois = lire_mois(texte) or lire_jour(texte)
        if mois is None:
            return Lu(faute=f"Ce mois ne se lit pas{INSECABLE}: mars 2025 ou 03/2025.")
        if not ANNEE_MIN <= mois.year <= ANNEE_MAX:
            return Lu(faute=f"Vérifiez l’année{INSECABLE}: {mois.year}.")
        return Lu(f"{mois:%Y-%m}", echo=mois_long(mois))

    def ecrire(self, valeur: str | None) -> str:
        """Write ``mars 2025``."""
        return "" if valeur is None else mois_long(date.fromisoformat(f"{valeur}-01")).replace(INSECABLE, " ")


@dataclass(frozen=True, slots=True)
class Entier:
    """A whole number between two bounds."""

    mini: int = 0
    maxi: int = COMPTE_MAX
    exemple: int = 1131
    vide: int | None = None

    def lire(self, texte: str) -> Lu:
        """Read ``1 131``."""
        valeur = lire_entier(texte)
        if valeur is None:
            return Lu(faute=f"Un nombre entier, par exemple {nombre(self.exemple)}.")
        if not self.mini <= valeur <= self.maxi:
            return Lu(faute=f"Entre {nombre(self.mini)} et {nombre(self.maxi)}.")
        return Lu(valeur)

    def ecrire(self, valeur: int | None) -> str:
        """Write ``1 131``."""
        return "" if valeur is None else nombre(valeur)


@dataclass(frozen=True, slots=True)
class Euros:
    """An amount, held in centimes."""

    vide: int | None = None

    def lire(self, texte: str) -> Lu:
        """Read ``18 000`` or ``18 000,50 €``."""
        valeur = lire_euros(texte)
        if valeur is None:
            return Lu(faute=f"Un montant en euros, par exemple {euros(1_800_000)}.")
        if valeur > MONTANT_MAX_EUROS * 100:
            return Lu(faute=f"Au plus {euros(MONTANT_MAX_EUROS * 100)}.")
        return Lu(valeur, echo=euros(valeur))

    def ecrire(self, valeur: int | None) -> str:
        """Write ``18 000``."""
        return "" if valeur is None else euros(valeur).removesuffix("€").strip()


@dataclass(frozen=True, slots=True)
class Etp:
    """A full-time equivalent."""

    vide: Fraction | None = None

    def lire(self, texte: str) -> Lu:
        """Read ``1/2``, ``0,5`` or ``mi-temps``."""
        valeur = lire_etp(texte)
        if valeur is None or max(valeur.numerator, valeur.denominator) > 999:  # noqa: PLR2004 - what dossier-v1 writes
            return Lu(faute=f"Un équivalent temps plein, par exemple 1/2, 0,5 ou mi{INSECABLE}temps.")
        if not 0 < valeur <= ETP_MAX:
            return Lu(faute=f"Plus de 0 et au plus {ETP_MAX}.")
        return Lu(valeur, echo=etp(valeur))

    def ecrire(self, valeur: Fraction | None) -> str:
        """Write ``1/2``."""
        return "" if valeur is None else etp(valeur).removesuffix("ETP").strip()


@dataclass(frozen=True, slots=True)
class Heures:
    """Hours a week."""

    vide: float | None = None

    def lire(self, texte: str) -> Lu:
        """Read ``17,5`` or ``17 h 30``."""
        valeur = lire_heures(texte)
        if valeur is None or not 0 < round(valeur * 60) <= 168 * 60:  # in minutes, the hours of a week
            return Lu(faute="Des heures par semaine, par exemple 17,5 ou 17 h 30.")
        return Lu(valeur, echo=heures(valeur))

    def ecrire(self, valeur: float | None) -> str:
        """Write ``17 h 30``."""
        return "" if valeur is None else heures(valeur)


@dataclass(frozen=True, slots=True)
class Ligne:
    """A text of one line."""

    maxi: int = 200
    vide: str = ""

    def lire(self, texte: str) -> Lu:
        """Keep the text, without the blanks around it."""
        propre = " ".join(texte.split())
        return Lu(propre) if len(propre) <= self.maxi else Lu(faute=f"Au plus {self.maxi} caractères.")

    def ecrire(self, valeur: str) -> str:
        """Write the text."""
        return valeur


@dataclass(frozen=True, slots=True)
class Note:
    """A text of several lines."""

    maxi: int = 2000
    vide: str = ""

    def lire(self, texte: str) -> Lu:
        """Keep the text, without the blanks around it."""
        propre = texte.strip()
        return Lu(propre) if len(propre) <= self.maxi else Lu(faute=f"Au plus {nombre(self.maxi)} caractères.")

    def ecrire(self, valeur: str) -> str:
        """Write the text."""
        return valeur


@dataclass(frozen=True, slots=True)
class Choix:
    """One of a few values, by key; ``valeurs`` gives that of each key where it is not the key itself.

    ``vide_dit`` names the choice of nothing where there is one.
    """

    options: Mapping[str, str]
    valeurs: Mapping[str, Any] = field(default_factory=dict)
    vide_dit: str = ""
    vide: None = None

    def lire(self, texte: str) -> Lu:
        """Give the value of a key."""
        if texte not in self.options:
            return Lu(faute="Choisissez dans la liste.")
        return Lu(self.valeurs.get(texte, texte))

    def ecrire(self, valeur: Any) -> str:  # noqa: ANN401 - a value of the dossier
        """Give the key of a value."""
        if valeur is None:
            return ""
        return next((cle for cle in self.options if self.valeurs.get(cle, cle) == valeur), "")


@dataclass(frozen=True, slots=True)
class Plusieurs:
    """Any number of a few values, by key, in the order of the options."""

    options: Mapping[str, str]
    vide: tuple[str, ...] = ()

    def lire(self, texte: str) -> Lu:
        """Give the keys chosen."""
        choisis = texte.split(SEPARATEUR)
        return Lu(tuple(cle for cle in self.options if cle in choisis))

    def ecrire(self, valeur: tuple[str, ...]) -> str:
        """Join the keys chosen."""
        return SEPARATEUR.join(valeur)


OUI = "oui"


@dataclass(frozen=True, slots=True)
class Case:
    """Yes or no."""

    vide: bool = False

    def lire(self, texte: str) -> Lu:
        """Give whether it is ticked."""
        return Lu(texte == OUI)

    def ecrire(self, valeur: bool) -> str:  # noqa: FBT001 - the value itself
        """Write whether it is ticked."""
        return OUI if valeur else ""
