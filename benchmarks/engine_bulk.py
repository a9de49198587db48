"""Many texts at once: the table of what the scheduler gains, every line side by side in one run on the same weights."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import secrets
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from desktop_app import weights
from desktop_app.engine import Ended, LlamaEngine, Message, Request, Sampling, Written
from desktop_app.engine.pace import cores

SAMPLE = Path(__file__).resolve().parent.parent / "assets" / "sample" / "products.en.json"
RULES = (
    "You write product descriptions for a small shop. Use only the facts given. Write two or three short sentences in "
    "plain English. Name the product first. Do not praise it, do not invent materials, sizes, colours, awards, offers "
    "or promises, and do not speak of things that are not in the facts. If a fact is a size, say what it measures. If "
    "a fact is a material, say what is made of it. If a fact is a colour, say what has that colour. Do not use lists, "
    "headings, emoji or quotation marks. Do not mention the price or the shop. Do not address the reader more than "
    "once. Do not repeat a fact. Stop when all facts have been said. An example. Facts: Enamel mug; volume 350 ml; "
    "colour white. Description: The enamel mug is white and holds 350 ml."
)
WIDE = 32  # texts side by side while another overtakes them
WORDS = 80  # tokens written of each product


def main() -> None:
    """Print the table."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--weights", type=Path, default=None)
    wanted.add_argument("--products", type=int, default=48)
    wanted.add_argument("--rounds", type=int, default=3)
    wanted.add_argument("--threads", type=int, default=cores(), help="of both sides")
    wanted.add_argument("--parallel", type=int, default=None, help="texts side by side in bulk; default: as usual")
    wanted.add_argument("--only", nargs="*", help="bulk, generation, warm, disk, overtaking; default: all")
    given = wanted.parse_args()
    path = given.weights or Path((weights.starter() or exit("no starter weights: run make setup")).path)
    texts = list(_products(given.products))
    engine = LlamaEngine(path, threads=given.threads, parallel=given.parallel)
    theirs = Theirs(path, given.threads)
    print(f"{path.name}: {len(texts)} products, instructions of {engine.count_tokens(RULES)} tokens")
    measured = {
        "bulk": lambda: _bulk(engine, theirs, texts, given.rounds),
        "generation": lambda: _generation(path, given.threads, given.parallel, theirs, given.rounds),
        "warm": lambda: _warm(engine, given.rounds),
        "disk": lambda: _from_disk(path, given.threads, given.rounds),
        "overtaking": lambda: _overtaking(path, given.threads, texts, given.rounds),
    }
    for name in given.only or measured:
        measured[name]()
    theirs.close()
    engine.close()


def _products(count: int) -> Iterator[str]:
    known = json.loads(SAMPLE.read_text("utf-8"))["products"]
    for n in range(count):
        product = known[n % len(known)]
        facts = "; ".join(f"{fact['name']} {fact['value']}" for fact in product.get("facts", ()))
        yield f"Facts: {product['title']}; {facts}. Description number {n + 1}:"


def _request(name: str, text: str, **more: Any) -> Request:
    turns = (Message("system", RULES), Message("user", text))
    return Request(name, turns, **{"max_tokens": WORDS, "sampling": Sampling(0.7, seed=int(name)), **more})


def _bulk(engine: LlamaEngine, theirs: Theirs, texts: list[str], rounds: int) -> None:
    """Products and tokens a second: ours, llama-cpp-python one after another, a bare batched loop."""
    gains, outside = [], []
    for round_ in range(rounds):
        before = engine.measures()
        began = time.perf_counter()
        ended = [e for e in engine.run((_request(str(n), t) for n, t in enumerate(texts)), threading.Event())
                 if isinstance(e, Ended)]  # fmt: skip
        ours, tokens = time.perf_counter() - began, sum(e.decoded_tokens for e in ended)
        after = engine.measures()
        their_tokens, their_seconds = theirs.ask("one by one", [(RULES, text) for text in texts])
        gains.append((tokens / ours) / (their_tokens / their_seconds))
        spent = after.seconds - before.seconds
        outside.append(1 - (after.seconds_in_llama - before.seconds_in_llama) / spent)
        print(f"  round {round_ + 1}: ours {len(texts) / ours:.2f} products/s ({tokens / ours:.0f} tokens/s), "
              f"llama-cpp-python {len(texts) / their_seconds:.2f} ({their_tokens / their_seconds:.0f})")  # fmt: skip
    _line("in bulk, against llama-cpp-python one after another, equal lengths", gains, "×, at least 1.7 (starter)")
    _line("in bulk, time outside llama_decode", [100 * share for share in outside], " %, at most 6")


def _generation(path: Path, threads: int, parallel: int | None, theirs: Theirs, rounds: int) -> None:
    """Tokens a second of texts that are all being written, against a bare loop of as many sequences as long.

    All begin with the same prompt, which was read before, so that nothing but writing is measured; bare prose hardly
    ever ends before its limit. Both sides begin with an empty memory: beginnings kept from earlier work lie scattered
    over the cells, and a decode looks at every cell up to the last one held, which costs about a twentieth.
    """
    engine, against = LlamaEngine(path, threads=threads, parallel=parallel), []
    for round_ in range(rounds + 1):
        began, side = time.perf_counter(), engine.measures().parallel
        asked = (
            Request(str(n), prompt=f"{RULES} The old harbour town", max_tokens=WORDS,
                    sampling=Sampling(0.8, seed=n + 100 * round_)) for n in range(side)
        )  # fmt: skip
        ended = [e for e in engine.run(asked, threading.Event()) if isinstance(e, Ended)]
        rate = sum(e.decoded_tokens for e in ended) / (time.perf_counter() - began)
        if round_:  # the first reads the prompt
            bare = theirs.ask("bare", (side, ended[0].prompt_tokens))
            against.append(rate / bare)
            print(f"  round {round_}: {side} texts, ours {rate:.0f} tokens/s, bare loop {bare:.0f}")
    engine.close()
    _line(f"generation of {side} texts, against a bare batched loop", against, "×, at least 0.9")


def _from_disk(path: Path, threads: int, rounds: int) -> None:
    """First piece after a restart, with the instructions on disk and without; the weights are loaded before."""
    gains = []
    for round_ in range(rounds):
        shared = " ".join(f"Law {round_}.{n}: say {n * 37 % 101} things plainly." for n in range(46))
        with tempfile.TemporaryDirectory() as home:
            moved = {"ZHANGGUI_DATA": home, "ZHANGGUI_WEIGHTS": str(path.parent)}
            before = {name: os.environ.get(name) for name in moved}
            os.environ.update(moved)
            waits = [_restarted(path, threads, shared, thing) for thing in ("a board of 38 x 25 cm", "a mug of 350 ml")]
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
        gains.append(waits[0] / waits[1])
        print(f"  round {round_ + 1}: first piece after a restart {waits[0]:.3f} s cold, {waits[1]:.3f} s from disk")
    _line("first piece after a restart, from disk against cold", gains, "× sooner, at least 4")


def _restarted(path: Path, threads: int, shared: str, thing: str) -> float:
    engine = LlamaEngine(path, threads=threads)
    engine.about()  # loads the weights
    waited = _first_piece(engine, [Message("system", shared), Message("user", f"Facts: {thing}.")])
    _first_piece(engine, [Message("system", shared), Message("user", "Facts: a wooden spoon.")])
    for _ in range(3):
        engine.count_tokens("")  # answered when it had nothing else to do, which is when the beginning is laid down
    engine.close()
    return waited


def _warm(engine: LlamaEngine, rounds: int) -> None:
    """First piece of a request whose prefix is there, against one whose prefix was never seen."""
    gains = []
    for round_ in range(rounds):
        # Never the same twice on a machine, or the second run would find it on disk and not be cold.
        shared = " ".join(f"Rule {100 + secrets.randbelow(900)}.{n}: say {n} things plainly." for n in range(40))
        cold = _first_piece(
            engine, [Message("system", shared), Message("user", "Facts: a bamboo board of 38 x 25 cm.")]
        )
        warm = _first_piece(
            engine, [Message("system", shared), Message("user", "Facts: an enamel mug of 350 ml, white.")]
        )
        gains.append(cold / warm)
        print(f"  round {round_ + 1}: {engine.count_tokens(shared)} tokens of prefix, first piece {cold:.3f} s cold, "
              f"{warm:.3f} s warm")  # fmt: skip
    _line("first piece with the prefix there, against cold", gains, "× sooner, at least 8")


def _overtaking(path: Path, threads: int, texts: list[str], rounds: int) -> None:
    """First piece of an interactive request while a bulk job of 32 texts side by side runs, against idle."""
    losses, engine = [], LlamaEngine(path, threads=threads, parallel=WIDE)
    for round_ in range(rounds):
        ask = [Message("system", f"Rule {round_}. {RULES}"), Message("user", texts[round_])]
        idle = _first_piece(engine, ask)
        stop, running = threading.Event(), threading.Event()
        job = threading.Thread(target=_busy, args=(engine, texts, stop, running))
        job.start()
        running.wait()
        other = [Message("system", f"Order {round_}. {RULES}"), Message("user", texts[round_])]
        losses.append(_first_piece(engine, other) / idle)
        stop.set()
        job.join()
    engine.close()
    _line(f"first piece while a bulk job runs, {WIDE} wide, against idle", losses, "× later, at most 2")


def _busy(engine: LlamaEngine, texts: list[str], stop: threading.Event, running: threading.Event) -> None:
    written = 0
    for event in engine.run((_request(str(n), t) for n, t in enumerate(texts * 9)), stop):
        written += isinstance(event, Written)
        if written == WIDE:  # all seats are taken and writing
            running.set()


def _first_piece(engine: LlamaEngine, turns: list[Message]) -> float:
    began = time.perf_counter()
    stop = threading.Event()
    waited = 0.0
    request = Request("1", tuple(turns), max_tokens=8, sampling=Sampling(0.7), priority="interactive")
    for event in engine.run([request], stop):
        if isinstance(event, Written) and not waited:
            waited = time.perf_counter() - began
            stop.set()
    return waited


def _line(what: str, values: list[float], unit: str) -> None:
    print(f"{what}: {statistics.median(values):.2f}{unit} (median of {len(values)})")


class Theirs:
    """llama-cpp-python in a process of its own, so that neither side's threads disturb the other."""

    def __init__(self, path: Path, threads: int) -> None:
        """Load the weights there."""
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, str(path), threads), daemon=True)
        self._process.start()

    def ask(self, what: str, given: Any) -> Any:
        """Have something measured."""
        self._pipe.send((what, given))
        return self._pipe.recv()

    def close(self) -> None:
        """End the process."""
        self._pipe.send(None)
        self._process.join()


def _serve(pipe: Any, path: str, threads: int) -> None:
    import llama_cpp

    model = llama_cpp.Llama(path, n_ctx=2048, verbose=False, n_threads=threads)
    measured: dict[str, Callable[[Any], Any]] = {
        "one by one": lambda given: _one_by_one(model, given),
        "bare": lambda given: _bare(model, threads, *given),
    }
    while (asked := pipe.recv()) is not None:
        pipe.send(measured[asked[0]](asked[1]))


def _one_by_one(model: Any, texts: list[tuple[str, str]]) -> tuple[int, float]:
    """Return tokens written and seconds for all texts, one after another; the shared beginning is cached by it too."""
    began, tokens = time.perf_counter(), 0
    for n, (rules, text) in enumerate(texts):
        answer = model.create_chat_completion(
            [{"role": "system", "content": rules}, {"role": "user", "content": text}],
            max_tokens=WORDS, temperature=0.7, top_p=0.95, top_k=40, min_p=0.05, seed=n,
        )  # fmt: skip
        tokens += answer["usage"]["completion_tokens"]
    return tokens, time.perf_counter() - began


def _bare(model: Any, threads: int, sequences: int, prompt: int) -> float:
    """Return tokens a second of llama.cpp's batched decode with nothing around it: no sampling, no text."""
    import llama_cpp as lib

    params = lib.llama_context_default_params()
    params.n_ctx, params.n_batch, params.n_seq_max, params.kv_unified = 8192, 512, sequences, True
    params.n_threads = params.n_threads_batch = threads
    handle = lib.llama_init_from_model(model._model.model, params)
    batch = lib.llama_batch_init(512, 0, 1)

    def decode(rows: list[tuple[int, int]]) -> None:
        batch.n_tokens = len(rows)
        for i, (position, row) in enumerate(rows):
            batch.token[i], batch.pos[i], batch.n_seq_id[i] = 100 + (position * 7 + row) % 900, position, 1
            batch.seq_id[i][0], batch.logits[i] = row, True
        lib.llama_decode(handle, batch)

    decode([(position, 0) for position in range(prompt)])
    for row in range(1, sequences):
        lib.llama_memory_seq_cp(lib.llama_get_memory(handle), 0, row, 0, -1)
    began = time.perf_counter()
    for position in range(prompt, prompt + WORDS):
        decode([(position, row) for row in range(sequences)])
    seconds = time.perf_counter() - began
    lib.llama_batch_free(batch)
    lib.llama_free(handle)
    return sequences * WORDS / seconds


if __name__ == "__main__":
    main()
