"""The commands for answering: bring knowledge in, draft a reply."""

from __future__ import annotations

from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.records import Progress
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call
    from desktop_app.knowledge_records import KnowledgeImported, ReplyDraft
    from desktop_app.message_records import Message
    from desktop_app.shop import Shop

COLUMNS = (
    "message",
    "text",
    "question",
    "utterance",
    "body",
    "content",
    "user_question",
    "消息",
    "内容",
    "问题",
    "留言",
)


def add_words(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the words of `reply`."""
    answer = commands.add_parser("reply", help="draft an answer from the shop's own knowledge")
    answer.add_argument("text", nargs="?", default="", metavar="TEXT", help="what the customer wrote")
    answer.add_argument(
        "--file",
        type=Path,
        metavar="FILE",
        help="a message in a text file, one a row of a table, or letters (EML, mbox)",
    )
    answer.add_argument("--order", default="", metavar="NO", help="the order it is about")
    answer.add_argument("--product", default="", metavar="PRODUCT", help="SKU, handle or id:N")
    answer.add_argument("--customer", default="", metavar="E-MAIL", help="who is writing: only their own is told")
    answer.add_argument("--language", default="", help="en, zh, … (default: the customer's)")
    answer.add_argument("--tone", choices=("plain", "warm", "formal"), default="", help="default: your voice's")
    answer.add_argument("--length", choices=("short", "medium", "long"), default="medium")
    answer.add_argument("--seed", type=int, default=0)


def import_knowledge(call: Call, mapping: Sequence[tuple[str, str]]) -> None:
    """Bring files of knowledge, or the approved texts, into the shop, each as one action."""
    from desktop_app.tasks import knowledge as task

    with call.shop() as shop:
        for file in call.wishes.files:
            looked = task.look(shop, file, mapping=dict(mapping))
            found = looked.file
            if call.wishes.dry_run:
                text = several("{count} passage; nothing was changed.", "{count} passages; nothing was changed.",
                               len(found.passages))  # fmt: skip
                call.show.event("preview", text, format=found.format, encoding=found.encoding,
                                mapping=dict(found.mapping),
                                passages=[asdict(p) for p in found.passages[:20]])  # fmt: skip
                continue
            _told(call, task.import_knowledge(shop, call.stop, looked=looked))
            if call.stop.is_set():
                return
        if call.wishes.approved and not call.wishes.dry_run:
            _told(call, task.read_approved(shop, call.stop))


def _told(call: Call, events: Iterator[Progress | KnowledgeImported]) -> None:
    for event in events:
        if isinstance(event, Progress):
            call.show.progress(f"{event.what} {event.done}/{event.total}")
        else:
            _imported(call, event)


def _imported(call: Call, event: KnowledgeImported) -> None:
    text = _(
        "{name}: {added} passages added, {changed} changed, {skipped} the same, {removed} no longer there.",
        name=event.name, added=event.added, changed=event.changed, skipped=event.skipped, removed=event.removed,
    )  # fmt: skip
    if event.kept:
        text += " " + several("{count} answer you changed stays.", "{count} answers you changed stay.", event.kept)
    if event.asks:
        text += " " + several(
            "{name} says something else now of {count} answer you changed. Yours stands until you decide.",
            "{name} says something else now of {count} answers you changed. Yours stand until you decide.",
            event.asks, name=event.name,
        )  # fmt: skip
    if event.action is not None:
        text += " " + _("Action {id}.", id=event.action)
    problems = [{"row": row, "column": column, "why": why} for row, column, why in event.problems]
    text += "".join(f"\n  {p['row']}\t{p['why']}" for p in problems[:20])
    call.show.event("imported", text, **(asdict(event) | {"problems": problems, "variants": 0}))


def reply(call: Call) -> None:
    """Draft an answer to a message, or to each of many in one batch; what is not known goes on the list of gaps."""
    from desktop_app.knowledge_records import Asker, ReplyWishes, Said, Thread
    from desktop_app.message_records import Message
    from desktop_app.tasks import import_messages, inbox, intents, knowledge, products
    from desktop_app.tasks import reply as task

    wishes = call.wishes
    mail = wishes.file is not None and import_messages.is_letters(wishes.file)
    texts = list(_texts(wishes.text, None if mail else wishes.file))
    if not texts and not mail:
        raise UserError("Say what the customer wrote, or name a file with --file.")
    with call.shop() as shop, call.engine() as engine:
        written = [Message(text, text) for text in texts] + (_letters(call, shop, wishes.file) if mail else [])
        texts = [f"{m.subject}\n{m.text}" if m.subject else m.text for m in written]
        product = products.find_one(shop, wishes.product) if wishes.product else None
        asked = ReplyWishes(wishes.language, wishes.tone, wishes.length, wishes.seed)
        reads, policies = intents.read_messages(shop, engine, [(text,) for text in texts]), intents.policies(shop)
        threads = [
            Thread(
                (Said(text),), Asker(email=wishes.customer or m.address, name=m.sender), wishes.order, product,
                r.intent, r.confidence, r.mood, policies.get(r.intent, "") if r.confidence >= inbox.SURE else "",
                wishes=asked, id=str(n),
            )
            for n, (m, text, r) in enumerate(zip(written, texts, reads, strict=True), 1)
        ]  # fmt: skip
        missing = list[str]()
        for letter, draft in zip(written, task.draft_replies(shop, engine, threads, call.stop), strict=False):
            missing += draft.missing
            _answer(call, draft, letter)
        if noted := knowledge.note_gaps(shop, missing):
            said = several(
                "{count} question has no answer in your knowledge and was put on the list of such.",
                "{count} questions have no answer in your knowledge and were put on the list of such.", len(missing),
            )  # fmt: skip
            call.show.note(said + " " + _("Action {id}.", id=noted.id))


def _letters(call: Call, shop: Shop, file: Path) -> list[Message]:
    """Return the letters of customers in a file of e-mail; what is left out of it is said."""
    from desktop_app.tasks import import_messages

    found, problems = import_messages.letters(shop, file)
    for _number, _column, why in problems:
        call.show.note(why)
    if not found:
        raise UserError("{name} holds no letter of a customer.", name=file.name)
    return found


def _answer(call: Call, draft: ReplyDraft, letter: Message) -> None:
    head = {"draft": _("Draft"), "ask": _("Decide first"), "hand_over": _("For you")}[draft.action]
    who = f"{letter.sender} <{letter.address}>".strip() if letter.address else ""
    lines = [f"--- {draft.id}. {who} {letter.subject}".rstrip()] if who else []
    lines += [f"[{head}] " + " ".join(draft.reasons), draft.text]
    lines += [f"  {quote.source}, {quote.place}: {quote.quote}" for quote in draft.quotes]
    lines += [f"  {fact.kind} {fact.ref}: {fact.value}" for fact in draft.facts]
    call.show.event(
        "answer", "\n".join(line for line in lines if line.strip()), text=draft.text, action=draft.action,
        language=draft.language, intent={"label": draft.intent, "confidence": round(draft.confidence, 3)},
        citations=[asdict(quote) for quote in draft.quotes],
        facts=[asdict(fact) for fact in draft.facts], reasons=list(draft.reasons), missing=list(draft.missing),
        writer=draft.writer, refused=draft.refused, gloss=draft.gloss, message=draft.id, sender=letter.address,
        parts=[{"kind": part.kind, "text": part.text} for part in draft.parts],
    )  # fmt: skip


def _texts(text: str, file: Path | None) -> Iterator[str]:
    if text.strip():
        yield text
    if file is None:
        return
    from desktop_app import formats
    from desktop_app.formats.encodings import detect
    from desktop_app.formats.reading import load

    if file.suffix.lower() in {".csv", ".tsv", ".xlsx", ".jsonl", ".ndjson"}:
        for row in formats.labelled(file, ()):
            named = next((row[name] for name in row if name.strip().casefold() in COLUMNS), "")
            words = named or max(row.values(), key=len, default="")
            if words.strip():
                yield words
        return
    data = load(file)
    yield data.decode(detect(data).encoding, "replace").strip("\ufeff\n ")
