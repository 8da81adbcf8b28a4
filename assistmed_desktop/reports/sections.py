"""The sections that follow page 1: the facts in tables, what is not sure, how figures are reached, references."""

from collections.abc import Sequence
from fractions import Fraction

from reportlab.platypus import Flowable, KeepTogether, Paragraph

from assistmed_desktop.domain.libelles import (
    DOMAINES,
    EMPLOYEURS,
    INDICATEURS,
    PROFILS,
    ROLES,
    SOURCES,
    TEXTES,
    VOIES,
)
from assistmed_desktop.domain.suivi import Releve, Versement
from assistmed_desktop.formats import compte, etp, euros, heures, jour_court, jour_long, nombre, periode, pourcent
from assistmed_desktop.reports.contenu import Matiere, References, en_cours, nom_complet, nom_du_medecin
from assistmed_desktop.reports.ecriture import balise, balise_francais, francais
from assistmed_desktop.reports.style import CORPS_SUIVI, PETIT_SUIVI, REFERENCE, SECTION, SOUS_TITRE
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau
from assistmed_desktop.rules.resultats import LIBELLES_ETAT, NON_PUBLIE, AnneeAide, Explication

Lignes = list[Sequence[str | Cellule]]

RIEN = "–"
ANNEE_PLAFONNEE = 3


class Titre(Paragraph):
    """The heading of a section, also in the outline of the file."""

    def __init__(self, texte: str) -> None:
        super().__init__(balise(texte), SECTION)
        self._texte = texte

    def draw(self) -> None:
        """Draw the heading and mark its place."""
        cle = f"section-{self._texte}"
        self.canv.bookmarkPage(cle)
        self.canv.addOutlineEntry(self._texte, cle)
        super().draw()


def sections(matiere: Matiere) -> list[Flowable]:
    """Give everything after page 1."""
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


def _note(texte: str) -> Paragraph:
    return Paragraph(balise_francais(texte), PETIT_SUIVI)


def _sous_titre(texte: str) -> Paragraph:
    return Paragraph(balise_francais(texte), SOUS_TITRE)


def _jour(jour: object) -> str:
    from datetime import date

    return jour_court(jour) if isinstance(jour, date) else RIEN


# Staffing


def _effectif(matiere: Matiere) -> list[Flowable]:
    contrat = matiere.contrat
    segments: Lignes = [
        (
            jour_court(segment.du),
            _jour(segment.au),
            etp(segment.etp_affecte) if segment.etp_affecte else "aucun",
            etp(segment.etp_requis),
            "oui" if segment.couvert else Cellule("non", gras=True),
        )
        for segment in contrat.effectif
    ]
    histoire: list[Flowable] = [Titre("Effectif")]
    if segments:
        histoire += [
            _sous_titre("ETP affectés au contrat"),
            Tableau(
                [
                    Colonne("du", 2),
                    Colonne("au", 2),
                    Colonne("affecté", 2, "droite"),
                    Colonne("requis", 2, "droite"),
                    Colonne("couvert", 4),
                ],
                segments,
            ),
        ]
    if not matiere.assistants:
        return [*histoire, _note("Aucun assistant n'est affecté à ce contrat.")]
    return [*histoire, *_embauches(matiere), *_absences(matiere)]


def _embauches(matiere: Matiere) -> list[Flowable]:
    lignes: Lignes = []
    for assistant in matiere.assistants:
        nom = nom_complet(assistant)
        for embauche in assistant.embauches:
            lignes.append(
                (
                    nom,
                    PROFILS[assistant.profil],
                    periode(embauche.du, embauche.au),
                    ROLES[embauche.role],
                    heures(embauche.heures_hebdo),
                    EMPLOYEURS[embauche.employeur],
                )
            )
            nom = ""
        if not assistant.embauches:
            lignes.append((nom, PROFILS[assistant.profil], "aucune embauche saisie", RIEN, RIEN, RIEN))
    return [
        _sous_titre("Embauches"),
        Tableau(
            [
                Colonne("assistant", 4),
                Colonne("profil", 3.6),
                Colonne("période", 3.6),
                Colonne("temps", 1.9),
                Colonne("par semaine", 1.9, "droite"),
                Colonne("employeur", 3),
            ],
            lignes,
        ),
    ]


def _absences(matiere: Matiere) -> list[Flowable]:
    debut, au = matiere.contrat.contrat.debut_le, matiere.au
    lignes: Lignes = [
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
    return [
        _sous_titre("Absences"),
        Tableau(
            [
                Colonne("assistant", 5),
                Colonne("du", 2),
                Colonne("au", 2),
                Colonne("jours", 1.2, "droite"),
                Colonne("remplacement", 4),
            ],
            lignes,
        ),
    ]


# Tasks


def _missions(matiere: Matiere) -> list[Flowable]:
    histoire: list[Flowable] = [Titre("Missions")]
    if not matiere.missions:
        return [*histoire, _note("Aucune mission n'est saisie.")]
    parts = {part.domaine: part for part in matiere.parts_de_mission}
    for domaine, nom in DOMAINES.items():
        siennes = [m for m in matiere.missions if m.domaine == domaine]
        if not siennes:
            continue
        lignes: Lignes = []
        for mission in siennes:
            courante = en_cours(mission, matiere.au)
            lignes.append(
                (
                    Cellule(mission.tache, discret=not courante),
                    Cellule(matiere.nom_de_l_assistant(mission.assistant), discret=not courante),
                    Cellule(periode(mission.du, mission.au), discret=not courante),
                    Cellule(_duree(mission.minutes_semaine), discret=not courante),
                    Cellule(
                        RIEN if mission.minutes_medecin_liberees is None else _duree(mission.minutes_medecin_liberees),
                        discret=not courante,
                    ),
                )
            )
        part = parts.get(domaine)
        total = _duree(part.minutes) if part else _duree(0)
        taux = pourcent(part.part) if part else pourcent(0)
        lignes.append((Cellule(f"En cours, {taux} des missions", gras=True), "", "", Cellule(total, gras=True), ""))
        histoire += [
            _sous_titre(nom),
            Tableau(
                [
                    Colonne("tâche", 6),
                    Colonne("assistant", 4),
                    Colonne("période", 3.8),
                    Colonne("par semaine", 2, "droite"),
                    Colonne("temps médecin libéré", 2, "droite"),
                ],
                lignes,
                totaux=1,
            ),
        ]
    minutes = sum(part.minutes for part in matiere.parts_de_mission)
    histoire.append(
        _note(
            f"Missions en cours : {_duree(minutes)} décrites sur {heures(matiere.heures_hebdo)} de contrat de travail par "
            "semaine. Les missions terminées sont en gris et n'entrent pas dans les totaux."
        )
    )
    return histoire


def _duree(minutes: int) -> str:
    return heures(Fraction(minutes, 60)) if minutes >= 60 else f"{minutes}\u00a0min"  # noqa: PLR2004 - an hour


# Training


def _formation(matiere: Matiere) -> list[Flowable]:
    if not matiere.assistants:
        return []
    lignes: Lignes = []
    for assistant in matiere.assistants:
        suivie = assistant.formation
        if suivie is None:
            lignes.append((nom_complet(assistant), "non renseignée", RIEN, RIEN, RIEN))
        else:
            jours = [_jour(jour) for jour in (suivie.inscription_le, suivie.debut_le, suivie.obtention_le)]
            lignes.append((nom_complet(assistant), VOIES[suivie.voie], *jours))
    return [
        Titre("Formation"),
        Tableau(
            [
                Colonne("assistant", 5),
                Colonne("voie", 5),
                Colonne("inscription", 2.2),
                Colonne("début", 2.2),
                Colonne("obtention", 2.2),
            ],
            lignes,
        ),
    ]


# Readings


def _releves(matiere: Matiere) -> list[Flowable]:
    histoire: list[Flowable] = [Titre("Relevés")]
    if not matiere.releves:
        return [*histoire, _note("Aucun relevé depuis le début du contrat.")]
    lignes: Lignes = []
    for releve in matiere.releves:
        discret = releve.source == "estimation"
        cellules = [
            jour_court(releve.date),
            SOURCES[releve.source],
            RIEN if releve.patientele_mt is None else nombre(releve.patientele_mt),
            RIEN if releve.file_active is None else nombre(releve.file_active),
            _retenue(matiere, releve),
        ]
        if matiere.collectif:
            cellules.insert(0, matiere.nom_du_medecin(releve.medecin))
        lignes.append([Cellule(texte, discret=True) if discret else texte for texte in cellules])
    colonnes = [
        Colonne("date", 2.2),
        Colonne("source", 2.6),
        Colonne("patientèle médecin traitant", 3, "droite"),
        Colonne("file active", 2.4, "droite"),
        Colonne("valeur retenue pour", 4.2),
    ]
    if matiere.collectif:
        colonnes.insert(0, Colonne("médecin", 4))
    return [
        *histoire,
        _note(
            f"{compte(len(lignes), 'relevé')} du {jour_long(matiere.contrat.contrat.debut_le)} au {jour_long(matiere.au)}. "
            "Font foi la CPAM et amelipro ; une estimation n'est jamais retenue."
        ),
        Tableau(colonnes, lignes),
    ]


def _retenue(matiere: Matiere, releve: Releve) -> str:
    """Name the indicators whose value is this reading; a collective contract sums several."""
    if matiere.collectif:
        return ""
    noms = [
        INDICATEURS[i.indicateur].lower()
        for i in matiere.contrat.indicateurs
        if (i.date, i.valeur, i.source) == (releve.date, getattr(releve, i.indicateur), releve.source)
    ]
    return ", ".join(noms)


# Movements and activity


def _mouvements(matiere: Matiere) -> list[Flowable]:
    if not matiere.mouvements:
        return []
    lignes: Lignes = []
    for m in matiere.mouvements:
        solde = m.entrees - m.deces - m.departs - m.autres_sorties
        cellules = [
            periode(m.du, m.au),
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
        Colonne("période", 5),
        Colonne("entrées", 2, "droite"),
        Colonne("décès", 2, "droite"),
        Colonne("départs", 2, "droite"),
        Colonne("autres sorties", 2, "droite"),
        Colonne("solde", 2, "droite"),
    ]
    if matiere.collectif:
        colonnes.insert(0, Colonne("médecin", 4))
    return [Titre("Mouvements de la patientèle"), Tableau(colonnes, lignes)]


def _activite(matiere: Matiere) -> list[Flowable]:
    lignes: Lignes = []
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
    return [Titre("Activité"), Tableau(colonnes, lignes)]


# Aid


def _aide(matiere: Matiere, references: References) -> list[Flowable]:
    lignes: Lignes = []
    for annee in matiere.contrat.aide:
        versements = matiere.versements_de(annee.annee)
        lignes.append(
            (
                str(annee.annee),
                periode(annee.du, annee.au),
                etp(annee.option),
                TEXTES.get(annee.texte, annee.texte),
                _montant(annee),
                _du(versements),
                _recu(matiere, versements),
                references.renvoi(annee.explication.sources) or annee.grade,
            )
        )
    histoire: list[Flowable] = [
        Titre("Aide"),
        Tableau(
            [
                Colonne("année", 0.9),
                Colonne("période", 3.3),
                Colonne("option", 1.4),
                Colonne("texte", 3.2),
                Colonne("montant publié", 3, "droite"),
                Colonne("dû, notifié", 1.8, "droite"),
                Colonne("reçu", 1.8, "droite"),
                Colonne("réf.", 1.2),
            ],
            lignes,
        ),
    ]
    hypotheses = [
        f"année {annee.annee}, {euros(annee.hypothese_lineaire)}"
        for annee in matiere.contrat.aide
        if annee.hypothese_lineaire is not None
    ]
    if hypotheses:
        histoire.append(
            _note(
                "À partir de l'année 3 le montant est un maximum, qui dépend de l'atteinte de l'objectif ; la formule n'est pas "
                f"publiée. Hypothèse linéaire, non vérifiée : {' ; '.join(hypotheses)}."
            )
        )
    return [*histoire, *_versements(matiere)]


def _montant(annee: AnneeAide) -> str:
    if annee.montant_max is None:
        return francais(NON_PUBLIE)
    montant = euros(annee.montant_max)
    return f"maximum {montant}" if annee.annee >= ANNEE_PLAFONNEE else montant


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
    lignes: Lignes = []
    for versement in sorted(matiere.versements, key=lambda v: (v.annee_contrat, v.echeance_le or matiere.contrat.fin_le)):
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
    return [
        _sous_titre("Versements"),
        Tableau(
            [
                Colonne("année", 1.2),
                Colonne("échéance", 2.2),
                Colonne("dû", 2.2, "droite"),
                Colonne("reçu le", 2.2),
                Colonne("reçu", 2.2, "droite"),
                Colonne("référence", 5),
            ],
            lignes,
        ),
    ]


# Deadlines


def _echeances(matiere: Matiere, references: References) -> list[Flowable]:
    if not matiere.contrat.echeances:
        return []
    lignes: Lignes = []
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
    return [
        Titre("Échéances"),
        Tableau(
            [
                Colonne("date", 2),
                Colonne("échéance", 8.5),
                Colonne("état", 1.8),
                Colonne("faite le", 2),
                Colonne("réf.", 1.2),
            ],
            lignes,
        ),
    ]


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
    histoire: list[Flowable] = [Titre("À vérifier")]
    if contrat.avertissements:
        lignes: Lignes = [
            ("à vérifier" if a.niveau == "attention" else "à savoir", francais(a.message)) for a in contrat.avertissements
        ]
        histoire += [_sous_titre("Constats"), Tableau([Colonne("", 1.6), Colonne("constat", 14)], lignes)]
    douteux: Lignes = [
        (
            f"[{numero}]",
            francais(f"{source.texte}, {source.article}"),
            f"{source.grade} : {_GRADES[source.grade]}",
            ", ".join(references.usages(source)),
        )
        for numero, source in references
        if source.a_verifier
    ]
    inconnues = [str(annee.annee) for annee in contrat.aide if annee.montant_max is None]
    if inconnues:
        pluriel = "des années" if len(inconnues) > 1 else "de l'année"
        douteux.append(("", f"Aide {pluriel} {', '.join(inconnues)}", f"X : {_GRADES['X']}", francais(NON_PUBLIE)))
    if any(annee.annee >= ANNEE_PLAFONNEE for annee in contrat.aide):
        douteux.append(
            ("", "Part de l'aide versée à partir de l'année 3", f"X : {_GRADES['X']}", "le montant notifié par la CPAM prévaut")
        )
    if douteux:
        histoire += [
            _sous_titre("Règles non confirmées par un texte officiel"),
            Tableau(
                [Colonne("réf.", 0.9), Colonne("règle", 6), Colonne("degré", 3.4), Colonne("ce qui en dépend", 4)], douteux
            ),
        ]
    ouverts: Lignes = [
        (francais(motif.message), references.renvoi([motif.source]))
        for motif in contrat.eligibilite.motifs
        if motif.exclut is None
    ]
    if ouverts:
        histoire += [
            _sous_titre("Conditions que le dossier ne permet pas de vérifier"),
            Tableau([Colonne("condition", 14), Colonne("réf.", 1.2)], ouverts),
        ]
    histoire.append(
        _note(
            "Le contrat signé prévaut sur tout ce qui est écrit ici. Degrés : A texte légal, B page d'ameli.fr ou organisme "
            "officiel, C source secondaire, D déduit par le calcul, X non publié."
        )
    )
    return histoire


# Method


def _methode(matiere: Matiere, references: References) -> list[Flowable]:
    explications = [i.explication for i in matiere.contrat.indicateurs]
    explications += [annee.explication for annee in matiere.contrat.aide]
    histoire: list[Flowable] = [Titre("Comment ces chiffres sont calculés")]
    for explication in explications:
        histoire += _explication(explication, references)
    return histoire


def _explication(explication: Explication, references: References) -> list[Flowable]:
    renvoi = references.renvoi(explication.sources)
    titre = f"{explication.titre}  {renvoi}" if renvoi else explication.titre
    lignes: Lignes = [
        (francais(etape.libelle), Cellule(francais(etape.calcul), discret=True), francais(etape.resultat))
        for etape in explication.etapes
    ]
    return [_sous_titre(titre), Tableau([Colonne("étape", 4), Colonne("calcul", 8.5), Colonne("résultat", 4, "droite")], lignes)]


def _references(references: References) -> list[Flowable]:
    lignes: list[Flowable] = [
        Paragraph(
            balise_francais(
                f"[{numero}]  {source.texte}, {source.article}. {source.adresse}. "
                f"Degré {source.grade}, relu le {jour_court(source.verifie_le)}."
            ),
            REFERENCE,
        )
        for numero, source in references
    ]
    return [Titre("Références"), *lignes] if lignes else []
