"""The *relevé des versements*: due, received, the difference, and where each amount comes from."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Pdf

from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.formats import euros, jour_court
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.resultats import NON_PUBLIE
from assistmed_desktop.rules.versements import lignes_des_versements, manques, solder
from tests.reports.outils import (
    AU,
    MOT_SANS_FIN,
    NOM_TRES_LONG,
    Brut,
    dossier,
    evaluer,
    groupe,
    imprimer,
    matiere,
    nu,
    pages,
    rien_hors_des_marges,
    sans_objectif,
    texte,
    vide,
)
from tests.strategies import dossiers

DEMO_AU = date(2026, 11, 15)


def releve(*retouches: Callable[[Brut], object], au: date = AU) -> str:
    """Give the text of a relevé on the worked example."""
    return texte(imprimer(dossier(*retouches), au, "versements"))


def verser(
    annee: int, echeance: str | None, du: float | None, recu: tuple[str, float] | None = None
) -> dict[str, object]:
    return {
        "contrat": "c1",
        "annee_contrat": annee,
        "echeance_le": echeance,
        "montant_du": du,
        "recu_le": None if recu is None else recu[0],
        "montant_recu": None if recu is None else recu[1],
        "reference": f"V{annee}",
    }


def avec(*versements: dict[str, object]) -> Callable[[Brut], None]:
    def retoucher(brut: Brut) -> None:
        brut["versements"] += versements

    return retoucher


# The conclusion


def test_the_head_says_due_received_and_which_way_the_difference_goes() -> None:
    lues = pages(
        imprimer(
            dossier(avec(verser(2, "2024-06-01", 9450), verser(2, "2024-01-01", 4050, ("2024-02-01", 4000)))),
            AU,
            "versements",
        )
    )
    for attendu in (
        "RELEVÉ DES VERSEMENTS",
        "Ce qui est dû, ce qui est reçu",
        "situation au 15 janvier 2025",
        "Dr Claire Lambert",
        "dû au 15/01/2025 31 500 €",
        "reçu au 15/01/2025 22 000 €",
        "écart 9 500 € il manque",
        "Il manque 9 500 € sur ce qui est noté comme dû au 15/01/2025",
        "Compté d’après les versements saisis, années 1 et 2.",
        "Hors de ce compte : l’année 3 (aucun versement saisi).",
        "Un versement attendu n’est pas noté comme reçu, 228 jours après l’échéance.",
    ):
        assert attendu in lues[0], attendu


def test_what_is_all_received_or_in_excess_is_said_so() -> None:
    assert "Tout ce qui est noté comme dû au 15/01/2025 est reçu" in releve()
    tout = releve(avec(verser(2, "2024-06-01", 9450, ("2024-06-01", 9500))))
    assert "écart 50 € reçu en plus" in tout
    assert "50 € reçus de plus que ce qui est noté comme dû au 15/01/2025" in tout


def test_nothing_entered_is_unknown_and_never_zero() -> None:
    tout = releve(vide)
    for attendu in (
        "dû au 15/01/2025 inconnu",
        "reçu au 15/01/2025 inconnu",
        "écart inconnu inconnu",
        "L’écart au 15/01/2025 n’est pas connu",
        "Aucun versement n’est saisi pour ce contrat.",
        "Total – – –",
    ):
        assert attendu in tout, attendu


# The tables


def test_each_year_has_its_terms_its_amount_and_the_nature_of_it() -> None:
    def notifiee(brut: Brut) -> None:
        brut["notifications"] = [
            {"contrat": "c1", "annee_contrat": 2, "montant": 13000, "notifie_le": "2023-04-02", "reference": "N 12"}
        ]

    pratique = dossier(notifiee)
    tout = texte(imprimer(pratique, genre="versements"))
    (contrat,) = evaluer(pratique).contrats
    for annee in contrat.aide:
        assert f"du {jour_court(annee.du)} au {jour_court(annee.au)} 1/2 ETP" in tout
    for attendu in (
        "18 000 € barème, montant de degré B versé quel que soit l’avancement (degré C, à vérifier)",
        "13 000 € notifié par la CPAM le 02/04/2023, N 12",
        "10 500 € au plus, selon l’atteinte de l’objectif 6 865,38 € : hypothèse linéaire, non vérifiée",
        "Total 18 000 € 18 000 € 0 €",
        "la formule qui ferait dépendre le montant de l’objectif n’est pas publiée",
    ):
        assert attendu in tout, attendu


def test_a_change_of_option_within_a_year_is_told() -> None:
    def option(brut: Brut) -> None:
        brut["contrats"][0]["avenants"].append({"type": "option", "du": "2024-09-01", "option_etp": "1", "motif": "X"})

    assert "1 ETP dès le 01/09/2024" in releve(option)


def test_an_amount_that_nobody_has_published_says_so() -> None:
    tout = releve(groupe(2))
    assert nu(NON_PUBLIE) in nu(tout)
    assert "montant inconnu, nombre et dates des versements non publiés" in tout


def test_a_contract_that_ends_within_a_year_leaves_that_year_open() -> None:
    def finie(brut: Brut) -> None:
        brut["contrats"][0]["avenants"].append({"type": "resiliation", "du": "2024-09-01", "motif": "X"})

    tout = releve(finie)
    assert "– le contrat finit dans cette année, part due non publiée 10 500 € pour l’année entière" in tout
    assert "après la fin du contrat, aucune aide" in tout
    assert "à vérifier Année 3 : le contrat finit en cours d’année" in tout


def test_each_payment_has_its_difference_and_its_days_late() -> None:
    tout = releve(
        avec(
            verser(2, "2024-06-01", 9450),
            verser(2, "2024-01-01", 4050, ("2024-02-01", 4000)),
            verser(3, "2025-03-01", 5250),
            verser(3, None, None, ("2024-12-01", 100)),
        )
    )
    for attendu in (
        "1 15/04/2022 18 000 € 02/05/2022 18 000 € 0 € 17",
        "2 01/01/2024 4 050 € 01/02/2024 4 000 € −50 € 31 V2",
        "2 01/06/2024 9 450 € non reçu – −9 450 € 228 V2",
        "3 – – 01/12/2024 100 € – – V3",
        "3 01/03/2025 5 250 € à venir – – – V3",
        "Total 15/01/2025 31 500 € 22 100 € −9 500 €",
        "l’année 3 (un montant dû n’est pas saisi)",
    ):
        assert attendu in tout, attendu


def test_what_is_missing_short_or_late_is_named() -> None:
    tout = releve(avec(verser(2, "2024-06-01", 9450), verser(2, "2024-01-01", 4050, ("2024-02-01", 4000))))
    for attendu in (
        "attendu, non reçu Année 2",
        "Non reçu ; le délai pour le réclamer n’est pas publié",
        "reçu en partie Année 2 : 4 000 € reçus le 01/02/2024 pour 4 050 € dus, il manque 50 €.",
        "reçu en retard Année 1 : 18 000 € reçus le 02/05/2022, 17 jours après l’échéance du 15/04/2022.",
    ):
        assert attendu in tout, attendu


def test_nothing_missing_is_said_too() -> None:
    assert "Rien : aucun versement attendu ne manque, aucun n’est venu tard." in releve(au=date(2022, 3, 1))


def test_each_amount_is_spelt_out_with_its_references() -> None:
    pratique = dossier()
    tout = nu(texte(imprimer(pratique, genre="versements")))
    argent = matiere(pratique, genre="versements").analyse.argent
    for explication in (*(annee.explication for annee in argent.annees), argent.chiffres["totaux"]):
        assert nu(explication.titre) in tout
        for etape in explication.etapes:
            assert nu(etape.resultat) in tout
        for source in explication.sources:
            assert nu(source.texte) in tout
            assert source.adresse.replace(" ", "") in tout.replace(" ", "")
    assert "Aide de l’année 1 [1] B" in texte(imprimer(pratique, genre="versements"))


def test_the_totals_are_those_of_the_money() -> None:
    demo = lire_dossier(chemin("demo", "dossier.json").read_bytes())
    evaluation = evaluer(demo, DEMO_AU)
    for contrat in evaluation.contrats:
        reunie = matiere(demo, evaluation, contrat=contrat.id, genre="versements")
        argent = reunie.analyse.argent
        lignes = lignes_des_versements(reunie.versements, DEMO_AU)
        tout = nu(texte(imprimer(demo, DEMO_AU, "versements", contrat.id)))
        assert argent.du_le_jour is not None
        assert argent.recu is not None
        assert f"dû au 15/11/2026 {nu(euros(argent.du_le_jour))} " in tout
        assert f"reçu au 15/11/2026 {nu(euros(argent.recu))} " in tout
        assert nu(solder(argent, lignes).titre) in tout
        for manque in manques(argent, lignes):
            assert nu(manque.phrase) in tout
        for versement in reunie.versements:
            assert nu(versement.reference) in tout


def test_the_bars_are_told_to_those_who_do_not_see_them() -> None:
    with Pdf.open(BytesIO(imprimer(dossier(), genre="versements"))) as pdf:
        alternatifs = [str(objet.Alt) for objet in pdf.objects if "/Alt" in getattr(objet, "keys", list)()]
    (seul,) = alternatifs
    assert nu(seul).startswith("Aide par année de contrat. année 1 : 18 000 € reçus, 18 000 € dus, 18 000 €")


# Nothing confidential, nothing out of place


def test_nothing_but_money_is_in_it() -> None:
    def secrets(brut: Brut) -> None:
        brut["contrats"][0]["avenants"][0]["motif"] = "SECRET"
        brut["medecins"][0]["numero_am"] = "581009999"

    tout = releve(secrets)
    for tu in ("SECRET", "581009999", "Morel", "absence", "10003456786", "12 place"):
        assert tu not in tout


@pytest.mark.parametrize("au", [date(2021, 1, 1), AU, date(2045, 1, 1)])
@pytest.mark.parametrize("rang", range(5))
def test_no_letter_leaves_the_margins(rang: int, au: date) -> None:
    def longs(brut: Brut) -> None:
        brut["cabinet"] |= {"nom": NOM_TRES_LONG[:200], "commune": MOT_SANS_FIN, "cpam": MOT_SANS_FIN}
        brut["versements"] = [
            verser(annee, f"202{annee + 1}-0{mois}-01", 9_999_999.99, (f"202{annee + 1}-0{mois}-09", 9_999_999.98))
            | {"reference": MOT_SANS_FIN}
            for annee in range(1, 6)
            for mois in range(1, 7)
        ]

    cas = ((), (vide, sans_objectif), (longs,), (groupe(10, NOM_TRES_LONG[:190]), longs), (groupe(2), sans_objectif))
    pdf = imprimer(dossier(*cas[rang]), au, "versements")
    rien_hors_des_marges(pdf)
    lues = pages(pdf)
    assert not any(page.rstrip().endswith(("Année par année", "Versement par versement", "montant")) for page in lues)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dossiers(), st.dates(date(1990, 1, 1), date(2062, 1, 1)))
def test_any_valid_practice_on_any_day_has_its_statement(pratique: Dossier, au: date) -> None:
    for contrat in pratique.contrats:
        pdf = imprimer(pratique, au, "versements", contrat.id)
        assert "Ce qui est dû, ce qui est reçu" in texte(pdf)
        rien_hors_des_marges(pdf)
