"""What holds of the extract of every practice: valid, taken from itself the same, evaluated as the practice is."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistmed_desktop.domain.assistant import Absence, Mission, Observation
from assistmed_desktop.domain.calendrier import ajouter_mois
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Mouvement
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.services.mouvements_regroupes import regrouper, trop_court
from tests.services.outils_extrait import verifier
from tests.strategies import assistants, contrats, corrections, dossiers, medecins, releves

lent = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
JOURS = st.dates(date(2018, 1, 1), date(2045, 12, 31))
PROCHES = st.dates(date(2019, 1, 1), date(2032, 12, 31))
COMPTES = ("entrees", "deces", "departs", "autres_sorties")
UN_JOUR = timedelta(days=1)


def petits(dossier: Dossier) -> Dossier:
    """Bring the movements to counts whose sums a dossier holds."""
    mouvements = (m.model_copy(update={cle: getattr(m, cle) % 1000 for cle in COMPTES}) for m in dossier.mouvements)
    return dossier.model_copy(update={"mouvements": tuple(mouvements)})


@st.composite
def suivis(draw: st.DrawFn, medecin: str) -> tuple[Mouvement, ...]:
    """Draw movements that follow each other, of a month, a fortnight or a year, with gaps."""
    du = draw(PROCHES)
    siens = []
    for _ in range(draw(st.integers(0, 8))):
        duree = draw(st.sampled_from([None, 7, 14, 30, 31, 90, 365]))
        au = (ajouter_mois(du, 1) if duree is None else du + duree * UN_JOUR) - UN_JOUR
        comptes = {cle: draw(st.integers(0, 9)) for cle in COMPTES}
        siens.append(Mouvement(medecin=medecin, du=du, au=au, **comptes))
        du = au + draw(st.sampled_from([1, 1, 1, 20])) * UN_JOUR
    return tuple(draw(st.permutations(siens)))


def _qui_se_suivent(draw: st.DrawFn) -> Iterator[Absence]:
    du = draw(PROCHES)
    for _ in range(draw(st.integers(0, 3))):
        au = du + draw(st.integers(1, 120)) * UN_JOUR
        yield Absence(du=du, au=au, remplacement=draw(st.booleans()), conges=draw(st.booleans()))
        du = au + draw(st.sampled_from([1, 40])) * UN_JOUR


@st.composite
def serres(draw: st.DrawFn) -> Dossier:
    """Draw a practice where all is near in time, so that contracts, absences and counts touch one another."""
    docteurs = tuple(draw(medecins(rang)) for rang in range(draw(st.integers(1, 3))))
    ids = [medecin.id for medecin in docteurs]
    aides: list[Any] = []
    for rang in range(draw(st.integers(1, 4))):
        contrat = draw(contrats(rang, ids))
        reference = contrat.reference.model_copy(
            update={"date": contrat.debut_le - draw(st.integers(-60, 200)) * UN_JOUR}
        )
        signe = {"signe_le": contrat.debut_le - draw(st.integers(-30, 90)) * UN_JOUR, "reference": reference}
        aides.append(contrat.model_copy(update=signe))
    equipe = []
    for rang in range(draw(st.integers(0, 2))):
        assistant = draw(assistants(rang, [aide.id for aide in aides]))
        update: dict[str, Any] = {"absences": tuple(_qui_se_suivent(draw))} if draw(st.booleans()) else {}
        equipe.append(assistant.model_copy(update=update))
    noms = st.sampled_from([assistant.id for assistant in equipe]) if equipe else st.nothing()
    de_l_equipe: dict[str, Any] = {}
    if equipe:
        taches = st.builds(
            lambda qui, du, jours: Mission(
                assistant=qui, domaine="consultation", tache="Accueil", minutes_semaine=60, du=du,
                au=du + jours * UN_JOUR, minutes_medecin_liberees=None,
            ),
            noms, PROCHES, st.integers(0, 900),
        )  # fmt: skip
        jours = st.builds(Observation, assistant=noms, date=PROCHES, minutes_medecin_liberees=st.integers(0, 90))
        de_l_equipe = {
            "missions": tuple(draw(st.lists(taches, max_size=3))),
            "observations": tuple(draw(st.lists(jours, max_size=4, unique_by=lambda o: (o.assistant, o.date)))),
        }
    lus = [r.model_copy(update={"date": draw(PROCHES)}) for r in draw(st.lists(releves(ids), max_size=12))]
    base = draw(dossiers())
    return Dossier(
        format="assistmed-dossier",
        version=1,
        cabinet=base.cabinet,
        medecins=docteurs,
        contrats=tuple(aides),
        assistants=tuple(equipe),
        missions=de_l_equipe.get("missions", ()),
        releves=tuple(lus),
        mouvements=tuple(m for ident in ids for m in draw(suivis(ident))),
        activite=tuple(a for a in base.activite if a.medecin in ids),
        versements=(),
        corrections=tuple(draw(st.lists(corrections(ids), max_size=2))),
        observations=de_l_equipe.get("observations", ()),
    )


@lent
@given(dossiers().filter(lambda d: bool(d.contrats)).map(petits), JOURS, st.data())
def test_the_extract_gives_what_the_practice_gives(dossier: Dossier, au: date, data: st.DataObject) -> None:
    contrat = data.draw(st.sampled_from([contrat.id for contrat in dossier.contrats]))
    verifier(dossier, contrat, au, charger_baremes())


@lent
@given(serres(), PROCHES, st.data())
def test_so_it_does_where_all_is_near_in_time(dossier: Dossier, au: date, data: st.DataObject) -> None:
    contrat = data.draw(st.sampled_from([contrat.id for contrat in dossier.contrats]))
    extrait = verifier(dossier, contrat, au, charger_baremes())
    assert not any(m.deces for m in extrait.mouvements if trop_court(m))


@given(suivis("m1"), PROCHES, PROCHES)
def test_movements_summed_lose_nothing_and_share_no_day(siens: tuple[Mouvement, ...], du: date, au: date) -> None:
    groupes = regrouper(siens, du, au)
    assert regrouper(groupes, du, au) == groupes
    assert all(avant.au < apres.du for avant, apres in pairwise(groupes))
    assert sum((m.au - m.du).days + 1 for m in groupes) == sum((m.au - m.du).days + 1 for m in siens)
    for cle in ("entrees", "departs"):
        assert sum(getattr(m, cle) for m in groupes) == sum(getattr(m, cle) for m in siens)
    assert sum(m.deces + m.autres_sorties for m in groupes) == sum(m.deces + m.autres_sorties for m in siens)
    assert not any(m.deces for m in groupes if trop_court(m))
