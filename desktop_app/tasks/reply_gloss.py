"""A drafted reply in the merchant's language: code's sentences and facts anew, answers by what the shop says itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from desktop_app.knowledge_records import ReplyPart
from desktop_app.language import quantities, reply_words
from desktop_app.language.quantities import Quantity
from desktop_app.shop import Shop
from desktop_app.tasks import reply_facts
from desktop_app.tasks.library import Library
from desktop_app.tasks.reply_plan import Answer, Plan, told_in
from desktop_app.tasks.reply_tongue import Wanted


def wanted(shop: Shop, library: Library, plan: Plan) -> list[Wanted]:
    """Return the quoted answers that only weights could tell in the merchant's language."""
    tongue = plan.thread.wishes.gloss
    if not tongue or tongue == plan.asked:
        return []
    return [Wanted(a.written or a.text, tongue) for a in plan.answers
            if a.language != tongue and not _counterpart(shop, library, plan, a, tongue)]  # fmt: skip


def gloss(
    shop: Shop, library: Library, plan: Plan, sent: Sequence[ReplyPart], language: str,
    parts_of: Callable[[Plan], list[ReplyPart]], by_weights: Mapping[Wanted, str],
) -> list[ReplyPart]:  # fmt: skip
    """Return the parts of a draft (``sent``, in ``language``) in the merchant's language; none where it is that one.

    An answer is told by the shop's own answer to the same in that language, by weights that keep its numbers, or as it
    stands, marked as not translated. What was left out of the draft is left out here.
    """
    tongue = plan.thread.wishes.gloss
    if not tongue or tongue == language:
        return []
    other = told_in(shop, plan, tongue)
    other.answers = [replace(a, text=_told(shop, library, plan, a, tongue, by_weights), written="")
                     for a in plan.answers]  # fmt: skip
    kinds = {part.kind for part in sent}
    return [part for part in parts_of(other) if part.kind in kinds]


def _told(
    shop: Shop, library: Library, plan: Plan, answer: Answer, tongue: str, by_weights: Mapping[Wanted, str]
) -> str:
    text = answer.written or answer.text
    if answer.language == tongue:
        return f"“{text}”"
    if own := _counterpart(shop, library, plan, answer, tongue):
        return reply_words.say(tongue, "gloss.own", text=own)
    if (said := by_weights.get(Wanted(text, tongue))) is not None:
        return said
    return reply_words.say(tongue, "gloss.untranslated", text=text)


def _counterpart(shop: Shop, library: Library, plan: Plan, answer: Answer, tongue: str) -> str:
    """Return the shop's own answer to the same in another language, filled; "" where none says the same numbers."""
    passage = next((p for p in library.passages if p.id == answer.quote.passage), None)
    if passage is None or passage.text != answer.quote.quote:  # a part of a passage has no counterpart
        return ""
    other = library.counterpart(passage, tongue)
    if other is None or not _same_numbers(passage.text, other.text):
        return ""
    values = reply_facts.values(plan.known, plan.thread.asker, tongue, str(shop.setting("name", "")))
    text, _used, unknown = reply_words.filled(other.text, values)
    return "" if unknown else text


def _same_numbers(one: str, other: str) -> bool:
    """Tell whether two texts hold the same numbers, in words or figures: else they answer differently."""
    first, second = quantities.scan(one), quantities.scan(other)
    return all(any(_same(a, b) for b in second) for a in first) and all(any(_same(a, b) for a in first) for b in second)


def _same(one: Quantity, other: Quantity) -> bool:
    if one.code or other.code:
        return one.text.casefold() == other.text.casefold()
    kinds = {q.unit.dimension for q in (one, other) if q.unit is not None}
    alike = len(kinds) < 2 or kinds <= {"angle", "temperature"}  # 40度 is 40 degrees, of whatever
    return alike and bool(set(one.values) & set(other.values))
