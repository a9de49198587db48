"""What customers ask, as every room hands it on: messages as they came in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it was sent: the original is kept whole, ``text`` is what the sender wrote this time."""

    text: str  # without what it quotes and without the signature
    original: str
    sender: str = ""
    address: str = ""
    subject: str = ""
    sent: str = ""  # ISO 8601 in UTC; "" where the letter does not say
    external: str = ""  # the letter's own Message-ID, without its brackets
    answers: tuple[str, ...] = ()  # the Message-IDs it follows, oldest first
