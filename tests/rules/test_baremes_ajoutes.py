"""A barème file in the user's folder: what it adds or replaces, and what happens when it is at fault."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import field_validator

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.rules.ajouts import ajouter
from assistmed_desktop.rules.bareme import DOSSIER_DES_BAREMES, BaremeInvalide, Baremes, charger_baremes, essayer_ajout
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.tables import VersionAide
from tests.rules.outils import contrat, j, pratique

REFERENCE = 'reference = { texte = "Avenant fictif", article = "art. 1", adresse = "exemple.fr" }'
SUITE = f"""
[[versions]]
cle = "montants_2030"
montants_de = "convention_2024"
contrats = [{{ texte = "convention_2024", signes_du = 2024-06-22 }}]
effet_du = 2030-01-01
verifie_le = 2026-11-21
grade = "B"
{REFERENCE}
par_etp = false
montants = [{{ option = "1/2", annee_1 = 21000, annee_2 = 15000, annee_3 = 12000 }}]
"""


def du_programme(table: str) -> str:
    return (DOSSIER_DES_BAREMES / f"{table}.toml").read_text(encoding="utf-8")


def version(table: str, cle: str) -> str:
    """Give the text of one version of the program's own file."""
    morceaux = du_programme(table).split("[[versions]]")[1:]
    (seule,) = [morceau for morceau in morceaux if f'cle = "{cle}"' in morceau]
    return "[[versions]]" + seule


def changee(table: str, cle: str, *changes: tuple[str, str]) -> str:
    texte = version(table, cle)
    for avant, apres in changes:
        assert avant in texte
        texte = texte.replace(avant, apres, 1)
    return texte


BORNEE = changee("aide", "montants_2024", ("effet_du = 2024-06-22", "effet_du = 2024-06-22\neffet_au = 2029-12-31"))


def ajoutes(dossier: Path, **fichiers: str) -> Baremes:
    for table, texte in fichiers.items():
        (dossier / f"{table}.toml").write_text(texte, encoding="utf-8")
    return charger_baremes(ajouts=dossier)


def fautes(baremes: Baremes) -> list[str]:
    return [str(faute) for faute in baremes.refus]


def test_no_folder_and_an_empty_one_change_nothing(tmp_path: Path) -> None:
    assert charger_baremes(ajouts=tmp_path / "absent") == charger_baremes()
    assert charger_baremes(ajouts=tmp_path) == charger_baremes()
    assert (charger_baremes().ajoutes, charger_baremes().refus) == ((), ())


def test_a_version_is_added_after_the_one_that_it_ends(tmp_path: Path) -> None:
    baremes = ajoutes(tmp_path, aide=BORNEE + SUITE)

    assert baremes.refus == ()
    assert [v.cle for v in baremes.aide.versions] == [
        "montants_2019",
        "montants_2024",
        "montants_collectif_2026",
        "montants_2030",
    ]
    signe = contrat(texte="convention_2024", signe_le=j("2028-06-01"), debut_le=j("2028-06-01"), objectif=None)
    aide = evaluate(pratique(signe), j("2030-01-01"), baremes).contrats[0].aide
    # Year 1 begins on 01/06/2028 and year 2 on 01/06/2029, under the old version; year 3 on 01/06/2030, under the new.
    assert [annee.montant_max for annee in aide] == [19_000_00, 14_000_00, 12_000_00, 12_000_00, 12_000_00]
    assert aide[2].explication.sources[0].texte == "Avenant fictif"


def test_what_was_added_is_named_with_what_it_replaces_and_its_day(tmp_path: Path) -> None:
    (ajoute,) = ajoutes(tmp_path, aide=BORNEE + SUITE).ajoutes

    assert (ajoute.fichier, ajoute.table) == ("aide.toml", "aide")
    assert ajoute.versions == ("montants_2024", "montants_2030")
    assert ajoute.remplacees == ("montants_2024",)
    assert ajoute.depassees == ()
    assert ajoute.verifie_le == j("2026-11-21")


def test_a_replaced_version_keeps_its_place_and_has_the_figures_of_the_user(tmp_path: Path) -> None:
    baremes = ajoutes(tmp_path, aide=changee("aide", "montants_2019", ("annee_1 = 18000", "annee_1 = 18500")))

    assert [v.cle for v in baremes.aide.versions] == [v.cle for v in charger_baremes().aide.versions]
    demi = next(m for m in baremes.aide.versions[0].montants if m.annee_2 == 13500)
    assert demi.annee_1 == 18500
    assert baremes.aide.versions[1:] == charger_baremes().aide.versions[1:]


@pytest.mark.parametrize(("relu", "depassees"), [("2026-11-20", ("montants_2019",)), ("2026-11-21", ())])
def test_a_version_that_the_program_has_read_since_is_told(
    tmp_path: Path, relu: str, depassees: tuple[str, ...]
) -> None:
    texte = changee("aide", "montants_2019", ("verifie_le = 2026-11-21", f"verifie_le = {relu}"))
    baremes = ajoutes(tmp_path, aide=texte)

    assert baremes.ajoutes[0].depassees == depassees
    assert baremes.verifies_le == j(relu)


def test_every_table_may_be_added_to(tmp_path: Path) -> None:
    tables = tuple(charger_baremes().tables)
    baremes = ajoutes(tmp_path, **{table: du_programme(table) for table in tables})

    assert fautes(baremes) == []
    assert [ajoute.table for ajoute in baremes.ajoutes] == list(tables)
    assert baremes.tables == charger_baremes().tables


def test_an_overlap_with_the_program_is_refused_and_says_how_to_mend_it(tmp_path: Path) -> None:
    baremes = ajoutes(tmp_path, aide=SUITE)

    assert fautes(baremes) == [
        (
            "aide.toml (version montants_2030, clé effet_du) : cette version chevauche la version montants_2024 du "
            "programme : pour donner une fin à celle-ci, ou la remplacer, redonnez-la dans ce fichier sous le même nom"
        )
    ]
    assert baremes.tables == charger_baremes().tables
    assert baremes.ajoutes == ()


def test_a_replacement_that_overlaps_another_version_of_the_program_is_the_one_at_fault(tmp_path: Path) -> None:
    etendue = changee("aide", "montants_2019", ("effet_au = 2024-06-21", "effet_au = 2024-06-22"))

    (faute,) = ajoutes(tmp_path, aide=etendue).refus
    assert (faute.version, faute.cle) == ("montants_2019", "effet_du")
    assert "chevauche la version montants_2024 du programme" in faute.message


@pytest.mark.parametrize(("du", "refus"), [("2029-12-31", 1), ("2030-01-01", 0)])
def test_the_day_after_the_end_is_free_and_the_last_one_is_not(tmp_path: Path, du: str, refus: int) -> None:
    texte = BORNEE + SUITE.replace("effet_du = 2030-01-01", f"effet_du = {du}")

    assert len(ajoutes(tmp_path, aide=texte).refus) == refus


def test_a_text_that_a_replacement_forgets_is_missed(tmp_path: Path) -> None:
    autre = changee("textes", "avenant_7", ('texte = "avenant_7", signes_du', 'texte = "convention_2024", signes_du'))

    assert fautes(ajoutes(tmp_path, textes=autre)) == ["textes.toml (clé versions) : il manque le texte avenant_7"]


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    texte = (
        'auteur = "moi"\n'
        + SUITE.replace(REFERENCE, "").replace('grade = "B"', 'grade = "X"')
        + SUITE.replace("montants_2030", "montants_2031").replace("annee_1 = 21000", "annee_4 = 21000")
    )

    assert fautes(ajoutes(tmp_path, aide=texte)) == [
        "aide.toml (clé auteur) : cette clé est inconnue",
        "aide.toml (version montants_2030, clé grade) : cette valeur n'est pas de la forme attendue",
        "aide.toml (version montants_2030, clé reference) : cette clé manque",
        "aide.toml (version montants_2031, clé montants.0.annee_4) : cette clé est inconnue",
    ]


def test_versions_of_one_file_are_held_to_each_other_before_those_of_the_program(tmp_path: Path) -> None:
    assert fautes(ajoutes(tmp_path, aide=SUITE + SUITE)) == [
        "aide.toml (version montants_2030, clé cle) : deux versions portent ce nom"
    ]


def test_a_broken_file_leaves_the_others_to_apply(tmp_path: Path) -> None:
    baremes = ajoutes(tmp_path, aide="[[versions]", objectifs=du_programme("objectifs"))

    assert fautes(baremes) == ["aide.toml : ce n'est pas du TOML : erreur à la ligne 1, colonne 11"]
    assert [ajoute.table for ajoute in baremes.ajoutes] == ["objectifs"]
    assert baremes.aide == charger_baremes().aide


@pytest.mark.parametrize("nom", ["aide-2030.toml", "Aide.TOML", "reperes.toml"])
def test_a_file_of_another_name_is_refused_and_never_passed_over(tmp_path: Path, nom: str) -> None:
    (tmp_path / nom).write_text(SUITE, encoding="utf-8")

    assert fautes(charger_baremes(ajouts=tmp_path)) == [
        (
            f"{nom} : un barème ajouté porte le nom de l'une des tables : textes.toml, aide.toml, objectifs.toml, "
            "echeances.toml, eligibilite.toml"
        )
    ]


@pytest.mark.parametrize("nom", ["lisez-moi.txt", "aide.toml.bak", "._aide.toml", ".aide.toml-12.tmp"])
def test_what_is_no_bareme_is_left_alone(tmp_path: Path, nom: str) -> None:
    (tmp_path / nom).write_text("n'importe quoi", encoding="utf-8")

    assert charger_baremes(ajouts=tmp_path) == charger_baremes()


@pytest.mark.parametrize(
    ("contenu", "message"),
    [
        (b"\xe9", "ce fichier n'est pas en UTF-8"),
        (b"#" * (1024 * 1024 + 1), "ce fichier est trop grand pour être un barème"),
        (b"#" * (1024 * 1024), "il faut au moins une version"),
        (b"", "il faut au moins une version"),
    ],
)
def test_a_file_that_cannot_be_one_says_why(tmp_path: Path, contenu: bytes, message: str) -> None:
    (tmp_path / "aide.toml").write_bytes(contenu)

    assert [faute.message for faute in charger_baremes(ajouts=tmp_path).refus] == [message]


@pytest.mark.skipif(os.name == "nt", reason="named pipes, links")
def test_only_a_regular_file_is_read_and_what_is_none_leaves_the_others_to_apply(tmp_path: Path) -> None:
    (tmp_path / "aide.toml").mkdir()
    (tmp_path / "textes.toml").symlink_to(tmp_path / "textes.toml")
    (tmp_path / "echeances.toml").symlink_to(tmp_path / "absent")
    os.mkfifo(tmp_path / "objectifs.toml")
    baremes = ajoutes(tmp_path, eligibilite=du_programme("eligibilite"))

    ordinaire = "ce n'est pas un fichier ordinaire, ou c'est un lien sans cible"
    assert fautes(baremes) == [
        f"textes.toml : {ordinaire}",
        "aide.toml : c'est un dossier, pas un fichier",
        f"objectifs.toml : {ordinaire}",
        f"echeances.toml : {ordinaire}",
    ]
    assert [ajoute.table for ajoute in baremes.ajoutes] == ["eligibilite"]


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_link_to_a_regular_file_is_read_and_one_of_another_name_stops_it_not(tmp_path: Path) -> None:
    (tmp_path / "ailleurs").write_text(BORNEE + SUITE, encoding="utf-8")
    (tmp_path / "aide.toml").symlink_to(tmp_path / "ailleurs")
    (tmp_path / "boucle.toml").symlink_to(tmp_path / "boucle.toml")
    baremes = charger_baremes(ajouts=tmp_path)

    assert [ajoute.table for ajoute in baremes.ajoutes] == ["aide"]
    assert [faute.fichier for faute in baremes.refus] == ["boucle.toml"]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="a file of Linux")
def test_a_file_that_the_system_does_not_give_is_refused(tmp_path: Path) -> None:
    # The memory of a process is a regular file, whose first page nobody may read.
    (tmp_path / "aide.toml").symlink_to("/proc/self/mem")

    assert fautes(charger_baremes(ajouts=tmp_path)) == ["aide.toml : ce fichier ne peut pas être lu"]


class VersionQuiEchoue(VersionAide):
    """A table with a fault of the program in it."""

    @field_validator("grade")
    @classmethod
    def _divise(cls, grade: str) -> str:
        raise ZeroDivisionError(grade)


def test_whatever_goes_wrong_in_a_file_refuses_that_file(tmp_path: Path) -> None:
    fichier = tmp_path / "aide.toml"
    fichier.write_text(SUITE, encoding="utf-8")
    ajout = ajouter((), fichier, VersionQuiEchoue)

    assert (ajout.versions, ajout.ajoute) == ((), None)
    assert [str(faute) for faute in ajout.fautes] == ["aide.toml : ce fichier ne peut pas être compris comme un barème"]


@pytest.mark.parametrize(("combien", "dites"), [(20, 20), (21, 21), (1000, 21)])
def test_the_first_faults_of_a_file_are_told_and_the_others_counted(tmp_path: Path, combien: int, dites: int) -> None:
    # Each unknown key is a fault; the versions of the program are correct.
    texte = "".join(f"a{rang} = 1\n" for rang in range(combien)) + du_programme("aide")
    refus = fautes(ajoutes(tmp_path, aide=texte))

    assert len(refus) == dites
    assert refus[19] == "aide.toml (clé a19) : cette clé est inconnue"
    derniere = {20: refus[19], 21: "aide.toml : et 1 autre faute", 1000: "aide.toml : et 980 autres fautes"}
    assert refus[-1].replace("\u00a0", " ") == derniere[combien]


@pytest.mark.skipif(os.name == "nt", reason="names of files")
@pytest.mark.parametrize("nom", [b"l\nigne.toml", b"\x1b[31mrouge.toml", b"\xe9t\xe9.toml"])
def test_the_name_of_a_file_is_told_on_one_line_that_can_be_printed(tmp_path: Path, nom: bytes) -> None:
    (tmp_path / os.fsdecode(nom)).touch()
    (faute,) = charger_baremes(ajouts=tmp_path).refus

    assert "\ufffd" in faute.fichier
    assert str(faute).isprintable()
    assert str(faute).encode()


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    fichier = tmp_path / "baremes"
    fichier.touch()

    assert fautes(charger_baremes(ajouts=fichier)) == ["baremes : ce dossier ne peut pas être lu"]


def test_what_changes_in_the_folder_is_seen_at_the_next_call(tmp_path: Path) -> None:
    assert charger_baremes(ajouts=tmp_path).ajoutes == ()
    assert len(ajoutes(tmp_path, aide=BORNEE + SUITE).ajoutes) == 1
    lus = charger_baremes(ajouts=tmp_path)
    assert charger_baremes(ajouts=tmp_path) is lus
    os.utime(tmp_path / "aide.toml", ns=(1, 1))
    assert charger_baremes(ajouts=tmp_path) is not lus
    (tmp_path / "aide.toml").unlink()
    assert charger_baremes(ajouts=tmp_path) == charger_baremes()


def test_a_file_is_tried_where_it_is_without_being_added(tmp_path: Path) -> None:
    fichier = tmp_path / "aide.toml"
    fichier.write_text(BORNEE + SUITE, encoding="utf-8")
    (tmp_path / "objectifs.toml").write_text("rien", encoding="utf-8")

    essai = essayer_ajout(fichier)
    assert (len(essai.ajoutes), essai.refus) == (1, ())


def test_the_tables_of_the_program_must_be_readable(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        charger_baremes(tmp_path, tmp_path)
    for table in (*charger_baremes().tables, "reperes"):
        (tmp_path / f"{table}.toml").write_text(du_programme(table), encoding="utf-8")
    (tmp_path / "aide.toml").write_bytes(b"\xe9")
    with pytest.raises(BaremeInvalide, match="UTF-8"):
        charger_baremes(tmp_path, tmp_path / "absent")


def test_an_evaluation_with_a_refused_file_is_that_of_the_program(tmp_path: Path) -> None:
    dossier: Dossier = pratique(contrat())
    juge = evaluate(dossier, j("2024-07-02"), ajoutes(tmp_path, aide=SUITE))

    assert juge.contrats == evaluate(dossier, j("2024-07-02"), charger_baremes()).contrats
