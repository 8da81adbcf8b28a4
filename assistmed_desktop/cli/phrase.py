"""``assistmed phrase``: a passphrase put on a base, changed, or taken away; what it costs to lose it is said before."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import TYPE_CHECKING

from assistmed_desktop.cli.conventions import FAIT, ErreurUsage, ErreurUtilisateur, dire
from assistmed_desktop.formats import INSECABLE, compte

if TYPE_CHECKING:
    from pathlib import Path

    from assistmed_desktop.cli.contexte import Contexte
    from assistmed_desktop.storage.phrase import Changement

_SUIVRE = "Pour les protéger aussi, recommencez avec --sauvegardes."


def phrase(contexte: Contexte) -> int:
    """Open the base with the phrase it has, then write it again under the new one, or under none."""
    from assistmed_desktop.storage.phrase import changer_phrase

    base: Path = contexte.arguments.base
    retirer: bool = contexte.arguments.retirer
    if retirer and contexte.arguments.sauvegardes:
        raise ErreurUsage(
            f"--sauvegardes protège par une phrase, --retirer la retire{INSECABLE}: donnez l'un ou l'autre."
        )
    with contexte.ouvrir(base, creer=False) as depot:
        protegee = depot.cle is not None
    if retirer and not protegee:
        raise ErreurUtilisateur(f"La base «{INSECABLE}{base}{INSECABLE}» n'a pas de phrase de passe.")
    nouvelle = None if retirer else _nouvelle(contexte)
    fait = contexte.avec_phrase(lambda actuelle: changer_phrase(base, contexte.horloge, actuelle, nouvelle))
    if protegee:
        from assistmed_desktop.storage.trousseau import oublier

        oublier(base)  # the key that the system keeps opens it no more
    print(
        f"La phrase est retirée{INSECABLE}: «{INSECABLE}{base}{INSECABLE}» se lit sans elle."
        if retirer
        else f"«{INSECABLE}{base}{INSECABLE}» est protégé par sa nouvelle phrase de passe."
    )
    _suivre(contexte, fait)
    return FAIT


def _nouvelle(contexte: Contexte) -> str:
    """Read the new phrase from its file or, twice, from the terminal; refuse one that is guessed at once."""
    from assistmed_desktop.services.phrase import PROTEGE, force

    fichier: Path | None = contexte.arguments.nouvelle_phrase_fichier
    if fichier is None and not sys.stdin.isatty():
        raise ErreurUsage(
            f"Il manque la nouvelle phrase{INSECABLE}: --nouvelle-phrase-fichier F, ou --retirer pour n'en plus avoir."
        )
    dire(PROTEGE)
    if fichier is not None:
        nouvelle = contexte.lire_phrase(fichier)
    else:
        nouvelle = getpass(f"Nouvelle phrase de passe{INSECABLE}: ")
        if nouvelle and getpass(f"La même, une seconde fois{INSECABLE}: ") != nouvelle:
            raise ErreurUtilisateur("Les deux saisies de la nouvelle phrase diffèrent. Rien n'a été touché.")
    juge = force(nouvelle)
    if not juge.suffisante:
        raise ErreurUtilisateur(f"{juge.en_lettres or 'La nouvelle phrase est vide.'} Rien n'a été touché.")
    dire(juge.en_lettres)
    return nouvelle


def _suivre(contexte: Contexte, fait: Changement) -> None:
    """Have the copies follow the new phrase when that is asked, and say which ones do not."""
    from assistmed_desktop.storage.phrase import proteger_copies

    copies = tuple(copie for copie in (*fait.en_clair, *fait.anciennes) if copie.suffix == ".assistmed")
    if contexte.arguments.sauvegardes and fait.cle is not None:
        faites = proteger_copies(copies, fait.ancienne, fait.cle)
        print(f"{compte(faites, 'sauvegarde suit', 'sauvegardes suivent')} la nouvelle phrase.")
    else:
        claires = len(copies) - len(fait.anciennes)
        if claires and fait.cle is not None:
            dire(f"{compte(claires, 'sauvegarde se lit', 'sauvegardes se lisent')} encore sans phrase. {_SUIVRE}")
        if fait.anciennes:
            gardent = compte(len(fait.anciennes), "sauvegarde garde", "sauvegardes gardent")
            dire(f"{gardent} l'ancienne phrase{INSECABLE}: ne l'oubliez pas.")
    for dossier in fait.en_clair:
        if dossier.suffix != ".assistmed" and fait.cle is not None:
            dire(f"Ce dossier exporté reste lisible, à effacer vous-même{INSECABLE}: {dossier}")
    dire("Les copies faites ailleurs, second dossier compris, ne changent pas.")
