"""The window of the file active, the months that leave it, and what two readings share."""

import json
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given

from assistmed_desktop.domain.calendrier import UN_JOUR, ajouter_mois
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.domain.suivi import Activite, Releve
from assistmed_desktop.exchange.analyse_json.file_active import file_active_json
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.resources import chemin
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.file_active import FileActive, FileActiveMedecin, MoisActif, file_active
from tests.rules.outils import collectif, contrat, j, juger, pratique, releve, suspension
from tests.rules.outils_lectures import JOURS, activite, avec, inexpliques, lent
from tests.strategies import dossiers

AU = "2024-07-02"
CLES = {"medecins": "medecin", "mois": "mois"}


def vue(dossier: Dossier, au: str = AU) -> FileActive:
    return file_active(dossier, juger(dossier, au), charger_baremes())


def sienne(*releves: Releve, mois: tuple[Activite, ...] = (), au: str = AU) -> FileActiveMedecin:
    (seule,) = vue(avec(pratique(contrat(), releves=releves), activite=mois), au).medecins
    return seule


def le_mois(cle: str, vue_entiere: FileActiveMedecin) -> MoisActif:
    (seul,) = (mois for mois in vue_entiere.mois if mois.mois == cle)
    return seul


def codes(resultat: FileActive) -> list[str]:
    return [avertissement.code for avertissement in resultat.avertissements]


JUIN = releve("2024-06-30", None, 2100)


@pytest.mark.parametrize(
    ("jour", "du", "nombre"),
    [
        ("2024-06-30", "2023-07-01", 366),
        ("2024-06-15", "2023-06-16", 366),
        ("2024-02-29", "2023-03-01", 366),
        ("2025-02-28", "2024-02-29", 366),
        ("2024-02-28", "2023-03-01", 365),
    ],
)
def test_the_window_is_the_twelve_months_that_end_on_the_reading(jour: str, du: str, nombre: int) -> None:
    vue_d_un_jour = sienne(releve(jour, None, 2100), au="2025-07-02")

    assert (vue_d_un_jour.fenetre.du, vue_d_un_jour.fenetre.au) == (j(du), j(jour))
    assert vue_d_un_jour.fenetre.jours == nombre


def test_the_window_in_words() -> None:
    fenetre, sortie = sienne(JUIN).phrases

    assert fenetre == (
        "La file active du 30/06/2024 compte les patients différents vus au moins une fois du 01/07/2023 au 30/06/2024."
    )
    assert sortie == (
        f"Un patient vu pour la dernière fois en juillet{INSECABLE}2023 en sort au plus tard fin "
        f"juillet{INSECABLE}2024 ; s'il est revu, il y reste."
    )


def test_without_a_reading_that_counts_the_window_is_that_of_the_day() -> None:
    sans = vue(pratique(contrat(), releves=[releve("2024-06-30", 1100), releve("2024-06-30", None, 9, "estimation")]))
    (seule,) = sans.medecins

    assert (seule.valeur, seule.date, seule.source) == (None, None, None)
    assert (seule.fenetre.du, seule.fenetre.au) == (j("2023-07-03"), j("2024-07-02"))
    assert seule.phrases[0].startswith("Une file active au 02/07/2024 compterait les patients différents")
    assert codes(sans) == ["file_active_sans_releve", "activite_absente"]


def test_a_window_from_month_to_month_holds_twelve_months_one_cut_in_a_month_thirteen() -> None:
    assert [(mois.mois, mois.entier) for mois in sienne(JUIN).mois][::11] == [("2023-07", True), ("2024-06", True)]
    coupee = sienne(releve("2024-06-15", None, 2100)).mois
    assert [(mois.mois, mois.entier) for mois in coupee if not mois.entier] == [("2023-06", False), ("2024-06", False)]
    assert (len(sienne(JUIN).mois), len(coupee)) == (12, 13)


def test_a_month_leaves_at_the_end_of_the_same_month_a_year_later() -> None:
    # Read on 30 June 2024, seen on 2 July: July 2023 is still to leave, on the 31st.
    aout = le_mois("2023-08", sienne(JUIN, mois=(activite("2023-08", 210, 9),)))

    assert (aout.sort_le, aout.sorti) == (j("2024-08-31"), False)
    assert aout.phrase == (
        f"Le mois d'août{INSECABLE}2023 (210{INSECABLE}actes, 9{INSECABLE}jours travaillés) sort de la file active fin "
        f"août{INSECABLE}2024."
    )


@pytest.mark.parametrize(("au", "sorti"), [("2024-08-30", False), ("2024-08-31", True)])
def test_a_month_has_left_on_its_last_day_a_year_later(au: str, sorti: bool) -> None:
    aout = le_mois("2023-08", sienne(JUIN, au=au))

    assert aout.sorti is sorti
    assert ("est sorti" in aout.phrase) is sorti


def test_a_month_of_february_leaves_with_its_29th() -> None:
    # The window of 28 February 2025 begins on 29 February 2024: that day leaves on 1 March 2025.
    fevriers = sienne(releve("2024-06-30", None, 2100), au="2024-07-02")
    assert le_mois("2024-02", fevriers).sort_le == j("2025-03-01")
    ordinaire = sienne(releve("2023-06-30", None, 2100), au="2023-07-02")
    assert le_mois("2023-02", ordinaire).sort_le == j("2024-02-29")


def test_the_month_that_replaces_another_is_compared_once_it_is_over() -> None:
    mois = (activite("2023-08", 210, 9), activite("2024-08", 260, 12), activite("2022-08", 200, 10))

    avant = le_mois("2023-08", sienne(JUIN, mois=mois, au="2024-08-30"))
    apres = le_mois("2023-08", sienne(JUIN, mois=mois, au="2024-08-31"))
    assert avant.remplacant is None
    assert apres.remplacant is not None
    assert (apres.remplacant.mois, apres.remplacant.actes, apres.remplacant.jours_travailles) == ("2024-08", 260, 12)
    assert (apres.remplacant.ecart_actes, apres.remplacant.ecart_jours, apres.remplacant.medecins) == (50, 3, 1)
    assert apres.remplace is not None
    assert (apres.remplace.mois, apres.remplace.ecart_actes, apres.remplace.ecart_jours) == ("2022-08", 10, -1)
    assert apres.phrase.endswith(
        f"est sorti de la file active fin août{INSECABLE}2024, remplacé par août{INSECABLE}2024 "
        f"(260{INSECABLE}actes, 12{INSECABLE}jours travaillés)."
    )


def test_activity_of_a_month_that_begins_after_the_day_is_not_known() -> None:
    mois = (activite("2024-07", 300),)

    def actes(au: str) -> int | None:
        return le_mois("2024-07", sienne(mois=mois, au=au)).actes

    assert actes("2024-07-01") == 300
    assert vue(avec(pratique(contrat()), activite=mois), "2024-06-30").activite_saisie is False


def test_a_month_of_less_than_half_the_median_is_flagged() -> None:
    # The median of 400, 400, 200 and 199 is (400 + 200) / 2 = 300, half of it 150.
    def faibles(actes: int) -> list[str]:
        mois = (
            activite("2024-03", 400), activite("2024-04", 400), activite("2024-05", 200), activite("2024-06", actes),
        )  # fmt: skip
        return [m.mois for m in sienne(JUIN, mois=mois).mois if m.faible]

    assert faibles(150) == []
    assert faibles(149) == ["2024-06"]


def test_a_month_that_is_not_over_is_neither_low_nor_in_the_median() -> None:
    mois = (activite("2024-05", 400), activite("2024-06", 20))
    en_juin = sienne(releve("2024-06-15", None, 2100), mois=mois, au="2024-06-29")
    fini = sienne(releve("2024-06-15", None, 2100), mois=mois, au="2024-06-30")

    assert (en_juin.mediane_actes, le_mois("2024-06", en_juin).faible) == (Fraction(400), False)
    assert (fini.mediane_actes, le_mois("2024-06", fini).faible) == (Fraction(210), True)
    assert "mois peu actif" in le_mois("2024-06", fini).phrase


def test_suspended_days_are_counted_month_by_month() -> None:
    # From 20 May to 10 June: 12 days, then 10.
    dossier = avec(
        pratique(contrat(suspension("2024-05-20", "2024-06-10")), releves=[JUIN]), activite=[activite("2024-05", 300)]
    )
    resultat = vue(dossier)
    (seule,) = resultat.medecins

    assert [(mois.mois, mois.jours_suspendus) for mois in seule.mois if mois.jours_suspendus] == [
        ("2024-05", 12),
        ("2024-06", 10),
    ]
    assert f"12{INSECABLE}jours suspendus" in le_mois("2024-05", seule).phrase
    assert codes(resultat) == ["activite_incomplete", "mois_suspendu"]


def test_what_is_not_entered_is_said() -> None:
    onze = [activite(f"2024-{mois:02d}", 300) for mois in range(1, 7)]
    onze += [activite(f"2023-{mois:02d}", 300) for mois in range(8, 13)]
    resultat = vue(avec(pratique(contrat(), releves=[JUIN]), activite=onze))

    assert [avertissement.message for avertissement in resultat.avertissements] == [
        f"Activité non saisie pour 1{INSECABLE}mois de la fenêtre : juillet{INSECABLE}2023."
    ]
    assert "(activité non saisie)" in le_mois("2023-07", resultat.medecins[0]).phrase
    complet = vue(avec(pratique(contrat(), releves=[JUIN]), activite=[*onze, activite("2023-07", 300)]))
    assert (complet.avertissements, complet.activite_saisie) == ((), True)


def test_a_low_month_is_told_with_its_exit() -> None:
    resultat = vue(
        avec(
            pratique(contrat(), releves=[JUIN]),
            activite=[activite("2024-04", 400), activite("2024-05", 400), activite("2023-08", 150, 7)],
        )
    )

    assert resultat.avertissements[-1].code == "mois_peu_actif"
    assert resultat.avertissements[-1].message == (
        f"Le mois d'août{INSECABLE}2023 (150{INSECABLE}actes, 7{INSECABLE}jours travaillés, mois peu actif) sort de la "
        f"file active fin août{INSECABLE}2024."
    )


def test_two_readings_share_the_days_of_both_windows() -> None:
    # 31 May: from 1 June 2023. 30 June: from 1 July 2023. In common, 1 July 2023 to 31 May 2024: 366 − 30 days.
    communes = sienne(releve("2024-05-31", None, 2093), JUIN).communes

    assert communes is not None
    assert communes.jours == 336
    assert (communes.sortis.du, communes.sortis.au) == (j("2023-06-01"), j("2023-06-30"))
    assert (communes.entres.du, communes.entres.au) == (j("2024-06-01"), j("2024-06-30"))
    assert communes.phrase == (
        f"Les files actives du 31/05/2024 et du 30/06/2024 ont 336{INSECABLE}jours en commun sur 366. Leur écart (+7) "
        "oppose les patients vus du 01/06/2024 au 30/06/2024 sans l'avoir été dans les douze mois d'avant, et ceux vus "
        "du 01/06/2023 au 30/06/2023 qui ne l'ont plus été ensuite."
    )


@pytest.mark.parametrize(("avant", "communs"), [("2023-07-01", 1), ("2023-06-30", 0), ("2023-06-29", 0)])
def test_windows_a_year_apart_share_nothing(avant: str, communs: int) -> None:
    communes = sienne(releve(avant, None, 2000), JUIN).communes

    assert communes is not None
    assert communes.jours == communs
    assert ("n'ont aucun jour en commun" in communes.phrase) is (communs == 0)
    assert communes.sortis.au <= communes.avant.date
    assert communes.entres.du > communes.avant.date


def test_the_reading_before_is_of_the_same_rank_and_of_another_date() -> None:
    assert sienne(releve("2024-05-31", None, 2093, "logiciel"), JUIN).communes is None
    assert sienne(releve("2024-06-30", None, 2099, "amelipro"), JUIN).communes is None
    logiciels = (releve("2024-05-31", None, 2093, "logiciel"), releve("2024-06-30", None, 2100, "logiciel"))
    communes = sienne(*logiciels).communes
    assert communes is not None
    assert communes.avant.valeur == 2093


def groupe(*mois: Activite, au: str = "2027-07-02") -> FileActive:
    releves = [releve("2027-06-30", None, 2100), releve("2027-05-31", None, 2200, medecin="m2")]
    return vue(avec(pratique(collectif(), releves=releves), activite=mois), au)


def test_a_group_has_a_window_a_doctor_and_its_months_summed() -> None:
    resultat = groupe(
        activite("2026-08", 300, 15),
        activite("2026-08", 100, 5, "m2"),
        activite("2025-08", 250, 14),
        activite("2026-09", 310, 16),
    )

    assert [(s.medecin, s.fenetre.au) for s in resultat.medecins] == [("m1", j("2027-06-30")), ("m2", j("2027-05-31"))]
    ensemble = {mois.mois: mois for mois in resultat.ensemble}
    # m2's window begins in June 2026, m1's in July.
    assert [(ensemble[m].medecins, ensemble[m].saisis) for m in ("2026-06", "2026-07", "2026-08", "2026-09")] == [
        (1, 0),
        (2, 0),
        (2, 2),
        (2, 1),
    ]
    assert (ensemble["2026-08"].actes, ensemble["2026-08"].jours_travailles) == (400, 20)
    assert (ensemble["2026-07"].actes, ensemble["2026-07"].jours_travailles) == (None, None)
    # Only m1 entered both Augusts: 300 − 250.
    remplace = ensemble["2026-08"].remplace
    assert remplace is not None
    assert (remplace.medecins, remplace.actes, remplace.ecart_actes, remplace.ecart_jours) == (1, 250, 50, 1)
    assert f"1{INSECABLE}médecin sur 2" in ensemble["2026-09"].phrase
    assert "médecin" not in ensemble["2026-08"].phrase


def test_the_comparisons_of_a_group_add_up() -> None:
    resultat = groupe(
        activite("2026-08", 300, 15),
        activite("2026-08", 100, 5, "m2"),
        activite("2025-08", 250, 14),
        activite("2025-08", 130, 6, "m2"),
    )
    aout = next(mois for mois in resultat.ensemble if mois.mois == "2026-08")

    assert aout.remplace is not None
    assert (aout.remplace.medecins, aout.remplace.actes, aout.remplace.jours_travailles) == (2, 380, 20)
    assert (aout.remplace.ecart_actes, aout.remplace.ecart_jours) == (20, 0)


def test_a_low_month_of_one_doctor_is_flagged_for_the_group() -> None:
    resultat = groupe(
        activite("2026-08", 100), activite("2026-09", 400), activite("2026-10", 400), activite("2026-08", 400, 18, "m2")
    )

    assert [mois.mois for mois in resultat.ensemble if mois.faible] == ["2026-08"]
    messages = [a.message for a in resultat.avertissements if a.code == "mois_peu_actif"]
    assert messages[0].startswith(f"Dr{INSECABLE}Claire Lambert : Le mois d'août")


def test_the_json_and_its_explanations() -> None:
    dossier = avec(
        pratique(contrat(suspension("2023-08-05", "2023-08-10")), releves=[releve("2024-05-31", None, 2093), JUIN]),
        activite=[
            activite("2023-08", 100, 9),
            activite("2022-08", 300, 15),
            activite("2023-09", 300),
            activite("2023-10", 301),
        ],
    )
    resultat = vue(dossier)
    document = file_active_json(resultat)

    json.dumps(document, allow_nan=False)
    (seul,) = document["medecins"]
    assert seul["fenetre"] == {"du": "2023-07-01", "au": "2024-06-30", "jours": 366}
    assert (seul["valeur"], seul["date"], seul["source"], seul["mediane_actes"]) == (2100, "2024-06-30", "cpam", 300)
    aout = seul["mois"][1]
    assert {
        cle: aout[cle] for cle in ("mois", "actes", "jours_travailles", "jours_suspendus", "faible", "sort_le")
    } == {
        "mois": "2023-08",
        "actes": 100,
        "jours_travailles": 9,
        "jours_suspendus": 6,
        "faible": True,
        "sort_le": "2024-08-31",
    }
    assert aout["remplace"] == {
        "mois": "2022-08",
        "medecins": 1,
        "actes": 300,
        "jours_travailles": 15,
        "ecart_actes": -200,
        "ecart_jours": -6,
    }
    assert document["ensemble"]["mois"][1] == aout
    assert inexpliques(document, resultat.chiffres, CLES) == []


def test_what_is_explained_of_a_window_and_of_a_month() -> None:
    dossier = avec(
        pratique(contrat(suspension("2023-08-05", "2023-08-10")), releves=[releve("2024-05-31", None, 2093), JUIN]),
        activite=[activite("2023-08", 100, 9), activite("2022-08", 300, 15), activite("2023-09", 301)],
    )
    chiffres = vue(dossier).chiffres

    # The median of 100 and 301 is 200.5.
    assert [(etape.libelle, etape.resultat) for etape in chiffres["medecins.m1"].etapes] == [
        ("Relevé qui compte", f"2{INSECABLE}100{INSECABLE}patients"),
        ("Fenêtre", f"366{INSECABLE}jours"),
        ("Mois médian", f"200,5{INSECABLE}actes"),
        ("Jours communs avec le relevé précédent", f"336{INSECABLE}jours"),
    ]
    assert chiffres["medecins.m1"].sources == juger(dossier, AU).file_active.explication.sources
    assert [(etape.libelle, etape.resultat) for etape in chiffres["medecins.m1.mois.2023-08"].etapes] == [
        ("Activité", f"100{INSECABLE}actes, 9{INSECABLE}jours travaillés"),
        ("Sortie de la file active", "31/08/2024"),
        ("Mois peu actif", "oui"),
        ("Suspension", "6"),
        ("Mois qu'il a remplacé", f"−200{INSECABLE}actes, −6{INSECABLE}jours"),
    ]
    assert chiffres["medecins.m1.mois.2023-08"].etapes[2].calcul == "moins de la moitié de 200,5 actes"


def test_what_is_explained_where_nothing_was_read_or_entered() -> None:
    chiffres = vue(pratique(contrat())).chiffres

    assert [(etape.libelle, etape.resultat) for etape in chiffres["medecins.m1"].etapes] == [
        ("Relevé qui compte", "inconnu"),
        ("Fenêtre", f"366{INSECABLE}jours"),
    ]
    assert chiffres["ensemble.mois.2024-06"].etapes[0].resultat == "activité non saisie"


def test_a_whole_median_has_no_decimals() -> None:
    dossier = avec(pratique(contrat(), releves=[JUIN]), activite=[activite("2023-08", 300)])
    resultat = vue(dossier)

    assert resultat.medecins[0].mediane_actes == Fraction(300)
    assert resultat.chiffres["medecins.m1"].etapes[2].resultat == f"300{INSECABLE}actes"


@lent
@given(dossiers(), JOURS)
def test_every_file_active_is_explained_on_every_day(dossier: Dossier, au: date) -> None:
    baremes = charger_baremes()
    for juge in evaluate(dossier, au, baremes).contrats:
        resultat = file_active(dossier, juge, baremes)
        document = file_active_json(resultat)
        json.dumps(document, allow_nan=False)
        assert inexpliques(document, resultat.chiffres, CLES) == []
        for siens in resultat.medecins:
            assert siens.fenetre.jours in (365, 366)
            assert 12 <= len(siens.mois) <= 13
            assert all(siens.phrases)
            for mois in siens.mois:
                fin = ajouter_mois(j(f"{mois.mois}-01"), 1) - UN_JOUR
                assert ajouter_mois(mois.sort_le, -12) >= fin
                # On the eve a window still held its last day, but for a February shorter than the next.
                assert ajouter_mois(mois.sort_le - UN_JOUR, -12) < fin or fin.month == 2
        assert sum(mois.actes or 0 for mois in resultat.ensemble) == sum(
            mois.actes or 0 for siens in resultat.medecins for mois in siens.mois
        )


def test_the_demo_reads() -> None:
    dossier = lire_dossier(chemin("demo/dossier.json").read_text(encoding="utf-8"))
    baremes = charger_baremes()
    benassis = evaluate(dossier, j("2026-11-15"), baremes).contrats[0]
    (seule,) = file_active(dossier, benassis, baremes).medecins

    assert [mois.mois for mois in seule.mois] == ["2025-11", "2025-12", *(f"2026-{mois:02d}" for mois in range(1, 11))]
    assert seule.mois[9].phrase == (
        f"Le mois d'août{INSECABLE}2026 (382{INSECABLE}actes, 16{INSECABLE}jours travaillés) sort de la file active "
        f"fin août{INSECABLE}2027."
    )
