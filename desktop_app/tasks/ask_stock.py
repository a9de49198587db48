"""Answers about the shelf: what is in stock, what it is worth, what runs out, what to buy, what it costs."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence

from desktop_app.records import Product
from desktop_app.tasks import reckoning, reordering
from desktop_app.tasks.ask import Answer, Desk, answered, unanswered
from desktop_app.tasks.reckoning import StockLine
from desktop_app.words import _, several

WITHOUT_ORDERS = frozenset({"stock", "stock_value", "out", "price", "cost", "products"})
SHELF = "now"


def _lines(desk: Desk) -> list[StockLine]:
    wanted = {desk.ids[p] for p in desk.asked.products}
    lines = reckoning.stock_lines(desk.shop, desk.today)
    return [line for line in lines if line.product in wanted] if wanted else lines


def _not_counted(desk: Desk) -> Answer:
    return unanswered(desk, _("No stock is counted for that, so nothing can be said about it."))


def _scope(desk: Desk) -> str:
    named = [desk.names.products[p] for p in desk.asked.products]
    return named[0] if len(named) == 1 else desk.asked.product_words


def stock(desk: Desk) -> Answer:
    """Answer how many pieces are on the shelf now."""
    if desk.asked.periods or desk.asked.channel:
        return unanswered(desk, _("Stock is known for now and for the whole shop only."))
    lines = _lines(desk)
    if desk.asked.category:
        return unanswered(desk, _("Stock is answered by product or for the whole shop, not by category."))
    if not lines:
        return _not_counted(desk)
    rows = tuple((line.title, line.stock, line.coming) for line in sorted(lines, key=lambda line: line.stock))
    return answered(
        desk, _("In stock"), sum(line.stock for line in lines), "pieces", rows=rows, behind=False, scope=_scope(desk),
        columns=(_("Product"), _("In stock"), _("On its way")), units=("name", "pieces", "pieces"),
    )  # fmt: skip


def stock_value(desk: Desk) -> Answer:
    """Answer what the stock is worth at its selling price, and at cost where that is known."""
    lines = _lines(desk)
    if not lines:
        return _not_counted(desk)
    lines.sort(key=lambda line: -line.value)
    at_cost = sum(line.at_cost for line in lines)
    note = _("At selling prices.")
    if not math.isnan(at_cost):
        note += " " + _("At cost: {figure}.", figure=f"{at_cost:,.2f}")
    return answered(
        desk, _("Value of the stock"), sum(line.value for line in lines), "money", note=note, behind=False,
        scope=_scope(desk), rows=tuple((line.title, line.value, line.stock) for line in lines), chart="bar",
        columns=(_("Product"), _("Value"), _("In stock")), units=("name", "money", "pieces"),
    )  # fmt: skip


def out(desk: Desk) -> Answer:
    """Answer what is out of stock: products, and variants of products of which others are there."""
    lines = _lines(desk)
    if not lines:
        return _not_counted(desk)
    coming = {line.product: line.coming for line in lines}
    rows = tuple((name, left, coming[product]) for name, left, product in _gone_from(desk, lines))
    named = _(", ").join(name for name, _left, _coming in rows[:5])
    if len(rows) > 5:
        named += " " + several("and {count} more", "and {count} more", len(rows) - 5)
    return answered(
        desk, _("Out of stock"), rows[0][0] if len(rows) == 1 else float(len(rows)),
        "name" if len(rows) == 1 else "count",
        rows=rows, note=named + _(".") if len(rows) > 1 else "", behind=False, scope=_scope(desk),
        columns=(_("Product"), _("In stock"), _("On its way")), units=("name", "pieces", "pieces"),
    )  # fmt: skip


def _gone_from(desk: Desk, lines: Sequence[StockLine]) -> list[tuple[str, float, int]]:
    """Return name, stock and product of what is gone: one row where all of a product is, else one a variant."""
    shelf = reckoning.shelf(desk.shop)
    wanted = {line.product: line.title for line in lines}
    counted: dict[int, list[tuple[int, float]]] = {}
    for product, variant, left in zip(
        shelf.product.tolist(), shelf.variant.tolist(), shelf.stock.tolist(), strict=True
    ):
        if product in wanted:
            counted.setdefault(product, []).append((variant, left))
    gone = {p: each for p, each in counted.items() if any(left <= 0 for _variant, left in each)}
    part = [p for p, each in gone.items() if any(left > 0 for _variant, left in each)]
    options = {
        v.id: " / ".join(value for _name, value in v.options) or v.sku
        for product in desk.shop.products(part) for v in product.variants
    }  # fmt: skip
    found = []
    for product, each in gone.items():
        if product not in part:
            found.append((wanted[product], sum(left for _variant, left in each), product))
            continue
        found += [
            (_("{product} ({variant})", product=wanted[product], variant=options[variant]), left, product)
            for variant, left in each
            if left <= 0
        ]
    return found


def buy(desk: Desk) -> Answer:
    """Answer what to order from suppliers, how much, by which day and why."""
    lines = sorted((line for line in _lines(desk) if line.buy > 0), key=reordering.urgent)
    rows = tuple(
        (
            line.title, line.buy, reordering.when(line, desk.today), line.stock, round(line.weekly, 1),
            reordering.why(line),
        )
        for line in lines
    )  # fmt: skip
    return answered(
        desk, _("Products to order"), float(len(rows)), "count", rows=rows, note=reordering.assurance(desk.shop),
        behind=False, scope="", units=("name", "pieces", "date", "pieces", "pieces", "name"),
        columns=(_("Product"), _("Order"), _("Order by"), _("In stock"), _("Sells a week"), _("Why")),
    )  # fmt: skip


def lasts(desk: Desk) -> Answer:
    """Answer on which day the stock of a product will be gone."""
    lines = [line for line in _lines(desk) if line.enough and line.weekly > 0]
    if not lines:
        return unanswered(desk, _("There are fewer than eight weeks of sales of this: too little data to say."))
    lines.sort(key=lambda line: line.lasts)
    rows = tuple((line.title, _gone(line, desk.today), line.stock, round(line.weekly, 1)) for line in lines)
    return answered(
        desk, _("Gone by"), rows[0][1], "date", rows=rows, behind=False, scope=lines[0].title,
        columns=(_("Product"), _("Gone by"), _("In stock"), _("Sells a week")),
        units=("name", "date", "pieces", "pieces"),
    )  # fmt: skip


def _gone(line: StockLine, today: dt.date) -> str:
    return (today + dt.timedelta(min(line.lasts * 7, 3650.0))).isoformat()


def price(desk: Desk) -> Answer:
    """Answer what a product is sold for."""
    return _asked_of_variants(desk, _("Price"), lambda product: [v.price for v in product.variants])


def cost(desk: Desk) -> Answer:
    """Answer what a product costs the merchant."""
    return _asked_of_variants(desk, _("Cost"), lambda product: [v.cost for v in product.variants])


def _asked_of_variants(desk: Desk, what: str, of: Callable[[Product], Sequence[object]]) -> Answer:
    wanted = [desk.ids[p] for p in desk.asked.products if desk.ids[p]]
    if not wanted:
        return unanswered(desk, _("Name a product of your catalogue to be told its price or cost."))
    rows = []
    for product in desk.shop.products(wanted):
        known = [float(str(value)) for value in of(product) if value is not None]
        if known:
            rows.append((product.title, min(known), max(known)))
    if not rows:
        return unanswered(desk, _("That is not known for this product."))
    rows.sort(key=lambda row: row[1])
    note = ""
    if rows[0][1] != rows[-1][2]:
        note = _("Up to {figure}.", figure=f"{max(row[2] for row in rows):,.2f}")
    return answered(
        desk, what, rows[0][1], "money", rows=tuple(rows), note=note, behind=False, scope=_scope(desk),
        columns=(_("Product"), _("From"), _("To")), units=("name", "money", "money"),
    )  # fmt: skip


def products(desk: Desk) -> Answer:
    """Answer how many products the shop has."""
    return answered(desk, _("Products"), float(desk.shop.counts().products), "count", behind=False, scope="")


def last_sold(desk: Desk) -> Answer:
    """Answer on which day something was last sold."""
    day = desk.books.cube.last_day(desk.only())
    if day is None:
        return unanswered(desk, _("It was never sold ({where}).", where=desk.scope()))
    ago = (desk.today - reckoning.day_of(day)).days
    return answered(
        desk, _("Last sold"), reckoning.day_of(day).isoformat(), "date", note=_("{n} days ago.", n=ago)
    )  # fmt: skip


KINDS: dict[str, Callable[[Desk], Answer]] = {
    "stock": stock, "stock_value": stock_value, "out": out, "reorder": buy, "runs_out": lasts, "price": price,
    "cost": cost, "products": products, "last_sold": last_sold,
}  # fmt: skip
