from datetime import date
from fractions import Fraction

import pytest

from assistmed_desktop.reports.contenu import ContratAbsent, embauche_du
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.rules.resultats import Point
from tests.reports.outils import AU, Brut, beaucoup_de_releves, dossier, evaluer, groupe, imprimer, nu, pages
from tests.reports.outils import matiere as reunie


def test_an_unknown_contract_is_refused() -> None:
    pratique = dossier()
    with pytest.raises(ContratAbsent, match="aucun contrat « c9 »"):
        reunie(pratique, contrat="c9")


def _missions(brut: Brut) -> None:
    modele = brut["missions"][0]
    brut["missions"] = [
        modele | {"domaine": "administratif", "minutes_semaine": 60},
        modele | {"domaine": "consultation", "minutes_semaine": 120},
        modele | {"domaine": "coordination", "minutes_semaine": 60, "au": "2025-01-14"},
        modele | {"domaine": "coordination", "minutes_semaine": 20, "du": "2025-02-01"},
    ]


def test_only_the_tasks_of_the_day_are_shared_out() -> None:
    pratique = dossier(_missions)
    matiere = reunie(pratique)
    assert [(part.domaine, part.minutes, part.part) for part in matiere.parts_de_mission] == [
        ("administratif", 60, Fraction(1, 3)),
        ("consultation", 120, Fraction(2, 3)),
        ("coordination", 0, 0),
    ]
    assert len(matiere.missions) == 3, "what begins after the day is not there"
    assert matiere.heures_hebdo == Fraction(35, 2)


def test_what_concerns_another_contract_or_another_day_is_left_out() -> None:
    def bruit(brut: Brut) -> None:
        lu = brut["releves"][0]
        brut["releves"] += [lu | {"date": "2022-03-14"}, lu | {"date": "2025-01-16"}, lu | {"date": "2022-03-15"}]
        brut["activite"] += [{"medecin": "m1", "mois": "2022-02", "actes": 1, "jours_travailles": 1}]
        brut["assistants"].append(brut["assistants"][0] | {"id": "a2", "affectations": []})

    pratique = dossier(bruit)
    matiere = reunie(pratique)
    assert [releve.date for releve in matiere.releves] == [date(2022, 3, 15), date(2024, 12, 31)]
    assert [mois.mois for mois in matiere.activite] == ["2024-11"]
    assert [assistant.id for assistant in matiere.assistants] == ["a1"]


def _un_medecin_parti(brut: Brut) -> None:
    groupe(3)(brut)
    brut["contrats"][0]["adhesions"] = [{"medecin": "m2", "du": "2022-03-15", "au": "2024-03-14"}]


def test_the_readings_retained_make_the_value() -> None:
    for pratique in (
        dossier(),
        dossier(groupe(3), beaucoup_de_releves(60, 3)),
        dossier(beaucoup_de_releves(30)),
        dossier(_un_medecin_parti, beaucoup_de_releves(60, 3)),
    ):
        evaluation = evaluer(pratique)
        matiere = reunie(pratique, evaluation)
        for indicateur in matiere.contrat.indicateurs:
            rangs = matiere.releves_retenus[indicateur.indicateur]
            retenus = [Point(r.date, r.file_active or 0, r.source) for i, r in enumerate(matiere.releves) if i in rangs]
            assert len(retenus) == len(matiere.contrat.adherents)
            if indicateur.indicateur == "file_active":
                assert sum(point.valeur for point in retenus) == indicateur.valeur


def test_without_readings_nothing_is_retained() -> None:
    pratique = dossier(lambda brut: brut.update(releves=[]))
    assert set(reunie(pratique).releves_retenus.values()) == {frozenset()}


def test_every_source_has_a_number_and_says_what_rests_on_it() -> None:
    (contrat,) = evaluer(dossier()).contrats
    references = References(contrat)
    numeros = dict(references)
    assert list(numeros) == list(range(1, len(numeros) + 1))
    for echeance in contrat.echeances:
        assert references.renvoi([echeance.source]).endswith(echeance.source.grade)
        assert "échéances" in references.usages(echeance.source)
    assert references.renvoi([]) == ""


def test_the_hiring_of_a_day_is_the_newest_that_runs() -> None:
    def deux(brut: Brut) -> None:
        premiere = brut["assistants"][0]["embauches"][0]
        brut["assistants"][0]["embauches"] = [
            premiere | {"au": "2024-12-31"},
            premiere | {"du": "2025-01-01", "role": "temps_plein", "heures_hebdo": 35},
        ]

    (assistant,) = dossier(deux).assistants
    embauche = embauche_du(assistant, AU)
    assert embauche is not None
    assert embauche.role == "temps_plein"
    assert embauche_du(assistant, date(2020, 1, 1)) is None


def test_an_id_that_is_not_there_is_written_as_it_is() -> None:
    matiere = reunie(dossier())
    assert matiere.nom_du_medecin("m9") == "m9"
    assert matiere.nom_de_l_assistant("a9") == "a9"


def test_a_doctor_of_a_list_goes_by_the_name_that_tells_them_apart() -> None:
    trois = reunie(dossier(groupe(3)))
    assert nu(trois.nom_court_du_medecin("m2")) == "Dr Lambert2"

    def homonymes(brut: Brut) -> None:
        brut["medecins"][1]["nom"] = "Lambert1"

    meme = reunie(dossier(groupe(3), homonymes))
    assert nu(meme.nom_court_du_medecin("m1")) == "Dr Claire Lambert1"


def test_a_review_after_the_end_keeps_to_what_the_last_day_knew() -> None:
    def tard(brut: Brut) -> None:
        tardif = brut["releves"][-1] | {"date": "2027-10-31", "patientele_mt": 1240}
        brut["releves"].append(tardif)

    pratique, au = dossier(tard), date(2028, 6, 1)
    finie = reunie(pratique, evaluer(pratique, au))
    assert (finie.juge.au, finie.juge.patientele_mt.valeur) == (date(2027, 3, 14), 1131)
    assert [finie.releves[rang].patientele_mt for rang in finie.releves_retenus["patientele_mt"]] == [1131]
    (page, *_) = pages(imprimer(pratique, au))
    assert "Valeurs du dernier jour du contrat, le 14/03/2027. Réalisé : de la référence à la valeur" in page
    assert "1 240 patients" not in page
