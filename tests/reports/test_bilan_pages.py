"""The file of the review, and what must not break its pages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary, Name, Pdf

from assistmed_desktop import __version__
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.formats import INSECABLE, jour_court
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.resultats import (
    LIBELLES_STATUT,
    NON_PUBLIE,
    Eligibilite,
    Etape,
    Explication,
)
from assistmed_desktop.services.extrait import extraire
from assistmed_desktop.services.rapports import CleGenre, empreinte
from tests.reports.outils import (
    AU,
    MOT_SANS_FIN,
    NOM_TRES_LONG,
    Brut,
    beaucoup_de_releves,
    composer_avec,
    dossier,
    evaluer,
    groupe,
    imprimer,
    nu,
    pages,
    rien_hors_des_marges,
    sans_objectif,
    texte,
    vide,
)
from tests.strategies import dossiers

# The file


def test_the_file_says_what_it_is() -> None:
    document = pypdfium2.PdfDocument(imprimer(dossier()))
    meta = document.get_metadata_dict()
    assert meta["Title"].replace(INSECABLE, " ") == "Bilan annuel au 15 janvier 2025 – Dr Claire Lambert"
    assert meta["Author"] == "Cabinet médical du Morvan"
    assert meta["Creator"] == f"AssistMed Desktop {__version__}"
    titres = [(signet.level, signet.get_title()) for signet in document.get_toc()]
    assert [titre for niveau, titre in titres if niveau == 0][:3] == [
        "Contrat d’aide à l’emploi d’un assistant médical",
        "Contrat",
        "Équipe",
    ]
    assert [titre for _, titre in titres[1:4]] == ["Patientèle médecin traitant", "File active", "L’assistant"]
    assert (1, "Embauches") in titres
    assert titres[-1] == (0, "Signatures")
    assert all(signet.get_dest() is not None for signet in document.get_toc())
    document.close()


def test_language_and_title_are_for_assistive_tools() -> None:
    with Pdf.open(BytesIO(imprimer(dossier()))) as pdf:
        assert pdf.Root.Lang == "fr-FR"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_every_page_has_its_number_the_fingerprint_the_version_and_the_date_of_the_baremes() -> None:
    pratique = dossier(beaucoup_de_releves(240))
    lues = pages(imprimer(pratique))
    extrait = extraire(pratique, "c1", AU)
    verifies = jour_court(evaluer(pratique).baremes_verifies_le)
    for rang, page in enumerate(lues, 1):
        assert f"page {rang} sur {len(lues)}" in page
        assert f"empreinte {empreinte(extrait)[:12]} · AssistMed Desktop {__version__}" in page
        assert f"barèmes vérifiés le {verifies}" in page
    assert all("Bilan annuel · Dr Claire Lambert situation au 15/01/2025" in page for page in lues[1:])


def test_only_lato_is_used_and_it_is_embedded() -> None:
    with Pdf.open(BytesIO(imprimer(dossier(beaucoup_de_releves(20))))) as pdf:
        dictionnaires = [objet for objet in pdf.objects if isinstance(objet, Dictionary)]
        noms = {str(d.BaseFont) for d in dictionnaires if Name.BaseFont in d}
        assert noms == {"/AAAAAA+Lato-Regular", "/AAAAAA+Lato-Bold"}
        assert sum(Name.FontFile2 in d for d in dictionnaires) == 2


def test_the_same_input_gives_the_same_bytes() -> None:
    pratique = dossier(beaucoup_de_releves(30))
    assert imprimer(pratique) == imprimer(pratique)


# What must not break it


STATUTS: dict[str, tuple[Callable[[Brut], object], date]] = {
    "en_retard": (lambda _: None, AU),
    "en_bonne_voie": (lambda brut: brut["releves"][0].update(patientele_mt=1180, file_active=1870), AU),
    "atteint": (lambda brut: brut["releves"][0].update(patientele_mt=1192, file_active=1990), AU),
    "sous_la_reference": (lambda brut: brut["releves"][0].update(patientele_mt=900), AU),
    "donnees_insuffisantes": (lambda brut: brut.update(releves=[]), AU),
    "objectif_inconnu": (sans_objectif, AU),
    "suspendu": (lambda _: None, date(2023, 7, 1)),
    "termine": (lambda _: None, date(2028, 1, 1)),
}


@pytest.mark.parametrize("statut", STATUTS)
def test_each_status_has_its_word_on_page_1(statut: str) -> None:
    retouche, au = STATUTS[statut]
    pratique = dossier(retouche)
    (contrat,) = evaluer(pratique, au).contrats
    assert contrat.statut == statut
    page = pages(imprimer(pratique, au))[0]
    mots = {LIBELLES_STATUT[i.statut] for i in contrat.indicateurs} | {LIBELLES_STATUT[contrat.statut].lower()}
    for mot in mots:
        assert mot.lower() in page.lower()
    if statut == "sous_la_reference":
        assert "110 sous la référence" in page
    if statut == "atteint":
        assert page.count("requis par mois 0 ") == 2


@pytest.mark.parametrize("au", [date(2022, 3, 15), date(2022, 3, 16), AU, date(2030, 1, 1)])
def test_an_empty_practice_makes_a_whole_report(au: date) -> None:
    lues = pages(imprimer(dossier(vide, sans_objectif), au))
    assert "valeur inconnue aucun relevé depuis le début du contrat" in lues[0]
    assert "Aucun assistant n’est affecté au contrat à cette date." in lues[0]
    assert "Aucune mission en cours n’est saisie." in lues[0]
    assert "inconnu" in lues[0]
    tout = " ".join(lues)
    for phrase in (
        "Aucun assistant n’a été affecté à ce contrat à ce jour.",
        "Aucune mission n’est saisie pour les douze derniers mois.",
        "Aucun relevé depuis le début du contrat.",
    ):
        assert phrase in tout
    assert "Mouvements" not in tout
    assert "Activité" not in tout


def test_an_evaluation_that_says_little_makes_a_report_without_empty_tables() -> None:
    def a_venir(brut: Brut) -> None:
        brut["contrats"][0] |= {"texte": "convention_2024", "signe_le": "2025-01-02", "debut_le": "2025-02-01"}

    pratique = dossier(vide, sans_objectif, a_venir)
    evaluation = evaluer(pratique)
    (contrat,) = evaluation.contrats
    rien = Explication("Rien", (Etape("Étape", "calcul", "résultat"),), ())
    nu = replace(
        contrat,
        aide=(),
        effectif=(),
        echeances=(),
        avertissements=(),
        eligibilite=Eligibilite(None, ()),
        patientele_mt=replace(contrat.patientele_mt, explication=rien),
        file_active=replace(contrat.file_active, explication=rien),
    )
    tout = texte(composer_avec(pratique, replace(evaluation, contrats=(nu,))))
    assert "Rien à signaler." in tout
    assert "Le contrat signé prévaut sur tout ce qui est écrit ici." in tout
    for titre in ("Échéances", "Constats", "Versements", "Références"):
        assert titre not in tout


def test_an_amount_nobody_has_published_is_said_to_be_so() -> None:
    def deux_etp(brut: Brut) -> None:
        brut["contrats"][0] |= {"texte": "convention_2024", "option_etp": "2", "signe_le": "2024-07-01"}
        brut["contrats"][0] |= {"debut_le": "2024-07-15", "avenants": []}
        brut["contrats"][0]["objectif"]["evaluation_le"] = None

    tout = texte(imprimer(dossier(vide, deux_etp)))
    assert tout.count(nu(NON_PUBLIE)) >= 5
    assert "Montant de l’aide, années 1, 2, 3, 4, 5 X non publié" in tout
    assert "(date par défaut, absente du dossier)" in tout


def test_a_collective_contract_names_its_doctors_and_their_readings() -> None:
    pratique = dossier(groupe(3), beaucoup_de_releves(40, 3))
    lues = pages(imprimer(pratique))
    assert "Dr Claire Lambert1, Dr Claire Lambert2 et Dr Claire Lambert3" in lues[0]
    assert "3 ETP" in lues[0]
    assert "Les assistants" in lues[0]
    tout = " ".join(lues)
    for rang in (1, 2, 3):
        assert f"Dr Claire Lambert{rang} date source patientèle MT file active" in tout
    assert tout.count("Le médecin Dr Claire Lambert") == 3
    assert "médecin du au entrées" in tout
    assert "médecin année mois saisis" in tout


def test_a_long_practice_with_very_long_names_keeps_to_its_pages() -> None:
    def longs(brut: Brut) -> None:
        brut["cabinet"] |= {"nom": NOM_TRES_LONG[:200], "commune": MOT_SANS_FIN, "cpam": MOT_SANS_FIN}
        brut["missions"][0]["tache"] = MOT_SANS_FIN
        brut["versements"][0]["reference"] = MOT_SANS_FIN

    pratique = dossier(groupe(10, NOM_TRES_LONG[:190]), beaucoup_de_releves(240, 10), longs)
    pdf = imprimer(pratique)
    lues = pages(pdf)
    assert "À noter" in lues[0], "page 1 is still one page"
    assert "autres médecins" in lues[0]
    assert "autres assistants, voir « Équipe »" in lues[0]
    assert " ".join(lues).replace(" ", "").count(MOT_SANS_FIN) >= 4
    rien_hors_des_marges(pdf)


@pytest.mark.parametrize(("genre", "dernier"), [("annuel", "À noter"), ("renouvellement", "Ensuite")])
def test_words_without_end_leave_page_1_whole(genre: CleGenre, dernier: str) -> None:
    def longs(brut: Brut) -> None:
        brut["cabinet"] |= {"nom": MOT_SANS_FIN, "commune": MOT_SANS_FIN, "cpam": NOM_TRES_LONG[:190]}
        for personne in (*brut["medecins"], *brut["assistants"]):
            personne |= {"nom": NOM_TRES_LONG[:190], "prenom": MOT_SANS_FIN}

    pdf = imprimer(dossier(longs), AU, genre)
    page, suivante, *_ = pages(pdf)
    assert dernier in page
    assert "Contrat texte" in suivante
    rien_hors_des_marges(pdf)


@pytest.mark.parametrize(
    "retouches", [(), (beaucoup_de_releves(240),), (groupe(4), beaucoup_de_releves(90, 4)), (vide, sans_objectif)]
)
def test_no_letter_leaves_the_margins(retouches: tuple[Callable[[Brut], None], ...]) -> None:
    rien_hors_des_marges(imprimer(dossier(*retouches)))


def test_every_contract_of_the_demonstration_has_its_report() -> None:
    demo = lire_dossier(chemin("demo", "dossier.json").read_bytes())
    evaluation = evaluer(demo, date(2026, 11, 15))
    for contrat in evaluation.contrats:
        lues = pages(imprimer(demo, evaluation.au, contrat=contrat.id))
        assert 5 <= len(lues) <= 11
        medecin = next(m for m in demo.medecins if m.id == contrat.medecins[0])
        assert f"Dr {medecin.prenom} {medecin.nom}" in lues[0]
        assert "relu le" in lues[-1], "signatures do not stand alone on the last page"
        assert "Signatures" in lues[-1]
        assert not any(page.rstrip().endswith(("Aide", "Échéances", "Relevés", "Références")) for page in lues)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dossiers(), st.dates(date(1990, 1, 1), date(2062, 1, 1)))
def test_any_valid_practice_on_any_day_has_its_report(pratique: Dossier, au: date) -> None:
    evaluation = evaluer(pratique, au)
    for contrat in evaluation.contrats:
        pdf = imprimer(pratique, au, contrat=contrat.id)
        assert pdf.startswith(b"%PDF-")
        assert pages(pdf)
