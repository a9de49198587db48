from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app import words
from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import demand, reckoning
from desktop_app.tasks.ask import Answer, ask
from desktop_app.tasks.reckoning import StockLine
from desktop_app.trade import Move, Order, OrderLine

TODAY = dt.date(2026, 11, 26)  # a Thursday
MONDAY = dt.date(2026, 11, 23)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    words.use("en")
    with Shop.create(tmp_path / "s.zhanggui", currency="EUR", timezone="UTC") as made:
        yield made


def add(shop: Shop, title: str, *variants: tuple[str, int]) -> Product:
    with shop.act("Add"):
        (id,) = shop.add([
            Product(title, variants=tuple(Variant(sku, price=Decimal(9), stock=n) for sku, n in variants))
        ])  # fmt: skip
    return shop.product(id)


def sell(shop: Shop, rows: list[tuple[int, str, int, str]]) -> None:
    """Sell (weeks before this one, SKU, pieces, price), each on a Wednesday."""
    with shop.act("Orders"):
        shop.intake().take([
            Order(
                f"{sku}{week}", placed=f"{MONDAY - dt.timedelta(7 * week - 2)} 10:00", currency="EUR",
                lines=(OrderLine("", sku, Decimal(pieces), Decimal(price)),),
            )
            for week, sku, pieces, price in rows
        ])  # fmt: skip


def line(shop: Shop, title: str) -> StockLine:
    return next(line for line in reckoning.stock_lines(shop, TODAY) if line.title == title)


def test_a_best_seller_that_ran_out_is_forecast_and_ordered_as_if_it_had_been_there(shop: Shop) -> None:
    add(shop, "Mug", ("M", 0))
    add(shop, "Bowl", ("B", 0))
    sell(shop, [(w, "M", 10, "9") for w in range(24, 4, -1)] + [(w, "B", 10, "9") for w in range(24, 0, -1)])
    mug, bowl = line(shop, "Mug"), line(shop, "Bowl")
    assert mug.weekly == pytest.approx(10, abs=0.5)
    assert mug.buy == pytest.approx(bowl.buy, abs=3)
    assert (mug.out, bowl.out) == (4, 0)
    assert demand.left_out(mug.out, mug.promoted) == "4 weeks out of stock left out."


def test_weeks_between_running_out_and_the_delivery_are_left_out_by_the_ledger(shop: Shop) -> None:
    (variant,) = add(shop, "Mug", ("M", 0)).variants
    with shop.act("Arrived"):
        at = MONDAY - dt.timedelta(7 * 30)
        shop.book([Move(variant.id or 0, 100, "purchase", at=f"{at}T08:00:00Z")])
        at = MONDAY - dt.timedelta(7 * 14)
        shop.book([Move(variant.id or 0, 400, "purchase", at=f"{at}T08:00:00Z")])
        # sold before the shop counted: written down as they were
        for week in (*range(30, 20, -1), *range(14, 0, -1)):
            at = MONDAY - dt.timedelta(7 * week - 2)
            shop.book([Move(variant.id or 0, -10, "loss", at=f"{at}T12:00:00Z")])
    sell(shop, [(w, "M", 10, "9") for w in (*range(30, 20, -1), *range(14, 0, -1))])
    found = line(shop, "Mug")
    assert found.out == 6
    assert found.weekly == pytest.approx(10, abs=0.3)


def test_one_size_of_several_that_ran_out_is_missed_by_what_it_used_to_sell(shop: Shop) -> None:
    add(shop, "Shirt", ("S", 0), ("L", 50))
    sell(shop, [(w, "S", 3, "9") for w in range(24, 4, -1)] + [(w, "L", 7, "9") for w in range(24, 0, -1)])
    assert line(shop, "Shirt").weekly == pytest.approx(10, abs=1.2)
    assert line(shop, "Shirt").out == 0


def test_a_promotion_is_marked_and_is_not_the_new_base_level(shop: Shop) -> None:
    add(shop, "Mug", ("M", 90))
    sell(shop, [(w, "M", 40 if w <= 2 else 10, "7" if w <= 2 else "9") for w in range(24, 0, -1)])
    found = line(shop, "Mug")
    assert found.weekly == pytest.approx(10, abs=0.5)
    assert found.promoted == 2
    assert demand.left_out(0, found.promoted) == "2 weeks on promotion left out."


def test_what_was_gone_for_half_a_year_is_not_forecast(shop: Shop) -> None:
    add(shop, "Mug", ("M", 0))
    add(shop, "Bowl", ("B", 9))
    sell(shop, [(w, "M", 10, "9") for w in range(60, 30, -1)] + [(w, "B", 1, "9") for w in range(60, 0, -1)])
    assert not line(shop, "Mug").enough
    assert line(shop, "Mug").buy == 0


def test_undoing_the_delivery_changes_what_the_ledger_says_of_the_weeks(shop: Shop) -> None:
    (variant,) = add(shop, "Mug", ("M", 0)).variants
    sell(shop, [(w, "M", 10, "9") for w in range(24, 4, -1)])
    assert line(shop, "Mug").out == 4
    with shop.act("Arrived"):
        shop.book([Move(variant.id or 0, 50, "purchase")])
    assert line(shop, "Mug").stock == 50
    shop.undo()
    assert line(shop, "Mug").out == 4


def asked(shop: Shop, text: str) -> Answer:
    (answer,) = ask(shop, None, threading.Event(), text=text, today=TODAY)
    return answer


@pytest.mark.parametrize(
    ("text", "days", "pieces"),
    [
        ("How many will I sell next week?", "2026-11-30 to 2026-12-06", 10),
        ("下周能卖多少", "2026-11-30 to 2026-12-06", 10), ("下个月会卖多少？", "2026-12-01 to 2026-12-31", 50),
        ("How much will I sell in December?", "2026-12-01 to 2026-12-31", 50), ("forecast", "2026-11-27 to 2026-12-03", 10),
    ],
)  # fmt: skip
def test_a_forecast_is_of_exactly_the_days_that_were_asked_for(shop: Shop, text: str, days: str, pieces: int) -> None:
    add(shop, "Mug", ("M", 90))
    sell(shop, [(w, "M", 10, "9") for w in range(40, 0, -1)])
    answer = asked(shop, text)
    assert days in answer.text
    assert answer.figure == pytest.approx(pieces, abs=1)  # Wednesdays: five of them in December
    assert "Eight times in ten" in answer.text
    assert "EUR" in answer.text


def test_of_a_month_that_runs_what_is_sold_and_what_is_to_come_are_added(shop: Shop) -> None:
    add(shop, "Mug", ("M", 90))
    sell(shop, [(w, "M", 10, "9") for w in range(40, -1, -1)])  # this Wednesday too
    answer = asked(shop, "How many mugs will I sell this month?")
    assert answer.figure == pytest.approx(40, abs=1)
    assert "Of that 40 are sold already." in answer.text


def test_a_span_that_is_over_or_too_far_ahead_is_said(shop: Shop) -> None:
    add(shop, "Mug", ("M", 90))
    sell(shop, [(w, "M", 10, "9") for w in range(24, 0, -1)])
    over, far = asked(shop, "forecast for October"), asked(shop, "forecast for last month")
    assert not far.answered
    assert "is over" in far.text
    assert "too far ahead" in over.text  # the October to come
    assert "2027-01-17" in over.text


def test_a_forecast_says_which_weeks_it_leaves_out(shop: Shop) -> None:
    add(shop, "Mug", ("M", 0))
    add(shop, "Bowl", ("B", 20))
    sell(shop, [(w, "M", 10, "9") for w in range(24, 4, -1)] + [(w, "B", 10, "9") for w in range(24, 0, -1)])
    answer = asked(shop, "How many mugs will I sell next week?")
    assert answer.figure == pytest.approx(10, abs=0.5)
    assert "4 weeks out of stock left out." in answer.text
