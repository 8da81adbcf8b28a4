"""``assistmed bilan``: the four documents, one made again from its own PDF or data, and those of many practices."""

import json
import os
import signal
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import AttachedFileSpec, Dictionary, Name, Pdf, Stream

from assistmed_desktop.cli import ECHEC, FAIT, REFUS, USAGE
from assistmed_desktop.cli.bilan import noter
from assistmed_desktop.cli.contexte import Contexte
from assistmed_desktop.cli.rapports import PAR_COEUR, rediger_tous
from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier, lire_dossier
from assistmed_desktop.reports.contenu import ContratAbsent
from assistmed_desktop.reports.lecture import pieces_jointes
from assistmed_desktop.services.rapports import GENRES, Demande, Redige, rapport_de
from tests.cli.outils import DEMO, MORVAN, Fenetre, HorlogeFixe
from tests.dix_medecins import dix_medecins
from tests.storage.outils import ouvrir as ouvrir_base

Assistmed = Callable[..., int]
AU = "2025-01-15"
TOUS = [genre.cle for genre in GENRES]


def _joint(pdf: Path, nom: str) -> bytes:
    with Pdf.open(pdf) as document:
        return document.attachments[nom].get_file().read_bytes()


def _cabinet(tmp_path: Path, assistmed: Assistmed, source: Path = MORVAN) -> Path:
    base = tmp_path / "cabinet.assistmed"
    assert assistmed("importer", source, "--base", base) == FAIT
    return base


@pytest.mark.parametrize("genre", TOUS)
def test_a_report_is_made_again_from_its_pdf_and_from_the_data_it_carries(
    assistmed: Assistmed, tmp_path: Path, capsys: pytest.CaptureFixture[str], genre: str
) -> None:
    premier, extrait = tmp_path / "premier.pdf", tmp_path / "dossier.json"
    assert assistmed("bilan", DEMO, "--sortie", premier, "--au", "2026-11-15", "--contrat", "c2", "--type", genre) == 0
    assert assistmed("bilan", premier, "--sortie", tmp_path / "refait.pdf") == FAIT
    assert "Refait à l'identique, octet pour octet" in capsys.readouterr().out
    assert (tmp_path / "refait.pdf").read_bytes() == premier.read_bytes()
    extrait.write_bytes(_joint(premier, "dossier.json"))
    detache = tmp_path / "detache.pdf"
    assert assistmed("bilan", extrait, "--sortie", detache, "--au", "2026-11-15", "--type", genre) == FAIT
    assert detache.read_bytes() == premier.read_bytes()


def test_a_stage_review_begins_on_the_day_given_and_is_made_again_from_it(assistmed: Assistmed, tmp_path: Path) -> None:
    premier, autre, refait = (tmp_path / f"{nom}.pdf" for nom in ("premier", "autre", "refait"))
    etape = ("bilan", MORVAN, "--au", AU, "--type", "etape")
    assert assistmed(*etape, "--depuis", "01/09/2024", "--sortie", premier) == FAIT
    assert assistmed(*etape, "--sortie", autre) == FAIT
    assert json.loads(_joint(premier, "rapport.json"))["depuis"] == "2024-09-01"
    assert json.loads(_joint(autre, "rapport.json"))["depuis"] is None
    assert assistmed("bilan", premier, "--sortie", refait) == FAIT
    assert refait.read_bytes() == premier.read_bytes()


def test_a_stage_review_of_a_base_begins_at_the_last_report_issued(assistmed: Assistmed, tmp_path: Path) -> None:
    base, pdf = _cabinet(tmp_path, assistmed), tmp_path / "etape.pdf"
    assert assistmed("bilan", base, "--au", "2025-01-10", "--sortie", tmp_path / "annuel.pdf") == FAIT
    assert assistmed("bilan", "--base", base, "--au", AU, "--type", "etape", "--sortie", pdf) == FAIT
    assert json.loads(_joint(pdf, "rapport.json"))["depuis"] == "2025-01-10"
    with ouvrir_base(base, creer=False) as depot:
        emis = depot.rapports.emis()
        assert [(rapport.genre, rapport.nom) for rapport in emis] == [
            ("etape", "2025-01-15 Bilan d’étape – Dr Lambert.pdf"),
            ("annuel", "2025-01-10 Bilan annuel – Dr Lambert.pdf"),
        ]
        assert depot.rapports.contenu(emis[0].cle) == pdf.read_bytes()


def test_reports_that_cannot_be_noted_are_told_not_lost(
    assistmed: Assistmed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = _cabinet(tmp_path, assistmed)
    contexte = Contexte(Namespace(phrase_fichier=None), HorlogeFixe(), Fenetre())
    dossier = lire_dossier(MORVAN.read_bytes())
    rapport = rapport_de(dossier, Demande("annuel", "c1", date(2025, 1, 15)), Redige(b"%PDF-", "empreinte"))
    with ouvrir_base(base, creer=False):  # as the window has it meanwhile
        noter(contexte, base, [rapport])
    assert "Écrit, mais pas ajouté aux rapports émis" in capsys.readouterr().err
    noter(contexte, base, [rapport])
    assert capsys.readouterr().err == ""
    with ouvrir_base(base, creer=False) as depot:
        assert [emis.sujet for emis in depot.rapports.emis()] == ["Dr\u00a0Claire\u00a0Lambert"]


@pytest.mark.parametrize(
    ("arguments", "dit"),
    [
        (["--sortie", "b.pdf"], "au moins une source"),
        ([MORVAN, "--sortie", "b.pdf", "--depuis", AU], "ajoutez --type etape"),
        ([MORVAN, DEMO, "--sortie", "b.pdf"], "avec --tous"),
        ([MORVAN, "--sortie", "b.pdf", "--tous"], "avec --dossier-sortie"),
        ([MORVAN, "--dossier-sortie", "b", "--tous", "--contrat", "c1"], "sans --contrat"),
        ([MORVAN, "--dossier-sortie", "b", "--sortie", "b.pdf"], "ne vont pas ensemble"),
    ],
)
def test_what_does_not_go_together_is_refused(  # noqa: PLR0917 - fixtures
    assistmed: Assistmed,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str | Path],
    dit: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert assistmed("bilan", *arguments) == USAGE
    assert dit in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_one_report_takes_a_sensible_name_and_the_place_of_no_other(assistmed: Assistmed, tmp_path: Path) -> None:
    sortie = tmp_path / "sortie"
    commande = ("bilan", MORVAN, "--au", AU, "--dossier-sortie", sortie)
    nom = "2025-01-15 Bilan annuel – Dr Lambert"
    assert assistmed(*commande) == assistmed(*commande) == FAIT
    assert [fichier.name for fichier in sortie.iterdir()] == [f"{nom}.pdf"]
    (sortie / f"{nom}.pdf").write_bytes(b"autre")
    assert assistmed(*commande) == FAIT
    assert sorted(fichier.name for fichier in sortie.iterdir()) == [f"{nom} (2).pdf", f"{nom}.pdf"]
    assert (sortie / f"{nom}.pdf").read_bytes() == b"autre"
    assert assistmed("bilan", MORVAN, "--dossier-sortie", MORVAN) == ECHEC


# What a report carries, when it is not what the program wrote


def _retoucher(pdf: Path, retoucher: Callable[[Pdf], None]) -> Path:
    sortie = BytesIO()
    with Pdf.open(pdf) as document:
        retoucher(document)
        document.save(sortie)
    pdf.write_bytes(sortie.getvalue())
    return pdf


def _sans_rien(document: Pdf) -> None:
    for nom in list(document.attachments):
        del document.attachments[nom]


def _sans_donnees(document: Pdf) -> None:
    del document.attachments["dossier.json"]


def _joindre(document: Pdf, nom: str, contenu: bytes) -> None:
    document.attachments[nom] = AttachedFileSpec(
        document,
        contenu,
        filename=nom,
        description="",
        mime_type="application/json",
        creation_date="",
        mod_date="",
    )


def _autres_donnees(document: Pdf) -> None:
    _joindre(document, "dossier.json", MORVAN.read_bytes())


def _autre_genre(document: Pdf) -> None:
    rapport = json.loads(document.attachments["rapport.json"].get_file().read_bytes())
    _joindre(document, "rapport.json", json.dumps({**rapport, "genre": "roman"}).encode())


def _enorme(document: Pdf) -> None:
    flux = Stream(document, b" " * 30_000_000)
    flux.Type = Name.EmbeddedFile
    document.attachments["dossier.json"].obj.EF = Dictionary(F=document.make_indirect(flux))


@pytest.mark.parametrize(
    ("retouche", "dit"),
    [
        (_sans_rien, "ne porte pas les données d'un rapport"),
        (_sans_donnees, "n'est pas un PDF que ce programme puisse lire"),
        (_autres_donnees, "ont été modifiées depuis qu'il est sorti"),
        (_autre_genre, "fait par un autre programme, ou modifié"),
        (_enorme, "trop grosse pour être celle d'un rapport"),
    ],
)
def test_a_pdf_that_is_not_a_report_as_it_was_is_refused(
    assistmed: Assistmed,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    retouche: Callable[[Pdf], None],
    dit: str,
) -> None:
    pdf = tmp_path / "bilan.pdf"
    assert assistmed("bilan", MORVAN, "--au", AU, "--sortie", pdf) == FAIT
    assert assistmed("bilan", _retoucher(pdf, retouche), "--sortie", tmp_path / "refait.pdf") == ECHEC
    assert dit in capsys.readouterr().err
    assert not (tmp_path / "refait.pdf").exists()


def test_a_report_saved_anew_by_another_program_is_made_again_and_said_to_differ(
    assistmed: Assistmed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf, refait = tmp_path / "bilan.pdf", tmp_path / "refait.pdf"
    assert assistmed("bilan", MORVAN, "--au", AU, "--sortie", pdf) == FAIT
    avant = pdf.read_bytes()
    assert assistmed("bilan", _retoucher(pdf, lambda _document: None), "--sortie", refait) == FAIT
    assert "Il diffère de" in capsys.readouterr().err
    assert refait.read_bytes() == avant
    assert assistmed("bilan", pdf, "--sortie", refait, "--au", AU) == USAGE
    assert "sans --au" in capsys.readouterr().err
    assert assistmed("bilan", pdf, "--sortie", pdf) == ECHEC  # what is read is not written over
    pdf.write_bytes(b"%PDF-1.7 ceci n'en est pas un")
    assert assistmed("bilan", pdf, "--sortie", refait) == ECHEC
    assert "n'est pas un PDF" in capsys.readouterr().err


# All those of a practice, or of many


def test_every_contract_of_every_source_has_its_report_and_those_of_a_base_are_noted(
    assistmed: Assistmed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sortie, base = tmp_path / "sortie", _cabinet(tmp_path, assistmed)
    mauvais = tmp_path / "mauvais.json"
    mauvais.write_text('{"format": "assistmed-dossier"}', encoding="utf-8")
    capsys.readouterr()
    tous = ("--tous", "--dossier-sortie", sortie, "--au", AU, "--type", "versements")
    assert assistmed("bilan", mauvais, DEMO, base, *tous) == REFUS
    dit, avance = capsys.readouterr()
    assert dit == f"5\u00a0documents sur 5 dans {sortie}\n"
    assert f"Source non lue\u00a0: «\u00a0{mauvais}\u00a0»" in avance
    assert avance.splitlines()[-1] == "5 sur 5\u00a0: 2025-01-15 Relevé des versements – Dr Lambert.pdf"
    assert len(list(sortie.iterdir())) == 5
    with ouvrir_base(base, creer=False) as depot:
        (emis,) = depot.rapports.emis()
        assert depot.rapports.contenu(emis.cle) == (sortie / emis.nom).read_bytes()


def test_a_source_without_a_contract_is_told_and_so_is_a_folder_that_is_a_file(
    assistmed: Assistmed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sans = json.loads(MORVAN.read_text(encoding="utf-8"))
    sans["contrats"], sans["versements"], sans["assistants"][0]["affectations"] = [], [], []
    fichier, sortie = tmp_path / "sans.json", tmp_path / "sortie"
    fichier.write_text(json.dumps(sans), encoding="utf-8")
    assert assistmed("bilan", fichier, MORVAN, "--tous", "--dossier-sortie", sortie, "--au", AU) == FAIT
    dit, avance = capsys.readouterr()
    assert f"Aucun contrat dans «\u00a0{fichier}\u00a0»." in avance
    assert dit == f"1\u00a0document sur 1 dans {sortie}\n"
    assert assistmed("bilan", MORVAN, "--tous", "--dossier-sortie", fichier) == ECHEC
    assert "n'est pas un dossier" in capsys.readouterr().err


def test_contracts_of_one_name_have_files_of_their_own(assistmed: Assistmed, tmp_path: Path) -> None:
    dossier = json.loads(DEMO.read_text(encoding="utf-8"))
    homonymes = dossier["medecins"][:2]
    homonymes[1]["nom"] = homonymes[0]["nom"].upper()
    premier, second = dossier["contrats"][:2]
    second.update({"debut_le": premier["debut_le"], "signe_le": premier["signe_le"], "avenants": []})
    fichier, sortie = tmp_path / "homonymes.json", tmp_path / "sortie"
    fichier.write_text(json.dumps(dossier), encoding="utf-8")
    assert assistmed("bilan", fichier, "--tous", "--dossier-sortie", sortie, "--au", "2026-11-15") == FAIT
    noms = sorted(fichier.name for fichier in sortie.iterdir())
    assert len({nom.casefold() for nom in noms}) == len(dossier["contrats"])
    assert sum(f"contrat du {premier['debut_le']}" in nom for nom in noms) == 2
    assert sum("(2)" in nom for nom in noms) == 1


@pytest.fixture(scope="module")
def dix() -> Dossier:
    return dix_medecins()


def _lot(dossier: Dossier) -> list[tuple[Dossier, Demande]]:
    return [(dossier, Demande("versements", contrat.id, date(2026, 11, 15))) for contrat in dossier.contrats]


def test_on_two_cores_the_reports_are_the_same_each_in_its_turn(dix: Dossier) -> None:
    lot = _lot(dix)
    lot.insert(1, (dix, Demande("annuel", "absent", date(2026, 11, 15))))
    seul, a_deux = list(rediger_tous(lot, None, 1)), list(rediger_tous(lot, None, 2))
    assert len(lot) >= 2 * PAR_COEUR
    assert isinstance(seul[1], ContratAbsent)
    assert isinstance(a_deux[1], ContratAbsent)
    assert [fait for fait in a_deux if isinstance(fait, Redige)] == [fait for fait in seul if isinstance(fait, Redige)]
    assert sum(isinstance(fait, Redige) for fait in a_deux) == len(lot) - 1


def test_processes_that_die_leave_their_reports_to_the_one_that_began_them(dix: Dossier) -> None:
    import psutil

    faits = rediger_tous(_lot(dix), None, 2)
    premier = next(faits)
    for enfant in psutil.Process().children(recursive=True):
        if "spawn_main" in " ".join(enfant.cmdline()):
            enfant.kill()
    assert all(isinstance(fait, Redige) for fait in (premier, *faits))


def test_giving_up_ends_the_processes(dix: Dossier) -> None:
    import psutil

    with closing(rediger_tous(_lot(dix), None, 2)) as faits:
        assert isinstance(next(faits), Redige)
        assert any("spawn_main" in " ".join(enfant.cmdline()) for enfant in psutil.Process().children())
    assert not any("spawn_main" in " ".join(enfant.cmdline()) for enfant in psutil.Process().children())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl+C otherwise")
def test_ctrl_c_leaves_whole_files_and_says_how_many(dix: Dossier, tmp_path: Path) -> None:
    source, sortie = tmp_path / "dix.json", tmp_path / "sortie"
    source.write_text(ecrire_dossier(dix), encoding="utf-8")
    commande = [
        sys.executable,
        "-m",
        "assistmed_desktop",
        "bilan",
        str(source),
        "--tous",
        "--dossier-sortie",
        str(sortie),
    ]
    lance = subprocess.Popen(  # a session of its own, all of which a terminal would interrupt
        [*commande, "--au", "2026-11-15"], stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True
    )
    assert lance.stderr is not None
    with lance:
        lignes = []
        for ligne in lance.stderr:
            lignes.append(ligne)
            if ligne.startswith("2 sur 18"):
                os.killpg(lance.pid, signal.SIGINT)
    assert lance.returncode == ECHEC
    assert lignes[-1].startswith("Interrompu\u00a0: ")
    assert lignes[-1].endswith("aucun à moitié écrit.\n")
    ecrits = list(sortie.iterdir())
    assert 2 <= len(ecrits) == sum(" sur 18" in ligne for ligne in lignes[:-1])
    for fichier in ecrits:
        pieces = pieces_jointes(fichier.read_bytes())
        assert pieces is not None
        assert lire_dossier(pieces.dossier).contrats[0].id == pieces.demande.contrat


def test_the_day_of_a_batch_is_today_by_default(assistmed: Assistmed, tmp_path: Path) -> None:
    assert assistmed("bilan", MORVAN, "--tous", "--dossier-sortie", tmp_path / "s") == FAIT
    (ecrit,) = (tmp_path / "s").iterdir()
    assert ecrit.name.startswith(HorlogeFixe().aujourdhui().isoformat())
