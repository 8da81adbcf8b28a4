"""The contract that follows: the old target, what the caisse proposes and the current level, side by side.

Nothing is invented: without a proposal the new target is unknown, and what to ask the caisse is listed. The aid is that
of the text in force on the first day the new contract may begin, as if it were signed that day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois, anniversaire
from assistmed_desktop.domain.contrat import ContratCollectif, Indicateur, Proposition, TexteConventionnel
from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES, TEXTES
from assistmed_desktop.domain.suivi import SourceReleve
from assistmed_desktop.domain.valeurs import ANNEE_MAX
from assistmed_desktop.formats import compte, etp, euros, jour_court, nombre
from assistmed_desktop.rules.aide import aide_annuelle
from assistmed_desktop.rules.designation import DU_SUJET
from assistmed_desktop.rules.eligibilite import option_du_texte, texte_ouvert
from assistmed_desktop.rules.fin import ContratSuivant, contrat_suivant
from assistmed_desktop.rules.indicateurs import JOURS_PAR_MOIS
from assistmed_desktop.rules.resultats import NON_PUBLIE, AnneeAide, Avertissement, Etape, Explication, SourceLegale

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistmed_desktop.domain.cabinet import Zonage
    from assistmed_desktop.domain.contrat import ContratIndividuel
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import EvaluationContrat, EvaluationIndicateur
    from assistmed_desktop.rules.tables import VersionTextes

Jour = date
_DERNIER_JOUR = date(ANNEE_MAX, 12, 31)


@dataclass(frozen=True, slots=True)
class Niveau:
    """The value that counts today, and the gain of the contract so far, in patients a month."""

    valeur: int
    date: Jour
    source: SourceReleve
    rythme: Fraction | None


@dataclass(frozen=True, slots=True)
class Cible:
    """A target, the old one or the one proposed, and what it asks for from the current level.

    ``mois`` runs from the later of the day and ``du`` to ``evaluation_le``; None when nothing is left of it. A gain is
    in patients, ``gain_mensuel`` in patients a month; at the pace of the contract a target not met yet would be on
    ``atteint_le``, ``mois_au_rythme`` after the current value was read. ``tenable`` says whether that is in time; None
    when it cannot be told.
    """

    reference: int | None
    objectif: int | None
    du: Jour
    evaluation_le: Jour
    par_defaut: bool
    mois: Fraction | None
    gain: int | None
    gain_mensuel: Fraction | None
    mois_au_rythme: Fraction | None
    atteint_le: Jour | None
    tenable: bool | None


@dataclass(frozen=True, slots=True)
class Gains:
    """The patients gained under the old contract, and what the proposed reference makes of them.

    ``acquis``: the current level less the old reference. ``repris``: less the proposed one, negative where the new
    contract would begin under its reference. ``perdus``: those gained that would count no more.
    """

    acquis: int
    repris: int
    perdus: int


@dataclass(frozen=True, slots=True)
class ComparaisonIndicateur:
    """One indicator: the current level, the old target, the proposed one, and the gains between them."""

    indicateur: Indicateur
    requis: bool
    niveau: Niveau | None
    ancien: Cible
    propose: Cible | None
    gains: Gains | None
    phrase: str


@dataclass(frozen=True, slots=True)
class OptionProposee:
    """The option of the new contract: the one proposed, failing which the current one, and what its text says of it."""

    etp: Fraction
    proposee: bool
    ouverte: bool | None
    phrase: str
    source: SourceLegale | None


@dataclass(frozen=True, slots=True)
class Renouvellement:
    """What may follow a contract, seen on a day. ``debut_le`` is the first day a new contract may begin."""

    au: Jour
    fin_le: Jour
    debut_le: Jour
    texte: TexteConventionnel | None
    suivant: ContratSuivant | None
    proposition: Proposition | None
    option: OptionProposee
    a_demander: tuple[str, ...]
    indicateurs: tuple[ComparaisonIndicateur, ...]
    aide: tuple[AnneeAide, ...]
    avertissements: tuple[Avertissement, ...]
    explications: tuple[tuple[str, Explication], ...]

    @property
    def aide_totale(self) -> int | None:
        """The most the years of the new contract may bring, in centimes; None when one of them is unknown."""
        montants = [annee.montant_max for annee in self.aide if annee.montant_max is not None]
        return sum(montants) if montants and len(montants) == len(self.aide) else None

    @property
    def chiffres(self) -> dict[str, Explication]:
        """What explains each figure, by its path."""
        return dict(self.explications)


def renouvellement(dossier: Dossier, contrat: EvaluationContrat, baremes: Baremes) -> Renouvellement:
    """Put side by side what a contract asked for, what the caisse proposes, and where its counts are."""
    signe = contrat.contrat
    actuels = baremes.textes.version_du_texte(signe.texte)
    attente = 0 if actuels.groupe is None else actuels.groupe.attente_ans
    debut_le = anniversaire(contrat.fin_le + UN_JOUR, attente)
    trouve = texte_ouvert(baremes.textes.versions, debut_le, collectif=isinstance(signe, ContratCollectif))
    texte, textes = (None, None) if trouve is None else trouve
    proposition = _proposition(dossier, contrat)
    option = _option(contrat, proposition, texte, textes, dossier.cabinet.zonage)
    delai = (textes or actuels).evaluation_mois
    indicateurs = tuple(_comparer(i, contrat, proposition, debut_le, delai) for i in contrat.indicateurs)
    aide = () if texte is None or textes is None else _aide(signe, texte, textes, option.etp, debut_le, baremes)
    suivant = contrat_suivant(dossier, contrat)
    a_demander = tuple(_a_demander(proposition, [i.indicateur for i in indicateurs if i.requis]))
    autre_population = textes is not None and (
        textes.patientele_comptee.age_minimal != actuels.patientele_comptee.age_minimal
    )
    resultat = Renouvellement(
        au=contrat.au,
        fin_le=contrat.fin_le,
        debut_le=debut_le,
        texte=texte,
        suivant=suivant,
        proposition=proposition,
        option=option,
        a_demander=a_demander,
        indicateurs=indicateurs,
        aide=aide,
        avertissements=(
            *_avertir(proposition, suivant, option, indicateurs),
            *(
                _avertir_de_la_population(actuels, textes, indicateurs, proposition)
                if textes and autre_population
                else ()
            ),
        ),
        explications=(),
    )
    return _expliquer(resultat, contrat, actuels, textes)


def _proposition(dossier: Dossier, contrat: EvaluationContrat) -> Proposition | None:
    """Give the latest proposal received by the day; of two of one day, the one entered last."""
    recues = [p for p in reversed(dossier.propositions) if p.contrat == contrat.id and p.recue_le <= contrat.au]
    return max(recues, key=lambda proposition: proposition.recue_le, default=None)


def _option(
    contrat: EvaluationContrat,
    proposition: Proposition | None,
    texte: TexteConventionnel | None,
    textes: VersionTextes | None,
    zonage: Zonage,
) -> OptionProposee:
    """Say whether the option of the new contract is one of its text."""
    actuelle = contrat.contrat.option_au(contrat.fin_le)
    demandee = None if proposition is None else proposition.option_etp
    option = actuelle if demandee is None else demandee
    nom = etp(option)
    if texte is None or textes is None:
        return OptionProposee(option, demandee is not None, None, "Le texte du nouveau contrat n'est pas connu.", None)
    ici = f"({TEXTES[texte]})"
    ligne = option_du_texte(textes, option)
    if textes.groupe is not None:
        ouverte, phrase = None, f"{nom} à financer par le groupe : plafond à vérifier au jour de la signature."
    elif ligne is None:
        ouverte, phrase = False, f"L'option {nom} n'existe pas sous ce texte {ici}."
    else:
        match ligne.condition:
            case "ouverte":
                ouverte, phrase = True, f"L'option {nom} est ouverte {ici}."
            case "zone_sous_dense" if zonage == "zip":
                ouverte, phrase = True, f"L'option {nom} est ouverte en zone sous-dense {ici}."
            case "contrats_existants" | "fermee" if option != actuelle:
                ouverte, phrase = False, f"L'option {nom} n'est plus ouverte aux nouveaux contrats {ici}."
            case "contrats_existants":
                ouverte, phrase = True, f"L'option {nom} continue pour les contrats existants {ici}."
            case "extension":
                ouverte, phrase = None, f"L'option {nom} a ses conditions {ici} : à vérifier avec la caisse."
            case _:
                ouverte, phrase = None, f"L'option {nom} n'est pas ouverte à tous {ici} : à vérifier avec la caisse."
    source = textes.source() if ligne is None else textes.source(ligne.grade)
    return OptionProposee(option, demandee is not None, ouverte, phrase, source)


def _comparer(
    indicateur: EvaluationIndicateur,
    contrat: EvaluationContrat,
    proposition: Proposition | None,
    debut_le: date,
    delai: int,
) -> ComparaisonIndicateur:
    cle, signe = indicateur.indicateur, contrat.contrat
    niveau = None
    if indicateur.valeur is not None and indicateur.date is not None and indicateur.source is not None:
        niveau = Niveau(indicateur.valeur, indicateur.date, indicateur.source, indicateur.gain_mensuel_realise)
    ancien = _cible(
        contrat.au,
        niveau,
        (indicateur.reference, indicateur.objectif),
        (signe.debut_le, contrat.evaluation_le),
        par_defaut=contrat.evaluation_par_defaut,
    )
    propose = gains = None
    if proposition is not None:
        reference = None if proposition.reference is None else getattr(proposition.reference, cle)
        evaluation_le = proposition.objectif.evaluation_le
        propose = _cible(
            contrat.au,
            niveau,
            (reference, getattr(proposition.objectif, cle)),
            (debut_le, evaluation_le or ajouter_mois(debut_le, delai)),
            par_defaut=evaluation_le is None,
        )
        if niveau is not None and reference is not None:
            acquis = niveau.valeur - indicateur.reference
            perdus = max(0, min(acquis, reference - indicateur.reference))
            gains = Gains(acquis, niveau.valeur - reference, perdus)
    phrase = _phrase(cle, niveau, propose, gains)
    return ComparaisonIndicateur(cle, indicateur.requis, niveau, ancien, propose, gains, phrase)


def _cible(
    au: date,
    niveau: Niveau | None,
    comptes: tuple[int | None, int | None],
    bornes: tuple[date, date],
    *,
    par_defaut: bool,
) -> Cible:
    """Work out what a reference and a target ask for, between the first day and the evaluation."""
    (reference, objectif), (du, evaluation_le) = comptes, bornes
    jours = (evaluation_le - max(au, du)).days
    mois = Fraction(jours) / JOURS_PAR_MOIS if jours > 0 else None
    gain = None if niveau is None or objectif is None else max(0, objectif - niveau.valeur)
    rythme = None if niveau is None else niveau.rythme
    mois_au_rythme = None if gain is None else _au_rythme(gain, rythme)
    atteint_le = None if niveau is None or not mois_au_rythme else _apres(niveau.date, mois_au_rythme)
    return Cible(
        reference=reference,
        objectif=objectif,
        du=du,
        evaluation_le=evaluation_le,
        par_defaut=par_defaut,
        mois=mois,
        gain=gain,
        gain_mensuel=None if gain is None or mois is None else gain / mois,
        mois_au_rythme=mois_au_rythme,
        atteint_le=atteint_le,
        tenable=_tenable(gain, rythme, atteint_le, evaluation_le),
    )


def _tenable(gain: int | None, rythme: Fraction | None, atteint_le: date | None, evaluation_le: date) -> bool | None:
    """Say whether the pace of the contract meets a target in time."""
    if gain is None or (gain and rythme is None):
        return None
    return not gain or (atteint_le is not None and atteint_le <= evaluation_le)


def _au_rythme(gain: int, rythme: Fraction | None) -> Fraction | None:
    """Give the months a gain takes; None where nothing is gained."""
    if not gain:
        return Fraction(0)
    return gain / rythme if rythme is not None and rythme > 0 else None


def _apres(jour: date, mois: Fraction) -> date | None:
    """Give the first day by which some months have gone by; None past the days a dossier may hold."""
    jours = -(-mois * JOURS_PAR_MOIS // 1)
    return jour + timedelta(days=int(jours)) if jours <= (_DERNIER_JOUR - jour).days else None


def _phrase(cle: Indicateur, niveau: Niveau | None, propose: Cible | None, gains: Gains | None) -> str:
    """Say in one sentence what the proposal would mean for an indicator."""
    nom = INDICATEURS[cle]
    if niveau is None:
        return f"{nom} : aucun relevé ne dit le niveau actuel."
    ici = f"{nom} : {compte(niveau.valeur, 'patient')} le {jour_court(niveau.date)}"
    if propose is None or propose.objectif is None:
        return f"{ici} ; l'objectif du nouveau contrat n'est pas connu."
    if propose.gain == 0:
        suite = f"l'objectif proposé ({nombre(propose.objectif)}) est déjà atteint"
    else:
        par_mois = "" if propose.gain_mensuel is None else f", soit {nombre(propose.gain_mensuel, 1)} par mois"
        suite = (
            f"l'objectif proposé ({nombre(propose.objectif)}) demande {compte(propose.gain or 0, 'patient')} de plus "
            f"d'ici au {jour_court(propose.evaluation_le)}{par_mois}"
        )
    return f"{ici} ; {suite}{_phrase_des_gains(gains)}."


def _phrase_des_gains(gains: Gains | None) -> str:
    if gains is None or gains.acquis <= 0:
        return ""
    if not gains.perdus:
        return f". Les {compte(gains.acquis, 'patient gagné', 'patients gagnés')} comptent encore"
    tous = compte(gains.acquis, "patient gagné", "patients gagnés")
    if gains.repris <= 0:
        return (
            f". La référence proposée comprend déjà tout le gain ({tous}), qui ne compte plus pour le nouvel objectif"
        )
    return (
        f". Des {tous}, la référence proposée en comprend déjà {nombre(gains.perdus)}, qui ne comptent plus pour le "
        f"nouvel objectif, et en laisse {nombre(gains.repris)}"
    )


def _aide(  # noqa: PLR0913, PLR0917 - what the aid of a contract is looked up by
    signe: ContratIndividuel | ContratCollectif,
    texte: TexteConventionnel,
    textes: VersionTextes,
    option: Fraction,
    debut_le: date,
    baremes: Baremes,
) -> tuple[AnneeAide, ...]:
    """Give the aid of a contract signed and begun on a day, of the same band as the old one."""
    suppose = signe.model_copy(
        update={
            "texte": texte,
            "option_etp": option,
            "signe_le": debut_le,
            "debut_le": debut_le,
            "duree_ans": textes.duree_ans,
            "avenants": (),
        }
    )
    return aide_annuelle(suppose, baremes.aide, None, ())


def _a_demander(proposition: Proposition | None, requis: Sequence[Indicateur]) -> Iterator[str]:
    """List what the caisse has not said of the new contract."""
    if proposition is None:
        yield "Demandez à la caisse une proposition écrite pour le nouveau contrat."
    if proposition is None or proposition.reference is None:
        yield "Demandez à la caisse la référence de départ, avec sa date."
    for cle in requis:
        if proposition is None or getattr(proposition.objectif, cle) is None:
            yield f"Demandez à la caisse l'objectif {DU_SUJET[cle]}."
    if proposition is None or proposition.objectif.evaluation_le is None:
        yield "Demandez à la caisse la date à laquelle l'objectif sera jugé."
    if proposition is None or proposition.option_etp is None:
        yield "Demandez à la caisse l'option, en ETP financés."


def _avertir(
    proposition: Proposition | None,
    suivant: ContratSuivant | None,
    option: OptionProposee,
    indicateurs: Sequence[ComparaisonIndicateur],
) -> Iterator[Avertissement]:
    if proposition is None and suivant is None:
        yield Avertissement(
            "proposition_absente",
            "Aucune proposition de la caisse n'est saisie pour la suite de ce contrat.",
            "information",
        )
    if option.proposee and option.ouverte is False:
        yield Avertissement("option_proposee_fermee", option.phrase, "attention")
    for comparaison in indicateurs:
        if comparaison.requis and comparaison.gains is not None:
            yield from _avertir_des_gains(comparaison.indicateur, comparaison.gains)


def _avertir_des_gains(cle: Indicateur, gains: Gains) -> Iterator[Avertissement]:
    nom = INDICATEURS[cle]
    if gains.repris < 0:
        yield Avertissement(
            "reference_au_dessus_du_niveau",
            f"{nom} : la référence proposée dépasse le niveau actuel de {compte(-gains.repris, 'patient')} ; le "
            "nouveau contrat commencerait sous sa référence.",
            "attention",
        )
    if gains.perdus:
        tous = compte(gains.acquis, "patient gagné", "patients gagnés")
        combien = (
            f"aucun des {tous} ne compte plus"
            if gains.repris <= 0
            else (f"{nombre(gains.perdus)} des {tous} ne comptent plus")
        )
        yield Avertissement("gains_non_repris", f"{nom} : avec la référence proposée, {combien}.", "attention")


def _avertir_de_la_population(
    actuels: VersionTextes,
    textes: VersionTextes,
    indicateurs: Sequence[ComparaisonIndicateur],
    proposition: Proposition | None,
) -> Iterator[Avertissement]:
    """Tell that the two texts do not count the same patients, pressingly once there is a proposal to read."""
    if any(comparaison.requis and comparaison.indicateur == "patientele_mt" for comparaison in indicateurs):
        yield Avertissement(
            "population_differente",
            f"Patientèle médecin traitant : le contrat actuel compte {_population(actuels)}, le nouveau "
            f"{_population(textes)} (à vérifier). Les deux niveaux ne se comparent pas : demandez à la caisse le "
            "compte sur la nouvelle base.",
            "information" if proposition is None else "attention",
        )


def _population(textes: VersionTextes) -> str:
    age = textes.patientele_comptee.age_minimal
    return f"les patients de {compte(age, 'an')} et plus" if age else "les patients de tous âges"


def _expliquer(
    resultat: Renouvellement, contrat: EvaluationContrat, actuels: VersionTextes, textes: VersionTextes | None
) -> Renouvellement:
    """Add the steps of every figure."""
    sources = () if textes is None else (textes.source(),)
    option_sources = () if resultat.option.source is None else (resultat.option.source,)
    explications = [
        ("debut_le", _expliquer_debut(resultat, actuels)),
        ("texte", _expliquer_texte(resultat, sources)),
        ("option", Explication("Option", (_etape_de_l_option(resultat.option),), option_sources)),
    ]
    for comparaison, indicateur in zip(resultat.indicateurs, contrat.indicateurs, strict=True):
        racine, titre = f"indicateurs.{comparaison.indicateur}", INDICATEURS[comparaison.indicateur]
        legales = indicateur.explication.sources
        niveau = _etape_du_niveau(comparaison.niveau)
        explications.append((racine, Explication(titre, (niveau,), legales)))
        ancien = _etapes_de_la_cible(comparaison.ancien, comparaison.niveau, "contrat actuel")
        explications.append((f"{racine}.ancien", Explication(f"{titre} : l'objectif actuel", ancien, legales)))
        if comparaison.propose is not None:
            propose = _etapes_de_la_cible(comparaison.propose, comparaison.niveau, "proposition de la caisse")
            explications.append((f"{racine}.propose", Explication(f"{titre} : l'objectif proposé", propose, sources)))
        if comparaison.niveau is not None and comparaison.propose is not None and comparaison.gains is not None:
            gains = _etapes_des_gains(comparaison.niveau, comparaison.ancien, comparaison.propose, comparaison.gains)
            explications.append((f"{racine}.gains", Explication(f"{titre} : les patients gagnés", gains, ())))
    tranche = contrat.contrat.tranche
    explications += [(f"aide.{annee.annee}", _expliquer_annee(annee, resultat, tranche)) for annee in resultat.aide]
    explications.append(("aide_totale", _expliquer_total(resultat)))
    return replace(resultat, explications=tuple(explications))


def _expliquer_debut(resultat: Renouvellement, actuels: VersionTextes) -> Explication:
    etapes = [
        Etape("Dernier jour de ce contrat", "son terme, ou la veille de sa résiliation", jour_court(resultat.fin_le))
    ]
    sources = []
    if actuels.groupe is not None:
        ans = compte(actuels.groupe.attente_ans, "an")
        etapes.append(Etape("Délai", "après la fin d'un contrat collectif", ans))
        sources = [actuels.source(actuels.groupe.grade)]
    etapes.append(Etape("Premier jour possible", "le lendemain, délai compris", jour_court(resultat.debut_le)))
    return Explication("Début du nouveau contrat", tuple(etapes), tuple(sources))


def _expliquer_texte(resultat: Renouvellement, sources: tuple[SourceLegale, ...]) -> Explication:
    nom = "aucun texte connu" if resultat.texte is None else TEXTES[resultat.texte]
    calcul = f"celui des contrats signés le {jour_court(resultat.debut_le)}"
    return Explication("Texte du nouveau contrat", (Etape("Texte", calcul, nom),), sources)


def _etape_de_l_option(option: OptionProposee) -> Etape:
    return Etape("Option", "proposée" if option.proposee else "celle du contrat actuel", option.phrase)


def _etape_du_niveau(niveau: Niveau | None) -> Etape:
    if niveau is None:
        return Etape("Niveau actuel", "aucun relevé depuis le début du contrat", "inconnu")
    lu = f"{SOURCES[niveau.source]}, relevé du {jour_court(niveau.date)}"
    return Etape("Niveau actuel", lu, compte(niveau.valeur, "patient"))


def _etapes_de_la_cible(cible: Cible, niveau: Niveau | None, origine: str) -> tuple[Etape, ...]:
    etapes = [
        Etape("Référence", origine, NON_PUBLIE if cible.reference is None else nombre(cible.reference)),
        Etape("Objectif", origine, NON_PUBLIE if cible.objectif is None else nombre(cible.objectif)),
        Etape(
            "Jugé le",
            "date par défaut, à vérifier" if cible.par_defaut else "date connue",
            jour_court(cible.evaluation_le),
        ),
    ]
    if niveau is None or cible.objectif is None or cible.gain is None:
        return tuple(etapes)
    etapes.append(
        Etape(
            "À gagner",
            f"{nombre(cible.objectif)} − {nombre(niveau.valeur)}" + ("" if cible.gain else ", déjà atteint"),
            compte(cible.gain, "patient"),
        )
    )
    if cible.gain and cible.mois is not None and cible.gain_mensuel is not None:
        etapes.append(
            Etape(
                "Par mois",
                f"{nombre(cible.gain)} / {nombre(cible.mois, 1)} mois, jusqu'à l'évaluation",
                f"{nombre(cible.gain_mensuel, 1, signe=True)} par mois",
            )
        )
    if cible.gain and niveau.rythme is not None:
        au_rythme = "jamais" if cible.mois_au_rythme is None else f"{nombre(cible.mois_au_rythme, 1)} mois"
        etapes.append(
            Etape(
                "Au rythme du contrat",
                f"{nombre(cible.gain)} à {nombre(niveau.rythme, 1, signe=True)} par mois",
                au_rythme if cible.atteint_le is None else f"{au_rythme}, le {jour_court(cible.atteint_le)}",
            )
        )
    return tuple(etapes)


def _etapes_des_gains(niveau: Niveau, ancien: Cible, propose: Cible, gains: Gains) -> tuple[Etape, ...]:
    vu, avant, apres = nombre(niveau.valeur), nombre(ancien.reference or 0), nombre(propose.reference or 0)
    return (
        Etape("Gagnés jusqu'ici", f"{vu} − {avant}", nombre(gains.acquis, signe=True)),
        Etape("Repris par la référence proposée", f"{vu} − {apres}", nombre(gains.repris, signe=True)),
        Etape("Qui ne comptent plus", f"{apres} − {avant}, dans la limite des gagnés", nombre(gains.perdus)),
    )


def _expliquer_annee(annee: AnneeAide, resultat: Renouvellement, tranche: str | None) -> Explication:
    suppose = Etape(
        "Hypothèse",
        f"contrat signé et commencé le {jour_court(resultat.debut_le)}, de la même tranche "
        f"({'non saisie' if tranche is None else tranche})",
        etp(resultat.option.etp),
    )
    explication = annee.explication
    return Explication(explication.titre, (suppose, *explication.etapes), explication.sources)


def _expliquer_total(resultat: Renouvellement) -> Explication:
    montants = [NON_PUBLIE if a.montant_max is None else euros(a.montant_max) for a in resultat.aide]
    total = resultat.aide_totale
    calcul = " + ".join(montants) if total is not None else "une année au moins n'est pas publiée"
    etape = Etape("Maximum du nouveau contrat", calcul, NON_PUBLIE if total is None else euros(total))
    sources = dict.fromkeys(source for annee in resultat.aide for source in annee.explication.sources)
    return Explication("Aide du nouveau contrat", (etape,), tuple(sources))
