from __future__ import annotations

import numpy as np

from desktop_app.insight import marking, smoothing
from desktop_app.insight.marking import Marks


def test_a_shelf_is_empty_from_the_sale_that_emptied_it_to_the_delivery() -> None:
    assert marking.gone([100, 110, 140], [10, -10, 30], [105, 110, 141], 200) == [(111, 139)]


def test_a_shelf_that_was_empty_when_counting_began_was_so_since_the_last_sale() -> None:
    assert marking.gone([150], [0], [100, 120], 160) == [(121, 160)]
    assert marking.gone([300], [0], [100, 120], 160) == [(121, 160)]  # counted after the weeks looked at
    assert marking.gone([150], [0], [], 160) == []


def test_what_sells_on_while_the_ledger_says_none_is_not_taken_as_gone() -> None:
    sold = list(range(101, 160, 3))
    days, changes = [100, *sold], [1, *[-1] * len(sold)]
    assert marking.gone(days, changes, sold, 160) == []
    assert marking.gone(days, changes, sold, 220) == [(sold[-1] + 1, 220)]  # quiet for far longer than ever


def test_one_order_too_many_does_not_hide_that_there_is_none() -> None:
    assert marking.gone([100, 110, 111], [5, -5, -1], [110, 111], 150) == [(112, 150)]


def test_a_week_half_without_goods_counts_for_what_it_sold_on_the_other_days() -> None:
    demand = np.array([[7.0, 7.0, 3.0, 1.0, 0.0, 9.0, 7.0]])
    out = np.array([[0.0, 0.0, 3 / 7, 5 / 7, 1.0, 5 / 7, 0.0]])
    marks = Marks(out, np.array([[False] * 6 + [True]]))
    found = marking.usual(demand, marks)
    assert np.allclose(found, [[7, 7, 5.25, np.nan, np.nan, 9, np.nan]], equal_nan=True)
    assert [list(n) for n in marking.left_out(demand, found, marks)] == [[2], [1]]


def test_a_week_that_ran_out_after_its_one_sale_is_not_scaled_up() -> None:
    demand = np.array([[10.0] * 9])
    out = np.zeros((1, 9))
    out[0, 8] = 4 / 7
    assert marking.usual(demand, Marks(out, np.zeros((1, 9), bool))).tolist() == demand.tolist()


def weeks(prices: list[float]) -> np.ndarray:
    n = len(prices)
    units = np.full(n, 4.0)
    table = marking.under_price(
        np.zeros(n, np.int64), np.arange(n, dtype=np.int64), units, units * np.array(prices), (1, n)
    )
    return np.flatnonzero(table[0])


def test_a_fortnight_at_a_reduced_price_is_a_promotion_and_a_new_price_is_not() -> None:
    assert weeks([10.0] * 12 + [8.0] * 2 + [10.0] * 12).tolist() == [12, 13]
    lowered = weeks([10.0] * 40 + [8.0] * 40)
    assert lowered.tolist() == list(range(40, 40 + marking.SEASON - 13))  # a price that stays is the usual one
    assert weeks([10.0] * 12 + [9.5] * 2 + [10.0] * 12).tolist() == []


def test_one_large_order_at_a_better_price_is_no_promotion() -> None:
    week = np.repeat(np.arange(20), 3)
    units, price = np.full(60, 2.0), np.full(60, 10.0)
    units[30], price[30] = 200, 7.0
    found = marking.under_price(np.zeros(60, np.int64), week.astype(np.int64), units, units * price, (1, 20))
    assert not found.any()


def test_last_years_empty_week_is_not_repeated_as_a_season() -> None:
    demand = np.full((1, 70), 10.0)
    demand[0, 16:20] = np.nan
    assert np.allclose(smoothing.seasonal(demand)[0, 66:], 10)
