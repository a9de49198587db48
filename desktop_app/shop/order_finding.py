"""Which orders are meant, as tests of SQL: those a figure was counted from, those in a state, those given by number."""

from __future__ import annotations

import json
from typing import Any

from desktop_app.trade import Which

Tests = list[tuple[str, list[Any]]]
_THESE = "(SELECT value FROM json_each(?))"
_BACK = 'SELECT l."order" FROM returns r JOIN order_lines l ON l.id = r.line'
_GOODS = "SELECT id FROM items WHERE kind = 'goods'"
_CATEGORY = (
    "SELECT t.id FROM items t LEFT JOIN variants v ON v.id = t.variant LEFT JOIN products p ON p.id = v.product"
    " WHERE t.kind = 'goods' AND ifnull(p.category, '') = ?"
)


def tests_of(which: Which) -> Tests:
    """Return the tests an order has to pass, each with its values; they are about a row of ``orders``."""
    found: Tests = []
    for sql, value in (
        ("channel = ?", which.channel), ("currency = ?", which.currency), ("(day + 3) % 7 = ?", which.weekday),
    ):  # fmt: skip
        if value is not None:
            found.append((sql, [value]))
    if which.ids is not None:
        found.append((f"id IN {_THESE}", [json.dumps(which.ids)]))
    if which.states:
        found.append((f"state IN {_THESE}", [json.dumps(which.states)]))
    if which.back:
        found.append((f"(state = 'returned' OR id IN ({_BACK} WHERE r.quantity > 0))", []))
    if which.counted == "orders":
        found.append(("kind = 'sale' AND state <> 'cancelled'", []))
    elif which.counted:
        found.append(("kind <> 'adjustment' AND state <> 'cancelled'", []))
    if which.counted == "returns":
        return [*found, _returned(which)]
    for sql, value in (("day >= ?", which.since), ("day <= ?", which.until)):
        if value is not None:
            found.append((sql, [value]))
    goods, values = _goods(which)
    if which.items is not None or which.category is not None:
        found.append((f'id IN (SELECT l."order" FROM order_lines l WHERE l.quantity > 0{goods})', values))
    elif which.counted == "sales":  # what the lines come to tells most at once
        sold = f'SELECT 1 FROM order_lines l WHERE l."order" = orders.id AND l.quantity > 0 AND l.item IN ({_GOODS})'
        found.append((f"(goods > 0 OR EXISTS ({sold}))", []))
    return found


def _goods(which: Which) -> tuple[str, list[Any]]:
    """Return the test of a line ``l`` that sold what is meant, and its values."""
    test, values = "", list[Any]()
    if which.items is not None:
        test, values = f" AND l.item IN {_THESE}", [json.dumps(which.items)]
    if which.category is not None:
        test, values = f"{test} AND l.item IN ({_CATEGORY})", [*values, which.category]
    return test, values


def _returned(which: Which) -> tuple[str, list[Any]]:
    """Return the test of what came back in the span: on a day of its own, or in a note that takes a sale back."""
    goods, values = _goods(which)
    goods = goods or f" AND l.item IN ({_GOODS})"
    span = [-(10**9) if which.since is None else which.since, 10**9 if which.until is None else which.until]
    note = f'SELECT 1 FROM order_lines l WHERE l."order" = orders.id AND l.quantity <= 0{goods}'
    back = f"{_BACK} WHERE r.day BETWEEN ? AND ?{goods}"
    return f"(id IN ({back}) OR day BETWEEN ? AND ? AND EXISTS ({note}))", [*span, *values, *span, *values]
