"""Measure the program against yardsticks, side by side in one run: ``python -m tests.benchmarks``.

It prints ratios beside their aims and asserts nothing: a time depends on the machine, a ratio much less. Each measure
runs in processes of its own, started in turn with its yardstick's, and keeps the median.
"""

from __future__ import annotations

import compileall
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from tests import banc_rapports

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistmed_desktop.domain.dossier import Dossier

RACINE = Path(__file__).parents[1]
DEMO = RACINE / "resources" / "demo" / "dossier.json"
AU = date(2026, 11, 15)
TOURS = 7
CONTRATS = 10_000
ATTENTE_MAX = 60.0

FENETRE_NUE = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Fenetre(QWidget):
    def paintEvent(self, evenement):
        QTimer.singleShot(0, application.quit)
application = QApplication([])
fenetre = Fenetre()
fenetre.resize(1280, 720)
fenetre.show()
application.exec()
print(time.time())
"""
IMPORT_SQLMODEL = "import time; debut = time.perf_counter(); import sqlmodel; print(time.perf_counter() - debut)"


@dataclass(frozen=True)
class Mesure:
    """Seconds and peak resident memory, in MiB, of one run."""

    secondes: float
    memoire: float


def main() -> None:
    """Run every measure and print the table."""
    print(
        f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, median of {TOURS}, each beside its yardstick\n"
    )
    _demarrage()
    _calculs()


def _demarrage() -> None:
    with tempfile.TemporaryDirectory() as dossier:
        environnement = _environnement(Path(dossier))
        base = Path(dossier) / "AssistMed" / "cabinet.assistmed"
        base.parent.mkdir()
        _lancer([sys.executable, "-m", "assistmed_desktop", "importer", str(DEMO), "--base", str(base)], environnement)
        nues, imports, dessins, donnees, memoires = [], [], [], [], []
        for _ in range(TOURS):
            debut = time.time()
            sortie, memoire_nue = _lancer([sys.executable, "-c", FENETRE_NUE], environnement)
            nues.append(Mesure(float(sortie) - debut, memoire_nue))
            imports.append(float(_lancer([sys.executable, "-c", IMPORT_SQLMODEL], environnement)[0]))
            dessin, donnee, memoire = _ouvrir_le_programme(Path(dossier), environnement)
            dessins.append(dessin)
            donnees.append(donnee)
            memoires.append(memoire)
    nue = statistics.median(mesure.secondes for mesure in nues)
    sqlmodel = statistics.median(imports)
    _ligne("bare PySide6 window, first paint", nue, statistics.median(m.memoire for m in nues))
    _ligne("importing sqlmodel", sqlmodel)
    _ligne("AssistMed, first paint", statistics.median(dessins), etalon=nue, but=1.5)
    _ligne(
        "AssistMed, data on screen", statistics.median(donnees), statistics.median(memoires),
        etalon=nue + sqlmodel, but=1.3,
    )  # fmt: skip


def _calculs() -> None:
    for nom in CALCULS:
        tours = [_calcul_a_part(nom) for _ in range(3)]
        resultats = [json.loads(sortie) for sortie, _ in tours]
        memoire = statistics.median(memoire for _, memoire in tours)
        secondes = statistics.median(resultat["secondes"] for resultat in resultats)
        etalon = resultats[0].get("etalon") and statistics.median(resultat["etalon"] for resultat in resultats)
        _ligne(resultats[0]["libelle"], secondes, memoire, etalon=etalon, but=resultats[0].get("but"))


def _calcul_a_part(nom: str) -> tuple[str, float]:
    return _lancer([sys.executable, "-m", "tests.benchmarks", nom], dict(os.environ))


def _environnement(dossier: Path) -> dict[str, str]:
    """Keep the user's practice and settings out of the measures, and compiled modules in, as from a second start."""
    compileall.compile_dir(RACINE / "assistmed_desktop", quiet=1)
    chemins = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"), str(dossier))
    return {**os.environ, **chemins, "QT_QPA_PLATFORM": "offscreen"}


def _lancer(commande: list[str], environnement: dict[str, str]) -> tuple[str, float]:
    """Run a command to its end; give what it printed and its peak memory."""
    with subprocess.Popen(commande, env=environnement, stdout=subprocess.PIPE, cwd=RACINE, text=True) as processus:
        memoire = _memoire_maximale(processus, lambda: processus.poll() is not None)
        sortie = processus.stdout.read() if processus.stdout else ""
    if processus.returncode:
        sys.exit(f"failed: {' '.join(commande)}")
    return sortie, memoire


def _ouvrir_le_programme(dossier: Path, environnement: dict[str, str]) -> tuple[float, float, float]:
    """Open the window until the data is on screen; give the seconds to first paint, to data, and the peak memory."""
    chrono = dossier / "chrono.txt"
    chrono.unlink(missing_ok=True)
    debut = time.time()
    commande = [sys.executable, "-m", "assistmed_desktop"]
    with subprocess.Popen(commande, env={**environnement, "ASSISTMED_CHRONO": str(chrono)}, cwd=RACINE) as processus:
        memoire = _memoire_maximale(processus, lambda: len(_instants(chrono)) > 1 or processus.poll() is not None)
        processus.terminate()
    instants = _instants(chrono)
    return instants["premier_dessin"] - debut, instants["donnees"] - debut, memoire


def _instants(chrono: Path) -> dict[str, float]:
    if not chrono.exists():
        return {}
    lignes = [ligne.split("\t") for ligne in chrono.read_text(encoding="utf-8").splitlines()]
    return {etape: float(instant) for etape, instant in lignes}


def _memoire_maximale(processus: subprocess.Popen[str] | subprocess.Popen[bytes], fini: Callable[[], bool]) -> float:
    maximum = 0
    limite = time.monotonic() + ATTENTE_MAX
    while not fini() and time.monotonic() < limite:
        try:
            maximum = max(maximum, psutil.Process(processus.pid).memory_info().rss)
        except psutil.Error:
            break
        time.sleep(0.005)
    return maximum / 2**20


def _ligne(
    libelle: str,
    secondes: float,
    memoire: float | None = None,
    *,
    etalon: float | None = None,
    but: float | None = None,
) -> None:
    texte = f"{libelle:<58}{secondes * 1000:>10.1f} ms"
    texte += f"{memoire:>8.0f} MiB" if memoire else " " * 12
    if etalon:
        texte += f"{secondes / etalon:>8.2f} × its yardstick ({etalon * 1000:.1f} ms)"
    if but:
        texte += f", aim ≤ {but} ×" if etalon else f"{'':>8}aim ≤ {but:.0f} s"
    print(texte)


def _duree(travail: Callable[[], object], tours: int = 5) -> float:
    durees = []
    for _ in range(tours):
        debut = time.perf_counter()
        travail()
        durees.append(time.perf_counter() - debut)
    return statistics.median(durees)


def _vingt_ans() -> dict[str, object]:
    """Evaluate a practice read every month from two sources for twenty years."""
    from assistmed_desktop.rules.bareme import charger_baremes
    from assistmed_desktop.rules.evaluation import evaluate

    dossier, baremes = dossier_de_vingt_ans(), charger_baremes()
    secondes = _duree(lambda: evaluate(dossier, AU, baremes))
    return {"libelle": f"evaluating 20 years, {len(dossier.releves)} readings", "secondes": secondes}


def _dix_mille() -> dict[str, object]:
    """Evaluate ten thousand practices of one contract."""
    from assistmed_desktop.rules.bareme import charger_baremes
    from assistmed_desktop.rules.evaluation import evaluate

    modele, baremes = _un_contrat(20), charger_baremes()
    dossiers = [
        modele.model_copy(
            update={"releves": tuple(r.model_copy(update={"file_active": 1500 + rang % 400}) for r in modele.releves)}
        )
        for rang in range(CONTRATS)
    ]
    debut = time.perf_counter()
    for dossier in dossiers:
        evaluate(dossier, AU, baremes)
    secondes = time.perf_counter() - debut
    return {"libelle": f"evaluating {CONTRATS} contracts, 20 readings each", "secondes": secondes, "but": 10.0}


def _bilan() -> dict[str, object]:
    """Write the review beside a document of as many pages of plain text."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    from assistmed_desktop.cli.rapports import rediger
    from assistmed_desktop.domain.dossier import lire_dossier
    from assistmed_desktop.rules.bareme import charger_baremes
    from assistmed_desktop.services.rapports import Demande

    dossier, demande, baremes = lire_dossier(DEMO.read_bytes()), Demande("annuel", "c1", AU), charger_baremes()
    contenu = rediger(dossier, demande, baremes).contenu
    pages = banc_rapports.nombre_de_pages(contenu)
    style = getSampleStyleSheet()["BodyText"]
    phrase = "La patientèle médecin traitant compte mille cent soixante-dix-huit patients, sur les mille deux cents. "

    def texte_simple() -> bytes:
        tampon = BytesIO()
        histoire = [
            element
            for _ in range(pages)
            for element in (*[Paragraph(phrase * 4, style) for _ in range(9)], PageBreak())
        ]
        SimpleDocTemplate(tampon, invariant=1).build(histoire)
        return tampon.getvalue()

    if banc_rapports.nombre_de_pages(texte_simple()) != pages:
        sys.exit("the yardstick has another number of pages")
    return {
        "libelle": f"writing the review, {pages} pages",
        "secondes": _duree(lambda: rediger(dossier, demande, baremes)),
        "etalon": _duree(texte_simple),
        "but": 2.0,
    }


def _un_contrat(releves: int) -> Dossier:
    """Give the demo's main contract alone, with so many monthly readings."""
    from assistmed_desktop.domain.dossier import lire_dossier

    dossier = lire_dossier(DEMO.read_bytes())
    contrat, medecin = dossier.contrats[0], dossier.medecins[0]
    gardes = [r for r in dossier.releves if r.medecin == medecin.id and r.date >= contrat.debut_le]
    return dossier.model_copy(
        update={
            "medecins": (medecin,),
            "contrats": (contrat,),
            "assistants": dossier.assistants[:1],
            "missions": (),
            "releves": tuple(gardes[-releves:]),
            "mouvements": (),
            "activite": (),
            "versements": (),
        }
    )


def dossier_de_vingt_ans() -> Dossier:
    """Give a practice whose four contracts were read every month for twenty years, from two sources each."""
    from assistmed_desktop.domain.dossier import lire_dossier

    dossier = lire_dossier(DEMO.read_bytes())
    debut = date(2006, 11, 30)
    modele = dossier.releves[0]
    releves = tuple(
        modele.model_copy(
            update={
                "medecin": medecin.id,
                "date": debut + timedelta(days=30 * mois + 9 * (source == "logiciel")),
                "source": source,
                "patientele_mt": 1000 + mois,
                "file_active": 1500 + 2 * mois + mois % 7,
            }
        )
        for mois in range(243)
        for medecin in dossier.medecins
        for source in ("amelipro", "logiciel")
    )
    contrats = tuple(
        contrat.model_copy(update={"debut_le": debut, "signe_le": debut, "duree_ans": 10, "avenants": ()})
        for contrat in dossier.contrats
    )
    return dossier.model_copy(update={"releves": releves, "contrats": contrats})


def _ouverture(phrase: str | None) -> float:
    """Open a practice of twenty years, to its last fact, with or without a phrase; give the median seconds."""
    from assistmed_desktop.app import HorlogeFixe
    from assistmed_desktop.storage.depot import DepotSqlite

    horloge = HorlogeFixe(AU)
    with tempfile.TemporaryDirectory() as dossier:
        base = Path(dossier) / "cabinet.assistmed"
        with DepotSqlite.ouvrir(base, horloge, creer=True, phrase=phrase) as depot:
            depot.enregistrer(None, dossier_de_vingt_ans())

        def ouvrir() -> None:
            with DepotSqlite.ouvrir(base, horloge, creer=False, phrase=phrase) as depot:
                depot.charger()

        return _duree(ouvrir)


def _en_clair() -> dict[str, object]:
    return {"libelle": "opening 20 years", "secondes": _ouverture(None)}


def _chiffre() -> dict[str, object]:
    from hashlib import pbkdf2_hmac

    from assistmed_desktop.storage.chiffrement import ITERATIONS

    derivation = _duree(lambda: pbkdf2_hmac("sha512", b"une phrase", bytes(16), ITERATIONS))
    return {
        "libelle": "opening 20 years, protected; in clear and the key alone",
        "secondes": _ouverture("trois velos rouges"),
        "etalon": _ouverture(None) + derivation,
    }


def _enregistrement(dossier: Dossier, quel: str, changer: Callable[[Dossier, int], Dossier]) -> dict[str, object]:
    """Save a change of a practice, beside SQLite's commit of one row in the same journal mode."""
    import sqlite3

    from assistmed_desktop.app import HorlogeFixe
    from assistmed_desktop.services.operations import remplacer_dossier
    from assistmed_desktop.services.workspace import Workspace
    from assistmed_desktop.storage.depot import DepotSqlite

    horloge = HorlogeFixe(AU)
    with tempfile.TemporaryDirectory() as nom, DepotSqlite.ouvrir(Path(nom) / "b", horloge, creer=True) as depot:
        depot.enregistrer(None, dossier)
        workspace = Workspace(depot, horloge)
        nue = sqlite3.connect(Path(nom) / "nue", isolation_level=None)
        for reglage in ("locking_mode", "synchronous", "journal_mode"):
            (valeur,) = depot.connexion.execute(f"PRAGMA {reglage}").fetchone()
            nue.execute(f"PRAGMA {reglage} = {valeur}")
        nue.execute("CREATE TABLE t (cle INTEGER PRIMARY KEY, jour TEXT, valeur INTEGER)")
        temps: dict[str, list[float]] = {"change": [], "ligne": []}
        for rang in range(101):  # in turn: the disk is not the same from one moment to the next
            apres = changer(workspace.dossier or dossier, rang)
            debut = time.perf_counter()
            workspace.appliquer(remplacer_dossier(apres, "Changer"))
            milieu = time.perf_counter()
            nue.execute("INSERT INTO t (jour, valeur) VALUES ('2026-11-15', ?)", (rang,))
            temps["change"].append(milieu - debut)
            temps["ligne"].append(time.perf_counter() - milieu)
        nue.close()
    return {
        "libelle": f"saving {quel}; one raw row",
        "secondes": statistics.median(temps["change"]),
        "etalon": statistics.median(temps["ligne"]),
        "but": 3.0,
    }


def _un_releve(dossier: Dossier, rang: int) -> Dossier:
    """Enter a reading."""
    neuf = dossier.releves[-1].model_copy(update={"patientele_mt": 1000 + rang})
    return dossier.model_copy(update={"releves": (*dossier.releves, neuf)})


def _le_plus_ancien(dossier: Dossier, rang: int) -> Dossier:
    """Correct the oldest reading, which goes last."""
    neuf = dossier.releves[0].model_copy(update={"patientele_mt": 1000 + rang})
    return dossier.model_copy(update={"releves": (*dossier.releves[1:], neuf)})


def _un_mois(dossier: Dossier, rang: int) -> Dossier:
    """Correct a month of activity in its place."""
    neuf = dossier.activite[1000].model_copy(update={"actes": 100 + rang})
    return dossier.model_copy(update={"activite": (*dossier.activite[:1000], neuf, *dossier.activite[1001:])})


def _une_absence(dossier: Dossier, rang: int) -> Dossier:
    """Correct an absence of the first assistant."""
    premier, *autres = dossier.assistants
    jour = date(2006, 1, 1) + timedelta(days=rang)
    absence = premier.absences[0].model_copy(update={"du": jour, "au": jour})
    absent = premier.model_copy(update={"absences": (absence, *premier.absences[1:])})
    return dossier.model_copy(update={"assistants": (absent, *autres)})


def _enregistrement_demo() -> dict[str, object]:
    from assistmed_desktop.domain.dossier import lire_dossier

    return _enregistrement(lire_dossier(DEMO.read_bytes()), "one reading, the demonstration", _un_releve)


def _enregistrement_dix(quel: str, changer: Callable[[Dossier, int], Dossier]) -> dict[str, object]:
    from tests.dix_medecins import dix_medecins

    return _enregistrement(dix_medecins(), f"{quel}, 10 doctors, 20 years", changer)


def _sauvegarde() -> dict[str, object]:
    """Back a practice of ten doctors up, the copy checked, beside copying and syncing its file."""
    import shutil

    from assistmed_desktop.app import HorlogeFixe
    from assistmed_desktop.storage.depot import DepotSqlite
    from assistmed_desktop.storage.sauvegardes import copier
    from tests.dix_medecins import dix_medecins

    horloge = HorlogeFixe(AU)
    with tempfile.TemporaryDirectory() as nom:
        base, copie = Path(nom) / "b.assistmed", Path(nom) / "copie.assistmed"
        with DepotSqlite.ouvrir(base, horloge, creer=True) as depot:
            depot.enregistrer(None, dix_medecins())
            sauvegarde = _duree(lambda: copier(depot.connexion, copie))

        def nue() -> None:
            shutil.copyfile(base, copie)
            descripteur = os.open(copie, os.O_RDONLY)
            os.fsync(descripteur)
            os.close(descripteur)

        return {"libelle": "a checked copy; copying the file", "secondes": sauvegarde, "etalon": _duree(nue)}


CALCULS: dict[str, Callable[[], dict[str, object]]] = {
    "vingt-ans": _vingt_ans,
    "dix-mille": _dix_mille,
    "bilan": _bilan,
    "quatre-pages-balisees": partial(banc_rapports.balise, "versements"),
    "bilan-balise": partial(banc_rapports.balise, "annuel"),
    "tableau-long": banc_rapports.long,
    "tableau-croissance": banc_rapports.croissance,
    "lot": banc_rapports.lot,
    "enregistrement": _enregistrement_demo,
    "enregistrement-dix": partial(_enregistrement_dix, "one reading", _un_releve),
    "correction-dix": partial(_enregistrement_dix, "the oldest reading corrected", _le_plus_ancien),
    "activite-dix": partial(_enregistrement_dix, "a month corrected", _un_mois),
    "absence-dix": partial(_enregistrement_dix, "an absence corrected", _une_absence),
    "sauvegarde": _sauvegarde,
    "ouverture-claire": _en_clair,
    "ouverture-chiffree": _chiffre,
}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(CALCULS[sys.argv[1]]()))
    else:
        main()
