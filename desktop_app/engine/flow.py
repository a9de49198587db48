"""From tokens' bytes to text a person may see: whole characters, no thinking aloud, nothing behind a stop text."""

from __future__ import annotations

import codecs
import re

THINK, THOUGHT = "<think>", "</think>"

_CLOSING = "”’\"'」』）)\\]》】*"
_END = re.compile(rf"[。！？…]+[{_CLOSING}]*(?=.)|[.!?]+[{_CLOSING}]*(?=\s)|\S(?=\s*\n)", re.DOTALL)
_UNFINISHED = re.compile(
    r"(?:^|\s)(?:\d{1,3}|e\.g|i\.e|approx|incl|ca|no|vs|etc|mr|mrs|ms|dr|st|[A-Za-z])\.$", re.IGNORECASE
)
_WORD = re.compile(r"\w")


class Flow:
    """Takes the bytes of one token after another and settles them into ``text``.

    What may still turn out to be half a character, the beginning of a stop text or of a thinking block is held back.
    ``stopped`` is set when a stop text was reached; it and all behind it are not in ``text``.
    """

    def __init__(self, stops: tuple[str, ...] = (), *, trim: bool = True) -> None:
        """With ``trim``, blanks before the first character are dropped."""
        self._bytes = codecs.getincrementaldecoder("utf-8")("ignore")
        self._stops = tuple(stop for stop in stops if stop)
        self._marks = (*self._stops, THINK)
        self._firsts = frozenset(mark[0] for mark in self._marks)
        self._held = ""
        self._thinking = False
        self._trim = trim
        self.text = ""
        self.stopped = False

    def feed(self, piece: bytes) -> None:
        """Take the bytes of the next token."""
        if self.stopped:
            return
        self._held += self._bytes.decode(piece)
        if self._thinking or not self._firsts.isdisjoint(self._held):
            self._settle(final=False)
        else:
            self._let_out(len(self._held))

    def close(self) -> None:
        """Settle what was held back, since nothing more comes."""
        if not self.stopped:
            # A text that was cut off within the mark itself was about to think; a mere "<" may be meant.
            begun = next((n for n in range(len(THINK) - 1, 2, -1) if self._held.endswith(THINK[:n])), 0)
            self._held = self._held[: len(self._held) - begun]
            self._settle(final=True)

    def _settle(self, *, final: bool) -> None:
        while True:
            if self._thinking:
                end = self._held.find(THOUGHT)
                if end < 0:
                    self._held = "" if final else self._held[-(len(THOUGHT) - 1) :]
                    return
                self._held = self._held[end + len(THOUGHT) :].lstrip()
                self._thinking = False
            at, mark = min(((self._held.find(m), m) for m in self._marks if m in self._held), default=(-1, ""))
            if at < 0:
                self._let_out(len(self._held) - (0 if final else self._doubtful()))
                return
            self._let_out(at)
            if mark != THINK:
                self.stopped, self._held = True, ""
                return
            self._held, self._thinking = self._held[len(THINK) :], True

    def _doubtful(self) -> int:
        """Return how many characters at the end may be the beginning of a mark."""
        longest = max(map(len, self._marks)) - 1
        for length in range(min(longest, len(self._held)), 0, -1):
            if any(mark.startswith(self._held[-length:]) for mark in self._marks):
                return length
        return 0

    def _let_out(self, length: int) -> None:
        out, self._held = self._held[:length], self._held[length:]
        if self._trim and not self.text:
            out = out.lstrip()
        self.text += out


def sentence_end(text: str, start: int) -> int | None:
    """Return where the first finished sentence after ``start`` ends, or None while it may still go on.

    A sentence ends at 。！？… or at .!? before a blank, with closing quotes and brackets, or at the end of a line.
    A full stop after a list number or a common abbreviation ends none.
    """
    at = start
    while (found := _END.search(text, at)) is not None:
        sentence = text[start : found.end()]
        if _WORD.search(sentence) and not (sentence.endswith(".") and _UNFINISHED.search(sentence)):
            return found.end()
        at = found.end()
    return None


def has_words(text: str) -> bool:
    """Say whether there is anything in ``text`` to judge."""
    return _WORD.search(text) is not None
