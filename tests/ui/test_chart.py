from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.theme import theme
from desktop_app.ui.widgets.chart import Chart, ticks


@pytest.mark.parametrize(("low", "high", "expected"), [(0, 100, [0, 25, 50, 75, 100]), (0, 7, [0, 2, 4, 6, 8]), (-3, 9, [-5, 0, 5, 10]), (0, 0, [0, 1])])  # fmt: skip
def test_the_axis_has_round_numbers_that_hold_everything(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high) == expected


def test_a_chart_says_in_words_what_it_shows(qtbot: QtBot) -> None:
    chart = Chart("Sales")
    qtbot.addWidget(chart)
    chart.show_line(["Jan", "Feb", "Mar"], [10, 30, 20])
    assert chart.accessibleName() == "Sales: 3 values, the highest 30 for Feb, the last 20"
    chart.show_bars([], [])
    assert chart.accessibleName() == "Sales: too little data to say"


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_line_and_bars_are_drawn_in_the_colours_of_the_theme(qtbot: QtBot, choice: str) -> None:
    before = "dark" if theme.dark else "light"
    theme.use(choice)  # type: ignore[arg-type]
    chart = Chart("Sales")
    qtbot.addWidget(chart)
    chart.resize(480, 220)
    for fill in (lambda: chart.show_line("abcdef", [1, 5, 2, 8, 3, 4]), lambda: chart.show_bars("abc", [3, -2, 5])):
        fill()
        picture = chart.grab().toImage()
        colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
        assert theme.roles.accent in colours
    theme.use(before)  # type: ignore[arg-type]


def test_a_week_that_is_not_over_is_said_to_be_so(qtbot: QtBot) -> None:
    chart = Chart("Sales")
    qtbot.addWidget(chart)
    chart.resize(480, 220)
    chart.show_line("abcd", [5, 6, 7, 1], part={3: "so far"})
    assert chart.accessibleName().endswith("the last 1 (so far)")
    chart.grab()
    chart.show_line("abcd", [5, 6, 7, 1])
    assert chart.accessibleName().endswith("the last 1")


def test_the_pointer_finds_the_number_it_is_over(qtbot: QtBot) -> None:
    chart = Chart("Sales")
    qtbot.addWidget(chart)
    chart.resize(480, 220)
    chart.show_bars("abc", [3, 2, 5])
    assert chart.place_at(100, 30) == 1
    assert chart.place_at(100, 500) is None
    chart.show_line("abc", [3, 2, 5])
    assert chart.place_at(470, 50) == 2


def test_stars_stand_on_a_scale_from_one_to_five(qtbot: QtBot) -> None:
    chart = Chart("Stars")
    qtbot.addWidget(chart)
    chart.resize(480, 220)
    marks: list[float] = []
    chart.show_line(["Jan", "Feb"], [4.0, 4.5], lambda v: marks.append(v) or f"{v:.1f}", within=(1, 5))
    chart.grab()
    assert min(marks) == 1
    assert max(marks) == 5
