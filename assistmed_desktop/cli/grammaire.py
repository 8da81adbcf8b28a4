"""The grammar of the command line: its commands and options, its help and its complaints, in French."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from assistmed_desktop import __version__
from assistmed_desktop.cli.conventions import DOSSIER_DEMO, JOUR_DEMO, USAGE
from assistmed_desktop.formats import INSECABLE, jour_court, lire_jour
from assistmed_desktop.services.rapports import GENRES

if TYPE_CHECKING:
    from collections.abc import Iterable

_TRADUCTIONS = (
    (r"the following arguments are required: (.*)", r"il manque : \1"),
    (r"argument (\S+): expected 2 arguments", r"\1 attend deux dates"),
    (r"unrecognized arguments: (.*)", r"argument inconnu : \1"),
    (
        r"argument --type: invalid choice: '?([^' ]*)'? \(choose from (.*)\)",
        f"le document «{INSECABLE}\\1{INSECABLE}» n'existe pas ; --type en connaît : "
        + ", ".join(genre.cle for genre in GENRES),
    ),
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
        # argparse takes "-2" for a value, and "-2,5" for an option it does not know.
        self._negative_number_matcher = re.compile(r"-[0-9]+([.,][0-9]+)?$")
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


def analyseur() -> argparse.ArgumentParser:
    """Give the parser of the command line."""
    racine = _Analyseur(
        prog="assistmed",
        description="Suit le contrat d'aide à l'emploi d'un assistant médical. Sans commande, ouvre la fenêtre.",
    )
    racine.add_argument(
        "--version", action="version", version=f"AssistMed Desktop {__version__}", help="affiche la version"
    )
    racine.set_defaults(debug=False)
    _avec_debug(racine)
    commandes = racine.add_subparsers(dest="commande", metavar="COMMANDE", title=f"Commandes{INSECABLE}")

    demo = _avec_debug(commandes.add_parser("demo", help="crée le cabinet de démonstration et son bilan"))
    demo.add_argument(
        "--sortie", type=Path, default=DOSSIER_DEMO, metavar="DIR", help=f"où l'écrire (par défaut {DOSSIER_DEMO})"
    )
    demo.add_argument("--sans-fenetre", action="store_true", help="n'ouvre pas la fenêtre ensuite")

    evaluer = _avec_debug(commandes.add_parser("evaluer", help="évalue les contrats d'un dossier"))
    _avec_source(evaluer)
    _avec_jour(evaluer)
    forme = evaluer.add_mutually_exclusive_group()
    forme.add_argument("--json", action="store_true", help="écrit le document assistmed-evaluation")
    forme.add_argument("--complet", action="store_true", help="ajoute l'analyse : rythme, argent, présence, missions…")
    _avec_baremes(evaluer)

    simuler = _avec_debug(commandes.add_parser("simuler", help="dit ce qu'un contrat deviendrait dans une hypothèse"))
    _avec_source(simuler)
    _avec_jour(simuler)
    _avec_contrat(simuler)
    _avec_hypothese(simuler)
    simuler.add_argument("--json", action="store_true", help="écrit le document assistmed-simulation")
    _avec_baremes(simuler)

    expliquer = _avec_debug(commandes.add_parser("expliquer", help="dit comment un chiffre est obtenu, et d'où"))
    _avec_source(expliquer)
    _avec_jour(expliquer)
    _avec_contrat(expliquer)
    expliquer.add_argument(
        "--chiffre", metavar="NOM", help="par exemple patientele_mt.attendu ; sans lui, la liste des chiffres"
    )
    expliquer.add_argument("--json", action="store_true", help="écrit le document assistmed-explication")
    _avec_baremes(expliquer)

    _commande_bilan(commandes)

    baremes = _avec_debug(
        commandes.add_parser("baremes", help="montre les barèmes qui s'appliquent, en ajoute, en retire")
    )
    gestes = baremes.add_mutually_exclusive_group()
    gestes.add_argument("--ajouter", type=Path, metavar="F.toml", help="vérifie un barème et l'ajoute")
    gestes.add_argument("--retirer", metavar="NOM", help="retire un barème ajouté, par exemple aide")
    gestes.add_argument("--json", action="store_true", help="écrit le document assistmed-baremes")
    _avec_jour(baremes)
    _avec_baremes(baremes)

    _commandes_de_la_base(commandes)
    rgpd = _avec_debug(
        commandes.add_parser("rgpd", help="écrit la fiche du registre RGPD et la notice aux assistants, en PDF")
    )
    _avec_base(rgpd)
    _avec_sortie(rgpd, "DIR", "le dossier où les écrire")
    _avec_debug(commandes.add_parser("schema", help="affiche le schéma JSON d'un dossier"))
    return racine


def _commande_bilan(commandes: Any) -> None:  # noqa: ANN401 - argparse does not name the type
    bilan = _avec_debug(commandes.add_parser("bilan", help="écrit un document pour la CPAM, en PDF"))
    bilan.add_argument(
        "sources",
        type=Path,
        nargs="*",
        metavar="SOURCE",
        help="un dossier JSON, une base, ou le PDF d'un rapport à refaire ; avec --tous, plusieurs dossiers ou bases",
    )
    bilan.add_argument("--base", type=Path, metavar="F.assistmed", help="ou la base d'un cabinet")
    _avec_phrase(bilan)
    sortie = bilan.add_mutually_exclusive_group(required=True)
    sortie.add_argument("--sortie", type=Path, metavar="F.pdf", help="le document à écrire")
    sortie.add_argument(
        "--dossier-sortie", type=Path, metavar="DIR", help="où l'écrire, sous un nom qui dit sa date, son genre et qui"
    )
    bilan.add_argument("--tous", action="store_true", help="un document par contrat de chaque source")
    bilan.add_argument("--type", choices=[genre.cle for genre in GENRES], help="le document voulu ; par défaut, annuel")
    bilan.add_argument(
        "--depuis",
        type=_jour_demande,
        metavar="DATE",
        help="bilan d'étape : le jour du dernier échange avec la CPAM ; sinon celui que le cabinet connaît",
    )
    _avec_jour(bilan)
    _avec_contrat(bilan)
    _avec_baremes(bilan)


def _commandes_de_la_base(commandes: Any) -> None:  # noqa: ANN401 - argparse does not name the type
    importer = _avec_debug(commandes.add_parser("importer", help="met un dossier dans la base d'un cabinet"))
    importer.add_argument(
        "dossier", type=Path, metavar="DOSSIER.json", help="le dossier à lire, ou une base reçue d'ailleurs"
    )
    _avec_base(importer)

    exporter = _avec_debug(commandes.add_parser("exporter", help="sort le dossier de la base d'un cabinet"))
    _avec_base(exporter)
    _avec_sortie(exporter, "D.json", "le dossier à écrire")

    verifier = _avec_debug(commandes.add_parser("verifier", help="vérifie la base d'un cabinet, sans rien y changer"))
    _avec_base(verifier)

    journal = _avec_debug(commandes.add_parser("journal", help="dit qui a changé quoi, et quand"))
    _avec_base(journal)
    journal.add_argument("--depuis", type=_jour_demande, metavar="DATE", help="à partir de ce jour seulement")
    journal.add_argument("--json", action="store_true", help="écrit le document assistmed-journal")

    sauvegarder = _avec_debug(
        commandes.add_parser("sauvegarder", help="copie la base d'un cabinet et vérifie la copie")
    )
    _avec_base(sauvegarder)
    _avec_sortie(sauvegarder, "G.assistmed", "la copie à écrire")

    phrase = _avec_debug(
        commandes.add_parser("phrase", help="met, change ou retire la phrase de passe de la base d'un cabinet")
    )
    phrase.add_argument("base", type=Path, metavar="F.assistmed", help="la base du cabinet, que rien d'autre n'ouvre")
    _avec_phrase(phrase)
    gestes = phrase.add_mutually_exclusive_group()
    gestes.add_argument(
        "--nouvelle-phrase-fichier",
        type=Path,
        metavar="F.txt",
        help="où lire la nouvelle phrase, sur la première ligne ; sinon elle est demandée deux fois au terminal",
    )
    gestes.add_argument("--retirer", action="store_true", help="retire la phrase : la base se lira sans elle")
    phrase.add_argument(
        "--sauvegardes", action="store_true", help="protège aussi les sauvegardes déjà faites à côté de la base"
    )

    restaurer = _avec_debug(commandes.add_parser("restaurer", help="remet une copie à la place d'une base"))
    restaurer.add_argument("sauvegarde", type=Path, metavar="G.assistmed", help="la copie à remettre")
    _avec_base(restaurer)
    restaurer.add_argument(
        "--phrase-sauvegarde-fichier",
        type=Path,
        metavar="F.txt",
        help="où lire la phrase de passe de la copie, si ce n'est pas celle de la base",
    )
    restaurer.add_argument(
        "--ecarter",
        action="store_true",
        help="met de côté, sous un autre nom, une base que la phrase n'ouvre pas",
    )


def _avec_debug(analyseur: argparse.ArgumentParser) -> argparse.ArgumentParser:
    analyseur.add_argument(
        "--debug", action="store_true", default=argparse.SUPPRESS, help="montre le détail d'une erreur imprévue"
    )
    return analyseur


def _avec_source(analyseur: argparse.ArgumentParser) -> None:
    source = analyseur.add_mutually_exclusive_group(required=True)
    source.add_argument("dossier", type=Path, nargs="?", metavar="DOSSIER.json", help="le dossier à lire")
    source.add_argument("--base", type=Path, metavar="F.assistmed", help="ou la base d'un cabinet")
    _avec_phrase(analyseur)


def _avec_base(analyseur: argparse.ArgumentParser) -> None:
    analyseur.add_argument("--base", type=Path, required=True, metavar="F.assistmed", help="la base du cabinet")
    _avec_phrase(analyseur)


def _avec_phrase(analyseur: argparse.ArgumentParser) -> None:
    analyseur.add_argument(
        "--phrase-fichier",
        type=Path,
        metavar="F.txt",
        help="où lire la phrase de passe d'un cabinet protégé ; sinon la variable ASSISTMED_PHRASE, sinon le terminal",
    )


def _avec_sortie(analyseur: argparse.ArgumentParser, forme: str, aide: str) -> None:
    analyseur.add_argument("--sortie", type=Path, required=True, metavar=forme, help=aide)


def _avec_contrat(analyseur: argparse.ArgumentParser) -> None:
    analyseur.add_argument("--contrat", metavar="ID", help="le contrat, s'il y en a plusieurs")


def _avec_baremes(analyseur: argparse.ArgumentParser) -> None:
    analyseur.add_argument(
        "--baremes",
        type=Path,
        metavar="DIR",
        help="où sont les barèmes ajoutés à ceux du programme (par défaut, avec vos données)",
    )


def _avec_hypothese(analyseur: argparse.ArgumentParser) -> None:
    analyseur.add_argument(
        "--gain-mensuel", type=_gain, metavar="N", help="nouveaux patients par mois dans la patientèle, par exemple 8,5"
    )
    analyseur.add_argument(
        "--departs",
        type=_gain,
        default=Fraction(0),
        metavar="N",
        help="patients qui la quittent par mois, à retrancher (par défaut 0)",
    )
    analyseur.add_argument(
        "--gain-file-active", type=_gain_net, metavar="N", help="gain net de file active par mois ; sinon sa tendance"
    )
    analyseur.add_argument(
        "--suspension",
        type=_jour_demande,
        nargs=2,
        action="append",
        metavar=("DU", "AU"),
        help="une suspension de plus, premier et dernier jour compris ; peut se répéter",
    )
    analyseur.add_argument("--option", type=_etp_demande, metavar="ETP", help="une autre option, par exemple 1/2 ou 1")
    analyseur.add_argument(
        "--option-du", type=_jour_demande, metavar="DATE", help="le jour où elle commence (par défaut le jour évalué)"
    )


def _gain(texte: str) -> Fraction:
    gain = _gain_net(texte)
    if gain < 0:
        raise argparse.ArgumentTypeError(f"«{INSECABLE}{texte}{INSECABLE}» est négatif")
    return gain


def _gain_net(texte: str) -> Fraction:
    propre = texte.strip().replace("−", "-").replace(",", ".")
    if not re.fullmatch(r"[+-]?[0-9]{1,9}(\.[0-9]{1,2})?", propre):
        raise argparse.ArgumentTypeError(
            f"«{INSECABLE}{texte}{INSECABLE}» n'est pas un nombre de patients par mois, par exemple 8 ou 8,5"
        )
    gain = Fraction(propre)
    if abs(gain) > GAIN_MAX:
        raise argparse.ArgumentTypeError(f"«{INSECABLE}{texte}{INSECABLE}» dépasse {GAIN_MAX} patients par mois")
    return gain


def _etp_demande(texte: str) -> Fraction:
    if (
        not re.fullmatch(r"[1-9][0-9]{0,2}(/[1-9][0-9]{0,2}|[.,]5)?", texte)
        or not 0 < (etp := Fraction(texte.replace(",", "."))) <= ETP_MAX
    ):
        raise argparse.ArgumentTypeError(
            f"«{INSECABLE}{texte}{INSECABLE}» n'est pas une option, par exemple 1/3, 1/2, 1, 3/2 ou 2"
        )
    return etp


# The bounds of services.scenarios and domain.valeurs, too dear to import before the window shows; a test compares them.
GAIN_MAX, ETP_MAX = 1000, 200


def _avec_jour(analyseur: argparse.ArgumentParser) -> None:
    analyseur.add_argument(
        "--au",
        type=_jour_demande,
        metavar="DATE",
        help=f"le jour de l'évaluation, par exemple 2026-11-15 ou {jour_court(JOUR_DEMO)} (par défaut aujourd'hui)",
    )
