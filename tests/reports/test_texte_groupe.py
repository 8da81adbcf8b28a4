"""What the terminal says of a group: its members, its mean, its ceiling, its newly installed, the earlier contracts."""

from collections.abc import Iterable
from fractions import Fraction

import pytest

from assistmed_desktop.domain.contrat import Adhesion, ContratCollectif, ContratIndividuel, DocteurJunior
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.reports.texte_groupe import CODES_DU_GROUPE, phrases_du_groupe
from assistmed_desktop.rules.bareme import Baremes, charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.groupe import groupe
from tests.rules.outils import collectif, contrat, j, medecin, pratique, reference, releve, resiliation
from tests.rules.test_groupe import sans_regle

AU = "2026-12-01"
LUS = (releve("2026-11-30", 800, 1500), releve("2026-11-30", 700, 1400, medecin="m2"))
C = "(degré C)"


def dites(
    signe: ContratCollectif,
    *autres: ContratIndividuel,
    lus: Iterable[Releve] = LUS,
    au: str = AU,
    installe_le: str = "2009-09-01",
    baremes: Baremes | None = None,
) -> list[str]:
    """Tell of a group of Claire Lambert and Marc Duval, with plain spaces and the grade of each sentence."""
    tables = baremes or charger_baremes()
    docteurs = (medecin(1), medecin(2, nom="Duval", prenom="Marc", installe_le=j(installe_le)))
    dossier = pratique(signe, *autres, medecins=docteurs, releves=lus)
    forme = groupe(dossier, evaluate(dossier, j(au), tables).contrats[0], tables)
    assert forme is not None
    return [
        phrase.replace(INSECABLE, " ") + ("" if grade is None else f" (degré {grade})")
        for phrase, grade in phrases_du_groupe(forme)
    ]


def test_a_group_is_told_from_its_structure_to_its_ceiling() -> None:
    # (800 + 700) / 2 = 750, under 775; at the signature 2 000 / 2 = 1 000.
    assert dites(collectif(structure="scm")) == [
        f"Structure du groupe : SCM, admise. {C}",
        (
            "Dr Claire Lambert, depuis le 01/03/2026 : patientèle médecin traitant 800 (CPAM, 30/11/2026) et file "
            "active 1 500 (CPAM, 30/11/2026)."
        ),
        (
            "Dr Marc Duval, depuis le 01/03/2026 : patientèle médecin traitant 700 (CPAM, 30/11/2026) et file active "
            "1 400 (CPAM, 30/11/2026)."
        ),
        (
            "À la signature, la patientèle médecin traitant est en moyenne de 1 000 patients par adhérent (au "
            f"31/12/2022), pour un minimum de 775. {C}"
        ),
        (
            "Ce jour, la patientèle médecin traitant est en moyenne de 750 patients par adhérent (au 30/11/2026), "
            f"sous le minimum de 775. {C}"
        ),
        f"2 ETP financés, dans la limite de 2 ETP pour 2 adhérents. {C}",
    ]


def test_a_structure_that_is_not_known_or_not_allowed_is_said() -> None:
    assert dites(collectif())[0] == "Structure du groupe : à renseigner sur la fiche du contrat."
    assert dites(collectif(structure="sel"))[0] == (
        f"Structure du groupe : SEL, qui ne peut pas porter un contrat collectif. {C}"
    )


def test_what_no_reading_tells_is_unknown() -> None:
    lues = dites(collectif(), lus=LUS[:1])

    assert lues[2] == "Dr Marc Duval, depuis le 01/03/2026 : aucun relevé depuis le début du contrat."
    assert lues[4] == "Ce jour, la patientèle moyenne par adhérent est inconnue : il manque un relevé."
    seule = dites(collectif(), lus=(releve("2026-11-30", 800, None),))
    assert seule[1].endswith("traitant 800 (CPAM, 30/11/2026) et file active inconnue, faute de relevé.")


def test_a_member_who_came_later_and_hosts_a_junior_is_told_so() -> None:
    entree = Adhesion(medecin="m2", du=j("2026-06-01"), au=j("2027-05-31"), reference=reference(700, 1400))
    accueil = DocteurJunior(medecin="m2", du=j("2026-11-01"), au=None)
    lues = dites(collectif(adhesions=(entree,), docteurs_juniors=(accueil,), option_etp=Fraction(3)))

    assert lues[2].startswith("Dr Marc Duval, depuis le 01/06/2026 jusqu'au 31/05/2027 : ")
    assert lues[2].endswith("Accueille un docteur junior.")
    assert lues[-1] == (
        f"3 ETP financés, au-dessus de la limite de 2,5 ETP pour 2 adhérents et 1 accueil de docteur junior. {C}"
    )


def test_a_single_etp_is_singular() -> None:
    assert dites(collectif(option_etp=Fraction(1)))[-1].startswith("1 ETP financé, dans la limite de 2 ETP")


@pytest.mark.parametrize(
    ("lu", "au", "etat"),
    [
        (LUS[1], AU, "(700 à ce jour) et file active 1 514 (1 400 à ce jour), à atteindre."),
        (releve("2026-11-30", 1045, 1514, medecin="m2"), AU, "(1 514 à ce jour), atteint."),
        (LUS[1], "2029-03-01", "(1 400 à ce jour), non atteint à la date prévue."),
        (LUS[0], AU, "(inconnue) et file active 1 514 (inconnue), inconnu, faute de relevé."),
    ],
)
def test_a_newly_installed_doctor_has_what_is_to_be_reached_and_when(lu: Releve, au: str, etat: str) -> None:
    # Joined on 1 March 2026: three years later.
    dite = dites(collectif(), lus=(lu,), au=au, installe_le="2025-09-01")[-1]

    assert dite.startswith(
        "Dr Marc Duval, installé le 01/09/2025, compte comme nouvel installé ; niveau demandé pour le 01/03/2029 : "
        "patientèle médecin traitant 1 045 "
    )
    assert dite.endswith(f"{etat} {C}")


def test_an_earlier_contract_is_to_be_closed_or_is_closed() -> None:
    court, fini = (contrat(*fin, id="c0") for fin in ((), (resiliation("2026-01-01"),)))

    assert dites(collectif(), court)[-1] == (
        "Contrat individuel de Claire Lambert, du 01/01/2023 au 31/12/2027 : à clore avant le 01/03/2026, entrée dans "
        f"le groupe ; hors anniversaire, prorata à convenir avec la caisse. {C}"
    )
    assert dites(collectif(), fini)[-1] == (
        f"Contrat individuel de Claire Lambert, du 01/01/2023 au 31/12/2025 : clos. {C}"
    )


def test_a_table_that_says_nothing_of_groups_leaves_them_without_limit() -> None:
    lues = dites(collectif(structure="scm"), baremes=sans_regle())

    assert lues[0].startswith("Structure du groupe : SCM. ")
    assert "patients par adhérent (au 30/11/2026), minimum non publié." in lues[4]
    assert lues[5].startswith("2 ETP financés, plafond non publié.")


def test_the_warnings_told_by_these_sentences_are_those_of_a_group() -> None:
    tables = charger_baremes()
    loin = (releve("2029-02-01", 700, 1400), releve("2029-02-01", 700, 1400, medecin="m2"))
    signe = collectif(structure="sel", option_etp=Fraction(3), reference=reference(1400, 2800))
    docteurs = (medecin(1), medecin(2, nom="Duval", prenom="Marc", installe_le=j("2025-09-01")))
    dossier = pratique(signe, contrat(id="c0"), medecins=docteurs, releves=loin)
    forme = groupe(dossier, evaluate(dossier, j("2029-03-01"), tables).contrats[0], tables)

    assert forme is not None
    assert CODES_DU_GROUPE - {a.code for a in forme.avertissements} == {"structure_inconnue"}
