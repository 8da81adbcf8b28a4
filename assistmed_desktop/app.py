"""The composition root of the window: the only file that sees every room.

Qt, the database and the reports are imported inside the functions: importing this module costs nothing.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from assistmed_desktop.cli import JOUR_DEMO
from assistmed_desktop.storage.emplacements import base_par_defaut, dossier_des_baremes, preparer_dossier

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from PySide6.QtWidgets import QApplication

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.resultats import Evaluation
    from assistmed_desktop.services.ports import Archives, Horloge
    from assistmed_desktop.services.rapports import Demande, Pieces, Redige
    from assistmed_desktop.storage.chiffrement import Secret
    from assistmed_desktop.ui.ports import OpenPractice, PhraseChangee


def ouvrir_fenetre(
    base: Path | None, horloge: Horloge, *, demonstration: bool = False, reglages: Path | None = None
) -> int:
    """Open the window and give the exit code once it is closed.

    Args:
        base: the practice's file, which need not exist yet; None is the one opened last, or the user's own.
        horloge: the clock that the practice is read by.
        demonstration: whether ``base`` is the demonstration, which the window then says.
        reglages: the INI file of the preferences; None is the user's own.

    """
    import sys

    from assistmed_desktop.ui.main_window import MainWindow
    from assistmed_desktop.ui.settings import Settings

    application = preparer_application()
    services = Services(horloge, None if demonstration else dossier_des_baremes())
    settings = Settings(reglages or _reglages_par_defaut())
    derniere = next((recent for recent in settings.recents[:1] if recent.exists()), base_par_defaut())
    fenetre = MainWindow(services, settings, base or derniere, demonstration=demonstration)
    ancien = sys.excepthook
    sys.excepthook = fenetre.report_exception
    try:
        fenetre.show()
        return application.exec()
    finally:
        sys.excepthook = ancien


def preparer_application() -> QApplication:
    """Give the application: Fusion, French, its name and its icon."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
    from PySide6.QtWidgets import QApplication

    from assistmed_desktop import __version__
    from assistmed_desktop.ui.icons import app_icon

    existante = QApplication.instance()
    # The style is an argument: setStyle() would have Python build the class of the style it returns, ten milliseconds.
    application = existante if isinstance(existante, QApplication) else QApplication(["assistmed", "-style", "Fusion"])
    application.setApplicationName("AssistMed")
    application.setApplicationDisplayName("AssistMed")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("assistmed")
    application.setWindowIcon(app_icon())
    francais = QLocale(QLocale.Language.French, QLocale.Country.France)
    QLocale.setDefault(francais)
    traduction = QTranslator(application)
    if traduction.load(francais, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(traduction)
    return application


@dataclass(frozen=True, slots=True)
class HorlogeFixe:
    """A clock whose day never changes: that of the demonstration."""

    jour: date

    def aujourdhui(self) -> date:
        """Give the fixed day."""
        return self.jour

    def maintenant(self) -> datetime:
        """Give the real time, for what is saved."""
        return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Services:
    """What the window asks of the rest of the program (``ui.ports.Backend``).

    ``baremes`` is the folder of the barèmes that the user adds; None, as for the demonstration, is none.
    """

    horloge: Horloge
    baremes: Path | None = None

    def ouvrir(self, chemin: Path, *, creer: bool, phrase: str | None = None, trousseau: bool = False) -> OpenPractice:
        """Open a practice, or with ``creer`` begin one; without a phrase, the system's keyring may have its key."""
        if creer:
            preparer_dossier(chemin)
        if phrase is None and trousseau:
            from assistmed_desktop.services.ports import ErreurPhrase
            from assistmed_desktop.storage.trousseau import lire

            with suppress(ErreurPhrase):  # the keyring has it no more, or that of another file: the phrase is asked
                return _ouvrir(chemin, self.horloge, self.baremes, creer=creer, phrase=lire(chemin))
        return _ouvrir(chemin, self.horloge, self.baremes, creer=creer, phrase=phrase)

    def trousseau_disponible(self) -> bool:
        """Say whether the system has a keyring."""
        from assistmed_desktop.storage.trousseau import disponible

        return disponible()

    def changer_phrase(
        self, chemin: Path, avant: str | None, apres: str | None, second: Path | None, *, garder: bool
    ) -> PhraseChangee:
        """Protect a practice that is closed by a phrase, change it, or take it away."""
        from assistmed_desktop.storage.phrase import changer_phrase, proteger_copies, restees
        from assistmed_desktop.storage.trousseau import garder as garder_cle
        from assistmed_desktop.storage.trousseau import oublier
        from assistmed_desktop.ui.ports import PhraseChangee

        fait = changer_phrase(chemin, self.horloge, avant, apres, second)
        absent = second if second is not None and not second.is_dir() else None
        nouvelle = fait.cle
        gardee = garder and nouvelle is not None and garder_cle(chemin, nouvelle)
        if avant is not None and not gardee:
            oublier(chemin)
        if nouvelle is None:
            return PhraseChangee(fait.en_clair, fait.anciennes, second_absent=absent)

        def proteger() -> int:
            en_clair, anciennes = restees(chemin, fait.ancienne, second)  # another may have been made by now
            copies = tuple(copie for copie in (*en_clair, *anciennes) if copie.suffix == ".assistmed")
            return proteger_copies(copies, fait.ancienne, nouvelle)

        return PhraseChangee(fait.en_clair, fait.anciennes, proteger, gardee=gardee, second_absent=absent)

    def archives(self, chemin: Path, phrase: str | None = None) -> Archives:
        """Give the copies of a practice that cannot be opened; ``phrase`` opens those that are protected."""
        from assistmed_desktop.storage.archives import ArchivesSqlite

        return ArchivesSqlite(chemin, self.horloge, phrase)

    def demonstration(self) -> OpenPractice:
        """Open the demonstration in a folder that goes when it is closed."""
        import shutil
        import tempfile

        from assistmed_desktop.exchange.dossier_json import lire_fichier
        from assistmed_desktop.resources import chemin
        from assistmed_desktop.services.operations import remplacer_dossier
        from assistmed_desktop.services.workspace import Workspace
        from assistmed_desktop.storage.depot import DepotSqlite
        from assistmed_desktop.ui.ports import OpenPractice

        horloge = HorlogeFixe(JOUR_DEMO)
        dossier = lire_fichier(chemin("demo", "dossier.json"))
        provisoire = Path(tempfile.mkdtemp(prefix="assistmed-"))
        base = provisoire / "demonstration.assistmed"
        depot = DepotSqlite.ouvrir(base, horloge, creer=True)
        Workspace(depot, horloge).appliquer(remplacer_dossier(dossier, "Ouvrir la démonstration"))

        def fermer() -> None:
            depot.fermer()
            shutil.rmtree(provisoire, ignore_errors=True)

        workspace = Workspace(depot, horloge)
        return OpenPractice(
            workspace, depot.rapports, horloge, base, fermer, depot.journal, depot.effaceur, demonstration=True
        )

    def preparer_enregistrement(self) -> None:
        """Import what saves a change, which is slow, so that the first one does not wait for it."""
        for module in ("tables", "transaction"):
            import_module(f"assistmed_desktop.storage.{module}")

    def lire_dossier(self, chemin: Path) -> Dossier:
        """Read a dossier, or a base that somebody hands over."""
        from assistmed_desktop.cli.contexte import lire_cabinet

        return lire_cabinet(chemin, self.horloge)

    def ecrire_dossier(self, dossier: Dossier, chemin: Path) -> None:
        """Write a dossier file."""
        from assistmed_desktop.exchange.dossier_json import ecrire_fichier

        ecrire_fichier(dossier, chemin)

    def rediger(self, dossier: Dossier, demande: Demande, baremes: Path | None) -> Redige:
        """Write a report on a contract; ``baremes`` is the folder of those that the user adds."""
        from assistmed_desktop.cli.rapports import rediger
        from assistmed_desktop.rules.bareme import charger_baremes

        return rediger(dossier, demande, charger_baremes(ajouts=baremes))

    def rediger_tous(
        self, dossier: Dossier, demandes: Sequence[Demande], baremes: Path | None
    ) -> Generator[Redige | Exception, None, None]:
        """Write many reports, on several cores when they are worth it."""
        from assistmed_desktop.cli.rapports import rediger_tous

        return rediger_tous([(dossier, demande) for demande in demandes], baremes)

    def pieces_jointes(self, contenu: bytes) -> Pieces | None:
        """Give what a report carries; None when it carries nothing."""
        from assistmed_desktop.reports.lecture import pieces_jointes

        return pieces_jointes(contenu)

    def documents_rgpd(self, dossier: Dossier, evaluation: Evaluation, baremes: Path | None) -> dict[str, bytes]:
        """Make the entry of the register and the notice to the assistants as PDF, by file name."""
        from assistmed_desktop.reports.rgpd import documents_rgpd
        from assistmed_desktop.rules.bareme import charger_baremes
        from assistmed_desktop.services.conservation import delai

        return documents_rgpd(dossier, evaluation.au, delai(evaluation, charger_baremes(ajouts=baremes)))


def _ouvrir(
    chemin: Path, horloge: Horloge, baremes: Path | None, *, creer: bool, phrase: Secret | None = None
) -> OpenPractice:
    from assistmed_desktop.services.workspace import Workspace
    from assistmed_desktop.storage.archives import ArchivesSqlite, CopiesSqlite
    from assistmed_desktop.storage.chiffrement import cle_de
    from assistmed_desktop.storage.depot import DepotSqlite
    from assistmed_desktop.storage.horloge import recul
    from assistmed_desktop.storage.lieux import lieu_de
    from assistmed_desktop.ui.ports import OpenPractice

    depot = DepotSqlite.ouvrir(chemin, horloge, creer=creer, phrase=phrase)
    try:
        lieu = lieu_de(chemin)
        return OpenPractice(
            Workspace(depot, horloge),
            depot.rapports,
            horloge,
            chemin,
            depot.fermer,
            depot.journal,
            depot.effaceur,
            baremes=baremes,
            copies=CopiesSqlite(depot.connexion, chemin, horloge, interrompu=depot.interrompu),
            archives=ArchivesSqlite(chemin, horloge, cle_de(depot.connexion)),
            interrompu=depot.interrompu,
            risque="" if lieu is None else lieu.risque,
            recul=recul(depot.connexion, chemin, horloge.maintenant()),
            phrase_juste=None if depot.cle is None else depot.cle.vient_de,
        )
    except BaseException:
        depot.fermer()
        raise


def _reglages_par_defaut() -> Path:
    import platformdirs

    return Path(platformdirs.user_config_dir("AssistMed", appauthor=False)) / "fenetre.ini"
