"""The command line as a user types it: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from assistmed_desktop import __version__, cli
from assistmed_desktop.cli import BASE, ECHEC, FAIT, REFUS, USAGE
from assistmed_desktop.domain import valeurs
from assistmed_desktop.storage.depot import DepotSqlite
from tests.cli.outils import MORVAN, Fenetre, HorlogeFixe
from tests.storage.outils import base_de

if TYPE_CHECKING:
    from collections.abc import Callable


def _morvan() -> Any:  # noqa: ANN401 - the JSON of the worked example
    return json.loads(MORVAN.read_text(encoding="utf-8"))


def test_evaluer_json_gives_the_worked_figures(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert assistmed("evaluer", MORVAN, "--au", "2025-01-15", "--json") == FAIT
    document = json.loads(capsys.readouterr().out)
    assert (document["format"], document["version"], document["au"]) == ("assistmed-evaluation", 1, "2025-01-15")
    (contrat,) = document["contrats"]
    assert (contrat["id"], contrat["statut"], contrat["evaluation_le"], contrat["jours_suspendus"]) == (
        "c1", "en_retard", "2025-08-14", 152,
    )  # fmt: skip
    assert contrat["indicateurs"]["patientele_mt"].items() >= {
        "statut": "en_retard", "reference": 1010, "objectif": 1192, "valeur": 1131, "date": "2024-12-31",
        "source": "amelipro", "attendu": 1154.47, "taux_atteinte": 0.6648, "gain_mensuel_requis": 8.8,
        "projection": None,
    }.items()  # fmt: skip
    assert contrat["aide"][0].items() >= {
        "annee": 1, "du": "2022-03-15", "montant_max": 18000, "texte": "avenant_7", "grade": "B",
    }.items()  # fmt: skip
    assert [annee["montant_max"] for annee in contrat["aide"]] == [18000, 13500, 10500, 11000, 11000]
    assert contrat["effectif"] == [
        {"du": "2022-03-15", "au": None, "etp_affecte": "1/2", "etp_requis": "1/2", "couvert": True}
    ]
    assert contrat["echeances"][0]["code"] == "contrat_travail_cpam"
    assert (contrat["eligibilite"]["eligible"], contrat["eligibilite"]["motifs"]) == (True, [])


def test_evaluer_takes_today_from_the_clock(assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert assistmed("evaluer", MORVAN, "--json") == FAIT
    assert json.loads(capsys.readouterr().out)["au"] == "2025-01-15"


def test_evaluer_prints_an_aligned_table_without_colour_codes(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert assistmed("evaluer", MORVAN, "--au", "15/01/2025") == FAIT
    sortie = capsys.readouterr().out
    assert "\x1b[" not in sortie
    assert "▼ En retard de 23 patients sur le rythme prévu" in sortie.replace("\u00a0", " ")
    assert "1\u00a0131" in sortie
    assert "18\u00a0000\u00a0€" in sortie
    assert "hypothèse linéaire, non vérifiée" in sortie
    colonnes = {ligne.rindex("1\u00a0880") for ligne in sortie.splitlines() if ligne.lstrip().startswith("Objectif")}
    valeurs_fa = {ligne.rindex("1\u00a0790") for ligne in sortie.splitlines() if ligne.lstrip().startswith("Valeur")}
    assert colonnes == valeurs_fa


def test_ten_faults_are_ten_lines_path_first_and_nothing_is_imported(
    assistmed: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = tmp_path / "cabinet.assistmed"
    assert assistmed("importer", MORVAN, "--base", base) == FAIT
    avant = _exporte(assistmed, base, tmp_path)
    capsys.readouterr()
    dossier = _morvan()
    dossier["cabinet"]["couleur"] = "bleu"
    del dossier["cabinet"]["commune"]
    dossier["medecins"][0]["rpps"] = "10003456787"
    dossier["contrats"][0]["objectif"]["patientele_mt"] = 100
    dossier["contrats"][0]["signe_le"] = "2022-02-30"
    dossier["contrats"][0]["avenants"].append(
        {"type": "suspension", "du": "2023-06-01", "au": "2023-07-01", "motif": ""}
    )
    dossier["assistants"][0]["affectations"][0]["contrat"] = "c9"
    dossier["missions"][0]["minutes_semaine"] = "240"
    dossier["releves"][0]["source"] = "devin"
    dossier["versements"][0]["montant_du"] = 18000.005
    fautif = tmp_path / "fautif.json"
    fautif.write_text(json.dumps(dossier), encoding="utf-8")
    assert assistmed("importer", fautif, "--base", base) == REFUS
    erreurs = capsys.readouterr().err.splitlines()
    assert sorted(ligne.split(" : ")[0] for ligne in erreurs) == sorted([
        "cabinet.commune",
        "cabinet.couleur",
        "medecins[0].rpps",
        "contrats[0].avenants[1]",
        "contrats[0].objectif.patientele_mt",
        "contrats[0].signe_le",
        "assistants[0].affectations[0].contrat",
        "missions[0].minutes_semaine",
        "releves[0].source",
        "versements[0].montant_du",
    ])  # fmt: skip
    assert _exporte(assistmed, base, tmp_path) == avant


def _exporte(assistmed: Callable[..., int], base: Path, dossier: Path) -> Any:  # noqa: ANN401 - any JSON
    sortie = dossier / "exporte.json"
    assert assistmed("exporter", "--base", base, "--sortie", sortie) == FAIT
    return json.loads(sortie.read_text(encoding="utf-8"))


def test_import_then_export_is_the_identity(assistmed: Callable[..., int], tmp_path: Path) -> None:
    base = tmp_path / "cabinet.assistmed"
    assert assistmed("importer", MORVAN, "--base", base) == FAIT
    assert _exporte(assistmed, base, tmp_path) == _morvan()


def test_of_somebody_s_base_the_facts_alone_are_imported(
    assistmed: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recue, base = tmp_path / "recue.assistmed", tmp_path / "cabinet.assistmed"
    assert assistmed("importer", MORVAN, "--base", recue) == FAIT
    avant = recue.read_bytes()
    assert assistmed("importer", recue, "--base", base) == FAIT
    assert recue.read_bytes() == avant
    assert _exporte(assistmed, base, tmp_path) == _morvan()
    with closing(sqlite3.connect(base)) as connexion:
        assert connexion.execute("SELECT count(*) FROM journal").fetchone() == (1,), "its own, not that of the other"

    with closing(sqlite3.connect(recue)) as connexion:
        connexion.execute("CREATE TRIGGER piege AFTER INSERT ON journal BEGIN DELETE FROM releve; END")
        connexion.commit()
    capsys.readouterr()
    assert assistmed("importer", recue, "--base", tmp_path / "autre.assistmed") == BASE
    assert not (tmp_path / "autre.assistmed").exists()


def test_a_protected_or_empty_base_is_not_imported(
    assistmed: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recue, vide, secret = tmp_path / "recue.assistmed", tmp_path / "vide.assistmed", tmp_path / "phrase.txt"
    assert assistmed("importer", MORVAN, "--base", recue) == FAIT
    secret.write_text("une phrase assez longue pour tenir\n", encoding="utf-8")
    assert assistmed("phrase", recue, "--nouvelle-phrase-fichier", secret) == FAIT
    capsys.readouterr()
    assert assistmed("importer", recue, "--base", tmp_path / "autre.assistmed") == ECHEC
    assert "exportez son dossier, puis importez ce dossier" in " ".join(capsys.readouterr().err.split())
    DepotSqlite.ouvrir(vide, HorlogeFixe(), creer=True).fermer()
    assert assistmed("importer", vide, "--base", tmp_path / "autre.assistmed") == ECHEC
    assert "ne contient pas encore de cabinet" in capsys.readouterr().err
    assert not (tmp_path / "autre.assistmed").exists()


def test_importing_over_another_practice_keeps_a_copy_of_it(
    assistmed: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = tmp_path / "cabinet.assistmed"
    assert assistmed("importer", MORVAN, "--base", base) == FAIT
    autre = _morvan()
    autre["cabinet"]["nom"] = "Autre cabinet"
    fichier = tmp_path / "autre.json"
    fichier.write_text(json.dumps(autre), encoding="utf-8")
    capsys.readouterr()
    assert assistmed("importer", fichier, "--base", base) == FAIT
    (copie,) = tmp_path.glob("cabinet-avant-*.json")
    assert json.loads(copie.read_text(encoding="utf-8")) == _morvan()
    assert str(copie) in capsys.readouterr().out
    assert _exporte(assistmed, base, tmp_path) == autre
    assert assistmed("importer", fichier, "--base", base) == FAIT
    assert len(list(tmp_path.glob("cabinet-avant-*.json"))) == 1


def test_every_command_on_a_dossier_takes_a_base(
    assistmed: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base, pdf = tmp_path / "cabinet.assistmed", tmp_path / "bilan.pdf"
    assert assistmed("importer", MORVAN, "--base", base) == FAIT
    capsys.readouterr()
    assert assistmed("evaluer", "--base", base, "--json") == FAIT
    assert json.loads(capsys.readouterr().out)["contrats"][0]["statut"] == "en_retard"
    assert assistmed("bilan", "--base", base, "--sortie", pdf) == FAIT
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_bilan_writes_the_report_of_the_contract_asked_for(assistmed: Callable[..., int], tmp_path: Path) -> None:
    pdf = tmp_path / "bilan.pdf"
    assert assistmed("bilan", MORVAN, "--sortie", pdf, "--au", "2025-01-15", "--contrat", "c1") == FAIT
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].get_textpage()
    texte = page.get_text_range()
    page.close()
    document.close()
    assert "Lambert" in texte
    assert "1131" in "".join(texte.split())
    assert list(tmp_path.iterdir()) == [pdf]


def test_bilan_of_several_contracts_says_which_others_there_are(
    assistmed: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier = _morvan()
    dossier["contrats"].append({**dossier["contrats"][0], "id": "c2", "avenants": []})
    fichier = tmp_path / "deux.json"
    fichier.write_text(json.dumps(dossier), encoding="utf-8")
    assert assistmed("bilan", fichier, "--sortie", tmp_path / "b.pdf") == FAIT
    assert capsys.readouterr().out.splitlines()[1].endswith(": c2")


def test_bilan_refuses_an_unknown_contract_and_a_dossier_without_one(
    assistmed: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = tmp_path / "b.pdf"
    assert assistmed("bilan", MORVAN, "--sortie", pdf, "--contrat", "c7") == USAGE
    assert "c7" in capsys.readouterr().err
    dossier = _morvan()
    dossier["contrats"], dossier["versements"], dossier["assistants"][0]["affectations"] = [], [], []
    fichier = tmp_path / "sans.json"
    fichier.write_text(json.dumps(dossier), encoding="utf-8")
    assert assistmed("bilan", fichier, "--sortie", pdf) == ECHEC
    assert "n'a pas de contrat" in capsys.readouterr().err
    assert assistmed("evaluer", fichier) == FAIT
    assert not pdf.exists()


def test_schema_accepts_the_worked_example(assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    import jsonschema

    assert assistmed("schema") == FAIT
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator(schema).validate(_morvan())


def test_demo_writes_the_practice_and_its_report(
    assistmed: Callable[..., int], fenetre: Fenetre, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sortie = tmp_path / "ici" / "demo"
    assert assistmed("demo", "--sortie", sortie) == FAIT
    assert "En retard" in capsys.readouterr().out
    assert sorted(chemin.suffix for chemin in sortie.iterdir()) == [".assistmed", ".pdf"]
    assert fenetre.appels == []
    assert assistmed("demo", "--sortie", sortie) == FAIT


def test_demo_opens_the_window_where_there_is_a_screen(
    assistmed: Callable[..., int], fenetre: Fenetre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert assistmed("demo", "--sortie", tmp_path, "--sans-fenetre") == FAIT
    assert fenetre.appels == []
    assert assistmed("demo", "--sortie", tmp_path) == FAIT
    assert fenetre.appels == [(tmp_path / "demonstration.assistmed", cli.JOUR_DEMO)]
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert assistmed("demo", "--sortie", tmp_path) == FAIT
    assert len(fenetre.appels) == 1


def test_without_a_command_the_window_opens(
    assistmed: Callable[..., int], fenetre: Fenetre, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert assistmed() == ECHEC
    assert "Aucun écran" in capsys.readouterr().err
    monkeypatch.setattr(sys, "platform", "darwin")
    assert assistmed() == FAIT
    assert fenetre.appels == [(None, None)]


@pytest.mark.parametrize(
    ("arguments", "dit"),
    [
        (["evaluer"], "il faut l'un de ces arguments"),
        (["evaluer", str(MORVAN), "--base", "b"], "ne vont pas ensemble"),
        (["evaluer", str(MORVAN), "--au", "2025-02-30"], "n'est pas une date"),
        (["evaluer", str(MORVAN), "--au", "2500-01-01"], "hors de 1950 à 2150"),
        (["evaluer", str(MORVAN), "autre"], "argument inconnu"),
        (["bilan", str(MORVAN)], "il faut l'un de ces arguments"),
        (["bilan", str(MORVAN), "--sortie", "b.pdf", "--type", "roman"], "etape, renouvellement"),
        (["exporter", "--base"], "attend une valeur"),
        (["chanter"], "commande inconnue"),
        (["reparer"], "commande inconnue"),
    ],
)
def test_wrong_usage_is_told_in_french(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], arguments: list[str], dit: str
) -> None:
    assert assistmed(*arguments) == USAGE
    sortie, erreur = capsys.readouterr()
    assert sortie == ""
    assert dit in erreur
    assert erreur.startswith("Usage\u00a0:")
    for anglais in ("usage:", "error", "required", "invalid", "argument --"):
        assert anglais not in erreur


def test_help_and_version(assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert assistmed("--aide") == FAIT
    aide = capsys.readouterr().out
    for commande in ("demo", "evaluer", "bilan", "importer", "exporter", "schema"):
        assert commande in aide
    for anglais in ("usage:", "options:", "show this", "positional"):
        assert anglais not in aide
    assert assistmed("--version") == FAIT
    assert __version__ in capsys.readouterr().out


def test_what_cannot_be_read_is_said_without_a_traceback(
    assistmed: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    absent, texte, vide = tmp_path / "absent.json", tmp_path / "garbage.assistmed", tmp_path / "vide.assistmed"
    texte.write_bytes(b"ceci n'est pas une base" * 200)
    assert assistmed("evaluer", absent) == ECHEC
    assert assistmed("evaluer", "--base", tmp_path / "absente.assistmed") == ECHEC
    assert assistmed("evaluer", "--base", texte) == BASE
    assert assistmed("exporter", "--base", texte, "--sortie", vide) == BASE
    assert assistmed("bilan", MORVAN, "--sortie", tmp_path / "nulle-part" / "b.pdf") == ECHEC
    assert assistmed("demo", "--sortie", texte) == ECHEC
    erreur = capsys.readouterr().err
    assert "Traceback" not in erreur
    assert len(erreur.splitlines()) == 6
    assert all("«\u00a0" in ligne for ligne in erreur.splitlines())


def test_a_base_in_use_is_exit_code_4(assistmed: Callable[..., int], tmp_path: Path) -> None:
    from assistmed_desktop.storage.depot import DepotSqlite

    base = tmp_path / "cabinet.assistmed"
    with DepotSqlite.ouvrir(base, HorlogeFixe(), creer=True):
        assert assistmed("importer", MORVAN, "--base", base) == BASE
    assert assistmed("evaluer", "--base", base) == ECHEC
    assert assistmed("importer", MORVAN, "--base", base) == FAIT


def test_a_broken_reader_of_the_output_ends_quietly(tmp_path: Path) -> None:
    programme = "import sys; from assistmed_desktop.__main__ import main; sys.exit(main())"
    commande = f'"{sys.executable}" -c "{programme}" evaluer "{MORVAN}" | head -c 1'
    fin = subprocess.run(commande, shell=True, capture_output=True, cwd=tmp_path, check=False)  # noqa: S602
    assert b"Traceback" not in fin.stderr


def test_an_unexpected_error_is_one_sentence_and_a_traceback_only_with_debug(
    assistmed: Callable[..., int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def casser(_dossier: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("assistmed_desktop.exchange.dossier_json.lire_dossier", casser)
    assert assistmed("evaluer", MORVAN) == ECHEC
    erreur = capsys.readouterr().err
    assert "--debug" in erreur
    assert "Traceback" not in erreur
    for arguments in (("evaluer", MORVAN, "--debug"), ("--debug", "evaluer", MORVAN)):
        assert assistmed(*arguments) == ECHEC
        assert "Traceback" in capsys.readouterr().err


def test_debug_changes_no_exit_code(assistmed: Callable[..., int], tmp_path: Path) -> None:
    fautif = tmp_path / "fautif.json"
    fautif.write_text("{}", encoding="utf-8")
    assert assistmed("evaluer", fautif, "--debug") == REFUS


def test_an_import_that_fails_leaves_no_copy(
    assistmed: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, autre = tmp_path / "cabinet.assistmed", tmp_path / "autre.json"
    assert assistmed("importer", MORVAN, "--base", base) == FAIT
    autre.write_text(json.dumps({**_morvan(), "activite": []}), encoding="utf-8")
    avant = _exporte(assistmed, base, tmp_path)

    def refuser(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as contexte:
        contexte.setattr("assistmed_desktop.storage.depot.DepotSqlite.enregistrer", refuser)
        assert assistmed("importer", autre, "--base", base) == ECHEC
    assert not list(tmp_path.glob("cabinet-avant-*"))
    assert _exporte(assistmed, base, tmp_path) == avant


def test_an_interruption_is_one_word(
    assistmed: Callable[..., int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrompre(_dossier: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("assistmed_desktop.exchange.dossier_json.lire_dossier", interrompre)
    assert assistmed("evaluer", MORVAN) == ECHEC
    assert capsys.readouterr().err == "Interrompu.\n"


def test_the_bounds_of_a_day_are_those_of_the_domain() -> None:
    assert (cli.ANNEE_MIN, cli.ANNEE_MAX) == (valeurs.ANNEE_MIN, valeurs.ANNEE_MAX)


def test_both_ways_of_starting_give_the_same(tmp_path: Path) -> None:
    environnement = {**os.environ, "PYTHONIOENCODING": "ascii", "NO_COLOR": "1"}
    module = [sys.executable, "-m", "assistmed_desktop"]
    script = [str(Path(sys.executable).with_name("assistmed"))]
    sorties = []
    for debut in (module, script):
        fin = subprocess.run(
            [*debut, "evaluer", str(MORVAN), "--au", "2025-01-15"],
            capture_output=True, check=True, env=environnement, cwd=tmp_path,
        )  # fmt: skip
        sorties.append(fin.stdout)
    assert sorties[0] == sorties[1]
    assert "Cabinet médical du Morvan" in sorties[0].decode("utf-8")


@pytest.mark.parametrize("commande", ["bilan", "exporter"])
def test_nothing_is_written_over_the_data_of_a_practice(
    assistmed: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str], commande: str
) -> None:
    bases = (tmp_path / "lue.assistmed", tmp_path / "autre.assistmed")
    for base in bases:
        assert assistmed("importer", MORVAN, "--base", base) == FAIT
    for cible in bases:
        avant = cible.read_bytes()
        assert assistmed(commande, "--base", bases[0], "--sortie", cible) == ECHEC
        assert "porte les données d'un cabinet" in capsys.readouterr().err
        assert cible.read_bytes() == avant
    assert sorted(tmp_path.iterdir()) == sorted(bases)


def test_a_review_is_not_written_over_its_dossier(assistmed: Callable[..., int], tmp_path: Path) -> None:
    dossier = tmp_path / "morvan.json"
    dossier.write_bytes(MORVAN.read_bytes())
    assert assistmed("bilan", dossier, "--sortie", tmp_path / "." / "morvan.json") == ECHEC
    assert dossier.read_bytes() == MORVAN.read_bytes()


@pytest.mark.parametrize("sortie", ["", ".", "/", "absent/bilan.pdf"])
def test_a_review_needs_the_name_of_a_file_in_a_folder_that_is_there(
    assistmed: Callable[..., int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    sortie: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert assistmed("bilan", MORVAN, "--sortie", sortie) == ECHEC
    assert ("n'existe pas" if sortie.startswith("absent") else "est un répertoire") in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_review_replaces_the_one_before(assistmed: Callable[..., int], tmp_path: Path) -> None:
    bilan = tmp_path / "bilan.pdf"
    bilan.write_bytes(b"ancien")
    assert assistmed("bilan", MORVAN, "--sortie", bilan) == FAIT
    assert bilan.read_bytes().startswith(b"%PDF")


def test_an_empty_contract_id_is_no_contract(assistmed: Callable[..., int], tmp_path: Path) -> None:
    assert assistmed("bilan", MORVAN, "--sortie", tmp_path / "bilan.pdf", "--contrat", "") == USAGE


def test_a_base_is_verified_copied_and_restored(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def dit(*arguments: str | Path) -> str:
        assert assistmed(*arguments) == FAIT
        return capsys.readouterr().out.replace("\u00a0", " ")

    base, copie = tmp_path / "cabinet.assistmed", tmp_path / "copie.assistmed"
    dit("importer", MORVAN, "--base", base)
    verifiee = dit("verifier", "--base", base)
    assert "est saine : Cabinet médical du Morvan, 1 médecin, 1 contrat, 1 assistant" in verifiee
    assert "Aucune sauvegarde automatique." in verifiee
    assert "Copie faite et vérifiée" in dit("sauvegarder", "--base", base, "--sortie", copie)
    assert "est gardé dans" in dit("restaurer", copie, "--base", base)
    assert "avant une restauration" in dit("verifier", "--base", base)
    neuve = tmp_path / "neuve.assistmed"
    assert "est gardé" not in dit("restaurer", copie, "--base", neuve)
    assert "Cabinet médical du Morvan" in dit("verifier", "--base", neuve)


def test_a_damaged_base_is_told_by_its_exit_code(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    base = tmp_path / "cabinet.assistmed"
    assert assistmed("importer", MORVAN, "--base", base) == FAIT
    base.write_bytes(base.read_bytes()[:5000])
    assert assistmed("verifier", "--base", base) == BASE
    assert "endommagée" in capsys.readouterr().err
    assert assistmed("restaurer", tmp_path / "absente.assistmed", "--base", base) == ECHEC


def test_a_base_without_a_practice_is_sound(
    assistmed: Callable[..., int], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    base = base_de(None, tmp_path / "vide.assistmed")
    assert assistmed("verifier", "--base", base) == FAIT
    assert "aucun cabinet" in capsys.readouterr().out
