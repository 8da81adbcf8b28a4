"""What has changed between two reports on one contract, from the data and the evaluations that they carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from assistmed_desktop.domain.dossier import lire_dossier
from assistmed_desktop.domain.libelles import ECHEANCES, INDICATEURS, LISTES, SOURCES
from assistmed_desktop.formats import compte, euros, jour_court, nombre, periode, pourcent

if TYPE_CHECKING:
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.services.rapports import Pieces

INCONNU: Final = "inconnu"
SITUATION: Final = "Situation au"
DITS: Final = 6
"""Up to how many facts of a kind are told one by one."""


@dataclass(frozen=True, slots=True)
class Ecart:
    """A figure that is not the same in both reports."""

    quoi: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class Comparaison:
    """What has changed: the figures, then what was entered, corrected or withdrawn, in French sentences."""

    chiffres: tuple[Ecart, ...]
    faits: tuple[str, ...]


def comparer(avant: Pieces, apres: Pieces) -> Comparaison:
    """Compare two reports about one contract.

    Raises:
        DossierInvalide: when the data that one carries is not a dossier.

    """
    chiffres = _ecarts(dict(_chiffres(avant)), dict(_chiffres(apres)))
    dossiers = lire_dossier(avant.dossier), lire_dossier(apres.dossier)
    return Comparaison(tuple(chiffres), (*_faits(*dossiers), *_avertissements(avant, apres)))


# The figures


def _ecarts(avant: Mapping[str, str], apres: Mapping[str, str]) -> Iterator[Ecart]:
    for quoi in dict.fromkeys((*avant, *apres)):
        ecart = Ecart(quoi, avant.get(quoi, INCONNU), apres.get(quoi, INCONNU))
        if ecart.avant != ecart.apres:
            yield ecart


def _contrat(pieces: Pieces) -> dict[str, Any]:
    contrats: list[dict[str, Any]] = pieces.evaluation["contrats"]
    return next(contrat for contrat in contrats if contrat["id"] == pieces.demande.contrat)


def _chiffres(pieces: Pieces) -> Iterator[tuple[str, str]]:
    contrat = _contrat(pieces)
    yield SITUATION, jour_court(pieces.demande.au)
    yield "Verdict", contrat["verdict"]["titre"]
    for cle, nom in INDICATEURS.items():
        yield from _indicateur(nom, contrat["indicateurs"][cle])
    for annee in contrat["aide"]:
        for quoi in ("montant_max", "montant_notifie", "hypothese_lineaire"):
            yield f"Année {annee['annee']}, {_DE_L_AIDE[quoi]}", _ecrire(annee[quoi], _montant)
    yield "Jours suspendus", _ecrire(contrat["jours_suspendus"], nombre)
    yield "Évaluation le", _ecrire(contrat["evaluation_le"], _jour)
    yield "Fin du contrat", _ecrire(contrat["fin_le"], _jour)


_DE_L_AIDE: Final = {
    "montant_max": "montant au plus",
    "montant_notifie": "montant notifié",
    "hypothese_lineaire": "hypothèse linéaire, à vérifier",
}


def _indicateur(nom: str, lu: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    valeur = _ecrire(lu["valeur"], nombre)
    if lu["date"] is not None:
        valeur += f", {SOURCES[lu['source']]} au {_jour(lu['date'])}"
    yield nom, valeur
    yield f"{nom}, référence", _ecrire(lu["reference"], nombre)
    yield f"{nom}, objectif", _ecrire(lu["objectif"], nombre)
    yield f"{nom}, attendu", _ecrire(lu["attendu"], _un_chiffre)
    yield f"{nom}, taux d'atteinte", _ecrire(lu["taux_atteinte"], lambda taux: pourcent(taux, 1))
    yield f"{nom}, gain réalisé par mois", _ecrire(lu["gain_mensuel_realise"], _gain)
    yield f"{nom}, gain requis par mois", _ecrire(lu["gain_mensuel_requis"], _gain)
    projection = lu["projection"]
    prevu = None if projection is None else f"{_un_chiffre(projection['valeur'])} le {_jour(projection['date'])}"
    yield f"{nom}, prévision", _ecrire(prevu, str)


def _ecrire(valeur: Any, ecrire: Callable[[Any], str]) -> str:  # noqa: ANN401 - a value of JSON
    return INCONNU if valeur is None else ecrire(valeur)


def _jour(texte: str) -> str:
    return jour_court(date.fromisoformat(texte))


def _montant(valeur: float) -> str:
    return euros(round(valeur * 100))


def _un_chiffre(valeur: float) -> str:
    return nombre(valeur, 1)


def _gain(valeur: float) -> str:
    return nombre(valeur, 1, signe=True)


# What was entered, corrected or withdrawn


def _avertissements(avant: Pieces, apres: Pieces) -> Iterator[str]:
    dits, dit = ([a["message"] for a in _contrat(pieces)["avertissements"]] for pieces in (avant, apres))
    yield from (f"Signalé depuis : {message}" for message in dit if message not in dits)
    yield from (f"N'est plus signalé : {message}" for message in dits if message not in dit)


def _faits(avant: Dossier, apres: Dossier) -> Iterator[str]:
    for liste, (un, plusieurs) in LISTES.items():
        avaient, ont = (list(getattr(dossier, liste)) for dossier in (avant, apres))
        if (avaient and hasattr(avaient[0], "id")) or (ont and hasattr(ont[0], "id")):
            yield from _nommes({v.id: v for v in avaient}, {v.id: v for v in ont}, un, plusieurs)
        else:
            parti, venu = _difference(avaient, ont), _difference(ont, avaient)
            yield from _comptes(parti, un, plusieurs, "de moins", _DITS.get(liste))
            yield from _comptes(venu, un, plusieurs, "de plus", _DITS.get(liste))


def _nommes(avant: Mapping[str, Any], apres: Mapping[str, Any], un: str, plusieurs: str) -> Iterator[str]:
    """Tell of what has an id, and may have been corrected."""
    yield from _comptes([v for cle, v in avant.items() if cle not in apres], un, plusieurs, "de moins", None)
    yield from _comptes([v for cle, v in apres.items() if cle not in avant], un, plusieurs, "de plus", None)
    changes = [v for cle, v in apres.items() if cle in avant and avant[cle] != v]
    yield from _comptes(changes, un, plusieurs, "où quelque chose a changé", None)


def _difference(avaient: list[Any], ont: list[Any]) -> list[Any]:
    """Give what of a list another does not hold, as many times as it lacks."""
    restent = Counter(valeur.model_dump_json() for valeur in ont)
    manquent = []
    for valeur in avaient:
        texte = valeur.model_dump_json()
        restent[texte] -= 1
        if restent[texte] < 0:
            manquent.append(valeur)
    return manquent


def _comptes(
    valeurs: list[Any], un: str, plusieurs: str, quoi: str, dire: Callable[[Any], str] | None
) -> Iterator[str]:
    if not valeurs:
        return
    texte = f"{compte(len(valeurs), un, plusieurs)} {quoi}"
    if dire is not None and len(valeurs) <= DITS:
        texte += f" : {' ; '.join(dire(valeur) for valeur in valeurs)}"
    yield f"{texte}."


def _dire_releve(releve: Any) -> str:  # noqa: ANN401 - one of a list of the dossier, whichever it is
    comptes = [
        f"{INDICATEURS[cle].lower()} {nombre(valeur)}"
        for cle in INDICATEURS
        if (valeur := getattr(releve, cle)) is not None
    ]
    return f"{SOURCES[releve.source]} au {jour_court(releve.date)}, {', '.join(comptes)}"


def _dire_versement(versement: Any) -> str:  # noqa: ANN401 - as above
    recu = "" if versement.recu_le is None else f", reçu le {jour_court(versement.recu_le)}"
    montant = versement.montant_du if versement.montant_recu is None else versement.montant_recu
    return f"année {versement.annee_contrat}{recu}, {_ecrire(montant, euros)}"


_DITS: Final[Mapping[str, Callable[[Any], str]]] = {
    "releves": _dire_releve,
    "mouvements": lambda m: periode(m.du, m.au),
    "versements": _dire_versement,
    "corrections": lambda c: f"{INDICATEURS[c.indicateur].lower()} au {jour_court(c.releve_le)}",
    "notifications": lambda n: f"année {n.annee_contrat}, {euros(n.montant)}, notifié le {jour_court(n.notifie_le)}",
    "echeances_faites": lambda e: f"{ECHEANCES[e.code].lower()}, le {jour_court(e.faite_le)}",
    "observations": lambda o: jour_court(o.date),
    "propositions": lambda p: f"reçue le {jour_court(p.recue_le)}",
}
