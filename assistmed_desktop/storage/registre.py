"""The reports that a practice has issued, in its base. SQLite alone, so that it is quick from the first one."""

import sqlite3
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from assistmed_desktop.services.ports import Horloge
from assistmed_desktop.services.rapports import CONTENU_GARDE, Moyen, Rapport, RapportEmis
from assistmed_desktop.storage.erreurs import erreurs_traduites, traduire

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

_Ligne = tuple[int, str, str, str, str, str, Moyen, str, str, str, str, int]


class RegistreSqlite:
    """The reports issued, on the connection of an open base (``services.ports.RegistreRapports``)."""

    def __init__(self, chemin: Path, horloge: Horloge, connexion: sqlite3.Connection) -> None:
        self._chemin = chemin
        self._horloge = horloge
        self._connexion = connexion

    def emis(self) -> tuple[RapportEmis, ...]:
        """Give the reports issued, the newest first.

        Raises:
            ErreurBase: when they cannot be read.

        """
        with erreurs_traduites(self._chemin):
            lignes: list[_Ligne] = self._connexion.execute(f"{_LIRE} ORDER BY cle DESC").fetchall()
        return tuple(self._rapport(ligne) for ligne in lignes)

    def consigner(self, rapport: Rapport, moyen: Moyen) -> RapportEmis:
        """Note that a report was issued now; its PDF is kept once, and unless it is too large.

        Raises:
            ErreurBase: when it cannot be written.

        """
        valeurs = (
            rapport.genre,
            rapport.contrat,
            rapport.sujet,
            rapport.au.isoformat(),
            self._horloge.maintenant().isoformat(timespec="seconds"),
            moyen,
            rapport.nom,
            rapport.empreinte,
            rapport.empreinte_fichier,
            rapport.version,
            rapport.contenu if len(rapport.contenu) <= CONTENU_GARDE else None,
        )
        with erreurs_traduites(self._chemin):
            cle = self._connexion.execute(_AJOUTER, valeurs).lastrowid
            ligne: _Ligne = self._connexion.execute(f"{_LIRE} WHERE cle = ?", (cle,)).fetchone()
        return self._rapport(ligne)

    def contenu(self, cle: int) -> bytes:
        """Give the PDF of a report issued.

        Raises:
            ErreurBase: when it is not there, or is not what was issued.

        """
        with erreurs_traduites(self._chemin):
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
