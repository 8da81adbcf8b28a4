"""What a practice and its extract are held to: all that the rules give, but what is left out on purpose."""

from dataclasses import replace
from datetime import date
from typing import Any

from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier, lire_dossier
from assistmed_desktop.rules.analyse import Analyse, analyser
from assistmed_desktop.rules.bareme import Baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.mouvements import Mouvements, Pont
from assistmed_desktop.rules.resultats import EvaluationContrat
from assistmed_desktop.services.extrait import analyser_l_extrait, evaluer_l_extrait, extraire

DE_TOUT_LE_CABINET = ("part_generalistes", "part_secretaires", "part_hors_sante")


def verifier(dossier: Dossier, contrat: str, au: date, baremes: Baremes) -> Dossier:
    """Take an extract, and hold it to the practice, to itself, and to what a dossier must be."""
    extrait = extraire(dossier, contrat, au)
    assert lire_dossier(ecrire_dossier(extrait)) == extrait
    assert extraire(extrait, contrat, au) == extrait
    assert extrait.contrats[0].id == contrat
    connu = sans_les_faites_d_autrui(dossier, contrat)
    (de_l_extrait,) = evaluer_l_extrait(extrait, contrat, au, baremes).contrats
    du_cabinet = next(c for c in evaluate(connu, au, baremes).contrats if c.id == contrat)
    assert comparable(de_l_extrait) == comparable(du_cabinet)
    leur, notre = analyser_l_extrait(extrait, de_l_extrait, baremes), analyser(connu, du_cabinet, baremes)
    comparer_les_analyses(leur, notre)
    return extrait


def sans_les_faites_d_autrui(dossier: Dossier, contrat: str) -> Dossier:
    """Leave out the deadlines ticked off for an assistant who never served the contract."""
    siens = {a.id for a in dossier.assistants if any(f.contrat == contrat for f in a.affectations)}
    faites = tuple(e for e in dossier.echeances_faites if e.assistant in (None, *siens))
    return dossier.model_copy(update={"echeances_faites": faites})


def comparable(evalue: EvaluationContrat) -> EvaluationContrat:
    """Leave out the reasons and addresses that the contract itself holds, and the warning of readings to come."""
    avenants = tuple(
        a.model_copy(update={"motif": "", **({"adresse": ""} if a.type == "adresse" else {})})
        for a in evalue.contrat.avenants
    )
    return replace(
        evalue,
        contrat=evalue.contrat.model_copy(update={"avenants": avenants}),
        avertissements=tuple(a for a in evalue.avertissements if a.code != "releve_futur"),
    )


def comparer_les_analyses(leur: Analyse, notre: Analyse) -> None:
    """Hold the analyses to each other, part by part, so that a gap says where it is."""
    for partie in ("file_active", "rythme", "presence", "taches"):
        assert getattr(leur, partie) == getattr(notre, partie), partie
    assert leur.argent == replace(notre.argent, cout=None)
    assert _sans_ids(leur.groupe) == _sans_ids(notre.groupe)
    assert _de_fin(leur.fin) == _de_fin(notre.fin)
    assert _de_renouvellement(leur.renouvellement) == _de_renouvellement(notre.renouvellement)
    assert _de_sources(leur.sources) == _de_sources(notre.sources)
    assert _du_contrat_seul(leur) == _du_contrat_seul(notre)
    for ligne in leur.comparaison.lignes:
        assert ligne.repere.mesure not in DE_TOUT_LE_CABINET or ligne.du_cabinet is None
    assert ponts(leur.mouvements) == ponts(notre.mouvements)


def _sans_ids(groupe: Any) -> Any:  # noqa: ANN401 - a group, or None
    if groupe is None:
        return None
    anterieurs = tuple(replace(a, contrat="") for a in groupe.anterieurs)
    explications = tuple(
        ("contrats_anterieurs" if chemin.startswith("contrats_anterieurs.") else chemin, explication)
        for chemin, explication in groupe.explications
    )
    return replace(groupe, anterieurs=anterieurs, explications=explications)


def _sans_id(suivant: Any) -> Any:  # noqa: ANN401 - a contract that follows, or None
    return None if suivant is None else replace(suivant, contrat="")


def _de_fin(fin: Any) -> Any:  # noqa: ANN401 - the end of a contract, or of a renewal
    return replace(fin, suivant=_sans_id(fin.suivant))


def _de_renouvellement(resultat: Any) -> Any:  # noqa: ANN401 - as above
    proposition = resultat.proposition
    sans_note = None if proposition is None else proposition.model_copy(update={"note": ""})
    return replace(_de_fin(resultat), proposition=sans_note)


def _de_sources(sources: Any) -> Any:  # noqa: ANN401 - as above
    """Leave out how many readings lie outside the contract."""
    siens = tuple(replace(i, avant_le_debut=0, apres_le_jour=0) for i in sources.indicateurs)
    return replace(sources, indicateurs=siens)


def _du_contrat_seul(analyse: Analyse) -> Any:  # noqa: ANN401 - lines to compare
    return [ligne for ligne in analyse.comparaison.lignes if ligne.repere.mesure not in DE_TOUT_LE_CABINET]


def ponts(analyse: Mouvements) -> Any:  # noqa: ANN401 - what to compare
    """Give what summing movements must leave as it was: the bridges, the days not covered, the warnings."""
    return (
        analyse.au,
        [(m.medecin, m.qui, m.du, m.au, m.non_couvertes, _pont(m.pont)) for m in analyse.medecins],
        _pont(analyse.ensemble),
        [(a.code, None if a.code == "mouvements_ecart" else a.message) for a in analyse.avertissements],
        [(ligne.du, ligne.au, ligne.motif) for m in analyse.medecins for ligne in m.lignes if ligne.a_cheval],
    )


def _pont(pont: Pont | None) -> Pont | None:
    """Count the deaths with the other exits."""
    return None if pont is None else replace(pont, deces=0, autres_sorties=pont.autres_sorties + pont.deces)
