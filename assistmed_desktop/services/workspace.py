"""The workspace: the current practice, the operations applied to it, and the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assistmed_desktop.domain.dossier import Dossier
from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.services.ports import Depot, Horloge

Abonne = Callable[[Dossier | None], None]


@dataclass(frozen=True, slots=True)
class Operation:
    """A named change: ``nom`` is the French step shown in the menus, ``appliquer`` a pure function."""

    nom: str
    appliquer: Callable[[Dossier | None], Dossier | None]


@dataclass(frozen=True, slots=True)
class _Pas:
    """A step that can be undone or redone: its name, and the practice to go to."""

    nom: str
    vers: Dossier | None


class Workspace:
    """Holds the current practice. Every change is checked and saved by the store, and only then published.

    When a check or the saving raises, the state is as it was before the call.
    """

    def __init__(self, depot: Depot, horloge: Horloge) -> None:
        self._depot = depot
        self._horloge = horloge
        self._dossier = depot.charger()
        self._annulables: list[_Pas] = []
        self._retablissables: list[_Pas] = []
        self._abonnes: list[Abonne] = []
        self._enregistre_le: datetime | None = None

    @property
    def dossier(self) -> Dossier | None:
        """The current practice; None when it is empty."""
        return self._dossier

    @property
    def enregistre_le(self) -> datetime | None:
        """When this workspace last saved; None when it has not yet."""
        return self._enregistre_le

    @property
    def nom_annulable(self) -> str | None:
        """The name of the step that ``annuler`` would take back."""
        return self._annulables[-1].nom if self._annulables else None

    @property
    def nom_retablissable(self) -> str | None:
        """The name of the step that ``retablir`` would bring back."""
        return self._retablissables[-1].nom if self._retablissables else None

    def appliquer(self, operation: Operation) -> None:
        """Apply an operation; one that changes nothing does nothing.

        Raises:
            DossierInvalide: when the result has faults.
            ErreurDepot: when the store refuses.

        """
        avant = self._dossier
        apres = operation.appliquer(avant)
        if apres == avant:
            return
        self._enregistrer(apres, operation.nom)
        self._annulables.append(_Pas(operation.nom, avant))
        self._retablissables.clear()
        self._publier()

    def annuler(self) -> None:
        """Go back to the practice before the last step, saved too; without a step, do nothing.

        Raises:
            ErreurDepot: when the store refuses.

        """
        self._deplacer(self._annulables, self._retablissables, "Annuler")

    def retablir(self) -> None:
        """Take again the last step undone, saved too; without one, do nothing.

        Raises:
            ErreurDepot: when the store refuses.

        """
        self._deplacer(self._retablissables, self._annulables, "Rétablir")

    def abonner(self, abonne: Abonne) -> Callable[[], None]:
        """Call ``abonne`` with every new practice; give the function that ends this (it may be called twice)."""
        self._abonnes.append(abonne)

        def desabonner() -> None:
            self._abonnes = [autre for autre in self._abonnes if autre is not abonne]

        return desabonner

    def _deplacer(self, source: list[_Pas], retour: list[_Pas], geste: str) -> None:
        if not source:
            return
        pas = source[-1]
        avant = self._dossier
        self._enregistrer(pas.vers, f"{geste}{INSECABLE}: {pas.nom}")
        source.pop()
        retour.append(_Pas(pas.nom, avant))
        self._publier()

    def _enregistrer(self, apres: Dossier | None, etape: str) -> None:
        self._depot.enregistrer(self._dossier, apres, etape)
        self._dossier = apres
        self._enregistre_le = self._horloge.maintenant()

    def _publier(self) -> None:
        for abonne in tuple(self._abonnes):
            abonne(self._dossier)
