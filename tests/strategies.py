"""Hypothesis strategies: rich and valid dossiers, every noun and every amendment among them."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, get_args

from hypothesis import strategies as st

from assistmed_desktop.domain import assistant, cabinet, contrat, suivi
from assistmed_desktop.domain.assistant import Absence, Affectation, Assistant, Embauche, Formation, Mission
from assistmed_desktop.domain.cabinet import Cabinet, Medecin, cle_de_luhn_exacte
from assistmed_desktop.domain.calendrier import dernier_jour
from assistmed_desktop.domain.contrat import (
    Avenant,
    ChangementAdresse,
    ChangementOption,
    ContratCollectif,
    ContratIndividuel,
    NouvelObjectif,
    Objectif,
    Reference,
    Resiliation,
    Suspension,
)
from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.domain.suivi import Activite, Mouvement, Releve, Versement
from assistmed_desktop.domain.valeurs import COMPTE_MAX, ETP_MAX, MONTANT_MAX_EUROS, OPTIONS_INDIVIDUELLES

UN_JOUR = timedelta(days=1)

textes = st.one_of(
    st.sampled_from(
        ["", "Château-Chinon", "L’Haÿ-les-Roses", "« Œuvre » 50 % ; d'abord", "👩‍⚕️ e\u0301", "=1+1", "<b>&"]
    ),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12),
)
notes = textes | st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t"), max_size=12)
textes_requis = textes.map(lambda texte: texte if texte.strip() else "Lambert")
jours = st.dates(date(1990, 1, 1), date(2060, 12, 31))
comptes = st.integers(0, COMPTE_MAX)
centimes = st.integers(0, MONTANT_MAX_EUROS * 100)
codes_postaux = st.from_regex(r"[0-9]{5}", fullmatch=True, alphabet="0123456789")
departements = st.sampled_from(["01", "2A", "2B", "58", "971", "988"])
etps = st.builds(Fraction, st.integers(1, 400), st.integers(1, 100)).filter(lambda etp: etp <= ETP_MAX)
zonages = st.sampled_from(get_args(cabinet.Zonage))

cabinets = st.builds(
    Cabinet,
    nom=textes_requis,
    adresse=notes,
    code_postal=codes_postaux,
    commune=textes,
    departement=departements,
    zonage=zonages,
    cpam=textes,
    exercice_regroupe=st.booleans(),
    exercice_coordonne=st.sampled_from(get_args(cabinet.ExerciceCoordonne)),
)
objectifs_vides = st.just(Objectif(patientele_mt=None, file_active=None, evaluation_le=None))


def ou_rien(valeurs: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw None, or one of the values."""
    return st.none() | valeurs


def listes(valeurs: st.SearchStrategy[Any], plus: int = 4) -> st.SearchStrategy[tuple[Any, ...]]:
    """Draw a few of the values."""
    return st.lists(valeurs, max_size=plus).map(tuple)


def _rpps(racine: int) -> str:
    return next(rpps for cle in range(10) if cle_de_luhn_exacte(rpps := f"{racine:010d}{cle}"))


@st.composite
def periodes(
    draw: st.DrawFn, debut: date = date(1990, 1, 1), fin: date = date(2060, 12, 31), *, ouvertes: bool = True
) -> list[tuple[date, date | None]]:
    """Draw periods that share no day, in any order; the latest may have no end."""
    longueur = (fin - debut).days
    bornes = sorted(draw(st.sets(st.integers(0, longueur), max_size=8)))
    paires: list[tuple[date, date | None]] = [
        (debut + du * UN_JOUR, debut + au * UN_JOUR) for du, au in zip(bornes[::2], bornes[1::2], strict=False)
    ]
    if ouvertes and len(bornes) % 2:
        paires.append((debut + bornes[-1] * UN_JOUR, None))
    return draw(st.permutations(paires))


@st.composite
def medecins(draw: st.DrawFn, rang: int) -> Medecin:
    """Draw a doctor, whose id and RPPS number come from the rank."""
    return Medecin(
        id=f"m{rang}",
        nom=draw(textes_requis),
        prenom=draw(textes),
        rpps=_rpps(1_000_000_000 + rang),
        numero_am=draw(st.sampled_from(["", "581001234", "58100123"])),
        specialite=draw(st.sampled_from(["medecine_generale", "pediatrie", "orl"])),
        secteur=draw(st.sampled_from(get_args(cabinet.Secteur))),
        installe_le=draw(jours),
        exercice_mixte=draw(st.booleans()),
    )


@st.composite
def objectifs(draw: st.DrawFn, reference: Reference, debut: date) -> Objectif:
    """Draw an objective that its reference and the start of the contract allow."""
    return Objectif(
        patientele_mt=draw(ou_rien(st.integers(reference.patientele_mt, COMPTE_MAX))),
        file_active=draw(ou_rien(st.integers(reference.file_active, COMPTE_MAX))),
        evaluation_le=draw(ou_rien(st.dates(debut + UN_JOUR, debut + 4000 * UN_JOUR))),
    )


@st.composite
def avenants(
    draw: st.DrawFn, reference: Reference, debut: date, fin: date, options: st.SearchStrategy[Fraction]
) -> tuple[Avenant, ...]:
    """Draw amendments of every type, suspensions that share no day."""
    pendant = st.dates(debut, fin)
    suspensions: list[Avenant] = [
        Suspension(type="suspension", du=du, au=au, motif=draw(notes)) for du, au in draw(periodes(debut, fin))
    ]
    autres: st.SearchStrategy[Avenant] = st.one_of(
        st.builds(ChangementOption, type=st.just("option"), du=pendant, option_etp=options, motif=notes),
        st.builds(
            NouvelObjectif,
            type=st.just("objectif"),
            du=pendant,
            objectif=objectifs(reference, debut) | objectifs_vides,
            motif=notes,
        ),
        st.builds(
            ChangementAdresse,
            type=st.just("adresse"),
            du=pendant,
            adresse=notes,
            code_postal=codes_postaux,
            commune=textes,
            departement=departements,
            zonage=zonages,
            motif=notes,
        ),
        st.builds(Resiliation, type=st.just("resiliation"), du=pendant, motif=notes),
    )
    return tuple(draw(st.permutations([*suspensions, *draw(listes(autres))])))


@st.composite
def contrats(draw: st.DrawFn, rang: int, ids: Sequence[str]) -> ContratIndividuel | ContratCollectif:
    """Draw a contract of some of the doctors."""
    debut = draw(st.dates(date(2019, 1, 1), date(2030, 12, 31)))
    duree = draw(st.integers(1, 10))
    reference = Reference(date=draw(jours), patientele_mt=draw(comptes), file_active=draw(comptes))
    collectif = draw(st.booleans())
    options = etps if collectif else st.sampled_from(OPTIONS_INDIVIDUELLES)
    commun: dict[str, Any] = {
        "id": f"c{rang}",
        "signe_le": draw(jours),
        "debut_le": debut,
        "duree_ans": duree,
        "tranche": draw(ou_rien(st.sampled_from(get_args(contrat.Tranche)))),
        "reference": reference,
        "objectif": draw(ou_rien(objectifs(reference, debut) | objectifs_vides)),
        "option_etp": draw(options),
        "avenants": draw(avenants(reference, debut, dernier_jour(debut, duree), options)),
    }
    if collectif:
        membres = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True).map(tuple))
        return ContratCollectif(texte="collectif_2026", medecins=membres, **commun)
    return ContratIndividuel(
        texte=draw(st.sampled_from(get_args(contrat.TexteIndividuel))),
        medecin=draw(st.sampled_from(ids)),
        **commun,
    )


@st.composite
def formations(draw: st.DrawFn) -> Formation:
    """Draw a training, its steps in order."""
    etapes = sorted(draw(st.lists(jours, min_size=3, max_size=3)))
    inscription, debut, obtention = (draw(ou_rien(st.just(etape))) for etape in etapes)
    voie = draw(st.sampled_from(get_args(assistant.VoieFormation)))
    return Formation(voie=voie, inscription_le=inscription, debut_le=debut, obtention_le=obtention)


@st.composite
def assistants(draw: st.DrawFn, rang: int, ids: Sequence[str]) -> Assistant:
    """Draw an assistant allocated to some of the contracts."""
    employeur = draw(st.sampled_from(get_args(assistant.Employeur)))
    embauches = tuple(
        Embauche(
            du=du,
            au=au,
            role=draw(st.sampled_from(get_args(assistant.Role))),
            heures_hebdo=draw(st.sampled_from([17.5, 35.0, 11.67]) | st.floats(0, 168, exclude_min=True)),
            employeur=employeur,
        )
        for du, au in draw(periodes())
    )
    return Assistant(
        id=f"a{rang}",
        nom=draw(textes_requis),
        prenom=draw(textes),
        profil=draw(st.sampled_from(get_args(assistant.Profil))),
        embauches=embauches,
        formation=draw(ou_rien(formations())),
        absences=tuple(Absence(du=du, au=au, remplacement=draw(st.booleans())) for du, au in draw(periodes())),
        affectations=tuple(
            Affectation(contrat=identifiant, du=du, au=au, etp=draw(etps))
            for identifiant in ids
            for du, au in draw(periodes())
        ),
    )


@st.composite
def missions(draw: st.DrawFn, ids: Sequence[str]) -> Mission:
    """Draw a task of one of the assistants."""
    du = draw(jours)
    return Mission(
        assistant=draw(st.sampled_from(ids)),
        domaine=draw(st.sampled_from(get_args(assistant.Domaine))),
        tache=draw(textes_requis),
        minutes_semaine=draw(st.integers(0, 10_080)),
        du=du,
        au=draw(ou_rien(st.dates(du, date(2060, 12, 31)))),
        minutes_medecin_liberees=draw(ou_rien(st.integers(0, 10_080))),
    )


@st.composite
def releves(draw: st.DrawFn, ids: Sequence[str]) -> Releve:
    """Draw a reading of one of the doctors."""
    patientele, file_active = draw(st.tuples(ou_rien(comptes), ou_rien(comptes)).filter(any))
    return Releve(
        medecin=draw(st.sampled_from(ids)),
        date=draw(jours),
        patientele_mt=patientele,
        file_active=file_active,
        source=draw(st.sampled_from(get_args(suivi.SourceReleve))),
        note=draw(notes),
    )


@st.composite
def mouvements(draw: st.DrawFn, identifiant: str) -> tuple[Mouvement, ...]:
    """Draw the movements of a doctor."""
    return tuple(
        Mouvement(
            medecin=identifiant,
            du=du,
            au=au,
            entrees=draw(comptes),
            deces=draw(comptes),
            departs=draw(comptes),
            autres_sorties=draw(comptes),
        )
        for du, au in draw(periodes(ouvertes=False))
        if au is not None
    )


@st.composite
def activites(draw: st.DrawFn, identifiant: str) -> tuple[Activite, ...]:
    """Draw some months of a doctor."""
    mois = draw(st.lists(jours.map(lambda jour: f"{jour:%Y-%m}"), max_size=3, unique=True))
    return tuple(
        Activite(medecin=identifiant, mois=m, actes=draw(comptes), jours_travailles=draw(st.integers(0, 31)))
        for m in mois
    )


@st.composite
def versements(draw: st.DrawFn, durees: Sequence[tuple[str, int]]) -> Versement:
    """Draw a payment of one of the contracts, given with their years."""
    identifiant, duree = draw(st.sampled_from(durees))
    recu_le, montant_recu = draw(ou_rien(st.tuples(jours, centimes))) or (None, None)
    return Versement(
        contrat=identifiant,
        annee_contrat=draw(st.integers(1, duree)),
        echeance_le=draw(ou_rien(jours)),
        montant_du=draw(ou_rien(centimes)),
        recu_le=recu_le,
        montant_recu=montant_recu,
        reference=draw(textes),
    )


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """Draw a valid dossier. The ids of two dossiers are often the same."""
    docteurs = tuple(draw(medecins(rang)) for rang in draw(st.permutations(range(draw(st.integers(0, 3))))))
    ids_medecins = [medecin.id for medecin in docteurs]
    nombre_de_contrats = draw(st.integers(0, 3)) if ids_medecins else 0
    aides = tuple(draw(contrats(rang, ids_medecins)) for rang in range(nombre_de_contrats))
    equipe = tuple(draw(assistants(rang, [aide.id for aide in aides])) for rang in range(draw(st.integers(0, 2))))
    ids_assistants = [membre.id for membre in equipe]
    return Dossier(
        format="assistmed-dossier",
        version=1,
        cabinet=draw(cabinets),
        medecins=docteurs,
        contrats=aides,
        assistants=equipe,
        missions=draw(listes(missions(ids_assistants))) if ids_assistants else (),
        releves=draw(listes(releves(ids_medecins), 6)) if ids_medecins else (),
        mouvements=tuple(m for identifiant in ids_medecins for m in draw(mouvements(identifiant))),
        activite=tuple(a for identifiant in ids_medecins for a in draw(activites(identifiant))),
        versements=draw(listes(versements([(aide.id, aide.duree_ans) for aide in aides]))) if aides else (),
    )


@st.composite
def retouches(draw: st.DrawFn, dossier: Dossier) -> Dossier:
    """Draw the same practice, some rows left out, entered again or in another order: still valid."""
    libres = ("missions", "releves", "versements")
    uniques = ("mouvements", "activite")
    return dossier.model_copy(
        update={
            nom: tuple(draw(st.lists(st.sampled_from(rangs), max_size=8, unique=nom in uniques)))
            for nom in (*libres, *uniques)
            if (rangs := getattr(dossier, nom))
        }
    )


@st.composite
def vies(draw: st.DrawFn) -> list[Dossier | None]:
    """Draw what a practice becomes, one edit after the other: edited, emptied, replaced."""
    vie: list[Dossier | None] = []
    for _ in range(draw(st.integers(1, 5))):
        dernier = next((d for d in reversed(vie) if d is not None), None)
        choix = [dossiers()] if dernier is None else [dossiers(), retouches(dernier), st.none(), st.sampled_from(vie)]
        vie.append(draw(st.one_of(choix)))
    return vie
