"""Each figure of the evaluation of a contract by its path, with the steps that lead to it and the texts they rest on.

A path mirrors the keys of ``evaluer --json`` below a contract, without ``indicateurs``: ``patientele_mt.attendu``,
``aide.3.montant_max``, ``echeances.qualification.2025-03-15``, ``analyse.argent.totaux``. An item of a list is named by
its year, its code and its day, or its first day.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from assistmed_desktop.domain.libelles import INDICATEURS
from assistmed_desktop.formats import compte, etp, jour_court, nombre, periode
from assistmed_desktop.rules.analyse import analyser
from assistmed_desktop.rules.indicateurs import JOURS_PAR_MOIS
from assistmed_desktop.rules.resultats import LIBELLES_ETAT, LIBELLES_STATUT, Etape, Explication

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import (
        AnneeAide,
        Echeance,
        Eligibilite,
        EvaluationContrat,
        EvaluationIndicateur,
        SourceLegale,
    )
    from assistmed_desktop.rules.tables import Delai, VersionEcheances

Chiffres = dict[str, Explication]


def chiffres(dossier: Dossier, contrat: EvaluationContrat, baremes: Baremes) -> Chiffres:
    """Give every figure of a contract that can be explained, by its path."""
    analyse = analyser(dossier, contrat, baremes)
    return {
        **chiffres_de_l_evaluation(contrat, baremes),
        **{f"analyse.{chemin}": e for chemin, e in analyse.chiffres.items()},
    }


def chiffres_de_l_evaluation(contrat: EvaluationContrat, baremes: Baremes) -> Chiffres:
    """Give those of the evaluation alone."""
    return {
        **_du_contrat(contrat),
        **{chemin: e for i in contrat.indicateurs for chemin, e in _de_l_indicateur(i, contrat)},
        **_exiges(contrat, baremes),
        **{chemin: e for annee in contrat.aide for chemin, e in _de_l_annee(annee)},
        **_de_l_effectif(contrat),
        **_des_echeances(contrat, baremes),
        "eligibilite": _de_l_eligibilite(contrat.eligibilite),
    }


def chemin_simple(chemin: str) -> str:
    """Give a path as it is named here: ``indicateurs.`` goes without saying before an indicator."""
    return chemin.removeprefix("indicateurs.")


def sous(trouves: Chiffres, chemin: str) -> Chiffres:
    """Give the figure of a path and all those beneath it; none when it is not known."""
    racine = chemin_simple(chemin)
    return {cle: valeur for cle, valeur in trouves.items() if f"{cle}.".startswith(f"{racine}.")}


def qui_explique(trouves: Chiffres, chemin: str) -> Explication | None:
    """Give the explanation of a path, or of the nearest of its ancestors that has one."""
    ici = chemin_simple(chemin)
    while ici:
        if ici in trouves:
            return trouves[ici]
        ici = ici.rpartition(".")[0]
    return None


# The paths, * for one name within, whose explanation gathers several figures: none of them is the value of the path.
_PLUSIEURS = (
    "analyse.argent.annees.*",
    "analyse.argent.cout",
    "analyse.argent.totaux",
    "analyse.file_active.ensemble.mois.*",
    "analyse.file_active.medecins.*.mois.*",
    "analyse.groupe.adherents.*",
    "analyse.groupe.contrats_anterieurs.*",
    "analyse.groupe.reference",
    "analyse.presence.segments.*",
    "analyse.presence.totaux",
    "analyse.renouvellement.indicateurs.*.ancien",
    "analyse.renouvellement.indicateurs.*.gains",
    "analyse.renouvellement.indicateurs.*.propose",
    "analyse.rythme.indicateurs.*",
    "analyse.rythme.indicateurs.*.mois.*",
    "analyse.sources.corrections.*",
    "analyse.sources.medecins.*.*",
    "analyse.sources.medecins.*.*.groupes.*",
    "analyse.taches.du_jour",
    "analyse.taches.periodes.*",
)
# Those whose value is not that of their last step, with the label of the step that gives it.
_DITS_PAR = {
    "*.projection": "Projection",
    "analyse.fin.preavis": "Dernier jour du préavis",
    "analyse.groupe.etp": "ETP financés",
    "analyse.groupe.moyennes.*": "Patientèle moyenne par adhérent",
    "analyse.presence.heures.*.*": "Heures de l'embauche",
    "analyse.rythme.indicateurs.*.objectif_atteint": "Tendance",
}


def valeur_propre(chemin: str, explication: Explication) -> str | None:
    """Give the value of a path, in words; None when its explanation gathers several figures."""
    if any(_designe(motif, chemin) for motif in _PLUSIEURS):
        return None
    dit_par = next((libelle for motif, libelle in _DITS_PAR.items() if _designe(motif, chemin)), None)
    dits = [etape.resultat for etape in explication.etapes if etape.libelle == dit_par]
    return dits[0] if dits else explication.etapes[-1].resultat


def _designe(motif: str, chemin: str) -> bool:
    noms, cherches = chemin.split("."), motif.split(".")
    return len(noms) == len(cherches) and all(c in ("*", nom) for nom, c in zip(noms, cherches, strict=True))


def _exiges(contrat: EvaluationContrat, baremes: Baremes) -> Chiffres:
    """Say which indicators the contract is judged on, and by what rule."""
    signe = contrat.contrat
    textes = baremes.textes.version_ou_rien(signe, max(signe.signe_le, signe.debut_le))
    textes = textes or baremes.textes.version_du_texte(signe.texte)
    regle = "les deux indicateurs comptent" if contrat.patientele_mt.requis else "la file active seule compte"
    return {
        f"{indicateur.indicateur}.requis": Explication(
            f"{INDICATEURS[indicateur.indicateur]} : compte pour le contrat",
            (
                Etape(
                    "Règle",
                    f"{regle}, d'après la spécialité",
                    "oui" if indicateur.requis else "non",
                ),
            ),
            (textes.source(textes.deux_indicateurs.grade),),
        )
        for indicateur in contrat.indicateurs
    }


def _du_contrat(contrat: EvaluationContrat) -> Chiffres:
    sources = contrat.file_active.explication.sources
    initiale, deplacee = contrat.evaluation_initiale_le, contrat.evaluation_le
    suspendus = compte(contrat.jours_suspendus, "jour suspendu", "jours suspendus")
    suspensions = tuple(
        Etape(
            f"Suspension {periode(s.du, None if s.ouverte else s.au)}",
            f"du {jour_court(s.du)} au {jour_court(s.au)}, ces deux jours compris",
            compte(s.jours, "jour"),
        )
        for s in contrat.suspensions
    )
    origine = "date par défaut, à vérifier sur le contrat" if contrat.evaluation_par_defaut else "inscrite au contrat"
    deplacement = (
        (Etape("Date déplacée", f"{jour_court(initiale)}, plus {suspendus}", jour_court(deplacee)),)
        if suspensions
        else ()
    )
    requis = tuple(
        Etape(INDICATEURS[i.indicateur], "exigé pour ce contrat", LIBELLES_STATUT[i.statut])
        for i in contrat.indicateurs
        if i.requis
    )
    return {
        "statut": Explication(
            "Statut du contrat",
            (
                *requis,
                Etape(
                    "Statut", "fini ou suspendu d'abord, sinon le moins bon de ceux-ci", LIBELLES_STATUT[contrat.statut]
                ),
            ),
            sources,
        ),
        "evaluation_le": Explication(
            "Date de l'évaluation",
            (
                Etape("Date d'évaluation", origine, jour_court(initiale)),
                *suspensions,
                *deplacement,
            ),
            sources if contrat.evaluation_par_defaut else (),
        ),
        "fin_le": Explication("Dernier jour du contrat", (_dernier_jour(contrat),), sources),
        "jours_suspendus": Explication(
            "Jours suspendus", (*suspensions, Etape("Total", "somme des suspensions", suspendus)), sources
        ),
    }


_NIVEAU = "Niveau des douze derniers mois"

# The steps of an indicator that lead to each of its figures, by their labels in its explanation.
_ETAPES = {
    "reference": ("Référence",),
    "objectif": ("Objectif",),
    "valeur": ("Valeur",),
    "attendu": ("Référence", "Objectif", "Jours écoulés", "Durée du parcours", "Attendu ce jour-là"),
    "ecart": ("Valeur", "Attendu ce jour-là", "Écart"),
    "taux_atteinte": ("Valeur", "Référence", "Objectif", "Taux d'atteinte"),
    "gain_mensuel_requis": ("Valeur", "Objectif", "Gain mensuel requis"),
    "gain_mensuel_realise": ("Valeur", "Référence", "Jours écoulés"),
    "niveau": (_NIVEAU,),
    "statut": ("Référence", "Objectif", "Valeur", "Attendu ce jour-là"),
    "statut_tenu": ("Valeur", _NIVEAU, "Statut tenu"),
}
_TITRES = {
    "reference": "référence",
    "objectif": "objectif",
    "valeur": "valeur qui compte",
    "attendu": "compte attendu à la date de la valeur",
    "ecart": "écart sur le rythme prévu",
    "taux_atteinte": "taux d'atteinte",
    "gain_mensuel_requis": "gain mensuel requis",
    "gain_mensuel_realise": "gain mensuel réalisé",
    "niveau": "niveau des douze derniers mois",
    "statut": "statut",
    "statut_tenu": "statut, hors creux de saison",
}


def _de_l_indicateur(indicateur: EvaluationIndicateur, contrat: EvaluationContrat) -> Iterator[tuple[str, Explication]]:
    cle, nom, sources = indicateur.indicateur, INDICATEURS[indicateur.indicateur], indicateur.explication.sources
    avant = tuple(_avant_la_reference(indicateur))
    for figure, libelles in _ETAPES.items():
        etapes = tuple(etape for etape in indicateur.explication.etapes if etape.libelle in libelles)
        if "Référence" in libelles or "Objectif" in libelles:
            etapes = (*avant, *etapes)
        etapes += tuple(_conclusion(figure, indicateur, contrat))
        yield f"{cle}.{figure}", Explication(f"{nom} : {_TITRES[figure]}", etapes, sources)
    yield f"{cle}.projection", _de_la_projection(indicateur, nom)


def _avant_la_reference(indicateur: EvaluationIndicateur) -> Iterator[Etape]:
    """Give the steps before the reference: the doctors who entered or left the group."""
    return takewhile(lambda etape: etape.libelle != "Référence", indicateur.explication.etapes)


def _conclusion(figure: str, indicateur: EvaluationIndicateur, contrat: EvaluationContrat) -> Iterator[Etape]:
    """End the steps of a figure that has no step of its own, or that is not known, by saying so."""
    match figure:
        case "statut":
            comparee = "valeur comparée à l'objectif, à la référence et à l'attendu"
            yield Etape("Statut", comparee, LIBELLES_STATUT[indicateur.statut])
        case "statut_tenu" if indicateur.creux is None:
            yield Etape("Statut tenu", "aucun creux ne le change", LIBELLES_STATUT[indicateur.statut_tenu])
        case "niveau" if indicateur.niveau is None:
            yield Etape(_NIVEAU, "aucun relevé qui compte", "inconnu")
        case "niveau" if not any(etape.libelle == _NIVEAU for etape in indicateur.explication.etapes):
            peu = "moins de quatre relevés mensuels sur un an : celui de la valeur"
            yield Etape(_NIVEAU, peu, nombre(indicateur.niveau or 0, 1))
        case "gain_mensuel_realise":
            yield _gain_realise(indicateur)
        case "attendu" | "ecart" if indicateur.attendu is None:
            yield Etape("Attendu", "sans objectif ou sans valeur, il n'y en a pas", "inconnu")
        case "taux_atteinte" if indicateur.taux_atteinte is None:
            maintien = indicateur.objectif == indicateur.reference
            pourquoi = "l'objectif est la référence (maintien)" if maintien else "sans objectif ou sans valeur"
            yield Etape("Taux d'atteinte", pourquoi, "aucun" if maintien else "inconnu")
        case "gain_mensuel_requis" if not indicateur.gain_mensuel_requis:
            yield _gain_sans_calcul(indicateur, contrat)
        case _:
            pass


def _gain_realise(indicateur: EvaluationIndicateur) -> Etape:
    gain = indicateur.gain_mensuel_realise
    if gain is None:
        return Etape("Gain mensuel réalisé", "sans valeur après le début du contrat", "inconnu")
    calcul = "de la référence à la valeur, par mois de 30,4375 jours écoulés hors suspension"
    return Etape("Gain mensuel réalisé", calcul, f"{nombre(gain, 2, signe=True)} par mois")


def _gain_sans_calcul(indicateur: EvaluationIndicateur, contrat: EvaluationContrat) -> Etape:
    if indicateur.gain_mensuel_requis is not None:
        return Etape("Gain mensuel requis", "l'objectif est atteint", "0")
    if indicateur.valeur is None or indicateur.objectif is None:
        return Etape("Gain mensuel requis", "sans objectif ou sans valeur", "inconnu")
    return Etape("Gain mensuel requis", f"l'évaluation du {jour_court(contrat.evaluation_le)} est passée", "aucun")


def _de_la_projection(indicateur: EvaluationIndicateur, nom: str) -> Explication:
    titre, sources = f"{nom} : projection à l'évaluation", indicateur.explication.sources
    projection = indicateur.projection
    if projection is None:
        manque = Etape("Projection", "il faut au moins quatre relevés depuis le début du contrat", "aucune")
        return Explication(titre, (manque,), sources)
    quoi = "de la CPAM ou d'amelipro" if projection.authentifiee else "de toutes sources, hors estimations"
    pente, bas, haut = (
        nombre(pente * float(JOURS_PAR_MOIS), 1, signe=True)
        for pente in (projection.pente, projection.pente_bas, projection.pente_haut)
    )
    le = jour_court(projection.date)
    return Explication(
        titre,
        (
            Etape("Relevés", f"{quoi}, depuis le {jour_court(projection.debut)}", compte(projection.releves, "relevé")),
            Etape(
                "Pente",
                "médiane des pentes entre tous les relevés pris deux à deux (Theil–Sen)",
                f"{pente} par mois",
            ),
            Etape("Intervalle de la pente", "à 90 %, par la variance de Kendall", f"de {bas} à {haut} par mois"),
            Etape("Projection", f"droite portée au {le}", nombre(projection.valeur, 2)),
            Etape(
                "Intervalle",
                f"les deux pentes extrêmes portées au {le}",
                f"de {nombre(projection.bas, 2)} à {nombre(projection.haut, 2)}",
            ),
        ),
        sources,
    )


def _de_l_annee(annee: AnneeAide) -> Iterator[tuple[str, Explication]]:
    racine, explication = f"aide.{annee.annee}", annee.explication
    rang = Etape("Année de contrat", periode(annee.du, annee.au), nombre(annee.annee))
    yield racine, Explication(explication.titre, (rang,), explication.sources)
    calcul = explication.etapes
    a_cote = tuple(etape for etape in calcul if etape.libelle in _A_COTE)
    calcul = (*a_cote, *(etape for etape in calcul if etape.libelle not in _A_COTE))
    maximum = tuple(etape for etape in calcul if etape.libelle not in (_HYPOTHESE, _NOTIFIE))
    quoi = "maximum" if annee.plafonnee else "montant"
    yield f"{racine}.montant_max", Explication(f"{explication.titre} : {quoi}", maximum, explication.sources)
    if annee.hypothese_lineaire is not None:
        titre = f"{explication.titre} : hypothèse linéaire, non vérifiée"
        etapes = tuple(etape for etape in calcul if etape.libelle != _NOTIFIE)
        yield f"{racine}.hypothese_lineaire", Explication(titre, etapes, explication.sources)
    if annee.montant_notifie is not None:
        titre = f"{explication.titre} : montant notifié"
        etapes = tuple(etape for etape in calcul if etape.libelle == _NOTIFIE)
        yield f"{racine}.montant_notifie", Explication(titre, etapes, explication.sources)


_HYPOTHESE = "Hypothèse linéaire, non vérifiée"
_NOTIFIE = "Montant notifié par la CPAM"
# What is to be known of a year before its amount, which comes last.
_A_COTE = ("Changement d'option en cours d'année", "Année sans aide")


def _de_l_effectif(contrat: EvaluationContrat) -> Chiffres:
    sources = contrat.file_active.explication.sources
    return {
        f"effectif.{segment.du.isoformat()}": Explication(
            f"Effectif {periode(segment.du, segment.au)}",
            (
                Etape("Affecté", "somme des affectations à ce contrat", etp(segment.etp_affecte)),
                Etape("Requis", "option du contrat ces jours-là", etp(segment.etp_requis)),
                Etape(
                    "ETP affecté",
                    "affecté comparé au requis ; les absences sont comptées dans la présence",
                    "suffisant" if segment.couvert else "insuffisant",
                ),
            ),
            sources,
        )
        for segment in contrat.effectif
    }


def _des_echeances(contrat: EvaluationContrat, baremes: Baremes) -> Chiffres:
    effet = max(contrat.contrat.signe_le, contrat.contrat.debut_le)
    version = baremes.echeances.version_ou_rien(contrat.contrat, effet)
    trouves: Chiffres = {}
    for echeance in contrat.echeances:
        chemin = f"echeances.{echeance.code}.{echeance.le.isoformat()}"
        etapes = (*_delais(echeance, version), *_etat(echeance, contrat))
        deja = trouves.get(chemin)
        if deja is not None:  # two assistants of one day
            etapes = (*deja.etapes, *etapes)
        inscrite = echeance.code == "evaluation" and not contrat.evaluation_par_defaut
        sources = () if inscrite else _uniques(deja, echeance.source)
        trouves[chemin] = Explication(_titre(echeance), etapes, sources)
    return trouves


def _titre(echeance: Echeance) -> str:
    return f"{echeance.libelle} : {jour_court(echeance.le)}"


def _uniques(deja: Explication | None, source: SourceLegale) -> tuple[SourceLegale, ...]:
    return tuple(dict.fromkeys((*(deja.sources if deja else ()), source)))


_DEPUIS = {
    "embauche": "l'embauche",
    "premiere_embauche": "la première embauche",
    "debut": "le début du contrat",
    "signature": "la signature",
    "fin": "la fin du contrat",
    "dernier_versement": "le dernier versement reçu",
}


def _delais(echeance: Echeance, version: VersionEcheances | None) -> Iterator[Etape]:
    for delai in () if version is None else version.delais:
        if delai.code == echeance.code:
            yield Etape("Délai", _delai(delai), jour_court(echeance.le))


def _delai(delai: Delai) -> str:
    mois = compte(abs(delai.mois), "mois", "mois")
    sens = "avant" if delai.mois < 0 else "après"
    return f"{'tous les ' if delai.repete else ''}{mois} {sens} {_DEPUIS[delai.depuis]}"


def _etat(echeance: Echeance, contrat: EvaluationContrat) -> Iterator[Etape]:
    if echeance.code == "evaluation":
        suspendus = compte(contrat.jours_suspendus, "jour suspendu", "jours suspendus")
        initiale = jour_court(contrat.evaluation_initiale_le)
        yield Etape("Évaluation", f"{initiale}, plus {suspendus}", jour_court(echeance.le))
    if echeance.code == "fin_contrat":
        yield _dernier_jour(contrat)
    fait = "" if echeance.fait_le is None else f", faite le {jour_court(echeance.fait_le)}"
    yield Etape("État", f"au {jour_court(contrat.au)}{fait}", LIBELLES_ETAT[echeance.etat])


def _dernier_jour(contrat: EvaluationContrat) -> Etape:
    fini = contrat.contrat.resilie_le
    duree = f"{compte(contrat.contrat.duree_ans, 'an')} à partir du {jour_court(contrat.contrat.debut_le)}"
    if fini is not None:
        duree += f", ou la veille de la résiliation du {jour_court(fini)}"
    return Etape("Dernier jour", duree, jour_court(contrat.fin_le))


def _de_l_eligibilite(eligibilite: Eligibilite) -> Explication:
    titres = {True: "éligible", False: "non éligible d'après les règles connues", None: "à vérifier"}
    effets = {True: "exclut", False: "n'exclut pas", None: "à vérifier"}
    motifs = tuple(Etape("Motif", motif.message, effets[motif.exclut]) for motif in eligibilite.motifs)
    conclusion = Etape("Éligibilité", "règles connues, à la signature", titres[eligibilite.eligible])
    sources = (source for motif in eligibilite.motifs for source in (motif.source, *motif.autres_sources))
    return Explication("Éligibilité", (*motifs, conclusion), tuple(dict.fromkeys(sources)))
