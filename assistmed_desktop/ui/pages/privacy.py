"""What the pages offer on personal data: the papers of the RGPD, what may be erased, an assistant's data."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from assistmed_desktop.exchange.fichiers import ecrire
from assistmed_desktop.formats import INSECABLE, nom_de_fichier
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.services import conservation, personnelles
from assistmed_desktop.services.effacement import Effacement
from assistmed_desktop.services.ports import ErreurDepot
from assistmed_desktop.ui.dialogs.files import why_not_written
from assistmed_desktop.ui.dialogs.message import tell
from assistmed_desktop.ui.dialogs.personal_data import PersonalDataDialog
from assistmed_desktop.ui.dialogs.purge import PurgeDialog
from assistmed_desktop.ui.dialogs.working import WorkingDialog
from assistmed_desktop.ui.typography import soigner

if TYPE_CHECKING:
    from assistmed_desktop.domain.assistant import Assistant
    from assistmed_desktop.services.workspace import Operation
    from assistmed_desktop.ui.desk import State
    from assistmed_desktop.ui.pages.page import Page


class Privacy:
    """The commands of a page on personal data, whose dialogs are those of the page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def papers(self, state: State) -> QFileDialog:
        """Have a folder chosen and write both papers into it, made off the GUI thread."""
        backend, practice = self._page.tools.backend, self._page.tools.practice()

        def write(dossier: Path) -> None:
            def work() -> int:
                papers = backend.documents_rgpd(state.dossier, state.evaluation, practice.baremes)
                for nom, contenu in papers.items():
                    ecrire(dossier / nom, contenu, prive=False)
                return len(papers)

            self._page.tools.worker.run(
                work,
                lambda nombre: self._page.told.emit(f"{nombre} documents RGPD sont dans {dossier}"),
                self._not_written,
            )

        return self._choose_folder("Où enregistrer les documents RGPD", write)

    def purge(self, state: State) -> PurgeDialog | None:
        """Show what may be erased, and erase what is ticked."""
        practice = self._page.tools.practice()
        baremes = charger_baremes(ajouts=practice.baremes)
        au = state.evaluation.au
        try:
            rapports = practice.rapports.emis()
            elements = list(conservation.elements(state.dossier, state.evaluation, baremes, rapports))
            mois = conservation.delai(state.evaluation, baremes)
            limite = conservation.element_des_retires(1, au, mois)
            if limite is not None and limite.avant is not None:
                retires = conservation.element_des_retires(practice.effaceur.retires(limite.avant), au, mois)
                elements += [] if retires is None else [retires]
            copies = practice.effaceur.sauvegardes()
        except ErreurDepot as error:
            self._refused(error)
            return None
        dialog = PurgeDialog(
            self._page,
            elements,
            au,
            copies,
            lambda chosen: conservation.pertes_en_tout(state.dossier, chosen, rapports),
        )

        def erase(chosen: Sequence[conservation.Element], drop_copies: bool) -> None:  # noqa: FBT001 - Qt gives it so
            operation, effacement = conservation.purger(chosen, rapports)
            self._erase(operation, replace(effacement, sauvegardes=drop_copies), "Ce qui était coché est effacé.")

        dialog.chosen.connect(erase)
        dialog.open()
        return dialog

    def personal_data(self, state: State, assistant: Assistant) -> PersonalDataDialog | None:
        """Show what may be done with the data of an assistant."""
        practice, dossier = self._page.tools.practice(), state.dossier
        pseudonyme = personnelles.pseudonyme(dossier)
        try:
            gardes = sum(rapport.garde for rapport in practice.rapports.emis())
            copies = practice.effaceur.sauvegardes()
        except ErreurDepot as error:
            self._refused(error)
            return None
        dialog = PersonalDataDialog(
            self._page,
            assistant.nom_complet,
            pseudonyme,
            personnelles.mentions(dossier, assistant.id),
            gardes,
            copies,
        )

        def rename(pdf: bool, drop_copies: bool) -> None:  # noqa: FBT001 - Qt gives them so
            effacement = Effacement(
                noms=personnelles.noms(dossier, assistant), pseudonyme=pseudonyme, pdf=pdf, sauvegardes=drop_copies
            )
            fait = f"Le nom est remplacé par « {pseudonyme} »."
            self._erase(personnelles.pseudonymiser(dossier, assistant.id), effacement, soigner(fait))

        dialog.rename_asked.connect(rename)
        dialog.export_asked.connect(lambda: self._export(state, assistant))
        dialog.open()
        return dialog

    def _export(self, state: State, assistant: Assistant) -> QFileDialog:
        au, nom = state.evaluation.au, f"Données personnelles – {nom_de_fichier(assistant.nom_complet)}"
        lu = json.dumps(personnelles.donnees(state.dossier, assistant.id, au), ensure_ascii=False, indent=2)
        texte = personnelles.en_texte(state.dossier, assistant.id, au)

        def write(dossier: Path) -> None:
            try:
                ecrire(dossier / f"{nom}.txt", texte.encode(), prive=True)
                ecrire(dossier / f"{nom}.json", f"{lu}\n".encode(), prive=True)
            except OSError as error:
                self._not_written(error)
                return
            self._page.told.emit(f"Les données de {assistant.nom_complet} sont dans {dossier}")

        return self._choose_folder("Où enregistrer les données personnelles", write)

    def _erase(self, operation: Operation, effacement: Effacement, fait: str) -> None:
        """Copy, change the practice, then erase for good; a refusal leaves what was not done as it was.

        The worker copies and erases; meanwhile nothing else may be done in the window, which would use the same file.
        """
        tools = self._page.tools
        practice, worker = tools.practice(), tools.worker
        avant = practice.workspace.dossier
        inchange = operation.appliquer(avant) == avant  # the reports and the old entries are no part of it
        waiting = WorkingDialog(self._page, "Effacement en cours", "Une sauvegarde est faite avant d’effacer…")

        def copied(_copie: Path) -> None:
            self._page.operation_asked.emit(operation, fait)
            if not inchange and practice.workspace.dossier == avant:
                waiting.end()  # refused, and told
                return
            waiting.tell("Le fichier est réécrit sans ce qui part…")
            worker.run(lambda: practice.effaceur.effacer(effacement), lambda _rien: waiting.end(), failed)

        def failed(error: Exception) -> None:
            waiting.end()
            if not isinstance(error, ErreurDepot):
                raise error
            self._refused(error)

        worker.run(practice.effaceur.sauvegarder, copied, failed)

    def _choose_folder(self, titre: str, then: Callable[[Path], None]) -> QFileDialog:
        settings = self._page.tools.settings
        dialog = QFileDialog(self._page, titre, settings.folder or str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)

        def chosen(nom: str) -> None:
            settings.folder = nom
            then(Path(nom))

        dialog.fileSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _not_written(self, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        tell(self._page, "Les fichiers n’ont pas pu être écrits", why_not_written(error))

    def _refused(self, error: Exception) -> None:
        tell(
            self._page,
            "L’effacement n’a pas abouti",
            f"{soigner(str(error))}\n\nCe qui n’a pas été effacé est toujours là{INSECABLE}; recommencez.",
        )
