"""The bars of the aid, drawn and told."""

from datetime import date

import pytest

from assistmed_desktop.figures.aide_versee import BarreAide, barres, figure, hauteur, texte_alternatif
from assistmed_desktop.figures.palette import CLAIR, SOMBRE, Palette
from assistmed_desktop.figures.svg import svg
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.rules.analyse import analyser
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from tests.figures.outils import TAILLES, textes, verifier
from tests.rules.outils import morvan, resiliation

BARRES = (
    BarreAide(1, 1_800_000, au_plus=False, du=1_800_000, recu=1_800_000),
    BarreAide(2, 1_350_000, au_plus=False, du=945_000, recu=500_000),
    BarreAide(3, 1_100_000, au_plus=True, du=550_000, recu=None),
    BarreAide(4, None, au_plus=False, du=None, recu=12),
    BarreAide(5, None, au_plus=False, du=None, recu=None),
)


@pytest.mark.parametrize("palette", [CLAIR, SOMBRE])
@pytest.mark.parametrize(("largeur", "_hauteur", "corps"), TAILLES)
def test_every_bar_keeps_to_its_row(largeur: float, _hauteur: float, corps: float, palette: Palette) -> None:
    dessinee = figure(BARRES, largeur * 1.6, hauteur(BARRES, corps), palette=palette, corps=corps)
    verifier(dessinee.dessin)
    assert svg(dessinee.dessin)
    assert [repere.texte for repere in dessinee.reperes] == [barre.texte for barre in BARRES]


def test_the_bars_are_told_in_words() -> None:
    dits = texte_alternatif(BARRES).replace(INSECABLE, " ")
    assert dits == (
        "Aide par année de contrat. année 1 : 18 000 € reçus, 18 000 € dus, 18 000 € ; "
        "année 2 : 5 000 € reçus, 9 450 € dus, 13 500 € ; "
        "année 3 : aucun versement saisi, 5 500 € dus, 11 000 € au plus ; "
        "année 4 : 0,12 € reçus, dû inconnu, montant inconnu ; "
        "année 5 : aucun versement saisi, dû inconnu, montant inconnu."
    )


def test_each_bar_ends_with_what_has_come_of_what_was_due() -> None:
    ecrits = [texte.replace(INSECABLE, " ") for texte in textes(figure(BARRES, 500, hauteur(BARRES)).dessin)]
    for attendu in ("18 000 € reçus", "5 000 € reçus sur 9 450 € dus", "aucun versement saisi", "0,12 € reçus"):
        assert attendu in ecrits


def test_the_bars_are_those_of_the_years_of_the_contract() -> None:
    dossier, au = morvan(), date(2025, 1, 15)
    signe = dossier.contrats[0]
    fini = dossier.model_copy(
        update={"contrats": (signe.model_copy(update={"avenants": (resiliation("2024-03-15"),)}),)}
    )
    for pratique, annees in ((dossier, [1, 2, 3, 4, 5]), (fini, [1, 2])):
        (contrat,) = evaluate(pratique, au, charger_baremes()).contrats
        trouvees = barres(analyser(pratique, contrat, charger_baremes()).argent)
        assert [barre.annee for barre in trouvees] == annees
        assert (trouvees[0].montant, trouvees[0].du, trouvees[0].recu) == (1_800_000, 1_800_000, 1_800_000)
        assert all(barre.au_plus == (barre.annee >= 3) for barre in trouvees)


def test_where_no_amount_is_known_there_is_nothing_to_draw() -> None:
    dessinee = figure((), 500, 100)
    assert (dessinee.dessin.contents, dessinee.reperes) == ([], ())
