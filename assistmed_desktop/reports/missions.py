"""The tasks entrusted: those of the day, those of each period of the contract, and the time they free."""

from reportlab.platypus import Flowable

from assistmed_desktop.domain.assistant import Domaine, Mission
from assistmed_desktop.domain.calendrier import anniversaire, en_cours
from assistmed_desktop.domain.libelles import DOMAINES
from assistmed_desktop.formats import compte, heures, jour_court, pourcent
from assistmed_desktop.reports.blocs import Titre, ensemble, note, sous_titre
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.mots import LONGUE_LISTE, RIEN, Ligne, duree, en_heures, jour_ou_rien
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau


def missions(matiere: Matiere, references: References) -> list[Flowable]:
    """Give the tasks of the last twelve months, by domain."""
    titre = Titre("Missions")
    il_y_a_un_an = anniversaire(matiere.au, -1)
    recentes = [m for m in matiere.missions if m.au is None or m.au > il_y_a_un_an]
    if not recentes:
        return ensemble(titre, note("Aucune mission n'est saisie pour les douze derniers mois."))
    minutes = sum(part.minutes for part in matiere.parts_de_mission)
    remarque = (
        f"{duree(minutes)} décrites sur {heures(matiere.heures_hebdo)} de contrat de travail par semaine"
        f"{references.calcul('taches', ' (', ')')}. {temps_libere(matiere, references)}"
    )
    if any(not en_cours(m, matiere.au) for m in recentes):
        remarque += " Les missions qui ont pris fin depuis moins d'un an sont hors des totaux."
    if anciennes := len(matiere.missions) - len(recentes):
        remarque += f" {compte(anciennes, 'mission plus ancienne', 'missions plus anciennes')} hors de cette liste."
    histoire: list[Flowable] = []
    for domaine, nom in DOMAINES.items():
        siennes = [m for m in recentes if m.domaine == domaine]
        if siennes:
            tetes = [] if histoire else [titre, note(remarque)]
            histoire += ensemble(*tetes, sous_titre(nom), _taches(matiere, domaine, siennes))
    return histoire


def _taches(matiere: Matiere, domaine: Domaine, siennes: list[Mission]) -> Tableau:
    lignes: list[Ligne] = []
    for mission in sorted(siennes, key=lambda m: (not en_cours(m, matiere.au), m.du)):
        liberees = mission.minutes_medecin_liberees
        discret = not en_cours(mission, matiere.au)
        cellules = (
            mission.tache,
            matiere.nom_de_l_assistant(mission.assistant),
            jour_court(mission.du),
            jour_ou_rien(mission.au),
            en_heures(mission.minutes_semaine),
            RIEN if liberees is None else en_heures(liberees),
        )
        lignes.append([Cellule(texte, discret=discret) for texte in cellules])
    part = next((part for part in matiere.parts_de_mission if part.domaine == domaine), None)
    taux = pourcent(part.part if part else 0)
    total = en_heures(part.minutes if part else 0)
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


def temps_libere(matiere: Matiere, references: References) -> str:
    """Say how much time the doctor gains a week, and how it is known; unknown is said to be so."""
    taches = matiere.analyse.taches
    minutes = taches.minutes_liberees
    if minutes is None:
        return "Le temps libéré pour le médecin n'est pas connu : aucune tâche chiffrée, aucun jour compté."
    au_moins = ""
    if taches.methode == "observe":
        methode = "d'après les jours comptés"
    else:
        methode = "d'après ce qui est déclaré tâche par tâche"
        if taches.declare is not None and taches.declare.partiel:
            au_moins = "au moins "
            methode += f", {compte(taches.declare.taches_sans_chiffre, 'tâche')} sans chiffre"
    renvoi = references.calcul("temps_libere", " (", ")")
    return f"Temps libéré pour le médecin : {au_moins}{duree(minutes)} par semaine, {methode}{renvoi}."


def missions_par_periode(matiere: Matiere, references: References) -> list[Flowable]:
    """Give how the tasks were shared out over the whole contract, whenever they changed."""
    titre = Titre("Missions confiées")
    taches = matiere.analyse.taches
    dits = [temps_libere(matiere, references), *(f"{seul.phrase}" for seul in taches.secretariat_seul)]
    lignes: list[Ligne] = []
    for celle in taches.periodes:
        parts = celle.parts
        lignes.append(
            (
                jour_court(celle.du),
                jour_court(celle.au),
                *(RIEN if parts is None else pourcent(parts[domaine]) for domaine in DOMAINES),
                en_heures(celle.minutes) if celle.taches else "aucune",
                en_heures(celle.minutes_affectees),
            )
        )
    if not any(celle.taches for celle in taches.periodes):
        return ensemble(titre, note("Aucune mission n'est saisie pour ce contrat."))
    tableau = Tableau(
        [
            Colonne("du"),
            Colonne("au"),
            *(Colonne(domaine, 2, "droite") for domaine in DOMAINES),
            Colonne("missions par semaine", 3, "droite"),
            Colonne("heures affectées", 2.6, "droite"),
        ],
        lignes,
        serre=len(lignes) > LONGUE_LISTE,
    )
    return ensemble(titre, note(" ".join(dits)), tableau)
