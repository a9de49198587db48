"""What the shop file holds for a reply: the customer's own order, a product's price, stock and facts. Code finds it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.knowledge_records import Asker, FactUsed, ReplyPart, Said, Thread
from desktop_app.language import message_signs, product_names, reply_reading, reply_words
from desktop_app.language.reply_reading import Read
from desktop_app.language.telling import usable
from desktop_app.records import Product
from desktop_app.shop import Shop
from desktop_app.tasks import recommend
from desktop_app.trade import ZERO, Order

_NUMBER = re.compile(r"(?<![A-Za-z0-9])#?[A-Za-z]{0,6}[-_]?\d[\dA-Za-z_-]{2,34}(?![A-Za-z0-9])")
_NAMED = re.compile(
    r"(?i)(?:\border(?: number| no\.?)?|订单(?:号|编号)?)(?: is|是|为)?[\s#:：]*([A-Za-z]{0,6}-?\d[\dA-Za-z-]{3,30})"
)
_TRACKING = re.compile(r"(?i)track|waybill|物流单号|运单|快递单号")
_CLOSED = {"delivered", "cancelled", "refunded", "returned"}


@dataclass(frozen=True, slots=True)
class Known:
    """What a reply may tell from the shop file, and what the merchant should know of it."""

    order: Order | None = None
    product: Product | None = None
    sure: bool = True  # whether the order is certainly that of the person who writes
    foreign: str = ""  # the number of an order that is somebody else's
    unknown: str = ""  # the number of an order that is not here


def known_of(shop: Shop, thread: Thread, text: str) -> Known:
    """Find the order and the product a thread is about. An order of another customer is never among it."""
    product = _product(shop, thread, text)
    if thread.order:
        order = _by_number(shop, thread.order)
        return Known(order, product, unknown="" if order else thread.order)
    foreign = ""
    for token in dict.fromkeys(m[0] for m in _NUMBER.finditer(text)):
        order = _by_number(shop, token)
        if order is None:
            continue
        if not thread.asker.known:
            return Known(order, product, sure=False)
        if _is_own(shop, order, thread.asker):
            return Known(order, product)
        foreign = foreign or order.number
    order = _latest(shop, thread.asker) if thread.asker.known and not foreign else None
    named = _NAMED.search(text) if not foreign else None
    return Known(order, product, foreign=foreign, unknown=named[1] if named else "")


def mentioned_order(shop: Shop, thread: Thread) -> int | None:
    """Return the id of the order a thread names by its number, whoever's it is; None where it names none."""
    if thread.order and (order := _by_number(shop, thread.order)) is not None:
        return order.id
    for token in dict.fromkeys(m[0] for m in _NUMBER.finditer(said(thread.said))):
        if (order := _by_number(shop, token)) is not None:
            return order.id
    return None


def order_part(known: Known, language: str) -> ReplyPart | None:
    """Return what is said of the order: its state, when it was sent, its tracking number."""
    order = known.order
    if order is None:
        return None
    told = state_told(order, language)
    facts = [FactUsed("order", order.number, told)]
    placed = day(order.placed, language)
    key = "order" if placed else "order.undated"
    lines = [reply_words.say(language, key, order=order.number, placed=placed, state=told)]
    if placed:
        facts.append(FactUsed("order", order.number, placed))
    if order.sent and order.state in {"sent", "delivered"}:
        lines.append(reply_words.say(language, "sent", sent=day(order.sent, language)))
        facts.append(FactUsed("order", order.number, day(order.sent, language)))
    if number := tracking(order):
        lines.append(reply_words.say(language, "tracking", tracking=number))
        facts.append(FactUsed("order", order.number, number))
    return ReplyPart("fact", _joined(lines, language), facts=tuple(facts))


def state_told(order: Order, language: str) -> str:
    """Return in words how an order stands. Of one with money back it says how much, and no state that may not be so."""
    total = order.total or ZERO
    if not order.refunded or (order.state == "refunded" and order.refunded >= total):
        return reply_words.state(language, order.state)
    places = 2 if order.refunded % 1 or total % 1 else 0
    refunded = f"{order.currency} {order.refunded:.{places}f}".strip()
    if is_unsure(order):
        return reply_words.say(language, "refunded", refunded=refunded, total=f"{total:.{places}f}")
    state = reply_words.state(language, "sent_before" if order.state == "sent" else order.state)
    return reply_words.say(language, "refunded.state", refunded=refunded, total=f"{total:.{places}f}", state=state)


def is_unsure(order: Order) -> bool:
    """Tell whether money went back of an order and nothing says whether it was sent: only the merchant knows."""
    if order.state == "refunded":
        return bool(order.refunded) and order.refunded < (order.total or ZERO)
    return bool(order.refunded) and order.state in {"placed", "paid", "packed"}


def product_parts(product: Product, read: Read, language: str, currency: str, around: str = "") -> list[ReplyPart]:
    """Return what is said of a product: price and stock where they are asked for, and the facts that are.

    Facts are asked for by what kind they are, by their own name ("cable length"), or by their value ("induction").
    ``around`` is what else a message says: the size or colour that is meant may stand there.
    """
    found: list[ReplyPart] = []
    name, asked = product.title, product_names.without(read.clean, product.title)
    if "price" in read.topics and (part := _price(product, language, currency)):
        found.append(part)
    if "stock" in read.topics and (part := _stock(product, f"{around} {asked}", language)):
        found.append(part)
    kinds, facts = reply_reading.fact_kinds(asked), list(usable(product))
    if any(_says(asked, fact.name) and fact.kind in kinds for fact in facts):
        kinds = frozenset()  # "cable length" asks for no other length
    for fact in facts:
        value = f"{fact.value} {fact.unit}".strip()
        if fact.kind in kinds or _says(asked, fact.name) or _asks_value(asked, fact.value):
            text = reply_words.say(language, "fact", product=name, name=fact.name, value=value)
            found.append(ReplyPart("fact", text, facts=(FactUsed("product", product.sku or name, value),)))
    return found


def with_stand_in(shop: Shop, product: Product, parts: list[ReplyPart], language: str) -> list[ReplyPart]:
    """Return the parts, and one more where all of a product is sold out and something of its kind is in stock."""
    gone = any(fact.kind == "stock" and fact.value == "0" for part in parts for fact in part.facts)
    if not gone or any((v.stock or 0) > 0 for v in product.variants) or product.id is None:
        return parts
    found = recommend.stand_in(shop, product)
    if found is None:
        return parts
    text = reply_words.say(language, "instead", product=found.title)
    return [*parts, ReplyPart("fact", text, facts=(FactUsed("stock", found.title, f"{found.stock}"),))]


def _stock(product: Product, asked: str, language: str) -> ReplyPart | None:
    """Return what is there of the variant that is asked for; nothing where a size or colour is none of the known."""
    counted = [v for v in product.variants if v.stock is not None]
    named = [v for v in counted if any(_says(asked, value) for _name, value in v.options)]
    sizes = [e for e in message_signs.entities(asked) if e.kind == "size"]
    if not counted or (not named and (sizes or message_signs.colours(asked)) and len(product.variants) > 1):
        return None
    if named:  # of several options that are named, the variant that has most of them
        most = max(sum(_says(asked, value) for _n, value in v.options) for v in named)
        if sizes and not any(_says(asked, value) and _is_size(value) for v in named for _n, value in v.options):
            return None
        named = [v for v in named if sum(_says(asked, value) for _n, value in v.options) == most]
    count = sum(v.stock or 0 for v in named or counted)
    said = [value for _n, value in (named[0].options if named else ()) if _says(asked, value)]
    told = ", ".join(value for value in said if all(value in dict(v.options).values() for v in named))
    name = f"{product.title} ({told})" if told else product.title
    text = reply_words.say(language, "stock" if count > 0 else "no_stock", product=name)
    return ReplyPart("fact", text, facts=(FactUsed("stock", product.sku or product.title, str(count)),))


def _says(text: str, value: str) -> bool:
    """Tell whether a text holds a value as a word of its own."""
    value = value.strip()
    if not value:
        return False
    edged = rf"(?<![A-Za-z0-9]){re.escape(value)}(?![A-Za-z0-9])"
    return bool(re.search(edged, text, re.IGNORECASE)) if len(value) > 1 else bool(re.search(edged, text))


def _asks_value(text: str, value: str) -> bool:
    """Tell whether one of the things a value lists is named in a question: "gas, induction, oven"."""
    several = [part.strip() for part in re.split(r"[,，、;；/]| and | or |和|或", value)]
    return any(len(part) >= (2 if re.search(r"[\u3400-\u9fff]", part) else 4) and _says(text, part) for part in several)


def _is_size(value: str) -> bool:
    return bool(re.search(r"\d", value)) or value.strip().upper() in {"XS", "S", "M", "L", "XL", "XXL", "XXXL"}


def values(known: Known, asker: Asker, language: str, shop_name: str) -> dict[str, str]:
    """Return what the variables of a saved answer stand for here; a name not known has no entry."""
    order, product = known.order, known.product
    found = {"name": asker.name, "shop": shop_name, "product": product.title if product else ""}
    if order is not None:
        found |= {
            "order": order.number, "state": state_told(order, language), "tracking": tracking(order),
            "sent": day(order.sent, language) if order.sent else "",
            "total": f"{order.total} {order.currency}".strip() if order.total is not None else "",
        }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def tracking(order: Order) -> str:
    """Return the number the carrier knows the parcel by; "" where no column held one."""
    return next((value for name, value in order.extra if _TRACKING.search(name) and value.strip()), "").strip()


def day(moment: str, language: str) -> str:
    """Return a day as people write it in ``language``; "" for none."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)", moment)
    if not found:
        return ""
    year, month, number = (int(part) for part in found.groups())
    if language == "zh":
        return f"{year}年{month}月{number}日"
    names = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
             "November", "December")  # fmt: skip
    return f"{number} {names[month - 1]} {year}"


def said(thread: Sequence[Said]) -> str:
    """Return all that the customer said, oldest first."""
    return "\n".join(s.text for s in thread if s.who == "customer")


def _price(product: Product, language: str, currency: str) -> ReplyPart | None:
    prices = sorted({v.price for v in product.variants if v.price is not None})
    if not prices:
        return None
    told = [f"{price.normalize():f} {currency}".strip() for price in (prices[0], prices[-1])]
    facts = tuple(FactUsed("price", product.sku or product.title, value) for value in dict.fromkeys(told))
    if len(prices) == 1:
        text = reply_words.say(language, "price", product=product.title, price=told[0])
    else:
        text = reply_words.say(language, "prices", product=product.title, low=told[0], high=told[1])
    return ReplyPart("fact", text, facts=facts)


def _by_number(shop: Shop, token: str) -> Order | None:
    bare = token.strip().lstrip("#").casefold()
    ids = [row.id for row in shop.order_rows(shop.find_orders(token.strip()) or shop.find_orders(bare))
           if row.number.lstrip("#").casefold() == bare]  # fmt: skip
    return shop.order(ids[0]) if len(ids) == 1 else None


def _is_own(shop: Shop, order: Order, asker: Asker) -> bool:
    if asker.customer and order.customer is not None:
        return shop.main_customer(order.customer) == shop.main_customer(asker.customer)
    if asker.email:
        return order.buyer.email.strip().casefold() == asker.email.strip().casefold()
    digits = re.sub(r"\D", "", asker.phone)[-9:]
    phones = (order.buyer.phone, order.ship_to.phone)
    return len(digits) >= 7 and any(re.sub(r"\D", "", phone).endswith(digits) for phone in phones)


def _latest(shop: Shop, asker: Asker) -> Order | None:
    """Return the newest order of a customer that is not closed, else the newest one."""
    if asker.customer:
        ids = shop.find_orders(customer=shop.main_customer(asker.customer))
    else:
        ids = shop.find_orders(asker.email or asker.phone)
    orders = [order for order in shop.orders(ids[:20]) if _is_own(shop, order, asker)]
    return next((o for o in orders if o.state not in _CLOSED), orders[0] if orders else None)


def _product(shop: Shop, thread: Thread, text: str) -> Product | None:
    return named_product(shop, text) if thread.product is None else shop.product(thread.product)


def named_product(shop: Shop, text: str) -> Product | None:
    """Return the product a text names by its code or its title; None where it names none."""
    tokens = list(dict.fromkeys(re.findall(r"[A-Za-z0-9][\w-]{2,}", text)))
    by_code = shop.lookup("sku", tokens) or shop.lookup("sku", [t.upper() for t in tokens])
    if by_code:
        return shop.product(next(iter(by_code.values())))
    found = product_names.named(shop.titles(), text)
    return None if found is None else shop.product(found)


def _joined(lines: Sequence[str], language: str) -> str:
    return ("" if language == "zh" else " ").join(lines)
