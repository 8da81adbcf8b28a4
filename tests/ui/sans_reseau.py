"""The whole window, in a process of its own where a socket is an error: what it prints last is "fini"."""

import os
import socket
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import psutil

PERMIS: set[str] = set()


def _refuser(*_arguments: object, **_options: object) -> NoReturn:
    raise RuntimeError("a socket was asked for")


def _surveiller(evenement: str, arguments: tuple[Any, ...]) -> None:
    if evenement.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")) and evenement not in PERMIS:
        sys.stdout.write(f"{evenement} {arguments}\n")
        sys.stdout.flush()
        os._exit(3)  # a refusal could be caught


def main() -> None:
    """Open a practice, go everywhere, make the report, export, import, undo, and close."""
    from assistmed_desktop.resources import chemin

    dossier = Path(sys.argv[1])
    PERMIS.update({"socket.gethostname"})  # the name of the PC, for the journal and the lock
    sys.addaudithook(_surveiller)
    socket.socket.__init__ = _refuser  # type: ignore[method-assign] # modules that derive from it are imported
    for nom in ("create_connection", "getaddrinfo", "gethostbyname", "create_server"):
        setattr(socket, nom, _refuser)
    _parcourir(dossier, chemin("demo", "dossier.json"))
    sys.stdout.write("fini\n")


def _parcourir(dossier: Path, demo: Path) -> None:
    from assistmed_desktop.app import HorlogeFixe, Services, preparer_application
    from assistmed_desktop.storage.depot import DepotSqlite
    from assistmed_desktop.storage.sauvegardes import sauvegarder
    from assistmed_desktop.ui.main_window import MainWindow
    from assistmed_desktop.ui.page_index import ENTRIES
    from assistmed_desktop.ui.settings import Settings

    horloge = HorlogeFixe(date(2026, 11, 15))
    application = preparer_application()
    base = dossier / "cabinet.assistmed"
    fenetre = MainWindow(Services(horloge), Settings(dossier / "fenetre.ini"), base)
    fenetre.show()

    def attendre(fini: Callable[[], bool] = lambda: True) -> None:
        limite = time.monotonic() + 30
        while not (fini() and fenetre.started and not fenetre.worker.busy):
            application.processEvents()
            if time.monotonic() > limite:
                raise TimeoutError
        application.processEvents()

    attendre()
    fenetre.files.import_file(demo)
    attendre(lambda: fenetre.desk is not None and fenetre.desk.state is not None)
    for entree in ENTRIES:
        fenetre.show_page(entree.cle)
        attendre()
        fenetre.commands.show_help()
        attendre()
    fenetre.commands.show_guide()
    fenetre.commands.show_about()
    fenetre.commands.search()
    attendre()
    fichiers = fenetre.files
    fichiers.export_to(dossier / "export.json")
    attendre((dossier / "export.json").exists)
    assert fenetre.desk is not None
    fenetre.desk.look_at_contrat("c1")
    fichiers.report_to(dossier / "bilan.pdf")
    attendre((dossier / "bilan.pdf").exists)
    fenetre.undo()
    fenetre.redo()
    attendre()
    assert not psutil.Process().net_connections("inet")
    assert "PySide6.QtNetwork" not in sys.modules
    fenetre.close()
    attendre()
    with DepotSqlite.ouvrir(base, horloge, creer=False) as depot:
        sauvegarder(depot.connexion, base, horloge.maintenant(), "demande")


if __name__ == "__main__":
    main()
