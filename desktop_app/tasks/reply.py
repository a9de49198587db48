"""Draft replies: passages found by code, facts put in by code, words of the weights only where they stand."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop_app.engine import Engine
from desktop_app.knowledge_records import Quote, ReplyDraft, ReplyPart, ReplyWishes, Said, Thread
from desktop_app.language.sureness import ANSWERS
from desktop_app.shop import Shop
from desktop_app.tasks import products
from desktop_app.tasks.library import Library, tongue_of


def mark_of(said: Sequence[Said]) -> str:
    """Return what a thread is known by: another mark than a draft's means that the thread changed since."""
    return hashlib.sha256("\x1e".join(f"{s.who}\x1f{s.text}" for s in said).encode()).hexdigest()[:16]


def draft_reply(
    shop: Shop,
    engine: Engine | None,
    thread: Sequence[Said] | Thread,
    stop: threading.Event,
    *,
    library: Library | None = None,
) -> ReplyDraft:
    """Draft an answer to the last messages of a thread; nothing is sent and nothing is written."""
    return next(draft_replies(shop, engine, [thread if isinstance(thread, Thread) else Thread(tuple(thread))], stop,
                              library=library))  # fmt: skip


def draft_replies(
    shop: Shop,
    engine: Engine | None,
    threads: Sequence[Thread],
    stop: threading.Event,
    *,
    library: Library | None = None,
) -> Iterator[ReplyDraft]:
    """Draft an answer for each thread, all in one batch, in the order of ``threads``; ends early when stopped."""
    on = products.now()[:10]
    known = library or Library(shop, engine, on=on)
    questions = [_asked(thread) for thread in threads]
    for thread, question, found in zip(threads, questions, known.search(questions), strict=True):
        if stop.is_set():
            return
        language = thread.wishes.language or tongue_of(question)
        kept = ReplyDraft("", "ask", language, intent=thread.intent, confidence=thread.confidence,
                          mark=mark_of(thread.said), id=thread.id)  # fmt: skip
        if not found or found[0].sure < ANSWERS:
            yield replace(kept, missing=(question,))
            continue
        best = found[0].passage
        quote = Quote(best.id or 0, best.source_name, best.text, best.place)
        part = ReplyPart("answer", best.text, (quote,))
        looked = tuple(f.passage.id or 0 for f in found)
        yield replace(kept, text=best.text, action="draft", parts=(part,), passages=looked)


def _asked(thread: Thread) -> str:
    """Return what the customer said since the shop spoke last."""
    words: list[str] = []
    for said in reversed(thread.said):
        if said.who == "shop" and words:
            break
        if said.who == "customer":
            words.append(said.text)
    return "\n".join(reversed(words)).strip()


__all__ = ["ReplyWishes", "draft_replies", "draft_reply", "mark_of"]
