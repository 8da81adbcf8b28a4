"""What the review of one contract is made of, gathered from the dossier and its evaluation. No layout here."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assistmed_desktop.domain.assistant import Assistant, Domaine, Embauche, Mission
from assistmed_desktop.domain.cabinet import Medecin
from assistmed_desktop.domain.calendrier import en_cours, se_croisent
from assistmed_desktop.domain.contrat import Indicateur
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.libelles import DOMAINES, INDICATEURS
from assistmed_desktop.domain.suivi import Activite, Mouvement, Releve, Versement
from assistmed_desktop.rules.analyse import Analyse
from assistmed_desktop.rules.annees import AnneeDeContrat, annees
from assistmed_desktop.rules.bareme import Baremes
from assistmed_desktop.rules.chiffres import chiffres_de_l_evaluation
from assistmed_desktop.rules.releves import points, retenu
from assistmed_desktop.rules.resultats import (
    AnneeAide,
    Avertissement,
    Echeance,
    Evaluation,
    EvaluationContrat,
    Explication,
    Point,
)
from assistmed_desktop.services.dernier_echange import Depart, depart
from assistmed_desktop.services.extrait import analyser_l_extrait, evaluer_l_extrait
from assistmed_desktop.services.mouvements_regroupes import trop_court
from assistmed_desktop.services.rapports import CleGenre, Demande


class ContratAbsent(LookupError):  # noqa: N818 - a French name, as the whole domain
    """The evaluation holds no contract of this id."""


@dataclass(frozen=True, slots=True)
class PartDeMission:
    """The weekly minutes of one domain on the day, and its share of all."""

    domaine: Domaine
    minutes: int
    part: Fraction


@dataclass(frozen=True, slots=True)
class MoisGroupes:
    """The activity of one doctor over a calendar year."""

    medecin: str
    annee: str
    mois: int
    actes: int
    jours: int


@dataclass(frozen=True, slots=True)
class MouvementsGroupes:
    """Movements of one doctor, in order, shown as one line; usually a single one."""

    siens: tuple[Mouvement, ...]

    @property
    def medecin(self) -> str:
        """The doctor."""
        return self.siens[0].medecin

    @property
    def du(self) -> date:
        """The first day."""
        return self.siens[0].du

    @property
    def au(self) -> date:
        """The last day."""
        return self.siens[-1].au

    @property
    def entrees(self) -> int:
        """Who came."""
        return sum(m.entrees for m in self.siens)

    @property
    def deces(self) -> int:
        """Who died, as far as it is told."""
        return sum(m.deces for m in self.siens)

    @property
    def departs(self) -> int:
        """Who went elsewhere."""
        return sum(m.departs for m in self.siens)

    @property
    def autres_sorties(self) -> int:
        """All others who left."""
        return sum(m.autres_sorties for m in self.siens)

    @property
    def solde(self) -> int:
        """Who came less who left."""
        return self.entrees - self.deces - self.departs - self.autres_sorties

    @property
    def deces_tus(self) -> bool:
        """Whether the deaths of some days are counted with the other exits."""
        return any(trop_court(m) for m in self.siens)


@dataclass(frozen=True, slots=True)
class Matiere:
    """One contract with everything of the practice that concerns it, on the day of the evaluation.

    ``genre`` is that of the report asked for. ``depart`` is the day from which a *bilan d'étape* counts, and ``alors``
    what the contract was on that day; in a review, what it was on its last day if that has passed; else what it is.

    ``chiffres`` are those of ``juge`` by their path, each with its steps (``rules.chiffres``).

    ``medecins`` are all its doctors, ``adherents`` those of a group on the day; all of them when none is left.
    """

    genre: CleGenre
    depart: Depart
    alors: EvaluationContrat
    dossier: Dossier
    evaluation: Evaluation
    contrat: EvaluationContrat
    analyse: Analyse
    chiffres: Mapping[str, Explication]
    annees: tuple[AnneeDeContrat, ...]
    medecins: tuple[Medecin, ...]
    adherents: tuple[Medecin, ...]
    assistants: tuple[Assistant, ...]
    missions: tuple[Mission, ...]
    releves: tuple[Releve, ...]
    mouvements: tuple[Mouvement, ...]
    activite: tuple[Activite, ...]
    versements: tuple[Versement, ...]

    @property
    def au(self) -> date:
        """The day of the evaluation."""
        return self.contrat.au

    @property
    def juge(self) -> EvaluationContrat:
        """The contract as page 1 shows its indicators: in a review, no further than its last day."""
        return self.contrat if self.genre == "etape" else self.alors

    @property
    def collectif(self) -> bool:
        """Whether the contract binds several doctors."""
        return len(self.medecins) > 1

    @property
    def presents(self) -> tuple[Assistant, ...]:
        """The assistants allocated to the contract on the day."""
        return tuple(a for a in self.assistants if self.etp_affecte(a))

    def etp_affecte(self, assistant: Assistant) -> Fraction:
        """Give the ETP of an assistant for this contract on the day."""
        siennes = (f for f in assistant.affectations if f.contrat == self.contrat.id and en_cours(f, self.au))
        return sum((f.etp for f in siennes), Fraction(0))

    @property
    def missions_en_cours(self) -> tuple[Mission, ...]:
        """The tasks of the day."""
        presents = {assistant.id for assistant in self.presents}
        return tuple(m for m in self.missions if m.assistant in presents and en_cours(m, self.au))

    @property
    def parts_de_mission(self) -> tuple[PartDeMission, ...]:
        """The share of each domain in the tasks of the day; empty when no minute is entered."""
        minutes = dict.fromkeys(DOMAINES, 0)
        for mission in self.missions_en_cours:
            minutes[mission.domaine] += mission.minutes_semaine
        total = sum(minutes.values())
        return tuple(PartDeMission(d, m, Fraction(m, total)) for d, m in minutes.items()) if total else ()

    @property
    def heures_hebdo(self) -> Fraction:
        """The weekly hours of the work contracts of the assistants of the day."""
        heures = (e.heures_hebdo for a in self.presents for e in a.embauches if en_cours(e, self.au))
        return sum((Fraction(str(h)) for h in heures), Fraction(0))

    @property
    def a_verifier(self) -> tuple[Avertissement, ...]:
        """What the analysis asks to check, beside what the evaluation warns of."""
        connus = self.contrat.avertissements
        return tuple(a for a in self.analyse.avertissements if a.niveau == "attention" and a not in connus)

    @property
    def prochaine_echeance(self) -> Echeance | None:
        """The next deadline that still awaits."""
        return next((e for e in self.contrat.echeances if e.etat in ("urgente", "a_venir") and e.le >= self.au), None)

    @property
    def depassees(self) -> tuple[Echeance, ...]:
        """The deadlines missed."""
        return tuple(e for e in self.contrat.echeances if e.etat == "depassee")

    @property
    def activite_par_annee(self) -> tuple[MoisGroupes, ...]:
        """The activity, summed by doctor and calendar year."""
        groupes: dict[tuple[str, str], list[Activite]] = defaultdict(list)
        for mois in self.activite:
            groupes[mois.mois[:4], mois.medecin].append(mois)
        return tuple(
            MoisGroupes(medecin, annee, len(mois), sum(m.actes for m in mois), sum(m.jours_travailles for m in mois))
            for (annee, medecin), mois in sorted(groupes.items())
        )

    @property
    def mouvements_par_annee(self) -> tuple[MouvementsGroupes, ...]:
        """The movements, summed by doctor and calendar year; those that belong to two years stay as they are."""
        groupes: dict[tuple[str, int, date | None], list[Mouvement]] = defaultdict(list)
        for mouvement in self.mouvements:
            seul = None if mouvement.du.year == mouvement.au.year else mouvement.du
            groupes[mouvement.medecin, mouvement.du.year, seul].append(mouvement)
        rangs = {medecin.id: rang for rang, medecin in enumerate(self.medecins)}
        return tuple(
            sorted((MouvementsGroupes(tuple(g)) for g in groupes.values()), key=lambda g: (g.du, rangs[g.medecin]))
        )

    @property
    def releves_retenus(self) -> dict[Indicateur, frozenset[int]]:
        """Give, for each indicator, the ranks of the readings that make its value: one for each doctor."""
        return {indicateur: frozenset(self._rangs_retenus(indicateur)) for indicateur in INDICATEURS}

    def _rangs_retenus(self, indicateur: Indicateur) -> Iterator[int]:
        debut = self.contrat.contrat.debut_le
        for medecin in self.contrat.adherents:
            siens = [(rang, r) for rang, r in enumerate(self.releves) if r.medecin == medecin]
            point = retenu(points([r for _, r in siens], indicateur, debut, self.juge.au))
            if point is not None:
                yield next(
                    rang for rang, r in reversed(siens) if Point(r.date, getattr(r, indicateur), r.source) == point
                )

    def nom_du_medecin(self, identifiant: str) -> str:
        """Write a doctor of the contract by their id."""
        return next((nom_du_medecin(m) for m in self.medecins if m.id == identifiant), identifiant)

    def nom_court_du_medecin(self, identifiant: str) -> str:
        """Write a doctor of a list by the name alone, where it tells them from the others."""
        medecin = next(m for m in self.medecins if m.id == identifiant)
        seul = sum(autre.nom == medecin.nom for autre in self.medecins) == 1
        return f"Dr\u00a0{medecin.nom}" if seul else nom_du_medecin(medecin)

    def nom_de_l_assistant(self, identifiant: str) -> str:
        """Write an assistant by their id."""
        return next((a.nom_complet for a in self.assistants if a.id == identifiant), identifiant)

    def versements_de(self, annee: int) -> tuple[Versement, ...]:
        """Give the payments of a contract year."""
        return tuple(v for v in self.versements if v.annee_contrat == annee)

    def recu(self, annee: AnneeAide) -> int | None:
        """Sum what has come for a contract year, in centimes; None when no payment of it was ever entered."""
        return next((comptee.recu for comptee in self.analyse.argent.annees if comptee.annee == annee.annee), None)


def reunir(dossier: Dossier, evaluation: Evaluation, demande: Demande, baremes: Baremes) -> Matiere:
    """Gather from an extract what concerns its contract, and analyse it by the barèmes of its evaluation.

    Raises:
        ContratAbsent: when the evaluation has no such contract.

    """
    contrat_id = demande.contrat
    contrat = next((c for c in evaluation.contrats if c.id == contrat_id), None)
    if contrat is None:
        raise ContratAbsent(f"aucun contrat « {contrat_id} » dans cette évaluation")
    debut, fin = contrat.contrat.debut_le, min(contrat.au, contrat.fin_le)
    siens = frozenset(contrat.medecins)
    assistants = tuple(
        a for a in dossier.assistants if any(f.contrat == contrat_id and f.du <= contrat.au for f in a.affectations)
    )
    connus = frozenset(a.id for a in assistants)
    mois_debut, mois_fin = debut.isoformat()[:7], fin.isoformat()[:7]
    parti = depart(dossier, demande)
    alors = contrat
    if demande.genre == "etape":
        alors = evaluer_l_extrait(dossier, contrat_id, parti.le, baremes).contrats[0]
    elif contrat.au > contrat.fin_le:
        alors = evaluer_l_extrait(dossier, contrat_id, contrat.fin_le, baremes).contrats[0]
    analyse = analyser_l_extrait(dossier, contrat, baremes)
    juge = contrat if demande.genre == "etape" else alors
    return Matiere(
        genre=demande.genre,
        depart=parti,
        alors=alors,
        dossier=dossier,
        evaluation=evaluation,
        contrat=contrat,
        analyse=analyse,
        chiffres=chiffres_de_l_evaluation(juge, baremes),
        annees=annees(contrat, analyse, dossier.cabinet.departement),
        medecins=tuple(m for m in dossier.medecins if m.id in siens),
        adherents=tuple(m for m in dossier.medecins if m.id in (contrat.adherents or siens)),
        assistants=assistants,
        missions=tuple(
            m for m in dossier.missions if m.assistant in connus and se_croisent(m.du, m.au, debut, contrat.au)
        ),
        releves=tuple(
            sorted(
                (r for r in dossier.releves if r.medecin in siens and debut <= r.date <= contrat.au),
                key=lambda r: r.date,
            )
        ),
        mouvements=tuple(
            sorted(
                (m for m in dossier.mouvements if m.medecin in siens and se_croisent(m.du, m.au, debut, contrat.au)),
                key=lambda m: m.du,
            )
        ),
        activite=tuple(a for a in dossier.activite if a.medecin in siens and mois_debut <= a.mois <= mois_fin),
        versements=tuple(v for v in dossier.versements if v.contrat == contrat_id),
    )


def nom_du_medecin(medecin: Medecin) -> str:
    """Write a doctor with the title."""
    return f"Dr\u00a0{medecin.nom_complet}"


def embauche_du(assistant: Assistant, jour: date) -> Embauche | None:
    """Give the hiring that runs on a day, the newest of several."""
    courantes = [e for e in assistant.embauches if en_cours(e, jour)]
    return max(courantes, key=lambda e: e.du, default=None)
