"""Every key of dossier-v1 has its French word."""

from typing import get_args

import pytest

from assistmed_desktop.domain import libelles
from assistmed_desktop.domain.assistant import Domaine, Employeur, Profil, Role, VoieFormation
from assistmed_desktop.domain.cabinet import ExerciceCoordonne, Secteur, Zonage
from assistmed_desktop.domain.contrat import CauseResiliation, Derogation, Indicateur, Structure, TexteConventionnel
from assistmed_desktop.domain.suivi import CodeEcheance, SourceReleve


@pytest.mark.parametrize(
    ("table", "cles"),
    [
        (libelles.TEXTES, TexteConventionnel),
        (libelles.INDICATEURS, Indicateur),
        (libelles.SOURCES, SourceReleve),
        (libelles.ZONAGES, Zonage),
        (libelles.EXERCICES, ExerciceCoordonne),
        (libelles.SECTEURS, Secteur),
        (libelles.PROFILS, Profil),
        (libelles.ROLES, Role),
        (libelles.EMPLOYEURS, Employeur),
        (libelles.VOIES, VoieFormation),
        (libelles.DOMAINES, Domaine),
        (libelles.DEROGATIONS, Derogation),
        (libelles.CAUSES, CauseResiliation),
        (libelles.STRUCTURES, Structure),
        (libelles.ECHEANCES, CodeEcheance),
    ],
)
def test_each_key_has_its_word_and_each_word_is_its_own(table: dict[str, str], cles: object) -> None:
    assert tuple(table) == get_args(cles)
    assert len(set(table.values())) == len(table)
    assert not [libelle for libelle in table.values() if "_" in libelle or not libelle.strip()]


@pytest.mark.parametrize(
    ("cle", "libelle"),
    [
        ("medecine_generale", "médecine générale"),
        ("pediatrie", "pédiatrie"),
        ("orl", "ORL"),
        ("chirurgie_infantile", "chirurgie infantile"),
    ],
)
def test_a_speciality_is_written_with_its_accents_or_by_its_key(cle: str, libelle: str) -> None:
    assert libelles.specialite(cle) == libelle
