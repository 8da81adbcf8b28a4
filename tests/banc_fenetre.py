"""How long the window takes over a large practice: each page shown, another contract, a change, beside a small one.

Every time is taken from the action until its page is painted; the work that goes on in the other thread may still run.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from assistmed_desktop.app import HorlogeFixe, Services, preparer_application
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.services.places import ajouter
from assistmed_desktop.ui.main_window import MainWindow
from assistmed_desktop.ui.page_index import CABINET, ENTRIES, TABLEAU
from assistmed_desktop.ui.settings import Settings
from tests.dix_medecins import AU, dix_medecins
from tests.storage.outils import base_de

TOURS: Final = 5
GESTES: Final = ("first visit", "shown", "other contract", "change", "undo")
FAITE: Final = "made ahead"
_CALME: Final = 0.08
_ATTENTE_MAX: Final = 30.0


@dataclass
class Chrono:
    """The seconds that each action took, and the longest that the GUI thread was held."""

    gestes: dict[str, list[float]] = field(default_factory=dict)
    tenue: float = 0.0


def presque_vide() -> Dossier:
    """Give the least practice that every page has something to say of: a doctor, two contracts, a reading."""
    grand = dix_medecins()
    listes = (
        "assistants", "missions", "mouvements", "activite", "versements", "echeances_faites", "observations",
        "notifications",
    )  # fmt: skip
    dernier = next(releve for releve in reversed(grand.releves) if releve.medecin == "m1")
    return grand.model_copy(
        update={
            **dict.fromkeys(listes, ()),
            "medecins": grand.medecins[:1],
            "contrats": tuple(contrat for contrat in grand.contrats if contrat.medecins == ("m1",)),
            "releves": (dernier,),
        }
    )


def mesurer() -> dict[str, dict[str, object]]:
    """Give, by page, the median seconds of each action on both practices, and the longest hold on the large one."""
    grand, petit = (_mesures(dossier) for dossier in (dix_medecins(), presque_vide()))
    return {
        cle: {
            "tenue": grand[cle].tenue,
            **{
                geste: (statistics.median(durees), statistics.median(petit[cle].gestes[geste]))
                for geste, durees in grand[cle].gestes.items()
                if geste in petit[cle].gestes
            },
        }
        for cle in grand
    }


def _mesures(dossier: Dossier) -> dict[str, Chrono]:
    application = preparer_application()
    contrats = [contrat.id for contrat in dossier.contrats]
    chronos = {entry.cle: Chrono() for entry in ENTRIES}
    with _fenetre(application, dossier) as fenetre:
        _attendre(application, fenetre)
        fenetre.look_at_contrat(contrats[1 % len(contrats)])
        _attendre(application, fenetre)
        for cle, secondes in _faites_d_avance(application, fenetre).items():
            chronos[cle].gestes[FAITE] = [secondes]
        for entry in ENTRIES:
            banc = _Banc(application, fenetre, chronos[entry.cle])
            banc.chronometrer("first visit", partial(fenetre.show_page, entry.cle))
        for tour in range(TOURS):
            for entry in ENTRIES:
                _un_tour(_Banc(application, fenetre, chronos[entry.cle]), entry.cle, contrats, tour)
    return chronos


def _faites_d_avance(application: QApplication, fenetre: MainWindow) -> dict[str, float]:
    """Run the loop until every page is made; give the longest turn of it that made each."""
    faites: dict[str, float] = {}
    limite = time.perf_counter() + _ATTENTE_MAX
    while len(fenetre.pages) < len(ENTRIES) and time.perf_counter() < limite:
        avant, debut = set(fenetre.pages), time.perf_counter()
        application.processEvents()
        duree = time.perf_counter() - debut
        faites |= dict.fromkeys(set(fenetre.pages) - avant, duree)
        time.sleep(0.001)
    return faites


def _un_tour(banc: _Banc, cle: str, contrats: list[str], tour: int) -> None:
    fenetre = banc.fenetre
    fenetre.show_page(CABINET if cle == TABLEAU else TABLEAU)
    fenetre.stack.forget_state(cle)
    _attendre(banc.application, fenetre)
    banc.chronometrer("shown", lambda: fenetre.show_page(cle))
    present = fenetre.desk.state.contrat_id if fenetre.desk and fenetre.desk.state else None
    autre = contrats[(contrats.index(present or contrats[0]) + 3) % len(contrats)]
    banc.chronometrer("other contract", lambda: fenetre.look_at_contrat(autre))
    medecin = fenetre.desk.state.medecin_id if fenetre.desk and fenetre.desk.state else None
    releve = Releve(
        medecin=medecin or "m1", date=AU, patientele_mt=1200, file_active=1800 + tour, source="amelipro", note=""
    )
    operation = ajouter(("releves",), releve, "Ajouter le relevé")
    banc.chronometrer("change", lambda: fenetre.apply(operation, "Le relevé est ajouté."))
    banc.chronometrer("undo", fenetre.undo)


@dataclass
class _Banc:
    application: QApplication
    fenetre: MainWindow
    chrono: Chrono

    def chronometrer(self, geste: str, action: Callable[[], object]) -> None:
        """Time an action until it is painted, then follow the loop until everything is at rest."""
        debut = time.perf_counter()
        action()
        self.application.processEvents()
        duree = time.perf_counter() - debut
        self.chrono.gestes.setdefault(geste, []).append(duree)
        self.chrono.tenue = max(self.chrono.tenue, duree, _attendre(self.application, self.fenetre))


def _attendre(application: QApplication, fenetre: MainWindow) -> float:
    """Run the loop until nothing has been under way for a while; give the longest turn of it."""
    longue, repos, limite = 0.0, time.perf_counter(), time.perf_counter() + _ATTENTE_MAX
    while (maintenant := time.perf_counter()) < min(limite, repos + _CALME):
        application.processEvents()
        apres = time.perf_counter()
        longue = max(longue, apres - maintenant)
        if fenetre.worker.busy or not fenetre.started:
            repos = apres
        time.sleep(0.001)
    return longue


@contextmanager
def _fenetre(application: QApplication, dossier: Dossier) -> Iterator[MainWindow]:
    with tempfile.TemporaryDirectory() as provisoire:
        base = base_de(dossier, Path(provisoire) / "cabinet.assistmed")
        fenetre = MainWindow(Services(HorlogeFixe(AU)), Settings(Path(provisoire) / "fenetre.ini"), base)
        fenetre.resize(1280, 720)
        fenetre.show()
        try:
            yield fenetre
        finally:
            fenetre.close()
            application.processEvents()
