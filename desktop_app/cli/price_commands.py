"""`zhanggui prices`: prices, costs and stock of many products at once, shown first."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, get_args

from desktop_app.errors import UserError
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call

WHATS, ROUNDINGS = ("price", "compare_at", "cost", "stock"), ("none", "whole", "90", "99", "95", "lucky")
REASONS = ("count", "purchase", "loss", "return")


def add_words(commands: Any) -> None:
    """Add the command to the grammar."""
    words: argparse.ArgumentParser = commands.add_parser("prices", help="prices, costs and stock of many at once")
    words.add_argument("products", nargs="*", metavar="PRODUCT", help="SKU, handle or id:N")
    words.add_argument("--all", action="store_true", help="every product")
    words.add_argument("--what", choices=WHATS, default="price")
    how = words.add_mutually_exclusive_group(required=True)
    how.add_argument("--set", metavar="AMOUNT", help="to this")
    how.add_argument("--by", metavar="AMOUNT", help="up by this, or down: --by=-5")
    how.add_argument("--percent", metavar="N", help="up by so many per cent, or down: --percent=-10")
    how.add_argument("--margin", metavar="N", help="the price that leaves N per cent over the cost")
    how.add_argument("--clear", action="store_true", help="take the amount away")
    words.add_argument("--round", choices=ROUNDINGS, default="none", help="lucky: 吉利数")
    words.add_argument("--reason", choices=REASONS, default="count", help="of stock: what stands in the ledger")
    words.add_argument("--note", default="", help="of stock: a word on it")
    words.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")


def prices(call: Call) -> None:
    """Change prices, costs or stock, or say what would change."""
    from desktop_app.tasks import reprice
    from desktop_app.tasks.products import find_one

    wishes = call.wishes
    with call.shop() as shop:
        ids = [find_one(shop, name) for name in wishes.products]
        if wishes.all:
            ids = list(shop.search(status="all"))
        if not ids:
            raise UserError("Name products, or say --all.")
        planned = reprice.plan(shop, ids, _rule(wishes))
        for change in planned.changes:
            call.show.event("change", _line(change), **asdict(change))
        action = None if wishes.dry_run else reprice.apply(shop, planned, reason=wishes.reason, note=wishes.note)
        count = len(planned.changes)
        said = several("{count} variant changed", "{count} variants changed", count)
        if wishes.dry_run:
            said = several("{count} variant would change. Nothing was changed.",
                           "{count} variants would change. Nothing was changed.", count)  # fmt: skip
        values = {"changed": count, "same": planned.same, "left": planned.left, "warned": planned.warned}
        call.show.event("changed", said, **values, action=action.id if action else None, dry=wishes.dry_run)


def _rule(wishes: argparse.Namespace) -> Any:
    from desktop_app.tasks import reprice

    hows: tuple[reprice.How, ...] = get_args(reprice.How)
    how = next(h for h in hows if getattr(wishes, h) not in (None, False))
    return reprice.Rule(wishes.what, how, Decimal(0) if how == "clear" else _amount(getattr(wishes, how)), wishes.round)


def _amount(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise UserError("“{text}” is no amount.", text=text)
    return found


def _line(change: Any) -> str:
    named = " · ".join(part for part in (change.title, change.options, change.sku) if part)
    warned = {
        "cost": _("below its cost"), "compare": _("the price before is not above it"),
        "law": _("the law does not allow this price before"), "": "",
    }[change.warn]  # fmt: skip
    before = "–" if change.before is None else f"{change.before:f}"
    after = "–" if change.after is None else f"{change.after:f}"
    return f"{named}: {before} → {after}" + (f" ({warned})" if warned else "")
