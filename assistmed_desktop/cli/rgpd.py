"""``assistmed rgpd``: the entry of the register and the notice to the assistants, as PDF files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistmed_desktop.cli.conventions import FAIT, ErreurUtilisateur
from assistmed_desktop.formats import INSECABLE

if TYPE_CHECKING:
    from assistmed_desktop.cli.contexte import Contexte


def rgpd(contexte: Contexte) -> int:
    """Write both papers into a folder, which is made when it is not there."""
    from assistmed_desktop.exchange.fichiers import ecrire
    from assistmed_desktop.reports.rgpd import documents_rgpd
    from assistmed_desktop.rules.bareme import charger_baremes
    from assistmed_desktop.rules.evaluation import evaluate
    from assistmed_desktop.services.conservation import delai

    dossier = contexte.dossier()
    sortie: Path = contexte.arguments.sortie
    if sortie.exists() and not sortie.is_dir():
        raise ErreurUtilisateur(f"«{INSECABLE}{sortie}{INSECABLE}» n'est pas un dossier{INSECABLE}: donnez-en un.")
    au, baremes = contexte.horloge.aujourdhui(), charger_baremes()
    mois = delai(evaluate(dossier, au, baremes), baremes)
    sortie.mkdir(parents=True, exist_ok=True)
    for nom, contenu in documents_rgpd(dossier, au, mois).items():
        ecrire(sortie / nom, contenu, prive=False)
        print(f"Écrit{INSECABLE}: {sortie / nom}")
    return FAIT
