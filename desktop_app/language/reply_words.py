"""The sentences of a reply that code writes: courtesy, and what the shop file holds, in the customer's language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from desktop_app import paths

LANGUAGES = ("en", "zh")
_VARIABLE = re.compile(r"\{\{?\s*([\w \u4e00-\u9fff]{1,20})\s*\}?\}|【([\w\u4e00-\u9fff]{1,10})】")
# What merchants call the variables of their saved answers.
_NAMES = {
    "order": "order", "order number": "order", "order_number": "order", "订单": "order", "订单号": "order", "订单编号": "order",
    "name": "name", "customer": "name", "customer name": "name", "customer_name": "name", "姓名": "name", "顾客": "name",
    "买家": "name", "客户": "name", "tracking": "tracking", "tracking number": "tracking", "tracking_number": "tracking",
    "物流单号": "tracking", "快递单号": "tracking", "运单号": "tracking", "product": "product", "item": "product",
    "商品": "product", "产品": "product", "宝贝": "product", "shop": "shop", "shop name": "shop", "店铺": "shop", "店名": "shop",
    "date": "sent", "sent": "sent", "ship date": "sent", "发货时间": "sent", "发货日期": "sent", "price": "price", "价格": "price",
    "state": "state", "status": "state", "订单状态": "state", "状态": "state", "total": "total", "金额": "total",
}  # fmt: skip

# Sentences that say the same in several tones.
_SAME = (
    ("hello.plain", "hello.warm", "hello.formal"), ("bye.plain", "bye.warm", "bye.formal"),
    ("acknowledge.complaint", "acknowledge.formal"), ("holding", "holding.formal"),
)  # fmt: skip

# Those offered to whoever writes a saved answer, by the language of the window: name, order, tracking, state, total.
OFFERED = {"en": ("name", "order", "tracking", "state", "total"), "zh": ("姓名", "订单号", "物流单号", "状态", "金额")}


def say(language: str, key: str, **values: str) -> str:
    """Return a sentence of code's own in ``language`` (English where there is none of it)."""
    table = _table()[language if language in LANGUAGES else "en"]
    return str(table[key]).format(**values)


def toned(language: str, key: str, tone: str) -> str:
    """Return a sentence in a tone, in the plain one where it has no such tone."""
    table = _table()[language if language in LANGUAGES else "en"]
    return str(table.get(f"{key}.{tone}") or table.get(f"{key}.plain") or table[key])


def other_ways(language: str, text: str) -> list[str]:
    """Return other sentences of courtesy that say what ``text`` says, in other tones; its signature stays below."""
    table = _table()[language if language in LANGUAGES else "en"]
    said, newline, sign = text.partition("\n")
    for several in _SAME:
        ways = [str(table[key]) for key in several]
        if said in ways:
            return [way + newline + sign for way in ways if way != said]
    return []


def state(language: str, state: str) -> str:
    """Return the state of an order in words."""
    return str(_table()[language if language in LANGUAGES else "en"]["states"].get(state, state))


def variables(text: str) -> list[str]:
    """Return the names of the variables in a saved answer, as they stand there."""
    return [m[0] for m in _VARIABLE.finditer(text) if _name(m)]


def filled(text: str, values: Mapping[str, str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return a saved answer with its variables filled, which were, and which no value is known for."""
    used, unknown = list[str](), list[str]()

    def value(match: re.Match[str]) -> str:
        name = _name(match)
        if not name:
            return match[0]
        if values.get(name):
            used.append(name)
            return values[name]
        unknown.append(match[0])
        return match[0]

    return _VARIABLE.sub(value, text), tuple(used), tuple(unknown)


def _name(match: re.Match[str]) -> str:
    return _NAMES.get((match[1] or match[2]).strip().casefold(), "")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((paths.assets() / "replies" / "words.toml").read_text("utf-8"))
