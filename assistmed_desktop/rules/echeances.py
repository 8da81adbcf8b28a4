"""The deadlines of a contract, from the text that governs it (reglementation, sections 5 and 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import ajouter_mois, anniversaire
from assistmed_desktop.formats import de, jour_court, pourcent
from assistmed_desktop.rules.resultats import Echeance, EtatEcheance, SourceLegale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from assistmed_desktop.domain.assistant import Affectation, Assistant, Embauche
    from assistmed_desktop.domain.cabinet import Cabinet
    from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
    from assistmed_desktop.domain.suivi import EcheanceFaite, Versement
    from assistmed_desktop.rules.tables import CodeDelai, Delai, VersementPrevu, VersionEcheances

JOURS_URGENTS = 60


@dataclass(frozen=True, slots=True)
class ViedUnContrat:
    """What the deadlines of a contract are counted from."""

    contrat: ContratIndividuel | ContratCollectif
    cabinet: Cabinet
    affectations: Sequence[tuple[Assistant, Affectation]]
    versements: Sequence[Versement]
    faites: Sequence[EcheanceFaite]
    evaluation_le: date
    fin_le: date

    @property
    def assistants(self) -> list[Assistant]:
        """The assistants who have worked or work for the contract, each once, in the order of the dossier."""
        return list({assistant.id: assistant for assistant, _ in self.affectations}.values())


def etat(le: date, au: date, fait_le: date | None, *, connu: bool) -> EtatEcheance:
    """Give the state of a deadline; ``connu`` when the dossier would tell that it was met."""
    if fait_le is not None and fait_le <= au:
        return "faite"
    if le < au:
        return "depassee" if connu else "passee"
    return "urgente" if (le - au).days <= JOURS_URGENTS else "a_venir"


def echeances(
    vie: ViedUnContrat, version: VersionEcheances | None, textes: SourceLegale, au: date
) -> tuple[Echeance, ...]:
    """List the deadlines in order of date."""
    trouvees = [*_du_contrat(vie, textes, au), *_versements_saisis(vie, textes, au)]
    if version is not None:
        for delai in version.delais:
            trouvees += _du_delai(vie, delai, version.source(delai.grade), au)
        for prevu in version.versements:
            trouvees += _versement_prevu(vie, prevu, version.source(prevu.grade), au)
    return tuple(sorted(trouvees, key=lambda echeance: (echeance.le, echeance.code, echeance.libelle)))


def _du_contrat(vie: ViedUnContrat, textes: SourceLegale, au: date) -> Iterator[Echeance]:
    for le, code, libelle in (
        (vie.evaluation_le, "evaluation", "Évaluation de l'objectif"),
        (vie.fin_le, "fin_contrat", "Dernier jour du contrat"),
    ):
        if code == "evaluation" and vie.contrat.resilie_le is not None and le > vie.fin_le:
            continue  # ended before: there is nothing left to judge
        yield Echeance(le, code, libelle, etat(le, au, None, connu=False), None, textes)


def _versements_saisis(vie: ViedUnContrat, textes: SourceLegale, au: date) -> Iterator[Echeance]:
    for versement in vie.versements:
        if versement.echeance_le is not None:
            fait_le = versement.recu_le
            yield Echeance(
                versement.echeance_le,
                "versement",
                f"Versement de l'aide, année {versement.annee_contrat}",
                etat(versement.echeance_le, au, fait_le, connu=True),
                fait_le if fait_le is not None and fait_le <= au else None,
                textes,
            )


def _versement_prevu(vie: ViedUnContrat, prevu: VersementPrevu, source: SourceLegale, au: date) -> Iterator[Echeance]:
    """Give a payment the text dates, unless its year has payments of its own in the dossier, or never begins."""
    commence = anniversaire(vie.contrat.debut_le, prevu.annee - 1) <= vie.fin_le
    if not commence or any(versement.annee_contrat == prevu.annee for versement in vie.versements):
        return
    part = "" if prevu.part == 100 else f" ({pourcent(prevu.part / 100)} de l'année)"  # noqa: PLR2004 - a percentage
    for depuis, _ in _departs(vie, prevu.depuis)[:1]:
        le = ajouter_mois(depuis, prevu.mois) + timedelta(days=prevu.jours)
        libelle = f"Versement de l'aide, année {prevu.annee}{part}"
        yield Echeance(le, "versement", libelle, etat(le, au, None, connu=False), None, source)


def _du_delai(vie: ViedUnContrat, delai: Delai, source: SourceLegale, au: date) -> Iterator[Echeance]:
    for depuis, assistant in _departs(vie, delai.depuis):
        for le in _dates(depuis, delai, vie.fin_le):
            if not _concerne(delai.code, vie, assistant, le):
                continue
            fait_le = _fait_le(delai.code, assistant)
            connu = delai.code in _CODES_CONSTATES
            yield Echeance(
                le,
                delai.code,
                _libelle(delai.code, assistant, depuis),
                etat(le, au, fait_le, connu=connu),
                fait_le if fait_le is not None and fait_le <= au else None,
                source,
            )


_CODES_CONSTATES = ("debut_formation", "qualification", "exercice_coordonne")


def _departs(vie: ViedUnContrat, depuis: str) -> list[tuple[date, Assistant | None]]:
    """Give the days a delay is counted from, with the assistant it is about."""
    match depuis:
        case "embauche":
            return sorted(((embauche.du, a) for a in vie.assistants for embauche in a.embauches), key=itemgetter(0))
        case "premiere_embauche":
            return [(a.embauche_le, a) for a in vie.assistants if a.embauche_le is not None]
        case "debut":
            return [(vie.contrat.debut_le, None)]
        case "signature":
            return [(vie.contrat.signe_le, None)]
        case "fin":
            return [(vie.fin_le, None)]
        case _:
            recus = [versement.recu_le for versement in vie.versements if versement.recu_le is not None]
            return [(max(recus), None)] if recus else []


def _dates(depuis: date, delai: Delai, fin_le: date) -> Iterator[date]:
    if not delai.repete:
        yield ajouter_mois(depuis, delai.mois)
        return
    rang = 1
    while (le := ajouter_mois(depuis, delai.mois * rang)) <= fin_le:
        yield le
        rang += 1


def _concerne(code: CodeDelai, vie: ViedUnContrat, assistant: Assistant | None, le: date) -> bool:
    """Say whether a deadline makes sense for this practice and this assistant."""
    if code == "exercice_coordonne":
        return vie.cabinet.exercice_coordonne == "engagement"
    if assistant is None:
        return True
    if code == "remplacement_secretaire":
        return assistant.profil == "secretaire_medicale"
    if code in ("debut_formation", "qualification"):
        return _fait_le(code, assistant) is not None or not _parti_avant(assistant.embauches, le)
    return True


def _parti_avant(embauches: Iterable[Embauche], le: date) -> bool:
    return all(embauche.au is not None and embauche.au < le for embauche in embauches)


def _fait_le(code: str, assistant: Assistant | None) -> date | None:
    if assistant is None or assistant.formation is None:
        return None
    if code == "debut_formation":
        return assistant.formation.debut_le
    return assistant.formation.obtention_le if code == "qualification" else None


def _libelle(code: CodeDelai, assistant: Assistant | None, depuis: date) -> str:
    qui = "" if assistant is None else assistant.nom_complet
    voie = "FAE" if assistant is not None and _passe_par_la_fae(assistant) else "CQP"
    return _LIBELLES[code].format(qui=qui, de_qui=de(qui), voie=voie, depuis=jour_court(depuis))


_LIBELLES: dict[CodeDelai, str] = {
    "contrat_travail_cpam": "Contrat de travail {de_qui} à transmettre à la CPAM",
    "debut_formation": "Formation {de_qui} à commencer",
    "qualification": "{voie} {de_qui} à obtenir",
    "remplacement_secretaire": "Remplacement au secrétariat, si {qui} y travaillait dans ce cabinet",
    "exercice_coordonne": "Exercice coordonné à rejoindre",
    "point_etape": "Point d'étape avec la CPAM",
    "preavis": "Dernier jour du préavis pour une fin le {depuis} (lettre recommandée)",
    "conservation": "Pièces à conserver jusqu'à cette date, après le dernier versement reçu",
}


def _passe_par_la_fae(assistant: Assistant) -> bool:
    if assistant.formation is not None:
        return assistant.formation.voie == "fae"
    return assistant.profil in ("infirmier", "aide_soignant", "auxiliaire_puericulture")
