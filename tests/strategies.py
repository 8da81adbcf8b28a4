"""Hypothesis strategies: rich and valid dossiers, every noun and every amendment among them."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from operator import attrgetter
from typing import Any, get_args

from hypothesis import strategies as st

from assistmed_desktop.domain import assistant, cabinet, contrat, suivi
from assistmed_desktop.domain.assistant import (
    Absence,
    Affectation,
    Assistant,
    Cout,
    Embauche,
    Formation,
    Mission,
    Observation,
)
from assistmed_desktop.domain.cabinet import Cabinet, Medecin, cle_de_luhn_exacte
from assistmed_desktop.domain.calendrier import dernier_jour
from assistmed_desktop.domain.contrat import (
    Adhesion,
    Avenant,
    ChangementAdresse,
    ChangementOption,
    ContratCollectif,
    ContratIndividuel,
    DocteurJunior,
    Gains,
    NouvelObjectif,
    Objectif,
    Proposition,
    Reference,
    Resiliation,
    Suspension,
)
from assistmed_desktop.domain.dossier import Dossier, fautes_du_dossier
from assistmed_desktop.domain.suivi import (
    Activite,
    Correction,
    EcheanceFaite,
    Mouvement,
    Notification,
    Releve,
    Versement,
)
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
references = st.builds(Reference, date=jours, patientele_mt=comptes, file_active=comptes)
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
    draw: st.DrawFn,
    debut: date = date(1990, 1, 1),
    fin: date = date(2060, 12, 31),
    *,
    ouvertes: bool = True,
    plus: int = 4,
) -> list[tuple[date, date | None]]:
    """Draw periods that share no day, in any order; the latest may have no end."""
    longueur = (fin - debut).days
    bornes = sorted(draw(st.sets(st.integers(0, longueur), max_size=2 * plus)))
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
def resiliations(draw: st.DrawFn, debut: date, fin: date) -> Resiliation:
    """Draw a termination, of which the notice, when there is one, came first."""
    du = draw(st.dates(debut, fin))
    return Resiliation(
        type="resiliation",
        du=du,
        motif=draw(notes),
        cause=draw(ou_rien(st.sampled_from(get_args(contrat.CauseResiliation)))),
        notifie_le=draw(ou_rien(st.dates(date(1990, 1, 1), du))),
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
        resiliations(debut, fin),
    )
    return tuple(draw(st.permutations([*suspensions, *draw(listes(autres))])))


@st.composite
def contrats(draw: st.DrawFn, rang: int, ids: Sequence[str]) -> ContratIndividuel | ContratCollectif:
    """Draw a contract of some of the doctors."""
    debut = draw(st.dates(date(2019, 1, 1), date(2030, 12, 31)))
    duree = draw(st.integers(1, 10))
    reference = draw(references)
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
        return ContratCollectif(
            texte="collectif_2026",
            medecins=membres,
            structure=draw(ou_rien(st.sampled_from(get_args(contrat.Structure)))),
            gains_anterieurs=draw(ou_rien(st.builds(Gains, patientele_mt=comptes, file_active=comptes))),
            adhesions=tuple(
                Adhesion(medecin=membre, du=du, au=au, reference=draw(ou_rien(references)))
                for membre in draw(st.lists(st.sampled_from(membres), unique=True))
                for du, au in draw(periodes(debut, dernier_jour(debut, duree), plus=2))
            ),
            docteurs_juniors=tuple(
                DocteurJunior(medecin=membre, du=du, au=au)
                for membre in draw(st.lists(st.sampled_from(membres), unique=True, max_size=2))
                for du, au in draw(periodes(plus=2))
            ),
            **commun,
        )
    return ContratIndividuel(
        texte=draw(st.sampled_from(get_args(contrat.TexteIndividuel))),
        medecin=draw(st.sampled_from(ids)),
        derogation=draw(ou_rien(st.sampled_from(get_args(contrat.Derogation)))),
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
        absences=tuple(
            Absence(du=du, au=au, remplacement=draw(st.booleans()), conges=draw(st.booleans()))
            for du, au in draw(periodes())
        ),
        affectations=tuple(
            Affectation(contrat=identifiant, du=du, au=au, etp=draw(etps))
            for identifiant in ids
            for du, au in draw(periodes())
        ),
        couts=tuple(
            Cout(du=du, au=au, brut_mensuel=draw(centimes), charges_mensuelles=draw(centimes))
            for du, au in draw(periodes(plus=2))
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
def corrections(draw: st.DrawFn, ids: Sequence[str]) -> Correction:
    """Draw a count that one of the doctors contests: asked, answered or not, granted or not."""
    demandee_le = draw(jours)
    repondue_le = draw(ou_rien(st.dates(demandee_le, date(2060, 12, 31))))
    return Correction(
        medecin=draw(st.sampled_from(ids)),
        indicateur=draw(st.sampled_from(get_args(contrat.Indicateur))),
        releve_le=draw(jours),
        valeur_cpam=draw(comptes),
        valeur_demandee=draw(comptes),
        demandee_le=demandee_le,
        repondue_le=repondue_le,
        valeur_accordee=None if repondue_le is None else draw(ou_rien(comptes)),
        note=draw(notes),
    )


@st.composite
def notifications(draw: st.DrawFn, durees: Sequence[tuple[str, int]]) -> Notification:
    """Draw the notified amount of a year of one of the contracts, given with their years."""
    identifiant, duree = draw(st.sampled_from(durees))
    return Notification(
        contrat=identifiant,
        annee_contrat=draw(st.integers(1, duree)),
        montant=draw(centimes),
        notifie_le=draw(jours),
        reference=draw(textes),
    )


def echeances_faites(ids_contrats: Sequence[str], ids_assistants: Sequence[str]) -> st.SearchStrategy[EcheanceFaite]:
    """Draw a deadline met."""
    return st.builds(
        EcheanceFaite,
        contrat=st.sampled_from(ids_contrats),
        code=st.sampled_from(get_args(suivi.CodeEcheance)),
        le=jours,
        faite_le=jours,
        note=notes,
        assistant=ou_rien(st.sampled_from(ids_assistants)) if ids_assistants else st.none(),
    )


def observations(ids: Sequence[str]) -> st.SearchStrategy[Observation]:
    """Draw a day of one of the assistants."""
    return st.builds(
        Observation, assistant=st.sampled_from(ids), date=jours, minutes_medecin_liberees=st.integers(0, 1440)
    )


@st.composite
def propositions(draw: st.DrawFn, ids: Sequence[str]) -> Proposition:
    """Draw what the caisse proposes after one of the contracts."""
    reference = draw(ou_rien(references))
    depart = reference or Reference(date=date(1990, 1, 1), patientele_mt=0, file_active=0)
    return Proposition(
        contrat=draw(st.sampled_from(ids)),
        recue_le=draw(jours),
        option_etp=draw(ou_rien(etps)),
        reference=reference,
        objectif=draw(objectifs(depart, draw(jours)) | objectifs_vides),
        note=draw(notes),
    )


def sans_double(valeurs: st.SearchStrategy[Any], *cles: str) -> st.SearchStrategy[tuple[Any, ...]]:
    """Draw a few of the values, no two with the same keys."""
    return st.lists(valeurs, max_size=4, unique_by=attrgetter(*cles)).map(tuple)


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
        **(draw(_suites(ids_medecins, aides, ids_assistants)) if draw(st.booleans()) else {}),
    )


@st.composite
def _suites(
    draw: st.DrawFn,
    ids_medecins: Sequence[str],
    aides: Sequence[ContratIndividuel | ContratCollectif],
    ids_assistants: Sequence[str],
) -> dict[str, Any]:
    """Draw the lists that a dossier may leave out."""
    ids_contrats = [aide.id for aide in aides]
    durees = [(aide.id, aide.duree_ans) for aide in aides]
    suites: dict[str, Any] = {}
    if ids_medecins:
        suites["corrections"] = draw(listes(corrections(ids_medecins)))
    if ids_contrats:
        suites["notifications"] = draw(
            sans_double(notifications(durees), "contrat", "annee_contrat", "notifie_le"),
        )
        suites["echeances_faites"] = draw(listes(echeances_faites(ids_contrats, ids_assistants)))
        suites["propositions"] = draw(listes(propositions(ids_contrats), 2))
    if ids_assistants:
        suites["observations"] = draw(sans_double(observations(ids_assistants), "assistant", "date"))
    return suites


@st.composite
def retouches(draw: st.DrawFn, dossier: Dossier) -> Dossier:
    """Draw the same practice, some rows left out, entered again or in another order: still valid."""
    libres = ("missions", "releves", "versements", "corrections", "echeances_faites", "propositions")
    uniques = ("mouvements", "activite", "notifications", "observations")
    return dossier.model_copy(
        update={
            nom: tuple(draw(st.lists(st.sampled_from(rangs), max_size=8, unique=nom in uniques)))
            for nom in (*libres, *uniques)
            if (rangs := getattr(dossier, nom))
        }
    )


@st.composite
def deformations(draw: st.DrawFn, dossier: Dossier, autre: Dossier) -> Dossier:
    """Draw the practice after a few changes, each object still well formed, but seldom all of them together."""
    listes_du_dossier = [nom for nom in Dossier.model_fields if isinstance(getattr(dossier, nom), tuple)]
    for _ in range(draw(st.integers(1, 4))):
        nom = draw(st.sampled_from(listes_du_dossier))
        objets = list(getattr(dossier, nom))
        a_prendre = [*objets, *getattr(autre, nom)]
        geste = draw(st.sampled_from(["retirer", "ajouter", "permuter", "retoucher"]))
        if geste == "ajouter" and a_prendre:
            objets.insert(draw(st.integers(0, len(objets))), draw(st.sampled_from(a_prendre)))
        elif geste == "permuter":
            objets = draw(st.permutations(objets))
        elif objets:
            rang = draw(st.integers(0, len(objets) - 1))
            objet = objets.pop(rang)
            if geste == "retoucher":
                semblables = [prise for prise in a_prendre if type(prise) is type(objet)]
                champ = draw(st.sampled_from(list(type(objet).model_fields)))
                valeur = getattr(draw(st.sampled_from(semblables)), champ)
                objets.insert(rang, objet.model_copy(update={champ: valeur}))
        dossier = dossier.model_copy(update={nom: tuple(objets)})
    return dossier


@st.composite
def vies(draw: st.DrawFn) -> list[Dossier | None]:
    """Draw what a practice becomes, one edit after the other: edited, emptied, replaced."""
    vie: list[Dossier | None] = []
    for _ in range(draw(st.integers(1, 5))):
        dernier = next((d for d in reversed(vie) if d is not None), None)
        choix = [dossiers()] if dernier is None else [dossiers(), retouches(dernier), st.none(), st.sampled_from(vie)]
        vie.append(draw(st.one_of(choix)))
    return vie


@st.composite
def editions(draw: st.DrawFn) -> list[Dossier | None]:
    """Draw what a practice becomes by small changes, each made of the objects of the one before."""
    vie: list[Dossier | None] = [draw(dossiers())]
    autre = draw(dossiers())
    for _ in range(draw(st.integers(1, 8))):
        dernier = vie[-1]
        if dernier is None:
            vie.append(draw(st.sampled_from(vie)))
            continue
        candidat = draw(st.one_of(deformations(dernier, autre), deformations(dernier, dernier), retouches(dernier)))
        retours = [*vie, None] if draw(st.integers(0, 5)) == 0 else [candidat]
        suivant = draw(st.sampled_from(retours))
        if suivant is None or not fautes_du_dossier(suivant):
            vie.append(suivant)
    return vie
