"""What page 1 of a review tells under the indicators: the assistant, the post, the tasks, the aid, what to note."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from typing import Final

from reportlab.platypus import Flowable

from assistmed_desktop.domain.assistant import Assistant
from assistmed_desktop.domain.libelles import ROLES
from assistmed_desktop.formats import compte, enumeration, euros, heures, jour_court, periode, pourcent
from assistmed_desktop.reports.blocs import CoteACote, Pile, Texte, Vide
from assistmed_desktop.reports.contenu import Matiere, embauche_du
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.mots import jours_pourvus, minuscule
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.style import CORPS, ETIQUETTE, GOUTTIERE, LARGEUR, PAS, RETRAIT
from assistmed_desktop.rules.argent import AUCUN_VERSEMENT
from assistmed_desktop.rules.resultats import NON_PUBLIE, AnneeAide

_ASSISTANTS_AU_PLUS: Final = 4
_NOTES_AU_PLUS: Final = 4
_PLURIEL: Final = 2
_NOM: Final = replace(ETIQUETTE, genre="H2")

Faits = list[tuple[str, list[str]]]
"""Names and, beside each, its sentences."""
DeQuoiDire = Callable[[Matiere, References, int], Faits]
"""What gives them, given how many letters a list may take."""


def combien(textes: list[str], au_plus: int, lettres: int) -> int:
    """Say how many texts of a list the page can take: so many, and so many letters; at least one."""
    if len(textes) > au_plus:
        textes = textes[: au_plus - 1]
    longueurs = accumulate(map(len, textes))
    return max(1, sum(longueur <= lettres for longueur in longueurs)) if textes else 0


def poser(faits: Faits) -> list[Flowable]:
    """Lay facts out: the names in a column of their own."""
    largeurs = (RETRAIT - GOUTTIERE, LARGEUR - RETRAIT)
    poses: list[Flowable] = []
    for nom, textes in faits:
        paragraphes = [Texte(francais(texte), CORPS) for texte in textes]
        poses += [Vide(PAS), CoteACote([Texte(nom, _NOM, signet=1), Pile(paragraphes, PAS / 4)], largeurs)]
    return poses


def faits_du_bilan(matiere: Matiere, references: References, lettres: int) -> Faits:
    """Give the facts of a review."""
    aide = _aide(matiere, references, lettres)
    return [
        ("L’assistant" if len(matiere.presents) < _PLURIEL else "Les assistants", _assistants(matiere, lettres)),
        ("Poste pourvu", [poste(matiere, references)]),
        ("Missions", [_missions(matiere, references)]),
        *([("Aide", aide)] if aide else []),
        ("À noter", notes(matiere, lettres)),
    ]


def _assistants(matiere: Matiere, lettres: int) -> list[str]:
    presents = matiere.presents
    if not presents:
        return ["Aucun assistant n'est affecté au contrat à cette date."]
    textes = [_presentation(matiere, assistant) for assistant in presents]
    if reste := len(textes) - combien(textes, _ASSISTANTS_AU_PLUS, lettres):
        textes = [*textes[:-reste], f"{compte(reste, 'autre assistant', 'autres assistants')}, voir « Équipe »."]
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


def poste(matiere: Matiere, references: References) -> str:
    """Say on how many days the post was staffed."""
    contrat, presence = matiere.contrat, matiere.analyse.presence
    if presence.jours_ouvres_requis:
        renvoi = references.calcul("presence", ", ")
        dit = jours_pourvus(presence.jours_ouvres_couverts, presence.jours_ouvres_requis, renvoi)
    else:
        dit = "aucun jour ouvré à pourvoir à ce jour"
    if not contrat.suspensions:
        return f"{dit}, aucune suspension"
    mot = "suspension" if len(contrat.suspensions) < _PLURIEL else "suspensions"
    periodes = enumeration([periode(s.du, None if s.ouverte else s.au) for s in contrat.suspensions])
    return f"{dit}, hors {mot} {periodes} ({compte(contrat.jours_suspendus, 'jour')})"


def _missions(matiere: Matiere, references: References) -> str:
    parts = matiere.parts_de_mission
    if not parts:
        return "Aucune mission en cours n'est saisie."
    texte = " · ".join(f"{part.domaine} {pourcent(part.part)}" for part in parts)
    decrites = heures(Fraction(sum(part.minutes for part in parts), 60))
    renvoi = references.calcul("taches", ", ")
    return f"{texte} ({decrites} sur {heures(matiere.heures_hebdo)} par semaine{renvoi})"


def _aide(matiere: Matiere, references: References, lettres: int) -> list[str]:
    """Say what the contract year brings, and what the last year notified brought when it is another one."""
    notifiees = [a for a in matiere.contrat.aide if a.montant_notifie is not None and a.du <= matiere.au]
    dites = {a.annee: a for a in (*notifiees[-1:], matiere.contrat.annee_en_cours) if a is not None}
    return [_annee(matiere, references, annee) for annee in dites.values()] if lettres else []


def _annee(matiere: Matiere, references: References, annee: AnneeAide) -> str:
    texte = f"année {annee.annee} (depuis le {jour_court(annee.du)}) : "
    if annee.apres_la_fin:
        return f"{texte}aucune, le contrat a pris fin le {jour_court(matiere.contrat.fin_le)}"
    if annee.montant is None:
        texte += NON_PUBLIE
    elif annee.notifie_le is not None:
        renvoi = references.calcul(f"aide.{annee.annee}", " (", ")")
        texte += f"{euros(annee.montant)}, notifiés le {jour_court(annee.notifie_le)}{renvoi}"
    else:
        sources = references.renvoi(annee.explication.sources)
        renvois = [sources, references.calcul(f"aide.{annee.annee}")]
        texte += euros(annee.montant) + (" au plus" if annee.au_plus else "")
        texte += f" ({', '.join(renvoi for renvoi in renvois if renvoi)})" if any(renvois) else ""
    recu = matiere.recu(annee)
    if recu is None:
        return f"{texte} ; {AUCUN_VERSEMENT}"
    return texte + (f" ; {euros(recu)} reçus" if recu else " ; rien de reçu à ce jour")


def notes(matiere: Matiere, lettres: int) -> list[str]:
    """Give what to note: findings, deadlines missed, what to check, the next deadline."""
    avertissements = matiere.contrat.avertissements
    dits = [a.message for a in avertissements if a.niveau == "attention"]
    dits += [f"Échéance dépassée le {jour_court(e.le)} : {minuscule(e.libelle)}." for e in matiere.depassees]
    tus = {"versement_en_retard"} if any(e.code == "versement" for e in matiere.depassees) else set()
    dits += [a.message for a in matiere.a_verifier if a.code not in tus and a.message not in dits]
    dits += [a.message for a in avertissements if a.niveau == "information"]
    if reste := len(dits) - combien(dits, _NOTES_AU_PLUS, lettres):
        dits = [*dits[:-reste], f"{compte(reste, 'autre point', 'autres points')}, voir « À vérifier »."]
    prochaine = matiere.prochaine_echeance
    if prochaine is not None:
        dits.append(f"Prochaine échéance le {jour_court(prochaine.le)} : {minuscule(prochaine.libelle)}.")
    return dits or ["Rien à signaler."]
