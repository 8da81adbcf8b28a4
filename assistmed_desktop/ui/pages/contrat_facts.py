"""What the page of a contract says of it: pure functions from its terms and results to facts in French."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistmed_desktop.domain.contrat import ContratCollectif
from assistmed_desktop.domain.libelles import DEROGATIONS, INDICATEURS, SOURCES, STRUCTURES, TEXTES
from assistmed_desktop.formats import (
    INSECABLE,
    compte,
    etp,
    euros,
    heures_de_l_etp,
    jour_court,
    jour_long,
    nombre,
    periode,
    pourcent,
)
from assistmed_desktop.rules.resultats import LIBELLES_STATUT, NON_PUBLIE
from assistmed_desktop.ui.fiches.contrat import nom_tranche
from assistmed_desktop.ui.names import medecins_du_contrat
from assistmed_desktop.ui.typography import soigner
from assistmed_desktop.ui.widgets.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.rules.fin import FinDeContrat
    from assistmed_desktop.rules.groupe import Groupe
    from assistmed_desktop.rules.renouvellement import Renouvellement
    from assistmed_desktop.rules.resultats import (
        AnneeAide,
        EvaluationContrat,
        EvaluationIndicateur,
        Explication,
        SourceLegale,
    )

A_REPORTER: Final = NON_PUBLIE.partition(" – ")[2]
BAREME: Final = "bareme"
"""Ends the path of the target of the published table."""
_VERDICTS: Final = {
    True: "oui, d’après les règles connues",
    False: "non, d’après les règles connues",
    None: "à vérifier",
}
_EFFETS: Final = {True: "Exclut", False: "N’exclut pas", None: "À vérifier"}
_ROLES: Final = {True: "sous_la_reference", False: "", None: "attention"}
# What other pages tell: readings, assistants, tasks.
_AILLEURS: Final = frozenset(
    {
        "absence_longue",
        "couverture_insuffisante",
        "ecart_sources",
        "embauche_avant_contrat",
        "missions_absentes",
        "releve_absent",
        "releve_ancien",
        "releve_futur",
        "secretariat_seul",
        "source_logiciel",
    }
)


def termes(dossier: Dossier, evalue: EvaluationContrat) -> list[Fact]:
    """Say what the contract is: its text, option, dates, band."""
    return list(_termes(dossier, evalue))


def _termes(dossier: Dossier, evalue: EvaluationContrat) -> Iterator[Fact]:
    contrat = evalue.contrat
    collectif = isinstance(contrat, ContratCollectif)
    option = contrat.option_au(evalue.au)
    changee = "" if option == contrat.option_etp else f"{etp(contrat.option_etp)} à la signature"
    yield Fact("Texte", _majuscule(TEXTES[contrat.texte]))
    yield Fact("Médecins" if collectif else "Médecin", medecins_du_contrat(dossier, contrat))
    heures = "" if collectif else f"{heures_de_l_etp(option)} par semaine"
    yield Fact("ETP financés" if collectif else "Option", etp(option), changee or heures)
    yield Fact("Signé le", jour_long(contrat.signe_le))
    yield Fact("Premier jour", jour_long(contrat.debut_le))
    duree = f"{compte(contrat.duree_ans, 'an')} à partir du premier jour"
    resilie = "" if contrat.resilie_le is None else f"résilié à compter du {jour_court(contrat.resilie_le)}"
    yield Fact("Dernier jour", jour_long(evalue.fin_le), resilie or duree, "fin_le")
    yield Fact("Évaluation", jour_long(evalue.evaluation_le), _evaluation(evalue), "evaluation_le")
    suspendus = compte(evalue.jours_suspendus, "jour") if evalue.jours_suspendus else "aucun"
    yield Fact("Jours suspendus", suspendus, "", "jours_suspendus")
    yield (
        Fact("Tranche", f"non connue – {A_REPORTER}")
        if contrat.tranche is None
        else Fact("Tranche", nom_tranche(contrat.tranche))
    )
    if isinstance(contrat, ContratCollectif):
        structure = "non renseignée" if contrat.structure is None else STRUCTURES[contrat.structure]
        yield Fact("Structure", structure)
        gains = contrat.gains_anterieurs
        dits = "non renseignés"
        if gains is not None:
            dits = f"patientèle {nombre(gains.patientele_mt)}, file active {nombre(gains.file_active)}"
        yield Fact("Gains antérieurs", dits, "sous des contrats individuels, avant le groupe")
    elif contrat.derogation is not None:
        yield Fact("Dérogation", soigner(DEROGATIONS[contrat.derogation]))
    yield Fact("Situation", LIBELLES_STATUT[evalue.statut_tenu], "", "statut")


def _evaluation(evalue: EvaluationContrat) -> str:
    origine = "date par défaut, à vérifier sur votre contrat" if evalue.evaluation_par_defaut else ""
    if evalue.evaluation_le == evalue.evaluation_initiale_le:
        return origine
    de = f"prévue le {jour_court(evalue.evaluation_initiale_le)}, déplacée par les suspensions"
    return f"{de}{INSECABLE}; {origine}" if origine else de


def indicateur_facts(
    evalue: EvaluationContrat, indicateur: EvaluationIndicateur, publie: Explication | None
) -> list[Fact]:
    """Say what a contract asks of an indicator, beside what the table publishes, and where it stands."""
    return list(_indicateur(evalue, indicateur, publie))


def _indicateur(evalue: EvaluationContrat, i: EvaluationIndicateur, publie: Explication | None) -> Iterator[Fact]:
    cle, inconnu = i.indicateur, "inconnu"
    reference = evalue.contrat.reference
    du_contrat = getattr(reference, cle)
    arretee = f"arrêtée au {jour_court(reference.date)}"
    if du_contrat != i.reference:
        arretee += f"{INSECABLE}; {nombre(du_contrat)} au contrat, avant les entrées et les sorties du groupe"
    yield Fact("Référence", compte(i.reference, "patient"), arretee, f"{cle}.reference")
    objectif = f"non connu – {A_REPORTER}" if i.objectif is None else compte(i.objectif, "patient")
    maintien = "se maintenir à la référence" if i.objectif == i.reference else ""
    yield Fact("Objectif", objectif, maintien, f"{cle}.objectif")
    if publie is not None:
        yield Fact("Barème publié", publie.etapes[-1].resultat, "pour information", f"{cle}.{BAREME}")
    if i.valeur is None or i.date is None or i.source is None:
        yield Fact("Aujourd’hui", "aucun relevé depuis le début du contrat", "", f"{cle}.valeur")
    else:
        releve = f"{SOURCES[i.source]}, {jour_court(i.date)}"
        yield Fact("Aujourd’hui", compte(i.valeur, "patient"), releve, f"{cle}.valeur")
    attendu = inconnu if i.attendu is None else nombre(i.attendu, 1)
    yield Fact("Attendu à cette date", attendu, "", f"{cle}.attendu")
    yield Fact("Écart", inconnu if i.ecart is None else nombre(i.ecart, 1, signe=True), "", f"{cle}.ecart")
    taux = inconnu if i.taux_atteinte is None else pourcent(i.taux_atteinte, 1)
    yield Fact("Part du gain prévu", taux, "", f"{cle}.taux_atteinte")
    for nom, gain, figure in (
        ("Gain requis", i.gain_mensuel_requis, "gain_mensuel_requis"),
        ("Gain réalisé", i.gain_mensuel_realise, "gain_mensuel_realise"),
    ):
        dit = inconnu if gain is None else f"{nombre(gain, 1, signe=True)} par mois"
        yield Fact(nom, dit, "", f"{cle}.{figure}")
    if i.projection is not None:
        p = i.projection
        entre = f"entre {nombre(p.bas)} et {nombre(p.haut)}, au {jour_court(p.date)}"
        yield Fact("Tendance à l’évaluation", nombre(p.valeur), entre, f"{cle}.projection")
    if not i.requis:
        yield Fact("Compte pour le contrat", "non, pour information", "", f"{cle}.requis")


def eligibilite_facts(evalue: EvaluationContrat) -> list[Fact]:
    """Say whether the known rules let the contract be signed, and every reason."""
    jugee = evalue.eligibilite
    facts = [Fact("Éligible", _VERDICTS[jugee.eligible], "à la signature", "eligibilite")]
    for motif in jugee.motifs:
        sources = f"{INSECABLE}; ".join(map(_source, (motif.source, *motif.autres_sources)))
        facts.append(Fact(_EFFETS[motif.exclut], soigner(motif.message), sources, "", _ROLES[motif.exclut]))
    if not jugee.motifs:
        regle = "aucune règle connue ne l’exclut" if jugee.eligible else "aucune règle connue ne vaut pour ce texte"
        facts.append(Fact("Motif", f"{regle}{'' if jugee.eligible else ' à cette date de signature'}"))
    return facts


def _source(source: SourceLegale) -> str:
    return soigner(f"{source.texte}, {source.article}{' – à vérifier' if source.a_verifier else ''}")


def aide_facts(evalue: EvaluationContrat) -> list[Fact]:
    """Say what each year of the contract brings."""
    return [_annee(annee) for annee in evalue.aide]


def _annee(annee: AnneeAide) -> Fact:
    nom, dates = f"Année{INSECABLE}{annee.annee}", periode(annee.du, annee.au)
    racine = f"aide.{annee.annee}"
    if annee.apres_la_fin:
        return Fact(nom, "aucune", f"{dates}{INSECABLE}; contrat fini", racine)
    if annee.montant_notifie is not None and annee.notifie_le is not None:
        notifie = f"{dates}{INSECABLE}; notifié par la CPAM le {jour_court(annee.notifie_le)}"
        return Fact(nom, euros(annee.montant_notifie), notifie, f"{racine}.montant_notifie")
    if annee.montant is None:
        return Fact(nom, NON_PUBLIE, dates, f"{racine}.montant_max")
    return Fact(nom, euros(annee.montant) + (" au plus" if annee.au_plus else ""), dates, f"{racine}.montant_max")


def fin_facts(fin: FinDeContrat) -> list[Fact]:
    """Say how the contract ends, and what follows."""
    return list(_fin(fin))


def _fin(fin: FinDeContrat) -> Iterator[Fact]:
    cause = f"résiliation{f' – {fin.cause_libelle}' if fin.cause_libelle else ', cause non saisie'}"
    yield Fact("Dernier jour", jour_long(fin.fin_le), cause if fin.anticipee else "à son terme", "analyse.fin.fin_le")
    reste = "contrat terminé" if fin.terminee else compte(fin.jours_restants, "jour")
    yield Fact("Reste", reste, "", "analyse.fin.jours_restants")
    if fin.preavis is not None and not fin.terminee:
        yield Fact("Préavis", _sans_prefixe(fin.preavis.phrase, "Préavis"), "", "analyse.fin.preavis")
    for suite in fin.suites:
        yield Fact("Ensuite", soigner(suite.phrase), "", f"analyse.fin.suites.{suite.code}")
    if fin.suivant is not None:
        suivant = f"{_majuscule(TEXTES[fin.suivant.texte])}, à partir du {jour_long(fin.suivant.debut_le)}"
        yield Fact("Dans ce dossier", suivant, "", "analyse.fin.suivant")
    if fin.conservation is not None:
        jusqu_au = f"jusqu’au {jour_long(fin.conservation.jusqu_au)}"
        yield Fact("Pièces à conserver", jusqu_au, "", "analyse.fin.conservation")


def _sans_prefixe(phrase: str, prefixe: str) -> str:
    """Drop the words that name a sentence, which stand before it."""
    return soigner(_majuscule(phrase.removeprefix(prefixe).lstrip(" ,:")))


def suite_facts(suite: Renouvellement) -> list[Fact]:
    """Say what may follow the contract: its first day, its text, its option, its targets, its aid."""
    racine = "analyse.renouvellement"
    texte = "non connu" if suite.texte is None else _majuscule(TEXTES[suite.texte])
    facts = [
        Fact("Premier jour possible", jour_long(suite.debut_le), "", f"{racine}.debut_le"),
        Fact("Texte", texte, "celui qui est ouvert ce jour-là, d’après les textes connus", f"{racine}.texte"),
        Fact("Option", soigner(suite.option.phrase), "", f"{racine}.option"),
    ]
    facts += [
        Fact(
            INDICATEURS[i.indicateur],
            _sans_prefixe(i.phrase, INDICATEURS[i.indicateur]),
            "",
            f"{racine}.indicateurs.{i.indicateur}",
        )
        for i in suite.indicateurs
        if i.requis
    ]
    totale = suite.aide_totale
    if totale is not None:
        facts.append(Fact("Aide", f"{euros(totale)} au plus", "sur toute sa durée", f"{racine}.aide_totale"))
    demandes = [_sans_prefixe(demande, "Demandez à la caisse") for demande in suite.a_demander]
    return [*facts, Fact("À demander", "\n".join(demandes))] if demandes else facts


def groupe_facts(groupe: Groupe) -> list[Fact]:
    """Say what the text asks of the group, and where it stands."""
    return list(_groupe(groupe))


def _groupe(groupe: Groupe) -> Iterator[Fact]:
    from assistmed_desktop.reports.texte_groupe import phrases_du_groupe

    racine = "analyse.groupe"
    noms = [
        ("Structure", "structure", "Structure du groupe"),
        *((f"Dr{INSECABLE}{a.nom}", f"adherents.{a.medecin}", f"Dr {a.nom}") for a in groupe.adherents),
        *(
            ("Moyenne à la signature", "moyennes.signature", "À la signature")
            if moyenne.quand == "signature"
            else ("Moyenne ce jour", "moyennes.jour", "Ce jour")
            for moyenne in groupe.moyennes
        ),
        ("ETP", "etp", ""),
        *(("Nouvel installé", f"nouveaux_installes.{n.medecin}", "") for n in groupe.nouveaux),
        *(("Contrat antérieur", f"contrats_anterieurs.{a.contrat}", "") for a in groupe.anterieurs),
    ]
    for (nom, chemin, prefixe), (phrase, _grade) in zip(noms, phrases_du_groupe(groupe), strict=True):
        yield Fact(nom, _sans_prefixe(phrase, prefixe), "", f"{racine}.{chemin}")
    sous = "oui" if groupe.sous_la_reference else "non"
    yield Fact("Sous la référence", sous, "", f"{racine}.sous_la_reference")
    if groupe.attente is not None:
        attente = f"au plus tôt le {jour_long(groupe.attente.nouveau_le)}"
        yield Fact("Nouveau contrat", attente, "à vérifier", f"{racine}.attente")


def a_savoir(evalue: EvaluationContrat, analyse: Analyse | None) -> list[Fact]:
    """List what is to be known of the contract: what differs from the barème among them, never as a fault."""
    avertis = [a for a in evalue.avertissements if a.code not in _AILLEURS]
    if analyse is not None:
        parties = (analyse.groupe, analyse.fin, analyse.renouvellement)
        avertis += [a for partie in parties if partie is not None for a in partie.avertissements]
    uniques = {a.message: a for a in avertis}.values()
    return [
        Fact("À vérifier" if a.niveau == "attention" else "Information", soigner(a.message), "", "",
             "attention" if a.niveau == "attention" else "")
        for a in sorted(uniques, key=lambda a: a.niveau != "attention")
    ]  # fmt: skip


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]
