"""Page 1 of the review: what the CPAM adviser asks, on one page."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from assistmed_desktop.domain.assistant import Assistant
from assistmed_desktop.domain.libelles import INDICATEURS, ROLES, SOURCES, TEXTES, specialite
from assistmed_desktop.figures.courbe import courbe, texte_alternatif
from assistmed_desktop.figures.encre import Encre
from assistmed_desktop.figures.graphique import graphique
from assistmed_desktop.figures.jauge import jauge
from assistmed_desktop.figures.marques import pictogramme
from assistmed_desktop.figures.palette import PAPIER
from assistmed_desktop.figures.peinture import peindre
from assistmed_desktop.figures.polices import GRAS, REGULIER, largeur_texte
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
from assistmed_desktop.reports.balises import (
    ARTEFACT,
    FIN,
    Element,
    Genre,
    artefact,
    balises_de,
    figure,
    texte_de,
)
from assistmed_desktop.reports.blocs import AvecForme, CoteACote, Filet, Pile, Texte, Vide
from assistmed_desktop.reports.contenu import Matiere, embauche_du, nom_du_medecin
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.style import (
    CHIFFRE_CLE,
    CORPS,
    EPAISSEUR_FILET,
    ETIQUETTE,
    FILET,
    GOUTTIERE,
    HAUTEUR_PREMIERE,
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
from assistmed_desktop.rules.argent import AUCUN_VERSEMENT
from assistmed_desktop.rules.resultats import LIBELLES_STATUT, NON_PUBLIE, AnneeAide, EvaluationIndicateur
from assistmed_desktop.rules.verdict import verdict
from assistmed_desktop.services.rapports import genre_de

_COURBE_AU_MOINS: Final = 22 * PAS
_COURBE_AU_PLUS: Final = 35 * PAS
_ASSISTANTS_AU_PLUS = 4
_MEDECINS_AU_PLUS = 6
_NOTES_AU_PLUS = 4
_LISTES_AU_PLUS = ((640, 29 * PAS), (420, _COURBE_AU_MOINS), (210, _COURBE_AU_MOINS), (0, 0.0))
"""How long the lists of page 1 may be, in letters, and the height the charts then want: the first that fits."""
_PLURIEL = 2
_OPTIONS = {"1/3": ROLES["tiers_temps"], "1/2": ROLES["mi_temps"], "1": ROLES["temps_plein"]}


def premiere_page(matiere: Matiere) -> list[Flowable]:
    """Give the flowables of page 1; the charts take the height that the rest leaves.

    Where names are so long that the page would run over, its lists are cut shorter.
    """
    essais = ((_page(matiere, lettres), voulu) for lettres, voulu in _LISTES_AU_PLUS)
    page, voulu = next(essais)
    while page.reste < voulu:
        page, voulu = next(essais)
    hauteur = min(max(page.reste, _COURBE_AU_MOINS), _COURBE_AU_PLUS)
    colonnes = CoteACote([_Indicateur(matiere, indicateur, hauteur) for indicateur in matiere.contrat.indicateurs])
    return [*page.avant, colonnes, *page.apres]


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands above and under the indicators, and the height left for the charts."""

    avant: list[Flowable]
    apres: list[Flowable]
    reste: float


def _page(matiere: Matiere, lettres: int) -> _Page:
    avant = [
        *_entete(matiere, lettres),
        Filet(2 * PAS, 2.5 * PAS),
        *_verdict(matiere),
        Filet(2.5 * PAS, 2 * PAS),
    ]
    apres = [Filet(2.5 * PAS, 0.5 * PAS), *_faits(matiere, lettres)]
    pris = sum(part.wrap(LARGEUR, HAUTEUR_PREMIERE)[1] for part in (*avant, *apres))
    return _Page(avant, apres, HAUTEUR_PREMIERE - pris - _Indicateur.CADRE - PAS)


def _entete(matiere: Matiere, lettres: int) -> list[Flowable]:
    contrat = matiere.contrat.contrat
    cabinet = matiere.dossier.cabinet
    lieu = ", ".join(partie for partie in (cabinet.nom, cabinet.commune) if partie)
    specialites = list(dict.fromkeys(specialite(m.specialite) for m in matiere.adherents))
    option = contrat.option_au(matiere.au)
    role = _OPTIONS.get(str(option), etp(option))
    duree = periode(contrat.debut_le, matiere.contrat.fin_le)
    gauche = [
        Texte(_medecins(matiere, lettres), IDENTITE),
        Texte(_majuscule(enumeration(specialites)), PETIT),
        Texte(lieu, PETIT),
    ]
    droite = [
        Texte(cabinet.cpam or "CPAM non renseignée", IDENTITE),
        Texte(f"{_majuscule(TEXTES[contrat.texte])} · {role}", PETIT),
        Texte(duree, PETIT),
        Texte(f"objectif évalué le {jour_court(matiere.contrat.evaluation_le)}", PETIT),
    ]
    return [
        CoteACote(
            [
                Texte(genre_de(matiere.genre).nom.upper(), SURTITRE),
                Texte(f"situation au {jour_long(matiere.au)}", REPERE),
            ]
        ),
        Texte("Contrat d’aide à l’emploi d’un assistant médical", TITRE),
        Vide(2 * PAS),
        CoteACote([Pile(gauche), Pile(droite)]),
    ]


def _medecins(matiere: Matiere, lettres: int) -> str:
    noms = [nom_du_medecin(medecin) for medecin in matiere.adherents]
    autres = len(noms) - _combien(noms, _MEDECINS_AU_PLUS, lettres)
    if autres:
        noms = [*noms[:-autres], compte(autres, "autre médecin", "autres médecins")]
    return enumeration(noms)


def _combien(textes: list[str], au_plus: int, lettres: int) -> int:
    """Say how many texts of a list the page can take: so many, and so many letters; at least one."""
    if len(textes) > au_plus:
        textes = textes[: au_plus - 1]
    longueurs = accumulate(map(len, textes))
    return max(1, sum(longueur <= lettres for longueur in longueurs)) if textes else 0


def _minuscule(texte: str) -> str:
    """Begin a text with a small letter, an acronym apart."""
    return texte if texte[1:2].isupper() else texte[:1].lower() + texte[1:]


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]


def _verdict(matiere: Matiere) -> list[Flowable]:
    prononce = verdict(matiere.contrat)
    style = replace(VERDICT, couleur=HexColor(PAPIER.statut(matiere.contrat.statut_tenu)))
    titre = Texte(francais(prononce.titre), style, equilibre=True)
    return [
        AvecForme(matiere.contrat.statut_tenu, titre),
        Vide(PAS),
        Texte(francais(prononce.texte), CORPS),
    ]


class _Indicateur(Flowable):
    """One indicator: its name and status, key figure with date and source, progress, chart, and five figures."""

    _NOM, _CLE, _SOURCE, _CHIFFRES = 13.0, 30.0, 12.0, 24.0
    CADRE = _NOM + _CLE + _SOURCE + _CHIFFRES + 3 * PAS
    """Its height without the chart."""

    def __init__(self, matiere: Matiere, indicateur: EvaluationIndicateur, hauteur_courbe: float) -> None:
        super().__init__()
        self._indicateur = indicateur
        self._manque = _ce_qui_manque(matiere, indicateur)
        self._hauteur_courbe = hauteur_courbe
        self._courbe = courbe(matiere.contrat, indicateur.indicateur)

    def wrap(self, largeur: float, _hauteur: float) -> tuple[float, float]:
        self.width, self.height = largeur, self.CADRE + self._hauteur_courbe
        return largeur, self.height

    def draw(self) -> None:
        toile, y = self.canv, self.height - self._NOM
        encre = Encre(toile)
        self._nom(encre, y)
        self._statut(encre, y)
        y -= self._CLE
        self._chiffre_cle(encre, y)
        y -= self._SOURCE
        with self._balise(encre):
            encre.ecrire(self._provenance(), (0, y), REGULIER, 8, SECONDAIRE)
        self._progression(encre, y)
        encre.poser()
        y -= 2 * PAS + self._hauteur_courbe
        dessin = graphique(self._courbe, self.width, self._hauteur_courbe)
        with figure(toile, texte_alternatif(self._courbe), (self.width, self._hauteur_courbe), (0, y)):
            peindre(dessin, toile, 0, y)
        self._chiffres(y - PAS)

    def _balise(self, encre: Encre, genre: Genre = "P") -> AbstractContextManager[None]:
        return texte_de(encre, self.canv, balises_de(self.canv).ajouter(Element(genre)))

    def _nom(self, encre: Encre, y: float) -> None:
        nom = INDICATEURS[self._indicateur.indicateur]
        with self._balise(encre, "H2"):
            encre.ecrire(nom, (0, y), GRAS, 9.5, TEXTE)
        if not self._indicateur.requis:
            with self._balise(encre):
                encre.ecrire("pour information", (largeur_texte(nom, GRAS, 9.5) + PAS, y), REGULIER, 8, SECONDAIRE)

    def _statut(self, encre: Encre, y: float) -> None:
        statut = self._indicateur.statut_tenu
        mot = LIBELLES_STATUT[statut]
        x = self.width - largeur_texte(mot, GRAS, 8.5)
        with self._balise(encre):
            encre.ecrire(mot, (x, y), GRAS, 8.5, HexColor(PAPIER.statut(statut)))
        with artefact(self.canv):  # the word says it too
            peindre(pictogramme(statut, 7), self.canv, x - 10, y - 0.6)

    def _chiffre_cle(self, encre: Encre, y: float) -> None:
        valeur = self._indicateur.valeur
        with self._balise(encre):
            if valeur is None:
                encre.ecrire("valeur inconnue", (0, y + 4), GRAS, 15, TEXTE)
                return
            chiffre = f"{nombre(valeur)} "
            encre.ecrire(chiffre, (0, y + 3), GRAS, CHIFFRE_CLE, TEXTE)
            x = largeur_texte(chiffre, GRAS, CHIFFRE_CLE)
            encre.ecrire("patient" if valeur < _PLURIEL else "patients", (x, y + 3), REGULIER, 9.5, TEXTE)

    def _provenance(self) -> str:
        indicateur = self._indicateur
        if indicateur.date is None or indicateur.source is None:
            return self._manque
        return f"{SOURCES[indicateur.source]}, {jour_court(indicateur.date)}"

    def _progression(self, encre: Encre, y: float) -> None:
        """Draw the bar from reference to target under the status, and say its share."""
        taux = self._indicateur.taux_atteinte
        if taux is None:
            return
        largeur = self.width * 0.4
        with artefact(self.canv):  # the share is said under it
            peindre(jauge(self._indicateur, largeur, 7), self.canv, self.width - largeur, y + 11.5)
        dessous = self._indicateur.reference - (self._indicateur.valeur or 0)
        dit = f"{pourcent(taux)} du gain prévu" if taux >= 0 else f"{nombre(dessous)} sous la référence"
        with self._balise(encre):
            encre.ecrire(dit, (self.width - largeur_texte(dit, REGULIER, 8), y), REGULIER, 8, SECONDAIRE)

    def _chiffres(self, haut: float) -> None:
        i = self._indicateur
        cases = (
            ("référence", nombre(i.reference)),
            ("attendu", "–" if i.attendu is None else nombre(i.attendu)),
            ("objectif", "inconnu" if i.objectif is None else nombre(i.objectif)),
            ("requis par mois", _gain(i.gain_mensuel_requis)),
            ("réalisé par mois", _gain(i.gain_mensuel_realise)),
        )
        encre = Encre(self.canv)
        encre.tracer([(0, haut, self.width, haut)], EPAISSEUR_FILET, FILET)
        x = 0.0
        for (nom, valeur), part in zip(cases, (0.17, 0.17, 0.18, 0.24, 0.24), strict=True):
            with self._balise(encre):
                encre.ecrire(f"{nom} ", (x, haut - 10), REGULIER, 7, SECONDAIRE)
                encre.ecrire(valeur, (x, haut - 21.5), GRAS, 9.5, TEXTE)
            x += self.width * part
        encre.poser(ARTEFACT, FIN)


def _ce_qui_manque(matiere: Matiere, indicateur: EvaluationIndicateur) -> str:
    """Say why an indicator without a value has none."""
    if all(getattr(releve, indicateur.indicateur) is None for releve in matiere.releves):
        return "aucun relevé depuis le début du contrat"
    if matiere.collectif:
        return "il manque le relevé d’un médecin"
    return "des estimations seulement"


def _gain(gain: Fraction | None) -> str:
    if gain is None:
        return "–"
    return nombre(gain, 1, signe=True) if gain else "0"


def _faits(matiere: Matiere, lettres: int) -> list[Flowable]:
    lignes = [
        ("L’assistant" if len(matiere.presents) < _PLURIEL else "Les assistants", _assistants(matiere, lettres)),
        ("Poste couvert", [_poste(matiere)]),
        ("Missions", [_missions(matiere)]),
        *([("Aide", aide)] if (aide := _aide(matiere, lettres)) else []),
        ("À noter", _notes(matiere, lettres)),
    ]
    largeurs = (RETRAIT - GOUTTIERE, LARGEUR - RETRAIT)
    faits: list[Flowable] = []
    for nom, textes in lignes:
        paragraphes = [Texte(francais(texte), CORPS) for texte in textes]
        faits += [Vide(PAS), CoteACote([Texte(nom, ETIQUETTE), Pile(paragraphes, PAS / 4)], largeurs)]
    return faits


def _assistants(matiere: Matiere, lettres: int) -> list[str]:
    presents = matiere.presents
    if not presents:
        return ["Aucun assistant n'est affecté au contrat à cette date."]
    textes = [_presentation(matiere, assistant) for assistant in presents]
    if reste := len(textes) - _combien(textes, _ASSISTANTS_AU_PLUS, lettres):
        textes = [*textes[:-reste], f"{compte(reste, 'autre assistant', 'autres assistants')}, voir « Effectif »."]
    return textes


def _presentation(matiere: Matiere, assistant: Assistant) -> str:
    embauche = embauche_du(assistant, matiere.au)
    parties = [assistant.nom_complet]
    if embauche is not None:
        parties.append(f"{ROLES[embauche.role]} ({heures(embauche.heures_hebdo)}) depuis le {jour_court(embauche.du)}")
    return ", ".join([*parties, _formation(matiere, assistant)])


def _formation(matiere: Matiere, assistant: Assistant) -> str:
    suivie = assistant.formation
    if suivie is None:
        return "formation non renseignée"
    voie = suivie.voie.upper()
    if suivie.obtention_le is not None and suivie.obtention_le <= matiere.au:
        obtenue = "obtenu" if suivie.voie == "cqp" else "validée"
        return f"{voie} {obtenue} le {jour_court(suivie.obtention_le)}"
    if suivie.debut_le is not None and suivie.debut_le <= matiere.au:
        return f"{voie} en cours depuis le {jour_court(suivie.debut_le)}"
    return f"{voie} à commencer"


def _poste(matiere: Matiere) -> str:
    contrat = matiere.contrat
    requis, couverts = contrat.couverture.jours_requis, contrat.couverture.jours_couverts
    poste = f"{nombre(couverts)} jours sur {nombre(requis)}"
    if requis:
        poste += f" ({pourcent(Fraction(100 * couverts // requis, 100))})"
    if not contrat.suspensions:
        return f"{poste}, aucune suspension"
    mot = "suspension" if len(contrat.suspensions) < _PLURIEL else "suspensions"
    periodes = enumeration([periode(s.du, None if s.ouverte else s.au) for s in contrat.suspensions])
    return f"{poste} hors {mot} ; {mot} {periodes} ({compte(contrat.jours_suspendus, 'jour')})"


def _missions(matiere: Matiere) -> str:
    parts = matiere.parts_de_mission
    if not parts:
        return "Aucune mission en cours n'est saisie."
    texte = " · ".join(f"{part.domaine} {pourcent(part.part)}" for part in parts)
    decrites = heures(Fraction(sum(part.minutes for part in parts), 60))
    return f"{texte} ({decrites} sur {heures(matiere.heures_hebdo)} par semaine)"


def _aide(matiere: Matiere, lettres: int) -> list[str]:
    """Say what the contract year brings, and what the last year notified brought when it is another one."""
    notifiees = [a for a in matiere.contrat.aide if a.montant_notifie is not None and a.du <= matiere.au]
    dites = {a.annee: a for a in (*notifiees[-1:], matiere.contrat.annee_en_cours) if a is not None}
    return [_annee(matiere, annee) for annee in dites.values()] if lettres else []


def _annee(matiere: Matiere, annee: AnneeAide) -> str:
    texte = f"année {annee.annee} (depuis le {jour_court(annee.du)}) : "
    if annee.apres_la_fin:
        return f"{texte}aucune, le contrat a pris fin le {jour_court(matiere.contrat.fin_le)}"
    if annee.montant is None:
        texte += NON_PUBLIE
    elif annee.notifie_le is not None:
        texte += f"{euros(annee.montant)}, notifiés le {jour_court(annee.notifie_le)}"
    else:
        texte += euros(annee.montant) + (" au plus" if annee.au_plus else "")
    recu = matiere.recu(annee)
    if recu is None:
        return f"{texte} ; {AUCUN_VERSEMENT}"
    return texte + (f" ; {euros(recu)} reçus" if recu else " ; rien de reçu à ce jour")


def _notes(matiere: Matiere, lettres: int) -> list[str]:
    avertissements = matiere.contrat.avertissements
    notes = [a.message for a in avertissements if a.niveau == "attention"]
    notes += [f"Échéance dépassée le {jour_court(e.le)} : {_minuscule(e.libelle)}." for e in matiere.depassees]
    dites = {"versement_en_retard"} if any(e.code == "versement" for e in matiere.depassees) else set()
    notes += [a.message for a in matiere.a_verifier if a.code not in dites and a.message not in notes]
    notes += [a.message for a in avertissements if a.niveau == "information"]
    if reste := len(notes) - _combien(notes, _NOTES_AU_PLUS, lettres):
        notes = [*notes[:-reste], f"{compte(reste, 'autre point', 'autres points')}, voir « À vérifier »."]
    prochaine = matiere.prochaine_echeance
    if prochaine is not None:
        notes.append(f"Prochaine échéance le {jour_court(prochaine.le)} : {_minuscule(prochaine.libelle)}.")
    return notes or ["Rien à signaler."]
