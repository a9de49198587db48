"""A reply before a word of it is written: what was asked, what answers it, what is known, and who should decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from desktop_app.knowledge_records import Found, Quote, ReplyAction, ReplyPart, Thread
from desktop_app.language import intent_list, reply_reading, reply_words, sentences
from desktop_app.language.reply_reading import Asked, Read
from desktop_app.language.sureness import ANSWERS, MAY
from desktop_app.shop import Shop
from desktop_app.tasks import intents, reply_facts
from desktop_app.tasks.library import Library, tongue_of
from desktop_app.tasks.reply_facts import Known
from desktop_app.tasks.reply_tongue import frame_of
from desktop_app.words import _

MOST = 3  # passages a reply rests on
LONG = 320  # letters from which a passage is quoted in part
BY_INTENT = 0.5  # from which a message may be answered by what it wants
_THING = re.compile(
    r"(?i)\bdo you (?:also |still )?(?:sell|stock|carry|have|make|offer) (?:any |an? |some |the )?"
    r"(.{3,60}?)(?: (?:for|in|to|from|with|at|on)\b|[?？.!]|$)"
    r"|(?:你们|你家|店里|有没有|有)(?:卖|做|提供)?(?:有没有)?([\u3400-\u9fff]{2,12}?)(?:卖|可以|能)?(?:吗|么|呢|[?？]|$)"
)
SEEN = 8  # messages from which a thread is summed up


@dataclass(slots=True)
class Answer:
    """A passage that answers a question of the message, and the words of it that are told."""

    question: str
    quote: Quote
    text: str  # the quote with its variables filled
    language: str
    written: str = ""  # what the weights made of it


@dataclass(slots=True)
class Plan:
    """Everything a reply will be made of."""

    thread: Thread
    read: Read
    language: str  # of code's own sentences
    known: Known
    asked: str = ""  # the language the customer writes; another one where code has no sentences in it
    answers: list[Answer] = field(default_factory=list)
    facts: list[ReplyPart] = field(default_factory=list)
    told: set[str] = field(default_factory=set)  # the questions that the facts answer
    missing: list[str] = field(default_factory=list)
    looked: list[int] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    action: ReplyAction = "draft"

    def decide(self, action: ReplyAction, why: str) -> None:
        """Take the more careful of two decisions, and remember why."""
        rank: tuple[ReplyAction, ...] = ("draft", "ask", "hand_over")
        self.action = max(self.action, action, key=rank.index)
        if why not in self.reasons:
            self.reasons.append(why)


def asked_of(thread: Thread) -> str:
    """Return what the customer said since the shop spoke last."""
    words: list[str] = []
    for said in reversed(thread.said):
        if said.who == "shop" and words:
            break
        if said.who == "customer":
            words.append(said.text)
    return "\n".join(reversed(words)).strip()


def plans_of(shop: Shop, library: Library, threads: Sequence[Thread]) -> list[Plan]:
    """Plan a reply for each thread; all their questions are looked up at once."""
    plans = []
    for thread in threads:
        text = asked_of(thread)
        read = reply_reading.read(text)
        tongue = thread.wishes.language or tongue_of(read.clean or text)
        language = frame_of(tongue, library.passages)
        known = reply_facts.known_of(shop, thread, reply_facts.said(thread.said))
        if thread.intent == "thanks" and not any(reply_reading.asks(q.text) for q in read.questions):
            read = replace(read, questions=())
        plans.append(Plan(thread, read, language, known, tongue))
    titles = [title for _id, title in shop.titles()]
    lookups = list(dict.fromkeys(words for plan in plans for words in _lookups(plan)))
    found = dict(zip(lookups, library.search(lookups), strict=True))
    name, currency = str(shop.setting("name", "")), str(shop.setting("currency", ""))
    for plan in plans:
        _facts(shop, plan, currency)
        for asked in plan.read.questions:
            tried = [found[words] for words in asked.lookups]
            best = max(tried, key=lambda several: several[0].sure if several else 0.0, default=[])
            bare = [found[words] for words in _bared(plan, asked)]
            _answered(plan, asked.text, _fitting(plan, asked.text, best, bare, titles), name)
        _by_intent(shop, plan, found, name)
        _policies(shop, plan)
    return plans


def told_in(shop: Shop, plan: Plan, language: str) -> Plan:
    """Return a plan as if the reply were in another language: what the shop file holds is told in it."""
    other = replace(plan, language=language, asked=language, facts=[], told=set(), reasons=[], answers=[])
    _facts(shop, other, str(shop.setting("currency", "")))
    return other


def _facts(shop: Shop, plan: Plan, currency: str) -> None:
    """Take what the shop file holds; of an order only where the message is about one."""
    read, known = plan.read, plan.known
    about = plan.thread.order or "order" in read.topics or read.late or (known.order and not plan.thread.asker.known)
    if about and (part := reply_facts.order_part(known, plan.language)):
        plan.facts.append(part)
        if known.order and reply_facts.is_unsure(known.order):
            plan.decide("ask", _("Money of order {number} went back; say whether it was sent.",
                                 number=known.order.number))  # fmt: skip
    ordered = bool(plan.facts)
    if known.product is not None and len(read.questions) < 2:
        told = reply_facts.product_parts(known.product, read, plan.language, currency)
        plan.facts += reply_facts.with_stand_in(shop, known.product, told, plan.language)
    for asked in read.questions:
        parts = _asked_of_product(shop, plan, asked, currency)
        plan.facts += [part for part in parts if part not in plan.facts]
        if parts or (ordered and any(map(reply_reading.order_tells, asked.lookups))):
            plan.told.add(asked.text)
    if known.order and not known.sure:
        plan.decide("ask", _("Who writes is not known: make sure that order {number} is theirs.",
                             number=known.order.number))  # fmt: skip
    if known.foreign:
        plan.decide("ask", _("Order {number} belongs to somebody else than who writes, so nothing of it is told.",
                             number=known.foreign))  # fmt: skip
    if known.unknown:
        plan.decide("ask", _("There is no order {number} in this shop.", number=known.unknown))


def _asked_of_product(shop: Shop, plan: Plan, asked: Asked, currency: str) -> list[ReplyPart]:
    """Return what is said of a product to one question: of the one it names, else of the one the thread is about."""
    product = plan.known.product
    if len(plan.read.questions) > 1:
        product = reply_facts.named_product(shop, asked.text) or product
    if product is None:
        return []
    around = plan.read.clean
    for other in plan.read.questions:
        around = around.replace(other.text, " ")
    for words in (asked.text, *asked.lookups):
        own = reply_reading.read(words)
        if parts := reply_facts.product_parts(product, own, plan.language, currency, around):
            return reply_facts.with_stand_in(shop, product, parts, plan.language)
    return []


def _answered(plan: Plan, question: str, found: Sequence[Found], shop_name: str) -> None:
    plan.looked += [f.passage.id or 0 for f in found if f.passage.id not in plan.looked and f.sure >= MAY]
    best = _in_language(found, plan)
    if best is None:
        # The shop file answered it, or would if the order were known.
        told = question in plan.told or reply_reading.about_order(question)
        if not told and (reply_reading.asks(question) or len(plan.read.questions) == 1):
            plan.missing.append(question)
            if found and found[0].sure >= MAY:
                plan.reasons.append(_("Perhaps this answers it: {title}", title=_title(found[0])))
        return
    if any(a.quote.passage == best.passage.id for a in plan.answers):
        return
    if len(plan.answers) >= MOST:
        plan.missing.append(question)
        return
    passage = best.passage
    told_text = passage.text if plan.thread.wishes.length == "long" else _part(passage.text, question, plan)
    values = reply_facts.values(plan.known, plan.thread.asker, plan.language, shop_name)
    text, _used, unknown = reply_words.filled(told_text, values)
    if unknown:
        plan.decide("ask", _("No value is known for {names}.", names=", ".join(dict.fromkeys(unknown))))
    if passage.language and passage.language != plan.asked:
        plan.decide("ask", _("The answer is written in another language than the customer's."))
    quote = Quote(passage.id or 0, passage.source_name, told_text, passage.place)
    plan.answers.append(Answer(question, quote, text, passage.language or plan.language))


def _lookups(plan: Plan) -> list[str]:
    """Return all that is looked up for a message."""
    found = [words for asked in plan.read.questions for words in (*asked.lookups, *_bared(plan, asked))]
    usual = _usual_question(plan)
    return [*found, usual] if usual else found


def _bared(plan: Plan, asked: Asked) -> list[str]:
    """Return the ways a question is looked up, the name of its product taken out: what is asked of it must fit too."""
    product = plan.known.product
    if product is None:
        return []
    name = re.compile(re.escape(product.title), re.IGNORECASE)
    return list(dict.fromkeys(name.sub(" ", words).strip() for words in asked.lookups if name.search(words)))


def _fitting(
    plan: Plan, question: str, best: Sequence[Found], bare: Sequence[Sequence[Found]], titles: Sequence[str]
) -> list[Found]:
    """Leave out passages about another product, what fits by a product's name alone, what names no thing asked for."""
    product = plan.known.product
    kept = [f for f in best if product is None or not _of_another(f.passage.whole, product.title, question, titles)]
    kept = [f for f in kept if _names_thing(question, f.passage.whole)]
    if kept and bare and kept[0].sure >= ANSWERS:
        without = max((f.sure for several in bare for f in several if f.passage.id == kept[0].passage.id), default=0.0)
        if without < MAY:
            return [replace(kept[0], sure=MAY), *kept[1:]]
    return kept


def _of_another(passage: str, title: str, question: str, titles: Sequence[str]) -> bool:
    """Tell whether a passage names products of the shop, and the one that is asked about is none of them."""
    folded, asked = passage.casefold(), question.casefold()
    if title.casefold() in folded:
        return False
    others = [t for t in titles if len(t) >= 3 and t.casefold() in folded and t.casefold() not in asked]
    return bool(others)


def _names_thing(question: str, passage: str) -> bool:
    """Tell whether a passage names the thing a customer asks whether there is it: "do you sell …", 有没有卖…."""
    match = _THING.search(question)
    if match is None:
        return True
    thing = _pieces(next(part for part in match.groups() if part))
    told = set(_pieces(passage))
    return not thing or any(piece in told or piece.rstrip("s") in told or f"{piece}s" in told for piece in thing)


def _usual_question(plan: Plan) -> str:
    """Return the usual question of what a message wants, where that is sure enough to answer by."""
    thread = plan.thread
    one = intent_list.usual().get(thread.intent)
    return one.question(plan.language) if one is not None and thread.confidence >= BY_INTENT else ""


def _by_intent(shop: Shop, plan: Plan, found: dict[str, list[Found]], shop_name: str) -> None:
    """Where nothing answers a message by itself, answer the usual question of what it wants; the merchant decides."""
    usual = _usual_question(plan)
    if not usual or plan.answers or not (plan.missing or plan.read.complaint):
        return
    best = _in_language(found[usual], plan)
    if best is None or not _names_thing(" ".join(plan.missing), best.passage.whole):
        return
    _answered(plan, usual, [best], shop_name)
    plan.missing.clear()
    plan.decide("ask", _("Answered by what the message is about: {intent}",
                         intent=intents.name_of(shop, plan.thread.intent)))  # fmt: skip


def _in_language(found: Sequence[Found], plan: Plan) -> Found | None:
    """Return the passage that answers; of several that do, one in the customer's language, else in the draft's."""
    sure = [f for f in found if f.sure >= ANSWERS]
    if not sure or found[0].sure < ANSWERS:
        return None
    for language in (plan.asked, plan.language):
        own = next((f for f in sure if f.passage.language == language), None)
        if own is not None:
            return own
    return found[0]


def _part(text: str, question: str, plan: Plan) -> str:
    """Return the sentences of a long passage that speak of the question; they stand together in the passage."""
    several = sentences.split(text)
    short = plan.thread.wishes.length == "short"
    if len(several) < 2 or (len(text) <= LONG and not (short and len(several) > 2)):
        return text
    asked = set(_pieces(question))
    scores = [len(asked & set(_pieces(text[a:b]))) for a, b in several]
    best = max(range(len(several)), key=lambda n: (scores[n], -n))
    first, last = best, best
    while not short and last + 1 < len(several) and several[last + 1][1] - several[first][0] <= LONG:
        last += 1
    return text[several[first][0] : several[last][1]]


def _pieces(text: str) -> list[str]:
    folded = text.casefold()
    han = re.findall(r"[\u4e00-\u9fff]+", folded)
    return re.findall(r"[a-z0-9]{3,}", folded) + [run[n : n + 2] for run in han for n in range(len(run) - 1)]


def _policies(shop: Shop, plan: Plan) -> None:
    """Decide what is not for a program to answer alone: by the merchant's policy for the intent, and by the words."""
    thread = plan.thread
    policy = thread.policy or dict(shop.setting("reply_policies", {}) or {}).get(thread.intent, "")
    if policy in {"ask", "hand_over"}:
        plan.decide(policy, _("Your policy for “{intent}”.", intent=intents.name_of(shop, thread.intent)))
    for delicate in plan.read.delicate:
        if not (policy == "draft" and delicate.action == "ask"):
            plan.decide(delicate.action, _(delicate.why))
    if thread.mood == "angry":
        plan.decide("hand_over", _("The customer is angry."))
    if plan.read.instructed:
        plan.decide("ask", _("The message holds instructions to a program; they were left out."))
    if plan.missing and plan.action != "hand_over":
        plan.decide(
            "ask", _("The shop's knowledge does not answer this: {question}", question=" / ".join(plan.missing))
        )


def _title(found: Found) -> str:
    return (found.passage.question or found.passage.text).split("\n")[0][:80]
