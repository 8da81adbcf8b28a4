"""The store of a practice: one SQLite file, one connection, held alone while it is open.

A store may be opened in one thread and used in another, but by one at a time.
"""

import json
import sqlite3
from contextlib import suppress
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from assistmed_desktop.domain.dossier import Dossier, lire_dossier, verifier_changement
from assistmed_desktop.domain.fautes import DossierInvalide
from assistmed_desktop.services.journal import ETAPE_SANS_NOM
from assistmed_desktop.services.ports import Horloge
from assistmed_desktop.storage import verrou
from assistmed_desktop.storage.chiffrement import Cle, Secret, cle_de
from assistmed_desktop.storage.correspondance import NOEUDS, assembler
from assistmed_desktop.storage.ecriture import Redacteur, tout_ou_rien, vivantes
from assistmed_desktop.storage.erreurs import BaseEndommagee, erreurs_traduites, traduire
from assistmed_desktop.storage.journal import JournalSqlite, consigner
from assistmed_desktop.storage.ouverture import ouvrir_et_dire
from assistmed_desktop.storage.place import Place
from assistmed_desktop.storage.registre import RegistreSqlite

if TYPE_CHECKING:
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
        self._redacteur = Redacteur(connexion)
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
                lignes = {noeud.nom: list(vivantes(self._connexion, noeud)) for noeud in NOEUDS}
            brut = assembler(lignes)
            dossier = None if brut is None else lire_dossier(json.dumps(brut))
        except DossierInvalide as erreur:
            fautes = "\n".join(str(faute) for faute in erreur.fautes)
            raise BaseEndommagee(
                f"La base «\u00a0{self._chemin}\u00a0» contient des données qui ne sont pas valides\u00a0:\n{fautes}"
            ) from erreur
        except (ValueError, KeyError) as erreur:  # a row that belongs nowhere, a column that is not there
            raise traduire(erreur, self._chemin) from erreur
        self._redacteur = Redacteur(self._connexion, dossier, lignes)
        return dossier

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
        le = self._horloge.maintenant().isoformat(timespec="seconds")
        with self._acces, erreurs_traduites(self._chemin):
            with tout_ou_rien(self._connexion):
                if details := self._redacteur.ecrire(avant, apres, le):
                    consigner(self._connexion, le, etape, details)
            self._redacteur.retenir(apres)

    def fermer(self) -> None:
        """Close the file. May be called twice."""
        if not self._ferme:
            self._ferme = True
            self._place.quitter()
            with suppress(OSError):
                verrou.lever(self._chemin)
            with self._acces:  # the journal may be being read in another thread
                self._connexion.close()
