"""A real server process on this machine (llama-cpp-python's own, with the starter weights), ended in mid-job."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.engine import Ended, Refused, Request, Sampling, Written
from desktop_app.engine.server import ServerEngine
from desktop_app.errors import UserError
from tests.engine.conftest import ask, endings, only, written
from tests.engine.test_server import No


class Served:
    """The server's process; it can be ended and started again at the same address."""

    def __init__(self, weights: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._weights = weights
        self.start()
        self.wait()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        words = ["--model", str(self._weights), "--port", str(self.port), "--n_ctx", "2048"]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "llama_cpp.server", *words, "--interrupt_requests", "false"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def wait(self) -> None:
        """Wait until it answers."""
        with closing(ServerEngine(self.address)) as engine:
            for _ in range(600):
                assert self._process.poll() is None, "the server ended by itself"
                try:
                    engine.models()
                except UserError:
                    threading.Event().wait(0.1)
                else:
                    return
        pytest.fail("the server does not come up")

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


@pytest.fixture(scope="module")
def served(starter: Path) -> Iterator[Served]:
    server = Served(starter)
    yield server
    server.kill()


@pytest.fixture
def engine(served: Served) -> Iterator[ServerEngine]:
    with closing(ServerEngine(served.address)) as made:
        yield made


def test_it_says_which_weights_it_has_and_counts_their_tokens(engine: ServerEngine) -> None:
    assert engine.about().name == "SmolLM2-135M-Instruct.Q8_0"
    assert engine.about().parameters == 135_000_000
    assert engine.count_tokens("one two three four") == 4


def test_it_writes_in_pieces_and_the_same_again_with_the_same_seed(engine: ServerEngine) -> None:
    texts = []
    for _ in range(2):
        events = written(engine, [ask(priority="interactive", seed=3)])
        assert sum(isinstance(e, Written) for e in events) > 3
        texts.append(only(events).text)
    assert texts[0] == texts[1]


def test_json_and_grammars_bind_it(engine: ServerEngine) -> None:
    schema = {"type": "object", "properties": {"material": {"enum": ["oak", "steel"]}}, "required": ["material"]}
    ended = only(written(engine, [ask(json_schema=json.dumps(schema), max_tokens=60)]))
    assert json.loads(ended.text)["material"] in {"oak", "steel"}
    ended = only(written(engine, [ask(grammar='root ::= "certainly " ("not" | "so")')]))
    assert ended.text in {"certainly not", "certainly so"}


def test_a_forbidden_word_never_comes_through(engine: ServerEngine) -> None:
    requests = [
        Request(
            str(n), prompt="The bamboo board", sampling=Sampling(1.0, seed=n), max_tokens=40, check=No("a"), retries=2
        )
        for n in range(4)
    ]
    events = written(engine, requests)
    assert len(endings(events)) == 4
    assert any(isinstance(e, Refused) for e in events)
    assert "a" not in "".join(e.text for e in events if isinstance(e, Written))


@pytest.mark.skipif(sys.platform == "win32", reason="ended with a signal")
def test_killed_and_started_again_in_mid_job_each_text_ends_once(served: Served, engine: ServerEngine) -> None:
    pieces: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    killed = False
    requests = [ask(str(n), f"Describe product {n}.", max_tokens=24) for n in range(8)]
    for event in engine.run(iter(requests), threading.Event()):
        if isinstance(event, Written):
            pieces[event.request] += len(event.text)
        elif isinstance(event, Ended):
            ended[event.request] += 1
            assert len(event.text) == pieces[event.request] > 0
            if not killed:
                killed = True
                served.kill()
                served.start()
    assert killed
    assert ended == Counter({r.id: 1 for r in requests})
