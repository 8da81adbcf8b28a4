"""The other contracts that the rules read for one, each reduced to what they read of it, and named by a number.

An earlier contract of the same doctors keeps its options, its objective, its reference and its end: they tell what may
be signed after it. One that an assistant comes from, or that follows, keeps its text, its dates and its end. One that
only shares an assistant is a shadow with the dates of the contract itself: the share alone is read.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING, Any, Final, TypeVar

from assistmed_desktop.domain.cabinet import Medecin
from assistmed_desktop.domain.calendrier import UN_JOUR
from assistmed_desktop.domain.contrat import (
    ChangementOption,
    ContratCollectif,
    ContratIndividuel,
    NouvelObjectif,
    Reference,
)
from assistmed_desktop.rules.fin import qui_suit
from assistmed_desktop.rules.groupe import contrats_a_clore

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from assistmed_desktop.domain.assistant import Affectation
    from assistmed_desktop.domain.contrat import Avenant, Objectif
    from assistmed_desktop.services.services_rendus import Services

C = TypeVar("C", ContratIndividuel, ContratCollectif)

_AUTRE: Final = "autre"
_NOM: Final = "Autre médecin"
_INSTALLE_LE: Final = date(1950, 1, 1)


class Autres:
    """The other contracts kept for one, in the order of the dossier."""

    def __init__(
        self,
        signe: ContratIndividuel | ContratCollectif,
        contrats: Sequence[ContratIndividuel | ContratCollectif],
        services: Services,
        au: date,
    ) -> None:
        self.juges = tuple(_juges(signe, contrats, au))
        self._signe = signe
        suivant = qui_suit(signe, contrats)
        partages = [
            (f.contrat, services.reprend(assistant, f))
            for assistant in services.assistants
            for f in services.affectations(assistant)
            if f.contrat != signe.id
        ]
        self._lus = {contrat.id for contrat, _ in self.juges}
        self._dates = {ident for ident, reprend in partages if reprend} | ({suivant.id} if suivant else set())
        gardes = self._lus | self._dates | {ident for ident, _ in partages}
        # In the order of their ids, by which the rules choose between two of one day.
        self._noms = dict(zip(sorted(gardes), _noms({signe.id}), strict=False))
        self._anonyme = next(_noms(signe.medecins))
        self.contrats = tuple(self._reduire(contrat) for contrat in contrats if contrat.id in gardes)
        lies = {medecin for contrat in self.contrats for medecin in contrat.medecins}
        self.medecins = (_medecin(self._anonyme),) if self._anonyme in lies else ()

    def renommer(self, affectation: Affectation) -> Affectation:
        """Give an allocation under the name that its contract bears here."""
        nom = self._noms.get(affectation.contrat, affectation.contrat)
        return affectation.model_copy(update={"contrat": nom})

    def _reduire(self, contrat: ContratIndividuel | ContratCollectif) -> ContratIndividuel | ContratCollectif:
        nom = self._noms[contrat.id]
        if contrat.id in self._lus:
            return _juge(contrat, nom)
        if contrat.id not in self._dates:
            return self._ombre(nom)
        communs = tuple(m for m in contrat.medecins if m in self._signe.medecins) or (self._anonyme,)
        if isinstance(contrat, ContratIndividuel):
            return _date(contrat, nom, {"medecin": communs[0], "derogation": None})
        return _date(
            contrat,
            nom,
            {
                "medecins": communs,
                "structure": None,
                "gains_anterieurs": None,
                "adhesions": (),
                "docteurs_juniors": (),
            },
        )

    def _ombre(self, nom: str) -> ContratIndividuel:
        signe = self._signe
        return ContratIndividuel(
            id=nom,
            medecin=self._anonyme,
            texte="convention_2024",
            option_etp=Fraction(1),
            signe_le=signe.signe_le,
            debut_le=signe.debut_le,
            duree_ans=signe.duree_ans,
            tranche=None,
            reference=_sans_compte(signe.debut_le),
            objectif=None,
            avenants=(),
        )


def _juges(
    signe: ContratIndividuel | ContratCollectif, contrats: Sequence[ContratIndividuel | ContratCollectif], au: date
) -> Iterator[tuple[ContratIndividuel, date]]:
    """Give the individual contracts of the same doctors that the rules judge, each with the day of its counts."""
    if isinstance(signe, ContratCollectif):
        for individuel, a_clore_le in contrats_a_clore(signe, contrats):
            yield individuel, min(a_clore_le - UN_JOUR, au)
        return
    for contrat in contrats:
        if isinstance(contrat, ContratCollectif) or contrat.medecin != signe.medecin:
            continue
        if contrat.debut_le < signe.debut_le:
            yield contrat, min(signe.signe_le, au)


def _noms(pris: Container[str]) -> Iterator[str]:
    """Give ids that nothing has, in their own order."""
    return (nom for rang in count(1) if (nom := f"{_AUTRE}-{rang:04d}") not in pris)


def _juge(contrat: ContratIndividuel | ContratCollectif, nom: str) -> ContratIndividuel | ContratCollectif:
    avenants: list[Avenant] = []
    for avenant in contrat.avenants:
        if isinstance(avenant, NouvelObjectif):
            avenants.append(avenant.model_copy(update={"motif": "", "objectif": _sans_date(avenant.objectif)}))
        elif isinstance(avenant, ChangementOption):
            avenants.append(avenant.model_copy(update={"motif": ""}))
    if (resiliation := contrat.resiliation) is not None:
        avenants.append(resiliation.model_copy(update={"motif": "", "notifie_le": None}))
    objectif = None if contrat.objectif is None else _sans_date(contrat.objectif)
    return contrat.model_copy(
        update={
            "id": nom,
            "tranche": None,
            "derogation": None,
            "objectif": objectif,
            "avenants": tuple(avenants),
        }
    )


def _date(contrat: C, nom: str, autres: dict[str, Any]) -> C:
    """Keep the text, the dates and the end of a contract."""
    fin = contrat.resiliation
    fins = () if fin is None else (fin.model_copy(update={"motif": "", "cause": None, "notifie_le": None}),)
    return contrat.model_copy(
        update={
            "id": nom,
            "tranche": None,
            "reference": _sans_compte(contrat.debut_le),
            "objectif": None,
            "avenants": fins,
            **autres,
        }
    )


def _sans_date(objectif: Objectif) -> Objectif:
    return objectif.model_copy(update={"evaluation_le": None})


def _sans_compte(jour: date) -> Reference:
    return Reference(date=jour, patientele_mt=0, file_active=0)


def _medecin(ident: str) -> Medecin:
    """Give a doctor of whom nothing is said; the number is set with those of the others."""
    return Medecin(
        id=ident,
        nom=_NOM,
        prenom="",
        rpps="0" * 11,
        numero_am="",
        specialite="medecine_generale",
        secteur="1",
        installe_le=_INSTALLE_LE,
        exercice_mixte=False,
    )
