"""One candidate while it is written: its tokens, its text, its sentences judged and, where refused, taken back."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from types import FrameType
from typing import NamedTuple

from desktop_app.engine.decoder import Chain, Decoder
from desktop_app.engine.flow import Flow, has_words, sentence_end
from desktop_app.engine.seam import Check, Ended, EngineEvent, Reason, Refused, Request, Written
from desktop_app.records import Verdict

STRIDE = 48  # characters of bulk text that go out together; nobody watches them one by one
CHECK_SECONDS = 2.0  # of this thread's own work, however busy the machine is
CHECK_PATIENCE = 30.0  # of the clock on the wall
WEIGHED = 8  # of so many tokens of a lone text one is weighed, since weighing them all costs 2 % of the time
WARM = 0.6  # the least temperature of another attempt
RUNAWAY = 12  # a text may cost this many times its length in tokens taken back, then it ends


class Prompt(NamedTuple):
    """A request as the weights read it."""

    tokens: list[int]
    stops: tuple[str, ...] = ()
    grammar: str | None = None
    common: int = 0  # how many tokens stand before the last message: instructions and examples, nobody's own words


class Writing:
    """The state of one candidate between two decodes. ``sequence`` is what its memory must hold: prompt, then text."""

    def __init__(
        self, decoder: Decoder, job: int, request: Request, candidate: int, prompt: Prompt, resumed: str = ""
    ) -> None:
        """Begin behind ``prompt``; ``resumed`` is its end, text that an earlier engine wrote and that went out."""
        self.decoder, self.job, self.request, self.candidate = decoder, job, request, candidate
        self.prompt, self.stops, self.grammar = list(prompt.tokens), (*request.stops, *prompt.stops), prompt.grammar
        self.resumed, self.common = resumed, prompt.common
        self.limit = max(request.max_tokens - (len(decoder.tokens(resumed)) if resumed else 0), 1)
        self.sequence = list(self.prompt)
        self.pieces: list[bytes] = []
        self.chances: list[float | None] = []  # log p of each token, None for one that was set or not weighed
        self.lengths: list[int] = []  # characters of settled text after each token
        self.flow = self._new_flow()
        self.out: list[str] = []  # text that passed
        self.sent = 0  # characters of flow.text that went out (without a check)
        self.sentences = split_sentences(resumed) if request.check else []
        self.judged = 0  # characters of flow.text that are settled for good, kept or left out
        self.attempt = self.turns = self.refused = self.decoded = 0
        self._chain: Chain | None = None
        self.done = 0  # tokens of the sequence that the memory holds
        self.lent = 0  # tokens of its beginning that it shares with another
        self.seat = -1  # the decoder's sequence it sits in, -1 while it waits
        self.ended: Ended | None = None

    @property
    def seed(self) -> int:
        """The seed of this attempt: the request's own for the first of all, else one that follows from it."""
        if not self.candidate and not self.turns:
            return self.request.sampling.seed & 0x7FFFFFFF
        return zlib.crc32(f"{self.request.sampling.seed}/{self.candidate}/{self.turns}".encode()) & 0x7FFFFFFF

    @property
    def written(self) -> int:
        """How many tokens of text there are."""
        return len(self.sequence) - len(self.prompt)

    @property
    def most(self) -> int:
        """How many tokens the sequence may come to hold."""
        return len(self.prompt) + self.limit

    @property
    def interactive(self) -> bool:
        """Whether somebody is watching."""
        return self.request.priority == "interactive"

    @property
    def chain(self) -> Chain:
        """What draws the next token of this attempt, aware of the text so far."""
        if self._chain is None:
            sampling = self.request.sampling
            if self.attempt and sampling.temperature < WARM:
                sampling = replace(sampling, temperature=WARM)  # else the same sentence would come again
            self._chain = self.decoder.chain(sampling, self.seed, self.grammar)
            for token in (*(self.decoder.tokens(self.resumed) if self.resumed else ()), *self.text_tokens):
                self._chain.accept(token)
        return self._chain

    @property
    def text_tokens(self) -> list[int]:
        """The tokens of the text so far."""
        return self.sequence[len(self.prompt) :]

    @property
    def weighs(self) -> bool:
        """Whether the probability of the next token is wanted: of each where candidates compete, else of some."""
        return self.request.candidates > 1 or self.decoded % WEIGHED == 0

    def take(self, token: int, chance: float | None, piece: bytes, *, last: bool) -> list[EngineEvent]:
        """Take a drawn token; return what happened. ``ended`` is set when that was all."""
        self.decoded += 1
        if last:
            return self._finish("stop")
        self._append(token, chance, piece)
        if self.flow.stopped:
            return self._finish("stop")
        if self.written >= self.limit:
            return self._finish("length")
        if self.decoded >= RUNAWAY * self.limit:
            return self._end("refused")
        return self._stream() if self.request.check is None else self._judge()

    def stop(self) -> list[EngineEvent]:
        """End here because somebody asked for it, with the text so far."""
        return self._finish("stopped")

    def _append(self, token: int, chance: float | None, piece: bytes) -> None:
        self.sequence.append(token)
        self.pieces.append(piece)
        self.chances.append(chance)
        self.flow.feed(piece)
        self.lengths.append(len(self.flow.text))

    def _new_flow(self) -> Flow:
        before = self.resumed or self.request.prefill
        return Flow(self.stops, trim=not before or before[-1:].isspace())

    def _stream(self, *, all_of_it: bool = False) -> list[EngineEvent]:
        new = self.flow.text[self.sent :]
        if not new or not (all_of_it or self.interactive or len(new) >= STRIDE):
            return []
        self.sent = len(self.flow.text)
        self.out.append(new)
        return [Written(self.request.id, self.candidate, new)]

    def _judge(self) -> list[EngineEvent]:
        events: list[EngineEvent] = []
        while (end := sentence_end(self.flow.text, self.judged)) is not None:
            events += self._verdict_on(self.flow.text[self.judged : end], end)
            if self.ended is not None or self.judged != end:
                break  # taken back: the text behind it is gone
        return events

    def _verdict_on(self, raw: str, end: int) -> list[EngineEvent]:
        sentence = raw.strip()
        verdict = judged(self.request.check, (*self.sentences, sentence))
        if verdict.ok:
            self.judged, self.attempt = end, 0
            self.sentences.append(sentence)
            text = raw if self.out or self.resumed else raw.lstrip()
            self.out.append(text)
            written = Written(self.request.id, self.candidate, text)
            enough = 0 < self.request.sentences <= len(self.sentences)
            return [written, *self._end("stop")] if enough else [written]
        self.refused += 1
        events: list[EngineEvent] = [Refused(self.request.id, self.candidate, sentence, verdict)]
        self.attempt += 1
        if self.attempt <= self.request.retries:
            self._take_back(self.judged)
        elif self.request.on_refusal == "end":
            events += self._end("refused")
        else:
            # The weights go on believing that they said it, so they turn to something else; nobody else reads it.
            self.judged, self.attempt = end, 0
        return events

    def _take_back(self, boundary: int) -> None:
        """Go back to where ``boundary`` characters of settled text stood, and on from there with another seed."""
        reach = [0, *self.lengths]
        kept = next((i for i, length in enumerate(reach) if length >= boundary), len(self.lengths))
        rest = ""
        if reach[kept] > boundary:
            kept -= 1  # a token reaches over the boundary: its first part is set again as tokens of its own
            rest = self.flow.text[reach[kept] : boundary]
        tokens = self.sequence[len(self.prompt) : len(self.prompt) + kept]
        before = list(zip(tokens, self.chances, self.pieces, strict=False))
        self.sequence = list(self.prompt)
        self.pieces, self.chances, self.lengths, self.flow = [], [], [], self._new_flow()
        for token, chance, piece in before:
            self._append(token, chance, piece)
        for token in self.decoder.tokens(rest) if rest else ():
            self._append(token, None, self.decoder.piece(token))
        self.judged = min(boundary, len(self.flow.text))
        self.done = min(self.done, len(self.prompt) + kept, len(self.sequence) - 1)
        self.turns += 1
        self._chain = None

    def _finish(self, reason: Reason) -> list[EngineEvent]:
        """Settle and judge what is left, then end; a last sentence that is refused is written again instead."""
        self.flow.close()
        if self.request.check is None:
            return [*self._stream(all_of_it=True), *self._end(reason)]
        if reason == "stopped":
            return self._end(reason)
        turns, events = self.turns, self._judge()
        tail = self.flow.text[self.judged :]
        # What a limit cut off in the middle of a sentence was never a sentence, so it is dropped unjudged.
        if self.turns == turns and self.ended is None and reason == "stop" and has_words(tail):
            events += self._verdict_on(tail, len(self.flow.text))
        if self.turns == turns and self.ended is None:
            events += self._end(reason)
        return events

    def _end(self, reason: Reason) -> list[EngineEvent]:
        kept = self.written
        if self.request.check is not None:
            kept = sum(length <= self.judged for length in self.lengths)
            if not self.out and not self.resumed and self.refused and reason == "stop":
                reason = "refused"
        drawn = [chance for chance in self.chances[:kept] if chance is not None]
        self.ended = Ended(
            self.request.id, self.candidate, "".join(self.out), reason,
            likelihood=sum(drawn) / len(drawn) if drawn else 0.0, prompt_tokens=len(self.prompt),
            decoded_tokens=self.decoded, kept_tokens=kept, refused=self.refused,
        )  # fmt: skip
        return [self.ended]


def judged(check: Check | None, sentences: tuple[str, ...]) -> Verdict:
    """Ask a check about the last of ``sentences``; one that raises, dawdles or answers nonsense has refused."""
    if check is None:
        return Verdict(ok=True)
    began = time.thread_time()
    try:
        with _alarm():
            verdict: object = check(sentences)
    except TimeoutError:
        return Verdict(ok=False, kind="check", why="the check took too long")
    except Exception as error:  # noqa: BLE001 - the check is somebody else's; it must not take the engine with it
        return Verdict(ok=False, kind="check", why=f"{type(error).__name__}: {error}")
    if not isinstance(verdict, Verdict):
        return Verdict(ok=False, kind="check", why="the check gave no verdict")
    if time.thread_time() - began > CHECK_SECONDS:
        return Verdict(ok=False, kind="check", why="the check took too long")
    return verdict


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a finished text, without the blanks around them."""
    found, start = [], 0
    while start < len(text):
        end = sentence_end(text, start) or len(text)
        if has_words(text[start:end]):
            found.append(text[start:end].strip())
        start = end
    return found


@contextlib.contextmanager
def _alarm() -> Iterator[None]:
    """Raise `TimeoutError` in the body when it has worked or waited too long, where the system can do that.

    A busy machine makes everything slow, the check too; that says nothing against it. So its own work is counted, and
    the clock on the wall only against one that sleeps for ever.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    worked, waited = time.thread_time(), time.monotonic()

    def ring(number: int, frame: FrameType | None) -> None:
        if time.thread_time() - worked > CHECK_SECONDS or time.monotonic() - waited > CHECK_PATIENCE:
            raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, CHECK_SECONDS, CHECK_SECONDS / 4)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
