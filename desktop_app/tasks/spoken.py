"""The shop's voice in what code writes to customers: its words, its address and its tone; quotes and facts stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from desktop_app.knowledge_records import ReplyPart, ReplyWishes
from desktop_app.language import reply_words, voice
from desktop_app.language.review_answers import Answer
from desktop_app.language.voice import Habit, Voice
from desktop_app.records import Finding, Span
from desktop_app.shop import Shop
from desktop_app.tasks.voice import LEARNED
from desktop_app.words import _

_DROPPED = {"opening", "acknowledge", "closing"}  # a reply says as much without them


@dataclass(frozen=True, slots=True)
class Spoken:
    """How a shop speaks: what the merchant set and what was learned from edits."""

    voice: Voice = field(default_factory=Voice)
    habits: tuple[Habit, ...] = ()

    def wishes(self, wishes: ReplyWishes) -> ReplyWishes:
        """Return wishes with the shop's own tone where none is asked for."""
        return wishes if wishes.tone else replace(wishes, tone=self.voice.tone)

    def dressed(self, text: str, language: str, kept: Sequence[str] = ()) -> str:
        """Return a text with the shop's words and its way to address a reader; what is ``kept`` stays as it is."""
        told, _moved = voice.dress(text, _spans(text, kept), self.voice, self.habits, language)
        for old, new in {"你": (("您", "你"),), "您": (("你们", "您"), ("你", "您"))}.get(self.voice.address, ()):
            told = _swapped(told, old, new, _spans(told, kept))
        return told

    def answer(self, made: Answer, language: str, kept: Sequence[str] = ()) -> Answer:
        """Return an answer to a review in the shop's words, what its stretches rest on moved along."""
        text, at, spans = "", 0, list[Span]()
        for span in sorted(made.evidence, key=lambda s: s.start):
            text += self.dressed(made.text[at : span.start], language, kept)
            said = self.dressed(made.text[span.start : span.end], language, (*kept, *span.facts))
            spans.append(replace(span, start=len(text), end=len(text) + len(said)))
            text, at = text + said, span.end
        return Answer(text + self.dressed(made.text[at:], language, kept), tuple(spans))

    def avoided(self, text: str, kept: Sequence[str] = ()) -> tuple[str, ...]:
        """Return the words of a text that the shop avoids, outside of what is ``kept``."""
        return tuple(dict.fromkeys(found.text for found in self.findings(text, kept)))

    def findings(self, text: str, kept: Sequence[str] = ()) -> list[Finding]:
        """Return where a text holds a word that the shop avoids, outside of what is ``kept``."""
        spans, plain = _spans(text, kept), replace(self.voice, address="")
        return [f for f in voice.findings(text, plain)
                if not any(s.start < f.end and f.start < s.end for s in spans)]  # fmt: skip

    def parts(
        self, parts: Sequence[ReplyPart], language: str, names: Sequence[str] = ()
    ) -> tuple[list[ReplyPart], list[str]]:
        """Return the parts of a reply in the shop's voice, and what the merchant should know of it.

        Quoted answers stay letter for letter. A sentence of courtesy with an avoided word is said in another way, or
        left out; one that is needed stays and is named.
        """
        told, notes = list[ReplyPart](), list[str]()
        for part in parts:
            if part.kind == "answer":
                told.append(part)
                for word in self.avoided(part.text):
                    notes.append(_("A quoted answer holds “{word}”, which your voice avoids.", word=word))
                continue
            kept = [*names, *(v for fact in part.facts for v in (fact.value, fact.ref) if v)]
            ways = [part.text, *reply_words.other_ways(language, part.text)]
            dressed = [self.dressed(way, language, kept) for way in ways]
            good = next((way for way in dressed if not self.avoided(way, kept)), None)
            if good is None and part.kind in _DROPPED:
                _sentence, _newline, sign = part.text.partition("\n")
                if not sign:
                    continue
                good = sign
            if good is None:
                for word in self.avoided(dressed[0], kept):
                    notes.append(_("This draft needs “{word}”, which your voice avoids.", word=word))
            told.append(replace(part, text=dressed[0] if good is None else good))
        return told, list(dict.fromkeys(notes))


def of(shop: Shop) -> Spoken:
    """Return how this shop speaks."""
    own = voice.read(shop.setting("voice"))
    return Spoken(own, tuple(voice.learn(shop.edits(limit=LEARNED), own.off)))


def _spans(text: str, kept: Sequence[str]) -> list[Span]:
    found = [m.span() for word in dict.fromkeys(kept) if word for m in re.finditer(re.escape(word), text)]
    return [Span(start, end, ("kept",)) for start, end in sorted(found)]


def _swapped(text: str, old: str, new: str, spans: Sequence[Span]) -> str:
    """Put one word in place of another, outside of what is kept."""
    return re.sub(
        re.escape(old),
        lambda m: m[0] if any(s.start < m.end() and m.start() < s.end for s in spans) else new, text,
    )  # fmt: skip
