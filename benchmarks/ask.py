"""Ask the sample shop the questions of tests/data/ask and hold every answer against SQL written by hand.

    .venv/bin/python benchmarks/ask.py [--no-weights]

Prints each question with what was said, and for both sets how many of the answerable ones got the right figure and how
many of the others were told that they cannot be answered. The second set was written before anything was tuned.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
import sys
import tempfile
import threading
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app import settings, words  # noqa: E402
from desktop_app.engine import Engine  # noqa: E402
from desktop_app.shop import Shop  # noqa: E402
from desktop_app.tasks import engines, shops  # noqa: E402
from desktop_app.tasks.ask import Answer, ask  # noqa: E402

TODAY = dt.date(2026, 11, 25)
VIEWS = """
CREATE TEMP VIEW L AS SELECT o.day, o.id ord, o.channel, o.customer, ifnull(p.title, i.title) product, p.category,
  l.quantity q, l.amount / 10000.0 amount, l.cost * l.quantity / 10000.0 cost FROM orders o
  JOIN order_lines l ON l."order" = o.id JOIN items i ON i.id = l.item LEFT JOIN variants v ON v.id = i.variant
  LEFT JOIN products p ON p.id = v.product WHERE o.kind = 'sale' AND o.state <> 'cancelled' AND l.quantity > 0;
CREATE TEMP VIEW O AS SELECT day, id, channel, customer, state, total / 10000.0 total, fees / 10000.0 fees,
  shipping / 10000.0 shipping, state <> 'cancelled' live FROM orders WHERE kind = 'sale';
CREATE TEMP VIEW R AS SELECT r.day, r.quantity q, r.amount / 10000.0 amount FROM returns r;
CREATE TEMP VIEW V AS SELECT p.title product, v.stock, v.price / 10000.0 price, v.cost / 10000.0 cost FROM variants v
  JOIN products p ON p.id = v.product;
"""


@dataclass(frozen=True, slots=True)
class Tried:
    """One question, what was said, and what is right (None: that it cannot be answered)."""

    text: str
    answer: Answer
    right: list[Any] | None

    @property
    def good(self) -> bool:
        """Whether the right thing was said."""
        if self.right is None:
            return not self.answer.answered
        if not self.answer.answered:
            return False
        if len(self.right) > 1:  # a list: the rows must be these, in this order
            return [row[0] for row in self.answer.rows[: len(self.right)]] == self.right
        return _same(self.answer.figure, self.right[0])


def _same(said: float | str | None, right: Any) -> bool:
    if isinstance(right, str):
        return said == right
    return isinstance(said, float | int) and abs(said - (right or 0)) <= 0.006


def shop_with_orders(folder: Path, language: str) -> Shop:
    """Make the sample shop with its orders as they stand on the day of the questions."""
    shop = shops.new(folder / f"{language}.zhanggui", language=language)
    shops.fill_with_sample(shop, language, TODAY)
    return shop


def tried(file: Path, folder: Path, engine: Engine | None) -> Iterator[Tried]:
    """Yield each question of a file with its answer and what is right."""
    books: dict[str, tuple[Shop, sqlite3.Connection]] = {}
    for entry in tomllib.loads(file.read_text("utf-8"))["question"]:
        language = "zh" if re.search(r"[\u4e00-\u9fff]", entry["text"]) else "en"
        if language not in books:
            words.use(language)
            shop = shop_with_orders(folder, language)
            db = sqlite3.connect(shop.path)
            db.executescript(VIEWS)
            books[language] = shop, db
        words.use(language)
        shop, db = books[language]
        (answer,) = ask(shop, engine, threading.Event(), text=entry["text"], today=TODAY)
        right = None if entry.get("none") else [row[0] for row in db.execute(_dated(entry["sql"])).fetchall()]
        yield Tried(entry["text"], answer, right)
    for shop, db in books.values():
        db.close()
        shop.close()
    words.use("en")


def _dated(sql: str) -> str:
    def number(match: re.Match[str]) -> str:
        return str((dt.date.fromisoformat(match[1]) - dt.date(1970, 1, 1)).days)

    return re.sub(r"\{(\d{4}-\d\d-\d\d)\}", number, sql)


def main() -> None:
    """Print both sets."""
    engine = None if "--no-weights" in sys.argv else engines.engine_for(settings.load())
    try:
        for name in ("first", "second"):
            with tempfile.TemporaryDirectory() as folder:
                found = list(tried(ROOT / "tests" / "data" / "ask" / f"{name}.toml", Path(folder), engine))
            for one in found:
                mark = "ok   " if one.good else "WRONG"
                print(
                    f"{mark} {one.text}\n        {one.answer.text}"
                    + ("" if one.good else f"\n        right: {one.right}")
                )
            can, cannot = [o for o in found if o.right is not None], [o for o in found if o.right is None]
            print(
                f"{name}: {sum(o.good for o in can)} of {len(can)} right figures, "
                f"{sum(o.good for o in cannot)} of {len(cannot)} said not to be answerable\n"
            )
    finally:
        if engine is not None:
            engine.close()


if __name__ == "__main__":
    main()
