"""Whatever the file holds, reading it gives a dossier or faults in French at places of the file, and nothing else."""

import json
import re
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier, lire_dossier
from assistmed_desktop.domain.fautes import RACINE, DossierInvalide, Faute, chemin
from tests.domain.outils import Document, avec, complet, ecrit, lire, places, sans

ANGLAIS = re.compile(
    r"\b((?i:should|input|field|required|string|expected|invalid|value|must|unable|found|extra|type|key)|None|True|False)\b"
)
CITATION = re.compile(r"«[^»]*»")

PLACES = list(places(complet()))
MOTS = sorted({lire(complet(), place) for place in PLACES if isinstance(lire(complet(), place), str)})
CLES = sorted({str(place[-1]) for place in PLACES})

textes = st.text() | st.sampled_from(MOTS) | st.sampled_from(["2024-02-30", "1/4", "x9", "1e3", "\ud800", "²", "\n"])
nombres = st.integers() | st.integers(10**17, 10**30) | st.floats(allow_nan=False, allow_infinity=False)
scalaires = st.none() | st.booleans() | nombres | textes
valeurs = st.recursive(
    scalaires,
    lambda enfants: (
        st.lists(enfants, max_size=4) | st.dictionaries(st.sampled_from(CLES) | st.text(), enfants, max_size=5)
    ),
    max_leaves=12,
)


@st.composite
def documents_abimes(draw: st.DrawFn) -> Document:
    """Give the complete document after a few changes, each at a place that it still has."""
    document = complet()
    for _ in range(draw(st.integers(1, 4))):
        restantes = list(places(document))
        if not restantes:
            break
        place = draw(st.sampled_from(restantes))
        match draw(st.sampled_from(["remplacer", "retirer", "ajouter", "deplacer"])):
            case "remplacer":
                document = avec(document, place, draw(valeurs))
            case "retirer":
                document = sans(document, place)
            case "deplacer":
                document = avec(document, place, lire(document, draw(st.sampled_from(restantes))))
            case _:
                hote = lire(document, place)
                if isinstance(hote, dict):
                    document = avec(document, (*place, draw(st.sampled_from(CLES) | st.text())), draw(valeurs))
                elif isinstance(hote, list):
                    ajoute = draw(st.sampled_from(hote) | valeurs) if hote else draw(valeurs)
                    document = avec(document, place, [*hote, ajoute])
    return document


def _lire(texte: str | bytes) -> Dossier | tuple[Faute, ...]:
    try:
        return lire_dossier(texte)
    except DossierInvalide as refus:
        return refus.fautes


def _en_francais(faute: Faute) -> bool:
    return str(faute).replace("\u00a0", " ").isprintable() and not ANGLAIS.search(CITATION.sub("", faute.message))


@given(documents_abimes())
@settings(max_examples=250, deadline=None)
def test_a_spoilt_dossier_is_read_or_refused_in_french_at_places_that_it_has(document: Document) -> None:
    lu = _lire(json.dumps(document))
    if isinstance(lu, Dossier):
        assert json.loads(ecrire_dossier(lu)) == ecrit(document)
        return
    connues = {RACINE: True, **{chemin(*place): isinstance(lire(document, place), dict) for place in places(document)}}
    assert lu
    for faute in lu:
        parent = faute.chemin.rpartition(".")[0] or RACINE
        assert faute.chemin in connues or (faute.message == "cette clé manque" and connues[parent]), faute
        assert _en_francais(faute), faute
    assert len(set(lu)) == len(lu)


@given(documents_abimes(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_the_keys_changes_only_the_order_of_the_faults(document: Document, hasard: Random) -> None:
    melange = {cle: document[cle] for cle in hasard.sample(list(document), len(document))}
    lus = [_lire(json.dumps(d)) for d in (document, melange)]
    un, autre = (lu if isinstance(lu, Dossier) else sorted(lu) for lu in lus)
    assert un == autre


@given(st.text() | st.binary() | st.builds(json.dumps, valeurs))
@settings(max_examples=200, deadline=None)
def test_any_text_is_refused_in_french(texte: str | bytes) -> None:
    lu = _lire(texte)
    assert isinstance(lu, tuple)
    assert lu
    assert all(_en_francais(faute) for faute in lu)
