"""The form of an amendment: its kind says what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from assistmed_desktop.domain.contrat import (
    ChangementAdresse,
    ChangementOption,
    ContratIndividuel,
    NouvelObjectif,
    Resiliation,
    Suspension,
)
from assistmed_desktop.domain.libelles import CAUSES
from assistmed_desktop.formats import INSECABLE, etp, jour_court, nombre, periode
from assistmed_desktop.services.avis import avis
from assistmed_desktop.services.places import ajouter, corriger, supprimer
from assistmed_desktop.ui.fiches.cabinet import CHAMPS, options
from assistmed_desktop.ui.fiches.cibles import OPTIONS, champs_objectif, lire_objectif, nouvelles, valeurs_objectif
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, Geste, Saisie, Valeurs, depart
from assistmed_desktop.ui.fiches.genres import Choix, Etp, Jour, Note
from assistmed_desktop.ui.fiches.periodes import a_l_envers
from assistmed_desktop.ui.names import Contrat

if TYPE_CHECKING:
    from datetime import date

    from assistmed_desktop.domain.contrat import Avenant
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.bareme import Baremes

TYPES: Final = {
    "suspension": "Suspension",
    "option": "Changement d’option",
    "objectif": "Nouvel objectif",
    "adresse": "Changement d’adresse",
    "resiliation": "Résiliation",
}
_NOMS: Final = {
    "suspension": "la suspension",
    "option": "le changement d’option",
    "objectif": "le nouvel objectif",
    "adresse": "le changement d’adresse",
    "resiliation": "la résiliation",
}
_FEMININS: Final = ("suspension", "resiliation")
_MODELES: Final[dict[str, type[Suspension | ChangementOption | NouvelObjectif | ChangementAdresse | Resiliation]]] = {
    "suspension": Suspension,
    "option": ChangementOption,
    "objectif": NouvelObjectif,
    "adresse": ChangementAdresse,
    "resiliation": Resiliation,
}
_PROPRES: Final = {
    "suspension": ("au",),
    "adresse": ("adresse", "code_postal", "commune", "departement", "zonage"),
    "resiliation": ("cause", "notifie_le"),
}


def nom_avenant(avenant: Avenant) -> str:
    """Name an amendment within a sentence: ``la suspension du 02/05/2023``."""
    return f"{_NOMS[avenant.type]} du {jour_court(avenant.du)}"


def effet(avenant: Avenant) -> str:
    """Say what an amendment changes, in a few words."""
    match avenant:
        case Suspension(du=du, au=au):
            return f"contrat suspendu {periode(du, au)}"
        case ChangementOption():
            return f"option de {etp(avenant.option_etp)}"
        case NouvelObjectif(objectif=objectif):
            comptes = [
                f"{nom} {nombre(valeur)}"
                for nom, valeur in (("patientèle", objectif.patientele_mt), ("file active", objectif.file_active))
                if valeur is not None
            ]
            juge = [] if objectif.evaluation_le is None else [f"évaluation le {jour_court(objectif.evaluation_le)}"]
            return ", ".join((*comptes, *juge)) or "objectif à préciser"
        case ChangementAdresse():
            return " ".join(partie for partie in (avenant.code_postal, avenant.commune) if partie)
        case _:
            cause = "" if avenant.cause is None else f", {CAUSES[avenant.cause]}"
            return f"fin du contrat{cause}"


def fiche_avenant(
    dossier: Dossier, au: date, baremes: Baremes, contrat: Contrat, avenant: Avenant | None = None
) -> Fiche:
    """Make the form of an amendment of a contract."""
    place = ("contrats", contrat.id, "avenants")

    def enregistrer(valeurs: Valeurs) -> Geste:
        nouveau = lire_avenant(valeurs)
        quoi = nom_avenant(nouveau)
        e = "e" if nouveau.type in _FEMININS else ""
        fait = quoi[:1].upper() + quoi[1:]
        if avenant is None:
            return Geste(ajouter(place, nouveau, f"Ajouter {quoi}"), f"{fait} est ajouté{e}.")
        return Geste(corriger(place, avenant, nouveau, f"Corriger {quoi}"), f"{fait} est corrigé{e}.")

    def prudences(valeurs: Valeurs) -> Sequence[str]:
        if valeurs["type"] == "suspension" and a_l_envers(valeurs):
            return a_l_envers(valeurs)
        try:
            nouveau = lire_avenant(valeurs)
        except ValidationError:
            return ()
        autres = tuple(a for a in contrat.avenants if a is not avenant)
        jour = max(au, nouveau.du)
        sans, avec = (contrat.model_copy(update={"avenants": siens}) for siens in (autres, (*autres, nouveau)))
        return nouvelles(avis(dossier, sans, jour, baremes), avis(dossier, avec, jour, baremes))

    champs = _champs(individuel=isinstance(contrat, ContratIndividuel))
    return Fiche(
        "Nouvel avenant" if avenant is None else TYPES[avenant.type],
        champs,
        enregistrer,
        depart={} if avenant is None else depart(champs, _valeurs(avenant)),
        introduction="Ce qu’un avenant signé change au contrat, à partir d’un jour donné.",
        prudences=prudences,
        supprimer=None if avenant is None else suppression(contrat, avenant),
        suite=None if avenant is not None else lambda apres: _suivante(apres, au, baremes, contrat),
    )


def suppression(contrat: Contrat, avenant: Avenant) -> Geste:
    """Withdraw an amendment."""
    quoi = nom_avenant(avenant)
    e = "e" if avenant.type in _FEMININS else ""
    return Geste(
        supprimer(("contrats", contrat.id, "avenants"), avenant, f"Supprimer {quoi}"),
        f"{quoi[:1].upper()}{quoi[1:]} est supprimé{e}.",
    )


def lire_avenant(valeurs: Valeurs) -> Avenant:
    """Make an amendment of what was read.

    Raises:
        ValidationError: when the domain refuses it.

    """
    genre = valeurs["type"]
    parties: dict[str, Any] = {cle: valeurs[cle] for cle in ("type", "du", "motif", *_PROPRES.get(genre, ()))}
    if genre == "option":
        parties["option_etp"] = valeurs.get("option_etp") or valeurs.get("etp_finances")
    if genre == "objectif":
        parties["objectif"] = lire_objectif(valeurs)
    return _MODELES[genre](**parties)


def _suivante(dossier: Dossier, au: date, baremes: Baremes, contrat: Contrat) -> Fiche:
    """Give the form of one more amendment, of the contract as it then is."""
    apres = next((c for c in dossier.contrats if c.id == contrat.id), contrat)
    return fiche_avenant(dossier, au, baremes, apres)


def _champs(*, individuel: bool) -> tuple[Champ, ...]:
    option = (
        Champ("option_etp", "Nouvelle option", OPTIONS, requis=True, si=_est("option"))
        if individuel
        else Champ("etp_finances", "ETP financés", Etp(), requis=True, si=_est("option"))
    )
    return (
        Champ("type", "Ce que l’avenant change", Choix(TYPES), requis=True),
        Champ("du", "À partir du", Jour(), requis=True,
              aide="premier jour de l’avenant ; pour une résiliation, premier jour sans contrat"),
        Champ("au", "Jusqu’au", Jour("dernier"), si=_est("suspension"), a_cote=True,
              aide="dernier jour compris ; laissez vide si elle dure encore"),
        option,
        *champs_objectif(_est("objectif"), aide="laissez vide ce que l’avenant ne dit pas"),
        *(replace(champ, si=_est("adresse")) for champ in CHAMPS if champ.cle in _PROPRES["adresse"]),
        Champ("cause", "Cause", Choix(options(CAUSES)), si=_est("resiliation"),
              aide="c’est elle qui dit ce qui suit le contrat"),
        Champ("notifie_le", "Lettre recommandée du", Jour(), si=_est("resiliation"),
              aide=f"elle se compare au préavis{INSECABLE}; laissez vide si aucune n’est partie"),
        Champ("motif", "Motif", Note()),
    )  # fmt: skip


def _est(genre: str) -> Any:  # noqa: ANN401 - what Champ takes
    def est(saisie: Saisie) -> bool:
        return saisie.get("type") == genre

    return est


def _valeurs(avenant: Avenant) -> Valeurs:
    valeurs = {cle: getattr(avenant, cle) for cle in type(avenant).model_fields}
    if isinstance(avenant, NouvelObjectif):
        return {**valeurs, **valeurs_objectif(avenant.objectif)}
    if isinstance(avenant, ChangementOption):
        return {**valeurs, "etp_finances": avenant.option_etp}
    return valeurs
