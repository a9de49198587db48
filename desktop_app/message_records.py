"""What customers write, as every room hands it on: messages as they came in, conversations, kept drafts, macros.

All are frozen and cross threads by value. Moments are ISO 8601 in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Writer = Literal["customer", "shop"]
# new: the customer spoke last and nothing is drafted. drafted: an answer waits for the merchant. sent: the merchant
# answered. waiting: put aside until something else happens.
ConversationState = Literal["new", "drafted", "sent", "waiting"]
CONVERSATION_STATES: tuple[ConversationState, ...] = ("new", "drafted", "waiting", "sent")
Urgency = Literal["", "soon", "urgent"]
Mood = Literal["", "pleased", "upset", "angry"]
Policy = Literal["", "draft", "ask", "hand_over"]
EntityKind = Literal["order", "product", "size", "amount", "date"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it was sent: the original is kept whole, ``text`` is what the sender wrote this time."""

    text: str  # without what it quotes and without the signature
    original: str
    sender: str = ""
    address: str = ""
    subject: str = ""
    sent: str = ""  # ISO 8601 in UTC; "" where the letter does not say
    external: str = ""  # the letter's own Message-ID, without its brackets, or the number a file gives the message
    answers: tuple[str, ...] = ()  # the Message-IDs it follows, oldest first
    to: tuple[str, ...] = ()  # the addresses it went to
    who: Writer = "customer"
    phone: str = ""
    channel: str = ""  # "e-mail", "Etsy", "淘宝" …
    thread: str = ""  # what the file calls the conversation
    order: str = ""  # the order's number, where the file names one
    automatic: bool = False  # written by a program: a newsletter, a bounce, "out of office"
    key: str = ""  # what it is known by when the same file comes in again
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Something a message names: its kind, the words, and where they stand in the text."""

    kind: EntityKind
    value: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a message by code: its language, what it wants, how it sounds, how soon, and what it names."""

    language: str = ""
    intent: str = ""  # "": none of the known ones
    confidence: float = 0.0
    mood: Mood = ""
    urgency: Urgency = ""
    why: str = ""  # what makes it urgent: "complaint", "legal", "health", "deadline"
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of messages with one customer. ``order`` and ``customer`` are ids of the shop's."""

    person: str = ""
    address: str = ""
    phone: str = ""
    channel: str = ""
    subject: str = ""
    thread: str = ""
    state: ConversationState = "new"
    customer: int | None = None
    order: int | None = None
    reading: Reading = Reading()
    decided: bool = False  # the merchant said what it wants; no reading changes that
    preview: str = ""
    began: str = ""
    last: str = ""
    newest: int = 0  # the id of the customer's newest message
    count: int = 0
    id: int | None = None

    @property
    def name(self) -> str:
        """Who writes, as the merchant is shown it."""
        return self.person or self.address or self.phone


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One line of the list of conversations."""

    id: int
    name: str
    subject: str
    preview: str
    state: ConversationState
    last: str
    unread: bool
    language: str
    intent: str
    mood: Mood
    urgency: Urgency
    why: str  # what presses
    count: int
    action: str  # of the draft that is kept: "draft", "ask", "hand_over"; "" for none


@dataclass(frozen=True, slots=True)
class KeptReply:
    """A draft that is kept for a conversation: the merchant's words so far, and what it rests on as JSON."""

    conversation: int
    text: str
    data: str
    action: str
    mark: str
    made: str = ""
    sent: str = ""  # when the merchant marked it as sent; "" while it waits
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Macro:
    """A saved answer (快捷短语) with variables like {order} and {name}."""

    name: str
    text: str
    language: str = ""
    place: int = 0
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Intent:
    """What messages want, on the merchant's own list. ``policy`` "" leaves it to the words of the message."""

    key: str
    name: str  # as people read it, in the language of the window
    policy: Policy = ""
    hidden: bool = False
    own: bool = False  # made by the merchant
    examples: int = 0  # of the merchant's
    id: int | None = None


@dataclass(frozen=True, slots=True)
class MessagesImported:
    """The end of an import of messages, or what it would do."""

    name: str
    format: str
    encoding: str = ""
    added: int = 0
    skipped: int = 0  # here already
    conversations: int = 0  # new ones
    reopened: int = 0  # ones that were there and have something new
    linked: int = 0  # conversations whose customer is known
    problems: tuple[tuple[int, str, str], ...] = ()  # (row, column, why)
    action: int | None = None
    stopped: bool = False
    dry: bool = False
