"""What a collective contract asks of its group: mean, ceiling, target, new doctors, earlier contracts, wait.

The group of ``outils``: two doctors, 2 ETP, from 1 March 2026 to 28 February 2031, from 2 000 to 2 520 and from 4 000
to 4 220 patients. By the table 2 ETP ask for 2 x 260 = 520 and 2 x 110 = 220 more.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from assistmed_desktop.domain.cabinet import Medecin
from assistmed_desktop.domain.contrat import (
    Adhesion,
    CauseResiliation,
    ContratCollectif,
    ContratIndividuel,
    DocteurJunior,
    Gains,
    Resiliation,
    Structure,
)
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.exchange.analyse_json.groupe import groupe_json
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.bareme import Baremes, charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.groupe import A_CONVENIR, CibleDuGroupe, Groupe, groupe
from tests.rules.outils import (
    collectif,
    contrat,
    j,
    medecin,
    objectif,
    option,
    pratique,
    reference,
    releve,
    resiliation,
)

AU = "2026-12-01"
DEUX = (medecin(1), medecin(2, nom="Duval", prenom="Marc"))


def dossier(
    signe: ContratCollectif | ContratIndividuel,
    *autres: ContratIndividuel,
    medecins: Iterable[Medecin] = DEUX,
    releves: Iterable[Releve] = (),
) -> Dossier:
    return pratique(signe, *autres, medecins=medecins, releves=releves)


def voir(pratiquee: Dossier, au: str = AU, baremes: Baremes | None = None) -> Groupe:
    baremes = baremes or charger_baremes()
    resultat = groupe(pratiquee, evaluate(pratiquee, j(au), baremes).contrats[0], baremes)
    assert resultat is not None
    return resultat


def sans_regle() -> Baremes:
    """Give barèmes that say nothing of a group, as a user's own might."""
    baremes = charger_baremes()
    muets = tuple(
        version.model_copy(update={"groupe": None, "fin_sous_la_reference": None})
        for version in baremes.textes.versions
    )
    return replace(
        baremes,
        textes=replace(baremes.textes, versions=muets),
        objectifs=replace(baremes.objectifs, versions=baremes.objectifs.versions[:1]),
    )


def codes(resultat: Groupe) -> list[str]:
    return [avertissement.code for avertissement in resultat.avertissements]


def message(resultat: Groupe, code: str) -> str:
    (seul,) = [a for a in resultat.avertissements if a.code == code]
    return seul.message.replace(INSECABLE, " ")


def etapes(resultat: Groupe, chemin: str) -> list[tuple[str, str]]:
    return [(e.libelle, e.resultat.replace(INSECABLE, " ")) for e in resultat.chiffres[chemin].etapes]


def test_an_individual_contract_has_no_group() -> None:
    baremes = charger_baremes()
    seul = dossier(contrat())

    assert groupe(seul, evaluate(seul, j("2024-07-02"), baremes).contrats[0], baremes) is None


@pytest.mark.parametrize(
    ("structure", "autorisee", "code"),
    [
        ("scp", True, None),
        ("scm", True, None),
        ("sisa", True, None),
        ("sel", False, "structure_exclue"),
        (None, None, "structure_inconnue"),
    ],
)
def test_a_group_is_a_scp_a_scm_or_a_sisa_and_never_a_sel(
    structure: Structure | None,
    autorisee: bool | None,
    code: str | None,
) -> None:
    resultat = voir(dossier(collectif(structure=structure)))

    assert (resultat.structure, resultat.structure_autorisee) == (structure, autorisee)
    assert [c for c in codes(resultat) if c.startswith("structure")] == ([] if code is None else [code])


def test_the_excluded_structure_is_named() -> None:
    resultat = voir(dossier(collectif(structure="sel")))

    assert message(resultat, "structure_exclue").startswith("Une SEL ne peut pas porter un contrat collectif, ouvert")
    assert etapes(resultat, "structure") == [
        ("Structures admises", "SCP, SCM et SISA"),
        ("Structure du groupe", "SEL"),
    ]


LUS = [
    releve("2026-11-15", 800, 1600, medecin="m1"),
    releve("2026-11-20", 750, 1500, medecin="m2"),
]


def test_each_doctor_is_shown_with_what_they_brought_and_what_they_count() -> None:
    apports = (
        Adhesion(medecin="m1", du=j("2026-03-01"), au=j("2028-02-29"), reference=reference(780, 1610)),
        Adhesion(medecin="m2", du=j("2026-03-01"), au=None),
    )
    resultat = voir(dossier(collectif(adhesions=apports), releves=LUS))
    premier, second = resultat.adherents

    assert (premier.nom, premier.du, premier.au) == ("Claire Lambert", j("2026-03-01"), j("2028-02-29"))
    assert (premier.gain("patientele_mt"), premier.gain("file_active")) == (20, -10)
    assert second.reference is None
    assert second.gain("patientele_mt") is None
    assert etapes(resultat, "adherents.m1") == [
        ("Patientèle médecin traitant", "800 patients"),
        ("Apport au gain du groupe", "+20"),
        ("File active", "1 600 patients"),
        ("Apport au gain du groupe", "−10"),
    ]
    assert etapes(resultat, "adherents.m2")[1] == ("Apport au gain du groupe", "inconnu")


def test_a_doctor_without_reading_is_shown_without_counts() -> None:
    resultat = voir(dossier(collectif(), releves=LUS[:1]))

    assert resultat.adherents[1].patientele_mt is None
    assert resultat.adherents[1].gain("patientele_mt") is None
    assert etapes(resultat, "adherents.m2") == [
        ("Patientèle médecin traitant", "inconnue"),
        ("File active", "inconnue"),
    ]
    assert resultat.adherents[0].du == j("2026-03-01")


@pytest.mark.parametrize(("signee", "tenue"), [(1549, False), (1550, True), (1551, True)])
def test_the_mean_of_the_signature_is_at_least_775(signee: int, tenue: bool) -> None:
    # 2 x 775 = 1 550.
    resultat = voir(dossier(collectif(reference=reference(signee, 4000))))
    signature, jour = resultat.moyennes

    assert (signature.valeur, signature.respectee) == (Fraction(signee, 2), tenue)
    assert ("moyenne_insuffisante_signature" in codes(resultat)) is not tenue
    assert (jour.valeur, jour.respectee) == (None, None)


@pytest.mark.parametrize(("compte", "tenue"), [(749, False), (750, True)])
def test_the_mean_of_the_day_is_at_least_775(compte: int, tenue: bool) -> None:
    resultat = voir(dossier(collectif(), releves=[LUS[0], releve("2026-11-20", compte, 1500, medecin="m2")]))

    assert resultat.moyennes[1].valeur == Fraction(800 + compte, 2)
    assert resultat.moyennes[1].respectee is tenue
    assert ("moyenne_insuffisante_jour" in codes(resultat)) is not tenue
    assert resultat.moyennes[1].le == j("2026-11-15")
    if not tenue:
        assert message(resultat, "moyenne_insuffisante_jour") == (
            "Au 15/11/2026, la patientèle médecin traitant est en moyenne de 774,5 patients par adhérent, pour un "
            "minimum de 775."
        )


def test_the_mean_of_the_signature_is_that_of_the_doctors_of_the_first_day() -> None:
    trois = [*DEUX, medecin(3, nom="Roche")]
    entree = Adhesion(medecin="m3", du=j("2027-03-01"), au=None, reference=reference(900, 1500))
    signe = collectif(medecins=("m1", "m2", "m3"), adhesions=(entree,))
    lus = [*LUS, releve("2027-02-10", 900, 1500, medecin="m3")]
    signature, jour = voir(dossier(signe, medecins=trois, releves=lus), "2027-03-01").moyennes

    assert (signature.adherents, signature.valeur) == (2, Fraction(1000))
    assert (jour.adherents, jour.valeur) == (3, Fraction(800 + 750 + 900, 3))


@pytest.mark.parametrize(
    ("etp", "juniors", "au", "plafond", "respecte"),
    [
        (Fraction(2), (), AU, Fraction(2), True),
        (Fraction(5, 2), (), AU, Fraction(2), False),
        (Fraction(5, 2), ("m1",), AU, Fraction(5, 2), True),
        (Fraction(3), ("m1", "m2"), AU, Fraction(3), True),
        (Fraction(5, 2), ("m1",), "2026-10-31", Fraction(2), False),
        (Fraction(5, 2), ("m1",), "2026-11-01", Fraction(5, 2), True),
    ],
)
def test_the_etp_is_within_one_for_each_doctor_and_a_half_more_for_a_junior(
    etp: Fraction, juniors: tuple[str, ...], au: str, plafond: Fraction, respecte: bool
) -> None:
    accueils = tuple(DocteurJunior(medecin=m, du=j("2026-09-01"), au=j("2027-04-30")) for m in juniors)
    resultat = voir(dossier(collectif(option_etp=etp, docteurs_juniors=accueils)), au)

    assert (resultat.etp.finance, resultat.etp.plafond, resultat.etp.respecte) == (etp, plafond, respecte)
    assert ("etp_au_dessus_du_plafond" in codes(resultat)) is not respecte


def test_a_junior_counts_only_while_hosted_by_a_doctor_of_the_group() -> None:
    accueil = (DocteurJunior(medecin="m1", du=j("2026-11-02"), au=j("2027-04-30")),)
    signe = collectif(docteurs_juniors=accueil)

    for au, compte in (("2026-11-01", 0), ("2026-11-02", 1), ("2027-04-30", 1), ("2027-05-01", 0)):
        resultat = voir(dossier(signe), au)
        assert len(resultat.etp.juniors) == compte
        assert resultat.adherents[0].docteur_junior is bool(compte)
    parti = (Adhesion(medecin="m1", du=j("2026-03-01"), au=j("2027-02-28"), reference=reference(900, 1900)),)
    apres = voir(dossier(collectif(docteurs_juniors=accueil, adhesions=parti)), "2027-03-01")
    assert (apres.etp.juniors, apres.etp.plafond) == ((), Fraction(1))


def test_two_juniors_of_one_doctor_count_once() -> None:
    accueils = (
        DocteurJunior(medecin="m1", du=j("2026-11-02"), au=j("2026-11-30")),
        DocteurJunior(medecin="m1", du=j("2026-12-01"), au=None),
    )

    assert voir(dossier(collectif(docteurs_juniors=accueils))).etp.juniors == ("m1",)


def test_the_ceiling_says_how_it_is_reached() -> None:
    accueil = (DocteurJunior(medecin="m1", du=j("2026-11-02"), au=None),)
    resultat = voir(dossier(collectif(option_etp=Fraction(3), docteurs_juniors=accueil)))

    assert message(resultat, "etp_au_dessus_du_plafond") == (
        "Le contrat finance 3 ETP, au-dessus du plafond de 2,5 ETP pour 2 adhérents."
    )
    calcul = resultat.chiffres["etp"].etapes[-1].calcul.replace(INSECABLE, " ")
    assert calcul == "2 adhérents × 1 ETP + 1 accueil de docteur junior × 1/2 ETP"
    assert resultat.chiffres["etp"].sources[0].grade == "C"


def test_a_group_that_everyone_has_left_has_no_ceiling_to_speak_of() -> None:
    partis = tuple(
        Adhesion(medecin=m, du=j("2026-03-01"), au=j("2027-02-28"), reference=reference(900, 1900))
        for m in ("m1", "m2")
    )
    resultat = voir(dossier(collectif(adhesions=partis)), "2027-03-01")

    assert resultat.adherents == ()
    assert resultat.moyennes[1].valeur is None
    assert message(resultat, "etp_au_dessus_du_plafond").endswith("au-dessus du plafond de 0 ETP pour 0 adhérent.")


def cibles(*, au: str = AU, **change: Any) -> tuple[CibleDuGroupe, CibleDuGroupe]:  # noqa: ANN401 - any field
    patientele, file_active = voir(dossier(collectif(**change)), au).cibles
    return patientele, file_active


def test_the_target_of_the_table_rises_with_each_etp() -> None:
    patientele, file_active = cibles()

    assert (patientele.bareme, patientele.signee, patientele.ecart) == (Fraction(2520), 2520, Fraction(0))
    assert (file_active.bareme, file_active.signee, file_active.ecart) == (Fraction(4220), 4220, Fraction(0))


def test_gains_of_earlier_contracts_come_off_the_rise_and_no_lower_than_the_reference() -> None:
    gagnes = Gains(patientele_mt=100, file_active=221)
    patientele, file_active = cibles(gains_anterieurs=gagnes)

    # 2 000 + 520 - 100; 220 - 221 would be under the reference.
    assert (patientele.bareme, patientele.ecart, patientele.deduits) == (Fraction(2420), Fraction(100), 100)
    assert (file_active.bareme, file_active.ecart) == (Fraction(4000), Fraction(220))
    assert patientele.proposes is None


def test_the_rise_follows_the_option_of_the_day() -> None:
    signe = collectif(option("2027-03-01", Fraction(3)))

    assert voir(dossier(signe), "2027-02-28").cibles[0].bareme == 2520
    assert voir(dossier(signe), "2027-03-01").cibles[0].bareme == 2780


def test_an_unknown_signed_target_has_no_gap() -> None:
    resultat = voir(dossier(collectif(objectif=objectif(None, 4220, j("2028-02-29")))))

    assert resultat.cibles[0].ecart is None
    assert etapes(resultat, "objectif.patientele_mt")[-1][1].startswith("non publié")


def test_the_steps_of_the_target_are_told() -> None:
    resultat = voir(dossier(collectif(gains_anterieurs=Gains(patientele_mt=100, file_active=0))))

    assert etapes(resultat, "objectif.patientele_mt") == [
        ("Référence du groupe", "2 000 patients"),
        ("Hausse demandée", "+420"),
        ("Objectif calculé", "2 420"),
        ("Objectif signé", "2 520 patients"),
    ]
    assert etapes(voir(dossier(collectif())), "objectif.patientele_mt")[2] == ("Objectif du barème", "2 520")
    hausse = resultat.chiffres["objectif.patientele_mt"].etapes[1].calcul.replace(INSECABLE, " ")
    assert hausse == "260 × 2 ETP − 100 déjà gagnés"
    assert resultat.chiffres["objectif.patientele_mt"].sources[0].grade == "C"


def ancien(fin: str | None = "2026-03-01", cause: CauseResiliation | None = None, **change: Any) -> ContratIndividuel:  # noqa: ANN401 - any field
    """Give the contract that m1 had from 1 January 2023, ended on a day."""
    avenants = () if fin is None else (Resiliation(type="resiliation", du=j(fin), motif="", cause=cause),)
    return contrat(*avenants, **{"id": "c0"} | change)


def test_an_earlier_contract_still_running_must_be_closed_first() -> None:
    resultat = voir(dossier(collectif(), ancien(None)))
    (avant,) = resultat.anterieurs

    # It would run to 31 December 2027; 1 March is not an anniversary of 1 January.
    assert (avant.clos, avant.prorata, avant.fin_le, avant.a_clore_le) == (
        False, True, j("2027-12-31"), j("2026-03-01"),
    )  # fmt: skip
    assert message(resultat, "contrat_individuel_a_clore") == (
        "Claire Lambert : le contrat individuel du 01/01/2023 court jusqu'au 31/12/2027. Il doit être clos avant le "
        "01/03/2026, entrée dans le groupe ; hors anniversaire, prorata à convenir avec la caisse."
    )
    assert ("Contrat individuel", "à clore avant le 01/03/2026") in etapes(resultat, "contrats_anterieurs.c0")
    assert ("Sortie hors anniversaire", A_CONVENIR) in etapes(resultat, "contrats_anterieurs.c0")


@pytest.mark.parametrize(("fin", "clos"), [("2026-03-01", True), ("2026-03-02", False)])
def test_the_eve_of_the_entry_is_the_last_day_an_earlier_contract_may_run(fin: str, clos: bool) -> None:
    resultat = voir(dossier(collectif(), ancien(fin)))

    assert resultat.anterieurs[0].clos is clos
    assert ("contrat_individuel_a_clore" in codes(resultat)) is not clos


@pytest.mark.parametrize(
    ("fin", "cause", "prorata"),
    [
        ("2026-03-01", None, True),  # left on the day of the entry: for the group
        ("2026-02-01", None, False),
        ("2026-02-01", "contrat_collectif", True),
        ("2026-02-01", "demenagement", False),
        ("2026-01-01", "contrat_collectif", False),  # its third anniversary
    ],
)
def test_leaving_for_the_group_off_an_anniversary_is_settled_with_the_caisse(
    fin: str, cause: CauseResiliation | None, prorata: bool
) -> None:
    (avant,) = voir(dossier(collectif(), ancien(fin, cause))).anterieurs

    assert avant.prorata is prorata


def test_a_contract_that_came_to_its_term_owes_nothing() -> None:
    vieux = ancien(None, debut_le=j("2020-01-01"), signe_le=j("2019-12-15"))  # to 31 December 2024
    resultat = voir(dossier(collectif(), vieux))

    assert (resultat.anterieurs[0].clos, resultat.anterieurs[0].prorata) == (True, False)
    assert "contrat_individuel_a_clore" not in codes(resultat)


def test_a_doctor_who_enters_later_closes_their_own_by_then() -> None:
    entree = Adhesion(medecin="m2", du=j("2027-03-01"), au=None, reference=reference(900, 1900))
    sien = ancien(None, id="c0", medecin="m2", debut_le=j("2023-03-01"), signe_le=j("2023-02-15"))
    (avant,) = voir(dossier(collectif(adhesions=(entree,)), sien)).anterieurs

    # 1 March 2027 is its fourth anniversary.
    assert (avant.a_clore_le, avant.clos, avant.prorata) == (j("2027-03-01"), False, False)


def test_a_contract_signed_after_leaving_the_group_is_no_earlier_one() -> None:
    sortie = Adhesion(medecin="m1", du=j("2026-03-01"), au=j("2027-02-28"), reference=reference(900, 1900))
    suivant: dict[str, Any] = {"texte": "convention_2024", "signe_le": j("2027-02-20"), "objectif": None}
    signe = collectif(adhesions=(sortie,))

    assert voir(dossier(signe, ancien(None, debut_le=j("2027-03-01"), **suivant))).anterieurs == ()
    (pendant,) = voir(dossier(signe, ancien(None, debut_le=j("2027-02-28"), **suivant))).anterieurs
    assert (pendant.clos, pendant.a_clore_le, pendant.prorata) == (False, j("2027-02-28"), False)


AVANT = [releve("2026-01-31", 1130, 2150), releve("2026-04-30", 1300, 2500)]


def test_what_earlier_contracts_had_gained_is_proposed_and_not_used() -> None:
    resultat = voir(dossier(collectif(), ancien(), releves=AVANT))
    patientele, file_active = resultat.cibles

    # 1 130 - 1 000 and 2 150 - 2 000: the reading of April is after the end of the contract.
    assert (patientele.proposes, file_active.proposes) == (130, 150)
    assert (patientele.bareme, patientele.deduits) == (Fraction(2520), None)
    assert message(resultat, "gains_anterieurs_a_saisir") == (
        "Des contrats individuels ont précédé le groupe. D'après les relevés saisis, ils avaient fait gagner 130 pour "
        "la patientèle médecin traitant et 150 pour la file active : reportez les gains retenus par votre contrat. "
        "Cette proposition n'entre dans aucun calcul."
    )
    assert ("Gain du contrat individuel, Claire Lambert", "+130") in etapes(resultat, "objectif.patientele_mt")


def test_gains_once_typed_are_no_longer_proposed() -> None:
    resultat = voir(
        dossier(collectif(gains_anterieurs=Gains(patientele_mt=90, file_active=80)), ancien(), releves=AVANT)
    )

    assert resultat.cibles[0].proposes is None
    assert "gains_anterieurs_a_saisir" not in codes(resultat)


def test_an_earlier_contract_without_reading_proposes_nothing() -> None:
    resultat = voir(dossier(collectif(), ancien(), ancien(medecin="m2", id="c9"), releves=AVANT))

    assert [a.patientele_mt for a in resultat.anterieurs] == [130, None]
    assert resultat.cibles[0].proposes is None
    assert ("Gain, file active", "inconnu, faute de relevé") in etapes(resultat, "contrats_anterieurs.c9")
    assert ("Gain du contrat individuel, Marc Duval", "inconnu, faute de relevé") in etapes(
        resultat, "objectif.file_active"
    )


def test_earlier_losses_are_no_gain() -> None:
    perdus = [releve("2026-01-31", 900, 1900)]

    assert voir(dossier(collectif(), ancien(), releves=perdus)).cibles[0].proposes == 0


def test_a_target_off_the_table_asks_for_the_gains() -> None:
    autre = collectif(objectif=objectif(2400, 4220, j("2028-02-29")))

    assert "gains_anterieurs_inconnus" in codes(voir(dossier(autre)))
    assert "gains_anterieurs_inconnus" not in codes(voir(dossier(collectif())))
    typee = collectif(
        objectif=objectif(2400, 4220, j("2028-02-29")), gains_anterieurs=Gains(patientele_mt=0, file_active=0)
    )
    assert "gains_anterieurs_inconnus" not in codes(voir(dossier(typee)))


def nouveau(installe_le: str, *lus: Releve, au: str = AU, specialite: str = "medecine_generale") -> Groupe:
    docteurs = [DEUX[0], medecin(2, nom="Duval", prenom="Marc", installe_le=j(installe_le), specialite=specialite)]
    return voir(dossier(collectif(), medecins=docteurs, releves=lus), au)


@pytest.mark.parametrize(("installe_le", "vus"), [("2025-03-01", 0), ("2025-03-02", 1), ("2026-02-01", 1)])
def test_newly_installed_is_less_than_twelve_months_before_joining(installe_le: str, vus: int) -> None:
    assert len(nouveau(installe_le).nouveaux) == vus


def test_a_newly_installed_doctor_has_three_years_from_joining() -> None:
    (vu,) = nouveau("2025-09-01").nouveaux

    assert (vu.adhere_le, vu.echeance_le, vu.etat) == (j("2026-03-01"), j("2029-03-01"), "inconnu")
    assert [(c.indicateur, c.a_atteindre) for c in vu.comptes] == [("patientele_mt", 1045), ("file_active", 1514)]


@pytest.mark.parametrize(
    ("patientele", "file_active", "au", "etat"),
    [
        (1045, 1514, AU, "atteint"),
        (1044, 1514, AU, "a_atteindre"),
        (1045, 1513, "2029-02-28", "a_atteindre"),
        (1045, 1513, "2029-03-01", "non_atteint"),
        (1045, None, AU, "inconnu"),
    ],
)
def test_a_newly_installed_doctor_is_to_reach_both_counts(
    patientele: int, file_active: int | None, au: str, etat: str
) -> None:
    resultat = nouveau("2025-09-01", releve("2026-11-20", patientele, file_active, medecin="m2"), au=au)

    assert resultat.nouveaux[0].etat == etat
    assert ("nouvel_installe_en_retard" in codes(resultat)) is (etat == "non_atteint")


def test_what_a_newly_installed_doctor_lacks_is_told() -> None:
    resultat = nouveau("2025-09-01", releve("2026-11-20", 1045, 1500, medecin="m2"), au="2029-03-01")

    assert message(resultat, "nouvel_installe_en_retard") == (
        "Marc Duval, nouvellement installé à son adhésion, n'a pas atteint le niveau demandé pour le 01/03/2029 : "
        "file active 1 500 pour 1 514."
    )
    assert etapes(resultat, "nouveaux_installes.m2") == [
        ("Nouvelle installation", "jugé le 01/03/2029"),
        ("Patientèle médecin traitant", "1 045"),
        ("File active", "1 500"),
        ("Niveau demandé", "non atteint à la date prévue"),
    ]


def test_another_speciality_is_to_reach_the_file_active_alone() -> None:
    (vu,) = nouveau("2025-09-01", releve("2026-11-20", None, 1514, medecin="m2"), specialite="cardiologie").nouveaux

    assert [c.indicateur for c in vu.comptes] == ["file_active"]
    assert vu.etat == "atteint"


def test_two_years_pass_before_a_new_contract() -> None:
    # The last day is 28 February 2031, so the two years are those from 1 March 2031.
    attente = voir(dossier(collectif())).attente
    assert attente is not None
    assert (attente.fin_le, attente.nouveau_le) == (j("2031-02-28"), j("2033-03-01"))
    parti = voir(dossier(collectif(resiliation("2027-09-10")))).attente
    assert parti is not None
    assert (parti.fin_le, parti.nouveau_le) == (j("2027-09-09"), j("2029-09-10"))


@pytest.mark.parametrize(("compte", "sous"), [(1200, False), (1199, True)])
def test_under_the_reference_the_cpam_may_end_the_contract(compte: int, sous: bool) -> None:
    lus = [LUS[0], releve("2026-11-20", compte, 2400, medecin="m2")]  # 800 + 1 200 is the reference
    resultat = voir(dossier(collectif(), releves=lus))

    assert resultat.sous_la_reference is sous
    assert ("groupe_sous_la_reference" in codes(resultat)) is sous
    assert etapes(resultat, "sous_la_reference")[-1] == ("Sous la référence", "oui" if sous else "non")
    assert resultat.chiffres["sous_la_reference"].sources[0].grade == "C"


def test_the_reference_of_the_group_is_told_with_who_moved() -> None:
    mouvements = (
        Adhesion(medecin="m2", du=j("2026-03-01"), au=j("2027-02-28"), reference=reference(950, 1900)),
        Adhesion(medecin="m3", du=j("2027-03-01"), au=None),
    )
    trois = [*DEUX, medecin(3, nom="Roche")]
    signe = collectif(medecins=("m1", "m2", "m3"), adhesions=mouvements)
    resultat = voir(dossier(signe, medecins=trois), "2027-03-01")

    assert etapes(resultat, "reference") == [
        ("Patientèle médecin traitant, au contrat", "2 000 patients"),
        ("File active, au contrat", "4 000 patients"),
        ("Sortie du groupe", "950 et 1 900"),
        ("Entrée dans le groupe", "référence à renseigner, par avenant"),
        ("Patientèle médecin traitant, ce jour", "2 000 patients"),
        ("File active, ce jour", "4 000 patients"),
    ]
    complet = signe.model_copy(
        update={"adhesions": (mouvements[0], mouvements[1].model_copy(update={"reference": reference(900, 1500)}))}
    )
    connu = voir(dossier(complet, medecins=trois), "2027-03-01")
    assert etapes(connu, "reference")[-2:] == [
        ("Patientèle médecin traitant, ce jour", "1 950 patients"),
        ("File active, ce jour", "3 600 patients"),
    ]


def test_what_no_table_says_stays_unknown() -> None:
    lus = [releve("2026-11-15", 10, 1600, medecin="m1"), LUS[1]]
    resultat = voir(dossier(collectif(structure="scm"), ancien(), releves=[*lus, *AVANT]), baremes=sans_regle())

    assert (resultat.structure_autorisee, resultat.etp.plafond, resultat.etp.respecte) == (None, None, None)
    assert resultat.attente is None
    assert [cible.bareme for cible in resultat.cibles] == [None, None]
    assert [cible.proposes for cible in resultat.cibles] == [None, None]
    assert [moyenne.respectee for moyenne in resultat.moyennes] == [None, None]
    assert resultat.sous_la_reference is True
    assert codes(resultat) == []
    assert "attente" not in resultat.chiffres
    json.dumps(groupe_json(resultat), allow_nan=False)


def test_a_level_no_table_gives_is_not_asked() -> None:
    baremes = charger_baremes()
    versions = tuple(
        version.model_copy(
            update={
                "nouvel_installe": version.nouvel_installe.model_copy(
                    update={"patientele_mt": None, "file_active": None}
                )
            }
        )
        for version in baremes.textes.versions
    )
    docteurs = [DEUX[0], medecin(2, installe_le=j("2025-09-01"))]
    resultat = voir(
        dossier(collectif(), medecins=docteurs),
        baremes=replace(baremes, textes=replace(baremes.textes, versions=versions)),
    )

    assert [(n.comptes, n.etat) for n in resultat.nouveaux] == [((), "inconnu")]


def test_a_group_signed_before_the_text_is_read_with_it() -> None:
    resultat = voir(dossier(collectif(signe_le=j("2026-02-24"))))

    assert resultat.moyennes[0].minimum == 775
    assert resultat.cibles[0].par_etp is None  # no table of targets governs that signature
    assert resultat.chiffres["objectif.patientele_mt"].sources[0].grade == "C"


def test_the_group_as_json() -> None:
    adhesions = (Adhesion(medecin="m1", du=j("2026-03-01"), au=None, reference=reference(780, 1610)),)
    accueil = (DocteurJunior(medecin="m1", du=j("2026-11-02"), au=None),)
    docteurs = [DEUX[0], medecin(2, nom="Duval", prenom="Marc", installe_le=j("2025-09-01"))]
    signe = collectif(structure="scm", adhesions=adhesions, docteurs_juniors=accueil)
    resultat = voir(dossier(signe, ancien(), medecins=docteurs, releves=[LUS[0], *AVANT[:1]]))
    document = groupe_json(resultat)

    assert json.loads(json.dumps(document)) == document
    assert document["structure"] == {"structure": "scm", "autorisee": True}
    assert document["reference"]["patientele_mt"] == {"contrat": 2000, "jour": 2000}
    assert document["adherents"][0] == {
        "medecin": "m1",
        "du": "2026-03-01",
        "au": None,
        "docteur_junior": True,
        "patientele_mt": {"reference": 780, "valeur": 800, "date": "2026-11-15", "source": "cpam", "gain": 20},
        "file_active": {"reference": 1610, "valeur": 1600, "date": "2026-11-15", "source": "cpam", "gain": -10},
    }
    assert document["adherents"][1]["patientele_mt"] == {
        "reference": None, "valeur": None, "date": None, "source": None, "gain": None,
    }  # fmt: skip
    assert document["moyennes"] == [
        {
            "quand": "signature", "le": "2022-12-31", "total": 2000, "adherents": 2, "moyenne": 1000.0,
            "minimum": 775, "respectee": True,
        },
        {
            "quand": "jour", "le": AU, "total": None, "adherents": 2, "moyenne": None,
            "minimum": 775, "respectee": None,
        },
    ]  # fmt: skip
    assert document["etp"] == {
        "finance": "2", "plafond": "5/2", "adherents": 2, "docteurs_juniors": ["m1"], "respecte": True,
    }  # fmt: skip
    assert document["objectif"]["patientele_mt"] == {
        "par_etp": 260, "etp": "2", "gains_deduits": None, "gains_proposes": 130, "bareme": 2520.0, "signe": 2520,
        "ecart": 0.0,
    }  # fmt: skip
    assert document["nouveaux_installes"] == [
        {
            "medecin": "m2", "installe_le": "2025-09-01", "adhere_le": "2026-03-01", "echeance_le": "2029-03-01",
            "etat": "inconnu",
            "comptes": {
                "patientele_mt": {"a_atteindre": 1045, "valeur": None, "atteint": None},
                "file_active": {"a_atteindre": 1514, "valeur": None, "atteint": None},
            },
        }
    ]  # fmt: skip
    assert document["contrats_anterieurs"] == [
        {
            "contrat": "c0", "medecin": "m1", "du": "2023-01-01", "au": "2026-02-28", "a_clore_le": "2026-03-01",
            "clos": True, "prorata_a_convenir": True, "gain": {"patientele_mt": 130, "file_active": 150},
        }
    ]  # fmt: skip
    assert document["attente"] == {"ans": 2, "fin_le": "2031-02-28", "nouveau_le": "2033-03-01"}
    assert document["sous_la_reference"] is False
    assert [a["code"] for a in document["avertissements"]] == codes(resultat)


def test_every_part_of_the_json_has_its_steps() -> None:
    docteurs = [DEUX[0], medecin(2, nom="Duval", prenom="Marc", installe_le=j("2025-09-01"))]
    resultat = voir(dossier(collectif(structure="scm"), ancien(), medecins=docteurs, releves=[*LUS, *AVANT[:1]]))

    assert set(resultat.chiffres) == {
        "structure", "reference", "adherents.m1", "adherents.m2", "moyennes.signature", "moyennes.jour", "etp",
        "objectif.patientele_mt", "objectif.file_active", "nouveaux_installes.m2", "contrats_anterieurs.c0", "attente",
        "sous_la_reference",
    }  # fmt: skip
    for explication in resultat.chiffres.values():
        assert explication.etapes
        assert all(etape.resultat for etape in explication.etapes)


def test_a_group_that_has_ended_is_no_longer_told_of_its_end() -> None:
    lus = [LUS[0], releve("2026-11-20", 1199, 2400, medecin="m2")]
    fini = dossier(collectif(resiliation("2026-11-25")), releves=lus)

    assert "groupe_sous_la_reference" in codes(voir(fini, "2026-11-24"))
    assert "groupe_sous_la_reference" not in codes(voir(fini, "2026-11-25"))
