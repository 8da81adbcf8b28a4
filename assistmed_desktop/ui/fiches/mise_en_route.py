"""The forms of the first steps: those of the pages, without what can wait, each with a word of introduction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from assistmed_desktop.domain.fautes import DossierInvalide, Faute
from assistmed_desktop.domain.libelles import SOURCES
from assistmed_desktop.domain.suivi import Releve
from assistmed_desktop.formats import INSECABLE, compte, jour_court
from assistmed_desktop.services.operations import ajouter_releve
from assistmed_desktop.ui.entry import Typed, next_month_end, read_entry
from assistmed_desktop.ui.fiches.assistant import nouvel_assistant
from assistmed_desktop.ui.fiches.cabinet import corriger_cabinet, nouveau_cabinet
from assistmed_desktop.ui.fiches.contrat import nouveau_contrat
from assistmed_desktop.ui.fiches.fiche import Champ, Fiche, Geste, Saisie, Valeurs, depart
from assistmed_desktop.ui.fiches.genres import Choix, Entier, Jour
from assistmed_desktop.ui.fiches.medecin import nouveau_medecin
from assistmed_desktop.ui.names import nom_medecin

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.services.creation import Etape

_INTRODUCTIONS: Final[dict[Etape, str]] = {
    "cabinet": "Ces renseignements figurent sur le bilan remis à la CPAM. Rien n’est définitif"
    f"{INSECABLE}: tout se corrige ensuite sur la page Cabinet.",
    "medecin": "Le médecin qui a signé le contrat d’aide, ou qui va le signer. Les autres s’ajouteront de même.",
    "contrat": "Gardez le contrat signé sous les yeux et reportez ses chiffres tels quels"
    f"{INSECABLE}: c’est lui qui fait foi. Laissez vide ce qu’il ne dit pas. Les avenants se saisissent ensuite sur la "
    "page Contrats.",
    "assistant": "La personne que le contrat aide à employer. Ses absences et sa formation se saisissent ensuite sur "
    "la page Assistants.",
    "releves": "Les effectifs que donne amelipro, ou la CPAM, à une date. Un relevé suffit pour commencer"
    f"{INSECABLE}; à partir de quatre, le programme dessine une tendance.",
}
_PLUS_TARD: Final = ("tranche", "derogation")
"""What the contract's form asks that can wait."""
_A_REPORTER: Final = ("texte", "signe_le", "debut_le")
"""What only the contract says."""

_SOURCES: Final = {str(source): nom for source, nom in SOURCES.items()}
_EFFECTIFS: Final = ("patientele_mt", "file_active")


def fiche_etape(etape: Etape, dossier: Dossier | None, au: date, baremes: Baremes) -> Fiche:
    """Make the form of a step; where the practice has none yet, that of the practice itself."""
    fiche = nouveau_cabinet() if dossier is None else _fiche(etape, dossier, au, baremes)
    return replace(fiche, introduction=_INTRODUCTIONS["cabinet" if dossier is None else etape], supprimer=None)


def _fiche(etape: Etape, dossier: Dossier, au: date, baremes: Baremes) -> Fiche:
    match etape:
        case "cabinet":
            return corriger_cabinet(dossier.cabinet)
        case "medecin":
            return nouveau_medecin(dossier)
        case "contrat":
            return _contrat(dossier, au, baremes)
        case "assistant":
            return nouvel_assistant(dossier)
        case "releves":
            return nouveau_releve(dossier, au)


def nouveau_releve(dossier: Dossier, au: date) -> Fiche:
    """Make the form of a reading, at the end of the month that follows the last one."""
    noms = {medecin.id: nom_medecin(medecin) for medecin in dossier.medecins}
    champs = (
        Champ("medecin", "Médecin", Choix(noms), requis=True, si=lambda _saisie: len(noms) > 1),
        Champ("date", "À la date du", Jour("dernier"), requis=True),
        Champ("patientele_mt", "Patientèle médecin traitant", Entier(exemple=1131), aide="laissez vide si inconnue"),
        Champ("file_active", "File active", Entier(exemple=1790), aide="laissez vide si inconnue", a_cote=True),
        Champ("source", "D’où viennent ces chiffres", Choix(_SOURCES), requis=True,
              aide="une estimation est gardée pour mémoire, sans compter"),
    )  # fmt: skip
    premier = next(iter(noms), "")

    def enregistrer(valeurs: Valeurs) -> Geste:
        if all(valeurs[cle] is None for cle in _EFFECTIFS):
            raise DossierInvalide([Faute("releves.patientele_mt", "saisissez au moins un des deux effectifs")])
        releve = Releve(note="", **{**valeurs, "medecin": valeurs["medecin"] or premier})
        return Geste(ajouter_releve(releve), f"Le relevé du {jour_court(releve.date)} est ajouté.")

    def prudences(valeurs: Valeurs) -> Sequence[str]:
        medecin = valeurs["medecin"] or premier
        typed = Typed(
            jour_court(valeurs["date"]),
            source=valeurs["source"],
            **{cle: "" if valeurs[cle] is None else str(valeurs[cle]) for cle in _EFFECTIFS},
        )
        return read_entry(typed, medecin, [r for r in dossier.releves if r.medecin == medecin], au).cautions

    dernier = max(dossier.releves, key=lambda releve: releve.date, default=None)
    debut = {
        "medecin": dernier.medecin if dernier else premier,
        "date": next_month_end([r for r in dossier.releves if dernier and r.medecin == dernier.medecin], au),
        "source": dernier.source if dernier else "amelipro",
    }
    return Fiche(
        "Premiers relevés",
        champs,
        enregistrer,
        depart(champs, debut),
        prudences=prudences,
        suite=lambda apres: nouveau_releve(apres, au),
    )


def resume(etape: Etape, dossier: Dossier) -> str:
    """Say what a step has brought: ``Cabinet : …``, ``2 médecins``; empty while it has brought nothing."""
    combien = {
        "medecin": (len(dossier.medecins), "médecin"),
        "contrat": (len(dossier.contrats), "contrat"),
        "assistant": (len(dossier.assistants), "assistant"),
        "releves": (len(dossier.releves), "relevé"),
    }
    if etape == "cabinet":
        return f"Cabinet{INSECABLE}: {dossier.cabinet.nom}"
    nombre, mot = combien[etape]
    return compte(nombre, mot) if nombre else ""


def _contrat(dossier: Dossier, au: date, baremes: Baremes) -> Fiche:
    """Ask of a contract signed long since what it says: nothing is taken for granted but its length."""
    fiche = nouveau_contrat(dossier, au, baremes)
    champs = tuple(replace(champ, si=_jamais) if champ.cle in _PLUS_TARD else champ for champ in fiche.champs)
    debut = {cle: texte for cle, texte in fiche.depart.items() if cle not in _A_REPORTER}
    return replace(fiche, champs=champs, depart=debut)


def _jamais(_saisie: Saisie) -> bool:
    return False
