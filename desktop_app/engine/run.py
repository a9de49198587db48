"""One run on this side of the pipe: requests taken lazily, each followed to its end, whatever dies in between."""

from __future__ import annotations

import pickle
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from desktop_app.engine.link import Gone, Inbox, Link
from desktop_app.engine.seam import Began, Broken, Ended, EngineEvent, Refused, Request, Written, must_fit_among
from desktop_app.errors import UserError

AHEAD = 36  # candidates under way or waiting in the engine; more than sit side by side, so that no seat is ever empty
LOOK_SECONDS = 0.05  # how often the stop is looked at
PATIENCE = 0.12  # how long a stopped engine may take to say so before we end its texts ourselves
REST_SECONDS = 2.0  # how often it is looked whether work in bulk may go on
KILLS = 25  # times in a row somebody may kill the process without a word written in between
FRUITLESS = 4  # deaths of the process without a sign of any text before we give up
BARREN = 3  # deaths in a row without a word written before texts are tried one at a time …
SUSPECT = 6  # … and deaths one text may see without a word of its own
ALONE = 2  # deaths of a text tried alone before it is left out


@dataclass(slots=True)
class _Candidate:
    """What is known here of a candidate that is being written."""

    pieces: list[str] = field(default_factory=list)
    refused: int = 0


@dataclass(slots=True)
class _Open:
    """A request under way."""

    request: Request
    candidates: dict[int, _Candidate]
    began: bool = False
    sent: bool = False  # to this life of the process
    begun: bool = False  # in this life of the process
    deaths: int = 0  # of the process while this was begun, since it last wrote anything


class Run:
    """Everything one call of ``run`` has under way."""

    def __init__(
        self, job: int, requests: Iterable[Request], stop: threading.Event, link: Callable[[], Link],
        rests: Callable[[], bool] = lambda: False,
    ) -> None:  # fmt: skip
        """``link`` returns the engine's process, a new one if the last is gone; ``rests`` says that bulk must wait."""
        self._rests, self._rested = rests, (0.0, False)
        self._next: Request | None = None  # taken, and waiting for the rest to end
        self._job, self._requests, self._stop = job, iter(requests), stop
        self._new_link = link
        self._link: Link | None = None
        self._inbox: Inbox = queue.SimpleQueue()
        self._open: dict[str, _Open] = {}
        self._exhausted = False
        self._fruitless = self._barren = self._kills = 0
        self._one_by_one = False

    def events(self) -> Iterator[EngineEvent]:
        """Yield what happens until everything has ended."""
        try:
            while not self._stop.is_set():
                yield from self._feed()
                if not self._open:
                    if self._exhausted:
                        return
                    self._stop.wait(LOOK_SECONDS)
                    continue
                try:
                    event = self._inbox.get(timeout=LOOK_SECONDS)
                except queue.Empty:
                    continue
                yield from self._take(event)
            yield from self._stopped()
        finally:
            if self._link is not None:
                self._link.part(self._job)

    def _feed(self) -> Iterator[EngineEvent]:
        if self._one_by_one:
            self._one_by_one = bool(self._open)
            yield from self._send_on()
            return
        while not self._exhausted and sum(len(o.candidates) for o in self._open.values()) < AHEAD:
            request, self._next = self._next or next(self._requests, None), None
            if request is not None and request.priority == "bulk" and self._must_rest():
                self._next = request
                return
            if request is None:
                self._exhausted = True
                return
            must_fit_among(request, self._open)
            self._open[request.id] = _Open(request, {c: _Candidate() for c in range(request.candidates)})
            yield from self._send_on()
            if self._stop.is_set():
                return

    def _must_rest(self) -> bool:
        """Say whether work nobody watches waits; asked of the machine every few seconds."""
        looked, answer = self._rested
        if not looked or time.monotonic() - looked > REST_SECONDS:
            answer = self._rests()
            self._rested = (time.monotonic(), answer)
        return answer

    def _send_on(self) -> Iterator[EngineEvent]:
        """Send what this life of the process does not know yet; one at a time while one of them is under suspicion."""
        waiting = [o for o in self._open.values() if not o.sent]
        if self._one_by_one:
            waiting = [] if len(waiting) < len(self._open) else waiting[:1]
        try:
            for under_way in waiting:
                self._submit(under_way)
        except Gone:
            self._inbox.put(None)
        except UserError as error:
            yield from self._break(error)

    def _submit(self, under_way: _Open) -> None:
        if self._link is None:
            self._link = self._new_link()
            self._link.join(self._job, self._inbox)
        request = under_way.request
        resumed = {c: "".join(known.pieces) for c, known in under_way.candidates.items()}
        self._link.send("submit", self._job, request.id, pickle.dumps(request), resumed)
        under_way.sent = True

    def _take(self, event: EngineEvent | None) -> Iterator[EngineEvent]:
        if event is None:
            yield from self._died()
            return
        self._fruitless = 0
        under_way = self._open.get(event.request)
        if under_way is None:
            return
        if isinstance(event, Began):
            under_way.begun = True
            if under_way.began:
                return
            under_way.began = True
        elif isinstance(event, Broken):
            del self._open[event.request]
        else:
            event = self._followed(under_way, event)
        yield event

    def _followed(self, under_way: _Open, event: Written | Refused | Ended) -> EngineEvent:
        """Note what happened to a candidate; an ending is told as if there had only ever been one engine."""
        known = under_way.candidates[event.candidate]
        under_way.deaths = self._barren = self._kills = 0
        if isinstance(event, Written):
            known.pieces.append(event.text)
        elif isinstance(event, Refused):
            known.refused += 1
        else:
            del under_way.candidates[event.candidate]
            if not under_way.candidates:
                del self._open[event.request]
            written = "".join(known.pieces)
            return replace(event, text=written, refused=known.refused)
        return event

    def _died(self) -> Iterator[EngineEvent]:
        """Hand everything to a new process, each text from where it was; leave out only what kills it each time."""
        outside = self._link is not None and self._link.killed and self._kills < KILLS
        self._kills += outside
        # A process that was killed says nothing against the weights or the texts it held.
        self._fruitless += not outside
        self._barren += not outside and any(o.begun for o in self._open.values())
        self._link, self._inbox = None, queue.SimpleQueue()
        for under_way in list(self._open.values()):
            under_way.deaths += under_way.begun and not outside
            if self._one_by_one and under_way.begun and under_way.deaths >= ALONE:
                del self._open[under_way.request.id]
                yield Broken(under_way.request.id, UserError(
                    "The engine stopped {times} times at this text, so it was left out. Nothing else is lost.",
                    times=under_way.deaths))  # fmt: skip
            under_way.sent = under_way.begun = False
        if self._fruitless > FRUITLESS:
            yield from self._break(UserError(
                "The engine stopped again and again before it wrote anything. The weights may be damaged or too large "
                "for this machine. Choose other weights, or try again."))  # fmt: skip
        suspicion = self._barren >= BARREN or any(o.deaths >= SUSPECT for o in self._open.values())
        if suspicion and not self._one_by_one:
            self._one_by_one = True
            for under_way in self._open.values():
                under_way.deaths = 0
        yield from self._send_on()

    def _break(self, error: UserError) -> Iterator[EngineEvent]:
        broken, self._open = self._open, {}
        self._fruitless = self._barren = 0
        for name in broken:
            yield Broken(name, error)

    def _stopped(self) -> Iterator[EngineEvent]:
        """Let the engine end what is under way; what it does not end in time is ended here, with the text so far."""
        deadline = time.monotonic() + PATIENCE
        if self._link is not None:
            try:
                self._link.send("cancel", self._job)
            except Gone:
                deadline = 0.0
        while self._open and (left := deadline - time.monotonic()) > 0:
            try:
                event = self._inbox.get(timeout=left)
            except queue.Empty:
                break
            if event is None:
                break
            yield from self._take(event)
        for name, under_way in list(self._open.items()):
            for candidate, known in under_way.candidates.items():
                yield Ended(name, candidate, "".join(known.pieces), "stopped", refused=known.refused)
        self._open.clear()
