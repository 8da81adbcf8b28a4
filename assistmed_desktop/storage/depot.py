"""The store of a practice: one SQLite file, one connection, held alone while it is open.

A store may be opened in one thread and used in another, but by one at a time.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from assistmed_desktop.domain.dossier import Dossier, ecrire_dossier, lire_dossier
from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.services.ports import Horloge
from assistmed_desktop.storage import verrou
from assistmed_desktop.storage.correspondance import NOEUDS, Ligne, Noeud, aplatir, assembler
from assistmed_desktop.storage.difference import difference
from assistmed_desktop.storage.erreurs import BaseEndommagee, erreurs_traduites, traduire
from assistmed_desktop.storage.ouverture import fermer, ouvrir


class DepotSqlite:
    """A practice in a ``.assistmed`` file. A context manager: leaving it closes the file."""

    def __init__(self, chemin: Path, horloge: Horloge, connexion: Connection) -> None:
        self._chemin = chemin
        self._horloge = horloge
        self._connexion = connexion

    @classmethod
    def ouvrir(cls, chemin: Path, horloge: Horloge, *, creer: bool) -> Self:
        """Open a base, brought to the schema of this program; with ``creer``, make the file when there is none.

        Raises:
            ErreurBase: one of its kinds. The file is as it was.

        """
        return cls(chemin, horloge, ouvrir(chemin, horloge.maintenant(), creer=creer))

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
            with erreurs_traduites(self._chemin), self._connexion.begin():
                lignes = {noeud.nom: self._lire(noeud) for noeud in NOEUDS}
            brut = assembler(lignes)
            return None if brut is None else lire_dossier(json.dumps(brut))
        except DossierInvalide as erreur:
            fautes = "\n".join(str(faute) for faute in erreur.fautes)
            raise BaseEndommagee(
                f"La base «\u00a0{self._chemin}\u00a0» contient des données qui ne sont pas valides\u00a0:\n{fautes}"
            ) from erreur
        except ValueError as erreur:
            raise traduire(erreur, self._chemin) from erreur

    def enregistrer(self, avant: Dossier | None, apres: Dossier | None) -> None:
        """Save the difference between what is stored (``avant``) and ``apres``, all of it or nothing.

        Raises:
            DossierInvalide: when ``apres`` has faults.
            ErreurBase: when it cannot be written.

        """
        if apres is not None:
            lire_dossier(ecrire_dossier(apres))
        connues, voulues = (aplatir(None if d is None else d.model_dump(mode="json")) for d in (avant, apres))
        le = self._horloge.maintenant().isoformat(timespec="seconds")
        with erreurs_traduites(self._chemin), self._connexion.begin():
            self._connexion.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for noeud in NOEUDS:
                if voulues[noeud.nom] != connues[noeud.nom]:
                    self._enregistrer(noeud, voulues[noeud.nom], le)

    def fermer(self) -> None:
        """Close the file. May be called twice."""
        if not self._connexion.closed:
            with suppress(OSError):
                verrou.lever(self._chemin)
            fermer(self._connexion)

    def _lire(self, noeud: Noeud) -> list[Ligne]:
        """Read the live rows of a table, in order of entry."""
        demande = select(noeud.sql).order_by(noeud.sql.c.position)
        if noeud.conservee:
            demande = demande.where(noeud.sql.c.retire_le.is_(None))
        return [dict(ligne) for ligne in self._connexion.execute(demande).mappings()]

    def _enregistrer(self, noeud: Noeud, voulues: Sequence[Ligne], le: str) -> None:
        """Bring the live rows of a table to those wanted. ``le`` dates what is entered and withdrawn."""
        (cle,) = noeud.sql.primary_key.columns
        ecart = difference(self._lire(noeud), voulues, ("id",) if cle.name == "id" else noeud.colonnes)
        if ecart.retirees:
            retrait = update(noeud.sql).values(retire_le=le) if noeud.conservee else delete(noeud.sql)
            self._connexion.execute(
                retrait.where(cle == bindparam("celle")), [{"celle": ligne[cle.name]} for ligne in ecart.retirees]
            )
        for ligne, changements in ecart.changees:
            self._connexion.execute(update(noeud.sql).where(cle == ligne[cle.name]).values(changements))
        if ecart.ajoutees:
            dates = {"saisi_le": le, "retire_le": None} if noeud.conservee else {}
            ajout = insert(noeud.sql)
            if cle.name == "id":
                ajout = ajout.on_conflict_do_update(index_elements=["id"], set_=dict(ajout.excluded))
            self._connexion.execute(ajout, [{**ligne, **dates} for ligne in ecart.ajoutees])
