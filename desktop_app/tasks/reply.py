"""Draft replies: passages found by code, facts put in by code, words of the weights only where they stand."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from desktop_app import weights
from desktop_app.engine import Broken, Ended, Engine, Refused, Request, Sampling
from desktop_app.engine import Message as Turn
from desktop_app.errors import UserError
from desktop_app.knowledge_records import (
    FactUsed,
    ReplyAction,
    ReplyDraft,
    ReplyPart,
    ReplyWishes,
    ReplyWriter,
    Said,
    Thread,
)
from desktop_app.language import masking, reply_prompt, reply_words, rules, sentences, tongue_prompt
from desktop_app.language.packs import SHIPPED, Chosen
from desktop_app.language.reply_check import ReplyCheck, check_reply, tells_all
from desktop_app.language.reply_reading import about_order
from desktop_app.records import Finding, Weights
from desktop_app.shop import Shop
from desktop_app.tasks import engines, intents, products, reply_gloss, reply_tongue, rule_packs, spoken, work
from desktop_app.tasks.library import Library
from desktop_app.tasks.reply_plan import SEEN, Answer, Plan, asked_of, plans_of

__all__ = ["ReplyWishes", "draft_replies", "draft_reply", "findings", "mark_of", "set_policy"]

TRIES = 2  # candidates side by side at one answer
RETRIES = 2
ROOM = 96  # tokens of an answer


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
    """Draft an answer to the last messages of a thread; nothing is sent and nothing is written.

    Where ``stop`` is set meanwhile, the answer stands in the shop's own words.
    """
    whole = thread if isinstance(thread, Thread) else Thread(tuple(thread))
    return next(iter(draft_replies(shop, engine, [whole], stop, library=library)))


def draft_replies(
    shop: Shop,
    engine: Engine | None,
    threads: Sequence[Thread],
    stop: threading.Event,
    *,
    library: Library | None = None,
) -> Iterator[ReplyDraft]:
    """Draft an answer for each thread, all in one batch, in the order of ``threads``.

    ``library`` may be kept between calls while it is not ``stale``.
    """
    on = products.now()[:10]
    known = library if library is not None and not library.stale(shop, on=on) else Library(shop, engine, on=on)
    voice = spoken.of(shop)
    threads = [replace(thread, wishes=voice.wishes(thread.wishes)) for thread in threads]
    plans = plans_of(shop, known, threads)
    wanted = [one for plan in plans for one in reply_gloss.wanted(shop, known, plan)]
    asking = _any_to_write(plans) or wanted or any(plan.asked != plan.language for plan in plans)
    about, held = _about(engine) if engine is not None and asking else None, rule_packs.chosen(shop)
    refused = _written(engine, about, plans, stop, voice, held) if engine is not None and about is not None else {}
    bodies = [_in_voice(plan, voice) for plan in plans]
    wanted += [
        reply_tongue.wanted_of(part, plan.asked)
        for plan, parts in zip(plans, bodies, strict=True) if plan.asked != plan.language
        for part in parts if part.kind != "answer"
    ]  # fmt: skip
    told = reply_tongue.said(engine, about, wanted, stop) if engine is not None and about is not None else {}
    for number, (plan, parts) in enumerate(zip(plans, bodies, strict=True)):
        spoke = [answer.language for answer in plan.answers]
        sent, language, note = reply_tongue.finished(parts, plan.asked, plan.language, spoke, told, about)
        if note:
            plan.decide("ask", note)
        gloss = reply_gloss.gloss(shop, known, plan, sent, language, _parts, told)
        yield replace(
            _drafted(plan, sent, language, about, refused.get(number, 0)), rules=_held_to(language, held),
            gloss=_text(gloss, plan.thread.wishes.gloss),
        )  # fmt: skip


def set_policy(shop: Shop, intent: str, action: ReplyAction | Literal[""]) -> None:
    """Say what is done with messages of an intent: draft, ask the merchant first, or hand over; "" as they read."""
    kept = dict(shop.setting("reply_policies", {}) or {})
    if kept.get(intent) != action:
        with shop.act("Answer “{intent}”: {action}", intent=intents.name_of(shop, intent), action=action):
            shop.set_setting("reply_policies", kept | {intent: action})


def findings(draft: ReplyDraft, text: str, held: Chosen = SHIPPED) -> tuple[Finding, ...]:
    """Hold a merchant's own words for a reply to the rules: claims that neither passages nor facts carry are marked."""
    carried = (*(q.quote for q in draft.quotes), *(f.value for f in draft.facts), *(f.ref for f in draft.facts),
               *(p.text for p in draft.parts if p.kind != "answer"))  # fmt: skip
    return check_reply(text, tuple(carried), draft.language, strict=False, chosen=held)


# --- words of the weights --------------------------------------------------------------------------------------------


def _about(engine: Engine) -> Weights | None:
    """Return what the weights say of themselves; None where they do not load: the passages answer by themselves."""
    try:
        return engines.identified(engine.about())
    except UserError:
        return None


def _any_to_write(plans: Sequence[Plan]) -> bool:
    return any(_wants_weights(plan, answer) for plan in plans for answer in plan.answers)


def _wants_weights(plan: Plan, answer: Answer) -> bool:
    """An answer that holds a link, several paragraphs or a list is told as it stands."""
    return (
        plan.action != "hand_over" and "\n" not in answer.text and len(answer.text) < 400 and "://" not in answer.text
    )


def _written(
    engine: Engine, about: Weights, plans: Sequence[Plan], stop: threading.Event, voice: spoken.Spoken, held: Chosen
) -> dict[int, int]:
    """Let the weights say each answer in their own words; what does not stand is left to the passage itself."""
    refused: dict[int, int] = {}
    tries: dict[str, list[tuple[float, str]]] = {}
    for event in engine.run(_requests(about, plans, held), stop):
        number = int(event.request.partition(":")[0])
        if isinstance(event, Ended) and event.reason in {"stop", "length"}:
            tries.setdefault(event.request, []).append((event.likelihood, event.text.strip()))
        elif isinstance(event, Refused):
            refused[number] = refused.get(number, 0) + 1
        elif isinstance(event, Broken):
            continue
    for key, several in tries.items():
        number, place = (int(part) for part in key.split(":"))
        plan = plans[number]
        answer = plan.answers[place]
        check = _check(plan, answer, held)
        for _likelihood, text in sorted(several, reverse=True):
            tidy = _tidy(text)
            if set(voice.avoided(tidy.casefold())) - set(voice.avoided(answer.text.casefold())):
                continue
            if tidy and _stands(check, tidy, plan.language) and tells_all(tidy, answer.text):
                answer.written = masking.mask(plan.read.clean).restored(tidy)
                break
    return refused


def _requests(about: Weights, plans: Sequence[Plan], held: Chosen) -> Iterator[Request]:
    for number, plan in enumerate(plans):
        for place, answer in enumerate(plan.answers):
            able = weights.can_write(about, plan.language) and weights.can_write(about, answer.language)
            if not (able and answer.language == plan.language and _wants_weights(plan, answer)):
                continue
            question = masking.mask(answer.question).text
            turns = reply_prompt.render(answer.text, question, plan.language, plan.thread.wishes.tone)
            yield Request(
                id=f"{number}:{place}", messages=tuple(Turn(role, words) for role, words in turns),
                sampling=Sampling(temperature=0.3, top_p=0.9, min_p=0.05, seed=plan.thread.wishes.seed + place),
                max_tokens=ROOM, stops=("\n",), candidates=TRIES, check=_check(plan, answer, held), retries=RETRIES,
                priority="interactive" if len(plans) == 1 else "bulk",
            )  # fmt: skip


def _check(plan: Plan, answer: Answer, held: Chosen) -> ReplyCheck:
    return ReplyCheck((answer.text,), plan.language, held)


def _held_to(language: str, held: Chosen) -> str:
    """Name the rule packs that are on for a language, as a draft keeps them."""
    packs = rules.replies(language, held)
    return "; ".join(work.dated(name, pack.name, pack.date, held) for name, pack, on in packs if on)


def _stands(check: ReplyCheck, text: str, language: str) -> bool:
    """Hold the whole text once more, sentence by sentence, whatever engine it came from."""
    several = [text[a:b] for a, b in sentences.split(text, language)]
    return all(check(tuple(several[: n + 1])).ok for n in range(len(several)))


def _tidy(text: str) -> str:
    text = re.sub(r"^(?:Answer|Note|回答|答)\s*[:：]\s*", "", text.strip()).strip('"“”')
    return text if text[-1:] in ".!?。！？" else ""


# --- the draft -------------------------------------------------------------------------------------------------------


def _in_voice(plan: Plan, voice: spoken.Spoken) -> list[ReplyPart]:
    """Return the parts of a reply in the shop's voice; what could not be said in it is told to the merchant."""
    product = plan.known.product
    parts, notes = voice.parts(_parts(plan), plan.language, (product.title,) if product is not None else ())
    plan.reasons += [note for note in notes if note not in plan.reasons]
    return parts


def _drafted(plan: Plan, parts: Sequence[ReplyPart], language: str, about: Weights | None, refused: int) -> ReplyDraft:
    writers = {part.writer for part in parts if part.kind == "answer" or part.writer == "weights"}
    writer: ReplyWriter = "weights" if writers == {"weights"} else "mixed" if "weights" in writers else "plain"
    by = about if about is not None and writer != "plain" else None
    thread = plan.thread
    return ReplyDraft(
        _text(parts, language), plan.action, language, tuple(parts), tuple(plan.reasons), tuple(plan.missing),
        thread.intent, thread.confidence, writer, refused, by.name if by else "", by.sha256 if by else "",
        _prompt(parts, language) if by else "", "", "",
        tuple(plan.looked), mark_of(thread.said), thread.wishes.seed, thread.id, _summary(thread),
    )  # fmt: skip


def _prompt(parts: Sequence[ReplyPart], language: str) -> str:
    """Return the prompts that were used: for the answers, and for what stands around them in another language."""
    kinds = {part.kind == "answer" for part in parts if part.writer == "weights"}
    return " ".join(reply_prompt.version(language) if answer else tongue_prompt.version(language)
                    for answer in sorted(kinds, reverse=True))  # fmt: skip


def _parts(plan: Plan) -> list[ReplyPart]:
    """Put the parts in order: a complaint is acknowledged, then what is known, what the shop does, what is open."""
    wishes, language = plan.thread.wishes, plan.language
    if plan.action == "hand_over":
        body = [ReplyPart("holding", reply_words.say(language, "hand_over"))]
    else:
        body = []
        if plan.read.complaint or plan.read.late:
            key = "acknowledge.complaint" if plan.read.complaint else "acknowledge.late"
            formal = wishes.tone == "formal" and plan.read.complaint
            body.append(ReplyPart("acknowledge", reply_words.say(language, "acknowledge.formal" if formal else key)))
        body += plan.facts
        body += [
            ReplyPart("answer", a.written or a.text, (a.quote,), _used(plan, a), "weights" if a.written else "plain")
            for a in plan.answers
        ]
        wanting = plan.read.complaint or plan.read.late or any(about_order(a.text) for a in plan.read.questions)
        if wanting and not (plan.known.order or plan.known.foreign or plan.known.unknown):
            body.append(ReplyPart("next", reply_words.say(language, "ask_order")))
        if not plan.read.questions and not plan.read.instructed and not plan.facts:
            body.append(ReplyPart("acknowledge", reply_words.say(language, "welcome")))
        elif plan.missing or not (plan.answers or plan.facts or (body[-1:] and body[-1].kind == "next")):
            told = bool(plan.answers or plan.facts)
            key = "holding.more" if told else "holding.formal" if wishes.tone == "formal" else "holding"
            body.append(ReplyPart("holding", reply_words.say(language, key)))
    if wishes.length == "short":
        return body
    closing = reply_words.toned(language, "bye", wishes.tone) + (f"\n{wishes.sign}" if wishes.sign else "")
    hello = ReplyPart("opening", reply_words.toned(language, "hello", wishes.tone))
    return [hello, *body, ReplyPart("closing", closing)]


def _used(plan: Plan, answer: Answer) -> tuple[FactUsed, ...]:
    """Return the values that were put into an answer's variables."""
    order, names = plan.known.order, reply_words.variables(answer.quote.quote)
    if not names:
        return ()
    number = order.number if order else ""
    pieces = re.split("|".join(map(re.escape, names)), answer.quote.quote)
    found = re.fullmatch("(.*?)".join(map(re.escape, pieces)), answer.text, re.DOTALL)
    return tuple(FactUsed("order", number, value) for value in found.groups() if value) if found else ()


def _text(parts: Sequence[ReplyPart], language: str) -> str:
    """Join the parts: opening and closing in lines of their own, what lies between as one paragraph each kind."""
    lines: list[str] = []
    last = ""
    for part in parts:
        inline = part.kind in {"acknowledge", "fact", "next", "holding"} and last in {"acknowledge", "fact", "answer"}
        if inline and "\n" not in part.text and lines:
            lines[-1] += ("" if language == "zh" else " ") + part.text
        else:
            lines.append(part.text)
        last = part.kind
    return "\n\n".join(lines)


def _summary(thread: Thread) -> str:
    """Sum up a long thread: how it began, what the shop said last, what is asked now."""
    if len(thread.said) < SEEN:
        return ""
    first = next((s.text for s in thread.said if s.who == "customer"), "")
    shop = next((s.text for s in reversed(thread.said) if s.who == "shop"), "")
    several = (_first(text) for text in (first, shop, asked_of(thread)) if text)
    return " … ".join(dict.fromkeys(several))


def _first(text: str) -> str:
    several = sentences.split(text)
    return text[several[0][0] : several[0][1]][:160] if several else ""
