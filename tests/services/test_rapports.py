"""What is kept of a report that was issued."""

from datetime import UTC, date, datetime
from hashlib import sha256

from assistmed_desktop.domain.dossier import ecrire_dossier
from assistmed_desktop.services.depuis import depuis_propose, dernier_remis
from assistmed_desktop.services.extrait import extraire
from assistmed_desktop.services.noms import nom_contrat
from assistmed_desktop.services.rapports import (
    CleGenre,
    Demande,
    Rapport,
    RapportEmis,
    Redige,
    empreinte,
    empreintes_du_jour,
    genre_de,
    nom_du_rapport,
    noms_des_rapports,
    rapport_de,
)
from tests.reports.outils import dossier as pratique
from tests.reports.outils import groupe
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


AU = date(2025, 1, 15)


def _emis(genre: CleGenre, contrat: str, au: date) -> RapportEmis:
    le = datetime(2025, 1, 15, 8, 30, tzinfo=UTC)
    return RapportEmis(1, genre, contrat, "", au, le, "imprime", "", "", "", "0.1.0", garde=True)


def test_a_kind_of_a_newer_program_is_read_as_a_review() -> None:
    assert genre_de("etape").nom == "Bilan d’étape"
    assert genre_de("bilan du siècle").cle == "annuel"


def test_the_same_data_is_known_by_its_extract_or_by_the_whole_practice() -> None:
    dossier = exemple()
    marques = empreintes_du_jour(dossier, [("c1", AU), ("parti", AU)])
    assert marques == {
        ("c1", AU): {empreinte(extraire(dossier, "c1", AU)), empreinte(dossier)},
        ("parti", AU): frozenset(),
    }


def test_a_stage_review_begins_at_the_last_report_when_it_is_newer_than_any_exchange() -> None:
    dossier, demande = exemple(), Demande("etape", "c1", AU)
    assert depuis_propose(dossier, demande, []) is None
    emis = [_emis("annuel", "c1", date(2025, 1, 2)), _emis("etape", "c1", AU), _emis("annuel", "c9", date(2025, 1, 9))]
    assert dernier_remis(emis, "c1", AU) == depuis_propose(dossier, demande, emis) == date(2025, 1, 2)
    assert depuis_propose(dossier, demande, [_emis("annuel", "c1", date(2022, 3, 15))]) is None


def test_a_name_is_one_that_every_system_takes() -> None:
    dossier = exemple()
    demande = Demande("etape", "c1", AU)
    for nom, attendu in (
        ('L<a>m:b"e/r\\t|?*', "Dr L a m b e r t"),
        ("Đặng-Łukasz", "Dr Đặng-Łukasz"),
        ("x" * 200, f"Dr {'x' * 57}"),
        ("???", "Dr"),
    ):
        medecins = (dossier.medecins[0].model_copy(update={"nom": nom}),)
        autre = dossier.model_copy(update={"medecins": medecins})
        assert nom_du_rapport(autre, demande) == f"2025-01-15 Bilan d’étape – {attendu}.pdf"


def test_names_in_one_folder_differ_by_more_than_capitals() -> None:
    dossier = exemple()
    (contrat,) = dossier.contrats
    suivant = contrat.model_copy(update={"id": "c2", "debut_le": date(2027, 3, 15)})
    jumeau = contrat.model_copy(update={"id": "c3"})
    tous = dossier.model_copy(update={"contrats": (contrat, suivant, jumeau)})
    demandes = [Demande("annuel", ident, AU) for ident in ("c1", "c2", "c3")]
    debut = "2025-01-15 Bilan annuel – Dr Lambert, contrat du"
    assert noms_des_rapports(tous, demandes) == [
        f"{debut} 2022-03-15.pdf",
        f"{debut} 2027-03-15.pdf",
        f"{debut} 2022-03-15 (2).pdf",
    ]
    assert noms_des_rapports(tous, demandes[:1]) == ["2025-01-15 Bilan annuel – Dr Lambert.pdf"]


def test_a_report_written_names_its_contract_and_its_file() -> None:
    dossier, demande = exemple(), Demande("annuel", "c1", AU)
    rapport = rapport_de(dossier, demande, Redige(b"%PDF", "ab"))
    assert (rapport.sujet, rapport.nom) == ("Dr\u00a0Claire\u00a0Lambert", nom_du_rapport(dossier, demande))
    assert rapport_de(dossier, demande, Redige(b"%PDF", "ab"), "autre.pdf").nom == "autre.pdf"


def test_the_contract_of_a_group_says_so() -> None:
    collectif = pratique(groupe(3))
    assert nom_contrat(collectif, collectif.contrats[0]).startswith("Contrat collectif – Dr\u00a0")
    nom = nom_du_rapport(collectif, Demande("annuel", collectif.contrats[0].id, AU))
    assert nom == "2025-01-15 Bilan annuel – Cabinet médical du Morvan.pdf"
