"""Erasing for good: what the dossier no longer holds leaves the tables, then the very bytes of the file.

Deleted rows stay readable in the free pages of an SQLite file: ``secure_delete`` writes zeros over them, and VACUUM
makes the file again without them. What was written of it elsewhere on the disk is beyond this program.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from datetime import date
from pathlib import Path
from threading import RLock

from assistmed_desktop.services.effacement import NOM_ETAPE, Effacement
from assistmed_desktop.services.journal import effacer
from assistmed_desktop.services.personnelles import remplacer
from assistmed_desktop.services.ports import Horloge
from assistmed_desktop.storage.ecriture import tout_ou_rien
from assistmed_desktop.storage.erreurs import erreurs_traduites
from assistmed_desktop.storage.journal import consigner
from assistmed_desktop.storage.place import Place
from assistmed_desktop.storage.sauvegardes import lister, sauvegarder

_DU_CONTRAT = ("versement", "notification", "echeance_faite")
_DU_MEDECIN = {"releve": "date", "correction": "releve_le"}
_TEXTES = {
    "releve": "note",
    "versement": "reference",
    "correction": "note",
    "notification": "reference",
    "echeance_faite": "note",
}
_FAITS = tuple(_TEXTES)


class EffaceurSqlite:
    """Erases from an open base (``services.ports.Effaceur``). ``acces`` is held by whoever uses the connection."""

    def __init__(
        self, chemin: Path, horloge: Horloge, connexion: sqlite3.Connection, acces: RLock, place: Place
    ) -> None:
        self._chemin = chemin
        self._horloge = horloge
        self._connexion = connexion
        self._acces = acces
        self._place = place

    def sauvegarder(self) -> Path:
        """Copy the base as it is before anything is erased.

        Raises:
            ErreurBase: when the copy cannot be made.

        """
        with self._acces:
            return sauvegarder(self._connexion, self._chemin, self._horloge.maintenant(), "effacement").fichier

    def sauvegardes(self) -> int:
        """Count the copies of the base kept beside it."""
        return len(lister(self._chemin))

    def retires(self, avant: date) -> int:
        """Count what was corrected or withdrawn before a day, whose rows are still there.

        Raises:
            ErreurBase: when they cannot be read.

        """
        with self._acces, erreurs_traduites(self._chemin):
            demandes = (f"SELECT count(*) FROM {table} WHERE retire_le < ?" for table in _FAITS)  # noqa: S608 - ours
            return sum(self._connexion.execute(demande, (avant.isoformat(),)).fetchone()[0] for demande in demandes)

    def effacer(self, effacement: Effacement) -> None:
        """Erase, note it in the journal without what was erased, and leave nothing of it in the bytes of the file.

        Raises:
            ErreurBase: when it cannot be written; what was not erased is as it was.

        """
        sql = self._connexion
        self._place.verifier()
        with self._acces, erreurs_traduites(self._chemin):
            sql.execute("PRAGMA secure_delete = ON")
            with tout_ou_rien(sql):
                comptes = self._supprimer(effacement)
                self._renommer(effacement)
                details = {table: {"retires": nombre} for table, nombre in comptes.items() if nombre}
                le = self._horloge.maintenant().isoformat(timespec="seconds")
                consigner(sql, le, f"{NOM_ETAPE} (définitivement)", details)
            sql.execute("VACUUM")
            if effacement.sauvegardes:
                for copie in lister(self._chemin):
                    copie.fichier.unlink(missing_ok=True)
        if effacement.sauvegardes:
            with self._acces:
                sauvegarder(sql, self._chemin, self._horloge.maintenant(), "demande")

    def _supprimer(self, effacement: Effacement) -> Counter[str]:
        """Delete the rows withdrawn that are asked for, then the doctors withdrawn that nothing names any more."""
        comptes: Counter[str] = Counter()

        def supprimer(table: str, condition: str, *valeurs: object) -> None:
            demande = f"DELETE FROM {table} WHERE {condition}"  # noqa: S608 - ours
            comptes[table] += self._connexion.execute(demande, valeurs).rowcount

        if effacement.retires_avant is not None:
            for table in _FAITS:
                supprimer(table, "retire_le < ?", effacement.retires_avant.isoformat())
        contrats, assistants = json.dumps(effacement.contrats), json.dumps(effacement.assistants)
        for table in _DU_CONTRAT:
            supprimer(table, "retire_le IS NOT NULL AND contrat IN (SELECT value FROM json_each(?))", contrats)
        supprimer("echeance_faite", "retire_le NOT NULL AND assistant IN (SELECT value FROM json_each(?))", assistants)
        for medecin, limite in effacement.suivi:
            for table, jour in _DU_MEDECIN.items():
                condition = f"retire_le IS NOT NULL AND medecin = ? AND {jour} < ?"
                supprimer(table, condition, medecin, limite.isoformat())
        supprimer("rapport_emis", "cle IN (SELECT value FROM json_each(?))", json.dumps(effacement.rapports))
        supprimer(
            "contrat",
            f"retire_le IS NOT NULL AND {self._sans_mention('contrat')} AND "  # noqa: S608 - ours
            "(id IN (SELECT value FROM json_each(?)) OR retire_le < ?)",
            contrats,
            "" if effacement.retires_avant is None else effacement.retires_avant.isoformat(),
        )
        supprimer("medecin", f"retire_le IS NOT NULL AND {self._sans_mention('medecin')}")
        return comptes

    def _sans_mention(self, table: str) -> str:
        """Write the condition that no row of another table names a row of this one."""
        liens = self._connexion.execute(
            """
            SELECT m.name, lien."from" FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS lien
            WHERE m.type = 'table' AND lien."table" = ?
            """,
            (table,),
        ).fetchall()
        return " AND ".join(
            f"NOT EXISTS (SELECT 1 FROM {autre} WHERE {autre}.{colonne} = {table}.id)"  # noqa: S608 - ours
            for autre, colonne in liens
        )

    def _renommer(self, effacement: Effacement) -> None:
        """Put the pseudonym in the texts of what was withdrawn, erase the steps that name; drop the PDF of reports."""
        if effacement.pdf:
            self._connexion.execute("UPDATE rapport_emis SET contenu = NULL")
        if not effacement.noms:
            return
        for table, colonne in _TEXTES.items():
            lignes = self._connexion.execute(f"SELECT cle, {colonne} FROM {table}").fetchall()  # noqa: S608 - ours
            for cle, texte in lignes:
                neuf = remplacer(texte, effacement.noms, effacement.pseudonyme)
                if neuf != texte:
                    demande = f"UPDATE {table} SET {colonne} = ? WHERE cle = ?"  # noqa: S608 - ours
                    self._connexion.execute(demande, (neuf, cle))
        for cle, etape in self._connexion.execute("SELECT cle, etape FROM journal").fetchall():
            if remplacer(etape, effacement.noms, "") != etape:
                self._connexion.execute("UPDATE journal SET etape = ? WHERE cle = ?", (effacer(etape), cle))
