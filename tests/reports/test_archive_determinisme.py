"""A report of one practice is one file: twice, in any process, and made again from the data that it carries."""

import os
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Pdf

from assistmed_desktop.cli.rapports import rediger
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.services.rapports import Demande, empreinte
from tests.reports.cas import DOCUMENTS, GENRES, PRATIQUES, RAPPORTS, document
from tests.reports.lecture import lire
from tests.reports.outils import imprimer
from tests.reports.test_archive import refus
from tests.strategies import dossiers

RACINE = Path(__file__).parents[2]
A_PART = """
from hashlib import sha256
from tests.reports.cas import DOCUMENTS, document
for quoi, cas in DOCUMENTS:
    print(sha256(document(quoi, cas)).hexdigest())
"""


def _dossier_joint(contenu: bytes) -> Dossier:
    with Pdf.open(BytesIO(contenu)) as pdf:
        return lire_dossier(pdf.attachments["dossier.json"].get_file().read_bytes())


def test_another_process_writes_the_same_bytes() -> None:
    def ailleurs(**environnement: str) -> list[str]:
        execute = subprocess.run(
            [sys.executable, "-c", A_PART],
            env={**os.environ, **environnement},
            cwd=RACINE,
            check=True,
            capture_output=True,
            text=True,
        )
        return execute.stdout.split()

    un = ailleurs(PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    assert len(un) == len(DOCUMENTS)
    assert ailleurs(PYTHONHASHSEED="4242", TZ="Pacific/Auckland", LC_ALL="C", SOURCE_DATE_EPOCH="0") == un


@pytest.mark.parametrize(("quoi", "cas"), RAPPORTS)
def test_a_report_is_made_again_from_the_data_that_it_carries(quoi: str, cas: str) -> None:
    contenu, (faire, au) = document(quoi, cas), PRATIQUES[cas]
    (genre,) = (genre for genre in GENRES if genre == quoi)
    assert imprimer(faire(), au, genre) == contenu
    joint = _dossier_joint(contenu)
    assert imprimer(joint, au, genre) == contenu
    assert joint.contrats[0].id == faire().contrats[0].id


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    dossiers().filter(lambda pratique: bool(pratique.contrats)), st.dates(date(1990, 1, 1), date(2062, 1, 1)), st.data()
)
def test_whatever_the_practice(pratique: Dossier, au: date, donnees: st.DataObject) -> None:
    genre = donnees.draw(st.sampled_from(GENRES))
    contrat = donnees.draw(st.sampled_from([contrat.id for contrat in pratique.contrats]))
    depuis = donnees.draw(st.none() | st.dates(date(1990, 1, 1), au))
    demande, baremes = Demande(genre, contrat, au, depuis), charger_baremes()
    redige = rediger(pratique, demande, baremes)
    joint = _dossier_joint(redige.contenu)
    assert empreinte(joint) == redige.empreinte
    assert rediger(joint, demande, baremes) == redige
    assert refus(redige.contenu) == set()
    assert lire(redige.contenu).document.enfants
