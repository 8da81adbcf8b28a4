"""The team: the time allocated, the days staffed, who was hired, trained, away."""

from reportlab.platypus import Flowable

from assistmed_desktop.domain.calendrier import se_croisent
from assistmed_desktop.domain.libelles import EMPLOYEURS, PROFILS, ROLES, VOIES
from assistmed_desktop.formats import compte, etp, heures, jour_court, nombre
from assistmed_desktop.reports.blocs import Titre, ensemble, note, sous_titre
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.mots import RIEN, Ligne, jour_ou_rien, majuscule
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau


def equipe(matiere: Matiere, references: References) -> list[Flowable]:
    """Give the section on the team."""
    titre = Titre("Équipe")
    if not matiere.assistants:
        aucun = note("Aucun assistant n'a été affecté à ce contrat à ce jour.")
        affecte = _temps_affecte(matiere)
        return [*ensemble(titre, aucun), *affecte]
    histoire: list[Flowable] = []
    for partie in (
        _temps_affecte(matiere),
        _presence(matiere, references),
        _embauches(matiere),
        _formation(matiere),
        _absences(matiere),
    ):
        # The heading of the section stays with the first part there is.
        histoire += ensemble(titre, *partie[1:]) if partie and not histoire else partie
    return histoire


def _temps_affecte(matiere: Matiere) -> list[Flowable]:
    lignes: list[Ligne] = [
        (
            jour_court(segment.du),
            jour_ou_rien(segment.au),
            etp(segment.etp_affecte) if segment.etp_affecte else "aucun",
            etp(segment.etp_requis),
            "oui" if segment.couvert else Cellule("non", gras=True),
        )
        for segment in matiere.contrat.effectif
    ]
    if not lignes:
        return []
    tableau = Tableau(
        [
            Colonne("du"),
            Colonne("au"),
            Colonne("ETP affectés", 2, "droite"),
            Colonne("ETP financés", 2, "droite"),
            Colonne("l’affectation suffit", 5),
        ],
        lignes,
    )
    return ensemble(sous_titre("Temps affecté au contrat, hors absences"), tableau)


def _presence(matiere: Matiere, references: References) -> list[Flowable]:
    presence = matiere.analyse.presence
    if not presence.jours_ouvres_requis:
        return []
    pourvus = compte(presence.jours_ouvres_couverts, "jour ouvré pourvu", "jours ouvrés pourvus")
    phrase = (
        f"{pourvus} sur {nombre(presence.jours_ouvres_requis)}, hors suspension ({presence.jours_feries}), l'assistant "
        f"étant présent, remplacé ou en congés payés{references.calcul('presence', ' (', ')')}."
    )
    tetes = [sous_titre("Jours pourvus"), note(phrase)]
    raisons = {segment.du: segment.causes for segment in presence.segments}
    lignes: list[Ligne] = [
        (
            jour_court(manque.du),
            jour_court(manque.au),
            nombre(manque.jours_ouvres),
            etp(manque.etp),
            francais(majuscule(" ; ".join(raisons[manque.du]))),
        )
        for manque in presence.manques
    ]
    if not lignes:
        return ensemble(*tetes)
    colonnes = [
        Colonne("manque du"),
        Colonne("au"),
        Colonne("jours ouvrés", cote="droite"),
        Colonne("manquent", cote="droite"),
        Colonne("parce que", 1),
    ]
    return ensemble(*tetes, Tableau(colonnes, lignes))


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
                    jour_ou_rien(embauche.au),
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


def _formation(matiere: Matiere) -> list[Flowable]:
    lignes: list[Ligne] = []
    for assistant in matiere.assistants:
        suivie = assistant.formation
        if suivie is None:
            lignes.append((assistant.nom_complet, "non renseignée", RIEN, RIEN, RIEN))
        else:
            jours = [jour_ou_rien(jour) for jour in (suivie.inscription_le, suivie.debut_le, suivie.obtention_le)]
            lignes.append((assistant.nom_complet, VOIES[suivie.voie], *jours))
    return ensemble(
        sous_titre("Formation"),
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


def _absences(matiere: Matiere) -> list[Flowable]:
    debut, au = matiere.contrat.contrat.debut_le, matiere.au
    lignes: list[Ligne] = [
        (
            assistant.nom_complet,
            jour_court(absence.du),
            jour_ou_rien(absence.au),
            nombre((min(absence.au or au, au) - absence.du).days + 1),
            "remplacé" if absence.remplacement else "non remplacé",
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
