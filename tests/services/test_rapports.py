"""What is kept of a report that was issued."""

from datetime import UTC, date, datetime
from hashlib import sha256

from assistmed_desktop.domain.dossier import ecrire_dossier
from assistmed_desktop.services.rapports import Rapport, RapportEmis, empreinte
from tests.services.outils import exemple


def test_the_fingerprint_is_that_of_the_canonical_file() -> None:
    dossier = exemple()
    assert empreinte(dossier) == sha256(ecrire_dossier(dossier).encode()).hexdigest()
    assert empreinte(dossier.model_copy(update={"releves": ()})) != empreinte(dossier)


def test_a_report_is_given_again_as_it_was_issued() -> None:
    rapport = Rapport("annuel", "c1", "Dr Lambert", date(2025, 1, 15), "bilan.pdf", "ab" * 32, "0.1.0", b"%PDF")
    assert rapport.empreinte_fichier == sha256(b"%PDF").hexdigest()
    le = datetime(2025, 1, 15, 8, 30, tzinfo=UTC)
    emis = RapportEmis(
        1, "annuel", "c1", "Dr Lambert", date(2025, 1, 15), le, "imprime", "bilan.pdf", "ab" * 32,
        rapport.empreinte_fichier, "0.1.0", garde=True,
    )  # fmt: skip
    assert emis.rouvrir(b"%PDF") == rapport
