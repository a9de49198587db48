"""An inbox of 500 conversations and a knowledge of 5,000 passages: opened, filtered, searched; forty drafts at once.

Printed: the median and the 95th percentile of each in milliseconds, first as the page asks the shop file for it, then
as it is seen in the window (offscreen, drawn whole; the 60 ms a search waits for the next letter are not in it). With
``--drafts``: how much sooner forty answers are there in one batch than one after another, the order turned each time.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app.engine import Engine  # noqa: E402
from desktop_app.formats.messages import MessageFile, keyed  # noqa: E402
from desktop_app.knowledge_records import Passage, Source  # noqa: E402
from desktop_app.message_records import Message  # noqa: E402
from desktop_app.settings import Settings  # noqa: E402
from desktop_app.shop import Shop  # noqa: E402
from desktop_app.tasks import engines, import_messages, inbox, intents, sample_messages, shops  # noqa: E402
from desktop_app.tasks.library import Library  # noqa: E402
from desktop_app.tasks.products import now  # noqa: E402

CONVERSATIONS, PASSAGES = 500, 5000
THINGS = (
    "mug", "tray", "bowl", "lamp", "towel", "throw", "basket", "candle", "board", "spoon", "vase", "hook", "jar", "pan",
    "shirt", "hat", "pen", "rug", "clock", "chair",
)  # fmt: skip
SAID = (
    "how long does it take", "is there a lid", "can it be washed", "where is it made", "what does it weigh",
    "is it sold in blue",
)  # fmt: skip


def shop_of(folder: Path) -> Shop:
    """Make a shop with its orders, 5,000 passages and 500 conversations of one to six messages."""
    chance = random.Random(7)
    shop = shops.new(folder / "shop.zhanggui", name="Linden Goods", language="en")
    shops.fill_with_sample(shop, "en")
    with shop.act("Fill"):
        source = shop.add_knowledge_source(Source("made", "faq"))
        shop.add_passages(
            Passage(
                f"The {THINGS[n % 20]} number {n} is kept for {n % 90 + 1} days and sent on day {n % 7}.",
                f"{SAID[n % 6]}, the {THINGS[n % 20]} number {n}?", "en", source=source,
            )
            for n in range(PASSAGES)
        )  # fmt: skip
    orders = shop.orders(shop.find_orders()[:300])
    texts = [text for text, _want in sample_messages.wanted("en")]
    messages = []
    for n in range(CONVERSATIONS):
        order = orders[n % len(orders)] if n % 3 == 0 else None
        mail = order.buyer.email if order else f"guest{n}@example.org"
        for turn in range(chance.randrange(1, 7)):
            at = f"2026-{11 - n % 10:02}-{n % 28 + 1:02}T{8 + turn:02}:{n % 60:02}:00Z"
            text = chance.choice(texts).replace("1234", order.number if order else "1234")
            who = "shop" if turn % 2 else "customer"
            messages.append(Message(text, text, f"Guest {n}" if who == "customer" else "", mail, sent=at, who=who,  # type: ignore[arg-type]
                                    channel="e-mail", thread=str(n)))  # fmt: skip
    looked = import_messages.LookedMessages(Path("made"), MessageFile("made", keyed(messages)))
    stop = threading.Event()
    list(import_messages.import_messages(shop, stop, looked=looked, read=inbox.reader(shop, None)))
    return shop


def timed(what: Sequence[Callable[[], object]]) -> list[float]:
    """Return how long each takes, in milliseconds."""
    found = []
    for one in what:
        started = time.perf_counter()
        one()
        found.append((time.perf_counter() - started) * 1000)
    return sorted(found)


def listed(shop: Shop, query: str = "", state: str | None = None) -> object:
    """Do what the page does to show the list."""
    ids = shop.find_conversations(query, state=state)  # type: ignore[arg-type]
    return shop.conversation_rows(ids), shop.conversation_counts(), intents.listed(shop), shop.macros()


def looking(shop: Shop) -> None:
    """Print how long opening, filtering and searching take."""
    chance = random.Random(3)
    ids = shop.find_conversations()
    numbers = [order.number for order in shop.orders(shop.find_orders()[:100])]
    words = [*THINGS, "refund", "order", "broken", "Guest 41", "shipping", "invoice", *numbers[:40]]
    states = [None, "new", "drafted", "sent", "waiting"]
    several: dict[str, list[Callable[[], object]]] = {
        "open a conversation": [partial(inbox.view, shop, id) for id in chance.sample(ids, 200)],
        "filter the list": [partial(listed, shop, "", chance.choice(states)) for _n in range(100)],
        "search": [partial(listed, shop, chance.choice(words)) for _n in range(100)],
        "search, a letter at a time": [partial(listed, shop, word[:n]) for word in words[:15] for n in range(1, 5)],
    }
    for name, what in several.items():
        timed(what[:5])
        found = timed(what)
        print(f"{name}: median {statistics.median(found):.1f} ms, 95th {found[int(len(found) * 0.95)]:.1f} ms")


def knowing(shop: Shop) -> None:
    """Print how long the list of what the shop knows takes, as its page asks the shop file for it."""
    chance = random.Random(4)
    ids = shop.find_passages()
    day = now()[:10]
    words = [f"{thing} number {chance.randrange(PASSAGES)}" for thing in THINGS] + [said.split()[-1] for said in SAID]
    states = ("", "current", "ended", "changed")

    def found(query: str, state: str = "") -> object:
        several = shop.find_passages(query, state=state, on=day)
        return shop.passage_rows(several[:100])

    kinds: dict[str, list[Callable[[], object]]] = {
        "what the shop knows: open an answer": [partial(shop.passage, id) for id in chance.sample(ids, 200)],
        "filter the answers": [partial(found, "", states[n % 4]) for n in range(100)],
        "search the answers": [partial(found, words[n % len(words)]) for n in range(100)],
    }
    for name, what in kinds.items():
        timed(what[:5])
        took = timed(what)
        print(f"{name}: median {statistics.median(took):.1f} ms, 95th {took[int(len(took) * 0.95)]:.1f} ms")


def knowing_in_the_window(window: Any, until: Callable[[Callable[[], bool]], float]) -> None:
    """Print how long the page of what the shop knows takes until what was asked for is drawn."""
    window.go("knowledge")
    page: Any = window.page
    until(lambda: len(page.model.ids) >= PASSAGES and page.model.row(0) is not None and not window.desk.busy)
    found: dict[str, list[float]] = {"open an answer": [], "filter the answers": [], "search the answers": []}
    chance = random.Random(6)
    for _n in range(60):
        at = chance.randrange(len(page.model.ids))
        page.list.stand_on(at)
        wanted = page.model.ids[at]
        found["open an answer"].append(
            until(lambda at=at, wanted=wanted: page.form.passage is not None and page.form.passage.id == wanted  # type: ignore[misc]
                  and page.model.row(at) is not None)
        )  # fmt: skip
    answered: list[int] = []
    show = page._show_list
    page._show_list = lambda ids: (show(ids), answered.append(1))

    def shown() -> bool:
        return bool(answered) and (not page.model.ids or page.model.row(0) is not None)

    for n in range(60):
        answered.clear()
        page.state.setCurrentIndex((n + 1) % 3)
        found["filter the answers"].append(until(shown))
    page.state.setCurrentIndex(0)
    until(lambda: not window.desk.busy)
    for n in range(60):
        page.search.blockSignals(True)
        page.search.setText(f"{THINGS[n % 20]} number {n * 20 + n % 20}" if n % 2 else THINGS[n % 20])
        page.search.blockSignals(False)
        answered.clear()
        page._look()
        found["search the answers"].append(until(shown))
    _print_seen(found)


def _print_seen(found: dict[str, list[float]]) -> None:
    for name, several in found.items():
        ordered = sorted(several)
        p95 = ordered[int(len(ordered) * 0.95)]
        print(f"{name}, seen: median {statistics.median(ordered):.0f} ms, 95th {p95:.0f} ms")


def in_the_window(path: Path) -> None:
    """Print how long it takes from a key, a click or a word until the page shows it, drawn offscreen at 1280 x 800."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from desktop_app import ui
    from desktop_app.ui.desk import Desk
    from desktop_app.ui.window import Window

    settings = Settings(language="en", theme="light", welcomed=True)
    ui.application(settings)
    window = Window(Desk(settings, lambda _s: None))
    window.resize(1280, 800)
    window.go("today")
    window.show()
    window.desk.open(path)

    def until(there: Callable[[], bool]) -> float:
        started = time.perf_counter()
        while not there():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 2)
            if time.perf_counter() - started > 30:
                raise TimeoutError
        window.grab()
        return (time.perf_counter() - started) * 1000

    until(lambda: window.desk.shop is not None and not window.desk.busy)
    window.go("messages")
    page: Any = window.page
    until(lambda: page.view is not None and not window.desk.busy)
    found: dict[str, list[float]] = {"open": [], "filter": [], "search": []}
    chance = random.Random(5)
    for _n in range(100):
        page.list.stand_on(chance.randrange(page.model.rowCount()))
        wanted = page.list.current_id()
        found["open"].append(until(lambda wanted=wanted: page.view is not None and page.view.conversation.id == wanted))  # type: ignore[misc]
    answered: list[int] = []
    show = page._show
    page._show = lambda answer: (show(answer), answered.append(1))  # a question is answered once the list shows it

    def shown() -> bool:
        """Tell whether the list shows the answer to what was asked, and the thread the conversation one stands on."""
        there = page.view is not None and page.view.conversation.id == page.list.current_id()
        return bool(answered) and (there or not page.model.rows)

    for n in range(60):
        answered.clear()
        page._press_and_look([None, "new", "sent"][n % 3])
        found["filter"].append(until(shown))
    for n in range(60):
        page.search.blockSignals(True)
        page.search.setText(f"Guest {chance.randrange(1, 60)}" if n % 2 else chance.choice(("order", "refund", "tray")))
        page.search.blockSignals(False)
        answered.clear()
        page._look()
        found["search"].append(until(shown))
    _print_seen(found)
    knowing_in_the_window(window, until)
    window.close()


def drafting(shop: Shop, engine: Engine | None, rounds: int) -> None:
    """Print how much sooner forty answers are there in one batch."""
    stop = threading.Event()
    ids = [i for i in shop.find_conversations(state="new") if shop.conversation(i).reading.language == "en"][:40]
    library = Library(shop, engine, on=now()[:10])

    def batch() -> float:
        started = time.perf_counter()
        list(inbox.draft_conversations(shop, engine, stop, ids=ids, library=library))
        return time.perf_counter() - started

    def alone() -> float:
        started = time.perf_counter()
        for id in ids:
            list(inbox.draft_conversations(shop, engine, stop, ids=[id], library=library))
        return time.perf_counter() - started

    batch()
    ratios = []
    for turn in range(rounds):
        one, many = (alone(), batch()) if turn % 2 else tuple(reversed((batch(), alone())))
        ratios.append(one / many)
        print(f"{len(ids)} drafts: one by one {one:.1f} s, in one batch {many:.1f} s: {one / many:.2f} times")
    print(f"median {statistics.median(ratios):.2f}")


def main() -> None:
    """Make the shop and print the figures."""
    wishes = argparse.ArgumentParser(description=__doc__)
    wishes.add_argument("--drafts", action="store_true", help="forty in one batch against one by one")
    wishes.add_argument("--rounds", type=int, default=3)
    told = wishes.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if told.drafts:
            engine = engines.engine_for(Settings())
            with shops.sample(Path(folder) / "sample.zhanggui", language="en") as shop:
                drafting(shop, engine, told.rounds)
            if engine is not None:
                engine.close()
            return
        with shop_of(Path(folder)) as shop:
            print(f"{len(shop.find_conversations())} conversations, {len(shop.passages())} passages")
            looking(shop)
            knowing(shop)
            path = shop.path
        in_the_window(path)


if __name__ == "__main__":
    main()
