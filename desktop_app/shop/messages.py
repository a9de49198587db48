"""What customers write: conversations and their messages, and the drafts kept for them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.errors import UserError
from desktop_app.message_records import (
    Conversation,
    ConversationRow,
    ConversationState,
    Entity,
    KeptReply,
    Message,
    Reading,
)
from desktop_app.shop import parts, traces, words
from desktop_app.shop.connect import File, Row

_THESE = "(SELECT value FROM json_each(?))"
_CONVERSATION = (
    'person, address, phone, channel, subject, thread, state, customer, "order", language, intent, confidence, mood,'
    " urgency, why, entities, decided, preview, began, last, newest, count"
)
_MESSAGE = 'conversation, who, text, original, sender, address, subject, sent, external, "key", words'
_REPLY = "conversation, text, data, action, mark, made, sent"
_UNREAD = "c.newest > ifnull((SELECT message FROM seen WHERE id = c.id), 0)"
PREVIEW = 160


class Messages:
    """The part of a shop that holds conversations."""

    _file: File

    # --- conversations ----------------------------------------------------------------------------------------------

    def add_conversation(self, conversation: Conversation) -> int:
        """Begin a conversation and return its id."""
        self._file.require_action()
        marks = ", ".join("?" * 22)
        return self._file.run(f"INSERT INTO conversations ({_CONVERSATION}) VALUES ({marks})", _row(conversation))

    def replace_conversation(self, conversation: Conversation) -> None:
        """Bring a stored conversation to what ``conversation`` says."""
        self._file.require_action()
        listed = ", ".join(f"{name.strip()} = ?" for name in _CONVERSATION.split(","))
        self._file.run(f"UPDATE conversations SET {listed} WHERE id = ?", (*_row(conversation), conversation.id))

    def conversation(self, id: int) -> Conversation:
        """Return one conversation; UserError if it is not here."""
        found = self.conversations([id])
        if not found:
            raise UserError("This conversation is no longer in the shop.")
        return found[0]

    def conversations(self, ids: Iterable[int]) -> list[Conversation]:
        """Return conversations in the order of ``ids``; unknown ids are left out."""
        wanted = [int(id) for id in ids]
        rows = self._file.all(
            f"SELECT {_CONVERSATION}, id FROM conversations WHERE id IN {_THESE}", (json.dumps(wanted),)
        )
        found = {row[-1]: _conversation(row) for row in rows}
        return [found[id] for id in wanted if id in found]

    def set_conversation_state(self, ids: Iterable[int], state: ConversationState) -> None:
        """Set the state of conversations; unknown ids are left out."""
        self._file.require_action()
        self._file.run(
            f"UPDATE conversations SET state = ? WHERE state <> ? AND id IN {_THESE}",
            (state, state, json.dumps(list(ids))),
        )

    def find_conversations(
        self,
        query: str = "",
        *,
        state: ConversationState | None = None,
        urgent: bool = False,
        intent: str | None = None,
        customer: int | None = None,
    ) -> list[int]:
        """Return the ids of conversations, the newest first, urgent ones that wait for an answer before all others.

        ``query`` is looked for in what was written, by whom, and in the numbers of the orders they are about.
        """
        tests: list[tuple[str, Any]] = []
        for sql, value in (("state = ?", state), ("intent = ?", intent), ("customer = ?", customer)):
            if value is not None:
                tests.append((sql, value))
        if query.strip():
            tests.append((f"id IN {_THESE}", json.dumps(self._matching_conversations(query))))
        where = " AND ".join([sql for sql, _v in tests] + (["urgency = 'urgent'"] if urgent else []))
        rows = self._file.all(
            f"SELECT id FROM conversations {'WHERE ' + where if where else ''}"
            " ORDER BY urgency = 'urgent' AND state IN ('new', 'drafted') DESC, last DESC, id DESC",
            [value for _s, value in tests],
        )
        return [id for (id,) in rows]

    def _matching_conversations(self, query: str) -> list[int]:
        match, typed = words.match(query), query.strip()
        if match is None:
            rows = self._file.all("SELECT DISTINCT conversation FROM messages WHERE instr(text, ?)", (typed,))
            return [id for (id,) in rows]
        found = {
            id
            for (id,) in self._file.all(
                "SELECT m.conversation FROM search_messages s JOIN messages m ON m.id = s.rowid"
                " WHERE search_messages MATCH ?",
                (match,),
            )
        }
        found |= {
            id
            for (id,) in self._file.all(
                'SELECT c.id FROM conversations c JOIN orders o ON o.id = c."order"'
                ' WHERE o."key" >= ?1 AND o."key" < ?1 || char(1114111)',
                (typed.lstrip("#").upper(),),
            )
        }
        return sorted(found)

    def conversation_rows(self, ids: Iterable[int]) -> list[ConversationRow]:
        """Return list rows in the order of ``ids``; unknown ids are left out."""
        wanted = [int(id) for id in ids]
        rows = self._file.all(
            "SELECT c.id, c.person, c.address, c.phone, c.subject, c.preview, c.state, c.last,"
            f" {_UNREAD}, c.language, c.intent, c.mood, c.urgency, c.why, c.count,"
            " (SELECT r.action FROM replies r WHERE r.conversation = c.id AND r.sent = '' ORDER BY r.id DESC LIMIT 1)"
            f" FROM conversations c WHERE c.id IN {_THESE}",
            (json.dumps(wanted),),
        )
        found = {row[0]: _list_row(row) for row in rows}
        return [found[id] for id in wanted if id in found]

    def conversation_counts(self) -> dict[str, int]:
        """Count conversations by state, and under "unread" and "urgent" those that are so and wait for an answer."""
        counts = dict(self._file.all("SELECT state, count(*) FROM conversations GROUP BY state"))
        open_ = "state IN ('new', 'drafted')"
        counts["unread"] = self._file.value(f"SELECT count(*) FROM conversations c WHERE {open_} AND {_UNREAD}")
        counts["urgent"] = self._file.value(f"SELECT count(*) FROM conversations WHERE {open_} AND urgency = 'urgent'")
        return counts

    def see(self, conversation: int, seen: bool = True) -> None:
        """Remember that somebody looked at a conversation, or that it should stand as not looked at; no action."""
        with self._file.transaction():
            newest = self._file.value("SELECT newest FROM conversations WHERE id = ?", (conversation,))
            if newest is not None:
                self._file.run("DELETE FROM seen WHERE id = ?", (conversation,))
                self._file.run("INSERT INTO seen (id, message) VALUES (?, ?)", (conversation, newest if seen else 0))

    def oldest_conversations(self, before: str) -> list[int]:
        """Return the ids of conversations whose last message is older than the moment ``before``."""
        rows = self._file.all("SELECT id FROM conversations WHERE last <> '' AND last < ?", (before,))
        return [id for (id,) in rows]

    # --- messages ---------------------------------------------------------------------------------------------------

    def add_message(self, conversation: int, message: Message) -> int:
        """Add a message to a conversation and return its id."""
        self._file.require_action()
        m = message
        told = "\n".join(filter(None, (m.sender, m.address, m.phone, m.subject, m.order, m.text)))
        original = m.original if m.original != m.text else ""
        row = (conversation, m.who, m.text, original, m.sender, m.address, m.subject, m.sent, m.external, m.key,
               words.spaced(told))  # fmt: skip
        marks = ", ".join("?" * 11)
        return self._file.run(f"INSERT INTO messages ({_MESSAGE}) VALUES ({marks})", row)

    def messages(self, conversation: int) -> list[Message]:
        """Return the messages of a conversation, oldest first."""
        return self.messages_of([conversation]).get(conversation, [])

    def messages_of(self, conversations: Iterable[int]) -> dict[int, list[Message]]:
        """Return the messages of conversations, each list oldest first."""
        rows = self._file.all(
            f"SELECT {_MESSAGE.rpartition(',')[0]}, id FROM messages WHERE conversation IN {_THESE} ORDER BY sent, id",
            (json.dumps([int(c) for c in conversations]),),
        )
        found: dict[int, list[Message]] = {}
        for conversation, who, text, original, sender, address, subject, sent, external, key, id in rows:
            message = Message(text, original or text, sender, address, subject, sent, external, who=who, key=key, id=id)
            found.setdefault(conversation, []).append(message)
        return found

    def known_messages(self, keys: Iterable[str]) -> set[str]:
        """Return which of these keys belong to messages that are here."""
        sql = f'SELECT "key" FROM messages WHERE "key" IN {_THESE}'
        return {key for (key,) in self._file.all(sql, (json.dumps(list(keys)),))}

    def conversation_of_letters(self, externals: Iterable[str]) -> int | None:
        """Return the conversation that one of these letters belongs to, that of the newest; None where none does."""
        sql = f"SELECT conversation FROM messages WHERE external IN {_THESE} ORDER BY id DESC LIMIT 1"
        found = self._file.value(sql, (json.dumps(list(externals)),))
        return None if found is None else int(found)

    def conversations_with(
        self, *, address: str = "", phone: str = "", person: str = "", thread: str = "", channel: str = ""
    ) -> list[Conversation]:
        """Return the conversations with somebody, the one that was written to last first; ``thread`` in its channel."""
        for column, value in (("thread", thread), ("address", address), ("phone", phone), ("person", person)):
            if not value:
                continue
            same = " AND channel = ?" if column in {"thread", "person"} else ""
            rows = self._file.all(
                f"SELECT {_CONVERSATION}, id FROM conversations WHERE {column} = ?{same} ORDER BY last DESC, id DESC"
                " LIMIT 20",
                (value, channel) if same else (value,),
            )
            return [_conversation(row) for row in rows]
        return []

    def customer_by(self, *, email: str = "", phone: str = "", name: str = "") -> int | None:
        """Return the customer with this e-mail, or with this phone where only one has it; None for nobody known."""
        if email and "@" in email:
            key = email.strip().casefold()
            found = self._file.value(
                "SELECT min(customer) FROM customer_keys WHERE kind = 'email' AND value = ?", (key,)
            )
            if found is not None:
                return int(found)
        digits = "".join(c for c in phone if c.isdigit()).lstrip("0")[-11:]
        if len(digits) >= 7:
            rows = self._file.all(
                "SELECT DISTINCT customer FROM customer_keys WHERE kind = 'phone' AND value >= ? AND value < ?",
                (f"{digits} ", f"{digits}!"),
            )
            if len(rows) == 1:
                return int(rows[0][0])
        return None

    # --- kept drafts ------------------------------------------------------------------------------------------------

    def keep_reply(self, reply: KeptReply) -> int:
        """Keep the draft of a conversation, in place of the one that waited; return its id."""
        self._file.require_action()
        r = reply
        self._file.run("DELETE FROM replies WHERE conversation = ? AND sent = ''", (r.conversation,))
        row = (r.conversation, r.text, r.data, r.action, r.mark, r.made or parts.now(), r.sent)
        return self._file.run(f"INSERT INTO replies ({_REPLY}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def replace_reply(self, reply: KeptReply) -> None:
        """Bring a kept draft to what ``reply`` says."""
        self._file.require_action()
        r = reply
        listed = ", ".join(f"{name.strip()} = ?" for name in _REPLY.split(","))
        row = (r.conversation, r.text, r.data, r.action, r.mark, r.made, r.sent, r.id)
        self._file.run(f"UPDATE replies SET {listed} WHERE id = ?", row)

    def drop_reply(self, conversation: int) -> None:
        """Let go of the draft that waits in a conversation."""
        self._file.require_action()
        self._file.run("DELETE FROM replies WHERE conversation = ? AND sent = ''", (conversation,))

    def reply_of(self, conversation: int) -> KeptReply | None:
        """Return the draft that waits in a conversation."""
        row = self._file.one(
            f"SELECT {_REPLY}, id FROM replies WHERE conversation = ? AND sent = '' ORDER BY id DESC LIMIT 1",
            (conversation,),
        )
        return KeptReply(*row) if row else None

    # --- forgetting -------------------------------------------------------------------------------------------------

    def erase_conversations(self, ids: Sequence[int]) -> int:
        """Erase conversations for good: rows, drafts, index, journal and free pages. This cannot be undone; no action.

        What was undone or removed before is looked for in the journal as well. Return how many conversations went.
        """
        with self._file.transaction():
            gone = self._and_in_journal(ids)
            told = json.dumps(gone)
            for table, column in (("messages", "conversation"), ("replies", "conversation"), ("conversations", "id")):
                place = self._file.columns(table).index(column) if column != "id" else -1
                value = f"v{place}" if place >= 0 else "row"
                rows = self._file.all(f"SELECT id FROM {table} WHERE {column} IN {_THESE}", (told,))
                mine = json.dumps([id for (id,) in rows])
                self._file.run(
                    f"DELETE FROM journal WHERE tbl = ? AND ((op = 'update' AND row IN {_THESE})"
                    f" OR (op = 'delete' AND {value} IN {_THESE}))",
                    (table, mine, told),
                )
                self._file.run(f"DELETE FROM {table} WHERE {column} IN {_THESE}", (told,))
            self._file.run("INSERT INTO search_messages (search_messages) VALUES ('rebuild')")
            traces.recount_actions(self._file)
        traces.sweep(self._file)
        return len(gone)

    def _and_in_journal(self, ids: Sequence[int]) -> list[int]:
        """Return these conversations and those with the same people that only the journal still holds."""
        names = self._file.columns("conversations")
        address, person = names.index("address"), names.index("person")
        people = self._file.all(
            f"SELECT DISTINCT address, person FROM conversations WHERE id IN {_THESE}", (json.dumps(list(ids)),)
        )
        found = dict.fromkeys(int(id) for id in ids)
        for mail, name in people:
            test = (f"v{address} = ?", mail) if mail else (f"v{address} = '' AND v{person} = ?", name)
            rows = self._file.all(
                f"SELECT row FROM journal WHERE tbl = 'conversations' AND op = 'delete' AND {test[0]}", (test[1],)
            )
            found |= dict.fromkeys(row for (row,) in rows)
        return list(found)


def preview_of(text: str) -> str:
    """Return the first words of a message in one line, for lists."""
    return " ".join(text.split())[:PREVIEW]


def _row(conversation: Conversation) -> Row:
    c, r = conversation, conversation.reading
    named = json.dumps([[e.kind, e.value, e.start, e.end] for e in r.entities], ensure_ascii=False)
    return (
        c.person, c.address, c.phone, c.channel, c.subject, c.thread, c.state, c.customer, c.order, r.language,
        r.intent, r.confidence, r.mood, r.urgency, r.why, named, int(c.decided), c.preview, c.began, c.last, c.newest,
        c.count,
    )  # fmt: skip


def _conversation(row: Row) -> Conversation:
    (person, address, phone, channel, subject, thread, state, customer, order, language, intent, confidence, mood,
     urgency, why, named, decided, preview, began, last, newest, count, id) = row  # fmt: skip
    entities = tuple(Entity(*one) for one in json.loads(named or "[]"))
    reading = Reading(language, intent, confidence, mood, urgency, why, entities)
    return Conversation(
        person, address, phone, channel, subject, thread, state, customer, order, reading, bool(decided), preview,
        began, last, newest, count, id,
    )  # fmt: skip


def _list_row(row: Row) -> ConversationRow:
    (id, person, address, phone, subject, preview, state, last, unread, language, intent, mood, urgency, why, count,
     action) = row  # fmt: skip
    return ConversationRow(
        id, person or address or phone, subject, preview, state, last, bool(unread), language, intent, mood, urgency,
        why, count, action or "",
    )  # fmt: skip


def with_message(conversation: Conversation, message: Message) -> Conversation:
    """Return a conversation as it stands after ``message``: its state, its preview, when it was written to last."""
    c, m = conversation, message
    later = m.sent >= c.last
    state: ConversationState = c.state if not later else "sent" if m.who == "shop" else "new"
    theirs = m.who == "customer"
    return replace(
        c, state=state, preview=preview_of(m.text) if later else c.preview,
        began=min(filter(None, (c.began, m.sent)), default=""), last=max(c.last, m.sent),
        newest=max(c.newest, m.id or 0) if theirs else c.newest, count=c.count + 1, subject=c.subject or m.subject,
        person=c.person or (m.sender if theirs else ""), address=c.address or (m.address if theirs else ""),
        phone=c.phone or (m.phone if theirs else ""),
    )  # fmt: skip
