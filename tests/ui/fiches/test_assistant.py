"""The forms of an assistant, read and saved without a window."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from assistmed_desktop.domain.assistant import Absence, Affectation, Assistant, Cout, Embauche, Formation
from assistmed_desktop.domain.dossier import Dossier, fautes_du_dossier
from assistmed_desktop.ui.fiches.assistant import (
    corriger_assistant,
    fiche_embauche,
    fiche_formation,
    nouvel_assistant,
    retirer_assistant,
)
from assistmed_desktop.ui.fiches.fiche import Fiche, Geste, geste, lire, poses
from assistmed_desktop.ui.fiches.presence import fiche_absence, fiche_affectation, fiche_cout


def faire(fiche: Fiche, saisie: Mapping[str, str] | None = None) -> Geste:
    """Fill a form over what it starts with, and give the change it makes."""
    lecture = lire(fiche, {**fiche.depart, **(saisie or {})})
    assert lecture.valeurs is not None, lecture.fautes
    fait = geste(fiche, lecture.valeurs)
    assert isinstance(fait, Geste), fait
    return fait


def apres(dossier: Dossier, fait: Geste | None) -> Dossier:
    assert fait is not None
    resultat = fait.operation.appliquer(dossier)
    assert resultat is not None
    assert fautes_du_dossier(resultat) == []
    return resultat


def denise(dossier: Dossier) -> Assistant:
    return next(a for a in dossier.assistants if a.id == "a2")


def prudences(fiche: Fiche, saisie: Mapping[str, str]) -> str:
    return " ".join(lire(fiche, {**fiche.depart, **saisie}).prudences)


def test_an_assistant_with_only_a_name(demo: Dossier) -> None:
    fiche = nouvel_assistant(demo)
    assert [c.cle for c in poses(fiche, {})] == ["nom", "prenom", "profil", "du"]
    fait = faire(fiche, {"nom": "Exemple", "profil": "infirmier"})
    nouveau = apres(demo, fait).assistants[-1]
    assert (nouveau.nom_complet, nouveau.embauches, nouveau.affectations) == ("Exemple", (), ())
    assert fait.operation.nom == "Ajouter Exemple"
    assert nouveau.id not in {a.id for a in demo.assistants}


def test_an_assistant_hired_and_allocated_at_once_takes_what_the_role_proposes(demo: Dossier) -> None:
    fiche = nouvel_assistant(demo)
    saisie = {
        "nom": "Exemple", "prenom": "Zoé", "profil": "hors_sante", "du": "3/2/2026", "role": "tiers_temps",
        "contrat": "c1",
    }  # fmt: skip
    nouveau = apres(demo, faire(fiche, saisie)).assistants[-1]
    (embauche,) = nouveau.embauches
    assert embauche.heures_hebdo == pytest.approx(35 / 3, abs=1e-4)
    assert (embauche.role, embauche.employeur, embauche.au) == ("tiers_temps", "medecin", None)
    assert nouveau.affectations == (Affectation(contrat="c1", du=date(2026, 2, 3), au=None, etp=Fraction(1, 3)),)


def test_without_a_contract_none_is_asked_for(demo: Dossier) -> None:
    sans = demo.model_copy(update={"contrats": ()})
    fiche = nouvel_assistant(sans)
    assert "contrat" not in {c.cle for c in fiche.champs}
    saisie = {"nom": "Exemple", "profil": "hors_sante", "du": "3/2/2026", "role": "mi_temps"}
    lecture = lire(fiche, {**fiche.depart, **saisie})
    assert lecture.valeurs is not None
    assert lecture.valeurs["heures_hebdo"] == 17.5


def test_an_identity_is_corrected(demo: Dossier) -> None:
    fiche = corriger_assistant(demo, denise(demo))
    assert fiche.depart["nom"] == "Baudu"
    corrige = denise(apres(demo, faire(fiche, {"nom": "Exemple", "prenom": ""})))
    assert corrige.nom_complet == "Exemple"
    assert corrige.embauches == denise(demo).embauches


def test_withdrawing_an_assistant_tells_what_goes_too(demo: Dossier) -> None:
    fait = retirer_assistant(demo, denise(demo))
    titre, _, texte = fait.question.partition("\n")
    assert titre.replace("\u00a0", " ") == "Supprimer Denise Baudu ?"
    for perdu in ("2\u00a0embauches", "1\u00a0absence", "1\u00a0affectation", "sa formation", "tâches confiées"):
        assert perdu in texte
    assert all(a.id != "a2" for a in apres(demo, fait).assistants)


def test_withdrawing_an_assistant_without_facts_asks_nothing(demo: Dossier) -> None:
    dossier = apres(demo, faire(nouvel_assistant(demo), {"nom": "Exemple", "profil": "infirmier"}))
    fait = retirer_assistant(dossier, dossier.assistants[-1])
    assert fait.question == ""
    assert apres(dossier, fait) == demo


def test_a_hiring_is_entered_corrected_and_withdrawn(demo: Dossier) -> None:
    fiche = fiche_embauche(denise(demo))
    fait = faire(fiche, {"du": "01/01/2024", "au": "31/03/2024", "role": "mi_temps"})
    assert fait.operation.nom == "Ajouter l’embauche du 01/01/2024"
    dossier = apres(demo, fait)
    embauche = denise(dossier).embauches[-1]
    assert embauche == Embauche(
        du=date(2024, 1, 1), au=date(2024, 3, 31), role="mi_temps", heures_hebdo=17.5, employeur="medecin"
    )
    ouverte = fiche_embauche(denise(dossier), embauche)
    corrige = apres(dossier, faire(ouverte, {"heures_hebdo": "18 h"}))
    assert denise(corrige).embauches[-1].heures_hebdo == 18
    assert apres(dossier, ouverte.supprimer) == demo


def test_hours_that_are_not_those_of_the_role_are_told(demo: Dossier) -> None:
    fiche = fiche_embauche(denise(demo))
    saisie = {"du": "01/02/2026", "role": "mi_temps"}
    assert "17\u00a0h\u00a030" in prudences(fiche, {**saisie, "heures_hebdo": "20"})
    assert prudences(fiche, {**saisie, "heures_hebdo": "17,5"}) == ""
    assert "précède" in prudences(fiche, {**saisie, "au": "01/01/2026"})


def test_an_absence_is_entered_in_series_corrected_and_withdrawn(demo: Dossier) -> None:
    fiche = fiche_absence(denise(demo))
    assert "motif" in fiche.introduction
    dossier = apres(demo, faire(fiche, {"du": "02/11/2026", "conges": "oui"}))
    absence = denise(dossier).absences[-1]
    assert absence == Absence(du=date(2026, 11, 2), au=None, remplacement=False, conges=True)
    assert fiche.suite is not None
    assert fiche.suite(dossier).titre == "Nouvelle absence de Denise Baudu"
    ouverte = fiche_absence(denise(dossier), absence)
    corrige = apres(dossier, faire(ouverte, {"au": "13/11/2026", "conges": "", "remplacement": "oui"}))
    assert denise(corrige).absences[-1].remplacement
    assert apres(dossier, ouverte.supprimer) == demo


def test_a_day_on_which_nobody_employs_is_told(demo: Dossier) -> None:
    assert "ne couvre le 01/01/2020" in prudences(fiche_absence(denise(demo)), {"du": "01/01/2020"}).replace(
        "\u00a0", " "
    )
    assert prudences(fiche_absence(denise(demo)), {"du": "01/01/2026"}) == ""


def test_a_share_is_what_the_contract_finances_unless_typed(demo: Dossier) -> None:
    fiche = fiche_affectation(demo, denise(demo), contrat="c2")
    assert fiche.depart["contrat"] == "c2"
    dossier = apres(demo, faire(fiche, {"du": "01/01/2026", "au": "31/01/2026"}))
    affectation = denise(dossier).affectations[-1]
    assert affectation.etp == Fraction(1, 3)
    ouverte = fiche_affectation(dossier, denise(dossier), affectation)
    corrige = apres(dossier, faire(ouverte, {"etp": "0,25"}))
    assert denise(corrige).affectations[-1].etp == Fraction(1, 4)
    assert apres(dossier, ouverte.supprimer) == demo
    etp = next(champ for champ in fiche.champs if champ.cle == "etp")
    assert etp.propose is not None
    assert etp.propose({}) == ""


def test_a_first_share_begins_with_the_hiring(demo: Dossier) -> None:
    seule = denise(demo).model_copy(update={"affectations": ()})
    assert fiche_affectation(demo, seule).depart["du"] == "11/12/2023"


def test_the_training_is_entered_corrected_and_withdrawn(demo: Dossier) -> None:
    sans = apres(demo, fiche_formation(denise(demo)).supprimer)
    assert denise(sans).formation is None
    fiche = fiche_formation(denise(sans))
    assert fiche.supprimer is None
    fait = faire(fiche, {"voie": "fae", "inscription_le": "06/10/2025"})
    assert fait.operation.nom == "Saisir la formation de Denise Baudu"
    dossier = apres(sans, fait)
    assert denise(dossier).formation == Formation(
        voie="fae", inscription_le=date(2025, 10, 6), debut_le=None, obtention_le=None
    )


def test_a_cost_is_entered_corrected_and_withdrawn(demo: Dossier) -> None:
    fiche = fiche_cout(denise(demo))
    saisie = {"du": "01/2024", "au": "03/2024", "brut_mensuel": "1 000,50", "charges_mensuelles": "300"}
    dossier = apres(demo, faire(fiche, saisie))
    cout = denise(dossier).couts[-1]
    assert cout == Cout(du=date(2024, 1, 1), au=date(2024, 3, 31), brut_mensuel=100_050, charges_mensuelles=30_000)
    ouverte = fiche_cout(denise(dossier), cout)
    assert denise(apres(dossier, faire(ouverte, {"charges_mensuelles": "0"}))).couts[-1].charges_mensuelles == 0
    fait = ouverte.supprimer
    assert fait is not None
    assert fait.fait == "Le coût est supprimé."
    assert apres(dossier, fait) == demo
