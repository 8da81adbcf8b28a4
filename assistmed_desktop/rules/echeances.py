"""The deadlines of a contract, from the text that governs it (reglementation, sections 5 and 7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
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
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.suivi import CodeEcheance, EcheanceFaite, Versement
    from assistmed_desktop.rules.resultats import EvaluationContrat
    from assistmed_desktop.rules.tables import CodeDelai, Delai, VersementPrevu, VersionEcheances

Jour = date
JOURS_URGENTS = 60
JOURS_DE_RAPPROCHEMENT = 31  # how far a deadline may have moved since it was ticked off


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


def vie_du_contrat(dossier: Dossier, contrat: EvaluationContrat) -> ViedUnContrat:
    """Gather what the deadlines of an evaluated contract are counted from."""
    return ViedUnContrat(
        contrat.contrat,
        dossier.cabinet,
        [
            (a, affectation)
            for a in dossier.assistants
            for affectation in a.affectations
            if affectation.contrat == contrat.id
        ],
        [versement for versement in dossier.versements if versement.contrat == contrat.id],
        [faite for faite in dossier.echeances_faites if faite.contrat == contrat.id],
        contrat.evaluation_le,
        contrat.fin_le,
    )


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
    """List the deadlines in order of date, those ticked off by the day on the day they were ticked off for."""
    trouvees = [*_du_contrat(vie, textes, au), *_versements_saisis(vie, textes, au)]
    if version is not None:
        for delai in version.delais:
            trouvees += _du_delai(vie, delai, version.source(delai.grade), au)
        for prevu in version.versements:
            trouvees += _versement_prevu(vie, prevu, version.source(prevu.grade), au)
    faites = {(faite.code, faite.le, faite.assistant): faite for faite in vie.faites if faite.faite_le <= au}
    if faites:
        trouvees = _pointer(trouvees, list(faites.values()), vie, version, textes)
    return tuple(sorted(trouvees, key=lambda echeance: (echeance.le, echeance.code, echeance.libelle)))


def _pointer(
    trouvees: Sequence[Echeance],
    faites: Sequence[EcheanceFaite],
    vie: ViedUnContrat,
    version: VersionEcheances | None,
    textes: SourceLegale,
) -> list[Echeance]:
    """Tick off the deadlines that were met.

    Each goes to the one of its code and assistant that is due on its day, failing which to the nearest within 31 days;
    one that meets none is listed all the same, as it was noted.
    """
    couples = sorted(
        (abs((echeance.le - faite.le).days), faite.assistant != echeance.assistant, echeance.le, faite.le, i, k)
        for k, faite in enumerate(faites)
        for i, echeance in enumerate(trouvees)
        if echeance.code == faite.code
        and faite.assistant in (None, echeance.assistant)
        and abs((echeance.le - faite.le).days) <= JOURS_DE_RAPPROCHEMENT
    )
    pointees: dict[int, EcheanceFaite] = {}
    placees: set[int] = set()
    for *_, i, k in couples:
        if i not in pointees and k not in placees:
            pointees[i] = faites[k]
            placees.add(k)
    return [
        *(_faite(echeance, pointees.get(i)) for i, echeance in enumerate(trouvees)),
        *(_faite_seule(faite, vie, version, textes) for k, faite in enumerate(faites) if k not in placees),
    ]


def _faite(echeance: Echeance, faite: EcheanceFaite | None) -> Echeance:
    """Tick a deadline off; the day the dossier gives elsewhere, of a diploma or a payment, prevails."""
    if faite is None:
        return echeance
    return replace(echeance, le=faite.le, etat="faite", fait_le=echeance.fait_le or faite.faite_le)


def _faite_seule(
    faite: EcheanceFaite, vie: ViedUnContrat, version: VersionEcheances | None, textes: SourceLegale
) -> Echeance:
    """List a deadline met that the rules no longer give."""
    assistant = next((a for a in vie.assistants if a.id == faite.assistant), None)
    grades = [] if version is None else [delai.grade for delai in version.delais if delai.code == faite.code]
    source = textes if version is None or not grades else version.source(grades[0])
    qui = "de l'assistant" if assistant is None else de(assistant.nom_complet)
    libelle = _LIBELLES_FAITES[faite.code].format(de_qui=qui, voie=_voie(assistant))
    return Echeance(faite.le, faite.code, libelle, "faite", faite.faite_le, source, faite.assistant)


_LIBELLES_FAITES: dict[CodeEcheance, str] = {
    "contrat_travail_cpam": "Contrat de travail {de_qui} à transmettre à la CPAM",
    "debut_formation": "Formation {de_qui} à commencer",
    "qualification": "{voie} {de_qui} à obtenir",
    "remplacement_secretaire": "Remplacement au secrétariat",
    "exercice_coordonne": "Exercice coordonné à rejoindre",
    "point_etape": "Point d'étape avec la CPAM",
    "preavis": "Préavis (lettre recommandée)",
    "conservation": "Pièces à conserver",
    "evaluation": "Évaluation de l'objectif",
    "fin_contrat": "Dernier jour du contrat",
    "versement": "Versement de l'aide",
}


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
    if not _commence(vie, prevu.annee) or any(versement.annee_contrat == prevu.annee for versement in vie.versements):
        return
    le = _jour_du_versement(vie, prevu)
    if le is not None:
        libelle = f"Versement de l'aide, année {prevu.annee}{_part(Fraction(prevu.part, 100))}"
        yield Echeance(le, "versement", libelle, etat(le, au, None, connu=False), None, source)


def _commence(vie: ViedUnContrat, annee: int) -> bool:
    return anniversaire(vie.contrat.debut_le, annee - 1) <= vie.fin_le


def _jour_du_versement(vie: ViedUnContrat, prevu: VersementPrevu) -> date | None:
    """Give the day of a payment; None while nothing it is counted from has happened."""
    for depuis, _ in _departs(vie, prevu.depuis)[:1]:
        return ajouter_mois(depuis, prevu.mois) + timedelta(days=prevu.jours)
    return None


def _part(part: Fraction) -> str:
    return "" if part == 1 else f" ({pourcent(part)} de l'année)"


@dataclass(frozen=True, slots=True)
class VersementAttendu:
    """A payment a text announces: its share of the year, and its day; None where nobody has published them."""

    annee: int
    rang: int
    part: Fraction | None
    le: Jour | None
    libelle: str
    source: SourceLegale


def dernier_jour_du_preavis(fin_le: date, version: VersionEcheances | None) -> date | None:
    """Give the last day on which a doctor may give notice of an end; None where the text does not tell."""
    delais = () if version is None else version.delais
    return next((ajouter_mois(fin_le, delai.mois) for delai in delais if delai.code == "preavis"), None)


def versements_attendus(vie: ViedUnContrat, version: VersionEcheances | None) -> tuple[VersementAttendu, ...]:
    """Give the payments of each contract year that begins, as its text announces them, dated or not.

    A year of which a part alone is known has one more line for the rest, and one of which nothing is known a line
    without a share.
    """
    if version is None:
        return ()
    attendus: list[VersementAttendu] = []
    for annee in range(1, vie.contrat.duree_ans + 1):
        if _commence(vie, annee):
            attendus += _de_l_annee(vie, version, annee)
    return tuple(attendus)


def _de_l_annee(vie: ViedUnContrat, version: VersionEcheances, annee: int) -> Iterator[VersementAttendu]:
    prevus = [prevu for prevu in version.versements if prevu.annee == annee]
    for rang, prevu in enumerate(prevus, 1):
        part = Fraction(prevu.part, 100)
        nom = f"Année {annee}{_part(part)}"
        yield VersementAttendu(annee, rang, part, _jour_du_versement(vie, prevu), nom, version.source(prevu.grade))
    reste = Fraction(100 - sum(prevu.part for prevu in prevus), 100)
    sans_date = version.versements_sans_date
    if not prevus and sans_date is not None and annee >= sans_date.annee:
        for rang in range(1, sans_date.parts + 1):
            nom = f"Année {annee}, versement {rang} sur {sans_date.parts}, date non publiée"
            source = version.source(sans_date.grade)
            yield VersementAttendu(annee, rang, Fraction(1, sans_date.parts), None, nom, source)
    elif not prevus:
        yield VersementAttendu(annee, 1, None, None, f"Année {annee}, parts et dates non publiées", version.source())
    elif reste:
        nom = f"Année {annee}, le reste{_part(reste)}, date non publiée"
        yield VersementAttendu(annee, len(prevus) + 1, reste, None, nom, version.source())


def _du_delai(vie: ViedUnContrat, delai: Delai, source: SourceLegale, au: date) -> Iterator[Echeance]:
    for depuis, assistant in _departs(vie, delai.depuis):
        for le in _dates(depuis, delai, vie.fin_le):
            if not _concerne(delai.code, vie, assistant, le):
                continue
            fait_le = _fait_le(delai.code, assistant, vie)
            connu = delai.code in _CODES_CONSTATES
            yield Echeance(
                le,
                delai.code,
                _libelle(delai.code, assistant, depuis),
                etat(le, au, fait_le, connu=connu),
                fait_le if fait_le is not None and fait_le <= au else None,
                source,
                None if assistant is None else assistant.id,
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
    if code == "preavis":
        # The doctor gives no notice of an end that the caisse decides.
        return vie.contrat.resiliation is None or vie.contrat.resiliation.cause != "cpam"
    if assistant is None:
        return True
    if code == "remplacement_secretaire":
        return assistant.profil == "secretaire_medicale"
    if code in ("debut_formation", "qualification"):
        return _fait_le(code, assistant, vie) is not None or not _parti_avant(assistant.embauches, le)
    return True


def _parti_avant(embauches: Iterable[Embauche], le: date) -> bool:
    return all(embauche.au is not None and embauche.au < le for embauche in embauches)


def _fait_le(code: str, assistant: Assistant | None, vie: ViedUnContrat) -> date | None:
    """Give the day a deadline was met, where a fact of the dossier tells it: a training, a letter of notice."""
    if code == "preavis":
        return None if vie.contrat.resiliation is None else vie.contrat.resiliation.notifie_le
    if assistant is None or assistant.formation is None:
        return None
    if code == "debut_formation":
        return assistant.formation.debut_le
    return assistant.formation.obtention_le if code == "qualification" else None


def _libelle(code: CodeDelai, assistant: Assistant | None, depuis: date) -> str:
    qui = "" if assistant is None else assistant.nom_complet
    return _LIBELLES[code].format(qui=qui, de_qui=de(qui), voie=_voie(assistant), depuis=jour_court(depuis))


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


def _voie(assistant: Assistant | None) -> str:
    return "FAE" if assistant is not None and _passe_par_la_fae(assistant) else "CQP"


def _passe_par_la_fae(assistant: Assistant) -> bool:
    if assistant.formation is not None:
        return assistant.formation.voie == "fae"
    return assistant.profil in ("infirmier", "aide_soignant", "auxiliaire_puericulture")
