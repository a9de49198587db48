from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.insight.cube import SUMS, VISITS, Cube, Only

LINES = st.lists(
    st.tuples(st.integers(20000, 20100), st.integers(0, 4), st.integers(0, 1), st.integers(0, 9)), max_size=40
)


def cube(rows: list[tuple[int, int, int, int]]) -> Cube:
    table = np.array(rows, float).reshape(-1, 4)
    sales = {"day": table[:, 0], "place": table[:, 1], "channel": table[:, 2]} | dict.fromkeys(SUMS, table[:, 3])
    visits = {"day": table[:, 0], "channel": table[:, 2]} | {name: np.ones(len(table)) for name in VISITS}
    return Cube(sales, visits, "ABCDE", np.arange(5), ("x", "y", "x", "", "y"), ("shop", "web"))


@given(LINES, st.integers(20000, 20100), st.integers(20000, 20100))
def test_sums_are_those_of_a_loop_over_the_lines(rows: list[tuple[int, int, int, int]], one: int, other: int) -> None:
    since, until = min(one, other), max(one, other)
    kept = [r for r in rows if since <= r[0] <= until and r[2] == 1 and r[1] in {0, 2}]
    only = Only(since, until, "web", "x")
    assert float(cube(rows).totals(only).amount) == sum(r[3] for r in kept)
    keys, sums = cube(rows).by("product", only)
    assert dict(zip(keys.tolist(), sums.units.tolist(), strict=True)) == {
        p: float(sum(r[3] for r in kept if r[1] == p)) for p in {r[1] for r in kept}
    }


def test_a_channel_that_is_not_there_has_nothing() -> None:
    assert float(cube([(20000, 1, 1, 5)]).totals(Only(channel="fair")).amount) == 0
    assert float(cube([(20000, 1, 1, 5)]).totals(Only(category="none such")).amount) == 0


def test_weeks_and_months_and_weekdays_are_the_calendars() -> None:
    rows = [(20000, 0, 0, 1)]  # 2024-10-04, a Friday
    assert cube(rows).by("weekday", Only())[0].tolist() == [4]
    assert cube(rows).by("month", Only())[0].tolist() == [(2024 - 1970) * 12 + 9]
    assert cube(rows).weekly(Only(), 19996, 2).sum(0).tolist() == [1, 0]
    assert cube(rows).last_day(Only()) == 20000
