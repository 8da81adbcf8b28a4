"""The forms of the practice and of its doctors, without a window."""

from collections.abc import Mapping
from typing import Any

import pytest

from assistmed_desktop.domain.cabinet import Cabinet, Medecin
from assistmed_desktop.domain.dossier import Dossier, fautes_du_dossier, lire_dossier
from assistmed_desktop.domain.libelles import specialite
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.services.workspace import Operation
from assistmed_desktop.ui.fiches.cabinet import CodePostal, Departement, corriger_cabinet, nouveau_cabinet
from assistmed_desktop.ui.fiches.departements import DEPARTEMENTS
from assistmed_desktop.ui.fiches.fiche import Fiche, Geste, geste, lire, poses, refus
from assistmed_desktop.ui.fiches.genres import OUI, Choix
from assistmed_desktop.ui.fiches.medecin import (
    NumeroAm,
    Rpps,
    Specialite,
    corriger_medecin,
    nouveau_medecin,
    retirer_medecin,
)

INS = "\u00a0"
CABINET = {
    "nom": "Cabinet des Tilleuls", "adresse": "3 rue des Tilleuls", "code_postal": "58 120", "commune": "Exempleville",
    "zonage": "zip", "cpam": "CPAM de la Nièvre", "exercice_regroupe": OUI, "exercice_coordonne": "msp",
}  # fmt: skip
MEDECIN = {
    "nom": "Exemple", "prenom": "Camille", "specialite": "medecine_generale", "rpps": "1000 3456 786",
    "numero_am": "", "secteur": "1", "installe_le": "9/2009",
}  # fmt: skip


@pytest.fixture(scope="module")
def demo() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


def remplie(fiche: Fiche, saisie: Mapping[str, str]) -> Geste:
    lecture = lire(fiche, {**fiche.depart, **saisie})
    assert lecture.fautes == {}
    assert lecture.valeurs is not None
    fait = geste(fiche, lecture.valeurs)
    assert isinstance(fait, Geste)
    return fait


def applique(operation: Operation, dossier: Dossier | None) -> Dossier:
    apres = operation.appliquer(dossier)
    assert apres is not None
    assert not fautes_du_dossier(apres)
    return apres


def intacte(fiche: Fiche) -> Any:  # noqa: ANN401 - the values of any form
    """Read a form as it opens."""
    return lire(fiche, fiche.depart).valeurs


def test_a_practice_is_begun() -> None:
    fait = remplie(nouveau_cabinet(), CABINET)
    dossier = applique(fait.operation, None)
    assert dossier.cabinet == Cabinet(
        nom="Cabinet des Tilleuls", adresse="3 rue des Tilleuls", code_postal="58120", commune="Exempleville",
        departement="58", zonage="zip", cpam="CPAM de la Nièvre", exercice_regroupe=True, exercice_coordonne="msp",
    )  # fmt: skip
    assert fait.fait == f"«{INS}Cabinet des Tilleuls{INS}» est créé."


def test_the_departement_of_the_postal_code_is_told_and_may_be_another() -> None:
    fiche = nouveau_cabinet()
    assert lire(fiche, CABINET).echos["departement"] == "Nièvre"
    assert applique(remplie(fiche, {**CABINET, "departement": "yonne"}).operation, None).cabinet.departement == "89"
    assert lire(fiche, {**CABINET, "code_postal": "58"}).fautes == {
        "code_postal": "Un code postal a cinq chiffres, par exemple 58120.",
        "departement": "À remplir.",
    }
    assert lire(fiche, {**CABINET, "code_postal": "99120"}).fautes == {"departement": "À remplir."}


def test_what_a_practice_needs_is_asked() -> None:
    assert set(lire(nouveau_cabinet(), {}).fautes) == {
        "nom", "code_postal", "departement", "zonage", "exercice_coordonne",
    }  # fmt: skip


def test_a_practice_is_corrected_and_left_alone_is_the_same(demo: Dossier) -> None:
    fiche = corriger_cabinet(demo.cabinet)
    fait = remplie(fiche, {})
    assert applique(fait.operation, demo) == demo
    apres = applique(remplie(fiche, {"zonage": "zac", "exercice_regroupe": ""}).operation, demo)
    assert (apres.cabinet.zonage, apres.cabinet.exercice_regroupe) == ("zac", False)
    assert apres.medecins == demo.medecins
    assert fait.operation.nom == "Modifier le cabinet"


@pytest.mark.parametrize(("texte", "numero"), [("58", "58"), ("1", "01"), ("2a", "2A"), ("974", "974"), ("Ain", "01")])
def test_a_departement_is_read_by_number_or_name(texte: str, numero: str) -> None:
    assert Departement().lire(texte).valeur == numero
    assert Departement().lire(numero).echo == DEPARTEMENTS[numero]


@pytest.mark.parametrize("texte", ["20", "99", "Nulle part", "2C", "58120"])
def test_what_is_no_departement_is_refused(texte: str) -> None:
    assert Departement().lire(texte).faute == "Un département s’écrit 58, 2A ou 974."


def test_every_departement_is_one_that_the_dossier_takes(demo: Dossier) -> None:
    for numero in DEPARTEMENTS:
        assert Cabinet.model_validate({**demo.cabinet.model_dump(), "departement": numero}).departement == numero


def test_a_postal_code_is_digits() -> None:
    assert CodePostal().lire("5812O").faute
    assert CodePostal().ecrire("58120") == "58120"


def test_a_doctor_is_added(demo: Dossier) -> None:
    fiche = nouveau_medecin(demo)
    fait = remplie(fiche, MEDECIN)
    apres = applique(fait.operation, demo)
    ajoute = apres.medecins[-1]
    assert apres.medecins[:-1] == demo.medecins
    assert (ajoute.nom, ajoute.prenom, ajoute.rpps, ajoute.numero_am) == ("Exemple", "Camille", "10003456786", "")
    assert f"{ajoute.installe_le:%d/%m/%Y}" == "01/09/2009"
    assert fait.fait == f"Le Dr{INS}Camille{INS}Exemple est ajouté."
    assert fait.operation.nom == f"Ajouter le Dr{INS}Camille{INS}Exemple"
    assert fiche.suite is not None
    suivante = fiche.suite(ne_garder(demo))
    autre = applique(remplie(suivante, {**MEDECIN, "rpps": "10009999011"}).operation, ne_garder(demo))
    assert autre.medecins[-1].id not in {m.id for m in apres.medecins}


def ne_garder(demo: Dossier) -> Dossier:
    return demo.model_copy(update={cle: () for cle in Dossier.model_fields if isinstance(getattr(demo, cle), tuple)})


def test_two_doctors_do_not_share_a_number(demo: Dossier) -> None:
    fiche = nouveau_medecin(demo)
    lecture = lire(fiche, {**MEDECIN, "rpps": demo.medecins[1].rpps})
    assert lecture.valeurs is not None
    fautes = geste(fiche, lecture.valeurs)
    assert isinstance(fautes, tuple)
    assert refus(fiche, fautes) == ({"rpps": f"Ce numéro RPPS est déjà celui du Dr{INS}Étienne{INS}Bianchon."}, ())


def test_the_key_of_an_rpps_number_is_explained() -> None:
    assert Rpps().lire("10003456786").echo == "onze chiffres, clé exacte"
    assert "est une clé calculée sur les dix autres" in Rpps().lire("10003456785").faute
    assert Rpps().lire("1000345678").faute == f"Un numéro RPPS a onze chiffres{INS}; vous en avez tapé 10."
    assert Rpps().lire("1000345678a").faute == "Un numéro RPPS a onze chiffres."
    assert Rpps().ecrire("10003456786") == "10003456786"


def test_the_number_of_the_assurance_maladie() -> None:
    assert NumeroAm().lire("58 1 00123 4").valeur == "581001234"
    assert NumeroAm().lire("12345678").valeur == "12345678"
    for mauvais in ("1234567", "1234567890", "12345678x"):
        assert NumeroAm().lire(mauvais).faute == "Un numéro d’assurance maladie a huit ou neuf chiffres."
    assert NumeroAm().ecrire("581001234") == "581001234"


def test_another_speciality_is_written_out(demo: Dossier) -> None:
    fiche = nouveau_medecin(demo)
    assert "specialite_autre" not in {champ.cle for champ in poses(fiche, MEDECIN)}
    saisie = {**MEDECIN, "specialite": "autre"}
    assert lire(fiche, saisie).fautes == {"specialite_autre": "À remplir."}
    medecin = applique(
        remplie(fiche, {**saisie, "specialite_autre": "Médecine du Sport"}).operation, demo
    ).medecins[-1]  # fmt: skip
    assert medecin.specialite == "medecine_du_sport"
    rouverte = corriger_medecin(demo, medecin)
    assert rouverte.depart["specialite"] == "autre"
    assert rouverte.depart["specialite_autre"] == "médecine du sport"
    assert Specialite().lire("…").faute.startswith("Écrivez la spécialité en toutes lettres")
    assert Specialite().lire("x" * 65).faute == "Au plus 64 caractères."


@pytest.mark.parametrize("cle", ["generaliste", "pediatre", "orl_et_chirurgie", "chirurgie_viscerale_2"])
def test_a_speciality_that_is_not_offered_stays_as_it_is(demo: Dossier, cle: str) -> None:
    medecin = demo.medecins[0].model_copy(update={"specialite": cle})
    dossier = demo.model_copy(update={"medecins": (medecin, *demo.medecins[1:])})
    assert applique(remplie(corriger_medecin(dossier, medecin), {}).operation, dossier) == dossier


def test_the_specialities_offered_are_those_the_baremes_know(demo: Dossier) -> None:
    genre = next(champ.genre for champ in nouveau_medecin(demo).champs if champ.cle == "specialite")
    assert isinstance(genre, Choix)
    cles = [cle for cle in genre.options if cle != "autre"]
    for cle in cles:
        assert Specialite().lire(specialite(cle)).valeur == cle, "its words give its key back"
        assert Medecin.model_validate({**dict(demo.medecins[0]), "specialite": cle}).specialite == cle
    textes = charger_baremes().textes
    deux = {s for version in textes.versions for s in version.deux_indicateurs.specialites}
    assert {"medecine_generale", "pediatrie"} <= deux & set(cles)


def test_a_doctor_is_corrected_and_left_alone_is_the_same(demo: Dossier) -> None:
    for medecin in demo.medecins:
        assert applique(remplie(corriger_medecin(demo, medecin), {}).operation, demo) == demo
    premier = demo.medecins[0]
    fait = remplie(corriger_medecin(demo, premier), {"secteur": "2_optam", "exercice_mixte": OUI})
    apres = applique(fait.operation, demo).medecins[0]
    assert (apres.id, apres.secteur, apres.exercice_mixte) == (premier.id, "2_optam", True)
    assert fait.fait == f"La fiche du Dr{INS}Claire{INS}Benassis est enregistrée."


def test_what_goes_with_a_doctor_is_told(demo: Dossier) -> None:
    fait = retirer_medecin(demo, demo.medecins[0])
    titre, _, texte = fait.question.partition("\n")
    assert titre == f"Supprimer le Dr{INS}Claire{INS}Benassis{INS}?"
    assert texte.startswith(f"Seront supprimés aussi{INS}: ")
    assert "relevés" in texte
    assert texte.endswith("Vous pourrez annuler tant que le programme reste ouvert.")
    apres = applique(fait.operation, demo)
    assert "m1" not in {m.id for m in apres.medecins} | {r.medecin for r in apres.releves}


def test_a_doctor_of_whom_nothing_is_known_goes_without_a_question(demo: Dossier) -> None:
    seul = ne_garder(demo).model_copy(update={"medecins": demo.medecins[:1]})
    fait = retirer_medecin(seul, demo.medecins[0])
    assert not fait.question
    assert applique(fait.operation, seul).medecins == ()


def test_leaving_a_collective_contract_is_told(demo: Dossier) -> None:
    individuel = demo.contrats[0]
    communs = {cle: valeur for cle, valeur in dict(individuel).items() if cle not in {"medecin", "derogation"}}
    collectif = {**communs, "texte": "collectif_2026", "medecins": ("m1", "m2"), "avenants": ()}
    dossier = Dossier.model_validate({**dict(ne_garder(demo)), "medecins": demo.medecins[:2], "contrats": (collectif,)})
    fait = retirer_medecin(dossier, dossier.medecins[0])
    assert "Il quitte aussi le contrat collectif" in fait.question
    assert "Seront supprimés" not in fait.question
    assert applique(fait.operation, dossier).contrats[0].medecins == ("m2",)
