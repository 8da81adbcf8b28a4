"""The readings of a contract side by side: what counts at each date and why, and the corrections asked of the CPAM.

The rules are those of dossier-v1, "What evaluating means". A correction is followed here and nowhere else: a pending
one never counts, whatever is shown of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from assistmed_desktop.domain.contrat import Indicateur
from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.domain.suivi import SourceReleve
from assistmed_desktop.formats import compte, jour_court, nombre, periode, pourcent
from assistmed_desktop.rules.designation import DU_SUJET, de_la_source, prefixes
from assistmed_desktop.rules.releves import (
    AUTHENTIFIEES,
    ECART_JOURS,
    ECART_NOTABLE,
    ecarts_entre_sources,
    points,
    retenu,
)
from assistmed_desktop.rules.resultats import Avertissement, Etape, Explication, Niveau, SourceLegale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.suivi import Correction, Releve
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import EvaluationContrat, Point

Jour = date
EtatCorrection = Literal["en_attente", "accordee", "accordee_en_partie", "refusee"]
LIBELLES_CORRECTION: dict[EtatCorrection, str] = {
    "en_attente": "sans réponse",
    "accordee": "accordée",
    "accordee_en_partie": "accordée en partie",
    "refusee": "refusée",
}
_FENETRE = timedelta(days=ECART_JOURS - 1)


@dataclass(frozen=True, slots=True)
class RelevePese:
    """One reading of one indicator, and what it weighs.

    ``compte``: it is the value that counts on the day. ``retenu``: it stands for its group of dates. ``ecart`` and
    ``taux`` are its gap to the one that does, in patients and as a share of it. ``notable``: the software is more than
    2 % off.
    """

    date: Jour
    valeur: int
    source: SourceReleve
    compte: bool
    retenu: bool
    ecart: int | None
    taux: Fraction | None
    notable: bool
    motif: str


@dataclass(frozen=True, slots=True)
class GroupeDeReleves:
    """Readings of nearby dates, in order of date then of entry; ``date`` is that of the reading they are held to."""

    date: Jour
    releves: tuple[RelevePese, ...]

    @property
    def retenu(self) -> RelevePese | None:
        """The reading that stands for the group; None when all are estimations."""
        return next((releve for releve in self.releves if releve.retenu), None)


@dataclass(frozen=True, slots=True)
class SourcesIndicateur:
    """The readings of one indicator of one doctor, from the start of the contract to the day."""

    medecin: str
    indicateur: Indicateur
    groupes: tuple[GroupeDeReleves, ...]
    avant_le_debut: int
    apres_le_jour: int

    @property
    def compte(self) -> RelevePese | None:
        """The reading that counts on the day."""
        return next((releve for groupe in self.groupes for releve in groupe.releves if releve.compte), None)

    @property
    def notables(self) -> int:
        """How many readings of the software are more than 2 % off."""
        return sum(releve.notable for groupe in self.groupes for releve in groupe.releves)


@dataclass(frozen=True, slots=True)
class SiAccordee:
    """What the indicator would be were a correction granted as asked; the status never depends on it."""

    valeur: int
    ecart: Fraction | None


@dataclass(frozen=True, slots=True)
class CorrectionSuivie:
    """A correction asked of the CPAM, as it stands on the day.

    ``qui`` begins a sentence about one doctor of a group. ``jours`` from the demand to the answer, or to the day.
    ``releve_saisi``: a reading of the CPAM or amelipro of that date holds the count granted. ``sur_la_valeur``: it
    contests the reading that counts.
    """

    rang: int
    qui: str
    medecin: str
    indicateur: Indicateur
    releve_le: Jour
    avant_le_debut: bool
    valeur_cpam: int
    valeur_demandee: int
    demandee_le: Jour
    repondue_le: Jour | None
    valeur_accordee: int | None
    etat: EtatCorrection
    jours: int
    releve_saisi: bool
    sur_la_valeur: bool
    si_accordee: SiAccordee | None

    @property
    def a_saisir(self) -> bool:
        """Whether a count was granted and no reading holds it yet; one before the contract changes nothing."""
        return self.valeur_accordee is not None and not (
            self.etat == "refusee" or self.releve_saisi or self.avant_le_debut
        )

    @property
    def phrase(self) -> str:
        """The correction in a sentence, the doctor of a group named first."""
        dite = _phrase_de_la_correction(self)
        return self.qui + dite if self.qui else dite[0].upper() + dite[1:]


@dataclass(frozen=True, slots=True)
class Sources:
    """The reconciliation of the sources of a contract on a day."""

    au: Jour
    indicateurs: tuple[SourcesIndicateur, ...]
    corrections: tuple[CorrectionSuivie, ...]
    avertissements: tuple[Avertissement, ...]
    sources_legales: tuple[SourceLegale, ...]

    @property
    def chiffres(self) -> dict[str, Explication]:
        """What explains each figure, by its path."""
        explications: dict[str, Explication] = {}
        for siens in self.indicateurs:
            racine = f"medecins.{siens.medecin}.{siens.indicateur}"
            explications[racine] = _expliquer_indicateur(siens)
            for groupe in siens.groupes:
                explications[f"{racine}.groupes.{groupe.date.isoformat()}"] = _expliquer_groupe(siens, groupe)
        for suivie in self.corrections:
            explications[f"corrections.{suivie.rang}"] = _expliquer_correction(suivie, self.sources_legales)
        return explications


def sources(dossier: Dossier, contrat: EvaluationContrat, baremes: Baremes) -> Sources:  # noqa: ARG001 - one signature for all
    """Reconcile the sources of a contract, date by date, and follow the corrections asked of the CPAM."""
    signe = contrat.contrat
    medecins = contrat.adherents
    releves: dict[str, list[Releve]] = {medecin: [] for medecin in medecins}
    for releve in dossier.releves:
        if releve.medecin in releves:
            releves[releve.medecin].append(releve)
    siens = tuple(
        _indicateur(medecin, cle, releves[medecin], signe.debut_le, contrat.au)
        for medecin in medecins
        for cle in INDICATEURS
    )
    suivies = _corrections(dossier, contrat, siens, releves)
    return Sources(
        contrat.au,
        siens,
        suivies,
        tuple(_avertir(suivies)),
        contrat.patientele_mt.explication.sources,
    )


def _indicateur(
    medecin: str, indicateur: Indicateur, releves: Sequence[Releve], debut: date, au: date
) -> SourcesIndicateur:
    siens = points(releves, indicateur, debut, au)
    dates = [releve.date for releve in releves if getattr(releve, indicateur) is not None]
    return SourcesIndicateur(
        medecin,
        indicateur,
        _grouper(siens),
        sum(jour < debut for jour in dates),
        sum(jour > au for jour in dates),
    )


def _rang(point: Point) -> int:
    """Rank the sources: an estimation never counts, the software failing an authoritative one."""
    return 2 if point.source in AUTHENTIFIEES else int(point.source == "logiciel")


def _grouper(siens: Sequence[Point]) -> tuple[GroupeDeReleves, ...]:
    """Group the readings around the authoritative ones, failing them around those of the software."""
    le_bon = retenu(siens)
    derniers = {(point.date, _rang(point)): place for place, point in enumerate(siens)}
    ecarts = {ecart.logiciel.date: ecart.authentifie.date for ecart in ecarts_entre_sources(siens)}
    ancres = _ancrer(siens, ecarts)
    par_date: dict[date, list[int]] = {}
    for place, ancre in enumerate(ancres):
        par_date.setdefault(ancre, []).append(place)
    groupes = []
    for ancre in sorted(par_date):
        places = par_date[ancre]
        tete = max(places, key=lambda place: (_rang(siens[place]), place))
        base = siens[tete] if _rang(siens[tete]) else None
        pesees = []
        for place in places:
            point = siens[place]
            dernier = derniers[point.date, _rang(point)] == place
            est_la_base = base is not None and place == tete
            ecart = None if base is None or est_la_base else point.valeur - base.valeur
            pesees.append(
                RelevePese(
                    date=point.date,
                    valeur=point.valeur,
                    source=point.source,
                    compte=point is le_bon,
                    retenu=est_la_base,
                    ecart=ecart,
                    taux=None if base is None or ecart is None else Fraction(ecart, base.valeur or 1),
                    notable=point.source == "logiciel" and dernier and point.date in ecarts,
                    motif=_motif(point, le_bon, dernier=dernier),
                )
            )
        groupes.append(GroupeDeReleves(ancre, tuple(pesees)))
    return tuple(groupes)


def _ancrer(siens: Sequence[Point], ecarts: Mapping[date, date]) -> list[date]:
    """Give for each reading the date it is held to: that of an authoritative one less than 31 days apart, or its own.

    A reading of the software far from one of two authoritative ones is held to that one, so that the gap shows.
    """
    authentifiees = sorted({point.date for point in siens if _rang(point) == 2})  # noqa: PLR2004 - see _rang
    du_logiciel = {
        point.date: ecarts.get(point.date) or _proche(point.date, authentifiees) or point.date
        for point in siens
        if point.source == "logiciel"
    }
    seules = [jour for jour, ancre in sorted(du_logiciel.items()) if jour == ancre and jour not in authentifiees]
    ancres = []
    for point in siens:
        if point.source in AUTHENTIFIEES:
            ancres.append(point.date)
        elif point.source == "logiciel":
            ancres.append(du_logiciel[point.date])
        else:
            ancres.append(_proche(point.date, authentifiees) or _proche(point.date, seules) or point.date)
    return ancres


def _proche(jour: date, dates: Sequence[date]) -> date | None:
    """Give the nearest of some sorted dates less than 31 days apart; of two as near, the earlier."""
    proches = dates[bisect_left(dates, jour - _FENETRE) : bisect_right(dates, jour + _FENETRE)]
    return min(proches, key=lambda autre: abs((autre - jour).days), default=None)


def _motif(point: Point, le_bon: Point | None, *, dernier: bool) -> str:
    """Say why a reading counts, or does not."""
    if point.source == "estimation":
        return "Une estimation ne compte jamais."
    if point is le_bon:
        if point.source == "logiciel":
            return "Il compte, faute de relevé de la CPAM ou d'amelipro depuis le début du contrat."
        return "Il compte : c'est le dernier relevé de la CPAM ou d'amelipro."
    if not dernier:
        return "Un autre relevé de même date et de même rang, saisi après lui, le remplace."
    if le_bon is not None and point.source == "logiciel" and le_bon.source in AUTHENTIFIEES:
        return (
            "Le logiciel métier ne compte que faute de relevé de la CPAM ou d'amelipro ; celui du "
            f"{jour_court(le_bon.date)} ({SOURCES[le_bon.source]}) compte."
        )
    plus_recent = point.date if le_bon is None else le_bon.date
    return f"Il est plus ancien que celui du {jour_court(plus_recent)}, qui compte."


def _corrections(
    dossier: Dossier,
    contrat: EvaluationContrat,
    siens: Sequence[SourcesIndicateur],
    releves: Mapping[str, Sequence[Releve]],
) -> tuple[CorrectionSuivie, ...]:
    """Follow the corrections asked by the day on readings from the reference of the contract on."""
    depuis = min(contrat.contrat.reference.date, contrat.contrat.debut_le)
    demandees = [
        correction
        for correction in dossier.corrections
        if correction.medecin in releves and correction.releve_le >= depuis and correction.demandee_le <= contrat.au
    ]
    suivi = _Suivi(
        contrat,
        {(indicateur.medecin, indicateur.indicateur): indicateur.compte for indicateur in siens},
        releves,
        prefixes(dossier, contrat.contrat),
    )
    demandees.sort(key=lambda correction: correction.demandee_le)
    return tuple(suivi.suivre(rang, correction) for rang, correction in enumerate(demandees, 1))


@dataclass(frozen=True, slots=True)
class _Suivi:
    """What following a correction needs: the values that count, the readings, how each doctor is named."""

    contrat: EvaluationContrat
    retenus: Mapping[tuple[str, Indicateur], RelevePese | None]
    releves: Mapping[str, Sequence[Releve]]
    qui: Mapping[str, str]

    def suivre(self, rang: int, correction: Correction) -> CorrectionSuivie:
        """Give a correction as it stands on the day: an answer that comes later is not known yet."""
        au = self.contrat.au
        repondue_le = correction.repondue_le
        if repondue_le is not None and repondue_le > au:
            repondue_le = None
        accordee = None if repondue_le is None else correction.valeur_accordee
        etat = _etat(correction, accordee, repondue=repondue_le is not None)
        le_bon = self.retenus[correction.medecin, correction.indicateur]
        sur_la_valeur = (
            le_bon is not None
            and le_bon.source in AUTHENTIFIEES
            and (le_bon.date, le_bon.valeur) == (correction.releve_le, correction.valeur_cpam)
        )
        return CorrectionSuivie(
            rang=rang,
            qui=self.qui[correction.medecin],
            medecin=correction.medecin,
            indicateur=correction.indicateur,
            releve_le=correction.releve_le,
            avant_le_debut=correction.releve_le < self.contrat.contrat.debut_le,
            valeur_cpam=correction.valeur_cpam,
            valeur_demandee=correction.valeur_demandee,
            demandee_le=correction.demandee_le,
            repondue_le=repondue_le,
            valeur_accordee=accordee,
            etat=etat,
            jours=((repondue_le or au) - correction.demandee_le).days,
            releve_saisi=accordee is not None and self._saisi(correction, accordee),
            sur_la_valeur=sur_la_valeur,
            si_accordee=_si_accordee(correction, self.contrat) if etat == "en_attente" and sur_la_valeur else None,
        )

    def _saisi(self, correction: Correction, accordee: int) -> bool:
        return any(
            releve.date == correction.releve_le
            and releve.source in AUTHENTIFIEES
            and getattr(releve, correction.indicateur) == accordee
            for releve in self.releves[correction.medecin]
        )


def _etat(correction: Correction, accordee: int | None, *, repondue: bool) -> EtatCorrection:
    if not repondue:
        return "en_attente"
    if accordee is None or accordee == correction.valeur_cpam:
        return "refusee"
    return "accordee" if accordee == correction.valeur_demandee else "accordee_en_partie"


def _si_accordee(correction: Correction, contrat: EvaluationContrat) -> SiAccordee | None:
    """Work out the indicator with the count asked in place of the one contested; None where a group has no total."""
    indicateur = getattr(contrat, correction.indicateur)
    if indicateur.valeur is None:
        return None
    valeur = indicateur.valeur - correction.valeur_cpam + correction.valeur_demandee
    return SiAccordee(valeur, None if indicateur.attendu is None else valeur - indicateur.attendu)


def _avertir(suivies: Sequence[CorrectionSuivie]) -> Iterator[Avertissement]:
    for suivie in suivies:
        match suivie.etat:
            case "en_attente":
                niveau: Niveau = "attention" if suivie.sur_la_valeur else "information"
                yield Avertissement("correction_sans_reponse", suivie.phrase, niveau)
            case "refusee":
                yield Avertissement("correction_refusee", suivie.phrase, "information")
            case _ if suivie.a_saisir:
                yield Avertissement("correction_a_saisir", suivie.phrase, "attention")


def _phrase_de_la_correction(suivie: CorrectionSuivie) -> str:
    objet = f"{DU_SUJET[suivie.indicateur]} au {jour_court(suivie.releve_le)}"
    demande = f"la correction {objet}, demandée à la CPAM le {jour_court(suivie.demandee_le)}"
    contestes = f"{nombre(suivie.valeur_cpam)} contestés, {nombre(suivie.valeur_demandee)} demandés"
    if suivie.repondue_le is None:
        return f"{demande} ({contestes}), est sans réponse depuis {compte(suivie.jours, 'jour')}{_hypothese(suivie)}."
    if suivie.valeur_accordee is None or suivie.etat == "refusee":
        return (
            f"{demande} ({contestes}), a été refusée le {jour_court(suivie.repondue_le)} : le relevé garde "
            f"{compte(suivie.valeur_cpam, 'patient')}."
        )
    partie = " en partie" if suivie.etat == "accordee_en_partie" else ""
    accord = (
        f"{demande} ({contestes}), a été accordée{partie} le {jour_court(suivie.repondue_le)} : "
        f"{compte(suivie.valeur_accordee, 'patient')}"
    )
    if suivie.a_saisir:
        return f"{accord}. Saisissez le relevé corrigé, daté du {jour_court(suivie.releve_le)} et de source CPAM."
    if suivie.avant_le_debut:
        return f"{accord}. Ce relevé précède le début du contrat : la référence reste celle du contrat signé."
    return f"{accord} ; le relevé corrigé est saisi."


def _hypothese(suivie: CorrectionSuivie) -> str:
    """Say what a grant would change, where the reading contested is the one that counts."""
    if suivie.si_accordee is None:
        return ""
    ecart = suivie.si_accordee.ecart
    sens = "de plus" if ecart is not None and ecart >= 0 else "de moins"
    situation = "" if ecart is None else f", {nombre(abs(ecart), 1)} {sens} que l'attendu"
    return (
        f". Accordée, elle porterait la valeur à {compte(suivie.si_accordee.valeur, 'patient')}{situation} ; "
        "d'ici là, le statut s'en tient au relevé"
    )


def _expliquer_indicateur(siens: SourcesIndicateur) -> Explication:
    etapes = []
    if siens.compte is None:
        etapes.append(Etape("Relevé qui compte", "aucun depuis le début du contrat", "inconnu"))
    else:
        lu = f"{SOURCES[siens.compte.source]}, relevé du {jour_court(siens.compte.date)}"
        etapes.append(Etape("Relevé qui compte", lu, compte(siens.compte.valeur, "patient")))
    seuil = pourcent(ECART_NOTABLE)
    etapes += [
        Etape(
            "Écarts entre sources",
            f"logiciel métier à plus de {seuil} d'un relevé de la CPAM ou d'amelipro à moins de {ECART_JOURS} jours",
            nombre(siens.notables),
        ),
        Etape("Relevés hors du contrat", "datés d'avant son début : ils ne comptent pas", nombre(siens.avant_le_debut)),
        Etape("Relevés à venir", "datés d'après le jour : ils ne comptent pas encore", nombre(siens.apres_le_jour)),
    ]
    return Explication(f"{INDICATEURS[siens.indicateur]} : les sources", tuple(etapes), ())


def _expliquer_groupe(siens: SourcesIndicateur, groupe: GroupeDeReleves) -> Explication:
    return Explication(
        f"{INDICATEURS[siens.indicateur]} : relevés autour du {jour_court(groupe.date)}",
        tuple(_etape_du_releve(releve, groupe.retenu) for releve in groupe.releves),
        (),
    )


def _etape_du_releve(releve: RelevePese, base: RelevePese | None) -> Etape:
    calcul = releve.motif
    if base is not None and releve.ecart is not None and releve.taux is not None:
        beaucoup = f" : plus de {pourcent(ECART_NOTABLE)} d'écart" if releve.notable else ""
        calcul += (
            f" {nombre(releve.valeur)} − {nombre(base.valeur)} = {nombre(releve.ecart, signe=True)}, soit "
            f"{pourcent(releve.taux, 1, signe=True)} du relevé {de_la_source(base.source)} du {jour_court(base.date)}"
            f"{beaucoup}."
        )
    return Etape(f"{SOURCES[releve.source]}, {jour_court(releve.date)}", calcul, compte(releve.valeur, "patient"))


def _expliquer_correction(suivie: CorrectionSuivie, legales: tuple[SourceLegale, ...]) -> Explication:
    fin = suivie.demandee_le + timedelta(days=suivie.jours)
    etapes = [
        Etape("Demandée", f"au lieu de {nombre(suivie.valeur_cpam)}", compte(suivie.valeur_demandee, "patient")),
        Etape("Attente", periode(suivie.demandee_le, fin), compte(suivie.jours, "jour")),
        Etape("Réponse", LIBELLES_CORRECTION[suivie.etat], _ou_rien(suivie.valeur_accordee)),
    ]
    hypothese = suivie.si_accordee
    if hypothese is not None:
        base = hypothese.valeur - suivie.valeur_demandee + suivie.valeur_cpam
        etapes.append(
            Etape(
                "Si elle est accordée",
                f"{nombre(base)} − {nombre(suivie.valeur_cpam)} + {nombre(suivie.valeur_demandee)} ; le statut n'en "
                "dépend pas",
                compte(hypothese.valeur, "patient"),
            )
        )
        if hypothese.ecart is not None:
            attendu = hypothese.valeur - hypothese.ecart
            etapes.append(
                Etape(
                    "Écart qu'elle donnerait",
                    f"{nombre(hypothese.valeur)} − {nombre(attendu, 2)} attendus à la date de la valeur",
                    nombre(hypothese.ecart, 2, signe=True),
                )
            )
    titre = f"Correction {DU_SUJET[suivie.indicateur]} au {jour_court(suivie.releve_le)}"
    return Explication(titre, tuple(etapes), legales if hypothese else ())


def _ou_rien(valeur: int | None) -> str:
    return "aucune valeur" if valeur is None else compte(valeur, "patient")
