"""A practice beside the published figures, each with its source and date; what cannot be worked out says why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.domain.libelles import ZONAGES
from assistmed_desktop.formats import accord, compte, jour_court, nombre, pourcent
from assistmed_desktop.rules.eligibilite import generaliste
from assistmed_desktop.rules.resultats import NON_PUBLIE, Avertissement, Etape, Explication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from assistmed_desktop.domain.assistant import Profil
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.suivi import Activite
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.reperes import Mesure, Publication, Repere, Unite
    from assistmed_desktop.rules.resultats import EvaluationContrat

PRUDENCE = "à prendre avec prudence : population et durée différentes"
MOIS_PAR_AN = 12


@dataclass(frozen=True, slots=True)
class Valeur:
    """What the practice shows, in the unit of the published figure (None when it cannot be told), and how or why."""

    nombre: Fraction | None
    comment: str


@dataclass(frozen=True, slots=True)
class LigneComparaison:
    """A published figure and, beside it, that of the practice."""

    publication: Publication
    repere: Repere
    valeur: Valeur

    @property
    def publie(self) -> str:
        """The published figure in words."""
        repere = self.repere
        if repere.valeur_haute is None:
            return _ecrire(repere.valeur, repere.unite, repere.mesure)
        return f"{nombre(repere.valeur)} à {_ecrire(repere.valeur_haute, repere.unite, repere.mesure)}"

    @property
    def du_cabinet(self) -> str | None:
        """The figure of the practice in words, or None."""
        valeur = self.valeur.nombre
        return None if valeur is None else _ecrire(valeur, self.repere.unite, self.repere.mesure, calcule=True)

    @property
    def explication(self) -> Explication:
        """Both figures and how they were reached."""
        publication = self.publication
        sur = "" if self.repere.population is None else f" ({self.repere.population})"
        etapes = [
            Etape(
                "Chiffre publié",
                f"{publication.auteur}, {publication.article}, {publication.quand_en_lettres}{sur}",
                self.publie,
            )
        ]
        if self.valeur.nombre is not None:
            etapes.append(Etape("Lecture", "la comparaison n'est pas une mesure", PRUDENCE))
        etapes.append(Etape("Ce cabinet", self.valeur.comment, self.du_cabinet or "non calculable"))
        return Explication(self.repere.libelle, tuple(etapes), (publication.source,))


@dataclass(frozen=True, slots=True)
class Comparaison:
    """One contract beside every published figure, in the order of the table."""

    lignes: tuple[LigneComparaison, ...]
    avertissements: tuple[Avertissement, ...]

    @property
    def chiffres(self) -> dict[str, Explication]:
        """Every figure with how it was reached."""
        return {f"lignes.{ligne.repere.cle}": ligne.explication for ligne in self.lignes}


def comparaison(dossier: Dossier, contrat: EvaluationContrat, baremes: Baremes) -> Comparaison:
    """Set the practice, as it stands on the day of the evaluation, beside the published figures."""
    lignes = tuple(
        LigneComparaison(publication, repere, _mesurer(repere.mesure, dossier, contrat))
        for publication, repere in baremes.reperes.tous
    )
    comparables = any(ligne.valeur.nombre is not None for ligne in lignes)
    prudence = Avertissement("comparaison_prudente", f"Chiffres nationaux {PRUDENCE}.", "information")
    return Comparaison(lignes, (prudence,) if comparables else ())


def _mesurer(mesure: Mesure | None, dossier: Dossier, contrat: EvaluationContrat) -> Valeur:
    if mesure is None:
        return Valeur(None, "chiffre de tout le pays, sans équivalent pour un cabinet")
    return _MESURES[mesure](dossier, contrat)


def _gain_patientele(_dossier: Dossier, contrat: EvaluationContrat) -> Valeur:
    indicateur = contrat.patientele_mt
    if indicateur.valeur is None or indicateur.date is None:
        return Valeur(None, "aucun relevé de patientèle retenu")
    if not indicateur.reference:
        return Valeur(None, "la référence du contrat est nulle")
    gain = Fraction(indicateur.valeur - indicateur.reference, indicateur.reference) * 100
    reference = contrat.contrat.reference.date
    return Valeur(
        gain,
        f"({nombre(indicateur.valeur)} − {nombre(indicateur.reference)}) / {nombre(indicateur.reference)}, de la "
        f"référence du {jour_court(reference)} au relevé du {jour_court(indicateur.date)}",
    )


def _gain_au_dela(dossier: Dossier, contrat: EvaluationContrat) -> Valeur:
    indicateur = contrat.patientele_mt
    gain = _gain_patientele(dossier, contrat)
    if gain.nombre is None:
        return gain
    if indicateur.objectif is None:
        return Valeur(None, f"objectif de patientèle inconnu, {NON_PUBLIE}")
    demande = Fraction(indicateur.objectif - indicateur.reference, indicateur.reference) * 100
    return Valeur(
        gain.nombre - demande,
        f"gain de {pourcent(gain.nombre / 100, 2, signe=True)} − hausse demandée de "
        f"{pourcent(demande / 100, 2, signe=True)}",
    )


def _hausse_demandee(_dossier: Dossier, contrat: EvaluationContrat) -> Valeur:
    indicateur = contrat.patientele_mt
    if indicateur.objectif is None:
        return Valeur(None, f"objectif de patientèle inconnu, {NON_PUBLIE}")
    return Valeur(
        Fraction(indicateur.objectif - indicateur.reference),
        f"{nombre(indicateur.objectif)} − {nombre(indicateur.reference)}, objectif moins référence de ce contrat",
    )


def _activite(dossier: Dossier, contrat: EvaluationContrat) -> list[tuple[dict[int, Activite], dict[int, Activite]]]:
    """Give, by doctor of the contract, the months before that of its start and those after it, to the day."""
    pivot = _rang(contrat.contrat.debut_le)
    dernier = _rang(contrat.au)
    par_medecin: dict[str, tuple[dict[int, Activite], dict[int, Activite]]] = defaultdict(lambda: ({}, {}))
    for mois in dossier.activite:
        rang = int(mois.mois[:4]) * MOIS_PAR_AN + int(mois.mois[5:]) - 1
        if mois.medecin in contrat.medecins and rang != pivot and rang <= dernier:
            par_medecin[mois.medecin][rang > pivot][rang] = mois
    return [par_medecin[medecin] for medecin in contrat.medecins]


def _rang(jour: date) -> int:
    return jour.year * MOIS_PAR_AN + jour.month - 1


def _actes_en_plus(dossier: Dossier, contrat: EvaluationContrat) -> Valeur:
    deux = [
        (list(avant.values()), list(apres.values()))
        for avant, apres in _activite(dossier, contrat)
        if _jours(avant.values()) and _jours(apres.values())
    ]
    if not deux:
        return Valeur(None, "il faut des mois d'activité avant et après celui du début du contrat")
    avant = [mois for siens, _ in deux for mois in siens]
    apres = [mois for _, siens in deux for mois in siens]
    par_jour = [Fraction(sum(m.actes for m in lot), _jours(lot)) for lot in (avant, apres)]
    return Valeur(
        par_jour[1] - par_jour[0],
        f"{nombre(par_jour[1], 2)} actes par jour sur {compte(len(apres), 'mois', 'mois')} depuis le début − "
        f"{nombre(par_jour[0], 2)} sur {compte(len(avant), 'mois', 'mois')} avant",
    )


def _jours(mois: Iterable[Activite]) -> int:
    return sum(m.jours_travailles for m in mois)


def _jours_en_moins(dossier: Dossier, contrat: EvaluationContrat) -> Valeur:
    pivot = _rang(contrat.contrat.debut_le)
    annees = []
    for avant, apres in _activite(dossier, contrat):
        precedente = _annee(avant, pivot - 1)
        fin = next((rang for rang in sorted(apres, reverse=True) if _annee(apres, rang) is not None), None)
        derniere = None if fin is None else _annee(apres, fin)
        if precedente is not None and derniere is not None:
            annees.append((precedente, derniere))
    if not annees:
        return Valeur(
            None,
            "il faut, pour un médecin, l'activité des douze mois qui précèdent le contrat et de douze mois de suite "
            "depuis",
        )
    moyennes = [Fraction(sum(jours), len(annees)) for jours in zip(*annees, strict=True)]
    sur = f", en moyenne sur {compte(len(annees), 'médecin')}" if len(annees) > 1 else ""
    return Valeur(
        moyennes[0] - moyennes[1],
        f"{nombre(moyennes[0], 1)} jours dans l'année avant le contrat − {nombre(moyennes[1], 1)} dans la dernière "
        f"année complète{sur}",
    )


def _annee(mois: Mapping[int, Activite], dernier: int) -> int | None:
    """Give the days worked in the twelve months that end with one; None when one of them is missing."""
    rangs = range(dernier - MOIS_PAR_AN + 1, dernier + 1)
    return _jours([mois[rang] for rang in rangs]) if all(rang in mois for rang in rangs) else None


def _part_generalistes(dossier: Dossier, _contrat: EvaluationContrat) -> Valeur:
    generalistes = {medecin.id for medecin in dossier.medecins if generaliste(medecin)}
    leurs = sum(generalistes.issuperset(contrat.medecins) for contrat in dossier.contrats)
    tous = len(dossier.contrats)
    collectifs = any(isinstance(contrat, ContratCollectif) for contrat in dossier.contrats)
    groupe = ", un contrat collectif compte si tous ses médecins le sont" if collectifs else ""
    return Valeur(
        Fraction(100 * leurs, tous),
        f"{nombre(leurs)} sur {compte(tous, 'contrat')} du cabinet{groupe}",
    )


def _part_sous_dense(dossier: Dossier, _contrat: EvaluationContrat) -> Valeur:
    zonage = dossier.cabinet.zonage
    if zonage == "zac":
        return Valeur(None, f"le cabinet est en {ZONAGES[zonage]} : à vérifier si la publication la compte")
    return Valeur(Fraction(100 if zonage == "zip" else 0), f"le cabinet est {_EN[zonage]}{ZONAGES[zonage]}")


_EN = {"zip": "en ", "hors_zone": ""}


def _part_secretaires(dossier: Dossier, _contrat: EvaluationContrat) -> Valeur:
    return _part_du_profil(dossier, "secretaire_medicale", 100)


def _part_hors_sante(dossier: Dossier, _contrat: EvaluationContrat) -> Valeur:
    return _part_du_profil(dossier, "hors_sante", 1)


def _part_du_profil(dossier: Dossier, profil: Profil, echelle: int) -> Valeur:
    tous = len(dossier.assistants)
    if not tous:
        return Valeur(None, "aucun assistant saisi")
    leurs = sum(assistant.profil == profil for assistant in dossier.assistants)
    return Valeur(Fraction(echelle * leurs, tous), f"{nombre(leurs)} sur {compte(tous, 'assistant')} du cabinet")


_MESURES: dict[Mesure, Callable[[Dossier, EvaluationContrat], Valeur]] = {
    "gain_patientele": _gain_patientele,
    "gain_au_dela_de_l_objectif": _gain_au_dela,
    "actes_en_plus": _actes_en_plus,
    "jours_en_moins": _jours_en_moins,
    "part_generalistes": _part_generalistes,
    "part_sous_dense": _part_sous_dense,
    "part_secretaires": _part_secretaires,
    "part_hors_sante": _part_hors_sante,
    "hausse_demandee": _hausse_demandee,
}
_UNITES: dict[Unite, tuple[str, str]] = {
    "contrats": ("contrat", "contrats"),
    "etp": ("ETP", "ETP"),
    "patients": ("patient", "patients"),
    "points": ("point", "points"),
    "actes_par_jour": ("acte par jour", "actes par jour"),
    "jours_par_an": ("jour par an", "jours par an"),
}


def _ecrire(valeur: Fraction, unite: Unite, mesure: Mesure | None, *, calcule: bool = False) -> str:
    """Write a figure in its unit: gains carry their sign, what is worked out has one decimal where it needs it."""
    signe = mesure in ("gain_patientele", "gain_au_dela_de_l_objectif", "actes_en_plus", "hausse_demandee")
    if unite == "part" and not calcule:
        return str(valeur)
    decimales = 0 if valeur.denominator == 1 else 1
    if unite in ("pourcent", "part"):
        return pourcent(valeur / (1 if unite == "part" else 100), decimales, signe=signe)
    singulier, pluriel = _UNITES[unite]
    return f"{nombre(valeur, decimales, signe=signe)}\u00a0{accord(valeur, singulier, pluriel)}"
