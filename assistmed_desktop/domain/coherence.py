"""What holds between the objects of a dossier: ids, periods, contract and target."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import dernier_jour
from assistmed_desktop.domain.changement import LISTES_NOMMEES, REFERENCES, Places, proches, touches, tous
from assistmed_desktop.domain.contrat import ChangementOption, NouvelObjectif, Resiliation, Suspension
from assistmed_desktop.domain.fautes import Faute, chemin
from assistmed_desktop.domain.valeurs import OPTION_INCONNUE, OPTIONS_INDIVIDUELLES
from assistmed_desktop.formats import compte, jour_court

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from assistmed_desktop.domain.assistant import Assistant
    from assistmed_desktop.domain.calendrier import Periode
    from assistmed_desktop.domain.contrat import (
        Adhesion,
        Avenant,
        ContratCollectif,
        ContratIndividuel,
        DocteurJunior,
        Proposition,
    )
    from assistmed_desktop.domain.suivi import Correction, Notification, Releve, Versement
    from assistmed_desktop.domain.valeurs import Valeur


def fautes_de_coherence(dossier: Valeur, *, partiel: bool = False) -> list[Faute]:
    """List every fault across the objects.

    A ``partiel`` dossier lacks the values already found faulty: a check that needs one of them says nothing.
    """
    return _fautes(dossier, tous(dossier), partiel=partiel)


def change_coherent(avant: Valeur, apres: Valeur, nouveaux: Mapping[str, Places]) -> bool:
    """Say whether a dossier that comes from one without fault has none, by what the change may have broken.

    ``nouveaux`` is what ``neufs`` finds between the two.
    """
    return not _fautes(apres, touches(avant, apres, nouveaux), partiel=False)


def _fautes(dossier: Valeur, a_voir: Mapping[str, Places], *, partiel: bool) -> list[Faute]:
    """List the faults that some objects have, or have a part in."""
    fautes: list[Faute] = []
    for verification in _verifications(dossier, a_voir):
        try:
            fautes.extend(verification())
        except AttributeError:
            if not partiel:
                raise
    return fautes


def _verifications(dossier: Valeur, a_voir: Mapping[str, Places]) -> Iterator[Callable[[], Iterable[Faute]]]:
    """Give the checks one by one, each small, so that a missing value silences few of them."""
    connus = {cle: _connus(dossier, liste) for cle, liste in LISTES_NOMMEES.items()}
    for liste, cle in (("medecins", "id"), ("medecins", "rpps"), ("contrats", "id"), ("assistants", "id")):
        if a_voir[liste]:
            yield partial(_doublons, getattr(dossier, liste), liste, cle)
    for i, contrat in a_voir["contrats"]:
        yield from _verifications_du_contrat(contrat, connus["medecin"], "contrats", i)
    for i, assistant in a_voir["assistants"]:
        yield from _verifications_de_l_assistant(assistant, connus["contrat"], "assistants", i)
    for liste, cle in REFERENCES:
        for i, objet in a_voir[liste]:
            yield partial(_reference, objet, cle, connus[cle], liste, i)
    for liste, cles, phrase in _UNIQUES:
        if a_voir[liste]:
            yield partial(_uniques, proches(dossier, liste, a_voir, cles[-1]), cles, phrase, liste)
    yield from _verifications_du_suivi(dossier, a_voir)


def _verifications_du_suivi(dossier: Valeur, a_voir: Mapping[str, Places]) -> Iterator[Callable[[], Iterable[Faute]]]:
    for i, mission in a_voir["missions"]:
        yield partial(_ordre, mission, "missions", i)
    for i, releve in a_voir["releves"]:
        yield partial(_releve, releve, "releves", i)
    if a_voir["mouvements"]:
        mouvements = proches(dossier, "mouvements", a_voir, "medecin")
        yield partial(_periodes_par, mouvements, "medecin", "d'autres mouvements du même médecin", "mouvements")
    durees = _durees(getattr(dossier, "contrats", ()))
    for i, versement in a_voir["versements"]:
        yield partial(_annee, versement, durees, "versements", i)
        yield partial(_recu, versement, "versements", i)
    for i, correction in a_voir["corrections"]:
        yield partial(_reponse, correction, "corrections", i)
        yield partial(_accordee, correction, "corrections", i)
    for i, notification in a_voir["notifications"]:
        yield partial(_annee, notification, durees, "notifications", i)
    for i, proposition in a_voir["propositions"]:
        yield partial(_cibles, proposition, proposition, "propositions", i, "objectif")


# Each list, the keys of which two of its objects may not share the values, and what to say of the last of them.
_UNIQUES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("activite", ("medecin", "mois"), "le mois {} est déjà saisi pour ce médecin"),
    (
        "notifications",
        ("contrat", "annee_contrat", "notifie_le"),
        "un montant notifié le {} est déjà saisi pour cette année du contrat",
    ),
    ("observations", ("assistant", "date"), "le {} est déjà compté pour cet assistant"),
)


def _verifications_du_contrat(
    contrat: ContratIndividuel | ContratCollectif, medecins: frozenset[str] | None, *racine: str | int
) -> Iterator[Callable[[], Iterable[Faute]]]:
    if hasattr(contrat, "medecin"):
        yield partial(_reference, contrat, "medecin", medecins, *racine)
    elif hasattr(contrat, "medecins"):
        yield partial(_adherents, contrat, medecins, *racine, "medecins")
    yield partial(_cibles, contrat, contrat, *racine, "objectif")
    yield partial(_evaluation, contrat, contrat, *racine, "objectif")
    avenants = getattr(contrat, "avenants", ())
    for j, avenant in enumerate(avenants):
        yield partial(_dans_le_contrat, contrat, avenant, "du", *racine, "avenants", j)
        if isinstance(avenant, Suspension):
            yield partial(_dans_le_contrat, contrat, avenant, "au", *racine, "avenants", j)
        elif isinstance(avenant, ChangementOption) and hasattr(contrat, "medecin"):
            yield partial(_option, avenant, *racine, "avenants", j, "option_etp")
        elif isinstance(avenant, NouvelObjectif):
            yield partial(_cibles, contrat, avenant, *racine, "avenants", j, "objectif")
            yield partial(_evaluation, contrat, avenant, *racine, "avenants", j, "objectif")
        elif isinstance(avenant, Resiliation):
            yield partial(_notifiee, avenant, *racine, "avenants", j)
    suspensions = [(j, a) for j, a in enumerate(avenants) if isinstance(a, Suspension)]
    yield partial(_periodes, suspensions, "une autre suspension", *racine, "avenants")
    yield from _verifications_du_groupe(contrat, *racine)


def _verifications_du_groupe(
    contrat: ContratIndividuel | ContratCollectif, *racine: str | int
) -> Iterator[Callable[[], Iterable[Faute]]]:
    adhesions: tuple[Adhesion, ...] = getattr(contrat, "adhesions", ())
    juniors: tuple[DocteurJunior, ...] = getattr(contrat, "docteurs_juniors", ())
    for j, adhesion in enumerate(adhesions):
        yield partial(_du_groupe, contrat, adhesion, *racine, "adhesions", j)
        yield partial(_dans_le_contrat, contrat, adhesion, "du", *racine, "adhesions", j)
        yield partial(_dans_le_contrat, contrat, adhesion, "au", *racine, "adhesions", j)
    for j, junior in enumerate(juniors):
        yield partial(_du_groupe, contrat, junior, *racine, "docteurs_juniors", j)
    autre = "une autre adhésion du même médecin"
    yield partial(_periodes_par, enumerate(adhesions), "medecin", autre, *racine, "adhesions")
    autre = "l'accueil d'un autre docteur junior par le même médecin"
    yield partial(_periodes_par, enumerate(juniors), "medecin", autre, *racine, "docteurs_juniors")


def _du_groupe(
    contrat: ContratIndividuel | ContratCollectif, objet: Adhesion | DocteurJunior, *racine: str | int
) -> Iterator[Faute]:
    if objet.medecin not in contrat.medecins:
        yield Faute(chemin(*racine, "medecin"), f"le médecin « {objet.medecin} » n'est pas dans ce contrat")


def _adherents(contrat: ContratCollectif, medecins: frozenset[str] | None, *racine: str | int) -> Iterator[Faute]:
    for j, medecin in enumerate(contrat.medecins):
        yield from _absent("medecin", medecin, medecins, *racine, j)
        if medecin in contrat.medecins[:j]:
            yield Faute(chemin(*racine, j), f"le médecin « {medecin} » est déjà cité")


def _option(avenant: ChangementOption, *racine: str | int) -> Iterator[Faute]:
    if avenant.option_etp not in OPTIONS_INDIVIDUELLES:
        yield Faute(chemin(*racine), OPTION_INCONNUE)


def _notifiee(resiliation: Resiliation, *racine: str | int) -> Iterator[Faute]:
    if resiliation.notifie_le is not None and resiliation.notifie_le > resiliation.du:
        effet = jour_court(resiliation.du)
        yield Faute(chemin(*racine, "notifie_le"), f"la résiliation est notifiée après avoir pris effet (le {effet})")


def _cibles(
    contrat: ContratIndividuel | ContratCollectif | Proposition,
    porteur: ContratIndividuel | ContratCollectif | NouvelObjectif | Proposition,
    *racine: str | int,
) -> Iterator[Faute]:
    objectif = porteur.objectif
    for cle in ("patientele_mt", "file_active"):
        cible, depart = getattr(objectif, cle, None), getattr(contrat.reference, cle, None)
        if cible is not None and depart is not None and cible < depart:
            yield Faute(
                chemin(*racine, cle),
                f"l'objectif ({cible}) est sous la référence ({depart}) : un contrat de maintien a pour objectif "
                "sa référence",
            )


def _evaluation(
    contrat: ContratIndividuel | ContratCollectif,
    porteur: ContratIndividuel | ContratCollectif | NouvelObjectif,
    *racine: str | int,
) -> Iterator[Faute]:
    evaluation = porteur.objectif.evaluation_le if porteur.objectif is not None else None
    if evaluation is not None and evaluation <= contrat.debut_le:
        yield Faute(
            chemin(*racine, "evaluation_le"),
            f"l'évaluation doit suivre le début du contrat ({jour_court(contrat.debut_le)})",
        )


def _dans_le_contrat(
    contrat: ContratIndividuel | ContratCollectif, objet: Avenant | Adhesion, cle: str, *racine: str | int
) -> Iterator[Faute]:
    jour: date | None = getattr(objet, cle)
    fin = dernier_jour(contrat.debut_le, contrat.duree_ans)
    if jour is not None and not contrat.debut_le <= jour <= fin:
        yield Faute(
            chemin(*racine, cle),
            f"le {jour_court(jour)} est hors du contrat, qui va du {jour_court(contrat.debut_le)} au {jour_court(fin)}",
        )


def _verifications_de_l_assistant(
    assistant: Assistant, contrats: frozenset[str] | None, *racine: str | int
) -> Iterator[Callable[[], Iterable[Faute]]]:
    yield partial(_formation, assistant, *racine, "formation")
    absences = tuple(enumerate(getattr(assistant, "absences", ())))
    yield partial(_periodes, absences, "une autre absence", *racine, "absences")
    embauches = getattr(assistant, "embauches", ())
    yield partial(
        _periodes_par,
        enumerate(embauches),
        "employeur",
        "une autre embauche chez le même employeur",
        *racine,
        "embauches",
    )
    affectations = getattr(assistant, "affectations", ())
    for j, affectation in enumerate(affectations):
        yield partial(_reference, affectation, "contrat", contrats, *racine, "affectations", j)
    autre = "une autre affectation au même contrat"
    yield partial(_periodes_par, enumerate(affectations), "contrat", autre, *racine, "affectations")
    couts = tuple(enumerate(getattr(assistant, "couts", ())))
    yield partial(_periodes, couts, "un autre coût", *racine, "couts")


def _formation(assistant: Assistant, *racine: str | int) -> Iterator[Faute]:
    etapes = [
        (cle, jour)
        for cle in ("inscription_le", "debut_le", "obtention_le")
        if (jour := getattr(assistant.formation, cle, None)) is not None
    ]
    for (_, avant), (cle, apres) in pairwise(etapes):
        if apres < avant:
            yield Faute(chemin(*racine, cle), f"cette étape précède la précédente, du {jour_court(avant)}")


def _releve(releve: Releve, *racine: str | int) -> Iterator[Faute]:
    if releve.patientele_mt is None and releve.file_active is None:
        yield Faute(chemin(*racine), "un relevé porte au moins un des deux chiffres")


def _uniques(objets: Places, cles: tuple[str, ...], phrase: str, liste: str) -> Iterator[Faute]:
    vus: set[tuple[object, ...]] = set()
    for i, objet in objets:
        if not all(hasattr(objet, cle) for cle in cles):
            continue
        valeurs = tuple(getattr(objet, cle) for cle in cles)
        if valeurs in vus:
            derniere = valeurs[-1]
            dit = jour_court(derniere) if isinstance(derniere, date) else derniere
            yield Faute(chemin(liste, i, cles[-1]), phrase.format(dit))
        vus.add(valeurs)


def _durees(contrats: Iterable[object]) -> dict[str, int]:
    """Give how long each contract lasts, where its id is its own and both can be read."""
    fois = Counter(getattr(contrat, "id", None) for contrat in contrats)
    lues = ((getattr(contrat, "id", None), getattr(contrat, "duree_ans", None)) for contrat in contrats)
    return {nom: duree for nom, duree in lues if nom is not None and duree is not None and fois[nom] == 1}


def _annee(montant: Versement | Notification, durees: Mapping[str, int], *racine: str | int) -> Iterator[Faute]:
    duree = durees.get(montant.contrat)
    if duree is not None and montant.annee_contrat > duree:
        yield Faute(chemin(*racine, "annee_contrat"), f"ce contrat ne dure que {compte(duree, 'an')}")


def _recu(versement: Versement, *racine: str | int) -> Iterator[Faute]:
    if (versement.recu_le is None) != (versement.montant_recu is None):
        cle = "montant_recu" if versement.montant_recu is None else "recu_le"
        yield Faute(chemin(*racine, cle), "un versement reçu porte à la fois sa date et son montant")


def _reponse(correction: Correction, *racine: str | int) -> Iterator[Faute]:
    if correction.repondue_le is not None and correction.repondue_le < correction.demandee_le:
        demande = jour_court(correction.demandee_le)
        yield Faute(chemin(*racine, "repondue_le"), f"la réponse précède la demande, du {demande}")


def _accordee(correction: Correction, *racine: str | int) -> Iterator[Faute]:
    if correction.valeur_accordee is not None and correction.repondue_le is None:
        yield Faute(chemin(*racine, "repondue_le"), "une valeur accordée porte la date de la réponse")


def _doublons(objets: Iterable[object], liste: str, cle: str) -> Iterator[Faute]:
    vus: dict[str, int] = {}
    for i, objet in enumerate(objets):
        valeur = getattr(objet, cle, None)
        if valeur in vus:
            yield Faute(chemin(liste, i, cle), f"« {valeur} » est déjà pris par {liste}[{vus[valeur]}]")
        elif valeur is not None:
            vus[valeur] = i


def _connus(dossier: Valeur, liste: str) -> frozenset[str] | None:
    """Give the ids of a list, or None when one of them cannot be read."""
    ids = [getattr(objet, "id", None) for objet in getattr(dossier, liste, (None,))]
    return None if None in ids else frozenset(identifiant for identifiant in ids if identifiant is not None)


def _reference(objet: object, cle: str, connus: frozenset[str] | None, *racine: str | int) -> Iterator[Faute]:
    yield from _absent(cle, getattr(objet, cle), connus, *racine, cle)


def _absent(nom: str, cible: str | None, connus: frozenset[str] | None, *racine: str | int) -> Iterator[Faute]:
    if connus is not None and cible is not None and cible not in connus:
        article = _ARTICLES[nom]
        yield Faute(chemin(*racine), f"{article} « {cible} » n'est pas dans ce dossier")


_ARTICLES = {"medecin": "le médecin", "contrat": "le contrat", "assistant": "l'assistant"}


def _ordre(periode: Periode, *racine: str | int) -> Iterator[Faute]:
    if periode.au is not None and periode.au < periode.du:
        debut, fin = jour_court(periode.du), jour_court(periode.au)
        yield Faute(chemin(*racine, "au"), f"la fin ({fin}) précède le début ({debut})")


def _periodes_par(objets: Iterable[tuple[int, Periode]], cle: str, autre: str, *racine: str | int) -> Iterator[Faute]:
    """Check the periods of the objects that share the value of a key."""
    groupes: dict[str, list[tuple[int, Periode]]] = {}
    for j, objet in objets:
        if hasattr(objet, cle):
            groupes.setdefault(getattr(objet, cle), []).append((j, objet))
    for groupe in groupes.values():
        yield from _periodes(groupe, autre, *racine)


def _periodes(periodes: Iterable[tuple[int, Periode]], autre: str, *racine: str | int) -> Iterator[Faute]:
    """Check that each period ends after it begins, and that no two share a day."""
    lisibles = [(j, p) for j, p in periodes if hasattr(p, "du") and hasattr(p, "au")]
    triees = sorted(lisibles, key=lambda p: (p[1].du, p[0]))
    for j, periode in triees:
        yield from _ordre(periode, *racine, j)
    derniere: Periode | None = None
    for j, periode in triees:
        if derniere is not None and (derniere.au is None or periode.du <= derniere.au):
            debut = jour_court(derniere.du)
            yield Faute(chemin(*racine, j), f"cette période chevauche {autre}, commencée le {debut}")
        if derniere is None or (derniere.au is not None and (periode.au is None or periode.au > derniere.au)):
            derniere = periode
