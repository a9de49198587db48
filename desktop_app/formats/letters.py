"""E-mail in: EML and mbox to messages, what was quoted and the signature taken off for reading (RFC 5322, RFC 3676)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import Parser
from html.parser import HTMLParser
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.formats.encodings import checked, detect
from desktop_app.formats.reading import load
from desktop_app.message_records import Message

# A letter inside an mbox begins after an empty line, with the year last or before the zone ("From - Mon Nov 2 …").
_FROM = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From (?=[^\r\n]*\d\d:\d\d[^\r\n]*\d{4})[^\r\n]*\r?\n")
_KEPT_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_QUOTED_AFTER = re.compile(
    r"^(?:On\b.{4,200}\bwrote:|-{2,} ?(?:Original Message|原始邮件|转发邮件信息|Forwarded message) ?-{2,}"
    r"|在.{4,120}写道[::]|.{0,80}于.{4,80}写道[::]|_{20,})\s*$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^(?:-- ?|(?:Sent from my|Get Outlook for|发自我的).{0,40})$", re.IGNORECASE)
_BREAKS = {"blockquote", "br", "p", "div", "li", "tr", "h1", "h2", "h3"}
_SILENT = {"style", "script", "title"}


def read_letters(path: Path) -> Iterator[Message]:
    """Yield the letters of an EML or mbox file in the order they stand.

    Raises UserError where the file cannot be read or holds no letter.
    """
    data = load(path)
    starts = list(_FROM.finditer(data))
    if not starts or starts[0].start():
        yield _letter(data, path.name)
        return
    ends = [start.start() for start in starts[1:]] + [len(data)]
    for start, end in zip(starts, ends, strict=True):
        yield _letter(_KEPT_FROM.sub(rb"\1", data[start.end() : end]), path.name)


def said(text: str) -> str:
    """Return what the writer of a letter wrote this time: without quotes, and without the signature.

    Where nothing would be left (only a quote was sent), the whole text stands.
    """
    lines: list[str] = []
    whole = text.splitlines()
    for number, line in enumerate(whole):
        pair = f"{line} {whole[number + 1]}" if number + 1 < len(whole) and line.startswith("On ") else line
        if _SIGNATURE.match(line) or _QUOTED_AFTER.match(line) or _QUOTED_AFTER.match(pair):
            if any(kept.strip() for kept in lines):
                break
            continue
        if not line.lstrip().startswith(">"):
            lines.append(line.rstrip())
    return "\n".join(lines).strip() or text.strip()


def _letter(data: bytes, name: str) -> Message:
    # Old programs write their heads in the encoding of their country, unmarked.
    end = re.search(rb"\r?\n\r?\n", data)
    head, body = (data[: end.start()], data[end.start() :]) if end else (data, b"")
    text = head.decode(detect(head).encoding, "replace") + body.decode("ascii", "surrogateescape")
    letter = Parser(policy=policy.default).parsestr(text)
    assert isinstance(letter, EmailMessage)  # the policy says so
    try:
        senders = letter["from"].addresses if letter["from"] else ()
    except IndexError:  # the standard library's own, at an address that ends in "@"
        senders = ()
    if not (senders or letter["date"] or letter["message-id"]):
        raise UserError("{name} holds no e-mail: a sender, a date and a number are all missing.", name=name)
    original = _body(letter)
    back = _addresses(letter, "reply-to")[:1]  # a contact form writes from an address of its own
    when = letter["date"].datetime if letter["date"] else None
    went = [*_addresses(letter, "to"), *_addresses(letter, "cc"), *_addresses(letter, "delivered-to")]
    return Message(
        text=said(original),
        original=original,
        sender=senders[0].display_name if senders else "",
        address=back[0] if back else senders[0].addr_spec.casefold() if senders else "",
        subject=str(letter["subject"] or ""),
        sent=when.replace(tzinfo=when.tzinfo or UTC).astimezone(UTC).isoformat() if when else "",
        external=str(letter["message-id"] or "").strip().strip("<>"),
        answers=tuple(re.findall(r"<([^<>\s]+)>", f"{letter['references'] or ''} {letter['in-reply-to'] or ''}")),
        to=tuple(dict.fromkeys(went)),
        automatic=_is_automatic(letter),
    )


def _addresses(letter: EmailMessage, name: str) -> list[str]:
    """Return the addresses of every head of this name."""
    found: list[str] = []
    for head in letter.get_all(name, []):
        try:
            found += [one.addr_spec.casefold() for one in head.addresses]
        except (AttributeError, IndexError):  # no head of addresses, or one the standard library trips over
            found += re.findall(r"[\w.+'-]+@[\w.-]+", str(head).casefold())
    return found


def _is_automatic(letter: EmailMessage) -> bool:
    """Tell whether a program wrote the letter: RFC 3834, RFC 2919, and what bulk mail says of itself."""
    # "auto-generated" stays: a shop's contact form sends so what a customer wrote.
    written = str(letter["auto-submitted"] or "no").strip().casefold()
    bulk = str(letter["precedence"] or "").strip().casefold() in {"bulk", "list", "junk", "auto_reply"}
    return written.startswith("auto-repl") or bulk or bool(letter["list-id"] or letter["list-unsubscribe"])


def _body(letter: EmailMessage) -> str:
    part = letter.get_body(("plain", "html"))
    payload = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(payload, bytes):
        return ""
    text = payload.decode(_encoding(part, payload), "replace").replace("\r\n", "\n")
    return _plain(text) if part.get_content_subtype() == "html" else text


def _encoding(part: MIMEPart, payload: bytes) -> str:
    """Return the encoding a part is in: the one it names where it is one and fits, else what the bytes look like."""
    named = part.get_content_charset()
    if named:
        try:
            b"a".decode(named, "replace")  # refuses what is no encoding of text, too
        except LookupError:
            return detect(payload).encoding
        found = checked(payload, named)
        if not found.damaged:
            return found.encoding
    return detect(payload).encoding


def _plain(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.words)).strip()


class _Words(HTMLParser):
    """The words of a page, each block on a line of its own; every line of a quoted letter has its mark."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Break the line where the page does."""
        self._silent += tag in _SILENT
        self._quoted += tag == "blockquote"
        if tag in _BREAKS:
            self.words.append("\n> " if self._quoted else "\n")

    def handle_endtag(self, tag: str) -> None:
        """Go on reading after what is not for people."""
        self._silent -= tag in _SILENT and self._silent > 0
        if tag == "blockquote" and self._quoted:
            self._quoted -= 1
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if not self._silent:
            self.words.append(re.sub(r"\s+", " ", data))
