from datetime import date
from fractions import Fraction

from assistmed_desktop.figures.courbe import courbe as courbe_de
from assistmed_desktop.figures.courbe import texte_alternatif
from assistmed_desktop.rules.resultats import PeriodeSuspendue
from tests.figures.outils import AU, EVALUATION, courbe, projection, releves
from tests.reports.outils import dossier, evaluer


def _nu(texte: str) -> str:
    return texte.replace("\u00a0", " ")


def test_the_curve_of_the_worked_example() -> None:
    (contrat,) = evaluer(dossier()).contrats
    tracee = courbe_de(contrat, "file_active")
    assert tracee.titre == "File active"
    assert (tracee.reference, tracee.objectif) == (1620, 1880)
    assert tracee.retenu is not None
    assert (tracee.retenu.valeur, tracee.retenu.source, tracee.retenu.date) == (1790, "amelipro", date(2024, 12, 31))
    assert (tracee.au, tracee.evaluation_initiale, tracee.evaluation) == (AU, date(2025, 3, 15), EVALUATION)
    assert tracee.evaluation_reportee
    assert tracee.trajectoire[0] == (date(2022, 3, 15), Fraction(1620))
    assert tracee.trajectoire[-1] == (EVALUATION, Fraction(1880))
    assert tracee.projection is None


def test_a_practice_without_readings_has_nothing_retained() -> None:
    (contrat,) = evaluer(dossier(lambda brut: brut.update(releves=[]))).contrats
    assert courbe_de(contrat, "patientele_mt").retenu is None


def test_a_suspension_that_has_not_begun_is_not_shown() -> None:
    def ouverte(brut: dict[str, object]) -> None:
        contrats = brut["contrats"]
        assert isinstance(contrats, list)
        contrats[0]["avenants"] = [{"type": "suspension", "du": "2025-06-01", "au": None, "motif": ""}]

    (contrat,) = evaluer(dossier(ouverte)).contrats
    assert courbe_de(contrat, "patientele_mt").suspensions == ()


def test_a_projection_is_shown_while_its_day_lies_ahead() -> None:
    def lus(brut: dict[str, object]) -> None:
        brut["releves"] = [
            {"medecin": "m1", "date": f"2024-0{mois}-28", "patientele_mt": 1100 + mois, "file_active": 1700 + mois,
             "source": "amelipro", "note": ""}
            for mois in range(1, 7)
        ]  # fmt: skip

    pratique = dossier(lus)
    (avant,) = evaluer(pratique).contrats
    (apres,) = evaluer(pratique, date(2025, 9, 1)).contrats
    assert courbe_de(avant, "patientele_mt").projection is not None
    assert apres.patientele_mt.projection is not None
    assert courbe_de(apres, "patientele_mt").projection is None


def test_the_text_says_what_the_curve_says() -> None:
    assert _nu(texte_alternatif(courbe())) == (
        "Patientèle médecin traitant du 15 mars 2022 au 14 mars 2027, situation au 15 janvier 2025. "
        "Référence 1 010, objectif 1 192. "
        "5 relevés, de 1 010 le 15 mars 2022 à 1 131 le 21 juin 2024 ; "
        "retenu : 1 131 patients le 21/06/2024 (amelipro). "
        "Le rythme prévu donnait 1 154 à cette date. Contrat suspendu du 02/05/2023 au 30/09/2023. "
        "Évaluation le 14 août 2025, reportée du 15 mars 2025. "
        "La tendance mène à 1 165 patients le 14 août 2025, entre 1 150 et 1 180."
    )


def test_the_text_of_what_is_not_known() -> None:
    vide = courbe([], objectif=None, attendu=None, projection=None, suspensions=(), evaluation_initiale=EVALUATION)
    assert _nu(texte_alternatif(vide)).endswith(
        "Référence 1 010, objectif inconnu. Aucune valeur. Évaluation le 14 août 2025."
    )
    estime = courbe(releves(1, sources=("estimation",)), attendu=None, projection=None)
    assert "Un relevé, le 15 mars 2022 : 1 010 patients ; aucun n'est retenu." in _nu(texte_alternatif(estime))


def test_the_text_of_an_open_suspension() -> None:
    ouverte = PeriodeSuspendue(date(2024, 12, 1), AU, ouverte=True)
    assert "Contrat suspendu depuis le 01/12/2024." in texte_alternatif(courbe(suspensions=(ouverte,)))


def test_halves_round_away_from_zero_in_the_text() -> None:
    assert "1\u00a0167\u00a0patients" in texte_alternatif(courbe(projection=projection(1166.5), attendu=Fraction(1)))
