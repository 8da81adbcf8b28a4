"""The sections that follow page 1: the facts in tables, what is not sure, how figures are reached, references."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from reportlab.platypus import Flowable, Paragraph

from assistmed_desktop.domain.assistant import Domaine, Mission
from assistmed_desktop.domain.calendrier import anniversaire
from assistmed_desktop.domain.libelles import (
    DOMAINES,
    EMPLOYEURS,
    PROFILS,
    ROLES,
    SOURCES,
    TEXTES,
    VOIES,
)
from assistmed_desktop.domain.suivi import Releve, Versement
from assistmed_desktop.formats import compte, etp, euros, heures, jour_court, jour_long, nombre, pourcent
from assistmed_desktop.reports.blocs import Titre, ensemble, note, sous_titre
from assistmed_desktop.reports.contenu import Matiere, References, en_cours, nom_complet
from assistmed_desktop.reports.ecriture import balise_francais, francais
from assistmed_desktop.reports.style import REFERENCE
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau
from assistmed_desktop.rules.resultats import LIBELLES_ETAT, NON_PUBLIE, AnneeAide, Explication

Ligne = Sequence[str | Cellule]

RIEN = "–"
_ANNEE_PLAFONNEE = 3
_LONGUE_LISTE = 24
_HEURE = 60


def sections(matiere: Matiere) -> list[Flowable]:
    """Give everything after page 1, up to the signatures."""
    references = References(matiere.contrat)
    return [
        *_effectif(matiere),
        *_missions(matiere),
        *_formation(matiere),
        *_releves(matiere),
        *_mouvements(matiere),
        *_activite(matiere),
        *_aide(matiere, references),
        *_echeances(matiere, references),
        *_a_verifier(matiere, references),
        *_methode(matiere, references),
        *_references(references),
    ]


def _jour(jour: date | None) -> str:
    return RIEN if jour is None else jour_court(jour)


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
            Colonne("du", 2),
            Colonne("au", 2),
            Colonne("affecté", 2, "droite"),
            Colonne("requis", 2, "droite"),
            Colonne("couvert", 6),
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
        nom = nom_complet(assistant)
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
            nom_complet(assistant),
            jour_court(absence.du),
            _jour(absence.au),
            nombre((min(absence.au or au, au) - absence.du).days + 1),
            "oui" if absence.remplacement else "non",
        )
        for assistant in matiere.assistants
        for absence in sorted(assistant.absences, key=lambda a: a.du)
        if absence.du <= au and (absence.au is None or absence.au >= debut)
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
    histoire: list[Flowable] = []
    for domaine, nom in DOMAINES.items():
        siennes = [m for m in recentes if m.domaine == domaine]
        if siennes:
            tetes = [sous_titre(nom)] if histoire else [titre, sous_titre(nom)]
            histoire += ensemble(*tetes, _taches(matiere, domaine, siennes))
    minutes = sum(part.minutes for part in matiere.parts_de_mission)
    remarque = f"{_duree(minutes)} décrites sur {heures(matiere.heures_hebdo)} de contrat de travail par semaine."
    if any(not en_cours(m, matiere.au) for m in recentes):
        remarque += " En gris, les missions terminées depuis moins d'un an, hors des totaux."
    if anciennes := len(matiere.missions) - len(recentes):
        remarque += f" {compte(anciennes, 'mission plus ancienne', 'missions plus anciennes')} hors de cette liste."
    return [*histoire, note(remarque)]


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
            lignes.append((nom_complet(assistant), "non renseignée", RIEN, RIEN, RIEN))
        else:
            jours = [_jour(jour) for jour in (suivie.inscription_le, suivie.debut_le, suivie.obtention_le)]
            lignes.append((nom_complet(assistant), VOIES[suivie.voie], *jours))
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
    for releve in matiere.releves:
        retenus = _retenus(matiere, releve)
        discret = releve.source == "estimation"
        cellules = [
            Cellule(jour_court(releve.date), discret=discret),
            Cellule(SOURCES[releve.source], discret=discret),
            *(
                Cellule(_compte(getattr(releve, cle)), gras=cle in retenus, discret=discret)
                for cle in ("patientele_mt", "file_active")
            ),
            Cellule("retenu" if retenus else "", discret=discret),
        ]
        if matiere.collectif:
            cellules.insert(0, Cellule(matiere.nom_du_medecin(releve.medecin), discret=discret))
        lignes.append(cellules)
    colonnes = [
        Colonne("date", 2.2),
        Colonne("source", 2.6),
        Colonne("patientèle médecin traitant", 3.4, "droite"),
        Colonne("file active", 2.4, "droite"),
        Colonne("", 3.6),
    ]
    if matiere.collectif:
        colonnes.insert(0, Colonne("médecin", 4.6))
    remarque = (
        f"{compte(len(lignes), 'relevé')} du {jour_long(matiere.contrat.contrat.debut_le)} au {jour_long(matiere.au)}. "
        "En gras, la valeur retenue : la plus récente de la CPAM ou d'amelipro, à défaut du logiciel métier. "
        "Une estimation ne l'est jamais."
    )
    return ensemble(Titre("Relevés"), note(remarque), Tableau(colonnes, lignes, serre=len(lignes) > _LONGUE_LISTE))


def _compte(valeur: int | None) -> str:
    return RIEN if valeur is None else nombre(valeur)


def _retenus(matiere: Matiere, releve: Releve) -> list[str]:
    """Name the indicators whose value is this reading; a collective contract sums several."""
    if matiere.collectif:
        return []
    return [
        i.indicateur
        for i in matiere.contrat.indicateurs
        if (i.date, i.valeur, i.source) == (releve.date, getattr(releve, i.indicateur), releve.source)
    ]


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


def _aide(matiere: Matiere, references: References) -> list[Flowable]:
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
                _recu(matiere, versements),
                references.renvoi(annee.explication.sources) or annee.grade,
            )
        )
    histoire = ensemble(
        Titre("Aide"),
        Tableau(
            [
                Colonne("année"),
                Colonne("du"),
                Colonne("au"),
                Colonne("option"),
                Colonne("texte", 3),
                Colonne("montant publié", 2.8, "droite"),
                Colonne("dû", cote="droite"),
                Colonne("reçu", cote="droite"),
                Colonne("réf."),
            ],
            lignes,
        ),
    )
    hypotheses = [
        f"année {annee.annee}, {euros(annee.hypothese_lineaire)}"
        for annee in matiere.contrat.aide
        if annee.hypothese_lineaire is not None
    ]
    if hypotheses:
        histoire.append(
            note(
                "À partir de l'année 3 le montant est un maximum, qui dépend de l'atteinte de l'objectif ; la formule "
                f"n'est pas publiée. Hypothèse linéaire, non vérifiée : {' ; '.join(hypotheses)}."
            )
        )
    return [*histoire, *_versements(matiere)]


def _texte(annee: AnneeAide) -> str:
    return next((nom for cle, nom in TEXTES.items() if cle == annee.texte), annee.texte)


def _montant(annee: AnneeAide) -> str:
    if annee.montant_max is None:
        return francais(NON_PUBLIE)
    montant = euros(annee.montant_max)
    return f"maximum {montant}" if annee.annee >= _ANNEE_PLAFONNEE else montant


def _du(versements: Sequence[Versement]) -> str:
    montants = [v.montant_du for v in versements if v.montant_du is not None]
    return euros(sum(montants)) if montants else RIEN


def _recu(matiere: Matiere, versements: Sequence[Versement]) -> str:
    montants = [
        v.montant_recu
        for v in versements
        if v.montant_recu is not None and v.recu_le is not None and v.recu_le <= matiere.au
    ]
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


def _a_verifier(matiere: Matiere, references: References) -> list[Flowable]:
    contrat = matiere.contrat
    blocs: list[tuple[str, Tableau]] = []
    if contrat.avertissements:
        constats: list[Ligne] = [
            ("à vérifier" if a.niveau == "attention" else "à savoir", francais(a.message))
            for a in contrat.avertissements
        ]
        blocs.append(("Constats", Tableau([Colonne(""), Colonne("constat", 1)], constats)))
    if douteux := _regles_douteuses(matiere, references):
        colonnes = [Colonne("réf."), Colonne("règle", 6.4), Colonne("degré", 3), Colonne("ce qui en dépend", 4)]
        blocs.append(("Règles non confirmées par un texte officiel", Tableau(colonnes, douteux)))
    ouverts: list[Ligne] = [
        (francais(motif.message), references.renvoi([motif.source]))
        for motif in contrat.eligibilite.motifs
        if motif.exclut is None
    ]
    if ouverts:
        tableau = Tableau([Colonne("condition", 14), Colonne("réf.")], ouverts)
        blocs.append(("Conditions que le dossier ne permet pas de vérifier", tableau))
    histoire: list[Flowable] = []
    for nom, tableau in blocs:
        tetes = [sous_titre(nom)] if histoire else [Titre("À vérifier"), sous_titre(nom)]
        histoire += ensemble(*tetes, tableau)
    degres = ", ".join(f"{grade} {sens}" for grade, sens in _GRADES.items())
    remarque = note(f"Le contrat signé prévaut sur tout ce qui est écrit ici. Degrés : {degres}.")
    return [*histoire, remarque] if histoire else ensemble(Titre("À vérifier"), remarque)


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
    inconnues = [str(annee.annee) for annee in matiere.contrat.aide if annee.montant_max is None]
    if inconnues:
        quoi = "Montant de l’aide, " + ("années " if len(inconnues) > 1 else "année ") + ", ".join(inconnues)
        lignes.append(("", quoi, f"X {_GRADES['X']}", francais(NON_PUBLIE)))
    if any(annee.annee >= _ANNEE_PLAFONNEE for annee in matiere.contrat.aide):
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
            lignes.append((Cellule(francais(titre), gras=True), "", ""))
        lignes += [
            (francais(etape.libelle), Cellule(francais(etape.calcul), discret=True), francais(etape.resultat))
            for etape in explication.etapes
        ]
    return Tableau([Colonne("étape", 5), Colonne("calcul", 8), Colonne("résultat", 4, "droite")], lignes, serre=True)


def _references(references: References) -> list[Flowable]:
    lignes = [
        Paragraph(
            balise_francais(
                f"[{numero}]  {source.texte}, {source.article}. {source.adresse}. "
                f"Degré {source.grade}, relu le {jour_court(source.verifie_le)}."
            ),
            REFERENCE,
        )
        for numero, source in references
    ]
    return [*ensemble(Titre("Références"), lignes[0]), *lignes[1:]] if lignes else []
