from __future__ import annotations

import datetime as dt
import importlib.util
import warnings
from pathlib import Path

import numpy as np
import pytest

from desktop_app.insight import special, value

EPOCH = dt.date(1970, 1, 1)
MONDAY = 3  # added to a day since 1970, weeks then begin on Mondays


def cdnow(shared: Path, until: dt.date) -> tuple[value.Summary, np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    rows = [line.split() for line in (shared / "data/orders/cdnow_6000_customers.txt").read_text().splitlines()]
    who = np.array([int(row[0]) for row in rows])
    days = np.array([(dt.datetime.strptime(row[1], "%Y%m%d").date() - EPOCH).days for row in rows])
    amounts = np.array([float(row[3]) for row in rows])
    _who, seen = value.summarise(who, days + MONDAY, amounts, (until - EPOCH).days + MONDAY, 7)
    return seen, days, amounts


def test_how_often_and_how_much_agree_with_lifetimes_on_cdnow(shared: Path) -> None:
    """The figures are those of lifetimes 0.11.3 on the same 39 weeks, printed by packaging-free Python once."""
    seen, _days, _amounts = cdnow(shared, dt.date(1997, 10, 5))
    coming, spending = value.fit_coming(seen), value.fit_spending(seen)
    assert coming is not None
    assert spending is not None
    assert (coming.r, coming.alpha, coming.a, coming.b) == pytest.approx(
        (0.285044, 6.568128, 0.573530, 2.043106), rel=1e-4
    )
    assert (spending.p, spending.q, spending.v) == pytest.approx((7.366171, 3.181303, 11.470361), rel=1e-4)
    assert coming.expected(seen, 39)[[0, 1, 4]] == pytest.approx([0.636889, 0.220638, 0.650070], abs=1e-5)
    assert coming.alive(seen)[[0, 1, 4]] == pytest.approx([0.375404, 1, 0.671421], abs=1e-5)


@pytest.mark.skipif(importlib.util.find_spec("lifetimes") is None, reason="lifetimes is of the oracle group")
def test_every_expectation_agrees_with_lifetimes_itself(shared: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifetimes import BetaGeoFitter  # type: ignore[import-not-found]

        seen, _days, _amounts = cdnow(shared, dt.date(1997, 10, 5))
        theirs = BetaGeoFitter()
        theirs.fit(seen.repeats, seen.recency, seen.age)
        told = theirs.conditional_expected_number_of_purchases_up_to_time(26, seen.repeats, seen.recency, seen.age)
    ours = value.fit_coming(seen)
    assert ours is not None
    assert ours.expected(seen, 26) == pytest.approx(np.asarray(told), rel=1e-3)


def test_what_came_in_the_next_nine_months_lies_in_the_interval(shared: Path) -> None:
    until = dt.date(1997, 10, 5)
    seen, days, amounts = cdnow(shared, until)
    coming, spending = value.fit_coming(seen), value.fit_spending(seen)
    assert coming is not None
    assert spending is not None
    found = value.value(coming, spending, seen, 39)
    assert found.total_low < amounts[days > (until - EPOCH).days].sum() < found.total_high
    assert np.all(found.low <= found.high)


def test_a_handful_of_customers_is_too_little_to_say() -> None:
    few = value.Summary(np.ones(5), np.ones(5), np.full(5, 3.0), np.ones(5))
    assert value.fit_coming(few) is None
    assert value.fit_spending(few) is None


def test_the_special_functions_are_what_they_are_called() -> None:
    assert special.log_gamma(np.array([1.0, 5.0, 0.5, 171.0])) == pytest.approx(
        [0, np.log(24), 0.5723649429, 706.5730622457]
    )
    assert special.hypergeometric(np.array(1.0), np.array(1.0), np.array(2.0), np.array(0.5)) == pytest.approx(
        2 * np.log(2)
    )
