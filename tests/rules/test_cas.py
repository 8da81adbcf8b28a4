"""The cases of ``cas/*.toml``: a situation, a day, the figures the law gives, and where it says so.

``cas/README.md`` tells how to read and add one. A case goes the way of a real dossier: its JSON text is read and
checked, evaluated and analysed, and the document of ``evaluer --json`` is compared with what is expected.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from assistmed_desktop.domain.dossier import FORMAT, VERSION, Dossier, lire_dossier
from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.domain.suivi import CodeEcheance
from assistmed_desktop.exchange.evaluation_json import evaluation_json
from assistmed_desktop.formats import nombre
from assistmed_desktop.rules.analyse import analyser
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import (
    LIBELLES_ETAT,
    LIBELLES_STATUT,
    PREMIERE_ANNEE_PLAFONNEE,
    EvaluationContrat,
    StatutIndicateur,
)
from tests.rules.outils import morvan

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
NATURELLES = (
    "annee", "code", "du", "date", "mois", "le", "id", "cle", "indicateur", "contrat", "medecin", "assistant",
    "quand", "releve_le",
)  # fmt: skip
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
    baremes = charger_baremes()
    evaluation = evaluate(dossier, cas.au, baremes)
    analyses = {contrat.id: analyser(dossier, contrat, baremes) for contrat in evaluation.contrats}
    documents = json.loads(json.dumps(evaluation_json(evaluation, analyses), allow_nan=False))["contrats"]
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
            trouve = len(_textes(valeurs(jugement.document, base)))
            if trouve != attendu:
                yield f"{base} : {attendu} attendus, {trouve} trouvés"
        else:
            textes = _codes(jugement.document, base) if base.endswith("avertissements") else None
            trouves = _textes(valeurs(jugement.document, base)) if textes is None else []
            for fragment in attendu:
                la = fragment in textes if textes is not None else any(_lisible(fragment) in t for t in trouves)
                if la != (epreuve == "contient"):
                    verbe = "manque à" if epreuve == "contient" else "est de trop dans"
                    yield f"{base} : « {fragment} » {verbe} {textes if textes is not None else trouves}"


def _codes(document: dict[str, Any], chemin: str) -> list[str]:
    return [avertissement["code"] for liste in valeurs(document, chemin) for avertissement in liste]


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
    articles = [article for liste in listes for article in liste if isinstance(article, dict)]
    return bool(listes) and not any(_nomme(article, nom) or nom in article for article in articles)


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
    trouve = _en_json(trouve)  # a state may be the word « inconnu » itself
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


def test_every_case_has_a_title_of_its_own() -> None:
    titres = [brut.get("titre") for _, brut in CAS]

    assert [titre for titre in set(titres) if titres.count(titre) > 1] == []


def test_a_warning_that_a_case_rules_out_is_one_that_another_expects() -> None:
    """A code mistyped in ``avertissements_sans`` would be missing from every evaluation."""
    attendus = [dict(aplatir(brut["attendu"])) for _, brut in CAS]
    codes = {
        epreuve: {code for a in attendus for cle, lus in a.items() if cle.endswith(epreuve) for code in lus}
        for epreuve in ("avertissements_sans", "avertissements_contient")
    }

    assert codes["avertissements_sans"] - codes["avertissements_contient"] == set()


# What follows fails when a figure of the law has no case: the figures are those of the tables as they are loaded.


@cache
def jugements() -> tuple[Jugement, ...]:
    return tuple(juger(lire_cas(brut)) for _, brut in CAS)


def chemins(jugement: Jugement, racine: str) -> list[str]:
    """Give the paths that a case expects something of, at a place or below."""
    return [chemin for chemin in jugement.cas.attendu if re.match(rf"{re.escape(racine)}(\.|_|$)", chemin)]


def colonne(tranche: str | None, annee: int) -> str:
    """Name the column of the table of amounts (section 3) for a band and a contract year."""
    if tranche == "P95+":
        return "p95"
    if annee < PREMIERE_ANNEE_PLAFONNEE:
        return f"annee_{annee}"
    return "p90_p95" if tranche == "P90-P95" else "annee_3"


def test_every_amount_of_the_aid_has_a_case_and_so_has_every_unpublished_one() -> None:
    publies: set[tuple[str, Fraction, str]] = set()
    tus: set[tuple[str, Fraction, str]] = set()
    for version in charger_baremes().aide.versions:
        for ligne in version.montants:
            for case in ("annee_1", "annee_2", "annee_3", "p90_p95", "p95"):
                cellules = tus if getattr(ligne, case) is None else publies
                cellules.add((version.cle, ligne.option, case))
    vus_publies: set[tuple[str, Fraction, str]] = set()
    vus_tus: set[tuple[str, Fraction, str]] = set()
    for jugement in jugements():
        contrat = jugement.contrat.contrat
        for annee in jugement.contrat.aide:
            version_ = charger_baremes().aide.version_ou_rien(contrat, annee.du)
            if version_ is None or not {"aide.montant_max", f"aide.{annee.annee}.montant_max"} & {
                *jugement.cas.attendu
            }:
                continue
            option = Fraction(1) if version_.par_etp else annee.option
            case = colonne(contrat.tranche, annee.annee)
            (vus_tus if annee.montant_max is None else vus_publies).add((version_.cle, option, case))

    assert publies - vus_publies == set()
    assert tus - vus_tus == set()


def test_every_option_of_every_text_has_a_case() -> None:
    ouvertes = {
        (version.cle, ouverte.option) for version in charger_baremes().textes.versions for ouverte in version.options
    }
    vues = {
        (jugement.contrat.contrat.texte, jugement.contrat.contrat.option_etp)
        for jugement in jugements()
        if chemins(jugement, "eligibilite")
    }

    assert ouvertes - vues == set()


def test_every_delay_of_every_text_has_a_case() -> None:
    delais = {
        (vises.texte, delai.code)
        for version in charger_baremes().echeances.versions
        for delai in version.delais
        for vises in version.contrats
    }
    vus = {
        (jugement.contrat.contrat.texte, echeance.code)
        for jugement in jugements()
        for echeance in jugement.contrat.echeances
        if chemins(jugement, f"echeances.{echeance.code}")
    }

    assert delais - vus == set()


def test_every_dated_payment_of_every_text_has_a_case() -> None:
    prevus = {
        (vises.texte, f"année {prevu.annee}")
        for version in charger_baremes().echeances.versions
        for prevu in version.versements
        for vises in version.contrats
    }
    vus = {
        (jugement.contrat.contrat.texte, annee)
        for jugement in jugements()
        for echeance in jugement.contrat.echeances
        if echeance.code == "versement" and chemins(jugement, "echeances.versement")
        for annee in re.findall(r"année \d+", echeance.libelle)
    }

    assert prevus - vus == set()


def test_every_rise_of_the_targets_has_a_case() -> None:
    taux, par_etp = set(), set()
    for version in charger_baremes().objectifs.versions:
        taux |= {(version.cle, hausse.tranche, hausse.option) for hausse in version.hausses}
        par_etp |= {(version.cle, hausse.indicateur) for hausse in version.hausses_par_etp}
    vus: set[tuple[str, str | None, Fraction]] = set()
    vus_par_etp: set[tuple[str, str]] = set()
    for jugement in jugements():
        contrat = jugement.contrat.contrat
        version_ = charger_baremes().objectifs.version_ou_rien(contrat, max(contrat.signe_le, contrat.debut_le))
        if version_ is not None and "avertissements.objectif_hors_bareme_contient" in jugement.cas.attendu:
            vus.add((version_.cle, contrat.tranche, contrat.option_etp))
            vus_par_etp |= {(version_.cle, indicateur.indicateur) for indicateur in jugement.contrat.indicateurs}

    assert taux - vus == set()
    assert par_etp - vus_par_etp == set()


def test_every_threshold_asked_has_a_case_on_each_side_and_any_other_is_told_by_one() -> None:
    cotes: set[tuple[str, int]] = set()
    dits: set[tuple[str, str]] = set()
    for version in charger_baremes().eligibilite.versions:
        for seuil in version.seuils:
            if seuil.percentile == version.percentile_minimal:
                cotes |= {(version.cle, seuil.patients), (version.cle, seuil.patients - 1)}
            else:
                dits.add((version.cle, nombre(seuil.patients)))
    vus: set[tuple[str, int]] = set()
    lus: set[tuple[str, str]] = set()
    for jugement in jugements():
        contrat = jugement.contrat.contrat
        version_ = charger_baremes().eligibilite.version_ou_rien(contrat, max(contrat.signe_le, contrat.debut_le))
        if version_ is None:
            continue
        if chemins(jugement, "eligibilite"):
            vus.add((version_.cle, contrat.reference.patientele_mt))
        fragments = jugement.cas.attendu.get("avertissements.nouvel_installe_contient", [])
        lus |= {(version_.cle, fragment) for fragment in fragments}

    assert cotes - vus == set()
    assert {(cle, _lisible(chiffre)) for cle, chiffre in dits} - lus == set()


@pytest.mark.parametrize(
    ("regle", "racines"),
    [
        ("evaluation_mois", ["evaluation_le"]),
        ("temps_plein", ["analyse.presence.heures"]),
        ("absence_longue", ["analyse.presence.absences_longues"]),
        ("nouvel_installe", ["avertissements.nouvel_installe", "analyse.groupe.nouveaux_installes"]),
        ("reinstallation", ["analyse.fin.suites.nouvel_installe"]),
        ("prorata", ["analyse.fin.suites.prorata"]),
        ("renouvellement", ["analyse.fin.renouvelable"]),
        ("groupe", ["analyse.groupe.moyennes"]),
        ("fin_sous_la_reference", ["analyse.groupe.sous_la_reference"]),
    ],
)
def test_every_rule_of_the_life_of_a_contract_has_a_case_under_every_text(regle: str, racines: list[str]) -> None:
    textes = {version.cle for version in charger_baremes().textes.versions if getattr(version, regle, None) is not None}
    vus = {
        jugement.contrat.contrat.texte
        for jugement in jugements()
        if any(chemins(jugement, racine) for racine in racines)
        and (regle != "evaluation_mois" or jugement.contrat.evaluation_par_defaut)
    }

    assert textes
    assert textes - vus == set()


@pytest.mark.parametrize("deux", [True, False])
def test_every_text_judges_some_doctor_on_both_indicators_and_some_on_one(deux: bool) -> None:
    vus = {
        jugement.contrat.contrat.texte
        for jugement in jugements()
        if "statut" in jugement.cas.attendu and jugement.contrat.patientele_mt.requis is deux
    }

    assert {version.cle for version in charger_baremes().textes.versions} - vus == set()


def test_every_published_figure_to_compare_with_has_a_case() -> None:
    publies = {repere.cle for _, repere in charger_baremes().reperes.tous}
    vus = {
        cle
        for jugement in jugements()
        for cle in publies
        if f"analyse.comparaison.lignes.{cle}.publie.valeur" in jugement.cas.attendu
    }

    assert publies - vus == set()


def test_every_sector_that_may_sign_has_a_case() -> None:
    admis = {secteur for version in charger_baremes().eligibilite.versions for secteur in version.secteurs}
    vus = {
        jugement.cas.dossier["medecins"][0]["secteur"]
        for jugement in jugements()
        if jugement.cas.attendu.get("eligibilite.eligible") is True
    }

    assert admis - vus == set()


@pytest.mark.parametrize(
    ("racine", "possibles"),
    [
        ("statut", {*LIBELLES_STATUT}),
        ("indicateurs", {*get_args(StatutIndicateur)}),
        ("echeances", {*LIBELLES_ETAT}),
    ],
)
def test_every_status_and_every_state_of_a_deadline_has_a_case(racine: str, possibles: set[str]) -> None:
    attendus: set[str] = set()
    for jugement in jugements():
        for chemin in chemins(jugement, racine):
            if chemin.endswith(("statut", "etat")):
                attendu = jugement.cas.attendu[chemin]
                attendus |= {*attendu} if isinstance(attendu, list) else {attendu}

    assert possibles - attendus == set()


# A case must be able to fail, and to say why.

BON: dict[str, Any] = {
    "titre": "un cas",
    "reference": "§3",
    "base": "mi-temps avenant 7",
    "au": date(2024, 7, 2),
    "attendu": {"aide": {"1": {"montant_max": 18000}}},
}


def test_a_good_case_passes() -> None:
    assert list(ecarts(juger(lire_cas(BON)))) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"titre": ""}, "ce cas n'a pas de « titre »"),
        ({"reference": ""}, "ce cas n'a pas de « reference »"),
        ({"au": None}, "ce cas n'a pas de « au »"),
        ({"au": "2024-07-02"}, "« au » est une date sans guillemets"),
        ({"attendu": {}}, "ce cas n'attend rien"),
        ({"base": "inexistante"}, "la base « inexistante » n'est pas dans _bases.toml : mi-temps avenant 7"),
        ({"situations": {}}, "clé inconnue : situations"),
        ({"sans": ["aide"]}, "« sans » cite aide"),
        ({"sans": ["contrats"], "contrat": {}}, "la base n'en a pas"),
        ({"juge": "c9"}, "« juge » cite le contrat c9"),
        ({"contrat": {"couleur": "bleu"}}, "contrats[0].couleur"),
        ({"contrat": {"debut_le": date(2026, 1, 1)}}, "l'évaluation doit suivre le début"),
        ({"releves": [{"date": date(2024, 1, 1), "patients": 3}]}, "releves[0].patients"),
        ({"attendu": {"aide.9.montant_max": 1}}, "« 9 » n'existe pas dans l'évaluation ; il y a 1, 2023-01-01, 2"),
        ({"attendu": {"indicateurs.patientele_mt.taux": 1}}, "« taux » n'existe pas dans l'évaluation ; il y a statut"),
        ({"attendu": {"statut.long": 1}}, "« long » n'existe pas dans l'évaluation ; il y a rien sous lui"),
        (
            {"attendu": {"analyse.vacances.du": 1}},
            "« vacances » n'existe pas dans l'évaluation ; il y a groupe, sources",
        ),
        ({"attendu": {"echeances.vacances": []}}, "il n'y a pas d'échéance de ce code"),
        ({"attendu": {"echeances.point_etape": date(2023, 7, 1)}}, "9 valeurs ; attendez une liste"),
    ],
)
def test_a_case_badly_written_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(CasMalForme) as refus:
        list(ecarts(juger(lire_cas(BON | change))))

    assert message in _lisible(str(refus.value))


@pytest.mark.parametrize(
    ("attendu", "ecart"),
    [
        ({"aide.1.montant_max": 18001}, "aide.1.montant_max : 18001 attendu, 18000 trouvé"),
        ({"aide.1.montant_max": "inconnu"}, "aide.1.montant_max : inconnu attendu, 18000 trouvé"),
        ({"indicateurs.patientele_mt.valeur": 0}, "indicateurs.patientele_mt.valeur : 0 attendu, inconnu trouvé"),
        ({"eligibilite.eligible": 1}, "eligibilite.eligible : 1 attendu, True trouvé"),
        ({"jours_suspendus": False}, "jours_suspendus : False attendu, 0 trouvé"),
        ({"evaluation_le": date(2026, 1, 2)}, "evaluation_le : 2026-01-02 attendu, 2026-01-01 trouvé"),
        ({"echeances.qualification": []}, "echeances.qualification : [] attendu,"),
        ({"echeances.conservation_nombre": 1}, None),
        (
            {"aide.montant_max": [18000]},
            "aide.montant_max : [18000] attendu, [18000, 13500, 11000, 11000, 11000] trouvé",
        ),
        ({"aide_nombre": 4}, "aide : 4 attendus, 5 trouvés"),
        ({"avertissements_contient": ["ecart_sources"]}, "avertissements : « ecart_sources » manque à"),
        ({"avertissements_sans": ["releve_absent"]}, "avertissements : « releve_absent » est de trop dans"),
        ({"echeances.qualification.libelle_contient": ["FAE"]}, "« FAE » manque à"),
        ({"echeances.qualification.libelle_sans": ["CQP"]}, "« CQP » est de trop dans"),
    ],
)
def test_a_figure_that_differs_is_told(attendu: dict[str, Any], ecart: str | None) -> None:
    cas = lire_cas(BON | {"attendu": attendu})
    if ecart is None:
        with pytest.raises(CasMalForme, match="conservation"):
            list(ecarts(juger(cas)))
        return
    (trouve,) = ecarts(juger(cas))

    assert ecart in trouve


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "faux.toml").write_text("[[cas]\n", encoding="utf-8")

    with pytest.raises(CasMalForme, match=r"faux\.toml n'est pas du TOML"):
        _lire_toml(tmp_path / "faux.toml")


def test_a_file_that_holds_more_than_cases_is_refused(tmp_path: Path) -> None:
    (tmp_path / "trop.toml").write_text("[[cas]]\n[notes]\n", encoding="utf-8")

    with pytest.raises(CasMalForme, match=r"trop\.toml : seule la liste \[\[cas\]\]"):
        _lire_toml(tmp_path / "trop.toml")


def test_the_base_of_the_published_example_is_the_published_example() -> None:
    assert lire_dossier(json.dumps(lire_cas(BON | {"base": "exemple du Morvan"}).dossier)) == morvan()


@pytest.mark.parametrize("nom", list(bases()))
def test_every_base_is_a_valid_practice(nom: str) -> None:
    juger(lire_cas(BON | {"base": nom}))
