"""Putting a passphrase on a practice, changing it or taking it away: what it costs to lose it is said before."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assistmed_desktop.formats import INSECABLE
from assistmed_desktop.services.phrase import PROTEGE, force
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.card import PageArea
from assistmed_desktop.ui.widgets.field import labelled
from assistmed_desktop.ui.widgets.room import fitted
from assistmed_desktop.ui.widgets.secret import secret_field, show_box
from assistmed_desktop.ui.widgets.text import Text, set_style_property

COMPRIS = "J’ai compris que sans cette phrase, personne ne peut rouvrir ce cabinet"
_PROTEGER = (
    "Sans phrase de passe, quiconque ouvre votre session ou prend votre disque peut lire ce cabinet. Si le disque de "
    "l’ordinateur est déjà chiffré (BitLocker, FileVault, LUKS) et que vous êtes seul à ouvrir votre session, cela "
    f"suffit souvent.\n\n{PROTEGE}"
)
_CHANGER = "Les sauvegardes déjà faites gardent la phrase qu’elles ont, sauf si vous demandez ensuite qu’elles suivent."
_TROUSSEAU = (
    "Le cabinet s’ouvrira sans la demander, pour quiconque ouvre votre session. Une fois verrouillé, il la redemandera."
)
_SANS_TROUSSEAU = f"Non disponible{INSECABLE}: ce système n’a pas de trousseau qui réponde."


class PassphraseDialog(QDialog):
    """Asks for the phrases; ``submitted`` gives the present one, the new one (empty: none), and whether to keep it."""

    submitted = Signal(str, str, bool)

    def __init__(self, parent: QWidget | None, *, protected: bool, keyring: bool, kept: bool) -> None:
        super().__init__(parent)
        titre = "Changer ou retirer la phrase de passe" if protected else "Protéger ce cabinet par une phrase de passe"
        self.setWindowTitle("AssistMed")
        self.setAccessibleName(titre)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._protected = protected
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * theme.PAS, 6 * theme.PAS, 3 * theme.PAS, 6 * theme.PAS)
        whole.setSpacing(3 * theme.PAS)
        self._area = PageArea()
        box = self._area.body
        box.setContentsMargins(3 * theme.PAS, 0, 3 * theme.PAS, 0)  # in which the bar stands
        box.setSpacing(3 * theme.PAS)
        whole.addWidget(self._area, 1)
        box.addWidget(Text(titre, theme.TITRE_CARTE, gras=True))
        box.addWidget(Text(_CHANGER if protected else _PROTEGER, role="secondaire"))
        self._make_fields(keyring=keyring, kept=kept)
        if protected:
            box.addLayout(labelled("Phrase actuelle", self.present))
            box.addWidget(self.remove)
        box.addWidget(self._news)
        box.addWidget(show_box((self.present, self.new, self.again)))
        box.addWidget(self.error)
        box.addStretch(1)
        self._buttons = buttons = QDialogButtonBox()
        buttons.setContentsMargins(0, 0, 3 * theme.PAS, 0)
        cancel = QPushButton("Annuler")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.close)
        self.ok = QPushButton()
        set_style_property(self.ok, "genre", "principal")
        self.ok.setDefault(True)
        self.ok.clicked.connect(self._submit)
        buttons.addButton(self.ok, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        whole.addWidget(buttons)
        self.new.textChanged.connect(self._judge)
        self.remove.toggled.connect(self._arrange)
        self._arrange()
        (self.present if protected else self.new).setFocus()

    def _make_fields(self, *, keyring: bool, kept: bool) -> None:
        self.present, self.new, self.again = secret_field(), secret_field(), secret_field()
        self.remove = QCheckBox(f"Retirer la phrase{INSECABLE}: le cabinet se lira sans elle")
        self._news = QWidget()
        news = QVBoxLayout(self._news)
        news.setContentsMargins(0, 0, 0, 0)
        news.setSpacing(3 * theme.PAS)
        self.strength = Text("", theme.LEGENDE, role="secondaire")
        news.addLayout(labelled("Nouvelle phrase de passe", self.new, self.strength))
        news.addLayout(labelled("La même, une seconde fois", self.again))
        self.understood = QCheckBox(COMPRIS)
        news.addWidget(self.understood)
        self.keep = QCheckBox("La retenir dans le trousseau de ce système")
        self.keep.setEnabled(keyring)
        self.keep.setChecked(keyring and kept)
        why = _TROUSSEAU if keyring else _SANS_TROUSSEAU
        self.keep.setAccessibleDescription(why)
        news.addWidget(self.keep)
        news.addWidget(Text(why, theme.LEGENDE, role="secondaire"))
        self.error = Text("", role="faute")
        self.error.setAccessibleName("Ce qui ne va pas")
        self.error.hide()

    def refuse(self, texte: str, field: QLineEdit | None = None) -> None:
        """Say what is wrong, and go to where it is."""
        for each in (self.present, self.new, self.again):
            set_style_property(each, "fautif", "true" if each is field else "")
        self.error.setText(texte)
        self.error.show()
        self.ok.setEnabled(True)
        self._fit()
        if field is not None:
            field.setFocus()
            field.selectAll()
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.error))  # once it has its place

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the text needs."""
        if not event.spontaneous():
            self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        layout, shown = self.layout(), self.isVisible()
        if layout is not None:
            width = max(self.width() if shown else 0, 84 * self.fontMetrics().averageCharWidth())
            margins = layout.contentsMargins()
            text = self._area.body.totalHeightForWidth(width - margins.left() - margins.right())
            around = margins.top() + layout.spacing() + self._buttons.sizeHint().height() + margins.bottom()
            self.resize(fitted(self, width, max(text + around, self.height() if shown else 0)))

    @Slot(str)
    def _judge(self, phrase: str) -> None:
        self.strength.setText(force(phrase).en_lettres)

    @Slot()
    def _arrange(self) -> None:
        changing = not self.remove.isChecked()
        self._news.setVisible(changing)
        self.ok.setText("Protéger" if not self._protected else "Changer la phrase" if changing else "Retirer la phrase")

    @Slot()
    def _submit(self) -> None:
        removing = self._protected and self.remove.isChecked()
        if self._protected and not self.present.text():
            self.refuse("Tapez d’abord la phrase actuelle.", self.present)
        elif removing:
            self._send("", keep=False)
        elif not force(self.new.text()).suffisante:
            short = "La nouvelle phrase est trop courte."
            self.refuse(short if self.new.text() else "Tapez la nouvelle phrase.", self.new)
        elif self.new.text() != self.again.text():
            self.refuse("Les deux saisies de la nouvelle phrase diffèrent. Retapez la seconde.", self.again)
        elif not self.understood.isChecked():
            self.refuse(f"Cochez d’abord la case «{INSECABLE}{COMPRIS}{INSECABLE}».")
            self.understood.setFocus()
        else:
            self._send(self.new.text(), keep=self.keep.isChecked())

    def _send(self, new: str, *, keep: bool) -> None:
        self.error.hide()
        self.ok.setEnabled(False)
        self.submitted.emit(self.present.text(), new, keep)
