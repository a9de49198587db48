"""Customers: what one changes of them, who is the same, a copy of what is known of a person, and forgetting them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from desktop_app import formats
from desktop_app.errors import UserError
from desktop_app.records import Action
from desktop_app.shop import Shop
from desktop_app.tasks import reckoning
from desktop_app.tasks.products import now
from desktop_app.trade import Consent, Customer, Order

SHOWN = 30  # orders of a person that are listed


@dataclass(frozen=True, slots=True)
class Person:
    """Everything the customer's side of the window shows."""

    customer: Customer
    orders: tuple[Order, ...]  # the newest
    count: int  # of all orders
    segment: str
    value: tuple[float, float, float] | None  # what will be bought in a year: expected, low, high; None: too little
    merged: tuple[Customer, ...]  # who was found to be the same
    alike: tuple[tuple[Customer, str], ...]  # who may be the same, and why


def person(shop: Shop, id: int, *, worth: bool = True) -> Person:
    """Return what is known of a customer; without ``worth``, which takes a while once, not what they will bring."""
    id = shop.main_customer(id)
    orders = shop.find_orders(customer=id)
    segment = segments(shop).get(id, "")
    return Person(
        shop.customer(id), tuple(shop.orders(orders[:SHOWN])), len(orders), segment,
        reckoning.worth_of(shop, reckoning.today_of(shop), id) if worth else None,
        tuple(shop.customer(other) for other in shop.merged_under(id)),
        tuple((shop.customer(other), why) for other, why in shop.alike(id)[:5]),
    )  # fmt: skip


def segments(shop: Shop) -> dict[int, str]:
    """Return the plain name of each customer's segment."""
    today = reckoning.today_of(shop)

    def named() -> dict[int, str]:
        names = reckoning.segment_names(shop, today).tolist()
        return dict(zip(reckoning.people(shop).customer.tolist(), names, strict=True))

    return reckoning.kept(shop, f"segments by customer {today}", named)


def save(shop: Shop, customer: Customer) -> Action | None:
    """Keep what was changed of a customer by hand; returns None where nothing was."""
    before = shop.customer(customer.id or 0)
    if customer.consent != before.consent:
        customer = replace(customer, consent_at=now() if customer.consent else "")
    if replace(customer, updated=before.updated) == before:
        return None
    with shop.act(
        "Change a customer"
    ) as action:  # without the name: it would outlive the person in the list of actions
        shop.replace_customer(customer)
    return action


def set_note(shop: Shop, id: int, note: str) -> Action | None:
    """Keep a note on a customer."""
    return save(shop, replace(shop.customer(id), note=note.strip()))


def set_consent(shop: Shop, id: int, consent: Consent) -> Action | None:
    """Write down whether the customer agreed to be written to, and when that was said."""
    return save(shop, replace(shop.customer(id), consent=consent))


def merge(shop: Shop, ids: Sequence[int], main: int) -> Action:
    """Show customers as one person, under ``main``; orders keep whom they came with, so it can be parted again."""
    with shop.act("Show {n} customers as one", n=len({*ids, main})) as action:
        shop.set_main(ids, shop.main_customer(main))
    return action


def part(shop: Shop, ids: Sequence[int]) -> Action:
    """Show customers as persons of their own again."""
    with shop.act("Part {n} customers", n=len(ids)) as action:
        shop.set_main(ids, None)
    return action


def export_person(shop: Shop, id: int, path: Path) -> int:
    """Write what is kept of a person as JSON: who they are, orders, conversations; return how many orders."""
    id = shop.main_customer(id)
    everybody = [id, *shop.merged_under(id)]
    return write_person(shop, everybody, _conversations(shop, everybody), path)


def write_person(shop: Shop, ids: Sequence[int], conversations: Sequence[int], path: Path) -> int:
    """Write customers with their orders, and conversations with their messages, as JSON; return how many orders.

    Raises `UserError` where the file cannot be written; an older one then stays whole.
    """
    orders = {o.id: o for id in ids for o in shop.orders(shop.find_orders(customer=id))}
    messages = shop.messages_of(conversations)
    told: dict[str, Any] = {
        "made": now(), "customers": [asdict(shop.customer(one)) for one in ids],
        "orders": [asdict(order) for order in orders.values()],
        "conversations": [
            asdict(c) | {"messages": [asdict(m) for m in messages.get(c.id or 0, [])]}
            for c in shop.conversations(conversations)
        ],
    }  # fmt: skip
    formats.write_bytes(json.dumps(told, ensure_ascii=False, indent=1, default=str).encode("utf-8"), path)
    return len(orders)


def erase(shop: Shop, id: int) -> int:
    """Forget a person for good, conversations with them too; return how many orders stay without a name.

    The law asks that nothing brings them back, so this cannot be undone. Backups made before still hold them.
    """
    id = shop.main_customer(id)
    if not shop.customer_rows([id]):
        raise UserError("There is no customer with the number {id} in this shop.", id=id)
    everybody = [id, *shop.merged_under(id)]
    while conversations := _conversations(shop, everybody):  # those known by address alone come some at a time
        shop.erase_conversations(conversations)
    return shop.erase_customers(everybody)


def _conversations(shop: Shop, ids: Sequence[int]) -> list[int]:
    """Return the conversations with these customers: linked to them, or from one of their addresses."""
    found = dict.fromkeys(c for id in ids for c in shop.find_conversations(customer=id))
    for id in ids:
        known = shop.customer(id)
        for address in {known.email, *(value for kind, value in known.keys if kind == "email")} - {""}:
            same = shop.conversations_with(address=address)
            found |= dict.fromkeys(c.id for c in same if c.id is not None)
    return list(found)


def names() -> tuple[str, ...]:
    """Return the names of the actions, so that they are translated."""
    from desktop_app.words import _

    return _("Change a customer"), _("Show {n} customers as one"), _("Part {n} customers")
