"""``assistmed journal``: who changed what in a practice and when, and whether the chain of it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop.cli.conventions import BASE, FAIT, dire, ecrire_json
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.services.journal import CHIFFRES, verifier

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from assistmed_desktop.cli.contexte import Contexte
    from assistmed_desktop.services.journal import EtatJournal

FORMAT = "assistmed-journal"
VERSION = 1


def journal(contexte: Contexte) -> int:
    """Print the entries, all of them or those from a day on; a chain that was altered is an exit code of its own."""
    depuis: date | None = contexte.arguments.depuis
    base: Path = contexte.arguments.base
    with contexte.ouvrir(base, creer=False) as depot:
        toutes = depot.journal.entrees()
    etat = verifier(toutes)
    entrees = [e for e in toutes if depuis is None or e.moment is None or e.moment.date() >= depuis]
    if contexte.arguments.json:
        ecrire_json(
            {
                "format": FORMAT,
                "version": VERSION,
                "intact": etat.intact,
                "empreinte": etat.empreinte,
                "anomalies": [
                    {"genre": anomalie.genre, "entree": anomalie.entree.cle, "nombre": anomalie.nombre}
                    for anomalie in etat.anomalies
                ],
                "entrees": [
                    {
                        "numero": entree.cle,
                        "le": entree.le,
                        "utilisateur": entree.utilisateur,
                        "poste": entree.poste,
                        "etape": entree.nom,
                        "changements": entree.resume,
                        "precedent": entree.precedent,
                        "empreinte": entree.empreinte,
                    }
                    for entree in entrees
                ],
            }
        )
        return FAIT if etat.intact else BASE
    for entree in entrees:
        print(f"{entree.quand}  {entree.utilisateur} ({entree.poste}){INSECABLE}: {entree.nom}")
        if entree.resume:  # a restore changes all of it
            print(f"    {entree.resume}")
    return dire_etat(etat)


def dire_etat(etat: EtatJournal) -> int:
    """Say whether the chain holds, on standard error when it does not, and give the exit code."""
    if not etat.intact:
        dire(str(etat))
        return BASE
    print(etat)
    if etat.derniere is not None:
        print(f"Son empreinte, à noter hors de cet ordinateur{INSECABLE}: {etat.empreinte[:CHIFFRES]}")
    return FAIT
