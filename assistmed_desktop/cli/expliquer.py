"""``assistmed expliquer``: the steps and references of the figures of a contract."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING

from assistmed_desktop.cli.conventions import FAIT, USAGE, dire, ecrire_json
from assistmed_desktop.formats import INSECABLE, jour_court, jour_long
from assistmed_desktop.reports.terminal import LARGEUR_SANS_TERMINAL, console, phrase, plier, titre
from assistmed_desktop.rules.chiffres import chiffres, qui_explique, sous, valeur_propre
from assistmed_desktop.rules.evaluation import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from assistmed_desktop.cli.contexte import Contexte
    from assistmed_desktop.rules.chiffres import Chiffres
    from assistmed_desktop.rules.resultats import Explication, SourceLegale

FORMAT = "assistmed-explication"
VERSION = 1


def expliquer(contexte: Contexte) -> int:
    """Print how a figure was reached, or list the figures there are."""
    dossier, au = contexte.dossier(), contexte.jour()
    choisi = contexte.contrat(dossier, "il n'y a rien à expliquer").id
    baremes = contexte.baremes()
    contrat = next(c for c in evaluate(dossier, au, baremes).contrats if c.id == choisi)
    tous = chiffres(dossier, contrat, baremes)
    demande: str | None = contexte.arguments.chiffre
    trouves = tous if demande is None else _demandes(tous, demande)
    if demande is not None and not trouves:
        dire(f"Ce contrat n'a pas de chiffre «{INSECABLE}{demande}{INSECABLE}». Ceux qui existent{INSECABLE}:")
        for groupe in _groupes(tous):
            dire(plier(groupe, LARGEUR_SANS_TERMINAL, "  ", "    "))
        return USAGE
    if contexte.arguments.json:
        from assistmed_desktop.exchange.explication_json import explication_json

        ecrire_json(
            {
                "format": FORMAT,
                "version": VERSION,
                "au": au.isoformat(),
                "contrat": choisi,
                "chiffres": {chemin: explication_json(explication) for chemin, explication in trouves.items()},
            }
        )
        return FAIT
    sortie = console(sys.stdout)
    titre(sortie, f"{dossier.cabinet.nom} · contrat {choisi} · au {jour_long(au)}")
    if demande is None:
        _lister(sortie, tous)
    else:
        for chemin, explication in trouves.items():
            _afficher(sortie, chemin, explication)
    return FAIT


def _demandes(tous: Chiffres, chemin: str) -> Chiffres:
    """Give the figures at a path and beneath it, failing which the one that an ancestor explains."""
    trouves = sous(tous, chemin)
    explication = None if trouves else qui_explique(tous, chemin)
    return trouves if explication is None else {chemin: explication}


def _groupes(tous: Chiffres) -> Iterator[str]:
    """List the paths, those of one head on one line."""
    for tete, chemins in groupby(tous, key=lambda chemin: chemin.partition(".")[0]):
        suites = [chemin.removeprefix(f"{tete}.") for chemin in chemins if chemin != tete]
        yield tete + (f"{INSECABLE}: {', '.join(suites)}" if suites else "")


def _lister(sortie: Console, tous: Chiffres) -> None:
    """List the figures by group, with what each is and its value where it has one of its own."""
    for tete, chemins in groupby(tous, key=lambda chemin: chemin.partition(".")[0]):
        sortie.print()
        titre(sortie, tete)
        for chemin in chemins:
            explication = tous[chemin]
            propre = valeur_propre(chemin, explication) if len(sous(tous, chemin)) == 1 else None
            valeur = "" if propre is None else f"{INSECABLE}: {propre}"
            phrase(sortie, f"{chemin} · {explication.titre}{valeur}", retrait="  ", suite="      ")
    sortie.print()
    phrase(
        sortie,
        f"Pour le calcul d'un chiffre{INSECABLE}: --chiffre, suivi de son nom ou de celui d'un groupe.",
        retrait="",
    )


def _afficher(sortie: Console, chemin: str, explication: Explication) -> None:
    sortie.print()
    titre(sortie, f"{explication.titre} ({chemin})")
    for rang, etape in enumerate(explication.etapes, 1):
        phrase(sortie, f"{etape.libelle}{INSECABLE}: {etape.resultat}", f"{rang}. ")
        phrase(sortie, etape.calcul, retrait="     ")
    for source in explication.sources:
        phrase(sortie, _source(source), "→ ")
    if not explication.sources:
        phrase(sortie, "Compté sur ce que contient votre dossier ; aucun texte publié ne fixe ce chiffre.", "→ ")


def _source(source: SourceLegale) -> str:
    verifier = ", à vérifier" if source.a_verifier else ""
    return (
        f"{source.texte}, {source.article} ; degré {source.grade}{verifier}, relu le {jour_court(source.verifie_le)} "
        f"({source.adresse})"
    )
