"""What a shop knows and how it answers, as every room hands it on: passages, sources, quotes, drafts of replies.

All are frozen and cross threads by value. Days are ISO 8601 ("2026-11-25"), moments ISO 8601 in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

SourceKind = Literal["faq", "document", "policy", "approved", "conversation"]
ReplyAction = Literal["draft", "ask", "hand_over"]
ReplyWriter = Literal["weights", "plain", "mixed"]
FactSource = Literal["order", "product", "stock", "price", "shop", "customer"]
Speaker = Literal["customer", "shop"]
PartKind = Literal["opening", "acknowledge", "answer", "fact", "next", "holding", "closing"]


# --- knowledge -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where passages come from: a file, something typed in the program, or past conversations."""

    name: str
    kind: SourceKind
    path: str = ""  # where the file lies; "" for what was typed
    sha256: str = ""  # of the file as it was read
    language: str = ""
    read: str = ""  # when it was read last
    passages: int = 0
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the shop's knowledge that can answer a question: an FAQ entry, or some lines under a heading.

    ``text`` is what is quoted; ``question`` is what it answers, or the headings it stands under. ``start`` is where
    the text stands in its source, in code points of the source's words (-1 where it has no such place).
    """

    text: str
    question: str = ""
    language: str = ""
    heading: str = ""
    page: int = 0  # from 1; 0: the source has no pages
    row: int = 0  # from 1, the header row counted; 0: the source has no rows
    start: int = -1
    valid_from: str = ""  # a day; "": always
    valid_to: str = ""  # the last day on which it answers; "": for ever
    source: int | None = None
    source_name: str = ""
    id: int | None = None

    @property
    def whole(self) -> str:
        """Question and text as one, which is what words are looked for in."""
        return f"{self.question}\n{self.text}" if self.question else self.text

    @property
    def place(self) -> str:
        """Where the passage stands in its source, for people: "p. 3", "row 12", a heading."""
        if self.page:
            return f"p. {self.page}"
        return f"row {self.row}" if self.row else self.heading

    def valid_on(self, day: str) -> bool:
        """Tell whether the passage may answer on ``day``."""
        return (not self.valid_from or self.valid_from <= day) and (not self.valid_to or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class PassageChange:
    """What the source of a passage says, where the merchant changed the passage or took it out (``passage`` 0)."""

    source: int
    passage: int
    question: str
    text: str
    valid_from: str = ""
    valid_to: str = ""
    news: Passage | None = None  # what the source says since, where that is something else again
    gone: bool = False  # the source holds it no longer
    id: int | None = None

    @property
    def asks(self) -> bool:
        """Whether the merchant has to say whose words stand."""
        return self.passage > 0 and (self.news is not None or self.gone)


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage as a list of them shows it."""

    id: int
    question: str
    text: str  # its beginning
    language: str
    place: str
    source: str
    valid_from: str
    valid_to: str
    state: Literal["", "changed", "asks"] = ""  # by the merchant; the source changed too


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found for a question. ``sure`` is how certain it is that it answers, 0 … 1."""

    passage: Passage
    score: float
    sure: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A question the shop's knowledge did not answer, and how often it was asked."""

    question: str
    language: str = ""
    times: int = 1
    asked: str = ""  # when last
    state: Literal["open", "answered", "ignored"] = "open"
    passage: int | None = None  # the one that answers it now
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and its answer that were found in past conversations and wait for the merchant."""

    question: str
    answer: str
    language: str = ""
    times: int = 1  # how many conversations said as much
    others: tuple[str, ...] = ()  # the same question in other words
    state: Literal["offered", "taken", "refused"] = "offered"
    id: int | None = None


@dataclass(frozen=True, slots=True)
class KnowledgeImported:
    """The end of an import of knowledge."""

    name: str
    format: str
    encoding: str = ""
    added: int = 0
    changed: int = 0
    skipped: int = 0  # the same as before
    removed: int = 0  # passages that are no longer in the file
    kept: int = 0  # passages the merchant changed or took out, which stay as they are
    asks: int = 0  # of those, where the file says something else than before
    problems: tuple[tuple[int, str, str], ...] = ()  # (row, column, why)
    action: int | None = None
    stopped: bool = False


# --- replies ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a thread, oldest first in a list of them."""

    text: str
    who: Speaker = "customer"
    at: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is writing, as far as it is known. Only what is this customer's own may be told."""

    customer: int | None = None
    name: str = ""
    email: str = ""
    phone: str = ""

    @property
    def known(self) -> bool:
        """Whether anything is known that an order could be compared with."""
        return bool(self.customer or self.email or self.phone)


@dataclass(frozen=True, slots=True)
class ReplyWishes:
    """What the merchant asks of a reply. An empty language is the customer's."""

    language: str = ""
    tone: Literal["", "plain", "warm", "formal"] = ""  # "": as the shop's voice has it
    length: Literal["short", "medium", "long"] = "medium"
    seed: int = 0
    sign: str = ""  # how the shop signs; "" leaves it out
    gloss: str = ""  # the merchant's own language: the draft is told in it too where it differs


@dataclass(frozen=True, slots=True)
class Thread:
    """What a reply is wanted for. ``order`` and ``product`` are what the merchant says it is about.

    ``intent`` and ``confidence`` come from whoever read the message; "" where nobody did. ``policy`` is what the
    merchant set for that intent; "" leaves it to the policies that are shipped.
    """

    said: tuple[Said, ...]
    asker: Asker = Asker()
    order: str = ""
    product: int | None = None
    intent: str = ""
    confidence: float = 0.0
    mood: str = ""  # "angry", "upset", … where it was read
    policy: ReplyAction | Literal[""] = ""
    wishes: ReplyWishes = ReplyWishes()
    id: str = ""  # how the caller knows it again


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a passage that a part of a reply rests on; ``quote`` stands in the passage letter for letter."""

    passage: int
    source: str
    quote: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class FactUsed:
    """A value that code took from the shop file: what kind, of what (an order's number, a SKU), and what it is."""

    kind: FactSource
    ref: str
    value: str


@dataclass(frozen=True, slots=True)
class ReplyPart:
    """A piece of a reply and what it rests on; openings, closings and holding lines claim nothing."""

    kind: PartKind
    text: str
    quotes: tuple[Quote, ...] = ()
    facts: tuple[FactUsed, ...] = ()
    writer: ReplyWriter = "plain"


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """An answer for the merchant to look at. Nothing here was sent.

    ``action`` says what is proposed: send after a look ("draft"), decide first ("ask"), or take over ("hand_over");
    ``reasons`` say why, in the merchant's words. ``missing`` holds what the shop's knowledge does not answer.
    """

    text: str
    action: ReplyAction
    language: str
    parts: tuple[ReplyPart, ...] = ()
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    intent: str = ""
    confidence: float = 0.0
    writer: ReplyWriter = "plain"
    refused: int = 0  # sentences of the weights that did not stand
    weights: str = ""
    weights_sha256: str = ""
    prompt: str = ""
    rules: str = ""
    gloss: str = ""  # the text in the merchant's language, where they differ
    passages: tuple[int, ...] = ()  # what was looked at, best first
    mark: str = ""  # of the thread as it was; another mark now: the draft is old
    seed: int = 0
    id: str = ""
    summary: str = ""  # of a long thread

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quote the reply rests on, each once."""
        return tuple(dict.fromkeys(q for part in self.parts for q in part.quotes))

    @property
    def facts(self) -> tuple[FactUsed, ...]:
        """Every value of the shop file that stands in it, each once."""
        return tuple(dict.fromkeys(f for part in self.parts for f in part.facts))


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without personal data, and what each stand-in stands for."""

    text: str
    table: tuple[tuple[str, str], ...] = field(default=())  # ("[phone 1]", "138 0013 8000")

    def restored(self, text: str) -> str:
        """Return ``text`` with the real values in place of the stand-ins."""
        for stand_in, value in self.table:
            text = text.replace(stand_in, value)
        return text
