"""A scenario in words: what it gives, what it rests on, and what nobody knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois
from assistmed_desktop.domain.contrat import ContratIndividuel, Indicateur, Suspension
from assistmed_desktop.domain.libelles import INDICATEURS, TEXTES
from assistmed_desktop.formats import INSECABLE, accord, compte, etp, jour_court, jour_long, nombre, periode
from assistmed_desktop.rules.designation import SUJETS
from assistmed_desktop.rules.eligibilite import conditions_de_l_option, option_du_texte
from assistmed_desktop.rules.resultats import Avertissement, Etape, Explication

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from fractions import Fraction

    from assistmed_desktop.domain.contrat import ContratCollectif
    from assistmed_desktop.rules.resultats import EvaluationContrat
    from assistmed_desktop.rules.tables import VersionTextes
    from assistmed_desktop.services.scenarios import Hypothese, IndicateurSimule, Rythme

_ABSENTE = "simulation_option_absente"
_REPRIS = frozenset({"releve_absent", "releve_ancien", "source_logiciel", "evaluation_par_defaut", "objectif_inconnu"})


def phrases(hypothese: Hypothese, indicateurs: Sequence[IndicateurSimule], juge_le: date) -> tuple[str, ...]:
    """Say what the scenario gives for each indicator that counts."""
    return tuple(_issue(hypothese, indicateur, juge_le) for indicateur in indicateurs if indicateur.requis)


def _issue(hypothese: Hypothese, indicateur: IndicateurSimule, juge_le: date) -> str:
    sujet, rythme = SUJETS[indicateur.indicateur], indicateur.rythme
    if rythme is None or indicateur.valeur is None:
        return f"{sujet.capitalize()} ne peut pas être simulée : aucun relevé d'où partir."
    dit = _rythme(hypothese, indicateur.indicateur, rythme)
    constat = f"{dit}, {sujet} compterait {compte(indicateur.valeur, 'patient')} le {jour_long(juge_le)}"
    if indicateur.objectif is None or indicateur.ecart is None:
        return f"{constat} ; l'objectif n'est pas connu."
    constat += f", pour un objectif de {nombre(indicateur.objectif)}"
    atteint_le = indicateur.atteint_le
    if indicateur.ecart < 0:
        manque = compte(-indicateur.ecart, "patient")
        apres = atteint_le is not None and atteint_le > juge_le
        suite = f", et ne serait atteint que le {jour_long(atteint_le)}" if apres and atteint_le is not None else ""
        return f"{constat} : il serait manqué de {manque}{suite}."
    if atteint_le == rythme.du:
        return f"{constat}, qui est déjà atteint."
    if atteint_le is None or atteint_le >= juge_le:
        return f"{constat} : il serait atteint ce jour-là."
    return f"{constat} : il serait atteint le {jour_long(atteint_le)}."


def _rythme(hypothese: Hypothese, cle: Indicateur, rythme: Rythme) -> str:
    match rythme.genre:
        case "tendance":
            return "Sur sa tendance"
        case "moyenne":
            return "À son rythme moyen depuis le début du contrat"
        case "stable":
            return "Sans aucun changement"
        case _:
            return f"Avec {_supposition(hypothese, cle)}"


def _supposition(hypothese: Hypothese, cle: Indicateur) -> str:
    """Write what is supposed of an indicator each month."""
    if cle == "file_active":
        return f"{_decimal(hypothese.gain_mensuel_file_active or 0, signe=True)} en file active par mois"
    entrees = _accord(hypothese.gain_mensuel or 0, "nouveau patient", "nouveaux patients")
    departs = f" et {_accord(hypothese.departs, 'départ', 'départs')}" if hypothese.departs else ""
    return f"{entrees}{departs} par mois"


def _accord(valeur: Fraction | int, singulier: str, pluriel: str) -> str:
    return f"{_decimal(valeur)}{INSECABLE}{accord(valeur, singulier, pluriel)}"


def _decimal(valeur: Fraction | int, *, signe: bool = False) -> str:
    """Write a pace with the decimals that it needs, two at most."""
    decimales = next((n for n in (0, 1) if (valeur * 10**n).denominator == 1), 2)
    return nombre(valeur, decimales, signe=signe)


def resume(hypothese: Hypothese) -> str:
    """Write a hypothesis in one line; its own pace when nothing is supposed."""
    parties = []
    if hypothese.gain_mensuel is not None:
        parties.append(_supposition(hypothese, "patientele_mt"))
    if hypothese.gain_mensuel_file_active is not None:
        parties.append(_supposition(hypothese, "file_active"))
    parties += [f"suspension {periode(s.du, s.au)}" for s in hypothese.suspensions]
    if hypothese.option is not None:
        parties.append(f"option {etp(hypothese.option.option_etp)} à partir du {jour_court(hypothese.option.du)}")
    return ", ".join(parties) or "au rythme actuel"


def avertissements(
    hypothese: Hypothese,
    contrat: ContratIndividuel | ContratCollectif,
    aujourdhui: EvaluationContrat,
    juge: EvaluationContrat,
    textes: VersionTextes | None,
) -> tuple[Avertissement, ...]:
    """Say what the scenario rests on, and what nobody knows of it."""
    conditions = tuple(_sur_les_conditions(hypothese, aujourdhui, juge))
    return (
        *(a for a in aujourdhui.avertissements if a.code in _REPRIS),
        *_sur_les_dates(contrat, aujourdhui, juge),
        *_sur_le_depart(hypothese, aujourdhui),
        *_sur_la_file_active(hypothese, juge),
        *_sur_la_suspension(hypothese, textes),
        # What the rules make of the option in this practice says already that its text lacks it.
        *(a for a in _sur_l_option(hypothese, contrat, textes) if not (conditions and a.code == _ABSENTE)),
        *conditions,
        *(a for a in juge.avertissements if a.code == "aide_inconnue"),
        *_sur_l_aide(juge),
    )


def _sur_les_dates(
    contrat: ContratIndividuel | ContratCollectif, aujourdhui: EvaluationContrat, juge: EvaluationContrat
) -> Iterator[Avertissement]:
    if any(isinstance(avenant, Suspension) and avenant.au is None for avenant in contrat.avenants):
        yield Avertissement(
            "simulation_suspension_ouverte",
            f"Une suspension n'a pas de fin connue : la simulation suppose la reprise le "
            f"{jour_court(aujourdhui.au + UN_JOUR)}.",
            "attention",
        )
    if juge.au != juge.evaluation_le:
        pourquoi = "est passée" if juge.evaluation_le <= aujourdhui.au else "vient après la fin du contrat"
        yield Avertissement(
            "simulation_jusqu_a_la_fin",
            f"L'évaluation du {jour_court(juge.evaluation_le)} {pourquoi} : la simulation va jusqu'au dernier jour du "
            f"contrat, le {jour_court(juge.au)}.",
            "information",
        )


def _sur_le_depart(hypothese: Hypothese, aujourdhui: EvaluationContrat) -> Iterator[Avertissement]:
    """Say that the own pace and the hypothesis do not begin at the same count, where the reading is off its line."""
    for indicateur in aujourdhui.indicateurs:
        projection = indicateur.projection
        if hypothese.net(indicateur.indicateur) is None or projection is None or indicateur.date is None:
            continue
        ligne = projection.valeur - projection.pente * (projection.date - indicateur.date).days
        lu, passe = nombre(indicateur.valeur or 0), nombre(ligne)
        if indicateur.requis and lu != passe:
            yield Avertissement(
                "simulation_depart",
                f"{INDICATEURS[indicateur.indicateur]} : le rythme actuel suit la tendance des relevés, qui passe par "
                f"{passe} le {jour_court(indicateur.date)} ; l'hypothèse part du relevé de ce jour, {lu}.",
                "information",
            )


def _sur_la_file_active(hypothese: Hypothese, juge: EvaluationContrat) -> Iterator[Avertissement]:
    seule = not juge.patientele_mt.requis
    if seule and hypothese.gain_mensuel is not None and hypothese.gain_mensuel_file_active is None:
        yield Avertissement(
            "simulation_file_active_seule",
            "Seule la file active compte pour cette spécialité, et aucun gain n'est supposé pour elle.",
            "attention",
        )


def _sur_la_suspension(hypothese: Hypothese, textes: VersionTextes | None) -> Iterator[Avertissement]:
    if not hypothese.suspensions:
        return
    yield Avertissement(
        "simulation_suspension",
        "Une suspension demande un avenant et l'accord écrit du médecin ; la simulation suppose que la CPAM l'accepte. "
        "Faute de règle connue, le rythme reste le même pendant la suspension.",
        "attention",
    )
    yield Avertissement(
        "simulation_aide_suspendue",
        "L'effet d'une suspension sur l'aide n'est pas publié : les montants montrés n'en tiennent pas compte. "
        "Demandez à la CPAM ce qu'elle verse pendant la suspension.",
        "attention",
    )
    mois = None if textes is None else textes.absence_longue.mois
    courtes = [s for s in hypothese.suspensions if mois is not None and s.au < ajouter_mois(s.du, mois)]
    if courtes and mois is not None:
        yield Avertissement(
            "simulation_suspension_courte",
            f"La suspension {periode(courtes[0].du, courtes[0].au)} dure {nombre(mois)} mois ou moins ; la règle "
            "connue porte sur une absence plus longue, sans remplacement.",
            "attention",
        )


def _sur_l_option(
    hypothese: Hypothese, contrat: ContratIndividuel | ContratCollectif, textes: VersionTextes | None
) -> Iterator[Avertissement]:
    if hypothese.option is None:
        return
    nom, texte = etp(hypothese.option.option_etp), TEXTES[contrat.texte]
    yield Avertissement(
        "simulation_option",
        f"Le passage à {nom} demande un avenant ; la simulation suppose que la CPAM l'accepte. L'objectif qui irait "
        "avec cette option n'est pas connu : celui du contrat est gardé.",
        "attention",
    )
    if textes is None or not isinstance(contrat, ContratIndividuel):
        return
    ouverte = option_du_texte(textes, hypothese.option.option_etp)
    conditions = None if ouverte is None else conditions_de_l_option(textes, ouverte)
    if ouverte is None:
        yield Avertissement(_ABSENTE, f"L'option {nom} n'existe pas sous ce texte ({texte}).", "attention")
    elif conditions is not None:
        yield Avertissement(
            "simulation_option_a_conditions",
            f"L'option {nom} n'est pas ouverte à tous sous ce texte ({texte}) : {conditions}. Vérifiez avec la CPAM.",
            "attention",
        )


def _sur_les_conditions(
    hypothese: Hypothese, aujourdhui: EvaluationContrat, juge: EvaluationContrat
) -> Iterator[Avertissement]:
    """Say what the rules make of the option supposed, in this practice."""
    if hypothese.option is None:
        return
    deja = {motif.message for motif in aujourdhui.eligibilite.motifs}
    for motif in juge.eligibilite.motifs:
        if motif.message not in deja:
            yield Avertissement("simulation_option_motif", motif.message, "attention")


def _sur_l_aide(juge: EvaluationContrat) -> Iterator[Avertissement]:
    if any(annee.hypothese_lineaire is not None for annee in juge.aide):
        yield Avertissement(
            "simulation_proration",
            "La règle qui réduit l'aide à partir de la troisième année n'est pas publiée : le montant réduit est une "
            "hypothèse linéaire, non vérifiée, que le montant notifié par la CPAM remplace.",
            "information",
        )


def explication(hypothese: Hypothese, indicateurs: Sequence[IndicateurSimule], juge: EvaluationContrat) -> Explication:
    """Give the steps of a scenario: what is supposed, the day of judgement, and each count."""
    suspendus = compte(juge.jours_suspendus, "jour suspendu", "jours suspendus")
    etapes = [
        Etape("Hypothèse", "supposée à partir du dernier relevé qui compte", resume(hypothese)),
        Etape(
            "Évaluation",
            f"{jour_court(juge.evaluation_initiale_le)}, déplacée par {suspendus}",
            jour_court(juge.evaluation_le),
        ),
    ]
    for indicateur in indicateurs:
        if indicateur.rythme is None or indicateur.valeur is None:
            continue
        rythme, nom = indicateur.rythme, INDICATEURS[indicateur.indicateur]
        etapes.append(Etape(f"{nom} : départ", f"dernier relevé, {jour_court(rythme.du)}", nombre(rythme.depart)))
        etapes.append(
            Etape(
                f"{nom} : rythme",
                _rythme(hypothese, indicateur.indicateur, rythme),
                f"{nombre(rythme.par_mois, 2, signe=True)} par mois",
            )
        )
        etapes.append(Etape(f"{nom} : arrivée", _arrivee(rythme, juge.au), nombre(indicateur.valeur)))
    sources = [*juge.file_active.explication.sources, *(s for a in juge.aide for s in a.explication.sources)]
    return Explication(f"Simulation jusqu'au {jour_court(juge.au)}", tuple(etapes), tuple(dict.fromkeys(sources)))


def _arrivee(rythme: Rythme, le: date) -> str:
    if rythme.ligne is not None:
        return f"droite de tendance, portée au {jour_court(le)}"
    jours = compte((le - rythme.du).days, "jour")
    return f"{nombre(rythme.depart)} {_signe(rythme.par_mois)} × {jours} / 30,4375"


def _signe(par_mois: Fraction) -> str:
    return f"{'−' if par_mois < 0 else '+'} {nombre(abs(par_mois), 2)}"
