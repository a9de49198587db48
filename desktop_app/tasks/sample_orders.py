"""A year and a half of orders for the sample shop, the same every time but for the day on which they end."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from desktop_app.records import Product
from desktop_app.shop import Shop
from desktop_app.trade import Address, Buyer, Order, OrderLine, OrderState, Return

DAYS = 540
_PLACED = "%Y-%m-%d %H:%M"
CHANNELS = {"en": ("Online shop", "Etsy", "Market stall"), "zh": ("网店", "淘宝", "门店")}
WEIGHTS = (5, 3, 2)
COUNTRIES = {"en": ("US",) * 7 + ("CA", "GB", "DE"), "zh": ("CN",)}
_REASONS = {
    "en": ("Too small", "Arrived broken", "Changed my mind", "Not as pictured"),
    "zh": ("尺码偏小", "收到时破损", "不想要了", "与图片不符"),
}
_FIRST = {
    "en": ("Ada", "Ben", "Clara", "David", "Emma", "Frank", "Grace", "Henry", "Iris", "Jack", "Kate", "Leo", "Mia"),
    "zh": tuple("安波晨丹恩芳刚华佳凯兰明娜鹏倩蓉涛薇雪阳"),
}
_LAST = {
    "en": ("Baker", "Carter", "Dunn", "Ellis", "Fisher", "Gray", "Hall", "Jones", "Lopez", "Moore", "Reed", "Wood"),
    "zh": tuple("陈邓冯高何黄李林刘罗马孙唐王吴徐杨张赵周"),
}


def fill_with_orders(shop: Shop, language: str, end: dt.datetime) -> None:
    """Put the sample's orders, and what came back of them, into a shop that holds its products; within an action.

    ``end`` is a moment in UTC: none was placed after it.
    """
    products = shop.products(list(shop.search("")))
    latest = end.strftime(_PLACED)
    placed = [order for order in sample_orders(products, language, end.date()) if order.placed <= latest]
    taken = shop.intake().take(placed)
    reasons = _REASONS["zh" if language == "zh" else "en"]
    back = [order for order in shop.orders(taken.orders) if order.state == "returned"]
    shop.add_returns(
        Return(
            o.lines[0].id or 0, o.lines[0].quantity, o.lines[0].amount, reasons[n % len(reasons)], at=_later(o.placed)
        )
        for n, o in enumerate(back)
    )


def _later(placed: str) -> str:
    return (dt.datetime.fromisoformat(placed) + dt.timedelta(6)).strftime("%Y-%m-%dT%H:%M:%SZ")


def sample_orders(products: Sequence[Product], language: str, today: dt.date) -> Iterator[Order]:
    """Yield orders for these products from ``DAYS`` days ago to ``today``, oldest first.

    Some products sell every day, some hardly ever; Saturdays and the weeks before Christmas sell more. Three regulars
    in ten come back; a few orders are cancelled, a few lines are returned by a state.
    """
    tongue = language if language in CHANNELS else "en"
    chance = random.Random(20240229)
    goods = [p for p in products if p.variants and p.variants[0].price is not None]
    worth = [1 / (place + 1.5) ** 0.9 for place in range(len(goods))]
    order_of = list(range(len(goods)))
    chance.shuffle(order_of)
    weights = [worth[place] for place in order_of]
    people = [_person(chance, tongue, n) for n in range(260)]
    number = 1000
    for back in range(DAYS - 1, -1, -1):
        day = today - dt.timedelta(back)
        for _n in range(_orders_on(chance, day, back)):
            number += 1
            yield _order(chance, goods, weights, people, tongue, day, back, number)


def _orders_on(chance: random.Random, day: dt.date, back: int) -> int:
    mean = 2.2 * (1 + 0.5 * (DAYS - back) / DAYS)
    mean *= 1.5 if day.weekday() == 5 else 0.8 if day.weekday() == 0 else 1.0
    if (day.month, day.day) >= (11, 20) and (day.month, day.day) <= (12, 20):
        mean *= 1.6
    return sum(chance.random() < mean / 8 for _try in range(8))


def _person(chance: random.Random, tongue: str, n: int) -> tuple[Buyer, Address, float]:
    first, last = chance.choice(_FIRST[tongue]), chance.choice(_LAST[tongue])
    name = f"{last}{first}" if tongue == "zh" else f"{first} {last}"
    country = chance.choice(COUNTRIES[tongue])
    buyer = Buyer(name, f"customer{n + 1}@example.com", country=country)
    street = f"{n + 1} 号" if tongue == "zh" else f"{n + 1} High Street"
    return buyer, Address(name, street=street, country=country), min(chance.paretovariate(1.3), 9.0)


def _order(
    chance: random.Random, goods: Sequence[Product], weights: Sequence[float],
    people: Sequence[tuple[Buyer, Address, float]], tongue: str, day: dt.date, back: int, number: int,
) -> Order:  # fmt: skip
    known = people[: max(30, len(people) * (DAYS - back) // DAYS)]
    buyer, to, _weight = chance.choices(known, [weight for _b, _a, weight in known])[0]
    chosen = dict.fromkeys(chance.choices(range(len(goods)), weights, k=chance.choice((1, 1, 1, 2, 2, 3))))
    lines = tuple(_line(chance, goods[n]) for n in chosen)
    placed = dt.datetime.combine(day, dt.time(chance.randrange(8, 22), chance.randrange(60)))
    state: OrderState = "delivered" if back > 5 else "sent" if back > 1 else "paid"
    drawn = chance.random()
    if back > 8:
        state = "cancelled" if drawn < 0.02 else "returned" if drawn < 0.045 else state
    total = sum((line.amount for line in lines), Decimal(0))
    channel = chance.choices(CHANNELS[tongue], WEIGHTS)[0]
    fees = (total * Decimal("0.08")).quantize(Decimal("0.01")) if channel == CHANNELS[tongue][1] else Decimal(0)
    shipping = Decimal(0) if total > 60 or channel == CHANNELS[tongue][2] else Decimal("4.90")
    return Order(
        number=f"S{number}", channel=channel, placed=placed.strftime(_PLACED), state=state, lines=lines,
        shipping=shipping, fees=fees, buyer=buyer, ship_to=replace(to),
    )  # fmt: skip


def _line(chance: random.Random, product: Product) -> OrderLine:
    variant = product.variants[chance.randrange(len(product.variants))]
    price = variant.price or Decimal(0)
    cost = (price * Decimal("0.48")).quantize(Decimal("0.01"))
    quantity = Decimal(chance.choice((1, 1, 1, 1, 2, 2, 3)))
    options = ", ".join(f"{name}: {value}" for name, value in variant.options)
    return OrderLine(product.title, variant.sku, quantity, price, cost=cost, options=options)
