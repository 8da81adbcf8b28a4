"""Mise en route: the first steps of a practice, one form after the other, left and resumed at will."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from assistmed_desktop.formats import INSECABLE, enumeration
from assistmed_desktop.rules.bareme import charger_baremes
from assistmed_desktop.services.creation import ETAPES, Etape, faites, manquantes, possible
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.desk import State
from assistmed_desktop.ui.fiches.mise_en_route import fiche_etape, resume
from assistmed_desktop.ui.page_index import TABLEAU
from assistmed_desktop.ui.pages.page import Page, Tools
from assistmed_desktop.ui.widgets.card import Card, FoldingRow
from assistmed_desktop.ui.widgets.form import FormView
from assistmed_desktop.ui.widgets.steps import Avancement, Step, StepList
from assistmed_desktop.ui.widgets.text import Text, set_style_property

if TYPE_CHECKING:
    from assistmed_desktop.domain.dossier import Dossier
    from assistmed_desktop.domain.fautes import Faute
    from assistmed_desktop.ui.fiches.fiche import Geste

_ETAPE: Final = ".etape"
FIN: Final = "fin"
"""The last step, which only shows what the others have made."""

NOMS: Final[dict[str, str]] = {
    "cabinet": "Cabinet",
    "medecin": "Médecin",
    "contrat": "Contrat",
    "assistant": "Assistant",
    "releves": "Premiers relevés",
    FIN: "Tableau de bord",
}
_MANQUE: Final[dict[Etape, str]] = {
    "cabinet": "le cabinet",
    "medecin": "un médecin",
    "contrat": "un contrat",
    "assistant": "un assistant",
    "releves": "un premier relevé",
}
_AUTRE: Final[dict[Etape, str]] = {
    "medecin": "Enregistrer, puis un autre médecin",
    "releves": "Enregistrer, puis un autre relevé",
}

_PHRASE: Final = (
    f"Facultatif{INSECABLE}: une phrase de passe, demandée à chaque ouverture, chiffre ce cabinet et ses sauvegardes. "
    "Perdue, elle ne se retrouve pas, et tout ce qu’elle protège est perdu avec elle. Vous pourrez aussi la choisir "
    "plus tard, dans le menu Fichier."
)
_PROTEGE: Final = "Ce cabinet et ses sauvegardes sont protégés par votre phrase de passe."


def ce_qui_manque(etapes: Sequence[Etape]) -> str:
    """Write ``un contrat et un premier relevé``."""
    return enumeration([_MANQUE[etape] for etape in etapes])


class MiseEnRoutePage(Page):
    """Shows the step to take next. What is done is read from the practice: nothing else is kept.

    ``submitted`` carries the Geste of a form: whoever applies it then calls ``step_taken`` or ``refuse``. ``left`` asks
    to go away, ``protect_asked`` to put a passphrase on the practice.
    """

    submitted = Signal(object)
    left = Signal()
    protect_asked = Signal()

    def __init__(self, tools: Tools, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(tools, nom, parent)
        self._state: State | None = None
        self._known: Dossier | None = None
        self._step = ""
        self._skipped: set[str] = set()
        self._again = False
        self._saving = False
        self.title = Text(nom, theme.TITRE_PAGE, gras=True)
        self.steps = StepList(NOMS)
        self.steps.chosen.connect(self._go)
        self.form = FormView()
        self.form.submitted.connect(self._on_submitted)
        self.phrase = Text("", role="secondaire")
        self.protect = QPushButton("Protéger par une phrase de passe…")
        self.protect.setAccessibleDescription(_PHRASE)
        self.end = Text()
        self.save = QPushButton("Enregistrer et continuer")
        self.another = QPushButton()
        self.skip = QPushButton("Passer cette étape")
        self.later = QPushButton("Plus tard")
        self.later.setAccessibleDescription("Quitte la mise en route ; ce qui est enregistré le reste")
        self.dashboard = QPushButton("Voir le tableau de bord")
        for button in (self.save, self.dashboard):
            set_style_property(button, "genre", "principal")
        for button in (self.save, self.another, self.skip, self.later, self.dashboard, self.protect):
            button.setAutoDefault(True)
        self.save.clicked.connect(lambda: self._submit(again=False))
        self.another.clicked.connect(lambda: self._submit(again=True))
        self.skip.clicked.connect(self._skip)
        self.later.clicked.connect(self.left)
        self.dashboard.clicked.connect(self._finish)
        self.protect.clicked.connect(self.protect_asked)
        self._lay_out()

    def show_state(self, state: State) -> None:
        """Show how far a practice has come; what is being typed stays while the step does."""
        self._state = state
        self._follow(state.dossier)

    def show_nothing(self) -> None:
        """Show that there is no practice yet."""
        self._state = None
        self._follow(None)

    def begin(self) -> None:
        """Go to the first step that is not taken, what was passed over too."""
        self._skipped.clear()
        following = self._next()
        if following == self._step != FIN and self.form.changed:
            self._show_steps()
            self.form.focus_first()
        else:
            self._go(following)

    def refuse(self, fautes: Sequence[Faute]) -> None:
        """Tell in the form why its change was refused."""
        self.form.refuse(fautes)

    def step_taken(self) -> None:
        """Go on, once the change of the form is saved."""
        self._go(self._step if self._again else self._next(after=self._step))

    def typed(self) -> dict[str, str]:
        """Give what is typed in the step shown, and which it is."""
        return {_ETAPE: self._step, **self.form.typed()} if self._step != FIN and self.form.changed else {}

    def retype(self, saisie: Mapping[str, str]) -> None:
        """Go to a step, and type into it."""
        self._go(saisie[_ETAPE])
        self.form.fill({cle: texte for cle, texte in saisie.items() if cle != _ETAPE})

    @property
    def step(self) -> str:
        """The step shown."""
        return self._step

    def _lay_out(self) -> None:
        self.title.setText("Mise en route")
        self.steps_card = Card("Étapes")
        self.steps_card.body.addWidget(self.steps)
        self.steps_card.body.addStretch(1)
        self.card = Card("Votre cabinet")
        self.card.body.setSpacing(3 * theme.PAS)
        self.card.body.addWidget(self.form)
        self.card.body.addWidget(self.phrase)
        self.card.body.addWidget(self.protect, 0, Qt.AlignmentFlag.AlignLeft)
        self.card.body.addWidget(self.end)
        self.gestures = FoldingRow(0, 2 * theme.PAS)
        self.gestures.replace_by([self.save, self.dashboard, self.another, self.skip, self.later])
        self.card.body.addWidget(self.gestures)
        self.card.body.addStretch(1)
        row = FoldingRow(30)
        row.add(self.steps_card, 2)
        row.add(self.card, 5)
        self.body.addWidget(self.title)
        self.body.addWidget(row)
        self.body.addStretch(1)

    def _follow(self, dossier: Dossier | None) -> None:
        """Take a new state of the practice: undone or redone, it may have another step to take."""
        before, self._known = self._known, dossier
        if self._saving:
            return
        if faites(before) != faites(dossier) or not self._step:
            self._go(self._next())
        elif before != dossier and not self.form.changed:
            self._go(self._step)
        else:
            self._show_steps()

    def _next(self, after: str = "") -> str:
        """Give the first step left, those after one first; the end when none is."""
        dossier = self._known
        left = [
            etape for etape in manquantes(dossier) if etape not in self._skipped and possible(dossier, etape)
        ]  # fmt: skip
        rank = ETAPES.index(after) if after in ETAPES else -1
        return next((etape for etape in left if ETAPES.index(etape) > rank), next(iter(left), FIN))

    def _go(self, step: str) -> None:
        self._step = step
        self._show_steps()
        etape = next((etape for etape in ETAPES if etape == step), None)
        ending = etape is None
        dossier = self._known
        for asking in (self.form, self.save, self.later):
            asking.setVisible(not ending)
        for telling in (self.end, self.dashboard):
            telling.setVisible(ending)
        protected = not ending and self.tools.practice().phrase_juste is not None
        self.phrase.setText(_PROTEGE if protected else _PHRASE)
        self.phrase.setVisible(step == "cabinet")
        self.protect.setVisible(step == "cabinet" and not protected)
        self.skip.setVisible(not ending and dossier is not None and step in manquantes(dossier))
        self.another.setVisible(etape in _AUTRE)
        if etape is None:
            self.card.set_title("Votre cabinet est prêt" if not manquantes(dossier) else "Où vous en êtes")
            self.end.setText(self._summary())
            self.dashboard.setFocus()
            return
        self.another.setText(_AUTRE.get(etape, ""))
        practice = self.tools.practice()
        baremes = charger_baremes(ajouts=practice.baremes)
        fiche = fiche_etape(etape, dossier, practice.horloge.aujourdhui(), baremes)
        self.card.set_title(fiche.titre)
        self.form.show_fiche(fiche)
        self.form.setAccessibleName(fiche.titre)
        self.form.focus_first()
        self.ensureWidgetVisible(self.title)

    def _show_steps(self) -> None:
        dossier = self._known
        steps = {step: Step(self._advance(step), self._allowed(step), step == self._step) for step in NOMS}
        self.steps.show_steps(steps)
        if dossier is None:
            self.title.setText("Créer mon cabinet")
        else:
            self.title.setText("Mise en route")

    def _advance(self, step: str) -> Avancement:
        if step in faites(self._known):
            return "fait"
        if step == self._step:
            return "en_cours"
        return "passe" if step in self._skipped else "a_faire"

    def _allowed(self, step: str) -> bool:
        if step == FIN:
            return self._known is not None
        return any(etape == step and possible(self._known, etape) for etape in ETAPES)

    def _summary(self) -> str:
        dossier = self._known
        if dossier is None:
            return ""
        lines = [done for etape in ETAPES if (done := resume(etape, dossier))]
        left = manquantes(dossier)
        if left:
            lines.append(
                f"\nIl manque encore {ce_qui_manque(left)}. Vous pourrez reprendre la mise en route quand vous le "
                "voudrez, ou tout saisir depuis les pages."
            )
        return "\n".join(lines)

    def _submit(self, *, again: bool) -> None:
        self._again = again
        self.form.submit()
        self._again = False

    def _on_submitted(self, geste: Geste) -> None:
        self._saving = True
        try:
            self.submitted.emit(geste)
        finally:
            self._saving = False

    def _skip(self) -> None:
        self._skipped.add(self._step)
        self._go(self._next(after=self._step))

    def _finish(self) -> None:
        contrats = self._known.contrats if self._known else ()
        if contrats:
            self.contrat_chosen.emit(contrats[-1].id)
        self.page_asked.emit(TABLEAU, "")
