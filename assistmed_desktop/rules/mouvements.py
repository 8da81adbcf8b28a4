"""The movements of the patientèle held to its readings: reference, who came, who left, and the rest nobody explains.

Only the patientèle médecin traitant has movements: who comes and leaves is who declares the doctor. A movement is a
total over a period, which nothing lets one share out between its days: it is counted whole or left out, and said so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois, se_croisent
from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.formats import compte, enumeration, jour_court, nombre, periode, pourcent
from assistmed_desktop.rules.designation import prefixes
from assistmed_desktop.rules.releves import ECART_NOTABLE, points, retenu
from assistmed_desktop.rules.resultats import Avertissement, Etape, Explication, SourceLegale

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistmed_desktop.domain.contrat import ContratIndividuel, Reference
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.suivi import Mouvement, Releve
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import EvaluationContrat, Point

Jour = date


@dataclass(frozen=True, slots=True)
class LigneMouvement:
    """One movement that touches the interval, ``jours_dans`` of its ``jours`` inside it, counted whole or left out."""

    du: Jour
    au: Jour
    entrees: int
    deces: int
    departs: int
    autres_sorties: int
    jours: int
    jours_dans: int

    @property
    def sorties(self) -> int:
        """All who left."""
        return self.deces + self.departs + self.autres_sorties

    @property
    def solde(self) -> int:
        """Who came less who left."""
        return self.entrees - self.sorties

    @property
    def a_cheval(self) -> bool:
        """Whether part of the period lies outside the interval."""
        return self.jours_dans < self.jours

    @property
    def comptee(self) -> bool:
        """Whether it is counted, whole: at least half of its days are inside."""
        return 2 * self.jours_dans >= self.jours

    @property
    def motif(self) -> str:
        """Why it is counted or left out."""
        if not self.a_cheval:
            return "Comptée : toute la période est dans l'intervalle."
        dedans = (
            f"Période à cheval : {nombre(self.jours_dans)} de ses {compte(self.jours, 'jour')} "
            f"{'est' if self.jours_dans == 1 else 'sont'} dans l'intervalle"
        )
        if self.comptee:
            return f"{dedans}, la moitié au moins ; elle est comptée en entier."
        return f"{dedans}, moins de la moitié ; elle est laissée de côté."


@dataclass(frozen=True, slots=True)
class PeriodeNonCouverte:
    """Days of the interval that no counted movement covers, both included; ``longue`` when more than a month."""

    du: Jour
    au: Jour

    @property
    def jours(self) -> int:
        """Its days."""
        return (self.au - self.du).days + 1

    @property
    def longue(self) -> bool:
        """Whether it exceeds a month."""
        return self.au >= ajouter_mois(self.du, 1)


@dataclass(frozen=True, slots=True)
class Pont:
    """From the reference to the value that counts: what the movements explain, and the rest.

    The reference is None for a doctor whose own one the group's contract does not hold. ``attendu_min`` and
    ``attendu_max`` are what the periods that straddle an end could make of the expected count.
    """

    reference: int | None
    reference_le: Jour
    valeur: int | None
    valeur_le: Jour | None
    entrees: int
    deces: int
    departs: int
    autres_sorties: int
    attendu: int | None
    attendu_min: int | None
    attendu_max: int | None

    @property
    def reste(self) -> int | None:
        """What the movements do not explain: positive when more patients are counted than expected."""
        return None if self.valeur is None or self.attendu is None else self.valeur - self.attendu

    @property
    def part(self) -> Fraction | None:
        """The rest as a share of the value."""
        return None if self.reste is None or not self.valeur else Fraction(self.reste, self.valeur)

    @property
    def notable(self) -> bool:
        """Whether the rest is more than 2 % of the value."""
        return self.reste is not None and self.valeur is not None and abs(self.reste) > ECART_NOTABLE * self.valeur

    @property
    def incertain(self) -> bool:
        """Whether periods that straddle an end leave the expected count open."""
        return self.attendu_min != self.attendu_max

    @property
    def etapes(self) -> tuple[tuple[str, int], ...]:
        """The bridge, step by step: the reference, each movement with its sign, the rest; they add up to the value."""
        if self.reference is None:
            return ()
        marches = [
            ("reference", self.reference),
            ("entrees", self.entrees),
            ("deces", -self.deces),
            ("departs", -self.departs),
            ("autres_sorties", -self.autres_sorties),
        ]
        return (*marches, *(() if self.reste is None else (("reste", self.reste),)))

    @property
    def phrase(self) -> str | None:
        """The bridge in a sentence; None where the reference is not known."""
        if self.reference is None or self.attendu is None:
            return None
        calcul = (
            f"{nombre(self.reference)} à la référence du {jour_court(self.reference_le)}, "
            f"{_mouvements_en_mots(self)} : {compte(self.attendu, 'patient attendu', 'patients attendus')}"
        )
        if self.valeur is None or self.valeur_le is None or self.reste is None:
            return f"{calcul}, sans relevé pour le vérifier."
        lu = f"{calcul} le {jour_court(self.valeur_le)}, {nombre(self.valeur)} relevés."
        if not self.reste:
            return f"{lu} Les mouvements expliquent tout."
        part = "" if self.part is None else f", soit {pourcent(self.part, 1, signe=True)} du relevé"
        return f"{lu} Reste inexpliqué : {nombre(self.reste, signe=True)}{part}."


@dataclass(frozen=True, slots=True)
class MouvementsMedecin:
    """One doctor's movements from the day after the reference to that of the value, both included."""

    medecin: str
    qui: str
    du: Jour
    au: Jour
    lignes: tuple[LigneMouvement, ...]
    non_couvertes: tuple[PeriodeNonCouverte, ...]
    pont: Pont | None


@dataclass(frozen=True, slots=True)
class Mouvements:
    """The movements of a contract held to its readings. ``ensemble`` is None when no movement was entered."""

    au: Jour
    medecins: tuple[MouvementsMedecin, ...]
    ensemble: Pont | None
    avertissements: tuple[Avertissement, ...]
    sources_legales: tuple[SourceLegale, ...]

    @property
    def chiffres(self) -> dict[str, Explication]:
        """What explains each figure, by its path."""
        explications: dict[str, Explication] = {}
        for siens in self.medecins:
            racine = f"medecins.{siens.medecin}"
            explications[racine] = _expliquer_medecin(siens)
            for ligne in siens.lignes:
                explications[f"{racine}.lignes.{ligne.du.isoformat()}"] = _expliquer_ligne(ligne)
            if siens.pont is not None:
                explications[f"{racine}.pont"] = _expliquer_pont(siens.pont, self.sources_legales)
        if self.ensemble is not None:
            explications["ensemble"] = _expliquer_pont(self.ensemble, self.sources_legales)
        return explications


def mouvements(dossier: Dossier, contrat: EvaluationContrat, baremes: Baremes) -> Mouvements:  # noqa: ARG001 - one signature for all
    """Hold the movements of a contract's doctors to the readings of their patientèle."""
    signe = contrat.contrat
    membres = contrat.adherents
    releves: dict[str, list[Releve]] = {medecin: [] for medecin in membres}
    saisis: dict[str, list[Mouvement]] = {medecin: [] for medecin in membres}
    for releve in dossier.releves:
        if releve.medecin in releves:
            releves[releve.medecin].append(releve)
    for mouvement in dossier.mouvements:
        if mouvement.medecin in saisis:
            saisis[mouvement.medecin].append(mouvement)
    qui = prefixes(dossier, signe)
    medecins = tuple(
        _du_medecin(
            medecin,
            qui[medecin],
            retenu(points(releves[medecin], "patientele_mt", signe.debut_le, contrat.au)),
            saisis[medecin],
            contrat,
        )
        for medecin in membres
    )
    ensemble = _ensemble(medecins, contrat)
    return Mouvements(
        contrat.au,
        medecins,
        ensemble,
        tuple(_avertir(medecins, ensemble)),
        contrat.patientele_mt.explication.sources,
    )


def intervalle(
    contrat: ContratIndividuel | ContratCollectif, medecin: str, le_bon: Point | None, au: date
) -> tuple[date, date]:
    """Give the days whose movements lead from a doctor's reference to the reading that counts, both included."""
    apportee = _apportee(contrat, medecin, au)
    depart = contrat.reference.date if apportee is None else apportee.date
    return depart + UN_JOUR, au if le_bon is None else le_bon.date


def _apportee(contrat: ContratIndividuel | ContratCollectif, medecin: str, au: date) -> Reference | None:
    """Give the last reference that a doctor brought to a group by a day."""
    if not isinstance(contrat, ContratCollectif):
        return None
    apportees = (
        adhesion.reference
        for adhesion in contrat.adhesions
        if adhesion.medecin == medecin and adhesion.du <= au and adhesion.reference is not None
    )
    return max(apportees, key=lambda reference: reference.date, default=None)


def _depart(medecin: str, contrat: EvaluationContrat) -> int | None:
    """Give the count a doctor's bridge starts from: the contract's reference, or the one brought to the group."""
    if not isinstance(contrat.contrat, ContratCollectif):
        return contrat.patientele_mt.reference
    apportee = _apportee(contrat.contrat, medecin, contrat.au)
    return None if apportee is None else apportee.patientele_mt


def _du_medecin(
    medecin: str, qui: str, le_bon: Point | None, saisis: Sequence[Mouvement], contrat: EvaluationContrat
) -> MouvementsMedecin:
    du, au = intervalle(contrat.contrat, medecin, le_bon, contrat.au)
    lignes = lignes_de(saisis, du, au)
    pont = _pont(_depart(medecin, contrat), du - UN_JOUR, le_bon, lignes) if lignes else None
    return MouvementsMedecin(medecin, qui, du, au, lignes, _non_couvertes(lignes, du, au), pont)


def lignes_de(saisis: Sequence[Mouvement], du: date, au: date) -> tuple[LigneMouvement, ...]:
    """Give the movements that touch an interval, both days included, in order of date."""
    return tuple(
        LigneMouvement(
            du=saisi.du,
            au=saisi.au,
            entrees=saisi.entrees,
            deces=saisi.deces,
            departs=saisi.departs,
            autres_sorties=saisi.autres_sorties,
            jours=(saisi.au - saisi.du).days + 1,
            jours_dans=(min(saisi.au, au) - max(saisi.du, du)).days + 1,
        )
        for saisi in sorted(saisis, key=lambda saisi: saisi.du)
        if du <= au and se_croisent(saisi.du, saisi.au, du, au)
    )


def _pont(reference: int | None, reference_le: date, le_bon: Point | None, lignes: Sequence[LigneMouvement]) -> Pont:
    if le_bon is None:
        return totaliser(reference, reference_le, None, None, lignes)
    return totaliser(reference, reference_le, le_bon.valeur, le_bon.date, lignes)


def totaliser(
    reference: int | None,
    reference_le: date,
    valeur: int | None,
    valeur_le: date | None,
    lignes: Sequence[LigneMouvement],
) -> Pont:
    """Give the bridge that movements make from a count to another."""
    comptees = [ligne for ligne in lignes if ligne.comptee]
    a_cheval = [ligne for ligne in lignes if ligne.a_cheval]
    attendu = attendu_min = attendu_max = None
    if reference is not None:
        attendu = reference + sum(ligne.solde for ligne in comptees)
        sans_doute = reference + sum(ligne.solde for ligne in lignes if not ligne.a_cheval)
        attendu_min = sans_doute - sum(ligne.sorties for ligne in a_cheval)
        attendu_max = sans_doute + sum(ligne.entrees for ligne in a_cheval)
    return Pont(
        reference=reference,
        reference_le=reference_le,
        valeur=valeur,
        valeur_le=valeur_le,
        entrees=sum(ligne.entrees for ligne in comptees),
        deces=sum(ligne.deces for ligne in comptees),
        departs=sum(ligne.departs for ligne in comptees),
        autres_sorties=sum(ligne.autres_sorties for ligne in comptees),
        attendu=attendu,
        attendu_min=attendu_min,
        attendu_max=attendu_max,
    )


def _ensemble(medecins: Sequence[MouvementsMedecin], contrat: EvaluationContrat) -> Pont | None:
    """Give the bridge of the contract: the group's reference and value, its doctors' movements summed."""
    lignes = [ligne for siens in medecins for ligne in siens.lignes]
    if not lignes:
        return None
    indicateur = contrat.patientele_mt
    pont = _pont(indicateur.reference, contrat.contrat.reference.date, None, lignes)
    return replace(pont, valeur=indicateur.valeur, valeur_le=indicateur.date)


def _non_couvertes(lignes: Sequence[LigneMouvement], du: date, au: date) -> tuple[PeriodeNonCouverte, ...]:
    """Give the days of the interval that no counted movement covers; a doctor's movements never share a day."""
    trous = []
    suivant = du
    for ligne in lignes:
        if ligne.comptee:
            if suivant < ligne.du:
                trous.append(PeriodeNonCouverte(suivant, ligne.du - UN_JOUR))
            suivant = ligne.au + UN_JOUR
    if suivant <= au:
        trous.append(PeriodeNonCouverte(suivant, au))
    return tuple(trous)


def _avertir(medecins: Sequence[MouvementsMedecin], ensemble: Pont | None) -> Iterator[Avertissement]:
    nom = INDICATEURS["patientele_mt"]
    if ensemble is None:
        yield Avertissement(
            "mouvements_absents",
            f"{nom} : aucun mouvement n'est saisi entre la référence et le relevé. Saisissez les entrées, les décès "
            "et les départs de chaque période pour expliquer ce qui a changé.",
            "information",
        )
        return
    if ensemble.notable:
        yield Avertissement("mouvements_ecart", f"{nom} : {ensemble.phrase}{_doute(ensemble)}", "attention")
    for siens in medecins:
        if longues := [trou for trou in siens.non_couvertes if trou.longue]:
            yield Avertissement(
                "mouvements_non_couverts",
                f"{siens.qui}{nom} : aucun mouvement compté {enumeration([_trou_en_mots(trou) for trou in longues])}.",
                "information",
            )
        for ligne in siens.lignes:
            if ligne.a_cheval:
                yield Avertissement(
                    "mouvement_a_cheval",
                    f"{siens.qui}Mouvements {periode(ligne.du, ligne.au)}, pour l'intervalle "
                    f"{periode(siens.du, siens.au)}. {ligne.motif}",
                    "information",
                )


def _doute(pont: Pont) -> str:
    """Say how far the periods that straddle an end could move the rest."""
    if pont.valeur is None or pont.attendu_min is None or pont.attendu_max is None or not pont.incertain:
        return ""
    bas, haut = pont.valeur - pont.attendu_max, pont.valeur - pont.attendu_min
    return (
        f" Selon ce qui revient à l'intervalle dans les périodes à cheval, ce reste va de {nombre(bas, signe=True)} à "
        f"{nombre(haut, signe=True)}."
    )


def _trou_en_mots(trou: PeriodeNonCouverte) -> str:
    return f"{periode(trou.du, trou.au)} ({compte(trou.jours, 'jour')})"


def _mouvements_en_mots(pont: Pont) -> str:
    return (
        f"plus {compte(pont.entrees, 'entrée')}, moins {nombre(pont.deces)} décès, {compte(pont.departs, 'départ')} et "
        f"{compte(pont.autres_sorties, 'autre sortie', 'autres sorties')}"
    )


def _expliquer_medecin(siens: MouvementsMedecin) -> Explication:
    etapes = [
        Etape(
            "Intervalle",
            f"du lendemain de la référence au relevé qui compte : {periode(siens.du, siens.au)}",
            compte(max(0, (siens.au - siens.du).days + 1), "jour"),
        )
    ]
    etapes += [
        Etape("Sans mouvement compté", periode(trou.du, trou.au), compte(trou.jours, "jour"))
        for trou in siens.non_couvertes
    ]
    return Explication("Mouvements de patientèle : ce qu'ils couvrent", tuple(etapes), ())


def _expliquer_ligne(ligne: LigneMouvement) -> Explication:
    return Explication(
        f"Mouvements {periode(ligne.du, ligne.au)}",
        (
            Etape("Prise en compte", ligne.motif, "comptée" if ligne.comptee else "laissée de côté"),
            Etape(
                "Solde",
                f"{compte(ligne.entrees, 'entrée')} − {nombre(ligne.deces)} décès − {compte(ligne.departs, 'départ')} "
                f"− {compte(ligne.autres_sorties, 'autre sortie', 'autres sorties')}",
                nombre(ligne.solde, signe=True),
            ),
        ),
        (),
    )


def _expliquer_pont(pont: Pont, legales: tuple[SourceLegale, ...]) -> Explication:
    connue = "inscrite au contrat signé" if pont.reference is not None else "celle du groupe seule est connue"
    etapes = [
        Etape(
            "Référence",
            f"{connue}, au {jour_court(pont.reference_le)}",
            "inconnue" if pont.reference is None else compte(pont.reference, "patient"),
        ),
        Etape("Entrées", "somme des mouvements comptés", nombre(pont.entrees, signe=True)),
        Etape("Décès", "somme des mouvements comptés", nombre(-pont.deces)),
        Etape("Départs", "somme des mouvements comptés", nombre(-pont.departs)),
        Etape("Autres sorties", "somme des mouvements comptés", nombre(-pont.autres_sorties)),
    ]
    if pont.attendu is not None and pont.attendu_min is not None and pont.attendu_max is not None:
        etapes.append(
            Etape("Attendu", "référence + entrées − décès − départs − autres sorties", compte(pont.attendu, "patient"))
        )
        if pont.incertain:
            etapes.append(
                Etape(
                    "Ce que les périodes à cheval y changent",
                    "leurs sorties seules, ou leurs entrées seules, tombent dans l'intervalle",
                    f"de {nombre(pont.attendu_min)} à {nombre(pont.attendu_max)}",
                )
            )
    if pont.valeur is not None and pont.valeur_le is not None:
        etapes.append(
            Etape("Valeur", f"relevé qui compte, du {jour_court(pont.valeur_le)}", compte(pont.valeur, "patient"))
        )
    if pont.valeur is not None and pont.attendu is not None and pont.reste is not None:
        part = "" if pont.part is None else f" ({pourcent(pont.part, 1, signe=True)} du relevé)"
        etapes.append(
            Etape(
                "Reste inexpliqué",
                f"{nombre(pont.valeur)} − {nombre(pont.attendu)}",
                f"{nombre(pont.reste, signe=True)}{part}",
            )
        )
    return Explication("Mouvements de patientèle : de la référence au relevé", tuple(etapes), legales)
