"""Change the rules in every small way that mutmut knows, and see which changes no test notices.

python -m tests.rules.mutation preparer COPIE
python -m tests.rules.mutation juger COPIE [MODULE ...] [--encore] [--secondes N]
python -m tests.rules.mutation montrer COPIE [MODULE ...]

``preparer`` copies the sources and writes the mutants of ``rules/`` into the copy. ``juger`` compares, for each mutant,
what the rules say of some cases (as ``test_instantanes.py``), chosen to run every set of lines of the function changed;
then runs, in a process of its own, the tests of ``tests/rules`` that call this function, those of its module first,
without the Hypothesis properties, for at most N seconds.
``--encore`` judges the survivors alone, ``--cas`` by the cases alone, ``--essais`` by the tests alone: quickest is all
by the cases, then the survivors by the tests. ``montrer`` counts, and prints each survivor as a difference.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gc
import json
import os
import random
import resource
import shutil
import signal
import sys
import time
from dataclasses import dataclass, field
from difflib import unified_diff
from hashlib import blake2b
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

assert sys.platform != "win32", "os.fork is needed"

RACINE = Path(__file__).parents[3]
REGLES = Path("assistmed_desktop/rules")
COPIES = ("assistmed_desktop", "tests", "packaging", "resources")
MUTANTS, RESULTATS, PARCOURS = "mutants.json", "resultats.json", "parcours.json"
CONFIGURATION = (
    "[mutmut]\nsource_paths = assistmed_desktop\n\n"
    "[tool:pytest]\naddopts = --import-mode=importlib --strict-markers\npythonpath = packaging\n"
)
IGNORES = ("test_proprietes*", "test_instantanes.py", "test_cas.py")
"""Properties are slow; the two others only repeat what the cases say, which is judged here without pytest."""
TUE, SURVIT, DEPASSE, SANS_TEST = "tué", "survivant", "trop long", "aucun test"
ENFANTS, LOT, MEMOIRE = 2, 50, 8 << 30
PAR_GROUPE, AU_PLUS = 4, 120
"""How many cases are asked for each set of lines of a function, and for the function at most."""
ORIGINE = "__mutmut_orig"
GRAINE = 4


def preparer(copie: Path) -> None:
    """Copy the sources, and write the mutants of the rules into the copy."""
    muter = import_module("mutmut.mutation.file_mutation").mutate_file_contents
    for nom in COPIES:
        shutil.copytree(RACINE / nom, copie / nom, ignore=shutil.ignore_patterns("__pycache__"))
    os.chdir(copie)
    Path("setup.cfg").write_text(CONFIGURATION, encoding="utf-8")
    noms: dict[str, list[str]] = {}
    for chemin in sorted(REGLES.glob("*.py")):
        source = chemin.read_text(encoding="utf-8")
        mutee = muter(str(chemin), source)
        chemin.write_text(mutee.code, encoding="utf-8")
        noms[chemin.stem] = [*mutee.mutant_names]
    Path(MUTANTS).write_text(json.dumps(noms), encoding="utf-8")
    sys.stdout.write(f"{sum(map(len, noms.values()))} mutants\n")


@dataclass
class Unite:
    """Something that the rules say of a case: how to have it said, and the fingerprint of what they say unchanged."""

    fichier: str
    partie: str
    dire: Callable[[], object]
    empreinte: bytes = b""


@dataclass
class Tache:
    """A mutant to judge, with what is said of the cases and the tests that call the function it changes."""

    module: str
    nom: str
    dits: list[Unite]
    suivis: list[pytest.Item]


class TropLong(BaseException):
    """A mutant does not come to an end."""


def _trop_long(*_: object) -> None:
    raise TropLong


@dataclass
class Juge:
    """A pytest plugin that, once the tests are collected, judges the mutants instead of running the tests."""

    modules: list[str]
    encore: bool
    par: str
    secondes: float
    trampoline: Any = field(default_factory=lambda: import_module("mutmut.mutation.trampoline"))
    appels: set[str] = field(default_factory=set)
    mutant: str = ""

    def __post_init__(self) -> None:
        self.trampoline.get_mutant_under_test = lambda: self.mutant
        self.trampoline.record_trampoline_hit = lambda nom, caller: self.appels.add(nom)  # noqa: ARG005

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Judge the mutants asked for, two at a time."""
        essais = {
            i.nodeid: i for i in session.items if not getattr(getattr(i, "obj", None), "is_hypothesis_test", False)
        }
        parcours = {} if self.par == "cas" else self._parcours(essais)
        dits = {} if self.par == "essais" else self._unites()
        noms = json.loads(Path(MUTANTS).read_text(encoding="utf-8"))
        resultats = lire_resultats()
        a_juger = [
            (module, nom)
            for module in self.modules or noms
            for nom in noms[module]
            if (resultats.get(f"{module}.{nom}") == SURVIT if self.encore else f"{module}.{nom}" not in resultats)
        ]
        taches: list[Tache] = []
        for module, nom in a_juger:
            fonction = f"assistmed_desktop.rules.{module}.{nom.rpartition('__mutmut_')[0]}"
            suivis = self._choisir(module, parcours.get(fonction, {}), essais)
            taches.append(Tache(module, nom, dits.get(fonction, []), suivis))
        gc.collect()
        gc.freeze()
        lots = [taches[debut : debut + LOT] for debut in range(0, len(taches), LOT)]
        self._juger(lots, resultats)
        return True

    def _juger(self, lots: list[list[Tache]], resultats: dict[str, str]) -> None:
        """Judge the mutants by the batch, each batch in a process; a process that dies leaves its rest to another."""
        en_cours: dict[int, tuple[Path, list[Tache]]] = {}
        attente, total = [*lots], sum(map(len, lots))
        while attente or en_cours:
            while attente and len(en_cours) < ENFANTS:
                lot = attente.pop(0)
                journal = Path(f"lot.{id(lot)}")
                journal.write_text("", encoding="utf-8")
                enfant = os.fork()
                if not enfant:
                    self._lot(lot, journal)
                en_cours[enfant] = journal, lot
            fini, _ = os.wait()
            journal, lot = en_cours.pop(fini)
            verdicts = journal.read_text(encoding="utf-8").splitlines()
            journal.unlink()
            if len(verdicts) < len(lot):
                verdicts.append(DEPASSE)
                if lot[len(verdicts) :]:
                    attente.insert(0, lot[len(verdicts) :])
            resultats |= {f"{t.module}.{t.nom}": v for t, v in zip(lot, verdicts, strict=False)}
            ecrire_resultats(resultats)
            sys.stdout.write(f"{time.strftime('%H:%M:%S')} {total - sum(map(len, attente))}/{total} {lot[0].module}\n")
            sys.stdout.flush()

    def _parcours(self, essais: dict[str, pytest.Item]) -> dict[str, dict[str, float]]:
        """Give, by function, the tests that call it and their seconds; they are run once for that, in a child."""
        garde = Path(PARCOURS)
        if not garde.exists():
            enfant = os.fork()
            if not enfant:
                self.mutant = "stats"
                par_fonction: dict[str, dict[str, float]] = {}
                for item, suivant in _suivis([*essais.values()]):
                    self.appels.clear()
                    debut = time.perf_counter()
                    if not _reussit(item, suivant):
                        sys.stdout.write(f"échoue sans mutant : {item.nodeid}\n")
                        continue
                    for fonction in self.appels:
                        par_fonction.setdefault(fonction, {})[item.nodeid] = time.perf_counter() - debut
                garde.write_text(json.dumps(par_fonction), encoding="utf-8")
                sys.stdout.flush()
                os._exit(0)
            os.waitpid(enfant, 0)
        lus: dict[str, dict[str, float]] = json.loads(garde.read_text(encoding="utf-8"))
        return lus

    def _unites(self) -> dict[str, list[Unite]]:
        """Give, by function, what is said of the cases: for each set of its lines that is run, some that run it."""
        unites = [*_unites_des_cas()]
        random.Random(GRAINE).shuffle(unites)  # noqa: S311 - no secret here
        unites.sort(key=lambda unite: unite.fichier != "situations")  # those where most happens first
        mesure = Coverage(data_file=None, config_file=False, include=[f"{REGLES.resolve()}/*"])
        mesure.start()
        for rang, unite in enumerate(unites):
            mesure.switch_context(str(rang))
            unite.empreinte = _empreinte(unite.dire())
        mesure.stop()
        lues = mesure.get_data()
        return {
            f"assistmed_desktop.rules.{Path(fichier).stem}.{fonction}": [unites[i] for i in rangs]
            for fichier in lues.measured_files()
            for fonction, rangs in _varies(fichier, unites, lues.contexts_by_lineno(fichier)).items()
        }

    def _choisir(self, module: str, durees: dict[str, float], essais: dict[str, pytest.Item]) -> list[pytest.Item]:
        """Choose the tests to run: those of the module first, the quickest first, as long as there is time."""
        ranges = sorted(durees, key=lambda nom: (f"test_{module}.py" not in nom, durees[nom]))
        choisis, total = [], 0.0
        for nom in ranges:
            total += durees[nom]
            if total > self.secondes:
                break
            if nom in essais:
                choisis.append(essais[nom])
        return choisis

    def _lot(self, lot: list[Tache], journal: Path) -> None:
        gc.disable()
        signal.signal(signal.SIGALRM, _trop_long)
        resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE, MEMOIRE))
        with journal.open("a", encoding="utf-8", buffering=1) as ecrit:
            for tache in lot:
                limite = int(os.times().user + os.times().system + 3 * self.secondes) + 10
                resource.setrlimit(resource.RLIMIT_CPU, (limite, resource.RLIM_INFINITY))
                ecrit.write(self._verdict(tache) + "\n")
        os._exit(0)

    def _verdict(self, tache: Tache) -> str:
        """Judge one mutant: by what is said of the cases here, by the tests in a process of their own."""
        if not tache.dits and not tache.suivis and not self.par:
            return SANS_TEST
        self.mutant = f"assistmed_desktop.rules.{tache.module}.{tache.nom}"
        _oublier(tache.module)
        signal.setitimer(signal.ITIMER_REAL, 20 * self.secondes)
        try:
            dit_autrement = self._dit_autrement(tache.dits)
        except TropLong:
            return DEPASSE
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.mutant = ""
            _oublier(tache.module)
        return TUE if dit_autrement else self._mourir(tache) if tache.suivis else SURVIT

    def _dit_autrement(self, dits: list[Unite]) -> bool:
        for unite in dits:
            try:
                if _empreinte(unite.dire()) != unite.empreinte:
                    return True
            except TropLong:
                raise
            except Exception:  # noqa: BLE001 - whatever a mutant raises
                return True
        return False

    def _mourir(self, tache: Tache) -> str:
        """Run the tests chosen for a mutant."""
        enfant = os.fork()
        if not enfant:
            limite = int(3 * self.secondes) + 10
            resource.setrlimit(resource.RLIMIT_CPU, (limite, limite + 1))
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(8 * limite)
            self.mutant = f"assistmed_desktop.rules.{tache.module}.{tache.nom}"
            _oublier(tache.module)
            rien = os.open(os.devnull, os.O_WRONLY)
            os.dup2(rien, 1)
            os.dup2(rien, 2)
            os._exit(0 if all(_reussit(item, suivant) for item, suivant in _suivis(tache.suivis)) else 1)
        _, etat = os.waitpid(enfant, 0)
        if os.WIFSIGNALED(etat):
            return DEPASSE
        return TUE if os.WEXITSTATUS(etat) else SURVIT


def _varies(fichier: str, unites: list[Unite], contextes: dict[int, list[str]]) -> dict[str, list[int]]:
    """Choose, for each function of a module, the units that differ most by the part said and the lines they run."""
    varies: dict[str, list[int]] = {}
    for noeud in ast.walk(ast.parse(Path(fichier).read_text(encoding="utf-8"))):
        if not isinstance(noeud, ast.FunctionDef) or not noeud.name.endswith(ORIGINE):
            continue
        lignes: dict[int, list[int]] = {}
        for ligne in range(noeud.body[0].lineno, (noeud.end_lineno or 0) + 1):
            for contexte in contextes.get(ligne, []):
                if contexte:
                    lignes.setdefault(int(contexte), []).append(ligne)
        groupes: dict[tuple[str, ...], list[int]] = {}
        for rang in sorted(lignes):
            groupes.setdefault((unites[rang].partie, *map(str, lignes[rang])), []).append(rang)
        tours = zip_longest(*(rangs[:PAR_GROUPE] for rangs in groupes.values()))
        varies[noeud.name.removesuffix(ORIGINE)] = [r for tour in tours for r in tour if r is not None][:AU_PLUS]
    return varies


def _unites_des_cas() -> Iterable[Unite]:
    """Give what the rules say of each case: its evaluation, then each part of its analysis."""
    from assistmed_desktop.domain.dossier import lire_dossier
    from assistmed_desktop.exchange.evaluation_json import evaluation_json
    from assistmed_desktop.rules.analyse import Analyse, analyser
    from assistmed_desktop.rules.bareme import charger_baremes
    from assistmed_desktop.rules.evaluation import evaluate
    from tests.rules.instantanes import _une, cas

    module_chiffres: Any = import_module("assistmed_desktop.rules.chiffres")

    class Rien:
        chiffres: dict[str, Any] = {}  # noqa: RUF012 - never written

    def evaluation_seule(dossier: Any, au: Any) -> object:  # noqa: ANN401
        evaluation = evaluate(dossier, au, charger_baremes())
        module_chiffres.analyser = lambda *_: Rien()
        expliques = [module_chiffres.chiffres(dossier, c, charger_baremes()) for c in evaluation.contrats]
        module_chiffres.analyser = analyser
        return evaluation_json(evaluation), [[*_une(*paire)] for e in expliques for paire in e.items()]

    def partie(nom: str, dossier: Any, contrats: Any) -> object:  # noqa: ANN401
        regle = getattr(import_module(f"assistmed_desktop.rules.{nom}"), nom)
        ecrire = getattr(import_module(f"assistmed_desktop.exchange.analyse_json.{nom}"), f"{nom}_json")
        dits = [regle(dossier, c, charger_baremes()) for c in contrats]
        return [
            (ecrire(d), [a.message for a in d.avertissements], [[*_une(*p)] for p in d.chiffres.items()])
            for d in dits
            if d is not None
        ]

    def tout(dossier: Any, contrats: Any) -> object:  # noqa: ANN401
        analyses = [analyser(dossier, c, charger_baremes()) for c in contrats]
        return [([n for n, _ in a.parties], [*a.chiffres], a.avertissements) for a in analyses]

    for fichier, un_cas in ((fichier, un_cas) for fichier, siens in cas().items() for _, un_cas in siens):
        dossier, au = lire_dossier(json.dumps(un_cas.dossier)), un_cas.au
        contrats = evaluate(dossier, au, charger_baremes()).contrats
        yield Unite(fichier, "evaluation", lambda d=dossier, a=au: evaluation_seule(d, a))  # type: ignore[misc]
        for champ in Analyse.__dataclass_fields__:
            yield Unite(fichier, champ, lambda n=champ, d=dossier, c=contrats: partie(n, d, c))  # type: ignore[misc]
        yield Unite(fichier, "analyse", lambda d=dossier, c=contrats: tout(d, c))  # type: ignore[misc]


def _empreinte(dit: object) -> bytes:
    return blake2b(repr(dit).encode(), digest_size=8).digest()


def _suivis(items: list[pytest.Item]) -> Iterable[tuple[pytest.Item, pytest.Item | None]]:
    return zip(items, [*items[1:], None], strict=True)


def _reussit(item: pytest.Item, suivant: pytest.Item | None) -> bool:
    from _pytest.runner import runtestprotocol

    return not any(rapport.failed for rapport in runtestprotocol(item, log=False, nextitem=suivant))


def _oublier(module: str) -> None:
    """Forget what was computed without the mutant."""
    from assistmed_desktop.rules import bareme, presence

    presence._feries_en_semaine.cache_clear()
    if module in ("bareme", "lecture_bareme", "tables", "ajouts", "fraicheur"):
        bareme._charger.cache_clear()


def lire_resultats() -> dict[str, str]:
    """Read the verdicts there are, by module and mutant."""
    with contextlib.suppress(FileNotFoundError):
        lus: dict[str, str] = json.loads(Path(RESULTATS).read_text(encoding="utf-8"))
        return lus
    return {}


def ecrire_resultats(resultats: dict[str, str]) -> None:
    """Keep the verdicts."""
    Path(RESULTATS).write_text(json.dumps(resultats, ensure_ascii=False, indent=0), encoding="utf-8")


def montrer(modules: list[str]) -> None:
    """Print the counts of each module, then each survivor as a difference."""
    resultats = lire_resultats()
    noms = json.loads(Path(MUTANTS).read_text(encoding="utf-8"))
    for module, siens in noms.items():
        verdicts = [resultats.get(f"{module}.{nom}", "non jugé") for nom in siens]
        if siens:
            tues = verdicts.count(TUE) + verdicts.count(DEPASSE)
            comptes = " ".join(f"{verdict} {verdicts.count(verdict)}" for verdict in dict.fromkeys(sorted(verdicts)))
            sys.stdout.write(f"{module} : {len(siens)}, {comptes}, {100 * tues / len(siens):.1f} %\n")
    for module in modules:
        textes = _fonctions((REGLES / f"{module}.py").read_text(encoding="utf-8"))
        for nom in noms[module]:
            if resultats.get(f"{module}.{nom}") in (SURVIT, SANS_TEST):
                origine = textes[f"{nom.rpartition('__mutmut_')[0]}__mutmut_orig"]
                sys.stdout.write(f"--- {module}.{nom}\n")
                for ligne in [*unified_diff(origine, textes[nom], n=1, lineterm="")][3:]:
                    if "def " not in ligne:
                        sys.stdout.write(ligne + "\n")


def _fonctions(code: str) -> dict[str, list[str]]:
    """Give the lines of every function of a mutated module, by name."""
    lignes = code.splitlines()
    return {
        noeud.name: lignes[noeud.lineno - 1 : noeud.end_lineno]
        for noeud in ast.walk(ast.parse(code))
        if isinstance(noeud, ast.FunctionDef)
    }


def main(arguments: list[str]) -> None:
    """Prepare a copy, judge its mutants, or show what became of them."""
    lecteur = argparse.ArgumentParser(prog="python -m tests.rules.mutation", description=__doc__)
    lecteur.add_argument("quoi", choices=["preparer", "juger", "montrer", "dedans"])
    lecteur.add_argument("copie", type=Path)
    lecteur.add_argument("modules", nargs="*")
    lecteur.add_argument("--encore", action="store_true")
    lecteur.add_argument("--cas", dest="par", action="store_const", const="cas", default="")
    lecteur.add_argument("--essais", dest="par", action="store_const", const="essais")
    lecteur.add_argument("--secondes", type=float, default=4.0)
    options = lecteur.parse_args(arguments)
    if options.quoi == "preparer":
        preparer(options.copie)
        return
    os.chdir(options.copie)
    if options.quoi == "montrer":
        montrer(options.modules)
    elif options.quoi == "juger":  # once more, with the modules of the copy
        os.environ |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "0"}
        dedans = ["dedans", ".", *options.modules, *(["--encore"] if options.encore else [])]
        dedans += [f"--{options.par}"] if options.par else []
        commande = [sys.executable, "-m", "tests.rules.mutation", *dedans, "--secondes", str(options.secondes)]
        os.execv(sys.executable, commande)  # noqa: S606
    else:
        ecartes = [f"--ignore-glob=*/{motif}" for motif in IGNORES]
        juge = Juge(options.modules, options.encore, options.par, options.secondes)
        pytest.main(["-q", "-s", "-p", "no:cacheprovider", "-c", "setup.cfg", *ecartes, "tests/rules"], plugins=[juge])


main(sys.argv[1:])
