"""The sections that follow page 1: the facts in tables, what is not sure, how figures are reached, references."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import assert_never

from reportlab.platypus import Flowable

from assistmed_desktop.domain.assistant import Domaine, Mission
from assistmed_desktop.domain.calendrier import anniversaire, en_cours, se_croisent
from assistmed_desktop.domain.contrat import (
    Avenant,
    ChangementAdresse,
    ChangementOption,
    ContratCollectif,
    NouvelObjectif,
    Resiliation,
    Suspension,
)
from assistmed_desktop.domain.libelles import (
    DOMAINES,
    EMPLOYEURS,
    INDICATEURS,
    PROFILS,
    ROLES,
    SOURCES,
    TEXTES,
    VOIES,
    ZONAGES,
)
from assistmed_desktop.domain.suivi import Versement
from assistmed_desktop.formats import (
    compte,
    enumeration,
    etp,
    euros,
    heures,
    jour_court,
    jour_long,
    nombre,
    periode,
    pourcent,
)
from assistmed_desktop.reports.blocs import Texte, Titre, ensemble, note, sous_titre
from assistmed_desktop.reports.contenu import Matiere, References, nom_du_medecin
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.style import REFERENCE
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau, TableauDouble
from assistmed_desktop.rules.resultats import LIBELLES_ETAT, NON_PUBLIE, AnneeAide, Explication

Ligne = Sequence[str | Cellule]

RIEN = "–"
_LONGUE_LISTE = 24
_HEURE = 60


def sections(matiere: Matiere, references: References) -> list[Flowable]:
    """Give everything after page 1, up to the legal references and the signatures."""
    return [
        *_contrat(matiere),
        *_effectif(matiere),
        *_missions(matiere),
        *_formation(matiere),
        *_releves(matiere),
        *_mouvements(matiere),
        *_activite(matiere),
        *aide(matiere, references),
        *_echeances(matiere, references),
        *a_verifier(matiere, references),
        *_methode(matiere, references),
    ]


def _jour(jour: date | None) -> str:
    return RIEN if jour is None else jour_court(jour)


# The contract


def _contrat(matiere: Matiere) -> list[Flowable]:
    evalue, contrat = matiere.contrat, matiere.contrat.contrat
    jugee = jour_long(evalue.evaluation_le)
    if evalue.evaluation_le != evalue.evaluation_initiale_le:
        jugee += f", reportée du {jour_long(evalue.evaluation_initiale_le)} par la suspension"
    if evalue.evaluation_par_defaut:
        jugee += " (date par défaut, absente du dossier)"
    faits: list[Ligne] = [
        (Cellule(nom, discret=True), francais(texte))
        for nom, texte in (
            ("texte", TEXTES[contrat.texte]),
            ("signature", jour_long(contrat.signe_le)),
            ("durée", f"{compte(contrat.duree_ans, 'an')}, {periode(contrat.debut_le, evalue.fin_le)}"),
            ("option", f"{etp(contrat.option_etp)} à la signature"),
            ("tranche de départ", contrat.tranche or "non renseignée"),
            ("référence", f"chiffres du {jour_long(contrat.reference.date)}"),
            ("évaluation de l’objectif", jugee),
        )
    ]
    faits += [(Cellule(nom, discret=True), francais(texte)) for nom, texte in _adhesions(matiere)]
    faits += [
        (Cellule("avenant", discret=True), francais(_avenant(avenant)))
        for avenant in sorted(contrat.avenants, key=lambda a: a.du)
        if avenant.du <= matiere.au
    ]
    return ensemble(Titre("Contrat"), Tableau([Colonne(""), Colonne("", 1)], faits, serre=True))


def _adhesions(matiere: Matiere) -> list[tuple[str, str]]:
    """Say who adheres to a group on the day, and who enters or leaves it otherwise than with the contract."""
    contrat = matiere.contrat.contrat
    if not isinstance(contrat, ContratCollectif):
        return []
    noms = [nom_du_medecin(m) for m in matiere.medecins if m.id in matiere.contrat.adherents]
    faits = [("adhérents ce jour", enumeration(noms) or "aucun")]
    for adhesion in sorted(contrat.adhesions, key=lambda a: (a.du, a.medecin)):
        reference = adhesion.reference
        apport = (
            ""
            if reference is None
            else f", référence de {nombre(reference.patientele_mt)} (patientèle médecin traitant) et "
            f"{nombre(reference.file_active)} (file active)"
        )
        faits.append(
            ("adhésion", f"{matiere.nom_du_medecin(adhesion.medecin)}, {periode(adhesion.du, adhesion.au)}{apport}")
        )
    return faits


def _avenant(avenant: Avenant) -> str:
    """Say what an amendment changes; its reason stays in the practice."""
    du = jour_long(avenant.du)
    match avenant:
        case Suspension():
            return f"suspension du {du}" + (f" au {jour_long(avenant.au)}" if avenant.au else ", en cours")
        case ChangementOption():
            return f"option de {etp(avenant.option_etp)} à partir du {du}"
        case NouvelObjectif():
            cibles = [
                f"{nom.lower()} {nombre(cible)}"
                for cle, nom in INDICATEURS.items()
                if (cible := getattr(avenant.objectif, cle)) is not None
            ]
            return f"nouvel objectif à partir du {du} : {', '.join(cibles) or 'non renseigné'}"
        case ChangementAdresse():
            return f"changement d'adresse du cabinet le {du}, {ZONAGES[avenant.zonage]}"
        case Resiliation():
            return f"résiliation à partir du {du}"
        case _:
            assert_never(avenant)


# Staffing


def _effectif(matiere: Matiere) -> list[Flowable]:
    contrat = matiere.contrat
    segments: list[Ligne] = [
        (
            jour_court(segment.du),
            _jour(segment.au),
            etp(segment.etp_affecte) if segment.etp_affecte else "aucun",
            etp(segment.etp_requis),
            "oui" if segment.couvert else Cellule("non", gras=True),
        )
        for segment in contrat.effectif
    ]
    tableau = Tableau(
        [
            Colonne("du"),
            Colonne("au"),
            Colonne("affecté", cote="droite"),
            Colonne("requis", cote="droite"),
            Colonne("couvert", 1),
        ],
        segments,
    )
    tete = [Titre("Effectif")]
    histoire = ensemble(*tete, sous_titre("ETP affectés au contrat"), tableau) if segments else [*tete]
    if not matiere.assistants:
        return [*histoire, note("Aucun assistant n'a été affecté à ce contrat.")]
    return [*histoire, *_embauches(matiere), *_absences(matiere)]


def _embauches(matiere: Matiere) -> list[Flowable]:
    lignes: list[Ligne] = []
    for assistant in matiere.assistants:
        nom = assistant.nom_complet
        for embauche in assistant.embauches:
            lignes.append(
                (
                    nom,
                    PROFILS[assistant.profil],
                    jour_court(embauche.du),
                    _jour(embauche.au),
                    ROLES[embauche.role],
                    heures(embauche.heures_hebdo),
                    EMPLOYEURS[embauche.employeur],
                )
            )
            nom = ""
        if not assistant.embauches:
            lignes.append((nom, PROFILS[assistant.profil], *[RIEN] * 5))
    return ensemble(
        sous_titre("Embauches"),
        Tableau(
            [
                Colonne("assistant", 4),
                Colonne("profil", 3.4),
                Colonne("du"),
                Colonne("au"),
                Colonne("temps"),
                Colonne("par semaine", cote="droite"),
                Colonne("employeur", 2.8),
            ],
            lignes,
        ),
    )


def _absences(matiere: Matiere) -> list[Flowable]:
    debut, au = matiere.contrat.contrat.debut_le, matiere.au
    lignes: list[Ligne] = [
        (
            assistant.nom_complet,
            jour_court(absence.du),
            _jour(absence.au),
            nombre((min(absence.au or au, au) - absence.du).days + 1),
            "oui" if absence.remplacement else "non",
        )
        for assistant in matiere.assistants
        for absence in sorted(assistant.absences, key=lambda a: a.du)
        if se_croisent(absence.du, absence.au, debut, au)
    ]
    if not lignes:
        return []
    return ensemble(
        sous_titre("Absences"),
        Tableau(
            [
                Colonne("assistant", 5),
                Colonne("du"),
                Colonne("au"),
                Colonne("jours", cote="droite"),
                Colonne("remplacement", 4),
            ],
            lignes,
        ),
    )


# Tasks


def _missions(matiere: Matiere) -> list[Flowable]:
    titre = Titre("Missions")
    il_y_a_un_an = anniversaire(matiere.au, -1)
    recentes = [m for m in matiere.missions if m.au is None or m.au > il_y_a_un_an]
    if not recentes:
        return ensemble(titre, note("Aucune mission n'est saisie pour les douze derniers mois."))
    minutes = sum(part.minutes for part in matiere.parts_de_mission)
    remarque = f"{_duree(minutes)} décrites sur {heures(matiere.heures_hebdo)} de contrat de travail par semaine."
    if any(not en_cours(m, matiere.au) for m in recentes):
        remarque += " En gris, les missions terminées depuis moins d'un an, hors des totaux."
    if anciennes := len(matiere.missions) - len(recentes):
        remarque += f" {compte(anciennes, 'mission plus ancienne', 'missions plus anciennes')} hors de cette liste."
    histoire: list[Flowable] = []
    for domaine, nom in DOMAINES.items():
        siennes = [m for m in recentes if m.domaine == domaine]
        if siennes:
            tetes = [] if histoire else [titre, note(remarque)]
            histoire += ensemble(*tetes, sous_titre(nom), _taches(matiere, domaine, siennes))
    return histoire


def _taches(matiere: Matiere, domaine: Domaine, missions: list[Mission]) -> Tableau:
    lignes: list[Ligne] = []
    for mission in sorted(missions, key=lambda m: (not en_cours(m, matiere.au), m.du)):
        liberees = mission.minutes_medecin_liberees
        discret = not en_cours(mission, matiere.au)
        cellules = (
            mission.tache,
            matiere.nom_de_l_assistant(mission.assistant),
            jour_court(mission.du),
            _jour(mission.au),
            _duree(mission.minutes_semaine),
            RIEN if liberees is None else _duree(liberees),
        )
        lignes.append([Cellule(texte, discret=discret) for texte in cellules])
    part = next((part for part in matiere.parts_de_mission if part.domaine == domaine), None)
    taux = pourcent(part.part if part else 0)
    total = _duree(part.minutes if part else 0)
    lignes.append((Cellule(f"En cours, {taux} des missions", gras=True), "", "", "", Cellule(total, gras=True), ""))
    return Tableau(
        [
            Colonne("tâche", 5.6),
            Colonne("assistant", 3.6),
            Colonne("du"),
            Colonne("au"),
            Colonne("par semaine", cote="droite"),
            Colonne("médecin libéré", cote="droite"),
        ],
        lignes,
        totaux=1,
    )


def _duree(minutes: int) -> str:
    return heures(Fraction(minutes, 60)) if minutes >= _HEURE else f"{minutes}\u00a0min"


# Training


def _formation(matiere: Matiere) -> list[Flowable]:
    if not matiere.assistants:
        return []
    lignes: list[Ligne] = []
    for assistant in matiere.assistants:
        suivie = assistant.formation
        if suivie is None:
            lignes.append((assistant.nom_complet, "non renseignée", RIEN, RIEN, RIEN))
        else:
            jours = [_jour(jour) for jour in (suivie.inscription_le, suivie.debut_le, suivie.obtention_le)]
            lignes.append((assistant.nom_complet, VOIES[suivie.voie], *jours))
    return ensemble(
        Titre("Formation"),
        Tableau(
            [
                Colonne("assistant", 5),
                Colonne("voie", 5),
                Colonne("inscription"),
                Colonne("début"),
                Colonne("obtention"),
            ],
            lignes,
        ),
    )


# Readings


def _releves(matiere: Matiere) -> list[Flowable]:
    if not matiere.releves:
        return ensemble(Titre("Relevés"), note("Aucun relevé depuis le début du contrat."))
    lignes: list[Ligne] = []
    retenus = matiere.releves_retenus
    for rang, releve in enumerate(matiere.releves):
        discret = releve.source == "estimation"
        cellules = [Cellule(texte, discret=discret) for texte in (jour_court(releve.date), SOURCES[releve.source])]
        for indicateur in INDICATEURS:
            texte = _compte(getattr(releve, indicateur))
            cellules.append(Cellule(texte, gras=rang in retenus[indicateur], discret=discret))
        if matiere.collectif:
            cellules.insert(0, Cellule(matiere.nom_du_medecin(releve.medecin), discret=discret))
        lignes.append(cellules)
    colonnes = [
        Colonne("date"),
        Colonne("source", 1),
        Colonne("patientèle MT", cote="droite"),
        Colonne("file active", cote="droite"),
    ]
    remarque = (
        f"{compte(len(lignes), 'relevé')} du {jour_long(matiere.contrat.contrat.debut_le)} au {jour_long(matiere.au)}. "
        "En gras, la valeur retenue : la plus récente de la CPAM ou d'amelipro, à défaut du logiciel métier. "
        "Une estimation ne l'est jamais."
    )
    if matiere.collectif:
        colonnes.insert(0, Colonne("médecin", 2))
        return ensemble(Titre("Relevés"), note(remarque), Tableau(colonnes, lignes, serre=True))
    return ensemble(Titre("Relevés"), note(remarque), TableauDouble(colonnes, lignes))


def _compte(valeur: int | None) -> str:
    return RIEN if valeur is None else nombre(valeur)


# Movements and activity


def _mouvements(matiere: Matiere) -> list[Flowable]:
    if not matiere.mouvements:
        return []
    lignes: list[Ligne] = []
    for m in matiere.mouvements:
        solde = m.entrees - m.deces - m.departs - m.autres_sorties
        cellules = [
            jour_court(m.du),
            jour_court(m.au),
            nombre(m.entrees),
            nombre(m.deces),
            nombre(m.departs),
            nombre(m.autres_sorties),
            nombre(solde, signe=True),
        ]
        if matiere.collectif:
            cellules.insert(0, matiere.nom_du_medecin(m.medecin))
        lignes.append(cellules)
    colonnes = [
        Colonne("du", 2),
        Colonne("au", 2.4),
        Colonne("entrées", 2, "droite"),
        Colonne("décès", 2, "droite"),
        Colonne("départs", 2, "droite"),
        Colonne("autres sorties", 2, "droite"),
        Colonne("solde", 2, "droite"),
    ]
    if matiere.collectif:
        colonnes.insert(0, Colonne("médecin", 4))
    return ensemble(Titre("Mouvements de la patientèle"), Tableau(colonnes, lignes, serre=len(lignes) > _LONGUE_LISTE))


def _activite(matiere: Matiere) -> list[Flowable]:
    lignes: list[Ligne] = []
    for groupe in matiere.activite_par_annee:
        cellules = [
            groupe.annee,
            nombre(groupe.mois),
            nombre(groupe.actes),
            nombre(groupe.jours),
            nombre(Fraction(groupe.actes, groupe.jours), 1) if groupe.jours else RIEN,
        ]
        if matiere.collectif:
            cellules.insert(0, matiere.nom_du_medecin(groupe.medecin))
        lignes.append(cellules)
    if not lignes:
        return []
    colonnes = [
        Colonne("année", 4),
        Colonne("mois saisis", 2, "droite"),
        Colonne("actes", 2, "droite"),
        Colonne("jours travaillés", 2.4, "droite"),
        Colonne("actes par jour", 2.4, "droite"),
    ]
    if matiere.collectif:
        colonnes.insert(0, Colonne("médecin", 4))
    return ensemble(Titre("Activité"), Tableau(colonnes, lignes, serre=len(lignes) > _LONGUE_LISTE))


# Aid


def aide(matiere: Matiere, references: References) -> list[Flowable]:
    """Give the aid of each year, and the payments."""
    if not matiere.contrat.aide:
        return []
    lignes: list[Ligne] = []
    for annee in matiere.contrat.aide:
        versements = matiere.versements_de(annee.annee)
        lignes.append(
            (
                str(annee.annee),
                jour_court(annee.du),
                jour_court(annee.au),
                etp(annee.option),
                _texte(annee),
                _montant(annee),
                _du(versements),
                RIEN if (recu := matiere.recu(annee)) is None else euros(recu),
                references.renvoi(annee.explication.sources) or annee.grade,
            )
        )
    en_mots = any(annee.apres_la_fin or annee.montant is None for annee in matiere.contrat.aide)
    tableau = Tableau(
        [
            Colonne("année"),
            Colonne("du"),
            Colonne("au"),
            Colonne("option"),
            Colonne("texte", 1),
            Colonne("montant", 1 if en_mots else 0, "droite"),
            Colonne("dû", cote="droite"),
            Colonne("reçu", cote="droite"),
            Colonne("réf."),
        ],
        lignes,
    )
    hypotheses = [
        f"année {annee.annee}, {euros(annee.hypothese_lineaire)}"
        for annee in matiere.contrat.aide
        if annee.hypothese_lineaire is not None
    ]
    tetes: list[Flowable] = [Titre("Aide")]
    courues = [annee for annee in matiere.contrat.aide if not annee.apres_la_fin]
    notifies = [
        f"année {annee.annee}, le {jour_court(annee.notifie_le)}" for annee in courues if annee.notifie_le is not None
    ]
    remarques = []
    if any(annee.au_plus for annee in courues):
        remarques.append(
            "À partir de l'année 3 le montant est un maximum, qui dépend de l'atteinte de l'objectif ; la formule "
            "n'est pas publiée."
        )
    if notifies or remarques:
        dates = f" ({' ; '.join(notifies)})" if notifies else ""
        remarques.append(f"Le montant notifié par la CPAM{dates} prévaut sur celui du barème.")
    if hypotheses:
        remarques.append(f"Hypothèse linéaire, non vérifiée : {' ; '.join(hypotheses)}.")
    if len(courues) < len(matiere.contrat.aide):
        fin = jour_court(matiere.contrat.fin_le)
        remarques.append(f"Une année qui commence après la fin du contrat, le {fin}, n'apporte pas d'aide.")
    if remarques:
        tetes.append(note(" ".join(remarques)))
    return [*ensemble(*tetes, tableau), *_versements(matiere)]


def _texte(annee: AnneeAide) -> str:
    return next((nom for cle, nom in TEXTES.items() if cle == annee.texte), annee.texte)


def _montant(annee: AnneeAide) -> str:
    if annee.apres_la_fin:
        return "après la fin"
    if annee.montant is None:
        return francais(NON_PUBLIE)
    montant = euros(annee.montant)
    if annee.montant_notifie is not None:
        return f"notifié {montant}"
    return f"maximum {montant}" if annee.au_plus else montant


def _du(versements: Sequence[Versement]) -> str:
    montants = [v.montant_du for v in versements if v.montant_du is not None]
    return euros(sum(montants)) if montants else RIEN


def _versements(matiere: Matiere) -> list[Flowable]:
    lignes: list[Ligne] = []
    for versement in sorted(
        matiere.versements, key=lambda v: (v.annee_contrat, v.echeance_le or matiere.contrat.fin_le)
    ):
        recu = versement.recu_le is not None and versement.recu_le <= matiere.au
        lignes.append(
            (
                str(versement.annee_contrat),
                _jour(versement.echeance_le),
                RIEN if versement.montant_du is None else euros(versement.montant_du),
                _jour(versement.recu_le) if recu else RIEN,
                euros(versement.montant_recu) if recu and versement.montant_recu is not None else RIEN,
                versement.reference,
            )
        )
    if not lignes:
        return []
    return ensemble(
        sous_titre("Versements"),
        Tableau(
            [
                Colonne("année", 1.2),
                Colonne("échéance", 2.2),
                Colonne("dû", 2, "droite"),
                Colonne("reçu le", 2.2),
                Colonne("reçu", 2, "droite"),
                Colonne("référence", 5),
            ],
            lignes,
        ),
    )


# Deadlines


def _echeances(matiere: Matiere, references: References) -> list[Flowable]:
    if not matiere.contrat.echeances:
        return []
    lignes: list[Ligne] = []
    for echeance in matiere.contrat.echeances:
        presse = echeance.etat in ("urgente", "depassee")
        etat = LIBELLES_ETAT[echeance.etat]
        lignes.append(
            (
                jour_court(echeance.le),
                francais(echeance.libelle),
                Cellule(etat, gras=presse, discret=echeance.etat == "passee"),
                _jour(echeance.fait_le),
                references.renvoi([echeance.source]),
            )
        )
    return ensemble(
        Titre("Échéances"),
        Tableau(
            [
                Colonne("date"),
                Colonne("échéance", 9),
                Colonne("état"),
                Colonne("faite le"),
                Colonne("réf."),
            ],
            lignes,
            serre=len(lignes) > _LONGUE_LISTE,
        ),
    )


# What is not sure


_GRADES = {
    "A": "texte légal",
    "B": "page d'ameli.fr ou organisme officiel",
    "C": "source secondaire",
    "D": "déduit par le calcul",
    "X": "non publié",
}


def a_verifier(matiere: Matiere, references: References) -> list[Flowable]:
    """Give what is not sure: findings, doubtful rules, conditions, barèmes that the user added."""
    contrat = matiere.contrat
    blocs: list[tuple[str, Tableau]] = []
    if avertissements := (*contrat.avertissements, *matiere.a_verifier):
        constats: list[Ligne] = [
            ("à vérifier" if a.niveau == "attention" else "à savoir", francais(a.message)) for a in avertissements
        ]
        blocs.append(("Constats", Tableau([Colonne(""), Colonne("constat", 1)], constats)))
    if douteux := _regles_douteuses(matiere, references):
        colonnes = [Colonne("réf."), Colonne("règle", 6.4), Colonne("degré", 3), Colonne("ce qui en dépend", 4)]
        blocs.append(("Règles non confirmées par un texte officiel", Tableau(colonnes, douteux)))
    motifs: list[Ligne] = [
        (
            francais(motif.message),
            Cellule(_PORTEES[motif.exclut], gras=motif.exclut is True),
            references.renvoi([motif.source, *motif.autres_sources]),
        )
        for motif in sorted(contrat.eligibilite.motifs, key=lambda motif: tuple(_PORTEES).index(motif.exclut))
    ]
    if motifs:
        tableau = Tableau([Colonne("condition", 1), Colonne("ce qu’elle donne"), Colonne("réf.")], motifs)
        blocs.append(("Conditions pour signer ce contrat, d’après les règles connues", tableau))
    blocs += _baremes_ajoutes(matiere)
    degres = ", ".join(f"{grade} {sens}" for grade, sens in _GRADES.items())
    remarque = note(f"Le contrat signé prévaut sur tout ce qui est écrit ici. Degrés : {degres}.")
    if not blocs:
        return ensemble(Titre("À vérifier"), remarque)
    histoire: list[Flowable] = []
    for nom, tableau in blocs:
        tetes = [] if histoire else [Titre("À vérifier"), remarque]
        histoire += ensemble(*tetes, sous_titre(nom), tableau)
    return histoire


_PORTEES = {True: "s’y oppose", None: "à vérifier", False: "le permet"}
"""What a condition gives, by whether it excludes: what is against first."""


def _baremes_ajoutes(matiere: Matiere) -> list[tuple[str, Tableau]]:
    """Name every barème file of the user's: those that apply, and those that do not, with their faults."""
    evaluation = matiere.evaluation
    blocs: list[tuple[str, Tableau]] = []
    if evaluation.baremes_ajoutes:
        lignes: list[Ligne] = [
            (
                ajoute.fichier,
                ", ".join(ajoute.versions),
                ", ".join(ajoute.remplacees) or "rien",
                Cellule(jour_court(ajoute.verifie_le) + (" (dépassé)" if ajoute.depassees else "")),
            )
            for ajoute in evaluation.baremes_ajoutes
        ]
        colonnes = [Colonne("fichier"), Colonne("versions", 1), Colonne("remplace du programme", 1), Colonne("relu le")]
        blocs.append(("Barèmes ajoutés par vos soins", Tableau(colonnes, lignes)))
    if evaluation.baremes_refuses:
        refus: list[Ligne] = [(francais(faute),) for faute in evaluation.baremes_refuses]
        titre = "Barèmes ajoutés qui ne s’appliquent pas : ceux du programme valent à leur place"
        blocs.append((francais(titre), Tableau([Colonne("ce qui ne va pas", 1)], refus)))
    return blocs


def _regles_douteuses(matiere: Matiere, references: References) -> list[Ligne]:
    lignes: list[Ligne] = [
        (
            f"[{numero}]",
            francais(f"{source.texte}, {source.article}"),
            f"{source.grade} {_GRADES[source.grade]}",
            ", ".join(references.usages(source)),
        )
        for numero, source in references
        if source.a_verifier
    ]
    inconnues = [str(a.annee) for a in matiere.contrat.aide if a.montant is None and not a.apres_la_fin]
    if inconnues:
        quoi = "Montant de l’aide, " + ("années " if len(inconnues) > 1 else "année ") + ", ".join(inconnues)
        lignes.append(("", quoi, f"X {_GRADES['X']}", francais(NON_PUBLIE)))
    if any(annee.au_plus and not annee.apres_la_fin for annee in matiere.contrat.aide):
        regle = "Part de l’aide versée à partir de l’année 3"
        lignes.append(("", regle, f"X {_GRADES['X']}", "le montant notifié par la CPAM prévaut"))
    return lignes


# Method


def _methode(matiere: Matiere, references: References) -> list[Flowable]:
    histoire: list[Flowable] = []
    for indicateur in matiere.contrat.indicateurs:
        explication = indicateur.explication
        tetes = [sous_titre(f"{explication.titre} {references.renvoi(explication.sources)}")]
        if not histoire:
            tetes.insert(0, Titre("Comment ces chiffres sont calculés"))
        histoire += ensemble(*tetes, _etapes([("", explication)]))
    annees = [
        (f"{annee.explication.titre} {references.renvoi(annee.explication.sources)}", annee.explication)
        for annee in matiere.contrat.aide
    ]
    return [*histoire, *ensemble(sous_titre("Aide, année par année"), _etapes(annees))] if annees else histoire


def _etapes(explications: Sequence[tuple[str, Explication]]) -> Tableau:
    """Give the steps of explanations as one table, under the title of each when it has one."""
    lignes: list[Ligne] = []
    for titre, explication in explications:
        if titre:
            lignes.append((Cellule(francais(titre), chapeau=True), "", ""))
        lignes += [
            (francais(etape.libelle), Cellule(francais(etape.calcul), discret=True), francais(etape.resultat))
            for etape in explication.etapes
        ]
    return Tableau([Colonne("étape", 5), Colonne("calcul", 8), Colonne("résultat", 4, "droite")], lignes, serre=True)


def textes_cites(references: References) -> list[Flowable]:
    """Give the legal references, each under its number."""
    lignes = [
        Texte(
            francais(
                f"{source.texte}, {source.article}. Degré {source.grade}, relu le {jour_court(source.verifie_le)}."
            )
            + f"\n{source.adresse}",
            REFERENCE,
            marge=f"[{numero}]",
        )
        for numero, source in references
    ]
    return [*ensemble(Titre("Références"), lignes[0]), *lignes[1:]] if lignes else []
