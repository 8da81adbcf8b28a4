"""The dossier as a JSON file."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.exchange.dossier_json import TAILLE_MAX, FichierIllisible, ecrire_fichier, lire_fichier
from tests.services.outils import exemple
from tests.storage.outils import sans_privilege
from tests.strategies import dossiers

MORVAN = exemple()


@settings(deadline=None)
@given(dossier=dossiers())
def test_out_and_in_is_the_identity(tmp_path_factory: pytest.TempPathFactory, dossier: Dossier) -> None:
    fichier = tmp_path_factory.getbasetemp() / "aller-retour.json"
    ecrire_fichier(dossier, fichier)
    assert lire_fichier(fichier) == dossier
    contenu = fichier.read_bytes()
    ecrire_fichier(lire_fichier(fichier), fichier)
    assert fichier.read_bytes() == contenu


def test_the_file_is_for_its_owner_alone_and_no_other_is_left(tmp_path: Path) -> None:
    fichier = tmp_path / "Le dossier d'été 👩‍⚕️.json"
    fichier.write_text("old")
    ecrire_fichier(MORVAN, fichier)
    assert stat.S_IMODE(fichier.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [fichier]


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FichierIllisible, match=r"^Le fichier «\u00a0.*rien\.json\u00a0» n'existe pas\.$"):
        lire_fichier(tmp_path / "rien.json")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FichierIllisible, match="est un répertoire, pas un fichier"):
        lire_fichier(tmp_path)


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    with pytest.raises(FichierIllisible, match="ne peut pas être lu"):
        lire_fichier(tmp_path / "a\0b")
    with pytest.raises(FichierIllisible, match="ne peut pas être lu"):
        lire_fichier(tmp_path / ("a" * 300))


@pytest.mark.skipif(os.name == "nt", reason="modes of files")
def test_a_file_closed_to_the_reader(tmp_path: Path) -> None:
    fichier = tmp_path / "ferme.json"
    ecrire_fichier(MORVAN, fichier)
    fichier.chmod(0)
    with sans_privilege(), pytest.raises(FichierIllisible, match="Vous n'avez pas le droit de lire"):
        lire_fichier(fichier)


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    fichier = tmp_path / "gros.json"
    with fichier.open("wb") as sortie:
        sortie.truncate(TAILLE_MAX + 1)
    with pytest.raises(FichierIllisible, match=r"dépasse 5\u00a0Mo"):
        lire_fichier(fichier)


def test_a_file_that_is_not_a_dossier(tmp_path: Path) -> None:
    fichier = tmp_path / "autre.json"
    fichier.write_text("{}")
    with pytest.raises(DossierInvalide):
        lire_fichier(fichier)


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    with pytest.raises(FichierIllisible, match="ne peut pas être écrit"):
        ecrire_fichier(MORVAN, tmp_path / "absent" / "dossier.json")


def test_when_the_last_step_fails_the_target_stays_and_nothing_is_left_behind(tmp_path: Path) -> None:
    cible = tmp_path / "dossier.json"
    cible.mkdir()
    with pytest.raises(FichierIllisible, match="ne peut pas être écrit"):
        ecrire_fichier(MORVAN, cible)
    assert list(tmp_path.iterdir()) == [cible]
