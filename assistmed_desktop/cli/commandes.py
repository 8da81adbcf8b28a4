"""The commands, one function each: the context in, the exit code out."""

from __future__ import annotations

import sys
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from assistmed_desktop.cli.contexte import ecran_invisible, ecran_present, lire_cabinet
from assistmed_desktop.cli.conventions import FAIT, JOUR_DEMO, ErreurUtilisateur, dire, ecrire_json
from assistmed_desktop.formats import INSECABLE, jour_court
from assistmed_desktop.services.rapports import Demande, nom_du_rapport

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistmed_desktop.cli.contexte import Contexte
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import Evaluation
    from assistmed_desktop.services.sauvegardes import Contenu, Sauvegarde


def fenetre(contexte: Contexte) -> int:
    """Open the window on the user's own practice."""
    if not ecran_present():
        raise ErreurUtilisateur(
            "Aucun écran n'est disponible pour ouvrir la fenêtre. En ligne de commande, essayez "
            f"«{INSECABLE}assistmed --aide{INSECABLE}»."
        )
    return contexte.ouvrir_fenetre(None, None)


def demo(contexte: Contexte) -> int:
    """Make the demonstration practice and its review, then open the window where there is a screen."""
    from assistmed_desktop import resources
    from assistmed_desktop.cli.rapports import rediger
    from assistmed_desktop.exchange.dossier_json import lire_fichier
    from assistmed_desktop.exchange.fichiers import ecrire
    from assistmed_desktop.reports.texte import afficher_evaluation
    from assistmed_desktop.rules.bareme import charger_baremes
    from assistmed_desktop.rules.evaluation import evaluate

    sortie: Path = contexte.arguments.sortie
    sortie.mkdir(parents=True, exist_ok=True)
    dossier = lire_fichier(resources.chemin("demo", "dossier.json"))
    base = sortie / "demonstration.assistmed"
    contexte.remplacer_base(base, dossier, "Ouvrir la démonstration")
    baremes = charger_baremes()
    evaluation = evaluate(dossier, JOUR_DEMO, baremes)
    afficher_evaluation(dossier, evaluation, _analyses(dossier, evaluation, baremes), sys.stdout)
    demande = Demande("annuel", dossier.contrats[0].id, JOUR_DEMO)
    pdf = sortie / nom_du_rapport(dossier, demande)
    ecrire(pdf, rediger(dossier, demande, baremes).contenu, prive=False)
    print(f"Le cabinet de démonstration{INSECABLE}: {base}")
    print(f"Le bilan pour la CPAM{INSECABLE}:      {pdf}")
    if contexte.arguments.sans_fenetre or not ecran_present() or ecran_invisible():
        return FAIT
    return contexte.ouvrir_fenetre(base, JOUR_DEMO)


def evaluer(contexte: Contexte) -> int:
    """Print the evaluation of every contract."""
    from assistmed_desktop.rules.evaluation import evaluate

    dossier, baremes = contexte.dossier(), contexte.baremes()
    evaluation = evaluate(dossier, contexte.jour(), baremes)
    analyses = _analyses(dossier, evaluation, baremes)
    if contexte.arguments.json:
        from assistmed_desktop.exchange.evaluation_json import evaluation_json

        ecrire_json(evaluation_json(evaluation, analyses))
        return FAIT
    from assistmed_desktop.reports.texte import afficher_evaluation

    afficher_evaluation(dossier, evaluation, analyses, sys.stdout, complet=contexte.arguments.complet)
    return FAIT


def bilan(contexte: Contexte) -> int:
    """Write a report on a contract, or on every contract."""
    from assistmed_desktop.cli.bilan import bilan

    return bilan(contexte)


def importer(contexte: Contexte) -> int:
    """Put a dossier into the base of a practice."""
    source: Path = contexte.arguments.dossier
    dossier = lire_cabinet(source, contexte.horloge)
    copie = contexte.remplacer_base(contexte.arguments.base, dossier, f"Importer {source.name}")
    if copie is not None:
        print(f"Le contenu précédent de la base est gardé dans {copie}")
    print(f"{dossier.cabinet.nom} est enregistré dans {contexte.arguments.base}")
    from assistmed_desktop.services.confidentialite import nir_du_dossier

    for chemin in nir_du_dossier(dossier):
        dire(f"{chemin}{INSECABLE}: ce texte semble contenir un numéro de sécurité sociale, à effacer.")
    return FAIT


def exporter(contexte: Contexte) -> int:
    """Take the dossier out of the base of a practice."""
    from assistmed_desktop.exchange.dossier_json import ecrire_fichier

    ecrire_fichier(contexte.dossier(), contexte.sortie())
    print(f"Dossier écrit{INSECABLE}: {contexte.arguments.sortie}")
    return FAIT


def verifier(contexte: Contexte) -> int:
    """Check a base, and say what it holds."""
    from assistmed_desktop.cli.journal import dire_etat
    from assistmed_desktop.services.journal import EtatJournal, verifier
    from assistmed_desktop.storage.horloge import recul
    from assistmed_desktop.storage.restauration import contenu_de, en_copie
    from assistmed_desktop.storage.sauvegardes import lister
    from assistmed_desktop.storage.schema import VERSION

    base: Path = contexte.arguments.base

    def lire(phrase: str | None) -> tuple[Contenu, EtatJournal, str]:
        with en_copie(base, contexte.horloge, phrase) as (depot, version):
            etat = verifier(depot.journal.entrees())
            return contenu_de(depot, version), etat, recul(depot.connexion, base, contexte.horloge.maintenant())

    contexte.dire_le_lieu(base)
    contenu, etat, retard = contexte.avec_phrase(lire)
    if retard:
        dire(f"Attention{INSECABLE}: {retard}")
    print(f"La base «{INSECABLE}{base}{INSECABLE}» est saine{INSECABLE}: {contenu.en_lettres}.")
    if contenu.derniere_saisie is not None:
        saisie = contenu.derniere_saisie.astimezone()
        print(f"Dernière saisie d'un fait qui fait foi{INSECABLE}: le {jour_court(saisie.date())} à {saisie:%H:%M}.")
    copies = lister(base)
    print(f"Dernière sauvegarde automatique{INSECABLE}: {copies[0]}." if copies else "Aucune sauvegarde automatique.")
    return FAIT if contenu.version != VERSION else dire_etat(etat)


def journal(contexte: Contexte) -> int:
    """Print who changed what, and when."""
    from assistmed_desktop.cli.journal import journal

    return journal(contexte)


def sauvegarder(contexte: Contexte) -> int:
    """Copy a base, the copy checked."""
    from assistmed_desktop.storage.sauvegardes import copier

    sortie = contexte.sortie()
    with contexte.ouvrir(contexte.arguments.base, creer=False) as depot:
        copier(depot.connexion, sortie)
    print(f"Copie faite et vérifiée{INSECABLE}: {sortie}")
    return FAIT


def restaurer(contexte: Contexte) -> int:
    """Put a copy in the place of a base."""
    from assistmed_desktop.storage.restauration import examiner, restaurer

    base: Path = contexte.arguments.base
    sauvegarde: Path = contexte.arguments.sauvegarde
    fichier: Path | None = contexte.arguments.phrase_sauvegarde_fichier
    sienne = None if fichier is None else contexte.lire_phrase(fichier)

    def faire(phrase: str | None) -> tuple[Contenu, Sauvegarde | None]:
        ouvre = phrase if sienne is None else sienne
        contenu = examiner(sauvegarde, contexte.horloge, ouvre)
        ecarter: bool = contexte.arguments.ecarter
        return contenu, restaurer(sauvegarde, base, contexte.horloge, ouvre, phrase, ecarter=ecarter)

    deja = _mises_de_cote(base)
    contenu, avant = contexte.avec_phrase(faire)
    print(f"Restauré dans {base}{INSECABLE}: {contenu.en_lettres}.")
    if avant is not None:
        print(f"Ce que la base contenait est gardé dans {avant.fichier}")
    for ecartee in sorted(_mises_de_cote(base) - deja):
        print(f"L'ancienne base est mise de côté{INSECABLE}: {ecartee}")
    return FAIT


def _mises_de_cote(base: Path) -> set[Path]:
    """Give the bases that could not be read, kept under another name beside the one that took their place."""
    return set(base.parent.glob(f"{escape(base.stem)}-endommage-*{escape(base.suffix)}"))


def schema(_contexte: Contexte) -> int:
    """Print the JSON Schema of a dossier."""
    from assistmed_desktop.domain.dossier import schema_json

    ecrire_json(schema_json())
    return FAIT


def simuler(contexte: Contexte) -> int:
    """Print what a contract would become under a hypothesis."""
    from assistmed_desktop.cli.simuler import simuler

    return simuler(contexte)


def expliquer(contexte: Contexte) -> int:
    """Print how a figure was reached."""
    from assistmed_desktop.cli.expliquer import expliquer

    return expliquer(contexte)


def baremes(contexte: Contexte) -> int:
    """List, add or withdraw barèmes."""
    from assistmed_desktop.cli.baremes import baremes

    return baremes(contexte)


def phrase(contexte: Contexte) -> int:
    """Put a passphrase on a base, change it, or take it away."""
    from assistmed_desktop.cli.phrase import phrase

    return phrase(contexte)


def rgpd(contexte: Contexte) -> int:
    """Write the entry of the register and the notice to the assistants."""
    from assistmed_desktop.cli.rgpd import rgpd

    return rgpd(contexte)


COMMANDES: dict[str | None, Callable[[Contexte], int]] = {
    None: fenetre,
    "demo": demo,
    "evaluer": evaluer,
    "simuler": simuler,
    "expliquer": expliquer,
    "bilan": bilan,
    "baremes": baremes,
    "importer": importer,
    "verifier": verifier,
    "journal": journal,
    "sauvegarder": sauvegarder,
    "restaurer": restaurer,
    "phrase": phrase,
    "exporter": exporter,
    "rgpd": rgpd,
    "schema": schema,
}


def _analyses(dossier: Dossier, evaluation: Evaluation, baremes: Baremes) -> dict[str, Analyse]:
    from assistmed_desktop.rules.analyse import analyser

    return {contrat.id: analyser(dossier, contrat, baremes) for contrat in evaluation.contrats}
