"""`zhanggui reorder` and `zhanggui shop`: what to order by when and why, and the settings that belong to a shop."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from desktop_app.errors import UserError
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call

SETTINGS = ("name", "currency", "timezone", "language", "service", "margin")


def add_words(commands: Any) -> None:
    """Add the commands to the grammar."""
    order = commands.add_parser("reorder", help="what to order, how many, by which day, and why")
    order.add_argument("--service", metavar="PERCENT", help="how surely there is to be enough (default: the shop's)")
    kept = commands.add_parser("shop", help="the settings of the shop")
    kept.add_argument("--set", action="append", default=[], metavar="KEY=VALUE",
                      help="change one of name, currency, timezone, language, service and margin (%%)")  # fmt: skip


def reorder(call: Call) -> None:
    """Say what to order, the most urgent first."""
    from desktop_app.tasks import policy, reordering

    asked = call.wishes.service
    service = float(policy.read_service(asked)) / 100 if asked else None
    with call.shop() as shop:
        found = reordering.due(shop, service=service)
        for one in found:
            call.show.event("reorder", f"{one.title}\t{one.quantity}\t{one.by}\t{one.why}", **asdict(one))
        if found:
            call.show.note(reordering.assurance(shop, service))
        else:
            call.show.note(_("There is enough of everything that can be told."))


def shop(call: Call) -> None:
    """Show the settings of the shop, or change some."""
    from desktop_app.tasks import shop_settings

    with call.shop() as opened:
        for text in call.wishes.set:
            key, equals, value = text.partition("=")
            if not equals or key not in SETTINGS:
                keys = ", ".join(SETTINGS)
                raise UserError("--set takes KEY=VALUE with one of {keys}; “{text}” is not that.", keys=keys, text=text)
            shop_settings.change(opened, key, value)
        kept = shop_settings.of(opened)
        told = {key: getattr(kept, key) for key in SETTINGS}
        call.show.event("shop", "\n".join(f"{key}\t{value}" for key, value in told.items()), **told)
