"""What evaluating a dossier gives: frozen values that carry how they were reached.

Counts are patients, amounts integer centimes, rates and expected counts exact fractions: rounding is for showing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from assistmed_desktop.domain.calendrier import en_cours
from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel, Indicateur
from assistmed_desktop.domain.suivi import SourceReleve

Jour = date
Grade = Literal["A", "B", "C", "D", "X"]
GRADES_A_VERIFIER: frozenset[Grade] = frozenset({"C", "D"})
StatutIndicateur = Literal[
    "sous_la_reference", "en_retard", "donnees_insuffisantes", "objectif_inconnu", "en_bonne_voie", "atteint"
]
StatutContrat = StatutIndicateur | Literal["suspendu", "termine"]
EtatEcheance = Literal["passee", "faite", "a_venir", "urgente", "depassee"]
Niveau = Literal["information", "attention"]

LIBELLES_STATUT: dict[StatutContrat, str] = {
    "atteint": "Objectif atteint",
    "en_bonne_voie": "En bonne voie",
    "en_retard": "En retard",
    "sous_la_reference": "Sous la référence",
    "donnees_insuffisantes": "Données insuffisantes",
    "objectif_inconnu": "Objectif inconnu",
    "suspendu": "Suspendu",
    "termine": "Terminé",
}
LIBELLES_ETAT: dict[EtatEcheance, str] = {
    "passee": "passée",
    "faite": "faite",
    "a_venir": "à venir",
    "urgente": "proche",
    "depassee": "dépassée",
}
PREMIERE_ANNEE_PLAFONNEE = 3
NON_PUBLIE = "non publié – reportez le chiffre de votre contrat"


SAISIE: Final = "saisie dans le dossier"
"""The address of a source that the signed contract itself is."""


@dataclass(frozen=True, slots=True)
class SourceLegale:
    """Where a rule comes from: text, article, address, grade A to D, and the day it was last read."""

    texte: str
    article: str
    adresse: str
    grade: Grade
    verifie_le: date

    @property
    def a_verifier(self) -> bool:
        """Whether the user must be told to check it (grades C and D)."""
        return self.grade in GRADES_A_VERIFIER


@dataclass(frozen=True, slots=True)
class Etape:
    """One step of a reasoning: what is worked out, how, and what it gives, in French."""

    libelle: str
    calcul: str
    resultat: str


@dataclass(frozen=True, slots=True)
class Explication:
    """The answer to "Pourquoi ?": the steps in order, and the rules they rest on."""

    titre: str
    etapes: tuple[Etape, ...]
    sources: tuple[SourceLegale, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One reading of one indicator, summed over the doctors of a collective contract."""

    date: Jour
    valeur: int
    source: SourceReleve


@dataclass(frozen=True, slots=True)
class PeriodeSuspendue:
    """A suspension, both days included. ``au`` is the day of the evaluation while ``ouverte``."""

    du: date
    au: date
    ouverte: bool

    @property
    def jours(self) -> int:
        """Its days; none when it is open and has not begun."""
        return max(0, (self.au - self.du).days + 1)


@dataclass(frozen=True, slots=True)
class Projection:
    """The robust trend carried to ``date``, with its 90 % interval, in patients; slopes in patients a day."""

    date: Jour
    valeur: float
    bas: float
    haut: float
    pente: float
    pente_bas: float
    pente_haut: float
    debut: Jour
    releves: int
    authentifiee: bool


@dataclass(frozen=True, slots=True)
class EvaluationIndicateur:
    """One indicator of one contract on one day.

    ``niveau`` is the robust level of the last twelve months, in patients; ``statut_tenu`` the status that a dip of one
    season does not turn over, and ``creux`` says why where it differs from ``statut`` (``rules.saison``).
    """

    indicateur: Indicateur
    requis: bool
    statut: StatutIndicateur
    reference: int
    objectif: int | None
    valeur: int | None
    date: Jour | None
    source: SourceReleve | None
    attendu: Fraction | None
    taux_atteinte: Fraction | None
    gain_mensuel_requis: Fraction | None
    gain_mensuel_realise: Fraction | None
    projection: Projection | None
    points: tuple[Point, ...]
    trajectoire: tuple[tuple[Jour, Fraction], ...]
    explication: Explication
    niveau: float | None
    statut_tenu: StatutIndicateur
    creux: str | None

    @property
    def ecart(self) -> Fraction | None:
        """The patients ahead (positive) or behind (negative) the expected path at the date of the value."""
        if self.valeur is None or self.attendu is None:
            return None
        return self.valeur - self.attendu


@dataclass(frozen=True, slots=True)
class AnneeAide:
    """The aid of one contract year. ``montant_max`` is None when nobody has published it.

    ``montant_notifie`` is what the CPAM has notified, which prevails. ``options_en_cours`` are the options that begin
    within the year, after its first day. A year that begins ``apres_la_fin`` of the contract counts in no total.
    """

    annee: int
    du: date
    au: date
    option: Fraction
    montant_max: int | None
    texte: str
    grade: Grade
    hypothese_lineaire: Fraction | None
    explication: Explication
    montant_notifie: int | None = None
    notifie_le: Jour | None = None
    options_en_cours: tuple[tuple[Jour, Fraction], ...] = ()
    apres_la_fin: bool = False

    @property
    def plafonnee(self) -> bool:
        """Whether the amount is only the most it may be, depending on attainment (reglementation, section 3)."""
        return self.annee >= PREMIERE_ANNEE_PLAFONNEE

    @property
    def montant(self) -> int | None:
        """The amount to show, in centimes: the one notified, failing which the one of the barème."""
        return self.montant_max if self.montant_notifie is None else self.montant_notifie

    @property
    def au_plus(self) -> bool:
        """Whether ``montant`` is only the most the year may bring: from year 3 on, until it is notified."""
        return self.plafonnee and self.montant_notifie is None and self.montant_max is not None


@dataclass(frozen=True, slots=True)
class SegmentEffectif:
    """A period over which the ETP allocated and the ETP required do not change."""

    du: date
    au: date | None
    etp_affecte: Fraction
    etp_requis: Fraction

    @property
    def couvert(self) -> bool:
        """Whether enough ETP is allocated."""
        return self.etp_affecte >= self.etp_requis


@dataclass(frozen=True, slots=True)
class Couverture:
    """Days of the contract so far, out of suspension, and those with enough ETP present or replaced."""

    jours_requis: int
    jours_couverts: int


@dataclass(frozen=True, slots=True)
class Echeance:
    """A deadline. ``fait_le`` is the day it was met, when the dossier tells; ``assistant`` whom it is about."""

    le: date
    code: str
    libelle: str
    etat: EtatEcheance
    fait_le: date | None
    source: SourceLegale
    assistant: str | None = None


@dataclass(frozen=True, slots=True)
class Avertissement:
    """Something to know or to check, as a French sentence."""

    code: str
    message: str
    niveau: Niveau


@dataclass(frozen=True, slots=True)
class Motif:
    """One reason for or against eligibility. ``exclut`` is None when only the user can tell.

    ``autres_sources`` are the rules that say otherwise, or that must be read along with the first.
    """

    message: str
    exclut: bool | None
    source: SourceLegale
    autres_sources: tuple[SourceLegale, ...] = ()


@dataclass(frozen=True, slots=True)
class Eligibilite:
    """Whether the rules known let the contract be signed; None when a fact is missing to tell."""

    eligible: bool | None
    motifs: tuple[Motif, ...]


@dataclass(frozen=True, slots=True)
class EvaluationContrat:
    """One contract on one day: everything the screens and the report show.

    ``medecins`` are all the doctors bound by it at some time, ``adherents`` those whose readings count on the day.
    ``statut`` is that of dossier-v1, ``statut_tenu`` the one that a seasonal dip does not turn over.
    """

    contrat: ContratIndividuel | ContratCollectif
    medecins: tuple[str, ...]
    adherents: tuple[str, ...]
    statut: StatutContrat
    statut_tenu: StatutContrat
    au: date
    fin_le: date
    evaluation_initiale_le: date
    evaluation_le: date
    evaluation_par_defaut: bool
    jours_suspendus: int
    suspensions: tuple[PeriodeSuspendue, ...]
    patientele_mt: EvaluationIndicateur
    file_active: EvaluationIndicateur
    aide: tuple[AnneeAide, ...]
    effectif: tuple[SegmentEffectif, ...]
    couverture: Couverture
    echeances: tuple[Echeance, ...]
    avertissements: tuple[Avertissement, ...]
    eligibilite: Eligibilite

    @property
    def id(self) -> str:
        """The id of the contract."""
        return self.contrat.id

    @property
    def indicateurs(self) -> tuple[EvaluationIndicateur, EvaluationIndicateur]:
        """Both indicators, the patientèle first."""
        return (self.patientele_mt, self.file_active)

    @property
    def annee_en_cours(self) -> AnneeAide | None:
        """The contract year that holds the day of the evaluation."""
        return next((annee for annee in self.aide if en_cours(annee, self.au)), None)


@dataclass(frozen=True, slots=True)
class BaremeAjoute:
    """A file of the user's that applies: the versions it brings, and those of the program whose place they take.

    ``depassees`` are those whose own version the program has read against its source later than the user has.
    ``verifie_le`` is the oldest such reading in the file.
    """

    fichier: str
    table: str
    versions: tuple[str, ...]
    remplacees: tuple[str, ...]
    depassees: tuple[str, ...]
    verifie_le: date


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every contract of a dossier on one day, in the order of the dossier, and the barèmes used.

    ``baremes_refuses`` are the faults, in French, of the user's files that do not apply.
    """

    au: date
    contrats: tuple[EvaluationContrat, ...]
    baremes_verifies_le: date
    baremes_ajoutes: tuple[BaremeAjoute, ...] = ()
    baremes_refuses: tuple[str, ...] = ()
