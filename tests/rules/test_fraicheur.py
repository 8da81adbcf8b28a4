"""How old the last reading of a barème is, and who is warned."""

import re
from pathlib import Path

import pytest

from assistmed_desktop.domain.contrat import ContratCollectif, ContratIndividuel
from assistmed_desktop.rules.bareme import DOSSIER_DES_BAREMES, Baremes, charger_baremes
from assistmed_desktop.rules.fraicheur import age_en_mots, avertissements_de_fraicheur, baremes_anciens
from tests.rules.outils import collectif, contrat, j
from tests.rules.test_baremes_ajoutes import ajoutes, changee

DOUTE = "bareme_relecture_douteuse"


def relus(dossier: Path, **jours: str) -> Baremes:
    """Give the barèmes as if each table had been read on a day, 2026-11-21 by default."""
    for fichier in DOSSIER_DES_BAREMES.glob("*.toml"):
        jour = jours.get(fichier.stem, "2026-11-21")
        texte = re.sub(r"verifie_le = \S+", f"verifie_le = {jour}", fichier.read_text(encoding="utf-8"))
        (dossier / fichier.name).write_text(texte, encoding="utf-8")
    return charger_baremes(dossier)


def anciens(baremes: Baremes, au: str) -> set[str]:
    return {ancienne.table for ancienne in baremes_anciens(baremes, j(au))}


def test_a_table_is_old_from_the_day_after_its_first_anniversary(tmp_path: Path) -> None:
    baremes = relus(tmp_path, aide="2025-03-01")

    assert anciens(baremes, "2026-03-01") == set()
    assert anciens(baremes, "2026-03-02") == {"aide"}
    assert anciens(baremes, "2027-11-21") == {"aide"}
    assert anciens(baremes, "2027-11-22") == {"textes", "aide", "objectifs", "echeances", "eligibilite"}


def test_the_versions_of_a_contract_are_those_of_its_text_and_signature_in_force_by_then(tmp_path: Path) -> None:
    baremes = relus(tmp_path, aide="2020-01-01")

    def cles(le_contrat: object, au: str) -> list[str]:
        return [a.version.cle for a in baremes_anciens(baremes, j(au), le_contrat)]  # type: ignore[arg-type]

    assert cles(contrat(), "2024-06-21") == ["montants_2019"]
    assert cles(contrat(), "2024-06-22") == ["montants_2019", "montants_2024"]
    assert cles(collectif(), "2026-06-01") == ["montants_collectif_2026"]
    # Signed on the last day of the text, begun after the first amounts had ended: they never applied.
    tard = contrat(texte="reglement_arbitral_2023", signe_le=j("2024-06-21"), debut_le=j("2024-09-01"))
    assert cles(tard, "2025-01-01") == ["montants_2024"]


def test_a_contract_is_warned_of_its_own_tables_alone(tmp_path: Path) -> None:
    baremes = relus(tmp_path, objectifs="2020-01-01")

    (averti,) = avertissements_de_fraicheur(baremes, contrat(), j("2026-12-01"))
    assert (averti.code, averti.niveau) == ("bareme_ancien", "attention")
    assert averti.message == (
        "Le barème des objectifs n'a pas été relu depuis le 01/01/2020, plus d'un an : vérifiez auprès de votre CPAM "
        "ce qui a changé, ou ajoutez un barème plus récent."
    )
    # The convention of 2024 has no published table of targets: none of its own is old.
    convention = contrat(texte="convention_2024", signe_le=j("2024-07-01"), debut_le=j("2024-07-01"))
    assert not list(avertissements_de_fraicheur(baremes, convention, j("2026-12-01")))
    assert not list(avertissements_de_fraicheur(charger_baremes(), contrat(), j("2026-12-01")))


def test_several_tables_are_named_once_each(tmp_path: Path) -> None:
    baremes = relus(tmp_path, aide="2020-01-01", echeances="2021-05-01")

    (averti,) = avertissements_de_fraicheur(baremes, contrat(), j("2026-12-01"))
    assert averti.message.startswith("Les barèmes de l'aide et des échéances n'ont pas été relus depuis le 01/01/2020")


@pytest.mark.parametrize(
    ("relu", "au", "douteuse"),
    [
        # The program's own were read on 21/11/2026: up to a year later, a reading may be after the day asked for.
        ("2027-11-21", "2022-06-01", False),
        ("2027-11-22", "2022-06-01", True),
        ("2027-11-22", "2027-11-21", True),
        ("2027-11-22", "2027-11-22", False),
        ("2099-01-01", "2026-11-22", True),
    ],
)
def test_an_added_version_read_in_days_to_come_is_doubtful(tmp_path: Path, relu: str, au: str, douteuse: bool) -> None:
    texte = changee("aide", "montants_2019", ("verifie_le = 2026-11-21", f"verifie_le = {relu}"))
    baremes = ajoutes(tmp_path, aide=texte)

    def avertis(le_contrat: ContratIndividuel | ContratCollectif) -> list[str]:
        return [a.niveau for a in avertissements_de_fraicheur(baremes, le_contrat, j(au)) if a.code == DOUTE]

    assert ([a.version.cle for a in baremes_anciens(baremes, j(au))] == ["montants_2019"]) is douteuse
    assert avertis(contrat()) == (["attention"] if douteuse else [])
    assert avertis(collectif()) == []


def test_a_doubtful_reading_is_told_with_its_version_and_what_to_mend(tmp_path: Path) -> None:
    texte = changee("aide", "montants_2019", ("verifie_le = 2026-11-21", "verifie_le = 2099-01-01"))
    (averti,) = avertissements_de_fraicheur(ajoutes(tmp_path, aide=texte), contrat(), j("2026-11-22"))

    assert averti.message == (
        "La version montants_2019 du barème de l'aide, ajoutée par vous, se dit relue le 01/01/2099, un jour à venir : "
        "corrigez sa date de relecture (verifie_le) dans le fichier ajouté."
    )
    # The other tables of the contract grow old all the same.
    plus_tard = avertissements_de_fraicheur(ajoutes(tmp_path, aide=texte), contrat(), j("2030-01-01"))
    assert [a.code for a in plus_tard] == [DOUTE, "bareme_ancien"]


@pytest.mark.parametrize(
    ("relu", "dit"),
    [
        ("2026-11-22", "après le 21/11/2026"),
        ("2026-11-21", "ce jour-là"),
        ("2026-11-20", "il y a 1 jour"),
        ("2026-10-22", "il y a 30 jours"),
        ("2026-10-21", "il y a 1 mois"),
        ("2025-11-22", "il y a 11 mois"),
        ("2025-11-21", "il y a 1 an"),
        ("2024-09-30", "il y a 2 ans et 1 mois"),
    ],
)
def test_an_age_in_words(relu: str, dit: str) -> None:
    assert age_en_mots(j(relu), j("2026-11-21")).replace("\u00a0", " ") == dit
