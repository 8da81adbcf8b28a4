"""What is told before a passphrase is chosen, and how strong it is: its length, and not one letter many times."""

from dataclasses import dataclass
from typing import Final

from assistmed_desktop.formats import INSECABLE

MINIMUM: Final = 8
_CORRECTE, _SOLIDE = 14, 22
_REPETITION: Final = 3
"""How many times each different character counts."""

PROTEGE: Final = (
    "Avec une phrase, le cabinet et ses sauvegardes sont chiffrés. Les bilans et les dossiers que vous exportez "
    "restent lisibles par tous. Personne, pas même les auteurs du programme, ne peut retrouver une phrase perdue"
    f"{INSECABLE}: notez-la dans un endroit sûr."
)


@dataclass(frozen=True, slots=True)
class Force:
    """Whether a passphrase is accepted, and what to say of it."""

    suffisante: bool
    en_lettres: str


def force(phrase: str) -> Force:
    """Say how strong a passphrase is; nothing of one that is not typed yet."""
    utile = min(len(phrase), _REPETITION * len(set(phrase.casefold())))
    if not phrase:
        return Force(suffisante=False, en_lettres="")
    if utile < MINIMUM:
        return Force(
            suffisante=False,
            en_lettres=f"Trop courte{INSECABLE}: elle se devinerait vite. Quatre ou cinq mots sans lien entre eux se "
            "retiennent et ne se devinent pas.",
        )
    if utile < _CORRECTE:
        return Force(
            suffisante=True,
            en_lettres=f"Courte{INSECABLE}: elle résiste à un curieux, pas à un ordinateur patient. Un mot de plus "
            "change tout.",
        )
    if utile < _SOLIDE:
        return Force(suffisante=True, en_lettres="Bonne, si elle n’est ni une citation, ni un nom, ni une date.")
    return Force(suffisante=True, en_lettres=f"Solide{INSECABLE}: elle ne se devine pas.")
