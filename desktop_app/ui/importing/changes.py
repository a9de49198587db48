"""What an import would change, as a table, and one change in full beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.records import Change, Problem
from desktop_app.ui import local, variant_words
from desktop_app.ui.importing import names
from desktop_app.ui.theme import font, theme
from desktop_app.ui.widgets import Text, column
from desktop_app.ui.widgets.frames import clear
from desktop_app.ui.widgets.rings import draw_ring
from desktop_app.ui.widgets.tables import walk_in_rows
from desktop_app.words import _, several

Index = QModelIndex | QPersistentModelIndex
_VARIANTS = 12  # variants of one product that are compared for the eye
_SHORT = 150  # pixels up to which a column gets what its cells need
_LOOKED_AT = 24  # rows
_BESIDE = 24  # pixels that the style sheet and Qt leave beside the words of a cell
_KINDS = {"add": "New", "change": "Changed", "same": "The same", "archive": "Archived", "unplaced": "No place"}
_TONES = {
    "add": ("accent", "accent_soft"),
    "change": ("caution", "caution_soft"),
    "unplaced": ("bad", "bad_soft"),
    "archive": ("muted", "hover"),
}


class RowsModel(QAbstractTableModel):
    """Records as rows; each column is a name and how a record fills it. ``figures`` are columns of numbers."""

    def __init__(self, columns: Sequence[tuple[str, Any]], figures: Sequence[int] = ()) -> None:
        super().__init__()
        self._columns, self._figures = columns, figures
        self.records: Sequence[Any] = ()

    def show_records(self, records: Sequence[Any]) -> None:
        """Show other records."""
        self.beginResetModel()
        self.records = records
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        """Return how many records there are."""
        return 0 if parent.isValid() else len(self.records)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        """Return how many columns were named."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns, at the left as the words below them."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(self._columns[section][0])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._figures else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of one cell; the tip says them whole."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._columns[index.column()][1](self.records[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() > 1 and index.column() not in self._figures:
            return theme.colour("muted")
        return None


def changes_model() -> RowsModel:
    """Return the model of an import's changes."""
    return RowsModel(
        (
            ("What", lambda change: _(_KINDS[change.kind])),
            ("Product", lambda change: change.title),
            ("SKU", lambda change: change.sku),
            ("What changes", lambda change: change.why or ", ".join(names.of(f) for f, _old, _new in change.fields)),
        )
    )


def problems_model() -> RowsModel:
    """Return the model of the rows that could not be read."""
    return RowsModel(
        (
            ("Row", lambda problem: local.number(problem.row)),
            ("Column", lambda problem: problem.column),
            ("Why", lambda problem: problem.why),
        )
    )


class KindDelegate(QStyledItemDelegate):
    """Draws what happens to a product as a pill."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the pill in the colours of its kind."""
        super().paint(painter, _without_words(option), QModelIndex())
        model = index.model()
        assert isinstance(model, RowsModel)
        change: Change = model.records[index.row()]
        ink, ground = _TONES.get(change.kind, ("muted", "hover"))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("small"))
        words = str(index.data())
        area: QRect = option.rect
        if option.state & option.state.__class__.State_Selected:
            painter.fillRect(area, theme.colour("accent_soft"))
        box = QRect(area.left() + 8, area.center().y() - 8, painter.fontMetrics().horizontalAdvance(words) + 16, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(box, 9, 9)
        painter.setPen(theme.colour(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()


class RowsTable(QTableView):
    """A list one walks with the arrows; Tab leaves it."""

    def __init__(self, model: QAbstractTableModel, name: str, shares: Sequence[float]) -> None:
        super().__init__()
        self._shares = shares
        self.setModel(model)
        self.setObjectName("rows")
        walk_in_rows(self, name, 38)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        model.modelReset.connect(self._widths)
        model.dataChanged.connect(lambda *_where: self._widths())  # rows that were on their way are here

    def resizeEvent(self, event: Any) -> None:
        """Share the width."""
        super().resizeEvent(event)
        self._widths()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows and the focus ring."""
        super().paintEvent(event)
        draw_ring(self)

    def _widths(self) -> None:
        wide = self.viewport().width()
        shown = [place for place in range(len(self._shares)) if not self.isColumnHidden(place)]
        whole = sum(self._shares[place] for place in shown)
        widths = {place: int(wide * self._shares[place] / whole) for place in shown}
        widest = max(shown, key=lambda place: self._shares[place], default=0)
        for place in shown:  # what is short by nature, a day or an amount, is not cut for the sake of a name
            if place != widest and widths[place] < (need := min(self._need(place), _SHORT)):
                widths[widest] -= need - widths[place]
                widths[place] = need
        for place, width in widths.items():
            self.horizontalHeader().resizeSection(place, max(width, 40))

    def _need(self, column: int) -> int:
        model, letters = self.model(), self.fontMetrics()
        cells = [str(model.index(at, column).data() or "") for at in range(min(model.rowCount(), _LOOKED_AT))]
        cells.append(str(model.headerData(column, Qt.Orientation.Horizontal) or ""))
        return (
            max(letters.horizontalAdvance(cell) for cell in cells) + 24
        )  # what the style sheet and Qt leave beside them

    def show_columns(self, hidden: Sequence[int]) -> None:
        """Hide the columns that would be empty from top to bottom."""
        for place in range(len(self._shares)):
            self.setColumnHidden(place, place in hidden)
        self._widths()


class ChangePanel(QScrollArea):
    """One product: what each field holds now, and what it would hold."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("change")
        self.currency = "USD"
        self.setAccessibleName(_("What changes in this product"))
        self.setWidgetResizable(True)
        self.setFixedWidth(340)
        self._inside = QWidget()
        self._inside.setObjectName("side")
        self._inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(24, 16, 24, 16)
        self._list.setSpacing(4)
        self.setWidget(self._inside)

    def show_change(self, change: Change | None) -> None:
        """Show ``change``, or nothing."""
        clear(self._list)
        if change is not None:
            self._list.addWidget(Text(change.title, "large", strong=True, wrap=True))
            if sentence := _sentence(change):
                self._list.addWidget(Text(sentence, tone="muted", wrap=True))
            for field, before, after in change.fields:
                self._list.addSpacing(12)
                pairs = self._of_variants(change) if field == "variants" else []
                self._list.addLayout(_before_after(field, pairs or [(before, after)]))
        self._list.addStretch(1)

    def _of_variants(self, change: Change) -> list[tuple[str, str]]:
        pairs = variant_words.differences(*change.variants, self.currency)
        if len(pairs) > _VARIANTS:
            more = len(pairs) - _VARIANTS
            last = several("{count} more variant differs", "{count} more variants differ", more)
            return [*pairs[:_VARIANTS], (last, "…")]
        return pairs


def _before_after(field: str, pairs: Sequence[tuple[str, str]]) -> QVBoxLayout:
    lines: list[QWidget] = [Text(names.of(field), "small", tone="muted")]
    for before, after in pairs:
        old = Text(before or _("nothing yet"), tone="muted", wrap=True)
        new = Text(f"→ {after}" if after else f"→ {_('nothing')}", wrap=True)
        old.setAccessibleName(_("Before: {text}", text=before or _("nothing yet")))
        new.setAccessibleName(_("After: {text}", text=after or _("nothing")))
        lines += [old, new]
    return column(*lines, gap=2)


def _sentence(change: Change) -> str:
    return {
        "add": _("This product is new."),
        "archive": _("It is not in the file any more and is archived."),
    }.get(change.kind, change.why)


def _without_words(option: QStyleOptionViewItem) -> QStyleOptionViewItem:
    bare = QStyleOptionViewItem(option)
    bare.text = ""
    return bare


def first_problem(problems: Sequence[Problem]) -> str:
    """Say the first problem in one line."""
    first = problems[0]
    return _("Row {row}: {why}", row=local.number(first.row), why=first.why)
