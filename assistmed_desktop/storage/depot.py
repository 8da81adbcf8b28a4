"""The store of a practice: one SQLite file, one connection, held alone while it is open.

A store may be opened in one thread and used in another, but by one at a time.
"""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from assistmed_desktop.domain.dossier import Dossier, lire_dossier, verifier_changement
from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.services.journal import ETAPE_SANS_NOM
from assistmed_desktop.services.ports import Horloge
from assistmed_desktop.storage import verrou
from assistmed_desktop.storage.chiffrement import Cle, Secret, cle_de
from assistmed_desktop.storage.correspondance import ARBRE, NOEUDS, Ligne, Noeud, aplatir, assembler
from assistmed_desktop.storage.difference import difference
from assistmed_desktop.storage.erreurs import BaseEndommagee, erreurs_traduites, traduire
from assistmed_desktop.storage.journal import JournalSqlite, consigner, resumer
from assistmed_desktop.storage.ouverture import ouvrir_et_dire
from assistmed_desktop.storage.place import Place
from assistmed_desktop.storage.registre import RegistreSqlite

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from assistmed_desktop.storage.effacement import EffaceurSqlite


class DepotSqlite:
    """A practice in a ``.assistmed`` file, the ``rapports`` that it has issued, the ``journal`` of what was done.

    A context manager: leaving it closes the file.
    """

    def __init__(
        self, chemin: Path, horloge: Horloge, connexion: sqlite3.Connection, *, interrompu: bool = False
    ) -> None:
        self._chemin = chemin
        self._horloge = horloge
        self._connexion = connexion
        self.interrompu = interrompu
        """Whether the process that had it last ended without closing it; all of it was then checked."""
        self._acces = RLock()
        self._place = Place(chemin)
        self.rapports = RegistreSqlite(chemin, horloge, connexion, self._acces, self._place)
        self.journal = JournalSqlite(chemin, connexion, self._acces)
        self._ferme = False

    @classmethod
    def ouvrir(cls, chemin: Path, horloge: Horloge, *, creer: bool, phrase: Secret | None = None) -> Self:
        """Open a base, brought to the schema of this program; with ``creer``, make the file when there is none.

        ``phrase`` opens a protected base, and protects a new one.

        Raises:
            ErreurBase: one of its kinds. The file is as it was.

        """
        connexion, interrompu = ouvrir_et_dire(chemin, horloge.maintenant(), creer=creer, phrase=phrase)
        return cls(chemin, horloge, connexion, interrompu=interrompu)

    @property
    def connexion(self) -> sqlite3.Connection:
        """The one connection, for the copies of the base."""
        return self._connexion

    @property
    def effaceur(self) -> "EffaceurSqlite":
        """What erases for good what the practice no longer holds."""
        from assistmed_desktop.storage.effacement import EffaceurSqlite

        return EffaceurSqlite(self._chemin, self._horloge, self._connexion, self._acces, self._place)

    @property
    def cle(self) -> Cle | None:
        """The key of a protected base."""
        return cle_de(self._connexion)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.fermer()

    def charger(self) -> Dossier | None:
        """Read the practice; None when nothing was saved yet.

        Raises:
            BaseEndommagee: when the rows are not a valid dossier, with its faults.
            ErreurBase: when they cannot be read.

        """
        try:
            with erreurs_traduites(self._chemin):
                lignes = {noeud.nom: self._lire(noeud) for noeud in NOEUDS}
            brut = assembler(lignes)
            return None if brut is None else lire_dossier(json.dumps(brut))
        except DossierInvalide as erreur:
            fautes = "\n".join(str(faute) for faute in erreur.fautes)
            raise BaseEndommagee(
                f"La base «\u00a0{self._chemin}\u00a0» contient des données qui ne sont pas valides\u00a0:\n{fautes}"
            ) from erreur
        except (ValueError, KeyError) as erreur:  # a row that belongs nowhere, a column that is not there
            raise traduire(erreur, self._chemin) from erreur

    def enregistrer(self, avant: Dossier | None, apres: Dossier | None, etape: str = ETAPE_SANS_NOM) -> None:
        """Save the difference between what is stored (``avant``) and ``apres``, all of it or nothing.

        ``etape`` is the French name of the step, for the journal.

        Raises:
            DossierInvalide: when ``apres`` has faults.
            ErreurBase: when it cannot be written.

        """
        if apres is not None:
            verifier_changement(avant, apres)
        self._place.verifier()
        cles = {cle for cle in ARBRE if getattr(avant, cle, None) is not getattr(apres, cle, None)}
        voulues = aplatir(None if apres is None else apres.model_dump(mode="json", include=cles))
        le = self._horloge.maintenant().isoformat(timespec="seconds")
        from assistmed_desktop.storage.transaction import transaction

        with self._acces, erreurs_traduites(self._chemin), transaction(self._connexion) as sql:
            details: dict[str, Any] = {}
            sql.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for racine in (noeud for cle, noeud in ARBRE.items() if cle in cles):
                for noeud in (racine, *racine.enfants.values()):
                    if faits := self._enregistrer(sql, noeud, voulues[noeud.nom], le):
                        details[noeud.nom] = faits
            if details:
                consigner(self._connexion, le, etape, details)

    def fermer(self) -> None:
        """Close the file. May be called twice."""
        if not self._ferme:
            self._ferme = True
            self._place.quitter()
            with suppress(OSError):
                verrou.lever(self._chemin)
            with self._acces:  # the journal may be being read in another thread
                self._connexion.close()

    def _lire(self, noeud: Noeud) -> list[Ligne]:
        """Read the live rows of a table, in order of entry."""
        vivantes = "WHERE retire_le IS NULL " if noeud.conservee else ""
        curseur = self._connexion.execute(f"SELECT * FROM {noeud.nom} {vivantes}ORDER BY position")  # noqa: S608 - ours
        noms = [colonne[0] for colonne in curseur.description]
        return [dict(zip(noms, valeurs, strict=True)) for valeurs in curseur]

    def _enregistrer(self, sql: "Connection", noeud: Noeud, voulues: Sequence[Ligne], le: str) -> dict[str, Any]:
        """Bring the live rows of a table to those wanted, and tell what changed.

        ``le`` dates what is entered and withdrawn.
        """
        from sqlalchemy import bindparam, delete, update
        from sqlalchemy.dialects.sqlite import insert

        table, cle = noeud.sql, noeud.sql.c[noeud.cle]
        ecart = difference(self._lire(noeud), voulues, ("id",) if noeud.cle == "id" else noeud.colonnes)
        if ecart.retirees:
            retrait = update(table).values(retire_le=le) if noeud.conservee else delete(table)
            sql.execute(
                retrait.where(cle == bindparam("celle")), [{"celle": ligne[noeud.cle]} for ligne in ecart.retirees]
            )
        for ligne, changements in ecart.changees:
            sql.execute(update(table).where(cle == ligne[noeud.cle]).values(changements))
        if ecart.ajoutees:
            dates = {"saisi_le": le, "retire_le": None} if noeud.conservee else {}
            ajout = insert(table)
            if noeud.cle == "id":
                ajout = ajout.on_conflict_do_update(index_elements=["id"], set_=dict(ajout.excluded))
            sql.execute(ajout, [{**ligne, **dates} for ligne in ecart.ajoutees])
        return resumer(noeud.nom, ecart)
