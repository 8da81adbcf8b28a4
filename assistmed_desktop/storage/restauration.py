"""Looking into a base or a copy without changing it, and putting a copy in the place of a base."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from shutil import copy2
from tempfile import TemporaryDirectory

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.formats import jour_court
from assistmed_desktop.services.ports import ErreurPhrase, Horloge
from assistmed_desktop.services.sauvegardes import Contenu, Sauvegarde
from assistmed_desktop.storage import reprise, schema
from assistmed_desktop.storage.chiffrement import (
    Cle,
    Secret,
    cle_de,
    cle_si_chiffre,
    connecter,
    sel_de,
    verifier_cle,
)
from assistmed_desktop.storage.depot import DepotSqlite
from assistmed_desktop.storage.emplacements import libre
from assistmed_desktop.storage.erreurs import (
    BaseEndommagee,
    BaseIllisible,
    DisquePlein,
    ErreurBase,
    erreurs_sqlite,
    erreurs_traduites,
    traduire,
)
from assistmed_desktop.storage.journal import consigner
from assistmed_desktop.storage.ouverture import inachevee, occupee_par, ouvrir, refuser_ailleurs, verifier_entete
from assistmed_desktop.storage.phrase import convertir
from assistmed_desktop.storage.place import refuser_si_ouverte
from assistmed_desktop.storage.provisoires import provisoire
from assistmed_desktop.storage.sauvegardes import (
    compter,
    derniere_saisie,
    lue_de_son_nom,
    sauvegarder,
    synchroniser,
    verifier_tout,
)
from assistmed_desktop.storage.structure import verifier_structure
from assistmed_desktop.storage.taille import limiter, verifier_taille
from assistmed_desktop.storage.verrou import lever

_LECTURE, _WAL = 19, 2
"""The byte of the header that says how a base is read, and that it has a write-ahead log."""


def examiner(fichier: Path, horloge: Horloge, phrase: Secret | None = None) -> Contenu:
    """Look into a base or a copy without changing it: every page, every reference, every fact.

    Raises:
        ErreurPhrase: when it is protected, and not by this phrase.
        ErreurBase: when it is missing, in use, damaged, newer than the program, or not a base.

    """
    with en_copie(fichier, horloge, phrase) as (depot, version):
        return contenu_de(depot, version)


def lire(fichier: Path, horloge: Horloge) -> Dossier:
    """Read the practice of somebody's base, from a copy: its facts alone are taken over, nothing else that it holds.

    Raises:
        ErreurBase: as ``examiner`` does; when it is protected; when it holds no practice yet.

    """
    try:
        with en_copie(fichier, horloge) as (depot, _):
            dossier = depot.charger()
    except ErreurPhrase as refus:
        raise BaseIllisible(
            f"Le cabinet «\u00a0{fichier}\u00a0» est protégé par une phrase de passe\u00a0: ouvrez-le, exportez son "
            "dossier, puis importez ce dossier."
        ) from refus
    if dossier is None:
        raise BaseIllisible(f"La base «\u00a0{fichier}\u00a0» ne contient pas encore de cabinet.")
    return dossier


@contextmanager
def en_copie(fichier: Path, horloge: Horloge, phrase: Secret | None = None) -> Iterator[tuple[DepotSqlite, int]]:
    """Open a copy of a base, brought to the schema of this program; give it, and the version that the base has.

    Nothing is written beside the base, nor to it but the end of a change cut short.

    Raises:
        ErreurBase: as ``examiner`` does.

    """
    if not fichier.is_file():
        raise BaseIllisible(f"Le fichier «\u00a0{fichier}\u00a0» n'existe pas.")
    with TemporaryDirectory(prefix="assistmed-") as provisoire:
        copie = Path(provisoire) / "copie.assistmed"
        try:
            version, cle = _copier_fichier(fichier, copie, phrase)
        except DisquePlein as erreur:  # it is that of the system's temporary folder
            raise traduire(None, copie.parent, DisquePlein) from erreur
        with _ouvrir_copie(copie, fichier, horloge, cle) as depot:
            yield depot, version


def restaurer(  # noqa: PLR0913 - the two files, the phrase of each, and what may be done
    sauvegarde: Path,
    base: Path,
    horloge: Horloge,
    phrase: Secret | None = None,
    phrase_base: Secret | None = None,
    *,
    ecarter: bool = False,
) -> Sauvegarde | None:
    """Put a copy in the place of a base; give the copy first made of what was there, if it could be read.

    ``phrase`` opens the copy; ``phrase_base`` opens the base, when it is another. The base stays protected as it was:
    by its phrase, or by none. A damaged base is set aside under another name, never written to; with ``ecarter``, so
    is one that the phrase does not open: its first bytes may be damaged. The journal of the copy notes that it is back.

    Raises:
        ErreurPhrase: when one is protected, and not by its phrase.
        ErreurBase: when the copy is not sound, or the base is in use; the base is then as it was.

    """
    if not sauvegarde.is_file():
        raise BaseIllisible(f"Le fichier «\u00a0{sauvegarde}\u00a0» n'existe pas.")
    if base.exists() and sauvegarde.samefile(base):
        raise BaseIllisible(f"«\u00a0{base}\u00a0» est la base elle-même, pas l'une de ses sauvegardes.")
    with erreurs_traduites(base):
        base.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        dossier = TemporaryDirectory(prefix=f"{provisoire(base, 'retour').name}-", dir=base.parent)
    with dossier:
        copie = Path(dossier.name) / base.name
        try:
            cle = _copier_fichier(sauvegarde, copie, phrase)[1]
            with _ouvrir_copie(copie, sauvegarde, horloge, cle) as depot:
                depot.charger()
            _noter(copie, sauvegarde, horloge, cle)
        except DisquePlein as erreur:  # it is the disk of the base that is written to
            raise traduire(None, base, DisquePlein) from erreur
        return _mettre_en_place(
            copie, cle, base, horloge, phrase if phrase_base is None else phrase_base, ecarter=ecarter
        )


def _copier_fichier(fichier: Path, vers: Path, phrase: Secret | None) -> tuple[int, Cle | None]:
    """Copy a closed base, checked page by page; give the version of its schema, and its key, which the copy keeps.

    An unfinished journal is replayed.
    """
    with erreurs_traduites(fichier):
        refuser_si_ouverte(fichier)
        if inachevee(fichier):
            raise BaseIllisible(
                f"Le fichier «\u00a0{fichier}\u00a0» est vide\u00a0: sa création a été interrompue. Ouvrez-le dans "
                "AssistMed pour la reprendre, ou choisissez-en un autre."
            )
        cle = cle_si_chiffre(fichier, phrase)
        refuser_ailleurs(fichier)
        reprise.essayer(fichier, cle)
        mode = "rw" if fichier.with_name(f"{fichier.name}-journal").exists() else "ro"
        if cle is None:
            with fichier.open("rb") as lu:
                entete = lu.read(100)
            verifier_entete(entete, fichier)
            if entete[_LECTURE] == _WAL and not fichier.with_name(f"{fichier.name}-wal").exists():
                mode += "&immutable=1"  # nobody has it open, and SQLite would leave two files beside it
        adresse = f"{fichier.absolute().as_uri()}?mode={mode}"
        with closing(connecter(adresse, cle, uri=True, timeout=1.0)) as connexion:
            limiter(connexion)
            connexion.execute("PRAGMA trusted_schema = OFF")
            try:
                verifier_cle(connexion, fichier)
            except erreurs_sqlite() as erreur:
                raise occupee_par(traduire(erreur, fichier), fichier) from erreur
            version: int = connexion.execute("PRAGMA user_version").fetchone()[0]
            if version <= schema.VERSION:  # a newer one is refused when it is read
                verifier_structure(connexion, version, fichier)
                verifier_taille(connexion, fichier)
                verifier_tout(connexion, fichier)
            os.close(os.open(vers, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            with closing(connecter(vers, cle)) as copie:
                connexion.backup(copie)
            return version, cle


@contextmanager
def _ouvrir_copie(copie: Path, original: Path, horloge: Horloge, cle: Cle | None) -> Iterator[DepotSqlite]:
    """Open a copy of ours by the very door of the program; what is wrong with it is said of the original."""
    try:
        with erreurs_traduites(original), DepotSqlite.ouvrir(copie, horloge, creer=False, phrase=cle) as depot:
            yield depot
    except ErreurBase as erreur:
        raise type(erreur)(str(erreur).replace(str(copie), str(original))) from erreur


def contenu_de(depot: DepotSqlite, version: int) -> Contenu:
    """Tell what an open base holds; ``version`` is that of its schema, before it was brought up to date."""
    return Contenu(depot.charger(), compter(depot.connexion), derniere_saisie(depot.connexion), version)


def _noter(copie: Path, sauvegarde: Path, horloge: Horloge, cle: Cle | None) -> None:
    """Add to the journal of a copy that it takes the place of a base."""
    connue = lue_de_son_nom(sauvegarde)
    with erreurs_traduites(sauvegarde), closing(connecter(copie, cle)) as connexion:
        faite = connue.le if connue else datetime.fromtimestamp(sauvegarde.stat().st_mtime).astimezone()
        quand = f"{jour_court(faite.date())} à {faite:%H:%M}"
        connexion.execute("BEGIN IMMEDIATE")
        le = horloge.maintenant().isoformat(timespec="seconds")
        consigner(connexion, le, f"Restaurer la sauvegarde du {quand}", {})
        connexion.execute("COMMIT")


def _mettre_en_place(  # noqa: PLR0913 - the same
    copie: Path, cle: Cle | None, base: Path, horloge: Horloge, phrase: Secret | None, *, ecarter: bool
) -> Sauvegarde | None:
    """Put a sound copy in the place of a base, through the base's own journal when it is sound too."""
    maintenant = horloge.maintenant()
    try:
        connexion = ouvrir(base, maintenant, creer=False, phrase=phrase) if base.exists() else None
    except BaseEndommagee:
        connexion = None
    except ErreurPhrase as refus:
        juste = cle is not None and sel_de(base) == cle.sel  # then the base is damaged
        if not ecarter and not juste:
            raise type(refus)(f"{refus} Pour restaurer sans elle, donnez d'abord un autre nom à ce fichier.") from refus
        connexion = None
    if connexion is None:
        with erreurs_traduites(base):
            ecartee = libre(base.with_name(f"{base.stem}-endommage-{maintenant:%Y%m%dT%H%M%S}{base.suffix}"))
            for suffixe in ("", "-journal"):  # copied: a death on the way leaves the damaged base where it was
                fichier, vers = (Path(f"{chemin}{suffixe}") for chemin in (base, ecartee))
                if fichier.exists():
                    copy2(fichier, vers)
                    synchroniser(vers)
            base.with_name(f"{base.name}-journal").unlink(missing_ok=True)  # it is not that of the copy
            synchroniser(copie)
            copie.replace(base)
            synchroniser(base.parent)
        return None
    try:
        avant = sauvegarder(connexion, base, maintenant, "restauration")
        with erreurs_traduites(base):
            voulue = cle_de(connexion)
            if voulue != cle:
                convertir(copie, cle, copie, voulue)
            with closing(connecter(copie, voulue)) as source:
                source.backup(connexion)
    finally:
        connexion.close()
        lever(base)
    return avant
