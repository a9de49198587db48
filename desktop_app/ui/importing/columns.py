"""The columns of a file as rows: header, what stands in it, where it goes, and what a fact or an option is called."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.ui import icons
from desktop_app.ui.importing import names
from desktop_app.ui.theme import font, theme
from desktop_app.ui.widgets import Pick
from desktop_app.ui.widgets.rings import draw_ring
from desktop_app.words import _

HEADER, SAMPLE, FIELD, CALLED = range(4)
SAMPLES = 3
Index = QModelIndex | QPersistentModelIndex


class ColumnsModel(QAbstractTableModel):
    """One row a column of the file. ``mapped`` is told when a person changed where a column goes."""

    mapped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._headers: tuple[str, ...] = ()
        self._samples: list[str] = []
        self._fields: list[str] = []
        self._guess: list[str] = []
        self.editable = True

    def show_reading(self, reading: Any) -> None:
        """Show the columns of a ``Reading``; only a table's can be told where to go."""
        self.beginResetModel()
        self._headers = reading.headers
        mapping = dict(reading.mapping)
        self._fields = [mapping.get(header, names.LEAVE_OUT) for header in reading.headers]
        self._guess = list(self._fields)
        self._samples = [_samples(reading.sample, place) for place in range(len(reading.headers))]
        self.editable = reading.format == "table"
        self.endResetModel()

    def mapping(self) -> tuple[tuple[str, str], ...]:
        """Return column → field as it stands."""
        return tuple(zip(self._headers, self._fields, strict=True))

    @property
    def changed(self) -> bool:
        """Tell whether a person chose other fields than were guessed."""
        return self._fields != self._guess

    def set_field(self, row: int, field: str) -> None:
        """Send the column in ``row`` to ``field``."""
        if field != self._fields[row]:
            self._fields[row] = field
            self.dataChanged.emit(self.index(row, FIELD), self.index(row, CALLED))
            self.mapped.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        """Return how many columns the file has."""
        return 0 if parent.isValid() else len(self._headers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        """Return four; without facts to name, three."""
        return 0 if parent.isValid() else (4 if self.editable else 3)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the four."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            goes = _("Goes to") if self.editable else _("Read as")
            return (_("Column in the file"), _("What stands in it"), goes, _("Called"))[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words for the eye, and the field itself for the one who edits."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        field = self._fields[row]
        if role == Qt.ItemDataRole.UserRole:
            return field
        if role == Qt.ItemDataRole.ToolTipRole and column in (HEADER, SAMPLE):
            return self._headers[row] if column == HEADER else self._samples[row]
        if role == Qt.ItemDataRole.FontRole and column == HEADER:
            return font(strong=True)
        if role == Qt.ItemDataRole.ForegroundRole and (
            column == SAMPLE or (column == HEADER and field == names.LEAVE_OUT)
        ):
            return theme.colour("muted")
        if role == Qt.ItemDataRole.AccessibleTextRole and column == FIELD:
            return f"{self._headers[row]}: {self._field_words(row)}"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if column == FIELD:
                return self._field_words(row)
            return (self._headers[row], self._samples[row], "", field.partition(":")[2])[column]
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take another field, or another name for a fact or an option."""
        kind, _colon, _name = self._fields[index.row()].partition(":")
        if index.column() == FIELD:
            self.set_field(index.row(), str(value))
            return True
        name = " ".join(str(value).split())
        if index.column() == CALLED and kind in ("fact", "option") and name:
            self.set_field(index.row(), f"{kind}:{name}")
            return True
        return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the field be chosen, and the name be typed where there is one."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        named = index.column() == CALLED and self._fields[index.row()].startswith(("fact:", "option:"))
        return usual | Qt.ItemFlag.ItemIsEditable if self.editable and (index.column() == FIELD or named) else usual

    def guessed(self, row: int) -> bool:
        """Tell whether a person left this column where it was."""
        return self._fields[row] == self._guess[row]

    def choices(self, row: int) -> list[tuple[str, str]]:
        """Return (field, words) for every place this column can go to; ("", "") stands for a line between."""
        from desktop_app import formats

        header, field = self._headers[row], self._fields[row]
        name = field.partition(":")[2] or header
        known = [(target, names.of(target)) for target in names.TARGETS if target in formats.FIELDS]
        if ":" not in field and field not in (*names.TARGETS, names.LEAVE_OUT):
            known.append((field, names.of(field)))  # a role only this file's dialect has
        made = [
            (f"fact:{name}", _("A fact called “{name}”", name=name)),
            (f"option:{name}", _("An option called “{name}”", name=name)),
        ]
        return [(names.LEAVE_OUT, names.of(names.LEAVE_OUT)), ("", ""), *made, ("", ""), *known]

    def _field_words(self, row: int) -> str:
        field = self._fields[row]
        kind = field.partition(":")[0]
        return {"fact": _("A fact"), "option": _("An option")}.get(kind) or names.of(field)


class FieldDelegate(QStyledItemDelegate):
    """Draws a place to choose as a combo box and becomes one when it is pressed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the words, an arrow, and "guess" while nobody changed it."""
        model = index.model()
        assert isinstance(model, ColumnsModel)
        if not model.editable:
            super().paint(painter, option, index)
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, theme.colour("accent_soft"))
        box = option.rect.adjusted(4, 4, -4, -4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("control"), 1))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        arrow = icons.pixmap("chevron-down", "muted", 12, painter.device().devicePixelRatio())
        painter.drawPixmap(QRect(box.right() - 20, box.center().y() - 5, 12, 12), arrow)
        self._words(painter, box, index, model)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Open the list of places at once: who pressed wants to choose."""
        model = index.model()
        assert isinstance(model, ColumnsModel)
        combo = Pick(parent)
        combo.setAccessibleName(str(model.data(index, Qt.ItemDataRole.AccessibleTextRole)))
        combo.setMaxVisibleItems(16)
        for field, words in model.choices(index.row()):
            if field:
                combo.addItem(words, field)
            else:
                combo.insertSeparator(combo.count())
        combo.activated.connect(lambda _at: self._take(combo))
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Stand at the field it has now and open the list."""
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(max(editor.findData(index.data(Qt.ItemDataRole.UserRole)), 0))
        editor.showPopup()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Give the chosen field to the model."""
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentData())

    def _take(self, combo: QComboBox) -> None:
        self.commitData.emit(combo)
        self.closeEditor.emit(combo, QStyledItemDelegate.EndEditHint.NoHint)

    def _words(self, painter: QPainter, box: QRect, index: Index, model: ColumnsModel) -> None:
        left = QRect(box.left() + 8, box.top(), box.width() - 34, box.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        if model.guessed(index.row()) and index.data(Qt.ItemDataRole.UserRole) != names.LEAVE_OUT:
            painter.setFont(font("small"))
            painter.setPen(theme.colour("muted"))
            painter.drawText(left, middle | Qt.AlignmentFlag.AlignRight, _("guessed"))
            left.setWidth(left.width() - painter.fontMetrics().horizontalAdvance(_("guessed")) - 8)
        painter.setFont(font())
        muted = index.data(Qt.ItemDataRole.UserRole) == names.LEAVE_OUT
        painter.setPen(theme.colour("muted" if muted else "text"))
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, middle | Qt.AlignmentFlag.AlignLeft, words)


class ColumnsTable(QTableView):
    """The list of columns; Up and Down walk it, Return or a click chooses, Tab leaves it."""

    def __init__(self, model: ColumnsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(_("Columns of the file"))
        self.setObjectName("rows")
        self._delegate = FieldDelegate(self)
        self.setItemDelegateForColumn(FIELD, self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(40)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(60)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._pressed)
        model.modelReset.connect(self._widths)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a field with Return or Space, name a fact with F2."""
        row = self.currentIndex().row()
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            and row >= 0
            and not event.modifiers()
        ):
            self._open(self.model().index(row, FIELD))
        elif event.key() == Qt.Key.Key_F2 and row >= 0:
            self._open(self.model().index(row, CALLED))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        """Share the width."""
        super().resizeEvent(event)
        self._widths()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows and the focus ring."""
        super().paintEvent(event)
        draw_ring(self)

    def event(self, event: QEvent) -> bool:
        """Draw the arrows anew when the colours change."""
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
        return super().event(event)

    def _pressed(self, index: QModelIndex) -> None:
        if index.column() in (FIELD, CALLED):
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(index)
            self.edit(index)

    def _widths(self) -> None:
        wide = self.viewport().width()
        shares = (0.22, 0.36, 0.26, 0.16) if self.model().columnCount() == 4 else (0.26, 0.44, 0.30)
        head = self.horizontalHeader()
        for column, share in enumerate(shares[: head.count()]):
            head.resizeSection(column, int(wide * share))


def _samples(sample: tuple[tuple[str, ...], ...], place: int) -> str:
    """Return the first few different values of a column, on one line."""
    found: dict[str, None] = {}
    for row in sample:
        value = " ".join(row[place].split()) if place < len(row) else ""
        if value:
            found[value if len(value) <= 80 else value[:79] + "…"] = None
        if len(found) == SAMPLES:
            break
    return "  ·  ".join(found)
