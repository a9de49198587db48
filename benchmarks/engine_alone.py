"""One text at a time: output tokens a second of the engine against llama-cpp-python's own generation, side by side."""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import threading
import time
from pathlib import Path
from typing import Any

from desktop_app import weights
from desktop_app.engine import Ended, LlamaEngine, Message, Request, Sampling
from desktop_app.engine.pace import cores

SYSTEM = "You write product descriptions for a small shop, as long as you can."
USER = "Write a long description of a bamboo cutting board, 38 x 25 cm, with a juice groove."
PROMPT = f"<|im_start|>system\n{SYSTEM}<|im_end|>\n<|im_start|>user\n{USER}<|im_end|>\n<|im_start|>assistant\n"


def main() -> None:
    """Measure in turn, print each ratio and the median."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--weights", type=Path, default=None)
    wanted.add_argument("--tokens", type=int, default=160)
    wanted.add_argument("--rounds", type=int, default=7)
    wanted.add_argument("--threads", type=int, default=cores(), help="of both sides")
    given = wanted.parse_args()
    path = given.weights or Path((weights.starter() or exit("no starter weights: run make setup")).path)
    pipe, other = multiprocessing.get_context("spawn").Pipe()
    theirs = multiprocessing.get_context("spawn").Process(
        target=_theirs, args=(other, str(path), given.threads), daemon=True
    )
    theirs.start()
    engine = LlamaEngine(path, threads=given.threads)
    ratios = []
    for round_ in range(given.rounds + 1):  # the first warms up
        ours_rate = _ours(engine, given.tokens, round_)
        pipe.send((given.tokens, round_))
        their_rate = pipe.recv()
        if round_:
            ratios.append(ours_rate / their_rate)
            print(
                f"round {round_}: ours {ours_rate:6.1f} tokens/s, llama-cpp-python {their_rate:6.1f}, {ratios[-1]:.2f}×"
            )
    print(f"alone: {statistics.median(ratios):.2f}× (median of {len(ratios)}; at least 1.0×)")
    pipe.send(None)
    engine.close()


def _ours(engine: LlamaEngine, tokens: int, seed: int) -> float:
    """Return tokens a second from asking to the end; the prompt is known from the first round."""
    turns = (Message("system", SYSTEM), Message("user", USER))
    request = Request("1", turns, max_tokens=tokens, sampling=Sampling(0.8, seed=seed), priority="interactive")
    began = time.perf_counter()
    (kept,) = (e.kept_tokens for e in engine.run([request], threading.Event()) if isinstance(e, Ended))
    return kept / (time.perf_counter() - began)


def _theirs(pipe: Any, path: str, threads: int) -> None:
    import llama_cpp

    model = llama_cpp.Llama(path, n_ctx=2048, verbose=False, n_threads=threads)
    while (asked := pipe.recv()) is not None:
        tokens, seed = asked
        began, count = time.perf_counter(), 0
        for _ in model.create_completion(
            PROMPT, max_tokens=tokens, temperature=0.8, top_p=0.95, top_k=40, min_p=0.05, seed=seed, stream=True
        ):
            count += 1
        pipe.send(count / (time.perf_counter() - began))


if __name__ == "__main__":
    main()
