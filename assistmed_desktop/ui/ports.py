"""What the window asks of the rest of the program; ``app`` provides it.

Nothing here is imported at run time beyond the standard library: the window paints before the rest is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.rules.analyse import Analyse
    from assistmed_desktop.rules.resultats import Evaluation, EvaluationContrat
    from assistmed_desktop.services.ports import Archives, Copies, Effaceur, Horloge, Journal, RegistreRapports
    from assistmed_desktop.services.rapports import Demande, Pieces, Redige
    from assistmed_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class OpenPractice:
    """A practice at work: its workspace, the reports issued, its clock, where it is, how to let go of it, its journal.

    ``baremes`` is the folder of the barèmes that the user adds to the program's; None is none. ``copies`` and
    ``archives`` are None for the demonstration. ``interrompu`` says that whoever had it last ended without closing it,
    so that all of it was checked; ``risque``, what its place exposes it to; ``recul``, that the clock is behind what it
    holds; ``phrase_juste``, whether a phrase is that of a protected practice, and is None for one that is not.
    """

    workspace: Workspace
    rapports: RegistreRapports
    horloge: Horloge
    chemin: Path
    fermer: Callable[[], None]
    journal: Journal
    effaceur: Effaceur
    demonstration: bool = False
    baremes: Path | None = None
    copies: Copies | None = None
    archives: Archives | None = None
    interrompu: bool = False
    risque: str = ""
    recul: str = ""
    phrase_juste: Callable[[str], bool] | None = None

    def evaluer(self) -> Evaluation | None:
        """Evaluate the practice as it is today; None when it is empty."""
        dossier = self.workspace.dossier
        return None if dossier is None else self.evaluer_dossier(dossier)

    def evaluer_dossier(self, dossier: Dossier) -> Evaluation:
        """Evaluate a practice on the day of this one's clock."""
        from assistmed_desktop.rules.bareme import charger_baremes
        from assistmed_desktop.rules.evaluation import evaluate

        return evaluate(dossier, self.horloge.aujourdhui(), charger_baremes(ajouts=self.baremes))

    def analyser(self, dossier: Dossier, contrat: EvaluationContrat) -> Analyse:
        """Analyse a contract of an evaluated practice."""
        from assistmed_desktop.rules.analyse import analyser
        from assistmed_desktop.rules.bareme import charger_baremes

        return analyser(dossier, contrat, charger_baremes(ajouts=self.baremes))


@dataclass(frozen=True, slots=True)
class PhraseChangee:
    """What a change of phrase leaves: copies read without one, copies read by the former, and how to protect them too.

    ``gardee`` says whether the system's keyring has kept the new one; ``second_absent`` is the place of the second
    copies when it was not there to be looked into.
    """

    en_clair: tuple[Path, ...] = ()
    anciennes: tuple[Path, ...] = ()
    proteger: Callable[[], int] | None = None
    gardee: bool = False
    second_absent: Path | None = None


class Backend(Protocol):
    """The work that is not the window's. Each call may be made from the thread of the long work."""

    def ouvrir(self, chemin: Path, *, creer: bool, phrase: str | None = None, trousseau: bool = False) -> OpenPractice:
        """Open a practice, or with ``creer`` begin one.

        ``phrase`` opens a protected one; without it, ``trousseau`` looks in the system's keyring.

        Raises:
            ErreurPhrase: when it is protected, and not by this phrase.
            ErreurDepot: when it is in use, damaged, missing or not to be written.

        """
        ...

    def archives(self, chemin: Path, phrase: str | None = None) -> Archives:
        """Give the copies of a practice that cannot be opened; ``phrase`` opens those that are protected."""
        ...

    def trousseau_disponible(self) -> bool:
        """Say whether the system has a keyring."""
        ...

    def changer_phrase(
        self, chemin: Path, avant: str | None, apres: str | None, second: Path | None, *, garder: bool
    ) -> PhraseChangee:
        """Protect a practice that is closed by a phrase, change it, or with None take it away.

        ``second`` is the place of its second copies.

        Raises:
            ErreurDepot: when it cannot be done; the practice is as it was.

        """
        ...

    def demonstration(self) -> OpenPractice:
        """Open the demonstration, kept apart from the user's practice."""
        ...

    def preparer_enregistrement(self) -> None:
        """Import what saves a change, which is slow, so that the first one does not wait for it."""
        ...

    def lire_dossier(self, chemin: Path) -> Dossier:
        """Read a dossier, or a base that somebody hands over.

        Raises:
            DossierInvalide: with every fault.
            ErreurDepot: when the base cannot be read.
            OSError: with a French sentence, when the file cannot be read.

        """
        ...

    def ecrire_dossier(self, dossier: Dossier, chemin: Path) -> None:
        """Write a dossier file.

        Raises:
            OSError: with a French sentence, when it cannot be written.

        """
        ...

    def rediger(self, dossier: Dossier, demande: Demande, baremes: Path | None) -> Redige:
        """Write a report on a contract; ``baremes`` is the folder of those that the user adds."""
        ...

    def rediger_tous(
        self, dossier: Dossier, demandes: Sequence[Demande], baremes: Path | None
    ) -> Generator[Redige | Exception, None, None]:
        """Write many reports, on several cores when they are worth it; give each in its turn, or what prevented it."""
        ...

    def pieces_jointes(self, contenu: bytes) -> Pieces | None:
        """Give what a report carries; None when it carries nothing.

        Raises:
            OSError: with a French sentence, when it is not a report as the program wrote it.

        """
        ...

    def documents_rgpd(self, dossier: Dossier, evaluation: Evaluation, baremes: Path | None) -> dict[str, bytes]:
        """Make the entry of the register and the notice to the assistants as PDF, by file name."""
        ...
