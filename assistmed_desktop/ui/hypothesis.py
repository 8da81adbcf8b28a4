"""What a person supposes of a contract, read tolerantly: a hypothesis, or what is missing. It is never saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Final

from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.domain.valeurs import OPTIONS_INDIVIDUELLES, texte_etp
from assistmed_desktop.formats import INSECABLE, MOINS, etp, lire_decimal, nombre
from assistmed_desktop.rules.indicateurs import JOURS_PAR_MOIS
from assistmed_desktop.rules.resultats import EvaluationContrat, EvaluationIndicateur
from assistmed_desktop.services.scenarios import GAIN_MAX, Hypothese, OptionSupposee, PeriodeSupposee
from assistmed_desktop.ui.fiches.genres import Jour

ENTREES: Final = "entrees"
DEPARTS: Final = "departs"
FILE_ACTIVE: Final = "file_active"
SUSPENSION_DU: Final = "suspension_du"
SUSPENSION_AU: Final = "suspension_au"
OPTION: Final = "option"
OPTION_DU: Final = "option_du"

RYTHMES: Final = (ENTREES, DEPARTS, FILE_ACTIVE)
_ECARTS_DU_GROUPE: Final = (Fraction(-1), Fraction(-1, 2), Fraction(1, 2), Fraction(1), Fraction(2))
_CURSEUR_MIN: Final = 40
"""The least end of a slider, in patients a month."""


@dataclass(frozen=True)
class Typed:
    """The fields of a scenario, as typed; ``option`` is a key of ``options``."""

    entrees: str = ""
    departs: str = ""
    file_active: str = ""
    suspension_du: str = ""
    suspension_au: str = ""
    option: str = ""
    option_du: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing is supposed: the day of an option is nothing without the option."""
        return not any(getattr(self, f.name).strip() for f in fields(self) if f.name != OPTION_DU)


@dataclass(frozen=True)
class Read:
    """What the fields give: a hypothesis, None when nothing is supposed or a field is at fault; the faults by field."""

    hypothese: Hypothese | None
    fautes: Mapping[str, str] = field(default_factory=dict)


def read(typed: Typed, contrat: EvaluationContrat) -> Read:
    """Read the fields of a scenario of a contract."""
    fautes: dict[str, str] = {}
    entrees = _rythme(typed.entrees, ENTREES, fautes)
    departs = _rythme(typed.departs, DEPARTS, fautes)
    file_active = _rythme(typed.file_active, FILE_ACTIVE, fautes, signed=True)
    if departs is not None and not typed.entrees.strip():
        fautes[DEPARTS] = f"Les départs se retranchent des nouveaux patients{INSECABLE}: donnez aussi ceux-ci."
    du = _jour(typed.suspension_du, SUSPENSION_DU, fautes, "premier")
    au = _jour(typed.suspension_au, SUSPENSION_AU, fautes, "dernier")
    if typed.suspension_du.strip() and not typed.suspension_au.strip():
        fautes[SUSPENSION_AU] = "Donnez aussi la fin de la suspension."
    if typed.suspension_au.strip() and not typed.suspension_du.strip():
        fautes[SUSPENSION_DU] = "Donnez aussi le début de la suspension."
    option_du = _jour(typed.option_du, OPTION_DU, fautes, "premier") if typed.option else None
    if fautes or typed.blank:
        return Read(None, fautes)
    return Read(
        Hypothese(
            contrat=contrat.id,
            gain_mensuel=entrees,
            departs=departs or Fraction(0),
            gain_mensuel_file_active=file_active,
            suspensions=(PeriodeSupposee(du, au),) if du and au else (),
            option=OptionSupposee(option_du or contrat.au, Fraction(typed.option)) if typed.option else None,
        )
    )


def _rythme(texte: str, cle: str, fautes: dict[str, str], *, signed: bool = False) -> Fraction | None:
    """Read a monthly pace, with a sign where it may be negative."""
    nu = texte.strip()
    if not nu:
        return None
    negatif = signed and nu[:1] in (MOINS, "-")
    valeur = lire_decimal(nu[1:] if negatif or (signed and nu[:1] == "+") else nu)
    if valeur is None:
        fautes[cle] = f"Un nombre de patients par mois, par exemple 8 ou 8,5{'' if not signed else f' ou {MOINS}2'}."
    elif valeur > GAIN_MAX:
        fautes[cle] = f"Au plus {nombre(GAIN_MAX)} par mois."
    else:
        return -Fraction(valeur) if negatif else Fraction(valeur)
    return None


def _jour(texte: str, cle: str, fautes: dict[str, str], mois: str) -> date | None:
    """Read a day, or a month for its first or its last one."""
    if not texte.strip():
        return None
    lu = Jour(mois="dernier" if mois == "dernier" else "premier").lire(texte)
    if lu.faute:
        fautes[cle] = lu.faute
        return None
    jour: date = lu.valeur
    return jour


def options(contrat: EvaluationContrat) -> dict[str, str]:
    """Give the other options that may be supposed, by key: those of the texts, or a few ETP more or less of a group."""
    present = contrat.contrat.option_au(contrat.au)
    if isinstance(contrat.contrat, ContratCollectif):
        autres = [present + ecart for ecart in _ECARTS_DU_GROUPE if present + ecart > 0]
    else:
        autres = [option for option in OPTIONS_INDIVIDUELLES if option != present]
    return {texte_etp(option): etp(option) for option in autres}


@dataclass(frozen=True)
class PaceWords:
    """What is known of an indicator's pace: where its slider rests and ends, and what is said under it."""

    repos: int
    maxi: int
    aide: str


def pace_words(indicateur: EvaluationIndicateur) -> PaceWords:
    """Say the pace that an indicator has, and the one that it would need."""
    realise, requis = indicateur.gain_mensuel_realise, indicateur.gain_mensuel_requis
    if indicateur.projection is not None:
        par_mois: Fraction | None = Fraction(str(indicateur.projection.pente)) * JOURS_PAR_MOIS
    else:
        par_mois = realise
    dits = []
    if par_mois is not None:
        dits.append(f"rythme actuel{INSECABLE}: {nombre(par_mois, 1, signe=True)}")
    if requis:
        dits.append(f"il faut {nombre(requis, 1, signe=True)}")
    plus = max((abs(valeur) for valeur in (par_mois, requis) if valeur is not None), default=Fraction(0))
    return PaceWords(
        round(par_mois or 0),
        min(GAIN_MAX, max(_CURSEUR_MIN, 10 * ceil(plus * 2 / 10))),
        " ; ".join(dits).replace(" ;", f"{INSECABLE};"),
    )
