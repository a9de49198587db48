"""An order written down by hand is an order as any other: in the list, in the sums, and off the shelf."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import export_orders, history, import_orders
from desktop_app.tasks.selling import Defaults, Sold, Tax, defaults, read_rate, sellable, write_order
from desktop_app.trade import Address, Buyer

D = Decimal


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with Shop.create(tmp_path / "s.zhanggui", currency="EUR") as shop:
        with shop.act("Fill"):
            sizes = tuple(
                Variant(f"TEE-{s}", "4006381333931" if s == "M" else "", (("Size", s),), D(20), cost=D(8), stock=5)
                for s in "SM"
            )
            shop.add([Product("Linen tee", variants=sizes), Product("Loose tea", variants=(Variant(price=D("4.50")),))])
        yield shop


def ids(shop: Shop) -> list[int]:
    return [v.id or 0 for p in shop.products([1, 2]) for v in p.variants]


def stock(shop: Shop) -> list[int | None]:
    assert shop.disagreeing() == []
    return [v.stock for p in shop.products([1, 2]) for v in p.variants]


def test_an_order_by_hand_takes_its_goods_from_the_shelf_and_can_be_undone(shop: Shop) -> None:
    small, middle, tea = ids(shop)
    buyer = Buyer("Ana Ruiz", "ana@example.com")
    id = write_order(
        shop, [Sold(middle, D(2)), Sold(tea, D(3), D(4))], buyer=buyer, channel="Market stall", discount=D(2)
    )
    order = shop.order(id)
    assert (order.number, order.channel, order.state, order.total, order.currency) == (
        "H1", "Market stall", "delivered", D(50), "EUR",
    )  # fmt: skip
    assert [(line.title, line.quantity, line.price, line.cost, line.variant) for line in order.lines] == [
        ("Linen tee", 2, 20, 8, middle), ("Loose tea", 3, 4, None, tea),
    ]  # fmt: skip
    assert order.paid == order.closed == order.placed
    assert stock(shop) == [5, 3, None]
    assert shop.find_orders("Ana") == [id]
    assert write_order(shop, [Sold(small)], state="placed") != id
    assert (shop.order(shop.find_orders()[0]).paid, stock(shop)) == ("", [4, 3, None])
    history.undo(shop)
    history.undo(shop)
    assert (stock(shop), shop.find_orders()) == ([5, 5, None], [])


def test_tax_shipping_and_address_stand_with_the_order_go_out_and_are_remembered(shop: Shop, tmp_path: Path) -> None:
    small, middle, _tea = ids(shop)
    to = Address(street="Rua Nova 3", postcode="1000", city="Lisboa", country="PT")
    first = shop.order(write_order(shop, [Sold(small)], shipping=D(5), tax=Tax(D(25)), ship_to=to, buyer=Buyer("Ana")))
    assert (first.tax, first.total, first.tax_inside, first.shipping) == (5, 25, True, 5)
    assert first.ship_to == replace(to, name="Ana")
    assert defaults(shop) == Defaults(Tax(D(25)), "PT")
    second = shop.order(write_order(shop, [Sold(middle)], discount=D(10)))  # as in the last order
    assert (second.tax, second.total) == (2, 10)
    third = shop.order(write_order(shop, [Sold(middle)], tax=Tax(D("7.25"), included=False)))
    assert (third.tax, third.total, third.tax_inside) == (D("1.45"), D("21.45"), False)
    export_orders.export_orders(shop, threading.Event(), path=tmp_path / "out.csv")
    with Shop.create(tmp_path / "other.zhanggui", currency="EUR") as other:
        reading = import_orders.look(other, tmp_path / "out.csv")
        list(import_orders.import_orders(other, threading.Event(), reading=reading))
        there = {
            o.number: (o.tax, o.total, o.tax_inside, o.shipping, o.ship_to) for o in other.orders(other.find_orders())
        }
    assert there == {o.number: (o.tax, o.total, o.tax_inside, o.shipping, o.ship_to) for o in (first, second, third)}
    history.undo(shop)
    assert defaults(shop).tax == Tax(D(25))
    for text, why in (("a lot", "no tax"), ("-3", "no tax"), ("100", "no tax")):
        with pytest.raises(UserError, match=why):
            read_rate(text)


def test_products_are_found_by_their_words_and_by_a_scanned_code(shop: Shop) -> None:
    assert [(one.title, one.options, one.stock) for one in sellable(shop, "linen")] == [
        ("Linen tee", "Size: S", 5), ("Linen tee", "Size: M", 5),
    ]  # fmt: skip
    assert [one.sku for one in sellable(shop, "4006381333931")] == ["TEE-M"]
    assert len(sellable(shop, "")) == 3


def test_what_cannot_be_sold_so_is_said_and_nothing_is_saved(shop: Shop) -> None:
    small, _middle, tea = ids(shop)
    for sold, off, why in (
        ([], D(0), "Nothing is sold"), ([Sold(small, D(0))], D(0), "At least one"), ([Sold(tea)], D(9), "more than"),
        ([Sold(99)], D(0), "not in this shop"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=why):
            write_order(shop, sold, discount=off)
    assert shop.find_orders() == []
