"""A graphics card against the processor: each share of the layers, alone and in bulk, and whether both write the same.

Needs llama.cpp with a backend for the card (see "Graphics cards" in the README). Greedy sampling takes the likeliest
token each time; two devices add in another order, so where two tokens are as good as equally likely they may part.
"""

from __future__ import annotations

import argparse
import json
import statistics
import threading
import time
from pathlib import Path

from desktop_app import weights
from desktop_app.engine import Ended, LlamaEngine, Message, Request, Sampling, Written
from desktop_app.engine.pace import cores
from desktop_app.tasks import calibrate, machine

SAMPLE = Path(__file__).resolve().parent.parent / "assets" / "sample" / "products.en.json"
RULES = "You write product descriptions for a small shop. Use only the facts given, in two or three plain sentences."
WIDTHS = (8, 16, 32, 64)  # texts side by side on the card


def main() -> None:
    """Print the devices and three tables."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--weights", type=Path, default=None)
    wanted.add_argument("--rounds", type=int, default=3)
    wanted.add_argument("--parts", type=int, default=5, help="shares of the layers to try, from none to all")
    wanted.add_argument("--seconds", type=float, default=1.5, help="of writing, for each figure in bulk")
    wanted.add_argument("--same", type=int, default=24, help="texts to write on both under greedy sampling; 0: none")
    wanted.add_argument("--tokens", type=int, default=64, help="of each text")
    given = wanted.parse_args()
    path = given.weights or Path((weights.starter() or exit("no starter weights: run make setup")).path)
    found = machine.devices(again=True)
    for device in found.all:
        print(f"{device.kind}: {device.name}, {device.free >> 20} of {device.total >> 20} MiB free")
    if not found.cards:
        print("no graphics card was found, or this llama.cpp has no backend for one: nothing to measure")
        return
    steps = calibrate.steps_for(path)
    every = len(weights.layout(path).blocks) + 1
    print(f"{path.name}, {path.stat().st_size >> 20} MiB: {every} layers; to be tried here: {steps}", flush=True)
    _layers(path, every, given.tokens, given.seconds, given.rounds, given.parts)
    _widths(path, every, given.seconds)
    if given.same:
        _same(path, every, given.same, given.tokens)


def _layers(path: Path, every: int, tokens: int, seconds: float, rounds: int, parts: int) -> None:
    print("layers on the card | to load, s | reads tok/s | writes alone tok/s | in bulk, 32 side by side tok/s")
    for layers in dict.fromkeys(round(every * part / (parts - 1)) for part in range(parts)):
        began = time.perf_counter()
        engine = LlamaEngine(path, layers=(layers,))
        engine.about()
        _alone(engine, 0, 8)  # the card's programs are put together at their first use
        loaded = time.perf_counter() - began
        there = engine.measures().layers
        figures = [_alone(engine, 1 + round_, tokens) for round_ in range(rounds)]
        engine.close()
        read, written = (statistics.median(column) for column in zip(*figures, strict=True))
        bulk = _bulk(path, seconds, 32, layers)
        print(f"{there:3} | {loaded:.1f} | {read:.0f} | {written:.0f} | {bulk:.0f}", flush=True)


def _widths(path: Path, every: int, seconds: float) -> None:
    told = ", ".join(f"{width}: {_bulk(path, seconds, width, every):.0f}" for width in WIDTHS)
    print(f"texts side by side, all layers on the card, tokens/s: {told}", flush=True)


def _bulk(path: Path, seconds: float, width: int, layers: int) -> float:
    """Return the better of two tries: at its first use a card's driver puts its programs together."""
    never = threading.Event()
    return max(
        calibrate.rate(path, never, seconds, parallel=width, threads=cores(), layers=(layers,))[0] for _ in range(2)
    )


def _alone(engine: LlamaEngine, round_: int, tokens: int) -> tuple[float, float]:
    """Return tokens a second of reading a prompt of some 600 tokens never seen, and of writing behind it."""
    shared = " ".join(f"Rule {round_}.{n}: say {n * 37 % 101} things plainly." for n in range(46))
    turns = (Message("system", shared), Message("user", "Describe an oak tray at length."))
    request = Request("1", turns, max_tokens=tokens, sampling=Sampling(0.8, seed=round_), priority="interactive")
    began, first, told = time.perf_counter(), 0.0, (0, 0)
    for event in engine.run([request], threading.Event()):
        if isinstance(event, Written) and not first:
            first = time.perf_counter()
        elif isinstance(event, Ended):
            told = event.prompt_tokens, event.decoded_tokens
    ended = time.perf_counter()
    first = first or ended
    return told[0] / (first - began), max(told[1] - 1, 0) / max(ended - first, 1e-6)


def _same(path: Path, every: int, count: int, tokens: int) -> None:
    """Write the same texts on both, one after another, and say how many are the same to the last letter."""
    written = {}
    for layers in (0, every):
        engine = LlamaEngine(path, layers=(layers,), parallel=1)
        written[layers] = _greedy(engine, count, tokens)
        engine.close()
    pairs = list(zip(written[0], written[every], strict=True))
    alike = sum(one == other for one, other in pairs)
    common = statistics.mean(_common(one, other) for one, other in pairs)
    print(f"greedy: {alike} of {count} texts of at most {tokens} tokens are the same; on average the first "
          f"{100 * common:.0f} % of the letters are", flush=True)  # fmt: skip


def _greedy(engine: LlamaEngine, count: int, tokens: int) -> list[str]:
    products = json.loads(SAMPLE.read_text("utf-8"))["products"]
    texts = []
    for n in range(count):
        product = products[n % len(products)]
        facts = "; ".join(f"{fact['name']} {fact['value']}" for fact in product.get("facts", ()))
        turns = (Message("system", RULES), Message("user", f"Facts {n}: {product['title']}; {facts}."))
        asked = Request("1", turns, max_tokens=tokens, sampling=Sampling(0.0))
        texts.append("".join(e.text for e in engine.run([asked], threading.Event()) if isinstance(e, Written)))
    return texts


def _common(one: str, other: str) -> float:
    longest = max(len(one), len(other)) or 1
    alike = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return alike / longest if one != other else 1.0


if __name__ == "__main__":
    main()
