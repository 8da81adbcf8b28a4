"""What a collective contract asks of its group, on a day: who belongs, the mean, the ceiling, the target, what is due.

Reglementation, sections 1, 4 and 7, all of it graded C. The signed contract prevails over the table: a target that
differs from it is told, never refused. What a practice does not say (the structure, what the earlier contracts had
gained) is asked for; a proposal worked out from the readings is shown as one, and used nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois, anniversaire, en_cours
from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel, Indicateur, Reference, Structure
from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.formats import compte, enumeration, etp, jour_court, nombre
from assistmed_desktop.rules.adhesions import fin_du_contrat, jour_du_groupe, passages
from assistmed_desktop.rules.indicateurs import mesurer
from assistmed_desktop.rules.releves import points, retenu
from assistmed_desktop.rules.resultats import NON_PUBLIE, Avertissement, Etape, Explication, Point, SourceLegale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from assistmed_desktop.domain.cabinet import Medecin
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.suivi import Releve
    from assistmed_desktop.rules.adhesions import Passage
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import EvaluationContrat, EvaluationIndicateur
    from assistmed_desktop.rules.tables import Groupe as RegleDuGroupe
    from assistmed_desktop.rules.tables import NouvelInstalle, VersionTextes

Jour = date
EtatInstallation = Literal["atteint", "a_atteindre", "non_atteint", "inconnu"]
A_CONVENIR = "prorata à convenir avec la caisse"
LIBELLES_INSTALLATION: dict[EtatInstallation, str] = {
    "atteint": "atteint",
    "a_atteindre": "à atteindre",
    "non_atteint": "non atteint à la date prévue",
    "inconnu": "inconnu, faute de relevé",
}


@dataclass(frozen=True, slots=True)
class Adherent:
    """A doctor who belongs to the group on the day, and the counts that count, in patients.

    ``reference`` is that of the adhesion; None when the dossier does not give it.
    """

    medecin: str
    nom: str
    du: Jour
    au: Jour | None
    reference: Reference | None
    patientele_mt: Point | None
    file_active: Point | None
    docteur_junior: bool

    def gain(self, indicateur: Indicateur) -> int | None:
        """Give what the doctor contributes to the group's gain: the last count less the doctor's own reference."""
        dernier: Point | None = getattr(self, indicateur)
        if dernier is None or self.reference is None:
            return None
        base: int = getattr(self.reference, indicateur)
        return dernier.valeur - base


@dataclass(frozen=True, slots=True)
class Moyenne:
    """The mean PMT of the doctors who belong, at the signature or on the day; ``minimum`` None when not published."""

    quand: Literal["signature", "jour"]
    le: Jour
    total: int | None
    adherents: int
    minimum: int | None

    @property
    def valeur(self) -> Fraction | None:
        """Patients for each doctor; None when a count, or every doctor, is missing."""
        return None if self.total is None or not self.adherents else Fraction(self.total, self.adherents)

    @property
    def respectee(self) -> bool | None:
        """Whether the minimum is reached."""
        return None if self.valeur is None or self.minimum is None else self.valeur >= self.minimum


@dataclass(frozen=True, slots=True)
class EtpDuGroupe:
    """The ETP financed on the day, and the most it may be; ``juniors`` are the doctors whose junior counts for it."""

    finance: Fraction
    adherents: int
    juniors: tuple[str, ...]
    plafond: Fraction | None

    @property
    def respecte(self) -> bool | None:
        """Whether the ETP financed is within the ceiling."""
        return None if self.plafond is None else self.finance <= self.plafond


@dataclass(frozen=True, slots=True)
class CibleDuGroupe:
    """The target of the published table beside the signed one, for one indicator, in patients.

    ``deduits`` are the gains of earlier contracts as typed, ``proposes`` the same as worked out from the readings,
    when none are typed: shown only.
    """

    indicateur: Indicateur
    reference_du_contrat: int
    reference: int
    par_etp: int | None
    etp: Fraction
    deduits: int | None
    proposes: int | None
    signee: int | None

    @property
    def bareme(self) -> Fraction | None:
        """The target by the table, never under the reference; None when no table gives it."""
        if self.par_etp is None:
            return None
        return self.reference + max(Fraction(0), self.par_etp * self.etp - (self.deduits or 0))

    @property
    def ecart(self) -> Fraction | None:
        """The signed target less that of the table."""
        return None if self.signee is None or self.bareme is None else self.signee - self.bareme


@dataclass(frozen=True, slots=True)
class CompteAAtteindre:
    """A count a newly installed doctor is to reach, and the last one known."""

    indicateur: Indicateur
    a_atteindre: int
    valeur: int | None

    @property
    def atteint(self) -> bool | None:
        """Whether it is reached; None when unknown."""
        return None if self.valeur is None else self.valeur >= self.a_atteindre


@dataclass(frozen=True, slots=True)
class NouvelAdherent:
    """A doctor newly installed when they joined, and what they are to reach by ``echeance_le``."""

    medecin: str
    nom: str
    installe_le: Jour
    adhere_le: Jour
    echeance_le: Jour
    comptes: tuple[CompteAAtteindre, ...]
    etat: EtatInstallation


@dataclass(frozen=True, slots=True)
class ContratAnterieur:
    """An individual contract of a doctor of the group, which is to be closed before the doctor joins it.

    ``a_clore_le`` is the first day on which it must no longer run; ``fin_le`` the last on which it does. The gains are
    in patients, from its reference to its last reading.
    """

    contrat: str
    medecin: str
    nom: str
    debut_le: Jour
    fin_le: Jour
    a_clore_le: Jour
    clos: bool
    prorata: bool
    patientele_mt: int | None
    file_active: int | None


@dataclass(frozen=True, slots=True)
class Attente:
    """How long after the end a new contract may be signed."""

    ans: int
    fin_le: Jour
    nouveau_le: Jour


@dataclass(frozen=True, slots=True)
class Groupe:
    """A collective contract on a day."""

    au: Jour
    structure: Structure | None
    structure_autorisee: bool | None
    adherents: tuple[Adherent, ...]
    moyennes: tuple[Moyenne, ...]
    etp: EtpDuGroupe
    cibles: tuple[CibleDuGroupe, ...]
    nouveaux: tuple[NouvelAdherent, ...]
    anterieurs: tuple[ContratAnterieur, ...]
    attente: Attente | None
    sous_la_reference: bool
    mouvements: tuple[Passage, ...]
    avertissements: tuple[Avertissement, ...]
    explications: tuple[tuple[str, Explication], ...]

    @property
    def chiffres(self) -> dict[str, Explication]:
        """The steps of each figure, by its path."""
        return dict(self.explications)


def groupe(dossier: Dossier, contrat: EvaluationContrat, baremes: Baremes) -> Groupe | None:
    """Say what the group is asked and where it stands on the day; None for an individual contract."""
    signe = contrat.contrat
    if not isinstance(signe, ContratCollectif):
        return None
    effet = max(signe.signe_le, signe.debut_le)
    texte = baremes.textes.version_ou_rien(signe, effet) or baremes.textes.version_du_texte(signe.texte)
    objectifs = baremes.objectifs.version_ou_rien(signe, effet)
    cas = _Cas(dossier, contrat, signe, texte, baremes)
    anterieurs = tuple(cas.anterieurs())
    par_etp = {} if objectifs is None else {ligne.indicateur: ligne.patients for ligne in objectifs.hausses_par_etp}
    return cas.conclure(
        anterieurs,
        tuple(cas.cible(cle, par_etp.get(cle), anterieurs) for cle in INDICATEURS),
        texte.source("C") if objectifs is None else objectifs.source(),
    )


class _Cas:
    """A collective contract and all that its rules read."""

    def __init__(
        self,
        dossier: Dossier,
        contrat: EvaluationContrat,
        signe: ContratCollectif,
        texte: VersionTextes,
        baremes: Baremes,
    ) -> None:
        self.contrat, self.signe, self.texte, self.baremes = contrat, signe, texte, baremes
        self.regle: RegleDuGroupe | None = texte.groupe
        self.jour = jour_du_groupe(signe, contrat.au)
        self.medecins: Mapping[str, Medecin] = {medecin.id: medecin for medecin in dossier.medecins}
        self.releves: dict[str, list[Releve]] = defaultdict(list)
        for releve in dossier.releves:
            self.releves[releve.medecin].append(releve)
        self.contrats = dossier.contrats

    def conclure(
        self, anterieurs: tuple[ContratAnterieur, ...], cibles: tuple[CibleDuGroupe, ...], source: SourceLegale
    ) -> Groupe:
        """Gather the figures, what is to be told of them, and how they were reached."""
        regle, structure = self.regle, self.signe.structure
        autorisee = None if structure is None or regle is None else structure in regle.structures
        adherents = tuple(self.adherent(medecin) for medecin in self.contrat.adherents)
        moyennes = tuple(self.moyennes(len(adherents)))
        financement = self.etp()
        nouveaux = tuple(self.nouveaux(adherents))
        attente = None if regle is None else _attente(regle, self.contrat.fin_le)
        sous = [i for i in self.contrat.indicateurs if i.requis and i.statut == "sous_la_reference"]
        textes = (self.texte.source(regle.grade if regle else None),)
        fin = self.texte.fin_sous_la_reference
        court = self.contrat.au <= self.contrat.fin_le
        explications = [
            ("structure", _expliquer_structure(structure, regle, textes)),
            ("reference", _expliquer_reference(self.signe, cibles, self.mouvements(), self.medecins, textes)),
            *((f"adherents.{a.medecin}", _expliquer_adherent(a)) for a in adherents),
            *((f"moyennes.{m.quand}", _expliquer_moyenne(m, textes)) for m in moyennes),
            ("etp", _expliquer_etp(financement, regle, textes)),
            *((f"objectif.{c.indicateur}", _expliquer_cible(c, anterieurs, source)) for c in cibles),
            *(
                (f"nouveaux_installes.{n.medecin}", _expliquer_nouveau(n, self.texte.source(self.installation.grade)))
                for n in nouveaux
            ),
            *((f"contrats_anterieurs.{a.contrat}", _expliquer_anterieur(a, textes)) for a in anterieurs),
            ("sous_la_reference", _expliquer_sous(self.contrat, sous, self.texte.source(fin.grade if fin else None))),
        ]
        if attente is not None:
            explications.append(("attente", _expliquer_attente(attente, textes)))
        avertissements = (
            *_avertir_structure(structure, regle),
            *_avertir_moyennes(moyennes),
            *_avertir_etp(financement),
            *_avertir_cibles(cibles, self.signe),
            *_avertir_nouveaux(nouveaux),
            *_avertir_anterieurs(anterieurs),
        )
        if sous and fin is not None and court:
            noms = enumeration([INDICATEURS[i.indicateur].lower() for i in sous])
            avertissements = (
                *avertissements,
                Avertissement(
                    "groupe_sous_la_reference",
                    f"Le groupe est sous sa référence ({noms}) : la CPAM peut mettre fin au contrat collectif si "
                    "aucune solution n'est trouvée avec elle.",
                    "attention",
                ),
            )
        return Groupe(
            au=self.contrat.au,
            structure=structure,
            structure_autorisee=autorisee,
            adherents=adherents,
            moyennes=moyennes,
            etp=financement,
            cibles=cibles,
            nouveaux=nouveaux,
            anterieurs=anterieurs,
            attente=attente,
            sous_la_reference=bool(sous),
            mouvements=self.mouvements(),
            avertissements=avertissements,
            explications=tuple(explications),
        )

    @property
    def installation(self) -> NouvelInstalle:
        """What the text asks of a doctor newly installed."""
        return self.texte.nouvel_installe

    def mouvements(self) -> tuple[Passage, ...]:
        """Give who entered the group and who left it, up to the day."""
        return passages(self.signe, self.jour)

    def adherent(self, medecin: str) -> Adherent:
        """Describe a doctor who belongs to the group on the day."""
        adhesion = next(
            (a for a in self.signe.adhesions if a.medecin == medecin and en_cours(a, self.jour)),
            None,
        )
        comptes = {
            cle: retenu(points(self.releves[medecin], cle, self.signe.debut_le, self.contrat.au)) for cle in INDICATEURS
        }
        return Adherent(
            medecin=medecin,
            nom=self.medecins[medecin].nom_complet,
            du=self.signe.debut_le if adhesion is None else adhesion.du,
            au=None if adhesion is None else adhesion.au,
            reference=None if adhesion is None else adhesion.reference,
            patientele_mt=comptes["patientele_mt"],
            file_active=comptes["file_active"],
            docteur_junior=any(j.medecin == medecin and en_cours(j, self.jour) for j in self.signe.docteurs_juniors),
        )

    def moyennes(self, du_jour: int) -> Iterator[Moyenne]:
        """Give the mean PMT at the signature, on the group of the first day, and on the day."""
        minimum = None if self.regle is None else self.regle.moyenne_patientele_mt
        signe, lue = self.signe, self.contrat.patientele_mt
        premiers = len(signe.adherents_au(signe.debut_le))
        yield Moyenne("signature", signe.reference.date, signe.reference.patientele_mt, premiers, minimum)
        yield Moyenne("jour", lue.date or self.contrat.au, lue.valeur, du_jour, minimum)

    def etp(self) -> EtpDuGroupe:
        """Give the ETP financed on the day against its ceiling."""
        adherents, regle = self.contrat.adherents, self.regle
        finance = self.signe.option_au(self.jour)
        if regle is None:
            return EtpDuGroupe(finance, len(adherents), (), None)
        juniors: tuple[str, ...] = ()
        if self.jour >= regle.pamsu.a_partir_du:
            accueillent = {j.medecin for j in self.signe.docteurs_juniors if en_cours(j, self.jour)}
            juniors = tuple(medecin for medecin in adherents if medecin in accueillent)
        plafond = regle.etp_par_adherent * len(adherents) + regle.pamsu.etp * len(juniors)
        return EtpDuGroupe(finance, len(adherents), juniors, plafond)

    def cible(
        self, indicateur: Indicateur, par_etp: int | None, anterieurs: Sequence[ContratAnterieur]
    ) -> CibleDuGroupe:
        """Give the target of the table beside the signed one."""
        evalue = getattr(self.contrat, indicateur)
        deduit = self.regle is not None and self.regle.deduit_gains_anterieurs
        typee = self.signe.gains_anterieurs
        deduits: int | None = getattr(typee, indicateur) if deduit and typee is not None else None
        gains = [getattr(anterieur, indicateur) for anterieur in anterieurs]
        proposes = None
        if deduit and typee is None and gains and None not in gains:
            proposes = max(0, sum(gains))
        return CibleDuGroupe(
            indicateur=indicateur,
            reference_du_contrat=getattr(self.signe.reference, indicateur),
            reference=evalue.reference,
            par_etp=par_etp,
            etp=self.signe.option_au(self.jour),
            deduits=deduits,
            proposes=proposes,
            signee=evalue.objectif,
        )

    def nouveaux(self, adherents: Sequence[Adherent]) -> Iterator[NouvelAdherent]:
        """Give the doctors installed a short time before they joined, and what they are to reach."""
        regle = self.installation
        for adherent in adherents:
            medecin, adhere_le = self.medecins[adherent.medecin], _entree(self.signe, adherent.medecin)
            if adhere_le >= ajouter_mois(medecin.installe_le, regle.mois):
                continue
            deux = medecin.specialite in self.texte.deux_indicateurs.specialites
            comptes = []
            for cle in INDICATEURS:
                if not (deux or cle == "file_active"):
                    continue
                seuil, dernier = getattr(regle, cle), getattr(adherent, cle)
                if seuil is not None:
                    comptes.append(CompteAAtteindre(cle, seuil, None if dernier is None else dernier.valeur))
            echeance = anniversaire(adhere_le, regle.ans)
            yield NouvelAdherent(
                medecin=adherent.medecin,
                nom=adherent.nom,
                installe_le=medecin.installe_le,
                adhere_le=adhere_le,
                echeance_le=echeance,
                comptes=tuple(comptes),
                etat=_etat(comptes, echue=self.contrat.au >= echeance),
            )

    def anterieurs(self) -> Iterator[ContratAnterieur]:
        """Give the individual contracts of the group's doctors that began before they left it."""
        for individuel, a_clore_le in contrats_a_clore(self.signe, self.contrats):
            yield self._anterieur(individuel, a_clore_le)

    def _anterieur(self, individuel: ContratIndividuel, a_clore_le: date) -> ContratAnterieur:
        fin, entree = fin_du_contrat(individuel), _entree(self.signe, individuel.medecin)
        clos = fin < entree
        gains = {
            cle: None
            if (valeur := mesurer(individuel, self.releves, cle, min(a_clore_le - UN_JOUR, self.contrat.au)).valeur)
            is None
            else valeur.valeur - getattr(individuel.reference, cle)
            for cle in INDICATEURS
        }
        regle = self.baremes.textes.version_du_texte(individuel.texte).prorata
        resiliation = individuel.resiliation
        cause = None if resiliation is None else resiliation.cause
        if not clos or (cause is None and a_clore_le == entree):
            cause = "contrat_collectif"
        return ContratAnterieur(
            contrat=individuel.id,
            medecin=individuel.medecin,
            nom=self.medecins[individuel.medecin].nom_complet,
            debut_le=individuel.debut_le,
            fin_le=fin,
            a_clore_le=a_clore_le,
            clos=clos,
            prorata=regle is not None and cause in regle.causes and not _anniversaire(individuel, a_clore_le),
            patientele_mt=gains["patientele_mt"],
            file_active=gains["file_active"],
        )


def contrats_a_clore(
    groupe: ContratCollectif, contrats: Iterable[ContratIndividuel | ContratCollectif]
) -> Iterator[tuple[ContratIndividuel, date]]:
    """Give the individual contracts of a group's doctors that began before they left it.

    Each comes with the first day after it, or the one from which it is to be closed. ``contrats`` are all.
    """
    individuels = [c for c in contrats if isinstance(c, ContratIndividuel)]
    for medecin in groupe.medecins:
        entree = _entree(groupe, medecin)
        fins = [a.au for a in groupe.adhesions if a.medecin == medecin]
        sortie = None if not fins or None in fins else max(fin for fin in fins if fin is not None)
        for individuel in individuels:
            if individuel.medecin == medecin and individuel.debut_le <= (sortie or fin_du_contrat(groupe)):
                fin = fin_du_contrat(individuel)
                yield individuel, fin + UN_JOUR if fin < entree else max(entree, individuel.debut_le)


def _entree(groupe: ContratCollectif, medecin: str) -> date:
    """Give the day a doctor first joined a group."""
    return min((a.du for a in groupe.adhesions if a.medecin == medecin), default=groupe.debut_le)


def _anniversaire(contrat: ContratIndividuel, jour: date) -> bool:
    """Say whether a day is one of a contract's anniversaries, its first day among them."""
    return any(anniversaire(contrat.debut_le, rang) == jour for rang in range(contrat.duree_ans + 1))


def _etat(comptes: Sequence[CompteAAtteindre], *, echue: bool) -> EtatInstallation:
    atteints = [attendu.atteint for attendu in comptes]
    if not comptes or None in atteints:
        return "inconnu"
    if all(atteints):
        return "atteint"
    return "non_atteint" if echue else "a_atteindre"


def _attente(regle: RegleDuGroupe, fin_le: date) -> Attente:
    return Attente(regle.attente_ans, fin_le, anniversaire(fin_le + UN_JOUR, regle.attente_ans))


def _avertir_structure(structure: Structure | None, regle: RegleDuGroupe | None) -> Iterator[Avertissement]:
    if regle is None:
        return
    permises = enumeration([celle.upper() for celle in regle.structures])
    if structure is None:
        yield Avertissement(
            "structure_inconnue",
            f"La structure du groupe n'est pas renseignée : un contrat collectif est ouvert aux {permises}. "
            "Complétez la fiche du contrat.",
            "information",
        )
    elif structure not in regle.structures:
        yield Avertissement(
            "structure_exclue",
            f"Une {structure.upper()} ne peut pas porter un contrat collectif, ouvert aux {permises} : vérifiez la "
            "structure du groupe.",
            "attention",
        )


def _avertir_moyennes(moyennes: Sequence[Moyenne]) -> Iterator[Avertissement]:
    for moyenne in moyennes:
        if moyenne.valeur is not None and moyenne.minimum is not None and not moyenne.respectee:
            quand = "À la signature" if moyenne.quand == "signature" else f"Au {jour_court(moyenne.le)}"
            yield Avertissement(
                f"moyenne_insuffisante_{moyenne.quand}",
                f"{quand}, la patientèle médecin traitant est en moyenne de {nombre(moyenne.valeur, 1)} patients par "
                f"adhérent, pour un minimum de {nombre(moyenne.minimum)}.",
                "attention",
            )


def _avertir_etp(financement: EtpDuGroupe) -> Iterator[Avertissement]:
    if financement.plafond is not None and not financement.respecte:
        yield Avertissement(
            "etp_au_dessus_du_plafond",
            f"Le contrat finance {etp(financement.finance)}, au-dessus du plafond de {_etp(financement.plafond)} pour "
            f"{compte(financement.adherents, 'adhérent')}.",
            "attention",
        )


def _avertir_cibles(cibles: Sequence[CibleDuGroupe], signe: ContratCollectif) -> Iterator[Avertissement]:
    proposes = [
        f"{nombre(cible.proposes)} pour la {INDICATEURS[cible.indicateur].lower()}"
        for cible in cibles
        if cible.proposes is not None
    ]
    if proposes:
        yield Avertissement(
            "gains_anterieurs_a_saisir",
            "Des contrats individuels ont précédé le groupe. D'après les relevés saisis, ils avaient fait gagner "
            f"{enumeration(proposes)} : reportez les gains retenus par votre contrat. Cette proposition n'entre dans "
            "aucun calcul.",
            "information",
        )
    elif signe.gains_anterieurs is None and any(cible.par_etp and cible.ecart for cible in cibles):
        yield Avertissement(
            "gains_anterieurs_inconnus",
            "L'objectif signé n'est pas celui du barème publié. Si des contrats individuels ont précédé le groupe, "
            "leurs gains peuvent en avoir été déduits : reportez-les depuis votre contrat, qui fait foi.",
            "information",
        )


def _avertir_nouveaux(nouveaux: Sequence[NouvelAdherent]) -> Iterator[Avertissement]:
    for nouveau in nouveaux:
        if nouveau.etat == "non_atteint":
            manques = [
                f"{INDICATEURS[du.indicateur].lower()} {nombre(du.valeur)} pour {nombre(du.a_atteindre)}"
                for du in nouveau.comptes
                if du.valeur is not None and not du.atteint
            ]
            yield Avertissement(
                "nouvel_installe_en_retard",
                f"{nouveau.nom}, nouvellement installé à son adhésion, n'a pas atteint le niveau demandé pour le "
                f"{jour_court(nouveau.echeance_le)} : {enumeration(manques)}.",
                "attention",
            )


def _avertir_anterieurs(anterieurs: Sequence[ContratAnterieur]) -> Iterator[Avertissement]:
    for anterieur in anterieurs:
        if not anterieur.clos:
            suite = f" ; hors anniversaire, {A_CONVENIR}" if anterieur.prorata else ""
            yield Avertissement(
                "contrat_individuel_a_clore",
                f"{anterieur.nom} : le contrat individuel du {jour_court(anterieur.debut_le)} court jusqu'au "
                f"{jour_court(anterieur.fin_le)}. Il doit être clos avant le {jour_court(anterieur.a_clore_le)}, "
                f"entrée dans le groupe{suite}.",
                "attention",
            )


def _etp(valeur: Fraction) -> str:
    """Write an ETP that may be none at all."""
    return etp(valeur) if valeur else "0 ETP"


def _expliquer_structure(
    structure: Structure | None, regle: RegleDuGroupe | None, sources: tuple[SourceLegale, ...]
) -> Explication:
    permises = NON_PUBLIE if regle is None else enumeration([celle.upper() for celle in regle.structures])
    etapes = (
        Etape("Structures admises", "d'après le texte", permises),
        Etape("Structure du groupe", "inscrite au dossier", "à renseigner" if structure is None else structure.upper()),
    )
    return Explication("Structure du groupe", etapes, sources)


def _expliquer_reference(
    signe: ContratCollectif,
    cibles: Sequence[CibleDuGroupe],
    mouvements: Sequence[Passage],
    medecins: Mapping[str, Medecin],
    sources: tuple[SourceLegale, ...],
) -> Explication:
    etapes = [
        Etape(
            f"{INDICATEURS[cible.indicateur]}, au contrat",
            f"relevée le {jour_court(signe.reference.date)}",
            compte(cible.reference_du_contrat, "patient"),
        )
        for cible in cibles
    ]
    for passage in mouvements:
        apport = passage.adhesion.reference
        etapes.append(
            Etape(
                "Entrée dans le groupe" if passage.entre else "Sortie du groupe",
                f"{medecins[passage.adhesion.medecin].nom_complet}, le {jour_court(passage.le)}",
                "référence à renseigner, par avenant"
                if apport is None
                else f"{nombre(apport.patientele_mt)} et {nombre(apport.file_active)}",
            )
        )
    etapes += [
        Etape(
            f"{INDICATEURS[cible.indicateur]}, ce jour",
            "avec les entrées et les sorties" if cible.reference != cible.reference_du_contrat else "inchangée",
            compte(cible.reference, "patient"),
        )
        for cible in cibles
    ]
    return Explication("Référence du groupe", tuple(etapes), sources)


def _expliquer_adherent(adherent: Adherent) -> Explication:
    etapes = []
    for cle, libelle in INDICATEURS.items():
        dernier, gain = getattr(adherent, cle), adherent.gain(cle)
        if dernier is None:
            etapes.append(Etape(libelle, "aucun relevé depuis le début du contrat", "inconnue"))
            continue
        lu = f"{SOURCES[dernier.source]}, relevé du {jour_court(dernier.date)}"
        etapes.append(Etape(libelle, lu, compte(dernier.valeur, "patient")))
        if gain is None:
            etapes.append(Etape("Apport au gain du groupe", "référence de l'adhésion à renseigner", "inconnu"))
        else:
            calcul = f"{nombre(dernier.valeur)} − {nombre(dernier.valeur - gain)}"
            etapes.append(Etape("Apport au gain du groupe", calcul, nombre(gain, signe=True)))
    return Explication(adherent.nom, tuple(etapes), ())


def _expliquer_moyenne(moyenne: Moyenne, sources: tuple[SourceLegale, ...]) -> Explication:
    total = "inconnu" if moyenne.total is None else nombre(moyenne.total)
    etapes = (
        Etape("Minimum", "d'après le texte", NON_PUBLIE if moyenne.minimum is None else nombre(moyenne.minimum)),
        Etape(
            "Patientèle moyenne par adhérent",
            f"{total} / {compte(moyenne.adherents, 'adhérent')}, au {jour_court(moyenne.le)}",
            "inconnue" if moyenne.valeur is None else nombre(moyenne.valeur, 1),
        ),
    )
    quand = "à la signature" if moyenne.quand == "signature" else "ce jour"
    return Explication(f"Patientèle moyenne, {quand}", etapes, sources)


def _expliquer_etp(
    financement: EtpDuGroupe, regle: RegleDuGroupe | None, sources: tuple[SourceLegale, ...]
) -> Explication:
    etapes = [Etape("ETP financés", "option en vigueur ce jour", etp(financement.finance))]
    if regle is not None and financement.plafond is not None:
        bonus = f" + {compte(len(financement.juniors), 'accueil')} de docteur junior × {etp(regle.pamsu.etp)}"
        calcul = f"{compte(financement.adherents, 'adhérent')} × {etp(regle.etp_par_adherent)}"
        etapes += [
            Etape(
                "Accueil d'un docteur junior (PAMSU)",
                f"compté à partir du {jour_court(regle.pamsu.a_partir_du)}",
                nombre(len(financement.juniors)),
            ),
            Etape("Plafond", calcul + (bonus if financement.juniors else ""), _etp(financement.plafond)),
        ]
    return Explication("ETP du groupe", tuple(etapes), sources)


def _expliquer_cible(cible: CibleDuGroupe, anterieurs: Sequence[ContratAnterieur], source: SourceLegale) -> Explication:
    etapes = [Etape("Référence du groupe", "ce jour", compte(cible.reference, "patient"))]
    if cible.par_etp is not None and cible.bareme is not None:
        deduits = f" − {nombre(cible.deduits)} déjà gagnés" if cible.deduits else ""
        etapes += [
            Etape(
                "Hausse demandée",
                f"{nombre(cible.par_etp)} × {etp(cible.etp)}{deduits}",
                nombre(cible.bareme - cible.reference, 0, signe=True),
            ),
            Etape(
                "Objectif calculé" if cible.deduits else "Objectif du barème",
                "référence et hausse, gains antérieurs déduits (à vérifier)"
                if cible.deduits
                else "référence et hausse",
                nombre(cible.bareme),
            ),
        ]
    for anterieur in anterieurs:
        gain = getattr(anterieur, cible.indicateur)
        etapes.append(
            Etape(
                f"Gain du contrat individuel, {anterieur.nom}",
                f"du {jour_court(anterieur.debut_le)} à son dernier relevé ; proposition, hors de tout calcul",
                "inconnu, faute de relevé" if gain is None else nombre(gain, signe=True),
            )
        )
    signee = NON_PUBLIE if cible.signee is None else compte(cible.signee, "patient")
    etapes.append(Etape("Objectif signé", "inscrit au contrat, il fait foi", signee))
    return Explication(f"Objectif du groupe : {INDICATEURS[cible.indicateur].lower()}", tuple(etapes), (source,))


def _expliquer_nouveau(nouveau: NouvelAdherent, source: SourceLegale) -> Explication:
    etapes = [
        Etape(
            "Nouvelle installation",
            f"installé le {jour_court(nouveau.installe_le)}, adhérent le {jour_court(nouveau.adhere_le)}",
            f"jugé le {jour_court(nouveau.echeance_le)}",
        ),
        *(
            Etape(
                INDICATEURS[du.indicateur],
                f"{nombre(du.a_atteindre)} à atteindre",
                "inconnue" if du.valeur is None else nombre(du.valeur),
            )
            for du in nouveau.comptes
        ),
        Etape("Niveau demandé", "sur chacun de ces comptes", LIBELLES_INSTALLATION[nouveau.etat]),
    ]
    return Explication(f"Nouvelle installation : {nouveau.nom}", tuple(etapes), (source,))


def _expliquer_anterieur(anterieur: ContratAnterieur, sources: tuple[SourceLegale, ...]) -> Explication:
    etapes = [
        Etape(
            "Contrat individuel",
            f"du {jour_court(anterieur.debut_le)} au {jour_court(anterieur.fin_le)}",
            "clos" if anterieur.clos else f"à clore avant le {jour_court(anterieur.a_clore_le)}",
        )
    ]
    if anterieur.prorata:
        etapes.append(Etape("Sortie hors anniversaire", "remboursement ou versement", A_CONVENIR))
    for cle, libelle in INDICATEURS.items():
        gain = getattr(anterieur, cle)
        etapes.append(
            Etape(
                f"Gain, {libelle.lower()}",
                "dernier relevé du contrat − sa référence",
                "inconnu, faute de relevé" if gain is None else nombre(gain, signe=True),
            )
        )
    return Explication(f"Contrat individuel de {anterieur.nom}", tuple(etapes), sources)


def _expliquer_sous(
    contrat: EvaluationContrat, sous: Sequence[EvaluationIndicateur], source: SourceLegale
) -> Explication:
    etapes = [
        Etape(
            INDICATEURS[indicateur.indicateur],
            f"référence {nombre(indicateur.reference)}",
            "inconnue" if indicateur.valeur is None else nombre(indicateur.valeur),
        )
        for indicateur in contrat.indicateurs
    ]
    etapes.append(
        Etape(
            "Sous la référence",
            "la CPAM peut alors mettre fin au contrat si aucune solution n'est trouvée",
            "oui" if sous else "non",
        )
    )
    return Explication("Le groupe et sa référence", tuple(etapes), (source,))


def _expliquer_attente(attente: Attente, sources: tuple[SourceLegale, ...]) -> Explication:
    etape = Etape(
        "Nouveau contrat",
        f"fin le {jour_court(attente.fin_le)}, puis {compte(attente.ans, 'an')} d'attente",
        f"au plus tôt le {jour_court(attente.nouveau_le)}, à vérifier",
    )
    return Explication("Attente après la fin", (etape,), sources)
