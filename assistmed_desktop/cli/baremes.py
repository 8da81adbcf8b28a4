"""``assistmed baremes``: the tables of the law that apply, and those a user adds or withdraws."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistmed_desktop.cli.conventions import FAIT, REFUS, ErreurUsage, dire, ecrire_json
from assistmed_desktop.domain.libelles import TEXTES
from assistmed_desktop.formats import INSECABLE, compte, enumeration, jour_court, jour_long, periode
from assistmed_desktop.reports.terminal import console, phrase, titre
from assistmed_desktop.rules.bareme import charger_baremes, essayer_ajout, est_du_toml
from assistmed_desktop.rules.fraicheur import TABLES, age_en_mots, est_ancienne, est_douteuse
from assistmed_desktop.rules.lecture_bareme import FauteDeBareme, en_clair
from assistmed_desktop.rules.resultats import GRADES_A_VERIFIER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.console import Console

    from assistmed_desktop.cli.contexte import Contexte
    from assistmed_desktop.rules.bareme import Baremes
    from assistmed_desktop.rules.resultats import BaremeAjoute
    from assistmed_desktop.rules.tables import ContratsVises, Version

FORMAT = "assistmed-baremes"
VERSION = 1


def baremes(contexte: Contexte) -> int:
    """List the barèmes that apply; add one, or withdraw one that was added."""
    arguments = contexte.arguments
    if arguments.ajouter is not None:
        return _ajouter(contexte, arguments.ajouter)
    if arguments.retirer is not None:
        return _retirer(contexte, arguments.retirer)
    lus = charger_baremes(ajouts=contexte.dossier_des_baremes())
    if arguments.json:
        ecrire_json(_json(lus, contexte.jour()))
    else:
        _afficher(console(sys.stdout), lus, contexte.jour(), contexte.dossier_des_baremes())
    for faute in lus.refus:
        dire(f"Barème ajouté, non appliqué{INSECABLE}: {faute}")
    return REFUS if lus.refus else FAIT


def _ajouter(contexte: Contexte, fichier: Path) -> int:
    """Check a file and put it into the user's folder; a refused one changes nothing."""
    from assistmed_desktop.exchange.fichiers import ecrire

    if fichier.is_dir():
        raise ErreurUsage(
            f"«{INSECABLE}{fichier}{INSECABLE}» est un dossier{INSECABLE}: donnez le fichier du barème à ajouter."
        )
    fichier.stat()  # one that is not there, or that leads nowhere, is told as for any command
    essai = essayer_ajout(fichier)
    refus = essai.refus or tuple(_a_venir(essai, contexte.horloge.aujourdhui()))
    for faute in refus:
        dire(str(faute))
    if refus:
        return REFUS
    (ajoute,) = essai.ajoutes
    contenu = fichier.read_bytes()
    dossier = contexte.dossier_des_baremes()
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    cible = dossier / ajoute.fichier
    remplace = cible.exists()
    ecrire(cible, contenu, prive=False)
    print(f"{ajoute.fichier} s'applique désormais{INSECABLE}: {cible}")
    if remplace:
        print("Il prend la place du fichier de ce nom que vous aviez ajouté.")
    for phrase_ in _changements(ajoute):
        print(phrase_)
    return FAIT


def _a_venir(essai: Baremes, aujourdhui: date) -> Iterator[FauteDeBareme]:
    """Refuse a reading of a day to come; what the program has read by then shows how late it is at least."""
    for ajoute in essai.ajoutes:
        for version in essai.tables[ajoute.table]:
            if version.cle in ajoute.versions and version.verifie_le > max(aujourdhui, essai.relus_le):
                yield FauteDeBareme(
                    ajoute.fichier,
                    version.cle,
                    "verifie_le",
                    f"le {jour_court(version.verifie_le)} est à venir : écrivez le jour où vous avez relu la source",
                )


def _changements(ajoute: BaremeAjoute) -> Iterator[str]:
    """Say what a file changes to the tables of the program."""
    neuves = [cle for cle in ajoute.versions if cle not in ajoute.remplacees]
    if ajoute.remplacees:
        yield f"Remplace dans la table {ajoute.table}{INSECABLE}: {enumeration(ajoute.remplacees)}."
    if neuves:
        yield f"Ajoute à la table {ajoute.table}{INSECABLE}: {enumeration(neuves)}."
    if ajoute.depassees:
        yield (
            f"Attention{INSECABLE}: le programme a relu plus récemment que vous {enumeration(ajoute.depassees)}. "
            "Retirez ce fichier si ses chiffres ne valent plus."
        )


def _retirer(contexte: Contexte, nom: str) -> int:
    dossier = contexte.dossier_des_baremes()
    presents = (
        sorted(fichier.name for fichier in dossier.iterdir() if est_du_toml(fichier.name)) if dossier.is_dir() else []
    )
    fichier = nom if nom in presents else f"{nom}.toml"
    if fichier not in presents:
        noms = ", ".join(en_clair(present) for present in presents)
        ajoutes = f"Ceux que vous avez ajoutés{INSECABLE}: {noms}." if presents else "Il n'y en a aucun."
        raise ErreurUsage(f"«{INSECABLE}{en_clair(nom)}{INSECABLE}» n'est pas un barème ajouté. {ajoutes}")
    cible = dossier / fichier
    if cible.is_dir() and not cible.is_symlink():
        raise ErreurUsage(
            f"«{INSECABLE}{en_clair(fichier)}{INSECABLE}» est un dossier, que cette commande n'efface pas{INSECABLE}: "
            f"déplacez-le vous-même hors de {dossier}."
        )
    cible.unlink()
    print(f"{en_clair(fichier)} est retiré{INSECABLE}: les barèmes du programme s'appliquent de nouveau.")
    return FAIT


def _afficher(sortie: Console, lus: Baremes, au: date, dossier: Path) -> None:
    titre(sortie, f"Les barèmes qui s'appliquent au {jour_long(au)}")
    ajoutees = _ajoutees(lus)
    for table, versions in lus.tables.items():
        sortie.print()
        titre(sortie, f"Barème {TABLES[table]} ({table}.toml)")
        for version in versions:
            _version(sortie, version, au, ajoutee=(table, version.cle) in ajoutees)
    sortie.print()
    _alerte(sortie, lus, au)
    if lus.ajoutes:
        titre(sortie, f"Ajoutés par vous, dans {dossier}")
        for ajoute in lus.ajoutes:
            for dite in (f"{ajoute.fichier}, relu le {jour_court(ajoute.verifie_le)}.", *_changements(ajoute)):
                phrase(sortie, dite, "• ")
    elif not lus.refus:
        phrase(sortie, f"Aucun barème ajouté{INSECABLE}: --ajouter en met un dans {dossier}", retrait="")


def _version(sortie: Console, version: Version, au: date, *, ajoutee: bool) -> None:
    ajout = ", ajoutée par vous" if ajoutee else ""
    verifier = ", à vérifier" if version.grade in GRADES_A_VERIFIER else ""
    vieille = ", à revérifier" if est_ancienne(version, au) or version.verifie_le > au else ""
    relue = f"relue le {jour_court(version.verifie_le)}, {age_en_mots(version.verifie_le, au)}{vieille}"
    phrase(sortie, f"{version.cle}{ajout} · degré {version.grade}{verifier} · {relue}", suite="    ")
    for vises in version.contrats:
        phrase(sortie, _vises(vises), retrait="    ", suite="      ")
    phrase(sortie, f"En vigueur {periode(version.effet_du, version.effet_au)}.", retrait="    ", suite="      ")
    source = version.reference
    phrase(sortie, f"{source.texte}, {source.article} ({source.adresse})", "→ ", retrait="    ")


def _alerte(sortie: Console, lus: Baremes, au: date) -> None:
    anciennes = [v for versions in lus.tables.values() for v in versions if est_ancienne(v, au)]
    if anciennes:
        combien = compte(len(anciennes), "version n'a", "versions n'ont")
        titre(
            sortie,
            f"À revérifier{INSECABLE}: {combien} pas été relue{'s' if len(anciennes) > 1 else ''} depuis plus d'un an. "
            "Demandez à votre CPAM ce qui a changé, ou ajoutez un barème plus récent.",
        )
        sortie.print()
    douteuses = [v.cle for versions in lus.tables.values() for v in versions if est_douteuse(v, lus, au)]
    if douteuses:
        titre(
            sortie,
            f"Relecture à venir{INSECABLE}: corrigez la date de relecture (verifie_le) de {enumeration(douteuses)}, "
            "dans ce que vous avez ajouté.",
        )
        sortie.print()


def _ajoutees(lus: Baremes) -> set[tuple[str, str]]:
    return {(ajoute.table, cle) for ajoute in lus.ajoutes for cle in ajoute.versions}


def _vises(vises: ContratsVises) -> str:
    texte = TEXTES[vises.texte]
    return f"Contrats «{INSECABLE}{texte}{INSECABLE}» signés {periode(vises.signes_du, vises.signes_au)}."


def _json(lus: Baremes, au: date) -> dict[str, Any]:
    ajoutees = _ajoutees(lus)
    return {
        "format": FORMAT,
        "version": VERSION,
        "au": au.isoformat(),
        "tables": {
            table: [_version_json(version, au, ajoutee=(table, version.cle) in ajoutees) for version in versions]
            for table, versions in lus.tables.items()
        },
        "ajoutes": [
            {
                "fichier": ajoute.fichier,
                "table": ajoute.table,
                "versions": list(ajoute.versions),
                "remplacees": list(ajoute.remplacees),
                "depassees": list(ajoute.depassees),
                "verifie_le": ajoute.verifie_le.isoformat(),
            }
            for ajoute in lus.ajoutes
        ],
        "refus": [{"fichier": f.fichier, "version": f.version, "cle": f.cle, "message": f.message} for f in lus.refus],
    }


def _version_json(version: Version, au: date, *, ajoutee: bool) -> dict[str, Any]:
    return {
        "cle": version.cle,
        "contrats": [
            {
                "texte": vises.texte,
                "signes_du": vises.signes_du.isoformat(),
                "signes_au": None if vises.signes_au is None else vises.signes_au.isoformat(),
            }
            for vises in version.contrats
        ],
        "effet_du": version.effet_du.isoformat(),
        "effet_au": None if version.effet_au is None else version.effet_au.isoformat(),
        "grade": version.grade,
        "reference": {
            "texte": version.reference.texte,
            "article": version.reference.article,
            "adresse": version.reference.adresse,
        },
        "verifie_le": version.verifie_le.isoformat(),
        "ancienne": est_ancienne(version, au),
        "ajoutee": ajoutee,
    }
