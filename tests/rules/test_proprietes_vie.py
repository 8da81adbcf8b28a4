"""What holds of the end of a contract, of what follows and of its life, for every valid dossier and every day."""

import json
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.exchange.analyse_json.fin import fin_json
from assistmed_desktop.exchange.analyse_json.renouvellement import renouvellement_json
from assistmed_desktop.rules.avertissements import Regles, de_la_vie, des_annees_suspendues, sous_la_reference
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.echeances import versements_attendus, vie_du_contrat
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.fin import fin
from assistmed_desktop.rules.renouvellement import renouvellement
from tests.strategies import dossiers

JOURS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
lent = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def chemins(valeur: Any, chemin: str = "") -> Iterator[str]:  # noqa: ANN401 - any JSON value
    """Give the path of every number, an item of a list being named by its year or its code."""
    if isinstance(valeur, dict):
        for cle, suite in valeur.items():
            yield from chemins(suite, f"{chemin}.{cle}")
    elif isinstance(valeur, list):
        for element in valeur:
            if isinstance(element, dict):
                yield from chemins(element, f"{chemin}.{element.get('annee', element.get('code'))}")
    elif isinstance(valeur, int | float) and not isinstance(valeur, bool):
        yield chemin[1:]


def explique(chemin: str, cles: set[str]) -> bool:
    parties = chemin.split(".")
    return any(".".join(parties[:rang]) in cles for rang in range(1, len(parties) + 1))


@lent
@given(dossiers(), JOURS)
def test_the_end_and_what_follows_are_total_and_every_number_is_explained(dossier: Dossier, au: date) -> None:
    baremes = charger_baremes()
    for juge in evaluate(dossier, au, baremes).contrats:
        finit, suit = fin(dossier, juge, baremes), renouvellement(dossier, juge, baremes)
        for ecrit, chiffres in (
            (fin_json(finit), finit.chiffres),
            (renouvellement_json(suit), suit.chiffres),
        ):
            json.dumps(ecrit, allow_nan=False)
            assert all(explication.titre and explication.etapes for explication in chiffres.values())
            assert [chemin for chemin in chemins(ecrit) if not explique(chemin, set(chiffres))] == []
        assert finit.fin_le <= finit.terme
        assert suit.debut_le > suit.fin_le
        for comparaison in suit.indicateurs:
            if comparaison.gains is not None:
                assert 0 <= comparaison.gains.perdus <= max(0, comparaison.gains.acquis)


@lent
@given(dossiers(), JOURS)
def test_the_warnings_of_a_life_and_the_payments_expected_are_total(dossier: Dossier, au: date) -> None:
    baremes = charger_baremes()
    for juge in evaluate(dossier, au, baremes).contrats:
        signe = juge.contrat
        vie = vie_du_contrat(dossier, juge)
        textes = baremes.textes.version_du_texte(signe.texte)
        version = baremes.echeances.version_ou_rien(signe, signe.debut_le)
        regles = Regles(textes, version, baremes.eligibilite.version_ou_rien(signe, signe.debut_le))
        siens = [medecin for medecin in dossier.medecins if medecin.id in signe.medecins]
        avertissements = [
            *de_la_vie(vie, siens, (), regles, au),
            *des_annees_suspendues(juge.aide, juge.suspensions),
            *sous_la_reference(signe, juge.indicateurs, textes),
        ]
        assert all(a.message.endswith(".") and a.message[0].isupper() for a in avertissements)
        parts: dict[int, list[Any]] = {}
        for attendu in versements_attendus(vie, version):
            parts.setdefault(attendu.annee, []).append(attendu.part)
        for connues in parts.values():
            assert connues == [None] or sum(connues) == 1


@lent
@given(dossiers(), JOURS, st.randoms(use_true_random=False))
def test_the_order_of_entry_of_facts_of_different_days_does_not_matter(
    dossier: Dossier, au: date, hasard: Random
) -> None:
    baremes = charger_baremes()

    def melange(faits: tuple[Any, ...], *cles: str) -> tuple[Any, ...]:
        # Of two facts of one day the one entered last counts: those alone keep their order.
        rangs = list(range(len(faits)))
        hasard.shuffle(rangs)
        uniques = {tuple(getattr(fait, cle) for cle in cles) for fait in faits}
        return tuple(faits[rang] for rang in rangs) if len(uniques) == len(faits) else faits

    autre = dossier.model_copy(
        update={
            "notifications": melange(dossier.notifications, "contrat", "annee_contrat", "notifie_le"),
            "propositions": melange(dossier.propositions, "contrat", "recue_le"),
            "echeances_faites": melange(dossier.echeances_faites, "contrat", "code", "le"),
        }
    )
    for un, deux in zip(evaluate(dossier, au, baremes).contrats, evaluate(autre, au, baremes).contrats, strict=True):
        assert un.aide == deux.aide
        assert un.echeances == deux.echeances
        assert fin(dossier, un, baremes) == fin(autre, deux, baremes)
        assert renouvellement(dossier, un, baremes) == renouvellement(autre, deux, baremes)
