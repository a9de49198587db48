"""How much text this machine writes in a minute: one text alone, and a catalogue in bulk; loading is not counted."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.engine import Broken, Ended, Engine, LlamaEngine, Message, Request, Sampling, Written
from desktop_app.language import prompts
from desktop_app.records import Described, Loading, Saved, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks import import_products, shops
from desktop_app.tasks.describe import describe
from desktop_app.words import _, language

PRODUCTS, SECONDS = 48, 120.0  # at most so many products, for at most so long
ALONE, WHOLE = 128, 80  # tokens of the text alone, and of each text in bulk without the check
_LONG = "You write for a small shop. " + "Say plainly what a thing is, what it is made of, how large it is. " * 12


@dataclass(frozen=True, slots=True)
class Speed:
    """What was measured; tokens a second, and products a minute. ``decode_share`` is llama.cpp's part of the time."""

    weights: str
    prompt_tps: float
    output_tps: float
    parallel: int
    decoded_tps: float
    items_per_minute: float
    decode_share: float
    products: int


def bench(
    engine: Engine, stop: threading.Event, *, file: Path | None = None, checked: bool = True
) -> Iterator[Loading | Speed]:
    """Measure on the sample shop or the products of ``file``, in a shop that is thrown away afterwards.

    ``checked``: as texts are really written, sentence by sentence under the check; else whole texts without one.
    """
    yield Loading(_("Loading"))
    about = engine.about()
    _alone(engine, stop, 8)
    yield Loading(_("One text alone"))
    prompt_tps, output_tps = _alone(engine, stop, ALONE)
    yield Loading(_("Many texts"))
    before = _spent(engine)
    products, tokens, seconds = _bulk(engine, stop, file, checked)
    after = _spent(engine)
    wall, inside = after[0] - before[0], after[1] - before[1]
    yield Speed(
        about.name, round(prompt_tps, 1), round(output_tps, 1), after[2], round(tokens / max(seconds, 1e-6), 1),
        round(60 * products / max(seconds, 1e-6), 1), round(inside / wall, 3) if wall else 0.0, products,
    )  # fmt: skip


def _spent(engine: Engine) -> tuple[float, float, int]:
    """Return seconds spent writing, of those in llama.cpp, and how many texts go side by side."""
    if not isinstance(engine, LlamaEngine):
        return 0.0, 0.0, int(getattr(engine, "at_once", 1))
    told = engine.measures()
    return told.seconds, told.seconds_in_llama, told.parallel


def _alone(engine: Engine, stop: threading.Event, tokens: int) -> tuple[float, float]:
    """Return tokens a second of reading a prompt never seen, and of writing behind it."""
    turns = (Message("system", f"{time.monotonic_ns()} {_LONG}"), Message("user", "Describe an oak tray at length."))
    request = Request("alone", turns, sampling=Sampling(0.8, seed=1), max_tokens=tokens, priority="interactive")
    began, first, read, written = time.monotonic(), 0.0, 0, 0
    for event in engine.run([request], stop):
        if isinstance(event, Broken):
            raise event.error
        if isinstance(event, Written) and not first:
            first = time.monotonic()
        elif isinstance(event, Ended):
            read, written = event.prompt_tokens, event.decoded_tokens
    ended = time.monotonic()
    return read / max(first - began, 1e-6), max(written - 1, 0) / max(ended - first, 1e-6)


def _bulk(engine: Engine, stop: threading.Event, file: Path | None, checked: bool) -> tuple[int, int, float]:
    """Return how many products were written, with how many tokens drawn, in how many seconds."""
    over = threading.Event()
    clock = threading.Timer(SECONDS, over.set)
    with tempfile.TemporaryDirectory() as folder:
        shop = shops.new(Path(folder) / "bench.zhanggui", language="en")
        try:
            if file is None:
                shops.fill_with_sample(shop, "en" if language() != "zh" else "zh")
            else:
                list(import_products.import_products(shop, stop, reading=import_products.look(shop, file)))
            ids = shop.search()[:PRODUCTS]
            clock.start()
            began = time.monotonic()
            ended = _Either(stop, over)
            done, tokens = (_described if checked else _whole)(shop, engine, ended, ids)
            return done, tokens, time.monotonic() - began
        finally:
            clock.cancel()
            shop.close()


class _Either(threading.Event):
    """Set as soon as one of two events is."""

    def __init__(self, *events: threading.Event) -> None:
        super().__init__()
        self._events = events

    def is_set(self) -> bool:
        """Whether one of them is set."""
        return any(event.is_set() for event in self._events)


def _described(shop: Shop, engine: Engine, stop: threading.Event, ids: list[int]) -> tuple[int, int]:
    saved = tokens = 0
    wishes = Wishes(language=str(shop.setting("language") or "en"), writer="weights")
    for event in describe(shop, engine, stop, products=ids, wishes=wishes):
        saved += isinstance(event, Saved)
        if isinstance(event, Described):
            tokens = event.decoded_tokens
    return saved, tokens


def _whole(shop: Shop, engine: Engine, stop: threading.Event, ids: list[int]) -> tuple[int, int]:
    spoken = str(shop.setting("language") or "en")

    def requests() -> Iterator[Request]:
        for number in ids:
            turns = prompts.render(replace(shop.product(number), description=""), spoken, whole=True)
            messages = tuple(Message(role, words) for role, words in turns)
            yield Request(str(number), messages, sampling=Sampling(0.7, seed=number), max_tokens=WHOLE)

    ended = [e for e in engine.run(requests(), stop) if isinstance(e, Ended) and e.reason != "stopped"]
    return len(ended), sum(e.decoded_tokens for e in ended)
