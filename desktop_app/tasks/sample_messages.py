"""An afternoon's inbox for the sample shop, and what the shop knows to answer it."""

from __future__ import annotations

import datetime as dt
import json
import threading
from pathlib import Path
from typing import Any

from desktop_app import paths
from desktop_app.formats.messages import MessageFile, keyed
from desktop_app.message_records import Macro, Message
from desktop_app.shop import Shop
from desktop_app.tasks import import_messages, inbox, knowledge
from desktop_app.trade import Order

APART = 7  # minutes between two messages


def fill_with_messages(shop: Shop, language: str, at: dt.datetime | None = None) -> int:
    """Put the sample's knowledge, saved answers and messages into a shop that holds its orders; return how many came.

    The newest was written at ``at`` (now), the others before it. Each part is an action of its own.
    """
    folder = paths.assets() / "sample"
    tongue = language if (folder / f"messages.{language}.json").exists() else "en"
    raw = json.loads((folder / f"messages.{tongue}.json").read_text("utf-8"))
    stop = threading.Event()
    list(knowledge.import_knowledge(shop, stop, looked=knowledge.look(shop, folder / f"faq.{tongue}.csv")))
    for name, text in raw["macros"]:
        inbox.save_macro(shop, Macro(name, text, tongue))
    end = (at or dt.datetime.now(dt.UTC)).replace(microsecond=0)
    orders = _orders(shop)
    several = [_message(one, n, end, orders) for n, one in enumerate(raw["messages"])]
    looked = import_messages.LookedMessages(Path("sample"), MessageFile("sample", keyed(several)))
    list(import_messages.import_messages(shop, stop, looked=looked, read=inbox.reader(shop, None)))
    return len(several)


def wanted(language: str) -> list[tuple[str, str]]:
    """Return the sample's messages with what each wants, "" for none of the list."""
    raw = json.loads((paths.assets() / "sample" / f"messages.{language}.json").read_text("utf-8"))
    return [(one["text"].replace("{order}", "1234"), one["intent"]) for one in raw["messages"]]


def _orders(shop: Shop) -> list[Order]:
    """Return recent orders of different people, the newest first."""
    found: dict[str, Order] = {}
    for order in shop.orders(shop.find_orders()[:200]):
        if order.buyer.email:
            found.setdefault(order.buyer.email, order)
    return list(found.values())


def _message(raw: dict[str, Any], place: int, end: dt.datetime, orders: list[Order]) -> Message:
    order = orders[place % len(orders)] if raw["order"] and orders else None
    text = raw["text"].replace("{order}", order.number if order else "")
    name = order.buyer.name if order else raw["name"]
    address = order.buyer.email if order else f"guest{place + 1}@example.org"
    sent = (end - dt.timedelta(minutes=APART * place)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Message(text, text, name, address, raw.get("subject", ""), sent, channel="e-mail")
