"""The entry of the register and the notice: one page each, true to the practice, the same bytes twice."""

from collections.abc import Callable
from datetime import date

import pypdfium2
import pytest

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.reports.rgpd import documents_rgpd, notice, registre
from tests.reports.outils import AU, dossier, pages


@pytest.mark.parametrize("faire", [registre, notice])
def test_each_holds_on_a_page(faire: Callable[[Dossier, date, int | None], bytes]) -> None:
    (page,) = pages(faire(dossier(), AU, 36))
    cabinet = dossier().cabinet
    for attendu in (cabinet.nom, cabinet.commune, cabinet.cpam, "3 ans après le dernier versement"):
        assert attendu in page
    assert faire(dossier(), AU, 36) == faire(dossier(), AU, 36)


def test_the_register_says_who_what_why_and_how_long() -> None:
    (page,) = pages(registre(dossier(), AU, 36))
    for attendu in ("article 30", "Aucun patient", "Destinataires", "hors de l’Union européenne", "sécurité"):
        assert attendu in page
    assert "responsables conjoints : à compléter par le cabinet" in page
    assert "ceux qui saisissent" in page
    assert "données qu’ils portent en pièce jointe" in page


def test_the_notice_says_the_rights() -> None:
    (page,) = pages(notice(dossier(), AU, 36))
    for attendu in ("vous y opposer", "rectifier ou effacer", "CNIL", "articles 13 et 14", "date et signature"):
        assert attendu in page
    for attendu in (
        "délégué à la protection des données",
        "ne pourrait pas prouver que l’aide est due",
        "données qu’ils portent en pièce jointe",
        "après votre décès",
        "Il répond dans le mois.",
    ):
        assert attendu in page


@pytest.mark.parametrize(
    ("mois", "dit"), [(None, "que le contrat d’aide l’exige"), (12, "1 an après"), (30, "30 mois après")]
)
def test_how_long_is_what_the_rules_say(mois: int | None, dit: str) -> None:
    assert dit in " ".join(pages(registre(dossier(), AU, mois)))


def test_a_practice_that_says_little_has_both() -> None:
    nu = dossier(lambda brut: brut["cabinet"].update(adresse="", commune="", cpam=""))
    documents = documents_rgpd(nu, AU, None)
    assert [nom.partition(" – ")[0] for nom in documents] == ["Registre RGPD", "Notice aux assistants"]
    assert all(len(pages(contenu)) == 1 for contenu in documents.values())


def test_markup_is_printed_as_typed() -> None:
    marque = dossier(lambda brut: brut["cabinet"].update(nom="R&D <b>Santé</b>"))
    assert "R&D <b>Santé</b>" in " ".join(pages(notice(marque, AU, 36)))


@pytest.mark.parametrize("faire", [registre, notice])
def test_the_outline_leads_to_each_part(faire: Callable[[Dossier, date, int | None], bytes]) -> None:
    document = pypdfium2.PdfDocument(faire(dossier(), AU, 36))
    niveaux = [signet.level for signet in document.get_toc()]
    document.close()
    assert niveaux[0] == 0
    assert len(niveaux) > 6
    assert set(niveaux[1:]) == {1}
