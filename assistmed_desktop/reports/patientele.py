"""What was counted: the readings, the movements of the patientèle, the activity."""

from fractions import Fraction

from reportlab.platypus import Flowable

from assistmed_desktop.domain.libelles import INDICATEURS, SOURCES
from assistmed_desktop.formats import compte, jour_court, jour_long, nombre
from assistmed_desktop.reports.blocs import Titre, ensemble, note, sous_titre
from assistmed_desktop.reports.contenu import Matiere, MouvementsGroupes
from assistmed_desktop.reports.mots import LONGUE_LISTE, RIEN, Ligne, compte_ou_rien
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau, TableauDouble

_DECES_TUS = "Les décès d'une période plus courte que trois mois sont comptés avec les autres sorties."


def releves(matiere: Matiere) -> list[Flowable]:
    """Give every reading, with its source."""
    if not matiere.releves:
        return ensemble(Titre("Relevés"), note("Aucun relevé depuis le début du contrat."))
    lignes: dict[str, list[Ligne]] = {medecin.id: [] for medecin in matiere.medecins}
    retenus = matiere.releves_retenus
    for rang, releve in enumerate(matiere.releves):
        discret = releve.source == "estimation"
        cellules = [Cellule(texte, discret=discret) for texte in (jour_court(releve.date), SOURCES[releve.source])]
        for indicateur in INDICATEURS:
            texte = compte_ou_rien(getattr(releve, indicateur))
            cellules.append(Cellule(texte, gras=rang in retenus[indicateur], discret=discret))
        lignes[releve.medecin].append(cellules)
    colonnes = [
        Colonne("date"),
        Colonne("source", 1),
        Colonne("patientèle MT", cote="droite"),
        Colonne("file active", cote="droite"),
    ]
    debut = matiere.contrat.contrat.debut_le
    remarque = (
        f"{compte(len(matiere.releves), 'relevé')} du {jour_long(debut)} au {jour_long(matiere.au)}. "
        "MT : médecin traitant. En gras, la valeur retenue : la plus récente de la CPAM ou d'amelipro, à défaut du "
        "logiciel métier. Une estimation ne l'est jamais."
    )
    histoire: list[Flowable] = []
    for medecin, siennes in lignes.items():
        if siennes:
            tetes = [] if histoire else [Titre("Relevés"), note(remarque)]
            nom = matiere.nom_du_medecin(medecin) if matiere.collectif else ""
            noms = [sous_titre(nom)] if nom else []
            histoire += ensemble(*tetes, *noms, TableauDouble(colonnes, siennes, nom))
    return histoire


def mouvements(matiere: Matiere, references: References) -> list[Flowable]:
    """Give the movements as the extract has them: by quarter at least."""
    groupes = tuple(MouvementsGroupes((m,)) for m in matiere.mouvements)
    return _mouvements(matiere, references, groupes, "Les mouvements sont donnés par trimestre au moins.")


def mouvements_par_annee(matiere: Matiere, references: References) -> list[Flowable]:
    """Give the movements summed by calendar year; one that belongs to two years stays alone."""
    groupes = matiere.mouvements_par_annee
    return _mouvements(matiere, references, groupes, "Les mouvements d'une même année civile sont additionnés.")


def _mouvements(
    matiere: Matiere, references: References, groupes: tuple[MouvementsGroupes, ...], comment: str
) -> list[Flowable]:
    if not groupes:
        return []
    lignes: list[Ligne] = []
    for groupe in groupes:
        deces = nombre(groupe.deces)
        if groupe.deces_tus:
            deces = f"au moins {deces}" if groupe.deces else "non dits"
        cellules = [
            jour_court(groupe.du),
            jour_court(groupe.au),
            nombre(groupe.entrees),
            deces,
            nombre(groupe.departs),
            nombre(groupe.autres_sorties),
            nombre(groupe.solde, signe=True),
        ]
        if matiere.collectif:
            cellules.insert(0, matiere.nom_court_du_medecin(groupe.medecin))
        lignes.append(cellules)
    colonnes = [
        Colonne("du"),
        Colonne("au"),
        Colonne("entrées", 2, "droite"),
        Colonne("décès", 2, "droite"),
        Colonne("départs", 2, "droite"),
        Colonne("autres sorties", 2, "droite"),
        Colonne("solde", 2, "droite"),
    ]
    if matiere.collectif:
        colonnes.insert(0, Colonne("médecin", 4))
    dits = [comment]
    if any(groupe.deces_tus for groupe in groupes):
        dits.append(_DECES_TUS)
    pont = matiere.analyse.mouvements.ensemble
    if pont is not None and pont.phrase is not None:
        dits.append(f"{pont.phrase.removesuffix('.')}{references.calcul('mouvements', ' (', ')')}.")
    tableau = Tableau(colonnes, lignes, serre=len(lignes) > LONGUE_LISTE)
    return ensemble(Titre("Mouvements de la patientèle"), note(" ".join(dits)), tableau)


def activite(matiere: Matiere) -> list[Flowable]:
    """Give the activity by doctor and calendar year."""
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
            cellules.insert(0, matiere.nom_court_du_medecin(groupe.medecin))
        lignes.append(cellules)
    if not lignes:
        return []
    colonnes = [
        Colonne("année"),
        Colonne("mois saisis", 2, "droite"),
        Colonne("actes", 2, "droite"),
        Colonne("jours travaillés", 2.4, "droite"),
        Colonne("actes par jour", 2.4, "droite"),
    ]
    if matiere.collectif:
        colonnes.insert(0, Colonne("médecin", 4))
    return ensemble(Titre("Activité"), Tableau(colonnes, lignes, serre=len(lignes) > LONGUE_LISTE))
