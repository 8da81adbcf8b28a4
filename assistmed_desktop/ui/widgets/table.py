"""One table for every list of frozen values: the columns say how a value is written and sorted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from assistmed_desktop.formats import INSECABLE, MOINS
from assistmed_desktop.ui.typography import sans_accents
from assistmed_desktop.ui.widgets.text import literal

if TYPE_CHECKING:
    from assistmed_desktop.ui.settings import Settings

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex

ROLE_TRI = int(Qt.ItemDataRole.UserRole)
ROLE_OBJET = ROLE_TRI + 1
_SANS_PARENT = QModelIndex()
_LIGNES_MESUREES = 60
"""The rows that give a column its width."""
_DERNIERE, _COUPE, _ENTIERE = 13, 20, 60
"""The characters of a text always shown in the last column and in others, and those that it may ask for."""


@dataclass(frozen=True)
class Column(Generic[T]):
    """How a value shows in a column: its text, what it sorts by, its side, its icon; ``complet`` is a fuller title."""

    titre: str
    texte: Callable[[T], str]
    tri: Callable[[T], Any]
    droite: bool = False
    icone: Callable[[T], QIcon] | None = None
    complet: str = ""


class TableModel(QAbstractTableModel, Generic[T]):
    """Rows of frozen values; sorting sorts the values themselves."""

    def __init__(self, colonnes: Sequence[Column[T]], lignes: Sequence[T] = ()) -> None:
        super().__init__()
        self._colonnes = tuple(colonnes)
        self._toutes = list(lignes)
        self._lignes = list(lignes)
        self._filtre: tuple[str, ...] = ()
        self._tri = (-1, Qt.SortOrder.AscendingOrder)

    def set_rows(self, lignes: Sequence[T]) -> None:
        """Show other values, in the order chosen before."""
        self._toutes = list(lignes)
        self._reset()

    def set_filter(self, texte: str) -> None:
        """Show only the values that hold every word of a text, accents and capitals aside."""
        self._filtre = tuple(sans_accents(texte).split())
        self._reset()

    @property
    def total(self) -> int:
        """How many values there are, hidden ones too."""
        return len(self._toutes)

    @property
    def rows(self) -> tuple[T, ...]:
        """The values, in the order shown."""
        return tuple(self._lignes)

    def row(self, index: Index) -> T:
        """Give the value of a row."""
        return self._lignes[index.row()]

    def rowCount(self, parent: Index = _SANS_PARENT) -> int:
        """Count the values."""
        return 0 if parent.isValid() else len(self._lignes)

    def columnCount(self, parent: Index = _SANS_PARENT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self._colonnes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401, PLR0911 - Qt's variant
        """Give what a cell shows."""
        if not index.isValid():
            return None
        ligne, colonne = self._lignes[index.row()], self._colonnes[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return colonne.texte(ligne)
            case Qt.ItemDataRole.ToolTipRole:
                return literal(colonne.texte(ligne))
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{colonne.complet or colonne.titre}{INSECABLE}: {colonne.texte(ligne)}"
            case Qt.ItemDataRole.TextAlignmentRole:
                cote = Qt.AlignmentFlag.AlignRight if colonne.droite else Qt.AlignmentFlag.AlignLeft
                return cote | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.DecorationRole:
                return colonne.icone(ligne) if colonne.icone else None
            case _ if role == ROLE_TRI:
                return colonne.tri(ligne)
            case _ if role == ROLE_OBJET:
                return ligne
            case _:
                return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's variant
        """Give the title of a column, on the side of its values."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._colonnes):
            return None
        colonne = self._colonnes[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return colonne.titre
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return colonne.complet or colonne.titre
        if role == Qt.ItemDataRole.TextAlignmentRole:
            cote = Qt.AlignmentFlag.AlignRight if colonne.droite else Qt.AlignmentFlag.AlignLeft
            return cote | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; the selection stays on its values."""
        self._tri = (column, order)
        self.layoutAboutToBeChanged.emit()
        anciens = self.persistentIndexList()
        avant = list(self._lignes)
        self._lignes = self._sorted(avant)
        rangs = {id(ligne): rang for rang, ligne in enumerate(self._lignes)}
        for ancien in anciens:
            self.changePersistentIndex(ancien, self.index(rangs[id(avant[ancien.row()])], ancien.column()))
        self.layoutChanged.emit()

    def as_tsv(self, rangs: Sequence[int]) -> str:
        """Write rows as a spreadsheet pastes them: titles first, a tab between cells."""
        lignes = [[colonne.titre for colonne in self._colonnes]]
        lignes += [
            [_cellule(colonne.texte(self._lignes[rang]), chiffre=colonne.droite) for colonne in self._colonnes]
            for rang in rangs
        ]
        return "\n".join("\t".join(cellules) for cellules in lignes) + "\n"

    def _reset(self) -> None:
        self.beginResetModel()
        self._lignes = self._sorted([ligne for ligne in self._toutes if self._kept(ligne)])
        self.endResetModel()

    def _kept(self, ligne: T) -> bool:
        if not self._filtre:
            return True
        texte = sans_accents(" ".join(colonne.texte(ligne) for colonne in self._colonnes))
        return all(mot in texte for mot in self._filtre)

    def _sorted(self, lignes: list[T]) -> list[T]:
        colonne, ordre = self._tri
        if not 0 <= colonne < len(self._colonnes):
            return lignes
        return sorted(lignes, key=self._colonnes[colonne].tri, reverse=ordre == Qt.SortOrder.DescendingOrder)


def _cellule(texte: str, *, chiffre: bool) -> str:
    """Keep a cell in its cell, a number readable by a spreadsheet, and a text from becoming a formula."""
    if chiffre:
        return texte.replace(INSECABLE, "").replace(MOINS, "-")
    plat = " ".join(texte.split())
    return f"'{plat}" if plat[:1] in ("=", "+", "-", "@") else plat


class Table(QTableView):
    """A table whose rows are chosen whole: Enter or a double click opens one, Suppr removes it, Ctrl+C copies."""

    opened = Signal(object)
    removal_asked = Signal(object)

    def __init__(self, model: TableModel[Any], nom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modele = model
        self.setModel(model)
        self.setAccessibleName(nom)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        entete = self.horizontalHeader()
        entete.setHighlightSections(False)
        entete.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        entete.setMinimumSectionSize(56)
        entete.setResizeContentsPrecision(_LIGNES_MESUREES)
        entete.sectionResized.connect(self._on_resized)
        self._settings: Settings | None = None
        self._fitting = False
        self._by_hand = False
        self._whole: list[int] = []
        self._least: list[int] = []
        model.modelReset.connect(self._fit)
        self.doubleClicked.connect(self._open)
        self._set_row_height()

    def sizeHint(self) -> QSize:
        """Ask for no more than the least height, where one is set: the room that is left comes by itself."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.minimumHeight() or hint.height())

    def remember(self, settings: "Settings") -> None:
        """Take the widths of the columns that the user gave last time, and keep those given from now on."""
        self._settings = settings
        state = settings.columns(self.accessibleName())
        if not state.isEmpty():
            self._fitting = True
            self._by_hand = self.horizontalHeader().restoreState(state)
            self.horizontalHeader().setStretchLastSection(False)  # a state may say otherwise
            self._fitting = False

    def _fit(self) -> None:
        """Measure what each column shows."""
        entete, columns = self.horizontalHeader(), range(self._modele.columnCount())
        most = _ENTIERE * self.fontMetrics().averageCharWidth()
        self._whole = [max(entete.sectionSizeHint(rang), min(self.sizeHintForColumn(rang), most)) for rang in columns]
        arrow = entete.isSortIndicatorShown()
        entete.setSortIndicatorShown(False)  # a title yields the room of its arrow first
        self._least = [self._shortest(rang, whole) for rang, whole in enumerate(self._whole)]
        entete.setSortIndicatorShown(arrow)
        self._fill()

    def _shortest(self, rang: int, whole: int) -> int:
        """Say to what a column may be shortened rather than have the table scroll; numbers and short words stay."""
        cote = self._modele.headerData(rang, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        least = min(whole, self.sizeHintForColumn(rang))
        if not cote & Qt.AlignmentFlag.AlignRight:
            last, character = rang == self._modele.columnCount() - 1, self.fontMetrics().averageCharWidth()
            least = min(least, _DERNIERE * character if last else max(_COUPE * character, whole * 2 // 3))
        return max(self.horizontalHeader().sectionSizeHint(rang), least)

    def _fill(self) -> None:
        """Share the width: the last column takes what is left; when it lacks, long texts give, else the table scrolls.

        Widths given by hand stay.
        """
        entete = self.horizontalHeader()
        shown = [rang for rang in range(entete.count()) if not entete.isSectionHidden(rang)]
        if len(self._whole) != entete.count() or not shown:
            return
        sizes, least = ({rang: measured[rang] for rang in shown} for measured in (self._whole, self._least))
        if self._by_hand:
            given_by_hand = {rang: entete.sectionSize(rang) for rang in shown[:-1]}
            sizes.update(given_by_hand)
            least.update(given_by_hand)
        lack = sum(sizes.values()) - self.viewport().width()
        if lack <= 0:
            sizes[shown[-1]] -= lack
        elif lack <= sum(sizes.values()) - sum(least.values()):
            for rang in sorted(shown, key=sizes.__getitem__, reverse=True):
                given = min(lack, sizes[rang] - least[rang])
                sizes[rang] -= given
                lack -= given
        self._fitting = True
        for rang, size in sizes.items():
            entete.resizeSection(rang, size)
        self._fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new width."""
        super().resizeEvent(event)
        self._fill()

    def _on_resized(self, rang: int, avant: int, apres: int) -> None:
        if self._fitting:
            return
        if not avant or not apres:  # the page hides a column or shows it again, which is known once this is over
            QTimer.singleShot(0, self, self._fill)
            return
        if rang < self._modele.columnCount() - 1 and self._settings is not None:
            self._by_hand = True
            self._settings.set_columns(self.accessibleName(), self.horizontalHeader().saveState())
        self._fill()

    @property
    def current(self) -> Any:  # noqa: ANN401 - a value of the model
        """The value of the chosen row, or None."""
        index = self.currentIndex()
        return self._modele.row(index) if index.isValid() else None

    def choose(self, predicat: Callable[[Any], bool]) -> None:
        """Choose the first row whose value is so, or none."""
        for rang, ligne in enumerate(self._modele.rows):
            if predicat(ligne):
                self.selectRow(rang)
                return
        self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, remove or copy; leave the rest to Qt."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.removal_asked.emit(self.current)
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Copy the whole table."""
        QGuiApplication.clipboard().setText(self._modele.as_tsv(range(self._modele.rowCount())))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the program's font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_by_hand"):
            self._set_row_height()
            self._fit()

    def _set_row_height(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(32, self.fontMetrics().height() + 16))
        cote = round(1.25 * self.fontMetrics().height())
        self.setIconSize(QSize(cote, cote))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._modele.row(index))
