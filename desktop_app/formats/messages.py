"""Files of customers' messages: e-mail (EML, mbox), JSON of any shape, tables, and pasted text."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from typing import Any

from desktop_app.errors import UserError
from desktop_app.formats import headers
from desktop_app.formats.encodings import detect
from desktop_app.formats.groups import Row
from desktop_app.formats.letters import read_letters, said
from desktop_app.formats.moments import day_first, moment
from desktop_app.formats.reading import Reading, load, numbered
from desktop_app.formats.recognise import look_at
from desktop_app.formats.rows import rows
from desktop_app.message_records import Message, Writer
from desktop_app.records import Problem
from desktop_app.words import _

FIELDS = (
    "text", "html", "sender", "address", "phone", "subject", "sent", "who", "thread", "order", "channel", "external",
    "to", "ignore",
)  # fmt: skip
LETTERS = {".eml", ".mbox", ".mbx", ".msg"}
LINES = {".json", ".jsonl", ".ndjson"}
_YES = {"1", "true", "yes", "y", "是"}
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# "[24/11/2026, 10:03] Ann: text", "2026-11-24 10:03:11 小王: text", "小王 2026-11-24 10:03:11" with the text below.
_STAMP = r"\[?(\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?,? ?(?:\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?)?)\]?"
_SPOKEN = re.compile(rf"^\s*{_STAMP}\s*[-–—]?\s*([^:：\n]{{1,40}})[:：]\s*(.*)$", re.IGNORECASE)
_ABOVE = re.compile(rf"^\s*([^:：\n\d][^:：\n]{{0,39}}?)\s+{_STAMP}\s*$", re.IGNORECASE)
_PLAIN = re.compile(
    r"(?i)^\s*(customer|client|buyer|user|me|shop|seller|agent|support|买家|顾客|客户|卖家|客服|店家|商家|我)\s*[:：]\s*(.*)$"
)
_APART = re.compile(r"^\s*(?:-{3,}|={3,}|\*{3,}|_{3,}|—{2,})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class MessageFile:
    """What a file of messages holds: messages in the order they stand, and what could not be read."""

    format: str  # "letters", "json" or "table"
    messages: tuple[Message, ...]
    encoding: str = ""
    mapping: tuple[tuple[str, str], ...] = ()
    problems: tuple[tuple[int, str, str], ...] = ()


def read_messages(path: Path, mapping: Mapping[str, str] | None = None) -> MessageFile:
    """Read a file of messages; ``mapping`` (column → field) overrules what was guessed.

    UserError for a file that holds none, and for a mapping that names no column or field.
    """
    for field in (mapping or {}).values():
        if field not in FIELDS:
            raise UserError(
                "There is no field {field} for messages. Known: {known}.", field=field, known=", ".join(FIELDS)
            )
    end = path.suffix.lower()
    if end in LETTERS:
        found = MessageFile("letters", tuple(replace(m, channel=m.channel or "e-mail") for m in read_letters(path)))
    elif end in LINES:
        found = _json(path, mapping or {})
    else:
        found = _table(path, mapping or {})
    if not found.messages:
        raise UserError(
            "No message could be read from {name}. Nothing was changed. Say what the columns hold with --map "
            "COLUMN=FIELD (text, sender, address, sent …).",
            name=path.name,
        )  # fmt: skip
    return replace(found, messages=keyed(found.messages))


def pasted_messages(text: str) -> list[Message]:
    """Return the messages of a pasted text: a chat line by line, or several apart by a line of ---, or one."""
    chat = list(_chat(text))
    if chat:
        return list(keyed(chat))
    parts = [part.strip() for part in _APART.split(text)]
    return list(keyed([Message(said(part), part) for part in parts if part]))


def keyed(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Give each message the key it is known by when it comes in again; the n-th of equal ones has its own."""
    seen: Counter[str] = Counter()
    found = []
    for message in messages:
        m = message
        if m.external:
            key = f"id:{m.channel}:{m.thread}:{m.external}"
        else:
            told = (m.thread, m.who, m.address, m.phone, m.sender, m.sent, m.subject, m.original or m.text)
            key = hashlib.sha256("\x1f".join(told).encode("utf-8", "replace")).hexdigest()[:32]
        seen[key] += 1
        found.append(replace(m, key=key if seen[key] == 1 else f"{key}#{seen[key]}"))
    return tuple(found)


# --- tables ----------------------------------------------------------------------------------------------------------


def _table(path: Path, mapping: Mapping[str, str]) -> MessageFile:
    data = load(path)
    table = _with_headers(data, replace(look_at(data, path.name), path=path, name=path.name), tuple(mapping))
    sample = [row.cells for row in islice((r for r in rows(data, table) if isinstance(r, Row)), 500)]
    roles = roles_of(table.headers, sample)
    for column, field in mapping.items():
        loose = {headers.compared(name).words: n for n, name in reversed(list(enumerate(table.headers)))}
        place = table.headers.index(column) if column in table.headers else loose.get(headers.compared(column).words)
        if place is None:
            known = ", ".join(table.headers)
            raise UserError("There is no column {column}. The file has: {known}.", column=column, known=known)
        roles[place] = field
    named = tuple(zip(table.headers, roles, strict=True))
    if "text" not in roles and "html" not in roles:
        return MessageFile("table", (), table.encoding, named)
    found, problems = list[Message](), list[tuple[int, str, str]]()
    first = day_first([row[n] for n, role in enumerate(roles) if role == "sent" for row in sample])
    for row in rows(data, table):
        if isinstance(row, Problem):
            problems.append((row.row, row.column, row.why))
            continue
        values: dict[str, str] = {}
        for role, cell in zip(roles, row.cells, strict=True):
            if cell.strip() and role != "ignore":
                values.setdefault(role, cell.strip())
        message = message_of(values, first)
        if message is None:
            problems.append((row.number, "", _("There are no words in this row.")))
        else:
            found.append(message)
    return MessageFile("table", tuple(found), table.encoding, named, tuple(problems))


def message_of(values: Mapping[str, str], first: bool | None = None) -> Message | None:
    """Return the message that cells by their field make; None for one without words."""
    original = values.get("text", "") or _plain(values.get("html", ""))
    if "<" in original and re.search(r"</?(?:p|br|div|span|html|body)\b", original, re.IGNORECASE):
        original = _plain(original)
    if not original.strip():
        return None
    sender, address = values.get("sender", ""), values.get("address", "")
    if not address and (found := _ADDRESS.search(sender)):
        address = found[0]
        sender = re.sub(r"[<>\"']", "", sender.replace(address, "")).strip()
    return Message(
        said(original), original, sender, address, values.get("subject", ""), moment(values.get("sent", ""), first),
        values.get("external", ""), to=tuple(_ADDRESS.findall(values.get("to", ""))),
        who=_who(values.get("who", "")), phone=values.get("phone", ""), channel=values.get("channel", ""),
        thread=values.get("thread", ""), order=values.get("order", ""),
    )  # fmt: skip


def roles_of(names: Sequence[str], sample: Sequence[Sequence[str]] = ()) -> list[str]:
    """Return the field of each column by its name; the words by what stands in it where no name says so."""
    known = _aliases()
    wishes = sorted(
        (known[form][1] + extra, n, known[form][0])
        for n, name in enumerate(names)
        for extra, form in (
            (0, headers.compared(name).words),
            (50, headers.without_prefix(headers.compared(name).words)),
        )
        if form in known
    )
    roles = ["ignore"] * len(names)
    for _rank, n, field in wishes:
        if roles[n] == "ignore" and field not in roles:
            roles[n] = field
    if "text" not in roles and "html" not in roles and sample:
        long = {n: sum(len(row[n]) for row in sample) / len(sample) for n, role in enumerate(roles) if role == "ignore"}
        best = max(long, key=lambda n: long[n], default=-1)
        if best >= 0 and long[best] >= 12:
            roles[best] = "text"
    return roles


def _with_headers(data: bytes, table: Reading, named: Sequence[str] = ()) -> Reading:
    """Find the row that names the columns of messages, which may not be the one a table of products would have."""
    known = set(_aliases()) | {headers.compared(name).words for name in named}
    best, most, names = table.header_row, 0, table.headers
    for number, record in islice(numbered(data, table), 12):
        if not isinstance(record, list):
            continue
        hits = sum(headers.compared(cell).words in known for cell in record if 0 < len(cell) < 60)
        if hits > most:
            best, most = number, hits
            names = headers.unique([cell.strip().lstrip("\ufeff") for cell in record])
    return table if best == table.header_row else replace(table, header_row=best, first_row=best + 1, headers=names)


def _who(cell: str) -> Writer:
    word = headers.flat(cell)
    return "shop" if word in _writers() else "customer"


@cache
def _aliases() -> dict[str, tuple[str, int]]:
    lists: dict[str, list[str]] = headers.table("messages")["fields"]
    return {headers.fold(w): (field, n) for field, several in reversed(lists.items()) for n, w in enumerate(several)}


@cache
def _writers() -> frozenset[str]:
    return frozenset(headers.flat(word) for word in headers.table("messages")["who"]["shop"])


# --- JSON ------------------------------------------------------------------------------------------------------------


def _json(path: Path, mapping: Mapping[str, str]) -> MessageFile:
    """Read JSON of any shape: each object that holds words is a message, what stands around it belongs to it too."""
    data = load(path)
    encoding = detect(data).encoding
    text = data.decode(encoding, "replace").lstrip("\ufeff").strip()
    try:
        made = json.loads(text)
    except ValueError:
        made = []
        for number, line in enumerate(text.splitlines(), 1):
            try:
                made += [json.loads(line)] if line.strip() else []
            except ValueError as error:
                raise UserError("Line {n} of {name} is not JSON.", n=number, name=path.name) from error
    own = {headers.compared(column).words: field for column, field in mapping.items()}
    found: list[Message] = []
    for values in _objects(made, {}, own):
        if (message := message_of(values)) is not None:
            found.append(message)
    return MessageFile("json", tuple(found), encoding)


def _objects(node: Any, around: dict[str, str], own: Mapping[str, str]) -> Iterator[dict[str, str]]:
    if isinstance(node, list):
        for item in node:
            yield from _objects(item, around, own)
        return
    if not isinstance(node, dict):
        return
    here = _fields(node, own)
    lists = [v for v in node.values() if isinstance(v, list) and any(isinstance(i, dict) and not _piece(i) for i in v)]
    inner = [v for v in node.values() if isinstance(v, dict) and _deep(v)]
    if lists or inner:
        # A conversation with its messages: what is said of it holds for each of them, but not its own words.
        above = around | {k: v for k, v in here.items() if k not in {"text", "html", "external", "who", "sent"}}
        if "external" in here and "thread" not in here:
            above["thread"] = here["external"]
        for part in (*lists, *inner):
            yield from _objects(part, above, own)
        if not any(_deep(part) for part in (*lists, *inner)) and ("text" in here or "html" in here):
            yield around | here
    elif "text" in here or "html" in here:
        yield around | here


def _deep(node: Any) -> bool:
    """Tell whether messages lie somewhere below."""
    if isinstance(node, list):
        return any(_deep(item) for item in node)
    if not isinstance(node, dict):
        return False
    fields = _fields(node, {})
    return "text" in fields or "html" in fields or any(_deep(v) for v in node.values() if isinstance(v, dict | list))


def _fields(node: Mapping[str, Any], own: Mapping[str, str]) -> dict[str, str]:
    """Return what the plain values of an object are, by their field; an object inside gives its name and address."""
    known, best = _aliases(), dict[str, tuple[int, str]]()

    def take(name: str, value: str, extra: int, only: set[str] | None = None) -> None:
        words = headers.compared(name).words
        field, rank = (own[words], -1) if words in own else known.get(words, ("", 0))
        if field and value.strip() and (only is None or field in only):
            best[field] = min(best.get(field, (999, "")), (rank + extra, value))

    for name, value in node.items():
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            take(name, str(value), 0)
        elif isinstance(value, bool):  # "incoming": true, "from_me": true
            words = headers.compared(name).words
            if known.get(words, ("",))[0] == "who":
                theirs = words not in {"from me", "from agent", "outgoing", "outbound"}
                best["who"] = (0, "customer" if value == theirs else "shop")
        elif isinstance(value, list) and all(isinstance(v, str) or _piece(v) for v in value) and value:
            take(name, "".join(v if isinstance(v, str) else str(v["text"]) for v in value), 0)  # Telegram's pieces
        elif isinstance(value, dict) and headers.compared(name).words in {
            "customer", "from", "sender", "author", "user", "requester", "contact", "buyer", "source",
        }:  # fmt: skip
            for inside, told in value.items():
                if isinstance(told, str | int) and not isinstance(told, bool):
                    take(inside, str(told), 20, {"sender", "address", "phone", "who"})
                    if headers.compared(inside).words in {"type", "role"}:
                        best.setdefault("who", (30, str(told)))
    return {field: value for field, (_rank, value) in best.items()}


def _piece(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("text"), str) and "type" in value


# --- pasted ----------------------------------------------------------------------------------------------------------


def _chat(text: str) -> Iterator[Message]:
    """Yield the messages of a chat that was copied as lines with times and names, or with "Customer:" and "Shop:"."""
    found: list[tuple[str, str, list[str]]] = []
    first = day_first([m[1] for line in text.splitlines() if (m := _SPOKEN.match(line))])
    for line in text.splitlines():
        if spoken := _SPOKEN.match(line):
            found.append((spoken[2].strip(), moment(spoken[1], first), [spoken[3]]))
        elif above := _ABOVE.match(line):
            found.append((above[1].strip(), moment(above[2], first), []))
        elif plain := _PLAIN.match(line):
            found.append((plain[1].strip(), "", [plain[2]]))
        elif found:
            found[-1][2].append(line)
        elif line.strip():
            return
    for name, when, lines in found:
        told = "\n".join(lines).strip()
        if told:
            label = headers.flat(name)
            who: Writer = "shop" if label in _writers() or label == "我" else "customer"
            known = label in _writers() or label in {
                headers.flat(w) for w in headers.table("messages")["who"]["customer"]
            }
            yield Message(told, told, "" if known else name, sent=when, who=who, channel="chat", thread="pasted")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"br", "p", "div", "li", "tr"}:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _plain(html: str) -> str:
    reader = _Text()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.words)).strip()
