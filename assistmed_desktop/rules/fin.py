"""How a contract ends or ended, what its end asks for, and what follows (reglementation, sections 1, 2, 5 and 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois, anniversaire, dernier_jour
from assistmed_desktop.domain.contrat import CauseResiliation, TexteConventionnel
from assistmed_desktop.domain.libelles import CAUSES, TEXTES
from assistmed_desktop.formats import compte, etp, jour_court
from assistmed_desktop.rules.avertissements import en_plein_anniversaire
from assistmed_desktop.rules.echeances import dernier_jour_du_preavis
from assistmed_desktop.rules.resultats import Avertissement, Etape, Explication, SourceLegale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel, Resiliation
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import EvaluationContrat
    from assistmed_desktop.rules.tables import VersionEcheances, VersionTextes

Jour = date


@dataclass(frozen=True, slots=True)
class Preavis:
    """The notice the doctor gives of an end. ``respecte`` is None while no letter is known.

    ``decide`` when the dossier holds a termination: otherwise the contract just goes to its term, and a notice is due
    only if the doctor wants to leave it.
    """

    dernier_jour: Jour
    notifie_le: Jour | None
    source: SourceLegale
    decide: bool

    @property
    def respecte(self) -> bool | None:
        """Whether the letter left in time."""
        return None if self.notifie_le is None else self.notifie_le <= self.dernier_jour

    @property
    def phrase(self) -> str:
        """What there is to do, or was done, in French."""
        grade = " (à vérifier)" if self.source.a_verifier else ""
        if self.notifie_le is not None:
            tenu = "dans le délai du préavis" if self.respecte else "après le dernier jour du préavis"
            return (
                f"Préavis : lettre envoyée le {jour_court(self.notifie_le)}, {tenu}, le "
                f"{jour_court(self.dernier_jour)}{grade}."
            )
        si = "Préavis" if self.decide else "Préavis, seulement si vous ne souhaitez pas poursuivre"
        return f"{si} : lettre recommandée au plus tard le {jour_court(self.dernier_jour)}{grade}."


@dataclass(frozen=True, slots=True)
class Suite:
    """What follows the end, as a French sentence, and the rule it rests on."""

    code: str
    phrase: str
    source: SourceLegale


@dataclass(frozen=True, slots=True)
class ContratSuivant:
    """The contract of the dossier that follows. ``jours_sans_contrat`` is negative when the two overlap."""

    contrat: str
    texte: TexteConventionnel
    debut_le: Jour
    jours_sans_contrat: int


@dataclass(frozen=True, slots=True)
class Conservation:
    """Until when records are to be kept, counted from the last payment received."""

    dernier_versement_le: Jour
    jusqu_au: Jour
    source: SourceLegale


@dataclass(frozen=True, slots=True)
class FinDeContrat:
    """The end of a contract, seen on a day.

    ``terme`` is the last day of its duration, ``fin_le`` the last it runs. ``renouvelable`` says whether it is renewed
    as such at its term; None when it ends before, or when nobody says.
    """

    au: Jour
    terme: Jour
    fin_le: Jour
    anticipee: bool
    terminee: bool
    jours_restants: int
    cause: CauseResiliation | None
    a_l_anniversaire: bool
    preavis: Preavis | None
    renouvelable: bool | None
    suites: tuple[Suite, ...]
    suivant: ContratSuivant | None
    conservation: Conservation | None
    avertissements: tuple[Avertissement, ...]
    explications: tuple[tuple[str, Explication], ...]

    @property
    def cause_libelle(self) -> str | None:
        """The cause in French words."""
        return None if self.cause is None else CAUSES[self.cause]

    @property
    def chiffres(self) -> dict[str, Explication]:
        """What explains each figure, by its path."""
        return dict(self.explications)


def fin(dossier: Dossier, contrat: EvaluationContrat, baremes: Baremes) -> FinDeContrat:
    """Say how and when an evaluated contract ends or ended, and what follows."""
    signe = contrat.contrat
    effet = max(signe.signe_le, signe.debut_le)
    textes = baremes.textes.version_ou_rien(signe, effet) or baremes.textes.version_du_texte(signe.texte)
    version = baremes.echeances.version_ou_rien(signe, effet)
    resiliation = signe.resiliation
    terme = dernier_jour(signe.debut_le, signe.duree_ans)
    anticipee = contrat.fin_le < terme
    preavis = _preavis(contrat, version)
    renouvelable = None if anticipee else _renouvelable(signe, textes)
    suivant = contrat_suivant(dossier, contrat)
    conservation = _conservation(dossier, contrat, version)
    suites = tuple(_suites(contrat, textes, renouvelable=renouvelable, anticipee=anticipee))
    return FinDeContrat(
        au=contrat.au,
        terme=terme,
        fin_le=contrat.fin_le,
        anticipee=anticipee,
        terminee=contrat.au > contrat.fin_le,
        jours_restants=max(0, (contrat.fin_le - contrat.au).days),
        cause=None if resiliation is None else resiliation.cause,
        a_l_anniversaire=en_plein_anniversaire(signe),
        preavis=preavis,
        renouvelable=renouvelable,
        suites=suites,
        suivant=suivant,
        conservation=conservation,
        avertissements=tuple(_avertir(contrat, suivant)),
        explications=(
            ("terme", _expliquer_terme(signe, terme, textes)),
            ("fin_le", _expliquer_fin(contrat, resiliation, terme, textes)),
            ("jours_restants", _expliquer_reste(contrat)),
            *(() if preavis is None else (("preavis", _expliquer_preavis(contrat, preavis)),)),
            *((f"suites.{suite.code}", _expliquer_suite(suite)) for suite in suites),
            *(() if suivant is None else (("suivant", _expliquer_suivant(contrat, suivant)),)),
            *(() if conservation is None else (("conservation", _expliquer_conservation(conservation)),)),
        ),
    )


def _preavis(contrat: EvaluationContrat, version: VersionEcheances | None) -> Preavis | None:
    """Give the notice to be given, or given by the day; None for an end the caisse decides, or nobody dates."""
    resiliation = contrat.contrat.resiliation
    limite = dernier_jour_du_preavis(contrat.contrat, contrat.fin_le, version)
    if version is None or limite is None:
        return None
    lettre = None if resiliation is None else resiliation.notifie_le
    connue = None if lettre is None or lettre > contrat.au else lettre
    grade = next(delai.grade for delai in version.delais if delai.code == "preavis")
    return Preavis(limite, connue, version.source(grade), resiliation is not None)


def _renouvelable(contrat: ContratIndividuel | ContratCollectif, textes: VersionTextes) -> bool | None:
    """Say whether a contract is renewed as such at its term, by the option of its last day."""
    regle = textes.renouvellement
    if regle is None:
        return None
    terme = dernier_jour(contrat.debut_le, contrat.duree_ans)
    return regle.tel_quel != (contrat.option_au(terme) in regle.exceptions)


def contrat_suivant(dossier: Dossier, contrat: EvaluationContrat) -> ContratSuivant | None:
    """Find the contract that follows."""
    premier = qui_suit(contrat.contrat, dossier.contrats)
    if premier is None:
        return None
    return ContratSuivant(
        premier.id, premier.texte, premier.debut_le, (premier.debut_le - contrat.fin_le - UN_JOUR).days
    )


def qui_suit(
    signe: ContratIndividuel | ContratCollectif, contrats: Iterable[ContratIndividuel | ContratCollectif]
) -> ContratIndividuel | ContratCollectif | None:
    """Choose, of all the contracts, the first to begin after one, with one of its doctors."""
    siens = set(signe.medecins)
    suivants = (
        autre
        for autre in contrats
        if autre.id != signe.id and autre.debut_le > signe.debut_le and siens & set(autre.medecins)
    )
    return min(suivants, key=lambda autre: (autre.debut_le, autre.id), default=None)


def _conservation(
    dossier: Dossier, contrat: EvaluationContrat, version: VersionEcheances | None
) -> Conservation | None:
    recus = [
        versement.recu_le
        for versement in dossier.versements
        if versement.contrat == contrat.id and versement.recu_le is not None and versement.recu_le <= contrat.au
    ]
    if version is None or not recus:
        return None
    dernier = max(recus)
    delais = (delai for delai in version.delais if delai.code == "conservation")
    return next((Conservation(dernier, ajouter_mois(dernier, d.mois), version.source(d.grade)) for d in delais), None)


def _suites(
    contrat: EvaluationContrat, textes: VersionTextes, *, renouvelable: bool | None, anticipee: bool
) -> Iterator[Suite]:
    """Say what follows an end, by its cause or by the text of a contract that goes to its term."""
    if anticipee:
        resiliation = contrat.contrat.resiliation
        yield from _suites_d_une_resiliation(contrat, None if resiliation is None else resiliation.cause, textes)
    elif textes.renouvellement is not None:
        source = textes.source(textes.renouvellement.grade)
        tous = textes.renouvellement.tel_quel
        option = "" if tous else f" à {etp(contrat.contrat.option_au(contrat.fin_le))}"
        yield (
            Suite(
                "renouvelable",
                f"Un contrat{option} de ce texte est renouvelable à son terme{_a_verifier(source)}.",
                source,
            )
            if renouvelable
            else Suite(
                "non_renouvelable",
                f"Un contrat{option} de ce texte ({TEXTES[contrat.contrat.texte]}) ne se renouvelle pas tel quel : un "
                f"nouveau se signe sous le texte en vigueur{_a_verifier(source)}.",
                source,
            )
        )
    if textes.groupe is not None:
        ans, source = textes.groupe.attente_ans, textes.source(textes.groupe.grade)
        au_terme = (
            "" if anticipee else " ; la source ne dit pas si ce délai vaut aussi après un contrat mené à son terme"
        )
        yield Suite(
            "attente",
            f"Un délai de {compte(ans, 'an')} suivrait la fin d'un contrat collectif : un nouveau ne se signerait pas "
            f"avant le {jour_court(anniversaire(contrat.fin_le + UN_JOUR, ans))}{_a_verifier(source)}{au_terme}.",
            source,
        )


def _a_verifier(source: SourceLegale) -> str:
    return " (à vérifier)" if source.a_verifier else ""


def _suites_d_une_resiliation(
    contrat: EvaluationContrat, cause: CauseResiliation | None, textes: VersionTextes
) -> Iterator[Suite]:
    if cause is None:
        yield Suite(
            "cause_inconnue",
            "La cause de la résiliation n'est pas saisie : c'est elle qui dit ce qui suit.",
            textes.source(),
        )
    elif cause in textes.reinstallation.causes:
        yield Suite(
            "nouvel_installe",
            "Un nouveau contrat se signe, comme pour un nouvel installé.",
            textes.source(textes.reinstallation.grade, textes.reinstallation.reference),
        )
    elif textes.prorata is not None and cause in textes.prorata.causes:
        source = textes.source(textes.prorata.grade)
        yield Suite(
            "contrat_collectif", f"Un contrat collectif prend la suite de celui-ci{_a_verifier(source)}.", source
        )
        if not en_plein_anniversaire(contrat.contrat):
            yield Suite(
                "prorata",
                "Le contrat finit hors de son anniversaire : un remboursement ou un versement au prorata est à "
                f"convenir avec la caisse{_a_verifier(source)}.",
                source,
            )
    else:
        yield Suite("non_publiee", "Ce qui suit une fin de cette cause n'est pas publié.", textes.source())


def _avertir(contrat: EvaluationContrat, suivant: ContratSuivant | None) -> Iterator[Avertissement]:
    if suivant is None:
        return
    nom = f"le contrat suivant ({TEXTES[suivant.texte]}) commence le {jour_court(suivant.debut_le)}"
    if suivant.jours_sans_contrat < 0:
        yield Avertissement(
            "contrats_qui_se_chevauchent",
            f"Ce contrat court jusqu'au {jour_court(contrat.fin_le)} et {nom} : il est à clore d'abord.",
            "attention",
        )
    elif suivant.jours_sans_contrat > 0:
        yield Avertissement(
            "jours_sans_contrat",
            f"Ce contrat finit le {jour_court(contrat.fin_le)} et {nom} : {compte(suivant.jours_sans_contrat, 'jour')} "
            "sans contrat.",
            "information",
        )


def _expliquer_terme(contrat: ContratIndividuel | ContratCollectif, terme: date, textes: VersionTextes) -> Explication:
    calcul = f"{compte(contrat.duree_ans, 'an')} à compter du {jour_court(contrat.debut_le)}, moins un jour"
    return Explication("Terme du contrat", (Etape("Terme", calcul, jour_court(terme)),), (textes.source("C"),))


def _expliquer_fin(
    contrat: EvaluationContrat, resiliation: Resiliation | None, terme: date, textes: VersionTextes
) -> Explication:
    etapes = [Etape("Terme", "au bout de sa durée", jour_court(terme))]
    if resiliation is not None:
        cause = "cause non saisie" if resiliation.cause is None else CAUSES[resiliation.cause]
        etapes.append(Etape("Résiliation", cause, f"à compter du {jour_court(resiliation.du)}"))
    etapes.append(
        Etape("Dernier jour", "le premier des deux" if resiliation else "le terme", jour_court(contrat.fin_le))
    )
    return Explication("Fin du contrat", tuple(etapes), (textes.source("C"),))


def _expliquer_reste(contrat: EvaluationContrat) -> Explication:
    reste = max(0, (contrat.fin_le - contrat.au).days)
    calcul = f"du {jour_court(contrat.au)} au {jour_court(contrat.fin_le)}"
    return Explication("Jours restants", (Etape("Jours restants", calcul, compte(reste, "jour")),), ())


def _expliquer_preavis(contrat: EvaluationContrat, preavis: Preavis) -> Explication:
    etapes = [
        Etape(
            "Dernier jour du préavis",
            f"par lettre recommandée, pour une fin le {jour_court(contrat.fin_le)}",
            jour_court(preavis.dernier_jour),
        )
    ]
    if preavis.notifie_le is not None:
        etapes.append(
            Etape(
                "Lettre de résiliation",
                f"envoyée le {jour_court(preavis.notifie_le)}",
                "préavis respecté" if preavis.respecte else "préavis non respecté",
            )
        )
    return Explication("Préavis", tuple(etapes), (preavis.source,))


def _expliquer_suite(suite: Suite) -> Explication:
    return Explication("Après ce contrat", (Etape("Ce qui suit", suite.source.article, suite.phrase),), (suite.source,))


def _expliquer_suivant(contrat: EvaluationContrat, suivant: ContratSuivant) -> Explication:
    calcul = f"de la fin, le {jour_court(contrat.fin_le)}, au début du suivant, le {jour_court(suivant.debut_le)}"
    jours = suivant.jours_sans_contrat
    resultat = compte(jours, "jour") if jours >= 0 else f"{compte(-jours, 'jour')} en commun"
    return Explication("Contrat suivant", (Etape("Jours sans contrat", calcul, resultat),), ())


def _expliquer_conservation(conservation: Conservation) -> Explication:
    etapes = (
        Etape("Dernier versement reçu", "dans ce dossier", jour_court(conservation.dernier_versement_le)),
        Etape(
            "Pièces à conserver",
            "le temps pendant lequel la caisse peut réclamer, hors fraude",
            f"jusqu'au {jour_court(conservation.jusqu_au)}",
        ),
    )
    return Explication("Pièces à conserver", etapes, (conservation.source,))
