from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app import words
from desktop_app.shop import Shop
from desktop_app.tasks import crowd
from desktop_app.tasks.ask import Answer, ask
from desktop_app.trade import Buyer, Order, OrderLine

TODAY = dt.date(2026, 11, 26)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    words.use("en")
    with Shop.create(tmp_path / "s.zhanggui", currency="EUR", timezone="UTC") as made:
        yield made


def buy(shop: Shop, rows: list[tuple[str, str, int]]) -> None:
    """Let (customer, day, amount) be orders."""
    with shop.act("Orders"):
        shop.intake().take([
            Order(f"N{n}", placed=f"{day} 10:00", currency="EUR", total=Decimal(amount), buyer=Buyer(who, f"{who}@x.example"),
                  lines=(OrderLine("Cup", "C", Decimal(1), Decimal(amount)),))
            for n, (who, day, amount) in enumerate(rows)
        ])  # fmt: skip


def asked(shop: Shop, text: str) -> Answer:
    (answer,) = ask(shop, None, threading.Event(), text=text, today=TODAY)
    return answer


def test_a_cohort_says_how_many_came_and_which_share_ordered_again(shop: Shop) -> None:
    buy(shop, [(f"a{n}", "2026-03-10", 10) for n in range(20)] + [(f"a{n}", "2026-04-02", 30) for n in range(5)]
        + [(f"a{n}", "2026-06-02", 10) for n in range(8)] + [(f"b{n}", "2026-10-05", 10) for n in range(4)])  # fmt: skip
    found = crowd.crowd(shop, today=TODAY)
    newest, march = found.cohorts
    assert (crowd.month_name(march.month), march.came, march.spent) == ("2026-03", 20, 21.5)
    assert march.back == (0.25, 0.0, 0.4, 0.0, None)  # 1, 2, 3, 6 months after; a year is not over
    assert (newest.came, newest.back) == (4, (None,) * 5)  # November still runs
    assert found.returning[:3] == (0.25, 0.0, 0.4)
    answer = asked(shop, "Show me the cohorts")
    assert (answer.measure, answer.figure) == ("cohorts", 25.0)
    assert answer.rows[1][:6] == ("2026-03", 20, "25%", "0%", "40%", "0%")


def test_a_segment_says_how_it_changed_since_the_span_began(shop: Shop) -> None:
    buy(shop, [(f"old{n}", day, 10) for n in range(6) for day in ("2026-05-01", "2026-06-01")]
        + [(f"new{n}", "2026-11-20", 10) for n in range(3)])  # fmt: skip
    by = {group.key: group for group in crowd.crowd(shop, dt.date(2026, 7, 1), TODAY).groups}
    assert (by["regular"].count, by["regular"].before, by["regular"].change) == (0, 6, -6)
    assert (by["new"].count, by["new"].change) == (3, 3)
    assert by["at_risk"].count + by["lost"].count == 6
    assert all(group.change is None for group in crowd.crowd(shop, dt.date(2026, 4, 1), TODAY).groups)
    answer = asked(shop, "How many regulars this year?")
    assert answer.figure == 0
    assert "Change" in answer.columns


def test_the_months_of_the_year_are_told_from_two_whole_years_and_not_from_the_month_that_runs(shop: Shop) -> None:
    days = [dt.date(2024 + (8 + n) // 12, (8 + n) % 12 + 1, 5) for n in range(27)]  # September 2024 to November 2026
    buy(shop, [(f"c{n}", day.isoformat(), 300 if day.month == 12 else 100) for n, day in enumerate(days[:-1])])
    season = crowd.year(shop, TODAY)
    assert season is not None
    assert int(season.index.argmax()) == 11
    answer = asked(shop, "When is my high season?")
    assert (answer.measure, answer.figure) == ("season", "December")
    assert len(answer.rows) == 12
    assert asked(shop, "哪个月最旺").measure == "season"


def test_a_shop_of_one_year_is_told_that_seasons_need_two(shop: Shop) -> None:
    buy(shop, [(f"c{n}", f"2026-{n + 1:02}-05", 100) for n in range(10)])
    answer = asked(shop, "Is there a seasonality?")
    assert not answer.answered
    assert "two whole years" in answer.text
    assert not asked(shop, "retention by month").answered
