"""The forms of payments, of amounts notified and of deadlines met, as data: read, warned of, changed, withdrawn."""

from dataclasses import replace
from datetime import date

import pytest

from assistmed_desktop.domain.dossier import Dossier, fautes_du_dossier, lire_dossier
from assistmed_desktop.domain.suivi import EcheanceFaite, Notification, Versement
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import Echeance
from assistmed_desktop.ui.fiches.argent import fiche_notification, fiche_versement, nom_versement
from assistmed_desktop.ui.fiches.echeances import fiche_faite
from assistmed_desktop.ui.fiches.fiche import Fiche, Geste, geste, lire, refus

AU = date(2026, 11, 15)


@pytest.fixture(scope="module")
def demo() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


def saisir(fiche: Fiche, **saisie: str) -> Geste:
    """Type into a form what differs from its start, and take its change."""
    lecture = lire(fiche, {**fiche.depart, **saisie})
    assert lecture.valeurs is not None, lecture.fautes
    change = geste(fiche, lecture.valeurs)
    assert isinstance(change, Geste)
    return change


def faire(dossier: Dossier, change: Geste) -> Dossier:
    apres = change.operation.appliquer(dossier)
    assert apres is not None
    return apres


def prudences(fiche: Fiche, **saisie: str) -> str:
    return " ".join(lire(fiche, {**fiche.depart, **saisie}).prudences)


def test_a_payment_is_entered(demo: Dossier) -> None:
    fiche = fiche_versement(demo, AU, "c1")
    assert fiche.introduction == "Dr\u00a0Claire\u00a0Benassis"
    change = saisir(
        fiche,
        annee_contrat="4",
        echeance_le="6/5/27",
        montant_du="5 500",
        recu_le="12/11/2026",
        montant_recu="5500,00 €",
    )
    nouveau = Versement(
        contrat="c1",
        annee_contrat=4,
        echeance_le=date(2027, 5, 6),
        montant_du=550_000,
        recu_le=date(2026, 11, 12),
        montant_recu=550_000,
        reference="",
    )
    apres = faire(demo, change)
    assert apres.versements == (*demo.versements, nouveau)
    assert not fautes_du_dossier(apres)
    assert change.operation.nom == f"Ajouter le {nom_versement(nouveau)}"
    assert change.fait == "Le versement de l’année\u00a04 reçu le\u00a012/11/2026 est ajouté."
    assert fiche.suite is not None
    assert fiche.suite(apres).depart == {}


def test_a_payment_is_corrected_and_withdrawn(demo: Dossier) -> None:
    ancien = next(v for v in demo.versements if v.contrat == "c1" and v.recu_le is None)
    fiche = fiche_versement(demo, AU, "c1", ancien)
    assert fiche.depart["echeance_le"] == "06/11/2026"
    assert fiche.depart["contrat"] == "c1"
    apres = faire(demo, saisir(fiche, recu_le="14/11/2026", montant_recu="5 500"))
    assert [v.recu_le for v in apres.versements if v.contrat == "c1"][-1] == date(2026, 11, 14)
    assert len(apres.versements) == len(demo.versements)
    assert fiche.supprimer is not None
    assert ancien not in faire(demo, fiche.supprimer).versements
    assert fiche.suite is None


def test_a_payment_may_change_its_contract(demo: Dossier) -> None:
    ancien = demo.versements[0]
    apres = faire(demo, saisir(fiche_versement(demo, AU, ancien.contrat, ancien), contrat="c4"))
    assert apres.versements[0] == ancien.model_copy(update={"contrat": "c4"})


def test_without_a_contract_the_form_asks_for_one(demo: Dossier) -> None:
    fiche = fiche_versement(demo, AU, None)
    assert fiche.champs[0].cle == "contrat"
    assert fiche.introduction == ""
    assert lire(fiche, {}).fautes.keys() == {"contrat", "annee_contrat"}
    apres = faire(demo, saisir(fiche, contrat="c2", annee_contrat="5"))
    assert (apres.versements[-1].contrat, apres.versements[-1].annee_contrat) == ("c2", 5)
    notification = fiche_notification(demo, None)
    assert notification.champs[0].cle == "contrat"


def test_the_contract_of_a_practice_that_has_one_is_never_asked(demo: Dossier) -> None:
    seul = demo.model_copy(update={"contrats": demo.contrats[:1]})
    ancien = next(v for v in demo.versements if v.contrat == "c1")
    for fiche in (fiche_versement(seul, AU, "c1", ancien), fiche_notification(seul, "c1")):
        assert "contrat" not in {champ.cle for champ in fiche.champs}


def test_the_years_are_named_by_their_days(demo: Dossier) -> None:
    genre = fiche_versement(demo, AU, "c1").champs[0].genre
    assert genre.ecrire(4) == "4"
    assert getattr(genre, "options")["4"] == "Année\u00a04, du 06/11/2026 au 05/11/2027"  # noqa: B009 - of Choix alone


def test_half_of_what_was_received_is_refused_where_it_lacks(demo: Dossier) -> None:
    fiche = fiche_versement(demo, AU, "c1")
    apres = faire(demo, saisir(fiche, annee_contrat="4", recu_le="12/11/2026"))
    places, autres = refus(fiche, fautes_du_dossier(apres))
    assert (places, autres) == ({"montant_recu": "Un versement reçu porte à la fois sa date et son montant."}, ())


@pytest.mark.parametrize(
    ("saisie", "dit"),
    [
        ({}, "Ni date ni montant"),
        (
            {"montant_du": "5 500", "recu_le": "1/11/26", "montant_recu": "5 000"},
            "500\u00a0€ de moins que le montant dû",
        ),
        (
            {"montant_du": "5 000", "recu_le": "1/11/26", "montant_recu": "5 500"},
            "500\u00a0€ de plus que le montant dû",
        ),
        ({"recu_le": "16/11/2026", "montant_recu": "1"}, "à une date à venir"),
        ({"echeance_le": "5/11/2026"}, "précède l’année 4, qui commence le\u00a006/11/2026"),
        ({"montant_du": "5 500", "recu_le": "15/11/26", "montant_recu": "5 500", "echeance_le": "6/11/26"}, ""),
    ],
)
def test_what_is_doubtful_is_told(demo: Dossier, saisie: dict[str, str], dit: str) -> None:
    dites = prudences(fiche_versement(demo, AU, "c1"), annee_contrat="4", **saisie)
    assert dit in dites if dit else not dites


def test_an_amount_notified_is_entered_corrected_and_withdrawn(demo: Dossier) -> None:
    fiche = fiche_notification(demo, "c1", annee=4)
    assert fiche.depart == {"annee_contrat": "4"}
    assert "l’emporte sur" in fiche.introduction
    apres = faire(demo, saisir(fiche, montant="10 450,50", notifie_le="10/11/2026", reference="Courrier"))
    nouvelle = Notification(
        contrat="c1", annee_contrat=4, montant=1_045_050, notifie_le=date(2026, 11, 10), reference="Courrier"
    )
    assert apres.notifications[-1] == nouvelle
    correction = fiche_notification(apres, "c1", nouvelle)
    corrige = faire(apres, saisir(correction, montant="10 500"))
    assert corrige.notifications[-1].montant == 1_050_000
    assert correction.supprimer is not None
    assert faire(apres, correction.supprimer).notifications == demo.notifications
    assert fiche.suite is not None
    assert fiche.suite(apres).titre == "Nouveau montant notifié"


def echeance(demo: Dossier, code: str, etat: str) -> Echeance:
    evaluation = evaluate(demo, AU, charger_baremes())
    return next(e for e in evaluation.contrats[1].echeances if (e.code, e.etat) == (code, etat))


def test_a_deadline_is_ticked_off_on_a_day(demo: Dossier) -> None:
    point = echeance(demo, "point_etape", "urgente")
    fiche = fiche_faite("c2", point, AU)
    assert fiche.depart["faite_le"] == "15/11/2026"
    assert fiche.introduction == "Point d’étape avec la CPAM\nÉchéance du 05/12/2026"
    change = saisir(fiche, faite_le="12/11/2026", note="Par téléphone")
    assert change.fait == "Noté comme fait\u00a0: Point d’étape avec la CPAM."
    apres = faire(demo, change)
    assert apres.echeances_faites[-1] == EcheanceFaite(
        contrat="c2", code="point_etape", le=point.le, faite_le=date(2026, 11, 12), note="Par téléphone"
    )
    vue = evaluate(apres, AU, charger_baremes()).contrats[1].echeances
    assert next(e for e in vue if e.code == "point_etape" and e.le == point.le).etat == "faite"


def test_a_tick_is_corrected_and_taken_off(demo: Dossier) -> None:
    faite = next(f for f in demo.echeances_faites if f.contrat == "c2" and f.code == "point_etape")
    fiche = fiche_faite("c2", echeance(demo, "point_etape", "faite"), AU, faite)
    corrige = faire(demo, saisir(fiche, note="Visite"))
    assert faite.model_copy(update={"note": "Visite"}) in corrige.echeances_faites
    assert fiche.supprimer is not None
    assert fiche.supprimer.bouton == "Décocher"
    assert faite not in faire(demo, fiche.supprimer).echeances_faites


def test_a_deadline_is_not_met_before_its_day_has_come(demo: Dossier) -> None:
    fiche = fiche_faite("c2", echeance(demo, "point_etape", "urgente"), AU)
    lecture = lire(fiche, {**fiche.depart, "faite_le": "16/11/2026"})
    assert lecture.valeurs is not None
    fautes = geste(fiche, lecture.valeurs)
    assert not isinstance(fautes, Geste)
    assert refus(fiche, fautes)[0] == {"faite_le": "Ce jour est encore à venir."}


def test_a_training_is_better_told_where_it_belongs(demo: Dossier) -> None:
    point = replace(echeance(demo, "point_etape", "urgente"), code="qualification")
    assert "formation de l’assistant" in fiche_faite("c2", point, AU).introduction
