"""All that the rules say of the cases of ``cas/*.toml`` and of ``situations.py``, as text: see what a change does.

One text for the cases of one file. First every turn of phrase of the analyses and explanations, with 0 for a number.
Then, of the first case, the parts of the analysis that the file is about, explained; or the evaluation, for a few.
Then each case: its evaluation, whole for the first case of a base and for others what differs from that one, and the
fingerprints of the parts of its analysis and of its explanations.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from assistmed_desktop.domain.dossier import lire_dossier
from assistmed_desktop.exchange.evaluation_json import evaluation_json
from assistmed_desktop.rules.analyse import analyser
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.chiffres import chiffres
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import Explication
from tests.rules.instantanes.situations import situations
from tests.rules.test_cas import NATURELLES, Cas, bruts, lire_cas

REPERTOIRE = Path(__file__).parent
COMMANDE = "python -m tests.rules.instantanes"
PARTIES = {
    "argent": ("argent",),
    "avenants": ("fin",),
    "collectif": ("groupe",),
    "effectif": ("presence",),
    "mouvements": ("mouvements",),
    "progression": ("rythme",),
    "releves": ("file_active",),
    "renouvellement": ("renouvellement",),
    "reperes": ("comparaison",),
    "situations": ("taches", "presence"),
    "sources": ("sources",),
    "taches": ("taches",),
}
"""The parts of the analysis that a file of cases is about: it shows those in full."""
EVALUATION_EXPLIQUEE = ("aide_2024", "collectif", "eligibilite")

Lignes = dict[str, str]


@cache
def cas() -> dict[str, tuple[tuple[str, Cas], ...]]:
    """Give the cases with their base, by file."""
    tous = [*bruts(), *(("situations", brut) for brut in situations())]
    return {
        fichier: tuple((brut["base"], lire_cas(brut)) for autre, brut in tous if autre == fichier)
        for fichier in dict.fromkeys(nom for nom, _ in tous)
    }


def instantane(fichier: str) -> str:
    """Give the text of a file of cases."""
    premiers: dict[str, tuple[str, Lignes]] = {}
    tournures: set[str] = set()
    morceaux: list[str] = []
    detail: list[str] = []
    for base, un_cas in cas()[fichier]:
        document, expliques = dire(un_cas)
        evaluation, parties = _separer(document)
        lignes = dict(aplatir({contrat["id"]: contrat for contrat in evaluation}))
        titre, reference = premiers.setdefault(base, (un_cas.titre, lignes))
        ecrites = lignes if reference is lignes else dict(_differences(reference, lignes))
        depuis = [] if reference is lignes else [f"(ce qui diffère de « {titre} »)"]
        empreintes = [f"analyse : {_empreintes(parties)}", f"expliquer : {_empreintes(_par_racine(expliques))}"]
        lues = [f"## {un_cas.titre}", f"au {un_cas.au}", *depuis, *_ecrire(ecrites), *empreintes]
        morceaux.append("\n".join(lues))
        tournures |= {_tournure(texte) for texte in _textes(parties, expliques)}
        detail = detail or [*_detail(fichier, parties, expliques)]
    return "\n\n".join(
        [
            f"# {fichier} : tout ce que les règles en disent. Ce fichier est écrit par {COMMANDE}.",
            "\n".join(["## Toutes les tournures", *sorted(tournures)]),
            "\n".join(["## Le premier cas, expliqué", *detail]),
            *morceaux,
        ]
    )


def dire(un_cas: Cas) -> tuple[dict[str, Any], dict[str, Explication]]:
    """Give the document of a case with its analyses, and the explanations of its contracts by path."""
    dossier = lire_dossier(json.dumps(un_cas.dossier))
    baremes = charger_baremes()
    evaluation = evaluate(dossier, un_cas.au, baremes)
    document = evaluation_json(evaluation, {c.id: analyser(dossier, c, baremes) for c in evaluation.contrats})
    expliques = {
        f"{contrat.id}.{chemin}": explication
        for contrat in evaluation.contrats
        for chemin, explication in chiffres(dossier, contrat, baremes).items()
    }
    return document, expliques


def en_entier(titre: str) -> str:
    """Give all that is said of the cases of a title, nothing left to a fingerprint."""
    lignes: list[str] = []
    for fichier in cas().values():
        for _, un_cas in fichier:
            if un_cas.titre == titre:
                document, expliques = dire(un_cas)
                lignes += [*_ecrire(dict(aplatir(document))), *_expliquer(expliques)]
    return "\n".join(lignes)


def _separer(document: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Part the evaluation of the contracts of a document from their analyses, these by contract and part."""
    contrats = [{cle: valeur for cle, valeur in c.items() if cle != "analyse"} for c in document["contrats"]]
    return contrats, {f"{c['id']}.analyse.{nom}": p for c in document["contrats"] for nom, p in c["analyse"].items()}


def aplatir(valeur: Any, racine: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any JSON value
    """Give the values of a document by dotted path, an item of a list by what names it, or else its rank."""
    if isinstance(valeur, dict) and valeur:
        for cle, contenu in valeur.items():
            yield from aplatir(contenu, f"{racine}.{cle}" if racine else cle)
    elif isinstance(valeur, list) and valeur:
        vus: dict[str, int] = {}
        for rang, article in enumerate(valeur):
            nom = _nom(article, rang)
            vus[nom] = vus.get(nom, 0) + 1
            yield from aplatir(article, f"{racine}.{nom}" + (f"({vus[nom]})" if vus[nom] > 1 else ""))
    else:
        yield racine, json.dumps(valeur, ensure_ascii=False)


def _nom(article: object, rang: int) -> str:
    if isinstance(article, dict):
        return next((str(article[cle]) for cle in NATURELLES if cle in article), str(rang))
    return str(rang)


def _differences(avant: Lignes, apres: Lignes) -> Iterator[tuple[str, str]]:
    for chemin, valeur in apres.items():
        if avant.get(chemin) != valeur:
            yield chemin, valeur
    for chemin in avant:
        if chemin not in apres:
            yield chemin, "(n'y est plus)"


def _par_racine(expliques: dict[str, Explication]) -> dict[str, list[str]]:
    """Group the explanations by contract and by the part they explain."""
    groupes: dict[str, list[str]] = {}
    for chemin, explication in expliques.items():
        contrat, partie, *reste = chemin.split(".")
        racine = f"{contrat}.analyse.{reste[0]}" if partie == "analyse" else f"{contrat}.{partie}"
        groupes.setdefault(racine, []).append("\n".join(_une(chemin, explication)))
    return groupes


def _empreintes(parties: dict[str, Any]) -> str:
    """Give a fingerprint of each part, by its name below its contract."""
    textes = {nom: json.dumps(partie, ensure_ascii=False) for nom, partie in parties.items()}
    return ", ".join(
        f"{nom.replace('.analyse.', '.')} {blake2b(texte.encode(), digest_size=4).hexdigest()}"
        for nom, texte in textes.items()
    )


def _detail(fichier: str, parties: dict[str, Any], expliques: dict[str, Explication]) -> Iterator[str]:
    montrees = PARTIES.get(fichier, ())
    for nom, partie in parties.items():
        if nom.rpartition(".")[2] in montrees:
            yield from _ecrire(dict(aplatir(partie, nom)))
    for chemin, explication in expliques.items():
        _, partie, nom, *_ = f"{chemin}..".split(".")
        if nom in montrees if partie == "analyse" else fichier in EVALUATION_EXPLIQUEE:
            yield from _une(chemin, explication)


def _expliquer(expliques: dict[str, Explication]) -> Iterator[str]:
    for chemin, explication in expliques.items():
        yield from _une(chemin, explication)


def _une(chemin: str, explication: Explication) -> Iterator[str]:
    yield f"{chemin} : {explication.titre}"
    for etape in explication.etapes:
        yield f"  {etape.libelle} : {etape.calcul} = {etape.resultat}"
    for source in explication.sources:
        yield f"  [{source.grade}] {source.texte}, {source.article}"


def _textes(parties: dict[str, Any], expliques: dict[str, Explication]) -> Iterator[str]:
    """Give the sentences of the analyses and the steps of the explanations."""
    for partie in parties.values():
        yield from _phrases(partie)
    for explication in expliques.values():
        yield explication.titre
        for etape in explication.etapes:
            yield f"{etape.libelle} : {etape.calcul} = {etape.resultat}"


def _phrases(valeur: object) -> Iterator[str]:
    if isinstance(valeur, str) and " " in valeur:
        yield valeur
    elif isinstance(valeur, dict | list):
        for contenu in valeur.values() if isinstance(valeur, dict) else valeur:
            yield from _phrases(contenu)


_NOMBRE = re.compile(r"\d[\d\u00a0\u202f/,.-]*(?<=\d)|\d")


def _tournure(texte: str) -> str:
    return _NOMBRE.sub("0", texte)


def _ecrire(lignes: Lignes) -> list[str]:
    return [f"{chemin} = {valeur}" for chemin, valeur in lignes.items()]
