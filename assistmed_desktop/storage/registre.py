"""The reports that a practice has issued, in its base. SQLite alone, so that it is quick from the first one."""

import sqlite3
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from threading import RLock

from assistmed_desktop.services.ports import Horloge
from assistmed_desktop.services.rapports import CONTENU_GARDE, Moyen, Rapport, RapportEmis
from assistmed_desktop.storage.erreurs import erreurs_traduites, traduire
from assistmed_desktop.storage.journal import consigner
from assistmed_desktop.storage.place import Place

_LIRE = """
    SELECT cle, genre, contrat, sujet, au, emis_le, moyen, nom, empreinte, empreinte_fichier, version,
        EXISTS (SELECT 1 FROM rapport_emis AS autre
            WHERE autre.empreinte_fichier = celui.empreinte_fichier AND autre.contenu IS NOT NULL)
    FROM rapport_emis AS celui
"""
_AJOUTER = """
    INSERT INTO rapport_emis
        (genre, contrat, sujet, au, emis_le, moyen, nom, empreinte, empreinte_fichier, version, contenu)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
        CASE WHEN EXISTS (SELECT 1 FROM rapport_emis WHERE empreinte_fichier = ?9 AND contenu IS NOT NULL)
            THEN NULL ELSE ?11 END
"""
_CONTENU = """
    SELECT empreinte_fichier, contenu FROM rapport_emis
    WHERE contenu IS NOT NULL AND empreinte_fichier = (SELECT empreinte_fichier FROM rapport_emis WHERE cle = ?)
"""

_ETAPES: dict[Moyen, str] = {"enregistre": "Enregistrer", "imprime": "Imprimer"}

_Ligne = tuple[int, str, str, str, str, str, Moyen, str, str, str, str, int]


class RegistreSqlite:
    """The reports issued, on the connection of an open base (``services.ports.RegistreRapports``).

    ``acces`` is held by whoever uses the connection.
    """

    def __init__(
        self, chemin: Path, horloge: Horloge, connexion: sqlite3.Connection, acces: RLock, place: Place
    ) -> None:
        self._chemin = chemin
        self._horloge = horloge
        self._connexion = connexion
        self._acces = acces
        self._place = place

    def emis(self) -> tuple[RapportEmis, ...]:
        """Give the reports issued, the newest first.

        Raises:
            ErreurBase: when they cannot be read.

        """
        with self._acces, erreurs_traduites(self._chemin):
            lignes: list[_Ligne] = self._connexion.execute(f"{_LIRE} ORDER BY cle DESC").fetchall()
        return tuple(self._rapport(ligne) for ligne in lignes)

    def consigner(self, rapport: Rapport, moyen: Moyen) -> RapportEmis:
        """Note that a report was issued now; its PDF is kept once, and unless it is too large.

        Raises:
            ErreurBase: when it cannot be written.

        """
        self._place.verifier()
        le = self._horloge.maintenant().isoformat(timespec="seconds")
        valeurs = (
            rapport.genre,
            rapport.contrat,
            rapport.sujet,
            rapport.au.isoformat(),
            le,
            moyen,
            rapport.nom,
            rapport.empreinte,
            rapport.empreinte_fichier,
            rapport.version,
            rapport.contenu if len(rapport.contenu) <= CONTENU_GARDE else None,
        )
        faits = {"au": rapport.au.isoformat(), "empreinte_fichier": rapport.empreinte_fichier}
        with self._acces, erreurs_traduites(self._chemin):
            self._connexion.execute("BEGIN IMMEDIATE")
            try:
                cle = self._connexion.execute(_AJOUTER, valeurs).lastrowid
                etape = f"{_ETAPES[moyen]} «\u00a0{rapport.nom}\u00a0»"
                consigner(self._connexion, le, etape, {"rapport_emis": {"ajoutes": 1, "ajoutes_valeurs": [faits]}})
                ligne: _Ligne = self._connexion.execute(f"{_LIRE} WHERE cle = ?", (cle,)).fetchone()
                self._connexion.execute("COMMIT")
            except BaseException:
                if self._connexion.in_transaction:  # a full disk may have ended it
                    self._connexion.execute("ROLLBACK")
                raise
        return self._rapport(ligne)

    def contenu(self, cle: int) -> bytes:
        """Give the PDF of a report issued.

        Raises:
            ErreurBase: when it is not there, or is not what was issued.

        """
        with self._acces, erreurs_traduites(self._chemin):
            ligne: tuple[str, bytes] | None = self._connexion.execute(_CONTENU, (cle,)).fetchone()
        if ligne is None or sha256(ligne[1]).hexdigest() != ligne[0]:
            raise traduire(None, self._chemin)
        return ligne[1]

    def _rapport(self, ligne: _Ligne) -> RapportEmis:
        cle, genre, contrat, sujet, au, emis_le, moyen, nom, empreinte, empreinte_fichier, version, garde = ligne
        try:
            jour, heure = date.fromisoformat(au), datetime.fromisoformat(emis_le)
        except ValueError as erreur:
            raise traduire(erreur, self._chemin) from erreur
        return RapportEmis(
            cle, genre, contrat, sujet, jour, heure, moyen, nom, empreinte, empreinte_fichier, version, bool(garde)
        )
