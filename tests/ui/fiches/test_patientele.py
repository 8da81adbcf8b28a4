"""The forms of corrections, movements and activity, without a window."""

from datetime import date

import pytest

from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.domain.fautes import Faute
from assistmed_desktop.domain.suivi import Activite, Correction, Mouvement
from assistmed_desktop.resources import chemin
from assistmed_desktop.ui.fiches.fiche import Fiche, Geste, geste, lire
from assistmed_desktop.ui.fiches.patientele import (
    fiche_activite,
    fiche_correction,
    fiche_mouvement,
    mois_suivant,
    releve_accorde,
    retirer_activite,
    retirer_correction,
    retirer_mouvement,
)

AU = date(2026, 11, 15)


@pytest.fixture(scope="module")
def demo() -> Dossier:
    return lire_dossier(chemin("demo", "dossier.json").read_bytes())


def faire(fiche: Fiche, **saisie: str) -> Geste:
    """Fill in a form over what it proposes, and give the change that it makes."""
    lu = lire(fiche, {**fiche.depart, **saisie})
    assert lu.valeurs is not None, lu.fautes
    fait = geste(fiche, lu.valeurs)
    assert isinstance(fait, Geste), fait
    return fait


def apres(dossier: Dossier, fait: Geste) -> Dossier:
    suivant = fait.operation.appliquer(dossier)
    assert suivant is not None
    return suivant


def prudences(fiche: Fiche, **saisie: str) -> str:
    return " ".join(lire(fiche, {**fiche.depart, **saisie}).prudences)


# Corrections


def test_a_correction_starts_from_the_last_reading_of_the_cpam(demo: Dossier) -> None:
    fiche = fiche_correction(demo, "m1", AU)
    assert fiche.depart["releve_le"] == "31/10/2026"
    assert fiche.depart["valeur_cpam"] == "1\u00a0178"
    fait = faire(fiche, valeur_demandee="1 190")
    assert fait.operation.nom == "Ajouter la correction du relevé du 31/10/2026"
    assert fait.fait == "La correction du relevé du 31/10/2026 est suivie."
    assert apres(demo, fait).corrections[-1] == Correction(
        medecin="m1",
        indicateur="patientele_mt",
        releve_le=date(2026, 10, 31),
        valeur_cpam=1178,
        valeur_demandee=1190,
        demandee_le=AU,
        repondue_le=None,
        valeur_accordee=None,
        note="",
    )
    vierge = fiche_correction(demo.model_copy(update={"releves": ()}), "m1", AU)
    assert "releve_le" not in vierge.depart


def test_the_count_granted_is_asked_once_there_is_an_answer(demo: Dossier) -> None:
    fiche = fiche_correction(demo, "m1", AU, demo.corrections[2])
    champ = next(champ for champ in fiche.champs if champ.cle == "valeur_accordee")
    assert champ.si is not None
    assert not champ.si(fiche.depart)
    fait = faire(fiche, repondue_le="14/11/26", valeur_accordee="1 190")
    corrigee = apres(demo, fait).corrections[2]
    assert (corrigee.repondue_le, corrigee.valeur_accordee) == (date(2026, 11, 14), 1190)
    assert corrigee.note == demo.corrections[2].note
    assert fait.operation.nom.startswith("Modifier la correction")


def test_an_answer_before_the_demand_is_refused_by_the_domain(demo: Dossier) -> None:
    fait = faire(fiche_correction(demo, "m1", AU, demo.corrections[2]), repondue_le="01/01/2026")
    with pytest.raises(Exception, match="repondue_le"):
        lire_dossier(apres(demo, fait).model_dump_json().encode())


def test_a_doubtful_correction_is_cautioned(demo: Dossier) -> None:
    fiche = fiche_correction(demo, "m1", AU)
    assert not prudences(fiche, valeur_demandee="1190")
    assert "Aucun relevé CPAM ou amelipro du\u00a031/10/2026" in prudences(
        fiche, valeur_cpam="1 200", valeur_demandee="1190"
    )
    assert "rien à corriger" in prudences(fiche, valeur_demandee="1178")
    assert "à venir\u00a0: 16/11/2026" in prudences(fiche, valeur_demandee="1190", demandee_le="16/11/2026")


def test_a_correction_is_withdrawn(demo: Dossier) -> None:
    fiche = fiche_correction(demo, "m1", AU, demo.corrections[0])
    assert fiche.supprimer is not None
    assert apres(demo, fiche.supprimer).corrections == demo.corrections[1:]
    assert retirer_correction(demo.corrections[0]).fait == "La correction du relevé du 06/11/2025 est supprimée."


def test_a_count_granted_makes_a_reading_of_the_cpam(demo: Dossier) -> None:
    assert releve_accorde(demo.corrections[2]) is None
    accordee = demo.corrections[2].model_copy(update={"indicateur": "file_active", "valeur_accordee": 1880})
    releve = releve_accorde(accordee)
    assert releve is not None
    assert (releve.patientele_mt, releve.file_active, releve.source) == (None, 1880, "cpam")
    assert releve.date == date(2026, 10, 31)


# Movements


@pytest.mark.parametrize(
    ("du", "au", "propose"),
    [
        ("2026-01-01", "2026-06-30", ("01/07/2026", "31/12/2026")),
        ("2026-04-01", "2026-06-30", ("01/07/2026", "30/09/2026")),
        ("2025-01-01", "2025-12-31", ("01/01/2026", "31/12/2026")),
        ("2026-02-01", "2026-02-28", ("01/03/2026", "31/03/2026")),
        ("2026-01-01", "2026-05-31", ("01/06/2026", None)),
        ("2026-01-10", "2026-03-20", ("21/03/2026", None)),
    ],
)
def test_the_next_period_is_as_long_as_the_last(
    demo: Dossier, du: str, au: str, propose: tuple[str, str | None]
) -> None:
    dernier = Mouvement(
        medecin="m1", du=date.fromisoformat(du), au=date.fromisoformat(au), entrees=1, deces=0, departs=0,
        autres_sorties=0,
    )  # fmt: skip
    depart = fiche_mouvement(demo.model_copy(update={"mouvements": (dernier,)}), "m1", AU).depart
    assert (depart.get("du"), depart.get("au")) == propose


def test_movements_are_entered_one_period_after_the_other(demo: Dossier) -> None:
    fiche = fiche_mouvement(demo.model_copy(update={"mouvements": ()}), "m1", AU)
    assert (fiche.depart["du"], fiche.depart["au"]) == ("01/01/2025", "31/12/2025")
    fait = faire(fiche, entrees="96", deces="14", departs="22", autres_sorties="5")
    assert fait.fait == "Les mouvements du 01/01/2025 au 31/12/2025 sont ajoutés."
    suivant = apres(demo.model_copy(update={"mouvements": ()}), fait)
    assert fiche.suite is not None
    assert fiche.suite(suivant).depart["du"] == "01/01/2026"


def test_nothing_is_taken_for_zero(demo: Dossier) -> None:
    fiche = fiche_mouvement(demo, "m1", AU)
    lu = lire(fiche, {**fiche.depart, "entrees": "12"})
    assert lu.fautes == dict.fromkeys(("deces", "departs", "autres_sorties"), "À remplir.")


def test_a_period_that_is_not_over_is_cautioned(demo: Dossier) -> None:
    zero = dict.fromkeys(("entrees", "deces", "departs", "autres_sorties"), "0")
    fiche = fiche_mouvement(demo, "m1", AU)
    assert "finit après aujourd’hui" in prudences(fiche, **zero)
    assert "précède" in prudences(fiche, **zero, du="02/02/2026", au="01/02/2026")
    assert not prudences(fiche, **zero, du="10/2026", au="10/2026")


def test_movements_are_corrected_and_withdrawn(demo: Dossier) -> None:
    premier = demo.mouvements[0]
    fiche = fiche_mouvement(demo, "m1", AU, premier)
    assert fiche.suite is None
    corrige = apres(demo, faire(fiche, deces="7")).mouvements[0]
    assert corrige == premier.model_copy(update={"deces": 7})
    assert fiche.supprimer is not None
    assert premier not in apres(demo, fiche.supprimer).mouvements
    assert "sont supprimés" in retirer_mouvement(premier).fait


# Activity


def test_a_month_of_activity_is_entered_after_the_last(demo: Dossier) -> None:
    assert mois_suivant(demo, "m1", AU) == "2026-11"
    assert mois_suivant(demo, "personne", AU) == "2026-10"
    fiche = fiche_activite(demo, "m1", AU)
    assert fiche.depart == {"mois": "novembre 2026"}
    fait = faire(fiche, actes="402", jours_travailles="18")
    assert apres(demo, fait).activite[-1] == Activite(medecin="m1", mois="2026-11", actes=402, jours_travailles=18)
    assert fait.operation.nom == "Ajouter l’activité de novembre\u00a02026"
    assert faire(fiche, mois="avril 2022", actes="1", jours_travailles="1").fait.startswith("L’activité d’avril")


def test_a_month_is_entered_once(demo: Dossier) -> None:
    fiche = fiche_activite(demo, "m1", AU)
    lu = lire(fiche, {"mois": "10/2026", "actes": "402", "jours_travailles": "18"})
    assert lu.valeurs is not None
    assert geste(fiche, lu.valeurs) == (
        Faute("mois", "octobre\u00a02026 est déjà saisi : modifiez-le dans le tableau"),
    )


def test_a_month_is_corrected_and_withdrawn(demo: Dossier) -> None:
    premier = demo.activite[0]
    fiche = fiche_activite(demo, "m1", AU, premier)
    assert apres(demo, faire(fiche, actes="371")).activite[0].actes == 371
    assert fiche.supprimer is not None
    assert premier not in apres(demo, fiche.supprimer).activite
    assert retirer_activite(premier).operation.nom == "Supprimer l’activité de décembre\u00a02022"


@pytest.mark.parametrize(
    ("saisie", "mot"),
    [
        ({"mois": "11/2026", "actes": "402", "jours_travailles": "18"}, "n’est pas fini"),
        ({"mois": "02/2022", "actes": "402", "jours_travailles": "30"}, "que 28\u00a0jours"),
        ({"mois": "02/2022", "actes": "402", "jours_travailles": "0"}, "sans jour travaillé"),
        ({"mois": "01/2023", "actes": "4190", "jours_travailles": "19"}, "220,5 actes par jour, contre 21,8"),
        ({"mois": "01/2023", "actes": "41", "jours_travailles": "19"}, "2,2 actes par jour, contre 21,8"),
        ({"mois": "01/2023", "actes": "419", "jours_travailles": "19"}, ""),
    ],
)
def test_a_doubtful_month_is_cautioned(demo: Dossier, saisie: dict[str, str], mot: str) -> None:
    dites = prudences(fiche_activite(demo, "m1", AU), **saisie)
    assert mot in dites
    assert bool(dites) == bool(mot)
