"""What the window does with the copies of a practice, and with its file as a whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from assistmed_desktop.services.ports import ErreurDepot, ErreurPhrase, Horloge
from assistmed_desktop.services.sauvegardes import COMPTES, Contenu, Motif, Sauvegarde
from assistmed_desktop.storage.chiffrement import Secret, cle_si_chiffre, connecter, est_chiffre
from assistmed_desktop.storage.emplacements import base_par_defaut, libre, preparer_dossier
from assistmed_desktop.storage.erreurs import BaseIllisible, erreurs_traduites
from assistmed_desktop.storage.lieux import lieu_de
from assistmed_desktop.storage.ouverture import ouvrir
from assistmed_desktop.storage.restauration import examiner, restaurer
from assistmed_desktop.storage.sauvegardes import (
    classer,
    compter,
    copier,
    dossier_des_sauvegardes,
    lister,
    lister_dossier,
    recopier,
    sauvegarder,
    second_dossier,
)
from assistmed_desktop.storage.verrou import lever


class CopiesSqlite:
    """The copies that an open practice makes of itself (``services.ports.Copies``).

    ``interrompu`` says that what was done before was perhaps never copied.
    """

    def __init__(self, connexion: sqlite3.Connection, base: Path, horloge: Horloge, *, interrompu: bool) -> None:
        self._connexion = connexion
        self._base = base
        self._horloge = horloge
        self._copie = -1 if interrompu else connexion.total_changes

    @property
    def a_change(self) -> bool:
        """Whether anything was written since the practice was opened, or last copied."""
        return self._connexion.total_changes != self._copie

    def sauvegarder(self, motif: Motif) -> Sauvegarde:
        """Copy the practice as it is.

        Raises:
            ErreurBase: when the copy cannot be made or is not sound.

        """
        copie = sauvegarder(self._connexion, self._base, self._horloge.maintenant(), motif)
        self._copie = self._connexion.total_changes
        return copie


@dataclass(frozen=True, slots=True)
class ArchivesSqlite:
    """The copies of a practice whose file is closed, but for what only reads them (``services.ports.Archives``)."""

    base: Path
    horloge: Horloge
    phrase: Secret | None = None

    @property
    def dossier(self) -> Path:
        """The folder of the copies beside the base. It need not exist."""
        return dossier_des_sauvegardes(self.base)

    def dossier_second(self, second: Path) -> Path:
        """Give the folder of the copies of this practice in a second place."""
        return second_dossier(self.base, second)

    def lister(self, second: Path | None) -> tuple[Sauvegarde, ...]:
        """List the copies, the newest first; one that is in both places is told once, as the one beside the base."""
        par_nom = {copie.fichier.name: copie for copie in lister_dossier(self.dossier_second(second))} if second else {}
        par_nom |= {copie.fichier.name: copie for copie in lister(self.base)}
        return tuple(sorted(par_nom.values(), key=lambda copie: (copie.le, copie.fichier.name), reverse=True))

    def recopier(self, second: Path) -> Sauvegarde | None:
        """Have the newest copy in the second place too; None when there is none.

        Raises:
            ErreurBase: when the place is not there, or cannot be written to.

        """
        copies = classer(lister(self.base), self.horloge.maintenant())
        if not copies:
            return None
        if not second.is_dir():
            raise BaseIllisible(f"Le dossier «\u00a0{second}\u00a0» n'est pas là.")
        dossier = self.dossier_second(second)
        deja = [autre for autre in lister_dossier(dossier) if autre.fichier.name == copies[0].fichier.name]
        return deja[0] if deja else recopier(copies[0], dossier, self.horloge.maintenant())

    def examiner(self, fichier: Path) -> Contenu:
        """Look into a copy.

        Raises:
            ErreurBase: when it is not sound.

        """
        return examiner(fichier, self.horloge, self.phrase)

    def meilleure(self, second: Path | None) -> tuple[Sauvegarde, Contenu] | None:
        """Find the newest copy that is sound; None when none is.

        Raises:
            ErreurPhrase: when a newer one is protected, and this phrase opens none.

        """
        refus: ErreurPhrase | None = None
        for copie in classer(self.lister(second), self.horloge.maintenant()):
            try:
                contenu = self.examiner(copie.fichier)
            except ErreurPhrase as erreur:
                if not erreur.fausse:
                    raise
                refus = refus or erreur  # it may have kept a former phrase
            except ErreurDepot:
                continue
            else:
                if refus is None or est_chiffre(copie.fichier):
                    return copie, contenu
                break  # no phrase opens this one: the one given may be misspelt
        if refus is not None:
            raise refus
        return None

    def comptes_lisibles(self) -> dict[str, int]:
        """Count what can still be counted of a damaged base, in a copy of it; nothing when nothing can."""
        with TemporaryDirectory(prefix="assistmed-") as provisoire:
            copie = Path(provisoire) / "copie.assistmed"
            try:
                copyfile(self.base, copie)
                with closing(connecter(copie, cle_si_chiffre(copie, self.phrase))) as connexion:
                    return _comptes_lisibles(connexion)
            except Exception:  # noqa: BLE001 - whatever a damaged file may raise
                return {}

    def modifie_le(self) -> datetime:
        """Say when the file was last written; OSError when it is not there."""
        return datetime.fromtimestamp(self.base.stat().st_mtime).astimezone()

    def restaurer(self, fichier: Path, *, ecarter: bool = False) -> Sauvegarde | None:
        """Put a copy in the place of the base; give the copy made of what was there, if it could be read.

        With ``ecarter``, a base that the phrase does not open is set aside, as a damaged one is.

        Raises:
            ErreurBase: when it is not sound; the base is then as it was.

        """
        return restaurer(fichier, self.base, self.horloge, self.phrase, ecarter=ecarter)

    def deplacer(self) -> Path:
        """Copy the practice and its copies to this computer; the file that was there keeps the name ``…-deplace``.

        Raises:
            ErreurBase: when it cannot be done; the base is as it was.

        """
        vers = _place_libre(base_par_defaut(), self.base.name)
        if (lieu := lieu_de(vers)) is not None:
            raise BaseIllisible(
                f"Le dossier d'AssistMed sur ce PC, «\u00a0{vers.parent}\u00a0», est lui-même dans un endroit partagé "
                f"({lieu.service}). Créez un dossier sur le disque de ce PC et copiez-y une sauvegarde."
            )
        with erreurs_traduites(vers):
            preparer_dossier(vers)
        connexion = ouvrir(self.base, self.horloge.maintenant(), creer=False, phrase=self.phrase)
        try:
            copier(connexion, vers)
        finally:
            connexion.close()
            lever(self.base)
        try:
            with erreurs_traduites(self.base):
                self.base.replace(libre(self.base.with_name(f"{self.base.stem}-deplace{self.base.suffix}")))
        except BaseException:
            vers.unlink(missing_ok=True)
            raise
        for copie in lister(self.base):
            with suppress(ErreurDepot):  # those that cannot be copied stay where they are
                recopier(copie, dossier_des_sauvegardes(vers), self.horloge.maintenant())
        return vers

    def retirer(self) -> tuple[Sauvegarde, Path]:
        """Copy the practice, then set its file aside under another name; give both.

        Raises:
            ErreurBase: when it cannot be done; the base is as it was.

        """
        maintenant = self.horloge.maintenant()
        connexion = ouvrir(self.base, maintenant, creer=False, phrase=self.phrase)
        try:
            copie = sauvegarder(connexion, self.base, maintenant, "suppression")
        finally:
            connexion.close()
            lever(self.base)
        ecarte = libre(self.base.with_name(f"{self.base.stem}-supprime-{maintenant:%Y%m%dT%H%M%S}{self.base.suffix}"))
        with erreurs_traduites(self.base):
            self.base.replace(ecarte)
        return copie, ecarte

    def remettre(self, ecarte: Path) -> None:
        """Give back its name to a file that was set aside.

        Raises:
            ErreurBase: when it cannot be done, or another file has the name by now.

        """
        if self.base.exists():
            raise BaseIllisible(f"Un autre fichier s'appelle maintenant «\u00a0{self.base}\u00a0».")
        with erreurs_traduites(self.base):
            ecarte.rename(self.base)


def _comptes_lisibles(connexion: sqlite3.Connection) -> dict[str, int]:
    comptes: dict[str, int] = {}
    for table in COMPTES:
        with suppress(Exception):  # that table is where the damage is
            comptes |= compter(connexion, (table,))
    return comptes


def _place_libre(defaut: Path, nom: str) -> Path:
    return libre(defaut if not defaut.exists() else defaut.with_name(nom))
