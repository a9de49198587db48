"""The field where a question is asked, and the card with its answer: a sentence, a chart, the rows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.tasks.ask import Answer
from desktop_app.ui import local
from desktop_app.ui.insight.figures import FigureTable, money_said
from desktop_app.ui.widgets import Button, Card, IconButton, Text, column, row
from desktop_app.ui.widgets.chart import Chart, plain_number
from desktop_app.words import _


class QuestionField(QLineEdit):
    """Takes a question in plain words; Return asks it."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("Ask your shop, for example: Which product brought in most last month?"))
        self.setAccessibleName(_("Ask your shop"))
        self.setFixedHeight(36)
        self.returnPressed.connect(self._ask)

    def _ask(self) -> None:
        if self.text().strip():
            self.asked.emit(self.text())


class AnswerCard(Card):
    """What was said to a question, with the chart and the rows it comes from."""

    def __init__(self, closed: Callable[[], object], behind: Callable[[Answer], object] | None) -> None:
        super().__init__(margin=16, gap=8)
        self._question = Text("", "small", tone="muted")
        self._sentence = Text("", "large", strong=True, wrap=True)
        self._chart = Chart(_("Answer"))
        self._table = FigureTable(_("Rows behind the answer"))
        self._behind = behind
        self._answer: Answer | None = None
        self._orders = Button(_("Show the orders"), self._open)
        self._chart_holder = QWidget()
        self._chart_holder.setLayout(column(self._chart, None, gap=0))
        self._table_holder = QWidget()
        self._table_holder.setLayout(column(self._table, None, gap=0))
        beside = row(gap=24)
        beside.addWidget(self._chart_holder, 3)
        beside.addWidget(self._table_holder, 2)
        self.body.addLayout(row(self._question, None, IconButton("x", _("Close the answer"), closed)))
        self.body.addWidget(self._sentence)
        self.body.addLayout(beside)
        self.body.addLayout(row(self._orders, None))

    def show_answer(self, answer: Answer) -> None:
        """Show an answer, or the sentence that says why there is none."""
        self._answer = answer
        self._question.setText(answer.question)
        self._sentence.setText(local.days(answer.text))
        names = [local.days(str(cells[0])) for cells in answer.rows]
        place = next((n for n, unit in enumerate(answer.units) if unit != "name"), 0)
        values = [cells[place] for cells in answer.rows] if place else []
        numbers = [float(v) for v in values if isinstance(v, int | float)]
        drawn = bool(answer.chart) and len(numbers) == len(names) > 1
        if drawn:
            said = money_said(answer.currency) if answer.units[place] == "money" else plain_number
            if answer.chart == "line":
                self._chart.show_line(names, numbers, said)
            else:
                self._chart.show_bars(names[:12], numbers[:12], said)
        self._chart_holder.setVisible(drawn)
        self._table_holder.setVisible(bool(answer.rows))
        self._table.show_rows(answer.columns, answer.rows, answer.units, answer.currency)
        self._orders.setVisible(bool(answer.orders) and self._behind is not None)
        self.setAccessibleName(f"{answer.question} {self._sentence.text()}")

    def _open(self) -> None:
        if self._answer is not None and self._behind is not None:
            self._behind(self._answer)
