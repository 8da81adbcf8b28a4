"""The payments one by one, and the difference in words.

The contract is that of ``test_argent``: 18 000 and 13 500 euros for its first two years, from 1 January 2023.
"""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.contrat import Avenant
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Versement
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.argent import argent
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.versements import LigneVersement, Manque, Solde, lignes_des_versements, manques, solder
from tests.rules.outils import contrat, j, pratique, resiliation
from tests.rules.outils_suivi import versement
from tests.strategies import dossiers

AU = "2024-06-01"
PREMIER = versement(1, echeance="2023-02-01", du=18_000, recu=("2023-02-01", 18_000))
SECOND = versement(2, echeance="2024-03-01", du=9_450, recu=("2024-03-11", 9_450))


def compter(
    *versements: Versement, au: str = AU, avenants: tuple[Avenant, ...] = ()
) -> tuple[Solde, tuple[LigneVersement, ...], tuple[Manque, ...]]:
    dossier = pratique(contrat(*avenants), versements=versements)
    evalue = evaluate(dossier, j(au), charger_baremes()).contrats[0]
    compte = argent(dossier, evalue, charger_baremes())
    lignes = lignes_des_versements(dossier.versements, j(au))
    return solder(compte, lignes), lignes, manques(compte, lignes)


def nu(texte: str) -> str:
    return texte.replace(INSECABLE, " ")


def test_all_that_was_due_has_come() -> None:
    solde, lignes, _ = compter(PREMIER, SECOND)
    assert (solde.du, solde.recu, solde.ecart, solde.sens) == (2_745_000, 2_745_000, 0, "solde")
    assert nu(solde.titre) == "Tout ce qui est noté comme dû au 01/06/2024 est reçu"
    assert solde.phrases == ("Compté d'après les versements saisis, années 1 et 2.",)
    assert [ligne.retard for ligne in lignes] == [0, 10]


def test_what_is_missing_is_said_with_how_long() -> None:
    attendu = versement(2, echeance="2024-05-01", du=4_050)
    solde, lignes, trouves = compter(PREMIER, attendu, SECOND)
    assert (solde.ecart, solde.sens) == (-405_000, "manque")
    assert nu(solde.titre) == "Il manque 4 050 € sur ce qui est noté comme dû au 01/06/2024"
    assert nu(solde.phrases[-1]) == "Un versement attendu n'est pas noté comme reçu, 31 jours après l'échéance."
    assert [(ligne.annee, ligne.ecart, ligne.retard) for ligne in lignes] == [(1, 0, 0), (2, 0, 10), (2, -405_000, 31)]
    assert trouves[0].quoi == "attendu, non reçu"
    assert nu(trouves[-1].phrase) == "Année 2 : 9 450 € reçus le 11/03/2024, 10 jours après l'échéance du 01/03/2024."


def test_of_several_late_the_oldest_is_told() -> None:
    attendus = (versement(2, echeance="2024-05-01", du=4_050), versement(2, echeance="2024-05-31", du=1))
    solde, _, _ = compter(PREMIER, *attendus)
    assert nu(solde.phrases[-1]) == (
        "2 versements attendus ne sont pas notés comme reçus, le plus ancien 31 jours après l'échéance."
    )


def test_more_than_due_is_said_as_such() -> None:
    solde, _, trouves = compter(versement(1, echeance="2023-02-01", du=18_000, recu=("2023-01-20", 19_000)), SECOND)
    assert (solde.ecart, solde.sens) == (100_000, "trop")
    assert nu(solde.titre) == "1 000 € reçus de plus que ce qui est noté comme dû au 01/06/2024"
    assert any(manque.quoi == "à vérifier" and "de plus que" in manque.phrase for manque in trouves)
    assert not any(manque.quoi == "reçu en retard" and manque.annee == 1 for manque in trouves), "it came early"


def test_a_payment_that_came_short_says_how_much_is_missing() -> None:
    solde, _, trouves = compter(PREMIER, versement(2, echeance="2024-03-01", du=9_450, recu=("2024-02-29", 9_000)))
    assert solde.ecart == -45_000
    (partiel,) = (manque for manque in trouves if manque.quoi == "reçu en partie")
    assert nu(partiel.phrase) == "Année 2 : 9 000 € reçus le 29/02/2024 pour 9 450 € dus, il manque 450 €."


def test_nothing_entered_is_not_nothing_due() -> None:
    solde, lignes, trouves = compter()
    assert (solde.du, solde.recu, solde.ecart, solde.sens, lignes) == (None, None, None, "inconnu", ())
    assert nu(solde.titre) == "L'écart au 01/06/2024 n'est pas connu"
    assert solde.phrases == (
        "Hors de ce compte : l'année 1 (aucun versement saisi) et l'année 2 (aucun versement saisi).",
    )
    assert {manque.annee for manque in trouves} == {1, 2}, "years to come are not missing"


def test_a_year_with_an_amount_unknown_is_left_out_and_named() -> None:
    solde, lignes, _ = compter(PREMIER, versement(2, echeance="2024-03-01", recu=("2024-03-01", 9_450)))
    assert (solde.ecart, solde.comptees) == (0, (1,))
    assert solde.hors == ((2, "un montant dû n'est pas saisi"),)
    assert lignes[1].ecart is None


def test_what_is_to_come_is_neither_due_nor_late() -> None:
    a_venir = versement(2, echeance="2024-09-01", du=4_050, recu=("2024-09-02", 4_050))
    solde, lignes, _ = compter(PREMIER, SECOND, a_venir, versement(3, recu=("2025-02-01", 1)))
    assert solde.ecart == 0
    assert [(ligne.recu_le, ligne.exigible, ligne.retard, ligne.ecart) for ligne in lignes[2:]] == [
        (None, False, None, None)
    ], "what was received later is not known yet"


def test_a_payment_due_on_the_day_is_not_late_yet() -> None:
    solde, (_, ligne), _ = compter(PREMIER, versement(2, echeance=AU, du=4_050))
    assert (ligne.exigible, ligne.retard, ligne.ecart, solde.en_retard) == (True, None, -405_000, ())


def test_a_payment_received_without_its_day_due_or_amounts_is_no_lateness() -> None:
    _, (ligne,), trouves = compter(versement(1, du=18_000, recu=("2023-02-01", 18_000)))
    assert (ligne.retard, ligne.ecart) == (None, 0)
    assert not any(manque.annee == 1 for manque in trouves)


def test_a_contract_that_ends_within_a_year_leaves_its_due_open() -> None:
    _, _, trouves = compter(PREMIER, SECOND, avenants=(resiliation("2024-05-01"),))
    assert any("le contrat finit en cours d'année" in manque.phrase for manque in trouves)


@pytest.mark.parametrize(
    ("recu", "attendu"),
    [(None, "Année 1 : montant inconnu, reçu le 03/02/2023, 2 jours"), (5, "Année 1 : 5 € reçus le 03/02/2023, 2")],
)
def test_a_late_payment_of_unknown_amount_is_told_too(recu: int | None, attendu: str) -> None:
    recu_le = None if recu is None else recu * 100
    ligne = LigneVersement(1, j("2023-02-01"), None, j("2023-02-03"), recu_le, "", exigible=True, retard=2)
    dossier = pratique(contrat())
    evalue = evaluate(dossier, j("2023-06-01"), charger_baremes()).contrats[0]
    (*_, tardif) = manques(argent(dossier, evalue, charger_baremes()), (ligne,))
    assert nu(tardif.phrase).startswith(attendu)
    assert ligne.ecart is None


def test_a_payment_received_for_an_amount_not_told_has_no_difference() -> None:
    ligne = LigneVersement(1, j("2023-02-01"), 100, j("2023-02-03"), None, "", exigible=True, retard=2)
    assert ligne.ecart is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dossiers(), st.dates(date(1990, 1, 1), date(2062, 1, 1)))
def test_the_totals_are_those_of_the_money(dossier: Dossier, au: date) -> None:
    for evalue in evaluate(dossier, au, charger_baremes()).contrats:
        compte = argent(dossier, evalue, charger_baremes())
        lignes = lignes_des_versements([v for v in dossier.versements if v.contrat == evalue.id], au)
        solde = solder(compte, lignes)
        assert (solde.du, solde.recu) == (compte.du_le_jour, compte.recu)
        connus = [annee.ecart_du for annee in compte.annees if annee.ecart_du is not None]
        assert solde.ecart == (sum(connus) if connus else None)
        comptes = [ligne.ecart for ligne in lignes if ligne.annee in solde.comptees]
        assert solde.ecart is None or solde.ecart == sum(e for e in comptes if e is not None)
        assert not set(solde.comptees) & {annee for annee, _ in solde.hors}
        assert all(ligne.retard is None or ligne.retard >= 0 for ligne in lignes)
        assert all(manque.phrase for manque in manques(compte, lignes))
