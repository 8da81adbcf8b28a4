"""``assistmed baremes``: what applies, how old it is; adding a file, refusing one, withdrawing it."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import TYPE_CHECKING

import pytest

from assistmed_desktop.cli import ECHEC, FAIT, REFUS, USAGE, executer
from tests.cli.outils import MORVAN, Fenetre, HorlogeFixe
from tests.rules.test_baremes_ajoutes import BORNEE, SUITE, changee

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def bareme(tmp_path: Path) -> Path:
    """Give a file that adds amounts from 2030 on."""
    fichier = tmp_path / "recu" / "aide.toml"
    fichier.parent.mkdir()
    fichier.write_text(BORNEE + SUITE, encoding="utf-8")
    return fichier


def lu(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    sortie, erreur = capsys.readouterr()
    return sortie.replace("\u00a0", " "), erreur.replace("\u00a0", " ")


def test_every_table_is_listed_with_its_versions_contracts_grade_reference_and_age(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert assistmed("baremes", "--au", "2027-01-21") == FAIT
    sortie, erreur = lu(capsys)

    assert erreur == ""
    for table in ("textes", "aide", "objectifs", "echeances", "eligibilite"):
        assert f"({table}.toml)" in sortie
    assert (
        "  montants_2019 · degré B · relue le 21/11/2026, il y a 2 mois\n"
        "    Contrats « avenant n° 7 » signés du 01/09/2019 au 30/04/2023.\n"
        "    Contrats « règlement arbitral de 2023 » signés du 01/05/2023 au 21/06/2024.\n"
        "    En vigueur du 01/09/2019 au 21/06/2024.\n"
        "    → Avenant n° 7 et règlement arbitral de 2023"
    ) in sortie
    assert "montants_collectif_2026 · degré C, à vérifier ·" in sortie
    assert "À revérifier" not in sortie
    assert "Aucun barème ajouté" in sortie


@pytest.mark.parametrize(("au", "alerte"), [("2027-11-21", False), ("2027-11-22", True)])
def test_versions_read_over_a_year_ago_are_an_alert(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], au: str, alerte: bool
) -> None:
    assert assistmed("baremes", "--au", au) == FAIT
    sortie, _ = lu(capsys)

    assert (
        "À revérifier : 15 versions n'ont pas été relues depuis plus d'un an." in " ".join(sortie.split())
    ) is alerte
    assert ("à revérifier" in sortie) is alerte


def test_a_file_is_added_named_applied_and_withdrawn(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], bareme: Path, donnees: Path
) -> None:
    assert assistmed("baremes", "--ajouter", bareme) == FAIT
    sortie, _ = lu(capsys)
    ajoute = donnees / "baremes" / "aide.toml"
    assert ajoute.read_bytes() == bareme.read_bytes()
    assert list(ajoute.parent.iterdir()) == [ajoute]
    assert str(ajoute) in sortie
    assert "Remplace dans la table aide : montants_2024.\nAjoute à la table aide : montants_2030.\n" in sortie
    assert "que vous aviez ajouté" not in sortie

    assert assistmed("baremes", "--au", "2030-01-01") == FAIT
    sortie, _ = lu(capsys)
    assert "montants_2030, ajoutée par vous · degré B · relue le 21/11/2026, il y a 3 ans et 1 mois," in sortie
    assert "montants_2024, ajoutée par vous" in sortie
    assert "Ajoutés par vous, dans" in sortie
    assert assistmed("baremes", "--ajouter", bareme) == FAIT
    assert "la place du fichier de ce nom que vous aviez ajouté" in lu(capsys)[0]

    assert assistmed("baremes", "--retirer", "aide") == FAIT
    assert not ajoute.exists()
    assert assistmed("baremes", "--retirer", "aide.toml") == USAGE
    assert "n'est pas un barème ajouté. Il n'y en a aucun." in lu(capsys)[1]


def test_a_file_that_replaces_nothing_says_what_it_adds_alone(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], bareme: Path
) -> None:
    avant = SUITE.replace("effet_du = 2030-01-01", "effet_du = 2010-01-01\neffet_au = 2010-12-31")
    bareme.write_text(avant, encoding="utf-8")

    assert assistmed("baremes", "--ajouter", bareme) == FAIT
    assert lu(capsys)[0].splitlines()[1:] == ["Ajoute à la table aide : montants_2030."]


def test_an_added_file_governs_what_is_evaluated(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    autre = changee("aide", "montants_2019", ("annee_1 = 18000", "annee_1 = 18500"))
    (tmp_path / "aide.toml").write_text(autre, encoding="utf-8")
    arguments = ("--chiffre", "aide.1.montant_max", "--json")

    assert assistmed("expliquer", MORVAN, *arguments, "--baremes", tmp_path) == FAIT
    assert "18\u00a0500\u00a0€" in capsys.readouterr().out
    assert assistmed("expliquer", MORVAN, *arguments) == FAIT
    assert "18\u00a0000\u00a0€" in capsys.readouterr().out


def test_what_the_program_has_read_since_is_told(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], bareme: Path
) -> None:
    bareme.write_text(BORNEE.replace("verifie_le = 2026-11-21", "verifie_le = 2026-01-01"), encoding="utf-8")

    assert assistmed("baremes", "--ajouter", bareme) == FAIT
    assert "Attention : le programme a relu plus récemment que vous montants_2024." in lu(capsys)[0]


def test_every_fault_of_a_refused_file_is_a_line_and_nothing_is_added(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], bareme: Path, donnees: Path
) -> None:
    bareme.write_text('auteur = "moi"\n' + SUITE.replace('grade = "B"', 'grade = "X"'), encoding="utf-8")

    assert assistmed("baremes", "--ajouter", bareme) == REFUS
    assert lu(capsys) == (
        "",
        (
            "aide.toml (clé auteur) : cette clé est inconnue\n"
            "aide.toml (version montants_2030, clé grade) : cette valeur n'est pas de la forme attendue\n"
        ),
    )
    assert list(donnees.iterdir()) == []


def test_a_file_of_another_name_or_that_is_not_there_is_not_added(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], bareme: Path, donnees: Path
) -> None:
    autre = bareme.rename(bareme.with_name("aide (1).toml"))
    assert assistmed("baremes", "--ajouter", autre) == REFUS
    assert "porte le nom de l'une des tables" in lu(capsys)[1]
    for nom in ("notes.txt", "aide", "AIDE.toml"):
        autre = autre.rename(autre.with_name(nom))
        assert assistmed("baremes", "--ajouter", autre) == REFUS
        assert "porte le nom de l'une des tables" in lu(capsys)[1]
    assert assistmed("baremes", "--ajouter", bareme) == ECHEC
    assert "n'existe pas" in lu(capsys)[1]
    assert assistmed("baremes", "--ajouter", bareme.parent) == USAGE
    assert lu(capsys)[1].endswith("/recu » est un dossier : donnez le fichier du barème à ajouter.\n")
    assert list(donnees.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="named pipes, links")
def test_what_is_not_a_regular_file_is_not_added_and_nobody_waits_for_it(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], bareme: Path, donnees: Path
) -> None:
    bareme.unlink()
    os.mkfifo(bareme)
    assert assistmed("baremes", "--ajouter", bareme) == REFUS
    assert lu(capsys)[1] == "aide.toml : ce n'est pas un fichier ordinaire, ou c'est un lien sans cible\n"
    bareme.unlink()
    bareme.symlink_to(bareme)
    assert assistmed("baremes", "--ajouter", bareme) == ECHEC
    assert "Le disque refuse cette opération" in lu(capsys)[1]
    assert list(donnees.iterdir()) == []


@pytest.mark.usefixtures("donnees")
@pytest.mark.parametrize(
    ("aujourdhui", "relu", "refus"),
    [
        # This clock is behind the program, whose own tables were read on 21/11/2026.
        ("2025-01-15", "2026-11-21", ""),
        ("2025-01-15", "2026-11-22", "le 22/11/2026 est à venir"),
        ("2025-01-15", "2099-01-01", "le 01/01/2099 est à venir"),
        ("2027-03-01", "2027-03-01", ""),
        ("2027-03-01", "2027-03-02", "le 02/03/2027 est à venir"),
    ],
)
def test_a_reading_of_a_day_to_come_is_refused(
    capsys: pytest.CaptureFixture[str], bareme: Path, aujourdhui: str, relu: str, refus: str
) -> None:
    class Horloge(HorlogeFixe):
        def aujourdhui(self) -> date:
            return date.fromisoformat(aujourdhui)

    bareme.write_text(BORNEE + SUITE.replace("verifie_le = 2026-11-21", f"verifie_le = {relu}"), encoding="utf-8")

    # A day asked for is no clock: it changes nothing to what has been read.
    code = executer(["baremes", "--au", "2140-01-01", "--ajouter", str(bareme)], Horloge(), Fenetre())
    dit = "aide.toml (version montants_2030, clé verifie_le) : {} : écrivez le jour où vous avez relu la source\n"
    assert (code, lu(capsys)[1]) == ((REFUS, dit.format(refus)) if refus else (FAIT, ""))


def test_a_doubtful_reading_put_in_the_folder_is_an_alert(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], donnees: Path
) -> None:
    (donnees / "baremes").mkdir()
    autre = changee("aide", "montants_2019", ("verifie_le = 2026-11-21", "verifie_le = 2099-01-01"))
    (donnees / "baremes" / "aide.toml").write_text(autre, encoding="utf-8")

    assert assistmed("baremes", "--au", "2026-11-22") == FAIT
    sortie, _ = lu(capsys)
    assert (
        "Relecture à venir : corrigez la date de relecture (verifie_le) de montants_2019, dans ce que vous avez ajouté."
    ) in " ".join(sortie.split())
    assert assistmed("baremes", "--retirer", "aide") == FAIT
    assert assistmed("baremes", "--au", "2026-11-22") == FAIT
    assert "Relecture à venir" not in lu(capsys)[0]


def test_a_broken_file_in_the_folder_is_told_by_every_command_and_stops_none(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], donnees: Path, tmp_path: Path
) -> None:
    (donnees / "baremes").mkdir()
    (donnees / "baremes" / "aide.toml").write_text(SUITE, encoding="utf-8")

    for commande in (
        ("evaluer", MORVAN),
        ("bilan", MORVAN, "--sortie", tmp_path / "b.pdf"),
        ("simuler", MORVAN, "--gain-mensuel", "5"),
        ("expliquer", MORVAN),
    ):
        assert assistmed(*commande) == FAIT
        sortie, erreur = lu(capsys)
        assert sortie
        assert erreur.startswith("Barème ajouté, non appliqué : aide.toml (version montants_2030, clé effet_du) : ")
        assert len(erreur.splitlines()) == 1
    assert assistmed("baremes") == REFUS
    sortie, erreur = lu(capsys)
    assert "montants_2024 · degré B" in sortie
    assert "Aucun barème ajouté" not in sortie
    assert erreur.startswith("Barème ajouté, non appliqué")


def test_a_file_is_withdrawn_even_when_it_is_broken_and_the_others_are_named(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], donnees: Path
) -> None:
    (donnees / "baremes").mkdir()
    (donnees / "baremes" / "aide.toml").write_text("rien", encoding="utf-8")

    assert assistmed("baremes", "--retirer", "objectifs") == USAGE
    assert "Ceux que vous avez ajoutés : aide.toml." in lu(capsys)[1]
    assert assistmed("baremes", "--retirer", "../cabinet") == USAGE
    (donnees / "baremes" / "Vieux.TOML").touch()
    assert assistmed("baremes", "--retirer", "Vieux.TOML") == FAIT
    assert assistmed("baremes", "--retirer", "aide") == FAIT
    assert assistmed("baremes") == FAIT


@pytest.mark.skipif(os.name == "nt", reason="names of files, links")
def test_what_is_not_a_file_or_has_a_strange_name_is_withdrawn_or_told_in_a_sentence(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], donnees: Path
) -> None:
    (donnees / "baremes").mkdir()
    (donnees / "baremes" / "l\nigne.toml").touch()
    (donnees / "baremes" / "objectifs.toml").mkdir()
    assert assistmed("baremes", "--retirer", "objectifs") == USAGE
    assert lu(capsys)[1] == (
        "« objectifs.toml » est un dossier, que cette commande n'efface pas : déplacez-le vous-même hors de "
        f"{donnees / 'baremes'}.\n"
    )
    (donnees / "baremes" / "objectifs.toml").rmdir()
    assert assistmed("baremes", "--retirer", "objectifs") == USAGE
    assert "Ceux que vous avez ajoutés : l\ufffdigne.toml." in lu(capsys)[1]
    assert assistmed("baremes", "--retirer", "l\nigne") == FAIT
    assert lu(capsys)[0].startswith("l\ufffdigne.toml est retiré")
    (donnees / "baremes" / "textes.toml").symlink_to(donnees)
    assert assistmed("baremes", "--retirer", "textes") == FAIT
    assert donnees.is_dir()
    assert list((donnees / "baremes").iterdir()) == []


def test_its_json_names_the_versions_the_added_files_and_the_refused_ones(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], bareme: Path
) -> None:
    bareme.write_text(BORNEE + SUITE.replace("verifie_le = 2026-11-21", "verifie_le = 2027-06-01"), encoding="utf-8")
    (bareme.parent / "objectifs.toml").write_text("versions = []", encoding="utf-8")
    assert assistmed("baremes", "--json", "--baremes", bareme.parent, "--au", "2028-01-01") == REFUS
    document = json.loads(capsys.readouterr().out)

    assert (document["format"], document["version"], document["au"]) == ("assistmed-baremes", 1, "2028-01-01")
    aide = {version["cle"]: version for version in document["tables"]["aide"]}
    assert aide["montants_2019"]["contrats"][0] == {
        "texte": "avenant_7", "signes_du": "2019-09-01", "signes_au": "2023-04-30",
    }  # fmt: skip
    assert (aide["montants_2019"]["ajoutee"], aide["montants_2019"]["ancienne"]) == (False, True)
    assert (aide["montants_2030"]["ajoutee"], aide["montants_2030"]["ancienne"]) == (True, False)
    assert (aide["montants_2024"]["effet_au"], aide["montants_2030"]["effet_au"]) == ("2029-12-31", None)
    assert document["ajoutes"][0]["remplacees"] == ["montants_2024"]
    assert document["refus"] == [
        {"fichier": "objectifs.toml", "version": "", "cle": "versions", "message": "il faut au moins une version"}
    ]


@pytest.mark.parametrize(
    ("arguments", "dit"),
    [
        (["--ajouter", "a.toml", "--retirer", "aide"], "ne vont pas ensemble"),
        (["--ajouter"], "attend une valeur"),
        (["--au", "hier"], "n'est pas une date"),
    ],
)
def test_wrong_usage(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], arguments: list[str], dit: str
) -> None:
    assert assistmed("baremes", *arguments) == USAGE
    assert dit in capsys.readouterr().err


def test_a_folder_of_baremes_that_is_not_there_is_told(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert assistmed("evaluer", MORVAN, "--baremes", tmp_path / "absent") == ECHEC
    assert "absent" in capsys.readouterr().err
