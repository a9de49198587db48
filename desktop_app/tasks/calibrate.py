"""Measure once, in a few seconds, how many texts side by side and how many threads write most on this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from desktop_app.engine import Broken, LlamaEngine, Request, Sampling, Written
from desktop_app.engine.pace import cores
from desktop_app.errors import Cancelled, UserError
from desktop_app.records import Loading
from desktop_app.settings import Settings
from desktop_app.tasks import engines, machine, offload, server, tuned
from desktop_app.tasks.tuned import Tuned
from desktop_app.weights import active, layout, read_header
from desktop_app.words import _

SECONDS = 0.8  # of writing a try, after everything was read
ROUNDS = 2  # of tries; what counts is the better, since other programs only ever slow us down
LONGEST = 60.0  # seconds after which the tries that are still to come are left out
WIDTHS = (8, 16, 24, 32, 48)  # texts side by side
MANY = 100  # texts that take longer than to measure
ENOUGH = 0.97  # of the best; fewer texts side by side come sooner and leave more of the machine
_TEXT = "The old harbour town has a market every Saturday. Under the trees stands"


def calibrate(path: Path, stop: threading.Event, *, seconds: float = SECONDS) -> Iterator[Loading | Tuned]:
    """Measure, remember and return what is best for the weights at ``path``; raises `Cancelled` when stopped.

    The number of threads is that of the cores, or one fewer where that writes as much: the machine stays usable.
    """
    threads = cores()
    yield Loading(_("Measuring this computer, once"))
    tried = _widths(path, stop, seconds, threads)
    parallel = thriftiest({width: found[0] for width, found in tried.items()})
    best = tried[parallel][0]
    if threads > 2:
        fewer = rate(path, stop, seconds, parallel=parallel, threads=threads - 1)[0]
        if fewer >= best * ENOUGH:
            threads, best = threads - 1, fewer
    found = Tuned(threads, parallel, tokens_a_minute=round(60 * best))
    steps = steps_for(path)
    if steps != (0,):
        yield Loading(_("Measuring the graphics card"))
        found = _with_card(path, stop, seconds, found, steps)
    found = replace(found, active=active(read_header(path)))
    tuned.remember(path, found)
    yield found


def _widths(
    path: Path, stop: threading.Event, seconds: float, threads: int, layers: tuple[int, ...] = (0,)
) -> dict[int, tuple[float, int, int]]:
    """Return what `rate` says of each number of texts side by side, those of the middle first.

    Of each the better of two: at its first use a card's driver spends seconds putting its programs together, and
    keeps them; on one card the first try gave 528 tokens a second and the next 1,494.
    """
    begun, rates = time.monotonic(), dict[int, tuple[float, int, int]]()
    for _round in range(ROUNDS):
        for width in sorted(WIDTHS, key=lambda width: abs(width - 24)):
            if rates and time.monotonic() - begun >= LONGEST:
                continue
            try:
                tried = rate(path, stop, seconds, parallel=width, threads=threads, layers=layers)
            except UserError:  # as many texts as that are too much for the memory
                if not rates:
                    raise
                continue
            rates[width] = max(rates.get(width, tried), tried)
            layers = tuple(step for step in layers if step <= tried[1])  # what failed once is not tried again
    return rates


def once(settings: Settings, stop: threading.Event, texts: int = 0) -> Iterator[Loading | Tuned]:
    """Measure before long work what was not measured with these weights: with a graphics card always, else for many.

    Without a card the usual numbers are near enough to the best that nobody should wait for a measurement before
    fewer than `MANY` ``texts``.
    """
    found = None if server.is_on(settings) else engines.chosen_weights(settings)
    path = Path(found.path) if found is not None else None
    if path is None or (path in _without_card and texts < MANY) or tuned.known(path) is not None:
        return
    if texts < MANY and steps_for(path) == (0,):
        _without_card.add(path)
        return
    try:
        yield from calibrate(path, stop)
    except UserError:  # too little memory for a second engine just now: the work goes on as it would have
        return


_without_card: set[Path] = set()  # weights for which no card is of use, as seen since this program was started


def thriftiest(rates: dict[int, float]) -> int:
    """Return the smallest number whose rate is nearly the best."""
    best = max(rates.values())
    return min(width for width, rate in rates.items() if rate >= best * ENOUGH)


def steps_for(path: Path) -> tuple[int, ...]:
    """Return how many layers to try on graphics cards, most first; (0,) where there are none or none is of use."""
    found = machine.devices()
    return offload.ladder(layout(path), found.cards) if found.able and found.cards else (0,)


def _with_card(path: Path, stop: threading.Event, seconds: float, alone: Tuned, steps: tuple[int, ...]) -> Tuned:
    """Measure with the card too and take what is faster; one that fails is stepped down from, then left."""
    try:
        tried = _widths(path, stop, seconds, alone.threads, steps)
    except UserError:
        return alone
    least = min(layers for _rate, layers, _of in tried.values())
    parallel = thriftiest({width: speed for width, (speed, layers, _of) in tried.items() if layers == least})
    speed, layers, of = tried[parallel]
    if not layers or speed <= alone.tokens_a_minute / 60:
        return alone
    names = ", ".join(card.name for card in machine.devices().cards)
    return Tuned(alone.threads, parallel, layers, of, round(60 * speed), alone.tokens_a_minute, names)


def words(found: Tuned) -> str:
    """Say in a sentence what was measured."""
    told = _("Measured here: {parallel} texts side by side, {threads} threads.",
             parallel=found.parallel, threads=found.threads)  # fmt: skip
    if found.layers:
        told += " " + _("{layers} of {of} layers on {card}: {gain:.1f} times as fast as without.", layers=found.layers,
                        of=found.of, card=found.card, gain=found.tokens_a_minute / max(found.alone, 1))  # fmt: skip
    return told


def rate(
    path: Path, stop: threading.Event, seconds: float, *, parallel: int, threads: int, layers: tuple[int, ...] = (0,)
) -> tuple[float, int, int]:
    """Return tokens written a second while ``parallel`` texts go side by side, the layers on cards, and of how many."""
    engine = LlamaEngine(path, threads=threads, parallel=parallel, layers=layers)
    over = threading.Event()
    try:
        asked = (
            Request(str(n), prompt=f"{_TEXT} {n}", max_tokens=4096 // parallel, sampling=Sampling(0.9, seed=n))
            for n in range(parallel)
        )
        before, begun, writing = None, 0.0, set[str]()
        for event in engine.run(asked, over):
            if stop.is_set():
                raise Cancelled
            if isinstance(event, Broken):
                raise event.error
            if before is None and isinstance(event, Written):
                writing.add(event.request)
                if len(writing) == parallel:  # all were read, so nothing but writing is measured
                    before, begun = engine.measures(), time.monotonic()
            elif before is not None and time.monotonic() - begun > seconds:
                break
        after = engine.measures()
        spent = after.seconds - before.seconds if before else 0.0
        return (after.tokens - before.tokens) / spent if before and spent else 0.0, after.layers, after.of
    finally:
        over.set()
        engine.close()
