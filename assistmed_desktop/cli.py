"""The command line of dossier-v1: its grammar, its exit codes, and what it prints.

Only the standard library and ``formats`` are imported at the start, because the window opens through here too.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from assistmed_desktop import __version__
from assistmed_desktop.formats import INSECABLE, jour_court, lire_jour, nom_de_fichier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.resultats import Evaluation
    from assistmed_desktop.services.ports import Horloge

FAIT, ECHEC, USAGE, REFUS, BASE = 0, 1, 2, 3, 4
JOUR_DEMO = date(2026, 11, 15)
DOSSIER_DEMO = Path("demonstration-assistmed")


class OuvrirFenetre(Protocol):
    """Open the window on a practice's file and give the exit code; ``au`` fixes the day, for the demonstration."""

    def __call__(self, base: Path | None, au: date | None) -> int:
        """Open it; None is the user's own practice, and the real day."""
        ...


class ErreurUtilisateur(Exception):  # noqa: N818 - a French name
    """The command cannot be done; the message is a French sentence."""


def executer(argv: Sequence[str], horloge: Horloge, ouvrir_fenetre: OuvrirFenetre) -> int:
    """Run the command line and give its exit code: 0 done, 2 usage, 3 data refused, 4 base, 1 anything else."""
    _sorties_lisibles()
    try:
        arguments = _analyseur().parse_args(argv)
    except SystemExit as fin:
        return fin.code if isinstance(fin.code, int) else USAGE
    try:
        return _Commandes(arguments, horloge, ouvrir_fenetre).executer()
    except BrokenPipeError:
        # The reader of the output has gone: there is nobody to tell, and Python must not try at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ECHEC
    except KeyboardInterrupt:
        _dire("Interrompu.")
        return ECHEC
    except Exception as erreur:  # noqa: BLE001 - whatever it is, it is told in a sentence
        if arguments.debug:
            traceback.print_exc()
        return _expliquer(erreur)


def _expliquer(erreur: Exception) -> int:
    """Print what went wrong on standard error, without a traceback, and give the exit code."""
    from assistmed_desktop.domain.fautes import DossierInvalide
    from assistmed_desktop.rules.bareme import BaremeInvalide
    from assistmed_desktop.services.ports import ErreurDepot

    if isinstance(erreur, DossierInvalide):
        for faute in erreur.fautes:
            _dire(str(faute))
        return REFUS
    if isinstance(erreur, ErreurDepot):
        from assistmed_desktop.storage.erreurs import BaseEndommagee, BaseEtrangere, BaseOccupee

        _dire(str(erreur))
        return BASE if isinstance(erreur, BaseEndommagee | BaseEtrangere | BaseOccupee) else ECHEC
    if isinstance(erreur, ErreurUtilisateur | BaremeInvalide):
        _dire(str(erreur))
    elif isinstance(erreur, OSError):
        _dire(str(erreur) if erreur.errno is None else _erreur_systeme(erreur))
    else:
        _dire(
            f"Une erreur imprévue a arrêté la commande ({type(erreur).__name__}){INSECABLE}: relancez-la avec --debug "
            "pour en voir le détail."
        )
    return ECHEC


def _erreur_systeme(erreur: OSError) -> str:
    lieu = f"{INSECABLE}: «{INSECABLE}{erreur.filename}{INSECABLE}»" if erreur.filename else ""
    if isinstance(erreur, PermissionError):
        return f"Vous n'avez pas le droit d'écrire ou de lire ici{lieu}."
    if isinstance(erreur, FileNotFoundError):
        return f"Ce dossier ou ce fichier n'existe pas{lieu}."
    return f"Le disque refuse cette opération{lieu}{INSECABLE}: vérifiez l'emplacement, vos droits et la place libre."


class _Commandes:
    """The commands, one method each; each gives the exit code."""

    def __init__(self, arguments: argparse.Namespace, horloge: Horloge, ouvrir_fenetre: OuvrirFenetre) -> None:
        self._arguments = arguments
        self._horloge = horloge
        self._ouvrir_fenetre = ouvrir_fenetre

    def executer(self) -> int:
        """Run the command that was asked for."""
        commandes = {
            None: self._fenetre,
            "demo": self._demo,
            "evaluer": self._evaluer,
            "bilan": self._bilan,
            "importer": self._importer,
            "exporter": self._exporter,
            "schema": self._schema,
        }
        return commandes[self._arguments.commande]()

    def _fenetre(self) -> int:
        if not ecran_present():
            raise ErreurUtilisateur(
                "Aucun écran n'est disponible pour ouvrir la fenêtre. En ligne de commande, essayez "
                f"«{INSECABLE}assistmed --aide{INSECABLE}»."
            )
        return self._ouvrir_fenetre(None, None)

    def _demo(self) -> int:
        from assistmed_desktop import resources
        from assistmed_desktop.exchange.dossier_json import lire_fichier
        from assistmed_desktop.reports.texte import afficher_evaluation

        sortie: Path = self._arguments.sortie
        sortie.mkdir(parents=True, exist_ok=True)
        dossier = lire_fichier(resources.chemin("demo", "dossier.json"))
        base = sortie / "demonstration.assistmed"
        self._remplacer_base(base, dossier, "Ouvrir la démonstration")
        evaluation = _evaluer(dossier, JOUR_DEMO)
        afficher_evaluation(dossier, evaluation, sys.stdout)
        pdf = sortie / nom_du_bilan(dossier, evaluation, dossier.contrats[0].id)
        _ecrire_bilan(dossier, evaluation, dossier.contrats[0].id, pdf)
        print(f"Le cabinet de démonstration{INSECABLE}: {base}")
        print(f"Le bilan pour la CPAM{INSECABLE}:      {pdf}")
        if self._arguments.sans_fenetre or not ecran_present() or ecran_invisible():
            return FAIT
        return self._ouvrir_fenetre(base, JOUR_DEMO)

    def _evaluer(self) -> int:
        dossier = self._dossier()
        evaluation = _evaluer(dossier, self._jour())
        if self._arguments.json:
            import json

            from assistmed_desktop.exchange.evaluation_json import evaluation_json

            print(json.dumps(evaluation_json(evaluation), ensure_ascii=False, indent=2))
            return FAIT
        from assistmed_desktop.reports.texte import afficher_evaluation

        afficher_evaluation(dossier, evaluation, sys.stdout)
        return FAIT

    def _bilan(self) -> int:
        dossier = self._dossier()
        ids = [contrat.id for contrat in dossier.contrats]
        if not ids:
            raise ErreurUtilisateur("Ce dossier n'a pas de contrat : il n'y a pas de bilan à écrire.")
        choisi = ids[0] if self._arguments.contrat is None else self._arguments.contrat
        if choisi not in ids:
            _dire(f"Le contrat «{INSECABLE}{choisi}{INSECABLE}» n'est pas dans ce dossier, qui a : {', '.join(ids)}.")
            return USAGE
        _ecrire_bilan(dossier, _evaluer(dossier, self._jour()), choisi, self._sortie())
        print(f"Bilan du contrat {choisi} écrit{INSECABLE}: {self._arguments.sortie}")
        if len(ids) > 1 and self._arguments.contrat is None:
            print(f"Autres contrats de ce dossier, avec --contrat{INSECABLE}: {', '.join(ids[1:])}")
        return FAIT

    def _importer(self) -> int:
        from assistmed_desktop.exchange.dossier_json import lire_fichier

        source: Path = self._arguments.dossier
        dossier = lire_fichier(source)
        copie = self._remplacer_base(self._arguments.base, dossier, f"Importer {source.name}")
        if copie is not None:
            print(f"Le contenu précédent de la base est gardé dans {copie}")
        print(f"{dossier.cabinet.nom} est enregistré dans {self._arguments.base}")
        return FAIT

    def _exporter(self) -> int:
        from assistmed_desktop.exchange.dossier_json import ecrire_fichier

        ecrire_fichier(self._dossier(), self._sortie())
        print(f"Dossier écrit{INSECABLE}: {self._arguments.sortie}")
        return FAIT

    def _schema(self) -> int:
        import json

        from assistmed_desktop.domain.dossier import schema_json

        print(json.dumps(schema_json(), ensure_ascii=False, indent=2))
        return FAIT

    def _jour(self) -> date:
        au: date | None = self._arguments.au
        return au or self._horloge.aujourdhui()

    def _dossier(self) -> Dossier:
        """Read the practice from the JSON file or from the base, whichever the command names."""
        fichier: Path | None = getattr(self._arguments, "dossier", None)
        if fichier is not None:
            from assistmed_desktop.exchange.dossier_json import lire_fichier

            return lire_fichier(fichier)
        from assistmed_desktop.storage.depot import DepotSqlite

        base: Path = self._arguments.base
        with DepotSqlite.ouvrir(base, self._horloge, creer=False) as depot:
            dossier = depot.charger()
        if dossier is None:
            raise ErreurUtilisateur(f"La base «{INSECABLE}{base}{INSECABLE}» ne contient pas encore de cabinet.")
        return dossier

    def _sortie(self) -> Path:
        """Give the file to write, which is neither what was read nor the base of a practice."""
        sortie: Path = self._arguments.sortie
        lu: Path = getattr(self._arguments, "dossier", None) or self._arguments.base
        if sortie.is_dir():
            raise ErreurUtilisateur(
                f"«{INSECABLE}{sortie}{INSECABLE}» est un répertoire{INSECABLE}: ajoutez-y le nom du fichier à écrire."
            )
        if not sortie.parent.is_dir():
            raise ErreurUtilisateur(f"Le dossier «{INSECABLE}{sortie.parent}{INSECABLE}» n'existe pas.")
        if sortie.exists() and (sortie.samefile(lu) or _est_une_base(sortie)):
            raise ErreurUtilisateur(
                f"«{INSECABLE}{sortie}{INSECABLE}» porte les données d'un cabinet{INSECABLE}: donnez un autre nom au "
                "fichier à écrire."
            )
        return sortie

    def _remplacer_base(self, base: Path, dossier: Dossier, nom: str) -> Path | None:
        """Put a dossier into a base; give the copy made of what another practice's facts it held, if any."""
        from assistmed_desktop.exchange.dossier_json import ecrire_fichier
        from assistmed_desktop.services.operations import remplacer_dossier
        from assistmed_desktop.services.workspace import Workspace
        from assistmed_desktop.storage.depot import DepotSqlite

        copie = None
        with DepotSqlite.ouvrir(base, self._horloge, creer=True) as depot:
            workspace = Workspace(depot, self._horloge)
            avant = workspace.dossier
            if avant is not None and avant != dossier:
                moment = self._horloge.maintenant().strftime("%Y-%m-%d-%Hh%Mm%S")
                copie = base.with_name(f"{base.stem}-avant-{moment}.json")
                ecrire_fichier(avant, copie)
            try:
                workspace.appliquer(remplacer_dossier(dossier, nom))
            except BaseException:
                if copie is not None:
                    copie.unlink(missing_ok=True)
                raise
        return copie


def _est_une_base(fichier: Path) -> bool:
    if not fichier.is_file():
        return False
    with fichier.open("rb") as lu:
        return lu.read(16) == b"SQLite format 3\0"


def ecran_present() -> bool:
    """Say whether a window can be shown: always on Windows and macOS, with a display server elsewhere."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(nom) for nom in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def ecran_invisible() -> bool:
    """Say whether windows are drawn where nobody sees them, as tests have them."""
    return os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal")


def nom_du_bilan(dossier: Dossier, evaluation: Evaluation, contrat: str) -> str:
    """Give a sensible file name for a review: ``2026-11-15 Bilan annuel – Dr Lambert.pdf``."""
    medecins = next(c.medecins for c in evaluation.contrats if c.id == contrat)
    noms = [medecin.nom for medecin in dossier.medecins if medecin.id in medecins]
    sujet = f"Dr {noms[0]}" if len(noms) == 1 else dossier.cabinet.nom
    return f"{evaluation.au.isoformat()} Bilan annuel – {nom_de_fichier(sujet)}.pdf"


def _evaluer(dossier: Dossier, au: date) -> Evaluation:
    from assistmed_desktop.rules.bareme import charger_baremes
    from assistmed_desktop.rules.evaluation import evaluate

    return evaluate(dossier, au, charger_baremes())


def _ecrire_bilan(dossier: Dossier, evaluation: Evaluation, contrat: str, sortie: Path) -> None:
    from assistmed_desktop.exchange.fichiers import ecrire
    from assistmed_desktop.reports.bilan import bilan

    ecrire(sortie, bilan(dossier, evaluation, contrat), prive=False)


def _dire(message: str) -> None:
    print(message, file=sys.stderr)


def _sorties_lisibles() -> None:
    """Write UTF-8 to files and pipes; on a terminal, replace what it cannot show rather than fail."""
    for sortie in (sys.stdout, sys.stderr):
        if hasattr(sortie, "reconfigure"):
            with contextlib.suppress(ValueError, OSError):
                if sortie.isatty():
                    sortie.reconfigure(errors="replace")
                else:
                    sortie.reconfigure(encoding="utf-8", errors="backslashreplace")


_TRADUCTIONS = (
    (r"the following arguments are required: (.*)", r"il manque : \1"),
    (r"unrecognized arguments: (.*)", r"argument inconnu : \1"),
    (r"argument (\S+): expected one argument", r"l'option \1 attend une valeur"),
    (r"argument .*: invalid choice: '?([^' ]*)'? \(choose from (.*)\)", r"commande inconnue : \1 (voyez --aide)"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 et \2 ne vont pas ensemble : donnez l'un ou l'autre"),
    (r"one of the arguments (.*) is required", r"il faut l'un de ces arguments : \1"),
    (r"argument (\S+): (.*)", r"\1 : \2"),
    (r"ambiguous option: (\S+) could match (.*)", r"option ambiguë : \1 ; \2 sont possibles"),
)


class _Aide(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        """Write "Usage :" the French way."""
        super().add_usage(usage, actions, groups, f"Usage{INSECABLE}: " if prefix is None else prefix)


class _Analyseur(argparse.ArgumentParser):
    """A parser that speaks French: its help, its headings, its errors."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - argparse makes the parsers of the commands with its own
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Aide, **options)
        self._positionals.title, self._optionals.title = f"Arguments{INSECABLE}", f"Options{INSECABLE}"
        self.add_argument("-h", "--aide", "--help", action="help", help="affiche cette aide")

    def error(self, message: str) -> NoReturn:
        for anglais, francais in _TRADUCTIONS:
            if re.fullmatch(anglais, message, re.DOTALL):
                message = re.sub(anglais, francais, message, flags=re.DOTALL)
                break
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"assistmed : {message}\n")


def _jour_demande(texte: str) -> date:
    jour = lire_jour(texte)
    if jour is None:
        raise argparse.ArgumentTypeError(f"«{INSECABLE}{texte}{INSECABLE}» n'est pas une date, par exemple 2026-11-15")
    if not ANNEE_MIN <= jour.year <= ANNEE_MAX:
        raise argparse.ArgumentTypeError(f"l'année {jour.year} est hors de {ANNEE_MIN} à {ANNEE_MAX}")
    return jour


# The years of domain.valeurs, which is too dear to import before the window shows; a test compares them.
ANNEE_MIN, ANNEE_MAX = 1950, 2150


def _analyseur() -> argparse.ArgumentParser:
    analyseur = _Analyseur(
        prog="assistmed",
        description="Suit le contrat d'aide à l'emploi d'un assistant médical. Sans commande, ouvre la fenêtre.",
    )
    analyseur.add_argument(
        "--version", action="version", version=f"AssistMed Desktop {__version__}", help="affiche la version"
    )
    analyseur.set_defaults(debug=False)
    _avec_debug(analyseur)
    commandes = analyseur.add_subparsers(dest="commande", metavar="COMMANDE", title=f"Commandes{INSECABLE}")

    demo = _avec_debug(commandes.add_parser("demo", help="crée le cabinet de démonstration et son bilan"))
    demo.add_argument(
        "--sortie", type=Path, default=DOSSIER_DEMO, metavar="DIR", help=f"où l'écrire (par défaut {DOSSIER_DEMO})"
    )
    demo.add_argument("--sans-fenetre", action="store_true", help="n'ouvre pas la fenêtre ensuite")

    evaluer = _avec_debug(commandes.add_parser("evaluer", help="évalue les contrats d'un dossier"))
    _avec_source(evaluer)
    _avec_jour(evaluer)
    evaluer.add_argument("--json", action="store_true", help="écrit le document assistmed-evaluation")

    bilan = _avec_debug(commandes.add_parser("bilan", help="écrit le bilan pour la CPAM, en PDF"))
    _avec_source(bilan)
    _avec_sortie(bilan, "F.pdf", "le bilan à écrire")
    _avec_jour(bilan)
    bilan.add_argument("--contrat", metavar="ID", help="le contrat, s'il y en a plusieurs")

    importer = _avec_debug(commandes.add_parser("importer", help="met un dossier dans la base d'un cabinet"))
    importer.add_argument("dossier", type=Path, metavar="DOSSIER.json", help="le dossier à lire")
    _avec_base(importer)

    exporter = _avec_debug(commandes.add_parser("exporter", help="sort le dossier de la base d'un cabinet"))
    _avec_base(exporter)
    _avec_sortie(exporter, "D.json", "le dossier à écrire")

    _avec_debug(commandes.add_parser("schema", help="affiche le schéma JSON d'un dossier"))
    return analyseur


def _avec_debug(analyseur: argparse.ArgumentParser) -> argparse.ArgumentParser:
    analyseur.add_argument(
        "--debug", action="store_true", default=argparse.SUPPRESS, help="montre le détail d'une erreur imprévue"
    )
    return analyseur


def _avec_source(analyseur: argparse.ArgumentParser) -> None:
    source = analyseur.add_mutually_exclusive_group(required=True)
    source.add_argument("dossier", type=Path, nargs="?", metavar="DOSSIER.json", help="le dossier à lire")
    source.add_argument("--base", type=Path, metavar="F.assistmed", help="ou la base d'un cabinet")


def _avec_base(analyseur: argparse.ArgumentParser) -> None:
    analyseur.add_argument("--base", type=Path, required=True, metavar="F.assistmed", help="la base du cabinet")


def _avec_sortie(analyseur: argparse.ArgumentParser, forme: str, aide: str) -> None:
    analyseur.add_argument("--sortie", type=Path, required=True, metavar=forme, help=aide)


def _avec_jour(analyseur: argparse.ArgumentParser) -> None:
    analyseur.add_argument(
        "--au",
        type=_jour_demande,
        metavar="DATE",
        help=f"le jour de l'évaluation, par exemple 2026-11-15 ou {jour_court(JOUR_DEMO)} (par défaut aujourd'hui)",
    )
