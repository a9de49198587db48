"""The reorder list in words: what to order, how many, by which day, and why."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from desktop_app.shop import Shop
from desktop_app.tasks import policy, reckoning
from desktop_app.tasks.demand import left_out
from desktop_app.tasks.reckoning import StockLine
from desktop_app.words import _


@dataclass(frozen=True, slots=True)
class Due:
    """One product to order."""

    product: int
    title: str
    quantity: int
    by: str  # the day to order by; today: at once
    late: bool  # it is gone before a delivery can come
    stock: float
    coming: float
    weekly: float
    low: float
    high: float
    why: str


def due(shop: Shop, today: dt.date | None = None, service: float | None = None) -> list[Due]:
    """Return what to order, the most urgent first; ``service`` stands in for the shop's own level."""
    day = today or reckoning.today_of(shop)
    lines = [line for line in reckoning.stock_lines(shop, day, service) if line.buy > 0]
    return [
        Due(
            line.product, line.title, line.buy, by(line, day).isoformat(), line.late, line.stock, line.coming,
            line.weekly, line.low, line.high, why(line),
        )
        for line in sorted(lines, key=urgent)
    ]  # fmt: skip


def urgent(line: StockLine) -> tuple[bool, float, float]:
    """Return by what the list is sorted: what is gone before a delivery comes, then by the day."""
    return not line.late, line.within, line.lasts


def by(line: StockLine, today: dt.date) -> dt.date:
    """Return the day to order by, so that a delivery comes before the stock is likely gone."""
    return today + dt.timedelta(int(min(line.within, 520.0) * 7))


def when(line: StockLine, today: dt.date) -> str:
    """Return the day to order by as people write it."""
    return _("at once") if line.late or by(line, today) <= today else by(line, today).isoformat()


def why(line: StockLine) -> str:
    """Return why a product is to be ordered, in a sentence with its figures."""
    numbers = {
        "stock": f"{line.stock:g}", "coming": f"{line.coming:g}", "weeks": _number(line.lasts),
        "lead": _number(line.lead), "most": f"{line.point:,.0f}",
    }  # fmt: skip
    if line.stock <= 0:
        first = _("None in stock; up to {most} may sell in the {lead} weeks of a delivery.", **numbers)
    elif line.coming > 0:
        first = _(
            "{stock} in stock, enough for {weeks} weeks, and {coming} to come; up to {most} may sell in the {lead} "
            "weeks of a delivery.", **numbers,
        )  # fmt: skip
    else:
        first = _(
            "{stock} in stock, enough for {weeks} weeks; up to {most} may sell in the {lead} weeks of a delivery.",
            **numbers,
        )
    return " ".join(part for part in (first, left_out(line.out, line.promoted)) if part)


def assurance(shop: Shop, service: float | None = None) -> str:
    """Say how surely there is enough, if the list is followed."""
    level = policy.service(shop) if service is None else service
    return _(
        "So that {share} of 100 times there is enough until the delivery after next.", share=policy.per_cent(level)
    )


def _number(weeks: float) -> str:
    if math.isinf(weeks):
        return "∞"
    return f"{weeks:.0f}" if weeks >= 10 or weeks == int(weeks) else f"{weeks:.1f}"
