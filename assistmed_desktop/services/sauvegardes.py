"""The copies of a practice: what is told of one, and what going back to it would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from assistmed_desktop.domain.libelles import LISTES
from assistmed_desktop.formats import INSECABLE, compte, enumeration, jour_court

if TYPE_CHECKING:
    from assistmed_desktop.domain.dossier import Dossier

Motif = Literal[
    "mise-a-niveau", "import", "restauration", "suppression", "effacement", "phrase", "fermeture", "repos", "demande"
]

LIBELLES_MOTIF: Final[dict[Motif, str]] = {
    "mise-a-niveau": "avant une mise à niveau du fichier",
    "import": "avant un import",
    "restauration": "avant une restauration",
    "suppression": "avant la suppression du cabinet",
    "effacement": "avant un effacement",
    "phrase": "avant un changement de phrase de passe",
    "fermeture": "à la fermeture",
    "repos": "après dix minutes sans changement",
    "demande": "à votre demande",
}

COMPTES: Final = {
    "medecin": ("médecin", "médecins"),
    "contrat": ("contrat", "contrats"),
    "assistant": ("assistant", "assistants"),
    "releve": ("relevé", "relevés"),
    "versement": ("versement", "versements"),
    "rapport_emis": ("rapport émis", "rapports émis"),
}
"""The tables that are counted, and how their rows are called."""


def moment(le: datetime) -> str:
    """Write ``le 15/11/2026 à 14:02``, in the time of this computer."""
    ici = le.astimezone()
    return f"le {jour_court(ici.date())} à {ici:%H:%M}"


@dataclass(frozen=True, slots=True)
class Sauvegarde:
    """A copy of a base: its file, when and why it was made, its size in bytes."""

    fichier: Path
    le: datetime
    motif: Motif
    octets: int

    def __str__(self) -> str:
        """Say in French when and why it was made."""
        return f"{jour_court(self.le.date())} à {self.le:%H:%M}, {LIBELLES_MOTIF[self.motif]}"


@dataclass(frozen=True, slots=True)
class Contenu:
    """What a base holds: the practice, None when it has none, what is counted, and the last thing entered."""

    dossier: Dossier | None
    comptes: Mapping[str, int]
    derniere_saisie: datetime | None
    version: int

    @property
    def cabinet(self) -> str | None:
        """The name of the practice; None when it has none."""
        return None if self.dossier is None else self.dossier.cabinet.nom

    @property
    def en_lettres(self) -> str:
        """Say in French what it holds."""
        if self.cabinet is None:
            return "aucun cabinet"
        return ", ".join([self.cabinet, *nombres(self.comptes)])


def nombres(comptes: Mapping[str, int]) -> list[str]:
    """Write what is counted, what there is none of left out."""
    return [compte(comptes[cle], *noms) for cle, noms in COMPTES.items() if comptes.get(cle, 0) > 0]


def retour(copie: Dossier | None, actuel: Dossier | None) -> str:
    """Say in French what going back from the practice of today to that of a copy would change."""
    if copie == actuel:
        return "Elle contient exactement ce que le cabinet contient aujourd'hui."
    if actuel is None:
        return "Le cabinet d'aujourd'hui est vide."
    if copie is None:
        return f"Elle ne contient pas encore de cabinet{INSECABLE}: tout ce que vous avez saisi manquerait."
    perdus: list[str] = []
    revenus: list[str] = []
    changes: list[str] = []
    for cle, noms in LISTES.items():
        en_moins, en_plus, autres = _ecarts(getattr(copie, cle), getattr(actuel, cle))
        for liste, nombre in ((perdus, en_moins), (revenus, en_plus), (changes, autres)):
            if nombre:
                liste.append(compte(nombre, *noms))
    if copie.cabinet != actuel.cabinet:
        changes.insert(0, "la fiche du cabinet")
    faits = (("retirerait", perdus), ("ramènerait", revenus), ("remettrait comme avant", changes))
    phrases = [f"{verbe} {enumeration(liste)}" for verbe, liste in faits if liste]
    return f"La restaurer {enumeration(phrases)}." if phrases else "Seul l'ordre des lignes diffère."


def _ecarts(avant: tuple[object, ...], apres: tuple[object, ...]) -> tuple[int, int, int]:
    """Count what is only in the second, what is only in the first, and what is in both under one id and differs."""
    plus, moins = Counter(apres) - Counter(avant), Counter(avant) - Counter(apres)
    communs = {getattr(v, "id", None) for v in plus} & {getattr(v, "id", None) for v in moins} - {None}
    return plus.total() - len(communs), moins.total() - len(communs), len(communs)


def manque(copie: Contenu, lisible: Mapping[str, int], modifie_le: datetime) -> str:
    """Say in French what a copy lacks of a damaged base: what was entered since, and what it still counts."""
    phrases = []
    if copie.derniere_saisie is not None:
        phrases.append(f"La dernière saisie qu'elle contient a été faite {moment(copie.derniere_saisie)}.")
    phrases.append(
        f"Le fichier endommagé a été modifié pour la dernière fois {moment(modifie_le)}{INSECABLE}: ce qui a été saisi "
        "entre les deux manquerait."
    )
    absents = nombres({cle: nombre - copie.comptes.get(cle, 0) for cle, nombre in lisible.items()})
    if absents:
        phrases.append(f"Il contient encore {enumeration(absents)} de plus.")
    elif lisible:
        phrases.append("Il ne contient pas plus de lignes qu'elle.")
    else:
        phrases.append("Rien de lui ne peut plus être compté.")
    return " ".join(phrases)
