"""Which version governs: by text, day of signature and day of effect, at both ends of each; outside, nothing."""

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pytest

from assistmed_desktop.exchange.evaluation_json import evaluation_json
from assistmed_desktop.rules.bareme import Bareme, HorsBareme, charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from tests.rules.outils import codes, collectif, contrat, j, jours, juger, objectif, pratique, releve


class Vigueur(NamedTuple):
    """A version that governs a text: which days of signature, which days of effect; None is open."""

    table: str
    texte: str
    cle: str
    signes_du: str
    signes_au: str | None
    effet_du: str
    effet_au: str | None


A7, RA, C24, GR = "avenant_7", "reglement_arbitral_2023", "convention_2024", "collectif_2026"
OUVERT = None
# table, text, version that governs it, first and last day of signature, first and last day of effect.
VIGUEUR = [
    ("textes", A7, "avenant_7", "2019-09-01", "2023-04-30", "2019-09-01", OUVERT),
    ("textes", RA, "reglement_arbitral_2023", "2023-05-01", "2024-06-21", "2023-05-01", OUVERT),
    ("textes", C24, "convention_2024", "2024-06-22", OUVERT, "2024-06-22", OUVERT),
    ("textes", GR, "collectif_2026", "2026-02-25", OUVERT, "2026-02-25", OUVERT),
    ("aide", A7, "montants_2019", "2019-09-01", "2023-04-30", "2019-09-01", "2024-06-21"),
    ("aide", RA, "montants_2019", "2023-05-01", "2024-06-21", "2019-09-01", "2024-06-21"),
    ("aide", A7, "montants_2024", "2019-09-01", "2023-04-30", "2024-06-22", OUVERT),
    ("aide", RA, "montants_2024", "2023-05-01", "2024-06-21", "2024-06-22", OUVERT),
    ("aide", C24, "montants_2024", "2024-06-22", OUVERT, "2024-06-22", OUVERT),
    ("aide", GR, "montants_collectif_2026", "2026-02-25", OUVERT, "2026-02-25", OUVERT),
    ("objectifs", A7, "hausses_avenant_7", "2019-09-01", "2023-04-30", "2019-09-01", OUVERT),
    ("objectifs", GR, "hausses_collectif_2026", "2026-02-25", OUVERT, "2026-02-25", OUVERT),
    ("echeances", A7, "echeances_avenant_7", "2019-09-01", "2023-04-30", "2019-09-01", OUVERT),
    ("echeances", RA, "echeances_reglement_arbitral_2023", "2023-05-01", "2024-06-21", "2023-05-01", OUVERT),
    ("echeances", C24, "echeances_convention_2024", "2024-06-22", OUVERT, "2024-06-22", OUVERT),
    ("echeances", GR, "echeances_collectif_2026", "2026-02-25", OUVERT, "2026-02-25", OUVERT),
    ("eligibilite", A7, "eligibilite_avenant_7", "2019-09-01", "2023-04-30", "2019-09-01", OUVERT),
    ("eligibilite", RA, "eligibilite_2023", "2023-05-01", "2024-06-21", "2023-05-01", OUVERT),
    ("eligibilite", C24, "eligibilite_2023", "2024-06-22", OUVERT, "2023-05-01", OUVERT),
    ("eligibilite", GR, "eligibilite_2023", "2026-02-25", OUVERT, "2023-05-01", OUVERT),
]
LOINTAIN = j("2150-12-31")
CAS = pytest.mark.parametrize("cas", [Vigueur(*cas) for cas in VIGUEUR], ids=[f"{cas[2]}-{cas[1]}" for cas in VIGUEUR])


def jour_ou_lointain(jour: str | None) -> date:
    return LOINTAIN if jour is None else j(jour)


def version(table: str, texte: str, signature: date, effet: date) -> str | None:
    """Give the version found, or None when the look-up raises."""
    bareme: Bareme[Any] = getattr(charger_baremes(), table)
    signe = (collectif if texte == GR else contrat)(texte=texte, signe_le=signature)
    try:
        trouvee: str = bareme.version(signe, effet).cle
    except HorsBareme:
        assert bareme.version_ou_rien(signe, effet) is None
        return None
    assert bareme.version_ou_rien(signe, effet) == bareme.version(signe, effet)
    return trouvee


@CAS
def test_a_version_governs_from_its_first_day_of_signature_to_its_last(cas: Vigueur) -> None:
    premier, dernier = j(cas.signes_du), jour_ou_lointain(cas.signes_au)

    for effet in (j(cas.effet_du), jour_ou_lointain(cas.effet_au)):
        assert version(cas.table, cas.texte, premier - jours(1), effet) is None
        assert version(cas.table, cas.texte, premier, effet) == cas.cle
        assert version(cas.table, cas.texte, dernier, effet) == cas.cle
        if cas.signes_au is not None:
            assert version(cas.table, cas.texte, dernier + jours(1), effet) is None


@CAS
def test_a_version_governs_from_its_first_day_of_effect_to_its_last(cas: Vigueur) -> None:
    premier, dernier = j(cas.effet_du), jour_ou_lointain(cas.effet_au)

    for signature in (j(cas.signes_du), jour_ou_lointain(cas.signes_au)):
        assert version(cas.table, cas.texte, signature, premier - jours(1)) != cas.cle
        assert version(cas.table, cas.texte, signature, premier) == cas.cle
        assert version(cas.table, cas.texte, signature, dernier) == cas.cle
        if cas.effet_au is not None:
            assert version(cas.table, cas.texte, signature, dernier + jours(1)) != cas.cle


def test_the_amounts_change_from_one_day_to_the_next_and_no_day_is_without() -> None:
    signature = j("2022-03-01")

    assert version("aide", A7, signature, j("2019-08-31")) is None
    assert version("aide", A7, signature, j("2024-06-21")) == "montants_2019"
    assert version("aide", A7, signature, j("2024-06-22")) == "montants_2024"


def test_a_text_knows_nothing_of_a_contract_of_another() -> None:
    assert version("objectifs", RA, j("2023-06-01"), j("2023-06-01")) is None
    assert version("objectifs", C24, j("2024-07-01"), j("2024-07-01")) is None


def test_a_look_up_that_fails_says_the_table_the_text_and_both_days() -> None:
    with pytest.raises(HorsBareme) as absent:
        charger_baremes().aide.version(contrat(signe_le=j("2023-05-01")), j("2023-06-01"))

    assert str(absent.value) == (
        "aide.toml : aucune version pour un contrat « avenant_7 » signé le 2023-05-01 à la date du 2023-06-01"
    )


@pytest.mark.parametrize(
    ("texte", "signature"),
    [
        (A7, "2019-08-31"),
        (A7, "2023-05-01"),
        (RA, "2023-04-30"),
        (RA, "2024-06-22"),
        (C24, "2024-06-21"),
        (GR, "2026-02-24"),
    ],
)
def test_outside_every_version_an_evaluation_is_unknown_with_a_warning_and_never_zero(
    texte: str, signature: str
) -> None:
    hors = (collectif if texte == GR else contrat)(texte=texte, signe_le=j(signature))
    dossier = pratique(hors, releves=[releve("2026-06-01", 1100, 2200)])
    juge = juger(dossier, "2026-07-01")

    assert [annee.montant_max for annee in juge.aide] == [None] * 5
    assert [annee.grade for annee in juge.aide] == ["X"] * 5
    assert [annee.hypothese_lineaire for annee in juge.aide] == [None] * 5
    assert (juge.eligibilite.eligible, juge.eligibilite.motifs) == (None, ())
    assert {echeance.code for echeance in juge.echeances} == {"evaluation", "fin_contrat"}
    assert {"signature_hors_periode", "aide_inconnue"} <= set(codes(juge))
    (brut,) = evaluation_json(evaluate(dossier, j("2026-07-01"), charger_baremes()))["contrats"]
    assert [annee["montant_max"] for annee in brut["aide"]] == [None] * 5
    assert brut["eligibilite"] == {"eligible": None, "motifs": [], "details": []}


@pytest.mark.parametrize(
    ("texte", "signature"),
    [
        (A7, "2019-09-01"),
        (A7, "2023-04-30"),
        (RA, "2023-05-01"),
        (RA, "2024-06-21"),
        (C24, "2024-06-22"),
        (GR, "2026-02-25"),
    ],
)
def test_on_the_first_and_the_last_day_of_signature_the_text_is_known(texte: str, signature: str) -> None:
    dedans = (collectif if texte == GR else contrat)(
        texte=texte, signe_le=j(signature), debut_le=j(signature), objectif=objectif(3000, 5000, j("2030-01-01"))
    )

    juge = juger(pratique(dedans), signature)

    assert "signature_hors_periode" not in codes(juge)
    assert None not in [annee.montant_max for annee in juge.aide]


@pytest.mark.parametrize("table", ["aide", "objectifs", "echeances", "eligibilite"])
def test_a_table_that_knows_nothing_leaves_its_part_unknown_and_the_rest_as_it_was(table: str) -> None:
    dossier = pratique(contrat(tranche="P30-P50"), releves=[releve("2024-06-30", 1100, 2200)])
    (entier,) = evaluate(dossier, j("2024-07-02"), charger_baremes()).contrats
    vide: dict[str, Any] = {table: Bareme(f"{table}.toml", ())}
    (prive,) = evaluate(dossier, j("2024-07-02"), replace(charger_baremes(), **vide)).contrats

    vides = {
        "aide": [annee.montant_max for annee in prive.aide] == [None] * 5 and "aide_inconnue" in codes(prive),
        "objectifs": "objectif_hors_bareme" in codes(entier) and "objectif_hors_bareme" not in codes(prive),
        "echeances": {echeance.code for echeance in prive.echeances} == {"evaluation", "fin_contrat"},
        "eligibilite": prive.eligibilite.eligible is None,
    }
    assert [nom for nom, vide in vides.items() if vide] == [table]
    assert (prive.statut, prive.indicateurs) == (entier.statut, entier.indicateurs)


def test_a_contract_that_began_before_its_signature_is_still_of_the_text_it_was_signed_under() -> None:
    juge = juger(pratique(contrat(texte=RA, signe_le=j("2023-05-10"), debut_le=j("2023-04-15"))), "2023-06-01")

    assert "signature_hors_periode" not in codes(juge)
    assert "debut_avant_signature" in codes(juge)
    assert juge.eligibilite.eligible is True
    assert "preavis" in [echeance.code for echeance in juge.echeances]
