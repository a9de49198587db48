"""Risk, prices and offers over a real shop file."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import pricing, recommend, risk
from desktop_app.trade import Address, Buyer, Order, OrderLine

TODAY = dt.date(2026, 6, 30)
D = Decimal


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    made = Shop.create(tmp_path / "a.zhanggui", currency="EUR", timezone="UTC")
    goods = ("Green cup", "Green saucer", "Oak spoon", "Oak fork", "Green cup with lid", "Wool sock")
    with made.act("Fill"):
        made.add(
            Product(title, handle=title, variants=(Variant(f"S{n}", price=D(10), cost=D(6), compare_at=D(14), stock=0 if n == 1 else 40),))
            for n, title in enumerate(goods)
        )  # fmt: skip
    return made


def order(
    number: int,
    day: dt.date,
    goods: tuple[int, ...],
    *,
    price: int = 10,
    who: str = "ann",
    to: str = "",
    country: str = "",
    phone: str = "",
) -> Order:
    lines = tuple(OrderLine(f"Goods {n}", f"S{n}", D(1), D(price)) for n in goods)
    name = to or f"{who} {number}"
    return Order(
        number=str(number), channel="web", placed=f"{day} 10:00", currency="EUR", lines=lines,
        buyer=Buyer(name, f"{who}@example.com", phone=phone, country=country and "DE"),
        ship_to=Address(name, street="1 Lane" if to else f"{number} Way", postcode="10", country=country),
    )  # fmt: skip


def take(shop: Shop, orders: list[Order]) -> list[int]:
    with shop.act("Sell"):
        return list(shop.intake().take(orders).orders)


def day(back: int) -> dt.date:
    return TODAY - dt.timedelta(back)


def test_usual_orders_have_no_reasons_and_an_unusual_one_says_which(shop: Shop) -> None:
    take(shop, [order(n, day(60 - n), (0, 2), who=f"p{n % 20}") for n in range(50)])
    usual, large = take(
        shop, [order(90, day(1), (0,), who="p3"), order(91, day(1), (0,), price=4000, who="p4", country="FR")]
    )
    assert risk.reasons(shop, usual) == []
    found = risk.reasons(shop, large)
    assert {reason.ground for reason in found} == {"amount_shop", "amount_customer", "countries"}
    assert any("4,000.00" in reason.text for reason in found)
    shop.close()


def test_one_address_under_many_names_is_a_reason(shop: Shop) -> None:
    take(shop, [order(n, day(60 - n), (0,), who=f"p{n}") for n in range(30)])
    ids = take(shop, [order(80 + n, day(1), (0,), who=f"x{n}", to=f"Name {n}", phone="030 1234567") for n in range(4)])
    assert {"shared_address", "shared_phone"} <= {reason.ground for reason in risk.reasons(shop, ids[0])}
    shop.close()


def test_an_order_of_a_shop_where_some_say_nothing_of_the_buyer_is_looked_at_too(shop: Shop) -> None:
    lines = (OrderLine("Goods 0", "S0", D(1), D(10)),)
    (bare,) = take(shop, [Order("1", "web", f"{day(2)} 10:00", currency="EUR", lines=lines)])
    (known,) = take(shop, [order(2, day(1), (0,))])
    assert risk.reasons(shop, bare) == []
    assert risk.reasons(shop, known) == []
    shop.close()


def test_the_unusual_among_the_newest_is_found_unasked_until_somebody_says_what_it_is(shop: Shop) -> None:
    now = dt.datetime.now(dt.UTC).date()
    usual = [order(n, now - dt.timedelta(50 - n), (0, 2), who=f"p{n % 20}") for n in range(50)]
    old = order(89, now - dt.timedelta(200), (0,), price=4000, who="p5")
    ids = take(shop, [*usual, old, order(90, now, (0,), price=4000, who="p4"), order(91, now, (0, 2), who="p6")])
    large = ids[51]
    assert risk.to_look_at(shop) == {large}
    assert {id for id in ids[:50] if risk.reasons(shop, id)} == set()
    risk.answer(shop, large, False)
    assert risk.to_look_at(shop) == frozenset()
    assert risk.reasons(shop, large)  # the panel says still what it saw
    shop.close()


def test_answers_move_the_line_and_can_be_taken_back(shop: Shop) -> None:
    take(shop, [order(n, day(60 - n), (0,), who=f"p{n}") for n in range(40)])
    ids = take(shop, [order(90 + n, day(1), (0,), price=18, who=f"q{n}") for n in range(6)])
    assert risk.reasons(shop, ids[0])
    for id in ids:
        risk.answer(shop, id, fine=True)
    assert risk.reasons(shop, ids[0]) == []
    for _answer in ids:
        shop.undo()
    assert risk.reasons(shop, ids[0])
    shop.close()


def test_a_price_has_its_floor_and_says_nothing_about_elasticity_from_one_price(shop: Shop) -> None:
    take(shop, [order(n, day(n), (0,)) for n in range(100)])
    found = pricing.advise(shop, shop.search("Green cup")[0], today=TODAY)
    assert found.floor == D("7.5")
    assert found.margin == pytest.approx(0.4)
    assert found.elasticity is None
    shop.close()


def test_a_price_before_that_was_never_asked_is_not_honest(shop: Shop) -> None:
    take(shop, [order(n, day(120 - n), (0,), price=12 if n < 100 else 10) for n in range(115)])
    product = next(i for i in shop.search("") if shop.product(i).title == "Green cup")
    found = pricing.advise(shop, product, today=TODAY)
    assert found.before is not None
    assert (found.before.honest, found.before.allowed) == (False, D(12))
    shop.close()


def test_offers_are_in_stock_and_say_why(shop: Shop) -> None:
    take(shop, [order(n, day(n % 90), (0, 1, 2) if n % 2 else (2, 3), who=f"p{n % 9}") for n in range(120)])
    of = {shop.product(i).title: i for i in shop.search("")}
    best = recommend.beside(shop, of["Green cup"])
    assert best[0].title == "Oak spoon"
    assert best[0].text == "In 60 of 60 orders with Green cup"
    assert "Green saucer" not in [offer.title for offer in best]  # bought together most often, but gone
    shop.close()


def test_what_is_gone_is_stood_in_for_by_what_is_alike(shop: Shop) -> None:
    take(shop, [order(n, day(n), (0, 1)) for n in range(30)])
    of = {shop.product(i).title: i for i in shop.search("")}
    assert [offer.title for offer in recommend.instead(shop, of["Green cup"], count=1)] == ["Green cup with lid"]
    shop.close()


def test_a_customer_is_offered_what_goes_with_what_was_bought(shop: Shop) -> None:
    take(shop, [order(n, day(n % 90), (2, 3), who=f"p{n % 9}") for n in range(60)])
    (only,) = take(shop, [order(900, day(1), (2,), who="new")])
    customer = shop.order(only).customer
    assert customer is not None
    assert recommend.for_customer(shop, customer, count=1)[0].title == "Oak fork"
    assert recommend.for_customer(shop, 10**6) == []
    shop.close()
