"""What a command is given: its arguments, the clock, the window, and the practice it names."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from datetime import date
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from assistmed_desktop.cli.conventions import ErreurUsage, ErreurUtilisateur, dire
from assistmed_desktop.formats import INSECABLE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from assistmed_desktop.cli.conventions import OuvrirFenetre
    from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.services.ports import Horloge
    from assistmed_desktop.services.rapports import RapportEmis
    from assistmed_desktop.storage.depot import DepotSqlite

T = TypeVar("T")
VARIABLE_PHRASE: Final = "ASSISTMED_PHRASE"
ESSAIS: Final = 3
"""How many times a phrase is asked at the terminal."""


@dataclass(frozen=True, slots=True)
class Contexte:
    """The command asked for, and what it may use."""

    arguments: argparse.Namespace
    horloge: Horloge
    ouvrir_fenetre: OuvrirFenetre
    demandees: list[str] = field(default_factory=list, repr=False)
    """The phrases that the terminal has given: one is asked once, however often the command opens the base."""

    def jour(self) -> date:
        """Give the day asked for, today by default."""
        au: date | None = self.arguments.au
        return au or self.horloge.aujourdhui()

    def dossier(self) -> Dossier:
        """Read the practice from the JSON file or from the base, whichever the command names."""
        fichier: Path | None = getattr(self.arguments, "dossier", None)
        if fichier is not None:
            from assistmed_desktop.exchange.dossier_json import lire_fichier

            return lire_fichier(fichier)
        return self.cabinet(self.arguments.base)[0]

    def cabinet(self, base: Path, *, rapports: bool = False) -> tuple[Dossier, tuple[RapportEmis, ...]]:
        """Read the practice of a base and, when they are wanted, the reports that it has issued."""
        with self.ouvrir(base, creer=False) as depot:
            dossier = depot.charger()
            emis = depot.rapports.emis() if rapports else ()
            if depot.cle is not None and self.arguments.commande == "exporter":
                dire(f"Attention{INSECABLE}: ce dossier se lira sans la phrase de passe du cabinet.")
        if dossier is None:
            raise ErreurUtilisateur(f"La base «{INSECABLE}{base}{INSECABLE}» ne contient pas encore de cabinet.")
        return dossier, emis

    def ouvrir(self, base: Path, *, creer: bool) -> DepotSqlite:
        """Open a base, with its phrase when it is protected.

        Say on standard error when its place is a risky one, or the clock behind what it holds.
        """
        from assistmed_desktop.storage.depot import DepotSqlite
        from assistmed_desktop.storage.horloge import recul

        self.dire_le_lieu(base)
        depot = self.avec_phrase(lambda phrase: DepotSqlite.ouvrir(base, self.horloge, creer=creer, phrase=phrase))
        try:
            if retard := recul(depot.connexion, base, self.horloge.maintenant()):
                dire(f"Attention{INSECABLE}: {retard}")
        except BaseException:
            depot.fermer()
            raise
        return depot

    def dire_le_lieu(self, base: Path) -> None:
        """Say on standard error that a base is in a risky place, when it is."""
        from assistmed_desktop.storage.lieux import lieu_de

        if (lieu := lieu_de(base)) is not None:
            dire(f"Attention{INSECABLE}: {lieu.risque}")

    def avec_phrase(self, faire: Callable[[str | None], T]) -> T:
        """Do something with a base, given the phrase of the options; one that is missing is asked at the terminal."""
        from assistmed_desktop.storage.erreurs import PhraseFausse, PhraseRequise

        try:
            return faire(self._phrase())
        except PhraseRequise as refus:
            if not sys.stdin.isatty():
                raise PhraseRequise(
                    f"{refus} En ligne de commande{INSECABLE}: --phrase-fichier F, ou la variable {VARIABLE_PHRASE}."
                ) from refus
        for essai in range(ESSAIS, 0, -1):
            try:
                phrase = getpass(f"Phrase de passe{INSECABLE}: ")
                fait = faire(phrase)
            except PhraseFausse as refus:
                if essai == 1:
                    raise
                dire(str(refus))
            else:
                self.demandees.append(phrase)
                return fait
        raise AssertionError

    def _phrase(self) -> str | None:
        """Give the phrase that the options name: the first line of a file, or an environment variable."""
        fichier: Path | None = getattr(self.arguments, "phrase_fichier", None)
        if self.demandees:
            return self.demandees[-1]
        if fichier is None:
            return os.environ.get(VARIABLE_PHRASE) or None
        return self.lire_phrase(fichier)

    def lire_phrase(self, fichier: Path) -> str:
        """Read a phrase, the first line of a file."""
        try:
            return (fichier.read_text(encoding="utf-8-sig").splitlines() or [""])[0]
        except UnicodeDecodeError as erreur:
            raise ErreurUtilisateur(f"«{INSECABLE}{fichier}{INSECABLE}» n'est pas un texte en UTF-8.") from erreur

    def contrat(self, dossier: Dossier, a_quoi: str) -> ContratIndividuel | ContratCollectif:
        """Give the contract asked for, the first one by default; ``a_quoi`` says what there is not without one."""
        if not dossier.contrats:
            raise ErreurUtilisateur(f"Ce dossier n'a pas de contrat{INSECABLE}: {a_quoi}.")
        choisi: str | None = self.arguments.contrat
        if choisi is None:
            return dossier.contrats[0]
        for contrat in dossier.contrats:
            if contrat.id == choisi:
                return contrat
        ids = ", ".join(contrat.id for contrat in dossier.contrats)
        raise ErreurUsage(
            f"Le contrat «{INSECABLE}{choisi}{INSECABLE}» n'est pas dans ce dossier, qui a{INSECABLE}: {ids}."
        )

    def sortie(self) -> Path:
        """Give the file to write, which is neither what was read nor the base of a practice."""
        sortie: Path = self.arguments.sortie
        lus = (*getattr(self.arguments, "sources", ()), getattr(self.arguments, "dossier", None), self.arguments.base)
        if sortie.is_dir():
            raise ErreurUtilisateur(
                f"«{INSECABLE}{sortie}{INSECABLE}» est un répertoire{INSECABLE}: ajoutez-y le nom du fichier à écrire."
            )
        if not sortie.parent.is_dir():
            raise ErreurUtilisateur(f"Le dossier «{INSECABLE}{sortie.parent}{INSECABLE}» n'existe pas.")
        if sortie.exists() and (
            est_une_base(sortie) or any(lu is not None and lu.exists() and sortie.samefile(lu) for lu in lus)
        ):
            raise ErreurUtilisateur(
                f"«{INSECABLE}{sortie}{INSECABLE}» porte les données d'un cabinet{INSECABLE}: donnez un autre nom au "
                "fichier à écrire."
            )
        return sortie

    def remplacer_base(self, base: Path, dossier: Dossier, nom: str) -> Path | None:
        """Put a dossier into a base; give the copy made of what another practice's facts it held, if any."""
        from assistmed_desktop.exchange.dossier_json import ecrire_fichier
        from assistmed_desktop.services.operations import remplacer_dossier
        from assistmed_desktop.services.workspace import Workspace

        copie = None
        with self.ouvrir(base, creer=True) as depot:
            workspace = Workspace(depot, self.horloge)
            avant = workspace.dossier
            if avant is not None and avant != dossier:
                from assistmed_desktop.storage.sauvegardes import sauvegarder

                sauvee = sauvegarder(depot.connexion, base, self.horloge.maintenant(), "import").fichier
                if depot.cle is not None:  # a dossier can be read without its phrase
                    workspace.appliquer(remplacer_dossier(dossier, nom))
                    return sauvee
                moment = self.horloge.maintenant().strftime("%Y-%m-%d-%Hh%Mm%S")
                copie = base.with_name(f"{base.stem}-avant-{moment}.json")
                ecrire_fichier(avant, copie)
            try:
                workspace.appliquer(remplacer_dossier(dossier, nom))
            except BaseException:
                if copie is not None:
                    copie.unlink(missing_ok=True)
                raise
        return copie

    def dossier_des_baremes(self) -> Path:
        """Give the folder of the barèmes that the user adds."""
        from assistmed_desktop.storage.emplacements import dossier_des_baremes

        choisi: Path | None = self.arguments.baremes
        if choisi is not None and not choisi.is_dir():
            raise ErreurUtilisateur(f"Le dossier «{INSECABLE}{choisi}{INSECABLE}» n'existe pas.")
        return choisi or dossier_des_baremes()

    def baremes(self) -> Baremes:
        """Read the barèmes that apply, and say on standard error what of the user's folder does not."""
        from assistmed_desktop.rules.bareme import charger_baremes

        baremes = charger_baremes(ajouts=self.dossier_des_baremes())
        for faute in baremes.refus:
            dire(f"Barème ajouté, non appliqué{INSECABLE}: {faute}")
        return baremes


def lire_cabinet(fichier: Path, horloge: Horloge) -> Dossier:
    """Read a practice that somebody hands over: a dossier, or a base, of which the facts alone are taken.

    Raises:
        DossierInvalide: with every fault.
        ErreurDepot: when the base cannot be read.
        OSError: with a French sentence, when the file cannot be.

    """
    if fichier.suffix == ".assistmed" or est_une_base(fichier):
        from assistmed_desktop.storage.restauration import lire

        return lire(fichier, horloge)
    from assistmed_desktop.exchange.dossier_json import lire_fichier

    return lire_fichier(fichier)


def est_une_base(fichier: Path) -> bool:
    """Say whether a file is the base of a practice, protected or not."""
    if not fichier.is_file():
        return False
    from assistmed_desktop.storage.chiffrement import ENTETE_SQLITE, est_chiffre

    with fichier.open("rb") as lu:
        return lu.read(16) == ENTETE_SQLITE or est_chiffre(fichier)


def ecran_present() -> bool:
    """Say whether a window can be shown: always on Windows and macOS, with a display server elsewhere."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(nom) for nom in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def ecran_invisible() -> bool:
    """Say whether windows are drawn where nobody sees them, as tests have them."""
    return os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal")
