"""The pieces of the Insight page: a figure with what it was before, a table of rows, a card with a chart beside it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop_app.ui import local
from desktop_app.ui.theme import font
from desktop_app.ui.widgets import Button, Card, Sign, Text, column, row
from desktop_app.ui.widgets.buttons import is_return
from desktop_app.ui.widgets.chart import Chart
from desktop_app.ui.widgets.rings import draw_ring
from desktop_app.ui.widgets.texts import Whole, restyle
from desktop_app.words import _

ROW = 26  # pixels
_MONTH = re.compile(r"\d{4}-\d\d")  # as the tasks keep one
_BESIDE = 580  # pixels of a card in which chart and table stand side by side
_CELL = 8  # between the edge of a row and its words
MOST = 8  # rows shown before the table scrolls: as high as a line chart
Cell = str | float | int


def figure(value: float | str, unit: str, currency: str) -> str:
    """Write a figure of the tasks as people here write it."""
    if isinstance(value, str):
        return local.month_of(value) if _MONTH.fullmatch(value) else local.days(value)
    if isinstance(value, float) and math.isnan(value):
        return _("not known")
    if unit == "money":
        return local.money(Decimal(f"{value:.2f}"), currency)
    if unit == "percent":
        return f"{value:.1f} %"
    return local.number(int(value)) if float(value).is_integer() else local.number(Decimal(f"{value:.1f}"))


class FigureTile(Card):
    """One figure, large, with what it was in the span before."""

    def __init__(self, name: str) -> None:
        super().__init__(margin=14, gap=2)
        self._link = Button("")
        self._link.setObjectName("tilelink")
        self._link.setParent(self)
        self._link.hide()
        self._open: list[Callable[[], object]] = []
        self._link.clicked.connect(lambda _checked=False: [run() for run in self._open])
        self._hint = ""
        self._name = Text(name, "small", tone="muted")
        self._value = Whole("", "title", strong=True)
        self._more = Text("", "small", tone="muted", wrap=True)
        self._sign = Sign("chevron-right", "control", 12)
        self._sign.hide()
        for words in (self._name, self._value, self._more, self._sign):  # a press anywhere on the tile is meant for it
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.body.addLayout(row(self._name, None, self._sign, gap=0))
        self.body.addWidget(self._value)
        self.body.addWidget(self._more)
        self.body.addStretch(1)
        self.setMinimumWidth(130)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # all tiles of one width

    def say(self, value: str, more: str) -> None:
        """Show the figure and the line below it."""
        self._value.setText(value)
        self._more.setText(more)
        self.setAccessibleName(f"{self._name.text()}: {value}. {more}")
        self._link.setAccessibleName(f"{self.accessibleName()} {self._hint}".strip())

    @property
    def name(self) -> str:
        """What the figure is called."""
        return self._name.text()

    def lead(self, run: Callable[[], object], hint: str) -> None:
        """Make the tile a link to the rows behind the figure, by mouse and by key; ``hint`` says what those are."""
        self._open, self._hint = [run], hint
        self._link.setAccessibleName(f"{self.accessibleName()} {hint}".strip())
        self._link.setToolTip(hint)
        self._link.setCursor(Qt.CursorShape.PointingHandCursor)
        self._link.lower()
        self._link.show()
        self._sign.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the link as large as the tile."""
        super().resizeEvent(event)
        self._link.setGeometry(self.rect())


class FigureTable(QTableWidget):
    """Rows of figures: the first column words, the others numbers at the right."""

    def __init__(self, name: str) -> None:
        super().__init__(0, 0)
        self.setObjectName("rows")
        self.setAccessibleName(name)
        self.setFont(font("small"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self._opens: Sequence[Callable[[], object]] = ()
        self.cellClicked.connect(lambda y, _x: self._follow(y))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(
        self, columns: Sequence[str], rows: Sequence[Sequence[Cell]], units: Sequence[str], currency: str
    ) -> None:  # fmt: skip
        """Fill the table; numbers are written by their unit. Its rows lead nowhere before ``lead`` says where."""
        self.lead((), "")
        head = self.horizontalHeader()
        for x in range(self.columnCount()):  # a column that fits its cells measures all of them for each that changes
            head.setSectionResizeMode(x, QHeaderView.ResizeMode.Fixed)
        self.setColumnCount(len(columns))
        self.setHorizontalHeaderLabels(list(columns))
        self.setRowCount(len(rows))
        for y, cells in enumerate(rows):
            for x, (cell, unit) in enumerate(zip(cells, units, strict=True)):
                item = QTableWidgetItem(figure(cell, unit, currency))
                side = Qt.AlignmentFlag.AlignRight if x else Qt.AlignmentFlag.AlignLeft
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                item.setToolTip(item.text() if not x else "")
                self.setItem(y, x, item)
        for x in range(len(columns)):
            side = Qt.AlignmentFlag.AlignRight if x else Qt.AlignmentFlag.AlignLeft
            head_item = self.horizontalHeaderItem(x)
            if head_item is not None:
                head_item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            stretch = QHeaderView.ResizeMode.Stretch if x == 0 else QHeaderView.ResizeMode.ResizeToContents
            head.setSectionResizeMode(x, stretch)
        shown = min(len(rows), MOST)
        self.setFixedHeight(head.sizeHint().height() + shown * ROW + 4)

    def lead(self, opens: Sequence[Callable[[], object]], hint: str) -> None:
        """Make each row a link, by mouse and by Return; ``hint`` says to what."""
        self._opens = opens
        self.setProperty("leads", "true" if opens else "false")
        restyle(self)
        shape = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.viewport().setToolTip(hint)
        self.setAccessibleDescription(_("Return on a row: {hint}", hint=hint) if opens else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and around the one the keyboard stands on the focus ring."""
        super().paintEvent(event)
        draw_ring(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow the row the keyboard stands on."""
        if is_return(event) and self._opens:
            self._follow(self.currentRow())
        else:
            super().keyPressEvent(event)

    def _follow(self, y: int) -> None:
        if 0 <= y < len(self._opens):
            self._opens[y]()


class FigureCard(Card):
    """A title, a sentence, and a chart with its table beside it; narrow, the table stands below."""

    def __init__(self, title: str, *, chart: bool = True) -> None:
        super().__init__(margin=16, gap=8)
        self._title = Text(title, "large", strong=True)
        self._more = Text("", "small", tone="muted", wrap=True)
        self._more.hide()
        self.chart = Chart(title) if chart else None
        self.table = FigureTable(title)
        # Rows are lit a little wider than their words, which begin and end where the title does.
        self.body.setContentsMargins(16 - _CELL, 16, 16 - _CELL, 16)
        self._beside = beside = row(gap=24, margins=(_CELL if chart else 0, 0, 0, 0))
        if self.chart is not None:
            holder = QWidget()
            holder.setLayout(column(self.chart, None, gap=0))
            beside.addWidget(holder, 3)
        table = QWidget()
        table.setLayout(column(self.table, None, gap=0))
        beside.addWidget(table, 2)
        for words in (self._title, self._more):
            self.body.addLayout(row(words, margins=(_CELL, 0, _CELL, 0)))
        self.body.addLayout(beside)
        self.setAccessibleName(title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the table below the chart where both would be too narrow to be read."""
        super().resizeEvent(event)
        narrow = self.chart is not None and self.width() < _BESIDE
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._beside.direction() != way:
            self._beside.setDirection(way)

    @property
    def more(self) -> str:
        """The sentence below the title."""
        return self._more.text()

    def say(self, more: str) -> None:
        """Change the sentence below the title."""
        self._more.setText(more)
        self._more.setVisible(bool(more))


def money_said(currency: str) -> Callable[[float], str]:
    """Return how a chart writes money: without cents, since the table has them."""

    def said(value: float) -> str:
        return local.money(Decimal(round(value)), currency).removesuffix(".00").removesuffix(",00")

    return said
