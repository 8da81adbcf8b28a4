"""The reports as the command line and the window have them made: one, or many on every core."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import Evaluation
    from assistmed_desktop.services.rapports import Demande, Redige

    AFaire = tuple[Dossier, Demande]
    Fait = Redige | Exception

PAR_COEUR: Final = 8
"""How many reports are worth a process of their own, which takes about a second to start."""
COEURS_MAX: Final = 4
_D_AVANCE: Final = 3
"""How many reports a process is given ahead of those that are read."""


def rediger(dossier: Dossier, demande: Demande, baremes: Baremes) -> Redige:
    """Write a report, with its data and their evaluation attached.

    Raises:
        ContratAbsent: when the dossier holds no such contract.

    """
    from assistmed_desktop.reports import documents

    return documents.rediger(dossier, demande, baremes, _evaluation_en_json)


def rediger_tous(lot: Sequence[AFaire], ajouts: Path | None, coeurs: int | None = None) -> Generator[Fait, None, None]:
    """Write many reports, one after the other or on several cores; give each in its turn, or what prevented it.

    Closing the iterator gives up the others.

    Args:
        lot: the practices, each with the report wanted.
        ajouts: the folder of the barèmes that the user adds.
        coeurs: on how many processes; by default as many as there are cores, and reports to keep them busy.

    """
    if coeurs is None:
        coeurs = min(os.cpu_count() or 1, COEURS_MAX, len(lot) // PAR_COEUR)
    if coeurs < 2:  # noqa: PLR2004 - one alone is this process
        for dossier, demande in lot:
            yield _essayer(dossier, demande, ajouts)
        return
    yield from _sur_les_coeurs(lot, ajouts, coeurs)


def _sur_les_coeurs(lot: Sequence[AFaire], ajouts: Path | None, coeurs: int) -> Generator[Fait, None, None]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    executeur = ProcessPoolExecutor(coeurs, get_context("spawn"), _preparer, (ajouts,))
    en_cours: deque[tuple[Future[Fait] | None, AFaire]] = deque()

    def confier(travail: AFaire) -> None:
        try:
            en_cours.append((executeur.submit(_essayer, *travail, ajouts), travail))
        except BrokenProcessPool:
            en_cours.append((None, travail))

    def recevoir() -> Fait:
        futur, travail = en_cours.popleft()
        if futur is not None:
            try:
                return futur.result()
            except BrokenProcessPool:  # the system has ended a process, or lets none start: what is left is done here
                pass
        return _essayer(*travail, ajouts)

    try:
        for rang, travail in enumerate(lot):
            with nullcontext() if rang else _sans_interruption():  # the first starts the processes
                confier(travail)
            if len(en_cours) > _D_AVANCE * coeurs:
                yield recevoir()
        while en_cours:
            yield recevoir()
    finally:
        executeur.shutdown(cancel_futures=True)


@contextmanager
def _sans_interruption() -> Iterator[None]:
    """Have the processes that are started meanwhile leave Ctrl+C to this one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    avant = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, avant)


def _preparer(ajouts: Path | None) -> None:
    """Have a process ready: the fonts and the barèmes read, and Ctrl+C left to the one that began it."""
    from assistmed_desktop.figures.polices import enregistrer_polices
    from assistmed_desktop.reports import documents
    from assistmed_desktop.rules.bareme import charger_baremes

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    del documents
    enregistrer_polices()
    charger_baremes(ajouts=ajouts)
    gc.freeze()  # what is loaded by now stays: no collection need look at it again


def _essayer(dossier: Dossier, demande: Demande, ajouts: Path | None) -> Fait:
    from assistmed_desktop.rules.bareme import charger_baremes

    try:
        return rediger(dossier, demande, charger_baremes(ajouts=ajouts))
    except Exception as erreur:  # noqa: BLE001 - whatever it is, it is told of this report, and the others are written
        return erreur


def _evaluation_en_json(evaluation: Evaluation, analyses: Mapping[str, Analyse]) -> str:
    from pydantic_core import to_json

    from assistmed_desktop.exchange.evaluation_json import evaluation_json

    return to_json(evaluation_json(evaluation, analyses), indent=2).decode() + "\n"
