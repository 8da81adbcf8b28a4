"""The deadlines of a contract, from the text that governs it (reglementation, sections 5 and 7)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from operator import itemgetter
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import ajouter_mois, anniversaire
from assistmed_desktop.formats import de, jour_court, pourcent
from assistmed_desktop.rules.adhesions import fin_du_contrat
from assistmed_desktop.rules.resultats import SAISIE, Echeance, EtatEcheance, SourceLegale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assistmed_desktop.domain.assistant import Affectation, Assistant, Embauche
    from assistmed_desktop.domain.cabinet import Cabinet
    from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.suivi import CodeEcheance, EcheanceFaite, Versement
    from assistmed_desktop.rules.bareme import Bareme
    from assistmed_desktop.rules.resultats import EvaluationContrat
    from assistmed_desktop.rules.tables import CodeDelai, Delai, VersementPrevu, VersionEcheances

Jour = date
JOURS_URGENTS = 60
JOURS_DE_RAPPROCHEMENT = 31  # how far a deadline may have moved since it was ticked off


@dataclass(frozen=True, slots=True)
class Reprise:
    """The first contract an assistant worked for, before the one looked at: their training is counted under it.

    ``depuis`` is their first day in it, ``jusqu_au`` the last day of the last such contract; ``meme_medecin`` when one
    of them was of a doctor of the contract looked at, to whom the hiring is not new.
    """

    contrat: ContratIndividuel | ContratCollectif
    version: VersionEcheances | None
    depuis: Jour
    jusqu_au: Jour
    meme_medecin: bool


@dataclass(frozen=True, slots=True)
class ViedUnContrat:
    """What the deadlines of a contract are counted from. ``reprises`` is by assistant."""

    contrat: ContratIndividuel | ContratCollectif
    cabinet: Cabinet
    affectations: Sequence[tuple[Assistant, Affectation]]
    versements: Sequence[Versement]
    faites: Sequence[EcheanceFaite]
    evaluation_le: date
    fin_le: date
    reprises: Mapping[str, Reprise] = field(default_factory=dict)

    @property
    def assistants(self) -> list[Assistant]:
        """The assistants who have worked or work for the contract, each once, in the order of the dossier."""
        return list({assistant.id: assistant for assistant, _ in self.affectations}.values())

    def arrivee(self, assistant: Assistant) -> date:
        """Give the first day on which one of them works for the contract."""
        return _arrivee(self.contrat, self.affectations, assistant)


def vie_du_contrat(
    dossier: Dossier, contrat: EvaluationContrat, bareme: Bareme[VersionEcheances] | None = None
) -> ViedUnContrat:
    """Gather what the deadlines of an evaluated contract are counted from."""
    affectations = [
        (a, affectation)
        for a in dossier.assistants
        for affectation in a.affectations
        if affectation.contrat == contrat.id
    ]
    return ViedUnContrat(
        contrat.contrat,
        dossier.cabinet,
        affectations,
        [versement for versement in dossier.versements if versement.contrat == contrat.id],
        [faite for faite in dossier.echeances_faites if faite.contrat == contrat.id],
        contrat.evaluation_le,
        contrat.fin_le,
        reprises(contrat.contrat, affectations, {autre.id: autre for autre in dossier.contrats}, bareme),
    )


def reprises(
    contrat: ContratIndividuel | ContratCollectif,
    affectations: Sequence[tuple[Assistant, Affectation]],
    contrats: Mapping[str, ContratIndividuel | ContratCollectif],
    bareme: Bareme[VersionEcheances] | None,
) -> dict[str, Reprise]:
    """Give, by assistant of a contract, the earlier contract that they come from; ``contrats`` are all, by id."""
    trouvees = {}
    for assistant in {assistant.id: assistant for assistant, _ in affectations}.values():
        arrivee = _arrivee(contrat, affectations, assistant)
        avant = [
            (affectation.du, contrats[affectation.contrat])
            for affectation in assistant.affectations
            if affectation.du < arrivee and contrats[affectation.contrat].debut_le < contrat.debut_le
        ]
        if avant:
            du, premier = min(avant, key=lambda celui: (celui[0], celui[1].debut_le, celui[1].id))
            effet = max(premier.signe_le, premier.debut_le)
            trouvees[assistant.id] = Reprise(
                premier,
                None if bareme is None else bareme.version_ou_rien(premier, effet),
                max(du, premier.debut_le),
                max(fin_du_contrat(autre) for _, autre in avant),
                any(set(autre.medecins) & set(contrat.medecins) for _, autre in avant),
            )
    return trouvees


def _arrivee(
    contrat: ContratIndividuel | ContratCollectif,
    affectations: Iterable[tuple[Assistant, Affectation]],
    assistant: Assistant,
) -> date:
    """Give the first day on which an assistant works for a contract."""
    return max(contrat.debut_le, min(affectation.du for celui, affectation in affectations if celui.id == assistant.id))


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
        trouvees += _des_reprises(vie, version, au)
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
    "remplacement_secretaire": "Remplacement au secrétariat, ou service téléphonique",
    "exercice_coordonne": "Exercice coordonné à rejoindre",
    "point_etape": "Point d'étape avec la CPAM",
    "preavis": "Préavis (lettre recommandée)",
    "conservation": "Pièces à conserver",
    "evaluation": "Évaluation de l'objectif",
    "fin_contrat": "Dernier jour du contrat",
    "versement": "Versement de l'aide",
}


def _du_contrat(vie: ViedUnContrat, textes: SourceLegale, au: date) -> Iterator[Echeance]:
    # Ended before its evaluation, a contract has nothing left to judge.
    if vie.contrat.resilie_le is None or vie.evaluation_le <= vie.fin_le:
        objectif = vie.contrat.objectif_au(au)
        source = textes if objectif is None or objectif.evaluation_le is None else _au_contrat(textes)
        le = vie.evaluation_le
        yield Echeance(le, "evaluation", "Évaluation de l'objectif", etat(le, au, None, connu=False), None, source)
    le = vie.fin_le
    yield Echeance(le, "fin_contrat", "Dernier jour du contrat", etat(le, au, None, connu=False), None, textes)


def _au_contrat(textes: SourceLegale) -> SourceLegale:
    """Give the source of a date that the signed contract states, and that prevails over every text."""
    return SourceLegale("Contrat signé", "date inscrite au contrat", SAISIE, "A", textes.verifie_le)


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
    departs = _embauches(vie, reprises=True) if prevu.depuis == "embauche" else _departs(vie, prevu.depuis)
    for depuis, _ in departs[:1]:
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


def dernier_jour_du_preavis(
    contrat: ContratIndividuel | ContratCollectif, fin_le: date, version: VersionEcheances | None
) -> date | None:
    """Give the last day on which a doctor may give notice of an end.

    None where the text does not tell, and for an end that the caisse decides.
    """
    delais = () if version is None else version.delais
    return next(
        (
            ajouter_mois(fin_le, delai.mois)
            for delai in delais
            if delai.code == "preavis" and _a_un_preavis(contrat, delai)
        ),
        None,
    )


def _a_un_preavis(contrat: ContratIndividuel | ContratCollectif, delai: Delai) -> bool:
    return contrat.resiliation is None or contrat.resiliation.cause not in delai.sauf_causes


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
            yield from _une(vie, delai, source, au, (le, assistant))


def _des_reprises(vie: ViedUnContrat, version: VersionEcheances, au: date) -> Iterator[Echeance]:
    """Give the delays of those who come from an earlier contract, as counted under it, when they run out here."""
    for assistant in vie.assistants:
        reprise = vie.reprises.get(assistant.id)
        if reprise is None or assistant.embauche_le is None:
            continue
        avant = reprise.version or version
        depuis = (
            max(assistant.embauche_le, reprise.depuis) if _ancienne_secretaire(assistant) else assistant.embauche_le
        )
        for delai in avant.delais:
            le = ajouter_mois(depuis, delai.mois)
            if delai.depuis == "premiere_embauche" and (le >= vie.arrivee(assistant) or le > reprise.jusqu_au):
                suite = f", délai compté sous le contrat du {jour_court(reprise.contrat.debut_le)}"
                for echeance in _une(vie, delai, avant.source(delai.grade), au, (le, assistant)):
                    yield replace(echeance, libelle=f"{echeance.libelle}{suite}")


def _une(
    vie: ViedUnContrat,
    delai: Delai,
    source: SourceLegale,
    au: date,
    quand: tuple[date, Assistant | None],
) -> Iterator[Echeance]:
    """Give the deadline of a day where it makes sense for an assistant, or for the contract."""
    le, assistant = quand
    if not _concerne(delai, vie, assistant, le):
        return
    fait_le = _fait_le(delai.code, assistant, vie)
    if delai.code in _CODES_DE_LA_VIE and _apres_la_fin(vie, le, fait_le, au):
        return
    fait_le = fait_le if fait_le is not None and fait_le <= au else None
    yield Echeance(
        le,
        delai.code,
        _libelle(delai.code, assistant, vie, fait_le),
        etat(le, au, fait_le, connu=delai.code in _CODES_CONSTATES),
        fait_le,
        source,
        None if assistant is None else assistant.id,
    )


_CODES_CONSTATES = ("debut_formation", "qualification", "exercice_coordonne")
_CODES_DE_LA_VIE = (*_CODES_CONSTATES, "remplacement_secretaire")


def _apres_la_fin(vie: ViedUnContrat, le: date, fait_le: date | None, au: date) -> bool:
    """Say whether a deadline comes after the end of a contract that has ended, or whose end is decided."""
    finit = au > vie.fin_le or vie.contrat.resilie_le is not None
    return finit and le > vie.fin_le and (fait_le is None or fait_le > vie.fin_le)


def _departs(vie: ViedUnContrat, depuis: str) -> list[tuple[date, Assistant | None]]:
    """Give the days a delay is counted from, with the assistant it is about."""
    match depuis:
        case "embauche":
            return _embauches(vie, reprises=False)
        case "premiere_embauche":
            return [
                (max(a.embauche_le, vie.arrivee(a)) if _ancienne_secretaire(a) else a.embauche_le, a)
                for a in vie.assistants
                if a.embauche_le is not None and a.id not in vie.reprises
            ]
        case "debut":
            return [(vie.contrat.debut_le, None)]
        case "signature":
            return [(vie.contrat.signe_le, None)]
        case "fin":
            return [(vie.fin_le, None)]
        case _:
            recus = [versement.recu_le for versement in vie.versements if versement.recu_le is not None]
            return [(max(recus), None)] if recus else []


def _embauches(vie: ViedUnContrat, *, reprises: bool) -> list[tuple[date, Assistant | None]]:
    """Give the days of hiring, by the end of the contract.

    A former secretary, or one who comes from an earlier contract, counts from their first day in this one; the latter
    is not hired anew for a doctor of that contract, but with ``reprises``.
    """
    trouvees: list[tuple[date, Assistant | None]] = []
    for assistant in vie.assistants:
        reprise, arrivee = vie.reprises.get(assistant.id), vie.arrivee(assistant)
        deja = reprise is not None and reprise.meme_medecin and not reprises
        for embauche in assistant.embauches:
            if embauche.du > vie.fin_le:
                continue
            if embauche.du >= arrivee or (reprise is None and not _ancienne_secretaire(assistant)):
                trouvees.append((embauche.du, assistant))
            elif not deja and (embauche.au is None or embauche.au >= arrivee):
                trouvees.append((arrivee, assistant))
    return sorted(trouvees, key=itemgetter(0))


def _ancienne_secretaire(assistant: Assistant) -> bool:
    return assistant.profil == "secretaire_medicale"


def _dates(depuis: date, delai: Delai, fin_le: date) -> Iterator[date]:
    if not delai.repete:
        yield ajouter_mois(depuis, delai.mois)
        return
    rang = 1
    while (le := ajouter_mois(depuis, delai.mois * rang)) <= fin_le:
        yield le
        rang += 1


def _concerne(delai: Delai, vie: ViedUnContrat, assistant: Assistant | None, le: date) -> bool:
    """Say whether a deadline makes sense for this practice and this assistant."""
    if delai.code == "exercice_coordonne":
        return vie.cabinet.exercice_coordonne == "engagement"
    if delai.code == "preavis":
        return _a_un_preavis(vie.contrat, delai)
    if assistant is None:
        return True
    if delai.code == "remplacement_secretaire":
        return _ancienne_secretaire(assistant)
    if delai.code in ("debut_formation", "qualification"):
        return _fait_le(delai.code, assistant, vie) is not None or not _parti_avant(assistant.embauches, le)
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


def _libelle(code: CodeDelai, assistant: Assistant | None, vie: ViedUnContrat, fait_le: date | None) -> str:
    qui = "" if assistant is None else assistant.nom_complet
    libelle = _LIBELLES[code]
    if code == "preavis" and fait_le is not None:
        libelle = "Préavis donné pour une fin le {fin} (lettre recommandée)"
    elif code == "preavis" and vie.contrat.resiliation is not None:
        libelle = "Dernier jour du préavis pour une fin le {fin} (lettre recommandée), à vérifier"
    return libelle.format(qui=qui, de_qui=de(qui), voie=_voie(assistant), fin=jour_court(vie.fin_le))


_LIBELLES: dict[CodeDelai, str] = {
    "contrat_travail_cpam": "Contrat de travail {de_qui} à transmettre à la CPAM",
    "debut_formation": "Formation {de_qui} à commencer",
    "qualification": "{voie} {de_qui} à obtenir",
    "remplacement_secretaire": (
        "Remplacement au secrétariat, ou service téléphonique, si {qui} y travaillait dans ce cabinet"
    ),
    "exercice_coordonne": "Exercice coordonné à rejoindre",
    "point_etape": "Point d'étape avec la CPAM",
    "preavis": (
        "Si vous ne souhaitez pas poursuivre : dernier jour du préavis pour une fin le {fin} (lettre recommandée), à "
        "vérifier"
    ),
    "conservation": "Pièces à conserver jusqu'à cette date, après le dernier versement reçu",
}


def _voie(assistant: Assistant | None) -> str:
    return "FAE" if assistant is not None and _passe_par_la_fae(assistant) else "CQP"


def _passe_par_la_fae(assistant: Assistant) -> bool:
    if assistant.formation is not None:
        return assistant.formation.voie == "fae"
    return assistant.profil in ("infirmier", "aide_soignant", "auxiliaire_puericulture")
