"""The cases of ``cas/*.toml``: a situation, a day, the figures the law gives, and where it says so.

``cas/README.md`` tells how to read and add one. A case goes the way of a real dossier: its JSON text is read and
checked, evaluated, and the document of ``evaluer --json`` is compared with what is expected.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from assistmed_desktop.domain.dossier import FORMAT, VERSION, Dossier, lire_dossier
from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.domain.suivi import CodeEcheance
from assistmed_desktop.exchange.evaluation_json import evaluation_json
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import EvaluationContrat

REPERTOIRE = Path(__file__).parent / "cas"
BASES = "_bases.toml"
LISTES = tuple(cle for cle in Dossier.model_fields if cle not in ("format", "version", "cabinet"))
DESIGNEES = ("medecins", "contrats", "assistants")
"""The lists whose items have an id: a case changes or adds one; it replaces any other list whole."""
SEULS = {"medecin": "medecins", "contrat": "contrats", "assistant": "assistants"}
"""What a case may write of the first item of such a list."""
CLES = ("titre", "reference", "base", "au", "calcul", "juge", "sans", "cabinet", *SEULS, *LISTES, "attendu")
RIEN = ("inconnu", "en cours")
"""How null is written, TOML having none."""
ABSENT = "absent"
NATURELLES = ("annee", "code", "du", "date", "mois", "le", "id", "cle", "indicateur", "contrat", "medecin", "assistant")
"""The keys by whose value a path names the items of a list."""


class CasMalForme(AssertionError):  # noqa: N818 - a French name, as the whole domain
    """A case cannot be read, or expects what the evaluation does not have."""


@dataclass(frozen=True)
class Cas:
    """One case: where it is, its dossier, the day, the contract it judges, and what is expected, by path."""

    titre: str
    dossier: dict[str, Any]
    au: date
    juge: str
    attendu: dict[str, Any]


@dataclass(frozen=True)
class Jugement:
    """A case, the contract it judges as the program evaluates it, and the JSON of that contract."""

    cas: Cas
    contrat: EvaluationContrat
    document: dict[str, Any]


def bruts() -> list[tuple[str, dict[str, Any]]]:
    """Give every case as it is written, under the name of its file."""
    fichiers = sorted(chemin for chemin in REPERTOIRE.glob("*.toml") if chemin.name != BASES)
    return [(chemin.stem, brut) for chemin in fichiers for brut in _lire_toml(chemin)["cas"]]


def _lire_toml(chemin: Path) -> dict[str, Any]:
    try:
        lu = tomllib.loads(chemin.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as erreur:
        raise CasMalForme(f"{chemin.name} n'est pas du TOML : {erreur}") from None
    if chemin.name != BASES and set(lu) != {"cas"}:
        raise CasMalForme(f"{chemin.name} : seule la liste [[cas]] est attendue, pas {', '.join(sorted(lu))}")
    return lu


@cache
def bases() -> dict[str, dict[str, Any]]:
    """Give the practices that cases start from, by name."""
    completes: dict[str, dict[str, Any]] = {}
    for brute in _lire_toml(REPERTOIRE / BASES)["base"]:
        base = dict(brute)
        nom, parente = base.pop("nom"), base.pop("d_apres", None)
        depart = {"cabinet": {}, **{cle: [] for cle in LISTES}} if parente is None else completes[parente]
        completes[nom] = appliquer(depart, base)
    return completes


@cache
def defauts() -> dict[str, dict[str, Any]]:
    lus: dict[str, dict[str, Any]] = _lire_toml(REPERTOIRE / BASES)["defauts"]
    return lus


def lire_cas(brut: dict[str, Any]) -> Cas:
    """Check the shape of a case and complete its dossier.

    Raises:
        CasMalForme: when a key is unknown, or something a case must have is not there.

    """
    if inconnues := sorted(set(brut) - set(CLES)):
        raise CasMalForme(f"clé inconnue : {', '.join(inconnues)} ; un cas a pour clés {', '.join(CLES)}")
    for cle in ("titre", "reference", "base", "au"):
        if not brut.get(cle):
            raise CasMalForme(f"ce cas n'a pas de « {cle} »")
    attendu = dict(aplatir(brut.get("attendu", {})))
    if not attendu:
        raise CasMalForme("ce cas n'attend rien : écrivez au moins un chiffre dans [cas.attendu]")
    if not isinstance(brut["au"], date):
        raise CasMalForme(f"« au » est une date sans guillemets, pas {brut['au']!r}")
    if brut["base"] not in bases():
        raise CasMalForme(f"la base « {brut['base']} » n'est pas dans {BASES} : {', '.join(bases())}")
    patch = {cle: valeur for cle, valeur in brut.items() if cle in ("cabinet", *SEULS, *LISTES)}
    depart = bases()[brut["base"]]
    for cle in brut.get("sans", []):
        if cle not in LISTES:
            raise CasMalForme(f"« sans » cite {cle}, qui n'est pas une liste du dossier")
        depart = {**depart, cle: []}
    situation = appliquer(depart, patch)
    dossier = {"format": FORMAT, "version": VERSION, **_nettoyer(situation)}
    juge = brut.get("juge", dossier["contrats"][0]["id"])
    return Cas(brut["titre"], dossier, brut["au"], juge, attendu)


def appliquer(depart: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """Give a situation changed by a patch: tables are merged, lists replaced, items that have an id merged by it."""
    situation = deepcopy(depart)
    for cle, valeur in patch.items():
        if cle in SEULS:
            premiers = situation[SEULS[cle]]
            if not premiers:
                raise CasMalForme(f"[cas.{cle}] : la base n'en a pas")
            premiers[0] = _fondre(premiers[0], valeur)
        elif cle in DESIGNEES:
            for article in valeur:
                connus = [i for i, autre in enumerate(situation[cle]) if autre["id"] == article.get("id")]
                if connus:
                    situation[cle][connus[0]] = _fondre(situation[cle][connus[0]], article)
                else:
                    situation[cle].append(_completer(cle, article))
        else:
            situation[cle] = _fondre(situation[cle], valeur) if cle == "cabinet" else _completer(cle, valeur)
    return situation


def _fondre(depart: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    fondu = dict(depart)
    for cle, valeur in patch.items():
        avant = fondu.get(cle)
        tables = isinstance(avant, dict) and isinstance(valeur, dict)
        fondu[cle] = _fondre(avant, valeur) if tables else _completer(cle, valeur)  # type: ignore[arg-type]
    return fondu


def _completer(cle: str, valeur: Any) -> Any:  # noqa: ANN401 - any TOML value
    """Fill an item of a list, or a table, with the defaults of its key, and so on within it."""
    if isinstance(valeur, list):
        return [_completer(cle, article) for article in valeur]
    if isinstance(valeur, dict):
        propres = {interieure: _completer(interieure, contenu) for interieure, contenu in valeur.items()}
        return {**deepcopy(defauts().get(cle, {})), **propres}
    return valeur


def _nettoyer(valeur: Any) -> Any:  # noqa: ANN401 - any TOML value
    """Give the JSON values: ISO dates, null for what is unknown, absent keys left out."""
    if isinstance(valeur, dict):
        return {cle: _nettoyer(contenu) for cle, contenu in valeur.items() if contenu != ABSENT}
    if isinstance(valeur, list):
        return [_nettoyer(contenu) for contenu in valeur]
    return _en_json(valeur)


def _en_json(valeur: Any) -> Any:  # noqa: ANN401 - any TOML value
    if isinstance(valeur, date):
        return valeur.isoformat()
    return None if isinstance(valeur, str) and valeur in RIEN else valeur


def aplatir(table: dict[str, Any], racine: str = "") -> Iterator[tuple[str, Any]]:
    """Give the values of nested tables by dotted path."""
    for cle, valeur in table.items():
        if isinstance(valeur, dict):
            yield from aplatir(valeur, f"{racine}{cle}.")
        else:
            yield f"{racine}{cle}", valeur


def juger(cas: Cas) -> Jugement:
    """Take a case the way of a real dossier, from its JSON text to the document of the contract.

    Raises:
        CasMalForme: when the dossier is refused, with every fault, or does not hold the contract to judge.

    """
    try:
        dossier = lire_dossier(json.dumps(cas.dossier, ensure_ascii=False))
    except DossierInvalide as refus:
        raise CasMalForme(f"le dossier de ce cas est refusé :\n{refus}") from None
    evaluation = evaluate(dossier, cas.au, charger_baremes())
    documents = json.loads(json.dumps(evaluation_json(evaluation), allow_nan=False))["contrats"]
    for contrat, document in zip(evaluation.contrats, documents, strict=True):
        if contrat.id == cas.juge:
            return Jugement(cas, contrat, document)
    raise CasMalForme(f"« juge » cite le contrat {cas.juge}, qui n'est pas dans le dossier de ce cas")


def ecarts(jugement: Jugement) -> Iterator[str]:
    """Say in French where a document differs from what its case expects."""
    for chemin, attendu in jugement.cas.attendu.items():
        base, _, epreuve = chemin.rpartition("_")
        if epreuve not in ("contient", "sans", "nombre"):
            trouve = lire(jugement.document, chemin, liste=isinstance(attendu, list), jour=_d_un_jour(attendu))
            voulu = [_en_json(v) for v in attendu] if isinstance(attendu, list) else _en_json(attendu)
            if not _egaux(trouve, voulu):
                yield f"{chemin} : {ecrire(voulu)} attendu, {ecrire(trouve)} trouvé"
        elif epreuve == "nombre":
            nombre = len(_textes(valeurs(jugement.document, base)))
            if nombre != attendu:
                yield f"{base} : {attendu} attendus, {nombre} trouvés"
        else:
            textes = _codes(jugement.document) if base == "avertissements" else None
            trouves = _textes(valeurs(jugement.document, base)) if textes is None else []
            for fragment in attendu:
                la = fragment in textes if textes is not None else any(_lisible(fragment) in t for t in trouves)
                if la != (epreuve == "contient"):
                    verbe = "manque à" if epreuve == "contient" else "est de trop dans"
                    yield f"{base} : « {fragment} » {verbe} {textes if textes is not None else trouves}"


def _codes(document: dict[str, Any]) -> list[str]:
    return [avertissement["code"] for avertissement in document["avertissements"]]


def _d_un_jour(attendu: object) -> bool:
    return isinstance(attendu, date) or (isinstance(attendu, list) and all(isinstance(a, date) for a in attendu))


def lire(document: dict[str, Any], chemin: str, *, liste: bool = False, jour: bool = False) -> Any:  # noqa: ANN401 - JSON
    """Give the value at a path; a list of them when the path names several items of a list and ``liste``.

    Of an item that has a day (``le``), the day alone when ``jour``.

    Raises:
        CasMalForme: when the document has no such path, or has several and only one is expected.

    """
    if liste and _manque_a_sa_liste(document, chemin):
        return []
    trouves = valeurs(document, chemin)
    if jour:
        trouves = [v["le"] if isinstance(v, dict) and "le" in v else v for v in trouves]
    if liste:
        return trouves[0] if len(trouves) == 1 and isinstance(trouves[0], list) else trouves
    if len(trouves) > 1:
        raise CasMalForme(f"{chemin} : {len(trouves)} valeurs ; attendez une liste, dans l'ordre {ecrire(trouves)}")
    return trouves[0]


def _manque_a_sa_liste(document: dict[str, Any], chemin: str) -> bool:
    """Say whether the last part of a path names no item of the list before it."""
    parent, _, nom = chemin.rpartition(".")
    if parent == "echeances" and nom not in get_args(CodeEcheance):
        raise CasMalForme(f"{chemin} : il n'y a pas d'échéance de ce code")
    if not parent:
        return False
    listes = [valeur for valeur in valeurs(document, parent) if isinstance(valeur, list)]
    return bool(listes) and not any(_nomme(a, nom) or nom in a for articles in listes for a in articles)


def valeurs(document: dict[str, Any], chemin: str) -> list[Any]:
    """Give every value at a dotted path, whose parts are keys, or natural keys of the items of a list.

    A key of the items themselves gives its value in each of them, in order.

    Raises:
        CasMalForme: when there is none, with what there is at that place.

    """
    trouvees: list[Any] = [document]
    for partie in chemin.split("."):
        suivantes: list[Any] = []
        for valeur in trouvees:
            if isinstance(valeur, dict) and partie in valeur:
                suivantes.append(valeur[partie])
            elif isinstance(valeur, list):
                nommes = [article for article in valeur if _nomme(article, partie)]
                suivantes += nommes or [a[partie] for a in valeur if isinstance(a, dict) and partie in a]
        if not suivantes:
            raise CasMalForme(f"{chemin} : « {partie} » n'existe pas dans l'évaluation ; il y a {_dispo(trouvees)}")
        trouvees = suivantes
    return trouvees


def _nomme(article: object, nom: str) -> bool:
    return isinstance(article, dict) and any(str(article[cle]) == nom for cle in NATURELLES if cle in article)


def _dispo(trouvees: list[Any]) -> str:
    noms: list[str] = []
    for valeur in trouvees:
        if isinstance(valeur, dict):
            noms += valeur
        elif isinstance(valeur, list):
            noms += [str(a[c]) for a in valeur if isinstance(a, dict) for c in NATURELLES if c in a]
    return ", ".join(noms) or "rien sous lui"


def _egaux(trouve: object, voulu: object) -> bool:
    if isinstance(trouve, list) and isinstance(voulu, list):
        return len(trouve) == len(voulu) and all(map(_egaux, trouve, voulu))
    return isinstance(trouve, bool) == isinstance(voulu, bool) and trouve == voulu


def _textes(trouvees: list[Any]) -> list[str]:
    """Give the sentences at a place: a text, those of a list, the message or wording of an item."""
    textes: list[str] = []
    for valeur in trouvees:
        if isinstance(valeur, list):
            textes += _textes(valeur)
        elif isinstance(valeur, dict):
            textes.append(_lisible(str(valeur.get("message", valeur.get("libelle", "")))))
        else:
            textes.append(_lisible(str(valeur)))
    return textes


def _lisible(texte: str) -> str:
    """Give a text as a person types it: plain spaces and apostrophes."""
    return re.sub(r"\s", " ", texte).replace("’", "'")


def ecrire(valeur: object) -> str:
    return "inconnu" if valeur is None else str(valeur)


CAS = bruts()


@pytest.mark.parametrize(
    "brut", [pytest.param(brut, id=f"{fichier} - {brut.get('titre', 'sans titre')}") for fichier, brut in CAS]
)
def test_the_law_gives_this(brut: dict[str, Any]) -> None:
    ecart = list(ecarts(juger(lire_cas(brut))))

    assert not ecart, "\n".join([f"{brut['reference']}", str(brut.get("calcul", "")), *ecart])
