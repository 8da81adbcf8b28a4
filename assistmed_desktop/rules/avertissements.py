"""What a careful manager would want to be told about a contract, beside its figures."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois, anniversaire, en_cours
from assistmed_desktop.domain.contrat import ChangementAdresse, ContratCollectif
from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES, TEXTES
from assistmed_desktop.formats import accord, compte, enumeration, etp, jour_court, nombre, pourcent
from assistmed_desktop.rules.echeances import dernier_jour_du_preavis
from assistmed_desktop.rules.eligibilite import generaliste, nouvel_installe, reinstalle
from assistmed_desktop.rules.releves import ecarts_entre_sources
from assistmed_desktop.rules.resultats import NON_PUBLIE, Avertissement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from assistmed_desktop.domain.assistant import Affectation, Assistant, Mission
    from assistmed_desktop.domain.cabinet import Medecin
    from assistmed_desktop.domain.contrat import ContratIndividuel, Indicateur
    from assistmed_desktop.domain.suivi import Releve, SourceReleve
    from assistmed_desktop.rules.echeances import ViedUnContrat
    from assistmed_desktop.rules.eligibilite import Anterieur
    from assistmed_desktop.rules.indicateurs import Mesure
    from assistmed_desktop.rules.resultats import (
        AnneeAide,
        EvaluationIndicateur,
        PeriodeSuspendue,
        SegmentEffectif,
    )
    from assistmed_desktop.rules.tables import (
        AbsenceLongue,
        VersionEcheances,
        VersionEligibilite,
        VersionObjectifs,
        VersionTextes,
    )

JOURS_RELEVE_ANCIEN = 100


@dataclass(frozen=True, slots=True)
class Regles:
    """The versions of the law that a contract's life is told from."""

    textes: VersionTextes
    echeances: VersionEcheances | None
    eligibilite: VersionEligibilite | None


def du_contrat(
    contrat: ContratIndividuel | ContratCollectif,
    *,
    texte_connu: bool,
    evaluation_par_defaut: bool,
    evaluation_le: date,
) -> Iterator[Avertissement]:
    """Check the dates of the contract against each other and against its text."""
    if not texte_connu:
        yield Avertissement(
            "signature_hors_periode",
            f"Aucun contrat ne se signait le {jour_court(contrat.signe_le)} sous ce texte ({TEXTES[contrat.texte]}) : "
            "vérifiez le texte ou la date de signature.",
            "attention",
        )
    if contrat.debut_le < contrat.signe_le:
        yield Avertissement(
            "debut_avant_signature",
            f"Le contrat commence le {jour_court(contrat.debut_le)}, avant sa signature le "
            f"{jour_court(contrat.signe_le)} : vérifiez ces deux dates.",
            "attention",
        )
    if evaluation_par_defaut:
        yield Avertissement(
            "evaluation_par_defaut",
            f"La date d'évaluation n'est pas renseignée : {jour_court(evaluation_le)} est la date par défaut, "
            "à vérifier sur votre contrat.",
            "attention",
        )


def des_releves(indicateur: EvaluationIndicateur, mesure: Mesure, au: date) -> Iterator[Avertissement]:
    """Tell what is doubtful in the readings of one indicator."""
    nom = INDICATEURS[indicateur.indicateur]
    if indicateur.date is None:
        if indicateur.requis:
            yield Avertissement("releve_absent", f"{nom} : {_releve_manquant(mesure)}.", "attention")
    else:
        if indicateur.source == "logiciel":
            yield Avertissement(
                "source_logiciel",
                f"{nom} : faute de relevé de la CPAM ou d'amelipro, le chiffre du logiciel métier est retenu.",
                "attention",
            )
        if (au - indicateur.date).days > JOURS_RELEVE_ANCIEN:
            yield Avertissement(
                "releve_ancien",
                f"{nom} : le dernier relevé retenu date du {jour_court(indicateur.date)}.",
                "attention",
            )
    ecarts = [ecart for siens in mesure.par_medecin for ecart in ecarts_entre_sources(siens)]
    if ecarts:
        dernier = max(ecarts, key=lambda ecart: ecart.logiciel.date)
        autres = f" ({compte(len(ecarts) - 1, 'autre écart', 'autres écarts')} de ce genre)" if len(ecarts) > 1 else ""
        logiciel, authentifie = dernier.logiciel, dernier.authentifie
        yield Avertissement(
            "ecart_sources",
            f"{nom} : le logiciel métier ({nombre(logiciel.valeur)} le {jour_court(logiciel.date)}) s'écarte de "
            f"{pourcent(dernier.taux, 1, signe=True)} du chiffre {_de(authentifie.source)} "
            f"({nombre(authentifie.valeur)} le {jour_court(authentifie.date)}){autres}.",
            "attention",
        )


def _releve_manquant(mesure: Mesure) -> str:
    if not any(mesure.par_medecin):
        return "aucun relevé depuis le début du contrat"
    sources = "de la CPAM, d'amelipro ou du logiciel métier"
    if len(mesure.par_medecin) == 1:
        return f"aucun relevé {sources} depuis le début du contrat"
    return f"il manque un relevé {sources} pour au moins un médecin du groupe"


def _de(source: SourceReleve) -> str:
    return "de la CPAM" if source == "cpam" else f"d'{SOURCES[source]}"


def releves_futurs(releves: Sequence[Releve], au: date) -> Iterator[Avertissement]:
    """Tell of readings dated after the day, which do not count."""
    futurs = [releve.date for releve in releves if releve.date > au]
    if futurs:
        verbe = "il n'est pas compté" if len(futurs) == 1 else "ils ne sont pas comptés"
        yield Avertissement(
            "releve_futur",
            f"{compte(len(futurs), 'relevé')} après le {jour_court(au)}, le premier au {jour_court(min(futurs))} : "
            f"{verbe}.",
            "information",
        )


def de_l_objectif(
    contrat: ContratIndividuel | ContratCollectif,
    indicateur: EvaluationIndicateur,
    version: VersionObjectifs | None,
    jour: date,
) -> Iterator[Avertissement]:
    """Tell of a target that is missing, that differs from the published table, or that is the reference to keep.

    ``jour`` is the day of the contract whose option counts.
    """
    nom = INDICATEURS[indicateur.indicateur]
    if not indicateur.requis:
        return
    attendu = None if version is None else objectif_du_bareme(contrat, indicateur, version, jour)
    if indicateur.objectif is None:
        yield Avertissement("objectif_inconnu", f"{nom} : objectif inconnu, {NON_PUBLIE}.", "attention")
        if attendu == indicateur.reference:
            yield Avertissement(
                "contrat_de_maintien",
                f"{nom} : pour la tranche {contrat.tranche}, le barème publié demande de garder la référence "
                f"({nombre(indicateur.reference)}), à vérifier sur votre contrat.",
                "information",
            )
    elif indicateur.objectif == indicateur.reference:
        yield Avertissement(
            "contrat_de_maintien",
            f"{nom} : l'objectif est la référence ({nombre(indicateur.reference)}). C'est un contrat de maintien : il "
            "s'agit de la garder.",
            "information",
        )
    if attendu is not None and indicateur.objectif is not None and abs(indicateur.objectif - attendu) > 1:
        yield Avertissement(
            "objectif_hors_bareme",
            f"{nom} : l'objectif du contrat ({nombre(indicateur.objectif)}) diffère {_du_calcul(contrat, attendu)} ; "
            "c'est le contrat signé qui fait foi.",
            "information",
        )


def _du_calcul(contrat: ContratIndividuel | ContratCollectif, attendu: Fraction) -> str:
    """Name what a target is compared with: the table alone, or less what the dossier says was gained before."""
    if isinstance(contrat, ContratCollectif) and contrat.gains_anterieurs is not None:
        return f"de l'objectif calculé, gains antérieurs déduits ({nombre(attendu)}, à vérifier)"
    return f"du barème publié ({nombre(attendu)})"


def objectif_du_bareme(
    contrat: ContratIndividuel | ContratCollectif,
    indicateur: EvaluationIndicateur,
    version: VersionObjectifs,
    jour: date,
) -> Fraction | None:
    """Give the target that the published table gives, by the option of a day; None when it gives none."""
    reference, option = indicateur.reference, contrat.option_au(jour)
    if isinstance(contrat, ContratCollectif):
        deja = 0 if contrat.gains_anterieurs is None else getattr(contrat.gains_anterieurs, indicateur.indicateur)
        par_etp = (ligne for ligne in version.hausses_par_etp if ligne.indicateur == indicateur.indicateur)
        return next((reference + max(Fraction(0), ligne.patients * option - deja) for ligne in par_etp), None)
    case = (contrat.tranche, option)
    sienne = (ligne for ligne in version.hausses if (ligne.tranche, ligne.option) == case)
    return next((reference * (1 + ligne.taux / 100) for ligne in sienne), None)


def de_l_aide(annees: Sequence[AnneeAide]) -> Iterator[Avertissement]:
    """Tell of the contract years whose amount nobody has published nor notified, and of those shared by two options."""
    courues = [annee for annee in annees if not annee.apres_la_fin]
    inconnues = [str(annee.annee) for annee in courues if annee.montant is None]
    if inconnues:
        annees_inconnues = f"l'année {inconnues[0]}" if len(inconnues) == 1 else f"les années {enumeration(inconnues)}"
        yield Avertissement("aide_inconnue", f"Aide pour {annees_inconnues} : {NON_PUBLIE}.", "attention")
    for annee in courues:
        if annee.options_en_cours and annee.montant_notifie is None:
            changements = [f"{etp(option)} le {jour_court(jour)}" for jour, option in annee.options_en_cours]
            yield Avertissement(
                "option_en_cours_d_annee",
                f"Année {annee.annee} : l'option passe de {etp(annee.option)} à {enumeration(changements)}. Le montant "
                "montré est celui de l'option du premier jour ; le partage de l'année n'est pas publié.",
                "information",
            )


def des_assistants(
    contrat: ContratIndividuel | ContratCollectif,
    affectations: Sequence[tuple[Assistant, Affectation]],
    suspensions: Sequence[PeriodeSuspendue],
    jusqu_au: date,
    absence_longue: AbsenceLongue,
) -> Iterator[Avertissement]:
    """Tell of hirings before the contract, and of long absences while the contract ran, up to a day."""
    assistants = {assistant.id: assistant for assistant, _ in affectations}.values()
    for assistant in assistants:
        nom = assistant.nom_complet
        if assistant.embauche_le is not None and _embauche_inexpliquee(assistant, contrat):
            yield Avertissement(
                "embauche_avant_contrat",
                f"{nom} : l'embauche du {jour_court(assistant.embauche_le)} précède le début du contrat, le "
                f"{jour_court(contrat.debut_le)} ; ses délais se comptent de l'embauche.",
                "information",
            )
        au_contrat = [affectation for celui, affectation in affectations if celui.id == assistant.id]
        for absence in assistant.absences:
            des_trois_mois = ajouter_mois(absence.du, absence_longue.mois)
            a_suspendre = any(
                not _suspendue(
                    max(des_trois_mois, contrat.debut_le, affectation.du),
                    min(fin for fin in (jusqu_au, absence.au, affectation.au) if fin is not None),
                    suspensions,
                )
                for affectation in au_contrat
            )
            if a_suspendre and not absence.remplacement and not absence.conges:
                finie = absence.au is not None and absence.au < jusqu_au
                quand = (
                    f"du {jour_court(absence.du)} au {jour_court(absence.au)}"
                    if absence.au is not None and finie
                    else (f"depuis le {jour_court(absence.du)}")
                )
                remede = (
                    "Le contrat aurait dû être suspendu par un avenant, avec l'accord écrit du médecin : voyez avec la "
                    "CPAM ce qu'il en est."
                    if finie
                    else "Le contrat doit être suspendu par un avenant, avec l'accord écrit du médecin."
                )
                yield Avertissement(
                    "absence_longue",
                    f"{nom} : absence de plus de {absence_longue.mois} mois sans remplacement {quand}. {remede}",
                    "attention",
                )


def _embauche_inexpliquee(assistant: Assistant, contrat: ContratIndividuel | ContratCollectif) -> bool:
    """Say whether a hiring precedes a contract with neither an earlier contract nor another post to explain it."""
    return (
        assistant.embauche_le is not None
        and assistant.embauche_le < contrat.debut_le
        and assistant.profil != "secretaire_medicale"
        and not any(autre.contrat != contrat.id and autre.du < contrat.debut_le for autre in assistant.affectations)
    )


def _suspendue(du: date, au: date, suspensions: Sequence[PeriodeSuspendue]) -> bool:
    """Say whether the contract sleeps on every day of a period; so it does when there is no day in it."""
    for suspension in suspensions:
        if en_cours(suspension, du):
            du = suspension.au + UN_JOUR
    return du > au


def de_l_effectif(
    effectif: Sequence[SegmentEffectif], suspensions: Sequence[PeriodeSuspendue], au: date
) -> Iterator[Avertissement]:
    """Tell of a post not covered on the day."""
    suspendu = any(en_cours(s, au) for s in suspensions)
    for segment in effectif:
        if en_cours(segment, au) and not segment.couvert and not suspendu:
            yield Avertissement(
                "couverture_insuffisante",
                f"Depuis le {jour_court(segment.du)}, {_affecte(segment.etp_affecte)} pour "
                f"{etp(segment.etp_requis)} {accord(segment.etp_requis, 'financé')}.",
                "attention",
            )


def _affecte(valeur: Fraction) -> str:
    return f"{etp(valeur)} {accord(valeur, 'affecté')}" if valeur else "aucun assistant n'est affecté"


def des_missions(
    affectations: Sequence[tuple[Assistant, Affectation]], missions: Mapping[str, Sequence[Mission]], au: date
) -> Iterator[Avertissement]:
    """Tell when the tasks of the day, given by assistant, are secretarial alone, which does not qualify."""
    presents = {a.id for a, f in affectations if en_cours(f, au)}
    domaines = {
        mission.domaine for assistant in presents for mission in missions.get(assistant, ()) if en_cours(mission, au)
    }
    if presents and not domaines:
        yield Avertissement(
            "missions_absentes", "Aucune mission n'est saisie pour l'assistant en poste.", "information"
        )
    elif domaines == {"administratif"}:
        yield Avertissement(
            "secretariat_seul",
            "Les missions en cours sont toutes administratives : le secrétariat seul ne donne pas droit à l'aide.",
            "attention",
        )


def de_la_vie(
    vie: ViedUnContrat, medecins: Sequence[Medecin], anterieurs: Sequence[Anterieur], regles: Regles, au: date
) -> Iterator[Avertissement]:
    """Tell what the life of a contract asks for: a mixed practice, a move, a doctor newly installed, an early end."""
    if au <= vie.fin_le:
        for medecin in medecins:
            if medecin.exercice_mixte:
                yield Avertissement(
                    "exercice_mixte",
                    f"Dr\u00a0{medecin.nom_complet} a un exercice mixte : pensez à le déclarer à la CPAM.",
                    "information",
                )
        yield from _du_suivi(vie.contrat, regles.echeances)
        yield from _du_demenagement(vie, au)
        if not isinstance(vie.contrat, ContratCollectif):
            yield from _de_l_installation(vie.contrat, medecins[0], anterieurs, regles)
    yield from _de_la_resiliation(vie, regles, au)


def _du_suivi(
    contrat: ContratIndividuel | ContratCollectif, version: VersionEcheances | None
) -> Iterator[Avertissement]:
    """Tell that nobody has published how often the caisse is met, where the text gives no such delay."""
    if version is not None and not any(delai.code == "point_etape" for delai in version.delais):
        yield Avertissement(
            "frequence_du_suivi_inconnue",
            "La fréquence des échanges de suivi avec la caisse n'est pas publiée pour ce texte "
            f"({TEXTES[contrat.texte]}) : demandez-la à votre CPAM.",
            "information",
        )


def _du_demenagement(vie: ViedUnContrat, au: date) -> Iterator[Avertissement]:
    """Tell of the last move, more pressingly when it leaves the département."""
    adresses = {a.du: a for a in vie.contrat.avenants if isinstance(a, ChangementAdresse) and a.du <= vie.fin_le}
    jours = sorted(adresses)
    if not jours:
        return
    derniere = adresses[jours[-1]]
    avant = adresses[jours[-2]].departement if len(jours) > 1 else vie.cabinet.departement
    lieu = f"{derniere.code_postal} {derniere.commune}".strip()
    ailleurs = derniere.departement != avant
    yield Avertissement(
        "demenagement",
        f"Le cabinet {'a déménagé' if derniere.du <= au else 'déménage'} le {jour_court(derniere.du)} ({lieu})"
        f"{', dans un autre département' if ailleurs else ''} : si la caisse juge le nouveau cabinet trop éloigné, ce "
        "contrat prend fin et un nouveau se signe comme pour un nouvel installé.",
        "attention" if ailleurs else "information",
    )


def _de_l_installation(
    contrat: ContratIndividuel, medecin: Medecin, anterieurs: Sequence[Anterieur], regles: Regles
) -> Iterator[Avertissement]:
    """Tell what is asked of a doctor newly installed, or treated as one, at the signature."""
    regle = regles.textes.nouvel_installe
    recent = nouvel_installe(contrat, medecin, regles.textes)
    if regle.percentile is None or not (recent or reinstalle(contrat, medecin, regles.textes, anterieurs)):
        return
    comment = f"est installé depuis moins de {regle.mois} mois" if recent else "est traité comme un nouvel installé"
    valeurs = enumeration(_valeurs_du_percentile(medecin, regle.percentile, regles.eligibilite))
    yield Avertissement(
        "nouvel_installe",
        f"Dr\u00a0{medecin.nom_complet} {comment} à la signature : l'objectif est d'atteindre P{regle.percentile} en "
        f"{compte(regle.ans, 'an')}, {f'soit {valeurs}' if valeurs else 'dont la valeur est non publiée'} (à "
        "vérifier) ; c'est le contrat signé qui fait foi.",
        "information",
    )


def _valeurs_du_percentile(medecin: Medecin, percentile: int, version: VersionEligibilite | None) -> list[str]:
    """Write the counts of a percentile, published for general practitioners alone."""
    if version is None or not generaliste(medecin):
        return []
    seuils = [(cle, version.seuil(percentile, cle)) for cle in INDICATEURS]
    return [f"{compte(seuil.patients, 'patient')} en {_INDICATEURS[cle]}" for cle, seuil in seuils if seuil is not None]


_INDICATEURS: dict[Indicateur, str] = {"patientele_mt": "patientèle médecin traitant", "file_active": "file active"}


def _de_la_resiliation(vie: ViedUnContrat, regles: Regles, au: date) -> Iterator[Avertissement]:
    """Tell of the notice of a termination, and of the settling that an end off the anniversary asks for."""
    resiliation = vie.contrat.resiliation
    if resiliation is None:
        return
    limite = dernier_jour_du_preavis(vie.contrat, vie.fin_le, regles.echeances)
    if limite is not None:
        if resiliation.notifie_le is not None and resiliation.notifie_le > limite:
            yield Avertissement(
                "preavis_non_respecte",
                f"La lettre de résiliation, du {jour_court(resiliation.notifie_le)}, vient après le dernier jour du "
                f"préavis, le {jour_court(limite)}, pour une fin le {jour_court(vie.fin_le)} (à vérifier) : voyez "
                "avec la CPAM quand le contrat prend fin.",
                "attention",
            )
        elif resiliation.notifie_le is None and resiliation.cause == "medecin":
            yield Avertissement(
                "preavis_sans_date",
                "La date de la lettre de résiliation n'est pas saisie ; elle est à envoyer au plus tard le "
                f"{jour_court(limite)} (à vérifier).",
                "attention" if au <= limite else "information",
            )
    prorata = regles.textes.prorata
    if prorata is not None and resiliation.cause in prorata.causes and not en_plein_anniversaire(vie.contrat):
        yield Avertissement(
            "prorata_a_convenir",
            f"Le contrat prend fin le {jour_court(vie.fin_le)}, en cours d'année de contrat, pour un contrat "
            "collectif : un remboursement ou un versement au prorata est à convenir avec la caisse.",
            "attention",
        )


def en_plein_anniversaire(contrat: ContratIndividuel | ContratCollectif) -> bool:
    """Say whether a contract ends on the eve of an anniversary, its term among them."""
    fin = contrat.resilie_le
    return fin is None or any(fin == anniversaire(contrat.debut_le, rang) for rang in range(1, contrat.duree_ans + 1))


def des_annees_suspendues(
    annees: Sequence[AnneeAide], suspensions: Sequence[PeriodeSuspendue]
) -> Iterator[Avertissement]:
    """Tell of the contract years that begin while the contract is suspended: nobody says how they are paid."""
    for annee in annees:
        a_dire = not annee.apres_la_fin and annee.montant_notifie is None
        if a_dire and any(en_cours(suspension, annee.du) for suspension in suspensions):
            yield Avertissement(
                "suspension_au_debut_d_annee",
                f"Le contrat est suspendu le {jour_court(annee.du)}, premier jour de l'année {annee.annee} : l'effet "
                "sur le versement n'est pas publié, à demander à la CPAM.",
                "information",
            )


def sous_la_reference(
    contrat: ContratIndividuel | ContratCollectif, indicateurs: Sequence[EvaluationIndicateur], textes: VersionTextes
) -> Iterator[Avertissement]:
    """Tell what follows when a required count is under its reference, where the text says it, and that it does not."""
    noms = [_INDICATEURS[i.indicateur] for i in indicateurs if i.requis and i.statut == "sous_la_reference"]
    if noms and textes.fin_sous_la_reference is None:
        yield Avertissement(
            "sous_la_reference",
            f"{enumeration(noms).capitalize()} sous la référence : ce que la caisse en tire pour ce contrat "
            f"({TEXTES[contrat.texte]}) n'est pas publié.",
            "information",
        )
