"""What the file itself is: its data, its fingerprint, how to make it again; and the texts it rests on."""

from typing import Final

from reportlab.platypus import Flowable

from assistmed_desktop import __version__
from assistmed_desktop.formats import enumeration, jour_court
from assistmed_desktop.reports.blocs import Texte, Titre, ensemble, note
from assistmed_desktop.reports.citees import lieu, provenance
from assistmed_desktop.reports.contenu import Matiere
from assistmed_desktop.reports.ecriture import francais
from assistmed_desktop.reports.lecture import DOSSIER_JOINT, EVALUATION_JOINTE, RAPPORT_JOINT
from assistmed_desktop.reports.mots import Ligne
from assistmed_desktop.reports.renvois import References
from assistmed_desktop.reports.style import REFERENCE
from assistmed_desktop.reports.tableau import Cellule, Colonne, Tableau
from assistmed_desktop.rules.resultats import SourceLegale
from assistmed_desktop.services.rapports import empreinte

_GROUPE: Final = 16
"""How many digits of the fingerprint stand together: it is compared by eye."""
_COMMANDE: Final = "assistmed bilan rapport.pdf --sortie refait.pdf"
"""What makes the document again from itself; to be typed, and so left as it is."""


def ce_document(matiere: Matiere) -> list[Flowable]:
    """Say what the file carries, by what it is recognised, what made it, and how to make it again."""
    evaluation = matiere.evaluation
    chiffres = empreinte(matiere.dossier)
    baremes = f"ceux du programme, relus le {jour_court(evaluation.baremes_verifies_le)} pour le plus ancien"
    if evaluation.baremes_ajoutes:
        noms = enumeration([f"{b.fichier} ({', '.join(b.versions)})" for b in evaluation.baremes_ajoutes])
        baremes += f" ; ajoutés par le cabinet : {noms}"
    pieces = (
        f"{DOSSIER_JOINT}, les données dont ce document est fait ; {EVALUATION_JOINTE}, ce qu'elles donnent ; "
        f"{RAPPORT_JOINT}, de quoi le refaire"
    )
    groupes = " ".join(chiffres[i : i + _GROUPE] for i in range(0, len(chiffres), _GROUPE))
    faits = (
        ("forme", "PDF/A-3a et PDF/UA-1 : fait pour être conservé, et lu à voix haute"),
        ("pièces jointes", pieces),
        ("empreinte du dossier", f"{groupes}\nSHA-256 de {DOSSIER_JOINT}"),
        ("programme", f"AssistMed Desktop {__version__}"),
        ("barèmes", baremes),
    )
    lignes: list[Ligne] = [(Cellule(nom, discret=True), francais(texte)) for nom, texte in faits]
    lignes.append((Cellule("le refaire", discret=True), _COMMANDE))
    remarque = (
        "Les mêmes données, le même programme et les mêmes barèmes redonnent ce fichier à l'identique. Le programme "
        "n'y met ni motif d'absence, ni adresse, ni numéro professionnel."
    )
    return ensemble(Titre("Ce document"), note(remarque), Tableau([Colonne(""), Colonne("", 1)], lignes, serre=True))


def textes_cites(references: References) -> list[Flowable]:
    """Give the legal references, each under its number."""
    lignes = [Texte(_citer(source), REFERENCE, marge=f"[{numero}]") for numero, source in references]
    return [*ensemble(Titre("Références"), lignes[0]), *lignes[1:]] if lignes else []


def _citer(source: SourceLegale) -> str:
    dit = f"{source.texte}, {source.article}. Degré {source.grade}, {provenance(source)}."
    return f"{francais(dit)}\n{lieu(source)}".rstrip()
