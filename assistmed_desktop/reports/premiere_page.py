"""Page 1 of the review: what the CPAM adviser asks, on one page."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from assistmed_desktop.domain.assistant import Assistant
from assistmed_desktop.domain.libelles import DOMAINES, INDICATEURS, ROLES, SOURCES, TEXTES, specialite
from assistmed_desktop.figures.courbe import courbe
from assistmed_desktop.figures.graphique import graphique
from assistmed_desktop.figures.marques import pictogramme
from assistmed_desktop.figures.palette import PAPIER
from assistmed_desktop.figures.polices import GRAS, REGULIER, largeur_texte
from assistmed_desktop.formats import (
    compte,
    enumeration,
    etp,
    heures,
    jour_court,
    jour_long,
    nombre,
    periode,
    pourcent,
)
from assistmed_desktop.reports.contenu import Matiere, embauche_du, nom_complet, nom_du_medecin
from assistmed_desktop.reports.ecriture import balise, balise_francais
from assistmed_desktop.reports.style import (
    ACCENT,
    CHIFFRE_CLE,
    COLONNE,
    CORPS,
    EPAISSEUR_FILET,
    ETIQUETTE,
    FILET,
    GOUTTIERE,
    IDENTITE,
    LARGEUR,
    PAS,
    PETIT,
    REPERE,
    RETRAIT,
    SECONDAIRE,
    SURTITRE,
    TEXTE,
    TITRE,
    VERDICT,
)
from assistmed_desktop.rules.resultats import LIBELLES_STATUT, EvaluationIndicateur, StatutContrat
from assistmed_desktop.rules.verdict import verdict

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

_HAUTEUR_COURBE = 25 * PAS
_ASSISTANTS_AU_PLUS = 4
_MEDECINS_AU_PLUS = 6
_NOTES_AU_PLUS = 5
_OPTIONS = {"1/3": ROLES["tiers_temps"], "1/2": ROLES["mi_temps"], "1": ROLES["temps_plein"]}


def premiere_page(matiere: Matiere) -> list[Flowable]:
    """Give the flowables of page 1."""
    return [
        *_entete(matiere),
        Filet(2 * PAS, 2.5 * PAS),
        *_verdict(matiere),
        Filet(2.5 * PAS, 2 * PAS),
        CoteACote(
            [_Indicateur(matiere, indicateur) for indicateur in matiere.contrat.indicateurs],
        ),
        Filet(2 * PAS, PAS),
        *_faits(matiere),
    ]


class Filet(Flowable):
    """A hairline with space around it."""

    def __init__(self, avant: float, apres: float) -> None:
        super().__init__()
        self._avant, self._apres = avant, apres

    def wrap(self, largeur: float, _hauteur: float) -> tuple[float, float]:
        """Take the whole width."""
        self.width = largeur
        return largeur, self._avant + self._apres

    def draw(self) -> None:
        """Draw the line."""
        self.canv.setStrokeColor(FILET)
        self.canv.setLineWidth(EPAISSEUR_FILET)
        self.canv.line(0, self._apres, self.width, self._apres)


class CoteACote(Flowable):
    """Flowables side by side, tops aligned, never split."""

    def __init__(self, parts: Sequence[Flowable], largeurs: Sequence[float] = (COLONNE, COLONNE)) -> None:
        super().__init__()
        self._parts, self._largeurs = parts, largeurs

    def wrap(self, largeur: float, hauteur: float) -> tuple[float, float]:
        """Take the height of the tallest."""
        self._tailles = [part.wrap(l, hauteur)[1] for part, l in zip(self._parts, self._largeurs, strict=True)]
        self.height = max(self._tailles)
        return largeur, self.height

    def draw(self) -> None:
        """Draw each part from the top."""
        x = 0.0
        for part, largeur, haut in zip(self._parts, self._largeurs, self._tailles, strict=True):
            part.drawOn(self.canv, x, self.height - haut)
            x += largeur + GOUTTIERE


class _Pile(Flowable):
    """Flowables on top of each other, as one."""

    def __init__(self, parts: Sequence[Flowable]) -> None:
        super().__init__()
        self._parts = parts

    def wrap(self, largeur: float, hauteur: float) -> tuple[float, float]:
        self._tailles = [part.wrap(largeur, hauteur)[1] for part in self._parts]
        self.height = sum(self._tailles)
        return largeur, self.height

    def draw(self) -> None:
        y = self.height
        for part, haut in zip(self._parts, self._tailles, strict=True):
            y -= haut
            part.drawOn(self.canv, 0, y)


class AvecForme(Flowable):
    """A paragraph with the shape of a status before it."""

    def __init__(self, statut: StatutContrat, texte: Paragraph) -> None:
        super().__init__()
        self._texte = texte
        self._corps: float = texte.style.fontSize
        self._forme = pictogramme(statut, self._corps * 0.8)
        self._retrait = self._corps * 1.25

    def wrap(self, largeur: float, hauteur: float) -> tuple[float, float]:
        """Leave room for the shape."""
        self.height = self._texte.wrap(largeur - self._retrait, hauteur)[1]
        return largeur, self.height

    def draw(self) -> None:
        """Draw the shape on the first line."""
        interligne: float = self._texte.style.leading
        self._forme.drawOn(self.canv, 0, self.height - (interligne + self._corps) / 2 + self._corps * 0.16)
        self._texte.drawOn(self.canv, self._retrait, 0)


def _entete(matiere: Matiere) -> list[Flowable]:
    contrat = matiere.contrat.contrat
    cabinet = matiere.dossier.cabinet
    lieu = ", ".join(partie for partie in (cabinet.nom, cabinet.commune) if partie)
    specialites = list(dict.fromkeys(specialite(m.specialite) for m in matiere.medecins))
    option = contrat.option_au(matiere.au)
    role = _OPTIONS.get(str(option), etp(option))
    gauche = [
        Paragraph(balise(_medecins(matiere)), IDENTITE),
        Paragraph(balise(f"{enumeration(specialites).capitalize()} · {lieu}"), PETIT),
    ]
    droite = [
        Paragraph(balise(cabinet.cpam or "CPAM non renseignée"), IDENTITE),
        Paragraph(
            balise(f"{_majuscule(TEXTES[contrat.texte])} · {role} · {periode(contrat.debut_le, matiere.contrat.fin_le)}"),
            PETIT,
        ),
    ]
    return [
        CoteACote(
            [
                Paragraph("BILAN ANNUEL", SURTITRE),
                Paragraph(balise(f"situation au {jour_long(matiere.au)}"), REPERE),
            ]
        ),
        Paragraph(balise("Contrat d’aide à l’emploi d’un assistant médical"), TITRE),
        _Vide(2 * PAS),
        CoteACote([_Pile(gauche), _Pile(droite)]),
    ]


class _Vide(Flowable):
    """White space that is kept at the top of a page too."""

    def __init__(self, hauteur: float) -> None:
        super().__init__()
        self._hauteur = hauteur

    def wrap(self, largeur: float, _hauteur: float) -> tuple[float, float]:
        return largeur, self._hauteur

    def draw(self) -> None:
        """Nothing."""


def _medecins(matiere: Matiere) -> str:
    noms = [nom_du_medecin(medecin) for medecin in matiere.medecins]
    if len(noms) > _MEDECINS_AU_PLUS:
        autres = len(noms) - _MEDECINS_AU_PLUS + 1
        noms = [*noms[: _MEDECINS_AU_PLUS - 1], f"{compte(autres, 'autre médecin', 'autres médecins')}"]
    return enumeration(noms)


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]


def _verdict(matiere: Matiere) -> list[Flowable]:
    prononce = verdict(matiere.contrat)
    couleur = PAPIER.statut(matiere.contrat.statut)
    titre = Paragraph(f'<font color="{couleur}">{balise_francais(prononce.titre)}</font>', VERDICT)
    return [
        AvecForme(matiere.contrat.statut, titre),
        _Vide(PAS),
        Paragraph(balise_francais(prononce.texte), CORPS),
    ]


class _Indicateur(Flowable):
    """One indicator: its name and status, key figure with date and source, chart, and five figures."""

    _NOM, _CLE, _SOURCE, _CHIFFRES = 13.0, 30.0, 12.0, 26.0

    def __init__(self, matiere: Matiere, indicateur: EvaluationIndicateur) -> None:
        super().__init__()
        self._indicateur = indicateur
        self._courbe = courbe(matiere.contrat, indicateur.indicateur)

    def wrap(self, largeur: float, _hauteur: float) -> tuple[float, float]:
        self.width = largeur
        self.height = self._NOM + self._CLE + self._SOURCE + _HAUTEUR_COURBE + self._CHIFFRES + 2 * PAS
        return largeur, self.height

    def draw(self) -> None:
        toile, y = self.canv, self.height
        y -= self._NOM
        self._nom(toile, y)
        y -= self._CLE
        self._chiffre_cle(toile, y)
        y -= self._SOURCE
        toile.setFont(REGULIER, 8)
        toile.setFillColor(SECONDAIRE)
        toile.drawString(0, y, self._provenance())
        y -= PAS + _HAUTEUR_COURBE
        dessin: Drawing = graphique(self._courbe, self.width, _HAUTEUR_COURBE)
        dessin.drawOn(toile, 0, y)
        self._chiffres(toile, y - PAS)

    def _nom(self, toile: Canvas, y: float) -> None:
        toile.setFont(GRAS, 9.5)
        toile.setFillColor(TEXTE)
        nom = INDICATEURS[self._indicateur.indicateur]
        toile.drawString(0, y, nom)
        if not self._indicateur.requis:
            x = largeur_texte(nom, GRAS, 9.5) + PAS
            toile.setFont(REGULIER, 8)
            toile.setFillColor(SECONDAIRE)
            toile.drawString(x, y, "non requise")
        self._statut(toile, y)

    def _statut(self, toile: Canvas, y: float) -> None:
        statut = self._indicateur.statut
        mot = LIBELLES_STATUT[statut]
        x = self.width - largeur_texte(mot, GRAS, 8.5)
        toile.setFont(GRAS, 8.5)
        toile.setFillColor(PAPIER.statut(statut))
        toile.drawString(x, y, mot)
        pictogramme(statut, 7).drawOn(toile, x - 10, y - 0.6)

    def _chiffre_cle(self, toile: Canvas, y: float) -> None:
        valeur = self._indicateur.valeur
        toile.setFillColor(ACCENT)
        if valeur is None:
            toile.setFont(GRAS, 15)
            toile.drawString(0, y + 4, "aucun relevé")
            return
        toile.setFont(GRAS, CHIFFRE_CLE)
        toile.drawString(0, y + 3, nombre(valeur))
        x = largeur_texte(nombre(valeur), GRAS, CHIFFRE_CLE) + PAS
        toile.setFont(REGULIER, 9.5)
        toile.setFillColor(TEXTE)
        toile.drawString(x, y + 3, "patient" if valeur < 2 else "patients")  # noqa: PLR2004 - French plural

    def _provenance(self) -> str:
        indicateur = self._indicateur
        if indicateur.date is None or indicateur.source is None:
            return "depuis le début du contrat"
        return f"{SOURCES[indicateur.source]}, {jour_court(indicateur.date)}"

    def _chiffres(self, toile: Canvas, haut: float) -> None:
        i = self._indicateur
        cases = (
            ("référence", nombre(i.reference)),
            ("attendu", "–" if i.attendu is None else nombre(i.attendu)),
            ("objectif", "inconnu" if i.objectif is None else nombre(i.objectif)),
            ("requis par mois", _gain(i.gain_mensuel_requis)),
            ("réalisé par mois", _gain(i.gain_mensuel_realise)),
        )
        parts = (0.17, 0.17, 0.18, 0.24, 0.24)
        x = 0.0
        toile.setStrokeColor(FILET)
        toile.setLineWidth(EPAISSEUR_FILET)
        toile.line(0, haut, self.width, haut)
        for (nom, valeur), part in zip(cases, parts, strict=True):
            toile.setFont(REGULIER, 7)
            toile.setFillColor(SECONDAIRE)
            toile.drawString(x, haut - 9.5, nom)
            toile.setFont(GRAS, 9.5)
            toile.setFillColor(TEXTE)
            toile.drawString(x, haut - 21, valeur)
            x += self.width * part


def _gain(gain: Fraction | None) -> str:
    return "–" if gain is None else nombre(gain, 1, signe=True)


def _faits(matiere: Matiere) -> list[Flowable]:
    presents = matiere.presents
    lignes = [
        ("L’assistant" if len(presents) < 2 else "Les assistants", _assistants(matiere)),  # noqa: PLR2004 - French plural
        ("Poste couvert", [_poste(matiere)]),
        ("Missions", [_missions(matiere)]),
        ("À noter", _notes(matiere)),
    ]
    return [_Fait(nom, [Paragraph(balise_francais(texte), CORPS) for texte in textes]) for nom, textes in lignes]


class _Fait(CoteACote):
    """A label in its column, and paragraphs beside it."""

    def __init__(self, nom: str, paragraphes: list[Paragraph]) -> None:
        largeurs = (RETRAIT - GOUTTIERE, LARGEUR - RETRAIT)
        super().__init__([Paragraph(balise(nom), ETIQUETTE), _Pile(paragraphes)], largeurs)
        self.spaceBefore = PAS


def _assistants(matiere: Matiere) -> list[str]:
    presents = matiere.presents
    if not presents:
        return ["Aucun assistant n’est affecté au contrat à cette date."]
    textes = [presentation(matiere, assistant) for assistant in presents]
    if len(textes) > _ASSISTANTS_AU_PLUS:
        reste = len(textes) - _ASSISTANTS_AU_PLUS + 1
        textes = [
            *textes[: _ASSISTANTS_AU_PLUS - 1],
            f"{compte(reste, 'autre assistant', 'autres assistants')}, voir « Effectif ».",
        ]
    return textes


def presentation(matiere: Matiere, assistant: Assistant) -> str:
    """Present an assistant in a line: name, hours, since when, training."""
    embauche = embauche_du(assistant, matiere.au)
    parties = [nom_complet(assistant)]
    if embauche is not None:
        parties.append(f"{ROLES[embauche.role]} ({heures(embauche.heures_hebdo)}) depuis le {jour_court(embauche.du)}")
    return ", ".join([*parties, _formation(matiere, assistant)])


def _formation(matiere: Matiere, assistant: Assistant) -> str:
    suivie = assistant.formation
    if suivie is None:
        return "formation non renseignée"
    voie = suivie.voie.upper()
    if suivie.obtention_le is not None and suivie.obtention_le <= matiere.au:
        return f"{voie} obtenu le {jour_court(suivie.obtention_le)}" if voie == "CQP" else (
            f"{voie} obtenue le {jour_court(suivie.obtention_le)}"
        )
    if suivie.debut_le is not None and suivie.debut_le <= matiere.au:
        return f"{voie} en cours depuis le {jour_court(suivie.debut_le)}"
    return f"{voie} à commencer"


def _poste(matiere: Matiere) -> str:
    contrat = matiere.contrat
    poste = f"{nombre(contrat.couverture.jours_couverts)} jours sur {nombre(contrat.couverture.jours_requis)}"
    if contrat.couverture.jours_requis:
        part = contrat.couverture.jours_couverts / contrat.couverture.jours_requis
        poste += f" ({pourcent(int(part * 100) / 100)})"
    if not contrat.suspensions:
        return f"{poste}, aucune suspension"
    mot = "suspension" if len(contrat.suspensions) == 1 else "suspensions"
    periodes = enumeration([periode(s.du, None if s.ouverte else s.au) for s in contrat.suspensions])
    return f"{poste} hors {mot} ; {mot} {periodes} ({compte(contrat.jours_suspendus, 'jour')})"


def _missions(matiere: Matiere) -> str:
    parts = matiere.parts_de_mission
    if not parts:
        return "Aucune mission en cours n’est saisie."
    texte = " · ".join(f"{DOMAINES[p.domaine].lower()} {pourcent(p.part)}" for p in parts)
    saisies = heures(Fraction(sum(p.minutes for p in parts), 60))
    return f"{texte} ({saisies} décrites sur {heures(matiere.heures_hebdo)} par semaine)"


def _notes(matiere: Matiere) -> list[str]:
    contrat = matiere.contrat
    notes = [a.message for a in contrat.avertissements if a.niveau == "attention"]
    notes += [f"Échéance dépassée le {jour_court(e.le)} : {e.libelle}." for e in matiere.depassees]
    notes += [a.message for a in contrat.avertissements if a.niveau == "information"]
    if len(notes) > _NOTES_AU_PLUS - 1:
        reste = len(notes) - _NOTES_AU_PLUS + 2
        notes = [*notes[: _NOTES_AU_PLUS - 2], f"{compte(reste, 'autre point', 'autres points')}, voir « À vérifier »."]
    prochaine = matiere.prochaine_echeance
    if prochaine is not None:
        notes.append(f"Prochaine échéance le {jour_court(prochaine.le)} : {prochaine.libelle}.")
    return notes or ["Rien à signaler."]
