"""Prices and stock of many products at once: what would change, then one action that one Undo takes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, get_args

from desktop_app.errors import UserError
from desktop_app.insight import pricing
from desktop_app.insight.pricing import Rounding
from desktop_app.records import Action, Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import price_laws, reckoning
from desktop_app.trade import Reason

What = Literal["price", "compare_at", "cost", "stock"]
How = Literal["set", "by", "percent", "margin", "clear"]
WHATS: tuple[What, ...] = get_args(What)
ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)
BATCH = 500
CENT = Decimal("0.01")
MOST = Decimal(10) ** 9
_NAMES: dict[What, str] = {
    "price": "Change the price of {n} variants", "compare_at": "Change the compare-at price of {n} variants",
    "cost": "Change the cost of {n} variants", "stock": "Change the stock of {n} variants",
}  # fmt: skip
# Below what it cost; a price before that is not above the price; one that the law does not let a shop show.
Warn = Literal["", "cost", "compare", "law"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What to do to each variant: ``set`` to an amount, add it (``by``), change by so many ``percent``.

    ``margin``: the price that leaves so many per cent of itself over the cost. ``clear``: nothing is known any more.
    """

    what: What
    how: How
    amount: Decimal = Decimal(0)
    rounding: Rounding = "none"


@dataclass(frozen=True, slots=True)
class Repriced:
    """One variant and what would become of it; None: not known, or not counted."""

    product: int
    variant: int
    title: str
    options: str
    sku: str
    before: Decimal | None
    after: Decimal | None
    warn: Warn = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a rule would change, and how many variants it leaves as they are."""

    rule: Rule
    changes: tuple[Repriced, ...]
    same: int
    left: int  # variants the rule says nothing of: no price to raise, no cost to reckon a margin from

    @property
    def warned(self) -> int:
        """How many changes a merchant should look at twice."""
        return sum(1 for change in self.changes if change.warn)


def plan(shop: Shop, ids: Sequence[int], rule: Rule) -> Plan:
    """Return what ``rule`` would change in these products; nothing is changed. UserError for a rule that cannot be."""
    _check(rule)
    changes: list[Repriced] = []
    same = left = 0
    for product in _products(shop, ids):
        for variant in product.variants:
            before, after = _now(variant, rule.what), _after(variant, rule)
            if after is None and rule.how != "clear":
                left += 1
            elif after == before:
                same += 1
            else:
                changes.append(_told(product, variant, before, after, rule))
    return Plan(rule, _lawful(shop, changes, rule), same, left)


def _lawful(shop: Shop, changes: Sequence[Repriced], rule: Rule) -> tuple[Repriced, ...]:
    """Mark the changes after which a price before would stand there that the law does not allow."""
    if rule.what not in {"price", "compare_at"} or not changes:
        return tuple(changes)
    touched = {change.variant: change for change in changes}
    wrong: set[int] = set()
    ids = list(dict.fromkeys(change.product for change in changes))
    today = reckoning.today_of(shop)
    for start in range(0, len(ids), BATCH):
        some = shop.products(ids[start : start + BATCH])
        changed = {v.id or 0: _applied(v, rule) for p in some for v in p.variants if v.id in touched}
        found = price_laws.of_variants(shop, [p.id or 0 for p in some], today, changed)
        wrong |= {id for id, said in found.items() if said.honest is False}
    return tuple(replace(c, warn="law") if c.variant in wrong and not c.warn else c for c in changes)


def apply(shop: Shop, changes: Plan, *, reason: Reason = "count", note: str = "") -> Action | None:
    """Do what was planned as one action; variants that changed since the plan was made are reckoned again.

    ``reason`` and ``note`` stand in the ledger where stock is changed. Returns None where nothing changes.
    """
    ids = list(dict.fromkeys(change.product for change in changes.changes))
    if not ids:
        return None
    wanted = {change.variant for change in changes.changes}
    with shop.act(_NAMES[changes.rule.what], n=len(wanted)) as action, shop.because(reason, note):
        for product in _products(shop, ids):
            made = tuple(_applied(v, changes.rule) if v.id in wanted else v for v in product.variants)
            if made != product.variants:
                edited = tuple(dict.fromkeys((*product.edited, "variants")))
                shop.replace(replace(product, variants=made, edited=edited))
    return action


def _check(rule: Rule) -> None:
    if rule.what == "stock" and rule.how in {"margin", "clear"}:
        raise UserError("Stock can be set, changed by a number or by per cent. Nothing was changed.")
    if rule.how == "margin" and (rule.what != "price" or not 0 <= rule.amount < 100):
        raise UserError("A margin is for prices and lies between 0 and 100 per cent. Nothing was changed.")
    if rule.how == "percent" and rule.amount <= -100:
        raise UserError("No price can fall by more than all of it. Nothing was changed.")
    if abs(rule.amount) > MOST or (rule.how == "set" and rule.amount < 0 and rule.what != "stock"):
        raise UserError("{amount} is no amount to set. Nothing was changed.", amount=rule.amount)
    if rule.how == "clear" and rule.what == "price":
        raise UserError("A product needs a price. Nothing was changed.")


def _products(shop: Shop, ids: Sequence[int]) -> Iterator[Product]:
    for start in range(0, len(ids), BATCH):
        yield from shop.products(ids[start : start + BATCH])


def _now(variant: Variant, what: What) -> Decimal | None:
    found = getattr(variant, what)
    return None if found is None else Decimal(found)


def _after(variant: Variant, rule: Rule) -> Decimal | None:
    """Return what the rule makes of a variant; None where it says nothing of it, or clears it."""
    before = _now(variant, rule.what)
    if rule.how == "clear":
        return None
    if rule.how == "margin":
        if variant.cost is None:
            return None
        return pricing.rounded(pricing.floor_price(variant.cost, rule.amount / 100), rule.rounding)
    if rule.how != "set" and before is None:
        return None
    base = before or Decimal(0)
    wished = {"set": rule.amount, "by": base + rule.amount, "percent": base * (1 + rule.amount / 100)}[rule.how]
    if rule.what == "stock":
        return wished.to_integral_value(ROUND_HALF_UP)
    if wished < 0:
        return Decimal(0).quantize(CENT)
    if rule.how == "set" or rule.what == "cost" or not wished:
        return wished.quantize(CENT, ROUND_HALF_UP)
    # Rounding never turns a raise into a cut, nor a cut into a raise.
    after = pricing.rounded(wished.quantize(CENT, ROUND_HALF_UP), rule.rounding, base if wished > base else None)
    return min(after, base) if wished < base else after


def _applied(variant: Variant, rule: Rule) -> Variant:
    after = _after(variant, rule)
    if after is None and rule.how != "clear":
        return variant
    if rule.what == "stock":
        return replace(variant, stock=None if after is None else int(after))
    return replace(variant, price=after) if rule.what == "price" else _other(variant, rule.what, after)


def _other(variant: Variant, what: What, after: Decimal | None) -> Variant:
    return replace(variant, cost=after) if what == "cost" else replace(variant, compare_at=after)


def _told(product: Product, variant: Variant, before: Decimal | None, after: Decimal | None, rule: Rule) -> Repriced:
    changed = _applied(variant, rule)
    warn: Warn = ""
    if changed.price is not None and changed.cost is not None and changed.price < changed.cost:
        warn = "cost"
    elif changed.price is not None and changed.compare_at is not None and changed.compare_at <= changed.price:
        warn = "compare"
    options = ", ".join(value for _name, value in variant.options)
    return Repriced(product.id or 0, variant.id or 0, product.title, options, variant.sku, before, after, warn)


def names() -> tuple[str, ...]:
    """Return the names of the actions, so that they are translated."""
    from desktop_app.words import _

    return (
        _("Change the price of {n} variants"), _("Change the compare-at price of {n} variants"),
        _("Change the cost of {n} variants"), _("Change the stock of {n} variants"),
    )  # fmt: skip
