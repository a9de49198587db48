"""What came back and what was given back, as the shelf, the order and Insight show it afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.errors import UserError
from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import giving_back, history, insight
from desktop_app.tasks.giving_back import Back, give_back, left_to_give, take_back, worth
from desktop_app.trade import Order, OrderLine

D = Decimal


def minutes_on(minutes: int) -> str:
    return (dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


LINES = (OrderLine("Mug", "MUG", D(2), D(9)), OrderLine("Tray", "TRAY", D(1), D(24)))


def filled(path: Path, discount: Decimal = D(0), tax: Decimal = D(0)) -> tuple[Shop, int]:
    """A shop of ten mugs and ten trays, and an order of two mugs and a tray: 42 and 5 for postage."""
    shop = Shop.create(path, currency="USD", timezone="UTC")
    with shop.act("Fill"):
        shop.add([Product(name, variants=(Variant(name.upper(), price=D(9), stock=10),)) for name in ("Mug", "Tray")])
    order = Order(
        "1", "web", minutes_on(5), "delivered", currency="USD", lines=LINES, shipping=D(5), discount=discount, tax=tax
    )  # fmt: skip  # later than the count with which the stock began
    with shop.act("Sell"):
        (id,) = shop.intake().take([order]).orders
        shop.book_orders([id])
    return shop, id


@pytest.fixture(autouse=True, scope="module")
def returned_after_the_sale() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(giving_back, "now", lambda: minutes_on(10))
        yield


@pytest.fixture
def sold(tmp_path: Path) -> Iterator[tuple[Shop, int]]:
    shop, id = filled(tmp_path / "shop.zhanggui")
    yield shop, id
    shop.close()


def stock(shop: Shop) -> list[int | None]:
    return [product.variants[0].stock for product in shop.products([1, 2])]


def returns(shop: Shop) -> float:
    found = insight.overview(shop, insight.Look("30"), dt.datetime.now(dt.UTC).date() + dt.timedelta(1))
    assert found is not None
    tiles = {tile.key: tile.value for tile in found.tiles}
    assert tiles["sales"] == 42
    return tiles["returns"] or 0.0


def all_of(shop: Shop, order: int) -> list[Back]:
    return [Back(line.id or 0, line.quantity) for line in shop.order(order).lines]


def test_a_returned_order_is_back_on_the_shelf_and_in_the_returns_of_insight(sold: tuple[Shop, int]) -> None:
    shop, order = sold
    assert stock(shop) == [8, 9]
    take_back(shop, order, all_of(shop, order), reason="changed their mind", money=D(42))
    found = shop.order(order)
    assert (found.state, found.refunded) == ("returned", D(42))
    assert [line.returned for line in found.lines] == [D(2), D(1)]
    assert stock(shop) == [10, 10]
    assert returns(shop) == 42
    assert shop.disagreeing() == []
    history.undo(shop)
    assert (shop.order(order).state, shop.order(order).refunded) == ("delivered", D(0))
    assert stock(shop) == [8, 9]
    assert returns(shop) == 0


def test_a_part_comes_back_and_the_damaged_of_it_is_not_for_sale(sold: tuple[Shop, int]) -> None:
    shop, order = sold
    mugs, tray = shop.order(order).lines
    take_back(shop, order, [Back(mugs.id or 0, D(1)), Back(tray.id or 0, D(1), restocked=False)], reason="damaged")
    assert stock(shop) == [9, 9]
    assert shop.order(order).state == "delivered"
    assert returns(shop) == 33
    assert shop.order(order).refunded == 0


def test_all_the_money_back_makes_an_order_refunded_and_counts_the_goods_in_it(sold: tuple[Shop, int]) -> None:
    shop, order = sold
    give_back(shop, order, left_to_give(shop.order(order)))
    assert (shop.order(order).state, shop.order(order).refunded) == ("refunded", D(47))
    assert returns(shop) == 42  # the postage was never among the sales
    assert stock(shop) == [8, 9]
    history.undo(shop)
    assert (shop.order(order).state, shop.order(order).refunded) == ("delivered", D(0))
    assert returns(shop) == 0


def test_a_part_of_the_money_leaves_the_order_as_it_is(sold: tuple[Shop, int]) -> None:
    shop, order = sold
    give_back(shop, order, D(10))
    assert (shop.order(order).state, shop.order(order).refunded) == ("delivered", D(10))
    assert returns(shop) == pytest.approx(10)
    give_back(shop, order, D(37))
    assert shop.order(order).state == "refunded"
    assert returns(shop) == pytest.approx(42)


def test_money_first_and_goods_after_are_counted_once(sold: tuple[Shop, int]) -> None:
    shop, order = sold
    give_back(shop, order, D(47))
    take_back(shop, order, all_of(shop, order))
    assert returns(shop) == pytest.approx(42)
    assert stock(shop) == [10, 10]


def test_goods_first_and_money_after_are_counted_once(sold: tuple[Shop, int]) -> None:
    shop, order = sold
    take_back(shop, order, all_of(shop, order))
    give_back(shop, order, D(47))
    assert returns(shop) == pytest.approx(42)
    assert shop.order(order).state == "refunded"


def test_more_than_was_sold_or_paid_is_refused_and_nothing_changes(sold: tuple[Shop, int]) -> None:
    shop, order = sold
    mugs = shop.order(order).lines[0].id or 0
    for wrong in (
        [Back(mugs, D(3))],
        [Back(mugs, D(-1))],
        [Back(mugs, D(1)), Back(mugs, D(2))],
        [Back(9999, D(1))],
        [],
    ):
        with pytest.raises(UserError):
            take_back(shop, order, wrong)
    with pytest.raises(UserError):
        take_back(shop, order, [Back(mugs, D(1))], money=D(48))
    for money in (D(48), D(-1), D(0)):
        with pytest.raises(UserError):
            give_back(shop, order, money)
    assert stock(shop) == [8, 9]
    assert shop.order(order).refunded == 0


def test_what_is_proposed_for_a_piece_is_what_was_paid_for_it(tmp_path: Path) -> None:
    shop, id = filled(tmp_path / "off.zhanggui", D("4.20"), D("7.56"))
    order = shop.order(id)
    assert worth(order, [Back(order.lines[0].id or 0, D(1))]) == D("9.72")  # 9 − 10 % + 20 %
    assert worth(order, all_of(shop, id)) == D("45.36")
    shop.close()


STEPS = st.lists(st.tuples(st.sampled_from(["mug", "tray", "money"]), st.integers(1, 30)), max_size=6)


@settings(max_examples=15, deadline=None)
@given(STEPS)
def test_whatever_comes_back_in_whatever_order_no_more_is_counted_than_was_sold(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    shop, id = filled(tmp_path_factory.mktemp("back") / "shop.zhanggui")
    for what, count in steps:
        try:
            if what == "money":
                give_back(shop, id, D(count))
            else:
                take_back(shop, id, [Back(shop.order(id).lines[what == "tray"].id or 0, D(count % 2 + 1))])
        except UserError:
            continue
    found = shop.order(id)
    booked = sum(row.amount for row in shop.returns_of(id))
    goods_back = sum(line.returned * line.price for line in found.lines)
    assert max(goods_back, min(D(42), found.refunded)) - D("0.01") <= booked <= D("42.01")
    assert stock(shop) == [8 + found.lines[0].returned, 9 + found.lines[1].returned]
    assert shop.disagreeing() == []
    shop.close()
