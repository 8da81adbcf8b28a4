"""Practices to review: the worked example, and the same bent to what must not break a page."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2

from assistmed_desktop.cli.rapports import rediger
from assistmed_desktop.domain.cabinet import cle_de_luhn_exacte
from assistmed_desktop.domain.dossier import Dossier, lire_dossier
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.reports.contenu import Matiere, reunir
from assistmed_desktop.reports.documents import composer
from assistmed_desktop.rules.bareme import Baremes, charger_baremes
from assistmed_desktop.rules.evaluation import evaluate
from assistmed_desktop.rules.resultats import Evaluation
from assistmed_desktop.services.rapports import CleGenre, Demande

Brut = dict[str, Any]
AU = date(2025, 1, 15)
NOM_TRES_LONG = "Anne-Charlotte-Élisabeth de La Rochefoucauld-Montmorency-Beaumanoir " * 2
MOT_SANS_FIN = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 4
_EXEMPLE = Path(__file__).parent.parent / "exemples" / "morvan.json"


def brut() -> Brut:
    """Give the worked example as JSON values."""
    lu: Brut = json.loads(_EXEMPLE.read_text(encoding="utf-8"))
    return lu


def dossier(*retouches: Callable[[Brut], object]) -> Dossier:
    """Give the worked example with changes."""
    valeurs = brut()
    for retouche in retouches:
        retouche(valeurs)
    return lire_dossier(json.dumps(valeurs))


def evaluer(pratique: Dossier, au: date = AU) -> Evaluation:
    return evaluate(pratique, au, charger_baremes())


def imprimer(pratique: Dossier, au: date = AU, genre: CleGenre = "annuel", contrat: str | None = None) -> bytes:
    """Write a report on a contract, by default the review of the first."""
    demande = Demande(genre, contrat or pratique.contrats[0].id, au)
    return rediger(pratique, demande, charger_baremes()).contenu


def matiere(
    pratique: Dossier,
    evaluation: Evaluation | None = None,
    *,
    contrat: str = "c1",
    genre: CleGenre = "annuel",
    baremes: Baremes | None = None,
) -> Matiere:
    """Gather what a report is made of, from an evaluation of one's own."""
    evaluee = evaluation or evaluer(pratique)
    return reunir(pratique, evaluee, Demande(genre, contrat, evaluee.au), baremes or charger_baremes())


def composer_avec(pratique: Dossier, evaluation: Evaluation) -> bytes:
    """Lay out the review of the first contract from an evaluation of one's own."""
    return composer(matiere(pratique, evaluation))


def pages(pdf: bytes) -> list[str]:
    """Read the text of each page back, its lines joined and its spaces made plain."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        textes = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return [" ".join(texte.replace("\u00a0", " ").split()) for texte in textes]


def texte(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def rpps(rang: int) -> str:
    racine = f"{1_000_000_000 + rang}"
    return next(racine + cle for cle in "0123456789" if cle_de_luhn_exacte(racine + cle))


def beaucoup_de_releves(nombre: int, medecins: int = 1) -> Callable[[Brut], None]:
    """Add readings, one a few days from the last, by every source in turn."""
    sources = ("logiciel", "amelipro", "logiciel", "estimation", "cpam")

    def retoucher(valeurs: Brut) -> None:
        debut = date(2022, 3, 15)
        pas = (AU - debut).days / nombre
        valeurs["releves"] = [
            {
                "medecin": f"m{1 + rang % medecins}",
                "date": (debut + timedelta(days=int(rang * pas))).isoformat(),
                "patientele_mt": 1010 + rang // 2,
                "file_active": 1620 + rang,
                "source": sources[rang % len(sources)],
                "note": "",
            }
            for rang in range(nombre)
        ]

    return retoucher


def groupe(medecins: int, nom: str = "Lambert") -> Callable[[Brut], None]:
    """Make the contract collective, of so many doctors and as many assistants."""

    def retoucher(valeurs: Brut) -> None:
        modele = valeurs["medecins"][0]
        valeurs["medecins"] = [
            modele | {"id": f"m{rang}", "nom": f"{nom}{rang}"[:200], "rpps": rpps(rang)}
            for rang in range(1, medecins + 1)
        ]
        contrat = valeurs["contrats"][0]
        del contrat["medecin"]
        contrat |= {
            "medecins": [f"m{rang}" for rang in range(1, medecins + 1)],
            "texte": "collectif_2026",
            "option_etp": str(medecins),
            "reference": {"date": "2021-12-31", "patientele_mt": 1010 * medecins, "file_active": 1620 * medecins},
            "objectif": {
                "patientele_mt": 1192 * medecins,
                "file_active": 1880 * medecins,
                "evaluation_le": "2025-03-15",
            },
        }
        assistant = valeurs["assistants"][0]
        valeurs["assistants"] = [
            assistant | {"id": f"a{rang}", "nom": f"{nom}{rang}"[:200]} for rang in range(1, medecins + 1)
        ]

    return retoucher


def nu(ecrit: str) -> str:
    """Write a text as it is read back."""
    return " ".join(ecrit.replace(INSECABLE, " ").replace("'", "’").split())


def vide(brut: Brut) -> None:
    """Leave the contract without any fact."""
    for liste in ("assistants", "missions", "releves", "mouvements", "activite", "versements"):
        brut[liste] = []
    brut["contrats"][0]["avenants"] = []


def sans_objectif(brut: Brut) -> None:
    brut["contrats"][0]["objectif"] = None


def rien_hors_des_marges(pdf: bytes) -> None:
    """Find no letter outside the margins of a page."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        largeur, hauteur = page.get_size()
        lu = page.get_textpage()
        for rang in range(lu.count_chars()):
            gauche, bas, droite, haut = lu.get_charbox(rang)
            if droite > gauche and lu.get_text_range(rang, 1).strip():
                assert gauche >= 50
                assert droite <= largeur - 50
                assert bas >= 30
                assert haut <= hauteur - 30
    document.close()
