"""What a process does to a base until it is killed: it says what it is about to save, then that it is saved.

An announcement is ``("va", state)`` before, ``("fait", state)`` after; the states are those of ``etat``.
"""

import os
import random
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from assistmed_desktop.cli import FAIT, executer
from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier, lire_dossier
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.resources import chemin
from assistmed_desktop.services.operations import (
    ajouter_releve,
    corriger_releve,
    remplacer_dossier,
    supprimer_releve,
)
from assistmed_desktop.services.rapports import Rapport
from assistmed_desktop.services.workspace import Operation, Workspace
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.restauration import restaurer
from assistmed_desktop.storage.sauvegardes import sauvegarder
from tests.services.outils import EXEMPLE, HorlogeReglee

BASES: Final = Path(__file__).with_name("bases")
RETOUCHEES: Final = ("releves", "mouvements", "activite", "versements", "observations", "missions", "notifications")
"""Lists that nothing else in the demonstration names."""
DEMO: Final = lire_dossier(chemin("demo", "dossier.json").read_bytes())
MORVAN: Final = lire_dossier(EXEMPLE.read_bytes())
ORDURE: Final = b"\xff\x00" * 6000

Dire = Callable[[str, str], None]


def etat(dossier: Dossier | None, rapports: int) -> str:
    """Give the whole of what a base holds as one short text."""
    contenu = "" if dossier is None else ecrire_dossier(dossier)
    return f"{sha256(contenu.encode()).hexdigest()} {rapports}"


def lire_etat(depot: DepotSqlite) -> str:
    """Give the state of an open base."""
    return etat(depot.charger(), len(depot.rapports.emis()))


def travailler(travail: str, base: Path, graine: int, sortie: Connection) -> None:
    """Work until killed."""
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the process lives
    hasard = random.Random(graine)  # noqa: S311 - to be the same each time
    TRAVAUX[travail](base, hasard, lambda quoi, valeur: sortie.send((quoi, valeur)))


def _modifier(base: Path, hasard: random.Random, dire: Dire) -> None:
    horloge = HorlogeReglee()
    depot = DepotSqlite.ouvrir(base, horloge, creer=False)
    workspace = Workspace(depot, horloge)
    emis = len(depot.rapports.emis())
    dire("pret", "")
    while True:
        tour = hasard.random()
        if tour < 0.15:
            emis += 1
            dire("va", etat(workspace.dossier, emis))
            depot.rapports.consigner(_rapport(hasard), "enregistre")
            dire("fait", etat(workspace.dossier, emis))
            continue
        if tour < 0.25 and workspace._annulables:
            dire("va", etat(workspace._annulables[-1].vers, emis))
            workspace.annuler()
        else:
            operation = _au_hasard(workspace.dossier or MORVAN, hasard)
            dire("va", etat(operation.appliquer(workspace.dossier), emis))
            workspace.appliquer(operation)
        dire("fait", etat(workspace.dossier, emis))


def _au_hasard(dossier: Dossier, hasard: random.Random) -> Operation:
    """Draw a change of one row, or of many in several tables."""
    rangs = range(len(dossier.releves))
    match hasard.choice(("ajouter", "corriger", "supprimer", "retoucher") if rangs else ("retoucher",)):
        case "ajouter":
            return ajouter_releve(_autre(dossier, hasard.choice(rangs), hasard))
        case "corriger":
            return corriger_releve(rang := hasard.choice(rangs), _autre(dossier, rang, hasard))
        case "supprimer":
            return supprimer_releve(hasard.choice(rangs))
    listes = {nom: getattr(DEMO, nom) for nom in hasard.sample(RETOUCHEES, 3)}
    gardees = {nom: liste[: hasard.randint(0, len(liste))] for nom, liste in listes.items()}
    return remplacer_dossier(dossier.model_copy(update=gardees), "Retoucher")


def _autre(dossier: Dossier, rang: int, hasard: random.Random) -> Releve:
    return dossier.releves[rang].model_copy(update={"patientele_mt": hasard.randint(500, 2000)})


def _rapport(hasard: random.Random) -> Rapport:
    contenu = hasard.randbytes(hasard.choice((100, 30_000)))
    return Rapport("bilan", "c1", "Dr Lambert", date(2026, 11, 15), "Bilan.pdf", "0" * 64, "1", contenu)


def _importer(base: Path, hasard: random.Random, dire: Dire) -> None:
    fichiers = {}
    for nom, dossier in (("demo", DEMO), ("morvan", MORVAN)):
        fichier = base.with_name(f"{nom}-{os.getpid()}.json")
        fichier.write_text(ecrire_dossier(dossier), encoding="utf-8")
        fichiers[fichier] = dossier
    horloge = HorlogeReglee()
    with DepotSqlite.ouvrir(base, horloge, creer=False) as depot:
        emis = len(depot.rapports.emis())
    dire("pret", "")
    while True:
        fichier = hasard.choice(list(fichiers))
        voulu = etat(fichiers[fichier], emis)
        dire("va", voulu)
        code = executer(["importer", str(fichier), "--base", str(base)], horloge, lambda _base, _au: 1)
        if code != FAIT:
            raise SystemExit(code)
        dire("fait", voulu)


def _migrer(base: Path, hasard: random.Random, dire: Dire) -> None:
    horloge = HorlogeReglee()
    dire("pret", "")
    for rang in count():
        ancienne = hasard.choice(sorted(BASES.glob("*.assistmed")))
        neuve = base.with_name(f"{ancienne.stem}-{os.getpid()}-{rang}.assistmed")
        shutil.copy(ancienne, base.with_name("copie.tmp"))
        base.with_name("copie.tmp").replace(neuve)
        DepotSqlite.ouvrir(neuve, horloge, creer=False).fermer()
        dire("migre", neuve.name)


def _sauvegarder(base: Path, hasard: random.Random, dire: Dire) -> None:
    horloge = HorlogeReglee()
    depot = DepotSqlite.ouvrir(base, horloge, creer=False)
    workspace = Workspace(depot, horloge)
    emis = len(depot.rapports.emis())
    dire("pret", "")
    while True:
        operation = _au_hasard(workspace.dossier or MORVAN, hasard)
        voulu = etat(operation.appliquer(workspace.dossier), emis)
        dire("va", voulu)
        workspace.appliquer(operation)
        dire("fait", voulu)
        copie = sauvegarder(depot.connexion, base, datetime.now(UTC), "demande")
        dire("copie", f"{copie.fichier.name} {voulu}")


def _restaurer(base: Path, hasard: random.Random, dire: Dire) -> None:
    horloge = HorlogeReglee()
    copies = {}
    for copie in sorted(base.parent.glob("source-*.assistmed")):
        with DepotSqlite.ouvrir(copie, horloge, creer=False) as depot:
            copies[copie] = lire_etat(depot)
    dire("pret", "")
    while True:
        if hasard.random() < 0.3:
            dire("abime", "")
            ordure = base.with_name("ordure.tmp")
            ordure.write_bytes(base.read_bytes()[:4096] + ORDURE)
            ordure.replace(base)
        copie = hasard.choice(list(copies))
        dire("va", copies[copie])
        restaurer(copie, base, horloge)
        dire("fait", copies[copie])


def _creer(base: Path, hasard: random.Random, dire: Dire) -> None:
    horloge = HorlogeReglee()
    dire("pret", "")
    for rang in count():
        neuve = base.with_name(f"neuve-{os.getpid()}-{rang}.assistmed")
        with DepotSqlite.ouvrir(neuve, horloge, creer=True) as depot:
            depot.enregistrer(None, hasard.choice((DEMO, MORVAN)))
        dire("cree", neuve.name)


TRAVAUX: Final[dict[str, Callable[[Path, random.Random, Dire], None]]] = {
    "modifier": _modifier,
    "importer": _importer,
    "migrer": _migrer,
    "sauvegarder": _sauvegarder,
    "restaurer": _restaurer,
    "creer": _creer,
}
