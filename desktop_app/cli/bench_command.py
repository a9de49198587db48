"""`zhanggui bench`: how much text this machine writes, in plain words or as one JSON object."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.engine import LlamaEngine
from desktop_app.errors import UserError
from desktop_app.records import Loading, Progress
from desktop_app.tasks import bench, calibrate, engines, machine, server, tuned
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call

MANY = 100  # what a merchant thinks in


def show_bench(call: Call) -> None:
    """Measure and say it; loading is not counted."""
    _calibrate(call)
    with call.engine() as engine:
        if engine is None:
            raise UserError("There are no weights to write with. Choose some on the Weights page.")
        for event in bench.bench(engine, call.stop, file=call.wishes.file, checked=not call.wishes.no_check):
            if isinstance(event, Loading):
                call.show.progress(event.what)
            elif not call.stop.is_set():
                _show(call, event)


def _calibrate(call: Call) -> None:
    """Measure how many texts side by side, threads and layers on a card are best here, unless that is known."""
    chosen = call.wishes.weights
    settings = replace(call.settings, weights=str(chosen)) if chosen else call.settings
    if server.is_on(settings) or (found := engines.chosen_weights(settings)) is None:
        return
    path = Path(found.path)
    if tuned.known(path) is not None and not call.wishes.again:
        return
    if call.wishes.again:
        machine.devices(again=True)
    for event in calibrate.calibrate(path, call.stop):
        if isinstance(event, Loading):
            call.show.progress(event.what)
        else:
            call.show.event("measured", calibrate.words(event), **asdict(event))


def _show(call: Call, speed: bench.Speed) -> None:
    lines = [
        speed.weights,
        _("One text alone: reads {read} and writes {written} tokens a second.",
          read=round(speed.prompt_tps), written=round(speed.output_tps)),
        _("In bulk, {parallel} side by side: {tps} tokens and {items} products a minute.",
          parallel=speed.parallel, tps=round(60 * speed.decoded_tps), items=round(speed.items_per_minute, 1)),
        _("{n} descriptions: {time}", n=MANY, time=_lasting(60 * MANY / speed.items_per_minute))
        if speed.items_per_minute else _("No description was finished in the time there was."),
    ]  # fmt: skip
    call.show.event(
        "bench", "\n".join(lines), weights=speed.weights,
        alone={"prompt_tps": speed.prompt_tps, "output_tps": speed.output_tps},
        bulk={"parallel": speed.parallel, "decoded_tps": speed.decoded_tps,
              "items_per_minute": speed.items_per_minute, "decode_share": speed.decode_share},
        products=speed.products,
    )  # fmt: skip


def _lasting(seconds: float) -> str:
    if seconds < 50:
        return _("under a minute")
    if seconds < 5400:
        return several("about {count} minute", "about {count} minutes", round(seconds / 60) or 1)
    return several("about {count} hour", "about {count} hours", round(seconds / 3600))


def show_perplexity(call: Call) -> None:
    """Score how well the weights foresee a text."""
    from desktop_app.tasks.evaluate import Score
    from desktop_app.tasks.evaluate_weights import evaluate_perplexity

    with call.engine() as engine:
        if not isinstance(engine, LlamaEngine):
            raise UserError("Only weights on this machine can be scored; there are none, or a server writes.")
        for event in evaluate_perplexity(engine, call.stop, path=call.wishes.file, text=call.wishes.text):
            if isinstance(event, Progress):
                call.show.progress(f"{event.what} {event.done}/{event.total}")
            elif isinstance(event, Score):
                told = ", ".join(f"{name} {value}" for name, value in event.metrics.items())
                call.show.event("score", f"{event.task}, {event.n}: {told}", **asdict(event))
            elif call.wishes.rows:
                call.show.event("row", f"{event.n}\t{event.perplexity}", **asdict(event))
