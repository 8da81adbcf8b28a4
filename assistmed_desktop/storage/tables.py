"""The tables, one per noun of the dossier, each column named as the field that it holds.

All are STRICT. Money is integer centimes, a day ISO text, an ETP text (``1/2``), a boolean 0 or 1. A value inside a
value (``reference``, ``objectif``, ``formation``) is columns with its name before theirs; where it may be missing, a
column of its own name holds 1 when it is there. A key that a dossier may leave out is null when it is left out.
``position`` keeps the order of entry; it has gaps.

A reading, a payment, a notified amount, a correction asked for or a deadline met proves something: it is never changed
or deleted. ``saisi_le`` says when it was entered, and ``retire_le`` when it was withdrawn; what is corrected is
withdrawn and entered anew. The doctors and the contracts that such facts name are withdrawn likewise, so that the facts
keep theirs. Live rows have no ``retire_le``.

The reports issued and the journal are no part of the dossier: each is in a table of its own, which is only ever added
to.
"""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin

from sqlalchemy import REAL, CheckConstraint, Integer, LargeBinary, Text
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

from assistmed_desktop.domain.assistant import Domaine, Employeur, Profil, Role, VoieFormation
from assistmed_desktop.domain.cabinet import ExerciceCoordonne, Secteur, Zonage
from assistmed_desktop.domain.contrat import (
    CauseResiliation,
    Derogation,
    Indicateur,
    Structure,
    TexteConventionnel,
    Tranche,
)
from assistmed_desktop.domain.suivi import CodeEcheance, SourceReleve
from assistmed_desktop.services.rapports import Moyen


class Jour(Text):
    """A day as ISO text."""


class Etp(Text):
    """A full-time equivalent as text, in lowest terms."""


class OuiNon(Integer):
    """A boolean as 0 or 1."""


class Centimes(Integer):
    """Euros as integer centimes."""


class Moment(Text):
    """A day and a time as ISO text, with the offset from UTC."""


class Mots(Text):
    """A text that is not empty."""


class Json(Text):
    """A JSON object. SQLite's own json_valid() is refused where the schema is not trusted."""


class Empreinte(Text):
    """A SHA-256 fingerprint in hexadecimal."""


_TEXTE: Any = Field(sa_type=Text)

Texte = Annotated[str, _TEXTE]
TexteOuRien = Annotated[str | None, _TEXTE]
Nombre = Annotated[int, Field(sa_type=Integer)]
NombreOuRien = Annotated[int | None, Field(sa_type=Integer)]
LeJour = Annotated[str, Field(sa_type=Jour)]
LeJourOuRien = Annotated[str | None, Field(sa_type=Jour)]
LesEuros = Annotated[int, Field(sa_type=Centimes)]
EurosOuRien = Annotated[int | None, Field(sa_type=Centimes)]
Heures = Annotated[float, Field(sa_type=REAL)]
LEtp = Annotated[str, Field(sa_type=Etp)]
LEtpOuRien = Annotated[str | None, Field(sa_type=Etp)]
Booleen = Annotated[bool, Field(sa_type=OuiNon)]
BooleenOuRien = Annotated[bool | None, Field(sa_type=OuiNon)]
Present = BooleenOuRien
Identifiant = Annotated[str, Field(sa_type=Text, primary_key=True)]
DuMedecin = Annotated[str, Field(sa_type=Text, foreign_key="medecin.id")]
DuMedecinOuRien = Annotated[str | None, Field(sa_type=Text, foreign_key="medecin.id")]
DuContrat = Annotated[str, Field(sa_type=Text, foreign_key="contrat.id")]
DeLAssistant = Annotated[str, Field(sa_type=Text, foreign_key="assistant.id")]


class Rangee(SQLModel):
    """What every table has."""

    __table_args__: ClassVar[dict[str, Any]] = {"sqlite_strict": True}

    position: Nombre


class Anonyme(Rangee):
    """A row that nothing else names."""

    cle: Annotated[int | None, Field(sa_type=Integer, primary_key=True)] = None


class Cabinet(Anonyme, table=True):
    """The practice: one row."""

    nom: Texte
    adresse: Texte
    code_postal: Texte
    commune: Texte
    departement: Texte
    zonage: Annotated[Zonage, _TEXTE]
    cpam: Texte
    exercice_regroupe: Booleen
    exercice_coordonne: Annotated[ExerciceCoordonne, _TEXTE]


class Medecin(Rangee, table=True):
    """A doctor."""

    id: Identifiant
    nom: Texte
    prenom: Texte
    rpps: Texte
    numero_am: Texte
    specialite: Texte
    secteur: Annotated[Secteur, _TEXTE]
    installe_le: LeJour
    exercice_mixte: Booleen
    saisi_le: Texte
    retire_le: TexteOuRien


class Contrat(Rangee, table=True):
    """A contract: individual with its ``medecin``, or collective with rows of Adherent."""

    id: Identifiant
    medecin: DuMedecinOuRien
    texte: Annotated[TexteConventionnel, _TEXTE]
    option_etp: LEtp
    signe_le: LeJour
    debut_le: LeJour
    duree_ans: Nombre
    tranche: Annotated[Tranche | None, _TEXTE]
    reference_date: LeJour
    reference_patientele_mt: Nombre
    reference_file_active: Nombre
    objectif: Present
    objectif_patientele_mt: NombreOuRien
    objectif_file_active: NombreOuRien
    objectif_evaluation_le: LeJourOuRien
    derogation: Annotated[Derogation | None, _TEXTE]
    structure: Annotated[Structure | None, _TEXTE]
    gains_anterieurs: Present
    gains_anterieurs_patientele_mt: NombreOuRien
    gains_anterieurs_file_active: NombreOuRien
    saisi_le: Texte
    retire_le: TexteOuRien


class Adherent(Anonyme, table=True):
    """A doctor bound by a collective contract."""

    contrat: DuContrat
    medecin: DuMedecin


class Adhesion(Anonyme, table=True):
    """A doctor's time in a collective contract."""

    contrat: DuContrat
    medecin: DuMedecin
    du: LeJour
    au: LeJourOuRien
    reference: Present
    reference_date: LeJourOuRien
    reference_patientele_mt: NombreOuRien
    reference_file_active: NombreOuRien


class DocteurJunior(Anonyme, table=True):
    """A junior doctor hosted by a doctor of a collective contract."""

    __tablename__ = "docteur_junior"

    contrat: DuContrat
    medecin: DuMedecin
    du: LeJour
    au: LeJourOuRien


class Avenant(Anonyme, table=True):
    """An amendment: the columns that its ``type`` does not have are null."""

    contrat: DuContrat
    type: Annotated[Literal["suspension", "option", "objectif", "adresse", "resiliation"], _TEXTE]
    du: LeJour
    au: LeJourOuRien
    option_etp: LEtpOuRien
    objectif: Present
    objectif_patientele_mt: NombreOuRien
    objectif_file_active: NombreOuRien
    objectif_evaluation_le: LeJourOuRien
    adresse: TexteOuRien
    code_postal: TexteOuRien
    commune: TexteOuRien
    departement: TexteOuRien
    zonage: Annotated[Zonage | None, _TEXTE]
    motif: Texte
    cause: Annotated[CauseResiliation | None, _TEXTE]
    notifie_le: LeJourOuRien


class Assistant(Rangee, table=True):
    """An assistant, with the training."""

    id: Identifiant
    nom: Texte
    prenom: Texte
    profil: Annotated[Profil, _TEXTE]
    formation: Present
    formation_voie: Annotated[VoieFormation | None, _TEXTE]
    formation_inscription_le: LeJourOuRien
    formation_debut_le: LeJourOuRien
    formation_obtention_le: LeJourOuRien


class Embauche(Anonyme, table=True):
    """A hiring."""

    assistant: DeLAssistant
    du: LeJour
    au: LeJourOuRien
    role: Annotated[Role, _TEXTE]
    heures_hebdo: Heures
    employeur: Annotated[Employeur, _TEXTE]


class Absence(Anonyme, table=True):
    """An absence."""

    assistant: DeLAssistant
    du: LeJour
    au: LeJourOuRien
    remplacement: Booleen
    conges: BooleenOuRien


class Affectation(Anonyme, table=True):
    """A share of an assistant that counts for a contract."""

    assistant: DeLAssistant
    contrat: DuContrat
    du: LeJour
    au: LeJourOuRien
    etp: LEtp


class Cout(Anonyme, table=True):
    """What an assistant costs a month."""

    assistant: DeLAssistant
    du: LeJour
    au: LeJourOuRien
    brut_mensuel: LesEuros
    charges_mensuelles: LesEuros


class Mission(Anonyme, table=True):
    """A task entrusted."""

    assistant: DeLAssistant
    domaine: Annotated[Domaine, _TEXTE]
    tache: Texte
    minutes_semaine: Nombre
    du: LeJour
    au: LeJourOuRien
    minutes_medecin_liberees: NombreOuRien


class Releve(Anonyme, table=True):
    """A reading."""

    medecin: DuMedecin
    date: LeJour
    patientele_mt: NombreOuRien
    file_active: NombreOuRien
    source: Annotated[SourceReleve, _TEXTE]
    note: Texte
    saisi_le: Texte
    retire_le: TexteOuRien


class Mouvement(Anonyme, table=True):
    """Who came and who left over a period."""

    medecin: DuMedecin
    du: LeJour
    au: LeJour
    entrees: Nombre
    deces: Nombre
    departs: Nombre
    autres_sorties: Nombre


class Activite(Anonyme, table=True):
    """A doctor's month."""

    medecin: DuMedecin
    mois: Texte
    actes: Nombre
    jours_travailles: Nombre


class Versement(Anonyme, table=True):
    """A payment."""

    contrat: DuContrat
    annee_contrat: Nombre
    echeance_le: LeJourOuRien
    montant_du: EurosOuRien
    recu_le: LeJourOuRien
    montant_recu: EurosOuRien
    reference: Texte
    saisi_le: Texte
    retire_le: TexteOuRien


class Correction(Anonyme, table=True):
    """A count of the CPAM that a doctor contests."""

    medecin: DuMedecin
    indicateur: Annotated[Indicateur, _TEXTE]
    releve_le: LeJour
    valeur_cpam: Nombre
    valeur_demandee: Nombre
    demandee_le: LeJour
    repondue_le: LeJourOuRien
    valeur_accordee: NombreOuRien
    note: Texte
    saisi_le: Texte
    retire_le: TexteOuRien


class Notification(Anonyme, table=True):
    """The amount of a contract year, as notified."""

    contrat: DuContrat
    annee_contrat: Nombre
    montant: LesEuros
    notifie_le: LeJour
    reference: Texte
    saisi_le: Texte
    retire_le: TexteOuRien


class EcheanceFaite(Anonyme, table=True):
    """A deadline met. ``assistant`` is no foreign key: the fact outlives an assistant who is deleted."""

    __tablename__ = "echeance_faite"

    contrat: DuContrat
    code: Annotated[CodeEcheance, _TEXTE]
    le: LeJour
    faite_le: LeJour
    note: Texte
    assistant: TexteOuRien
    saisi_le: Texte
    retire_le: TexteOuRien


class Observation(Anonyme, table=True):
    """A day of which the minutes freed were counted."""

    assistant: DeLAssistant
    date: LeJour
    minutes_medecin_liberees: Nombre


class Proposition(Anonyme, table=True):
    """What the caisse proposes for the next contract."""

    contrat: DuContrat
    recue_le: LeJour
    option_etp: LEtpOuRien
    reference: Present
    reference_date: LeJourOuRien
    reference_patientele_mt: NombreOuRien
    reference_file_active: NombreOuRien
    objectif_patientele_mt: NombreOuRien
    objectif_file_active: NombreOuRien
    objectif_evaluation_le: LeJourOuRien
    note: Texte


class RapportEmis(SQLModel, table=True):
    """A report issued. ``contrat`` is no foreign key, the report outlives the contract; ``contenu`` is the PDF.

    A PDF issued twice is kept once: the other rows of the same ``empreinte_fichier`` have no ``contenu``.
    """

    __tablename__ = "rapport_emis"
    __table_args__: ClassVar[dict[str, Any]] = {"sqlite_strict": True}

    cle: Annotated[int | None, Field(sa_type=Integer, primary_key=True)] = None
    genre: Texte
    contrat: Texte
    sujet: Texte
    au: LeJour
    emis_le: Texte
    moyen: Annotated[Moyen, _TEXTE]
    nom: Texte
    empreinte: Texte
    empreinte_fichier: Texte
    version: Texte
    contenu: Annotated[bytes | None, Field(sa_type=LargeBinary)]


class Journal(SQLModel, table=True):
    """Who changed what and when: only ever added to, each entry chained to the one before by its ``empreinte``."""

    __table_args__: ClassVar[dict[str, Any]] = {"sqlite_strict": True}

    cle: Annotated[int | None, Field(sa_type=Integer, primary_key=True)] = None
    le: Annotated[str, Field(sa_type=Moment)]
    utilisateur: Annotated[str, Field(sa_type=Mots)]
    poste: Annotated[str, Field(sa_type=Mots)]
    etape: Annotated[str, Field(sa_type=Mots)]
    details: Annotated[str, Field(sa_type=Json)]
    precedent: Annotated[str, Field(sa_type=Empreinte)]
    empreinte: Annotated[str, Field(sa_type=Empreinte)]


def _choix(annotation: Any) -> Iterator[str]:  # noqa: ANN401 - any annotation
    """Give the values of the Literal that an annotation holds, None apart."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif get_origin(annotation) in (Annotated, Union, UnionType):
        for argument in get_args(annotation):
            yield from _choix(argument)


# The first that fits: a boolean is an integer too.
_CONTROLES: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Jour, "{} IS date({}, '+0 days')"),
    (Moment, "{} GLOB '????-??-??T??:??:??[+-]??:??' AND datetime({}) IS NOT NULL"),
    (Mots, "{} <> ''"),
    (Json, "{} GLOB '{{*}}'"),
    (Empreinte, "length({}) = 64 AND {} NOT GLOB '*[^0-9a-f]*'"),
    (Etp, "{} GLOB '[1-9]*'"),
    (OuiNon, "{} IN (0, 1)"),
    (Centimes, "{} >= 0"),
    (Integer, "{} >= 0"),
    (REAL, "{} > 0"),
)


def _controler(modele: type[SQLModel]) -> None:
    """Have the table itself check what each of its columns may hold."""
    table = SQLModel.metadata.tables[str(modele.__tablename__)]
    for colonne in table.columns:
        nom = colonne.name
        controles = [texte for genre, texte in _CONTROLES if isinstance(colonne.type, genre) and nom != "cle"][:1]
        if choix := list(_choix(modele.model_fields[nom].annotation)):
            controles.append(f"{{}} IN ({', '.join(repr(valeur) for valeur in choix)})")
        for texte in controles:
            table.append_constraint(CheckConstraint(texte.format(nom, nom), name=f"ck_{table.name}_{nom}"))


TABLES: tuple[type[Rangee], ...] = (
    Cabinet, Medecin, Contrat, Adherent, Adhesion, DocteurJunior, Avenant, Assistant, Embauche, Absence, Affectation,
    Cout, Mission, Releve, Mouvement, Activite, Versement, Correction, Notification, EcheanceFaite, Observation,
    Proposition,
)  # fmt: skip

for _modele in TABLES:
    _controler(_modele)
_controler(RapportEmis)
_controler(Journal)

METADATA = SQLModel.metadata
"""Every table, with its checks."""
