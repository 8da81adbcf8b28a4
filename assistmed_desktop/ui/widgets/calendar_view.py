"""One month, a cell a day: the days that hold a deadline carry its shape, and say it to who listens."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from assistmed_desktop.domain.calendrier import ajouter_mois
from assistmed_desktop.formats import INSECABLE, jour_long, mois_long
from assistmed_desktop.rules.resultats import EtatEcheance
from assistmed_desktop.ui import theme
from assistmed_desktop.ui.widgets.status import paint_status
from assistmed_desktop.ui.widgets.text import Text, literal

JOURS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
PIRE_D_ABORD: Final[tuple[EtatEcheance, ...]] = ("depassee", "urgente", "passee", "a_venir", "faite")
_FORMES: Final[Mapping[EtatEcheance, str]] = {
    "depassee": "sous_la_reference",
    "urgente": "en_retard",
    "passee": "donnees_insuffisantes",
    "faite": "atteint",
}
_SEMAINE, _SEMAINES = 7, 6
_UN_JOUR = timedelta(days=1)
_SANS_PARENT = QModelIndex()
_JOUR = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex

Day = tuple[EtatEcheance, tuple[str, ...]]
"""The worst state of a day's deadlines, and what each of them is."""


def paint_deadline(painter: QPainter, place: QRectF, etat: EtatEcheance, couleurs: theme.Couleurs) -> None:
    """Draw the shape of a deadline: a cross, a triangle, a question mark, a tick; to come, a plain ring."""
    if etat in _FORMES:
        paint_status(painter, place, _FORMES[etat], couleurs)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(couleurs.accent), place.width() / 8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    marge = place.width() / 6
    painter.drawEllipse(place.adjusted(marge, marge, -marge, -marge))
    painter.restore()


class DeadlineIcons:
    """The shapes of deadlines as icons for the rows of a table, each drawn once for a theme and a size."""

    def __init__(self, table: QTableView) -> None:
        self._table = table
        self._drawn: dict[tuple[object, ...], QIcon] = {}

    def icon(self, etat: EtatEcheance) -> QIcon:
        """Give the shape of a state, the same in a chosen row."""
        couleurs, ratio = theme.couleurs_actuelles(), self._table.devicePixelRatioF()
        side = self._table.iconSize().width()
        cle = (etat, side, ratio, couleurs.nom)
        if cle not in self._drawn:
            pixmap = QPixmap(QSize(side, side) * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            paint_deadline(painter, QRectF(0, 0, side, side), etat, couleurs)
            painter.end()
            icone = QIcon(pixmap)
            icone.addPixmap(pixmap, QIcon.Mode.Selected)
            self._drawn[cle] = icone
        return self._drawn[cle]


class MonthModel(QAbstractTableModel):
    """The weeks of a month, from Monday on, with the days around it that fill them."""

    def __init__(self) -> None:
        super().__init__()
        self.mois = date.min
        self.today = date.min
        self._days: Mapping[date, Day] = {}

    def set_days(self, days: Mapping[date, Day], today: date) -> None:
        """Give the days that hold deadlines."""
        if (days, today) != (self._days, self.today):
            self._days, self.today = days, today
            self.dataChanged.emit(self.index(0, 0), self.index(_SEMAINES - 1, _SEMAINE - 1))

    def set_month(self, mois: date) -> None:
        """Show the month of a day."""
        if self.mois != mois.replace(day=1):
            self.beginResetModel()
            self.mois = mois.replace(day=1)
            self.endResetModel()

    def day(self, index: Index) -> date:
        """Give the day of a cell."""
        debut = self.mois - self.mois.weekday() * _UN_JOUR
        return debut + (index.row() * _SEMAINE + index.column()) * _UN_JOUR

    def of_day(self, jour: date) -> Day | None:
        """Give what a day holds."""
        return self._days.get(jour)

    def find(self, jour: date) -> QModelIndex:
        """Give the cell of a day of the month shown."""
        return self.index(*divmod(self.mois.weekday() + jour.day - 1, _SEMAINE))

    def rowCount(self, parent: Index = _SANS_PARENT) -> int:
        """Give six weeks, which any month fits in."""
        return 0 if parent.isValid() else _SEMAINES

    def columnCount(self, parent: Index = _SANS_PARENT) -> int:
        """Give seven days."""
        return 0 if parent.isValid() else _SEMAINE

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Leave out the days of other months."""
        sien = self.mois != date.min and self.day(index).replace(day=1) == self.mois
        return super().flags(index) if sien else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Give the number of a day, and what it holds in words."""
        if not index.isValid() or self.mois == date.min:
            return None
        jour = self.day(index)
        if role == _JOUR:
            return jour
        if role == Qt.ItemDataRole.DisplayRole:
            return str(jour.day)
        if role == Qt.ItemDataRole.ToolTipRole:
            return literal(self.spoken(jour))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(jour)
        return None

    def spoken(self, jour: date) -> str:
        """Say a day, and its deadlines."""
        dit = f"{JOURS[jour.weekday()]} {jour_long(jour)}"
        dit = f"{dit}, aujourd’hui" if jour == self.today else dit
        held = self.of_day(jour)
        return f"{dit}{INSECABLE}: {' ; '.join(held[1])}" if held else f"{dit}, aucune échéance"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """Give the days of the week."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return JOURS[section][:2].capitalize()
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return JOURS[section]
        return Qt.AlignmentFlag.AlignCenter if role == Qt.ItemDataRole.TextAlignmentRole else None


class DayDelegate(QStyledItemDelegate):
    """Paints a day: its number, and under it the shape of what it holds; today is outlined."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        model = index.model()
        if not isinstance(model, MonthModel) or not model.flags(index) & Qt.ItemFlag.ItemIsEnabled:
            return
        couleurs, jour = theme.couleurs_actuelles(), model.day(index)
        view = option.widget
        place = QRectF(option.rect).adjusted(1, 1, -1, -1)
        chosen = isinstance(view, QTableView) and view.currentIndex() == index
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cadre = couleurs.accent if chosen and view.hasFocus() else couleurs.bord if jour == model.today else ""
        painter.setPen(QPen(QColor(cadre), 2 if chosen else 1) if cadre else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QColor(couleurs.selection) if chosen else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, 6, 6)
        held = model.of_day(jour)
        painter.setPen(QColor(couleurs.texte if held else couleurs.secondaire))
        fonte = painter.font()
        fonte.setBold(held is not None)
        painter.setFont(fonte)
        haut = place.adjusted(0, theme.PAS / 2, 0, -place.height() / 2)
        painter.drawText(haut, Qt.AlignmentFlag.AlignCenter, str(jour.day))
        painter.restore()
        if held:
            cote = min(place.height() / 2 - theme.PAS, place.width() - theme.PAS)
            gauche, sommet = place.center().x() - cote / 2, place.center().y() + theme.PAS / 2
            paint_deadline(painter, QRectF(gauche, sommet, cote, cote), held[0], couleurs)


class MonthTable(QTableView):
    """The cells: arrows go from day to day and beyond the month, Page Up and Page Down from month to month."""

    day_asked = Signal(object)
    opened = Signal(object)

    def __init__(self, model: MonthModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month = model
        self.setModel(model)
        self.setItemDelegate(DayDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionsClickable(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.day_asked.emit(model.day(index)))
        self.doubleClicked.connect(lambda index: self.opened.emit(model.day(index)))
        self._set_height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by days, weeks and months; Enter opens the day."""
        index = self.currentIndex()
        jour = self._month.day(index) if index.isValid() else self._month.mois
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(jour)
        elif (there := _moved(jour, Qt.Key(event.key()))) is not None:
            self.day_asked.emit(there)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page instead."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the program's font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_height()

    def _set_height(self) -> None:
        metrics = self.fontMetrics()
        head = self.horizontalHeader().sizeHint().height()
        self.horizontalHeader().setMinimumSectionSize(metrics.averageCharWidth() * 3)
        self.setMinimumWidth(_SEMAINE * 4 * metrics.averageCharWidth())
        self.setFixedHeight(head + _SEMAINES * (2 * metrics.height() + 3 * theme.PAS) + 2 * theme.PAS)


def _moved(jour: date, key: Qt.Key) -> date | None:
    match key:
        case Qt.Key.Key_Left | Qt.Key.Key_Right:
            return jour + (_UN_JOUR if key == Qt.Key.Key_Right else -_UN_JOUR)
        case Qt.Key.Key_Up | Qt.Key.Key_Down:
            return jour + _SEMAINE * (_UN_JOUR if key == Qt.Key.Key_Down else -_UN_JOUR)
        case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
            return ajouter_mois(jour, 1 if key == Qt.Key.Key_PageDown else -1)
        case Qt.Key.Key_Home:
            return jour.replace(day=1)
        case Qt.Key.Key_End:
            return jour.replace(day=monthrange(jour.year, jour.month)[1])
        case _:
            return None


class CalendarView(QWidget):
    """A month and the way to others. ``day_chosen`` carries the day looked at, ``opened`` the one to go to."""

    day_chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MonthModel()
        self.table = MonthTable(self.model)
        self.table.setAccessibleName(nom)
        self.table.setAccessibleDescription(
            "Les flèches vont d’un jour à l’autre, Page précédente et Page suivante d’un mois à l’autre, Entrée va aux "
            "échéances du jour"
        )
        self.title = Text("", gras=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.before = _button("←", "Mois précédent")
        self.after = _button("→", "Mois suivant")
        self.now = QPushButton("Aujourd’hui")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2 * theme.PAS)
        head = QHBoxLayout()
        head.setSpacing(theme.PAS)
        head.addWidget(self.before)
        head.addWidget(self.title, 1)
        head.addWidget(self.after)
        head.addWidget(self.now)
        box.addLayout(head)
        box.addWidget(self.table)
        self.before.clicked.connect(lambda: self.look_at(ajouter_mois(self.day, -1)))
        self.after.clicked.connect(lambda: self.look_at(ajouter_mois(self.day, 1)))
        self.now.clicked.connect(lambda: self.look_at(self.model.today))
        self.table.day_asked.connect(self.look_at)
        self.table.opened.connect(self.opened)

    @property
    def day(self) -> date:
        """The day looked at."""
        return self.model.day(self.table.currentIndex())

    def show_days(self, days: Mapping[date, Day], today: date) -> None:
        """Show other deadlines; the day looked at stays, and is today at first."""
        first = self.model.mois == date.min
        self.model.set_days(days, today)
        if first:
            self.look_at(today)

    def look_at(self, jour: date) -> None:
        """Look at a day, in its month."""
        self.model.set_month(jour)
        self.table.setCurrentIndex(self.model.find(jour))
        self.table.viewport().update()
        titre = mois_long(jour)
        self.title.setText(titre[:1].upper() + titre[1:])
        self.day_chosen.emit(jour)


def _button(signe: str, nom: str) -> QPushButton:
    button = QPushButton(signe)
    button.setAccessibleName(nom)
    button.setToolTip(nom)
    button.setMaximumWidth(button.fontMetrics().horizontalAdvance("0") * 3 + 36)
    return button
