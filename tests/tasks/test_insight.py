from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import insight, reckoning
from desktop_app.tasks.insight import Look
from desktop_app.trade import Order, OrderLine, Return

TODAY = dt.date(2026, 6, 30)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    made = Shop.create(tmp_path / "a.zhanggui", currency="EUR", timezone="UTC")
    with made.act("Fill"):
        made.add([
            Product("Cup", category="Kitchen", variants=(Variant("CUP", price=Decimal(10), stock=3),)),
            Product("Cloth", category="Home", variants=(Variant("CLOTH", price=Decimal(20), stock=500),)),
        ])  # fmt: skip
    return made


def sell(
    shop: Shop, day: dt.date, number: int, *lines: tuple[str, int, int], channel: str = "web", currency: str = "EUR"
) -> None:
    order = Order(
        number=str(number), channel=channel, placed=f"{day} 10:00", currency=currency,
        lines=tuple(OrderLine(sku.title(), sku, Decimal(n), Decimal(price)) for sku, n, price in lines),
    )  # fmt: skip
    with shop.act("Sell"):
        shop.intake().take([order])


def test_figures_are_those_of_the_span_and_of_the_one_before(shop: Shop) -> None:
    sell(shop, dt.date(2026, 6, 29), 1, ("CUP", 2, 10), ("CLOTH", 1, 20))
    sell(shop, dt.date(2026, 5, 20), 2, ("CUP", 1, 8))
    found = insight.overview(shop, Look("30"), TODAY)
    assert found is not None
    tiles = {tile.key: tile for tile in found.tiles}
    assert (tiles["sales"].value, tiles["sales"].before) == (40, 8)
    assert tiles["orders"].value == 1
    assert tiles["margin"].value is None  # nobody said what the goods cost
    assert sum(value for _day, value in found.trend) == 40
    assert found.why is not None
    assert found.why.total == pytest.approx(32)
    shop.close()


def test_what_came_back_and_other_currencies_are_counted_apart(shop: Shop) -> None:
    sell(shop, dt.date(2026, 6, 28), 1, ("CUP", 2, 10))
    sell(shop, dt.date(2026, 6, 28), 3, ("CUP", 1, 10))
    sell(shop, dt.date(2026, 6, 28), 2, ("CUP", 7, 10), currency="USD")
    (order,) = shop.orders(shop.find_orders("1"))
    with shop.act("Return"):
        shop.add_returns([Return(order.lines[0].id or 0, Decimal(1), Decimal(10), at="2026-06-29T10:00:00Z")])
    found = insight.overview(shop, Look("30"), TODAY)
    assert found is not None
    tiles = {tile.key: tile.value for tile in found.tiles}
    assert (tiles["sales"], tiles["returns"], found.others) == (30, 10, 1)
    shop.close()


def test_undo_takes_figures_back(shop: Shop) -> None:
    sell(shop, dt.date(2026, 6, 29), 1, ("CUP", 2, 10))
    assert insight.overview(shop, Look("30"), TODAY) is not None
    shop.undo()
    assert insight.overview(shop, Look("30"), TODAY) is None
    shop.close()


def test_a_product_that_sells_out_is_to_be_ordered_and_one_that_lies_is_not(shop: Shop) -> None:
    for week in range(20):
        sell(shop, TODAY - dt.timedelta(7 * week + 3), week, ("CUP", 6, 10), ("CLOTH", 1, 20))
    found = insight.supplies(shop, TODAY)
    assert [line.title for line in found.buy] == ["Cup"]
    assert found.buy[0].buy + found.buy[0].stock >= 12
    assert found.value == 3 * 10 + 500 * 20
    shop.close()


def test_a_new_product_is_too_young_to_be_ordered_by_a_forecast(shop: Shop) -> None:
    sell(shop, TODAY - dt.timedelta(100), 0, ("CLOTH", 1, 20))
    for week in range(3):
        sell(shop, TODAY - dt.timedelta(7 * week + 3), week + 1, ("CUP", 6, 10))
    found = insight.supplies(shop, TODAY)
    assert found.buy == ()
    assert found.young == 1
    shop.close()


def test_the_books_are_read_again_only_after_a_change(shop: Shop) -> None:
    sell(shop, dt.date(2026, 6, 29), 1, ("CUP", 2, 10))
    first = reckoning.reckoned(shop)
    assert reckoning.reckoned(shop) is first
    sell(shop, dt.date(2026, 6, 30), 2, ("CUP", 1, 10))
    assert reckoning.reckoned(shop) is not first
    shop.close()


def test_plenty_of_stock_in_a_large_shop_is_enough_and_not_too_new(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are many products only those that might run out are forecast; the others are not called new."""
    monkeypatch.setattr(reckoning, "MANY", 1)
    today = dt.date(2026, 11, 25)
    with shop.act("Orders"):
        shop.intake().take([
            Order(f"N{n}", placed=f"{today - dt.timedelta(7 * n + 2)} 10:00", currency="EUR",
                  lines=(OrderLine("Cup", "CUP", Decimal(4), Decimal(5)), OrderLine("Cloth", "CLOTH", Decimal(5), Decimal(5))))
            for n in range(30)
        ])  # fmt: skip
        shop.add([Product("Mat", variants=(Variant("MAT", price=Decimal(5), stock=50),))])
    lines = {line.title: line for line in reckoning.stock_lines(shop, today)}
    assert (lines["Cloth"].enough, lines["Cloth"].buy, round(lines["Cloth"].lasts)) == (True, 0, 100)
    assert lines["Cup"].enough
    assert lines["Cup"].buy > 0
    assert not lines["Mat"].enough
    assert insight.supplies(shop, today).young == 1
