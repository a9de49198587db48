"""The inbox: a conversation with all that belongs to it, drafts for many at once, sent, put aside, forgotten."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop_app.engine import Engine
from desktop_app.errors import UserError
from desktop_app.knowledge_records import Asker, FactUsed, Quote, ReplyDraft, ReplyPart, ReplyWishes, Said, Thread
from desktop_app.language import masking, reply_words
from desktop_app.language.tongue import language_of
from desktop_app.message_records import Conversation, ConversationState, KeptReply, Macro, Message
from desktop_app.records import Action, Product, Progress
from desktop_app.shop import Shop
from desktop_app.shop.messages import with_message
from desktop_app.tasks import customers, intents, reply, reply_facts
from desktop_app.tasks.import_messages import read_conversations
from desktop_app.tasks.library import Library
from desktop_app.tasks.products import now
from desktop_app.trade import Order
from desktop_app.words import _

BATCH = 40  # conversations drafted side by side, and saved before the next ones are begun
SURE = 0.4  # from which a want that code read decides by its policy
RECENT = 5  # orders shown beside a conversation


@dataclass(frozen=True, slots=True)
class View:
    """A conversation as the page shows it. ``old``: the thread changed since the draft was made."""

    conversation: Conversation
    messages: tuple[Message, ...]
    kept: KeptReply | None = None
    draft: ReplyDraft | None = None
    old: bool = False
    order: Order | None = None  # the one it is about
    sure: bool = True  # whether that order is certainly this customer's
    orders: tuple[Order, ...] = ()  # the customer's newest
    product: Product | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft that was kept."""

    conversation: int
    draft: ReplyDraft


@dataclass(frozen=True, slots=True)
class AllDrafted:
    """The end of drafting: how many of each kind, and the action that can be undone."""

    count: int
    ask: int = 0
    hand_over: int = 0
    missing: int = 0
    action: int | None = None
    stopped: bool = False


def view(shop: Shop, id: int) -> View:
    """Return a conversation with all that belongs to it; UserError if it is no longer here."""
    conversation = shop.conversation(id)
    messages = tuple(shop.messages(id))
    kept = shop.reply_of(id)
    draft = draft_of(kept.data) if kept else None
    thread = thread_of(shop, conversation, messages)
    known = reply_facts.known_of(shop, thread, reply_facts.said(thread.said))
    ids = shop.find_orders(customer=shop.main_customer(conversation.customer)) if conversation.customer else []
    order = known.order or (shop.order(conversation.order) if conversation.order in ids else None)
    return View(
        conversation, messages, kept, draft, kept is not None and kept.mark != reply.mark_of(thread.said),
        order, known.sure, tuple(shop.orders(ids[:RECENT])), known.product,
    )  # fmt: skip


def thread_of(
    shop: Shop, conversation: Conversation, messages: Sequence[Message], wishes: ReplyWishes | None = None
) -> Thread:
    """Return a conversation as a reply is drafted for it. Only an order of the customer's own is named."""
    c = conversation
    said = tuple(
        Said(f"{m.subject}\n{m.text}" if m.subject and n == 0 else m.text, m.who, m.sent, m.id)
        for n, m in enumerate(messages)
    )
    number = ""
    if c.order is not None and c.customer is not None:
        for order in shop.orders([c.order]):
            if order.customer and shop.main_customer(order.customer) == shop.main_customer(c.customer):
                number = order.number
    read = c.reading
    policy = intents.policies(shop).get(read.intent, "") if c.decided or read.confidence >= SURE else ""
    return Thread(
        said, Asker(c.customer, c.person, c.address, c.phone), number, None, read.intent, read.confidence, read.mood,
        policy, wishes or ReplyWishes(), str(c.id),
    )  # fmt: skip


def draft_conversations(
    shop: Shop, engine: Engine | None, stop: threading.Event, *, ids: Sequence[int] | None = None,
    wishes: ReplyWishes | None = None, library: Library | None = None,
) -> Iterator[Progress | Drafted | AllDrafted]:  # fmt: skip
    """Draft an answer for each of these conversations (all new ones), many in one batch, as one action.

    What was drafted before a stop is kept; begun again, it goes on with those that are still new.
    """
    wanted = list(shop.find_conversations(state="new") if ids is None else ids)
    action = shop.begin("Draft answers to {count} messages", count=len(wanted))
    counts = {"draft": 0, "ask": 0, "hand_over": 0}
    missing = done = 0
    try:
        yield Progress(0, len(wanted), "answers")
        for start in range(0, len(wanted), BATCH):
            if stop.is_set():
                break
            some = wanted[start : start + BATCH]
            _read_first(shop, engine, some, action)
            threads = _threads(shop, some, wishes)
            for thread, draft in zip(
                threads, reply.draft_replies(shop, engine, threads, stop, library=library), strict=True
            ):
                if stop.is_set():
                    break
                with shop.step(action):
                    _keep(shop, int(thread.id), draft)
                counts[draft.action] += 1
                missing += len(draft.missing) if draft.action != "hand_over" else 0
                done += 1
                yield Drafted(int(thread.id), draft)
                yield Progress(done, len(wanted), "answers")
    finally:
        ended = shop.end(action)
    yield AllDrafted(done, counts["ask"], counts["hand_over"], missing, ended.id if ended else None, stop.is_set())


def keep_words(shop: Shop, id: int, text: str) -> Action | None:
    """Keep the merchant's own words for an answer; None where they are what is kept already."""
    kept = shop.reply_of(id)
    if kept is not None and kept.text == text:
        return None
    with shop.act("Change an answer") as action:
        if kept is not None:
            shop.replace_reply(replace(kept, text=text))
        else:
            shop.keep_reply(KeptReply(id, text, "", "draft", _mark(shop, id)))
            _to(shop, id, "drafted")
    return action


def mark_sent(shop: Shop, id: int, text: str) -> Action:
    """Note that the merchant sent these words: they belong to the conversation, which needs no answer now."""
    text = text.strip()
    if not text:
        raise UserError("There are no words to send. Nothing was changed.")
    with shop.act("Answer a customer") as action:
        at = now()
        conversation = shop.conversation(id)
        message = Message(text, text, str(shop.setting("name", "")), sent=max(at, conversation.last), who="shop",
                          key=f"own:{id}:{at}:{conversation.count}")  # fmt: skip
        shop.add_message(id, message)
        kept = shop.reply_of(id)
        if kept is not None:
            shop.replace_reply(replace(kept, text=text, sent=at))
        shop.replace_conversation(replace(with_message(conversation, message), state="sent"))
    return action


def set_state(shop: Shop, ids: Sequence[int], state: ConversationState) -> Action:
    """Put conversations aside, call them answered, or open them again."""
    with shop.act("Put {count} conversations under “{state}”", count=len(ids), state=state_name(state)) as action:
        shop.set_conversation_state(ids, state)
    return action


def state_name(state: ConversationState) -> str:
    """Return what a state is called."""
    return {"new": _("new"), "drafted": _("drafted"), "sent": _("answered"), "waiting": _("waiting")}[state]


def link_order(shop: Shop, id: int, number: str) -> Action:
    """Say which order a conversation is about; the customer is then that order's. UserError for an unknown number."""
    thread = Thread((Said(""),), order=number.strip())
    order = reply_facts.mentioned_order(shop, thread)
    if order is None:
        raise UserError("There is no order {number} in this shop. Nothing was changed.", number=number)
    with shop.act("Link a conversation to order {number}", number=number.strip()) as action:
        conversation = shop.conversation(id)
        shop.replace_conversation(replace(conversation, order=order, customer=shop.order(order).customer))
    return action


# --- saved answers ---------------------------------------------------------------------------------------------------


def save_macro(shop: Shop, macro: Macro) -> Action:
    """Keep a saved answer, new or changed."""
    if not macro.text.strip():
        raise UserError("There are no words to keep. Nothing was changed.")
    name = macro.name.strip() or " ".join(macro.text.split())[:30]
    with shop.act("Keep the saved answer “{name}”", name=name) as action:
        shop.keep_macro(replace(macro, name=name, language=macro.language or language_of(macro.text)))
    return action


def remove_macro(shop: Shop, macro: Macro) -> Action:
    """Take a saved answer out."""
    with shop.act("Take out the saved answer “{name}”", name=macro.name) as action:
        shop.remove_macro(macro.id or 0)
    return action


def filled(shop: Shop, macro: Macro, shown: View) -> tuple[str, tuple[str, ...]]:
    """Return a saved answer with its variables filled for a conversation, and those no value is known for."""
    known = reply_facts.Known(shown.order if shown.sure else None, shown.product)
    asker = Asker(name=shown.conversation.person)
    values = reply_facts.values(known, asker, macro.language or "en", str(shop.setting("name", "")))
    text, _used, unknown = reply_words.filled(macro.text, values)
    return text, unknown


# --- a person's data -------------------------------------------------------------------------------------------------


def keeping_days(shop: Shop) -> int:
    """Return after how many days without a message a conversation is erased; 0: never."""
    return int(shop.setting("keep_messages_days", 0) or 0)


def keep_for(shop: Shop, days: int) -> Action:
    """Say how long conversations are kept; 0: for ever. What is older goes with the next ``forget_old``."""
    with shop.act("Keep conversations for {days} days", days=days) as action:
        shop.set_setting("keep_messages_days", max(0, days))
    return action


def forget_old(shop: Shop) -> int:
    """Erase the conversations that are older than the merchant keeps them; return how many. Cannot be undone."""
    days = keeping_days(shop)
    if not days:
        return 0
    before = (datetime.now(UTC) - timedelta(days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    old = shop.oldest_conversations(before)
    return shop.erase_conversations(old) if old else 0


def of_same_person(shop: Shop, id: int) -> list[int]:
    """Return the conversations with the person of this one: the same customer, address, phone, or name and channel."""
    c = shop.conversation(id)
    found = shop.find_conversations(customer=c.customer) if c.customer else []
    same = shop.conversations_with(address=c.address, phone=c.phone, person=c.person, channel=c.channel)
    return list(dict.fromkeys([id, *found, *(one.id or 0 for one in same)]))


def erase_person(shop: Shop, id: int) -> int:
    """Erase all conversations with the person of this one, for good: the law asks that nothing brings them back.

    Orders stay, since the law also asks to keep those. Backups made before still hold what was erased.
    """
    return shop.erase_conversations(of_same_person(shop, id))


def export_person(shop: Shop, id: int, path: Path) -> int:
    """Write what is kept of the person of a conversation into a JSON file; return how many conversations that is."""
    ids = of_same_person(shop, id)
    mains = {shop.main_customer(c.customer) for c in shop.conversations(ids) if c.customer}
    customers.write_person(shop, [one for main in mains for one in (main, *shop.merged_under(main))], ids, path)
    return len(ids)


# --- inside ----------------------------------------------------------------------------------------------------------


def reader(shop: Shop, engine: Engine | None) -> Callable[[Sequence[tuple[str, ...]]], Any]:
    """Return what reads messages for ``import_messages``."""
    return lambda messages: intents.read_messages(shop, engine, messages)


def data_of(draft: ReplyDraft) -> str:
    """Return a draft as it is kept."""
    return json.dumps(asdict(draft), ensure_ascii=False, separators=(",", ":"))


def draft_of(data: str) -> ReplyDraft | None:
    """Return the draft that ``data_of`` made small; None where the merchant wrote the answer alone."""
    if not data:
        return None
    raw: dict[str, Any] = json.loads(data)
    parts = tuple(
        ReplyPart(
            p["kind"], p["text"], tuple(Quote(**q) for q in p["quotes"]), tuple(FactUsed(**f) for f in p["facts"]),
            p["writer"],
        )
        for p in raw.pop("parts")
    )  # fmt: skip
    raw |= {name: tuple(raw[name]) for name in ("reasons", "missing", "passages")}
    return ReplyDraft(**raw, parts=parts)


def _threads(shop: Shop, ids: Sequence[int], wishes: ReplyWishes | None) -> list[Thread]:
    messages = shop.messages_of(ids)
    return [thread_of(shop, c, messages.get(c.id or 0, []), wishes) for c in shop.conversations(ids)]


def _read_first(shop: Shop, engine: Engine | None, ids: Sequence[int], action: Action) -> None:
    # What was read without weights is read again where there are some.
    unsure = SURE + 0.2 if engine is not None else 0.0
    unread = [
        c.id or 0 for c in shop.conversations(ids)
        if not c.decided and (not c.reading.language or c.reading.confidence < unsure)
    ]  # fmt: skip
    if unread:
        read_conversations(shop, unread, reader(shop, engine), action=action)


def _keep(shop: Shop, id: int, draft: ReplyDraft) -> None:
    before = shop.reply_of(id)
    known = draft_of(before.data) if before else None
    shop.keep_reply(KeptReply(id, draft.text, data_of(draft), draft.action, draft.mark))
    for question in draft.missing if draft.action != "hand_over" else ():
        if known is None or question not in known.missing:
            shop.add_gap(masking.mask(question).text, language_of(question))
    _to(shop, id, "drafted")


def _to(shop: Shop, id: int, state: ConversationState) -> None:
    if shop.conversation(id).state == "new":
        shop.set_conversation_state([id], state)


def _mark(shop: Shop, id: int) -> str:
    return reply.mark_of(thread_of(shop, shop.conversation(id), shop.messages(id)).said)
