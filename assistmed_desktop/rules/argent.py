"""The money of a contract: due, received, still to come, claims, scenarios over its years, cost against aid.

Amounts are integer centimes. An amount is rounded to the nearest centime, half a centime up; a sum that is split is
cut on its running total, so that its parts add up to it. What is unknown is named, never counted as nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois, en_cours
from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.formats import compte, decimal_arrondi, enumeration, euros, jour_court, nombre, pourcent
from assistmed_desktop.rules.aide import HYPOTHESE, taux_suffisant
from assistmed_desktop.rules.partage import (
    affectations_au,
    assistants_du_contrat,
    centimes,
    decouper,
    mois_exacts,
    part,
    repartir,
)
from assistmed_desktop.rules.resultats import (
    NON_PUBLIE,
    PREMIERE_ANNEE_PLAFONNEE,
    Avertissement,
    Etape,
    Explication,
    SourceLegale,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assistmed_desktop.domain.assistant import Assistant, Cout
    from assistmed_desktop.domain.calendrier import Periode
    from assistmed_desktop.domain.contrat import Indicateur
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.suivi import Versement
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import AnneeAide, EvaluationContrat, EvaluationIndicateur
    from assistmed_desktop.rules.tables import VersementPrevu, VersionEcheances

Jour = date
Base = Literal["notifie", "fixe", "maximum"]
CleScenario = Literal["rythme", "objectif_atteint", "sans_croissance"]
Nature = Literal["notifie", "fixe", "verse", "hypothese", "maximum", "inconnu"]
EtatVersement = Literal["recu", "attendu", "non_saisi", "a_venir", "sans_date"]
Borne = Literal["exact", "au_moins", "au_plus"]
ZERO, UN = Fraction(0), Fraction(1)
LIBELLES_SCENARIO: dict[CleScenario, str] = {
    "rythme": "À ce rythme",
    "objectif_atteint": "Objectif atteint",
    "sans_croissance": "Sans plus aucun gain",
}
LIBELLES_BASE: dict[Base, str] = {
    "notifie": "montant notifié",
    "fixe": "montant du barème",
    "maximum": "maximum du barème",
}
QUEL_QUE_SOIT_L_AVANCEMENT = "versé quel que soit l'avancement (degré C, à vérifier)"
AUCUN_VERSEMENT = "aucun versement saisi"
INCONNUE = "inconnue"
_LIBELLES_NATURE: dict[Nature, str] = {
    "notifie": "notifié par la CPAM",
    "fixe": f"montant du barème, {QUEL_QUE_SOIT_L_AVANCEMENT}",
    "verse": "versements saisis",
    "hypothese": HYPOTHESE,
    "maximum": "maximum du barème",
    "inconnu": "inconnu",
}
ARRONDI = (
    "au centime le plus proche, le demi-centime vers le haut ; une somme partagée est coupée sur son cumul, si bien "
    "que ses parts la redonnent au centime près"
)


@dataclass(frozen=True, slots=True)
class AnneeArgent:
    """One contract year. ``du_le_jour`` is what was to be paid by the day, as entered; None when that is not told.

    ``recu`` is what was received by the day, as entered; None when no payment of the year was ever entered.
    ``apres_la_fin``: the contract ended before it. ``coupee``: it ended within it, and what is due is not published.
    """

    annee: int
    du: date
    au: date
    option: Fraction
    montant_max: int | None
    montant_notifie: int | None
    notifie_le: Jour | None
    hypothese_lineaire: int | None
    du_le_jour: int | None
    a_echoir: int
    recu: int | None
    commencee: bool
    apres_la_fin: bool
    coupee: bool
    explication: Explication

    @property
    def base(self) -> Base | None:
        """What the year is measured against: the amount notified, else that of the barème; None when not known.

        The barème's is ``fixe`` in the years paid whatever the progress, a ``maximum`` in the others.
        """
        if self.apres_la_fin:
            return None
        if self.montant_notifie is not None:
            return "notifie"
        if self.montant_max is None or self.coupee:
            return None
        return "maximum" if self.annee >= PREMIERE_ANNEE_PLAFONNEE else "fixe"

    @property
    def montant_base(self) -> int | None:
        """The amount of ``base``."""
        return None if self.base is None else self.montant_max if self.montant_notifie is None else self.montant_notifie

    @property
    def ecart_du(self) -> int | None:
        """Received less due by the day."""
        return None if self.du_le_jour is None or self.recu is None else self.recu - self.du_le_jour

    @property
    def ecart_base(self) -> int | None:
        """Received less the amount of ``base``; None before the year begins, and when nothing was entered."""
        inconnu = self.montant_base is None or self.recu is None or not self.commencee
        return None if inconnu else (self.recu or 0) - (self.montant_base or 0)

    @property
    def reste(self) -> int | None:
        """What is still to come of the amount of ``base``, at the most."""
        return None if self.montant_base is None else max(0, self.montant_base - (self.recu or 0))


@dataclass(frozen=True, slots=True)
class LigneEcheancier:
    """A payment: as the text that governs the contract has it, beside the one entered at the same rank of the year.

    ``part`` is None for a payment entered beyond those of the text; ``prevu_le`` when nobody published the day.
    ``reclamable_jusqu_au`` is the last day on which the caisse may claim back what was received, fraud aside.
    """

    annee: int
    rang: int
    part: Fraction | None
    montant_prevu: int | None
    prevu_le: Jour | None
    echeance_le: Jour | None
    montant_du: int | None
    recu_le: Jour | None
    montant_recu: int | None
    etat: EtatVersement
    calendrier_publie: bool
    reclamable_jusqu_au: Jour | None
    sources: tuple[SourceLegale, ...]
    phrase: str


@dataclass(frozen=True, slots=True)
class AnneeScenario:
    """One contract year of a scenario: an amount, or the part of it that is known; None when nothing is."""

    annee: int
    montant: int | None
    connu: bool
    nature: Nature
    calcul: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """What the contract would bring over its years. ``atteinte`` is the attainment supposed, None when unknown."""

    cle: CleScenario
    atteinte: Fraction | None
    hypothese: str
    etapes: tuple[Etape, ...]
    annees: tuple[AnneeScenario, ...]

    @property
    def total(self) -> int | None:
        """The sum of what is known; None when nothing is."""
        return _somme(self.annees, [annee.montant for annee in self.annees])

    @property
    def inconnues(self) -> tuple[int, ...]:
        """The years of which something is unknown: the total is then a minimum."""
        return tuple(annee.annee for annee in self.annees if not annee.connu)

    @property
    def phrase(self) -> str:
        """The total in words, the unknown years named."""
        if self.total is None:
            return INCONNUE
        if not self.inconnues:
            return euros(self.total)
        return f"au moins {euros(self.total)}, {_annees(self.inconnues)} non comptée{_s(self.inconnues)}"


@dataclass(frozen=True, slots=True)
class LigneCout:
    """What an assistant cost this contract over some days: monthly cost × months × share of the contract."""

    assistant: str
    nom: str
    du: date
    au: date
    mensuel: int
    mois: Fraction
    part: Fraction
    montant: int


@dataclass(frozen=True, slots=True)
class CoutContrat:
    """The cost as the user typed it. ``jours_sans_cout``: days of allocation without a cost, so that it is a minimum.

    ``mensuel`` is the cost of the day; ``a_venir`` carries it to the last day of the contract, as if nothing changed.
    """

    lignes: tuple[LigneCout, ...]
    jours_sans_cout: int
    mensuel: int | None
    mois_a_venir: Fraction
    a_venir: int | None

    @property
    def a_ce_jour(self) -> int:
        """The cost from the first day of the contract to the day."""
        return sum(ligne.montant for ligne in self.lignes)

    @property
    def total(self) -> int | None:
        """The cost to the last day; None when what is to come is unknown."""
        return None if self.a_venir is None else self.a_ce_jour + self.a_venir


@dataclass(frozen=True, slots=True)
class ResteACharge:
    """What remains for the doctor once the aid is deducted; below zero, the aid exceeds the cost."""

    cle: CleScenario
    montant: int
    borne: Borne


@dataclass(frozen=True, slots=True)
class Argent:
    """The money of one contract on a day. ``cout`` is None when no cost was typed for its assistants."""

    au: Jour
    annees: tuple[AnneeArgent, ...]
    echeancier: tuple[LigneEcheancier, ...]
    scenarios: tuple[Scenario, ...]
    cout: CoutContrat | None
    avertissements: tuple[Avertissement, ...]

    @property
    def recu(self) -> int | None:
        """Everything entered as received by the day; None when no payment was ever entered."""
        return _somme(self.annees, [annee.recu for annee in self.annees])

    @property
    def du_le_jour(self) -> int | None:
        """What was to be paid by the day, of the years that tell; None when none does."""
        return _somme(self.annees, [annee.du_le_jour for annee in self.annees])

    @property
    def reste(self) -> int | None:
        """What is still to come, at the most, of the years whose amount is known; None when none is."""
        return _somme(self.annees_inconnues, [annee.reste for annee in self.annees])

    @property
    def annees_inconnues(self) -> tuple[int, ...]:
        """The years of the contract whose amount is unknown."""
        return tuple(a.annee for a in self.annees if a.montant_base is None and not a.apres_la_fin)

    @property
    def annees_sans_versement(self) -> tuple[int, ...]:
        """The years begun of which no payment was ever entered."""
        return tuple(a.annee for a in self.annees if a.recu is None and a.commencee and not a.apres_la_fin)

    @property
    def recu_en_lettres(self) -> str:
        """What was received in words, the years of which nothing was entered named."""
        if self.recu is None:
            return AUCUN_VERSEMENT
        sans = self.annees_sans_versement
        if not sans:
            return euros(self.recu)
        article = "les " if len(sans) > 1 else "l'"
        return f"{euros(self.recu)}, {AUCUN_VERSEMENT} pour {article}{_annees(sans)}"

    @property
    def reste_a_charge_a_ce_jour(self) -> int | None:
        """The cost so far less the aid received, as far as it was entered."""
        return None if self.cout is None or self.recu is None else self.cout.a_ce_jour - self.recu

    @property
    def restes_a_charge(self) -> tuple[ResteACharge, ...]:
        """What remains for the doctor at the end in each scenario, where a bound at least can be told."""
        if self.cout is None or self.cout.total is None:
            return ()
        restes = []
        for scenario in self.scenarios:
            bornes: set[Borne] = set()
            if scenario.inconnues:
                bornes.add("au_plus")
            if self.cout.jours_sans_cout:
                bornes.add("au_moins")
            if scenario.total is not None and len(bornes) < 2:  # noqa: PLR2004 - bounded on one side at most
                borne = bornes.pop() if bornes else "exact"
                restes.append(ResteACharge(scenario.cle, self.cout.total - scenario.total, borne))
        return tuple(restes)

    @property
    def chiffres(self) -> dict[str, Explication]:
        """Every figure with how it was reached."""
        trouves = {f"annees.{annee.annee}": annee.explication for annee in self.annees}
        for ligne in self.echeancier:
            trouves[f"echeancier.{ligne.annee}.{ligne.rang}"] = Explication(
                f"Versement {ligne.rang} de l'année {ligne.annee}",
                (
                    Etape("Arrondi", "pour toutes les parts", ARRONDI),
                    Etape("Versement", ligne.phrase, LIBELLES_ETAT_VERSEMENT[ligne.etat]),
                ),
                ligne.sources,
            )
        sources = tuple(dict.fromkeys(s for annee in self.annees for s in annee.explication.sources))
        for scenario in self.scenarios:
            etapes = [
                *scenario.etapes,
                Etape("Hypothèse", scenario.hypothese, _atteinte_en_lettres(scenario.atteinte)),
                Etape("Arrondi", "chaque année", ARRONDI),
                *(Etape(f"Année {a.annee}", a.calcul, _minimum(a.montant, connu=a.connu)) for a in scenario.annees),
                Etape("Total", "somme des années", scenario.phrase),
            ]
            trouves[f"scenarios.{scenario.cle}"] = Explication(LIBELLES_SCENARIO[scenario.cle], tuple(etapes), sources)
        inconnues = f"sans {_annees(self.annees_inconnues)}" if self.annees_inconnues else "toutes les années"
        trouves["totaux"] = Explication(
            "Totaux de l'aide",
            (
                Etape("Reçu", f"versements reçus au {jour_court(self.au)}, saisis", self.recu_en_lettres),
                Etape("Dû", f"versements dus au {jour_court(self.au)}, saisis", _ou_inconnu(self.du_le_jour)),
                Etape(
                    "Reste à venir, au plus",
                    f"notifié ou montant du barème − reçu, {inconnues}",
                    _ou_inconnu(self.reste),
                ),
            ),
            sources,
        )
        trouves["cout"] = Explication("Coût de l'assistant et reste à charge", tuple(self._etapes_du_cout()), ())
        return trouves

    def _etapes_du_cout(self) -> Iterator[Etape]:
        cout = self.cout
        if cout is None:
            yield Etape("Coût", "aucun coût saisi pour les assistants de ce contrat", "inconnu")
            return
        for ligne in cout.lignes:
            yield Etape(
                f"{ligne.nom}, du {jour_court(ligne.du)} au {jour_court(ligne.au)}",
                f"{euros(ligne.mensuel)} × {nombre(ligne.mois, 4)} mois"
                + ("" if ligne.part == 1 else f" × {ligne.part} (part du contrat)"),
                euros(ligne.montant),
            )
        yield Etape(
            "Mois", "mois entiers, et jours au prorata des jours de leur mois", "brut et charges saisis, sans paie"
        )
        yield Etape("Arrondi", "chaque ligne", ARRONDI)
        manque = f", {compte(cout.jours_sans_cout, 'jour')} sans coût saisi" if cout.jours_sans_cout else ""
        yield Etape("Coût à ce jour", f"somme des lignes{manque}", euros(cout.a_ce_jour))
        if cout.a_venir is None:
            yield Etape("Coût à venir", "aucun coût complet en cours ce jour-là", "inconnu")
        else:
            yield Etape(
                "Coût à venir, si rien ne change",
                f"{euros(cout.mensuel or 0)} × {nombre(cout.mois_a_venir, 4)} mois jusqu'à la fin du contrat",
                euros(cout.a_venir),
            )
        yield Etape(
            "Reste à charge à ce jour",
            AUCUN_VERSEMENT if self.recu is None else f"{euros(cout.a_ce_jour)} − reçu : {self.recu_en_lettres}",
            ("au plus " if self.recu is not None and self.annees_sans_versement else "")
            + _ou_inconnu(self.reste_a_charge_a_ce_jour),
        )
        for reste in self.restes_a_charge:
            yield Etape(
                f"Reste à charge à la fin, {LIBELLES_SCENARIO[reste.cle].lower()}",
                "coût à ce jour + coût à venir − aide du scénario",
                {"exact": "", "au_moins": "au moins ", "au_plus": "au plus "}[reste.borne] + euros(reste.montant),
            )


LIBELLES_ETAT_VERSEMENT: dict[EtatVersement, str] = {
    "recu": "reçu",
    "attendu": "attendu, non reçu",
    "non_saisi": f"attendu, {AUCUN_VERSEMENT}",
    "a_venir": "à venir",
    "sans_date": "date non publiée",
}


def argent(dossier: Dossier, contrat: EvaluationContrat, baremes: Baremes) -> Argent:
    """Gather the money of a contract on the day of its evaluation."""
    signe = contrat.contrat
    versements: dict[int, list[Versement]] = defaultdict(list)
    for versement in dossier.versements:
        if versement.contrat == signe.id and (connu := versement.connu_le(contrat.au)) is not None:
            versements[connu.annee_contrat].append(connu)
    assistants = assistants_du_contrat(dossier, signe.id)
    annees = tuple(_annee(contrat, aide, versements[aide.annee]) for aide in contrat.aide)
    version = baremes.echeances.version_ou_rien(signe, max(signe.signe_le, signe.debut_le))
    prevus = {annee.annee: _parts_prevues(annee.annee, version, contrat, assistants) for annee in annees}
    echeancier = tuple(
        ligne
        for annee in annees
        for ligne in _echeancier(annee, prevus[annee.annee], versements[annee.annee], contrat.au, version)
    )
    return Argent(
        au=contrat.au,
        annees=annees,
        echeancier=echeancier,
        scenarios=tuple(_scenarios(contrat, annees, versements, prevus)),
        cout=_cout(dossier, contrat, assistants),
        avertissements=tuple(_avertissements(annees, echeancier, contrat)),
    )


def _annee(contrat: EvaluationContrat, aide: AnneeAide, versements: Sequence[Versement]) -> AnneeArgent:
    au, fin = contrat.au, contrat.contrat.resilie_le
    recus = [v for v in versements if v.recu_le is not None]
    exigibles = [v for v in versements if v in recus or (v.echeance_le is not None and v.echeance_le <= au)]
    dus = [v.montant_du for v in exigibles if v.montant_du is not None]
    recu = sum(v.montant_recu or 0 for v in recus) if versements else None
    du_le_jour = sum(dus) if exigibles and len(dus) == len(exigibles) else None
    hypothese = (
        None
        if aide.hypothese_lineaire is None or aide.montant_notifie is not None
        else centimes(aide.hypothese_lineaire)
    )
    etapes = list(aide.explication.etapes)
    if aide.montant is not None and aide.montant_notifie is None and aide.annee < PREMIERE_ANNEE_PLAFONNEE:
        etapes.append(Etape("Avancement", "des deux premières années", QUEL_QUE_SOIT_L_AVANCEMENT))
    etapes.append(Etape("Dû", f"versements saisis, dus au {jour_court(au)}", _ou_inconnu(du_le_jour)))
    saisis = "d'après les versements saisis" if recu is None else compte(len(recus), "versement")
    etapes.append(Etape("Reçu", f"{saisis}, au {jour_court(au)}", AUCUN_VERSEMENT if recu is None else euros(recu)))
    annee = AnneeArgent(
        annee=aide.annee,
        du=aide.du,
        au=aide.au,
        option=aide.option,
        montant_max=aide.montant_max,
        montant_notifie=aide.montant_notifie,
        notifie_le=aide.notifie_le,
        hypothese_lineaire=hypothese,
        du_le_jour=du_le_jour,
        a_echoir=sum(v.montant_du or 0 for v in versements if v not in exigibles),
        recu=recu,
        commencee=aide.du <= au,
        apres_la_fin=fin is not None and fin <= aide.du,
        coupee=fin is not None and aide.du < fin <= aide.au,
        explication=aide.explication,
    )
    etapes += _etapes_des_ecarts(annee)
    explication = Explication(aide.explication.titre, tuple(etapes), aide.explication.sources)
    return AnneeArgent(
        **{champ: getattr(annee, champ) for champ in AnneeArgent.__slots__ if champ != "explication"},
        explication=explication,
    )


def _etapes_des_ecarts(annee: AnneeArgent) -> Iterator[Etape]:
    if annee.du_le_jour is not None and annee.recu is not None and annee.ecart_du is not None:
        yield Etape("Reçu − dû", f"{euros(annee.recu)} − {euros(annee.du_le_jour)}", _signe(annee.ecart_du))
    if annee.base is None or annee.montant_base is None:
        return
    if annee.recu is not None and annee.ecart_base is not None:
        yield Etape(
            f"Reçu − {LIBELLES_BASE[annee.base]}",
            f"{euros(annee.recu)} − {euros(annee.montant_base)}",
            _signe(annee.ecart_base),
        )
    moins = f", {AUCUN_VERSEMENT}" if annee.recu is None else " − reçu"
    yield Etape("Reste à venir, au plus", f"{LIBELLES_BASE[annee.base]}{moins}", euros(annee.reste or 0))


@dataclass(frozen=True, slots=True)
class _Prevu:
    """A payment as the text has it."""

    part: Fraction
    le: date | None
    source: SourceLegale | None


def _parts_prevues(
    annee: int, version: VersionEcheances | None, contrat: EvaluationContrat, assistants: Sequence[Assistant]
) -> list[_Prevu]:
    """Give the payments of a contract year; what the text does not tell is one undated payment."""
    if version is None:
        return [_Prevu(UN, None, None)]
    dates = [prevu for prevu in version.versements if prevu.annee == annee]
    reste = UN - sum((Fraction(prevu.part, 100) for prevu in dates), ZERO)
    if dates and reste >= 0:
        parts = [
            _Prevu(Fraction(prevu.part, 100), _jour_prevu(prevu, contrat, assistants), version.source(prevu.grade))
            for prevu in dates
        ]
        return [*parts, _Prevu(reste, None, None)] if reste else parts
    sans_date = version.versements_sans_date
    if sans_date is not None and annee >= sans_date.annee:
        return [_Prevu(Fraction(1, sans_date.parts), None, version.source(sans_date.grade))] * sans_date.parts
    return [_Prevu(UN, None, None)]


def _jour_prevu(prevu: VersementPrevu, contrat: EvaluationContrat, assistants: Sequence[Assistant]) -> date | None:
    match prevu.depuis:
        case "embauche" | "premiere_embauche":
            depuis = min((a.embauche_le for a in assistants if a.embauche_le is not None), default=None)
        case "debut":
            depuis = contrat.contrat.debut_le
        case "signature":
            depuis = contrat.contrat.signe_le
        case _:  # counted from the end of the contract, or from another payment: no day for the aid of a year
            depuis = None
    return None if depuis is None else ajouter_mois(depuis, prevu.mois) + timedelta(days=prevu.jours)


def _echeancier(
    annee: AnneeArgent,
    prevus: Sequence[_Prevu],
    versements: Sequence[Versement],
    au: date,
    version: VersionEcheances | None,
) -> Iterator[LigneEcheancier]:
    """Set the payments of the text beside those entered, rank by rank."""
    attendus = [] if annee.apres_la_fin else list(prevus)
    base = annee.montant_base
    montants: Sequence[int | None] = [None] * len(attendus)
    if base is not None and attendus:
        montants = repartir(base, [prevu.part for prevu in attendus])
    saisis = sorted(versements, key=lambda v: v.echeance_le or v.recu_le or date.max)
    conservation = None if version is None else next((d for d in version.delais if d.code == "conservation"), None)
    for rang in range(1, max(len(attendus), len(saisis)) + 1):
        prevu = attendus[rang - 1] if rang <= len(attendus) else None
        saisi = saisis[rang - 1] if rang <= len(saisis) else None
        recu_le = None if saisi is None else saisi.recu_le
        reclamable = None
        sources = [] if prevu is None or prevu.source is None else [prevu.source]
        if recu_le is not None and version is not None and conservation is not None:
            reclamable = ajouter_mois(recu_le, conservation.mois)
            sources.append(version.source(conservation.grade))
        echeance = None if saisi is None else saisi.echeance_le
        le = echeance or (None if prevu is None else prevu.le)
        etat: EtatVersement = "recu" if recu_le is not None else "sans_date" if le is None else "a_venir"
        if etat == "a_venir" and le is not None and le <= au:
            etat = "non_saisi" if saisi is None else "attendu"
        ligne = LigneEcheancier(
            annee=annee.annee,
            rang=rang,
            part=None if prevu is None else prevu.part,
            montant_prevu=montants[rang - 1] if prevu is not None else None,
            prevu_le=None if prevu is None else prevu.le,
            echeance_le=echeance,
            montant_du=None if saisi is None else saisi.montant_du,
            recu_le=recu_le,
            montant_recu=saisi.montant_recu if saisi is not None and recu_le is not None else None,
            etat=etat,
            calendrier_publie=prevu is not None and prevu.source is not None,
            reclamable_jusqu_au=reclamable,
            sources=tuple(dict.fromkeys(sources)),
            phrase="",
        )
        phrase = " ".join(_phrases(ligne, annee, len(attendus), saisi=saisi is not None, au=au))
        yield LigneEcheancier(
            **{champ: getattr(ligne, champ) for champ in LigneEcheancier.__slots__ if champ != "phrase"}, phrase=phrase
        )


_RECLAMATION = "le délai pour le réclamer n'est pas publié, voyez avec votre CPAM"


def _phrases(ligne: LigneEcheancier, annee: AnneeArgent, nombre_prevu: int, *, saisi: bool, au: date) -> Iterator[str]:
    if ligne.part is None:
        yield f"Année {ligne.annee}, autre versement saisi."
    elif not ligne.calendrier_publie:
        montant = "montant inconnu" if ligne.montant_prevu is None else _au_plus(annee) + euros(ligne.montant_prevu)
        entiere = nombre_prevu == 1
        quoi = "nombre et dates des versements non publiés" if entiere else "date non publiée"
        yield f"Année {ligne.annee}{'' if entiere else ', reste'} : {montant}, {quoi}."
    else:
        combien = "en une fois" if nombre_prevu == 1 else f"part {ligne.rang} sur {nombre_prevu}"
        montant = "montant inconnu" if ligne.montant_prevu is None else _au_plus(annee) + euros(ligne.montant_prevu)
        le = "date non publiée" if ligne.prevu_le is None else f"le {jour_court(ligne.prevu_le)}"
        yield f"Année {ligne.annee}, {combien} : {montant}, {le}."
    if saisi:
        du = "montant dû inconnu" if ligne.montant_du is None else f"{euros(ligne.montant_du)} dus"
        quand = "" if ligne.echeance_le is None else f" le {jour_court(ligne.echeance_le)}"
        yield f"Saisi : {du}{quand}."
    if ligne.recu_le is not None and ligne.montant_recu is not None:
        yield f"Reçu : {euros(ligne.montant_recu)} le {jour_court(ligne.recu_le)}."
    elif ligne.etat == "attendu":
        yield f"Non reçu ; {_RECLAMATION}."
    elif ligne.etat == "non_saisi":
        yield f"{AUCUN_VERSEMENT.capitalize()} : l'avez-vous reçu ? Sinon, {_RECLAMATION}."
    if ligne.reclamable_jusqu_au is not None:
        jusqu_au = jour_court(ligne.reclamable_jusqu_au)
        peut = "peut" if ligne.reclamable_jusqu_au >= au else "pouvait"
        yield f"La caisse {peut} en réclamer le remboursement jusqu'au {jusqu_au} (à vérifier, fraude à part)."


def _au_plus(annee: AnneeArgent) -> str:
    return "au plus " if annee.base == "maximum" and annee.annee >= PREMIERE_ANNEE_PLAFONNEE else ""


def _scenarios(
    contrat: EvaluationContrat,
    annees: Sequence[AnneeArgent],
    versements: Mapping[int, Sequence[Versement]],
    prevus: Mapping[int, Sequence[_Prevu]],
) -> Iterator[Scenario]:
    requis = [indicateur for indicateur in contrat.indicateurs if indicateur.requis]
    aujourd_hui = {indicateur.indicateur: _atteinte(indicateur) for indicateur in requis}
    passee = contrat.au >= contrat.evaluation_le
    projetees = aujourd_hui if passee else {i.indicateur: _atteinte_projetee(i) for i in requis}
    le = jour_court(contrat.evaluation_le)
    au_rythme = f"évaluation du {le} passée, niveau d'aujourd'hui gardé" if passee else f"tendance portée au {le}"
    suppositions: tuple[tuple[CleScenario, Mapping[Indicateur, Fraction | None], str], ...] = (
        ("rythme", projetees, au_rythme),
        ("objectif_atteint", {}, "chaque année à venir au maximum"),
        ("sans_croissance", aujourd_hui, "niveau d'aujourd'hui gardé jusqu'à la fin"),
    )
    for cle, atteintes, hypothese in suppositions:
        atteinte = _la_moindre(atteintes) if atteintes else UN
        yield Scenario(
            cle,
            atteinte,
            hypothese,
            tuple(
                Etape(f"Atteinte, {INDICATEURS[indicateur]}", hypothese, _atteinte_en_lettres(sienne))
                for indicateur, sienne in atteintes.items()
            ),
            tuple(
                _annee_du_scenario(annee, atteinte, versements[annee.annee], prevus[annee.annee], contrat.au)
                for annee in annees
                if not annee.apres_la_fin
            ),
        )


def _annee_du_scenario(
    annee: AnneeArgent, atteinte: Fraction | None, versements: Sequence[Versement], prevus: Sequence[_Prevu], au: date
) -> AnneeScenario:
    plafonnee = annee.annee >= PREMIERE_ANNEE_PLAFONNEE
    if annee.montant_notifie is not None:
        return _connue(annee, annee.montant_notifie, "notifie")
    if plafonnee and annee.au < au and not annee.coupee:
        return _annee_passee(annee, versements, prevus)
    if annee.coupee or annee.montant_max is None or (plafonnee and atteinte is None):
        calcul = "atteinte inconnue" if annee.montant_max is not None else NON_PUBLIE
        calcul = "le contrat finit dans cette année" if annee.coupee else calcul
        return AnneeScenario(annee.annee, None, connu=False, nature="inconnu", calcul=calcul)
    if not plafonnee or atteinte is None:
        return _connue(annee, annee.montant_max, "fixe")
    if atteinte == 1:
        return _connue(annee, annee.montant_max, "maximum")
    calcul = f"{euros(annee.montant_max)} × {taux_suffisant(annee.montant_max, atteinte)}, {HYPOTHESE}"
    montant = centimes(annee.montant_max * atteinte)
    return AnneeScenario(annee.annee, montant, connu=True, nature="hypothese", calcul=calcul)


def _annee_passee(annee: AnneeArgent, versements: Sequence[Versement], prevus: Sequence[_Prevu]) -> AnneeScenario:
    """Give what a capped year already over brought: what was received, or else was due, as entered.

    It is whole when no amount is missing and either the maximum is there or every payment of the text is.
    """
    montants = [v.montant_du if v.recu_le is None else v.montant_recu for v in versements]
    connus = [montant for montant in montants if montant is not None]
    if not connus:
        return AnneeScenario(annee.annee, None, connu=False, nature="inconnu", calcul="rien de notifié ni de saisi")
    publie = all(prevu.source is not None for prevu in prevus)
    au_maximum = annee.montant_max is not None and sum(connus) >= annee.montant_max
    complet = len(connus) == len(montants) and (au_maximum or (publie and len(connus) >= len(prevus)))
    calcul = _LIBELLES_NATURE["verse"] + ("" if complet else ", il peut en manquer")
    montant = sum(connus) if complet else sum(connus) or None
    return AnneeScenario(annee.annee, montant, connu=complet, nature="verse", calcul=calcul)


def _connue(annee: AnneeArgent, montant: int, nature: Nature) -> AnneeScenario:
    return AnneeScenario(annee.annee, montant, connu=True, nature=nature, calcul=_LIBELLES_NATURE[nature])


def _la_moindre(atteintes: Mapping[Indicateur, Fraction | None]) -> Fraction | None:
    """Give the least of the attainments; None when one is unknown."""
    connues = [atteinte for atteinte in atteintes.values() if atteinte is not None]
    return min(connues) if len(connues) == len(atteintes) else None


def _atteinte(indicateur: EvaluationIndicateur) -> Fraction | None:
    if indicateur.statut == "atteint":
        return UN
    return None if indicateur.taux_atteinte is None else _borner(indicateur.taux_atteinte)


def _atteinte_projetee(indicateur: EvaluationIndicateur) -> Fraction | None:
    if indicateur.objectif is None or indicateur.projection is None:
        return None
    valeur = Fraction(decimal_arrondi(indicateur.projection.valeur, 2))
    if indicateur.objectif == indicateur.reference:
        return UN if valeur >= indicateur.objectif else ZERO
    return _borner((valeur - indicateur.reference) / (indicateur.objectif - indicateur.reference))


def _borner(taux: Fraction) -> Fraction:
    return min(UN, max(ZERO, taux))


def _cout(dossier: Dossier, contrat: EvaluationContrat, assistants: Sequence[Assistant]) -> CoutContrat | None:
    if not any(assistant.couts for assistant in assistants):
        return None
    signe = contrat.contrat
    rangs = {autre.id: rang for rang, autre in enumerate(dossier.contrats)}
    lignes = []
    sans_cout = 0
    for assistant in assistants:
        bornes: list[Periode] = [*assistant.affectations, *assistant.couts]
        for du, au in decouper(signe.debut_le, min(contrat.au, contrat.fin_le), bornes):
            sienne = part(assistant, signe.id, du)
            if not sienne:
                continue
            cout = _cout_du(assistant, du)
            if cout is None:
                sans_cout += (au - du).days + 1
                continue
            mensuel = cout.brut_mensuel + cout.charges_mensuelles
            mois = mois_exacts(du, au)
            servis = sorted({a.contrat for a in affectations_au(assistant, du)}, key=rangs.__getitem__)
            montants = repartir(centimes(mensuel * mois), [part(assistant, servi, du) for servi in servis])
            montant = montants[servis.index(signe.id)]
            lignes.append(LigneCout(assistant.id, assistant.nom_complet, du, au, mensuel, mois, sienne, montant))
    jour = max(contrat.au, signe.debut_le)
    debut = max(contrat.au + UN_JOUR, signe.debut_le)
    if debut > contrat.fin_le:
        return CoutContrat(tuple(lignes), sans_cout, None, ZERO, 0)
    mensuels = [
        None if (cout := _cout_du(a, jour)) is None else (cout.brut_mensuel + cout.charges_mensuelles) * sienne
        for a in assistants
        if (sienne := part(a, signe.id, jour))
    ]
    connus = [mensuel for mensuel in mensuels if mensuel is not None]
    a_venir = mois_exacts(debut, contrat.fin_le)
    if not connus or len(connus) < len(mensuels):
        return CoutContrat(tuple(lignes), sans_cout, None, a_venir, None)
    courant = centimes(sum(connus, ZERO))
    return CoutContrat(tuple(lignes), sans_cout, courant, a_venir, centimes(courant * a_venir))


def _cout_du(assistant: Assistant, jour: date) -> Cout | None:
    courants = [cout for cout in assistant.couts if en_cours(cout, jour)]
    return max(courants, key=lambda c: (c.du, c.brut_mensuel, c.charges_mensuelles), default=None)


def _avertissements(
    annees: Sequence[AnneeArgent], echeancier: Sequence[LigneEcheancier], contrat: EvaluationContrat
) -> Iterator[Avertissement]:
    yield from _non_saisis([ligne for ligne in echeancier if ligne.etat == "non_saisi"], contrat.au)
    for ligne in echeancier:
        if ligne.echeance_le is not None and ligne.recu_le is None and ligne.echeance_le < contrat.au:
            montant = "" if ligne.montant_du is None else f" ({euros(ligne.montant_du)})"
            yield Avertissement(
                "versement_en_retard",
                f"Année {ligne.annee} : le versement attendu le {jour_court(ligne.echeance_le)}{montant} n'est pas "
                "noté comme reçu.",
                "attention",
            )
        if (
            ligne.montant_recu is not None
            and ligne.montant_du is not None
            and ligne.recu_le is not None
            and ligne.montant_recu != ligne.montant_du
        ):
            yield Avertissement(
                "versement_different",
                f"Année {ligne.annee} : {euros(ligne.montant_recu)} reçus le {jour_court(ligne.recu_le)} pour "
                f"{euros(ligne.montant_du)} dus.",
                "attention",
            )
    for annee in annees:
        if annee.base is not None and annee.recu is not None and (annee.ecart_base or 0) > 0:
            yield Avertissement(
                "recu_au_dela",
                f"Année {annee.annee} : {euros(annee.recu)} reçus, {euros(annee.ecart_base or 0)} de plus que le "
                f"{LIBELLES_BASE[annee.base]}. Vérifiez les versements saisis.",
                "attention",
            )
        if annee.coupee and annee.montant_notifie is None:
            yield Avertissement(
                "annee_coupee",
                f"Année {annee.annee} : le contrat finit en cours d'année, la part de l'aide qui reste due n'est pas "
                "publiée. Convenez-en avec la caisse.",
                "attention",
            )


def _non_saisis(lignes: Sequence[LigneEcheancier], au: date) -> Iterator[Avertissement]:
    """Ask, once, for the payments the text dates before the day and that nobody entered."""
    passes = [
        f"le versement de l'année {ligne.annee} attendu le {jour_court(ligne.prevu_le)}"
        for ligne in lignes
        if ligne.prevu_le is not None and ligne.prevu_le < au
    ]
    if not passes:
        return
    dits = enumeration(passes)
    un_seul = len(passes) == 1
    suite = "n'est pas noté comme reçu" if un_seul else "ne sont pas notés comme reçus"
    yield Avertissement("versement_non_saisi", f"{dits[0].upper()}{dits[1:]} {suite}.", "attention")


def _somme(toutes: Sequence[object], montants: Sequence[int | None]) -> int | None:
    """Add up the amounts known; None when there is something to add up and nothing of it is known."""
    connus = [montant for montant in montants if montant is not None]
    return sum(connus) if connus or not toutes else None


def _ou_inconnu(montant: int | None) -> str:
    return "inconnu" if montant is None else euros(montant)


def _signe(montant: int) -> str:
    return f"+{euros(montant)}" if montant > 0 else euros(montant)


def _annees(annees: Sequence[int]) -> str:
    return f"année{_s(annees)} {enumeration([str(annee) for annee in annees])}"


def _s(annees: Sequence[int]) -> str:
    return "s" if len(annees) > 1 else ""


def _minimum(montant: int | None, *, connu: bool) -> str:
    return "inconnu" if montant is None else euros(montant) if connu else f"au moins {euros(montant)}"


def _atteinte_en_lettres(atteinte: Fraction | None) -> str:
    return "atteinte inconnue" if atteinte is None else f"atteinte de {pourcent(atteinte, 2)}"
