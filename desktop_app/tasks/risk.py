"""What about an order is worth a second look, with reasons; the merchant's answers set where the lines stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop_app.insight import risk
from desktop_app.insight.risk import Flag, Ground, Seen
from desktop_app.records import Action
from desktop_app.shop import Shop
from desktop_app.shop.evidence import Around
from desktop_app.tasks import reckoning
from desktop_app.trade import Which
from desktop_app.words import _

KEY = "risk answers"
LOOKED = "risk looked at"  # the orders that were said to be fine or not fine, the last ones
# How many orders are looked at unasked, and how old they may be in days: about those something can be done still.
NEWEST, DAYS = 500, 60
REMEMBERED = 2_000


@dataclass(frozen=True, slots=True)
class Reason:
    """A flag in words; it says what was seen and what is usual, never what somebody is."""

    ground: Ground
    text: str
    strength: float
    line: float


def reasons(shop: Shop, order: int) -> list[Reason]:
    """Return what about an order is unusual here, the most unusual first; empty for a usual one."""
    lines = lines_of(shop)
    return [Reason(f.ground, _words(f), f.strength, f.line) for f in risk.flags(_seen(shop.around(order)), lines)]


def to_look_at(shop: Shop) -> frozenset[int]:
    """Return the newest orders about which something is unusual and nobody said yet whether they are fine.

    The same lines are drawn as for one order; all are read at once, and again only after the shop changed.
    """
    return reckoning.kept(shop, "orders to look at", lambda: _to_look_at(shop))


def _to_look_at(shop: Shop) -> frozenset[int]:
    since = reckoning.number(reckoning.today_of(shop)) - DAYS
    looked = set(shop.setting(LOOKED, []) or [])
    ids = [id for id in shop.find_orders(which=Which(since=since, counted="orders"))[:NEWEST] if id not in looked]
    lines = lines_of(shop)
    return frozenset(id for id, around in shop.around_many(ids) if risk.flags(_seen(around), lines))


def lines_of(shop: Shop) -> dict[Ground, float]:
    """Return where the line of each ground stands after the merchant's answers."""
    answers = shop.setting(KEY, {}) or {}
    return {
        ground: risk.learned(
            ground, [s for s, _fine in answers.get(ground, [])], [f for _s, f in answers.get(ground, [])]
        )
        for ground in risk.GROUNDS
    }


def answer(shop: Shop, order: int, fine: bool) -> Action:
    """Remember that an order was fine or not fine: every ground that can be told moves its line by it.

    A ground that lies far below its line says nothing about a "not fine"; only what came near it is kept.
    """
    lines = lines_of(shop)
    kept = dict(shop.setting(KEY, {}) or {})
    for ground, (strength, _value, _usual) in risk.measures(_seen(shop.around(order))).items():
        if strength >= 0.6 * lines[ground]:
            kept[ground] = [*kept.get(ground, []), [strength, fine]][-200:]
    with shop.act("Answer that an order is fine" if fine else "Answer that an order is not fine") as action:
        shop.set_setting(KEY, kept)
        shop.set_setting(LOOKED, [*dict.fromkeys([*(shop.setting(LOOKED, []) or []), order])][-REMEMBERED:])
    return action


def _seen(a: Around) -> Seen:
    usual = a.all_returned / a.all_bought if a.all_bought else 0.1
    differ = bool(a.paid_from and a.sent_to and a.paid_from.casefold() != a.sent_to.casefold())
    return Seen(
        a.amount, np.array(a.shop), np.array(a.own), a.same_day, a.address_names, a.phone_names, differ, a.bought,
        a.returned, usual,
    )  # fmt: skip


def _words(flag: Flag) -> str:
    value, usual = f"{flag.value:,.2f}", f"{flag.usual:,.2f}"
    count = f"{flag.value:.0f}"
    return {
        "amount_shop": _(
            "The amount, {value}, is far above what orders here usually come to ({usual}).", value=value, usual=usual
        ),
        "amount_customer": _(
            "The amount, {value}, is far above this customer's usual {usual}.", value=value, usual=usual
        ),
        "many_orders": _("{n} orders of this customer on one day.", n=count),
        "shared_address": _("{n} different names used this address within a month.", n=count),
        "shared_phone": _("{n} different names use this telephone number.", n=count),
        "countries": _("It goes to another country than the buyer's."),
        "returns": _(
            "This customer sent back {share} of what was bought; {usual} is usual here.", share=f"{flag.value:.0%}",
            usual=f"{flag.usual:.0%}",
        ),
    }[flag.ground]  # fmt: skip
