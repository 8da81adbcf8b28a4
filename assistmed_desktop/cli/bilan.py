"""``assistmed bilan``: one report, all those of a practice or of many, or one made again from its own PDF."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assistmed_desktop.cli.contexte import est_une_base
from assistmed_desktop.cli.conventions import ECHEC, FAIT, ErreurUsage, ErreurUtilisateur, dire
from assistmed_desktop.cli.erreurs import expliquer_erreur
from assistmed_desktop.formats import INSECABLE, compte, nombre
from assistmed_desktop.services.depuis import depuis_propose
from assistmed_desktop.services.rapports import (
    Demande,
    genre_de,
    nom_du_rapport,
    noms_des_rapports,
    rapport_de,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistmed_desktop.cli.contexte import Contexte
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.services.rapports import CleGenre, Rapport, RapportEmis

_PDF: Final = b"%PDF-"
_RAPPORT_MAX: Final = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Source:
    """A practice that reports are made of; ``base`` is where those issued are noted, None for a file."""

    chemin: Path
    dossier: Dossier
    base: Path | None
    emis: tuple[RapportEmis, ...]


def bilan(contexte: Contexte) -> int:
    """Write what is asked for."""
    arguments = contexte.arguments
    sources = _sources(contexte)
    if arguments.depuis is not None and arguments.type != "etape":
        raise ErreurUsage("--depuis ne sert qu'au bilan d'étape : ajoutez --type etape.")
    if arguments.tous:
        return _tous(contexte, sources)
    if _est_un_pdf(sources[0]):
        return _refaire(contexte, sources[0])
    return _un_seul(contexte, sources[0])


def _sources(contexte: Contexte) -> list[Path]:
    arguments = contexte.arguments
    sources = [*arguments.sources, *([] if arguments.base is None else [arguments.base])]
    if not sources:
        raise ErreurUsage("Il faut au moins une source : un dossier JSON, une base, ou le PDF d'un rapport à refaire.")
    if arguments.tous and (arguments.dossier_sortie is None or arguments.contrat is not None):
        raise ErreurUsage("--tous écrit les documents de tous les contrats : avec --dossier-sortie, et sans --contrat.")
    if len(sources) > 1 and not arguments.tous:
        raise ErreurUsage("Plusieurs sources ne vont qu'avec --tous et --dossier-sortie.")
    return sources


def _lire(contexte: Contexte, chemin: Path) -> _Source:
    if chemin == contexte.arguments.base or chemin.suffix == ".assistmed" or est_une_base(chemin):
        dossier, emis = contexte.cabinet(chemin, rapports=_genre(contexte) == "etape")
        return _Source(chemin, dossier, chemin, emis)
    from assistmed_desktop.exchange.dossier_json import lire_fichier

    return _Source(chemin, lire_fichier(chemin), None, ())


def _genre(contexte: Contexte) -> CleGenre:
    genre: CleGenre = contexte.arguments.type or "annuel"
    return genre


def _demande(contexte: Contexte, source: _Source, contrat: str) -> Demande:
    demande = Demande(_genre(contexte), contrat, contexte.jour(), contexte.arguments.depuis)
    if demande.genre != "etape" or demande.depuis is not None:
        return demande
    return replace(demande, depuis=depuis_propose(source.dossier, demande, source.emis))


# One report


def _un_seul(contexte: Contexte, chemin: Path) -> int:
    from assistmed_desktop.cli.rapports import rediger

    source = _lire(contexte, chemin)
    dossier = source.dossier
    choisi = contexte.contrat(dossier, "il n'y a pas de bilan à écrire").id
    demande = _demande(contexte, source, choisi)
    if contexte.arguments.sortie is not None:
        contexte.sortie()  # refused before the work
    rapport = rapport_de(dossier, demande, rediger(dossier, demande, contexte.baremes()))
    ecrit = _ecrire(contexte, rapport.nom, rapport.contenu)
    print(f"{genre_de(demande.genre).nom} du contrat {choisi} écrit{INSECABLE}: {ecrit}")
    autres = [contrat.id for contrat in dossier.contrats if contrat.id != choisi]
    if autres and contexte.arguments.contrat is None:
        print(f"Autres contrats de ce dossier, avec --contrat{INSECABLE}: {', '.join(autres)}")
    noter(contexte, source.base, [rapport])
    return FAIT


def _ecrire(contexte: Contexte, nom: str, contenu: bytes) -> Path:
    from assistmed_desktop.exchange.fichiers import ecrire, ecrire_a_cote

    if contexte.arguments.sortie is None:
        return ecrire_a_cote(_dossier_sortie(contexte) / nom, contenu)
    sortie = contexte.sortie()
    ecrire(sortie, contenu, prive=False)
    return sortie


def _dossier_sortie(contexte: Contexte) -> Path:
    sortie: Path = contexte.arguments.dossier_sortie
    if sortie.exists() and not sortie.is_dir():
        raise ErreurUtilisateur(f"«{INSECABLE}{sortie}{INSECABLE}» n'est pas un dossier{INSECABLE}: donnez-en un.")
    sortie.mkdir(parents=True, exist_ok=True)
    return sortie


def noter(contexte: Contexte, base: Path | None, rapports: Sequence[Rapport]) -> None:
    """Note in a base the reports that were written from it; they are written, whatever the base says."""
    from assistmed_desktop.services.ports import ErreurDepot

    if base is None or not rapports:
        return
    try:
        with contexte.ouvrir(base, creer=False) as depot:
            for rapport in rapports:
                depot.rapports.consigner(rapport, "enregistre")
    except ErreurDepot as erreur:
        dire(f"Écrit, mais pas ajouté aux rapports émis de «{INSECABLE}{base}{INSECABLE}». {erreur}")


# A report made again


def _est_un_pdf(chemin: Path) -> bool:
    if not chemin.is_file():
        return False
    with chemin.open("rb") as fichier:
        return fichier.read(len(_PDF)) == _PDF


def _refaire(contexte: Contexte, chemin: Path) -> int:
    """Make a report again from what it carries, and say whether it is the same."""
    from assistmed_desktop.cli.rapports import rediger
    from assistmed_desktop.domain.dossier import lire_dossier
    from assistmed_desktop.reports.documents import PROGRAMME
    from assistmed_desktop.reports.lecture import pieces_jointes

    arguments = contexte.arguments
    if any(valeur is not None for valeur in (arguments.au, arguments.type, arguments.contrat, arguments.depuis)):
        raise ErreurUsage("Un rapport se refait tel qu'il est : sans --au, --type, --contrat ni --depuis.")
    if chemin.stat().st_size > _RAPPORT_MAX:
        raise ErreurUtilisateur(f"«{INSECABLE}{chemin}{INSECABLE}» est trop gros pour être un rapport.")
    contenu = chemin.read_bytes()
    pieces = pieces_jointes(contenu)
    if pieces is None:
        raise ErreurUtilisateur(
            f"«{INSECABLE}{chemin}{INSECABLE}» ne porte pas les données d'un rapport{INSECABLE}: il ne peut pas être "
            "refait."
        )
    dossier = lire_dossier(pieces.dossier)
    refait = rediger(dossier, pieces.demande, contexte.baremes()).contenu
    ecrit = _ecrire(contexte, nom_du_rapport(dossier, pieces.demande), refait)
    if refait == contenu:
        print(f"Refait à l'identique, octet pour octet{INSECABLE}: {ecrit}")
        return FAIT
    print(f"Refait{INSECABLE}: {ecrit}")
    dire(
        f"Il diffère de «{INSECABLE}{chemin}{INSECABLE}», fait par {pieces.programme}{INSECABLE}: le programme "
        f"({PROGRAMME}) ou ses barèmes ont changé, ou le PDF a été réenregistré."
    )
    return FAIT


# All of them


def _tous(contexte: Contexte, chemins: Sequence[Path]) -> int:
    """Write the reports of every contract, one source after the other; one at fault does not stop the others."""
    contexte.baremes()
    sortie = _dossier_sortie(contexte)
    code = FAIT
    sources: list[_Source] = []
    for chemin in chemins:
        try:
            source = _lire(contexte, chemin)
        except Exception as erreur:  # noqa: BLE001 - it is told of this source, and the others are written
            dire(f"Source non lue{INSECABLE}: «{INSECABLE}{chemin}{INSECABLE}»")
            code = expliquer_erreur(erreur)
            continue
        if not source.dossier.contrats:
            dire(f"Aucun contrat dans «{INSECABLE}{chemin}{INSECABLE}».")
        sources.append(source)
    return _ecrire_tous(contexte, sources, sortie) or code


def _ecrire_tous(contexte: Contexte, sources: Sequence[_Source], sortie: Path) -> int:
    from assistmed_desktop.cli.rapports import rediger_tous
    from assistmed_desktop.exchange.fichiers import ecrire_a_cote

    lot = [(rang, demande, nom) for rang, source in enumerate(sources) for demande, nom in _lot(contexte, source)]
    ecrits: list[tuple[int, Rapport]] = []
    code = FAIT
    interrompu = False
    faits = rediger_tous([(sources[rang].dossier, demande) for rang, demande, _ in lot], contexte.dossier_des_baremes())
    try:
        for n, ((rang, demande, nom), fait) in enumerate(zip(lot, faits, strict=True), 1):
            avance = f"{nombre(n)} sur {nombre(len(lot))}{INSECABLE}:"
            if isinstance(fait, Exception):
                dire(f"{avance} pas écrit, {nom}")
                code = expliquer_erreur(fait)
                continue
            rapport = rapport_de(sources[rang].dossier, demande, fait, nom)
            ecrit = ecrire_a_cote(sortie / nom, rapport.contenu)
            ecrits.append((rang, rapport))
            dire(f"{avance} {ecrit.name}")
    except KeyboardInterrupt:
        interrompu = True
    finally:
        faits.close()
        for rang, source in enumerate(sources):
            noter(contexte, source.base, [rapport for du, rapport in ecrits if du == rang])
    combien = f"{compte(len(ecrits), 'document')} sur {nombre(len(lot))}"
    if interrompu:
        dire(f"Interrompu{INSECABLE}: {combien} dans «{INSECABLE}{sortie}{INSECABLE}», aucun à moitié écrit.")
        return ECHEC
    print(f"{combien} dans {sortie}")
    return code


def _lot(contexte: Contexte, source: _Source) -> list[tuple[Demande, str]]:
    demandes = [_demande(contexte, source, contrat.id) for contrat in source.dossier.contrats]
    return list(zip(demandes, noms_des_rapports(source.dossier, demandes), strict=True))
