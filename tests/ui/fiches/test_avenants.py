"""The forms of the amendments, of a group and of a proposal, without a window."""

import json
from datetime import date
from fractions import Fraction

import pytest

from assistmed_desktop.domain.contrat import (
    Adhesion,
    ChangementAdresse,
    ChangementOption,
    ContratCollectif,
    DocteurJunior,
    NouvelObjectif,
    Objectif,
    Proposition,
    Reference,
    Resiliation,
    Suspension,
)
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.services.places import supprimer
from assistmed_desktop.ui.fiches import proposition as fiches_proposition
from assistmed_desktop.ui.fiches.avenants import TYPES, effet, fiche_avenant, suppression
from assistmed_desktop.ui.fiches.fiche import Geste, lire, poses, refus
from assistmed_desktop.ui.fiches.groupe import (
    fiche_adhesion,
    fiche_junior,
    suppression_adhesion,
    suppression_junior,
)
from assistmed_desktop.ui.fiches.proposition import fiche_proposition
from tests.domain.outils import complet as document_complet
from tests.ui.fiches.test_contrat import apres, fait_sur, prudences, rempli

AU = date(2026, 11, 15)
BAREMES = charger_baremes()
INS = "\u00a0"


@pytest.fixture(scope="module")
def complet() -> Dossier:
    return lire_dossier(json.dumps(document_complet()))


def collectif(dossier: Dossier) -> ContratCollectif:
    contrat = dossier.contrats[1]
    assert isinstance(contrat, ContratCollectif)
    return contrat


AVENANTS = (
    (
        {"type": "suspension", "du": "3/2024", "au": "avril 2024", "motif": " congé "},
        Suspension(type="suspension", du=date(2024, 3, 3), au=date(2024, 4, 30), motif="congé"),
    ),
    (
        {"type": "option", "du": "1/4/24", "option_etp": "1"},
        ChangementOption(type="option", du=date(2024, 4, 1), option_etp=Fraction(1), motif=""),
    ),
    (
        {"type": "objectif", "du": "1/4/24", "file_active": "1 900"},
        NouvelObjectif(
            type="objectif",
            du=date(2024, 4, 1),
            objectif=Objectif(patientele_mt=None, file_active=1900, evaluation_le=None),
            motif="",
        ),
    ),
    (
        {"type": "adresse", "du": "1/4/24", "code_postal": "58 000", "commune": "Nevers", "zonage": "zac"},
        ChangementAdresse(
            type="adresse", du=date(2024, 4, 1), adresse="", code_postal="58000", commune="Nevers", departement="58",
            zonage="zac", motif="",
        ),
    ),
    (
        {"type": "resiliation", "du": "1/10/26", "cause": "medecin", "notifie_le": "1/7/26"},
        Resiliation(
            type="resiliation", du=date(2026, 10, 1), motif="", cause="medecin", notifie_le=date(2026, 7, 1)
        ),
    ),
)  # fmt: skip


@pytest.mark.parametrize(("saisie", "avenant"), AVENANTS, ids=list(TYPES))
def test_every_amendment_is_entered_corrected_and_withdrawn(
    complet: Dossier, saisie: dict[str, str], avenant: Suspension
) -> None:
    saisie = {**saisie, "du": "3/3/24"} if saisie["type"] == "suspension" else saisie
    contrat = complet.contrats[0]
    fait = rempli(fiche_avenant(complet, AU, BAREMES, contrat), saisie)
    dossier = apres(complet, fait)
    avec = dossier.contrats[0]
    assert avec.avenants == (*contrat.avenants, avenant)
    assert isinstance(fait, Geste)
    assert fait.operation.nom.startswith("Ajouter l")
    corriger = fiche_avenant(dossier, AU, BAREMES, avec, avec.avenants[-1])
    assert corriger.titre == TYPES[avenant.type]
    assert apres(dossier, rempli(corriger, {})) == dossier
    autre = apres(dossier, rempli(corriger, {"motif": "précisé"})).contrats[0]
    assert autre.avenants[-1].motif == "précisé"
    assert corriger.supprimer is not None
    assert apres(dossier, corriger.supprimer) == complet
    assert effet(avec.avenants[-1])


def test_a_form_opened_and_saved_changes_nothing(complet: Dossier) -> None:
    for contrat in complet.contrats:
        for avenant in contrat.avenants:
            fiche = fiche_avenant(complet, AU, BAREMES, contrat, avenant)
            assert apres(complet, rempli(fiche, {})) == complet


def test_the_kind_says_which_fields_are_asked(complet: Dossier) -> None:
    fiche = fiche_avenant(complet, AU, BAREMES, complet.contrats[0])
    toujours = {champ.cle for champ in poses(fiche, {})}
    assert toujours == {"type", "du", "motif"}
    propres = {cle: {c.cle for c in poses(fiche, {"type": cle})} - toujours for cle in TYPES}
    assert propres == {
        "suspension": {"au"},
        "option": {"option_etp"},
        "objectif": {"patientele_mt", "file_active", "evaluation_le"},
        "adresse": {"adresse", "code_postal", "commune", "departement", "zonage"},
        "resiliation": {"cause", "notifie_le"},
    }


def test_a_group_may_finance_any_number(complet: Dossier) -> None:
    contrat = collectif(complet)
    fiche = fiche_avenant(complet, AU, BAREMES, contrat)
    dossier = apres(complet, rempli(fiche, {"type": "option", "du": "1/3/26", "etp_finances": "2,5"}))
    avenant = dossier.contrats[1].avenants[-1]
    assert isinstance(avenant, ChangementOption)
    assert avenant.option_etp == Fraction(5, 2)
    corriger = fiche_avenant(dossier, AU, BAREMES, dossier.contrats[1], avenant)
    assert apres(dossier, rempli(corriger, {})) == dossier


def test_what_an_amendment_brings_about_is_told(complet: Dossier) -> None:
    fiche = fiche_avenant(complet, AU, BAREMES, complet.contrats[0])
    assert "précède" in prudences(fiche, {"type": "suspension", "du": "5/6/24", "au": "1/5/24"})
    tardive = {"type": "resiliation", "du": "1/10/26", "cause": "medecin", "notifie_le": "15/9/26"}
    assert "préavis" in prudences(fiche, tardive)
    ailleurs = {"type": "adresse", "du": "1/6/24", "code_postal": "58000", "zonage": "zip"}
    assert "déménagé" in prudences(fiche, ailleurs)
    option = {"type": "option", "du": "1/1/24", "option_etp": "1/2"}
    assert "hors du contrat" not in prudences(fiche, {**option, "du": "1/1/2000"})
    collectif_ = fiche_avenant(complet, AU, BAREMES, collectif(complet))
    assert "plafond" in prudences(collectif_, {"type": "option", "du": "1/3/26", "etp_finances": "9"})


def test_a_refusal_stands_under_its_field(complet: Dossier) -> None:
    from assistmed_desktop.domain.dossier import fautes_du_dossier

    fiche = fiche_avenant(complet, AU, BAREMES, complet.contrats[0])
    fait = rempli(fiche, {"type": "option", "du": "1/1/2000", "option_etp": "1/2"})
    assert isinstance(fait, Geste)
    nouveau = fait.operation.appliquer(complet)
    assert nouveau is not None
    places, autres = refus(fiche, fautes_du_dossier(nouveau))
    assert "hors du contrat" in places["du"]
    assert autres == ()


def test_amendments_follow_one_another(complet: Dossier) -> None:
    fiche = fiche_avenant(complet, AU, BAREMES, complet.contrats[0])
    assert fiche.suite is not None
    assert fiche.suite(complet).titre == "Nouvel avenant"
    sans = complet.model_copy(update={"contrats": ()})
    assert fiche.suite(sans).titre == "Nouvel avenant"


def test_effects_in_words(complet: Dossier) -> None:
    dits = [effet(avenant) for contrat in complet.contrats for avenant in contrat.avenants]
    assert dits[0] == "contrat suspendu du 02/05/2023 au 30/09/2023"
    assert f"option de 1{INS}ETP" in dits
    assert f"patientèle 1{INS}250, évaluation le 15/06/2025" in dits
    assert "20000 Ajaccio" in dits
    assert "fin du contrat" in dits
    assert "fin du contrat, décision de la CPAM" in dits
    inconnu = Objectif(patientele_mt=None, file_active=None, evaluation_le=None)
    rien = NouvelObjectif(type="objectif", du=AU, objectif=inconnu, motif="")
    assert effet(rien) == "objectif à préciser"
    assert suppression(complet.contrats[0], rien).fait == "Le nouvel objectif du 15/11/2026 est supprimé."


def test_a_doctor_enters_the_group(complet: Dossier) -> None:
    contrat = collectif(complet)
    fiche = fiche_adhesion(complet, contrat)
    saisie = {
        "medecin": "m2", "du": "1/6/26", "au": "", "reference_date": "5/2026", "reference_patientele_mt": "900",
        "reference_file_active": "1 300",
    }  # fmt: skip
    dossier = apres(complet, rempli(fiche, saisie))
    apport = Reference(date=date(2026, 5, 31), patientele_mt=900, file_active=1300)
    attendue = Adhesion(medecin="m2", du=date(2026, 6, 1), au=None, reference=apport)
    avec = collectif(dossier)
    assert avec.adhesions == (*contrat.adhesions, attendue)
    corriger = fiche_adhesion(dossier, avec, avec.adhesions[-1])
    assert apres(dossier, rempli(corriger, {})) == dossier
    sans_apport = {cle: "" for cle in saisie if cle.startswith("reference")}
    assert collectif(apres(dossier, rempli(corriger, sans_apport))).adhesions[-1].reference is None
    fautes = rempli(corriger, {"reference_date": ""})
    assert isinstance(fautes, tuple)
    assert "videz les trois" in refus(corriger, fautes)[0]["reference_date"]
    assert corriger.supprimer is not None
    assert "du premier au dernier jour" in corriger.supprimer.fait
    assert apres(dossier, corriger.supprimer) == complet
    assert fiche.suite is not None
    assert fiche.suite(dossier).titre == "Nouvelle adhésion"
    deux = contrat.model_copy(update={"adhesions": (attendue, attendue)})
    assert "premier" not in suppression_adhesion(complet, deux, attendue).fait


def test_a_doctor_of_the_practice_joins_the_contract_by_the_adhesion(complet: Dossier) -> None:
    troisieme = complet.medecins[0].model_copy(update={"id": "m3", "rpps": "10003456802"})
    dossier = complet.model_copy(update={"medecins": (*complet.medecins, troisieme)})
    fait = rempli(fiche_adhesion(dossier, collectif(dossier)), {"medecin": "m3", "du": "1/6/26"})
    avec = collectif(apres(dossier, fait))
    assert avec.medecins == ("m1", "m2", "m3")
    assert avec.adhesions[-1].medecin == "m3"
    retire = supprimer(("contrats", "c2", "adhesions"), avec.adhesions[-1], "")
    assert collectif(fait_sur(apres(dossier, fait), retire)).medecins == ("m1", "m2", "m3")


def test_a_junior_doctor(complet: Dossier) -> None:
    contrat = collectif(complet)
    fiche = fiche_junior(complet, contrat)
    dossier = apres(complet, rempli(fiche, {"medecin": "m2", "du": "11/2026", "au": "4/2027"}))
    junior = DocteurJunior(medecin="m2", du=date(2026, 11, 1), au=date(2027, 4, 30))
    assert collectif(dossier).docteurs_juniors == (*contrat.docteurs_juniors, junior)
    corriger = fiche_junior(dossier, collectif(dossier), collectif(dossier).docteurs_juniors[-1])
    assert apres(dossier, rempli(corriger, {})) == dossier
    assert "précède" in prudences(corriger, {"au": "1/1/26"})
    assert apres(dossier, suppression_junior(contrat, junior)) == complet
    assert fiche.suite is not None
    assert fiche.suite(dossier).champs


def test_a_proposal(complet: Dossier) -> None:
    contrat = complet.contrats[0]
    recue = complet.propositions[0]
    fiche = fiche_proposition(contrat, AU, recue)
    assert apres(complet, rempli(fiche, {})) == complet
    neuve = fiche_proposition(contrat, AU)
    assert neuve.depart["recue_le"] == "15/11/2026"
    dossier = apres(complet, rempli(neuve, {"option_etp": "0,5", "patientele_mt": "1300", "note": "à discuter"}))
    assert dossier.propositions[-1] == Proposition(
        contrat=contrat.id,
        recue_le=AU,
        option_etp=Fraction(1, 2),
        reference=None,
        objectif=Objectif(patientele_mt=1300, file_active=None, evaluation_le=None),
        note="à discuter",
    )
    assert apres(dossier, fiches_proposition.suppression(dossier.propositions[-1])) == complet
    assert set(lire(neuve, {}).fautes) == {"recue_le"}
