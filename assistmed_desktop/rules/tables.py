"""The tables of the law: what a version of each may hold, every figure with its grade.

A value that nobody has published is absent. Dates, thresholds and doubles are checked here; what holds between the
versions of one table is checked by ``rules.bareme``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Annotated, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from assistmed_desktop.domain.cabinet import Zonage
from assistmed_desktop.domain.calendrier import se_croisent
from assistmed_desktop.domain.contrat import (
    CauseResiliation,
    Derogation,
    Indicateur,
    Structure,
    TexteConventionnel,
    Tranche,
)
from assistmed_desktop.domain.valeurs import ANNEE_MAX, ANNEE_MIN, COMPTE_MAX, OPTION_INCONNUE, OPTIONS_INDIVIDUELLES
from assistmed_desktop.rules.resultats import SourceLegale

GradePublie = Literal["A", "B", "C", "D"]
Depuis = Literal["embauche", "premiere_embauche", "debut", "signature", "fin", "dernier_versement"]
CodeDelai = Literal[
    "contrat_travail_cpam",
    "debut_formation",
    "qualification",
    "remplacement_secretaire",
    "exercice_coordonne",
    "point_etape",
    "preavis",
    "conservation",
]
ANS_MAX = 10
MOIS_MAX = 12 * ANS_MAX
AGE_MAX = 150
MONTANT_MAX = 1_000_000
TAUX_MAX = 100
ETP_MAX = 10
MEDECINS_MAX = 100
CONTRATS_MAX = 20
CLE_MAX = 64
"""What no table of the law comes near to: a number above is a slip, and could be more than a command can go through."""


def _lire_fraction(valeur: object) -> object:
    """Read a fraction or a decimal between quotes; what is neither is left for the strict type to refuse."""
    ecrite = isinstance(valeur, str) and re.fullmatch(r"[0-9]{1,4}(/[1-9][0-9]{0,2}|\.[0-9]{1,4})?", valeur)
    return Fraction(valeur) if isinstance(valeur, str) and ecrite else valeur


def _jour_plausible(jour: date) -> date:
    if not ANNEE_MIN <= jour.year <= ANNEE_MAX:
        raise ValueError(f"cette date n'est pas entre {ANNEE_MIN} et {ANNEE_MAX}")
    return jour


_Taux = Annotated[Fraction, Field(ge=0, le=TAUX_MAX), BeforeValidator(_lire_fraction)]
_Etp = Annotated[Fraction, Field(gt=0, le=ETP_MAX), BeforeValidator(_lire_fraction)]
_Mois = Annotated[int, Field(ge=-MOIS_MAX, le=MOIS_MAX)]
_Annees = Annotated[int, Field(ge=1, le=ANS_MAX)]
_Age = Annotated[int, Field(ge=0, le=AGE_MAX)]
_Patients = Annotated[int, Field(gt=0, le=COMPTE_MAX)]
_Montant = Annotated[int, Field(gt=0, le=MONTANT_MAX)]
_Jour = Annotated[date, AfterValidator(_jour_plausible)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class ReferenceLegale(_Table):
    """Where the figures of a version come from."""

    texte: Annotated[str, Field(min_length=1)]
    article: Annotated[str, Field(min_length=1)]
    adresse: Annotated[str, Field(min_length=1)]


class ContratsVises(_Table):
    """The contracts a version governs: one text, and the days of signature, both included."""

    texte: TexteConventionnel
    signes_du: _Jour
    signes_au: _Jour | None = None

    @field_validator("signes_au")
    @classmethod
    def _finit_apres(cls, au: date | None, info: ValidationInfo) -> date | None:
        return _en_ordre(info.data.get("signes_du"), au)


class Version(_Table):
    """One dated version of a whole table."""

    cle: Annotated[str, Field(min_length=1, max_length=CLE_MAX)]
    contrats: Annotated[tuple[ContratsVises, ...], Field(min_length=1, max_length=CONTRATS_MAX)]
    effet_du: _Jour
    effet_au: _Jour | None = None
    verifie_le: _Jour
    grade: GradePublie
    reference: ReferenceLegale

    def source(self, grade: GradePublie | None = None, reference: ReferenceLegale | None = None) -> SourceLegale:
        """Give the legal source of the version, with the grade or reference of one of its rules that has its own."""
        legale = reference or self.reference
        return SourceLegale(legale.texte, legale.article, legale.adresse, grade or self.grade, self.verifie_le)

    def regit(self, texte: str, signature: date, effet: date) -> bool:
        """Say whether it governs a contract of that text and signature on a day of effect."""
        return (
            self.effet_du <= effet
            and (self.effet_au is None or effet <= self.effet_au)
            and any(
                vises.texte == texte
                and vises.signes_du <= signature
                and (vises.signes_au is None or signature <= vises.signes_au)
                for vises in self.contrats
            )
        )

    def chevauche(self, autre: Version) -> bool:
        """Say whether two versions could govern one contract on one day."""
        return se_croisent(self.effet_du, self.effet_au, autre.effet_du, autre.effet_au) and any(
            a.texte == b.texte and se_croisent(a.signes_du, a.signes_au, b.signes_du, b.signes_au)
            for a in self.contrats
            for b in autre.contrats
        )

    @field_validator("cle")
    @classmethod
    def _s_ecrit_simplement(cls, cle: str) -> str:
        if not re.fullmatch(r"[a-z0-9_]+", cle):
            raise ValueError("ce nom s'écrit en minuscules sans accent, chiffres et tirets bas, comme montants_2030")
        return cle

    @field_validator("effet_au")
    @classmethod
    def _finit_apres(cls, au: date | None, info: ValidationInfo) -> date | None:
        return _en_ordre(info.data.get("effet_du"), au)


def _en_ordre(du: date | None, au: date | None) -> date | None:
    if du is not None and au is not None and au < du:
        raise ValueError("cette période finit avant de commencer")
    return au


def _uniques(lignes: Iterable[object], *cles: str) -> None:
    vues = [tuple(getattr(ligne, cle) for cle in cles) for ligne in lignes]
    if len(set(vues)) < len(vues):
        raise ValueError(f"deux lignes font double emploi ({', '.join(cles)})")


def _options_connues(options: Iterable[Fraction], info: ValidationInfo) -> None:
    """Refuse an option that no individual contract may have, in a version that governs some."""
    individuels = any(vises.texte != "collectif_2026" for vises in info.data.get("contrats", ()))
    if individuels:
        for option in options:
            _option_individuelle(option)


def _option_individuelle(option: Fraction) -> Fraction:
    if option not in OPTIONS_INDIVIDUELLES:
        raise ValueError(OPTION_INCONNUE)
    return option


_OptionIndividuelle = Annotated[_Etp, AfterValidator(_option_individuelle)]


class OptionOuverte(_Table):
    """An option a text offers, and on which condition."""

    option: _Etp
    condition: Literal["ouverte", "zone_sous_dense", "fermee", "contrats_existants", "extension"]
    grade: GradePublie


class TempsPlein(_Table):
    """The hours of a full-time week."""

    heures: Annotated[int, Field(ge=1, le=48)]
    grade: GradePublie


class AbsenceLongue(_Table):
    """The months of absence without replacement after which the contract is suspended."""

    mois: Annotated[int, Field(ge=1, le=MOIS_MAX)]
    grade: GradePublie


class DeuxIndicateurs(_Table):
    """The specialities judged on both indicators; any other is judged on the file active alone."""

    specialites: Annotated[tuple[str, ...], Field(min_length=1)]
    grade: GradePublie


class NouvelInstalle(_Table):
    """Who counts as newly installed, and what is asked: a percentile to reach, or counts, within some years."""

    mois: Annotated[int, Field(ge=1, le=MOIS_MAX)]
    ans: _Annees
    grade: GradePublie
    percentile: Annotated[int, Field(ge=1, le=99)] | None = None
    patientele_mt: _Patients | None = None
    file_active: _Patients | None = None


class PatienteleComptee(_Table):
    """From which age on a patient counts in the patientèle médecin traitant; 0 when all do."""

    age_minimal: _Age
    grade: GradePublie


class Reinstallation(_Table):
    """The causes of termination after which a doctor signs anew as one newly installed."""

    causes: Annotated[tuple[CauseResiliation, ...], Field(min_length=1)]
    grade: GradePublie
    reference: ReferenceLegale | None = None


class Prorata(_Table):
    """The causes of termination for which, off an anniversary, the caisse and the doctor settle the year pro rata."""

    causes: Annotated[tuple[CauseResiliation, ...], Field(min_length=1)]
    grade: GradePublie


class Reconduction(_Table):
    """Whether a contract is renewed as such at its term, and the options for which it is the other way round."""

    tel_quel: bool
    exceptions: tuple[_OptionIndividuelle, ...]
    grade: GradePublie


class FinSousLaReference(_Table):
    """That the CPAM may end a contract whose counts have fallen under its reference."""

    grade: GradePublie


class Extension(_Table):
    """What the options of condition ``extension`` ask: a year of a first contract, its option, zone, speciality."""

    annee: _Annees
    option: _OptionIndividuelle
    zonage: Zonage
    specialite: str
    grade: GradePublie


class BonusPamsu(_Table):
    """The ETP that each doctor who hosts a junior doctor adds to the ceiling of the group, from a day on."""

    etp: _Etp
    a_partir_du: _Jour


class Groupe(_Table):
    """What a collective contract asks of a group."""

    structures: Annotated[tuple[Structure, ...], Field(min_length=1)]
    moyenne_patientele_mt: _Patients
    etp_par_adherent: _Etp
    pamsu: BonusPamsu
    attente_ans: _Annees
    deduit_gains_anterieurs: bool
    grade: GradePublie


class VersionTextes(Version):
    """One text: its options, its duration, and what it says of the life of a contract."""

    duree_ans: _Annees
    evaluation_mois: Annotated[int, Field(ge=1, le=MOIS_MAX)]
    options: tuple[OptionOuverte, ...]
    temps_plein: TempsPlein
    absence_longue: AbsenceLongue
    deux_indicateurs: DeuxIndicateurs
    nouvel_installe: NouvelInstalle
    patientele_comptee: PatienteleComptee
    reinstallation: Reinstallation
    renouvellement: Reconduction | None = None
    prorata: Prorata | None = None
    fin_sous_la_reference: FinSousLaReference | None = None
    extension: Extension | None = None
    groupe: Groupe | None = None

    @field_validator("options")
    @classmethod
    def _une_fois(cls, options: tuple[OptionOuverte, ...], info: ValidationInfo) -> tuple[OptionOuverte, ...]:
        _uniques(options, "option")
        _options_connues((ligne.option for ligne in options), info)
        return options


class MontantsOption(_Table):
    """The amounts of one option, in euros a contract year; an absent one has not been published."""

    option: _Etp
    annee_1: _Montant | None = None
    annee_2: _Montant | None = None
    annee_3: _Montant | None = None
    p90_p95: _Montant | None = None
    p95: _Montant | None = None

    @model_validator(mode="after")
    def _decroit(self) -> Self:
        """Check that no year pays more than the one before it, and that the last band is paid the most from year 3."""
        for rangs in ((self.annee_1, self.annee_2, self.annee_3), (self.p95, self.p90_p95, self.annee_3)):
            publies = [montant for montant in rangs if montant is not None]
            if publies != sorted(publies, reverse=True):
                raise ValueError(
                    "ces montants ne sont pas dans l'ordre : annee_1, annee_2 et annee_3 ne montent pas, p90_p95 vaut "
                    "au moins annee_3, et p95 au moins p90_p95"
                )
        return self


class VersionAide(Version):
    """The amounts of the aid; ``par_etp`` when they are to be multiplied by the financed ETP."""

    montants_de: Literal["texte_du_contrat", "convention_2024", "collectif_2026"]
    par_etp: bool
    montants: tuple[MontantsOption, ...]

    @field_validator("montants")
    @classmethod
    def _une_fois(cls, montants: tuple[MontantsOption, ...], info: ValidationInfo) -> tuple[MontantsOption, ...]:
        _uniques(montants, "option")
        _options_connues((ligne.option for ligne in montants), info)
        return montants


class Hausse(_Table):
    """The rise of the reference for one band and option, in percent."""

    tranche: Tranche
    option: _Etp
    taux: _Taux
    grade: GradePublie


class HausseParEtp(_Table):
    """The rise of a group's total for each financed ETP."""

    indicateur: Indicateur
    patients: _Patients


class VersionObjectifs(Version):
    """The rises a text asks for."""

    tranches: tuple[Tranche, ...]
    hausses: tuple[Hausse, ...]
    hausses_par_etp: tuple[HausseParEtp, ...]

    @field_validator("tranches")
    @classmethod
    def _en_ordre(cls, tranches: tuple[Tranche, ...]) -> tuple[Tranche, ...]:
        rangs = [get_args(Tranche).index(tranche) for tranche in tranches]
        if rangs != sorted(set(rangs)):
            raise ValueError("les tranches ne sont pas dans l'ordre croissant")
        return tranches

    @field_validator("hausses")
    @classmethod
    def _une_fois(cls, hausses: tuple[Hausse, ...], info: ValidationInfo) -> tuple[Hausse, ...]:
        _uniques(hausses, "tranche", "option")
        _options_connues((ligne.option for ligne in hausses), info)
        if any(hausse.tranche not in info.data.get("tranches", get_args(Tranche)) for hausse in hausses):
            raise ValueError("une hausse porte sur une tranche que cette version n'a pas")
        return hausses


class Delai(_Table):
    """A deadline: months (positive or counted back) from a day of the contract's life.

    A contract ended for one of ``sauf_causes`` has none.
    """

    code: CodeDelai
    depuis: Depuis
    mois: _Mois
    grade: GradePublie
    sauf_causes: tuple[CauseResiliation, ...] = ()
    repete: bool = False

    @field_validator("repete")
    @classmethod
    def _avance(cls, repete: bool, info: ValidationInfo) -> bool:  # noqa: FBT001 - Pydantic gives it by position
        if repete and info.data.get("mois", 1) < 1:
            raise ValueError("un délai qui se répète compte au moins un mois")
        return repete


class VersementPrevu(_Table):
    """A payment whose date is known: a share in percent of a contract year's amount."""

    annee: _Annees
    part: Annotated[int, Field(gt=0, le=100)]
    depuis: Depuis
    grade: GradePublie
    mois: _Mois = 0
    jours: Annotated[int, Field(ge=0, le=366)] = 0


class VersementsSansDate(_Table):
    """The equal parts in which every year from ``annee`` on is paid, on days that nobody has published."""

    annee: _Annees
    parts: Annotated[int, Field(ge=1, le=12)]
    grade: GradePublie


class VersionEcheances(Version):
    """The deadlines of a contract's life, and how the aid is paid."""

    delais: tuple[Delai, ...]
    versements: tuple[VersementPrevu, ...]
    versements_sans_date: VersementsSansDate | None = None


class Seuil(_Table):
    """A published percentile of the national distribution, in patients."""

    percentile: Annotated[int, Field(ge=1, le=99)]
    indicateur: Indicateur
    patients: _Patients
    grade: GradePublie


class JeunePatientele(_Table):
    """The share of young patients, in percent and under an age, over which no percentile is asked."""

    part: Annotated[int, Field(gt=0, le=100)]
    age: Annotated[_Age, Field(gt=0)]


class AdmisAvecAmenagement(_Table):
    """Whom an official page admits under the percentile, their contract being adapted: for the CPAM to say."""

    derogations: tuple[Derogation, ...]
    exercice_mixte: bool
    grade: GradePublie


class VersionEligibilite(Version):
    """Who may sign.

    ``specialites_exclues`` and ``specialites_actes_cliniques`` are the beginnings of words of a key, or whole words
    where an underscore ends them. ``derogations_seuil`` says whether a doctor may be exempted from the percentile;
    ``jeune_patientele`` is one of the grounds.
    """

    secteurs: tuple[str, ...]
    specialites_exclues: tuple[str, ...]
    specialites_actes_cliniques: tuple[str, ...]
    part_actes_cliniques: Annotated[int, Field(gt=0, le=100)]
    exercice_regroupe: bool
    exercice_coordonne: bool
    derogations_seuil: bool
    population: str
    seuils: tuple[Seuil, ...]
    percentile_minimal: Annotated[int, Field(ge=1, le=99)]
    mois_actes_cliniques: Annotated[int, Field(ge=1, le=MOIS_MAX)]
    jeune_patientele: JeunePatientele | None = None
    admis_avec_amenagement: AdmisAvecAmenagement | None = None
    medecins_regroupes: Annotated[int, Field(ge=2, le=MEDECINS_MAX)] | None = None
    engagement_ans: _Annees | None = None

    @field_validator("seuils")
    @classmethod
    def _en_ordre(cls, seuils: tuple[Seuil, ...]) -> tuple[Seuil, ...]:
        for avant, apres in combinations(seuils, 2):
            if avant.indicateur == apres.indicateur and not (
                avant.percentile < apres.percentile and avant.patients < apres.patients
            ):
                raise ValueError("les seuils ne sont pas dans l'ordre croissant")
        return seuils

    def actes_cliniques(self, specialite: str) -> bool:
        """Say whether a speciality has to show a share of clinical acts."""
        return _a_un_mot(specialite, self.specialites_actes_cliniques)

    def exclut(self, specialite: str) -> bool:
        """Say whether a speciality is excluded from the aid."""
        return _a_un_mot(specialite, self.specialites_exclues)

    def seuil(self, percentile: int, indicateur: Indicateur) -> Seuil | None:
        """Give a published percentile, or None."""
        return next((s for s in self.seuils if (s.percentile, s.indicateur) == (percentile, indicateur)), None)


def _a_un_mot(specialite: str, racines: Iterable[str]) -> bool:
    """Say whether a word of the key of a speciality begins with one of some stems."""
    return any(f"_{racine}" in f"_{specialite}_" for racine in racines)
