"""One text written by a server: streamed, judged sentence by sentence, taken up again when the connection breaks."""

from __future__ import annotations

import json
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import replace

from desktop_app.engine.flow import Flow, has_words, sentence_end
from desktop_app.engine.seam import Broken, Ended, EngineEvent, Reason, Refused, Request, Written
from desktop_app.engine.server_talk import LEVELS, Talk, lost
from desktop_app.engine.server_wire import Away, Busy, Gate, Json, Stream, Unwanted
from desktop_app.engine.writing import judged
from desktop_app.errors import UserError
from desktop_app.records import Verdict

FIRST_WAIT, LONGEST_PAUSE = 0.5, 15.0  # seconds between two tries; each pause is twice the last
FAULTS = 3  # answers of the kind "internal error" before a text is given up
MISSHAPEN = 3  # answers that are not the JSON that was asked for

Tell = Callable[[EngineEvent], None]


class ServerWriting:
    """A candidate of a request. `write` runs on a thread of its own and tells of everything but `Began`.

    Where the server cannot go on behind given text, a refused sentence is left out at once unless nothing was kept
    yet, and bulk text is told only when it is whole, so that a broken connection can begin it anew.
    """

    def __init__(
        self, talk: Talk, gate: Gate, request: Request, candidate: int, tell: Tell, *, patience: float
    ) -> None:  # fmt: skip
        """``patience`` is for how many seconds without any success it is tried again."""
        self.talk, self.gate, self.request, self.candidate = talk, gate, request, candidate
        self.stop, self.tell, self._patience = threading.Event(), tell, patience
        self.out: list[str] = []
        self.sentences: list[str] = []
        self.refused = self.decoded = self.turns = self.attempt = 0
        self.chances: list[float] = []
        self._stream: Stream | None = None
        self._late = False  # told only when it is whole
        self._pause = FIRST_WAIT
        self._faults = self._misshapen = 0
        self._level = 0

    def cut(self) -> None:
        """Give up, even in the middle of waiting for the next piece; called from another thread."""
        self.stop.set()
        if (stream := self._stream) is not None:
            stream.cut()

    def write(self) -> None:
        """Write to the end, whatever comes between; exactly one `Ended` or `Broken` is told, none when stopped."""
        try:
            self._write()
        except UserError as error:
            self.tell(Broken(self.request.id, error))
        except (Away, Busy) as error:
            self.tell(Broken(self.request.id, lost(self.talk.wire.address, error)))

    def _write(self) -> None:
        request, good = self.request, time.monotonic()
        if request.grammar is not None and not self.talk.keeps_grammar():
            raise UserError("The server at {address} does not keep to a grammar.", address=self.talk.wire.address)
        while not self.stop.is_set():
            before = self.decoded
            try:
                continues = self.talk.can_continue(request)
                self._late = request.json_schema is not None or not (continues or request.priority == "interactive")
                if self._attempt(continues=continues):
                    return
                good = time.monotonic()
                continue
            except Busy as error:
                self.gate.busy(max(error.seconds, self._pause))
                trouble: Exception = error
            except Away as error:
                trouble = error
                self._start_over_if_cut()
            if self.decoded > before:
                good, self._pause = time.monotonic(), FIRST_WAIT
            if time.monotonic() - good > self._patience:
                raise trouble
            self.stop.wait(self._pause)
            self._pause = min(2 * self._pause, LONGEST_PAUSE)

    def _start_over_if_cut(self) -> None:
        if self._late:
            self.out, self.sentences, self.chances = [], [], []

    def _attempt(self, *, continues: bool) -> bool:
        """Open one stream and follow it; True when the text has ended, False when it is to be tried again."""
        kept = "".join(self.out)
        begun = self.request.prefill + kept if continues else ""
        opening = "" if continues else self.request.prefill + kept
        left = max(self.request.max_tokens - sum(self._lengths()), 1)
        if not self.gate.enter(self.stop, ahead=self.request.priority == "interactive"):
            return True
        first, began = None, time.monotonic()
        self._level = max(self._level, self.talk.level)
        try:
            path, body = self.talk.body(self._asked(opening), begun, self.seed, left, self._level)
            with self.talk.wire.stream(path, body) as stream:
                self._stream = stream
                fresh = not begun or begun[-1:].isspace()
                following = _Following(self, opening, continues=continues, fresh=fresh)
                for choice in stream.pieces():
                    if first is None:
                        first, self.talk.level = time.monotonic() - began, self._level  # what it took it takes again
                    if self.stop.is_set():
                        return True
                    if (done := following.take(choice)) is not None:
                        return done
                return following.end("stop")
        except Unwanted as error:
            return self._unwanted(error)
        finally:
            self._stream = None
            self.gate.leave(first=first)

    def _asked(self, opening: str) -> Request:
        """Return the request as it is put; a server that cannot go on is told in words how to begin."""
        if not opening or not self.request.messages:
            return self.request
        *turns, last = self.request.messages
        asked = replace(last, text=f"{last.text}\n\n(Begin with exactly these words: {opening.strip()})")
        return replace(self.request, messages=(*turns, asked))

    def _unwanted(self, error: Unwanted) -> bool:
        """Ask for less, then in another form; what the server still does not take is told in its own words."""
        if self._level + 1 < LEVELS:
            self._level += 1
            return False
        if self.request.json_schema is not None and self.talk.other_form():
            self._level = self.talk.level
            return False
        self._faults += 1
        if self._faults < FAULTS:
            self.stop.wait(self._pause)
            return False
        raise UserError("The server at {address} would not write this text: {reason}.",
                        address=self.talk.wire.address, reason=str(error).rstrip("."))  # fmt: skip

    @property
    def seed(self) -> int:
        """The seed of this turn: the request's own for the first of all, else one that follows from it."""
        seed = self.request.sampling.seed
        if not self.candidate and not self.turns:
            return seed & 0x7FFFFFFF
        return zlib.crc32(f"{seed}/{self.candidate}/{self.turns}".encode()) & 0x7FFFFFFF

    def _lengths(self) -> list[int]:
        return [-(-len(text.encode()) // 5) for text in self.out]  # about; only to keep a limit that goes on

    def keep(self, text: str, sentence: str = "") -> None:
        """Keep text that passed, and tell of it unless that has to wait."""
        self.out.append(text)
        if sentence:
            self.sentences.append(sentence)
        if not self._late:
            self.tell(Written(self.request.id, self.candidate, text))

    def refuse(self, sentence: str, verdict: Verdict, *, continues: bool) -> str:
        """Take note of a refusal and say what follows: "again", "leave" it out, or "end"."""
        self.refused += 1
        self.tell(Refused(self.request.id, self.candidate, sentence, verdict))
        self.attempt += 1
        if self.attempt <= self.request.retries and (continues or not self.out):
            self.turns += 1
            return "again"
        return "end" if self.request.on_refusal == "end" else "leave"

    def finish(self, reason: Reason) -> bool:
        """Tell the end; False if the text is not of the form that was asked for and is written again."""
        text = "".join(self.out)
        if self.request.json_schema is not None and not _is_json(text):
            self._misshapen += 1
            if self._misshapen < MISSHAPEN:
                self._start_over_if_cut()
                self.turns += 1
                return False
            raise UserError("The server at {address} does not keep to the form that was asked for.",
                            address=self.talk.wire.address)  # fmt: skip
        if self._late and text:
            self.tell(Written(self.request.id, self.candidate, text))
        if reason == "stop" and self.refused and not text:
            reason = "refused"
        likelihood = sum(self.chances) / len(self.chances) if self.chances else 0.0
        self.tell(
            Ended(
                self.request.id, self.candidate, text, reason, likelihood=likelihood, decoded_tokens=self.decoded,
                kept_tokens=sum(self._lengths()), refused=self.refused,
            )
        )  # fmt: skip
        return True


class _Following:
    """One stream while it is read: its text settled, its sentences judged."""

    def __init__(self, writing: ServerWriting, opening: str, *, continues: bool, fresh: bool) -> None:
        self._writing, self._opening = writing, opening
        self._continues = continues
        self._flow = Flow(writing.request.stops, trim=fresh or bool(opening))
        self._at = 0  # characters of the flow that are settled
        self._opened = not opening

    def take(self, choice: Json) -> bool | None:
        """Take a piece; None while it goes on, else what `_attempt` answers."""
        writing = self._writing
        text = choice.get("text") or (choice.get("delta") or {}).get("content") or ""
        writing.decoded += bool(text)
        writing.chances += _chances(choice)
        self._flow.feed(text.encode())
        if not self._opened and not self._open():
            return None if self._hopeful() else self._misopened()
        if (done := self._settle()) is not None:
            return done
        if self._flow.stopped:
            return self.end("stop")
        reason = choice.get("finish_reason")
        return self.end("length" if reason == "length" else "stop") if reason else None

    def _open(self) -> bool:
        """Say whether the text begins as it was asked to; what follows that is the answer."""
        wanted = self._opening.strip()
        self._opened = self._flow.text.startswith(wanted)
        self._at = len(wanted) if self._opened else 0
        return self._opened

    def _hopeful(self) -> bool:
        return self._opening.strip().startswith(self._flow.text) and not self._flow.stopped

    def _misopened(self) -> bool:
        writing = self._writing
        said = "the answer does not begin as it was asked to"
        follows = writing.refuse(self._flow.text, Verdict(ok=False, kind="opening", why=said), continues=False)
        if follows == "again":
            return False
        if writing.out and not writing.request.check:
            raise Away("cut, and it cannot be gone on with")
        return writing.finish("refused")

    def _settle(self) -> bool | None:
        writing, text = self._writing, self._flow.text
        if writing.request.check is None:
            if len(text) > self._at:
                writing.keep(self._joined(text[self._at :]))
                self._at = len(text)
            return None
        while (end := sentence_end(text, self._at)) is not None:
            if (done := self._judge(text[self._at : end], end)) is not None:
                return done
        return None

    def _judge(self, raw: str, end: int) -> bool | None:
        writing, sentence = self._writing, raw.strip()
        verdict = judged(writing.request.check, (*writing.sentences, sentence))
        if verdict.ok:
            writing.attempt = 0
            writing.keep(self._joined(raw), sentence)
        else:
            follows = writing.refuse(sentence, verdict, continues=self._continues)
            if follows == "again":
                return False
            if follows == "end":
                return writing.finish("refused")
            writing.attempt = 0
        self._at = end
        return None

    def _joined(self, raw: str) -> str:
        """Return a piece as it follows what is kept: servers drop the blank at the end of what they are given."""
        kept = "".join(self._writing.out)
        if not kept:
            return raw if self._writing.request.prefill else raw.lstrip()
        needs = (
            kept[-1] in ".!?" and self._writing.request.check is not None and raw[:1].isalnum() and raw[0] < "\u2e80"
        )
        return " " + raw if needs else raw

    def end(self, reason: Reason) -> bool:
        """Settle what is left and end; a last sentence that is refused is written again instead."""
        self._flow.close()
        if not self._opened and not self._open():
            return self._misopened()
        if (done := self._settle()) is not None:
            return done
        tail = self._flow.text[self._at :]
        if self._writing.request.check is not None and reason == "stop" and has_words(tail):
            done = self._judge(tail, len(self._flow.text))
            if done is not None:
                return done
        return self._writing.finish(reason)


def _chances(choice: Json) -> list[float]:
    told = choice.get("logprobs") or {}
    if isinstance(told.get("content"), list):
        return [float(t["logprob"]) for t in told["content"] if isinstance(t, dict) and "logprob" in t]
    return [float(c) for c in told.get("token_logprobs") or () if isinstance(c, int | float)]


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
