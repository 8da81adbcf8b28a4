"""The life of a contract as a timeline."""

from datetime import date
from fractions import Fraction

from assistmed_desktop.domain.contrat import ChangementAdresse
from assistmed_desktop.figures.frise import Barre, Jalon, texte_alternatif
from assistmed_desktop.figures.frise_contrat import frise_du_contrat
from tests.rules.outils import contrat, juger, nouvel_objectif, objectif, option, pratique, resiliation, suspension


def demenagement(du: str, commune: str) -> ChangementAdresse:
    return ChangementAdresse(
        type="adresse", du=date.fromisoformat(du), adresse="", code_postal="58000", commune=commune, departement="58",
        zonage="zip", motif="",
    )  # fmt: skip


def test_a_plain_contract_runs_from_its_signature_to_its_term() -> None:
    frise = frise_du_contrat(juger(pratique(contrat()), "2024-07-02"))
    assert (frise.debut, frise.fin, frise.au) == (date(2022, 12, 15), date(2027, 12, 31), date(2024, 7, 2))
    (ligne,) = frise.lignes
    assert ligne.barres == (Barre(date(2023, 1, 1), date(2027, 12, 31), "1/2\u00a0ETP", "contrat"),)
    assert frise.jalons == (Jalon(date(2022, 12, 15), "signature"), Jalon(date(2026, 1, 1), "évaluation"))


def test_every_amendment_is_there() -> None:
    signe = contrat(
        suspension("2023-03-01", "2023-03-31"),
        suspension("2026-05-01", None),
        option("2024-01-01", Fraction(1)),
        nouvel_objectif("2024-02-01", objectif()),
        demenagement("2024-03-01", "Nevers"),
        demenagement("2024-04-01", ""),
        resiliation("2027-01-01"),
        signe_le=date(2023, 1, 1),
    )
    frise = frise_du_contrat(juger(pratique(signe), "2026-07-01"))
    options, suspensions = frise.lignes
    assert [(barre.du, barre.au, barre.texte) for barre in options.barres] == [
        (date(2023, 1, 1), date(2023, 12, 31), "1/2\u00a0ETP"),
        (date(2024, 1, 1), date(2026, 12, 31), "1\u00a0ETP"),
    ]
    assert [(barre.au, barre.texte) for barre in suspensions.barres] == [
        (date(2023, 3, 31), "suspendu, 31\u00a0jours"),
        (None, "suspendu, 62\u00a0jours"),
    ]
    dits = [jalon.texte for jalon in frise.jalons]
    assert dits[:3] == ["nouvel objectif", "adresse – Nevers", "adresse"]
    assert {"résiliation", "évaluation"} <= set(dits)
    assert "Nevers" in texte_alternatif(frise)


def test_an_option_to_come_after_the_end_is_not_drawn() -> None:
    signe = contrat(option("2027-06-01", Fraction(1)), resiliation("2027-01-01"))
    (ligne,) = frise_du_contrat(juger(pratique(signe), "2026-07-01")).lignes
    assert len(ligne.barres) == 1
