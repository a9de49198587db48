"""Questions and answers found in past conversations, merged where they mean the same, offered for approval."""

from __future__ import annotations

import re
import threading
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from desktop_app.engine import Engine
from desktop_app.errors import UserError
from desktop_app.formats.lasting import days_of
from desktop_app.knowledge_records import Pair, Passage, Said, Source
from desktop_app.language import masking, reply_reading, sentences
from desktop_app.language.pieces import search_terms
from desktop_app.language.tongue import language_of
from desktop_app.message_records import Message
from desktop_app.records import Progress
from desktop_app.shop import Shop
from desktop_app.tasks.library import Library
from desktop_app.tasks.products import now
from desktop_app.words import _

SAME = 0.93  # cosine of two questions that ask the same, read as questions
NEAR = 0.86  # enough where the answers say the same too
AGREE, ALIKE = 0.3, 0.6  # of their words, what two answers share that may be, and that are, the same answer
SURE = 0.75  # how sure the knowledge answers a question already, so that it is not offered again
LEAST = 8  # letters of an answer
SLICE = 64

Floats = npt.NDArray[np.floating]


@dataclass(slots=True)
class _Group:
    """Questions that ask the same, each with the answer it got."""

    questions: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    middle: Floats | None = None


def mine_pairs(
    shop: Shop, engine: Engine | None, stop: threading.Event, *, conversations: Iterable[Sequence[Said]], on: str
) -> Iterator[Progress | Pair]:
    """Offer the pairs found in conversations, as one action; what the knowledge answers already is left out.

    Answers with somebody's personal data, of an order, or with another question in them are no answers for all.
    """
    found = [pair for said in conversations for pair in pairs_in(said)]
    meanings = list[Floats]()
    for start in range(0, len(found), SLICE):
        if stop.is_set():
            return
        meanings += _vectors(engine, [question for question, _a in found[start : start + SLICE]])
        yield Progress(min(start + SLICE, len(found)), len(found), "questions")
    groups = _grouped(found, meanings)
    library = Library(shop, engine, on=on)
    known = library.search([group.questions[0] for group in groups], limit=1)
    offered = {(p.question, p.answer) for state in ("offered", "taken", "refused") for p in shop.pairs(state)}
    with shop.act("Look for answers in past conversations"):
        for group, best in zip(groups, known, strict=True):
            pair = _pair(group)
            if (best and best[0].sure >= SURE) or (pair.question, pair.answer) in offered:
                continue
            yield replace(pair, id=shop.add_pair(pair))


def mine_inbox(shop: Shop, engine: Engine | None, stop: threading.Event) -> Iterator[Progress | Pair]:
    """Offer the pairs found in the conversations that are kept in the shop and that the shop answered."""
    answered = [c for c, several in shop.messages_of(shop.find_conversations()).items() if _is_answered(several)]
    messages = shop.messages_of(answered)
    past = [[Said(m.text, m.who, m.sent, m.id) for m in messages[c]] for c in answered]
    yield from mine_pairs(shop, engine, stop, conversations=past, on=now()[:10])


def _is_answered(several: Sequence[Message]) -> bool:
    return any(m.who == "shop" for m in several)


def pairs_in(said: Sequence[Said]) -> Iterator[tuple[str, str]]:
    """Yield each question of a conversation with what the shop said right after it."""
    asked: list[str] = []
    answered: list[str] = []
    for one in [*said, Said("", "customer")]:
        if one.who == "customer":
            if asked and answered:
                yield from _paired(asked, "\n".join(answered))
            asked, answered = ([] if answered else asked), []
            asked.append(one.text)
        else:
            answered.append(one.text)


def take_pair(shop: Shop, pair: Pair, *, question: str = "", answer: str = "") -> int:
    """Make an offered pair part of the knowledge, in the merchant's words where they changed it; return the passage."""
    text = (answer or pair.answer).strip()
    if not text:
        raise UserError("There are no words to keep. Nothing was changed.")
    asked = "\n".join(dict.fromkeys([(question or pair.question).strip(), *pair.others]))
    with shop.act("Add to the knowledge: {title}", title=pair.question[:60]):
        known = next((s.id for s in shop.knowledge_sources() if s.kind == "conversation"), None)
        source = known or shop.add_knowledge_source(Source(_("Past conversations"), "conversation"))
        until = days_of(text, now()[:10], offers=True)[1]  # what was said of an offer ends with it
        (id,) = shop.add_passages([Passage(text, asked, language_of(text), source=source, start=0, valid_to=until)])
        shop.replace_pair(replace(pair, state="taken"))
    return id


def refuse_pair(shop: Shop, pair: Pair) -> None:
    """Put an offered pair away; it is not offered again."""
    with shop.act("Put a pair away: {title}", title=pair.question[:60]):
        shop.replace_pair(replace(pair, state="refused"))


def _paired(asked: Sequence[str], answer: str) -> Iterator[tuple[str, str]]:
    """Yield the pair where one thing was asked and the answer serves anybody who asks it."""
    read = reply_reading.read("\n".join(asked))
    questions = [asked.text for asked in read.questions if reply_reading.asks(asked.text)]
    told = _without_courtesy(answer)
    personal = masking.personal(told) or any(masking.personal(q) for q in questions)
    for_all = not (personal or read.instructed or read.delicate or "?" in told or "？" in told or _of_one_order(told))
    if for_all and len(questions) == 1 and len(told) >= LEAST:
        yield questions[0].strip(), told


def _of_one_order(text: str) -> bool:
    """Tell whether a text speaks of one order or parcel: it holds a long number."""
    return bool(re.search(r"\d{6,}|[A-Z]{2,}\d{4,}", text))


def _without_courtesy(text: str) -> str:
    several = [text[a:b] for a, b in sentences.split(text)]
    return " ".join(s for s in several if reply_reading.says_something(s)).strip()


def _grouped(found: Sequence[tuple[str, str]], meanings: Sequence[Floats]) -> list[_Group]:
    """Put together what asks the same and was answered alike; the biggest groups first."""
    groups: list[_Group] = []
    for (question, answer), meaning in zip(found, meanings, strict=True):
        best, nearest = None, 0.0
        for group in groups:
            assert group.middle is not None
            near = float(meaning @ group.middle / max(float(np.linalg.norm(group.middle)), 1e-9))
            shared = _shared(answer, group.answers[0])
            if near > nearest and shared >= AGREE and near >= (NEAR if shared >= ALIKE else SAME):
                best, nearest = group, near
        if best is None:
            groups.append(best := _Group(middle=np.zeros_like(meaning)))
        best.questions.append(question)
        best.answers.append(answer)
        best.middle = meaning if best.middle is None else best.middle + meaning
    return sorted(groups, key=lambda group: -len(group.questions))


def _pair(group: _Group) -> Pair:
    """Return a group as one pair: the answer given most, of equals the longest, and the shortest way to ask."""
    counted = Counter(group.answers)
    answer = max(counted, key=lambda text: (counted[text], len(text)))
    question, *others = sorted(dict.fromkeys(group.questions), key=len)
    return Pair(question, answer, language_of(answer), len(group.questions), tuple(others[:8]))


def _shared(one: str, other: str) -> float:
    first, second = set(search_terms(one)), set(search_terms(other))
    return len(first & second) / max(min(len(first), len(second)), 1)


def _vectors(engine: Engine | None, texts: Sequence[str]) -> list[Floats]:
    """Return what texts mean; without weights, which pieces of words they hold."""
    if engine is not None:
        try:
            return list(engine.embed(list(texts), query=True))
        except UserError:
            pass
    rows = []
    for text in texts:
        row = np.zeros(1 << 12, np.float32)
        for term in search_terms(text):
            row[zlib.crc32(term.encode()) & 0xFFF] += 1
        rows.append(row / max(float(np.linalg.norm(row)), 1e-9))
    return rows
