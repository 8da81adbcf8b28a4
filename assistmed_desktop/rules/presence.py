"""The ETP at work against the ETP required, over the life of a contract: hirings, absences, shares, gaps in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois, en_cours, se_croisent
from assistmed_desktop.domain.contrat import ChangementOption
from assistmed_desktop.domain.libelles import ROLES
from assistmed_desktop.formats import (
    MOIS,
    accord,
    compte,
    de,
    enumeration,
    etp,
    heures,
    jour_court,
    jour_long,
    nombre,
    periode,
)
from assistmed_desktop.rules.partage import (
    ETP_DES_ROLES,
    affectations_au,
    assistants_du_contrat,
    decouper,
    etp_couvert,
    etp_de_l_embauche,
    etp_embauche,
)
from assistmed_desktop.rules.resultats import Avertissement, Etape, Explication, Niveau, SourceLegale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from assistmed_desktop.domain.assistant import Absence, Assistant, Role
    from assistmed_desktop.domain.calendrier import Periode
    from assistmed_desktop.domain.contrat import Suspension
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import EvaluationContrat
    from assistmed_desktop.rules.tables import VersionTextes

Jour = date
EtatAbsence = Literal["couverte", "a_demander", "a_prevoir"]
ZERO = Fraction(0)
_DENOMINATEUR_LISIBLE = 12
# The departments whose public holidays are not those of the rest of France, as the library `holidays` names them.
ZONES = {
    "57": "57", "67": "6AE", "68": "6AE",
    "971": "971", "972": "972", "973": "973", "974": "974", "975": "PM", "976": "976", "977": "BL", "978": "MF",
    "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SegmentPresence:
    """Days, both included, over which the ETP present, the ETP required and the reasons do not change.

    ``causes`` tell what is missing, ``notes`` the rest (a replacement, paid leave, a suspension).
    """

    du: date
    au: date
    etp_present: Fraction
    etp_requis: Fraction
    jours_ouvres: int
    causes: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def couvert(self) -> bool:
        """Whether enough ETP was present."""
        return self.etp_present >= self.etp_requis

    @property
    def manque(self) -> Fraction:
        """The ETP missing, never below zero."""
        return max(ZERO, self.etp_requis - self.etp_present)

    @property
    def raisons(self) -> tuple[str, ...]:
        """Everything there is to say of these days."""
        return self.causes + self.notes


@dataclass(frozen=True, slots=True)
class Manque:
    """Days with at least one working day among them on which some of the ETP required was missing."""

    du: date
    au: date
    jours_ouvres: int
    etp: Fraction
    phrase: str


@dataclass(frozen=True, slots=True)
class AbsenceProlongee:
    """An absence without replacement that passes the length of the table: what to ask the CPAM, and by when."""

    assistant: str
    nom: str
    du: date
    au: date | None
    passe_le: date
    etat: EtatAbsence
    phrase: str


@dataclass(frozen=True, slots=True)
class HeuresEmbauche:
    """The weekly hours of a hiring against those of its role."""

    assistant: str
    nom: str
    du: date
    au: date | None
    role: Role
    heures_du_role: Fraction
    heures_hebdo: Fraction
    etp: Fraction
    phrase: str


@dataclass(frozen=True, slots=True)
class Presence:
    """The staffing of one contract up to ``jusqu_au``; None when it has not begun. Totals are working days."""

    jusqu_au: Jour | None
    segments: tuple[SegmentPresence, ...]
    manques: tuple[Manque, ...]
    jours_ouvres_requis: int
    jours_ouvres_couverts: int
    etp_jours_manquants: Fraction
    absences_longues: tuple[AbsenceProlongee, ...]
    heures: tuple[HeuresEmbauche, ...]
    avertissements: tuple[Avertissement, ...]
    sources: tuple[SourceLegale, ...]
    jours_feries: str

    @property
    def jours_ouvres_manquants(self) -> int:
        """The working days on which something was missing."""
        return self.jours_ouvres_requis - self.jours_ouvres_couverts

    @property
    def chiffres(self) -> dict[str, Explication]:
        """Every figure with how it was reached."""
        jours = Etape("Jours ouvrés", "du lundi au vendredi, hors jours fériés", self.jours_feries)
        trouves = {
            "totaux": Explication(
                "Jours ouvrés avec tout l'ETP requis",
                (
                    jours,
                    Etape("Jours requis", "hors suspension", compte(self.jours_ouvres_requis, "jour")),
                    Etape(
                        "Jours couverts",
                        "présent, remplacé ou en congés payés",
                        compte(self.jours_ouvres_couverts, "jour"),
                    ),
                    Etape(
                        "Jours avec un manque",
                        f"{nombre(self.jours_ouvres_requis)} − {nombre(self.jours_ouvres_couverts)}",
                        compte(self.jours_ouvres_manquants, "jour"),
                    ),
                    Etape("ETP × jours manquants", "somme des manques", nombre(self.etp_jours_manquants, 2)),
                ),
                self.sources,
            )
        }
        for segment in self.segments:
            etapes = (
                Etape("ETP présent", "; ".join(segment.raisons) or "affectations du jour", _etp(segment.etp_present)),
                Etape("ETP requis", "option du contrat, zéro en suspension", _etp(segment.etp_requis)),
                Etape("Jours ouvrés", self.jours_feries, compte(segment.jours_ouvres, "jour")),
            )
            titre = f"Présence {periode(segment.du, segment.au)}"
            trouves[f"segments.{segment.du}"] = Explication(titre, etapes, self.sources)
            if not segment.couvert and segment.jours_ouvres:
                manque = Etape("Manque", "requis − présent", _etp(segment.manque))
                trouves[f"manques.{segment.du}"] = Explication(titre, (*etapes, manque), self.sources)
        for absence in self.absences_longues:
            trouves[f"absences_longues.{absence.assistant}.{absence.du}"] = Explication(
                f"Absence {de(absence.nom)}",
                (Etape("Premier jour au-delà de la durée", f"depuis le {jour_court(absence.du)}", absence.phrase),),
                self.sources,
            )
        for embauche in self.heures:
            trouves[f"heures.{embauche.assistant}.{embauche.du}"] = Explication(
                f"Heures {de(embauche.nom)}",
                (
                    Etape("Heures du rôle", ROLES[embauche.role], heures(embauche.heures_du_role)),
                    Etape("Heures de l'embauche", "saisies, elles prévalent", heures(embauche.heures_hebdo)),
                    Etape("ETP de l'embauche", "heures / temps plein", _etp(embauche.etp)),
                ),
                self.sources,
            )
        return trouves


def presence(dossier: Dossier, contrat: EvaluationContrat, baremes: Baremes) -> Presence:
    """Follow the staffing of a contract from its first day to the day, or to its last day if that came before."""
    signe = contrat.contrat
    textes = baremes.textes.version_ou_rien(signe, max(signe.signe_le, signe.debut_le))
    textes = textes or baremes.textes.version_du_texte(signe.texte)
    assistants = assistants_du_contrat(dossier, signe.id)
    jusqu_au = min(contrat.au, contrat.fin_le)
    departement = dossier.cabinet.departement
    bruts = list(_segments(contrat, assistants, jusqu_au, textes.temps_plein.heures, departement))
    segments = tuple(_fusionner(bruts))
    manques = tuple(_manque(s, contrat.au) for s in segments if not s.couvert and s.jours_ouvres)
    longues = tuple(longue for a in assistants for longue in _absences_longues(a, contrat, textes))
    requis = sum(s.jours_ouvres for s in segments if s.etp_requis)
    couverts = sum(s.jours_ouvres for s in segments if s.etp_requis and s.couvert)
    return Presence(
        jusqu_au=jusqu_au if segments else None,
        segments=segments,
        manques=manques,
        jours_ouvres_requis=requis,
        jours_ouvres_couverts=couverts,
        etp_jours_manquants=sum((s.manque * s.jours_ouvres for s in segments), ZERO),
        absences_longues=longues,
        heures=tuple(_heures(assistants, contrat, textes)),
        avertissements=tuple(_avertissements(contrat, assistants, textes, longues, (requis, requis - couverts))),
        sources=(textes.source(textes.temps_plein.grade), textes.source(textes.absence_longue.grade)),
        jours_feries=(
            f"jours fériés du département {departement}" if departement in ZONES else "jours fériés de métropole"
        ),
    )


def _segments(
    contrat: EvaluationContrat, assistants: Sequence[Assistant], jusqu_au: date, temps_plein: int, departement: str
) -> Iterator[SegmentPresence]:
    periodes: list[Periode] = list(contrat.suspensions)
    for assistant in assistants:
        periodes += [*assistant.affectations, *assistant.embauches, *assistant.absences]
    options = [a.du for a in contrat.contrat.avenants if isinstance(a, ChangementOption)]
    for du, au in decouper(contrat.contrat.debut_le, jusqu_au, periodes, options):
        ouvres = jours_ouvres(departement, du, au)
        if any(en_cours(s, du) for s in contrat.suspensions):
            yield SegmentPresence(du, au, ZERO, ZERO, ouvres, (), ("contrat suspendu, aucun ETP requis",))
            continue
        requis = contrat.contrat.option_au(du)
        present, affecte = ZERO, ZERO
        causes: list[str] = []
        notes: list[str] = []
        for assistant in assistants:
            demande, couvert = etp_couvert(assistant, contrat.id, du, temps_plein)
            affecte += demande
            if not demande:
                continue
            if couvert < demande:
                causes.append(_plafond(assistant, du, temps_plein))
            absence = next((a for a in assistant.absences if en_cours(a, du)), None)
            if absence is not None and not absence.remplacement and not absence.conges:
                causes.append(f"absence {de(assistant.nom_complet)} non remplacée")
                continue
            if absence is not None:
                qui = de(assistant.nom_complet)
                notes.append(f"absence {qui} remplacée" if absence.remplacement else f"congés payés {qui}, sans manque")
            present += couvert
        if affecte < requis:
            causes.append(
                f"{_etp(affecte)} {accord(affecte, 'affecté')} pour {_etp(requis)} {accord(requis, 'financé')}"
                if affecte
                else "aucun assistant affecté"
            )
        yield SegmentPresence(du, au, present, requis, ouvres, tuple(causes), tuple(notes))


def _fusionner(bruts: Iterable[SegmentPresence]) -> Iterator[SegmentPresence]:
    for (present, requis, causes, notes), groupe in groupby(
        bruts, key=lambda s: (s.etp_present, s.etp_requis, s.causes, s.notes)
    ):
        suite = list(groupe)
        yield SegmentPresence(
            suite[0].du, suite[-1].au, present, requis, sum(s.jours_ouvres for s in suite), causes, notes
        )


def _plafond(assistant: Assistant, jour: date, temps_plein: int) -> str:
    """Say that the allocations of an assistant exceed what is hired of them on a day."""
    embauche = etp_embauche(assistant, jour, temps_plein)
    qui = de(assistant.nom_complet)
    if not embauche:
        return f"aucune embauche {qui} ne couvre ces jours"
    affecte = sum((a.etp for a in affectations_au(assistant, jour)), ZERO)
    return (
        f"l'embauche {qui} est de {heures(embauche * temps_plein)} par semaine pour {heures(affecte * temps_plein)} "
        "affectées, ramenées en proportion"
    )


def _manque(segment: SegmentPresence, au: date) -> Manque:
    en_jours = compte(segment.jours_ouvres, "jour ouvré", "jours ouvrés")
    manque = _etp(segment.manque)
    causes = ", ".join(segment.causes)
    if segment.au == au:
        verbe = accord(segment.manque, "manque", "manquent")
        phrase = f"Depuis le {jour_long(segment.du)}, {en_jours} à ce jour : {manque} {verbe}, {causes}"
    else:
        verbe = accord(segment.manque, "manquait", "manquaient")
        phrase = f"{_du_au(segment.du, segment.au)}, {en_jours} : {manque} {verbe}, {causes}"
    return Manque(segment.du, segment.au, segment.jours_ouvres, segment.manque, phrase)


def _du_au(du: date, au: date) -> str:
    """Write a period with no month or year said twice: ``Du 3 au 14 mars 2025``."""
    if du == au:
        return f"Le {jour_long(du)}"
    numero = "1er" if du.day == 1 else str(du.day)
    if (du.year, du.month) == (au.year, au.month):
        return f"Du {numero} au {jour_long(au)}"
    if du.year == au.year:
        return f"Du {numero}\u00a0{MOIS[du.month - 1]} au {jour_long(au)}"
    return f"Du {jour_long(du)} au {jour_long(au)}"


def _etp(valeur: Fraction) -> str:
    """Write an ETP, in hundredths when its fraction would not be read."""
    return etp(valeur) if valeur.denominator <= _DENOMINATEUR_LISIBLE else f"{nombre(valeur, 2)}\u00a0ETP"


def _absences_longues(
    assistant: Assistant, contrat: EvaluationContrat, textes: VersionTextes
) -> Iterator[AbsenceProlongee]:
    for du, au in _absences_continues(assistant.absences):
        passe_le = ajouter_mois(du, textes.absence_longue.mois)
        a_couvrir = [
            (max(passe_le, contrat.contrat.debut_le, f.du), min(_fins(contrat.fin_le, au, f.au)), f.au)
            for f in assistant.affectations
            if f.contrat == contrat.id
        ]
        a_couvrir = [(premier, dernier, part) for premier, dernier, part in a_couvrir if premier <= dernier]
        if not a_couvrir:
            continue
        decouverts = [
            # Without an end, the absence is followed to the day only.
            (premier, dernier, part)
            for premier, dernier, part in a_couvrir
            if not _suspendu(
                premier,
                dernier if au is not None else min(dernier, max(premier, contrat.au)),
                contrat.contrat.suspensions,
            )
        ]
        premier, dernier, fin_affectation = min(decouverts or a_couvrir, key=itemgetter(0))
        etat: EtatAbsence = "couverte" if not decouverts else "a_demander" if premier <= contrat.au else "a_prevoir"
        revient = au is not None and dernier == au and (fin_affectation is None or fin_affectation > au)
        duree = compte(textes.absence_longue.mois, "mois", "mois")
        finie = dernier < contrat.au
        debut = f"{'depuis le' if du <= contrat.au else 'à partir du'} {jour_court(du)}"
        absence = periode(du, dernier) if finie else debut
        demande = _ce_qu_il_faut_demander(etat, absence, passe_le, duree, finie=finie)
        # No second amendment where there never was a first.
        reprise = (
            "" if finie and etat != "couverte" else _a_la_reprise(dernier + UN_JOUR if revient else None, finie=finie)
        )
        phrase = f"{assistant.nom_complet} : {demande}{reprise}"
        yield AbsenceProlongee(assistant.id, assistant.nom_complet, du, au, passe_le, etat, phrase)


def _fins(*fins: date | None) -> list[date]:
    return [fin for fin in fins if fin is not None]


def _a_la_reprise(le: date | None, *, finie: bool) -> str:
    jour = "" if le is None else f", le {jour_long(le)}"
    return f" À la reprise{jour}, un second avenant {'était' if finie else 'est'} nécessaire."


def _ce_qu_il_faut_demander(etat: EtatAbsence, quand: str, passe_le: date, duree: str, *, finie: bool) -> str:
    """Say what to ask the CPAM, or once the absence is past what should have been; ``quand`` says its days."""
    depuis = f"absence sans remplacement {quand}"
    if etat == "couverte":
        return f"{depuis}, au-delà de {duree} à partir du {jour_long(passe_le)} : la suspension saisie la couvre."
    if finie:
        return (
            f"{depuis}, au-delà de {duree} à partir du {jour_long(passe_le)}, sans suspension saisie sur toute la "
            "période : le contrat aurait dû être suspendu par un avenant, avec votre accord écrit ; voyez avec la CPAM "
            "ce qu'il en est."
        )
    verbe = "passe" if etat == "a_demander" else "passera"
    return (
        f"{depuis} : demandez à la CPAM de suspendre le contrat par avenant, avec votre accord écrit ; "
        f"l'absence {verbe} {duree} le {jour_long(passe_le)}."
    )


def _absences_continues(absences: Iterable[Absence]) -> Iterator[tuple[date, date | None]]:
    """Give the absences neither replaced nor paid leave, those that follow each other made one."""
    courante: tuple[date, date | None] | None = None
    for absence in sorted((a for a in absences if not a.remplacement and not a.conges), key=lambda a: a.du):
        if courante is not None and courante[1] is not None and courante[1] + UN_JOUR == absence.du:
            courante = (courante[0], absence.au)
            continue
        if courante is not None:
            yield courante
        courante = (absence.du, absence.au)
    if courante is not None:
        yield courante


def _suspendu(du: date, au: date, suspensions: Iterable[Suspension]) -> bool:
    """Say whether the contract sleeps on every day of a period."""
    for suspension in suspensions:
        if en_cours(suspension, du):
            if suspension.au is None:
                return True
            du = suspension.au + UN_JOUR
    return du > au


def _heures(
    assistants: Iterable[Assistant], contrat: EvaluationContrat, textes: VersionTextes
) -> Iterator[HeuresEmbauche]:
    for assistant in assistants:
        for embauche in sorted(assistant.embauches, key=lambda e: (e.du, e.employeur)):
            if embauche.du > contrat.fin_le or (embauche.au is not None and embauche.au < contrat.contrat.debut_le):
                continue
            du_role = ETP_DES_ROLES[embauche.role] * textes.temps_plein.heures
            hebdo = Fraction(str(embauche.heures_hebdo))
            en_etp = etp_de_l_embauche(embauche, textes.temps_plein.heures)
            egales = en_etp == ETP_DES_ROLES[embauche.role]
            compare = "comme le prévoit ce rôle" if egales else f"au lieu de {heures(du_role)} pour ce rôle"
            if textes.source(textes.temps_plein.grade).a_verifier:
                compare += f" (temps plein de {heures(textes.temps_plein.heures)}, à vérifier)"
            yield HeuresEmbauche(
                assistant.id,
                assistant.nom_complet,
                embauche.du,
                embauche.au,
                embauche.role,
                du_role,
                hebdo,
                en_etp,
                f"{assistant.nom_complet}, {ROLES[embauche.role]} {periode(embauche.du, embauche.au)} : "
                f"{heures(hebdo)} par semaine, {compare}.",
            )


def _avertissements(
    contrat: EvaluationContrat,
    assistants: Iterable[Assistant],
    textes: VersionTextes,
    longues: Iterable[AbsenceProlongee],
    jours: tuple[int, int],
) -> Iterator[Avertissement]:
    requis, manquants = jours
    if manquants:
        yield Avertissement(
            "presence_insuffisante",
            f"Sur {compte(requis, 'jour ouvré', 'jours ouvrés')} depuis le début du contrat, hors suspension, "
            f"{nombre(manquants)} sans tout l'ETP financé.",
            "attention",
        )
    plafonnes = [
        assistant.nom_complet
        for assistant in assistants
        if not contrat.contrat.debut_le > contrat.au
        and contrat.au <= contrat.fin_le
        and len({*etp_couvert(assistant, contrat.id, contrat.au, textes.temps_plein.heures)}) > 1
    ]
    if plafonnes:
        yield Avertissement(
            "affectation_au_dela_de_l_embauche",
            f"{enumeration(plafonnes)} : l'ETP affecté dépasse ce que l'embauche couvre ce jour ; il est ramené en "
            "proportion entre les contrats. Vérifiez les heures et les affectations.",
            "attention",
        )
    for longue in longues:
        if longue.etat != "couverte":
            niveau: Niveau = "attention" if longue.du <= contrat.au else "information"
            yield Avertissement("avenant_de_suspension", longue.phrase, niveau)


def jours_pourvus(presence: Presence, departement: str, du: date, au: date) -> tuple[int, int]:
    """Count the working days of an interval on which an assistant was required, and those that were staffed."""
    requis = pourvus = 0
    for segment in presence.segments:
        if segment.etp_requis and se_croisent(segment.du, segment.au, du, au):
            jours = jours_ouvres(departement, max(segment.du, du), min(segment.au, au))
            requis += jours
            pourvus += jours if segment.couvert else 0
    return requis, pourvus


def jours_ouvres(departement: str, du: date, au: date) -> int:
    """Count the days from Monday to Friday that are no public holiday of the department, both ends included."""
    semaines, reste = divmod((au - du).days + 1, 7)
    ouvres = semaines * 5 + sum((du.weekday() + rang) % 7 < _SAMEDI for rang in range(reste))
    zone = ZONES.get(departement)
    return ouvres - sum(
        du <= ferie <= au for annee in range(du.year, au.year + 1) for ferie in _feries_en_semaine(zone, annee)
    )


_SAMEDI = 5


@lru_cache(maxsize=512)
def _feries_en_semaine(zone: str | None, annee: int) -> tuple[date, ...]:
    """Give the public holidays of a year that fall from Monday to Friday."""
    from holidays import country_holidays

    feries = country_holidays("FR", subdiv=zone, years=annee)
    return tuple(sorted(jour for jour in feries if jour.weekday() < _SAMEDI))
