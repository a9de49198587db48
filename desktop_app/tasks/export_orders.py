"""Take orders out of the shop, one line a row, for a spreadsheet, an accountant or another program."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_app.errors import Cancelled, UserError
from desktop_app.formats import order_table, reports
from desktop_app.shop import Shop
from desktop_app.trade import Order

BATCH = 500


def export_orders(shop: Shop, stop: threading.Event, *, path: Path, ids: Sequence[int] | None = None) -> int:
    """Write orders (None: all, oldest first) as CSV, or as XLSX where the name says so; return how many.

    Raises UserError for nothing to write or a target that cannot be written, Cancelled when ``stop`` is set.
    """
    wanted = shop.find_orders(descending=False) if ids is None else list(ids)
    if not wanted:
        raise UserError("There are no orders to export yet. Import a file of orders first.")

    def orders() -> Iterator[Order]:
        for start in range(0, len(wanted), BATCH):
            if stop.is_set():
                raise Cancelled
            yield from shop.orders(wanted[start : start + BATCH])

    table = order_table.rows(orders())
    if path.suffix.lower() == ".xlsx":
        reports.write_sheet(table, path, _NUMBERS)
    else:
        reports.write_table(table, path)
    return len(wanted)


_NUMBERS = frozenset(
    [
        "Quantity", "Unit price", "Line discount", "Line tax", "Unit cost", "Quantity returned", "Shipping", "Tax",
        "Discount", "Fees", "Refunded amount", "Total",
    ]
)  # fmt: skip
