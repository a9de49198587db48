"""Every page of trade and each of its filters on a shop of a million order lines, as they are seen in the window.

    .venv/bin/python benchmarks/pages.py [LINES] [SHOP_FILE]

Timed from the press until everything asked for is there and drawn (offscreen, 1280 x 800; the 60 ms a search waits for
the next letter are not in it): Today, Orders, Customers, Purchases and stock, Products, Insight. Prints the median and
the 95th percentile of each page's filters, and of all; at most 200 ms is the aim. The first look at a page, which reads
its books, is printed apart. A shop file that is named is kept and used again.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import insight  # noqa: E402

from desktop_app.settings import Settings  # noqa: E402
from desktop_app.shop import Shop  # noqa: E402
from desktop_app.trade import Purchase, PurchaseLine, Supplier  # noqa: E402

TURNS = 5
Act = Callable[[], object]


def fill(path: Path, lines: int) -> None:
    """Make a shop with products, orders, suppliers and purchases."""
    with Shop.create(path, currency="USD", timezone="UTC") as shop:
        insight.fill(shop, lines)
        with shop.act("Purchases"):
            makers = [shop.save_supplier(Supplier(f"Maker {n}", lead_days=n % 30)) for n in range(40)]
            for n in range(400):
                ordered = tuple(PurchaseLine((n * 7 + m) % insight.PRODUCTS + 1, 5) for m in range(8))
                shop.save_purchase(Purchase(makers[n % 40], f"PO{n}", "ordered", lines=ordered))


class Driver:
    """A window that is steered and timed."""

    def __init__(self, path: Path) -> None:
        from desktop_app import ui
        from desktop_app.ui.desk import Desk
        from desktop_app.ui.window import Window

        settings = Settings(language="en", theme="light", welcomed=True)
        ui.application(settings)
        self.window = Window(Desk(settings, lambda _s: None))
        self.window.resize(1280, 800)
        self.window.go("today")
        self.window.show()
        self.took(lambda: self.window.desk.open(path), 300)

    def took(self, act: Act, most: float = 60) -> float:
        """Do something and return the milliseconds until all it asked for is there and drawn."""
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        started = time.perf_counter()
        act()
        while True:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 2)
            if not self.window.desk.busy and not self.window.desk.reading.busy:
                break
            if time.perf_counter() - started > most:
                raise TimeoutError
        QApplication.processEvents()
        self.window.grab()
        return (time.perf_counter() - started) * 1000


def searched(page: Any, word: str) -> Act:
    """Return what types a word and looks at once."""

    def act() -> None:
        page.search.blockSignals(True)
        page.search.setText(word)
        page.search.blockSignals(False)
        page._look()

    return act


def acts(page: Any, key: str) -> dict[str, Act]:
    """Return the filters, sorts and searches of a page, by name."""
    if key == "orders":
        states = [state for state in page.filters if state is not None or page.filters[state].isVisible()]
        found: dict[str, Act] = {f"state {state or 'all'}": lambda s=state: page._press_and_look(s) for state in states}  # type: ignore[misc]
        words = ("N1", "N1234", "Person 77", "Product 17", "zzz", "")
        return found | {f"search “{word}”": searched(page, word) for word in words}
    if key == "customers":
        found = {f"segment {name or 'all'}": lambda n=name: page._press(n) for name in page.filters}  # type: ignore[misc]
        found |= {f"sort {n}": lambda n=n: page.sort.setCurrentIndex(n) for n in (1, 2, 3, 0)}  # type: ignore[misc]
        found |= {f"search “{word}”": searched(page, word) for word in ("Person 7", "p77@", "zzz", "")}
        return found | {f"person {n}": lambda n=n: page.table.selectRow(n) for n in (3, 9, 27)}  # type: ignore[misc]
    if key == "buying":
        return {f"purchase {n}": lambda n=n: page.table.selectRow(n) for n in (3, 9, 27)}  # type: ignore[misc]
    if key == "products":
        return {f"search “{word}”": searched(page, word) for word in ("Product 17", "P00", "zzz", "")}
    if key == "insight":
        found = {}
        for pick, name in ((page._span, "time"), (page._channel, "channel"), (page._category, "category")):
            for at in range(min(pick.count(), 6)):
                found[f"{name} {at}"] = lambda p=pick, n=at: (p.setCurrentIndex(n), page.refresh())  # type: ignore[misc]
        return found
    return {}


def main() -> None:
    """Print the times."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "many.zhanggui"
        if not path.exists():
            started = time.perf_counter()
            fill(path, lines)
            print(f"made in {time.perf_counter() - started:.0f} s", flush=True)
        driver = Driver(path)
        every: list[float] = []
        for key in ("today", "orders", "customers", "buying", "products", "insight"):
            first = driver.took(lambda key=key: driver.window.go(key))  # type: ignore[misc]
            print(f"{key}: first look {first:.0f} ms", flush=True)
            page: Any = driver.window.page
            some = {"back on the page": lambda key=key: driver.window.go(key)} | acts(page, key)  # type: ignore[misc]
            times: list[float] = []
            for name, act in some.items():
                if name == "back on the page":
                    found = []
                    for _n in range(TURNS):
                        driver.window.go("settings")
                        found.append(driver.took(act))
                else:
                    found = [driver.took(act) for _n in range(TURNS)]
                times += found
                print(f"  {name}: median {statistics.median(found):.0f} ms, longest {max(found):.0f} ms", flush=True)
            every += times
            said(key, times)
        said("all pages and filters", every)
        driver.window.close()


def said(what: str, times: list[float]) -> None:
    """Print the median and the 95th percentile."""
    ordered = sorted(times)
    p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    print(f"{what}: median {statistics.median(ordered):.0f} ms, 95th percentile {p95:.0f} ms", flush=True)


if __name__ == "__main__":
    main()
