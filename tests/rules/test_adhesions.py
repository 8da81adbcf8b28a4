"""A group that doctors enter and leave: whose readings count, from which reference to which target.

The group of ``outils`` goes from 2 000 to 2 520 patients who declared one of its doctors, from 4 000 to 4 220 seen,
between 1 March 2026 and 29 February 2028, 730 days later: 1 March 2027, its first anniversary, is half of the way.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from assistmed_desktop.domain.contrat import Adhesion, Avenant, ContratCollectif
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.adhesions import fin_du_contrat
from assistmed_desktop.rules.resultats import EvaluationContrat
from assistmed_desktop.rules.verdict import phrase
from tests.rules.outils import (
    averti,
    codes,
    collectif,
    contrat,
    j,
    jours,
    juger,
    medecin,
    nouvel_objectif,
    objectif,
    pratique,
    reference,
    releve,
    resiliation,
)

ANNIVERSAIRE = "2027-03-01"
TROIS = ("m1", "m2", "m3")


def adhesion(qui: str, du: str, au: str | None = None, apport: tuple[int, int] | None = None) -> Adhesion:
    fin = None if au is None else j(au)
    return Adhesion(medecin=qui, du=j(du), au=fin, reference=None if apport is None else reference(*apport))


def groupe(*adhesions: Adhesion, avenants: tuple[Avenant, ...] = (), **change: Any) -> ContratCollectif:  # noqa: ANN401 - any field
    return collectif(*avenants, medecins=TROIS, adhesions=adhesions, **change)


def evaluer(signe: ContratCollectif, *releves: Releve, au: str = ANNIVERSAIRE, **change: Any) -> EvaluationContrat:  # noqa: ANN401 - any field
    docteurs = [medecin(rang, nom=nom) for rang, nom in enumerate(("Lambert", "Duval", "Roche"), 1)]
    return juger(pratique(signe, medecins=change.get("medecins", docteurs), releves=releves), au)


def tous(jour: str, *comptes: int) -> list[Releve]:
    """Read m1, m2 and m3 in turn on one day, as many patients seen as twice the others."""
    return [releve(jour, compte, 2 * compte, medecin=f"m{rang}") for rang, compte in enumerate(comptes, 1)]


ENTREE = adhesion("m3", ANNIVERSAIRE, apport=(900, 1500))


def test_the_doctors_of_the_day_alone_are_summed() -> None:
    veille = evaluer(groupe(ENTREE), *tous("2027-02-20", 1100, 1050, 910), au="2027-02-28")
    jour = evaluer(groupe(ENTREE), *tous("2027-02-20", 1100, 1050, 910))

    assert (veille.adherents, veille.patientele_mt.valeur) == (("m1", "m2"), 1100 + 1050)
    assert (jour.adherents, jour.patientele_mt.valeur) == (TROIS, 1100 + 1050 + 910)
    assert veille.medecins == jour.medecins == TROIS


def test_the_value_has_the_oldest_date_of_the_doctors_of_the_day() -> None:
    lus = [*tous("2027-02-20", 1100, 1050), releve("2027-01-10", 910, 1820, medecin="m3")]

    assert evaluer(groupe(ENTREE), *lus, au="2027-02-28").patientele_mt.date == j("2027-02-20")
    assert evaluer(groupe(ENTREE), *lus).patientele_mt.date == j("2027-01-10")


def test_a_group_waits_for_the_readings_of_the_doctor_who_enters() -> None:
    lus = tous("2027-02-20", 1100, 1050)

    assert evaluer(groupe(ENTREE), *lus, au="2027-02-28").patientele_mt.valeur == 2150
    assert evaluer(groupe(ENTREE), *lus).patientele_mt.valeur is None


def test_who_enters_brings_a_reference_and_the_target_follows() -> None:
    juge = evaluer(groupe(ENTREE), *tous(ANNIVERSAIRE, 1150, 1110, 900))
    patientele, file_active = juge.indicateurs

    # 2 000 + 900 to 2 520 + 900; half of the way: 2 900 + 520 x 365 / 730 = 3 160 expected, 3 160 read.
    assert (patientele.reference, patientele.objectif, patientele.attendu) == (2900, 3420, Fraction(3160))
    assert (patientele.valeur, patientele.statut) == (3160, "en_bonne_voie")
    # 4 000 + 1 500 to 4 220 + 1 500.
    assert (file_active.reference, file_active.objectif) == (5500, 5720)
    assert "reference_du_groupe" not in codes(juge)


def test_the_eve_of_an_entry_nothing_has_moved() -> None:
    juge = evaluer(groupe(ENTREE), au="2027-02-28").patientele_mt

    assert (juge.reference, juge.objectif) == (2000, 2520)


def test_who_leaves_takes_the_reference_away() -> None:
    sortie = adhesion("m2", "2026-03-01", "2027-02-28", apport=(950, 1900))
    avant = evaluer(groupe(sortie, ENTREE), au="2027-02-28").patientele_mt
    apres = evaluer(groupe(sortie, ENTREE))

    assert (avant.reference, avant.objectif) == (2000, 2520)
    # m2 leaves, m3 enters: 2 000 - 950 + 900.
    assert apres.adherents == ("m1", "m3")
    assert (apres.patientele_mt.reference, apres.patientele_mt.objectif) == (1950, 2470)
    etapes = [(etape.libelle, etape.resultat) for etape in apres.patientele_mt.explication.etapes[:3]]
    assert etapes == [
        ("Sortie du groupe", "−950"),
        ("Entrée dans le groupe", "+900"),
        ("Référence", f"1{INSECABLE}950{INSECABLE}patients"),
    ]


def test_who_comes_back_brings_a_new_reference() -> None:
    signe = groupe(
        adhesion("m3", "2026-03-01", "2027-02-28", apport=(900, 1500)),
        adhesion("m3", "2028-03-01", apport=(950, 1600)),
    )

    assert evaluer(signe, au="2027-02-28").patientele_mt.reference == 2000
    assert evaluer(signe, au="2027-06-01").patientele_mt.reference == 1100
    assert evaluer(signe, au="2028-03-01").patientele_mt.reference == 2050
    assert evaluer(signe, au="2027-06-01").adherents == ("m1", "m2")


def test_a_target_signed_at_the_entry_or_after_it_is_not_moved() -> None:
    nouveau = objectif(3500, 5800, j("2028-02-29"))
    jour_meme = evaluer(groupe(ENTREE, avenants=(nouvel_objectif(ANNIVERSAIRE, nouveau),)))
    plus_tot = evaluer(groupe(ENTREE, avenants=(nouvel_objectif("2027-02-28", nouveau),)))

    assert (jour_meme.patientele_mt.reference, jour_meme.patientele_mt.objectif) == (2900, 3500)
    assert (plus_tot.patientele_mt.reference, plus_tot.patientele_mt.objectif) == (2900, 4400)


def test_of_two_new_targets_the_latest_says_for_which_doctors_it_was_signed() -> None:
    premier = nouvel_objectif("2026-09-01", objectif(2600, 4300, j("2028-02-29")))
    second = nouvel_objectif("2027-06-01", objectif(3500, 5800, j("2028-02-29")))
    signe = groupe(ENTREE, avenants=(second, premier))

    assert evaluer(signe, au="2027-05-31").patientele_mt.objectif == 2600 + 900
    assert evaluer(signe, au="2027-06-01").patientele_mt.objectif == 3500


def test_a_group_may_be_left_with_nothing_or_with_its_reference_to_keep() -> None:
    vide = evaluer(groupe(adhesion("m2", "2026-03-01", "2027-02-28", apport=(2000, 2000))))
    maintien = nouvel_objectif(ANNIVERSAIRE, objectif(2900, 5800, j("2028-02-29")))
    garde = evaluer(groupe(ENTREE, avenants=(maintien,)))

    assert (vide.patientele_mt.reference, vide.patientele_mt.objectif) == (0, 520)
    assert (garde.patientele_mt.reference, garde.patientele_mt.objectif) == (2900, 2900)


def test_an_unknown_target_stays_unknown() -> None:
    juge = evaluer(groupe(ENTREE, objectif=objectif(None, 4220, j("2028-02-29"))))

    assert (juge.patientele_mt.reference, juge.patientele_mt.objectif) == (2900, None)
    assert juge.file_active.objectif == 5720


def test_a_missing_reference_keeps_those_of_the_contract_and_says_whose() -> None:
    juge = evaluer(groupe(adhesion("m3", ANNIVERSAIRE)), *tous(ANNIVERSAIRE, 1150, 1110, 900))
    dit = averti(juge, "reference_du_groupe")

    assert (juge.patientele_mt.reference, juge.patientele_mt.objectif, juge.patientele_mt.valeur) == (2000, 2520, 3160)
    assert dit is not None
    assert dit.niveau == "attention"
    assert dit.message == (
        "Le groupe a changé depuis le début du contrat, mais la référence que l'adhésion apporte ou retire n'est pas "
        "renseignée pour Claire Roche. Ses relevés ne peuvent pas être comparés à l'objectif signé : saisissez cette "
        "référence, ou demandez à la caisse un avenant qui dise ceux du groupe actuel."
    )
    # Three doctors are not judged by the target of two.
    assert juge.statut == juge.statut_tenu == "donnees_insuffisantes"
    assert (juge.patientele_mt.attendu, juge.patientele_mt.taux_atteinte) == (None, None)
    assert "il ne se compare pas à l'objectif signé" in phrase(juge)
    assert "reference_du_groupe" not in codes(evaluer(groupe(adhesion("m3", ANNIVERSAIRE)), au="2027-02-28"))


@pytest.mark.parametrize(
    ("adhesions", "nouveau"),
    [
        # 2 900 would be over the 2 520 of an amendment that followed the entry.
        ((ENTREE,), objectif(2520, 5800, j("2028-02-29"))),
        # 2 000 - 2 100 would be under nothing.
        ((adhesion("m2", "2026-03-01", "2027-02-28", apport=(2100, 2000)),), None),
    ],
)
def test_totals_that_would_not_hold_together_keep_those_of_the_contract(
    adhesions: tuple[Adhesion, ...],
    nouveau: Any,  # noqa: ANN401 - an objective or none
) -> None:
    avenants = () if nouveau is None else (nouvel_objectif(ANNIVERSAIRE, nouveau),)
    juge = evaluer(groupe(*adhesions, avenants=avenants))
    dit = averti(juge, "reference_du_groupe")

    assert (juge.patientele_mt.reference, juge.patientele_mt.objectif) == (2000, 2520)
    assert dit is not None
    assert "ne serait plus au-dessus de la référence" in dit.message


@pytest.mark.parametrize(
    ("du", "au", "attendus"),
    [
        ("2027-03-01", None, 0),
        ("2030-03-01", None, 0),
        ("2027-02-28", None, 1),
        ("2027-03-02", None, 1),
        ("2026-03-01", "2027-02-28", 0),
        ("2026-03-01", "2027-03-01", 1),
        ("2027-03-02", "2028-03-01", 2),
        ("2026-03-01", "2031-02-28", 0),  # to the end of the contract: nobody leaves
    ],
)
def test_a_doctor_enters_and_leaves_at_an_anniversary(du: str, au: str | None, attendus: int) -> None:
    juge = evaluer(groupe(adhesion("m3", du, au, apport=(100, 200))))

    assert codes(juge).count("adhesion_hors_anniversaire") == attendus


def test_the_warning_says_who_moves_and_when() -> None:
    juge = evaluer(groupe(adhesion("m3", "2027-03-02", apport=(100, 200))))
    dit = averti(juge, "adhesion_hors_anniversaire")

    assert dit is not None
    assert dit.message == (
        "Claire Roche entre dans le groupe le 02/03/2027, qui n'est pas un anniversaire du contrat (commencé le "
        "01/03/2026) : vérifiez cette date avec la caisse."
    )
    parti = averti(
        evaluer(groupe(adhesion("m3", "2026-03-01", "2027-03-01", apport=(100, 200)))), "adhesion_hors_anniversaire"
    )
    assert parti is not None
    assert "sort du groupe le 02/03/2027" in parti.message


def droite(mois: int = 14) -> list[Releve]:
    """Read m1 and m2 every 30 days from 1 April 2026, ten more in all each time, and m3 always 900."""
    debut = j("2026-04-01")
    return [
        lu for rang in range(mois) for lu in tous((debut + jours(30 * rang)).isoformat(), 1000 + 10 * rang, 1000, 900)
    ]


def test_the_curve_jumps_at_an_entry_and_the_trend_does_not() -> None:
    juge = evaluer(groupe(ENTREE), *droite(), au="2027-06-01").patientele_mt
    sauts = [(point.date, point.valeur) for point in juge.points][10:13]

    # The twelfth reading, of 25 February 2027, sums two doctors; the next, of 27 March, three.
    assert sauts == [(j("2027-01-26"), 2100), (j("2027-02-25"), 2110), (j("2027-03-27"), 3020)]
    assert juge.projection is not None
    assert juge.projection.releves == 14
    assert juge.projection.pente_bas == juge.projection.pente_haut == pytest.approx(10 / 30)
    assert juge.niveau == pytest.approx(3030)


def test_the_trend_of_a_group_does_not_take_a_departure_for_a_fall() -> None:
    sortie = adhesion("m3", "2026-03-01", "2027-02-28", apport=(900, 1500))
    juge = evaluer(groupe(sortie), *droite(), au="2027-06-01").patientele_mt

    # 1 130 + 1 000 are left; the twelve sums of three, less 900, lie on the same line.
    assert [point.valeur for point in juge.points][10:13] == [3000, 3010, 2120]
    assert juge.projection is not None
    assert (juge.projection.releves, juge.projection.debut) == (14, j("2026-04-01"))
    assert juge.projection.pente_bas == juge.projection.pente_haut == pytest.approx(10 / 30)
    assert juge.niveau == pytest.approx(2130)


def test_without_a_reference_the_trend_begins_with_the_last_change() -> None:
    sans = adhesion("m3", ANNIVERSAIRE)

    assert evaluer(groupe(sans), *droite(15), au="2027-06-10").patientele_mt.projection is None
    quatre = evaluer(groupe(sans), *droite(16), au="2027-07-10").patientele_mt.projection
    assert quatre is not None
    assert (quatre.releves, quatre.debut) == (4, j("2027-03-27"))


def test_the_value_of_the_day_joins_the_trend_before_anyone_is_read_again() -> None:
    juge = evaluer(groupe(ENTREE), *droite(12), au=ANNIVERSAIRE).patientele_mt

    assert (juge.points[-1].date, juge.points[-1].valeur) == (j("2027-02-25"), 3010)
    assert juge.projection is not None
    assert juge.projection.pente_bas == juge.projection.pente_haut == pytest.approx(10 / 30)


def test_a_group_that_everyone_has_left_has_no_value() -> None:
    partis = [adhesion(qui, "2026-03-01", "2027-02-28", apport=(600, 1300)) for qui in TROIS]
    juge = evaluer(groupe(*partis), *droite(), au="2027-06-01")

    assert juge.adherents == ()
    assert juge.patientele_mt.valeur is None
    assert juge.statut == "donnees_insuffisantes"
    assert juge.patientele_mt.requis


def test_the_specialities_of_the_doctors_of_the_day_say_which_indicators_are_needed() -> None:
    docteurs = [medecin(1), medecin(2, specialite="cardiologie"), medecin(3, specialite="cardiologie")]
    sortie = adhesion("m1", "2026-03-01", "2027-02-28", apport=(900, 1500))

    def deux(au: str) -> bool:
        return evaluer(groupe(sortie), au=au, medecins=docteurs).patientele_mt.requis

    assert deux("2027-02-28") is True
    assert deux(ANNIVERSAIRE) is False


def test_before_the_start_and_after_the_end_the_group_is_that_of_the_first_and_last_day() -> None:
    signe = groupe(
        adhesion("m2", "2026-03-01", "2031-02-28", apport=(950, 1900)), ENTREE, avenants=(resiliation("2029-03-01"),)
    )

    assert evaluer(signe, au="2026-02-01").adherents == ("m1", "m2")
    assert evaluer(signe, au="2029-02-28").adherents == TROIS
    assert evaluer(signe, au="2035-01-01").adherents == TROIS
    assert evaluer(signe, au="2035-01-01").patientele_mt.reference == 2900


def test_the_last_day_is_the_term_or_the_eve_of_the_termination() -> None:
    assert fin_du_contrat(collectif()) == j("2031-02-28")
    assert fin_du_contrat(collectif(resiliation("2029-03-01"))) == j("2029-02-28")


def test_a_contract_ended_on_its_first_day_still_has_its_group() -> None:
    signe = groupe(ENTREE, avenants=(resiliation("2026-03-01"),))

    assert evaluer(signe, au=ANNIVERSAIRE).adherents == ("m1", "m2")


def test_adhesions_from_the_first_day_on_change_nothing() -> None:
    toujours = [adhesion(qui, "2026-03-01", apport=(500, 900)) for qui in TROIS]
    lus = [
        *droite(),
        releve("2026-08-08", 1200, 2500, source="logiciel", medecin="m2"),
        releve("2026-10-08", 1300, 2500, source="estimation", medecin="m1"),
    ]
    avec = evaluer(groupe(*toujours), *lus, au="2027-06-01")
    sans = evaluer(groupe(), *lus, au="2027-06-01")

    assert replace(avec, contrat=sans.contrat) == sans


def test_an_individual_contract_has_its_doctor() -> None:
    juge = juger(pratique(contrat()), date(2024, 7, 2))

    assert juge.adherents == juge.medecins == ("m1",)
