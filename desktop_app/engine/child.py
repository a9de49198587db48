"""The engine's own process: takes requests from a pipe, keeps the decoder busy, sends back what happened."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import pickle
import queue
import signal
import sys
import threading
import time
import traceback
from collections import deque
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app import paths
from desktop_app.engine.scheduler import Happened
from desktop_app.engine.seam import Broken, Request, Written
from desktop_app.errors import UserError

if TYPE_CHECKING:
    from desktop_app.engine.desk import Desk
    from desktop_app.engine.meaning import Meaning

BEAT_SECONDS = 1.0
HUNG = 300  # beats that one decode may take before the process counts as hung; loading may take ten times as many
FLUSH_SECONDS = 0.04
LOG_SIZE = 1 << 20
MEANINGS_A_TURN = 8  # texts embedded between two decodes while texts are being written
MEANINGS_ALONE = 32  # the same while nothing is being written; messages are looked at in between


@dataclass(frozen=True, slots=True)
class Config:
    """What the process is started with."""

    weights: Path | None
    meaning: Path | None = None
    context: int | None = None
    threads: int | None = None
    adapters: tuple[tuple[Path, float], ...] = ()
    patience: int = HUNG  # seconds of standstill before the process is given up
    layers: tuple[int, ...] = (0,)  # how many on graphics cards: the first number that works
    most_threads: int | None = None  # never more than so many, where ``threads`` does not say how many
    parallel: int | None = None  # bulk texts written side by side; None: the usual number


def main(connection: Connection, config: Config) -> None:
    """Serve until the pipe closes. Whatever goes wrong beyond a request is written to the log and ends the process."""
    _settle_in()
    try:
        # Only here, so that nothing native is ever loaded on the other side of the pipe, and what was set above counts.
        from desktop_app.engine import desk, llama, meaning

        llama.start(cards=any(config.layers))
        texts = desk.Desk(config)
        Service(connection, texts, meaning.Meaning(config.meaning, config.threads), Pulse(config.patience)).serve()
    except (EOFError, OSError):
        pass  # the other side is gone, and so is the reason to be
    except BaseException:  # noqa: BLE001 - nobody is above this frame
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)  # no finalisers: they would run in an order that llama.cpp does not like


def _settle_in() -> None:
    """Leave the terminal to others: no Ctrl-C, no input, and all output to a log that cannot grow without end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["GGML_NO_BACKTRACE"] = "1"  # or an abort starts a debugger
    # Waiting threads spin for a moment, then sleep. Spinning on is 4 % faster alone, but beside busy programs it was at
    # times ten times slower; a tenth of this costs another 3 % alone and wins nothing beside others.
    os.environ.setdefault("GOMP_SPINCOUNT", "20000")
    try:
        log = paths.logs() / "engine.log"
        mode = os.O_TRUNC if log.exists() and log.stat().st_size > LOG_SIZE else os.O_APPEND
        target = os.open(log, os.O_WRONLY | os.O_CREAT | mode, 0o600)
    except OSError:
        target = os.open(os.devnull, os.O_WRONLY)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for here, there in ((nothing, 0), (target, 1), (target, 2)):
        os.dup2(here, there)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - they live as long as the process
    sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="replace", buffering=1, closefd=False)  # noqa: SIM115


class Pulse:
    """Notices that work stands still. It counts beats, not time: a machine that slept made none meanwhile."""

    def __init__(self, patience: int) -> None:
        """Allow ``patience`` beats without progress, and ten times as many while weights are loaded."""
        self._patience, self._last, self._still = patience, object(), 0

    def stopped(self, progress: object, *, working: bool, loading: bool) -> bool:
        """Take note of another beat, with anything that differs whenever work went on, and say whether it has hung."""
        self._still = self._still + 1 if working and progress == self._last else 0
        self._last = progress
        return self._still >= self._patience * (10 if loading else 1)


class Service:
    """The loop between the pipe and the desk where the weights lie."""

    def __init__(self, connection: Connection, desk: Desk, meaning: Meaning, pulse: Pulse) -> None:
        """Nothing is loaded before it is asked for."""
        self._connection, self._desk, self._meaning, self._pulse = connection, desk, meaning, pulse
        self._turns, self._working = 0, True
        self._sending = threading.Lock()
        self._inbox: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        self._outgoing: list[Happened] = []
        self._flushed = 0.0
        self._embedding: deque[tuple[int, deque[str], list[bytes]]] = deque()

    def serve(self) -> None:
        """Work until told to close."""
        threading.Thread(target=self._listen, name="listen", daemon=True).start()
        threading.Thread(target=self._beat, name="beat", daemon=True).start()
        while True:
            # Off before the messages are looked at: a stop that comes later than this look finds its decode.
            self._desk.switch.off()
            idle = not (self._desk.busy or self._embedding or not self._inbox.empty() or self._desk.put_by())
            self._turns += 1
            try:
                while True:
                    self._working = not idle
                    message = self._inbox.get(block=idle)
                    idle, self._working = False, True
                    if message[0] == "close":
                        while self._desk.put_by():
                            pass
                        return
                    self._handle(*message)
            except queue.Empty:
                pass
            if self._embedding:
                self._embed()
            if self._desk.busy:
                self._tell(self._desk.step())
            self._flush(force=not self._desk.busy)

    def _listen(self) -> None:
        """Take messages off the pipe; a stop cuts short the decode under way unless others share it."""
        try:
            while True:
                message = self._connection.recv()
                self._inbox.put(message)
                if message[0] == "cancel" and self._desk.only(message[1]):
                    self._desk.switch.on()
        except (EOFError, OSError):
            os._exit(0)

    def _beat(self) -> None:
        """Say once a second that this process lives; end it when its work stands still, so that another takes over."""
        pause, desk = threading.Event(), self._desk
        with contextlib.suppress(OSError):
            while not pause.wait(BEAT_SECONDS):
                progress = (self._turns, desk.progress)
                if self._pulse.stopped(progress, working=self._working, loading=desk.loading or self._meaning.loading):
                    faulthandler.dump_traceback()
                    os._exit(1)
                self._send("beat", self._turns)

    def _tell(self, events: list[Happened]) -> None:
        """Note what happened; text that follows on text goes out with it, at most so often as an eye can follow."""
        for job, event in events:
            before = self._outgoing[-1] if self._outgoing else (0, None)
            if (
                isinstance(event, Written) and isinstance(before[1], Written)
                and (job, event.request, event.candidate) == (before[0], before[1].request, before[1].candidate)
            ):  # fmt: skip
                self._outgoing[-1] = (job, replace(event, text=before[1].text + event.text))
            else:
                self._outgoing.append((job, event))

    def _flush(self, *, force: bool) -> None:
        if self._outgoing and (force or time.monotonic() - self._flushed >= FLUSH_SECONDS):
            self._send("events", self._outgoing)
            self._outgoing, self._flushed = [], time.monotonic()

    def _send(self, kind: str, *content: Any) -> None:
        with self._sending:
            self._connection.send((kind, *content))

    def _handle(self, kind: str, *content: Any) -> None:
        if kind == "submit":
            self._submit(*content)
        elif kind == "cancel":
            self._tell(self._desk.cancel(content[0]))
            self._flush(force=True)
        elif kind == "embed":
            number, texts, query = content
            lead = "" if query is None else "query: " if query else "passage: "
            self._embedding.append((number, deque(lead + t for t in texts), []))
        elif kind == "ask":
            self._answer(*content)

    def _submit(self, job: int, name: str, pickled: bytes, resumed: dict[int, str] | None) -> None:
        try:
            request = pickle.loads(pickled)
            assert isinstance(request, Request)
            self._desk.submit(job, request, resumed)
        except UserError as error:
            self._tell([(job, Broken(name, error))])
        except (ImportError, AttributeError, TypeError, pickle.UnpicklingError) as error:
            traceback.print_exc()
            told = UserError("This text could not be begun ({reason}).", reason=f"{type(error).__name__}: {error}")
            self._tell([(job, Broken(name, told))])

    def _answer(self, number: int, question: str, *content: Any) -> None:
        try:
            self._send("answer", number, getattr(self._desk, question)(*content))
        except UserError as error:
            self._send("answer", number, error)

    def _embed(self) -> None:
        """Embed a few texts, or all of them while nothing is being written."""
        number, texts, done = self._embedding[0]
        try:
            turn = MEANINGS_A_TURN if self._desk.busy else MEANINGS_ALONE
            done += self._meaning.of([texts.popleft() for _ in range(min(len(texts), turn))])
        except UserError as error:
            self._embedding.popleft()
            self._send("answer", number, error)
            return
        if not texts:
            self._embedding.popleft()
            self._send("answer", number, (len(done), b"".join(done)))
