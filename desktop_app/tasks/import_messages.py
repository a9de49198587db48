"""Take customers' messages in: from files or pasted, put into threads, linked to customers and orders."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.formats.messages import LETTERS, MessageFile, pasted_messages, read_messages
from desktop_app.knowledge_records import Asker, Said, Thread
from desktop_app.message_records import Conversation, Message, MessagesImported, Reading
from desktop_app.records import Action, Progress
from desktop_app.shop import Shop
from desktop_app.shop.messages import with_message
from desktop_app.tasks import reply_facts
from desktop_app.tasks.products import now
from desktop_app.words import _

BATCH = 200  # messages a transaction
LETTERS_DAYS = 30  # a letter with the same subject goes on with a thread for so long …
CHAT_DAYS = 7  # … and a message without one for so long
_AGAIN = re.compile(r"(?i)^\s*(?:(?:re|fwd?|aw|wg|sv|antwort|回复|答复|转发|回覆)\s*(?:\[\d+\])?\s*[:：]\s*)+")
Read = Callable[[Sequence[tuple[str, ...]]], list[Reading]]


@dataclass(frozen=True, slots=True)
class LookedMessages:
    """What a look at a file of messages found, before anything is changed."""

    path: Path
    file: MessageFile

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name


def look(path: Path, *, mapping: dict[str, str] | None = None) -> LookedMessages:
    """Read a file of messages without keeping anything; UserError for one that holds none or cannot be read."""
    return LookedMessages(path, read_messages(path, mapping))


def preview(shop: Shop, *, looked: LookedMessages) -> MessagesImported:
    """Say what an import would do, without doing it."""
    good, problems = _good(shop, looked.file)
    fresh = _fresh(shop, good)
    threads = _Threads(shop)
    for message in fresh:
        threads.place(message)
    return MessagesImported(
        looked.name, looked.file.format, looked.file.encoding, len(fresh), len(good) - len(fresh), threads.begun,
        len(threads.reopened), threads.linked, problems, dry=True,
    )  # fmt: skip


def import_messages(
    shop: Shop, stop: threading.Event, *, looked: LookedMessages, read: Read | None = None
) -> Iterator[Progress | MessagesImported]:
    """Take a file of messages in as one action; what is here already is skipped.

    ``read`` says what messages want and how they sound; without it they are kept unread by code.
    """
    good, problems = _good(shop, looked.file)
    yield from _taken(shop, stop, good, looked.name, looked.file, problems, read)


def letters(shop: Shop, path: Path) -> tuple[list[Message], tuple[tuple[int, str, str], ...]]:
    """Return what customers wrote in a file of e-mail, oldest first, and what was left out; nothing is kept."""
    good, problems = _good(shop, look(path).file)
    return [message for message in good if message.who == "customer"], problems


def is_letters(path: Path) -> bool:
    """Tell whether a file is one of e-mail, by its name."""
    return path.suffix.lower() in LETTERS


def paste(shop: Shop, text: str, *, read: Read | None = None, who: Message | None = None) -> MessagesImported:
    """Keep pasted messages; ``who`` carries what the merchant says of the sender. UserError where there are none."""
    found = pasted_messages(text)
    if not found:
        raise UserError("There are no words to keep. Nothing was changed.")
    at = now()
    told = who or Message("", "")
    several = len(found) > 1 and not any(m.thread for m in found)
    messages = [
        replace(
            m, sent=m.sent or at, sender=m.sender or told.sender, address=m.address or told.address,
            phone=m.phone or told.phone, order=m.order or told.order, channel=m.channel or told.channel or _("pasted"),
            thread=f"pasted:{at}:{n if several else 0}", key=f"{m.key}:{at}",
        )
        for n, m in enumerate(found)
    ]  # fmt: skip
    empty = MessageFile("paste", tuple(messages))
    *_progress, end = _taken(shop, threading.Event(), messages, "", empty, (), read)
    assert isinstance(end, MessagesImported)
    return end


def addresses(shop: Shop) -> tuple[str, ...]:
    """Return the shop's own e-mail addresses, as the merchant named them."""
    return tuple(str(one).casefold() for one in shop.setting("addresses", ()) or ())


def name_addresses(shop: Shop, told: Sequence[str]) -> Action | None:
    """Say which e-mail addresses are the shop's own; None where nothing is different."""
    if tuple(one.casefold() for one in told) == addresses(shop):
        return None
    with shop.act("Name the shop's own e-mail addresses") as action:
        shop.set_setting("addresses", list(told))
    return action


def bare_subject(subject: str) -> str:
    """Return a subject without "Re:" and its like."""
    return _AGAIN.sub("", subject).strip().casefold()


# --- inside ----------------------------------------------------------------------------------------------------------


def _good(shop: Shop, file: MessageFile) -> tuple[list[Message], tuple[tuple[int, str, str], ...]]:
    """Return the messages of people, oldest first, each with its writer known; and what was left out, with reasons."""
    problems = list(file.problems)
    own = _own(file.messages, addresses(shop)) if file.format == "letters" else set(addresses(shop))
    found, at = list[Message](), now()
    for n, message in enumerate(file.messages, 1):
        if message.automatic:
            problems.append((n, "", _("A newsletter or an automatic answer was left out: {subject}",
                                      subject=message.subject or message.address)))  # fmt: skip
            continue
        sent = message.sent.replace("+00:00", "Z") or at
        who = "shop" if message.address.casefold() in own else message.who
        found.append(replace(message, who=who, sent=sent))
    return sorted(found, key=lambda m: m.sent), tuple(problems)


def _own(messages: Sequence[Message], known: Sequence[str]) -> set[str]:
    """Return the addresses that are the shop's: those it named, and the one that most letters of others went to."""
    went = Counter(one for m in messages for one in set(m.to))
    people = {m.address.casefold() for m in messages if m.address}
    found = set(known)
    for address, count in went.most_common(1):
        others = {m.address.casefold() for m in messages if address in m.to} - {address}
        if not known and (len(others) > 1 or (address in people and count * 2 >= len(messages))):
            found.add(address)
    return found


def _fresh(shop: Shop, messages: Sequence[Message]) -> list[Message]:
    known = shop.known_messages(m.key for m in messages)
    met: set[str] = set()
    found = []
    for message in messages:
        if message.key not in known and message.key not in met:
            found.append(message)
            met.add(message.key)
    return found


def _taken(
    shop: Shop, stop: threading.Event, messages: Sequence[Message], name: str, file: MessageFile,
    problems: tuple[tuple[int, str, str], ...], read: Read | None,
) -> Iterator[Progress | MessagesImported]:  # fmt: skip
    template = "Take in messages from {name}" if name else "Take in pasted messages"
    fresh = _fresh(shop, messages)
    threads = _Threads(shop)
    action = shop.begin(template, name=name)
    added = 0
    try:
        for start in range(0, len(fresh), BATCH):
            if stop.is_set():
                break
            batch = fresh[start : start + BATCH]
            with shop.step(action):
                touched = dict.fromkeys(_kept(shop, threads, message) for message in batch)
            if read is not None:
                read_conversations(shop, list(touched), read, action=action)
            added += len(batch)
            yield Progress(added, len(fresh), "messages")
    finally:
        done = shop.end(action)
    yield MessagesImported(
        name, file.format, file.encoding, added, len(messages) - len(fresh), threads.begun, len(threads.reopened),
        threads.linked, problems, done.id if done else None, stop.is_set(),
    )  # fmt: skip


def read_conversations(shop: Shop, ids: Sequence[int], read: Read, *, action: Action | None = None) -> None:
    """Read what conversations want; what the merchant decided stays. Within ``action``, or as one of its own."""
    several = shop.conversations(ids)
    asked = [asked_in(messages) for messages in _messages(shop, several)]
    readings = read(asked)
    changed = [
        replace(c, reading=replace(r, intent=c.reading.intent, confidence=1.0) if c.decided else r)
        for c, r in zip(several, readings, strict=True)
    ]
    changed = [new for new, old in zip(changed, several, strict=True) if new != old]
    if not changed:
        return
    with shop.step(action) if action is not None else shop.act("Read {count} messages", count=len(changed)):
        for conversation in changed:
            shop.replace_conversation(conversation)


def asked_in(messages: Sequence[Message]) -> tuple[str, ...]:
    """Return what the customer wrote since the shop spoke last, or wrote last, oldest first."""
    found: list[str] = []
    for message in reversed(messages):
        if message.who == "shop":
            if found:
                break
            continue
        found.append(f"{message.subject}\n{message.text}" if message.subject and not found else message.text)
    return tuple(reversed(found))


def _messages(shop: Shop, several: Sequence[Conversation]) -> list[list[Message]]:
    found = shop.messages_of(c.id or 0 for c in several)
    return [found.get(c.id or 0, []) for c in several]


def _kept(shop: Shop, threads: _Threads, message: Message) -> int:
    """Put a message into its conversation, which is begun where there is none, and return that one's id."""
    place = threads.place(message)
    if place.id is None:
        place.conversation = replace(place.conversation, state="new")
        place.id = shop.add_conversation(place.conversation)
        place.conversation = replace(place.conversation, id=place.id)
    id = shop.add_message(place.id, message)
    place.conversation = with_message(place.conversation, replace(message, id=id))
    shop.replace_conversation(place.conversation)
    return place.id


@dataclass(slots=True)
class _Place:
    """A conversation that messages of this import belong to."""

    conversation: Conversation
    id: int | None = None
    letters: set[str] = field(default_factory=set)


class _Threads:
    """Finds the conversation a message belongs to: by what it answers, by the file's own threads, by who and when."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._places: list[_Place] = []
        self._by_id: dict[int, _Place] = {}
        self._by_letter: dict[str, _Place] = {}
        self._by_thread: dict[tuple[str, str], _Place] = {}
        self._by_person: dict[str, list[_Place]] = {}
        self.begun = 0
        self.linked = 0
        self.reopened: set[int] = set()

    def place(self, message: Message) -> _Place:
        """Return the place of a message; a new one where it begins a conversation."""
        found = self._found(message)
        if found is None:
            found = self._begin(message)
        elif found.id is not None and found.conversation.count:
            self.reopened.add(found.id)
        for letter in (message.external, *message.answers):
            if letter:
                self._by_letter.setdefault(letter, found)
        if message.thread:
            self._by_thread[message.channel, message.thread] = found
        for key in _people(message):
            several = self._by_person.setdefault(key, [])
            if found not in several:
                several.append(found)
        # So that a look ahead, which keeps nothing, finds the same threads.
        if found.id is None:
            found.conversation = replace(found.conversation, last=max(found.conversation.last, message.sent))
        return found

    def _found(self, message: Message) -> _Place | None:
        for letter in reversed(message.answers):
            if letter in self._by_letter:
                return self._by_letter[letter]
        if message.external and message.external in self._by_letter:
            return self._by_letter[message.external]
        if message.answers and (id := self._shop.conversation_of_letters(message.answers)) is not None:
            return self._known(self._shop.conversation(id))
        if message.thread:
            if (message.channel, message.thread) in self._by_thread:
                return self._by_thread[message.channel, message.thread]
            same = self._shop.conversations_with(thread=message.thread, channel=message.channel)
            return self._known(same[0]) if same else None
        return self._by_who(message)

    def _by_who(self, message: Message) -> _Place | None:
        person = _person(message)
        if not any(person.values()):
            return None
        own = [place for key in _people(message) for place in self._by_person.get(key, ())]
        stored = [self._known(c) for c in self._shop.conversations_with(**person, channel=message.channel)]
        several = sorted({id(p): p for p in (*own, *stored)}.values(), key=lambda p: p.conversation.last, reverse=True)
        return next((place for place in several if _goes_on(place.conversation, message)), None)

    def _known(self, conversation: Conversation) -> _Place:
        id = conversation.id or 0
        if id not in self._by_id:
            self._by_id[id] = _Place(conversation, id)
        return self._by_id[id]

    def _begin(self, message: Message) -> _Place:
        self.begun += 1
        person = _person(message)
        name = message.sender if message.who == "customer" else ""
        customer = self._shop.customer_by(email=person["address"], phone=person["phone"], name=name)
        asker = Asker(customer, name, person["address"], person["phone"])
        thread = Thread((Said(f"{message.subject}\n{message.text}"),), asker, message.order)
        order = reply_facts.mentioned_order(self._shop, thread)
        self.linked += customer is not None
        return _Place(
            Conversation(
                name, person["address"], person["phone"], message.channel, message.subject, message.thread, "new",
                customer, order, began=message.sent,
            )
        )  # fmt: skip


def _person(message: Message) -> dict[str, str]:
    """Return who the customer of a message is: its writer, or whom the shop wrote to."""
    if message.who == "shop":
        return {"address": message.to[0] if message.to else "", "phone": "", "person": ""}
    return {"address": message.address, "phone": message.phone, "person": message.sender}


def _people(message: Message) -> list[str]:
    person = _person(message)
    surest = next(((kind, value) for kind, value in person.items() if value), None)
    return [f"{surest[0]}:{surest[1]}:{message.channel if surest[0] == 'person' else ''}"] if surest else []


def _goes_on(conversation: Conversation, message: Message) -> bool:
    """Tell whether a message of the same person goes on with a conversation rather than beginning another."""
    mail = bool(message.external or message.subject) and bool(conversation.subject or message.subject)
    if mail and bare_subject(conversation.subject) != bare_subject(message.subject):
        return False
    if not conversation.last or not message.sent:
        return True
    days = timedelta(LETTERS_DAYS if mail else CHAT_DAYS)
    return abs(_at(message.sent) - _at(conversation.last)) <= days


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(moment.replace("Z", "+00:00")[:19])
